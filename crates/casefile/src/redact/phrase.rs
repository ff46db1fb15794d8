//! Recovery phrases: runs of words of the BIP-39 list, with whatever stands between them.
//!
//! Source: <https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki>; the list is in the public domain (CC0).

use std::collections::HashMap;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use super::find::Span;
use super::rules::Id;

static WORDS: LazyLock<HashMap<&[u8], u16>> =
    LazyLock::new(|| include_str!("bip39-english.txt").lines().map(str::as_bytes).zip(0..).collect());

/// Longest gap between two words: a table with numbers and padding.
const MAX_GAP: usize = 24;

struct Word {
    start: usize,
    end: usize,
    index: u16,
}

/// Finds phrases of 12 words or more whose checksum is right, or that a word before names.
pub(super) fn find(text: &[u8], out: &mut Vec<Span>) {
    let mut run: Vec<Word> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if !text[at].is_ascii_alphabetic() {
            at += 1;
            continue;
        }
        let start = at;
        while at < text.len() && text[at].is_ascii_alphabetic() {
            at += 1;
        }
        let index = word_index(text, start, at);
        let joined = run.last().is_some_and(|last| is_gap(&text[last.end..start]));
        if index.is_none() || !joined {
            close(text, &mut run, out);
        }
        if let Some(index) = index {
            run.push(Word { start, end: at, index });
        }
    }
    close(text, &mut run, out);
}

fn word_index(text: &[u8], start: usize, end: usize) -> Option<u16> {
    if !(3..=8).contains(&(end - start)) {
        return None;
    }
    let mut lower = [0; 8];
    let word = &mut lower[..end - start];
    word.copy_from_slice(&text[start..end]);
    word.make_ascii_lowercase();
    WORDS.get(&*word).copied()
}

/// Spaces, quotes, commas, numbers and line ends, but no sentence.
fn is_gap(gap: &[u8]) -> bool {
    let allowed = |byte: &u8| {
        byte.is_ascii_whitespace() || byte.is_ascii_digit() || b",;\"'`.):|-\\[]#_".contains(byte)
    };
    gap.len() <= MAX_GAP
        && !gap.is_empty()
        && (gap.iter().all(allowed) || gap == b"\\n" || gap == b"%20" || gap == b"+")
}

fn close(text: &[u8], run: &mut Vec<Word>, out: &mut Vec<Span>) {
    let words = std::mem::take(run);
    if words.len() < 12 {
        return;
    }
    if is_named(&text[words[0].start.saturating_sub(80)..words[0].start]) {
        out.push(Span::new(words[0].start, words[words.len() - 1].end, Id::Phrase));
        return;
    }
    let mut first = 0;
    while first + 12 <= words.len() {
        let length = [24, 21, 18, 15, 12]
            .into_iter()
            .find(|length| words.get(first..first + length).is_some_and(checksum_is_right));
        if let Some(length) = length {
            out.push(Span::new(words[first].start, words[first + length - 1].end, Id::Phrase));
            first += length;
        } else {
            first += 1;
        }
    }
}

fn is_named(before: &[u8]) -> bool {
    let before = String::from_utf8_lossy(before).to_lowercase();
    ["mnemonic", "seed", "recovery", "phrase", "fraza", "backup words"]
        .iter()
        .any(|word| before.contains(word))
}

/// Eleven bits a word; the last bits are the first of the SHA-256 of the others.
fn checksum_is_right(words: &[Word]) -> bool {
    let bits: Vec<bool> =
        words.iter().flat_map(|word| (0..11).rev().map(move |bit| word.index >> bit & 1 == 1)).collect();
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
    let list: Vec<&str> = include_str!("bip39-english.txt").lines().collect();
    let checksum = Sha256::digest(entropy)[0] >> 4;
    let mut bits: Vec<bool> =
        entropy.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1)).collect();
    bits.extend((0..4).rev().map(|bit| checksum >> bit & 1 == 1));
    bits.chunks(11)
        .map(|word| list[word.iter().fold(0, |value, bit| value << 1 | usize::from(*bit))])
        .collect()
}
