//! Numbers of cards, told from the numbers of orders, which look the same.

use super::bounds::stands_after;
use crate::redact::{checks, stand_in};

/// Order and trade numbers pass Luhn one time in ten.
pub(super) fn card(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    /// So much of an object stands before the number.
    const NEAR: usize = 160;
    let value = &text[start..end];
    let neighbours = |byte: Option<&u8>| {
        byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
    };
    let alone = !neighbours(start.checked_sub(1).and_then(|at| text.get(at))) && !neighbours(text.get(end));
    if !alone || !checks::is_card(value) {
        return None;
    }
    let words = [
        "order",
        "orden",
        "ordre",
        "auftrag",
        "\u{43e}\u{440}\u{434}\u{435}\u{440}",
        "id",
        "trade",
        "ts",
        "time",
        "nonce",
        "seq",
        "stamp",
        "hash",
        "ref",
        "number\":",
        "no.",
        "position",
        "trans",
        "zlec",
        "obj.",
        "objedn",
        "pozycj",
        "ticket",
        "deal",
        "fill",
        "exec",
        "offset",
        "legs",
        "sequence",
    ];
    // A stand-in before the number is called so too.
    let is_behind_card =
        || text[..start].ends_with(b" ") && stand_in::is_near(text, start.saturating_sub(16), start);
    let named = stands_after(
        text,
        start,
        &[
            "card",
            "kart",
            "pan ",
            "pan:",
            "pan=",
            "pan\"",
            "pan'",
            "visa",
            "mastercard",
            "amex",
            "maestro",
            "diners",
        ],
    ) && !is_behind_card()
        && !stands_after(text, start, &["cardless"]);
    // `"card": {"brand": "Visa", "number": "…"}`
    let near = text[start.saturating_sub(NEAR)..start].to_ascii_lowercase();
    let object = near.rsplit(|byte| *byte == b'}').next().unwrap_or_default();
    let named =
        named || [&b"\"card"[..], b"\"brand"].iter().any(|word| memchr::memmem::find(object, word).is_some());
    // `"span":{"order_id":"…"}`
    let named = named && !stands_after(text, start, &["order_id", "orderid", "trade_id", "span"]);
    let grouped = value.iter().any(|byte| matches!(byte, b' ' | b'-'));
    // The longest ones are rare among cards, and common among numbers of orders; so are those between commas.
    let between = |byte: u8| matches!(byte, b',' | b';' | b'\t');
    let in_row = text.get(end).is_some_and(|byte| between(*byte))
        && (text[end] == b',' || is_wide_row(text, start, end))
        && (start == 0 || between(text[start - 1]) || text[start - 1] == b'\n');
    let numbered = value.len() > 16
        || in_row
        || stands_after(text, start, &words)
        || is_of_fix(text, start)
        || is_called_by_letter(text, start)
        || goes_on_as_order(text, end)
        || is_parameter(text, start, end)
        || is_of_machine(text, start, end);
    (named || grouped || !numbered).then_some((start, end))
}

