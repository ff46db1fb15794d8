//! What stands between a name and its value, and what encloses the value.

use std::sync::LazyLock;

use regex_automata::meta::Regex;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};

use super::apart::{
    behind_quotes, behind_tag, behind_word_in_brackets, below_question, escaped_rest, is_value_beside,
};
use super::demand::{demanded, is_reader};
use super::fallback;
use super::quote::{quote_at, quote_end};
use super::sentence::behind_words;
use super::two::{behind_comma, behind_tab};
use crate::redact::gate::{self, class};
use crate::redact::keys::Demand;
use crate::redact::value;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    Equals,
    Colon,
    Comma,
    Space,
    Tag,
    /// Nothing but a space or a quote: only what a machine made is taken.
    Prose,
    /// The bar of a table.
    Bar,
}

/// Whether a tag's name begins behind this, perhaps that of a namespace first.
pub(super) fn opens_tag(before: &[u8]) -> bool {
    let space = before.strip_suffix(b":").map(|before| {
        let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
        let length = before.iter().rev().take(24).take_while(is_name).count();
        &before[..before.len() - length]
    });
    space.unwrap_or(before).ends_with(b"<")
}

/// Where the value begins, and what separates it from its name.
pub(super) fn separator(text: &[u8], key_start: usize, key_end: usize) -> Option<(usize, Separator)> {
    // `router (login / hasło): … / …`
    if text[key_end..].starts_with(b"): ") && text[..key_start].ends_with(b" / ") {
        return Some((key_end + 3, Separator::Colon));
    }
    let (value_at, separator) = found(text, key_start, key_end)?;
    // What is cut off can end with the sign.
    Some((value_at.min(text.len()), separator))
}

fn found(text: &[u8], key_start: usize, key_end: usize) -> Option<(usize, Separator)> {
    // Most names have their sign behind them.
    if matches!(text.get(key_end), Some(b'=' | b':')) && text.get(key_end + 1) != Some(&b':') {
        return behind_mark(text, key_end);
    }
    if is_of_pair(text, key_start, key_end) {
        return Some((key_end + 3, Separator::Colon));
    }
    let mut at = key_end;
    let closing = quote_at(text, at);
    if let Some(quote) = closing {
        at += quote.mark.len();
    }
    // `["apiKey":"Credentials":private]=>` of PHP: the class that has it.
    if let Some(length) = closing.and_then(|_| fallback::class_of_php(&text[at..])) {
        at += length;
    }
    // `ustawienie „hasło bota” zmienione na „…”`, `field "wsToken": cannot deserialize `int` from String "…"`
    if let Some(value_at) = fallback::behind_verb(text, key_end) {
        return Some((value_at, Separator::Comma));
    }
    if text.get(at) == Some(&b']') && (closing.is_some() || text[..key_start].ends_with(b"[")) {
        at += 1;
    }
    at += emphasis(&text[..key_start], &text[at..]);
    if closing.is_none() {
        at += escaped_rest(&text[at..]);
    }
    let quoted_end = at;
    if let Some(found) = below_question(text, key_start, at) {
        return Some(found);
    }
    if let Some(value_at) = fallback::behind(text, key_start, at) {
        return Some((value_at, Separator::Comma));
    }
    at = skip_leader(text, at);
    let rest = &text[at..];
    let literal =
        |mark: &str| rest.len() >= mark.len() && rest[..mark.len()].eq_ignore_ascii_case(mark.as_bytes());
    if literal("::") {
        return behind_two_colons(text, key_start, at);
    }
    if literal(")=(") && text[..key_start].ends_with(b"(") {
        return Some((at + 3, Separator::Equals));
    }
    if let Some(found) = behind_mark(text, at) {
        return Some(found);
    }
    // `api_signature ........ …`
    if at >= quoted_end + 3 && text[quoted_end..at].ends_with(b". ") && closing.is_none() {
        return Some((at, Separator::Colon));
    }
    if let Some(value_at) = beside(text, quoted_end) {
        let separator = if text[value_at - 1] == b'>' { Separator::Tag } else { Separator::Colon };
        return Some((value_at, separator));
    }
    if closing.is_some()
        && let Some(found) = behind_quotes(text, at)
    {
        return Some(found);
    }
    if closing.is_none()
        && let Some(found) = without_quotes(text, (key_start, key_end), at)
    {
        return Some(found);
    }
    if closing.is_some() && literal(">>") && text[..key_start].ends_with(b"<<\"") {
        return behind_binary(text, at);
    }
    if closing.is_some() && literal(",") {
        return behind_comma(text, key_start, at);
    }
    if let Some(value_at) = behind_tag(text, key_start, at, closing.is_some()) {
        return Some((value_at, Separator::Tag));
    }
    if closing.is_none()
        && (literal("(\"") || literal("('") || literal("(\\\"") || literal("(\n"))
        && at == key_end
    {
        // What a reader is told says where to look.
        let (name, first) = (&text[key_start..key_end], skip_to_value(text, at + 1));
        let value_at = behind_user(text, name, first).map_or(first, |(_, second)| second);
        return (!is_reader(name)).then_some((value_at, Separator::Comma));
    }
    for bar in ["|", "\u{2502}"] {
        // `echo $PASSWORD | sudo -S`
        if literal(bar) && !text[..key_start].ends_with(b"$") {
            return behind_bar(text, at, bar.len());
        }
    }
    if at > key_end && is_option(&text[key_start.saturating_sub(12)..key_start]) {
        // `a1="--password" a2="…"` of an audit.
        let argument = rest.iter().take(4).position(|byte| *byte == b'=').filter(|_| literal("a"));
        let value_at = at + argument.map_or(0, |length| length + 1);
        let in_list = closing.is_none() || quote_at(text, value_at).is_some();
        return in_list.then_some((value_at, Separator::Space));
    }
    if closing.is_some() && at > quoted_end && quote_at(text, at).is_some() && is_value_beside(text, at) {
        return Some((at, Separator::Comma));
    }
    if closing.is_none()
        && at > key_end
        && let Some(value_at) = behind_type(text, at)
    {
        return Some((value_at, Separator::Equals));
    }
    behind_tab(text, key_end).or_else(|| behind_words(text, at, key_end, quoted_end))
}

