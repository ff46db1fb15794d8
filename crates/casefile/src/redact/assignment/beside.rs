//! What stands behind its label with nothing but a space between, as people note it: `haslo do vps wiosna2024`,
//! `AnyDesk 695 892 213 / pw …`, `passport no. 828231863`.

use super::bare::line_start;
use super::take;
use crate::redact::find::Span;
use crate::redact::keys::{self, Demand, Named};
use crate::redact::rules::Id;
use crate::redact::{stand_in, value};

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
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"!@#$%^&*?_+~-".contains(byte);
    // `Utf8Error`
    let plain: Vec<u8> = value.iter().copied().filter(|byte| !byte.is_ascii_digit()).collect();
    let is_mixed = value.iter().any(u8::is_ascii_lowercase)
        && value.iter().skip(1).any(u8::is_ascii_uppercase)
        && !value::is_joined_words(&plain);
    let is_made = value.len() >= SHORTEST
        && (digits >= 2 || is_mixed || value.contains(&b'-'))
        && letters >= 3
        && !value::is_algorithm(value)
        && !(value.len() < 16 && value.contains(&b'-') && value::is_composed(value));
    let line = line_start(text, key.0)?;
    // `teamviewer id 157 822 723 haslo mpmtpfxd`
    let vowels = value.iter().filter(|byte| b"aeiouyAEIOUY".contains(byte)).count();
    let is_made_of_letters = digits > 0 || vowels * 6 <= value.len();
    if at == key.1 + 1
        && is_made_of_letters
        && (6..=24).contains(&value.len())
        && ends_with_groups(&text[line..key.0])
    {
        let named = keys::named(&text[key.0..key.1]).filter(|named| named.rule == Id::Password)?;
        let before = out.len();
        take(text, at, at + value.len(), Named { demand: Demand::Any, ..named }, true, out);
        return (out.len() > before).then_some(at - 1);
    }
    // `TronLink chave privada 46234d9c…`
    let is_hex = matches!(value.len(), 64 | 66)
        && value.strip_prefix(b"0x").unwrap_or(value).iter().all(u8::is_ascii_hexdigit);
    let is_named = |label: &[u8]| {
        keys::read(label).or_else(|| keys::named(label)).is_some_and(|named| named.rule == Id::PrivateKey)
    };
    if is_hex && is_named(&text[key.0..at - 1]) {
        out.push(Span::new(at, at + value.len(), Id::PrivateKey));
        return Some(at - 1);
    }
    if digits < 1 || !value.iter().all(is_part) {
        return None;
    }
    // `AnyDesk 695 892 213 / pw …`
    let part = [&b" / "[..], b", ", b" | ", b": "]
        .iter()
        .filter_map(|mark| memchr::memmem::rfind(&text[line..key.0], mark))
        .max();
    let from = line + part.map_or(0, |at| at + 1);
    let from =
        from + text[from..key.0].iter().take_while(|byte| b" \t-*#>/,|\xef\xbb\xbf".contains(byte)).count();
    let from = behind_account(text, (from, key.0));
    let label = &text[from..at - 1];
    // `posta, heslo ted …`
    let now = NOW_LAST.iter().find_map(|now| label.strip_suffix(now.as_bytes()));
    let label = now.unwrap_or(label);
    let named = keys::read(label).or_else(|| keys::named(label))?;
    let is_number = named.rule > Id::HiddenWord
        && matches!(named.demand, Demand::Identifier | Demand::Digits)
        && digits >= 6
        && value.iter().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    // `clave de acceso` is one.
    let is_called_so = named.rule == Id::Password || named.rule == Id::ApiKey && keys::is_password_too(label);
    let is_password = is_called_so && is_made;
    if !is_number && !is_password || !keys::are_known(label) {
        return None;
    }
    let demand = if is_password { Demand::Set } else { named.demand };
    let before = out.len();
    take(text, at, at + value.len(), Named { demand, ..named }, true, out);
    (out.len() > before).then_some(at - 1)
}

/// Whether the number of a machine stands at the end, in three groups: `157 822 723`, with a sign behind it or without.
fn ends_with_groups(before: &[u8]) -> bool {
    let before = before.trim_ascii_end();
    let before =
        before.strip_suffix(b"/").or_else(|| before.strip_suffix(b",")).unwrap_or(before).trim_ascii_end();
    let mut groups = before.rsplit(|byte| *byte == b' ');
    let is_group = |group: &[u8]| group.len() == 3 && group.iter().all(u8::is_ascii_digit);
    groups.by_ref().take(3).filter(|group| is_group(group)).count() == 3
}

