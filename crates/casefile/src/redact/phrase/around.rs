//! The words around one word, with whatever stands between them.

use super::words::{MAX_BYTES, numbers_of};
use super::{MAX_GAP, Word};
use crate::redact::gate::{self, class};

/// The word of a list that lies at this place, or begins behind it.
pub(super) fn word_at(text: &[u8], at: usize) -> Option<Word> {
    let start = if is_letter(text[at]) {
        let before = &text[at.saturating_sub(MAX_BYTES)..at];
        at - before.iter().rev().take_while(|byte| is_letter(**byte)).count()
    } else {
        at + text[at..].iter().take(MAX_GAP + 1).position(|byte| is_letter(*byte))?
    };
    // `\nability`: the letter of an escape is none of the word.
    let is_escape = is_escape(text, start);
    word_from(text, start).or_else(|| word_from(text, start + 1).filter(|_| is_escape))
}

/// Whether the letter of an escape stands here: `\n`, `\t`.
fn is_escape(text: &[u8], at: usize) -> bool {
    at > 0 && text[at - 1] == b'\\' && matches!(text[at], b'n' | b't' | b'r')
}

pub(super) fn word_from(text: &[u8], start: usize) -> Option<Word> {
    let rest = &text[start..(start + MAX_BYTES + 1).min(text.len())];
    let length = rest.iter().take_while(|byte| is_letter(**byte)).count();
    let numbers = if length > MAX_BYTES { None } else { numbers_of(&rest[..length]) };
    Some(Word { start, end: start + length, numbers: numbers? })
}

pub(super) fn is_letter(byte: u8) -> bool {
    gate::is(byte, class::LETTER)
}

/// All words of one list around one.
pub(super) fn run_around(text: &[u8], word: Word) -> (Vec<Word>, u8) {
    let mut lists = word.numbers.lists();
    let mut same = |word: &Word| {
        let both = lists & word.numbers.lists();
        if both != 0 {
            lists = both;
        }
        both != 0
    };
    let (mut run, mut first, mut last) = (Vec::new(), word, word);
    while let Some(previous) = word_before(text, first.start).filter(&mut same) {
        run.push(previous);
        first = previous;
    }
    run.reverse();
    run.push(word);
    while let Some(next) = word_behind(text, last.end).filter(&mut same) {
        run.push(next);
        last = next;
    }
    (run, lists)
}

fn word_behind(text: &[u8], end: usize) -> Option<Word> {
    let mut from = end;
    while from <= end + MAX_GAP {
        let start = from + text[from..].iter().take(MAX_GAP + 1).position(|byte| is_letter(*byte))?;
        let escaped = is_escape(text, start);
        let behind = || text.get(start + 1).filter(|next| escaped && is_letter(**next));
        let word = behind().and_then(|_| word_from(text, start + 1)).or_else(|| word_from(text, start));
        if let Some(word) = word.filter(|word| is_gap(&text[end..word.start])) {
            return Some(word);
        }
        // The letter of an escape is no beginning of a word.
        if !escaped {
            return None;
        }
        from = start + 1;
    }
    None
}

fn word_before(text: &[u8], start: usize) -> Option<Word> {
    let mut end = start;
    loop {
        let left = MAX_GAP.checked_sub(start - end)?;
        end -= text[..end].iter().rev().take(left + 1).position(|byte| is_letter(*byte))?;
        // The letter of an escape in the gap.
        if end > 0 && is_escape(text, end - 1) && (end == start || !is_letter(text[end])) {
            end -= 1;
            continue;
        }
        break;
    }
    let length = text[..end].iter().rev().take(MAX_BYTES + 1).take_while(|byte| is_letter(**byte)).count();
    let from = end - length;
    // The letter of an escape before it.
    let escaped = usize::from(from > 0 && text[from - 1] == b'\\' && length > 1);
    let (start_of_word, numbers) = numbers_of(&text[from..end])
        .map(|numbers| (from, numbers))
        .or_else(|| Some((from + escaped, numbers_of(&text[from + escaped..end])?)))?;
    is_gap(&text[end..start]).then_some(Word { start: start_of_word, end, numbers })
}

/// Spaces, quotes, commas, numbers, line ends and their escapes, but no sentence.
pub(super) fn is_gap(gap: &[u8]) -> bool {
    let allowed = |at: usize| gate::is(gap[at], class::GAP) || is_escape(gap, at);
    (1..=MAX_GAP).contains(&gap.len()) && (0..gap.len()).all(allowed)
}
