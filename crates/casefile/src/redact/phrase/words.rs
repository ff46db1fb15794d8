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

/// Shortest and longest word in letters.
const LETTERS: std::ops::RangeInclusive<u32> = 3..=10;
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

struct Table {
    /// Which hashes there are: most words of a log are none of these, and need one look.
    bits: Vec<u64>,
    /// Sorted by the letters.
    words: Vec<(u64, Numbers)>,
}

const BITS: u32 = 17;

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
    let mut bits = vec![0; 1 << (BITS - 6)];
    for (letters, _) in &words {
        let hash = hash_of(*letters);
        bits[hash / 64] |= 1_u64 << (hash % 64);
    }
    Table { bits, words }
});

fn hash_of(letters: u64) -> usize {
    usize::try_from(letters.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - BITS)).unwrap_or_default()
}

/// What the lists say of a word, in whatever case, with its accents or without.
pub(super) fn numbers_of(word: &[u8]) -> Option<Numbers> {
    let table = &*TABLE;
    let letters = folded(word)?;
    let hash = hash_of(letters);
    if table.bits[hash / 64] >> (hash % 64) & 1 == 0 {
        return None;
    }
    let at = table.words.binary_search_by_key(&letters, |(letters, _)| *letters).ok()?;
    Some(table.words[at].1)
}

/// Whether a byte is part of a letter of these languages.
pub(super) fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, 0x80..=0xbf | 0xc3 | 0xcc | 0xcd)
}

/// The letters without case and accents, five bits each; nothing when it is no word.
fn folded(word: &[u8]) -> Option<u64> {
    let (mut letters, mut count, mut at) = (0, 0, 0);
    while at < word.len() {
        let (letter, width) = match (word[at], word.get(at + 1)) {
            (byte, _) if byte.is_ascii_alphabetic() => (byte.to_ascii_lowercase(), 1),
            (0xc3, Some(second)) => (without_accent(*second)?, 2),
            // An accent of its own, behind its letter.
            (0xcc | 0xcd, Some(_)) => {
                at += 2;
                continue;
            }
            _ => return None,
        };
        letters = letters << 5 | u64::from(letter - b'a' + 1);
        count += 1;
        at += width;
    }
    LETTERS.contains(&count).then_some(letters)
}

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
    fn accents_do_not_matter() {
        for word in ["sequía", "SEQUÍA", "sequi\u{301}a", "sequia"] {
            assert_eq!(numbers_of(word.as_bytes()), numbers_of(b"sequia"), "{word}");
        }
        assert!(numbers_of("sequła".as_bytes()).is_none() && numbers_of(b"no").is_none());
    }
}
