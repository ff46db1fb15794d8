//! Whether a secret is gone, a survivor there, a line what it was, a stand-in that of its value.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;
use casefile::redact::Severity;

use super::Score;
use crate::corpus::File;
use crate::corpus::sheet::{Judge, Planted};

/// A secret that is still there.
pub struct Leak {
    /// What it is.
    pub kind: String,
    /// How bad it is.
    pub severity: Severity,
    /// Where it stood.
    pub context: String,
    /// Whether a name stood before it.
    pub named: bool,
    /// File and line.
    pub place: String,
    /// What was written there.
    pub before: String,
}

/// A survivor that is gone.
pub struct Loss {
    /// What it is.
    pub kind: String,
    /// File and line.
    pub place: String,
    /// What was written there.
    pub before: String,
}

/// A text without what hides a value from a search.
fn squeezed(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        if c == '\x1b' && characters.peek() == Some(&'[') {
            for c in characters.by_ref() {
                if c.is_ascii_alphabetic() {
                    break;
                }
            }
        } else if !c.is_whitespace() && c != '\0' {
            plain.push(c);
        }
    }
    plain
}

/// Letters only, one space between words.
fn words(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in text
        .split(|c: char| !c.is_alphabetic() && c != '\u{301}' && c != '\u{303}')
        .filter(|word| word.len() > 2)
    {
        plain.push_str(word);
        plain.push(' ');
    }
    plain
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum View {
    Squeezed,
    Digits,
    Words,
}

fn windows(text: &str, width: usize) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    if characters.len() <= width {
        return vec![characters.into_iter().collect()];
    }
    characters.windows(width).map(|window| window.iter().collect()).collect()
}

/// What tells a leak of this secret, in which view.
fn needles(planted: &Planted) -> (View, Vec<String>) {
    let made = &planted.secret.made;
    let value = squeezed(&made.text);
    let written = squeezed(&planted.written);
    match planted.secret.judge {
        Judge::Words => {
            let all: Vec<_> = made.text.split(' ').collect();
            let needles = all.windows(3).map(|three| words(&three.join(" ")));
            let mut needles: Vec<_> = needles.filter(|needle| needle.len() > 10).collect();
            if !planted.written.contains(all[0]) {
                needles.extend(windows(&written, 16));
                return (View::Squeezed, needles);
            }
            (View::Words, needles)
        }
        Judge::Digits => {
            let digits: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
            let width = (digits.len() * 3 / 4).max(8);
            (View::Digits, windows(&digits, width))
        }
        Judge::Whole => {
            let mut needles: Vec<_> = made
                .text
                .split([' ', '/'])
                .filter(|part| made.text.contains(' ') && part.chars().count() > 4)
                .map(str::to_owned)
                .collect();
            needles.push(value);
            needles.push(written);
            (View::Squeezed, needles)
        }
        Judge::Random => {
            let mut needles = Vec::new();
            for range in &made.random {
                let run = squeezed(&made.text[range.clone()]);
                if run.len() >= 16 {
                    needles.extend(windows(&run, 8));
                } else if run.len() >= 8 {
                    needles.push(run);
                }
            }
            if needles.is_empty() {
                needles.push(value.clone());
            }
            if written != value && made.text.lines().count() == 1 {
                let width = (8 * written.len()).div_ceil(value.len().max(1)).max(8);
                needles.extend(windows(&written, width));
            }
            (View::Squeezed, needles)
        }
    }
}

fn view(view: View, text: &str) -> String {
    match view {
        View::Squeezed => squeezed(text),
        View::Words => words(text),
        View::Digits => squeezed(text).replace(['-', '(', ')'], ""),
    }
}

pub(super) fn secrets(score: &mut Score, file: &File, text: &str) {
    let all: Vec<_> = file.planted.iter().map(needles).collect();
    let mut gone = vec![true; all.len()];
    for which in [View::Squeezed, View::Digits, View::Words] {
        // A needle that stands elsewhere as well may stay there.
        let mut owners: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (at, (_, needles)) in all.iter().enumerate().filter(|(_, (view, _))| *view == which) {
            for needle in needles.iter().filter(|needle| !needle.is_empty()) {
                owners.entry(needle).or_default().insert(at);
            }
        }
        let patterns: Vec<_> = owners.keys().copied().collect();
        if patterns.is_empty() {
            continue;
        }
        let search = AhoCorasick::new(&patterns).expect("a few thousand needles");
        let count = |text: &str| {
            let mut counts = vec![0_usize; patterns.len()];
            for found in search.find_overlapping_iter(text) {
                counts[found.pattern().as_usize()] += 1;
            }
            counts
        };
        let after = count(&view(which, text));
        if after.iter().all(|count| *count == 0) {
            continue;
        }
        let before = count(&view(which, &file.text));
        for (at, pattern) in patterns.iter().enumerate() {
            let owners = &owners[pattern];
            if after[at] > before[at].saturating_sub(owners.len()) {
                for owner in owners {
                    gone[*owner] = false;
                }
            }
        }
    }
    let lines: Vec<_> = file.text.split('\n').collect();
    for (planted, gone) in file.planted.iter().zip(gone) {
        score.count(&planted.secret.kind, &planted.context, planted.secret.severity, gone);
        if !gone {
            let excerpt = lines.get(planted.lines[0] - 1).copied().unwrap_or_default();
            score.leaks.push(Leak {
                kind: planted.secret.kind.clone(),
                severity: planted.secret.severity,
                context: planted.context.clone(),
                named: planted.named,
                place: format!("{}:{}", file.name, planted.lines[0]),
                before: around(excerpt, &planted.written),
            });
        }
    }
}

