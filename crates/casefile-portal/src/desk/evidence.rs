//! Receives bundles: in pieces, each at most once, checked as a whole before anybody sees them.
//!
//! The hash of the file is compared before the client is told that all has arrived. Every entry of it is, too, while a core is free for
//! that; when many come at once they are checked one after another, after their clients have gone.

use std::collections::HashSet;
use std::fs::File;
use std::path::Path;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use casefile::bundle::{Bundle, Limits, OpenError};
use casefile::digest::sha256_of;
use data_encoding::HEXLOWER;
use futures_util::StreamExt;
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::{Desk, is_sha256};
use crate::background;
use crate::claims::Claim;
use crate::lanes::{Caller, Lane, UNLICENSED_BUNDLE_BYTES};
use crate::problem::Problem;
use crate::store::{Kept, TicketRow, UploadRow};
use crate::summary::Summary;
use crate::vault::Vault;

/// A report has one bundle, and another one for each time it is sealed again.
const MAX_UPLOADS: usize = 20;
/// Longest time without a byte inside one request.
const IDLE_TIMEOUT: Duration = Duration::from_mins(1);

/// What the bytes of one request have to hash to.
#[derive(Debug, Clone)]
pub(crate) enum Checksum {
    Sha1(Vec<u8>),
    Sha256(Vec<u8>),
}

/// Hashes while bytes go by.
enum Hasher {
    Sha1(Sha1, Vec<u8>),
    Sha256(Sha256, Vec<u8>),
}

/// How a request that carries bytes ended.
enum End {
    Whole,
    Broken,
    Superseded,
    /// The portal stops.
    Stopped,
    TooLong,
}

