//! The whole name around a word that names secrets, and what the words beside it make of it.

use super::MAX_KEY;
use super::prose;
use super::separator::{Separator, separator};
use crate::redact::gate::{self, class};
use crate::redact::keys::{self, Demand, Named};
use crate::redact::rules::Id;

pub(super) fn key_around(text: &[u8], hit_start: usize, hit_end: usize) -> (usize, usize) {
    // A fragment can begin with the sign before the name, and end with the sign behind it.
    let hit_start = hit_start + usize::from(!gate::is(text[hit_start], class::NAME));
    let (mut start, _) = gate::around(text, hit_start, class::NAME, MAX_KEY);
    let (_, mut end) = gate::around(text, hit_end - 1, class::NAME, MAX_KEY);
    while end > start && matches!(text[end - 1], b'.' | b'-') {
        end -= 1;
    }
    // The mark of the order of bytes begins no name.
    if text[start..end].starts_with(b"\xef\xbb\xbf") {
        start += 3;
    }
    // A flag's dashes and an escape's letter are no part of the name.
    let flag = start;
    while start < end && matches!(text[start], b'-' | b'.') {
        start += 1;
    }
    // `-DPIN=…` of Java
    if start == flag + 1 && text[flag..end].starts_with(b"-D") && end > start + 2 {
        start += 1;
    }
    if start > 0 && start + 1 < end && text[start - 1] == b'\\' && matches!(text[start], b'n' | b't' | b'r') {
        start += 1;
    }
    (start, end)
}

/// `contract address`, `idempotency key`: with the word before it, it is the name of something else.
///
/// In the name of a thing that a cloud keeps, as `arn:aws:secretsmanager:eu-central-1:123456789012:secret:bot`, it is a kind.
pub(super) fn is_harmless(text: &[u8], start: usize, key: &[u8]) -> bool {
    // The end of something in base64, `sha512-…TLXVWw== node_modules/ccxt`.
    const LONG: usize = 40;
    let end = start + key.len();
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/".contains(byte);
    if matches!(text.get(end..end + 2), Some(b"==" | b"= ")) && key.iter().any(u8::is_ascii_uppercase) {
        let run = &text[end.saturating_sub(LONG)..end];
        if run.len() == LONG
            && run.iter().all(is_part)
            && run.iter().filter(|byte| byte.is_ascii_digit()).count() >= 4
        {
            return true;
        }
    }
    if text[..start].ends_with(b":") {
        let near = &text[start.saturating_sub(64)..start];
        let word = near.rsplit(|byte| byte.is_ascii_whitespace() || b"\"'=".contains(byte)).next();
        if word.is_some_and(|word| word.starts_with(b"arn:")) {
            return true;
        }
    }
    let Some(before) = text[..start].strip_suffix(b" ") else { return false };
    let length = before.iter().rev().take(16).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let word = &before[before.len() - length..];
    length > 2 && keys::is_harmless(&[word, b"_", key].concat())
}

/// Names of two words: `API key`, `seed phrase`, `klucz prywatny`.
pub(super) fn spaced(text: &[u8], start: usize, key: &[u8]) -> Option<Named> {
    const JOINS: [&str; 49] = [
        "api",
        "private",
        "secret",
        "access",
        "recovery",
        "seed",
        "licence",
        "license",
        "signing",
        "klucz",
        "secure",
        "session",
        "account",
        "card",
        "disk",
        "hardware",
        "bios",
        "board",
        "dowod",
        "full",
        "first",
        "last",
        "backup",
        "numer",
        "nr",
        "data",
        "nazwa",
        "zawartosc",
        "net",
        "stan",
        "wartosc",
        "smbios",
        "factor",
        "authenticator",
        "google",
        "2fa",
        "totp",
        "otp",
        "mfa",
        "host",
        "machine",
        "computer",
        "birth",
        "setup",
        "user",
        "postal",
        "wycena",
        "haslo",
        "workstation",
    ];
    /// The first letters of those that are as long, as bits.
    const FIRST: [u32; 16] = {
        let mut first = [0; 16];
        let mut at = 0;
        while at < JOINS.len() {
            let join = JOINS[at].as_bytes();
            first[join.len()] |= 1 << (join[0] & 31);
            at += 1;
        }
        first
    };
    let before = &text[..start];
    let before = before.strip_suffix(b" ")?;
    let is_part = |byte: &&u8| gate::is(**byte, class::WORD) || **byte >= 0x80;
    let length = before.iter().rev().take(14).take_while(is_part).count();
    let word = &before[before.len() - length..];
    // Most words are none of these, which their length and their first letter tell.
    let letter = word.first()? & 31;
    let symbols = keys::symbols(word);
    if FIRST.get(symbols).is_none_or(|first| first >> letter & 1 == 0) {
        return None;
    }
    let join = JOINS.iter().find(|join| join.len() == symbols && keys::is_same(word, join))?;
    keys::named(&[join.as_bytes(), b"_", key].concat())
}

