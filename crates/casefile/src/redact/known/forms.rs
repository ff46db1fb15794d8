//! A secret in every encoding in which it can stand in a log.

use std::fmt::Write;

use data_encoding::{BASE64, BASE64URL, HEXLOWER, HEXUPPER};
use encoding_rs::WINDOWS_1250;
use zeroize::{Zeroize, Zeroizing};

/// The value in every encoding in which it can stand in a log.
pub(super) fn encoded(value: &str) -> Vec<Zeroizing<Vec<u8>>> {
    let mut forms: Vec<Vec<u8>> = Vec::new();
    let once = json_escaped(value);
    forms.push(json_escaped(&once).into_bytes());
    forms.push(value.replace('/', "\\/").into_bytes());
    forms.push(once.into_bytes());
    let percent = percent_encoded(value);
    forms.push(percent_encoded(&percent).into_bytes());
    forms.push(percent_in_small_letters(value).into_bytes());
    forms.push(percent.into_bytes());
    forms.push(HEXLOWER.encode(value.as_bytes()).into_bytes());
    forms.push(HEXUPPER.encode(value.as_bytes()).into_bytes());
    let wide: Vec<u8> = value.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (skip, bytes) in (0..3).flat_map(|skip| [(skip, value.as_bytes()), (skip, &wide)]) {
        // Only the digits that depend on nothing but the value.
        let padded = [vec![0; skip], bytes.to_vec()].concat();
        let (first, last) = (if skip == 0 { 0 } else { skip + 1 }, padded.len() * 8 / 6);
        let standard = BASE64.encode(&padded);
        let for_addresses = Some(BASE64URL.encode(&padded)).filter(|encoded| *encoded != standard);
        for encoded in [Some(standard), for_addresses].into_iter().flatten() {
            forms.extend(encoded.as_bytes().get(first..last).map(<[u8]>::to_vec));
        }
    }
    forms.push(HEXLOWER.encode(&wide).into_bytes());
    forms.push(HEXUPPER.encode(&wide).into_bytes());
    forms.push(wide);
    // How Python, SQL and shells write a quote between quotes.
    if value.contains('\'') {
        forms.push(value.replace('\\', "\\\\").replace('\'', "\\'").into_bytes());
        forms.push(value.replace('\'', "''").into_bytes());
        forms.push(value.replace('\'', "'\\''").into_bytes());
    }
    // What a reader of escapes leaves alone, since it would end a string or a tag.
    if value.contains(['"', '\'', '`', '\\', '<', '>', '{', '}']) {
        forms.push(with_numbers(value, |text, sign| write!(text, "\\u{sign:04x}")).into_bytes());
        forms.push(with_numbers(value, |text, sign| write!(text, "\\u{sign:04X}")).into_bytes());
    }
    // As Windows wrote Polish before Unicode.
    let (central, _, is_lossy) = WINDOWS_1250.encode(value);
    if !is_lossy {
        forms.push(central.into_owned());
    }
    forms.into_iter().filter(|form| form.len() >= 8 && form != value.as_bytes()).map(Zeroizing::new).collect()
}

fn json_escaped(value: &str) -> String {
    let mut quoted = serde_json::to_string(value).unwrap_or_default();
    let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned();
    quoted.zeroize();
    inner
}

fn percent_encoded(value: &str) -> String {
    escaped(value, |text, byte| write!(text, "%{byte:02X}"))
}

fn percent_in_small_letters(value: &str) -> String {
    escaped(value, |text, byte| write!(text, "%{byte:02x}"))
}

fn escaped(value: &str, escape: impl Fn(&mut String, u8) -> std::fmt::Result) -> String {
    let mut text = String::with_capacity(value.len() * 3);
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            text.push(char::from(byte));
        } else {
            let _ = escape(&mut text, byte);
        }
    }
    text
}

/// The value with the signs that end strings and tags as numbers.
fn with_numbers(value: &str, number: impl Fn(&mut String, u32) -> std::fmt::Result) -> String {
    let mut text = String::with_capacity(value.len() * 2);
    for sign in value.chars() {
        if matches!(sign, '"' | '\'' | '`' | '\\' | '<' | '>' | '{' | '}') {
            let _ = number(&mut text, u32::from(sign));
        } else {
            text.push(sign);
        }
    }
    text
}
