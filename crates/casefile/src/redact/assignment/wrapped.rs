//! What a console broke off at the end of its line.

use super::MAX_VALUE;
use super::bare::line_start;
use super::demand::{demanded, is_field};
use super::on_chain::is_transaction;
use crate::redact::find::Span;
use crate::redact::gate::{self, class};
use crate::redact::keys::{Demand, Named};
use crate::redact::rules::Id;
use crate::redact::{contracts, stand_in, value};

/// What a console broke off at the end of its line, over as many lines as it took.
pub(super) fn hide_wrapped(text: &[u8], start: usize, end: usize, named: Named, out: &mut Vec<Span>) {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/_-=%.:~".contains(byte);
    // A word that a sentence ended with: `add key rotation`.
    let is_word = named.demand == Demand::Made
        && text[start..end].iter().all(|byte| byte.is_ascii_lowercase() || b"-_".contains(byte));
    if is_word
        || end - start < 8
        || Piece::behind(text, end).is_none()
        || !text[start..end].iter().all(is_part)
    {
        return;
    }
    let mut value = text[start..end].to_vec();
    let column = line_start(text, start).map(|line| start - line);
    let (mut pieces, mut line_end, mut width) = (Vec::new(), end, None);
    while let Some(piece) = Piece::behind(text, line_end) {
        // The first line tells how wide the console is; the others are as wide, and the last is the rest.
        // What is hexadecimal, or whole as it stands, does not go on as something else.
        let is_hex = value.len() >= 32 && value[value.len() - 32..].iter().all(u8::is_ascii_hexdigit);
        let goes_on_so = piece.bytes.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-');
        if is_hex && !goes_on_so
            || !piece.alone && piece.bytes.len() < 16 && matches!(value.len(), 32 | 40 | 64)
        {
            break;
        }
        let goes_on = match width {
            // Set below the value itself, it is the rest of it.
            None => piece.continues() || piece.alone && piece.indent > 3 && Some(piece.indent) == column,
            Some(width) => {
                piece.alone && piece.bytes.len() <= width && !(piece.is_word() && piece.bytes.len() < width)
            }
        };
        if !goes_on || value.len() > MAX_VALUE {
            break;
        }
        value.extend_from_slice(piece.bytes);
        pieces.push(Span::new(piece.start, piece.end, named.rule));
        if !piece.alone || width.is_some_and(|width| piece.bytes.len() < width) {
            break;
        }
        width = width.or(Some(piece.bytes.len()));
        line_end = piece.end;
    }
    // Padding fills up groups of four.
    let padded = value.ends_with(b"=") && !value.ends_with(b"==") && !value.len().is_multiple_of(4);
    if pieces.is_empty() || padded || !value::is_random_looking(&value) {
        return;
    }
    if named.rule == Id::Signature && is_transaction(text, start, value.len()) {
        return;
    }
    let is_hidden = out.last().is_some_and(|last| last.start == start && last.end == end);
    // In one piece everybody may see it.
    if contracts::is_public(&value) {
        if is_hidden {
            out.pop();
        }
        return;
    }
    let first = &text[start..end];
    let is_said = || {
        value::is_placeholder(first)
            || pieces.iter().any(|piece| stand_in::is_near(text, piece.start, piece.end))
    };
    // What is left of it on its first line may be too short to be known by itself.
    if !is_hidden && value.len() >= 16 && demanded(&value, named.demand) && !is_said() {
        out.push(Span::new(start, end, named.rule));
        out.append(&mut pieces);
    } else if is_hidden {
        out.append(&mut pieces);
    }
}

/// Whether it begins with the name of a property, as those of cards and calendars are: `PRODID:-//…`. Source: RFC 6350.
fn begins_property(bytes: &[u8]) -> bool {
    let is_part = |byte: &&u8| byte.is_ascii_uppercase() || **byte == b'-';
    let name = bytes.iter().take_while(is_part).count();
    name >= 3 && bytes.get(name) == Some(&b':')
}

/// The token that a line begins with.
struct Piece<'a> {
    text: &'a [u8],
    bytes: &'a [u8],
    start: usize,
    end: usize,
    indent: usize,
    /// Whether it is all that the line has.
    alone: bool,
}

