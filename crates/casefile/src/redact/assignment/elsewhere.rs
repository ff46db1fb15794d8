//! The value of a name that has none behind it: in a table, in a list of SQL, in what refused it.

use super::bare;
use super::lines::{hide_below, hide_member, hide_refused};
use super::quote::{quote_at, quote_end};
use super::separator::skip_spaces;
use super::take;
use crate::redact::find::Span;
use crate::redact::keys::{Demand, Named};
use crate::redact::rules::Id;
use crate::redact::{sql, table};

/// The value of a name that has none behind it: in a table, in a list of SQL.
pub(super) fn elsewhere(
    text: &[u8],
    start: usize,
    end: usize,
    named: Named,
    out: &mut Vec<Span>,
) -> Option<usize> {
    let quote = usize::from(matches!(text.get(end), Some(b'"' | b'\'' | b'`')));
    let next = skip_spaces(text, end + quote);
    let is_wide = next >= end + quote + 2;
    let before = out.len();
    match text.get(next) {
        // `Chat(id=335370757, …)`
        Some(b'(') if next == end => hide_member(text, next, named, out),
        Some(b')') => sql::find(text, start, end, named, out),
        // `"loc": ["body", "access_token"], "msg": "…", "input": "…"`
        Some(b']') => {
            let near = &text[next..(next + 240).min(text.len())];
            let input = memchr::memmem::find(near, b"\"input\":").map(|at| skip_spaces(text, next + at + 8));
            if let Some(quote) = input.and_then(|at| quote_at(text, at)) {
                let start = input.unwrap_or(next) + quote.mark.len();
                take(text, start, quote_end(text, start, quote), named, false, out);
            }
        }
        Some(b',' | b';' | b'|' | b'\t' | b'\n' | b'\r') => {
            sql::find(text, start, end, named, out);
            if matches!(text[next], b'\n' | b'\r') {
                let line = bare::line_start(text, start)
                    .is_some_and(|line| text[line..start].trim_ascii().is_empty());
                if named.rule == Id::Serial && line {
                    for demand in [Demand::Identifier, Demand::Random] {
                        if out.len() == before {
                            hide_below(text, next, Named { demand, ..named }, out);
                        }
                    }
                    return None;
                }
                hide_refused(text, start, next, named, out);
                let is_heading = bare::line_start(text, start).is_some_and(|line| {
                    let marks = text[line..start].trim_ascii_start();
                    [&b"#"[..], b"- **", b"* **", b"**"].iter().any(|mark| marks.starts_with(mark))
                });
                // `--private-key-path /etc/bots/k.pem`, and what was installed.
                let is_path =
                    text[..start].ends_with(b"/") && !text[next..].trim_ascii_start().starts_with(b"@");
                if (is_heading || is_path) && out.len() == before {
                    hide_below(text, next, named, out);
                }
            } else if matches!(text[next], b',' | b';') && out.len() == before {
                let length = text[next + 1..]
                    .iter()
                    .take(256)
                    .take_while(|byte| !b",;\"' \n\r".contains(byte))
                    .count();
                let demand = match named.rule {
                    Id::Password => Demand::Chosen,
                    Id::Balance => Demand::Amount,
                    Id::AccountId => Demand::Holder,
                    _ => Demand::Made,
                };
                let is_asked = matches!(named.demand, Demand::Any | Demand::Random)
                    && !matches!(named.rule, Id::Signature | Id::Authorization | Id::Cookie);
                if is_asked || matches!(named.rule, Id::Balance | Id::AccountId) {
                    take(text, next + 1, next + 1 + length, Named { demand, ..named }, true, out);
                }
            }
            return table::around(text, start, end, named, out);
        }
        // `Kwota;Saldo po operacji`
        Some(_) if named.rule == Id::Balance && is_end_of_heading(text, end) => {
            return table::around(text, start, end, named, out);
        }
        Some(_) if sql::is_type(&text[next..]) => sql::find(text, start, end, named, out),
        Some(_) if is_wide || text[end..next].contains(&b'\t') || table::is_above_a_rule(text, end) => {
            return table::around(text, start, end, named, out);
        }
        _ => {}
    }
    None
}

/// Whether nothing but words of a heading follow, and the next one or the end of the line.
fn is_end_of_heading(text: &[u8], end: usize) -> bool {
    let is_part = |byte: &&u8| byte.is_ascii_alphabetic() || matches!(byte, b' ' | b'(' | b')' | 0x80..);
    let length = text[end..].iter().take(32).take_while(is_part).count();
    let behind = &text[end + length..];
    // `"Kwota","Saldo po operacji"`
    let is_quoted = behind.first() == Some(&b'"');
    let next = behind.get(usize::from(is_quoted));
    length > 1 && (matches!(next, Some(b';' | b'\t' | b'\n' | b'\r')) || is_quoted && next == Some(&b','))
}
