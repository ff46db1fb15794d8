//! What of a command's line is the password, and what stands beside the names of programs and sessions.

use super::bounds::stands_within;
use crate::redact::{assignment, value};

/// Behind `/p:`.
pub(super) fn behind_flag(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + memchr::memmem::rfind(&text[start..end], b" /p:")? + 4;
    password(text, at + quotes(text, at), end)
}

/// The last word, in quotes or not.
pub(super) fn told(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + memchr::memrchr(b' ', &text[start..end])? + 1;
    let at = at + usize::from(text[at] == b'"');
    (!value::is_placeholder(&text[at..end])).then_some((at, end))
}

/// The password behind the name of a user and how it is kept, in a list of users: `users anna:CL:…`.
pub(super) fn of_proxy(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let is_list = stands_within(200, text, start, &["users "]);
    (is_list && !value::is_placeholder(&text[start + 4..end])).then_some((start + 4, end))
}

/// The word before the bracket.
pub(super) fn before_bracket(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let end = end - 2;
    let at = start + memchr::memrchr(b' ', &text[start..end])? + 1;
    Some((at, end))
}

/// Glued to `-p` or `-hp`.
pub(super) fn glued(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let flag = [&b" -hp"[..], b" -p"]
        .into_iter()
        .find_map(|flag| memchr::memmem::find(&text[start..end], flag).map(|at| start + at + flag.len()))?;
    password(text, flag, end)
}

/// Two letters, six digits and a letter at the end.
/// Source: <https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110>
pub(super) fn insurance_number(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let spaces = text[start..end].iter().rev().take(14);
    let (mut length, mut letters) = (0, 0);
    for byte in spaces {
        letters += usize::from(byte.is_ascii_alphabetic());
        length += 1;
        if letters == 3 {
            break;
        }
    }
    (letters == 3).then_some((end - length, end))
}

/// Behind the user: `-U anna%…`.
pub(super) fn behind_percent(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + memchr::memchr(b'%', &text[start..end])? + 1;
    password(text, at, end)
}

/// The last argument, in quotes or not, of a command that has the password there.
pub(super) fn argument(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let command = &text[start..end];
    let quote = command.last().filter(|last| matches!(last, b'\'' | b'"'));
    let end = end - usize::from(quote.is_some());
    let open = quote.map_or(b' ', |quote| *quote);
    let at = start + memchr::memrchr(open, &text[start..end])? + 1;
    // Ports have the same flag: `docker run --name mongo -p 27017:27017`.
    let is_port = text[at..end].iter().all(|byte| byte.is_ascii_digit() || b".:".contains(byte));
    if is_port { None } else { password(text, at, end) }
}

/// Behind `-p`, where the user stands before it on the line: ports and paths have the same flag.
pub(super) fn behind_user_flag(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    const USERS: [&str; 8] = [" -u ", " -u:", " -u=", " /u:", " --user", " -user", " --login", " -l "];
    let at = start + 4 + quotes(text, start + 4);
    let value = &text[at..end];
    let is_path = value.starts_with(b"/") || value.starts_with(b"./") || value.starts_with(b"~/");
    let is_made = value.iter().any(u8::is_ascii_digit) && value.iter().any(u8::is_ascii_alphabetic);
    let is_user = stands_within(160, text, start, &USERS);
    if is_user && is_made && !is_path { password(text, at, end) } else { None }
}

/// Behind the user: `-u bot,…`, `--rpc-login bot:…`, `scott/…@db`.
pub(super) fn behind_user(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let user = text[start..end].iter().rposition(|byte| matches!(byte, b' ' | b'=' | b':' | b'\'' | b'"'));
    let from = start + user.map_or(0, |user| user + 1);
    let is_oracle = text[start..end].contains(&b'/') && text[end..].starts_with(b"@");
    let mark = text[from..end].iter().position(|byte| matches!(byte, b',' | b'/'));
    let is_login = !is_oracle && text[..from].ends_with(b":") && text[start..].starts_with(b"--");
    password(text, if is_login { from } else { from + mark? + 1 }, end)
}

