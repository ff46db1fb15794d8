//! The words of all analysers, sought together.

mod sieve;

use self::sieve::Sieve;
use super::table::{Analyser, Condition, LineCondition};

/// A place in the table where a word leads: a line that some analyser looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Probe {
    pub(super) analyser: usize,
    pub(super) condition: usize,
    /// Of a sequence; 0 else.
    pub(super) step: usize,
}

#[derive(Debug)]
pub(super) struct Search {
    sieve: Sieve,
    pub(super) probes: Vec<Probe>,
    /// For each word, the probes that it leads to.
    words: Vec<Word>,
}

#[derive(Debug)]
struct Word {
    /// Whether it begins and ends like a word, so that it must not stand inside a longer one.
    bounded: (bool, bool),
    probes: Vec<usize>,
}

/// A word that was found: where it begins, and the probes that it leads to.
pub(super) struct Found<'a> {
    pub(super) start: usize,
    pub(super) probes: &'a [usize],
}

impl Search {
    pub(super) fn new(table: &[Analyser]) -> Self {
        let (mut texts, mut words, mut probes) = (Vec::<String>::new(), Vec::<Word>::new(), Vec::new());
        for (analyser, row) in table.iter().enumerate() {
            for (condition, of_row) in row.conditions.iter().enumerate() {
                for (step, line) in lines_of(of_row).into_iter().enumerate() {
                    let probe = probes.len();
                    probes.push(Probe { analyser, condition, step });
                    for text in &line.any {
                        let text = text.to_ascii_lowercase();
                        let known = texts.iter().position(|known| *known == text);
                        let index = known.unwrap_or_else(|| {
                            let bytes = text.as_bytes();
                            let first = bytes.first().is_some_and(|byte| is_word(*byte) || *byte == b'-');
                            let last = bytes.last().is_some_and(|byte| is_word(*byte));
                            words.push(Word { bounded: (first, last), probes: Vec::new() });
                            texts.push(text);
                            words.len() - 1
                        });
                        if !words[index].probes.contains(&probe) {
                            words[index].probes.push(probe);
                        }
                    }
                }
            }
        }
        Self { sieve: Sieve::new(&texts), probes, words }
    }

    /// All words in a text, overlapping ones too, in the order of their ends.
    pub(super) fn find<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = Found<'a>> {
        self.sieve.places(text).into_iter().filter_map(|place| {
            let word = &self.words[place.word];
            let (first, last) = word.bounded;
            let inside = (first && goes_on(&text[..place.start]))
                || (last && text.get(place.end).copied().is_some_and(is_word));
            (!inside).then_some(Found { start: place.start, probes: &word.probes })
        })
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

/// Whether a word goes on from this text; it does not after a colour (`ESC[31m`) and after a line end that is escaped (`\\n`).
fn goes_on(before: &[u8]) -> bool {
    let Some((last, rest)) = before.split_last() else { return false };
    if !is_word(*last) {
        return false;
    }
    let escaped = matches!(last, b'n' | b'r' | b't') && rest.last() == Some(&b'\\');
    let digits =
        rest.iter().rev().take(12).take_while(|byte| byte.is_ascii_digit() || **byte == b';').count();
    let coloured = *last == b'm' && rest[..rest.len() - digits].ends_with(b"\x1b[");
    !escaped && !coloured
}

/// The lines that a condition looks for.
pub(super) fn lines_of(condition: &Condition) -> Vec<&LineCondition> {
    match condition {
        Condition::Log(log) => vec![&log.line],
        Condition::Sequence(sequence) => sequence.steps.iter().collect(),
        Condition::Fact(_) | Condition::Entry(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_begins_after_colours_and_escaped_line_ends() {
        for before in [&b""[..], b"x ", b"\x1b[31m", b"\x1b[1;31m", b"{\"msg\":\"a\\n", b"_", b"["] {
            assert!(!goes_on(before), "{}", before.escape_ascii());
        }
        for before in [&b"x"[..], b"31m", b"[31m", b"n", b"9"] {
            assert!(goes_on(before), "{}", before.escape_ascii());
        }
    }
}
