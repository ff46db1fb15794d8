//! Tables of pages: `<tr><th>login</th><th>hasło</th></tr><tr><td>…</td><td>…</td></tr>`.

use super::take;
use crate::redact::find::Span;
use crate::redact::keys::Named;
use crate::redact::table;

/// Longest row of names, and longest table that is read.
const MAX_HEAD: usize = 2_048;
const MAX_TABLE: usize = 16 << 10;

/// Whether the name is a heading of such a table.
pub(super) fn is_heading(text: &[u8], key: (usize, usize)) -> bool {
    let behind = text[key.1..].strip_prefix(b"</th>");
    // In a table of two columns a heading stands beside its value.
    behind.is_some_and(|behind| !behind.trim_ascii_start().starts_with(b"<td"))
        && text[..key.0].ends_with(b">")
}

/// Hides the cells below a heading.
pub(super) fn hide_below(text: &[u8], key: (usize, usize), named: Named, out: &mut Vec<Span>) {
    let before = &text[key.0.saturating_sub(MAX_HEAD)..key.0];
    let Some(row) = memchr::memmem::rfind(before, b"<tr") else { return };
    let column = memchr::memmem::find_iter(&before[row..], b"<th")
        .filter(|at| !before[row + at..].starts_with(b"<thead"));
    let column = column.count();
    let table = &text[key.1..(key.1 + MAX_TABLE).min(text.len())];
    let table = &table[..memchr::memmem::find(table, b"</table").unwrap_or(table.len())];
    let mut at = key.1;
    for row in split(table, b"<tr").skip(1) {
        let row_at = at + row.0;
        let cell = split(row.1, b"<td").nth(column);
        if let Some((from, cell)) = cell
            && let Some(open) = memchr::memchr(b'>', cell)
        {
            let content = &cell[open + 1..];
            let length = memchr::memchr(b'<', content).unwrap_or(content.len());
            let indent = content[..length].len() - content[..length].trim_ascii_start().len();
            let value = content[..length].trim_ascii();
            let start = row_at + from + open + 1 + indent;
            take(text, start, start + value.len(), table::in_column(named), false, out);
        }
        at = key.1;
    }
}

/// The parts between a mark, the first one in front of it, and where each begins.
fn split<'a>(text: &'a [u8], mark: &'a [u8]) -> impl Iterator<Item = (usize, &'a [u8])> {
    let mut ends = memchr::memmem::find_iter(text, mark).map(|at| at + mark.len());
    let mut from = Some(0);
    std::iter::from_fn(move || {
        let start = from?;
        let next = ends.next();
        from = next;
        let end = next.map_or(text.len(), |next| next - mark.len());
        Some((start, &text[start..end]))
    })
}
