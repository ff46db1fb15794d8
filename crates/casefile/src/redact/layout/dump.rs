//! Dumps of bytes, as `xxd`, `hexdump -C`, `od`, `tcpdump -X`, Wireshark and many programs print them: an offset, the bytes as
//! digits, the letters among them.

use super::{MAX_PART, Read, line_end};
use crate::redact::find::Span;
use crate::redact::gate::Anchor;
use crate::redact::view::View;

/// Most bytes on a line.
const MAX_BYTES: usize = 64;
/// Shorter dumps hold nothing to hide.
const MIN_BYTES: usize = 12;

/// Reads the lines of a dump from the one on that this offset begins.
pub(super) fn find(text: &[u8], anchor: Anchor, read: Read<'_>, out: &mut Vec<Span>) -> usize {
    // The zeros are the end of the first offset.
    let zeros = text[anchor.start..anchor.end].iter().position(|byte| *byte == b'0').unwrap_or(0);
    let first = anchor.start + zeros;
    let before = text[..first].iter().rev().take(16).take_while(|byte| b"0x".contains(byte)).count();
    let near = first.saturating_sub(256);
    let line = memchr::memrchr(b'\n', &text[near..first]).map_or(near, |at| near + at + 1);
    let column = first - before - line;
    // The bytes by their digits, and by the letters beside them.
    let (mut digits, mut letters) = (View::with_capacity(1_024), View::with_capacity(1_024));
    let (mut at, mut width) = (line, None);
    while at < text.len() && at - line < MAX_PART {
        let end = line_end(text, at);
        let Some(row) = Row::of(text, at, column, end) else { break };
        for (index, (start, byte)) in row.bytes.iter().enumerate() {
            digits.push(*byte, *start, start + 2);
            let letter =
                row.letters.map_or((*start, *start), |letters| (letters + index, letters + index + 1));
            letters.push(*byte, letter.0, letter.1);
        }
        at = end + 1;
        if width.is_some_and(|width| row.bytes.len() < width) {
            break;
        }
        width = Some(row.bytes.len());
    }
    if digits.text.len() >= MIN_BYTES {
        for span in read(&digits.text) {
            // Row by row: between the digits of two bytes of a row stand no others.
            for (start, end) in rows(text, &digits.pieces(span.start, span.end)) {
                out.push(Span::new(start, end, span.rule));
            }
            for (start, end) in letters.pieces(span.start, span.end) {
                out.push(Span::new(start, end, span.rule));
            }
        }
    }
    at.max(anchor.end)
}

/// The same from the line on that ends with the bar behind its letters, wherever in memory that begins: `00007f20  58 2d … |X-…|`.
pub(super) fn find_from_line(text: &[u8], anchor: Anchor, read: Read<'_>, out: &mut Vec<Span>) -> usize {
    const NEAR: usize = 256;
    let near = anchor.start.saturating_sub(NEAR);
    let line = memchr::memrchr(b'\n', &text[near..anchor.start]).map_or(near, |at| near + at + 1);
    let digits = text[line..].iter().take(17).take_while(|byte| byte.is_ascii_hexdigit()).count();
    if digits < 8 || !text[line..].starts_with(b"0") || !text[line + digits..].starts_with(b"  ") {
        return anchor.end;
    }
    find(text, Anchor { start: line, end: line + 1, ..anchor }, read, out).max(anchor.end)
}

/// Joins the pieces that only spaces part.
fn rows(text: &[u8], pieces: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut rows: Vec<(usize, usize)> = Vec::new();
    for (start, end) in pieces {
        match rows.last_mut() {
            Some((_, last)) if text[*last..*start].iter().all(|byte| b" -|".contains(byte)) => *last = *end,
            _ => rows.push((*start, *end)),
        }
    }
    rows
}

/// A line of a dump.
struct Row {
    /// Where the digits of each byte stand, and the byte.
    bytes: Vec<(usize, u8)>,
    /// Where the first letter stands, if there is one for each byte.
    letters: Option<usize>,
}

impl Row {
    /// Reads the line in `text[start..end]`, whose offset begins in this column or with its first sign.
    fn of(text: &[u8], start: usize, column: usize, end: usize) -> Option<Self> {
        let line = &text[start..end];
        let indent = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        Self::behind(text, start + column, end).or_else(|| Self::behind(text, start + indent, end))
    }

