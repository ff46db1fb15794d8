//! Accounts, people, machines and networks in what servers, systems and commands write in their own ways.

use super::bounds::stands_after;
use crate::redact::{assignment, phrase, value};

/// Letters, digits and the signs that names of accounts have.
fn account_at(text: &[u8], at: usize) -> usize {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || b"._-@\\".contains(byte) || **byte >= 0x80;
    let length = text[at..].iter().take(64).take_while(is_part).count();
    length - usize::from(text[at..at + length].ends_with(b"."))
}

/// Who asked, in the log of a server: `10.0.0.9 - anna [03/Nov/2026:06:01:00 +0100] "`. Source: <https://httpd.apache.org/docs/current/logs.html>
pub(super) fn of_access_log(text: &[u8], start: usize, _: usize) -> Option<(usize, usize)> {
    const TIME: usize = " [03/Nov/2026:06:01:00 +0100".len();
    let end = start.checked_sub(TIME)?;
    let time = &text[end..start];
    if !time.starts_with(b" [") || time[4] != b'/' || time[8] != b'/' || time[13] != b':' {
        return None;
    }
    let line = line_before(text, end);
    let at = end - line.len() + line.iter().rposition(|byte| *byte == b' ')? + 1;
    let has_peer = line[..line.len() - (end - at)].trim_ascii().contains(&b' ');
    (has_peer && assignment::is_account(&text[at..end])).then_some((at, end))
}

/// What stands before on the same line, if that is not much.
fn line_before(text: &[u8], end: usize) -> &[u8] {
    let near = &text[end.saturating_sub(256)..end];
    near.rsplit(|byte| *byte == b'\n').next().unwrap_or_default()
}

/// The machine in a line of the log of a system, behind its time and before the program: `Nov 03 06:37:35 vps-74 bot[812]: `.
/// Sources: RFC 3164, section 4.1.2; <https://www.rsyslog.com/doc/configuration/templates.html>
pub(super) fn of_journal(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let program = end - usize::from(text[start] != b']');
    let line = line_before(text, program - 1);
    if text[start] == b']' && !text[..start].last().is_some_and(u8::is_ascii_digit) || line.len() > 160 {
        return None;
    }
    // `Nov 03 06:37:35`, `2026-11-03T06:37:35.123456+01:00`
    let time = if line.first()?.is_ascii_digit() {
        let length = line.iter().position(|byte| *byte == b' ')?;
        let is_time = length >= 19 && line[4] == b'-' && line[10] == b'T' && line[13] == b':';
        is_time.then_some(length)?
    } else {
        let word =
            line.iter().take(8).take_while(|byte| byte.is_ascii_alphabetic() || **byte >= 0x80).count();
        let clock = line.get(word..word + 12)?;
        let is_time =
            word >= 3 && clock[0] == b' ' && clock[3] == b' ' && clock[6] == b':' && clock[9] == b':';
        is_time.then_some(word + 12)?
    };
    let rest = line[time..].strip_prefix(b" ")?;
    let length = rest.iter().position(|byte| *byte == b' ')?;
    let host = &rest[..length];
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-/@()[]:".contains(byte);
    let is_program = rest[length + 1..].iter().all(is_word);
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
    let is_level = host.iter().all(u8::is_ascii_uppercase) && length <= 8;
    let is_host = (2..=64).contains(&length)
        && host.iter().all(is_part)
        && host.iter().any(u8::is_ascii_alphabetic)
        // A word alone is what many machines are called, or how bad it is.
        && host.iter().any(|byte| byte.is_ascii_digit() || b"-_.".contains(byte))
        && !is_any_machine(host);
    let at = program - 1 - line.len() + time + 1;
    (is_program && is_host && !is_level && !phrase::is_common_word(host)).then_some((at, at + length))
}

/// What machines are called that nobody gave a name: `vps`, `web01`.
fn is_any_machine(host: &[u8]) -> bool {
    const NAMES: [&str; 24] = [
        "bot",
        "box",
        "cloud",
        "debian",
        "docker",
        "droplet",
        "fedora",
        "host",
        "kali",
        "linux",
        "localhost",
        "main",
        "nas",
        "node",
        "prod",
        "raspberrypi",
        "server",
        "srv",
        "trader",
        "ubuntu",
        "vm",
        "vps",
        "web",
        "worker",
    ];
    let digits = host.iter().rev().take(2).take_while(|byte| byte.is_ascii_digit()).count();
    let name = &host[..host.len() - digits];
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}

