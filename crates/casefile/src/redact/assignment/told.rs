//! Sentences about a secret behind its name: what happened to it, where it is, that it is not told.

use crate::redact::keys;
use crate::redact::value;

/// Whether the word begins a sentence about a secret: how long it has to be, when it was changed, where it is.
pub(super) fn is_told_of(word: &[u8], rest: &[u8]) -> bool {
    const LONGEST: usize = 24;
    const FAR: usize = 400;
    const WORDS: [&str; 53] = [
        "forgot",
        "forgotten",
        "zapomnia\u{142}em",
        "zapomnia\u{142}am",
        "zapomniane",
        "zapomnia\u{142}e\u{15b}",
        "vergessen",
        "vergeten",
        "esqueci",
        "olvidada",
        "olvid\u{e9}",
        "oubli\u{e9}",
        "dimenticata",
        "unuttum",
        "unohdin",
        "unohtui",
        "zapomn\u{11b}l",
        "zapomn\u{11b}la",
        "zabudol",
        "am",
        "elfelejtettem",
        "minimum",
        "minimo",
        "m\u{ed}nimo",
        "mindestens",
        "minimaal",
        "minim\u{e1}ln\u{11b}",
        "nejm\u{e9}n\u{11b}",
        "przynajmniej",
        "legal\u{e1}bb",
        "zmienione",
        "zmieniony",
        "zmieniona",
        "cambiada",
        "cambiado",
        "cambiata",
        "chang\u{e9}",
        "zm\u{11b}n\u{11b}no",
        "ge\u{e4}ndert",
        "gewijzigd",
        "vorige",
        "m\u{fa}lt",
        "siehe",
        "patrz",
        "vedi",
        "voir",
        "zie",
        "l\u{e1}sd",
        "viz",
        "puste",
        "pusty",
        "vuota",
        "vac\u{ed}a",
    ];
    let length = word.iter().position(|byte| matches!(byte, b' ' | b',')).unwrap_or(word.len());
    let (first, more) = word.split_at(length);
    if first.len() > LONGEST || !WORDS.iter().any(|told| keys::is_same(first, told)) {
        return false;
    }
    let behind = if more.is_empty() { rest } else { more };
    let behind = behind.strip_prefix(b",").unwrap_or(behind);
    let behind = &behind[..behind.len().min(FAR)];
    // A password may follow: `zmienione na …`.
    let line = behind.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    let is_made = |word: &[u8]| {
        word.iter().any(|byte| byte.is_ascii_digit() || b"!@#$%^&*".contains(byte))
            && !word.iter().all(u8::is_ascii_digit)
    };
    behind.first() == Some(&b' ')
        && !line.split(|byte| *byte == b' ').any(is_made)
        && behind.get(1).is_some_and(|next| next.is_ascii_alphanumeric() || *next >= 0x80)
}

/// Whether the word sends the reader elsewhere, `see the password manager`, or says until when it was good: `expired 2026-05-09`.
pub(super) fn is_sent_elsewhere(word: &[u8], rest: &[u8]) -> bool {
    const SEE: [&str; 6] = [
        "see",
        "ver",
        "ved",
        "steht",
        "\u{434}\u{438}\u{432}\u{438}\u{441}\u{44c}",
        "\u{441}\u{43c}\u{43e}\u{442}\u{440}\u{438}",
    ];
    const EXPIRED: [&str; 14] = [
        "abgelaufen",
        "expir\u{e9}e",
        "expir\u{e9}",
        "expired",
        "wygas\u{142}",
        "wygas\u{142}a",
        "wygas\u{142}o",
        "scaduta",
        "scaduto",
        "caducada",
        "caducado",
        "vypr\u{161}el",
        "vypr\u{161}elo",
        "\u{437}\u{430}\u{43a}\u{456}\u{43d}\u{447}\u{438}\u{432}\u{441}\u{44f}",
    ];
    // `apikey: digest invalid`; any other word may be the password that was rejected.
    const OF_REQUESTS: [&[u8]; 6] =
        [b"digest", b"signature", b"format", b"header", b"checksum", b"permission"];
    const WRONG: [&[u8]; 6] =
        [b" invalid", b" missing", b" mismatch", b" expired", b" rejected", b" required"];
    if OF_REQUESTS.contains(&word) && WRONG.iter().any(|wrong| rest.starts_with(wrong)) {
        return true;
    }
    let length = word.iter().position(|byte| *byte == b' ').unwrap_or(word.len());
    let (first, more) = word.split_at(length);
    let behind = if more.is_empty() { &rest[..rest.len().min(96)] } else { more };
    let line = behind.split(|byte| matches!(byte, b'\r' | b'\n' | b'"')).next().unwrap_or_default();
    let mut words = line.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    let is = |told: &[&str]| told.iter().any(|told| keys::is_same(first, told));
    let is_plain = |word: &[u8]| {
        word.iter().all(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80 || b".,()".contains(byte))
    };
    line.starts_with(b" ")
        && (is(&SEE) && words.clone().all(is_plain) && (words.clone().count() >= 2 || is_manager(line))
            || is(&EXPIRED)
                && words
                    .find(|word| !matches!(*word, b"am" | b"on" | b"dnia" | b"il" | b"le" | b"el"))
                    .is_some_and(|word| value::begins_with_date(word.strip_suffix(b",").unwrap_or(word))))
}

/// Whether it is where passwords are kept: `steht im Passwortmanager`, `ver el gestor`.
fn is_manager(line: &[u8]) -> bool {
    let line = line.to_ascii_lowercase();
    [&b"manager"[..], b"gestor", b"keepass", b"bitwarden"]
        .iter()
        .any(|word| memchr::memmem::find(&line, word).is_some())
}

/// Whether the rest of the line is a sentence that says that no value follows: plain words, and one that denies among the first.
pub(super) fn refuses(text: &[u8], start: usize) -> bool {
    const WORDS: [&str; 15] = [
        "nie",
        "not",
        "no",
        "nicht",
        "ne",
        "won't",
        "never",
        "nigdy",
        "niemals",
        "keine",
        "kein",
        "nunca",
        "do chatu",
        "schicke ich nicht",
        "\u{432} \u{447}\u{430}\u{442}",
    ];
    let near = &text[start..(start + 400).min(text.len())];
    let line = near.split(|byte| matches!(byte, b'\n' | b'\r' | b'"')).next().unwrap_or_default();
    let is_plain = |byte: &u8| byte.is_ascii_alphabetic() || b" ,.'!".contains(byte) || *byte >= 0x80;
    let words = || line.split(|byte| *byte == b' ').filter(|word| word.len() >= 2).count();
    let begins = |word: &&str| {
        line.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
            && line.get(word.len()) == Some(&b' ')
    };
    line.iter().all(is_plain) && words() >= 3 && WORDS.iter().any(begins)
}
