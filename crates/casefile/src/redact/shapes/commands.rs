//! What of a command's line is the password, and what stands beside the names of programs and sessions.

use crate::redact::{assignment, value};

/// Behind `/p:`.
pub(super) fn behind_flag(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + memchr::memmem::rfind(&text[start..end], b" /p:")? + 4;
    password(text, at + quotes(text, at), end)
}

/// Glued to `-p` or `-hp`.
pub(super) fn glued(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let flag = [&b" -hp"[..], b" -p"]
        .into_iter()
        .find_map(|flag| memchr::memmem::find(&text[start..end], flag).map(|at| start + at + flag.len()))?;
    password(text, flag, end)
}

/// Behind the user: `-U anna%…`.
pub(super) fn behind_percent(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + memchr::memchr(b'%', &text[start..end])? + 1;
    password(text, at, end)
}

fn password(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    (start < end && !value::is_placeholder(&text[start..end])).then_some((start, end))
}

fn quotes(text: &[u8], at: usize) -> usize {
    usize::from(matches!(text.get(at), Some(b'"' | b'\'')))
}

/// The number that a path ends with: `/update/35198155;jsessionid=…`.
pub(super) fn number_before(text: &[u8], start: usize, _: usize) -> Option<(usize, usize)> {
    let length = text[..start].iter().rev().take(12).take_while(|byte| byte.is_ascii_digit()).count();
    ((5..=10).contains(&length) && text[..start - length].ends_with(b"/")).then_some((start - length, start))
}

/// The user of a process behind the name of the computer: `Running  PC-ANNA\anna`.
pub(super) fn behind_computer(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + memchr::memrchr(b'\\', &text[start..end])? + 1;
    assignment::is_account(&text[at..end]).then_some((at, end))
}

/// The address of an adapter without signs between its bytes, behind a name: `MAC=001A2B3C4D5E`.
pub(super) fn mac_named(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let digits = &text[end - 12..end];
    let is_whole = !text[..start].last().is_some_and(u8::is_ascii_alphanumeric);
    let is_address = digits.iter().any(|byte| *byte != digits[0]);
    (is_whole && is_address).then_some((end - 12, end))
}
