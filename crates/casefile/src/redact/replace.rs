//! Writes a text with stand-ins in place of what is hidden, and looks again at what is left beside them.

use std::io;

use super::amount;
use super::find::{Found, Span};
use super::gate::{self, Anchor, class};
use super::lines::{Lines, Part, ranges_around};
use super::redactor::Redactor;
use super::rules::Id;
use super::stand_in::{self, Style};
use super::stream::Sink;
use super::value::Tier;
use super::view::View;

/// How often what is left beside the stand-ins is looked at again; the scan of the finished bundle is the judge.
const MAX_ROUNDS: usize = 3;
/// What is smaller is written at once: a line that a log writes arrives as one.
const MAX_AT_ONCE: usize = 64 << 10;

impl Redactor {
    /// Writes `text[from..to]` with the stand-ins; what lies outside is context.
    pub(super) fn replace(
        &self,
        text: &[u8],
        from: usize,
        to: usize,
        style: Option<Style>,
        sink: &mut Sink<'_>,
    ) -> io::Result<()> {
        let found = self.found(text);
        self.write(text, &found, from, to, style, sink)
    }

    /// As [`Redactor::replace`], for what was found already.
    pub(super) fn write(
        &self,
        text: &[u8],
        found: &Found,
        from: usize,
        to: usize,
        style: Option<Style>,
        sink: &mut Sink<'_>,
    ) -> io::Result<()> {
        let first = found.spans.partition_point(|span| span.end <= from);
        let spans = &found.spans[first..];
        let spans = &spans[..spans.partition_point(|span| span.start < to)];
        if spans.is_empty() {
            return sink.out.write_all(&text[from..to]);
        }
        let places = ranges_around(text, spans.iter().map(|span| (span.start, span.end)), (from, to));
        let parts = places.into_iter().map(|place| Part { here: place, there: place });
        let source = Source { redactor: self, text, spans, anchors: found.anchors.as_deref(), style };
        let (mut lines, mut changed) = source.written(parts, sink);
        // What is left beside a stand-in can look like a secret only now that its neighbour is gone.
        for _ in 0..MAX_ROUNDS {
            let left = if changed { self.spans_in(&lines) } else { Vec::new() };
            if left.is_empty() {
                break;
            }
            let source = Source { redactor: self, text: &lines.text, spans: &left, anchors: None, style };
            (lines, changed) = source.written(lines.parts.iter().copied(), sink);
        }
        let mut at = from;
        if to - from > MAX_AT_ONCE {
            for Part { here, there } in &lines.parts {
                sink.out.write_all(&text[at..there.0])?;
                sink.out.write_all(&lines.text[here.0..here.1])?;
                at = there.1;
            }
            return sink.out.write_all(&text[at..to]);
        }
        let mut clean = Vec::with_capacity(to - from + 64);
        for Part { here, there } in &lines.parts {
            clean.extend_from_slice(&text[at..there.0]);
            clean.extend_from_slice(&lines.text[here.0..here.1]);
            at = there.1;
        }
        clean.extend_from_slice(&text[at..to]);
        sink.out.write_all(&clean)
    }
}

/// A text and what of it is to be hidden.
struct Source<'a> {
    redactor: &'a Redactor,
    text: &'a [u8],
    spans: &'a [Span],
    /// Where names and literals begin, if that is known.
    anchors: Option<&'a [Anchor]>,
    style: Option<Style>,
}

