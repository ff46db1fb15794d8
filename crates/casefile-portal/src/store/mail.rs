//! Mails that came in, and how far mailboxes were read.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Change, Store, instant, millis};

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing yet.
    New,
    /// It has a ticket of its own.
    Registered,
    /// It was added to a ticket.
    Answered,
    /// It brought a report that has a ticket already.
    Folded,
    /// A program wrote it, and no ticket is concerned.
    Noted,
    /// It came before, on another way.
    Repeated,
    /// Our own, or a loop.
    Dropped,
    /// Its sender wrote too much: people decide.
    Held,
    /// It cannot be read, or breaks what reads it: people look.
    Poison,
    /// It went with its ticket.
    Erased,
}

/// All outcomes and their words.
const OUTCOMES: [(Outcome, &str); 10] = [
    (Outcome::New, "new"),
    (Outcome::Registered, "registered"),
    (Outcome::Answered, "answered"),
    (Outcome::Folded, "folded"),
    (Outcome::Noted, "noted"),
    (Outcome::Repeated, "repeated"),
    (Outcome::Dropped, "dropped"),
    (Outcome::Held, "held"),
    (Outcome::Poison, "poison"),
    (Outcome::Erased, "erased"),
];

impl Outcome {
    pub(crate) fn as_str(self) -> &'static str {
        OUTCOMES.iter().find(|(outcome, _)| *outcome == self).map_or("new", |(_, word)| word)
    }

    fn of(word: &str) -> Self {
        OUTCOMES.iter().find(|(_, known)| *known == word).map_or(Self::New, |(outcome, _)| *outcome)
    }

    /// Whether people have to look at it.
    pub(crate) fn waits_for_people(self) -> bool {
        matches!(self, Self::Held | Self::Poison)
    }
}

/// A file that came along with a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MailFile {
    pub(crate) name: String,
    pub(crate) bytes: u64,
}

/// A mail and what became of it.
#[derive(Debug, Clone)]
pub(crate) struct MailRow {
    pub(crate) id: String,
    pub(crate) received_at: Timestamp,
    pub(crate) outcome: Outcome,
    pub(crate) why: Option<String>,
    /// The number of its ticket.
    pub(crate) number: Option<String>,
    pub(crate) sender: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) files: Vec<MailFile>,
}

/// What is known of a mail when it was read.
#[derive(Debug, Clone, Default)]
pub(crate) struct MailRead {
    pub(crate) sender: Option<String>,
    pub(crate) subject: String,
    pub(crate) message_id: Option<String>,
    pub(crate) content: String,
    pub(crate) files: Vec<MailFile>,
}

macro_rules! mails {
    ($rest:literal) => {
        concat!("SELECT m.*, t.number FROM mail m LEFT JOIN ticket t ON t.id = m.ticket ", $rest)
    };
}

impl Store {
    /// Begins a mail once more: how often it was begun without coming to an end, and what became of it.
    pub(crate) async fn begin_mail(&self, id: &str, at: Timestamp) -> sqlx::Result<(i64, Outcome)> {
        let mut change = self.begin().await?;
        sqlx::query(
            "INSERT INTO mail (id, received_at, attempts, outcome, attachments) VALUES ($1, $2, 0, 'new', '[]')
             ON CONFLICT DO NOTHING",
        )
        .bind(id.to_owned())
        .bind(millis(at))
        .execute(&mut *change)
        .await?;
        let sql = "UPDATE mail SET attempts = attempts + 1 WHERE id = $1 RETURNING attempts, outcome";
        let row = sqlx::query(sql).bind(id.to_owned()).fetch_one(&mut *change).await?;
        change.commit().await?;
        let outcome: String = row.try_get("outcome")?;
        Ok((row.try_get("attempts")?, Outcome::of(&outcome)))
    }

    /// Lets a held mail through.
    pub(crate) async fn release_mail(&self, id: &str) -> sqlx::Result<()> {
        let mut change = self.begin().await?;
        sqlx::query("UPDATE mail SET why = 'released' WHERE id = $1 AND outcome = 'new'")
            .bind(id.to_owned())
            .execute(&mut *change)
            .await?;
        change.commit().await
    }

    /// Whether people let a mail through.
    pub(crate) async fn is_released(&self, id: &str) -> sqlx::Result<bool> {
        let sql = "SELECT why FROM mail WHERE id = $1";
        let why: Option<Option<String>> =
            sqlx::query_scalar(sql).bind(id.to_owned()).fetch_optional(&self.readers).await?;
        Ok(why.flatten().as_deref() == Some("released"))
    }

