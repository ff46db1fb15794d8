//! Recovery phrases: runs of words of one BIP-39 list, with whatever stands between them.
//!
//! Source: <https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki>

mod around;
pub(super) mod broken;
pub(super) mod column;
mod glance;
pub(super) mod tagged;
mod words;

use sha2::{Digest, Sha256};

use self::around::{is_gap, is_letter, run_around, word_at};
use self::words::{Numbers, numbers_of};
use super::find::Span;
use super::gate::{self, Masks, class};
use super::rules::Id;

/// Longest gap between two words: a table with numbers and padding.
const MAX_GAP: usize = 24;
/// Shortest phrase.
const MIN_WORDS: usize = 12;

#[derive(Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    numbers: Numbers,
}

/// Finds phrases of 12 words or more whose checksum is right, or that a word before names; also those that a console broke.
pub(super) fn find(text: &[u8], masks: &Masks, out: &mut Vec<Span>) {
    let mut joined = 0;
    runs(text, masks, |run, lists| {
        let is_long = run.len() >= MIN_WORDS;
        if is_long {
            close(text, run, lists, out);
        }
        // The rest of a long one can stand behind the piece of a word.
        if run[0].start >= joined && (!is_long || broken::has_piece(text, run)) {
            joined = broken::find(text, run, out).unwrap_or(joined);
        }
    });
}

/// As [`find`], for a text whose lines are joined already.
fn find_whole(text: &[u8], masks: &Masks, out: &mut Vec<Span>) {
    runs(text, masks, |run, lists| {
        if run.len() >= MIN_WORDS {
            close(text, run, lists, out);
        }
    });
}

/// Calls `found` with runs of words of one list; short ones are not all found.
fn runs(text: &[u8], masks: &Masks, mut found: impl FnMut(&[Word], u8)) {
    let mut done = 0;
    glance::regions(masks, |start, end| {
        let mut at = start.max(done);
        while at < end.min(text.len()) {
            let next = at + glance::STEP;
            let run = glance::may_be_inside(text, masks, at).then(|| word_at(text, at)).flatten();
            at = run.map(|word| run_around(text, word)).map_or(next, |(run, lists)| {
                let end = run[run.len() - 1].end;
                found(&run, lists);
                if run.len() < MIN_WORDS { next } else { end.max(next) }
            });
        }
        done = at.max(done);
    });
}

/// Hides the phrases of a run.
fn close(text: &[u8], words: &[Word], lists: u8, out: &mut Vec<Span>) {
    if let Some(lines) = lines_of(text, words, lists) {
        out.extend(lines.map(|line| Span::new(line[0].start, line[line.len() - 1].end, Id::Phrase)));
        return;
    }
    let mut first = 0;
    for last in breaks(text, words).into_iter().chain([words.len()]) {
        if last - first >= MIN_WORDS {
            close_text(text, &words[first..last], lists, out);
        }
        first = last;
    }
}

/// The lines, if each of several is a phrase by itself: words of two of them are right by chance.
fn lines_of<'a>(text: &[u8], words: &'a [Word], lists: u8) -> Option<impl Iterator<Item = &'a [Word]>> {
    let lines = || words.chunk_by(|word, next| !text[word.end..next.start].contains(&b'\n'));
    let is_phrase = |line: &[Word]| LENGTHS.contains(&line.len()) && checksum_is_right(line, lists);
    (words.len() > MIN_WORDS && lines().count() > 1 && lines().all(is_phrase)).then(lines)
}

/// Where the words are no longer those of one text: behind a name, behind a list and before the next one, behind a string that is as long as
/// a phrase. Where it is so between most of the words, `1: …`, it means nothing.
fn breaks(text: &[u8], words: &[Word]) -> Vec<usize> {
    let is_quote = |byte: &u8| matches!(byte, b'"' | b'\'' | b'`');
    let seldom = |is: &dyn Fn(&[u8], usize) -> bool| -> Vec<bool> {
        let gaps = words.windows(2).map(|pair| is(&text[pair[0].end..pair[1].start], pair[1].start));
        let places: Vec<bool> = gaps.collect();
        let count = places.iter().filter(|is| **is).count();
        if count * 2 < words.len() { places } else { Vec::new() }
    };
    let behind_names = seldom(&|gap, _| gap.iter().any(|byte| matches!(byte, b':' | b'>' | b']')));
    let names = seldom(&|gap, next| {
        gap.iter().any(|byte| is_quote(byte) || matches!(byte, b',' | b'\n')) && is_key(text, next)
    });
    let quotes = seldom(&|gap, _| gap.iter().any(is_quote));
    let (mut places, mut first) = (Vec::new(), 0);
    for at in 1..words.len() {
        let is = |places: &[bool]| places.get(at - 1) == Some(&true);
        let length = at - first;
        let is_whole = || {
            let begins = words[first].start.checked_sub(1).is_some_and(|before| is_quote(&text[before]));
            begins && (MIN_WORDS..=24).contains(&length) && length.is_multiple_of(3)
        };
        if is(&behind_names) || is(&names) || is(&quotes) && is_whole() {
            places.push(at);
            first = at;
        }
    }
    places
}

