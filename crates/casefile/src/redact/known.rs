//! Values that are known to be secret here, searched everywhere in every encoding.

mod forms;
pub(super) mod nobody;
mod sweep;
mod taught;
mod things;

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use zeroize::Zeroizing;

pub(super) use self::sweep::Sweep;
use super::find;
use super::lists::{self, List};
use super::raw::Raw;
use super::rules::Id;
use super::view::View;
use super::{assignment, contracts, phrase, stand_in, stream, value};

/// Secrets that the host, its presets or this machine know. Has no `Debug`; wiped from memory when dropped.
#[derive(Default)]
pub struct KnownValues {
    values: Vec<(Id, Zeroizing<String>)>,
    /// What is known already, by a hash of rule and value: a log says the same a thousand times.
    seen: HashSet<u64>,
    hasher: RandomState,
    /// What texts call things by: a user whom only a text names is not sought by such a word.
    things: HashSet<String>,
    /// The names of this machine and its user, which are sought whatever else is called so.
    own: HashSet<String>,
}

/// Presets and settings are small; of a larger file only the beginning is learnt from.
pub(crate) const MAX_LEARN_BYTES: u64 = 8 << 20;
const MAX_THINGS: usize = 4_096;
/// More values than this would slow every report down.
const MAX_VALUES: usize = 20_000;

impl KnownValues {
    /// Knows nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Learns every value that stands under the name of a secret in a preset, a configuration or an environment.
    /// A source that cannot be read to its end teaches what could be read.
    pub fn learn(&mut self, raw: Raw, source: &str) {
        let text = Zeroizing::new(stream::begin_of(&mut raw.into_reader(), MAX_LEARN_BYTES));
        // What JSON wrote as numbers is learnt as what it stands for.
        let text = View::of(&text).map_or(text, |view| Zeroizing::new(view.text));
        for thing in things::of(&text).chain(things::of_file(source)) {
            let thing = thing.to_lowercase();
            if self.things.len() < MAX_THINGS
                && !self.things.contains(&thing)
                && !assignment::is_given_name(thing.as_bytes())
            {
                self.things.insert(thing);
            }
        }
        let is_sought = |rule: Id| {
            let named = [
                Id::UserName,
                Id::HostName,
                Id::HomePath,
                Id::AccountId,
                Id::PersonName,
                Id::Serial,
                Id::Pesel,
                Id::OneTimeCode,
                Id::WalletAddress,
                Id::Nip,
                Id::Phone,
            ];
            rule < Id::HiddenWord || named.contains(&rule)
        };
        let mut spans = find::by_itself(&text);
        // What the name of the file says of what is in it.
        lists::find(&text, List::by_name(source).beginning_with(&text), &mut spans);
        for span in spans.into_iter().filter(|span| is_sought(span.rule)) {
            if taught::in_passing(&text, (span.start, span.end), span.rule) {
                continue;
            }
            let raw = &text[span.start..span.end];
            let plain = Zeroizing::new(stand_in::plain(raw).into_owned());
            // A text can call anything a user; this machine and its host know.
            let is_name = matches!(span.rule, Id::UserName | Id::HostName | Id::HomePath);
            if is_name && (is_word(&plain) || super::keys::named(&plain).is_some()) {
                continue;
            }
            if names_a_thing(span.rule, &plain) || contracts::is_public(&plain) {
                continue;
            }
            let is_quoted = matches!(text[..span.start].last(), Some(quote @ (b'"' | b'\'')) if text.get(span.end) == Some(quote));
            // As a shell or SQL quoted it, it is known as it is.
            let bare = Zeroizing::new(stand_in::normalised(Id::KnownValue, raw).into_owned());
            let quoted = bare.contains(&b'\'').then_some(&*bare);
            let values = [Some(raw), Some(&plain), quoted.map(Vec::as_slice)];
            for value in values.into_iter().flatten().filter_map(|bytes| std::str::from_utf8(bytes).ok()) {
                self.learn_value(span.rule, value, is_quoted);
            }
        }
    }

    /// Learns a value in every form in which settings keep one; in quotes it is known where it ends.
    fn learn_value(&mut self, rule: Id, value: &str, is_quoted: bool) {
        // An address holds a name and a password.
        if rule == Id::ConnectionUrl
            && let Some((_, password)) = value.split_once(':')
            && !password.starts_with('/')
        {
            self.add_rule(Id::Password, password);
        }
        self.add_value(rule, value, is_quoted);
        if let Some(digits) = value.strip_prefix("0x").filter(|digits| digits.len() >= 64) {
            self.add_rule(rule, digits);
        }
        // As the secrets of a cluster are kept.
        let decoded = data_encoding::BASE64.decode(value.as_bytes()).map(Zeroizing::new);
        if let Some(decoded) = decoded.as_ref().ok().and_then(|bytes| std::str::from_utf8(bytes).ok())
            && decoded.len() >= 8
            && decoded.bytes().all(|byte| byte.is_ascii_graphic())
        {
            self.add_rule(rule, decoded);
        }
    }

