//! Values that are none of the secrets that their names stand for elsewhere.

use crate::redact::keys::{self, Demand, Named};
use crate::redact::rules::Id;
use crate::redact::value;

/// What a name of a secret has before it where it names something else: the limit of calls under `account`, the user `bot`, the
/// key `BTCUSDT-1m-2026` of a cache.
pub(super) fn is_ordinary(value: &[u8], named: Named) -> bool {
    match named.rule {
        Id::ConnectionUrl => is_fields(value),
        Id::AccountId => {
            let digits = value.iter().take_while(|byte| byte.is_ascii_digit()).count();
            digits == value.len() && digits < 5
                || digits > 0 && value[digits..].starts_with(b"(")
                || is_date(value)
        }
        Id::UserName => {
            // `NT AUTHORITY\SYSTEM`
            let name = value.rsplit(|byte| *byte == b'\\').next().unwrap_or_default();
            is_date(value) || COMMON.iter().any(|common| name.eq_ignore_ascii_case(common.as_bytes()))
        }
        Id::OneTimeCode => value.len() < 4 && named.demand == Demand::Number,
        // Accounts that every Windows has are called by a SID as well.
        Id::Token if value.starts_with(b"S-1-") => true,
        Id::ApiKey | Id::Token if matches!(named.demand, Demand::Random | Demand::Query) => {
            value::is_composed(value)
        }
        _ => false,
    }
}

/// Fields that have names of their own, each secret one among them: `Server=db;User Id=bot;Password=…;`.
fn is_fields(value: &[u8]) -> bool {
    const OPEN: [&str; 18] = [
        "server",
        "host",
        "source",
        "addr",
        "port",
        "database",
        "catalog",
        "endpoint",
        "driver",
        "provider",
        "protocol",
        "ssl",
        "encrypt",
        "trust",
        "timeout",
        "pool",
        "security",
        "application",
    ];
    let is_open = |field: &[u8]| {
        let length = field.iter().position(|byte| *byte == b'=').unwrap_or(0);
        let name = field[..length].to_ascii_lowercase();
        let is_known = || OPEN.iter().any(|open| memchr::memmem::find(&name, open.as_bytes()).is_some());
        length > 0
            && (is_known()
                || keys::named(field[..length].trim_ascii()).is_some()
                || !value::is_random_looking(&field[length + 1..]))
    };
    let mut fields = value.split(|byte| *byte == b';').filter(|field| !field.trim_ascii().is_empty());
    value.contains(&b';') && fields.all(is_open)
}

/// `last login: 2026-11-20`
fn is_date(value: &[u8]) -> bool {
    value.len() >= 10
        && value[..10].iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => matches!(byte, b'-' | b'/' | b'.'),
            _ => byte.is_ascii_digit(),
        })
}

/// Accounts that every system has, and what is said of one.
pub(super) const COMMON: [&str; 27] = [
    "localsystem",
    "localservice",
    "networkservice",
    "ok",
    "success",
    "failed",
    "failure",
    "error",
    "denied",
    "expired",
    "required",
    "invalid",
    "root",
    "admin",
    "system",
    "bot",
    "user",
    "guest",
    "none",
    "anonymous",
    "nobody",
    "default",
    "trader",
    "public",
    "me",
    "id",
    "agent",
];
