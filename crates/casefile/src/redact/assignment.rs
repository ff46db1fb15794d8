//! Values that a name stands before: JSON, TOML, YAML, INI, XML, Python, Rust, logfmt, URLs, headers and
//! command lines, read by one tolerant reader that takes only the value's bytes.
//!
//! It works outwards from a word that names secrets: the rest of the name to both sides, then what separates
//! it from its value, then the value up to where its own kind of text ends it.

mod separator;

use std::sync::LazyLock;

use self::separator::{Separator, quote_at, quote_end, separator, skip_spaces};
use super::find::Span;
use super::gate::{self, Literals, class};
use super::keys::{self, Demand, Named};
use super::phrase;
use super::rules::Id;
use super::{table, value};

/// Parts of names; each name that matters has one of them.
static FRAGMENTS: LazyLock<Literals> = LazyLock::new(|| Literals::new(keys::FRAGMENTS));

/// Longest name.
const MAX_KEY: usize = 96;
/// Longest value that a name can hide on its own.
const MAX_VALUE: usize = 16 << 10;

/// Hides what stands under the names of secrets. `lower` is the text in small letters.
pub(super) fn find(text: &[u8], lower: &[u8], out: &mut Vec<Span>) {
    // Where the row of names ends whose table is hidden already.
    let mut table_end = 0;
    FRAGMENTS.each(lower, |_, hit_start, hit_end| {
        let (start, end) = key_around(text, hit_start, hit_end);
        if end - start > MAX_KEY {
            return end;
        }
        let key = &text[start..end];
        let before = out.len();
        let mut end = end;
        match spaced(text, start, key).or_else(|| keys::named(key)) {
            Some(named) => {
                if named.rule == Id::Phrase {
                    end += announced(&text[end..]);
                }
                hide(text, start, end, named, out);
                if out.len() == before && end > table_end {
                    table_end = elsewhere(text, start, end, named, out).unwrap_or(table_end);
                }
            }
            // Several values of one kind: `"apiKeys": ["…", "…"]`.
            None => match key.strip_suffix(b"s").and_then(keys::named) {
                Some(named) => hide_many(text, start, end, named, out),
                None => return end,
            },
        }
        // A header's value can hold words that look like names; it is hidden already. What a table hid lies further on.
        out.get(before..)
            .and_then(<[Span]>::last)
            .filter(|_| end > table_end)
            .map_or(end, |last| last.end.max(end))
    });
}

fn key_around(text: &[u8], hit_start: usize, hit_end: usize) -> (usize, usize) {
    let (mut start, _) = gate::around(text, hit_start, class::NAME, MAX_KEY);
    let (_, mut end) = gate::around(text, hit_end, class::NAME, MAX_KEY);
    while end > start && matches!(text[end - 1], b'.' | b'-') {
        end -= 1;
    }
    // A flag's dashes and an escape's letter are no part of the name.
    while start < end && matches!(text[start], b'-' | b'.') {
        start += 1;
    }
    if start > 0 && start + 1 < end && text[start - 1] == b'\\' && matches!(text[start], b'n' | b't' | b'r') {
        start += 1;
    }
    (start, end)
}

/// Names of two words: `API key`, `seed phrase`, `klucz prywatny`.
fn spaced(text: &[u8], start: usize, key: &[u8]) -> Option<Named> {
    let before = &text[..start];
    let before = before.strip_suffix(b" ")?;
    let word_at = before.iter().rposition(|byte| !byte.is_ascii_alphanumeric()).map_or(0, |at| at + 1);
    let word = std::str::from_utf8(&before[word_at..]).ok()?.to_ascii_lowercase();
    let joins = [
        "api", "private", "secret", "access", "recovery", "seed", "licence", "license", "signing", "klucz",
        "secure", "session",
    ];
    let joined = [word.as_bytes(), b"_", key].concat();
    joins.contains(&word.as_str()).then(|| keys::named(&joined)).flatten()
}

