//! Labels of several words, as people write them and forms print them: `Hasło do panelu: …`, `API key for Binance - …`,
//! `| WLAN Schlüssel | … |`, `Contraseña de la cuenta` with the value below it.

use super::bare::line_start;
use super::mark::{Mark, VERBS, WORD, ends_line, is_dash, is_first_or_second_cell, mark};
use super::quote::{quote_at, quote_end};
use super::separator::skip_spaces;
use super::take;
use super::{beside, changed, codes, fallback};
use crate::redact::find::Span;
use crate::redact::keys::{self, Demand, Named};
use crate::redact::rules::Id;
use crate::redact::{phrase, value};

/// Words before and behind the one that was found.
const BEFORE: usize = 3;
const BEHIND: usize = 5;

/// Hides the value of the label around this name; says where the label ends, if there is one.
pub(super) fn hide(text: &[u8], key: (usize, usize), out: &mut Vec<Span>) -> Option<usize> {
    let shown = beside::hide_before_arrow(text, key, out);
    let shown = shown.or_else(|| beside::hide_behind_brackets(text, key, out));
    if let Some(end) = shown.or_else(|| changed::hide_of_printed(text, key, out)) {
        return Some(end);
    }
    // Most names have their sign behind them, or stand alone.
    if !matches!(
        text.get(key.1),
        Some(b' ' | b':' | b'=' | b'"' | b'*' | b'\t' | b'\r' | b'\n' | b'|' | b'-' | b';' | b'?')
    ) {
        return None;
    }
    // `GET /api/v3/account X-MBX-APIKEY: …`; a word has to stand before a name that has its sign behind it.
    if text[key.1] == b' ' && is_end_of_path(&text[..key.0])
        || matches!(text[key.1], b':' | b'=') && !is_behind_word(text, key.0)
    {
        return None;
    }
    if text[key.1] == b' '
        && let Some(end) = beside::hide(text, key, out)
    {
        return Some(end);
    }
    let end = end_of_words(text, key.1)?;
    let (start, is_begun) = beginning(text, key);
    let (name, is_alone) = (&text[start..end], (start, end) == key);
    // `var secret = …` is source.
    if is_alone && !is_begun || name.starts_with(b"var ") {
        return None;
    }
    let mark = mark(text, start, end);
    // Behind most words nothing leads to a value.
    if mark.is_none() && (is_alone || text.get(end) != Some(&b' ')) || keys::is_harmless(name) {
        return None;
    }
    let named = keys::read(name).or_else(|| keys::named(name).filter(|_| is_begun))?;
    let mark = mark.or_else(|| beside(text, end, named).filter(|_| !is_alone && keys::are_known(name)))?;
    if let Mark::Line(at) = mark
        && let Some((from, to)) = figures_below(text, at, (name, named))
    {
        out.push(Span::new(from, to, named.rule));
        return Some(end);
    }
    // What has its sign behind it was looked at.
    if is_alone && matches!(mark, Mark::Sign(_) | Mark::Bar(_)) {
        return None;
    }
    let asks =
        matches!(named.demand, Demand::Any | Demand::Random | Demand::Made | Demand::Set | Demand::Chosen);
    let is_dash = |at: usize| text[..at].last().is_some_and(|last| !last.is_ascii_alphabetic());
    let is_person = named.rule >= Id::HiddenWord
        && is_begun
        && match mark {
            Mark::Sign(_) | Mark::Bar(_) => true,
            // The names of two columns are no row.
            Mark::Cell(at) => {
                line_start(text, start) == Some(start)
                    || text[at..].iter().take_while(|byte| **byte != b'\n').any(u8::is_ascii_digit)
            }
            Mark::Verb(at) => is_dash(at) && (!is_alone || text[end] == b'?'),
            Mark::Space(_) | Mark::Line(_) => false,
        };
    if named.rule >= Id::HiddenWord && !is_person || named.rule < Id::HiddenWord && !asks {
        return None;
    }
    // A name has several words.
    if named.rule == Id::PersonName && matches!(mark, Mark::Sign(_)) {
        let before = out.len();
        super::hide(text, start, end, named, out);
        return (out.len() > before).then_some(end);
    }
    let mark = below(text, mark);
    if matches!(mark, Mark::Line(_)) && named.rule == Id::Password {
        let before = out.len();
        codes::hide_below(text, (start, end), named, out);
        if out.len() > before {
            return Some(end);
        }
    }
    // Below what says only that a user or a machine follows may stand anything.
    let is_loose = matches!(named.demand, Demand::Any | Demand::Account | Demand::Machine | Demand::Name);
    if is_person && is_loose && matches!(mark, Mark::Line(_)) {
        return None;
    }
    let (from, to) = behind(text, mark)?;
    if let Some((to, rule)) = known_shape(text, (from, to), (name, named)) {
        out.push(Span::new(from, to, rule));
        return Some(end);
    }
    if named.rule == Id::Phrase {
        let to = phrase::end_of_words(text, from).filter(|to| !value::is_placeholder(&text[from..*to]))?;
        let is_whole = matches!(text.get(to), None | Some(b'\r' | b'\n' | b'|' | b'"' | b'\'' | b'`' | b'<'));
        return is_whole.then(|| {
            out.push(Span::new(from, to, named.rule));
            end
        });
    }
    let is_quoted = is_quoted(text, (from, to), mark);
    let demand = demand_of(text, (from, to), (name, named), mark, (is_begun, is_person));
    let (before, named) = (out.len(), Named { demand, ..named });
    if !has_name(&text[from..to]) || matches!(mark, Mark::Sign(_)) && is_quoted {
        take(text, from, to, named, true, out);
        if codes::are_codes(name) && out.len() > before {
            hide_codes_behind(text, (from, to), named, out);
        }
    }
    (out.len() > before).then_some(end)
}

