//! What support staff see in a browser. Works without JavaScript.

mod text;
mod ticket;
mod tickets;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header, uri::Authority};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::desk::Desk;
use crate::problem::Problem;

const CSS: &str = include_str!("../templates/portal.css");
/// Nothing is loaded from elsewhere, nothing runs, nothing is framed.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The pages, and what they load.
pub(crate) fn router(desk: &Arc<Desk>) -> Router<Arc<Desk>> {
    Router::new()
        .route("/", get(tickets::page))
        .route("/tickets/{number}", get(ticket::page))
        .route("/tickets/{number}/evidence/{sha256}", get(ticket::download))
        .route("/static/portal.css", get(css))
        .layer(middleware::from_fn_with_state(Arc::clone(desk), known_host))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(POLICY),
        ))
}

async fn css() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css"), (header::CACHE_CONTROL, "max-age=3600")], CSS)
}

/// The pages have no sign-in: a page on the internet whose name was made to point to this machine must not read
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

#[cfg(test)]
mod tests {
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
