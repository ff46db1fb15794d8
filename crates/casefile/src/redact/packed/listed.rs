//! Bytes that a program printed one by one: `[123, 34, …]`, `7b 22 …`, `0x7b, 0x22, …`.

use super::super::find::{self, Span};
use super::super::rules::Id;
use super::is_text;

/// Longer ones are read in parts.
const MAX_BYTES: usize = 8 << 10;
/// Fewer bytes hold nothing to hide.
const MIN_BYTES: usize = 16;

/// Whether these bytes are text in which the rules find something critical.
fn holds_secret(bytes: &[u8]) -> bool {
    bytes.len() >= MIN_BYTES
        && is_text(bytes)
        && find::plain(bytes).iter().any(|span| span.rule <= Id::Encoded)
}

/// Hides a list of decimal numbers that are the bytes of such a text.
pub(in crate::redact) fn decimal(text: &[u8], start: usize, end: usize, out: &mut Vec<Span>) {
    let numbers = text[start..end].split(|byte| matches!(byte, b',' | b' ' | b'\n' | b'\r' | b'\t'));
    let numbers = numbers.filter(|number| !number.is_empty()).take(MAX_BYTES);
    let bytes: Option<Vec<u8>> =
        numbers.map(|number| std::str::from_utf8(number).ok()?.parse().ok()).collect();
    if start > 0 && text[start - 1] == b'[' && bytes.is_some_and(|bytes| holds_secret(&bytes)) {
        let before = text[..start - 1].trim_ascii_end();
        let structured = before.is_empty() || before.ends_with(b"\":");
        out.push(Span { bare_number: structured, ..Span::new(start, end, Id::Encoded) });
    }
}

/// Hides pairs of hexadecimal digits, from the first one on, that are the bytes of such a text; returns where they end.
pub(in crate::redact) fn hexadecimal(text: &[u8], start: usize, out: &mut Vec<Span>) -> usize {
    let (mut at, mut end, mut bytes) = (start, start, Vec::new());
    while bytes.len() < MAX_BYTES {
        at += if text[at..].starts_with(b"0x") { 2 } else { 0 };
        let pair = text.get(at..at + 2).and_then(|pair| std::str::from_utf8(pair).ok());
        let Some(byte) = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) else { break };
        bytes.push(byte);
        (at, end) = (at + 2, at + 2);
        at += text[at..].iter().take(3).take_while(|byte| b" ,:\\\n".contains(byte)).count();
    }
    if holds_secret(&bytes) {
        out.push(Span::new(start, end, Id::Encoded));
    }
    end
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{hides, keeps};

    #[test]
    fn bytes_are_read_as_the_text_that_they_are() {
        let said = "{\"secret\":\"NaPUWweux5uFVvmFFWmdrbQ7h2\"}";
        let joined = |each: &dyn Fn(u8) -> String, between: &str| {
            said.bytes().map(each).collect::<Vec<_>>().join(between)
        };
        for (before, value, after) in [
            ("recv body: [", joined(&|byte| byte.to_string(), ", "), "]"),
            ("body=[", joined(&|byte| byte.to_string(), " "), "] n=3"),
            ("frame: ", joined(&|byte| format!("{byte:02x}"), " "), ""),
            ("frame: ", joined(&|byte| format!("{byte:02x}"), ":"), " end"),
            ("frame: ", joined(&|byte| format!("0x{byte:02x}"), ", "), ""),
        ] {
            hides("encoded", before, &value, after);
        }
    }

    #[test]
    fn lists_of_numbers_stay() {
        keeps("depth: [101, 98, 97, 102, 99, 100, 101, 104, 106, 108, 97, 98, 99, 100, 101, 102, 103, 104]");
        keeps("key_levels: [64250, 63000, 61500, 60000, 58500, 57000, 55500, 54000, 52500, 51000, 49500]");
    }
}
