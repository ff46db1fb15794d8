//! Where the database is: a file in the portal's folder, or a `PostgreSQL` server.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use sqlx::any::AnyConnectOptions;

use super::dialect::Dialect;

/// Where the database is.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// `SQLite`.
    File(PathBuf),
    /// `PostgreSQL`.
    Server(Server),
}

/// A database of a server, and how to come in.
#[derive(Clone)]
pub(crate) struct Server {
    options: AnyConnectOptions,
    /// Its address, without the password.
    url: String,
}

impl Place {
    /// A database by its address, `postgres://USER@HOST/NAME`. Without a host it is on this machine. Another machine is only
    /// spoken to when it proves who it is.
    ///
    /// # Errors
    /// When the address is none, holds a password, or would send one openly.
    pub(crate) fn server(url: &str, password: Option<&str>) -> anyhow::Result<Self> {
        // What is wrong with it is not told by the parser: its message could repeat a password.
        let mut options: AnyConnectOptions =
            url.parse().ok().context("the address of the database is not like postgres://USER@HOST/NAME")?;
        let address = &mut options.database_url;
        ensure!(
            matches!(address.scheme(), "postgres" | "postgresql"),
            "the address of the database has to begin with postgres://"
        );
        let of = |names: &[&str]| {
            let found = address.query_pairs().filter(|(name, _)| names.contains(&name.as_ref())).last();
            found.map(|(_, value)| value.into_owned())
        };
        ensure!(
            address.password().is_none() && of(&["password"]).is_none(),
            "a password in the address could be read by others: put it into ~/.pgpass, PGPASSWORD, or the settings \
             (password_file of [database])"
        );
        ensure!(address.path().len() > 1 || of(&["dbname"]).is_some(), "the address names no database");
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let host = of(&["host", "hostaddr"]).or_else(|| address.host_str().map(str::to_owned));
        let host = host.filter(|host| !host.is_empty()).or_else(|| variable("PGHOST")).unwrap_or_default();
        if !is_here(&host) {
            match of(&["sslmode", "ssl-mode"]).or_else(|| variable("PGSSLMODE")) {
                None => {
                    address.query_pairs_mut().append_pair("sslmode", "verify-full");
                }
                Some(mode) => ensure!(
                    matches!(mode.as_str(), "verify-full" | "verify-ca"),
                    "{host} is another machine: sslmode has to be verify-full (or verify-ca, with sslrootcert)"
                ),
            }
        }
        let url = address.to_string();
        if let Some(password) = password {
            let set = address.set_password(Some(password));
            ensure!(set.is_ok(), "the address of the database needs USER@HOST beside a password");
        }
        Ok(Self::Server(Server { options, url }))
    }

    pub(super) fn dialect(&self) -> Dialect {
        match self {
            Self::File(_) => Dialect::Sqlite,
            Self::Server(_) => Dialect::Postgres,
        }
    }

    /// The address of a server's database, without the password.
    pub(crate) fn url(&self) -> Option<&str> {
        match self {
            Self::File(_) => None,
            Self::Server(server) => Some(&server.url),
        }
    }
}

impl Server {
    pub(super) fn options(&self) -> &AnyConnectOptions {
        &self.options
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(file) => write!(f, "{}", file.display()),
            Self::Server(server) => f.write_str(&server.url),
        }
    }
}

/// Whether a name is this machine itself, or the folder of a socket.
fn is_here(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']);
    host.is_empty()
        || host == "localhost"
        || host.starts_with('/')
        || host.to_lowercase().starts_with("%2f")
        || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_tells_no_password_and_sends_none_openly() {
        let good = |url: &str| Place::server(url, None).unwrap().to_string();
        assert_eq!(good("postgres://casefile@localhost/support"), "postgres://casefile@localhost/support");
        assert_eq!(good("postgresql:///support?host=/run/pg"), "postgresql:///support?host=/run/pg");
        for here in ["postgres://a@%2Frun%2Fpg/b", "postgres://a@[::1]:5433/b", "postgres://a@127.0.0.1/b"] {
            assert!(!good(here).contains("sslmode"), "{here}");
        }
        let far = good("postgres://casefile@db.example/support");
        assert_eq!(far, "postgres://casefile@db.example/support?sslmode=verify-full");
        assert_eq!(good(&far), far, "it may be repeated");
        for (url, why) in [
            ("postgres://a:b@localhost/c", ".pgpass"),
            ("postgres://a@localhost/c?password=b", ".pgpass"),
            ("postgres://a@db.example/c?sslmode=prefer", "verify-full"),
            ("postgres://a@localhost/c?host=db.example&sslmode=disable", "verify-full"),
            ("postgres://a@localhost", "names no database"),
            ("mysql://a@localhost/c", "postgres://"),
            ("support", "postgres://"),
        ] {
            let error = Place::server(url, None).unwrap_err().to_string();
            assert!(error.contains(why), "{url}: {error}");
        }
        let place = Place::server("postgres://a@localhost/c", Some("p ä/ss")).unwrap();
        assert!(!format!("{place} {place:?}").contains("ss@"), "{place:?}");
        let Place::Server(server) = place else { unreachable!("it is a server") };
        assert_eq!(server.options().database_url.password(), Some("p%20%C3%A4%2Fss"));
    }
}
