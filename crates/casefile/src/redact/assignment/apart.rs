//! A name in one place and its value in another: the elements of XML, the lines of YAML and properties, lists.

use super::separator::{Separator, quote_at, quote_end, skip_spaces};
use super::take;
use crate::redact::find::Span;
use crate::redact::gate::{self, class};
use crate::redact::keys::{self, Named};
use crate::redact::value;

/// Length of what follows a name behind an escaped sign in a file of properties: `okx.password\:main=…`.
pub(super) fn escaped_rest(rest: &[u8]) -> usize {
    let [b'\\', b':' | b'=' | b' ', name @ ..] = rest else { return 0 };
    let length = name.iter().take(48).take_while(|byte| gate::is(**byte, class::NAME)).count();
    if length > 0 && matches!(name.get(length), Some(b'=' | b':')) { 2 + length } else { 0 }
}

/// The value of a key of YAML that a question mark announces: `? name`, and `: value` on the next line.
pub(super) fn below_question(text: &[u8], key_start: usize, at: usize) -> Option<(usize, Separator)> {
    let before = &text[..key_start];
    let before = before.strip_suffix(b"\"").or_else(|| before.strip_suffix(b"'")).unwrap_or(before);
    if !before.ends_with(b"? ") {
        return None;
    }
    let rest = &text[at..];
    let line = rest.strip_prefix(b"\r").unwrap_or(rest).strip_prefix(b"\n")?;
    let start = skip_spaces(text, text.len() - line.len());
    text[start..].starts_with(b": ").then(|| (skip_spaces(text, start + 2), Separator::Colon))
}

/// Behind the other attributes of an element whose name is one: `<param name="secret" type="string">…`.
pub(super) fn behind_attributes(text: &[u8], at: usize) -> Option<usize> {
    let mut at = skip_spaces(text, at);
    for _ in 0..4 {
        let rest = &text[at..];
        let name = rest
            .iter()
            .take(24)
            .take_while(|byte| byte.is_ascii_alphanumeric() || b":-_".contains(byte))
            .count();
        let quote = text.get(at + name + 1).filter(|mark| matches!(mark, b'"' | b'\''))?;
        if name == 0
            || rest.get(name) != Some(&b'=')
            || matches!(&rest[..name], b"value" | b"val" | b"content")
        {
            return None;
        }
        let inside = &rest[name + 2..];
        let length = inside.iter().take(64).position(|byte| byte == quote)?;
        at = skip_spaces(text, at + name + 3 + length);
        if text.get(at) == Some(&b'>') {
            return Some(at + 1);
        }
    }
    None
}

/// Into the element for a value that an element begins with: `<setting name="secret"><value>…`.
pub(super) fn into_element(text: &[u8], at: usize) -> usize {
    let blank = text[at..].iter().take(80).take_while(|byte| byte.is_ascii_whitespace()).count();
    let inner = [&b"<value>"[..], b"<string>", b"<val>", b"<text>", b"<Value>"];
    let tag = inner.into_iter().find(|tag| text[at + blank..].starts_with(tag));
    tag.map_or(at, |tag| at + blank + tag.len())
}

/// Whether what stands beside a name is one more name: `["apiKey", "apiSecret"]`.
pub(super) fn is_name_beside(text: &[u8], at: usize) -> bool {
    let value_at = skip_spaces(text, at);
    let Some(quote) = quote_at(text, value_at) else { return false };
    let start = value_at + quote.mark.len();
    let value = &text[start..quote_end(text, start, quote)];
    value.iter().all(|byte| gate::is(*byte, class::NAME) && !byte.is_ascii_digit())
        && keys::named(value).is_some()
}