fn hide(text: &[u8], key_start: usize, key_end: usize, named: Named, out: &mut Vec<Span>) {
    let Some((value_at, separator)) = separator(text, key_start, key_end) else { return };
    if matches!(named.rule, Id::Authorization | Id::Cookie) {
        if separator == Separator::Prose {
            return;
        }
        hide_header(text, value_at, named, out);
        return;
    }
    hide_value(text, key_start, value_at, separator, named, out);
}

/// `seed words`, `recovery phrase`: the second word announces the same.
fn announced(rest: &[u8]) -> usize {
    let words = [" phrase", " words", " word", " fraza"];
    words
        .iter()
        .find(|word| rest.len() > word.len() && rest[..word.len()].eq_ignore_ascii_case(word.as_bytes()))
        .map_or(0, |word| word.len())
}

/// The value of a name that has none behind it: in a table, in a list of SQL.
fn elsewhere(text: &[u8], start: usize, end: usize, named: Named, out: &mut Vec<Span>) -> Option<usize> {
    let quote = usize::from(matches!(text.get(end), Some(b'"' | b'\'')));
    let next = skip_spaces(text, end + quote);
    let is_wide = next >= end + quote + 2;
    match text.get(next) {
        Some(b')') => table::in_sql(text, start, end, named, out),
        Some(b',' | b';' | b'|' | b'\t' | b'\n' | b'\r') => {
            table::in_sql(text, start, end, named, out);
            return table::around(text, start, end, out);
        }
        Some(_) if is_wide || text[end..next].contains(&b'\t') => {
            return table::around(text, start, end, out);
        }
        _ => {}
    }
    None
}

fn hide_many(text: &[u8], key_start: usize, key_end: usize, named: Named, out: &mut Vec<Span>) {
    if let Some((value_at, _)) = separator(text, key_start, key_end)
        && text.get(value_at) == Some(&b'[')
    {
        hide_list(text, value_at, named, out);
    }
}

fn hide_value(
    text: &[u8],
    key_start: usize,
    value_at: usize,
    separator: Separator,
    named: Named,
    out: &mut Vec<Span>,
) {
    let mut at = value_at;
    // `Some("…")`, `SecretStr('…')`, `b'…'`, `!!str …`
    for _ in 0..2 {
        at += wrapper(&text[at.min(text.len())..]);
    }
    let named = if separator == Separator::Prose {
        match named.demand {
            Demand::Any | Demand::Random | Demand::Hex if named.rule != Id::Signature => {
                Named { demand: Demand::Made, ..named }
            }
            Demand::Identifier if matches!(named.rule, Id::PersonName | Id::Iban | Id::Pesel | Id::Nip) => {
                named
            }
            _ => return,
        }
    } else {
        named
    };
    match text.get(at) {
        Some(b'(') if named.rule == Id::Token => hide_pair(text, at, out),
        None | Some(b'{' | b'(') => {}
        Some(b'[') => hide_list(text, at, named, out),
        Some(b'<') if text[at..].starts_with(b"<![CDATA[") => {
            let end = memchr::memmem::find(&text[at..(at + MAX_VALUE).min(text.len())], b"]]>");
            take(text, at + 9, end.map_or(at + 9, |end| at + end), named, false, out);
        }
        Some(b'\n' | b'\r') => hide_below(text, at, named, out),
        _ => match quote_at(text, at) {
            Some(quote) => {
                let start = at + quote.mark.len();
                let end = quote_end(text, start, quote);
                take(text, start, end, named, false, out);
                hide_wrapped(text, start, end, named, out);
            }
            None if matches!(text[at], b'|' | b'>') && separator == Separator::Colon => {
                hide_block(text, key_start, at, named, out);
            }
            None if named.rule == Id::Phrase && separator != Separator::Tag => {
                let end = phrase::end_of_words(text, at)
                    .unwrap_or_else(|| bare_end(text, key_start, at, separator));
                take(text, at, end, named, true, out);
            }
            None => {
                let end = bare_end(text, key_start, at, separator);
                take(text, at, end, named, true, out);
                hide_wrapped(text, at, end, named, out);
            }
        },
    }
}

