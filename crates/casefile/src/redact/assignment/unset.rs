//! Names that have no value where one would stand: it is empty, and the next setting follows; it is said of something else; a
//! function or a logger is called so.

mod messages;
mod passing;
mod source;

use super::bare::line_start;
use super::separator::Separator;
use crate::redact::gate::{self, class};
use crate::redact::keys::Named;
use crate::redact::rules::Id;
use crate::redact::value;

/// Longest name of a setting.
const MAX_NAME: usize = 40;

/// Whether what stands at `value_at` is no value of the name.
pub(super) fn is_unset(
    text: &[u8],
    key: (usize, usize),
    value_at: usize,
    separator: Separator,
    named: Named,
) -> bool {
    let Some(gap) = text.get(key.1..value_at) else { return false };
    let rest = &text[value_at..];
    is_before_next(text, key, gap, rest, separator)
        || is_behind_other(text, key, value_at, separator)
        || separator == Separator::Colon && is_function(text, key, gap, rest)
        // `Invalid Passphrase (+250us)`
        || is_duration(rest)
        // `secret= [kucoin]`
        || gap == b"= " && is_remark(rest)
        || is_of_matter(text, key, rest, named)
        || passing::is_passing(text, key, value_at, separator, named)
        || source::is_next(text, key, rest, separator, named)
        || messages::is_message(text, key, rest, named)
}

/// An exchange in brackets that ends the line: of what the line is.
fn is_remark(rest: &[u8]) -> bool {
    const EXCHANGES: [&[u8]; 14] = [
        b"binance",
        b"bybit",
        b"okx",
        b"kraken",
        b"coinbase",
        b"kucoin",
        b"bitget",
        b"gateio",
        b"zonda",
        b"xtb",
        b"deribit",
        b"bitfinex",
        b"gemini",
        b"mexc",
    ];
    let Some(inside) = rest.strip_prefix(b"[") else { return false };
    let word = inside.iter().take(20).take_while(|byte| byte.is_ascii_lowercase()).count();
    EXCHANGES.contains(&&inside[..word])
        && inside[word..].starts_with(b"]")
        && inside.get(word + 1).is_none_or(|next| b"\r\n\"".contains(next))
}

/// How long something took: `(+250us)`.
fn is_duration(rest: &[u8]) -> bool {
    let Some(rest) = rest.strip_prefix(b"(+") else { return false };
    let digits = rest.iter().take(12).take_while(|byte| byte.is_ascii_digit()).count();
    digits > 0
        && [&b"us)"[..], b"ms)", b"ns)", b"s)", b"\xc2\xb5s)"]
            .iter()
            .any(|unit| rest[digits..].starts_with(unit))
}

/// What names the setting that begins here: its name, its sign, and something behind it.
pub(super) fn next_name(rest: &[u8]) -> Option<(&[u8], u8)> {
    let length = gate::run_length(&rest[..rest.len().min(MAX_NAME + 1)], class::NAME);
    let name = &rest[..length];
    let sign = *rest.get(length)?;
    let next = *rest.get(length + 1)?;
    let is_name = (2..=MAX_NAME).contains(&length)
        && matches!(sign, b'=' | b':')
        && !matches!(next, b'=' | b'\r' | b'\n' | b'/')
        && (name[0].is_ascii_alphabetic() || name[0] == b'_')
        && name.is_ascii()
        && !value::is_random_looking(name);
    is_name.then_some((name, sign))
}

