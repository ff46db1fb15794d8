//! Deleting what people sent, so that the counting does not notice.

use jiff::Timestamp;

use sqlx::Row;

use super::tickets::history;
use super::{Change, Dialect, Kept, Store, TicketRow, millis, postgres, sqlite};
use crate::retention::without_person;

/// Instants before which a ticket has to be over for its data to go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terms {
    pub(crate) bundles: Timestamp,
    pub(crate) words: Timestamp,
    pub(crate) spam: Timestamp,
}

/// Forgets all bundles and files of a ticket. Their bytes lie in the vault and are removed after the commit.
pub(crate) async fn bundles(change: &mut Change, ticket: &TicketRow) -> sqlx::Result<()> {
    for sql in ["DELETE FROM evidence WHERE report = $1", "DELETE FROM upload WHERE report = $1"] {
        sqlx::query(sql).bind(ticket.report.clone()).execute(&mut **change).await?;
    }
    sqlx::query("DELETE FROM insight WHERE ticket = $1").bind(ticket.id).execute(&mut **change).await?;
    sqlx::query("DELETE FROM attachment WHERE ticket = $1").bind(ticket.id).execute(&mut **change).await?;
    sqlx::query("UPDATE report SET kept = 1 WHERE ticket = $1 AND kept > 1")
        .bind(ticket.id)
        .execute(&mut **change)
        .await
        .map(drop)
}

/// Forgets everything that a person wrote: in the report, in the events. Their order, times and kinds stay.
pub(crate) async fn everything(change: &mut Change, ticket: &TicketRow, at: Timestamp) -> sqlx::Result<()> {
    bundles(change, ticket).await?;
    sqlx::query("UPDATE report SET kept = 0, erased_at = $1, body = $2 WHERE ticket = $3")
        .bind(millis(at))
        .bind(without_person(&ticket.body).to_string())
        .bind(ticket.id)
        .execute(&mut **change)
        .await?;
    // Notices say nothing that a person wrote. The files of mails are removed after the commit.
    sqlx::query("DELETE FROM outgoing WHERE ticket = $1 AND notice IS NULL")
        .bind(ticket.id)
        .execute(&mut **change)
        .await?;
    sqlx::query(
        "UPDATE mail SET outcome = 'erased', why = NULL, sender = NULL, subject = NULL, message_id = NULL, content = NULL,
             attachments = '[]' WHERE ticket = $1",
    )
    .bind(ticket.id)
    .execute(&mut **change)
    .await?;
    for (key, event) in history(change, ticket.id).await? {
        let (_, data) = event.kind.without_words().to_row();
        sqlx::query("UPDATE event SET data = $1 WHERE ticket = $2 AND key = $3")
            .bind(data)
            .bind(ticket.id)
            .bind(key)
            .execute(&mut **change)
            .await?;
    }
    Ok(())
}

impl Store {
    /// Tickets after this one that have something to be deleted, in their order.
    pub(crate) async fn outlived(&self, terms: Terms, after: i64, limit: i64) -> sqlx::Result<Vec<i64>> {
        let sql = "SELECT s.ticket FROM standing s JOIN report r ON r.ticket = s.ticket
             WHERE s.ticket > $4 AND ((r.kept > 1 AND s.over_since < $1) OR (r.kept > 0 AND s.over_since < $2)
                 OR (r.kept > 0 AND s.is_spam = 1 AND s.over_since < $3))
             ORDER BY s.ticket LIMIT $5";
        sqlx::query_scalar(sql)
            .bind(millis(terms.bundles))
            .bind(millis(terms.words))
            .bind(millis(terms.spam))
            .bind(after)
            .bind(limit)
            .fetch_all(&self.readers)
            .await
    }

    /// What is still kept of a report; nothing when it is not known.
    pub(crate) async fn keeps_bundles_of(&self, report: &str) -> sqlx::Result<Option<bool>> {
        let kept: Option<i64> = sqlx::query_scalar("SELECT kept FROM report WHERE id = $1")
            .bind(report.to_owned())
            .fetch_optional(&self.readers)
            .await?;
        Ok(kept.map(|kept| kept > 1))
    }

    /// The reports of which something was deleted, and what is left of them.
    pub(crate) async fn erased_reports(&self) -> sqlx::Result<Vec<(String, Kept)>> {
        let sql = "SELECT id, kept FROM report WHERE kept < 2";
        let rows = sqlx::query(sql).fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok((row.try_get("id")?, Kept::of(row.try_get("kept")?)))).collect()
    }

    /// Mails whose ticket was deleted.
    pub(crate) async fn erased_mails(&self) -> sqlx::Result<Vec<String>> {
        let sql = "SELECT id FROM mail WHERE outcome = 'erased' ORDER BY id";
        sqlx::query_scalar(sql).fetch_all(&self.readers).await
    }

    /// Lets go of what was deleted also where the search and the log of the database keep it for a while.
    pub(crate) async fn scrub(&self) -> sqlx::Result<()> {
        match self.writer.dialect {
            Dialect::Sqlite => sqlite::scrub(&self.writer.pool).await,
            Dialect::Postgres => postgres::scrub(&self.writer.pool).await,
        }
    }
}
