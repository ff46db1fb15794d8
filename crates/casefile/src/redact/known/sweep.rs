//! The search for known values, built once for a report.
//!
//! Thousands of values in a dozen encodings are too many for an automaton that looks at each byte. Every value has one of its
//! pieces at a place of the text that five divides, so only those places are looked at: first in a table of bits, then among
//! the pieces. Pieces of long values are longer: four digits or four hexadecimal digits stand in every line of a log.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use aho_corasick::AhoCorasick;
use zeroize::Zeroizing;

use super::KnownValues;
use super::forms::encoded;
use crate::redact::find::{Span, rank};
use crate::redact::rules::Id;
use crate::redact::{checks, stand_in};

/// Length of a piece of a short value, and of a long one.
const SHORT_PIECE: usize = 4;
const LONG_PIECE: usize = 8;
/// Shortest value whose pieces are sought.
const MIN_PIECED: usize = 8;
/// Wherever a console breaks a value of this length, one side still has a whole long piece at one of the places.
const MIN_LONG: usize = 2 * (LONG_PIECE + STRIDE - 1);
/// So many values may have the same half of their end.
const MAX_ALIKE: u32 = 32;
/// Distance of the places that are looked at.
const STRIDE: usize = MIN_PIECED - SHORT_PIECE + 1;
/// So many values are sought in every encoding, those first that are critical, and the first that were learnt: presets and settings
/// have fewer. What comes later was learnt from a large log, which has it as it is.
const MAX_ENCODED: usize = 4_000;
pub(in crate::redact) struct Sweep {
    forms: Vec<Form>,
    short_pieces: Pieces<SHORT_PIECE>,
    long_pieces: Pieces<LONG_PIECE>,
    /// Short values, names, and hidden words, in whatever case.
    short: Option<(AhoCorasick, Vec<(Id, bool)>)>,
    /// What is known to be what, by a hash of its plain form: the same value has the same stand-in whatever it is called.
    rules: HashMap<u64, Id>,
    hasher: RandomState,
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
        let (critical, rest): (Vec<_>, Vec<_>) = known.sought().partition(|(rule, _)| *rule < Id::HiddenWord);
        for (index, (rule, value)) in critical.into_iter().chain(rest).enumerate() {
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
        let numbered = || (0..).zip(&forms).map(|(number, form)| (number, form.bytes.as_slice()));
        let short_pieces = Pieces::of(numbered().filter(|(_, form)| form.len() < MIN_LONG), |form| {
            [0, form.len() - MIN_PIECED]
        });
        let ends = |form: &[u8]| [form.len() - MIN_LONG, form.len() - MIN_LONG / 2];
        let mut counts: HashMap<&[u8], u32> = HashMap::new();
        for (_, form) in numbered().filter(|(_, form)| form.len() >= MIN_LONG) {
            for half in ends(form) {
                *counts.entry(&form[half..half + MIN_LONG / 2]).or_default() += 1;
            }
        }
        // Tokens of one kind begin alike, and seldom end alike: what thousands have in common would be compared with all of them.
        let long_pieces = Pieces::of(numbered().filter(|(_, form)| form.len() >= MIN_LONG), |form| {
            let is_common = |half: usize| counts[&form[half..half + MIN_LONG / 2]] > MAX_ALIKE;
            if ends(form).into_iter().any(is_common) { [0, MIN_LONG / 2] } else { ends(form) }
        });
        let short = (!short.is_empty()).then(|| {
            let automaton = AhoCorasick::builder()
                .match_kind(aho_corasick::MatchKind::LeftmostLongest)
                .ascii_case_insensitive(true)
                .build(short.iter().map(|(bytes, ..)| bytes.as_slice()))
                .expect("the number of known values is bounded");
            (automaton, short.iter().map(|(_, rule, alone)| (*rule, *alone)).collect())
        });
        let (mut rules, hasher) = (HashMap::new(), RandomState::new());
        for (rule, value) in known.sought() {
            let plain = stand_in::normalised(Id::KnownValue, value.as_bytes());
            let known = rules.entry(hasher.hash_one(&*plain)).or_insert(*rule);
            if rank(*rule) < rank(*known) {
                *known = *rule;
            }
        }
        Self { forms, short_pieces, long_pieces, short, rules, hasher }
    }

    /// What a value is called everywhere that was found under a name: what it is by itself, or else what the gravest of its
    /// names says.
    pub(in crate::redact) fn rule_of(&self, value: &[u8], named: Id) -> Id {
        if matches!(named, Id::Balance | Id::KnownValue | Id::HiddenWord) {
            return named;
        }
        let bare = memchr::memrchr(b' ', value).map_or(value, |at| &value[at + 1..]);
        if named < Id::HiddenWord && bare.starts_with(b"eyJ") && checks::is_jwt(bare) {
            return Id::Jwt;
        }
        if self.rules.is_empty() {
            return named;
        }
        let plain = stand_in::normalised(Id::KnownValue, value);
        self.rules.get(&self.hasher.hash_one(&*plain)).copied().unwrap_or(named)
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
        self.short_pieces.find(text, |at, form, offset| self.verify(text, at, form, offset, out));
        self.long_pieces.find(text, |at, form, offset| self.verify(text, at, form, offset, out));
    }

    /// Compares the value that has at `offset` what is at this place.
    fn verify(&self, text: &[u8], at: usize, form: u32, offset: u32, out: &mut Vec<Span>) {
        let form = &self.forms[form as usize];
        let Some((start, end)) = match_around(text, at, &form.bytes, offset as usize) else { return };
        if !form.alone || stands_alone(text, start, end) {
            out.push(Span::new(start, end, form.rule));
        }
    }
}

