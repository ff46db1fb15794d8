//! Values that a name stands before: JSON, TOML, YAML, INI, XML, Python, Rust, logfmt, URLs, headers and
//! command lines, read by one tolerant reader that takes only the value's bytes.
//!
//! It works outwards from a word that names secrets: the rest of the name to both sides, then what separates
//! it from its value, then the value up to where its own kind of text ends it.

mod separator;

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use self::separator::{Separator, quote_at, quote_end, separator, skip_spaces};
use super::find::Span;
use super::keys::{self, Demand, Named};
use super::rules::Id;
use super::value;

/// Parts of names; each name that matters has one of them.
static FRAGMENTS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let fragments = [
        "key",
        "secret",
        "pass",
        "pwd",
        "token",
        "auth",
        "sign",
        "sig",
        "cookie",
        "phrase",
        "mnemonic",
        "seed",
        "fraza",
        "licen",
        "serial",
        "login",
        "uid",
        "userid",
        "session",
        "sid",
        "webhook",
        "dsn",
        "otp",
        "2fa",
        "twofa",
        "pin",
        "hasło",
        "haslo",
        "klucz",
        "credential",
        "connectionstring",
        "connection_string",
        "account",
        "chat",
        "mail",
        "phone",
        "telefon",
        "fullname",
        "full_name",
        "firstname",
        "first_name",
        "lastname",
        "last_name",
        "surname",
        "nazwisko",
        "imie",
        "holder",
        "street",
        "birth",
        "username",
        "user_name",
        "hostname",
        "host_name",
        "computername",
        "computer_name",
        "pesel",
        "nip",
        "balance",
        "equity",
        "saldo",
        "free",
        "locked",
        "available",
        "jwt",
        "bearer",
        "machineguid",
        "machine_id",
        "machineid",
        "deviceid",
        "device_id",
        "address",
        "apihash",
        "api_hash",
        "api-hash",
    ];
    AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .ascii_case_insensitive(true)
        .build(fragments)
        .expect("a few short literals")
});

/// Longest name.
const MAX_KEY: usize = 96;
/// Longest value that a name can hide on its own.
const MAX_VALUE: usize = 16 << 10;

pub(super) fn find(text: &[u8], out: &mut Vec<Span>) {
    let mut done = 0;
    for hit in FRAGMENTS.find_iter(text) {
        if hit.start() < done {
            continue;
        }
        let (start, end) = key_around(text, hit.start(), hit.end());
        done = end;
        if end - start > MAX_KEY {
            continue;
        }
        let Ok(key) = std::str::from_utf8(&text[start..end]) else { continue };
        if let Some(named) = keys::named(key).or_else(|| spaced(text, start, key)) {
            let before = out.len();
            hide(text, start, end, named, out);
            if let Some(last) = out.get(before..).and_then(<[Span]>::last) {
                // A header's value can hold words that look like names; it is hidden already.
                done = done.max(last.end);
            }
        }
    }
}

fn is_key_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.') || byte >= 0x80
}

fn key_around(text: &[u8], mut start: usize, mut end: usize) -> (usize, usize) {
    while start > 0 && is_key_byte(text[start - 1]) && end - start <= MAX_KEY {
        start -= 1;
    }
    while end < text.len() && is_key_byte(text[end]) && end - start <= MAX_KEY {
        end += 1;
    }
    while end > start && matches!(text[end - 1], b'.' | b'-') {
        end -= 1;
    }
    // A flag's dashes and an escape's letter are no part of the name.
    while start < end && matches!(text[start], b'-' | b'.') {
        start += 1;
    }
    if start > 0 && start + 1 < end && text[start - 1] == b'\\' && matches!(text[start], b'n' | b't' | b'r') {
        start += 1;
    }
    (start, end)
}

/// Names of two words: `API key`, `seed phrase`, `klucz prywatny`.
fn spaced(text: &[u8], start: usize, key: &str) -> Option<Named> {
    let before = &text[..start];
    let before = before.strip_suffix(b" ")?;
    let word_at = before.iter().rposition(|byte| !byte.is_ascii_alphanumeric()).map_or(0, |at| at + 1);
    let word = std::str::from_utf8(&before[word_at..]).ok()?.to_ascii_lowercase();
    let joins = [
        "api", "private", "secret", "access", "recovery", "seed", "licence", "license", "signing", "klucz",
        "secure", "session",
    ];
    joins.contains(&word.as_str()).then(|| keys::named(&format!("{word}_{key}"))).flatten()
}

fn hide(text: &[u8], key_start: usize, key_end: usize, named: Named, out: &mut Vec<Span>) {
    let Some((value_at, separator)) = separator(text, key_start, key_end) else { return };
    if matches!(named.rule, Id::Authorization | Id::Cookie) {
        hide_header(text, value_at, named, out);
        return;
    }
    hide_value(text, key_start, value_at, separator, named, out);
}