/// User and password of a call: `auth=('user', '…')`.
fn hide_pair(text: &[u8], open: usize, out: &mut Vec<Span>) {
    let Some(first) = quote_at(text, open + 1) else { return };
    let first_end = quote_end(text, open + 1 + first.mark.len(), first) + first.mark.len();
    let at = skip_spaces(text, (first_end + 1).min(text.len()));
    if text.get(first_end) == Some(&b',')
        && let Some(quote) = quote_at(text, at)
    {
        let start = at + quote.mark.len();
        let named = Named { rule: Id::Password, demand: Demand::Any };
        take(text, start, quote_end(text, start, quote), named, false, out);
    }
}

/// A value alone on the line below its name.
fn hide_below(text: &[u8], line_end: usize, named: Named, out: &mut Vec<Span>) {
    let Some(next) = memchr::memchr(b'\n', &text[line_end..]).map(|at| line_end + at + 1) else { return };
    let line_end = memchr::memchr(b'\n', &text[next..(next + 256).min(text.len())])
        .map_or(text.len().min(next + 256), |at| next + at);
    let line = &text[next..line_end];
    let value = line.trim_ascii();
    let start = next + (line.len() - line.trim_ascii_start().len());
    if !value
        .iter()
        .any(|byte| byte.is_ascii_whitespace() || matches!(byte, b':' | b'"' | b',' | b'<' | b'{'))
    {
        let named =
            Named { demand: if named.demand == Demand::Any { Demand::Made } else { named.demand }, ..named };
        take(text, start, start + value.len(), named, false, out);
    }
}

/// What a console broke off at the end of its line.
fn hide_wrapped(text: &[u8], start: usize, end: usize, named: Named, out: &mut Vec<Span>) {
    if !out.last().is_some_and(|last| last.start == start && last.end == end) || end - start < 8 {
        return;
    }
    let Some(next) = text[end..].strip_prefix(b"\r").unwrap_or(&text[end..]).strip_prefix(b"\n") else {
        return;
    };
    let from = text.len() - next.len();
    let indent = next.iter().take(40).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let rest = &next[indent..];
    let length = rest
        .iter()
        .take(512)
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"+/_-=%".contains(byte))
        .count();
    let piece = &rest[..length];
    let digits = piece.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = piece.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let is_made = length >= 6
        && digits >= 1
        && letters >= 2
        && value::is_random_looking(&[&text[start..end], piece].concat())
        && text[start..end].iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/_-=%.".contains(byte));
    let goes_on = matches!(
        rest.get(length),
        None | Some(b'\n' | b'\r' | b',' | b'"' | b'\'' | b'&' | b' ' | b')' | b'}')
    );
    let is_date = piece.len() >= 10 && piece[4] == b'-' && piece[7] == b'-';
    let is_name = rest.get(length).is_some_and(|byte| matches!(byte, b'=' | b':'));
    if is_made && goes_on && !is_date && !is_name {
        out.push(Span::new(from + indent, from + indent + length, named.rule));
    }
}

