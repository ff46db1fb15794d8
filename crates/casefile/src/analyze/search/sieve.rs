//! Many words in one pass that looks at four bytes in every second place.
//!
//! Of each word five bytes are chosen, the ones that logs seldom have. Wherever the word stands, four of these five begin in an even
//! place of the text. So only even places are asked, whether what begins there may be a piece of a word; the answers do not wait for each
//! other, as the steps of an automaton do. Nearly all places say no, and the rest is compared.

/// Four bytes as a number.
const PIECE_BYTES: usize = 4;
/// Answers that can be told apart: a bit for each, 16 KiB, stay in the fastest cache.
const HASHES: usize = 1 << 17;
/// Places that are asked together.
const TOGETHER: usize = 4;
/// The places take this many bytes.
const SPAN_BYTES: usize = 2 * (TOGETHER - 1) + PIECE_BYTES;
/// Makes of small letters and capitals one; other bytes may become alike too, which the comparison tells apart.
const FOLD: u32 = 0x2020_2020;

/// Words in whatever case.
#[derive(Debug)]
pub(super) struct Sieve {
    words: Vec<Box<[u8]>>,
    /// Which pieces may be parts of words.
    bits: Box<[u64; HASHES / 64]>,
    /// The pieces, by their hash.
    pieces: Vec<Piece>,
    /// Index of the first piece of each hash that has one.
    first: Box<[u32]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Piece {
    hash: u32,
    folded: u32,
    word: usize,
    /// Where it stands in the word.
    offset: usize,
}

/// A word in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Its number.
    pub(super) word: usize,
}

impl Sieve {
    /// Words of four bytes or more.
    pub(super) fn new<T: AsRef<[u8]>>(words: &[T]) -> Self {
        let mut pieces: Vec<Piece> = words
            .iter()
            .enumerate()
            .flat_map(|(number, word)| {
                let of = move |(offset, piece)| {
                    let folded = fold(piece);
                    Piece { hash: hash(folded), folded, word: number, offset }
                };
                pieces_of(word.as_ref()).into_iter().map(of)
            })
            .collect();
        pieces.sort_unstable();
        pieces.dedup();
        let mut bits = Box::new([0; HASHES / 64]);
        let mut first = vec![0; HASHES];
        for (index, piece) in pieces.iter().enumerate().rev() {
            bits[piece.hash as usize / 64] |= 1 << (piece.hash % 64);
            first[piece.hash as usize] =
                u32::try_from(index).expect("a table is no longer than a file may be");
        }
        let words = words.iter().map(|word| word.as_ref().into()).collect();
        Self { words, bits, pieces, first: first.into() }
    }

    /// All places of all words, those that overlap too, by where they end, the longest first.
    pub(super) fn places(&self, text: &[u8]) -> Vec<Place> {
        let mut places = Vec::new();
        let mut at = 0;
        while let Some(span) = text.get(at..).and_then(<[u8]>::first_chunk::<SPAN_BYTES>) {
            let pieces: [u32; TOGETHER] = std::array::from_fn(|number| {
                let begin = 2 * number;
                fold([span[begin], span[begin + 1], span[begin + 2], span[begin + 3]])
            });
            if pieces.iter().fold(0, |any, piece| any | self.bit(hash(*piece))) != 0 {
                for (number, piece) in pieces.into_iter().enumerate() {
                    self.compare(text, at + 2 * number, piece, &mut places);
                }
            }
            at += 2 * TOGETHER;
        }
        // A piece may go one byte beyond the end: that of a word of four.
        while at + PIECE_BYTES <= text.len() + 1 {
            let piece = std::array::from_fn(|index| text.get(at + index).copied().unwrap_or_default());
            self.compare(text, at, fold(piece), &mut places);
            at += 2;
        }
        places.sort_unstable_by_key(|place| (place.end, place.start));
        places
    }

    fn bit(&self, hash: u32) -> u64 {
        self.bits[hash as usize / 64 % (HASHES / 64)] >> (hash % 64) & 1
    }

