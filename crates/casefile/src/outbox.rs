//! Keeps reports on the disk until the portal has them.
//!
//! One folder a report under `reports/`, made visible by one rename and durable before the first byte is sent:
//!
//! ```text
//! <id>/parcel.json     the ticket's text, the secret, the consent
//! <id>/bundle.zip      what is sent
//! <id>/lock            whoever sends holds it; the system frees it when that process dies
//! <id>/receipt.json    the portal's answer
//! <id>/refusal.json    why the portal will never take it
//! <id>/waiting.json    why the last attempt failed, and how long to wait
//! <id>/sending.json    how far an attempt is; a hint for other processes
//! <id>/dropped.json    removed by its owner: what is left of the folder goes at the next tidying
//! <id>.part/           being kept; finished at the next tidying if it is whole
//! ```

mod parcel;
mod retention;
mod state;

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

pub(crate) use self::parcel::MAX_PAUSE;
pub use self::parcel::Parcel;
pub use self::retention::{KeptUntil, Retention};
pub use self::state::{Receipt, Refusal, State, WaitReason, Waiting};
use crate::bundle::Bundle;
use crate::consent::Consent;
use crate::id::{ReportId, ReportSecret};
use crate::private;
use crate::report::{BundleRef, ReportBody};

/// The format of the folders that this version writes, and the newest that it reads.
///
/// - 1: the first. Files that an older version does not know are no new format: it leaves them alone.
const FORMAT: u32 = 1;

const PARCEL: &str = "parcel.json";
const BUNDLE: &str = "bundle.zip";
const DROPPED: &str = "dropped.json";
const LOCK: &str = "lock";
const DIALOG_LOCK: &str = "dialog.lock";
const KEEP_LOCK: &str = "keep.lock";

/// The folder where reports wait.
#[derive(Debug, Clone)]
pub struct Outbox {
    folder: PathBuf,
    retention: Retention,
}

/// Why a report could not be kept. It was not sent, and the bundle is where it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeepError {
    /// The consent was given for another bundle: ask again.
    #[error("the consent was given for another bundle")]
    OtherConsent,
    /// Reports that were never delivered fill the outbox: send or drop some, or save the bundle elsewhere.
    #[error("{waiting_bytes} bytes of reports wait in the outbox already: send or drop some first")]
    Full {
        /// What is not delivered yet.
        waiting_bytes: u64,
    },
    /// The disk is full, or the folder cannot be written to: save the bundle somewhere else.
    #[error("the outbox cannot be written")]
    Disk(#[from] io::Error),
}

/// Why a report of the outbox cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ParcelError {
    /// There is no such report.
    #[error("there is no such report in the outbox")]
    NotFound,
    /// It was written by a newer version: update casefile.
    #[error("it has format {found}, this version reads up to {FORMAT}: update casefile")]
    Newer {
        /// The format of the folder.
        found: u32,
    },
    /// The folder is damaged; the bundle in it may still be whole.
    #[error("its folder is damaged")]
    Damaged,
    /// Another process sends it right now: wait for it.
    #[error("another process is sending it")]
    Busy,
    /// The disk says no.
    #[error("the outbox cannot be read")]
    Disk(#[from] io::Error),
}