    /// Adds one secret; `kind` is the name of a rule, or anything else for a secret without a better name.
    pub fn add(&mut self, kind: &str, value: &str) {
        let rule = super::rules::RULES.iter().position(|rule| rule.name == kind || rule.kind == kind);
        let rule = rule.and_then(|index| ALL.get(index).copied()).unwrap_or(Id::KnownValue);
        self.add_rule(rule, value);
    }

    /// Adds the names of this machine and its user, from the environment.
    pub fn add_machine(&mut self) {
        for (variable, rule) in [
            ("USER", Id::UserName),
            ("USERNAME", Id::UserName),
            ("LOGNAME", Id::UserName),
            ("COMPUTERNAME", Id::HostName),
            ("HOSTNAME", Id::HostName),
        ] {
            if let Ok(value) = std::env::var(variable) {
                self.add_own(rule, &value);
            }
        }
        if let Ok(host) = sysinfo::System::host_name() {
            self.add_own(Id::HostName, &host);
        }
        for variable in ["HOME", "USERPROFILE"] {
            let home = std::env::var(variable).unwrap_or_default();
            if let Some(name) = home.rsplit(['/', '\\']).next() {
                self.add_own(Id::UserName, name);
            }
        }
    }

    /// Adds what this machine calls itself or its user.
    fn add_own(&mut self, rule: Id, value: &str) {
        self.own.insert(value.trim().to_lowercase());
        self.add_rule(rule, value);
    }

    /// What is sought: not the name of a user that a text calls a thing by as well.
    fn sought(&self) -> impl Iterator<Item = &(Id, Zeroizing<String>)> {
        self.values.iter().filter(|(rule, value)| {
            *rule != Id::UserName
                || !self.things.contains(&value.to_lowercase())
                || self.own.contains(&value.to_lowercase())
        })
    }

    fn add_rule(&mut self, rule: Id, value: &str) {
        self.add_value(rule, value, false);
    }

    fn add_value(&mut self, rule: Id, value: &str, is_quoted: bool) {
        let value = value.trim();
        // What a program printed with its quotes would be sought with them, and settings would lose theirs.
        let value = value::inside_quotes(value.as_bytes())
            .and_then(|(from, to)| value.get(from..to))
            .unwrap_or(value);
        // The name of a folder is that of the person.
        let rule = if rule == Id::HomePath { Id::UserName } else { rule };
        let value = value.rsplit(['\\', '/']).next().filter(|_| rule == Id::UserName).unwrap_or(value);
        if self.values.len() < MAX_VALUES
            && is_worth_knowing(rule, value, is_quoted)
            && self.seen.insert(self.hasher.hash_one((rule, value)))
        {
            self.values.push((rule, Zeroizing::new(value.to_owned())));
        }
    }
}

/// Whether other things than users are called so: a word of the lists of phrases, one of the trade.
fn is_word(name: &[u8]) -> bool {
    let name = name.rsplit(|byte| matches!(byte, b'\\' | b'/')).next().unwrap_or_default();
    let is_of_the_trade = std::str::from_utf8(name).is_ok_and(nobody::is_of_the_trade);
    let lower = name.to_ascii_lowercase();
    let one = lower.strip_suffix(b"s").unwrap_or_default();
    is_of_the_trade || phrase::is_common_word(&lower) || phrase::is_common_word(one)
}

/// The rules in order, to come from a name to an id.
const ALL: [Id; 16] = [
    Id::ApiKey,
    Id::ApiSecret,
    Id::Password,
    Id::Token,
    Id::Authorization,
    Id::Cookie,
    Id::Signature,
    Id::ServiceToken,
    Id::TelegramToken,
    Id::Webhook,
    Id::Jwt,
    Id::ConnectionUrl,
    Id::PrivateKey,
    Id::Phrase,
    Id::LicenseKey,
    Id::KnownValue,
];

/// Seconds since 1970 of these decades, or thousandths of them, with a fraction or without: every line can have one.
fn is_time(number: &[u8]) -> bool {
    let digits = number.iter().take_while(|byte| byte.is_ascii_digit()).count();
    matches!(digits, 10 | 13 | 16 | 19) && matches!(number, [b'1', b'4'..=b'9', ..] | [b'2', b'0', ..])
}

