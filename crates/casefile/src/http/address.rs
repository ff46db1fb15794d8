//! Addresses of a portal: which are acceptable, and which one a report may travel to.

use std::sync::atomic::{AtomicUsize, Ordering};

use reqwest::Url;

use crate::transport::SendError;

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
    if url.host_str().is_none() {
        return Err(AddressError::NotAUrl);
    }
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
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

pub(super) fn is_loopback(url: &Url) -> bool {
    matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"))
}

/// The addresses of one portal, in the order in which they are tried. One of them is in use.
#[derive(Debug)]
pub(super) struct Addresses {
    all: Vec<Url>,
    in_use: AtomicUsize,
}

impl Addresses {
    pub(super) fn new(addresses: &[String]) -> Result<Self, SendError> {
        let all: Result<Vec<_>, _> = addresses.iter().map(|address| check_address(address)).collect();
        let all = all.map_err(|_| SendError::NotAPortal("its address is not acceptable"))?;
        if all.is_empty() {
            return Err(SendError::NotAPortal("it has no address"));
        }
        Ok(Self { all, in_use: AtomicUsize::new(0) })
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn all(&self) -> &[Url] {
        &self.all
    }

    pub(super) fn use_number(&self, number: usize) {
        self.in_use.store(number, Ordering::Relaxed);
    }

    fn in_use(&self) -> &Url {
        &self.all[self.in_use.load(Ordering::Relaxed) % self.all.len()]
    }

    /// The address below the one in use.
    pub(super) fn below(&self, path: &str) -> Result<Url, SendError> {
        self.own(path)
    }

    /// An address that the portal gave, if it is the portal's own: the secret goes nowhere else. One that the portal
    /// gave by another of its addresses is turned into the one in use, which is known to work.
    pub(super) fn own(&self, address: &str) -> Result<Url, SendError> {
        let base = self.in_use();
        let url =
            base.join(address).map_err(|_| SendError::NotAPortal("it names an address that is none"))?;
        if url.origin() == base.origin() {
            return Ok(url);
        }
        for other in &self.all {
            if let Some(rest) = url.as_str().strip_prefix(other.as_str()) {
                return base
                    .join(rest)
                    .ok()
                    .filter(|url| url.origin() == base.origin())
                    .ok_or(SendError::NotAPortal("it names an address that is none"));
            }
        }
        Err(SendError::NotAPortal("it names an address on another host"))
    }
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

    fn addresses(list: &[&str]) -> Addresses {
        Addresses::new(&list.iter().map(|&address| address.to_owned()).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn the_secret_goes_to_the_portal_only() {
        let portal = addresses(&["http://127.0.0.1:9/desk"]);
        assert!(portal.own("http://127.0.0.1:9/desk/api/v1/reports/x/uploads").is_ok());
        for address in
            ["http://127.0.0.1:10/x", "https://127.0.0.1:9/x", "http://evil.example/x", "//evil.example/x"]
        {
            assert!(portal.own(address).is_err(), "{address}");
        }
        let below = portal.below("api/v1/reports/x").unwrap();
        assert_eq!(below.as_str(), "http://127.0.0.1:9/desk/api/v1/reports/x");
    }

    #[test]
    fn what_one_address_gave_is_asked_for_at_the_one_in_use() {
        let portal = addresses(&["https://a.example", "https://b.example/desk"]);
        portal.use_number(1);
        for given in ["https://a.example/api/v1/uploads/7", "https://b.example/desk/api/v1/uploads/7"] {
            let own = portal.own(given).unwrap();
            assert_eq!(own.as_str(), "https://b.example/desk/api/v1/uploads/7");
        }
        assert!(portal.own("https://a.example.evil/api/v1/uploads/7").is_err());
        assert!(portal.own("https://a.example///evil.example/x").is_err());
    }
}
