//! Parts of mails in quoted-printable: letters as `=C5=82`, lines that an equals sign breaks. RFC 2045, section 6.7.

use super::{MAX_PART, Read, hide_in};
use crate::redact::find::Span;
use crate::redact::gate::Anchor;
use crate::redact::view::View;

/// Longest headers.
const MAX_HEADERS: usize = 4 << 10;

/// Reads what follows the headers of the part, up to the next boundary.
pub(super) fn find(text: &[u8], anchor: Anchor, read: Read<'_>, out: &mut Vec<Span>) -> usize {
    if !text[anchor.end..].get(..9).is_some_and(|rest| rest.eq_ignore_ascii_case(b"printable")) {
        return anchor.end;
    }
    let headers = &text[anchor.end..(anchor.end + MAX_HEADERS).min(text.len())];
    let blank = memchr::memmem::find(headers, b"\n\n").map(|at| at + 2);
    let wide = memchr::memmem::find(headers, b"\r\n\r\n").map(|at| at + 4);
    let Some(body) = [blank, wide].into_iter().flatten().min().map(|at| anchor.end + at) else {
        return anchor.end;
    };
    let limit = (body + MAX_PART).min(text.len());
    let end = memchr::memmem::find(&text[body..limit], b"\n--").map_or(limit, |at| body + at);
    let mut view = View::with_capacity(end - body);
    let mut at = body;
    while at < end {
        let code = (text[at] == b'=').then(|| text.get(at + 1..at + 3)).flatten();
        let byte = code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        at = if let Some(byte) = byte {
            view.push(byte, at, at + 3);
            at + 3
        } else if text[at..].starts_with(b"=\n") {
            at + 2
        } else if text[at..].starts_with(b"=\r\n") {
            at + 3
        } else {
            view.push(text[at], at, at + 1);
            at + 1
        };
    }
    hide_in(&view, read, out);
    end
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{hides, keeps};

    const HEAD: &str = "Content-Transfer-Encoding: quoted-printable\n\n";

    #[test]
    fn letters_and_lines_are_read_as_they_were_written() {
        hides("password", &format!("{HEAD}Moje has=C5=82o: "), "VoGi7TaEqFf2Zc", "\nmam problem=\n tutaj\n");
        let text =
            format!("{HEAD}api_secret: p3zdRH20v0oPwjD5LTzDRjPLX3dNkF=\nDLR8blYsKnFFgShKPbcu\n--x--\n");
        let (clean, _) = super::super::super::Redactor::builder().build().clean_text(&text);
        let clean = clean.as_str();
        assert!(
            !clean.contains("DLR8")
                && !clean.contains("p3zd")
                && clean.lines().count() == text.lines().count(),
            "{clean}"
        );
    }

    #[test]
    fn what_says_nothing_stays() {
        keeps(&format!("{HEAD}Zlecenie 624446975345 nie przesz=C5=82o, kurs=3D1041,50\n"));
    }
}
