//! Which evidence goes into a bundle, under which name: the newest that the budget has room for.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::Timestamp;

use super::manifest::{Budget, Entry, Status};
use super::name;
use super::open::MANIFEST;
use crate::collect::Section;
use crate::redact::{Raw, Redactor};

/// One section on its way to its entry.
pub(super) struct Planned {
    pub(super) name: String,
    /// The redacted path, or whatever tells where it comes from.
    pub(super) source: String,
    pub(super) section: Section,
    /// How large the source is, as far as it is wanted.
    pub(super) bytes: u64,
    /// How large the source is altogether.
    source_bytes: u64,
    /// Newer evidence is more wanted; what casefile makes itself most of all.
    rank: Option<Timestamp>,
    made: bool,
}

impl Planned {
    /// Plans evidence; nothing of its raw name is left.
    pub(super) fn of(section: Section, redactor: &Redactor) -> Self {
        let wanted = format!("{}/{}", section.folder.as_str(), name::safe(&section.name));
        let mut clean = redactor.clean_path(&wanted).0.into_string();
        // What was hidden can have been all of the name, its ending included.
        if section.is_picture() && clean.rsplit('.').next() != Some("png") {
            clean.push_str(".png");
        }
        let (bytes, rank) = (section.bytes, section.modified_at);
        let source = redactor.clean_path(&section.label).0.into_string();
        Self { name: name::safe(&clean), source, section, bytes, source_bytes: bytes, rank, made: false }
    }

    /// Plans an entry that casefile makes itself.
    pub(super) fn made(name: &str, text: String) -> Self {
        let folder = crate::collect::Folder::Attachments;
        let section = Section::new(folder, name, move || Ok(Raw::from_text(text.clone())));
        let source = "casefile".to_owned();
        Self { name: name.to_owned(), source, section, bytes: 0, source_bytes: 0, rank: None, made: true }
    }

    fn absent(self, status: Status, reason: String) -> Entry {
        let source_bytes = (self.source_bytes > 0).then_some(self.source_bytes);
        absent(self.name, self.source, source_bytes, status, reason)
    }
}

/// The entry of something that is not in the zip.
pub(super) fn absent(
    name: String,
    source: String,
    source_bytes: Option<u64>,
    status: Status,
    reason: String,
) -> Entry {
    Entry {
        name,
        source,
        kind: None,
        status,
        reason: Some(reason),
        source_bytes,
        read_bytes: 0,
        kept: None,
        bytes: 0,
        sha256: None,
        hits: BTreeMap::new(),
    }
}

/// Settles what is taken, and sorts it by name; what is left out is appended to `entries`.
///
/// Names and budget are settled before what a person left out, so that they are those of the bundle that the person saw.
pub(super) fn settle(
    planned: Vec<Planned>,
    budget: Budget,
    leave_out: &BTreeSet<String>,
    entries: &mut Vec<Entry>,
) -> Vec<Planned> {
    let planned = with_distinct_names(within_budget(planned, budget, entries));
    let mut kept = Vec::new();
    for section in planned {
        if section.made || !leave_out.contains(&section.name) {
            kept.push(section);
        } else {
            entries.push(section.absent(Status::Skipped, LEFT_OUT.to_owned()));
        }
    }
    kept
}

/// Why an entry is not there that a person did not want.
pub(super) const LEFT_OUT: &str = "left out by the person who reports";

fn within_budget(mut planned: Vec<Planned>, budget: Budget, entries: &mut Vec<Entry>) -> Vec<Planned> {
    planned.sort_by(|a, b| b.made.cmp(&a.made).then(b.rank.cmp(&a.rank)).then(a.name.cmp(&b.name)));
    let (mut bytes, mut count) = (0, 0);
    let mut kept = Vec::new();
    for mut section in planned {
        if section.bytes > budget.file_bytes && !section.section.is_picture() {
            section.section.narrow_to_end(budget.file_bytes);
            section.bytes = section.section.bytes;
        }
        let cost = section.bytes.min(budget.file_bytes);
        // A part of a picture is none.
        let is_over = count >= budget.entries
            || bytes + cost > budget.total_bytes
            || section.section.is_picture() && section.bytes > budget.file_bytes;
        if !section.made && is_over {
            let reason = format!("over the budget of the bundle, {} bytes", section.source_bytes);
            entries.push(section.absent(Status::Skipped, reason));
        } else {
            (bytes, count) = (bytes + cost, count + 1);
            kept.push(section);
        }
    }
    kept
}

/// Sorts by name, and numbers those that would be one file on Windows or macOS.
fn with_distinct_names(mut planned: Vec<Planned>) -> Vec<Planned> {
    planned.sort_by(|a, b| (!a.made, &a.name, &a.source).cmp(&(!b.made, &b.name, &b.source)));
    let mut taken = HashSet::from([name::folded(MANIFEST)]);
    for section in &mut planned {
        section.name = distinct(&section.name, &mut taken);
    }
    planned.sort_by(|a, b| a.name.cmp(&b.name));
    planned
}

/// The name, numbered when it is taken, and taken from now on.
pub(super) fn distinct(wanted: &str, taken: &mut HashSet<String>) -> String {
    let mut candidate = wanted.to_owned();
    for number in 2.. {
        if taken.insert(name::folded(&candidate)) {
            break;
        }
        candidate = name::numbered(wanted, number);
    }
    candidate
}
