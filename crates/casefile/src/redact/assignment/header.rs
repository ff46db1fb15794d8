//! The headers of requests that hold more than a value.

use super::lines::hide_below;
use super::quote::{quote_at, quote_end};
use super::separator::skip_spaces;
use super::unset::next_name;
use super::wrapped::hide_wrapped;
use super::{MAX_VALUE, take};
use crate::redact::find::Span;
use crate::redact::keys::{Demand, Named};
use crate::redact::rules::Id;
use crate::redact::value;

/// `Authorization: Bearer …` keeps its scheme; cookies go as a whole, the attributes of Set-Cookie stay.
pub(super) fn hide_header(text: &[u8], value_at: usize, named: Named, out: &mut Vec<Span>) {
    let value_at = value_at + super::bare::wrapper(&text[value_at..]);
    let inside = || {
        let behind =
            text[value_at + 1..].iter().take(64).take_while(|byte| byte.is_ascii_whitespace()).count();
        value_at + 1 + behind
    };
    match text.get(value_at) {
        Some(b'{') => return hide_inside(text, value_at, named, out),
        Some(b'[') if text.get(inside()) == Some(&b'{') || quote_at(text, inside()).is_some() => {
            return hide_inside(text, value_at, named, out);
        }
        _ => {}
    }
    // `map[Cookie:[…]]` of Go.
    let is_list = text.get(value_at) == Some(&b'[');
    let value_at = value_at + usize::from(is_list);
    let is_quoted = quote_at(text, value_at).is_some();
    let (mut start, end) = if let Some(quote) = quote_at(text, value_at) {
        let start = value_at + quote.mark.len();
        (start, quote_end(text, start, quote))
    } else {
        (value_at, end_without_quotes(text, value_at, is_list))
    };
    let value = &text[start..end];
    if value.len() > 7 && value[..7].eq_ignore_ascii_case(b"digest ") {
        // Only the response proves the password. Source: RFC 7616, section 3.4.
        if let Some(at) = memchr::memmem::find(value, b"response=") {
            let marks = |byte: &&u8| matches!(byte, b'"' | b'\\');
            let from = start + at + 9;
            let from = from + text[from..end.max(from)].iter().take_while(marks).count();
            let length = text[from..end.max(from)].iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
            take(text, from, from + length, named, false, out);
        }
        return;
    }
    if named.rule == Id::Authorization && has_parameters(value) {
        // Each of them has a name of its own, but for the key of Deribit, which is called `id`.
        if let Some(at) = memchr::memmem::find(value, b" id=").map(|found| start + found + 4) {
            let length = text[at..end].iter().take_while(|byte| !matches!(byte, b',' | b' ')).count();
            take(text, at, at + length, named, false, out);
        }
        return;
    }
    if named.rule == Id::Authorization {
        // The name of the scheme stays. RFC 9110, section 11.4.
        let is_scheme = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'-';
        let length =
            value.iter().take(24).take_while(|byte| is_scheme(byte) || byte.is_ascii_digit()).count();
        let known =
            ["HMAC-SHA256", "AWS4-HMAC-SHA256", "HMAC-SHA512", "HS256", "HS512", "RS256", "ES256", "EdDSA"];
        let scheme = &value[..length];
        let named_scheme = known.iter().any(|known| scheme.eq_ignore_ascii_case(known.as_bytes()));
        if length > 0 && (named_scheme || scheme.iter().all(is_scheme)) {
            match value.get(length) {
                // `token_type=Bearer login_attempts=4`
                Some(b' ') if next_name(&value[length + 1..]).is_some_and(|(_, sign)| sign == b'=') => return,
                Some(b' ' | b'\t') => start = skip_spaces(text, start + length),
                // The token stands on the next line.
                None => {
                    hide_below(text, end, Named { demand: Demand::Random, ..named }, out);
                    return;
                }
                _ => {}
            }
        }
        // `token="…"` in the value: what is inside of those quotes.
        let is_name = |value: &[u8]| {
            value.len() <= 24 && value.strip_suffix(b"=").is_some_and(|name| name.iter().all(is_scheme))
        };
        if let Some(quote) = quote_at(text, end).filter(|_| !is_quoted && is_name(&text[start..end])) {
            let from = end + quote.mark.len();
            take(text, from, quote_end(text, from, quote), named, false, out);
            return;
        }
    }
    if start == end {
        hide_below(text, end, named, out);
        return;
    }
    let mut end = start + text[start..end].trim_ascii_end().len();
    if named.rule == Id::Cookie {
        end = before_attributes(text, start, end);
    }
    // A log line goes on after the value: a new `name=` or a bracket ends it.
    if named.rule == Id::Authorization {
        let rest = &text[start..end];
        let stop = rest.iter().position(|byte| matches!(byte, b' ' | b'\t' | b',' | b')' | b']' | b';'));
        // What base64 is filled up with is no sign behind a name.
        let is_token = |token: &[u8]| {
            let filled = token.iter().rev().take_while(|byte| **byte == b'=').count();
            !token[..token.len() - filled].contains(&b'=')
        };
        if let Some(stop) = stop
            && is_token(&rest[..stop])
        {
            end = start + stop;
        }
    }
    // `cookie=disabled, mode=3`, `auth_cookie=None line_no=17156`
    if begins_with_placeholder(&text[start..end]) {
        return;
    }
    // `We use cookies to …` has no name and no value.
    let value = &text[start..end];
    if named.rule == Id::Cookie && value.contains(&b' ') && !value.contains(&b'=') {
        // `sessionCookie: 78f7… (window 5000)`
        let length = value.iter().position(|byte| b" ,;".contains(byte)).unwrap_or(value.len());
        take(text, start, start + length, Named { demand: Demand::Made, ..named }, false, out);
        return;
    }
    take(text, start, end, named, false, out);
    hide_wrapped(text, start, end, named, out);
}