/// Length of what is wrapped around a value.
fn wrapper(rest: &[u8]) -> usize {
    for mark in ["!!str ", "b'", "b\"", "r'", "r\"", "u'", "u\"", "f'"] {
        if rest.starts_with(mark.as_bytes()) {
            return mark.len() - usize::from(!mark.ends_with(' '));
        }
    }
    // `string(64) "…"` of PHP, `(string) (len=64) "…"` of Go.
    let head = &rest[..rest.len().min(48)];
    if let Some(after) = head.strip_prefix(b"(string) (len=").or_else(|| head.strip_prefix(b"string("))
        && let Some(close) = memchr::memchr(b')', after)
        && after.get(close + 1) == Some(&b' ')
    {
        return head.len() - after.len() + close + 2;
    }
    if rest.starts_with(b"REG_SZ") {
        return 6 + rest[6..].iter().take(16).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    }
    let word = rest.iter().take(24).take_while(|byte| byte.is_ascii_alphabetic() || **byte == b'_').count();
    let called = word > 0 && rest.get(word) == Some(&b'(') && rest[0].is_ascii_uppercase();
    if !called {
        return 0;
    }
    // `Some(` with its value on the next line.
    let blank = rest[word + 1..].iter().take(64).take_while(|byte| byte.is_ascii_whitespace()).count();
    let broken = rest[word + 1..word + 1 + blank].contains(&b'\n');
    word + 1 + if broken { blank } else { 0 }
}

/// Every string of a list.
fn hide_list(text: &[u8], open: usize, named: Named, out: &mut Vec<Span>) {
    let limit = (open + MAX_VALUE).min(text.len());
    let mut at = open + 1;
    while at < limit && text[at] != b']' {
        if let Some(quote) = quote_at(text, at) {
            let start = at + quote.mark.len();
            let end = quote_end(text, start, quote);
            if named.rule == Id::Phrase
                && out.last().is_some_and(|last| last.start >= open)
                && end - start > 12
            {
                break;
            }
            take(
                text,
                start,
                end,
                Named { demand: if named.rule == Id::Phrase { Demand::Any } else { named.demand }, ..named },
                false,
                out,
            );
            at = end + quote.mark.len();
        } else {
            at += 1;
        }
    }
    let inside = &text[open + 1..at];
    if inside.contains(&b'"') || inside.contains(&b'\'') || inside.is_empty() {
        return;
    }
    if named.rule == Id::PrivateKey && inside.contains(&b',') {
        // A key as a list of bytes; one that is no number needs quotes.
        out.push(Span { bare_number: true, ..Span::new(open + 1, at, named.rule) });
    } else if !inside.iter().any(|byte| matches!(byte, b',' | b'{' | b'[' | b'\n')) {
        // `map[X-Api-Key:[…]]` of Go.
        let scheme = inside.iter().position(|byte| *byte == b' ').map_or(0, |space| space + 1);
        take(text, open + 1 + scheme, at, named, false, out);
    }
}

/// A YAML block: the lines that are indented deeper than the name.
fn hide_block(text: &[u8], key_start: usize, at: usize, named: Named, out: &mut Vec<Span>) {
    let Some(line_at) = line_start(text, key_start) else { return };
    let indent = key_start - line_at;
    let Some(mut from) = text[at..].iter().position(|byte| *byte == b'\n').map(|found| at + found + 1) else {
        return;
    };
    while from < text.len() {
        let line = text[from..].split(|byte| *byte == b'\n').next().unwrap_or_default();
        let depth = line.iter().take_while(|byte| **byte == b' ').count();
        if depth <= indent && !line.trim_ascii().is_empty() {
            break;
        }
        let kept = line.trim_ascii_end();
        if depth < kept.len() {
            take(text, from + depth, from + kept.len(), Named { demand: Demand::Any, ..named }, false, out);
        }
        from += line.len() + 1;
    }
}

