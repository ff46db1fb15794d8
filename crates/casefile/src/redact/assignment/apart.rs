//! A name in one place and its value in another: the elements of XML, the lines of YAML and properties, lists.

use super::quote::{quote_at, quote_end};
use super::separator::{Separator, opens_tag, skip_spaces};
use super::take;
use crate::redact::find::Span;
use crate::redact::gate::{self, class};
use crate::redact::keys::{self, Demand, Named};
use crate::redact::rules::Id;
use crate::redact::value;

/// Length of what follows a name behind an escaped sign in a file of properties: `okx.password\:main=…`.
pub(super) fn escaped_rest(rest: &[u8]) -> usize {
    let [b'\\', b':' | b'=' | b' ', name @ ..] = rest else { return 0 };
    let length = name.iter().take(48).take_while(|byte| gate::is(**byte, class::NAME)).count();
    if length > 0 && matches!(name.get(length), Some(b'=' | b':')) { 2 + length } else { 0 }
}

/// The value of a key of YAML that a question mark announces: `? name`, and `: value` on the next line.
pub(super) fn below_question(text: &[u8], key_start: usize, at: usize) -> Option<(usize, Separator)> {
    let before = &text[..key_start];
    let before = before.strip_suffix(b"\"").or_else(|| before.strip_suffix(b"'")).unwrap_or(before);
    if !before.ends_with(b"? ") {
        return None;
    }
    let rest = &text[at..];
    let line = rest.strip_prefix(b"\r").unwrap_or(rest).strip_prefix(b"\n")?;
    let start = skip_spaces(text, text.len() - line.len());
    text[start..].starts_with(b": ").then(|| (skip_spaces(text, start + 2), Separator::Colon))
}

/// Behind the other attributes of an element whose name is one: `<param name="secret" type="string">…`.
pub(super) fn behind_attributes(text: &[u8], at: usize) -> Option<usize> {
    let mut at = skip_spaces(text, at);
    for _ in 0..4 {
        let rest = &text[at..];
        let name = rest
            .iter()
            .take(24)
            .take_while(|byte| byte.is_ascii_alphanumeric() || b":-_".contains(byte))
            .count();
        let quote = text.get(at + name + 1).filter(|mark| matches!(mark, b'"' | b'\''))?;
        if name == 0
            || rest.get(name) != Some(&b'=')
            || matches!(&rest[..name], b"value" | b"val" | b"content")
        {
            return None;
        }
        let inside = &rest[name + 2..];
        let length = inside.iter().take(64).position(|byte| byte == quote)?;
        at = skip_spaces(text, at + name + 3 + length);
        if text.get(at) == Some(&b'>') {
            return Some(at + 1);
        }
    }
    None
}

/// Into the element for a value that an element begins with: `<setting name="secret"><value>…`.
pub(super) fn into_element(text: &[u8], at: usize) -> usize {
    let blank = text[at..].iter().take(80).take_while(|byte| byte.is_ascii_whitespace()).count();
    let inner = [&b"<value>"[..], b"<string>", b"<val>", b"<text>", b"<Value>"];
    let tag = inner.into_iter().find(|tag| text[at + blank..].starts_with(tag));
    tag.map_or(at, |tag| at + blank + tag.len())
}

/// Whether what stands beside a name is one more name: `["apiKey", "apiSecret"]`.
pub(super) fn is_name_beside(text: &[u8], at: usize) -> bool {
    let value_at = skip_spaces(text, at);
    let Some(quote) = quote_at(text, value_at) else { return false };
    let start = value_at + quote.mark.len();
    let value = &text[start..quote_end(text, start, quote)];
    value.iter().all(|byte| gate::is(*byte, class::NAME) && !byte.is_ascii_digit())
        && keys::named(value).is_some()
}

/// Whether what stands beside a name in a flat list, `'X-Api-Key', '…'`, is its value and no other name.
pub(super) fn is_value_beside(text: &[u8], at: usize) -> bool {
    let value_at = skip_spaces(text, at);
    let Some(quote) = quote_at(text, value_at) else { return false };
    let start = value_at + quote.mark.len();
    let value = &text[start..quote_end(text, start, quote)];
    let is_sign = |byte: &u8| byte.is_ascii_punctuation() && !b"-_. ".contains(byte);
    // `"config" "set" "PGPASSWORD" "moj 19 pies"` of Redis
    let name = text[..at].trim_ascii_end();
    let name = name
        .strip_suffix(b"\"")
        .map_or(&b""[..], |name| &name[..name.iter().rposition(|byte| *byte == b'"').unwrap_or(0)]);
    keys::named(value).is_none()
        && (!value.contains(&b' ') || name.ends_with(b"\"set\" ") || name.ends_with(b"\"SET\" "))
        && (value.iter().any(u8::is_ascii_digit) || value.iter().any(is_sign))
}

