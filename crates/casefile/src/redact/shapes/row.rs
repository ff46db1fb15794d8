//! Rows that begin with the name of an exchange, as people note their keys: `okx;KEY;SECRET;PASSPHRASE`.

use crate::redact::find::Span;
use crate::redact::rules::Id;
use crate::redact::value;

/// Exchanges and brokers; what stands in the first cell begins with one of these.
const VENUES: [&str; 32] = [
    "alpaca",
    "ascendex",
    "binance",
    "bingx",
    "bitfinex",
    "bitflyer",
    "bitget",
    "bitmart",
    "bitmex",
    "bitstamp",
    "bitvavo",
    "bybit",
    "coinbase",
    "crypto.com",
    "deribit",
    "gate",
    "gemini",
    "htx",
    "huobi",
    "hyperliquid",
    "ibkr",
    "kraken",
    "kucoin",
    "lbank",
    "mexc",
    "oanda",
    "okx",
    "phemex",
    "poloniex",
    "whitebit",
    "xtb",
    "zonda",
];

/// Hides the cells of the row that this one is in: the second is a key, those behind it are secrets.
pub(super) fn find(text: &[u8], cell: usize, out: &mut Vec<Span>) {
    const NEAR: usize = 256;
    let from = cell.saturating_sub(NEAR);
    let Some(start) =
        memchr::memrchr(b'\n', &text[from..cell]).map(|at| from + at + 1).or((from == 0).then_some(0))
    else {
        return;
    };
    let end = cell
        + memchr::memchr(b'\n', &text[cell..(cell + NEAR).min(text.len())])
            .unwrap_or(text.len().min(cell + NEAR) - cell);
    let row = text[start..end].trim_ascii_end();
    let mut cells = row.split(|byte| *byte == b';');
    let first = cells.next().unwrap_or_default().to_ascii_lowercase();
    let rest: Vec<_> = cells.collect();
    let is_venue = VENUES.iter().any(|venue| first.starts_with(venue.as_bytes())) && first.len() <= 24;
    // An order has an amount and a symbol; a note of keys has nothing but what machines and people made up.
    let is_made = |cell: &&[u8]| {
        cell.len() >= 8
            && !value::is_number(cell)
            && cell.iter().any(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
            && !cell.iter().any(u8::is_ascii_whitespace)
    };
    if !is_venue
        || !(2..=3).contains(&rest.len())
        || !rest.iter().all(is_made)
        || !rest[0].iter().any(u8::is_ascii_digit) && rest[0].len() < 16
    {
        return;
    }
    let mut at = start + first.len() + 1;
    for (index, cell) in rest.iter().enumerate() {
        let rule = [Id::ApiKey, Id::ApiSecret, Id::Password][index];
        out.push(Span::new(at, at + cell.len(), rule));
        at += cell.len() + 1;
    }
}