/// Who signed in or failed to: `login for user anna failed`, `user anna logged in`, `logowanie użytkownika anna`.
pub(super) fn signed_in(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    const SIGNS: [&str; 9] =
        ["login", "logon", "log in", "logged", "auth", "sign", "session", "logow", "password"];
    const BEHIND: [&[u8]; 12] = [
        b" failed",
        b" logged",
        b" login",
        b" authenticated",
        b" has been authenticated",
        b" signed in",
        b" has logged",
        b" has signed",
        b" is not authorized",
        b" denied",
        b" zalogowa",
        b" niepopraw",
    ];
    if start > 0 && text[start - 1].is_ascii_alphanumeric() && text[start] != b'y' {
        return None;
    }
    let length = account_at(text, end);
    let name = &text[end..end + length];
    let behind = &text[end + length..];
    let has_digit = name.iter().any(u8::is_ascii_digit);
    let is_polish = text[start..end].starts_with(b"ytkownik");
    let said = stands_after(text, start, &SIGNS)
        && (BEHIND.iter().any(|said| behind.starts_with(said))
            || has_digit
            || is_polish
            || behind.starts_with(b":"));
    let told = if is_polish {
        behind.starts_with(b" zalogowa")
    } else {
        BEHIND[1..8].iter().any(|said| behind.starts_with(said))
    };
    ((said || told) && !is_plain_word(name) && assignment::is_account(name)).then_some((end, end + length))
}

/// Who is greeted or signed in: words that begin with a capital, or the name of an account.
pub(super) fn greeted(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let said = [&b" as "[..], b" jako ", b" jako: ", b"ytkownika ", b", "];
    let found =
        said.iter().find_map(|mark| memchr::memmem::find(&text[start..end], mark).map(|at| at + mark.len()));
    let from = start + found?;
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || b"_.-".contains(byte) || **byte >= 0x80;
    let word = |at: usize| text[at..end].iter().take_while(is_part).count();
    let first = word(from);
    let first_end =
        from + text[from..from + first].iter().rposition(|byte| *byte != b'.').map_or(0, |last| last + 1);
    let second = if text.get(from + first) == Some(&b' ') { word(from + first + 1) } else { 0 };
    let both = from + first + 1 + second;
    if second > 1
        && assignment::is_person(&text[from + first + 1..both])
        && assignment::is_person(&text[from..from + first])
    {
        return Some((from, both));
    }
    assignment::is_account(&text[from..first_end]).then_some((from, first_end))
}

/// A word that a sentence goes on with.
fn is_plain_word(name: &[u8]) -> bool {
    const WORDS: [&[u8]; 15] = [
        b"already",
        b"login",
        b"logged",
        b"failed",
        b"data",
        b"stream",
        b"input",
        b"config",
        b"settings",
        b"account",
        b"has",
        b"was",
        b"is",
        b"not",
        b"with",
    ];
    WORDS.iter().any(|word| name.eq_ignore_ascii_case(word))
}

/// Whose table of times runs a program: `CRON[1234]: (anna) CMD (…)`.
pub(super) fn of_cron(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let open = start + memchr::memchr(b'(', &text[start..end])? + 1;
    let close = start + memchr::memchr(b')', &text[start..end])?;
    assignment::is_account(&text[open..close]).then_some((open, close))
}

/// The words before an account in brackets, and the account: `User Name: Anna Kowalska (akowalska)`.
pub(super) fn full_name(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let from = start + memchr::memchr(b':', &text[start..end])? + 1;
    let from = from + text[from..end].iter().take_while(|byte| **byte == b' ').count();
    let to = start + memchr::memrchr(b'(', &text[start..end])? - 1;
    assignment::is_person(&text[from..to]).then_some((from, to))
}

/// The account in the brackets of the same.
pub(super) fn beside_full_name(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    full_name(text, start, end)?;
    let open = start + memchr::memrchr(b'(', &text[start..end])? + 1;
    assignment::is_account(&text[open..end - 1]).then_some((open, end - 1))
}

/// The name of a network that a command joins: `nmcli dev wifi connect …`, `iwctl station wlan0 connect …`.
pub(super) fn joined(text: &[u8], _: usize, end: usize) -> Option<(usize, usize)> {
    let quote = text.get(end).copied().filter(|byte| matches!(byte, b'"' | b'\''));
    let from = end + usize::from(quote.is_some());
    let in_tag = text[..end].ends_with(b">");
    let ends = |byte: &u8| match quote {
        Some(quote) => *byte == quote || *byte == b'\n',
        None if in_tag => matches!(byte, b'<' | b'\n'),
        None => byte.is_ascii_whitespace(),
    };
    let length = text[from..].iter().take(64).position(ends).unwrap_or((text.len() - from).min(64));
    let name = &text[from..from + length];
    let is_option = [&b"id"[..], b"uuid", b"path", b"help"].contains(&name) || name.starts_with(b"-");
    (length >= 2 && !is_option && !value::is_placeholder(name)).then_some((from, from + length))
}

/// What stands in the first tag.
pub(super) fn in_tag(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + memchr::memchr(b'>', &text[start..end])? + 1;
    let length = memchr::memchr(b'<', &text[at..end])?;
    Some((at, at + length))
}

