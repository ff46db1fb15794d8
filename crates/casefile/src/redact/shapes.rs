//! Secrets that can be recognised by themselves.

use std::sync::LazyLock;

use regex_automata::meta::Regex;
use regex_automata::util::syntax;

use super::checks;
use super::find::Span;
use super::rules::Id;

/// One shape: how it looks, and what has to be true of it besides.
struct Shape {
    rule: Id,
    pattern: &'static str,
    check: Check,
}

/// Looks at a match in its text, and says what of it is the secret.
type Bounds = fn(&[u8], usize, usize) -> Option<(usize, usize)>;

#[derive(Clone, Copy)]
enum Check {
    None,
    /// These words before it, within forty characters.
    After(&'static [&'static str]),
    NotAfter(&'static [&'static str]),
    Value(fn(&[u8]) -> bool),
    Whole(Bounds),
}

const SHAPES: &[Shape] = &[
    Shape {
        rule: Id::PrivateKey,
        pattern: r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----",
        check: Check::Whole(pem),
    },
    Shape { rule: Id::PrivateKey, pattern: r"PuTTY-User-Key-File-\d", check: Check::Whole(putty) },
    Shape {
        rule: Id::Jwt,
        pattern: r"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}\.?[A-Za-z0-9_-]*",
        check: Check::Value(checks::is_jwt),
    },
    Shape { rule: Id::ServiceToken, pattern: r"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b", check: Check::None },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\b(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{36}\b|\bgithub_pat_[A-Za-z0-9_]{50,90}",
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\b(?:glpat-[A-Za-z0-9_-]{20,}|npm_[A-Za-z0-9]{36}|pypi-AgEI[A-Za-z0-9_-]{50,}|hf_[A-Za-z0-9]{30,}|dop_v1_[a-f0-9]{64})",
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,}|\bwhsec_[A-Za-z0-9+/=]{20,}",
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\bsk-(?:proj|ant|svcacct)-[A-Za-z0-9_-]{20,}|\bsk-[A-Za-z0-9]{40,}",
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\bAIza[A-Za-z0-9_-]{35}|\bya29\.[A-Za-z0-9_-]{20,}|\bGOCSPX-[A-Za-z0-9_-]{20,}|\bAPA91b[A-Za-z0-9_:-]{100,}",
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}|\bxapp-[A-Za-z0-9-]{20,}",
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|\bkey-[a-f0-9]{32}\b|\bcxakp_[A-Za-z0-9]{20,}|\bbg_[a-f0-9]{32}\b|\bmx0[A-Za-z0-9]{15,}",
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\b(?:AC|SK)[a-f0-9]{32}\b",
        check: Check::After(&["twilio", "sid", "account", "auth"]),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\b[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}",
        check: Check::None,
    },
    Shape {
        rule: Id::ApiKey,
        pattern: r"organizations/[0-9a-f-]{36}/apiKeys/[0-9a-f-]{36}",
        check: Check::None,
    },
    Shape {
        rule: Id::Token,
        pattern: r"2neAiu[A-Za-z0-9_+/=-]{40,}(?:\.[A-Za-z0-9_=+/-]+)?",
        check: Check::None,
    },
    Shape { rule: Id::Token, pattern: r"/ws/[A-Za-z0-9]{60,70}\b", check: Check::Whole(after_slash) },
    Shape { rule: Id::TelegramToken, pattern: r"\d{8,10}:AA[A-Za-z0-9_-]{32,34}", check: Check::None },
    Shape {
        rule: Id::TelegramToken,
        pattern: r"bot\d{8,10}:[A-Za-z0-9_-]{35}",
        check: Check::Whole(after_bot),
    },
    Shape {
        rule: Id::Webhook,
        pattern: r"hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_-]{20,}",
        check: Check::Whole(after_path),
    },
    Shape {
        rule: Id::Webhook,
        pattern: r"discord(?:app)?\.com/api/(?:v\d+/)?webhooks/\d{15,20}/[A-Za-z0-9_-]{60,}",
        check: Check::Whole(after_path),
    },
    Shape {
        rule: Id::ConnectionUrl,
        pattern: r"[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s/?#@:\x22'<>]{0,80}:[^\s/?#\x22'<>]{1,200}@",
        check: Check::Whole(user_info),
    },
    Shape {
        rule: Id::ApiSecret,
        pattern: r"otpauth://[a-z]+/[^\s\x22'<>]+",
        check: Check::Whole(otp_secret),
    },
    Shape {
        rule: Id::ApiKey,
        pattern: r"(?:infura\.io/(?:ws/)?v3|alchemy\.com/v2|alchemyapi\.io/v2|quiknode\.pro)/[A-Za-z0-9_-]{24,}",
        check: Check::Whole(after_last_slash),
    },
    Shape {
        rule: Id::ConnectionUrl,
        pattern: r"https?://[0-9a-f]{32}(?::[0-9a-f]{32})?@[a-z0-9.-]+/\d+",
        check: Check::Whole(dsn_key),
    },
    Shape {
        rule: Id::PrivateKey,
        pattern: r"\b(?:[xyztuv]prv[1-9A-HJ-NP-Za-km-z]{100,112}|[5KLc9][1-9A-HJ-NP-Za-km-z]{50,51})\b",
        check: Check::Value(checks::is_wallet_key),
    },
    Shape { rule: Id::PrivateKey, pattern: r"\bsuiprivkey1[a-z0-9]{50,70}\b", check: Check::None },
    Shape {
        rule: Id::PrivateKey,
        pattern: r"\b(?:0x)?[0-9a-fA-F]{64}\b",
        check: Check::After(&[
            "private",
            "priv_key",
            "privkey",
            "priv:",
            "pk=",
            "pk:",
            "signing key",
            "klucz prywatny",
            "secret",
            "seed",
        ]),
    },
    Shape {
        rule: Id::LicenseKey,
        pattern: r"\b[A-Z0-9]{5}(?:-[A-Z0-9]{5}){3,5}\b",
        check: Check::Value(has_letter_and_digit),
    },
    Shape {
        rule: Id::Email,
        pattern: r"[A-Za-z0-9._%+-]{1,64}(?:@|%40)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}",
        check: Check::Whole(mail),
    },
    Shape {
        rule: Id::Iban,
        pattern: r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b",
        check: Check::Value(checks::is_iban),
    },
    Shape { rule: Id::Iban, pattern: r"\b\d{2}(?: ?\d{4}){6}\b", check: Check::Value(checks::is_nrb) },
    Shape {
        rule: Id::Card,
        pattern: r"\b\d{4}[ -]?\d{4,6}[ -]?\d{4,5}(?:[ -]?\d{1,4})?\b",
        check: Check::Whole(card),
    },
    Shape {
        rule: Id::Phone,
        pattern: r"\+\d{1,3}[ -]?(?:\(\d{1,4}\)[ -]?)?\d{2,4}(?:[ -]?\d{2,4}){2,3}\b",
        check: Check::Whole(phone),
    },
    Shape { rule: Id::Nip, pattern: r"\b\d{3}-?\d{3}-?\d{2}-?\d{2}\b", check: Check::Whole(nip) },
    Shape { rule: Id::Pesel, pattern: r"\b\d{11}\b", check: Check::Whole(pesel) },
    Shape {
        rule: Id::MacAddress,
        pattern: r"\b[0-9A-Fa-f]{2}(?:(?::[0-9A-Fa-f]{2}){5}|(?:-[0-9A-Fa-f]{2}){5})\b",
        check: Check::Whole(mac),
    },
    Shape { rule: Id::Ipv4, pattern: r"\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b", check: Check::Whole(ipv4) },
    Shape {
        rule: Id::Ipv6,
        pattern: r"[0-9A-Fa-f]{1,4}(?::{1,2}[0-9A-Fa-f]{1,4}){2,7}",
        check: Check::Whole(ipv6),
    },
    Shape {
        rule: Id::HomePath,
        pattern: r"(?i)(?:/home/|/users/|\\{1,4}users\\{1,4}|%2fhome%2f|%5cusers%5c|/documents and settings/|\\{1,4}documents and settings\\{1,4})",
        check: Check::Whole(home),
    },
    Shape {
        rule: Id::Serial,
        pattern: r"\bS-1-5-21-\d{6,10}-\d{6,10}-\d{6,10}-\d{3,6}\b",
        check: Check::NotAfter(&[]),
    },
];

