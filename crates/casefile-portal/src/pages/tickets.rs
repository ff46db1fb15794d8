//! The list of tickets.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse};
use casefile::report::{Language, Priority};
use serde::Deserialize;

use super::{render, text};
use crate::desk::Desk;
use crate::problem::Problem;
use crate::store::TicketRow;

const ON_A_PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "tickets.html")]
struct Page {
    count: i64,
    rows: Vec<Row>,
    /// The id that the next page begins below.
    below: Option<i64>,
    is_first: bool,
}

struct Row {
    number: String,
    priority: Priority,
    title: String,
    category: String,
    app: String,
    registered: String,
    response_due: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Where {
    below: Option<i64>,
}

pub(super) async fn page(
    State(desk): State<Arc<Desk>>,
    Query(Where { below }): Query<Where>,
) -> Result<impl IntoResponse, Problem> {
    // One more than is shown tells whether there are more.
    let mut tickets = desk.store.newest(below.unwrap_or(i64::MAX), ON_A_PAGE + 1).await?;
    let shown = usize::try_from(ON_A_PAGE).unwrap_or(usize::MAX);
    let is_last = tickets.len() <= shown;
    tickets.truncate(shown);
    let next = tickets.last().filter(|_| !is_last).map(|ticket| ticket.id);
    let mut rows = Vec::with_capacity(tickets.len());
    for ticket in &tickets {
        rows.push(row(&desk, ticket).await?);
    }
    let count = desk.store.count().await?;
    let page: Html<String> = render(&Page { count, rows, below: next, is_first: below.is_none() })?;
    Ok(page)
}

async fn row(desk: &Desk, ticket: &TicketRow) -> Result<Row, Problem> {
    let plan = desk.plan_of(ticket).await?;
    let body = &ticket.body;
    let due = desk.deadlines(ticket).await?.response;
    Ok(Row {
        number: ticket.number.to_string(),
        priority: body.priority,
        title: text::visible(&body.title),
        category: plan.category_name(body.category).in_language(Language::En).to_owned(),
        app: text::visible(&format!("{} {}", body.app.name, body.app.version)),
        registered: text::civil(ticket.registered_at, &plan.zone),
        response_due: due.map(|due| text::relative(due, desk.now())),
    })
}
