//! What stands in place of a secret.
//!
//! The same value has the same stand-in under one key, so that engineers can correlate lines; nobody without
//! the key can guess a value and check the guess. No part of the value is kept.

use std::borrow::Cow;
use std::io;
use std::ops::Range;

use data_encoding::{Encoding, Specification};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::sync::LazyLock;
use zeroize::Zeroizing;

use super::rules::{Id, RULES};

/// The secret that makes stand-ins: one for each installation. Wiped from memory when dropped.
#[derive(Clone)]
pub struct StandInKey(Hmac<Sha256>);

impl StandInKey {
    /// Uses a stored key.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(Hmac::new_from_slice(bytes).expect("HMAC takes keys of any length"))
    }

    /// Makes a key from the system's randomness.
    ///
    /// # Errors
    /// Only when the system has no randomness to give.
    pub fn generate() -> io::Result<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *bytes)?;
        Ok(Self::from_bytes(&bytes))
    }

    /// The digits of the stand-in for `value`, which is normalised already. They are the same under every rule: what
    /// one line calls a token and another a key is seen to be one value.
    pub(super) fn digits(&self, value: &[u8]) -> String {
        let mac = self.0.clone().chain_update(value);
        let mut digits = DIGITS.encode(&mac.finalize().into_bytes()[..5]);
        digits.truncate(DIGIT_COUNT);
        digits
    }
}

/// 40 bits: a million values of one kind have one chance in two of a single collision.
pub(super) const DIGIT_COUNT: usize = 8;

/// Lower-case base32 without letters that look alike in a hurry.
static DIGITS: LazyLock<Encoding> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification.symbols.push_str("abcdefghijkmnpqrstuvwxyz23456789");
    specification.encoding().expect("32 different symbols")
});

/// How a stand-in is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `<email:abcd2345>`
    Angled,
    /// `email-abcd2345`, where angle brackets would break a path, a URL or XML.
    Bare,
    /// `"<email:abcd2345>"`, where a number of a structured text was; with so many backslashes before its quotes.
    Quoted(usize),
}

pub(super) fn written(kind: &str, digits: &str, style: Style) -> String {
    match style {
        Style::Angled => format!("<{kind}:{digits}>"),
        Style::Bare => format!("{kind}-{digits}"),
        Style::Quoted(slashes) => {
            let slashes = "\\".repeat(slashes);
            format!("{slashes}\"<{kind}:{digits}>{slashes}\"")
        }
    }
}

/// Whether a value is a stand-in already, alone or with what surrounds it in a longer value.
pub(super) fn is_stand_in(value: &[u8]) -> bool {
    let inner = value.strip_prefix(b"<").map_or(value, |rest| rest.strip_suffix(b">").unwrap_or(rest));
    let Some(at) = inner.len().checked_sub(DIGIT_COUNT + 1) else { return false };
    let (kind, digits) = inner.split_at(at);
    matches!(digits[0], b':' | b'-')
        && digits[1..].iter().copied().all(is_symbol)
        && RULES.iter().any(|rule| rule.kind.as_bytes() == kind)
}

/// A place where something was hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandIn {
    /// Where it is in the text.
    pub range: Range<usize>,
    /// What was hidden: the word of the rule, as in [`Rule::kind`](super::Rule::kind).
    pub kind: &'static str,
}

/// Finds the stand-ins of a clean text, in their order.
///
/// ```
/// let found = casefile::redact::stand_ins("mail to <email:abcd2345>, file log-email-abcd2345.txt");
/// assert_eq!(found.iter().map(|found| found.kind).collect::<Vec<_>>(), ["email", "email"]);
/// ```
pub fn stand_ins(text: &str) -> Vec<StandIn> {
    let place = |(start, end, kind)| StandIn { range: start..end, kind };
    places(text.as_bytes()).map(place).collect()
}

/// Where stand-ins are, and their kinds.
pub(super) fn places(text: &[u8]) -> impl Iterator<Item = (usize, usize, &'static str)> {
    marked(text).filter_map(|(start, end, kind)| match text[start + kind.len()] {
        b':' if start > 0 && text[start - 1] == b'<' && text.get(end) == Some(&b'>') => {
            Some((start - 1, end + 1, kind))
        }
        b':' => None,
        _ => Some((start, end, kind)),
    })
}