/// Length of the marks behind a name that stands out: `**API key:** …`, `*SerialNumber*: …`.
fn emphasis(before: &[u8], rest: &[u8]) -> usize {
    match rest.iter().take(2).take_while(|byte| **byte == b'*').count() {
        2 if matches!(rest.get(2), Some(b':' | b' ')) => 2,
        1 if rest.get(1) == Some(&b':') && before.ends_with(b"*") => 1,
        _ => 0,
    }
}

/// Whether a pair of Lisp or of Erlang has the name: `(wallet-pin . "…")`, `{walletPin,<<"…">>}`.
fn is_of_pair(text: &[u8], key_start: usize, key_end: usize) -> bool {
    let (before, behind) = (&text[..key_start], &text[key_end..]);
    behind.starts_with(b" . \"") && before.ends_with(b"(")
        || behind.starts_with(b",<<\"") && before.ends_with(b"{")
}

/// Whether what stands before a name makes it an option of a command, or a variable that one sets.
fn is_option(before: &[u8]) -> bool {
    before.ends_with(b"--")
        || before.ends_with(b" -")
        || ["set -x ", "set -gx ", "set -Ux ", "setenv ", "ENV ", "ARG ", "setx ", "SET "]
            .iter()
            .any(|word| before.ends_with(word.as_bytes()))
}

/// Binaries of Erlang: `{<<"X-API-KEY">>, <<"…">>}`.
fn behind_binary(text: &[u8], at: usize) -> Option<(usize, Separator)> {
    let comma = usize::from(text.get(at + 2) == Some(&b','));
    let value_at = skip_spaces(text, at + 2 + comma);
    text[value_at..].starts_with(b"<<\"").then_some((value_at + 2, Separator::Comma))
}

