//! Mails that came in: each becomes a ticket, a message of one, evidence of one, or something that people look at. May be begun again at any
//! place: reports, messages and evidence have keys that come from the mail.

mod bundles;

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use self::bundles::{Bundles, body_of_bundle};
use super::Desk;
use crate::clocks::State;
use crate::event::{Actor, Kind};
use crate::mail::incoming::{self, Incoming};
use crate::mail::machine::Sender;
use crate::mail::{form, quote, tag};
use crate::problem::Problem;
use crate::process::MAX_TEXT_CHARS;
use crate::store::{Kept, MailFile, MailRead, Outcome, TicketRow, UploadRow};

/// Times that a mail may end the portal before nobody tries it again.
const MAX_ATTEMPTS: i64 = 3;
/// Mails of one round.
const BATCH: usize = 200;
/// Tickets that one sender can open in an hour; more is held for people.
const MAX_TICKETS_PER_HOUR: i64 = 20;

/// What became of a mail.
struct End {
    outcome: Outcome,
    why: Option<String>,
    ticket: Option<i64>,
}

impl End {
    fn of(outcome: Outcome, ticket: Option<&TicketRow>) -> Self {
        Self { outcome, why: None, ticket: ticket.map(|ticket| ticket.id) }
    }

    fn because(outcome: Outcome, why: impl Into<String>) -> Self {
        Self { outcome, why: Some(why.into()), ticket: None }
    }
}

impl Desk {
    /// Looks at every mail that waits. One that cannot be looked at stops none of the others.
    pub(crate) async fn take_in_mails(&self) -> Result<(), Problem> {
        for id in self.spool.waiting(BATCH)? {
            if let Err(problem) = self.take_in(&id).await {
                tracing::warn!(mail = id, code = problem.code, "a mail waits for the next round");
                self.store.renew_mail(&id).await?;
            }
        }
        Ok(())
    }

    /// Lets people try a mail again that was held or could not be read.
    pub(crate) async fn retry_mail(&self, id: &str) -> Result<(), Problem> {
        self.store.renew_mail(id).await?;
        self.store.release_mail(id).await?;
        Ok(self.spool.renew(id)?)
    }

    async fn take_in(&self, id: &str) -> Result<(), Problem> {
        let (attempts, outcome) = self.store.begin_mail(id, self.now()).await?;
        if outcome == Outcome::Erased {
            return Ok(self.spool.remove(id)?);
        }
        if outcome != Outcome::New {
            return Ok(self.spool.keep(id)?);
        }
        let mut read = MailRead::default();
        let end = if attempts > MAX_ATTEMPTS {
            End::because(Outcome::Poison, "the portal ended each time it was read")
        } else {
            match self.look_at(id, &mut read).await {
                Ok(end) => end,
                // The database or the disk: not the mail's fault.
                Err(problem) if problem.is_ours() => return Err(problem),
                Err(problem) => {
                    End::because(Outcome::Poison, format!("{}: {}", problem.code, problem.hint()))
                }
            }
        };
        let (outcome, why) = (end.outcome.as_str(), end.why.as_deref());
        tracing::info!(mail = &id[..12], outcome, why, "a mail");
        self.store.end_mail(id, &read, (end.outcome, why, end.ticket)).await?;
        Ok(self.spool.keep(id)?)
    }

    async fn look_at(&self, id: &str, read: &mut MailRead) -> Result<End, Problem> {
        let Some(raw) = self.spool.read(id, incoming::MAX_BYTES)? else {
            return Ok(End::because(Outcome::Poison, "it is too large"));
        };
        let own = self.own_address();
        // A parser that panics costs this mail, not the portal.
        let parsed = tokio::task::spawn_blocking(move || incoming::read(&raw, &own)).await;
        let Ok(Some(mail)) = parsed else {
            return Ok(End::because(Outcome::Poison, "it cannot be read as a mail"));
        };
        *read = MailRead {
            sender: mail.from.as_ref().map(|from| from.address.clone()),
            subject: mail.subject.clone(),
            message_id: mail.message_id.clone(),
            content: mail.content.clone(),
            files: mail
                .attachments
                .iter()
                .map(|file| MailFile { name: file.name.clone(), bytes: file.bytes.len() as u64 })
                .collect(),
        };
        if let Some(ticket) = self.store.repeats(id, &mail.content).await? {
            return Ok(End { ticket, ..End::because(Outcome::Repeated, "it came before") });
        }
        match mail.sender {
            Sender::Loop => {
                return Ok(End::because(Outcome::Dropped, "it is our own, or goes round and round"));
            }
            Sender::AutoReply | Sender::Bounce => return self.note_machine(id, &mail).await,
            Sender::Person | Sender::List => {}
        }
        let bundles = self.bundles_of(id, &mail).await?;
        let end = self.place(id, &mail, &bundles).await;
        for found in &bundles.good {
            // What became evidence was moved away.
            let _ = std::fs::remove_file(&found.path);
        }
        end
    }

