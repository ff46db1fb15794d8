//! Everything that has to go from a piece of text, as ranges that do not overlap.

use super::known::Sweep;
use super::rules::Id;
use super::value::{Tier, Tiers};
use super::{assignment, packed, phrase, shapes, stand_in};

/// A range to hide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) rule: Id,
    /// Whether it was a bare number of a structured text: its stand-in needs quotes.
    pub(super) bare_number: bool,
}

impl Span {
    pub(super) fn new(start: usize, end: usize, rule: Id) -> Self {
        Self { start, end, rule, bare_number: false }
    }

    pub(super) fn moved_by(self, bytes: usize) -> Self {
        Self { start: self.start + bytes, end: self.end + bytes, ..self }
    }
}

/// What is looked for.
pub(super) struct Finder {
    pub(super) sweep: Sweep,
    pub(super) tiers: Tiers,
}

/// How deep encoded text in encoded text is followed.
const MAX_DEPTH: u32 = 2;

impl Finder {
    /// All ranges to hide, sorted, without overlap.
    pub(super) fn find(&self, text: &[u8]) -> Vec<Span> {
        self.find_to(text, MAX_DEPTH)
    }

    fn find_to(&self, text: &[u8], depth: u32) -> Vec<Span> {
        let mut spans = Vec::new();
        self.sweep.find(text, &mut spans);
        assignment::find(text, &mut spans);
        shapes::find(text, &mut spans);
        phrase::find(text, &mut spans);
        if self.tiers.balances == Tier::Full {
            spans.retain(|span| span.rule != Id::Balance);
        }
        if depth > 0 {
            packed::find(text, &mut spans, &|decoded| {
                // Inside of something encoded only what is critical or known counts: it is guessed twice.
                self.find_to(decoded, depth - 1).iter().any(|span| span.rule <= Id::Encoded)
            });
        }
        let hidden = stand_in::stand_ins(text);
        if !hidden.is_empty() {
            spans.retain(|span| !overlaps(&hidden, span));
        }
        without_overlaps(spans)
    }
}

fn overlaps(hidden: &[(usize, usize)], span: &Span) -> bool {
    let next = hidden.partition_point(|(_, end)| *end <= span.start);
    hidden.get(next).is_some_and(|(start, _)| *start < span.end)
}

/// Of two that overlap the larger one stays, and covers both.
fn without_overlaps(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| span.start < span.end);
    spans.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)).then(a.rule.cmp(&b.rule)));
    let mut kept: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match kept.last_mut() {
            Some(last) if span.start < last.end => {
                if span.end - span.start > last.end - last.start {
                    last.rule = span.rule;
                }
                if span.end > last.end {
                    last.end = span.end;
                    last.bare_number = false;
                }
            }
            _ => kept.push(span),
        }
    }
    kept
}