/// The cell behind the bar of a table.
fn behind_bar(text: &[u8], at: usize, bar: usize) -> Option<(usize, Separator)> {
    let value_at = skip_spaces(text, at + bar);
    // The next field of a message of FIX: `58=INVALID_CREDENTIALS|10=161|`.
    let digits = text[value_at..].iter().take(5).take_while(|byte| byte.is_ascii_digit()).count();
    let field = text[at.saturating_sub(64)..at]
        .rsplit(|byte| matches!(byte, b'|' | b'\n' | 1))
        .next()
        .unwrap_or_default();
    let is_field = field.iter().take_while(|byte| byte.is_ascii_digit()).count() > 0 && field.contains(&b'=');
    if is_field && (1..=4).contains(&digits) && text.get(value_at + digits) == Some(&b'=') {
        return None;
    }
    let bar = &text[at..at + bar];
    let near = &text[value_at..(value_at + 256).min(text.len())];
    let line = near.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let cell = memchr::memmem::find(line, bar).or((line.len() < near.len()).then_some(line.len()));
    let cell = cell.unwrap_or(0);
    let value = text[value_at..value_at + cell].trim_ascii_end();
    let is_made = demanded(value, Demand::Made);
    if bar.len() > 1 && is_column_beside(text, at, bar, value) {
        return None;
    }
    let is_name = text[value_at..].iter().take(cell).all(|byte| byte.is_ascii_lowercase() || *byte == b'_');
    let is_head =
        || super::table::is_above_a_rule(text, at) || is_name && super::table::is_above_a_row(text, at);
    let is_value = is_made || !is_head();
    is_value.then_some((value_at, Separator::Bar))
}

/// Whether the name in a row of a box is one of several columns, `│ Market │ API key │ Weight │`, or says that there is none:
/// `│ no API key │ 810 │`.
fn is_column_beside(text: &[u8], at: usize, bar: &[u8], value: &[u8]) -> bool {
    let before = &text[at.saturating_sub(160)..at];
    let before = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let cell =
        memchr::memmem::rfind(before, bar).map_or(before, |last| &before[last + bar.len()..]).trim_ascii();
    let is_title = |cell: &[u8]| {
        cell.first().is_some_and(u8::is_ascii_uppercase)
            && cell.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b' ')
    };
    let denies = [&b"no "[..], b"brak ", b"without ", b"bez "].iter().any(|word| cell.starts_with(word));
    denies
        || is_title(value) && is_title(cell) && memchr::memmem::find(before, bar).is_some()
        || super::table::is_head_of_box(text, at)
}

/// Where the user in the brackets ends and the password behind it begins: `NetworkCredential("anna", "…")`.
pub(super) fn behind_user(text: &[u8], name: &[u8], first: usize) -> Option<(usize, usize)> {
    let is_pair = name.len() >= 10 && name[name.len() - 10..].eq_ignore_ascii_case(b"credential");
    let quote = quote_at(text, first).filter(|_| is_pair)?;
    let end = quote_end(text, first + quote.mark.len(), quote);
    let comma = skip_spaces(text, end + quote.mark.len());
    (text.get(comma) == Some(&b',')).then(|| (end, skip_to_value(text, comma + 1)))
}

/// What separates a name without quotes from its value besides the common signs.
fn without_quotes(text: &[u8], key: (usize, usize), at: usize) -> Option<(usize, Separator)> {
    // A header as .NET shows it: `[X-Api-Key, […]]`.
    if text[at..].starts_with(b", [") && text[..key.0].ends_with(b"[")
        // `[:hasło_api, "…"]` of Ruby
        || text[at..].starts_with(b", \"") && text[..key.0].ends_with(b"[:")
    {
        return Some((at + 2, Separator::Comma));
    }
    if text.get(at..at + 12).is_some_and(|words| words.eq_ignore_ascii_case(b"As String = ")) {
        return Some((at + 12, Separator::Equals));
    }
    if is_before_date(text, key.0, at) {
        return Some((at + 1, Separator::Comma));
    }
    let value_at = behind_word_in_brackets(text, at).filter(|_| at > key.1)?;
    Some((value_at, Separator::Colon))
}

