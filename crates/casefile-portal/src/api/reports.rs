//! Registers a report, and says how it stands.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use casefile::id::ReportId;
use casefile::plan::Deadlines;
use data_encoding::HEXLOWER;
use futures_util::StreamExt;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{MAX_BODY_BYTES, Secret};
use crate::desk::Desk;
use crate::lanes::Caller;
use crate::problem::Problem;
use crate::store::TicketRow;

/// What a client learns when its report has a ticket.
#[derive(Serialize)]
struct Registered {
    ticket: String,
    status_url: String,
    deadlines: Deadlines,
    uploads_url: String,
}

pub(super) async fn register(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    Secret(secret): Secret,
    caller: Caller,
    body: Body,
) -> Result<Response, Problem> {
    let id: ReportId = id.parse().map_err(|error| {
        let hint = format!("The id of the report: {error}.");
        Problem::new(StatusCode::BAD_REQUEST, "invalid_id", hint)
    })?;
    let text = read(body).await?;
    // In a task of its own: a client that hangs up early still gets the ticket it asked for.
    let task = tokio::spawn(async move {
        let (ticket, new) = desk.register(id, &secret, &text, caller).await?;
        let answer = Registered {
            ticket: ticket.number.to_string(),
            status_url: desk.link_of(&ticket),
            deadlines: desk.deadlines(&ticket).await?,
            uploads_url: format!("{}/api/v1/reports/{id}/uploads", desk.base_url),
        };
        let status = if new { StatusCode::CREATED } else { StatusCode::OK };
        Ok((status, Json(answer)).into_response())
    });
    task.await?
}

pub(super) async fn status(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    Secret(secret): Secret,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let ticket = desk.authorise(&id, &secret).await?;
    status_of(&desk, &ticket, &headers).await
}

/// How a ticket stands, unless the client knows it.
pub(super) async fn status_of(
    desk: &Desk,
    ticket: &TicketRow,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let text =
        serde_json::to_string(&desk.shown(ticket).await?).map_err(|error| Problem::unavailable(&error))?;
    let tag = format!("\"{}\"", HEXLOWER.encode(&Sha256::digest(&text)[..16]));
    let caching = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, "private, no-cache".to_owned())];
    if is_known(headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    Ok((caching, [(header::CONTENT_TYPE, "application/json")], text).into_response())
}

/// Whether the client has this answer already.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let lists = headers.get_all(header::IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
    lists
        .flat_map(|list| list.split(','))
        .map(|one| one.trim().trim_start_matches("W/"))
        .any(|one| one == tag || one == "*")
}

/// The whole body of a request.
pub(super) async fn read(body: Body) -> Result<Vec<u8>, Problem> {
    let mut text = Vec::new();
    let mut stream = body.into_data_stream();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk
            .map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "broken_body", "The request broke off."))?;
        if text.len() + chunk.len() > MAX_BODY_BYTES {
            let hint = format!("The text of a report may have {MAX_BODY_BYTES} bytes.");
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", hint));
        }
        text.extend_from_slice(&chunk);
    }
    Ok(text)
}
