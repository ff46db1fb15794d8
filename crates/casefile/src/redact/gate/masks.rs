//! A bit for each byte of a text and each class of bytes, so that places are found 64 at a time: a run of sixteen signs, or
//! two dots near each other, is a few steps on such bits and no branch for the processor to guess wrong.

use wide::u8x16;

/// The bits of a text, in its order.
pub(in crate::redact) struct Masks {
    /// Two more than the text needs, empty, one before the first and one behind the last.
    blocks: Vec<Block>,
}

/// The bits of 64 bytes, the first byte's is the lowest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::redact) struct Block {
    pub(in crate::redact) dots: u64,
    pub(in crate::redact) colons: u64,
    pub(in crate::redact) backslashes: u64,
    pub(in crate::redact) digits: u64,
    /// `class::DIGITS`
    pub(in crate::redact) grouped: u64,
    /// `class::WORD`
    pub(in crate::redact) words: u64,
    /// `class::TOKEN`
    pub(in crate::redact) tokens: u64,
    /// `class::LETTER`
    pub(in crate::redact) letters: u64,
}

pub(in crate::redact) const BLOCK: usize = 64;

impl Masks {
    pub(in crate::redact) fn of(text: &[u8]) -> Self {
        let (whole, rest) = text.as_chunks();
        let mut blocks = Vec::with_capacity(whole.len() + 3);
        blocks.push(Block::default());
        blocks.extend(whole.iter().map(Block::of));
        // What fills it up is in no class.
        let mut last = [0; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        blocks.extend([Block::of(&last), Block::default()]);
        Self { blocks }
    }

    /// Every block with where it begins, the one before and the one behind.
    pub(in crate::redact) fn blocks(&self) -> impl Iterator<Item = (usize, &Block, &Block, &Block)> {
        let starts = (0..).step_by(BLOCK);
        starts
            .zip(self.blocks.array_windows())
            .map(|(start, [before, block, behind])| (start, before, block, behind))
    }

    /// The bits of 64 bytes from here on.
    pub(in crate::redact) fn letters_from(&self, at: usize) -> u64 {
        let letters = |index: usize| self.blocks.get(1 + index).map_or(0, |block| block.letters);
        let both = u128::from(letters(at / BLOCK)) | u128::from(letters(at / BLOCK + 1)) << BLOCK;
        low(both >> (at % BLOCK))
    }

    /// Calls `found` with every longest run of `LEAST` bytes or more, 64 at most, of a class.
    pub(in crate::redact) fn runs<const LEAST: usize>(
        &self,
        class: impl Fn(&Block) -> u64,
        mut found: impl FnMut(usize, usize),
    ) {
        let mut next = 0;
        for (start, _, block, behind) in self.blocks() {
            let bits = u128::from(class(block)) | u128::from(class(behind)) << BLOCK;
            let mut begun = low(begins::<LEAST>(bits));
            while begun != 0 {
                let from = start + begun.trailing_zeros() as usize;
                if from >= next {
                    next = self.end_of(&class, from);
                    found(from, next);
                }
                let done = next - start;
                begun = if done < BLOCK { begun >> done << done } else { 0 };
            }
        }
    }

    /// Where the run of a class ends that holds this byte; here, if it is of another class.
    pub(in crate::redact) fn end_of(&self, class: &impl Fn(&Block) -> u64, at: usize) -> usize {
        let mut end = at;
        for block in &self.blocks[1 + at / BLOCK..] {
            let ones = (class(block) >> (end % BLOCK)).trailing_ones() as usize;
            end += ones;
            if ones == 0 || !end.is_multiple_of(BLOCK) {
                break;
            }
        }
        end
    }
}

/// The bits from which on so many are set.
fn begins<const LEAST: usize>(bits: u128) -> u128 {
    let (mut all, mut width) = (bits, 1);
    while width * 2 <= LEAST {
        all &= all >> width;
        width *= 2;
    }
    all & all >> (LEAST - width)
}

/// The lower half.
pub(in crate::redact) fn low(bits: u128) -> u64 {
    u64::try_from(bits & u128::from(u64::MAX)).expect("the rest is cut off")
}

/// The upper half.
pub(in crate::redact) fn high(bits: u128) -> u64 {
    low(bits >> BLOCK)
}

impl Block {
    fn of(bytes: &[u8; BLOCK]) -> Self {
        let (parts, _) = bytes.as_chunks();
        let parts = parts.iter().map(|part| Self::of_part(u8x16::from(*part)));
        parts.rev().fold(Self::default(), |all, part| Self {
            dots: all.dots << 16 | part.dots,
            colons: all.colons << 16 | part.colons,
            backslashes: all.backslashes << 16 | part.backslashes,
            digits: all.digits << 16 | part.digits,
            grouped: all.grouped << 16 | part.grouped,
            words: all.words << 16 | part.words,
            tokens: all.tokens << 16 | part.tokens,
            letters: all.letters << 16 | part.letters,
        })
    }

