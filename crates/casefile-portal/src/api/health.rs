//! What those who run the portal ask: does it live, is it ready, how much does it do.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::timeout::TimeoutLayer;

use crate::desk::Desk;
use crate::meter::gauge;
use crate::problem::Problem;

/// The loop that looks after what is due comes every few seconds.
const MAX_ROUND_SECONDS: i64 = 300;
/// A writer that does not get its turn in this time is as good as none.
const MAX_WAIT: Duration = Duration::from_secs(2);

/// What only the operator of the portal sees, on an address of its own that no proxy leads to.
pub(crate) fn operators(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/healthz", get(health))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, super::TIMEOUT))
        .with_state(desk)
}

/// Whether the portal lives: its database answers, and its loop comes round. When it does not, restarting may help.
pub(super) async fn health(State(desk): State<Arc<Desk>>) -> Result<&'static str, Problem> {
    desk.store.ping().await?;
    // Tickets are received, but nobody is told what is late.
    if desk.seconds_since_round() > MAX_ROUND_SECONDS {
        return Err(Problem::standing_still());
    }
    Ok("ok\n")
}

/// Whether the portal can take a report now: it is not stopping, can write, and has room.
pub(super) async fn ready(State(desk): State<Arc<Desk>>) -> Result<&'static str, Problem> {
    if desk.stop.is_cancelled() {
        return Err(Problem::stopping());
    }
    desk.room.for_ticket()?;
    if !desk.store.can_write(MAX_WAIT).await {
        return Err(Problem::busy());
    }
    Ok("ready\n")
}

/// Counts every answer, and how long it took until it began.
pub(super) async fn measure(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    // A stranger may send any word as a method; only known ones are names in the counts.
    let method = match request.method().as_str() {
        known @ ("GET" | "HEAD" | "PUT" | "POST" | "PATCH" | "DELETE" | "OPTIONS") => known.to_owned(),
        _ => "other".to_owned(),
    };
    let begun = Instant::now();
    let response = next.run(request).await;
    desk.meter.count(&method, &route, response.status().as_u16(), begun.elapsed());
    response
}

/// All counts, in the text format of Prometheus. Numbers only: no ticket, no name, no address.
pub(super) async fn metrics(State(desk): State<Arc<Desk>>) -> Result<impl IntoResponse, Problem> {
    let mut text = desk.meter.text();
    let version = format!("version=\"{}\"", env!("CARGO_PKG_VERSION"));
    gauge(&mut text, "casefile_info", &version, 1.0);
    gauge(&mut text, "casefile_tickets", "", desk.store.count().await? as f64);
    let mut open = std::collections::BTreeMap::new();
    for tally in desk.store.tallies().await? {
        *open.entry((tally.state, tally.is_late)).or_insert(0) += tally.count;
    }
    for ((state, is_late), count) in open {
        let mut labels = String::new();
        let _ = write!(labels, "state=\"{state}\",late=\"{is_late}\"");
        gauge(&mut text, "casefile_tickets_open", &labels, count as f64);
    }
    gauge(&mut text, "casefile_notices_pending", "", desk.store.pending_notices().await? as f64);
    gauge(&mut text, "casefile_uploads_open", "", desk.store.open_uploads().await?.len() as f64);
    gauge(&mut text, "casefile_round_age_seconds", "", desk.seconds_since_round() as f64);
    if let Some(free_bytes) = desk.room.free_bytes() {
        gauge(&mut text, "casefile_disk_free_bytes", "", free_bytes as f64);
    }
    if let Some(bytes) = resident_bytes() {
        gauge(&mut text, "process_resident_memory_bytes", "", bytes as f64);
    }
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text))
}

/// Memory of this process, where the system says it in a file.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib * 1024)
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;

    #[tokio::test]
    async fn operators_see_numbers_and_strangers_see_none() {
        let trial = Trial::start().await;
        trial.register(1, "P1").await;
        trial.pass(90).await;
        assert_eq!(trial.ask("GET", "/readyz", &[], "").await.body, "ready\n");
        assert_eq!(trial.ask("GET", "/healthz", &[], "").await.body, "ok\n");
        assert_eq!(trial.ask("GET", "/metrics", &[], "").await.status.as_u16(), 404);
        trial.ask("BREW", "/nowhere/1", &[], "").await;
        let text = trial.metrics().await;
        for line in [
            "casefile_tickets 1\n",
            "casefile_tickets_open{state=\"registered\",late=\"true\"} 1\n",
            "casefile_notices_pending 0\n",
            "casefile_round_age_seconds 0\n",
            "route=\"/api/v1/reports/{id}\",method=\"PUT\",status=\"201\"} 1\n",
            "route=\"none\",method=\"other\",status=\"404\"} 1\n",
        ] {
            assert!(text.contains(line), "no {line:?}:\n{text}");
        }
        for secret in ["Zlecenia", "lucja", "CF-2026", "LIC-7", "01010101"] {
            assert!(!text.contains(secret), "{secret}:\n{text}");
        }
        trial.desk.stop.cancel();
        trial.ask("GET", "/readyz", &[], "").await.expect(503, "unavailable");
    }
}
