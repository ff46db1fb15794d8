//! Shapes around a mark: `@`, `.`, `:`, `+`. Read by hand, since every line of a log has such marks.

use super::bounds::{ipv4, ipv6, mac, phone};
use super::mails::{mail, person_before};
use crate::redact::find::Span;
use crate::redact::gate::{self, Block, Masks, class};
use crate::redact::rules::Id;

pub(super) fn find(text: &[u8], masks: &Masks, out: &mut Vec<Span>) {
    each(memchr::memchr3_iter(b'@', b'~', b'+', text), |at| match text[at] {
        b'@' => mail_around(text, at, 1).map(|found| {
            if let Some(name) = person_before(text, found.0) {
                put(name, Id::PersonName, out);
            }
            put(found, Id::Email, out)
        }),
        b'~' => home_of(text, at).map(|found| put(found, Id::UserName, out)),
        _ => phone_at(text, at).map(|found| put(found, Id::Phone, out)),
    });
    points(text, masks, out);
}

/// Addresses around dots and colons. Most of these stand alone in a log, or in a time, and cost nothing.
fn points(text: &[u8], masks: &Masks, out: &mut Vec<Span>) {
    let mut next = 0;
    for (start, before, block, behind) in masks.blocks() {
        let mut places = worth_a_look(before, block, behind);
        while places != 0 {
            let at = start + places.trailing_zeros() as usize;
            places &= places - 1;
            let last = |mark: u8, most: usize| {
                let near = at.saturating_sub(most);
                memchr::memrchr(mark, &text[near..at])
                    .map(|place| near + place)
                    .filter(|place| *place >= next)
            };
            let found = if text[at] == b'.' {
                last(b'.', 4).and_then(|dot| ipv4_around(text, dot)).map(|found| put(found, Id::Ipv4, out))
            } else {
                let token = telegram_around(text, at).map(|found| put(found, Id::TelegramToken, out));
                token.or_else(|| {
                    let colon = last(b':', 5)?;
                    let mac = mac_around(text, colon).map(|found| put(found, Id::MacAddress, out));
                    mac.or_else(|| ipv6_around(text, colon).map(|found| put(found, Id::Ipv6, out)))
                })
            };
            next = found.unwrap_or(next);
        }
    }
}

/// The second dot of an address, the second colon of an address, the colon of a token: for each of them that there may be a bit.
fn worth_a_look(before: &Block, block: &Block, behind: &Block) -> u64 {
    let back = |of: fn(&Block) -> u64, by: u32| of(block) << by | of(before) >> (64 - by);
    let ahead = |of: fn(&Block) -> u64, by: u32| of(block) >> by | of(behind) << (64 - by);
    let dot = |block: &Block| block.dots;
    let dots = block.dots
        & (back(dot, 2) | back(dot, 3) | back(dot, 4))
        & (ahead(dot, 2) | ahead(dot, 3) | ahead(dot, 4));
    if block.colons == 0 {
        return dots;
    }
    let colon = |block: &Block| block.colons;
    let pairs = back(colon, 3) & ahead(colon, 3) & ahead(colon, 6) & ahead(colon, 9);
    // Eight digits before it: a time has other signs among them.
    let digit = |block: &Block| block.digits;
    let token = back(digit, 1) & back(digit, 2) & back(digit, 3) & back(digit, 5) & back(digit, 8);
    // Groups of hexadecimal digits: two colons side by side, or seven that are near each other.
    let doubled = (before.colons & before.colons << 1)
        | (block.colons & back(colon, 1))
        | (behind.colons & (behind.colons << 1 | block.colons >> 63));
    let near = back(colon, 1) | back(colon, 2) | back(colon, 3) | back(colon, 4) | back(colon, 5);
    let groups =
        if near & block.colons != 0 && (doubled != 0 || several(before, block) || several(block, behind)) {
            near
        } else {
            0
        };
    dots | block.colons & (token | pairs | groups)
}

/// Whether two colons of a block follow each other closely, each of them behind one more: a time has no such.
fn several(before: &Block, block: &Block) -> bool {
    let close = |bits: u64, before: u64| (1..=5).fold(0, |all, by| all | bits << by | before >> (64 - by));
    let second = block.colons & close(block.colons, before.colons);
    second & close(second, 0) != 0
}

/// Calls `found` at every place, but not inside of what it found before.
fn each(places: impl Iterator<Item = usize>, mut found: impl FnMut(usize) -> Option<usize>) {
    let mut next = 0;
    for at in places {
        if at >= next {
            next = found(at).unwrap_or(at + 1);
        }
    }
}

fn put((start, end): (usize, usize), rule: Id, out: &mut Vec<Span>) -> usize {
    out.push(Span::new(start, end, rule));
    end
}

