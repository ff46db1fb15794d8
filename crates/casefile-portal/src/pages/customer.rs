//! The customer's page of a ticket. Whoever has its address may use it.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{Html, Redirect};
use casefile::report::Language;
use serde::Deserialize;

use super::conversation::{self, Explained, Message, Promise};
use super::exhibits::Fact;
use super::frame::Frame;
use super::ticket::answers;
use super::{render, text};
use crate::case::word;
use crate::desk::{Desk, random_id};
use crate::event::Actor;
use crate::problem::Problem;
use crate::process::Action;
use crate::store::TicketRow;

#[derive(Template)]
#[template(path = "customer.html")]
struct Page {
    frame: Frame,
    link: String,
    /// Makes a form that is sent twice one message.
    id: String,
    number: String,
    title: String,
    language: Language,
    state: &'static str,
    priority: String,
    priority_name: String,
    registered: String,
    closes_at: Option<String>,
    promises: Vec<Promise>,
    ledger: Vec<Explained>,
    messages: Vec<Message>,
    answers: Vec<Fact>,
    evidence: Vec<(String, String)>,
    /// Place, name and size of what was added by hand.
    files: Vec<(i64, String, String)>,
    /// Until when bundles and words are kept, or since when they are gone.
    bundles_until: Option<String>,
    words_until: Option<String>,
    erased_at: Option<String>,
    follow_up: Option<(String, String)>,
    /// The number, and whether somebody answers now.
    hotline: Option<(String, bool)>,
    is_closed: bool,
    is_waiting: bool,
    can_write: bool,
    can_confirm: bool,
    can_reject: bool,
    can_withdraw: bool,
    can_attach: bool,
}

pub(super) async fn page(
    State(desk): State<Arc<Desk>>,
    Path(link): Path<String>,
) -> Result<Html<String>, Problem> {
    let ticket = find(&desk, &link).await?;
    let shown = desk.shown(&ticket).await?;
    let files = desk.store.attachments(ticket.id).await?;
    let plan = desk.plan_of(&ticket).await?;
    let language = ticket.body.language;
    let frame = Frame::outside(language);
    let words = frame.words;
    let civil = |at| text::civil(at, &plan.zone);
    let can = |what: &str| shown.can.contains(&what);
    let message = |message: &crate::desk::Message| Message {
        at: civil(message.at),
        who: if message.from == "customer" { words.you() } else { words.support() }.to_owned(),
        kind: words.kind_of(&message.kind),
        text: text::visible(&message.text),
        side: message.from,
    };
    let state = word(shown.state);
    render(&Page {
        link,
        id: random_id()?,
        number: shown.ticket.clone(),
        title: text::visible(&ticket.body.title),
        language,
        state: words.state_of(&state),
        priority: shown.priority.to_string(),
        priority_name: plan.level(shown.priority).name.in_language(language).to_owned(),
        registered: civil(shown.registered_at),
        closes_at: shown.closes_at.map(civil),
        promises: conversation::promises(&shown.clocks, &plan, words, desk.now()),
        ledger: conversation::explained(&shown.ledger, &plan, words),
        messages: shown.messages.iter().map(message).collect(),
        answers: answers(&ticket.body, &plan),
        evidence: shown.evidence.iter().map(|row| (row.sha256.clone(), text::size(row.bytes))).collect(),
        files: files
            .into_iter()
            .map(|row| (row.n, text::visible(&row.name), text::size(row.bytes)))
            .collect(),
        bundles_until: shown.keeps.bundles_until.map(civil),
        words_until: shown.keeps.words_until.map(civil),
        erased_at: shown.keeps.erased_at.map(civil),
        follow_up: shown.follow_up.as_ref().map(|next| (next.ticket.clone(), next.status_url.clone())),
        hotline: shown.hotline.as_ref().map(|hotline| (hotline.number.clone(), hotline.is_open)),
        is_closed: state == "closed",
        is_waiting: state == "waiting",
        can_write: can("message"),
        can_confirm: can("confirm"),
        can_reject: can("reject"),
        can_withdraw: can("withdraw"),
        can_attach: can("attach"),
        frame,
    })
}

pub(super) async fn find(desk: &Desk, link: &str) -> Result<TicketRow, Problem> {
    // An empty link is one that a ticket does not have yet.
    let known = if link.is_empty() { None } else { desk.store.ticket_of_link(link).await? };
    known.ok_or_else(Problem::not_found)
}

#[derive(Deserialize)]
pub(super) struct Written {
    id: String,
    text: String,
}

impl Written {
    /// The same key that the client's messages have, apart from theirs.
    fn key(&self) -> String {
        format!("customer:page:{}", self.id.chars().take(64).collect::<String>())
    }
}

pub(super) async fn write(
    State(desk): State<Arc<Desk>>,
    Path(link): Path<String>,
    Form(form): Form<Written>,
) -> Result<Redirect, Problem> {
    let ticket = find(&desk, &link).await?;
    desk.write(&ticket, &form.key(), &form.text).await?;
    Ok(back(&link))
}

pub(super) async fn reject(
    State(desk): State<Arc<Desk>>,
    Path(link): Path<String>,
    Form(form): Form<Written>,
) -> Result<Redirect, Problem> {
    let ticket = find(&desk, &link).await?;
    let action = Action::Reject(form.text.clone());
    desk.act(&ticket, &Actor::Customer, &form.key(), &action).await?;
    Ok(back(&link))
}

pub(super) async fn confirm(
    State(desk): State<Arc<Desk>>,
    Path(link): Path<String>,
) -> Result<Redirect, Problem> {
    let ticket = find(&desk, &link).await?;
    desk.act(&ticket, &Actor::Customer, "customer:confirm", &Action::Confirm).await?;
    Ok(back(&link))
}

pub(super) async fn withdraw(
    State(desk): State<Arc<Desk>>,
    Path(link): Path<String>,
) -> Result<Redirect, Problem> {
    let ticket = find(&desk, &link).await?;
    desk.withdraw(&ticket, &Actor::Customer).await?;
    Ok(back(&link))
}

pub(super) fn back(link: &str) -> Redirect {
    Redirect::to(&format!("/r/{link}"))
}
