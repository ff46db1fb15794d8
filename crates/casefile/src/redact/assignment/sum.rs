//! Sums of money behind what a statement, a mail or a page calls them: `Saldo po operacji: 1 234,56 PLN`,
//! `<b>Balance:</b></td><td><b>10 000.00</b>`, `"balance": {"USDT": 12.5}`.

use super::separator::{quote_at, skip_spaces};
use crate::redact::find::Span;
use crate::redact::keys::Named;
use crate::redact::{amount, gate, value};

/// What stands between the name of a sum and its sign.
const WORDS: [&str; 36] = [
    "account",
    "and",
    "available",
    "balance",
    "btc",
    "cash",
    "dost\u{119}pne",
    "eur",
    "in",
    "is",
    "ko\u{144}cowe",
    "koncowe",
    "koncie",
    "konta",
    "ksi\u{119}gowe",
    "loan",
    "na",
    "now",
    "of",
    "operacji",
    "operation",
    "po",
    "pocz\u{105}tkowe",
    "pln",
    "portfela",
    "rachunku",
    "rachunki",
    "the",
    "total",
    "usd",
    "usdc",
    "usdt",
    "value",
    "was",
    "with",
    "wolne",
];

/// Hides the sum behind a name, over the words and the tags between them.
pub(super) fn hide(text: &[u8], key_end: usize, named: Named, out: &mut Vec<Span>) {
    let near = &text[..(key_end + 240).min(text.len())];
    let mut at = key_end;
    for _ in 0..5 {
        let from = skip_spaces(near, at);
        let open = usize::from(near.get(from) == Some(&b'('));
        let is_part = |byte: &&u8| byte.is_ascii_alphabetic() || **byte >= 0x80;
        let length = near[from + open..].iter().take(14).take_while(is_part).count();
        let word = near[from + open..from + open + length].to_ascii_lowercase();
        if length == 0 || !WORDS.iter().any(|known| known.as_bytes() == word) {
            break;
        }
        at = from + open + length;
        at += usize::from(open == 1 && near.get(at) == Some(&b')'));
    }
    let (from, mut is_marked) = (at, false);
    for _ in 0..10 {
        at = skip_spaces(near, at);
        match near.get(at) {
            Some(b':' | b'=' | b'*' | b'|' | b';') => (at, is_marked) = (at + 1, true),
            Some(b'<') => {
                let Some(end) = memchr::memchr(b'>', &near[at..]) else { return };
                (at, is_marked) = (at + end + 1, true);
            }
            _ => break,
        }
    }
    if at == from && at == key_end {
        return;
    }
    if let Some((start, end)) = sum(near, at, is_marked) {
        out.push(Span::new(start, end, named.rule));
    }
}

/// The sum that stands here, perhaps behind a currency. Without a sign before it one has to say that it is money.
fn sum(text: &[u8], at: usize, is_marked: bool) -> Option<(usize, usize)> {
    let code = text[at..].iter().take(5).take_while(|byte| byte.is_ascii_uppercase()).count();
    let is_code = (3..=4).contains(&code) && text.get(at + code) == Some(&b' ');
    let at = if is_code { at + code + 1 } else { at };
    let digits =
        text[at..].iter().take(24).take_while(|byte| byte.is_ascii_digit() || b".,".contains(byte)).count();
    let (start, end) = amount::grouped(text, at).or_else(|| {
        let number = text[at..at + digits].trim_ascii_end();
        let last = number.iter().rposition(u8::is_ascii_digit)? + 1;
        let is_decimal = number[..last].iter().any(|byte| matches!(byte, b'.' | b','));
        (is_decimal && value::is_number(&number[..last])).then_some((at, at + last))
    })?;
    if !text[start..end].iter().any(|byte| matches!(byte, b'1'..=b'9')) {
        return None;
    }
    let behind = &text[skip_spaces(text, end)..];
    let unit = behind.iter().take(6).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let is_money = is_code
        || start > at
        || (3..=5).contains(&unit) && behind[..unit].iter().all(u8::is_ascii_uppercase)
        || behind.starts_with(b"z\xc5\x82")
        || behind.starts_with(b"$")
        || behind.starts_with("\u{20ac}".as_bytes());
    let is_other = behind.starts_with(b"%")
        || matches!(&behind[..unit], b"ms" | b"s" | b"us" | b"x" | b"kB" | b"MB" | b"GB" | b"MiB" | b"GiB");
    let is_cut = text.get(end).is_some_and(|next| gate::is(*next, gate::class::NAME));
    (!is_other && !is_cut && (is_money || is_marked)).then_some((start, end))
}

/// Every sum of an object: `"balance": {"USDT": 12.5, "BTC": "0.25"}`.
pub(super) fn hide_object(text: &[u8], open: usize, named: Named, out: &mut Vec<Span>) {
    let limit = (open + 2_048).min(text.len());
    let mut at = open + 1;
    while at < limit && !matches!(text[at], b'}' | b'{' | b'[') {
        if text[at] != b':' {
            at += 1;
            continue;
        }
        let value_at = skip_spaces(text, at + 1);
        let quoted = quote_at(text, value_at).map_or(0, |quote| quote.mark.len());
        let start = value_at + quoted;
        let length = text[start..]
            .iter()
            .take(32)
            .take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'e' | b'E'))
            .count();
        super::take(text, start, start + length, named, quoted == 0, out);
        at = start + length.max(1);
    }
}
