//! Which names of keys, headers and parameters name a secret.

mod rules;

use std::sync::LazyLock;

pub(super) use self::rules::FRAGMENTS;
use self::rules::{ADDITIONS, ENDINGS, HARMLESS};
use super::rules::Id;

/// What a key's name says of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) rule: Id,
    pub(super) demand: Demand,
}

/// What a value has to be to be hidden under its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Demand {
    /// Anything but a placeholder.
    Any,
    /// Something a machine made: the name alone is used for harmless things too.
    Random,
    /// As `Random`, in the query of an address, where words seldom stand: letters in both cases are enough.
    Query,
    /// As `Random`, where nothing but a space stands between: long, and of one piece.
    Made,
    /// As `Made`, or a password as a person chooses one: letters, a digit and a sign.
    Chosen,
    /// Eight letters in both cases and digits: how Deribit names its clients.
    Mixed,
    /// As `Random`, and long: short ones are the codes of errors.
    Long,
    /// Many hexadecimal digits.
    Hex,
    /// The address of a wallet, or of a house.
    Address,
    /// A number.
    Number,
    /// A number with a decimal point, and no unit of a memory's size.
    Amount,
    /// Four to eight digits, or a few groups of letters and digits.
    Code,
    /// At least a few characters, and no plain word.
    Identifier,
    /// Words that begin with a capital, as names of people do.
    Name,
    /// The name of an account that a person chose, not one that every system has.
    Account,
    /// As `Account`, where nothing but words stand between: with a digit in it.
    Login,
    /// A long number.
    Digits,
    /// The name of a person who has an account, or its number.
    Holder,
    /// The name of a machine, not the address of a public service.
    Machine,
}

/// What this key's name says. The name is as it stands in the text, dots and dashes included, in UTF-8 or in the
/// Central European code page.
///
/// What is only added to a name (`api_key_2`, `SECRET_PROD`, `token_binance`) changes nothing.
pub(super) fn named(key: &[u8]) -> Option<Named> {
    let mut rest = key;
    for _ in 0..=MAX_ADDED {
        match NAMES.last_of(rest) {
            Found::Named(named) => return Some(named),
            Found::Harmless => return None,
            Found::Nothing => rest = without_addition(rest)?,
        }
    }
    None
}

/// Whether it is a name of the table as it stands there.
pub(super) fn is_name(word: &[u8]) -> bool {
    let symbols = Folded::of(word).count();
    let ends = |ending: &str| {
        ending.len() == symbols
            && Folded::of(word)
                .map(|symbol| symbol.value)
                .eq(Folded::of(ending.as_bytes()).map(|symbol| symbol.value))
    };
    ENDINGS.iter().flat_map(|(.., endings)| *endings).any(|ending| ends(ending))
}

/// What names say, remembered: a log has the same few names in all of its lines.
pub(super) struct Remembered<'a>([(&'a [u8], Option<Named>); REMEMBERED]);

const REMEMBERED: usize = 64;

impl<'a> Remembered<'a> {
    pub(super) fn new() -> Self {
        Self([(b"", None); REMEMBERED])
    }

    /// As [`named`].
    pub(super) fn named(&mut self, key: &'a [u8]) -> Option<Named> {
        let [first, middle, last] = [0, key.len() / 2, key.len().wrapping_sub(1)]
            .map(|at| usize::from(key.get(at).copied().unwrap_or_default()));
        let remembered = &mut self.0[(key.len() + 3 * first + 5 * middle + 7 * last) % REMEMBERED];
        if remembered.0 != key {
            *remembered = (key, named(key));
        }
        remembered.1
    }
}

/// Whether the name ends like a secret's and is none.
pub(super) fn is_harmless(key: &[u8]) -> bool {
    matches!(NAMES.last_of(key), Found::Harmless)
}

/// How many additions a name can have.
const MAX_ADDED: usize = 2;

