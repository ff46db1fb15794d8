//! Values of several parts or lines: lists, blocks of YAML, what stands below its name, what a console broke.

use super::bare::line_start;
use super::demand::{demanded, is_field};
use super::enclosed::hide_row;
use super::quote::{quote_at, quote_end};
use super::separator::{Separator, separator};
use super::{MAX_VALUE, sum, take};
use crate::redact::find::Span;
use crate::redact::keys::{Demand, Named};
use crate::redact::phrase::column;
use crate::redact::rules::Id;
use crate::redact::{checks, value};

/// Several values of one kind, under a name that says so: `apiKeys`.
pub(super) fn hide_many(text: &[u8], key_start: usize, key_end: usize, named: Named, out: &mut Vec<Span>) {
    if let Some((value_at, separator)) = separator(text, key_start, key_end)
        && separator != Separator::Prose
        && let Some(open) = text.get(value_at)
    {
        match open {
            b'[' => hide_list(text, value_at, named, out),
            b'{' if named.rule == Id::Balance => {
                sum::hide_object(text, value_at, Named { demand: Demand::Amount, ..named }, out);
            }
            b'{' if named.rule != Id::Token => hide_map(text, value_at, named, out),
            b'\n' | b'\r' => hide_sequence(text, value_at, named, out),
            _ if matches!(named.rule, Id::AccountId | Id::UserName) => hide_row(text, value_at, named, out),
            _ => {}
        }
    }
}

/// Every string of a list.
pub(super) fn hide_list(text: &[u8], open: usize, named: Named, out: &mut Vec<Span>) {
    if let Some((start, end)) = super::enclosed::bytes_of_go(text, open) {
        out.push(Span::new(start, end, named.rule));
        return;
    }
    let limit = (open + MAX_VALUE).min(text.len());
    let mut at = open + 1;
    // Mappings in a list have names of their own.
    while at < limit && !matches!(text[at], b']' | b'{') {
        // The next message of a log that showed no more of the list.
        if text[at] == b'\n' && is_message(&text[at + 1..limit]) {
            break;
        }
        if let Some(quote) = quote_at(text, at) {
            let start = at + quote.mark.len();
            let end = quote_end(text, start, quote);
            if named.rule == Id::Phrase
                && out.last().is_some_and(|last| last.start >= open)
                && end - start > 12
            {
                break;
            }
            // `SECRETS = ['api_key', 'api_secret']` lists names.
            if is_field(&text[start..end]) {
                at = (end + quote.mark.len()).min(text.len());
                continue;
            }
            take(
                text,
                start,
                end,
                Named { demand: if named.rule == Id::Phrase { Demand::Any } else { named.demand }, ..named },
                false,
                out,
            );
            // A string that was cut has no closing quote, and one that a console broke has it on the next line.
            let next =
                end + text[end..].iter().take(2).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let rest_end = quote_end(text, next, quote);
            let is_broken = next > end && rest_end < next + 24 && text[rest_end..].starts_with(quote.mark);
            if is_broken && named.rule == Id::Phrase {
                take(text, next, rest_end, Named { demand: Demand::Any, ..named }, false, out);
            }
            at = (if is_broken { rest_end } else { end } + quote.mark.len()).min(text.len());
        } else if (named.demand == Demand::Identifier || named.rule == Id::Signature)
            && let Some(end) = end_of_number(text, at, limit)
        {
            let before = out.len();
            take(text, at, end, named, true, out);
            // In a list of JSON it needs quotes; in one that is a string itself it would need others.
            let in_string = text[open.saturating_sub(4)..open].contains(&b'\\');
            out[before..].iter_mut().for_each(|span| span.bare_number = !in_string);
            at = end;
        } else {
            at += 1;
        }
    }
    let inside = &text[open + 1..at];
    if inside.contains(&b'"') || inside.contains(&b'\'') || inside.is_empty() {
        return;
    }
    if (named.rule == Id::PrivateKey
        || matches!(named.rule, Id::ApiKey | Id::ApiSecret) && checks::is_key_of_bytes(inside))
        && inside.contains(&b',')
    {
        // A key as a list of bytes; one that is no number needs quotes.
        out.push(Span { bare_number: true, ..Span::new(open + 1, at, named.rule) });
    } else if named.rule < Id::HiddenWord
        && inside.contains(&b',')
        && !inside.iter().any(|byte| b"{[(".contains(byte))
    {
        // `api_keys: [a1b2…, c3d4…]` of YAML.
        let mut from = open + 1;
        for item in inside.split(|byte| *byte == b',') {
            let indent = item.len() - item.trim_ascii_start().len();
            let start = from + indent;
            take(
                text,
                start,
                start + item.trim_ascii().len(),
                Named { demand: Demand::Made, ..named },
                false,
                out,
            );
            from += item.len() + 1;
        }
    } else if !inside.iter().any(|byte| matches!(byte, b',' | b'{' | b'[' | b'\n'))
        && !value::is_placeholder(inside)
    {
        // `map[X-Api-Key:[…]]` of Go.
        let scheme = inside.iter().position(|byte| *byte == b' ').map_or(0, |space| space + 1);
        take(text, open + 1 + scheme, at, named, false, out);
    }
}

