//! Numbers of documents and of accounts, homes and days of birth, behind what they are called; and what programs say of a machine.

use crate::redact::{assignment, value};

/// Fewer digits are the number of a page or of an order in a list.
const LEAST_DIGITS: usize = 5;

/// The number behind the name of a document, with some digits.
pub(super) fn number(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + text[start..end].iter().rposition(|byte| b" :=.".contains(byte))? + 1;
    let digits = text[at..end].iter().filter(|byte| byte.is_ascii_digit()).count();
    let value = &text[at..end];
    (digits >= LEAST_DIGITS && begins_name(text, start) && !value::begins_with_date(value))
        .then_some((at, end))
}

/// Whether what was met is the end of the name of a document, and not of another word: `karta`, `Oslo`.
fn begins_name(text: &[u8], start: usize) -> bool {
    let before = &text[..start];
    let rest = &text[start..];
    if rest.starts_with("\u{440}\u{442}\u{430}".as_bytes()) {
        return before.ends_with("\u{43f}\u{430}\u{441}\u{43f}\u{43e}".as_bytes());
    }
    if rest.get(..4).is_some_and(|head| head.eq_ignore_ascii_case(b"slo ")) {
        return before.ends_with("\u{ed}".as_bytes()) || before.ends_with(b"i") || before.ends_with(b"\xed");
    }
    if rest.get(..3).is_some_and(|head| head.eq_ignore_ascii_case(b"cen")) {
        return before.ends_with(b"li") || before.ends_with(b"Li") || before.ends_with(b"LI");
    }
    // A letter of two bytes can begin it.
    !before.last().is_some_and(u8::is_ascii_alphanumeric)
        || [&b"iden"[..], b"l in", b"tita"]
            .iter()
            .any(|begin| rest.get(..4).is_some_and(|head| head.eq_ignore_ascii_case(begin)))
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

/// The number of a chat behind `id`, in quotes or not.
pub(super) fn id_of_chat(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let name = text[..start].strip_suffix(b"\"").unwrap_or(&text[..start]);
    let name = name.strip_suffix(b"\\").unwrap_or(name);
    let at = start + memchr::memchr(b'-', &text[start..end])?;
    (name.ends_with(b"id") && text.get(end) != Some(&b'.')).then_some((at, end))
}

/// The identifier of 36 digits at the end.
#[expect(clippy::unnecessary_wraps, reason = "one signature for all checks")]
pub(super) fn last_uuid(_: &[u8], _: usize, end: usize) -> Option<(usize, usize)> {
    Some((end - 36, end))
}

/// The argument of the command, and not what a log says behind its name: `method=walletpassphrase user=__cookie__`.
pub(super) fn passphrase_of_wallet(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    if text[..start].ends_with(b"method=") {
        return None;
    }
    super::commands::argument(text, start, end)
}

/// The base64 at the end of the next line.
pub(super) fn answer_to_server(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let line = text[start..end].trim_ascii_end();
    let at = start + line.iter().rposition(|byte| byte.is_ascii_whitespace() || *byte == b'>')? + 1;
    let value = &text[at..start + line.len()];
    let is_encoded =
        data_encoding::BASE64.decode(value).is_ok_and(|bytes| bytes.iter().all(u8::is_ascii_graphic));
    is_encoded.then_some((at, at + value.len()))
}

/// The secret behind an identifier of Amazon: 40 letters in both cases and digits.
pub(super) fn secret_of_amazon(text: &[u8], _: usize, end: usize) -> Option<(usize, usize)> {
    const LENGTH: usize = 40;
    let value = &text[end - LENGTH..end];
    let has = |is: fn(&u8) -> bool| value.iter().any(is);
    let goes_on = text.get(end).is_some_and(|next| matches!(next, b'/' | b'+' | b'='));
    (has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_digit) && !goes_on)
        .then_some((end - LENGTH, end))
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
    let line =
        text[start.saturating_sub(400)..start].rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let is_task = memchr::memmem::find(&line.to_ascii_lowercase(), b"schtasks").is_some();
    (is_task && !is_system && assignment::is_account(name)).then_some((start + 4, end))
}

/// What stands behind the first sign.
pub(super) fn behind_sign(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let at = start + memchr::memchr(b'=', &text[start..end])? + 1;
    text[at..end].iter().any(u8::is_ascii_digit).then_some((at, end))
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
    let near = text[start.saturating_sub(24)..start].to_ascii_lowercase();
    let is_set = memchr::memmem::find(&near, b"set\"").is_some();
    (is_set && !value::is_placeholder(&text[at..end - 1])).then_some((at, end - 1))
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
    const OF_PROGRAMS: [&[u8]; 9] =
        [b"Demo", b"Real", b"Live", b"Pro", b"Server", b"Account", b"Standard", b"Raw", b"Trading"];
    let at = start + memchr::memmem::find(&text[start..end], b" name=")? + 6;
    let to = at + memchr::memrchr(b' ', &text[at..end])?;
    let is_program = text[at..to].split(|byte| *byte == b' ').any(|word| OF_PROGRAMS.contains(&word));
    (!is_program).then_some((at, to))
}