impl Desk {
    /// Announces a bundle; the same hash of the same report is the same upload.
    pub(crate) async fn announce(
        &self,
        ticket: &TicketRow,
        (sha256, bytes): (&str, u64),
        caller: Caller,
    ) -> Result<UploadRow, Problem> {
        if !is_sha256(sha256) {
            let hint = "The metadata need `sha256`: 64 lower-case hexadecimal digits.";
            return Err(Problem::new(StatusCode::BAD_REQUEST, "invalid_metadata", hint));
        }
        if ticket.kept != Kept::Everything {
            return Err(Problem::erased());
        }
        let lane = Lane::of(&ticket.body);
        let most = match lane {
            Lane::Licensed(_) => self.limits.file_bytes,
            Lane::Unlicensed => self.limits.file_bytes.min(UNLICENSED_BUNDLE_BYTES),
        };
        if bytes > most {
            let hint = format!("The portal takes bundles of up to {most} bytes for this report.");
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "bundle_too_large", hint));
        }
        let known = self.store.uploads(&ticket.report).await?;
        if !known.iter().any(|upload| upload.sha256 == sha256) {
            let announced_bytes: u64 = known.iter().map(|upload| upload.bytes).sum();
            if known.len() >= MAX_UPLOADS || announced_bytes.saturating_add(bytes) > most.saturating_mul(2) {
                let hint = "This report has too many bundles already.";
                return Err(Problem::new(StatusCode::FORBIDDEN, "too_many_bundles", hint));
            }
            self.room.for_bundle(bytes)?;
            self.lanes.admit_bundle(caller, &lane, bytes, self.now())?;
        }
        let mut id = [0; 16];
        getrandom::fill(&mut id).map_err(|error| Problem::unavailable(&error))?;
        let announced = (ticket.report.as_str(), sha256, bytes);
        let upload = self.store.announce(&HEXLOWER.encode(&id), announced, self.now()).await?;
        if upload.bytes != bytes {
            let hint = "A bundle of this hash was announced with another size.";
            return Err(Problem::new(StatusCode::CONFLICT, "bundle_differs", hint));
        }
        accepted(upload)
    }

    /// An upload, for who has the secret of its report.
    pub(crate) async fn upload(
        &self,
        id: &str,
        secret: &casefile::id::ReportSecret,
    ) -> Result<(UploadRow, TicketRow), Problem> {
        let upload = self.store.upload(id).await?.ok_or_else(Problem::not_found)?;
        let ticket = self.authorise(&upload.report, secret).await?;
        Ok((accepted(upload)?, ticket))
    }

    /// How much has arrived. Whoever still sends is told to stop; a whole bundle is checked.
    pub(crate) async fn offset(
        self: Arc<Self>,
        upload: UploadRow,
        ticket: TicketRow,
    ) -> Result<u64, Problem> {
        // In a task of its own: a client that hangs up must not stop the check in its middle.
        let task = tokio::spawn(async move {
            let claim = self.claims.claim(&upload.id).await;
            self.settle(&claim, upload, &ticket).await
        });
        task.await?
    }

    /// Takes the bytes of one request; says how much has arrived then.
    pub(crate) async fn append(
        self: Arc<Self>,
        (upload, ticket): (UploadRow, TicketRow),
        offset: u64,
        checksum: Option<Checksum>,
        body: Body,
    ) -> Result<u64, Problem> {
        let task = tokio::spawn(async move {
            let claim = self.claims.claim(&upload.id).await;
            let arrived = self.settle(&claim, upload.clone(), &ticket).await?;
            if offset != arrived {
                let hint = format!("{arrived} bytes have arrived: send what follows them.");
                return Err(Problem::new(StatusCode::CONFLICT, "wrong_offset", hint));
            }
            self.room.for_bundle(upload.bytes - arrived)?;
            self.receive(&claim, &upload, offset, checksum, body).await?;
            self.settle(&claim, upload, &ticket).await
        });
        task.await?
    }

    /// Forgets an upload that the client gave up.
    pub(crate) async fn abandon(&self, upload: &UploadRow) -> Result<(), Problem> {
        let _claim = self.claims.claim(&upload.id).await;
        let published = self.store.upload(&upload.id).await?.is_some_and(|upload| upload.published);
        if published {
            let hint = "The bundle has arrived and belongs to the ticket.";
            return Err(Problem::new(StatusCode::CONFLICT, "already_received", hint));
        }
        self.store.forget_upload(&upload.id).await?;
        Ok(self.vault.remove_part(&upload.id)?)
    }

    /// Publishes what had arrived as a whole when the portal stopped.
    pub(super) async fn recover(self: &Arc<Self>) -> anyhow::Result<()> {
        for upload in self.store.open_uploads().await? {
            let Some(ticket) = self.store.ticket_of_report(&upload.report).await? else { continue };
            let id = upload.id.clone();
            if let Err(problem) = Arc::clone(self).offset(upload, ticket).await {
                tracing::warn!(upload = id, code = problem.code, "an upload was not finished");
            }
        }
        Ok(())
    }

    /// Writes the bytes of one request behind what has arrived. Without a checksum a broken request counts as
    /// far as it came; with one, only as a whole.
    async fn receive(
        &self,
        claim: &Claim,
        upload: &UploadRow,
        offset: u64,
        checksum: Option<Checksum>,
        body: Body,
    ) -> Result<(), Problem> {
        let mut tail = self.vault.append(&upload.id, offset, checksum.is_some()).await?;
        let mut hasher = checksum.map(Hasher::new);
        let mut stream = body.into_data_stream();
        let mut left = upload.bytes - offset;
        let end = loop {
            let next = tokio::select! {
                () = claim.superseded() => break End::Superseded,
                () = self.stop.cancelled() => break End::Stopped,
                next = tokio::time::timeout(IDLE_TIMEOUT, stream.next()) => next,
            };
            let chunk = match next {
                Ok(None) => break End::Whole,
                Ok(Some(Ok(chunk))) => chunk,
                Ok(Some(Err(_))) | Err(_) => break End::Broken,
            };
            if chunk.len() as u64 > left {
                break End::TooLong;
            }
            left -= chunk.len() as u64;
            if let Some(hasher) = &mut hasher {
                hasher.update(&chunk);
            }
            tail.write(&chunk).await?;
        };
        let fits = hasher.map(|hasher| matches!(end, End::Whole) && hasher.fits());
        if fits != Some(false) {
            tail.keep().await?;
        }
        match end {
            End::Whole if fits == Some(false) => Err(Problem::checksum_mismatch()),
            End::Whole => Ok(()),
            End::Broken => {
                Err(Problem::new(StatusCode::BAD_REQUEST, "broken_body", "The request broke off."))
            }
            End::Superseded => Err(Problem::new(
                StatusCode::CONFLICT,
                "superseded",
                "Another request for this upload came in between: ask for the offset.",
            )),
            End::Stopped => Err(Problem::stopping()),
            End::TooLong => Err(Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "more_than_announced",
                "More bytes than were announced.",
            )),
        }
    }

    /// Says how much has arrived, and if it is all, makes evidence of it: now, or when its turn comes.
    async fn settle(
        self: &Arc<Self>,
        _claim: &Claim,
        upload: UploadRow,
        ticket: &TicketRow,
    ) -> Result<u64, Problem> {
        let upload = match self.standing(&upload).await? {
            Standing::Known(arrived) => return Ok(arrived),
            Standing::Unchecked(upload) => upload,
        };
        let (vault, limits, row) = (self.vault.clone(), self.limits, upload.clone());
        if let Ok(_check) = self.checks.try_acquire() {
            let checked = tokio::task::spawn_blocking(move || check(&vault, &limits, &row)).await??;
            return self.conclude(&upload, ticket, checked).await;
        }
        let seen = tokio::task::spawn_blocking(move || look_at(&vault, &limits, &row)).await??;
        if matches!(seen, Check::Whole) && self.waiting().insert(upload.id.clone()) {
            tokio::spawn(Arc::clone(self).settle_later(upload.clone(), ticket.clone()));
        }
        self.conclude(&upload, ticket, seen).await
    }

    /// Checks every entry of an upload when a core is free for it. What is not done when the portal stops is done by [`Desk::recover`].
    async fn settle_later(self: Arc<Self>, upload: UploadRow, ticket: TicketRow) {
        let settle = async {
            let _check = self.checks.acquire().await.expect("it is never closed");
            let _claim = self.claims.claim(&upload.id).await;
            let Standing::Unchecked(upload) = self.standing(&upload).await? else { return Ok(()) };
            let (vault, limits, row) = (self.vault.clone(), self.limits, upload.clone());
            let checked = background::run(move || check(&vault, &limits, &row)).await?;
            let checked = checked
                .unwrap_or_else(|| Err(Problem::unavailable(&std::io::Error::other("a check panicked"))))?;
            self.conclude(&upload, &ticket, checked).await.map(|_| ())
        };
        let settled: Result<(), Problem> = settle.await;
        self.waiting().remove(&upload.id);
        if let Err(problem) = settled {
            tracing::warn!(ticket = %ticket.number, code = problem.code, "what has arrived is no evidence");
        }
    }

    /// Lets nobody check a bundle until what is returned is dropped.
    #[cfg(test)]
    pub(crate) fn occupied(&self) -> tokio::sync::SemaphorePermit<'_> {
        let all = u32::try_from(self.checks.available_permits()).expect("a number of cores");
        self.checks.try_acquire_many(all).expect("nobody checks")
    }

    fn waiting(&self) -> MutexGuard<'_, HashSet<String>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether an upload has arrived as it was announced, and waits for its check.
    pub(super) fn is_waiting(&self, upload: &str) -> bool {
        self.waiting().contains(upload)
    }

    /// How an upload stands now; it may have been settled since its row was read.
    async fn standing(&self, upload: &UploadRow) -> Result<Standing, Problem> {
        let Some(upload) = self.store.upload(&upload.id).await? else { return Err(Problem::not_found()) };
        let upload = accepted(upload)?;
        if upload.published {
            return Ok(Standing::Known(upload.bytes));
        }
        Ok(match partial(&self.vault, &upload)? {
            Some(arrived) => Standing::Known(arrived),
            None => Standing::Unchecked(upload),
        })
    }

    /// Does what a check says of an upload of which all has arrived.
    async fn conclude(&self, upload: &UploadRow, ticket: &TicketRow, checked: Check) -> Result<u64, Problem> {
        match checked {
            Check::Whole => Ok(upload.bytes),
            Check::Damaged => Err(Problem::checksum_mismatch()),
            Check::Good(summary) => {
                if !self.store.publish(ticket.id, upload, &summary, self.now()).await? {
                    self.vault.remove_evidence(&upload.report, &upload.sha256)?;
                    return Err(Problem::not_found());
                }
                tracing::info!(ticket = %ticket.number, bytes = upload.bytes, "evidence received");
                Ok(upload.bytes)
            }
            Check::Bad(why) => {
                self.store.refuse(ticket.id, upload, &why, self.now()).await?;
                self.vault.remove_part(&upload.id)?;
                self.vault.remove_evidence(&upload.report, &upload.sha256)?;
                tracing::warn!(ticket = %ticket.number, why, "evidence refused");
                Err(refused(&why))
            }
        }
    }
}

