//! What has to be true of a match besides its looks, and what of it is the secret.

use crate::redact::{checks, value};

/// Whether one of these words stands within forty characters before, on the same line.
pub(super) fn stands_after(text: &[u8], start: usize, words: &[&str]) -> bool {
    let from = start.saturating_sub(40);
    let before = &text[from..start];
    let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default().to_ascii_lowercase();
    words.iter().any(|word| line.windows(word.len()).any(|window| window == word.as_bytes()))
}

/// To the END line; without one, to the first line that is not base64.
#[expect(clippy::unnecessary_wraps, reason = "one signature for all checks")]
pub(super) fn pem(text: &[u8], start: usize, begin_end: usize) -> Option<(usize, usize)> {
    const MAX: usize = 16 << 10;
    let limit = (begin_end + MAX).min(text.len());
    let body = &text[begin_end..limit];
    let end = body.windows(9).position(|window| window == b"-----END ");
    let plain = body.iter().position(|byte| {
        !(byte.is_ascii_alphanumeric()
            || byte.is_ascii_whitespace()
            || matches!(
                byte,
                b'+' | b'/' | b'=' | b'\\' | b'-' | b':' | b',' | b'"' | b'\'' | b'|' | b'>' | b'.'
            ))
    });
    if let Some(end) = end.filter(|end| plain.is_none_or(|plain| plain > *end)) {
        let tail = body[end + 9..]
            .windows(5)
            .position(|window| window == b"-----")
            .map_or(body.len() - end - 9, |at| at + 5);
        return Some((start, begin_end + end + 9 + tail));
    }
    let mut stop = 0;
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let content = line.trim_ascii();
        let base64 = content
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'\\'));
        if stop > 0 && (!base64 || content.is_empty()) {
            break;
        }
        stop += line.trim_ascii_end().len().max(usize::from(stop == 0));
        if content.len() < 40 && stop > 80 {
            break;
        }
        stop += line.len() - line.trim_ascii_end().len();
    }
    Some((start, begin_end + body[..stop.min(body.len())].trim_ascii_end().len()))
}

pub(super) fn putty(text: &[u8], start: usize, _: usize) -> Option<(usize, usize)> {
    let body = &text[start..(start + (16 << 10)).min(text.len())];
    let mac = body.windows(12).position(|window| window == b"Private-MAC:")?;
    let end = body[mac..].iter().position(|byte| *byte == b'\n').unwrap_or(body.len() - mac);
    Some((start, start + mac + end))
}

#[expect(clippy::unnecessary_wraps, reason = "one signature for all checks")]
pub(super) fn after_slash(_: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    Some((start + 4, end))
}

#[expect(clippy::unnecessary_wraps, reason = "one signature for all checks")]
pub(super) fn after_bot(_: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    Some((start + 3, end))
}

pub(super) fn after_last_slash(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let slash = text[start..end].iter().rposition(|byte| *byte == b'/')?;
    Some((start + slash + 1, end))
}

/// Everything behind `services/` or `webhooks/`: the numbers are part of the address.
pub(super) fn after_path(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let matched = &text[start..end];
    let marks: [&[u8]; 4] = [b"services/", b"workflows/", b"triggers/", b"webhooks/"];
    marks.iter().find_map(|mark| {
        let at = matched.windows(mark.len()).position(|window| window == *mark)?;
        Some((start + at + mark.len(), end))
    })
}

/// User and password of an address; `git@host` has none.
pub(super) fn user_info(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let scheme = text[start..end].windows(3).position(|window| window == b"://")?;
    let from = start + scheme + 3;
    // An @ in the password: the last one before the host counts.
    let rest = &text[end..(end + 200).min(text.len())];
    let host = rest
        .iter()
        .position(|byte| matches!(byte, b'/' | b'?' | b'#' | b' ' | b'\n' | b'"' | b'\''))
        .unwrap_or(rest.len());
    let last = rest[..host].iter().rposition(|byte| *byte == b'@').map_or(end - 1, |at| end + at);
    let info = &text[from..last];
    let password = info.splitn(2, |byte| *byte == b':').nth(1)?;
    (!value::is_placeholder(password)).then_some((from, last))
}

pub(super) fn otp_secret(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let path = start + text[start..end].windows(3).position(|window| window == b"://")? + 3;
    let label = path + text[path..end].iter().position(|byte| *byte == b'/')? + 1;
    Some((label, end))
}

