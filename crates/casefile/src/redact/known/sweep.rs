//! The search for known values, built once for a report.
//!
//! Thousands of values in a dozen encodings are too many for an automaton that looks at each byte. Every value of eight
//! bytes or more has one of its four-byte pieces at a place of the text that five divides, so only those places are
//! looked at: first in a table of bits, then among the pieces.

use aho_corasick::AhoCorasick;
use zeroize::Zeroizing;

use super::KnownValues;
use super::forms::encoded;
use crate::redact::find::Span;
use crate::redact::rules::Id;

/// Length of a piece.
const PIECE: usize = 4;
/// Shortest value whose pieces are sought.
const MIN_PIECED: usize = 8;
/// Distance of the places that are looked at.
const STRIDE: usize = MIN_PIECED - PIECE + 1;
/// So many values are sought in every encoding, the first that were learnt: presets and settings have fewer. What comes
/// later was learnt from a large log, which has it as it is.
const MAX_ENCODED: usize = 2_000;
/// A value that is this long may be broken by the end of a console's line.
const MIN_WRAPPED: usize = MIN_PIECED;

pub(in crate::redact) struct Sweep {
    forms: Vec<Form>,
    /// Which hashes of pieces there are.
    bits: Vec<u64>,
    /// Piece, form and offset, sorted.
    pieces: Vec<(u32, u32, u32)>,
    /// Short values, names, and hidden words, in whatever case.
    short: Option<(AhoCorasick, Vec<(Id, bool)>)>,
}

struct Form {
    bytes: Zeroizing<Vec<u8>>,
    rule: Id,
    /// It has to stand alone.
    alone: bool,
}

impl Sweep {
    pub(in crate::redact) fn new(known: &KnownValues, hidden: &[String]) -> Self {
        let mut forms: Vec<Form> = Vec::new();
        let mut short: Vec<(Zeroizing<Vec<u8>>, Id, bool)> = Vec::new();
        for (index, (rule, value)) in known.values.iter().enumerate() {
            let is_name = matches!(rule, Id::UserName | Id::HostName);
            let alone = value.len() < 12 || is_name;
            let bytes = Zeroizing::new(value.as_bytes().to_vec());
            if is_name || value.len() < MIN_PIECED {
                short.push((bytes, *rule, alone));
            } else {
                forms.push(Form { bytes, rule: *rule, alone });
            }
            if value.len() >= MIN_PIECED && !is_name && index < MAX_ENCODED {
                forms.extend(encoded(value).into_iter().map(|bytes| Form {
                    bytes,
                    rule: *rule,
                    alone: false,
                }));
            }
        }
        for word in hidden.iter().filter(|word| !word.trim().is_empty()) {
            short.push((Zeroizing::new(word.trim().as_bytes().to_vec()), Id::HiddenWord, false));
        }
        forms.sort_by(|a, b| a.bytes.as_slice().cmp(b.bytes.as_slice()).then(a.rule.cmp(&b.rule)));
        forms.dedup_by(|a, b| a.bytes.as_slice() == b.bytes.as_slice());
        short.sort_by(|a, b| a.0.as_slice().cmp(b.0.as_slice()).then(a.1.cmp(&b.1)));
        short.dedup_by(|a, b| a.0.as_slice() == b.0.as_slice());
        let (bits, pieces) = pieces_of(&forms);
        let short = (!short.is_empty()).then(|| {
            let automaton = AhoCorasick::builder()
                .match_kind(aho_corasick::MatchKind::LeftmostLongest)
                .ascii_case_insensitive(true)
                .build(short.iter().map(|(bytes, ..)| bytes.as_slice()))
                .expect("the number of known values is bounded");
            (automaton, short.iter().map(|(_, rule, alone)| (*rule, *alone)).collect())
        });
        Self { forms, bits, pieces, short }
    }

    pub(in crate::redact) fn find(&self, text: &[u8], out: &mut Vec<Span>) {
        if let Some((automaton, rules)) = &self.short {
            for hit in automaton.find_iter(text) {
                let (rule, alone) = rules[hit.pattern().as_usize()];
                if !alone || stands_alone(text, hit.start(), hit.end()) {
                    out.push(Span::new(hit.start(), hit.end(), rule));
                }
            }
        }
        if self.pieces.is_empty() {
            return;
        }
        let mask = self.bits.len() * 64 - 1;
        for at in (0..text.len().saturating_sub(PIECE - 1)).step_by(STRIDE) {
            let piece = piece_at(text, at);
            let hash = hash_of(piece) & mask;
            if self.bits[hash / 64] >> (hash % 64) & 1 == 1 {
                self.verify(text, at, piece, out);
            }
        }
    }

