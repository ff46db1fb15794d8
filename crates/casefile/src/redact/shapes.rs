//! Secrets that can be recognised by themselves.

mod bounds;

use std::sync::LazyLock;

use regex_automata::meta::Regex;
use regex_automata::util::syntax;

use self::bounds::{
    after_bot, after_last_slash, after_path, after_slash, card, dsn_key, has_letter_and_digit, home, ipv4,
    ipv6, mac, mail, nip, otp_secret, pem, pesel, phone, putty, stands_after, user_info,
};
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