/// The codes behind the first one: `2FA backup codes bitpanda: g939q-23b0f 8caf5-srl43`.
fn hide_codes_behind(text: &[u8], first: (usize, usize), named: Named, out: &mut Vec<Span>) {
    let mut last = first.1;
    while let Some(code) = super::code_behind(text, first, last) {
        out.push(Span::new(code.0, code.1, named.rule));
        last = code.1;
    }
}

/// What an authenticator is given, `google auth seed`, or a password for a program: where it ends, and what it is.
fn known_shape(
    text: &[u8],
    (from, to): (usize, usize),
    (name, named): (&[u8], Named),
) -> Option<(usize, Id)> {
    match named.rule {
        Id::Phrase if is_sure_of_factor(name, &text[from..to]) => Some((to, Id::ApiSecret)),
        Id::Password => end_of_four_groups(text, from).map(|end| (end, named.rule)),
        _ => None,
    }
}

/// Whether it stands in quotes, or in a cell, which may have several words in it.
fn is_quoted(text: &[u8], (from, to): (usize, usize), mark: Mark) -> bool {
    matches!(mark, Mark::Bar(_)) && text[from..to].iter().any(u8::is_ascii_digit)
        || text[..from].last().is_some_and(|quote| b"\"'`".contains(quote))
}

/// What the value of a label has to be.
fn demand_of(
    text: &[u8],
    (from, to): (usize, usize),
    (name, named): (&[u8], Named),
    mark: Mark,
    (is_begun, is_person): (bool, bool),
) -> Demand {
    let is_quoted = is_quoted(text, (from, to), mark);
    let has_digit = text[from..to].iter().any(u8::is_ascii_digit);
    let is_last = matches!(text.get(to), None | Some(b'\r' | b'\n' | b'|' | b'"' | b'\'' | b'`' | b'<'));
    let is_sure = is_begun && (is_last || matches!(mark, Mark::Sign(_))) && !matches!(mark, Mark::Space(_));
    match named.rule {
        Id::Password
            if is_quoted && !matches!(mark, Mark::Space(_)) && (named.demand == Demand::Any || has_digit) =>
        {
            Demand::Any
        }
        Id::Password if is_long_number(&text[from..to]) && keys::is_of_wifi(name) => Demand::Any,
        Id::Password => Demand::Set,
        // `clave de acceso: …` is a password.
        Id::ApiKey if is_sure && keys::is_password_too(name) => Demand::Set,
        Id::ApiSecret if is_sure_of_factor(name, &text[from..to]) => Demand::Any,
        _ if is_person => named.demand,
        // `finnhub klucz api: …`
        Id::ApiKey | Id::ApiSecret if is_sure && is_last && is_long_and_mixed(&text[from..to]) => Demand::Any,
        _ if is_sure && named.demand == Demand::Any => Demand::Random,
        _ => Demand::Made,
    }
}

