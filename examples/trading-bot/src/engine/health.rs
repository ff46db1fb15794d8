//! How the bot is, as its user understands it.

use jiff::Timestamp;
use serde::Serialize;

/// What the bot can do at the moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Health {
    /// Places orders as it should.
    Trading,
    /// Goes on, but something is wrong.
    Troubled(Trouble),
    /// Can't place orders any more. Only a restart helps.
    Halted(Trouble),
    /// A part of the program has crashed.
    Crashed(Trouble),
    /// The user stopped it.
    Stopped,
}

/// One thing that went wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Trouble {
    pub(crate) at: Timestamp,
    pub(crate) kind: TroubleKind,
}

/// What a user could report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TroubleKind {
    OrdersRejected,
    ConnectionLost,
    RateLimited,
    StalePrices,
    ClockSkew,
    OrderLoopStopped,
    CannotPlaceOrders,
    Crashed,
}

impl Health {
    pub(crate) fn trouble(self) -> Option<Trouble> {
        match self {
            Self::Troubled(trouble) | Self::Halted(trouble) | Self::Crashed(trouble) => Some(trouble),
            Self::Trading | Self::Stopped => None,
        }
    }

    /// For `health.json` and metrics.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Trading => "trading",
            Self::Troubled(_) => "degraded",
            Self::Halted(_) => "halted",
            Self::Crashed(_) => "crashed",
            Self::Stopped => "stopped",
        }
    }
}
