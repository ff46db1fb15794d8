//! A new bundle from one that a person looked at: what did not change is copied as it is packed.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::layout::Place;
use super::manifest::{Budget, Entry, Kind, Manifest, Note, Status};
use super::open::{MANIFEST, OpenError, reader};
use super::pack::{Effort, Job, Packing, Settings};
use super::plan::{self, LEFT_OUT, Planned};
use super::seal::{self, SealError, WORKERS, finished};
use super::study::{FINDINGS, Study};
use super::write::{Method, Sizes, Writer};
use super::{Bundle, name};
use crate::collect::{Folder, Found, Section};
use crate::digest::sha256_of;
use crate::progress::{Progress, Step};
use crate::redact::{RULES_VERSION, Raw, Redactor};

/// What is different in the new bundle.
pub(crate) struct Revision<'a> {
    /// Names of entries that go.
    pub(crate) leave_out: &'a BTreeSet<String>,
    /// Whether there are words to hide that the bundle was not sealed with.
    pub(crate) hides_more: bool,
    /// What comes in: what each collector found.
    pub(crate) found: Vec<(String, Found)>,
    /// Names of entries that are not there any more, or come in anew.
    pub(crate) gone: &'a BTreeSet<String>,
    /// What casefile makes anew: the filled-in template, which names the logs, and what else has changed.
    pub(crate) made: Vec<(&'static str, String)>,
    pub(crate) sealed_at: Timestamp,
    pub(crate) effort: Effort,
    pub(crate) deadline: Duration,
    /// Looks at the evidence that is left.
    pub(crate) study: Option<Arc<dyn Study>>,
}

/// Seals a new bundle into `path`; `base` stays as it is. `redactor` knows the words to hide.
pub(crate) fn revise(
    base: &Bundle,
    revision: Revision<'_>,
    redactor: &Redactor,
    path: &Path,
    progress: &Progress,
) -> Result<Bundle, SealError> {
    let mut file = File::open(base.path())?;
    // What is copied is what was checked.
    if data_encoding::HEXLOWER.encode(&sha256_of(&mut file)?.0) != base.sha256() {
        let why = "it changed since it was sealed";
        return Err(SealError::Unreadable(OpenError::Damaged { entry: None, why }));
    }
    let revising = Revising { base, file, revision, redactor, progress };
    finished(path, redactor, progress, |out| revising.write(out))
}

struct Revising<'a> {
    base: &'a Bundle,
    file: File,
    revision: Revision<'a>,
    redactor: &'a Redactor,
    progress: &'a Progress,
}

/// One entry of the new bundle, by its new name.
enum Item {
    /// As it is in the old one.
    Same { old: String, entry: Entry },
    /// Read through the redactor: again if it was in the old one already.
    Job { old: Option<Entry>, source: String, job: Job },
}

