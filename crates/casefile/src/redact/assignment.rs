//! Values that a name stands before: JSON, TOML, YAML, INI, XML, Python, Rust, logfmt, URLs, headers and
//! command lines, read by one tolerant reader that takes only the value's bytes.
//!
//! It works outwards from a word that names secrets: the rest of the name to both sides, then what separates
//! it from its value, then the value up to where its own kind of text ends it.

mod address;
mod apart;
mod bare;
mod beside;
mod changed;
mod codes;
mod demand;
mod elsewhere;
mod enclosed;
mod fallback;
mod flattened;
mod further;
mod given;
mod glance;
mod grouped;
mod header;
mod html;
mod jwk;
mod label;
mod lines;
mod logger;
mod made_up;
mod mark;
mod name;
mod near;
mod no_value;
mod on_chain;
mod ordinary;
mod phrases;
mod places;
mod prose;
mod public;
mod quote;
mod sections;
mod sentence;
mod separator;
mod sum;
mod syntax;
mod taken;
mod told;
mod two;
mod unset;
mod wrapped;

use self::bare::{bare_end, wrapper};
pub(super) use self::demand::is_field;
use self::demand::{demanded, is_code};
use self::enclosed::{
    code_behind, data_of_buffer, hide_behind_account, hide_halves, hide_in_tags, hide_on_next_line,
    hide_pair, hide_quoted,
};
use self::header::hide_header;
use self::lines::{hide_below, hide_below_escape, hide_block, hide_list, hide_many, hide_of_one};
use self::logger::is_logger;
use self::name::{
    announced, continued, is_harmless, key_around, names_variable, numbered, of_event, of_variable, spaced,
};
use self::no_value::{is_no_value, is_word_about_key, names_what_is_missing};
use self::phrases::hide_phrase;
use self::quote::quote_at;
pub(super) use self::sentence::{is_made_up, is_noted};
use self::separator::{Separator, behind_user, separator};
pub(super) use self::sum::structured_number;
pub(super) use self::taken::take;
use self::wrapped::hide_wrapped;
use super::find::Span;
use super::gate::{self, Anchor};
use super::keys::{self, Demand, Named, Remembered};
use super::rules::Id;
use super::{amount, sql, stand_in, table, value};

/// Longest name.
const MAX_KEY: usize = 96;
/// Longest value that a name can hide on its own.
const MAX_VALUE: usize = 16 << 10;

