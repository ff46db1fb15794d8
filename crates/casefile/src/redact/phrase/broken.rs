//! Phrases that a console broke at its right edge, in the middle of a word.

use super::Word;
use crate::redact::find::Span;
use crate::redact::gate::Masks;
use crate::redact::rules::Id;
use crate::redact::view::View;

/// Fewer words before the edge are chance.
const MIN_WORDS: usize = 4;
/// A phrase takes no more lines to each side.
const MAX_LINES: usize = 6;
/// Wider than any console.
const MAX_WIDTH: usize = 512;

/// Joins the lines around a run of words that an edge ends, and looks for the phrase in them; returns how far it looked.
pub(super) fn find(text: &[u8], run: &[Word], out: &mut Vec<Span>) -> Option<usize> {
    let (first, last) = (run.first()?.start, run.last()?.end);
    if run.len() < MIN_WORDS || !(is_edge(text[last..].iter()) || is_edge(text[..first].iter().rev())) {
        return None;
    }
    let mut start = first;
    for _ in 0..MAX_LINES {
        let near = start.saturating_sub(MAX_WIDTH);
        let Some(line) = memchr::memrchr(b'\n', &text[near..start.saturating_sub(1)]) else { break };
        start = near + line + 1;
    }
    let mut view = View::with_capacity(1_024);
    let mut at = start;
    let mut behind = 0;
    while at < text.len() && behind < MAX_LINES {
        let near = &text[at..(at + MAX_WIDTH).min(text.len())];
        let length = memchr::memchr(b'\n', near).unwrap_or(near.len());
        let indent = near[..length].iter().take_while(|byte| **byte == b' ').count();
        let content = near[..length].strip_suffix(b"\r").unwrap_or(&near[..length]).len().max(indent);
        view.push_range(text, at + indent, at + content);
        behind += usize::from(at + length >= last);
        at += length + 1;
    }
    let mut found = Vec::new();
    super::find_whole(&view.text, &Masks::of(&view.text), &mut found);
    for span in found {
        out.extend(
            view.pieces(span.start, span.end)
                .into_iter()
                .map(|(start, end)| Span::new(start, end, span.rule)),
        );
    }
    Some(at)
}

/// Whether a piece of a word stands beside these at an edge, and goes on beyond it.
pub(super) fn has_piece(text: &[u8], run: &[Word]) -> bool {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return false };
    goes_on(text[last.end..].iter()) || goes_on(text[..first.start].iter().rev())
}

fn goes_on<'a>(rest: impl Iterator<Item = &'a u8>) -> bool {
    let mut rest = rest.copied().filter(|byte| *byte != b'\r').skip_while(|byte| *byte == b' ').peekable();
    let piece = std::iter::from_fn(|| rest.next_if(u8::is_ascii_lowercase)).take(12).count();
    piece > 0
        && rest.next() == Some(b'\n')
        && rest.find(|byte| *byte != b' ').is_some_and(|byte| byte.is_ascii_lowercase())
}

/// Hides the words of a phrase that is named, from this place on, where an edge broke it.
pub(in crate::redact) fn find_named(text: &[u8], start: usize, end: usize, out: &mut Vec<Span>) {
    // What is encoded is of one piece.
    if !matches!(text.get(end), Some(b'\n' | b'\r')) || end - start > 48 && !text[start..end].contains(&b' ')
    {
        return;
    }
    let (mut view, mut at, mut joint) = (View::with_capacity(512), start, 0);
    for number in 0..MAX_LINES {
        let near = &text[at..(at + MAX_WIDTH).min(text.len())];
        let line = near.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
        let indent = line.iter().take_while(|byte| **byte == b' ').count();
        view.push_range(text, at + indent, at + line.len());
        // As few lines as a phrase takes.
        if let Some(last) = super::end_of_words(&view.text, 0).filter(|last| *last > joint) {
            let is_end = view.text.get(last).is_none_or(|next| !next.is_ascii_alphabetic() && *next != b' ');
            if number > 0 && is_end {
                let pieces = view.pieces(0, last).into_iter();
                out.extend(pieces.map(|(start, end)| Span::new(start, end, Id::Phrase)));
            }
            if is_end {
                return;
            }
        }
        joint = view.text.len();
        let Some(next) = memchr::memchr(b'\n', &near[line.len()..]) else { return };
        at += line.len() + next + 1;
    }
}

/// Whether nothing but a piece of a word stands up to the end of the line.
fn is_edge<'a>(rest: impl Iterator<Item = &'a u8>) -> bool {
    rest.take(12)
        .find(|byte| !byte.is_ascii_lowercase() && **byte != b' ')
        .is_some_and(|byte| matches!(byte, b'\n' | b'\r'))
}
