//! The conditions of a row.

use std::time::Duration;

use regex_automata::meta::Regex;
use regex_automata::util::syntax;
use serde::Deserialize;
use toml::Spanned;

use super::{AnalyserFile, Checked, Reader};
use crate::analyze::table::{
    Condition, EntryCondition, FactCondition, FactTest, LineCondition, LogCondition, Sequence,
};
use crate::bundle::Status;
use crate::stamp::Level;

/// A shorter word is found everywhere, and every place costs.
const MIN_WORD_BYTES: usize = 4;
/// Lines that can be asked for; their times are held in memory.
const MAX_COUNT: u64 = 1_000;
const MAX_STEPS: usize = 5;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LogFile {
    any: Spanned<Vec<Spanned<String>>>,
    pattern: Option<Spanned<String>>,
    unless: Option<Spanned<String>>,
    level: Option<Level>,
    count: Option<Spanned<u64>>,
    within: Option<Spanned<String>>,
    same: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SequenceFile {
    steps: Spanned<Vec<StepFile>>,
    within: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepFile {
    any: Spanned<Vec<Spanned<String>>>,
    pattern: Option<Spanned<String>>,
    unless: Option<Spanned<String>>,
    level: Option<Level>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FactFile {
    key: Spanned<String>,
    one_of: Option<Vec<String>>,
    matches: Option<Spanned<String>>,
    below: Option<f64>,
    above: Option<f64>,
    #[serde(default)]
    past: bool,
    newer_than: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryFile {
    name: Spanned<String>,
    status: Spanned<Vec<Status>>,
    reason: Option<Spanned<String>>,
}

impl Reader<'_> {
    pub(super) fn conditions(
        &self,
        file: &AnalyserFile,
        name: &dyn Fn(&str) -> String,
    ) -> Checked<Vec<Condition>> {
        let mut conditions = Vec::new();
        if let Some(log) = &file.log {
            conditions.push(Condition::Log(self.log(log, &name("log"))?));
        }
        if let Some(sequence) = &file.sequence {
            if file.log.is_some() {
                return self.fail(
                    &sequence.steps,
                    &name("sequence"),
                    "stands beside log: make the log a step",
                );
            }
            conditions.push(Condition::Sequence(self.sequence(sequence, &name("sequence"))?));
        }
        for fact in file.fact.iter().chain(&file.facts) {
            conditions.push(Condition::Fact(self.fact(fact, &name("fact"))?));
        }
        if let Some(entry) = &file.entry {
            conditions.push(Condition::Entry(self.entry(entry, &name("entry"))?));
        }
        Ok(conditions)
    }

    fn log(&self, file: &LogFile, field: &str) -> Checked<LogCondition> {
        let pattern = self.optional_pattern(file.pattern.as_ref(), &format!("{field}.pattern"))?;
        if let Some(same) = &file.same {
            let named = pattern.as_ref().is_some_and(|pattern| {
                let mut names = pattern.group_info().pattern_names(regex_automata::PatternID::ZERO);
                names.any(|known| known == Some(same.get_ref()))
            });
            if !named {
                return self.fail(
                    same,
                    &format!("{field}.same"),
                    "names no capture (?P<name>…) of the pattern",
                );
            }
        }
        let count = match &file.count {
            None => 1,
            Some(count) if (1..=MAX_COUNT).contains(count.get_ref()) => *count.get_ref(),
            Some(count) => return self.fail(count, &format!("{field}.count"), "expected 1 to 1000"),
        };
        Ok(LogCondition {
            line: LineCondition {
                any: self.any(&file.any, &format!("{field}.any"))?,
                pattern,
                unless: self.optional_pattern(file.unless.as_ref(), &format!("{field}.unless"))?,
                level: file.level,
            },
            count,
            within: self.within(file.within.as_ref(), &format!("{field}.within"))?,
            same: file.same.as_ref().map(|same| same.get_ref().clone()),
        })
    }

    fn sequence(&self, file: &SequenceFile, field: &str) -> Checked<Sequence> {
        let files = file.steps.get_ref();
        if !(2..=MAX_STEPS).contains(&files.len()) {
            return self.fail(&file.steps, &format!("{field}.steps"), "expected 2 to 5 steps");
        }
        let step = |file: &StepFile| {
            Ok(LineCondition {
                any: self.any(&file.any, &format!("{field}.steps.any"))?,
                pattern: self.optional_pattern(file.pattern.as_ref(), &format!("{field}.steps.pattern"))?,
                unless: self.optional_pattern(file.unless.as_ref(), &format!("{field}.steps.unless"))?,
                level: file.level,
            })
        };
        Ok(Sequence {
            steps: files.iter().map(step).collect::<Checked<_>>()?,
            within: self.within(file.within.as_ref(), &format!("{field}.within"))?,
        })
    }

    fn fact(&self, file: &FactFile, field: &str) -> Checked<FactCondition> {
        let tests = [
            file.one_of.clone().map(FactTest::OneOf),
            self.optional_pattern(file.matches.as_ref(), &format!("{field}.matches"))?.map(FactTest::Matches),
            file.below.map(FactTest::Below),
            file.above.map(FactTest::Above),
            file.past.then_some(FactTest::Past),
            file.newer_than.clone().map(FactTest::NewerThan),
        ];
        let mut tests = tests.into_iter().flatten();
        let (Some(test), None) = (tests.next(), tests.next()) else {
            let problem = "expected exactly one of one_of, matches, below, above, past, newer_than";
            return self.fail(&file.key, field, problem);
        };
        Ok(FactCondition { key: self.glob(&file.key, false, &format!("{field}.key"))?, test })
    }

    fn entry(&self, file: &EntryFile, field: &str) -> Checked<EntryCondition> {
        if file.status.get_ref().is_empty() {
            return self.fail(&file.status, &format!("{field}.status"), "is empty");
        }
        Ok(EntryCondition {
            name: self.glob(&file.name, true, &format!("{field}.name"))?,
            status: file.status.get_ref().clone(),
            reason: self.optional_pattern(file.reason.as_ref(), &format!("{field}.reason"))?,
        })
    }

    fn any(&self, words: &Spanned<Vec<Spanned<String>>>, field: &str) -> Checked<Vec<String>> {
        if words.get_ref().is_empty() {
            return self.fail(words, field, "is empty: without a word every line would have to be tried");
        }
        for word in words.get_ref() {
            if word.get_ref().trim().len() < MIN_WORD_BYTES || word.get_ref().contains('\n') {
                return self.fail(word, field, "expected words of one line, of 4 bytes at least");
            }
        }
        Ok(words.get_ref().iter().map(|word| word.get_ref().clone()).collect())
    }

    fn optional_pattern(&self, text: Option<&Spanned<String>>, field: &str) -> Checked<Option<Regex>> {
        let Some(text) = text else { return Ok(None) };
        // Bytes, not characters: a log may hold anything. No case, because loggers do not agree on it.
        let syntax = syntax::Config::new().unicode(false).utf8(false).case_insensitive(true);
        let config = Regex::config().nfa_size_limit(Some(1 << 20)).utf8_empty(false);
        match Regex::builder().configure(config).syntax(syntax).build(text.get_ref()) {
            Ok(pattern) => Ok(Some(pattern)),
            Err(error) => {
                let why = error.syntax_error().map_or_else(|| error.to_string(), ToString::to_string);
                let why =
                    why.lines().last().unwrap_or_default().trim().trim_start_matches("error: ").to_owned();
                self.fail(text, field, &format!("is no regular expression: {why}"))
            }
        }
    }

    fn glob(&self, text: &Spanned<String>, separated: bool, field: &str) -> Checked<globset::GlobMatcher> {
        match globset::GlobBuilder::new(text.get_ref()).literal_separator(separated).build() {
            Ok(glob) => Ok(glob.compile_matcher()),
            Err(_) => self.fail(text, field, "is no name with * in it"),
        }
    }

    /// `30s`, `5m`, `2h`; a day at most.
    fn within(&self, text: Option<&Spanned<String>>, field: &str) -> Checked<Option<Duration>> {
        let Some(text) = text else { return Ok(None) };
        let value = text.get_ref();
        let unit_seconds = match value.as_bytes().last() {
            Some(b's') => 1,
            Some(b'm') => 60,
            Some(b'h') => 3_600,
            _ => 0,
        };
        let digits = value.get(..value.len().saturating_sub(1)).and_then(|digits| digits.parse::<u32>().ok());
        let seconds = u64::from(digits.unwrap_or(0)) * unit_seconds;
        if (1..=86_400).contains(&seconds) {
            Ok(Some(Duration::from_secs(seconds)))
        } else {
            self.fail(text, field, "expected a length of time like 30s, 5m or 2h, a day at most")
        }
    }
}
