//! Keeps reports on the disk until the portal has them.
//!
//! One folder a report: `parcel.json` (the ticket's text, the secret, the consent), `bundle.zip`, and, when
//! the portal has answered, `receipt.json`. Everything is durable before the first byte is sent; a report
//! becomes visible by one rename.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::bundle::Bundle;
use crate::consent::Consent;
use crate::id::{ReportId, ReportSecret};
use crate::plan::Deadlines;
use crate::private;
use crate::report::{BundleRef, ReportBody};

/// The format of the folders that this version writes, and the newest that it reads.
///
/// - 1: the first.
const FORMAT: u32 = 1;

const PARCEL: &str = "parcel.json";
const BUNDLE: &str = "bundle.zip";
const RECEIPT: &str = "receipt.json";
const REFUSAL: &str = "refusal.json";
const LOCK: &str = "lock";
const DIALOG_LOCK: &str = "dialog.lock";

/// The folder where reports wait.
#[derive(Debug, Clone)]
pub struct Outbox {
    folder: PathBuf,
}

/// Why a report could not be kept. It was not sent, and the bundle is where it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeepError {
    /// The consent was given for another bundle: ask again.
    #[error("the consent was given for another bundle")]
    OtherConsent,
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

/// A kept report: all that is needed to send it, today or after the next start.
#[derive(Clone)]
pub struct Parcel {
    folder: PathBuf,
    content: ParcelFile,
    secret: ReportSecret,
}

/// What every version of the file has.
#[derive(Deserialize)]
struct Version {
    format: u32,
}

#[derive(Clone, Serialize, Deserialize)]
struct ParcelFile {
    format: u32,
    id: ReportId,
    secret: String,
    kept_at: Timestamp,
    consent: Consent,
    body: ReportBody,
}

/// The portal's answer: the report has arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Number of the ticket, for people.
    pub ticket: String,
    /// Where its state can be seen.
    pub status_url: String,
    /// The promised times.
    #[serde(default)]
    pub deadlines: Deadlines,
    /// SHA-256 of the bundle as the portal stored it; absent while only the text has arrived.
    #[serde(default)]
    pub received_sha256: Option<String>,
}

/// Why the portal will never take the report; the bundle can still be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Stable code of the portal.
    pub code: String,
    /// What the portal says to people.
    pub hint: String,
}

/// Where a kept report stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Waits to be sent.
    Kept,
    /// The ticket exists, the bundle is still on its way.
    Registered(Receipt),
    /// The portal has all of it.
    Delivered(Receipt),
    /// The portal will not take it.
    Refused(Refusal),
}

impl Outbox {
    /// Uses this folder; it is made when the first report is kept.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Makes this process the only one that shows a dialog over this outbox, until the file is dropped.
    /// `None` while another process does; the system frees it when that process dies.
    ///
    /// # Errors
    /// When the folder cannot be made or written: nothing could be kept there either.
    pub fn claim_dialog(&self) -> io::Result<Option<File>> {
        private::create_folder(&self.folder)?;
        let mut options = fs::OpenOptions::new();
        let file = options.create(true).truncate(false).write(true).open(self.folder.join(DIALOG_LOCK))?;
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

    /// Takes over a sealed bundle and the text of its ticket.
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
        body.bundle = Some(BundleRef { sha256: bundle.sha256(), bytes: bundle.bytes() });
        let secret = ReportSecret::generate()?;
        let file = ParcelFile { format: FORMAT, id, secret: secret.to_bearer(), kept_at: now, consent, body };
        let folder = self.reports().join(id.to_string());
        let part = self.reports().join(format!("{id}.part"));
        if part.exists() {
            fs::remove_dir_all(&part)?;
        }
        private::create_folder(&part)?;
        let written = serde_json::to_vec_pretty(&file)
            .map_err(io::Error::from)
            .and_then(|json| private::write(&part.join(PARCEL), &json))
            .and_then(|()| move_or_copy(bundle.path(), &part.join(BUNDLE)))
            .and_then(|()| fs::rename(&part, &folder))
            .and_then(|()| private::sync_parent(&folder));
        if let Err(error) = written {
            // Gives the bundle back, so that it can be saved elsewhere.
            let _ = move_or_copy(&part.join(BUNDLE), bundle.path());
            let _ = fs::remove_dir_all(&part);
            return Err(error.into());
        }
        Ok(Parcel { folder, content: file, secret })
    }