/// Whether a program wrote the line, and says nothing of cards or payments in it: numbers of orders are a thousand times as many.
fn is_of_machine(text: &[u8], start: usize, end: usize) -> bool {
    const NEAR: usize = 240;
    const WORDS: [&[u8]; 26] = [
        b"cc=",
        b"cc_",
        b"ccnum",
        b"exp=",
        b"expir",
        b"number=",
        b"charge",
        b"deposit",
        b"przelew",
        b"subscription",
        b"card",
        b"kart",
        b"visa",
        b"amex",
        b"maestro",
        b"payment",
        b"paid",
        b"p\xc5\x82at",
        b"plat",
        b"cvv",
        b"cvc",
        b"credit",
        b"debit",
        b"billing",
        b"stripe",
        b"pan",
    ];
    let from = start.saturating_sub(NEAR);
    let before = text[from..start].rsplit(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let behind = &text[end..(end + NEAR).min(text.len())];
    let behind = behind.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let is_joined = matches!(before.last(), Some(b'=' | b'/' | b'\t' | b'('))
        || matches!(behind.first(), Some(b'/' | b'\t'));
    let is_cell = before.trim_ascii_end().ends_with(b"|") || behind.trim_ascii_start().starts_with(b"|");
    // A time stands near the beginning of the line, `03:24:42`.
    let head = &before[..before.len().min(48)];
    let is_time = |window: &[u8]| {
        window[2] == b':'
            && window[5] == b':'
            && [0, 1, 3, 4, 6, 7].iter().all(|at| window[*at].is_ascii_digit())
    };
    let is_logged =
        head.windows(8).any(is_time) || head.len() > 13 && head[..13].iter().all(u8::is_ascii_digit);
    let speaks = |part: &[u8]| {
        let part = part.to_ascii_lowercase();
        WORDS.iter().any(|word| memchr::memmem::find(&part, word).is_some())
    };
    // `… 12/27 Jan Kowalski`
    let is_dated = behind.windows(5).take(8).any(|date| {
        date[2] == b'/'
            && [0, 1, 3, 4].iter().all(|at| date[*at].is_ascii_digit())
            && matches!(date[0], b'0' | b'1')
    });
    !is_dated
        && !before.ends_with(b"489=")
        && (is_joined || is_cell || is_logged)
        && !speaks(before)
        && !speaks(behind)
}

/// Whether so many cells stand in the row as lists of orders have, and no card's date or code beside the number.
fn is_wide_row(text: &[u8], start: usize, end: usize) -> bool {
    const NEAR: usize = 200;
    const CELLS: usize = 5;
    let sign = text[end];
    let before =
        text[start.saturating_sub(NEAR)..start].rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let behind =
        text[end..(end + NEAR).min(text.len())].split(|byte| *byte == b'\n').next().unwrap_or_default();
    let next = behind[1..].split(|byte| *byte == sign).next().unwrap_or_default().trim_ascii();
    let is_of_card =
        matches!(next.len(), 3..=7) && next.iter().all(|byte| byte.is_ascii_digit() || b"/-".contains(byte));
    let cells = memchr::memchr_iter(sign, before).count() + memchr::memchr_iter(sign, behind).count() + 1;
    cells >= CELLS && !is_of_card
}

/// Whether nothing but a letter or a sign names it, as exchanges send the numbers of orders: `"i":4860393992460519`, `#4860393992460519`.
fn is_called_by_letter(text: &[u8], start: usize) -> bool {
    let before = text[..start].strip_suffix(b"\"").unwrap_or(&text[..start]);
    matches!(before, [.., b'"', letter, b'"', b':'] if letter.is_ascii_alphabetic()) || before.ends_with(b"#")
}

/// Whether what follows says what was done with an order: `4860393992460519 BUY BTCUSDT`, `… filled`.
fn goes_on_as_order(text: &[u8], end: usize) -> bool {
    const NEAR: usize = 40;
    const WORDS: [&str; 14] = [
        "buy",
        "sell",
        "long",
        "short",
        "filled",
        "cancelled",
        "canceled",
        "kupno",
        "sprzeda\u{17c}",
        "kup",
        "sprzedaj",
        "zrealizowane",
        "anulowane",
        "usdt",
    ];
    let near = &text[end..(end + NEAR).min(text.len())];
    let line = near.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let mut words = line.split(|byte| !byte.is_ascii_alphanumeric() && *byte < 0x80);
    words.any(|word| WORDS.iter().any(|known| word.eq_ignore_ascii_case(known.as_bytes())))
}

/// Whether it is a field of a FIX message, of which one is for cards.
/// Source: <https://www.fixtrading.org/standards/tagvalue-online/>
fn is_of_fix(text: &[u8], start: usize) -> bool {
    const CARD_NUMBER: &[u8] = b"489";
    let near = &text[start.saturating_sub(1_024)..start];
    let line = near.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let Some(line) = line.strip_suffix(b"=") else { return false };
    let digits = line.iter().rev().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    let (before, tag) = line.split_at(line.len() - digits);
    (1..=5).contains(&digits)
        && tag != CARD_NUMBER
        && before.last().is_some_and(|byte| matches!(byte, 1 | b'|' | b'^' | b';' | b' '))
        && memchr::memmem::find(before, b"8=FIX").is_some()
}

/// Whether it is one of the values that a statement of SQL is given, `(12, 'BTC/USDT', '5209710165228893')`, and neither they
/// nor the statement above speak of cards.
fn is_parameter(text: &[u8], start: usize, end: usize) -> bool {
    let quote = matches!(text.get(end), Some(b'\'' | b'"')) && text[..start].last() == text.get(end);
    let (from, to) = if quote { (start - 1, end + 1) } else { (start, end) };
    let before = text[..from].trim_ascii_end();
    let in_brackets = matches!(before.last(), Some(b',' | b'(')) && matches!(text.get(to), Some(b',' | b')'));
    let near = &text[start.saturating_sub(512)..start];
    let line = near.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let speaks = || {
        let near = near.to_ascii_lowercase();
        [&b"card"[..], b"kart", b"payment", b"visa", b"pan"]
            .iter()
            .any(|word| memchr::memmem::find(&near, word).is_some())
    };
    in_brackets && line.contains(&b'(') && !speaks()
}

/// A card that a word before it names.
pub(super) fn card_named(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let from = start + text[start..end].iter().position(u8::is_ascii_digit)?;
    checks::is_card(&text[from..end]).then_some((from, end))
}