/// Whether the name's own value is empty or stands before it, and the next setting follows: `apiKey= secret=null`,
/// `Passphrase: KeepAlive:true`, `api_key_env: BOT_API_KEY | attempts: 2`.
fn is_before_next(
    text: &[u8],
    (start, end): (usize, usize),
    gap: &[u8],
    rest: &[u8],
    separator: Separator,
) -> bool {
    let is_spaces = |gap: &[u8]| !gap.is_empty() && gap.iter().all(|byte| *byte == b' ');
    // `key rotated ts=…`, `refresh_token(recvWindow=5000, …`
    let is_open = match separator {
        Separator::Equals => gap.strip_prefix(b"=").is_some_and(is_spaces),
        Separator::Colon => gap.strip_prefix(b":").is_some_and(is_spaces),
        Separator::Bar => true,
        Separator::Prose => {
            gap == b"(" && text[start..end].contains(&b'_')
                || gap.first() == Some(&b' ')
                    && gap.iter().all(|byte| byte.is_ascii_lowercase() || *byte == b' ')
        }
        _ => false,
    };
    if !is_open {
        return false;
    }
    let Some((name, sign)) = next_name(rest) else { return false };
    // `field=api_secret old= new=…`
    if [&b"new"[..], b"new_value", b"value", b"val"].contains(&name) {
        return false;
    }
    let line = line_start(text, start).unwrap_or(start);
    let before = &text[line..start];
    match separator {
        Separator::Equals => sign == b'=' && is_among(before, rest, sign, 2),
        // `api_key_env: BOT_API_KEY | …`, `$.exchange.apiSecret | LineNumber: 65`
        Separator::Bar => {
            let name = before.trim_ascii_end();
            let name = name.strip_suffix(b":").or_else(|| name.strip_suffix(b"=")).unwrap_or(name);
            let word = before.rsplit(|byte| *byte == b' ').next().unwrap_or_default();
            // `token_file=/run/secrets/token | …`, `token_type=Bearer | …`
            name.ends_with(b"_env")
                || word.starts_with(b"$.")
                || word.ends_with(b"/")
                || word.ends_with(b"type=")
                || word.ends_with(b"type:")
        }
        // One of several in brackets that are written so, without a space behind their signs.
        Separator::Colon => {
            let opens = before.iter().rposition(|byte| matches!(byte, b'{' | b'}' | b'[' | b']'));
            sign == b':'
                && name.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'_')
                && opens.is_some_and(|at| before[at] == b'{' || before[..=at].ends_with(b"map["))
                && is_among(before, rest, sign, 3)
                && !before.contains(&b'"')
        }
        // `api_key_env:BOT_API_KEY commit:5831b4f`
        _ if before.ends_with(b"_env:") || before.ends_with(b"_env=") => true,
        // `state map[reason:invalid passphrase ticket:8344240958329 keyFields:[…`
        Separator::Prose if sign == b':' => {
            (before.contains(&b'{') || memchr::memmem::find(before, b"map[").is_some())
                && gap == b" "
                && !matches!(rest[name.len() + 1], b' ' | b'\t')
        }
        _ => !matches!(rest[name.len() + 1], b' ' | b'\t') && sign == b'=' && is_among(before, rest, sign, 2),
    }
}

/// Whether so many settings that are written in the same way stand in the line, or the value says that there is none.
fn is_among(before: &[u8], rest: &[u8], sign: u8, least: usize) -> bool {
    const NEAR: usize = 200;
    let is_pair = |word: &&[u8]| {
        let word = word.strip_suffix(b",").or_else(|| word.strip_suffix(b";")).unwrap_or(word);
        let is_set = |word: &[u8]| next_name(word).is_some_and(|(_, other)| other == sign);
        // `Config{KeepAlive:true`, `apiKey=${API_KEY}`
        let inner = word.rsplit(|byte| b"&{[(;,|\"'".contains(byte)).next().unwrap_or_default();
        // `apiKey= secret= exchange=okx`
        let is_empty = inner.len() >= 3 && inner.ends_with(&[sign]) && inner[0].is_ascii_alphabetic();
        is_empty || is_set(inner) || is_set(word)
    };
    let behind = &rest[..rest.len().min(NEAR)];
    let behind = behind.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    let value = next_name(rest).map_or(&b""[..], |(name, _)| &behind[(name.len() + 1).min(behind.len())..]);
    let value = value.split(|byte| b" ,;})".contains(byte)).next().unwrap_or_default();
    let pairs = |line: &[u8]| line.split(|byte| *byte == b' ').filter(is_pair).count();
    value::is_placeholder(value) || pairs(before) + pairs(behind) >= least
}

/// Names of other things: what stands behind one of them and its sign is none of what the words before it say.
const OTHERS: [&[u8]; 7] = [b"span", b"spanid", b"trace", b"traceid", b"thread", b"ray", b"correlationid"];
/// The same, if what stands there is hexadecimal: a version, a digest.
const OTHERS_OF_HEX: [&[u8]; 12] = [
    b"execid",
    b"algoid",
    b"requestid",
    b"container",
    b"image",
    b"handle",
    b"uuid",
    b"rev",
    b"build",
    b"commit",
    b"sha",
    b"etag",
];

