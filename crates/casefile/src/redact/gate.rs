//! Where it is worth looking: passes over a text that touch few of its bytes, or each only once.
//!
//! Everything that is expensive to verify is behind one of these, so that a log without secrets costs a few
//! nanoseconds for each byte.

mod masks;

use std::collections::{HashMap, HashSet};

use aho_corasick::automaton::Automaton;
use aho_corasick::{Anchored, MatchKind, dfa};

pub(super) use self::masks::{BLOCK, Block, Masks, high, low};

/// Literals that are sought in whatever case, all of them in one pass.
///
/// The automaton takes one step for each byte, and a step waits for the one before. So four parts of the text are gone
/// through side by side: their steps do not wait for each other. Its table is kept small, since a step that has to wait for
/// memory is worse.
pub(super) struct Literals {
    /// What stands for each byte in the table.
    classes: [u8; 256],
    /// Where the row of the next state begins, in groups of entries, for each state and class.
    next: Box<[u16; TABLE + CLASSES_AT_MOST]>,
    /// Length of a row, in groups.
    width: usize,
    /// In the states from this row on literals end.
    first_ending: u16,
    /// The literals that end there, and their lengths.
    endings: Vec<Vec<(u16, usize)>>,
    longest: usize,
}

/// The length of a row is a multiple of this, and where one begins is counted in groups of so many entries: it fits into 16 bits.
const GROUP: usize = 8;
const TABLE: usize = GROUP << 16;
/// With so many more entries a place in a row needs no check.
const CLASSES_AT_MOST: usize = 1 << 8;

/// A literal in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Its number.
    pub(super) literal: usize,
}

/// Parts of a text that are gone through side by side.
const LANES: usize = 4;
/// Shorter texts are gone through from one end to the other.
const MIN_LANE: usize = 256;

impl Literals {
    /// Literals of three bytes or more.
    pub(super) fn new<T: AsRef<[u8]>>(literals: &[T]) -> Self {
        let automaton = dfa::Builder::new()
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            .build(literals)
            .expect("a few short literals");
        // Bytes that are in no literal are one class.
        let mut classes = [0; 256];
        let mut count = 1;
        for byte in literals.iter().flat_map(AsRef::as_ref).map(u8::to_ascii_lowercase) {
            if classes[usize::from(byte)] == 0 {
                (classes[usize::from(byte)], count) = (count, count + 1);
                classes[usize::from(byte.to_ascii_uppercase())] = classes[usize::from(byte)];
            }
        }
        let byte_of = |class: u8| (0..=u8::MAX).find(|byte| classes[usize::from(*byte)] == class);
        let bytes: Vec<u8> = (0..count).map(|class| byte_of(class).unwrap_or_default()).collect();
        let start = automaton.start_state(Anchored::No).expect("it is not anchored");
        // All states by what they are left with; those in which literals end come last.
        let (mut states, mut seen) = (vec![start], HashSet::from([start]));
        let mut met = 0;
        while met < states.len() {
            let next = bytes.iter().map(|byte| automaton.next_state(Anchored::No, states[met], *byte));
            let new: Vec<_> = next.filter(|next| seen.insert(*next)).collect();
            states.extend(new);
            met += 1;
        }
        states.sort_by_key(|state| automaton.is_match(*state));
        let width = bytes.len().div_ceil(GROUP);
        assert!(
            states.len() * width * GROUP <= TABLE,
            "there are more literals than thought: {} states of {width} groups",
            states.len()
        );
        let rows: HashMap<_, _> = states.iter().copied().zip((0_usize..).step_by(width)).collect();
        let mut next: Box<[u16; TABLE + CLASSES_AT_MOST]> =
            vec![0; TABLE + CLASSES_AT_MOST].try_into().expect("it has this length");
        for (row, state) in next.chunks_mut(width * GROUP).zip(&states) {
            for (entry, byte) in row.iter_mut().zip(&bytes) {
                let next = rows[&automaton.next_state(Anchored::No, *state, *byte)];
                *entry = u16::try_from(next).expect("checked above");
            }
        }
        let first = states.partition_point(|state| !automaton.is_match(*state));
        let endings = states[first..].iter().map(|state| {
            let ending = (0..automaton.match_len(*state)).map(|index| {
                let literal = automaton.match_pattern(*state, index);
                (u16::try_from(literal.as_usize()).expect("a few literals"), automaton.pattern_len(literal))
            });
            ending.collect()
        });
        Self {
            classes,
            endings: endings.collect(),
            next,
            width,
            first_ending: u16::try_from(first * width).expect("checked above"),
            longest: literals.iter().map(|literal| literal.as_ref().len()).max().unwrap_or_default(),
        }
    }

    /// All places of all literals, those that overlap too, by where they begin, the longest first.
    pub(super) fn anchors(&self, text: &[u8]) -> Vec<Anchor> {
        let lane = if text.len() < LANES * MIN_LANE { 0 } else { text.len() / LANES };
        let starts: [usize; LANES] = std::array::from_fn(|number| number * lane);
        let mut anchors = starts.map(|_| Vec::new());
        // What began in the part before.
        let mut states = starts.map(|start| {
            let before = &text[start.saturating_sub(self.longest)..start];
            before.iter().fold(0, |state, byte| self.step(state, *byte))
        });
        let parts = starts.map(|start| &text[start..start + lane]);
        let mut met = 0;
        while met < lane {
            met = self.pass(parts, met, &mut states);
            for ((state, start), anchors) in states.iter().zip(starts).zip(&mut anchors) {
                self.note(*state, start + met, anchors);
            }
        }
        let mut state = states[LANES - 1];
        for (at, byte) in text.iter().enumerate().skip(LANES * lane) {
            state = self.step(state, *byte);
            self.note(state, at + 1, &mut anchors[LANES - 1]);
        }
        let mut anchors = anchors.concat();
        sort(&mut anchors);
        anchors
    }

