//! Text under percent signs, as addresses carry it: what it says is hidden where it stands, the rest of it stays.

use super::super::find::{self, Span};
use super::super::view::View;

/// Longer ones are hidden as a whole, if at all.
const MAX_BYTES: usize = 16 << 10;

/// Hides what the rules find in the run under its percent signs.
pub(super) fn find(text: &[u8], (start, end): (usize, usize), out: &mut Vec<Span>) {
    if end - start > MAX_BYTES {
        return;
    }
    let view = decoded(text, start, end);
    for span in find::plain(&view.text) {
        let (from, to) = view.original(span.start, span.end);
        out.push(Span { bare_number: false, ..Span::new(from, to, span.rule) });
    }
}

/// The run as it was before it was escaped.
fn decoded(text: &[u8], start: usize, end: usize) -> View {
    let run = &text[start..end];
    // Where spaces are written as `%20` a plus is a plus.
    let is_form = memchr::memmem::find(run, b"%20").is_none();
    let mut view = View::with_capacity(run.len());
    let mut at = start;
    while at < end {
        let code = (text[at] == b'%').then(|| text[..end].get(at + 1..at + 3)).flatten();
        let byte = code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        let width = if byte.is_some() { 3 } else { 1 };
        let plain = if text[at] == b'+' && is_form { b' ' } else { text[at] };
        view.push(byte.unwrap_or(plain), at, at + width);
        at += width;
    }
    view
}

/// What stands between the signs of an address.
pub(super) fn parts(run: &[u8]) -> Vec<(usize, usize)> {
    let mut at = 0;
    let parts = run.split(|byte| b"/=&?".contains(byte)).map(|part| {
        let start = at;
        at += part.len() + 1;
        (start, start + part.len())
    });
    parts.collect()
}
