//! Values in quotes, tags and brackets, and those that stand behind each other.

use super::quote::{Quote, quote_at, quote_end};
use super::separator::{Separator, behind_user, skip_spaces};
use super::wrapped::hide_wrapped;
use super::{MAX_VALUE, take};
use crate::redact::find::Span;
use crate::redact::keys::{Demand, Named};
use crate::redact::phrase::broken;
use crate::redact::rules::Id;
use crate::redact::{stand_in, value};

/// What stands on the next line, where the line of a shell goes on.
pub(super) fn hide_on_next_line(text: &[u8], at: usize, named: Named, out: &mut Vec<Span>) {
    let line = at + 1 + usize::from(text[at + 1..].starts_with(b"\r")) + 1;
    let from = line + text[line..].iter().take(64).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let end = from + text[from..].iter().take(MAX_VALUE).position(u8::is_ascii_whitespace).unwrap_or(0);
    let quoted = quote_at(text, from).map_or(0, |quote| quote.mark.len());
    let flag = text[from..end].starts_with(b"--") || text[from..end].starts_with(b"-") && end < from + 12;
    if !flag && end >= from + 2 * quoted {
        take(text, from + quoted, end - quoted, named, false, out);
    }
}

/// The rest of a value of properties that goes on behind a backslash at the end of its line.
pub(super) fn hide_continued(text: &[u8], mut end: usize, named: Named, out: &mut Vec<Span>) {
    const LINES: usize = 16;
    if named.rule > Id::Encoded {
        return;
    }
    for _ in 0..LINES {
        if !text[..end].ends_with(b"\\") || !matches!(text.get(end), Some(b'\r' | b'\n')) {
            return;
        }
        let from = end + text[end..].iter().take(64).take_while(|byte| byte.is_ascii_whitespace()).count();
        let length = text[from..].iter().take(MAX_VALUE).position(u8::is_ascii_whitespace);
        let to = from + length.unwrap_or(text.len() - from);
        if to - from < 2 || from == end {
            return;
        }
        out.push(Span::new(from, to, named.rule));
        end = to;
    }
}

/// What stands in quotes, goes on below them, and what it is changed to.
pub(super) fn hide_quoted(text: &[u8], at: usize, quote: Quote<'_>, named: Named, out: &mut Vec<Span>) {
    if let Some(lines) = in_three_quotes(text, at) {
        for (start, end) in lines {
            take(text, start, end, named, false, out);
        }
        return;
    }
    let start = at + quote.mark.len();
    let end = quote_end(text, start, quote);
    // Two words to look for are no phrase.
    let words = text[start..end].split(|byte| *byte == b' ').count();
    if named.rule == Id::Phrase && words < 6 && end - start < 24 {
        return;
    }
    let named = if named.rule == Id::Token && named.demand == Demand::Random && is_token(&text[start..end]) {
        Named { demand: Demand::Query, ..named }
    } else {
        named
    };
    take(text, start, end, named, false, out);
    if named.rule == Id::Phrase {
        broken::find_named(text, start, end, out);
    }
    hide_wrapped(text, start, end, named, out);
    hide_next_strings(text, end, quote, named, out);
    let behind = text.get(end + quote.mark.len()..).unwrap_or_default();
    let arrows = [&b" -> "[..], b" => ", " \u{2192} ".as_bytes()];
    if let Some(arrow) = arrows.into_iter().find(|arrow| behind.starts_with(arrow))
        && let Some(new) = quote_at(text, end + quote.mark.len() + arrow.len())
    {
        let start = end + quote.mark.len() + arrow.len() + new.mark.len();
        take(text, start, quote_end(text, start, new), named, false, out);
    }
}

