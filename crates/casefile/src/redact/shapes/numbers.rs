//! Wallets of Solana as their tools keep them: a list of 64 bytes.
//! Source: <https://solana.com/docs/intro/installation>, `id.json`.

use super::bounds::stands_after;
use crate::redact::find::Span;
use crate::redact::rules::Id;
use crate::redact::{checks, packed};

/// Bytes of a wallet.
const BYTES: usize = 64;

/// Looks at a run of numbers, commas and spaces.
pub(super) fn find(text: &[u8], start: usize, end: usize, out: &mut Vec<Span>) {
    let words = [
        "key", "secret", "private", "wallet:", "wallet=", "wallet ", "wallet\"", "solana", "seed", "id.json",
    ];
    let in_brackets = start > 0 && text[start - 1] == b'[';
    let Some((last, bytes)) = wallet_at(text, start, end) else {
        packed::listed::decimal(text, start, end, out);
        return;
    };
    let is_named = || in_brackets && last == end && (start == 1 || stands_after(text, start, &words));
    if !(is_named() || checks::is_key_pair(&bytes)) {
        return;
    }
    // In a string of a log line it needs no quotes to stay what it is.
    let before = text[..start - usize::from(in_brackets)].trim_ascii_end();
    let structured = in_brackets
        && (before.is_empty() || b"[,=".contains(&before[before.len() - 1]) || before.ends_with(b"\":"));
    out.push(Span { bare_number: structured, ..Span::new(start, last, Id::PrivateKey) });
}

/// 64 bytes, and where they end. A console breaks its lines inside of numbers, and the next line can begin with one.
fn wallet_at(text: &[u8], start: usize, end: usize) -> Option<(usize, Vec<u8>)> {
    const MOST: usize = BYTES + 8;
    let commas = memchr::memchr_iter(b',', &text[start..end]).count();
    if !(BYTES - 1..=MOST).contains(&commas) {
        return None;
    }
    let lines = memchr::memrchr_iter(b'\n', &text[start..end]).map(|at| start + at);
    [end].into_iter().chain(lines.take(3)).find_map(|last| {
        let is_sign = |byte: &u8| !matches!(byte, b'\n' | b'\r');
        let list: Vec<u8> = text[start..last].iter().copied().filter(is_sign).collect();
        let numbers = list.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
        let bytes: Option<Vec<u8>> =
            numbers.map(|number| std::str::from_utf8(number).ok()?.parse().ok()).collect();
        let trimmed = start + text[start..last].trim_ascii_end().len();
        bytes
            .filter(|bytes| bytes.len() == BYTES)
            .map(|bytes| (if last == end { end } else { trimmed }, bytes))
    })
}
