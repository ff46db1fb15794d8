//! Frozen reports, improvements of reviews, and all tickets one after the other.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::tickets::{event, ticket};
use super::{Store, TicketRow, millis};
use crate::event::Event;

/// What a review wants to become better.
#[derive(Debug, Clone)]
pub(crate) struct ImprovementRow {
    pub(crate) id: i64,
    pub(crate) quarter: String,
    pub(crate) text: String,
    pub(crate) owner: String,
    pub(crate) due: String,
    pub(crate) state: String,
}

impl Store {
    /// The next tickets after this id with their histories, in their order: those that were registered before `to`, and
    /// are open now or had an event since `from`. To what lies in between, no other has anything to say.
    pub(crate) async fn histories_after(
        &self,
        id: i64,
        (from, to): (Timestamp, Timestamp),
        limit: i64,
    ) -> sqlx::Result<Vec<(TicketRow, Vec<Event>)>> {
        let sql =
            "SELECT t.id, t.number, t.registered_at, t.plan, r.id AS report, r.secret, r.body, r.link, r.kept
             FROM ticket t JOIN report r ON r.ticket = t.id JOIN standing s ON s.ticket = t.id
             WHERE t.id > $1 AND t.registered_at < $2
                 AND (s.is_over = 0 OR EXISTS (SELECT 1 FROM event e WHERE e.ticket = t.id AND e.at >= $3))
             ORDER BY t.id LIMIT $4";
        let rows = sqlx::query(sql).bind(id).bind(millis(to)).bind(millis(from)).bind(limit);
        let rows = rows.fetch_all(&self.readers).await?;
        let mut tickets: Vec<(TicketRow, Vec<Event>)> =
            rows.iter().map(|row| Ok((ticket(row)?, Vec::new()))).collect::<sqlx::Result<_>>()?;
        if tickets.is_empty() {
            return Ok(tickets);
        }
        let ids: Vec<_> = tickets.iter().map(|(ticket, _)| ticket.id.to_string()).collect();
        let sql = format!(
            "SELECT ticket, at, actor, data FROM event WHERE ticket IN ({}) ORDER BY ticket, n",
            ids.join(", ")
        );
        let mut place = 0;
        for row in &sqlx::query(AssertSqlSafe(sql)).fetch_all(&self.readers).await? {
            let of: i64 = row.try_get("ticket")?;
            while tickets.get(place).is_some_and(|(ticket, _)| ticket.id < of) {
                place += 1;
            }
            if let Some((_, events)) = tickets.get_mut(place).filter(|(ticket, _)| ticket.id == of) {
                events.push(event(row)?);
            }
        }
        Ok(tickets)
    }

    /// A frozen report: its SHA-256 and its text.
    pub(crate) async fn frozen(&self, period: &str) -> sqlx::Result<Option<(String, String)>> {
        let sql = "SELECT sha256, body FROM frozen WHERE period = $1";
        let row = sqlx::query(sql).bind(period.to_owned()).fetch_optional(&self.readers).await?;
        row.map(|row| Ok((row.try_get("sha256")?, row.try_get("body")?))).transpose()
    }

    /// Freezes a report. The first one stays.
    pub(crate) async fn freeze(
        &self,
        period: &str,
        sha256: &str,
        body: &str,
        at: Timestamp,
    ) -> sqlx::Result<()> {
        let mut change = self.begin().await?;
        let sql = "INSERT INTO frozen (period, sha256, body, frozen_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        sqlx::query(sql)
            .bind(period.to_owned())
            .bind(sha256.to_owned())
            .bind(body.to_owned())
            .bind(millis(at))
            .execute(&mut *change)
            .await?;
        change.commit().await
    }

    /// Improvements of a quarter, and those of earlier ones that are still open or were settled in it.
    pub(crate) async fn improvements(&self, quarter: &str) -> sqlx::Result<Vec<ImprovementRow>> {
        let sql = "SELECT id, quarter, text, owner, due, state FROM improvement
             WHERE quarter = $1 OR (quarter < $1 AND (state = 'open' OR settled_in >= $1)) ORDER BY id";
        let rows = sqlx::query(sql).bind(quarter.to_owned()).fetch_all(&self.readers).await?;
        rows.iter().map(improvement).collect()
    }

    /// Adds an improvement to a review.
    pub(crate) async fn add_improvement(
        &self,
        quarter: &str,
        (text, owner, due): (&str, &str, &str),
    ) -> sqlx::Result<()> {
        let mut change = self.begin().await?;
        let next = "UPDATE counter SET value = value + 1 WHERE name = 'improvement' RETURNING value";
        let id: i64 = sqlx::query_scalar(next).fetch_one(&mut *change).await?;
        let sql = "INSERT INTO improvement (id, quarter, text, owner, due, state)
             VALUES ($1, $2, $3, $4, $5, 'open')";
        sqlx::query(sql)
            .bind(id)
            .bind(quarter.to_owned())
            .bind(text.to_owned())
            .bind(owner.to_owned())
            .bind(due.to_owned())
            .execute(&mut *change)
            .await?;
        change.commit().await
    }

    /// Says in which quarter an improvement was done or dropped.
    pub(crate) async fn settle_improvement(&self, id: i64, state: &str, quarter: &str) -> sqlx::Result<bool> {
        let mut change = self.begin().await?;
        let sql = "UPDATE improvement SET state = $1, settled_in = $2 WHERE id = $3 AND state = 'open'";
        let done = sqlx::query(sql)
            .bind(state.to_owned())
            .bind(quarter.to_owned())
            .bind(id)
            .execute(&mut *change)
            .await?;
        change.commit().await?;
        Ok(done.rows_affected() > 0)
    }
}

fn improvement(row: &AnyRow) -> sqlx::Result<ImprovementRow> {
    Ok(ImprovementRow {
        id: row.try_get("id")?,
        quarter: row.try_get("quarter")?,
        text: row.try_get("text")?,
        owner: row.try_get("owner")?,
        due: row.try_get("due")?,
        state: row.try_get("state")?,
    })
}