impl Source<'_> {
    /// The parts with their stand-ins, and whether there are some.
    fn written(&self, parts: impl Iterator<Item = Part>, sink: &mut Sink<'_>) -> (Lines, bool) {
        let mut lines = Lines { anchors: self.anchors.map(|_| Vec::new()), ..Lines::default() };
        let (mut spans, mut anchors) = (self.spans, self.anchors.unwrap_or_default());
        let mut changed = false;
        for Part { here: (from, to), there } in parts {
            lines.add(there, |lines| {
                let mut at = from;
                spans = &spans[spans.iter().take_while(|span| span.end <= from).count()..];
                for span in spans.iter().take_while(|span| span.start < to) {
                    let begin = span.start.max(at);
                    self.copy(at, begin, &mut anchors, lines);
                    at = span.end.min(to).max(begin);
                    sink.hits.count(span.rule);
                    let hidden = &self.text[begin..at];
                    let quote = usize::from(at < to && closes_each_line(self.text, span, hidden));
                    changed |= self.stand_in(span, (hidden, quote), &mut lines.text);
                    at += quote;
                }
                self.copy(at, to, &mut anchors, lines);
            });
        }
        (lines, changed)
    }

    /// Copies what stands between stand-ins, and the anchors in it.
    fn copy(&self, from: usize, to: usize, anchors: &mut &[Anchor], lines: &mut Lines) {
        if let Some(kept) = &mut lines.anchors {
            let here = lines.text.len();
            *anchors = &anchors[anchors.iter().take_while(|anchor| anchor.start < from).count()..];
            let inside = anchors.iter().take_while(|anchor| anchor.start < to).count();
            let (inside, rest) = anchors.split_at(inside);
            kept.extend(inside.iter().filter(|anchor| anchor.end <= to).map(|anchor| Anchor {
                start: anchor.start - from + here,
                end: anchor.end - from + here,
                literal: anchor.literal,
            }));
            *anchors = rest;
        }
        lines.text.extend_from_slice(&self.text[from..to]);
    }

    /// Writes what stands for a span, of which `hidden` is still to be written, and so many bytes of a closing quote; says
    /// whether that is a stand-in.
    fn stand_in(&self, span: &Span, (hidden, quote): (&[u8], usize), out: &mut Vec<u8>) -> bool {
        let engine = self.redactor.engine();
        let value = &self.text[span.start..span.end];
        let view = View::of(value);
        let value = view.as_ref().map_or(value, |view| &view.text);
        let rule = engine.finder.sweep.rule_of(value, span.rule);
        // Behind its scheme or not, it is the same.
        let space = memchr::memrchr(b' ', value).filter(|_| rule == Id::Jwt);
        let value = space.map_or(value, |at| &value[at + 1..]);
        let value = stand_in::normalised(rule, value);
        if amount::tier_of(span.rule, engine.finder.tiers) == Tier::Bucketed
            && let Some(rounded) = amount::rounded(&value)
        {
            out.extend_from_slice(rounded.as_bytes());
            out.extend_from_slice(&self.text[span.end..span.end + quote]);
            return false;
        }
        let style = self.style.unwrap_or_else(|| style_at(self.text, span));
        stand_in::write(rule.rule().kind, engine.key.digits(&value), style, out);
        out.extend_from_slice(&self.text[span.end..span.end + quote]);
        // Line ends stay, so that what follows keeps the number of its line.
        for line_end in memchr::memchr_iter(b'\n', hidden) {
            let is_wide = line_end > 0 && hidden[line_end - 1] == b'\r';
            out.extend_from_slice(if is_wide { b"\r\n" } else { b"\n" });
        }
        true
    }
}

/// Whether the strings of a list were hidden together, each closed on its line: a string that is one now has to be closed before
/// the line ends.
fn closes_each_line(text: &[u8], span: &Span, hidden: &[u8]) -> bool {
    let (Some(open), Some(close)) = (text[..span.start].last(), text.get(span.end)) else { return false };
    let first = hidden.split(|byte| *byte == b'\n').next().unwrap_or_default();
    matches!(open, b'"' | b'\'') && open == close && first.len() < hidden.len() && first.contains(open)
}

/// Angle brackets would break an address, a path or XML.
fn style_at(text: &[u8], span: &Span) -> Style {
    if span.bare_number {
        // As deep in strings as its name is.
        let from = span.start.saturating_sub(8);
        let quote = text[from..span.start].iter().rposition(|byte| *byte == b'"');
        let (near, name) = (quote.is_some(), from + quote.unwrap_or(0));
        let slashes = text[..name].iter().rev().take(8).take_while(|byte| **byte == b'\\').count();
        // In a sentence that is a string itself there is nothing to parse, and a quote would end it.
        let in_sentence = (slashes == 0 || !near) && is_in_string(text, span.start);
        return if in_sentence { Style::Angled } else { Style::Quoted(if near { slashes } else { 0 }) };
    }
    let before = &text[span.start.saturating_sub(512)..span.start];
    // Most of what stands before is neither, which one look tells.
    let ends = |byte: &u8| {
        !gate::is(*byte, class::TOKEN)
            && (byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'<' | b'('))
    };
    let token = &before[before.iter().rposition(ends).map_or(0, |last| last + 1)..];
    let in_url = token.starts_with(b"/")
        || memchr::memchr_iter(b':', token).any(|at| token[at..].starts_with(b"://"))
        || memchr::memchr(b'\\', token).is_some() && token.len() > 2 && !token.ends_with(b"\\");
    let in_tag = || {
        // A whole configuration may stand in the attributes of one element.
        const NEAR: usize = 4 << 10;
        let before = &text[span.start.saturating_sub(NEAR)..span.start];
        let opens = opens_tag(before);
        let behind = &text[span.end..(span.end + NEAR).min(text.len())];
        opens
            && memchr::memchr3(b'<', b'>', b'\n', behind)
                .is_some_and(|at| behind[at] == b'>' || behind[at] == b'<' && !stand_in::begins(behind, at))
    };
    if in_url || in_tag() || is_in_element(text, span) { Style::Bare } else { Style::Angled }
}

