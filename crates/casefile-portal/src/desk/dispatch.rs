//! What leaves the portal: acknowledgements, messages of support, notices. Written in the same transaction as what they tell of, sent later, each
//! once: a row has a key, and is marked when the other side has taken it. Only a portal that is killed between the two says it twice, with the
//! same id.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use casefile::report::{Language, Priority};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::Desk;
use super::process::Open;
use super::rounds::is_moot;
use crate::case::Case;
use crate::event::{Actor, Kind};
use crate::mail::incoming::is_address;
use crate::mail::wording::{self, NoticeTold};
use crate::notify::{Letter, SendError};
use crate::problem::Problem;
use crate::roles::Role;
use crate::store::{Change, NewOutgoing, NoticeRow, OutgoingRow, Sent, StaffRow, TicketRow, Way, write};

/// What is sent in one go before others have their turn.
const BATCH: i64 = 50;
/// Acknowledgements that one address gets in a day: RFC 3834, 2.
const MAX_ACKNOWLEDGEMENTS: i64 = 10;
/// A recipient that is not taken for so long never will be. A line that is down is waited for without end.
const GIVE_UP_AFTER: SignedDuration = SignedDuration::from_hours(5 * 24);
/// The first pause after a failure, which is doubled.
const FIRST_PAUSE_SECONDS: i64 = 5;
const MAX_LINE_PAUSE_SECONDS: i64 = 300;
const MAX_PAUSE_SECONDS: i64 = 3_600;

/// Lines that are down: until when they are left alone, and how often they were tried.
#[derive(Debug, Default)]
pub(super) struct Lines(Mutex<HashMap<String, (u32, Timestamp)>>);

impl Lines {
    fn is_down(&self, line: &str, now: Timestamp) -> bool {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A clock that was set back ends the pause.
        lines.get(line).is_some_and(|(_, until)| {
            *until > now && *until - now <= SignedDuration::from_secs(MAX_LINE_PAUSE_SECONDS)
        })
    }

    fn fail(&self, line: &str, now: Timestamp) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let tries = lines.get(line).map_or(0, |(tries, _)| *tries);
        lines.insert(line.to_owned(), (tries.saturating_add(1), now + pause(tries, MAX_LINE_PAUSE_SECONDS)));
    }

    fn work(&self, line: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(line);
    }
}

fn pause(tries: u32, max_seconds: i64) -> SignedDuration {
    let seconds = FIRST_PAUSE_SECONDS.saturating_mul(1_i64 << tries.min(20));
    SignedDuration::from_secs(seconds.min(max_seconds))
}

impl Desk {
    /// Sends what is due. A line that is down is tried once in a while, and everything on it waits.
    pub(crate) async fn dispatch(&self) -> Result<(), Problem> {
        for way in [Way::Mail, Way::Hook] {
            let mut last = 0;
            loop {
                let rows = self.store.due(way, self.now(), BATCH).await?;
                // What is on a line that is down stays due; it is not looked at again in this turn.
                let fresh: Vec<_> = rows.iter().filter(|row| row.id > last).collect();
                let Some(newest) = fresh.iter().map(|row| row.id).max() else { break };
                for row in &fresh {
                    self.send_one(row).await?;
                }
                last = newest;
            }
        }
        Ok(())
    }

    async fn send_one(&self, row: &OutgoingRow) -> Result<(), Problem> {
        let now = self.now();
        let line = match row.way {
            Way::Mail => "smtp".to_owned(),
            Way::Hook => format!("hook:{}", row.recipient),
        };
        if self.lines.is_down(&line, now) {
            return Ok(());
        }
        if self.is_settled_already(row).await? {
            return Ok(self.store.settle_outgoing(row.id, &Sent::Suppressed, now).await?);
        }
        let result = match row.way {
            Way::Mail => match &self.mailer {
                Some(mailer) => mailer.send(&self.letter(row).await?).await,
                None => return Ok(()),
            },
            Way::Hook => {
                self.hooks.send(&row.recipient, &format!("casefile-{}", row.id), &row.body, now).await
            }
        };
        let sent = match result {
            Ok(()) => {
                self.lines.work(&line);
                tracing::info!(id = row.id, kind = row.kind, way = row.way.as_str(), "sent");
                Sent::Done
            }
            Err(SendError::Line(why)) => {
                self.lines.fail(&line, now);
                tracing::warn!(id = row.id, kind = row.kind, line, why, "waits: the line is down");
                return Ok(());
            }
            Err(SendError::Later(why)) if now.duration_since(row.created_at) < GIVE_UP_AFTER => {
                self.lines.work(&line);
                let tries = u32::try_from(row.attempts).unwrap_or(u32::MAX);
                Sent::Later { at: now + pause(tries.saturating_add(3), MAX_PAUSE_SECONDS), why }
            }
            Err(SendError::Later(why) | SendError::Never(why)) => {
                tracing::warn!(id = row.id, kind = row.kind, why, "cannot be sent");
                self.tell_failure(row, &why).await?;
                Sent::Failed { why }
            }
        };
        Ok(self.store.settle_outgoing(row.id, &sent, self.now()).await?)
    }