impl Revising<'_> {
    fn write(mut self, out: File) -> Result<File, SealError> {
        let mut items = BTreeMap::new();
        let mut absent = Vec::new();
        let mut notes = self.base.manifest().notes.clone();
        let brings_evidence = self.revision.found.iter().any(|(_, found)| is_evidence(found));
        self.keep(&mut items, &mut absent)?;
        self.add(&mut items, &mut absent, &mut notes);
        for (name, text) in std::mem::take(&mut self.revision.made) {
            let made = Planned::made(name, text);
            let (source, job) = (made.source.clone(), seal::job(made, u64::MAX));
            items.insert(name.to_owned(), Item::Job { old: None, source, job });
        }

        let findings = self.same_findings(brings_evidence);
        if findings.is_some() {
            self.revision.study = None;
        }
        let mut writer = Writer::new(out);
        let mut entries = self.put(items, &mut writer)?;
        entries.extend(absent);
        if let Some(findings) = findings {
            copy(&mut self.file, self.base.place(FINDINGS)?, FINDINGS, &mut writer)?;
            entries.push(findings);
        } else if let Some(study) = &self.revision.study {
            seal::put_findings(&mut writer, &**study, &mut entries)?;
        }
        seal::sort(&mut entries);
        let base = self.base.manifest();
        let manifest = Manifest {
            format: super::FORMAT,
            report_id: base.report_id,
            sealed_at: self.revision.sealed_at,
            app: base.app.clone(),
            rules: RULES_VERSION.to_string(),
            window: base.window,
            budget: base.budget,
            entries,
            notes,
        };
        seal::put_manifest(writer, &manifest)
    }

    /// The findings of the old bundle, when nothing changes that they rest on.
    fn same_findings(&self, brings_evidence: bool) -> Option<Entry> {
        let study = self.revision.study.as_ref()?;
        let counts = |name: &String| self.base.place(name).is_ok() && study.begin(name).is_some();
        let is_other = self.revision.hides_more
            || brings_evidence
            || !self.revision.gone.is_empty()
            || self.revision.leave_out.iter().any(counts)
            || self.base.manifest().rules != RULES_VERSION.to_string();
        if is_other { None } else { self.base.manifest().entry(FINDINGS).cloned() }
    }

    /// What stays of the old bundle.
    fn keep(&self, items: &mut BTreeMap<String, Item>, absent: &mut Vec<Entry>) -> Result<(), SealError> {
        let all_anew = self.base.manifest().rules != RULES_VERSION.to_string();
        let known = self.redactor.knowing_only();
        let made: Vec<&str> = self.revision.made.iter().map(|(name, _)| *name).collect();
        let mut taken: HashSet<_> =
            made.iter().copied().chain([MANIFEST, FINDINGS]).map(name::folded).collect();
        let stored: u64 = self.base.manifest().entries.iter().map(|entry| entry.bytes).sum();
        self.progress.begin(Step::Sealing, stored);
        for entry in &self.base.manifest().entries {
            self.progress.checkpoint().map_err(|_| SealError::Cancelled)?;
            let mut entry = entry.clone();
            let old = entry.name.clone();
            if self.revision.gone.contains(&old) {
                continue;
            }
            if self.revision.hides_more {
                entry.name = name::safe(self.redactor.clean_path(&entry.name).0.as_str());
                entry.source = self.redactor.clean_path(&entry.source).0.into_string();
            }
            if !entry.status.is_stored() {
                absent.push(entry);
            } else if self.revision.leave_out.contains(&old) && old.contains('/') {
                let bytes = Some(entry.read_bytes);
                absent.push(plan::absent(
                    entry.name,
                    entry.source,
                    bytes,
                    Status::Skipped,
                    LEFT_OUT.to_owned(),
                ));
            } else if !made.contains(&old.as_str()) && old != FINDINGS {
                entry.name = plan::distinct(&entry.name, &mut taken);
                // Pixels are pixels, whichever rules and words there are.
                let can_change = entry.kind != Some(Kind::Picture);
                let is_anew =
                    can_change && (all_anew || self.revision.hides_more && self.has_known(&old, &known)?);
                let item = if is_anew { self.again(&old, entry)? } else { Item::Same { old, entry } };
                items.insert(item.name().to_owned(), item);
            }
        }
        Ok(())
    }

    /// Whether a known value or a hidden word is in an entry.
    fn has_known(&self, old: &str, known: &Redactor) -> Result<bool, SealError> {
        let mut watched = Watched { inner: self.base.read(old)?, progress: self.progress };
        let found = known.residues(&mut watched);
        self.progress.checkpoint().map_err(|_| SealError::Cancelled)?;
        Ok(!found?.is_empty())
    }

    /// Shows an entry that is copied to who looks through the evidence.
    fn see(&self, old: &str, name: &str) -> Result<(), SealError> {
        let Some(mut look) = self.revision.study.as_ref().and_then(|study| study.begin(name)) else {
            return Ok(());
        };
        let mut piece = vec![0; 64 << 10];
        let mut unpacked = self.base.read(old)?;
        loop {
            self.progress.checkpoint().map_err(|_| SealError::Cancelled)?;
            match unpacked.read(&mut piece)? {
                0 => break,
                read => look.push(&piece[..read]),
            }
        }
        look.end();
        Ok(())
    }

    /// Reads an entry of the old bundle through the redactor.
    fn again(&self, old: &str, entry: Entry) -> Result<Item, SealError> {
        let (path, place) = (self.base.path().to_owned(), self.base.place(old)?.clone());
        let open = move || Ok(Raw::from_reader(reader(File::open(&path)?, &place)?));
        let section = Section::new(Folder::Attachments, old, open);
        let job = Job { name: entry.name.clone(), bytes: entry.bytes, section, max_bytes: u64::MAX };
        Ok(Item::Job { source: entry.source.clone(), old: Some(entry), job })
    }

    /// What comes in, as far as the budget has room for it.
    fn add(&mut self, items: &mut BTreeMap<String, Item>, absent: &mut Vec<Entry>, notes: &mut Vec<Note>) {
        let mut planned = Vec::new();
        for (collector, found) in std::mem::take(&mut self.revision.found) {
            match found {
                Found::Section(section) => planned.push(Planned::of(section, self.redactor)),
                Found::LeftOut { source, bytes, failed, reason } => {
                    let status = if failed { Status::Failed } else { Status::Skipped };
                    absent.push(seal::left_out(self.redactor, &collector, &source, bytes, status, &reason));
                }
                Found::Note(text) => {
                    let clean = |text: &str| self.redactor.clean_text(text).0.into_string();
                    notes.push(Note { about: clean(&collector), text: clean(&text) });
                }
            }
        }
        let budget = self.base.manifest().budget;
        let used: u64 = items.values().map(Item::bytes).sum();
        let left = Budget {
            total_bytes: budget.total_bytes.saturating_sub(used),
            entries: budget.entries.saturating_sub(u32::try_from(items.len()).unwrap_or(u32::MAX)),
            ..budget
        };
        let mut taken: HashSet<_> = items.keys().map(|name| name::folded(name)).collect();
        for mut section in plan::settle(planned, left, &BTreeSet::new(), absent) {
            section.name = plan::distinct(&section.name, &mut taken);
            let (name, source) = (section.name.clone(), section.source.clone());
            items.insert(name, Item::Job { old: None, source, job: seal::job(section, budget.file_bytes) });
        }
    }

    /// Writes the entries in the order of their names.
    fn put(&mut self, items: BTreeMap<String, Item>, writer: &mut Writer) -> Result<Vec<Entry>, SealError> {
        let (mut kept, mut jobs) = (Vec::new(), Vec::new());
        for item in items.into_values() {
            match item {
                Item::Same { old, entry } => kept.push(Kept::Same { old, entry }),
                Item::Job { old, source, job } => {
                    kept.push(Kept::Job { name: job.name.clone(), old, source });
                    jobs.push(job);
                }
            }
        }
        let Revision { effort, deadline, .. } = self.revision;
        let study = self.revision.study.clone();
        let settings = Settings { effort, workers: WORKERS, deadline, study };
        let mut packing = Packing::start(jobs, self.redactor, settings, self.progress)?;
        let mut entries = Vec::new();
        for item in kept {
            self.progress.checkpoint().map_err(|_| SealError::Cancelled)?;
            match item {
                Kept::Same { old, entry } => {
                    let place = self.base.place(&old)?;
                    copy(&mut self.file, place, &entry.name, writer)?;
                    self.see(&old, &entry.name)?;
                    entries.push(entry);
                }
                Kept::Job { name, old, source } => {
                    let new = seal::entry(name, source, packing.next(writer)?);
                    entries.push(match old {
                        Some(old) => merged(old, new)?,
                        None => new,
                    });
                }
            }
        }
        Ok(entries)
    }
}

