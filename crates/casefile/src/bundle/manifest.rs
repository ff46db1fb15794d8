//! `manifest.json`: what is in a bundle, what is not and why, and what was hidden.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::ReportId;
use crate::report::App;

/// The format of the bundles that this version writes, and the newest that it reads.
///
/// - 1: the first.
pub const FORMAT: u32 = 1;

/// What a bundle says about itself. Everything in it was redacted before it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the bundle format.
    pub format: u32,
    /// The report that the bundle belongs to.
    pub report_id: ReportId,
    /// When it was sealed, by the clock of the user's machine.
    pub sealed_at: Timestamp,
    /// The application that the report is about.
    pub app: App,
    /// Version of the redaction rules.
    pub rules: String,
    /// The time that logs were asked for; absent when all were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// The budgets that it was sealed under.
    pub budget: Budget,
    /// Every entry of the zip except the manifest, and everything that was left out, sorted by name.
    pub entries: Vec<Entry>,
    /// What went wrong while collecting, for people.
    #[serde(default)]
    pub notes: Vec<Note>,
}

/// A span of time, the end not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// First instant.
    pub from: Timestamp,
    /// First instant after it.
    pub to: Timestamp,
}

/// How much a bundle may hold, counted before compression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// All entries together.
    pub total_bytes: u64,
    /// One entry.
    pub file_bytes: u64,
    /// Number of entries.
    pub entries: u32,
}

impl Default for Budget {
    /// 1 GiB together, 256 MiB an entry, 20,000 entries.
    fn default() -> Self {
        Self { total_bytes: 1 << 30, file_bytes: 256 << 20, entries: 20_000 }
    }
}

/// One piece of evidence: an entry of the zip, or something that did not become one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Name in the zip, with `/` between folders.
    pub name: String,
    /// Where it came from: a redacted path or the collector's name.
    pub source: String,
    /// What it is, when that is not text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// What became of it.
    pub status: Status,
    /// Why it is not whole, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Size of the source, where it was not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_bytes: Option<u64>,
    /// How many bytes were read.
    pub read_bytes: u64,
    /// The range of the source that was kept, when not all of it was: whole lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<[u64; 2]>,
    /// Size in the bundle, unpacked.
    pub bytes: u64,
    /// SHA-256 of the unpacked bytes; absent when there is no such entry in the zip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// How often each rule hid something.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", with = "hits")]
    pub hits: BTreeMap<String, u64>,
}

/// A list of `{"rule", "count"}` rather than a map: a rule has the name of what it hides, so `"password": 1234` in a
/// map would look like a password, to our own scan and to everybody else's.
mod hits {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Hit {
        rule: String,
        count: u64,
    }

    pub(super) fn serialize<S: Serializer>(
        hits: &BTreeMap<String, u64>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(hits.iter().map(|(rule, count)| Hit { rule: rule.clone(), count: *count }))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<String, u64>, D::Error> {
        let hits = Vec::<Hit>::deserialize(deserializer)?;
        Ok(hits.into_iter().map(|hit| (hit.rule, hit.count)).collect())
    }
}

/// What an entry is that is not text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// A PNG of pixels and nothing else, which a person looked at: no rule can search it.
    Picture,
    /// Something that this version does not know.
    #[serde(other)]
    Other,
}

/// What became of a piece of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is there as a whole.
    Success,
    /// A part of it is there.
    Partial,
    /// It was left out on purpose.
    Skipped,
    /// It could not be read.
    Failed,
    /// It took too long.
    Timeout,
}

impl Status {
    /// Whether the zip has an entry for it.
    pub fn is_stored(self) -> bool {
        matches!(self, Self::Success | Self::Partial)
    }

    /// The word in the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Partial => "partial",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
            Self::Timeout => "timeout",
        }
    }
}

/// Something that went wrong while collecting, told to the reader of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What was being collected, for instance `fingerprint`.
    pub about: String,
    /// What went wrong.
    pub text: String,
}

impl Entry {
    /// Whether it is a picture that the zip holds: a PNG that every reader has checked.
    pub fn is_picture(&self) -> bool {
        self.status.is_stored() && self.kind == Some(Kind::Picture)
    }

    /// How often anything was hidden in it.
    pub fn hidden(&self) -> u64 {
        // A stranger's manifest may claim anything.
        self.hits.values().fold(0, |sum, count| sum.saturating_add(*count))
    }
}

impl Manifest {
    /// How often anything was hidden in the whole bundle.
    pub fn hidden(&self) -> u64 {
        self.entries.iter().fold(0, |sum, entry| sum.saturating_add(entry.hidden()))
    }

    /// The entry of this name.
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// How often each rule hid something in the whole bundle.
    pub fn hits(&self) -> BTreeMap<&str, u64> {
        let mut sums = BTreeMap::new();
        for (rule, count) in self.entries.iter().flat_map(|entry| &entry.hits) {
            let sum: &mut u64 = sums.entry(rule.as_str()).or_insert(0);
            *sum = sum.saturating_add(*count);
        }
        sums
    }
}