/// What a value was before it was changed: `"path":"exchange.secret","old":"…","new":"…"`.
pub(super) fn hide_old(text: &[u8], key_end: usize, named: Named, out: &mut Vec<Span>) {
    let Some(quote) = quote_at(text, key_end) else { return };
    let at = key_end + quote.mark.len();
    if text.get(at) != Some(&b',') {
        return;
    }
    let at = skip_spaces(text, at + 1);
    let Some(name) = quote_at(text, at) else { return };
    let from = at + name.mark.len();
    let to = quote_end(text, from, name);
    let words = [&b"old"[..], b"oldValue", b"old_value", b"from", b"before", b"previous"];
    let colon = skip_spaces(text, (to + name.mark.len()).min(text.len()));
    if !words.contains(&&text[from..to]) || text.get(colon) != Some(&b':') {
        return;
    }
    let value_at = skip_spaces(text, colon + 1);
    if let Some(value) = quote_at(text, value_at) {
        let from = value_at + value.mark.len();
        take(text, from, quote_end(text, from, value), named, false, out);
    }
}

/// The sum beside what is free and what is in use: `{'available': 4633.3, 'total': 9177.7}`.
pub(super) fn hide_total(text: &[u8], (start, end): (usize, usize), named: Named, out: &mut Vec<Span>) {
    const NEAR: usize = 64;
    let ends = |byte: &u8| b"{}()".contains(byte);
    let before = text[start.saturating_sub(NEAR)..start].iter().rev().take_while(|byte| !ends(byte)).count();
    let behind = text[end..(end + NEAR).min(text.len())].iter().take_while(|byte| !ends(byte)).count();
    for (from, to) in [(start - before, start), (end, end + behind)] {
        let near = text[from..to].to_ascii_lowercase();
        let Some(found) = memchr::memmem::find(&near, b"total") else { continue };
        // On the next line it is a member of the same object, and no word of another record.
        let between = if to == start { &near[found..] } else { &near[..found] };
        let is_plain = |byte: &u8| byte.is_ascii_alphabetic() || b"_.:\"' \t=-".contains(byte);
        let line_ends = memchr::memchr_iter(b'\n', between).count();
        let line = between.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        if line_ends > 1 || line_ends == 1 && !line.iter().all(is_plain) {
            continue;
        }
        let at = from + found + 5;
        let marks = text[at..to].iter().take(4).take_while(|byte| b"\"'\\:= ".contains(byte)).count();
        let length = text[at + marks..]
            .iter()
            .take(32)
            .take_while(|byte| byte.is_ascii_digit() || b"._".contains(byte))
            .count();
        let value = &text[at + marks..at + marks + length];
        if marks > 0 && value.contains(&b'.') && value.iter().any(|byte| matches!(byte, b'1'..=b'9')) {
            let bare_number = super::structured_number(text, at + marks, at + marks + length);
            out.push(Span { bare_number, ..Span::new(at + marks, at + marks + length, named.rule) });
        }
    }
}

