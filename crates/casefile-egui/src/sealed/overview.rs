//! What a bundle holds, counted once: a bundle has many thousand entries, and a frame has a few milliseconds.

use std::collections::BTreeMap;

use casefile::bundle::Manifest;
use casefile::redact::{Rule, rules};

/// The sums over all entries.
#[derive(Default)]
pub(crate) struct Overview {
    /// Entries that are there, the manifest included.
    pub(crate) count: u64,
    /// Their size, unpacked.
    pub(crate) bytes: u64,
    /// Of the manifest.
    pub(crate) manifest_bytes: u64,
    /// Values that were hidden.
    pub(crate) hidden: u64,
    /// By rule, in the order of the table of rules.
    pub(crate) by_rule: Vec<Hidden>,
}

/// What one rule hid, and where.
pub(crate) struct Hidden {
    pub(crate) rule: &'static Rule,
    pub(crate) count: u64,
    /// The entries in which it hid the most, by their place in the manifest.
    pub(crate) places: Vec<(usize, u64)>,
    /// How many entries there are beyond those.
    pub(crate) more_places: usize,
}

/// Entries that are named for one rule.
const SHOWN_PLACES: usize = 20;

impl Overview {
    pub(super) fn of(manifest: &Manifest, manifest_bytes: u64) -> Self {
        let hidden = manifest.hidden();
        let mut overview =
            Self { count: 1, bytes: manifest_bytes, manifest_bytes, hidden, ..Self::default() };
        let mut places: BTreeMap<&str, Vec<(usize, u64)>> = BTreeMap::new();
        for (at, entry) in manifest.entries.iter().enumerate() {
            if entry.status.is_stored() {
                overview.count += 1;
                overview.bytes = overview.bytes.saturating_add(entry.bytes);
            }
            for (rule, count) in &entry.hits {
                places.entry(rule).or_default().push((at, *count));
            }
        }
        for rule in rules() {
            let Some(mut places) = places.remove(rule.name) else { continue };
            places.sort_by_key(|(at, count)| (std::cmp::Reverse(*count), *at));
            let count = places.iter().fold(0_u64, |sum, (_, count)| sum.saturating_add(*count));
            let more_places = places.len().saturating_sub(SHOWN_PLACES);
            places.truncate(SHOWN_PLACES);
            overview.by_rule.push(Hidden { rule, count, places, more_places });
        }
        overview
    }
}
