//! Values that the layout of a text takes apart: the bars of a box around each line, the columns of a dump of bytes, a mail's
//! own encoding, the right edge of a console.
//!
//! Such a part is read without its layout, the rules look at the reading, and what they find is hidden where it stands. A
//! literal or the end of a long token says where it is worth it.

mod boxed;
mod dump;
mod printable;
mod words;
mod wrapped;

use super::find::Span;
use super::gate::{self, Anchor};
use super::packed;
use super::view::View;

/// What such parts begin with, in small letters, three bytes or more, and how they are read: from here on, up to where the
/// reading says that they end.
const LAYOUTS: &[(&str, Layout)] = &[
    ("\u{2502}", boxed::find),
    ("0x0000:", dump::find),
    ("0000: ", dump::find),
    ("0000  ", dump::find),
    ("0000000 ", dump::find),
    ("|\n00", dump::find_from_line),
    ("quoted-", printable::find),
    ("7b 22", bytes),
    ("7b:22", bytes),
    ("0x7b,", bytes),
    ("/li>", words::in_tags),
    ("/td>", words::in_tags),
    ("/span>", words::in_tags),
    ("br>", words::in_tags),
    ("/p>", words::in_tags),
    ("/div>", words::in_tags),
    ("word", words::behind_numbers),
    ("owo 1", words::behind_numbers),
    (" 1. ", words::on_numbered_lines),
];

/// The bytes of a text in JSON, printed one by one.
fn bytes(text: &[u8], anchor: Anchor, _: Read<'_>, out: &mut Vec<Span>) -> usize {
    packed::listed::hexadecimal(text, anchor.start, out)
}

type Layout = fn(&[u8], Anchor, Read<'_>, &mut Vec<Span>) -> usize;

/// What is found in a text that is read without its layout.
pub(super) type Read<'a> = &'a dyn Fn(&[u8]) -> Vec<Span>;

/// The longest part that is read as one.
const MAX_PART: usize = 64 << 10;

/// What the parts begin with.
pub(super) fn literals() -> impl Iterator<Item = &'static [u8]> {
    LAYOUTS.iter().map(|(literal, _)| literal.as_bytes())
}

/// Finds what is only seen in a reading; `anchors` are the places of [`literals`], `tokens` the runs that may be tokens.
pub(super) fn find(
    text: &[u8],
    anchors: impl Iterator<Item = Anchor>,
    tokens: &[(usize, usize)],
    read: Read<'_>,
    out: &mut Vec<Span>,
) {
    let mut done = 0;
    gate::each(anchors, |anchor| {
        if anchor.end > done {
            done = LAYOUTS[anchor.literal].1(text, anchor, read, out).max(done);
        }
        anchor.end
    });
    wrapped::find(text, tokens, out);
}

/// Hides in the text what is found in its reading.
fn hide_in(view: &View, read: Read<'_>, out: &mut Vec<Span>) {
    for span in read(&view.text) {
        put(view, span, out);
    }
}

/// Hides a range of the reading where it stands; what the layout put between its pieces stays.
fn put(view: &View, span: Span, out: &mut Vec<Span>) {
    let pieces = view.pieces(span.start, span.end);
    let bare_number = span.bare_number && pieces.len() == 1;
    out.extend(pieces.into_iter().map(|(start, end)| Span { start, end, bare_number, ..span }));
}

/// Where the line ends that this place is in.
fn line_end(text: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |length| at + length)
}
