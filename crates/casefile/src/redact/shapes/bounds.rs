//! What has to be true of a match besides its looks, and what of it is the secret.

use super::versions::is_version;
use crate::redact::{assignment, checks, stand_in, value};

/// Whether one of these words stands within forty characters before, on the same line.
pub(super) fn stands_after(text: &[u8], start: usize, words: &[&str]) -> bool {
    stands_within(40, text, start, words)
}

/// As [`stands_after`], within so many characters.
pub(super) fn stands_within(characters: usize, text: &[u8], start: usize, words: &[&str]) -> bool {
    let before = stand_in::blanked(text, start.saturating_sub(characters), start);
    let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default().to_ascii_lowercase();
    let begins = |word: &[u8]| memchr::memchr_iter(word[0], &line).any(|at| line[at..].starts_with(word));
    words.iter().any(|word| begins(word.as_bytes()))
}

/// What follows the name of the host.
pub(super) fn after_slash(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let slash = text[start..end].iter().position(|byte| *byte == b'/')?;
    Some((start + slash + 1, end))
}

/// Behind the last slash, which may be written `%2F` or `%252F`.
pub(super) fn after_last_slash(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let last = start + text[start..end].iter().rposition(|byte| matches!(byte, b'/' | b'%'))?;
    let mut from = last + 1;
    if text[last] == b'%' {
        while text[from..end].starts_with(b"25") {
            from += 2;
        }
        from += 2;
    }
    (from < end).then_some((from, end))
}

/// The name of a computer: with no letter, digit or dash before and behind it, and a digit in it or no word.
pub(super) fn computer(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let name = text[start..end].splitn(2, |byte| *byte == b'-').nth(1)?;
    let is_made = || name.len() == 7 && name.iter().all(u8::is_ascii_uppercase) && !is_pronounced(name);
    if !name.iter().any(u8::is_ascii_digit) && !is_made() {
        return None;
    }
    let glued = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    let before = start.checked_sub(1).and_then(|at| text.get(at));
    (!glued(before) && !glued(text.get(end))).then_some((start, end))
}

/// Whether no three letters in a row are without a vowel, as in words.
fn is_pronounced(name: &[u8]) -> bool {
    name.split(|byte| b"AEIOU".contains(byte)).all(|between| between.len() < 3)
}

/// Everything behind `services/` or `webhooks/`: the numbers are part of the address.
pub(super) fn after_path(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let matched = &text[start..end];
    let marks = [
        &b"services/"[..],
        b"workflows/",
        b"triggers/",
        b"webhooks/",
        b"catch/",
        b"macros/s/",
        b"me/+",
        b"joinchat/",
    ];
    marks.iter().find_map(|mark| {
        let at = matched.windows(mark.len()).position(|window| window == *mark)?;
        Some((start + at + mark.len(), end))
    })
}

/// A number in groups that a word before it calls an account's.
pub(super) fn iban_named(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let digit = start + text[start..end].iter().position(u8::is_ascii_digit)?;
    shorter(text, digit.checked_sub(2)?, end, checks::is_iban)
}

/// A number that begins with a country and passes its check.
pub(super) fn iban(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    if start > 0 && text[start - 1].is_ascii_alphanumeric() {
        return None;
    }
    shorter(text, start, end, checks::is_iban)
}

/// A Polish account number, where no letter stands before it.
pub(super) fn nrb(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let alone = start == 0 || !text[start - 1].is_ascii_alphanumeric();
    (alone && checks::is_nrb(&text[start..end])).then_some((start, end))
}

/// The longest beginning, up to the end of a group, that passes the check: what follows may look like one more group.
fn shorter(text: &[u8], start: usize, end: usize, check: fn(&[u8]) -> bool) -> Option<(usize, usize)> {
    let ends = (start + 13..=end).rev().filter(|at| *at == end || !text[*at].is_ascii_alphanumeric());
    ends.take(4).find(|at| check(&text[start..*at])).map(|at| (start, at))
}

