//! How far a value without quotes goes on: words of a name, the rest of a street, what stands behind a scheme.

use super::address;
use super::demand::{demanded, is_computer_of_person};
use super::separator::Separator;
use super::unset::next_name;
use crate::redact::gate::{self, class};
use crate::redact::keys::{Demand, Named};
use crate::redact::rules::Id;
use crate::redact::value;

/// What belongs to a value without quotes beyond its first word: the rest of a person's name, of an address, and
/// what follows the name of a scheme.
pub(super) fn words_on(text: &[u8], start: usize, end: usize, named: Named) -> (usize, usize) {
    let near = (end + 120).min(text.len());
    let line_end = memchr::memchr2(b'\n', b'\r', &text[end..near]).map_or(near, |at| end + at);
    let rest = &text[end..line_end.max(end)];
    match named.demand {
        Demand::Name | Demand::Holder | Demand::Person => {
            let mut length = 0;
            for word in rest.split(|byte| *byte == b' ').skip(1).take(3) {
                let letters =
                    word.iter().take_while(|byte| byte.is_ascii_alphabetic() || **byte >= 0x80).count();
                let is_part = letters >= 2 && (word[0].is_ascii_uppercase() || word[0] >= 0x80);
                let closed = word[letters..].starts_with(b"<")
                    || word[letters..].starts_with(b"\\n")
                    || word[letters..].starts_with(b"\"")
                    || word[letters..].iter().all(|byte| b",;.)]}".contains(byte));
                if rest.get(length) != Some(&b' ') || !is_part || !closed {
                    break;
                }
                length += 1 + letters;
                if letters < word.len() {
                    break;
                }
            }
            (start, end + length)
        }
        // `Siobhan Solberg’s MacBook Pro`
        Demand::Machine if rest.starts_with(b" ") => {
            let whole = end + rest.trim_ascii_end().len();
            (start, if is_computer_of_person(&text[start..whole]) { whole } else { end })
        }
        // `Address: 52 Mulberry Lane, Leeds LS6 8QD`
        Demand::Address | Demand::Any if let Some(length) = address::home(text, start, named) => {
            (start, start + length)
        }
        Demand::Address
            if let Some(length) = address::street(&text[start..]).filter(|length| start + length > end) =>
        {
            (start, start + length)
        }
        // `Date of birth: 12 May 1976`
        Demand::Any if named.rule == Id::PersonName && end - start <= 4 => {
            (start, end + rest_of_date(&text[start..end], rest))
        }
        Demand::Address
            if [&b"ul"[..], b"al", b"os", b"pl", b"aleja", b"aleje", b"osiedle", b"plac", b"ulica"]
                .contains(&text[start..end].strip_suffix(b".").unwrap_or(&text[start..end])) =>
        {
            let stop = rest.iter().position(|byte| b"\"'|;<>".contains(byte)).unwrap_or(rest.len());
            (start, end + rest[..stop].trim_ascii_end().len())
        }
        // `payment card number: 5364 0223 5863 4547`, whether its check is right or not.
        Demand::Identifier if named.rule == Id::Card => {
            (start, if end - start == 4 { end + groups_of_four(rest) } else { end })
        }
        // The series and the number of an identity card.
        Demand::Identifier if named.rule == Id::PersonName => {
            let is_series = end == start + 3 && text[start..end].iter().all(u8::is_ascii_uppercase);
            let digits = rest.iter().skip(1).take_while(|byte| byte.is_ascii_digit()).count();
            let is_number = is_series && rest.starts_with(b" ") && digits == 6;
            (start, if is_number { end + 1 + digits } else { end })
        }
        Demand::Random | Demand::Any if matches!(named.rule, Id::Token | Id::ApiKey | Id::Signature) => {
            let scheme = &text[start..end];
            // `auth:request 24245e05-…`
            let things = [
                &b"request"[..],
                b"req",
                b"order",
                b"trace",
                b"span",
                b"job",
                b"task",
                b"connection",
                b"run",
                b"GET",
                b"POST",
                b"PUT",
                b"DELETE",
                b"HEAD",
            ];
            let is_scheme = (3..=16).contains(&scheme.len())
                && scheme.iter().all(u8::is_ascii_alphabetic)
                && !value::is_placeholder(scheme)
                && !things.iter().any(|thing| scheme.eq_ignore_ascii_case(thing));
            let next = rest.strip_prefix(b" ").filter(|_| is_scheme).unwrap_or_default();
            let length =
                next.iter().position(|byte| byte.is_ascii_whitespace() || b"\"',;<>)\\".contains(byte));
            let next = &next[..length.unwrap_or(next.len())];
            // `UseToken=false KeyZone=85207.16`
            let is_setting = || next_name(next).is_some_and(|(_, sign)| sign == b'=');
            // `ApplyReleases key=RELEASES 484bee5f…`: what a file is called, and its digest.
            let is_digest = scheme.iter().all(u8::is_ascii_uppercase)
                && next.len() == 40
                && next.iter().all(u8::is_ascii_hexdigit);
            if demanded(next, Demand::Made) && !is_digest && !is_setting() {
                (end + 1, end + 1 + next.len())
            } else {
                (start, end)
            }
        }
        Demand::Any | Demand::Account if named.rule == Id::UserName && text.get(end) == Some(&b'\\') => {
            let name =
                text[end + 1..].iter().take(40).take_while(|byte| gate::is(**byte, class::NAME)).count();
            (start, end + if name > 1 && !breaks_line(text, end) { 1 + name } else { 0 })
        }
        _ => (start, end),
    }
}

