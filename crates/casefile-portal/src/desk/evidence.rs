//! Receives bundles: in pieces, each at most once, checked as a whole before anybody sees them.
//!
//! The hash of the file is compared before the client is told that all has arrived. Every entry of it is, too, while a core is free for
//! that; when many come at once they are checked one after another, after their clients have gone and when no more come.

mod settling;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use futures_util::StreamExt;
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::{Desk, is_sha256};
use crate::claims::Claim;
use crate::lanes::{Caller, Lane, UNLICENSED_BUNDLE_BYTES};
use crate::problem::Problem;
use crate::store::{Announcement, Kept, TicketRow, UploadRow};

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

/// Hashes the bytes of one request while they go by.
struct Sums {
    sha256: Option<Sha256>,
    sha1: Option<Sha1>,
    expected: Option<Checksum>,
    /// Whether the request begins where the upload does.
    is_first: bool,
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
        let upload = if let Some(upload) = known.iter().find(|upload| upload.sha256 == sha256) {
            upload.clone()
        } else {
            let announced_bytes: u64 = known.iter().map(|upload| upload.bytes).sum();
            if known.len() >= MAX_UPLOADS || announced_bytes.saturating_add(bytes) > most.saturating_mul(2) {
                let hint = "This report has too many bundles already.";
                return Err(Problem::new(StatusCode::FORBIDDEN, "too_many_bundles", hint));
            }
            self.room.for_bundle(bytes)?;
            self.lanes.admit_bundle(caller, &lane, bytes, self.now())?;
            self.store.announce(self.announcement(ticket, sha256, bytes)?).await?
        };
        if upload.bytes != bytes {
            let hint = "A bundle of this hash was announced with another size.";
            return Err(Problem::new(StatusCode::CONFLICT, "bundle_differs", hint));
        }
        accepted(upload)
    }

    /// A bundle of a ticket, under a new id.
    pub(super) fn announcement(
        &self,
        ticket: &TicketRow,
        sha256: &str,
        bytes: u64,
    ) -> Result<Announcement, Problem> {
        let (id, report, sha256) = (super::random_id()?, ticket.report.clone(), sha256.to_owned());
        Ok(Announcement { id, report, sha256, bytes, at: self.now() })
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
            self.settle(&claim, &upload, &ticket).await
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
            if offset == 0 {
                self.cores.arrived();
            }
            let claim = self.claims.claim(&upload.id).await;
            let arrived = self.settle(&claim, &upload, &ticket).await?;
            if offset != arrived {
                let hint = format!("{arrived} bytes have arrived: send what follows them.");
                return Err(Problem::new(StatusCode::CONFLICT, "wrong_offset", hint));
            }
            self.room.for_bundle(upload.bytes - arrived)?;
            match self.receive(&claim, &upload, offset, checksum, body).await? {
                Some(digest) => self.settle_whole(&claim, &upload, &ticket, Some(digest)).await,
                None => self.settle(&claim, &upload, &ticket).await,
            }
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
    /// far as it came; with one, only as a whole. Gives the SHA-256 of an upload that came whole in this one request.
    async fn receive(
        &self,
        claim: &Claim,
        upload: &UploadRow,
        offset: u64,
        checksum: Option<Checksum>,
        body: Body,
    ) -> Result<Option<[u8; 32]>, Problem> {
        let mut tail = self.vault.append(&upload.id, offset, checksum.is_some()).await?;
        let mut sums = Sums::new(offset, checksum);
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
            sums.update(&chunk);
            tail.write(chunk).await?;
        };
        let (fits, digest) = sums.finish();
        let fits = fits.map(|fits| fits && matches!(end, End::Whole));
        if fits != Some(false) {
            tail.keep().await?;
        }
        match end {
            End::Whole if fits == Some(false) => Err(Problem::checksum_mismatch()),
            End::Whole => Ok(digest.filter(|_| left == 0)),
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

impl Sums {
    fn new(offset: u64, expected: Option<Checksum>) -> Self {
        let is_first = offset == 0;
        let wants_sha256 = is_first || matches!(expected, Some(Checksum::Sha256(_)));
        Self {
            sha256: wants_sha256.then(Sha256::new),
            sha1: matches!(expected, Some(Checksum::Sha1(_))).then(Sha1::new),
            expected,
            is_first,
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        if let Some(sha256) = &mut self.sha256 {
            sha256.update(bytes);
        }
        if let Some(sha1) = &mut self.sha1 {
            sha1.update(bytes);
        }
    }

    /// Whether the bytes are those that were announced, if that was said; and the SHA-256 of what has arrived, if it is known.
    fn finish(self) -> (Option<bool>, Option<[u8; 32]>) {
        let sha256: Option<[u8; 32]> = self.sha256.map(|sha256| sha256.finalize().into());
        let sha1 = self.sha1.map(Sha1::finalize);
        let fits = self.expected.map(|expected| match expected {
            Checksum::Sha256(expected) => sha256.is_some_and(|sha256| sha256[..] == expected[..]),
            Checksum::Sha1(expected) => sha1.is_some_and(|sha1| sha1[..] == expected[..]),
        });
        (fits, sha256.filter(|_| self.is_first))
    }
}
