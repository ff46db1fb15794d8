//! How each ticket stands: a cache of the events, for lists, counts and the loop.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe, Row as _};

use super::registration::{marks, rows, statement};
use super::{Change, Dialect, Store, instant, millis};
use crate::case::Standing;

/// Raised when a standing means something else than before: then all are built again.
const VERSION: i64 = 2;
const NEVER: i64 = i64::MAX;

/// One line of a list.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) ticket: i64,
    pub(crate) number: String,
    pub(crate) state: String,
    pub(crate) priority: String,
    pub(crate) category: String,
    pub(crate) assignee: Option<String>,
    pub(crate) due: Option<(Timestamp, String)>,
    pub(crate) is_late: bool,
    pub(crate) is_unanswered: bool,
    pub(crate) is_handed_over: bool,
    pub(crate) title: String,
    pub(crate) app: String,
}

/// Which tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum View {
    /// Everything that support still has to do something about.
    #[default]
    Open,
    Mine,
    Unassigned,
    Late,
    /// The customer wrote last.
    Unanswered,
    HandedOver,
    Waiting,
    Proposed,
    Over,
    All,
}

/// What a list is narrowed to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub(crate) view: View,
    /// Whose `Mine` is.
    pub(crate) login: String,
    pub(crate) priority: Option<String>,
    pub(crate) category: Option<String>,
    pub(crate) words: Option<String>,
}

/// How many tickets are alike.
#[derive(Debug, Clone)]
pub(crate) struct Tally {
    pub(crate) state: String,
    pub(crate) is_late: bool,
    pub(crate) is_unanswered: bool,
    pub(crate) is_handed_over: bool,
    pub(crate) assignee: Option<String>,
    pub(crate) count: i64,
}

/// Writes how a ticket stands now.
pub(crate) async fn put(change: &mut Change, ticket: i64, standing: &Standing) -> sqlx::Result<()> {
    put_all(change, &[(ticket, standing)]).await
}

/// Writes how these tickets stand now.
pub(super) async fn put_all(change: &mut Change, standings: &[(i64, &Standing)]) -> sqlx::Result<()> {
    let mut sql = rows(
        Dialect::of(change),
        "INSERT INTO standing (ticket, version, state, priority, category, kind, assignee, is_over, due_at, due_clock,
             is_late, is_unanswered, is_handed_over, changes_at, title, app, over_since, is_spam)",
        &marks(18),
        standings.len(),
    );
    sql.push_str(
        " ON CONFLICT (ticket) DO UPDATE SET version = excluded.version, state = excluded.state,
             priority = excluded.priority, category = excluded.category, kind = excluded.kind,
             assignee = excluded.assignee, is_over = excluded.is_over, due_at = excluded.due_at,
             due_clock = excluded.due_clock, is_late = excluded.is_late, is_unanswered = excluded.is_unanswered,
             is_handed_over = excluded.is_handed_over, changes_at = excluded.changes_at, title = excluded.title,
             app = excluded.app, over_since = excluded.over_since, is_spam = excluded.is_spam",
    );
    let mut insert = statement(sql, standings.len());
    for (ticket, standing) in standings {
        let is_over = matches!(standing.state.as_str(), "closed" | "voided");
        insert = insert
            .bind(*ticket)
            .bind(VERSION)
            .bind(standing.state.clone())
            .bind(standing.priority.clone())
            .bind(standing.category.clone())
            .bind(standing.kind.clone())
            .bind(standing.assignee.clone())
            .bind(i64::from(is_over))
            .bind(standing.due.map_or(NEVER, |(at, _)| millis(at)))
            .bind(standing.due.map(|(_, clock)| clock.to_owned()))
            .bind(i64::from(standing.is_late))
            .bind(i64::from(standing.is_unanswered))
            .bind(i64::from(standing.is_handed_over))
            .bind(standing.changes_at.map(millis))
            .bind(without_nul(&standing.title))
            .bind(without_nul(&standing.app))
            .bind(standing.over_since.map(millis))
            .bind(i64::from(standing.is_spam));
    }
    insert.execute(&mut **change).await.map(drop)
}

impl Store {
    /// Tickets of a list. Those that are open come by what is due next, the others with the newest first.
    pub(crate) async fn list(&self, filter: &Filter, offset: i64, limit: i64) -> sqlx::Result<Vec<Row>> {
        let order = match filter.view {
            // All of them have the same due: so the index has them in this order.
            View::Over => "s.due_at DESC, s.ticket DESC",
            View::All => "s.ticket DESC",
            _ => "s.due_at, s.ticket",
        };
        let (conditions, binds) = filter.conditions(self.writer.dialect);
        let sql = format!(
            "SELECT s.*, t.number FROM standing s JOIN ticket t ON t.id = s.ticket
             WHERE {conditions} ORDER BY {order} LIMIT $1 OFFSET $2"
        );
        let query = bound(sqlx::query(AssertSqlSafe(sql)).bind(limit).bind(offset), binds);
        query.fetch_all(&self.readers).await?.iter().map(row).collect()
    }

