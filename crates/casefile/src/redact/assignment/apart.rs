//! A name in one place and its value in another: the elements of XML, the lines of YAML and properties, lists.

use super::separator::{Separator, quote_at, quote_end, skip_spaces};
use crate::redact::gate::{self, class};
use crate::redact::keys;

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