/// What is given to the command behind a pipe: `echo '…' | sudo -S`, `printf '%s' "…" | docker login --password-stdin`.
pub(super) fn before_pipe(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let near = &text[start.saturating_sub(256)..start];
    let line = near.rsplit(|byte| matches!(byte, b'\n' | b';')).next()?;
    let given = [&b"echo "[..], b"printf "]
        .into_iter()
        .filter_map(|word| memchr::memmem::rfind(line, word).map(|at| at + word.len()));
    let given = &line[given.max()?..];
    let mut at = start - given.len();
    for option in [&b"-n "[..], b"-e ", b"-ne ", b"-en ", b"-- ", b"'%s' ", b"'%s\\n' ", b"\"%s\" ", b"%s "] {
        at += if text[at..start].starts_with(option) { option.len() } else { 0 };
    }
    let quote = text.get(at).copied().filter(|quote| matches!(quote, b'\'' | b'"'));
    let from = at + usize::from(quote.is_some());
    let length = match quote {
        Some(quote) => memchr::memchr(quote, &text[from..start])?,
        None => text[from..start].iter().position(u8::is_ascii_whitespace).unwrap_or(start - from),
    };
    let value = &text[from..from + length];
    let length = value.strip_suffix(b"\\n").unwrap_or(value).len();
    // `user:password`, as many lines as there are.
    let is_list = memchr::memmem::find(&text[start..end], b"chpasswd").is_some();
    let user = memchr::memchr(b':', value).filter(|_| is_list).map_or(0, |colon| colon + 1);
    (length >= user + 3).then(|| password(text, from + user, from + length)).flatten()
}

/// What a command is given behind `<<<`, if it asks for a password.
pub(super) fn here(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    const ASK: [&[u8]; 13] = [
        b"sudo",
        b"cryptsetup",
        b"gpg",
        b"--with-token",
        b"-stdin",
        b"--stdin",
        b"passwd",
        b"kinit",
        b"pass insert",
        b"secret",
        b"wg ",
        b"login",
        b"passphrase",
    ];
    let near = &text[start.saturating_sub(160)..start];
    let line = near.rsplit(|byte| *byte == b'\n').next()?;
    let asks = ASK.iter().any(|word| memchr::memmem::find(line, word).is_some());
    let from = start + 3 + usize::from(text[start + 3] == b' ');
    let quote = usize::from(matches!(text[from], b'\'' | b'"'));
    if asks { password(text, from + quote, end - quote) } else { None }
}

fn password(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    (start < end && !value::is_placeholder(&text[start..end])).then_some((start, end))
}

fn quotes(text: &[u8], at: usize) -> usize {
    usize::from(matches!(text.get(at), Some(b'"' | b'\'')))
}

/// The number that a path ends with: `/update/35198155;jsessionid=…`.
pub(super) fn number_before(text: &[u8], start: usize, _: usize) -> Option<(usize, usize)> {
    let length = text[..start].iter().rev().take(12).take_while(|byte| byte.is_ascii_digit()).count();
    ((5..=10).contains(&length) && text[..start - length].ends_with(b"/")).then_some((start - length, start))
}

/// The user of a process behind the name of the computer: `Running  PC-ANNA\anna`.
pub(super) fn behind_computer(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + memchr::memrchr(b'\\', &text[start..end])? + 1;
    assignment::is_account(&text[at..end]).then_some((at, end))
}

/// The address of an adapter without signs between its bytes, behind a name: `MAC=001A2B3C4D5E`.
pub(super) fn mac_named(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let digits = &text[end - 12..end];
    let is_whole = !text[..start].last().is_some_and(u8::is_ascii_alphanumeric);
    let is_address = digits.iter().any(|byte| *byte != digits[0]);
    (is_whole && is_address).then_some((end - 12, end))
}

