//! Text inside base64, hexadecimal and percent encoding: decoded once to look, hidden as a whole.

mod broken;
pub(super) mod listed;
mod percent;

use std::sync::LazyLock;

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, Encoding, HEXLOWER_PERMISSIVE};

use super::find::{Covered, Span};
use super::rules::Id;
use super::value;

/// Shorter runs hold nothing that could be told from chance.
pub(super) const MIN_RUN: usize = 24;
const MAX_RUN: usize = 64 << 10;

/// Looks into each encoded run that is not hidden already by `hidden`, which are sorted; `is_secret` says whether the decoded
/// text holds something to hide.
pub(super) fn find(
    text: &[u8],
    tokens: &[(usize, usize)],
    hidden: &[Span],
    is_secret: &dyn Fn(&[u8]) -> bool,
) -> Vec<Span> {
    let mut out = Vec::new();
    broken::find(text, tokens, &mut out, is_secret);
    buffers(text, &mut out, is_secret);
    // What is hidden for less than being encoded is looked into all the same.
    let mut covered = Covered::by(hidden, Id::Encoded);
    for &(start, end) in tokens.iter().filter(|(start, end)| end - start >= MIN_RUN) {
        let run = &text[start..end];
        if covered.holds(start, end) {
            continue;
        }
        let first = memchr::memchr(b'%', run);
        if first.is_some_and(|first| memchr::memchr(b'%', &run[first + 1..]).is_some()) {
            let before = out.len();
            percent::find(text, (start, end), &mut out);
            // What was found under the percent signs needs no second look.
            let first = hidden.partition_point(|span| span.end <= start);
            let inside = hidden[first..].iter().take_while(|span| span.start < end);
            let inside: Vec<Span> = inside.chain(&out[before..]).copied().collect();
            let left = without(text, start, end, &inside);
            if left.len() <= MAX_RUN && percent_text(&left).is_some_and(|decoded| is_secret(&decoded)) {
                // A part of the path or of the query, if that has it by itself.
                let parts = percent::parts(run);
                let secret = |(from, to): &(usize, usize)| {
                    percent_text(&run[*from..*to]).is_some_and(|decoded| is_secret(&decoded))
                };
                let parts: Vec<_> = parts.into_iter().filter(secret).collect();
                let whole = if parts.is_empty() { vec![(0, run.len())] } else { parts };
                out.extend(whole.iter().map(|(from, to)| Span::new(start + from, start + to, Id::Encoded)));
            }
            continue;
        }
        for (from, to) in words(run) {
            if !covered.holds(start + from, start + to)
                && decodings(&run[from..to]).iter().any(|decoded| is_secret(decoded))
            {
                out.push(Span::new(start + from, start + to, Id::Encoded));
            }
        }
    }
    out
}

/// The bytes of a buffer as Node prints them: `<Buffer 68 74 74 70 …>`.
fn buffers(text: &[u8], out: &mut Vec<Span>, is_secret: &dyn Fn(&[u8]) -> bool) {
    static BUFFER: LazyLock<memchr::memmem::Finder<'_>> =
        LazyLock::new(|| memchr::memmem::Finder::new("<Buffer "));
    for at in BUFFER.find_iter(text) {
        let start = at + b"<Buffer ".len();
        let is_part = |byte: &&u8| byte.is_ascii_hexdigit() || **byte == b' ';
        let end = start + text[start..].iter().take(4_096).take_while(is_part).count();
        let digits: Vec<u8> = text[start..end].iter().copied().filter(u8::is_ascii_hexdigit).collect();
        let whole = digits.len() - digits.len() % 2;
        if HEXLOWER_PERMISSIVE
            .decode(&digits[..whole])
            .is_ok_and(|bytes| is_text(&bytes) && is_secret(&bytes))
        {
            out.push(Span::new(start, start + text[start..end].trim_ascii_end().len(), Id::Encoded));
        }
    }
}

