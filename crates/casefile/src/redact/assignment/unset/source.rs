//! Names in the messages, in the source and in the tables of programs: what stands behind one of them is the next thing that is
//! said, and no value.

use super::super::bare::line_start;
use super::super::separator::Separator;
use super::next_name;
use crate::redact::gate::{self, class};
use crate::redact::keys::Named;
use crate::redact::rules::Id;
use crate::redact::value;

/// Longest name of a field.
const MAX_NAME: usize = 48;

/// Whether what stands behind the name belongs to something else.
pub(super) fn is_next(
    text: &[u8],
    (start, end): (usize, usize),
    rest: &[u8],
    separator: Separator,
    named: Named,
) -> bool {
    let is_begun = |words: &[&[u8]]| words.iter().any(|word| rest.starts_with(word));
    // Most values begin with none of these.
    let is_source = match rest.first() {
        // `secret: null attempt 430/5`
        Some(b'n' | b'N' | b'u') => {
            let nothing = [&b"null "[..], b"none ", b"nil ", b"None ", b"undefined "];
            let behind = nothing.iter().find_map(|nothing| rest.strip_prefix(*nothing));
            named.rule != Id::Password
                && behind.is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_lowercase))
        }
        // What PHP shows of variables.
        Some(b'$') => is_begun(&[b"$_ENV[", b"$_SERVER[", b"$_POST[", b"$_GET[", b"$_SESSION["]),
        Some(b'*') => rest.starts_with(b"*uninitialized*"),
        // `configure passwd:amd64 1:4.8.1`
        Some(b'a' | b'i') if separator == Separator::Colon => is_architecture(rest),
        // `PASS: TestSignRequest (0.40s)`
        Some(b'T') => &text[start..end] == b"PASS" && rest.starts_with(b"Test") && rest.get(4) != Some(&b' '),
        Some(b'S') => named.rule != Id::ConnectionUrl && rest.starts_with(b"Server="),
        // `session expired: sha256=71d8…`
        // `public key pinned: sha256/r/mIkG3e…`
        Some(b's') if rest.starts_with(b"sha256/") => true,
        // `apiSecret=%API_SECRET% not expanded`
        Some(b'%') => is_variable_of_windows(rest),
        Some(b's' | b'm') if separator == Separator::Colon => {
            named.rule != Id::Signature && is_begun(&[b"sha256=", b"sha1=", b"sha512=", b"md5="])
        }
        // `password-hash v4.7.22/go.mod h1:…`
        Some(b'v') if separator == Separator::Prose => {
            let word = rest.iter().take(24).take_while(|byte| byte.is_ascii_graphic()).count();
            rest[..word].ends_with(b"/go.mod") || rest[word..].starts_with(b" h1:")
        }
        _ => false,
    };
    is_source
        || separator == Separator::Bar && is_before_pair(text, start, rest)
        || match named.rule {
            // `license [a55cb676-…] mode [basic]` of Elasticsearch
            Id::LicenseKey => {
                let is_said = matches!(separator, Separator::Colon | Separator::Prose);
                is_said && (next_name(rest).is_some() || begins_with_class(rest)) || is_of_elastic(rest)
            }
            Id::OneTimeCode => separator == Separator::Colon && is_time(rest),
            Id::Token => separator == Separator::Colon && is_place_in_source(rest),
            // `my login count is 40`
            Id::AccountId => separator == Separator::Prose && is_counted(rest),
            // `cert serial=0x5430… issuer="C=US…`
            Id::Serial => text[..start].ends_with(b"cert "),
            // `klient: Expected: order placed`
            Id::PersonName => begins_label(rest),
            _ => false,
        }
}

/// A variable between percent signs, and something behind it.
fn is_variable_of_windows(rest: &[u8]) -> bool {
    let is_part = |byte: &&u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || **byte == b'_';
    let name = rest.iter().skip(1).take(MAX_NAME).take_while(is_part).count();
    name > 2
        && rest.get(1 + name) == Some(&b'%')
        && matches!(rest.get(2 + name), None | Some(b' ' | b',' | b';' | b'\n'))
}

/// What a package is built for.
fn is_architecture(rest: &[u8]) -> bool {
    [&b"amd64"[..], b"i386", b"arm64", b"armhf", b"all"].iter().any(|kind| {
        rest.strip_prefix(*kind).is_some_and(|behind| matches!(behind.first(), Some(b' ' | b',')))
    })
}

/// The number of a licence that Elasticsearch has, and what it is for.
fn is_of_elastic(rest: &[u8]) -> bool {
    let Some(inside) = rest.strip_prefix(b"[") else { return false };
    let length = inside.iter().take(MAX_NAME).take_while(|byte| gate::is(**byte, class::NAME)).count();
    length > 2 && inside[length..].starts_with(b"] mode [")
}

