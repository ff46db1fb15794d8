//! The tables, and how a database of an older version comes to have them.

use std::borrow::Cow;

use anyhow::{Context, ensure};
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{AnyPool, AssertSqlSafe, SqlSafeStr};

use super::dialect::Dialect;

/// Changes of the schema, the oldest first. A released one is never edited.
pub(super) const MIGRATIONS: [(i64, &str, &str); 7] = [
    (1, "tickets", include_str!("../../migrations/0001_tickets.sql")),
    (2, "process", include_str!("../../migrations/0002_process.sql")),
    (3, "staff", include_str!("../../migrations/0003_staff.sql")),
    (4, "reports", include_str!("../../migrations/0004_reports.sql")),
    (5, "retention", include_str!("../../migrations/0005_retention.sql")),
    (6, "mail", include_str!("../../migrations/0006_mail.sql")),
    (7, "insight", include_str!("../../migrations/0007_insight.sql")),
];

/// Brings a database up to date.
pub(super) async fn update(writer: &AnyPool, dialect: Dialect) -> anyhow::Result<()> {
    migrator(&MIGRATIONS, dialect).run(writer).await.map_err(explained)
}

/// Whether a database has the schema of this version; changes nothing.
pub(super) async fn check(readers: &AnyPool) -> anyhow::Result<()> {
    let schema: i64 = sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations")
        .fetch_one(readers)
        .await
        .context("it is no database of the portal")?;
    let ours = MIGRATIONS.last().map_or(0, |(version, ..)| *version);
    ensure!(schema <= ours, "a newer casefile-portal wrote it (schema {schema}): use that version");
    ensure!(
        schema == ours,
        "an older casefile-portal wrote it (schema {schema}): start this version on it once"
    );
    Ok(())
}

/// A newer schema is left as it is: its rows may mean what this version does not know.
fn explained(error: MigrateError) -> anyhow::Error {
    match error {
        MigrateError::VersionMissing(version) => anyhow::anyhow!(
            "a newer casefile-portal wrote it (schema {version}): start that version; nothing was changed"
        ),
        error => anyhow::Error::new(error).context("its schema cannot be brought up to date"),
    }
}

pub(super) fn migrator(changes: &[(i64, &'static str, &'static str)], dialect: Dialect) -> Migrator {
    let migrations = changes.iter().copied().map(|(version, name, sql)| {
        let sql = match dialect.schema(sql) {
            Cow::Borrowed(sql) => sql.into_sql_str(),
            Cow::Owned(sql) => AssertSqlSafe(sql).into_sql_str(),
        };
        Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, sql, false)
    });
    Migrator::with_migrations(migrations.collect())
}

/// A database as the first version made it, with one ticket.
#[cfg(test)]
pub(crate) async fn make_first(place: &super::Place, plan: &str, body: &str, registered_at: jiff::Timestamp) {
    sqlx::any::install_default_drivers();
    let pool = super::connections(place, 1, super::Mode::Beside).await.unwrap();
    migrator(&MIGRATIONS[..1], place.dialect()).run(&pool).await.unwrap();
    let (at, report) = (super::millis(registered_at), "01".repeat(16));
    let number = crate::ticket::TicketNumber::new(registered_at, 1);
    for sql in [
        format!("INSERT INTO plan VALUES ('p', '{}')", plan.replace('\'', "''")),
        format!("INSERT INTO ticket VALUES (1, '{number}', {at}, 'p')"),
        format!("INSERT INTO report VALUES ('{report}', 1, 's', '{body}')"),
        format!(
            r#"INSERT INTO event VALUES (1, 1, {at}, 'registered', 'registered', '{{"event":"registered","priority":"P1"}}')"#
        ),
        "UPDATE counter SET value = 1".to_owned(),
    ] {
        sqlx::query(AssertSqlSafe(sql)).execute(&pool).await.unwrap();
    }
    pool.close().await;
}

#[cfg(test)]
mod tests {
    use sqlx::{Connection, Executor};

    use super::super::Store;
    use super::super::sqlite::WORDS_TABLE;
    use super::*;
    use crate::trial::Database;

    #[test]
    fn one_statement_of_the_schema_is_particular_to_a_database() {
        let found: usize = MIGRATIONS.iter().map(|(.., sql)| sql.matches(WORDS_TABLE).count()).sum();
        assert_eq!(found, 1);
    }

    #[tokio::test]
    async fn a_newer_schema_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(folder.path()).await;
        let place = database.place();
        let store = Store::open(place).await.unwrap();
        let newer = match place.dialect() {
            Dialect::Sqlite => "x'00'",
            Dialect::Postgres => "'\\x00'",
        };
        let newer = format!(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (99, 'later', TRUE, {newer}, 0)"
        );
        store.writer.pool.execute(AssertSqlSafe(newer)).await.unwrap();
        store.close().await;
        let error = Store::open(place).await.unwrap_err().to_string();
        assert!(error.contains("newer casefile-portal") && error.contains("schema 99"), "{error}");
        let error = Store::open_as_it_is(place).await.unwrap_err().to_string();
        assert!(error.contains("newer casefile-portal"), "{error}");
        let pool = super::super::connections(place, 1, super::super::Mode::Beside).await.unwrap();
        pool.execute("DELETE FROM _sqlx_migrations WHERE version = 99").await.unwrap();
        pool.close().await;
        Store::open(place).await.expect("the rest was not touched").close().await;
    }

    #[tokio::test]
    async fn a_server_has_one_portal_and_whoever_lost_the_lock_writes_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(folder.path()).await;
        if database.place().dialect() == Dialect::Sqlite {
            // Here the lock of the folder is enough.
            return;
        }
        let store = Store::open_alone(database.place()).await.unwrap();
        let error = Store::open_alone(database.place()).await.unwrap_err().to_string();
        assert!(error.contains("another portal works on this database"), "{error}");
        // Commands may work beside it.
        Store::open(database.place()).await.unwrap().close().await;
        // The server ends all connections, and another portal is faster.
        let mut other = database.admin().await;
        let end = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
             WHERE application_name = 'casefile-portal' AND pid <> pg_backend_pid()
                 AND datname = $1";
        sqlx::query(end).bind(database.name().to_owned()).execute(&mut other).await.unwrap();
        let second = Store::open_alone(database.place()).await.unwrap();
        assert!(!store.can_write(std::time::Duration::from_secs(2)).await, "it has lost the lock");
        assert!(second.can_write(std::time::Duration::from_secs(2)).await);
        second.close().await;
        assert!(store.can_write(std::time::Duration::from_secs(8)).await, "it has it again");
        store.close().await;
        other.close().await.unwrap();
    }
}