/// The password for the keeper of names of a chat.
pub(super) fn of_nickserv(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let before = text[start.saturating_sub(24)..start].to_ascii_lowercase();
    let at = start + memchr::memrchr(b' ', &text[start..end])? + 1;
    if memchr::memmem::find(&before, b"nickserv").is_some() { password(text, at, end) } else { None }
}

/// The user of a session in a log of the system: `Accepted password for anna from …`.
pub(super) fn before_from(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let words = text[start..end].strip_suffix(b" from ")?;
    let at = start + memchr::memrchr(b' ', words)? + 1;
    account(text, at, start + words.len())
}

/// The user in `session opened for user anna(uid=1000)`.
pub(super) fn of_session(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let before = &text[start.saturating_sub(32)..start];
    let is_session = before.ends_with(b"nvalid")
        || (before.ends_with(b" for") || before.ends_with(b" of"))
            && memchr::memmem::find(before, b"ession").is_some();
    let at = start + 6;
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    let length = text[at..end].iter().take_while(is_part).count();
    let name = text[at..at + length].strip_suffix(b".").unwrap_or(&text[at..at + length]);
    if is_session { account(text, at, at + name.len()) } else { None }
}

/// Behind the bar that a match begins with.
#[expect(clippy::unnecessary_wraps, reason = "one signature for all checks")]
pub(super) fn behind_bar(_: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    Some((start + 1, end))
}

/// Who asked for more rights: `sudo:   anna : TTY=…`.
pub(super) fn of_sudo(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let words = &text[start..end - 3];
    let at = start + memchr::memrchr(b' ', words)? + 1;
    account(text, at, end - 3)
}

/// The name of a user behind its number: `uid=1000(anna)`.
pub(super) fn in_brackets(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + memchr::memchr(b'(', &text[start..end])? + 1;
    account(text, at, end - 1)
}

fn account(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    assignment::is_account(&text[start..end]).then_some((start, end))
}

/// The sum in a statement of a bank. Source: SWIFT MT940, fields 60, 62, 64 and 65
pub(super) fn of_mt940(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let comma = memchr::memrchr(b',', &text[start..end])? + start;
    let digits = text[start..comma].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    Some((comma - digits, end))
}

/// What is free or locked of an asset, if the message is one of positions; nothing is nobody's.
pub(super) fn of_position(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    const NEAR: usize = 4 << 10;
    let before = &text[start.saturating_sub(NEAR)..start];
    let line = memchr::memrchr(b'\n', before).map_or(before, |at| &before[at + 1..]);
    memchr::memmem::rfind(line, b"outboundAccountPosition")?;
    let from = start + text[start..end].iter().position(u8::is_ascii_digit)?;
    text[from..end].iter().any(|byte| matches!(byte, b'1'..=b'9')).then_some((from, end))
}

/// The number of a person of Telegram: `"id": 123456789, "is_bot": false`.
pub(super) fn id_before(text: &[u8], start: usize, _: usize) -> Option<(usize, usize)> {
    let marks = |byte: &&u8| b"\"' ,\\".contains(byte);
    let digits = |byte: &&u8| byte.is_ascii_digit();
    let end = start - text[..start].iter().rev().take(6).take_while(marks).count();
    let from = end - text[..end].iter().rev().take(12).take_while(digits).count();
    let name = text[..from].trim_ascii_end();
    let is_id = [&b"id\":"[..], b"id=", b"id':", b"id\\\":"].iter().any(|mark| name.ends_with(mark));
    (is_id && (6..=11).contains(&(end - from))).then_some((from, end))
}

/// Who a letter is to: `Dear Anna Kowalska,`.
pub(super) fn addressed(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let words = &text[start..end - 1];
    (1..words.len())
        .filter(|at| words[at - 1] == b' ')
        .find(|at| assignment::is_given_name(&words[*at..]))
        .map(|at| (start + at, end - 1))
}

