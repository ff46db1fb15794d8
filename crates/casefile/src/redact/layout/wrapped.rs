//! What a console or a mail program broke at its right edge in the middle of a word: a token that ends with its line may go on
//! in the next.

use std::cell::LazyCell;

use super::line_end;
use crate::redact::checks;
use crate::redact::find::{self, Span};
use crate::redact::gate::{self, class};
use crate::redact::rules::Id;
use crate::redact::view::View;
use crate::redact::{stand_in, value};

/// Narrower lines are not broken because of their length.
const MIN_WIDTH: usize = 40;
/// Wider than any console that breaks lines.
const MAX_WIDTH: usize = 512;
/// More lines than a secret takes.
const MAX_LINES: usize = 32;
/// Deeper indented is no continuation.
const MAX_INDENT: usize = 16;

/// Joins the lines behind each token that ends with its line.
pub(super) fn find(text: &[u8], tokens: &[(usize, usize)], out: &mut Vec<Span>) {
    let (mut next, mut last) = (0, 0);
    let console = LazyCell::new(|| console_width(text));
    for &(start, end) in tokens {
        let ends_line = matches!(text.get(end), Some(b'\n' | b'\r')) && begins_rest(text, end);
        let itself = ends_line.then_some((start, end));
        let before = broken_before(text, start).map(|end| (end, end));
        for (start, end) in [itself, before].into_iter().flatten() {
            if start < next || stand_in::is_near(text, end.saturating_sub(1), end) {
                continue;
            }
            let Some(mut joined) = Joined::of(text, start, end) else { continue };
            joined.is_console = *console == Some(signs(&joined.view.text[..joined.joints[0]]));
            joined.is_column |= joined.is_console;
            let found = out.len();
            for span in find::plain(&joined.view.text) {
                if joined.goes_through(span) {
                    super::put(&joined.view, span, out);
                }
            }
            if out.len() > found {
                next = joined.end;
                break;
            }
            // The last line can be the first of others.
            last = last.max(joined.last);
        }
        next = next.max(last);
    }
    in_console(text, &console, out);
}

/// Reads each line that a console broke together with what it goes on in, wherever it was broken: in a name, in front of a value.
fn in_console(
    text: &[u8],
    console: &LazyCell<Option<usize>, impl FnOnce() -> Option<usize>>,
    out: &mut Vec<Span>,
) {
    const FEWEST: usize = 4;
    // Where none of so many lines goes on in the next one, nothing is broken.
    const LOOKED_AT: usize = 512;
    let mut broken: Vec<(usize, usize)> = Vec::new();
    let mut line = 0;
    for (number, end) in memchr::memchr_iter(b'\n', text).enumerate() {
        if number == LOOKED_AT && broken.is_empty() {
            return;
        }
        // Most lines of a log begin with their date.
        let is_date = matches!(text.get(end + 1..end + 6), Some([b'1' | b'2', _, _, _, b'-' | b'/']));
        if end - line >= MIN_WIDTH && !is_date && text.get(end + 1).is_some_and(|next| is_rest(*next)) {
            broken.push((line, end));
        }
        line = end + 1;
    }
    broken.retain(|(_, end)| !value::begins_with_date(&text[end + 1..(end + 40).min(text.len())]));
    if broken.len() < FEWEST {
        return;
    }
    let Some(width) = **console else { return };
    let content = |(from, to): (usize, usize)| {
        let line = &text[from..to];
        line.strip_suffix(b"\r").unwrap_or(line).len()
    };
    broken.retain(|line| signs(&text[line.0..line.0 + content(*line)]) == width);
    if broken.len() < FEWEST {
        return;
    }
    let mut at = 0;
    while let Some(first) = broken.get(at).copied() {
        let mut view = View::with_capacity(4 * width);
        view.push_range(text, first.0, first.0 + content(first));
        let joint = view.text.len();
        let mut next = first.1 + 1;
        for _ in 0..MAX_LINES {
            let end = line_end(text, next);
            // `… the password:` and a setting of its own on the next line.
            let ends = view.text.last().is_some_and(|last| !last.is_ascii_alphanumeric());
            if begins_alike(&text[first.0..first.1], &text[next..end])
                || ends && begins_name(&text[next..end])
            {
                break;
            }
            view.push_range(text, next, next + content((next, end)));
            next = end + 1;
            if broken.get(at + 1).is_none_or(|line| line.1 != end) {
                break;
            }
            at += 1;
        }
        at += 1;
        let is_alone = view.text.len() == joint;
        for span in find::plain(&view.text).into_iter().filter(|span| !is_alone && span.end > joint) {
            super::put(&view, span, out);
        }
    }
}

