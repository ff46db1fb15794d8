//! What programs say of a secret instead of showing it: that it is there, that it is wrong. None of it is a password that
//! somebody would choose; each of it is what an engineer looks for.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words of one state, in small letters.
const STATES: &str = "\
    old new not nicht is was are has loaded unloaded expired found failed failure ok set unset error wrong denied rejected accepted \
    mismatch header jar must too does cannot could unknown default disabled enabled true false null none nil undefined \
    undef inherited overridden 0x0 nan yes no on off n/a na empty missing not_set changeme change_me redacted hidden masked secret password token example \
    placeholder todo string str nie tak required optional invalid valid test demo dummy fake incorrect correct changed filtered removed omitted scrubbed sanitized \
    unchanged success successful succeeded present absent blank verified unverified revoked locked unlocked refreshed \
    updated provided configured unconfigured encrypted malformed unsupported unauthorized forbidden \
    wymagane wymagany erforderlich brak niepoprawne niepoprawny niepoprawna b\u{142}\u{119}dne b\u{142}\u{119}dny \
    b\u{142}\u{119}dna bledne bledny poprawne poprawny wygas\u{142}o wygas\u{142} wygas\u{142}a wygaslo wygasl zmienione \
    zmieniono zmieniony zmieniona puste pusty ustawione ustawiony nieustawione w\u{142}\u{105}czone \
    wy\u{142}\u{105}czone wlaczone wylaczone odrzucone odrzucono zaakceptowane nieprawid\u{142}owe nieprawid\u{142}owy \
    nieprawidlowe ung\u{fc}ltig gesetzt vorhanden fehlt falsch leer abgelaufen ja nein oui non sim nao n\u{e3}o s\u{ec} s\u{ed} si da incorrecta incorrecto invalida invalido nespravne neplatne ungueltig ano \u{e1}no evet \
    hayir hay\u{131}r nee \u{434}\u{430} \u{43d}\u{435}\u{442} \u{442}\u{430}\u{43a} \u{43d}\u{456}";

/// More than one word.
const PHRASES: [&str; 20] = [
    "not set",
    "(none)",
    "(not set)",
    "nie ustawiono",
    "nie podano",
    "nie znaleziono",
    "nie ustawione",
    "nie ma",
    "nicht gesetzt",
    "nicht gefunden",
    "nie wczytano",
    "non d\u{e9}fini",
    "non impostato",
    "no definido",
    "(empty)",
    "see docs",
    "see the docs",
    "(null)",
    "(missing)",
    "(unset)",
];

/// None of these is longer.
pub(super) const LONGEST: usize = 16;

/// What follows a state in a sentence: `incorrect for BTCUSDT`.
const LINKS: [&[u8]; 14] = [
    b"for", b"by", b"at", b"on", b"in", b"after", b"from", b"since", b"during", b"dla", b"w", b"na",
    b"przez", b"od",
];

/// Whether it is nothing but a state, given in small letters.
pub(super) fn is_state(lower: &[u8]) -> bool {
    static ALL: LazyLock<HashSet<&[u8]>> =
        LazyLock::new(|| STATES.split(' ').chain(PHRASES).map(str::as_bytes).collect());
    lower.len() <= LONGEST
        && (ALL.contains(lower)
            || lower.contains(&b' ') && lower.split(|byte| *byte == b' ').all(|word| ALL.contains(word)))
}

/// Whether it begins with a state that a sentence goes on behind, or another setting: `incorrect for BTCUSDT`, `disabled, mode=3`.
pub(super) fn begins_with_state(value: &[u8]) -> bool {
    let length = value.iter().take(LONGEST + 1).position(|byte| b" ,;".contains(byte));
    let Some((word, rest)) = length.map(|length| value.split_at(length)) else { return false };
    let second = rest[1..].split(|byte| *byte == b' ').next().unwrap_or_default();
    (LINKS.contains(&second) || rest[0] != b' ') && is_state(&word.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_one_however_the_sentence_goes_on() {
        for text in ["incorrect", "b\u{142}\u{119}dne", "not set", "n/a", "nieprawid\u{142}owe"] {
            assert!(is_state(text.as_bytes()) && text.len() <= LONGEST, "{text}");
        }
        assert!(STATES.split(' ').all(|word| !word.is_empty() && word.len() <= LONGEST));
        for text in ["incorrect for BTCUSDT", "disabled, key=close", "B\u{142}\u{119}dne dla konta"] {
            assert!(begins_with_state(text.as_bytes()), "{text}");
        }
        for text in ["correct horse battery staple", "incorrect", "Hunter2 for", "", "success!23", "in the"] {
            assert!(!begins_with_state(text.as_bytes()), "{text}");
        }
    }
}
