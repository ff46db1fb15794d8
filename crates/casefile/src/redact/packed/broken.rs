//! What was encoded and then broken into lines of one length, as mails are.

use super::super::find::Span;
use super::super::gate::{self, class};
use super::super::rules::Id;
use super::{MAX_RUN, decodings};

/// Shorter lines are not broken because of their length.
const MIN_LINE: usize = 48;
/// A line of a log may stand before the first part.
const MIN_FIRST: usize = 24;
/// Wider than any console that breaks lines.
const MAX_WIDTH: usize = 512;
/// Deeper indented is no continuation.
const MAX_INDENT: usize = 16;

/// Looks into the lines together; `is_secret` says whether the decoded text holds something to hide.
pub(super) fn find(
    text: &[u8],
    tokens: &[(usize, usize)],
    out: &mut Vec<Span>,
    is_secret: &dyn Fn(&[u8]) -> bool,
) {
    let mut next = 0;
    for &(start, end) in tokens.iter().filter(|(start, end)| end - start >= MIN_FIRST) {
        // Most tokens are too short, or not the last of their line.
        let is_long = end - start >= MIN_LINE || matches!(text.get(end), Some(b'\n' | b'\r'));
        if start < next || !is_long || line_behind(text, end).is_none() {
            continue;
        }
        let width = width_at(text, start, end);
        if width < MIN_LINE {
            continue;
        }
        let lines = lines_from(text, (start, end), width);
        next = lines[lines.len() - 1].1;
        // The last line may be a word of what follows.
        for count in [lines.len(), lines.len() - 1].into_iter().filter(|count| *count > 1) {
            let whole: Vec<u8> =
                lines[..count].iter().flat_map(|(start, end)| &text[*start..*end]).copied().collect();
            if decodings(&whole).iter().any(|decoded| is_secret(decoded)) {
                out.extend(lines[..count].iter().map(|(start, end)| Span::new(*start, *end, Id::Encoded)));
                break;
            }
        }
    }
}

/// The lines that go on with this one, the first included: of one length, the last one at most as long.
fn lines_from(text: &[u8], (start, end): (usize, usize), mut width: usize) -> Vec<(usize, usize)> {
    let mut lines = vec![(start, end)];
    let mut at = end;
    // Padding ends it.
    while text[at - 1] != b'='
        && let Some((from, to)) = line_behind(text, at)
    {
        if to - from > width || to - start > MAX_RUN {
            break;
        }
        lines.push((from, to));
        at = to;
        if to - from < width && lines.len() > 2 || to - from < MIN_LINE {
            break;
        }
        // A name may stand before the first line.
        width = to - from;
    }
    lines
}

/// How wide the line is up to its end here; no narrower than the token.
fn width_at(text: &[u8], start: usize, end: usize) -> usize {
    let near = start.saturating_sub(MAX_WIDTH);
    let line = memchr::memrchr(b'\n', &text[near..start]).map_or(start, |at| near + at + 1);
    end - line
}

/// The next line, if it is nothing but digits of an encoding.
fn line_behind(text: &[u8], end: usize) -> Option<(usize, usize)> {
    let rest = &text[end..];
    let line = rest.strip_prefix(b"\r").unwrap_or(rest).strip_prefix(b"\n")?;
    let indent = line.iter().take(MAX_INDENT).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let start = text.len() - line.len() + indent;
    let is_digit = |byte: &&u8| **byte != b'%' && gate::is(**byte, class::TOKEN);
    let length = text[start..].iter().take(MAX_RUN).take_while(is_digit).count();
    let behind = &text[start + length..];
    // `time="2026-…` begins the next line of a log.
    let is_name =
        text[..start + length].ends_with(b"=") && behind.get(1).is_some_and(u8::is_ascii_alphanumeric);
    let is_alone = behind.first().is_none_or(|byte| b"\r\n\"'`<,;)".contains(byte))
        && !(is_name && matches!(behind.first(), Some(b'"' | b'\'')));
    // `---` begins the next document of YAML.
    let is_letters = text[start..start + length].iter().any(|byte| *byte != b'-');
    (length >= 2 && is_alone && is_letters).then_some((start, start + length))
}

#[cfg(test)]
mod tests {
    use super::super::super::Redactor;

    #[test]
    fn the_lines_of_a_mail_are_read_as_one() {
        let said = "Hallo, mein API secret ist: secret=MOBjtboqFINJT98vXsZkUIxqQbrYhlQzXmNK0Gbe5SseqpkXRZiqtVywNFTvn2WJ und";
        let encoded = data_encoding::BASE64.encode(said.as_bytes());
        for (width, indent, behind) in
            [(76, "", "Pozdrawiam"), (64, "  ", "--x--"), (76, "", "Content-Transfer-Encoding: 8bit")]
        {
            let lines: Vec<_> =
                encoded.as_bytes().chunks(width).map(|line| String::from_utf8_lossy(line)).collect();
            let text = format!("base64\n\n{indent}{}\n{behind}\n", lines.join(&format!("\n{indent}")));
            let (clean, _) = Redactor::builder().build().clean_text(&text);
            assert!(lines.iter().all(|line| !clean.as_str().contains(&**line)), "{clean}");
            assert!(clean.as_str().ends_with(&format!("\n{behind}\n")), "{clean}");
        }
    }
}
