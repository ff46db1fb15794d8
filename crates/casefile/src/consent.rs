//! The agreement of a person to send exactly this bundle.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Says that somebody agreed to send one bundle, known by its SHA-256. Nothing is sent without it, and it is
/// good for no other bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    bundle_sha256: String,
    given_at: Timestamp,
    by: ConsentBy,
}

/// Who agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentBy {
    /// A person who was shown what is in the bundle.
    Person,
    /// A setting that the host documents to its users, for machines without a person in front of them.
    HostSetting,
}

impl Consent {
    /// Records that a person saw this bundle and pressed *Send*.
    pub fn by_person(bundle: &crate::bundle::Bundle, now: Timestamp) -> Self {
        Self { bundle_sha256: bundle.sha256(), given_at: now, by: ConsentBy::Person }
    }

    /// Records that the host's documented setting allows to send without asking.
    pub fn by_host_setting(bundle: &crate::bundle::Bundle, now: Timestamp) -> Self {
        Self { bundle_sha256: bundle.sha256(), given_at: now, by: ConsentBy::HostSetting }
    }

    /// Whether it was given for the bundle with this SHA-256.
    pub fn is_for(&self, bundle_sha256: &str) -> bool {
        self.bundle_sha256 == bundle_sha256
    }

    /// Who agreed.
    pub fn by(&self) -> ConsentBy {
        self.by
    }
}
