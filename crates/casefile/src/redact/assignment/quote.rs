//! What encloses a value.

use super::MAX_VALUE;

/// An opening or closing quote with its escapes: `"`, `\"`, `\\\"`, `'`, `%22`, `&quot;`.
pub(super) fn quote_at(text: &[u8], at: usize) -> Option<Quote<'_>> {
    let rest = text.get(at..)?;
    let is_escaped = rest.first().is_some_and(|first| matches!(first, b'%' | b'&' | b'\\' | 0xc2 | 0xe2));
    for mark in [
        "%22",
        "%27",
        "%2522",
        "&quot;",
        "&#39;",
        "&#x27;",
        "&#34;",
        "&#x22;",
        "&apos;",
        "\\u0022",
        "\\u0027",
        "\\\\u0022",
        "\\\\u0027",
        "\u{201c}",
        "\u{201e}",
        "\u{2018}",
        "\u{ab}\u{a0}",
        "\u{ab}\u{202f}",
        "\u{ab} ",
        "\u{ab}",
    ] {
        if is_escaped && rest.starts_with(mark.as_bytes()) {
            return Some(Quote { mark: &rest[..mark.len()] });
        }
    }
    // Inside of a quoted cell.
    if rest.starts_with(b"\"\"") && rest.get(2).is_some_and(|next| !b",;\"\r\n\t )]}".contains(next)) {
        return Some(Quote { mark: &rest[..2] });
    }
    let slashes = rest.iter().take(16).take_while(|byte| **byte == b'\\').count();
    matches!(rest.get(slashes), Some(b'"' | b'\'' | b'`')).then(|| Quote { mark: &rest[..=slashes] })
}

/// Whether the quote that stands in the place of a value ends the string that its name stands in: `read -p "Password: " PASS`.
pub(super) fn closes(text: &[u8], key_start: usize, at: usize) -> bool {
    const NEAR: usize = 200;
    let slashes = text[at.min(text.len())..].iter().take(4).take_while(|byte| **byte == b'\\').count();
    let Some(quote) = text.get(at + slashes).filter(|byte| matches!(byte, b'"' | b'\'')) else {
        return false;
    };
    // What ends a string has a sign behind it, or a space.
    let is_end = matches!(text.get(at + slashes + 1), None | Some(b',' | b')' | b' ' | b';' | b'\n' | b'\r'));
    // What follows may be the value: `print("secret: ", "…")`.
    let rest = text.get(at + slashes + 1..).unwrap_or_default();
    let rest = rest.strip_prefix(b",").unwrap_or(rest).trim_ascii_start();
    if !is_end || rest.first().is_some_and(|next| b"\"'`\\".contains(next)) && !rest.starts_with(b"\\n") {
        return false;
    }
    let near = &text[key_start.saturating_sub(NEAR)..key_start];
    let line = near.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let is_alike = |place: &usize| {
        line[..*place].iter().rev().take_while(|byte| **byte == b'\\').count() == slashes
            // `don't`
            && !(*quote == b'\'' && *place > 0 && line[*place - 1].is_ascii_alphanumeric())
    };
    line.len() < NEAR && memchr::memchr_iter(*quote, line).filter(is_alike).count() % 2 == 1
}

/// Where the text inside a quote ends.
pub(super) fn quote_end(text: &[u8], from: usize, quote: Quote<'_>) -> usize {
    let limit = (from + MAX_VALUE).min(text.len());
    let slashes = quote.mark.len() - 1;
    let curly = quote.mark.starts_with(&[0xe2, 0x80]);
    if quote.mark.starts_with("\u{ab}".as_bytes()) {
        return end_of_guillemets(&text[..limit], from);
    }
    let plain = quote.mark != b"\"\"" && quote.mark.ends_with(b"\"")
        || quote.mark.ends_with(b"'")
        || quote.mark.ends_with(b"`");
    let mut at = from;
    while at < limit {
        // A string ends with its line, unless three quotes began it.
        if text[at] == b'\n' && !text[..from].ends_with(b"\"\"\"") && !text[..from].ends_with(b"\'\'\'") {
            break;
        }
        if plain {
            let run = text[at..limit].iter().take_while(|byte| **byte == b'\\').count();
            if text.get(at + run) == quote.mark.last() {
                let closes = run <= slashes || run % (2 * (slashes + 1)) == slashes;
                // Two quotes stand for one in YAML, SQL and CSV.
                let doubled = slashes == 0
                    && run == 0
                    && text.get(at + 1) == quote.mark.last()
                    && at > from
                    && text.get(at + 2).is_some_and(|next| next.is_ascii_alphanumeric() || *next >= 0x80);
                if doubled {
                    at += 2;
                    continue;
                }
                // A shell closes its quote, writes one, and opens it again: `'it'\''s'`.
                if quote.mark == b"'" && text[at..limit].starts_with(b"'\\''") {
                    at += 4;
                    continue;
                }
                if closes {
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
    let rest = text[from..limit].split(|byte| *byte == b'\n').next().unwrap_or_default();
    from + rest.strip_suffix(b"\r").unwrap_or(rest).len()
}

/// Before the closing one and the narrow space that French has there.
fn end_of_guillemets(text: &[u8], from: usize) -> usize {
    let line = text[from..].split(|byte| *byte == b'\n').next().unwrap_or_default();
    let inside = memchr::memmem::find(line, "\u{bb}".as_bytes()).map_or(line, |end| &line[..end]);
    let spaces = ["\u{a0}", "\u{202f}", " "];
    let inside = spaces.iter().find_map(|space| inside.strip_suffix(space.as_bytes())).unwrap_or(inside);
    from + inside.len()
}

/// How the value is enclosed.
#[derive(Clone, Copy)]
pub(super) struct Quote<'a> {
    /// The quote with the backslashes before it, or its percent form.
    pub(super) mark: &'a [u8],
}