    fn of_part(bytes: u8x16) -> Self {
        let is = |byte: u8| bytes.simd_eq(u8x16::splat(byte));
        // From a byte on so many: what is less wraps around.
        let among = |bytes: u8x16, first: u8, count: u8| {
            let behind = bytes - u8x16::splat(first);
            behind.min(u8x16::splat(count - 1)).simd_eq(behind)
        };
        let digits = among(bytes, b'0', 10);
        let letters = among(bytes | u8x16::splat(0x20), b'a', 26);
        let dash = is(b'-');
        let signs = is(b'+') | is(b'/') | is(b'_') | dash | is(b'%') | is(b'=');
        let accents = among(bytes, 0x80, 0x40) | is(0xc3) | is(0xcc) | is(0xcd);
        let bits = |bytes: u8x16| u64::from(bytes.to_bitmask());
        Self {
            dots: bits(is(b'.')),
            colons: bits(is(b':')),
            backslashes: bits(is(b'\\')),
            digits: bits(digits),
            grouped: bits(digits | is(b' ') | dash),
            words: bits(digits | letters),
            tokens: bits(digits | letters | signs),
            letters: bits(letters | accents),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{class, is};
    use super::*;

    #[test]
    fn bits_are_those_of_the_classes() {
        let text: Vec<u8> = (0..=255).chain(0..50).collect();
        let masks = Masks::of(&text);
        for (at, byte) in text.iter().enumerate() {
            let block = masks.blocks[1 + at / BLOCK];
            for (bits, expected) in [
                (block.dots, *byte == b'.'),
                (block.colons, *byte == b':'),
                (block.backslashes, *byte == b'\\'),
                (block.digits, byte.is_ascii_digit()),
                (block.grouped, is(*byte, class::DIGITS)),
                (block.words, is(*byte, class::WORD)),
                (block.tokens, is(*byte, class::TOKEN)),
                (block.letters, is(*byte, class::LETTER)),
            ] {
                assert_eq!(bits >> (at % BLOCK) & 1 == 1, expected, "{byte:x}");
            }
        }
        assert_eq!(masks.letters_from(300), 0);
        for at in 0..200 {
            let expected =
                (0..64).filter(|bit| is(text[at + bit], class::LETTER)).fold(0, |bits, bit| bits | 1 << bit);
            assert_eq!(masks.letters_from(at), expected, "{at}");
        }
    }

    #[test]
    fn runs_are_found_wherever_they_lie() {
        check_runs::<14>();
        check_runs::<16>();
        check_runs::<64>();
    }

    fn check_runs<const LEAST: usize>() {
        for before in 0..140 {
            for length in [LEAST - 1, LEAST, LEAST + 1, 70, 64 * 3] {
                let text = format!("{}{} {}.", ".".repeat(before), "a".repeat(length), "b".repeat(80));
                let mut found = Vec::new();
                let masks = Masks::of(text.as_bytes());
                masks.runs::<LEAST>(|block| block.tokens, |start, end| found.push((start, end)));
                let first = (length >= LEAST).then_some((before, before + length));
                let second = (before + length + 1, before + length + 81);
                assert_eq!(found, first.into_iter().chain([second]).collect::<Vec<_>>(), "{LEAST} {text}");
            }
        }
    }
}
