//! Speaks to a support portal over HTTP. The wire is specified in `docs/portal-api.md`.

mod tus;

use std::fs::File;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::header::RETRY_AFTER;
use reqwest::{StatusCode, Url};
use rustls_platform_verifier::BuilderVerifierExt;
use serde::Deserialize;

use crate::id::{ReportId, ReportSecret};
use crate::outbox::Refusal;
use crate::progress::Progress;
use crate::report::{BundleRef, ReportBody};
use crate::transport::{Registered, SendError, Transport};

/// Longest wait for a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
/// Longest time without an answer to one request; the largest one carries [`tus::MAX_CHUNK_BYTES`].
const REQUEST_TIMEOUT: Duration = Duration::from_mins(2);
/// Largest answer that is read.
const MAX_ANSWER_BYTES: u64 = 1 << 20;
/// A longer wish to wait is cut to this: somebody in the middle could silence the client for ever.
const MAX_RETRY_AFTER: Duration = Duration::from_hours(24);

/// Sends reports to one portal.
pub struct HttpTransport {
    client: Client,
    portal: Url,
}

/// Why an address cannot be that of a portal: correct the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AddressError {
    /// It is not a URL.
    #[error("it is not an address like https://support.example.com")]
    NotAUrl,
    /// Reports would travel readable to everybody on the way.
    #[error("only https is accepted; http only for this machine itself")]
    NotHttps,
    /// It has a user name, a password, a query or a fragment.
    #[error("it may hold nothing but scheme, host, port and path")]
    Adorned,
}

/// Checks the address of a portal: `https`, or `http` on this machine itself.
///
/// # Errors
/// Says what to correct.
pub fn check_address(address: &str) -> Result<Url, AddressError> {
    let mut url = Url::parse(address.trim()).map_err(|_| AddressError::NotAUrl)?;
    let loopback = match url.host_str() {
        None => return Err(AddressError::NotAUrl),
        Some(host) => matches!(host, "127.0.0.1" | "[::1]" | "localhost"),
    };
    match url.scheme() {
        "https" => {}
        "http" if loopback => {}
        _ => return Err(AddressError::NotHttps),
    }
    if !url.username().is_empty()
        || url.password().is_some()
        || url.query().is_some()
        || url.fragment().is_some()
    {
        return Err(AddressError::Adorned);
    }
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Ok(url)
}

impl HttpTransport {
    /// Prepares to speak to this portal; nothing is sent yet.
    ///
    /// # Errors
    /// `NotAPortal` for an address that [`check_address`] refuses, `Unreachable` when the system has no
    /// certificates to check the portal with.
    pub fn new(portal: &str) -> Result<Self, SendError> {
        let portal =
            check_address(portal).map_err(|_| SendError::NotAPortal("its address is not acceptable"))?;
        let tls = tls_config(portal.scheme() == "https")
            .map_err(|error| SendError::Unreachable(Box::new(error)))?;
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(REQUEST_TIMEOUT)
            .user_agent(concat!("casefile/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(unreachable)?;
        Ok(Self { client, portal })
    }

    /// The address that the portal gave, if it is the portal's own: the secret goes nowhere else.
    fn own(&self, address: &str) -> Result<Url, SendError> {
        let url = self
            .portal
            .join(address)
            .map_err(|_| SendError::NotAPortal("it names an address that is none"))?;
        if url.origin() == self.portal.origin() {
            Ok(url)
        } else {
            Err(SendError::NotAPortal("it names an address on another host"))
        }
    }

    fn report(&self, id: ReportId) -> Result<Url, SendError> {
        self.own(&format!("api/v1/reports/{id}"))
    }
}

/// The system's own certificates, checked with ring. For `http` on this machine none are needed, so a system
/// without any can still use it.
fn tls_config(needed: bool) -> Result<rustls::ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder =
        rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    if needed {
        Ok(builder.with_platform_verifier()?.with_no_client_auth())
    } else {
        Ok(builder.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth())
    }
}

impl Transport for HttpTransport {
    fn register(
        &self,
        id: ReportId,
        secret: &ReportSecret,
        body: &ReportBody,
    ) -> Result<Registered, SendError> {
        let request = self.client.put(self.report(id)?).json(body);
        let registered: Registered = answer(send(request, secret)?)?;
        self.own(&registered.uploads_url)?;
        Ok(registered)
    }

    fn upload(
        &self,
        registered: &Registered,
        secret: &ReportSecret,
        (file, announced): (&mut File, &BundleRef),
        progress: &Progress,
    ) -> Result<(), SendError> {
        tus::Upload { transport: self, secret, progress }.run(&registered.uploads_url, file, announced)
    }

