//! Speaks to a support portal over HTTP. The wire is specified in `docs/portal-api.md`.
//!
//! The calls block. Inside they run on a runtime that lives on the calling thread: so a cancelled request ends at once,
//! and a limit of speed holds inside of one.

mod address;
mod answer;
mod limits;
mod pace;
mod ticket;
mod trust;
mod tus;

use std::fs::File;
use std::pin::pin;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::{Client, RequestBuilder, Response};
use serde::Deserialize;
use tokio::runtime::Runtime;

pub use self::address::{AddressError, check_address};
use self::address::{Addresses, is_loopback};
use self::answer::{accepted, clock_ahead, json, unreachable};
use self::pace::Pace;
use crate::id::{ReportId, ReportSecret};
use crate::progress::Progress;
use crate::report::{BundleRef, ReportBody};
use crate::transport::{PortalAccess, Registered, SendError, Transport};

/// Longest wait for a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
/// Longest time for one request; the largest one carries 2 MiB, and less on a slow line.
const REQUEST_TIMEOUT: Duration = Duration::from_mins(2);
/// How soon a cancelled request ends.
const CANCEL_POLL: Duration = Duration::from_millis(50);

/// Sends reports to one portal.
pub struct HttpTransport {
    /// Taken out when it is dropped only.
    runtime: Option<Runtime>,
    client: Client,
    addresses: Addresses,
    pace: Pace,
}

impl HttpTransport {
    /// Prepares to speak to this portal; nothing is sent yet.
    ///
    /// # Errors
    /// `NotAPortal` for an address that [`check_address`] refuses, `Untrusted` when there are no certificates to check
    /// the portal with.
    pub fn new(access: &PortalAccess) -> Result<Self, SendError> {
        let addresses = Addresses::new(&access.addresses)?;
        let needs_tls = addresses.all().iter().any(|url| url.scheme() == "https");
        let tls = trust::tls_config(&access.trust, needs_tls)?;
        let mut builder = Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(REQUEST_TIMEOUT)
            .user_agent(concat!("casefile/", env!("CARGO_PKG_VERSION")));
        if addresses.all().iter().all(is_loopback) {
            // A proxy would carry the secret, readable, to another machine.
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(unreachable)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .thread_name("casefile-resolve")
            .build()?;
        let pace = Pace::new(access.max_bytes_per_second);
        Ok(Self { runtime: Some(runtime), client, addresses, pace })
    }

    /// Runs one call to its end, or until it is cancelled.
    fn run<T>(
        &self,
        progress: &Progress,
        work: impl Future<Output = Result<T, SendError>>,
    ) -> Result<T, SendError> {
        let runtime = self.runtime.as_ref().expect("it is taken when dropped only");
        runtime.block_on(async {
            let mut work = pin!(work);
            loop {
                if progress.is_cancelled() {
                    return Err(SendError::Cancelled);
                }
                if let Ok(outcome) = tokio::time::timeout(CANCEL_POLL, work.as_mut()).await {
                    return outcome;
                }
            }
        })
    }

    async fn send(&self, request: RequestBuilder, secret: &ReportSecret) -> Result<Response, SendError> {
        request.bearer_auth(secret.to_bearer()).send().await.map_err(unreachable)
    }

    /// Tries the addresses in their order.
    async fn at_any<T>(&self, attempt: impl AsyncFn() -> Result<T, SendError>) -> Result<T, SendError> {
        let mut first_error = None;
        for number in 0..self.addresses.len() {
            self.addresses.use_number(number);
            match attempt().await {
                // The next address may be reachable: all of them lead to the same portal.
                Err(error) if error.is_of_the_way() => _ = first_error.get_or_insert(error),
                other => return other,
            }
        }
        Err(first_error.expect("there is at least one address"))
    }

    async fn register_at_one(
        &self,
        id: ReportId,
        secret: &ReportSecret,
        body: &ReportBody,
    ) -> Result<Registered, SendError> {
        let request = self.client.put(self.report(id, "")?).json(body);
        let response = accepted(self.send(request, secret).await?).await?;
        let clock_ahead = clock_ahead(response.headers(), now());
        let registered: Registered = json(response).await?;
        self.addresses.own(&registered.uploads_url)?;
        Ok(Registered { clock_ahead, ..registered })
    }

    fn report(&self, id: ReportId, below: &str) -> Result<reqwest::Url, SendError> {
        self.addresses.below(&format!("api/v1/reports/{id}{below}"))
    }
}

/// The present by this machine's clock, which may be wrong: it is compared with the portal's and used for nothing else.
#[expect(
    clippy::disallowed_methods,
    reason = "an answer with the portal's time arrives here and nowhere else"
)]
fn now() -> Timestamp {
    Timestamp::now()
}

impl Drop for HttpTransport {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Does not wait for a name that is still being resolved.
            runtime.shutdown_background();
        }
    }
}

impl Transport for HttpTransport {
    fn register(
        &self,
        id: ReportId,
        secret: &ReportSecret,
        body: &ReportBody,
        progress: &Progress,
    ) -> Result<Registered, SendError> {
        self.run(progress, self.at_any(async || self.register_at_one(id, secret, body).await))
    }

    fn upload(
        &self,
        registered: &Registered,
        secret: &ReportSecret,
        (file, announced): (&mut File, &BundleRef),
        progress: &Progress,
        arrived: &mut dyn FnMut(u64),
    ) -> Result<(), SendError> {
        let upload = tus::Upload { transport: self, secret, progress, pace: self.pace.clone() };
        self.run(progress, upload.run(&registered.uploads_url, file, announced, arrived))
    }

    fn received(
        &self,
        id: ReportId,
        secret: &ReportSecret,
        progress: &Progress,
    ) -> Result<Vec<String>, SendError> {
        let status: Status = self.run(progress, async {
            json(self.send(self.client.get(self.report(id, "")?), secret).await?).await
        })?;
        let whole = status.uploads.into_iter().filter(|upload| upload.whole);
        Ok(status.evidence.into_iter().chain(whole).map(|arrived| arrived.sha256).collect())
    }
}

/// What a portal says of a report.
#[derive(Deserialize)]
struct Status {
    #[serde(default)]
    evidence: Vec<Arrived>,
    #[serde(default)]
    uploads: Vec<Arrived>,
}

#[derive(Deserialize)]
struct Arrived {
    sha256: String,
    /// Of an upload: all of it has arrived with this hash, and waits to be looked at.
    #[serde(default)]
    whole: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portal_that_is_not_there_is_unreachable() {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let transport = HttpTransport::new(&PortalAccess::at(format!("http://{free}"))).unwrap();
        let body: ReportBody = serde_json::from_str(
            r#"{"title":"t","description":"d","priority":"P1","category":"runtime","language":"en",
            "app":{"id":"a","name":"n","version":"1"}}"#,
        )
        .unwrap();
        let secret = ReportSecret::generate().unwrap();
        let id = ReportId::from_bytes([0; 16]);
        let error = transport.register(id, &secret, &body, &Progress::new()).unwrap_err();
        assert!(matches!(error, SendError::Unreachable(_)), "{error}");
    }
}