    /// Compares the values that have the piece at this place.
    fn verify(&self, text: &[u8], at: usize, piece: u32, out: &mut Vec<Span>) {
        let first = self.pieces.partition_point(|entry| entry.0 < piece);
        for (_, form, offset) in self.pieces[first..].iter().take_while(|entry| entry.0 == piece) {
            let form = &self.forms[*form as usize];
            let Some((start, end)) = match_around(text, at, &form.bytes, *offset as usize) else { continue };
            if !form.alone || stands_alone(text, start, end) {
                out.push(Span::new(start, end, form.rule));
            }
        }
    }
}

fn pieces_of(forms: &[Form]) -> (Vec<u64>, Vec<(u32, u32, u32)>) {
    let mut pieces = Vec::new();
    for (number, form) in (0..).zip(forms) {
        let length = form.bytes.len();
        let first = 0..STRIDE.min(length - PIECE + 1);
        // Of a value that a line's end may break the last bytes are sought as well.
        let last = if length >= MIN_WRAPPED { length + 1 - PIECE - STRIDE..length - PIECE + 1 } else { 0..0 };
        for offset in first.chain(last) {
            pieces.push((piece_at(&form.bytes, offset), number, u32::try_from(offset).unwrap_or(u32::MAX)));
        }
    }
    pieces.sort_unstable();
    pieces.dedup();
    // Sixteen bits for each piece: one place in sixteen is looked at twice for nothing, at the most.
    let size = (pieces.len() * 16).next_power_of_two().clamp(1 << 12, 1 << 24);
    let mut bits = vec![0_u64; size / 64];
    for (piece, ..) in &pieces {
        let hash = hash_of(*piece) & (size - 1);
        bits[hash / 64] |= 1 << (hash % 64);
    }
    (bits, pieces)
}

fn piece_at(text: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(*text[at..].first_chunk::<PIECE>().expect("the caller stays inside"))
}

fn hash_of(piece: u32) -> usize {
    (piece.wrapping_mul(0x9e37_79b1) >> 8) as usize
}

fn stands_alone(text: &[u8], start: usize, end: usize) -> bool {
    let part = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
    !part(start.checked_sub(1).and_then(|at| text.get(at))) && !part(text.get(end))
}

/// Where the value lies whose piece at `offset` is at `at`. A long one may be broken by the ends of lines.
fn match_around(text: &[u8], at: usize, value: &[u8], offset: usize) -> Option<(usize, usize)> {
    if let Some(start) = at.checked_sub(offset)
        && text[start..].starts_with(value)
    {
        return Some((start, start + value.len()));
    }
    if value.len() < MIN_WRAPPED {
        return None;
    }
    let mut end = at;
    for byte in &value[offset..] {
        if text.get(end) != Some(byte) {
            end = behind_break(text, end)?;
        }
        if text.get(end) != Some(byte) {
            return None;
        }
        end += 1;
    }
    let mut start = at;
    for byte in value[..offset].iter().rev() {
        if start == 0 || text[start - 1] != *byte {
            start = before_break(text, start)?;
        }
        if start == 0 || text[start - 1] != *byte {
            return None;
        }
        start -= 1;
    }
    Some((start, end))
}

/// What a console puts where it breaks a line: the end, and perhaps an indentation or a frame.
fn is_filling(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'|' | b'\\' | 0xe2 | 0x94 | 0x82)
}

fn behind_break(text: &[u8], at: usize) -> Option<usize> {
    let filling = text[at..].iter().take(64).take_while(|byte| is_filling(**byte)).count();
    text[at..at + filling].contains(&b'\n').then_some(at + filling)
}

fn before_break(text: &[u8], at: usize) -> Option<usize> {
    let filling = text[..at].iter().rev().take(64).take_while(|byte| is_filling(**byte)).count();
    text[at - filling..at].contains(&b'\n').then_some(at - filling)
}
