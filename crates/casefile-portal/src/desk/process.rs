//! What people do to a ticket: each step is one change of the database, with its events, notices and standing.

use std::sync::Arc;

use axum::http::StatusCode;
use casefile::plan::Plan;
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use serde_json::Value;

use super::Desk;
use crate::case::{Case, Standing};
use crate::clocks::State;
use crate::event::{Actor, Event, Kind, Relation};
use crate::problem::Problem;
use crate::process::{Action, RefuseError, decide};
use crate::store::{self, Change, NoticeRow, Registration, TicketRow, write};

/// A ticket in the hands of the writer.
pub(super) struct Open {
    pub(super) ticket: TicketRow,
    pub(super) plan: Arc<Plan>,
    keys: Vec<String>,
    pub(super) events: Vec<Event>,
    /// When the next event happens: never before the last one.
    pub(super) now: Timestamp,
}

impl Open {
    pub(super) fn case(&self) -> Result<Case<'_>, Problem> {
        Case::of(&self.plan, &self.ticket.body, &self.events, self.now).ok_or_else(Problem::not_found)
    }

    /// The event of this key, if it has happened.
    pub(super) fn known(&self, key: &str) -> Option<&Event> {
        self.keys.iter().position(|known| known == key).map(|n| &self.events[n])
    }

    /// Whether the event of this key has happened.
    pub(super) fn is_known(&self, key: &str) -> bool {
        self.known(key).is_some()
    }

    pub(super) async fn append(
        &mut self,
        change: &mut Change,
        key: &str,
        by: Actor,
        kind: Kind,
    ) -> Result<(), Problem> {
        let event = Event { at: self.now, by, kind };
        store::append(change, self.ticket.id, key, &event).await?;
        self.keys.push(key.to_owned());
        self.events.push(event);
        Ok(())
    }
}

impl Desk {
    /// The history of a ticket.
    pub(crate) async fn events(&self, ticket: &TicketRow) -> Result<Vec<Event>, Problem> {
        Ok(self.store.events(ticket.id).await?)
    }

    /// Does something to a ticket. The same key a second time changes nothing.
    pub(crate) async fn act(
        &self,
        ticket: &TicketRow,
        by: &Actor,
        key: &str,
        action: &Action,
    ) -> Result<(), Problem> {
        let mut change = self.store.begin().await?;
        let mut open = self.open_ticket(&mut change, ticket).await?;
        if let Some(known) = open.known(key) {
            return repeated(known, action);
        }
        let kinds = decide(&open.case()?, action)?;
        if kinds.is_empty() {
            return Ok(());
        }
        for (n, kind) in kinds.into_iter().enumerate() {
            tracing::info!(ticket = %ticket.number, event = kind.tag(), %by, "a step");
            let key = if n == 0 { key.to_owned() } else { format!("{key}:{n}") };
            if matches!(by, Actor::Staff(_)) {
                self.mail_message(&mut change, &open, &key, &kind).await?;
            }
            open.append(&mut change, &key, by.clone(), kind).await?;
        }
        self.settle_standing(&mut change, &mut open).await?;
        change.commit().await?;
        Ok(())
    }

    /// A message of the customer. After the ticket was closed it opens a follow-up.
    pub(crate) async fn write(&self, ticket: &TicketRow, key: &str, text: &str) -> Result<(), Problem> {
        let action = Action::Write(text.to_owned());
        let mut change = self.store.begin().await?;
        let mut open = self.open_ticket(&mut change, ticket).await?;
        if let Some(known) = open.known(key) {
            return repeated(known, &action);
        }
        let case = open.case()?;
        if case.clocks.state() == State::Closed && case.is_erased() {
            return Err(Problem::erased());
        }
        if case.clocks.state() != State::Closed {
            drop(change);
            return self.act(ticket, &Actor::Customer, key, &action).await;
        }
        if let Some(next) = case.follow_up() {
            let number = next.parse().map_err(|error| Problem::unavailable(&error))?;
            drop(change);
            let next = self.store.ticket(&number).await?.ok_or_else(Problem::not_found)?;
            return Box::pin(self.write(&next, key, text)).await;
        }
        // The same rules as for every message.
        let text = crate::process::checked(text)?;
        let registration = self.follow_up_of(ticket, &text, open.now)?;
        let id = store::insert(&mut change, &registration).await?;
        let number = crate::ticket::TicketNumber::new(registration.at, id);
        let linked = |relation, ticket: String| Kind::Linked { relation, ticket };
        let back = linked(Relation::Follows, ticket.number.to_string());
        let back = Event { at: open.now, by: Actor::Customer, kind: back };
        store::append(&mut change, id, "follows", &back).await?;
        let forth = linked(Relation::FollowedBy, number.to_string());
        open.append(&mut change, key, Actor::Customer, forth).await?;
        self.settle_standing(&mut change, &mut open).await?;
        change.commit().await?;
        tracing::info!(ticket = %number, follows = %ticket.number, "registered");
        Ok(())
    }

    /// The state of a ticket now.
    pub(super) async fn case_state(&self, ticket: &TicketRow) -> Result<State, Problem> {
        let plan = self.plan_of(ticket).await?;
        let events = self.store.events(ticket.id).await?;
        let case = Case::of(&plan, &ticket.body, &events, self.now()).ok_or_else(Problem::not_found)?;
        Ok(case.clocks.state())
    }

    /// The last of the tickets that go on where this one was closed.
    pub(super) async fn follow_up_of_ticket(&self, ticket: &TicketRow) -> Result<Option<TicketRow>, Problem> {
        let mut found = None;
        let mut id = ticket.id;
        // Each has a larger number than the one before, so this ends.
        while let Some(next) = self.next_of(id).await? {
            id = next.id;
            found = Some(next);
        }
        Ok(found)
    }

