//! Values that are set in groups: to be typed, or as the bytes that they are.

use super::MAX_VALUE;
use crate::redact::gate::{self, class};
use crate::redact::keys::{Demand, Named};
use crate::redact::rules::Id;
use crate::redact::value;

/// The bytes of a value as the registry is exported: `"ApiSecret"=hex(1):5a,62,…`, over as many lines as it takes.
pub(super) fn hex_of_registry(text: &[u8], at: usize) -> Option<(usize, usize)> {
    let rest = text[at..].strip_prefix(b"hex")?;
    let kind = rest
        .strip_prefix(b"(")
        .map_or(0, |kind| kind.iter().take(4).take_while(|byte| **byte != b':').count() + 1);
    let start = at + 3 + kind + 1;
    rest.get(kind).filter(|mark| **mark == b':')?;
    let is_part = |byte: &&u8| byte.is_ascii_hexdigit() || b", \\\r\n".contains(byte);
    let length = text[start..].iter().take(MAX_VALUE).take_while(is_part).count();
    // A line goes on behind a backslash only.
    let lines = &text[start..start + length];
    let mut end = 0;
    for line in lines.split_inclusive(|byte| *byte == b'\n') {
        end += line.len();
        if !line.trim_ascii_end().ends_with(b"\\") {
            break;
        }
    }
    let end = lines[..end].trim_ascii_end().len();
    Some((start, start + end))
}

/// Where a value ends that is written in groups of four, to be typed: a password of an application, a secret of codes.
pub(super) fn end_of_groups(text: &[u8], at: usize, end: usize, named: Named) -> usize {
    const GROUP: usize = 4;
    const MOST: usize = 16;
    if named.rule == Id::AccountId {
        return end_of_number(text, at).unwrap_or(end);
    }
    if end - at < GROUP || !matches!(named.rule, Id::Password | Id::ApiSecret | Id::OneTimeCode) {
        return end;
    }
    let is_lower = text[at].is_ascii_lowercase();
    let is_part = |byte: &u8| {
        matches!(byte, b'2'..=b'7')
            || if is_lower { byte.is_ascii_lowercase() } else { byte.is_ascii_uppercase() }
    };
    let mut groups = text[at..].chunks(GROUP + 1).take(MOST + 1);
    let is_group = |group: &[u8]| group.len() >= GROUP && group[..GROUP].iter().all(is_part);
    let mut count = 0;
    loop {
        let Some(group) = groups.next().filter(|group| is_group(group)) else {
            // `Password = fdxr umye tqfb ibzz }`
            let last = at + count * (GROUP + 1);
            let closes = matches!(text.get(last), Some(b'}' | b']' | b')'));
            return if is_lower && count == 4 && closes { last - 1 } else { end };
        };
        count += 1;
        if group.get(GROUP) != Some(&b' ') {
            let is_whole = group.get(GROUP).is_none_or(|byte| !gate::is(*byte, class::NAME));
            let last = at + count * (GROUP + 1) - 1;
            // Words have four letters as well.
            let is_made = !is_lower || text[at..last].iter().any(u8::is_ascii_digit);
            let fits = if is_made { (4..=MOST).contains(&count) } else { count == 4 };
            return if is_whole && fits { end.max(last) } else { end };
        }
    }
}

/// Where the value of the last of several names stands that have their values in the same order behind them:
/// `IP / login / hasło: 10.0.0.1 / root / …`.
pub(super) fn last_of_slashed(text: &[u8], key_start: usize, value_at: usize) -> usize {
    const MARK: &[u8] = b" / ";
    let is_marked = matches!(text[..value_at].trim_ascii_end().last(), Some(b':' | b'='));
    if !text[..key_start].ends_with(MARK) || !is_marked {
        return value_at;
    }
    let before = &text[key_start.saturating_sub(80)..key_start];
    let before = before.rsplit(|byte| matches!(byte, b'\n' | b':' | b'"')).next().unwrap_or_default();
    // `API_KEY: 083e7417-… / ApiSecret: …` has its value before the mark.
    if before
        .split(|byte| b" /".contains(byte))
        .any(|word| word.len() >= 16 && value::is_random_looking(word))
    {
        return value_at;
    }
    let names = memchr::memmem::find_iter(before, MARK).count();
    let line = &text[value_at..(value_at + 200).min(text.len())];
    let line = line.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let marks: Vec<usize> = memchr::memmem::find_iter(line, MARK).collect();
    if marks.len() == names { value_at + marks[names - 1] + MARK.len() } else { value_at }
}