    /// Reads an offset and what follows it.
    fn behind(text: &[u8], offset: usize, end: usize) -> Option<Self> {
        let line = text.get(offset..end)?;
        let body = line.strip_prefix(b"0x").unwrap_or(line);
        let length = body.iter().take(17).take_while(|byte| byte.is_ascii_hexdigit()).count();
        let mark = usize::from(matches!(body.get(length), Some(b':' | b'|')));
        let from = line.len() - body.len() + length + mark;
        if !(4..=16).contains(&length) || !matches!(line.get(from), Some(b' ' | b'\t')) {
            return None;
        }
        let (mut bytes, mut at, mut group) = (Vec::new(), offset + from, 0);
        let blank = |at: usize| text[at..end].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        at += blank(at);
        loop {
            let run = text[at..end].iter().take(33).take_while(|byte| byte.is_ascii_hexdigit()).count();
            let closes = text.get(at + run).is_none_or(|byte| b" \t\r\n|-".contains(byte));
            // All groups but the last are of one length.
            if !matches!(run, 2 | 4 | 8 | 16) || !closes || group != 0 && run > group {
                break;
            }
            for place in (at..at + run).step_by(2) {
                let digits = std::str::from_utf8(&text[place..place + 2]).ok()?;
                bytes.push((place, u8::from_str_radix(digits, 16).ok()?));
            }
            group = if group == 0 { run } else { group };
            at += run;
            let spaces = blank(at);
            // A wider gap stands in the middle, and before the letters.
            let is_middle = matches!(bytes.len(), 8 | 16) && spaces == 2
                || text.get(at) == Some(&b'-') && bytes.len() == 8;
            if bytes.len() > MAX_BYTES || run < group || spaces != 1 && !is_middle {
                break;
            }
            at += spaces.max(1);
        }
        let rest = text[at..end].trim_ascii_end();
        let open = rest.iter().position(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(rest.len());
        let open = open
            + usize::from(matches!(rest.get(open), Some(b'|' | b'>')) && rest.len() - open > bytes.len());
        let letters = (rest.len() - open >= bytes.len()).then_some(at + open);
        (!bytes.is_empty()).then_some(Self { bytes, letters })
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::super::super::Redactor;

    const SAID: &str = "..{\"secret\":\"DcvEA7Ft01QomFiM4Vk0onyPO5XcF1Le4s4c5hjb\",\"side\":\"buy\"}";

    /// The text as these programs print it, each line behind a prefix.
    fn dumps(prefix: &str) -> [String; 3] {
        let mut dumps = [String::new(), String::new(), String::new()];
        for (index, row) in SAID.as_bytes().chunks(16).enumerate() {
            let [xxd, canonical, tcpdump] = &mut dumps;
            let offset = index * 16;
            let pairs: Vec<_> = row.chunks(2).map(|pair| data_encoding::HEXLOWER.encode(pair)).collect();
            let letters = String::from_utf8_lossy(row);
            let bytes: Vec<_> = row.iter().map(|byte| format!("{byte:02x}")).collect();
            let _ = writeln!(xxd, "{prefix}{offset:08x}: {}  {letters}", pairs.join(" "));
            let (left, right) = bytes.split_at(8.min(bytes.len()));
            let _ = writeln!(
                canonical,
                "{prefix}{offset:08x}  {}  {}  |{letters}|",
                left.join(" "),
                right.join(" ")
            );
            let _ = writeln!(tcpdump, "{prefix}\t0x{offset:04x}:  {}  {letters}", pairs.join(" "));
        }
        dumps
    }

    #[test]
    fn a_secret_goes_from_both_columns() {
        let redactor = Redactor::builder().build();
        for text in dumps("").into_iter().chain(dumps("2026-11-20 08:00:00 DEBUG frame ")) {
            let (clean, _) = redactor.clean_text(&text);
            let clean = clean.as_str();
            for part in ["DcvEA", "Qom", "e4s4c", "4463 7645", "44 63 76 45", "64 6e", "hjb\""] {
                assert!(!clean.contains(part), "{part} is in\n{clean}");
            }
            assert_eq!(clean.lines().count(), text.lines().count(), "{clean}");
            assert!(clean.contains("side"), "{clean}");
            assert_eq!(redactor.clean_text(clean).0.as_str(), clean);
        }
    }
}
