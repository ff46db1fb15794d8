//! The client of tus 1.0.0 with the extensions creation and checksum.
//!
//! Source: <https://tus.io/protocols/resumable-upload>

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::time::Duration;

use bytes::Bytes;
use data_encoding::BASE64;
use reqwest::header::{CONTENT_TYPE, HeaderName, LOCATION};
use reqwest::{Body, RequestBuilder, Response, StatusCode, Url};
use sha2::{Digest, Sha256};

use super::HttpTransport;
use super::answer::{accepted, text_of};
use super::pace::{Pace, Paced};
use crate::id::ReportSecret;
use crate::progress::{Progress, Step};
use crate::report::BundleRef;
use crate::transport::SendError;

/// How much one request carries: small enough to lose little and to be held in memory, large enough that round trips do not count.
///
/// A request whose connection breaks counts for nothing, because its checksum was never reached. So the next one is
/// a quarter as large, until one gets through; from there they grow again.
const MAX_CHUNK_BYTES: usize = 2 << 20;
const MIN_CHUNK_BYTES: usize = 64 << 10;
/// With a limit of speed, a request carries what goes out in this time.
const LIMITED_CHUNK: Duration = Duration::from_secs(10);

/// How often a broken connection is taken up again at once, without a byte of progress in between: once for each
/// size of chunk, and once more.
const MAX_ATTEMPTS: u32 = 5;
const FIRST_WAIT: Duration = Duration::from_millis(250);

/// The portal found the bytes of a chunk damaged: an own status of the protocol.
const CHECKSUM_MISMATCH: u16 = 460;

const OFFSET: HeaderName = HeaderName::from_static("upload-offset");

pub(super) struct Upload<'a> {
    pub(super) transport: &'a HttpTransport,
    pub(super) secret: &'a ReportSecret,
    pub(super) progress: &'a Progress,
    pub(super) pace: Pace,
}

/// How one round of requests ended, when it was not the end of the upload.
enum Broken {
    /// The connection, or the order of things: ask how much has arrived, and go on.
    Resume(SendError),
    /// The portal forgot the upload: announce it again.
    Gone,
    Failed(SendError),
}

