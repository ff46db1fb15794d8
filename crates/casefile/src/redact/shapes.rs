//! Secrets that can be recognised by themselves.
//!
//! A table says for each what it looks like and how it is sought: by a literal, by the beginning of a token, around a
//! mark. Only there its pattern is tried, anchored: one automaton for all patterns at all places would be built anew
//! all the time, because every counted repetition multiplies its states.

mod bounds;
mod seek;

use self::bounds::{
    after_bot, after_last_slash, after_path, after_slash, card, dsn_key, has_letter_and_digit, home, ipv4,
    ipv6, mac, mail, nip, otp_secret, pem, pesel, phone, putty, user_info,
};
use self::seek::Token;
pub(super) use self::seek::find;
use super::checks;
use super::rules::Id;

/// One shape: how it looks, how it is sought, and what has to be true of it besides.
struct Shape {
    rule: Id,
    pattern: &'static str,
    seek: Seek,
    check: Check,
}

/// Where a shape can begin.
#[derive(Clone, Copy)]
enum Seek {
    /// At one of these.
    Literal(&'static [&'static str]),
    /// At one of these, in whatever case.
    AnyCase(&'static [&'static str]),
    /// At a token that begins with one of these bytes and looks right.
    Token(&'static [u8], fn(&Token<'_>) -> bool),
    /// Before this mark: at most so many bytes, the first of one kind, all of another.
    Before(&'static str, usize, Kind, Kind),
}

const DIGITS: &[u8] = b"0123456789";
const HEX: &[u8] = b"0123456789abcdefABCDEF";
const UPPER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const UPPER_AND_DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// Whether a byte is of one kind.
type Kind = fn(u8) -> bool;

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic()
}

fn is_scheme_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+.-".contains(&byte)
}

fn is_mail_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte)
}

/// Looks at a match in its text, and says what of it is the secret.
type Bounds = fn(&[u8], usize, usize) -> Option<(usize, usize)>;

#[derive(Clone, Copy)]
enum Check {
    None,
    /// These words before it, within forty characters.
    After(&'static [&'static str]),
    Value(fn(&[u8]) -> bool),
    Whole(Bounds),
}

