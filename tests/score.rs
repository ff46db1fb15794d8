//! Cleans a corpus and counts what leaked, what was broken, and what no longer fits together.

mod judge;
mod parse;
mod table;

use std::collections::BTreeMap;

use casefile::redact::{KnownValues, Raw, Redactor, Severity, StandInKey, Tier, Tiers};

use crate::corpus::{Corpus, File, open};

pub use self::judge::{Leak, Loss};

/// Of how many, how many are right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// All.
    pub all: usize,
    /// Those that are right.
    pub right: usize,
}

impl Count {
    fn add(&mut self, right: bool) {
        self.all += 1;
        self.right += usize::from(right);
    }

    /// The part that is right; 1 of nothing.
    pub fn rate(self) -> f64 {
        if self.all == 0 { 1.0 } else { self.right as f64 / self.all as f64 }
    }
}

/// What came out.
#[derive(Default)]
pub struct Score {
    /// Secrets that are gone, by kind.
    pub kinds: BTreeMap<String, Count>,
    /// Secrets that are gone, by the place where they stood.
    pub contexts: BTreeMap<String, Count>,
    /// By severity: `critical`, `personal`, `low`.
    pub severities: BTreeMap<&'static str, Count>,
    /// Survivors, by kind.
    pub keeps: BTreeMap<String, Count>,
    /// Lines without a secret that are what they were.
    pub clean_lines: Count,
    /// Files that still parse.
    pub parses: Count,
    /// Pairs of occurrences whose stand-ins agree or differ as their values do.
    pub correlation: Count,
    /// Files that do not change when they are cleaned again.
    pub idempotent: Count,
    /// What leaked.
    pub leaks: Vec<Leak>,
    /// What is gone and should not be.
    pub losses: Vec<Loss>,
    /// What else is wrong, as a person reads it.
    pub faults: Vec<String>,
}

impl Score {
    /// Survivors of all kinds.
    pub fn keep(&self) -> Count {
        self.keeps.values().fold(Count::default(), |sum, count| Count {
            all: sum.all + count.all,
            right: sum.right + count.right,
        })
    }

    /// Critical secrets that leaked although a name stood before them.
    pub fn named_critical_leaks(&self) -> usize {
        self.leaks.iter().filter(|leak| leak.named && leak.severity == Severity::Critical).count()
    }
}

/// The redactor that a report would use: it knows what the presets teach.
pub fn redactor(corpus: &Corpus) -> Redactor {
    let mut known = KnownValues::new();
    for file in corpus.files.iter().filter(|file| file.teaches) {
        known.learn(Raw::from_bytes(file.bytes.clone()), &file.name);
    }
    let tiers = Tiers { balances: Tier::Removed, ..Tiers::default() };
    Redactor::builder().key(StandInKey::from_bytes(&[7; 32])).known(known).tiers(tiers).build()
}

/// Cleans one file; an error is a file that is left out.
pub fn clean(redactor: &Redactor, name: &str, bytes: Vec<u8>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    redactor.clean_stream(Raw::from_bytes(bytes), name, &mut out).ok().map(|_| out)
}

/// Cleans all and counts.
pub fn score(corpus: &Corpus) -> Score {
    let redactor = redactor(corpus);
    let mut score = Score::default();
    let mut stand_ins = judge::StandIns::default();
    for file in &corpus.files {
        let Some(bytes) = clean(&redactor, &file.name, file.bytes.clone()) else {
            score.faults.push(format!("{}: left out", file.name));
            score.parses.add(false);
            for kept in &file.kept {
                score.keeps.entry(kept.kind.clone()).or_default().add(false);
            }
            continue;
        };
        let text = open(file.packing, &bytes);
        score.judge(file, &text, &mut stand_ins);
        let again = clean(&redactor, &file.name, bytes.clone());
        score.idempotent.add(again.as_ref() == Some(&bytes));
        if again.as_ref() != Some(&bytes) {
            let again = open(file.packing, &again.unwrap_or_default());
            let changed = text.lines().zip(again.lines()).find(|(first, second)| first != second);
            score.faults.push(format!("{}: not idempotent: {changed:?}", file.name));
        }
    }
    for name in &corpus.names {
        let (clean, _) = redactor.clean_path(&name.path);
        let gone = !clean.as_str().contains(&name.secret.made.text);
        score.count(&name.secret.kind, "file name", name.secret.severity, gone);
        if !gone {
            score.faults.push(format!("file name: {} in {}", name.secret.kind, clean.as_str()));
        }
        score
            .keeps
            .entry("rest of a file name".to_owned())
            .or_default()
            .add(clean.as_str().ends_with(&name.rest));
    }
    stand_ins.finish(&mut score);
    score
}

impl Score {
    fn count(&mut self, kind: &str, context: &str, severity: Severity, gone: bool) {
        let severity = match severity {
            Severity::Critical => "critical",
            Severity::Personal => "personal",
            Severity::Low => "low",
        };
        self.kinds.entry(kind.to_owned()).or_default().add(gone);
        self.contexts.entry(context.to_owned()).or_default().add(gone);
        self.severities.entry(severity).or_default().add(gone);
    }

    fn judge(&mut self, file: &File, text: &str, stand_ins: &mut judge::StandIns) {
        judge::secrets(self, file, text);
        judge::survivors(self, file, text);
        judge::lines(self, file, text);
        stand_ins.collect(file, text);
        if let Some(before) = parse::outline(file.form, &file.text) {
            let fault = parse::fault(file.form, &before, text);
            self.parses.add(fault.is_none());
            if let Some(fault) = fault {
                let changed: Vec<_> = file
                    .text
                    .split('\n')
                    .zip(text.split('\n'))
                    .filter(|(before, after)| before != after)
                    .map(|(_, after)| after.chars().take(160).collect::<String>())
                    .collect();
                self.faults.push(format!("{}: {fault}; lines that changed: {changed:#?}", file.name));
            }
        } else if file.form != crate::corpus::formats::Form::Text {
            self.faults.push(format!("{}: did not parse before", file.name));
        }
    }
}