/// Whether the name ends a message and a bar parts it from the next setting, which has a name of its own: `running without auth |
/// sha256=…`, `module -> auth.session | crc -> 77346dd0`. A row of a table begins with the name or with a bar.
fn is_before_pair(text: &[u8], start: usize, rest: &[u8]) -> bool {
    let Some(line) = line_start(text, start) else { return false };
    let before = text[line..start].trim_ascii_start();
    if before.len() < 4
        || before.starts_with(b"|")
        || memchr::memchr_iter(b'|', before).count() > 1 && !before[0].is_ascii_digit()
    {
        return false;
    }
    let quote = rest.first().filter(|byte| matches!(byte, b'"' | b'\'')).copied();
    let inside = &rest[usize::from(quote.is_some())..];
    let length = gate::run_length(&inside[..inside.len().min(MAX_NAME)], class::NAME);
    let name = &inside[..length];
    let behind = &inside[length..];
    let (behind, is_closed) = match quote {
        Some(quote) if behind.first() == Some(&quote) => (&behind[1..], true),
        Some(_) => return false,
        None => (behind, false),
    };
    let is_sign = match behind {
        [b'=', next, ..] => !matches!(next, b'=' | b'\r' | b'\n'),
        [b':', next, ..] => is_closed || *next == b' ',
        _ => [&b" -> "[..], b" => ", b" = "].iter().any(|sign| behind.starts_with(sign)),
    };
    length >= 2
        && is_sign
        && (name[0].is_ascii_alphabetic() || name[0] == b'_')
        && name.is_ascii()
        && !value::is_random_looking(name)
}

/// The path of a class of what went wrong: `System.TimeoutException: …`.
fn begins_with_class(rest: &[u8]) -> bool {
    let is_part = |byte: &&u8| byte.is_ascii_alphabetic() || **byte == b'.';
    let class = &rest[..rest.iter().take(80).take_while(is_part).count()];
    memchr::memchr_iter(b'.', class).count() >= 1
        && (class.ends_with(b"Exception") || class.ends_with(b"Error"))
}

/// So many of so many: `[67/67636]`.
fn is_progress(rest: &[u8]) -> bool {
    let Some(inside) = rest.strip_prefix(b"[") else { return false };
    let digits = |text: &[u8]| text.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
    let done = digits(inside);
    let Some(of) = inside[done..].strip_prefix(b"/").filter(|_| done > 0) else { return false };
    let all = digits(of);
    all > 0 && of[all..].starts_with(b"]")
}

/// So long: `1581 s`.
fn is_time(rest: &[u8]) -> bool {
    let digits = rest.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
    digits > 0
        && [&b" s"[..], b" ms", b" sec", b" min"].iter().any(|unit| {
            rest[digits..]
                .strip_prefix(*unit)
                .is_some_and(|behind| !behind.first().is_some_and(u8::is_ascii_alphanumeric))
        })
}

/// A file of source and the number of a line: `app/controllers/orders_controller.rb:829:in`.
fn is_place_in_source(rest: &[u8]) -> bool {
    let length = rest.iter().take(120).take_while(|byte| byte.is_ascii_graphic() && **byte != b':').count();
    let digits = rest[length..].iter().skip(1).take(7).take_while(|byte| byte.is_ascii_digit()).count();
    rest[length..].starts_with(b":")
        && digits > 0
        && [&b".rb"[..], b".py", b".js", b".ts", b".php"].iter().any(|end| rest[..length].ends_with(end))
        && rest[length + 1 + digits..].starts_with(b":in")
}

/// What is counted or shown of logins, and of which something is said: `count is 40`.
fn is_counted(rest: &[u8]) -> bool {
    let word = rest.iter().take(24).take_while(|byte| byte.is_ascii_graphic()).count();
    let (word, behind) = rest.split_at(word);
    [&b"count"[..], b"counter", b"attempts", b"page", b"screen", b"window", b"form"].contains(&word)
        && behind.starts_with(b" ")
}

/// The label of what is said next: `Expected: order placed`.
fn begins_label(rest: &[u8]) -> bool {
    let word = rest.iter().take(16).take_while(|byte| byte.is_ascii_alphabetic()).count();
    word > 2 && rest[word..].starts_with(b": ")
}