/// A little before and behind the place.
fn around(line: &str, written: &str) -> String {
    let first = written.split('\n').next().unwrap_or_default();
    let at = line.find(first).unwrap_or(0);
    let from = line[..at].char_indices().rev().nth(70).map_or(0, |(from, _)| from);
    line[from..].chars().take(200).collect()
}

pub(super) fn survivors(score: &mut Score, file: &File, text: &str) {
    let mut expected: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, kept) in file.kept.iter().enumerate() {
        expected.entry(&kept.text).or_default().push(at);
    }
    let patterns: Vec<_> = expected.keys().copied().collect();
    if patterns.is_empty() {
        return;
    }
    let search = AhoCorasick::new(&patterns).expect("a few thousand survivors");
    let mut counts = vec![0_usize; patterns.len()];
    for found in search.find_overlapping_iter(text) {
        counts[found.pattern().as_usize()] += 1;
    }
    let before: Vec<_> = file.text.split('\n').collect();
    for (at, owners) in expected.values().enumerate() {
        for (number, owner) in owners.iter().enumerate() {
            let kept = &file.kept[*owner];
            let there = number < counts[at];
            score.keeps.entry(kept.kind.clone()).or_default().add(there);
            if !there {
                let excerpt = before.get(kept.line - 1).copied().unwrap_or_default();
                score.losses.push(Loss {
                    kind: kept.kind.clone(),
                    place: format!("{}:{}", file.name, kept.line),
                    before: around(excerpt, &kept.text),
                });
            }
        }
    }
}

pub(super) fn lines(score: &mut Score, file: &File, text: &str) {
    let mut there: BTreeMap<&str, usize> = BTreeMap::new();
    for line in text.split('\n') {
        *there.entry(line).or_default() += 1;
    }
    let dirty: BTreeSet<usize> =
        file.planted.iter().flat_map(|planted| planted.lines[0]..=planted.lines[1]).collect();
    for (at, line) in file.text.split('\n').enumerate() {
        if dirty.contains(&(at + 1)) || line.is_empty() {
            continue;
        }
        let left = there.get_mut(line).filter(|left| **left > 0);
        score.clean_lines.add(left.is_some());
        match left {
            Some(left) => *left -= 1,
            None => score.losses.push(Loss {
                kind: "clean line".to_owned(),
                place: format!("{}:{}", file.name, at + 1),
                before: line.chars().take(240).collect(),
            }),
        }
    }
}

/// The stand-in in one form: `<kind:id>`, `"kind-id"` and `kind-id` are the same. Anything else is judged elsewhere.
fn stand_in(text: &str) -> Option<String> {
    let plain = text.trim_matches(|c: char| !c.is_ascii_alphanumeric()).replace(':', "-");
    let (_, id) = plain.rsplit_once('-')?;
    let is_id = id.len() == 8 && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let is_one = plain.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    (is_id && is_one).then_some(plain)
}

/// Which stand-in each value got, and each stand-in's value.
#[derive(Default)]
pub(super) struct StandIns {
    of_value: BTreeMap<String, BTreeMap<String, String>>,
    occurrences: BTreeMap<String, usize>,
}

impl StandIns {
    /// Looks at lines with one secret: what stands between the same beginning and the same end is its stand-in.
    pub(super) fn collect(&mut self, file: &File, text: &str) {
        let before: Vec<_> = file.text.split('\n').collect();
        let after: Vec<_> = text.split('\n').collect();
        // Without its lines in their places it cannot be said which stand-in is whose.
        if before.len() != after.len() {
            return;
        }
        let mut on_line: BTreeMap<usize, usize> = BTreeMap::new();
        for planted in &file.planted {
            for line in planted.lines[0]..=planted.lines[1] {
                *on_line.entry(line).or_default() += 1;
            }
        }
        for planted in file
            .planted
            .iter()
            .filter(|planted| planted.correlated && planted.secret.severity != Severity::Low)
        {
            let line = planted.lines[0];
            if on_line[&line] > 1 || line != planted.lines[1] {
                continue;
            }
            let Some((head, tail)) = before[line - 1].split_once(&planted.written) else { continue };
            let middle = after[line - 1].strip_prefix(head).and_then(|rest| rest.strip_suffix(tail));
            let Some(stand_in) = middle.and_then(stand_in) else { continue };
            let place = format!("{}:{}", file.name, planted.lines[0]);
            let value = planted.secret.made.text.clone();
            *self.occurrences.entry(value.clone()).or_default() += 1;
            self.of_value.entry(value).or_default().insert(stand_in, place);
        }
    }

    pub(super) fn finish(self, score: &mut Score) {
        let mut values: BTreeMap<&str, &str> = BTreeMap::new();
        for (value, stand_ins) in &self.of_value {
            let same = stand_ins.len() == 1;
            if self.occurrences[value] > 1 {
                score.correlation.add(same);
            }
            if !same {
                score.faults.push(format!("one value, several stand-ins: {value}: {stand_ins:?}"));
            }
            for stand_in in stand_ins.keys() {
                let other = values.insert(stand_in, value).filter(|other| *other != value);
                score.correlation.add(other.is_none());
                if let Some(other) = other {
                    score.faults.push(format!("two values, one stand-in {stand_in}: {value} and {other}"));
                }
            }
        }
    }
}