/// Where a value without quotes ends.
fn bare_end(text: &[u8], key_start: usize, at: usize, separator: Separator) -> usize {
    let limit = (at + MAX_VALUE).min(text.len());
    let line_end =
        at + text[at..limit].iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(limit - at);
    let line = &text[at..line_end];
    if separator == Separator::Bar {
        // Two names beside each other are the head of a table.
        let bar = memchr::memchr(b'|', line).or_else(|| memchr::memmem::find(line, "\u{2502}".as_bytes()));
        let cell = line[..bar.unwrap_or(line.len())].trim_ascii_end();
        return at + if keys::named(cell).is_some() || line.starts_with(b"-") { 0 } else { cell.len() };
    }
    if separator == Separator::Tag {
        // Without an end it was no tag.
        return at
            + memchr::memmem::find(line, b"</").or_else(|| memchr::memmem::find(line, b"<\\/")).unwrap_or(0);
    }
    if begins_line(text, key_start) && matches!(separator, Separator::Equals | Separator::Colon) {
        // A line of a settings file: the value may hold spaces; a comment may follow.
        let comment = line.windows(2).position(|pair| matches!(pair, b" #" | b" ;" | b"\t#"));
        let value = line[..comment.unwrap_or(line.len())].trim_ascii_end();
        if !value.windows(2).any(|pair| pair[0] == b',' || pair[1] == b'=') {
            return at + value.strip_suffix(b",").or_else(|| value.strip_suffix(b";")).unwrap_or(value).len();
        }
    }
    let ends = |index: usize, byte: u8| match byte {
        b' ' | b'\t' | b'"' | b'\'' | b'`' | b'<' | b'>' | b'\\' => true,
        b'&' | b',' | b';' | b'|' => line
            .get(index + 1)
            .is_none_or(|next| next.is_ascii_alphabetic() || matches!(next, b' ' | b'_' | b'"' | b'\'')),
        b')' | b'}' | b']' => line.get(index + 1).is_none_or(|next| !next.is_ascii_alphanumeric()),
        b'%' => {
            line[index..].starts_with(b"%26")
                || line[index..].starts_with(b"%22")
                || line[index..].starts_with(b"%2C")
        }
        _ => false,
    };
    let length = line.iter().enumerate().position(|(index, byte)| ends(index, *byte)).unwrap_or(line.len());
    let trimmed = line[..length]
        .iter()
        .rposition(|byte| !matches!(byte, b'.' | b':' | b'!'))
        .map_or(0, |last| last + 1);
    at + trimmed
}

/// Where the line begins, if that is not far: a name that is deep inside a line is not asked for it again and again.
fn line_start(text: &[u8], at: usize) -> Option<usize> {
    const NEAR: usize = 512;
    let from = at.saturating_sub(NEAR);
    memchr::memrchr(b'\n', &text[from..at]).map(|found| from + found + 1).or((from == 0).then_some(0))
}

/// Whether only indentation, a list mark, `export` or a comment mark stands before the name.
fn begins_line(text: &[u8], key_start: usize) -> bool {
    let Some(line_at) = line_start(text, key_start) else { return false };
    let before = text[line_at..key_start].trim_ascii();
    matches!(before, b"" | b"-" | b"export" | b"set" | b"#" | b";" | b"$env:" | b"ENV")
        || before.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'))
            && before.ends_with(b".")
}

