//! Phrases whose words stand below each other, one on each line of a log, behind whatever that writes before.

use super::around::is_letter;
use super::words::{Numbers, numbers_of};
use super::{MIN_WORDS, Word, checksum_is_right};
use crate::redact::find::Span;
use crate::redact::rules::Id;

/// Longer lines hold more than a word.
const MAX_LINE: usize = 256;
/// Lines between the one that announces the words and the first of them.
const MAX_BETWEEN: usize = 2;

/// Hides the words on the lines from this place on, `name` before each of them if they are numbered; returns where they end.
pub(in crate::redact) fn find(text: &[u8], at: usize, name: Option<&[u8]>, out: &mut Vec<Span>) -> usize {
    let (mut words, mut lists, mut at, mut passed) = (Vec::new(), u8::MAX, at, 0);
    while at < text.len() && words.len() < 24 {
        let near = &text[at..(at + MAX_LINE).min(text.len())];
        let length = memchr::memchr(b'\n', near).unwrap_or(near.len());
        let word = word_of(text, at, at + length, name).filter(|word| lists & word.numbers.lists() != 0);
        match word {
            Some(word) => {
                lists &= word.numbers.lists();
                words.push(word);
            }
            None if words.is_empty() && passed < MAX_BETWEEN => passed += 1,
            None => break,
        }
        at += length + 1;
    }
    let count = words.len() - words.len() % 3;
    // Behind the phrase a line of the log can end with such a word.
    let is_right = |count: &usize| checksum_is_right(&words[..*count], lists);
    let right = if count >= MIN_WORDS { [count, MIN_WORDS].into_iter().find(is_right) } else { None };
    let all = count >= MIN_WORDS && (name.is_some() || words.len() == count);
    let hidden = right.unwrap_or(if all { words.len() } else { 0 });
    out.extend(words[..hidden].iter().map(|word| Span::new(word.start, word.end, Id::Phrase)));
    at
}

/// The word on a line: the last one, or the one behind its number.
fn word_of(text: &[u8], start: usize, end: usize, name: Option<&[u8]>) -> Option<Word> {
    let line = &text[start..end];
    let (from, to) = if let Some(name) = name {
        let lower = line.to_ascii_lowercase();
        let behind = memchr::memmem::find(&lower, name)? + name.len();
        let from = behind + line[behind..].iter().take(16).position(|byte| is_letter(*byte))?;
        (from, from + line[from..].iter().take_while(|byte| is_letter(**byte)).count())
    } else {
        let to = line.iter().rposition(|byte| is_letter(*byte))? + 1;
        let length = line[..to].iter().rev().take_while(|byte| is_letter(**byte)).count();
        // Only what encloses it may follow.
        if !line[to..].iter().all(|byte| b" \t\r\"'`,;.)]}|*".contains(byte)) {
            return None;
        }
        (to - length, to)
    };
    let numbers: Numbers = numbers_of(&line[from..to])?;
    Some(Word { start: start + from, end: start + to, numbers })
}

#[cfg(test)]
mod tests {
    use super::super::super::Redactor;

    #[test]
    fn words_on_lines_of_their_own_go() {
        let words = super::super::made_from(&[7; 16]);
        let redactor = Redactor::builder().build();
        let numbered =
            |number: usize, word: &str| format!("2026-11-20 08:00:{number:02} INFO word {number}: {word}\n");
        let alone = |number: usize, word: &str| format!("08:00:{number:02} [wallet] {word}\n");
        let lines: [String; 2] = [
            words.iter().zip(1..).map(|(word, number)| numbered(number, word)).collect(),
            format!(
                "08:00:00 [wallet] your recovery phrase:\n{}",
                words.iter().zip(1..).map(|(word, number)| alone(number, word)).collect::<String>()
            ),
        ];
        for text in lines {
            let (clean, _) = redactor.clean_text(&format!("{text}08:00:59 order filled\n"));
            assert!(words.iter().all(|word| !clean.as_str().contains(&format!(" {word}\n"))), "{clean}");
            assert!(clean.as_str().ends_with("08:00:59 order filled\n"), "{clean}");
        }
        let log = "08:00:01 order\n08:00:02 change\n08:00:03 balance\n08:00:04 market\n";
        assert_eq!(redactor.clean_text(log).0.as_str(), log);
    }

    #[test]
    fn words_in_elements_of_a_page_go() {
        let words = super::super::made_from(&[9; 16]);
        for (open, close) in
            [("<li>", "</li>"), ("<td>1</td><td>", "</td>"), ("<span class=\"w\">", "</span>")]
        {
            let page = format!("{open}{}{close}", words.join(&format!("{close}{open}")));
            let (clean, _) = Redactor::builder().build().clean_text(&format!("<p>keep this</p>{page}"));
            assert!(words.iter().all(|word| !clean.as_str().contains(&format!(">{word}<"))), "{clean}");
            assert!(clean.as_str().contains("<p>keep this</p>"), "{clean}");
        }
    }
}
