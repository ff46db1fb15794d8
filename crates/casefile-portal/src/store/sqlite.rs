//! What is particular to `SQLite`: one file, one writer at a time, FTS5.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use sqlx::{AnyPool, Executor, Row};

use super::pool;

/// Waits for its turn at once. A change that only read until then could not wait any more when it writes: another process
/// may have written in between.
pub(super) const BEGIN: &str = "BEGIN IMMEDIATE";

/// The statement of the schema that only this database understands.
pub(super) const WORDS_TABLE: &str = r#"CREATE VIRTUAL TABLE words USING fts5 (body, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2");"#;
pub(super) const PUT_WORDS: &str = "INSERT OR REPLACE INTO words (rowid, body)";
pub(super) const FIND_WORDS: &str = "SELECT rowid FROM words WHERE words MATCH ?";

/// Connections to the database in this file.
pub(super) async fn connections(file: &Path, many: u32, may_create: bool) -> anyhow::Result<AnyPool> {
    anyhow::ensure!(may_create || file.is_file(), "there is no portal: {} is missing", file.display());
    let path = std::path::absolute(file)?;
    let path = path.to_str().context("the path of the data folder has to be UTF-8")?;
    let mode = if may_create { "rwc" } else { "rw" };
    // A file does not hang up; asking whether it did would change threads twice for every read.
    let pool = pool(many).test_before_acquire(false).after_connect(|connection, _| {
        Box::pin(async move {
            for pragma in [
                // Another process may be writing, for instance `casefile-portal user`.
                "PRAGMA busy_timeout = 10000",
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = FULL",
                "PRAGMA foreign_keys = ON",
                // What is deleted is gone, not only out of sight.
                "PRAGMA secure_delete = ON",
            ] {
                connection.execute(pragma).await?;
            }
            Ok(())
        })
    });
    Ok(pool.connect(&format!("sqlite://{}?mode={mode}", percent_encoded(path))).await?)
}

fn percent_encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// What finds every text that has words which begin like these. FTS5 folds case and marks by itself.
pub(super) fn question(words: &[String]) -> String {
    let terms: Vec<_> = words.iter().map(|word| format!("\"{word}\"*")).collect();
    // Nothing to look for finds nothing.
    if terms.is_empty() { "\"\"".to_owned() } else { terms.join(" ") }
}

/// Merges the search and cuts the log, where deleted words would stay for a while.
pub(super) async fn scrub(writer: &AnyPool) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO words (words) VALUES ('optimize')").execute(writer).await?;
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(writer).await.map(drop)
}

/// Writes the database as it is at this moment into a new file, while others go on writing.
pub(super) async fn copy_to(readers: &AnyPool, file: &Path) -> anyhow::Result<()> {
    let file = file.to_str().context("the path has to be UTF-8")?;
    sqlx::query("VACUUM INTO $1").bind(file.to_owned()).execute(readers).await?;
    Ok(())
}

/// What `SQLite` itself finds wrong, at most a hundred lines.
pub(super) async fn damages(readers: &AnyPool) -> sqlx::Result<Vec<String>> {
    let lines: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(readers).await?;
    let mut damages: Vec<_> = lines.into_iter().filter(|line| line != "ok").collect();
    let dangling = sqlx::query("PRAGMA foreign_key_check").fetch_all(readers).await?;
    for row in dangling.iter().take(100) {
        damages.push(format!("a row of {} belongs to nothing", row.try_get::<String, _>(0)?));
    }
    Ok(damages)
}
