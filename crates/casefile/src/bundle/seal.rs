//! Reads the evidence through the redactor into one file, and checks that file before anybody sees it.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use data_encoding::HEXLOWER;
use jiff::Timestamp;

use super::manifest::{Budget, Entry, FORMAT, Manifest, Note, Status};
use super::name;
use super::open::{MANIFEST, OpenError};
use super::pack::{self, Effort, Job, Packed};
use super::plan::{self, Planned};
use super::study::{FINDINGS, Study};
use super::write::Writer;
use super::{Bundle, check};
use crate::collect::{Found, Gathering};
use crate::digest::sha256_of;
use crate::id::ReportId;
use crate::private;
use crate::progress::{Progress, Step};
use crate::redact::{RULES_VERSION, Redactor};
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
    /// It would be larger than the portal takes: leave something out, or add less.
    #[error("it would have {bytes} bytes and the portal takes {max_bytes}: leave something out")]
    TooLarge {
        /// How large it would be.
        bytes: u64,
        /// What the portal takes.
        max_bytes: u64,
    },
    /// The finished bundle does not read back: the disk is not to be trusted.
    #[error("the finished bundle does not read back")]
    Unreadable(#[source] OpenError),
    /// The disk is full, or the folder cannot be written to.
    #[error("the bundle cannot be written")]
    Disk(#[from] io::Error),
}

impl From<Gathering> for SealError {
    fn from(error: Gathering) -> Self {
        match error {
            Gathering::Cancelled => Self::Cancelled,
            Gathering::Threads(error) => Self::Disk(error),
        }
    }
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
    pub(crate) effort: Effort,
    /// A source that gives nothing for so long is given up.
    pub(crate) deadline: Duration,
    /// Looks at the evidence while it is packed.
    pub(crate) study: Option<Arc<dyn Study>>,
}

/// Two workers pack faster than a disk of today reads, and leave the other cores to the bot.
pub(super) const WORKERS: usize = 2;

/// Seals `contents` into `path`. Until the last step the file has the extension `part`; whatever happens
/// before leaves nothing.
pub(crate) fn seal(
    contents: Contents<'_>,
    redactor: &Redactor,
    path: &Path,
    progress: &Progress,
) -> Result<Bundle, SealError> {
    finished(path, redactor, progress, |file| {
        Sealing { redactor, progress, notes: Vec::new() }.write(contents, file)
    })
}

/// Lets `write` fill a new file, checks it, and gives it its name.
pub(super) fn finished(
    path: &Path,
    redactor: &Redactor,
    progress: &Progress,
    write: impl FnOnce(File) -> Result<File, SealError>,
) -> Result<Bundle, SealError> {
    let part = Part(path.with_added_extension("part"));
    private::remove_if_there(&part.0)?;
    let written = write(private::create_file(&part.0)?);
    let stopped = || if progress.checkpoint().is_err() { Err(SealError::Cancelled) } else { Ok(()) };
    stopped()?;
    written?.sync_all()?;
    let checked = check::check(&part.0, redactor, progress);
    stopped()?;
    let bundle = checked?;
    fs::rename(&part.0, path)?;
    private::sync_parent(path)?;
    Ok(bundle.moved_to(path))
}

/// The unfinished file; removed however the sealing ends. After the rename there is nothing to remove.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

struct Sealing<'a> {
    redactor: &'a Redactor,
    progress: &'a Progress,
    notes: Vec<Note>,
}

