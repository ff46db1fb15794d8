//! Reads the evidence through the redactor into one file, and checks that file before anybody sees it.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::manifest::{Budget, Entry, FORMAT, Manifest, Note, Status};
use super::name;
use super::open::{Bundle, Limits, MANIFEST, OpenError};
use super::write::{Writer, Written};
use crate::collect::{Found, Section};
use crate::id::ReportId;
use crate::private;
use crate::progress::{Progress, Step};
use crate::redact::{RULES_VERSION, Raw, Redactor};
use crate::report::App;

/// Why no bundle was made. Nothing is left on the disk then.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// The person has to fill in these fields first.
    #[error("required fields are empty: {}", .fields.join(", "))]
    Incomplete {
        /// Names of the fields, as in `form.json`.
        fields: Vec<&'static str>,
    },
    /// It was cancelled.
    #[error("it was cancelled")]
    Cancelled,
    /// The finished bundle still held what a rule hides: leave that entry out and try again, and tell us.
    #[error("entry {entry:?} still holds what rule `{rule}` hides (line {line}): leave it out")]
    Residue {
        /// Where.
        entry: String,
        /// Which rule.
        rule: &'static str,
        /// Which line of the entry, from 1.
        line: u64,
    },
    /// The finished bundle does not read back: the disk is not to be trusted.
    #[error("the finished bundle does not read back")]
    Unreadable(#[source] OpenError),
    /// The disk is full, or the folder cannot be written to.
    #[error("the bundle cannot be written")]
    Disk(#[from] io::Error),
}

/// All that goes into one bundle.
pub(crate) struct Contents<'a> {
    pub(crate) id: ReportId,
    pub(crate) app: &'a App,
    pub(crate) window: Option<super::Window>,
    pub(crate) budget: Budget,
    pub(crate) sealed_at: Timestamp,
    /// Entries made by casefile itself: name and text.
    pub(crate) made: Vec<(&'static str, String)>,
    /// What each collector found.
    pub(crate) found: Vec<(String, Found)>,
    /// Names of entries that a person left out.
    pub(crate) leave_out: &'a BTreeSet<String>,
    /// What went wrong: about what, and what.
    pub(crate) notes: Vec<(String, String)>,
}

/// Seals `contents` into `path`. Until the last step the file has the extension `part`; whatever happens
/// before leaves nothing.
pub(crate) fn seal(
    contents: Contents<'_>,
    redactor: &Redactor,
    path: &Path,
    progress: &Progress,
) -> Result<Bundle, SealError> {
    let part = Part(path.with_added_extension("part"));
    private::remove_if_there(&part.0)?;
    let file = private::create_file(&part.0)?;
    let sealed = Sealing { redactor, progress, notes: Vec::new() }.write(contents, file);
    if progress.is_cancelled() {
        return Err(SealError::Cancelled);
    }
    sealed?.sync_all()?;
    let limits =
        Limits { file_bytes: u64::MAX, unpacked_bytes: u64::MAX, entry_bytes: u64::MAX, ..Limits::default() };
    let bundle = Bundle::open(&part.0, &Limits { entries: u32::MAX, ratio: u64::MAX, ..limits })
        .map_err(unreadable)?;
    check_residues(&bundle, redactor)?;
    fs::rename(&part.0, path)?;
    private::sync_parent(path)?;
    Ok(bundle.moved_to(path))
}

fn unreadable(error: OpenError) -> SealError {
    match error {
        OpenError::Io(error) => SealError::Disk(error),
        error => SealError::Unreadable(error),
    }
}

/// The unfinished file; removed however the sealing ends. After the rename there is nothing to remove.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Scans the whole bundle again: names, manifest and every entry.
fn check_residues(bundle: &Bundle, redactor: &Redactor) -> Result<(), SealError> {
    let stored = bundle.manifest().entries.iter().filter(|entry| entry.status.is_stored());
    let names = stored.map(|entry| entry.name.as_str()).chain([MANIFEST]);
    for name in names {
        let mut reader = bundle.read(name)?;
        let in_name = redactor.residues(&mut name.as_bytes())?;
        let inside = redactor.residues(&mut reader)?;
        if let Some(residue) = in_name.into_iter().chain(inside).next() {
            return Err(SealError::Residue {
                entry: name.to_owned(),
                rule: residue.rule,
                line: residue.line,
            });
        }
    }
    Ok(())
}

/// One section on its way to its entry.
struct Planned {
    name: String,
    source: String,
    bytes: u64,
    open: Box<dyn Fn() -> io::Result<Raw> + Send>,
    /// Newer evidence is more wanted; what casefile makes itself most of all.
    rank: Option<Timestamp>,
    made: bool,
}

struct Sealing<'a> {
    redactor: &'a Redactor,
    progress: &'a Progress,
    notes: Vec<Note>,
}

