//! From the outbox to the portal: ticket first, bundle after, no success without a receipt.

mod backoff;

use std::fs::File;
use std::io;
use std::time::Duration;

use crate::outbox::{Parcel, ParcelError, Receipt, State, WaitReason};
use crate::progress::{Progress, Step};
use crate::transport::{SendError, Transport};

/// Why a report is not delivered yet. It stays in the outbox.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DeliverError {
    /// There is no portal in the settings: save the bundle, or set one.
    #[error("no portal is set")]
    NoPortal,
    /// The report cannot be read, or another process sends it.
    #[error(transparent)]
    Parcel(#[from] ParcelError),
    /// It did not get through; `ticket` is there when its text did.
    #[error("{source}")]
    Send {
        /// The ticket, if it was registered.
        ticket: Option<String>,
        /// Why.
        source: SendError,
    },
    /// The portal has other bytes than were sent: it will be tried again.
    #[error("the portal does not confirm the bundle")]
    Unconfirmed {
        /// The ticket.
        ticket: String,
    },
}

impl DeliverError {
    /// Whether the portal will never take it: show why, and offer to save the bundle.
    pub fn is_refused(&self) -> bool {
        matches!(self, Self::Send { source: SendError::Refused(_), .. })
    }

    /// Whether it was the person who stopped it.
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Send { source: SendError::Cancelled, .. })
    }

    /// Why it waits now, if trying again can help.
    fn wait_reason(&self) -> Option<WaitReason> {
        match self {
            Self::Unconfirmed { .. } => Some(WaitReason::Unconfirmed),
            Self::Send { source, .. } => source.wait_reason(),
            Self::NoPortal | Self::Parcel(_) => None,
        }
    }

    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Send { source: SendError::Busy { retry_after, .. }, .. } => *retry_after,
            _ => None,
        }
    }
}

/// Sends a kept report by any transport; safe to repeat. A failure that may pass leaves the report
/// [`Waiting`](State::Waiting); calling this again does not wait for the end of the pause.
///
/// # Errors
/// See [`DeliverError`].
pub fn deliver(
    parcel: &Parcel,
    transport: &dyn Transport,
    progress: &Progress,
) -> Result<Receipt, DeliverError> {
    attempt(parcel, transport, progress).map_err(|(error, _)| error)
}

/// As [`deliver`], with the pause to make before the next attempt.
fn attempt(
    parcel: &Parcel,
    transport: &dyn Transport,
    progress: &Progress,
) -> Result<Receipt, (DeliverError, Option<Duration>)> {
    let final_error = |error: ParcelError| (DeliverError::from(error), None);
    // Held until the end; the system frees it when this process dies.
    let _lock = parcel.lock().map_err(final_error)?;
    let before = match parcel.settled() {
        Ok(State::Delivered(receipt)) => {
            progress.begin(Step::Done, 0);
            return Ok(receipt);
        }
        Ok(State::Waiting { waiting, .. }) => waiting.attempts,
        // What was answered before and cannot be read now is answered again.
        Ok(_) | Err(_) => 0,
    };
    progress.begin(Step::Registering, 0);
    let mut way = Way { parcel, transport, progress, ticket: None, offsets: None };
    let outcome = way.go();
    let has_progressed = way.has_progressed();
    let ticket = way.ticket;
    parcel.clear_sending();
    let error = match outcome {
        Ok(Some(receipt)) => {
            parcel.clear_refusal();
            parcel.clear_waiting();
            progress.begin(Step::Done, 0);
            return Ok(receipt);
        }
        Ok(None) => DeliverError::Unconfirmed { ticket: ticket.unwrap_or_default() },
        Err(source) => DeliverError::Send { ticket, source },
    };
    if let DeliverError::Send { source: SendError::Refused(refusal), .. } = &error {
        // If the disk refuses this as well, the portal will say it once more.
        let _ = parcel.put_refusal(refusal);
        parcel.clear_waiting();
    }
    let pause = error.wait_reason().map(|reason| {
        let attempts = if has_progressed { 1 } else { before.saturating_add(1) };
        let pause = backoff::pause(attempts, error.retry_after(), backoff::random());
        // A disk that is full only means that the next process does not know of the pause.
        let _ = parcel.put_waiting(pause, attempts, reason);
        parcel.clear_refusal();
        pause
    });
    Err((error, pause))
}

/// One attempt.
struct Way<'a> {
    parcel: &'a Parcel,
    transport: &'a dyn Transport,
    progress: &'a Progress,
    /// As soon as there is one.
    ticket: Option<String>,
    /// What the portal had of the bundle when this attempt began, and what it has now.
    offsets: Option<(u64, u64)>,
}