/// Whether a row has a name, a value in quotes, and when that was set: `okx_passphrase,"…",2026-01-09`.
fn is_before_date(text: &[u8], key_start: usize, at: usize) -> bool {
    const LONGEST: usize = 4_096;
    let Some(value) = text[at..].strip_prefix(b",\"") else { return false };
    let value = &value[..value.len().min(LONGEST)];
    let end = value.iter().position(|byte| matches!(byte, b'"' | b'\n'));
    let behind = end.and_then(|end| value[end..].strip_prefix(b"\","));
    let is_word = end.is_some_and(|end| !value[..end].contains(&b' '));
    is_word
        && matches!(text[..key_start].last(), None | Some(b'\n'))
        && behind.is_some_and(value::begins_with_date)
}

/// A value behind a sign.
fn behind_mark(text: &[u8], at: usize) -> Option<(usize, Separator)> {
    let rest = &text[at..];
    let marks: &[(&str, Separator)] = match rest.first()? {
        b'=' => &[("=>", Separator::Equals), ("==", Separator::Equals), ("=", Separator::Equals)],
        b':' => &[(":=", Separator::Equals), (":", Separator::Colon)],
        b'<' => &[("<-", Separator::Equals)],
        b'-' => &[("->", Separator::Equals)],
        b'?' => &[("?=", Separator::Equals), ("??=", Separator::Equals)],
        b'|' => &[("||=", Separator::Equals)],
        b'+' => &[("+=", Separator::Equals)],
        0xe2 => &[("\u{2192}", Separator::Equals)],
        b'>' => &[(">>>", Separator::Colon)],
        b'\\' => &[("\\u003d", Separator::Equals)],
        b'%' => &[
            ("%3d", Separator::Equals),
            ("%253d", Separator::Equals),
            ("%3a", Separator::Colon),
            ("%253a", Separator::Colon),
        ],
        _ => return None,
    };
    let begins =
        |mark: &str| rest.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark.as_bytes()));
    let (mark, separator) = marks.iter().find(|(mark, _)| begins(mark))?;
    let behind = at + mark.len();
    if *separator == Separator::Colon
        && let Some(value_at) = behind_type(text, behind)
    {
        return Some((value_at, Separator::Equals));
    }
    // `"secret=" & "…"` of VBA, `'secret=' . '…'` of PHP.
    if let Some(value_at) = joined(text, behind) {
        return Some((value_at, *separator));
    }
    let emphasis =
        if text[behind..].starts_with(b"**") && !text[behind..].starts_with(b"***") { 2 } else { 0 };
    Some((skip_to_value(text, behind + emphasis), *separator))
}

/// Behind a string that ends with a sign, and what joins it to the next one.
fn joined(text: &[u8], at: usize) -> Option<usize> {
    let rest = text.get(at..(at + 12).min(text.len()))?;
    let rest = rest.strip_prefix(b" ").unwrap_or(rest);
    let (quote, joint) = rest.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
    let joint_length =
        joint.iter().take(4).take_while(|byte| matches!(byte, b' ' | b'&' | b'+' | b'.')).count();
    let is_joint = joint[..joint_length].iter().filter(|byte| **byte != b' ').count() == 1;
    (is_joint && joint.get(joint_length) == Some(quote))
        .then(|| text.len() - text[at..].len() + 1 + joint_length + usize::from(text[at] == b' '))
}

/// A value in base64 in a line of LDIF, an output of a workflow; otherwise it is the path of a program.
fn behind_two_colons(text: &[u8], key_start: usize, at: usize) -> Option<(usize, Separator)> {
    let value = &text[at + 2..];
    let is_ldif =
        value.starts_with(b" ") && value.iter().skip(1).take(8).all(|byte| gate::is(*byte, class::TOKEN));
    let is_output = text[..key_start].ends_with(b"::set-output name=");
    (is_ldif || is_output).then_some((at + 2 + usize::from(is_ldif), Separator::Space))
}

