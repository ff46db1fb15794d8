//! Staff at the door: passwords and sessions.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use data_encoding::HEXLOWER;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::Desk;
use crate::problem::Problem;
use crate::store::{NewSession, SessionRow};

/// A day's work; then the password again.
const SESSION_LENGTH: SignedDuration = SignedDuration::from_hours(12);
/// Wrong passwords before somebody has to wait.
const FREE_TRIES: u32 = 5;
const MAX_WAIT_SECONDS: i64 = 300;
/// Logins whose failures are remembered.
const MAX_REMEMBERED: usize = 10_000;
/// Longest password, in bytes: hashing is paid for by the portal.
const MAX_PASSWORD_BYTES: usize = 1_024;
/// Shortest password that can be chosen, in characters.
pub(crate) const MIN_PASSWORD_CHARS: usize = 12;

/// Who failed at the door, and how often.
#[derive(Debug)]
pub(super) struct Door {
    failures: Mutex<HashMap<String, (u32, Timestamp)>>,
    /// Each hash takes 19 MiB and a core for a moment.
    hashing: Semaphore,
}

/// Why somebody does not come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignInError {
    /// Login or password is wrong; it is not said which.
    Wrong,
    /// Too many wrong passwords: come back later.
    Wait { seconds: i64 },
}

impl Default for Door {
    fn default() -> Self {
        Self { failures: Mutex::default(), hashing: Semaphore::new(1) }
    }
}

impl Door {
    fn must_wait(&self, login: &str, now: Timestamp) -> Option<i64> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let (count, last) = failures.get(login).copied().filter(|(count, _)| *count >= FREE_TRIES)?;
        let wait = 1_i64.checked_shl(count - FREE_TRIES + 1).unwrap_or(MAX_WAIT_SECONDS);
        let left = wait.clamp(1, MAX_WAIT_SECONDS) - now.duration_since(last).as_secs();
        // A clock that was set back makes nobody wait longer than ever.
        (1..=MAX_WAIT_SECONDS).contains(&left).then_some(left)
    }

    fn note(&self, login: &str, is_good: bool, now: Timestamp) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if is_good {
            failures.remove(login);
            return;
        }
        if failures.len() >= MAX_REMEMBERED {
            failures.clear();
        }
        let entry = failures.entry(login.to_owned()).or_insert((0, now));
        *entry = (entry.0.saturating_add(1).min(FREE_TRIES + 10), now);
    }
}

impl Desk {
    /// Opens a session: what the browser has to keep.
    pub(crate) async fn sign_in(
        &self,
        login: &str,
        password: &str,
    ) -> Result<Result<String, SignInError>, Problem> {
        let now = self.now();
        if let Some(seconds) = self.door.must_wait(login, now) {
            return Ok(Err(SignInError::Wait { seconds }));
        }
        let staff = self.store.staff(login).await?.filter(|staff| staff.is_active);
        // Somebody unknown takes as long as somebody known.
        let hash = staff.as_ref().map_or(NOBODY, |staff| &staff.password).to_owned();
        let _turn = self.door.hashing.acquire().await.map_err(|error| Problem::unavailable(&error))?;
        let tried = password.to_owned();
        let fits = tokio::task::spawn_blocking(move || verify(&tried, &hash)).await?;
        let Some(staff) = staff.filter(|_| fits) else {
            self.door.note(login, false, now);
            let who: String = login.chars().take(64).collect();
            self.store.audit(now, &who, "wrong password").await?;
            return Ok(Err(SignInError::Wrong));
        };
        self.door.note(login, true, now);
        let token = format!("{}{}", super::random_id()?, super::random_id()?);
        let session = NewSession {
            token: digest(&token),
            login: staff.login,
            csrf: super::random_id()?,
            opened_at: now,
            expires_at: now.checked_add(SESSION_LENGTH).unwrap_or(now),
        };
        self.store.open_session(&session).await?;
        Ok(Ok(token))
    }

    /// Whose session a browser's token is.
    pub(crate) async fn session(&self, token: &str) -> Result<Option<SessionRow>, Problem> {
        Ok(self.store.session(&digest(token), self.now()).await?)
    }

    /// Ends a session.
    pub(crate) async fn sign_out(&self, token: &str) -> Result<(), Problem> {
        Ok(self.store.close_session(&digest(token)).await?)
    }

    /// Gives somebody a new password, if the old one is right.
    pub(crate) async fn change_password(&self, login: &str, old: &str, new: &str) -> Result<bool, Problem> {
        let Some(staff) = self.store.staff(login).await? else { return Ok(false) };
        let (old, new) = (old.to_owned(), new.to_owned());
        let _turn = self.door.hashing.acquire().await.map_err(|error| Problem::unavailable(&error))?;
        let hashed = tokio::task::spawn_blocking(move || {
            verify(&old, &staff.password).then(|| hashed(&new)).flatten()
        });
        let Some(hash) = hashed.await? else { return Ok(false) };
        self.store.set_password(login, &hash).await?;
        self.store.audit(self.now(), login, "changed the password").await?;
        Ok(true)
    }
}

/// The hash of a password that may be chosen.
pub(crate) fn hashed(password: &str) -> Option<String> {
    if password.chars().count() < MIN_PASSWORD_CHARS || password.len() > MAX_PASSWORD_BYTES {
        return None;
    }
    Argon2::default().hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
}

/// A hash of the same cost that no password has.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn verify(password: &str, hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else { return false };
    password.len() <= MAX_PASSWORD_BYTES
        && Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
}

fn digest(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_kept_as_a_hash_that_only_it_fits() {
        let hash = hashed("correct horse battery").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "the cost of the stand-in is the same");
        assert!(verify("correct horse battery", &hash));
        assert!(!verify("correct horse batterz", &hash) && !verify("", &hash) && !verify("x", NOBODY));
        assert_eq!((hashed("too short"), hashed(&"x".repeat(2_000))), (None, None));
        PasswordHash::new(NOBODY).expect("it can be tried");
    }

    #[test]
    fn whoever_guesses_waits_longer_and_longer() {
        let door = Door::default();
        let now: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
        for _ in 0..FREE_TRIES {
            assert_eq!(door.must_wait("a", now), None);
            door.note("a", false, now);
        }
        assert_eq!(door.must_wait("a", now), Some(2));
        door.note("a", false, now);
        assert_eq!(door.must_wait("a", now), Some(4));
        assert_eq!(door.must_wait("b", now), None);
        assert_eq!(door.must_wait("a", now + SignedDuration::from_secs(4)), None);
        for _ in 0..50 {
            door.note("a", false, now);
        }
        assert_eq!(door.must_wait("a", now), Some(MAX_WAIT_SECONDS));
        door.note("a", true, now);
        assert_eq!(door.must_wait("a", now), None);
    }
}