impl Outbox {
    /// Uses this folder; it is made when the first report is kept.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), retention: Retention::default() }
    }

    /// Changes how long and how much is kept.
    #[must_use]
    pub fn with_retention(self, retention: Retention) -> Self {
        Self { retention, ..self }
    }

    /// Makes this process the only one that shows a dialog over this outbox, until the file is dropped.
    /// `None` while another process does; the system frees it when that process dies.
    ///
    /// # Errors
    /// When the folder cannot be made or written: nothing could be kept there either.
    pub fn claim_dialog(&self) -> io::Result<Option<File>> {
        private::create_folder(&self.folder)?;
        let file = private::open_lock(&self.folder.join(DIALOG_LOCK))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Where bundles are sealed before anybody agreed to send them.
    pub(crate) fn drafts(&self) -> PathBuf {
        self.folder.join("drafts")
    }

    fn reports(&self) -> PathBuf {
        self.folder.join("reports")
    }

    fn folder_of(&self, id: ReportId) -> PathBuf {
        self.reports().join(id.to_string())
    }

    /// Takes over a sealed bundle and the text of its ticket. The same report a second time is the same parcel.
    ///
    /// When this returns, a power cut loses nothing any more.
    ///
    /// # Errors
    /// Nothing was sent, and the bundle is where it was.
    pub(crate) fn keep(
        &self,
        id: ReportId,
        bundle: &Bundle,
        mut body: ReportBody,
        consent: Consent,
        now: Timestamp,
    ) -> Result<Parcel, KeepError> {
        if !consent.is_for(&bundle.sha256()) {
            return Err(KeepError::OtherConsent);
        }
        private::create_folder(&self.reports())?;
        let _keeping = self.claim_keeping()?;
        // What an earlier run left half done may be this very report; and what is old makes room. What cannot be
        // tidied is no reason not to keep.
        let _ = self.tidy_claimed(now);
        if let Ok(kept) = self.parcel(id) {
            return Ok(kept);
        }
        let waiting_bytes = self.waiting_bytes();
        if waiting_bytes > 0 && waiting_bytes.saturating_add(bundle.bytes()) > self.retention.waiting_bytes {
            return Err(KeepError::Full { waiting_bytes });
        }
        body.bundle = Some(BundleRef { sha256: bundle.sha256(), bytes: bundle.bytes() });
        let secret = ReportSecret::generate()?;
        let (part, folder) = (self.part_of(id), self.folder_of(id));
        let file = parcel::Content::new(id, &secret, now, consent, body);
        let written = write_part(&part, &file, bundle.path()).and_then(|()| show(&part, &folder));
        if let Err(error) = written {
            // Gives the bundle back, so that it can be saved elsewhere.
            let _ = move_or_copy(&part.join(BUNDLE), bundle.path());
            let _ = fs::remove_dir_all(&part);
            return Err(error.into());
        }
        Ok(Parcel::new(folder, file, secret))
    }

    fn part_of(&self, id: ReportId) -> PathBuf {
        self.reports().join(format!("{id}.part"))
    }

    /// Only one process keeps or tidies at a time; both take moments.
    pub(crate) fn claim_keeping(&self) -> io::Result<File> {
        let file = private::open_lock(&self.folder.join(KEEP_LOCK))?;
        file.lock()?;
        Ok(file)
    }

    /// All kept reports, the oldest first. Folders that cannot be read are given with their error.
    pub fn list(&self) -> io::Result<Vec<Result<Parcel, (String, ParcelError)>>> {
        let mut parcels = Vec::new();
        for name in self.names()? {
            let Ok(id) = name.parse() else { continue };
            match self.parcel(id) {
                // Dropped, now or by a run that was killed in the middle.
                Err(ParcelError::NotFound) => {}
                other => parcels.push(other.map_err(|error| (name, error))),
            }
        }
        parcels.sort_by_key(|parcel| match parcel {
            Ok(parcel) => (parcel.kept_at(), parcel.id().to_string()),
            Err((name, _)) => (Timestamp::MIN, name.clone()),
        });
        Ok(parcels)
    }

    /// The names under `reports/`, sorted.
    fn names(&self) -> io::Result<Vec<String>> {
        let items = match fs::read_dir(self.reports()) {
            Ok(items) => items,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let names: io::Result<Vec<_>> =
            items.map(|item| Ok(item?.file_name().to_string_lossy().into_owned())).collect();
        let mut names = names?;
        names.sort();
        Ok(names)
    }

    /// One kept report.
    ///
    /// # Errors
    /// See [`ParcelError`].
    pub fn parcel(&self, id: ReportId) -> Result<Parcel, ParcelError> {
        Parcel::read(self.folder_of(id), id)
    }

    /// Removes a report for good, whether it was delivered or not.
    ///
    /// # Errors
    /// `Busy` while it is being sent.
    pub fn drop_report(&self, id: ReportId) -> Result<(), ParcelError> {
        let folder = self.folder_of(id);
        // A damaged one can be dropped as well, as long as it is there.
        if !folder.is_dir() || folder.join(DROPPED).exists() {
            return Err(ParcelError::NotFound);
        }
        let lock = parcel::lock(&folder)?;
        // First it stops being a report: a kill in the middle leaves nothing that would be sent.
        match fs::rename(folder.join(PARCEL), folder.join(DROPPED)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                private::write(&folder.join(DROPPED), b"{}")?;
            }
            other => other.and_then(|()| private::sync_folder(&folder))?,
        }
        remove_dropped(&folder)?;
        // Only now: on Windows a folder with an open file cannot be removed.
        drop(lock);
        match fs::remove_dir_all(&folder) {
            // Somebody tidied in the same moment.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => Ok(other?),
        }
    }

    /// Finishes what a kill left half done, and removes what [`Retention`] lets go: bundles that the portal has, old
    /// receipts, forgotten drafts. Nothing that is not delivered is ever removed.
    ///
    /// # Errors
    /// When the outbox cannot be written; nothing is lost.
    pub fn tidy(&self, now: Timestamp) -> io::Result<()> {
        if !self.reports().is_dir() && !self.drafts().is_dir() {
            return Ok(());
        }
        let _keeping = self.claim_keeping()?;
        self.tidy_claimed(now)
    }

    fn tidy_claimed(&self, now: Timestamp) -> io::Result<()> {
        for name in self.names()? {
            let path = self.reports().join(&name);
            if let Some(id) = name.strip_suffix(".part").and_then(|id| id.parse().ok()) {
                self.finish_part(id, &path)?;
            } else if path.join(DROPPED).exists() && remove_dropped(&path).is_ok() {
                // Its owner may be at it in this moment; otherwise the next time.
                let _ = fs::remove_dir_all(&path);
            }
        }
        retention::tidy_delivered(self, now)?;
        retention::tidy_drafts(&self.drafts(), &self.retention, now)
    }

    /// What a run was keeping when it was killed: somebody had agreed to send it, so if it is whole it is kept.
    fn finish_part(&self, id: ReportId, part: &Path) -> io::Result<()> {
        let folder = self.folder_of(id);
        match Parcel::read(part.to_owned(), id) {
            Ok(parcel) if !folder.exists() && parcel.is_whole() => return show(part, &folder),
            // It may be whole: a newer version, or a later tidying, can tell.
            Err(ParcelError::Newer { .. } | ParcelError::Disk(_)) => return Ok(()),
            _ => {}
        }
        let bundle = part.join(BUNDLE);
        if bundle.exists() && !folder.exists() {
            // Without its text it cannot be sent, but it is still the evidence that the person saw.
            private::create_folder(&self.drafts())?;
            move_or_copy(&bundle, &self.drafts().join(format!("{id}.zip")))?;
        }
        fs::remove_dir_all(part)
    }

    /// The bytes of all bundles that are not delivered.
    fn waiting_bytes(&self) -> u64 {
        let parcels = self.list().unwrap_or_default().into_iter().flatten();
        let waits = parcels.filter(|parcel| !matches!(parcel.settled(), Ok(State::Delivered(_))));
        waits.filter_map(|parcel| Some(fs::metadata(parcel.bundle_path()).ok()?.len())).sum()
    }
}

