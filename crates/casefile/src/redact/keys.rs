//! Which names of keys, headers and parameters name a secret.

mod dictionary;
mod folded;
mod grammar;
mod rules;

use std::sync::LazyLock;

use self::folded::Folded;
pub(super) use self::grammar::{
    are_known, is_made_of_words, is_of_matter, is_of_several, is_of_someone, is_of_wifi, is_password_too,
    is_word_of_names, read,
};
use self::rules::{ADDITIONS, DERIVED, ENDINGS, HARMLESS};
pub(super) use self::rules::{CHINESE, CYRILLIC, FRAGMENTS};
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
    /// What somebody made up, of letters and digits or with a sign: no word, no number, no date, no file.
    Set,
    /// Eight letters in both cases and digits: how Deribit names its clients.
    Mixed,
    /// A key in one piece, or an identifier as one: how feeds of data are named, and what is said of them.
    Piece,
    /// As `Random`, and long: short ones are the codes of errors.
    Long,
    /// Many hexadecimal digits.
    Hex,
    /// Nothing: only members of its object that say who a person is.
    Inside,
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
    /// An address of mail.
    Mail,
    /// The name of a person that begins or ends with one that people are given.
    Person,
    /// The name of an account that a person chose, not one that every system has.
    Account,
    /// As `Account`, where nothing but words stand between: with a digit in it.
    Login,
    /// A long number.
    Digits,
    /// The number behind an address that many share.
    Tag,
    /// As `Tag`, where an address stands near.
    Beside,
    /// As `Random`, or the capitals that a maker stamps on a machine.
    Stamped,
    /// The name of a person who has an account, or its number.
    Holder,
    /// The name of a machine, not the address of a public service.
    Machine,
}

/// Whether it is a word that is only added to names.
pub(super) fn is_addition(word: &[u8]) -> bool {
    ADDITIONS.iter().any(|addition| is_same(word, addition))
}

/// How many letters and digits a word has, whatever their encoding.
pub(super) fn symbols(word: &[u8]) -> usize {
    if word.is_ascii() { word.len() } else { Folded::of(word).count() }
}

/// Whether it is this word, in whatever case, with its accents or without.
pub(super) fn is_same(word: &[u8], plain: &str) -> bool {
    // Most differ in their first letter already.
    if let (Some(first), Some(other)) = (word.first(), plain.as_bytes().first())
        && first.is_ascii_alphabetic()
        && other.is_ascii_alphabetic()
        && !first.eq_ignore_ascii_case(other)
    {
        return false;
    }
    if word.is_ascii() && plain.is_ascii() {
        return word.eq_ignore_ascii_case(plain.as_bytes());
    }
    let symbols = |word| Folded::of(word).map(|symbol: folded::Symbol| symbol.value);
    symbols(word).eq(symbols(plain.as_bytes()))
}

/// What this key's name says. The name is as it stands in the text, dots and dashes included, in UTF-8 or in the
/// Central European code page.
///
/// What is only added to a name (`api_key_2`, `SECRET_PROD`, `token_binance`) changes nothing, and what was made of a value
/// (`password_hash`) is none that a person chose.
pub(super) fn named(key: &[u8]) -> Option<Named> {
    if key.last().is_some_and(|last| *last >= 0x80)
        && let Some((_, rule, demand)) = CHINESE.iter().find(|(name, ..)| key.ends_with(name.as_bytes()))
    {
        return Some(Named { rule: *rule, demand: *demand });
    }
    let (mut rest, mut is_derived) = (key, false);
    for _ in 0..=MAX_ADDED {
        match NAMES.last_of(rest) {
            Found::Named(named) if is_derived && named.demand == Demand::Any => {
                return Some(Named { demand: Demand::Random, ..named });
            }
            Found::Named(named) if named.rule == Id::Balance && grammar::sets_a_sum(key) => return None,
            // `password_live_account`: the last word says of what; `fraza_hasla` is a password.
            Found::Named(named)
                if named.rule > Id::LicenseKey
                    && !matches!(named.rule, Id::OneTimeCode | Id::Balance | Id::Serial)
                    || named.rule == Id::Phrase =>
            {
                let last = if named.rule == Id::Phrase { Id::Password } else { Id::PrivateKey };
                let read = grammar::read(key).filter(|read| read.rule <= last);
                return read
                    .filter(|read| named.rule != Id::Phrase || read.rule == Id::Password)
                    .or(Some(named));
            }
            Found::Named(named) if named.demand == Demand::Any && grammar::speaks_of_it(key) => {
                return Some(Named { demand: Demand::Made, ..named });
            }
            Found::Named(named) => return Some(named),
            Found::Harmless => return None,
            Found::Nothing => {}
        }
        let Some((shorter, derives)) = without_addition(rest) else {
            return grammar::read(key).or_else(|| grammar::read(rest)).or_else(|| glued(rest));
        };
        (rest, is_derived) = (shorter, is_derived || derives);
    }
    grammar::read(key)
}

/// What a name says of several values of one kind: `apiKeys`, `keys_base64`.
pub(super) fn several(key: &[u8]) -> Option<Named> {
    let mut rest = key;
    for _ in 0..=MAX_ADDED {
        if let Some(one) = rest.strip_suffix(b"s").or_else(|| rest.strip_suffix(b"S"))
            && let Some(named) = named(one)
        {
            return Some(named);
        }
        rest = without_addition(rest)?.0;
    }
    None
}