/// How much has arrived, unless it is all.
fn partial(vault: &Vault, upload: &UploadRow) -> std::io::Result<Option<u64>> {
    if vault.evidence(&upload.report, &upload.sha256).exists() {
        return Ok(None);
    }
    let arrived = vault.arrived(&upload.id)?;
    Ok((arrived < upload.bytes).then_some(arrived))
}

/// How an upload stands.
enum Standing {
    /// So much has arrived, and there is nothing to do about it.
    Known(u64),
    /// All has arrived, and nobody has checked it.
    Unchecked(UploadRow),
}

/// What is to be said of an upload of which all has arrived.
enum Check {
    /// All has arrived, but with other bytes than were announced: it begins anew.
    Damaged,
    /// All has arrived as it was announced; its entries were not unpacked yet.
    Whole,
    /// It is good and lies in its place.
    Good(Box<Summary>),
    Bad(String),
}

/// Checks an upload of which all has arrived, and puts it in its place. May be repeated after a crash.
fn check(vault: &Vault, limits: &Limits, upload: &UploadRow) -> Result<Check, Problem> {
    if upload.bytes == 0 {
        return Ok(Check::Bad("it is empty".to_owned()));
    }
    let place = vault.evidence(&upload.report, &upload.sha256);
    let is_placed = place.exists();
    let path = if is_placed { place } else { vault.part(&upload.id) };
    let why = match open(&path, limits, upload)? {
        Ok(bundle) => {
            if !is_placed {
                vault.publish(&upload.id, &upload.report, &upload.sha256)?;
            }
            return Ok(Check::Good(Box::new(Summary::of(&bundle))));
        }
        Err(why) => why,
    };
    // What was damaged on the way is sent again; only what was sealed like this is refused.
    let (digest, _) = sha256_of(&mut File::open(&path)?)?;
    if HEXLOWER.encode(&digest) == upload.sha256 {
        return Ok(Check::Bad(why));
    }
    vault.remove_part(&upload.id)?;
    vault.remove_evidence(&upload.report, &upload.sha256)?;
    Ok(Check::Damaged)
}