    fn received(&self, id: ReportId, secret: &ReportSecret) -> Result<Vec<String>, SendError> {
        let status: Status = answer(send(self.client.get(self.report(id)?), secret)?)?;
        Ok(status.evidence.into_iter().map(|evidence| evidence.sha256).collect())
    }
}

/// Why a portal refuses.
#[derive(Deserialize)]
struct Problem {
    code: String,
    #[serde(default)]
    hint: String,
}

/// What a portal says of a report.
#[derive(Deserialize)]
struct Status {
    #[serde(default)]
    evidence: Vec<Evidence>,
}

#[derive(Deserialize)]
struct Evidence {
    sha256: String,
}

fn unreachable(error: reqwest::Error) -> SendError {
    SendError::Unreachable(Box::new(error.without_url()))
}

fn send(request: RequestBuilder, secret: &ReportSecret) -> Result<Response, SendError> {
    request.bearer_auth(secret.to_bearer()).send().map_err(unreachable)
}

/// Reads the JSON of a good answer, or the reason of a bad one.
fn answer<T: serde::de::DeserializeOwned>(response: Response) -> Result<T, SendError> {
    let response = accepted(response)?;
    let text = read_text(response)?;
    serde_json::from_str(&text).map_err(|_| SendError::NotAPortal("it is not the JSON that was expected"))
}

/// Lets a good answer pass; says of a bad one whether to wait or to give up.
fn accepted(response: Response) -> Result<Response, SendError> {
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
        let seconds =
            response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
        let retry_after = seconds.map(|seconds| Duration::from_secs(seconds).min(MAX_RETRY_AFTER));
        return Err(SendError::Busy { status: status.as_u16(), retry_after });
    }
    let problem: Option<Problem> = read_text(response).ok().and_then(|text| serde_json::from_str(&text).ok());
    match problem {
        Some(Problem { code, hint }) => Err(SendError::Refused(Refusal { code, hint })),
        // A portal always says why; this is something else on its address, which may go away.
        None => Err(SendError::NotAPortal("it refuses without a reason")),
    }
}

fn read_text(response: Response) -> Result<String, SendError> {
    let mut text = String::new();
    let mut limited = io::Read::take(response, MAX_ANSWER_BYTES);
    io::Read::read_to_string(&mut limited, &mut text)
        .map_err(|error| SendError::Unreachable(Box::new(error)))?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_would_leak_a_report_are_refused() {
        for (address, error) in [
            ("http://support.example.com", AddressError::NotHttps),
            ("http://127.0.0.1.example.com", AddressError::NotHttps),
            ("ftp://127.0.0.1", AddressError::NotHttps),
            ("https://user:pw@support.example.com", AddressError::Adorned),
            ("https://support.example.com/?x=1", AddressError::Adorned),
            ("support.example.com", AddressError::NotAUrl),
            ("", AddressError::NotAUrl),
        ] {
            assert_eq!(check_address(address), Err(error), "{address}");
        }
        for address in [
            "https://support.example.com",
            "https://x.example/desk",
            "http://127.0.0.1:8080",
            "http://[::1]:1/",
        ] {
            assert!(check_address(address).is_ok(), "{address}");
        }
    }

    #[test]
    fn the_secret_goes_to_the_portal_only() {
        let transport = HttpTransport::new("http://127.0.0.1:9/desk").unwrap();
        assert!(transport.own("http://127.0.0.1:9/desk/api/v1/reports/x/uploads").is_ok());
        for address in
            ["http://127.0.0.1:10/x", "https://127.0.0.1:9/x", "http://evil.example/x", "//evil.example/x"]
        {
            assert!(transport.own(address).is_err(), "{address}");
        }
        let report = transport.report(ReportId::from_bytes([1; 16])).unwrap();
        assert_eq!(report.as_str(), format!("http://127.0.0.1:9/desk/api/v1/reports/{}", "01".repeat(16)));
    }

    #[test]
    fn a_portal_that_is_not_there_is_unreachable() {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let transport = HttpTransport::new(&format!("http://{free}")).unwrap();
        let body: ReportBody = serde_json::from_str(
            r#"{"title":"t","description":"d","priority":"P1","category":"runtime","language":"en",
            "app":{"id":"a","name":"n","version":"1"}}"#,
        )
        .unwrap();
        let secret = ReportSecret::generate().unwrap();
        let error = transport.register(ReportId::from_bytes([0; 16]), &secret, &body).unwrap_err();
        assert!(matches!(error, SendError::Unreachable(_)), "{error}");
    }
}
