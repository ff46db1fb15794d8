//! Recovery phrases that a page or a log takes apart into their words.

use super::Read;
use crate::redact::find::Span;
use crate::redact::gate::Anchor;
use crate::redact::phrase::{column, tagged};

/// In elements of a page.
pub(super) fn in_tags(text: &[u8], anchor: Anchor, _: Read<'_>, out: &mut Vec<Span>) -> usize {
    tagged::find(text, anchor.start, out)
}

/// On a line of its own each, behind its number: `word 1: …`.
pub(super) fn behind_numbers(text: &[u8], anchor: Anchor, _: Read<'_>, out: &mut Vec<Span>) -> usize {
    // `word 1`, `word #1`, `word[0]`, `word_1`
    let behind = &text[anchor.end..(anchor.end + 3).min(text.len())];
    let mark = behind.iter().take_while(|byte| b" #_[(".contains(byte)).count();
    let is_first = text[anchor.end - 1].is_ascii_digit() || matches!(behind.get(mark), Some(b'0' | b'1'));
    if !is_first {
        return anchor.end;
    }
    let near = anchor.start.saturating_sub(256);
    let line = memchr::memrchr(b'\n', &text[near..anchor.start]).map_or(near, |at| near + at + 1);
    let name: Vec<u8> = text[anchor.start..anchor.end]
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic() || **byte >= 0x80)
        .map(u8::to_ascii_lowercase)
        .collect();
    column::find(text, line, Some(&name), out).max(anchor.end)
}

/// Words with their numbers before them, each at the end of a line of a log: `… INFO wallet:  1. august`.
pub(super) fn on_numbered_lines(text: &[u8], anchor: Anchor, _: Read<'_>, out: &mut Vec<Span>) -> usize {
    const FEWEST: usize = 12;
    const NEAR: usize = 256;
    let near = anchor.start.saturating_sub(NEAR);
    let first = memchr::memrchr(b'\n', &text[near..anchor.start]).map_or(near, |at| near + at + 1);
    let mut at = first;
    for number in 1..=FEWEST {
        let line = &text[at.min(text.len())..(at + NEAR).min(text.len())];
        let line = line.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let mark = format!("{number}. ");
        let is_numbered = memchr::memmem::rfind(line, mark.as_bytes()).is_some_and(|found| {
            let word = line[found + mark.len()..].trim_ascii_end();
            found > 0
                && matches!(line[found - 1], b' ' | b'\t')
                && !word.is_empty()
                && word.iter().all(u8::is_ascii_lowercase)
        });
        if !is_numbered {
            return anchor.end;
        }
        at += line.len() + 1;
    }
    column::find(text, first, None, out).max(anchor.end)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::super::super::Redactor;

    #[test]
    fn numbered_words_of_a_log_go_and_other_numbered_words_stay() {
        let redactor = Redactor::builder().build();
        let log = |words: &[&str]| {
            let mut log = String::new();
            for (index, word) in words.iter().enumerate() {
                let _ = writeln!(log, "2025-03-14 10:00:00,1{index:02} INFO wallet: {:2}. {word}", index + 1);
            }
            log
        };
        let mut words = ["abandon"; 12];
        words[11] = "about";
        let (clean, _) = redactor.clean_text(&log(&words));
        assert!(
            !clean.as_str().contains("abandon") && !clean.as_str().contains("about"),
            "{}",
            clean.as_str()
        );
        assert_eq!(clean.as_str().lines().count(), 12);
        let steps = log(&[
            "configure",
            "compile",
            "link",
            "install",
            "start",
            "check",
            "stop",
            "remove",
            "pack",
            "sign",
            "send",
            "wait",
        ]);
        assert_eq!(redactor.clean_text(&steps).0.as_str(), steps);
        let few = log(&words[..11]);
        assert_eq!(redactor.clean_text(&few).0.as_str(), few);
    }
}
