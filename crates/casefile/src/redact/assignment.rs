//! Values that a name stands before: JSON, TOML, YAML, INI, XML, Python, Rust, logfmt, URLs, headers and
//! command lines, read by one tolerant reader that takes only the value's bytes.
//!
//! It works outwards from a word that names secrets: the rest of the name to both sides, then what separates
//! it from its value, then the value up to where its own kind of text ends it.

mod bare;
mod demand;
mod header;
mod lines;
mod separator;

use self::bare::{bare_end, is_no_value, words_on, wrapper};
use self::demand::{demanded, is_name_itself};
use self::header::hide_header;
use self::lines::{hide_below, hide_block, hide_list, hide_wrapped};
use self::separator::{Separator, quote_at, quote_end, separator, skip_spaces};
use super::find::Span;
use super::gate::{self, Anchor, class};
use super::keys::{self, Demand, Named};
use super::phrase;
use super::rules::Id;
use super::{table, value};

/// Longest name.
const MAX_KEY: usize = 96;
/// Longest value that a name can hide on its own.
const MAX_VALUE: usize = 16 << 10;

/// Hides what stands under the names of secrets; each name has one of the fragments that are `anchors`.
pub(super) fn find(text: &[u8], anchors: impl Iterator<Item = Anchor>, out: &mut Vec<Span>) {
    // Where the table ends that is hidden already.
    let mut table_end = 0;
    gate::each(anchors, |anchor| {
        let (start, end) = key_around(text, anchor.start, anchor.end);
        if end - start > MAX_KEY {
            return end;
        }
        let key = &text[start..end];
        let before = out.len();
        let mut end = end;
        match spaced(text, start, key).or_else(|| keys::named(key)) {
            Some(named) => {
                if named.rule == Id::Phrase {
                    end += announced(&text[end..]);
                }
                let (named, longer) = continued(text, start, end).unwrap_or((named, end));
                end = longer;
                hide(text, start, end, named, out);
                if out.len() == before && end > table_end {
                    table_end = elsewhere(text, start, end, named, out).unwrap_or(table_end);
                }
            }
            None if let Some((named, longer)) = continued(text, start, end) => {
                end = longer;
                hide(text, start, end, named, out);
            }
            // Several values of one kind: `"apiKeys": ["…", "…"]`.
            None => match key.strip_suffix(b"s").and_then(keys::named) {
                Some(named) => hide_many(text, start, end, named, out),
                None => return end,
            },
        }
        // A header's value can hold words that look like names; it is hidden already. What a table hid lies further on.
        out.get(before..)
            .and_then(<[Span]>::last)
            .filter(|_| end > table_end)
            .map_or(end, |last| last.end.max(end))
    });
}

fn key_around(text: &[u8], hit_start: usize, hit_end: usize) -> (usize, usize) {
    let (mut start, _) = gate::around(text, hit_start, class::NAME, MAX_KEY);
    // A fragment can end with the sign behind the name.
    let (_, mut end) = gate::around(text, hit_end - 1, class::NAME, MAX_KEY);
    while end > start && matches!(text[end - 1], b'.' | b'-') {
        end -= 1;
    }
    // A flag's dashes and an escape's letter are no part of the name.
    while start < end && matches!(text[start], b'-' | b'.') {
        start += 1;
    }
    if start > 0 && start + 1 < end && text[start - 1] == b'\\' && matches!(text[start], b'n' | b't' | b'r') {
        start += 1;
    }
    (start, end)
}

/// Names of two words: `API key`, `seed phrase`, `klucz prywatny`.
fn spaced(text: &[u8], start: usize, key: &[u8]) -> Option<Named> {
    let before = &text[..start];
    let before = before.strip_suffix(b" ")?;
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte >= 0x80;
    let length = before.iter().rev().take(12).take_while(is_part).count();
    let word = &before[before.len() - length..];
    let joins = [
        "api", "private", "secret", "access", "recovery", "seed", "licence", "license", "signing", "klucz",
        "secure", "session", "account", "card", "disk", "bios", "board", "dowód", "dowod",
    ];
    let join = joins.iter().find(|join| join.as_bytes().eq_ignore_ascii_case(word))?;
    keys::named(&[join.as_bytes(), b"_", key].concat())
}

