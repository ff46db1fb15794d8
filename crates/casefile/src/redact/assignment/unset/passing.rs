//! Names that are said in passing: the next message follows, the next member of an object, the type of what it holds.

use super::super::logger::{SPEAKERS, says_license, says_secret, speaks};
use super::super::ordinary::is_of_three;
use super::super::quote::{quote_at, quote_end};
use super::super::separator::{Separator, skip_spaces};
use super::next_name;
use crate::redact::gate::{self, class};
use crate::redact::keys::{self, Named};
use crate::redact::rules::Id;
use crate::redact::value;

/// Longest name of a type with its path.
const MAX_TYPE: usize = 64;

/// Whether what stands at `value_at` belongs to something else than the name.
pub(super) fn is_passing(
    text: &[u8],
    key: (usize, usize),
    value_at: usize,
    separator: Separator,
    named: Named,
) -> bool {
    let Some(gap) = text.get(key.1..value_at) else { return false };
    let rest = &text[value_at..];
    // `["side":"ApiCredentials":private]=>` of PHP: the class that has it.
    text[..key.0].ends_with(b"\":\"") && memchr::memmem::find(gap, b"]=>").is_some()
        || is_before_message(text, key.0, gap, rest)
        || is_before_member(text, key, gap, value_at, separator)
        || matches!(separator, Separator::Equals | Separator::Colon) && holds_type(rest)
        // `openssl enc -pass pass:…`
        || separator == Separator::Space
            && text[key.0..key.1].starts_with(b"pass")
            && [&b"pass:"[..], b"env:", b"file:", b"fd:"].iter().any(|kind| rest.starts_with(kind))
        // `#<ApiCredentials:0x4b09e8a8` of Ruby, `--api-key= --funding-rate=0.573`
        || rest.starts_with(b"0x") && is_of_ruby(&text[..key.0])
        // `object edtPassword: TEdit` of Delphi, `| /run/secrets/api_key | 884c0ae2…`, `?apiKey=&secret= attempt 3/5`
        || separator == Separator::Colon && rest.starts_with(b"T") && is_of_form(&text[..key.0])
        || separator == Separator::Bar && text[..key.0].ends_with(b"/")
        || matches!(text[..key.0].last(), Some(b'?' | b'&')) && gap.starts_with(b"= ")
        || gap == b"= " && rest.starts_with(b"--") && next_name(&rest[2..]).is_some()
        || separator == Separator::Colon && is_field_with_space(rest)
        || text[..key.0].ends_with(b"] ") && is_task(&text[key.0..key.1], gap, rest)
        || named.rule == Id::Balance
            && (is_denied(gap) || begins_with_version(rest) || text[..key.0].ends_with(b"pdate "))
}

/// Whether a message ends with the name and the next one follows a bar or an arrow: `unknown option --password | openssl 3.0.13`,
/// `op=refreshToken -> mint EPjF…`.
fn is_before_message(text: &[u8], start: usize, gap: &[u8], rest: &[u8]) -> bool {
    const BEFORE: [&[u8]; 19] = [
        b"nvalid access ",
        b"nvalid ",
        b"Bad ",
        b"bad ",
        b"wrong ",
        b"expired ",
        b"YOUR_",
        b"your_",
        b"your_exchange_",
        b"$",
        b"option --",
        b"option -",
        b"argument --",
        b"flag --",
        b"header ",
        b"variable ",
        b"parameter ",
        b"environ[\"",
        b"getenv(\"",
    ];
    if gap.len() < 3 || !gap.iter().any(|byte| b"|>(".contains(byte)) {
        return false;
    }
    let mark = gap.trim_ascii();
    let mark = mark.strip_prefix(b"\\").unwrap_or(mark);
    if ![&b"|"[..], b"->", b"(", b"\"] |", b"\"] ->", b"\") |", b"\") ->"].contains(&mark)
        || !gap.starts_with(b" ") && !gap.ends_with(b" ")
    {
        return false;
    }
    let before = &text[..start];
    let header = before.strip_suffix(b"X-").unwrap_or(before);
    let is_said = BEFORE.iter().any(|words| header.ends_with(words))
        || [&b"environ[\\\""[..], b"getenv(\\\""].iter().any(|words| before.ends_with(words))
        || before.ends_with(b"=") && gap.starts_with(b" ");
    let word = rest.iter().take(80).take_while(|byte| byte.is_ascii_graphic() && **byte != b'=').count();
    if mark == b"(" {
        // `password: your_exchange_key (0x4ef26e81…`
        return [&b"YOUR_"[..], b"your_", b"your_exchange_", b"$"].iter().any(|word| before.ends_with(word));
    }
    // One word alone can be the value.
    let line = rest[..rest.len().min(80)]
        .split(|byte| matches!(byte, b'\r' | b'\n' | b'"'))
        .next()
        .unwrap_or_default();
    is_said && line.trim_ascii().contains(&b' ') && !value::is_random_looking(&rest[..word])
}