/// A name whose last word is written without a gap behind another: `aeskey`, `mailpass`, `usertoken`. Many words end so, and
/// what they stand before has to look like a secret.
fn glued(key: &[u8]) -> Option<Named> {
    const WORDS: [(&str, Named); 4] = [
        ("key", Named { rule: Id::ApiKey, demand: Demand::Made }),
        ("token", Named { rule: Id::Token, demand: Demand::Made }),
        ("pass", Named { rule: Id::Password, demand: Demand::Chosen }),
        ("pwd", Named { rule: Id::Password, demand: Demand::Chosen }),
    ];
    let (_, named) = WORDS.into_iter().find(|(word, _)| {
        key.len().checked_sub(word.len()).is_some_and(|at| {
            key[at..].eq_ignore_ascii_case(word.as_bytes()) && at > 0 && key[at - 1].is_ascii_alphabetic()
        })
    })?;
    Some(named)
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

/// The name without its last word, if that is an addition or a number, and whether that says what was made of the value.
fn without_addition(key: &[u8]) -> Option<(&[u8], bool)> {
    let word_at = key.iter().rposition(|byte| matches!(byte, b'_' | b'-' | b'.'));
    let capital_at =
        (1..key.len()).rev().find(|at| key[*at].is_ascii_uppercase() && key[at - 1].is_ascii_lowercase());
    let added = match (word_at, capital_at) {
        (Some(at), capital) if capital.is_none_or(|capital| capital <= at) => Some((at, at + 1)),
        (_, Some(at)) => Some((at, at)),
        _ => None,
    };
    if let Some((keep, word)) = added.filter(|(keep, _)| *keep > 2) {
        let is = |addition: &&str| key[word..].eq_ignore_ascii_case(addition.as_bytes());
        let derives = DERIVED.iter().any(is);
        if derives || ADDITIONS.iter().any(is) {
            return Some((&key[..keep], derives));
        }
    }
    let digits = key.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    if digits > 0 && digits < key.len() && digits <= 3 {
        let rest = key[..key.len() - digits].trim_ascii_end();
        let rest = rest.strip_suffix(b"_").or_else(|| rest.strip_suffix(b"-")).unwrap_or(rest);
        return Some((rest, false)).filter(|(rest, _)| rest.len() > 2);
    }
    None
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
            if !matches!(found, Found::Nothing) && (length > 5 || begins_word(key, symbol.at, length)) {
                best = found;
            }
        }
        best
    }
}

/// Whether a word of the name begins here: behind a sign or a digit, or with a capital behind a small letter or before one
/// (`FTPLogin`).
fn begins_word(key: &[u8], at: usize, length: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| key[before]) else { return true };
    // What a machine made has letters in both cases too.
    let begins_small =
        || length > 3 && key.len() <= 24 && key.get(at + 1).is_some_and(u8::is_ascii_lowercase);
    // `fac37992fa` is no name of a second factor.
    let is_number = key[at].is_ascii_digit() && before.is_ascii_digit();
    !(before.is_ascii_alphabetic() || before >= 0x80 || is_number)
        || key[at].is_ascii_uppercase() && (before.is_ascii_lowercase() || begins_small())
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
    fn every_word_for_a_password_has_one() {
        let lines = include_str!("keys/words.txt").lines();
        let words =
            lines.filter_map(|line| line.strip_prefix("password ").or_else(|| line.strip_prefix("several ")));
        for word in words.flat_map(str::split_ascii_whitespace).map(|word| word.trim_matches('*')) {
            let fits = |part: &&[u8]| memchr::memmem::find(word.as_bytes(), part).is_some();
            // Two letters and `pase` would be found everywhere.
            assert!(word.len() <= 4 || FRAGMENTS.iter().any(fits), "{word}");
        }
    }

    #[test]
    fn ordinary_lines_hold_no_fragment() {
        for line in [
            "2025-11-24t16:00:00.403z debug feed: tick xrpusdt bid=55212.75 ask=55218.27 size=0.2825 seq=8884551090",
            "2025-11-24t16:00:00.957z info  strategy.grid: level 46 sell 1.9490 btcusdt @ 1572.32 order_id=9079837913",
            "{\"event\":\"order_update\",\"id\":617,\"symbol\":\"adausdt\",\"status\":\"filled\",\"price\":\"4.05\",\"qty\":\"2.1\"}",
            "warn  exchange: request took 8663 ms, retry 4 of 5, task 3 at risk: 0.5, disk: 80 %",
            "[main] INFO order filled: buy 0.5 ETH/USDT avg=3012.11 fee=0.0004 pnl=-12.50 stop=2990 take=3100",
        ] {
            let line = line.to_lowercase();
            let found = FRAGMENTS.iter().find(|part| memchr::memmem::find(line.as_bytes(), part).is_some());
            assert_eq!(found, None, "{line}: each of them would be looked at");
        }
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
        for key in [
            "API_KEY_2",
            "binance_secret_prod",
            "tokenBinance",
            "api_key_binance_test",
            "PASSWORD1",
            "secret_b64",
            "passwordHash",
            "haslo_do_konta",
        ] {
            assert!(named(key.as_bytes()).is_some(), "{key}");
        }
        assert_eq!(named(b"pass_hash").map(|named| named.demand), Some(Demand::Random));
        for key in ["api_keys", "keys_base64", "TOKENS"] {
            assert!(several(key.as_bytes()).is_some(), "{key}");
        }
    }

    #[test]
    fn a_word_without_a_gap_demands_what_looks_like_a_secret() {
        for key in ["aeskey", "CHATTOKEN", "tradepwd", "mail_smtppass"] {
            let demand = named(key.as_bytes()).map(|named| named.demand);
            assert!(matches!(demand, Some(Demand::Made | Demand::Chosen)), "{key}: {demand:?}");
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