/// The digits in front of what says that they are a code: `482913 is your verification code`.
pub(super) fn code_before(text: &[u8], start: usize, _: usize) -> Option<(usize, usize)> {
    let end = start - usize::from(text[..start].ends_with(b" "));
    let length = text[..end].iter().rev().take(9).take_while(|byte| byte.is_ascii_digit()).count();
    let before = text[..end - length].last();
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"._:/#".contains(byte);
    ((4..=8).contains(&length) && !before.is_some_and(is_part)).then_some((end - length, end))
}

/// The code that a person or a program confirms something with: `potwierdzona kodem 207008`, `confirmed with code 207008`.
pub(super) fn code_behind(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    const ASKED: [&str; 4] = ["wpisz", "podaj", "u\u{17c}yj", "uzyj"];
    const CONFIRMED: [&str; 11] = [
        "potwierdz",
        "zatwierdz",
        "autoryz",
        "zweryfik",
        "uwierzyteln",
        "zalog",
        "confirm",
        "approv",
        "authori",
        "verif",
        "enter",
    ];
    // `signature verification failed, code 110007`
    if text[..start].ends_with(b"signature verification failed,") {
        return None;
    }
    let digits = text[start..end].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    // `zlecenie potwierdzone, kod 100009` is what a server answers.
    let is_bare = text[start].eq_ignore_ascii_case(&b'k') && matches!(text[start + 3], b' ' | b':');
    let is_asked = stands_after(text, start, &ASKED);
    // `Użyj` in the code page, where `ż` is one byte.
    let near = &text[start.saturating_sub(8)..start];
    let is_used = near.windows(4).any(|word| matches!(word, [b'u' | b'U', 0xbf, b'y', b'j']))
        || near.to_ascii_lowercase().ends_with(b"use");
    // `401 Unauthorized from api.bybit.com code=110007`
    let is_refused = stands_after(text, start, &["unauthor", "nieautoryz"]);
    let is_confirmed = !is_bare && !is_refused && stands_after(text, start, &CONFIRMED);
    (is_used || is_asked || is_confirmed).then_some((end - digits, end))
}

/// The digits at the end.
pub(super) fn last_digits(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let digits = text[start..end].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    (digits > 0).then_some((end - digits, end))
}

/// What stands in the first quotes.
pub(super) fn typed(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let from = start + memchr::memchr(b'"', &text[start..end])? + 1;
    let to = from + memchr::memchr(b'"', &text[from..end])?;
    (!value::is_placeholder(&text[from..to])).then_some((from, to))
}

/// From the first digit on.
pub(super) fn from_first_digit(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let from = start + text[start..end].iter().position(u8::is_ascii_digit)?;
    Some((from, end))
}

/// The label before it.
pub(super) fn home_before(text: &[u8], start: usize, _: usize) -> Option<(usize, usize)> {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'-';
    let length = text[..start].iter().rev().take(63).take_while(is_part).count();
    (length >= 3).then_some((start - length, start))
}

/// What the first element has.
pub(super) fn first_content(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let from = start + memchr::memchr(b'>', &text[start..end])? + 1;
    let to = from + memchr::memchr(b'<', &text[from..end])?;
    (!value::is_placeholder(&text[from..to])).then_some((from, to))
}

/// The letters and the number of a passport at the end, with a space between them or without.
pub(super) fn document(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let digits = text[start..end].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let gap = usize::from(text[end - digits - 1] == b' ');
    let letters =
        text[start..end - digits - gap].iter().rev().take_while(|byte| byte.is_ascii_uppercase()).count();
    (letters >= 2).then_some((end - digits - gap - letters, end))
}

/// The word before the last one.
pub(super) fn before_last_word(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let last = start + text[start..end].iter().rposition(|byte| *byte == b' ')?;
    let last = last - usize::from(text[last - 1] == b',');
    let at = start + text[start..last].iter().rposition(|byte| *byte == b' ')? + 1;
    let name = &text[at..last];
    let is_name = name
        .iter()
        .any(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b'-') || byte.is_ascii_uppercase());
    is_name.then_some((at, last))
}

/// What stands encoded in the header of a letter.
pub(super) fn encoded_name(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + memchr::memmem::find(&text[start..end], b"=?")?;
    let begins = start == 0 || text[start - 1] == b'\n';
    begins.then_some((at, end))
}

/// Who has a file, in a list of files.
pub(super) fn of_owner(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    word_of_list(text, start, end, 2)
}

/// The group that has a file.
pub(super) fn of_group(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    word_of_list(text, start, end, 3)
}