/// Whether the next member of an object or of a list follows: `"symbols":["BOT_TOKEN"],"orderId":7`, `["DB_PASSWORD", "PATH"]`,
/// `--api-key", "SourceContext": …`, `wrong password,origOrderId=7`.
fn is_before_member(
    text: &[u8],
    key: (usize, usize),
    gap: &[u8],
    value_at: usize,
    separator: Separator,
) -> bool {
    let is_closed = gap.contains(&b']') && gap.contains(&b',');
    if separator != Separator::Comma && !is_closed && gap.trim_ascii() != b"," {
        return false;
    }
    let rest = &text[value_at..];
    let Some(quote) = quote_at(text, value_at) else {
        let name = gate::run_length(&rest[..rest.len().min(48)], class::NAME);
        let behind = rest[name..].trim_ascii_start();
        let column = rest.strip_prefix(b"[").unwrap_or(rest);
        let column = &column[..gate::run_length(&column[..column.len().min(48)], class::NAME)];
        let is_column = gap.starts_with(b"], ") && keys::named(column).is_some();
        return is_column
            || next_name(rest).is_some()
            || is_closed && name > 2 && matches!(behind.first(), Some(b'=' | b':'));
    };
    let from = value_at + quote.mark.len();
    let to = quote_end(text, from, quote);
    let Some(word) = text.get(from..to) else { return false };
    let is_name =
        !word.is_empty() && word.len() <= 48 && word.iter().all(|byte| gate::is(*byte, class::NAME));
    let behind = &text[(to + quote.mark.len()).min(text.len())..];
    let behind = &behind[behind.iter().take(4).take_while(|byte| **byte == b' ').count()..];
    let is_constant = |word: &[u8]| {
        word.len() >= 3
            && word[0].is_ascii_uppercase()
            && word.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_')
    };
    let is_member = matches!(behind.first(), Some(b':')) || behind.starts_with(b"=>");
    is_name
        && !value::is_random_looking(word)
        && (is_member
            || word.contains(&b'_')
                && word.iter().all(|byte| byte.is_ascii_lowercase() || *byte == b'_')
                && behind.first() == Some(&b',')
                && is_in_list(&text[..key.0])
                && text[..key.0].ends_with(b"[\"")
            || is_constant(word)
                && is_constant(&text[key.0..key.1])
                && word.len() <= 24
                && is_in_list(&text[..key.0]))
}

/// Whether a list is open before it, and no call.
fn is_in_list(before: &[u8]) -> bool {
    let near = &before[before.len().saturating_sub(200)..];
    let line = near.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    line.iter().rev().find(|byte| b"[]()".contains(byte)) == Some(&b'[')
}