/// Where four groups of four small letters end, alone to the end of the line, as Google makes passwords for programs.
/// Source: <https://support.google.com/accounts/answer/185833>
fn end_of_four_groups(text: &[u8], from: usize) -> Option<usize> {
    const LENGTH: usize = 19;
    // `app password`, and below `when that goes down`
    const WORDS: &[u8] = b"that this when with have from your they will been more than what goes down does auth work must only data \
        name user fail need some text then also into over just like make time back even want give most them next code same line \
        file test main";
    let value = text.get(from..from + LENGTH)?;
    let mut groups = value.split(|byte| *byte == b' ');
    let is_group = |group: &[u8]| group.len() == 4 && group.iter().all(u8::is_ascii_lowercase);
    let ends = matches!(text.get(from + LENGTH), None | Some(b'\r' | b'\n' | b'"' | b'\'' | b'`' | b'<'));
    let is_word = |group: &[u8]| memchr::memmem::find(WORDS, group).is_some();
    if groups.clone().filter(|group| is_word(group)).count() >= 2 {
        return None;
    }
    (groups.by_ref().take(4).all(is_group) && groups.next().is_none() && ends).then_some(from + LENGTH)
}

/// What stands alone on the line below, further in than its label: a password for a program, or a PIN.
fn figures_below(text: &[u8], at: usize, (name, named): (&[u8], Named)) -> Option<(usize, usize)> {
    let line = at + memchr::memchr(b'\n', &text[at..(at + 2).min(text.len())])? + 1;
    let from = skip_spaces(text, line);
    let is_password = named.rule == Id::Password;
    if let Some(to) = end_of_four_groups(text, from).filter(|_| is_password && from > line) {
        return Some((from, to));
    }
    let digits = text[from..].iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
    let is_pin = (4..=8).contains(&digits)
        && from > line
        && matches!(text.get(from + digits), None | Some(b'\r' | b'\n'))
        && name.len() > 4
        && name[..4].eq_ignore_ascii_case(b"pin ")
        && !name.to_ascii_lowercase().ends_with(b"mode");
    is_pin.then_some((from, from + digits))
}

/// Eight digits or more, as routers print the key of their network.
fn is_long_number(value: &[u8]) -> bool {
    value.len() >= 8 && value.iter().all(u8::is_ascii_digit)
}

/// Sixteen letters of one kind or more with a digit among them.
fn is_long_and_mixed(value: &[u8]) -> bool {
    value.len() >= 16
        && value.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        && value.iter().any(u8::is_ascii_digit)
        && !value::is_composed(value)
}

/// Whether it is what an authenticator is given, `JBSW…`, below words that say so.
fn is_sure_of_factor(name: &[u8], value: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let says = |word: &[u8]| memchr::memmem::find(&name, word).is_some();
    matches!(value.len(), 16 | 24 | 26 | 32 | 52)
        && value.iter().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'2'..=b'7'))
        && (says(b"authenticator") || says(b"auth") || says(b"2fa") || says(b"totp"))
}

/// A name of its own in place of the value: `OKX_SECRET=…`.
fn has_name(value: &[u8]) -> bool {
    let padding = value.iter().rev().take_while(|byte| **byte == b'=').count();
    value[..value.len() - padding].iter().any(|byte| matches!(byte, b'=' | b':'))
}

/// What a name says behind words that speak of something else: `Zásady hesla: …`, `Percentage van saldo = …`.
pub(super) fn narrowed(text: &[u8], (start, end): (usize, usize), named: Named) -> Option<Named> {
    if !is_behind_word(text, start) || named.rule >= Id::HiddenWord && named.rule != Id::Balance {
        return Some(named);
    }
    // `user changed xtb_password from "<not set>" to "…"`
    if !is_behind_matter(text, start, named.rule) || fallback::is_change(&text[end..]) {
        return Some(named);
    }
    let is_asked =
        named.rule != Id::Balance && matches!(named.demand, Demand::Any | Demand::Random | Demand::Set);
    is_asked.then_some(Named { demand: Demand::Made, ..named })
}

