//! The errors that traders know by number.

use std::fmt;

use serde_json::{Value, json};

/// A refusal with the code and the words of Binance's REST API
/// (<https://developers.binance.com/docs/binance-spot-api-docs/errors>).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Wait.
    RateLimited,
    /// Correct the quantity.
    LotSize,
    /// Set the clock.
    OutsideRecvWindow,
    /// Move money, or wait for fills.
    InsufficientBalance,
}

impl Refusal {
    pub(crate) fn code(self) -> i32 {
        match self {
            Self::RateLimited => -1003,
            Self::LotSize => -1013,
            Self::OutsideRecvWindow => -1021,
            Self::InsufficientBalance => -2010,
        }
    }

    /// Of HTTP.
    pub(crate) fn status(self) -> u16 {
        match self {
            Self::RateLimited => 429,
            Self::LotSize | Self::OutsideRecvWindow | Self::InsufficientBalance => 400,
        }
    }

    pub(crate) fn message(self) -> &'static str {
        match self {
            Self::RateLimited => {
                "Too much request weight used; current limit is 6000 request weight per 1 MINUTE. Please use \
                 WebSocket Streams for live updates to avoid polling the API."
            }
            Self::LotSize => "Filter failure: LOT_SIZE",
            Self::OutsideRecvWindow => "Timestamp for this request is outside of the recvWindow.",
            Self::InsufficientBalance => "Account has insufficient balance for requested action.",
        }
    }

    /// As it comes over the line.
    pub(crate) fn body(self) -> Value {
        json!({ "code": self.code(), "msg": self.message() })
    }
}

impl std::error::Error for Refusal {}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code(), self.message())
    }
}