/// What a text has in the place of a secret and is the name of a field or of a column, `clientOrderId`, or a setting of a cookie that
/// other settings say too, `timezone=Europe/Warsaw`. The host knows better what its secrets are.
fn names_a_thing(rule: Id, value: &[u8]) -> bool {
    // Words begin with one capital each: `dDaJzpcXwyewOPgECJ` is no name.
    let is_camel = value.first().is_some_and(u8::is_ascii_lowercase)
        && value.len() <= 24
        && (1..=value.len() / 3).contains(&value.iter().filter(|byte| byte.is_ascii_uppercase()).count())
        && value::are_words_in_camel_case(value);
    if rule == Id::Cookie {
        let at = value.iter().position(|byte| *byte == b'=').map_or(0, |sign| sign + 1);
        return !value::is_random_looking(&value[at..]);
    }
    // `2025-11-03`, `1.0.4`
    let is_date = || {
        let bare = value.strip_prefix(b"(").unwrap_or(value);
        let is_of_time = |byte: &u8| byte.is_ascii_digit() || b"-.:/ TZ+".contains(byte);
        value::begins_with_date(bare) && bare[bare.len().min(11)..].iter().all(is_of_time)
            || value.iter().all(|byte| byte.is_ascii_digit() || b"-.:/ TZ".contains(byte))
                && value.len() <= 24
                && value.iter().skip(1).any(|byte| b"-.:/".contains(byte))
    };
    // `london open`, `kredki.kdbx`
    let are_two_words = || {
        value.iter().all(|byte| byte.is_ascii_lowercase() || *byte == b' ')
            && memchr::memchr_iter(b' ', value).count() == 1
    };
    let is_file = || {
        let name = value
            .strip_suffix(b".kdbx")
            .or_else(|| value.strip_suffix(b".dat"))
            .or_else(|| value.strip_suffix(b".enc"));
        value::is_file(value)
            || name.is_some_and(|name| {
                name.iter().all(|byte| byte.is_ascii_lowercase() || b"_-/".contains(byte))
            })
    };
    rule < Id::HiddenWord
        && (is_camel && rule != Id::Phrase
            || is_date()
            || are_two_words()
            || is_file()
            || value::is_versioned(value)
            || super::assignment::is_field(value))
}

/// Each word with a capital.
fn titled(words: &str) -> String {
    let mut begins = true;
    let title = |letter: char| {
        let capital = begins;
        begins = letter == ' ';
        if capital { letter.to_ascii_uppercase() } else { letter }
    };
    words.chars().map(title).collect()
}

/// The number of a phone with that of its country, `0048602346448`, or in groups, `781 682 131`.
fn is_whole_number(value: &str, digits: usize) -> bool {
    let groups = || value.split([' ', '-']);
    let is_grouped = digits == 9 && groups().count() == 3 && groups().all(|group| group.len() == 3);
    let is_abroad = value.starts_with('+') || value.starts_with("00");
    is_grouped
        || is_abroad
            && (11..=15).contains(&digits)
            && digits + usize::from(value.starts_with('+')) == value.len()
}

/// Capitals among small letters as no word has them: `nEykhKZF`.
fn is_jumbled(value: &[u8]) -> bool {
    let capitals = value.iter().filter(|byte| byte.is_ascii_uppercase()).count();
    let humps = value.windows(2).filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    capitals * 3 > value.len() && humps.count() >= 2
}

