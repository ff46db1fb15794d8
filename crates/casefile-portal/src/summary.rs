//! What a ticket shows of a bundle without opening it again.

use std::collections::BTreeMap;

use casefile::bundle::{Bundle, Entry, Note};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Entries that are listed by name; a bundle may have thousands.
const MAX_ENTRIES: usize = 500;
const MAX_NOTES: usize = 100;

/// A bundle in short, from its manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Summary {
    /// By the clock of the user's machine.
    pub(crate) sealed_at: Timestamp,
    pub(crate) rules: String,
    /// What is in it and what was left out, the first of them.
    pub(crate) entries: Vec<Entry>,
    /// Entries that are not listed.
    pub(crate) more: usize,
    pub(crate) stored: usize,
    pub(crate) left_out: usize,
    /// Bytes of all entries, unpacked.
    pub(crate) unpacked_bytes: u64,
    /// How often each rule hid something.
    pub(crate) hits: BTreeMap<String, u64>,
    pub(crate) notes: Vec<Note>,
}

impl Summary {
    /// Sums up a checked bundle.
    pub(crate) fn of(bundle: &Bundle) -> Self {
        let manifest = bundle.manifest();
        let stored = manifest.entries.iter().filter(|entry| entry.status.is_stored()).count();
        Self {
            sealed_at: manifest.sealed_at,
            rules: manifest.rules.clone(),
            entries: manifest.entries.iter().take(MAX_ENTRIES).cloned().collect(),
            more: manifest.entries.len().saturating_sub(MAX_ENTRIES),
            stored,
            left_out: manifest.entries.len() - stored,
            unpacked_bytes: manifest.entries.iter().fold(0, |sum, entry| sum.saturating_add(entry.bytes)),
            hits: manifest.hits().into_iter().map(|(rule, count)| (rule.to_owned(), count)).collect(),
            notes: manifest.notes.iter().take(MAX_NOTES).cloned().collect(),
        }
    }
}