    /// Whether there is nothing to say any more: somebody has done what a notice asks for while it waited.
    async fn is_settled_already(&self, row: &OutgoingRow) -> Result<bool, Problem> {
        let Some(notice) = row.notice else { return Ok(false) };
        let Some(notice) = self.store.notice(notice).await? else { return Ok(true) };
        let ticket = self.store.ticket_of_id(notice.ticket).await?;
        let plan = self.plan_of(&ticket).await?;
        let events = self.store.events(ticket.id).await?;
        let case = Case::of(&plan, &ticket.body, &events, self.now()).ok_or_else(Problem::not_found)?;
        Ok(is_moot(&case, &notice))
    }

    /// A message to a customer that nobody takes: staff have to know.
    async fn tell_failure(&self, row: &OutgoingRow, why: &str) -> Result<(), Problem> {
        let (Some(ticket), None) = (row.ticket, row.notice) else { return Ok(()) };
        let ticket = self.store.ticket_of_id(ticket).await?;
        let text: String = why.chars().take(300).collect();
        self.append_event(&ticket, &format!("undelivered:{}", row.id), Actor::Portal, Kind::Bounce { text })
            .await
    }

    async fn letter(&self, row: &OutgoingRow) -> Result<Letter, Problem> {
        let address = self.own_address();
        let (local, domain) = address.split_once('@').unwrap_or(("support", "localhost"));
        let tagged = match row.ticket {
            Some(ticket) if row.notice.is_none() => {
                Some(self.signer.tagged(self.store.ticket_of_id(ticket).await?.number))
            }
            _ => None,
        };
        let name = row.id.to_string();
        Ok(Letter {
            to: row.recipient.clone(),
            subject: row.subject.clone(),
            text: row.body.clone(),
            id: match &tagged {
                Some(tagged) => format!("{tagged}.{name}@{domain}"),
                None => format!("{}.{}.{name}@{domain}", row.kind, self.signer.tag("mail", &name)),
            },
            reply_to: tagged
                .filter(|_| self.has_plus_addresses())
                .map(|tagged| format!("{local}+{tagged}@{domain}")),
            answers: row.answers.clone(),
            at: row.created_at,
            is_automatic: row.kind != "message",
            // An answer by program to nobody knows whom (RFC 3834); of all else it has to be known that it did not arrive.
            has_way_back: row.kind != "acknowledgement",
        })
    }

    /// Says that the portal works, if its loop does.
    pub(crate) async fn beat(&self) {
        const MAX_ROUND_SECONDS: i64 = 60;
        if self.seconds_since_round() > MAX_ROUND_SECONDS {
            tracing::error!("no heartbeat: the loop stands still");
            return;
        }
        if let Err(error) = self.hooks.beat().await {
            tracing::warn!(%error, "the heartbeat was not taken");
        }
    }

    /// The address of support; empty where there is none.
    pub(crate) fn own_address(&self) -> String {
        self.settings.mail.as_ref().map(|mail| mail.address.clone()).unwrap_or_default()
    }

    fn has_plus_addresses(&self) -> bool {
        self.settings.mail.as_ref().is_some_and(|mail| mail.plus_addresses)
    }

    /// Where the customer of a ticket reads: what the report says, else who wrote last by mail.
    pub(crate) async fn customer_address(&self, ticket: &TicketRow) -> Result<Option<String>, Problem> {
        let said = ticket.body.contact.email.as_deref().map(|email| email.trim().to_lowercase());
        if let Some(address) = said.filter(|address| is_address(address)) {
            return Ok(Some(address));
        }
        Ok(self.store.last_sender(ticket.id).await?.map(|(sender, _)| sender))
    }