/// A short or common value would blank a whole log.
fn is_worth_knowing(rule: Id, value: &str, is_quoted: bool) -> bool {
    let bytes = value.as_bytes();
    if value::is_placeholder(bytes) || value::is_algorithm(bytes) {
        return false;
    }
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    match rule {
        // A number of seven digits or more, that is no date.
        // `anna.nowak`, where people begin with one of the names that are given.
        Id::AccountId if digits == 0 => {
            let spaced = value.replace(['.', '_'], " ");
            let is_one = spaced.bytes().filter(|byte| *byte == b' ').count() == 1 && !value.contains(' ');
            return is_one && super::assignment::is_given_name(titled(&spaced).as_bytes());
        }
        Id::AccountId => {
            let is_date = bytes.len() == 8
                && digits == 8
                && bytes.starts_with(b"20")
                && matches!(bytes[4], b'0' | b'1');
            return digits >= 7
                && bytes.len() <= 40
                && !is_date
                && bytes.iter().any(|byte| !matches!(byte, b'0' | b'-'));
        }
        // Eleven digits; what a machine is called by; what codes are made of, not the codes.
        Id::Pesel => return bytes.len() == 11 && digits == 11,
        // Ten digits in a row; with the number of a country before it.
        Id::Nip => return bytes.len() == 10 && digits == 10,
        Id::Phone => return is_whole_number(value, digits),
        // The number of a document: `PNN875917`.
        Id::PersonName
            if (8..=12).contains(&bytes.len())
                && digits >= 5
                && bytes.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
                && bytes[0].is_ascii_uppercase() =>
        {
            return true;
        }
        Id::Serial => {
            return (8..=64).contains(&bytes.len())
                && digits >= 3
                && digits < bytes.len()
                && !bytes.contains(&b' ')
                && value::is_random_looking(bytes);
        }
        Id::WalletAddress => {
            return (25..=120).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_alphanumeric);
        }
        Id::OneTimeCode => {
            return bytes.len() >= 12 && bytes.iter().all(u8::is_ascii_alphanumeric) && digits < bytes.len();
        }
        // `ul. Długa 12/3`
        Id::PersonName if digits > 0 => {
            let letters = bytes.iter().filter(|byte| byte.is_ascii_alphabetic() || **byte >= 0x80).count();
            return (10..=48).contains(&bytes.len())
                && letters >= 6
                && digits <= 8
                && (2..=6).contains(&value.split(' ').count())
                && !bytes.iter().any(|byte| b":=<>{}\"".contains(byte));
        }
        Id::PersonName | Id::UserName if rule == Id::PersonName || value.contains(' ') => {
            // `Olivia Biuro 7`
            let is_of_place = rule == Id::UserName && bytes[0].is_ascii_uppercase();
            let is_part = |byte: &u8| {
                byte.is_ascii_alphabetic()
                    || matches!(byte, b' ' | b'-' | 0x80..)
                    || is_of_place && byte.is_ascii_digit()
            };
            let words = value.split(' ').filter(|word| word.len() >= 3).count();
            return (2..=3).contains(&words) && bytes.len() <= 48 && bytes.iter().all(is_part);
        }
        _ => {}
    }
    if value::is_number(bytes) && (bytes.len() < 9 || is_time(bytes)) {
        return false;
    }
    // What was read too far is no value: `null secret=none`.
    let spaced = bytes.iter().any(u8::is_ascii_whitespace);
    let names = bytes.iter().all(|byte| byte.is_ascii_lowercase() || *byte == b'_') && bytes.contains(&b'_');
    if names && rule != Id::UserName
        || spaced && !matches!(rule, Id::Password | Id::Phrase | Id::PrivateKey | Id::PersonName)
    {
        return false;
    }
    if rule == Id::Phrase && bytes.iter().filter(|byte| byte.is_ascii_whitespace()).count() < 11 {
        return false;
    }
    let signs: &[u8] = if is_quoted { b"={}<>\n" } else { b"={}\"<>$\n" };
    if spaced && bytes.iter().any(|byte| signs.contains(byte)) {
        return false;
    }
    match rule {
        Id::UserName | Id::HostName => {
            let is_service = ["bot", "trader", "trading", "server", "service", "user", "app"]
                .iter()
                .any(|word| value.to_lowercase().ends_with(word));
            value.len() >= 4 && !is_service && !value.contains(' ') && !nobody::is_nobody(value)
        }
        _ => {
            let plain_word = value.chars().all(char::is_alphabetic) && value.len() < 12 && !is_jumbled(bytes);
            let symbol =
                bytes.iter().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'/' | b'-' | b'_'))
                    && value.len() < 12;
            // Short ones are worth it only where a person chose them; `sha256` is no key.
            let least = if rule == Id::Password { 6 } else { 8 };
            value.len() >= least && !plain_word && !symbol
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_host_calls_a_secret_is_one_whatever_it_looks_like() {
        let sought =
            |known: &KnownValues| known.values.iter().any(|(_, value)| value.as_str() == "tigerWiosnaKot");
        let mut known = KnownValues::new();
        known.learn(Raw::from_text("password: tigerWiosnaKot\n"), "x.yml");
        assert!(!sought(&known), "a text can have the name of a column there");
        known.add("password", "tigerWiosnaKot");
        assert!(sought(&known));
    }

    #[test]
    fn a_word_is_a_user_where_the_machine_says_so() {
        let mut known = KnownValues::new();
        known.learn(Raw::from_text("user: grid\nuser: jnowak77\n"), "x.yml");
        let learnt =
            |known: &KnownValues| known.values.iter().map(|(_, value)| value.to_string()).collect::<Vec<_>>();
        assert!(
            learnt(&known).contains(&"jnowak77".to_owned()) && !learnt(&known).contains(&"grid".to_owned())
        );
        known.add_rule(Id::UserName, "grid");
        assert!(learnt(&known).contains(&"grid".to_owned()));
        // What every machine calls so is nobody, whoever says it.
        known.add_rule(Id::UserName, "telegraf");
        assert!(!learnt(&known).contains(&"telegraf".to_owned()));
    }
}
