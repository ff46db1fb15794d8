//! What a glance behind a name tells, as most names in a log with secrets have it there: a value that is hidden already, or one
//! of letters and digits alone that a machine made.

use super::separator::Separator;
use crate::redact::gate::{self, class};
use crate::redact::keys::{Demand, Named};
use crate::redact::rules::Id;
use crate::redact::stand_in;

/// Whether a sign and a stand-in follow: `=<api_key:…>`, `": "<token:…>`.
pub(super) fn is_hidden_behind(text: &[u8], key_end: usize) -> bool {
    const MAX_SIGNS: usize = 4;
    let rest = &text[key_end..(key_end + MAX_SIGNS).min(text.len())];
    let signs = rest.iter().take_while(|byte| b"=:\" '".contains(byte)).count();
    rest[..signs].iter().any(|byte| matches!(byte, b'=' | b':')) && stand_in::begins(text, key_end + signs)
}

/// Where the value ends, if it is one that nothing else has to be asked about: long, of letters and of digits, of which one
/// stands in its first half, and at the end of its line or of its parameter. No name, no placeholder and no state is like that.
pub(super) fn end_of_made(
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