/// Whether one of these and its sign stand right before a value: `token listed rev=656bf67d…`.
pub(super) fn is_of_other(before: &[u8], value: &[u8]) -> bool {
    let is_hex = || {
        let value = value.strip_prefix(b"0x").unwrap_or(value);
        value.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-')
    };
    if before.ends_with(b" Etag: ") || before.ends_with(b" ETag: ") {
        return is_hex();
    }
    let before = before.strip_suffix(b"'").or_else(|| before.strip_suffix(b"\"")).unwrap_or(before);
    let Some(before) = before.strip_suffix(b"=").or_else(|| before.strip_suffix(b": ")) else { return false };
    let length = before.iter().rev().take(14).take_while(|byte| gate::is(**byte, class::NAME)).count();
    let (before, name) = before.split_at(before.len() - length);
    let name = plain(name);
    before.ends_with(b" ")
        && (OTHERS.contains(&name.as_slice()) || OTHERS_OF_HEX.contains(&name.as_slice()) && is_hex())
}

/// A name in small letters without what joins its words.
fn plain(name: &[u8]) -> Vec<u8> {
    name.iter().filter(|byte| **byte != b'_').map(u8::to_ascii_lowercase).collect()
}

/// Whether another name stands directly before what words lead to: `klucz API wczytany (okx) span=317fd95371cb258c`.
fn is_behind_other(text: &[u8], (_, end): (usize, usize), value_at: usize, separator: Separator) -> bool {
    if !matches!(separator, Separator::Prose | Separator::Equals) || text.get(end) != Some(&b' ') {
        return false;
    }
    let Some(before) = text[end..value_at].strip_suffix(b"=") else { return false };
    let length = before.iter().rev().take_while(|byte| gate::is(**byte, class::NAME)).count();
    let name = &before[before.len() - length..];
    OTHERS.contains(&plain(name).as_slice())
        || matches!(name, b"request_id" | b"req_id" | b"order_id" | b"id")
}

/// Whether a function or a module is called so: `optimiser.genetic:fetch_balance:324 - `, `chain.indexer/refresh_token: restored …`.
fn is_function(text: &[u8], (start, _): (usize, usize), gap: &[u8], rest: &[u8]) -> bool {
    let Some((mark @ (b':' | b'/'), before)) = text[..start].split_last() else { return false };
    let length = before.iter().rev().take(64).take_while(|byte| gate::is(**byte, class::NAME)).count();
    let module = &before[before.len() - length..];
    let is_path =
        module.contains(&b'.') && module.iter().all(|byte| byte.is_ascii_lowercase() || b"._".contains(byte));
    if !is_path {
        return false;
    }
    let digits = rest.iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    let is_line = gap == b":"
        && (1..6).contains(&digits)
        && [&b" - "[..], b" | ", b"] ", b": "].iter().any(|behind| rest[digits..].starts_with(behind));
    let word = rest.iter().take(20).take_while(|byte| byte.is_ascii_lowercase()).count();
    is_line || *mark == b'/' && gap == b": " && word > 2 && rest.get(word) == Some(&b' ')
}

/// Whether a function is shown what it makes of a word, or a variable of the system is named: `keccak256("signature") = 0x…`,
/// `os.environ["API_SECRET"], signature`.
fn is_argument(text: &[u8], (start, _): (usize, usize), gap: &[u8]) -> bool {
    // `sha256(session.db)=b101…`
    let digests = [&b"sha256("[..], b"sha1(", b"sha512(", b"md5("];
    if gap.starts_with(b")=") && digests.iter().any(|digest| text[..start].ends_with(digest)) {
        return true;
    }
    let makes = [&b"keccak256(\""[..], b"keccak(\"", b"sha3(\"", b"sha256(\"", b"md5(\"", b"crc32(\""];
    gap.starts_with(b"\")") && makes.iter().any(|makes| text[..start].ends_with(makes))
        || gap.starts_with(b"\"], ")
            && gap.get(4).is_some_and(u8::is_ascii_alphabetic)
            && text[..start].ends_with(b"environ[\"")
}

