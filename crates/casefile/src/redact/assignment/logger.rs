//! Names that say who speaks in a log, and not of what.

use super::bare::line_start;
use super::separator::Separator;
use crate::redact::gate::{self, class};
use crate::redact::rules::Id;
use crate::redact::{keys, value};

/// Whether the name is that of a module or of a logger, which says who speaks and not of what: `arb::auth: nonce=…`,
/// `INFO bot.auth: span{id=…`, `|INFO|auth|apiKey=…`. What follows has a name of its own.
pub(super) fn is_logger(text: &[u8], key: (usize, usize), value_at: usize, separator: Separator) -> bool {
    if separator == Separator::Bar && is_container(text, key) {
        return true;
    }
    // `WARNING  CommunityAuth          message`: a column of the log.
    let name = &text[key.0..key.1];
    let is_camel = name[0].is_ascii_uppercase()
        && name.windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    let is_signed =
        || matches!(text[key.1..].trim_ascii_start().first(), None | Some(b'=' | b':' | b',' | b'|' | b';'));
    if is_camel
        && text[key.1..].starts_with(b"  ")
        && !is_signed()
        && let Some(line) = line_start(text, key.0)
        && matches!(text[line], b'0'..=b'9' | b'[')
    {
        let before = text[line..key.0].trim_ascii_end();
        let word = before.iter().rev().take(16).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = &before[before.len() - word..];
        if LEVELS.iter().any(|level| word.eq_ignore_ascii_case(level.as_bytes())) {
            return true;
        }
    }
    // `[thread-6] c.b.auth : backtest …` of Spring
    if text[key.1..value_at] == *b" : " && is_of_spring(text, key) && !says_secret(&text[value_at..]) {
        return true;
    }
    let rest = &text[value_at..];
    // `|TRACE|Bot.Core::token|listening on …`
    let is_column =
        separator == Separator::Bar && text[..key.0].ends_with(b"::") && rest.first() != Some(&b' ');
    if is_column || separator == Separator::Colon && is_speaker(text, key, rest) {
        return true;
    }
    // `bot::auth: request …`: a module speaks.
    if separator == Separator::Colon && is_module(text, key) {
        return true;
    }
    if is_of_session(text, key, value_at, separator) || is_of_login(text, key, rest) {
        return true;
    }
    if !matches!(separator, Separator::Colon | Separator::Bar) || !begins_field(&text[value_at..]) {
        return false;
    }
    let before = &text[..key.0];
    if before.ends_with(b"::") {
        return before.len() > 2 && gate::is(before[before.len() - 3], class::WORD);
    }
    let Some(line) = line_start(text, key.0) else { return false };
    let mut words = text[line..key.0].rsplit(|byte| !byte.is_ascii_alphabetic());
    let is_level = |word: &[u8]| LEVELS.iter().any(|level| word.eq_ignore_ascii_case(level.as_bytes()));
    // A path of words names a module wherever a level stands before it; one word does right behind the level.
    if name.contains(&b'.') {
        return words.any(is_level);
    }
    let last = words.find(|word| !word.is_empty()).unwrap_or_default();
    let field = text[value_at..].iter().take(16).take_while(|byte| gate::is(**byte, class::WORD)).count();
    let is_open =
        || OPEN.iter().any(|open| text[value_at..value_at + field].eq_ignore_ascii_case(open.as_bytes()));
    let is_speaker = || {
        [&b"account"[..], b"session", b"license", b"wallet"]
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known))
    };
    name.eq_ignore_ascii_case(b"auth") && (is_level(last) || is_open()) || is_speaker() && is_level(last)
}

/// Whether the path to a logger stands here, and the name of a thread in brackets right before.
fn is_of_spring(text: &[u8], (start, end): (usize, usize)) -> bool {
    let Some(line) = line_start(text, start) else { return false };
    let before = text[line.max(start.saturating_sub(64))..start].trim_ascii_end();
    let open = memchr::memrchr(b'[', before);
    before.first().is_some_and(u8::is_ascii_digit)
        && before.ends_with(b"]")
        && open.is_some_and(|open| before.len() - open <= 40)
        && speaks(&text[start..end])
}

/// Whether it is the path to a part of a program that speaks in a log, `c.b.auth`, `Bot.License`, and not to a setting.
pub(super) fn speaks(name: &[u8]) -> bool {
    let last = name.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
    let is_part =
        |part: &[u8]| !part.is_empty() && part.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
    last.len() < name.len()
        && name.split(|byte| *byte == b'.').all(is_part)
        && (SPEAKERS.iter().any(|known| last.eq_ignore_ascii_case(known)) || last.ends_with(b"_session"))
}

/// What speaks in logs and is called as secrets are.
pub(super) const SPEAKERS: [&[u8]; 8] =
    [b"license", b"auth", b"session", b"token", b"secrets", b"wallet", b"account", b"keyring"];