/// The parts of a run that may be base64 or hexadecimal: a name, a sign and a value are often one run.
fn words(run: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < run.len() {
            let start = at;
            let body = memchr::memchr2(b'=', b'%', &run[start..]).unwrap_or(run.len() - start);
            let padding = run[start + body..].iter().take_while(|byte| matches!(byte, b'=')).count();
            at = (start + body + padding).max(start + 1);
            if (MIN_RUN..=MAX_RUN).contains(&body) {
                return Some((start, start + body + padding.min(2)));
            }
        }
        None
    })
}

/// `text[start..end]` without what is hidden already.
fn without(text: &[u8], start: usize, end: usize, spans: &[Span]) -> Vec<u8> {
    let hidden = |at: usize| spans.iter().any(|span| (span.start..span.end).contains(&at));
    (start..end).filter(|at| !hidden(*at)).map(|at| text[at]).collect()
}

/// What the run says in each encoding in which it is readable text.
fn decodings(run: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let bare: &[u8] = run.split(|byte| *byte == b'=').next().unwrap_or_default();
    let bare = bare.strip_prefix(b"0x").filter(|hex| hex.iter().all(u8::is_ascii_hexdigit)).unwrap_or(bare);
    let Some(head) = bare.get(..16) else { return found };
    if bare.len().is_multiple_of(2) && bare.iter().all(u8::is_ascii_hexdigit) {
        if begins_readable(&HEXLOWER_PERMISSIVE, head) {
            found.extend(HEXLOWER_PERMISSIVE.decode(bare));
        }
    } else {
        let whole = bare.len() - usize::from(bare.len() % 4 == 1);
        for encoding in [&LENIENT, &LENIENT_URL] {
            // What the two differ in may come late.
            if begins_readable(encoding, head)
                && let Ok(decoded) = encoding.decode(&bare[..whole])
            {
                found.push(decoded);
                break;
            }
        }
    }
    for decoded in &mut found {
        // Two bytes a letter, as Windows writes; what a system puts between arguments.
        let zeros = memchr::memchr_iter(0, decoded).count();
        if zeros > 0 && zeros * 9 >= decoded.len() * 4 {
            *decoded = decoded.iter().copied().filter(|byte| *byte != 0).collect();
        } else if zeros > 0 {
            decoded.iter_mut().filter(|byte| **byte == 0).for_each(|byte| *byte = b' ');
        }
    }
    found.retain(|decoded| is_text(decoded));
    found
}

/// Most runs are no text, which the first bytes tell.
fn begins_readable(encoding: &Encoding, head: &[u8]) -> bool {
    let mut decoded = [0; 16];
    let Ok(length) = encoding.decode_len(head.len()) else { return false };
    encoding
        .decode_mut(head, &mut decoded[..length])
        .is_ok_and(|length| decoded[..length].iter().all(|byte| is_readable(*byte)))
}

/// Base64 whose last bits need not be zero: a run may have been cut.
static LENIENT: LazyLock<Encoding> = LazyLock::new(|| lenient(&BASE64_NOPAD));
static LENIENT_URL: LazyLock<Encoding> = LazyLock::new(|| lenient(&BASE64URL_NOPAD));

fn lenient(encoding: &Encoding) -> Encoding {
    let mut specification = encoding.specification();
    specification.check_trailing_bits = false;
    specification.encoding().expect("only less is checked")
}

/// The text under percent signs, if that is readable.
fn percent_text(run: &[u8]) -> Option<Vec<u8>> {
    let decoded = value::percent_decoded(run);
    (decoded.len() < run.len() && is_text(&decoded)).then_some(decoded)
}

fn is_readable(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | b'\r' | 0x20..=0x7e | 0x80..)
}

fn is_text(decoded: &[u8]) -> bool {
    decoded.len() >= 12
        && decoded.iter().all(|byte| *byte != 0 && is_readable(*byte))
        && std::str::from_utf8(decoded).is_ok()
}