    /// Says once that a report has a ticket. `to` is who wrote a mail, and its id; otherwise the contact of the report.
    pub(crate) async fn acknowledge_report(
        &self,
        ticket: &TicketRow,
        to: Option<(&str, Option<&str>)>,
        closed: Option<&str>,
    ) -> Result<(), Problem> {
        if self.mailer.is_none() {
            return Ok(());
        }
        let address = match to {
            Some((address, _)) => Some(address.to_owned()),
            None => self.customer_address(ticket).await?,
        };
        let own = self.own_address();
        let Some(address) = address.filter(|address| is_address(address) && *address != own) else {
            return Ok(());
        };
        let mut change = self.store.begin().await?;
        let mut open = self.open_ticket(&mut change, ticket).await?;
        let since = self.now() - SignedDuration::from_hours(24);
        if open.is_known("auto_ack")
            || write::acknowledgements(&mut change, &address, since).await? >= MAX_ACKNOWLEDGEMENTS
        {
            return Ok(());
        }
        let deadlines = self.deadlines(ticket).await?;
        let tagged = self.signer.tagged(ticket.number);
        let names = (tagged.as_str(), &*ticket.number.to_string(), &*self.link_of(ticket));
        let (subject, body) =
            wording::acknowledgement(names, (&open.plan, &deadlines, ticket.body.language), closed);
        let key = format!("acknowledgement:{}", ticket.id);
        let answers = to.and_then(|(_, id)| id.map(str::to_owned));
        let new = NewOutgoing { answers, ..mail_to(&address, "acknowledgement", ticket.id, subject, body) };
        write::outgoing(&mut change, &key, self.now(), |_| new).await?;
        open.append(&mut change, "auto_ack", Actor::Portal, Kind::AutoAck).await?;
        self.settle_standing(&mut change, &mut open).await?;
        Ok(change.commit().await?)
    }

    /// Writes the mail of what support says to the customer, beside its event.
    pub(super) async fn mail_message(
        &self,
        change: &mut Change,
        open: &Open,
        key: &str,
        kind: &Kind,
    ) -> Result<(), Problem> {
        let is_told = matches!(
            kind,
            Kind::StaffReplied { .. }
                | Kind::AskedCustomer { .. }
                | Kind::WorkaroundOffered { .. }
                | Kind::ResolutionProposed { .. }
        );
        let (true, Some(text)) = (is_told && self.mailer.is_some(), kind.text()) else { return Ok(()) };
        let ticket = &open.ticket;
        let Some(address) = self.customer_address(ticket).await? else { return Ok(()) };
        let answers = self.store.last_sender(ticket.id).await?.and_then(|(_, id)| id);
        let tagged = self.signer.tagged(ticket.number);
        let names = (tagged.as_str(), &*ticket.number.to_string(), &*self.link_of(ticket));
        let (subject, body) = wording::message(names, (&kind.tag(), text), ticket.body.language);
        let new = NewOutgoing { answers, ..mail_to(&address, "message", ticket.id, subject, body) };
        let key = format!("message:{}:{key}", ticket.id);
        write::outgoing(change, &key, open.now, |_| new).await?;
        Ok(())
    }

