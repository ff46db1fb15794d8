//! Tables whose columns are told by a rule of dashes.

use super::{MAX_COLUMNS, in_column};
use crate::redact::find::Span;
use crate::redact::{assignment, keys};

/// Hides the cells of a table whose columns are told by a rule of dashes only, one space between them, as PowerShell and
/// sqlcmd write it; says where the table ends.
pub(super) fn hide(text: &[u8], head: &[u8], from: usize, out: &mut Vec<Span>) -> Option<usize> {
    let end_of = |at: usize| memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |length| at + length);
    let rule = text[from..end_of(from)].trim_ascii_end();
    if !rule.starts_with(b"--") || !rule.iter().all(|byte| matches!(byte, b'-' | b' ')) {
        return None;
    }
    let begins = |at: &usize| rule[*at] == b'-' && (*at == 0 || rule[at - 1] == b' ');
    let starts: Vec<usize> = (0..rule.len()).filter(begins).take(MAX_COLUMNS).collect();
    if starts.len() < 2 {
        return None;
    }
    let column = |line: &[u8], index: usize| {
        let start = starts[index].min(line.len());
        let end = starts.get(index + 1).map_or(line.len(), |next| *next.min(&line.len()));
        let cell = &line[start..end];
        let length = memchr::memmem::find(cell, b"  ").unwrap_or(cell.trim_ascii_end().len());
        (start, start + length)
    };
    let named: Vec<_> = (0..starts.len())
        .filter_map(|index| {
            let (start, end) = column(head, index);
            Some((index, in_column(keys::named(&head[start..end])?)))
        })
        .collect();
    let first = end_of(from) + 1;
    let mut at = first;
    while at < text.len() {
        let line = &text[at..end_of(at)];
        // A row begins each of its columns behind a space.
        let fits = |start: &usize| *start == 0 || line.get(start - 1).is_none_or(|byte| *byte == b' ');
        if line.trim_ascii().is_empty() || !starts.iter().all(fits) {
            break;
        }
        for (index, named) in &named {
            let (start, end) = column(line, *index);
            assignment::take(text, at + start, at + end, *named, true, out);
        }
        at += line.len() + 1;
    }
    (at > first).then_some(at)
}
