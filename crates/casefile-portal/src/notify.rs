//! Ways out of the portal: SMTP and webhooks. What is sent, and when again, is the desk's matter.

mod hook;
mod smtp;
pub(crate) mod tls;

pub(crate) use self::hook::Hooks;
pub(crate) use self::smtp::{Letter, Mailer};

/// Why something did not leave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum SendError {
    /// The line, or the other side as a whole: everything that leaves on this way waits.
    #[error("{0}")]
    Line(String),
    /// This one only: try it later.
    #[error("{0}")]
    Later(String),
    /// This one, for good.
    #[error("{0}")]
    Never(String),
}
