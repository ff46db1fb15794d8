//! The licence: what a report may say of it, and the proof that its key is there.

use std::fs;
use std::io::{self, Read};
use std::path::PathBuf;

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde::Deserialize;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::Fingerprint;
use super::source::open_plain;
use crate::id::ReportId;
use crate::report::LicenseSummary;

/// Tells the licence of the running application. The host implements it; [`LicenseFile`] reads a file.
pub trait LicenseSource: Send + Sync {
    /// Reads the licence as it is now.
    ///
    /// # Errors
    /// Becomes a note in the report.
    fn license(&self) -> io::Result<License>;
}

/// A licence with its key. Has no `Debug`: the key goes nowhere but into the proof and the redactor.
#[derive(Clone, Deserialize)]
pub struct License {
    /// Public number of the licence.
    #[serde(default)]
    pub id: Option<String>,
    /// `active`, `expired`, `missing`, … in the vendor's words.
    pub status: String,
    /// For instance `premium`.
    #[serde(default)]
    pub edition: Option<String>,
    /// When it ends.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
    /// The key itself; it never leaves the machine.
    #[serde(default)]
    pub key: Option<Zeroizing<String>>,
}

impl License {
    /// What a report says: all but the key, and a proof that whoever made this report has the key.
    pub fn summary(&self, report: ReportId, fingerprint: &Fingerprint) -> LicenseSummary {
        let proof = self.key.as_ref().map(|key| {
            let mac =
                Hmac::<Sha256>::new_from_slice(key.trim().as_bytes()).expect("HMAC takes keys of any length");
            let mac = mac.chain_update(report.to_string()).chain_update(&fingerprint.all);
            HEXLOWER.encode(&mac.finalize().into_bytes())
        });
        LicenseSummary {
            id: self.id.clone(),
            status: self.status.clone(),
            edition: self.edition.clone(),
            expires_at: self.expires_at,
            proof,
        }
    }
}

/// A licence in a JSON file: `{"id", "status", "edition", "expires_at", "key"}`, other fields ignored.
pub struct LicenseFile(pub PathBuf);

/// A licence file is a few lines.
const MAX_BYTES: u64 = 64 << 10;

impl LicenseSource for LicenseFile {
    fn license(&self) -> io::Result<License> {
        // A link to it is as good; a pipe would never answer.
        let (file, bytes) = open_plain(&fs::canonicalize(&self.0)?)?;
        if bytes > MAX_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let mut text = Zeroizing::new(String::new());
        file.take(MAX_BYTES).read_to_string(&mut text)?;
        // The parser's message could quote the file: only the place is told.
        serde_json::from_str(&text).map_err(|error| {
            let place = format!("line {}: not a licence as expected", error.line());
            io::Error::new(io::ErrorKind::InvalidData, place)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(key: &str, report: u8, all: &str) -> LicenseSummary {
        let text = format!(r#"{{"id":"LIC-1","status":"active","edition":"premium","key":"{key}"}}"#);
        let license: License = serde_json::from_str(&text).unwrap();
        let fingerprint = Fingerprint { all: all.to_owned(), ..Fingerprint::default() };
        license.summary(ReportId::from_bytes([report; 16]), &fingerprint)
    }

    #[test]
    fn the_proof_is_the_hmac_of_report_and_fingerprint_under_the_key() {
        let mac = Hmac::<Sha256>::new_from_slice(b"KEY-1").unwrap();
        let mac = mac.chain_update("07".repeat(16)).chain_update("ab");
        assert_eq!(summary("KEY-1", 7, "ab").proof, Some(HEXLOWER.encode(&mac.finalize().into_bytes())));
    }

    #[test]
    fn the_proof_changes_with_key_report_and_machine_and_never_shows_the_key() {
        let proofs: std::collections::BTreeSet<_> =
            [("A", 1, "x"), ("B", 1, "x"), ("A", 2, "x"), ("A", 1, "y")]
                .map(|(k, r, f)| summary(k, r, f).proof)
                .into();
        assert_eq!(proofs.len(), 4);
        assert!(!serde_json::to_string(&summary("SECRETKEY", 1, "x")).unwrap().contains("SECRETKEY"));
    }

    #[test]
    fn a_broken_licence_file_is_told_without_its_content() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("license.json");
        fs::write(&path, "{\"status\": \"active\",\n\"key\": ABCDE-12345}").unwrap();
        let error = LicenseFile(path).license().err().unwrap().to_string();
        assert!(error.contains("line 2") && !error.contains("ABCDE"), "{error}");
    }
}
