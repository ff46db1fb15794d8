//! What has to be true of the token of a service besides its looks.

use super::seek::{Token, escape};

type Place = Option<(usize, usize)>;

/// Where no word goes on before it: what is short, or has no sign in it, begins in the middle of other words.
pub(super) fn free(text: &[u8], start: usize, end: usize) -> Place {
    stands_free(text, start).then_some((start, end))
}

/// The same, of what no person wrote: names of settings and of events begin as some tokens do.
pub(super) fn made(text: &[u8], start: usize, end: usize) -> Place {
    (stands_free(text, start) && is_made(&text[start..end])).then_some((start, end))
}

/// The same, with letters of both kinds and digits, and nothing that goes on behind it.
pub(super) fn mixed(text: &[u8], start: usize, end: usize) -> Place {
    let goes_on = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'/');
    let token = &text[start..end];
    let has = |kind: fn(&u8) -> bool| token.iter().filter(|byte| kind(byte)).count() > 1;
    let is_mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    (is_mixed && stands_free(text, start) && !text.get(end).is_some_and(goes_on)).then_some((start, end))
}

/// Whether no letter, digit or low line stands before, unless as the end of an escape: `\n`, `%3D`, `\u0022`.
fn stands_free(text: &[u8], start: usize) -> bool {
    let before = &text[start.saturating_sub(6)..start];
    let is_hex = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_hexdigit);
    match before {
        [.., last] if !last.is_ascii_alphanumeric() && *last != b'_' => true,
        [] | [.., b'\\', b'n' | b'r' | b't'] => true,
        [.., b'%', a, b] | [.., b'\\', b'x', a, b] => is_hex(&[*a, *b]),
        [b'\\', b'u', rest @ ..] => is_hex(rest),
        _ => false,
    }
}

/// Whether it has two digits or more, and letters as words do not have them; or as many digits as a number in hexadecimal.
fn is_made(token: &[u8]) -> bool {
    let count = |kind: fn(&u8) -> bool| token.iter().filter(|byte| kind(byte)).count();
    let digits = count(u8::is_ascii_digit);
    let is_long = |run: &[u8]| {
        run.len() >= 16 && run.iter().any(u8::is_ascii_digit) && run.iter().any(u8::is_ascii_alphabetic)
    };
    let (upper, lower) = (count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase));
    let mixed = upper >= 2 && lower >= 2 || upper >= 1 && lower >= 1 && digits >= 3;
    digits >= 6
        || digits >= 1 && upper >= 6 && lower >= 6
        || digits >= 2 && (mixed || token.split(|byte| !byte.is_ascii_alphanumeric()).any(is_long))
}

/// What a token begins with has so many bytes of such before the place where it is known.
fn behind(text: &[u8], start: usize, count: usize, is_part: fn(&u8) -> bool) -> Option<usize> {
    let from = start.checked_sub(count)?;
    let is_whole = text[from..start].iter().all(is_part);
    (is_whole && stands_free(text, from)).then_some(from)
}

/// `…8Q~…`: three bytes before the digit.
pub(super) fn of_azure(text: &[u8], start: usize, end: usize) -> Place {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'~' | b'.');
    Some((behind(text, start, 3, is_part)?, end))
}

/// Keys of Azure say in their middle what they are, and have one of these lengths.
/// Source: <https://github.com/microsoft/security-utilities/blob/main/docs/KeyPatterns.md>
pub(super) fn marked_of_azure(text: &[u8], start: usize, end: usize) -> Place {
    const LONGEST: usize = 76;
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'_' | b'-');
    let before = text[..start].iter().rev().take(LONGEST + 5).take_while(is_part).count();
    let before = before.saturating_sub(escape(text, start - before));
    let length = before + (end - start);
    (before <= LONGEST && matches!(length, 44 | 52 | 56 | 84 | 88)).then_some((start - before, end))
}

/// `….atlasv1.…`
pub(super) fn of_terraform(text: &[u8], start: usize, end: usize) -> Place {
    Some((behind(text, start, 14, u8::is_ascii_alphanumeric)?, end))
}

/// `…_…_mmk`
pub(super) fn of_maxmind(text: &[u8], start: usize, end: usize) -> Place {
    let from = behind(text, start, 36, |byte| byte.is_ascii_alphanumeric() || *byte == b'_')?;
    let goes_on = text.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    (text[from + 6] == b'_' && !goes_on).then_some((from, end))
}

/// `sha256~…`
pub(super) fn of_openshift(text: &[u8], start: usize, end: usize) -> Place {
    text[..start].ends_with(b"sha").then(|| (start - 3, end))
}

/// `access_token$production$…`
pub(super) fn of_braintree(text: &[u8], start: usize, end: usize) -> Place {
    const NAME: &[u8] = b"access_token";
    text[..start].ends_with(NAME).then(|| (start - NAME.len(), end))
}

/// `vault … s.…`: what stands last.
pub(super) fn of_vault(text: &[u8], _: usize, end: usize) -> Place {
    let from = end.checked_sub(26)?;
    is_made(&text[from..end]).then_some((from, end))
}

/// What begins with a name and a secret of it: `sb_secret_…`, `pi_…_secret_…`, `secret_…`.
pub(super) fn behind_secret(text: &[u8], start: usize, end: usize) -> Place {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
    let before = text[..start].iter().rev().take(64).take_while(is_part).count();
    let before = before.saturating_sub(escape(text, start - before));
    let name = &text[start - before..start];
    let is_name = name.is_empty()
        || [&b"sb_"[..], b"pi_", b"seti_", b"cs_live_", b"cs_test_", b"e"]
            .iter()
            .any(|known| name.starts_with(known) && (before == known.len() || name.last() == Some(&b'_')));
    let from = start - before;
    let whole = &text[from..end];
    let is_long = whole.split(|byte| !byte.is_ascii_alphanumeric()).any(|run| run.len() >= 20);
    ((is_name || free(text, start, end).is_some()) && is_made(whole) && (is_long || name == b"sb_"))
        .then_some((if is_name { from } else { start }, end))
}

/// Words of two to four letters that tokens begin with; longer beginnings are sought as literals.
pub(super) fn begins_short(token: &Token<'_>) -> bool {
    const WORDS: [&[u8]; 27] = [
        b"re", b"tk", b"fw", b"sk", b"pk", b"A3", b"ck", b"cs", b"m0", b"pa", b"al", b"db", b"ak", b"as",
        b"fc", b"CG", b"cu", b"tr", b"ion", b"lip", b"API", b"sdk", b"mob", b"ory", b"live", b"test", b"t",
    ];
    matches!(token.after().first(), Some(b'_' | b'-')) && WORDS.contains(&token.word())
}