/// The pieces of all values of a class.
struct Pieces<const LENGTH: usize> {
    /// Which hashes there are: most places of a text have none of these, and need one look.
    bits: Vec<u64>,
    /// Where the pieces of each group of hashes begin, and where the last ends.
    groups: Vec<u32>,
    /// Piece, form and offset, in groups.
    entries: Vec<(u64, u32, u32)>,
}

/// Bits for each piece: one place in sixteen is looked at twice for nothing, at the most.
const BITS: usize = 16;

impl<const LENGTH: usize> Pieces<LENGTH> {
    /// `places` says where in a value its pieces begin: at two places, since the end of a line may break one of them.
    fn of<'a>(forms: impl Iterator<Item = (u32, &'a [u8])>, places: impl Fn(&[u8]) -> [usize; 2]) -> Self {
        let mut entries = Vec::new();
        for (number, form) in forms {
            for offset in places(form).into_iter().flat_map(|place| place..place + STRIDE) {
                let piece = Self::piece_at(form, offset);
                entries.push((piece, number, u32::try_from(offset).unwrap_or(u32::MAX)));
            }
        }
        let size = (entries.len() * BITS).next_power_of_two().clamp(1 << 12, 1 << 24);
        entries.sort_unstable_by_key(|(piece, number, offset)| {
            (hash_of(*piece, size), *piece, *number, *offset)
        });
        entries.dedup();
        let mut bits = vec![0_u64; size / 64];
        let mut groups = vec![0; size / BITS + 1];
        for (piece, ..) in &entries {
            let hash = hash_of(*piece, size);
            bits[hash / 64] |= 1 << (hash % 64);
            groups[hash / BITS + 1] += 1;
        }
        let mut sum = 0;
        for group in &mut groups {
            sum += *group;
            *group = sum;
        }
        Self { bits, groups, entries }
    }

    /// Calls `found` with a place of the text, a form, and the offset at which it has what is at this place.
    fn find(&self, text: &[u8], mut found: impl FnMut(usize, u32, u32)) {
        if self.entries.is_empty() {
            return;
        }
        let size = self.bits.len() * 64;
        for at in (0..(text.len() + 1).saturating_sub(LENGTH)).step_by(STRIDE) {
            let piece = Self::piece_at(text, at);
            let hash = hash_of(piece, size);
            if self.bits[hash / 64] >> (hash % 64) & 1 == 1 {
                let (first, end) = (self.groups[hash / BITS] as usize, self.groups[hash / BITS + 1] as usize);
                for (_, form, offset) in self.entries[first..end].iter().filter(|(other, ..)| *other == piece)
                {
                    found(at, *form, *offset);
                }
            }
        }
    }

    fn piece_at(text: &[u8], at: usize) -> u64 {
        let mut piece = [0; 8];
        piece[..LENGTH].copy_from_slice(&text[at..at + LENGTH]);
        u64::from_le_bytes(piece)
    }
}

/// A number below `size`, a power of two.
fn hash_of(piece: u64, size: usize) -> usize {
    let bits = size.trailing_zeros();
    usize::try_from(piece.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits)).unwrap_or_default()
}

fn stands_alone(text: &[u8], start: usize, end: usize) -> bool {
    let part = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
    // `account%3DU1234567`
    let is_behind_percent = || matches!(&text[..start], [.., b'%', first, last] if first.is_ascii_digit() && last.is_ascii_hexdigit());
    // `[33mkotek[0m`, whose escapes something took away.
    let is_behind_colour = || {
        let before = text[..start].strip_suffix(b"m").unwrap_or_default();
        let digits =
            before.iter().rev().take(6).take_while(|byte| byte.is_ascii_digit() || **byte == b';').count();
        digits > 0 && before[..before.len() - digits].ends_with(b"[")
    };
    let begins = !part(start.checked_sub(1).and_then(|at| text.get(at)));
    (begins || is_behind_percent() || is_behind_colour()) && !part(text.get(end))
}

/// Where the value lies whose piece at `offset` is at `at`. A long one may be broken by the ends of lines.
fn match_around(text: &[u8], at: usize, value: &[u8], offset: usize) -> Option<(usize, usize)> {
    if let Some(start) = at.checked_sub(offset)
        && text[start..].starts_with(value)
    {
        return Some((start, start + value.len()));
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
    // In a string of JSON.
    if let Some(rest) = text[at..].strip_prefix(b"\\n").or_else(|| text[at..].strip_prefix(b"\\r\\n")) {
        let end = text.len() - rest.len();
        return Some(end + rest.iter().take(62).take_while(|byte| **byte == b' ').count());
    }
    let filling = text[at..].iter().take(64).take_while(|byte| is_filling(**byte)).count();
    text[at..at + filling].contains(&b'\n').then_some(at + filling)
}

fn before_break(text: &[u8], at: usize) -> Option<usize> {
    let spaces = text[..at].iter().rev().take(62).take_while(|byte| **byte == b' ').count();
    if let Some(before) = text[..at - spaces].strip_suffix(b"\\n") {
        return Some(before.strip_suffix(b"\\r").unwrap_or(before).len());
    }
    let filling = text[..at].iter().rev().take(64).take_while(|byte| is_filling(**byte)).count();
    text[at - filling..at].contains(&b'\n').then_some(at - filling)
}