/// Whether a line may begin so that goes on with the one before it: none of a log has a space or a bracket there.
fn is_rest(first: u8) -> bool {
    first.is_ascii_graphic() && !matches!(first, b'[' | b'{' | b'(')
}

/// How many signs the longest lines have, if there are several of them: so wide is the console that broke them.
fn console_width(text: &[u8]) -> Option<usize> {
    const FEWEST: usize = 4;
    let (mut widest, mut count) = (0, 0);
    for line in text.split(|byte| *byte == b'\n') {
        let width = signs(line.strip_suffix(b"\r").unwrap_or(line));
        if width > widest {
            (widest, count) = (width, 0);
        }
        count += usize::from(width == widest);
    }
    (count >= FEWEST && (MIN_WIDTH..=MAX_WIDTH).contains(&widest)).then_some(widest)
}

/// How many signs it has in UTF-8.
fn signs(line: &[u8]) -> usize {
    line.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// Where the line before ends, if a token stands close to the beginning of its line, behind what can be the rest of a name.
fn broken_before(text: &[u8], start: usize) -> Option<usize> {
    const MAX_NAME: usize = 24;
    // Most tokens stand further on.
    let near = &text[start.saturating_sub(MAX_NAME + MAX_INDENT + 2)..start];
    memchr::memrchr(b'\n', near)?;
    // Up to the beginning of the line there is no space but its indentation.
    let name = text[..start]
        .iter()
        .rev()
        .take(MAX_NAME + 1)
        .take_while(|byte| !matches!(byte, b' ' | b'\n'))
        .count();
    let indent =
        text[..start - name].iter().rev().take(MAX_INDENT + 1).take_while(|byte| **byte == b' ').count();
    let line = start.checked_sub(name + indent + 1).filter(|line| text[*line] == b'\n')?;
    let name = text[line + 1..start].trim_ascii_start();
    let end = line - usize::from(text[..line].ends_with(b"\r"));
    let is_open = end > 0 && text[end - 1].is_ascii_alphanumeric();
    (is_open && name.len() <= MAX_NAME && !name.contains(&b' ') && begins_rest(text, end)).then_some(end)
}

/// Whether the next line begins with a token, and not as lines of a log do: most lines end here.
fn begins_rest(text: &[u8], end: usize) -> bool {
    let rest = &text[end..];
    let line = rest.strip_prefix(b"\r").unwrap_or(rest).strip_prefix(b"\n").unwrap_or_default();
    let indent = line.iter().take(MAX_INDENT).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let line = &line[indent..];
    let is_date = value::begins_with_date(line) || line.starts_with(b"-----");
    line.first().is_some_and(|first| gate::is(*first, class::TOKEN) || b"&?.:".contains(first)) && !is_date
}

/// A line and those that go on with it.
struct Joined {
    view: View,
    /// Where in the view a line ends.
    joints: Vec<usize>,
    /// Whether a line that goes on is as wide as the first.
    is_column: bool,
    /// Whether the first line is as wide as the console that broke all of them.
    is_console: bool,
    /// Where the last line begins.
    last: usize,
    end: usize,
}

impl Joined {
    fn of(text: &[u8], start: usize, end: usize) -> Option<Self> {
        let near = start.saturating_sub(MAX_WIDTH);
        let line = memchr::memrchr(b'\n', &text[near..start]).map_or(near, |at| near + at + 1);
        let width = end - line;
        if !(MIN_WIDTH..=MAX_WIDTH).contains(&width) {
            return None;
        }
        let mut joined = Self {
            view: View::with_capacity(4 * width),
            joints: Vec::new(),
            is_column: false,
            is_console: false,
            last: end,
            end,
        };
        joined.view.push_range(text, line, end);
        for _ in 0..MAX_LINES {
            let at = joined.end + usize::from(text.get(joined.end) == Some(&b'\r')) + 1;
            if at > text.len() || !begins_rest(text, joined.end) {
                break;
            }
            let stop = line_end(&text[..(at + width + MAX_INDENT + 2).min(text.len())], at);
            let content = text[at..stop].trim_ascii_end().len();
            let indent = text[at..stop].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            // What was broken is never wider than what it was broken from, its indentation left out.
            if content <= indent || content - indent > width {
                break;
            }
            joined.joints.push(joined.view.text.len());
            joined.view.push_range(text, at + indent, at + content);
            (joined.last, joined.end) = (at, at + content);
            joined.is_column |= content == width || content - indent == width;
            if content < width {
                break;
            }
        }
        (!joined.joints.is_empty()).then_some(joined)
    }

    /// Whether the range, or the name before it, goes on where a line ended, and would not be there without the next line.
    fn goes_through(&self, span: Span) -> bool {
        // What ends nowhere by itself goes on in any line.
        if span.rule > Id::Encoded {
            return false;
        }
        let inside = || self.joints.iter().rev().filter(|joint| (span.start + 1..span.end).contains(joint));
        let Some(joint) = inside().next() else { return self.is_named_through(span) };
        let value = &self.view.text[span.start..span.end];
        // `authorization: Bearer`, and the token on the next line.
        if span.rule == Id::Authorization
            && joint - span.start <= 12
            && value[..joint - span.start].iter().all(u8::is_ascii_alphabetic)
        {
            return false;
        }
        if span.rule == Id::PrivateKey && checks::is_wallet_key(value) {
            return true;
        }
        let behind = &self.view.text[*joint..];
        let part = &self.view.text[*joint..span.end];
        // A line of a log that begins like a token goes on with words, and as the line before it does.
        let is_alone = !behind.contains(&b' ');
        let goes_on = is_alone || self.is_column && !begins_alike(&self.view.text, behind);
        goes_on
            && (is_made(part) || self.is_console && part.len() <= 3 && part.iter().all(u8::is_ascii_hexdigit))
            && !inside().any(|joint| begins_name(&self.view.text[*joint..]))
    }

    /// Whether the name of what stands in this range was broken: `…&sig` and `nature=…` on the next line.
    fn is_named_through(&self, span: Span) -> bool {
        let Some(joint) = self.joints.iter().rev().find(|joint| **joint <= span.start) else { return false };
        let name = &self.view.text[*joint..span.start];
        let value = &self.view.text[span.start..span.end];
        name.len() < 24
            && (name.ends_with(b"=") || name.ends_with(b":\"") || name.ends_with(b"/"))
            && !name.contains(&b' ')
            && value.len() >= 16
            && is_made(value)
    }
}

/// Whether the first words of two lines have digits and letters in the same places, as times of a log have.
fn begins_alike(first: &[u8], next: &[u8]) -> bool {
    let shape = |line: &[u8]| {
        let word = line.iter().take_while(|byte| !byte.is_ascii_whitespace());
        let kinds = word.map(|byte| match byte {
            b'0'..=b'9' => b'0',
            b'a'..=b'z' | b'A'..=b'Z' => b'a',
            other => *other,
        });
        kinds.collect::<Vec<_>>()
    };
    shape(first) == shape(next)
}

/// Whether it has a digit, or a capital behind a small letter.
fn is_made(part: &[u8]) -> bool {
    part.iter().any(u8::is_ascii_digit)
        || part.iter().skip(1).any(u8::is_ascii_uppercase) && part.iter().any(u8::is_ascii_lowercase)
}

/// Whether a line begins with a name and a sign behind it: it is a line of its own.
fn begins_name(line: &[u8]) -> bool {
    let name =
        line.iter().take(64).take_while(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(byte)).count();
    // What is padded ends with its quotes.
    let is_padding = |rest: &[u8]| match rest {
        [] | [b'=' | b'\r', ..] => true,
        [b'"' | b'\'', behind @ ..] => behind.first().is_none_or(|next| b",;)}]\r\n ".contains(next)),
        _ => false,
    };
    let is_key = matches!(&line[name..], [b':'] | [b':', b' ' | b'\n' | b'\r', ..]);
    let is_spaced = is_key || [&b" = "[..], b" : "].iter().any(|mark| line[name..].starts_with(mark));
    value::is_empty_setting(line)
        || name > 0 && is_spaced
        || name > 0
            && line[name..]
                .split_first()
                .is_some_and(|(mark, rest)| matches!(mark, b'=' | b':') && !is_padding(rest))
}

#[cfg(test)]
mod tests {
    use super::super::super::Redactor;

    /// The text as a console of this width shows it.
    fn wrapped(text: &str, width: usize, indent: &str) -> String {
        let mut lines = vec![text[..width.min(text.len())].to_owned()];
        let mut rest = &text[width.min(text.len())..];
        while !rest.is_empty() {
            let length = (width - indent.len()).min(rest.len());
            lines.push(format!("{indent}{}", &rest[..length]));
            rest = &rest[length..];
        }
        lines.join("\n")
    }

    #[test]
    fn what_is_broken_anywhere_goes() {
        let redactor = Redactor::builder().build();
        for (text, parts) in [
            (
                "imported the key Kz5HAq4ggrocHT1sfQuDnHTxiWtHd7Bg44MVdWSTsNnguy6MYwxP",
                ["Kz5HAq4g", "nguy6MYw"],
            ),
            (
                "https://discord.com/api/webhooks/123456789012345678/Em1QyySHqQoognMVsZIrRj4exDZX2wJob2zhlzdxIy47fYDtQ3kju-RzopZOKlK_Smp2",
                ["Em1QyySH", "OKlK_Smp"],
            ),
            (
                "wss://stream.binance.com:9443/ws/NMQE6TLrEOLRA64vDav0C8uO9jvkevwXgcr2zqsvT0IqSuoV8mvP2cZXbGBHvpOf",
                ["NMQE6TLr", "ZXbGBHvp"],
            ),
        ] {
            for (width, indent) in [(50, ""), (55, ""), (60, "    "), (66, "  ")] {
                let text =
                    format!("before\n{}\n2026-11-20 08:00:01 INFO next line\n", wrapped(text, width, indent));
                let (clean, _) = redactor.clean_text(&text);
                let joined: String = clean.as_str().split_whitespace().collect();
                assert!(parts.iter().all(|part| !joined.contains(part)), "{text}\n{clean}");
                assert!(clean.as_str().ends_with("\n2026-11-20 08:00:01 INFO next line\n"), "{clean}");
                assert_eq!(clean.as_str().lines().count(), text.lines().count(), "{clean}");
            }
        }
    }

    #[test]
    fn lines_of_one_width_keep_their_times() {
        let redactor = Redactor::builder().build();
        for time in ["1764000001.25", "2026", "11/20", "T0000123"] {
            let line =
                |n: u64| format!("{time} DEBUG sent with signature={:064x}\n", u128::from(n).pow(2) << 90);
            let text: String = (1..=5).map(|n| line(n * 77_777_777_777)).collect();
            let (clean, _) = redactor.clean_text(&text);
            assert_eq!(
                clean.as_str().matches(&format!("{time} DEBUG sent with signature=<")).count(),
                5,
                "{clean}"
            );
        }
    }

    #[test]
    fn the_next_line_of_a_log_stays() {
        let redactor = Redactor::builder().build();
        let value = "9b7ecba2f919a224c351d7d558d26cd2face2fd4cd4ccc2fc710ccd45b4907b8";
        for next in [
            "1764000001.25 INFO order 17 placed",
            "connected",
            "GET /api/v3/time",
            "BTCUSDT 1m candle closed",
            "08:00:01 tick",
            "[2026-11-20] tick",
            "OKX_SHA256=\"638e6701584736611572b75bb98278ac9ae54b58203b28ab19681f43effcd53b\"",
        ] {
            let text = format!(
                "GET https://api.binance.com/api/v3/order?symbol=BTCUSDT&signature={value}\n{next}\n"
            );
            let (clean, _) = redactor.clean_text(&text);
            assert!(
                clean.as_str().ends_with(&format!("\n{next}\n")) && !clean.as_str().contains(value),
                "{clean}"
            );
        }
    }
}
