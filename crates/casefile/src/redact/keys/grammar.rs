//! Names read word by word, in whatever order: `haslo_do_panelu`, `claveSecretaBybit`, `Zugriffsschlüssel`, `KeyForNews`.
//!
//! One word says what it is, others what of, and some that the name only speaks of it: `długość_hasła`.

use super::dictionary::Class::{
    About, Access, Account, Activation, Address, Answer, Available, Balance, Bank, Birth, Card, Chat, Code,
    Coin, Computer, Cookie, Date, EnglishKey, EnglishPassword, EnglishSecret, Equity, Family, File, Full,
    Holder, Home, HowMany, Id as Identifier, Jeton, Key, Least, License, Mail, Main, Matter, Money, Name,
    National, Number, OfComputer, OfHome, Once, Passphrase, Password, PasswordOrKey, Payout, Phone, Phrase,
    Pin, Private, Public, Question, Recovery, Refresh, Secret, Serial, Session, Several, Share, Signing,
    Store, Subject, Token, User, Wallet, Wifi, Words,
};
use super::dictionary::{Classes, DICTIONARY};
use super::{Demand, Named};
use crate::redact::rules::Id;

/// The words of a name.
struct NameRead {
    met: Classes,
    /// How many of them nobody has heard of.
    unknown: usize,
    count: usize,
}

/// What a name says whose words make up one of a secret, of a person or of money.
pub(in crate::redact) fn read(key: &[u8]) -> Option<Named> {
    const MAX_WORDS: usize = 9;
    // What a machine made is no name, whatever two of its letters mean.
    const MAX_UNKNOWN: usize = 2;
    let mut words = NameRead { met: Classes::default(), unknown: 0, count: 0 };
    for word in words_of(key) {
        words.count += 1;
        if words.count > MAX_WORDS {
            return None;
        }
        let classes = DICTIONARY.classes(word);
        words.unknown += usize::from(classes.is_empty() && !super::is_addition(word));
        if words.unknown > MAX_UNKNOWN
            || word.windows(2).any(|pair| pair[0].is_ascii_digit() && pair[1].is_ascii_lowercase())
                && classes.is_empty()
        {
            return None;
        }
        words.met.join(classes);
    }
    let is_of_other =
        words.met.has_any(&[Subject, File, About]) || words.met.has(Matter) && !words.met.has(Birth);
    if is_of_other {
        return None;
    }
    words.secret().or_else(|| words.person()).or_else(|| words.money())
}

/// Whether the words say that the name only speaks of a secret: `use_password`, `longitud_contrasena`, `archivo_clave`.
pub(super) fn speaks_of_it(key: &[u8]) -> bool {
    let mut words = words_of(key);
    let first = DICTIONARY.classes(words.next().unwrap_or_default());
    let is_of_more = words.next().is_some();
    is_of_more
        && (first.has(About) || words_of(key).any(|word| DICTIONARY.classes(word).has_any(&[File, Matter])))
}

/// Whether the words make of a sum a setting: `risk_percent_of_equity`, `saldo_minimo`.
pub(super) fn sets_a_sum(key: &[u8]) -> bool {
    words_of(key).any(|word| DICTIONARY.classes(word).has_any(&[Share, Least, Refresh, About]))
}

/// Whether this word before a name says that it is no secret, but what is said of one, or no sum, but a setting:
/// `změny hesla`, `percentage van saldo`.
pub(in crate::redact) fn is_of_matter(word: &[u8], rule: Id) -> bool {
    let classes: &[_] = if rule == Id::Balance { &[Share, Least, Refresh] } else { &[Matter] };
    DICTIONARY.classes(word).has_any(classes)
}

/// Whether it is the name of several passwords: `hasla`, `Passwörter_MT5`.
pub(in crate::redact) fn is_of_several(key: &[u8]) -> bool {
    words_of(key).any(|word| DICTIONARY.classes(word).has(Several))
        && !words_of(key).any(|word| DICTIONARY.classes(word).has_any(&[Subject, About, Matter, File]))
}

/// Whether it is what lets somebody into a network without wires, which is often a number.
pub(in crate::redact) fn is_of_wifi(name: &[u8]) -> bool {
    words_of(name).any(|word| DICTIONARY.classes(word).has(Wifi))
}

