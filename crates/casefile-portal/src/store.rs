//! The database: tickets, their histories, uploads and evidence.
//!
//! One writer, many readers. Every change is one transaction that is on the disk before it is answered.

mod attachments;
mod copies;
mod erasure;
mod evidence;
mod insight;
mod intake;
mod mail;
mod notices;
mod outgoing;
mod reports;
mod staff;
mod standings;
mod tickets;
mod words;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use jiff::Timestamp;
use sqlx::AnyPool;
use sqlx::any::AnyPoolOptions;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{Any, Executor, Transaction};

pub(crate) use self::copies::KnownFile;
pub(crate) use self::erasure::Terms;
pub(crate) use self::evidence::{EvidenceRow, UploadRow};
pub(crate) use self::insight::{InsightRow, Likeness};
pub(crate) use self::mail::{MailFile, MailRead, MailRow, Outcome};
pub(crate) use self::notices::{NoticeRow, NoticeState, rule_name};
pub(crate) use self::outgoing::{NewOutgoing, OutgoingRow, Sent, Way};
pub(crate) use self::reports::ImprovementRow;
pub(crate) use self::staff::{NewSession, SessionRow, StaffRow};
pub(crate) use self::standings::{Filter, Row, Tally, View};
pub(crate) use self::tickets::{Kept, Registration, TicketRow, append, history, insert, registered};
pub(crate) use self::words::text_of;
pub(crate) mod write {
    //! What a change writes beside events.
    pub(crate) use super::attachments::put as attachment;
    pub(crate) use super::erasure::{bundles as without_bundles, everything as without_words};
    pub(crate) use super::mail::claim;
    pub(crate) use super::notices::acknowledge as acknowledged;
    pub(crate) use super::notices::put as notice;
    pub(crate) use super::notices::settle as settle_notice;
    pub(crate) use super::outgoing::{acknowledgements, put as outgoing};
    pub(crate) use super::staff::audit;
    pub(crate) use super::standings::put as standing;
    pub(crate) use super::tickets::put_link as link;
    pub(crate) use super::words::put as words;
}

/// Readers at the same time; a page takes one for a few milliseconds.
const READERS: u32 = 4;
/// Longest wait for a connection before a request is answered with "busy".
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

/// Changes of the schema, the oldest first. A released one is never edited.
const MIGRATIONS: [(i64, &str, &str); 7] = [
    (1, "tickets", include_str!("../migrations/0001_tickets.sql")),
    (2, "process", include_str!("../migrations/0002_process.sql")),
    (3, "staff", include_str!("../migrations/0003_staff.sql")),
    (4, "reports", include_str!("../migrations/0004_reports.sql")),
    (5, "retention", include_str!("../migrations/0005_retention.sql")),
    (6, "mail", include_str!("../migrations/0006_mail.sql")),
    (7, "insight", include_str!("../migrations/0007_insight.sql")),
];

/// The open database.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    writer: AnyPool,
    readers: AnyPool,
    intake: intake::Queue,
}

/// A change that is not on the disk yet.
pub(crate) type Change = Transaction<'static, Any>;

impl Store {
    /// Opens the database in this file, creates it if it is missing, and brings its schema up to date.
    pub(crate) async fn open(file: &Path) -> anyhow::Result<Self> {
        sqlx::any::install_default_drivers();
        let path = std::path::absolute(file)?;
        let path = path.to_str().context("the path of the data folder has to be UTF-8")?;
        let url = format!("sqlite://{}", percent_encoded(path));
        let writer = pool(1).connect(&format!("{url}?mode=rwc")).await?;
        migrator(&MIGRATIONS).run(&writer).await.map_err(explained)?;
        let readers = pool(READERS).connect(&format!("{url}?mode=rw")).await?;
        let intake = intake::begin(writer.clone());
        Ok(Self { writer, readers, intake })
    }

    /// Begins a change.
    pub(crate) async fn begin(&self) -> sqlx::Result<Change> {
        self.writer.begin().await
    }

    /// Whether the database answers.
    pub(crate) async fn ping(&self) -> sqlx::Result<()> {
        sqlx::query("SELECT 1").execute(&self.readers).await.map(drop)
    }

    /// Whether the writer has its turn within this time.
    pub(crate) async fn can_write(&self, within: Duration) -> bool {
        let change = async { self.begin().await?.rollback().await };
        matches!(tokio::time::timeout(within, change).await, Ok(Ok(())))
    }

    /// Waits until everything is written and closes the database.
    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

fn pool(connections: u32) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(|connection, _| {
            Box::pin(async move {
                for pragma in [
                    "PRAGMA journal_mode = WAL",
                    "PRAGMA synchronous = FULL",
                    "PRAGMA foreign_keys = ON",
                    "PRAGMA busy_timeout = 5000",
                    // What is deleted is gone, not only out of sight.
                    "PRAGMA secure_delete = ON",
                ] {
                    connection.execute(pragma).await?;
                }
                Ok(())
            })
        })
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

fn migrator(changes: &[(i64, &'static str, &'static str)]) -> Migrator {
    let migrations = changes.iter().copied().map(|(version, name, sql)| {
        Migration::new(
            version,
            Cow::Borrowed(name),
            MigrationType::Simple,
            sqlx::SqlSafeStr::into_sql_str(sql),
            false,
        )
    });
    Migrator::with_migrations(migrations.collect())
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

/// As the database stores an instant.
fn millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}

/// As the portal reads it back.
fn instant(millis: i64) -> sqlx::Result<Timestamp> {
    Timestamp::from_millisecond(millis).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// A database as the first version made it, with one ticket.
#[cfg(test)]
pub(crate) async fn make_first(file: &Path, plan: &str, body: &str, registered_at: Timestamp) {
    sqlx::any::install_default_drivers();
    let url = format!("sqlite://{}?mode=rwc", percent_encoded(file.to_str().unwrap()));
    let pool = pool(1).connect(&url).await.unwrap();
    migrator(&MIGRATIONS[..1]).run(&pool).await.unwrap();
    let (at, report) = (millis(registered_at), "01".repeat(16));
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
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&pool).await.unwrap();
    }
    pool.close().await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_newer_schema_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("portal.sqlite");
        let store = Store::open(&file).await.unwrap();
        let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (99, 'later', TRUE, x'00', 0)";
        store.writer.execute(newer).await.unwrap();
        store.close().await;
        let error = Store::open(&file).await.unwrap_err().to_string();
        assert!(error.contains("newer casefile-portal") && error.contains("schema 99"), "{error}");
        let url = format!("sqlite://{}", percent_encoded(file.to_str().unwrap()));
        let pool = pool(1).connect(&url).await.unwrap();
        pool.execute("DELETE FROM _sqlx_migrations WHERE version = 99").await.unwrap();
        pool.close().await;
        assert!(Store::open(&file).await.is_ok(), "the rest was not touched");
    }
}
