//! Whether a value is what its name demands.

mod market;

pub(super) use self::market::is_market;
use self::market::is_of_market;
use super::given;
use super::made_up::{is_chosen, is_mixed, is_of_query, is_parameter, is_set};
use super::ordinary;
use super::places::{is_address, is_address_of_service};
use super::separator::Separator;
use crate::redact::gate::{self, class};
use crate::redact::keys::{self, Demand};
use crate::redact::rules::Id;
use crate::redact::{contracts, stand_in, value};

pub(super) fn demanded(value: &[u8], demand: Demand) -> bool {
    let digits = || value.iter().filter(|byte| byte.is_ascii_digit()).count();
    match demand {
        Demand::Any => value.len() >= 2,
        Demand::Random if is_scalar(value) => true,
        Demand::Random => {
            value.len() >= 8
                && (value::is_random_looking(value)
                    || value.contains(&b'/') && value.len() >= 16 && !value.contains(&b' '))
                && !is_contract(value)
                && memchr::memchr_iter(b' ', value).nth(2).is_none()
                && !is_url_without_secret(value)
                && !is_digest(value)
                && !is_parameter(value)
                && !is_branch(value)
                && !(value.len() <= 20 && value[0].is_ascii_digit() && is_market(value))
        }
        Demand::Query => {
            !is_of_market(value)
                && (demanded(value, Demand::Random) || is_of_query(value) && !is_contract(value))
        }
        Demand::Made => {
            value.len() >= 12
                && value::is_random_looking(value)
                && !is_contract(value)
                && !is_url_without_secret(value)
                && !is_digest(value)
                && !is_parameter(value)
                && value.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/=_-.:".contains(byte))
                && (!value
                    .iter()
                    .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_')
                    || value.len() >= 24 && !value.contains(&b'_')
                    || value.len() >= 16 && is_mixed_often(value))
        }
        Demand::Piece => is_piece(value),
        Demand::Chosen => is_chosen(value) || demanded(value, Demand::Made),
        Demand::Set => is_set(value),
        Demand::Mixed => is_mixed(value),
        Demand::Long => {
            value.len() >= 20 && value::is_random_looking(value) && !value.contains(&b' ') || is_sealed(value)
        }
        Demand::Address => is_address(value) && !contracts::is_well_known(value),
        Demand::Hex => value.len() >= 32 && value.iter().all(u8::is_ascii_hexdigit),
        Demand::Number => {
            // A code can begin with a nought.
            (value::is_number(value) || (4..=12).contains(&value.len()) && digits() == value.len())
                && !value::is_version(value)
                && value.iter().any(|byte| matches!(byte, b'1'..=b'9'))
        }
        Demand::Amount => {
            value::is_number(value)
                && !value::is_version(value)
                && value.iter().any(|byte| matches!(byte, b'.' | b','))
                && value.iter().any(|byte| matches!(byte, b'1'..=b'9'))
        }
        Demand::Code => is_code_for_once(value) || demanded(value, Demand::Made),
        Demand::Identifier => is_id(value),
        Demand::Inside => false,
        Demand::Mail => is_mail(value),
        Demand::Person => given::is_person(value),
        Demand::Name => is_name(&stand_in::plain(value)) || given::is_person(value),
        Demand::Account => {
            value.len() >= 3
                && value.len() <= 40
                && value
                    .iter()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"._-@\\".contains(byte) || *byte >= 0x80)
                && (value.iter().any(u8::is_ascii_alphabetic) || (6..=10).contains(&value.len()))
                && !is_market(value)
                && !is_address_of_service(value)
                && !ordinary::COMMON.iter().any(|common| value.eq_ignore_ascii_case(common.as_bytes()))
        }
        Demand::Login => {
            let is_name = value.len() >= 6
                && digits() >= 1
                && value.iter().any(u8::is_ascii_alphabetic)
                && value.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
            is_name || demanded(value, Demand::Digits)
        }
        Demand::Holder => is_holder(value),
        Demand::Digits => {
            let number = value.strip_prefix(b"-").unwrap_or(value);
            (6..=16).contains(&number.len()) && number.iter().all(u8::is_ascii_digit)
        }
        Demand::Tag | Demand::Beside => {
            (5..=20).contains(&value.len()) && value.iter().all(u8::is_ascii_digit)
        }
        Demand::Stamped => is_stamped(value) || demanded(value, Demand::Random),
        Demand::Machine => is_machine(value),
    }
}

