//! `license.json`: what the licence server said last.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::fake::Fake;
use super::{OpenError, read};

/// A licence with its key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct License {
    pub(crate) id: String,
    pub(crate) status: String,
    pub(crate) edition: String,
    pub(crate) expires_at: Timestamp,
    pub(crate) licensee: String,
    pub(crate) email: String,
    pub(crate) key: String,
}

impl License {
    /// The licence of a new installation: premium, for a year.
    pub(super) fn first(fake: &Fake, now: Timestamp) -> Self {
        let year = SignedDuration::from_hours(365 * 24);
        let expires_at = now.checked_add(year).unwrap_or(now);
        Self {
            id: fake.license_id(),
            status: "active".to_owned(),
            edition: "premium".to_owned(),
            // Whole seconds, as servers give them.
            expires_at: Timestamp::from_second(expires_at.as_second()).unwrap_or(expires_at),
            licensee: fake.person(),
            email: fake.email(),
            key: fake.license_key(),
        }
    }

    pub(super) fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("a licence has string keys only");
        text.push('\n');
        text
    }

    pub(super) fn read(path: PathBuf) -> Result<Self, OpenError> {
        let text = read(&path)?;
        serde_json::from_str(&text).map_err(|error| OpenError::Parse { path, line: error.line() })
    }
}
