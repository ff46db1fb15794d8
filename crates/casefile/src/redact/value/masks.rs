//! What a program shows in place of a secret that it hid itself: `sk-…wxyz`, `(redacted)`, `<masked:64>`, `64 chars`. An engineer
//! sees from it that there is one, and whether it is the one that was meant.

/// Longer ones are none.
pub(super) const LONGEST: usize = 40;

/// So many signs of a secret may be left of it.
const MOST_SHOWN: usize = 16;

/// Whether it is such a mask.
pub(super) fn is_mask(value: &[u8]) -> bool {
    // So many dots as the secret has letters.
    if !value.is_empty() && !value[0].is_ascii_alphanumeric() && is_dotted(value) {
        return true;
    }
    value.len() <= LONGEST
        && value.iter().any(|byte| !byte.is_ascii_alphanumeric())
        && (is_of_settings(value)
            || is_shortened(value)
            || is_word(value)
            || is_length(value)
            || is_reference(value))
}

/// The first and the last signs with dots between them, perhaps with the length behind: `abc1...x9z2 (64 chars)`.
fn is_shortened(value: &[u8]) -> bool {
    let value = without_length(value);
    let is_sign =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'=' | b'+' | b'/' | b':');
    [&b"..."[..], "\u{2026}".as_bytes()].iter().any(|dots| {
        let Some(at) = memchr::memmem::find(value, dots) else { return false };
        let (first, last) = (&value[..at], value[at + dots.len()..].trim_ascii());
        let last = last.strip_prefix(b".").unwrap_or(last);
        first.len() + last.len() <= MOST_SHOWN
            && first.len() + last.len() > 0
            && first.len() <= 12
            && last.len() <= 8
            && first.iter().chain(last).all(is_sign)
    })
}

/// A number of a registry or of a remote desktop, and what Ansible writes: `dword:00000001`, `i:0`.
fn is_of_settings(value: &[u8]) -> bool {
    // `session bpp:i:32` of a remote desktop
    let named = memchr::memmem::find(value, b":i:")
        .filter(|at| value[..*at].iter().all(|byte| byte.is_ascii_lowercase() || *byte == b' '));
    let number = named.map(|at| &value[at + 3..]);
    let number = number.or_else(|| value.strip_prefix(b"dword:")).or_else(|| value.strip_prefix(b"i:"));
    number.is_some_and(|number| (1..=8).contains(&number.len()) && number.iter().all(u8::is_ascii_hexdigit))
        || value == b"VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
}

/// In front of what says how long it is in brackets.
fn without_length(value: &[u8]) -> &[u8] {
    let open = memchr::memchr(b'(', value).filter(|open| value.ends_with(b")") && is_length(&value[*open..]));
    open.map_or(value, |open| value[..open].trim_ascii_end())
}

/// Bullets, blocks and stars only.
fn is_dotted(value: &[u8]) -> bool {
    std::str::from_utf8(value).is_ok_and(|text| {
        text.chars().all(|sign| {
            matches!(
                sign,
                '\u{2022}'
                    | '\u{25cf}'
                    | '\u{25e6}'
                    | '\u{2219}'
                    | '\u{b7}'
                    | '\u{25aa}'
                    | '\u{25a0}'
                    | '\u{2588}'
                    | '*'
                    | '"'
                    | '\''
            )
        })
    })
}