/// Whether a name that stands behind this is the last part of a path: `/api/v3/`.
fn is_end_of_path(before: &[u8]) -> bool {
    const NEAR: usize = 48;
    let near = &before[before.len().saturating_sub(NEAR)..];
    let path = near.rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
    near.ends_with(b"/") && path.starts_with(b"/") && path.len() > 1 && path.len() < NEAR
}

/// Whether a word and a space stand before this place.
fn is_behind_word(text: &[u8], at: usize) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80 || byte == b')';
    at >= 2 && text[at - 1] == b' ' && word(text[at - 2])
}

/// Whether a word stands before this place, over short ones, by which a name speaks of something else.
fn is_behind_matter(text: &[u8], mut at: usize, rule: Id) -> bool {
    const SHORT: usize = 4;
    let is_part = |byte: &&u8| byte.is_ascii_alphabetic() || **byte >= 0x80;
    for _ in 0..BEFORE {
        let Some(before) = text[..at].strip_suffix(b" ") else { return false };
        let length = before.iter().rev().take(WORD).take_while(is_part).count();
        at = before.len() - length;
        if length == 0 || keys::is_of_matter(&before[at..], rule) {
            return length > 0;
        }
        if length > SHORT {
            return false;
        }
    }
    false
}

/// Where the label begins, and whether something begins there: a line, a cell, a string.
fn beginning(text: &[u8], (key_start, key_end): (usize, usize)) -> (usize, bool) {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte >= 0x80;
    let is_edge = |at: usize| {
        let before = text[..at].trim_ascii_end();
        // `1. `, `a) `
        let is_counted = before.len() < at && matches!(before.last(), Some(b'.' | b')' | b',' | b';' | b':'));
        is_counted
            || line_start(text, at).is_some_and(|line| {
                text[line..at].iter().all(|byte| b" \t-*#>\xe2\x80\xa2+\xef\xbb\xbf".contains(byte))
            })
            || before.last().is_some_and(|last| b"\"'`|>*[{(]-".contains(last)) && !ends_stand_in(before)
            || text[..at].ends_with(b"  ")
            || text[..at].ends_with(b"\t")
            || text[..at].ends_with(b";")
                && (is_first_or_second_cell(text, at) || text.get(key_end) == Some(&b';'))
    };
    let mut at = key_start;
    for _ in 0..BEFORE {
        if is_edge(at) {
            return (at, true);
        }
        let Some(before) = text[..at].strip_suffix(b" ") else { return (key_start, false) };
        let length = before.iter().rev().take(WORD).take_while(is_part).count();
        if length == 0 {
            return (key_start, false);
        }
        at = before.len() - length;
    }
    if is_edge(at) { (at, true) } else { (key_start, false) }
}

/// What stood here before was no edge.
fn ends_stand_in(before: &[u8]) -> bool {
    const LONGEST: usize = 40;
    let near = &before[before.len().saturating_sub(LONGEST)..];
    let open = memchr::memrchr(b'<', near).filter(|_| near.ends_with(b">"));
    open.is_some_and(|open| near[open..].contains(&b':'))
}

/// Where the words behind the name end, with what stands in brackets; none if they do not end soon.
fn end_of_words(text: &[u8], key_end: usize) -> Option<usize> {
    let is_part =
        |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(**byte, b'-' | b'.' | b'/' | b'\'' | 0x80..);
    let mut at = key_end;
    for _ in 0..BEHIND {
        // `kod zapasowy / klucz 2fa`
        let slash = if text[at..].starts_with(b" / ") { 2 } else { 0 };
        let Some(rest) = text[at + slash..].strip_prefix(b" ") else { return Some(at) };
        let is_bracket = rest.starts_with(b"(");
        let begins = rest
            .get(usize::from(is_bracket))
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
        let length = rest[usize::from(is_bracket)..].iter().take(WORD).take_while(is_part).count();
        let is_sentence = rest[..length].ends_with(b".") && !is_before_sign(&rest[length..]);
        let length = if begins && length < WORD && !is_sentence { length } else { 0 };
        // What says that the value follows is no word of the label.
        let has_sign = || {
            let line = rest.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
            memchr::memmem::find(line, b": ").is_some()
        };
        // `hasło mam takie: …`
        let is_verb = VERBS.iter().any(|verb| rest[..length].eq_ignore_ascii_case(verb.as_bytes()))
            && !(&rest[..length] == b"mam" && has_sign());
        if length == 0 || is_verb || is_dash(rest) {
            return Some(at);
        }
        let length = length + 2 * usize::from(is_bracket);
        if is_bracket && rest.get(length - 1) != Some(&b')') {
            return Some(at);
        }
        at += slash + 1 + length;
    }
    text.get(at).is_none_or(|next| *next != b' ').then_some(at)
}