pub(super) fn dsn_key(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let from = start + text[start..end].windows(3).position(|window| window == b"://")? + 3;
    let at = text[from..end].iter().position(|byte| *byte == b'@')?;
    Some((from, from + at))
}

pub(super) fn has_letter_and_digit(value: &[u8]) -> bool {
    value.iter().any(u8::is_ascii_digit) && value.iter().any(u8::is_ascii_uppercase)
}

/// Not `git@host:path`, not a file name like `icon@2x.png`.
pub(super) fn mail(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let value = &text[start..end];
    let at = value
        .iter()
        .position(|byte| *byte == b'@')
        .or_else(|| value.windows(3).position(|window| window == b"%40"))?;
    let top = value.rsplit(|byte| *byte == b'.').next()?;
    let files = ["png", "jpg", "jpeg", "gif", "svg", "service", "js", "css", "so", "dll", "rs", "py"];
    let is_file = files.iter().any(|file| file.as_bytes().eq_ignore_ascii_case(top));
    let is_git = &value[..at] == b"git" || &value[..at] == b"hg";
    if is_password_of_url(&text[..start]) {
        return None;
    }
    let domain = top.len() >= 2 && top.iter().all(u8::is_ascii_alphabetic);
    let mut from = start;
    // A percent escape before the name is no part of it.
    if value.starts_with(b"%") && value.len() > 3 {
        from += 3;
    } else {
        // What is glued to it goes with it: the rest of a very long name, another address. Otherwise half of
        // that would be left, and look like an address of its own.
        let glued = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-@".contains(byte);
        from -= text[..start].iter().rev().take(256).take_while(|byte| glued(byte)).count();
    }
    (domain && !is_file && !is_git && at > 0).then_some((from, end))
}

/// Whether what comes next is the password in `scheme://user:password@host`.
fn is_password_of_url(before: &[u8]) -> bool {
    let near = &before[before.len().saturating_sub(128)..];
    let token =
        near.rsplit(|byte| byte.is_ascii_whitespace() || b"\"'<>".contains(byte)).next().unwrap_or_default();
    let authority = memchr::memmem::rfind(token, b"://").map(|at| &token[at + 3..]);
    authority.is_some_and(|authority| authority.contains(&b':') && !authority.contains(&b'/'))
}

/// Order and trade numbers pass Luhn one time in ten.
pub(super) fn card(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let value = &text[start..end];
    let neighbours = |byte: Option<&u8>| {
        byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
    };
    let alone = !neighbours(start.checked_sub(1).and_then(|at| text.get(at))) && !neighbours(text.get(end));
    let words =
        ["order", "id", "trade", "ts", "time", "nonce", "seq", "stamp", "hash", "ref", "number\":", "no."];
    let named = stands_after(text, start, &["card", "karta", "karty", "pan", "visa", "mastercard"]);
    let grouped = value.iter().any(|byte| matches!(byte, b' ' | b'-'));
    let numbered = stands_after(text, start, &words);
    (alone && checks::is_card(value) && (named || grouped || !numbered)).then_some((start, end))
}

pub(super) fn phone(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let digits = text[start..end].iter().filter(|byte| byte.is_ascii_digit()).count();
    let glued = start > 0
        && (text[start - 1].is_ascii_alphanumeric() || matches!(text[start - 1], b'.' | b'+' | b'-' | b':'));
    let time_zone = text.get(start.wrapping_sub(1)).is_some_and(u8::is_ascii_digit);
    let decimal = text.get(end) == Some(&b'.') && text.get(end + 1).is_some_and(u8::is_ascii_digit);
    ((9..=15).contains(&digits) && !glued && !time_zone && !decimal).then_some((start, end))
}

pub(super) fn nip(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let valid = checks::is_nip(&text[start..end]) && stands_after(text, start, &["nip", "vat", "tax"]);
    valid.then_some((start, end))
}

pub(super) fn pesel(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let valid =
        checks::is_pesel(&text[start..end]) && stands_after(text, start, &["pesel", "personal", "osobisty"]);
    valid.then_some((start, end))
}