impl Sealing<'_> {
    fn write(mut self, contents: Contents<'_>, file: File) -> Result<File, SealError> {
        let mut entries = Vec::new();
        let mut planned = Vec::new();
        for (name, text) in contents.made {
            let open = move || Ok(Raw::from_text(text.clone()));
            let (name, source) = (name.to_owned(), "casefile".to_owned());
            planned.push(Planned { name, source, bytes: 0, open: Box::new(open), rank: None, made: true });
        }
        for (collector, found) in contents.found {
            match found {
                Found::Section(section) => planned.push(self.planned(section)),
                Found::LeftOut { source, failed, reason } => {
                    let status = if failed { Status::Failed } else { Status::Skipped };
                    entries.push(self.left_out(&collector, &source, status, &reason));
                }
                Found::Note(text) => self.note(&collector, &text),
            }
        }
        for (about, text) in contents.notes {
            self.note(&about, &text);
        }
        let planned = within_budget(planned, contents.budget, &mut entries);
        let planned = without(with_distinct_names(planned), contents.leave_out, &mut entries);
        self.progress.begin(Step::Sealing, planned.iter().map(|section| section.bytes).sum());

        let mut writer = Writer::new(BufWriter::with_capacity(256 << 10, file), self.progress);
        for section in planned {
            let entry = self.store(&mut writer, section, contents.budget.file_bytes)?;
            entries.push(entry);
            if self.progress.is_cancelled() {
                return Err(SealError::Cancelled);
            }
        }
        entries.sort_by(|a, b| (&a.name, &a.source).cmp(&(&b.name, &b.source)));
        let app = contents.app;
        let manifest = Manifest {
            format: FORMAT,
            report_id: contents.id,
            sealed_at: contents.sealed_at,
            app: App {
                id: self.clean(&app.id),
                name: self.clean(&app.name),
                version: self.clean(&app.version),
                vendor: app.vendor.as_ref().map(|vendor| self.clean(vendor)),
            },
            rules: RULES_VERSION.to_string(),
            window: contents.window,
            budget: contents.budget,
            entries,
            notes: self.notes,
        };
        let json = serde_json::to_vec_pretty(&manifest).map_err(io::Error::from)?;
        writer.put(MANIFEST, &json)?;
        Ok(writer.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?)
    }

    fn planned(&self, section: Section) -> Planned {
        let wanted = format!("{}/{}", section.folder.as_str(), name::safe(&section.name));
        let (clean, _) = self.redactor.clean_path(&wanted);
        Planned {
            name: name::safe(clean.as_str()),
            source: self.redactor.clean_path(&section.source).0.into_string(),
            bytes: section.bytes,
            open: section.open,
            rank: section.modified_at,
            made: false,
        }
    }

    fn store(&self, writer: &mut Writer<'_>, section: Planned, max_bytes: u64) -> Result<Entry, SealError> {
        let Planned { name, source, bytes, open, .. } = section;
        let written = match writer.section(&name, bytes, &*open, self.redactor, max_bytes) {
            Ok(written) => written,
            Err(error) if writer.is_broken() => return Err(error.into()),
            Err(error) => {
                let reason = crate::collect::reason_of(&error);
                return Ok(absent(name, source, Status::Failed, reason));
            }
        };
        let Written { stored, read_bytes, kept, hits, reason } = written;
        let whole = reason.is_none() && kept.is_none();
        let status = match &stored {
            Some(_) if whole => Status::Success,
            Some(_) => Status::Partial,
            None => Status::Skipped,
        };
        let (bytes, sha256) = stored.map_or((0, None), |(bytes, sha256)| (bytes, Some(sha256)));
        Ok(Entry { name, source, status, reason, read_bytes, kept, bytes, sha256, hits })
    }

    fn left_out(&self, collector: &str, source: &str, status: Status, reason: &str) -> Entry {
        let file = source.rsplit(['/', '\\']).next().unwrap_or(source);
        let (clean, _) = self.redactor.clean_path(&name::safe(file));
        let name = name::safe(&format!("{}/{}", name::safe(collector), clean.as_str()));
        absent(name, self.redactor.clean_path(source).0.into_string(), status, self.clean(reason))
    }

    fn note(&mut self, about: &str, text: &str) {
        let note = Note { about: self.clean(about), text: self.clean(text) };
        self.notes.push(note);
    }

    fn clean(&self, text: &str) -> String {
        self.redactor.clean_text(text).0.into_string()
    }
}

