//! Values that words of a sentence lead to.

use std::sync::LazyLock;

use super::apart::said_of;
use super::beside::line_length;
use super::quote::quote_at;
use super::separator::Separator;
use super::take;
use crate::redact::find::Span;
use crate::redact::keys::{self, Demand, Named};
use crate::redact::rules::Id;
use crate::redact::value;

/// A value that words lead to, or nothing but a space.
pub(super) fn behind_words(
    text: &[u8],
    at: usize,
    key_end: usize,
    quoted_end: usize,
) -> Option<(usize, Separator)> {
    const DONE: [&str; 9] = [
        "refreshed",
        "obtained",
        "received",
        "created",
        "expired",
        "renewed",
        "generated",
        "issued",
        "acquired",
    ];
    let rest = &text[at..];
    let literal =
        |mark: &str| rest.len() >= mark.len() && rest[..mark.len()].eq_ignore_ascii_case(mark.as_bytes());
    if at > key_end && literal("**") && rest.get(2).is_some_and(u8::is_ascii_alphanumeric) {
        return Some((at + 2, Separator::Prose));
    }
    if at > key_end && (literal("- ") || literal("? ")) || at == key_end && literal("? ") {
        // `api-access-token - Using value …`
        let using = usize::from(rest[2..].starts_with(b"Using value ")) * b"Using value ".len();
        return Some((at + 2 + using, Separator::Prose));
    }
    // `wifi password (FunBox-E746): …`
    if at > key_end
        && literal("(")
        && let Some(length) = rest[..rest.len().min(48)].iter().position(|byte| matches!(byte, b')' | b'\n'))
        && rest[length..].starts_with(b"): ")
    {
        return Some((at + length + 3, Separator::Colon));
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
    // The same dashes as Windows wrote them before Unicode.
    if at > key_end && matches!(rest, [0x96 | 0x97, b' ', ..]) {
        return Some((at + 2, Separator::Prose));
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
    let done = || DONE.into_iter().find(|done| literal(done) && rest[done.len()..].starts_with(b": "));
    if at > key_end
        && let Some(done) = done()
    {
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

/// The little words of a sentence that lead to a value, by their first letters.
static FILLERS: LazyLock<[Vec<&str>; 128]> = LazyLock::new(|| {
    let words = "\
        is was are the a my your our new old current value ending ends with to set reset changed received obtained refreshed updated \
        rotated regenerated now has been as equals na jest to nowe nowy nowa moje mój nasze zmienione zmieniony zmieniona zmieniono \
        ustawione ustawiony ustawiono brzmi wynosi z się kończy ist lautet neue neues neuer wurde geändert auf es nuevo";
    let words: Vec<&str> = words.split_ascii_whitespace().collect();
    std::array::from_fn(|first| {
        words.iter().copied().filter(|word| usize::from(word.as_bytes()[0]) == first).collect()
    })
});

/// Whether it is one of them.
fn is_filler(word: &[u8]) -> bool {
    let first = word.first().map_or(0, |first| usize::from(first.to_ascii_lowercase()));
    FILLERS.get(first).is_some_and(|fillers| fillers.iter().any(|filler| keys::is_same(word, filler)))
}

/// Behind the little words of a sentence that lead to a value, `hasło zmienione na …`, `token refreshed, new value …`.
fn behind_fillers(text: &[u8], at: usize) -> Option<(usize, Separator)> {
    let (mut next, mut passed) = (at, 0);
    while passed < 6 {
        let rest = &text[next..(next + 24).min(text.len())];
        let is_part = |byte: &&u8| byte.is_ascii_alphabetic() || **byte >= 0x80;
        let length = rest.iter().take_while(is_part).count();
        let word = &rest[..length];
        // `auth with ApiKey(…)` goes on with a name, `key ending with …` with a value.
        let joins = matches!(word, b"with" | b"to" | b"as") && passed == 0;
        if length == 0 || joins || !is_filler(word) {
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

/// What leads from the name of a password to it in a sentence: `zmieniłem hasło do vps na …`, `la contraseña vieja era …`.
const LEADS: [&str; 36] = [
    "na",
    "auf",
    "in",
    "naar",
    "a",
    "en",
    "til",
    "till",
    "to",
    "is",
    "was",
    "jest",
    "bylo",
    "byl",
    "ist",
    "war",
    "lautet",
    "es",
    "era",
    "est",
    "c'est",
    "je",
    "to:",
    "na:",
    "erre:",
    "now",
    "nu",
    "teraz",
    "jetzt",
    "ahora",
    "adesso",
    "maintenant",
    "jako",
    "als",
    "come",
    "como",
];

/// Hides the password in a sentence that speaks of it: what looks made up stands right behind its name, or behind one of a few
/// words.
pub(super) fn hide_in_sentence(text: &[u8], key: (usize, usize), named: Named, out: &mut Vec<Span>) {
    const MOST: usize = 8;
    // `haslo: zmienione na …`
    let key = (key.0, key.1 + usize::from(text[key.1..].starts_with(b": ")));
    if named.rule != Id::Password || text.get(key.1) != Some(&b' ') {
        return;
    }
    let line = &text[key.1..key.1 + line_length(&text[key.1..], 240).unwrap_or_default()];
    let (mut at, mut leads) = (key.1, true);
    for word in line.split(|byte| *byte == b' ').take(MOST + 2) {
        let (from, end) = (at, at + word.trim_ascii_end().len());
        at += word.len() + 1;
        if word.is_empty() {
            continue;
        }
        let bare = word.trim_ascii_end();
        let bare = bare.strip_suffix(b".").or_else(|| bare.strip_suffix(b",")).unwrap_or(bare);
        // In notes of Markdown quotes say as much as a word that leads: ``hasło do XTB `…` ``.
        let inside = bare.strip_prefix(b"`").and_then(|bare| bare.strip_suffix(b"`"));
        let is_last = text[end..].iter().take_while(|byte| **byte == b' ').count() + end;
        let is_last = matches!(text.get(is_last), None | Some(b'\r' | b'\n'));
        let is_quoted =
            is_last && inside.is_some_and(is_noted) && !OF_OTHERS.contains(&before_word(text, from));
        if is_quoted || leads && is_made_up(inside.unwrap_or(bare)) {
            let (from, length) = (from + usize::from(inside.is_some()), inside.unwrap_or(bare).len());
            take(text, from, from + length, Named { demand: Demand::Set, ..named }, true, out);
            return;
        }
        let is_word = |byte: &u8| byte.is_ascii_alphabetic() || *byte >= 0x80 || b",'\xe2".contains(byte);
        if !text[from..end].iter().all(is_word) {
            return;
        }
        leads = LEADS.iter().any(|lead| keys::is_same(word, lead)) || keys::is_word_of_names(bare);
    }
}

/// What stands before something in quotes that is no password.
const OF_OTHERS: [&[u8]; 16] = [
    b"user",
    b"account",
    b"file",
    b"field",
    b"class",
    b"rule",
    b"error",
    b"of",
    b"in",
    b"w",
    b"pliku",
    b"konta",
    b"u\xc5\xbcytkownika",
    b"check",
    b"from",
    b"z",
];

/// The word before this place.
fn before_word(text: &[u8], at: usize) -> &[u8] {
    let near = text[at.saturating_sub(24)..at].trim_ascii_end();
    near.rsplit(|byte| *byte == b' ').next().unwrap_or_default()
}

/// A word with digits in it that is no file, path or version.
pub(in crate::redact) fn is_noted(value: &[u8]) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"!@#$%^&*?_+~-".contains(byte);
    is_made_up(value)
        || value.len() >= 10
            && value.iter().all(is_part)
            && value.iter().filter(|byte| byte.is_ascii_digit()).count() >= 3
            && value.iter().filter(|byte| byte.is_ascii_alphabetic()).count() >= 3
            && !value::is_composed(value)
            && !value.iter().all(u8::is_ascii_hexdigit)
}

/// Letters, digits and a sign, or letters in both cases among digits, or words with something made up between them.
pub(in crate::redact) fn is_made_up(value: &[u8]) -> bool {
    let has = |is: fn(&u8) -> bool| value.iter().any(is);
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"!@#$%^&*?_+~-".contains(byte);
    let is_signed = has(|byte| b"!@#$%^&*?".contains(byte));
    // `Utf8Error`
    let plain: Vec<u8> = value.iter().copied().filter(|byte| !byte.is_ascii_digit()).collect();
    let is_jumbled = || value::is_jumbled(value);
    let is_mixed = has(u8::is_ascii_lowercase)
        && value.iter().skip(1).any(u8::is_ascii_uppercase)
        && plain.len() + 2 <= value.len()
        && !value::is_joined_words(&plain);
    // `verano-pl4h-naranja`
    let is_piece = |part: &[u8]| {
        part.len() >= 4 && part.iter().any(u8::is_ascii_digit) && part.iter().any(u8::is_ascii_lowercase)
    };
    let is_joined = value.len() >= 16
        && memchr::memchr_iter(b'-', value).count() >= 2
        && !has(u8::is_ascii_uppercase)
        && value.split(|byte| *byte == b'-').any(is_piece);
    (8..=64).contains(&value.len())
        // `@8fcf558`, `#544900071`
        && value[0].is_ascii_alphanumeric()
        && value.iter().all(is_part)
        && (is_jumbled()
            || has(u8::is_ascii_digit)
                && has(u8::is_ascii_alphabetic)
                && (is_signed || is_mixed && !value.contains(&b'-') || is_joined))
        && !value::begins_with_date(value)
        && (is_jumbled() || !(value.len() < 16 && value::is_composed(value)))
        && !value::is_algorithm(value)
}
