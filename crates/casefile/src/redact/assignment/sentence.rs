//! Values that words of a sentence lead to.

use super::apart::said_of;
use super::quote::quote_at;
use super::separator::Separator;
use crate::redact::keys;

/// A value that words lead to, or nothing but a space.
pub(super) fn behind_words(
    text: &[u8],
    at: usize,
    key_end: usize,
    quoted_end: usize,
) -> Option<(usize, Separator)> {
    let rest = &text[at..];
    let literal =
        |mark: &str| rest.len() >= mark.len() && rest[..mark.len()].eq_ignore_ascii_case(mark.as_bytes());
    if at > key_end && literal("**") && rest.get(2).is_some_and(u8::is_ascii_alphanumeric) {
        return Some((at + 2, Separator::Prose));
    }
    if at > key_end && (literal("- ") || literal("? ")) || at == key_end && literal("? ") {
        return Some((at + 2, Separator::Prose));
    }
    if at == key_end && (literal("[") || literal("(")) && !rest[1..].starts_with(b"0x") {
        return Some((at + 1, Separator::Prose));
    }
    if let Some(value_at) = said_of(text, at).filter(|_| at > key_end && quoted_end == key_end) {
        return Some((value_at, Separator::Prose));
    }
    if at > key_end && (literal("\u{2013} ") || literal("\u{2014} ")) {
        return Some((at + 4, Separator::Prose));
    }
    // Signs and numbers are no words of a sentence.
    if !rest.first().is_some_and(|first| first.is_ascii_alphabetic() || matches!(first, b'=' | 0x80..)) {
        return (at > key_end && quoted_end == key_end && !literal("\n")).then_some((at, Separator::Prose));
    }
    for verb in ["changed to ", "set to ", "has been set to ", "updated to ", "is now ", "now "] {
        let value_at = at + verb.len();
        if at > quoted_end && literal(verb) && quote_at(text, value_at).is_some() {
            return Some((value_at, Separator::Space));
        }
    }
    for verb in [
        "is: ",
        "is ",
        "was ",
        "= ",
        "to: ",
        "to ",
        "changed to ",
        "set to ",
        "lautet ",
        "ist ",
        "jest ",
        "brzmi ",
        "es ",
        "est ",
        "\u{e8} ",
        "\u{e9} ",
    ] {
        if at > key_end && literal(verb) {
            return Some((at + verb.len(), Separator::Prose));
        }
    }
    // `access token refreshed: …`
    let done = "refreshed obtained received created expired renewed generated issued acquired";
    let done = done.split(' ').find(|done| literal(done) && rest[done.len()..].starts_with(b": "));
    if let Some(done) = done.filter(|_| at > key_end) {
        return Some((at + done.len() + 2, Separator::Prose));
    }
    if at > key_end && literal("changed from ") {
        let to = memchr::memmem::find(&rest[..rest.len().min(120)], b" to ")?;
        return Some((at + to + 4, Separator::Space));
    }
    if let Some(found) = behind_fillers(text, at).filter(|_| at > key_end) {
        return Some(found);
    }
    (at > key_end && quoted_end == key_end && !literal("\n")).then_some((at, Separator::Prose))
}

/// Behind the little words of a sentence that lead to a value, `hasło zmienione na …`, `token refreshed, new value …`.
fn behind_fillers(text: &[u8], at: usize) -> Option<(usize, Separator)> {
    const FILLERS: &str = "\
        is was are the a my your our new old current value ending ends with to set reset changed received obtained refreshed updated \
        rotated regenerated now has been as equals na jest to nowe nowy nowa moje mój nasze zmienione zmieniony zmieniona zmieniono \
        ustawione ustawiony ustawiono brzmi wynosi z się kończy ist lautet neue neues neuer wurde geändert auf es nuevo";
    let (mut next, mut passed) = (at, 0);
    while passed < 6 {
        let rest = &text[next..(next + 24).min(text.len())];
        let is_part = |byte: &&u8| byte.is_ascii_alphabetic() || **byte >= 0x80;
        let length = rest.iter().take_while(is_part).count();
        let word = &rest[..length];
        // `auth with ApiKey(…)` goes on with a name, `key ending with …` with a value.
        let joins = matches!(word, b"with" | b"to" | b"as") && passed == 0;
        if length == 0 || joins || !FILLERS.split_ascii_whitespace().any(|filler| keys::is_same(word, filler))
        {
            break;
        }
        // `refresh token rotated old=…`
        if rest.get(length) == Some(&b'=') && matches!(word, b"old" | b"new" | b"value" | b"current") {
            return Some((next + length + 1, Separator::Equals));
        }
        let mark = usize::from(matches!(rest.get(length), Some(b',' | b':')));
        if rest.get(length + mark) != Some(&b' ') {
            return None;
        }
        next += length + mark + 1;
        passed += 1;
    }
    (passed > 0).then_some((next, Separator::Prose))
}
