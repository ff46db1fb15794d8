//! How a value of a kind looks, as a pattern: `bg_{h32}` is `bg_` and 32 hexadecimal digits.

use std::ops::Range;

use data_encoding::{BASE32_NOPAD, BASE64, BASE64_NOPAD, BASE64URL_NOPAD};

use super::{checked, people, wallets};
use crate::seeded::Seeded;

/// A value made from a pattern.
#[derive(Clone, Debug)]
pub struct Made {
    /// The value.
    pub text: String,
    /// Which parts of it are random: only those are secret.
    pub random: Vec<Range<usize>>,
}

impl Made {
    /// A value that is secret as a whole.
    pub fn whole(text: String) -> Self {
        let random = std::iter::once(0..text.len()).collect();
        Self { text, random }
    }
}

/// Makes a value. Names in braces are parts; a number behind a name is a length.
pub fn make(pattern: &str, seeded: &mut Seeded) -> Made {
    let mut made = Made { text: String::new(), random: Vec::new() };
    let mut rest = pattern;
    while let Some((literal, behind)) = rest.split_once('{') {
        made.text.push_str(literal);
        let (name, behind) = behind.split_once('}').expect("a brace is closed");
        let from = made.text.len();
        made.text.push_str(&part(name, seeded));
        made.random.push(from..made.text.len());
        rest = behind;
    }
    made.text.push_str(rest);
    made
}

fn part(name: &str, seeded: &mut Seeded) -> String {
    let digits = name.find(|c: char| c.is_ascii_digit()).unwrap_or(name.len());
    let (word, number) = name.split_at(digits);
    let length: usize = number.parse().unwrap_or(0);
    match word {
        "an" => mixed(seeded, length),
        "ln" => seeded.text("abcdefghijklmnopqrstuvwxyz0123456789", length),
        "un" => seeded.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", length),
        "l" => seeded.lower(length),
        "h" => seeded.hex(length),
        "H" => seeded.hex(length).to_uppercase(),
        "d" => seeded.digits(length),
        "url" => seeded.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", length),
        "bsf" => BASE64.encode(&seeded.vec(length)),
        "bsfn" => BASE64_NOPAD.encode(&seeded.vec(length)),
        "bsfu" => BASE64URL_NOPAD.encode(&seeded.vec(length)),
        "bst" => BASE32_NOPAD.encode(&seeded.vec(length)),
        "pw" => password(seeded, length),
        "uuid" => uuid(seeded),
        _ => checked::part(name, seeded)
            .or_else(|| wallets::part(name, seeded))
            .or_else(|| people::part(name, seeded))
            .unwrap_or_else(|| panic!("no part is called {name}")),
    }
}

/// Letters of both cases and at least one digit, so that it is nobody's word.
fn mixed(seeded: &mut Seeded, length: usize) -> String {
    loop {
        let text = seeded.alphanumeric(length);
        let has = |test: fn(&char) -> bool| text.chars().any(|c| test(&c));
        if has(char::is_ascii_digit) && has(char::is_ascii_uppercase) && has(char::is_ascii_lowercase) {
            return text;
        }
    }
}

/// As people choose them when told to: letters, a digit and something that a careless pattern stops at.
fn password(seeded: &mut Seeded, length: usize) -> String {
    loop {
        let text = seeded.text("abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789@#%&$!*+-_", length);
        let first_and_last = text.chars().next().zip(text.chars().last());
        let fits = first_and_last.is_some_and(|(a, b)| a.is_ascii_alphabetic() && b.is_ascii_alphanumeric());
        let special = text.chars().filter(|c| "@#%&$!*+".contains(*c)).count();
        if fits && special >= 1 && text.chars().any(|c| c.is_ascii_digit()) {
            return text;
        }
    }
}

/// A version 4 UUID.
pub fn uuid(seeded: &mut Seeded) -> String {
    let variant = seeded.text("89ab", 1);
    format!(
        "{}-{}-4{}-{variant}{}-{}",
        seeded.hex(8),
        seeded.hex(4),
        seeded.hex(3),
        seeded.hex(3),
        seeded.hex(12)
    )
}
