//! The few notations of mail that a letter needs. Sources: RFC 5322, RFC 2045, RFC 2047.

use std::io::{self, Read, Write};

use data_encoding::BASE64;

/// 57 bytes are a line of 76 characters: RFC 2045, 6.8.
const LINE_BYTES: usize = 57;
/// Bytes of one encoded word, which may have 75 characters: RFC 2047, 2.
const WORD_BYTES: usize = 45;
/// Longer texts are cut in a header; the whole stands in the mail.
const MAX_HEADER_CHARS: usize = 200;
/// With its tag and blank a line stays below the 78 characters that RFC 5322, 2.1.1 asks for.
const MAX_PLAIN_BYTES: usize = 70;

/// Writes everything as lines of base64.
pub(super) fn base64_lines(from: &mut impl Read, out: &mut impl Write) -> io::Result<()> {
    let mut bytes = vec![0; LINE_BYTES * 1024];
    let mut line = [0; LINE_BYTES / 3 * 4];
    loop {
        let read = fill(from, &mut bytes)?;
        if read == 0 {
            return Ok(());
        }
        for chunk in bytes[..read].chunks(LINE_BYTES) {
            let encoded = &mut line[..BASE64.encode_len(chunk.len())];
            BASE64.encode_mut(chunk, encoded);
            out.write_all(encoded)?;
            out.write_all(b"\r\n")?;
        }
    }
}

/// Reads until the buffer is full or there is nothing more: a line in the middle must not be padded.
fn fill(from: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match from.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// A text for a header: on one line, and nothing in it can begin another header.
pub(super) fn plain(text: &str) -> String {
    let spaced =
        text.chars().map(|c| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c });
    let joined = spaced.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    joined.chars().take(MAX_HEADER_CHARS).collect()
}

/// A text for a header, as encoded words where it is not plain ASCII.
pub(super) fn encoded(text: &str) -> String {
    let text = plain(text);
    if text.is_ascii() && text.len() <= MAX_PLAIN_BYTES && !text.contains("=?") {
        return text;
    }
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        // No character is cut in two.
        if word.len() + c.len_utf8() > WORD_BYTES {
            words.push(std::mem::take(&mut word));
        }
        word.push(c);
    }
    words.push(word);
    let words: Vec<_> =
        words.iter().map(|word| format!("=?utf-8?B?{}?=", BASE64.encode(word.as_bytes()))).collect();
    words.join("\r\n ")
}

/// A person and their address.
pub(super) fn mailbox(name: &str, address: &str) -> String {
    let name = plain(name);
    if name.is_empty() {
        return address.to_owned();
    }
    if name.is_ascii() && name.len() <= MAX_PLAIN_BYTES {
        let quoted = name.replace('\\', "\\\\").replace('"', "\\\"");
        return format!("\"{quoted}\" <{address}>");
    }
    format!("{}\r\n <{address}>", encoded(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_encoded_in_words_that_hold_whole_characters() {
        assert_eq!(encoded("Orders are rejected"), "Orders are rejected");
        assert_eq!(encoded("a\r\nBcc: x@y.z\u{2028}b"), "a Bcc: x@y.z b");
        assert!(encoded("=?utf-8?B?eA==?=").starts_with("=?utf-8?B?PT91"));
        let text = "Zażółć gęślą jaźń – ".repeat(9);
        let words = encoded(&text);
        let mut decoded = String::new();
        for word in words.split("\r\n ") {
            assert!(word.len() <= 75, "{word}");
            let inner = word.strip_prefix("=?utf-8?B?").unwrap().strip_suffix("?=").unwrap();
            decoded.push_str(&String::from_utf8(BASE64.decode(inner.as_bytes()).unwrap()).unwrap());
        }
        assert_eq!(decoded, plain(&text));
    }

    #[test]
    fn base64_has_lines_of_76_whatever_the_reads_are() {
        struct Slow<'a>(&'a [u8]);
        impl Read for Slow<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let length = buffer.len().min(7).min(self.0.len());
                buffer[..length].copy_from_slice(&self.0[..length]);
                self.0 = &self.0[length..];
                Ok(length)
            }
        }
        let bytes: Vec<u8> = (0..LINE_BYTES * 2500 + 5).map(|n| (n * 7).to_le_bytes()[0]).collect();
        let mut out = Vec::new();
        base64_lines(&mut Slow(&bytes), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<_> = text.lines().collect();
        assert!(lines[..lines.len() - 1].iter().all(|line| line.len() == 76));
        assert_eq!(BASE64.decode(lines.concat().as_bytes()).unwrap(), bytes);
    }
}
