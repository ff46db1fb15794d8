//! What machines and people make up: names of clients, tokens of a query, passwords.

use crate::redact::value;

/// As Deribit names its clients; others number them.
pub(super) fn is_mixed(value: &[u8]) -> bool {
    if (6..=10).contains(&value.len()) && value.iter().all(u8::is_ascii_digit) {
        return true;
    }
    // Longer than the number of any order.
    if value.len() >= 40
        && value::is_random_looking(value)
        && !value.contains(&b'.')
        && !value.contains(&b' ')
    {
        return true;
    }
    let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let rises = value.windows(2).filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    value.len() == 8
        && value.iter().all(is_sign)
        && (value.iter().any(u8::is_ascii_digit) || rises.count() >= 3)
        && value.iter().any(u8::is_ascii_uppercase)
        && value.iter().any(u8::is_ascii_lowercase)
}

/// A token in the query of an address. One digit is enough there.
pub(super) fn is_of_query(value: &[u8]) -> bool {
    let count = |is: fn(&u8) -> bool| value.iter().filter(|byte| is(byte)).count();
    let least = if count(u8::is_ascii_digit) > 0 { 1 } else { 3 };
    let is_made = count(u8::is_ascii_uppercase) >= least && count(u8::is_ascii_lowercase) >= least;
    let is_token =
        value.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
    // Twenty small letters with a digit among them, and no word of a program.
    let is_small = count(u8::is_ascii_digit) > 0
        && count(u8::is_ascii_lowercase) + count(u8::is_ascii_digit) == value.len();
    let is_long = value.len() >= 20 && is_small && value[..value.len() - 3].iter().any(u8::is_ascii_digit);
    value.len() >= 12 && is_token && is_made || is_long
}

fn is_digit_inside(signs: &[u8]) -> bool {
    signs[0].is_ascii_lowercase() && signs[1].is_ascii_digit() && signs[2].is_ascii_lowercase()
}

/// A password as a person chooses one, with a sign or without.
pub(super) fn is_chosen(value: &[u8]) -> bool {
    let digits = || value.iter().filter(|byte| byte.is_ascii_digit()).count();
    let is_sign = |byte: &u8| byte.is_ascii_punctuation() && !b".,:;-_/()[]'\"=".contains(byte);
    let chosen = value.len() >= 6
        && digits() >= 1
        && value.iter().any(u8::is_ascii_alphabetic)
        && value.iter().any(is_sign)
        && !value.contains(&b' ')
        && !value.contains(&b';')
        && !is_parameter(value);
    let mixed = (8..=40).contains(&value.len())
        && value.iter().all(u8::is_ascii_alphanumeric)
        && value.iter().any(u8::is_ascii_lowercase)
        && (digits() >= 2 && value.iter().any(u8::is_ascii_uppercase)
            || digits() == 1 && value.iter().filter(|byte| byte.is_ascii_uppercase()).count() >= 3
            || digits() == 1
                && value.iter().any(u8::is_ascii_uppercase)
                && value.windows(3).any(is_digit_inside));
    // `Zx9-Kruk-44`, `k8mx2p`
    let is_joined = (8..=40).contains(&value.len())
        && value.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        && value.iter().any(u8::is_ascii_lowercase)
        && value.iter().any(u8::is_ascii_uppercase)
        && value.windows(2).any(|pair| pair[0].is_ascii_alphabetic() && pair[1].is_ascii_digit())
        && digits() >= 2;
    let is_small = (6..=40).contains(&value.len())
        && value.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        && value.windows(3).filter(|signs| is_digit_inside(signs)).count() >= 2;
    chosen || mixed || is_joined || is_small || value::is_jumbled(value)
}

/// What somebody made up for a name that says little of it: no number with its unit, no date, no file and no name of a field.
pub(super) fn is_set(value: &[u8]) -> bool {
    let letters = value.iter().filter(|byte| byte.is_ascii_alphabetic() || **byte >= 0x80).count();
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    let is_sign = |byte: &u8| b"!@#$%^&*?+~".contains(byte);
    let is_field = || value.iter().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'.'));
    let begins_with_number = || {
        value.iter().take_while(|byte| byte.is_ascii_digit() || b".:-/ ".contains(byte)).count() + 3
            > value.len()
    };
    // What a provider of mail makes up has letters only: `blsjvnkdubakybbm`.
    let is_vowel = |byte: &u8| b"aeiouy".contains(byte);
    let is_made_of_letters = || {
        value.len() == 16
            && value.iter().all(u8::is_ascii_lowercase)
            && value.split(is_vowel).any(|between| between.len() >= 4)
    };
    (5..=128).contains(&value.len())
        && letters >= 2
        && (digits > 0 || value.iter().any(is_sign) || is_made_of_letters())
        && !is_field()
        && !begins_with_number()
        && !value.contains(&b':')
        && !is_parameter(value)
        && !value::is_file(value)
        && !value.starts_with(b"/")
        && memchr::memmem::find(value, b"://").is_none()
        && (!value.contains(&b' ') || value.iter().any(is_sign))
}

/// A name with a value of its own: `expires_in=3600`.
pub(super) fn is_parameter(value: &[u8]) -> bool {
    let name = value.iter().take_while(|byte| byte.is_ascii_lowercase() || **byte == b'_').count();
    name >= 3 && value.get(name) == Some(&b'=')
}
