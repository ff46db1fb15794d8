//! Bundles that came along with a mail, opened by the strict reader.

use std::path::PathBuf;

use casefile::bundle::{Bundle, OpenError};
use casefile::id::ReportId;
use casefile::report::ReportBody;
use serde_json::{Value, json};

use super::contact_of;
use crate::desk::Desk;
use crate::mail::incoming::Incoming;
use crate::problem::Problem;
use crate::summary::Summary;

/// Longest text of a report inside of a bundle.
const MAX_BODY_BYTES: u64 = 256 << 10;
/// Longest text that a bundle says of itself.
const MAX_MARKDOWN_BYTES: u64 = 1 << 20;

/// A bundle that came along, checked.
pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) sha256: String,
    pub(super) bytes: u64,
    pub(super) report: ReportId,
    pub(super) body: Value,
    pub(super) markdown: String,
    pub(super) summary: Summary,
}

/// What one look at the attachments gave.
#[derive(Default)]
pub(super) struct Bundles {
    pub(super) good: Vec<Found>,
    /// The mail says it carries a report, and what it carries is none.
    pub(super) refused: Vec<String>,
}

impl Desk {
    /// Opens every archive that came along by the strict reader.
    pub(super) async fn bundles_of(&self, id: &str, mail: &Incoming) -> Result<Bundles, Problem> {
        let mut bundles = Bundles::default();
        for (n, file) in mail.attachments.iter().enumerate().filter(|(_, file)| file.is_zip()) {
            let path = self.vault.mailed(id, n);
            let (bytes, limits) = (file.bytes.clone(), self.limits);
            let says_report = mail.report.is_some();
            // The clock of its ticket waits for it, so it does not give way.
            let _core = self.cores.next().await;
            let looked = tokio::task::spawn_blocking(move || {
                std::fs::write(&path, &bytes)?;
                let found = match Bundle::open(&path, &limits) {
                    Ok(bundle) => found(&bundle, path.clone())?,
                    Err(OpenError::Io(error)) => return Err(error),
                    Err(error) => Err(error.to_string()),
                };
                if found.is_err() {
                    std::fs::remove_file(&path)?;
                }
                Ok(found)
            });
            match looked.await?? {
                Ok(found) => bundles.good.push(found),
                Err(why) if says_report => bundles.refused.push(why),
                // Any archive: it is listed, and lies in the mail.
                Err(_) => {}
            }
        }
        Ok(bundles)
    }
}

/// The text of the report in a bundle, with the contact that the mail has.
pub(super) fn body_of_bundle(found: &Found, mail: &Incoming) -> Value {
    let mut body = found.body.clone();
    if let Some(fields) = body.as_object_mut() {
        fields.insert("contact".to_owned(), contact_of(mail));
        fields.insert("channel".to_owned(), "email".into());
        fields.insert("bundle".to_owned(), json!({ "sha256": found.sha256, "bytes": found.bytes }));
    }
    body
}

/// What a checked bundle says, or why it cannot be a report.
fn found(bundle: &Bundle, path: PathBuf) -> std::io::Result<Result<Found, String>> {
    let body = bundle.read_text("report.json", MAX_BODY_BYTES)?;
    let value: Value = match serde_json::from_str(&body) {
        Ok(value) => value,
        Err(_) => return Ok(Err("its report.json is damaged".to_owned())),
    };
    if serde_json::from_value::<ReportBody>(value.clone()).is_err() {
        return Ok(Err("its report.json is no report".to_owned()));
    }
    let markdown = bundle.read_text("report.md", MAX_MARKDOWN_BYTES).unwrap_or_default();
    let (sha256, bytes) = (bundle.sha256(), bundle.bytes());
    let report = bundle.manifest().report_id;
    Ok(Ok(Found { path, sha256, bytes, report, body: value, markdown, summary: Summary::of(bundle) }))
}