/// The name without its last word, if that is an addition or a number.
fn without_addition(key: &[u8]) -> Option<&[u8]> {
    let word_at = key.iter().rposition(|byte| matches!(byte, b'_' | b'-' | b'.'));
    let digits = key.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    if digits > 0 && digits < key.len() && digits <= 3 {
        return Some(key[..key.len() - digits].trim_ascii_end()).filter(|rest| rest.len() > 2);
    }
    let capital_at =
        (1..key.len()).rev().find(|at| key[*at].is_ascii_uppercase() && key[at - 1].is_ascii_lowercase());
    let (keep, word) = match (word_at, capital_at) {
        (Some(at), capital) if capital.is_none_or(|capital| capital <= at) => (at, at + 1),
        (_, Some(at)) => (at, at),
        _ => return None,
    };
    let added = |addition: &str| key[word..].eq_ignore_ascii_case(addition.as_bytes());
    (keep > 2 && ADDITIONS.iter().any(|addition| added(addition))).then_some(&key[..keep])
}

/// What the end of a name says.
#[derive(Clone, Copy)]
enum Found {
    Named(Named),
    /// It ends like a secret and is none.
    Harmless,
    Nothing,
}

/// Every ending, read from the last letter to the first: a tree in one vector.
struct Names {
    /// For each node the node behind each folded letter or digit; 0 is none.
    next: Vec<[u16; 36]>,
    found: Vec<Found>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names { next: vec![[0; 36]], found: vec![Found::Nothing] };
    for (rule, demand, endings) in ENDINGS {
        for ending in *endings {
            names.add(ending, Found::Named(Named { rule: *rule, demand: *demand }));
        }
    }
    for ending in HARMLESS {
        names.add(ending, Found::Harmless);
    }
    names
});

impl Names {
    fn add(&mut self, ending: &str, found: Found) {
        let mut node = 0;
        for symbol in Folded::of(ending.as_bytes()) {
            let next = self.next[node][usize::from(symbol.value)];
            node = if next == 0 {
                let made = u16::try_from(self.next.len()).expect("the table is small");
                self.next[node][usize::from(symbol.value)] = made;
                self.next.push([0; 36]);
                self.found.push(Found::Nothing);
                usize::from(made)
            } else {
                usize::from(next)
            };
        }
        self.found[node] = found;
    }

    /// The longest ending of the name that is in the table. A short one has to be a word of its own: `pin` is not
    /// `spin`, `sig` is not `config`.
    fn last_of(&self, key: &[u8]) -> Found {
        let (mut node, mut best, mut length) = (0, Found::Nothing, 0);
        for symbol in Folded::of(key) {
            node = usize::from(self.next[node][usize::from(symbol.value)]);
            if node == 0 {
                break;
            }
            length += 1;
            let found = self.found[node];
            if !matches!(found, Found::Nothing) && (length > 5 || begins_word(key, symbol.at)) {
                best = found;
            }
        }
        best
    }
}

/// Whether a word of the name begins here: behind a sign or a digit, or with a capital behind a small letter.
fn begins_word(key: &[u8], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| key[before]) else { return true };
    !(before.is_ascii_alphabetic() || before >= 0x80)
        || (before.is_ascii_lowercase() && key[at].is_ascii_uppercase())
}

/// The letters and digits of a name from its end, without case and accents.
struct Folded<'a> {
    key: &'a [u8],
}

struct Symbol {
    /// 0 to 25 a letter, 26 to 35 a digit.
    value: u8,
    /// Where it stands.
    at: usize,
}

impl<'a> Folded<'a> {
    fn of(key: &'a [u8]) -> Self {
        Self { key }
    }
}

impl Iterator for Folded<'_> {
    type Item = Symbol;

    #[inline]
    fn next(&mut self) -> Option<Symbol> {
        loop {
            let (last, rest) = self.key.split_last()?;
            self.key = rest;
            let value = match SYMBOLS[usize::from(*last)] {
                NO_SYMBOL if *last >= 0x80 => self.accented(*last),
                value => value,
            };
            if value != NO_SYMBOL {
                return Some(Symbol { value, at: self.key.len() });
            }
        }
    }
}

impl Folded<'_> {
    /// What stands for the letter whose last byte was just taken.
    #[cold]
    fn accented(&mut self, last: u8) -> u8 {
        let letter = match self.key.split_last() {
            Some((lead @ 0xc3..=0xc5, before)) if last <= 0xbf => {
                self.key = before;
                of_utf8(*lead, last)
            }
            _ => of_code_page(last),
        };
        SYMBOLS[usize::from(letter)]
    }
}

const NO_SYMBOL: u8 = u8::MAX;

