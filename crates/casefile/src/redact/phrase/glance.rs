//! A glance at a place of a text, by which most places turn out to lie in no phrase: without a loop, since where words of
//! a log end cannot be foreseen.

use super::words::{self, MAX_BYTES, SHORTEST};
use super::{MAX_GAP, MIN_WORDS};

/// So much before the place is seen, and so much from there on.
const BEFORE: usize = MAX_BYTES;
const BEHIND: usize = 48;

/// Words that have to be of a list, the first included.
const WORDS: usize = 3;
/// A phrase is never shorter without the last of these words: one of its words that enough others follow lies at or behind a
/// place that this divides.
pub(super) const STEP: usize = (MIN_WORDS + 1 - WORDS) * (SHORTEST + 1) - 1;

/// Whether the word at this place or behind it and those that follow can be words of a list. It says so as well where a
/// glance is not enough.
pub(super) fn may_be_inside(text: &[u8], at: usize) -> bool {
    let Some(seen) = at.checked_sub(BEFORE).and_then(|from| text[from..].first_chunk()) else { return true };
    let letters = letters_of(seen);
    let mut start = if letters >> BEFORE & 1 == 1 {
        BEFORE - (letters << (64 - BEFORE)).leading_ones() as usize
    } else {
        let gap = (letters >> BEFORE).trailing_zeros() as usize;
        if gap > MAX_GAP {
            return false;
        }
        BEFORE + gap
    };
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

/// A bit for each byte that is part of a letter: see `super::is_letter`.
fn letters_of(seen: &[u8; BEFORE + BEHIND]) -> u64 {
    // Sums of nought and one, so that nothing has to branch.
    let flags = seen.map(|byte| {
        let ascii = u8::from((byte | 0x20).wrapping_sub(b'a') < 26);
        let behind = u8::from(byte & 0xc0 == 0x80);
        ascii + behind + u8::from(byte == 0xc3) + u8::from(byte & 0xfe == 0xcc)
    });
    let (groups, _) = flags.as_chunks::<8>();
    // The product moves the lowest bit of each byte into the highest byte.
    let bits =
        groups.iter().map(|group| u64::from_le_bytes(*group).wrapping_mul(0x0102_0408_1020_4080) >> 56);
    bits.rev().fold(0, |all, bits| all << 8 | bits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::phrase::is_letter;

    #[test]
    fn letters_are_the_same_as_everywhere() {
        for first in [0_u8, 64, 128, 192] {
            let seen: [u8; 64] = std::array::from_fn(|at| first + u8::try_from(at).unwrap());
            for (at, byte) in seen.iter().enumerate() {
                assert_eq!(letters_of(&seen) >> at & 1 == 1, is_letter(*byte), "{byte:x}");
            }
        }
    }

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
            for at in dots.len() - 3..dots.len() + 4 {
                assert_eq!(may_be_inside(text.as_bytes(), at), expected, "{words} {at}");
            }
        }
        assert!(!may_be_inside(dots.as_bytes(), 20));
    }
}
