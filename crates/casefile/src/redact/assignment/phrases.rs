//! The words of a phrase without quotes behind its name.

use super::bare::bare_end;
use super::demand::is_code;
use super::no_value::is_no_value;
use super::separator::Separator;
use super::take;
use super::wrapped::hide_wrapped;
use crate::redact::find::Span;
use crate::redact::keys::Named;
use crate::redact::phrase;

/// Hides the words of a phrase without quotes.
pub(super) fn hide_phrase(
    text: &[u8],
    key_start: usize,
    at: usize,
    separator: Separator,
    named: Named,
    out: &mut Vec<Span>,
) {
    let word = text[at..].iter().take(16).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let sentence = word < 16 && matches!(text.get(at + word), Some(b' ' | b'\n'));
    if sentence && phrase::end_of_words(text, at).is_none() {
        let line = text[at..].split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
        phrase::broken::find_named(text, at, at + line.len(), out);
        return;
    }
    // `--seed 3027584699`
    let digits = text[at..].iter().take(24).take_while(|byte| byte.is_ascii_digit()).count();
    let name = text[key_start..at].to_ascii_lowercase();
    let is_count = [&b"seed"[..], b"words"].iter().any(|word| memchr::memmem::find(&name, word).is_some());
    if (1..=10).contains(&digits)
        && is_count
        && text.get(at + digits).is_none_or(|next| b" \r\n,;)]}\"'".contains(next))
        && !text[at + digits..].starts_with(b" ")
    {
        return;
    }
    let end = phrase::end_of_words(text, at).unwrap_or_else(|| bare_end(text, key_start, at, separator));
    // `Mnemonic.from_phrase(words, …)`
    if is_code(text, at, end, separator) || is_no_value(text, at, end, separator, named.demand) {
        return;
    }
    take(text, at, end, named, true, out);
    phrase::broken::find_named(text, at, end, out);
    hide_wrapped(text, at, end, named, out);
}
