//! What stands between a label of several words and its value.

use super::bare::line_start;
use super::separator::skip_spaces;

/// Longest word of a label, in bytes.
pub(super) const WORD: usize = 28;

/// What says that a value follows, in the languages of the names.
pub(super) const VERBS: [&str; 13] = [
    "to",
    "is",
    "ist",
    "es",
    "jest",
    "je",
    "mam",
    "sa",
    "lautet",
    "est",
    "was",
    "byl",
    "\u{44d}\u{442}\u{43e}",
];

/// What stands between a label and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A sign; the value begins here.
    Sign(usize),
    /// A bar; what is up to the next one is the value.
    Bar(usize),
    /// A semicolon, behind which the line has nothing else.
    Cell(usize),
    /// A word, or a dash.
    Verb(usize),
    /// Nothing.
    Space(usize),
    /// The end of the line.
    Line(usize),
}

pub(super) fn mark(text: &[u8], start: usize, end: usize) -> Option<Mark> {
    let closing = text[end..].iter().take(2).take_while(|byte| b"\"'`*".contains(byte)).count();
    let next = skip_spaces(text, end + closing);
    let rest = &text[next..];
    match rest.first()? {
        b':' if rest.get(1) != Some(&b':') && !rest.starts_with(b"://") => Some(Mark::Sign(next + 1)),
        b'=' if rest.get(1) != Some(&b'=') => {
            Some(Mark::Sign(next + 1 + usize::from(rest.starts_with(b"=>"))))
        }
        b'|' if is_in_table(text, start) => Some(Mark::Bar(next + 1)),
        // A row of two cells, or with a remark behind them.
        b';' if (is_first_or_second_cell(text, start) || is_last_pair(text, start, &rest[1..]))
            && is_last_cell(&rest[1..]) =>
        {
            Some(Mark::Cell(next + 1))
        }
        b'\r' | b'\n' if closing == 0 => Some(Mark::Line(next)),
        // `Kennwort VPS?`
        b'?' if ends_line(text, next + 1) && next + 1 < text.len() => Some(Mark::Line(next + 1)),
        b'?' if text.get(next + 1) == Some(&b' ') && is_dash(&text[next + 2..]) => {
            Some(mark_behind_dash(text, next + 2))
        }
        _ if text[end + closing..next].contains(&b'\t') => Some(Mark::Sign(next)),
        _ if next > end + closing && is_dash(rest) => Some(mark_behind_dash(text, next)),
        _ if next > end + closing => {
            let word = rest.iter().take(WORD).take_while(|byte| **byte != b' ').count();
            let is_verb = VERBS.iter().any(|verb| rest[..word].eq_ignore_ascii_case(verb.as_bytes()));
            let colon = usize::from(rest[..word].ends_with(b":"));
            let behind = skip_spaces(text, next + word);
            let now = NOW.iter().find(|now| text[behind..].starts_with(now.as_bytes()));
            let value_at = now.map_or(next + word, |now| behind + now.len());
            (is_verb && colon == 0).then_some(Mark::Verb(value_at))
        }
        _ => None,
    }
}

fn mark_behind_dash(text: &[u8], at: usize) -> Mark {
    Mark::Verb(at + text[at..].iter().take(3).take_while(|byte| **byte != b' ').count())
}

/// Whether the line begins with a bar, as the rows of tables do.
fn is_in_table(text: &[u8], at: usize) -> bool {
    line_start(text, at).is_some_and(|line| text[line..].trim_ascii_start().starts_with(b"|"))
}

/// Whether the line begins here, or has one cell before that says of what: `VPS;root password;…`. More make a table.
pub(super) fn is_first_or_second_cell(text: &[u8], start: usize) -> bool {
    line_start(text, start).is_some_and(|line| {
        let before = &text[line..start];
        before.is_empty() || before.ends_with(b";") && memchr::memchr_iter(b';', before).count() == 1
    })
}

/// Whether the last cell of a row of names and values stands behind its name here, `…;Kennwort;…`: the names of columns have no digits.
fn is_last_pair(text: &[u8], start: usize, rest: &[u8]) -> bool {
    let cell = rest.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    text[..start].ends_with(b";")
        && !cell.contains(&b';')
        && cell.len() >= 8
        && cell.iter().any(|byte| byte.is_ascii_digit() || b"!@#$%^&*?".contains(byte))
        && cell.iter().any(u8::is_ascii_alphabetic)
}

fn is_last_cell(rest: &[u8]) -> bool {
    let line = rest.iter().take(400).position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
    line > 0 && memchr::memchr_iter(b';', &rest[..line]).nth(1).is_none()
}

/// `-`, `->`, or a longer dash, with a space behind it.
pub(super) fn is_dash(rest: &[u8]) -> bool {
    ["- ", "-> ", "=> ", "\u{2013} ", "\u{2014} "].iter().any(|dash| rest.starts_with(dash.as_bytes()))
}

/// What can stand between them and the value: `the password is now …`.
const NOW: [&str; 6] = ["now ", "teraz ", "jetzt ", "ahora ", "currently ", "obecnie "];

pub(super) fn ends_line(text: &[u8], at: usize) -> bool {
    matches!(text.get(at), None | Some(b'\r' | b'\n'))
}
