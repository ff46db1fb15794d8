//! Tickets, the reports that registered them, and their histories.

use casefile::report::ReportBody;
use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Change, Registration, Store, instant, millis};
use crate::event::{Event, Kind};
use crate::ticket::TicketNumber;

/// A ticket with the report that registered it.
#[derive(Clone)]
pub(crate) struct TicketRow {
    pub(crate) id: i64,
    pub(crate) number: TicketNumber,
    pub(crate) registered_at: Timestamp,
    /// SHA-256 of the plan it is judged by.
    pub(crate) plan: String,
    pub(crate) report: String,
    pub(crate) secret: String,
    /// What opens the customer's page.
    pub(crate) link: String,
    /// What is still kept of the report.
    pub(crate) kept: Kept,
    /// The text of the report as it is stored.
    pub(crate) body_text: String,
    pub(crate) body: ReportBody,
}

/// What is still kept of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kept {
    /// Only what the counting needs.
    Numbers,
    /// What people wrote, but no bundles.
    Words,
    Everything,
}

impl Kept {
    pub(super) fn of(number: i64) -> Self {
        match number {
            0 => Self::Numbers,
            1 => Self::Words,
            _ => Self::Everything,
        }
    }
}

macro_rules! tickets {
    ($rest:literal) => {
        concat!(
            "SELECT t.id, t.number, t.registered_at, t.plan, r.id AS report, r.secret, r.body, r.link, r.kept ",
            "FROM ticket t JOIN report r ON r.ticket = t.id ",
            $rest
        )
    };
}

impl Store {
    /// Registers a report, or finds the ticket that it has already. True when it is new.
    pub(crate) async fn register(&self, report: Registration) -> sqlx::Result<(TicketRow, bool)> {
        let id = report.id.to_string();
        if let Some(ticket) = self.take_in(report).await? {
            return Ok((ticket, true));
        }
        let ticket = self.ticket_of_report(&id).await?.ok_or(sqlx::Error::RowNotFound)?;
        Ok((ticket, false))
    }

    /// The ticket that this report registered.
    pub(crate) async fn ticket_of_report(&self, report: &str) -> sqlx::Result<Option<TicketRow>> {
        let sql = tickets!("WHERE r.id = $1");
        let row = sqlx::query(sql).bind(report.to_owned()).fetch_optional(&self.readers).await?;
        row.map(|row| ticket(&row)).transpose()
    }

    /// The ticket of this number.
    pub(crate) async fn ticket(&self, number: &TicketNumber) -> sqlx::Result<Option<TicketRow>> {
        let sql = tickets!("WHERE t.number = $1");
        let row = sqlx::query(sql).bind(number.to_string()).fetch_optional(&self.readers).await?;
        row.map(|row| ticket(&row)).transpose()
    }

    /// The ticket whose customer's page has this link.
    pub(crate) async fn ticket_of_link(&self, link: &str) -> sqlx::Result<Option<TicketRow>> {
        let sql = tickets!("WHERE r.link = $1");
        let row = sqlx::query(sql).bind(link.to_owned()).fetch_optional(&self.readers).await?;
        row.map(|row| ticket(&row)).transpose()
    }

    /// How many tickets there are.
    pub(crate) async fn count(&self) -> sqlx::Result<i64> {
        sqlx::query_scalar("SELECT value FROM counter WHERE name = 'ticket'").fetch_one(&self.readers).await
    }

    /// The ticket of this id, which exists.
    pub(crate) async fn ticket_of_id(&self, id: i64) -> sqlx::Result<TicketRow> {
        let row = sqlx::query(tickets!("WHERE t.id = $1")).bind(id).fetch_one(&self.readers).await?;
        ticket(&row)
    }

    /// The text of a plan that tickets were registered under.
    pub(crate) async fn plan(&self, digest: &str) -> sqlx::Result<String> {
        let sql = "SELECT source FROM plan WHERE digest = $1";
        sqlx::query_scalar(sql).bind(digest.to_owned()).fetch_one(&self.readers).await
    }

    /// The history of a ticket, in the order of arrival.
    pub(crate) async fn events(&self, ticket: i64) -> sqlx::Result<Vec<Event>> {
        let rows = sqlx::query(EVENTS).bind(ticket).fetch_all(&self.readers).await?;
        rows.iter().map(event).collect()
    }
}

const EVENTS: &str = "SELECT at, key, actor, data FROM event WHERE ticket = $1 ORDER BY n";

/// The history of a ticket as the writer sees it: the key of each event, and the event.
pub(crate) async fn history(change: &mut Change, ticket: i64) -> sqlx::Result<Vec<(String, Event)>> {
    let rows = sqlx::query(EVENTS).bind(ticket).fetch_all(&mut **change).await?;
    rows.iter().map(|row| Ok((row.try_get("key")?, event(row)?))).collect()
}

/// Gives a ticket the link that it lacks.
pub(crate) async fn put_link(change: &mut Change, ticket: i64, link: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE report SET link = $1 WHERE ticket = $2 AND link IS NULL")
        .bind(link.to_owned())
        .bind(ticket)
        .execute(&mut **change)
        .await
        .map(drop)
}

/// Writes the next event of a ticket. The same key a second time changes nothing.
pub(crate) async fn append(change: &mut Change, ticket: i64, key: &str, event: &Event) -> sqlx::Result<()> {
    let (kind, data) = event.kind.to_row();
    sqlx::query(
        "INSERT INTO event (ticket, n, at, key, kind, data, actor)
         SELECT $1, COALESCE(MAX(n), 0) + 1, $2, $3, $4, $5, $6 FROM event WHERE ticket = $1
         ON CONFLICT DO NOTHING",
    )
    .bind(ticket)
    .bind(millis(event.at))
    .bind(key.to_owned())
    .bind(kind)
    .bind(data)
    .bind(event.by.to_string())
    .execute(&mut **change)
    .await
    .map(drop)
}

pub(super) fn ticket(row: &AnyRow) -> sqlx::Result<TicketRow> {
    let body_text: String = row.try_get("body")?;
    let number: String = row.try_get("number")?;
    Ok(TicketRow {
        id: row.try_get("id")?,
        number: number.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
        registered_at: instant(row.try_get("registered_at")?)?,
        plan: row.try_get("plan")?,
        report: row.try_get("report")?,
        secret: row.try_get("secret")?,
        link: row.try_get::<Option<String>, _>("link")?.unwrap_or_default(),
        kept: Kept::of(row.try_get("kept")?),
        body: serde_json::from_str(&body_text).map_err(|error| sqlx::Error::Decode(error.into()))?,
        body_text,
    })
}

pub(super) fn event(row: &AnyRow) -> sqlx::Result<Event> {
    let data: String = row.try_get("data")?;
    let actor: String = row.try_get("actor")?;
    Ok(Event {
        at: instant(row.try_get("at")?)?,
        by: actor.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
        kind: Kind::from_row(&data).map_err(|error| sqlx::Error::Decode(error.into()))?,
    })
}
