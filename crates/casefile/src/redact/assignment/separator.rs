//! What stands between a name and its value, and what encloses the value.

use super::MAX_VALUE;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    Equals,
    Colon,
    Comma,
    Space,
    Tag,
}

/// Where the value begins, and what separates it from its name.
pub(super) fn separator(text: &[u8], key_start: usize, key_end: usize) -> Option<(usize, Separator)> {
    let mut at = key_end;
    let closing = quote_at(text, at);
    if let Some(quote) = closing {
        at += quote.mark.len();
        if text.get(at) == Some(&b']') {
            at += 1;
        }
    }
    at = skip_spaces(text, at);
    let rest = &text[at..];
    let literal =
        |mark: &str| rest.len() >= mark.len() && rest[..mark.len()].eq_ignore_ascii_case(mark.as_bytes());
    for (mark, separator) in [
        ("=>", Separator::Equals),
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
        if literal(mark) {
            return Some((skip_to_value(text, at + mark.len()), separator));
        }
    }
    if closing.is_some() && literal(",") {
        return Some((skip_spaces(text, at + 1), Separator::Comma));
    }
    if closing.is_some() && literal("value=") {
        return Some((at + 6, Separator::Equals));
    }
    if literal(">") && closing.is_none() && text[..key_start].ends_with(b"<") {
        return Some((at + 1, Separator::Tag));
    }
    if literal(">") && closing.is_some() {
        return Some((at + 1, Separator::Tag));
    }
    let flag = text[..key_start].ends_with(b"--") || text[..key_start].ends_with(b" -");
    if flag && at > key_end {
        return Some((at, Separator::Space));
    }
    for verb in ["is ", "was ", "= ", "to: "] {
        if at > key_end && literal(verb) {
            return Some((at + verb.len(), Separator::Space));
        }
    }
    None
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
    for mark in ["%22", "%27", "%2522", "&quot;", "&#39;", "\\u0022", "\\u0027"] {
        if rest.starts_with(mark.as_bytes()) {
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
    let plain = quote.mark.ends_with(b"\"") || quote.mark.ends_with(b"'") || quote.mark.ends_with(b"`");
    let mut at = from;
    while at < limit {
        if text[at] == b'\n' && memchr::memchr_iter(b'\n', &text[from..at]).count() > 60 {
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
        } else if text[at..].starts_with(quote.mark) {
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
