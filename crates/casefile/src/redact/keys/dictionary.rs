//! The words of names, as `words.txt` has them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::folded::Folded;

/// What a word says in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Password,
    EnglishPassword,
    PasswordOrKey,
    Passphrase,
    Key,
    EnglishKey,
    Secret,
    EnglishSecret,
    Private,
    /// What a key is for whose holder signs, or reads what is sealed.
    Signing,
    /// What lets somebody in, and where.
    Access,
    /// Above others, or the first of a table.
    Main,
    /// More than one password.
    Several,
    Token,
    /// A token where it lets somebody in, a coin otherwise.
    Jeton,
    Session,
    Cookie,
    Phrase,
    /// What a wallet or an account is got back with.
    Recovery,
    Words,
    /// How many words a phrase has.
    HowMany,
    Wallet,
    License,
    Activation,
    Code,
    Pin,
    /// What is good one time.
    Once,
    Answer,
    Question,
    Public,
    /// The name asks something of a secret, or does something with it.
    About,
    /// The name is of what can be said of a secret.
    Matter,
    File,
    Share,
    Least,
    Refresh,
    /// What the name is of instead.
    Subject,
    Coin,
    Store,
    Name,
    Number,
    Date,
    Address,
    Id,
    User,
    Full,
    Family,
    Holder,
    Birth,
    Home,
    OfHome,
    National,
    Bank,
    Account,
    Card,
    Mail,
    Phone,
    Computer,
    OfComputer,
    Chat,
    Payout,
    Serial,
    Balance,
    Money,
    Available,
    Equity,
    /// What a password is for, even if it is called a key.
    Wifi,
    /// What changes nothing.
    Plain,
}

/// As they are called in the table.
const CLASSES: [(&str, Class); 68] = [
    ("password", Class::Password),
    ("english-password", Class::EnglishPassword),
    ("password-or-key", Class::PasswordOrKey),
    ("passphrase", Class::Passphrase),
    ("key", Class::Key),
    ("english-key", Class::EnglishKey),
    ("secret", Class::Secret),
    ("english-secret", Class::EnglishSecret),
    ("private", Class::Private),
    ("signing", Class::Signing),
    ("access", Class::Access),
    ("main", Class::Main),
    ("several", Class::Several),
    ("token", Class::Token),
    ("jeton", Class::Jeton),
    ("session", Class::Session),
    ("cookie", Class::Cookie),
    ("phrase", Class::Phrase),
    ("recovery", Class::Recovery),
    ("words", Class::Words),
    ("how-many", Class::HowMany),
    ("wallet", Class::Wallet),
    ("license", Class::License),
    ("activation", Class::Activation),
    ("code", Class::Code),
    ("pin", Class::Pin),
    ("once", Class::Once),
    ("answer", Class::Answer),
    ("question", Class::Question),
    ("public", Class::Public),
    ("about", Class::About),
    ("matter", Class::Matter),
    ("file", Class::File),
    ("share", Class::Share),
    ("least", Class::Least),
    ("refresh", Class::Refresh),
    ("subject", Class::Subject),
    ("coin", Class::Coin),
    ("store", Class::Store),
    ("name", Class::Name),
    ("number", Class::Number),
    ("date", Class::Date),
    ("address", Class::Address),
    ("id", Class::Id),
    ("user", Class::User),
    ("full", Class::Full),
    ("family", Class::Family),
    ("holder", Class::Holder),
    ("birth", Class::Birth),
    ("home", Class::Home),
    ("of-home", Class::OfHome),
    ("national", Class::National),
    ("bank", Class::Bank),
    ("account", Class::Account),
    ("card", Class::Card),
    ("mail", Class::Mail),
    ("phone", Class::Phone),
    ("computer", Class::Computer),
    ("of-computer", Class::OfComputer),
    ("chat", Class::Chat),
    ("payout", Class::Payout),
    ("serial", Class::Serial),
    ("balance", Class::Balance),
    ("money", Class::Money),
    ("available", Class::Available),
    ("equity", Class::Equity),
    ("wifi", Class::Wifi),
    ("plain", Class::Plain),
];

/// Classes of words, as bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Classes(u128);

impl Classes {
    pub(super) fn add(&mut self, class: Class) {
        self.0 |= 1 << class as u32;
    }

    pub(super) fn join(&mut self, others: Self) {
        self.0 |= others.0;
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn has(self, class: Class) -> bool {
        self.0 >> class as u32 & 1 == 1
    }

    pub(super) fn has_any(self, classes: &[Class]) -> bool {
        classes.iter().any(|class| self.has(*class))
    }
}

/// Longest word that is looked up, in letters.
const MAX: usize = 32;

/// A word as words are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Plain {
    letters: [u8; MAX],
    length: usize,
}