/// Whether something that a machine made stands in the rest of the line without a name of its own: the message shows it.
pub(super) fn says_secret(rest: &[u8]) -> bool {
    const NEAR: usize = 160;
    let line =
        rest[..rest.len().min(NEAR)].split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    let is_open = |word: &[u8]| {
        word.len() == 36 && memchr::memchr_iter(b'-', word).count() == 4
            || word.len() == 42 && word.starts_with(b"0x")
            || word.iter().all(|byte| byte.is_ascii_digit() || b".:-/".contains(byte))
    };
    line.split(|byte| b" ,;()\"'".contains(byte)).any(|word| {
        let word = word.strip_suffix(b":").unwrap_or(word);
        word.len() >= 12
            && !word.contains(&b'=')
            && !is_open(word)
            && (is_license(word) || value::is_random_looking(word) && !value::is_composed(word))
            && !(word.contains(&b'/') && word.contains(&b'.'))
    })
}

/// Whether something written as a licence key is stands in the rest of the line.
pub(super) fn says_license(rest: &[u8]) -> bool {
    rest.split(|byte| b" ,;()\"'".contains(byte)).any(|word| word.len() >= 12 && is_license(word))
}

fn is_license(word: &[u8]) -> bool {
    memchr::memchr_iter(b'-', word).count() >= 2
        && word.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'-')
}

const LEVELS: [&str; 14] = [
    "trace", "debug", "info", "notice", "warn", "warning", "error", "err", "fatal", "critical", "severe",
    "fine", "verbose", "panic",
];

/// Whether a path of words behind a level is the name of a logger, and a sentence follows: `[INFO ] secrets.vault: log topics[0]=…`,
/// ` INFO license: Chrome/135.0 Electron/2.1`.
fn is_speaker(text: &[u8], (start, end): (usize, usize), rest: &[u8]) -> bool {
    const NEAR: usize = 96;
    let name = &text[start..end];
    let is_word = matches!(name, b"license" | b"auth" | b"session" | b"token");
    if !is_word && !name.contains(&b'.') || !text[end..].starts_with(b": ") {
        return false;
    }
    let is_path = !is_word && name.iter().all(|byte| byte.is_ascii_lowercase() || b"._".contains(byte));
    if !is_path && !is_word {
        return false;
    }
    let near = text[start.saturating_sub(16)..start].trim_ascii_end();
    let near = near.strip_suffix(b"]").unwrap_or(near).trim_ascii_end();
    let level = near.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let level = &near[near.len() - level..];
    if !LEVELS.iter().any(|known| level.eq_ignore_ascii_case(known.as_bytes())) {
        return false;
    }
    let line =
        rest[..rest.len().min(NEAR)].split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    let first = line.split(|byte| *byte == b' ').next().unwrap_or_default();
    // What a machine made is no first word of a sentence, and no password is a product with its version.
    let goes_on = first.len() < line.len() && first.len() >= 2;
    let is_product = first.contains(&b'/') && first.contains(&b'.') && first[0].is_ascii_uppercase();
    // `TRACE auth: approve 0x…`; of a token and of its session anything may be said.
    let is_class = || {
        let parts = || first.strip_suffix(b":").unwrap_or(first).split(|byte| *byte == b'.');
        parts().count() >= 2 && parts().all(|part| part.len() > 1 && part.iter().all(u8::is_ascii_alphabetic))
    };
    let is_verb = matches!(name, b"license" | b"auth" | b"session")
        && ((3..=12).contains(&first.len())
            && first.iter().all(u8::is_ascii_alphabetic)
            && !value::is_random_looking(first)
            || is_class());
    goes_on && (is_path && !value::is_random_looking(first) || is_verb && !says_secret(line))
        || goes_on && (is_product || matches!(first, b"run" | b"GET" | b"POST" | b"PUT" | b"DELETE"))
        || line.starts_with(b"[")
        || matches!(name, b"license" | b"auth" | b"session") && line.starts_with(b"\"{\\\"")
        || is_path && line.starts_with(b"https://")
}

/// Whether the logger of a session speaks, behind a level, and says more than one word: `INFO:auth.session:build 27b667b3 branch=main`.
fn is_of_session(text: &[u8], key: (usize, usize), value_at: usize, separator: Separator) -> bool {
    const NEAR: usize = 48;
    let name = &text[key.0..key.1];
    let is_behind_mark = matches!(separator, Separator::Colon | Separator::Bar)
        || separator == Separator::Prose && text[key.1..value_at].starts_with(b" -");
    if !is_behind_mark || !name.ends_with(b".session") && !name.ends_with(b"_session") {
        return false;
    }
    let Some(line) = line_start(text, key.0) else { return false };
    let mut words =
        text[line.max(key.0.saturating_sub(NEAR))..key.0].split(|byte| !byte.is_ascii_alphabetic());
    let is_level = |word: &[u8]| LEVELS.iter().any(|level| word.eq_ignore_ascii_case(level.as_bytes()));
    let rest = &text[value_at..(value_at + NEAR).min(text.len())];
    let rest = rest.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    let first = rest.split(|byte| b" =".contains(byte)).next().unwrap_or_default();
    let is_word =
        first.len() >= 2 && first.iter().all(u8::is_ascii_alphabetic) && !value::is_random_looking(first);
    let call = first.iter().position(|byte| *byte == b'(').unwrap_or(0);
    let is_call = call >= 4 && first[..call].iter().all(u8::is_ascii_alphabetic);
    let is_logged = first
        .split(|byte| *byte == b':')
        .next()
        .is_some_and(|word| is_level(word) && word.len() < first.len());
    words.any(is_level)
        && (is_word && rest.len() > first.len() || is_call || is_logged)
        && (name.ends_with(b".session") || !says_secret(&text[value_at..]))
}