/// The strings below one that Python goes on with: `'0xb761…'` and `'f834…'` on the next line.
fn hide_next_strings(text: &[u8], end: usize, quote: Quote<'_>, named: Named, out: &mut Vec<Span>) {
    let is_hidden = out.last().is_some_and(|last| last.end == end);
    if !is_hidden || named.rule >= Id::HiddenWord || quote.mark != b"'" {
        return;
    }
    let mut at = end + 1;
    for _ in 0..16 {
        let blank =
            text[at.min(text.len())..].iter().take(80).take_while(|byte| byte.is_ascii_whitespace()).count();
        let next = at + blank;
        let Some(other) = quote_at(text, next).filter(|other| other.mark == quote.mark) else { return };
        if !text[at..next].contains(&b'\n') {
            return;
        }
        let from = next + other.mark.len();
        let to = quote_end(text, from, other);
        let value = &text[from..to];
        // A name in a mapping is followed by its sign.
        if value.contains(&b' ') || value.len() < 4 || matches!(text.get(to + 1), Some(b':')) {
            return;
        }
        out.push(Span::new(from, to, named.rule));
        at = to + 1;
    }
}

/// Letters in both cases that change where no word does, and a digit: `AkpXiAVhG4iePMe`.
fn is_token(value: &[u8]) -> bool {
    let changes =
        value.windows(2).filter(|pair| pair[0].is_ascii_lowercase() != pair[1].is_ascii_lowercase());
    value.len() >= 14
        && value.iter().all(u8::is_ascii_alphanumeric)
        && value.iter().any(u8::is_ascii_digit)
        && changes.count() * 3 >= value.len()
}

/// The lines between three quotes and three quotes.
fn in_three_quotes(text: &[u8], at: usize) -> Option<Vec<(usize, usize)>> {
    let mark = [&b"\"\"\""[..], b"'''"].into_iter().find(|mark| text[at..].starts_with(mark))?;
    let start = at + mark.len();
    let length = memchr::memmem::find(&text[start..(start + MAX_VALUE).min(text.len())], mark)?;
    let (mut lines, mut from) = (Vec::new(), start);
    for line in text[start..start + length].split(|byte| *byte == b'\n') {
        let indent = line.len() - line.trim_ascii_start().len();
        let inside = line.trim_ascii();
        let inside = inside.strip_suffix(b"\\").unwrap_or(inside);
        if !inside.is_empty() {
            lines.push((from + indent, from + indent + inside.len()));
        }
        from += line.len() + 1;
    }
    Some(lines)
}

/// What stands between tags: `<![CDATA[…]]>`, `<…>`, `<b>…</b>`.
pub(super) fn hide_in_tags(text: &[u8], at: usize, separator: Separator, named: Named, out: &mut Vec<Span>) {
    if let Some((start, end)) = bytes_of_buffer(text, at) {
        out.push(Span::new(start, end, named.rule));
    } else if text[at..].starts_with(b"<![CDATA[") {
        let end = memchr::memmem::find(&text[at..(at + MAX_VALUE).min(text.len())], b"]]>");
        take(text, at + 9, end.map_or(at + 9, |end| at + end), named, false, out);
    } else if let Some(end) = in_angles(text, at, separator, named) {
        take(text, at + 1, end, named, false, out);
    } else if separator == Separator::Colon
        && let Some(start) = behind_tags(text, at)
    {
        let ends = |byte: &u8| matches!(byte, b'<' | b'\n');
        let length = text[start..].iter().take(256).position(ends).unwrap_or(0);
        let value = &text[start..start + length];
        let is_asked = value::is_chosen(value) || matches!(named.demand, Demand::Person | Demand::Name);
        if is_asked && !value.contains(&b'"') {
            take(text, start, start + length, named, false, out);
        }
    }
}

/// The bytes that Node shows of a buffer: `<Buffer 5b 62 a1 …>`.
fn bytes_of_buffer(text: &[u8], at: usize) -> Option<(usize, usize)> {
    let bytes = text[at..].strip_prefix(b"<Buffer ")?;
    let length = bytes.iter().take(512).position(|byte| matches!(byte, b'>' | b'\n'))?;
    (length >= 8 * 3).then_some((at + 8, at + 8 + length))
}

