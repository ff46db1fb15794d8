//! Text inside base64, hexadecimal and percent encoding: decoded once to look, hidden as a whole.

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER_PERMISSIVE};

use super::find::Span;
use super::rules::Id;

/// Shorter runs hold nothing that could be told from chance.
const MIN_RUN: usize = 24;
const MAX_RUN: usize = 64 << 10;

/// Looks into each encoded run; `is_secret` says whether the decoded text holds something to hide.
pub(super) fn find(text: &[u8], out: &mut Vec<Span>, is_secret: &dyn Fn(&[u8]) -> bool) {
    let mut at = 0;
    while at < text.len() {
        if !is_symbol(text[at]) {
            at += 1;
            continue;
        }
        let start = at;
        let mut percents = 0;
        while at < text.len() && is_symbol(text[at]) {
            percents += usize::from(text[at] == b'%');
            at += 1;
        }
        let left;
        let run = if percents >= 2 {
            // What was found under the percent signs needs no second look.
            left = without(text, start, at, out);
            left.as_slice()
        } else {
            &text[start..at]
        };
        if (MIN_RUN..=MAX_RUN).contains(&run.len())
            && decodings(run, percents).iter().any(|decoded| is_secret(decoded))
        {
            out.push(Span::new(start, at, Id::Encoded));
        }
    }
}

/// `text[start..end]` without what is hidden already.
fn without(text: &[u8], start: usize, end: usize, spans: &[Span]) -> Vec<u8> {
    let hidden = |at: usize| spans.iter().any(|span| (span.start..span.end).contains(&at));
    (start..end).filter(|at| !hidden(*at)).map(|at| text[at]).collect()
}

fn is_symbol(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'_' | b'-' | b'%' | b'=')
}

/// What the run says in each encoding in which it is readable text.
fn decodings(run: &[u8], percents: usize) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    if percents >= 2 {
        let decoded = percent_decoded(run);
        if decoded.len() < run.len() && is_text(&decoded) {
            found.push(decoded);
        }
        return found;
    }
    let bare: &[u8] = run.split(|byte| *byte == b'=').next().unwrap_or_default();
    if bare.len().is_multiple_of(2) && bare.iter().all(u8::is_ascii_hexdigit) {
        found.extend(HEXLOWER_PERMISSIVE.decode(bare));
    } else {
        let whole = bare.len() - usize::from(bare.len() % 4 == 1);
        found.extend(BASE64_NOPAD.decode(&bare[..whole]).or_else(|_| BASE64URL_NOPAD.decode(&bare[..whole])));
    }
    found.retain(|decoded| is_text(decoded));
    found
}

fn percent_decoded(run: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(run.len());
    let mut at = 0;
    while at < run.len() {
        let hex = (run[at] == b'%').then(|| run.get(at + 1..at + 3)).flatten();
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()) {
            decoded.push(byte);
            at += 3;
        } else {
            decoded.push(run[at]);
            at += 1;
        }
    }
    decoded
}

fn is_text(decoded: &[u8]) -> bool {
    decoded.len() >= 12
        && decoded.iter().all(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | 0x20..=0x7e | 0x80..))
        && std::str::from_utf8(decoded).is_ok()
}