fn hide_value(
    text: &[u8],
    key_start: usize,
    value_at: usize,
    separator: Separator,
    named: Named,
    out: &mut Vec<Span>,
) {
    let mut at = value_at;
    // `Some("…")`, `SecretStr('…')`, `b'…'`, `!!str …`
    for _ in 0..2 {
        at += wrapper(&text[at.min(text.len())..]);
    }
    match text.get(at) {
        None | Some(b'{' | b'(') => {}
        Some(b'[') => hide_list(text, at, named, out),
        _ => match quote_at(text, at) {
            Some(quote) => {
                let start = at + quote.mark.len();
                take(text, start, quote_end(text, start, quote), named, false, out);
            }
            None if matches!(text[at], b'|' | b'>') && separator == Separator::Colon => {
                hide_block(text, key_start, at, named, out);
            }
            None => {
                let end = bare_end(text, key_start, at, separator);
                take(text, at, end, named, true, out);
            }
        },
    }
}

/// Length of what is wrapped around a value.
fn wrapper(rest: &[u8]) -> usize {
    for mark in ["!!str ", "b'", "b\"", "r'", "r\"", "u'", "u\"", "f'"] {
        if rest.starts_with(mark.as_bytes()) {
            return mark.len() - usize::from(!mark.ends_with(' '));
        }
    }
    let word = rest.iter().take(24).take_while(|byte| byte.is_ascii_alphabetic() || **byte == b'_').count();
    let called = word > 0 && rest.get(word) == Some(&b'(') && rest[0].is_ascii_uppercase();
    if called { word + 1 } else { 0 }
}

/// Every string of a list.
fn hide_list(text: &[u8], open: usize, named: Named, out: &mut Vec<Span>) {
    let limit = (open + MAX_VALUE).min(text.len());
    let mut at = open + 1;
    while at < limit && text[at] != b']' {
        if let Some(quote) = quote_at(text, at) {
            let start = at + quote.mark.len();
            let end = quote_end(text, start, quote);
            take(
                text,
                start,
                end,
                Named { demand: if named.rule == Id::Phrase { Demand::Any } else { named.demand }, ..named },
                false,
                out,
            );
            at = end + quote.mark.len();
        } else {
            at += 1;
        }
    }
    if named.rule == Id::PrivateKey && !text[open..at].contains(&b'"') {
        // A key as a list of bytes.
        take(text, open + 1, at, named, false, out);
    }
}

/// A YAML block: the lines that are indented deeper than the name.
fn hide_block(text: &[u8], key_start: usize, at: usize, named: Named, out: &mut Vec<Span>) {
    let Some(line_at) = line_start(text, key_start) else { return };
    let indent = key_start - line_at;
    let Some(mut from) = text[at..].iter().position(|byte| *byte == b'\n').map(|found| at + found + 1) else {
        return;
    };
    while from < text.len() {
        let line = text[from..].split(|byte| *byte == b'\n').next().unwrap_or_default();
        let depth = line.iter().take_while(|byte| **byte == b' ').count();
        if depth <= indent && !line.trim_ascii().is_empty() {
            break;
        }
        let kept = line.trim_ascii_end();
        if depth < kept.len() {
            take(text, from + depth, from + kept.len(), Named { demand: Demand::Any, ..named }, false, out);
        }
        from += line.len() + 1;
    }
}

/// Where a value without quotes ends.
fn bare_end(text: &[u8], key_start: usize, at: usize, separator: Separator) -> usize {
    let limit = (at + MAX_VALUE).min(text.len());
    let line_end =
        at + text[at..limit].iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(limit - at);
    let line = &text[at..line_end];
    if separator == Separator::Tag {
        return at + line.iter().position(|byte| *byte == b'<').unwrap_or(line.len());
    }
    if begins_line(text, key_start) && matches!(separator, Separator::Equals | Separator::Colon) {
        // A line of a settings file: the value may hold spaces; a comment may follow.
        let comment = line.windows(2).position(|pair| matches!(pair, b" #" | b" ;" | b"\t#"));
        let value = line[..comment.unwrap_or(line.len())].trim_ascii_end();
        if !value.windows(2).any(|pair| pair[0] == b',' || pair[1] == b'=') {
            return at + value.len();
        }
    }
    let ends = |index: usize, byte: u8| match byte {
        b' ' | b'\t' | b'"' | b'\'' | b'`' | b'<' | b'>' | b'\\' => true,
        b'&' | b',' | b';' | b'|' => line
            .get(index + 1)
            .is_none_or(|next| next.is_ascii_alphabetic() || matches!(next, b' ' | b'_' | b'"' | b'\'')),
        b')' | b'}' | b']' => line.get(index + 1).is_none_or(|next| !next.is_ascii_alphanumeric()),
        b'%' => {
            line[index..].starts_with(b"%26")
                || line[index..].starts_with(b"%22")
                || line[index..].starts_with(b"%2C")
        }
        _ => false,
    };
    let length = line.iter().enumerate().position(|(index, byte)| ends(index, *byte)).unwrap_or(line.len());
    let trimmed = line[..length]
        .iter()
        .rposition(|byte| !matches!(byte, b'.' | b':' | b'!'))
        .map_or(0, |last| last + 1);
    at + trimmed
}

