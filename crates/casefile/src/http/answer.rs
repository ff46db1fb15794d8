//! Reads answers: what was asked for, a reason to wait, or a refusal.

use std::time::Duration;

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};
use reqwest::{Response, StatusCode};
use serde::Deserialize;

use super::trust::is_untrusted;
use crate::outbox::{MAX_PAUSE, Refusal};
use crate::transport::SendError;

/// Largest answer that is read.
const MAX_ANSWER_BYTES: usize = 1 << 20;

/// Why a portal refuses.
#[derive(Deserialize)]
struct Problem {
    code: String,
    #[serde(default)]
    hint: String,
}

pub(super) fn unreachable(error: reqwest::Error) -> SendError {
    let error = error.without_url();
    if is_untrusted(&error) {
        SendError::Untrusted(Box::new(error))
    } else {
        SendError::Unreachable(Box::new(error))
    }
}

/// Reads the JSON of a good answer, or the reason of a bad one.
pub(super) async fn json<T: serde::de::DeserializeOwned>(response: Response) -> Result<T, SendError> {
    let text = read_text(accepted(response).await?).await?;
    serde_json::from_str(&text).map_err(|_| SendError::NotAPortal("it is not the JSON that was expected"))
}

/// Lets a good answer pass; says of a bad one whether to wait or to give up.
pub(super) async fn accepted(response: Response) -> Result<Response, SendError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    if status.is_redirection() || status.is_informational() {
        return Err(SendError::NotAPortal("it redirects"));
    }
    let holds = matches!(
        status,
        StatusCode::REQUEST_TIMEOUT
            | StatusCode::TOO_EARLY
            | StatusCode::TOO_MANY_REQUESTS
            | StatusCode::LOCKED
    );
    if status.is_server_error() || holds {
        let retry_after = retry_after(response.headers());
        return Err(SendError::Busy { status: status.as_u16(), retry_after });
    }
    let text = read_text(response).await.ok();
    match text.and_then(|text| serde_json::from_str(&text).ok()) {
        Some(Problem { code, hint }) => Err(SendError::Refused(Refusal { code, hint })),
        // A portal always says why; this is something else on its address, which may go away.
        None => Err(SendError::NotAPortal("it refuses without a reason")),
    }
}

pub(super) async fn read_text(mut response: Response) -> Result<String, SendError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
        if bytes.len() + chunk.len() > MAX_ANSWER_BYTES {
            return Err(SendError::NotAPortal("its answer does not end"));
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| SendError::NotAPortal("its answer is not text"))
}

pub(super) fn text_of<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

/// `Retry-After` as seconds, or as a time: that counts from the portal's own `Date`, because the clock of this machine
/// may be wrong.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = text_of(headers, &RETRY_AFTER)?;
    let asked = if let Ok(seconds) = text.parse() {
        Duration::from_secs(seconds)
    } else {
        let ahead = http_date(text)?.duration_since(http_date(text_of(headers, &DATE)?)?);
        Duration::try_from(ahead.max(SignedDuration::ZERO)).ok()?
    };
    // Somebody in the middle could silence the client for ever.
    Some(asked.min(MAX_PAUSE))
}

/// How far the clock of this machine is ahead of the portal's.
pub(super) fn clock_ahead(headers: &HeaderMap, now: Timestamp) -> Option<SignedDuration> {
    Some(now.duration_since(http_date(text_of(headers, &DATE)?)?))
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that servers write. Source: RFC 9110, 5.6.7.
fn http_date(text: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(HeaderName, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_wish_to_wait_is_seconds_or_a_time_of_the_portals_own_clock() {
        let date = (DATE, "Tue, 24 Nov 2026 10:00:00 GMT");
        for (wish, seconds) in [
            ("0", Some(0)),
            (" 120 ", Some(120)),
            ("99999999999", Some(24 * 3600)),
            ("Tue, 24 Nov 2026 10:05:00 GMT", Some(300)),
            ("Tue, 24 Nov 2026 09:00:00 GMT", Some(0)),
            ("Fri, 24 Nov 2056 10:00:00 GMT", Some(24 * 3600)),
            ("soon", None),
            ("-5", None),
        ] {
            let headers = headers(&[date.clone(), (RETRY_AFTER, wish)]);
            assert_eq!(retry_after(&headers), seconds.map(Duration::from_secs), "{wish}");
        }
        assert_eq!(retry_after(&headers(&[(RETRY_AFTER, "Tue, 24 Nov 2026 10:05:00 GMT")])), None);
        assert_eq!(retry_after(&headers(&[])), None);
    }

    #[test]
    fn a_clock_that_runs_ahead_is_measured() {
        let headers = headers(&[(DATE, "Tue, 24 Nov 2026 10:00:00 GMT")]);
        let now = "2026-11-24T13:00:00Z".parse().unwrap();
        assert_eq!(clock_ahead(&headers, now), Some(SignedDuration::from_hours(3)));
    }
}
