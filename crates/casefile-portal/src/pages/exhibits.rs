//! What was sent along: facts about the machine, and bundles.

use casefile::report::ReportBody;
use jiff::Timestamp;
use serde_json::Value;

use super::text;
use super::words::Words;
use crate::store::EvidenceRow;

/// A name and its value, both visible.
pub(super) struct Fact {
    pub(super) name: String,
    pub(super) value: String,
}

/// Facts under one heading.
pub(super) struct Section {
    pub(super) name: &'static str,
    pub(super) facts: Vec<Fact>,
}

/// A bundle.
pub(super) struct Evidence {
    pub(super) sha256: String,
    pub(super) size: String,
    pub(super) received: String,
    pub(super) sealed: String,
    pub(super) rules: String,
    pub(super) stored: usize,
    pub(super) unpacked: String,
    pub(super) hits: Vec<(String, u64)>,
    pub(super) entries: Vec<Entry>,
    pub(super) more: usize,
    pub(super) notes: Vec<Fact>,
}

/// One file of a bundle.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) status: &'static str,
    pub(super) reason: String,
    pub(super) size: String,
    pub(super) hidden: u64,
    /// Pixels that whoever reported has looked at.
    pub(super) is_picture: bool,
}

/// Facts about the machine, as the client sent them.
pub(super) fn machine(body: &ReportBody, words: Words) -> Vec<Section> {
    let sections = [(words.system(), body.system.as_ref())];
    sections
        .into_iter()
        .map(|(name, value)| {
            let mut facts = Vec::new();
            if let Some(value) = value {
                flatten("", value, &mut facts);
            }
            Section { name, facts }
        })
        .filter(|section| !section.facts.is_empty())
        .collect()
}

/// The leaves of a JSON value with their dotted paths, as far as anybody would read them.
pub(super) fn flatten(path: &str, value: &Value, facts: &mut Vec<Fact>) {
    const MAX_FACTS: usize = 100;
    if facts.len() >= MAX_FACTS {
        return;
    }
    let under = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(map) => map.iter().for_each(|(name, value)| flatten(&under(name), value, facts)),
        Value::Array(list) => {
            for (n, value) in list.iter().enumerate() {
                flatten(&under(&n.to_string()), value, facts);
            }
        }
        Value::Null => {}
        Value::String(text) => facts.push(fact(path, text)),
        Value::Number(number) => match number.as_u64().filter(|_| path.ends_with("_bytes")) {
            Some(bytes) => facts.push(fact(path.trim_end_matches("_bytes"), &text::size(bytes))),
            None => facts.push(fact(path, &number.to_string())),
        },
        Value::Bool(flag) => facts.push(fact(path, if *flag { "yes" } else { "no" })),
    }
}

fn fact(name: &str, value: &str) -> Fact {
    Fact { name: text::visible(&name.replace('_', " ")), value: text::visible(value) }
}

impl Evidence {
    pub(super) fn of(row: &EvidenceRow, civil: &impl Fn(Timestamp) -> String) -> Self {
        let summary = &row.summary;
        Self {
            sha256: row.sha256.clone(),
            size: text::size(row.bytes),
            received: civil(row.received_at),
            sealed: civil(summary.sealed_at),
            rules: text::visible(&summary.rules),
            stored: summary.stored,
            unpacked: text::size(summary.unpacked_bytes),
            hits: summary.hits.iter().map(|(rule, count)| (text::visible(rule), *count)).collect(),
            entries: summary
                .entries
                .iter()
                .map(|entry| Entry {
                    name: text::visible(&entry.name),
                    status: entry.status.as_str(),
                    reason: text::visible(entry.reason.as_deref().unwrap_or_default()),
                    size: if entry.status.is_stored() { text::size(entry.bytes) } else { String::new() },
                    hidden: entry.hidden(),
                    is_picture: entry.is_picture(),
                })
                .collect(),
            more: summary.more,
            notes: summary.notes.iter().map(|note| fact(&note.about, &note.text)).collect(),
        }
    }
}
