//! What stands below the name of several passwords: a section of an INI file, a map of YAML, a list of notes, an object of JSON.

use super::bare::line_start;
use super::take;
use crate::redact::find::Span;
use crate::redact::keys::{self, Demand, Named};
use crate::redact::rules::Id;

/// Most lines that are read.
const MAX_LINES: usize = 64;
/// Longest name, in bytes.
const MAX_NAME: usize = 48;

/// Hides the values of the names below this one, if it is one of several passwords: `[hasla]`, `hasla:`, `"passwords": {`.
pub(super) fn hide(text: &[u8], (start, end): (usize, usize), out: &mut Vec<Span>) {
    const MAX_BEHIND: usize = 32;
    // Most names have a value behind them.
    let near = &text[end..(end + MAX_BEHIND).min(text.len())];
    let Some(length) = memchr::memchr(b'\n', near).or((near.len() < MAX_BEHIND).then_some(near.len())) else {
        return;
    };
    let Some(line) = line_start(text, start) else { return };
    let before = text[line..start].trim_ascii();
    let behind = &near[..length];
    let is_section = before == b"[" && behind.trim_ascii_end() == b"]";
    let is_map = matches!(before, b"" | b"\"" | b"'" | b"#" | b"##" | b"**" | b"-")
        && matches!(behind.trim_ascii_end(), b":" | b"\": {" | b"\":{" | b"': {" | b":**" | b"**:");
    if !is_section && !is_map || !keys::is_of_several(&text[start..end]) {
        return;
    }
    let indent = start - line;
    let mut from = end + behind.len() + 1;
    for number in 0..MAX_LINES {
        let Some(rest) = text.get(from..) else { return };
        let line = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let depth = line.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let is_item = line[depth..].starts_with(b"- ") || line[depth..].starts_with(b"* ");
        let is_over = line.trim_ascii().is_empty() && number > 0
            || matches!(line.get(depth), Some(b'[' | b'}'))
            || is_map && !is_item && depth < indent.max(1);
        if is_over || !line.trim_ascii().is_empty() && !hide_in_line(text, from, line, out) {
            return;
        }
        from += line.len() + 1;
    }
}

/// Hides the value of one line; says whether it has a name and a value.
fn hide_in_line(text: &[u8], from: usize, line: &[u8], out: &mut Vec<Span>) -> bool {
    let Some(sign) = line.iter().take(MAX_NAME).position(|byte| matches!(byte, b':' | b'=')) else {
        return false;
    };
    let is_mark = |byte: &u8| byte.is_ascii_whitespace() || b"\"'`,".contains(byte);
    let value = &line[sign + 1..];
    let Some(first) = value.iter().position(|byte| !is_mark(byte)) else { return true };
    // What is quoted ends with its quote, the rest with a remark.
    let quote = value[..first].last().filter(|byte| b"\"'`".contains(byte));
    let rest = &value[first..];
    let length = match quote {
        Some(quote) => rest.iter().position(|byte| byte == quote),
        None => memchr::memmem::find(rest, b" #").or_else(|| memchr::memmem::find(rest, b"  ")),
    };
    let value = &rest[..length.unwrap_or(rest.len())];
    let length = value.len() - value.iter().rev().take_while(|byte| is_mark(byte)).count();
    let at = from + sign + 1 + first;
    let named = Named { rule: Id::Password, demand: Demand::Set };
    take(text, at, at + length, named, true, out);
    true
}