/// Length of the groups of four digits that follow.
fn groups_of_four(rest: &[u8]) -> usize {
    let is_group = |from: usize| {
        matches!(rest.get(from), Some(b' ' | b'-'))
            && rest.get(from + 1..from + 5).is_some_and(|group| group.iter().all(u8::is_ascii_digit))
    };
    5 * (0..4).take_while(|group| is_group(group * 5)).count()
}

/// Length of the month and the year behind a day.
fn rest_of_date(day: &[u8], rest: &[u8]) -> usize {
    let digits = day.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let month =
        rest.iter().skip(1).take(12).take_while(|byte| byte.is_ascii_alphabetic() || **byte >= 0x80).count();
    let mark = usize::from(matches!(rest.get(1 + month), Some(b',' | b'.')));
    let year = rest.get(1 + month + mark + 1..).unwrap_or_default();
    let is_year = matches!(year, [b'1', b'9', a, b, ..] | [b'2', b'0', a, b, ..] if a.is_ascii_digit() && b.is_ascii_digit());
    let is_date = (1..=2).contains(&digits)
        && rest.first() == Some(&b' ')
        && month >= 3
        && rest.get(1 + month + mark) == Some(&b' ')
        && is_year
        && !year.get(4).is_some_and(u8::is_ascii_digit);
    if is_date { 1 + month + mark + 1 + 4 } else { 0 }
}

/// Whether the backslash here is that of the end of a line in a string, `"user: anna\nKraken key: …"`, and not of a domain.
fn breaks_line(text: &[u8], at: usize) -> bool {
    const FAR: usize = 4 << 10;
    let from = at.saturating_sub(FAR);
    let line = memchr::memrchr(b'\n', &text[from..at]).map_or(from, |end| from + end + 1);
    let before = &text[line..at];
    // The last quote opens a string if a sign stands before it; a line without any that goes on so far is one.
    let is_open = memchr::memrchr(b'"', before).map_or(line == from && from > 0, |quote| {
        before[..quote].trim_ascii_end().last().is_none_or(|sign| b":[,{(=".contains(sign))
    });
    is_open && matches!(text.get(at + 1), Some(b'n' | b'r' | b't'))
}
/// Whether a semicolon stands before the name, which can have two words.
fn is_behind_setting(before: &[u8]) -> bool {
    let word = before.strip_suffix(b" ").map_or(before, |before| {
        &before[..before.len()
            - before.iter().rev().take(16).take_while(|byte| byte.is_ascii_alphabetic()).count()]
    });
    word.ends_with(b";")
}

/// Where a value without quotes begins and ends, with the words that belong to it.
pub(super) fn behind(
    text: &[u8],
    key_start: usize,
    (at, end): (usize, usize),
    separator: Separator,
    named: Named,
) -> (usize, usize) {
    // `PIN: 5881 ok`
    if named.rule == Id::OneTimeCode && named.demand == Demand::Number {
        let digits = text[at..end].iter().take_while(|byte| byte.is_ascii_digit()).count();
        return (at, if digits >= 4 && text.get(at + digits) == Some(&b' ') { at + digits } else { end });
    }
    let end = end_of_words(text, key_start, (at, end), separator, named);
    words_on(text, at, end, named)
}

/// Where a value of several words ends that is known to go on: up to the end of a header in the text of a string,
/// `ACCESS-PASSPHRASE: gdzie jest kot\r\n`, up to the next setting of a connection, `;Consumer Secret=Wolf yellow garden 38"`, up to
/// the quote of the argument that a shell was given, `-H 'password: it'\''s me'`.
fn end_of_words(
    text: &[u8],
    key_start: usize,
    (at, end): (usize, usize),
    separator: Separator,
    named: Named,
) -> usize {
    const NEAR: usize = 80;
    if !matches!(named.rule, Id::Password | Id::ApiSecret) || end <= at {
        return end;
    }
    let before = &text[..key_start];
    let rest = &text[end..(end + NEAR).min(text.len())];
    let line = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
    match separator {
        Separator::Colon if before.ends_with(b"\\r\\n") && line.starts_with(b" ") => {
            memchr::memmem::find(line, b"\\r\\n").map_or(end, |length| end + length)
        }
        Separator::Colon if before.ends_with(b"-H '") && line.starts_with(b"'\\''") => {
            let behind = &line[4..];
            memchr::memchr(b'\'', behind).map_or(end, |length| end + 4 + length)
        }
        Separator::Equals if line.starts_with(b" ") && is_behind_setting(before) => {
            let length = line.iter().position(|byte| b";\"=".contains(byte));
            length.filter(|length| line[*length] != b'=').map_or(end, |length| end + length)
        }
        _ => end,
    }
}
