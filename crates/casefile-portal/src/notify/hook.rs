//! Webhooks: signed, so that the other side knows who speaks and when.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::http::{Request, StatusCode, header};
use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use jiff::Timestamp;
use sha2::Sha256;

use super::{SendError, tls};
use crate::settings::{Password, PortalSettings};

/// Longest wait for the other side.
const TIMEOUT: Duration = Duration::from_secs(15);

type Body = Full<axum::body::Bytes>;

/// All webhooks, and the heartbeat.
pub(crate) struct Hooks {
    client: Client<HttpsConnector<HttpConnector>, Body>,
    by_name: BTreeMap<String, Hook>,
    heartbeat: Option<String>,
}

struct Hook {
    url: String,
    secret: Password,
    wants_warnings: bool,
}

impl Hooks {
    /// Prepares what the settings name. Nobody is spoken to yet.
    pub(crate) fn of(settings: &PortalSettings) -> anyhow::Result<Self> {
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls::client(None)?)
            .https_or_http()
            .enable_http1()
            .build();
        let mut by_name = BTreeMap::new();
        for hook in &settings.webhooks {
            let secret = settings.password(hook.secret_file.as_deref(), hook.secret_env.as_deref())?;
            let secret = secret.ok_or_else(|| anyhow::anyhow!("the webhook {} has no secret", hook.name))?;
            let made = Hook { url: hook.url.clone(), secret, wants_warnings: hook.warnings };
            by_name.insert(hook.name.clone(), made);
        }
        let heartbeat = settings.heartbeat.as_ref().map(|heartbeat| heartbeat.url.clone());
        Ok(Self { client: Client::builder(TokioExecutor::new()).build(connector), by_name, heartbeat })
    }

    /// The names of those that are told of warnings, or of escalations.
    pub(crate) fn names(&self, is_warning: bool) -> Vec<String> {
        let told = self.by_name.iter().filter(|(_, hook)| hook.wants_warnings || !is_warning);
        told.map(|(name, _)| name.clone()).collect()
    }

    /// Sends a body. `id` is the same at every attempt, so that the other side knows a repeated one.
    pub(crate) async fn send(
        &self,
        name: &str,
        id: &str,
        body: &str,
        now: Timestamp,
    ) -> Result<(), SendError> {
        let Some(hook) = self.by_name.get(name) else {
            return Err(SendError::Never(format!("no webhook is called {name} any more")));
        };
        let request = Request::post(&hook.url)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::USER_AGENT, "casefile-portal")
            .header("x-casefile-id", id)
            .header("x-casefile-signature", signature(hook.secret.reveal(), body, now))
            .body(Full::from(body.to_owned()))
            .map_err(|error| SendError::Never(error.to_string()))?;
        let status = self.ask(request).await?;
        match status.as_u16() {
            200..=299 => Ok(()),
            // The other side says that it will never take it.
            410 => Err(SendError::Never(format!("the webhook answered {status}"))),
            _ => Err(SendError::Line(format!("the webhook answered {status}"))),
        }
    }

    /// Says that the portal works, to whoever wants to notice when it does not.
    pub(crate) async fn beat(&self) -> Result<(), SendError> {
        let Some(url) = &self.heartbeat else { return Ok(()) };
        let request = Request::get(url)
            .header(header::USER_AGENT, "casefile-portal")
            .body(Full::default())
            .map_err(|error| SendError::Never(error.to_string()))?;
        let status = self.ask(request).await?;
        if status.is_success() { Ok(()) } else { Err(SendError::Line(format!("it answered {status}"))) }
    }

    async fn ask(&self, request: Request<Body>) -> Result<StatusCode, SendError> {
        match tokio::time::timeout(TIMEOUT, self.client.request(request)).await {
            Ok(Ok(response)) => Ok(response.status()),
            Ok(Err(error)) => Err(SendError::Line(format!("cannot be reached: {error}"))),
            Err(_) => Err(SendError::Line("does not answer".to_owned())),
        }
    }
}

/// `t=SECONDS,v1=HEX`: HMAC-SHA256 over `SECONDS.BODY`. The time keeps a recorded request from being played again later.
fn signature(secret: &str, body: &str, now: Timestamp) -> String {
    let at = now.as_second();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(format!("{at}.{body}").as_bytes());
    format!("t={at},v1={}", HEXLOWER.encode(&mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_covers_time_and_body() {
        let at = Timestamp::from_second(1_700_000_000).unwrap();
        let one = signature("s", "{}", at);
        // `printf '1700000000.{}' | openssl dgst -sha256 -hmac s`
        assert!(one.starts_with("t=1700000000,v1=") && one.len() == 16 + 64, "{one}");
        assert_ne!(one, signature("s", "{ }", at));
        assert_ne!(one, signature("t", "{}", at));
    }
}
