//! Which ticket a mail belongs to: a number that the portal signed, in an address, a subject or the id of a mail.

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::ticket::TicketNumber;

/// 80 bits: nobody guesses one, and it can be typed.
const TAG_CHARS: usize = 16;
/// Characters that are looked through.
const MAX_CHARS: usize = 4_000;

/// Signs and finds tags. The key is that of one portal.
#[derive(Clone)]
pub(crate) struct Signer(Hmac<Sha256>);

impl Signer {
    pub(crate) fn new(key: &[u8]) -> Self {
        Self(Hmac::new_from_slice(key).expect("HMAC takes a key of any length"))
    }

    /// `cf-2026-000123.abcdefghijklmnop`: what stands in addresses and ids of mails.
    pub(crate) fn tagged(&self, number: TicketNumber) -> String {
        let number = number.to_string();
        let tag = self.tag("ticket", &number);
        format!("{number}.{tag}").to_lowercase()
    }

    /// A mark for one purpose and one name; other purposes have other marks.
    pub(crate) fn tag(&self, purpose: &str, name: &str) -> String {
        let mut mac = self.0.clone();
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(name.as_bytes());
        BASE32_NOPAD.encode(&mac.finalize().into_bytes())[..TAG_CHARS].to_lowercase()
    }

    /// Whether a mark is ours. Takes the same time wherever it differs.
    pub(crate) fn is_tag(&self, purpose: &str, name: &str, tag: &str) -> bool {
        self.tag(purpose, name).as_bytes().ct_eq(tag.to_lowercase().as_bytes()).into()
    }

    /// The first ticket that is named with its tag.
    pub(crate) fn find(&self, text: &str) -> Option<TicketNumber> {
        numbers(text).into_iter().find_map(|(number, rest)| {
            let tag = rest.strip_prefix('.')?.get(..TAG_CHARS)?;
            self.is_tag("ticket", &number.to_string(), tag).then_some(number)
        })
    }
}

/// The first ticket that is named, whoever did it: nothing to trust.
pub(crate) fn named(text: &str) -> Option<TicketNumber> {
    numbers(text).first().map(|(number, _)| *number)
}

/// All numbers of tickets, and what stands behind each.
fn numbers(text: &str) -> Vec<(TicketNumber, String)> {
    let text: String = text.chars().take(MAX_CHARS).map(|c| c.to_ascii_uppercase()).collect();
    let mut found = Vec::new();
    for (start, _) in text.match_indices("CF-") {
        let rest = &text[start + 3..];
        let year: String = rest.chars().take_while(char::is_ascii_digit).take(4).collect();
        let Some(rest) = rest.get(year.len()..).and_then(|rest| rest.strip_prefix('-')) else { continue };
        let id: String = rest.chars().take_while(char::is_ascii_digit).take(12).collect();
        if let Ok(number) = format!("CF-{year}-{id}").parse() {
            found.push((number, rest[id.len()..].to_owned()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_found_by_its_tag_and_only_by_it() {
        let signer = Signer::new(b"one portal");
        let number: TicketNumber = "CF-2026-000123".parse().unwrap();
        let tagged = signer.tagged(number);
        for text in [
            format!("support+{tagged}@vendor.example"),
            format!("Re: [{}] zażółć", tagged.to_uppercase()),
            format!("{tagged}.17@vendor.example"),
            format!("CF-2026-000122 and CF-2026-000122.aaaaaaaaaaaaaaaa, {tagged}"),
        ] {
            assert_eq!(signer.find(&text), Some(number), "{text}");
        }
        let other = Signer::new(b"another portal");
        assert_eq!(other.find(&tagged), None);
        let forged = tagged.replace("000123", "000124");
        for text in [
            "",
            "CF-2026-000123",
            "CF-",
            "CF-2026-",
            "CF-2026-000123.",
            "cf-2026-000123.żółćżółćżółćżółć",
            &forged,
        ] {
            assert_eq!(signer.find(text), None, "{text}");
        }
        assert_eq!(named("Re: cf-2026-000123 please"), Some(number));
    }

    #[test]
    fn a_tag_is_good_for_one_purpose() {
        let signer = Signer::new(b"one portal");
        assert!(signer.is_tag("notice", "7", &signer.tag("notice", "7")));
        assert!(!signer.is_tag("ticket", "7", &signer.tag("notice", "7")));
    }
}
