//! One kept report: its folder, read and written.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    BUNDLE, DROPPED, FORMAT, LOCK, PARCEL, ParcelError, Receipt, Refusal, State, WaitReason, Waiting,
};
use crate::consent::Consent;
use crate::id::{ReportId, ReportSecret};
use crate::private;
use crate::report::ReportBody;

const RECEIPT: &str = "receipt.json";
const REFUSAL: &str = "refusal.json";
const WAITING: &str = "waiting.json";
const SENDING: &str = "sending.json";

/// A pause is cut to this, whatever stands on the disk.
pub(crate) const MAX_PAUSE: Duration = Duration::from_hours(24);

/// Whoever only asks whether a report is being sent holds its lock for a moment: a sender looks this often again.
const LOCK_ATTEMPTS: u32 = 10;
const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// A kept report: all that is needed to send it, today or after the next start.
#[derive(Clone)]
pub struct Parcel {
    folder: PathBuf,
    content: Content,
    secret: ReportSecret,
}

/// What every version of the file has.
#[derive(Deserialize)]
struct Version {
    format: u32,
}

/// `parcel.json`.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Content {
    format: u32,
    id: ReportId,
    secret: String,
    kept_at: Timestamp,
    consent: Consent,
    body: ReportBody,
}

/// `waiting.json`; when it was written is when the attempt failed.
#[derive(Serialize, Deserialize)]
struct WaitingFile {
    pause_seconds: u64,
    attempts: u32,
    reason: WaitReason,
}

/// `sending.json`.
#[derive(Serialize, Deserialize)]
struct SendingFile {
    done_bytes: u64,
}

impl Content {
    pub(super) fn new(
        id: ReportId,
        secret: &ReportSecret,
        kept_at: Timestamp,
        consent: Consent,
        body: ReportBody,
    ) -> Self {
        Self { format: FORMAT, id, secret: secret.to_bearer(), kept_at, consent, body }
    }
}

impl Parcel {
    pub(super) fn new(folder: PathBuf, content: Content, secret: ReportSecret) -> Self {
        Self { folder, content, secret }
    }

