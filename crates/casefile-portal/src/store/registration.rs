//! New tickets: one statement for each table, however many they are.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use casefile::id::ReportId;
use casefile::report::ReportBody;
use jiff::Timestamp;
use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe};

use super::{Change, Dialect, Kept, TicketRow, millis, standings, words};
use crate::case::Standing;
use crate::event::{Actor, Event, Kind};
use crate::ticket::TicketNumber;

/// What a client registers.
#[derive(Clone)]
pub(crate) struct Registration {
    pub(crate) id: ReportId,
    /// SHA-256 of the report's secret, in hexadecimal digits.
    pub(crate) secret: String,
    /// The text of the report, in canonical form, and what it says.
    pub(crate) text: String,
    pub(crate) body: ReportBody,
    pub(crate) at: Timestamp,
    /// SHA-256 and text of the plan that the ticket is judged by.
    pub(crate) plan: (String, String),
    /// What opens the customer's page.
    pub(crate) link: String,
    /// How the ticket stands at its beginning.
    pub(crate) standing: Standing,
}

impl Registration {
    /// The ticket that was written for it.
    pub(super) fn into_ticket(self, id: i64) -> TicketRow {
        TicketRow {
            id,
            number: TicketNumber::new(self.at, id),
            registered_at: self.at,
            plan: self.plan.0,
            report: self.id.to_string(),
            secret: self.secret,
            link: self.link,
            kept: Kept::Everything,
            body_text: self.text,
            body: self.body,
        }
    }
}

/// The first event of every ticket.
pub(crate) fn registered(at: Timestamp, body: &ReportBody) -> Event {
    Event { at, by: Actor::Customer, kind: Kind::Registered { priority: body.priority } }
}

/// Writes a new ticket; its id.
pub(crate) async fn insert(change: &mut Change, report: &Registration) -> sqlx::Result<i64> {
    insert_all(change, &[report]).await
}

/// Writes new tickets, whose ids follow each other; the first one.
pub(super) async fn insert_all(change: &mut Change, reports: &[&Registration]) -> sqlx::Result<i64> {
    let dialect = Dialect::of(change);
    let count = i64::try_from(reports.len()).unwrap_or(i64::MAX);
    let take = "UPDATE counter SET value = value + $1 WHERE name = 'ticket' RETURNING value";
    let last: i64 = sqlx::query_scalar(take).bind(count).fetch_one(&mut **change).await?;
    let first = last - count + 1;
    let tickets: Vec<_> = (first..).zip(reports.iter().copied()).collect();
    insert_plans(change, reports).await?;

    let sql = rows(dialect, "INSERT INTO ticket (id, number, registered_at, plan)", &marks(4), tickets.len());
    let mut insert = statement(sql, tickets.len());
    for (ticket, report) in &tickets {
        insert = insert
            .bind(*ticket)
            .bind(TicketNumber::new(report.at, *ticket).to_string())
            .bind(millis(report.at))
            .bind(report.plan.0.clone());
    }
    insert.execute(&mut **change).await?;

    let sql = rows(dialect, "INSERT INTO report (id, ticket, secret, body, link)", &marks(5), tickets.len());
    let mut insert = statement(sql, tickets.len());
    for (ticket, report) in &tickets {
        insert = insert
            .bind(report.id.to_string())
            .bind(*ticket)
            .bind(report.secret.clone())
            .bind(report.text.clone())
            .bind(report.link.clone());
    }
    insert.execute(&mut **change).await?;

    let sql =
        rows(dialect, "INSERT INTO event (ticket, n, at, key, kind, data, actor)", &marks(7), tickets.len());
    let mut insert = statement(sql, tickets.len());
    for (ticket, report) in &tickets {
        let event = registered(report.at, &report.body);
        let (kind, data) = event.kind.to_row();
        insert = insert
            .bind(*ticket)
            .bind(1_i64)
            .bind(millis(event.at))
            .bind("registered")
            .bind(kind)
            .bind(data)
            .bind(event.by.to_string());
    }
    insert.execute(&mut **change).await?;

    let standings: Vec<_> = tickets.iter().map(|(ticket, report)| (*ticket, &report.standing)).collect();
    standings::put_all(change, &standings).await?;
    let texts = tickets.iter().map(|(ticket, report)| {
        let number = TicketNumber::new(report.at, *ticket);
        (*ticket, words::text_of(number, &report.body, &[]))
    });
    words::put_all(change, texts.collect()).await?;
    Ok(first)
}

async fn insert_plans(change: &mut Change, reports: &[&Registration]) -> sqlx::Result<()> {
    let plans: BTreeMap<_, _> = reports.iter().map(|report| (&report.plan.0, &report.plan.1)).collect();
    for (digest, source) in plans {
        sqlx::query("INSERT INTO plan (digest, source) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(digest.clone())
            .bind(source.clone())
            .execute(&mut **change)
            .await?;
    }
    Ok(())
}

/// A statement for this many rows. That for many is not kept prepared: there are as many of them as numbers of rows.
pub(super) fn statement(sql: String, count: usize) -> Query<'static, Any, AnyArguments> {
    sqlx::query(AssertSqlSafe(sql)).persistent(count == 1)
}

/// The text of an `INSERT` of this many rows, each like this one. `SQLite` gives every `?` the next number by itself and knows `$1` as a
/// name, which it seeks among all others; `PostgreSQL` only knows numbers.
pub(super) fn rows(dialect: Dialect, head: &str, row: &str, count: usize) -> String {
    let mut sql = format!("{head} VALUES ");
    let mut number = 0;
    for n in 0..count {
        sql.push_str(if n == 0 { "" } else { ", " });
        if dialect == Dialect::Sqlite {
            sql.push_str(row);
            continue;
        }
        for (place, part) in row.split('?').enumerate() {
            if place > 0 {
                number += 1;
                let _ = write!(sql, "${number}");
            }
            sql.push_str(part);
        }
    }
    sql
}

/// A row of this many values.
pub(super) fn marks(columns: usize) -> String {
    format!("({})", vec!["?"; columns].join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_every_row_has_a_number_of_its_own() {
        let check = |dialect, row: &str, count, values: &str| {
            assert_eq!(rows(dialect, "INSERT INTO t", row, count), format!("INSERT INTO t VALUES {values}"));
        };
        check(Dialect::Postgres, &marks(2), 1, "($1, $2)");
        check(Dialect::Postgres, &marks(1), 3, "($1), ($2), ($3)");
        check(Dialect::Postgres, "(?, f(?))", 2, "($1, f($2)), ($3, f($4))");
        check(Dialect::Sqlite, &marks(2), 2, "(?, ?), (?, ?)");
    }
}
