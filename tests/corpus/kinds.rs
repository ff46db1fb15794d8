//! Every kind of secret that is planted: what it looks like, what it is called, where it is really seen.

mod brokers;
mod exchanges;
mod people;
mod requests;
mod services;
mod wallets;

use casefile::redact::Severity;

use super::checked;
use super::pattern::{self, Made};
use super::sheet::{Judge, Secret};
use crate::seeded::Seeded;

/// A row of the tables.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// `vendor.what`.
    pub name: &'static str,
    /// How bad a leak is.
    pub severity: Severity,
    /// What it looks like.
    pub pattern: &'static str,
    /// Names under which it stands in settings, in snake case; none: it stands in no settings.
    pub keys: &'static [&'static str],
    /// Log messages in which it is really seen; `«»` is its place.
    pub lines: &'static [&'static str],
    /// How a leak is told.
    pub judge: Judge,
    /// Whether a name, header or URL names it in `lines`; otherwise its shape has to do.
    pub named: bool,
}

impl Kind {
    const fn critical(
        name: &'static str,
        pattern: &'static str,
        keys: &'static [&'static str],
        lines: &'static [&'static str],
    ) -> Self {
        Self { name, severity: Severity::Critical, pattern, keys, lines, judge: Judge::Random, named: true }
    }

    const fn personal(
        name: &'static str,
        pattern: &'static str,
        keys: &'static [&'static str],
        lines: &'static [&'static str],
    ) -> Self {
        Self { name, severity: Severity::Personal, pattern, keys, lines, judge: Judge::Whole, named: true }
    }

    const fn low(
        name: &'static str,
        pattern: &'static str,
        keys: &'static [&'static str],
        lines: &'static [&'static str],
    ) -> Self {
        Self { name, severity: Severity::Low, pattern, keys, lines, judge: Judge::Whole, named: true }
    }

    const fn judged(mut self, judge: Judge) -> Self {
        self.judge = judge;
        self
    }

    /// Its shape has to do.
    const fn bare(mut self) -> Self {
        self.named = false;
        self
    }

    /// The part of the name before the dot.
    pub fn vendor(&self) -> &'static str {
        self.name.split_once('.').map_or(self.name, |(vendor, _)| vendor)
    }

    /// Whether the value fits into one line of settings.
    pub fn is_short(&self) -> bool {
        !self.pattern.contains("pem-") && !self.pattern.contains("putty")
    }

    /// Makes a value of this kind.
    pub fn secret(&self, seeded: &mut Seeded) -> Secret {
        let mut made = pattern::make(self.pattern, seeded);
        if !self.is_short() {
            let body = checked::secret_body(&made.text);
            let lines = body.lines().filter_map(|line| made.text.find(line).map(|at| at..at + line.len()));
            made = Made { random: lines.collect(), text: made.text.clone() };
        }
        Secret { kind: self.name.to_owned(), severity: self.severity, judge: self.judge, made }
    }
}

/// All tables, one after another.
pub fn all() -> Vec<&'static Kind> {
    let tables: [&'static [Kind]; 6] =
        [exchanges::KINDS, brokers::KINDS, requests::KINDS, services::KINDS, wallets::KINDS, people::KINDS];
    tables.into_iter().flatten().collect()
}