    /// A program wrote: no clock cares, but staff see it.
    async fn note_machine(&self, id: &str, mail: &Incoming) -> Result<End, Problem> {
        let back = match mail.sender {
            Sender::Bounce => self.give_back(mail).await?,
            _ => None,
        };
        let Some(ticket) = self.tagged_ticket(mail).await? else {
            let why = mail.sender.as_str();
            let why =
                back.map_or_else(|| why.to_owned(), |row| format!("{why}: {} {}", row.kind, row.recipient));
            return Ok(End::because(Outcome::Noted, why));
        };
        let text = if mail.text.is_empty() { mail.subject.clone() } else { quote::fresh(&mail.text) };
        let text = shortened(&text, 2_000);
        let kind = match mail.sender {
            Sender::Bounce => Kind::Bounce { text },
            _ => Kind::CustomerAutoReply { text },
        };
        self.append_event(&ticket, &format!("mail:{id}"), Actor::Customer, kind).await?;
        Ok(End { why: Some(mail.sender.as_str().to_owned()), ..End::of(Outcome::Noted, Some(&ticket)) })
    }

    /// Finds the ticket of a mail of a person, or opens one.
    async fn place(&self, id: &str, mail: &Incoming, bundles: &Bundles) -> Result<End, Problem> {
        let first = bundles.good.first();
        let report = first.map(|found| found.report).or(mail.report);
        let known = match report {
            Some(report) => self.store.ticket_of_report(&report.to_string()).await?,
            None => None,
        };
        if let Some(ticket) = known {
            if ticket.kept == Kept::Numbers {
                return Ok(End::because(Outcome::Held, "its report was deleted before"));
            }
            return self.fold(id, mail, &ticket, bundles).await;
        }
        let answered = match self.tagged_ticket(mail).await? {
            Some(ticket) => Some(ticket),
            None => self.trusted_ticket(mail).await?,
        };
        if let Some(ticket) = answered
            && ticket.kept != Kept::Numbers
            && self.case_state(&ticket).await? != State::Voided
        {
            return self.answer(id, mail, &ticket, bundles).await;
        }
        let Some(from) = &mail.from else {
            return Ok(End::because(Outcome::Poison, "it has no sender"));
        };
        let since = self.now() - SignedDuration::from_hours(1);
        if !self.store.is_released(id).await?
            && self.store.registered_by(&from.address, since).await? >= MAX_TICKETS_PER_HOUR
        {
            return Ok(End::because(Outcome::Held, "too many tickets from this sender within an hour"));
        }
        let (report, body) = match first {
            Some(found) => (found.report, body_of_bundle(found, mail)),
            // Made of the mail, so that the same mail is the same report.
            None => {
                (id[..32].parse().map_err(|error| Problem::unavailable(&error))?, self.body_of_mail(mail))
            }
        };
        let registration = self.registration(report, String::new(), body.to_string(), self.now())?;
        let (ticket, new) = self.store.register(registration).await?;
        if new {
            tracing::info!(ticket = %ticket.number, priority = %ticket.body.priority, "registered by mail");
        }
        let message_id = mail.message_id.as_deref();
        if mail.may_acknowledge {
            self.acknowledge_report(&ticket, Some((&from.address, message_id)), None).await?;
        }
        self.keep_files(&ticket, mail, bundles).await?;
        Ok(End::of(Outcome::Registered, Some(&ticket)))
    }

    /// A report that has a ticket already, because its client got through, or was sent twice by hand.
    async fn fold(
        &self,
        id: &str,
        mail: &Incoming,
        ticket: &TicketRow,
        bundles: &Bundles,
    ) -> Result<End, Problem> {
        // What the person added to the draft is a message.
        let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = squeeze(&mail.text);
        let added = match bundles.good.first() {
            Some(found) => {
                !squeeze(&found.markdown).is_empty() && !text.starts_with(&squeeze(&found.markdown))
            }
            None => true,
        };
        if added && !text.is_empty() {
            return self.answer(id, mail, ticket, bundles).await;
        }
        self.keep_files(ticket, mail, bundles).await?;
        Ok(End::of(Outcome::Folded, Some(ticket)))
    }

    /// A message of the customer, or of somebody whom they let read along.
    async fn answer(
        &self,
        id: &str,
        mail: &Incoming,
        ticket: &TicketRow,
        bundles: &Bundles,
    ) -> Result<End, Problem> {
        let mut text = quote::fresh(&mail.text);
        let from = mail.from.as_ref().map(|from| from.address.as_str()).unwrap_or_default();
        let customer = self.customer_address(ticket).await?;
        if customer.as_deref() != Some(from) {
            text = format!("[{from}]\n{text}");
        }
        let files: Vec<_> = mail.attachments.iter().map(|file| format!("[+ {}]", file.name)).collect();
        let text = shortened(&format!("{text}\n\n{}", files.join("\n")), MAX_TEXT_CHARS);
        self.write(ticket, &format!("mail:{id}"), &text).await?;
        let mut ticket = ticket.clone();
        let followed = self.follow_up_of_ticket(&ticket).await?;
        if let Some(next) = followed {
            if mail.may_acknowledge {
                let to = Some((from, mail.message_id.as_deref()));
                self.acknowledge_report(&next, to, Some(&ticket.number.to_string())).await?;
            }
            ticket = next;
        }
        self.keep_files(&ticket, mail, bundles).await?;
        Ok(End::of(Outcome::Answered, Some(&ticket)))
    }

