//! Whether a line is what a condition asks for.

use std::collections::BTreeMap;

use super::table::LineCondition;
use crate::logs::push_plain;

/// What is looked at before the word that was found, on a long line.
const BEFORE_BYTES: usize = 512;
/// What is looked at from the word on.
const AFTER_BYTES: usize = 2_048;
/// A captured value is cut here.
const MAX_CAPTURE_CHARS: usize = 80;

/// The part of a line around `at` that is looked at: the whole line, nearly always.
pub(super) fn window(from: usize, to: usize, at: usize) -> (usize, usize) {
    (from.max(at.saturating_sub(BEFORE_BYTES)), to.min(at.saturating_add(AFTER_BYTES)))
}

/// Named captures of the pattern, for people.
pub(super) type Captures = BTreeMap<String, String>;

/// The captures, when the text is what the condition asks for; the level is not looked at here.
pub(super) fn matches(condition: &LineCondition, text: &[u8]) -> Option<Captures> {
    if condition.unless.as_ref().is_some_and(|unless| unless.is_match(text)) {
        return None;
    }
    let Some(pattern) = &condition.pattern else { return Some(Captures::new()) };
    if pattern.group_info().group_len(regex_automata::PatternID::ZERO) == 1 {
        return pattern.is_match(text).then(Captures::new);
    }
    let mut found = pattern.create_captures();
    pattern.captures(text, &mut found);
    if !found.is_match() {
        return None;
    }
    let names = pattern.group_info().pattern_names(regex_automata::PatternID::ZERO);
    let value = |(index, name): (usize, Option<&str>)| {
        let span = found.get_group(index)?;
        Some((name?.to_owned(), plain(&text[span.range()], MAX_CAPTURE_CHARS)))
    };
    Some(names.enumerate().filter_map(value).collect())
}

/// A stranger's text on one line, neutralised and cut.
pub(super) fn plain(text: &[u8], max_chars: usize) -> String {
    let text = String::from_utf8_lossy(text);
    let mut out = String::new();
    match text.char_indices().nth(max_chars) {
        None => push_plain(&mut out, &text),
        Some((end, _)) => {
            push_plain(&mut out, &text[..end]);
            out.push('…');
        }
    }
    out
}