/// Kinds with digits behind them, in brackets or not.
fn marked(text: &[u8]) -> impl Iterator<Item = (usize, usize, &'static str)> {
    memchr::memchr2_iter(b':', b'-', text).filter_map(|at| {
        let digits = text.get(at + 1..at + 1 + DIGIT_COUNT)?;
        let end = at + 1 + DIGIT_COUNT;
        if !digits.iter().copied().all(is_symbol) || text.get(end).is_some_and(u8::is_ascii_alphanumeric) {
            return None;
        }
        let before = &text[at.saturating_sub(LONGEST)..at];
        let kinds = RULES.iter().map(|rule| rule.kind).filter(|kind| before.ends_with(kind.as_bytes()));
        let kind = kinds.max_by_key(|kind| kind.len())?;
        Some((at - kind.len(), end, kind))
    })
}

fn is_symbol(byte: u8) -> bool {
    byte.is_ascii_lowercase() || matches!(byte, b'2'..=b'9')
}

/// Whether a stand-in overlaps the range: what does is hidden already.
pub(super) fn is_near(text: &[u8], start: usize, end: usize) -> bool {
    let from = start.saturating_sub(LONGEST);
    let to = (end + LONGEST).min(text.len());
    marked(&text[from..to]).any(|(first, last, _)| from + first < end && from + last > start)
}

/// The text from here to there in which the digits of stand-ins are blank: by chance they would say something.
pub(super) fn blanked(text: &[u8], from: usize, to: usize) -> Cow<'_, [u8]> {
    let wide = from.saturating_sub(LONGEST);
    let mut blank = Cow::Borrowed(&text[from..to]);
    for (_, end, _) in marked(&text[wide..to]) {
        let end = (wide + end).max(from);
        let start = (end - DIGIT_COUNT.min(end)).max(from);
        blank.to_mut()[start - from..end - from].fill(b' ');
    }
    blank
}

/// No stand-in is longer.
const LONGEST: usize = 32;

/// The value under which two spellings of one secret are the same.
pub(super) fn normalised(rule: Id, value: &[u8]) -> Vec<u8> {
    let value = &*plain(value);
    if std::str::from_utf8(value).is_err() {
        // The same words in the Central European code page.
        let (text, _) = encoding_rs::WINDOWS_1250.decode_without_bom_handling(value);
        return normalised(rule, text.as_bytes());
    }
    match rule {
        Id::Email | Id::MacAddress | Id::Ipv6 => value
            .to_ascii_lowercase()
            .into_iter()
            .map(|byte| if byte == b'-' && rule == Id::MacAddress { b':' } else { byte })
            .collect(),
        Id::Card | Id::Iban | Id::Phone => value.iter().copied().filter(u8::is_ascii_alphanumeric).collect(),
        Id::LicenseKey => value.to_ascii_uppercase(),
        _ => value.to_vec(),
    }
}

/// The value without the escapes of an address or of JSON: it is the same value.
pub(super) fn plain(value: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr3(b'\\', b'%', b'&', value).is_none() {
        return Cow::Borrowed(value);
    }
    let escaped = value.windows(2).any(|pair| matches!(pair, [b'\\', b'/' | b'u' | b'"' | b'\\']));
    let percent = value.windows(3).any(|code| code[0] == b'%' && code[1..].iter().all(u8::is_ascii_hexdigit));
    if value.windows(5).any(|window| window == b"&amp;") {
        let text = String::from_utf8_lossy(value).replace("&amp;", "&");
        return Cow::Owned(plain(text.as_bytes()).into_owned());
    }
    if !escaped && !percent {
        return Cow::Borrowed(value);
    }
    let mut text = Vec::with_capacity(value.len());
    let mut at = 0;
    while at < value.len() {
        let code = |from: usize, length: usize| {
            let digits = std::str::from_utf8(value.get(from..from + length)?).ok()?;
            u32::from_str_radix(digits, 16).ok()
        };
        let (bytes, width) = match (value[at], value.get(at + 1)) {
            (b'\\', Some(b'u')) => match code(at + 2, 4).and_then(char::from_u32) {
                Some(letter) => (letter.to_string().into_bytes(), 6),
                None => (vec![value[at]], 1),
            },
            (b'\\', Some(next @ (b'/' | b'"' | b'\\'))) => (vec![*next], 2),
            (b'%', _) => match code(at + 1, 2).and_then(|code| u8::try_from(code).ok()) {
                Some(byte) => (vec![byte], 3),
                None => (vec![value[at]], 1),
            },
            (byte, _) => (vec![byte], 1),
        };
        text.extend_from_slice(&bytes);
        at += width;
    }
    Cow::Owned(text)
}
