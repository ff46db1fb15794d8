//! Goes through a text to the places where a shape can begin, and tries it there.

use std::sync::{LazyLock, OnceLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex_automata::meta::Regex;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};

use super::bounds::stands_after;
use super::{Check, Kind, SHAPES, Seek, Shape};
use crate::redact::find::Span;

/// A run of letters and digits.
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
}

/// The patterns, each built when it is tried first.
static PATTERNS: [OnceLock<Regex>; SHAPES.len()] = [const { OnceLock::new() }; SHAPES.len()];

/// Literals, and the shape that each of them begins.
struct Literals {
    automaton: AhoCorasick,
    shapes: Vec<usize>,
}

static EXACT: LazyLock<Literals> = LazyLock::new(|| {
    Literals::of(false, |seek| match seek {
        Seek::Literal(literals) => literals,
        _ => &[],
    })
});

static ANY_CASE: LazyLock<Literals> = LazyLock::new(|| {
    Literals::of(true, |seek| match seek {
        Seek::AnyCase(literals) => literals,
        _ => &[],
    })
});

/// For each byte the shapes whose token can begin with it, as bits.
static FIRST: LazyLock<[u64; 256]> = LazyLock::new(|| {
    let mut first = [0; 256];
    for (index, shape) in SHAPES.iter().enumerate() {
        if let Seek::Token(bytes, _) = shape.seek {
            for byte in bytes {
                first[usize::from(*byte)] |= 1 << index;
            }
        }
    }
    first
});

impl Literals {
    fn of(any_case: bool, literals: impl Fn(Seek) -> &'static [&'static str]) -> Self {
        let rows = SHAPES.iter().enumerate();
        let all: Vec<(usize, &str)> = rows
            .flat_map(|(index, shape)| literals(shape.seek).iter().map(move |literal| (index, *literal)))
            .collect();
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::LeftmostFirst)
            .ascii_case_insensitive(any_case)
            .build(all.iter().map(|(_, literal)| literal))
            .expect("a few short literals");
        Self { automaton, shapes: all.into_iter().map(|(index, _)| index).collect() }
    }

    fn find(&self, text: &[u8], out: &mut Vec<Span>) {
        let mut at = 0;
        while let Some(hit) = self.automaton.find(aho_corasick::Input::new(text).span(at..text.len())) {
            at = hit.start() + 1;
            if let Some(end) = attempt(self.shapes[hit.pattern().as_usize()], text, hit.start(), out) {
                at = at.max(end);
            }
        }
    }
}

pub(crate) fn find(text: &[u8], out: &mut Vec<Span>) {
    EXACT.find(text, out);
    ANY_CASE.find(text, out);
    for (index, shape) in SHAPES.iter().enumerate() {
        if let Seek::Before(mark, limit, is_first, is_part) = shape.seek {
            find_before(index, text, mark, limit, (is_first, is_part), out);
        }
    }
    find_tokens(text, out);
}

fn find_before(
    index: usize,
    text: &[u8],
    mark: &str,
    limit: usize,
    (is_first, is_part): (Kind, Kind),
    out: &mut Vec<Span>,
) {
    let mut at = 0;
    for found in memchr::memmem::find_iter(text, mark) {
        if found < at {
            continue;
        }
        let back = text[at..found].iter().rev().take(limit).take_while(|byte| is_part(**byte)).count();
        let start = (found - back..found).find(|start| is_first(text[*start]));
        if let Some(end) = start.and_then(|start| attempt(index, text, start, out)) {
            at = end.max(found + mark.len());
        }
    }
}

fn find_tokens(text: &[u8], out: &mut Vec<Span>) {
    let first = &*FIRST;
    let mut at = 0;
    while at < text.len() {
        if !text[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let run = text[at..].iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(text.len() - at);
        let mut shapes = first[usize::from(text[at])];
        let token = Token { text, start: at, run };
        at += run;
        while shapes != 0 {
            let index = shapes.trailing_zeros() as usize;
            shapes &= shapes - 1;
            let Seek::Token(_, fits) = SHAPES[index].seek else { continue };
            if fits(&token)
                && let Some(end) = attempt(index, text, token.start, out)
            {
                at = at.max(end);
                break;
            }
        }
    }
}

/// Tries a shape at one place; says where what it found ends.
fn attempt(index: usize, text: &[u8], start: usize, out: &mut Vec<Span>) -> Option<usize> {
    let shape = &SHAPES[index];
    let pattern = PATTERNS[index].get_or_init(|| built(shape));
    let hit = pattern.search(&Input::new(text).range(start..).anchored(Anchored::Yes))?;
    let (start, end) = (hit.start(), hit.end());
    let (start, end) = match shape.check {
        Check::None => Some((start, end)),
        Check::Value(check) => check(&text[start..end]).then_some((start, end)),
        Check::Whole(check) => check(text, start, end),
        Check::After(words) => stands_after(text, start, words).then_some((start, end)),
    }?;
    out.push(Span::new(start, end, shape.rule));
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
        assert!(SHAPES.len() <= 64);
    }
}
