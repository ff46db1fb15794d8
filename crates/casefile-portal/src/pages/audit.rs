//! What happened beside tickets.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Html;

use super::door::Visitor;
use super::frame::Frame;
use super::{render, text};
use crate::desk::Desk;
use crate::problem::Problem;
use crate::roles::Right;

const SHOWN: i64 = 500;

#[derive(Template)]
#[template(path = "audit.html")]
struct Page {
    frame: Frame,
    rows: Vec<(String, String, String)>,
}

pub(super) async fn page(State(desk): State<Arc<Desk>>, visitor: Visitor) -> Result<Html<String>, Problem> {
    visitor.needs(Right::Audit)?;
    let rows = desk.store.newest_audit(SHOWN).await?.into_iter();
    let rows = rows
        .map(|(at, login, what)| {
            (text::civil(at, &desk.plan().zone), text::visible(&login), text::visible(&what))
        })
        .collect();
    render(&Page { rows, frame: Frame::of(&visitor, "audit") })
}
