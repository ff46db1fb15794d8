//! Values that are none of the secrets that their names stand for elsewhere.

mod accounts;
mod figures;

pub(super) use self::accounts::{COMMON, SERVICES};
pub(super) use self::figures::is_of_three;

use self::figures::{
    are_capitalised, is_behind_symbol, is_call, is_call_of, is_code, is_constant, is_denied, is_measured,
    is_of_pass, is_of_request, is_product, may_be_setting, says_where,
};
use super::public::{is_fingerprint, is_public_of_ssh, names_public_key};
use crate::redact::keys::{self, Demand, Named};
use crate::redact::rules::Id;
use crate::redact::value;

/// What a name of a secret has before it where it names something else: the limit of calls under `account`, the user `bot`, the
/// key `BTCUSDT-1m-2026` of a cache.
pub(super) fn is_ordinary(before: &[u8], value: &[u8], named: Named) -> bool {
    // `--keypair id.json`; a password may look like a file.
    let is_key = matches!(named.rule, Id::PrivateKey | Id::ApiKey | Id::ApiSecret | Id::Token);
    if is_key && value::is_file(value) {
        return true;
    }
    // `apiKey= secret= exchange=okx`; how PHP writes that there is a list; what a program is called and its version.
    let is_secret = matches!(
        named.rule,
        Id::PrivateKey | Id::ApiKey | Id::ApiSecret | Id::Token | Id::Password | Id::LicenseKey
    );
    if is_secret && (may_be_setting(before, value) || is_code(before, value))
        || value == b"Array" && before.ends_with(b"=> ")
        || named.rule == Id::LicenseKey && is_product(value)
    {
        return true;
    }
    if named.rule < Id::HiddenWord
        && (says_where(value) || value.starts_with(b"@") && keys::named(&value[1..]).is_some())
    {
        return true;
    }
    // Which program of Google's asks: everybody who signs in sees it.
    if named.rule == Id::ApiKey && value.ends_with(b".apps.googleusercontent.com") {
        return true;
    }
    // Who may log in, and is no secret: `authorizedKeys.keys = [ "ssh-ed25519 …" ]`.
    if is_public_of_ssh(value) {
        return true;
    }
    if named.rule >= Id::HiddenWord {
        return is_ordinary_name(before, value, named);
    }
    match named.rule {
        Id::ConnectionUrl => is_fields(value),
        // How many words it has, `mnemonic_words = 24`, or what random numbers begin with, `--seed 3027584699`.
        Id::Phrase => {
            let near = before[before.len().saturating_sub(20)..].to_ascii_lowercase();
            let counts =
                [&b"seed"[..], b"words"].iter().any(|word| memchr::memmem::find(&near, word).is_some());
            value.iter().all(u8::is_ascii_digit) && (value.len() <= 2 || value.len() <= 10 && counts)
        }
        // The public half of a key of Cardano: `"type": "PaymentVerificationKeyShelley_ed25519"`.
        Id::PrivateKey if named.demand == Demand::Hex => {
            let near = &before[before.len().saturating_sub(240)..];
            let verifies = memchr::memmem::rfind(near, b"VerificationKey");
            verifies.is_some() && verifies > memchr::memmem::rfind(near, b"SigningKey")
        }
        // `Exchange.fetch_balance: 429 Too Many Requests`
        Id::Signature if value.len() <= 20 && value.starts_with(b"AWS4-HMAC-SHA") => true,
        // What minisign writes of a release; what a file begins with; a figure that is called so.
        Id::Signature
            if value.starts_with(b"dW50cnVzdGVkIGNvbW1lbnQ6")
                || value.starts_with(b"0x") && value.len() <= 10
                || is_measured(value) =>
        {
            true
        }
        // `"tough-cookie": "1.26.5+40fa69b"`
        Id::Cookie
            if value.len() <= 24
                && value[0].is_ascii_digit()
                && (value::is_version(value) || value::is_versioned(value)) =>
        {
            true
        }
        // `SessionKey: RTH`
        Id::Token if matches!(value, b"RTH" | b"ETH") => true,
        // `session='Simulated Data Feed'`
        Id::Token if are_capitalised(value) => true,
        // `token = syminfo.basecurrency`
        Id::Token
            if before.ends_with(b" = ")
                && value::is_path_of_setting(
                    value.split(|byte| *byte == b' ').next().unwrap_or_default(),
                ) =>
        {
            true
        }
        // Accounts that every Windows has are called by a SID as well.
        Id::Token if value.starts_with(b"S-1-") => true,
        // By what .NET knows the maker of a library: `"Version":"1.2.0.3452","Token":"14abe6ce2cb096bb"`.
        Id::Token
            if value.len() == 16 && value.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) =>
        {
            is_behind_version(before)
        }
        Id::ApiKey | Id::ApiSecret if is_fingerprint(value) && names_public_key(before) => true,
        // `pass: 12 fail: 0`
        Id::Password => {
            let first = value.split(|byte| *byte == b' ').next().unwrap_or_default();
            let is_count = first.len() <= 4 && first.iter().all(u8::is_ascii_digit);
            value == b"public"
                || is_measured(value) && is_of_pass(before)
                || is_call(value) && !matches!(before.last(), Some(b'"' | b'\''))
                || is_uuid(value) && is_of_request(before)
                || is_constant(before, value)
                || is_count && (value.len() <= 3 || memchr::memmem::find(value, b"fail").is_some())
        }
        Id::ApiSecret if is_slot(value) => ends_with(before, "storage"),
        Id::ApiKey if matches!(named.demand, Demand::Random | Demand::Made) && speaks_of_cache(before) => {
            true
        }
        // `{"@type":"/cosmos.crypto.secp256k1.PubKey","key":"…"}`
        Id::ApiKey
            if named.demand == Demand::Random
                && before[before.len().saturating_sub(24)..].windows(6).any(|word| word == b"PubKey") =>
        {
            true
        }
        Id::ApiSecret | Id::ApiKey | Id::Token if is_reference(before, value) => true,
        Id::Webhook => is_on_this_machine(value),
        Id::ApiKey | Id::Token if matches!(named.demand, Demand::Random | Demand::Query | Demand::Made) => {
            value::is_composed(value) || is_of_cache(value)
        }
        _ => false,
    }
}