impl Sealing<'_> {
    fn write(mut self, contents: Contents<'_>, file: File) -> Result<File, SealError> {
        let mut entries = Vec::new();
        let mut planned: Vec<_> =
            contents.made.into_iter().map(|(name, text)| Planned::made(name, text)).collect();
        for (collector, found) in contents.found {
            match found {
                Found::Section(section) => planned.push(Planned::of(section, self.redactor)),
                Found::LeftOut { source, bytes, failed, reason } => {
                    let status = if failed { Status::Failed } else { Status::Skipped };
                    entries.push(left_out(self.redactor, &collector, &source, bytes, status, &reason));
                }
                Found::Note(text) => self.note(&collector, &text),
            }
        }
        for (about, text) in contents.notes {
            self.note(&about, &text);
        }
        let budget = contents.budget;
        let planned = plan::settle(planned, budget, contents.leave_out, &mut entries);
        self.progress.begin(Step::Sealing, planned.iter().map(|section| section.bytes).sum());

        let mut writer = Writer::new(file);
        let names: Vec<_> =
            planned.iter().map(|section| (section.name.clone(), section.source.clone())).collect();
        let jobs = planned.into_iter().map(|section| job(section, budget.file_bytes)).collect();
        let settings = pack::Settings {
            effort: contents.effort,
            workers: WORKERS,
            deadline: contents.deadline,
            study: contents.study.clone(),
        };
        let packed = pack::pack(&mut writer, jobs, self.redactor, settings, self.progress)?;
        entries.extend(
            names.into_iter().zip(packed).map(|((name, source), packed)| entry(name, source, packed)),
        );
        if let Some(study) = contents.study {
            put_findings(&mut writer, &*study, &mut entries)?;
        }
        sort(&mut entries);

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
            budget,
            entries,
            notes: self.notes,
        };
        put_manifest(writer, &manifest)
    }

    fn note(&mut self, about: &str, text: &str) {
        let note = Note { about: self.clean(about), text: self.clean(text) };
        self.notes.push(note);
    }

    fn clean(&self, text: &str) -> String {
        self.redactor.clean_text(text).0.into_string()
    }
}

pub(super) fn sort(entries: &mut [Entry]) {
    entries.sort_by(|a, b| (&a.name, &a.source).cmp(&(&b.name, &b.source)));
}

/// Writes what was seen in the evidence.
pub(super) fn put_findings(
    writer: &mut Writer,
    study: &dyn Study,
    entries: &mut Vec<Entry>,
) -> io::Result<()> {
    sort(entries);
    let text = study.conclude(entries);
    pack::put(writer, FINDINGS, text.as_bytes())?;
    let (sha256, bytes) = sha256_of(&mut text.as_bytes())?;
    let packed = Packed { stored: Some((bytes, sha256)), read_bytes: bytes, ..Packed::default() };
    entries.push(entry(FINDINGS.to_owned(), "casefile".to_owned(), packed));
    Ok(())
}

/// Ends a bundle with its manifest.
pub(super) fn put_manifest(mut writer: Writer, manifest: &Manifest) -> Result<File, SealError> {
    let json = serde_json::to_vec_pretty(manifest).map_err(io::Error::from)?;
    pack::put(&mut writer, MANIFEST, &json)?;
    Ok(writer.finish()?)
}

pub(super) fn job(planned: Planned, file_bytes: u64) -> Job {
    let Planned { name, section, bytes, .. } = planned;
    // Stand-ins may be longer than what they stand for; what has no size, or could not be narrowed, ends at the budget.
    let is_settled = (1..=file_bytes).contains(&bytes);
    let max_bytes = if is_settled { file_bytes.saturating_mul(2) } else { file_bytes };
    Job { name, bytes, section, max_bytes }
}

/// What the manifest says of something that a collector did not offer.
pub(super) fn left_out(
    redactor: &Redactor,
    collector: &str,
    source: &str,
    bytes: Option<u64>,
    status: Status,
    reason: &str,
) -> Entry {
    let file = source.rsplit(['/', '\\']).next().unwrap_or(source);
    let (clean, _) = redactor.clean_path(&name::safe(file));
    let name = name::safe(&format!("{}/{}", name::safe(collector), clean.as_str()));
    let source = redactor.clean_path(source).0.into_string();
    plan::absent(name, source, bytes, status, redactor.clean_text(reason).0.into_string())
}

/// What the manifest says of a section.
pub(super) fn entry(name: String, source: String, packed: Packed) -> Entry {
    let Packed { stored, kind, read_bytes, part, hits, reason, timed_out, failed } = packed;
    let status = match stored {
        Some(_) if reason.is_none() => Status::Success,
        Some(_) => Status::Partial,
        None if timed_out => Status::Timeout,
        None if failed => Status::Failed,
        None => Status::Skipped,
    };
    let (bytes, sha256) = stored.map_or((0, None), |(bytes, sha256)| (bytes, Some(HEXLOWER.encode(&sha256))));
    Entry {
        name,
        source,
        kind,
        status,
        reason,
        source_bytes: None,
        read_bytes,
        kept: part,
        bytes,
        sha256,
        hits,
    }
}
