//! "I have seen it": the link in mails to staff. Opening it shows a button; programs that open links in mails press none.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, Redirect};
use casefile::report::Language;

use super::frame::Frame;
use super::{render, text};
use crate::desk::Desk;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "seen.html")]
struct Page {
    frame: Frame,
    mark: String,
    subject: String,
    is_seen: bool,
}

pub(super) async fn page(
    State(desk): State<Arc<Desk>>,
    Path(mark): Path<String>,
) -> Result<Html<String>, Problem> {
    let row = desk.of_seen(&mark).await?;
    let staff = match &row.login {
        Some(login) => desk.store.staff(login).await?,
        None => None,
    };
    let language = staff.map_or(Language::En, |staff| staff.language);
    let is_seen = row.acknowledged_at.is_some();
    render(&Page { frame: Frame::outside(language), mark, subject: text::visible(&row.subject), is_seen })
}

pub(super) async fn confirm(
    State(desk): State<Arc<Desk>>,
    Path(mark): Path<String>,
) -> Result<Redirect, Problem> {
    let row = desk.of_seen(&mark).await?;
    desk.seen(&row).await?;
    Ok(Redirect::to(&format!("/seen/{mark}")))
}