/// An identifier: a few digits, the capitals of an account on paper, or what a machine made up.
fn is_id(value: &[u8]) -> bool {
    let digits = || value.iter().filter(|byte| byte.is_ascii_digit()).count();
    // Accounts of Alpaca on paper have letters mostly.
    let is_paper = || {
        (9..=12).contains(&value.len())
            && digits() > 0
            && value.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    // `zf1qmk79ok3xbl`
    let is_made = || {
        (12..=32).contains(&value.len())
            && digits() > 0
            && value.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            && value::is_random_looking(value)
    };
    value.len() >= 4 && value.len() <= LONGEST_ID && (digits() >= 3 || is_paper() || is_made())
}

/// An address of mail, whatever stands for its sign.
fn is_mail(value: &[u8]) -> bool {
    let signs = [&b"@"[..], b"%40", b"(at)", b"[at]", b" at ", b"\\u0040"];
    let has_sign = signs.iter().any(|sign| memchr::memmem::find(value, sign).is_some_and(|at| at > 0));
    has_sign && value.len() <= 320 && memchr::memchr_iter(b' ', value).nth(4).is_none()
}

/// A code that is good once, or the secret that such codes are made of.
fn is_code_for_once(value: &[u8]) -> bool {
    let digits = || value.iter().filter(|byte| byte.is_ascii_digit()).count();
    // The secret that codes are made of.
    let is_secret = value.len() >= 16 && value.iter().all(|byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'7'));
    let is_made = value.len() >= 12
        && digits() > 0
        && value.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    is_secret
        || is_made
        || (3..=40).contains(&value.len())
            && digits() >= 3
            && value.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b' '))
}

/// Letters and digits that change four times or more, as in `7VA6MDXU9L0ID0AX`.
fn is_mixed_often(value: &[u8]) -> bool {
    let changes = value.windows(2).filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit());
    value.iter().all(u8::is_ascii_alphanumeric) && changes.count() >= 4
}

/// A person who has an account, or its number.
fn is_holder(value: &[u8]) -> bool {
    let digits = || value.iter().filter(|byte| byte.is_ascii_digit()).count();
    let common = [
        &b"account"[..],
        b"main",
        b"demo",
        b"real",
        b"spot",
        b"futures",
        b"trading",
        b"live",
        b"test",
        b"paper",
        b"sub",
        b"bot",
        b"team",
        b"ltd",
        b"inc",
        b"llc",
        b"gmbh",
        b"corp",
        b"labs",
        b"software",
        b"foundation",
        b"contributors",
        b"developers",
    ];
    let mut words = value.split(|byte| *byte == b' ');
    let is_person = value.contains(&b' ')
        && is_name(value)
        && !words.any(|word| common.iter().any(|common| word.eq_ignore_ascii_case(common)));
    is_person || digits() >= 5 && value.len() <= 16 && value.iter().all(u8::is_ascii_alphanumeric)
}

/// What a wallet keeps its keys in: `{"data":"…","iv":"…","salt":"…"}`.
fn is_sealed(value: &[u8]) -> bool {
    let has = |word: &[u8]| memchr::memmem::find(value, word).is_some();
    value.starts_with(b"{") && has(b"data") && has(b"salt") && has(b"iv")
}