fn word_of_list(text: &[u8], start: usize, end: usize, number: usize) -> Option<(usize, usize)> {
    let (mut at, mut passed) = (start, 0);
    for word in text[start..end].split(|byte| *byte == b' ') {
        let is_it = passed == number && !word.is_empty();
        if is_it {
            return assignment::is_account(word).then_some((at, at + word.len()));
        }
        passed += usize::from(!word.is_empty());
        at += word.len() + 1;
    }
    None
}

/// The user in what a shell says before it waits.
pub(super) fn user_of_prompt(text: &[u8], start: usize, _: usize) -> Option<(usize, usize)> {
    let (from, sign, _) = prompt(text, start)?;
    assignment::is_account(&text[from..sign]).then_some((from, sign))
}

/// The machine in the same.
pub(super) fn host_of_prompt(text: &[u8], start: usize, _: usize) -> Option<(usize, usize)> {
    let (_, sign, end) = prompt(text, start)?;
    let host = &text[sign + 1..end];
    let is_own = host.iter().any(|byte| byte.is_ascii_digit() || b"-_.".contains(byte)) || host.len() > 5;
    (is_own && !is_any_machine(host) && !phrase::is_common_word(host)).then_some((sign + 1, end))
}

/// Where user, sign and machine stand in front of what ends a prompt.
fn prompt(text: &[u8], end: usize) -> Option<(usize, usize, usize)> {
    let line = line_before(text, end);
    // `[anna@vps-74 bot]$`
    let open = if text[end] == b']' { b'[' } else { b' ' };
    let begin = memchr::memrchr(open, line).map_or(0, |open| open + 1);
    let words = line[begin..].split(|byte| *byte == b' ').next()?;
    let from = end - line.len() + begin;
    let sign = memchr::memchr(b'@', words)?;
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
    let (user, host) = (&words[..sign], &words[sign + 1..]);
    let is_prompt = !user.is_empty() && !host.is_empty() && user.iter().chain(host).all(is_part);
    is_prompt.then_some((from, from + sign, from + words.len()))
}

/// The name of a person at the end of what says whose something is.
pub(super) fn person_behind(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let marks = [&b" to "[..], b" to: ", b" dla ", b" dla: ", b" na ", b" na: "];
    let found = marks
        .iter()
        .filter_map(|mark| memchr::memmem::find(&text[start..end], mark).map(|at| at + mark.len()));
    let from = start + found.max()?;
    let is_part = |byte: &&u8| byte.is_ascii_alphabetic() || b"-'".contains(byte) || **byte >= 0x80;
    let mut to = from;
    for word in text[from..end].split(|byte| *byte == b' ').take(3) {
        let length = word.iter().take_while(is_part).count();
        if length < 2 || !(word[0].is_ascii_uppercase() || word[0] >= 0x80) {
            break;
        }
        to += usize::from(to > from) + length;
        if length < word.len() {
            break;
        }
    }
    (text[from..to].contains(&b' ') && assignment::is_person(&text[from..to])).then_some((from, to))
}

/// The digits at the end of what says what a code is of.
pub(super) fn code_of_something(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    const SAID: &str = "sms mail app aplik auth google gie\u{142}d gield logow login portfel 2fa";
    /// What a program, a thread or a build is bound to.
    const WHERE_BOUND: &str = "core cores cpu cpus node numa thread block version revision build round";
    let length = text[start..end].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let words = String::from_utf8_lossy(&text[start..end - length]).to_lowercase();
    // `pin to core 10627` binds a thread, `spin for round 2048` waits.
    let is_bound = words.split_whitespace().any(|word| WHERE_BOUND.split(' ').any(|place| place == word));
    let is_word = text[..start].last().is_none_or(|byte| !byte.is_ascii_alphanumeric());
    let is_pin = words.starts_with("pin") && is_word && !is_bound;
    (is_pin || SAID.split(' ').any(|said| words.contains(said))).then_some((end - length, end))
}

/// The first label of the name of a machine that a host rents out.
pub(super) fn machine_of_host(text: &[u8], start: usize, _: usize) -> Option<(usize, usize)> {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let length = text[..start].iter().rev().take(80).take_while(is_part).count();
    let name = text[start - length..start].strip_suffix(b".")?;
    let is_made = name.iter().any(u8::is_ascii_digit);
    is_made.then_some((start - length, start - 1))
}
/// What stands behind the name of a property in a card of contacts that begins above.
pub(super) fn of_card(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    const NEAR: usize = 1_024;
    let before = &text[start.saturating_sub(NEAR)..start];
    let begun = memchr::memmem::rfind(before, b"BEGIN:VCARD")?;
    let colon = start + memchr::memchr(b':', &text[start..end])?;
    let from = colon + 1 + text[colon + 1..end].iter().take_while(|byte| **byte == b';').count();
    let is_open = memchr::memmem::find(&before[begun..], b"END:VCARD").is_none();
    (is_open && from < end && !value::is_placeholder(&text[from..end])).then_some((from, end))
}
