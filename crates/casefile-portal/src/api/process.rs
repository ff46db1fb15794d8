//! What a customer does to a ticket: writes, confirms, rejects, withdraws. Each answer is how the ticket stands then.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;

use super::Secret;
use super::reports::{read, status_of};
use crate::desk::Desk;
use crate::event::Actor;
use crate::problem::Problem;
use crate::process::Action;

/// Characters of the id that a client makes for a message.
const MAX_ID_CHARS: usize = 64;

/// A message, with an id that makes a repeated one the same.
#[derive(Deserialize)]
struct Message {
    id: String,
    text: String,
}

pub(super) async fn write(
    State(desk): State<Arc<Desk>>,
    Path(report): Path<String>,
    Secret(secret): Secret,
    body: Body,
) -> Result<Response, Problem> {
    let ticket = desk.authorise(&report, &secret).await?;
    let message = message(body).await?;
    desk.write(&ticket, &message.id, &message.text).await?;
    status_of(&desk, &ticket, &HeaderMap::new()).await
}

pub(super) async fn reject(
    State(desk): State<Arc<Desk>>,
    Path(report): Path<String>,
    Secret(secret): Secret,
    body: Body,
) -> Result<Response, Problem> {
    let ticket = desk.authorise(&report, &secret).await?;
    let Message { id, text } = message(body).await?;
    desk.act(&ticket, &Actor::Customer, &id, &Action::Reject(text)).await?;
    status_of(&desk, &ticket, &HeaderMap::new()).await
}

pub(super) async fn confirm(
    State(desk): State<Arc<Desk>>,
    Path(report): Path<String>,
    Secret(secret): Secret,
) -> Result<Response, Problem> {
    let ticket = desk.authorise(&report, &secret).await?;
    desk.act(&ticket, &Actor::Customer, "customer:confirm", &Action::Confirm).await?;
    status_of(&desk, &ticket, &HeaderMap::new()).await
}

pub(super) async fn withdraw(
    State(desk): State<Arc<Desk>>,
    Path(report): Path<String>,
    Secret(secret): Secret,
) -> Result<Response, Problem> {
    let ticket = desk.authorise(&report, &secret).await?;
    desk.withdraw(&ticket, &Actor::Customer).await?;
    let ticket = desk.authorise(&report, &secret).await?;
    status_of(&desk, &ticket, &HeaderMap::new()).await
}

async fn message(body: Body) -> Result<Message, Problem> {
    let invalid = |hint: String| Problem::new(StatusCode::BAD_REQUEST, "invalid_body", hint);
    let mut message: Message = serde_json::from_slice(&read(body).await?)
        .map_err(|error| invalid(format!("The message: {error}.")))?;
    let is_id = (1..=MAX_ID_CHARS).contains(&message.id.len())
        && message.id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if !is_id {
        return Err(invalid(format!(
            "The field `id` has to be 1 to {MAX_ID_CHARS} letters, digits, `-` or `_`: new for each message."
        )));
    }
    // Apart from the keys that the portal makes itself.
    message.id = format!("customer:message:{}", message.id);
    Ok(message)
}

#[cfg(test)]
mod tests;
