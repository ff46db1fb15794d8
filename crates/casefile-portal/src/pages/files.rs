//! Files that a customer adds by hand: received, and given again as what they are, never shown.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;
use tokio_util::io::ReaderStream;

use super::customer;
use super::door::Visitor;
use super::ticket::find;
use crate::desk::{Arrived, Desk, MAX_FILE_BYTES, plain_name, random_id};
use crate::lanes::Caller;
use crate::problem::Problem;
use crate::roles::Right;
use crate::store::TicketRow;

/// Longest request: the largest file, and the text beside it.
pub(super) const MAX_REQUEST_BYTES: usize = 11 << 20;
/// Longest text beside a file, in bytes; the desk counts its characters.
const MAX_TEXT_BYTES: usize = 256 << 10;
const ZIP: &[u8] = b"PK";

/// The customer adds a file, with a text beside it.
pub(super) async fn attach(
    State(desk): State<Arc<Desk>>,
    Path(link): Path<String>,
    caller: Caller,
    mut form: Multipart,
) -> Result<Redirect, Problem> {
    let ticket = customer::find(&desk, &link).await?;
    desk.has_place_for_file(&ticket).await?;
    let (mut id, mut text, mut file) = (String::new(), String::new(), None);
    while let Some(field) = form.next_field().await.map_err(broken)? {
        match field.name() {
            Some("id") => id = words(field).await?,
            Some("text") => text = words(field).await?,
            Some("file") => file = Some(receive(&desk, field).await?),
            _ => {}
        }
    }
    let Some(file) = file else { return Err(missing()) };
    let key = format!("customer:page:{}", id.chars().take(64).collect::<String>());
    desk.attach(&ticket, &key, (&text, file), caller).await?;
    Ok(customer::back(&link))
}

/// A file as its customer added it.
pub(super) async fn own(
    State(desk): State<Arc<Desk>>,
    Path((link, n)): Path<(String, i64)>,
) -> Result<impl IntoResponse, Problem> {
    let ticket = customer::find(&desk, &link).await?;
    give(&desk, &ticket, n).await
}

/// A file for staff.
pub(super) async fn download(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path((number, n)): Path<(String, i64)>,
) -> Result<impl IntoResponse, Problem> {
    visitor.needs(Right::See)?;
    let ticket = find(&desk, &number).await?;
    let given = give(&desk, &ticket, n).await?;
    let what = format!("took file {n} of {number}");
    desk.store.audit(desk.now(), &visitor.staff.login, &what).await?;
    Ok(given)
}

/// The browser saves it and never shows it, whatever it says of itself.
async fn give(desk: &Desk, ticket: &TicketRow, n: i64) -> Result<impl IntoResponse + use<>, Problem> {
    let files = desk.store.attachments(ticket.id).await?;
    let row = files.into_iter().find(|row| row.n == n).ok_or_else(Problem::not_found)?;
    let file = tokio::fs::File::open(desk.vault.attachment(&ticket.report, &row.sha256)).await?;
    // RFC 6266: a name that every browser takes, and the real one.
    let plain: String = row.name.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    let name = super::text::query(&[("", &row.name)]);
    let disposition =
        format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", name.trim_start_matches('='));
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_LENGTH, row.bytes.to_string()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
    ];
    Ok((headers, Body::from_stream(ReaderStream::with_capacity(file, 1 << 18))))
}

/// Writes a file of a form to the disk while it comes in.
async fn receive(desk: &Desk, mut field: Field<'_>) -> Result<Arrived, Problem> {
    let path = desk.vault.incoming(&random_id()?);
    let name = plain_name(&field.file_name().unwrap_or_default().replace("%22", "\""));
    let mut arrived = Arrived { path, name, sha256: String::new(), bytes: 0, is_zip: false };
    let mut file = tokio::fs::File::create(&arrived.path).await?;
    let (mut hasher, mut head) = (Sha256::new(), Vec::<u8>::new());
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        arrived.bytes += chunk.len() as u64;
        if arrived.bytes > MAX_FILE_BYTES {
            return Err(too_large());
        }
        head.extend(chunk.iter().take(ZIP.len().saturating_sub(head.len())));
        hasher.update(&chunk);
        file.write_all(&chunk).await?;
    }
    file.flush().await?;
    file.sync_all().await?;
    arrived.sha256 = HEXLOWER.encode(&hasher.finalize());
    arrived.is_zip = head == ZIP;
    Ok(arrived)
}

async fn words(mut field: Field<'_>) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MAX_TEXT_BYTES {
            return Err(too_large());
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn missing() -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "file_missing", "Choose a file.")
}

fn too_large() -> Problem {
    let hint = format!("A file may have {} MiB.", MAX_FILE_BYTES >> 20);
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "file_too_large", hint)
}

#[expect(clippy::needless_pass_by_value, reason = "it is used as a function for `map_err`")]
fn broken(error: MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_large();
    }
    Problem::new(StatusCode::BAD_REQUEST, "broken_body", "The form broke off, or is none with a file.")
}

#[cfg(test)]
mod tests;
