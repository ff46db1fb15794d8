//! The word lists of recovery phrases, in one table.
//!
//! Source: <https://github.com/bitcoin/bips/tree/master/bip-0039>; the lists are in the public domain (CC0). They are
//! kept without accents: people write phrases with and without them, and no list has two words that differ in nothing
//! else.

use std::sync::LazyLock;

/// The lists, most used first. A phrase has all its words from one of them.
const LISTS: [&str; 6] = [
    include_str!("../words/english.txt"),
    include_str!("../words/spanish.txt"),
    include_str!("../words/french.txt"),
    include_str!("../words/italian.txt"),
    include_str!("../words/czech.txt"),
    include_str!("../words/portuguese.txt"),
];

/// Letters of the shortest word.
pub(super) const SHORTEST: usize = 3;
/// Letters that a word has.
const LETTERS: std::ops::RangeInclusive<usize> = SHORTEST..=10;
/// Longest word in bytes: ten letters, some with an accent of two bytes of its own.
pub(super) const MAX_BYTES: usize = 16;

/// The numbers of one word in the lists that have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numbers([u16; LISTS.len()]);

const NO_NUMBER: u16 = u16::MAX;

impl Numbers {
    /// The lists that have the word, as bits.
    pub(super) fn lists(self) -> u8 {
        (0..LISTS.len()).filter(|list| self.0[*list] != NO_NUMBER).fold(0, |bits, list| bits | 1 << list)
    }

    /// The number in the first of these lists.
    pub(super) fn number(self, lists: u8) -> u16 {
        self.0[lists.trailing_zeros() as usize]
    }
}

/// Every word of the lists, found by its letters.
struct Table {
    /// Which hashes there are: most words of a log are none of these, and need one look.
    bits: Box<[u64; 1 << (BITS - 6)]>,
    /// Which word has the hash, or one of those before it; `NO_NUMBER` ends the search.
    slots: Box<[u16; SLOTS]>,
    words: Vec<(u64, Numbers)>,
}

const BITS: u32 = 17;
/// Twice as many as there are words, or more.
const SLOTS: usize = 1 << 15;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut words: Vec<(u64, Numbers)> = Vec::new();
    for (list, text) in LISTS.iter().enumerate() {
        for (word, number) in text.lines().zip(0..) {
            let letters = folded(word.as_bytes()).expect("the lists are of letters");
            let mut numbers = Numbers([NO_NUMBER; LISTS.len()]);
            numbers.0[list] = number;
            words.push((letters, numbers));
        }
    }
    words.sort_unstable_by_key(|(letters, _)| *letters);
    words.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            for (kept, next) in kept.1.0.iter_mut().zip(next.1.0) {
                *kept = (*kept).min(next);
            }
        }
        same
    });
    let mut bits = Box::new([0; 1 << (BITS - 6)]);
    let mut slots = Box::new([NO_NUMBER; SLOTS]);
    for (index, (letters, _)) in (0..).zip(&words) {
        let hash = hash_of(*letters);
        bits[hash / 64] |= 1_u64 << (hash % 64);
        let free = (hash..hash + SLOTS).find(|slot| slots[slot % SLOTS] == NO_NUMBER);
        slots[free.expect("it is twice as large") % SLOTS] = index;
    }
    Table { bits, slots, words }
});

fn hash_of(letters: u64) -> usize {
    usize::try_from(letters.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - BITS)).unwrap_or_default()
}

/// Whether a word with these letters can be in a list; most others are told from it.
pub(super) fn may_be_listed(letters: u64) -> bool {
    let hash = hash_of(letters);
    TABLE.bits[hash / 64] >> (hash % 64) & 1 == 1
}

/// What the lists say of a word, in whatever case, with its accents or without.
pub(super) fn numbers_of(word: &[u8]) -> Option<Numbers> {
    let letters = folded(word)?;
    if !may_be_listed(letters) {
        return None;
    }
    let (table, hash) = (&*TABLE, hash_of(letters));
    let found = (hash..).map(|slot| table.slots[slot % SLOTS]).map_while(|index| {
        let word = table.words.get(usize::from(index))?;
        Some((word.0 == letters, word.1))
    });
    found.filter(|(is_same, _)| *is_same).map(|(_, numbers)| numbers).next()
}

