//! What is different between two bundles: it worked yesterday and is broken today.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use serde::Serialize;
use serde_json::Value;

use crate::bundle::Bundle;
use crate::logs::{self, Origin};
use crate::signature::signature;
use crate::stamp::Level;

/// The differences between two bundles; the values are as redacted as the bundles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Differences {
    /// Product, version, priority, category, licence.
    pub report: Vec<Change>,
    /// Facts of the machine, without those that change by themselves.
    pub system: Vec<Change>,
    /// Keys of presets, named after their entry.
    pub preset: Vec<Change>,
    /// What is logged as an error in the second bundle only, the most frequent first.
    pub new_errors: Vec<ErrorCount>,
    /// What is logged as an error in the first bundle only, the most frequent first.
    pub gone_errors: Vec<ErrorCount>,
}

/// A value that is not the same; absent where it is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Its name, with dots between keys.
    pub key: String,
    /// In the first bundle.
    pub before: Option<String>,
    /// In the second.
    pub after: Option<String>,
}

/// An error by its signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorCount {
    /// See [`mod@crate::signature`].
    pub signature: String,
    /// How often it was logged.
    pub count: u64,
}

impl Differences {
    /// Whether the bundles differ in nothing that is compared.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Compares two bundles. Reads every log of both once; memory is bounded by the number of different errors.
///
/// # Errors
/// What the disk says. A log whose packed bytes are damaged counts as far as it can be read.
pub fn compare(before: &Bundle, after: &Bundle) -> io::Result<Differences> {
    let (errors_before, errors_after) = (errors(before)?, errors(after)?);
    Ok(Differences {
        report: changes(&report(before), &report(after)),
        system: changes(&system(before), &system(after)),
        preset: changes(&presets(before), &presets(after)),
        new_errors: only_in(&errors_after, &errors_before),
        gone_errors: only_in(&errors_before, &errors_after),
    })
}

/// Largest preset that is looked into.
pub(crate) const MAX_PRESET_BYTES: u64 = 1 << 20;
/// Values of all presets together.
const MAX_VALUES: usize = 10_000;
/// Different errors of a bundle; a stranger's could be made of nothing else.
const MAX_SIGNATURES: usize = 10_000;
/// Errors that are told.
const MAX_TOLD: usize = 50;

/// Values by dotted names.
pub(crate) type Values = BTreeMap<String, String>;

fn report(bundle: &Bundle) -> Values {
    let app = &bundle.manifest().app;
    let mut values = Values::from([
        ("app.id".to_owned(), app.id.clone()),
        ("app.name".to_owned(), app.name.clone()),
        ("app.version".to_owned(), app.version.clone()),
    ]);
    let Ok(report) = bundle.report() else { return values };
    values.insert("priority".to_owned(), report.priority.to_string());
    values.insert("category".to_owned(), report.category.to_string());
    if let Some(license) = report.license {
        values.insert("license.status".to_owned(), license.status);
        let rest = [
            ("license.id", license.id),
            ("license.edition", license.edition),
            ("license.expires_at", license.expires_at.map(|at| at.to_string())),
        ];
        values.extend(rest.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))));
    }
    if let Some(fingerprint) = report.fingerprint {
        flatten("fingerprint", &fingerprint, &mut values);
    }
    values
}

fn system(bundle: &Bundle) -> Values {
    let mut values = Values::new();
    if let Some(system) = bundle.report().ok().and_then(|report| report.system) {
        flatten("", &system, &mut values);
    }
    // What is free is another number each second.
    values.retain(|key, _| !key.contains("available") && !key.contains("free"));
    values
}

/// Each preset that is TOML or JSON by its keys, any other by its hash.
fn presets(bundle: &Bundle) -> Values {
    let mut values = Values::new();
    for entry in &bundle.manifest().entries {
        if !entry.name.starts_with("preset/") || !entry.status.is_stored() {
            continue;
        }
        let of_entry = preset_values(bundle, &entry.name);
        if of_entry.is_empty() {
            let sha256 = entry.sha256.clone().unwrap_or_default();
            values.insert(entry.name.clone(), format!("sha256 {sha256}"));
        }
        let room = MAX_VALUES.saturating_sub(values.len());
        values.extend(
            of_entry.into_iter().take(room).map(|(key, value)| (format!("{}.{key}", entry.name), value)),
        );
    }
    values
}

/// The values of a preset by their keys; none when it is neither TOML nor JSON.
pub(crate) fn preset_values(bundle: &Bundle, name: &str) -> Values {
    values_of(&bundle.read_text(name, MAX_PRESET_BYTES).unwrap_or_default())
}

/// The values of a text of at most [`MAX_PRESET_BYTES`]; none when it is neither TOML nor JSON.
pub(crate) fn values_of(text: &str) -> Values {
    let mut values = Values::new();
    let parsed = serde_json::from_str(text).ok().or_else(|| toml::from_str(text).ok());
    if let Some(value @ (Value::Object(_) | Value::Array(_))) = parsed {
        flatten("", &value, &mut values);
    }
    values
}

/// Writes all values of a tree under their dotted names; so many that a stranger's tree cannot fill the memory.
pub(crate) fn flatten(prefix: &str, value: &Value, out: &mut Values) {
    let joined = |key: &str| if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") };
    match value {
        _ if out.len() >= MAX_VALUES => {}
        Value::Object(fields) => fields.iter().for_each(|(key, value)| flatten(&joined(key), value, out)),
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, value)| flatten(&joined(&index.to_string()), value, out));
        }
        Value::String(text) => {
            out.insert(prefix.to_owned(), text.clone());
        }
        other => {
            out.insert(prefix.to_owned(), other.to_string());
        }
    }
}

fn changes(before: &Values, after: &Values) -> Vec<Change> {
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed = keys.into_iter().filter(|key| before.get(*key) != after.get(*key));
    let change = |key: &String| Change {
        key: key.clone(),
        before: before.get(key).cloned(),
        after: after.get(key).cloned(),
    };
    changed.map(change).collect()
}

/// How often each error was logged, by its signature.
pub(crate) fn errors(bundle: &Bundle) -> io::Result<BTreeMap<String, u64>> {
    let origin = Origin::of(bundle);
    let mut counts = BTreeMap::new();
    for name in logs::logs_of(bundle) {
        let mut records = logs::open(bundle, name, &origin)?;
        // A damaged log ends where the damage begins.
        while records.advance().unwrap_or(false) {
            let record = records.current();
            if record.level().is_none_or(|level| level < Level::Error) {
                continue;
            }
            let signature = signature(&record.text[record.message_at.min(record.text.len())..]);
            if counts.len() < MAX_SIGNATURES || counts.contains_key(&signature) {
                *counts.entry(signature).or_insert(0) += 1;
            }
        }
    }
    Ok(counts)
}

fn only_in(one: &BTreeMap<String, u64>, other: &BTreeMap<String, u64>) -> Vec<ErrorCount> {
    let mut only: Vec<ErrorCount> = one
        .iter()
        .filter(|(signature, _)| !other.contains_key(*signature))
        .map(|(signature, count)| ErrorCount { signature: signature.clone(), count: *count })
        .collect();
    only.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.signature.cmp(&b.signature)));
    only.truncate(MAX_TOLD);
    only
}