/// Names whose second word says what they name: `Account Id`, `PIN code`, `Machine Guid`; something has to separate
/// them from a value.
fn continued(text: &[u8], start: usize, end: usize) -> Option<(Named, usize)> {
    const WORDS: [&str; 8] = ["id", "code", "guid", "uuid", "number", "no", "serial", "key"];
    let rest = text[end..].strip_prefix(b" ")?;
    let length = rest.iter().take(8).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let word = WORDS.iter().find(|word| rest[..length].eq_ignore_ascii_case(word.as_bytes()))?;
    let named = keys::named(&[&text[start..end], b"_", word.as_bytes()].concat())?;
    let longer = end + 1 + length;
    let (_, separator) = separator(text, start, longer)?;
    (separator != Separator::Prose).then_some((named, longer))
}

fn hide(text: &[u8], key_start: usize, key_end: usize, named: Named, out: &mut Vec<Span>) {
    let Some((value_at, separator)) = separator(text, key_start, key_end) else { return };
    if matches!(named.rule, Id::Authorization | Id::Cookie) {
        if separator == Separator::Prose {
            return;
        }
        hide_header(text, value_at, named, out);
        return;
    }
    hide_value(text, key_start, value_at, separator, named, out);
}

/// `seed words`, `recovery phrase`: the second word announces the same.
fn announced(rest: &[u8]) -> usize {
    let words = [" phrase", " words", " word", " fraza"];
    words
        .iter()
        .find(|word| rest.len() > word.len() && rest[..word.len()].eq_ignore_ascii_case(word.as_bytes()))
        .map_or(0, |word| word.len())
}

/// The value of a name that has none behind it: in a table, in a list of SQL.
fn elsewhere(text: &[u8], start: usize, end: usize, named: Named, out: &mut Vec<Span>) -> Option<usize> {
    let quote = usize::from(matches!(text.get(end), Some(b'"' | b'\'')));
    let next = skip_spaces(text, end + quote);
    let is_wide = next >= end + quote + 2;
    match text.get(next) {
        Some(b')') => table::in_sql(text, start, end, named, out),
        Some(b',' | b';' | b'|' | b'\t' | b'\n' | b'\r') => {
            table::in_sql(text, start, end, named, out);
            return table::around(text, start, end, out);
        }
        Some(_) if is_wide || text[end..next].contains(&b'\t') => {
            return table::around(text, start, end, out);
        }
        _ => {}
    }
    None
}

fn hide_many(text: &[u8], key_start: usize, key_end: usize, named: Named, out: &mut Vec<Span>) {
    if let Some((value_at, _)) = separator(text, key_start, key_end)
        && text.get(value_at) == Some(&b'[')
    {
        hide_list(text, value_at, named, out);
    }
}

