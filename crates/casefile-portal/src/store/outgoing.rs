//! What has to leave the portal, once: mails and webhooks.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Change, Store, instant, millis};

/// On which way something leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Mail,
    Hook,
}

impl Way {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Hook => "hook",
        }
    }
}

/// Something that has to leave.
#[derive(Debug, Clone)]
pub(crate) struct NewOutgoing {
    pub(crate) way: Way,
    pub(crate) kind: &'static str,
    pub(crate) ticket: Option<i64>,
    pub(crate) notice: Option<i64>,
    pub(crate) recipient: String,
    pub(crate) login: Option<String>,
    pub(crate) subject: String,
    pub(crate) body: String,
    pub(crate) answers: Option<String>,
}

/// Something that has to leave, or has left.
#[derive(Debug, Clone)]
pub(crate) struct OutgoingRow {
    pub(crate) id: i64,
    pub(crate) way: Way,
    pub(crate) kind: String,
    pub(crate) ticket: Option<i64>,
    pub(crate) notice: Option<i64>,
    pub(crate) recipient: String,
    pub(crate) login: Option<String>,
    pub(crate) subject: String,
    pub(crate) body: String,
    pub(crate) answers: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) state: String,
    pub(crate) attempts: i64,
    pub(crate) settled_at: Option<Timestamp>,
    pub(crate) why: Option<String>,
    pub(crate) acknowledged_at: Option<Timestamp>,
}

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sent {
    Done,
    /// Not now.
    Later {
        at: Timestamp,
        why: String,
    },
    /// Never.
    Failed {
        why: String,
    },
    /// There is nothing to say any more.
    Suppressed,
}

/// Writes what has to leave, made for its id; `None` when it is there already: the same key is the same thing, however often it
/// is written.
pub(crate) async fn put(
    change: &mut Change,
    key: &str,
    now: Timestamp,
    make: impl FnOnce(i64) -> NewOutgoing,
) -> sqlx::Result<Option<i64>> {
    let known: Option<i64> = sqlx::query_scalar("SELECT id FROM outgoing WHERE key = $1")
        .bind(key.to_owned())
        .fetch_optional(&mut **change)
        .await?;
    if known.is_some() {
        return Ok(None);
    }
    let next = "UPDATE counter SET value = value + 1 WHERE name = 'outgoing' RETURNING value";
    let id: i64 = sqlx::query_scalar(next).fetch_one(&mut **change).await?;
    let new = make(id);
    sqlx::query(
        "INSERT INTO outgoing (id, key, way, kind, ticket, notice, recipient, login, subject, body, answers, created_at,
             state, attempts, next_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'pending', 0, $12)",
    )
    .bind(id)
    .bind(key.to_owned())
    .bind(new.way.as_str())
    .bind(new.kind)
    .bind(new.ticket)
    .bind(new.notice)
    .bind(new.recipient.clone())
    .bind(new.login.clone())
    .bind(new.subject.clone())
    .bind(new.body.clone())
    .bind(new.answers.clone())
    .bind(millis(now))
    .execute(&mut **change)
    .await?;
    Ok(Some(id))
}

/// How many acknowledgements an address was sent since then.
pub(crate) async fn acknowledgements(
    change: &mut Change,
    recipient: &str,
    since: Timestamp,
) -> sqlx::Result<i64> {
    let sql = "SELECT COUNT(*) FROM outgoing WHERE recipient = $1 AND created_at >= $2 AND kind = 'acknowledgement'";
    sqlx::query_scalar(sql).bind(recipient.to_owned()).bind(millis(since)).fetch_one(&mut **change).await
}

impl Store {
    /// What has to leave on a way by now, the oldest first.
    pub(crate) async fn due(&self, way: Way, now: Timestamp, limit: i64) -> sqlx::Result<Vec<OutgoingRow>> {
        let sql = "SELECT * FROM outgoing WHERE state = 'pending' AND next_at <= $1 AND way = $2 ORDER BY next_at, id LIMIT $3";
        let rows = sqlx::query(sql)
            .bind(millis(now))
            .bind(way.as_str())
            .bind(limit)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(outgoing).collect()
    }