/// Looks at an upload of which all has arrived without unpacking its entries: the hash, its directory and its manifest.
fn look_at(vault: &Vault, limits: &Limits, upload: &UploadRow) -> Result<Check, Problem> {
    if upload.bytes == 0 || vault.evidence(&upload.report, &upload.sha256).exists() {
        return check(vault, limits, upload);
    }
    let path = vault.part(&upload.id);
    let (digest, _) = sha256_of(&mut File::open(&path)?)?;
    if HEXLOWER.encode(&digest) != upload.sha256 {
        vault.remove_part(&upload.id)?;
        return Ok(Check::Damaged);
    }
    Ok(match of_report(Bundle::open_checked(&path, limits, digest), upload)? {
        Ok(_) => Check::Whole,
        Err(why) => Check::Bad(why),
    })
}

/// Opens a bundle of this report, or says why it is none.
fn open(path: &Path, limits: &Limits, upload: &UploadRow) -> Result<Result<Bundle, String>, Problem> {
    of_report(Bundle::open(path, limits), upload)
}

fn of_report(
    opened: Result<Bundle, OpenError>,
    upload: &UploadRow,
) -> Result<Result<Bundle, String>, Problem> {
    match opened {
        Ok(bundle) if bundle.sha256() != upload.sha256 => Ok(Err("it has another hash".to_owned())),
        Ok(bundle) if bundle.manifest().report_id.to_string() == upload.report => Ok(Ok(bundle)),
        Ok(_) => Ok(Err("it belongs to another report".to_owned())),
        Err(OpenError::Io(error)) => Err(error.into()),
        Err(error) => Ok(Err(error.to_string())),
    }
}

fn accepted(upload: UploadRow) -> Result<UploadRow, Problem> {
    match &upload.refused {
        Some(why) => Err(refused(why)),
        None => Ok(upload),
    }
}

fn refused(why: &str) -> Problem {
    let hint = format!("The bundle was not accepted: {why}.");
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bundle_refused", hint)
}

impl Hasher {
    fn new(checksum: Checksum) -> Self {
        match checksum {
            Checksum::Sha1(expected) => Self::Sha1(Sha1::new(), expected),
            Checksum::Sha256(expected) => Self::Sha256(Sha256::new(), expected),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha1(hasher, _) => hasher.update(bytes),
            Self::Sha256(hasher, _) => hasher.update(bytes),
        }
    }

    fn fits(self) -> bool {
        match self {
            Self::Sha1(hasher, expected) => hasher.finalize()[..] == expected[..],
            Self::Sha256(hasher, expected) => hasher.finalize()[..] == expected[..],
        }
    }
}