    /// All kept reports, the oldest first. Folders that cannot be read are given with their error.
    pub fn list(&self) -> io::Result<Vec<Result<Parcel, (String, ParcelError)>>> {
        let mut parcels = Vec::new();
        let items = match fs::read_dir(self.reports()) {
            Ok(items) => items,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(parcels),
            Err(error) => return Err(error),
        };
        for item in items {
            let name = item?.file_name().to_string_lossy().into_owned();
            if let Ok(id) = name.parse() {
                parcels.push(self.parcel(id).map_err(|error| (name, error)));
            }
        }
        parcels.sort_by_key(|parcel| match parcel {
            Ok(parcel) => (parcel.content.kept_at, parcel.content.id.to_string()),
            Err((name, _)) => (Timestamp::MIN, name.clone()),
        });
        Ok(parcels)
    }

    /// One kept report.
    ///
    /// # Errors
    /// See [`ParcelError`].
    pub fn parcel(&self, id: ReportId) -> Result<Parcel, ParcelError> {
        let folder = self.reports().join(id.to_string());
        let json = match fs::read(folder.join(PARCEL)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(ParcelError::NotFound),
            other => other?,
        };
        let version: Version = serde_json::from_slice(&json).map_err(|_| ParcelError::Damaged)?;
        if version.format > FORMAT {
            return Err(ParcelError::Newer { found: version.format });
        }
        let content: ParcelFile = serde_json::from_slice(&json).map_err(|_| ParcelError::Damaged)?;
        let secret = content.secret.parse().map_err(|_| ParcelError::Damaged)?;
        if content.id != id {
            return Err(ParcelError::Damaged);
        }
        Ok(Parcel { folder, content, secret })
    }

    /// Removes a report for good, whether it was delivered or not.
    ///
    /// # Errors
    /// `Busy` while it is being sent.
    pub fn drop_report(&self, id: ReportId) -> Result<(), ParcelError> {
        let parcel = self.parcel(id)?;
        let lock = parcel.lock()?;
        // Renamed first: a kill in the middle leaves no folder that looks like a report.
        let gone = self.reports().join(format!("{id}.part"));
        fs::rename(&parcel.folder, &gone)?;
        drop(lock);
        fs::remove_dir_all(&gone)?;
        Ok(())
    }
}

impl Parcel {
    /// The report's id.
    pub fn id(&self) -> ReportId {
        self.content.id
    }

    /// When it was kept.
    pub fn kept_at(&self) -> Timestamp {
        self.content.kept_at
    }

    /// The text of the ticket.
    pub fn body(&self) -> &ReportBody {
        &self.content.body
    }

    /// The bundle that will be sent: save a copy of it if sending does not work.
    pub fn bundle_path(&self) -> PathBuf {
        self.folder.join(BUNDLE)
    }

    pub(crate) fn secret(&self) -> &ReportSecret {
        &self.secret
    }

    /// Where it stands.
    ///
    /// # Errors
    /// `Damaged` when the portal's answer on the disk is not readable.
    pub fn state(&self) -> Result<State, ParcelError> {
        if let Some(refusal) = self.read(REFUSAL)? {
            return Ok(State::Refused(refusal));
        }
        let Some(receipt): Option<Receipt> = self.read(RECEIPT)? else { return Ok(State::Kept) };
        let announced = self.content.body.bundle.as_ref().map(|bundle| &bundle.sha256);
        let delivered = announced == receipt.received_sha256.as_ref();
        Ok(if delivered { State::Delivered(receipt) } else { State::Registered(receipt) })
    }

    fn read<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<Option<T>, ParcelError> {
        match fs::read(self.folder.join(name)) {
            Ok(json) => serde_json::from_slice(&json).map(Some).map_err(|_| ParcelError::Damaged),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub(crate) fn put_receipt(&self, receipt: &Receipt) -> io::Result<()> {
        private::write(&self.folder.join(RECEIPT), &serde_json::to_vec_pretty(receipt)?)
    }

    pub(crate) fn put_refusal(&self, refusal: &Refusal) -> io::Result<()> {
        private::write(&self.folder.join(REFUSAL), &serde_json::to_vec_pretty(refusal)?)
    }

    /// Makes this process the only one that sends the report. The system takes the lock back when the
    /// process dies.
    pub(crate) fn lock(&self) -> Result<File, ParcelError> {
        let mut options = fs::OpenOptions::new();
        options.create(true).truncate(false).write(true);
        let file = options.open(self.folder.join(LOCK))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(ParcelError::Busy),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

/// Renames, or copies when the draft lies on another disk.
fn move_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            let mut target = private::create_file(to)?;
            io::copy(&mut File::open(from)?, &mut target)?;
            target.sync_all()?;
            fs::remove_file(from)
        }
        other => other,
    }
}
