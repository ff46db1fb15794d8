//! What a table or a page becomes when it is pasted as text: the names of the columns on lines of their own, then the cells of a
//! row; a name, the button that copies, and the value.

use super::bare::line_start;
use super::take;
use crate::redact::find::Span;
use crate::redact::keys::{self, Demand, Named};
use crate::redact::rules::Id;

/// Most columns.
const MOST: usize = 5;
/// Longest name of a column, and longest cell.
const LONGEST: usize = 28;
const CELL: usize = 96;

/// What a button says that copies what stands beside it.
const BUTTONS: [&str; 11] = [
    "copy",
    "kopiuj",
    "skopiuj",
    "kopieren",
    "kopirovat",
    "copiar",
    "copia",
    "copier",
    "kopieer",
    "show",
    "pokaz",
];

/// Names of columns that say of what a row is.
const OF_WHAT: [&str; 21] = [
    "serwis", "service", "dienst", "portal", "strona", "site", "website", "web", "sluzba", "login", "e-mail",
    "email", "mail", "url", "adres", "gdzie", "co", "where", "what", "nazwa", "name",
];

/// Hides the value of a name that stands alone on its line.
pub(super) fn hide(text: &[u8], key: (usize, usize), named: Named, out: &mut Vec<Span>) {
    let demand = match named.rule {
        Id::Password if matches!(named.demand, Demand::Any | Demand::Set) => Demand::Set,
        Id::UserName | Id::AccountId => Demand::Login,
        _ => return,
    };
    let named = Named { demand, ..named };
    if named.rule != Id::Password {
        hide_first_of_two(text, key.1, named, out);
    }
    let Some(start) = line_start(text, key.0) else { return };
    let Some(next) = end_of_line(text, key.1).filter(|_| text[start..key.0].trim_ascii().is_empty()) else {
        return;
    };
    let button = line_at(text, next);
    let is_button = BUTTONS.iter().any(|word| keys::is_same(button, word));
    if is_button {
        take_cell(text, next, 1, named, out);
        return;
    }
    let columns = columns_before(text, start);
    if columns.is_empty() || named.rule != Id::Password {
        return;
    }
    let before = out.len();
    for (cell, name) in columns.iter().rev().enumerate() {
        let of_user = keys::named(name).filter(|named| matches!(named.rule, Id::UserName | Id::AccountId));
        if let Some(user) = of_user {
            take_cell(text, next, cell, Named { demand: Demand::Login, ..user }, out);
        }
    }
    let users = out.len();
    take_cell(text, next, columns.len(), named, out);
    if out.len() == users {
        out.truncate(before);
    }
}

/// Hides the user before the password of two in brackets: `router (login / hasło): anna / …`.
fn hide_first_of_two(text: &[u8], key_end: usize, named: Named, out: &mut Vec<Span>) {
    let near = &text[key_end..(key_end + CELL).min(text.len())];
    let Some(close) = memchr::memmem::find(near, b"): ").filter(|_| near.starts_with(b" / ")) else { return };
    let from = key_end + close + 3;
    let is_one = !near[..close].contains(&b'\n') && keys::named(&near[3..close]).is_some();
    if let Some(length) =
        memchr::memmem::find(&text[from..(from + CELL).min(text.len())], b" / ").filter(|_| is_one)
    {
        take(text, from, from + length, named, true, out);
    }
}

/// The lines before this one that are names of columns, the last first.
fn columns_before(text: &[u8], start: usize) -> Vec<&[u8]> {
    let (mut at, mut columns) = (start, Vec::new());
    while columns.len() < MOST && at > 0 {
        let Some(line) = line_start(text, at - 1) else { break };
        let name = text[line..at - 1].trim_ascii();
        let is_name = (2..=LONGEST).contains(&name.len())
            && !name.iter().any(|byte| byte.is_ascii_digit() || b":=@;|".contains(byte))
            && (OF_WHAT.iter().any(|word| keys::is_same(name, word)) || keys::are_known(name));
        if !is_name {
            break;
        }
        columns.push(name);
        at = line;
    }
    columns
}

/// Hides the cell that stands so many lines behind the line at this place, if it is one word.
fn take_cell(text: &[u8], mut at: usize, lines: usize, named: Named, out: &mut Vec<Span>) {
    for _ in 0..lines {
        let cell = line_at(text, at);
        if cell.is_empty() || cell.len() > CELL {
            return;
        }
        let Some(next) = end_of_line(text, at + text[at..].iter().take_while(|byte| **byte != b'\n').count())
        else {
            return;
        };
        at = next;
    }
    let cell = line_at(text, at);
    let from = at + text[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    if (1..=CELL).contains(&cell.len()) && !cell.iter().any(u8::is_ascii_whitespace) {
        take(text, from, from + cell.len(), named, true, out);
    }
}

/// What the line at this place says.
fn line_at(text: &[u8], at: usize) -> &[u8] {
    let near = &text[at..(at + 2 * CELL).min(text.len())];
    near.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii()
}

/// Where the next line begins, if nothing but a sign ends this one.
fn end_of_line(text: &[u8], at: usize) -> Option<usize> {
    let marks = text[at..].iter().take(6).take_while(|byte| b": \t\r".contains(byte)).count();
    (text.get(at + marks) == Some(&b'\n')).then_some(at + marks + 1)
}