/// The value behind the type of a variable: `api_key: &str = "…"`, `apiKey: string | undefined = '…'`.
fn behind_type(text: &[u8], at: usize) -> Option<usize> {
    const TYPES: [&[u8]; 16] = [
        b"str",
        b"String",
        b"string",
        b"Option",
        b"Optional",
        b"SecretString",
        b"SecretStr",
        b"Secret",
        b"bytes",
        b"char",
        b"any",
        b"Any",
        b"std",
        b"Box",
        b"Cow",
        b"Final",
    ];
    const LONGEST: usize = b"SecretString".len();
    let start = skip_spaces(text, at);
    let rest = &text[start..(start + 60).min(text.len())];
    let word = &rest[rest.iter().position(|byte| !b"&' ".contains(byte))?..];
    let word = word.strip_prefix(b"static ").unwrap_or(word);
    let word_end = word.iter().take(LONGEST + 1).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if !TYPES.contains(&&word[..word_end]) {
        return None;
    }
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || b"_<>&'|[]., ?:".contains(byte);
    let end = start + rest.iter().take_while(is_part).count();
    let assigned = text.get(end) == Some(&b'=') && text.get(end + 1) != Some(&b'=');
    assigned.then(|| skip_to_value(text, end + 1))
}

/// Spaces, and the dots that lead the eye to a value.
fn skip_leader(text: &[u8], at: usize) -> usize {
    let after = skip_spaces(text, at);
    let dots = text[after..].iter().take(60).take_while(|byte| matches!(byte, b'.' | b' ')).count();
    let leads = [&b".."[..], b". ."].iter().any(|leader| text[after..after + dots].starts_with(leader));
    if leads { after + dots } else { after }
}

/// A value that has a name of its own beside the name that matters: `"name": "X-API-KEY", "value": "…"`,
/// `<key>…</key><string>…`, `<td>…</td><td>…`.
fn beside(text: &[u8], at: usize) -> Option<usize> {
    static BESIDE: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r#"(?i)(?:\s{0,40},?\s{0,40}(?:old(?:_?value)?=\S{0,64}\s{1,4})?\\{0,3}["']?(?:new_?value|new|payload|value|val|content|received|input|rejected_?value|text)\\{0,3}["']?\s{0,4}[:=]\s{0,4}|\s{0,4}</(?:key|name|[nkbip]|t[dh]|d[td]|li|em|str|string|code|strong|label|span|div|font|field|property|option|param|h[1-6])>\s{0,80}<[a-z]{1,12}(?: [^<>]{0,60})?>|\s{0,4}<input [^<>]{0,80}?value=)"#;
        Regex::builder()
            .syntax(syntax::Config::new().unicode(false).utf8(false))
            .build(pattern)
            .expect("the pattern is valid")
    });
    let next = *text.get(at)?;
    if !(next.is_ascii_whitespace() || matches!(next, b',' | b'<')) {
        return None;
    }
    let near = (at + 200).min(text.len());
    BESIDE.search(&Input::new(text).range(at..near).anchored(Anchored::Yes)).map(|hit| hit.end())
}

pub(super) fn skip_spaces(text: &[u8], mut at: usize) -> usize {
    let limit = (at + 40).min(text.len());
    while at < limit && matches!(text[at], b' ' | b'\t') {
        at += 1;
    }
    at
}

/// A value in quotes may stand on the next line.
pub(super) fn skip_to_value(text: &[u8], at: usize) -> usize {
    let after = skip_spaces(text, at);
    let mut next = after;
    while next < text.len() && matches!(text[next], b'\r' | b'\n' | b' ' | b'\t') && next - after < 64 {
        next += 1;
    }
    // A line end in a string of JSON: `=>\n  string(40) \"…\"`.
    if next == after && text[after..].starts_with(b"\\n") {
        let inside = skip_spaces(text, after + 2);
        if text[inside..].starts_with(b"string(") {
            return inside;
        }
    }
    if next > after && text[next..].starts_with(b"string(") {
        return next;
    }
    if next > after
        && matches!(text.get(next), Some(b'"' | b'\''))
        && text[next..].iter().take(3).all(|byte| *byte != b'\n')
        && !is_key_line(text, next)
    {
        return next;
    }
    after
}

/// Whether a quoted name, and not a value, stands here.
fn is_key_line(text: &[u8], at: usize) -> bool {
    let line = text[at..].split(|byte| *byte == b'\n').next().unwrap_or_default();
    let Some(end) = line.iter().skip(1).position(|byte| *byte == line[0]) else { return true };
    matches!(line.get(end + 2..).unwrap_or_default().trim_ascii_start().first(), Some(b':' | b'='))
}
