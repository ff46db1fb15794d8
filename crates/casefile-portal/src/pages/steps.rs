//! What staff do to a ticket: forms of the ticket page and of the notices.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Redirect;
use casefile::report::{Category, Priority};
use serde::Deserialize;

use super::door::Visitor;
use super::ticket::find;
use crate::desk::Desk;
use crate::event::{Article, Verdict, Voiding};
use crate::problem::Problem;
use crate::process::Action;
use crate::roles::Right;

/// What was written, and as what.
#[derive(Deserialize)]
pub(super) struct Written {
    csrf: String,
    key: String,
    what: What,
    #[serde(default)]
    text: String,
    #[serde(default)]
    article: String,
    /// Set when no article is needed.
    article_none: Option<String>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum What {
    Reply,
    Ask,
    Note,
    Call,
    Workaround,
    Solution,
    HandOver,
    Reopen,
}

pub(super) async fn write(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(number): Path<String>,
    Form(form): Form<Written>,
) -> Result<Redirect, Problem> {
    let right = if form.what == What::Note { Right::Note } else { Right::Work };
    let text = form.text;
    let action = match form.what {
        What::Reply => Action::Reply(text),
        What::Ask => Action::Ask(text),
        What::Note => Action::Note(text),
        What::Call => Action::Call(text),
        What::Workaround => Action::OfferWorkaround(text),
        What::HandOver => Action::HandOver(text),
        What::Reopen => Action::Reopen(text),
        What::Solution => {
            let is_linked = !form.article.trim().is_empty();
            let article = match form.article_none {
                Some(_) if !is_linked => Article::NoneNeeded,
                _ => Article::Linked(form.article),
            };
            Action::ProposeResolution { text, article }
        }
    };
    act(&desk, &visitor, &number, (&form.csrf, &form.key), right, &action).await
}

#[derive(Deserialize)]
pub(super) struct Triaged {
    csrf: String,
    key: String,
    priority: Priority,
    category: Category,
    login: Verdict,
    license: Verdict,
}

pub(super) async fn triage(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(number): Path<String>,
    Form(form): Form<Triaged>,
) -> Result<Redirect, Problem> {
    let Triaged { csrf, key, priority, category, login, license } = form;
    let action = Action::Triage { priority, category, login, license };
    act(&desk, &visitor, &number, (&csrf, &key), Right::Work, &action).await
}

#[derive(Deserialize)]
pub(super) struct Assigned {
    csrf: String,
    key: String,
    to: String,
}

pub(super) async fn assign(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(number): Path<String>,
    Form(form): Form<Assigned>,
) -> Result<Redirect, Problem> {
    // Whoever works takes a ticket; giving it to others is another right.
    let right = if form.to == visitor.staff.login { Right::Work } else { Right::Assign };
    let to = Some(form.to).filter(|to| !to.is_empty());
    if let Some(login) = &to
        && desk.store.staff(login).await?.is_none_or(|staff| !staff.is_active)
    {
        let hint = "Nobody of this login works here.";
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "staff_unknown", hint));
    }
    act(&desk, &visitor, &number, (&form.csrf, &form.key), right, &Action::Assign(to)).await
}

#[derive(Deserialize)]
pub(super) struct Voided {
    csrf: String,
    key: String,
    why: Voiding,
    #[serde(default)]
    of: String,
}

pub(super) async fn void(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(number): Path<String>,
    Form(form): Form<Voided>,
) -> Result<Redirect, Problem> {
    let mut of = None;
    if form.why == Voiding::Duplicate && !form.of.trim().is_empty() {
        let other = find(&desk, form.of.trim()).await?;
        of = Some(other.number.to_string()).filter(|other| *other != number);
    }
    // A customer withdraws; staff do not do it for them.
    let why = if form.why == Voiding::Duplicate { Voiding::Duplicate } else { Voiding::Spam };
    let action = Action::Void { why, of };
    act(&desk, &visitor, &number, (&form.csrf, &form.key), Right::Void, &action).await
}

#[derive(Deserialize)]
pub(super) struct Erased {
    csrf: String,
    /// The number of the ticket, written by hand: this cannot be undone.
    number: String,
}

/// Somebody asked for it on another way, for instance by mail: their data are deleted.
pub(super) async fn erase(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(number): Path<String>,
    Form(form): Form<Erased>,
) -> Result<Redirect, Problem> {
    visitor.made(&form.csrf)?;
    visitor.needs(Right::Erase)?;
    let ticket = find(&desk, &number).await?;
    if form.number.trim() != ticket.number.to_string() {
        let hint = "Write the number of the ticket whose data shall be deleted.";
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "number_differs", hint));
    }
    desk.withdraw(&ticket, &visitor.actor()).await?;
    Ok(Redirect::to(&format!("/tickets/{}", ticket.number)))
}

async fn act(
    desk: &Desk,
    visitor: &Visitor,
    number: &str,
    (csrf, key): (&str, &str),
    right: Right,
    action: &Action,
) -> Result<Redirect, Problem> {
    visitor.made(csrf)?;
    visitor.needs(right)?;
    let ticket = find(desk, number).await?;
    let key = format!("staff:{}:{}", visitor.staff.login, key.chars().take(64).collect::<String>());
    desk.act(&ticket, &visitor.actor(), &key, action).await?;
    Ok(Redirect::to(&format!("/tickets/{}", ticket.number)))
}
