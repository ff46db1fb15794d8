//! A name and its value as two of a row or of a list: `api_secret\t…`, `("X-API-KEY", "…")`.

use super::apart::{is_name_beside, is_value_beside};
use super::demand::{demanded, is_market};
use super::quote::{quote_at, quote_end};
use super::separator::{Separator, skip_to_value};
use crate::redact::keys::Demand;
use crate::redact::{keys, value};

/// A value behind a tab, or the sign of one in a string: `"api_secret\t…"`.
pub(super) fn behind_tab(text: &[u8], key_end: usize) -> Option<(usize, Separator)> {
    let rest = &text[key_end..];
    // `C:\mt5\login\terminal64.exe`
    let is_written = rest.starts_with(b"\\t")
        && !text[..key_end]
            .rsplit(|byte| b" \"".contains(byte))
            .next()
            .is_some_and(|word| word.contains(&b'\\'));
    if !is_written && !rest.starts_with(b"\t") {
        return None;
    }
    let value_at = key_end + 1 + usize::from(is_written);
    if is_last_of_line(text, value_at) {
        return Some((value_at, Separator::Colon));
    }
    is_written.then_some((value_at, Separator::Prose))
}

/// Whether one word with a digit, or two as names have them, ends the line or the string that it stands in.
fn is_last_of_line(text: &[u8], value_at: usize) -> bool {
    const LONGEST: usize = 160;
    let rest = &text[value_at..(value_at + LONGEST).min(text.len())];
    let value = rest.split(|byte| b"\r\n\"\t|;,".contains(byte)).next().unwrap_or_default();
    let is_of_name = |word: &[u8]| {
        word.len() > 1
            && word[0].is_ascii_uppercase()
            && word[1..].iter().all(|byte| byte.is_ascii_lowercase() || *byte >= 0x80)
    };
    let words = || value.split(|byte| *byte == b' ');
    let fits = match words().count() {
        1 => {
            value.iter().any(u8::is_ascii_digit)
                || value.iter().filter(|byte| byte.is_ascii_uppercase()).count() > 1
        }
        2 => words().all(is_of_name),
        _ => false,
    };
    value.len() >= 4
        && fits
        && matches!(rest.get(value.len()), None | Some(b'\r' | b'\n' | b'"'))
        && keys::named(value).is_none()
        && !value::begins_with_date(value)
        && !is_market(value)
}

/// The second of two, where the name is the first.
pub(super) fn behind_comma(text: &[u8], key_start: usize, at: usize) -> Option<(usize, Separator)> {
    // A pair: `("X-API-KEY", "…")`. Between two names of a mapping stands a comma as well.
    // `["pushover/api_token", "…"]`
    let path = text[..key_start].iter().rev().take(48).take_while(|byte| is_of_path(**byte)).count();
    let path = if text[..key_start].ends_with(b"/") { path } else { 0 };
    let before = &text[..key_start - path];
    let opened = before.iter().rev().find(|byte| !b"\\\"'b #".contains(byte));
    let above = before.iter().rev().find(|byte| !b"\\\"'b #\r\n\t".contains(byte));
    if matches!(opened, Some(b'\n' | b'\t')) && above == Some(&b'[') && is_last_of_two(text, at + 1) {
        return Some((skip_to_value(text, at + 1), Separator::Comma));
    }
    let pair = matches!(opened, Some(b'(' | b'[' | b'{')) && !is_name_beside(text, at + 1)
        || text[..key_start].ends_with(b"--") && quote_at(text, skip_to_value(text, at + 1)).is_some()
        || opened == Some(&b',') && is_value_beside(text, at + 1)
        || is_made_beside(text, at + 1);
    pair.then(|| (skip_to_value(text, at + 1), Separator::Comma))
}

/// Whether the second of two strings is what a machine made or a password with letters of both cases, digits and signs, and no name
/// of something else: `"masterkey", "Dx5Y…"` behind the head of a log.
fn is_made_beside(text: &[u8], at: usize) -> bool {
    let start = skip_to_value(text, at);
    let Some(quote) = quote_at(text, start) else { return false };
    let from = start + quote.mark.len();
    let end = quote_end(text, from, quote);
    let value = &text[from..end];
    let has = |kind: fn(&u8) -> bool| value.iter().any(kind);
    let is_chosen = value.len() >= 8
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_punctuation)
        && !value.contains(&b' ');
    let behind = text.get(end + quote.mark.len()).copied();
    (is_chosen || value.len() >= 16 && demanded(value, Demand::Made))
        && !matches!(behind, Some(b':' | b'=' | b','))
        && keys::named(value).is_none()
}

fn is_of_path(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-./".contains(&byte)
}

/// Whether a string on the next line is the last of its list, and no word.
fn is_last_of_two(text: &[u8], at: usize) -> bool {
    let start = skip_to_value(text, at);
    let Some(quote) = quote_at(text, start) else { return false };
    let from = start + quote.mark.len();
    let end = quote_end(text, from, quote);
    let behind = text.get(end + quote.mark.len()..).unwrap_or_default();
    text[from..end].iter().any(u8::is_ascii_digit)
        && behind.iter().take(64).find(|byte| !byte.is_ascii_whitespace()) == Some(&b']')
}
