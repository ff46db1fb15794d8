//! Recovery phrases that a page or a log takes apart into their words.

use super::Read;
use crate::redact::find::Span;
use crate::redact::gate::Anchor;
use crate::redact::phrase::{column, tagged};

/// In elements of a page.
pub(super) fn in_tags(text: &[u8], anchor: Anchor, _: Read<'_>, out: &mut Vec<Span>) -> usize {
    tagged::find(text, anchor.start, out)
}

/// On a line of its own each, behind its number: `word 1: …`.
pub(super) fn behind_numbers(text: &[u8], anchor: Anchor, _: Read<'_>, out: &mut Vec<Span>) -> usize {
    // `word 1`, `word #1`, `word[0]`, `word_1`
    let behind = &text[anchor.end..(anchor.end + 3).min(text.len())];
    let mark = behind.iter().take_while(|byte| b" #_[(".contains(byte)).count();
    let is_first = text[anchor.end - 1].is_ascii_digit() || matches!(behind.get(mark), Some(b'0' | b'1'));
    if !is_first {
        return anchor.end;
    }
    let near = anchor.start.saturating_sub(256);
    let line = memchr::memrchr(b'\n', &text[near..anchor.start]).map_or(near, |at| near + at + 1);
    let name: Vec<u8> = text[anchor.start..anchor.end]
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic() || **byte >= 0x80)
        .map(u8::to_ascii_lowercase)
        .collect();
    column::find(text, line, Some(&name), out).max(anchor.end)
}
