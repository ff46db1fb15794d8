//! Who is asking: sessions, forms that carry their session's mark, rights.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use casefile::report::Language;
use subtle::ConstantTimeEq;

use super::words::Words;
use crate::desk::Desk;
use crate::event::Actor;
use crate::problem::Problem;
use crate::roles::Right;
use crate::store::{SessionRow, StaffRow};

/// The cookie that keeps a session.
const COOKIE: &str = "casefile_session";

/// Somebody of the staff who is signed in.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub(crate) staff: StaffRow,
    pub(crate) csrf: String,
}

impl Visitor {
    /// Who sends a request.
    pub(crate) async fn of(desk: &Desk, headers: &HeaderMap, uri: &Uri) -> Result<Self, Refusal> {
        let session = match token(headers) {
            Some(token) => desk.session(&token).await.map_err(Refusal::Problem)?,
            None => None,
        };
        let next = uri.path_and_query().map_or("/", |path| path.as_str());
        let SessionRow { staff, csrf } =
            session.ok_or_else(|| Refusal::Door(SignInFirst(next.to_owned())))?;
        Ok(Self { staff, csrf })
    }

    /// Whether one of the roles allows it.
    pub(crate) fn may(&self, right: Right) -> bool {
        self.staff.roles.iter().any(|role| role.allows(right))
    }

    /// Goes on only if one of the roles allows it.
    pub(crate) fn needs(&self, right: Right) -> Result<(), Problem> {
        if self.may(right) {
            return Ok(());
        }
        Err(self.refused())
    }

    /// The answer to what the roles do not allow.
    pub(crate) fn refused(&self) -> Problem {
        Problem::new(StatusCode::FORBIDDEN, "not_allowed", self.words().not_allowed())
    }

    /// Goes on only if a form carries the mark of this session: it was made by this portal for this person.
    pub(crate) fn made(&self, csrf: &str) -> Result<(), Problem> {
        if self.csrf.as_bytes().ct_eq(csrf.as_bytes()).into() {
            return Ok(());
        }
        Err(Problem::new(StatusCode::FORBIDDEN, "form_stale", self.words().form_old()))
    }

    pub(crate) fn words(&self) -> Words {
        Words(self.staff.language)
    }

    pub(crate) fn actor(&self) -> Actor {
        Actor::Staff(self.staff.login.clone())
    }
}

/// Whoever is not signed in is sent to the door.
pub(crate) struct SignInFirst(String);

impl IntoResponse for SignInFirst {
    fn into_response(self) -> Response {
        Redirect::to(&format!("/sign-in?next={}", encoded(&self.0))).into_response()
    }
}

/// Why nobody is let in.
pub(crate) enum Refusal {
    Door(SignInFirst),
    Problem(Problem),
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Door(door) => door.into_response(),
            Self::Problem(problem) => problem.into_response(),
        }
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// Whom the table of ways let in. A way that is not for staff has no visitor.
impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Refusal::Problem(Problem::not_found()))
    }
}

/// What the browser keeps.
pub(super) fn token(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value.to_owned())
}

/// What the browser shall keep; nothing to forget it. Scripts do not see it, other sites do not send it along.
pub(super) fn cookie(token: Option<&str>, base_url: &str) -> String {
    let secure = if base_url.starts_with("https://") { "; Secure" } else { "" };
    match token {
        Some(token) => format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax{secure}"),
        None => format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}"),
    }
}

/// Where to go after the door: an address of this portal, never another one.
pub(super) fn inside(next: &str) -> &str {
    let is_ours = next.starts_with('/')
        && !next.starts_with("//")
        && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_ours { next } else { "/" }
}

/// The language that a browser asks for first.
pub(super) fn language_of(headers: &HeaderMap) -> Language {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Language::of_locale(wanted.unwrap_or_default().split([',', ';']).next().unwrap_or_default().trim())
}

fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_the_door_nobody_leaves_the_portal() {
        assert_eq!(inside("/tickets/CF-2026-000001?x=1"), "/tickets/CF-2026-000001?x=1");
        for next in
            ["//evil.example", "https://evil.example", "/\\evil.example", "", "/a\r\nb", "javascript:1"]
        {
            assert_eq!(inside(next), "/", "{next}");
        }
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, "a=b; casefile_session=abc; c=d".parse().unwrap());
        assert_eq!(token(&headers).as_deref(), Some("abc"));
        assert!(cookie(Some("x"), "https://x.example").ends_with("; Secure"));
        assert!(cookie(Some("x"), "http://127.0.0.1:1").ends_with("SameSite=Lax"));
    }
}
