//! Goes through a text to the places where a shape can begin, and tries it there.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use regex_automata::meta::Regex;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};

use super::{Check, SERVICES, SHAPES, Seek, Shape};
use super::{beside, diagnosed, marks, numbers, row};
use crate::redact::find::{Covered, Span};
use crate::redact::gate::{self, Anchor, Masks, class};
use crate::redact::rules::Id;
use crate::redact::{assignment, value};

/// A run of letters and digits inside of a longer token.
pub(super) struct Token<'a> {
    pub(super) text: &'a [u8],
    pub(super) start: usize,
    /// Its length.
    pub(super) run: usize,
}

impl<'a> Token<'a> {
    /// What follows it.
    pub(super) fn after(&self) -> &'a [u8] {
        &self.text[self.start + self.run..]
    }

    /// Whether it is no part of a longer token.
    pub(super) fn is_alone(&self) -> bool {
        let joins = |byte: &u8| gate::is(*byte, class::TOKEN) && *byte != b'=' && *byte != b'/';
        let before = self.start.checked_sub(1).and_then(|at| self.text.get(at));
        !before.is_some_and(joins) && !self.after().first().is_some_and(|byte| joins(byte) || *byte == b'=')
    }

    /// The run itself.
    pub(super) fn word(&self) -> &'a [u8] {
        &self.text[self.start..self.start + self.run]
    }
}

/// Shorter tokens hold nothing that is known by its shape alone.
pub(crate) const MIN_TOKEN: usize = 16;
/// Shorter runs of digits are no card and no account.
const MIN_DIGITS: usize = 14;
/// Shorter lists of numbers are no key.
const MIN_LIST: usize = 63;

/// So much of a literal is sought: the pattern reads the rest, and the table of what is sought stays small.
const MAX_LITERAL: usize = 5;

/// How many shapes both tables have.
const COUNT: usize = SERVICES.len() + SHAPES.len();

/// The patterns, each built when it is tried first.
static PATTERNS: [OnceLock<Regex>; COUNT] = [const { OnceLock::new() }; COUNT];

/// A shape by its number: those of the services are the first.
fn shape(index: usize) -> &'static Shape {
    SERVICES.get(index).unwrap_or_else(|| &SHAPES[index - SERVICES.len()])
}

/// Every shape with its number.
fn all() -> impl Iterator<Item = (usize, &'static Shape)> {
    SERVICES.iter().chain(SHAPES).enumerate()
}

/// The literals, in their order, and the shapes that each of them begins: those of a shorter literal too that it begins
/// with, since of the literals at one place the longest is met.
static LITERALS: LazyLock<BTreeMap<&str, Vec<usize>>> = LazyLock::new(|| {
    let mut shapes: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, shape) in all() {
        if let Seek::Literal(literals) = shape.seek {
            for literal in literals {
                let begun = shapes.entry(&literal[..literal.floor_char_boundary(MAX_LITERAL)]).or_default();
                // What is said of the rest of two literals is in the pattern.
                if begun.last() != Some(&index) {
                    begun.push(index);
                }
            }
        }
    }
    let own = shapes.clone();
    for (literal, begun) in &mut shapes {
        let shorter = (1..literal.len()).filter_map(|end| own.get(literal.get(..end)?));
        let more: Vec<usize> = shorter.flatten().copied().filter(|index| !begun.contains(index)).collect();
        begun.extend(more);
    }
    shapes
});

/// The same shapes, by the number of the literal.
static BEGUN: LazyLock<Vec<&[usize]>> = LazyLock::new(|| LITERALS.values().map(Vec::as_slice).collect());

/// What shapes begin with.
pub(crate) fn literals() -> Vec<&'static str> {
    LITERALS.keys().copied().collect()
}

/// The shapes whose word can be what a token has here, as bits.
struct Words {
    /// Which shape each bit stands for.
    shapes: Vec<usize>,
    /// By its first byte.
    first: [u128; 256],
    /// By its length; all that are as long as the last or longer are one.
    length: [u128; MAX_LENGTH + 1],
    /// Those of which nothing but the word is taken.
    alone: u128,
}

