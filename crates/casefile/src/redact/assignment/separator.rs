//! What stands between a name and its value, and what encloses the value.

use std::sync::LazyLock;

use regex_automata::meta::Regex;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};

use super::MAX_VALUE;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    Equals,
    Colon,
    Comma,
    Space,
    Tag,
    /// Nothing but a space or a quote: only what a machine made is taken.
    Prose,
    /// The bar of a table.
    Bar,
}

/// Where the value begins, and what separates it from its name.
pub(super) fn separator(text: &[u8], key_start: usize, key_end: usize) -> Option<(usize, Separator)> {
    let mut at = key_end;
    let closing = quote_at(text, at);
    if let Some(quote) = closing {
        at += quote.mark.len();
    }
    if text.get(at) == Some(&b']') && (closing.is_some() || text[..key_start].ends_with(b"[")) {
        at += 1;
    }
    let quoted_end = at;
    at = skip_leader(text, at);
    let rest = &text[at..];
    let literal =
        |mark: &str| rest.len() >= mark.len() && rest[..mark.len()].eq_ignore_ascii_case(mark.as_bytes());
    if literal("::") {
        return None;
    }
    let begins = rest.first().is_some_and(|first| b"=-:\\%".contains(first));
    for (mark, separator) in [
        ("=>", Separator::Equals),
        ("->", Separator::Equals),
        (":=", Separator::Equals),
        ("==", Separator::Equals),
        ("=", Separator::Equals),
        ("\\u003d", Separator::Equals),
        ("%3d", Separator::Equals),
        ("%253d", Separator::Equals),
        (":", Separator::Colon),
        ("%3a", Separator::Colon),
        ("%253a", Separator::Colon),
    ] {
        if begins && literal(mark) {
            return Some((skip_to_value(text, at + mark.len()), separator));
        }
    }
    if let Some(value_at) = beside(text, quoted_end) {
        let separator = if text[value_at - 1] == b'>' { Separator::Tag } else { Separator::Colon };
        return Some((value_at, separator));
    }
    if closing.is_some() && literal(",") {
        // A pair: `("X-API-KEY", "…")`. Between two names of a mapping stands a comma as well.
        let opened = text[..key_start].iter().rev().find(|byte| !b"\\\"'b ".contains(byte));
        let pair = matches!(opened, Some(b'(' | b'[')) || text[..key_start].ends_with(b"--");
        return pair.then(|| (skip_spaces(text, at + 1), Separator::Comma));
    }
    if literal(">") && (closing.is_some() || text[..key_start].ends_with(b"<")) {
        return Some((at + 1, Separator::Tag));
    }
    if closing.is_none()
        && (literal("(\"") || literal("('") || literal("(\\\"") || literal("(\n"))
        && at == key_end
    {
        return Some((skip_to_value(text, at + 1), Separator::Comma));
    }
    for bar in ["|", "\u{2502}"] {
        if literal(bar) {
            return Some((skip_spaces(text, at + bar.len()), Separator::Bar));
        }
    }
    let before = &text[key_start.saturating_sub(12)..key_start];
    let flag = before.ends_with(b"--") || before.ends_with(b" -");
    let assigns = ["set -x ", "set -gx ", "set -Ux ", "ENV ", "ARG ", "setx ", "SET "]
        .iter()
        .any(|word| before.ends_with(word.as_bytes()));
    if (flag || assigns) && at > key_end {
        return Some((at, Separator::Space));
    }
    for verb in ["is ", "was ", "= ", "to: "] {
        if at > key_end && literal(verb) {
            return Some((at + verb.len(), Separator::Prose));
        }
    }
    if at > key_end && literal("changed from ") {
        let to = memchr::memmem::find(&rest[..rest.len().min(120)], b" to ")?;
        return Some((at + to + 4, Separator::Space));
    }
    (at > key_end && closing.is_none() && !literal("\n")).then_some((at, Separator::Prose))
}

/// Spaces, and the dots that lead the eye to a value.
fn skip_leader(text: &[u8], at: usize) -> usize {
    let after = skip_spaces(text, at);
    let dots = text[after..].iter().take(60).take_while(|byte| matches!(byte, b'.' | b' ')).count();
    if text[after..after + dots].starts_with(b"..") { after + dots } else { after }
}

