//! Values that nothing but words lead to.

use super::address;
use super::bare::is_command;
use super::demand::demanded;
use super::quote::{quote_at, quote_end};
use crate::redact::keys::{Demand, Named};
use crate::redact::rules::Id;
use crate::redact::value;

/// What a value has to be where no sign stands between it and its name: more than behind a sign, or nothing will do.
pub(super) fn narrowed(text: &[u8], key_start: usize, at: usize, named: Named) -> Option<Named> {
    if is_shown(text, key_start, at, named) {
        return Some(named);
    }
    Some(match named.demand {
        // `machine id 0248b27c-…`, `hardware id 05FC…`
        Demand::Any | Demand::Piece if named.rule == Id::Serial && is_identifier(&text[at..]) => {
            Named { demand: Demand::Any, ..named }
        }
        // `disk serial S1DZVFEH1PYRV5`
        Demand::Any | Demand::Stamped | Demand::Random | Demand::Identifier
            if named.rule == Id::Serial && says_disk(&text[..at]) && is_of_disk(&text[at..]) =>
        {
            Named { demand: Demand::Any, ..named }
        }
        Demand::Any if named.rule == Id::Serial && text[..at].ends_with(b" is ") => {
            Named { demand: Demand::Identifier, ..named }
        }
        Demand::Any if named.rule == Id::Password && is_command(text, key_start, at) => named,
        // `passphrase "several words"`
        Demand::Any if named.rule == Id::Password && is_quoted_phrase(text, key_start, at) => named,
        Demand::Any if named.rule == Id::Password && is_quoted_password(text, at) => named,
        // `[user "anna" password "…"]`
        Demand::Any
            if named.rule == Id::Password
                && text[..key_start].ends_with(b"\" ")
                && quote_at(text, at).is_some() =>
        {
            named
        }
        // `fund password Gvq8RIS8ha`
        Demand::Any if named.rule == Id::Password && is_short_token(&text[at..]) => named,
        // `investor password MSzFKXwgP$ accepted`
        Demand::Any if named.rule == Id::Password && is_signed_token(&text[at..]) => named,
        // `the recovery_code is its99-9c2dq`: nobody but a program calls it so.
        Demand::Any if named.rule == Id::Password && is_field_with_verb(&text[key_start..at]) => {
            Named { demand: Demand::Set, ..named }
        }
        Demand::Any if named.rule == Id::Password => Named { demand: Demand::Chosen, ..named },
        // `associated with SSID 'Kowalski 5G'`
        Demand::Any if named.rule == Id::WifiName && quote_at(text, at).is_some() => named,
        // A session of IQ Option: `ssid received: …`
        Demand::Any if named.rule == Id::WifiName => Named { rule: Id::Token, demand: Demand::Made },
        // `CVV 123`
        Demand::Code if text[key_start].eq_ignore_ascii_case(&b'c') && is_short_code(&text[at..]) => named,
        // `otp 482913 accepted`
        Demand::Code if is_code_alone(&text[at..]) => named,
        // What a chain keeps something under.
        Demand::Random if named.rule == Id::ApiKey && text[at..].starts_with(b"0x") => return None,
        // `my ws token for you: …`
        Demand::Any | Demand::Random
            if named.rule < Id::Signature && text[..at].ends_with(b": ") && is_token(&text[at..]) =>
        {
            Named { demand: Demand::Query, ..named }
        }
        // `the sign is …=`, `api signature for you: …`; that of a transaction is public.
        Demand::Random
            if named.rule == Id::Signature
                && is_of_request(&text[at + quote_at(text, at).map_or(0, |quote| quote.mark.len())..]) =>
        {
            Named { demand: Demand::Made, ..named }
        }
        // `device 5b1c8d3e-…`
        Demand::Piece if named.rule == Id::Serial => named,
        Demand::Any | Demand::Random | Demand::Stamped if named.rule != Id::Signature => {
            Named { demand: Demand::Made, ..named }
        }
        Demand::Hex if named.rule != Id::Signature => named,
        // `PIN do portfela: …`
        Demand::Number if named.rule == Id::OneTimeCode && text[..at].ends_with(b": ") => named,
        Demand::Number if text[key_start..].starts_with(b"PIN ") && is_pin(&text[at..]) => named,
        Demand::Number if named.rule == Id::Balance => Named { demand: Demand::Amount, ..named },
        Demand::Account if named.rule == Id::AccountId => {
            let is_marked = text[..at].ends_with(b"**") || quote_at(text, at).is_some();
            Named {
                demand: if is_own(&text[..key_start]) || is_marked { Demand::Account } else { Demand::Login },
                ..named
            }
        }
        // `authentication failed for user "anna"`
        Demand::Account if named.rule == Id::UserName && quote_at(text, at).is_some() => named,
        // `login failed for account U6024112`
        Demand::Identifier if named.rule == Id::AccountId && is_of_broker(&text[at..]) => named,
        // `user A665LZt… password …` of a service that makes both up.
        Demand::Account if named.rule == Id::UserName && is_token(&text[at..]) => {
            Named { demand: Demand::Query, ..named }
        }
        Demand::Identifier | Demand::Digits | Demand::Tag if named.rule == Id::AccountId => {
            Named { demand: Demand::Digits, ..named }
        }
        // `api key polygon …`: the feed is called as well.
        Demand::Piece if named.rule == Id::ApiKey && is_of_feed(&text[..key_start]) => {
            Named { demand: Demand::Made, ..named }
        }
        // `adres Hauptstraße 160/54, ur. 1976-09-06`
        Demand::Address if address::street_with_ending(&text[at..]) => named,
        // `updated twofa to 'QB2K7P7H…'`
        Demand::Code if quote_at(text, at).is_some_and(|quote| is_seed(&text[at + quote.mark.len()..])) => {
            Named { rule: Id::ApiSecret, demand: Demand::Any }
        }
        // `my twofa code is 634146`
        Demand::Code if text[..at].ends_with(b" is ") && digits_alone(&text[at..]) == 6 => named,
        Demand::Identifier if matches!(named.rule, Id::PersonName | Id::Iban | Id::Pesel | Id::Nip) => named,
        _ => return None,
    })
}