/// Writes all files of a parcel where nobody looks for one yet. Durable when it returns.
fn write_part(part: &Path, content: &parcel::Content, bundle: &Path) -> io::Result<()> {
    if part.exists() {
        fs::remove_dir_all(part)?;
    }
    private::create_folder(part)?;
    private::write(&part.join(PARCEL), &serde_json::to_vec_pretty(content)?)?;
    // Made now, because a full disk must not stop the sending later.
    private::open_lock(&part.join(LOCK))?;
    move_or_copy(bundle, &part.join(BUNDLE))?;
    private::sync_folder(part)
}

/// Makes a whole parcel visible, by one rename.
fn show(part: &Path, folder: &Path) -> io::Result<()> {
    fs::rename(part, folder)?;
    let synced = private::sync_parent(folder);
    if synced.is_err() && fs::rename(folder, part).is_err() {
        // It cannot be taken back, so it is kept, as well as this disk can.
        return Ok(());
    }
    synced
}

/// Removes everything of a dropped report but the marker and the lock.
fn remove_dropped(folder: &Path) -> io::Result<()> {
    for item in fs::read_dir(folder)? {
        let item = item?;
        if item.file_name() != DROPPED && item.file_name() != LOCK {
            fs::remove_file(item.path())?;
        }
    }
    Ok(())
}

/// Renames, or copies when the draft lies on another disk.
fn move_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            let mut target = private::create_file(to)?;
            let copied = File::open(from).and_then(|mut file| io::copy(&mut file, &mut target));
            match copied.and_then(|_| target.sync_all()) {
                Ok(()) => fs::remove_file(from),
                Err(error) => {
                    let _ = fs::remove_file(to);
                    Err(error)
                }
            }
        }
        other => other,
    }
}

#[cfg(test)]
mod tests;