fn absent(name: String, source: String, status: Status, reason: String) -> Entry {
    let (read_bytes, bytes, kept, sha256) = (0, 0, None, None);
    Entry {
        name,
        source,
        status,
        reason: Some(reason),
        read_bytes,
        kept,
        bytes,
        sha256,
        hits: BTreeMap::new(),
    }
}

/// The newest that fit; the others are listed.
fn within_budget(mut planned: Vec<Planned>, budget: Budget, entries: &mut Vec<Entry>) -> Vec<Planned> {
    planned.sort_by(|a, b| b.made.cmp(&a.made).then(b.rank.cmp(&a.rank)).then(a.name.cmp(&b.name)));
    let (mut bytes, mut count) = (0, 0);
    let mut kept = Vec::new();
    for section in planned {
        let cost = section.bytes.min(budget.file_bytes);
        if !section.made && (count >= budget.entries || bytes + cost > budget.total_bytes) {
            let reason = format!("over the budget of the bundle, {} bytes", section.bytes);
            entries.push(absent(section.name, section.source, Status::Skipped, reason));
        } else {
            (bytes, count) = (bytes + cost, count + 1);
            kept.push(section);
        }
    }
    kept
}

/// All but what a person left out, which is listed. Names and budget were settled before, so that they are
/// those of the bundle that the person saw.
fn without(planned: Vec<Planned>, leave_out: &BTreeSet<String>, entries: &mut Vec<Entry>) -> Vec<Planned> {
    let mut kept = Vec::new();
    for section in planned {
        if section.made || !leave_out.contains(&section.name) {
            kept.push(section);
        } else {
            let reason = "left out by the person who reports".to_owned();
            entries.push(absent(section.name, section.source, Status::Skipped, reason));
        }
    }
    kept
}

/// Sorts by name, and numbers those that would be one file on Windows or macOS.
fn with_distinct_names(mut planned: Vec<Planned>) -> Vec<Planned> {
    planned.sort_by(|a, b| (!a.made, &a.name, &a.source).cmp(&(!b.made, &b.name, &b.source)));
    let mut taken = HashSet::from([name::folded(MANIFEST)]);
    for section in &mut planned {
        let mut candidate = section.name.clone();
        for number in 2.. {
            if taken.insert(name::folded(&candidate)) {
                break;
            }
            candidate = name::numbered(&section.name, number);
        }
        section.name = candidate;
    }
    planned.sort_by(|a, b| a.name.cmp(&b.name));
    planned
}
