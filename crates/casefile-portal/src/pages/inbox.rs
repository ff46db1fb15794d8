//! The list of tickets and the board.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use casefile::plan::Plan;
use casefile::report::{Category, Priority};
use jiff::Timestamp;
use serde::Deserialize;

use super::door::Visitor;
use super::frame::Frame;
use super::words::Words;
use super::{render, text};
use crate::desk::Desk;
use crate::problem::Problem;
use crate::store::{self, Filter, Tally, View};

const ON_A_PAGE: i64 = 50;
const ON_THE_BOARD: i64 = 200;

#[derive(Template)]
#[template(path = "inbox.html")]
struct Page {
    frame: Frame,
    tabs: Vec<Tab>,
    view: &'static str,
    priority: String,
    category: String,
    q: String,
    categories: Vec<(&'static str, String)>,
    rows: Vec<Row>,
    next: Option<String>,
    is_first: bool,
}

struct Tab {
    name: &'static str,
    label: &'static str,
    count: i64,
    is_here: bool,
}

struct Row {
    number: String,
    priority: String,
    title: String,
    category: String,
    state: &'static str,
    assignee: Option<String>,
    app: String,
    /// What is due, when, and how far that is.
    due: Option<(&'static str, String, String)>,
    is_late: bool,
    is_unanswered: bool,
    is_handed_over: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Where {
    view: String,
    priority: String,
    category: String,
    q: String,
    from: i64,
}

/// The views in their order, by the names that addresses have for them.
const VIEWS: [(View, &str); 10] = [
    (View::Open, "open"),
    (View::Mine, "mine"),
    (View::Unassigned, "unassigned"),
    (View::Late, "late"),
    (View::Unanswered, "unanswered"),
    (View::HandedOver, "handed_over"),
    (View::Waiting, "waiting"),
    (View::Proposed, "proposed"),
    (View::Over, "over"),
    (View::All, "all"),
];

fn label(view: View, words: Words) -> &'static str {
    match view {
        View::Open => words.view_open(),
        View::Mine => words.view_mine(),
        View::Unassigned => words.view_unassigned(),
        View::Late => words.view_late(),
        View::Unanswered => words.view_unanswered(),
        View::HandedOver => words.view_handed_over(),
        View::Waiting => words.view_waiting(),
        View::Proposed => words.view_proposed(),
        View::Over => words.view_over(),
        View::All => words.all(),
    }
}

fn counts(view: View, tally: &Tally, login: &str) -> bool {
    match view {
        View::Open | View::All => true,
        View::Mine => tally.assignee.as_deref() == Some(login),
        View::Unassigned => tally.assignee.is_none(),
        View::Late => tally.is_late,
        View::Unanswered => tally.is_unanswered || tally.state == "registered",
        View::HandedOver => tally.is_handed_over,
        View::Waiting => tally.state == "waiting",
        View::Proposed => tally.state == "proposed",
        View::Over => false,
    }
}

pub(super) async fn page(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Query(asked): Query<Where>,
) -> Result<Html<String>, Problem> {
    let words = visitor.words();
    let plan = desk.plan();
    let known = VIEWS.into_iter().find(|(_, name)| *name == asked.view);
    // Whoever searches looks everywhere, unless a view was chosen.
    let otherwise = if asked.q.trim().is_empty() { VIEWS[0] } else { VIEWS[9] };
    let (view, view_name) = known.unwrap_or(otherwise);
    let filter = Filter {
        view,
        login: visitor.staff.login.clone(),
        priority: Some(asked.priority.clone()).filter(|text| !text.is_empty()),
        category: Some(asked.category.clone()).filter(|text| !text.is_empty()),
        words: Some(asked.q.clone()).filter(|text| !text.trim().is_empty()),
    };
    let from = asked.from.max(0);
    // One more than is shown tells whether there are more.
    let mut rows = desk.store.list(&filter, from, ON_A_PAGE + 1).await?;
    let shown = usize::try_from(ON_A_PAGE).unwrap_or(usize::MAX);
    let has_more = rows.len() > shown;
    rows.truncate(shown);
    let query = [
        ("view", view_name),
        ("priority", &asked.priority),
        ("category", &asked.category),
        ("q", &asked.q),
        ("from", &(from + ON_A_PAGE).to_string()),
    ];
    let next = has_more.then(|| text::query(&query));
    let now = desk.now();
    render(&Page {
        frame: Frame::of(&visitor, "inbox"),
        tabs: tabs(&desk, &visitor, view).await?,
        view: view_name,
        priority: asked.priority,
        category: asked.category,
        q: text::visible(&asked.q),
        categories: categories(plan, words),
        rows: rows.iter().map(|row| Row::of(row, plan, words, now)).collect(),
        next,
        is_first: from == 0,
    })
}

async fn tabs(desk: &Desk, visitor: &Visitor, here: View) -> Result<Vec<Tab>, Problem> {
    let tallies = desk.store.tallies().await?;
    let all = desk.store.count().await?;
    let open: i64 = tallies.iter().map(|tally| tally.count).sum();
    let count = |view| match view {
        View::All => all,
        View::Over => all - open,
        view => {
            let alike = tallies.iter().filter(|tally| counts(view, tally, &visitor.staff.login));
            alike.map(|tally| tally.count).sum()
        }
    };
    let tab = |(view, name)| {
        let is_here = view == here;
        Tab { name, label: label(view, visitor.words()), count: count(view), is_here }
    };
    Ok(VIEWS.into_iter().map(tab).collect())
}

fn categories(plan: &Plan, words: Words) -> Vec<(&'static str, String)> {
    let name = |category: Category| plan.category_name(category).in_language(words.0).to_owned();
    Category::ALL.into_iter().map(|category| (category.as_str(), name(category))).collect()
}

impl Row {
    fn of(row: &store::Row, plan: &Plan, words: Words, now: Timestamp) -> Self {
        let category = Category::ALL.into_iter().find(|category| category.as_str() == row.category);
        let category = category.map(|category| plan.category_name(category).in_language(words.0));
        Self {
            number: row.number.clone(),
            priority: row.priority.clone(),
            title: text::visible(&row.title),
            category: category.unwrap_or_default().to_owned(),
            state: words.state_of(&row.state),
            assignee: row.assignee.clone(),
            app: text::visible(&row.app),
            due: row.due.as_ref().map(|(at, clock)| {
                let relative = text::relative(*at, now, words.0);
                (words.clock_of(clock), text::civil(*at, &plan.zone), relative)
            }),
            // The list was made at the last event; time goes on.
            is_late: row.is_late || row.due.as_ref().is_some_and(|(at, _)| *at < now),
            is_unanswered: row.is_unanswered,
            is_handed_over: row.is_handed_over,
        }
    }
}

#[derive(Template)]
#[template(path = "board.html")]
struct Board {
    frame: Frame,
    columns: Vec<Column>,
}

struct Column {
    label: &'static str,
    rows: Vec<Row>,
}

pub(super) async fn board(State(desk): State<Arc<Desk>>, visitor: Visitor) -> Result<Html<String>, Problem> {
    let words = visitor.words();
    let rows = desk.store.list(&Filter::default(), 0, ON_THE_BOARD).await?;
    let now = desk.now();
    let columns = ["registered", "open", "waiting", "proposed"].map(|state| {
        let here = rows.iter().filter(|row| row.state == state);
        let rows = here.map(|row| Row::of(row, desk.plan(), words, now)).collect();
        Column { label: words.state_of(state), rows }
    });
    render(&Board { frame: Frame::of(&visitor, "board"), columns: columns.into() })
}

/// The priorities, for a choice.
pub(super) fn priorities() -> [&'static str; 4] {
    Priority::ALL.map(Priority::as_str)
}
