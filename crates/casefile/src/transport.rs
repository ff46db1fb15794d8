//! The way to the portal, as the outbox sees it.

use std::fs::File;
use std::num::NonZeroU64;
use std::time::Duration;

use jiff::SignedDuration;

use crate::bundle::MAX_NAME_BYTES;
use crate::id::{ReportId, ReportSecret};
use crate::outbox::{Receipt, Refusal, WaitReason};
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
        progress: &Progress,
    ) -> Result<Registered, SendError>;

    /// Sends the bundle, from where an earlier call stopped. Tells `arrived` how many bytes the portal has, each time
    /// it is known.
    ///
    /// # Errors
    /// See [`SendError`].
    fn upload(
        &self,
        registered: &Registered,
        secret: &ReportSecret,
        bundle: (&mut File, &BundleRef),
        progress: &Progress,
        arrived: &mut dyn FnMut(u64),
    ) -> Result<(), SendError>;

    /// Asks for the SHA-256 of the bundles that the portal has as a whole.
    ///
    /// # Errors
    /// See [`SendError`].
    fn received(
        &self,
        id: ReportId,
        secret: &ReportSecret,
        progress: &Progress,
    ) -> Result<Vec<String>, SendError>;
}

/// How a portal is reached.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PortalAccess {
    /// Its addresses, in the order in which they are tried: all of them have to lead to the same portal.
    pub addresses: Vec<String>,
    /// Which certificate it has to have.
    pub trust: Trust,
    /// How fast bundles are sent at most; `None` is as fast as the line allows.
    pub max_bytes_per_second: Option<NonZeroU64>,
}

/// Which certificate a portal has to have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Trust {
    /// One that this system accepts.
    #[default]
    System,
    /// One that these authorities signed, and no other: the vendor's own certificates, as PEM.
    Authority(Vec<u8>),
    /// Exactly one of these: the SHA-256 of the certificate in DER. Until when it is valid does not matter, so this
    /// works when the clock is wrong.
    Pinned(Vec<[u8; 32]>),
}

impl PortalAccess {
    /// A portal with one address and a certificate that this system accepts.
    pub fn at(address: impl Into<String>) -> Self {
        Self { addresses: vec![address.into()], ..Self::default() }
    }
}

/// How much a portal takes: the answer to `GET /api/v1/limits`. What it does not say has no limit that is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct PortalLimits {
    /// Size of a bundle.
    pub bundle_bytes: Option<u64>,
    /// Size of the bundle of a report without a licence.
    pub unlicensed_bundle_bytes: Option<u64>,
    /// Size of all entries, unpacked.
    pub unpacked_bytes: Option<u64>,
    /// Size of one entry, unpacked.
    pub entry_bytes: Option<u64>,
    /// Number of entries.
    pub entries: Option<u32>,
}

impl PortalLimits {
    /// Size of the bundle of a report with a licence, or without one.
    pub fn max_bundle_bytes(&self, has_license: bool) -> u64 {
        let of_lane = if has_license { None } else { self.unlicensed_bundle_bytes };
        of_lane.or(self.bundle_bytes).unwrap_or(u64::MAX)
    }
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
    /// How far the clock of this machine is ahead of the portal's, if the portal said what time it is.
    #[serde(skip)]
    pub clock_ahead: Option<SignedDuration>,
}

/// A difference of clocks below this is that of the network.
const NOTABLE_CLOCK_DIFFERENCE: SignedDuration = SignedDuration::from_secs(30);

impl Registered {
    pub(crate) fn receipt(&self) -> Receipt {
        Receipt {
            ticket: self.ticket.clone(),
            status_url: self.status_url.clone(),
            deadlines: self.deadlines,
            received_sha256: None,
            clock_ahead_seconds: self
                .clock_ahead
                .filter(|ahead| ahead.abs() >= NOTABLE_CLOCK_DIFFERENCE)
                .map(|ahead| ahead.as_secs()),
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
    /// The portal cannot prove that it is the right one: check date and time of this machine, then the settings. It
    /// is tried again.
    #[error("the portal's certificate is not accepted: check the date and time of this computer")]
    Untrusted(#[source] Box<dyn std::error::Error + Send + Sync>),
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

impl SendError {
    /// Whether it may be this address only, and another one of the same portal could work.
    #[cfg(feature = "http")]
    pub(crate) fn is_of_the_way(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::Untrusted(_) | Self::NotAPortal(_))
    }

    /// Why the report waits now, if trying again can help.
    pub(crate) fn wait_reason(&self) -> Option<WaitReason> {
        match self {
            Self::Unreachable(_) => Some(WaitReason::Unreachable),
            Self::Untrusted(_) => Some(WaitReason::Untrusted),
            Self::Busy { .. } => Some(WaitReason::Busy),
            Self::NotAPortal(_) => Some(WaitReason::NotAPortal),
            Self::Refused(_) | Self::Cancelled | Self::Disk(_) => None,
        }
    }
}

/// The name that a bundle has for people: in the portal, and when it is saved.
pub fn file_name(app: &str, id: ReportId) -> String {
    let mut name: String =
        app.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    name.truncate(MAX_NAME_BYTES / 4);
    format!("{name}-report-{}.zip", &id.to_string()[..8])
}
