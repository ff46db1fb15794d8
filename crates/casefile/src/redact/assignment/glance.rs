//! What a glance behind a name tells, as most names in a log with secrets have it there: a value that is hidden already, or one
//! of letters and digits alone that a machine made.

use super::separator::Separator;
use super::taken::take_made;
use super::wrapped::hide_wrapped;
use super::{demand_here, unset};
use crate::redact::find::Span;
use crate::redact::gate::{self, class};
use crate::redact::keys::{Demand, Named, Remembered};
use crate::redact::rules::Id;
use crate::redact::stand_in;

/// Whether a sign and a stand-in follow: `=<api_key:…>`, `": "<token:…>`.
pub(super) fn is_hidden_behind(text: &[u8], key_end: usize) -> bool {
    const MAX_SIGNS: usize = 4;
    let rest = &text[key_end..(key_end + MAX_SIGNS).min(text.len())];
    let signs = rest.iter().take_while(|byte| b"=:\" '".contains(byte)).count();
    rest[..signs].iter().any(|byte| matches!(byte, b'=' | b':')) && stand_in::begins(text, key_end + signs)
}

/// Hides the value of a parameter in a query (`&signature=…`) or of a header (`X-MBX-APIKEY: …`) that a machine made, and says
/// where it ends: what such a name could be instead, and what could belong to its value, has not to be asked.
pub(super) fn hide_made<'a>(
    text: &'a [u8],
    (start, end): (usize, usize),
    known: &mut Remembered<'a>,
    out: &mut Vec<Span>,
) -> Option<usize> {
    let (key, before) = (&text[start..end], &text[..start]);
    let (value_at, separator) = match (before.last(), &text[end..]) {
        (Some(b'?' | b'&'), [b'=', ..]) => (end + 1, Separator::Equals),
        (None | Some(b' ' | b'\n'), [b':', b' ', ..]) if is_header(key) => (end + 2, Separator::Colon),
        _ => return None,
    };
    let named = known.named(key)?;
    if separator == Separator::Colon && unset::is_unset(text, (start, end), value_at, separator, named) {
        return None;
    }
    let before = out.len();
    hide_at(text, start, value_at, separator, named, out);
    out.get(before..)?.last().map(|last| last.end)
}

/// Hides the value that stands here, if a machine made it; says whether nothing else has to be asked about it.
pub(super) fn hide_at(
    text: &[u8],
    key_start: usize,
    value_at: usize,
    separator: Separator,
    named: Named,
    out: &mut Vec<Span>,
) -> bool {
    let Some(end) = end_of_made(text, key_start, value_at, separator, named) else { return false };
    if let Some(named) = demand_here(text, key_start, value_at, separator, named) {
        take_made(text, value_at, end, named, out);
        hide_wrapped(text, value_at, end, named, out);
    }
    true
}

/// Whether an account is spoken of and none is named, as in `account balance refreshed`: where nothing but words lead to its
/// number, that begins with the next word.
pub(super) fn is_spoken_of(text: &[u8], value_at: usize, separator: Separator, named: Named) -> bool {
    const NEAR: usize = 48;
    let is_part = |byte: &u8| byte.is_ascii_alphabetic() || b"-_:,.".contains(byte);
    let next = || &text[value_at..(value_at + NEAR).min(text.len())];
    separator == Separator::Prose
        && named.rule == Id::AccountId
        && matches!(named.demand, Demand::Identifier | Demand::Digits | Demand::Tag)
        && next().iter().take_while(|byte| !b" \n".contains(byte)).all(is_part)
}