/// Whether one of its words is used of passwords as well: `clave de acceso`.
pub(in crate::redact) fn is_password_too(name: &[u8]) -> bool {
    words_of(name).any(|word| DICTIONARY.classes(word).has(PasswordOrKey))
}

/// Whether it is what a column of people is called: `Name`, `klient`.
pub(in crate::redact) fn is_of_someone(name: &[u8]) -> bool {
    let is_someone =
        |word| DICTIONARY.classes(word).has_any(&[Name, Holder, Full, Family]) || is_client(word);
    let mut words = words_of(name).peekable();
    words.peek().is_some() && words.all(is_someone)
}

fn is_client(word: &[u8]) -> bool {
    ["client", "customer", "klient", "kunde", "cliente", "ugyfel", "zakaznik", "klant"]
        .iter()
        .any(|client| super::is_same(word, client))
}

/// Whether each of its words is one that names are made of.
pub(in crate::redact) fn are_known(name: &[u8]) -> bool {
    words_of(name).all(is_word_of_names)
}

/// Whether it is made of words of names, as what names something is: `PasswortGeaendertAm`.
pub(in crate::redact) fn is_made_of_words(value: &[u8]) -> bool {
    let (mut known, mut unknown) = (0, 0);
    for word in words_of(value) {
        let is_known = word.len() >= 4 && !DICTIONARY.classes(word).is_empty();
        known += usize::from(is_known);
        unknown += usize::from(!is_known);
    }
    known >= 2 && unknown <= 2
}

/// Whether it is a word that names are made of.
pub(in crate::redact) fn is_word_of_names(word: &[u8]) -> bool {
    !DICTIONARY.classes(word).is_empty()
}

const fn named(rule: Id, demand: Demand) -> Named {
    Named { rule, demand }
}

impl NameRead {
    fn has(&self, class: super::dictionary::Class) -> bool {
        self.met.has(class)
    }

    fn has_any(&self, classes: &[super::dictionary::Class]) -> bool {
        self.met.has_any(classes)
    }

    fn is_key(&self) -> bool {
        self.has_any(&[Key, PasswordOrKey, EnglishKey])
    }

    fn is_secret(&self) -> bool {
        self.has_any(&[Secret, EnglishSecret])
    }

    /// What only English names, with a word beside it that nobody has heard of, has to look like a secret.
    fn sure(&self, demand: Demand) -> Demand {
        match self.has_any(&[Key, PasswordOrKey, Secret]) {
            true if self.unknown == 0 => demand,
            true => Demand::Random,
            false => Demand::Made,
        }
    }

    fn secret(&self) -> Option<Named> {
        let is_other = self.has_any(&[Name, Date, Address]) && !self.has_any(&[Answer, Recovery]);
        let is_word = self.is_key() && self.has_any(&[Words, Store]);
        let is_coin = self.has_any(&[Token, EnglishKey]) && self.has(Coin) && !self.has(Access);
        if self.has(Wifi) && (self.is_key() || self.has_any(&[Password, EnglishPassword])) {
            return Some(named(Id::Password, Demand::Any));
        }
        // A keyword is a word, and a public key is public.
        if is_other || is_word || is_coin || self.has(Public) && !self.has(Access) {
            return None;
        }
        self.phrase()
            .or_else(|| self.code())
            .or_else(|| self.password())
            .or_else(|| self.key())
            .or_else(|| self.token())
    }

    fn phrase(&self) -> Option<Named> {
        let is_password = self.has_any(&[Password, EnglishPassword, PasswordOrKey, Access, Code]);
        if self.has(Passphrase) || self.has(Phrase) && is_password && !self.has_any(&[Recovery, Wallet]) {
            return Some(named(Id::Password, Demand::Any));
        }
        let is_phrase = self.has(Phrase) && (self.has_any(&[Recovery, Wallet]) || self.is_secret());
        let are_words = self.has(Words)
            && !self.is_key()
            && !self.has_any(&[Password, EnglishPassword])
            && (self.has_any(&[Recovery, HowMany, Wallet]) || self.is_secret());
        let is_seed = self.has_all(&[Recovery, Wallet]) && !self.is_key() && !self.has(Code);
        (is_phrase || are_words || is_seed).then_some(named(Id::Phrase, Demand::Any))
    }

    fn has_all(&self, classes: &[super::dictionary::Class]) -> bool {
        classes.iter().all(|class| self.met.has(*class))
    }

