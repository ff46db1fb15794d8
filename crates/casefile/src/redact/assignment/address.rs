//! The town and its code beside a street.

use crate::redact::find::Span;
use crate::redact::keys::Named;
use crate::redact::rules::Id;

/// What a street is called.
const STREETS: [&str; 6] = ["street", "ulica", "adres", "address", "strasse", "ulice"];
/// What stands beside it in the same object.
const BESIDE: [&str; 12] = [
    "city",
    "town",
    "miasto",
    "miejscowosc",
    "miejscowo\u{15b}\u{107}",
    "kod",
    "kodpocztowy",
    "kod_pocztowy",
    "zip",
    "zipcode",
    "postcode",
    "postal",
];
/// So far behind the street they are sought.
const NEAR: usize = 160;

/// Hides the town and its code behind a street that was hidden: `"ulica": "…", "kod": "…", "miasto": "…"`.
pub(super) fn hide_rest(text: &[u8], key: (usize, usize), from: usize, out: &mut Vec<Span>) {
    let name = text[key.0..key.1].to_ascii_lowercase();
    if !STREETS.iter().any(|street| memchr::memmem::find(&name, street.as_bytes()).is_some()) {
        return;
    }
    let near = text[from..(from + NEAR).min(text.len())].to_ascii_lowercase();
    for name in BESIDE {
        for found in memchr::memmem::find_iter(&near, name.as_bytes()) {
            let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80;
            let behind = from + found + name.len();
            let marks = text[behind..].iter().take(8).take_while(|byte| b"\"'\\ :=>".contains(byte)).count();
            let at = behind + marks;
            if found.checked_sub(1).is_some_and(|before| is_letter(&near[before]))
                || !text[behind..at].iter().any(|byte| b":=>".contains(byte))
            {
                continue;
            }
            let ends = |byte: &u8| b"\"'\\<,;}{\n\r".contains(byte);
            let length = text[at..].iter().take(40).position(ends).unwrap_or(0);
            let value = text[at..at + length].trim_ascii_end();
            let is_town = value.first().is_some_and(|first| first.is_ascii_uppercase() || *first >= 0x80)
                && !value.iter().any(u8::is_ascii_digit);
            let is_code = (4..=10).contains(&value.len())
                && value.iter().all(|byte| byte.is_ascii_alphanumeric() || b" -".contains(byte))
                && value.iter().filter(|byte| byte.is_ascii_digit()).count() >= 3;
            if value.len() >= 3 && (is_town || is_code) {
                out.push(Span::new(at, at + value.len(), Id::PersonName));
            }
        }
    }
}

/// What streets end with.
const ENDS: [&str; 9] = ["stra\u{df}e", "strasse", "allee", "gasse", "weg", "platz", "ska", "owa", "iego"];
/// What is counted too, and is no street.
const PARTS: [&[u8]; 14] = [
    b"step",
    b"pool",
    b"node",
    b"chain",
    b"block",
    b"page",
    b"part",
    b"main",
    b"smart",
    b"binding",
    b"contract",
    b"kontrakt",
    b"stage",
    b"level",
];

/// Length of a street and the number of the house at the beginning of a text, as nothing else is written:
/// `Hauptstraße 160/54`, `Polna 5 m. 3`.
pub(super) fn street(text: &[u8]) -> Option<usize> {
    const LONGEST: usize = 64;
    let near = &text[..text.len().min(LONGEST)];
    let digit = near.iter().position(u8::is_ascii_digit)?;
    let names = near[..digit].strip_suffix(b" ")?;
    let is_name = |word: &[u8]| {
        word.len() >= 3
            && (word[0].is_ascii_uppercase() || word[0] >= 0x80)
            && word.iter().all(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80 || b"-.'".contains(byte))
    };
    let is_house =
        |length: usize| near[digit..digit + length].iter().filter(|byte| byte.is_ascii_digit()).count() <= 7;
    let house =
        near[digit..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'/').count();
    let is_whole = !near.get(digit + house).is_some_and(|next| {
        b":=-_.".contains(next) && near.get(digit + house + 1).is_some_and(u8::is_ascii_alphanumeric)
    });
    let has_ending = ENDS.iter().any(|end| names.ends_with(end.as_bytes()));
    let is_part = |word: &[u8]| PARTS.iter().any(|part| word.eq_ignore_ascii_case(part));
    if names.split(|byte| *byte == b' ').any(is_part) {
        return None;
    }
    let is_sure = has_ending || near[digit..digit + house].contains(&b'/') || names.starts_with(b"ul.");
    (is_sure
        && is_whole
        && house <= 9
        && is_house(house)
        && names.split(|byte| *byte == b' ').all(is_name)
        && names.len() >= 4)
        .then_some(digit + house)
}

