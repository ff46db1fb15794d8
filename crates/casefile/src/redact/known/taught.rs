//! What a text says in the place of a secret in passing: the name of a class, of a header, of the next field. It may be hidden
//! where it stands; nothing else of a folder is hidden because of it.

use crate::redact::rules::Id;
use crate::redact::{keys, value};

/// Longest name of a field or of a class.
const MAX_NAME: usize = 48;

/// Whether what stands there is no value that other files may have: a weak one that no sign of a setting leads to, or the
/// beginning of something else.
pub(super) fn in_passing(text: &[u8], (start, end): (usize, usize), rule: Id) -> bool {
    let value = &text[start..end];
    // `user "gamma": password mismatch`
    if rule == Id::UserName {
        let before = &text[..start];
        return before.ends_with(b" -> ")
            || value.iter().all(u8::is_ascii_lowercase) && is_quoted_in_sentence(before);
    }
    if rule >= Id::HiddenWord || rule == Id::Phrase {
        return false;
    }
    is_code_of_error(value)
        || rule == Id::LicenseKey && (is_class(value) || value.iter().all(u8::is_ascii_alphabetic))
        || rule == Id::Password && is_traded(value)
        || is_made_secure(&text[..start])
        || is_state(value)
        || is_plain_address(value)
        || is_opened(value)
        || is_named_next(text, end, value)
        || (is_weak(value) || value::is_setting(value)) && !is_set(&text[..start])
}

/// How Windows numbers what went wrong: `0xC0000005`.
fn is_code_of_error(value: &[u8]) -> bool {
    let inner = value.strip_prefix(b"(").unwrap_or(value);
    let inner = inner.strip_suffix(b")").unwrap_or(inner);
    inner.len() <= 10 && inner.starts_with(b"0x") && inner[2..].iter().all(u8::is_ascii_hexdigit)
}

/// Whether a quote stands before it, and a word and a space before that.
fn is_quoted_in_sentence(before: &[u8]) -> bool {
    let before = before.strip_suffix(b"\"").or_else(|| before.strip_suffix(b"'"));
    before.is_some_and(|before| {
        before.strip_suffix(b" ").is_some_and(|before| before.last().is_some_and(u8::is_ascii_alphabetic))
    })
}

/// What is traded, whoever wrote it behind a question for a password: `SOL/USDT:USDT`, `XAUUSD.pro`, `BTC-28MAR25`.
fn is_traded(value: &[u8]) -> bool {
    const COINS: [&[u8]; 9] = [b"USDT", b"USDC", b"USD", b"EUR", b"PLN", b"BTC", b"ETH", b"PERP", b"XAU"];
    let base = value.split(|byte| *byte == b'.').next().unwrap_or_default();
    let is_part = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"/:-_".contains(byte);
    base.len() >= 6
        && base.iter().all(is_part)
        && COINS.iter().any(|coin| base.starts_with(coin) || base.ends_with(coin))
}

/// The path of a class: `System.TimeoutException`.
fn is_class(value: &[u8]) -> bool {
    value.contains(&b'.')
        && value
            .split(|byte| *byte == b'.')
            .all(|part| part.len() > 1 && part.iter().all(u8::is_ascii_alphabetic))
}

/// Whether a script makes a secret of whatever stands here, under a name that is none of a secret:
/// `$AuthProvider = ConvertTo-SecureString 'oauth2' -AsPlainText`.
fn is_made_secure(before: &[u8]) -> bool {
    let before = before.strip_suffix(b"'").or_else(|| before.strip_suffix(b"\""));
    let Some(before) = before.and_then(|before| before.strip_suffix(b" = ConvertTo-SecureString ")) else {
        return false;
    };
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
    let name = before.iter().rev().take(MAX_NAME).take_while(is_part).count();
    keys::named(&before[before.len() - name..]).is_none()
}

/// How programs call what happened: `2FA_REQUIRED`.
fn is_state(value: &[u8]) -> bool {
    const ENDS: [&[u8]; 10] = [
        b"_REQUIRED",
        b"_NEEDED",
        b"_FAILED",
        b"_EXPIRED",
        b"_INVALID",
        b"_ENABLED",
        b"_DISABLED",
        b"_PENDING",
        b"_DENIED",
        b"_MISSING",
    ];
    ENDS.iter().any(|end| value.ends_with(end))
        && value.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_')
}

/// An address of words that everybody asks, `https://login.example.com/oauth2/v2.0/token`.
fn is_plain_address(value: &[u8]) -> bool {
    let Some(rest) = value.strip_prefix(b"https://").or_else(|| value.strip_prefix(b"http://")) else {
        return false;
    };
    rest.iter().all(|byte| byte.is_ascii_alphanumeric() || b"./-_:".contains(byte))
        && rest.split(|byte| b"./-_:".contains(byte)).all(|part| {
            part.iter().all(u8::is_ascii_lowercase) && part.len() <= 20
                || part.len() <= 6 && !part.iter().any(u8::is_ascii_uppercase)
        })
}