/// Capitals and digits that are no word: four of them in a row have no vowel.
fn is_stamped(value: &[u8]) -> bool {
    // `WD-WCCROCALTBQ`
    if value.starts_with(b"WD-W") && (13..=16).contains(&value.len()) {
        return value[3..].iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    }
    // `GP-CZLR-OCQO-WGZU-WVQG`
    let groups = value.split(|byte| *byte == b'-');
    let is_group = |group: &[u8]| {
        group.len() <= 8 && group.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    if value.len() >= 16
        && groups.clone().filter(|group| (4..=6).contains(&group.len())).count() >= 3
        && groups.into_iter().all(is_group)
    {
        return true;
    }
    let is_vowel = |byte: &u8| b"AEIOUY".contains(byte);
    (8..=24).contains(&value.len())
        && value.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && (value.split(is_vowel).any(|between| between.len() >= 4)
            || value.len() >= 12 && value.iter().any(u8::is_ascii_digit))
}

/// `0x` and 64 digits name an account of a chain.
const LONGEST_ID: usize = 66;

/// A number of a curve in decimal, or several of them in a list: nothing else has so many digits.
fn is_scalar(value: &[u8]) -> bool {
    const DIGITS: usize = 48;
    value.len() >= DIGITS
        && !value.iter().any(u8::is_ascii_alphabetic)
        && value.split(|byte| !byte.is_ascii_digit()).any(|number| number.len() >= DIGITS)
}

/// The name of a machine, not the address of a public service.
fn is_machine(value: &[u8]) -> bool {
    let local = [&b".local"[..], b".lan", b".home", b".internal", b".corp", b".localdomain"];
    let dotted = value.contains(&b'.');
    value.len() >= 3
        && value.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
        && (!dotted || local.iter().any(|end| value.to_ascii_lowercase().ends_with(end)))
        && !value.eq_ignore_ascii_case(b"localhost")
        && !is_model(value)
        && !ordinary::SERVICES.iter().any(|service| value.eq_ignore_ascii_case(service.as_bytes()))
        || is_computer_of_person(value)
}

/// Words of the names of Apple's models.
fn is_model(word: &[u8]) -> bool {
    const MODELS: [&str; 8] = ["MacBook", "iMac", "Mac", "Pro", "Air", "Max", "mini", "Studio"];
    MODELS.iter().any(|model| word == model.as_bytes())
}

/// How macOS calls a computer, by its owner and its model: `Siobhan’s MacBook Pro`, `MacBook Air (Anna)`.
pub(super) fn is_computer_of_person(value: &[u8]) -> bool {
    let mut words = value.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    value.len() <= 80
        && !value.iter().any(|byte| b"=:;\"<>{}".contains(byte))
        && words.clone().any(|word| is_model(word) && word.len() >= 3)
        && words.any(|word| {
            !is_model(word) && word.iter().any(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80)
        })
}

/// `key="ApiSecret"`: what stands under `key` can be the name of what stands beside it. `BINANCE_API_KEY` is the name of a
/// variable, wherever it stands.
pub(super) fn is_name_itself(value: &[u8], demand: Demand) -> bool {
    if !value.iter().any(u8::is_ascii_digit) && keys::is_made_of_words(value) {
        return demand == Demand::Random || demand == Demand::Made;
    }
    let is_variable =
        || value.iter().any(|byte| matches!(byte, b'_' | b'-')) && !value.iter().any(u8::is_ascii_lowercase);
    if demand != Demand::Random && !is_variable() {
        return false;
    }
    // The digits of what a machine made tell sooner than all of it.
    let first_digit = value.iter().position(u8::is_ascii_digit).unwrap_or(value.len());
    let (letters, rest) = value.split_at(first_digit);
    let ends_in_number = rest.len() <= 4 && rest.iter().all(u8::is_ascii_digit);
    let has_digits = rest.iter().filter(|byte| byte.is_ascii_digit()).nth(1).is_some();
    if has_digits && !ends_in_number || !value.iter().all(|byte| gate::is(*byte, class::NAME)) {
        return false;
    }
    let is_identifier = || {
        value.len() <= 12
            || letters.iter().any(|byte| matches!(byte, b'.' | b'_' | b'-'))
            || value::is_joined_words(letters)
    };
    demand == Demand::Random && ends_in_number && is_identifier()
        || !has_digits && keys::named(value).is_some()
}

/// The name of a field in place of its value: `apiKey`, and `ApiKey` where no person chose it.
pub(super) fn is_label(value: &[u8], rule: Id) -> bool {
    (4..=32).contains(&value.len())
        && value.iter().all(u8::is_ascii_alphabetic)
        && (value[0].is_ascii_lowercase() || rule != Id::Password)
        && value.iter().skip(1).any(u8::is_ascii_uppercase)
        && value.iter().any(u8::is_ascii_lowercase)
        && keys::is_name(value)
}

/// The name of a field that holds a secret.
pub(in crate::redact) fn is_field(value: &[u8]) -> bool {
    (4..=32).contains(&value.len())
        && value.iter().all(|byte| gate::is(*byte, class::NAME) && !byte.is_ascii_digit())
        && keys::named(value).is_some()
}

/// Where the GUID in braces ends that begins here.
pub(super) fn end_of_guid(text: &[u8], open: usize) -> Option<usize> {
    let guid = text.get(open + 1..open + 37)?;
    let fits = guid.iter().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    });
    (fits && text.get(open + 37) == Some(&b'}')).then_some(open + 37)
}