/// Whether the name of a value begins here: `address = `, `client_version": `.
fn is_key(text: &[u8], start: usize) -> bool {
    const MAX_NAME: usize = 48;
    let name = text[start..].iter().take(MAX_NAME).take_while(|byte| gate::is(**byte, class::NAME)).count();
    let rest = &text[start + name..(start + name + 12).min(text.len())];
    let rest = rest.strip_prefix(b"\\").unwrap_or(rest);
    let rest =
        rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest).trim_ascii_start();
    matches!(rest.first(), Some(b':' | b'='))
}

/// Hides the phrases of one text. The name of a phrase can be made of words of the list itself: `recovery_phrase: …`; behind
/// each of these a phrase begins.
fn close_text(text: &[u8], words: &[Word], lists: u8, out: &mut Vec<Span>) {
    let is_name = |word: &Word| LABELS.contains(&text[word.start..word.end].to_ascii_lowercase().as_slice());
    let ends_name = |pair: &[Word]| {
        is_name(&pair[0]) && text[pair[0].end..pair[1].start].iter().any(|byte| matches!(byte, b':' | b'='))
    };
    let mut first = 0;
    for last in words.windows(2).enumerate().filter(|(_, pair)| ends_name(pair)).map(|(index, _)| index) {
        let label = words[first..=last].iter().rev().take_while(|word| is_name(word)).count();
        close_part(text, &words[first..=last - label.min(last)], lists, out);
        first = last + 1;
    }
    close_part(text, &words[first..], lists, out);
}

/// More words than a phrase and what announces it.
const MAX_AROUND: usize = 27;

/// Hides the phrase that these words are, or those that are among them.
fn close_part(text: &[u8], words: &[Word], lists: u8, out: &mut Vec<Span>) {
    let is_first = |word: &Word| word.numbers == words[0].numbers;
    // One word again and again is what an example has.
    if words.len() < MIN_WORDS || words.iter().all(is_first) {
        return;
    }
    let before = &text[words[0].start.saturating_sub(80)..words[0].start];
    let label = label_of(text, words);
    let label = if words.len() - label >= MIN_WORDS { label } else { 0 };
    let is_said = is_named(before) || label > 0;
    // Numbered from the first to the last: a part of it is right by chance. What ends the sentence before has no number.
    let mut all = &words[label..];
    while all.len() > MIN_WORDS
        && !has_number(text, &all[0])
        && has_number(text, &all[1])
        && has_number(text, &all[2])
    {
        all = &all[1..];
    }
    if LENGTHS.contains(&all.len()) && is_numbered(text, all) {
        out.push(Span::new(all[0].start, all[all.len() - 1].end, Id::Phrase));
        return;
    }
    // What a name stands before begins there.
    let first = is_said.then(|| {
        LENGTHS
            .into_iter()
            .find(|length| words[label..].get(..*length).is_some_and(|part| checksum_is_right(part, lists)))
    });
    if let Some(length) = first.flatten() {
        out.push(Span::new(words[label].start, words[label + length - 1].end, Id::Phrase));
        return close_part(text, &words[label + length..], lists, out);
    }
    if words.len() <= MAX_AROUND {
        let is_whole = LENGTHS.contains(&(words.len() - label)) && (is_said || is_numbered(text, words));
        let ranges = if is_whole { vec![(label, words.len() - 1)] } else { all_right(text, words, lists) };
        if !ranges.is_empty() {
            let span =
                |(first, last): (usize, usize)| Span::new(words[first].start, words[last].end, Id::Phrase);
            out.extend(ranges.into_iter().map(span));
            return;
        }
    } else if take_longest(words, lists, out) {
        return;
    }
    if is_named(&text[words[0].start.saturating_sub(80)..words[0].start + 12]) {
        // Other software counts otherwise: the words behind those that announce it, as many as phrases have.
        let words = &words[label..];
        let length = LENGTHS.into_iter().find(|length| words.len() >= *length).unwrap_or(words.len());
        out.push(Span::new(words[0].start, words[length - 1].end, Id::Phrase));
    }
}

