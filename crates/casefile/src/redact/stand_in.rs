//! What stands in place of a secret.
//!
//! The same value has the same stand-in under one key, so that engineers can correlate lines; nobody without
//! the key can guess a value and check the guess. No part of the value is kept.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::io;
use std::ops::Range;
use std::sync::LazyLock;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
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
    pub(super) fn digits(&self, value: &[u8]) -> [u8; DIGIT_COUNT] {
        let mac = self.0.clone().chain_update(value).finalize().into_bytes();
        let bits = mac[..5].iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        std::array::from_fn(|place| DIGITS[(bits >> (5 * (DIGIT_COUNT - 1 - place)) & 31) as usize])
    }
}

/// 40 bits: a million values of one kind have one chance in two of a single collision.
pub(super) const DIGIT_COUNT: usize = 8;

/// Lower-case base32 without letters that look alike in a hurry.
const DIGITS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

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

/// Appends a stand-in.
pub(super) fn write(kind: &str, digits: [u8; DIGIT_COUNT], style: Style, out: &mut Vec<u8>) {
    let quote = |out: &mut Vec<u8>| {
        if let Style::Quoted(slashes) = style {
            out.extend(std::iter::repeat_n(b'\\', slashes));
            out.push(b'"');
        }
    };
    let (open, mark, close) = if style == Style::Bare { ("", "-", "") } else { ("<", ":", ">") };
    quote(out);
    for part in [open.as_bytes(), kind.as_bytes(), mark.as_bytes(), &digits, close.as_bytes()] {
        out.extend_from_slice(part);
    }
    quote(out);
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
    // A time and most words have something else behind the mark.
    let begins = |at: &usize| text.get(at + 1).is_some_and(|digit| is_symbol(*digit));
    memchr::memchr2_iter(b':', b'-', text).filter(begins).filter_map(|at| around(text, at))
}

/// The kind before this place and the digits behind it.
fn around(text: &[u8], mark: usize) -> Option<(usize, usize, &'static str)> {
    let end = mark + 1 + DIGIT_COUNT;
    let digits = text.get(mark + 1..end)?;
    if !digits.iter().copied().all(is_symbol) || text.get(end).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let before = &text[mark.saturating_sub(LONGEST)..mark];
    let kinds = KINDS.get(usize::from(*before.last()?))?;
    let kind = kinds.iter().find(|kind| before.ends_with(kind.as_bytes()))?;
    let start = mark - kind.len();
    // `password:wiosnawe` only looks like one: with a colon it has its bracket before it, however that is escaped.
    (text[mark] == b'-' || is_opened(&text[..start])).then_some((start, end, *kind))
}

/// Whether the bracket of a stand-in stands last.
fn is_opened(before: &[u8]) -> bool {
    const BRACKETS: [&[u8]; 6] = [b"<", b"&lt;", b"u003c", b"u003C", b"%3C", b"%3c"];
    BRACKETS.iter().any(|bracket| before.ends_with(bracket))
}

/// The kinds by their last byte, the longest first: `private_key` before any that ends like it.
static KINDS: LazyLock<[Vec<&str>; 128]> = LazyLock::new(|| {
    let mut kinds: Vec<_> = RULES.iter().map(|rule| rule.kind).collect();
    kinds.sort_unstable_by_key(|kind| (Reverse(kind.len()), *kind));
    kinds.dedup();
    std::array::from_fn(|last| {
        let ends = |kind: &&str| kind.bytes().last().map(usize::from) == Some(last);
        kinds.iter().copied().filter(ends).collect()
    })
});

fn is_mark(byte: u8) -> bool {
    matches!(byte, b':' | b'-')
}

fn is_symbol(byte: u8) -> bool {
    byte.is_ascii_lowercase() || matches!(byte, b'2'..=b'9')
}

/// The first mark of those that stand between a kind and its digits, if one is near.
fn mark_behind(text: &[u8], from: usize) -> Option<usize> {
    memchr::memchr2(b':', b'-', &text[from..(from + LONGEST).min(text.len())]).map(|length| from + length)
}

/// Whether a stand-in overlaps the range: what does is hidden already.
pub(super) fn is_near(text: &[u8], start: usize, end: usize) -> bool {
    // Of one that reaches into the range its mark stands in it, or its digits do, or its kind does.
    let from = start.saturating_sub(DIGIT_COUNT);
    let of_kind = |byte: &&u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || **byte == b'_';
    let behind = text[end..].iter().take(LONGEST).take_while(of_kind).count();
    let to = (end + behind + 1).min(text.len());
    let marks = memchr::memchr2_iter(b':', b'-', &text[from..to]).map(|at| from + at);
    let mut places = marks.filter_map(|mark| around(text, mark));
    places.any(|(first, last, _)| first < end && last > start)
}