/// Whether a part of a program that is called `Login` speaks, behind a level or a time, and says several words.
fn is_of_login(text: &[u8], (start, end): (usize, usize), rest: &[u8]) -> bool {
    const NEAR: usize = 48;
    if &text[start..end] != b"Login" || !text[end..].starts_with(b": ") && !text[end..].starts_with(b" - ") {
        return false;
    }
    let Some(line) = line_start(text, start) else { return false };
    let before = text[line.max(start.saturating_sub(NEAR))..start].trim_ascii_end();
    let word = before.rsplit(|byte| !byte.is_ascii_alphanumeric()).next().unwrap_or_default();
    let is_level = LEVELS.iter().any(|level| word.eq_ignore_ascii_case(level.as_bytes()));
    let is_letter = matches!(word, b"V" | b"D" | b"I" | b"W" | b"E" | b"F" | b"T");
    let is_time = !word.is_empty()
        && before.len() >= 8
        && before.iter().all(|byte| byte.is_ascii_digit() || b"-/:., TZ".contains(byte));
    let rest = &rest[..rest.len().min(NEAR)];
    let line = rest.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    let mut words = line.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let is_word = first.len() >= 2 && !first.iter().any(|byte| byte.is_ascii_digit() || *byte == b'@');
    let names_secret = |word: &[u8]| {
        let name = word.split(|byte| b":=".contains(byte)).next().unwrap_or_default();
        keys::named(name).is_some_and(|named| named.rule == Id::Password)
    };
    (is_level || is_letter || is_time)
        && is_word
        && (first.ends_with(b"Error:") || words.next().is_some_and(|second| !names_secret(second)))
}

/// Whether the name is the last part of the path of a module, and a sign that says so follows: `bot::auth: …`.
fn is_module(text: &[u8], (start, end): (usize, usize)) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'_';
    let before = text[..start].strip_suffix(b"::");
    before.is_some_and(|before| before.last().is_some_and(is_part))
        && text[start..end].iter().all(is_part)
        && matches!(text.get(end..end + 2), Some([b':', b' ' | 0x1b | b'\\']))
}

/// Whether it is a file of source, which says where a line comes from: `caller=portfolio/balance.go:65205`.
pub(super) fn is_file(name: &[u8], behind: &[u8]) -> bool {
    let digits = behind.iter().take(7).take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 || behind.get(digits).is_some_and(u8::is_ascii_alphanumeric) {
        return false;
    }
    [&b".go"[..], b".rs", b".py", b".cs", b".java", b".ts", b".js", b".cpp", b".cc", b".rb", b".mq5"]
        .iter()
        .any(|end| name.len() > end.len() && name.ends_with(end))
}

/// Fields that no login has.
const OPEN: [&str; 16] = [
    "nonce",
    "seq",
    "ts",
    "time",
    "timestamp",
    "trace",
    "trace_id",
    "span",
    "span_id",
    "request_id",
    "attempt",
    "retry",
    "latency",
    "elapsed",
    "method",
    "status",
];

/// Whether a container speaks here, as Docker Compose begins each of its lines: `bot-auth-1  | …`.
fn is_container(text: &[u8], key: (usize, usize)) -> bool {
    let name = &text[key.0..key.1];
    let digits = name.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let is_numbered = (1..=2).contains(&digits) && name[..name.len() - digits].ends_with(b"-");
    let is_plain =
        name.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(byte));
    is_numbered && is_plain && text[key.1..].starts_with(b" ") && line_start(text, key.0) == Some(key.0)
}

/// Whether a name stands here with a value of its own: `nonce=1`, `span{id=1}`.
fn begins_field(text: &[u8]) -> bool {
    const LONGEST: usize = 32;
    let is_part = |byte: &&u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'.' | b'-');
    let letters = text.iter().take(LONGEST).take_while(is_part).count();
    let digits = text[letters..].iter().take(2).take_while(|byte| byte.is_ascii_digit()).count();
    let value = &text[letters + digits..];
    // The sign that fills base64 up has nothing behind it.
    letters >= 2 && matches!(value, [b'=' | b'{', next, ..] if !next.is_ascii_whitespace() && *next != b'=')
}
