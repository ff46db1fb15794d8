//! What a client is told when something does not work. The codes are stable: `docs/portal-api.md` lists them.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// An answer that is not the one that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    status: StatusCode,
    pub(crate) code: &'static str,
    hint: String,
    retry_after_seconds: Option<u64>,
}

/// The bytes do not have the checksum that was announced: an own status of tus.
pub(crate) const CHECKSUM_MISMATCH: u16 = 460;

impl Problem {
    pub(crate) fn new(status: StatusCode, code: &'static str, hint: impl Into<String>) -> Self {
        Self { status, code, hint: hint.into(), retry_after_seconds: None }
    }

    /// Unknown, or not yours: the answer is the same.
    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "There is nothing here, or it is not yours.")
    }

    /// The database does not let anybody write in time.
    pub(crate) fn busy() -> Self {
        let hint = "The portal cannot write right now: look at the log and at its disk.";
        Self {
            retry_after_seconds: Some(10),
            ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", hint)
        }
    }

    /// The portal was asked to stop: what has come is kept, and the rest comes later.
    pub(crate) fn stopping() -> Self {
        let hint = "The portal is being stopped. Try again soon; nothing is lost.";
        Self {
            retry_after_seconds: Some(10),
            ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", hint)
        }
    }

    /// It was taken back, or its time is over.
    pub(crate) fn erased() -> Self {
        let hint = "The data of this report were deleted. Make a new report.";
        Self::new(StatusCode::GONE, "erased", hint)
    }

    /// The loop that looks after what is due does not come any more.
    pub(crate) fn standing_still() -> Self {
        let hint = "Reports are received, but warnings and escalations stand still: look at the log.";
        Self {
            retry_after_seconds: Some(30),
            ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", hint)
        }
    }

    /// The status that it is answered with.
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// What a person is told.
    pub(crate) fn hint(&self) -> &str {
        &self.hint
    }

    pub(crate) fn checksum_mismatch() -> Self {
        let status = StatusCode::from_u16(CHECKSUM_MISMATCH).expect("three digits");
        Self::new(status, "checksum_mismatch", "The bytes were damaged on the way: send them again.")
    }

    /// Whether it is the portal's own trouble, and may be over when it is tried again.
    pub(crate) fn is_own(&self) -> bool {
        self.status.is_server_error()
    }

    /// The portal itself has a problem; the client keeps the report and comes again.
    pub(crate) fn unavailable(error: &dyn std::error::Error) -> Self {
        tracing::error!(%error, "a request failed");
        Self {
            retry_after_seconds: Some(30),
            ..Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "The portal has a problem of its own. Try again later; nothing is lost.",
            )
        }
    }

    /// More than one address, licence or lane may send at once; the client keeps the report and comes again.
    pub(crate) fn too_much(code: &'static str, retry_after_seconds: u64) -> Self {
        let hint = match code {
            "address_limit" => "Too much came from this address. It will be sent later; nothing is lost.",
            "license_limit" => "Too much came for this licence. It will be sent later; nothing is lost.",
            _ => "Many reports without a licence come in right now. It will be sent later; nothing is lost.",
        };
        Self {
            retry_after_seconds: Some(retry_after_seconds.max(1)),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, code, hint)
        }
    }

    #[cfg(test)]
    pub(crate) fn retry_after_seconds(&self) -> Option<u64> {
        self.retry_after_seconds
    }

    pub(crate) fn disk_full() -> Self {
        Self {
            retry_after_seconds: Some(300),
            ..Self::new(
                StatusCode::INSUFFICIENT_STORAGE,
                "disk_full",
                "The portal has no room right now. Try again later; nothing is lost.",
            )
        }
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
        match code.as_deref() {
            // PostgreSQL stores every character but U+0000, which nobody writes by hand.
            Some("22021") => Self::new(
                StatusCode::BAD_REQUEST,
                "invalid_body",
                "It holds the character U+0000, which no text has. Take it out.",
            ),
            // SQLITE_FULL, and the same of PostgreSQL.
            Some("13" | "53100") => {
                tracing::error!(%error, "the disk of the database is full");
                Self::disk_full()
            }
            _ => Self::unavailable(&error),
        }
    }
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                tracing::error!(%error, "the disk is full");
                Self::disk_full()
            }
            _ => Self::unavailable(&error),
        }
    }
}

impl From<tokio::task::JoinError> for Problem {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::unavailable(&error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let error = self.status.canonical_reason().unwrap_or("Checksum Mismatch");
        let body = Json(json!({ "error": error, "code": self.code, "hint": self.hint }));
        let mut response = (self.status, body).into_response();
        // Pages show it in their own way.
        response.extensions_mut().insert(self.clone());
        if let Some(seconds) = self.retry_after_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