/// Whether the name itself stands in the place of a value, which is still to come: `secretkey=your_exchange_key`, or is a number.
pub(super) fn is_itself_a_value(text: &[u8], (start, end): (usize, usize)) -> bool {
    let key = &text[start..end];
    let behind = &text[end..];
    // `secrets: [67/67636] compiling`, `apiKeys: [ApiKeyInfo!]!` of GraphQL, `Credentials[loginRetries=86]`
    if let Some(list) = behind.strip_prefix(b": ").filter(|list| list.starts_with(b"[")) {
        let name = gate::run_length(&list[1..list.len().min(MAX_NAME)], class::NAME);
        if is_progress(list) || name > 2 && list[1 + name..].starts_with(b"!]") {
            return true;
        }
    }
    if let Some(inside) = behind.strip_prefix(b"[")
        && key.first().is_some_and(u8::is_ascii_uppercase)
        && next_name(inside).is_some_and(|(_, sign)| sign == b'=')
    {
        return true;
    }
    match key.first() {
        // The table of services: `Status   Name   DisplayName`
        Some(b'D') if key == b"DisplayName" => {
            let line = &text[line_start(text, start).unwrap_or(start)..start];
            line.starts_with(b"Status ") && line.trim_ascii_end().ends_with(b" Name")
        }
        Some(b'y' | b'Y') => {
            key.len() > 5
                && key[..4].eq_ignore_ascii_case(b"your")
                && matches!(key[4], b'_' | b'-')
                && (text[..start].ends_with(b"=")
                    || text[..start].ends_with(b"= ")
                    || text[..start].ends_with(b": "))
                && value::is_placeholder(key)
        }
        // The number of a process in hexadecimal: `MSI (s) (2fa8:c787)`.
        Some(b'2') => {
            key.len() == 4
                && text[..start].ends_with(b"(")
                && key.iter().all(u8::is_ascii_hexdigit)
                && text[end..].starts_with(b":")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::keys::Demand;

    #[test]
    fn what_is_said_next_is_no_value() {
        use Separator::{Bar, Colon, Equals, Prose};
        let named = |rule| Named { rule, demand: Demand::Any };
        for (before, name, gap, rest, separator, rule, expected) in [
            ("running without ", "auth", " | ", "sha256=a919e1a92c7a", Bar, Id::Token, true),
            ("KeyError: '", "apiKey", "' | ", "secret-key-last-used='2026-07-15'", Bar, Id::ApiKey, true),
            ("os.environ[\"", "API_SECRET", "\"] | ", "\"passphrase-set\":true", Bar, Id::ApiSecret, true),
            ("module -> ", "auth.session", " | ", "crc -> 77346dd0", Bar, Id::Token, true),
            ("", "password", " | ", "abc=Def1!x", Bar, Id::Password, false),
            ("| x | ", "password", " | ", "abc=Def1!x |", Bar, Id::Password, false),
            ("note of bot ", "password", " | ", "aGVsbG8gd29ybGQ=", Bar, Id::Password, false),
            ("configure ", "passwd", ":", "amd64 1:4.8.1", Colon, Id::Password, true),
            ("db ", "password", ": ", "amd64 box", Colon, Id::Password, true),
            ("db ", "password", ":", "amd64x", Colon, Id::Password, false),
            ("", "PASS", ": ", "TestSignRequest (0.40s)", Colon, Id::Password, true),
            ("", "pass", ": ", "TestSignRequest", Colon, Id::Password, false),
            ("", "otp drift", ": ", "1581 s", Colon, Id::OneTimeCode, true),
            ("", "otp", ": ", "158173", Colon, Id::OneTimeCode, false),
            ("", "token", ": ", "app/orders_controller.rb:829:in `create'", Colon, Id::Token, true),
            ("x/", "password-hash", " ", "v4.7.22/go.mod h1:btx2", Prose, Id::Password, true),
            ("my ", "login", " ", "count is 40", Prose, Id::AccountId, true),
            ("my ", "login", " ", "anna12 is", Prose, Id::AccountId, false),
            ("", "$password", " = ", "$_ENV['DB_PASS'] ?? null", Equals, Id::Password, true),
            ("", "license", " ", "[a55cb676-82e5] mode [basic]", Prose, Id::LicenseKey, true),
            ("cert ", "serial", "=", "0x5430fab8416c6900 issuer=", Equals, Id::Serial, true),
            ("disk ", "serial", "=", "0x5430fab8416c6900", Equals, Id::Serial, false),
            ("", "klient", ": ", "Expected: order placed", Colon, Id::PersonName, true),
            ("", "klient", ": ", "Anna Nowak", Colon, Id::PersonName, false),
        ] {
            let text = format!("{before}{name}{gap}{rest}");
            let key = (before.len(), before.len() + name.len());
            let is_next = is_next(text.as_bytes(), key, rest.as_bytes(), separator, named(rule));
            assert_eq!(is_next, expected, "{text}");
        }
    }

    #[test]
    fn a_name_can_stand_for_a_value() {
        for (before, name, behind, expected) in [
            ("secretkey=", "your_exchange_key", " corr=6a5a084f", true),
            ("api_key: ", "YOUR_API_KEY", " x", true),
            ("", "your_api_key", ": x", false),
            ("set ", "your_api_key", " x", false),
            ("", "apiKeys", ": [ApiKeyInfo!]!", true),
            ("", "apiKeys", ": [ApiKeyInfo]", false),
            ("E ", "secrets", ": [67/67636] compiling", true),
            ("E ", "secrets", ": [\"67\"]", false),
            ("", "Credentials", "[loginRetries=86]", true),
            ("", "credentials", "[abcDef1234=", false),
            ("MSI (s) (", "2fa8", ":c787) [16:03", true),
            ("(", "2fa", ": 482913)", false),
        ] {
            let text = format!("{before}{name}{behind}");
            let key = (before.len(), before.len() + name.len());
            assert_eq!(is_itself_a_value(text.as_bytes(), key), expected, "{text}");
        }
    }
}