/// What a name of two words ends with, without accents.
const CONTINUED: [&str; 81] = [
    "2fa",
    "aktywacyjny",
    "api",
    "aplikacji",
    "autoryzacji",
    "autoryzacyjny",
    "admina",
    "administratora",
    "glowne",
    "root",
    "roota",
    "backup",
    "base64",
    "baterii",
    "bezpieczenstwa",
    "bios",
    "blik",
    "code",
    "content",
    "date",
    "docelowy",
    "dostepu",
    "dysku",
    "fingerprint",
    "funds",
    "gieldy",
    "glownej",
    "guid",
    "hex",
    "id",
    "identyfikator",
    "inwestora",
    "jednorazowe",
    "jednorazowy",
    "key",
    "klienta",
    "komputera",
    "konta",
    "liquidation",
    "logowania",
    "maklerski",
    "maklerskiego",
    "margin",
    "mt4",
    "mt5",
    "nik",
    "no",
    "nr",
    "number",
    "obudowy",
    "odzyskiwania",
    "osobistego",
    "osobisty",
    "plyty",
    "potwierdzajacy",
    "potwierdzenia",
    "power",
    "procesora",
    "publiczny",
    "rachunku",
    "serial",
    "sesji",
    "sms",
    "szyfrowania",
    "tag",
    "tajny",
    "urzadzenia",
    "uuid",
    "uzytkownika",
    "valuation",
    "value",
    "weryfikacji",
    "weryfikacyjny",
    "woluminu",
    "worth",
    "awaryjne",
    "awaryjny",
    "zapasowe",
    "zapasowy",
    "zonda",
    "zondy",
];

/// Names whose next words say what they name: `Account Id`, `PIN code`, `klucz publiczny API`, `Buying power`; something has to
/// separate them from a value.
///
/// What stands before them can name it already: `API key dostępu`.
pub(super) fn continued(
    text: &[u8],
    start: usize,
    end: usize,
    known: Option<Named>,
) -> Option<(Named, usize)> {
    const FIRST: [bool; 256] = {
        let mut first = [false; 256];
        let mut at = 0;
        while at < CONTINUED.len() {
            let letter = CONTINUED[at].as_bytes()[0];
            first[letter as usize] = true;
            first[letter.to_ascii_uppercase() as usize] = true;
            at += 1;
        }
        first
    };
    let (mut found, mut at, mut name) = (None::<(Named, usize, &str)>, end, Vec::new());
    for _ in 0..2 {
        let Some(rest) = text[at..].strip_prefix(b" ") else { break };
        if !rest.first().is_some_and(|first| FIRST[usize::from(*first)] || first.is_ascii_lowercase()) {
            break;
        }
        let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte >= 0x80;
        let length = rest.iter().take(16).take_while(is_part).count();
        let letter = rest[0].to_ascii_lowercase();
        // `hasło zonda: …`, `backup codes github: …`, `kod zapasowy 2FA: …`
        let so_far = found.map(|(named, ..)| named).or(known);
        if so_far.is_some()
            && matches!(rest.get(length), Some(b':' | b'='))
            && keys::is_addition(&rest[..length])
        {
            return so_far.map(|named| (named, at + 1 + length));
        }
        // `hasło giełda: …`: any other word, where a password as people choose one follows.
        if so_far.is_some_and(|named| named.rule == Id::Password && named.demand == Demand::Any)
            && (3..=16).contains(&length)
            && rest[length..].starts_with(b": ")
        {
            let demand = if found.is_some() { Demand::Random } else { Demand::Chosen };
            return Some((Named { rule: Id::Password, demand }, at + 1 + length));
        }
        let Some(word) = CONTINUED
            .iter()
            .find(|word| word.as_bytes()[0] == letter && keys::is_same(&rest[..length], word))
        else {
            break;
        };
        if name.is_empty() {
            name.extend_from_slice(&text[start..end]);
        }
        name.push(b'_');
        name.extend_from_slice(word.as_bytes());
        at += 1 + length;
        let qualified = known.filter(|_| keys::is_addition(word.as_bytes()));
        let counted = found.map(|(named, ..)| named).filter(|_| matches!(*word, "nr" | "no" | "number"));
        if let Some(named) = keys::named(&name).or(counted).or(qualified) {
            found = Some((named, at, *word));
        }
    }
    let (named, longer, word) = found?;
    let Some((_, separator)) = separator(text, start, longer) else {
        // Codes stand in lines below: `Kody zapasowe`.
        return matches!(word, "zapasowe" | "awaryjne" | "odzyskiwania").then_some((named, longer));
    };
    let is_alone = matches!(word, "api" | "nr" | "nik" | "maklerski" | "maklerskiego" | "tag")
        || named.rule <= Id::PrivateKey
        || matches!(
            named.rule,
            Id::Balance | Id::AccountId | Id::PersonName | Id::Iban | Id::Pesel | Id::Nip
        )
        || named.rule == Id::Serial
            && (text[longer..].starts_with(b" is ")
                || leads(&text[longer..])
                || text[longer..].strip_prefix(b" ").is_some_and(|rest| {
                    prose::is_identifier(rest) || prose::says_disk(&text[..longer]) && prose::is_of_disk(rest)
                }))
        || named.rule == Id::OneTimeCode
            && matches!(text[longer..], [b' ', b'"' | b'\'' | b'0'..=b'9' | b'\\', ..]);
    (separator != Separator::Prose || is_alone).then_some((named, longer))
}

