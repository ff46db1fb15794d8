//! Names that say who speaks or what is shown, where the rest of the line is a message: the place of a line of source, the head of
//! an event, a type of a column, a path of a program.

use super::super::bare::line_start;
use super::super::logger::{SPEAKERS, says_license};
use super::next_name;
use crate::redact::gate::{self, class};
use crate::redact::keys::Named;
use crate::redact::rules::Id;

/// Longest name of a field.
const MAX_NAME: usize = 48;

/// Whether what stands behind the name and its sign is no value of it, whatever the sign is.
pub(super) fn is_message(text: &[u8], (start, end): (usize, usize), rest: &[u8], named: Named) -> bool {
    let before = &text[..start];
    let begins = |words: &[&[u8]]| words.iter().any(|word| rest.starts_with(word));
    // Most values begin with none of these.
    let is_said = match rest.first() {
        // What a compiler says; what a client is told.
        Some(b'e') => begins(&[b"error[E", b"expect("]),
        Some(b'w') => rest.starts_with(b"warning: "),
        Some(b'Y') => rest.starts_with(b"You must "),
        // `secret: &SecretString`, `secret: !vault exchange/kucoin`, `type="xs:string"`
        Some(b'&') => begins(&[b"&str", b"&mut ", b"&Secret"]),
        Some(b'!') => begins(&[b"!vault ", b"!secret ", b"!env ", b"!Ref ", b"!Sub "]),
        Some(b'x') => begins(&[b"xs:", b"xsd:"]),
        Some(b'{') => is_event(rest),
        _ => false,
    };
    is_said
        || is_type_of_column(text, end, rest)
        || match named.rule {
            // `Settings/Accounts/API keys: 3 rows`
            Id::LicenseKey => is_path_of_words(rest),
            Id::UserName => {
                // `-u,--user             display user IDs`, `user=0.28s sys=0.48s`, `-LogName Application`
                before.ends_with(b",--") && text[end..].starts_with(b"   ")
                    || is_seconds(rest)
                    || before.ends_with(b"-") && text[..end].ends_with(b"LogName")
            }
            // `OS name: Microsoft Windows 11 Pro`
            Id::HostName => rest.starts_with(b"Microsoft Windows"),
            // `key id 8fdc457bf3dbc1a1`, `gpg: Good signature, key DEBD669FD1026BFA`
            Id::ApiKey => text[end..].starts_with(b" ") && is_id_of_signer(text, start, rest),
            // The answer of a server to a request for a key.
            Id::Token => text[end..].starts_with(b" -> ") && is_answer(rest),
            _ => false,
        }
}

/// Whether the name says who speaks, and no value follows at all.
pub(super) fn is_speaker(text: &[u8], (start, end): (usize, usize)) -> bool {
    let (key, before, behind) = (&text[start..end], &text[..start], &text[end..]);
    // `| INFO | account:run:386 - …` of loguru
    if behind.first() == Some(&b':') && SPEAKERS.contains(&key) && before.ends_with(b" | ") {
        let function = gate::run_length(&behind[1..behind.len().min(MAX_NAME)], class::NAME);
        let line = behind[1 + function..].strip_prefix(b":").unwrap_or_default();
        let digits = line.iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
        return digits > 0 && line[digits..].starts_with(b" - ");
    }
    // `[MainThread] DEBUG license - CryptUnprotectData failed`
    if behind.starts_with(b" - ") && SPEAKERS.contains(&key) {
        let level = before.trim_ascii_end();
        let is_level = [&b"TRACE"[..], b"DEBUG", b"INFO", b"WARN", b"WARNING", b"ERROR", b"FATAL"]
            .iter()
            .any(|known| level.ends_with(known));
        return is_level && !says_license(&behind[3..(3 + 160).min(behind.len())]);
    }
    // `| INFO | uAccount | …`: a unit of Delphi
    if let [b'u', capital, ..] = key
        && capital.is_ascii_uppercase()
        && SPEAKERS.iter().any(|known| known.eq_ignore_ascii_case(&key[1..]))
    {
        return before.ends_with(b" | ") && behind.starts_with(b" | ");
    }
    // `getByLabelText(/password/i)`
    if before.ends_with(b"(/") && (behind.starts_with(b"/i)") || behind.starts_with(b"/)")) {
        return true;
    }
    // `span auth.login id=07fb9bd79b9b82df`
    if key.ends_with(b".login") && behind.starts_with(b" id=") {
        return true;
    }
    // `RegOpenKey(Root=-2147483646,Key=…`: arguments have names of their own.
    if let Some(inside) = behind.strip_prefix(b"(")
        && key.first().is_some_and(u8::is_ascii_uppercase)
        && let Some((name, b'=')) = next_name(inside)
    {
        return name[0].is_ascii_uppercase() && !name.eq_ignore_ascii_case(b"value");
    }
    // `secrets: [INFO] …`, `keys: {"event":"login",…}`
    let rest = behind.strip_prefix(b": ").or_else(|| behind.strip_prefix(b" : "));
    rest.is_some_and(|rest| {
        [&b"[INFO]"[..], b"[WARN", b"[ERROR]", b"[DEBUG]"].iter().any(|level| rest.starts_with(level))
            || is_event(rest)
    })
}

