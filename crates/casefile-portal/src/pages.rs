//! What staff and customers see in a browser. Works without JavaScript.

mod audit;
mod conversation;
mod customer;
mod door;
mod exhibits;
mod files;
mod findings;
mod frame;
mod import;
mod inbox;
mod licence;
mod mailroom;
mod notices;
mod reports;
mod seen;
mod signing;
mod steps;
mod story;
mod text;
mod ticket;
mod timeline;
mod words;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, StatusCode, header, uri::Authority};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::access::guard;
use crate::desk::Desk;
use crate::problem::Problem;

const CSS: &str = include_str!("../templates/portal.css");
const SCRIPT: &str = include_str!("../templates/portal.js");
/// Nothing is loaded from elsewhere, nothing that a stranger wrote runs, nothing is framed, forms lead here.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'self'; \
     frame-ancestors 'none'";
/// Longest form: a message of the longest kind in a form's encoding.
const MAX_FORM_BYTES: usize = 512 << 10;

/// The pages, and what they load.
pub(crate) fn router(desk: &Arc<Desk>) -> Router<Arc<Desk>> {
    let for_staff = Router::new()
        .route("/", get(inbox::page))
        .route("/board", get(inbox::board))
        .route("/tickets/{number}", get(ticket::page))
        .route("/tickets/{number}/evidence/{sha256}", get(ticket::download))
        .route("/tickets/{number}/evidence/{sha256}/timeline", get(timeline::page))
        .route("/tickets/{number}/files/{n}", get(files::download))
        .route("/tickets/{number}/erase", post(steps::erase))
        .route("/tickets/{number}/write", post(steps::write))
        .route("/tickets/{number}/triage", post(steps::triage))
        .route("/tickets/{number}/assign", post(steps::assign))
        .route("/tickets/{number}/void", post(steps::void))
        .route("/import", get(import::page).post(import::import))
        .route("/mail", get(mailroom::page))
        .route("/mail/{id}", get(mailroom::download))
        .route("/mail/{id}/retry", post(mailroom::retry))
        .route("/notices", get(notices::page))
        .route("/notices/{id}", post(notices::acknowledge))
        .route("/reports", get(reports::list))
        .route("/reports/{period}", get(reports::page))
        .route("/reports/{period}/improvements", post(reports::improve))
        .route("/reports/{period}/improvements/{id}", post(reports::settle))
        .route("/audit", get(audit::page))
        .route("/account", get(signing::account))
        .route("/account/language", post(signing::language))
        .route("/account/password", post(signing::password))
        .route("/sign-out", post(signing::sign_out));
    let for_customers = Router::new()
        .route("/r/{link}", get(customer::page))
        .route("/r/{link}/write", post(customer::write))
        .route("/r/{link}/confirm", post(customer::confirm))
        .route("/r/{link}/reject", post(customer::reject))
        .route("/r/{link}/withdraw", post(customer::withdraw))
        .route("/r/{link}/files/{n}", get(files::own));
    let for_everybody = Router::new()
        .route("/seen/{mark}", get(seen::page).post(seen::confirm))
        .route("/sign-in", get(signing::page).post(signing::sign_in))
        .route("/static/portal.css", get(css))
        .route("/static/portal.js", get(script));
    shown(for_staff.merge(for_customers).merge(for_everybody), desk, MAX_FORM_BYTES)
}

/// Where files come in; they take longer than pages.
pub(crate) fn files(desk: &Arc<Desk>) -> Router<Arc<Desk>> {
    let ways = Router::new().route("/r/{link}/attach", post(files::attach));
    shown(ways, desk, files::MAX_REQUEST_BYTES)
}

/// What stands around everything that a browser shows.
fn shown(ways: Router<Arc<Desk>>, desk: &Arc<Desk>, max_bytes: usize) -> Router<Arc<Desk>> {
    ways.layer(DefaultBodyLimit::max(max_bytes))
        .layer(middleware::from_fn_with_state(Arc::clone(desk), guard))
        .layer(middleware::from_fn(frame::for_people))
        .layer(middleware::from_fn_with_state(Arc::clone(desk), known_host))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(POLICY),
        ))
}

async fn css() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css"), (header::CACHE_CONTROL, "max-age=3600")], CSS)
}

async fn script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript"), (header::CACHE_CONTROL, "max-age=3600")], SCRIPT)
}

/// A page on the internet whose name was made to point to this machine must not read
/// them through the visitor's browser (DNS rebinding). So the name has to be ours.
async fn known_host(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|value| value.to_str().ok());
    if host.is_some_and(|host| is_ours(host, &desk.base_url)) {
        return next.run(request).await;
    }
    let hint = "The pages are shown under the portal's own address only.";
    Problem::new(StatusCode::MISDIRECTED_REQUEST, "unknown_host", hint).into_response()
}

fn is_ours(host: &str, base_url: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else { return false };
    let own = base_url.split("://").nth(1).and_then(|rest| rest.split('/').next());
    matches!(authority.host(), "127.0.0.1" | "[::1]" | "localhost") || own == Some(host)
}

fn render(page: &impl Template) -> Result<Html<String>, Problem> {
    page.render().map(Html).map_err(|error| Problem::unavailable(&error))
}

pub(crate) use self::door::{Refusal, Visitor};
pub(crate) use self::reports::standalone;
#[cfg(test)]
pub(crate) use self::text::query;

#[cfg(test)]
mod tests;

#[cfg(test)]
mod hosts {
    use super::*;

    #[test]
    fn only_our_own_names_are_served() {
        for host in ["127.0.0.1:8080", "localhost", "[::1]:80", "support.example.com"] {
            assert!(is_ours(host, "https://support.example.com/desk"), "{host}");
        }
        for host in ["evil.example", "127.0.0.1.evil.example", "support.example.com.evil.example", "", "a b"]
        {
            assert!(!is_ours(host, "https://support.example.com/desk"), "{host}");
        }
    }
}