impl Way<'_> {
    /// `None` when the portal has everything and does not say so.
    fn go(&mut self) -> Result<Option<Receipt>, SendError> {
        let (parcel, progress) = (self.parcel, self.progress);
        let registered = self.transport.register(parcel.id(), parcel.secret(), parcel.body(), progress)?;
        self.ticket = Some(registered.ticket.clone());
        let mut receipt = registered.receipt();
        let Some(announced) = &parcel.body().bundle else {
            // What the portal has is not less received because this disk is full; the next attempt learns it again.
            let _ = parcel.put_receipt(&receipt);
            return Ok(Some(receipt));
        };
        let _ = parcel.put_receipt(&receipt);
        let mut file = File::open(parcel.bundle_path())?;
        if file.metadata()?.len() != announced.bytes {
            return Err(SendError::Disk(io::Error::new(
                io::ErrorKind::InvalidData,
                "the kept bundle changed",
            )));
        }
        let mut arrived = |bytes: u64| {
            self.offsets = Some((self.offsets.map_or(bytes, |(first, _)| first), bytes));
            parcel.hint_sending(bytes);
        };
        self.transport.upload(
            &registered,
            parcel.secret(),
            (&mut file, announced),
            progress,
            &mut arrived,
        )?;
        if !self.transport.received(parcel.id(), parcel.secret(), progress)?.contains(&announced.sha256) {
            return Ok(None);
        }
        receipt.received_sha256 = Some(announced.sha256.clone());
        let _ = parcel.put_receipt(&receipt);
        Ok(Some(receipt))
    }

    fn has_progressed(&self) -> bool {
        self.offsets.is_some_and(|(first, last)| last > first)
    }
}

#[cfg(feature = "http")]
impl crate::Reporter {
    /// Sends a kept report to the portal. Blocks: call it on a thread of its own. Safe to repeat, also by
    /// another process and after a restart.
    ///
    /// # Errors
    /// The report stays in the outbox; see [`DeliverError`].
    pub fn deliver(&self, parcel: &Parcel, progress: &Progress) -> Result<Receipt, DeliverError> {
        deliver(parcel, &self.transport()?, progress)
    }

    /// Sends a kept report until the portal has it or refuses it, with pauses that grow from seconds to ten minutes,
    /// or as long as the portal asks. Blocks: call it on a thread of its own; cancelling ends it at once.
    ///
    /// # Errors
    /// Only those that another attempt would not cure, and being cancelled.
    pub fn deliver_patiently(&self, parcel: &Parcel, progress: &Progress) -> Result<Receipt, DeliverError> {
        let transport = self.transport()?;
        loop {
            let (error, pause) = match attempt(parcel, &transport, progress) {
                Ok(receipt) => return Ok(receipt),
                Err(failed) => failed,
            };
            match (error, pause) {
                // By the monotonic clock: setting the clock neither shortens nor stretches it.
                (DeliverError::Send { ticket, .. }, Some(pause)) => {
                    if progress.sleep(pause) {
                        return Err(DeliverError::Send { ticket, source: SendError::Cancelled });
                    }
                }
                (DeliverError::Unconfirmed { ticket }, Some(pause)) => {
                    if progress.sleep(pause) {
                        let ticket = Some(ticket);
                        return Err(DeliverError::Send { ticket, source: SendError::Cancelled });
                    }
                }
                (error, _) => return Err(error),
            }
        }
    }

    /// Tries once to send each report of the outbox whose turn it is, the oldest first; ends early when the portal
    /// cannot be reached. Reports that the portal asked to hold back stay until then. Tidies the outbox before. Call it
    /// on a thread of its own, for instance at each start and every few minutes.
    ///
    /// # Errors
    /// When the outbox cannot be read; each report has its own outcome.
    pub fn deliver_kept(
        &self,
        now: jiff::Timestamp,
        progress: &Progress,
    ) -> io::Result<Vec<Result<Receipt, DeliverError>>> {
        // A read-only or full disk does not keep reports from being sent.
        let _ = self.outbox().tidy(now);
        let mut outcomes = Vec::new();
        for parcel in self.outbox().list()?.into_iter().flatten() {
            let is_due = match parcel.state() {
                // What it was answered and cannot be read is answered again.
                Ok(State::Kept | State::Registered(_)) | Err(_) => true,
                Ok(State::Waiting { waiting, .. }) => waiting.is_due(now),
                Ok(State::Sending { .. } | State::Delivered(_) | State::Refused { .. }) => false,
            };
            if !is_due {
                continue;
            }
            let outcome = self.deliver(&parcel, progress);
            let goes_on = match &outcome {
                Ok(_) | Err(DeliverError::Parcel(_) | DeliverError::Unconfirmed { .. }) => true,
                // The next report would fare no better.
                Err(DeliverError::NoPortal) => false,
                Err(DeliverError::Send { source, .. }) => {
                    matches!(source, SendError::Refused(_) | SendError::Disk(_))
                }
            };
            outcomes.push(outcome);
            if !goes_on {
                break;
            }
        }
        Ok(outcomes)
    }

    fn transport(&self) -> Result<crate::http::HttpTransport, DeliverError> {
        let portal = self.access().ok_or(DeliverError::NoPortal)?;
        let transport = crate::http::HttpTransport::new(portal);
        transport.map_err(|source| DeliverError::Send { ticket: None, source })
    }
}

#[cfg(test)]
mod tests;