/// Where the label of a password begins behind the number of an account: `XTB login 82707949 haslo …`.
fn behind_account(text: &[u8], (from, key_start): (usize, usize)) -> usize {
    let before = text[from..key_start].trim_ascii_end();
    let word = before.rsplit(|byte| *byte == b' ').next().unwrap_or_default();
    let is_account = account_before(text, from, key_start).is_some() || stand_in::is_stand_in(word);
    if is_account { key_start } else { from }
}

/// The number before a password that a word for users stands before.
fn account_before(text: &[u8], from: usize, key_start: usize) -> Option<(usize, usize)> {
    let before = text[from..key_start].trim_ascii_end();
    let end = from + before.len();
    let length = before.iter().rev().take_while(|byte| **byte != b' ').count();
    let (label, word) = before.split_at(before.len() - length);
    let is_number = (6..=10).contains(&length) && word.iter().all(u8::is_ascii_digit);
    let named = keys::read(label.trim_ascii()).filter(|_| is_number)?;
    matches!(named.rule, Id::UserName | Id::AccountId).then_some((end - length, end))
}

/// Hides the number of the account before a password that was hidden.
pub(super) fn hide_account_before(text: &[u8], key_start: usize, before: usize, out: &mut Vec<Span>) {
    const NEAR: usize = 64;
    if out.get(before..).and_then(<[Span]>::last).is_none_or(|last| last.rule != Id::Password)
        || !text[..key_start].ends_with(b" ")
    {
        return;
    }
    let near = key_start.saturating_sub(NEAR);
    let line = near + memchr::memrchr(b'\n', &text[near..key_start]).map_or(0, |at| at + 1);
    if let Some((first, last)) = account_before(text, line, key_start) {
        out.insert(before, Span::new(first, last, Id::AccountId));
    }
}

/// Hides what stands before its label and an arrow, alone with them in its line: `wiosna!2024   <- VPN password`.
pub(super) fn hide_before_arrow(text: &[u8], key: (usize, usize), out: &mut Vec<Span>) -> Option<usize> {
    const NEAR: usize = 64;
    let near = &text[key.0.saturating_sub(NEAR)..key.0];
    let open = memchr::memrchr(b'<', near).map(|at| key.0 - near.len() + at)?;
    let arrow =
        ["<- ", "<= ", "<-- ", "<== "].iter().find(|arrow| text[open..].starts_with(arrow.as_bytes()))?;
    let line = line_start(text, open)?;
    let (label_at, from) = (
        open + arrow.len(),
        line + text[line..open].iter().take_while(|byte| b" \t-*#\xef\xbb\xbf".contains(byte)).count(),
    );
    let value = text[from..open].trim_ascii_end();
    let label_end = label_at + line_length(&text[label_at..], NEAR)?;
    let label = text[label_at..label_end].trim_ascii();
    if label_end < key.1 || value.contains(&b' ') || value.is_empty() || from + value.len() == open {
        return None;
    }
    // `readline("Password: ")` is code.
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b" -/.()".contains(byte) || *byte >= 0x80;
    let named = keys::read(label).or_else(|| keys::named(label)).filter(|_| label.iter().all(is_part))?;
    let demand = match named.rule {
        Id::Password => Demand::Set,
        Id::ApiKey | Id::ApiSecret | Id::PrivateKey | Id::Token => Demand::Random,
        _ => return None,
    };
    let before = out.len();
    take(text, from, from + value.len(), Named { demand, ..named }, true, out);
    (out.len() > before).then_some(label_end)
}

/// Hides a password that its name in brackets and a dash stand before, the last of its line: `- router (password) – wiosna!2024`.
pub(super) fn hide_behind_brackets(text: &[u8], key: (usize, usize), out: &mut Vec<Span>) -> Option<usize> {
    const LONGEST: usize = 64;
    let rest = text[key.1..].strip_prefix(b") ")?;
    let dash = ["- ", "\u{2013} ", "\u{2014} ", "-> ", "= "]
        .iter()
        .find(|dash| rest.starts_with(dash.as_bytes()))?;
    let of_what = text[..key.0].strip_suffix(b" (")?;
    let line = line_start(text, of_what.len())?;
    let from = key.1 + 2 + dash.len();
    let value = text[from..from + line_length(&text[from..], LONGEST)?].trim_ascii_end();
    let named = keys::named(&text[key.0..key.1]).filter(|named| named.rule == Id::Password)?;
    if of_what.len() == line || of_what.len() - line > LONGEST || value.contains(&b' ') {
        return None;
    }
    let before = out.len();
    take(text, from, from + value.len(), Named { demand: Demand::Set, ..named }, true, out);
    (out.len() > before).then_some(from)
}

/// Where the line ends, if that is near.
pub(super) fn line_length(text: &[u8], most: usize) -> Option<usize> {
    let near = &text[..text.len().min(most)];
    let end = near.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
    end.or((near.len() < most).then_some(near.len()))
}