    /// Says what became of an attempt.
    pub(crate) async fn settle_outgoing(&self, id: i64, sent: &Sent, now: Timestamp) -> sqlx::Result<()> {
        let (state, next, why) = match sent {
            Sent::Done => ("sent", now, None),
            Sent::Later { at, why } => ("pending", *at, Some(why.clone())),
            Sent::Failed { why } => ("failed", now, Some(why.clone())),
            Sent::Suppressed => ("suppressed", now, None),
        };
        let settled = (state != "pending").then(|| millis(now));
        let mut change = self.begin().await?;
        sqlx::query(
            "UPDATE outgoing SET state = $1, next_at = $2, why = $3, settled_at = $4, attempts = attempts + 1
             WHERE id = $5 AND state = 'pending'",
        )
        .bind(state)
        .bind(millis(next))
        .bind(why)
        .bind(settled)
        .bind(id)
        .execute(&mut *change)
        .await?;
        change.commit().await
    }

    /// Remembers that it came back; false when it was not sent, or somebody has read it after all.
    pub(crate) async fn return_outgoing(&self, id: i64, why: &str, now: Timestamp) -> sqlx::Result<bool> {
        let mut change = self.begin().await?;
        let sql = "UPDATE outgoing SET state = 'failed', why = $1, settled_at = $2
             WHERE id = $3 AND state = 'sent' AND acknowledged_at IS NULL";
        let done =
            sqlx::query(sql).bind(why.to_owned()).bind(millis(now)).bind(id).execute(&mut *change).await?;
        change.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// Writes what has to leave, by itself.
    pub(crate) async fn put_outgoing(
        &self,
        key: &str,
        now: Timestamp,
        make: impl FnOnce(i64) -> NewOutgoing,
    ) -> sqlx::Result<Option<i64>> {
        let mut change = self.begin().await?;
        let id = put(&mut change, key, now, make).await?;
        change.commit().await?;
        Ok(id)
    }

    /// One of them.
    pub(crate) async fn outgoing(&self, id: i64) -> sqlx::Result<Option<OutgoingRow>> {
        let row = sqlx::query("SELECT * FROM outgoing WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| outgoing(&row)).transpose()
    }

    /// The newest of them, and those that failed.
    pub(crate) async fn newest_outgoing(&self, limit: i64) -> sqlx::Result<Vec<OutgoingRow>> {
        let sql = "SELECT * FROM outgoing ORDER BY id DESC LIMIT $1";
        let rows = sqlx::query(sql).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(outgoing).collect()
    }

    /// Remembers that somebody has read it; false when it was known.
    pub(crate) async fn acknowledge_outgoing(&self, id: i64, now: Timestamp) -> sqlx::Result<bool> {
        let mut change = self.begin().await?;
        let sql = "UPDATE outgoing SET acknowledged_at = $1 WHERE id = $2 AND acknowledged_at IS NULL";
        let done = sqlx::query(sql).bind(millis(now)).bind(id).execute(&mut *change).await?;
        change.commit().await?;
        Ok(done.rows_affected() > 0)
    }
}

fn outgoing(row: &AnyRow) -> sqlx::Result<OutgoingRow> {
    let way: String = row.try_get("way")?;
    let time = |column| row.try_get::<Option<i64>, _>(column)?.map(instant).transpose();
    Ok(OutgoingRow {
        id: row.try_get("id")?,
        way: if way == "hook" { Way::Hook } else { Way::Mail },
        kind: row.try_get("kind")?,
        ticket: row.try_get("ticket")?,
        notice: row.try_get("notice")?,
        recipient: row.try_get("recipient")?,
        login: row.try_get("login")?,
        subject: row.try_get("subject")?,
        body: row.try_get("body")?,
        answers: row.try_get("answers")?,
        created_at: instant(row.try_get("created_at")?)?,
        state: row.try_get("state")?,
        attempts: row.try_get("attempts")?,
        settled_at: time("settled_at")?,
        why: row.try_get("why")?,
        acknowledged_at: time("acknowledged_at")?,
    })
}
