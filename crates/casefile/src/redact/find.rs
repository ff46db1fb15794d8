//! Everything that has to go from a piece of text, as ranges that do not overlap.

use std::cmp::{Ordering, Reverse};
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use super::gate::{Anchor, Literals, Masks};
use super::known::Sweep;
use super::rules::Id;
use super::value::{self, Tier, Tiers};
use super::{amount, assignment, contracts, keys, layout, packed, phrase, shapes, stand_in};

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
}

/// What is looked for.
pub(super) struct Finder {
    pub(super) sweep: Arc<Sweep>,
    pub(super) tiers: Tiers,
    /// Whether names and shapes are looked for, or known values and hidden words only.
    pub(super) by_rules: bool,
    /// Whether it is a preset, whose numbers are the person's strategy.
    pub(super) is_strategy: bool,
}

/// How deep encoded text in encoded text is followed.
const MAX_DEPTH: u32 = 2;

/// What is hidden as something as bad as a rule or worse, asked from the first place of a text to the last.
pub(super) struct Covered<'a> {
    left: &'a [Span],
    rule: Id,
    furthest: usize,
}

impl<'a> Covered<'a> {
    /// The spans are sorted.
    pub(super) fn by(spans: &'a [Span], rule: Id) -> Self {
        Self { left: spans, rule, furthest: 0 }
    }

    /// Whether one of those that begin here or before reaches to the end of the range.
    pub(super) fn holds(&mut self, start: usize, end: usize) -> bool {
        while let Some((span, left)) = self.left.split_first().filter(|(span, _)| span.start <= start) {
            if span.rule <= self.rule {
                self.furthest = self.furthest.max(span.end);
            }
            self.left = left;
        }
        end <= self.furthest
    }
}

/// What was found in a text.
pub(super) struct Found {
    /// All ranges to hide, sorted, without overlap.
    pub(super) spans: Vec<Span>,
    /// Where names and literals begin, unless another text was searched in its place.
    pub(super) anchors: Option<Vec<Anchor>>,
}

impl Finder {
    pub(super) fn find(&self, text: &[u8]) -> Found {
        let anchors = self.anchors(text);
        Found { spans: self.find_at(text, &anchors), anchors: Some(anchors) }
    }

    /// As [`Finder::find`], where the places of names and literals are known.
    pub(super) fn find_at(&self, text: &[u8], anchors: &[Anchor]) -> Vec<Span> {
        let mut spans = self.find_to(text, anchors, MAX_DEPTH);
        if self.is_strategy {
            self.strategy(text, &mut spans);
        }
        spans
    }

    fn anchors(&self, text: &[u8]) -> Vec<Anchor> {
        if self.by_rules { anchors(text) } else { Vec::new() }
    }

    /// The numbers of a strategy, if they are not to be shown.
    fn strategy(&self, text: &[u8], spans: &mut Vec<Span>) {
        let mut numbers = Vec::new();
        amount::of_strategy(text, &mut numbers);
        numbers.retain(|span| {
            self.tiers.strategy == Tier::Removed || !amount::is_round(&text[span.start..span.end])
        });
        let taken = |span: &Span| {
            let next = spans.partition_point(|other| other.end <= span.start);
            spans.get(next).is_some_and(|other| other.start < span.end)
        };
        numbers.retain(|span| !taken(span) && !stand_in::is_near(text, span.start, span.end));
        spans.append(&mut numbers);
        spans.sort_by_key(|span| span.start);
    }