impl<'a> Piece<'a> {
    /// The one on the next line, its indentation left out; nothing when it is a name or a date.
    fn behind(text: &'a [u8], line_end: usize) -> Option<Self> {
        let rest = &text[line_end..];
        // The line of a shell goes on behind a backslash.
        let rest = rest.strip_prefix(b"\\").unwrap_or(rest);
        let next = rest.strip_prefix(b"\r").unwrap_or(rest).strip_prefix(b"\n")?;
        let indent = next.iter().take(80).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let start = text.len() - next.len() + indent;
        let is_part = |byte: &&u8| gate::is(**byte, class::WORD) || b"+/_-%.:~".contains(byte);
        // Most lines of a log begin with a date.
        if value::begins_with_date(&text[start..]) || text[start..].starts_with(b"-----") {
            return None;
        }
        let mut end = start + text[start..].iter().take(512).take_while(is_part).count();
        let padding = text[end..].iter().take(2).take_while(|byte| **byte == b'=').count();
        end += padding;
        // A token of two parts, the first one padded.
        if padding > 0 && text.get(end) == Some(&b'.') {
            end += text[end..].iter().take(64).take_while(is_part).count();
        }
        let bytes = &text[start..end];
        let alone = matches!(text.get(end), None | Some(b'\n' | b'\r'));
        let ends = alone || b",\"'& )}\\".contains(&text[end]);
        // What is padded is base64, which has digits or both cases, and no signs but two.
        let padded = bytes.ends_with(b"=") && bytes.iter().any(|byte| matches!(byte, b'.' | b'_' | b'-'));
        let mark = text[end..].iter().take(40).find(|byte| !matches!(byte, b' ' | b'\t'));
        // The next of two columns: `PROCESSOR_ARCHITECTURE         AMD64`.
        let is_column = !alone && (text[end..].starts_with(b"  ") || text[end..].starts_with(b"\t"))
            || text.get(end) == Some(&b' ')
                && bytes.contains(&b'_')
                && bytes.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_');
        // `sha256sum -c a760a930.sum` is the next command.
        let is_command = !alone && text[end..].starts_with(b" -") && bytes.iter().any(u8::is_ascii_lowercase);
        let is_name = padded
            || is_command
            // The border of a part of a form.
            || bytes.starts_with(b"--")
            || is_column
            || value::is_empty_setting(bytes)
            || !alone && is_field(bytes)
            || bytes.ends_with(b":")
            || begins_property(bytes)
            || !alone
                && (bytes.ends_with(b"=") && !b"\"',".contains(&text[end])
                    || matches!(mark, Some(b'=' | b':')));
        (end > start && ends && !is_name).then_some(Self { text, bytes, start, end, indent, alone })
    }

    /// Whether it looks like the rest of what a machine made.
    fn continues(&self) -> bool {
        // `python3 backtest.py` is the next command.
        let word = self.bytes.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
        let is_hex = self.bytes.iter().all(u8::is_ascii_hexdigit);
        if !self.alone
            && !is_hex
            && word >= 3
            && self.bytes.len() <= word + 3
            && self.bytes[word..].iter().all(|byte| byte.is_ascii_digit() || *byte == b'.')
        {
            return false;
        }
        let letters = self.bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
        let plain = self.bytes.iter().all(|byte| !matches!(byte, b':' | b'.' | b'~'));
        let is_made = self.has_digit() || self.is_mixed();
        // Two lines of one width, or a shorter one behind it, are a console's doing.
        let goes_on = || {
            self.alone
                && self.bytes.len() >= 8
                && Piece::behind(self.text, self.end).is_some_and(|next| {
                    next.alone
                        && next.bytes.len() <= self.bytes.len()
                        && (next.has_digit() || next.is_mixed())
                })
        };
        let is_rest = self.bytes.len() >= 6 && is_made && (letters >= 2 && self.has_digit() || self.alone)
            || self.bytes.len() >= 16 && (is_made || self.alone)
            || goes_on();
        is_rest && (plain || self.alone)
    }

    fn has_digit(&self) -> bool {
        self.bytes.iter().any(u8::is_ascii_digit)
    }

    fn is_mixed(&self) -> bool {
        self.bytes.iter().skip(1).any(u8::is_ascii_uppercase) && self.bytes.iter().any(u8::is_ascii_lowercase)
    }

    /// Whether it can be a word of prose.
    fn is_word(&self) -> bool {
        !self.has_digit() && self.bytes.len() > 3 && !self.is_mixed()
    }
}
