//! What stands below the name of several passwords: a section of an INI file, a map of YAML, a list of notes, an object of JSON.

use super::bare::line_start;
use super::take;
use crate::redact::find::Span;
use crate::redact::keys::{self, Demand, Named};
use crate::redact::rules::Id;
use crate::redact::value;

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

/// Longest word that is read as a password, in bytes.
const MAX_WORD: usize = 64;

/// Hides the last word of each row and of each group of lines below a heading that names a password and stands alone, with an empty
/// line behind it: `Hasło:`, `NAS   anna   …`, or `Gmail`, the login and the password on three lines.
pub(super) fn hide_below_heading(text: &[u8], key: (usize, usize), named: Named, out: &mut Vec<Span>) {
    if named.rule != Id::Password {
        return;
    }
    if !matches!(text.get(key.1), Some(b':')) || !text[key.1..(key.1 + 5).min(text.len())].contains(&b'\n') {
        return;
    }
    let Some(line) = line_start(text, key.0) else { return };
    let rest = text[key.1..].split(|byte| *byte == b'\n').next().unwrap_or_default();
    let is_heading = text[line..key.0].iter().all(|byte| b" \t#*-".contains(byte))
        && matches!(rest.trim_ascii(), b":" | b":**");
    let (mut from, mut rows) = (key.1 + rest.len() + 1, 0);
    let is_empty_at =
        |at: usize| text.get(at..).is_some_and(|rest| rest.starts_with(b"\n") || rest.starts_with(b"\r\n"));
    if !is_heading || !is_empty_at(from) {
        return;
    }
    while rows < MAX_LINES {
        from += text[from..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let end = end_of_group(text, from);
        if end == from || !hide_in_group(text, from, end, out) {
            return;
        }
        (from, rows) = (end, rows + 1);
    }
}

/// Where the empty line is behind the lines that begin here.
fn end_of_group(text: &[u8], from: usize) -> usize {
    let limit = (from + (8 << 10)).min(text.len());
    let mut at = from;
    while at < limit {
        let line = text[at..limit].split(|byte| *byte == b'\n').next().unwrap_or_default();
        if line.trim_ascii().is_empty() {
            return at;
        }
        at = (at + line.len() + 1).min(limit);
    }
    limit
}

/// Hides what is a password in lines that stand together; says whether there was one, and nothing that is no row.
fn hide_in_group(text: &[u8], from: usize, end: usize, out: &mut Vec<Span>) -> bool {
    let lines: Vec<&[u8]> =
        text[from..end].split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).collect();
    let is_word = |line: &&[u8]| !line.trim_ascii().iter().any(u8::is_ascii_whitespace);
    let is_row = |line: &&[u8]| {
        let line = line.trim_ascii();
        memchr::memmem::find(line, b"  ").is_some() || line.contains(&b'\t')
    };
    // A name of what the row or the group is of has no digits: dates begin lines of logs.
    let is_of_what = |line: &&[u8]| {
        let first = line.trim_ascii().split(u8::is_ascii_whitespace).next().unwrap_or_default();
        first.len() <= 24 && !first.iter().take(2).any(u8::is_ascii_digit) && !first.contains(&b':')
    };
    let are_rows = lines.iter().all(|line| is_row(line) && is_of_what(line));
    let are_words = (2..=3).contains(&lines.len()) && is_of_what(&lines[0]) && lines[1..].iter().all(is_word);
    let (before, mut at) = (out.len(), from);
    for (number, line) in lines.iter().enumerate() {
        at += memchr::memmem::find(&text[at..end], line).unwrap_or(0);
        let trimmed = line.trim_ascii_end();
        let word = trimmed.rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
        let is_last = are_words && number + 1 == lines.len();
        if (are_rows || is_last) && word.len() <= MAX_WORD && is_password(word) {
            let start = at + trimmed.len() - word.len();
            take(
                text,
                start,
                start + word.len(),
                Named { rule: Id::Password, demand: Demand::Set },
                true,
                out,
            );
        }
        at += line.len();
    }
    out.len() > before
}

/// Letters with a digit or a sign among them, and no address.
fn is_password(word: &[u8]) -> bool {
    let is_mark = |byte: &u8| b"!#$%^&*?@".contains(byte);
    let digits = word.iter().filter(|byte| byte.is_ascii_digit()).count();
    word.len() >= 6
        && word.iter().any(u8::is_ascii_uppercase)
        && word.iter().any(u8::is_ascii_lowercase)
        && (word.iter().any(is_mark) && digits > 0 || digits >= 3)
        && !word.iter().any(|byte| b".:/=".contains(byte))
        && !value::is_composed(word)
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