    fn find_to(&self, text: &[u8], anchors: &[Anchor], depth: u32) -> Vec<Span> {
        let mut spans = Vec::new();
        self.sweep.find(text, &mut spans);
        for span in &mut spans {
            span.bare_number = value::is_number(&text[span.start..span.end])
                && assignment::structured_number(text, span.start, span.end);
        }
        let masks = Masks::of(text);
        let tokens = tokens(&masks);
        if self.by_rules {
            let read = |text: &[u8]| {
                let mut spans = plain(text);
                self.sweep.find(text, &mut spans);
                without_overlaps(spans)
            };
            look(text, (&masks, &tokens, anchors), &read, &mut spans);
        } else {
            drop_hidden(text, &mut spans);
            spans.sort_by(order);
        }
        spans.retain(|span| {
            let is_shown = match amount::tier_of(span.rule, self.tiers) {
                Tier::Full => true,
                Tier::Bucketed => amount::is_round(&text[span.start..span.end]),
                Tier::Removed => false,
            };
            !is_shown && !contracts::is_public(&text[span.start..span.end])
        });
        if depth > 0 {
            let mut encoded = packed::find(text, &tokens, &spans, &|decoded| {
                // Inside of something encoded only what is critical or known counts, since it is guessed twice; but JSON
                // is no guess.
                let is_json = decoded.starts_with(b"{") && decoded.trim_ascii_end().ends_with(b"}");
                let found = self.find_to(decoded, &self.anchors(decoded), depth - 1);
                // What nobody writes by chance: several words of ASCII with a sign between a name and its value.
                let is_said = decoded.len() >= 16
                    && decoded.iter().all(|byte| (b' '..=b'~').contains(byte) || *byte >= 0x80)
                    && decoded.iter().any(|byte| matches!(byte, b'=' | b':'));
                found
                    .iter()
                    .any(|span| span.rule <= Id::Encoded || is_json || is_said && is_of_person(span.rule))
            });
            drop_hidden(text, &mut encoded);
            spans.append(&mut encoded);
        }
        without_overlaps(spans)
    }
}

/// Whether it says who somebody is, and not where a program runs or what it counts.
fn is_of_person(rule: Id) -> bool {
    matches!(
        rule,
        Id::Email
            | Id::Phone
            | Id::Card
            | Id::Iban
            | Id::Pesel
            | Id::Nip
            | Id::PersonName
            | Id::MacAddress
            | Id::Ipv6
    )
}

/// What names and shapes say, without knowing any value.
pub(super) fn by_itself(text: &[u8]) -> Vec<Span> {
    let mut spans = Vec::new();
    let masks = Masks::of(text);
    look(text, (&masks, &tokens(&masks), &anchors(text)), &plain, &mut spans);
    without_overlaps(spans)
}

/// Longest runs of what tokens and encodings are made of.
fn tokens(masks: &Masks) -> Vec<(usize, usize)> {
    let mut tokens = Vec::new();
    masks.runs::<MIN_TOKEN>(|block| block.tokens, |start, end| tokens.push((start, end)));
    tokens
}

/// Shorter ones hold nothing.
const MIN_TOKEN: usize =
    if shapes::MIN_TOKEN < packed::MIN_RUN { shapes::MIN_TOKEN } else { packed::MIN_RUN };

/// Of which classes the bytes are, the runs that may be tokens, and the places of names and literals.
type Parts<'a> = (&'a Masks, &'a [(usize, usize)], &'a [Anchor]);

/// Adds what names, shapes and layouts say to what is known, and leaves it sorted.
fn look(text: &[u8], (masks, tokens, anchors): Parts<'_>, read: layout::Read<'_>, spans: &mut Vec<Span>) {
    names_and_shapes(text, masks, tokens, anchors, spans);
    let mut found = Vec::new();
    layout::find(text, numbered(anchors, ANCHORS_OF_SHAPES.end..usize::MAX), tokens, read, &mut found);
    if !found.is_empty() {
        drop_hidden(text, &mut found);
        spans.append(&mut found);
        spans.sort_by(order);
    }
}

fn names_and_shapes(
    text: &[u8],
    masks: &Masks,
    tokens: &[(usize, usize)],
    anchors: &[Anchor],
    spans: &mut Vec<Span>,
) {
    assignment::find(text, numbered(anchors, 0..ANCHORS_OF_SHAPES.start), spans);
    drop_hidden(text, spans);
    spans.sort_by(order);
    let mut found = Vec::new();
    shapes::find(text, masks, numbered(anchors, ANCHORS_OF_SHAPES.clone()), tokens, spans, &mut found);
    phrase::find(text, masks, &mut found);
    drop_hidden(text, &mut found);
    spans.append(&mut found);
    spans.sort_by(order);
}

/// As [`by_itself`], for a text that is read without its layout already.
pub(super) fn plain(text: &[u8]) -> Vec<Span> {
    let mut spans = Vec::new();
    let masks = Masks::of(text);
    names_and_shapes(text, &masks, &tokens(&masks), &anchors(text), &mut spans);
    without_overlaps(spans)
}