fn end_of_number(text: &[u8], at: usize, limit: usize) -> Option<usize> {
    let length = text[at..limit].iter().take_while(|byte| !b",] \n\r".contains(byte)).count();
    let number = &text[at..at + length];
    let digits = number.strip_prefix(b"-").unwrap_or(number);
    (!digits.is_empty() && digits.iter().all(u8::is_ascii_digit)).then_some(at + length)
}

/// The strings of a list of YAML, each on a line of its own below the name: `- value`.
fn hide_sequence(text: &[u8], line_end: usize, named: Named, out: &mut Vec<Span>) {
    let mut at = line_end;
    while let Some(next) = memchr::memchr(b'\n', &text[at..(at + 2).min(text.len())]).map(|end| at + end + 1)
    {
        let line = &text[next..(next + MAX_VALUE).min(text.len())];
        let line = line.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii_end();
        let Some(item) = line.trim_ascii_start().strip_prefix(b"- ") else { return };
        let start = next + line.len() - item.trim_ascii_start().len();
        // Mappings in a list have names of their own.
        if item.ends_with(b":") || memchr::memmem::find(item, b": ").is_some() {
            return;
        }
        let (from, to) = quote_at(text, start).map_or((start, next + line.len()), |quote| {
            let from = start + quote.mark.len();
            (from, quote_end(text, from, quote))
        });
        // `secrets: - kraken_secret` names what lies elsewhere.
        if !is_field(&text[from..to]) {
            take(text, from, to, named, false, out);
        }
        at = next + line.len();
        at += usize::from(text.get(at) == Some(&b'\r'));
    }
}

/// A member of the object of an account or a person that says who it is: `"account": {"id": 778474058, …}`.
pub(super) fn hide_member(text: &[u8], open: usize, named: Named, out: &mut Vec<Span>) {
    let (members, named): (&[&[u8]], _) = match named.rule {
        Id::AccountId | Id::UserName => {
            (&[b"id", b"login", b"number", b"uid"], Named { rule: Id::AccountId, demand: Demand::Identifier })
        }
        // `"apiKey": {"id": "…", "secret": "…"}`
        Id::ApiKey => (&[b"id", b"key"], Named { demand: Demand::Random, ..named }),
        Id::PersonName if named.demand == Demand::Name => (&[b"name"], named),
        Id::PersonName if matches!(named.demand, Demand::Inside | Demand::Identifier) => {
            (&[b"number"], Named { demand: Demand::Identifier, ..named })
        }
        _ => return,
    };
    let limit = (open + 300).min(text.len());
    let inside = &text[open + 1..limit];
    let inside = inside.split(|byte| matches!(byte, b'}' | b'{' | b')' | b'(')).next().unwrap_or_default();
    let mut at = open + 1;
    for member in inside.split(|byte| *byte == b',') {
        let (start, end) = (at, at + member.len());
        at = end + 1;
        let Some(colon) = member.iter().position(|byte| matches!(byte, b':' | b'=')) else { continue };
        let is_mark = |byte: &u8| b" \"'\\\n\r\t".contains(byte);
        let name = &member[..colon];
        let from = name.iter().position(|byte| !is_mark(byte)).unwrap_or(colon);
        let to = name.iter().rposition(|byte| !is_mark(byte)).map_or(from, |last| last + 1);
        if !members.contains(&&name[from..to]) {
            continue;
        }
        let value_at = super::separator::skip_spaces(text, start + colon + 1);
        if let Some(quote) = quote_at(text, value_at) {
            let from = value_at + quote.mark.len();
            take(text, from, quote_end(text, from, quote), named, false, out);
        } else {
            let length = text[value_at..end.max(value_at)].trim_ascii_end().len();
            if length >= 5 {
                take(text, value_at, value_at + length, named, true, out);
            }
        }
        return;
    }
}