/// The address of a token's contract, which everybody knows.
fn is_contract(value: &[u8]) -> bool {
    value.strip_prefix(b"0x").is_some_and(|hex| hex.len() == 40 && hex.iter().all(u8::is_ascii_hexdigit))
}

/// Whether it is one piece of letters and digits, or an identifier in groups.
fn is_piece(value: &[u8]) -> bool {
    let value = value.strip_prefix(b"CG-").unwrap_or(value);
    let is_id = value.len() == 36 && memchr::memchr_iter(b'-', value).count() == 4;
    let is_one = value.iter().all(u8::is_ascii_alphanumeric) && !value.starts_with(b"0x");
    (16..=64).contains(&value.len()) && value::is_random_looking(value) && (is_one || is_id)
}

/// A branch of a tree of settings: `Enum\PCI\VEN_10DE`, `SYSTEM\CurrentControlSet\Services`.
fn is_branch(value: &[u8]) -> bool {
    let is_word = |part: &[u8]| part.len() >= 2 && part.iter().all(u8::is_ascii_alphabetic);
    let Some(end) = memchr::memchr(b'\\', value) else { return false };
    let behind = value[end + 1..].split(|byte| *byte == b'\\').next();
    is_word(&value[..end]) && behind.is_some_and(is_word)
}

/// What a program or its manual writes where a value will be: `KEY`, `SecretString`, `config.secret`, `getpass.getpass(`.
pub(super) fn is_code(text: &[u8], start: usize, end: usize, separator: Separator) -> bool {
    let value = &text[start..end];
    let (name, rest) = value.split_at(path_length(value));
    let path = name.contains(&b'.')
        && !name.starts_with(b".")
        && name.split(|byte| *byte == b'.').all(|part| part.len() > 1)
        || memchr::memmem::find(name, b"::").is_some();
    // `config.get<string>('API_KEY')`
    let kind = rest.strip_prefix(b"<").and_then(|kind| memchr::memmem::find(kind, b">("));
    let is_call = rest[kind.map_or(0, |end| end + 2)..].starts_with(b"(") && name.len() >= 3;
    // `settings["api_key"]`
    let behind = &text[start + name.len()..];
    let index = behind.strip_prefix(b"[\"").or_else(|| behind.strip_prefix(b"['"));
    let is_index = name.len() >= 3
        && index.is_some_and(|index| {
            let name = index.iter().take(64).take_while(|byte| gate::is(**byte, class::NAME)).count();
            matches!(index.get(name), Some(b'"' | b'\'')) && index.get(name + 1) == Some(&b']')
        });
    let is_type = [
        &b"impl"[..],
        b"SecretString",
        b"SecretStr",
        b"String",
        b"TEXT",
        b"PASSWORD",
        b"SECRET",
        b"KEY",
        b"TOKEN",
    ]
    .contains(&name);
    let is_alone = rest.is_empty() || rest.starts_with(b";") || rest.starts_with(b"<");
    let metavar = separator == Separator::Space
        && rest.is_empty()
        && name.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_');
    let is_path = name.len() >= 3 && memchr::memmem::find(name, b"::").is_some();
    // `decrypt(row.api_secret)`
    let is_of_member = || {
        let inside = &rest[1..];
        let member = &inside[..path_length(inside)];
        member.contains(&b'.')
            && matches!(inside.get(member.len()), None | Some(b')'))
            && keys::named(member).is_some()
    };
    is_path
        || is_call && rest.starts_with(b"(") && is_of_member()
        || is_call && (path || is_reader(name) || keys::named(name).is_some())
        || is_index
        || is_alone && (is_type || metavar || path && keys::named(name).is_some())
        || is_alone
            && matches!(separator, Separator::Equals | Separator::Colon)
            && keys::named(name).is_some()
            && name.len() > 4
            // `ZONRlHQVyDD_imSk` ends as a name does, and is none.
            && !name.split(|byte| b"_.".contains(byte)).any(value::is_jumbled)
}