static REGEX: LazyLock<Regex> = LazyLock::new(|| {
    let patterns: Vec<&str> = SHAPES.iter().map(|shape| shape.pattern).collect();
    Regex::builder()
        .configure(Regex::config().hybrid_cache_capacity(16 << 20).utf8_empty(false))
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .build_many(&patterns)
        .expect("the patterns of the table are valid")
});

pub(super) fn find(text: &[u8], out: &mut Vec<Span>) {
    let mut at = 0;
    while at < text.len() {
        let input = regex_automata::Input::new(text).range(at..);
        let Some(hit) = REGEX.search(&input) else { break };
        let shape = &SHAPES[hit.pattern().as_usize()];
        let (start, end) = (hit.start(), hit.end());
        let found = match shape.check {
            Check::None => Some((start, end)),
            Check::Value(check) => check(&text[start..end]).then_some((start, end)),
            Check::Whole(check) => check(text, start, end),
            Check::After(words) => stands_after(text, start, words).then_some((start, end)),
            Check::NotAfter(words) => (!stands_after(text, start, words)).then_some((start, end)),
        };
        match found {
            Some((start, end)) => {
                out.push(Span::new(start, end, shape.rule));
                at = end.max(hit.start() + 1);
            }
            // Something else may begin inside of what only looked like it.
            None => at = next_token(text, hit.start(), hit.end()),
        }
    }
}

