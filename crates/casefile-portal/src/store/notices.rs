//! Who has to be told what, once.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Change, Store, instant, millis};
use crate::clocks::{Notice, Rule, clock_name};

/// A notice with its ticket.
#[derive(Debug, Clone)]
pub(crate) struct NoticeRow {
    pub(crate) id: i64,
    pub(crate) ticket: i64,
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) assignee: Option<String>,
    pub(crate) rule: String,
    pub(crate) clock: String,
    pub(crate) recipient: String,
    /// When it became true.
    pub(crate) since: Timestamp,
    /// When the portal noticed it.
    pub(crate) noticed_at: Timestamp,
    pub(crate) acknowledged: Option<(Timestamp, String)>,
}

/// What became of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoticeState {
    Pending,
    Sent,
    /// It was no longer true when it was looked at again.
    Suppressed,
}

impl NoticeState {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Sent => "sent",
            Self::Suppressed => "suppressed",
        }
    }
}

/// The word for a rule: `warning-50`, or the id of an escalation.
pub(crate) fn rule_name(rule: &Rule) -> String {
    match rule {
        Rule::Warning(percent) => format!("warning-{percent}"),
        Rule::Escalation(id) => id.clone(),
    }
}

/// Writes a notice; false when it is there already.
pub(crate) async fn put(
    change: &mut Change,
    ticket: i64,
    notice: &Notice,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let known: Option<i64> = sqlx::query_scalar(
        "SELECT id FROM notice WHERE ticket = $1 AND rule = $2 AND clock = $3 AND recipient = $4",
    )
    .bind(ticket)
    .bind(rule_name(&notice.rule))
    .bind(clock_name(notice.clock).to_owned())
    .bind(notice.to.clone())
    .fetch_optional(&mut **change)
    .await?;
    if known.is_some() {
        return Ok(false);
    }
    let next = "UPDATE counter SET value = value + 1 WHERE name = 'notice' RETURNING value";
    let id: i64 = sqlx::query_scalar(next).fetch_one(&mut **change).await?;
    sqlx::query(
        "INSERT INTO notice (id, ticket, rule, clock, recipient, since, noticed_at, state)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'pending')",
    )
    .bind(id)
    .bind(ticket)
    .bind(rule_name(&notice.rule))
    .bind(clock_name(notice.clock).to_owned())
    .bind(notice.to.clone())
    .bind(millis(notice.at))
    .bind(millis(now))
    .execute(&mut **change)
    .await?;
    Ok(true)
}

macro_rules! notices {
    ($rest:literal) => {
        concat!(
            "SELECT n.*, t.number, s.title, s.assignee FROM notice n JOIN ticket t ON t.id = n.ticket ",
            "JOIN standing s ON s.ticket = n.ticket ",
            $rest
        )
    };
}

impl Store {
    /// Notices in this state, the oldest first.
    pub(crate) async fn notices_in(&self, state: NoticeState, limit: i64) -> sqlx::Result<Vec<NoticeRow>> {
        let sql = notices!("WHERE n.state = $1 ORDER BY n.id LIMIT $2");
        let rows = sqlx::query(sql).bind(state.as_str()).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(notice).collect()
    }

    /// How many notices wait to be sent.
    pub(crate) async fn pending_notices(&self) -> sqlx::Result<i64> {
        sqlx::query_scalar("SELECT COUNT(*) FROM notice WHERE state = 'pending'")
            .fetch_one(&self.readers)
            .await
    }

    /// The newest notices that were sent.
    pub(crate) async fn newest_notices(&self, limit: i64) -> sqlx::Result<Vec<NoticeRow>> {
        let sql = notices!("WHERE n.state = 'sent' ORDER BY n.id DESC LIMIT $1");
        let rows = sqlx::query(sql).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(notice).collect()
    }

    /// The notice of this id.
    pub(crate) async fn notice(&self, id: i64) -> sqlx::Result<Option<NoticeRow>> {
        let row = sqlx::query(notices!("WHERE n.id = $1")).bind(id).fetch_optional(&self.readers).await?;
        row.map(|row| notice(&row)).transpose()
    }
}

/// Says what became of a pending notice; false when somebody was faster.
pub(crate) async fn settle(
    change: &mut Change,
    id: i64,
    state: NoticeState,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let sql = "UPDATE notice SET state = $1, settled_at = $2 WHERE id = $3 AND state = 'pending'";
    let done =
        sqlx::query(sql).bind(state.as_str()).bind(millis(now)).bind(id).execute(&mut **change).await?;
    Ok(done.rows_affected() > 0)
}

/// Remembers who has seen it; false when somebody had already.
pub(crate) async fn acknowledge(
    change: &mut Change,
    id: i64,
    login: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let sql = "UPDATE notice SET acknowledged_at = $1, acknowledged_by = $2
         WHERE id = $3 AND acknowledged_at IS NULL";
    let done =
        sqlx::query(sql).bind(millis(now)).bind(login.to_owned()).bind(id).execute(&mut **change).await?;
    Ok(done.rows_affected() > 0)
}

fn notice(row: &AnyRow) -> sqlx::Result<NoticeRow> {
    let at: Option<i64> = row.try_get("acknowledged_at")?;
    let by: Option<String> = row.try_get("acknowledged_by")?;
    Ok(NoticeRow {
        id: row.try_get("id")?,
        ticket: row.try_get("ticket")?,
        number: row.try_get("number")?,
        title: row.try_get("title")?,
        assignee: row.try_get("assignee")?,
        rule: row.try_get("rule")?,
        clock: row.try_get("clock")?,
        recipient: row.try_get("recipient")?,
        since: instant(row.try_get("since")?)?,
        noticed_at: instant(row.try_get("noticed_at")?)?,
        acknowledged: at.zip(by).map(|(at, by)| Ok::<_, sqlx::Error>((instant(at)?, by))).transpose()?,
    })
}