/// The stand-in around this place, if it is one for sure: `wallet-password` is the name of an option.
fn surely_around(text: &[u8], mark: usize) -> Option<(usize, usize)> {
    let (start, end, _) = around(text, mark)?;
    let is_angled = text[..start].ends_with(b"<") && text.get(end) == Some(&b'>');
    (is_angled || text[mark + 1..end].iter().any(u8::is_ascii_digit)).then_some((start, end))
}

/// Whether a word is surely part of a stand-in: it names nothing then. Costs little, for each word of a log.
pub(super) fn holds(text: &[u8], start: usize, end: usize) -> bool {
    let overlaps =
        |mark: usize| surely_around(text, mark).is_some_and(|(first, last)| first < end && last > start);
    let behind_kind = || mark_behind(text, end).is_some_and(overlaps);
    let before_digits = || {
        let digits =
            text[..start].iter().rev().take(DIGIT_COUNT).take_while(|byte| is_symbol(**byte)).count();
        start.checked_sub(digits + 1).is_some_and(|mark| is_mark(text[mark]) && overlaps(mark))
    };
    let inside = || (start..end).any(|mark| is_mark(text[mark]) && overlaps(mark));
    behind_kind() || before_digits() || inside()
}

/// Whether what begins here is a stand-in for sure, in brackets or not.
pub(super) fn begins(text: &[u8], at: usize) -> bool {
    let start = at + usize::from(text.get(at) == Some(&b'<'));
    if !text.get(start).is_some_and(u8::is_ascii_lowercase) {
        return false;
    }
    let mark = mark_behind(text, start.min(text.len()));
    mark.and_then(|mark| surely_around(text, mark)).is_some_and(|(first, _)| first == start)
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
pub(super) fn normalised(rule: Id, value: &[u8]) -> Cow<'_, [u8]> {
    // `a+b%21` of a form
    let is_form = memchr::memchr(b'+', value).is_some()
        && value.windows(3).any(|code| code[0] == b'%' && code[1..].iter().all(u8::is_ascii_hexdigit));
    let mut value = if is_form {
        let spaced: Vec<u8> = value.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
        Cow::Owned(plain(&spaced).into_owned())
    } else {
        plain(value)
    };
    // `%2540`: an address in an address; a string in a string.
    for _ in 0..2 {
        if memchr::memchr2(b'%', b'\\', &value).is_some() {
            value = Cow::Owned(plain(&value).into_owned());
        }
    }
    // `it''s`, `"it""s"`, `'it'\''s'`: how SQL, CSV and shells write a quote between quotes.
    if memchr::memchr2(b'\'', b'"', &value).is_some() {
        for (written, quote) in [(&b"'\\''"[..], b'\''), (b"''", b'\''), (b"\"\"", b'"')] {
            while let Some(at) = memchr::memmem::find(&value, written).filter(|at| *at > 0) {
                value.to_mut().splice(at..at + written.len(), [quote]);
            }
        }
    }
    // Written as digits, as a dump of bytes has it.
    let is_letter = |pair: &[u8]| matches!(pair, [b'2'..=b'7', low] if low.is_ascii_hexdigit());
    if value.len() >= 16
        && value.len().is_multiple_of(2)
        && value.chunks_exact(2).all(is_letter)
        && let Ok(text) = data_encoding::HEXLOWER_PERMISSIVE.decode(&value)
        && text.iter().all(u8::is_ascii_graphic)
    {
        return Cow::Owned(normalised(rule, &text).into_owned());
    }
    // As the secrets of a cluster are kept: the first of each four letters tells that a letter of text begins there.
    if value.len() >= 12
        && value.len().is_multiple_of(4)
        && value.chunks_exact(4).all(|four| matches!(four[0], b'A'..=b'Z' | b'a'..=b'f'))
        && (value.ends_with(b"=") || value.iter().all(u8::is_ascii_alphanumeric))
        && let Ok(text) = data_encoding::BASE64.decode(&value)
        && text.iter().all(u8::is_ascii_graphic)
    {
        return Cow::Owned(normalised(rule, &text).into_owned());
    }
    if !value.is_ascii() && std::str::from_utf8(&value).is_err() {
        // The same words in the Central European code page.
        let (text, _) = encoding_rs::WINDOWS_1250.decode_without_bom_handling(&value);
        return Cow::Owned(normalised(rule, text.as_bytes()).into_owned());
    }
    match rule {
        Id::Email | Id::MacAddress | Id::Ipv6 | Id::HostName => value
            .to_ascii_lowercase()
            .into_iter()
            .map(|byte| if byte == b'-' && rule == Id::MacAddress { b':' } else { byte })
            .collect(),
        Id::Card | Id::Iban | Id::Phone => value.iter().copied().filter(u8::is_ascii_alphanumeric).collect(),
        Id::LicenseKey => value.to_ascii_uppercase().into(),
        // With the scheme before them or without, the credentials are the same.
        Id::Authorization => {
            let rest = value.iter().position(|byte| *byte == b' ').map(|at| value[at..].trim_ascii());
            let is_scheme = |rest: &&[u8]| {
                !rest.is_empty() && !rest.contains(&b' ') && !rest.contains(&b'=') | rest.ends_with(b"=")
            };
            rest.filter(is_scheme).map_or_else(|| value.clone(), |rest| rest.to_vec().into())
        }
        Id::PrivateKey | Id::WalletAddress if value.starts_with(b"0x") || matches!(value.len(), 40 | 64) => {
            let digits = value.strip_prefix(b"0x").unwrap_or(&value);
            let is_hex = digits.iter().all(u8::is_ascii_hexdigit);
            if is_hex { digits.to_ascii_lowercase().into() } else { value }
        }
        _ => value,
    }
}