/// Whether what stands beside a name in a flat list, `'X-Api-Key', '…'`, is its value and no other name.
pub(super) fn is_value_beside(text: &[u8], at: usize) -> bool {
    let value_at = skip_spaces(text, at);
    let Some(quote) = quote_at(text, value_at) else { return false };
    let start = value_at + quote.mark.len();
    let value = &text[start..quote_end(text, start, quote)];
    let is_sign = |byte: &u8| byte.is_ascii_punctuation() && !b"-_. ".contains(byte);
    keys::named(value).is_none()
        && !value.contains(&b' ')
        && (value.iter().any(u8::is_ascii_digit) || value.iter().any(is_sign))
}

/// What a value was before it was changed: `"path":"exchange.secret","old":"…","new":"…"`.
pub(super) fn hide_old(text: &[u8], key_end: usize, named: Named, out: &mut Vec<Span>) {
    let Some(quote) = quote_at(text, key_end) else { return };
    let at = key_end + quote.mark.len();
    if text.get(at) != Some(&b',') {
        return;
    }
    let at = skip_spaces(text, at + 1);
    let Some(name) = quote_at(text, at) else { return };
    let from = at + name.mark.len();
    let to = quote_end(text, from, name);
    let words = [&b"old"[..], b"oldValue", b"old_value", b"from", b"before", b"previous"];
    let colon = skip_spaces(text, (to + name.mark.len()).min(text.len()));
    if !words.contains(&&text[from..to]) || text.get(colon) != Some(&b':') {
        return;
    }
    let value_at = skip_spaces(text, colon + 1);
    if let Some(value) = quote_at(text, value_at) {
        let from = value_at + value.mark.len();
        take(text, from, quote_end(text, from, value), named, false, out);
    }
}

/// The sum beside what is free and what is in use: `{'available': 4633.3, 'total': 9177.7}`.
pub(super) fn hide_total(text: &[u8], (start, end): (usize, usize), named: Named, out: &mut Vec<Span>) {
    const NEAR: usize = 64;
    let ends = |byte: &u8| b"{}()\n".contains(byte);
    let before = text[start.saturating_sub(NEAR)..start].iter().rev().take_while(|byte| !ends(byte)).count();
    let behind = text[end..(end + NEAR).min(text.len())].iter().take_while(|byte| !ends(byte)).count();
    for (from, to) in [(start - before, start), (end, end + behind)] {
        let Some(found) = memchr::memmem::find(&text[from..to], b"total") else { continue };
        let at = from + found + 5;
        let marks = text[at..to].iter().take(4).take_while(|byte| b"\"'\\:= ".contains(byte)).count();
        let length = text[at + marks..]
            .iter()
            .take(32)
            .take_while(|byte| byte.is_ascii_digit() || b"._".contains(byte))
            .count();
        let value = &text[at + marks..at + marks + length];
        if marks > 0 && value.contains(&b'.') && value.iter().any(|byte| matches!(byte, b'1'..=b'9')) {
            let bare_number = super::structured_number(text, at + marks, at + marks + length);
            out.push(Span { bare_number, ..Span::new(at + marks, at + marks + length, named.rule) });
        }
    }
}

/// The values of a jar of cookies, in the last of seven columns. Source: <https://curl.se/docs/http-cookies.html>
pub(super) fn hide_jar(text: &[u8], from: usize, named: Named, out: &mut Vec<Span>) {
    let mut at = from;
    while let Some(length) = memchr::memchr(b'\n', &text[at..]) {
        at += length + 1;
        let line = text[at..].split(|byte| *byte == b'\n').next().unwrap_or_default();
        if line.starts_with(b"#") && !line.starts_with(b"#HttpOnly_") || line.trim_ascii().is_empty() {
            continue;
        }
        let Some(last) = line.iter().rposition(|byte| *byte == b'\t') else { return };
        if memchr::memchr_iter(b'\t', line).count() != 6 {
            return;
        }
        let value = line[last + 1..].trim_ascii_end();
        if value::is_random_looking(value) {
            take(text, at + last + 1, at + last + 1 + value.len(), named, false, out);
        }
    }
}