/// The next place inside a refused match where another shape could begin.
fn next_token(text: &[u8], start: usize, end: usize) -> usize {
    let word = text[start..end].iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(end - start);
    start + word.max(1)
}

/// Whether one of these words stands within forty characters before, on the same line.
fn stands_after(text: &[u8], start: usize, words: &[&str]) -> bool {
    let from = start.saturating_sub(40);
    let before = &text[from..start];
    let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default().to_ascii_lowercase();
    words.iter().any(|word| line.windows(word.len()).any(|window| window == word.as_bytes()))
}

/// To the END line; without one, to the first line that is not base64.
#[expect(clippy::unnecessary_wraps, reason = "one signature for all checks")]
fn pem(text: &[u8], start: usize, begin_end: usize) -> Option<(usize, usize)> {
    const MAX: usize = 16 << 10;
    let limit = (begin_end + MAX).min(text.len());
    let body = &text[begin_end..limit];
    let end = body.windows(9).position(|window| window == b"-----END ");
    let plain = body.iter().position(|byte| {
        !(byte.is_ascii_alphanumeric()
            || byte.is_ascii_whitespace()
            || matches!(
                byte,
                b'+' | b'/' | b'=' | b'\\' | b'-' | b':' | b',' | b'"' | b'\'' | b'|' | b'>' | b'.'
            ))
    });
    if let Some(end) = end.filter(|end| plain.is_none_or(|plain| plain > *end)) {
        let tail = body[end + 9..]
            .windows(5)
            .position(|window| window == b"-----")
            .map_or(body.len() - end - 9, |at| at + 5);
        return Some((start, begin_end + end + 9 + tail));
    }
    let mut stop = 0;
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let content = line.trim_ascii();
        let base64 = content
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'\\'));
        if stop > 0 && (!base64 || content.is_empty()) {
            break;
        }
        stop += line.trim_ascii_end().len().max(usize::from(stop == 0));
        if content.len() < 40 && stop > 80 {
            break;
        }
        stop += line.len() - line.trim_ascii_end().len();
    }
    Some((start, begin_end + body[..stop.min(body.len())].trim_ascii_end().len()))
}

fn putty(text: &[u8], start: usize, _: usize) -> Option<(usize, usize)> {
    let body = &text[start..(start + (16 << 10)).min(text.len())];
    let mac = body.windows(12).position(|window| window == b"Private-MAC:")?;
    let end = body[mac..].iter().position(|byte| *byte == b'\n').unwrap_or(body.len() - mac);
    Some((start, start + mac + end))
}

#[expect(clippy::unnecessary_wraps, reason = "one signature for all checks")]
fn after_slash(_: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    Some((start + 4, end))
}

#[expect(clippy::unnecessary_wraps, reason = "one signature for all checks")]
fn after_bot(_: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    Some((start + 3, end))
}

fn after_last_slash(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let slash = text[start..end].iter().rposition(|byte| *byte == b'/')?;
    Some((start + slash + 1, end))
}