fn hide_value(
    text: &[u8],
    key_start: usize,
    value_at: usize,
    separator: Separator,
    named: Named,
    out: &mut Vec<Span>,
) {
    let mut at = value_at;
    // `Some("…")`, `SecretStr('…')`, `b'…'`, `!!str …`
    for _ in 0..2 {
        at += wrapper(&text[at.min(text.len())..]);
    }
    let named = if separator == Separator::Prose {
        match named.demand {
            Demand::Any if named.rule == Id::Password => Named { demand: Demand::Chosen, ..named },
            Demand::Any | Demand::Random | Demand::Hex if named.rule != Id::Signature => {
                Named { demand: Demand::Made, ..named }
            }
            Demand::Number if named.rule == Id::Balance => Named { demand: Demand::Amount, ..named },
            Demand::Identifier if matches!(named.rule, Id::PersonName | Id::Iban | Id::Pesel | Id::Nip) => {
                named
            }
            _ => return,
        }
    } else {
        named
    };
    match text.get(at) {
        Some(b'(') if named.rule == Id::Token => hide_pair(text, at, out),
        None | Some(b'{' | b'(') => {}
        Some(b'[') => hide_list(text, at, named, out),
        Some(b'<') if text[at..].starts_with(b"<![CDATA[") => {
            let end = memchr::memmem::find(&text[at..(at + MAX_VALUE).min(text.len())], b"]]>");
            take(text, at + 9, end.map_or(at + 9, |end| at + end), named, false, out);
        }
        // The line of a shell goes on.
        Some(b'\\') if separator == Separator::Space && matches!(text.get(at + 1), Some(b'\n' | b'\r')) => {
            let from =
                at + 1 + text[at + 1..].iter().take(64).take_while(|byte| byte.is_ascii_whitespace()).count();
            let end =
                from + text[from..].iter().take(MAX_VALUE).position(u8::is_ascii_whitespace).unwrap_or(0);
            let quoted = quote_at(text, from).map_or(0, |quote| quote.mark.len());
            let flag =
                text[from..end].starts_with(b"--") || text[from..end].starts_with(b"-") && end < from + 12;
            if !flag && end >= from + 2 * quoted {
                take(text, from + quoted, end - quoted, named, false, out);
            }
        }
        Some(b'\n' | b'\r') => {
            // Behind an equals sign nothing means nothing.
            if separator == Separator::Colon {
                hide_below(text, at, named, out);
            }
        }
        _ => match quote_at(text, at) {
            Some(quote) => {
                let start = at + quote.mark.len();
                let end = quote_end(text, start, quote);
                take(text, start, end, named, false, out);
                hide_wrapped(text, start, end, named, out);
            }
            None if matches!(text[at], b'|' | b'>') && separator == Separator::Colon => {
                hide_block(text, key_start, at, named, out);
            }
            None if named.rule == Id::Phrase && separator != Separator::Tag => {
                let end = phrase::end_of_words(text, at)
                    .unwrap_or_else(|| bare_end(text, key_start, at, separator));
                take(text, at, end, named, true, out);
                hide_wrapped(text, at, end, named, out);
            }
            None => {
                let end = bare_end(text, key_start, at, separator);
                let (at, end) = words_on(text, at, end, named);
                if !is_no_value(text, at, end, separator, named.demand) {
                    take(text, at, end, named, true, out);
                    hide_wrapped(text, at, end, named, out);
                }
            }
        },
    }
}

/// User and password of a call: `auth=('user', '…')`.
fn hide_pair(text: &[u8], open: usize, out: &mut Vec<Span>) {
    let Some(first) = quote_at(text, open + 1) else { return };
    let first_end = quote_end(text, open + 1 + first.mark.len(), first) + first.mark.len();
    let at = skip_spaces(text, (first_end + 1).min(text.len()));
    if text.get(first_end) == Some(&b',')
        && let Some(quote) = quote_at(text, at)
    {
        let start = at + quote.mark.len();
        let named = Named { rule: Id::Password, demand: Demand::Any };
        take(text, start, quote_end(text, start, quote), named, false, out);
    }
}

/// Hides a value if its name and its look demand it.
pub(super) fn take(text: &[u8], start: usize, end: usize, named: Named, bare: bool, out: &mut Vec<Span>) {
    let Some(value) = text.get(start..end) else { return };
    if value::is_placeholder(value) || !demanded(value, named.demand) || is_name_itself(value, named.demand) {
        return;
    }
    let postal = named.demand == Demand::Address && value.contains(&b' ');
    let named = if postal { Named { rule: Id::PersonName, ..named } } else { named };
    let structured = bare && value::is_number(value) && structured_number(text, start, end);
    out.push(Span { start, end, rule: named.rule, bare_number: structured });
}

/// In JSON and TOML a word in place of a number needs quotes to parse; in a log line it does not.
pub(super) fn structured_number(text: &[u8], start: usize, end: usize) -> bool {
    let before = text[..start].trim_ascii_end();
    let after = text[end..].iter().find(|byte| !matches!(byte, b' ' | b'\t'));
    let in_json = before.ends_with(b"\":") || before.ends_with(b"\" :");
    let in_toml = matches!(after, None | Some(b'\n' | b'\r' | b'#'))
        && before.strip_suffix(b"=").is_some_and(|before| {
            let name = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii();
            name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
        });
    let in_inline_table = matches!(after, Some(b',' | b'}'))
        && text[..start].ends_with(b" = ")
        && before.rsplit(|byte| *byte == b'\n').next().is_some_and(|line| line.contains(&b'{'));
    in_json || in_toml || in_inline_table
}