/// Whether the name of a client is Deribit's, or its secret stands beside it: then it is what logs in, however short it is.
pub(super) fn has_secret_beside(text: &[u8], key_start: usize, at: usize) -> bool {
    let quote = text[at..].iter().take(4).take_while(|byte| b"\\\"'".contains(byte)).count();
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let length = text[at + quote..].iter().take(40).take_while(is_part).count();
    let value = &text[at + quote..at + quote + length];
    let has = |is: fn(&u8) -> bool| value.iter().any(is);
    let is_mixed = has(u8::is_ascii_uppercase) && (has(u8::is_ascii_lowercase) || has(u8::is_ascii_digit));
    // `7df5a44161b9ae99`
    let is_hex = value.len() >= 12 && value.iter().all(u8::is_ascii_hexdigit) && has(u8::is_ascii_digit);
    let near = text[key_start.saturating_sub(40)..(at + length + 60).min(text.len())].to_ascii_lowercase();
    let says = |word: &[u8]| memchr::memmem::find(&near, word).is_some();
    (6..=24).contains(&length)
        && (is_mixed || is_hex)
        && (says(b"deribit")
            || length == 8 && says(b"client_credentials")
            || says(b"client_secret")
            || says(b"client-secret")
            || says(b"clientsecret"))
}

/// Whether the secret of a key stands in the line below it: `key: …`, `secret: …`.
pub(super) fn has_secret_below(text: &[u8], key_start: usize, at: usize) -> bool {
    const NEAR: usize = 160;
    if !text[key_start..].starts_with(b"key") {
        return false;
    }
    let near = &text[at..(at + NEAR).min(text.len())];
    let below = memchr::memchr(b'\n', near).map(|end| near[end + 1..].trim_ascii_start()).unwrap_or_default();
    let below = below.strip_prefix(b"\"").unwrap_or(below);
    below.starts_with(b"secret") && below.get(6).is_some_and(|next| b":=\" _".contains(next))
}

/// Whether eight letters stand here as Deribit names its clients, and it is called before them: `exchange=deribit, key=NQCuYdae`.
pub(super) fn is_of_deribit(text: &[u8], key_start: usize, at: usize) -> bool {
    const LENGTH: usize = 8;
    const NEAR: usize = 160;
    let quote = text[at..].iter().take(4).take_while(|byte| b"\\\"'".contains(byte)).count();
    let value =
        text[at + quote..].iter().take(LENGTH + 1).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let Some(value) = (value == LENGTH).then(|| &text[at + quote..at + quote + LENGTH]) else { return false };
    let near = text[key_start.saturating_sub(NEAR)..at].to_ascii_lowercase();
    // A name that says more says enough.
    let is_whole = !text[at + quote + LENGTH..].first().is_some_and(|next| b"._-".contains(next));
    let is_mixed = is_whole
        && value.iter().any(u8::is_ascii_lowercase)
        && value.iter().skip(1).any(u8::is_ascii_uppercase);
    let name = text[key_start..at].to_ascii_lowercase();
    let is_sure = memchr::memmem::find(&name, b"apikey").is_some() && value.iter().any(u8::is_ascii_digit);
    is_mixed && (is_sure || memchr::memmem::find(&near, b"deribit").is_some())
}

