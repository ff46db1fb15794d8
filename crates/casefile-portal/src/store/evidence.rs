//! Uploads on their way, and bundles that arrived.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::registration::{marks, rows, statement};
use super::tickets::append;
use super::{Change, Dialect, Store, instant, millis};
use crate::event::{Actor, Event, Kind};
use crate::summary::Summary;

macro_rules! uploads {
    ($rest:literal) => {
        concat!(
            "SELECT u.*, (SELECT COUNT(*) FROM evidence e WHERE e.report = u.report AND e.sha256 = u.sha256) ",
            "AS published FROM upload u ",
            $rest
        )
    };
}

/// A bundle on its way.
#[derive(Debug, Clone)]
pub(crate) struct UploadRow {
    pub(crate) id: String,
    pub(crate) report: String,
    /// SHA-256 that the client announced.
    pub(crate) sha256: String,
    /// Size that the client announced.
    pub(crate) bytes: u64,
    pub(crate) created_at: Timestamp,
    /// Why it was not accepted.
    pub(crate) refused: Option<String>,
    /// Whether it arrived and is evidence.
    pub(crate) published: bool,
}

/// A bundle that a client wants to send.
#[derive(Debug, Clone)]
pub(crate) struct Announcement {
    /// The id of the upload, unless there is one of the same report and hash.
    pub(crate) id: String,
    pub(crate) report: String,
    pub(crate) sha256: String,
    pub(crate) bytes: u64,
    pub(crate) at: Timestamp,
}

/// A bundle that was checked.
#[derive(Debug, Clone)]
pub(crate) struct EvidenceRow {
    pub(crate) sha256: String,
    pub(crate) bytes: u64,
    pub(crate) received_at: Timestamp,
    pub(crate) summary: Summary,
}

impl Store {
    /// Announces an upload, or finds the one of the same report and hash.
    pub(crate) async fn announce(&self, bundle: Announcement) -> sqlx::Result<UploadRow> {
        let (report, sha256) = (bundle.report.clone(), bundle.sha256.clone());
        self.take_note(bundle).await?;
        let sql = uploads!("WHERE u.report = $1 AND u.sha256 = $2");
        let row = sqlx::query(sql).bind(report).bind(sha256).fetch_one(&self.readers).await?;
        upload(&row)
    }

    /// The upload of this id.
    pub(crate) async fn upload(&self, id: &str) -> sqlx::Result<Option<UploadRow>> {
        let sql = uploads!("WHERE u.id = $1");
        let row = sqlx::query(sql).bind(id.to_owned()).fetch_optional(&self.readers).await?;
        row.map(|row| upload(&row)).transpose()
    }

    /// All uploads of a report.
    pub(crate) async fn uploads(&self, report: &str) -> sqlx::Result<Vec<UploadRow>> {
        let sql = uploads!("WHERE u.report = $1 ORDER BY u.created_at, u.id");
        let rows = sqlx::query(sql).bind(report.to_owned()).fetch_all(&self.readers).await?;
        rows.iter().map(upload).collect()
    }

    /// Uploads that are neither published nor refused.
    pub(crate) async fn open_uploads(&self) -> sqlx::Result<Vec<UploadRow>> {
        let rows = sqlx::query(uploads!("WHERE u.refused IS NULL")).fetch_all(&self.readers).await?;
        let uploads: sqlx::Result<Vec<_>> = rows.iter().map(upload).collect();
        Ok(uploads?.into_iter().filter(|upload| !upload.published).collect())
    }

    /// Ends an upload that the client gave up.
    pub(crate) async fn forget_upload(&self, id: &str) -> sqlx::Result<()> {
        let mut change = self.begin().await?;
        sqlx::query("DELETE FROM upload WHERE id = $1").bind(id.to_owned()).execute(&mut *change).await?;
        change.commit().await
    }