/// Length of what a program calls something by: `config.secret`, `SecretString::new`.
fn path_length(value: &[u8]) -> usize {
    let mut length = 0;
    while let Some(byte) = value.get(length) {
        match byte {
            b'_' | b'.' => length += 1,
            letter if letter.is_ascii_alphabetic() => length += 1,
            b':' if value.get(length + 1) == Some(&b':') => length += 2,
            _ => break,
        }
    }
    length
}

/// Whether what a program calls so brings a value from elsewhere: `get_password`, `readSecret`, `input`.
pub(super) fn is_reader(name: &[u8]) -> bool {
    const VERBS: [&[u8]; 16] = [
        b"get", b"fetch", b"read", b"load", b"find", b"lookup", b"prompt", b"ask", b"input", b"has",
        b"require", b"resolve", b"delete", b"remove", b"env", b"getenv",
    ];
    let last = name.rsplit(|byte| matches!(byte, b'.' | b':')).next().unwrap_or_default();
    VERBS.iter().any(|verb| {
        last.get(..verb.len()).is_some_and(|head| head.eq_ignore_ascii_case(verb))
            && last.get(verb.len()).is_none_or(|next| *next == b'_' || next.is_ascii_uppercase())
    })
}

/// Words that begin with a capital, one at least; no constant, no sentence.
fn is_name(value: &[u8]) -> bool {
    let words = || value.split(|byte| matches!(byte, b' ' | b'-')).filter(|word| !word.is_empty());
    let begins = |word: &[u8]| word[0].is_ascii_uppercase() || word[0] >= 0x80;
    let small = |word: &[u8]| {
        word.len() > 1 && word[1..].iter().any(|byte| byte.is_ascii_lowercase() || *byte >= 0x80)
    };
    (1..=5).contains(&words().count())
        && words().next().is_some_and(begins)
        && words().all(|word| begins(word) || word.len() <= 3)
        && words().any(small)
        && !value.iter().any(|byte| byte.is_ascii_digit() || b"_=:/<>{}".contains(byte))
}

/// The fingerprint of something public: `SHA256:…`, `sha512-…`.
fn is_digest(value: &[u8]) -> bool {
    let marks = ["sha256:", "sha256-", "sha512:", "sha512-", "sha384-", "sha1:", "md5:"];
    value.first().is_some_and(|first| b"sm".contains(&first.to_ascii_lowercase()))
        && marks
            .iter()
            .any(|mark| value.len() > mark.len() && value[..mark.len()].eq_ignore_ascii_case(mark.as_bytes()))
}

fn is_url_without_secret(value: &[u8]) -> bool {
    value.starts_with(b"http") && !value.iter().any(|byte| matches!(byte, b'@' | b'?'))
}