/// The first and the last word of all parts whose checksum is right, of those with one gap throughout if there are such: other
/// parts are right by chance, and nobody can say which.
fn all_right(text: &[u8], words: &[Word], lists: u8) -> Vec<(usize, usize)> {
    let parts: Vec<(usize, usize)> = LENGTHS
        .into_iter()
        .flat_map(|length| {
            let parts = words.windows(length).enumerate();
            let right = parts.filter(|(_, part)| checksum_is_right(part, lists));
            right.map(move |(first, _)| (first, first + length - 1))
        })
        .collect();
    let is_even = |(first, last): &&(usize, usize)| {
        // Numbers differ, and how they are set: `1. abandon`, `10.  ability`.
        let signs = |pair: &[Word]| {
            let gap = &text[pair[0].end..pair[1].start];
            let is_numbered = gap.iter().any(u8::is_ascii_digit);
            let is_sign = |byte: &u8| !(byte.is_ascii_digit() || is_numbered && byte.is_ascii_whitespace());
            gap.iter().copied().filter(is_sign).collect::<Vec<u8>>()
        };
        let mut gaps = words[*first..=*last].windows(2).map(signs);
        let gap = gaps.next();
        gaps.all(|other| Some(other) == gap)
    };
    let all = |all: (usize, usize), part: (usize, usize)| (all.0.min(part.0), all.1.max(part.1));
    let mut even: Vec<_> = parts.iter().filter(is_even).copied().collect();
    if even.is_empty() {
        return parts.into_iter().reduce(all).into_iter().collect();
    }
    even.sort_unstable();
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for part in even {
        match ranges.last_mut().filter(|range| part.0 <= range.1) {
            Some(range) => *range = all(*range, part),
            None => ranges.push(part),
        }
    }
    ranges
}

/// How many words phrases have.
const LENGTHS: [usize; 5] = [24, 21, 18, 15, 12];

/// How many words at the beginning announce what follows.
fn label_of(text: &[u8], words: &[Word]) -> usize {
    let is_name = |word: &&Word| LABELS.contains(&text[word.start..word.end].to_ascii_lowercase().as_slice());
    words.iter().take_while(is_name).count()
}

/// Whether a number stands before almost every word: `1. abandon 9. ability`.
fn is_numbered(text: &[u8], words: &[Word]) -> bool {
    words.iter().filter(|word| has_number(text, word)).count() + 1 >= words.len()
}

fn has_number(text: &[u8], word: &Word) -> bool {
    let near = &text[word.start.saturating_sub(5)..word.start];
    near.iter().rev().find(|byte| !b" .):#]|\t".contains(byte)).is_some_and(u8::is_ascii_digit)
}

/// Hides the parts whose checksum is right, the longest first: a part of a long phrase is right by chance, too.
fn take_longest(words: &[Word], lists: u8, out: &mut Vec<Span>) -> bool {
    for length in LENGTHS {
        let mut parts = words.windows(length);
        if let Some(first) = parts.position(|part| checksum_is_right(part, lists)) {
            let part = &words[first..first + length];
            out.push(Span::new(part[0].start, part[length - 1].end, Id::Phrase));
            take_longest(&words[..first], lists, out);
            take_longest(&words[first + length..], lists, out);
            return true;
        }
    }
    false
}

/// Words of the list that announce a phrase.
const LABELS: [&[u8]; 5] = [b"seed", b"phrase", b"secret", b"word", b"wallet"];