const SHAPES: &[Shape] = &[
    Shape {
        rule: Id::PrivateKey,
        pattern: r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----",
        seek: Seek::Literal(&["-----BEGIN "]),
        check: Check::Whole(pem),
    },
    Shape {
        rule: Id::PrivateKey,
        pattern: r"PuTTY-User-Key-File-\d",
        seek: Seek::Literal(&["PuTTY-User-Key-File-"]),
        check: Check::Whole(putty),
    },
    Shape {
        rule: Id::Jwt,
        pattern: r"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}\.?[A-Za-z0-9_-]*",
        seek: Seek::Literal(&["eyJ"]),
        check: Check::Value(checks::is_jwt),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b",
        seek: Seek::Literal(&["AKIA", "ASIA", "ABIA", "ACCA"]),
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\b(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{36}\b|\bgithub_pat_[A-Za-z0-9_]{50,90}",
        seek: Seek::Literal(&["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"]),
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\b(?:glpat-[A-Za-z0-9_-]{20,}|npm_[A-Za-z0-9]{36}|pypi-AgEI[A-Za-z0-9_-]{50,}|hf_[A-Za-z0-9]{30,}|dop_v1_[a-f0-9]{64})",
        seek: Seek::Literal(&["glpat-", "npm_", "pypi-AgEI", "hf_", "dop_v1_"]),
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,}|\bwhsec_[A-Za-z0-9+/=]{20,}",
        seek: Seek::Literal(&["sk_", "rk_", "pk_", "whsec_"]),
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\bsk-(?:proj|ant|svcacct)-[A-Za-z0-9_-]{20,}|\bsk-[A-Za-z0-9]{40,}",
        seek: Seek::Literal(&["sk-"]),
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\bAIza[A-Za-z0-9_-]{35}|\bya29\.[A-Za-z0-9_-]{20,}|\bGOCSPX-[A-Za-z0-9_-]{20,}|\bAPA91b[A-Za-z0-9_:-]{100,}",
        seek: Seek::Literal(&["AIza", "ya29.", "GOCSPX-", "APA91b"]),
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}|\bxapp-[A-Za-z0-9-]{20,}",
        seek: Seek::Literal(&["xox", "xapp-"]),
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|\bkey-[a-f0-9]{32}\b|\bcxakp_[A-Za-z0-9]{20,}|\bbg_[a-f0-9]{32}\b|\bmx0[A-Za-z0-9]{15,}",
        seek: Seek::Literal(&["SG.", "key-", "cxakp_", "bg_", "mx0"]),
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\b(?:AC|SK)[a-f0-9]{32}\b",
        seek: Seek::Token(b"AS", |token| token.run == 34),
        check: Check::After(&["twilio", "sid", "account", "auth"]),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"\b[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}",
        seek: Seek::Token(b"MNO", |token| {
            token.text[token.start..].iter().take(29).skip(24).any(|byte| *byte == b'.')
        }),
        check: Check::None,
    },
    Shape {
        rule: Id::ApiKey,
        pattern: r"organizations/[0-9a-f-]{36}/apiKeys/[0-9a-f-]{36}",
        seek: Seek::Literal(&["organizations/"]),
        check: Check::None,
    },
    Shape {
        rule: Id::Token,
        pattern: r"2neAiu[A-Za-z0-9_+/=-]{40,}(?:\.[A-Za-z0-9_=+/-]+)?",
        seek: Seek::Literal(&["2neAiu"]),
        check: Check::None,
    },
    Shape {
        rule: Id::Token,
        pattern: r"/ws/[A-Za-z0-9]{60,70}\b",
        seek: Seek::Literal(&["/ws/"]),
        check: Check::Whole(after_slash),
    },
    Shape {
        rule: Id::TelegramToken,
        pattern: r"\d{8,10}:AA[A-Za-z0-9_-]{32,34}",
        seek: Seek::Token(DIGITS, |token| (8..=10).contains(&token.run) && token.after().starts_with(b":AA")),
        check: Check::None,
    },
    Shape {
        rule: Id::TelegramToken,
        pattern: r"bot\d{8,10}:[A-Za-z0-9_-]{35}",
        seek: Seek::Literal(&["bot"]),
        check: Check::Whole(after_bot),
    },
    Shape {
        rule: Id::Webhook,
        pattern: r"hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_-]{20,}",
        seek: Seek::Literal(&["hooks.slack.com/"]),
        check: Check::Whole(after_path),
    },
    Shape {
        rule: Id::Webhook,
        pattern: r"discord(?:app)?\.com/api/(?:v\d+/)?webhooks/\d{15,20}/[A-Za-z0-9_-]{60,}",
        seek: Seek::Literal(&["hooks.slack.com/"]),
        check: Check::Whole(after_path),
    },
    Shape {
        rule: Id::ConnectionUrl,
        pattern: r"[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s/?#@:\x22'<>]{0,80}:[^\s/?#\x22'<>]{1,200}@",
        seek: Seek::Before("://", 21, is_letter, is_scheme_byte),
        check: Check::Whole(user_info),
    },
    Shape {
        rule: Id::ApiSecret,
        pattern: r"otpauth://[a-z]+/[^\s\x22'<>]+",
        seek: Seek::Literal(&["otpauth://"]),
        check: Check::Whole(otp_secret),
    },
    Shape {
        rule: Id::ApiKey,
        pattern: r"(?:infura\.io/(?:ws/)?v3|alchemy\.com/v2|alchemyapi\.io/v2|quiknode\.pro)/[A-Za-z0-9_-]{24,}",
        seek: Seek::Literal(&["infura.io/", "alchemy.com/v2/", "alchemyapi.io/v2/", "quiknode.pro/"]),
        check: Check::Whole(after_last_slash),
    },
    Shape {
        rule: Id::ConnectionUrl,
        pattern: r"https?://[0-9a-f]{32}(?::[0-9a-f]{32})?@[a-z0-9.-]+/\d+",
        seek: Seek::Literal(&["http://", "https://"]),
        check: Check::Whole(dsn_key),
    },
    Shape {
        rule: Id::PrivateKey,
        pattern: r"\b(?:[xyztuv]prv[1-9A-HJ-NP-Za-km-z]{100,112}|[5KLc9][1-9A-HJ-NP-Za-km-z]{50,51})\b",
        seek: Seek::Token(b"xyztuv5KLc9", |token| token.run >= 50),
        check: Check::Value(checks::is_wallet_key),
    },
    Shape {
        rule: Id::PrivateKey,
        pattern: r"\bsuiprivkey1[a-z0-9]{50,70}\b",
        seek: Seek::Literal(&["suiprivkey1"]),
        check: Check::None,
    },
    Shape {
        rule: Id::PrivateKey,
        pattern: r"\b(?:0x)?[0-9a-fA-F]{64}\b",
        seek: Seek::Token(HEX, |token| matches!(token.run, 64 | 66)),
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
        seek: Seek::Token(UPPER_AND_DIGITS, |token| token.run == 5 && token.after().starts_with(b"-")),
        check: Check::Value(has_letter_and_digit),
    },
    Shape {
        rule: Id::Email,
        pattern: r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}",
        seek: Seek::Before("@", 64, is_mail_byte, is_mail_byte),
        check: Check::Whole(mail),
    },
    Shape {
        rule: Id::Email,
        pattern: r"[A-Za-z0-9._%+-]{1,64}%40[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}",
        seek: Seek::Before("%40", 64, is_mail_byte, is_mail_byte),
        check: Check::Whole(mail),
    },
    Shape {
        rule: Id::Iban,
        pattern: r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b",
        seek: Seek::Token(UPPER, |token| token.run >= 4 && token.text[token.start + 2].is_ascii_digit()),
        check: Check::Value(checks::is_iban),
    },
    Shape {
        rule: Id::Iban,
        pattern: r"\b\d{2}(?: ?\d{4}){6}\b",
        seek: Seek::Token(DIGITS, |token| matches!(token.run, 2 | 26) || token.run % 4 == 2),
        check: Check::Value(checks::is_nrb),
    },
    Shape {
        rule: Id::Card,
        pattern: r"\b\d{4}[ -]?\d{4,6}[ -]?\d{4,5}(?:[ -]?\d{1,4})?\b",
        seek: Seek::Token(DIGITS, |token| token.run >= 4),
        check: Check::Whole(card),
    },
    Shape {
        rule: Id::Phone,
        pattern: r"\+\d{1,3}[ -]?(?:\(\d{1,4}\)[ -]?)?\d{2,4}(?:[ -]?\d{2,4}){2,3}\b",
        seek: Seek::Literal(&["+"]),
        check: Check::Whole(phone),
    },
    Shape {
        rule: Id::Nip,
        pattern: r"\b\d{3}-?\d{3}-?\d{2}-?\d{2}\b",
        seek: Seek::Token(DIGITS, |token| {
            token.run == 10 || token.run <= 8 && token.run >= 3 && token.after().starts_with(b"-")
        }),
        check: Check::Whole(nip),
    },
    Shape {
        rule: Id::Pesel,
        pattern: r"\b\d{11}\b",
        seek: Seek::Token(DIGITS, |token| token.run == 11),
        check: Check::Whole(pesel),
    },
    Shape {
        rule: Id::MacAddress,
        pattern: r"\b[0-9A-Fa-f]{2}(?:(?::[0-9A-Fa-f]{2}){5}|(?:-[0-9A-Fa-f]{2}){5})\b",
        seek: Seek::Token(HEX, |token| token.run == 2 && matches!(token.after().first(), Some(b':' | b'-'))),
        check: Check::Whole(mac),
    },
    Shape {
        rule: Id::Ipv4,
        pattern: r"\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b",
        seek: Seek::Token(DIGITS, |token| token.run <= 3 && token.after().starts_with(b".")),
        check: Check::Whole(ipv4),
    },
    Shape {
        rule: Id::Ipv6,
        pattern: r"[0-9A-Fa-f]{1,4}(?::{1,2}[0-9A-Fa-f]{1,4}){2,7}",
        seek: Seek::Token(HEX, |token| token.run <= 4 && token.after().starts_with(b":")),
        check: Check::Whole(ipv6),
    },
    Shape {
        rule: Id::HomePath,
        pattern: r"(?i)(?:/home/|/users/|\\{1,4}users\\{1,4}|%2fhome%2f|%5cusers%5c|/documents and settings/|\\{1,4}documents and settings\\{1,4})",
        seek: Seek::AnyCase(&[
            "/home/",
            "/users/",
            r"\users",
            "%2fhome%2f",
            "%5cusers%5c",
            "/documents and settings/",
            r"\documents and settings",
        ]),
        check: Check::Whole(home),
    },
    Shape {
        rule: Id::Serial,
        pattern: r"\bS-1-5-21-\d{6,10}-\d{6,10}-\d{6,10}-\d{3,6}\b",
        seek: Seek::Literal(&["S-1-5-21-"]),
        check: Check::None,
    },
];