/// A number that a word before it calls a telephone's.
pub(super) fn phone_named(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let glued = start > 0 && text[start - 1].is_ascii_alphabetic();
    // `TelegramChat`, `telemetry`: these begin as the word does.
    let word = text[start..end].iter().take(16).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let others: [&[u8]; 5] = [b"teleg", b"telem", b"telep", b"teln", b"smsg"];
    let is_other = |other: &&[u8]| {
        text[start..start + word].get(..other.len()).is_some_and(|head| head.eq_ignore_ascii_case(other))
    };
    let is_telephone =
        text[start..start + word].get(..9).is_some_and(|head| head.eq_ignore_ascii_case(b"telephone"));
    if others.iter().any(is_other) && !is_telephone {
        return None;
    }
    let digit = start + text[start..end].iter().position(u8::is_ascii_digit)?;
    // `phone_ui=false seq=97036346788`
    let gap = &text[start + word..digit];
    let is_flag = [&b"false"[..], b"true"].iter().any(|state| memchr::memmem::find(gap, state).is_some());
    if is_flag || memchr::memchr_iter(b'=', gap).count() > 1 {
        return None;
    }
    let signs = text[start..digit].iter().rev().take_while(|byte| matches!(byte, b'+' | b'(')).count();
    let from = digit - signs;
    let digits = text[from..end].iter().filter(|byte| byte.is_ascii_digit()).count();
    let goes_on = match text.get(end) {
        Some(b'.' | b'-') => text.get(end + 1).is_some_and(u8::is_ascii_digit),
        Some(b':') => text.get(end + 1).is_some_and(u8::is_ascii_alphanumeric),
        _ => false,
    };
    (!glued && !goes_on && (9..=15).contains(&digits)).then_some((from, end))
}

pub(super) fn has_letter_and_digit(value: &[u8]) -> bool {
    value.iter().any(u8::is_ascii_digit) && value.iter().any(u8::is_ascii_uppercase)
}

pub(super) fn phone(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let digits = text[start..end].iter().filter(|byte| byte.is_ascii_digit()).count();
    let glued = start > 0
        && (text[start - 1].is_ascii_alphanumeric() || matches!(text[start - 1], b'.' | b'+' | b'-' | b':'));
    let time_zone = text.get(start.wrapping_sub(1)).is_some_and(u8::is_ascii_digit);
    let decimal = text.get(end) == Some(&b'.') && text.get(end + 1).is_some_and(u8::is_ascii_digit);
    // `(+48 783 792 908) 96 ms`
    let inside = &text[start..end];
    let close = memchr::memchr(b')', inside).filter(|_| memchr::memchr(b'(', inside).is_none());
    let end = close.map_or(end, |close| start + close);
    let digits = if close.is_some() {
        inside[..end - start].iter().filter(|byte| byte.is_ascii_digit()).count()
    } else {
        digits
    };
    ((9..=15).contains(&digits) && !glued && !time_zone && !decimal).then_some((start, end))
}

/// A number whose plus sign is written `%2B`.
pub(super) fn phone_escaped(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let number = stand_in::plain(&text[start..end]);
    let digits = number.iter().filter(|byte| byte.is_ascii_digit()).count();
    // What is signed with base64 has such escapes as well.
    let glued =
        text[..start].iter().rev().take(24).take_while(|byte| byte.is_ascii_alphanumeric()).count() > 16;
    let number = text.get(end).is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'%');
    ((9..=15).contains(&digits) && number && !glued).then_some((start, end))
}

/// The user behind the name of a computer: `DESKTOP-7K3Q2LM\anna`.
pub(super) fn user_of_computer(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let last = start + text[start..end].iter().rposition(|byte| *byte == b'\\')? + 1;
    let (_, computer_end) =
        computer(text, start, start + text[start..end].iter().position(|byte| *byte == b'\\')?)?;
    // `\\\\DESKTOP-7K3Q2LM\\bots` is a folder that the computer shares.
    let is_folder = text[last..end].eq_ignore_ascii_case(b"users") || text[..start].ends_with(b"\\\\");
    // `"COMPUTER_NAME=DESKTOP-7K3Q2LM\nSID=…"`: the next line of a file in a string.
    let is_line = text[last - 1..].starts_with(b"\\n") && text.get(end) == Some(&b'=');
    (computer_end < last && !is_folder && !is_line && assignment::is_account(&text[last..end]))
        .then_some((last, end))
}

pub(super) fn nip(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    named_digits(text, start, end, checks::is_nip)
}

pub(super) fn pesel(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    named_digits(text, start, end, checks::is_pesel)
}