/// Whether what an authenticator is given stands here, in quotes: 16 or 32 signs of base32.
fn is_seed(value: &[u8]) -> bool {
    let length = value.iter().take(33).take_while(|byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'7')).count();
    matches!(length, 16 | 26 | 32) && matches!(value.get(length), Some(b'\'' | b'"'))
}

/// Whether eight letters and digits stand here, and words that say whose they are.
fn is_for_deribit(value: &[u8]) -> bool {
    const LENGTH: usize = 8;
    let length = value.iter().take(LENGTH + 1).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    length == LENGTH
        && [&b" for deribit"[..], b" (deribit", b" dla deribit", b" do deribit", b" na deribit"].iter().any(
            |words| {
                value.get(LENGTH..LENGTH + words.len()).is_some_and(|rest| rest.eq_ignore_ascii_case(words))
            },
        )
}

/// Whether a key is spoken of right before this.
fn is_of_feed(before: &[u8]) -> bool {
    const NEAR: usize = 16;
    let near = before[before.len().saturating_sub(NEAR)..].to_ascii_lowercase();
    let line = near.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    [&b"key "[..], b"token ", b"secret ", b"klucz ", b"key for ", b"klucz do ", b"klucz dla "]
        .iter()
        .any(|word| line.ends_with(word))
}

/// Whether somebody says that it is his: `my account`.
fn is_own(before: &[u8]) -> bool {
    [&b"m\xc3\xb3j "[..], b"moj ", b"my ", b"My ", b"mein "].iter().any(|word| before.ends_with(word))
}

/// Whether a sentence shows the value of a field, in quotes right behind its name, or behind a verb: `bad account_id "50116838-77"`,
/// `data urodzenia is 1992-12-23`.
fn is_shown(text: &[u8], key_start: usize, at: usize, named: Named) -> bool {
    let name = &text[key_start..at];
    let quote = quote_at(text, at);
    let value = &text[at + quote.map_or(0, |quote| quote.mark.len())..];
    if named.rule == Id::PersonName && value::begins_with_date(value) {
        return true;
    }
    let verbs = [&b" is "[..], b" to ", b" jest ", b" lautet ", b" was ", b" code "];
    let verb = verbs.iter().find_map(|verb| name.strip_suffix(*verb));
    let is_digit = value.first().is_some_and(u8::is_ascii_digit);
    match named.rule {
        Id::OneTimeCode => {
            named.demand != Demand::Any && quote.is_some() && is_pin(value)
                || (verb.is_some() || name.ends_with(b"code "))
                    && name.len() <= 16
                    && (6..=8).contains(&digits_alone(value))
                || name.len() <= 12
                    && name[..3].eq_ignore_ascii_case(b"pin")
                    && verb.is_some()
                    && is_pin(value)
        }
        // `password is 49094990`
        Id::Password if verb.is_some() => (6..=9).contains(&digits_alone(value)),
        // `api key is FS4VDTRv for deribit`
        Id::ApiKey if verb.is_some() && is_for_deribit(value) => true,
        // `my deribit client id is Qh5qbksl`
        Id::ApiKey if named.demand == Demand::Mixed => {
            let near = text[key_start.saturating_sub(32)..at].to_ascii_lowercase();
            let length = value
                .iter()
                .take(9)
                .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_')
                .count();
            length == 8
                && memchr::memmem::find(&near, b"deribit").is_some()
                && value[..length].iter().skip(1).any(|byte| !byte.is_ascii_lowercase())
        }
        // `user pasted api hash 31261e92…` of Telegram
        Id::ApiKey | Id::ApiSecret if name == b"api hash " => is_identifier(value),
        // `m\u{f3}j api key do luno to …`
        Id::ApiKey | Id::ApiSecret if verb.is_some() && is_own(&text[..key_start]) => {
            let length = value.iter().take(80).take_while(|byte| byte.is_ascii_alphanumeric()).count();
            (10..=64).contains(&length) && demanded(&value[..length], Demand::Set)
        }
        Id::AccountId => {
            quote.is_some() && (is_digit || is_of_broker(value))
                || verb.is_some() && is_digit && memchr::memchr(b' ', name).is_some()
        }
        Id::Serial => {
            let is_stamp = || {
                let stamp = value.iter().take(40).take_while(|byte| byte.is_ascii_alphanumeric()).count();
                demanded(&value[..stamp], Demand::Stamped)
                    && value[..stamp].iter().any(u8::is_ascii_alphabetic)
            };
            (quote.is_some() || verb.is_some() || name.ends_with(b"  ")) && is_stamp()
                || quote.is_some() && is_identifier(value)
        }
        Id::PersonName => {
            let length = value.iter().take(64).position(|byte| matches!(byte, b'"' | b'\'' | b'\\'));
            quote.is_some() && length.is_some_and(|length| demanded(&value[..length], Demand::Person))
        }
        _ => false,
    }
}

