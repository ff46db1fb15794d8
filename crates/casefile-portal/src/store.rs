//! The database: tickets, their histories, uploads and evidence.
//!
//! One writer, many readers. Every change is one transaction that is on the disk before it is answered.

mod attachments;
mod copies;
mod dialect;
mod erasure;
mod evidence;
mod insight;
mod intake;
mod mail;
mod moving;
mod notices;
mod outgoing;
mod place;
mod postgres;
mod registration;
mod reports;
mod schema;
mod sqlite;
mod staff;
mod standings;
mod tickets;
mod words;

use std::time::Duration;

use jiff::Timestamp;
use sqlx::AnyPool;
use sqlx::any::AnyPoolOptions;
use sqlx::{Any, Transaction};

pub(crate) use self::copies::KnownFile;
use self::dialect::Dialect;
pub(crate) use self::erasure::Terms;
pub(crate) use self::evidence::{Announcement, EvidenceRow, UploadRow};
pub(crate) use self::insight::{InsightRow, Likeness};
pub(crate) use self::mail::{MailFile, MailRead, MailRow, Outcome};
pub(crate) use self::moving::move_rows;
pub(crate) use self::notices::{NoticeRow, NoticeState, rule_name};
pub(crate) use self::outgoing::{NewOutgoing, OutgoingRow, Sent, Way};
pub(crate) use self::place::{Place, Server};
pub(crate) use self::registration::{Registration, insert, registered};
pub(crate) use self::reports::ImprovementRow;
#[cfg(test)]
pub(crate) use self::schema::make_first;
pub(crate) use self::staff::{NewSession, SessionRow, StaffRow};
pub(crate) use self::standings::{Filter, Row, Tally, View};
pub(crate) use self::tickets::{Kept, TicketRow, append, history};
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

/// The open database.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    writer: Writer,
    readers: AnyPool,
    intake: intake::Queue,
}

/// The one connection that writes.
#[derive(Debug, Clone)]
struct Writer {
    pool: AnyPool,
    dialect: Dialect,
}

/// A change that is not on the disk yet.
pub(crate) type Change = Transaction<'static, Any>;

/// Beside whom a database is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// The portal.
    Alone,
    /// A command, while the portal may be running.
    Beside,
    /// A command that creates nothing and changes no schema.
    AsItIs,
}

impl Writer {
    async fn begin(&self) -> sqlx::Result<Change> {
        self.pool.begin_with(self.dialect.begin()).await
    }
}

impl Store {
    /// Opens a database, creates it if it is a file that is missing, and brings its schema up to date.
    pub(crate) async fn open(place: &Place) -> anyhow::Result<Self> {
        Self::open_in(place, Mode::Beside).await
    }

    /// The same for the portal itself, which is the only one.
    ///
    /// # Errors
    /// When another portal works on a server's database. That of a folder is protected by the lock of the folder.
    pub(crate) async fn open_alone(place: &Place) -> anyhow::Result<Self> {
        Self::open_in(place, Mode::Alone).await
    }

    /// Opens a database as it is: nothing is created, no schema is changed.
    ///
    /// # Errors
    /// When there is none, or its schema is another one than that of this version.
    pub(crate) async fn open_as_it_is(place: &Place) -> anyhow::Result<Self> {
        Self::open_in(place, Mode::AsItIs).await
    }

    async fn open_in(place: &Place, mode: Mode) -> anyhow::Result<Self> {
        sqlx::any::install_default_drivers();
        let dialect = place.dialect();
        let pool = connections(place, 1, mode).await?;
        match mode {
            Mode::AsItIs => schema::check(&pool).await?,
            Mode::Alone | Mode::Beside => schema::update(&pool, dialect).await?,
        }
        let readers = connections(place, READERS, mode).await?;
        let writer = Writer { pool, dialect };
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
        self.writer.pool.close().await;
    }
}

/// Connections to a database, as many as are given at most.
async fn connections(place: &Place, many: u32, mode: Mode) -> anyhow::Result<AnyPool> {
    match place {
        Place::File(file) => sqlite::connections(file, many, mode != Mode::AsItIs).await,
        Place::Server(server) => postgres::connections(server, many, mode == Mode::Alone && many == 1).await,
    }
}

/// They are kept: whoever has the lock of a server does not let go of it.
fn pool(many: u32) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(many)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
}

/// As the database stores an instant.
fn millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}

/// As the portal reads it back.
fn instant(millis: i64) -> sqlx::Result<Timestamp> {
    Timestamp::from_millisecond(millis).map_err(|error| sqlx::Error::Decode(error.into()))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::trial::Database;

    #[tokio::test]
    async fn a_change_that_only_read_so_far_is_not_overtaken_by_another_process() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(folder.path()).await;
        let portal = Store::open_alone(database.place()).await.unwrap();
        let command = Store::open(database.place()).await.unwrap();
        let mut change = portal.begin().await.unwrap();
        let sql = "SELECT value FROM counter WHERE name = 'audit'";
        let before: i64 = sqlx::query_scalar(sql).fetch_one(&mut *change).await.unwrap();
        let other =
            tokio::spawn(async move { command.audit(Timestamp::UNIX_EPOCH, "anna", "was added").await });
        tokio::time::sleep(Duration::from_millis(200)).await;
        write::audit(&mut change, Timestamp::UNIX_EPOCH, "ewa", "signed in").await.unwrap();
        change.commit().await.unwrap();
        other.await.unwrap().unwrap();
        let after: i64 = sqlx::query_scalar(sql).fetch_one(&portal.readers).await.unwrap();
        assert_eq!(after, before + 2);
        portal.close().await;
    }
}
