//! Tables in boxes, as consoles draw them: `│ name │ apiKey │`, a rule below, and the rows.

use super::in_column;
use crate::redact::find::Span;
use crate::redact::keys::{self, Named};
use crate::redact::rules::Id;
use crate::redact::{amount, assignment};

/// More columns than a console is wide.
const MAX_COLUMNS: usize = 64;
/// Rules of boxes, and the lines between rows, all begin with this byte.
const DRAWING: u8 = 0xe2;
const BARS: [&[u8]; 2] = ["\u{2502}".as_bytes(), "\u{2503}".as_bytes()];

/// Hides the cells below the names of secrets; says where the table ends. `line` is the row of names, `from` the line below it.
pub(super) fn hide(text: &[u8], line: &[u8], from: usize, out: &mut Vec<Span>) -> Option<usize> {
    let names = cells(line)?;
    let line_at = |at: usize| {
        let end = memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |length| at + length);
        (&text[at..end], end + 1)
    };
    let (rule, mut at) = line_at(from.min(text.len()));
    if !is_rule(rule) {
        return None;
    }
    let columns: Vec<(usize, Named)> = names
        .iter()
        .enumerate()
        .filter_map(|(index, (start, end))| Some((index, in_column(keys::named(&line[*start..*end])?))))
        .collect();
    while at < text.len() {
        let (row, next) = line_at(at);
        if !is_rule(row) {
            let Some(cells) = cells(row).filter(|cells| cells.len() == names.len()) else { break };
            for (index, named) in &columns {
                let (start, end) = (at + cells[*index].0, at + cells[*index].1);
                match amount::of_cell(&text[start..end]).filter(|_| named.rule == Id::Balance) {
                    Some((from, to)) => out.push(Span::new(start + from, start + to, named.rule)),
                    None => assignment::take(text, start, end, *named, true, out),
                }
            }
        }
        at = next;
    }
    Some(at.min(text.len()))
}

/// Whether a line is the row of names of a box: three columns or more, and a rule below it.
pub(super) fn is_head(line: &[u8], below: &[u8]) -> bool {
    let rule = below.split(|byte| *byte == b'\n').next().unwrap_or_default();
    cells(line).is_some_and(|cells| cells.len() >= 3) && is_rule(rule)
}

/// Whether nothing but the lines of a box stand there.
pub(super) fn is_rule(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.len() >= 9
        && line[0] == DRAWING
        && line.chunks(3).all(|sign| sign.len() == 3 && sign[0] == DRAWING && matches!(sign[1], 0x94 | 0x95))
        && !BARS.iter().any(|bar| line.starts_with(bar))
}

/// The cells of a row that begins and ends with a bar, without the spaces around them.
fn cells(line: &[u8]) -> Option<Vec<(usize, usize)>> {
    let begin = line.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let bar = *BARS.iter().find(|bar| line[begin..].starts_with(bar))?;
    let bars: Vec<usize> = memchr::memmem::find_iter(line, bar).take(MAX_COLUMNS + 2).collect();
    let is_closed = line.trim_ascii_end().len() == bars.last()? + bar.len();
    let cell = |pair: &[usize]| {
        let inside = &line[pair[0] + bar.len()..pair[1]];
        let before = inside.len() - inside.trim_ascii_start().len();
        let start = pair[0] + bar.len() + before;
        (start, start + inside.trim_ascii().len())
    };
    (is_closed && (3..=MAX_COLUMNS).contains(&bars.len())).then(|| bars.windows(2).map(cell).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cells_below_the_names_go() {
        let table = "\
            \u{250c}\u{2500}\u{2500}\u{252c}\u{2500}\u{2510}\n\
            \u{2502} (index) \u{2502} login \u{2502} apiKey \u{2502} gitCommit \u{2502}\n\
            \u{251c}\u{2500}\u{2500}\u{253c}\u{2500}\u{2524}\n\
            \u{2502}    0    \u{2502} botsrx \u{2502} 'kX9pQ2mW8vR4tT6yU8iO0pL' \u{2502} a9d56b887098 \u{2502}\n\
            \u{2514}\u{2500}\u{2500}\u{2534}\u{2500}\u{2518}\nafter\n";
        let line_start = table.find('\n').unwrap() + 1;
        let line_end = line_start + table[line_start..].find('\n').unwrap();
        let mut out = Vec::new();
        let end =
            hide(table.as_bytes(), &table.as_bytes()[line_start..line_end], line_end + 1, &mut out).unwrap();
        let hidden: Vec<&str> = out.iter().map(|span| &table[span.start..span.end]).collect();
        assert_eq!(hidden, ["botsrx", "kX9pQ2mW8vR4tT6yU8iO0pL"]);
        assert_eq!(&table[end..], "after\n");
        let plain = "\u{2502} name \u{2502} apiKey \u{2502} x \u{2502}\nnext line\n";
        let end = plain.find('\n').unwrap();
        assert_eq!(hide(plain.as_bytes(), &plain.as_bytes()[..end], end + 1, &mut out), None);
    }
}