/// Whether the name of a field stands here, and a verb behind it.
fn is_field_with_verb(name: &[u8]) -> bool {
    let field = name.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    name[..field].contains(&b'_')
        && [&b" is "[..], b" to ", b" was ", b" jest ", b" = "].contains(&&name[field..])
}

/// Six to eight digits and no more.
fn is_code_alone(rest: &[u8]) -> bool {
    (6..=8).contains(&digits_alone(rest))
}

/// Three or four digits and no more, as stand on the back of a card.
fn is_short_code(rest: &[u8]) -> bool {
    (3..=4).contains(&digits_alone(rest))
}

/// Four to eight digits and no more.
fn is_pin(rest: &[u8]) -> bool {
    (4..=8).contains(&digits_alone(rest))
}

/// How many digits stand here, if nothing that belongs to them follows.
fn digits_alone(rest: &[u8]) -> usize {
    let digits = rest.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-:/".contains(byte);
    if rest.get(digits).is_some_and(is_part) { 0 } else { digits }
}

/// Several words in quotes behind what is called a phrase.
fn is_quoted_phrase(text: &[u8], key_start: usize, at: usize) -> bool {
    let is_phrase = text[key_start..at].to_ascii_lowercase().starts_with(b"passphrase");
    let quote = quote_at(text, at).filter(|_| is_phrase);
    quote.is_some_and(|quote| {
        let start = at + quote.mark.len();
        text[start..quote_end(text, start, quote)].contains(&b' ')
    })
}

/// Whether a signature stands here as exchanges want it: 64 or 128 hexadecimal digits, or base64 that is filled up.
fn is_of_request(rest: &[u8]) -> bool {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
    let length = rest.iter().take(130).take_while(is_part).count();
    let value = &rest[..length];
    matches!(length, 64 | 96 | 128) && value.iter().all(u8::is_ascii_hexdigit)
        || matches!(length, 44 | 64 | 88) && value.ends_with(b"=")
}

/// Whether what stands here is of one piece, with letters in both cases and a digit.
fn is_token(rest: &[u8]) -> bool {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let length = rest.iter().take(128).take_while(is_part).count();
    let value = &rest[..length];
    length >= 16
        && value.iter().any(u8::is_ascii_digit)
        && value.iter().any(u8::is_ascii_uppercase)
        && value.iter().any(u8::is_ascii_lowercase)
        && rest.get(length).is_none_or(|next| next.is_ascii_whitespace() || b",;.\"')".contains(next))
}

/// Whether eight signs or more of a password stand here that a machine made: its letters change between both cases and digits.
fn is_short_token(rest: &[u8]) -> bool {
    let length = rest.iter().take(32).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let value = &rest[..length];
    let kind = |byte: u8| (byte.is_ascii_digit(), byte.is_ascii_uppercase());
    let changes = value.windows(2).filter(|pair| kind(pair[0]) != kind(pair[1])).count();
    // `Utf8Error`
    let has_word = value
        .windows(4)
        .any(|part| part[0].is_ascii_uppercase() && part[1..].iter().all(u8::is_ascii_lowercase));
    (8..=20).contains(&length)
        && changes >= 4
        && !has_word
        && value.iter().any(u8::is_ascii_digit)
        && value.iter().any(u8::is_ascii_lowercase)
        && value.iter().any(u8::is_ascii_uppercase)
        && rest.get(length).is_none_or(|next| next.is_ascii_whitespace() || b",;.\"')".contains(next))
}

