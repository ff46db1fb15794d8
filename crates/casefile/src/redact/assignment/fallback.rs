//! The value that a program falls back to where nobody sets one: it stands in the source, and in the line of it that an
//! error shows.

use super::quote::quote_at;
use super::separator::skip_spaces;
use super::take;
use crate::redact::find::Span;
use crate::redact::keys::Named;
use crate::redact::value;

/// What is passed for it by name.
const DEFAULTS: [&[u8]; 7] =
    [b"default", b"default_value", b"defaultValue", b"fallback", b"initial", b"value", b"Default"];

/// Behind a name that is asked for: `getenv("API_KEY", default="…")`, `process.env.API_KEY ?? "…"`, `ENV['KEY'] || '…'`.
pub(super) fn behind(text: &[u8], key_start: usize, quoted_end: usize) -> Option<usize> {
    if let Some(value_at) = next_item(text, key_start, quoted_end) {
        return Some(value_at);
    }
    let mut at = quoted_end;
    if text.get(at) == Some(&b')') {
        at += 1;
    }
    at = skip_spaces(text, at);
    // `api_key`, and on the next line `  Value error, bad format […, input_value='…']`
    let line = text[at..].strip_prefix(b"\r").unwrap_or(&text[at..]).strip_prefix(b"\n  ");
    if let Some(line) = line
        && ["Value error, ", "Input should ", "String should "]
            .iter()
            .any(|says| line.starts_with(says.as_bytes()))
    {
        at = text.len() - line.len();
    }
    let rest = &text[at..];
    if let Some(arguments) = rest.strip_prefix(b",") {
        let name_at = skip_spaces(text, text.len() - arguments.len());
        let length = default_length(&text[name_at..])?;
        return quote_at(text, name_at + length).map(|_| name_at + length);
    }
    // ``field `api_key` (value: "…")``
    if rest.starts_with(b"(value: ") {
        return quote_at(text, at + 8).map(|_| at + 8);
    }
    // `api_secret  Input should be a valid integer [type=int_type, input_value='…'`
    if rest.starts_with(b"Input should ")
        || rest.starts_with(b"Value error, ")
        || rest.starts_with(b"String should ")
    {
        let near = &rest[..rest.len().min(240)];
        let line = near.split(|byte| *byte == b'\n').next()?;
        let value_at = at + memchr::memmem::find(line, b"input_value=")? + b"input_value=".len();
        return quote_at(text, value_at).map(|_| value_at);
    }
    // `reg add … /v ApiSecret /d …`
    if rest.starts_with(b"/d ") && text[..key_start].ends_with(b"/v ") {
        return Some(skip_spaces(text, at + 3));
    }
    // `reg add … /v ApiSecret /t REG_SZ /d …`
    if rest.starts_with(b"/t REG_") {
        let data = memchr::memmem::find(&rest[..rest.len().min(40)], b" /d ")?;
        return Some(skip_spaces(text, at + data + 4));
    }
    let operators = [&b"|| "[..], b"?? ", b"?: ", b"or ", b"-Value "];
    let operator = operators.iter().find(|operator| at > quoted_end && rest.starts_with(operator))?;
    let value_at = skip_spaces(text, at + operator.len());
    quote_at(text, value_at).map(|_| value_at)
}

/// The item behind a flag in a list of YAML, each on a line: `- --api-key`, `- …`.
fn next_item(text: &[u8], key_start: usize, at: usize) -> Option<usize> {
    if !text[..key_start].ends_with(b"--") {
        return None;
    }
    let rest = &text[at..];
    let line = rest.strip_prefix(b"\r").unwrap_or(rest).strip_prefix(b"\n")?;
    let item = line.trim_ascii_start().strip_prefix(b"- ")?;
    (!item.starts_with(b"-")).then(|| text.len() - item.len())
}

/// Length of `default=` before a value, with the spaces around its sign.
pub(super) fn default_length(rest: &[u8]) -> Option<usize> {
    let word = rest.iter().take(16).take_while(|byte| byte.is_ascii_alphabetic() || **byte == b'_').count();
    if !DEFAULTS.contains(&&rest[..word]) {
        return None;
    }
    let sign = skip_spaces(rest, word);
    matches!(rest.get(sign), Some(b'=' | b':')).then(|| skip_spaces(rest, sign + 1))
}

/// The value that a variable has where nobody sets it: `${DB_PASSWORD:-…}`; what it is asked for otherwise, `:?`, is none.
pub(super) fn hide_default(text: &[u8], end: usize, named: Option<Named>, out: &mut Vec<Span>) -> usize {
    let rest = &text[end..(end + 256).min(text.len())];
    let Some(length) = rest.iter().position(|byte| matches!(byte, b'}' | b'\n')) else { return end };
    let marks = [&b":-"[..], b":=", b"=", b"-", b":"];
    if let Some(named) = named.filter(|_| !rest.starts_with(b":?"))
        && let Some(mark) = marks.into_iter().find(|mark| rest[..length].starts_with(mark))
    {
        take(text, end + mark.len(), end + length, named, false, out);
    }
    end
}

/// Where a value in quotes stands that a verb leads to, behind the quote that closes the name.
pub(super) fn behind_verb(text: &[u8], key_end: usize) -> Option<usize> {
    const NEAR: usize = 64;
    let rest = &text[key_end..(key_end + NEAR).min(text.len())];
    let line = rest.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let closing = "\u{201d} zmienion".as_bytes();
    if line.starts_with(closing) {
        let mark = " na \u{201e}".as_bytes();
        return memchr::memmem::find(line, mark).map(|at| key_end + at + mark.len());
    }
    if let Some(at) = behind_change(line) {
        return Some(key_end + at);
    }
    let mark = b"from String ";
    line.starts_with(b"\": cannot deserialize ")
        .then(|| memchr::memmem::find(line, mark).map(|at| key_end + at + mark.len()))
        .flatten()
}

/// Whether it is said what the name was set to: ` from "<not set>" to "…"`.
pub(super) fn is_change(behind: &[u8]) -> bool {
    const NEAR: usize = 64;
    behind_change(&behind[..behind.len().min(NEAR)]).is_some()
}

/// Where the new value stands if there was none before: ` from "<not set>" to "…"`.
fn behind_change(line: &[u8]) -> Option<usize> {
    let rest = line.strip_prefix(b"\"").or_else(|| line.strip_prefix(b"'")).unwrap_or(line);
    let rest = [&b" changed from "[..], b" updated from ", b" set from ", b" from "]
        .into_iter()
        .find_map(|words| rest.strip_prefix(words))?;
    let quote = *rest.first().filter(|quote| matches!(quote, b'"' | b'\''))?;
    let old = rest[1..].iter().position(|byte| *byte == quote)?;
    let behind = rest[old + 2..].strip_prefix(b" to ")?;
    (behind.first() == Some(&quote) && value::is_placeholder(&rest[1..=old]))
        .then(|| line.len() - behind.len())
}

/// Length of what PHP shows between the name of a property and its bracket.
pub(super) fn class_of_php(rest: &[u8]) -> Option<usize> {
    let near = &rest[..rest.len().min(80)];
    let inside = near.strip_prefix(b":")?;
    let class = inside
        .strip_prefix(b"\"")
        .map_or(Some(0), |name| name.iter().position(|byte| *byte == b'"').map(|end| end + 2))?;
    let behind = &inside[class..];
    let kind = [&b":private"[..], b":protected", b"protected", b"private"]
        .into_iter()
        .find(|kind| behind.starts_with(kind))?;
    behind[kind.len()..].starts_with(b"]=>").then_some(1 + class + kind.len())
}
