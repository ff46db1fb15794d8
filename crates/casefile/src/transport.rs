//! The way to the portal, as the outbox sees it.

use std::fs::File;
use std::time::Duration;

use crate::bundle::MAX_NAME_BYTES;
use crate::id::{ReportId, ReportSecret};
use crate::outbox::{Receipt, Refusal};
use crate::plan::Deadlines;
use crate::progress::Progress;
use crate::report::{BundleRef, ReportBody};

/// Carries a report to a portal. Each call may be repeated: the answer is the same, nothing is doubled.
pub trait Transport {
    /// Registers the ticket; its clocks run from now on.
    ///
    /// # Errors
    /// See [`SendError`].
    fn register(
        &self,
        id: ReportId,
        secret: &ReportSecret,
        body: &ReportBody,
    ) -> Result<Registered, SendError>;

    /// Sends the bundle, from where an earlier call stopped.
    ///
    /// # Errors
    /// See [`SendError`].
    fn upload(
        &self,
        registered: &Registered,
        secret: &ReportSecret,
        bundle: (&mut File, &BundleRef),
        progress: &Progress,
    ) -> Result<(), SendError>;

    /// Asks for the SHA-256 of the evidence that the portal has.
    ///
    /// # Errors
    /// See [`SendError`].
    fn received(&self, id: ReportId, secret: &ReportSecret) -> Result<Vec<String>, SendError>;
}

/// The portal's answer to a registration.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct Registered {
    /// Number of the ticket, for people.
    pub ticket: String,
    /// Where its state can be seen.
    pub status_url: String,
    /// Where the bundle goes.
    pub uploads_url: String,
    /// The promised times.
    #[serde(default)]
    pub deadlines: Deadlines,
}

impl Registered {
    pub(crate) fn receipt(&self) -> Receipt {
        Receipt {
            ticket: self.ticket.clone(),
            status_url: self.status_url.clone(),
            deadlines: self.deadlines,
            received_sha256: None,
        }
    }
}

/// Why something did not get through. Unless it was refused, the report waits in the outbox.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SendError {
    /// No connection, or it broke: try again later.
    #[error("the portal cannot be reached")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The portal is there and has no time: try again after a while.
    #[error("the portal is busy (status {status})")]
    Busy {
        /// HTTP status.
        status: u16,
        /// How long it asked to wait.
        retry_after: Option<Duration>,
    },
    /// The portal will not take it: show why, and offer to save the bundle.
    #[error("the portal refused it: {} ({})", .0.hint, .0.code)]
    Refused(Refusal),
    /// What answers is not a portal, or not one that this version knows: check the address, update.
    #[error("the answer is not that of a support portal: {0}")]
    NotAPortal(&'static str),
    /// It was cancelled; what has arrived stays.
    #[error("it was cancelled")]
    Cancelled,
    /// The kept bundle cannot be read.
    #[error("the kept bundle cannot be read")]
    Disk(#[from] std::io::Error),
}

/// The name that a bundle has for people: in the portal, and when it is saved.
pub fn file_name(app: &str, id: ReportId) -> String {
    let mut name: String =
        app.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    name.truncate(MAX_NAME_BYTES / 4);
    format!("{name}-report-{}.zip", &id.to_string()[..8])
}
