//! Invented people and keys of the right shape. None stands in the source: a scanner of this repository finds
//! nothing, a redactor that reads the bot's folder has everything to find.

use crate::random::{LETTERS_AND_DIGITS, Random};

/// Makes one user's secrets, each from a stream of its own: a kind that is added later changes none of the others.
pub(super) struct Fake {
    seed: u64,
}

const FIRST_NAMES: &[&str] = &["Jan", "Anna", "Piotr", "Katarzyna", "Marek", "Zofia", "Tomasz", "Magdalena"];
/// Surnames without a gender, so that each goes with each first name.
const LAST_NAMES: &[&str] = &["Nowak", "Wójcik", "Woźniak", "Krawczyk", "Zając", "Szymczak", "Pawlak", "Żak"];
/// No look-alikes, as in most licence keys.
const LICENSE_ALPHABET: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// The second half of a Telegram token.
const URL_SAFE: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
/// Exchanges ask for one of these in a passphrase.
const SPECIAL: &[u8] = b"@#%&!";

impl Fake {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed }
    }

    fn random(&self, kind: &str) -> Random {
        Random::new(self.seed, kind)
    }

    /// 64 letters and digits, as Binance's keys are; `kind` tells key and secret apart.
    pub(super) fn exchange_key(&self, kind: &str) -> String {
        self.random(kind).text(LETTERS_AND_DIGITS, 64)
    }

    pub(super) fn passphrase(&self) -> String {
        let mut random = self.random("passphrase");
        [(LETTERS_AND_DIGITS, 9), (SPECIAL, 1), (LETTERS_AND_DIGITS, 4)]
            .map(|(alphabet, length)| random.text(alphabet, length))
            .concat()
    }

    /// `<bot id>:<35 characters>`.
    pub(super) fn telegram_token(&self) -> String {
        let mut random = self.random("telegram token");
        format!("{}:AA{}", random.between(5_000_000_000, 7_999_999_999), random.text(URL_SAFE, 33))
    }

    pub(super) fn telegram_chat(&self) -> i64 {
        i64::try_from(self.random("telegram chat").between(100_000_000, 1_999_999_999)).expect("ten digits")
    }

    pub(super) fn person(&self) -> String {
        let mut random = self.random("person");
        format!("{} {}", random.pick(FIRST_NAMES), random.pick(LAST_NAMES))
    }

    /// In a domain that is reserved for examples: nobody gets this mail.
    pub(super) fn email(&self) -> String {
        let plain: String = self.person().to_lowercase().chars().map(without_accent).collect();
        format!("{}@poczta.example", plain.replace(' ', "."))
    }

    /// Five groups of five.
    pub(super) fn license_key(&self) -> String {
        let mut random = self.random("licence key");
        [(); 5].map(|()| random.text(LICENSE_ALPHABET, 5)).join("-")
    }

    pub(super) fn license_id(&self) -> String {
        format!("LIC-{}", self.random("licence id").between(100_000, 999_999))
    }

    /// `http://user:password@host:port`.
    pub(super) fn proxy_url(&self) -> String {
        let mut random = self.random("proxy");
        format!("http://bot{}:{}@proxy.lan:3128", random.between(10, 99), random.text(LETTERS_AND_DIGITS, 12))
    }
}

fn without_accent(letter: char) -> char {
    match letter {
        'ą' => 'a',
        'ć' => 'c',
        'ę' => 'e',
        'ł' => 'l',
        'ń' => 'n',
        'ó' => 'o',
        'ś' => 's',
        'ź' | 'ż' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shapes_are_those_that_services_give_out() {
        for seed in 0..50 {
            let fake = Fake::new(seed);
            assert_eq!(fake.exchange_key("api key").len(), 64);
            assert_ne!(fake.exchange_key("api key"), fake.exchange_key("api secret"));
            let token = fake.telegram_token();
            let (bot, secret) = token.split_once(':').unwrap();
            assert_eq!((bot.len(), secret.len()), (10, 35));
            assert!(fake.license_key().split('-').all(|group| group.len() == 5));
            assert!(fake.email().is_ascii(), "{}", fake.email());
        }
    }
}
