//! The lines around places of a text, taken out so that they can be looked at without the rest.

use super::find::Span;
use super::gate::{self, Anchor, class};

/// How far a stand-in changes what its neighbours look like, within its line.
const NEAR: usize = 4 << 10;
/// An empty line keeps the parts from being read as one text.
const BETWEEN: &[u8] = b"\n\n";

/// Lines of a text, one behind the other.
#[derive(Default)]
pub(super) struct Lines {
    pub(super) text: Vec<u8>,
    pub(super) parts: Vec<Part>,
    /// Where names and literals begin in them, if that is known from the text.
    pub(super) anchors: Option<Vec<Anchor>>,
}

/// One or more lines that follow each other.
#[derive(Clone, Copy)]
pub(super) struct Part {
    /// Where they are among the lines.
    pub(super) here: (usize, usize),
    /// Where they were in the text.
    pub(super) there: (usize, usize),
}

impl Lines {
    /// The lines around `places`, which are sorted, within `from..to`.
    pub(super) fn around(
        text: &[u8],
        places: impl Iterator<Item = (usize, usize)>,
        within: (usize, usize),
    ) -> Self {
        let mut lines = Self::default();
        for place in ranges_around(text, places, within) {
            lines.add(place, |lines| lines.text.extend_from_slice(&text[place.0..place.1]));
        }
        lines
    }

    /// Adds a part that `write` writes.
    pub(super) fn add(&mut self, there: (usize, usize), write: impl FnOnce(&mut Self)) {
        let start = self.text.len();
        write(self);
        self.parts.push(Part { here: (start, self.text.len()), there });
        self.text.extend_from_slice(BETWEEN);
    }

    /// Those of the ranges that lie in one part. What reaches over its end is an accident of the joining.
    pub(super) fn inside(&self, mut spans: Vec<Span>) -> Vec<Span> {
        spans.retain(|span| {
            let part = self.parts.partition_point(|part| part.here.0 <= span.start).checked_sub(1);
            part.is_some_and(|part| span.end <= self.parts[part].here.1)
        });
        spans
    }
}

/// Most lines that a console can have broken one into, to each side.
const MAX_BROKEN: usize = 4;
/// Narrower lines are not broken because of their length.
const NARROWEST: usize = 40;

/// Where the line begins that this one may go on with, as a console breaks it.
fn broken_before(text: &[u8], mut first: usize, from: usize) -> usize {
    for _ in 0..MAX_BROKEN {
        let near = first.saturating_sub(NEAR).max(from);
        if first <= near || !goes_on(text, first) {
            break;
        }
        first = memchr::memrchr(b'\n', &text[near..first - 1]).map_or(near, |at| near + at + 1);
    }
    first
}

/// Where the last line ends that may go on with this one.
fn broken_behind(text: &[u8], mut last: usize, to: usize) -> usize {
    for _ in 0..MAX_BROKEN {
        if last >= to || !goes_on(text, last) {
            break;
        }
        let near = (last + NEAR).min(to);
        last = memchr::memchr(b'\n', &text[last..near]).map_or(near, |at| last + at + 1);
    }
    last
}

/// Whether the line that begins here can be the rest of the one before: that ends inside of a word, and no date begins this one,
/// as it does most lines of a log.
fn goes_on(text: &[u8], at: usize) -> bool {
    let before = text[..at].strip_suffix(b"\n").map(|before| before.strip_suffix(b"\r").unwrap_or(before));
    let before = before.unwrap_or_default();
    let is_wide = !before[before.len().saturating_sub(NARROWEST)..].contains(&b'\n');
    let ends_inside = is_wide && before.last().is_some_and(|last| gate::is(*last, class::TOKEN));
    let rest = text[at..].trim_ascii_start();
    let is_date = rest.len() > 10 && rest[..4].iter().all(u8::is_ascii_digit) && b"-/.".contains(&rest[4]);
    ends_inside && !is_date && rest.first().is_some_and(|first| gate::is(*first, class::TOKEN))
}

/// From the beginning of the first line to the end of the last, or as near as that matters.
pub(super) fn ranges_around(
    text: &[u8],
    places: impl Iterator<Item = (usize, usize)>,
    (from, to): (usize, usize),
) -> Vec<(usize, usize)> {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for (start, end) in places {
        let (start, end) = (start.max(from), end.min(to));
        if start > end || ranges.last().is_some_and(|(_, last)| *last >= end) {
            continue;
        }
        let first = start.saturating_sub(NEAR).max(from);
        let first = memchr::memrchr(b'\n', &text[first..start]).map_or(first, |at| first + at + 1);
        let first = broken_before(text, first, from);
        let last = (end + NEAR).min(to);
        let last = memchr::memchr(b'\n', &text[end..last]).map_or(last, |at| end + at + 1);
        let last = broken_behind(text, last, to);
        match ranges.last_mut() {
            Some((_, before)) if *before >= first => *before = last,
            _ => ranges.push((first, last)),
        }
    }
    ranges
}