/// The bytes of a slice or an array of Go: `[]byte{0x29, 0xa6, …}`.
pub(super) fn bytes_of_go(text: &[u8], at: usize) -> Option<(usize, usize)> {
    const BYTES: usize = 8;
    let near = &text[at..(at + 1_024).min(text.len())];
    let open = near.iter().take(16).position(|byte| *byte == b'{')?;
    let kind = near[..open].strip_prefix(b"[")?;
    let digits = kind.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let is_bytes = matches!(kind[digits..].strip_prefix(b"]")?, b"byte" | b"uint8");
    let inside = &near[open + 1..];
    let length = inside.iter().position(|byte| !byte.is_ascii_hexdigit() && !b"x, \n\t".contains(byte))?;
    let is_whole = inside.get(length) == Some(&b'}');
    let count = memchr::memchr_iter(b',', &inside[..length]).count() + 1;
    (is_bytes && is_whole && count >= BYTES).then_some((at + open + 1, at + open + 1 + length))
}

/// Whether several words stand in these brackets, and no list.
pub(super) fn is_remark(bracket: &[u8]) -> bool {
    let inside = bracket.get(1..).unwrap_or_default();
    let length = inside.iter().take(80).position(|byte| b"],\n\"'".contains(byte)).unwrap_or(0);
    inside.get(length) == Some(&b']') && inside[..length].trim_ascii().contains(&b' ')
}

/// Where the list of bytes begins in a buffer that Node wrote as JSON: `{"type":"Buffer","data":[…]}`.
pub(super) fn data_of_buffer(text: &[u8], open: usize) -> Option<usize> {
    let near = &text[open..(open + 64).min(text.len())];
    let list = near.iter().position(|byte| *byte == b'[')?;
    let letters = near[..list].iter().filter(|byte| byte.is_ascii_alphabetic());
    letters.eq(b"typeBufferdata").then_some(open + list)
}