/// No shape says more of the length of a longer word.
const MAX_LENGTH: usize = 127;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { shapes: Vec::new(), first: [0; 256], length: [0; MAX_LENGTH + 1], alone: 0 };
    for (index, shape) in all() {
        let (Seek::Token(first, [least, most], _) | Seek::Word(first, [least, most], _)) = shape.seek else {
            continue;
        };
        let bit = 1 << words.shapes.len();
        words.shapes.push(index);
        for byte in first {
            words.first[usize::from(*byte)] |= bit;
        }
        for length in &mut words.length[least..=most.min(MAX_LENGTH)] {
            *length |= bit;
        }
        if matches!(shape.seek, Seek::Word(..)) {
            words.alone |= bit;
        }
    }
    words
});

/// Further on, what a shape takes has other things before it.
const FAR: usize = 128;

/// Finds every shape; `anchors` are the places of [`literals`], `tokens` the runs that may be tokens, `hidden` what names
/// have hidden already, sorted.
pub(crate) fn find(
    text: &[u8],
    masks: &Masks,
    anchors: impl Iterator<Item = Anchor>,
    tokens: &[(usize, usize)],
    hidden: &[Span],
    out: &mut Vec<Span>,
) {
    let begun = &*BEGUN;
    gate::each(anchors, |anchor| {
        // User and password, key and signature: more than one shape can have something in what begins here.
        let shapes = begun[anchor.literal].iter();
        let found = shapes.filter_map(|shape| {
            let end = attempt(*shape, text, anchor.start, out)?;
            // What stands between a beginning and what is far behind it may be a secret of its own.
            let is_near = out.last().is_some_and(|span| span.start < anchor.start + FAR);
            is_near.then_some(end)
        });
        found.max().unwrap_or(0)
    });
    // Words alone are keys and addresses of wallets, and accounts: what is hidden as another secret stays that.
    let mut covered = Covered::by(hidden, Id::PrivateKey);
    for (start, end) in tokens.iter().filter(|(start, end)| end - start >= MIN_TOKEN) {
        in_token(text, masks, (*start, *end), &mut covered, out);
    }
    masks.runs::<MIN_DIGITS>(|block| block.grouped, |start, end| in_digits(text, start, end, out));
    gate::runs(text, class::LIST, MIN_LIST, |start, end| numbers::find(text, start, end, out));
    marks::find(text, masks, out);
    beside::find(text, out);
    diagnosed::find(text, out);
}

/// The digest of a file in base64, `sha512=…`, as updaters and packages have it.
fn is_digest(token: &[u8]) -> bool {
    let is_named = [&b"sha512="[..], b"sha512-", b"sha256=", b"sha256-", b"sha384-"];
    token[0] == b's' && is_named.iter().any(|name| token.starts_with(name))
}

/// Tries each word of a token.
fn in_token(
    text: &[u8],
    masks: &Masks,
    (start, end): (usize, usize),
    covered: &mut Covered<'_>,
    out: &mut Vec<Span>,
) {
    if start > 0 && text[start - 1] == b';' {
        row::find(text, start, out);
    }
    if is_digest(&text[start..end]) {
        return;
    }
    let words = &*WORDS;
    let mut at = start;
    while at < end {
        let run = masks.end_of(&|block| block.words, at) - at;
        let mut shapes = words.first[usize::from(text[at])] & words.length[run.min(MAX_LENGTH)];
        if shapes & words.alone != 0 && covered.holds(at, at + run) {
            shapes &= !words.alone;
        }
        let token = Token { text, start: at, run };
        let mut next = at + run.max(1);
        // What follows `%3D` or `\n` is a word of its own.
        let escape = escape(text, at);
        if (1..run).contains(&escape) {
            next = at + escape;
        }
        while shapes != 0 {
            let index = words.shapes[shapes.trailing_zeros() as usize];
            shapes &= shapes - 1;
            let (Seek::Token(_, _, fits) | Seek::Word(_, _, fits)) = shape(index).seek else { continue };
            if fits(&token)
                && let Some(found) = attempt(index, text, at, out)
            {
                next = next.max(found);
                break;
            }
        }
        at = next;
    }
}

