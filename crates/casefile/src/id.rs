//! The name of a report and the key to it.
//!
//! Both are made on the user's machine, so that a report has its identity before any network is there: the
//! same report sent twice is one ticket.

use std::fmt;
use std::io;
use std::str::FromStr;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Names one report everywhere: 128 random bits, written as 32 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportId([u8; 16]);

impl ReportId {
    /// Makes a new id from the system's randomness.
    ///
    /// # Errors
    /// Only when the system has no randomness to give; nothing can be reported then.
    pub fn generate() -> io::Result<Self> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// The id with exactly these bits, for tests and replays.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReportId({self})")
    }
}

/// The text is not what it should be: a fixed number of lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected {digits} lower-case hexadecimal digits")]
pub struct ParseIdError {
    /// How many digits there should have been.
    pub digits: usize,
}

impl FromStr for ReportId {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        parse_hex(text).map(Self)
    }
}

impl Serialize for ReportId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ReportId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Proves that a request about a report comes from the one who made it: 256 random bits, sent as the Bearer
/// token of every request.
///
/// Has no `Debug`, `Display` or `Serialize`: [`ReportSecret::to_bearer`] is the only way out, so that each
/// place where it leaves can be found. Wiped from memory when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct ReportSecret([u8; 32]);

impl ReportSecret {
    /// Makes a new secret from the system's randomness.
    ///
    /// # Errors
    /// Only when the system has no randomness to give; nothing can be reported then.
    pub fn generate() -> io::Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// The token as it stands behind `Authorization: Bearer `: 64 lower-case hexadecimal digits.
    pub fn to_bearer(&self) -> String {
        HEXLOWER.encode(&self.0)
    }

    /// What a portal stores instead of the secret: its SHA-256.
    ///
    /// A plain hash is enough, because 256 random bits cannot be guessed from it.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

impl FromStr for ReportSecret {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        parse_hex(text).map(Self)
    }
}

fn parse_hex<const N: usize>(text: &str) -> Result<[u8; N], ParseIdError> {
    let error = ParseIdError { digits: N * 2 };
    if text.len() != N * 2 {
        return Err(error);
    }
    let mut bytes = [0; N];
    let decoded = HEXLOWER.decode_mut(text.as_bytes(), &mut bytes);
    decoded.map(|_| bytes).map_err(|_| error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_its_text() {
        let id = ReportId::generate().unwrap();
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(serde_json::from_str::<ReportId>(&serde_json::to_string(&id).unwrap()).unwrap(), id);
    }

    #[test]
    fn only_the_canonical_text_is_an_id() {
        for text in [
            "",
            "0",
            &"0".repeat(31),
            &"0".repeat(33),
            &"A".repeat(32),
            &"g".repeat(32),
            "../../../../../../../../etc/pass",
        ] {
            assert!(text.parse::<ReportId>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_secret_survives_its_bearer_token_and_two_differ() {
        let secret = ReportSecret::generate().unwrap();
        let again: ReportSecret = secret.to_bearer().parse().unwrap();
        assert_eq!(again.digest(), secret.digest());
        assert_ne!(ReportSecret::generate().unwrap().digest(), secret.digest());
    }
}
