//! Words in the place of a value that are none: what sentences go on with, and what people write to others.

use super::bare::line_start;
use super::given;
use super::separator::Separator;
use super::syntax::{is_empty_of_go, is_explanation, is_generic, is_menu, is_source, is_tag};
use super::told::{is_sent_elsewhere, is_told_of, refuses};
use crate::redact::gate::{self, class};
use crate::redact::keys::{self, Demand};
use crate::redact::rules::Id;
use crate::redact::value;

/// What sentences go on with behind a colon.
const SAID: [&[u8]; 21] = [
    b"raise",
    b"return",
    b"throw",
    b"next",
    b"called",
    b"it",
    b"the",
    b"this",
    b"that",
    b"you",
    b"your",
    b"please",
    b"check",
    b"expected",
    b"got",
    b"use",
    b"using",
    b"to",
    b"nie",
    b"prosz\xc4\x99",
    b"sprawd\xc5\xba",
];

/// What sentences go on with behind an option.
const OF_OPTIONS: [&[u8]; 30] = [
    b"so",
    b"because",
    b"which",
    b"when",
    b"given",
    b"via",
    b"is",
    b"was",
    b"and",
    b"or",
    b"on",
    b"in",
    b"to",
    b"for",
    b"from",
    b"option",
    b"options",
    b"flag",
    b"argument",
    b"parameter",
    b"must",
    b"not",
    b"cannot",
    b"required",
    b"missing",
    b"requires",
    b"expects",
    b"without",
    b"instead",
    b"but",
];

/// How people begin what they write to others.
const ASKED: [&str; 24] = [
    "help",
    "przez",
    "via",
    "hi",
    "hello",
    "hey",
    "thanks",
    "thank",
    "sorry",
    "please",
    "okay",
    "yes",
    "no",
    "why",
    "what",
    "how",
    "when",
    "can",
    "my",
    "pomocy",
    "hej",
    "witam",
    "dzi\u{119}ki",
    "prosz\u{119}",
];

/// `missing required credential: apiKey`: the name of what is not there follows.
pub(super) fn names_what_is_missing(before: &[u8], value: &[u8]) -> bool {
    let says = [&b"missing "[..], b"missing required ", b"Missing ", b"Missing required "];
    if !before.ends_with(b" ") || !says.iter().any(|words| before.ends_with(words)) {
        return false;
    }
    let length = value.iter().take(40).take_while(|byte| gate::is(**byte, class::NAME)).count();
    length > 0 && !value[..length].iter().any(u8::is_ascii_digit)
}

/// Whether somebody says it in a conversation, who is called by nothing but a word and a time: `[17:43:42] user: BTCUSDT at …`.
fn is_speech(text: &[u8], start: usize, end: usize) -> bool {
    let Some(line) = line_start(text, start) else { return false };
    let before = text[line..start].trim_ascii_end().strip_suffix(b":").unwrap_or_default();
    let name = before.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let is_time = |byte: &u8| byte.is_ascii_digit() || b" :.,-[]()/".contains(byte);
    let rest = text[end..].split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let words = rest.split(|byte| *byte == b' ').filter(|word| !word.is_empty()).count();
    let (before, name) = before.split_at(before.len() - name);
    let is_person =
        [&b"user"[..], b"client", b"customer", b"member", b"klient", b"kunde", b"cliente", b"utente"]
            .iter()
            .any(|person| name.eq_ignore_ascii_case(person));
    is_person && before.iter().all(is_time) && rest.starts_with(b" ") && words >= 2
}

/// Whether what follows is what somebody says, and not who he is: `[14:34:02] Customer: AnyDesk ID: 363 345 808`.
fn is_said_by(text: &[u8], (start, end): (usize, usize), demand: Demand) -> bool {
    match demand {
        Demand::Account => is_speech(text, start, end),
        Demand::Name => {
            is_behind_time(text, start) && is_speech(text, start, end) && !given::is_person(&text[start..end])
        }
        _ => false,
    }
}

