//! What an analyser has to say.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::line::Captures;
use super::table::{Analyser, Severity, Words};
use crate::report::{Category, Priority};

/// Something that is wrong, what to do about it, and where it is seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The analyser, and the anchor in `docs/user_manual/troubleshooting.md`.
    pub id: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub title: Words,
    /// Where it comes from.
    pub cause: Words,
    /// What to do about it.
    pub advice: Words,
    /// The category that a ticket about it has.
    pub category: Category,
    /// The priority that a ticket about it has.
    pub priority: Priority,
    /// Why it has this priority.
    pub reason: Words,
    /// How many lines say so, in all logs together; 0 where no log does.
    pub count: u64,
    /// Whether there were more, which were not counted.
    #[serde(default, skip_serializing_if = "is_false")]
    pub at_least: bool,
    /// When a line said so first, if its log has times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_at: Option<Timestamp>,
    /// When a line said so last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_at: Option<Timestamp>,
    /// The first lines, and the last.
    pub evidence: Vec<Evidence>,
    /// Where it is described.
    pub anchor: String,
    /// Where its codes and words are documented.
    #[serde(default)]
    pub sources: Vec<String>,
    /// What placeholders in the texts stand for.
    #[serde(skip)]
    pub(super) captures: Captures,
}

/// One line, or one fact, that a finding rests on. Its text has no control characters and is cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The entry of the bundle; of a fact, the entry that says it.
    pub file: String,
    /// Number of the line, from 1; 0 of a fact.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub line: u64,
    /// When the record was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// What it says.
    pub text: String,
}

impl Evidence {
    /// Keeps the place only.
    pub(super) fn forget(&mut self) {
        self.text.clear();
    }

    /// By time, then by place.
    pub(super) fn key(&self) -> (Option<Timestamp>, &str, u64) {
        (self.at, &self.file, self.line)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(value: &u64) -> bool {
    *value == 0
}

/// The document that anchors lead into; `troubleshooting.pl.md` beside it has the same ones.
pub const MANUAL: &str = "docs/user_manual/troubleshooting.md";

impl Finding {
    pub(super) fn of(row: &Analyser) -> Self {
        Self {
            id: row.id.clone(),
            severity: row.severity,
            title: row.title.clone(),
            cause: row.cause.clone(),
            advice: row.advice.clone(),
            category: row.category,
            priority: row.priority,
            reason: row.reason.clone(),
            count: 0,
            at_least: false,
            first_at: None,
            last_at: None,
            evidence: Vec::new(),
            anchor: format!("{MANUAL}#{}", row.id),
            sources: row.sources.clone(),
            captures: Captures::new(),
        }
    }

    /// The more important the smaller.
    pub(super) fn rank(&self) -> impl Ord + use<> {
        (self.severity, self.priority, std::cmp::Reverse(self.count), self.id.clone())
    }

    /// Puts what was captured where the texts have `{name}`.
    pub(super) fn fill_in(&mut self) {
        for (name, value) in &self.captures {
            let placeholder = format!("{{{name}}}");
            for words in [&mut self.title, &mut self.cause, &mut self.advice] {
                for text in [&mut words.en, &mut words.pl] {
                    if text.contains(&placeholder) {
                        *text = text.replace(&placeholder, value);
                    }
                }
            }
        }
    }

    /// Puts what comes from the evidence through `clean`.
    pub(super) fn clean_evidence(&mut self, clean: impl Fn(&str) -> String) {
        for evidence in &mut self.evidence {
            evidence.text = clean(&evidence.text);
        }
        for value in self.captures.values() {
            let cleaned = clean(value);
            if cleaned != *value {
                for words in [&mut self.title, &mut self.cause, &mut self.advice] {
                    words.en = words.en.replace(value.as_str(), &cleaned);
                    words.pl = words.pl.replace(value.as_str(), &cleaned);
                }
            }
        }
    }

    /// Puts what the table says through `clean`.
    pub(super) fn clean_words(&mut self, clean: impl Fn(&str) -> String) {
        for words in [&mut self.title, &mut self.cause, &mut self.advice, &mut self.reason] {
            words.en = clean(&words.en);
            words.pl = clean(&words.pl);
        }
        self.sources.iter_mut().for_each(|source| *source = clean(source));
    }

    /// One finding as an object that both casefile and troubleshoot read: see `docs/format.md`.
    fn to_value(&self) -> Value {
        let own = serde_json::to_value(self).ok();
        let mut object = match own {
            Some(Value::Object(object)) => object,
            _ => Map::new(),
        };
        let labels = json!({ "category": self.category, "priority": self.priority });
        let insight = json!({
            "name": self.id,
            "labels": labels,
            "primary": self.title.en,
            "detail": self.advice.en,
            "severity": self.severity,
        });
        object.insert("name".to_owned(), self.id.clone().into());
        object.insert("labels".to_owned(), labels);
        object.insert("insight".to_owned(), insight);
        object.insert("analyzerSpec".to_owned(), "".into());
        Value::Object(object)
    }
}

/// The findings as `findings.json`: an array that troubleshoot's `analysis.json` readers understand as well.
pub fn to_json(findings: &[Finding]) -> Value {
    findings.iter().map(Finding::to_value).collect()
}