/// Whether the name is none at all, whatever stands behind it.
pub(super) fn is_none(text: &[u8], (start, end): (usize, usize)) -> bool {
    let (key, behind) = (&text[start..end], &text[end..(end + 8).min(text.len())]);
    // `imbalance=0.26`, `ui.chart:rebalance`
    let is_other = || {
        let length = key.iter().rev().take(10).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = &key[key.len() - length..];
        word.eq_ignore_ascii_case(b"imbalance") || word.eq_ignore_ascii_case(b"rebalance")
    };
    match key.last() {
        Some(b'e' | b'E') if key.len() >= 9 && matches!(key[key.len() - 3], b'n' | b'N') && is_other() => {
            return true;
        }
        // A log of Windows: `Log Name: Application`.
        Some(b'e') if text[..end].ends_with(b"Log Name") => return true,
        // `token0() -> 0x…`
        Some(b'0' | b'1' | b'n') if behind.starts_with(b"() ->") || behind.starts_with(b"0() ->") => {
            return true;
        }
        _ => {}
    }
    // `'<your-api-secret>', …`
    let is_slot = behind.starts_with(b">")
        && matches!(behind.get(1), Some(b'\'' | b'"'))
        && text[..start].ends_with(b"<")
        && (text[..start].ends_with(b"'<")
            || text[..start].ends_with(b"\"<")
            || text[..start].ends_with(b" <")
            || key.starts_with(b"your"));
    // `WIF_BTC` is traded; the format of keys has no such end.
    is_slot
        || key.starts_with(b"WIF") && super::demand::is_market(key)
        || is_argument(text, (start, end), behind)
        || passing::is_column(text, (start, end))
        || passing::is_symbol(text, (start, end))
        || source::is_itself_a_value(text, (start, end))
        || messages::is_speaker(text, (start, end))
}

/// Whether what stands there is a thing of another kind, of which the words around tell.
fn is_of_matter(text: &[u8], (start, end): (usize, usize), rest: &[u8], named: Named) -> bool {
    const NEAR: usize = 80;
    let before = || {
        let line = line_start(text, start).unwrap_or(start).max(start.saturating_sub(NEAR));
        &text[line..start]
    };
    let says = |word: &[u8]| memchr::memmem::find(before(), word).is_some();
    let value = || {
        let token = gate::run_length(rest, class::TOKEN);
        let more = rest[token..].iter().take(200).take_while(|byte| byte.is_ascii_graphic()).count();
        rest.split_at(token + more)
    };
    let name = &text[start..end];
    let is = |word: &[u8]| name.eq_ignore_ascii_case(word);
    let is_hex = |value: &[u8]| value.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b':');
    match named.rule {
        // The serial of a certificate is public: `Certificate Serial Number: 83:74:…`.
        Id::Serial => {
            let (value, behind) = value();
            says(b"ertificate ") && value.len() >= 12 && is_hex(value) || behind.starts_with(b" not_after=")
        }
        Id::Token => {
            // `FIX session FIX.4.4:BOT01->CNX: …`, `/src/internal/wallet/keystore.go:561`
            rest.starts_with(b"FIX.")
                || rest.first() == Some(&b'/') && is_place(value().0)
                // The session of a connection: `SSL handshake done: TLSv1.3 … session=3283…`.
                || is(b"session") && (says(b"TLS") && says(b"handshake") || is_of_run(rest))
                // `Skin 'Dark' key=Ctrl+K token=#FF666668`
                || is(b"token") && says(b"Skin ") && is_colour(rest)
                // `Token: BNB-USDT decimals 18`
                || value().1.starts_with(b" decimals ") && super::demand::is_market(value().0)
                // `submodule vendor/express-session 8795… (v3.27)`
                || says(b"submodule ") && value().1.starts_with(b" (") && is_hex(value().0)
        }
        // What signs an update: `signature … verified with public key RW…`.
        Id::Signature => {
            !matches!(text[..start].last(), Some(b'&' | b'?'))
                && value().1.starts_with(b" verified with public key")
        }
        // `signature: good, key id B006CE2E71B7C260, primary key fingerprint …`, `lru evict key=47f4…`
        Id::ApiKey => {
            let digits = || rest.iter().take(65).take_while(|byte| byte.is_ascii_hexdigit()).count();
            is(b"key id") && says(b"signature: good")
                || is(b"key")
                    && [&b"evict "[..], b"evicted ", b"dedup ", b"dedupe "]
                        .iter()
                        .any(|word| text[..start].ends_with(word))
                    && matches!(digits(), 32 | 40 | 64)
        }
        // `panicked at core.py", line 798, in login: called `Option::unwrap()``
        Id::AccountId | Id::UserName => rest.starts_with(b"called `"),
        // `DENIED: reason=NOTIONAL_EXCEEDS_FREE_BALANCE: 0.505`
        Id::Balance => {
            is_memory(rest)
                || text[..start].ends_with(b"reason=") && memchr::memmem::find(name, b"EXCEEDS").is_some()
        }
        // `cookies=3 thread=10`, `"tough-cookie" : "~4.1.4"`
        Id::Cookie => {
            let digits = rest.iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
            is(b"cookies")
                && digits > 0
                && (rest.len() == digits
                    || rest[digits..].starts_with(b" ") && next_name(&rest[digits + 1..]).is_some())
                || matches!(rest, [b'"', b'~' | b'^', next, ..] if next.is_ascii_digit())
        }
        // `密码: 正确`
        // `"credentials": "keyring"`
        Id::Password if name.ends_with(b"credentials") => {
            let word = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
            word.starts_with(b"keyring") || word.starts_with(b"keychain")
        }
        Id::Password => {
            name.last().is_some_and(|last| *last >= 0x80) && rest.first().is_some_and(|first| *first >= 0xe3)
        }
        _ => false,
    }
}