/// Everything behind `services/` or `webhooks/`: the numbers are part of the address.
fn after_path(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let matched = &text[start..end];
    let marks: [&[u8]; 4] = [b"services/", b"workflows/", b"triggers/", b"webhooks/"];
    marks.iter().find_map(|mark| {
        let at = matched.windows(mark.len()).position(|window| window == *mark)?;
        Some((start + at + mark.len(), end))
    })
}

/// User and password of an address; `git@host` has none.
fn user_info(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let scheme = text[start..end].windows(3).position(|window| window == b"://")?;
    let from = start + scheme + 3;
    // An @ in the password: the last one before the host counts.
    let rest = &text[end..(end + 200).min(text.len())];
    let host = rest
        .iter()
        .position(|byte| matches!(byte, b'/' | b'?' | b'#' | b' ' | b'\n' | b'"' | b'\''))
        .unwrap_or(rest.len());
    let last = rest[..host].iter().rposition(|byte| *byte == b'@').map_or(end - 1, |at| end + at);
    let info = &text[from..last];
    let password = info.splitn(2, |byte| *byte == b':').nth(1)?;
    (!super::value::is_placeholder(password)).then_some((from, last))
}

fn otp_secret(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let path = start + text[start..end].windows(3).position(|window| window == b"://")? + 3;
    let label = path + text[path..end].iter().position(|byte| *byte == b'/')? + 1;
    Some((label, end))
}

fn dsn_key(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let from = start + text[start..end].windows(3).position(|window| window == b"://")? + 3;
    let at = text[from..end].iter().position(|byte| *byte == b'@')?;
    Some((from, from + at))
}

fn has_letter_and_digit(value: &[u8]) -> bool {
    value.iter().any(u8::is_ascii_digit) && value.iter().any(u8::is_ascii_uppercase)
}

/// Not `git@host:path`, not a file name like `icon@2x.png`.
fn mail(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let value = &text[start..end];
    let at = value
        .iter()
        .position(|byte| *byte == b'@')
        .or_else(|| value.windows(3).position(|window| window == b"%40"))?;
    let top = value.rsplit(|byte| *byte == b'.').next()?;
    let files = ["png", "jpg", "jpeg", "gif", "svg", "service", "js", "css", "so", "dll", "rs", "py"];
    let is_file = files.iter().any(|file| file.as_bytes().eq_ignore_ascii_case(top));
    let is_git = &value[..at] == b"git" || &value[..at] == b"hg";
    let domain = top.len() >= 2 && top.iter().all(u8::is_ascii_alphabetic);
    let mut from = start;
    // A percent escape before the name is no part of it.
    if value.starts_with(b"%") && value.len() > 3 {
        from += 3;
    }
    (domain && !is_file && !is_git && at > 0).then_some((from, end))
}

/// Order and trade numbers pass Luhn one time in ten.
fn card(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let value = &text[start..end];
    let neighbours = |byte: Option<&u8>| {
        byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
    };
    let alone = !neighbours(start.checked_sub(1).and_then(|at| text.get(at))) && !neighbours(text.get(end));
    let words =
        ["order", "id", "trade", "ts", "time", "nonce", "seq", "stamp", "hash", "ref", "number\":", "no."];
    let named = stands_after(text, start, &["card", "karta", "karty", "pan", "visa", "mastercard"]);
    let grouped = value.iter().any(|byte| matches!(byte, b' ' | b'-'));
    let numbered = stands_after(text, start, &words);
    (alone && checks::is_card(value) && (named || grouped || !numbered)).then_some((start, end))
}

fn phone(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let digits = text[start..end].iter().filter(|byte| byte.is_ascii_digit()).count();
    let glued = start > 0
        && (text[start - 1].is_ascii_alphanumeric() || matches!(text[start - 1], b'.' | b'+' | b'-' | b':'));
    let time_zone = text.get(start.wrapping_sub(1)).is_some_and(u8::is_ascii_digit);
    let decimal = text.get(end) == Some(&b'.') && text.get(end + 1).is_some_and(u8::is_ascii_digit);
    ((9..=15).contains(&digits) && !glued && !time_zone && !decimal).then_some((start, end))
}

fn nip(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let valid = checks::is_nip(&text[start..end]) && stands_after(text, start, &["nip", "vat", "tax"]);
    valid.then_some((start, end))
}

fn pesel(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let valid =
        checks::is_pesel(&text[start..end]) && stands_after(text, start, &["pesel", "personal", "osobisty"]);
    valid.then_some((start, end))
}

