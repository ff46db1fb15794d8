//! UTF-16 as UTF-8 and back, byte for byte.
//!
//! PowerShell begins a log in UTF-16, and another program goes on in bytes. Where such a part begins and ends is marked in the text
//! by two separators of ASCII, which end every value, so that the rules can read it and it is written as it was.

use std::io::{self, Read, Write};

use encoding_rs::{Decoder, Encoding};

/// A part in bytes begins and ends here.
const OPEN: char = '\u{1c}';
const CLOSE: char = '\u{1d}';
/// Code points for bytes of a part that are not UTF-8, and for such separators of the text itself.
const BYTES: u32 = 0xf700;

/// So many bytes of ASCII follow each other in no text of two bytes a character. Where one does, in Chinese, it is written back
/// all the same.
const FEWEST: usize = 16;

/// UTF-16 as UTF-8.
pub(super) struct Decoded<'a> {
    reader: &'a mut dyn Read,
    decoder: Decoder,
    is_little: bool,
    /// What is read and not decoded yet.
    raw: Vec<u8>,
    in_bytes: bool,
    text: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<'a> Decoded<'a> {
    pub(super) fn new(reader: &'a mut dyn Read, encoding: &'static Encoding) -> Self {
        Self {
            reader,
            decoder: encoding.new_decoder_without_bom_handling(),
            is_little: encoding == encoding_rs::UTF_16LE,
            raw: Vec::new(),
            in_bytes: false,
            text: Vec::new(),
            at: 0,
            ended: false,
        }
    }

    /// Decodes what it can of what was read.
    fn decode(&mut self) {
        self.text.clear();
        self.at = 0;
        let mut from = 0;
        while from < self.raw.len() {
            let taken = if self.in_bytes { self.bytes(from) } else { self.units(from) };
            if taken == 0 {
                break;
            }
            from += taken;
        }
        self.raw.drain(..from);
        if self.ended {
            self.push(0, 0, true);
            if std::mem::take(&mut self.in_bytes) {
                self.mark(CLOSE);
            }
        }
    }

    fn mark(&mut self, mark: char) {
        self.text.extend_from_slice(mark.encode_utf8(&mut [0; 4]).as_bytes());
    }

    /// Decodes units up to the next part in bytes; says how many bytes that were.
    fn units(&mut self, from: usize) -> usize {
        let rest = &self.raw[from..];
        let mut narrow = 0;
        let run = rest.iter().position(|byte| {
            narrow = if is_narrow(*byte) { narrow + 1 } else { 0 };
            narrow == FEWEST
        });
        // The last unit of two bytes may end with a byte that looks so.
        let even = |at: usize| if self.is_little { at & !1 } else { at.next_multiple_of(2) };
        let to = match run {
            Some(last) => even(last + 1 - FEWEST),
            None if self.ended => rest.len(),
            None => even(rest.len() - narrow).min(rest.len() & !1),
        };
        self.push(from, from + to, false);
        if run.is_some() {
            self.in_bytes = true;
            self.mark(OPEN);
            // The part goes on, so that there is always something to be taken.
            return to + self.bytes(from + to);
        }
        to
    }

    fn push(&mut self, from: usize, to: usize, is_last: bool) {
        let length = self.text.len();
        self.text.resize(length + (to - from + 4) * 3, 0);
        let (_, _, written, _) =
            self.decoder.decode_to_utf8(&self.raw[from..to], &mut self.text[length..], is_last);
        self.text.truncate(length + written);
        if memchr::memchr2(OPEN as u8, CLOSE as u8, &self.text[length..]).is_some() {
            let text = String::from_utf8_lossy(&self.text[length..])
                .replace(OPEN, &own(OPEN))
                .replace(CLOSE, &own(CLOSE));
            self.text.truncate(length);
            self.text.extend_from_slice(text.as_bytes());
        }
    }

    /// Takes bytes up to where text of two bytes a character goes on; says how many.
    fn bytes(&mut self, from: usize) -> usize {
        let rest = &self.raw[from..];
        let zero = memchr::memchr(0, rest);
        let to = match zero {
            Some(zero) if self.is_little => zero.saturating_sub(1),
            Some(zero) => zero,
            None if self.ended => rest.len(),
            // The last byte may be the first of two, or of a character.
            None => rest.len().saturating_sub(4),
        };
        for part in rest[..to].utf8_chunks() {
            let valid = part.valid().replace(OPEN, &own(OPEN)).replace(CLOSE, &own(CLOSE));
            self.text.extend_from_slice(valid.as_bytes());
            for byte in part.invalid() {
                let mark = char::from_u32(BYTES + u32::from(*byte)).unwrap_or(char::REPLACEMENT_CHARACTER);
                self.text.extend_from_slice(mark.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        if zero.is_some() {
            self.in_bytes = false;
            self.mark(CLOSE);
        }
        // A zero where a character of two bytes would begin belongs to one of them.
        if zero.is_some() && to == 0 { self.units_behind(from) } else { to }
    }

    /// One unit, so that nothing is met twice.
    fn units_behind(&mut self, from: usize) -> usize {
        let to = (from + 2).min(self.raw.len());
        self.push(from, to, false);
        to - from
    }
}

/// What stands for a separator that is none of ours.
fn own(mark: char) -> String {
    char::from_u32(BYTES + u32::from(mark)).unwrap_or(char::REPLACEMENT_CHARACTER).to_string()
}

/// What text in bytes is made of, wherever it comes from.
fn is_narrow(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\t' | b'\r' | b'\n')
}

impl Read for Decoded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        const AT_ONCE: u64 = 32 << 10;
        while self.at == self.text.len() && !self.ended {
            let read = Read::take(&mut self.reader, AT_ONCE).read_to_end(&mut self.raw)?;
            self.ended = read == 0;
            self.decode();
        }
        let length = buffer.len().min(self.text.len() - self.at);
        buffer[..length].copy_from_slice(&self.text[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}

/// UTF-8 as UTF-16.
pub(super) struct Encoded<'a> {
    out: &'a mut dyn Write,
    big_endian: bool,
    in_bytes: bool,
    /// The beginning of a character whose end comes with the next write.
    rest: Vec<u8>,
}

impl<'a> Encoded<'a> {
    pub(super) fn new(out: &'a mut dyn Write, encoding: &'static Encoding) -> Self {
        Self { out, big_endian: encoding == encoding_rs::UTF_16BE, in_bytes: false, rest: Vec::new() }
    }
}

impl Write for Encoded<'_> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.rest.extend_from_slice(buffer);
        let valid = match std::str::from_utf8(&self.rest) {
            Ok(text) => text.len(),
            Err(error) => error.valid_up_to(),
        };
        let text = std::str::from_utf8(&self.rest[..valid]).unwrap_or_default();
        let order = if self.big_endian { u16::to_be_bytes } else { u16::to_le_bytes };
        let mut written = Vec::with_capacity(2 * valid);
        for symbol in text.chars() {
            match symbol {
                OPEN => self.in_bytes = true,
                CLOSE => self.in_bytes = false,
                _ => {
                    let byte = u8::try_from(u32::from(symbol).wrapping_sub(BYTES)).ok();
                    let is_own = |byte: &u8| matches!(char::from(*byte), OPEN | CLOSE);
                    let byte = byte.filter(|byte| is_own(byte) || self.in_bytes && *byte >= 0x80);
                    match byte {
                        Some(byte) if self.in_bytes => written.push(byte),
                        Some(byte) => written.extend(order(u16::from(byte))),
                        None if self.in_bytes => {
                            written.extend_from_slice(symbol.encode_utf8(&mut [0; 4]).as_bytes());
                        }
                        None => {
                            written.extend(symbol.encode_utf16(&mut [0; 2]).iter().copied().flat_map(order));
                        }
                    }
                }
            }
        }
        self.out.write_all(&written)?;
        self.rest.drain(..valid);
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn there_and_back(raw: &[u8], encoding: &'static Encoding, step: usize) -> (String, Vec<u8>) {
        /// Gives few bytes at once.
        struct Slow<'a>(&'a [u8], usize);
        impl Read for Slow<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let length = buffer.len().min(self.1);
                self.0.read(&mut buffer[..length])
            }
        }
        let (mut text, mut back) = (String::new(), Vec::new());
        let mut slow = Slow(raw, step);
        Decoded::new(&mut slow, encoding).read_to_string(&mut text).expect("it is in memory");
        Encoded::new(&mut back, encoding).write_all(text.as_bytes()).expect("it is in memory");
        (text, back)
    }

    #[test]
    fn what_another_program_wrote_in_bytes_is_read_and_stays() {
        let wide = |text: &str, order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(order).collect()
        };
        let (log, bytes) =
            ("2026-11-27 za\u{17c}\u{1d}\u{142}\u{107}\r\n", "2026-11-27 login=anna pin 4821 ok\r\n");
        for (encoding, order) in [
            (encoding_rs::UTF_16LE, u16::to_le_bytes as fn(u16) -> [u8; 2]),
            (encoding_rs::UTF_16BE, u16::to_be_bytes),
        ] {
            for odd in ["", "x"] {
                for end in ["", log] {
                    let mut raw = wide("\u{feff}", order);
                    raw.extend(wide(log, order));
                    raw.extend(odd.bytes().chain(bytes.bytes()).chain(*b"za\xbf\xf3\xb3\xe6 kl\xc4\x85\r\n"));
                    raw.extend(wide(end, order));
                    for step in [1, 7, 1 << 16] {
                        let (text, back) = there_and_back(&raw, encoding, step);
                        assert!(text.contains(bytes) && text.contains("kl\u{105}"), "{text}");
                        assert_eq!(
                            text.replace('\u{f71d}', "\u{1d}").matches(log).count(),
                            1 + usize::from(!end.is_empty()),
                            "{text}"
                        );
                        assert_eq!(back, raw, "{text:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn chinese_stays_as_it_is() {
        let text = "\u{feff}登录 成功 用户 编号 交易 密码 正确\r\n".repeat(40);
        let raw: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (decoded, back) = there_and_back(&raw, encoding_rs::UTF_16LE, 999);
        assert_eq!(decoded, text);
        assert_eq!(back, raw);
    }
}
