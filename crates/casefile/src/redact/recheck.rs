//! The second look at an entry that the redactor wrote, without the whole search again.
//!
//! The first pass saw every byte: what it left between two stand-ins it has searched already, with the same rules, and the
//! same search would find nothing again. New is only what the writing made: a stand-in changes how the rest of its line
//! reads, and a cut changes where a text begins and ends. So the rules look at
//! - the lines with a stand-in,
//! - the beginning, by which an entry that bypassed the redactor betrays itself,
//! - the end of an entry that is only a part of its source,
//! - all of what is not plain text: archives, packed files, two bytes a character.
//!
//! Known values and hidden words are looked for everywhere, by the search that needs no rules and costs little. Where any of
//! this finds something, all the rules see the whole block, and they decide.

use std::io::{self, Read};

use super::binary::{Guess, guess};
use super::hits::Residue;
use super::lines::Lines;
use super::redactor::Redactor;
use super::stand_in;
use super::stream::{self, AHEAD, fill, scan};

/// How much of the beginning and of the end is searched with all the rules.
const EDGE: usize = 16 << 10;

/// Looks through a finished entry for what is left of what a rule hides.
pub(super) fn residues(
    redactor: &Redactor,
    reader: &mut dyn Read,
    is_part: bool,
) -> io::Result<Vec<Residue>> {
    let mut head = Vec::with_capacity(AHEAD);
    fill(reader, &mut head, AHEAD)?;
    let kind = guess(&head);
    let mut reader = io::Cursor::new(head).chain(reader);
    if kind != Guess::Text {
        return stream::residues(redactor, &mut reader);
    }
    let known = redactor.knowing_only();
    let (mut found, mut first) = (Vec::new(), true);
    scan(&mut reader, &mut found, |window, _, ended| {
        let mut places: Vec<_> = stand_in::places(window).map(|(start, end, _)| (start, end)).collect();
        if std::mem::take(&mut first) {
            places.insert(0, (0, EDGE.min(window.len())));
        }
        if ended && is_part {
            places.push((window.len().saturating_sub(EDGE), window.len()));
        }
        places.sort_unstable();
        let lines = Lines::around(window, places.into_iter(), (0, window.len()));
        let is_suspect = !known.spans(window).is_empty() || !redactor.spans_in(&lines).is_empty();
        if is_suspect { redactor.spans(window) } else { Vec::new() }
    })?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::KnownValues;

    const LINE: &str = "2026-11-24T10:00:00Z INFO order filled at 64250.10\n";

    fn redactor() -> Redactor {
        let mut known = KnownValues::new();
        known.add("token", "correct-horse-battery");
        Redactor::builder().known(known).hide(["Kowalski".to_owned()]).build()
    }

    fn check(text: &str, is_part: bool, expected: &[(&str, u64)]) {
        let found = redactor().residues_again(&mut text.as_bytes(), is_part).unwrap();
        let found: Vec<_> = found.iter().map(|residue| (residue.rule, residue.line)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn known_values_and_hidden_words_are_found_anywhere() {
        let far = LINE.repeat(30_000);
        check(&far, false, &[]);
        check(&format!("{far}correct-horse-battery\n{far}"), false, &[("token", 30_001)]);
        check(&format!("{far}Pan kowalski\n{far}"), false, &[("hidden-word", 30_001)]);
    }

    #[test]
    fn rules_look_at_the_beginning_beside_stand_ins_and_at_the_end_of_a_part() {
        let far = LINE.repeat(30_000);
        let secret = "password=Hunter2Hunter2x";
        check(&format!("{secret}\n{far}"), false, &[("password", 1)]);
        check(&format!("{far}user <email:abcd2345> {secret}\n{far}"), false, &[("password", 30_001)]);
        check(&format!("{far}{secret}\n"), true, &[("password", 30_001)]);
    }

    #[test]
    fn what_is_packed_is_searched_as_a_whole() {
        use std::io::Write;
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        writeln!(packed, "{}password=Hunter2Hunter2x", LINE.repeat(30_000)).unwrap();
        let packed = packed.finish().unwrap();
        assert_eq!(redactor().residues_again(&mut packed.as_slice(), false).unwrap()[0].rule, "password");
    }
}
