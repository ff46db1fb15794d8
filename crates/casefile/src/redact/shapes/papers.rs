//! Numbers of documents and of accounts, homes and days of birth, behind what they are called; and what programs say of a machine.

use crate::redact::{assignment, value};

/// Fewer digits are the number of a page or of an order in a list.
const LEAST_DIGITS: usize = 5;

/// The number behind the name of a document, with some digits.
pub(super) fn number(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + text[start..end].iter().rposition(|byte| b" :=.".contains(byte))? + 1;
    let digits = text[at..end].iter().filter(|byte| byte.is_ascii_digit()).count();
    (digits >= LEAST_DIGITS).then_some((at, end))
}

/// The number of an account, where a word for one stands before it in its line.
pub(super) fn account_of_broker(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    const NEAR: usize = 96;
    const WORDS: [&[u8]; 4] = [b"account", b"acct", b"konto", b"ibkr"];
    let at = start + text[start..end].iter().position(|byte| matches!(byte, b'U' | b'D'))?;
    let near = text[start.saturating_sub(NEAR)..start].to_ascii_lowercase();
    let line = near.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    WORDS.iter().any(|word| memchr::memmem::find(line, word).is_some()).then_some((at, end))
}

/// The number behind the last colon.
pub(super) fn number_at_end(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + text[start..end].iter().rposition(|byte| *byte == b'-')?;
    Some((at, end))
}

/// The identifier of 36 digits at the end.
#[expect(clippy::unnecessary_wraps, reason = "one signature for all checks")]
pub(super) fn last_uuid(_: &[u8], _: usize, end: usize) -> Option<(usize, usize)> {
    Some((end - 36, end))
}

/// What no letter or digit stands before: `01JHR7ACCA13TAF2BJES6A1J6W` is the number of an event.
pub(super) fn begins_word(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let is_inside = start > 0 && text[start - 1].is_ascii_alphanumeric();
    (!is_inside).then_some((start, end))
}

/// Who runs a task, if that is a person.
pub(super) fn user_of_task(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let name = &text[start + 4..end];
    let is_system =
        [&b"system"[..], b"users", b"interactive"].iter().any(|system| name.eq_ignore_ascii_case(system));
    (!is_system && assignment::is_account(name)).then_some((start + 4, end))
}

/// What stands behind the first sign.
pub(super) fn behind_sign(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    Some((start + memchr::memchr(b'=', &text[start..end])? + 1, end))
}

/// The digits before the sign of an address of Sentry: `https://…@o47477.ingest.sentry.io/484`.
pub(super) fn key_of_reports(text: &[u8], start: usize, _: usize) -> Option<(usize, usize)> {
    const DIGITS: usize = 32;
    const NEAR: usize = 16;
    let near = start.saturating_sub(NEAR);
    let sign = near + memchr::memrchr(b'@', &text[near..=start])?;
    let at = sign.checked_sub(DIGITS)?;
    let is_key = text[at..sign].iter().all(u8::is_ascii_hexdigit) && text[..at].ends_with(b"://");
    is_key.then_some((at, sign))
}

/// What stands between the last quotes.
pub(super) fn in_last_quotes(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + memchr::memrchr(b'"', &text[start..end - 1])? + 1;
    (!value::is_placeholder(&text[at..end - 1])).then_some((at, end - 1))
}

/// The password of a mailbox below its section.
pub(super) fn of_mailbox(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    const NEAR: usize = 240;
    let near = text[start.saturating_sub(NEAR)..start].to_ascii_lowercase();
    let section = memchr::memmem::rfind(&near, b"\n[").map(|at| &near[at + 2..])?;
    let is_mailbox =
        section.starts_with(b"email]") || section.starts_with(b"mail]") || section.starts_with(b"smtp]");
    let at = start + b"\nauth=".len();
    (is_mailbox && !value::is_placeholder(&text[at..end])).then_some((at, end))
}

/// The words behind `name=`.
pub(super) fn owner_of_account(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + memchr::memmem::find(&text[start..end], b" name=")? + 6;
    let to = at + memchr::memrchr(b' ', &text[at..end])?;
    Some((at, to))
}