/// A word that says that something was hidden, in signs and little words: `__REDACTED__`, `<hidden by proxy>`.
fn is_word(value: &[u8]) -> bool {
    const HIDDEN: [&str; 14] = [
        "redacted",
        "masked",
        "hidden",
        "filtered",
        "removed",
        "omitted",
        "sanitized",
        "sanitised",
        "scrubbed",
        "obfuscated",
        "censored",
        "suppressed",
        "ukryte",
        "zamaskowane",
    ];
    const BESIDE: [&str; 22] = [
        "by", "proxy", "value", "secret", "key", "token", "password", "chars", "bytes", "length", "len",
        "for", "security", "from", "logs", "log", "in", "the", "privacy", "is", "was", "data",
    ];
    let is =
        |word: &[u8], list: &[&str]| list.iter().any(|known| word.eq_ignore_ascii_case(known.as_bytes()));
    let mut words = value.split(|byte| !byte.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    words.clone().any(|word| is(word, &HIDDEN)) && words.all(|word| is(word, &HIDDEN) || is(word, &BESIDE))
}

/// How long it is: `64 chars`, `(len=64)`, `string(40)`.
fn is_length(value: &[u8]) -> bool {
    const UNITS: [&str; 12] = [
        "chars",
        "char",
        "characters",
        "bytes",
        "byte",
        "len",
        "length",
        "size",
        "string",
        "str",
        "znakow",
        "zeichen",
    ];
    let mut parts = value.split(|byte| !byte.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let (Some(first), second, None) = (parts.next(), parts.next(), parts.next()) else { return false };
    let is_number = |part: &[u8]| part.len() <= 5 && part.iter().all(u8::is_ascii_digit);
    let is_unit = |part: &[u8]| UNITS.iter().any(|unit| part.eq_ignore_ascii_case(unit.as_bytes()));
    second.is_some_and(|second| is_number(first) && is_unit(second) || is_unit(first) && is_number(second))
}

/// The name of a preset, by its version: `scalper_v3`.
pub(in crate::redact) fn is_versioned(value: &[u8]) -> bool {
    let digits = value.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let name = &value[..value.len() - digits];
    let name = name.strip_suffix(b"_v").or_else(|| name.strip_suffix(b"-v"));
    (1..=3).contains(&digits)
        && name.is_some_and(|name| {
            name.len() >= 3 && name.iter().all(|byte| byte.is_ascii_lowercase() || b"_-".contains(byte))
        })
}

/// A file: `id.json`, `./keys/bot.pem`, `trades_2026-11.csv`.
pub(in crate::redact) fn is_file(value: &[u8]) -> bool {
    const LONGEST: usize = ".sqlite".len();
    const ENDS: [&str; 33] = [
        ".json", ".pem", ".key", ".ppk", ".p12", ".pfx", ".yml", ".yaml", ".toml", ".csv", ".tsv", ".xlsx",
        ".pdf", ".log", ".txt", ".md", ".zip", ".gz", ".7z", ".db", ".sqlite", ".py", ".exe", ".dll", ".bat",
        ".ps1", ".ahk", ".xml", ".ini", ".conf", ".cfg", ".ex5", ".mq5",
    ];
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-/\\~:".contains(byte);
    // Most values have no dot near their end.
    if !value.iter().rev().take(LONGEST).any(|byte| *byte == b'.') {
        return false;
    }
    ENDS.iter().any(|end| value.ends_with(end.as_bytes())) && value.iter().all(is_part)
}

/// Where it is kept: `env.API_SECRET`, `secrets.API_SECRET`, the mark of a sealed block of Ansible.
fn is_reference(value: &[u8]) -> bool {
    let dot = memchr::memchr(b'.', value).map(|dot| value.split_at(dot));
    dot.is_some_and(|(place, name)| {
        [&b"env"[..], b"secrets", b"vars", b"inputs", b"ENV", b"Env"].contains(&place)
            && name[1..]
                .iter()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_')
    }) || matches!(value, b"!vault" | b"!vault |" | b"!vault >")
}

/// What stands in a query, as it was before: `%3Cnot+set%3E`, `%2A%2A%2A%2A`.
pub(in crate::redact) fn of_query(value: &[u8]) -> Option<Vec<u8>> {
    const LONGEST: usize = 160;
    if value.len() > LONGEST {
        return None;
    }
    let spaced: Vec<u8> = value.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    let plain = percent_decoded(&spaced);
    (plain.len() < value.len()).then_some(plain)
}

/// The bytes under percent signs.
pub(in crate::redact) fn percent_decoded(run: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(run.len());
    let mut at = 0;
    while at < run.len() {
        let hex = (run[at] == b'%').then(|| run.get(at + 1..at + 3)).flatten();
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()) {
            decoded.push(byte);
            at += 3;
        } else {
            decoded.push(run[at]);
            at += 1;
        }
    }
    decoded
}

/// Nothing but noughts, as a program writes what is not set.
pub(super) fn is_nought(value: &[u8]) -> bool {
    value.len() >= 16 && value.iter().all(|byte| *byte == b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_of_programs_are_known() {
        for mask in [
            "sk-...wxyz",
            "sk-proj-\u{2026}wxyz",
            "abcd...wxyz",
            "abc1...x9z2 (64 chars)",
            "(redacted)",
            "{redacted}",
            "**redacted**",
            "--REDACTED--",
            "__REDACTED__",
            "REDACTED_BY_PROXY",
            "<masked:64>",
            "\u{2022}\u{2022}\u{2022}\u{2022}",
            "''",
            "64 chars",
            "(64 chars)",
            "len=64",
            "string(40)",
            "env.API_SECRET",
            "!vault |",
            "<hidden>",
            "0x12ab...89ef",
        ] {
            assert!(is_mask(mask.as_bytes()), "{mask}");
        }
        for secret in [
            "hidden-Tiger-77!",
            "a...b...c",
            "Kot.Ala.2024",
            "x64.chars.Ab",
            "secrets.Tiger",
            "abcdefghijklm...nopq",
            "pass...word phrase",
        ] {
            assert!(!is_mask(secret.as_bytes()), "{secret}");
        }
    }
}
