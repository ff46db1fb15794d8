//! Where phrases can be at all. Words of two letters part them, so most parts of a log have too few words; at the others a
//! glance at some places tells. Both without branches, since where words of a log end cannot be foreseen.

use super::words::{self, MAX_BYTES, SHORTEST};
use super::{MAX_GAP, MIN_WORDS};
use crate::redact::gate::{BLOCK, Block, Masks, high, low};

/// So much before the place is seen, and so much from there on.
const BEFORE: usize = MAX_BYTES;
const BEHIND: usize = 48;

/// Words that have to be of a list, the first included.
const WORDS: usize = 3;
/// A phrase is never shorter without the last of these words: one of its words that enough others follow lies at or behind a
/// place that this divides.
pub(super) const STEP: usize = (MIN_WORDS + 1 - WORDS) * (SHORTEST + 1) - 1;

/// Calls `found` with each part of the text that has enough words without a shorter one between them. Only the letter of an
/// escape, which may belong to the word behind it, counts for nothing.
pub(super) fn regions(masks: &Masks, mut found: impl FnMut(usize, usize)) {
    let (mut from, mut count, mut end) = (0, 0, 0);
    for (start, before, block, behind) in masks.blocks() {
        let past =
            |bits: fn(&Block) -> u64| high((u128::from(bits(before)) | u128::from(bits(block)) << 64) << 1);
        let ahead = u128::from(block.letters) | u128::from(behind.letters) << 64;
        let words = block.letters & !past(|block| block.letters);
        let short = words & !low(ahead >> 1 & ahead >> 2) & !past(|block| block.backslashes);
        end = start + BLOCK;
        if short == 0 {
            count += words.count_ones() as usize;
            continue;
        }
        let (first, last) = (short.trailing_zeros(), short.ilog2());
        let until_first = words & ((1 << first) - 1);
        let behind_last = words >> last >> 1;
        if count + until_first.count_ones() as usize >= MIN_WORDS {
            found(from, start + first as usize);
        }
        let between = words.count_ones() - until_first.count_ones() - behind_last.count_ones();
        if between as usize > MIN_WORDS {
            found(start + first as usize, start + last as usize);
        }
        (from, count) = (start + last as usize, behind_last.count_ones() as usize);
    }
    if count >= MIN_WORDS {
        found(from, end);
    }
}

/// Whether the word at this place or behind it and those that follow can be words of a list. It says so as well where a
/// glance is not enough.
pub(super) fn may_be_inside(text: &[u8], masks: &Masks, at: usize) -> bool {
    let Some(from) = at.checked_sub(BEFORE) else { return true };
    let Some(seen) = text[from..].first_chunk() else { return true };
    let letters = masks.letters_from(from);
    let mut start = if letters >> BEFORE & 1 == 1 {
        BEFORE - (letters << (64 - BEFORE)).leading_ones() as usize
    } else {
        let gap = (letters >> BEFORE).trailing_zeros() as usize;
        if gap > MAX_GAP {
            return false;
        }
        BEFORE + gap
    };
    // What follows a backslash can be the letter of an escape.
    if start > 0 && seen[start - 1] == b'\\' {
        return true;
    }
    for _ in 1..WORDS {
        let (word, end) = word(seen, letters, start);
        if word != Word::Listed {
            return word == Word::Unclear;
        }
        let gap = (letters >> end).trailing_zeros() as usize;
        if gap > MAX_GAP || end + gap >= seen.len() {
            return end + MAX_GAP >= seen.len();
        }
        start = end + gap;
        // What follows a backslash can be the letter of an escape.
        if seen[start - 1] == b'\\' {
            return true;
        }
    }
    word(seen, letters, start).0 != Word::Other
}

#[derive(PartialEq, Eq)]
enum Word {
    Listed,
    Other,
    /// It reaches out of sight, or has accents.
    Unclear,
}

/// What the word is that begins here, and where it ends.
fn word(seen: &[u8; BEFORE + BEHIND], letters: u64, start: usize) -> (Word, usize) {
    let length = (letters >> start).trailing_ones() as usize;
    let end = start + length;
    let Some(bytes) = seen[start..].first_chunk().filter(|_| end < seen.len()) else {
        return (Word::Unclear, end);
    };
    if length > MAX_BYTES {
        return (Word::Other, end);
    }
    let word = match words::packed(bytes, length) {
        Some(letters) if words::may_be_listed(letters) => Word::Listed,
        Some(_) => Word::Other,
        None => Word::Unclear,
    };
    (word, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_words_of_a_list_are_needed() {
        let dots = ". ".repeat(40);
        for (words, expected) in [
            ("abandon ability able", true),
            ("ABANDON    ability;able", true),
            ("abandon\\nability", true),
            ("abandon ability zzzzzz", false),
            ("abandon zzzzzz ability", false),
            ("zzzzzz abandon ability", false),
            ("abandonabilityabandonability ability able", false),
            ("sequía zzzzzz", true),
        ] {
            let text = format!("{dots}{words}{dots}");
            let masks = Masks::of(text.as_bytes());
            for at in dots.len() - 3..dots.len() + 4 {
                assert_eq!(may_be_inside(text.as_bytes(), &masks, at), expected, "{words} {at}");
            }
        }
        assert!(!may_be_inside(dots.as_bytes(), &Masks::of(dots.as_bytes()), 20));
    }
}
