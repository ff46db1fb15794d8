//! Sums of money behind what a statement, a mail or a page calls them: `Saldo po operacji: 1 234,56 PLN`,
//! `<b>Balance:</b></td><td><b>10 000.00</b>`, `"balance": {"USDT": 12.5}`.

use super::quote::quote_at;
use super::separator::skip_spaces;
use crate::redact::find::Span;
use crate::redact::keys::{self, Named};
use crate::redact::rules::Id;
use crate::redact::{amount, gate, value};

/// What stands between the name of a sum and its sign, without accents.
const WORDS: [&str; 42] = [
    "account",
    "address",
    "and",
    "available",
    "balance",
    "btc",
    "cash",
    "dostepne",
    "eth",
    "eur",
    "for",
    "in",
    "is",
    "koncie",
    "koncowe",
    "konta",
    "ksiegowe",
    "loan",
    "na",
    "now",
    "of",
    "operacji",
    "operation",
    "pln",
    "po",
    "poczatkowe",
    "portfela",
    "rachunki",
    "rachunku",
    "sol",
    "the",
    "total",
    "usd",
    "usdc",
    "usdt",
    "value",
    "wallet",
    "was",
    "with",
    "wolne",
    "wynosi",
    "wynosza",
];

/// Hides the sum that does not stand directly behind its name, and what else is said of the same money.
pub(super) fn hide_further(
    text: &[u8],
    key: (usize, usize),
    named: Named,
    before: usize,
    out: &mut Vec<Span>,
) {
    if named.rule != Id::Balance {
        return;
    }
    if out.len() == before {
        hide(text, key, named, out);
    }
    if let Some(last) = out.get(before..).and_then(<[Span]>::last) {
        hide_parts(text, last.end, named, out);
    }
}

