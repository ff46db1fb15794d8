//! Moves all rows of a file into the empty database of a server.

use anyhow::{Context, ensure};
use sqlx::any::AnyRow;
use sqlx::{AnyPool, AssertSqlSafe, Column, Row, ValueRef};

use super::{Change, Place, Store};

/// Each after those that it speaks of. What is made of others, `standing` and `words`, is built again when the portal starts.
const TABLES: [&str; 19] = [
    "counter",
    "plan",
    "ticket",
    "report",
    "event",
    "upload",
    "evidence",
    "attachment",
    "insight",
    "staff",
    "session",
    "audit",
    "frozen",
    "improvement",
    "notice",
    "mail",
    "mailbox",
    "outgoing",
    "keyring",
];
/// Rows that are read at once.
const BATCH: i64 = 1_000;

/// Copies every row of the file into the database of the server, all or none of them.
///
/// # Errors
/// When the server's database has a portal already, or another one works on it.
pub(crate) async fn move_rows(file: &Place, server: &Place) -> anyhow::Result<()> {
    let source = Store::open_as_it_is(file).await?;
    let target = Store::open_alone(server).await.with_context(|| format!("cannot open {server}"))?;
    let known: i64 =
        sqlx::query_scalar("SELECT (SELECT COUNT(*) FROM ticket) + (SELECT COUNT(*) FROM staff)")
            .fetch_one(&target.readers)
            .await?;
    ensure!(known == 0, "{server} has a portal already: name a new database");
    let mut change = target.begin().await?;
    // The schema begins with counters of its own.
    sqlx::query("DELETE FROM counter").execute(&mut *change).await?;
    for table in TABLES {
        move_table(table, &source.readers, &mut change)
            .await
            .with_context(|| format!("cannot move the table {table}"))?;
    }
    change.commit().await?;
    target.close().await;
    source.close().await;
    Ok(())
}

async fn move_table(table: &str, from: &AnyPool, to: &mut Change) -> sqlx::Result<()> {
    let page = format!("SELECT rowid AS place, t.* FROM {table} t WHERE rowid > $1 ORDER BY rowid LIMIT $2");
    let mut after = 0_i64;
    loop {
        let rows = sqlx::query(AssertSqlSafe(page.clone())).bind(after).bind(BATCH).fetch_all(from).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.try_get("place")?;
        for row in &rows {
            put(table, row, to).await?;
        }
    }
}

async fn put(table: &str, row: &AnyRow, to: &mut Change) -> sqlx::Result<()> {
    let mut names = Vec::new();
    let mut values = Vec::new();
    for column in row.columns().iter().skip(1) {
        // What is left out is null there too: only columns that are never null have a default.
        if !row.try_get_raw(column.ordinal())?.is_null() {
            names.push(column.name());
            values.push(column.ordinal());
        }
    }
    let places: Vec<_> = (1..=names.len()).map(|n| format!("${n}")).collect();
    let sql = format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), places.join(", "));
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for value in values {
        query = match row.try_get::<i64, _>(value) {
            Ok(number) => query.bind(number),
            // `PostgreSQL` has no text with U+0000.
            Err(_) => query.bind(row.try_get::<String, _>(value)?.replace('\0', "\u{fffd}")),
        };
    }
    query.execute(&mut **to).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::schema::MIGRATIONS;

    #[test]
    fn every_table_is_moved_or_built_again() {
        let schema: String = MIGRATIONS.iter().map(|(.., sql)| *sql).collect();
        let made = schema.lines().filter_map(|line| line.strip_prefix("CREATE TABLE "));
        let mut made: Vec<_> = made.filter_map(|rest| rest.split(' ').next()).collect();
        let mut known = [&TABLES[..], &["standing"]].concat();
        made.sort_unstable();
        known.sort_unstable();
        assert_eq!(made, known);
    }
}