/// Where the value of an object stands that wraps it: `{ inner: "…" }`, `{"value":"…","encrypted":false}`.
pub(super) fn value_of_object(text: &[u8], open: usize) -> Option<usize> {
    let inside = &text[open + 1..(open + 120).min(text.len())];
    let name_at = inside
        .iter()
        .position(|byte| !matches!(byte, b' ' | b'"' | b'\'' | b'\\' | b'\n' | b'\r' | b'$' | b'\t'))?;
    let name = inside[name_at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let is_inner = [
        &b"value"[..],
        b"inner",
        b"val",
        b"raw",
        b"data",
        b"secret",
        b"current",
        b"plain",
        b"S",
        b"string",
        b"default",
        b"text",
        b"stringValue",
    ]
    .contains(&&inside[name_at..name_at + name]);
    let behind = open + 1 + name_at + name;
    let behind = behind + quote_at(text, behind).map_or(0, |quote| quote.mark.len());
    let at = skip_spaces(text, behind);
    let separated = matches!(text.get(at), Some(b':' | b'='));
    let value_at = skip_spaces(text, (at + 1).min(text.len()));
    (is_inner && separated && quote_at(text, value_at).is_some()).then_some(value_at)
}

/// The user before the password: `NetworkCredential("anna", "…")`.
///
/// `User Id=anna;Password=…` as well.
pub(super) fn hide_user_of_pair(text: &[u8], key: (usize, usize), out: &mut Vec<Span>) {
    if text[..key.0].ends_with(b";") && text.get(key.1) == Some(&b'=') {
        let before = &text[key.0.saturating_sub(80)..key.0 - 1];
        let field = before.rsplit(|byte| *byte == b';').next().unwrap_or_default();
        let users = [&b"User Id="[..], b"User ID=", b"UserId=", b"Uid=", b"UID=", b"Username=", b"User="];
        if let Some(user) = users.iter().find(|name| field.starts_with(name)) {
            let named = Named { rule: Id::UserName, demand: Demand::Account };
            take(text, key.0 - 1 - field.len() + user.len(), key.0 - 1, named, false, out);
        }
    }
    let Some(quote) = quote_at(text, key.1 + 1).filter(|_| text[key.1] == b'(') else { return };
    if let Some((end, _)) = behind_user(text, &text[key.0..key.1], key.1 + 1) {
        let named = Named { rule: Id::UserName, demand: Demand::Account };
        take(text, key.1 + 1 + quote.mark.len(), end, named, false, out);
    }
}

/// The password of `credentials: admin / …`, behind the account.
pub(super) fn hide_behind_account(text: &[u8], at: usize, named: Named, out: &mut Vec<Span>) -> bool {
    let word = |from: usize| text[from..].iter().take(64).take_while(|byte| byte.is_ascii_graphic()).count();
    let account = (at, at + word(at));
    let Some(mark) = [&b" / "[..], b" | "].into_iter().find(|mark| text[account.1..].starts_with(mark))
    else {
        return false;
    };
    let start = account.1 + mark.len();
    if stand_in::begins(text, start) {
        return true;
    }
    let is_quoted = text[account.0..account.1].iter().any(|byte| b"\"'{[".contains(byte));
    let before = out.len();
    if !is_quoted {
        let chosen = Named { demand: Demand::Chosen, ..named };
        take(text, start, start + word(start), chosen, false, out);
    }
    if out.len() > before {
        let account_id = Named { rule: Id::AccountId, demand: Demand::Account };
        take(text, account.0, account.1, account_id, false, out);
    }
    out.len() > before
}

/// The password behind an account that was hidden: `login: anna77 / …`.
pub(super) fn hide_password_behind(text: &[u8], at: usize, out: &mut Vec<Span>) {
    let marks = [&b" / "[..], b" | ", b"/"];
    let Some(mark) = marks.into_iter().find(|mark| text[at..].starts_with(mark)) else { return };
    let start = at + mark.len();
    let length = text[start..].iter().take(64).take_while(|byte| byte.is_ascii_graphic()).count();
    let value = &text[start..start + length];
    if value::is_chosen(value) && !value.iter().any(|byte| b"/\"'<>{}".contains(byte)) {
        let named = Named { rule: Id::Password, demand: Demand::Chosen };
        take(text, start, start + length, named, false, out);
    }
}

/// Hides the password behind an address of mail that a login is said to be: `smtp login anna@example.com / Lodz_Slonko2023`.
pub(super) fn hide_password_behind_mail(text: &[u8], key_end: usize, named: Named, out: &mut Vec<Span>) {
    let Some(rest) = text[key_end..].strip_prefix(b" ").filter(|_| named.rule == Id::AccountId) else {
        return;
    };
    let mail = rest.iter().take(80).take_while(|byte| byte.is_ascii_graphic()).count();
    if memchr::memchr(b'@', &rest[..mail]).is_some_and(|at| at > 0) && rest[mail..].starts_with(b" / ") {
        hide_password_behind(text, key_end + 1 + mail, out);
    }
}

/// User and password of a call: `auth=('user', '…')`.
pub(super) fn hide_pair(text: &[u8], open: usize, demand: Demand, out: &mut Vec<Span>) {
    let Some(first) = quote_at(text, open + 1) else { return };
    let first_end = quote_end(text, open + 1 + first.mark.len(), first) + first.mark.len();
    let at = skip_spaces(text, (first_end + 1).min(text.len()));
    if text.get(first_end) == Some(&b',')
        && let Some(quote) = quote_at(text, at)
    {
        let start = at + quote.mark.len();
        let named = Named { rule: Id::Password, demand };
        take(text, start, quote_end(text, start, quote), named, false, out);
    }
}

/// Tags in which pages show a value: `<not set>` is none.
const TAGS: [&[u8]; 15] = [
    b"b", b"i", b"em", b"strong", b"span", b"code", b"pre", b"kbd", b"samp", b"tt", b"td", b"p", b"div",
    b"font", b"label",
];

/// Behind the tags in front of a value: `password: <b>…`, `<b>Token:</b> <span class="v">…`.
fn behind_tags(text: &[u8], at: usize) -> Option<usize> {
    let mut start = at;
    for _ in 0..3 {
        let tag = text[start..].strip_prefix(b"<")?;
        let length = tag.iter().take(80).position(|byte| matches!(byte, b'>' | b'\n'))?;
        let name = tag.strip_prefix(b"/").unwrap_or(tag);
        let word = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if tag[length] != b'>' || !TAGS.contains(&&name[..word]) {
            return None;
        }
        start = skip_spaces(text, start + length + 2);
        if text.get(start) != Some(&b'<') {
            return Some(start);
        }
    }
    None
}

/// Where the value in `key=<…>` ends, if it is more than the words of a placeholder.
fn in_angles(text: &[u8], open: usize, separator: Separator, named: Named) -> Option<usize> {
    if !matches!(separator, Separator::Equals | Separator::Colon) {
        return None;
    }
    let inside = &text[open + 1..(open + 257).min(text.len())];
    let length = inside.iter().position(|byte| matches!(byte, b'>' | b'<' | b'\n'))?;
    let value = &inside[..length];
    let is_value = if named.demand == Demand::Name {
        value.contains(&b' ')
    } else {
        value::is_chosen(value) && !value.contains(&b' ')
    };
    let is_value = is_value && inside[length] == b'>';
    is_value.then_some(open + 1 + length)
}

/// The next of some codes that stand behind each other.
pub(super) fn code_behind(text: &[u8], first: (usize, usize), end: usize) -> Option<(usize, usize)> {
    let dashes = |code: &[u8]| {
        memchr::memchr(b'-', code).filter(|_| code.iter().all(|byte| !byte.is_ascii_uppercase()))
    };
    let gap = text[end..].iter().take(3).take_while(|byte| matches!(byte, b' ' | b',' | b';')).count();
    let start = end + gap;
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'-';
    let length = text[start..].iter().take(24).take_while(is_part).count();
    let code = &text[start..start + length];
    // `ep844-eba33 svasw-hheej`
    let first = &text[first.0..first.1];
    let is_alike = length == first.len() && dashes(code).is_some() && dashes(code) == dashes(first);
    (gap > 0 && (5..=23).contains(&length) && (is_alike || code.iter().any(u8::is_ascii_digit)))
        .then_some((start, start + length))
}

/// Both halves of a signature: `"signature": {"r": "0x…", "s": "0x…", "v": 27}`.
pub(super) fn hide_halves(text: &[u8], open: usize, named: Named, out: &mut Vec<Span>) {
    let limit = (open + 400).min(text.len());
    let mut at = open + 1;
    while at < limit && text[at] != b'}' {
        let Some(quote) = quote_at(text, at) else {
            at += 1;
            continue;
        };
        let start = at + quote.mark.len();
        let end = quote_end(text, start, quote);
        if end - start >= 40 {
            take(text, start, end, named, false, out);
        }
        at = (end + quote.mark.len()).min(text.len());
    }
}

/// The numbers of accounts that stand behind each other: `managedAccounts: U1234567,U2345678`.
pub(super) fn hide_row(text: &[u8], at: usize, named: Named, out: &mut Vec<Span>) {
    let mut start = at;
    for _ in 0..64 {
        let length = text[start..].iter().take(24).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let account = &text[start..start + length];
        let ends = !matches!(text.get(start + length), Some(b'.' | b'_' | b'-' | b':' | b'='));
        if account.iter().filter(|byte| byte.is_ascii_digit()).count() < 6 || !ends {
            return;
        }
        take(text, start, start + length, named, true, out);
        start += length;
        let gap = text[start..].iter().take(3).take_while(|byte| b", ;".contains(byte)).count();
        if gap == 0 {
            return;
        }
        start += gap;
    }
}
