//! What was found in bundles.

use casefile::analyze::Finding;
use casefile::resemble::Gist;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Store, instant, millis};

/// Raised when analysers or gists mean something else than before: then every bundle is looked through again.
const VERSION: i64 = 1;

/// A bundle that nobody has looked through.
#[derive(Debug, Clone)]
pub(crate) struct Unseen {
    pub(crate) report: String,
    pub(crate) sha256: String,
    ticket: i64,
    received_at: i64,
}

/// What was found in a bundle.
#[derive(Debug, Clone)]
pub(crate) struct InsightRow {
    pub(crate) findings: Vec<Finding>,
    pub(crate) gist: Gist,
    pub(crate) received_at: Timestamp,
}

/// A report that is compared with others.
#[derive(Debug, Clone)]
pub(crate) struct Likeness {
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) state: String,
    pub(crate) gist: Gist,
    pub(crate) received_at: Timestamp,
}

impl Store {
    /// The next bundle that has to be looked through, the newest first: somebody waits for it.
    pub(crate) async fn unseen(&self) -> sqlx::Result<Option<Unseen>> {
        let sql = "SELECT e.report, e.sha256, e.ticket, e.received_at FROM evidence e
             LEFT JOIN insight i ON i.report = e.report AND i.sha256 = e.sha256
             WHERE i.version IS NULL OR i.version <> $1 ORDER BY e.received_at DESC LIMIT 1";
        let row = sqlx::query(sql).bind(VERSION).fetch_optional(&self.readers).await?;
        row.map(|row| {
            Ok(Unseen {
                report: row.try_get("report")?,
                sha256: row.try_get("sha256")?,
                ticket: row.try_get("ticket")?,
                received_at: row.try_get("received_at")?,
            })
        })
        .transpose()
    }

    /// Keeps what was found.
    pub(crate) async fn put_insight(
        &self,
        of: &Unseen,
        findings: &[Finding],
        gist: &Gist,
    ) -> sqlx::Result<()> {
        let encode = |error: serde_json::Error| sqlx::Error::Encode(error.into());
        let findings = serde_json::to_string(findings).map_err(encode)?;
        let gist = serde_json::to_string(gist).map_err(encode)?;
        let mut change = self.begin().await?;
        sqlx::query(
            "INSERT INTO insight (report, sha256, ticket, received_at, version, findings, gist)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (report, sha256) DO UPDATE SET version = excluded.version, findings = excluded.findings,
                 gist = excluded.gist",
        )
        .bind(of.report.clone())
        .bind(of.sha256.clone())
        .bind(of.ticket)
        .bind(of.received_at)
        .bind(VERSION)
        .bind(findings)
        .bind(gist)
        .execute(&mut *change)
        .await?;
        change.commit().await
    }

    /// What was found in the bundles of a ticket.
    pub(crate) async fn insights(&self, ticket: i64) -> sqlx::Result<Vec<InsightRow>> {
        let sql = "SELECT * FROM insight WHERE ticket = $1 ORDER BY received_at, sha256";
        let rows = sqlx::query(sql).bind(ticket).fetch_all(&self.readers).await?;
        let insight = |row: &AnyRow| {
            Ok(InsightRow {
                findings: read(row, "findings")?,
                gist: read(row, "gist")?,
                received_at: instant(row.try_get("received_at")?)?,
            })
        };
        rows.iter().map(insight).collect()
    }

    /// The newest bundles of other tickets that came since then, void ones left out.
    pub(crate) async fn likenesses(
        &self,
        ticket: i64,
        since: Timestamp,
        limit: i64,
    ) -> sqlx::Result<Vec<Likeness>> {
        let sql = "SELECT i.gist, i.received_at, t.number, s.title, s.state FROM insight i
             JOIN ticket t ON t.id = i.ticket JOIN standing s ON s.ticket = i.ticket
             WHERE i.received_at >= $1 AND i.ticket <> $2 AND s.state <> 'voided' ORDER BY i.received_at DESC LIMIT $3";
        let rows =
            sqlx::query(sql).bind(millis(since)).bind(ticket).bind(limit).fetch_all(&self.readers).await?;
        let likeness = |row: &AnyRow| {
            Ok(Likeness {
                number: row.try_get("number")?,
                title: row.try_get("title")?,
                state: row.try_get("state")?,
                gist: read(row, "gist")?,
                received_at: instant(row.try_get("received_at")?)?,
            })
        };
        rows.iter().map(likeness).collect()
    }
}

fn read<T: DeserializeOwned>(row: &AnyRow, column: &str) -> sqlx::Result<T> {
    let text: String = row.try_get(column)?;
    serde_json::from_str(&text).map_err(|error| sqlx::Error::Decode(error.into()))
}