/// Whether the sentence says what became of something, ` token was rejected by the server.`: a passphrase may begin so too.
fn tells_of_it(rest: &[u8]) -> bool {
    let near = &rest[..rest.len().min(96)];
    let line = near.split(|byte| matches!(byte, b'\r' | b'\n' | b'"')).next().unwrap_or_default();
    [&b" was "[..], b" is ", b" has been "].iter().any(|verb| memchr::memmem::find(line, verb).is_some())
}

/// What is anchored stands on the lines below; an alias is hidden where it has its anchor.
fn is_of_yaml(text: &[u8], (start, end): (usize, usize)) -> bool {
    let word = &text[start..end];
    if let Some(name) = word.strip_prefix(b"&") {
        return name.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'_')
            && is_deeper_below(text, start, end);
    }
    word.strip_prefix(b"*").is_some_and(|name| {
        !name.is_empty() && name.len() <= 64 && name.iter().all(|byte| gate::is(*byte, class::NAME))
    })
}

/// Whether the line ends here, and the next one is set in more.
fn is_deeper_below(text: &[u8], start: usize, end: usize) -> bool {
    let depth = |line: &[u8]| line.iter().take_while(|byte| **byte == b' ').count();
    let below = text[end..].strip_prefix(b"\r").unwrap_or(&text[end..]).strip_prefix(b"\n");
    let here = line_start(text, start).map(|line| depth(&text[line..start]));
    below.zip(here).is_some_and(|(below, here)| depth(below) > here)
}

/// Whether a time stands at the beginning of the line.
fn is_behind_time(text: &[u8], start: usize) -> bool {
    line_start(text, start).is_some_and(|line| {
        let before = text[line..start].trim_ascii_start();
        before.iter().take(2).any(u8::is_ascii_digit) && before.contains(&b':')
    })
}

/// Whether a sentence about a key begins with the word: `API key: trading enabled, withdrawals disabled`.
pub(super) fn is_word_about_key(
    text: &[u8],
    (start, end): (usize, usize),
    separator: Separator,
    rule: Id,
) -> bool {
    const LONGEST: usize = 16;
    const WORDS: [&str; 24] = [
        "trading",
        "enabled",
        "disabled",
        "read",
        "read-only",
        "readonly",
        "reading",
        "only",
        "nur",
        "vain",
        "yalnizca",
        "tylko",
        "wersja",
        "trial",
        "withdrawals",
        "permissions",
        "spot",
        "futures",
        "solo",
        "apenas",
        "pouze",
        "jen",
        "doar",
        "sadece",
    ];
    let word = &text[start..end];
    // `api_key_id=54`
    let name = text[..start].trim_ascii_end();
    let is_counted = [&b"id="[..], b"id\":", b"id:"].iter().any(|end| name.ends_with(end));
    if rule == Id::ApiKey && is_counted && word.len() <= 4 && word.iter().all(u8::is_ascii_digit) {
        return true;
    }
    if separator != Separator::Colon || word.len() > LONGEST {
        return false;
    }
    let word = word.strip_suffix(b",").unwrap_or(word);
    let behind = text[start + word.len()..].strip_prefix(b",").unwrap_or(&text[start + word.len()..]);
    matches!(rule, Id::ApiKey | Id::ApiSecret | Id::LicenseKey)
        && WORDS.iter().any(|said| keys::is_same(word, said))
        && matches!(behind, [b' ', next, ..] if next.is_ascii_alphabetic() || *next >= 0x80)
}