/// What stands for each byte of ASCII.
const SYMBOLS: [u8; 256] = {
    let mut symbols = [NO_SYMBOL; 256];
    let mut letter = 0;
    while letter < 26 {
        symbols[(b'a' + letter) as usize] = letter;
        symbols[(b'A' + letter) as usize] = letter;
        letter += 1;
    }
    let mut digit = 0;
    while digit < 10 {
        symbols[(b'0' + digit) as usize] = 26 + digit;
        digit += 1;
    }
    symbols
};

/// The letter under the accent, in UTF-8.
fn of_utf8(lead: u8, last: u8) -> u8 {
    match (lead, last) {
        (0xc4, 0x84 | 0x85) => b'a',
        (0xc4, 0x86 | 0x87) => b'c',
        (0xc4, 0x98 | 0x99) => b'e',
        (0xc5, 0x81 | 0x82) => b'l',
        (0xc5, 0x83 | 0x84) => b'n',
        (0xc3, 0x93 | 0xb3) => b'o',
        (0xc5, 0x9a | 0x9b) => b's',
        (0xc5, 0xb9..=0xbc) => b'z',
        _ => 0,
    }
}

/// The letter under the accent, in code pages 1250 and ISO 8859-2.
fn of_code_page(byte: u8) -> u8 {
    match byte {
        0xa5 | 0xb9 | 0xa1 | 0xb1 => b'a',
        0xc6 | 0xe6 => b'c',
        0xca | 0xea => b'e',
        0xa3 | 0xb3 => b'l',
        0xd1 | 0xf1 => b'n',
        0xd3 | 0xf3 => b'o',
        0x8c | 0x9c | 0xa6 | 0xb6 => b's',
        0x8f | 0x9f | 0xaf | 0xbf | 0xac | 0xbc => b'z',
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_named_in_every_spelling() {
        for (key, rule) in [
            ("apiKey", Id::ApiKey),
            ("BINANCE_API_SECRET", Id::ApiSecret),
            ("X-MBX-APIKEY", Id::ApiKey),
            ("exchange.api-key", Id::ApiKey),
            ("exchanges_binance_api-key", Id::ApiKey),
            ("OK-ACCESS-PASSPHRASE", Id::Password),
            ("jwt_secret_key", Id::ApiSecret),
            ("default_apiKey", Id::ApiKey),
            ("secretPhrase", Id::Phrase),
            ("listenKey", Id::Token),
            ("hasło", Id::Password),
            ("X-BAPI-SIGN", Id::Signature),
            ("chatId", Id::AccountId),
        ] {
            assert_eq!(named(key.as_bytes()).map(|named| named.rule), Some(rule), "{key}");
        }
    }

    #[test]
    fn every_ending_has_a_fragment_by_which_it_is_found() {
        for ending in ENDINGS.iter().flat_map(|(.., endings)| *endings) {
            let fits = |fragment: &&[u8]| {
                let folded: Vec<u8> = fragment.iter().copied().filter(u8::is_ascii_alphanumeric).collect();
                memchr::memmem::find(ending.as_bytes(), &folded).is_some()
            };
            assert!(FRAGMENTS.iter().any(fits), "{ending}");
        }
        assert!(FRAGMENTS.iter().all(|fragment| fragment.len() >= 3));
    }

    #[test]
    fn what_is_remembered_is_what_was_said() {
        let names: Vec<String> =
            (0..500).map(|number| format!("{}_{number}", ["api_key", "note"][number % 2])).collect();
        let mut remembered = Remembered::new();
        for name in names.iter().chain(names.iter().rev()) {
            assert_eq!(remembered.named(name.as_bytes()), named(name.as_bytes()), "{name}");
        }
        assert_eq!(remembered.named(b""), None);
    }

    #[test]
    fn additions_change_nothing() {
        for key in ["API_KEY_2", "binance_secret_prod", "tokenBinance", "api_key_binance_test", "PASSWORD1"] {
            assert!(named(key.as_bytes()).is_some(), "{key}");
        }
    }

    #[test]
    fn names_that_only_end_like_a_secret_are_left_alone() {
        for key in [
            "token_symbol",
            "max_tokens",
            "primary_key",
            "key_levels",
            "api_version",
            "password_changed",
            "has_pin_code",
            "spin",
            "design",
            "monkey",
            "assign",
            "uuid",
            "tokens",
            "symbol",
            "basetoken",
            "public_key",
            "keyboard",
            "seedling",
            "hotkey",
        ] {
            assert_eq!(named(key.as_bytes()), None, "{key}");
        }
    }
}