/// The value that a check of settings refused, below the name that stands alone on its line: `… input_value='…'`.
pub(super) fn hide_refused(text: &[u8], start: usize, end: usize, named: Named, out: &mut Vec<Span>) {
    let alone = line_start(text, start).is_some_and(|line| text[line..start].trim_ascii().is_empty());
    let Some(next) = memchr::memchr(b'\n', &text[end..(end + 2).min(text.len())]).map(|at| end + at + 1)
    else {
        return;
    };
    let line = &text[next..(next + 1_024).min(text.len())];
    let line = line.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let Some(at) = memchr::memmem::find(line, b"input_value=").filter(|_| alone) else { return };
    let value_at = next + at + b"input_value=".len();
    if let Some(quote) = quote_at(text, value_at) {
        let start = value_at + quote.mark.len();
        take(text, start, quote_end(text, start, quote), named, false, out);
    } else {
        let length = text[value_at..].iter().take(256).take_while(|byte| !b",] \n".contains(byte)).count();
        take(text, value_at, value_at + length, named, true, out);
    }
}

/// Every string in braces that stands for a name: `api_keys = { binance = "…" }`.
fn hide_map(text: &[u8], open: usize, named: Named, out: &mut Vec<Span>) {
    let limit = (open + MAX_VALUE).min(text.len());
    let demand = if named.rule == Id::Password { Demand::Chosen } else { Demand::Made };
    let mut at = open + 1;
    while at < limit && !matches!(text[at], b'}' | b'{') {
        let Some(quote) = quote_at(text, at) else {
            at += 1;
            continue;
        };
        let start = at + quote.mark.len();
        let end = quote_end(text, start, quote);
        let before = text[open + 1..at].trim_ascii_end();
        if before.ends_with(b"=") || before.ends_with(b":") || before.ends_with(b"=>") {
            let is_chosen = named.rule == Id::Password && value::is_chosen(&text[start..end]);
            let demand = if is_chosen { Demand::Any } else { demand };
            take(text, start, end, Named { demand, ..named }, false, out);
        }
        at = (end + quote.mark.len()).min(text.len());
    }
}

/// What an object under the name of one value has: who it is, or the value for each of several, `apiKey: { mainnet: "…", … }`.
pub(super) fn hide_of_one(text: &[u8], open: usize, named: Named, out: &mut Vec<Span>) {
    let before = out.len();
    hide_member(text, open, named, out);
    let is_sure =
        named.demand == Demand::Any && matches!(named.rule, Id::ApiKey | Id::ApiSecret | Id::PrivateKey);
    // `"bearer": {"host": "…"}` of composer.
    let is_map_of_hosts = named.rule == Id::Token && text[..open].trim_ascii_end().ends_with(b"\"bearer\":");
    if (is_sure || is_map_of_hosts) && out.len() == before {
        hide_map(text, open, named, out);
    }
}

/// The strings of the lists in braces: `"credentials": {"binance": ["…", "…"]}`.
pub(super) fn hide_lists_of_map(text: &[u8], open: usize, named: Named, out: &mut Vec<Span>) {
    let limit = (open + MAX_VALUE).min(text.len());
    let mut at = open + 1;
    while at < limit && !matches!(text[at], b'}' | b'{') {
        if text[at] == b'[' {
            hide_list(text, at, Named { demand: Demand::Made, ..named }, out);
            at += text[at..limit].iter().position(|byte| *byte == b']').unwrap_or(limit - at);
        } else {
            at += 1;
        }
    }
}