/// Whether it is written as those of a request are: `X-MBX-APIKEY`, `KC-API-SIGN`.
fn is_header(key: &[u8]) -> bool {
    key.first().is_some_and(u8::is_ascii_uppercase)
        && key.contains(&b'-')
        && key.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

/// Where the value ends, if it is one that nothing else has to be asked about: long, of letters and of digits, of which one
/// stands in its first half, and at the end of its line or of its parameter. No name, no placeholder and no state is like that.
fn end_of_made(
    text: &[u8],
    key_start: usize,
    value_at: usize,
    separator: Separator,
    named: Named,
) -> Option<usize> {
    const SHORTEST: usize = 24;
    const FEWEST: usize = 4;
    let asks =
        matches!(named.demand, Demand::Any | Demand::Random | Demand::Made | Demand::Query | Demand::Hex);
    let is_key = named.rule < Id::HiddenWord && !matches!(named.rule, Id::Password | Id::Phrase);
    if !asks || !is_key || !matches!(separator, Separator::Equals | Separator::Colon) {
        return None;
    }
    let rest = text.get(value_at..)?;
    let length = gate::run_length(rest, class::WORD);
    let (value, behind) = rest.split_at(length);
    let in_query = || matches!(text[..key_start].last(), Some(b'?' | b'&'));
    let is_last = match behind {
        [] | [b'\n', ..] | [b'\r', b'\n', ..] => true,
        [b' ', ..] => separator == Separator::Equals && in_query(),
        [b'&', next, ..] => next.is_ascii_alphabetic() && separator == Separator::Equals && in_query(),
        _ => false,
    };
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    let first = value.iter().take(length / 2).any(u8::is_ascii_digit);
    (is_last && first && length >= SHORTEST && digits >= FEWEST && length - digits >= FEWEST)
        .then_some(value_at + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_is_hidden_is_seen_behind_its_sign() {
        for (text, expected) in [
            ("key=<api_key:abcdefgh>", true),
            ("key: \"<api_key:abcdefgh>\"", true),
            ("key\":\"<api_key:abcdefgh>\"", true),
            ("key=token-ab2defgh&x=1", true),
            ("key <api_key:abcdefgh>", false),
            ("key=", false),
            ("key=x<api_key:abcdefgh>", false),
        ] {
            assert_eq!(is_hidden_behind(text.as_bytes(), 3), expected, "{text}");
        }
    }

    #[test]
    fn of_a_parameter_and_of_a_header_only_the_value_is_asked() {
        let made = "4efbc8d60b21fbac78255d6807923986";
        for (before, behind, expected) in [
            ("?signature=", "", true),
            ("&api_key=", "&symbol=A", true),
            ("X-MBX-APIKEY: ", "\n", true),
            (" KC-API-SIGN: ", "", true),
            (" signature=", "", false),
            ("\"X-MBX-APIKEY: ", "", false),
            (" apikey: ", "", false),
            ("?symbol=", "", false),
        ] {
            let text = format!("{before}{made}{behind}");
            let start = usize::from(!before.starts_with('X'));
            let end = text.find([':', '=']).expect("there is a sign");
            let mut out = Vec::new();
            let hidden = hide_made(text.as_bytes(), (start, end), &mut Remembered::new(), &mut out);
            assert_eq!(hidden, expected.then_some(before.len() + made.len()), "{text}");
            assert_eq!(out.len(), usize::from(expected), "{text}");
        }
    }

    #[test]
    fn an_account_that_words_lead_to_has_its_number_next() {
        let named = Named { rule: Id::AccountId, demand: Demand::Identifier };
        for (text, separator, expected) in [
            ("account balance refreshed", Separator::Prose, true),
            ("account X-MBX-APIKEY: 1", Separator::Prose, true),
            ("account 50116838", Separator::Prose, false),
            ("account U6024112", Separator::Prose, false),
            ("account \"anna\"", Separator::Prose, false),
            ("account=balance", Separator::Equals, false),
        ] {
            assert_eq!(is_spoken_of(text.as_bytes(), 8, separator, named), expected, "{text}");
        }
    }

    #[test]
    fn only_what_ends_its_line_or_parameter_needs_no_second_look() {
        let made = "4efbc8d60b21fbac78255d6807923986";
        let named = Named { rule: Id::Signature, demand: Demand::Random };
        for (before, behind, separator, expected) in [
            ("signature=", "", Separator::Equals, true),
            ("signature: ", "\nnext", Separator::Colon, true),
            ("?signature=", "&symbol=A", Separator::Equals, true),
            ("&signature=", " HTTP/1.1", Separator::Equals, true),
            ("signature=", " and more", Separator::Equals, false),
            ("signature=", "&&", Separator::Equals, false),
            ("signature=", ", next", Separator::Equals, false),
            ("signature ", "", Separator::Prose, false),
        ] {
            let text = format!("{before}{made}{behind}");
            let key_start = usize::from(!before.starts_with('s'));
            let end = end_of_made(text.as_bytes(), key_start, before.len(), separator, named);
            assert_eq!(end, expected.then_some(before.len() + made.len()), "{text}");
        }
        for value in ["abcdefghijklmnopqrstuvwxyz", "123456789012345678901234567890", "a1b2c3d4e5"] {
            assert_eq!(end_of_made(value.as_bytes(), 0, 0, Separator::Equals, named), None, "{value}");
        }
    }
}