/// `Authorization: Bearer …` keeps its scheme; cookies go as a whole, the attributes of Set-Cookie stay.
fn hide_header(text: &[u8], value_at: usize, named: Named, out: &mut Vec<Span>) {
    let (mut start, end) = if let Some(quote) = quote_at(text, value_at) {
        let start = value_at + quote.mark.len();
        (start, quote_end(text, start, quote))
    } else {
        let limit = (value_at + MAX_VALUE).min(text.len());
        let digest =
            text[value_at..].len() > 7 && text[value_at..value_at + 7].eq_ignore_ascii_case(b"digest ");
        let stops = |byte: &u8| match byte {
            b'"' => !digest,
            byte => matches!(byte, b'\n' | b'\r' | b'\'' | b'}' | b'<' | b'\\'),
        };
        (value_at, value_at + text[value_at..limit].iter().position(stops).unwrap_or(limit - value_at))
    };
    let value = &text[start..end];
    if value.len() > 7 && value[..7].eq_ignore_ascii_case(b"digest ") {
        // Only the response proves the password. Source: RFC 7616, section 3.4.
        if let Some(at) = memchr::memmem::find(value, b"response=\"") {
            let from = start + at + 10;
            take(
                text,
                from,
                from + text[from..end.max(from)].iter().position(|byte| *byte == b'"').unwrap_or(0),
                named,
                false,
                out,
            );
        }
        return;
    }
    if named.rule == Id::Authorization {
        let schemes = [
            "Bearer",
            "Basic",
            "Digest",
            "Token",
            "Negotiate",
            "ApiKey",
            "HMAC",
            "HMAC-SHA256",
            "AWS4-HMAC-SHA256",
            "GoogleLogin",
            "SharedKey",
        ];
        for scheme in schemes {
            let after = start + scheme.len();
            if value.len() > scheme.len()
                && value[..scheme.len()].eq_ignore_ascii_case(scheme.as_bytes())
                && matches!(text[after], b' ' | b'\t')
            {
                start = skip_spaces(text, after);
                break;
            }
        }
    }
    let mut end = start + text[start..end].trim_ascii_end().len();
    if named.rule == Id::Cookie
        && let Some(attributes) = text[start..end].windows(7).position(|window| {
            let lower = window.to_ascii_lowercase();
            [&b"; path="[..], b"; expir", b"; max-a", b"; domai", b"; secur", b"; httpo", b"; sames"]
                .contains(&lower.as_slice())
        })
    {
        end = start + attributes;
    }
    // A log line goes on after the value: a new `name=` or a bracket ends it.
    if named.rule == Id::Authorization {
        let rest = &text[start..end];
        let stop = rest.iter().position(|byte| matches!(byte, b' ' | b'\t' | b',' | b')' | b']' | b';'));
        if let Some(stop) = stop
            && !rest[..stop].contains(&b'=')
        {
            end = start + stop;
        }
    }
    take(text, start, end, named, false, out);
}

/// Hides a value if its name and its look demand it.
pub(super) fn take(text: &[u8], start: usize, end: usize, named: Named, bare: bool, out: &mut Vec<Span>) {
    let Some(value) = text.get(start..end) else { return };
    if value::is_placeholder(value) || !demanded(value, named.demand) || is_name_itself(value, named.demand) {
        return;
    }
    let postal = named.demand == Demand::Address && value.contains(&b' ');
    let named = if postal { Named { rule: Id::PersonName, ..named } } else { named };
    let structured = bare && value::is_number(value) && structured_number(text, start, end);
    out.push(Span { start, end, rule: named.rule, bare_number: structured });
}

/// `key="ApiSecret"`: what stands under `key` can be the name of what stands beside it.
fn is_name_itself(value: &[u8], demand: Demand) -> bool {
    demand == Demand::Random
        && value.iter().filter(|byte| byte.is_ascii_digit()).count() < 2
        && value.iter().all(|byte| gate::is(*byte, class::NAME))
        && keys::named(value).is_some()
}