    async fn next_of(&self, id: i64) -> Result<Option<TicketRow>, Problem> {
        let events = self.store.events(id).await?;
        let number = events.iter().find_map(|event| match &event.kind {
            Kind::Linked { relation: Relation::FollowedBy, ticket } => ticket.parse().ok(),
            _ => None,
        });
        match number {
            Some(number) => Ok(self.store.ticket(&number).await?.filter(|next| next.id > id)),
            None => Ok(None),
        }
    }

    /// Remembers that somebody has seen a notice.
    pub(crate) async fn acknowledge(&self, notice: &NoticeRow, login: &str) -> Result<(), Problem> {
        let ticket = self.store.ticket_of_id(notice.ticket).await?;
        let mut change = self.store.begin().await?;
        let mut open = self.open_ticket(&mut change, &ticket).await?;
        if write::acknowledged(&mut change, notice.id, login, open.now).await? {
            let (rule, clock) = (notice.rule.clone(), notice.clock.clone());
            let kind = Kind::Acknowledged { rule, clock, to: notice.recipient.clone() };
            let key = format!("acknowledged:{}", notice.id);
            open.append(&mut change, &key, Actor::Staff(login.to_owned()), kind).await?;
        }
        Ok(change.commit().await?)
    }

    /// Reads a ticket as the writer sees it.
    pub(super) async fn open_ticket(&self, change: &mut Change, ticket: &TicketRow) -> Result<Open, Problem> {
        let plan = self.plan_of(ticket).await?;
        let (keys, events): (Vec<_>, Vec<_>) = store::history(change, ticket.id).await?.into_iter().unzip();
        let last = events.iter().map(|event| event.at).max().unwrap_or(ticket.registered_at);
        Ok(Open { ticket: ticket.clone(), plan, keys, events, now: self.now().max(last) })
    }

    /// Writes what the events come to: notices that became due, the standing, the words.
    pub(super) async fn settle_standing(&self, change: &mut Change, open: &mut Open) -> Result<(), Problem> {
        let notices = open.case()?.clocks.notices();
        for notice in notices {
            if write::notice(change, open.ticket.id, &notice, open.now).await? {
                let (rule, clock) = (store::rule_name(&notice.rule), crate::clocks::clock_name(notice.clock));
                let key = format!("notice:{rule}:{clock}:{}", notice.to);
                let kind = Kind::Notice { rule, clock: clock.to_owned(), to: notice.to, since: notice.at };
                open.append(change, &key, Actor::Portal, kind).await?;
            }
        }
        let standing = Standing::of(&open.case()?, &open.ticket.body);
        write::standing(change, open.ticket.id, &standing).await?;
        let words = store::text_of(open.ticket.number, &open.ticket.body, &open.events);
        Ok(write::words(change, open.ticket.id, &words).await?)
    }

    /// What registers the ticket that goes on where another was closed. The same secret opens it.
    fn follow_up_of(&self, ticket: &TicketRow, text: &str, now: Timestamp) -> Result<Registration, Problem> {
        let broken = |error: serde_json::Error| Problem::unavailable(&error);
        let mut body: Value = serde_json::from_str(&ticket.body_text).map_err(broken)?;
        if let Some(fields) = body.as_object_mut() {
            for field in ["steps", "expected", "actual", "additional", "occurred_at", "bundle"] {
                fields.remove(field);
            }
            fields.insert("description".to_owned(), text.into());
            fields.insert("follows".to_owned(), ticket.number.to_string().into());
        }
        let id = random_id()?.parse().map_err(|error| Problem::unavailable(&error))?;
        self.registration(id, ticket.secret.clone(), body.to_string(), now)
    }
}

/// 128 random bits as 32 hexadecimal digits.
pub(crate) fn random_id() -> Result<String, Problem> {
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(|error| Problem::unavailable(&error))?;
    Ok(HEXLOWER.encode(&id))
}

/// The answer to a key that has been used.
fn repeated(known: &Event, action: &Action) -> Result<(), Problem> {
    let text = match action {
        Action::Write(text) | Action::Reject(text) => crate::process::checked(text).ok(),
        _ => None,
    };
    let differs = text.is_some_and(|text| known.kind.text().is_some_and(|known| known != text));
    if differs {
        let hint = "This id was used for a message with another text: make a new one.";
        return Err(Problem::new(StatusCode::CONFLICT, "message_exists", hint));
    }
    Ok(())
}

impl From<RefuseError> for Problem {
    fn from(error: RefuseError) -> Self {
        let hint = format!("This cannot be done: {error}.");
        match error {
            RefuseError::Blank => Self::new(StatusCode::UNPROCESSABLE_ENTITY, "field_blank", hint),
            RefuseError::TooLong => Self::new(StatusCode::UNPROCESSABLE_ENTITY, "text_too_long", hint),
            RefuseError::ArticleMissing => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "article_missing", hint)
            }
            RefuseError::OtherMissing => Self::new(StatusCode::UNPROCESSABLE_ENTITY, "other_missing", hint),
            RefuseError::Closed => Self::new(StatusCode::CONFLICT, "ticket_closed", hint),
            RefuseError::Voided => Self::new(StatusCode::CONFLICT, "ticket_void", hint),
            RefuseError::NothingToConfirm => Self::new(StatusCode::CONFLICT, "nothing_to_confirm", hint),
            RefuseError::NothingToReject => Self::new(StatusCode::CONFLICT, "nothing_to_reject", hint),
        }
    }
}