/// The number at the end.
#[expect(clippy::unnecessary_wraps, reason = "one signature for all checks")]
pub(super) fn number_behind(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let is_part = |byte: &u8| byte.is_ascii_digit() || *byte == b' ';
    let length = text[start..end].iter().rev().take_while(|byte| is_part(byte)).count();
    let at = end - length + usize::from(text[end - length] == b' ');
    Some((at, end))
}

/// The number that a maker stamps on a machine, at the end.
pub(super) fn serial_behind(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + text[start..end].iter().rposition(|byte| b":# =".contains(byte))? + 1;
    text[at..end].iter().any(u8::is_ascii_digit).then_some((at, end))
}

/// The identifier in five groups at the end.
#[expect(clippy::unnecessary_wraps, reason = "one signature for all checks")]
pub(super) fn uuid_behind(_: &[u8], _: usize, end: usize) -> Option<(usize, usize)> {
    Some((end - 36, end))
}

/// The sum or the account behind the last dash.
pub(super) fn behind_last_dash(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let dash = start + text[start..end].iter().rposition(|byte| *byte == b'-')?;
    Some((dash + 1, end))
}

/// The name behind the sign that chats put before it.
pub(super) fn behind_at(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + memchr::memrchr(b'@', &text[start..end])? + 1;
    Some((at, end))
}

/// The number at the end of `user123456789`.
#[expect(clippy::unnecessary_wraps, reason = "one signature for all checks")]
pub(super) fn id_of_chat(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let length = text[start..end].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    Some((end - length, end))
}

/// What a shell makes a file of, where a secret is spoken of before it.
pub(super) fn made_up(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    const SAID: [&str; 8] = ["pass", "secret", "key", "token", "vault", "cred", "luks", "auth"];
    let at = start + text[start..end].iter().rposition(|byte| matches!(byte, b' ' | b'\'' | b'"'))? + 1;
    let is_said = stands_within(120, text, start, &SAID);
    if is_said { password(text, at, end) } else { None }
}

/// Both halves of a place on the earth.
pub(super) fn place(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let is_word = start > 0 && text[start - 1].is_ascii_alphanumeric();
    let from = start + text[start..end].iter().position(|byte| byte.is_ascii_digit() || *byte == b'-')?;
    (!is_word).then_some((from, end))
}

/// The same in a sentence: far enough from what prices are like.
pub(super) fn place_on_earth(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let (from, end) = place(text, start, end)?;
    let number = |part: &[u8]| std::str::from_utf8(part).ok()?.parse::<f64>().ok();
    let mut halves = text[from..end].split(|byte| b",; ".contains(byte)).filter(|half| !half.is_empty());
    let (latitude, longitude) = (number(halves.next()?)?, number(halves.next()?)?);
    // `price coordinates 1.08451, 1.08523`
    let is_price = (latitude - longitude).abs() < 0.01 * latitude.abs();
    (latitude.abs() <= 90.0 && longitude.abs() <= 180.0 && !is_price).then_some((from, end))
}

/// One half of a place; `lat` alone can be a latency, and needs the other half beside it.
pub(super) fn half_of_place(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    const NEAR: usize = 60;
    let is_long = memchr::memmem::find(&text[start..end].to_ascii_lowercase(), b"itude").is_some();
    let beside = [&text[start.saturating_sub(NEAR)..start], &text[end..(end + NEAR).min(text.len())]];
    let other = if text[start..end].to_ascii_lowercase().contains(&b'a') {
        [&b"lon"[..], b"lng"]
    } else {
        [&b"lat"[..], b"Lat"]
    };
    let has_other =
        || beside.iter().any(|part| other.iter().any(|name| memchr::memmem::find(part, name).is_some()));
    if is_long || has_other() { place(text, start, end) } else { None }
}

/// The last string, if what it is of is the type of a resource.
pub(super) fn of_resource(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let from = start + memchr::memrchr(b'"', &text[start..end - 1])? + 1;
    let is_type = stands_within(80, text, start, &["\"type\":"]);
    if is_type { password(text, from, end - 1) } else { None }
}

