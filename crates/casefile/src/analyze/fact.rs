//! What a bundle says besides its logs: machine, licence, product, presets, and what could not be collected.

use jiff::Timestamp;
use serde_json::Value;

use super::finding::{Evidence, Finding};
use super::line::plain;
use super::table::{EntryCondition, FactCondition, FactTest};
use crate::bundle::{Bundle, Entry, Status};
use crate::compare::{Values, flatten, preset_values};
use crate::report::ReportBody;

/// A value is cut here before people see it.
const MAX_VALUE_CHARS: usize = 120;
/// Values that one finding names.
const MAX_EVIDENCE: usize = 4;

/// The facts of one report. Names are dotted: `system.os`, `license.status`, `app.version`, `preset.grid.levels`.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    values: Vec<Fact>,
    entries: Vec<EntryFact>,
    sealed_at: Option<Timestamp>,
}

#[derive(Debug, Clone)]
struct Fact {
    key: String,
    value: String,
    /// The entry that says it.
    file: String,
}

#[derive(Debug, Clone)]
struct EntryFact {
    name: String,
    status: Status,
    reason: String,
}

impl Facts {
    /// Reads the facts of a bundle.
    pub fn of(bundle: &Bundle) -> Self {
        let manifest = bundle.manifest();
        let report = bundle.report().ok();
        let mut facts = Self::new(report.as_ref(), manifest.sealed_at, &manifest.entries);
        for entry in &manifest.entries {
            if entry.name.starts_with("preset/") && entry.status.is_stored() {
                facts.push_values("preset", &entry.name, preset_values(bundle, &entry.name));
            }
        }
        facts
    }

    /// Takes the facts of a report's text and the list of what was collected for it.
    pub(crate) fn new(report: Option<&ReportBody>, sealed_at: Timestamp, entries: &[Entry]) -> Self {
        let mut facts = Self { sealed_at: Some(sealed_at), ..Self::default() };
        let told = |entry: &Entry| EntryFact {
            name: entry.name.clone(),
            status: entry.status,
            reason: entry.reason.clone().unwrap_or_default(),
        };
        facts.entries = entries.iter().map(told).collect();
        if let Some(report) = report {
            facts.push_json("app", "report.json", serde_json::to_value(&report.app).ok().as_ref());
            facts.push_json("system", "system.json", report.system.as_ref());
            facts.push_json("license", "license.json", serde_json::to_value(&report.license).ok().as_ref());
            facts.push_json("fingerprint", "fingerprint.json", report.fingerprint.as_ref());
        }
        facts
    }

    fn push_json(&mut self, name: &str, file: &str, value: Option<&Value>) {
        let mut values = Values::new();
        if let Some(value) = value.filter(|value| !value.is_null()) {
            flatten("", value, &mut values);
        }
        self.push_values(name, file, values);
    }

    pub(super) fn push_values(&mut self, name: &str, file: &str, values: Values) {
        for (key, value) in values {
            self.values.push(Fact { key: format!("{name}.{key}"), value, file: file.to_owned() });
        }
    }

    /// Writes the facts that a condition asks for into a finding, if there are any.
    pub(super) fn tell(&self, condition: &FactCondition, finding: &mut Finding) -> Option<()> {
        let told = self
            .values
            .iter()
            .filter(|fact| condition.key.is_match(&fact.key) && self.holds(condition, fact));
        let before = finding.evidence.len();
        for fact in told.take(MAX_EVIDENCE) {
            let value = plain(fact.value.as_bytes(), MAX_VALUE_CHARS);
            let text = format!("{} = {value}", plain(fact.key.as_bytes(), MAX_VALUE_CHARS));
            finding.evidence.push(Evidence { file: fact.file.clone(), line: 0, at: None, text });
            finding.captures.entry("value".to_owned()).or_insert(value);
        }
        (finding.evidence.len() > before).then_some(())
    }

    fn holds(&self, condition: &FactCondition, fact: &Fact) -> bool {
        let value = fact.value.trim();
        // A number that could not be read is told as 0.
        let number = || value.parse::<f64>().ok().filter(|number| *number > 0.0);
        match &condition.test {
            FactTest::OneOf(known) => known.iter().any(|known| known.eq_ignore_ascii_case(value)),
            FactTest::Matches(pattern) => pattern.is_match(value),
            FactTest::Below(limit) => number().is_some_and(|number| number < *limit),
            FactTest::Above(limit) => number().is_some_and(|number| number > *limit),
            FactTest::Past => {
                let at = value.parse::<Timestamp>().ok();
                at.zip(self.sealed_at).is_some_and(|(at, sealed_at)| at < sealed_at)
            }
            FactTest::NewerThan(key) => {
                let other = self.values.iter().find(|other| other.key == *key);
                let newer = |other: &Fact| Some(version(value)? > version(&other.value)?);
                other.and_then(newer).unwrap_or(false)
            }
        }
    }

    /// Writes the entries that a condition asks for into a finding, if there are any.
    pub(super) fn tell_entry(&self, condition: &EntryCondition, finding: &mut Finding) -> Option<()> {
        let told = self.entries.iter().filter(|entry| {
            condition.name.is_match(&entry.name)
                && condition.status.contains(&entry.status)
                && condition.reason.as_ref().is_none_or(|reason| reason.is_match(&entry.reason))
        });
        let before = finding.evidence.len();
        for entry in told.take(MAX_EVIDENCE) {
            let text =
                format!("{}: {}", entry.status.as_str(), plain(entry.reason.as_bytes(), MAX_VALUE_CHARS));
            let file = plain(entry.name.as_bytes(), MAX_VALUE_CHARS);
            finding.evidence.push(Evidence { file, line: 0, at: None, text });
        }
        (finding.evidence.len() > before).then_some(())
    }
}

/// The numbers of a version: `v2.10.1-beta` is 2, 10, 1.
fn version(text: &str) -> Option<Vec<u64>> {
    let text = text.trim().trim_start_matches(['v', 'V']);
    let numbers = text.split(['-', '+', ' ']).next().unwrap_or_default();
    let mut parsed: Vec<u64> = numbers.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    // 2.4 and 2.4.0 are one version.
    while parsed.last() == Some(&0) {
        parsed.pop();
    }
    Some(parsed)
}

#[cfg(test)]
impl Facts {
    /// Facts from lines of a test: `system.os = Windows`, `entry logs/a.log = failed: permission denied`.
    pub(super) fn of_lines<'a>(lines: impl IntoIterator<Item = &'a str>, sealed_at: Timestamp) -> Self {
        let mut facts = Self { sealed_at: Some(sealed_at), ..Self::default() };
        for line in lines {
            let (key, value) = line.split_once(" = ").expect("a fact is `name = value`");
            if let Some(name) = key.strip_prefix("entry ") {
                let (status, reason) = value.split_once(": ").expect("an entry has a status and a reason");
                let status = serde_json::from_value(status.into()).expect("a status");
                facts.entries.push(EntryFact { name: name.to_owned(), status, reason: reason.to_owned() });
            } else {
                facts.values.push(Fact {
                    key: key.to_owned(),
                    value: value.to_owned(),
                    file: "system.json".to_owned(),
                });
            }
        }
        facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        for (one, other) in [("2.10", "2.9.9"), ("v2.4.1", "2.4"), ("3", "2.99-beta")] {
            assert!(version(one) > version(other), "{one} {other}");
        }
        assert_eq!(version("2.4.0-rc1"), version("2.4"));
        assert_eq!(version("soon"), None);
    }
}
