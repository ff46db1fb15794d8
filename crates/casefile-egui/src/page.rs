//! One entry of a bundle, page by page: a log of any size is read in pieces that fit a screen's memory.

use std::io::{self, Read};
use std::ops::Range;

use casefile::bundle::Bundle;

/// About how much of an entry is shown at once.
const PAGE_BYTES: usize = 32 << 10;

/// A piece of an entry, safe to show.
pub(crate) struct Page {
    pub(crate) text: String,
    /// The bytes of the entry that it shows.
    pub(crate) bytes: Range<u64>,
    /// Whether the entry goes on after it.
    pub(crate) has_more: bool,
    /// Where the stand-ins are in the text.
    pub(crate) stand_ins: Vec<Range<usize>>,
}

/// Reads the page that begins at a byte of an entry. Costs as much as unpacking what is before it.
///
/// # Errors
/// What the disk says.
pub(crate) fn read(bundle: &Bundle, name: &str, start: u64) -> io::Result<Page> {
    Pages::from(bundle.read(name)?, start)?.next()
}

/// As [`read`], for the first page from there on that has a stand-in; `None` when none has.
///
/// # Errors
/// What the disk says.
pub(crate) fn find_hidden(bundle: &Bundle, name: &str, start: u64) -> io::Result<Option<Page>> {
    let mut pages = Pages::from(bundle.read(name)?, start)?;
    loop {
        let page = pages.next()?;
        if !page.stand_ins.is_empty() {
            return Ok(Some(page));
        }
        if !page.has_more {
            return Ok(None);
        }
    }
}

/// One page after another, each unpacked once.
struct Pages<R> {
    reader: R,
    /// Read, but not on a page yet.
    carry: Vec<u8>,
    /// Where the next page begins.
    start: u64,
}

impl<R: Read> Pages<R> {
    fn from(mut reader: R, start: u64) -> io::Result<Self> {
        io::copy(&mut reader.by_ref().take(start), &mut io::sink())?;
        Ok(Self { reader, carry: Vec::new(), start })
    }

    fn next(&mut self) -> io::Result<Page> {
        let missing = (PAGE_BYTES + 1).saturating_sub(self.carry.len());
        self.reader.by_ref().take(missing as u64).read_to_end(&mut self.carry)?;
        let has_more = self.carry.len() > PAGE_BYTES;
        let end = if has_more { end_of_page(&self.carry[..PAGE_BYTES]) } else { self.carry.len() };
        let text = harmless(&String::from_utf8_lossy(&self.carry[..end]));
        self.carry.drain(..end);
        let bytes = self.start..self.start + end as u64;
        self.start = bytes.end;
        let stand_ins = stand_ins(&text);
        Ok(Page { text, bytes, has_more, stand_ins })
    }
}

/// After the last line that is whole; in the middle of an endless line, between two characters.
fn end_of_page(bytes: &[u8]) -> usize {
    if let Some(at) = bytes.iter().rposition(|byte| *byte == b'\n') {
        return at + 1;
    }
    let is_inside = |byte: u8| byte & 0b1100_0000 == 0b1000_0000;
    let start = bytes.iter().rposition(|byte| !is_inside(*byte)).unwrap_or(0);
    if start == 0 { bytes.len() } else { start }
}

/// Without what moves the cursor, turns the direction of writing or hides text.
pub(crate) fn harmless(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\t' => Some(c),
        '\r' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
            None
        }
        c if c.is_control() => Some('?'),
        c => Some(c),
    };
    text.chars().filter_map(shown).collect()
}

/// Finds `<kind:abcd2345>`.
fn stand_ins(text: &str) -> Vec<Range<usize>> {
    let is_kind = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'_';
    let is_tag = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let mut found = Vec::new();
    for (start, _) in text.match_indices('<') {
        let rest = &text.as_bytes()[start + 1..];
        let kind = rest.iter().take_while(|byte| is_kind(byte)).count();
        if kind == 0 || rest.get(kind) != Some(&b':') {
            continue;
        }
        let tag = rest[kind + 1..].iter().take_while(|byte| is_tag(byte)).count();
        if tag >= 4 && rest.get(kind + 1 + tag) == Some(&b'>') {
            found.push(start..start + kind + tag + 3);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stand_ins_are_found_and_nothing_else() {
        let text = "a <email:7f3a2b> <api_key:abcd2345>, <b>, <x:ab>, <EMAIL:7f3a>, 1 < 2 and 3 > 2: <email:";
        let found: Vec<&str> = stand_ins(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["<email:7f3a2b>", "<api_key:abcd2345>"]);
    }

    #[test]
    fn a_page_ends_with_a_line_or_at_least_between_two_characters() {
        assert_eq!(end_of_page(b"one\ntwo\nthr"), 8);
        assert_eq!(end_of_page("zażół".as_bytes()), 6);
        assert_eq!(end_of_page(b"\xbf\xbf"), 2);
    }

    #[test]
    fn pages_join_to_the_whole_text() {
        let text: String =
            (0..60_000).flat_map(|line| ["line ", if line % 7 == 0 { "zażółć\n" } else { "x\n" }]).collect();
        let mut pages = Pages::from(text.as_bytes(), 0).unwrap();
        let (mut joined, mut starts) = (String::new(), Vec::new());
        loop {
            let page = pages.next().unwrap();
            assert_eq!(page.bytes.start, joined.len() as u64);
            starts.push(page.bytes.start);
            joined += &page.text;
            if !page.has_more {
                break;
            }
        }
        assert!(joined == text && starts.len() > 3);
        let again = Pages::from(text.as_bytes(), starts[2]).unwrap().next().unwrap();
        assert!(text[usize::try_from(starts[2]).unwrap()..].starts_with(&again.text));
    }

    #[test]
    fn what_moves_the_cursor_is_not_shown() {
        assert_eq!(harmless("a\u{1b}[2Jb\r\n\tzażółć\u{202e}x\u{0}"), "a?[2Jb\n\tzażółćx?");
    }
}