    /// Forgets that a mail was begun: it came to an end, though to no good one, or people want it tried again.
    pub(crate) async fn renew_mail(&self, id: &str) -> sqlx::Result<()> {
        let mut change = self.begin().await?;
        sqlx::query("UPDATE mail SET attempts = 0, outcome = 'new', why = NULL WHERE id = $1 AND outcome IN ('new', 'held', 'poison')")
            .bind(id.to_owned())
            .execute(&mut *change)
            .await?;
        change.commit().await
    }

    /// Says what became of a mail.
    pub(crate) async fn end_mail(
        &self,
        id: &str,
        read: &MailRead,
        (outcome, why, ticket): (Outcome, Option<&str>, Option<i64>),
    ) -> sqlx::Result<()> {
        let files = serde_json::to_string(&read.files).map_err(|error| sqlx::Error::Encode(error.into()))?;
        let mut change = self.begin().await?;
        sqlx::query(
            "UPDATE mail SET outcome = $1, why = $2, ticket = $3, sender = $4, subject = $5, message_id = $6, content = $7,
                 attachments = $8 WHERE id = $9",
        )
        .bind(outcome.as_str())
        .bind(why.map(str::to_owned))
        .bind(ticket)
        .bind(read.sender.clone())
        .bind(read.subject.clone())
        .bind(read.message_id.clone())
        .bind(read.content.clone())
        .bind(files)
        .bind(id.to_owned())
        .execute(&mut *change)
        .await?;
        change.commit().await
    }

    /// Whether another mail said the same, and the ticket of that one, if it has one.
    pub(crate) async fn repeats(&self, id: &str, content: &str) -> sqlx::Result<Option<Option<i64>>> {
        let sql = "SELECT ticket FROM mail WHERE content = $1 AND id <> $2
             AND outcome NOT IN ('new', 'held', 'poison') ORDER BY received_at LIMIT 1";
        sqlx::query_scalar(sql)
            .bind(content.to_owned())
            .bind(id.to_owned())
            .fetch_optional(&self.readers)
            .await
    }

    /// Lets go of mails that have no ticket: of those that are settled, and of those that people never looked at. Their files are
    /// removed afterwards.
    pub(crate) async fn forget_mails(&self, settled: Timestamp, waiting: Timestamp) -> sqlx::Result<()> {
        let mut change = self.begin().await?;
        sqlx::query(
            "UPDATE mail SET outcome = 'erased', why = NULL, sender = NULL, subject = NULL, message_id = NULL,
                 content = NULL, attachments = '[]'
             WHERE ticket IS NULL AND ((outcome IN ('noted', 'repeated', 'dropped') AND received_at < $1)
                 OR (outcome IN ('held', 'poison') AND received_at < $2))",
        )
        .bind(millis(settled))
        .bind(millis(waiting))
        .execute(&mut *change)
        .await?;
        change.commit().await
    }

    /// The ticket that a mail with this id belongs to.
    pub(crate) async fn ticket_of_message(&self, message_id: &str) -> sqlx::Result<Option<i64>> {
        let sql = "SELECT ticket FROM mail WHERE message_id = $1 AND ticket IS NOT NULL LIMIT 1";
        sqlx::query_scalar(sql).bind(message_id.to_owned()).fetch_optional(&self.readers).await
    }

    /// Tickets that a sender has registered by mail since then.
    pub(crate) async fn registered_by(&self, sender: &str, since: Timestamp) -> sqlx::Result<i64> {
        let sql =
            "SELECT COUNT(*) FROM mail WHERE sender = $1 AND received_at >= $2 AND outcome = 'registered'";
        sqlx::query_scalar(sql).bind(sender.to_owned()).bind(millis(since)).fetch_one(&self.readers).await
    }

    /// Who wrote last to a ticket by mail, and the id of that mail.
    pub(crate) async fn last_sender(&self, ticket: i64) -> sqlx::Result<Option<(String, Option<String>)>> {
        let sql = "SELECT sender, message_id FROM mail WHERE ticket = $1 AND sender IS NOT NULL
             AND outcome IN ('registered', 'answered', 'folded') ORDER BY received_at DESC LIMIT 1";
        let row = sqlx::query(sql).bind(ticket).fetch_optional(&self.readers).await?;
        row.map(|row| Ok((row.try_get("sender")?, row.try_get("message_id")?))).transpose()
    }

