//! Addresses of mail, and the names before them.

use crate::redact::assignment;
use crate::redact::known::nobody;

/// An address whose sign is written `%40`.
pub(super) fn mail_escaped(text: &[u8], start: usize, _: usize) -> Option<(usize, usize)> {
    super::marks::mail_around(text, start, 3)
}

/// Whether an address of mail is that of everybody who answers there.
fn is_of_nobody(name: &[u8]) -> bool {
    const NAMES: [&str; 8] = [
        "support",
        "helpdesk",
        "noreply",
        "no-reply",
        "donotreply",
        "do-not-reply",
        "mailer-daemon",
        "postmaster",
    ];
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}

/// Not `git@host:path`, not a file name like `icon@2x.png`; an address that is the name of a file is one.
pub(super) fn mail(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let value = &text[start..end];
    let at = value
        .iter()
        .position(|byte| *byte == b'@')
        .or_else(|| value.windows(3).position(|window| window == b"%40"))?;
    let top = value.rsplit(|byte| *byte == b'.').next()?;
    // `E..l..@.@...POST` of a dump is none, nor is the number of a mail; and nobody is called so.
    let is_name = |label: &[u8]| !label.is_empty() && memchr::memmem::find(label, b"..").is_none();
    let near = &text[start.saturating_sub(16)..start];
    let is_number = [&b"essage-ID: <"[..], b"essage-Id: <", b"eply-To: <", b"eferences: <"]
        .iter()
        .any(|header| near.ends_with(header))
        && value[..at].iter().filter(|byte| byte.is_ascii_digit()).count() >= 4;
    // Ways to exchange keys are called by whose they are: `sntrup761x25519-sha512@openssh.com`.
    let is_algorithm =
        [&b"openssh.com"[..], b"libssh.org", b"ssh.com", b"lysator.liu.se"].contains(&&value[at + 1..]);
    // A channel of an exchange: `spot@private.orders.v3.api.pb`.
    let is_channel = [&b"public."[..], b"private."].iter().any(|kind| value[at + 1..].starts_with(kind));
    // The public key of an address of Sentry stands before its sign.
    let is_key = at == 32
        && value[..at].iter().all(u8::is_ascii_hexdigit)
        && text[..start].ends_with(b"://")
        && memchr::memmem::find(value, b"sentry").is_some();
    // A node of RabbitMQ on a machine that is called as all are: `rabbit@ubuntu`.
    let host = value[at + 1..].split(|byte| *byte == b'.').next().unwrap_or_default();
    let is_node = &value[..at] == b"rabbit" && std::str::from_utf8(host).is_ok_and(nobody::is_nobody);
    if is_algorithm
        || is_key
        || is_node
        || is_channel
        || !is_name(&value[..at])
        || value[at + 1..].starts_with(b".")
        || is_number
        || is_of_nobody(&value[..at])
    {
        return None;
    }
    let files = ["png", "jpg", "jpeg", "gif", "svg", "service", "js", "css", "so", "dll", "rs", "py"];
    // `name@host.com.png`, but not `icon@2x.png`: three labels, the second of which can end an address.
    let mut labels = value[at + 1..].rsplit(|byte| *byte == b'.').skip(1);
    let is_top = |label: &[u8]| label.len() >= 2 && label.iter().all(u8::is_ascii_alphabetic);
    let is_address = labels.next().is_some_and(is_top) && labels.next().is_some();
    let is_file = !is_address && files.iter().any(|file| file.as_bytes().eq_ignore_ascii_case(top));
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

/// The name of a person right before an address of mail: `user Jan Kowalski (jan@…)`, `Anna Maria Nowak <anna@…>`.
pub(super) fn person_before(text: &[u8], start: usize) -> Option<(usize, usize)> {
    const LONGEST: usize = 48;
    let before = &text[start.saturating_sub(LONGEST)..start];
    let marks = [&b" sent to "[..], b" <", b" (", b" [", b", ", b" - ", b": ", b" | ", b"\t", b" "];
    let name = marks.iter().find_map(|mark| before.strip_suffix(*mark))?;
    if !name.last().is_some_and(|last| last.is_ascii_lowercase() || *last >= 0x80) {
        return None;
    }
    let end = start - (before.len() - name.len());
    // `To=Marek Zawadzki, marek@…`
    let name = name.rsplit(|byte| b"=:\t|;\"".contains(byte)).next().unwrap_or_default();
    let mut spaces = memchr::memrchr_iter(b' ', name).map(|at| at + 1).chain([0]);
    let (_, second, third) = (spaces.next()?, spaces.next()?, spaces.next());
    let is_person = |from: usize| assignment::is_given_name(&name[from..]);
    // What the window cuts off is no word.
    let is_whole = |from: usize| {
        let from = end - name.len() + from;
        from.checked_sub(1).is_none_or(|at| !text[at].is_ascii_alphanumeric() && text[at] < 0x80)
    };
    let from = third.filter(|from| is_person(*from) && is_person(second)).unwrap_or(second);
    (is_person(from) && is_whole(from)).then_some((end - name.len() + from, end))
}

/// The name in front of an address of mail: `Author: Anna Kowalska <`.
pub(super) fn before_mail(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let from = start + text[start..end].iter().position(|byte| *byte == b':')? + 2;
    let name = &text[from..end];
    let length = name.iter().position(|byte| *byte == b'<')?;
    let name = name[..length].trim_ascii();
    let name = name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")).unwrap_or(name);
    let at = from + text[from..end].windows(name.len().max(1)).position(|window| window == name)?;
    // `"Nowak, Anna"`
    let plain: Vec<u8> = name.iter().copied().filter(|byte| *byte != b',').collect();
    (name.contains(&b' ') && assignment::is_person(&plain)).then_some((at, at + name.len()))
}