fn demanded(value: &[u8], demand: Demand) -> bool {
    let digits = || value.iter().filter(|byte| byte.is_ascii_digit()).count();
    match demand {
        Demand::Any => value.len() >= 2,
        Demand::Random => {
            value.len() >= 8
                && (value::is_random_looking(value) || value.contains(&b'/') && value.len() >= 16)
                && !is_url_without_secret(value)
        }
        Demand::Made => {
            value.len() >= 12
                && value::is_random_looking(value)
                && !is_url_without_secret(value)
                && value.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/=_-.:".contains(byte))
                && !value
                    .iter()
                    .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_')
        }
        Demand::Long => value.len() >= 20 && value::is_random_looking(value) && !value.contains(&b' '),
        Demand::Address => is_address(value),
        Demand::Hex => value.len() >= 32 && value.iter().all(u8::is_ascii_hexdigit),
        Demand::Number => value::is_number(value) && value.iter().any(|byte| matches!(byte, b'1'..=b'9')),
        Demand::Amount => {
            value::is_number(value)
                && value.iter().any(|byte| matches!(byte, b'.' | b','))
                && value.iter().any(|byte| matches!(byte, b'1'..=b'9'))
        }
        Demand::Code => {
            (3..=40).contains(&value.len())
                && digits() >= 3
                && value.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b' '))
        }
        Demand::Identifier => value.len() >= 4 && digits() >= 3 && value.len() <= 64,
        Demand::Name => is_name(value),
        Demand::Account => {
            let common = [
                "ok",
                "success",
                "failed",
                "failure",
                "error",
                "denied",
                "expired",
                "required",
                "invalid",
                "root",
                "admin",
                "system",
                "bot",
                "user",
                "guest",
                "none",
                "anonymous",
                "nobody",
                "default",
                "trader",
                "public",
                "me",
                "id",
                "agent",
            ];
            value.len() >= 3
                && value.len() <= 40
                && value
                    .iter()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"._-@\\".contains(byte) || *byte >= 0x80)
                && value.iter().any(u8::is_ascii_alphabetic)
                && !common.iter().any(|common| value.eq_ignore_ascii_case(common.as_bytes()))
        }
        Demand::Machine => {
            let local = [&b".local"[..], b".lan", b".home", b".internal", b".corp", b".localdomain"];
            let dotted = value.contains(&b'.');
            value.len() >= 3
                && value.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
                && (!dotted || local.iter().any(|end| value.to_ascii_lowercase().ends_with(end)))
                && !value.eq_ignore_ascii_case(b"localhost")
        }
    }
}

/// The address of a wallet, or of a house.
fn is_address(value: &[u8]) -> bool {
    let hex = value.strip_prefix(b"0x").unwrap_or(value);
    let is_made = |byte: &u8| byte.is_ascii_alphanumeric();
    let wallet =
        (25..=110).contains(&value.len()) && value.iter().all(is_made) && value::is_random_looking(value);
    let postal = value.contains(&b' ')
        && (6..=120).contains(&value.len())
        && value.iter().any(u8::is_ascii_digit)
        && value.iter().any(u8::is_ascii_alphabetic)
        && !value.iter().any(|byte| b":=<>{}@".contains(byte));
    hex.len() == 40 && hex.iter().all(u8::is_ascii_hexdigit) || wallet || postal
}

/// Words that begin with a capital, one at least; no constant, no sentence.
fn is_name(value: &[u8]) -> bool {
    let words = || value.split(|byte| matches!(byte, b' ' | b'-')).filter(|word| !word.is_empty());
    let begins = |word: &[u8]| word[0].is_ascii_uppercase() || word[0] >= 0x80;
    let small = |word: &[u8]| {
        word.len() > 1 && word[1..].iter().any(|byte| byte.is_ascii_lowercase() || *byte >= 0x80)
    };
    (1..=5).contains(&words().count())
        && words().all(|word| begins(word) || word.len() <= 3)
        && words().any(small)
        && !value.iter().any(|byte| byte.is_ascii_digit() || b"_=:/<>{}".contains(byte))
}

fn is_url_without_secret(value: &[u8]) -> bool {
    value.starts_with(b"http") && !value.iter().any(|byte| matches!(byte, b'@' | b'?'))
}

/// In JSON and TOML a word in place of a number needs quotes to parse; in a log line it does not.
fn structured_number(text: &[u8], start: usize, end: usize) -> bool {
    let before = text[..start].trim_ascii_end();
    let after = text[end..].iter().find(|byte| !matches!(byte, b' ' | b'\t'));
    let in_json = before.ends_with(b"\":") || before.ends_with(b"\" :");
    let in_toml = matches!(after, None | Some(b'\n' | b'\r' | b'#'))
        && before.strip_suffix(b"=").is_some_and(|before| {
            let name = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii();
            name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
        });
    in_json || in_toml
}
