//! The list of tickets.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse};
use serde::Deserialize;

use super::{render, text};
use crate::desk::Desk;
use crate::problem::Problem;
use crate::store::{self, Filter};

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
    priority: String,
    title: String,
    category: String,
    app: String,
    registered: String,
    response_due: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Where {
    #[serde(default)]
    from: i64,
}

pub(super) async fn page(
    State(desk): State<Arc<Desk>>,
    Query(Where { from }): Query<Where>,
) -> Result<impl IntoResponse, Problem> {
    let from = from.max(0);
    // One more than is shown tells whether there are more.
    let mut tickets = desk.store.list(&Filter::default(), from, ON_A_PAGE + 1).await?;
    let shown = usize::try_from(ON_A_PAGE).unwrap_or(usize::MAX);
    let next = (tickets.len() > shown).then_some(from + ON_A_PAGE);
    tickets.truncate(shown);
    let count = desk.store.tallies().await?.iter().map(|tally| tally.count).sum();
    let rows = tickets.iter().map(|ticket| row(&desk, ticket)).collect();
    let page: Html<String> = render(&Page { count, rows, below: next, is_first: from == 0 })?;
    Ok(page)
}

fn row(desk: &Desk, ticket: &store::Row) -> Row {
    Row {
        number: ticket.number.clone(),
        priority: ticket.priority.clone(),
        title: text::visible(&ticket.title),
        category: ticket.category.clone(),
        app: text::visible(&ticket.app),
        registered: text::civil(ticket.registered_at, &jiff::tz::TimeZone::UTC),
        response_due: ticket.due.as_ref().map(|(due, _)| text::relative(*due, desk.now())),
    }
}
