//! The client of tus 1.0.0 with the extensions creation and checksum.
//!
//! Source: <https://tus.io/protocols/resumable-upload>

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::time::Duration;

use data_encoding::BASE64;
use reqwest::StatusCode;
use reqwest::Url;
use reqwest::blocking::{RequestBuilder, Response};
use sha2::{Digest, Sha256};

use super::{HttpTransport, accepted, send};
use crate::id::ReportSecret;
use crate::progress::{Progress, Step};
use crate::report::BundleRef;
use crate::transport::SendError;

/// How much one request carries: small enough to lose little, large enough that round trips do not count.
///
/// A request whose connection breaks counts for nothing, because its checksum was never reached. So the next one is
/// a quarter as large, until one gets through; from there they grow again.
pub(super) const MAX_CHUNK_BYTES: usize = 4 << 20;
const MIN_CHUNK_BYTES: usize = 64 << 10;

/// How often a broken connection is taken up again at once, without a byte of progress in between: once for each
/// size of chunk, and once more.
const MAX_ATTEMPTS: u32 = 5;
const FIRST_WAIT: Duration = Duration::from_millis(250);

/// The portal found the bytes of a chunk damaged: an own status of the protocol.
const CHECKSUM_MISMATCH: u16 = 460;

pub(super) struct Upload<'a> {
    pub(super) transport: &'a HttpTransport,
    pub(super) secret: &'a ReportSecret,
    pub(super) progress: &'a Progress,
}

impl Upload<'_> {
    pub(super) fn run(
        &self,
        uploads_url: &str,
        file: &mut File,
        announced: &BundleRef,
    ) -> Result<(), SendError> {
        self.progress.begin(Step::Sending, announced.bytes);
        let location = self.create(uploads_url, announced)?;
        let (mut known, mut attempts, mut wait) = (0, 0, FIRST_WAIT);
        let mut chunk_bytes = MAX_CHUNK_BYTES;
        loop {
            match self.resume(&location, file, announced.bytes, &mut chunk_bytes) {
                Err(SendError::Unreachable(_)) if self.progress.done_bytes() > known => {
                    (known, attempts, wait) = (self.progress.done_bytes(), 0, FIRST_WAIT);
                }
                Err(SendError::Unreachable(_)) if attempts + 1 < MAX_ATTEMPTS => {
                    std::thread::sleep(wait);
                    (attempts, wait) = (attempts + 1, wait * 2);
                }
                other => return other,
            }
        }
    }

    fn create(&self, uploads_url: &str, announced: &BundleRef) -> Result<Url, SendError> {
        let name = BASE64.encode(b"bundle.zip");
        let sha256 = BASE64.encode(announced.sha256.as_bytes());
        let request = tus(self.transport.client.post(self.transport.own(uploads_url)?))
            .header("Upload-Length", announced.bytes)
            .header("Upload-Metadata", format!("filename {name},sha256 {sha256}"));
        let response = accepted(send(request, self.secret)?)?;
        let location = response.headers().get("Location").and_then(|value| value.to_str().ok());
        self.transport.own(location.ok_or(SendError::NotAPortal("it gives no place for the upload"))?)
    }

    /// Asks how much has arrived and sends the rest. Leaves in `chunk_bytes` how much the next request should carry.
    fn resume(
        &self,
        location: &Url,
        file: &mut File,
        bytes: u64,
        chunk_bytes: &mut usize,
    ) -> Result<(), SendError> {
        let head = tus(self.transport.client.head(location.clone()));
        let mut offset = offset_of(&accepted(send(head, self.secret)?)?)?;
        self.progress.set(offset);
        let mut chunk = Vec::with_capacity(*chunk_bytes);
        while offset < bytes {
            if self.progress.is_cancelled() {
                return Err(SendError::Cancelled);
            }
            chunk.clear();
            file.seek(SeekFrom::Start(offset))?;
            file.by_ref().take(*chunk_bytes as u64).read_to_end(&mut chunk)?;
            if chunk.is_empty() {
                return Err(SendError::Disk(std::io::ErrorKind::UnexpectedEof.into()));
            }
            let checksum = BASE64.encode(&Sha256::digest(&chunk));
            let patch = tus(self.transport.client.patch(location.clone()))
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Offset", offset)
                .header("Upload-Checksum", format!("sha256 {checksum}"))
                .body(chunk.clone());
            let sent = *chunk_bytes;
            *chunk_bytes = (sent / 4).max(MIN_CHUNK_BYTES);
            let response = send(patch, self.secret)?;
            if response.status() == StatusCode::CONFLICT || response.status().as_u16() == CHECKSUM_MISMATCH {
                // Another part of this report's way, or the network, changed something: ask again.
                return Err(SendError::Unreachable(
                    "the portal has another part of the bundle than expected".into(),
                ));
            }
            let next = offset_of(&accepted(response)?)?;
            if next <= offset {
                return Err(SendError::NotAPortal("it takes bytes and has none"));
            }
            offset = next;
            *chunk_bytes = (sent * 2).min(MAX_CHUNK_BYTES);
            self.progress.set(offset);
        }
        Ok(())
    }
}

fn tus(request: RequestBuilder) -> RequestBuilder {
    request.header("Tus-Resumable", "1.0.0")
}

fn offset_of(response: &Response) -> Result<u64, SendError> {
    let offset = response.headers().get("Upload-Offset").and_then(|value| value.to_str().ok()?.parse().ok());
    offset.ok_or(SendError::NotAPortal("it does not say how much has arrived"))
}