    fn code(&self) -> Option<Named> {
        if self.has(Answer) && (self.has(Question) || self.is_secret()) {
            return Some(named(Id::Password, Demand::Any));
        }
        if self.has_any(&[License, Activation]) && (self.is_key() || self.has_any(&[License, Code])) {
            let demand = match self.unknown {
                0 if self.has_all(&[Key, License]) => Demand::Any,
                0 => Demand::Random,
                _ => Demand::Made,
            };
            return Some(named(Id::LicenseKey, demand));
        }
        if self.has_all(&[Code, Recovery]) {
            return Some(named(Id::Password, Demand::Set));
        }
        if self.has(Once) && self.has_any(&[Code, Password]) || self.has_all(&[Pin, Once]) {
            return Some(named(Id::OneTimeCode, Demand::Code));
        }
        let is_pin = self.has(Pin) && self.count > 1 || self.has_all(&[Code, Card]);
        let demand = if self.unknown == 0 { Demand::Number } else { Demand::Digits };
        is_pin.then_some(named(Id::OneTimeCode, demand))
    }

    fn password(&self) -> Option<Named> {
        if self.has(Password) {
            return Some(named(Id::Password, Demand::Any));
        }
        if self.has(EnglishPassword) && self.count > 1 {
            return Some(named(Id::Password, Demand::Set));
        }
        None
    }

    fn key(&self) -> Option<Named> {
        let (is_key, is_secret) = (self.is_key(), self.is_secret());
        if !is_key && !is_secret {
            let is_own = self.has(Private) && self.has(Wallet) && !self.has(Address);
            return is_own.then_some(named(Id::PrivateKey, Demand::Made));
        }
        if is_key && self.has(Private) {
            return Some(named(Id::PrivateKey, self.sure(Demand::Any)));
        }
        if is_key && self.has(Session) {
            return Some(named(Id::Token, Demand::Random));
        }
        // The first key of a table is called so too.
        if is_key && !is_secret && self.has(Main) && !self.has_any(&[Signing, Access]) {
            return Some(named(
                Id::ApiSecret,
                if self.has(EnglishKey) { Demand::Made } else { Demand::Random },
            ));
        }
        if is_secret || is_key && self.has_any(&[Signing, Main]) {
            let is_alone = !is_key && self.has(EnglishSecret) && !self.has(Secret);
            return Some(named(Id::ApiSecret, if is_alone { Demand::Made } else { self.sure(Demand::Any) }));
        }
        if self.has(Wallet) {
            return Some(named(Id::PrivateKey, Demand::Random));
        }
        if self.has(Access) {
            return Some(named(Id::ApiKey, self.sure(Demand::Any)));
        }
        if self.has(PasswordOrKey) {
            return Some(named(Id::Password, Demand::Set));
        }
        let is_foreign = self.has(Key);
        let demand = if is_foreign { Demand::Random } else { Demand::Made };
        (is_foreign || self.count > 1).then_some(named(Id::ApiKey, demand))
    }

    fn token(&self) -> Option<Named> {
        if self.has(Cookie) && self.has_any(&[Session, Access, User]) || self.has_all(&[Session, Identifier])
        {
            return Some(named(Id::Token, Demand::Random));
        }
        if !self.has_any(&[Token, Jeton]) {
            return None;
        }
        let is_known = self.has_any(&[Access, Session]) && self.unknown == 0;
        Some(named(Id::Token, if is_known { Demand::Random } else { Demand::Made }))
    }