/// Whether a value in quotes follows, or words that lead to one: `serial number do binance to …`.
fn leads(rest: &[u8]) -> bool {
    [&b" \""[..], b" '", b" \\\"", b" to ", b" for ", b" do ", b" dla "]
        .iter()
        .any(|words| rest.starts_with(words))
}

/// Where the number ends that a name has behind it, or a word in brackets: `Unseal Key 1:`, `Password (investor):`.
pub(super) fn numbered(text: &[u8], end: usize) -> usize {
    let rest = text[end..].strip_prefix(b" ").unwrap_or_default();
    if let Some(word) = rest.strip_prefix(b"(") {
        let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || b". ".contains(byte) || **byte >= 0x80;
        let length = word.iter().take(24).take_while(is_part).count();
        return if length > 1 && word[length..].starts_with(b"): ") { end + length + 3 } else { end };
    }
    let digits = rest.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    let marks = rest[digits..].iter().take_while(|byte| **byte == b' ').count();
    let is_number = (1..=2).contains(&digits) && marks <= 1 && rest[digits + marks..].starts_with(b": ");
    if is_number { end + 1 + digits + marks } else { end }
}

/// The user and the machine in an event of Windows: `Account Name:` and a tab.
pub(super) fn of_event(text: &[u8], start: usize, end: usize) -> Option<(Named, usize)> {
    if &text[start..end] == b"konta" && text[..start].ends_with(b"Nazwa ") && text[end..].starts_with(b":\t")
    {
        return Some((Named { rule: Id::UserName, demand: Demand::Account }, end));
    }
    if &text[start..end] != b"Account" {
        return None;
    }
    let starts =
        |field: &[u8]| text.get(end..end + field.len()).is_some_and(|head| head.eq_ignore_ascii_case(field));
    let fields = [
        (&b" Name:\t"[..], Named { rule: Id::UserName, demand: Demand::Account }),
        (b" Domain:\t", Named { rule: Id::HostName, demand: Demand::Machine }),
    ];
    let (field, named) = fields.into_iter().find(|(field, _)| {
        // What was copied out of a window has spaces in place of the tab.
        let name = field.strip_suffix(b"\t").unwrap_or(field);
        starts(field) || starts(name) && is_of_event(&text[end..(end + 160).min(text.len())])
    })?;
    Some((named, end + field.len() - 2))
}

/// Whether the lines of an event of Windows follow, or the user of one stands alone in his line.
fn is_of_event(near: &[u8]) -> bool {
    let next = near.splitn(2, |byte| *byte == b'\n').nth(1).unwrap_or_default().trim_ascii_start();
    let lower = near.to_ascii_lowercase();
    let says = |field: &str| memchr::memmem::find(&lower, field.as_bytes()).is_some();
    [&b"Account Domain:"[..], b"Logon ID:", b"Security ID:"].iter().any(|field| next.starts_with(field))
        // What was exported as a table has it on one line.
        || says("account domain: ")
        || says("source network address: ")
}

/// `seed words`, `recovery phrase`: the second word announces the same.
pub(super) fn announced(rest: &[u8]) -> usize {
    let words = [" phrase", " words", " word", " fraza"];
    words
        .iter()
        .find(|word| rest.len() > word.len() && rest[..word.len()].eq_ignore_ascii_case(word.as_bytes()))
        .map_or(0, |word| word.len())
}

/// Whether the key says where a value is kept, and not what it is: `apiKeyEnv`, `token_env_var`.
pub(super) fn names_variable(key: &[u8]) -> bool {
    const ENDS: [&str; 8] = ["_env", "-env", ".env", "Env", "EnvVar", "_env_var", "-env-var", "EnvName"];
    // Most names end with none of their letters.
    if !matches!(key, [.., b'n' | b'N', b'v' | b'V'] | [.., b'a' | b'A', b'r' | b'R'] | [.., b'm', b'e']) {
        return false;
    }
    let key = if key.iter().any(u8::is_ascii_lowercase) { key.to_vec() } else { key.to_ascii_lowercase() };
    ENDS.iter().any(|end| key.ends_with(end.as_bytes()))
}

/// What stands under the name of a variable's name is that name.
pub(super) fn of_variable(named: Named) -> Named {
    let demand = if named.demand == Demand::Any { Demand::Random } else { named.demand };
    Named { demand, ..named }
}
