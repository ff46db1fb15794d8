//! What copies and checks of the whole database need.

use std::path::Path;

use sqlx::Row;

use super::{Dialect, Store, postgres, sqlite};

/// A file that a row of the database speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KnownFile {
    pub(crate) report: String,
    pub(crate) sha256: String,
    pub(crate) bytes: u64,
    /// Added by hand, or a bundle.
    pub(crate) is_attachment: bool,
}

impl Store {
    /// Writes the database as it is at this moment into a new file, while others go on writing.
    ///
    /// # Errors
    /// When it is the database of a server, which has its own tools for it.
    pub(crate) async fn copy_to(&self, file: &Path) -> anyhow::Result<()> {
        match self.writer.dialect {
            Dialect::Sqlite => sqlite::copy_to(&self.readers, file).await,
            Dialect::Postgres => anyhow::bail!("a database of a server is copied by pg_dump"),
        }
    }

    /// Every file that a row speaks of, sorted.
    pub(crate) async fn files(&self) -> sqlx::Result<Vec<KnownFile>> {
        let sql = "SELECT report, sha256, bytes, 0 AS is_attachment FROM evidence
             UNION ALL SELECT r.id, a.sha256, a.bytes, 1 FROM attachment a JOIN report r ON r.ticket = a.ticket
             ORDER BY 1, 2";
        let rows = sqlx::query(sql).fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| {
                let bytes: i64 = row.try_get("bytes")?;
                Ok(KnownFile {
                    report: row.try_get("report")?,
                    sha256: row.try_get("sha256")?,
                    bytes: u64::try_from(bytes).map_err(|error| sqlx::Error::Decode(error.into()))?,
                    is_attachment: row.try_get::<i64, _>("is_attachment")? == 1,
                })
            })
            .collect()
    }

    /// What the database itself finds wrong, at most a hundred lines.
    pub(crate) async fn damages(&self) -> sqlx::Result<Vec<String>> {
        match self.writer.dialect {
            Dialect::Sqlite => sqlite::damages(&self.readers).await,
            Dialect::Postgres => postgres::damages(&self.readers).await,
        }
    }

    /// How a ticket stands by the cache, as one line, and until when that is so.
    pub(crate) async fn standing_line(&self, ticket: i64) -> sqlx::Result<Option<(String, Option<i64>)>> {
        let sql = "SELECT state, priority, category, assignee, is_late, due_at, changes_at FROM standing WHERE ticket = $1";
        let row = sqlx::query(sql).bind(ticket).fetch_optional(&self.readers).await?;
        row.map(|row| {
            let text = |name: &str| row.try_get::<Option<String>, _>(name).map(Option::unwrap_or_default);
            let number = |name: &str| row.try_get::<i64, _>(name);
            let line = format!(
                "{} {} {} {:?} {} {}",
                text("state")?,
                text("priority")?,
                text("category")?,
                text("assignee")?,
                number("is_late")?,
                number("due_at")?
            );
            Ok((line, row.try_get("changes_at")?))
        })
        .transpose()
    }
}
