//! Figures, versions, calls and codes in the place of a secret.

use crate::redact::value;

/// Whether a setting can stand in the place of the value: behind a space where nothing, or a word, stands before that.
pub(super) fn may_be_setting(before: &[u8], value: &[u8]) -> bool {
    if !matches!(before.last(), Some(b' ' | b'(')) || !value::is_setting(value) {
        return false;
    }
    let is_equal = memchr::memchr2(b'=', b':', value).is_some_and(|sign| value[sign] == b'=');
    before.ends_with(b"(") || is_equal || !before.ends_with(b": ") && !before.ends_with(b"= ")
}

/// What keeps the secret, when it was made, how it is derived, what is traded: said in its place.
pub(super) fn says_where(value: &[u8]) -> bool {
    const KEEPERS: [&[u8]; 12] = [
        b"windows-credential-manager",
        b"credential-manager",
        b"gnome-keyring",
        b"keyring",
        b"keychain",
        b"dpapi",
        b"secret-service",
        b"kwallet",
        b"aws-secrets-manager",
        b"hashicorp-vault",
        b"System.Security.SecureString",
        b"SecureString",
    ];
    let is_digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    // `2025-01-17T21:45:09.961Z`
    let is_time = || {
        value.len() >= 19
            && value::begins_with_date(value)
            && value.iter().all(|byte| byte.is_ascii_digit() || b"-:.TZ+ ".contains(byte))
    };
    // `m/84'/0'/0'/0/3`
    let is_path = || {
        value.strip_prefix(b"m/").is_some_and(|path| {
            path.split(|byte| *byte == b'/').all(|part| {
                is_digits(part.strip_suffix(b"'").or_else(|| part.strip_suffix(b"_")).unwrap_or(part))
            })
        })
    };
    // `BTC-28MAR25-90000-C`
    let is_option = || {
        if memchr::memchr_iter(b'-', value).count() != 3 {
            return false;
        }
        let parts: Vec<&[u8]> = value.split(|byte| *byte == b'-').collect();
        parts[0].iter().all(u8::is_ascii_uppercase)
            && matches!(parts[1].len(), 6 | 7)
            && is_digits(parts[2])
            && matches!(parts[3], b"C" | b"P")
    };
    // `array:9 [` of PHP
    let is_array = || value.strip_prefix(b"array:").is_some_and(is_digits);
    // `wss://stream.bybit.com/v5/private`
    let is_address = || {
        let rest = value.strip_prefix(b"wss://").or_else(|| value.strip_prefix(b"ws://"));
        rest.is_some_and(|rest| {
            !rest.iter().any(|byte| b"?@".contains(byte))
                && !rest
                    .split(|byte| *byte == b'/')
                    .any(|part| part.len() >= 16 && value::is_random_looking(part) && !part.contains(&b'.'))
        })
    };
    // `./keys/id_ed25519`
    let is_relative = || {
        let path = value.strip_prefix(b"./").or_else(|| value.strip_prefix(b"../"));
        path.is_some_and(|path| {
            path.len() >= 3 && path.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_-./".contains(byte))
        })
    };
    match value.first() {
        Some(b'.') => is_relative(),
        Some(b'0'..=b'9') => is_time(),
        Some(b'm') if value.get(1) == Some(&b'/') => is_path(),
        Some(b'a') if value.len() < 12 && is_array() => true,
        Some(b'w') if is_address() => true,
        Some(b'A'..=b'Z') if (12..=24).contains(&value.len()) && is_option() => true,
        Some(_) => value.len() <= 27 && KEEPERS.contains(&value),
        None => false,
    }
}

/// Several words with capitals: `Simulated Data Feed`.
pub(super) fn are_capitalised(value: &[u8]) -> bool {
    let is_word = |word: &[u8]| {
        word.len() >= 3 && word.iter().all(u8::is_ascii_alphabetic) && word[0].is_ascii_uppercase()
    };
    value.contains(&b' ') && value.split(|byte| *byte == b' ').all(is_word)
}

/// A constant in a list, `['MARGIN', 'WITHDRAW_DISABLED']`: what a key may do.
pub(super) fn is_constant(before: &[u8], value: &[u8]) -> bool {
    let is_listed = [&b"['"[..], b", '", b"[\"", b", \"", b",\""].iter().any(|sign| before.ends_with(sign));
    is_listed && value.contains(&b'_') && value.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_')
}

/// Whether an index is named before the value: `key levels for US30.cash: 3286.31`.
pub(super) fn is_behind_symbol(before: &[u8]) -> bool {
    let name = before.trim_ascii_end();
    let name = name.strip_suffix(b":").or_else(|| name.strip_suffix(b"=")).unwrap_or(name);
    name.strip_suffix(b".cash")
        .and_then(<[u8]>::last)
        .is_some_and(|last| last.is_ascii_uppercase() || last.is_ascii_digit())
}