impl Plain {
    /// Small letters without accents; what another keyboard writes with two letters is one: `Schlüssel` and `schluessel`,
    /// `ключ`, `klyuch` and `ključ` are the same.
    fn of(word: &[u8]) -> Option<Self> {
        const PAIRS: [(&[u8], u8); 14] = [
            (b"shch", b's'),
            (b"sh", b's'),
            (b"ch", b'c'),
            (b"zh", b'z'),
            (b"kh", b'h'),
            (b"ae", b'a'),
            (b"oe", b'o'),
            (b"ue", b'u'),
            (b"iia", b'a'),
            (b"ii", b'i'),
            (b"ia", b'a'),
            (b"iu", b'u'),
            (b"ie", b'e'),
            (b"io", b'o'),
        ];
        let mut folded = [0; MAX];
        let mut from = MAX;
        for symbol in Folded::of(word) {
            from = from.checked_sub(1)?;
            folded[from] = match symbol.value {
                9 | 24 => b'i',
                letter @ 0..26 => b'a' + letter,
                digit => b'0' + digit - 26,
            };
        }
        let (mut rest, mut letters, mut length) = (&folded[from..], [0; MAX], 0);
        while let Some(first) = rest.first() {
            let pair = PAIRS.iter().find(|(pair, _)| rest.starts_with(pair));
            let (taken, letter) = pair.map_or((1, *first), |(pair, letter)| (pair.len(), *letter));
            letters[length] = letter;
            length += 1;
            rest = &rest[taken..];
        }
        Some(Self { letters, length })
    }

    fn letters(&self) -> &[u8] {
        &self.letters[..self.length]
    }
}

/// The table, by how its words are compared.
pub(super) struct Dictionary {
    /// A word that is here is not read by its beginning or its end.
    whole: HashMap<Plain, Classes>,
    /// By their first letter.
    begins: Vec<Vec<(Plain, Class)>>,
    /// By their last one.
    ends: Vec<Vec<(Plain, Class)>>,
    within: Vec<Vec<(Plain, Class)>>,
}

pub(super) static DICTIONARY: LazyLock<Dictionary> =
    LazyLock::new(|| Dictionary::read(include_str!("words.txt")));

/// One more than the last letter or digit.
const BUCKETS: usize = 1 << 7;

impl Dictionary {
    fn read(table: &str) -> Self {
        let none = || vec![Vec::new(); BUCKETS];
        let mut read = Self { whole: HashMap::new(), begins: none(), ends: none(), within: none() };
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split_ascii_whitespace();
            let Some(name) = words.next() else { continue };
            let (_, class) =
                CLASSES.iter().find(|(known, _)| *known == name).expect("the table has these classes");
            for word in words {
                // What would become one letter with the next is no part of a beginning.
                let begin = word.strip_suffix("i*").filter(|begin| !begin.ends_with('e'));
                let word = begin.map_or(word.to_owned(), |begin| format!("{begin}*"));
                let plain = Plain::of(word.as_bytes()).expect("the words of the table are short");
                let bucket = |letter: Option<&u8>| usize::from(*letter.expect("a word has letters"));
                match (word.starts_with('*'), word.ends_with('*')) {
                    (true, true) => read.within[bucket(plain.letters().first())].push((plain, *class)),
                    (true, false) => read.ends[bucket(plain.letters().last())].push((plain, *class)),
                    (false, true) => read.begins[bucket(plain.letters().first())].push((plain, *class)),
                    (false, false) => read.whole.entry(plain).or_default().add(*class),
                }
            }
        }
        read
    }

    /// What a word says; a log has the same few words in all of its lines.
    pub(super) fn classes(&self, word: &[u8]) -> Classes {
        const REMEMBERED: usize = 256;
        const LONGEST: usize = 24;
        type Met = [([u8; LONGEST], Classes); REMEMBERED];
        thread_local! {
            static MET: RefCell<Box<Met>> = RefCell::new(Box::new([([0; LONGEST], Classes(0)); REMEMBERED]));
        }
        if word.is_empty() || word.len() > LONGEST {
            return self.looked_up(word);
        }
        // No word has zeros in it.
        let mut padded = [0; LONGEST];
        padded[..word.len()].copy_from_slice(word);
        let hash = word.iter().fold(word.len(), |hash, byte| hash.wrapping_mul(31) ^ usize::from(*byte));
        MET.with_borrow_mut(|met| {
            let met = &mut met[hash % REMEMBERED];
            if met.0 != padded {
                *met = (padded, self.looked_up(word));
            }
            met.1
        })
    }

    fn looked_up(&self, word: &[u8]) -> Classes {
        let Some(plain) = Plain::of(word) else { return Classes::default() };
        if let Some(classes) = self.whole.get(&plain) {
            return *classes;
        }
        let (word, mut classes) = (plain.letters(), Classes::default());
        let (Some(first), Some(last)) = (word.first(), word.last()) else { return classes };
        let begins = self.begins[usize::from(*first)].iter();
        let begins = begins.filter(|(begin, _)| word.starts_with(begin.letters()));
        let ends = self.ends[usize::from(*last)].iter().filter(|(end, _)| word.ends_with(end.letters()));
        let within = (0..word.len()).flat_map(|at| {
            let parts = self.within[usize::from(word[at])].iter();
            parts.filter(move |(part, _)| word[at..].starts_with(part.letters()))
        });
        begins.chain(ends).chain(within).for_each(|(_, class)| classes.add(*class));
        classes
    }
}