/// The letters without case and accents, five bits each; nothing when it is no word.
fn folded(word: &[u8]) -> Option<u64> {
    let (mut letters, mut count, mut at) = (0, 0, 0);
    while let Some(byte) = word.get(at) {
        let (letter, width) = match byte | 0x20 {
            letter @ b'a'..=b'z' => (letter, 1),
            _ => match (byte, word.get(at + 1)) {
                (0xc3, Some(second)) => (without_accent(*second)?, 2),
                // An accent of its own, behind its letter.
                (0xcc | 0xcd, Some(_)) => {
                    at += 2;
                    continue;
                }
                _ => return None,
            },
        };
        letters = letters << 5 | u64::from(letter & 31);
        count += 1;
        at += width;
    }
    LETTERS.contains(&count).then_some(letters)
}

/// The same as [`folded`] for the first `length` bytes, without a loop; nothing where there is an accent. The letters of a
/// word that is too long or too short for a list are those of no word.
pub(super) fn packed(bytes: &[u8; MAX_BYTES], length: usize) -> Option<u64> {
    let all = u128::from_be_bytes(*bytes) >> (8 * (MAX_BYTES - length));
    if all & HIGH != 0 {
        return None;
    }
    if !LETTERS.contains(&length) {
        return Some(0);
    }
    let eight = |bytes: u128| {
        let bytes = u64::try_from(bytes & u128::from(u64::MAX)).unwrap_or_default() & 0x1f1f_1f1f_1f1f_1f1f;
        let pairs = (bytes & 0x00ff_00ff_00ff_00ff) | (bytes & 0xff00_ff00_ff00_ff00) >> 3;
        let fours = (pairs & 0x0000_ffff_0000_ffff) | (pairs & 0xffff_0000_ffff_0000) >> 6;
        (fours & 0xffff_ffff) | fours >> 32 << 20
    };
    Some(eight(all) | eight(all >> 64) << 40)
}

/// The highest bit of each byte.
const HIGH: u128 = 0x8080_8080_8080_8080_8080_8080_8080_8080;

/// The letter under the accent; the second byte of U+00C0 to U+00FF.
fn without_accent(second: u8) -> Option<u8> {
    Some(match second | 0x20 {
        0xa0..=0xa5 => b'a',
        0xa7 => b'c',
        0xa8..=0xab => b'e',
        0xac..=0xaf => b'i',
        0xb1 => b'n',
        0xb2..=0xb6 => b'o',
        0xb9..=0xbc => b'u',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_its_number() {
        for (list, text) in LISTS.iter().enumerate() {
            assert_eq!(text.lines().count(), 2048);
            for (word, number) in text.lines().zip(0..) {
                let numbers = numbers_of(word.to_uppercase().as_bytes()).unwrap();
                assert_eq!(numbers.number(1 << list), number, "{word}");
            }
        }
    }

    #[test]
    fn letters_are_packed_as_they_are_folded() {
        for word in ["art", "Sixteen", "ABCDEFGHIJ", "ab", "abcdefghijk", "sequía"] {
            let mut bytes = [b'.'; MAX_BYTES];
            bytes[..word.len()].copy_from_slice(word.as_bytes());
            let expected = if word.is_ascii() { Some(folded(word.as_bytes()).unwrap_or(0)) } else { None };
            assert_eq!(packed(&bytes, word.len()), expected, "{word}");
        }
        assert!(!may_be_listed(0));
    }

    #[test]
    fn accents_do_not_matter() {
        for word in ["sequía", "SEQUÍA", "sequi\u{301}a", "sequia"] {
            assert_eq!(numbers_of(word.as_bytes()), numbers_of(b"sequia"), "{word}");
        }
        assert!(numbers_of("sequła".as_bytes()).is_none() && numbers_of(b"no").is_none());
    }
}
