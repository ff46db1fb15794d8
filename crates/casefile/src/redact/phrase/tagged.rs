//! Phrases whose words a page puts into elements of their own: `<li>abandon</li><li>ability</li>`.

use crate::redact::find::Span;
use crate::redact::gate::Masks;
use crate::redact::view::View;

/// More of a page is read in parts.
const MAX_PART: usize = 16 << 10;
/// Longer ones are no tags between words.
const MAX_TAG: usize = 160;
/// More text than this between two tags is no word.
const MAX_BETWEEN: usize = 120;

/// Reads the page without its tags from this one on, as far as tags follow each other closely; returns where it ends.
pub(in crate::redact) fn find(text: &[u8], tag: usize, out: &mut Vec<Span>) -> usize {
    // The text before the first tag.
    let tag = tag - usize::from(tag > 0 && text[tag - 1] == b'<');
    let near = tag.saturating_sub(MAX_BETWEEN);
    let mut at =
        near + text[near..tag].iter().rposition(|byte| b"<>\n".contains(byte)).map_or(0, |last| last + 1);
    let end = (tag + MAX_PART).min(text.len());
    let mut view = View::with_capacity(1_024);
    let mut last = at;
    while at < end && at - last <= MAX_BETWEEN {
        let length = (text[at] == b'<')
            .then(|| text[at..end].iter().take(MAX_TAG).position(|byte| *byte == b'>'))
            .flatten();
        if let Some(length) = length {
            view.push(b' ', at, at);
            at += length + 1;
            last = at;
        } else {
            view.push(text[at], at, at + 1);
            at += 1;
        }
    }
    let mut found = Vec::new();
    super::find(&view.text, &Masks::of(&view.text), &mut found);
    for span in found {
        let pieces = view.pieces(span.start, span.end).into_iter().filter(|(start, end)| start < end);
        out.extend(pieces.map(|(start, end)| Span::new(start, end, span.rule)));
    }
    at
}
