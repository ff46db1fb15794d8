//! From the outbox to the portal: ticket first, bundle after, no success without a receipt.

use std::fs::File;
use std::io;

use crate::outbox::{Parcel, ParcelError, Receipt, State};
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
}

/// Sends a kept report by any transport; safe to repeat.
///
/// # Errors
/// See [`DeliverError`].
pub fn deliver(
    parcel: &Parcel,
    transport: &dyn Transport,
    progress: &Progress,
) -> Result<Receipt, DeliverError> {
    // Held until the end; the system frees it when this process dies.
    let _lock = parcel.lock()?;
    if let State::Delivered(receipt) = parcel.state()? {
        progress.begin(Step::Done, 0);
        return Ok(receipt);
    }
    progress.begin(Step::Registering, 0);
    let mut ticket = None;
    let outcome = send(parcel, transport, progress, &mut ticket);
    if let Err(SendError::Refused(refusal)) = &outcome {
        parcel.put_refusal(refusal).map_err(ParcelError::Disk)?;
    }
    match outcome {
        Ok(Some(receipt)) => {
            progress.begin(Step::Done, 0);
            Ok(receipt)
        }
        Ok(None) => Err(DeliverError::Unconfirmed { ticket: ticket.unwrap_or_default() }),
        Err(source) => Err(DeliverError::Send { ticket, source }),
    }
}

fn send(
    parcel: &Parcel,
    transport: &dyn Transport,
    progress: &Progress,
    ticket: &mut Option<String>,
) -> Result<Option<Receipt>, SendError> {
    let registered = transport.register(parcel.id(), parcel.secret(), parcel.body())?;
    *ticket = Some(registered.ticket.clone());
    let mut receipt = registered.receipt();
    parcel.put_receipt(&receipt)?;
    if let Some(announced) = &parcel.body().bundle {
        let mut file = File::open(parcel.bundle_path())?;
        if file.metadata()?.len() != announced.bytes {
            return Err(SendError::Disk(io::Error::new(
                io::ErrorKind::InvalidData,
                "the kept bundle changed",
            )));
        }
        transport.upload(&registered, parcel.secret(), (&mut file, announced), progress)?;
        if !transport.received(parcel.id(), parcel.secret())?.contains(&announced.sha256) {
            return Ok(None);
        }
        receipt.received_sha256 = Some(announced.sha256.clone());
        parcel.put_receipt(&receipt)?;
    }
    Ok(Some(receipt))
}

#[cfg(feature = "http")]
impl crate::Reporter {
    /// Sends a kept report to the portal. Blocks: call it on a thread of its own. Safe to repeat, also by
    /// another process and after a restart.
    ///
    /// # Errors
    /// The report stays in the outbox; see [`DeliverError`].
    pub fn deliver(&self, parcel: &Parcel, progress: &Progress) -> Result<Receipt, DeliverError> {
        let portal = self.portal().ok_or(DeliverError::NoPortal)?;
        let transport = crate::http::HttpTransport::new(portal);
        let transport = transport.map_err(|source| DeliverError::Send { ticket: None, source })?;
        deliver(parcel, &transport, progress)
    }

    /// Tries once to send each report that still waits in the outbox, the oldest first; ends early when the
    /// portal cannot be reached. Call it on a thread of its own, for instance at the next start.
    ///
    /// # Errors
    /// When the outbox cannot be read; each report has its own outcome.
    pub fn deliver_kept(&self, progress: &Progress) -> io::Result<Vec<Result<Receipt, DeliverError>>> {
        let mut outcomes = Vec::new();
        for parcel in self.outbox().list()?.into_iter().flatten() {
            if !matches!(parcel.state(), Ok(State::Kept | State::Registered(_))) {
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
}