/// Whether capitals and digits stand alone behind a name that ends with `api_key`, as feeds of data give them:
/// `DATA_ALPHAVANTAGE_API_KEY=RZDQ0PWKXMCHCWM0`.
pub(super) fn is_of_feed(text: &[u8], key_start: usize, at: usize) -> bool {
    const LENGTH: usize = 16;
    let quote = text[at..].iter().take(4).take_while(|byte| b"\\\"'".contains(byte)).count();
    let is_part = |byte: &&u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let value = &text[at + quote..(at + quote + LENGTH + 1).min(text.len())];
    let length = value.iter().take_while(is_part).count();
    let ends_so = || {
        let letters = text[key_start..at].iter().rev().filter(|byte| byte.is_ascii_alphabetic());
        letters.take(6).map(u8::to_ascii_lowercase).eq(b"yekipa".iter().copied())
    };
    length == LENGTH
        && value[..LENGTH].iter().any(u8::is_ascii_digit)
        && !value.get(LENGTH).is_some_and(|next| next.is_ascii_alphanumeric() || b"_-.".contains(next))
        && ends_so()
}

/// Whether the master of a vault is set here: `[Vault]`, `master=…`.
pub(super) fn is_of_vault(text: &[u8], key_start: usize) -> bool {
    const NEAR: usize = 400;
    let near = &text[key_start.saturating_sub(NEAR)..key_start];
    let section = memchr::memmem::rfind(near, b"\n[").map(|at| &near[at + 2..]);
    section.is_some_and(|section| {
        let name = section.split(|byte| *byte == b']').next().unwrap_or_default();
        ["vault", "keyring", "crypto", "security"]
            .iter()
            .any(|vault| crate::redact::keys::is_same(name, vault))
    })
}

/// Where the number of an account ends that is written in groups of four: `2484 5324 8493 8179`.
fn end_of_number(text: &[u8], at: usize) -> Option<usize> {
    let mut groups = text[at..].chunks(5);
    let is_group = |group: &[u8]| group.len() >= 4 && group[..4].iter().all(u8::is_ascii_digit);
    let mut count = 0;
    while let Some(group) = groups.next().filter(|group| is_group(group)) {
        count += 1;
        if group.get(4) != Some(&b' ') {
            let is_whole = group.get(4).is_none_or(|byte| !gate::is(*byte, class::NAME));
            return (is_whole && (3..=5).contains(&count)).then_some(at + count * 5 - 1);
        }
    }
    None
}

/// Whether a memo is what `BitMart` gives with a key: then it signs requests.
/// Source: <https://developer-pro.bitmart.com/en/spot/#signature>
pub(super) fn is_memo_of_key(text: &[u8], key_start: usize) -> bool {
    let near = text[key_start.saturating_sub(240)..(key_start + 160).min(text.len())].to_ascii_lowercase();
    let says = |word: &[u8]| memchr::memmem::find(&near, word).is_some();
    says(b"bitmart") && (says(b"secret") || says(b"key"))
}

/// Whether the number of a run stands here, as short as those of commits: `session id: b43a177c`.
pub(super) fn is_run(text: &[u8], key_start: usize, at: usize, named: Named) -> bool {
    const DIGITS: usize = 8;
    let digits = || {
        text.get(at..)
            .unwrap_or_default()
            .iter()
            .take(DIGITS + 1)
            .take_while(|byte| byte.is_ascii_hexdigit())
            .count()
    };
    named.rule == Id::Token
        && text[..at].ends_with(b": ")
        && [&b"session id:"[..], b"session_id:"].iter().any(|name| {
            text[key_start..].get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
        })
        && digits() == DIGITS
        && !text.get(at + DIGITS).is_some_and(|next| next.is_ascii_alphanumeric() || b"-_.".contains(next))
}

/// Whether a session of XTB stands here, a long number, in quotes or not.
pub(super) fn is_session(text: &[u8], key_start: usize, at: usize, named: Named) -> bool {
    if named.rule != Id::Token || named.demand != Demand::Random {
        return false;
    }
    let Some(value) = text.get(at..) else { return false };
    let quotes = value.iter().take(2).take_while(|byte| b"\"'\\".contains(byte)).count();
    let digits = value[quotes..].iter().take(24).take_while(|byte| byte.is_ascii_digit()).count();
    (16..=20).contains(&digits) && text[key_start..at].to_ascii_lowercase().starts_with(b"session")
}