/// The number of a machine below its serial number, as `dmidecode` writes it: `UUID: …`.
pub(super) fn hide_uuid_below(text: &[u8], from: usize, named: Named, out: &mut Vec<Span>) {
    let near = &text[from..(from + 160).min(text.len())];
    let Some(end) = memchr::memchr(b'\n', near).filter(|_| named.rule == Id::Serial) else { return };
    let indent = near[end + 1..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let start = from + end + 1 + indent;
    if text[start..].starts_with(b"UUID: ") {
        let length =
            text[start + 6..].iter().take(36).take_while(|byte| gate::is(**byte, class::NAME)).count();
        take(text, start + 6, start + 6 + length, Named { demand: Demand::Identifier, ..named }, false, out);
    }
}

/// The number of a machine in a column of its own, as `wmic` writes it.
pub(super) fn hide_column_of_uuid(text: &[u8], start: usize, end: usize, out: &mut Vec<Span>) {
    let line = end + skip_spaces(&text[end..], 0);
    let begins = start == 0 || text[..start].ends_with(b"\n");
    if begins && matches!(text.get(line), Some(b'\n' | b'\r')) {
        let named = Named { rule: Id::Serial, demand: Demand::Identifier };
        super::lines::hide_below(text, line, named, out);
    }
}

/// The identifier that lets somebody into a tunnel: `type: vless`, `uuid: …`.
pub(super) fn hide_uuid_of_tunnel(text: &[u8], start: usize, end: usize, out: &mut Vec<Span>) {
    const NEAR: usize = 240;
    let Some((value_at, _)) = super::separator(text, start, end) else { return };
    let near = &text[start.saturating_sub(NEAR)..(end + NEAR).min(text.len())];
    let is_tunnel =
        [&b"vless"[..], b"vmess", b"tuic"].iter().any(|word| memchr::memmem::find(near, word).is_some());
    let at = value_at + quote_at(text, value_at).map_or(0, |quote| quote.mark.len());
    let length =
        text[at..].iter().take(37).take_while(|byte| byte.is_ascii_hexdigit() || **byte == b'-').count();
    if is_tunnel && length == 36 {
        out.push(Span::new(at, at + length, Id::ApiSecret));
    }
}

/// The values of a jar of cookies, in the last of seven columns. Source: <https://curl.se/docs/http-cookies.html>
pub(super) fn hide_jar(text: &[u8], from: usize, named: Named, out: &mut Vec<Span>) {
    let mut at = from;
    while let Some(length) = memchr::memchr(b'\n', &text[at..]) {
        at += length + 1;
        let line = text[at..].split(|byte| *byte == b'\n').next().unwrap_or_default();
        if line.starts_with(b"#") && !line.starts_with(b"#HttpOnly_") || line.trim_ascii().is_empty() {
            continue;
        }
        let Some(last) = line.iter().rposition(|byte| *byte == b'\t') else { return };
        if memchr::memchr_iter(b'\t', line).count() != 6 {
            return;
        }
        let value = line[last + 1..].trim_ascii_end();
        if value::is_random_looking(value) {
            take(text, at + last + 1, at + last + 1 + value.len(), named, false, out);
        }
    }
}

/// The next string of a numbered list, on the next line.
pub(super) fn next_of_list(text: &[u8], at: usize) -> Option<usize> {
    let rest = &text[at..];
    let line = rest.strip_prefix(b"\r").unwrap_or(rest).strip_prefix(b"\n")?;
    let line_at = text.len() - line.len();
    let from = skip_spaces(text, line_at);
    let digits = text[from..].iter().take(5).take_while(|byte| byte.is_ascii_digit()).count();
    (digits > 0 && text[from + digits..].starts_with(b") \"")).then_some(from + digits + 2)
}

/// Behind what a sentence says of a name: `hasło do konta: …`, `password for the exchange is …`.
pub(super) fn said_of(text: &[u8], at: usize) -> Option<usize> {
    const WORDS: [&[u8]; 15] = [
        b"do ",
        b"dla ",
        b"od ",
        b"for ",
        b"of ",
        b"to the ",
        b"vom ",
        b"von ",
        b"f\xc3\xbcr ",
        b"zum ",
        b"del ",
        b"para ",
        b"pour ",
        b"du ",
        b"na ",
    ];
    if let Some(length) = behind_length(&text[at..(at + 96).min(text.len())]) {
        return Some(at + length);
    }
    let rest = &text[at..(at + 48).min(text.len())];
    // `passphrase for key '/home/anna/.ssh/id_ed25519': …`
    if let Some(path) = rest.strip_prefix(b"for key '")
        && let Some(end) = memchr::memmem::find(path, b"': ")
    {
        return Some(at + (rest.len() - path.len()) + end + 3);
    }
    let rest = rest.split(|byte| matches!(byte, b'\n' | b',' | b'.' | b'=')).next().unwrap_or_default();
    let word = WORDS.iter().find(|word| rest.starts_with(word))?;
    // The sign itself was split off.
    let is_word = |words: &[u8]| words.strip_suffix(b" ").is_some_and(|word| !word.contains(&b' '));
    if is_word(&rest[word.len()..]) && text[at + rest.len()..].starts_with(b"= ") {
        return Some(at + rest.len() + 2);
    }
    let marks = [&b": "[..], b" - ", b" to ", b" is ", b" jest ", b" ist ", b" \xc3\xa8 ", b" es ", b" est "];
    let end = marks
        .iter()
        .filter_map(|mark| memchr::memmem::find(&rest[word.len()..], mark).map(|found| found + mark.len()))
        .min()?;
    Some(at + word.len() + end)
}

/// Behind how long a value should be: `secret must be 64 chars: '…'`, `API key format, expected 64 characters, got 63: …`.
fn behind_length(rest: &[u8]) -> Option<usize> {
    let starts = [
        &b"must be "[..],
        b"should be ",
        b"must have ",
        b"format, expected ",
        b"expected ",
        b"has wrong length ",
    ];
    let first = starts.iter().find(|start| rest.starts_with(start))?;
    let digits = rest[first.len()..].iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
    let behind = &rest[first.len() + digits..];
    let colon = behind.iter().take(40).position(|byte| *byte == b':')?;
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || b" ,".contains(byte);
    (digits > 0 && behind[..colon].iter().all(is_word) && behind.get(colon + 1) == Some(&b' '))
        .then_some(first.len() + digits + colon + 2)
}

/// Hides the one before it that stands in brackets behind a password: `mdp: … (ancien: …)`.
pub(super) fn hide_older(text: &[u8], before: usize, out: &mut Vec<Span>) {
    const LONGEST: usize = 96;
    let last = out.get(before..).and_then(<[Span]>::last);
    let Some(end) = last.filter(|last| matches!(last.rule, Id::Password | Id::ApiKey)).map(|last| last.end)
    else {
        return;
    };
    let Some(inside) = text[end..].strip_prefix(b" (") else { return };
    let inside = &inside[..inside.len().min(LONGEST)];
    let word = inside.iter().take(16).take_while(|byte| byte.is_ascii_alphabetic() || **byte >= 0x80).count();
    let Some(rest) = inside[word..].strip_prefix(b": ").filter(|_| word >= 3) else { return };
    let length = rest.iter().take_while(|byte| byte.is_ascii_graphic() && **byte != b')').count();
    if rest.get(length) == Some(&b')') {
        let from = end + 2 + word + 2;
        take(text, from, from + length, Named { rule: Id::Password, demand: Demand::Set }, true, out);
    }
}

/// The value that stands before its name: `{"value":"…","name":"API_SECRET"}`, `<input value="…" name="api_secret">`.
pub(super) fn hide_before(text: &[u8], key_start: usize, named: Named, out: &mut Vec<Span>) {
    const NEAR: usize = 240;
    // `assert '…' == settings.api_secret`
    if let Some(before) = text[..key_start].strip_suffix(b" == ")
        && let Some(quote @ (b'\'' | b'"')) = before.last()
    {
        let near = key_start.saturating_sub(NEAR).min(before.len() - 1);
        let open = memchr::memrchr(*quote, &before[near..before.len() - 1]);
        if let Some(open) = open.filter(|open| !before[near + open..].contains(&b'\n')) {
            take(text, near + open + 1, before.len() - 1, named, false, out);
        }
        return;
    }
    let head = &text[key_start.saturating_sub(16)..key_start];
    let head = head.trim_ascii_end();
    let head = head.strip_suffix(b"\"").or_else(|| head.strip_suffix(b"'")).unwrap_or(head).trim_ascii_end();
    let Some(name) = head.strip_suffix(b"=").or_else(|| head.strip_suffix(b":")) else { return };
    let name = name.trim_ascii_end();
    let name = name.strip_suffix(b"\"").unwrap_or(name);
    if ![&b"name"[..], b"key", b"id", b"Name", b"Key"].iter().any(|word| name.ends_with(word)) {
        return;
    }
    let from = key_start.saturating_sub(NEAR);
    let before = &text[from..key_start];
    let before = &before[before.iter().rposition(|byte| b"<{}".contains(byte)).map_or(0, |at| at + 1)..];
    let from = key_start - before.len();
    let Some(found) = memchr::memmem::rfind(before, b"value") else { return };
    // The value of the item before in a list of YAML: `- name: A`, `  value: 1`, `- name: B`.
    let is_item = |line: &[u8]| line.trim_ascii_start().starts_with(b"- ");
    if before[found..].split(|byte| *byte == b'\n').skip(1).any(is_item) {
        return;
    }
    let mut at = from + found + 5;
    at += usize::from(text.get(at) == Some(&b'"'));
    at = skip_spaces(text, at);
    if !matches!(text.get(at), Some(b':' | b'='))
        || memchr::memchr_iter(b'\n', &text[at..key_start]).count() > 1
    {
        return;
    }
    let value_at = skip_spaces(text, at + 1);
    if let Some(quote) = quote_at(text, value_at) {
        let start = value_at + quote.mark.len();
        let end = quote_end(text, start, quote);
        if end < key_start {
            take(text, start, end, named, false, out);
        }
    }
}

/// Hides what was put into a field that is called so: `pasted "…" into field "API key"`.
pub(super) fn hide_put(text: &[u8], key_start: usize, named: Named, out: &mut Vec<Span>) {
    const NEAR: usize = 240;
    // `"API key"`
    let head = &text[..key_start];
    let word = head
        .strip_suffix(b" ")
        .unwrap_or(head)
        .iter()
        .rev()
        .take(12)
        .take_while(|byte| byte.is_ascii_alphabetic());
    let word = word.count();
    let head = if head.ends_with(b" ") { &head[..head.len() - 1 - word] } else { head };
    let Some(before) = head.strip_suffix(b"\" into field \"") else { return };
    let near = &before[before.len().saturating_sub(NEAR)..];
    if let Some(open) = memchr::memrchr2(b'"', b'\n', near).filter(|open| near[*open] == b'"') {
        take(text, before.len() - near.len() + open + 1, before.len(), named, false, out);
    }
}

/// Behind what a name has in brackets: `secret (binance): …`.
pub(super) fn behind_word_in_brackets(text: &[u8], at: usize) -> Option<usize> {
    let inside = text[at..].strip_prefix(b"(")?;
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b' ';
    let length = inside.iter().take(24).take_while(is_part).count();
    (length > 0 && inside[length..].starts_with(b"): ")).then(|| skip_spaces(text, at + length + 3))
}

/// What separates a name in quotes from its value besides the common signs.
pub(super) fn behind_quotes(text: &[u8], at: usize) -> Option<(usize, Separator)> {
    let rest = &text[at..];
    // A pair as PHP keeps it: `s:5:"login";s:8:"…"`, `s:5:"login";i:…;`.
    if rest.starts_with(b";i:") {
        return Some((at + 3, Separator::Comma));
    }
    if rest.starts_with(b";s:") {
        let length = rest[3..].iter().take(8).take_while(|byte| byte.is_ascii_digit()).count();
        return Some((at + 3 + length + 1, Separator::Comma));
    }
    if rest.starts_with(b";") && is_value_beside(text, at + 1) {
        return Some((skip_spaces(text, at + 1), Separator::Comma));
    }
    // An answer of Redis: `1) "api_secret"`, and `2) "…"` on the next line.
    if let Some(value_at) = next_of_list(text, at) {
        return Some((value_at, Separator::Comma));
    }
    // `variable "api_secret" { default = "…" }`
    let block = rest.strip_prefix(b"{")?;
    let default = memchr::memmem::find(&block[..block.len().min(120)], b"default")?;
    let quote = block[default..].iter().take(16).position(|byte| *byte == b'"')?;
    Some((at + 1 + default + quote, Separator::Equals))
}

/// The value behind the tag that a name is, or that a name is an attribute of.
pub(super) fn behind_tag(text: &[u8], key_start: usize, at: usize, is_quoted: bool) -> Option<usize> {
    let (before, rest) = (&text[..key_start], &text[at..]);
    if rest.starts_with(b"&gt;") && before.ends_with(b"&lt;") {
        let closes = memchr::memmem::find(&rest[..rest.len().min(512)], b"&lt;/").is_some();
        return closes.then_some(at + 4);
    }
    if rest.starts_with(b">") && (is_quoted || opens_tag(before)) {
        return Some(into_element(text, at + 1));
    }
    let is_tag = opens_tag(before) && text[..at].ends_with(b" ");
    let value_at = if is_quoted || is_tag { behind_attributes(text, at)? } else { return None };
    Some(into_element(text, value_at))
}