/// Hides the sum behind a name, over the words and the tags between them.
fn hide(text: &[u8], (key_start, key_end): (usize, usize), named: Named, out: &mut Vec<Span>) {
    if let Some((start, end)) = of_metric(text, key_start, key_end) {
        out.push(Span::new(start, end, named.rule));
        return;
    }
    let near = &text[..(key_end + 240).min(text.len())];
    let (mut at, mut is_coded) = (key_end, false);
    for _ in 0..5 {
        let from = skip_spaces(near, at);
        let open = usize::from(near.get(from) == Some(&b'('));
        let is_part = |byte: &&u8| byte.is_ascii_alphabetic() || **byte >= 0x80;
        let length = near[from + open..].iter().take(14).take_while(is_part).count();
        let word = &near[from + open..from + open + length];
        if length == 0 || !is_currency(word) && !WORDS.iter().any(|known| keys::is_same(word, known)) {
            break;
        }
        is_coded = is_currency(word);
        at = from + open + length;
        at += usize::from(open == 1 && near.get(at) == Some(&b')'));
    }
    let (from, mut is_marked) = (at, is_coded);
    for _ in 0..10 {
        at = skip_spaces(near, at);
        match near.get(at) {
            Some(b':' | b'=' | b'*' | b'|' | b';') => (at, is_marked) = (at + 1, true),
            // `Available balance (125.5 USDT)`
            Some(b'(') if near.get(at + 1).is_some_and(u8::is_ascii_digit) => {
                (at, is_marked) = (at + 1, true);
            }
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
    match sum(near, at, is_marked) {
        Some((start, end)) => out.push(Span::new(start, end, named.rule)),
        // `Saldo USDT: wolne 12.5, zablokowane 3.5`
        None if is_marked && is_part(near, at) => hide_parts(text, at, named, out),
        None => {}
    }
}

/// `BTC`, `USDT`
fn is_currency(word: &[u8]) -> bool {
    (3..=6).contains(&word.len()) && word.iter().all(u8::is_ascii_uppercase)
}

/// What a metric of money has in its name.
const MONEY: [&str; 9] =
    ["balance", "saldo", "equity", "wallet", "account", "cash", "margin", "kapital", "portfolio"];

/// The sample of a metric, as Prometheus reads it: `wallet_balance{asset="BTC"} 0.5`, with a time behind it or without.
/// Source: <https://prometheus.io/docs/instrumenting/exposition_formats/>
fn of_metric(text: &[u8], key_start: usize, key_end: usize) -> Option<(usize, usize)> {
    let has_labels = text.get(key_end) == Some(&b'{');
    if !has_labels && key_start > 0 && text[key_start - 1] != b'\n' {
        return None;
    }
    // `node_memory_available{…}`
    let name = text[key_start..key_end].to_ascii_lowercase();
    if !MONEY.iter().any(|word| memchr::memmem::find(&name, word.as_bytes()).is_some()) {
        return None;
    }
    let line = text[key_end..(key_end + 512).min(text.len())].split(|byte| *byte == b'\n').next()?;
    let mut at = 0;
    if has_labels {
        let mut is_quoted = false;
        at = 1 + line.iter().position(|byte| {
            is_quoted ^= *byte == b'"';
            *byte == b'}' && !is_quoted
        })?;
    }
    let mut words = line[at..].strip_prefix(b" ")?.trim_ascii_end().split(|byte| *byte == b' ');
    let number = words.next()?;
    let is_sample = value::is_number(number)
        && number.iter().any(|byte| matches!(byte, b'1'..=b'9'))
        && words.all(|time| time.iter().all(u8::is_ascii_digit));
    let start = key_end + at + 1;
    is_sample.then_some((start, start + number.len()))
}

/// Whether a word for a part of some money stands here.
fn is_part(text: &[u8], at: usize) -> bool {
    const PARTS: [&str; 15] = [
        "available",
        "blokada",
        "dostepne",
        "free",
        "frozen",
        "hold",
        "locked",
        "razem",
        "reserved",
        "total",
        "used",
        "wolne",
        "zablokowane",
        "zamrozone",
        "zarezerwowane",
    ];
    let word = &text[at..at + word_at(text, at)];
    PARTS.iter().any(|part| keys::is_same(word, part))
}

/// What else a line says of the same money, behind its sum: `dostępne 693.87, zablokowane: 12.5`, `, 12.5 ETH`.
fn hide_parts(text: &[u8], from: usize, named: Named, out: &mut Vec<Span>) {
    let near = &text[..(from + 240).min(text.len())];
    let mut at = from;
    for _ in 0..8 {
        // The currency of the sum before.
        let next = skip_spaces(near, at);
        let code = word_at(near, next);
        at = if is_currency(&near[next..next + code]) { next + code } else { at };
        while near.get(at).is_some_and(|byte| b" ,;|/".contains(byte)) {
            at += 1;
        }
        let word = word_at(near, at);
        let is_part = is_part(near, at);
        let mut start = if is_part { at + word } else { at };
        while is_part && near.get(start).is_some_and(|byte| b" :=".contains(byte)) {
            start += 1;
        }
        let found = if is_part { sum(near, start, true) } else { with_currency(near, start) };
        let Some((start, end)) = found else { return };
        out.push(Span::new(start, end, named.rule));
        at = end;
    }
}

/// Letters in a row.
fn word_at(text: &[u8], at: usize) -> usize {
    text[at..].iter().take(14).take_while(|byte| byte.is_ascii_alphabetic() || **byte >= 0x80).count()
}

/// The sum beside the name of a currency: `12.5 ETH`, `ETH 12.5`, `'ETH': 12.5`.
fn with_currency(text: &[u8], at: usize) -> Option<(usize, usize)> {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric();
    let is_asset = |word: &[u8]| {
        (2..=10).contains(&word.len())
            && word.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
            && word.iter().any(u8::is_ascii_uppercase)
    };
    let number = |at: usize| {
        let length = text[at..]
            .iter()
            .take(32)
            .take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
            .count();
        let length = length - usize::from(text[at..at + length].ends_with(b"."));
        let value = &text[at..at + length];
        let is_whole = !text.get(at + length).is_some_and(|next| gate::is(*next, gate::class::NAME));
        (value::is_number(value) && is_whole && value.iter().any(|byte| matches!(byte, b'1'..=b'9')))
            .then_some((at, at + length))
    };
    let asset = text[at..].iter().take(12).take_while(is_part).count();
    if is_asset(&text[at..at + asset]) {
        let marks = text[at + asset..].iter().take(6).take_while(|byte| b"\"'\\ :=".contains(byte)).count();
        return if marks > 0 { number(at + asset + marks) } else { None };
    }
    let (start, end) = number(at)?;
    let behind = text[end..].strip_prefix(b" ")?;
    let asset = behind.iter().take(12).take_while(is_part).count();
    is_asset(&behind[..asset]).then_some((start, end))
}

/// Every sum behind what announces several: `balances for wallet …: SOL 46.2, USDC 3`, `balances={'USDT': 12.5}`.
pub(super) fn hide_listed(text: &[u8], key_end: usize, named: Named, out: &mut Vec<Span>) {
    const NEAR: usize = 120;
    let line = text[key_end..(key_end + 1_024).min(text.len())].split(|byte| *byte == b'\n').next();
    let near = &text[..key_end + line.map_or(0, <[u8]>::len)];
    let Some(mark) = near[key_end..].iter().take(NEAR).position(|byte| matches!(byte, b':' | b'=' | b'-'))
    else {
        return;
    };
    let mut at = key_end + mark + 1;
    loop {
        while near.get(at).is_some_and(|byte| b" ,;|{}()\"'\\".contains(byte)) {
            at += 1;
        }
        let Some((start, end)) = with_currency(near, at) else { return };
        super::take(text, start, end, named, true, out);
        let next = skip_spaces(near, end);
        let code = word_at(near, next);
        at = if end > at && near[at..start].is_empty() { next + code } else { end };
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

/// In JSON and TOML a word in place of a number needs quotes to parse; in a log line it does not.
pub(in crate::redact) fn structured_number(text: &[u8], start: usize, end: usize) -> bool {
    let before = text[..start].trim_ascii_end();
    let after = text[end..].iter().find(|byte| !matches!(byte, b' ' | b'\t'));
    let in_json = before.ends_with(b"\":") || before.ends_with(b"\" :");
    let in_toml = matches!(after, None | Some(b'\n' | b'\r' | b'#'))
        && before.strip_suffix(b"=").is_some_and(|before| {
            let name = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii();
            name.iter().all(|byte| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'"') || *byte >= 0x80
            })
        });
    let in_inline_table = matches!(after, Some(b',' | b'}'))
        && text[..start].ends_with(b" = ")
        && before.rsplit(|byte| *byte == b'\n').next().is_some_and(|line| line.contains(&b'{'));
    in_json || in_toml || in_inline_table || is_alone_in_array(text, start, end)
}

/// Whether the number has a line of its own in an array of JSON.
fn is_alone_in_array(text: &[u8], start: usize, end: usize) -> bool {
    const NEAR: usize = 64;
    let (before, behind) =
        (&text[start.saturating_sub(NEAR)..start], &text[end..(end + NEAR).min(text.len())]);
    let (line, rest) = (before.trim_ascii_end(), behind.strip_prefix(b",").unwrap_or(behind));
    memchr::memchr(b'\n', &before[line.len()..]).is_some()
        && matches!(line.last(), Some(b'[' | b','))
        && matches!(rest.first(), Some(b'\r' | b'\n'))
        && matches!(rest.trim_ascii_start().first(), Some(b']' | b'"' | b'0'..=b'9' | b'-' | b'{' | b'['))
}

/// Whether it is what a server answered: `GET /account/balance -> 401 Unauthorized`.
pub(super) fn is_answer(text: &[u8], key_start: usize, value_at: usize) -> bool {
    let is_told = text[..value_at].ends_with(b" -> ");
    is_told && text[..key_start].ends_with(b"/")
}
