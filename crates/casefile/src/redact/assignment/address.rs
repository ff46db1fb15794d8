//! The town and its code beside a street.

use crate::redact::find::Span;
use crate::redact::rules::Id;

/// What a street is called.
const STREETS: [&str; 6] = ["street", "ulica", "adres", "address", "strasse", "ulice"];
/// What stands beside it in the same object.
const BESIDE: [&str; 12] = [
    "city",
    "town",
    "miasto",
    "miejscowosc",
    "miejscowo\u{15b}\u{107}",
    "kod",
    "kodpocztowy",
    "kod_pocztowy",
    "zip",
    "zipcode",
    "postcode",
    "postal",
];
/// So far behind the street they are sought.
const NEAR: usize = 160;

/// Hides the town and its code behind a street that was hidden: `"ulica": "…", "kod": "…", "miasto": "…"`.
pub(super) fn hide_rest(text: &[u8], key: (usize, usize), from: usize, out: &mut Vec<Span>) {
    let name = text[key.0..key.1].to_ascii_lowercase();
    if !STREETS.iter().any(|street| memchr::memmem::find(&name, street.as_bytes()).is_some()) {
        return;
    }
    let near = text[from..(from + NEAR).min(text.len())].to_ascii_lowercase();
    for name in BESIDE {
        for found in memchr::memmem::find_iter(&near, name.as_bytes()) {
            let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80;
            let behind = from + found + name.len();
            let marks = text[behind..].iter().take(8).take_while(|byte| b"\"'\\ :=>".contains(byte)).count();
            let at = behind + marks;
            if found.checked_sub(1).is_some_and(|before| is_letter(&near[before]))
                || !text[behind..at].iter().any(|byte| b":=>".contains(byte))
            {
                continue;
            }
            let ends = |byte: &u8| b"\"'\\<,;}{\n\r".contains(byte);
            let length = text[at..].iter().take(40).position(ends).unwrap_or(0);
            let value = text[at..at + length].trim_ascii_end();
            let is_town = value.first().is_some_and(|first| first.is_ascii_uppercase() || *first >= 0x80)
                && !value.iter().any(u8::is_ascii_digit);
            let is_code = (4..=10).contains(&value.len())
                && value.iter().all(|byte| byte.is_ascii_alphanumeric() || b" -".contains(byte))
                && value.iter().filter(|byte| byte.is_ascii_digit()).count() >= 3;
            if value.len() >= 3 && (is_town || is_code) {
                out.push(Span::new(at, at + value.len(), Id::PersonName));
            }
        }
    }
}
