//! The rows of the table.

use std::time::Duration;

use regex_automata::meta::Regex;
use serde::{Deserialize, Serialize};

use crate::bundle::Status;
use crate::report::{Category, Language, Priority};
use crate::stamp::Level;

/// How bad it is; the words are those of troubleshoot's `analysis.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It stops the bot from doing its work.
    Error,
    /// It will, or it does so at times.
    Warn,
    /// Good to know.
    Info,
}

impl Severity {
    /// The word in JSON and in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
        }
    }
}

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Words {
    /// English.
    pub en: String,
    /// Polish.
    pub pl: String,
}

impl Words {
    /// The sentence in one language.
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Pl => &self.pl,
        }
    }
}

/// One row: when it speaks, and what it says.
#[derive(Debug, Clone)]
pub struct Analyser {
    /// Its name, and its anchor in `docs/user_manual/troubleshooting.md`.
    pub id: String,
    /// How bad it is.
    pub severity: Severity,
    /// The category of the support plan that a ticket about it has.
    pub category: Category,
    /// The priority that a ticket about it has.
    pub priority: Priority,
    /// Why it has this priority.
    pub reason: Words,
    /// What is wrong.
    pub title: Words,
    /// Where it comes from.
    pub cause: Words,
    /// What to do about it.
    pub advice: Words,
    /// When to report it; absent where a report does no more than the advice.
    pub report: Option<Words>,
    /// Where its codes and words are documented.
    pub sources: Vec<String>,
    /// Says nothing when one of these has found something.
    pub yields_to: Vec<String>,
    /// All of them have to hold.
    pub(super) conditions: Vec<Condition>,
}

impl Analyser {
    /// The words that it looks for in logs, as a person would see them; none when it looks at facts only.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let lines = self.conditions.iter().flat_map(super::search::lines_of);
        lines.flat_map(|line| &line.any).map(String::as_str)
    }
}

#[derive(Debug, Clone)]
pub(super) enum Condition {
    Log(LogCondition),
    Sequence(Sequence),
    Fact(FactCondition),
    Entry(EntryCondition),
}

/// A line of a log.
#[derive(Debug, Clone)]
pub(super) struct LineCondition {
    /// One of these words has to stand on the line, whatever its case.
    pub(super) any: Vec<String>,
    pub(super) pattern: Option<Regex>,
    pub(super) unless: Option<Regex>,
    /// The least level of the record; one without a level counts.
    pub(super) level: Option<Level>,
}

/// So many lines.
#[derive(Debug, Clone)]
pub(super) struct LogCondition {
    pub(super) line: LineCondition,
    pub(super) count: u64,
    /// They stand in a span of time in one log.
    pub(super) within: Option<Duration>,
    /// The name of a capture of the pattern that is equal in all of them.
    pub(super) same: Option<String>,
}

impl LogCondition {
    /// How many lines have to be there in any case; with a span the tally knows.
    pub(super) fn enough(&self) -> u64 {
        self.count
    }
}

/// Lines of one log, one after another.
#[derive(Debug, Clone)]
pub(super) struct Sequence {
    pub(super) steps: Vec<LineCondition>,
    pub(super) within: Option<Duration>,
}

/// Something that the bundle says of machine, licence, product or presets.
#[derive(Debug, Clone)]
pub(super) struct FactCondition {
    /// The dotted name; `*` stands for any part of it.
    pub(super) key: globset::GlobMatcher,
    pub(super) test: FactTest,
}

#[derive(Debug, Clone)]
pub(super) enum FactTest {
    OneOf(Vec<String>),
    Matches(Regex),
    Below(f64),
    Above(f64),
    /// A time that was over when the bundle was sealed.
    Past,
    /// A version that is newer than another fact.
    NewerThan(String),
}

/// Something that should be in the bundle and is not as it should be.
#[derive(Debug, Clone)]
pub(super) struct EntryCondition {
    pub(super) name: globset::GlobMatcher,
    pub(super) status: Vec<Status>,
    pub(super) reason: Option<Regex>,
}