    /// The newest mails; of a ticket, all of them.
    pub(crate) async fn mails(&self, ticket: Option<i64>, limit: i64) -> sqlx::Result<Vec<MailRow>> {
        let rows = if let Some(ticket) = ticket {
            let sql = mails!("WHERE m.ticket = $1 ORDER BY m.received_at, m.id LIMIT $2");
            sqlx::query(sql).bind(ticket).bind(limit).fetch_all(&self.readers).await?
        } else {
            let sql = mails!("ORDER BY m.received_at DESC, m.id LIMIT $1");
            sqlx::query(sql).bind(limit).fetch_all(&self.readers).await?
        };
        rows.iter().map(mail).collect()
    }

    /// One mail.
    pub(crate) async fn mail(&self, id: &str) -> sqlx::Result<Option<MailRow>> {
        let row =
            sqlx::query(mails!("WHERE m.id = $1")).bind(id.to_owned()).fetch_optional(&self.readers).await?;
        row.map(|row| mail(&row)).transpose()
    }

    /// How far a mailbox was read: its UIDVALIDITY and the last UID.
    pub(crate) async fn mailbox(&self, name: &str) -> sqlx::Result<Option<(u32, u32)>> {
        let sql = "SELECT uid_validity, last_uid FROM mailbox WHERE name = $1";
        let row = sqlx::query(sql).bind(name.to_owned()).fetch_optional(&self.readers).await?;
        row.map(|row| {
            let number =
                |column| row.try_get::<i64, _>(column).map(|value| u32::try_from(value).unwrap_or(0));
            Ok((number("uid_validity")?, number("last_uid")?))
        })
        .transpose()
    }

    /// Remembers how far a mailbox was read.
    pub(crate) async fn set_mailbox(&self, name: &str, (validity, uid): (u32, u32)) -> sqlx::Result<()> {
        let mut change = self.begin().await?;
        sqlx::query(
            "INSERT INTO mailbox (name, uid_validity, last_uid) VALUES ($1, $2, $3)
             ON CONFLICT (name) DO UPDATE SET uid_validity = excluded.uid_validity, last_uid = excluded.last_uid",
        )
        .bind(name.to_owned())
        .bind(i64::from(validity))
        .bind(i64::from(uid))
        .execute(&mut *change)
        .await?;
        change.commit().await
    }

    /// A key of this portal, if it has been made.
    pub(crate) async fn existing_key(&self, name: &str) -> sqlx::Result<Option<String>> {
        let sql = "SELECT value FROM keyring WHERE name = $1";
        sqlx::query_scalar(sql).bind(name.to_owned()).fetch_optional(&self.readers).await
    }

    /// A key of this portal; made at the first time.
    pub(crate) async fn key(&self, name: &str, fresh: &str) -> sqlx::Result<String> {
        let mut change = self.begin().await?;
        sqlx::query("INSERT INTO keyring (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(name.to_owned())
            .bind(fresh.to_owned())
            .execute(&mut *change)
            .await?;
        let sql = "SELECT value FROM keyring WHERE name = $1";
        let key = sqlx::query_scalar(sql).bind(name.to_owned()).fetch_one(&mut *change).await?;
        change.commit().await?;
        Ok(key)
    }
}

/// Gives a report that came by mail to the client that made it: only one that has no owner yet.
pub(crate) async fn claim(change: &mut Change, report: &str, secret: &str, body: &str) -> sqlx::Result<bool> {
    let done = sqlx::query("UPDATE report SET secret = $1, body = $2 WHERE id = $3 AND secret = ''")
        .bind(secret.to_owned())
        .bind(body.to_owned())
        .bind(report.to_owned())
        .execute(&mut **change)
        .await?;
    Ok(done.rows_affected() > 0)
}

fn mail(row: &AnyRow) -> sqlx::Result<MailRow> {
    let (outcome, files): (String, String) = (row.try_get("outcome")?, row.try_get("attachments")?);
    Ok(MailRow {
        id: row.try_get("id")?,
        received_at: instant(row.try_get("received_at")?)?,
        outcome: Outcome::of(&outcome),
        why: row.try_get("why")?,
        number: row.try_get("number")?,
        sender: row.try_get("sender")?,
        subject: row.try_get("subject")?,
        files: serde_json::from_str(&files).map_err(|error| sqlx::Error::Decode(error.into()))?,
    })
}