/// How much of a word is the end of an escape: `%22abc`, `\nabc`, `\u0022abc`.
pub(super) fn escape(text: &[u8], at: usize) -> usize {
    let is_code = |from: usize, to: usize| {
        text.get(at + from..at + to).is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit))
    };
    match (at.checked_sub(1).map(|before| text[before]), text.get(at)) {
        (Some(b'%'), _) if is_code(0, 2) => 2,
        (Some(b'\\'), Some(b'n' | b'r' | b't')) => 1,
        (Some(b'\\'), Some(b'x')) if is_code(1, 3) => 3,
        (Some(b'\\'), Some(b'u')) if is_code(1, 5) => 5,
        _ => 0,
    }
}

/// The shapes that digits are part of, and how far before them each begins.
static DIGITS: LazyLock<Vec<(usize, usize)>> = LazyLock::new(|| {
    let before = |(index, shape): (usize, &Shape)| match shape.seek {
        Seek::Digits(before) => Some((index, before)),
        _ => None,
    };
    all().filter_map(before).collect()
});

/// Tries each group of digits.
fn in_digits(text: &[u8], start: usize, end: usize, out: &mut Vec<Span>) {
    let mut at = start;
    while at < end {
        let run = text[at..end].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let mut next = at + run.max(1);
        if run > 0 && end - at >= MIN_DIGITS - 2 {
            for (index, before) in &*DIGITS {
                if let Some(from) = at.checked_sub(*before)
                    && let Some(found) = attempt(*index, text, from, out)
                {
                    next = next.max(found);
                    break;
                }
            }
        }
        at = next;
    }
}

/// Tries a shape at one place; says where what it found ends.
fn attempt(index: usize, text: &[u8], start: usize, out: &mut Vec<Span>) -> Option<usize> {
    let shape = shape(index);
    let pattern = PATTERNS[index].get_or_init(|| built(shape));
    let hit = pattern.search(&Input::new(text).range(start..).anchored(Anchored::Yes))?;
    let (start, end) = (hit.start(), hit.end());
    let (start, end) = match shape.check {
        Check::None => Some((start, end)),
        Check::Value(check) => check(&text[start..end]).then_some((start, end)),
        Check::Whole(check) => check(text, start, end),
    }?;
    let structured = value::is_number(&text[start..end]) && assignment::structured_number(text, start, end);
    out.push(Span { bare_number: structured, ..Span::new(start, end, shape.rule) });
    Some(end)
}

fn built(shape: &Shape) -> Regex {
    Regex::builder()
        .configure(Regex::config().utf8_empty(false))
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .build(shape.pattern)
        .expect("the patterns of the table are valid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_fits_into_the_bits_of_a_token() {
        assert!(WORDS.shapes.len() <= 128);
    }

    #[test]
    fn no_literal_hides_a_shorter_one() {
        for (longer, tried) in &*LITERALS {
            for (shorter, begun) in LITERALS.iter().filter(|(shorter, _)| longer.starts_with(**shorter)) {
                assert!(begun.iter().all(|shape| tried.contains(shape)), "{longer} {shorter}");
            }
        }
    }

    #[test]
    fn an_escape_is_no_part_of_a_word() {
        let found = |text: &[u8], at| escape(text, at);
        assert_eq!(found(b"%22ab", 1), 2);
        assert_eq!(found(b"\\nab", 1), 1);
        assert_eq!(found(b"\\x1bab", 1), 3);
        assert_eq!(found(b"\\u0022ab", 1), 5);
        for text in [&b"%"[..], b"%2", b"%zz", b"\\", b"\\u00", b"\\abc", b"nab"] {
            assert_eq!(found(text, text.len().min(1)), 0);
        }
    }

    #[test]
    fn literals_are_in_small_letters_and_not_too_short() {
        for (_, shape) in all() {
            if let Seek::Literal(literals) = shape.seek {
                for literal in literals {
                    assert!(literal.len() >= 3 && *literal == literal.to_lowercase(), "{literal}");
                }
            }
        }
        assert!((1..=900).contains(&LITERALS.len()), "{}", LITERALS.len());
    }
}
