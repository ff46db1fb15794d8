//! Values of several parts or lines: lists, blocks of YAML, what stands below its name, what a console broke.

use super::separator::{quote_at, quote_end};
use super::{MAX_VALUE, line_start, take};
use crate::redact::find::Span;
use crate::redact::keys::{Demand, Named};
use crate::redact::rules::Id;
use crate::redact::value;

/// Every string of a list.
pub(super) fn hide_list(text: &[u8], open: usize, named: Named, out: &mut Vec<Span>) {
    let limit = (open + MAX_VALUE).min(text.len());
    let mut at = open + 1;
    // Mappings in a list have names of their own.
    while at < limit && !matches!(text[at], b']' | b'{') {
        if let Some(quote) = quote_at(text, at) {
            let start = at + quote.mark.len();
            let end = quote_end(text, start, quote);
            if named.rule == Id::Phrase
                && out.last().is_some_and(|last| last.start >= open)
                && end - start > 12
            {
                break;
            }
            take(
                text,
                start,
                end,
                Named { demand: if named.rule == Id::Phrase { Demand::Any } else { named.demand }, ..named },
                false,
                out,
            );
            at = end + quote.mark.len();
        } else {
            at += 1;
        }
    }
    let inside = &text[open + 1..at];
    if inside.contains(&b'"') || inside.contains(&b'\'') || inside.is_empty() {
        return;
    }
    if named.rule == Id::PrivateKey && inside.contains(&b',') {
        // A key as a list of bytes; one that is no number needs quotes.
        out.push(Span { bare_number: true, ..Span::new(open + 1, at, named.rule) });
    } else if !inside.iter().any(|byte| matches!(byte, b',' | b'{' | b'[' | b'\n')) {
        // `map[X-Api-Key:[…]]` of Go.
        let scheme = inside.iter().position(|byte| *byte == b' ').map_or(0, |space| space + 1);
        take(text, open + 1 + scheme, at, named, false, out);
    }
}

/// A YAML block: the lines that are indented deeper than the name.
pub(super) fn hide_block(text: &[u8], key_start: usize, at: usize, named: Named, out: &mut Vec<Span>) {
    let Some(line_at) = line_start(text, key_start) else { return };
    let indent = key_start - line_at;
    let Some(mut from) = text[at..].iter().position(|byte| *byte == b'\n').map(|found| at + found + 1) else {
        return;
    };
    while from < text.len() {
        let line = text[from..].split(|byte| *byte == b'\n').next().unwrap_or_default();
        let depth = line.iter().take_while(|byte| **byte == b' ').count();
        if depth <= indent && !line.trim_ascii().is_empty() {
            break;
        }
        let kept = line.trim_ascii_end();
        if depth < kept.len() {
            take(text, from + depth, from + kept.len(), Named { demand: Demand::Any, ..named }, false, out);
        }
        from += line.len() + 1;
    }
}

/// A value alone on the line below its name.
pub(super) fn hide_below(text: &[u8], line_end: usize, named: Named, out: &mut Vec<Span>) {
    let Some(next) = memchr::memchr(b'\n', &text[line_end..]).map(|at| line_end + at + 1) else { return };
    let line_end = memchr::memchr(b'\n', &text[next..(next + 256).min(text.len())])
        .map_or(text.len().min(next + 256), |at| next + at);
    let line = &text[next..line_end];
    let value = line.trim_ascii();
    let start = next + (line.len() - line.trim_ascii_start().len());
    if !value
        .iter()
        .any(|byte| byte.is_ascii_whitespace() || matches!(byte, b':' | b'=' | b'"' | b',' | b'<' | b'{'))
    {
        let named =
            Named { demand: if named.demand == Demand::Any { Demand::Made } else { named.demand }, ..named };
        take(text, start, start + value.len(), named, false, out);
    }
}

/// What a console broke off at the end of its line.
pub(super) fn hide_wrapped(text: &[u8], start: usize, end: usize, named: Named, out: &mut Vec<Span>) {
    if !out.last().is_some_and(|last| last.start == start && last.end == end) || end - start < 8 {
        return;
    }
    let Some(next) = text[end..].strip_prefix(b"\r").unwrap_or(&text[end..]).strip_prefix(b"\n") else {
        return;
    };
    let from = text.len() - next.len();
    let indent = next.iter().take(40).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let rest = &next[indent..];
    let length = rest
        .iter()
        .take(512)
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"+/_-=%".contains(byte))
        .count();
    let piece = &rest[..length];
    let digits = piece.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = piece.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let is_made = length >= 6
        && digits >= 1
        && letters >= 2
        && value::is_random_looking(&[&text[start..end], piece].concat())
        && text[start..end].iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/_-=%.".contains(byte));
    let goes_on = matches!(
        rest.get(length),
        None | Some(b'\n' | b'\r' | b',' | b'"' | b'\'' | b'&' | b' ' | b')' | b'}')
    );
    let is_date = piece.len() >= 10 && piece[4] == b'-' && piece[7] == b'-';
    let is_name = rest.get(length).is_some_and(|byte| matches!(byte, b'=' | b':'));
    if is_made && goes_on && !is_date && !is_name {
        out.push(Span::new(from + indent, from + indent + length, named.rule));
    }
}