    /// Writes a notice to everybody whom it is for, in the transaction that says that it was sent.
    pub(super) async fn write_notice(
        &self,
        change: &mut Change,
        (notice, ticket): (&NoticeRow, &TicketRow),
        priority: Priority,
        staff: &[StaffRow],
    ) -> Result<(), Problem> {
        let is_warning = notice.rule.starts_with("warning-");
        let ticket_url = format!("{}/tickets/{}", self.base_url, ticket.number);
        let people = recipients(notice, staff);
        if people.is_empty() && self.mailer.is_some() {
            tracing::error!(ticket = %ticket.number, to = notice.recipient, "nobody with this role has a mail address");
        }
        let told = |id: i64, language: Language| {
            let seen_url = self.seen_url(id);
            let told = NoticeTold {
                number: &notice.number,
                priority: priority.as_str(),
                rule: &notice.rule,
                clock: &notice.clock,
                since: notice.since,
                noticed_at: notice.noticed_at,
                ticket_url: &ticket_url,
                seen_url: &seen_url,
            };
            wording::notice(&told, &self.plan().zone, language)
        };
        for one in people.into_iter().filter(|_| self.mailer.is_some()) {
            let Some(address) = one.email.clone() else { continue };
            let key = format!("notice:{}:mail:{}", notice.id, one.login);
            let make = |id| {
                let (subject, body) = told(id, one.language);
                let notice = Some(notice.id);
                NewOutgoing {
                    notice,
                    login: Some(one.login.clone()),
                    ..mail_to(&address, "notice", ticket.id, subject, body)
                }
            };
            write::outgoing(change, &key, self.now(), make).await?;
        }
        for name in self.hooks.names(is_warning) {
            let key = format!("notice:{}:hook:{name}", notice.id);
            let make = |id| {
                let body = json!({
                    "id": format!("casefile-{id}"), "type": "notice", "rule": notice.rule, "clock": notice.clock,
                    "to": notice.recipient, "ticket": notice.number, "priority": priority, "since": notice.since,
                    "noticed_at": notice.noticed_at, "url": ticket_url, "seen_url": self.seen_url(id),
                });
                NewOutgoing {
                    way: Way::Hook,
                    notice: Some(notice.id),
                    ..mail_to(&name, "notice", ticket.id, String::new(), body.to_string())
                }
            };
            write::outgoing(change, &key, self.now(), make).await?;
        }
        Ok(())
    }

    /// What says that somebody has read something: nobody else can make it.
    pub(crate) fn seen_url(&self, id: i64) -> String {
        format!("{}/seen/{id}.{}", self.base_url, self.signer.tag("seen", &id.to_string()))
    }

    /// What a link of [`Desk::seen_url`] speaks of.
    pub(crate) async fn of_seen(&self, mark: &str) -> Result<OutgoingRow, Problem> {
        let (id, tag) = mark.split_once('.').ok_or_else(Problem::not_found)?;
        let number: i64 = id.parse().map_err(|_| Problem::not_found())?;
        if !self.signer.is_tag("seen", id, tag) {
            return Err(Problem::not_found());
        }
        self.store.outgoing(number).await?.ok_or_else(Problem::not_found)
    }

    /// Remembers that somebody has read it.
    pub(crate) async fn seen(&self, row: &OutgoingRow) -> Result<(), Problem> {
        if !self.store.acknowledge_outgoing(row.id, self.now()).await? {
            return Ok(());
        }
        let who = row.login.clone().unwrap_or_else(|| format!("hook:{}", row.recipient));
        match row.notice {
            Some(notice) => {
                if let Some(notice) = self.store.notice(notice).await? {
                    self.acknowledge(&notice, &who).await?;
                }
            }
            None => self.store.audit(self.now(), &who, &format!("confirmed a {}", row.kind)).await?,
        }
        Ok(())
    }

    /// Appends what no rule of the process has to decide.
    pub(crate) async fn append_event(
        &self,
        ticket: &TicketRow,
        key: &str,
        by: Actor,
        kind: Kind,
    ) -> Result<(), Problem> {
        let mut change = self.store.begin().await?;
        let mut open = self.open_ticket(&mut change, ticket).await?;
        if open.is_known(key) {
            return Ok(());
        }
        open.append(&mut change, key, by, kind).await?;
        self.settle_standing(&mut change, &mut open).await?;
        Ok(change.commit().await?)
    }
}

/// Who is told: everybody of the role, or who has the ticket. A warning about a ticket that nobody has is for the coordinators.
fn recipients<'a>(notice: &NoticeRow, staff: &'a [StaffRow]) -> Vec<&'a StaffRow> {
    let reachable =
        || staff.iter().filter(|one| one.is_active && one.email.as_deref().is_some_and(is_address));
    if let Ok(role) = notice.recipient.parse::<Role>() {
        return reachable().filter(|one| one.roles.contains(&role)).collect();
    }
    let assigned: Vec<_> = reachable().filter(|one| Some(&one.login) == notice.assignee.as_ref()).collect();
    if assigned.is_empty() {
        return reachable().filter(|one| one.roles.contains(&Role::Coordinator)).collect();
    }
    assigned
}

fn mail_to(recipient: &str, kind: &'static str, ticket: i64, subject: String, body: String) -> NewOutgoing {
    NewOutgoing {
        way: Way::Mail,
        kind,
        ticket: Some(ticket),
        notice: None,
        recipient: recipient.to_owned(),
        login: None,
        subject,
        body,
        answers: None,
    }
}

#[cfg(test)]
mod tests;