/// The beginning of a call or of a literal, `bless(`, `sql.NullString{String`, or a name with its sign, `config_sha256=`.
fn is_opened(value: &[u8]) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.:$".contains(byte);
    let Some(mark) = value.iter().take(MAX_NAME).position(|byte| b"({[=".contains(byte)) else {
        return false;
    };
    let name = &value[..mark];
    let rest = &value[mark + 1..];
    let is_name = name.len() >= 3
        && name[0].is_ascii_alphabetic()
        && name.iter().all(is_part)
        && !name
            .split(|byte| b"_.:$".contains(byte))
            .any(|part| part.len() > 6 && value::is_random_looking(part));
    is_name
        && (rest.is_empty()
            || rest.iter().all(|byte| byte.is_ascii_alphabetic() || b".)}]([{'\"".contains(byte)))
}

/// Whether it is called what follows it: `"SourceContext": …`, `OrderRequest {`, `X-Request-Id: …`.
fn is_named_next(text: &[u8], end: usize, value: &[u8]) -> bool {
    let is_name = value.len() <= MAX_NAME
        && value[0].is_ascii_alphabetic()
        && value.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(byte))
        && !value
            .split(|byte| b"_-.".contains(byte))
            .any(|part| part.len() > 6 && value::is_random_looking(part));
    let rest = &text[end..(end + 4).min(text.len())];
    let behind = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let behind = behind.strip_prefix(b" ").unwrap_or(behind);
    // `config_sha256 | e42333a9…`
    let spaces = text[end..].iter().take(40).take_while(|byte| **byte == b' ').count();
    if is_name && spaces > 0 && text.get(end + spaces) == Some(&b'|') && value.contains(&b'_') {
        return true;
    }
    is_name && matches!(behind.first(), Some(b':' | b'=' | b'{' | b'(' | b'['))
}

/// Words, names, versions: what nobody has made up to be secret, though somebody may use it so.
fn is_weak(value: &[u8]) -> bool {
    let is_word = |word: &[u8]| {
        let letters = word.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
        let is_plain = word.iter().all(|byte| byte.is_ascii_alphabetic() || b"_-.:,()'".contains(byte));
        is_plain && letters >= 2 || value::is_version(word) || value::is_versioned(word)
    };
    value.split(|byte| *byte == b' ').all(|word| word.is_empty() || is_word(word) || word.len() <= 2)
        && !is_jumbled(value)
}

/// Capitals among small letters as no name has them.
fn is_jumbled(value: &[u8]) -> bool {
    !value.contains(&b' ') && value::is_random_looking(value)
}

/// Whether a sign of a notation stands before it, and not the word of a sentence or what joins two messages.
fn is_set(before: &[u8]) -> bool {
    let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let bare = line.trim_ascii_end();
    let is_apart = bare.len() < line.len();
    // A column of its own.
    if line.ends_with(b"\t") || line.ends_with(b"  ") || bare.ends_with(b"\\u0022") {
        return true;
    }
    match bare.last() {
        // An option, a variable: `--password kotek`, `ENV DB_PASSWORD kotek`, `mysql -pkotek`.
        Some(last) if last.is_ascii_alphanumeric() || *last == b'_' => {
            let word = bare.rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
            let is_variable = word.contains(&b'_')
                && word.iter().all(|byte| byte.is_ascii_uppercase() || b"_0123456789".contains(byte));
            word.starts_with(b"-") || word.starts_with(b"!!") || word.starts_with(b"&") || is_variable
        }
        // A row of a table, and no message behind another one.
        Some(b'|') => !is_apart || line.trim_ascii_start().starts_with(b"|") || line.starts_with(b" "),
        Some(b'>') => !bare.ends_with(b"->") || !is_apart,
        Some(b'(') => !bare.ends_with(b" ("),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_in_passing_teaches_nothing() {
        for (before, value, behind) in [
            ("unknown option --api-key\", \"", "SourceContext", "\": \"http\"}"),
            ("unknown option --password -> ", "X-Request-Id", ": c8e6"),
            ("password | ", "bitcoin genesis block", "\n"),
            ("passphrase (", "0xC0000005", ")"),
            ("'api' => ", "bless(", " {"),
            ("key: ", "sql.NullString{String", ":\"hot\""),
            ("credentials=", "NotifierConfig", " {"),
            ("key expired: ", "config_sha256=", "'8f"),
            ("password unchanged ", "openssl 3.0.13", "\n"),
        ] {
            let text = format!("{before}{value}{behind}");
            let place = (before.len(), before.len() + value.len());
            assert!(in_passing(text.as_bytes(), place, Id::Password), "{text}");
        }
        for (before, value, behind) in [
            ("password=", "kotekmruczek", "\n"),
            ("\"haslo\": \"", "tigerWiosnaKot", "\","),
            ("\\\"haslo\\\": \\\"", "tigerWiosnaKot", "\\\","),
            ("password is ", "Kotek!2024", "\n"),
            ("--password ", "kX9pQ2mW8vR4tT6y", "\n"),
            ("<password>", "kotekmruczek", "</password>"),
            ("binance,", "kotekmruczek", "\n"),
            ("| bot | ", "Tiger-Woods", " |"),
            ("mysql -p", "kotekmruczek", " x"),
            ("postgres://bot:", "Tiger-Woods", "@db"),
            ("IDENTIFIED BY '", "Tiger-Woods", "'"),
            ("set_password('", "kotekmruczek", "')"),
            ("password:\n  - ", "kotekmruczek", "\n"),
        ] {
            let text = format!("{before}{value}{behind}");
            let place = (before.len(), before.len() + value.len());
            assert!(!in_passing(text.as_bytes(), place, Id::Password), "{text}");
        }
    }
}