/// Whether letters in both cases stand here that are no word, or words and digits, with a sign that people put into passwords:
/// `MSzFKXwgP$`, `Tigger.19Lr`.
fn is_signed_token(rest: &[u8]) -> bool {
    let length = rest.iter().take(33).take_while(|byte| byte.is_ascii_graphic()).count();
    let value = &rest[..length];
    let is_sign = |byte: &&u8| b"!@#$%^&*.?".contains(byte);
    let signs = value.iter().filter(is_sign).count();
    let others = value.iter().filter(|byte| !is_sign(byte));
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    (8..=24).contains(&length)
        && signs == 1
        && others.clone().all(u8::is_ascii_alphanumeric)
        && value[0].is_ascii_alphabetic()
        && value.iter().any(u8::is_ascii_uppercase)
        && value.iter().any(u8::is_ascii_lowercase)
        && if value.ends_with(b".") || value.contains(&b'.') {
            digits >= 2 && !value.ends_with(b".") && !value::is_file(value)
        } else {
            let letters: Vec<u8> = others.copied().collect();
            let humps = letters
                .windows(2)
                .filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
            humps.count() >= 2 && !value::are_words_in_camel_case(&letters)
        }
}

/// Whether what stands in quotes here is a password: signs, and letters in both cases, without a space.
fn is_quoted_password(text: &[u8], at: usize) -> bool {
    let Some(quote) = quote_at(text, at) else { return false };
    let start = at + quote.mark.len();
    let value = &text[start..quote_end(text, start, quote)];
    // `ALTER USER bot WITH PASSWORD 'Zażółć12'`
    let is_of_sql = text[..at].ends_with(b"WITH PASSWORD ") && quote.mark == b"'" && value.len() >= 4;
    if is_of_sql && !value::is_placeholder(value) {
        return true;
    }
    let is_sign = |byte: &u8| byte.is_ascii_punctuation() && !b".,:;-_/()[]'\"".contains(byte);
    (8..=64).contains(&value.len())
        && !value.contains(&b' ')
        && value.iter().any(is_sign)
        && value.iter().any(u8::is_ascii_uppercase)
        && value.iter().any(u8::is_ascii_lowercase)
}

/// Whether the number of an account stands here as brokers give them: `U6024112`, `SIM1234567M`.
fn is_of_broker(rest: &[u8]) -> bool {
    let letters = rest.iter().take(5).take_while(|byte| byte.is_ascii_uppercase()).count();
    let digits = rest[letters..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
    let last = usize::from(rest.get(letters + digits).is_some_and(u8::is_ascii_uppercase));
    (1..=4).contains(&letters)
        && (6..=8).contains(&digits)
        && !rest.get(letters + digits + last).is_some_and(u8::is_ascii_alphanumeric)
}

/// Whether a disk is spoken of right before, or the number of something.
pub(super) fn says_disk(before: &[u8]) -> bool {
    const NEAR: usize = 28;
    let near = before[before.len().saturating_sub(NEAR)..].to_ascii_lowercase();
    [&b"disk"[..], b"dysk", b"drive", b"ssd", b"hdd", b"numer", b"number"]
        .iter()
        .any(|word| memchr::memmem::find(&near, word).is_some())
}

/// Whether capitals and digits stand here as makers of disks stamp them.
pub(super) fn is_of_disk(rest: &[u8]) -> bool {
    let is_part = |byte: &&u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || **byte == b'-';
    let length = rest.iter().take(25).take_while(is_part).count();
    let count = |kind: fn(&u8) -> bool| rest[..length].iter().filter(|byte| kind(byte)).count();
    let word = &rest[..length];
    (8..=24).contains(&length)
        && !word.starts_with(b"NVME")
        && !word.starts_with(b"COM")
        && count(u8::is_ascii_digit) >= if length >= 12 { 1 } else { 2 }
        && count(u8::is_ascii_uppercase) >= 2
        && !rest.get(length).is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'_')
}

/// Whether 32 hexadecimal digits stand here, in groups or not.
pub(super) fn is_identifier(rest: &[u8]) -> bool {
    const DIGITS: usize = 32;
    let is_part = |byte: &&u8| byte.is_ascii_hexdigit() || **byte == b'-';
    let length = rest.iter().take(40).take_while(is_part).count();
    let digits = rest[..length].iter().filter(|byte| byte.is_ascii_hexdigit()).count();
    digits == DIGITS && matches!(length, 32 | 36) && !rest.get(length).is_some_and(u8::is_ascii_alphanumeric)
}