/// Whether it is none, or begins with a word that says so: `None line_no=17156`.
fn begins_with_placeholder(value: &[u8]) -> bool {
    let first = value.split(|byte| *byte == b' ').next().unwrap_or_default();
    let second = value.split(|byte| *byte == b' ').nth(1).unwrap_or_default();
    value::is_placeholder(value)
        || value::is_placeholder(first) && first.len() >= 4 && value::is_setting(second)
}

/// Where the value of a header ends that has no quotes, in a list of Go or not.
fn end_without_quotes(text: &[u8], value_at: usize, is_list: bool) -> usize {
    let limit = (value_at + MAX_VALUE).min(text.len());
    let value = &text[value_at..limit];
    let digest = value.len() > 7 && value[..7].eq_ignore_ascii_case(b"digest ");
    let stops = |byte: &u8| match byte {
        b'"' => !digest,
        b'\\' if digest => false,
        b']' => is_list,
        byte => matches!(byte, b'\n' | b'\r' | b'\'' | b'}' | b'<' | b'\\'),
    };
    let length = value.iter().position(stops).unwrap_or(value.len());
    // `…[\r][\n]`, as Java shows what it sends.
    let is_wire = value[..length].ends_with(b"[") && value[length..].starts_with(b"\\");
    value_at + length - usize::from(is_wire)
}

/// Whether what stands behind the scheme are parameters with names that say which of them is secret: those of OAuth 1 and of
/// Deribit. Sources: RFC 5849, section 3.5.1; <https://docs.deribit.com/#authentication-2>
fn has_parameters(value: &[u8]) -> bool {
    const SCHEMES: [&[u8]; 2] = [b"oauth ", b"deri-hmac-sha256 "];
    let Some(scheme) = SCHEMES
        .into_iter()
        .find(|scheme| value.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)))
    else {
        return false;
    };
    let name =
        value[scheme.len()..].iter().take(24).take_while(|byte| byte.is_ascii_lowercase() || **byte == b'_');
    matches!(value.get(scheme.len() + name.count()), Some(b'='))
}

/// Where the attributes of a cookie begin: `; Path=/; HttpOnly`.
fn before_attributes(text: &[u8], start: usize, end: usize) -> usize {
    const ATTRIBUTES: [&[u8]; 7] =
        [b"; path=", b"; expir", b"; max-a", b"; domai", b"; secur", b"; httpo", b"; sames"];
    let is_attribute = |window: &[u8]| ATTRIBUTES.contains(&window.to_ascii_lowercase().as_slice());
    text[start..end].windows(7).position(is_attribute).map_or(end, |at| start + at)
}

/// The strings of a structure: `["sid=…; Path=/"]`, `[{"name":"sid","value":"…"}]`, `{'sid': '…'}`. Its brackets, names and
/// attributes stay.
fn hide_inside(text: &[u8], open: usize, named: Named, out: &mut Vec<Span>) {
    const ATTRIBUTES: [&[u8]; 9] = [
        b"name",
        b"path",
        b"domain",
        b"expires",
        b"samesite",
        b"comment",
        b"priority",
        b"url",
        b"sourcescheme",
    ];
    const MAX_DEPTH: usize = 4;
    let limit = (open + MAX_VALUE).min(text.len());
    let (mut at, mut depth, mut key) = (open, 0_usize, &text[open..open]);
    while at < limit {
        match text[at] {
            b'[' | b'{' if depth == MAX_DEPTH => return,
            b'[' | b'{' => depth += 1,
            b']' | b'}' if depth == 1 => return,
            b']' | b'}' => depth -= 1,
            _ => {
                if let Some(quote) = quote_at(text, at) {
                    let start = at + quote.mark.len();
                    let end = quote_end(text, start, quote);
                    at = (end + quote.mark.len()).min(text.len());
                    let is_key = matches!(text.get(skip_spaces(text, at)), Some(b':' | b'='));
                    if is_key {
                        key = &text[start..end];
                    } else if !ATTRIBUTES.iter().any(|attribute| key.eq_ignore_ascii_case(attribute)) {
                        let end = before_attributes(text, start, end);
                        let is_scheme = named.rule == Id::Authorization;
                        let scheme = text[start..end].iter().position(|byte| is_scheme && *byte == b' ');
                        let start = start + scheme.map_or(0, |space| space + 1);
                        take(text, start, end, Named { demand: Demand::Random, ..named }, false, out);
                    }
                    continue;
                }
            }
        }
        at += 1;
    }
}