/// A YAML block: the lines that are indented deeper than the name.
pub(super) fn hide_block(text: &[u8], key_start: usize, at: usize, named: Named, out: &mut Vec<Span>) {
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

/// Hides a value below its name in a string, where the end of the line is an escape: `"api_key:\n    …"`.
pub(super) fn hide_below_escape(text: &[u8], at: usize, named: Named, out: &mut Vec<Span>) {
    const LONGEST: usize = 256;
    let start = at + 2 + text[at + 2..].iter().take(16).take_while(|byte| **byte == b' ').count();
    let near = &text[start..(start + LONGEST).min(text.len())];
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"\\\"".contains(byte);
    let Some(length) = near.iter().position(ends).filter(|end| b"\\\"\n".contains(&near[*end])) else {
        return;
    };
    let demand = match named.demand {
        Demand::Any if named.rule == Id::Password => Demand::Chosen,
        Demand::Any => Demand::Made,
        other => other,
    };
    take(text, start, start + length, Named { demand, ..named }, false, out);
}

/// A value alone on the line below its name.
pub(super) fn hide_below(text: &[u8], line_end: usize, named: Named, out: &mut Vec<Span>) {
    let Some(next) = memchr::memchr(b'\n', &text[line_end..]).map(|at| line_end + at + 1) else { return };
    if named.rule == Id::Phrase {
        let before = out.len();
        column::find(text, next, None, out);
        if out.len() > before {
            return;
        }
    }
    // Empty lines, the fence of a block of code, and what a quotation begins each line with may come before it.
    let (mut line_start, mut passed) = (next, 0);
    let (value, start) = loop {
        let near = &text[line_start..(line_start + 256).min(text.len())];
        let line = near.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let content = line.trim_ascii_start();
        let marks = [&b"> "[..], b"// ", b"# ", b"* ", b"- ", b">"];
        let mark = marks.iter().find(|mark| content.starts_with(mark)).map_or(0, |mark| mark.len());
        let bare = content[mark..].trim_ascii();
        let fence = bare.starts_with(b"```");
        if !(bare.is_empty() || fence) {
            let tick = usize::from(bare.starts_with(b"`") && bare.ends_with(b"`") && bare.len() > 2);
            let inside = &bare[tick..bare.len() - tick];
            let at = line.len() - content.len() + mark;
            let indent = content[mark..].len() - content[mark..].trim_ascii_start().len();
            break (inside, line_start + at + indent + tick);
        }
        passed += 1;
        line_start += line.len() + 1;
        if passed > 2 || line_start >= text.len() {
            return;
        }
    };
    // What is further off needs to look like one.
    let is_far = passed > 0;
    let padding = value.iter().rev().take(2).take_while(|byte| **byte == b'=').count();
    if !value[..value.len() - padding]
        .iter()
        .any(|byte| byte.is_ascii_whitespace() || matches!(byte, b':' | b'=' | b'"' | b',' | b'<' | b'{'))
    {
        let demand = match named.demand {
            Demand::Any if named.rule == Id::Password => Demand::Chosen,
            Demand::Any => Demand::Made,
            _ if is_far => return,
            other => other,
        };
        let named = Named { demand, ..named };
        take(text, start, start + value.len(), named, false, out);
    } else if let Some(rest) = value.strip_prefix(b"value: ").or_else(|| value.strip_prefix(b"data: ")) {
        // A mapping of YAML that has nothing but the value.
        let rest_at = start + value.len() - rest.len();
        let quote = usize::from(matches!(rest.first(), Some(b'"' | b'\'')));
        take(text, rest_at + quote, start + value.len() - quote, named, false, out);
    }
}
/// Whether a line begins as no element of a list does: with the level of a message, or with a tag.
fn is_message(line: &[u8]) -> bool {
    let indent = line.iter().take(80).take_while(|byte| **byte == b' ').count();
    let line = &line[indent..];
    let word = line.iter().take(24).take_while(|byte| byte.is_ascii_alphabetic()).count();
    line.starts_with(b"<") || word > 1 && matches!(line.get(word), Some(b':' | b' ' | b'='))
}

/// Hides the pieces of a string that stand below each other in brackets, as Python joins them: `("KwSko7…"`, `    "…")`.
pub(super) fn hide_adjacent(text: &[u8], open: usize, named: Named, out: &mut Vec<Span>) -> bool {
    const MOST: usize = 16;
    let (mut at, mut whole, mut pieces) = (open + 1, Vec::new(), Vec::new());
    while let Some(quote) = quote_at(text, at).filter(|_| pieces.len() < MOST) {
        let start = at + quote.mark.len();
        let end = quote_end(text, start, quote);
        whole.extend_from_slice(&text[start..end]);
        pieces.push(Span::new(start, end, named.rule));
        let behind = (end + quote.mark.len()).min(text.len());
        let gap = text[behind..].iter().take(120).take_while(|byte| byte.is_ascii_whitespace()).count();
        if !text[behind..behind + gap].contains(&b'\n') {
            break;
        }
        at = behind + gap;
    }
    let is_hidden = pieces.len() > 1 && demanded(&whole, named.demand) && !value::is_placeholder(&whole);
    if is_hidden {
        out.append(&mut pieces);
    }
    is_hidden
}
