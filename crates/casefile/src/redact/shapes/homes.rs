//! The name of a user in the path of a home.

use crate::redact::known::nobody;
use crate::redact::value;

/// The name of the folder behind `home` or `Users`, which may hold spaces.
pub(super) fn home(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let rest = &text[end..(end + 256).min(text.len())];
    // `/mnt/c/Users/Anna Nowak/bot`
    let is_mounted = text[start..end].starts_with(b"/")
        && text[..start].len() >= 6
        && text[..start - 1].ends_with(b"/mnt/");
    let windows = text[start..end].contains(&b'\\') || (start >= 2 && text[start - 1] == b':') || is_mounted;
    let stops = |byte: &u8| b"/\\\n\r\"':<>|?*%,)];`".contains(byte);
    // A space or a letter outside ASCII may be written as its code.
    let is_letter = |at: usize| {
        let code = rest.get(at + 1..at + 3).and_then(|code| std::str::from_utf8(code).ok());
        code.and_then(|code| u8::from_str_radix(code, 16).ok())
            .is_some_and(|byte| byte == b' ' || byte >= 0x80)
    };
    let name_end = (0..rest.len())
        .find(|at| stops(&rest[*at]) && !(rest[*at] == b'%' && is_letter(*at)))
        .unwrap_or(rest.len());
    let mut name = &rest[..name_end];
    let separated = matches!(rest.get(name_end), Some(b'/' | b'\\'));
    // A name of two words is told from a sentence by the folder behind it.
    let folders =
        [&b"/Documents"[..], b"/Desktop", b"/Downloads", b"/Library", b"/Applications", b"/Pictures"];
    let is_capital =
        |word: &[u8]| word.first().is_some_and(|first| first.is_ascii_uppercase() || *first >= 0x80);
    let is_line = windows && matches!(rest.get(name_end), None | Some(b'\r' | b'\n' | b'"' | b'\'' | b'>'));
    let is_home = (folders.iter().any(|folder| rest[name_end..].starts_with(folder)) || is_line)
        && name.split(|byte| *byte == b' ').skip(1).all(is_capital);
    if !(separated && windows || is_home) {
        name = name.split(|byte| matches!(byte, b' ' | b'\t')).next().unwrap_or_default();
    }
    // A page of a site has users too.
    let in_url = text[start..end].eq_ignore_ascii_case(b"/users/")
        && start > 1
        && text[start - 1].is_ascii_alphanumeric()
        && text[start - 2].is_ascii_alphanumeric();
    let shared: [&[u8]; 12] = [
        b"public",
        b"default",
        b"shared",
        b"all users",
        b"default user",
        b"linuxbrew",
        b"me",
        b"self",
        b"current",
        b"login",
        b"search",
        b"register",
    ];
    let is_file = name.starts_with(b".") || name == b"_netrc" || value::is_file(name);
    let known = is_file || shared.iter().any(|shared| name.eq_ignore_ascii_case(shared));
    // `GET /users/330/orders`
    let is_numbered = text[start..end].starts_with(b"/users") && name.iter().all(u8::is_ascii_digit);
    let is_of_service = std::str::from_utf8(name).is_ok_and(nobody::is_of_service);
    (!name.is_empty() && !known && !in_url && !is_numbered && !is_of_service && !value::is_placeholder(name))
        .then_some((end, end + name.len()))
}
