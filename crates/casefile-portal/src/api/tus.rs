//! The server of tus 1.0.0 with the extensions creation, checksum, expiration and termination.
//!
//! Source: <https://tus.io/protocols/resumable-upload>

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{AppendHeaders, IntoResponse, Response};
use data_encoding::BASE64;
use jiff::fmt::rfc2822::DateTimePrinter;

use super::Secret;
use crate::desk::{Checksum, Desk};
use crate::lanes::Caller;
use crate::problem::Problem;
use crate::store::UploadRow;

const VERSION: &str = "1.0.0";
const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const TUS_VERSION: HeaderName = HeaderName::from_static("tus-version");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");
const METHOD_OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");

/// Refuses other versions of the protocol, and names ours in every answer.
pub(super) async fn speak(request: Request, next: Next) -> Response {
    let version = request.headers().get(RESUMABLE).map(HeaderValue::as_bytes);
    let mut response = if request.method() == Method::OPTIONS || version == Some(VERSION.as_bytes()) {
        next.run(request).await
    } else {
        let hint = "This address speaks tus 1.0.0: send `Tus-Resumable: 1.0.0`.";
        let problem = Problem::new(StatusCode::PRECONDITION_FAILED, "tus_version", hint);
        ([(TUS_VERSION, VERSION)], problem).into_response()
    };
    response.headers_mut().insert(RESUMABLE, HeaderValue::from_static(VERSION));
    response
}

/// Says what this server can do.
pub(super) async fn options(State(desk): State<Arc<Desk>>) -> impl IntoResponse {
    let headers = [
        ("tus-version", VERSION.to_owned()),
        ("tus-extension", "creation,checksum,expiration,termination".to_owned()),
        ("tus-max-size", desk.limits.file_bytes.to_string()),
        ("tus-checksum-algorithm", "sha1,sha256".to_owned()),
    ];
    (StatusCode::NO_CONTENT, headers)
}

/// Announces a bundle.
pub(super) async fn create(
    State(desk): State<Arc<Desk>>,
    Path(report): Path<String>,
    Secret(secret): Secret,
    caller: Caller,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    let ticket = desk.authorise(&report, &secret).await?;
    let bytes = number(&headers, &LENGTH).ok_or_else(|| {
        let hint = "Say with `Upload-Length` how large the bundle is.";
        Problem::new(StatusCode::BAD_REQUEST, "length_missing", hint)
    })?;
    let sha256 = metadata(&headers, "sha256").ok_or_else(|| {
        let hint = "Say with `Upload-Metadata: sha256 …` which bundle it is.";
        Problem::new(StatusCode::BAD_REQUEST, "invalid_metadata", hint)
    })?;
    let upload = desk.announce(&ticket, (&sha256, bytes), caller).await?;
    let location = format!("{}/api/v1/uploads/{}", desk.base_url, upload.id);
    let arrived_bytes = if upload.published { upload.bytes } else { 0 };
    let expires = expires(&desk, &upload, arrived_bytes)?;
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], expires))
}

/// Says how much of a bundle has arrived.
pub(super) async fn offset(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    Secret(secret): Secret,
) -> Result<impl IntoResponse, Problem> {
    let (upload, ticket) = desk.upload(&id, &secret).await?;
    let offset = Arc::clone(&desk).offset(upload.clone(), ticket).await?;
    let expires = expires(&desk, &upload, offset)?;
    let headers = [(OFFSET, offset.to_string()), (LENGTH, upload.bytes.to_string())];
    Ok((StatusCode::OK, headers, expires))
}

/// Takes the next bytes of a bundle.
pub(super) async fn append(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    Secret(secret): Secret,
    headers: HeaderMap,
    body: Body,
) -> Result<impl IntoResponse, Problem> {
    if headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes)
        != Some(b"application/offset+octet-stream")
    {
        let hint = "Send the bytes as `Content-Type: application/offset+octet-stream`.";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media_type", hint));
    }
    let offset = number(&headers, &OFFSET).ok_or_else(|| {
        let hint = "Say with `Upload-Offset` where the bytes begin.";
        Problem::new(StatusCode::BAD_REQUEST, "length_missing", hint)
    })?;
    let checksum = headers.get(CHECKSUM).map(checksum).transpose()?;
    let (upload, ticket) = desk.upload(&id, &secret).await?;
    let appended = Arc::clone(&desk).append((upload.clone(), ticket), offset, checksum, body);
    let offset = appended.await?;
    let expires = expires(&desk, &upload, offset)?;
    Ok((StatusCode::NO_CONTENT, [(OFFSET, offset.to_string())], expires))
}

/// Forgets a bundle that did not arrive.
pub(super) async fn abandon(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    Secret(secret): Secret,
) -> Result<StatusCode, Problem> {
    let (upload, _) = desk.upload(&id, &secret).await?;
    desk.abandon(&upload).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST` with `X-HTTP-Method-Override`, for clients behind something that lets no other method pass.
pub(super) async fn other(
    state: State<Arc<Desk>>,
    id: Path<String>,
    secret: Secret,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    match headers.get(METHOD_OVERRIDE).map(HeaderValue::as_bytes) {
        Some(b"PATCH") => append(state, id, secret, headers, body).await.map(IntoResponse::into_response),
        Some(b"DELETE") => abandon(state, id, secret).await.map(IntoResponse::into_response),
        Some(b"HEAD") => offset(state, id, secret).await.map(IntoResponse::into_response),
        _ => {
            let hint = "This address does not know that method.";
            Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", hint))
        }
    }
}

/// Until when an upload that is not whole can be continued. Source: tus 1.0.0, extension expiration.
fn expires(
    desk: &Desk,
    upload: &UploadRow,
    arrived_bytes: u64,
) -> Result<AppendHeaders<Option<(HeaderName, String)>>, Problem> {
    if arrived_bytes >= upload.bytes {
        return Ok(AppendHeaders(None));
    }
    let at = DateTimePrinter::new().timestamp_to_rfc9110_string(&desk.expires_at(upload)?);
    Ok(AppendHeaders(at.ok().map(|at| (EXPIRES, at))))
}

/// A header that is a whole number, and nothing but its digits.
fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    let text = headers.get(name)?.to_str().ok()?;
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// One value of `Upload-Metadata: key base64,key base64`.
fn metadata(headers: &HeaderMap, key: &str) -> Option<String> {
    let list = headers.get(METADATA)?.to_str().ok()?;
    let mut pairs = list.split(',').filter_map(|pair| pair.trim().split_once(' '));
    let (_, value) = pairs.find(|(name, _)| *name == key)?;
    String::from_utf8(BASE64.decode(value.trim().as_bytes()).ok()?).ok()
}

/// `Upload-Checksum: algorithm base64`.
fn checksum(value: &HeaderValue) -> Result<Checksum, Problem> {
    let unknown = || {
        let hint = "`Upload-Checksum` may be sha1 or sha256, with the digest in base64.";
        Problem::new(StatusCode::BAD_REQUEST, "checksum_unknown", hint)
    };
    let (algorithm, digest) =
        value.to_str().ok().and_then(|text| text.split_once(' ')).ok_or_else(unknown)?;
    let digest = BASE64.decode(digest.trim().as_bytes()).map_err(|_| unknown())?;
    match (algorithm, digest.len()) {
        ("sha1", 20) => Ok(Checksum::Sha1(digest)),
        ("sha256", 32) => Ok(Checksum::Sha256(digest)),
        _ => Err(unknown()),
    }
}
