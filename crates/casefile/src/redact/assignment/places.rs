//! Addresses: of wallets, of houses, of services.

use crate::redact::value;

/// `www.okx.com`, `github.com`
pub(super) fn is_address_of_service(value: &[u8]) -> bool {
    let ends = [&b".com"[..], b".org", b".net", b".io", b".exchange", b".dev"];
    value.starts_with(b"www.") || !value.contains(&b'@') && ends.iter().any(|end| value.ends_with(end))
}

/// A street in small letters and the number of the house: `ul polna 5 warszawa`, `polna 5/3`, `12 high st london`.
fn is_plain_home(value: &[u8]) -> bool {
    const KINDS: [&[u8]; 15] = [
        b"ul", b"ul.", b"al.", b"os.", b"pl.", b"ulica", b"aleja", b"osiedle", b"st", b"street", b"road",
        b"rd", b"lane", b"avenue", b"ave",
    ];
    let words = || value.split(|byte| b" ,".contains(byte)).filter(|word| !word.is_empty());
    let is_half =
        |word: &[u8]| word.contains(&b'/') && word.iter().all(|byte| byte.is_ascii_digit() || *byte == b'/');
    let is_word =
        |word: &[u8]| word.len() >= 4 && word.iter().all(|byte| byte.is_ascii_lowercase() || *byte >= 0x80);
    words().any(|word| KINDS.contains(&word))
        || words().count() == 2 && words().next().is_some_and(is_word) && words().nth(1).is_some_and(is_half)
}

/// The address of a wallet, or of a house.
pub(super) fn is_address(value: &[u8]) -> bool {
    // In the query of an address: `ul.%20Polna%2073%2F4`.
    if memchr::memmem::find(value, b"%20").is_some() {
        let plain = value::of_query(value);
        return plain.is_some_and(|plain| is_address(&plain));
    }
    let hex = value.strip_prefix(b"0x").unwrap_or(value);
    let is_made = |byte: &u8| byte.is_ascii_alphanumeric();
    let wallet =
        (25..=110).contains(&value.len()) && value.iter().all(is_made) && value::is_random_looking(value);
    // `3 bloki`, `0x1234 in 4 blocks`: a street or a town has a name.
    let is_name = |word: &[u8]| {
        word.len() >= 3
            && (word[0].is_ascii_uppercase() || word[0] >= 0x80 || word.starts_with(b"ul."))
            && word.iter().all(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80 || b"-.,'".contains(byte))
    };
    let postal = value.contains(&b' ')
        && (6..=120).contains(&value.len())
        && value.iter().any(u8::is_ascii_digit)
        && (value.split(|byte| *byte == b' ').any(is_name) || is_plain_home(value))
        && !value.iter().any(|byte| b":=<>{}@+".contains(byte));
    hex.len() == 40 && hex.iter().all(u8::is_ascii_hexdigit) || wallet || postal
}