    /// The ticket whose signed number stands in an address, in the subject or in what it answers.
    async fn tagged_ticket(&self, mail: &Incoming) -> Result<Option<TicketRow>, Problem> {
        let places = mail.to.iter().chain([&mail.subject]).chain(&mail.answers);
        let number = places.into_iter().find_map(|text| self.signer.find(text));
        // What came back, or a program that lost the thread, carries our mail in its text.
        let number = number.or_else(|| {
            let is_machine = matches!(mail.sender, Sender::Bounce | Sender::AutoReply);
            is_machine.then(|| self.signer.find(&mail.text)).flatten()
        });
        match number {
            Some(number) => Ok(self.store.ticket(&number).await?),
            None => Ok(None),
        }
    }

    /// The ticket of a mail that it answers, or that is named by who has opened it.
    async fn trusted_ticket(&self, mail: &Incoming) -> Result<Option<TicketRow>, Problem> {
        for answered in &mail.answers {
            if let Some(id) = self.store.ticket_of_message(answered).await? {
                return Ok(Some(self.store.ticket_of_id(id).await?));
            }
        }
        let Some(number) = tag::named(&mail.subject) else { return Ok(None) };
        let Some(ticket) = self.store.ticket(&number).await? else { return Ok(None) };
        let customer = self.customer_address(&ticket).await?;
        let is_theirs = mail.from.as_ref().is_some_and(|from| Some(&from.address) == customer.as_ref());
        Ok(is_theirs.then_some(ticket))
    }

    /// Makes evidence of bundles, and files of the ticket of everything else; archives that nobody has looked into stay in the mail.
    async fn keep_files(
        &self,
        ticket: &TicketRow,
        mail: &Incoming,
        bundles: &Bundles,
    ) -> Result<(), Problem> {
        for found in &bundles.good {
            self.vault.place(&found.path, &ticket.report, &found.sha256)?;
            let announced = self.announcement(ticket, &found.sha256, found.bytes)?;
            let row = self.store.announce(announced).await?;
            self.store.publish(ticket.id, &row, &found.summary, self.now()).await?;
            tracing::info!(ticket = %ticket.number, bytes = found.bytes, "evidence received by mail");
        }
        for why in &bundles.refused {
            let row = no_upload(ticket, self.now());
            self.store.refuse(ticket.id, &row, why, self.now()).await?;
        }
        for file in mail.attachments.iter().filter(|file| !file.is_zip()) {
            self.attach_mailed(ticket, &file.name, &file.bytes).await?;
        }
        Ok(())
    }

    /// The text of a report from what a person wrote.
    fn body_of_mail(&self, mail: &Incoming) -> Value {
        let form = form::read(&mail.subject, &mail.text, self.plan());
        let (name, version) = form.app;
        let mut body = json!({
            "title": form.title,
            "description": form.description,
            "priority": form.priority.unwrap_or(casefile::report::Priority::P3),
            "category": form.category,
            "language": form.language,
            "app": { "id": "mail", "name": name, "version": version },
            "contact": contact_of(mail),
            "channel": "email",
        });
        let optional = [
            ("steps", form.steps),
            ("expected", form.expected),
            ("actual", form.actual),
            ("additional", form.additional),
        ];
        for (name, text) in optional {
            if let Some(text) = text {
                body[name] = text.into();
            }
        }
        body
    }
}

fn contact_of(mail: &Incoming) -> Value {
    let mut contact = Map::new();
    if let Some(from) = &mail.from {
        if let Some(name) = &from.name {
            contact.insert("name".to_owned(), name.clone().into());
        }
        contact.insert("email".to_owned(), from.address.clone().into());
    }
    contact.into()
}

/// What stands for an upload where none was announced.
fn no_upload(ticket: &TicketRow, now: Timestamp) -> UploadRow {
    UploadRow {
        id: String::new(),
        report: ticket.report.clone(),
        sha256: String::new(),
        bytes: 0,
        created_at: now,
        refused: None,
        published: false,
    }
}

/// At most so many characters; the whole lies in the mail.
fn shortened(text: &str, max_chars: usize) -> String {
    let text = text.trim();
    if text.is_empty() {
        return "–".to_owned();
    }
    if text.chars().count() <= max_chars {
        return text.to_owned();
    }
    text.chars().take(max_chars - 3).chain("\n[…]".chars().skip(1)).collect()
}

impl Problem {
    /// Whether another try may help, because the trouble is the portal's own.
    pub(crate) fn is_ours(&self) -> bool {
        self.status().is_server_error() || self.status() == StatusCode::TOO_MANY_REQUESTS
    }
}

#[cfg(test)]
mod tests;