/// Six pairs and no more: twenty are a fingerprint.
fn mac(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let value = &text[start..end];
    let longer = matches!(text.get(end), Some(b':' | b'-'))
        && text.get(end + 1).is_some_and(u8::is_ascii_hexdigit)
        || start >= 2 && matches!(text[start - 1], b':' | b'-') && text[start - 2].is_ascii_hexdigit();
    let digits: Vec<u8> = value.iter().copied().filter(u8::is_ascii_hexdigit).collect();
    let empty =
        digits.iter().all(|byte| *byte == b'0') || digits.iter().all(|byte| matches!(byte, b'f' | b'F'));
    (!longer && !empty).then_some((start, end))
}

/// Public, and not the number of a version.
fn ipv4(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let mut octets = [0; 4];
    for (octet, part) in octets.iter_mut().zip(text[start..end].split(|byte| *byte == b'.')) {
        *octet = std::str::from_utf8(part).ok()?.parse().ok()?;
    }
    let before = start.checked_sub(1).map_or(b' ', |at| text[at]);
    let longer = text.get(end) == Some(&b'.') && text.get(end + 1).is_some_and(u8::is_ascii_digit);
    let glued = before.is_ascii_alphanumeric()
        || matches!(before, b'.' | b'_' | b'-')
        || matches!(text.get(end), Some(b'-' | b'_'))
        || (before == b'/' && start >= 2 && text[start - 2].is_ascii_alphanumeric());
    let words = [
        "version", "ver ", "ver.", "build", "chrome/", "driver", "release", "firmware", "wersja", " v",
        "sdk", "agent", "kernel", "upgrade", "update",
    ];
    let is_version = stands_close(text, start, &words);
    (checks::is_public_ipv4(octets) && !longer && !glued && !is_version).then_some((start, end))
}

/// As [`stands_after`], within sixteen characters.
fn stands_close(text: &[u8], start: usize, words: &[&str]) -> bool {
    let before = &text[start.saturating_sub(16)..start];
    let line = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default().to_ascii_lowercase();
    words.iter().any(|word| line.windows(word.len()).any(|window| window == word.as_bytes()))
}

fn ipv6(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    // The last colons can be those of a port or a path that follows.
    let before = start.checked_sub(1).map_or(b' ', |at| text[at]);
    if before.is_ascii_alphanumeric()
        || matches!(before, b':' | b'_' | b'.')
        || text.get(end).is_some_and(u8::is_ascii_alphanumeric)
    {
        return None;
    }
    let address: std::net::Ipv6Addr = std::str::from_utf8(&text[start..end]).ok()?.parse().ok()?;
    let first = address.segments()[0];
    let public = (0x2000..=0x3fff).contains(&first) && !(first == 0x2001 && address.segments()[1] == 0xdb8);
    public.then_some((start, end))
}

/// The name of the folder behind `home` or `Users`, which may hold spaces.
fn home(text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let rest = &text[end..(end + 256).min(text.len())];
    let windows = text[start..end].contains(&b'\\') || (start >= 2 && text[start - 1] == b':');
    let stops = |byte: &u8| {
        matches!(
            byte,
            b'/' | b'\\'
                | b'\n'
                | b'\r'
                | b'"'
                | b'\''
                | b':'
                | b'<'
                | b'>'
                | b'|'
                | b'?'
                | b'*'
                | b'%'
                | b','
                | b')'
                | b']'
                | b';'
                | b'`'
        )
    };
    let name_end = rest.iter().position(stops).unwrap_or(rest.len());
    let mut name = &rest[..name_end];
    let separated = matches!(rest.get(name_end), Some(b'/' | b'\\'));
    if !separated || !windows {
        name = name.split(|byte| matches!(byte, b' ' | b'\t')).next().unwrap_or_default();
    }
    // A page of a site has users too.
    let in_url = text[start..end].eq_ignore_ascii_case(b"/users/")
        && start > 0
        && (text[start - 1].is_ascii_alphanumeric());
    let shared: [&[u8]; 8] =
        [b"public", b"default", b"shared", b"all users", b"default user", b"linuxbrew", b"me", b"current"];
    let known = shared.iter().any(|shared| name.eq_ignore_ascii_case(shared));
    (!name.is_empty() && !known && !in_url && !super::value::is_placeholder(name))
        .then_some((end, end + name.len()))
}