    fn person(&self) -> Option<Named> {
        if self.has(Birth) && (self.has(Date) || self.count == 1) {
            return Some(named(Id::PersonName, Demand::Any));
        }
        if self.has(Bank) && self.has_any(&[Account, Number]) {
            return Some(named(Id::Iban, Demand::Identifier));
        }
        if self.has(Card) && (self.has(Number) || self.has(Bank)) {
            return Some(named(Id::Card, Demand::Identifier));
        }
        if self.has(Chat) && self.has_any(&[Identifier, Number]) {
            return Some(named(Id::AccountId, Demand::Identifier));
        }
        if self.has(Mail) && (self.has_any(&[Address, Account, User]) || self.count == 1) {
            return Some(named(Id::Email, Demand::Mail));
        }
        if self.has(Serial) && self.has(Number) {
            return Some(named(Id::Serial, Demand::Identifier));
        }
        if self.has(Wallet) && (self.has(Address) || self.unknown == 0) || self.has_all(&[Address, Payout]) {
            return Some(named(Id::WalletAddress, Demand::Address));
        }
        if self.has(Home) || self.has_all(&[OfHome, Address]) {
            return Some(named(Id::PersonName, Demand::Any));
        }
        if self.has(National) && self.unknown == 0 {
            return Some(named(Id::PersonName, Demand::Identifier));
        }
        if self.has(Computer) || self.has_all(&[OfComputer, Name]) {
            return Some(named(Id::HostName, Demand::Machine));
        }
        if self.has(Phone) && (self.has(Number) || self.count == 1) {
            return Some(named(Id::Phone, Demand::Identifier));
        }
        if self.has(User) && self.unknown == 0 {
            return Some(named(Id::UserName, Demand::Account));
        }
        if self.has_any(&[Family, Holder])
            || self.has(Full) && self.has(Name)
            || self.has_all(&[Account, Name])
        {
            return Some(named(Id::PersonName, Demand::Name));
        }
        self.has_all(&[Account, Number]).then_some(named(Id::AccountId, Demand::Identifier))
    }

    fn money(&self) -> Option<Named> {
        if self.has_any(&[Share, Least, Refresh, Name, Date, Address]) {
            return None;
        }
        let is_sum = self.has(Balance)
            || self.has(Equity) && (self.count == 1 || self.has_any(&[Account, Money]))
            || self.has(Available) && self.has(Money)
            || self.has_all(&[Money, Account]);
        is_sum.then_some(named(Id::Balance, Demand::Number))
    }
}

/// The words of a name, behind signs, and where a capital follows a small letter or stands before one; a number that is
/// added to a word is none of it.
pub(super) fn words_of(key: &[u8]) -> impl Iterator<Item = &[u8]> {
    let is_sign = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
    key.split(is_sign).flat_map(Humps).map(without_number).filter(|word| !word.is_empty())
}

fn without_number(word: &[u8]) -> &[u8] {
    let digits = word.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    // `mt5`, `24`
    if digits < word.len() && word.len() - digits > 2 { &word[..word.len() - digits] } else { word }
}

/// The parts of `apiKeyFor`, `APIKey`.
struct Humps<'a>(&'a [u8]);

impl<'a> Iterator for Humps<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let rest = self.0;
        if rest.is_empty() {
            return None;
        }
        let end = (1..rest.len()).find(|at| begins_hump(rest, *at)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        self.0 = behind;
        Some(word)
    }
}

/// Whether a capital stands here behind a small letter, or before one behind a capital.
fn begins_hump(name: &[u8], at: usize) -> bool {
    let (before, here, behind) = (name[at - 1], name[at], name.get(at + 1).copied().unwrap_or_default());
    match here {
        // `Secret2faBybit`
        b'2' => {
            before.is_ascii_alphabetic()
                && name[at..].get(1..3).is_some_and(|next| next.eq_ignore_ascii_case(b"fa"))
        }
        b'A'..=b'Z' => {
            before.is_ascii_lowercase()
                || before >= 0x80
                || before.is_ascii_uppercase() && behind.is_ascii_lowercase()
        }
        // Of the Cyrillic alphabet, behind a small letter of it or of the Latin one.
        0xd0 if matches!(behind, 0x81..=0xaf) => {
            before.is_ascii_lowercase()
                || at >= 2 && matches!(name[at - 2..at], [0xd0, 0xb0..=0xbf] | [0xd1, _])
        }
        // With an accent.
        0xc3 if matches!(behind, 0x80..=0x9e) => before.is_ascii_lowercase(),
        0xc4 | 0xc5 if before.is_ascii_lowercase() => is_capital_of_the_east(here, behind),
        _ => false,
    }
}

/// Of the letters of Central Europe and Turkey.
fn is_capital_of_the_east(lead: u8, last: u8) -> bool {
    match (lead, last) {
        (0xc4, 0xb0 | 0xb9 | 0xbb | 0xbd) | (0xc5, 0x81 | 0x83 | 0x85 | 0x87 | 0xb9 | 0xbb | 0xbd) => true,
        (0xc4, 0xb1..=0xbf) | (0xc5, 0x80..=0x88 | 0xb9..=0xbf) => false,
        _ => last.is_multiple_of(2),
    }
}