impl Upload<'_> {
    /// Sends what the portal does not have yet; tells `arrived` how much that is, each time it is known.
    pub(super) async fn run(
        &self,
        uploads_url: &str,
        file: &mut File,
        announced: &BundleRef,
        arrived: &mut dyn FnMut(u64),
    ) -> Result<(), SendError> {
        self.progress.begin(Step::Sending, announced.bytes);
        let mut location = self.create(uploads_url, announced).await?;
        let (mut known, mut attempts, mut wait) = (0, 0, FIRST_WAIT);
        let mut chunk_bytes = self.max_chunk_bytes();
        loop {
            let mut offset = known;
            let mut told = |bytes| {
                offset = bytes;
                arrived(bytes);
            };
            let round = self.resume(&location, file, announced.bytes, &mut chunk_bytes, &mut told);
            let broken = match round.await {
                Ok(()) => return Ok(()),
                Err(broken) => broken,
            };
            if offset > known {
                (known, attempts, wait) = (offset, 0, FIRST_WAIT);
            } else {
                attempts += 1;
            }
            match broken {
                Broken::Failed(error) => return Err(error),
                Broken::Resume(error) if attempts >= MAX_ATTEMPTS => return Err(error),
                // It takes the announcement each time, so this is no refusal of the report.
                Broken::Gone if attempts >= MAX_ATTEMPTS => {
                    return Err(SendError::Unreachable("the portal forgets what it has".into()));
                }
                // `known` stays: a portal that forgets again and again makes no progress.
                Broken::Gone => location = self.create(uploads_url, announced).await?,
                Broken::Resume(_) => {}
            }
            if attempts > 0 {
                tokio::time::sleep(wait).await;
                wait *= 2;
            }
        }
    }

    fn max_chunk_bytes(&self) -> usize {
        let limit = self.pace.bytes_in(LIMITED_CHUNK).and_then(|bytes| usize::try_from(bytes).ok());
        limit.map_or(MAX_CHUNK_BYTES, |bytes| bytes.clamp(MIN_CHUNK_BYTES, MAX_CHUNK_BYTES))
    }

    async fn create(&self, uploads_url: &str, announced: &BundleRef) -> Result<Url, SendError> {
        let name = BASE64.encode(b"bundle.zip");
        let sha256 = BASE64.encode(announced.sha256.as_bytes());
        let request = tus(self.transport.client.post(self.transport.addresses.own(uploads_url)?))
            .header("Upload-Length", announced.bytes)
            .header("Upload-Metadata", format!("filename {name},sha256 {sha256}"));
        let response = accepted(self.transport.send(request, self.secret).await?).await?;
        let location = text_of(response.headers(), &LOCATION);
        let location = location.ok_or(SendError::NotAPortal("it gives no place for the upload"))?;
        self.transport.addresses.own(location)
    }

    /// Asks how much has arrived and sends the rest. Leaves in `chunk_bytes` how much the next request should carry.
    async fn resume(
        &self,
        location: &Url,
        file: &mut File,
        bytes: u64,
        chunk_bytes: &mut usize,
        arrived: &mut dyn FnMut(u64),
    ) -> Result<(), Broken> {
        let head = tus(self.transport.client.head(location.clone()));
        let mut offset = offset_of(&self.answer(head).await?)?;
        loop {
            self.progress.set(offset);
            arrived(offset);
            if offset >= bytes {
                return Ok(());
            }
            let sent = *chunk_bytes;
            let chunk = read_chunk(file, offset, sent).map_err(|error| Broken::Failed(error.into()))?;
            let checksum = BASE64.encode(&Sha256::digest(&chunk));
            let body = Body::wrap(Paced::new(chunk, self.pace.clone(), self.progress.clone()));
            let patch = tus(self.transport.client.patch(location.clone()))
                .header(CONTENT_TYPE, "application/offset+octet-stream")
                .header(OFFSET, offset)
                .header("Upload-Checksum", format!("sha256 {checksum}"))
                .body(body);
            *chunk_bytes = (sent / 4).max(MIN_CHUNK_BYTES);
            let next = offset_of(&self.answer(patch).await?)?;
            if next <= offset {
                return Err(Broken::Failed(SendError::NotAPortal("it takes bytes and has none")));
            }
            offset = next;
            *chunk_bytes = (sent * 2).min(self.max_chunk_bytes());
        }
    }

    async fn answer(&self, request: RequestBuilder) -> Result<Response, Broken> {
        let response = match self.transport.send(request, self.secret).await {
            Err(error @ SendError::Unreachable(_)) => return Err(Broken::Resume(error)),
            other => other.map_err(Broken::Failed)?,
        };
        let status = response.status();
        if status == StatusCode::CONFLICT || status.as_u16() == CHECKSUM_MISMATCH {
            // Another part of this report's way, or the network, changed something: ask again.
            let why = "the portal has another part of the bundle than expected";
            return Err(Broken::Resume(SendError::Unreachable(why.into())));
        }
        if status == StatusCode::NOT_FOUND || status == StatusCode::GONE {
            return Err(Broken::Gone);
        }
        accepted(response).await.map_err(Broken::Failed)
    }
}

/// The next bytes of the bundle.
fn read_chunk(file: &mut File, offset: u64, bytes: usize) -> std::io::Result<Bytes> {
    let mut chunk = Vec::with_capacity(bytes);
    file.seek(SeekFrom::Start(offset))?;
    file.by_ref().take(bytes as u64).read_to_end(&mut chunk)?;
    if chunk.is_empty() {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    Ok(chunk.into())
}

fn tus(request: RequestBuilder) -> RequestBuilder {
    request.header("Tus-Resumable", "1.0.0")
}

fn offset_of(response: &Response) -> Result<u64, Broken> {
    let offset = text_of(response.headers(), &OFFSET).and_then(|text| text.parse().ok());
    offset.ok_or(Broken::Failed(SendError::NotAPortal("it does not say how much has arrived")))
}