    /// Notes the words that have this piece at this place.
    fn compare(&self, text: &[u8], at: usize, folded: u32, places: &mut Vec<Place>) {
        let hash = hash(folded);
        if self.bit(hash) == 0 {
            return;
        }
        let first = self.first[hash as usize] as usize;
        for piece in self.pieces[first..].iter().take_while(|piece| piece.hash == hash) {
            if piece.folded != folded {
                continue;
            }
            let word = &self.words[piece.word];
            let Some(start) = at.checked_sub(piece.offset) else { continue };
            let end = start + word.len();
            if text.get(start..end).is_some_and(|found| found.eq_ignore_ascii_case(word)) {
                places.push(Place { start, end, word: piece.word });
            }
        }
    }
}

fn fold(piece: [u8; PIECE_BYTES]) -> u32 {
    u32::from_le_bytes(piece) | FOLD
}

/// The upper bits of a product hang on all bits; the factor is that of Knuth (The Art of Computer Programming, 6.4).
fn hash(folded: u32) -> u32 {
    folded.wrapping_mul(0x9E37_79B1) >> (u32::BITS - HASHES.trailing_zeros())
}

/// The two pieces of a word of which one begins in an even place, wherever the word stands.
fn pieces_of(word: &[u8]) -> Vec<(usize, [u8; PIECE_BYTES])> {
    let Some(window) = (0..word.len().saturating_sub(PIECE_BYTES))
        .min_by_key(|at| commonness(&word[*at..=at + PIECE_BYTES]))
    else {
        // A word of four bytes: in odd places its last three are met, with whatever follows.
        let whole = (0, [word[0], word[1], word[2], word[3]]);
        let followed = (0..=u8::MAX).map(|next| (1, [word[1], word[2], word[3], next]));
        return std::iter::once(whole).chain(followed).collect();
    };
    let piece = |at: usize| (at, [word[at], word[at + 1], word[at + 2], word[at + 3]]);
    vec![piece(window), piece(window + 1)]
}

/// How often logs have such bytes, roughly: letters by their frequency in English, digits like the most frequent ones.
fn commonness(bytes: &[u8]) -> usize {
    const RARE_FIRST: &[u8] = b"zqjxkvbwygpfm_ucd/hlrsinoate";
    let of = |byte: &u8| match byte.to_ascii_lowercase() {
        b'0'..=b'9' | b' ' | b'-' | b':' | b'.' | b'"' => RARE_FIRST.len(),
        byte => RARE_FIRST.iter().position(|known| *known == byte).unwrap_or_default(),
    };
    bytes.iter().map(of).sum()
}

#[cfg(test)]
mod tests {
    use aho_corasick::{AhoCorasick, MatchKind};
    use proptest::prelude::*;

    use super::*;

    /// The same by an automaton, which is slower and known to be right.
    fn expected(words: &[Vec<u8>], text: &[u8]) -> Vec<Place> {
        let mut builder = AhoCorasick::builder();
        let automaton =
            builder.match_kind(MatchKind::Standard).ascii_case_insensitive(true).build(words).unwrap();
        let found = automaton.find_overlapping_iter(text);
        found
            .map(|one| Place { start: one.start(), end: one.end(), word: one.pattern().as_usize() })
            .collect()
    }

    #[test]
    fn words_are_found_in_every_place_and_case() {
        let words = ["hwid", "-1021", "os error 28", "error 2", "odmowa dostępu"]
            .map(|word| word.as_bytes().to_vec());
        let sieve = Sieve::new(&words);
        for before in 0..30 {
            for after in 0..30 {
                for word in ["HWid", "-1021", "OS Error 28", "ODMOWA dostępu"] {
                    let text = format!("{}{word}{}", "x".repeat(before), "y".repeat(after));
                    let found = sieve.places(text.as_bytes());
                    assert_eq!(found, expected(&words, text.as_bytes()), "{text}");
                    assert!(!found.is_empty());
                }
            }
        }
        assert_eq!(sieve.places(b"hwi"), []);
        assert_eq!(sieve.places(b""), []);
    }

    proptest! {
        #[test]
        fn what_an_automaton_finds_is_found(
            words in proptest::collection::btree_set("[ab-]{4,7}", 1..6),
            text in "[abAB-]{0,60}",
        ) {
            let words: Vec<Vec<u8>> = words.into_iter().map(String::into_bytes).collect();
            prop_assert_eq!(Sieve::new(&words).places(text.as_bytes()), expected(&words, text.as_bytes()));
        }
    }
}