    /// Goes on behind the next place where literals end in one of the parts, which are of one length, or to their end. A function
    /// of its own, so that the states stay in registers.
    #[inline(never)]
    fn pass(&self, parts: [&[u8]; LANES], from: usize, states: &mut [u16; LANES]) -> usize {
        let [a, b, c, d] = parts.map(|part| &part[from..]);
        let [mut in_a, mut in_b, mut in_c, mut in_d] = *states;
        let mut met = from;
        for (((a, b), c), d) in a.iter().zip(b).zip(c).zip(d) {
            (in_a, in_b) = (self.step(in_a, *a), self.step(in_b, *b));
            (in_c, in_d) = (self.step(in_c, *c), self.step(in_d, *d));
            met += 1;
            if in_a.max(in_b).max(in_c.max(in_d)) >= self.first_ending {
                break;
            }
        }
        *states = [in_a, in_b, in_c, in_d];
        met
    }

    fn step(&self, state: u16, byte: u8) -> u16 {
        self.next[usize::from(state) * GROUP + usize::from(self.classes[usize::from(byte)])]
    }

    /// Notes the literals that end before this place.
    fn note(&self, state: u16, end: usize, anchors: &mut Vec<Anchor>) {
        let Some(behind) = state.checked_sub(self.first_ending) else { return };
        for (literal, length) in &self.endings[usize::from(behind) / self.width] {
            anchors.push(Anchor { start: end - length, end, literal: usize::from(*literal) });
        }
    }
}

/// Sorts what is in order but for literals in others, so that each of them is moved past few.
fn sort(anchors: &mut [Anchor]) {
    let key = |anchor: &Anchor| (anchor.start, std::cmp::Reverse(anchor.end));
    for last in 1..anchors.len() {
        let mut at = last;
        while at > 0 && key(&anchors[at]) < key(&anchors[at - 1]) {
            anchors.swap(at, at - 1);
            at -= 1;
        }
    }
}

/// Calls `found` with each anchor; it says where to go on, at the start's next byte at the earliest.
pub(super) fn each(anchors: impl Iterator<Item = Anchor>, mut found: impl FnMut(Anchor) -> usize) {
    let mut next = 0;
    for anchor in anchors {
        if anchor.start >= next {
            next = found(anchor).max(anchor.start + 1);
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
    /// Part of a letter of the languages that phrases have.
    pub(in crate::redact) const LETTER: u8 = 64;
    /// What may stand between the words of a phrase.
    pub(in crate::redact) const GAP: u8 = 128;
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
        if byte.is_ascii_alphabetic() || matches!(byte, 0x80..=0xbf | 0xc3 | 0xcc | 0xcd) {
            bits |= class::LETTER;
        }
        if byte.is_ascii_whitespace()
            || byte.is_ascii_digit()
            || matches!(
                byte,
                b',' | b';'
                    | b'"'
                    | b'\''
                    | b'`'
                    | b'.'
                    | b')'
                    | b':'
                    | b'|'
                    | b'-'
                    | b'\\'
                    | b'['
                    | b']'
                    | b'#'
                    | b'_'
                    | b'+'
                    | b'%'
                    | b'>'
                    | b'*'
            )
        {
            bits |= class::GAP;
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

/// How many bytes from the first on are of the class; eight at once, most runs are long.
pub(super) fn run_length(text: &[u8], class: u8) -> usize {
    let (parts, _) = text.as_chunks::<8>();
    let is_whole =
        |part: &&[u8; 8]| part.iter().fold(class, |all, byte| all & CLASSES[usize::from(*byte)]) != 0;
    let whole = 8 * parts.iter().take_while(is_whole).count();
    whole + text[whole..].iter().take_while(|byte| is(**byte, class)).count()
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
    fn literals_are_found_in_every_part_of_a_text() {
        let literals = Literals::new(&["key-", "api_key", "ey-"]);
        for length in [20, 1_023, 1_024, 1_025, 2_000, 4_099] {
            for at in (0..length - 10).step_by(7).chain([length - 10]) {
                let text = format!("{}Api_KEY-1{}", "k".repeat(at), "e".repeat(length - at - 9));
                let found: Vec<_> = literals
                    .anchors(text.as_bytes())
                    .iter()
                    .map(|anchor| (anchor.literal, anchor.start - at, anchor.end - at))
                    .collect();
                assert_eq!(found, [(1, 0, 7), (0, 4, 8), (2, 5, 8)], "{length} {at}");
            }
        }
    }

    #[test]
    fn anchors_are_passed_over_where_asked() {
        let literals = Literals::new(&["key-", "api_key"]);
        let anchors = literals.anchors(b"my api_key-1 key-2");
        let met = |skip: bool| {
            let mut met = Vec::new();
            each(anchors.iter().copied(), |anchor| {
                met.push((anchor.literal, anchor.start));
                if skip { anchor.end } else { 0 }
            });
            met
        };
        assert_eq!(met(false), [(1, 3), (0, 7), (0, 13)]);
        assert_eq!(met(true), [(1, 3), (0, 13)]);
    }
}