/// Six pairs and no more: twenty are a fingerprint.
pub(super) fn mac(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let value = &text[start..end];
    let longer = matches!(text.get(end), Some(b':' | b'-'))
        && text.get(end + 1).is_some_and(u8::is_ascii_hexdigit)
        || start >= 2 && matches!(text[start - 1], b':' | b'-') && text[start - 2].is_ascii_hexdigit();
    let digits: Vec<u8> = value.iter().copied().filter(u8::is_ascii_hexdigit).collect();
    let empty =
        digits.iter().all(|byte| *byte == b'0') || digits.iter().all(|byte| matches!(byte, b'f' | b'F'));
    (!longer && !empty).then_some((start, end))
}

/// Public, and not the number of a version.
pub(super) fn ipv4(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let mut octets = [0; 4];
    for (octet, part) in octets.iter_mut().zip(text[start..end].split(|byte| *byte == b'.')) {
        *octet = std::str::from_utf8(part).ok()?.parse().ok()?;
    }
    let before = start.checked_sub(1).map_or(b' ', |at| text[at]);
    let longer = text.get(end) == Some(&b'.') && text.get(end + 1).is_some_and(u8::is_ascii_digit);
    let glued = before.is_ascii_alphanumeric()
        || matches!(before, b'.' | b'_' | b'-')
        || matches!(text.get(end), Some(b'-' | b'_' | b'+' | b'~'))
        || (before == b'/' && start >= 2 && text[start - 2].is_ascii_alphanumeric());
    let words = [
        "version", "ver ", "ver.", "build", "chrome/", "driver", "release", "firmware", "wersja", " v",
        "sdk", "agent", "kernel", "upgrade", "update",
    ];
    let is_version = stands_close(text, start, &words);
    (checks::is_public_ipv4(octets) && !longer && !glued && !is_version).then_some((start, end))
}

/// As [`stands_after`], within sixteen characters.
pub(super) fn stands_close(text: &[u8], start: usize, words: &[&str]) -> bool {
    let before = &text[start.saturating_sub(16)..start];
    let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default().to_ascii_lowercase();
    words.iter().any(|word| line.windows(word.len()).any(|window| window == word.as_bytes()))
}

pub(super) fn ipv6(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    // The last colons can be those of a port or a path that follows.
    let before = start.checked_sub(1).map_or(b' ', |at| text[at]);
    if before.is_ascii_alphanumeric()
        || matches!(before, b':' | b'_' | b'.')
        || text.get(end).is_some_and(u8::is_ascii_alphanumeric)
    {
        return None;
    }
    let address: std::net::Ipv6Addr = std::str::from_utf8(&text[start..end]).ok()?.parse().ok()?;
    let first = address.segments()[0];
    let public = (0x2000..=0x3fff).contains(&first) && !(first == 0x2001 && address.segments()[1] == 0xdb8);
    public.then_some((start, end))
}

/// The name of the folder behind `home` or `Users`, which may hold spaces.
pub(super) fn home(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let rest = &text[end..(end + 256).min(text.len())];
    let windows = text[start..end].contains(&b'\\') || (start >= 2 && text[start - 1] == b':');
    let stops = |byte: &u8| {
        matches!(
            byte,
            b'/' | b'\\'
                | b'\n'
                | b'\r'
                | b'"'
                | b'\''
                | b':'
                | b'<'
                | b'>'
                | b'|'
                | b'?'
                | b'*'
                | b'%'
                | b','
                | b')'
                | b']'
                | b';'
                | b'`'
        )
    };
    let name_end = rest.iter().position(stops).unwrap_or(rest.len());
    let mut name = &rest[..name_end];
    let separated = matches!(rest.get(name_end), Some(b'/' | b'\\'));
    if !separated || !windows {
        name = name.split(|byte| matches!(byte, b' ' | b'\t')).next().unwrap_or_default();
    }
    // A page of a site has users too.
    let in_url = text[start..end].eq_ignore_ascii_case(b"/users/")
        && start > 0
        && (text[start - 1].is_ascii_alphanumeric());
    let shared: [&[u8]; 8] =
        [b"public", b"default", b"shared", b"all users", b"default user", b"linuxbrew", b"me", b"current"];
    let known = shared.iter().any(|shared| name.eq_ignore_ascii_case(shared));
    (!name.is_empty() && !known && !in_url && !value::is_placeholder(name)).then_some((end, end + name.len()))
}
