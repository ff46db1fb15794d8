//! What is traded, and how programs call what they keep of it.

/// What is traded: `DOGEUSDC`, `1000SHIB-USDT`, `btcusdt`.
pub(in crate::redact::assignment) fn is_market(value: &[u8]) -> bool {
    const QUOTES: [&[u8]; 12] = [
        b"USDT", b"USDC", b"BUSD", b"FDUSD", b"TUSD", b"USD", b"EUR", b"PLN", b"TRY", b"BTC", b"ETH", b"PERP",
    ];
    let upper = value.to_ascii_uppercase();
    let is_one_case = upper == value || value.iter().all(|byte| !byte.is_ascii_uppercase());
    let base = QUOTES.into_iter().find_map(|quote| upper.strip_suffix(quote)).unwrap_or_default();
    let base = base.strip_suffix(b"-").or_else(|| base.strip_suffix(b"_")).unwrap_or(base);
    is_one_case && (2..=12).contains(&base.len()) && base.iter().all(u8::is_ascii_alphanumeric)
}

/// What is kept of a market: `ticker%3ASOLUSDT`.
pub(super) fn is_of_market(value: &[u8]) -> bool {
    [&b"%3A"[..], b"%3a", b"%2F", b":"].iter().any(|sign| {
        memchr::memmem::find(value, sign).is_some_and(|at| {
            value[..at].iter().all(u8::is_ascii_lowercase) && is_market(&value[at + sign.len()..])
        })
    })
}