/// Where the line begins, if that is not far: a name that is deep inside a line is not asked for it again and again.
fn line_start(text: &[u8], at: usize) -> Option<usize> {
    const NEAR: usize = 512;
    let from = at.saturating_sub(NEAR);
    memchr::memrchr(b'\n', &text[from..at]).map(|found| from + found + 1).or((from == 0).then_some(0))
}

/// Whether only indentation, a list mark, `export` or a comment mark stands before the name.
fn begins_line(text: &[u8], key_start: usize) -> bool {
    let Some(line_at) = line_start(text, key_start) else { return false };
    let before = text[line_at..key_start].trim_ascii();
    matches!(before, b"" | b"-" | b"export" | b"set" | b"#" | b";" | b"\"" | b"'" | b"$env:" | b"ENV")
        || before.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'))
            && before.ends_with(b".")
}

/// `Authorization: Bearer …` keeps its scheme; cookies go as a whole, the attributes of Set-Cookie stay.
fn hide_header(text: &[u8], value_at: usize, named: Named, out: &mut Vec<Span>) {
    let (mut start, end) = if let Some(quote) = quote_at(text, value_at) {
        let start = value_at + quote.mark.len();
        (start, quote_end(text, start, quote))
    } else {
        let limit = (value_at + MAX_VALUE).min(text.len());
        let stops = |byte: &u8| matches!(byte, b'\n' | b'\r' | b'"' | b'\'' | b'}' | b'<' | b'\\');
        (value_at, value_at + text[value_at..limit].iter().position(stops).unwrap_or(limit - value_at))
    };
    let value = &text[start..end];
    if named.rule == Id::Authorization {
        let schemes = [
            "Bearer",
            "Basic",
            "Digest",
            "Token",
            "Negotiate",
            "ApiKey",
            "HMAC",
            "HMAC-SHA256",
            "AWS4-HMAC-SHA256",
            "GoogleLogin",
            "SharedKey",
        ];
        for scheme in schemes {
            let after = start + scheme.len();
            if value.len() > scheme.len()
                && value[..scheme.len()].eq_ignore_ascii_case(scheme.as_bytes())
                && matches!(text[after], b' ' | b'\t')
            {
                start = skip_spaces(text, after);
                break;
            }
        }
    }
    let mut end = start + text[start..end].trim_ascii_end().len();
    if named.rule == Id::Cookie
        && let Some(attributes) = text[start..end].windows(7).position(|window| {
            let lower = window.to_ascii_lowercase();
            [&b"; path="[..], b"; expir", b"; max-a", b"; domai", b"; secur", b"; httpo", b"; sames"]
                .contains(&lower.as_slice())
        })
    {
        end = start + attributes;
    }
    // A log line goes on after the value: a new `name=` or a bracket ends it.
    if named.rule == Id::Authorization {
        let rest = &text[start..end];
        let stop = rest.iter().position(|byte| matches!(byte, b' ' | b'\t' | b',' | b')' | b']' | b';'));
        if let Some(stop) = stop
            && !rest[..stop].contains(&b'=')
        {
            end = start + stop;
        }
    }
    take(text, start, end, named, false, out);
}

/// Hides a value if its name and its look demand it.
fn take(text: &[u8], start: usize, end: usize, named: Named, bare: bool, out: &mut Vec<Span>) {
    let Some(value) = text.get(start..end) else { return };
    if value::is_placeholder(value) || !demanded(value, named.demand) {
        return;
    }
    let structured = bare && value::is_number(value) && structured_number(text, start, end);
    out.push(Span { start, end, rule: named.rule, bare_number: structured });
}

fn demanded(value: &[u8], demand: Demand) -> bool {
    match demand {
        Demand::Any => value.len() >= 2,
        Demand::Random => {
            value.len() >= 8
                && (value::is_random_looking(value) || value.contains(&b'/') && value.len() >= 16)
                && !is_url_without_secret(value)
        }
        Demand::Number => value::is_number(value) && value.iter().any(|byte| matches!(byte, b'1'..=b'9')),
        Demand::Identifier => {
            value.len() >= 4
                && value.iter().filter(|byte| byte.is_ascii_digit()).count() >= 3
                && value.len() <= 64
        }
    }
}

fn is_url_without_secret(value: &[u8]) -> bool {
    value.starts_with(b"http") && !value.iter().any(|byte| matches!(byte, b'@' | b'?'))
}

/// In JSON and TOML a word in place of a number needs quotes to parse; in a log line it does not.
fn structured_number(text: &[u8], start: usize, end: usize) -> bool {
    let before = text[..start].trim_ascii_end();
    let after = text[end..].iter().find(|byte| !matches!(byte, b' ' | b'\t'));
    let in_json = before.ends_with(b"\":") || before.ends_with(b"\" :");
    let in_toml = matches!(after, None | Some(b'\n' | b'\r' | b'#'))
        && before.strip_suffix(b"=").is_some_and(|before| {
            let name = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii();
            name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
        });
    in_json || in_toml
}
