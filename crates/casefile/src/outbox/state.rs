//! Where a kept report stands, and the answers it got.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::plan::Deadlines;

/// Where a kept report stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Waits to be sent.
    Kept,
    /// The ticket exists, the bundle is still here.
    Registered(Receipt),
    /// Some process sends it right now.
    Sending {
        /// The ticket, once it exists.
        receipt: Option<Receipt>,
        /// Bytes of the bundle that the portal has.
        done_bytes: u64,
        /// Bytes of the bundle.
        total_bytes: u64,
    },
    /// The last attempt failed; it is tried again by itself.
    Waiting {
        /// The ticket, once it exists.
        receipt: Option<Receipt>,
        /// Why, and until when.
        waiting: Waiting,
    },
    /// The portal has all of it.
    Delivered(Receipt),
    /// The portal will not take it; the bundle can still be saved.
    Refused {
        /// The ticket, if it was the bundle that was refused and not the text.
        receipt: Option<Receipt>,
        /// Why.
        refusal: Refusal,
    },
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
    /// How far the clock of this machine was ahead of the portal's, if it was more than half a minute; negative when it
    /// was behind. An exchange refuses orders of a bot whose clock is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_ahead_seconds: Option<i64>,
}

/// Why the portal will never take the report; the bundle can still be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Stable code of the portal.
    pub code: String,
    /// What the portal says to people.
    pub hint: String,
}

/// A failed attempt and the pause after it.
///
/// The pause counts from [`Waiting::noted_at`] by the clock of this machine. Whoever waits in one process does it by
/// a monotonic clock; after a restart only this one is left, so a clock that was set back ends the pause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// When the attempt failed.
    pub noted_at: Timestamp,
    /// How long to wait from then on; never more than 24 hours.
    pub pause: Duration,
    /// Attempts without any progress, this one included.
    pub attempts: u32,
    /// Why.
    pub reason: WaitReason,
}

/// Why an attempt failed that will be repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WaitReason {
    /// No connection, or it broke.
    Unreachable,
    /// The portal is there and has no time or no room.
    Busy,
    /// Something else answers at its address.
    NotAPortal,
    /// The portal cannot prove that it is the right one.
    Untrusted,
    /// The portal does not confirm the bundle yet.
    Unconfirmed,
}

impl State {
    /// The ticket, once it exists.
    pub fn receipt(&self) -> Option<&Receipt> {
        match self {
            Self::Kept => None,
            Self::Registered(receipt) | Self::Delivered(receipt) => Some(receipt),
            Self::Sending { receipt, .. } | Self::Waiting { receipt, .. } | Self::Refused { receipt, .. } => {
                receipt.as_ref()
            }
        }
    }

    /// Whether nothing is left to be sent: the portal has it, or will never take it.
    pub fn is_settled(&self) -> bool {
        matches!(self, Self::Delivered(_) | Self::Refused { .. })
    }
}

impl Waiting {
    /// When it will be tried again.
    pub fn until(&self) -> Timestamp {
        let pause = SignedDuration::try_from(self.pause).unwrap_or(SignedDuration::MAX);
        self.noted_at.checked_add(pause).unwrap_or(Timestamp::MAX)
    }

    /// Whether the pause is over. A clock that stands before the failure was set back: nobody waits for it.
    pub fn is_due(&self, now: Timestamp) -> bool {
        now < self.noted_at || now >= self.until()
    }
}

impl WaitReason {
    /// What it is, as a fragment of a sentence.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreachable => "the portal cannot be reached",
            Self::Busy => "the portal is busy",
            Self::NotAPortal => "what answers is not a support portal",
            Self::Untrusted => "the portal cannot prove that it is the right one",
            Self::Unconfirmed => "the portal does not confirm the bundle yet",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_ends_by_itself_also_when_the_clock_is_set_back() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let noted_at = at("2026-11-24T10:00:00Z");
        let pause = Duration::from_mins(5);
        let waiting = Waiting { noted_at, pause, attempts: 1, reason: WaitReason::Busy };
        assert_eq!(waiting.until(), at("2026-11-24T10:05:00Z"));
        for (now, due) in [
            ("2026-11-24T10:00:00Z", false),
            ("2026-11-24T10:04:59Z", false),
            ("2026-11-24T10:05:00Z", true),
            ("2027-11-24T10:05:00Z", true),
            ("2020-01-01T00:00:00Z", true),
        ] {
            assert_eq!(waiting.is_due(at(now)), due, "{now}");
        }
    }
}