/// An address around an `@`, or around a `%40`, whose length is `mark`.
pub(super) fn mail_around(text: &[u8], at: usize, mark: usize) -> Option<(usize, usize)> {
    let local = |byte: &&u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte) || **byte >= 0x80;
    let before = text[..at].iter().rev().take(64).take_while(local).count();
    let domain = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let mut end = at + mark + text[at + mark..].iter().take(255).take_while(domain).count();
    while end > at + mark && matches!(text[end - 1], b'.' | b'-') {
        end -= 1;
    }
    let dotted = text[at + mark..end].contains(&b'.');
    if before == 0 || !dotted {
        return None;
    }
    mail(text, at - before, end)
}

/// Four numbers of up to three digits around the first of three dots.
fn ipv4_around(text: &[u8], dot: usize) -> Option<(usize, usize)> {
    let digits = |from: usize| text[from..].iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
    let first = text[..dot].iter().rev().take(4).take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = dot;
    for part in 0..3 {
        if text.get(end) != Some(&b'.') {
            return None;
        }
        let length = digits(end + 1);
        if !(1..=3).contains(&length) || part == 0 && !(1..=3).contains(&first) {
            return None;
        }
        end += 1 + length;
    }
    ipv4(text, dot - first, end)
}

/// The token of a Telegram bot: its number, a colon, 35 signs. Those that begin with `AA` are surely one.
/// Source: <https://core.telegram.org/bots/api#authorizing-your-bot>
fn telegram_around(text: &[u8], colon: usize) -> Option<(usize, usize)> {
    let digits = text[..colon].iter().rev().take(11).take_while(|byte| byte.is_ascii_digit()).count();
    if !(8..=10).contains(&digits) {
        return None;
    }
    let is_sign = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let signs = text[colon + 1..].iter().take(37).take_while(is_sign).count();
    let start = colon - digits;
    let sure = text[colon + 1..].starts_with(b"AA") || text[..start].ends_with(b"bot");
    let named = || super::bounds::stands_after(text, start, &["telegram", "bot", "token"]);
    ((34..=36).contains(&signs) && (sure || named())).then_some((start, colon + 1 + signs))
}

/// Six pairs around the first of five colons.
fn mac_around(text: &[u8], colon: usize) -> Option<(usize, usize)> {
    let start = colon.checked_sub(2)?;
    let pairs = text.get(start..start + 17)?;
    let fits = pairs
        .iter()
        .enumerate()
        .all(|(index, byte)| if index % 3 == 2 { *byte == b':' } else { byte.is_ascii_hexdigit() });
    let glued = start > 0 && text[start - 1].is_ascii_alphanumeric()
        || text.get(start + 17).is_some_and(u8::is_ascii_alphanumeric);
    if !fits || glued { None } else { mac(text, start, start + 17) }
}

/// Groups of hexadecimal digits around a colon.
fn ipv6_around(text: &[u8], colon: usize) -> Option<(usize, usize)> {
    let part = |byte: &&u8| gate::is(**byte, class::HEX) || **byte == b':';
    let before = text[..colon].iter().rev().take(5).take_while(|byte| gate::is(**byte, class::HEX)).count();
    let start = colon - before;
    let mut end = start + text[start..].iter().take(40).take_while(part).count();
    if end < start + 5 {
        return None;
    }
    if text[end - 1] == b':' && text[end - 2] != b':' {
        end -= 1;
    }
    let colons = memchr::memchr_iter(b':', &text[start..end]).count();
    if colons < 2 || colons < 7 && memchr::memmem::find(&text[start..end], b"::").is_none() {
        return None;
    }
    ipv6(text, start, end)
}

/// The name in `~name/…`.
fn home_of(text: &[u8], tilde: usize) -> Option<(usize, usize)> {
    let opens = tilde == 0 || b" \t\n\"'`=:(,[<>".contains(&text[tilde - 1]);
    let is_part =
        |byte: &&u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-' | b'.');
    let length = text[tilde + 1..].iter().take(33).take_while(is_part).count();
    let end = tilde + 1 + length;
    let shared: [&[u8]; 4] = [b"root", b"user", b"username", b"me"];
    let fits = opens
        && (2..=32).contains(&length)
        && text[tilde + 1].is_ascii_lowercase()
        && text.get(end) == Some(&b'/')
        && !shared.contains(&&text[tilde + 1..end]);
    fits.then_some((tilde + 1, end))
}

/// A number in the international form.
fn phone_at(text: &[u8], plus: usize) -> Option<(usize, usize)> {
    if !text.get(plus + 1).is_some_and(|byte| matches!(byte, b'1'..=b'9' | b'(')) {
        return None;
    }
    let part = |byte: &&u8| byte.is_ascii_digit() || matches!(byte, b' ' | b'-' | b'(' | b')' | b'.');
    let body = text[plus + 1..].iter().take(24).take_while(part).count();
    let last = text[plus + 1..=plus + body].iter().rposition(u8::is_ascii_digit)?;
    let end = plus + last + 2;
    // Two signs in a row end it, but for a closing bracket.
    let broken = text[plus..end]
        .windows(2)
        .position(|pair| pair == b"  " || pair == b". " || pair == b" -" || pair == b"- ");
    let end = broken.map_or(end, |at| plus + at);
    phone(text, plus, end)
}
