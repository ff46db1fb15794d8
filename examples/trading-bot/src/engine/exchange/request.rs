//! Requests as exchanges want them: the query is signed, the key is a header.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::home::Credentials;

const HOST: &str = "https://api.binance.com";

/// One request. `Debug` is derived, as it is in most connectors: whoever logs it, logs key and signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) method: &'static str,
    pub(crate) url: String,
    pub(crate) headers: BTreeMap<&'static str, String>,
    pub(crate) signed: bool,
}

impl Request {
    /// A request that needs the key, but no signature.
    pub(crate) fn keyed(method: &'static str, path: &str, credentials: &Credentials) -> Self {
        Self { method, url: format!("{HOST}{path}"), headers: headers(credentials), signed: false }
    }

    /// A request that moves money or shows some: time stamp and HMAC-SHA256 of the query under the secret
    /// (<https://developers.binance.com/docs/binance-spot-api-docs/rest-api/request-security>).
    pub(crate) fn signed(
        method: &'static str,
        path: &str,
        parameters: &[(&str, String)],
        credentials: &Credentials,
        now_ms: i64,
    ) -> Self {
        let mut query = String::new();
        for (name, value) in parameters {
            let _ = write!(query, "{name}={value}&");
        }
        let _ = write!(query, "recvWindow={}&timestamp={now_ms}", credentials.recv_window_ms);
        let mac = Hmac::<Sha256>::new_from_slice(credentials.api_secret.as_bytes());
        let mac = mac.expect("HMAC takes keys of any length").chain_update(&query);
        let signature = HEXLOWER.encode(&mac.finalize().into_bytes());
        let url = format!("{HOST}{path}?{query}&signature={signature}");
        Self { method, url, headers: headers(credentials), signed: true }
    }
}

fn headers(credentials: &Credentials) -> BTreeMap<&'static str, String> {
    let agent = concat!("demo-bot/", env!("CARGO_PKG_VERSION")).to_owned();
    BTreeMap::from([("User-Agent", agent), ("X-MBX-APIKEY", credentials.api_key.clone())])
}