/// What a stand-in stands for is hidden already.
fn drop_hidden(text: &[u8], spans: &mut Vec<Span>) {
    // A user of a proxy can be called as a stand-in is: `user-sp6n3iie:…@`; the password tells.
    let is_left = |span: &Span| {
        let password = memchr::memchr(b':', &text[span.start..span.end]).map(|at| span.start + at + 1);
        span.rule == Id::ConnectionUrl && password.is_some_and(|at| !stand_in::is_near(text, at, span.end))
    };
    spans.retain(|span| !stand_in::is_near(text, span.start, span.end) || is_left(span));
}

/// Where names of secrets and literals are, but for those in a stand-in, which name nothing.
fn anchors(text: &[u8]) -> Vec<Anchor> {
    let mut anchors = ANCHORS.anchors(text);
    // They are parts of names as well, whose number says no more.
    let further = (!text.is_ascii()).then(|| {
        [
            memchr::memchr2(0xd0, 0xd1, text).map(|_| &CYRILLIC),
            memchr::memchr3(0xe5, 0xe7, 0xe8, text).map(|_| &CHINESE),
        ]
    });
    for names in further.into_iter().flatten().flatten() {
        anchors.extend(names.anchors(text).into_iter().map(|anchor| Anchor { literal: 0, ..anchor }));
        anchors.sort_by_key(|anchor| (anchor.start, Reverse(anchor.end)));
    }
    anchors.retain(|anchor| !stand_in::holds(text, anchor.start, anchor.end));
    anchors
}

/// Those of the literals with these numbers, numbered from the first of them.
fn numbered(anchors: &[Anchor], numbers: Range<usize>) -> impl Iterator<Item = Anchor> {
    let (first, end) = (numbers.start, numbers.end);
    let these = anchors.iter().filter(move |anchor| (first..end).contains(&anchor.literal));
    these.map(move |anchor| Anchor { literal: anchor.literal - first, ..*anchor })
}

/// Behind the parts of names.
static ANCHORS_OF_SHAPES: LazyLock<Range<usize>> =
    LazyLock::new(|| keys::FRAGMENTS.len()..keys::FRAGMENTS.len() + shapes::literals().len());

/// What names of secrets are made of, what shapes begin with, and what a layout is known by.
static ANCHORS: LazyLock<Literals> = LazyLock::new(|| {
    let fragments = keys::FRAGMENTS.iter().copied();
    let shapes = shapes::literals();
    let literals: Vec<&[u8]> =
        fragments.chain(shapes.iter().map(|text| text.as_bytes())).chain(layout::literals()).collect();
    Literals::new(&literals)
});

/// Names in Chinese.
static CHINESE: LazyLock<Literals> =
    LazyLock::new(|| Literals::new(&keys::CHINESE.iter().map(|(name, ..)| *name).collect::<Vec<_>>()));

/// Parts of names in the Cyrillic alphabet, in small letters, with a capital and in capitals.
static CYRILLIC: LazyLock<Literals> = LazyLock::new(|| {
    let forms = |part: &&str| {
        let first = part.chars().next().map_or(0, char::len_utf8);
        [(*part).to_owned(), part[..first].to_uppercase() + &part[first..], part.to_uppercase()]
    };
    Literals::new(&keys::CYRILLIC.iter().flat_map(forms).collect::<Vec<_>>())
});

/// What a value is by itself says more than the name before it, which is another one elsewhere.
pub(super) fn rank(rule: Id) -> (bool, Id) {
    let by_itself = matches!(rule, Id::ServiceToken | Id::TelegramToken | Id::Jwt | Id::Webhook);
    (!by_itself, rule)
}

/// By where they begin, the longest first.
fn order(a: &Span, b: &Span) -> Ordering {
    a.start.cmp(&b.start).then(b.end.cmp(&a.end)).then_with(|| rank(a.rule).cmp(&rank(b.rule)))
}

/// Of two that overlap the larger one stays, and covers both.
pub(super) fn without_overlaps(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| span.start < span.end);
    spans.sort_by(order);
    let mut kept: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match kept.last_mut() {
            Some(last) if span.start < last.end => {
                if span.end - span.start > last.end - last.start {
                    last.rule = span.rule;
                }
                if (span.start, span.end) == (last.start, last.end) {
                    last.bare_number |= span.bare_number;
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