/// Hides what stands under the names of secrets; each name has one of the fragments that are `anchors`.
pub(super) fn find(text: &[u8], anchors: impl Iterator<Item = Anchor>, out: &mut Vec<Span>) {
    // Where the table ends that is hidden already.
    let (mut table_end, mut known) = (0, Remembered::new());
    gate::each(anchors, |anchor| {
        let (start, end) = key_around(text, anchor.start, anchor.end);
        if end - start > MAX_KEY || glance::is_hidden_behind(text, end) {
            return end;
        }
        if let Some(value_end) = glance::hide_made(text, (start, end), &mut known, out) {
            return value_end;
        }
        let key = &text[start..end];
        if text[..start].ends_with(b"${") {
            return fallback::hide_default(text, end, keys::named(key), out);
        }
        if key.trim_ascii_end().eq_ignore_ascii_case(b"uuid") {
            apart::hide_column_of_uuid(text, start, end, out);
            apart::hide_uuid_of_tunnel(text, start, end, out);
            return end;
        }
        if is_harmless(text, start, key) || unset::is_none(text, (start, end)) {
            return end;
        }
        if key.strip_suffix(b"\\").unwrap_or(key) == b"kty" {
            return jwk::hide(text, start, end, out);
        }
        sections::hide(text, (start, end), out);
        let (before, mut is_apart, key_end, mut end) = (out.len(), false, end, end);
        let named = spaced(text, start, key).or_else(|| known.named(key));
        match named {
            Some(named) => {
                if let Some(end) = changed::hide(text, (start, end), named, out) {
                    return end;
                }
                let Some(named) = label::narrowed(text, (start, end), named) else { return end };
                if named.rule == Id::Phrase {
                    end += announced(&text[end..]);
                }
                apart::hide_put(text, start, named, out);
                codes::hide_below(text, (start, end), named, out);
                let longer = of_event(text, start, end).or_else(|| continued(text, start, end, Some(named)));
                let (named, longer) = longer.unwrap_or((named, end));
                let named = if names_variable(key) { of_variable(named) } else { named };
                end = if longer == end { numbered(text, end) } else { longer };
                if hide(text, start, end, named, out) {
                    return end;
                }
                sum::hide_further(text, (start, end), named, before, out);
                apart::hide_uuid_below(text, end, named, out);
                enclosed::hide_password_behind_mail(text, end, named, out);
                if out.len() == before {
                    apart::hide_before(text, start, named, out);
                }
                // Tables have a name for each column that is no person's.
                if out.len() == before && end > table_end && named.demand != Demand::Person {
                    table_end = elsewhere::elsewhere(text, start, end, named, out).unwrap_or(table_end);
                    is_apart = true;
                }
                if out.len() == before {
                    near::hide(text, (start, end), named, out);
                    is_apart |= out.len() > before;
                }
                if out.len() == before {
                    end = label::hide(text, (start, key_end), out).unwrap_or(end);
                }
                if out.len() == before {
                    flattened::hide(text, (start, end), named, out);
                }
                if out.len() == before {
                    sentence::hide_in_sentence(text, (start, key_end), named, out);
                }
                sections::hide_below_heading(text, (start, key_end), named, out);
            }
            None if let Some((named, longer)) = continued(text, start, end, None) => {
                end = longer;
                codes::hide_below(text, (start, end), named, out);
                hide(text, start, end, named, out);
                sum::hide_further(text, (start, end), named, before, out);
                if out.len() == before {
                    near::hide(text, (start, end), named, out);
                }
                if out.len() == before {
                    end = label::hide(text, (start, key_end), out).unwrap_or(end);
                }
            }
            None if let Some(longer) = label::hide(text, (start, end), out) => end = longer,
            // Several values of one kind: `"apiKeys": ["…", "…"]`.
            None => match keys::several(key) {
                Some(named) => {
                    hide_many(text, start, end, named, out);
                    if named.rule == Id::Balance && out.len() == before {
                        sum::hide_listed(text, end, named, out);
                    }
                }
                None => return end,
            },
        }
        apart::hide_older(text, before, out);
        beside::hide_account_before(text, start, before, out);
        // A header's value can hold words that look like names; it is hidden already. What a table or a list of columns
        // hid lies further on.
        out.get(before..)
            .and_then(<[Span]>::last)
            .filter(|_| end > table_end && !is_apart)
            .map_or(end, |last| last.end.max(end))
    });
}

/// Hides what stands behind a name; says whether that is hidden already.
fn hide(text: &[u8], key_start: usize, key_end: usize, named: Named, out: &mut Vec<Span>) -> bool {
    if named.rule < Id::HiddenWord {
        apart::hide_old(text, key_end, named, out);
    }
    if html::is_heading(text, (key_start, key_end)) {
        html::hide_below(text, (key_start, key_end), named, out);
        return true;
    }
    let Some((value_at, separator)) = separator(text, key_start, key_end) else { return false };
    if names_what_is_missing(&text[..key_start], text.get(value_at..).unwrap_or_default()) {
        return true;
    }
    if syntax::names_setting(text, key_start, value_at)
        || syntax::numbers_key(text, (key_start, key_end))
        // `method=walletpassphrase user=__cookie__`
        || text[..key_start].ends_with(b"method=")
        || syntax::is_told(text, value_at, named.rule)
        || quote::closes(text, key_start, value_at)
        || logger::is_file(&text[key_start..key_end], text.get(value_at..).unwrap_or_default())
        || unset::is_unset(text, (key_start, key_end), value_at, separator, named)
    {
        return true;
    }
    let value_at = grouped::last_of_slashed(text, key_start, value_at);
    if is_logger(text, (key_start, key_end), value_at, separator) {
        return true;
    }
    if named.rule == Id::Balance && sum::is_answer(text, key_start, value_at) {
        return false;
    }
    let quoted = quote_at(text, value_at).map_or(0, |quote| quote.mark.len());
    if stand_in::begins(text, value_at + quoted) || syntax::is_comment(text, key_start, value_at) {
        return true;
    }
    if matches!(named.rule, Id::Authorization | Id::Cookie) {
        if separator == Separator::Prose {
            if text[key_end..].starts_with(b" File") {
                apart::hide_jar(text, key_end, named, out);
            }
            return false;
        }
        // `cookie = request.Headers["Cookie"]`
        let end =
            value_at + text[value_at..].iter().take(96).take_while(|byte| !b" \n".contains(byte)).count();
        if separator == Separator::Equals
            && text[value_at..end].contains(&b'[')
            && is_code(text, value_at, end, separator)
        {
            return false;
        }
        hide_header(text, value_at, named, out);
        return false;
    }
    let before = out.len();
    if !glance::is_spoken_of(text, value_at, separator, named) {
        hide_value(text, key_start, value_at, separator, named, out);
    }
    if let Some(span) = out.get(before).filter(|span| span.rule == Id::Balance) {
        let near = (key_start, span.end);
        apart::hide_total(text, near, named, out);
    }
    if let Some(account) =
        out.get(before).filter(|span| matches!(span.rule, Id::AccountId | Id::UserName | Id::Email))
    {
        enclosed::hide_password_behind(text, account.end, out);
    }
    if let Some(street) = out.get(before).filter(|span| span.rule == Id::PersonName) {
        address::hide_rest(text, (key_start, key_end), street.end, out);
    }
    enclosed::hide_user_of_pair(text, (key_start, key_end), out);
    let are_several = || {
        let key = text[key_start..key_end].to_ascii_lowercase();
        memchr::memmem::find(&key, b"codes").is_some() || key.starts_with(b"kody ")
    };
    let is_code = matches!(named.rule, Id::Password | Id::OneTimeCode | Id::ApiSecret | Id::Phrase);
    if let Some(first) = out.get(before).filter(|_| is_code && are_several()) {
        let (first, mut end, rule) = ((first.start, first.end), first.end, first.rule);
        while let Some(code) = code_behind(text, first, end) {
            out.push(Span::new(code.0, code.1, rule));
            end = code.1;
        }
    }
    false
}