    /// Reads the parcel in this folder, of any format up to the present one.
    pub(super) fn read(folder: PathBuf, id: ReportId) -> Result<Self, ParcelError> {
        let json = match fs::read(folder.join(PARCEL)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let is_damaged = folder.is_dir() && !folder.join(DROPPED).exists();
                return Err(if is_damaged { ParcelError::Damaged } else { ParcelError::NotFound });
            }
            other => other?,
        };
        let version: Version = serde_json::from_slice(&json).map_err(|_| ParcelError::Damaged)?;
        if version.format > FORMAT {
            return Err(ParcelError::Newer { found: version.format });
        }
        let content: Content = serde_json::from_slice(&json).map_err(|_| ParcelError::Damaged)?;
        let secret = content.secret.parse().map_err(|_| ParcelError::Damaged)?;
        if content.id != id {
            return Err(ParcelError::Damaged);
        }
        Ok(Self { folder, content, secret })
    }

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

    /// The bundle that will be sent: save a copy of it if sending does not work. Long after it was delivered it is not
    /// there any more.
    pub fn bundle_path(&self) -> PathBuf {
        self.folder.join(BUNDLE)
    }

    pub(crate) fn secret(&self) -> &ReportSecret {
        &self.secret
    }

    /// Whether the bundle has the announced size.
    pub(super) fn is_whole(&self) -> bool {
        let bytes = fs::metadata(self.bundle_path()).ok().map(|metadata| metadata.len());
        bytes == self.content.body.bundle.as_ref().map(|bundle| bundle.bytes)
    }

    /// Where it stands.
    ///
    /// # Errors
    /// `Disk` when its folder cannot be read. It is sent all the same: the portal says again what it said before.
    pub fn state(&self) -> Result<State, ParcelError> {
        let settled = self.settled()?;
        if settled.is_settled() || !self.is_being_sent() {
            return Ok(settled);
        }
        let sending: Option<SendingFile> = self.read_file(SENDING).unwrap_or_default();
        Ok(State::Sending {
            receipt: settled.receipt().cloned(),
            done_bytes: sending.map_or(0, |sending| sending.done_bytes),
            total_bytes: self.content.body.bundle.as_ref().map_or(0, |bundle| bundle.bytes),
        })
    }

    /// Where it stands, whether somebody sends it right now or not.
    pub(crate) fn settled(&self) -> Result<State, ParcelError> {
        let receipt: Option<Receipt> = self.read_answer(RECEIPT)?;
        let announced = self.content.body.bundle.as_ref().map(|bundle| &bundle.sha256);
        if let Some(receipt) =
            receipt.as_ref().filter(|receipt| announced == receipt.received_sha256.as_ref())
        {
            return Ok(State::Delivered(receipt.clone()));
        }
        if let Some(refusal) = self.read_answer(REFUSAL)? {
            return Ok(State::Refused { receipt, refusal });
        }
        if let Some(waiting) = self.waiting() {
            return Ok(State::Waiting { receipt, waiting });
        }
        Ok(receipt.map_or(State::Kept, State::Registered))
    }

    /// The pause after the last attempt. One that cannot be read is none: the report is tried again.
    fn waiting(&self) -> Option<Waiting> {
        let file: WaitingFile = self.read_file(WAITING).ok()??;
        let noted_at = modified_at(&self.folder.join(WAITING))?;
        let pause = Duration::from_secs(file.pause_seconds).min(MAX_PAUSE);
        Some(Waiting { noted_at, pause, attempts: file.attempts, reason: file.reason })
    }

    /// When the portal confirmed it, by the clock of this machine.
    pub(super) fn delivered_at(&self) -> Option<Timestamp> {
        modified_at(&self.folder.join(RECEIPT))
    }

    /// An answer of the portal. One that is damaged was never given: the portal gives it again when it is asked.
    fn read_answer<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<Option<T>, ParcelError> {
        match self.read_file(name) {
            Err(ParcelError::Damaged) => Ok(None),
            other => other,
        }
    }

    fn read_file<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<Option<T>, ParcelError> {
        match fs::read(self.folder.join(name)) {
            Ok(json) => serde_json::from_slice(&json).map(Some).map_err(|_| ParcelError::Damaged),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn write_file(&self, name: &str, content: &impl Serialize) -> io::Result<()> {
        private::write(&self.folder.join(name), &serde_json::to_vec_pretty(content)?)
    }

    pub(crate) fn put_receipt(&self, receipt: &Receipt) -> io::Result<()> {
        self.write_file(RECEIPT, receipt)
    }

    pub(crate) fn put_refusal(&self, refusal: &Refusal) -> io::Result<()> {
        self.write_file(REFUSAL, refusal)
    }

    /// Remembers a failed attempt. An older version of casefile does not know the file and tries at once.
    pub(crate) fn put_waiting(&self, pause: Duration, attempts: u32, reason: WaitReason) -> io::Result<()> {
        let pause_seconds = pause.min(MAX_PAUSE).as_secs();
        self.write_file(WAITING, &WaitingFile { pause_seconds, attempts, reason })
    }

    /// Forgets a refusal: the portal did not repeat it, so the report is on its way again.
    pub(crate) fn clear_refusal(&self) {
        // What stays can be overruled by a person who sends it once more.
        let _ = private::remove_if_there(&self.folder.join(REFUSAL));
    }

    /// Forgets a pause: the report has arrived, or was refused.
    pub(crate) fn clear_waiting(&self) {
        // What stays is overruled by the receipt or the refusal.
        let _ = private::remove_if_there(&self.folder.join(WAITING));
    }

    /// Tells other processes how far it is. A hint only: not durable, and nobody minds when it is missing.
    pub(crate) fn hint_sending(&self, done_bytes: u64) {
        let hint = serde_json::to_vec(&SendingFile { done_bytes }).unwrap_or_default();
        let _ = fs::write(self.folder.join(SENDING), hint);
    }

    /// Removes the hint of [`Parcel::hint_sending`].
    pub(crate) fn clear_sending(&self) {
        let _ = private::remove_if_there(&self.folder.join(SENDING));
    }

    /// Makes this process the only one that sends the report. The system takes the lock back when the
    /// process dies.
    pub(crate) fn lock(&self) -> Result<File, ParcelError> {
        let file = lock(&self.folder)?;
        // It may have been dropped, and the lock with it, since it was read.
        if self.folder.join(PARCEL).exists() { Ok(file) } else { Err(ParcelError::NotFound) }
    }

    fn is_being_sent(&self) -> bool {
        let file = File::open(self.folder.join(LOCK));
        file.is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }
}

/// Takes the lock in a report's folder.
pub(super) fn lock(folder: &Path) -> Result<File, ParcelError> {
    let file = private::open_lock(&folder.join(LOCK))?;
    let mut attempts = 0;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if attempts < LOCK_ATTEMPTS => {
                attempts += 1;
                std::thread::sleep(LOCK_PAUSE);
            }
            Err(TryLockError::WouldBlock) => return Err(ParcelError::Busy),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
}

fn modified_at(path: &Path) -> Option<Timestamp> {
    Timestamp::try_from(fs::metadata(path).ok()?.modified().ok()?).ok()
}