/// Whether the beginning of a structure is what it holds, whose fields have names of their own: `credentials=RiskLimits{passCount=32`,
/// `'api' => bless( {`, `auth: com.bot.core.TokenCache@af6d84c[revision=…`.
fn holds_type(rest: &[u8]) -> bool {
    // What wraps a value in these is none.
    const WRAPPERS: [&[u8]; 23] = [
        b"text",
        b"bytes",
        b"str",
        b"content",
        b"contents",
        b"plain",
        b"plaintext",
        b"plain_text",
        b"plainText",
        b"default",
        b"default_value",
        b"raw",
        b"value",
        b"val",
        b"inner",
        b"String",
        b"secret",
        b"data",
        b"key",
        b"token",
        b"Value",
        b"v",
        b"password",
    ];
    if rest.starts_with(b"%{") {
        return true;
    }
    if !rest.first().is_some_and(|first| first.is_ascii_alphabetic() || matches!(first, b'[' | b'&')) {
        return false;
    }
    // What Node shows of a map, Go of a pointer; fields in brackets.
    if [&b"[Map Entries]"[..], b"[Object", b"[Array]", b"[Nest]"].iter().any(|kind| rest.starts_with(kind)) {
        return true;
    }
    let rest = rest.strip_prefix(b"&").unwrap_or(rest);
    if let Some(inside) = rest.strip_prefix(b"[") {
        let inside = inside.strip_prefix(b"--").unwrap_or(inside);
        let name = gate::run_length(&inside[..inside.len().min(48)], class::NAME);
        return name >= 2
            && matches!(inside.get(name), Some(b'='))
            && !value::is_random_looking(&inside[..name])
            && !WRAPPERS.contains(&&inside[..name]);
    }
    // Most values end with a quote or a comma, and are none of a type.
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"._$:\\".contains(byte);
    let mut length = gate::run_length(&rest[..rest.len().min(MAX_TYPE)], class::NAME);
    while length < MAX_TYPE && rest.get(length).is_some_and(is_part) {
        length += 1;
    }
    if length < 4 || length == MAX_TYPE || !matches!(rest.get(length), Some(b'{' | b'(' | b'[' | b'@' | b' '))
    {
        return false;
    }
    let name = rest[..length].strip_suffix(b":").unwrap_or(&rest[..length]);
    let last = name.rsplit(|byte| b".:\\".contains(byte)).next().unwrap_or_default();
    let is_type = last.len() >= 4
        && (last[0].is_ascii_uppercase() && last.iter().any(u8::is_ascii_lowercase)
            || [&b"bless"[..], b"dict_items", b"mappingproxy", b"defaultdict"].contains(&last))
        && last.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        && !value::is_random_looking(last);
    if !is_type {
        return false;
    }
    let behind = &rest[length..];
    let digits = behind.iter().skip(1).take(9).take_while(|byte| byte.is_ascii_hexdigit()).count();
    let behind = if behind.first() == Some(&b'@') && digits > 0 { &behind[digits + 1..] } else { behind };
    let behind = behind.strip_prefix(b" ").unwrap_or(behind);
    if behind.starts_with(b"Object\n") || behind.starts_with(b"Object\r") {
        return true;
    }
    let Some((b'{' | b'(' | b'[', inside)) = behind.split_first() else { return false };
    if behind.starts_with(b"{") && matches!(inside.first(), None | Some(b'\n' | b'\r')) {
        return true;
    }
    let inside = inside[..inside.len().min(80)].trim_ascii_start();
    let inside = inside.strip_prefix(b"'").or_else(|| inside.strip_prefix(b"\"")).unwrap_or(inside);
    let field = gate::run_length(inside, class::NAME);
    let sign = &inside[field..];
    let sign =
        sign.strip_prefix(b"'").or_else(|| sign.strip_prefix(b"\"")).unwrap_or(sign).trim_ascii_start();
    let is_field =
        field > 0 && matches!(sign.first(), Some(b'=' | b':')) && !WRAPPERS.contains(&&inside[..field]);
    is_field || inside.starts_with(b"{") || inside.starts_with(b"[(") || inside.starts_with(b"(\'")
}

/// Whether an object of Ruby is shown: `#<Bot::Credentials:0xdc25a980ac46>`.
fn is_of_ruby(before: &[u8]) -> bool {
    let path = before
        .iter()
        .rev()
        .take(48)
        .take_while(|byte| byte.is_ascii_alphanumeric() || b":_".contains(byte))
        .count();
    before[..before.len() - path].ends_with(b"#<")
}

