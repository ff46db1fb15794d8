//! Why a clock stands as it does: "explain this clock", line by line.

use casefile::plan::Clock;
use casefile::report::Priority;
use jiff::{SignedDuration, Timestamp};

/// One thing that happened to one clock, and how the clock stood right after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) at: Timestamp,
    pub(crate) clock: Clock,
    pub(crate) change: Change,
    pub(crate) elapsed: SignedDuration,
    pub(crate) target: Option<SignedDuration>,
    pub(crate) due: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Started,
    /// Another priority, another target.
    Retargeted(Priority),
    Paused,
    Resumed,
    Stopped,
    Breached,
    Voided,
}
