//! Values that a traceback draws below the variables of a line, as loguru and better-exceptions do:
//!
//! ```text
//!     client = Client(api_secret)
//!              │      └ '15cbf8a4…'
//! ```

use crate::redact::find::Span;
use crate::redact::{assignment, keys};

const CORNER: &[u8] = "\u{2514} ".as_bytes();
const BAR: &str = "\u{2502}";
/// The line of source is at most so many lines above its values.
const MAX_LINES: usize = 16;
/// Longer lines are no lines of source.
const MAX_LINE: usize = 512;

pub(super) fn find(text: &[u8], out: &mut Vec<Span>) {
    for corner in memchr::memmem::find_iter(text, CORNER) {
        let Some(named) = name_above(text, corner).and_then(|name| keys::named(&name)) else { continue };
        let start = corner + CORNER.len();
        let rest = &text[start..(start + 4 * MAX_LINE).min(text.len())];
        let line = rest.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
        let line = line.trim_ascii_end();
        let prefix = usize::from(line.first() == Some(&b'b') && matches!(line.get(1), Some(b'\'' | b'"')));
        let quote = line.get(prefix).copied().filter(|quote| matches!(quote, b'\'' | b'"'));
        let (from, to) = match quote {
            Some(quote) if line.len() > prefix + 2 && line.last() == Some(&quote) => {
                (prefix + 1, line.len() - 1)
            }
            _ => (0, line.len()),
        };
        assignment::take(text, start + from, start + to, named, true, out);
    }
}

/// A value that is refused: `Could not convert string to integer: …. Path 'exchange.dbPassword', line 38`,
/// `invalid type: string "…", expected u64 for key exchange.api_key`.
pub(super) fn refused(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let line = &text[start..end];
    let (from, length, behind) = if line.starts_with(b"convert") {
        let from = memchr::memchr(b':', line)? + 2;
        let length = memchr::memmem::find(line.get(from..)?, b". Path '")?;
        (from, length, from + length + b". Path '".len())
    } else {
        let from = memchr::memchr(b'"', line)? + 1;
        let length = memchr::memchr(b'"', line.get(from..)?)?;
        let path = memchr::memmem::rfind(line, b" for key `")? + b" for key `".len();
        (from, length, path)
    };
    let path = line.get(behind..)?.split(|byte| b"'`,".contains(byte)).next()?;
    assignment::is_secret_under(path, &line[from..from + length])
        .then_some((start + from, start + from + length))
}

/// The name in the line of source that stands in the column of the corner.
fn name_above(text: &[u8], corner: usize) -> Option<Vec<u8>> {
    let mut end = line_start(text, corner)?;
    let column = std::str::from_utf8(&text[end..corner]).ok()?.chars().count();
    for _ in 0..MAX_LINES {
        end = end.checked_sub(1)?;
        let start = line_start(text, end)?;
        let line = std::str::from_utf8(&text[start..end]).ok()?;
        if !line.trim_start().starts_with(BAR) && !line.contains('\u{2514}') {
            let begin = line.char_indices().nth(column)?.0;
            let is_part = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.');
            let name: String = line[begin..].chars().take(64).take_while(is_part).collect();
            let is_whole =
                !line[..begin].chars().next_back().is_some_and(|letter| letter.is_ascii_alphanumeric());
            return (is_whole && !name.is_empty()).then(|| name.into_bytes());
        }
        end = start;
    }
    None
}

/// Where the line begins that ends at `at` or goes on there.
fn line_start(text: &[u8], at: usize) -> Option<usize> {
    let from = at.saturating_sub(MAX_LINE);
    let found = memchr::memrchr(b'\n', &text[from..at]).map(|newline| from + newline + 1);
    found.or((from == 0).then_some(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_below_a_name_goes() {
        let text = "  File \"x.py\", line 3\n    client = Client(api_secret, symbol)\n             \u{2502}      \u{2502}           \u{2514} 'BTCUSDT'\n             \u{2502}      \u{2514} '15cbf8a43da8336f34ddca985bfe025f6f45fa30fa841e24'\n             \u{2514} <class 'x.Client'>\n";
        let mut out = Vec::new();
        find(text.as_bytes(), &mut out);
        let hidden: Vec<&str> = out.iter().map(|span| &text[span.start..span.end]).collect();
        assert_eq!(hidden, ["15cbf8a43da8336f34ddca985bfe025f6f45fa30fa841e24"]);
        for text in ["\u{2514} x", "a\n\u{2514} ", "\u{2514} \n\u{2514} ", "\u{2514}\u{2500} file.log\n"] {
            find(text.as_bytes(), &mut out);
        }
        assert_eq!(out.len(), 1);
    }
}