fn hide_value(
    text: &[u8],
    key_start: usize,
    value_at: usize,
    separator: Separator,
    named: Named,
    out: &mut Vec<Span>,
) {
    if glance::hide_at(text, key_start, value_at, separator, named, out) {
        return;
    }
    let mut at = unwrapped(text, value_at);
    // `login #51438959`
    at += usize::from(named.rule == Id::AccountId && text[at.min(text.len())..].starts_with(b"#"));
    let Some(named) = demand_here(text, key_start, at, separator, named) else { return };
    if named.rule == Id::Balance
        && let Some((start, end)) = amount::grouped(text, at)
    {
        out.push(Span::new(start, end, named.rule));
        return;
    }
    match text.get(at) {
        Some(b'(') if lines::hide_adjacent(text, at, named, out) => {}
        Some(b'(') if named.rule == Id::Token => hide_pair(text, at, Demand::Any, out),
        Some(b'(') if named.rule == Id::Password => hide_pair(text, at, Demand::Chosen, out),
        Some(b'{') if let Some(list) = data_of_buffer(text, at) => hide_list(text, list, named, out),
        Some(b'{') if let Some(inner) = enclosed::value_of_object(text, at) => {
            hide_value(text, key_start, inner, Separator::Equals, named, out);
        }
        Some(b'{') if let Some(end) = demand::end_of_guid(text, at) => {
            take(text, at + 1, end, named, false, out);
        }
        Some(b'{') if separator == Separator::Tag => {
            take(text, at, bare_end(text, key_start, at, separator), named, false, out);
        }
        Some(b'{') if named.rule == Id::Balance => {
            sum::hide_object(text, at, Named { demand: Demand::Amount, ..named }, out);
        }
        Some(b'{') if named.rule == Id::Signature => hide_halves(text, at, named, out),
        Some(b'{') if named.rule == Id::Password => lines::hide_lists_of_map(text, at, named, out),
        Some(b'{') => hide_of_one(text, at, named, out),
        None | Some(b'(') => {}
        // `wrong password or login [HRESULT 0x8ccc4868]`
        Some(b'[') if separator == Separator::Prose && enclosed::is_remark(&text[at..]) => {}
        Some(b'[') => hide_list(text, at, named, out),
        Some(b'<') => hide_in_tags(text, at, separator, named, out),
        Some(b'\\')
            if matches!(separator, Separator::Space | Separator::Equals | Separator::Colon)
                && matches!(text.get(at + 1), Some(b'\n' | b'\r')) =>
        {
            hide_on_next_line(text, at, named, out);
        }
        Some(b'\n' | b'\r') => {
            // Behind an equals sign nothing means nothing.
            if separator == Separator::Colon || text[..at].ends_with(b"->") {
                hide_below(text, at, named, out);
            }
        }
        Some(b'\\') if separator == Separator::Colon && text[at..].starts_with(b"\\n ") => {
            hide_below_escape(text, at, named, out);
        }
        Some(b'h') if let Some((start, end)) = grouped::hex_of_registry(text, at) => {
            take(text, start, end, named, false, out);
        }
        _ => match quote_at(text, at) {
            Some(quote) => hide_quoted(text, at, quote, named, out),
            None if matches!(text[at], b'|' | b'>') && separator == Separator::Colon => {
                hide_block(text, key_start, at, named, out);
            }
            None if named.rule == Id::Phrase && separator != Separator::Tag => {
                hide_phrase(text, key_start, at, separator, named, out);
            }
            None if named.rule == Id::Password
                && separator == Separator::Colon
                && hide_behind_account(text, at, named, out) => {}
            None => {
                let end = bare_end(text, key_start, at, separator);
                // `/orders;jsessionid=…?page=1`: a parameter of a path ends with it.
                let is_in_path = separator == Separator::Equals && bare::is_in_path(&text[..key_start]);
                let query = if is_in_path { memchr::memchr(b'?', &text[at..end]) } else { None };
                let end = query.map_or(end, |length| at + length);
                let end = bare::one_setting(text, at, end, named.demand);
                let end = bare::end_of_input(text, at, end);
                let end = grouped::end_of_groups(text, at, end, named);
                let (at, end) = further::behind(text, key_start, (at, end), separator, named);
                let is_label = named.rule == Id::Phrase
                    && text[at..end].iter().all(u8::is_ascii_alphabetic)
                    && end - at < 16;
                if sql::is_placeholder(&text[at..end]) {
                    sql::bound(text, at, end, named, out);
                } else if !is_no_value(text, at, end, separator, named.demand)
                    && !is_code(text, at, end, separator)
                    && !is_word_about_key(text, (at, end), separator, named.rule)
                    && !is_label
                {
                    take(text, at, end, named, true, out);
                    hide_wrapped(text, at, end, named, out);
                    enclosed::hide_continued(text, end, named, out);
                }
            }
        },
    }
}