/// A value that has a name of its own beside the name that matters: `"name": "X-API-KEY", "value": "…"`,
/// `<key>…</key><string>…`, `<td>…</td><td>…`.
fn beside(text: &[u8], at: usize) -> Option<usize> {
    static BESIDE: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r#"(?i)(?:\s{0,40},?\s{0,40}\\{0,3}["']?(?:value|val|content)\\{0,3}["']?\s{0,4}[:=]\s{0,4}|\s{0,4}</[a-z]{1,12}>\s{0,80}<[a-z]{1,12}>)"#;
        Regex::builder()
            .syntax(syntax::Config::new().unicode(false).utf8(false))
            .build(pattern)
            .expect("the pattern is valid")
    });
    let next = *text.get(at)?;
    if !(next.is_ascii_whitespace() || matches!(next, b',' | b'<')) {
        return None;
    }
    let near = (at + 200).min(text.len());
    BESIDE.search(&Input::new(text).range(at..near).anchored(Anchored::Yes)).map(|hit| hit.end())
}

pub(super) fn skip_spaces(text: &[u8], mut at: usize) -> usize {
    let limit = (at + 40).min(text.len());
    while at < limit && matches!(text[at], b' ' | b'\t') {
        at += 1;
    }
    at
}

/// A value in quotes may stand on the next line.
fn skip_to_value(text: &[u8], at: usize) -> usize {
    let after = skip_spaces(text, at);
    let mut next = after;
    while next < text.len() && matches!(text[next], b'\r' | b'\n' | b' ' | b'\t') && next - after < 64 {
        next += 1;
    }
    if next > after && text[next..].starts_with(b"string(") {
        return next;
    }
    if next > after
        && matches!(text.get(next), Some(b'"' | b'\''))
        && text[next..].iter().take(3).all(|byte| *byte != b'\n')
        && !is_key_line(text, next)
    {
        return next;
    }
    after
}

/// Whether a quoted name, and not a value, stands here.
fn is_key_line(text: &[u8], at: usize) -> bool {
    let line = text[at..].split(|byte| *byte == b'\n').next().unwrap_or_default();
    let Some(end) = line.iter().skip(1).position(|byte| *byte == line[0]) else { return true };
    matches!(line.get(end + 2..).unwrap_or_default().trim_ascii_start().first(), Some(b':' | b'='))
}

/// An opening or closing quote with its escapes: `"`, `\"`, `\\\"`, `'`, `%22`, `&quot;`.
pub(super) fn quote_at(text: &[u8], at: usize) -> Option<Quote<'_>> {
    let rest = text.get(at..)?;
    let is_escaped = rest.first().is_some_and(|first| matches!(first, b'%' | b'&' | b'\\' | 0xe2));
    for mark in
        ["%22", "%27", "%2522", "&quot;", "&#39;", "\\u0022", "\\u0027", "\u{201c}", "\u{201e}", "\u{2018}"]
    {
        if is_escaped && rest.starts_with(mark.as_bytes()) {
            return Some(Quote { mark: &rest[..mark.len()] });
        }
    }
    let slashes = rest.iter().take(16).take_while(|byte| **byte == b'\\').count();
    matches!(rest.get(slashes), Some(b'"' | b'\'' | b'`')).then(|| Quote { mark: &rest[..=slashes] })
}

/// Where the text inside a quote ends.
pub(super) fn quote_end(text: &[u8], from: usize, quote: Quote<'_>) -> usize {
    let limit = (from + MAX_VALUE).min(text.len());
    let slashes = quote.mark.len() - 1;
    let curly = quote.mark.starts_with(&[0xe2, 0x80]);
    let plain = quote.mark.ends_with(b"\"") || quote.mark.ends_with(b"'") || quote.mark.ends_with(b"`");
    let mut at = from;
    while at < limit {
        // A string ends with its line, unless three quotes began it.
        if text[at] == b'\n' && !text[..from].ends_with(b"\"\"\"") && !text[..from].ends_with(b"\'\'\'") {
            break;
        }
        if plain {
            let run = text[at..limit].iter().take_while(|byte| **byte == b'\\').count();
            if text.get(at + run) == quote.mark.last() {
                if run <= slashes {
                    return at + run - run.min(slashes);
                }
                at += run + 1;
                continue;
            }
            at += run.max(1);
        } else if text[at..].starts_with(quote.mark)
            || curly && ["\u{201d}", "\u{2019}"].iter().any(|mark| text[at..].starts_with(mark.as_bytes()))
        {
            return at;
        } else {
            at += 1;
        }
    }
    // No end: what a cut left over, up to the end of the line.
    from + text[from..limit].iter().position(|byte| *byte == b'\n').unwrap_or(limit - from)
}

/// How the value is enclosed.
#[derive(Clone, Copy)]
pub(super) struct Quote<'a> {
    /// The quote with the backslashes before it, or its percent form.
    pub(super) mark: &'a [u8],
}
