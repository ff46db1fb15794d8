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
        static NUMBERED: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("\\u00"));
        static WRITTEN: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("1b["));
        static SLASHED: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("\\/"));
        memchr::memchr3(0x1b, 0, b'\\', original)?;
        let has_escapes = memchr::memchr2(0x1b, 0, original).is_some()
            || NUMBERED.find(original).is_some()
            || SLASHED.find(original).is_some()
            || WRITTEN.find(original).is_some();
        if !has_escapes {
            return None;
        }
        let (mut text, mut map) = (Vec::with_capacity(original.len()), Vec::with_capacity(original.len()));
        let mut at = 0;
        while at < original.len() {
            let (kept, width) = match original[at] {
                // What a crash left in a file that was written in pages.
                0 if at == 0 || original[at - 1] == 0 || original.get(at + 1) == Some(&0) => (None, Some(1)),
                // What a database puts between a name and its value.
                0 => (Some(b' '), Some(1)),
                0x1b => (None, sequence(&original[at + 1..]).map(|length| length + 1)),
                b'\\' => escape(&original[at..]).map_or((None, None), |(kept, width)| (kept, Some(width))),
                _ => (None, None),
            };
            let kept = if width.is_none() { Some(original[at]) } else { kept };
            if let Some(byte) = kept {
                text.push(byte);
                map.push((place(at), place(at + width.unwrap_or(1))));
            }
            at += width.unwrap_or(1);
        }
        if text == original {
            return None;
        }
        Some(Self { text, map })
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

/// Length of a terminal's sequence behind its escape.
fn sequence(rest: &[u8]) -> Option<usize> {
    let body = rest.strip_prefix(b"[")?;
    body.iter().take(32).position(|byte| (0x40..=0x7e).contains(byte)).map(|length| length + 2)
}

/// What an escape of backslashes stands for, if it is one letter or a terminal's sequence, and its length.
fn escape(rest: &[u8]) -> Option<(Option<u8>, usize)> {
    let slashes = rest.iter().take(8).take_while(|byte| **byte == b'\\').count();
    let (value, width) = match rest.get(slashes)? {
        b'u' => (number(rest.get(slashes + 1..slashes + 5)?)?, slashes + 5),
        b'x' => (number(rest.get(slashes + 1..slashes + 3)?)?, slashes + 3),
        b'/' if slashes <= 3 => return Some((Some(b'/'), slashes + 1)),
        _ => return None,
    };
    match value {
        0x1b => sequence(&rest[width..]).map(|length| (None, width + length)),
        // Not what would end a string or a tag.
        0x20..=0x7e if rest[slashes] == b'u' && !b"\"'`\\<>{}".contains(&value) => Some((Some(value), width)),
        _ => None,
    }
}

fn number(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits)
        .ok()
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok().and_then(|value| u8::try_from(value).ok())
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
        assert_eq!(view(r#""\u0022\u0142\u00"#), r#""\u0022\u0142\u00"#);
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