/// What the value has to be in this place: more where nothing but words lead to it, less in a query and beside another secret.
fn demand_here(
    text: &[u8],
    key_start: usize,
    at: usize,
    separator: Separator,
    named: Named,
) -> Option<Named> {
    let before = key_start.checked_sub(1).map(|at| text[at]);
    if grouped::is_run(text, key_start, at, named) {
        return None;
    }
    if matches!(before, Some(b'?' | b'&')) && named.demand == Demand::Random {
        return Some(Named { demand: Demand::Query, ..named });
    }
    let named =
        if separator == Separator::Prose { prose::narrowed(text, key_start, at, named)? } else { named };
    if named.demand == Demand::Tag && grouped::is_memo_of_key(text, key_start) {
        return Some(Named { rule: Id::ApiSecret, demand: Demand::Any });
    }
    if named.demand == Demand::Chosen && grouped::is_of_vault(text, key_start) {
        return Some(Named { demand: Demand::Set, ..named });
    }
    let is_pair = named.demand == Demand::Mixed && grouped::has_secret_beside(text, key_start, at)
        || named.demand == Demand::Random
            && named.rule == Id::ApiKey
            && grouped::is_of_deribit(text, key_start, at)
        || named.rule == Id::ApiKey && grouped::is_of_feed(text, key_start, at)
        || grouped::is_session(text, key_start, at, named);
    if !is_pair
        && named.demand == Demand::Random
        && named.rule == Id::ApiKey
        && grouped::has_secret_below(text, key_start, at)
    {
        return Some(Named { demand: Demand::Query, ..named });
    }
    Some(if is_pair { Named { demand: Demand::Any, ..named } } else { named })
}

/// Where the value begins in what is wrapped around it: `Some("…")`, `SecretStr('…')`, `b'…'`, `!!str …`, `Credential("anna", "…")`.
fn unwrapped(text: &[u8], value_at: usize) -> usize {
    let mut at = value_at;
    for _ in 0..4 {
        at += wrapper(&text[at.min(text.len())..]);
    }
    let call = text.get(value_at..at).and_then(|call| call.strip_suffix(b"(")).unwrap_or_default();
    behind_user(text, call, at).map_or(at, |(_, second)| second)
}

/// Whether a value with this name has to go.
pub(super) fn is_secret_under(name: &[u8], value: &[u8]) -> bool {
    keys::named(name).is_some_and(|named| !value::is_placeholder(value) && demanded(value, named.demand))
}

/// Whether it is the name of an account that a person chose.
pub(super) fn is_account(value: &[u8]) -> bool {
    !value::is_placeholder(value) && demanded(value, Demand::Account)
}

/// Whether it is the name of a person, with one that people are given.
pub(super) fn is_given_name(value: &[u8]) -> bool {
    given::is_person(value)
}

/// Whether it is the name of a person, or looks like one.
pub(super) fn is_person(value: &[u8]) -> bool {
    !value::is_placeholder(value) && demanded(value, Demand::Name)
}
