//! Secrets that can be recognised by themselves.
//!
//! Two tables say for each what it looks like and how it is sought: by a literal, or at the words of a long token. Only
//! there its pattern is tried, anchored: one automaton for all patterns at all places would be built anew all the
//! time, because every counted repetition multiplies its states. What every line has marks of (addresses, times)
//! is read by hand in [`marks`].

mod beside;
mod bounds;
mod cards;
mod commands;
mod diagnosed;
mod homes;
mod links;
mod logins;
mod mails;
mod marks;
mod noted;
mod numbers;
mod papers;
mod pem;
mod people;
mod row;
mod rules;
mod rules_services;
mod seek;
mod services;
mod versions;
mod wallets;

use self::rules::SHAPES;
use self::rules_services::SERVICES;
use self::seek::Token;
pub(super) use self::seek::{MIN_TOKEN, find, literals};
use super::rules::Id;

/// One shape: how it looks, how it is sought, and what has to be true of it besides.
struct Shape {
    rule: Id,
    pattern: &'static str,
    seek: Seek,
    check: Check,
}

/// Where a shape can begin.
#[derive(Clone, Copy)]
enum Seek {
    /// At one of these, written here in small letters; the pattern says what counts.
    Literal(&'static [&'static str]),
    /// At a word of a token of 16 bytes or more that begins with one of these bytes, has so many bytes at least and at
    /// most, and looks right.
    Token(&'static [u8], [usize; 2], fn(&Token<'_>) -> bool),
    /// The same, where nothing but the word is taken: one that is hidden already is not tried.
    Word(&'static [u8], [usize; 2], fn(&Token<'_>) -> bool),
    /// So many bytes before a group of digits in a run of digits, spaces and dashes.
    Digits(usize),
}

/// Looks at a match in its text, and says what of it is the secret.
type Bounds = fn(&[u8], usize, usize) -> Option<(usize, usize)>;

#[derive(Clone, Copy)]
enum Check {
    None,
    Value(fn(&[u8]) -> bool),
    Whole(Bounds),
}
