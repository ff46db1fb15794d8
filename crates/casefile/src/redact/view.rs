//! A text as a person reads it: without the escape sequences of a terminal and the holes of a crash, and with the
//! letters that JSON wrote as numbers; and the way back to its bytes.

use std::sync::LazyLock;

use memchr::memmem::Finder;

/// The text as a person sees it; `map` gives for each byte its place in the original.
pub(super) struct View {
    pub(super) text: Vec<u8>,
    /// Where each byte of the text begins and ends in the original.
    map: Vec<(u32, u32)>,
}

impl View {
    /// Nothing when there is no escape in it.
    pub(super) fn of(original: &[u8]) -> Option<Self> {
        static NUMBERED: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("\\u0"));
        static WRITTEN: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("1b["));
        static SLASHED: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("\\/"));
        static WIDE: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("\\x00"));
        memchr::memchr3(0x1b, 0, b'\\', original)?;
        let has_escapes = memchr::memchr2(0x1b, 0, original).is_some()
            || NUMBERED.find(original).is_some()
            || SLASHED.find(original).is_some()
            || WRITTEN.find(original).is_some()
            || WIDE.find(original).is_some();
        if !has_escapes {
            return None;
        }
        let mut view = Self::with_capacity(original.len());
        let mut at = 0;
        while at < original.len() {
            let (kept, width) = match original[at] {
                // What a crash left in a file that was written in pages.
                0 if at == 0 || original[at - 1] == 0 || original.get(at + 1) == Some(&0) => (None, Some(1)),
                // What a database puts between a name and its value.
                0 => (Some(' '), Some(1)),
                0x1b => (None, sequence(&original[at + 1..]).map(|length| length + 1)),
                b'\\' => escape(&original[at..]).map_or((None, None), |(kept, width)| (kept, Some(width))),
                _ => (None, None),
            };
            match (kept, width) {
                (_, None) => view.push(original[at], at, at + 1),
                (Some(letter), Some(width)) => view.push_letter(letter, at, at + width),
                (None, Some(_)) => {}
            }
            at += width.unwrap_or(1);
        }
        if view.text == original {
            return None;
        }
        Some(view)
    }

    /// A view of nothing yet.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { text: Vec::with_capacity(bytes), map: Vec::with_capacity(bytes) }
    }

    /// Adds a byte that stands for this range of the original.
    pub(super) fn push(&mut self, byte: u8, start: usize, end: usize) {
        self.text.push(byte);
        self.map.push((place(start), place(end)));
    }

    /// Adds a range of the original as it is.
    pub(super) fn push_range(&mut self, original: &[u8], start: usize, end: usize) {
        for (byte, at) in original[start..end].iter().zip(start..) {
            self.push(*byte, at, at + 1);
        }
    }

    fn push_letter(&mut self, letter: char, start: usize, end: usize) {
        for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
            self.push(byte, start, end);
        }
    }

    /// The ranges of the original that a range of the view covers, without what lies between them.
    pub(super) fn pieces(&self, start: usize, end: usize) -> Vec<(usize, usize)> {
        let mut pieces: Vec<(usize, usize)> = Vec::new();
        for (first, last) in &self.map[start..end] {
            let (first, last) = (*first as usize, *last as usize);
            match pieces.last_mut() {
                Some((_, end)) if *end >= first => *end = last.max(*end),
                _ => pieces.push((first, last)),
            }
        }
        pieces
    }

    /// The range of the original that a range of the view covers, escape sequences inside included.
    pub(super) fn original(&self, start: usize, end: usize) -> (usize, usize) {
        (self.map[start].0 as usize, self.map[end - 1].1 as usize)
    }
}

/// Windows are much smaller than this can count.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Length of a terminal's sequence behind its escape: its numbers, perhaps a sign, and a letter. A space stands only in that for the
/// shape of the cursor, `2 q`: what stands behind another one is the text.
/// Source: <https://ecma-international.org/publications-and-standards/standards/ecma-48/>, 5.4
fn sequence(rest: &[u8]) -> Option<usize> {
    let body = rest.strip_prefix(b"[")?;
    let numbers = body.iter().take(32).take_while(|byte| (0x30..=0x3f).contains(*byte)).count();
    let behind = &body[numbers..];
    let signs = behind.iter().take(2).take_while(|byte| (0x21..=0x2f).contains(*byte)).count();
    let signs = if behind.starts_with(b" q") && numbers > 0 { 1 } else { signs };
    matches!(behind.get(signs), Some(0x40..=0x7e)).then_some(1 + numbers + signs + 1)
}

/// What an escape of backslashes stands for, if it is one letter or a terminal's sequence, and its length.
fn escape(rest: &[u8]) -> Option<(Option<char>, usize)> {
    let slashes = rest.iter().take(8).take_while(|byte| **byte == b'\\').count();
    let (value, width) = match rest.get(slashes)? {
        b'u' => (number(rest.get(slashes + 1..slashes + 5)?)?, slashes + 5),
        b'x' => (number(rest.get(slashes + 1..slashes + 3)?)?, slashes + 3),
        b'/' if slashes <= 3 => return Some((Some('/'), slashes + 1)),
        _ => return None,
    };
    let letter = char::from_u32(value)?;
    match value {
        // Two bytes a letter, as Windows keeps them and programs show them: `k\x00e\x00y\x00`, `k\u0000e\u0000`.
        0 => Some((None, width)),
        0x1b => sequence(&rest[width..]).map(|length| (None, width + length)),
        // Not what would end a string or a tag.
        0x20..=0x7e if rest[slashes] == b'u' && !"\"'`\\<>{}".contains(letter) => Some((Some(letter), width)),
        // The letters of the languages of Europe.
        0xc0..=0x17f if rest[slashes] == b'u' => Some((Some(letter), width)),
        _ => None,
    }
}

fn number(digits: &[u8]) -> Option<u32> {
    let digits = std::str::from_utf8(digits)
        .ok()
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(text: &str) -> String {
        View::of(text.as_bytes()).map_or(text.to_owned(), |view| String::from_utf8(view.text).unwrap())
    }

    #[test]
    fn escapes_are_read_as_what_they_stand_for() {
        assert_eq!(view("a\u{1b}[31mb\u{1b}[0m\0\0c\0d"), "abc d");
        assert_eq!(view(r"\u001b[36mkey\u001b[0m=\x1b[33mvalue"), "key=value");
        assert_eq!(view(r"\u0041\\u0042\u003d1"), "AB=1");
        assert_eq!(view(r"https:\/\/host"), "https://host");
        assert_eq!(view(r#""\u0022\u0442\u00"#), r#""\u0022\u0442\u00"#);
        assert_eq!(view(r"has\u0142o \\u00F3"), "has\u{142}o \u{f3}");
    }

    #[test]
    fn a_range_of_the_view_covers_its_escapes() {
        let text = r"x=\u0041b\u0043 z";
        let view = View::of(text.as_bytes()).unwrap();
        assert_eq!(view.text, b"x=AbC z");
        let (start, end) = view.original(2, 5);
        assert_eq!(&text[start..end], r"\u0041b\u0043");
    }

    #[test]
    fn what_a_terminal_shows_behind_a_value_stays() {
        let text = "k=abc\u{1b}[0m d";
        let view = View::of(text.as_bytes()).unwrap();
        let (start, end) = view.original(2, 5);
        assert_eq!(&text[start..end], "abc");
    }
}
