//! What copies and checks of the whole database need.

use std::path::Path;

use anyhow::Context;
use sqlx::Row;

use super::{MIGRATIONS, Store, percent_encoded, pool};

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
    /// Opens a database as it is: nothing is created, no schema is changed.
    ///
    /// # Errors
    /// When there is none, or its schema is another one than that of this version.
    pub(crate) async fn open_as_it_is(file: &Path) -> anyhow::Result<Self> {
        sqlx::any::install_default_drivers();
        anyhow::ensure!(file.is_file(), "there is no portal: {} is missing", file.display());
        let path = std::path::absolute(file)?;
        let url = format!(
            "sqlite://{}?mode=rw",
            percent_encoded(path.to_str().context("the path has to be UTF-8")?)
        );
        let (writer, readers) = (pool(1).connect(&url).await?, pool(1).connect(&url).await?);
        let intake = super::intake::begin(writer.clone());
        let store = Self { writer, readers, intake };
        let schema: i64 = sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations")
            .fetch_one(&store.readers)
            .await
            .context("it is no database of the portal")?;
        let ours = MIGRATIONS.last().map_or(0, |(version, ..)| *version);
        anyhow::ensure!(
            schema <= ours,
            "a newer casefile-portal wrote it (schema {schema}): use that version"
        );
        anyhow::ensure!(
            schema == ours,
            "an older casefile-portal wrote it (schema {schema}): start this version on it once"
        );
        Ok(store)
    }

    /// Writes the database as it is at this moment into a new file, while others go on writing.
    pub(crate) async fn copy_to(&self, file: &Path) -> anyhow::Result<()> {
        let file = file.to_str().context("the path has to be UTF-8")?;
        sqlx::query("VACUUM INTO $1").bind(file.to_owned()).execute(&self.readers).await?;
        Ok(())
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

    /// What `SQLite` itself finds wrong, at most a hundred lines.
    pub(crate) async fn damages(&self) -> sqlx::Result<Vec<String>> {
        let lines: Vec<String> =
            sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&self.readers).await?;
        let mut damages: Vec<_> = lines.into_iter().filter(|line| line != "ok").collect();
        let dangling = sqlx::query("PRAGMA foreign_key_check").fetch_all(&self.readers).await?;
        for row in dangling.iter().take(100) {
            damages.push(format!("a row of {} belongs to nothing", row.try_get::<String, _>(0)?));
        }
        Ok(damages)
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
