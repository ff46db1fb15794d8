//! Files that customers added by hand.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Change, Store, instant, millis};

/// A file of a ticket.
#[derive(Debug, Clone)]
pub(crate) struct AttachmentRow {
    /// Its place among the files of the ticket.
    pub(crate) n: i64,
    pub(crate) name: String,
    pub(crate) sha256: String,
    pub(crate) bytes: u64,
    pub(crate) received_at: Timestamp,
}

/// Writes the next file of a ticket; the same bytes a second time change nothing.
pub(crate) async fn put(
    change: &mut Change,
    ticket: i64,
    (name, sha256, bytes): (&str, &str, u64),
    at: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO attachment (ticket, n, name, sha256, bytes, received_at)
         SELECT $1, COALESCE(MAX(n), 0) + 1, $2, $3, $4, $5 FROM attachment WHERE ticket = $1
         ON CONFLICT DO NOTHING",
    )
    .bind(ticket)
    .bind(name.to_owned())
    .bind(sha256.to_owned())
    .bind(i64::try_from(bytes).unwrap_or(i64::MAX))
    .bind(millis(at))
    .execute(&mut **change)
    .await
    .map(drop)
}

impl Store {
    /// The files of a ticket, the oldest first.
    pub(crate) async fn attachments(&self, ticket: i64) -> sqlx::Result<Vec<AttachmentRow>> {
        let sql = "SELECT n, name, sha256, bytes, received_at FROM attachment WHERE ticket = $1 ORDER BY n";
        let rows = sqlx::query(sql).bind(ticket).fetch_all(&self.readers).await?;
        rows.iter().map(attachment).collect()
    }
}

fn attachment(row: &AnyRow) -> sqlx::Result<AttachmentRow> {
    let bytes: i64 = row.try_get("bytes")?;
    Ok(AttachmentRow {
        n: row.try_get("n")?,
        name: row.try_get("name")?,
        sha256: row.try_get("sha256")?,
        bytes: u64::try_from(bytes).map_err(|error| sqlx::Error::Decode(error.into()))?,
        received_at: instant(row.try_get("received_at")?)?,
    })
}