/// The same of what names people, their machines and their money.
fn is_ordinary_name(before: &[u8], value: &[u8], named: Named) -> bool {
    match named.rule {
        // `registered address: 0x10`
        Id::PersonName => value.starts_with(b"0x") && value.len() <= 18,
        // `"timings": {"blocked": 1.2, "dns": -1}` of what a browser recorded.
        Id::Balance
            if memchr::memmem::find(&before[before.len().saturating_sub(64)..], b"timings").is_some() =>
        {
            true
        }
        Id::Balance if is_behind_symbol(before) => true,
        Id::Balance => {
            let is_code = value.strip_prefix(b"-").unwrap_or(value).iter().all(u8::is_ascii_digit);
            is_code && (value.len() == 3 && is_call_of(before) || value.len() <= 6 && is_denied(before))
                || is_of_three(value)
        }
        // `ownerReferences: … uid: 5b1c8d3e-…` of Kubernetes
        Id::AccountId if (is_uuid(value) || value.starts_with(b"P")) && is_of_kubernetes(before) => true,
        // `uid=6f5dd38977ad82df`: what a program numbers its own things by.
        Id::AccountId if is_of_hex(value) && is_behind_uid(before) => true,
        Id::AccountId => {
            let digits = value.iter().take_while(|byte| byte.is_ascii_digit()).count();
            digits == value.len() && digits < 5
                || is_simulated(value)
                || value.starts_with(b"S-1-") && !value.starts_with(b"S-1-5-21-")
                || digits > 0 && value[digits..].starts_with(b"(")
                || is_date(value)
        }
        Id::UserName => {
            // `NT AUTHORITY\SYSTEM`
            let name = value.rsplit(|byte| *byte == b'\\').next().unwrap_or_default();
            // How Slack numbers its people.
            let is_numbered = (9..=11).contains(&value.len())
                && value.starts_with(b"U")
                && value.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
                && value.iter().any(u8::is_ascii_digit);
            is_numbered
                || is_date(value)
                || COMMON.iter().any(|common| name.eq_ignore_ascii_case(common.as_bytes()))
        }
        // How Docker names what nobody named.
        Id::HostName => {
            value == b"bot"
                || value.len() == 12 && value.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        }
        // What `iwconfig` says of no network; a sentence.
        Id::WifiName => {
            value == b"off/any" || value.ends_with(b".") || memchr::memchr_iter(b' ', value).nth(3).is_some()
        }
        // What a fingerprint is made of, `"machine": "…"`: it is a digest already.
        Id::Serial if named.demand == Demand::Piece => {
            value.len() == 32 && value.iter().all(u8::is_ascii_hexdigit)
        }
        // `login code=201`, `gui:totp:120`; only what stands on a card is so short.
        Id::OneTimeCode => {
            let near = before[before.len().saturating_sub(12)..].to_ascii_lowercase();
            value.len() < 4
                && (named.demand == Demand::Number || memchr::memmem::find(&near, b"cv").is_none())
        }
        _ => false,
    }
}

