//! What becomes of a bundle of which all has arrived.

use std::collections::HashSet;
use std::fs::File;
use std::path::Path;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use casefile::bundle::{Bundle, Limits, OpenError};
use casefile::digest::sha256_of;
use data_encoding::HEXLOWER;
use tokio::time::Instant;

use super::{accepted, refused};
use crate::background;
use crate::claims::Claim;
use crate::cores::PATIENCE;
use crate::desk::Desk;
use crate::problem::Problem;
use crate::store::{TicketRow, UploadRow};
use crate::summary::Summary;
use crate::vault::Vault;

/// How long a check waits that the portal's own trouble has stopped; twice as long after each try, to [`LAST_WAIT`].
const FIRST_WAIT: Duration = if cfg!(test) { Duration::from_millis(20) } else { Duration::from_secs(10) };
const LAST_WAIT: Duration = Duration::from_hours(1);

impl Desk {
    /// Says how much has arrived, and if it is all, makes evidence of it: now, or when its turn comes.
    pub(super) async fn settle(
        self: &Arc<Self>,
        claim: &Claim,
        upload: &UploadRow,
        ticket: &TicketRow,
    ) -> Result<u64, Problem> {
        match self.standing(upload).await? {
            Standing::Known(arrived) => Ok(arrived),
            Standing::Unchecked(upload) => self.settle_whole(claim, &upload, ticket, None).await,
        }
    }

    /// The same for an upload of which all has just arrived, with its SHA-256 if that is known.
    pub(super) async fn settle_whole(
        self: &Arc<Self>,
        _claim: &Claim,
        upload: &UploadRow,
        ticket: &TicketRow,
        digest: Option<[u8; 32]>,
    ) -> Result<u64, Problem> {
        let (vault, limits, row) = (self.vault.clone(), self.limits, upload.clone());
        if let Some(_core) = self.cores.at_once() {
            let checked = tokio::task::spawn_blocking(move || check(&vault, &limits, &row)).await??;
            return self.conclude(upload, ticket, checked).await;
        }
        let seen = tokio::task::spawn_blocking(move || look_at(&vault, &limits, &row, digest)).await??;
        if matches!(seen, Check::Whole) && self.waiting().insert(upload.id.clone()) {
            tokio::spawn(Arc::clone(self).settle_later(upload.clone(), ticket.clone()));
        }
        self.conclude(upload, ticket, seen).await
    }

    /// Checks every entry of an upload when a core is free for it. The client has gone, so it is tried until it is done; what is not done
    /// when the portal stops is done by [`Desk::recover`].
    async fn settle_later(self: Arc<Self>, upload: UploadRow, ticket: TicketRow) {
        let (mut wait, latest) = (FIRST_WAIT, Instant::now() + PATIENCE);
        while let Err(problem) = self.settle_in_turn(&upload, &ticket, latest).await {
            if !problem.is_own() {
                tracing::warn!(ticket = %ticket.number, code = problem.code, "what has arrived is no evidence");
                break;
            }
            tracing::error!(ticket = %ticket.number, code = problem.code, "what has arrived is checked again later");
            tokio::select! {
                () = self.stop.cancelled() => return,
                () = tokio::time::sleep(wait) => wait = (wait * 2).min(LAST_WAIT),
            }
        }
        self.waiting().remove(&upload.id);
    }

    async fn settle_in_turn(
        &self,
        upload: &UploadRow,
        ticket: &TicketRow,
        latest: Instant,
    ) -> Result<(), Problem> {
        let _core = self.cores.in_turn(latest).await;
        let _claim = self.claims.claim(&upload.id).await;
        let Standing::Unchecked(upload) = self.standing(upload).await? else { return Ok(()) };
        let (vault, limits, row) = (self.vault.clone(), self.limits, upload.clone());
        let checked = background::run(move || check(&vault, &limits, &row)).await?;
        let checked = checked
            .unwrap_or_else(|| Err(Problem::unavailable(&std::io::Error::other("a check panicked"))))?;
        self.conclude(&upload, ticket, checked).await.map(|_| ())
    }

    fn waiting(&self) -> MutexGuard<'_, HashSet<String>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether an upload has arrived as it was announced, and waits for its check.
    pub(in crate::desk) fn is_waiting(&self, upload: &str) -> bool {
        self.waiting().contains(upload)
    }

    /// Whether all of an upload is there, checked or not.
    pub(in crate::desk) async fn has_arrived(&self, upload: &UploadRow) -> Result<bool, Problem> {
        let _claim = self.claims.claim(&upload.id).await;
        Ok(partial(&self.vault, upload)?.is_none())
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
fn look_at(
    vault: &Vault,
    limits: &Limits,
    upload: &UploadRow,
    digest: Option<[u8; 32]>,
) -> Result<Check, Problem> {
    if upload.bytes == 0 || vault.evidence(&upload.report, &upload.sha256).exists() {
        return check(vault, limits, upload);
    }
    let path = vault.part(&upload.id);
    let digest = match digest {
        Some(digest) => digest,
        None => sha256_of(&mut File::open(&path)?)?.0,
    };
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
