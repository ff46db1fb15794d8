//! All ways into the portal, grouped by who calls them.

mod caller;
mod health;
mod process;
mod reports;
mod tus;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, head, post, put};
use axum::{Json, Router, middleware};
use casefile::id::ReportSecret;
use serde_json::{Value, json};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

pub(crate) use self::health::operators;
use crate::access::guard;
use crate::desk::Desk;
use crate::lanes::UNLICENSED_BUNDLE_BYTES;
use crate::pages;
use crate::problem::Problem;

/// Longest time for a request that carries no bundle.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Longest time for a file that somebody adds by hand.
const FILE_TIMEOUT: Duration = Duration::from_mins(10);
/// Text of a report: what a person writes, and facts about the machine.
const MAX_BODY_BYTES: usize = 256 << 10;
/// For whoever speaks to the portal by program.
const OPENAPI: &str = include_str!("api/openapi.json");

/// Everything that the portal answers to.
pub(crate) fn router(desk: Arc<Desk>) -> Router {
    let for_clients = Router::new()
        .route("/api/v1/reports/{id}", put(reports::register).get(reports::status).delete(process::withdraw))
        .route("/api/v1/reports/{id}/messages", post(process::write))
        .route("/api/v1/reports/{id}/confirm", post(process::confirm))
        .route("/api/v1/reports/{id}/reject", post(process::reject))
        .route("/api/v1/limits", get(limits))
        .route("/api/v1/openapi.json", get(openapi))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, TIMEOUT));
    // A request that carries a bundle takes as long as it takes; the desk ends one that stands still.
    let for_uploads = Router::new()
        .route("/api/v1/reports/{id}/uploads", post(tus::create).options(tus::options))
        .route(
            "/api/v1/uploads/{id}",
            head(tus::offset).patch(tus::append).delete(tus::abandon).post(tus::other).options(tus::options),
        )
        .layer(middleware::from_fn(tus::speak));
    let for_operators =
        Router::new().route("/healthz", get(health::health)).route("/readyz", get(health::ready));
    // A file that is added by hand takes as long as its line needs.
    let for_files =
        pages::files(&desk).layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, FILE_TIMEOUT));
    let for_staff =
        pages::router(&desk).layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, TIMEOUT));

    let unless_set = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    Router::new()
        .merge(guarded(for_clients.merge(for_uploads).merge(for_operators), &desk))
        .merge(for_files)
        .merge(for_staff)
        .fallback(|| async { Problem::not_found() })
        .method_not_allowed_fallback(|| async {
            let hint = "This address does not know that method.";
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", hint)
        })
        .layer(unless_set(header::CACHE_CONTROL, "no-store"))
        .layer(unless_set(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"))
        .layer(unless_set(header::REFERRER_POLICY, "no-referrer"))
        .layer(unless_set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(middleware::from_fn_with_state(Arc::clone(&desk), health::measure))
        .layer(TraceLayer::new_for_http())
        .with_state(desk)
}

/// What a client has to stay below; asked before it packs.
async fn limits(State(desk): State<Arc<Desk>>) -> Json<Value> {
    let limits = desk.limits;
    Json(json!({
        "body_bytes": MAX_BODY_BYTES,
        "bundle_bytes": limits.file_bytes,
        "unlicensed_bundle_bytes": limits.file_bytes.min(UNLICENSED_BUNDLE_BYTES),
        "unpacked_bytes": limits.unpacked_bytes,
        "entry_bytes": limits.entry_bytes,
        "entries": limits.entries,
    }))
}

async fn openapi() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], OPENAPI)
}

/// Holds every way against the table of who may use it.
fn guarded(ways: Router<Arc<Desk>>, desk: &Arc<Desk>) -> Router<Arc<Desk>> {
    ways.layer(middleware::from_fn_with_state(Arc::clone(desk), guard))
}

/// The secret of a report, from the request that carries it.
struct Secret(ReportSecret);

impl<S: Sync> FromRequestParts<S> for Secret {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let value = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = value.and_then(|value| {
            let (scheme, token) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
        });
        let secret = token.and_then(|token| token.parse().ok()).map(Self);
        secret.ok_or_else(|| {
            let hint = "Send the secret of the report as `Authorization: Bearer`, 64 hexadecimal digits.";
            Problem::new(StatusCode::UNAUTHORIZED, "secret_missing", hint)
        })
    }
}

#[cfg(test)]
pub(crate) mod tests;