/// Where the words behind the name of a phrase end, whatever their language: twelve at least, 24 at most.
pub(super) fn end_of_words(text: &[u8], start: usize) -> Option<usize> {
    let is_letter = |byte: &&u8| byte.is_ascii_alphabetic() || **byte >= 0x80;
    let (mut at, mut end, mut count, mut first) = (start, None, 0, &text[start..start]);
    // A number or a state has a value's place of its own: `"seed":98,"roi":…`.
    let digits = text[start..].iter().take(24).take_while(|byte| byte.is_ascii_digit()).count();
    let is_number = digits > 0 && matches!(text.get(start + digits), Some(b',' | b';' | b'}' | b']' | b'&'));
    let is_state = [&b"true"[..], b"false", b"null"].iter().any(|state| {
        text[start..]
            .strip_prefix(*state)
            .is_some_and(|rest| !rest.first().is_some_and(|next| is_letter(&next)))
    });
    if is_number || is_state {
        return None;
    }
    while count < 24 {
        let Some(gap) = text[at..].iter().take(MAX_GAP + 1).position(|byte| is_letter(&byte)) else { break };
        let is_gap = is_gap(&text[at..at + gap])
            || count == 0
                && text[at..at + gap].iter().all(|byte| byte.is_ascii_digit() || b" .)".contains(byte));
        // What stands between the first two words says what can stand between the others: a string ends with its quote.
        if count == 1 {
            first = &text[at..at + gap];
        }
        let is_other = count > 1
            && text[at..at + gap].iter().any(|byte| b"\"'`:={}<>,;|".contains(byte) && !first.contains(byte));
        let length = text[at + gap..].iter().take(16).take_while(is_letter).count();
        let word = &text[at + gap..at + gap + length];
        let is_plain = !text.get(at + gap + length).is_some_and(u8::is_ascii_digit)
            && !text[at + gap - usize::from(at + gap > 0)].is_ascii_digit()
            && (word[1.min(length)..].iter().all(|byte| !byte.is_ascii_uppercase())
                || word.iter().all(|byte| !byte.is_ascii_lowercase()));
        if !is_gap
            || is_other
            || !is_plain
            || !(3..=14).contains(&length)
            || text[at..at + gap].contains(&b'\n') && count >= 12
        {
            break;
        }
        at += gap + length;
        count += 1;
        if count >= MIN_WORDS && count.is_multiple_of(3) {
            end = Some(at);
        }
        if at == text.len() {
            break;
        }
    }
    end
}

/// Where the phrase of a line is that has nothing else behind it: as many words of one list as phrases have.
pub(super) fn whole_line(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let last = text[start..end].iter().rposition(|byte| is_letter(*byte))? + start;
    let (run, _) = run_around(&text[..end], word_at(&text[..end], last)?);
    let first = run.iter().position(|word| word.start >= start)?;
    let words = &run[first..];
    let is_end = text[last + 1..end].iter().all(|byte| b"\"',;.".contains(byte));
    (is_end && LENGTHS.contains(&words.len())).then(|| (words[0].start, words[words.len() - 1].end))
}

/// A common word of English, as the list of its phrases has two thousand.
pub(super) fn is_common_word(word: &[u8]) -> bool {
    const ENGLISH: u8 = 1;
    numbers_of(word).is_some_and(|numbers| numbers.lists() & ENGLISH != 0)
}

fn is_named(before: &[u8]) -> bool {
    let before = String::from_utf8_lossy(before).to_lowercase();
    ["mnemonic", "seed", "recovery", "phrase", "fraza", "backup words"]
        .iter()
        .any(|word| before.contains(word))
}

/// Eleven bits a word; the last bits are the first of the SHA-256 of the others.
fn checksum_is_right(words: &[Word], lists: u8) -> bool {
    let bits: Vec<bool> = words
        .iter()
        .map(|word| word.numbers.number(lists))
        .flat_map(|number| (0..11).rev().map(move |bit| number >> bit & 1 == 1))
        .collect();
    let entropy_bits = bits.len() * 32 / 33;
    let entropy: Vec<u8> = bits[..entropy_bits]
        .chunks(8)
        .map(|byte| byte.iter().fold(0, |value, bit| value << 1 | u8::from(*bit)))
        .collect();
    let digest = Sha256::digest(&entropy);
    bits[entropy_bits..]
        .iter()
        .enumerate()
        .all(|(index, bit)| (digest[index / 8] >> (7 - index % 8) & 1 == 1) == *bit)
}

/// A right phrase from a seed, for tests.
#[cfg(test)]
pub(super) fn made_from(entropy: &[u8; 16]) -> Vec<&'static str> {
    let list: Vec<&str> = include_str!("words/english.txt").lines().collect();
    let checksum = Sha256::digest(entropy)[0] >> 4;
    let mut bits: Vec<bool> =
        entropy.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1)).collect();
    bits.extend((0..4).rev().map(|bit| checksum >> bit & 1 == 1));
    bits.chunks(11)
        .map(|word| list[word.iter().fold(0, |value, bit| value << 1 | usize::from(*bit))])
        .collect()
}