/// Whether it may be looked through; what a person adds is not.
fn is_evidence(found: &Found) -> bool {
    !matches!(found, Found::Section(section) if section.folder == Folder::Attachments)
}

/// What is left to write of an item when its job has gone to the workers.
enum Kept {
    Same { old: String, entry: Entry },
    Job { name: String, old: Option<Entry>, source: String },
}

impl Item {
    fn name(&self) -> &str {
        match self {
            Self::Same { entry, .. } => &entry.name,
            Self::Job { job, .. } => &job.name,
        }
    }

    fn bytes(&self) -> u64 {
        match self {
            Self::Same { entry, .. } => entry.bytes,
            Self::Job { job, .. } => job.bytes,
        }
    }
}

/// The entry as it was collected, with what is hidden in it now.
fn merged(old: Entry, new: Entry) -> Result<Entry, SealError> {
    if new.status != Status::Success {
        // It was read without fault a moment ago.
        let why = "an entry cannot be read again";
        return Err(SealError::Unreadable(OpenError::Damaged { entry: Some(old.name), why }));
    }
    let mut hits = old.hits;
    for (rule, count) in new.hits {
        *hits.entry(rule).or_insert(0) += count;
    }
    Ok(Entry { bytes: new.bytes, sha256: new.sha256, hits, ..old })
}

fn copy(file: &mut File, place: &Place, name: &str, writer: &mut Writer) -> io::Result<()> {
    let method = if place.deflated { Method::Deflated } else { Method::Stored };
    let Place { crc32, packed_bytes, bytes, .. } = *place;
    file.seek(SeekFrom::Start(place.data_at))?;
    writer.copy(name, method, Sizes { crc32, packed_bytes, bytes }, file)
}

/// Stops when nobody wants it any more.
struct Watched<'a, R> {
    inner: R,
    progress: &'a Progress,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.progress.checkpoint().map_err(io::Error::other)?;
        let read = self.inner.read(buffer)?;
        self.progress.add(read as u64);
        Ok(read)
    }
}

#[cfg(test)]
mod tests;