/// The beginning of an event in JSON: `{"event":"login"`, `{"e":"executionReport"`, `{"topic":"order"`.
fn is_event(rest: &[u8]) -> bool {
    [&br#"{"event":""#[..], br#"{"e":""#, br#"{"topic":""#, br#"{"op":""#, br#"{"action":""#]
        .iter()
        .any(|head| rest.starts_with(head))
}

/// The status of an answer and how long it took: `200 in 456 ms`.
fn is_answer(rest: &[u8]) -> bool {
    let digits = rest.iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
    digits == 3 && (rest[digits..].starts_with(b" in ") || rest[digits..].starts_with(b" {"))
}

/// Whether the bar of a table stands behind the name, and the type of a column behind that: `secret_enc | bytea |`.
fn is_type_of_column(text: &[u8], end: usize, rest: &[u8]) -> bool {
    const TYPES: [&[u8]; 12] = [
        b"character varying",
        b"varchar",
        b"text",
        b"bytea",
        b"integer",
        b"bigint",
        b"boolean",
        b"timestamp",
        b"uuid",
        b"jsonb",
        b"json",
        b"numeric",
    ];
    let is_cell = |rest: &[u8]| {
        let rest = rest.strip_prefix(b"(").map_or(rest, |rest| {
            rest.iter().position(|byte| *byte == b')').map_or(rest, |close| &rest[close + 1..])
        });
        rest.starts_with(b" ") && rest.trim_ascii_start().starts_with(b"|")
    };
    let gap = text[end..].iter().take(64).take_while(|byte| **byte == b' ').count();
    text.get(end + gap) == Some(&b'|')
        && TYPES.iter().any(|kind| {
            let near = &rest[..rest.len().min(MAX_NAME + 16)];
            near.strip_prefix(*kind).is_some_and(is_cell)
        })
}

/// Words with slashes between, and no digit: `Settings/Accounts/API`, `node_modules/keytar`.
fn is_path_of_words(rest: &[u8]) -> bool {
    let rest = rest.strip_prefix(b"\"").unwrap_or(rest);
    let is_part = |byte: &&u8| byte.is_ascii_alphabetic() || b"/_".contains(byte);
    let (path, behind) = rest.split_at(rest.iter().take(64).take_while(is_part).count());
    path.contains(&b'/')
        && !path.ends_with(b"/")
        && path.iter().any(u8::is_ascii_lowercase)
        && behind.first().is_none_or(|next| next.is_ascii_whitespace() || b"\":,".contains(next))
}

/// How long the processor worked: `0.28s`.
fn is_seconds(rest: &[u8]) -> bool {
    let number = rest.iter().take(10).take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    number > 1
        && rest[..number].contains(&b'.')
        && matches!(rest.get(number..number + 2), Some([b's', next]) if next.is_ascii_whitespace())
}

/// Whether it is the number of a key that signs what is published.
fn is_id_of_signer(text: &[u8], start: usize, rest: &[u8]) -> bool {
    let digits = rest.iter().take(41).take_while(|byte| byte.is_ascii_hexdigit()).count();
    let line = line_start(text, start).unwrap_or(start).max(start.saturating_sub(MAX_NAME));
    let before = &text[line..start];
    matches!(digits, 8 | 16 | 40)
        && [&b"signature"[..], b"gpg", b"publisher"]
            .iter()
            .any(|word| memchr::memmem::find(before, word).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::keys::Demand;

    #[test]
    fn messages_are_no_values() {
        for (before, name, gap, rest, rule, expected) in [
            ("c.b.", "session", " : ", "error[E0308]: mismatched types", Id::Token, true),
            ("", "listenKey", " -> ", "200 in 456 ms", Id::Token, true),
            ("", "listenKey", " -> ", "2004in", Id::Token, false),
            ("", "secret", ": ", "&SecretString, payload: &[u8])", Id::ApiSecret, true),
            ("", "secret", ": ", "!vault exchange/kucoin", Id::ApiSecret, true),
            ("", "secret", ": ", "!vaultage", Id::ApiSecret, false),
            (" ", "secret_enc", "    | ", "bytea                  |", Id::ApiSecret, true),
            (" ", "password_hash", " | ", "character varying(255) |", Id::Password, true),
            ("| bot ", "password", " | ", "textile |", Id::Password, false),
            ("", "license", ": ", "Settings/Accounts/API keys: 3 rows", Id::LicenseKey, true),
            ("", "license", ": ", "A7/B9", Id::LicenseKey, false),
            ("", "license", "=", "key/_8LQ0AhjzRcT7pyPPKk2CgxRc", Id::LicenseKey, false),
            ("-u,--", "user", "      ", "display user IDs", Id::UserName, true),
            ("", "user", "=", "0.28s sys=0.48s", Id::UserName, true),
            ("", "user", "=", "anna", Id::UserName, false),
            ("Get-WinEvent -", "LogName", " ", "Application", Id::UserName, true),
            ("publisher ", "key id", " ", "8fdc457bf3dbc1a1, trust", Id::ApiKey, true),
            ("bot ", "key id", " ", "8fdc457bf3dbc1a1, trust", Id::ApiKey, false),
            ("", "balance", " : ", "{\"e\":\"executionReport\",", Id::Balance, true),
            ("", "balance", ": ", "{\"free\":\"1.5\"}", Id::Balance, false),
        ] {
            let text = format!("{before}{name}{gap}{rest}");
            let key = (before.len(), before.len() + name.len());
            let named = Named { rule, demand: Demand::Any };
            assert_eq!(is_message(text.as_bytes(), key, rest.as_bytes(), named), expected, "{text}");
        }
    }

    #[test]
    fn who_speaks_has_no_value() {
        for (before, name, behind, expected) in [
            ("12:00 | INFO | ", "account", ":run:386 - smart card", true),
            ("12:00 | INFO | ", "account", ":12345678", false),
            ("| INFO | ", "uAccount", " | Clave", true),
            ("| ", "account", " | 12345678", false),
            ("getByLabelText(/", "password", "/i))", true),
            ("span ", "auth.login", " id=07fb", true),
            ("op: ", "RegOpenKey", "(Root=-2147483646,Key=x", true),
            ("x = ", "ApiKey", "(value=abc)", false),
            ("c.b.", "secrets", ": [INFO] --- maven", true),
            ("", "keys", ": {\"event\":\"login\"", true),
            ("", "keys", ": {\"binance\":\"abc\"", false),
        ] {
            let text = format!("{before}{name}{behind}");
            let key = (before.len(), before.len() + name.len());
            assert_eq!(is_speaker(text.as_bytes(), key), expected, "{text}");
        }
    }
}