    /// How many open tickets are alike, for the numbers beside the views.
    pub(crate) async fn tallies(&self) -> sqlx::Result<Vec<Tally>> {
        let sql =
            "SELECT state, is_late, is_unanswered, is_handed_over, assignee, COUNT(*) AS many FROM standing
             WHERE is_over = 0 GROUP BY state, is_late, is_unanswered, is_handed_over, assignee";
        let rows = sqlx::query(sql).fetch_all(&self.readers).await?;
        let tally = |row: &AnyRow| {
            Ok(Tally {
                state: row.try_get("state")?,
                is_late: flag(row, "is_late")?,
                is_unanswered: flag(row, "is_unanswered")?,
                is_handed_over: flag(row, "is_handed_over")?,
                assignee: row.try_get("assignee")?,
                count: row.try_get("many")?,
            })
        };
        rows.iter().map(tally).collect()
    }

    /// Tickets that the passing of time alone has changed before this instant, those that waited longest first.
    pub(crate) async fn changed_by_time(&self, now: Timestamp, limit: i64) -> sqlx::Result<Vec<i64>> {
        let sql = "SELECT ticket FROM standing WHERE changes_at < $1 ORDER BY changes_at LIMIT $2";
        sqlx::query_scalar(sql).bind(millis(now)).bind(limit).fetch_all(&self.readers).await
    }

    /// Tickets whose standing is missing, or was written by another version.
    pub(crate) async fn without_standing(&self, limit: i64) -> sqlx::Result<Vec<i64>> {
        let sql = "SELECT t.id FROM ticket t LEFT JOIN standing s ON s.ticket = t.id
             WHERE s.version IS NULL OR s.version <> $1 ORDER BY t.id LIMIT $2";
        sqlx::query_scalar(sql).bind(VERSION).bind(limit).fetch_all(&self.readers).await
    }
}

impl Filter {
    /// The conditions, whose parameters begin at `$3`, and what is bound to them.
    fn conditions(&self, dialect: Dialect) -> (String, Vec<String>) {
        let mut binds = Vec::new();
        let which = match self.view {
            View::All => "1 = 1",
            View::Over => "s.is_over = 1",
            _ => "s.is_over = 0",
        };
        let mut conditions = vec![which.to_owned()];
        let mut equal = |sql: &str, value: String| {
            binds.push(value);
            sql.replace('?', &format!("${}", binds.len() + 2))
        };
        match self.view {
            View::Open | View::Over | View::All => {}
            View::Mine => conditions.push(equal("s.assignee = ?", self.login.clone())),
            View::Unassigned => conditions.push("s.assignee IS NULL".to_owned()),
            View::Late => conditions.push("s.is_late = 1".to_owned()),
            View::Unanswered => conditions.push("(s.is_unanswered = 1 OR s.state = 'registered')".to_owned()),
            View::HandedOver => conditions.push("s.is_handed_over = 1".to_owned()),
            View::Waiting => conditions.push("s.state = 'waiting'".to_owned()),
            View::Proposed => conditions.push("s.state = 'proposed'".to_owned()),
        }
        for (column, value) in [("s.priority = ?", &self.priority), ("s.category = ?", &self.category)] {
            conditions.extend(value.clone().map(|value| equal(column, value)));
        }
        if let Some(words) = &self.words {
            let sql = format!("s.ticket IN ({})", dialect.find_words());
            conditions.push(equal(&sql, dialect.question(&super::words::asked(words))));
        }
        (conditions.join(" AND "), binds)
    }
}

/// `PostgreSQL` has no text with this character, and a title is not refused for it.
fn without_nul(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

type Arguments = sqlx::any::AnyArguments;

fn bound(mut query: Query<'_, Any, Arguments>, binds: Vec<String>) -> Query<'_, Any, Arguments> {
    for value in binds {
        query = query.bind(value);
    }
    query
}

fn flag(row: &AnyRow, column: &str) -> sqlx::Result<bool> {
    Ok(row.try_get::<i64, _>(column)? != 0)
}

fn row(row: &AnyRow) -> sqlx::Result<Row> {
    let due_at: i64 = row.try_get("due_at")?;
    let clock: Option<String> = row.try_get("due_clock")?;
    Ok(Row {
        ticket: row.try_get("ticket")?,
        number: row.try_get("number")?,
        state: row.try_get("state")?,
        priority: row.try_get("priority")?,
        category: row.try_get("category")?,
        assignee: row.try_get("assignee")?,
        due: clock.map(|clock| Ok::<_, sqlx::Error>((instant(due_at)?, clock))).transpose()?,
        is_late: flag(row, "is_late")?,
        is_unanswered: flag(row, "is_unanswered")?,
        is_handed_over: flag(row, "is_handed_over")?,
        title: row.try_get("title")?,
        app: row.try_get("app")?,
    })
}
