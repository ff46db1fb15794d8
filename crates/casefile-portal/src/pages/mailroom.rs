//! Mails in and out: what became of each, and those that people have to look at.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect};
use serde::Deserialize;
use tokio_util::io::ReaderStream;

use super::door::Visitor;
use super::frame::Frame;
use super::{render, text};
use crate::desk::{Desk, is_sha256};
use crate::problem::Problem;
use crate::roles::Right;
use crate::store::{MailRow, OutgoingRow};

const SHOWN: i64 = 200;

#[derive(Template)]
#[template(path = "mailroom.html")]
struct Page {
    frame: Frame,
    csrf: String,
    may_retry: bool,
    incoming: Vec<Mail>,
    outgoing: Vec<Left>,
}

/// A mail that came in.
pub(super) struct Mail {
    pub(super) id: String,
    pub(super) at: String,
    pub(super) sender: String,
    pub(super) subject: String,
    pub(super) outcome: &'static str,
    pub(super) why: String,
    pub(super) number: Option<String>,
    pub(super) waits: bool,
    pub(super) files: Vec<(String, String)>,
}

impl Mail {
    pub(super) fn of(row: &MailRow, zone: &jiff::tz::TimeZone) -> Self {
        Self {
            id: row.id.clone(),
            at: text::civil(row.received_at, zone),
            sender: text::visible(row.sender.as_deref().unwrap_or("–")),
            subject: text::visible(row.subject.as_deref().unwrap_or_default()),
            outcome: row.outcome.as_str(),
            why: text::visible(row.why.as_deref().unwrap_or_default()),
            number: row.number.clone(),
            waits: row.outcome.waits_for_people(),
            files: row.files.iter().map(|file| (text::visible(&file.name), text::size(file.bytes))).collect(),
        }
    }
}

struct Left {
    at: String,
    kind: String,
    way: &'static str,
    to: String,
    subject: String,
    state: String,
    why: String,
    settled: String,
}

pub(super) async fn page(State(desk): State<Arc<Desk>>, visitor: Visitor) -> Result<Html<String>, Problem> {
    visitor.needs(Right::See)?;
    let zone = &desk.plan().zone;
    let left = |row: &OutgoingRow| Left {
        at: text::civil(row.created_at, zone),
        kind: row.kind.clone(),
        way: row.way.as_str(),
        to: text::visible(&row.recipient),
        subject: text::visible(&row.subject),
        state: row.state.clone(),
        why: text::visible(row.why.as_deref().unwrap_or_default()),
        settled: row.settled_at.map(|at| text::civil(at, zone)).unwrap_or_default(),
    };
    let incoming = desk.store.mails(None, SHOWN).await?;
    let outgoing = desk.store.newest_outgoing(SHOWN).await?;
    render(&Page {
        csrf: visitor.csrf.clone(),
        may_retry: visitor.may(Right::Work),
        incoming: incoming.iter().map(|row| Mail::of(row, zone)).collect(),
        outgoing: outgoing.iter().map(left).collect(),
        frame: Frame::of(&visitor, "mail"),
    })
}

#[derive(Deserialize)]
pub(super) struct Mark {
    csrf: String,
}

pub(super) async fn retry(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(id): Path<String>,
    Form(Mark { csrf }): Form<Mark>,
) -> Result<Redirect, Problem> {
    visitor.made(&csrf)?;
    visitor.needs(Right::Work)?;
    let mail = known(&desk, &id).await?;
    if mail.outcome.waits_for_people() {
        desk.retry_mail(&id).await?;
        desk.store
            .audit(desk.now(), &visitor.staff.login, &format!("had mail {} looked at again", &id[..12]))
            .await?;
    }
    Ok(Redirect::to("/mail"))
}

/// The mail as it was received. The browser saves it and never shows it.
pub(super) async fn download(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    visitor.needs(Right::See)?;
    let mail = known(&desk, &id).await?;
    let file = tokio::fs::File::open(desk.spool.path(&mail.id)).await.map_err(|_| Problem::not_found())?;
    let bytes = file.metadata().await?.len();
    desk.store.audit(desk.now(), &visitor.staff.login, &format!("took mail {}", &id[..12])).await?;
    let headers = [
        (header::CONTENT_TYPE, "message/rfc822".to_owned()),
        (header::CONTENT_LENGTH, bytes.to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}.eml\"", &id[..12])),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
    ];
    Ok((headers, Body::from_stream(ReaderStream::with_capacity(file, 1 << 18))))
}

async fn known(desk: &Desk, id: &str) -> Result<MailRow, Problem> {
    if !is_sha256(id) {
        return Err(Problem::not_found());
    }
    desk.store.mail(id).await?.ok_or_else(Problem::not_found)
}