/// Whether a tag begins in the last line, and no stand-in.
fn opens_tag(before: &[u8]) -> bool {
    let line = memchr::memrchr(b'\n', before).map_or(before, |end| &before[end + 1..]);
    memchr::memrchr_iter(b'<', line).any(|at| !stand_in::begins(line, at))
}

/// Whether it stands on one of several lines between two tags: `<Data>`, … `</Data>`.
fn is_in_element(text: &[u8], span: &Span) -> bool {
    const NEAR: usize = 2 << 10;
    let before = &text[span.start.saturating_sub(NEAR)..span.start];
    let behind = &text[span.end..(span.end + NEAR).min(text.len())];
    let Some(open) = memchr::memrchr(b'<', before) else { return false };
    let tag = &before[open + 1..];
    let name = tag.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b":_.-".contains(byte)).count();
    let is_open =
        name > 0 && matches!(tag.get(name), Some(b'>' | b' ')) && memchr::memchr(b'>', tag).is_some();
    let close = memchr::memchr(b'<', behind).map(|at| &behind[at + 1..]);
    is_open
        && close.is_some_and(|close| {
            close
                .strip_prefix(b"/")
                .and_then(|close| close.strip_prefix(&tag[..name]))
                .is_some_and(|end| end.starts_with(b">"))
        })
}

/// Whether a string of its line is open at this place, as far as the line can be seen.
fn is_in_string(text: &[u8], at: usize) -> bool {
    const NEAR: usize = 4 << 10;
    let from = at.saturating_sub(NEAR);
    let Some(line) =
        memchr::memrchr(b'\n', &text[from..at]).map(|end| from + end + 1).or((from == 0).then_some(0))
    else {
        return false;
    };
    let is_plain = |quote: &usize| {
        let slashes = text[line..line + quote].iter().rev().take_while(|byte| **byte == b'\\').count();
        slashes.is_multiple_of(2)
    };
    memchr::memchr_iter(b'"', &text[line..at]).filter(is_plain).count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_beside_stand_ins_are_known_where_a_search_would_find_them() {
        let redactor = Redactor::builder().build();
        let line = "GET /api?symbol=A&signature=4efbc8d60b21fbac78255d6807923986bb968a437d5c8dfc X-MBX-APIKEY: \
                    BPXfb0AVaBTo64bbG6xnzboAEoonCsb0HNk9 token_type: bearer, mail anna@example.com code.\n";
        let text = ["nothing here\n", line, "nothing\n", line, line].concat();
        let found = redactor.found(text.as_bytes());
        let spans = found.spans.iter().map(|span| (span.start, span.end));
        let places = ranges_around(text.as_bytes(), spans, (0, text.len()));
        let parts = places.iter().map(|place| Part { here: *place, there: *place });
        let (text, spans) = (text.as_bytes(), found.spans.as_slice());
        let source =
            Source { redactor: &redactor, text, spans, anchors: found.anchors.as_deref(), style: None };
        let (mut out, mut hits) = (Vec::new(), super::super::hits::Hits::default());
        let (lines, changed) = source.written(parts, &mut Sink { out: &mut out, hits: &mut hits });
        assert!(changed && hits.total() == 9 && lines.parts.len() == 2);
        assert_eq!(lines.anchors, redactor.found(&lines.text).anchors);
    }
}