    /// Remembers that a bundle was not accepted, and why.
    pub(crate) async fn refuse(
        &self,
        ticket: i64,
        upload: &UploadRow,
        why: &str,
        at: Timestamp,
    ) -> sqlx::Result<()> {
        let mut change = self.begin().await?;
        sqlx::query("UPDATE upload SET refused = $1 WHERE id = $2")
            .bind(why.to_owned())
            .bind(upload.id.clone())
            .execute(&mut *change)
            .await?;
        let event = Event {
            at,
            by: Actor::Portal,
            kind: Kind::EvidenceRefused { sha256: upload.sha256.clone(), why: why.to_owned() },
        };
        append(&mut change, ticket, &format!("refused:{}", upload.id), &event).await?;
        change.commit().await
    }

    /// Publishes a bundle that was checked and lies in its place. May be repeated. False when its report was deleted in
    /// the meantime.
    pub(crate) async fn publish(
        &self,
        ticket: i64,
        upload: &UploadRow,
        summary: &Summary,
        at: Timestamp,
    ) -> sqlx::Result<bool> {
        let summary = serde_json::to_string(summary).map_err(|error| sqlx::Error::Encode(error.into()))?;
        let mut change = self.begin().await?;
        let kept: Option<String> = sqlx::query_scalar("SELECT id FROM upload WHERE id = $1")
            .bind(upload.id.clone())
            .fetch_optional(&mut *change)
            .await?;
        if kept.is_none() {
            return Ok(false);
        }
        sqlx::query(
            "INSERT INTO evidence (report, sha256, ticket, bytes, received_at, summary)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        )
        .bind(upload.report.clone())
        .bind(upload.sha256.clone())
        .bind(ticket)
        .bind(i64::try_from(upload.bytes).unwrap_or(i64::MAX))
        .bind(millis(at))
        .bind(summary)
        .execute(&mut *change)
        .await?;
        let event = Event {
            at,
            by: Actor::Customer,
            kind: Kind::EvidenceReceived { sha256: upload.sha256.clone(), bytes: upload.bytes },
        };
        append(&mut change, ticket, &format!("evidence:{}", upload.sha256), &event).await?;
        change.commit().await?;
        Ok(true)
    }

    /// The evidence of a ticket, the oldest first.
    pub(crate) async fn evidence(&self, ticket: i64) -> sqlx::Result<Vec<EvidenceRow>> {
        let sql = "SELECT * FROM evidence WHERE ticket = $1 ORDER BY received_at, sha256";
        let rows = sqlx::query(sql).bind(ticket).fetch_all(&self.readers).await?;
        rows.iter().map(evidence).collect()
    }
}

/// Announces bundles, but for those that are announced.
pub(super) async fn announce_all(change: &mut Change, bundles: &[&Announcement]) -> sqlx::Result<()> {
    if bundles.is_empty() {
        return Ok(());
    }
    let head = "INSERT INTO upload (id, report, sha256, bytes, created_at)";
    let sql = rows(Dialect::of(change), head, &marks(5), bundles.len()) + " ON CONFLICT DO NOTHING";
    let mut insert = statement(sql, bundles.len());
    for bundle in bundles {
        insert = insert
            .bind(bundle.id.clone())
            .bind(bundle.report.clone())
            .bind(bundle.sha256.clone())
            .bind(i64::try_from(bundle.bytes).unwrap_or(i64::MAX))
            .bind(millis(bundle.at));
    }
    insert.execute(&mut **change).await.map(drop)
}

fn upload(row: &AnyRow) -> sqlx::Result<UploadRow> {
    Ok(UploadRow {
        id: row.try_get("id")?,
        report: row.try_get("report")?,
        sha256: row.try_get("sha256")?,
        bytes: size(row)?,
        created_at: instant(row.try_get("created_at")?)?,
        refused: row.try_get("refused")?,
        published: row.try_get::<i64, _>("published")? > 0,
    })
}

fn evidence(row: &AnyRow) -> sqlx::Result<EvidenceRow> {
    let summary: String = row.try_get("summary")?;
    Ok(EvidenceRow {
        sha256: row.try_get("sha256")?,
        bytes: size(row)?,
        received_at: instant(row.try_get("received_at")?)?,
        summary: serde_json::from_str(&summary).map_err(|error| sqlx::Error::Decode(error.into()))?,
    })
}

fn size(row: &AnyRow) -> sqlx::Result<u64> {
    let bytes: i64 = row.try_get("bytes")?;
    u64::try_from(bytes).map_err(|error| sqlx::Error::Decode(error.into()))
}