/// The digits behind a word that is not the end of another.
fn named_digits(text: &[u8], start: usize, end: usize, check: fn(&[u8]) -> bool) -> Option<(usize, usize)> {
    let glued = start > 0 && text[start - 1].is_ascii_alphabetic();
    let from = start + text[start..end].iter().position(u8::is_ascii_digit)?;
    (!glued && check(&text[from..end])).then_some((from, end))
}

/// Six pairs and no more: twenty are a fingerprint.
pub(super) fn mac(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let value = &text[start..end];
    let longer = matches!(text.get(end), Some(b':' | b'-'))
        && text.get(end + 1).is_some_and(u8::is_ascii_hexdigit)
        || pair_before(text, start);
    let digits: Vec<u8> = value.iter().copied().filter(u8::is_ascii_hexdigit).collect();
    let empty =
        digits.iter().all(|byte| *byte == b'0') || digits.iter().all(|byte| matches!(byte, b'f' | b'F'));
    // What many machines listen to, and what Docker makes up from a number.
    let is_shared =
        matches!(digits[1], b'1' | b'3' | b'5' | b'7' | b'9' | b'b' | b'B' | b'd' | b'D' | b'f' | b'F')
            || digits.starts_with(b"0242");
    (!longer && !empty && !is_shared).then_some((start, end))
}

/// Whether two hexadecimal digits and a sign stand before, and no more.
fn pair_before(text: &[u8], start: usize) -> bool {
    let Some(from) = start.checked_sub(3) else { return false };
    let pair =
        matches!(text[start - 1], b':' | b'-') && text[from..start - 1].iter().all(u8::is_ascii_hexdigit);
    pair && (from == 0 || !text[from - 1].is_ascii_alphanumeric())
}

/// An address whose colons are written `%3A`, from its first group.
pub(super) fn ipv6_escaped(text: &[u8], colon: usize, _: usize) -> Option<(usize, usize)> {
    let (start, end, plain) = escaped_groups(text, colon)?;
    ipv6(&plain, 0, plain.len()).is_some().then_some((start, end))
}

/// The same of a network card.
pub(super) fn mac_escaped(text: &[u8], colon: usize, _: usize) -> Option<(usize, usize)> {
    let (start, end, plain) = escaped_groups(text, colon)?;
    let is_pairs = plain.len() == 17 && plain.split(|byte| *byte == b':').all(|pair| pair.len() == 2);
    (is_pairs && mac(&plain, 0, 17).is_some()).then_some((start, end))
}

/// Groups of hexadecimal digits around an escaped colon, and what they say.
fn escaped_groups(text: &[u8], colon: usize) -> Option<(usize, usize, Vec<u8>)> {
    let digits = |bytes: &[u8]| bytes.iter().take(5).take_while(|byte| byte.is_ascii_hexdigit()).count();
    let before = text[..colon].iter().rev().take(5).take_while(|byte| byte.is_ascii_hexdigit()).count();
    let start = colon - before;
    let (mut end, mut plain) = (start, Vec::new());
    loop {
        let group = digits(&text[end..]);
        plain.extend_from_slice(&text[end..end + group]);
        end += group;
        if !text.get(end..end + 3).is_some_and(|mark| mark.eq_ignore_ascii_case(b"%3a")) || plain.len() > 40 {
            break;
        }
        plain.push(b':');
        end += 3;
    }
    let first = start.checked_sub(1).map_or(b' ', |at| text[at]);
    let is_glued = first.is_ascii_alphanumeric() && !text[..start].ends_with(b"%3D");
    (!is_glued).then_some((start, end, plain))
}

/// The two folders of one user below `/var/folders`.
pub(super) fn below_folders(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let from = start + b"/var/folders/".len();
    (!value::is_placeholder(&text[from..end])).then_some((from, end))
}

/// A street with the number of a house.
pub(super) fn street(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let glued = start > 0 && (text[start - 1].is_ascii_alphanumeric() || text[start - 1] >= 0x80);
    let name = text[start + 3..end].trim_ascii_start();
    (!glued && (name[0].is_ascii_uppercase() || name[0] >= 0x80)).then_some((start, end))
}