/// Whether the line declares a part of a form.
fn is_of_form(before: &[u8]) -> bool {
    let near = &before[before.len().saturating_sub(64)..];
    near.rsplit(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii_start().starts_with(b"object ")
}

/// Whether the next field follows, a space behind its sign: `ApiCredentials: conn_id: 639545637`.
fn is_field_with_space(rest: &[u8]) -> bool {
    if !rest.first().is_some_and(u8::is_ascii_lowercase) {
        return false;
    }
    let name = gate::run_length(&rest[..rest.len().min(48)], class::NAME);
    let name = &rest[..name];
    let behind = &rest[name.len()..];
    let digits = behind.iter().skip(2).take(20).take_while(|byte| byte.is_ascii_digit()).count();
    behind.starts_with(b": ")
        && digits > 0
        && matches!(behind.get(2 + digits), None | Some(b',' | b' ' | b'\r' | b'\n'))
        && name.len() >= 5
        && name.contains(&b'_')
        && name.iter().all(|byte| byte.is_ascii_lowercase() || *byte == b'_')
        && keys::named(name).is_none()
}

/// Whether it counts passes, and says what is done in one: `[ ] pass 8: policzyć sumy PEPEUSDT`.
fn is_task(name: &[u8], gap: &[u8], rest: &[u8]) -> bool {
    if !gap.ends_with(b": ") {
        return false;
    }
    let is_pass = name.len() >= 4 && name[..4].eq_ignore_ascii_case(b"pass");
    let number = || name[4..].iter().chain(gap).all(|byte| byte.is_ascii_digit() || b" :".contains(byte));
    let has_number = || name[4..].iter().chain(gap).any(u8::is_ascii_digit);
    let word = rest.iter().take(24).take_while(|byte| byte.is_ascii_alphabetic() || **byte >= 0x80).count();
    is_pass && number() && has_number() && word > 2 && rest.get(word) == Some(&b' ')
}

/// Whether it is said that a balance is not there, and a code says why: `Saldo nie zostało odświeżone: 418`.
fn is_denied(gap: &[u8]) -> bool {
    let words = [&b" nie "[..], b" not ", b" failed", b"b\xc5\x82\xc4\x85d", b" error"];
    words.iter().any(|word| memchr::memmem::find(gap, word).is_some())
}

/// Whether three numbers and two points stand here, `Update available: 4.6.5 -> 0.9.22`.
fn begins_with_version(rest: &[u8]) -> bool {
    let length = rest.iter().take(24).take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    let number = &rest[..length];
    is_of_three(number) || memchr::memchr_iter(b'.', number).count() == 3 && !number.ends_with(b".")
}

/// Whether a value in brackets is of an index, `US30.cash`.
pub(super) fn is_symbol(text: &[u8], (start, end): (usize, usize)) -> bool {
    let name = &text[start..end];
    let (symbol, cash) = if name.eq_ignore_ascii_case(b"cash") {
        (text[..start].strip_suffix(b".").unwrap_or_default(), true)
    } else {
        (name.strip_suffix(b".cash").unwrap_or_default(), name.ends_with(b".cash"))
    };
    let length = symbol
        .iter()
        .rev()
        .take(10)
        .take_while(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        .count();
    cash && length >= 2 && symbol[symbol.len() - length..].iter().any(u8::is_ascii_uppercase)
}

/// Whether the column of a log says who speaks, between its level and the message: `| warn | account | hotkey registered`.
pub(super) fn is_column(text: &[u8], (start, end): (usize, usize)) -> bool {
    const NEAR: usize = 96;
    const LEVELS: [&[u8]; 9] =
        [b"trace", b"debug", b"info", b"warn", b"warning", b"error", b"fatal", b"notice", b"critical"];
    let before = text[start.saturating_sub(24)..start].trim_ascii_end();
    let Some((mark @ (b';' | b'|'), before)) = before.split_last().or(None) else {
        return false;
    };
    let before = before.trim_ascii_end();
    let level = before.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let level = &before[before.len() - level..];
    let name = &text[start..end];
    let is_path = speaks(name);
    let at = skip_spaces(text, end);
    if !LEVELS.iter().any(|known| level.eq_ignore_ascii_case(known))
        || !is_path && !SPEAKERS.contains(&name)
        || text.get(at) != Some(mark)
    {
        return false;
    }
    let at = skip_spaces(text, at + 1);
    let line = &text[at..(at + NEAR).min(text.len())];
    let line = line.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    let first = line.split(|byte| *byte == b' ').next().unwrap_or_default();
    let is_product = first.contains(&b'/') && first.contains(&b'.');
    let goes_on = first.len() < line.len() && !first.contains(mark);
    // The path to a part of a program is nothing else; a word can be a label.
    let shows = if is_path { says_license(line) } else { says_secret(line) };
    !shows
        && (next_name(line).is_some()
            || goes_on
                && (is_product || !value::is_random_looking(first) && !first.iter().any(u8::is_ascii_digit)))
}
