//! Where it is worth looking: passes over a text that touch few of its bytes, or each only once.
//!
//! Everything that is expensive to verify is behind one of these, so that a log without secrets costs a few
//! nanoseconds for each byte.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// Literals that are sought in a text of small letters, all of them in one pass.
///
/// The automaton looks at each byte once and takes a step. Vector instructions over pieces of three bytes look at more
/// bytes at a time, but with a hundred short literals they stop at every other word: six times slower here.
pub(super) struct Literals(AhoCorasick);

impl Literals {
    /// Literals of three bytes or more, in small letters.
    pub(super) fn new<T: AsRef<[u8]>>(literals: &[T]) -> Self {
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::LeftmostLongest)
            .build(literals);
        Self(automaton.expect("a few short literals"))
    }

    /// Calls `found` with the number, the start and the end of each literal; it says where to go on, at the
    /// start's next byte at the earliest.
    pub(super) fn each(&self, lower: &[u8], mut found: impl FnMut(usize, usize, usize) -> usize) {
        let mut at = 0;
        while at < lower.len()
            && let Some(hit) = self.0.find(aho_corasick::Input::new(lower).range(at..))
        {
            at = found(hit.pattern().as_usize(), hit.start(), hit.end()).max(hit.start() + 1);
        }
    }
}

/// What a byte can be part of.
pub(super) mod class {
    /// A letter or a digit.
    pub(in crate::redact) const WORD: u8 = 1;
    /// What tokens, base64, hexadecimal and percent encoding are made of.
    pub(in crate::redact) const TOKEN: u8 = 2;
    /// A digit, or what groups digits.
    pub(in crate::redact) const DIGITS: u8 = 4;
    /// A hexadecimal digit.
    pub(in crate::redact) const HEX: u8 = 8;
    /// A name of a key, outside ASCII too.
    pub(in crate::redact) const NAME: u8 = 16;
    /// What lists of numbers are made of.
    pub(in crate::redact) const LIST: u8 = 32;
}

const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0_u8;
    loop {
        let mut bits = 0;
        if byte.is_ascii_alphanumeric() {
            bits |= class::WORD | class::TOKEN | class::NAME;
        }
        if matches!(byte, b'+' | b'/' | b'_' | b'-' | b'%' | b'=') {
            bits |= class::TOKEN;
        }
        if matches!(byte, b'_' | b'-' | b'.' | 0x80..) {
            bits |= class::NAME;
        }
        if matches!(byte, b'0'..=b'9' | b' ' | b'-') {
            bits |= class::DIGITS;
        }
        if byte.is_ascii_hexdigit() {
            bits |= class::HEX;
        }
        if matches!(byte, b'0'..=b'9' | b' ' | b',' | b'\n' | b'\r' | b'\t') {
            bits |= class::LIST;
        }
        classes[byte as usize] = bits;
        if byte == 255 {
            break;
        }
        byte += 1;
    }
    classes
};

/// Whether the byte is of the class.
pub(super) fn is(byte: u8, class: u8) -> bool {
    CLASSES[usize::from(byte)] & class != 0
}

/// Calls `found` with every longest run of `least` bytes or more of the class. Most bytes of a text without such runs
/// are never looked at: a run that reaches the byte `least` further on is followed back from there.
pub(super) fn runs(text: &[u8], class: u8, least: usize, mut found: impl FnMut(usize, usize)) {
    let mut start = 0;
    while start + least <= text.len() {
        if let Some(gap) = text[start..start + least].iter().rposition(|byte| !is(*byte, class)) {
            start += gap + 1;
            continue;
        }
        let more = text[start + least..].iter().take_while(|byte| is(**byte, class)).count();
        let end = start + least + more;
        found(start, end);
        start = end + 1;
    }
}

/// The maximal run of the class around `at`, at most `most` bytes to each side.
pub(super) fn around(text: &[u8], at: usize, class: u8, most: usize) -> (usize, usize) {
    let before = text[..at].iter().rev().take(most).take_while(|byte| is(**byte, class)).count();
    let after = text[at..].iter().take(most).take_while(|byte| is(**byte, class)).count();
    (at - before, at + after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_found_wherever_they_lie() {
        for before in 0..40 {
            let text = format!("{}{} {}", " ".repeat(before), "a".repeat(16), "b".repeat(30));
            let mut found = Vec::new();
            runs(text.as_bytes(), class::WORD, 16, |start, end| found.push((start, end)));
            assert_eq!(found, [(before, before + 16), (before + 17, before + 47)], "{text:?}");
        }
        let mut found = 0;
        runs("short words only, and aaaaaaaaaaaaaaa".as_bytes(), class::WORD, 16, |_, _| found += 1);
        assert_eq!(found, 0);
    }

    #[test]
    fn overlapping_literals_are_found_when_asked_for() {
        let literals = Literals::new(&["key-", "api_key"]);
        let mut found = Vec::new();
        literals.each(b"my api_key-1 key-2", |literal, start, _| {
            found.push((literal, start));
            start + 1
        });
        assert_eq!(found, [(1, 3), (0, 7), (0, 13)]);
    }
}
