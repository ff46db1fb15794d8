//! Where a request comes from.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::lanes::Caller;

/// Every proxy adds the address that it was asked from to the end.
const FORWARDED_FOR: &str = "x-forwarded-for";

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        Ok(caller(peer, &parts.headers))
    }
}

/// A proxy on this machine is believed when it says whom it stands for; nobody else is.
fn caller(peer: Option<IpAddr>, headers: &HeaderMap) -> Caller {
    let is_here = |address: &IpAddr| address.to_canonical().is_loopback();
    match peer {
        Some(peer) if !is_here(&peer) => return Caller::At(peer),
        _ => {}
    }
    let forwarded = headers.get_all(FORWARDED_FOR).iter().next_back();
    let last = forwarded.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    match last {
        Some(address) if !is_here(&address) => Caller::At(address),
        _ => Caller::Here,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_proxy_on_this_machine_speaks_for_others() {
        let check = |peer: &str, forwarded: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in forwarded {
                headers.append(FORWARDED_FOR, value.parse().unwrap());
            }
            caller(Some(peer.parse().unwrap()), &headers)
        };
        let at = |address: &str| Caller::At(address.parse().unwrap());
        assert_eq!(check("127.0.0.1", &[]), Caller::Here);
        assert_eq!(check("::1", &["192.0.2.7"]), at("192.0.2.7"));
        // The client wrote the first ones itself.
        assert_eq!(check("127.0.0.1", &["10.0.0.1, 192.0.2.7"]), at("192.0.2.7"));
        assert_eq!(check("127.0.0.1", &["10.0.0.1", "192.0.2.7"]), at("192.0.2.7"));
        assert_eq!(check("198.51.100.1", &["192.0.2.7"]), at("198.51.100.1"));
        assert_eq!(check("127.0.0.1", &["unknown"]), Caller::Here);
        assert_eq!(check("127.0.0.1", &["::ffff:127.0.0.1"]), Caller::Here);
    }
}