/// How Windows numbers what went wrong, behind a word or in brackets: `kod 0xC0000005`.
pub(super) fn is_code(before: &[u8], value: &[u8]) -> bool {
    let is_behind_word = matches!(before, [.., last, b' '] if last.is_ascii_alphabetic());
    (before.ends_with(b"(") || is_behind_word)
        && value.len() == 10
        && value.starts_with(b"0x")
        && value[2..].iter().all(u8::is_ascii_hexdigit)
}

/// Whether it is called `pass` alone, as figures are, or stands in a cell.
pub(super) fn is_of_pass(before: &[u8]) -> bool {
    let name = before.trim_ascii_end();
    if matches!(name.last(), Some(b'|' | b'\t' | b',' | b';')) {
        return true;
    }
    let end = name.iter().rposition(|byte| !b":=\"' ".contains(byte)).map_or(0, |last| last + 1);
    let name = &name[..end];
    name.ends_with(b"pass")
        && !name[..name.len() - 4]
            .last()
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(byte))
}

/// A figure of an indicator, or how long something took, or so many of so many: `1.39818036`, `429.52ms`, `-1.20%`, `7/8`.
pub(super) fn is_measured(value: &[u8]) -> bool {
    let bare = value.strip_prefix(b"-").unwrap_or(value);
    let digits = bare.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let more = bare.get(digits + 1..).unwrap_or_default();
    let behind = more.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let unit = more.get(behind..).unwrap_or_default();
    digits > 0
        && behind > 0
        && match bare.get(digits) {
            Some(b'.') => [&b""[..], b"ms", b"us", b"s", b"%"].contains(&unit),
            Some(b'/') => digits <= 2 && behind <= 2 && unit.is_empty(),
            _ => false,
        }
}

/// What a program was asked to do: `setApiVersion(2.27.2)`.
pub(super) fn is_call(value: &[u8]) -> bool {
    let Some(open) = memchr::memchr(b'(', value).filter(|_| value.ends_with(b")")) else { return false };
    let name = &value[..open];
    name.len() >= 6
        && name.iter().all(u8::is_ascii_alphabetic)
        && value::are_words_in_camel_case(name)
        && !value[open..].iter().any(|byte| b"'\"".contains(byte))
}

/// A program and its version: `Chrome/121.0.6318.66`.
pub(super) fn is_product(value: &[u8]) -> bool {
    let Some(mark) = memchr::memchr(b'/', value) else { return false };
    let (name, version) = (&value[..mark], &value[mark + 1..]);
    let programs = [&b"Chrome"[..], b"Electron", b"Mozilla", b"Safari", b"AppleWebKit", b"Edg", b"Firefox"];
    programs.contains(&name)
        && version.contains(&b'.')
        && version.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.')
}

/// Whether the sentence says that there is none, so what follows is a code: `Saldo nie zostało odświeżone: 418`.
pub(super) fn is_denied(before: &[u8]) -> bool {
    let near = &before[before.len().saturating_sub(48)..];
    let line = near.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    line.ends_with(b": ")
        && [&b" nie "[..], b" not ", b" failed", b" error"]
            .iter()
            .any(|word| memchr::memmem::find(line, word).is_some())
}

/// Three numbers and two points: a version, and no sum, whose groups have three digits.
pub(in crate::redact::assignment) fn is_of_three(value: &[u8]) -> bool {
    let parts = value.split(|byte| *byte == b'.');
    parts.clone().count() >= 3
        && parts.clone().all(|part| !part.is_empty() && part.iter().all(u8::is_ascii_digit))
        && parts.skip(1).any(|part| part.len() != 3)
}

/// Whether the number of a request or of an order is said right before: `żądanie 12184544-d5db-…`.
pub(super) fn is_of_request(before: &[u8]) -> bool {
    const WORDS: [&str; 10] = [
        "\u{17c}\u{105}danie",
        "zadanie",
        "request",
        "req",
        "trace",
        "order",
        "zlecenie",
        "sesja",
        "job",
        "correlation",
    ];
    let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    line.strip_suffix(b" ").is_some_and(|line| WORDS.iter().any(|word| line.ends_with(word.as_bytes())))
}

/// Whether what asks for a balance is named, and what it was answered follows.
pub(super) fn is_call_of(before: &[u8]) -> bool {
    let name = before.trim_ascii_end();
    let name = name.strip_suffix(b":").unwrap_or(name);
    [
        "fetch_balance",
        "get_balance",
        "fetchbalance",
        "getbalance",
        "update_balance",
        "fetch_balances",
        "get_balances",
    ]
    .iter()
    .any(|call| {
        name.len() >= call.len() && name[name.len() - call.len()..].eq_ignore_ascii_case(call.as_bytes())
    })
}
