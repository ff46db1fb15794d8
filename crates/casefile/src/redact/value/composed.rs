//! What programs and people put together of words: names of things, paths of settings, a setting with its value.

use super::{begins_with_date, is_random_looking, keys};

/// Names under which logs and answers keep what is no secret. Their values may be numbers, words, addresses.
const FIELDS: [&str; 47] = [
    "auth_mode",
    "attempt",
    "attempts",
    "broker",
    "channel",
    "chain",
    "code",
    "count",
    "elapsed",
    "env",
    "error",
    "event",
    "exchange",
    "host",
    "interval",
    "lan",
    "latency",
    "level",
    "lvl",
    "market",
    "method",
    "mode",
    "nonce",
    "pair",
    "path",
    "peer",
    "port",
    "price",
    "qty",
    "recvwindow",
    "region",
    "retries",
    "retry",
    "schema",
    "seq",
    "side",
    "status",
    "stream",
    "symbol",
    "thread",
    "timeframe",
    "timeout",
    "timestamp",
    "topic",
    "ts",
    "type",
    "weight",
];

/// Those whose values a machine made: they number a request, an order, a version.
const NUMBERED: [&str; 17] = [
    "build",
    "client_order_id",
    "clientorderid",
    "commit",
    "handle",
    "hash",
    "order_id",
    "orderid",
    "request_id",
    "requestid",
    "rev",
    "sha",
    "span_id",
    "trace_id",
    "tx",
    "txid",
    "uuid",
];

/// Whether it is another setting with its value: `region=ap-northeast-1`, `Schema:https://json-schema.org/…`, `thread=30`.
pub(in crate::redact) fn is_setting(value: &[u8]) -> bool {
    let Some(sign) = memchr::memchr2(b'=', b':', &value[..value.len().min(24)]) else { return false };
    let (name, rest) = (&value[..sign], &value[sign + 1..]);
    let is = |known: &&str| name.eq_ignore_ascii_case(known.as_bytes());
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"._:/-@,".contains(byte);
    if !rest.iter().all(is_part) {
        return false;
    }
    // `openedAt=2024-11-05T08:48:37`, `config_sha256=`
    let is_of_words = || {
        name.len() >= 6
            && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
            && (name.contains(&b'_')
                || name.windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase()))
            && !name.split(|byte| *byte == b'_').any(|word| word.len() > 6 && is_random_looking(word))
            && name.iter().filter(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()).count() * 3
                <= name.len()
    };
    let is_hash = || {
        rest.strip_prefix(b"0x").unwrap_or(rest).iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-')
    };
    if rest.is_empty() {
        return is_of_words() && keys::named(name).is_none();
    }
    let is_stamp = || rest.len() >= 10 && (begins_with_date(rest) || rest.iter().all(u8::is_ascii_digit));
    if is_of_words()
        && (!is_random_looking(rest) || is_hash() || is_stamp())
        && !rest.contains(&b'@')
        && keys::named(name).is_none()
    {
        return true;
    }
    FIELDS.iter().any(is)
        && (!is_random_looking(rest) || rest.starts_with(b"https://"))
        && !rest.contains(&b'@')
        || NUMBERED.iter().any(is) && (is_hash() || !is_random_looking(rest))
}

/// `OPEN_ORDERS.0.clientOrderId`: the path to a setting, of the names of its parts.
pub(in crate::redact) fn is_path_of_setting(value: &[u8]) -> bool {
    let is_word = |word: &[u8]| {
        (2..=14).contains(&word.len())
            && word.iter().all(u8::is_ascii_alphabetic)
            && (word.len() <= 3 || word.iter().any(|byte| b"aeiouyAEIOUY".contains(byte)))
    };
    // `clientOrderId`, `OPEN_ORDERS`
    let is_name = |part: &[u8]| {
        part.len() >= 3
            && part.split(|byte| *byte == b'_').all(|piece| {
                let starts = (1..piece.len())
                    .filter(|at| piece[*at].is_ascii_uppercase() && piece[at - 1].is_ascii_lowercase());
                let mut from = 0;
                starts.chain([piece.len()]).all(|end| is_word(&piece[std::mem::replace(&mut from, end)..end]))
            })
    };
    let is_number = |part: &[u8]| !part.is_empty() && part.len() <= 3 && part.iter().all(u8::is_ascii_digit);
    let mut parts = value.split(|byte| *byte == b'.');
    value.contains(&b'.')
        && value.len() <= 80
        && parts.next().is_some_and(is_name)
        && parts.all(|part| is_number(part) || is_name(part))
}

/// Words and numbers with signs between them, as people and programs name things: `2026-11-20-london`, `ema_20_50`,
/// `ord-20261120-7`.
pub(in crate::redact) fn is_composed(value: &[u8]) -> bool {
    let is_part = |part: &[u8]| {
        let letters = part.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let digits = part.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (head, rest) = part.split_at(letters.max(digits));
        let changes =
            part.windows(2).filter(|pair| pair[0].is_ascii_lowercase() != pair[1].is_ascii_lowercase());
        let is_word = letters == part.len()
            && letters <= 12
            && changes.count() <= 3
            && (letters <= 4 || part.iter().any(|byte| b"aeiouyAEIOUY".contains(byte)));
        is_word
            || digits == part.len()
            // `rsi14`, `4h`
            || part.len() <= 6 && head.len() + rest.len() <= 6 && (digits > 0 && rest.len() == 1 && rest[0].is_ascii_alphabetic()
                || letters > 0 && rest.len() <= 3 && rest.iter().all(u8::is_ascii_digit))
    };
    let parts = value.split(|byte| b"-_.:/".contains(byte));
    is_path_of_setting(value)
        || value.len() <= 40
            && parts.clone().count() >= 2
            && parts.clone().all(|part| !part.is_empty() && is_part(part))
            && parts.into_iter().any(|part| part.len() >= 3 && part.iter().all(u8::is_ascii_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_have_a_name_that_is_known_and_a_plain_value() {
        for (text, expected) in [
            ("region=ap-northeast-1", true),
            ("Schema:https://json-schema.org/draft/2020-12/schema", true),
            ("lan=10.0.1.60:62599", true),
            ("build:5e3ce62c76d98f517dff38d1601a0690c81ea51c", true),
            ("code=kX9pQ2mW8vR4tT6yU8iO", false),
            ("abc=Def1!x", false),
            ("kotek=1234", false),
            ("path=", false),
            ("host=bot:secret@db", false),
        ] {
            assert_eq!(is_setting(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn paths_of_settings_are_composed() {
        for (text, expected) in [
            ("OPEN_ORDERS.0.clientOrderId", true),
            ("strategy.params.0.emaFast", true),
            ("kX9pQ2mW8vR4.tT6yU8iO0pL", false),
            ("a.b", false),
        ] {
            assert_eq!(is_composed(text.as_bytes()), expected, "{text}");
        }
    }
}