/// What a keeper of secrets calls one: `kraken-secret`, `bot-api-key`.
fn is_reference(before: &[u8], value: &[u8]) -> bool {
    if value.len() > 40 || !value.contains(&b'-') {
        return false;
    }
    // People choose secrets like this as well.
    let near = &before[before.len().saturating_sub(120)..];
    let keepers = [
        &b"secretKeyRef"[..],
        b"secretName",
        b"secretRef",
        b"SecretRef",
        b"SecretStore",
        b"gcloud secrets",
        b"secretsmanager",
        b"kubectl ",
        b"vault kv",
    ];
    if !keepers.iter().any(|keeper| memchr::memmem::find(near, keeper).is_some()) {
        return false;
    }
    let is_part = |byte: &u8| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'/');
    let last = value.rsplit(|byte| matches!(byte, b'-' | b'/')).next().unwrap_or_default();
    let is_thing = [&b"secret"[..], b"secrets", b"key", b"token", b"credentials"].contains(&last);
    is_thing && value.iter().all(is_part)
}

/// Whether the name before a value and its sign is `uid`.
fn is_behind_uid(before: &[u8]) -> bool {
    let name = before.trim_ascii_end();
    let end = name.iter().rposition(|byte| !b":=\"' ".contains(byte)).map_or(0, |last| last + 1);
    end >= 3 && name[end - 3..end].eq_ignore_ascii_case(b"uid")
}

/// Sixteen digits of which some are letters.
fn is_of_hex(value: &[u8]) -> bool {
    value.len() == 16
        && value.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && value.iter().any(u8::is_ascii_lowercase)
}

fn is_uuid(value: &[u8]) -> bool {
    value.len() == 36 && memchr::memchr_iter(b'-', value).count() == 4
}

/// Whether what Kubernetes says of a thing stands before.
fn is_of_kubernetes(before: &[u8]) -> bool {
    let near = &before[before.len().saturating_sub(400)..];
    [
        &b"apiVersion"[..],
        b"datasource",
        b"kubelet",
        b"ownerReferences",
        b"kind: ",
        b"\"kind\":",
        b"involvedObject",
    ]
    .iter()
    .any(|word| memchr::memmem::find(near, word).is_some())
        || names_pod(near.rsplit(|byte| *byte == b'\n').next().unwrap_or_default())
}

/// `pod bot-k8ddjz6gk8-k5wpv`; `pod` alone is a word of Polish.
fn names_pod(line: &[u8]) -> bool {
    memchr::memmem::find_iter(line, b"pod ").any(|at| {
        let name = line[at + 4..].split(|byte| *byte == b' ').next().unwrap_or_default();
        memchr::memchr_iter(b'-', name).count() >= 2
    })
}

/// Where a contract keeps something: `0x` and 64 digits.
fn is_slot(value: &[u8]) -> bool {
    value.len() == 66 && value.starts_with(b"0x")
}