/// Whether what stands here is no value: `APIKEY= Signature: …`, `check BINANCE_SECRET= in your settings`, `owner = Settings {`.
pub(super) fn is_no_value(
    text: &[u8],
    start: usize,
    end: usize,
    separator: Separator,
    demand: Demand,
) -> bool {
    const LINKS: [&[u8]; 12] =
        [b"and", b"are", b"for", b"from", b"in", b"is", b"must", b"not", b"of", b"or", b"the", b"to"];
    let word = &text[start..end];
    // The edge of a box.
    if word.starts_with("\u{2502}".as_bytes()) {
        return true;
    }
    // `hasło: nie podam na czacie`
    if separator == Separator::Colon && demand == Demand::Any && refuses(text, start) {
        return true;
    }
    // `hasło: minimum 12 znaków`, `Passwort: siehe Zettel`, `contraseña: cambiada la semana pasada`
    if separator == Separator::Colon
        && matches!(demand, Demand::Any | Demand::Random)
        && (demand == Demand::Any && is_told_of(word, &text[end..]) || is_sent_elsewhere(word, &text[end..]))
    {
        return true;
    }
    if separator == Separator::Colon && is_menu(&text[start..]) {
        return true;
    }
    if is_empty_of_go(text, start, word, separator) || is_tag(word, &text[end..], separator) {
        return true;
    }
    // `refreshToken(TokenRefreshService.java:34131)`, `passphrase: Option<SecretString>`
    if text[..start].ends_with(b"(") && is_source(word)
        || is_generic(word, &text[end..])
        || separator == Separator::Equals && (word.starts_with(b"field(") || word.starts_with(b"Field("))
    {
        return true;
    }
    // `id-token: write`
    if separator == Separator::Colon
        && matches!(word, b"write" | b"read")
        && text[..start].ends_with(b"token: ")
    {
        return true;
    }
    // `Incorrect passphrase: OKX passphrase is set when you create the key`
    if separator == Separator::Colon && demand == Demand::Any && is_explanation(&text[start..]) {
        return true;
    }
    // `libsecret-1-0:amd64`, `PyJWT==2.8.0`
    let is_of_package = || {
        let name = text[..start].rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
        name.starts_with(b"lib") && [&b"amd64"[..], b"arm64", b"i386", b"armhf", b"all"].contains(&word)
    };
    if separator == Separator::Colon && is_of_package()
        || text[..start].ends_with(b"==") && value::is_version(word)
    {
        return true;
    }
    // `rotate the secret: it was published`
    // `InvalidToken: The token was rejected by the server.`
    let is_said =
        text.get(end) == Some(&b' ') && (SAID.contains(&word) || word == b"The" && tells_of_it(&text[end..]));
    if separator == Separator::Colon && (is_said || text[start..].starts_with(b"field required")) {
        return true;
    }
    // `user: help, my key does not work`
    if separator == Separator::Colon
        && demand == Demand::Account
        && matches!(text.get(end), Some(b',' | b' ' | b'!'))
        && ASKED.iter().any(|asked| word.eq_ignore_ascii_case(asked.as_bytes()))
    {
        return true;
    }
    if separator == Separator::Colon && is_said_by(text, (start, end), demand) {
        return true;
    }
    // `api_secret=64 chars`, `api_secret: length 64`
    let rest = &text[end..];
    if word.len() <= 4
        && word.iter().all(u8::is_ascii_digit)
        && [&b" char"[..], b" bytes", b" znak"].iter().any(|unit| rest.starts_with(unit))
        || matches!(word, b"length" | b"len" | b"size")
            && rest.strip_prefix(b" ").is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_digit))
    {
        return true;
    }
    // `Client(api_key=key, api_secret=sec)`
    if separator == Separator::Equals
        && word.len() <= 4
        && word.iter().all(u8::is_ascii_lowercase)
        && matches!(text.get(end), Some(b',' | b')'))
    {
        return true;
    }
    // `klient: Kupiłem bota wczoraj`, `owner: Please restart it`
    if separator == Separator::Colon
        && demand == Demand::Name
        && !word.contains(&b' ')
        && (matches!(&text[end..], [b' ', next, ..] | [b',', b' ', next, ..] if next.is_ascii_lowercase())
            || text[end..].starts_with(b" I "))
    {
        return true;
    }
    if separator == Separator::Colon && is_of_yaml(text, (start, end)) {
        return true;
    }
    // `option --api-key given, …`, `Using --password via the CLI is insecure`
    if separator == Separator::Space && OF_OPTIONS.contains(&word.strip_suffix(b",").unwrap_or(word)) {
        return true;
    }
    if separator != Separator::Equals || !text[..start].ends_with(b" ") {
        return false;
    }
    let in_sentence =
        !text[..start].ends_with(b" = ") && text.get(end) == Some(&b' ') && LINKS.contains(&word);
    let is_type = demand == Demand::Name && text[end..].trim_ascii_start().starts_with(b"{");
    let is_name = matches!(text.get(end), Some(b':' | b'=')) && keys::named(word).is_some();
    in_sentence || is_type || is_name
}
