//! From the text of a table to its rows: every complaint names the line and the field.

mod condition;

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use self::condition::{EntryFile, FactFile, LogFile, SequenceFile};
use super::table::{Analyser, Severity, Words};
use crate::report::{Category, Priority};

/// What is wrong with a table of analysers, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: `{field}`: {problem}")]
pub struct AnalysersError {
    /// The line of the file, from 1.
    pub line: usize,
    /// The field, as a dotted path.
    pub field: String,
    /// What is wrong with it, and what was expected.
    pub problem: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableFile {
    #[serde(default)]
    without: Vec<Spanned<String>>,
    #[serde(default)]
    impacts: Vec<ImpactFile>,
    #[serde(default)]
    analysers: Vec<Spanned<AnalyserFile>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ImpactFile {
    id: Spanned<String>,
    priority: Priority,
    reason: WordsFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsFile {
    en: Spanned<String>,
    pl: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnalyserFile {
    id: Spanned<String>,
    category: Category,
    severity: Severity,
    impact: Spanned<String>,
    title: WordsFile,
    cause: WordsFile,
    advice: WordsFile,
    report: Option<WordsFile>,
    #[serde(default)]
    sources: Vec<Spanned<String>>,
    #[serde(default)]
    yields_to: Vec<Spanned<String>>,
    log: Option<LogFile>,
    sequence: Option<SequenceFile>,
    fact: Option<FactFile>,
    #[serde(default)]
    facts: Vec<FactFile>,
    entry: Option<EntryFile>,
}

type Checked<T> = Result<T, AnalysersError>;
type Impacts = BTreeMap<String, (Priority, Words)>;

/// Knows the text, so that a place in it can be told as a line.
struct Reader<'a> {
    source: &'a str,
}

/// The rows, and the impacts that rows name.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Analyser>,
    impacts: Impacts,
}

/// Reads tables, one after another, on top of another: a later row replaces an earlier one with its id.
pub(super) fn parse(sources: &[&str], table: Table) -> Checked<Table> {
    let Table { mut rows, mut impacts } = table;
    let (mut yielding, mut gone) = (Vec::new(), Vec::<String>::new());
    for source in sources {
        let reader = Reader { source };
        let file: TableFile = toml::from_str(source).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            reader.error(at, &reader.key_at(at), error.message().trim())
        })?;
        for impact in file.impacts {
            let field = format!("impacts.{}", impact.id.get_ref());
            let reason = reader.words(&impact.reason, &format!("{field}.reason"))?;
            impacts.insert(impact.id.get_ref().clone(), (impact.priority, reason));
        }
        for id in &file.without {
            let known = rows.len();
            rows.retain(|row| row.id != *id.get_ref());
            if rows.len() == known {
                return reader.fail(id, "without", "names no analyser");
            }
            gone.push(id.get_ref().clone());
        }
        let mut own = Vec::<String>::new();
        for spanned in file.analysers {
            let row = reader.analyser(&spanned, &impacts)?;
            let file = spanned.into_inner();
            if own.contains(&row.id) {
                return reader.fail(&file.id, "analysers.id", "is there twice");
            }
            own.push(row.id.clone());
            let field = format!("analysers.{}.yields_to", row.id);
            yielding.extend(file.yields_to.into_iter().map(|other| (*source, field.clone(), other)));
            match rows.iter_mut().find(|known| known.id == row.id) {
                Some(known) => *known = row,
                None => rows.push(row),
            }
        }
    }
    // Rows may yield to any other row, also to one that comes later.
    for (source, field, other) in &yielding {
        // Whom a vendor has taken away nobody has to yield to.
        let known = rows.iter().any(|row| row.id == *other.get_ref()) || gone.contains(other.get_ref());
        if !known {
            return Reader { source }.fail(other, field, "names no analyser");
        }
    }
    Ok(Table { rows, impacts })
}

impl Reader<'_> {
    fn analyser(&self, spanned: &Spanned<AnalyserFile>, impacts: &Impacts) -> Checked<Analyser> {
        let file = spanned.get_ref();
        let id = self.id(&file.id)?;
        let name = |field: &str| format!("analysers.{id}.{field}");
        let Some((priority, reason)) = impacts.get(file.impact.get_ref()) else {
            return self.fail(&file.impact, &name("impact"), "names no impact of [[impacts]]");
        };
        for source in &file.sources {
            if !source.get_ref().starts_with("https://") {
                return self.fail(source, &name("sources"), "expected an address that begins with https://");
            }
        }
        let conditions = self.conditions(file, &name)?;
        if conditions.is_empty() {
            let problem = "has no condition: expected log, sequence, fact, facts or entry";
            return self.fail(&file.id, &format!("analysers.{id}"), problem);
        }
        let words = |words: &WordsFile, field: &str| self.words(words, &name(field));
        Ok(Analyser {
            severity: file.severity,
            category: file.category,
            priority: *priority,
            reason: reason.clone(),
            title: words(&file.title, "title")?,
            cause: words(&file.cause, "cause")?,
            advice: words(&file.advice, "advice")?,
            report: file.report.as_ref().map(|report| words(report, "report")).transpose()?,
            sources: file.sources.iter().map(|source| source.get_ref().clone()).collect(),
            yields_to: file.yields_to.iter().map(|other| other.get_ref().clone()).collect(),
            conditions,
            id,
        })
    }

    /// A name that is an anchor of a document and a file name everywhere.
    fn id(&self, id: &Spanned<String>) -> Checked<String> {
        let text = id.get_ref();
        let good =
            text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if good && !text.is_empty() && text.len() <= 60 && !text.starts_with('-') && !text.ends_with('-') {
            Ok(text.clone())
        } else {
            self.fail(id, "analysers.id", "expected small letters, digits and dashes, 60 at most")
        }
    }

    fn words(&self, words: &WordsFile, field: &str) -> Checked<Words> {
        let filled = |text: &Spanned<String>, language: &str| {
            if text.get_ref().trim().is_empty() {
                return self.fail(text, &format!("{field}.{language}"), "is empty");
            }
            Ok(text.get_ref().clone())
        };
        Ok(Words { en: filled(&words.en, "en")?, pl: filled(&words.pl, "pl")? })
    }

    fn fail<T, V>(&self, at: &Spanned<V>, field: &str, problem: &str) -> Checked<T> {
        Err(self.error(at.span().start, field, problem))
    }

    fn error(&self, at: usize, field: &str, problem: &str) -> AnalysersError {
        AnalysersError { line: self.line(at), field: field.to_owned(), problem: problem.to_owned() }
    }

    fn line(&self, at: usize) -> usize {
        let before = &self.source.as_bytes()[..at.min(self.source.len())];
        memchr::memchr_iter(b'\n', before).count() + 1
    }

    /// The key that stands on the line of a syntax or type error: the parser does not tell the path.
    fn key_at(&self, at: usize) -> String {
        let line = self.source.lines().nth(self.line(at) - 1).unwrap_or_default();
        let key = line.split('=').next().unwrap_or_default().trim();
        key.trim_matches(|c| c == '[' || c == ']').to_owned()
    }
}