/// Whether a street stands here that its name says is one, as nothing but a word leads to it: `Hauptstraße 160/54`.
pub(super) fn street_with_ending(text: &[u8]) -> bool {
    let Some(length) = street(text) else { return false };
    let names = text[..length]
        .iter()
        .position(u8::is_ascii_digit)
        .map_or(&b""[..], |digit| text[..digit].trim_ascii_end());
    names.starts_with(b"ul.") || ENDS.iter().any(|end| names.ends_with(end.as_bytes()))
}

/// Length of the street, the house and the town with its code that stand here in one line.
pub(super) fn home(text: &[u8], at: usize, named: Named) -> Option<usize> {
    const LONGEST: usize = 96;
    if !matches!(named.rule, Id::WalletAddress | Id::PersonName) {
        return None;
    }
    let near = &text[at..(at + LONGEST).min(text.len())];
    // In a string the line ends with an escape.
    let length = near.iter().position(|byte| b"\r\n\"\\<>|=".contains(byte)).unwrap_or(near.len());
    let line = near[..length].trim_ascii_end();
    let words: Vec<&[u8]> = line.split(|byte| b" ,".contains(byte)).filter(|word| !word.is_empty()).collect();
    let are_digits = |word: &[u8]| word.iter().all(u8::is_ascii_digit);
    let is_code = |word: &&[u8]| match word {
        [a, b, b'-', rest @ ..] => {
            rest.len() == 3 && are_digits(rest) && a.is_ascii_digit() && b.is_ascii_digit()
        }
        word => word.len() == 5 && are_digits(word),
    };
    // `LS6 8QD`
    let is_half = |word: &[u8]| {
        (2..=4).contains(&word.len())
            && word.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
            && word.iter().any(u8::is_ascii_digit)
    };
    let is_in_two = |pair: &[&[u8]]| {
        let is_british =
            is_half(pair[0]) && pair[0][0].is_ascii_uppercase() && pair[1].len() == 3 && is_half(pair[1]);
        // `602 62`
        is_british || (pair[0].len(), pair[1].len()) == (3, 2) && are_digits(pair[0]) && are_digits(pair[1])
    };
    let has_code = words.iter().any(is_code) || words.windows(2).any(is_in_two);
    let is_house = |word: &&[u8]| word[0].is_ascii_digit() && word.len() <= 6 && !is_code(word);
    let is_street = |word: &&[u8]| {
        word.len() >= 4
            && word.iter().all(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80 || b"-.'".contains(byte))
    };
    // A street and its town have names.
    let is_name = |word: &&&[u8]| {
        is_street(word)
            && (word[0].is_ascii_uppercase() || word[0] >= 0x80)
            && word[1..].iter().any(|byte| byte.is_ascii_lowercase() || *byte >= 0x80)
    };
    // `Baker Mews 39/7, London`
    let is_house_in = |words: &[&[u8]]| {
        words.iter().all(|word| is_street(word) && is_name(&word) || is_house(word)) && line.contains(&b',')
    };
    let is_part = |word: &&[u8]| PARTS.iter().any(|part| word.eq_ignore_ascii_case(part));
    let is_home = (has_code || is_house_in(&words) && !words.iter().any(is_part))
        && words.len() >= 3
        && words.iter().filter(is_name).count() >= 2
        && words.iter().any(is_house);
    (is_home && length < LONGEST).then_some(line.len())
}