/// Whether the name behind a word, which is all that stands before a value and its sign, has this word before it.
fn ends_with(before: &[u8], word: &str) -> bool {
    let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let near = line[line.len().saturating_sub(24)..].to_ascii_lowercase();
    memchr::memmem::find(&near, word.as_bytes()).is_some()
}

/// Whether the words before a key say that something was kept under it: `Cache restored from key: Linux-pip-…`.
fn speaks_of_cache(before: &[u8]) -> bool {
    let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let near = line[line.len().saturating_sub(40)..].to_ascii_lowercase();
    ["cache restored", "cache saved", "cache hit", "cache miss", "cache not found"]
        .iter()
        .any(|words| memchr::memmem::find(&near, words.as_bytes()).is_some())
}

/// Whether an address is of this machine and has nothing in it that another one does not: `http://localhost:8080/hook`.
fn is_on_this_machine(value: &[u8]) -> bool {
    let rest = value.strip_prefix(b"http://").or_else(|| value.strip_prefix(b"https://"));
    let Some(rest) = rest else { return false };
    let hosts = [&b"localhost"[..], b"127.0.0.1", b"0.0.0.0", b"[::1]", b"host.docker.internal"];
    hosts.iter().any(|host| rest.starts_with(host))
        && !rest.split(|byte| b"/?=&".contains(byte)).skip(1).any(value::is_random_looking)
}

/// What a cache keeps something of a market under: words, and a symbol behind them, as `ohlcv:ES 03-27` or
/// `ticker:BTC-27MAR26-90000-C`.
fn is_of_cache(value: &[u8]) -> bool {
    const LONGEST: usize = 48;
    let Some(first) = memchr::memchr(b':', value).filter(|_| value.len() <= LONGEST) else { return false };
    let is_word = |part: &[u8]| {
        let letters = part.iter().take_while(|byte| byte.is_ascii_lowercase() || **byte == b'_').count();
        part.len() <= letters + 2 && part[letters..].iter().all(u8::is_ascii_digit)
    };
    // Letters and digits take turns in what a machine made; a symbol has a date or a number in it.
    let is_symbol = |part: &[u8]| {
        let turns = part.windows(2).filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit());
        part.len() <= 12
            && part.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
            && turns.count() <= 2
    };
    let is_interval = |part: &[u8]| {
        let digits = part.iter().take_while(|byte| byte.is_ascii_digit()).count();
        (1..=3).contains(&digits) && part.len() == digits + 1 && part[digits].is_ascii_alphabetic()
    };
    let kind = &value[..first];
    kind.len() >= 3
        && is_word(kind)
        && keys::named(kind).is_none()
        && value[first + 1..]
            .split(|byte| b":-_/. ".contains(byte))
            .all(|part| is_symbol(part) || is_word(part) && part.len() <= 12 || is_interval(part))
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

/// Whether the version of a library stands right before its token.
fn is_behind_version(before: &[u8]) -> bool {
    let Some(version) = before.strip_suffix(b"\",\"Token\":\"") else { return false };
    let is_part = |byte: &&u8| byte.is_ascii_digit() || **byte == b'.';
    let length = version.iter().rev().take(24).take_while(is_part).count();
    let (name, version) = version.split_at(version.len() - length);
    name.ends_with(b"\"Version\":\"") && memchr::memchr_iter(b'.', version).count() == 3
}

/// The account in which `NinjaTrader` and others simulate: everybody has it.
fn is_simulated(value: &[u8]) -> bool {
    const NAMES: [&[u8]; 4] = [b"sim", b"playback", b"backtest", b"simulation"];
    let letters = value.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    NAMES.iter().any(|name| value[..letters].eq_ignore_ascii_case(name)) && value.len() - letters <= 3
}

/// `last login: 2026-11-20`
fn is_date(value: &[u8]) -> bool {
    value.len() >= 10
        && value[..10].iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => matches!(byte, b'-' | b'/' | b'.'),
            _ => byte.is_ascii_digit(),
        })
}
