//! What stands behind its label with nothing but a space between, as people note it: `haslo do vps wiosna2024`,
//! `AnyDesk 695 892 213 / pw …`, `passport no. 828231863`.

use super::bare::line_start;
use super::take;
use crate::redact::find::Span;
use crate::redact::keys::{self, Demand, Named};
use crate::redact::rules::Id;
use crate::redact::value;

/// What says that it is so now.
const NOW_LAST: [&str; 6] = [" now", " teraz", " jetzt", " ahora", " ted", " te\u{10f}"];

/// Hides a password with nothing but a space before it, `haslo do vps wiosna2024`: the last word of a line that has nothing but its
/// label, of letters and digits or with a sign.
pub(super) fn hide(text: &[u8], key: (usize, usize), out: &mut Vec<Span>) -> Option<usize> {
    const SHORTEST: usize = 8;
    const LONGEST: usize = 96;
    let near = &text[key.1..(key.1 + LONGEST).min(text.len())];
    let line_end = near.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
    let line_end = line_end.or((near.len() < LONGEST).then_some(near.len()))?;
    let at = key.1 + memchr::memrchr(b' ', &near[..line_end])? + 1;
    let value = &text[at..key.1 + line_end];
    let count = |is: fn(&u8) -> bool| value.iter().filter(|byte| is(byte)).count();
    let (digits, letters) = (count(u8::is_ascii_digit), count(u8::is_ascii_alphabetic));
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"!@#$%^&*?_+~".contains(byte);
    // `Utf8Error`
    let plain: Vec<u8> = value.iter().copied().filter(|byte| !byte.is_ascii_digit()).collect();
    let is_mixed = value.iter().any(u8::is_ascii_lowercase)
        && value.iter().skip(1).any(u8::is_ascii_uppercase)
        && !value::is_joined_words(&plain);
    let is_made =
        value.len() >= SHORTEST && (digits >= 2 || is_mixed) && letters >= 3 && !value::is_algorithm(value);
    if digits < 1 || !value.iter().all(is_part) {
        return None;
    }
    let line = line_start(text, key.0)?;
    // `AnyDesk 695 892 213 / pw …`
    let part = [&b" / "[..], b", ", b" | "]
        .iter()
        .filter_map(|mark| memchr::memmem::rfind(&text[line..key.0], mark))
        .max();
    let from = line + part.map_or(0, |at| at + 1);
    let from =
        from + text[from..key.0].iter().take_while(|byte| b" \t-*#>/,|\xef\xbb\xbf".contains(byte)).count();
    let label = &text[from..at - 1];
    // `posta, heslo ted …`
    let now = NOW_LAST.iter().find_map(|now| label.strip_suffix(now.as_bytes()));
    let label = now.unwrap_or(label);
    let named = keys::read(label).or_else(|| keys::named(label))?;
    let is_number = named.rule > Id::HiddenWord
        && matches!(named.demand, Demand::Identifier | Demand::Digits)
        && digits >= 6
        && value.iter().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    let is_password = named.rule == Id::Password && is_made;
    if !is_number && !is_password || !keys::are_known(label) {
        return None;
    }
    let demand = if is_password { Demand::Set } else { named.demand };
    let before = out.len();
    take(text, at, at + value.len(), Named { demand, ..named }, true, out);
    (out.len() > before).then_some(at - 1)
}
