//! Who works here, who is signed in, and what they did beside tickets.

use casefile::report::Language;
use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Change, Store, instant, millis};
use crate::roles::Role;

/// One of the staff.
#[derive(Debug, Clone)]
pub(crate) struct StaffRow {
    pub(crate) login: String,
    pub(crate) name: String,
    pub(crate) roles: Vec<Role>,
    pub(crate) language: Language,
    pub(crate) email: Option<String>,
    /// PHC string of Argon2id.
    pub(crate) password: String,
    pub(crate) is_active: bool,
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct SessionRow {
    pub(crate) staff: StaffRow,
    /// What the forms of this session carry.
    pub(crate) csrf: String,
}

/// What a new session begins with.
pub(crate) struct NewSession {
    /// SHA-256 of what the browser keeps, in hexadecimal digits.
    pub(crate) token: String,
    pub(crate) login: String,
    pub(crate) csrf: String,
    pub(crate) opened_at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

impl Store {
    /// Adds one of the staff; false when the login is taken.
    pub(crate) async fn add_staff(&self, staff: &StaffRow, at: Timestamp) -> sqlx::Result<bool> {
        let roles: Vec<_> = staff.roles.iter().map(|role| role.as_str()).collect();
        let mut change = self.begin().await?;
        let done = sqlx::query(
            "INSERT INTO staff (login, name, roles, language, email, password, is_active, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
        )
        .bind(staff.login.clone())
        .bind(staff.name.clone())
        .bind(roles.join(" "))
        .bind(staff.language.as_str().to_owned())
        .bind(staff.email.clone())
        .bind(staff.password.clone())
        .bind(i64::from(staff.is_active))
        .bind(millis(at))
        .execute(&mut *change)
        .await?;
        change.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// All staff, by login.
    pub(crate) async fn all_staff(&self) -> sqlx::Result<Vec<StaffRow>> {
        let sql = "SELECT login, name, roles, language, email, password, is_active FROM staff ORDER BY login";
        sqlx::query(sql).fetch_all(&self.readers).await?.iter().map(staff).collect()
    }

    /// One of the staff.
    pub(crate) async fn staff(&self, login: &str) -> sqlx::Result<Option<StaffRow>> {
        let sql =
            "SELECT login, name, roles, language, email, password, is_active FROM staff WHERE login = $1";
        let row = sqlx::query(sql).bind(login.to_owned()).fetch_optional(&self.readers).await?;
        row.map(|row| staff(&row)).transpose()
    }

    /// Lets somebody in or not, and ends all sessions of who may not come in any more.
    pub(crate) async fn set_active(&self, login: &str, is_active: bool) -> sqlx::Result<bool> {
        let mut change = self.begin().await?;
        let sql = "UPDATE staff SET is_active = $1 WHERE login = $2";
        let done =
            sqlx::query(sql).bind(i64::from(is_active)).bind(login.to_owned()).execute(&mut *change).await?;
        end_sessions(&mut change, login).await?;
        change.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// Gives somebody another password, and ends all their sessions.
    pub(crate) async fn set_password(&self, login: &str, password: &str) -> sqlx::Result<bool> {
        let mut change = self.begin().await?;
        let sql = "UPDATE staff SET password = $1 WHERE login = $2";
        let done =
            sqlx::query(sql).bind(password.to_owned()).bind(login.to_owned()).execute(&mut *change).await?;
        end_sessions(&mut change, login).await?;
        change.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// Remembers in which language somebody works.
    pub(crate) async fn set_language(&self, login: &str, language: Language) -> sqlx::Result<()> {
        let mut change = self.begin().await?;
        sqlx::query("UPDATE staff SET language = $1 WHERE login = $2")
            .bind(language.as_str().to_owned())
            .bind(login.to_owned())
            .execute(&mut *change)
            .await?;
        change.commit().await
    }

    /// Opens a session, and forgets those that are over.
    pub(crate) async fn open_session(&self, session: &NewSession) -> sqlx::Result<()> {
        let mut change = self.begin().await?;
        sqlx::query("DELETE FROM session WHERE expires_at < $1")
            .bind(millis(session.opened_at))
            .execute(&mut *change)
            .await?;
        sqlx::query(
            "INSERT INTO session (token, login, csrf, opened_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(session.token.clone())
        .bind(session.login.clone())
        .bind(session.csrf.clone())
        .bind(millis(session.opened_at))
        .bind(millis(session.expires_at))
        .execute(&mut *change)
        .await?;
        audit(&mut change, session.opened_at, &session.login, "signed in").await?;
        change.commit().await
    }

    /// The session of this token, if it goes on.
    pub(crate) async fn session(&self, token: &str, now: Timestamp) -> sqlx::Result<Option<SessionRow>> {
        let sql = "SELECT s.csrf, p.login, p.name, p.roles, p.language, p.email, p.password, p.is_active
             FROM session s JOIN staff p ON p.login = s.login
             WHERE s.token = $1 AND s.expires_at >= $2 AND p.is_active = 1";
        let row = sqlx::query(sql).bind(token.to_owned()).bind(millis(now)).fetch_optional(&self.readers);
        row.await?.map(|row| Ok(SessionRow { staff: staff(&row)?, csrf: row.try_get("csrf")? })).transpose()
    }

    /// Ends a session.
    pub(crate) async fn close_session(&self, token: &str) -> sqlx::Result<()> {
        let mut change = self.begin().await?;
        sqlx::query("DELETE FROM session WHERE token = $1")
            .bind(token.to_owned())
            .execute(&mut *change)
            .await?;
        change.commit().await
    }

    /// Writes down what somebody did.
    pub(crate) async fn audit(&self, at: Timestamp, login: &str, what: &str) -> sqlx::Result<()> {
        let mut change = self.begin().await?;
        audit(&mut change, at, login, what).await?;
        change.commit().await
    }

    /// The newest lines of the audit: when, who, what.
    pub(crate) async fn newest_audit(&self, limit: i64) -> sqlx::Result<Vec<(Timestamp, String, String)>> {
        let sql = "SELECT at, login, what FROM audit ORDER BY id DESC LIMIT $1";
        let rows = sqlx::query(sql).bind(limit).fetch_all(&self.readers).await?;
        let line =
            |row: &AnyRow| Ok((instant(row.try_get("at")?)?, row.try_get("login")?, row.try_get("what")?));
        rows.iter().map(line).collect()
    }
}

async fn end_sessions(change: &mut Change, login: &str) -> sqlx::Result<()> {
    let sql = "DELETE FROM session WHERE login = $1";
    sqlx::query(sql).bind(login.to_owned()).execute(&mut **change).await.map(drop)
}

/// Writes what somebody did beside the process.
pub(crate) async fn audit(change: &mut Change, at: Timestamp, login: &str, what: &str) -> sqlx::Result<()> {
    let next = "UPDATE counter SET value = value + 1 WHERE name = 'audit' RETURNING value";
    let id: i64 = sqlx::query_scalar(next).fetch_one(&mut **change).await?;
    sqlx::query("INSERT INTO audit (id, at, login, what) VALUES ($1, $2, $3, $4)")
        .bind(id)
        .bind(millis(at))
        .bind(login.to_owned())
        .bind(what.to_owned())
        .execute(&mut **change)
        .await
        .map(drop)
}

fn staff(row: &AnyRow) -> sqlx::Result<StaffRow> {
    let roles: String = row.try_get("roles")?;
    let language: String = row.try_get("language")?;
    Ok(StaffRow {
        login: row.try_get("login")?,
        name: row.try_get("name")?,
        // A role of another version gives no rights.
        roles: roles.split(' ').filter_map(|role| role.parse().ok()).collect(),
        language: Language::of_locale(&language),
        email: row.try_get("email")?,
        password: row.try_get("password")?,
        is_active: row.try_get::<i64, _>("is_active")? != 0,
    })
}