/// Whether a run of a bot has this number, and says so: `"session":"e06251d9-…","episode":505`.
fn is_of_run(rest: &[u8]) -> bool {
    const NEAR: usize = 160;
    let near = &rest[..rest.len().min(NEAR)];
    let near = near.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let is_uuid = near.iter().take(36).filter(|byte| **byte == b'-').count() == 4;
    let words = [&b"\"episode\""[..], b"\"cycle\""];
    is_uuid && words.iter().any(|word| memchr::memmem::find(near, word).is_some())
}

/// A line of a file of source: `/src/internal/keystore.go:561`.
fn is_place(value: &[u8]) -> bool {
    let digits = value.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let file = value[..value.len() - digits].strip_suffix(b":").unwrap_or_default();
    digits > 0
        && file.starts_with(b"/")
        && [&b".go"[..], b".rs", b".py", b".ts", b".js", b".cs"].iter().any(|end| file.ends_with(end))
}

/// A colour: `#FF666668`.
fn is_colour(rest: &[u8]) -> bool {
    let digits = rest.iter().skip(1).take(9).take_while(|byte| byte.is_ascii_hexdigit()).count();
    rest.first() == Some(&b'#') && matches!(digits, 3 | 6 | 8)
}

/// So much of a memory or a disk: `24,512 MB`.
fn is_memory(rest: &[u8]) -> bool {
    let length =
        rest.iter().take(24).take_while(|byte| byte.is_ascii_digit() || b",.".contains(byte)).count();
    let unit = rest[length..].strip_prefix(b" ").unwrap_or(&rest[length..]);
    let units = [&b"KB"[..], b"MB", b"GB", b"TB", b"kB", b"KiB", b"MiB", b"GiB", b"bytes"];
    length > 0
        && units.iter().any(|known| {
            unit.strip_prefix(*known)
                .is_some_and(|behind| !behind.first().is_some_and(u8::is_ascii_alphanumeric))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_settings_are_told_from_values() {
        for (text, expected) in [
            ("secret=null", true),
            ("KeepAlive:true", true),
            ("stream=ethusdt@trade", true),
            ("used_weight_1m=12", true),
            ("Zm9vYmFyMTIzNDU2Nzg5=", false),
            ("Zm9vYmFyMTIzNDU2Nzg5==", false),
            ("7f3a=5", false),
            ("kX9pQ2mW8vR4=abc", false),
            ("https://example.com", false),
            ("abc", false),
            ("a=", false),
        ] {
            assert_eq!(next_name(text.as_bytes()).is_some(), expected, "{text}");
        }
    }

    #[test]
    fn sizes_of_memory_are_no_balances() {
        for (text, expected) in [
            ("24,512 MB", true),
            ("1.5GiB free", true),
            ("2876 MBTC", false),
            ("24,512.10", false),
            ("MB", false),
        ] {
            assert_eq!(is_memory(text.as_bytes()), expected, "{text}");
        }
    }
}