/// The account in a path, if it has enough digits to be one.
pub(super) fn account_in_path(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let end = end - usize::from(text[end - 1] == b'/');
    let at = start + memchr::memrchr(b'/', &text[start..end])? + 1;
    (text[at..end].iter().filter(|byte| byte.is_ascii_digit()).count() >= 4).then_some((at, end))
}

/// The long base64 under `data` in front of what it was sealed with.
pub(super) fn sealed_before(text: &[u8], start: usize, _: usize) -> Option<(usize, usize)> {
    const LONGEST: usize = 64 << 10;
    let is_mark = |byte: &&u8| b"\", \\".contains(byte);
    let end = start - text[..start].iter().rev().take(8).take_while(is_mark).count();
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
    let length = text[..end].iter().rev().take(LONGEST).take_while(is_part).count();
    let before = &text[end.saturating_sub(length + 16)..end - length];
    (length >= 64 && memchr::memmem::find(before, b"data").is_some()).then_some((end - length, end))
}

/// The eleven signs at the end.
#[expect(clippy::unnecessary_wraps, reason = "one signature for all checks")]
pub(super) fn social_number(_: &[u8], _: usize, end: usize) -> Option<(usize, usize)> {
    Some((end - 11, end))
}

/// The date at the end.
#[expect(clippy::unnecessary_wraps, reason = "one signature for all checks")]
pub(super) fn birthday(_: &[u8], _: usize, end: usize) -> Option<(usize, usize)> {
    Some((end - 10, end))
}

/// A key with the letters before it that say what it is: `ed25519_sk1…`.
pub(super) fn with_its_kind(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let is_part = |byte: &&u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || **byte == b'_';
    let length = text[..start].iter().rev().take(24).take_while(is_part).count();
    (length >= 3).then_some((start - length, end))
}

/// What is written into a file.
pub(super) fn into_a_file(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let arrow = start + memchr::memchr(b'>', &text[start..end])?;
    let to = start + text[start..arrow].trim_ascii_end().len();
    let at = start + text[start..to].iter().rposition(|byte| *byte == b' ')? + 1;
    let quote = quotes(text, at);
    (to >= at + 2 * quote + 6).then(|| password(text, at + quote, to - quote)).flatten()
}

/// The last argument of a command, or what an option ends with: `-pass pass:'…'`, `-p'…'`.
pub(super) fn last_of_command(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let (at, end) = last_argument(text, start, end)?;
    if start > 0 && text[start - 1].is_ascii_alphanumeric() {
        return None;
    }
    let value = &text[at..end];
    let option = value.strip_prefix(b"pass:").map(|_| 5).or_else(|| value.strip_prefix(b"-p").map(|_| 2));
    let at = at + option.unwrap_or(0);
    let is_word = text[at..end].iter().all(|byte| byte.is_ascii_lowercase() || *byte == b'-');
    (end > at + 2 && !(option == Some(2) && is_word)).then_some((at, end))
}

/// The password that is glued to `-p`.
pub(super) fn password_flag(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let flags = [&b" -p"[..], b"\"-p", b"'-p"];
    let mut flag =
        flags.iter().filter_map(|flag| memchr::memmem::rfind(&text[start..end], flag)).max()? + start + 3;
    flag += text[flag..end].iter().take_while(|byte| **byte == b' ').count();
    // In single quotes it ends with the last of them.
    let is_quoted = text[flag] == b'\'' && text[flag + 1..end].ends_with(b"'");
    flag += text[flag..end].iter().take_while(|byte| matches!(byte, b'\'' | b'"')).count();
    let end = end - usize::from(is_quoted);
    (flag < end && !value::is_placeholder(&text[flag..end]) && !text[flag..end].starts_with(b"rotocol"))
        .then_some((flag, end))
}

/// The last argument of a command, without its quote.
pub(super) fn last_argument(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + text[start..end].iter().rposition(|byte| matches!(byte, b' ' | b'\'' | b'"'))? + 1;
    (!value::is_placeholder(&text[at..end])).then_some((at, end))
}