/// The value without the escapes of an address or of JSON: it is the same value.
pub(super) fn plain(value: &[u8]) -> Cow<'_, [u8]> {
    const ENTITIES: [(&str, &str); 6] =
        [("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    if memchr::memchr3(b'\\', b'%', b'&', value).is_none() {
        return Cow::Borrowed(value);
    }
    let escaped =
        value.windows(2).any(|pair| matches!(pair, [b'\\', b'/' | b'u' | b'"' | b'\\' | b'\'' | b'$']));
    let percent = value.windows(3).any(|code| code[0] == b'%' && code[1..].iter().all(u8::is_ascii_hexdigit));
    let has = |(entity, _): &(&str, &str)| memchr::memmem::find(value, entity.as_bytes()).is_some();
    if memchr::memchr(b'&', value).is_some() && ENTITIES.iter().any(has) {
        let mut text = String::from_utf8_lossy(value).into_owned();
        for (entity, letter) in ENTITIES {
            text = text.replace(entity, letter);
        }
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
            (b'\\', Some(next @ (b'/' | b'"' | b'\\' | b'\'' | b'$'))) => (vec![*next], 2),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_a_stand_in_are_told_from_names() {
        for (text, word, expected) in [
            ("key=<api_key:abcdefgh>, key", "api", true),
            ("key=<api_key:abcdefgh>, key", "_key:", true),
            ("key=<api_key:abcdefgh>, key", "efgh>", true),
            ("key=<api_key:abcdefgh>, key", ", key", false),
            ("/user/token-ab2defgh/x", "token", true),
            ("/user/token-ab2defgh/x", "token-", true),
            ("/user/token-ab2defgh/x", "user", false),
            ("--wallet-password x", "password", false),
            ("--wallet-password x", "wallet", false),
            ("<api_key:ABCDEFGH>", "api_key", false),
            ("<my_own:abcdefgh>", "own", false),
        ] {
            let at = text.find(word).unwrap();
            assert_eq!(holds(text.as_bytes(), at, at + word.len()), expected, "{text} {word}");
        }
    }

    #[test]
    fn what_overlaps_a_stand_in_is_near_it() {
        for rule in &RULES {
            let text = format!("x <{}:abcdefg2> y", rule.kind);
            let (open, close) = (2, text.len() - 3);
            for start in 0..text.len() {
                for end in start + 1..text.len() {
                    // The brackets are no part of it here.
                    let expected = end > open + 1 && start < close;
                    assert_eq!(is_near(text.as_bytes(), start, end), expected, "{text} {start} {end}");
                }
            }
            assert_eq!(places(text.as_bytes()).collect::<Vec<_>>(), [(open, close + 1, rule.kind)]);
        }
    }

    #[test]
    fn a_value_may_begin_with_a_stand_in() {
        for (text, expected) in [
            ("<api_key:abcdefgh>", true),
            ("token-ab2defgh&x=1", true),
            ("wallet-password", false),
            ("<none>", false),
            ("x<api_key:abcdefgh>", false),
            ("", false),
        ] {
            assert_eq!(begins(text.as_bytes(), 0), expected, "{text}");
        }
    }
}