/// Whether the sign of a label follows, over spaces: `chiave priv. - …`.
fn is_before_sign(rest: &[u8]) -> bool {
    let behind = rest.trim_ascii_start();
    matches!(behind.first(), Some(b':' | b'=')) || behind.len() < rest.len() && is_dash(behind)
}

/// A key that stands directly behind what it is called, `приватный ключ 0x…`: it has to look like one.
fn beside(text: &[u8], end: usize, named: Named) -> Option<Mark> {
    let is_key = matches!(named.rule, Id::ApiKey | Id::ApiSecret | Id::PrivateKey | Id::Token);
    (is_key && text.get(end) == Some(&b' ')).then_some(Mark::Space(end + 1))
}

/// The end of the line, if nothing stands behind the sign of a label.
fn below(text: &[u8], mark: Mark) -> Mark {
    match mark {
        Mark::Sign(at) if ends_line(text, skip_spaces(text, at)) => Mark::Line(skip_spaces(text, at)),
        other => other,
    }
}

/// Where the value is: in quotes, or one word, that of the next line alone in it.
fn behind(text: &[u8], mark: Mark) -> Option<(usize, usize)> {
    let at = match mark {
        Mark::Sign(at) | Mark::Bar(at) | Mark::Cell(at) | Mark::Verb(at) | Mark::Space(at) => {
            skip_spaces(text, at)
        }
        Mark::Line(at) => {
            let next = at + 1 + usize::from(text[at..].starts_with(b"\r\n"));
            let at = skip_spaces(text, next.min(text.len()));
            // An item of a list.
            let is_item = matches!(text.get(at..at + 2), Some([b'-' | b'*' | b'>' | b'+', b' ']));
            skip_spaces(text, at + 2 * usize::from(is_item))
        }
    };
    let emphasis = text[at..].iter().take(2).take_while(|byte| **byte == b'*').count();
    let at = at + emphasis;
    // `N'…'`, `b'…'`
    let at =
        at + usize::from(matches!(text.get(at..at + 2), Some([b'N' | b'b' | b'r' | b'u', b'\'' | b'"'])));
    if matches!(text.get(at), Some(b'[' | b'{' | b'(' | b'<')) {
        return None;
    }
    if let Some(quote) = quote_at(text, at) {
        let from = at + quote.mark.len();
        return Some((from, quote_end(text, from, quote)));
    }
    let is_end = |byte: &u8| match mark {
        Mark::Cell(_) => matches!(byte, b';' | b'\r' | b'\n'),
        Mark::Bar(_) => matches!(byte, b'|' | b'\r' | b'\n'),
        _ => byte.is_ascii_whitespace() || matches!(byte, b'|' | b'<' | b'"'),
    };
    let length = text[at..].iter().take(160).position(is_end).unwrap_or(160.min(text.len() - at));
    let mut to = at + text[at..at + length].trim_ascii_end().len();
    // The quote behind it may be escaped.
    to -= text[at..to]
        .iter()
        .rev()
        .take_while(|byte| **byte == b'\\' && text.get(at + length) == Some(&b'"'))
        .count();
    if !matches!(mark, Mark::Line(_)) {
        // What ends a sentence is none of it.
        to -=
            usize::from(to > at && matches!(text[to - 1], b'.' | b',' | b';') && text.get(to) == Some(&b' '));
    } else if !ends_line(text, to) {
        return None;
    }
    (to > at).then_some((at, to))
}