/// Public, and not the number of a version.
pub(super) fn ipv4(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let mut octets = [0; 4];
    for (octet, part) in octets.iter_mut().zip(text[start..end].split(|byte| *byte == b'.')) {
        *octet = std::str::from_utf8(part).ok()?.parse().ok()?;
    }
    let before = start.checked_sub(1).map_or(b' ', |at| text[at]);
    // `IP 79.133.189.203.40112 > 192.168.1.20.8443:` has a port behind a fifth point.
    let port = text
        .get(end + 1..)
        .unwrap_or_default()
        .iter()
        .take(6)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let is_peer = || {
        let behind = text.get(end + 1 + port..).unwrap_or_default();
        (text[..start].ends_with(b"IP ") || text[..start].ends_with(b"> "))
            && (behind.starts_with(b" >") || behind.starts_with(b":"))
    };
    let longer = text.get(end) == Some(&b'.') && port > 0 && !is_peer();
    let glued = before.is_ascii_alphanumeric()
        || matches!(before, b'.' | b'_' | b'-') && !text[..start].ends_with(b"ip-")
        || matches!(text.get(end), Some(b'-' | b'_' | b'+' | b'~'))
            && !(before == b'+' && text.get(end) == Some(&b'+'))
        || (before == b'/'
            && start >= 2
            && text[start - 2].is_ascii_alphanumeric()
            && text.get(end) != Some(&b':')
            && !text[..start].ends_with(b"/ip4/")
            && !text[..start].ends_with(b"TERMSRV/"));
    // Servers of names that everybody asks.
    let is_resolver =
        matches!(octets, [1, 1, 1, 1] | [1, 0, 0, 1] | [8, 8, 8, 8] | [8, 8, 4, 4] | [9, 9, 9, 9])
            && stands_within(64, text, start, &["dns", "nameserver", "resolver"]);
    (checks::is_public_ipv4(octets) && !is_resolver && !longer && !glued && !is_version(text, start, end))
        .then_some((start, end))
}

/// The public address in the name of a machine: `ip-1-2-3-4.…`.
pub(super) fn ipv4_in_name(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let glued = start > 0 && text[start - 1].is_ascii_alphanumeric() || text.get(end) == Some(&b'-');
    (is_public_with_dashes(&text[start + 3..end]) && !glued).then_some((start + 3, end))
}

/// The public address in the name that a provider gives to a line: `1-2-3-4.dynamic.…`.
pub(super) fn ipv4_of_line(text: &[u8], start: usize, _: usize) -> Option<(usize, usize)> {
    let is_part = |byte: &&u8| byte.is_ascii_digit() || **byte == b'-';
    let length = text[..start].iter().rev().take(16).take_while(is_part).count();
    is_public_with_dashes(&text[start - length..start]).then_some((start - length, start))
}

fn is_public_with_dashes(address: &[u8]) -> bool {
    let parts = || address.split(|byte| *byte == b'-');
    let number = |part| std::str::from_utf8(part).ok().and_then(|part| part.parse().ok());
    let mut octets = [0; 4];
    parts().count() == 4
        && parts().zip(&mut octets).all(|(part, octet)| number(part).map(|number| *octet = number).is_some())
        && checks::is_public_ipv4(octets)
}

/// As [`stands_after`], within sixteen characters.
pub(super) fn stands_close(text: &[u8], start: usize, words: &[&str]) -> bool {
    stands_within(16, text, start, words)
}

pub(super) fn ipv6(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    // The last colons can be those of a port or a path that follows.
    let before = start.checked_sub(1).map_or(b' ', |at| text[at]);
    // `PublicIp:2a09:…`: a colon behind a word is none of the address.
    let in_address =
        before == b':' && (start < 2 || text[start - 2] == b':' || !is_word_before(&text[..start - 1]));
    if before.is_ascii_alphanumeric()
        || in_address
        || matches!(before, b'_' | b'.')
        || text.get(end).is_some_and(u8::is_ascii_alphanumeric)
    {
        return None;
    }
    let address: std::net::Ipv6Addr = std::str::from_utf8(&text[start..end]).ok()?.parse().ok()?;
    let first = address.segments()[0];
    let public = (0x2000..=0x3fff).contains(&first) && !(first == 0x2001 && address.segments()[1] == 0xdb8);
    public.then_some((start, end))
}

/// Whether a word ends here that is no group of digits: `Ipv6`.
fn is_word_before(before: &[u8]) -> bool {
    let word = before.iter().rev().take(24).take_while(|byte| byte.is_ascii_alphanumeric());
    word.into_iter().any(|byte| byte.is_ascii_alphabetic() && !byte.is_ascii_hexdigit())
}
