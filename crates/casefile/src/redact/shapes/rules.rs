//! The shapes, as a table.

use super::bounds::{
    after_last_slash, after_path, after_slash, has_letter_and_digit, iban, nip, pesel, phone_named,
};
use super::cards::{card, card_named};
use super::homes::home;
use super::logins::{dsn_key, last_word, otp_secret, user_info, ws_key};
use super::mails::mail_escaped;
use super::pem::{pem, putty};
use super::wallets::{BASE58, evm_key, in_key_file, solana_key, wallet_address};
use super::{
    Check, Seek, Shape, bounds, commands, diagnosed, links, logins, mails, noted, papers, people, wallets,
};
use crate::redact::rules::Id;
use crate::redact::{checks, value};

const HEX: &[u8] = b"0123456789abcdefABCDEF";
const ALPHANUMERIC: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const UPPER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const UPPER_AND_DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

const ANY_LENGTH: [usize; 2] = [1, usize::MAX];

/// How a socket is told who one is: the key, a time, the signature. Source:
/// <https://bybit-exchange.github.io/docs/v5/ws/connect#authentication>
const AUTH_ARGUMENTS: &str = r#""auth(?:KeyExpires)?\\{0,3}"[^\n\]{}]{0,40}?args\\{0,3}" ?: ?\[ ?\\{0,3}"[A-Za-z0-9_-]{12,64}\\{0,3}", ?(?:\\{0,3}")?\d{8,16}(?:\\{0,3}")?, ?\\{0,3}"[0-9a-f]{40,128}\\{0,3}""#;

/// What is made with a key and its secret: `Client::new("…", "…")`, `new Spot('…', '…')`.
const NEW_ARGUMENTS: &str = r"(?i)(?:::new|spot|api|rest|http)\(b?(?:\x22[A-Za-z0-9+/=_]{20,128}\x22|'[A-Za-z0-9+/=_]{20,128}'), ?b?(?:\x22[A-Za-z0-9+/=_]{20,128}\x22|'[A-Za-z0-9+/=_]{20,128}')";

/// Commands with the password as an argument without a name: behind a flag of one letter, or in its place.
const PASSWORD_ARGUMENTS: &str = concat!(
    r"(?:security add-(?:generic|internet)-password [^\n|;]{0,200}?-w|",
    r"ldap(?:search|add|modify|delete|whoami|passwd) [^\n|;]{0,300}?-w|",
    r"mongo(?:sh|dump|restore|export|import|stat|top)? [^\n|;]{0,200}?-p|",
    r"sqlcmd [^\n|;]{0,200}?-P|",
    r"rabbitmqctl [^\n|;]{0,40}?(?:add_user|change_password|authenticate_user) [^\s'\x22]{1,64}|",
    r"ssh-keygen [^\n|;]{0,200}?-[NP]|user(?:add|mod) [^\n|;]{0,200}?(?:-p|--password)|",
    r"wpa_passphrase (?:[^\s'\x22]{1,32}|'[^'\n]{1,32}'|\x22[^\x22\n]{1,32}\x22)|",
    r"bw (?:unlock|login \S{3,64}@\S{3,64})|ansible-vault encrypt_string|encryptwallet|",
    r"net use (?:[A-Za-z*]:? )?\\{2,4}[^\s]{3,80})",
    r" (?:'[^'\n]{3,}'|\x22[^\x22\n]{3,}\x22|[^\s'\x22/-][^\s'\x22]{2,})",
);

/// Owner and group of a file. Source: <https://pubs.opengroup.org/onlinepubs/9799919799/utilities/ls.html>
const LIST_OF_FILES: &str = r"[dl-][r-][w-][xsS-][r-][w-][xsS-][r-][w-][xtT-][.+@]? {1,4}\d{1,6} {1,4}[^\s]{2,32} {1,12}[^\s]{2,32} {1,12}\d";

/// A user and a password behind what says that they log in: `dane logowania: anna77 …`.
const LOGIN_DETAILS: &str = r"(?i)(?:dane (?:do )?logowania|login (?:details|data)|dost[^ \n]{1,2}py)(?: do [^\s:]{2,24})?[: -]{1,4}[^\s,/:]{3,64}(?: ?[,/|:] ?| )[^\s]{6,64}";

/// Key and secret of a client, told apart by their places only: `Client("…", "…")`.
const CLIENT_ARGUMENTS: &str =
    r#"(?i)client\(\s{0,20}["'][a-z0-9_+/=-]{16,128}["'],\s{0,20}["'][a-z0-9_+/=-]{16,128}["']"#;

/// What the documents of people are called, and their numbers.
const PAPERS: &str = "(?i)(?:cen[cs]e no|l insurance no|slo (?:op|pasu|klienta)|identit\u{e9}|-\u{43a}\u{430}\u{440}\u{442}\u{43a}\u{438}|\u{b0} client|codice (?:cliente|fiscale)|rodn\u{e9} \u{10d}\u{ed}slo|\u{e9} sociale|reisepass(?:n(?:umme)?r)?|vat no|ust-id(?:-?nr)?|\u{b0} tva|tita iva|steuer-id|\u{440}\u{442}\u{430})[.]? {0,32}[:=]? {0,4}[A-Z0-9][A-Z0-9/-]{5,20}\\b";

pub(super) const SHAPES: &[Shape] = &[
    Shape {
        rule: Id::PrivateKey,
        pattern: r"-----BEGIN (?:[A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?|OpenVPN [sS]tatic key V1|OpenVPN tls-crypt-v2 client key)-----",
        seek: Seek::Literal(&["-----begin "]),
        check: Check::Whole(pem),
    },
    Shape {
        rule: Id::PrivateKey,
        pattern: r"Private-Lines: ?\d",
        seek: Seek::Literal(&["private-lines:"]),
        check: Check::Whole(putty),
    },
    Shape {
        rule: Id::Jwt,
        pattern: r"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}\.?[A-Za-z0-9_-]*",
        seek: Seek::Literal(&["eyj"]),
        check: Check::Value(checks::is_jwt),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"(?:AC|SK)[a-f0-9]{32}\b",
        seek: Seek::Token(b"AS", [34, 34], |_| true),
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}",
        seek: Seek::Token(b"MNO", ANY_LENGTH, |token| {
            token.text[token.start..].iter().take(29).skip(24).any(|byte| *byte == b'.')
        }),
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"2[A-Za-z0-9]{26}_[A-Za-z0-9]{20,22}\b",
        seek: Seek::Token(b"2", [27, 27], |token| token.after().starts_with(b"_")),
        check: Check::None,
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"(?:PK|AK)[A-Z0-9]{18}\b",
        seek: Seek::Token(b"PA", [20, 20], |_| true),
        check: Check::Value(has_letter_and_digit),
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
        seek: Seek::Literal(&["2neaiu"]),
        check: Check::None,
    },
    Shape {
        rule: Id::Token,
        pattern: r"(?i)(?:/ws/|streams=)(?:[a-z0-9_]{2,20}@[a-z0-9_@.]{2,30}/){0,8}[A-Za-z0-9]{60,70}\b",
        seek: Seek::Literal(&["/ws/", "streams="]),
        check: Check::Whole(ws_key),
    },
    Shape {
        rule: Id::Authorization,
        pattern: r"(?i)bearer(?: |\t|%20|\x22, \x22|\\n {1,4})[A-Za-z0-9._~+/=-]{16,}",
        seek: Seek::Literal(&["bearer"]),
        check: Check::Whole(last_word),
    },
    Shape {
        rule: Id::Authorization,
        pattern: r"(?i)basic [A-Za-z0-9+/]{8,}={0,2}",
        seek: Seek::Literal(&["basic "]),
        check: Check::Whole(logins::basic),
    },
    Shape {
        rule: Id::Password,
        pattern: r" ?(?:-u|--user|--proxy-user|--proxy-auth)[ =]['\x22]?[^\s:'\x22]{1,64}:(?:'[^'\n]{3,}'|\x22[^\x22\n]{3,}\x22|[^\s'\x22]{3,})",
        seek: Seek::Literal(&[" -u ", "--user", "--proxy-user", "--proxy-auth"]),
        check: Check::Whole(logins::user_flag),
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?:(?:mysql|mysqldump|mysqladmin|mariadb|mariadb-admin)\b[^\n|;]{0,80}?[ \x22']-p|sshpass -p ?)(?:'(?:[^'\n]|'\\'')+'|['\x22]?[^\s'\x22-][^\s'\x22]{3,})",
        seek: Seek::Literal(&["mysql", "mariadb", "sshpass"]),
        check: Check::Whole(commands::password_flag),
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?:(?:htpasswd (?:-[a-zA-Z]+ )*-[a-zA-Z]*b[a-zA-Z]* (?:-[a-zA-Z]+ )*\S+ \S+|openssl [^\n|;]{0,80}? -[kK]|redis-cli [^\n|;]{0,60}?-a) |openssl [^\n|;]{0,80}? -pass(?:in|out)? pass:|7z[a-z]? [^\n|;]{0,80}? -p)['\x22]?[^\s'\x22]{3,}",
        seek: Seek::Literal(&["htpasswd -", "openssl ", "redis-cli ", "7z "]),
        check: Check::Whole(commands::last_of_command),
    },
    Shape {
        rule: Id::Password,
        pattern: r":(?:54\d\d|6432|\*):(?:[^\s:]{1,64}):[^\s:]{1,64}:[^\s]{3,}",
        seek: Seek::Literal(&[":5432:", ":543", ":544", ":6432:"]),
        check: Check::Whole(logins::after_last_colon),
    },
    Shape {
        rule: Id::ApiKey,
        pattern: CLIENT_ARGUMENTS,
        seek: Seek::Literal(&["client("]),
        check: Check::Whole(logins::in_first_quotes),
    },
    Shape {
        rule: Id::ApiSecret,
        pattern: CLIENT_ARGUMENTS,
        seek: Seek::Literal(&["client("]),
        check: Check::Whole(logins::in_last_quotes),
    },
    Shape {
        rule: Id::Password,
        pattern: r#" LOGIN "?[^\s"]{1,64}"? "?[^\s"]{3,64}"#,
        seek: Seek::Literal(&[" login "]),
        check: Check::Whole(logins::of_imap),
    },
    Shape {
        rule: Id::Token,
        pattern: r"(?i)flexstatementservice[./][a-z]{0,20}\?(?:[a-z]=\d{1,12}&)?t=\d{16,32}",
        seek: Seek::Literal(&["flexstatementservice"]),
        check: Check::Whole(logins::ws_key),
    },
    Shape {
        rule: Id::ApiKey,
        pattern: AUTH_ARGUMENTS,
        seek: Seek::Literal(&["\"auth"]),
        check: Check::Whole(logins::first_argument),
    },
    Shape {
        rule: Id::Signature,
        pattern: AUTH_ARGUMENTS,
        seek: Seek::Literal(&["\"auth"]),
        check: Check::Whole(logins::last_of_list),
    },
    Shape {
        rule: Id::ApiKey,
        pattern: r#""auth\\{0,3}", ?\\{0,3}"(?:params|key|apikey|token)\\{0,3}": ?\\{0,3}"[A-Za-z0-9_-]{16,128}"#,
        seek: Seek::Literal(&["\"auth"]),
        check: Check::Whole(logins::last_of_list),
    },
    Shape {
        rule: Id::UserName,
        pattern: r" ?(?:-u|--user|--proxy-user|--proxy-auth)[ =]['\x22]?[^\s:'\x22]{1,64}:(?:'[^'\n]{3,}'|\x22[^\x22\n]{3,}\x22|[^\s'\x22]{3,})",
        seek: Seek::Literal(&[" -u ", "--user", "--proxy-user", "--proxy-auth"]),
        check: Check::Whole(logins::user_of_flag),
    },
    Shape {
        rule: Id::Password,
        pattern: r"machine\s+[A-Za-z0-9.-]{1,80}\s+login\s+\S{1,64}\s+password\s+\S{3,}",
        seek: Seek::Literal(&["machine "]),
        check: Check::Whole(commands::last_argument),
    },
    Shape {
        rule: Id::UserName,
        pattern: r"machine\s+[A-Za-z0-9.-]{1,80}\s+login\s+\S{3,64}",
        seek: Seek::Literal(&["machine "]),
        check: Check::Whole(logins::account_argument),
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?i)convertto-securestring\s+(?:-string\s+)?(?:'[^'\n]{3,}'|\x22[^\x22\n]{3,}\x22)",
        seek: Seek::Literal(&["convertto-securestring"]),
        check: Check::Whole(logins::in_last_quotes),
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?:554|925)=[^\x01|^;\s\\]{3,128}",
        seek: Seek::Literal(&["554=", "925="]),
        check: Check::Whole(logins::of_fix),
    },
    Shape {
        rule: Id::UserName,
        pattern: r"553=[^\x01|^;\s\\]{3,128}",
        seek: Seek::Literal(&["553="]),
        check: Check::Whole(logins::of_fix),
    },
    // Who sends, where a broker puts the account into it: `49=live.broker.12345678`.
    Shape {
        rule: Id::AccountId,
        pattern: r"(?:\x01|\||\^A)49=[A-Za-z0-9_.-]{0,40}\d{6,12}\b",
        seek: Seek::Literal(&["\u{1}49=", "|49=", "^a49="]),
        check: Check::Whole(logins::of_fix),
    },
    // The public half of a pair that an exchange knows its customer by, 32 bytes in base64 of addresses. Source: Coinmate.
    Shape {
        rule: Id::ApiKey,
        pattern: r#"(?i)public_?key(?: as string)?(?:\\{0,3}["']){0,2} ?[=:] ?(?:\\{0,3}["']){0,2}[A-Za-z0-9_-]{43}\b"#,
        seek: Seek::Literal(&["publickey", "public_key"]),
        check: Check::Whole(logins::public_half),
    },
    Shape {
        rule: Id::Signature,
        pattern: r#"(?i)(?:args|params)\\{0,3}["']?\s?(?:=>|[:=])\s?\[[^\[\]]{64,400}\]"#,
        seek: Seek::Literal(&["args\"", "args'", "args\\", "args:", "args =", "params"]),
        check: Check::Whole(logins::of_login_frame),
    },
    // Where a home is found whose address changes: `hathaway55.hopto.org`.
    Shape {
        rule: Id::HostName,
        pattern: r"(?i)\.(?:duckdns\.org|ddns\.(?:net|me)|hopto\.org|no-ip\.(?:org|biz|info)|zapto\.org|sytes\.net|myftp\.org|dyndns\.org|synology\.me|myqnapcloud\.com|dynu\.net|mooo\.com)\b",
        seek: Seek::Literal(&[
            ".duckdns.",
            ".ddns.",
            ".hopto.",
            ".no-ip.",
            ".zapto.",
            ".sytes.",
            ".myftp.",
            ".dyndns.",
            ".synology.me",
            ".myqnap",
            ".dynu.",
            ".mooo.",
        ]),
        check: Check::Whole(people::home_before),
    },
    // `2FA klucz kucoin RVOZCJZBHGZKYEXM`
    Shape {
        rule: Id::OneTimeCode,
        pattern: r"(?i:2fa|totp|authenticator)(?: [^\s\d:=]{2,16}){0,3}[:= ]{1,3}[A-Z2-7]{16,64}\b",
        seek: Seek::Literal(&["2fa ", "totp ", "authenticator "]),
        check: Check::Whole(commands::last_argument),
    },
    Shape {
        rule: Id::Token,
        pattern: r"(?i)(?:service install|run --token|access-token) ey[A-Za-z0-9+/_-]{40,}={0,2}",
        seek: Seek::Literal(&["service install ey", "run --token ey", "access-token ey"]),
        check: Check::Whole(commands::last_argument),
    },
    // An account as HaasOnline keeps it: both halves in elements beside each other.
    Shape {
        rule: Id::ApiKey,
        pattern: r"<PublicKey>[^<\s]{6,120}</PublicKey>\s{0,40}<PrivateKey>",
        seek: Seek::Literal(&["<publickey>"]),
        check: Check::Whole(people::first_content),
    },
    // The same of zonda, an identifier.
    Shape {
        rule: Id::ApiKey,
        pattern: r#"(?i)public_?key(?:\\{0,3}["']){0,2} ?[=:] ?(?:\\{0,3}["']){0,2}[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"#,
        seek: Seek::Literal(&["publickey", "public_key"]),
        check: Check::Whole(logins::public_identifier),
    },
    // What MySQL is told: `SET PASSWORD FOR 'bot'@'%' = '…'`.
    Shape {
        rule: Id::Password,
        pattern: r"(?i)set password (?:for [^\n=]{1,80})?= ?(?:password\()?'[^'\n]{1,128}'",
        seek: Seek::Literal(&["set password "]),
        check: Check::Whole(logins::in_last_quotes),
    },
    // A message to a telephone: `{'To': '+48…', 'Body': 'Kod: 925315'}`.
    Shape {
        rule: Id::OneTimeCode,
        pattern: r#"(?i)['"]?body['"]?\s?[:=]\s?['"][^'"\n]{0,60}?(?:kod|code|otp|pin|haslo|has\xc5\x82o)[^'"\n\d]{0,24}\d{4,8}\b"#,
        seek: Seek::Literal(&["'body'", "\"body\"", "body="]),
        check: Check::Whole(people::last_digits),
    },
    // `Wysłano SMS na numer … z kodem 926468`
    Shape {
        rule: Id::OneTimeCode,
        pattern: r"(?i)sms[^\n]{0,48}? (?:z kodem|with (?:the )?code)[: ]{1,2}\d{4,8}\b",
        seek: Seek::Literal(&["sms na ", "sms to ", "sms do ", "sms wys", "sms sent"]),
        check: Check::Whole(people::last_digits),
    },
    // `GET /reset?email=…&code=952212`
    Shape {
        rule: Id::OneTimeCode,
        pattern: r"(?i)/(?:reset|verify|confirm|activate|login|2fa|otp|auth)[a-z/_-]{0,32}\?[^\s\x22]{0,120}?(?:code|otp|pin)=\d{4,8}\b",
        seek: Seek::Literal(&["/reset", "/verif", "/confi", "/activ", "/login", "/2fa", "/otp", "/auth"]),
        check: Check::Whole(people::last_digits),
    },
    // `kody zapasowe google: 8186 2600, 2255 9274`
    Shape {
        rule: Id::Password,
        pattern: r"(?i)(?:kody zapasowe|backup codes|recovery codes|kody awaryjne)[^\d\n:]{0,24}: ?\d{4} \d{4}(?:, ?\d{4} \d{4}){1,11}\b",
        seek: Seek::Literal(&["kody zapasowe", "backup codes", "recovery codes", "kody awaryjne"]),
        check: Check::Whole(people::from_first_digit),
    },
    // `recovery code ee1ep-kmofm`
    Shape {
        rule: Id::Password,
        pattern: r"(?i)(?:recovery|backup|rescue) code(?: is)?:? [a-z0-9]{4,6}-[a-z0-9]{4,6}\b",
        seek: Seek::Literal(&["recovery code", "backup code", "rescue code"]),
        check: Check::Whole(commands::last_argument),
    },
    // What Windows says of a network: `SSID name              : "Kowalski_5G"`.
    Shape {
        rule: Id::WifiName,
        pattern: r#"(?i)ssid name\s{1,20}:\s"[^"\n]{1,32}""#,
        seek: Seek::Literal(&["ssid name"]),
        check: Check::Whole(logins::in_last_quotes),
    },
    // What AutoHotkey types: `SendText "…"  ; hasło NinjaTrader`.
    Shape {
        rule: Id::Password,
        pattern: r"(?i)send(?:text|raw|input)?,? ?\x22[^\x22\n]{4,64}\x22\s{0,8};[^\n]{0,24}(?:pass|has(?:l|\xb3|\xc5\x82)o|pin\b)",
        seek: Seek::Literal(&["sendtext", "sendinput", "sendraw", "send \""]),
        check: Check::Whole(people::typed),
    },
    // `paszport nr AA1005422`
    Shape {
        rule: Id::PersonName,
        pattern: r"(?i)(?:paszport|passport|dow(?:\xc3\xb3|o)d(?: osobisty)?|reisepass|pasaporte)(?: nr| no| number| numer| nummer)?[.:]{0,2} [A-Z]{2,3} ?\d{6,7}\b",
        seek: Seek::Literal(&["paszport ", "passport ", "dow\u{f3}d ", "dowod ", "reisepass ", "pasaporte "]),
        check: Check::Whole(people::document),
    },
    // `WiFi Kowalski_5G hasło: …`
    Shape {
        rule: Id::WifiName,
        pattern: r"(?i)wi-?fi(?: network| sie\xc4\x87)?:? [^\s:]{3,32},? (?:has(?:l|\xb3|\xc5\x82)o|pass(?:word)?|key|klucz)\b",
        seek: Seek::Literal(&["wifi ", "wi-fi ", "wifi: ", "wi-fi: "]),
        check: Check::Whole(people::before_last_word),
    },
    // How a sender is called whose name has other letters than English. Source: RFC 2047.
    Shape {
        rule: Id::PersonName,
        pattern: r"(?i)(?:from|to|cc|reply-to|sender|od|do): \x22?=\?[a-z0-9-]{3,16}\?[qb]\?[^?\s]{3,120}\?=",
        seek: Seek::Literal(&["from: ", "to: ", "cc: ", "reply-to: ", "sender: ", "od: ", "do: "]),
        check: Check::Whole(people::encoded_name),
    },
    // A mail on its way in a network of its own, where no domain ends the address.
    Shape {
        rule: Id::Email,
        pattern: r"(?i)(?:rcpt to|mail from): ?<[^<>\s@]{1,64}@[A-Za-z0-9.-]{2,64}>",
        seek: Seek::Literal(&["rcpt to:", "mail from:"]),
        check: Check::Whole(logins::in_angles),
    },
    // Where a server keeps what belongs to its users: `\\dc01\profiles$\anna\…`.
    Shape {
        rule: Id::UserName,
        pattern: r"(?i)(?:profiles?|homes?|users?|roaming|redirected|folders)\$\\{1,4}[^\\/\s\x22'<>|:*?]{2,40}",
        seek: Seek::Literal(&[
            "profiles$",
            "profile$",
            "homes$",
            "home$",
            "users$",
            "user$",
            "roaming$",
            "redirected$",
            "folders$",
        ]),
        check: Check::Whole(logins::behind_backslash),
    },
    // What stands on the back of a card, in an export of a keeper of passwords: `"expYear": "2029", "code": "…"`.
    Shape {
        rule: Id::OneTimeCode,
        pattern: r#"(?i)"expYear": ?(?:"?\d{2,4}"?|null),\s{0,20}"code": ?"\d{3,4}\b"#,
        seek: Seek::Literal(&["\"expyear"]),
        check: Check::Whole(last_word),
    },
    // What a client of OpenVPN is told through its socket. Source: <https://openvpn.net/community-docs/management-interface.html>
    Shape {
        rule: Id::Password,
        pattern: r#"(?i)password "(?:Auth|Private Key|HTTP Proxy|SOCKS Proxy)" "?[^\s'"]{4,128}"#,
        seek: Seek::Literal(&["password \""]),
        check: Check::Whole(commands::told),
    },
    Shape {
        rule: Id::UserName,
        pattern: r#"(?i)username "(?:Auth|HTTP Proxy|SOCKS Proxy)" "?[^\s'"]{3,64}"#,
        seek: Seek::Literal(&["username \""]),
        check: Check::Whole(commands::told),
    },
    // Users of 3proxy and their passwords. Source: <https://3proxy.org/doc/man3/3proxy.cfg.3.html>
    Shape {
        rule: Id::Password,
        pattern: r"(?i):(?:CL|CR|NT):[^\s'\x22]{4,128}",
        seek: Seek::Literal(&[":cl:", ":cr:", ":nt:"]),
        check: Check::Whole(commands::of_proxy),
    },
    // A person in a card of contacts. Source: RFC 6350, section 6.
    Shape {
        rule: Id::PersonName,
        pattern: r"(?i)\n(?:fn|n|adr|nickname)(?:;[^:\r\n]{0,80})?:[^\r\n]{2,200}",
        seek: Seek::Literal(&["\nfn:", "\nfn;", "\nn:", "\nn;", "\nadr", "\nnickn"]),
        check: Check::Whole(people::of_card),
    },
    // Which machine a mail comes from: `Received: from ANNA-PC (…)`.
    Shape {
        rule: Id::HostName,
        pattern: r"(?i)received: from [A-Za-z0-9_-]{3,40} \(",
        seek: Seek::Literal(&["received: from "]),
        check: Check::Whole(commands::before_bracket),
    },
    // How a network knows a machine: `DHCPv6 Client DUID. . . : 00-01-00-01-2B-…`.
    Shape {
        rule: Id::MacAddress,
        pattern: r"(?i)duid[^:\n]{0,48}: ?(?:[0-9a-f]{2}[:-]){9,20}[0-9a-f]{2}\b",
        seek: Seek::Literal(&["duid"]),
        check: Check::Whole(last_word),
    },
    // Somebody else's chat, as freqtrade turns it away. Source: <https://github.com/freqtrade/freqtrade>, rpc/telegram.py
    Shape {
        rule: Id::AccountId,
        pattern: r"(?i)unauthorized (?:message|user|chat|access)(?: from| by| id)*:? -?\d{6,14}\b",
        seek: Seek::Literal(&["unauthorized "]),
        check: Check::Whole(last_word),
    },
    // What is a sum of a currency beside others: `"ccy":"USDT","availBal":"1","eq":"2.5"` of OKX.
    Shape {
        rule: Id::Balance,
        pattern: r#""(?:eq|disEq|upl|liab|stgyEq|isoEq)\\{0,3}": ?\\{0,3}"-?\d{1,16}\.\d{1,20}\b"#,
        seek: Seek::Literal(&["\"eq", "\"diseq", "\"stgyeq", "\"isoeq"]),
        check: Check::Whole(logins::of_currency),
    },
    // What is free and what is locked of each asset: `"e":"outboundAccountPosition",…"B":[{"a":"BTC","f":"1.5","l":"0.2"}]` of Binance.
    Shape {
        rule: Id::Balance,
        pattern: r#"(?:\\{0,3}"[fl]\\{0,3}": ?\\{0,3}"|,[fl]=)\d{1,16}\.\d{1,20}\b"#,
        seek: Seek::Literal(&["\"f\":\"", "\"l\":\"", ",f=", ",l=", "\"f\\\":", "\"l\\\":"]),
        check: Check::Whole(commands::of_position),
    },
    // The request that signs a channel in, as Go shows a map: `map[args:[KEY 1764000000000 SIGN] op:auth]`.
    Shape {
        rule: Id::Signature,
        pattern: r"args:\[[^\s\]]{8,64} \d{10,13} [0-9a-f]{64}\b",
        seek: Seek::Literal(&["args:["]),
        check: Check::Whole(commands::last_argument),
    },
    // What a program of flows keeps its secrets in, sealed: `{"$": "…"}` of Node-RED.
    Shape {
        rule: Id::ApiSecret,
        pattern: r#""\$"\s?:\s?"[0-9a-f]{32}[A-Za-z0-9+/]{24,}={0,2}"#,
        seek: Seek::Literal(&["\"$\":"]),
        check: Check::Whole(commands::last_argument),
    },
    Shape {
        rule: Id::Token,
        pattern: r"claim-[A-Za-z0-9_-]{20}",
        seek: Seek::Literal(&["claim-"]),
        check: Check::Value(value::is_random_looking),
    },
    Shape {
        rule: Id::Signature,
        pattern: r"(?:\x01|\||\^A)96=[^\x01|^;\s\\]{8,4096}",
        seek: Seek::Literal(&["\u{1}96=", "|96=", "^a96="]),
        check: Check::Whole(logins::of_fix),
    },
    Shape {
        rule: Id::AccountId,
        pattern: r"(?:\x01|\||\^A)1=[A-Za-z0-9_-]{4,32}",
        seek: Seek::Literal(&["\u{1}1=", "|1=", "^a1="]),
        check: Check::Whole(logins::of_fix),
    },
    Shape {
        rule: Id::AccountId,
        pattern: r"(?i)': (?:authorized|authorization|login|previous|trading has|connect|disconnect|terminal|synchronized|scanning network|autoryzacja|poprzednia|nieudan[ae]|zlecenie|pozycja|migration|migracja|handel|market|buy|sell|order|deal|modify|cancel|position|instant|exchange) ",
        seek: Seek::Literal(&[
            "': authorized",
            "': authorization",
            "': login",
            "': previous",
            "': trading",
            "': connect",
            "': disconnect",
            "': terminal",
            "': scanning",
            "': market",
            "': buy",
            "': sell",
            "': order",
            "': deal",
            "': modify",
            "': cancel",
            "': position",
            "': instant",
            "': exchange",
            "': autory",
            "': poprze",
            "': nieuda",
            "': zlecen",
            "': pozycj",
            "': migra",
        ]),
        check: Check::Whole(logins::of_journal),
    },
    Shape {
        rule: Id::AccountId,
        pattern: r"(?i)(?:managedaccounts|accountsummary|accountvalue)",
        seek: Seek::Literal(&["managedaccounts", "accountsummary", "accountvalue"]),
        check: Check::Whole(logins::before_the_word),
    },
    Shape {
        rule: Id::Phone,
        pattern: r"00(?:48|49|44|33|43|41|420)[ -]\(?\d[\d ()-]{6,14}\d\b",
        seek: Seek::Literal(&["0048", "0049", "0044", "0033", "0043", "0041", "00420"]),
        check: Check::Whole(bounds::phone),
    },
    Shape {
        rule: Id::Ipv4,
        pattern: r"\.(?:dynamic|static|adsl|dsl|ipv4|cust|customer|pool)[.-]",
        seek: Seek::Literal(&[".dyna", ".stat", ".adsl", ".dsl.", ".ipv4", ".cust", ".pool"]),
        check: Check::Whole(bounds::ipv4_of_line),
    },
    Shape {
        rule: Id::Ipv4,
        pattern: r"ip-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}\b",
        seek: Seek::Literal(&["ip-"]),
        check: Check::Whole(bounds::ipv4_in_name),
    },
    Shape {
        rule: Id::Password,
        pattern: r#"(?i)"auth" (?:"[^"\n]{1,64}" )?"[^"\n]{6,}""#,
        seek: Seek::Literal(&["\"auth"]),
        check: Check::Whole(logins::in_last_quotes),
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?i)auth plain [A-Za-z0-9+/]{8,}={0,2}",
        seek: Seek::Literal(&["auth plain "]),
        check: Check::Whole(commands::last_argument),
    },
    Shape {
        rule: Id::Webhook,
        pattern: r"(?i)/(?:webhooks?|hooks?|callbacks?|with/key)/(?:[a-z0-9_-]{1,20}/){0,2}[A-Za-z0-9_-]{20,80}",
        seek: Seek::Literal(&["/webhook", "/hook", "/callback", "/with/key/"]),
        check: Check::Whole(logins::last_of_path),
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?:UGFzc3dvcmQ6|reply:? 334)[^\n]{0,60}\n?[^\n]{0,60}?(?:[Ss]end: b?['\x22]|C: |>>> |=> |-> )[A-Za-z0-9+/]{6,}={0,2}",
        seek: Seek::Literal(&["ugfzc3dvcmq6", "reply 334", "reply: 334"]),
        check: Check::Whole(commands::last_argument),
    },
    Shape {
        rule: Id::Token,
        pattern: r"(?i)\x22(?:p?setex|set|getset|setnx)\x22 \x22[^\x22\n]{0,120}(?:token|secret|session|passw|api_?key|credential|jwt|auth)[^\x22\n]{0,80}\x22(?: \x22\d{1,12}\x22)? \x22[^\x22\s]{12,}\x22",
        seek: Seek::Literal(&[
            "\"set\" \"",
            "\"setex\" \"",
            "\"psetex\" \"",
            "\"getset\" \"",
            "\"setnx\" \"",
        ]),
        check: Check::Whole(logins::kept),
    },
    Shape {
        rule: Id::Password,
        pattern: r"random_password\x22[\s\S]{0,1500}?\x22result\x22: ?\x22(?:[^\x22\\\n]|\\.){4,}\x22",
        seek: Seek::Literal(&["random_password"]),
        check: Check::Whole(logins::in_last_quotes),
    },
    Shape {
        rule: Id::ApiSecret,
        pattern: r"(?i)hmac[a-z0-9_.:]{0,24}\((?:[^()'\x22\n]{0,80}, ?|['\x22]sha-?\d{1,3}['\x22], ?)?b?(?:\x22[^\x22\s]{12,}\x22|'[^'\s]{12,}')",
        seek: Seek::Literal(&["hmac"]),
        check: Check::Whole(logins::made_in_last_quotes),
    },
    Shape {
        rule: Id::ApiKey,
        pattern: NEW_ARGUMENTS,
        seek: Seek::Literal(&["::new(", "spot(", "api(", "rest(", "http("]),
        check: Check::Whole(logins::in_first_quotes),
    },
    Shape {
        rule: Id::ApiSecret,
        pattern: NEW_ARGUMENTS,
        seek: Seek::Literal(&["::new(", "spot(", "api(", "rest(", "http("]),
        check: Check::Whole(logins::made_in_last_quotes),
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?i)(?:credentials?|digest_?auth|ntlm_?auth)\(\s?['\x22][^'\x22\n]{1,64}['\x22], ?(?:\x22[^\x22\n]{4,}\x22|'[^'\n]{4,}')",
        seek: Seek::Literal(&["credential(", "credentials(", "digestauth(", "digest_auth(", "ntlmauth("]),
        check: Check::Whole(logins::in_last_quotes),
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?i)identified by (?:with \S{1,40} (?:by|as) )?\x22[^\x22\n]{3,}\x22",
        seek: Seek::Literal(&["identified by "]),
        check: Check::Whole(logins::in_last_quotes),
    },
    Shape {
        rule: Id::Password,
        pattern: PASSWORD_ARGUMENTS,
        seek: Seek::Literal(&[
            "security add-",
            "ldapsearch ",
            "ldapadd ",
            "ldapmodify ",
            "ldapdelete ",
            "ldapwhoami ",
            "ldappasswd ",
            "mongo",
            "sqlcmd ",
            "rabbitmqctl ",
            "ssh-keygen ",
            "useradd ",
            "usermod ",
            "wpa_passphrase ",
            "bw unlock ",
            "bw login ",
            "ansible-vault ",
            "encryptwallet",
            "net use ",
        ]),
        check: Check::Whole(commands::argument),
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?:lftp [^\n|]{0,200}?-u ['\x22]?[^\s,'\x22]{1,64},|--(?:rpc|daemon)-login[ =]['\x22]?[^\s:'\x22]{1,64}:|(?:sqlplus|expdp|impdp|exp|imp|rman|sqlldr) (?:-[A-Za-z]+ )*[A-Za-z][A-Za-z0-9_$#]{0,30}/|jdbc:oracle:thin:[A-Za-z][A-Za-z0-9_$#]{0,30}/)[^\s'\x22@]{3,128}",
        seek: Seek::Literal(&[
            "lftp ",
            "--rpc-login",
            "--daemon-login",
            "sqlplus ",
            "expdp ",
            "impdp ",
            "jdbc:oracle:thin:",
        ]),
        check: Check::Whole(commands::behind_user),
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?i)\| ?(?:[a-z_]+=\S{1,40} )?(?:sudo [^\n|]{0,40}-[a-z]*S|[^\n|]{0,80}?--(?:password|token)-stdin|[^\n|]{0,80}?--(?:stdin|passphrase-fd[ =]0|with-token)|(?:sudo )?chpasswd|passwd|kinit|smbpasswd|(?:sudo )?cryptsetup|docker secret create|pass insert|secret-tool store|restic|borg|mysql_config_editor|su )",
        seek: Seek::Literal(&[
            "| sudo", "|sudo", "| docke", "| podma", "| gpg", "|gpg", "| chpas", "| passw", "| kinit",
            "| smbpa", "| crypt", "| su ", "| gh au", "| helm ", "| pass ", "| secre", "| resti", "| vault",
        ]),
        check: Check::Whole(commands::before_pipe),
    },
    Shape {
        rule: Id::Password,
        pattern: r"<<< ?(?:'[^'\n]{3,}'|\x22[^\x22\n]{3,}\x22|[^\s'\x22]{3,})",
        seek: Seek::Literal(&["<<< ", "<<<'", "<<<\""]),
        check: Check::Whole(commands::here),
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?:--password-command|--password-cmd|--passcommand|_PASSCOMMAND=|_PASSWORD_COMMAND=|--password <\(|--password-file <\()[ =]?['\x22]?(?:echo|printf) ['\x22]?[^\s'\x22)]{3,}",
        seek: Seek::Literal(&["--passw", "--passc", "_passc", "_password_command"]),
        check: Check::Whole(commands::last_argument),
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?:docker|podman|helm registry|az acr) login [^\n]{0,80}?(?:-p|--password)[ =]['\x22]?[^\s'\x22-][^\s'\x22]{3,}",
        seek: Seek::Literal(&["docker login ", "podman login ", "helm registry login ", "az acr login "]),
        check: Check::Whole(commands::last_argument),
    },
    Shape {
        rule: Id::ApiSecret,
        pattern: r"oathtool [^\n|;]{0,60}?[A-Z2-7]{16,}\b",
        seek: Seek::Literal(&["oathtool "]),
        check: Check::Whole(commands::last_argument),
    },
    Shape {
        rule: Id::PrivateKey,
        pattern: r"nsec1[02-9ac-hj-np-z]{58}\b",
        seek: Seek::Literal(&["nsec1"]),
        check: Check::None,
    },
    Shape {
        rule: Id::ApiSecret,
        pattern: r"form-data; name=\\{0,3}\x22[^\x22\n]{1,64}\x22(?:\r?\n\r?\n(?:[^\r\n\\-][^\r\n\\]{2,}|-[^\r\n\\-][^\r\n\\]+)|(?:\\r)?\\n(?:\\r)?\\n[^\r\n\\\x22]{3,})",
        seek: Seek::Literal(&["form-data; name="]),
        check: Check::Whole(logins::of_form),
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?i)identified by '(?:[^'\n]|''[^\s,;)]){3,}'",
        seek: Seek::Literal(&["identified by "]),
        check: Check::Whole(logins::in_quotes),
    },
    Shape {
        rule: Id::Password,
        pattern: r#"(?i)password for [^\n:]{1,48}?(?: is)?: ?[^\s'"]{6,64}"#,
        seek: Seek::Literal(&["password for "]),
        check: Check::Whole(logins::after_colon),
    },
    Shape {
        rule: Id::OneTimeCode,
        pattern: r"(?i)(?: code(?: is| was| entered| sent| received)?|kod (?:z )?(?:sms|2fa|pin|blik|autoryz[a-z]{3,8}|weryfik[a-z]{3,8}|jednorazowy|potwierdz[a-z]{3,8}|uwierzytelnia[a-z]{2,6}|do logowania|logowania|aktywacyjny|bezpiecze[^ \n]{1,2}stwa)(?: [A-Z][A-Za-z]{2,15})?(?: to)?)[: =]{1,3}['\x22(]?\d{4,8}\b",
        seek: Seek::Literal(&[" code", "kod "]),
        check: Check::Whole(logins::one_time_code),
    },
    Shape {
        rule: Id::OneTimeCode,
        pattern: r"(?i)(?:kod(?:em|u)?(?: z (?:aplikacji|sms|maila|e-maila))?(?: (?:sms|2fa|blik|pin|autoryzacyjnym|jednorazowym|weryfikacyjnym))?| code)[: =]{1,3}['\x22(]?\d{6,8}\b",
        seek: Seek::Literal(&["kod ", "kodem", "kodu ", " code"]),
        check: Check::Whole(people::code_behind),
    },
    // `pin do aplikacji 267268`, `kod SMS z giełdy: 157342`, `code from sms: 525824`
    Shape {
        rule: Id::OneTimeCode,
        pattern: r"(?i)(?:pin (?:do|to|for|od|k|von|zum)|kod (?:sms |2fa |pin )?(?:z|do|od|dla)|code (?:from|for|of|by)) [^\s:\d]{2,20}(?: [^\s:\d]{2,20})?(?: to| is| jest)?[: =]{1,3}\d{4,8}\b",
        seek: Seek::Literal(&["pin ", "kod ", "code from ", "code for ", "code by "]),
        check: Check::Whole(people::code_of_something),
    },
    Shape {
        rule: Id::OneTimeCode,
        pattern: r"(?i)one-time (?:password|passcode|code|pin)(?: is)?[: =]{1,3}['\x22(]?\d{4,8}\b",
        seek: Seek::Literal(&["one-time "]),
        check: Check::Whole(logins::last_of_list),
    },
    Shape {
        rule: Id::UserName,
        pattern: r"\]: \([a-z_][a-z0-9_.-]{1,31}\) (?:CMD|MAIL|RELOAD|LIST|EDIT|BEGIN)",
        seek: Seek::Literal(&["]: "]),
        check: Check::Whole(people::of_cron),
    },
    Shape {
        rule: Id::OneTimeCode,
        pattern: r"(?i)(?: is your|to tw[^ \n]{1,2}j) [^\n.,:]{0,40}?\b(?:code|kod|otp|password|has[^ \n]{1,2}o)\b",
        seek: Seek::Literal(&[" is your ", "to tw"]),
        check: Check::Whole(people::code_before),
    },
    Shape {
        rule: Id::UserName,
        pattern: r"\] \x22",
        seek: Seek::Literal(&["] \""]),
        check: Check::Whole(people::of_access_log),
    },
    Shape {
        rule: Id::HostName,
        pattern: r"\]: | kernel: |sudo: ",
        seek: Seek::Literal(&["]: ", " kernel: ", "sudo: "]),
        check: Check::Whole(people::of_journal),
    },
    Shape {
        rule: Id::UserName,
        pattern: r"(?i)(?:user|ytkownika?) ",
        seek: Seek::Literal(&["user ", "ytkow"]),
        check: Check::Whole(people::signed_in),
    },
    Shape {
        rule: Id::PersonName,
        pattern: r"(?i)user name: [^\n:()]{3,48} \([a-z_][a-z0-9._-]{1,31}\)",
        seek: Seek::Literal(&["user name:"]),
        check: Check::Whole(people::full_name),
    },
    Shape {
        rule: Id::UserName,
        pattern: r"(?i)user name: [^\n:()]{3,48} \([a-z_][a-z0-9._-]{1,31}\)",
        seek: Seek::Literal(&["user name:"]),
        check: Check::Whole(people::beside_full_name),
    },
    Shape {
        rule: Id::WifiName,
        pattern: r"nmcli [a-z -]{0,24}(?:wifi connect|up(?: id)?) |iwctl [^\n]{0,60}connect |netsh wlan (?:connect|show profile|add profile|export profile|delete profile|set profileparameter) [^\n]{0,60}?name=|(?:SSID|</hex)>\s{0,40}<name>|<WLANProfile[^>]{0,120}>\s{0,8}<name>",
        seek: Seek::Literal(&["nmcli ", "iwctl ", "netsh wlan", "ssid>", "</hex>", "<wlanp"]),
        check: Check::Whole(people::joined),
    },
    Shape {
        rule: Id::WifiName,
        pattern: r"<hex>[0-9A-F]{2,64}</hex>\s{0,40}<name>",
        seek: Seek::Literal(&["<hex>"]),
        check: Check::Whole(people::in_tag),
    },
    // What opens a drive that BitLocker sealed, in eight groups of six digits.
    Shape { rule: Id::Password, pattern: r"\d{6}(?:-\d{6}){7}\b", seek: Seek::Digits(0), check: Check::None },
    // What ASP.NET seals: sessions, answers to forgery. Source: <https://learn.microsoft.com/aspnet/core/security/data-protection>
    Shape {
        rule: Id::Cookie,
        pattern: r"CfDJ8[A-Za-z0-9_-]{24,}",
        seek: Seek::Literal(&["cfdj8"]),
        check: Check::None,
    },
    // How Windows names a computer when nobody else does. Source: <https://learn.microsoft.com/windows-hardware/customize/desktop/unattend/microsoft-windows-shell-setup-computername>
    Shape {
        rule: Id::HostName,
        pattern: r"(?i)(?:DESKTOP|LAPTOP)-[A-Z0-9]{7,8}\b|WIN-[A-Z0-9]{7,11}\b",
        seek: Seek::Literal(&["desktop-", "laptop-", "win-"]),
        check: Check::Whole(bounds::computer),
    },
    Shape {
        rule: Id::UserName,
        pattern: r"(?i)(?:DESKTOP|LAPTOP|WIN)-[A-Z0-9]{7,11}\\{1,2}[A-Z0-9._-]{3,32}",
        seek: Seek::Literal(&["desktop-", "laptop-", "win-"]),
        check: Check::Whole(bounds::user_of_computer),
    },
    Shape {
        rule: Id::PersonName,
        pattern: r"(?i)(?:author|commit|from|to|cc|bcc|reply-to|do|dw|od|signed-off-by|co-authored-by|reviewed-by|tested-by): [^\n<@:]{3,60} <[^\s<>@]{1,64}@",
        seek: Seek::Literal(&["author: ", "from: ", "to: ", "cc: ", "\nod: ", "\ndo: ", "-by: "]),
        check: Check::Whole(mails::before_mail),
    },
    Shape {
        rule: Id::UserName,
        pattern: r"(?i)(?:(?:signed|logged) in as |zalogowan[oya] (?:jako:? |u[^ \n]{1,2}ytkownika )|witaj, )[^\n]{3,60}",
        seek: Seek::Literal(&["signed in as ", "logged in as ", "zalogo", "witaj"]),
        check: Check::Whole(people::greeted),
    },
    Shape {
        rule: Id::HostName,
        pattern: r"Linux [A-Za-z0-9._-]{3,64} \d+\.\d+\.\d+\S* #\d",
        seek: Seek::Literal(&["linux "]),
        check: Check::Whole(logins::second_word),
    },
    Shape {
        rule: Id::Password,
        pattern: r#"(?i)basic_?auth[^\n:=]{0,8}[:=][\s\["']{0,10}[^\s:"'\[]{1,32}:[^\s"']{3,}"#,
        seek: Seek::Literal(&["basic_auth", "basicauth"]),
        check: Check::Whole(logins::behind_last_colon),
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?i)basic_?auth\(\s?['\x22][^'\x22\n]{1,64}['\x22], ?(?:Some\()?['\x22][^'\x22\n]{4,}['\x22]",
        seek: Seek::Literal(&["basic_auth", "basicauth"]),
        check: Check::Whole(logins::in_last_quotes),
    },
    Shape {
        rule: Id::ApiSecret,
        pattern: r"(?i)telegramclient\([^,\n]{1,64}, ?\d{4,10}, ?['\x22][0-9a-f]{32}",
        seek: Seek::Literal(&["telegramclient("]),
        check: Check::Whole(logins::last_of_list),
    },
    // Key and secret of Binance, wherever they stand: nothing else has so many letters and digits in one piece.
    Shape {
        rule: Id::ApiSecret,
        pattern: r"[A-Za-z0-9]{64}",
        seek: Seek::Word(ALPHANUMERIC, [64, 64], |token| {
            // `AAAAC3NzaC1lZDI1NTE5…` is the public half of a key of SSH.
            let is_public = token.word().starts_with(b"AAAA");
            token.run == 64 && token.is_alone() && !is_public && logins::is_key_of_binance(token.word())
        }),
        check: Check::Whole(logins::alone_in_its_line),
    },
    // What a password is kept as: whoever has it tries passwords at home.
    // Sources: <https://man7.org/linux/man-pages/man5/crypt.5.html>, <https://httpd.apache.org/docs/current/misc/password_encryptions.html>
    Shape {
        rule: Id::Password,
        pattern: r"\$2[abxy]\$\d\d\$[./A-Za-z0-9]{50,53}|\$[156]\$(?:rounds=\d+\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{22,86}|\$y\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{1,40}\$[./A-Za-z0-9]{43}|\$apr1\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}|\$argon2(?:id|i|d)\$[A-Za-z0-9+/=,$]{30,200}|\$pbkdf2-[a-z0-9]{3,8}\$[A-Za-z0-9+/=.$]{30,200}",
        seek: Seek::Literal(&[
            "$2a$", "$2b$", "$2y$", "$1$", "$5$", "$6$", "$y$", "$apr1$", "$argon2", "$pbkdf2-",
        ]),
        check: Check::None,
    },
    Shape {
        rule: Id::Password,
        pattern: r"\{S?SHA\d{0,3}\}[A-Za-z0-9+/]{27,90}={0,2}",
        seek: Seek::Literal(&["{sha", "{ssha"]),
        check: Check::None,
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?i)identify (?:\S{1,32} )?\S{4,64}",
        seek: Seek::Literal(&["identify "]),
        check: Check::Whole(commands::of_nickserv),
    },
    Shape {
        rule: Id::Token,
        pattern: r"FlexStatementService\.[A-Za-z]{4,20}\?[^\s\x22']{0,80}?\bt=\d{12,30}",
        seek: Seek::Literal(&["flexstatementservice."]),
        check: Check::Whole(logins::last_of_list),
    },
    Shape {
        rule: Id::PrivateKey,
        pattern: r"edsk[1-9A-HJ-NP-Za-km-z]{50}(?:[1-9A-HJ-NP-Za-km-z]{44})?\b",
        seek: Seek::Word(b"e", [54, 98], |token| token.word().starts_with(b"edsk")),
        check: Check::None,
    },
    Shape {
        rule: Id::UserName,
        pattern: r"(?i)(?:password|publickey) for (?:invalid user )?[a-z0-9._-]{2,32} from ",
        seek: Seek::Literal(&["password for ", "publickey for "]),
        check: Check::Whole(commands::before_from),
    },
    Shape {
        rule: Id::UserName,
        pattern: r"(?i) user [a-z0-9._-]{2,32}(?:\(uid=| from | by |\.?\r?\n)",
        seek: Seek::Literal(&[" user "]),
        check: Check::Whole(commands::of_session),
    },
    Shape {
        rule: Id::UserName,
        pattern: r"sudo: {1,4}[a-z_][a-z0-9_.-]{1,31} : ",
        seek: Seek::Literal(&["sudo: "]),
        check: Check::Whole(commands::of_sudo),
    },
    // The second half of what Lightstreamer takes for a password of IG. Source: <https://labs.ig.com/streaming-api-guide>
    Shape {
        rule: Id::Token,
        pattern: r"\|XST-[A-Za-z0-9]{20,}",
        seek: Seek::Literal(&["|xst-"]),
        check: Check::Whole(commands::behind_bar),
    },
    // Who made a task, or has a file: the computer and the user.
    Shape {
        rule: Id::UserName,
        pattern: r"(?i)(?:author|owner|run as user)\b[:> ]{1,40}[A-Z0-9_-]{2,15}\\[^\s\\/:,<>\x22]{2,40}",
        seek: Seek::Literal(&["author", "owner", "run as user"]),
        check: Check::Whole(commands::behind_computer),
    },
    Shape {
        rule: Id::UserName,
        pattern: r"(?:uid|gid|oups)=\d{1,6}\([a-z_][a-z0-9_.-]{2,31}\)",
        seek: Seek::Literal(&["uid=", "gid=", "oups="]),
        check: Check::Whole(commands::in_brackets),
    },
    Shape {
        rule: Id::HostName,
        pattern: r"Machine: [A-Za-z0-9-]{3,15} \(Microsoft",
        seek: Seek::Literal(&["machine: "]),
        check: Check::Whole(logins::second_word),
    },
    Shape {
        rule: Id::Balance,
        pattern: r":6[0245][FM]?:[CD]\d{6}[A-Z]{3}\d{1,15},\d{0,2}",
        seek: Seek::Literal(&[":60f:", ":60m:", ":62f:", ":62m:", ":64:", ":65:"]),
        check: Check::Whole(commands::of_mt940),
    },
    Shape {
        rule: Id::AccountId,
        pattern: r"is_bot",
        seek: Seek::Literal(&["is_bot"]),
        check: Check::Whole(commands::id_before),
    },
    Shape {
        rule: Id::PersonName,
        pattern: r"(?i)(?:dear|hello) (?:mr\.? |mrs\.? |ms\.? )?[^\n,!<:]{5,48}[,!]",
        seek: Seek::Literal(&["dear ", "hello "]),
        check: Check::Whole(commands::addressed),
    },
    Shape {
        rule: Id::Password,
        pattern: r" on >[^\s]{6,}",
        seek: Seek::Literal(&[" on >"]),
        check: Check::Whole(logins::of_redis),
    },
    Shape {
        rule: Id::Webhook,
        pattern: r"hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_-]{20,}",
        seek: Seek::Literal(&["hooks.slack.com/"]),
        check: Check::Whole(after_path),
    },
    Shape {
        rule: Id::Webhook,
        pattern: r"(?:hooks\.zapier\.com/hooks/catch/[A-Za-z0-9/]{8,}|script\.google\.com/macros/s/[A-Za-z0-9_-]{20,}|t\.me/(?:\+|joinchat/)[A-Za-z0-9_-]{12,})",
        seek: Seek::Literal(&["hooks.zapier.com/", "script.google.com/", "t.me/+", "t.me/joinchat/"]),
        check: Check::Whole(after_path),
    },
    Shape {
        rule: Id::Webhook,
        pattern: r"webhooks/\d{15,20}/[A-Za-z0-9_-]{60,}",
        seek: Seek::Literal(&["webhooks/"]),
        check: Check::Whole(after_path),
    },
    Shape {
        rule: Id::Webhook,
        pattern: r"webhook\.office\.com/[A-Za-z0-9@/_-]{40,}",
        seek: Seek::Literal(&["webhook.office.com/"]),
        check: Check::Whole(after_slash),
    },
    Shape {
        rule: Id::Webhook,
        pattern: r"://",
        seek: Seek::Literal(&["://"]),
        check: Check::Whole(links::notifier),
    },
    Shape {
        rule: Id::Webhook,
        pattern: r"://",
        seek: Seek::Literal(&["://"]),
        check: Check::Whole(links::of_taker),
    },
    Shape {
        rule: Id::ApiKey,
        pattern: r"://",
        seek: Seek::Literal(&["://"]),
        check: Check::Whole(links::of_node),
    },
    Shape {
        rule: Id::Password,
        pattern: r"://",
        seek: Seek::Literal(&["://"]),
        check: Check::Whole(links::proxy),
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?i) (?:-pw|/rp) ['\x22]?[^\s'\x22]{4,}",
        seek: Seek::Literal(&[" -pw ", " /rp "]),
        check: Check::Whole(commands::last_argument),
    },
    Shape {
        rule: Id::Password,
        pattern: r"freerdp[^\n|;]{0,160}? /p:['\x22]?[^\s'\x22]{3,}",
        seek: Seek::Literal(&["freerdp"]),
        check: Check::Whole(commands::behind_flag),
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?i)net (?:user [^\s/]+|use [^\n]{0,120}?/user:\S+) (?:\x22[^\x22\n]{4,}\x22|[^\s/*\x22]\S{3,})",
        seek: Seek::Literal(&["net use"]),
        check: Check::Whole(commands::argument),
    },
    // As people note the login of a server: `root / …`, `panel (admin / …)`.
    Shape {
        rule: Id::Password,
        pattern: r"(?i)(?:root|admin|administrator|ubuntu|debian) / [^\s/)]{6,48}",
        seek: Seek::Literal(&["root / ", "admin / ", "administrator / ", "ubuntu / ", "debian / "]),
        check: Check::Whole(noted::of_root),
    },
    // `iCloud: anna@example.com : …`
    Shape {
        rule: Id::Password,
        pattern: r" : [^\s]{6,64}",
        seek: Seek::Literal(&[" : "]),
        check: Check::Whole(noted::behind_mail),
    },
    // `AUTH LOGIN user anna@example.com pass …`
    Shape {
        rule: Id::Password,
        pattern: r"(?i) pass [^\s\x22\\,;]{6,64}",
        seek: Seek::Literal(&[" pass "]),
        check: Check::Whole(noted::of_pair),
    },
    // A secret of codes, in groups of four: `klucz 2FA xvpz srpw pamt nrdj`.
    Shape {
        rule: Id::ApiSecret,
        pattern: r"(?i)2fa(?: [^\s:]{2,12})?:? (?:[a-z2-7]{4} ){3,7}[a-z2-7]{4}\b",
        seek: Seek::Literal(&["2fa"]),
        check: Check::Whole(noted::in_fours),
    },
    // `OKX   login / password:  … / …`
    Shape {
        rule: Id::Password,
        pattern: "(?i)login ?/ ?(?:has\u{142}o|haslo|password|pass|pw|passwort|heslo|contrase\u{f1}a|mot de passe)[^:\n]{0,24}: {1,3}[^\\s]{2,64} / [^\\s\x22\\\\,;]{6,64}",
        seek: Seek::Literal(&["login / ", "login/"]),
        check: Check::Whole(noted::last_of_slashed),
    },
    // The numbers of documents behind what they are called.
    Shape {
        rule: Id::PersonName,
        pattern: PAPERS,
        seek: Seek::Literal(&[
            "cence no",
            "cense no",
            "l insurance no",
            "slo ",
            "identit\u{e9} ",
            "-\u{43a}\u{430}\u{440}\u{442}\u{43a}\u{438}",
            "\u{b0} client",
            "codice ",
            "rodn\u{e9} ",
            "\u{e9} sociale",
            "reisepass",
            "vat no",
            "ust-id",
            "\u{b0} tva",
            "tita iva",
            "steuer-id",
            "\u{440}\u{442}\u{430} ",
            "\u{440}\u{442}\u{430}:",
        ]),
        check: Check::Whole(papers::number),
    },
    // Accounts of Interactive Brokers in sentences and lists: `managedAccounts U1561917`, `accounts ['U6906382', 'U4338245']`.
    Shape {
        rule: Id::AccountId,
        pattern: r"[ ']D?U\d{7}\b",
        seek: Seek::Literal(&[
            " u1", " u2", " u3", " u4", " u5", " u6", " u7", " u8", " u9", "'u1", "'u2", "'u3", "'u4", "'u5",
            "'u6", "'u7", "'u8", "'u9", " du", "'du",
        ]),
        check: Check::Whole(papers::account_of_broker),
    },
    // `"type":"private_supergroup","id":-1006070603220`
    Shape {
        rule: Id::AccountId,
        pattern: r": ?-100\d{10}\b",
        seek: Seek::Literal(&[":-100", ": -100"]),
        check: Check::Whole(papers::id_of_chat),
    },
    // Tradovate's: `"cid":6097,"sec":"b63e7978-…"`.
    Shape {
        rule: Id::ApiSecret,
        pattern: r#""sec\\{0,3}": ?\\{0,3}"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"#,
        seek: Seek::Literal(&["\"sec\":", "\"sec\\\":"]),
        check: Check::Whole(papers::last_uuid),
    },
    // What a mailbox is let in with, behind the question of its server (`Password:` in base64). RFC 4954, section 4.
    Shape {
        rule: Id::Password,
        pattern: r"(?i)ugfzc3dvcmq6\s[^\n]{0,80}?[ \n\t>][A-Za-z0-9+/]{7,86}={0,2}\r?(?:\n|$)",
        seek: Seek::Literal(&["ugfzc3dvcmq6"]),
        check: Check::Whole(papers::answer_to_server),
    },
    // `schtasks /create … /ru Anna.Nowak`
    Shape {
        rule: Id::UserName,
        pattern: r"(?i)/ru [A-Za-z0-9._-]{3,40}",
        seek: Seek::Literal(&["/ru "]),
        check: Check::Whole(papers::user_of_task),
    },
    // The folder of a gateway is called as its user: `UserNameToDirectory=`.
    Shape {
        rule: Id::UserName,
        pattern: r"NameToDirectory=[a-z0-9]{4,24}\b",
        seek: Seek::Literal(&["nametod"]),
        check: Check::Whole(papers::behind_sign),
    },
    // The public key of an address of Sentry, which lets anybody report: `https://…@o47477.ingest.sentry.io/484`.
    Shape {
        rule: Id::ApiKey,
        pattern: r"[.@](?:ingest|sentry)\.",
        seek: Seek::Literal(&[".ingest", "@sentry."]),
        check: Check::Whole(papers::key_of_reports),
    },
    // What a server of Redis is told: `"CONFIG" "SET" "requirepass" "…"`.
    Shape {
        rule: Id::Password,
        pattern: r#"(?i)(?:epass|rauth)" "[^"\n]{6,128}""#,
        seek: Seek::Literal(&["epass\" \"", "rauth\" \""]),
        check: Check::Whole(papers::in_last_quotes),
    },
    // How the helper of a mailbox is let in, in the settings of MetaTrader: `[Email]`, and below it `Auth=`.
    Shape {
        rule: Id::Password,
        pattern: r"(?i)\nauth=[^\s]{6,64}",
        seek: Seek::Literal(&["\nauth="]),
        check: Check::Whole(papers::of_mailbox),
    },
    // Who has an account of MetaTrader: `AccountInfo: login=54543491 name=Pieter Kettelhack balance=…`.
    Shape {
        rule: Id::PersonName,
        pattern: r"login=[^\s]{4,40} name=[A-Z\x80-\xff][a-zA-Z\x80-\xff'-]{1,24}(?: [A-Z\x80-\xff][a-zA-Z\x80-\xff'-]{1,24}){1,2} [a-z_]{3,16}=",
        seek: Seek::Literal(&["login="]),
        check: Check::Whole(papers::owner_of_account),
    },
    // `u: anna@example.com`, and on the next line `p: …`.
    Shape {
        rule: Id::Password,
        pattern: r"\sp: [^\s]{6,64}",
        seek: Seek::Literal(&["\np: ", " p: ", "\tp: "]),
        check: Check::Whole(noted::below_user),
    },
    // `nas anna:…@192.168.1.20`
    Shape {
        rule: Id::Password,
        pattern: r"@(?:10|172\.\d{1,3}|192\.168)(?:\.\d{1,3}){2,3}\b",
        seek: Seek::Literal(&["@192.168.", "@172.", "@10."]),
        check: Check::Whole(noted::before_host),
    },
    // A cookie as browsers give it out: `"name": "session", "sameSite": "lax", "value": "…"`.
    Shape {
        rule: Id::Cookie,
        pattern: r#"(?i)"samesite""#,
        seek: Seek::Literal(&["\"samesite\""]),
        check: Check::Whole(noted::value_of_cookie),
    },
    // The name of a machine in what a program says of it at its start: `Host: NOWAK-PC User: anna`.
    Shape {
        rule: Id::HostName,
        pattern: r"Host: [A-Za-z0-9-]{4,15} User: ",
        seek: Seek::Literal(&["host: "]),
        check: Check::Whole(noted::host_before_user),
    },
    // What the api is asked with: `Bitmex: api=…`.
    Shape {
        rule: Id::ApiKey,
        pattern: r"(?i)[ ,;:\n]api(?:=|: )[A-Za-z0-9_-]{16,80}\b",
        seek: Seek::Literal(&[" api=", " api: ", "\napi=", "\napi: ", ",api=", ";api="]),
        check: Check::Whole(logins::made_behind_mark),
    },
    Shape {
        rule: Id::PersonName,
        pattern: r#"(?i)(?:insurance (?:no|number|nr)|ni number)[.:]{0,2} {0,2}["'`]?[a-z]{2} ?\d\d ?\d\d ?\d\d ?[a-d]\b"#,
        seek: Seek::Literal(&["insurance no", "insurance nu", "insurance nr", "ni number"]),
        check: Check::Whole(commands::insurance_number),
    },
    // Behind the flag of one letter of any program that was told the user before: `rdesktop -u bot -p …`.
    Shape {
        rule: Id::Password,
        pattern: r" [-/]p[ :=]['\x22]?[^\s'\x22-][^\s'\x22]{3,}",
        seek: Seek::Literal(&[" -p ", " -p:", " -p=", " /p:", " /p "]),
        check: Check::Whole(commands::behind_user_flag),
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?:certutil|signtool)(?:\.exe)? [^\n|;]{0,200}? [-/]p ['\x22]?[^\s'\x22]{4,}",
        seek: Seek::Literal(&["certutil", "signtool"]),
        check: Check::Whole(commands::last_argument),
    },
    Shape {
        rule: Id::ApiKey,
        pattern: r"mc (?:--?[a-z-]+ )*(?:alias set|config host add) [^\s]{1,64} ['\x22]?[^\s'\x22]{4,200}['\x22]? ['\x22]?[^\s'\x22]{3,128}",
        seek: Seek::Literal(&["mc alias set ", "mc config host add "]),
        check: Check::Whole(commands::last_argument),
    },
    Shape {
        rule: Id::ApiSecret,
        pattern: r"mc (?:--?[a-z-]+ )*(?:alias set|config host add) [^\s]{1,64} ['\x22]?[^\s'\x22]{4,200}['\x22]? ['\x22]?[^\s'\x22]{3,128}['\x22]? ['\x22]?[^\s'\x22]{6,128}",
        seek: Seek::Literal(&["mc alias set ", "mc config host add "]),
        check: Check::Whole(commands::last_argument),
    },
    Shape {
        rule: Id::Phrase,
        pattern: r"walletpassphrase (?:'[^'\n]{3,}'|\x22[^\x22\n]{3,}\x22|[^\s'\x22<-][^\s'\x22]{3,})",
        seek: Seek::Literal(&["walletpassphrase "]),
        check: Check::Whole(papers::passphrase_of_wallet),
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?:mosquitto_(?:pub|sub|rr)|zip)[^\n|;]{0,160}? -P ['\x22]?[^\s'\x22]{3,}",
        seek: Seek::Literal(&["mosquitto_", "zip -"]),
        check: Check::Whole(commands::last_argument),
    },
    Shape {
        rule: Id::Password,
        pattern: r"mosquitto_passwd -[a-z]*b[a-z]* \S+ \S+ ['\x22]?[^\s'\x22]{3,}|psexec[^\n|;]{0,120}? -p ['\x22]?[^\s'\x22]{3,}",
        seek: Seek::Literal(&["mosquitto_passwd", "psexec"]),
        check: Check::Whole(commands::last_argument),
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?:7z|rar)(?:\.exe)?[\x22']? [a-z]{1,2} [^\n|;]{0,120}?-h?p[^\s'\x22-][^\s'\x22]{3,}",
        seek: Seek::Literal(&["7z.exe", "7z a ", "7z e ", "7z l ", "7z t ", "7z u ", "7z x ", "rar "]),
        check: Check::Whole(commands::glued),
    },
    Shape {
        rule: Id::Password,
        pattern: r"smbclient [^\n|;]{0,120}?-U ?['\x22]?[^\s%'\x22]{1,40}%[^\s'\x22]{3,}",
        seek: Seek::Literal(&["smbclient "]),
        check: Check::Whole(commands::behind_percent),
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?i)login\(\s?(?:\d{4,12}|['\x22][^'\x22\n]{3,64}['\x22]), ?['\x22][^'\x22\n]{4,64}['\x22]",
        seek: Seek::Literal(&["login("]),
        check: Check::Whole(logins::in_last_quotes),
    },
    Shape {
        rule: Id::AccountId,
        pattern: r"(?i);jsessionid=",
        seek: Seek::Literal(&[";jsessionid="]),
        check: Check::Whole(commands::number_before),
    },
    Shape {
        rule: Id::PersonName,
        pattern: r"(?i)iddoc[a-z]{0,12}\\{0,3}\x22[^{}\n]{0,120}?number\\{0,3}\x22 ?: ?\\{0,3}\x22[A-Z0-9]{5,16}",
        seek: Seek::Literal(&["iddoc"]),
        check: Check::Whole(logins::last_of_list),
    },
    Shape {
        rule: Id::UserName,
        pattern: r#"(?i)running[",\s]{1,40}[A-Za-z0-9_-]{1,15}\\[^\s\\/:,"]{2,40}"#,
        seek: Seek::Literal(&["running"]),
        check: Check::Whole(commands::behind_computer),
    },
    Shape {
        rule: Id::ConnectionUrl,
        pattern: r"://[^\s/?#\x22'<>]{0,200}?:[^\s/?\x22'<>]{1,200}@",
        seek: Seek::Literal(&["://"]),
        check: Check::Whole(user_info),
    },
    Shape {
        rule: Id::ConnectionUrl,
        pattern: r"://[0-9a-f]{32}(?::[0-9a-f]{32})?@[a-z0-9.-]+/\d+",
        seek: Seek::Literal(&["://"]),
        check: Check::Whole(dsn_key),
    },
    Shape {
        rule: Id::ApiSecret,
        pattern: r"otpauth(?:-migration)?://(?:[^\s\x22'<>\\,]|\\[u/])+",
        seek: Seek::Literal(&["otpauth://", "otpauth-migration://"]),
        check: Check::Whole(otp_secret),
    },
    Shape {
        rule: Id::ApiKey,
        pattern: r"(?:infura\.io(?:/|%(?:25){0,2}2[Ff])(?:ws(?:/|%(?:25){0,2}2[Ff]))?v3|alchemy\.com(?:/|%(?:25){0,2}2[Ff])v2|alchemyapi\.io(?:/|%(?:25){0,2}2[Ff])v2|quiknode\.pro|getblock\.io|ankr\.com/[a-z]+|chainstack\.com)(?:/|%(?:25){0,2}2[Ff])[A-Za-z0-9_-]{24,}|(?:infura\.io|alchemy(?:api)?\.(?:com|io))', port=[^\n]{0,120}?/v[23]/[A-Za-z0-9_-]{32}",
        seek: Seek::Literal(&[
            "infura.io",
            "alchemy.com",
            "alchemyapi.io",
            "quiknode.pro",
            "getblock.io",
            "ankr.com/",
            "chainstack.com",
        ]),
        check: Check::Whole(after_last_slash),
    },
    Shape {
        rule: Id::PrivateKey,
        pattern: r"[xyztuv]prv[1-9A-HJ-NP-Za-km-z]{100,112}\b|[5KLc9TQ6][1-9A-HJ-NP-Za-km-z]{50,51}\b",
        seek: Seek::Word(b"xyztuv5KLc9TQ6", [51, usize::MAX], |token| {
            matches!(token.run, 51 | 52) || token.run >= 104 && token.word()[1..].starts_with(b"prv")
        }),
        check: Check::Value(checks::is_wallet_key),
    },
    Shape {
        rule: Id::PrivateKey,
        pattern: r"6P[1-9A-HJ-NP-Za-km-z]{56}\b",
        seek: Seek::Word(b"6", [58, 58], |token| token.word()[1] == b'P'),
        check: Check::Value(checks::is_locked_key),
    },
    Shape {
        rule: Id::PrivateKey,
        pattern: r"s[1-9A-HJ-NP-Za-km-z]{28}\b",
        seek: Seek::Word(b"s", [29, 29], |_| true),
        check: Check::Value(checks::is_ripple_seed),
    },
    Shape {
        rule: Id::PrivateKey,
        pattern: r"S[A-Z2-7]{55}\b",
        seek: Seek::Word(b"S", [56, 56], |_| true),
        check: Check::Value(checks::is_stellar_seed),
    },
    // The seed of a key of NATS. Source: <https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/nkey_auth>
    Shape {
        rule: Id::PrivateKey,
        pattern: r"S[ACOUNX][A-Z2-7]{56}\b",
        seek: Seek::Word(b"S", [58, 58], |_| true),
        check: Check::Value(has_letter_and_digit),
    },
    Shape {
        rule: Id::Webhook,
        pattern: r"(?i)ntfy\.sh/[A-Za-z0-9_-]{8,64}",
        seek: Seek::Literal(&["ntfy.sh/"]),
        check: Check::Whole(links::topic),
    },
    Shape {
        rule: Id::PrivateKey,
        pattern: r"suiprivkey1[a-z0-9]{50,70}\b",
        seek: Seek::Literal(&["suiprivkey1"]),
        check: Check::None,
    },
    Shape {
        rule: Id::PrivateKey,
        pattern: r"(?:0x)?[0-9a-fA-F]{64}\b",
        seek: Seek::Word(HEX, [64, 66], |token| {
            token.run != 65 && token.word()[2..].iter().all(u8::is_ascii_hexdigit)
        }),
        check: Check::Whole(evm_key),
    },
    Shape {
        rule: Id::PrivateKey,
        pattern: r"[1-9A-HJ-NP-Za-km-z]{86,88}\b",
        seek: Seek::Word(BASE58, [86, 88], |_| true),
        check: Check::Whole(solana_key),
    },
    Shape {
        rule: Id::LicenseKey,
        pattern: r"[A-Z0-9]{5}(?:-[A-Z0-9]{5}){3,5}\b",
        seek: Seek::Token(UPPER_AND_DIGITS, [5, 5], |token| token.after().starts_with(b"-")),
        check: Check::Value(has_letter_and_digit),
    },
    Shape {
        rule: Id::Email,
        pattern: r"%40",
        seek: Seek::Literal(&["%40"]),
        check: Check::Whole(mail_escaped),
    },
    Shape {
        rule: Id::Iban,
        pattern: r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b",
        seek: Seek::Word(UPPER, [15, 34], |token| token.word()[2].is_ascii_digit()),
        check: Check::Whole(iban),
    },
    Shape {
        rule: Id::Iban,
        pattern: r"[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?\b",
        seek: Seek::Digits(2),
        check: Check::Whole(iban),
    },
    Shape {
        rule: Id::Iban,
        pattern: r"\d{2}(?:[ -]?\d{4}){6}\b",
        seek: Seek::Digits(0),
        check: Check::Whole(bounds::nrb),
    },
    Shape {
        rule: Id::Iban,
        pattern: r"\d{4}(?: \d{4}){5} \d{2}\b",
        seek: Seek::Digits(0),
        check: Check::Whole(bounds::nrb),
    },
    Shape {
        rule: Id::Iban,
        pattern: r"(?i)(?:iban|account|kont[oa]|rachun[a-z]{2,4})[^\n\d]{0,20}?[A-Z]{2}\d{2}(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?\b",
        seek: Seek::Literal(&["iban", "account ", "kont", "rachun"]),
        check: Check::Whole(bounds::iban_named),
    },
    Shape {
        rule: Id::AccountId,
        pattern: r"\d{3}-\d{3}-\d{6,9}-\d{3}\b",
        seek: Seek::Digits(0),
        check: Check::None,
    },
    Shape {
        rule: Id::Card,
        pattern: r"\d{4}[ -]?\d{4,6}[ -]?\d{4,5}(?:[ -]?\d{1,4})?\b",
        seek: Seek::Digits(0),
        check: Check::Whole(card),
    },
    Shape {
        rule: Id::Card,
        pattern: r"(?i)(?:card|karta|karty|visa|mastercard|amex|maestro|diners)[^\d\n]{1,24}\d[\d -]{11,22}\d",
        seek: Seek::Literal(&["card", "karta", "karty", "visa", "amex", "maestro", "diners"]),
        check: Check::Whole(card_named),
    },
    Shape {
        rule: Id::Phone,
        pattern: r"(?i)(?:tel|telefon|phone|mobile|kom|sms|msisdn|zadzwo|dzwoni)[a-z]{0,6}[.:= ]{0,3}[^\d\n]{0,16}[+(]?\d[\d ()-]{7,18}\d\b",
        seek: Seek::Literal(&["tel", "phone", "mobile", "kom.", "sms", "zadzwo", "dzwoni"]),
        check: Check::Whole(phone_named),
    },
    Shape {
        rule: Id::Phone,
        pattern: r"%2[Bb]\d{2}(?:(?:%20|%2D|[+ .-])?\d){7,13}\b",
        seek: Seek::Literal(&["%2b"]),
        check: Check::Whole(bounds::phone_escaped),
    },
    Shape {
        rule: Id::Nip,
        pattern: r"(?i)(?:nip|vat)[^\d\n]{1,16}(\d{3}-?\d{3}-?\d{2}-?\d{2}|\d{3}-?\d{2}-?\d{2}-?\d{3})\b",
        seek: Seek::Literal(&["nip", "vat"]),
        check: Check::Whole(nip),
    },
    Shape {
        rule: Id::Pesel,
        pattern: r"(?i)pesel[^\d\n]{1,16}(\d{11})\b",
        seek: Seek::Literal(&["pesel"]),
        check: Check::Whole(pesel),
    },
    Shape {
        rule: Id::MacAddress,
        pattern: r#"(?i)mac(?:[_ ]?addr(?:ess)?)?\\{0,3}["']? ?[=:] ?\\{0,3}["']?[0-9a-f]{12}\b"#,
        seek: Seek::Literal(&["mac=", "mac:", "mac\"", "mac_addr", "macaddr", "mac addr"]),
        check: Check::Whole(commands::mac_named),
    },
    Shape {
        rule: Id::MacAddress,
        pattern: r"[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}\b",
        seek: Seek::Token(HEX, [2, 2], |_| true),
        check: Check::Whole(bounds::mac),
    },
    Shape {
        rule: Id::HomePath,
        pattern: r"(?i)(?:/home/|/users/|\\{1,4}users\\{1,4}|\\{1,4}home\\{1,4}|%2fhome%2f|%2fusers%2f|%5cusers%5c|documents and settings[/\\]{1,4}|ytkownicy[/\\]{1,4}|(?:benutzer|isateurs|usuarios)[/\\]{1,4})",
        seek: Seek::Literal(&[
            "/home/",
            "/users/",
            "\\users\\",
            "\\home\\",
            "%2fhome%2f",
            "%2fusers%2f",
            "%5cusers%5c",
            "documents and settings",
            // As Windows shows the folder in other languages.
            "ytkownicy",
            "benutzer",
            "isateurs",
            "usuarios",
        ]),
        check: Check::Whole(home),
    },
    Shape {
        rule: Id::HomePath,
        pattern: r"/var/folders/[^/\s]{2}/[^/\s\x22']{20,40}",
        seek: Seek::Literal(&["/var/folders/"]),
        check: Check::Whole(bounds::below_folders),
    },
    Shape {
        rule: Id::PersonName,
        pattern: r"(?i)ul\. ?[^\s\d,;][^\n\d,;\x22'|]{2,40}? \d{1,4}[a-z]?(?:[/ -]\d{1,4})?(?:, ?\d{2}-\d{3} [A-Z\x80-\xff][a-z\x80-\xff]{2,20}(?:[ -][A-Z\x80-\xff][a-z\x80-\xff]{2,20})?)?",
        seek: Seek::Literal(&["ul. "]),
        check: Check::Whole(bounds::street),
    },
    Shape {
        rule: Id::Ipv6,
        pattern: r"(?i)%3a",
        seek: Seek::Literal(&["%3a"]),
        check: Check::Whole(bounds::ipv6_escaped),
    },
    Shape {
        rule: Id::MacAddress,
        pattern: r"(?i)%3a",
        seek: Seek::Literal(&["%3a"]),
        check: Check::Whole(bounds::mac_escaped),
    },
    // What shows the balance of a wallet and all its addresses. Source: BIP-32, BIP-84.
    Shape {
        rule: Id::WalletAddress,
        pattern: r"[xyzvtuYZUV]pub[1-9A-HJ-NP-Za-km-z]{100,112}\b",
        seek: Seek::Word(b"xyzvtuYZUV", [104, usize::MAX], |token| token.word()[1..].starts_with(b"pub")),
        check: Check::None,
    },
    Shape {
        rule: Id::Serial,
        pattern: r"(?i)metaquotes id[:= \x22]{1,4}[0-9A-F]{8}\b",
        seek: Seek::Literal(&["metaquotes id"]),
        check: Check::Whole(commands::serial_behind),
    },
    Shape {
        rule: Id::MacAddress,
        pattern: r"MAC=(?:[0-9a-f]{2}:){13}[0-9a-f]{2}\b",
        seek: Seek::Literal(&["mac="]),
        check: Check::Whole(logins::ws_key),
    },
    Shape {
        rule: Id::ApiSecret,
        pattern: r#"(?i)cornix[^\n]{0,120}?uuid["'=: ]{1,5}[0-9a-f]{8}-[0-9a-f-]{27}"#,
        seek: Seek::Literal(&["cornix"]),
        check: Check::Whole(commands::uuid_behind),
    },
    // `6-2-NetLiquidation-28607.28-PLN-U1234567` of a gateway of IBKR.
    Shape {
        rule: Id::Balance,
        pattern: r"(?:NetLiquidation|TotalCashValue|SettledCash|AvailableFunds|BuyingPower|EquityWithLoanValue|GrossPositionValue|ExcessLiquidity|CashBalance)[A-Za-z-]{0,20}-\d{1,12}\.\d{1,4}",
        seek: Seek::Literal(&[
            "netliquidation",
            "totalcash",
            "settledcash",
            "availablefunds",
            "buyingpower",
            "equitywithloan",
            "grossposition",
            "excessliq",
            "cashbalance",
        ]),
        check: Check::Whole(commands::behind_last_dash),
    },
    Shape {
        rule: Id::AccountId,
        pattern: r"(?:NetLiquidation|TotalCashValue|SettledCash|AvailableFunds|BuyingPower|EquityWithLoanValue|GrossPositionValue|ExcessLiquidity|CashBalance)[A-Za-z-]{0,20}-\d{1,12}\.\d{1,4}-[A-Z]{3,4}-D?[UF]\d{6,8}\b",
        seek: Seek::Literal(&[
            "netliquidation",
            "totalcash",
            "settledcash",
            "availablefunds",
            "buyingpower",
            "equitywithloan",
            "grossposition",
            "excessliq",
            "cashbalance",
        ]),
        check: Check::Whole(commands::behind_last_dash),
    },
    // How a bot is called in chats: `telegram: "@anna77"`, `Starting bot as @anna77 with token`.
    Shape {
        rule: Id::UserName,
        pattern: r#"(?i)(?:telegram|discord|twitter|tg)\\{0,3}["']?(?:[_ ]?(?:user|nick|name|handle|username))?[:= ]{1,3}\\{0,3}["']?@[a-z0-9_]{5,32}\b|bot as @[a-z0-9_]{5,32}\b"#,
        seek: Seek::Literal(&["telegram", "discord", "twitter", "bot as @"]),
        check: Check::Whole(commands::behind_at),
    },
    Shape {
        rule: Id::AccountId,
        pattern: r#"from_id\\{0,3}["'][:= ]{1,3}\\{0,3}["'](?:user|channel)\d{6,14}"#,
        seek: Seek::Literal(&["from_id"]),
        check: Check::Whole(commands::id_of_chat),
    },
    // The address of a wallet beside its key.
    Shape {
        rule: Id::WalletAddress,
        pattern: r#"(?i)pub(?:lic)?[_ ]?key["']?\s?[:=]\s?["']?[1-9A-HJ-NP-Za-km-z]{43,44}\b"#,
        seek: Seek::Literal(&["pubkey", "public key", "publickey", "public_key"]),
        check: Check::Whole(wallets::of_keypair),
    },
    // A file that a shell makes up: `--vault-password-file <(echo …)`.
    Shape {
        rule: Id::Password,
        pattern: r"<\((?:echo|printf) (?:-n )?['\x22]?[^\s'\x22)]{4,}",
        seek: Seek::Literal(&["<(echo ", "<(printf "]),
        check: Check::Whole(commands::made_up),
    },
    Shape {
        rule: Id::Password,
        pattern: r"(?i)(?:pgp_sym_(?:en|de)crypt(?:_bytea)?|crypt|aes_(?:en|de)crypt)\([^,\n]{1,80}, ?'[^'\n]{4,}'",
        seek: Seek::Literal(&["pgp_sym_", "crypt(", "aes_encrypt(", "aes_decrypt("]),
        check: Check::Whole(logins::in_last_quotes),
    },
    Shape {
        rule: Id::OneTimeCode,
        pattern: r"(?i)\x22(?:p?setex|set)\x22 \x22(?:otp|2fa|totp|sms|pin|code)[:_][^\x22\n]{0,80}\x22(?: \x22\d{1,8}\x22)? \x22\d{4,8}\x22",
        seek: Seek::Literal(&["\"set\" \"", "\"setex\" \"", "\"psetex\" \""]),
        check: Check::Whole(logins::in_last_quotes),
    },
    // Where somebody lives, in settings: `latitude: 52.…`.
    Shape {
        rule: Id::PersonName,
        pattern: r#"(?i)(?:["']l(?:at|ng|ong?)["']|l(?:at|ong)itude["']?)\s?:\s?["']?-?\d{1,3}\.\d{4,9}\b"#,
        seek: Seek::Literal(&[
            "latitude",
            "longitude",
            "\"lat\"",
            "\"lng\"",
            "\"lon\"",
            "'lat'",
            "'lng'",
            "'lon'",
        ]),
        check: Check::Whole(commands::half_of_place),
    },
    Shape {
        rule: Id::PersonName,
        pattern: r"(?i)lat(?:itude)?[=: ]{1,2}-?\d{1,2}\.\d{4,9}[, ]{1,2}lo?ng?(?:itude)?[=: ]{1,2}-?\d{1,3}\.\d{4,9}\b",
        seek: Seek::Literal(&["lat=", "lat:", "latitude"]),
        check: Check::Whole(commands::place),
    },
    // The same in a sentence: `gps location: 49.8…, 15.8…`.
    Shape {
        rule: Id::PersonName,
        pattern: r"(?i)(?:gps(?: location| position)?|location|lokalizacj[^ \n]{1,3}(?: gps)?|wsp[^ \n]{5,12}|coordinates)[:= ]{1,3}-?\d{1,2}\.\d{4,9}[,; ]{1,3}-?\d{1,3}\.\d{4,9}\b",
        seek: Seek::Literal(&[
            "gps",
            "location: ",
            "lokaliz",
            "wsp\u{f3}\u{142}rz",
            "wspolrz",
            "coordinates",
        ]),
        check: Check::Whole(commands::place_on_earth),
    },
    // Said behind it: `Kotek123! to moje hasło`, `i typed … as the password`.
    Shape {
        rule: Id::Password,
        pattern: r"(?i) (?:to|jest|-|as|is|jako)(?: takie| to)?(?: mam| moje| m[^ \n]{1,2}j| my| the| nasze| nowe| new)* (?:has[l\xc5][^ \n]{1,2}|password|passphrase)",
        seek: Seek::Literal(&[
            " to moje ",
            " to haslo",
            " to has\u{142}o",
            " is my pass",
            " as the pass",
            " - takie ",
        ]),
        check: Check::Whole(noted::before_its_name),
    },
    // What a reader of settings refuses before it says whose it is.
    Shape {
        rule: Id::ApiSecret,
        pattern: r"convert string to [a-z]{3,8}: [^\n]{4,160}?\. Path '[^'\n]{1,80}|invalid type: string \x22[^\x22\n]{4,160}\x22[^\n]{0,60}? for key `[^`\n]{1,80}",
        seek: Seek::Literal(&["convert string", "invalid type:"]),
        check: Check::Whole(diagnosed::refused),
    },
    // `hasło do wifi dom_kowalczyk_5G to …`
    Shape {
        rule: Id::WifiName,
        pattern: r"(?i)(?:wi-?fi (?:sieci |network )?|ssid )[A-Za-z0-9_-]{4,32}(?: to | jest | is |: |, )",
        seek: Seek::Literal(&["wifi ", "wi-fi ", "ssid "]),
        check: Check::Whole(noted::network),
    },
    // Machines that their hosts name: `vps-414938b5.contabo-host.net`.
    Shape {
        rule: Id::HostName,
        pattern: r"(?:contabo(?:-?host|server)?\.(?:net|com)|your-server\.de|ovh\.(?:net|ca)|kimsufi\.com|linodeusercontent\.com|vultrusercontent\.com|compute(?:-1)?\.amazonaws\.com|hstgr\.cloud)\b",
        seek: Seek::Literal(&[
            "contabo",
            "your-server.de",
            "ovh.net",
            "ovh.ca",
            "kimsufi.com",
            "linodeuser",
            "vultruser",
            "compute.amazonaws",
            "compute-1.amazonaws",
            "hstgr.cloud",
        ]),
        check: Check::Whole(people::machine_of_host),
    },
    Shape {
        rule: Id::ServiceToken,
        pattern: r"[0-9a-f]{36}NRAL\b",
        seek: Seek::Word(HEX, [40, 40], |token| token.word().ends_with(b"NRAL")),
        check: Check::None,
    },
    // What a resource of Terraform that is one secret has: `"type": "cloudflare_api_token", … "value": "…"`.
    Shape {
        rule: Id::ApiSecret,
        pattern: r"_(?:token|secret|password|api_key|access_key|private_key|credential)\x22[^\]]{0,400}?\x22(?:value|secret|token|password|result|key)\x22: ?\x22[^\x22\n\\]{8,200}\x22",
        seek: Seek::Literal(&[
            "_token\"",
            "_secret\"",
            "_password\"",
            "_api_key\"",
            "_access_key\"",
            "_credential\"",
        ]),
        check: Check::Whole(commands::of_resource),
    },
    // The account in the path of an address: `/v1/accounts/6YA89246/orders`.
    Shape {
        rule: Id::AccountId,
        pattern: r"/accounts?/[A-Z0-9]{6,12}(?:/|\b)",
        seek: Seek::Literal(&["/account/", "/accounts/"]),
        check: Check::Whole(commands::account_in_path),
    },
    // What a wallet keeps its keys in: `{"data": "…", "iv": "…", "salt": "…"}`.
    Shape {
        rule: Id::PrivateKey,
        pattern: r#"iv\\{0,3}": ?\\{0,3}"[A-Za-z0-9+/=]{12,64}\\{0,3}","#,
        seek: Seek::Literal(&["iv\": \"", "iv\":\"", "iv\\\": ", "iv\\\":\\"]),
        check: Check::Whole(commands::sealed_before),
    },
    // When somebody was born: `ur. 1960-12-12`, `geb. 12.12.1960`.
    Shape {
        rule: Id::PersonName,
        pattern: r"(?:ur|geb)\. ?(?:19|20)\d\d-\d\d-\d\d\b|(?:ur|geb)\. ?\d\d\.\d\d\.(?:19|20)\d\d\b",
        seek: Seek::Literal(&["ur. ", "geb. "]),
        check: Check::Whole(commands::birthday),
    },
    Shape {
        rule: Id::ApiKey,
        pattern: r"thegraph\.com/api/[0-9a-f]{32}\b",
        seek: Seek::Literal(&["thegraph.com/"]),
        check: Check::Whole(after_last_slash),
    },
    // Keys of Cardano. Source: CIP-5.
    Shape {
        rule: Id::PrivateKey,
        pattern: r"_x?sk1[02-9ac-hj-np-z]{50,200}\b",
        seek: Seek::Literal(&["_sk1", "_xsk1"]),
        check: Check::Whole(commands::with_its_kind),
    },
    Shape {
        rule: Id::PrivateKey,
        pattern: r#"PrivKey[A-Za-z0-9]{0,16}\\{0,3}"\s{0,8},\s{0,20}\\{0,3}"value\\{0,3}"\s{0,4}:\s{0,4}\\{0,3}"[A-Za-z0-9+/=]{40,128}"#,
        seek: Seek::Literal(&["privkey"]),
        check: Check::Whole(logins::last_of_list),
    },
    // What is written into a file that is called after it: `echo '…' > wallet_password.txt`.
    Shape {
        rule: Id::Password,
        pattern: r"(?i)(?:echo|printf) (?:-n )?['\x22]?[^\s'\x22]{6,128}['\x22]? ?>{1,2} ?[^\s>|]{0,80}(?:pass(?:word|phrase|wd)?|pwd?|secret|token|key|cred(?:ential)?)s?(?:[._-][^\s>|]{0,16})?['\x22]?(?:\s|$)",
        seek: Seek::Literal(&["echo ", "printf "]),
        check: Check::Whole(commands::into_a_file),
    },
    Shape {
        rule: Id::Token,
        pattern: r"codecov(?:cli)?(?:\.exe)? [^\n|;]{0,120}?(?:-t|--token)[ =][A-Za-z0-9-]{16,64}",
        seek: Seek::Literal(&["codecov"]),
        check: Check::Whole(commands::last_argument),
    },
    // What zonda is asked with: the key, a space, and the hash of key, time and body.
    Shape {
        rule: Id::Signature,
        pattern: r"hash[=:] ?\x22?[0-9a-f]{128}\b",
        seek: Seek::Literal(&["hash=", " hash:", "hash: "]),
        check: Check::Whole(logins::hash_of_request),
    },
    // Passwords behind their name in Cyrillic letters.
    Shape {
        rule: Id::Password,
        pattern: r"ароль(?:(?: [^\s:=]{1,24}){0,3} ?[\x22:=][\x22:= -]{0,3}|[ -]{1,3})[^\s\x22',;<>()\\]{6,64}",
        seek: Seek::Literal(&["ароль"]),
        check: Check::Whole(logins::chosen_behind_mark),
    },
    // Who has a file, and which group: `drwxr-xr-x 2 anna staff 4096`.
    Shape {
        rule: Id::UserName,
        pattern: LIST_OF_FILES,
        seek: Seek::Literal(&["drwx", "-rw-", "-rwx", "lrwx", "-r--"]),
        check: Check::Whole(people::of_owner),
    },
    Shape {
        rule: Id::UserName,
        pattern: LIST_OF_FILES,
        seek: Seek::Literal(&["drwx", "-rw-", "-rwx", "lrwx", "-r--"]),
        check: Check::Whole(people::of_group),
    },
    // What a shell says before it waits: `anna@vps-74:~/bot$`, `[anna@vps-74 bot]$`.
    Shape {
        rule: Id::UserName,
        pattern: r":~[/$#]|\][$#] ",
        seek: Seek::Literal(&[":~$", ":~#", ":~/", "]$ ", "]# "]),
        check: Check::Whole(people::user_of_prompt),
    },
    Shape {
        rule: Id::HostName,
        pattern: r":~[/$#]|\][$#] ",
        seek: Seek::Literal(&[":~$", ":~#", ":~/", "]$ ", "]# "]),
        check: Check::Whole(people::host_of_prompt),
    },
    Shape {
        rule: Id::AccountId,
        pattern: r"(?i)(?:anydesk|teamviewer|rustdesk)(?:[ -](?:id|nr|numer|address|adres))?[:= #-]{1,3}\d[\d ]{6,12}\d\b",
        seek: Seek::Literal(&["anydesk", "teamviewer", "rustdesk"]),
        check: Check::Whole(commands::number_behind),
    },
    Shape {
        rule: Id::Serial,
        pattern: r"(?i)S/N[:# =]{1,3}[A-Z0-9-]{6,24}\b",
        seek: Seek::Literal(&["s/n:", "s/n ", "s/n#", "s/n="]),
        check: Check::Whole(commands::serial_behind),
    },
    // Whose copy of a program it is.
    Shape {
        rule: Id::PersonName,
        pattern: r"(?i)(?:licensed|registered|issued) to:? [^\n]{5,48}|licencj[^ \n]{1,2}[^\n:]{0,20}(?: dla|na):? [^\n]{5,48}|wystawion[aoy] (?:dla|na):? [^\n]{5,48}",
        seek: Seek::Literal(&["licensed to", "registered to", "issued to", "licencj", "wystawion"]),
        check: Check::Whole(people::person_behind),
    },
    // A number of the social security that a sentence leads to.
    Shape {
        rule: Id::PersonName,
        pattern: r"(?i)\bssn\b[^\n\d]{0,24}\d{3}-\d\d-\d{4}\b",
        seek: Seek::Literal(&["ssn"]),
        check: Check::Whole(commands::social_number),
    },
    // The other password of a login, in brackets behind it: `hasło … (inwestorskie: …)`.
    Shape {
        rule: Id::Password,
        pattern: r"(?i)\((?:inwestorskie|inwestora|investor|read-only|tylko do odczytu)(?: has\xc5\x82o| password)?: ?[^\s)]{6,64}",
        seek: Seek::Literal(&["(inwestorskie", "(inwestora", "(investor", "(read-only", "(tylko do odczytu"]),
        check: Check::Whole(logins::chosen_argument),
    },
    // The password in a row of a machine, its user and its password: `185.22.91.4 / root / …`.
    Shape {
        rule: Id::Password,
        pattern: r"(?i)/ (?:root|admin|administrator|ubuntu|debian|user|trader) / ?[^\s/]{5,64}",
        seek: Seek::Literal(&["/ root", "/ admin", "/ ubuntu", "/ debian", "/ user", "/ trader"]),
        check: Check::Whole(logins::chosen_argument),
    },
    Shape {
        rule: Id::Password,
        pattern: LOGIN_DETAILS,
        seek: Seek::Literal(&[
            "dane logowania",
            "dane do logowania",
            "login details",
            "login data",
            "dost\u{119}py",
        ]),
        check: Check::Whole(logins::chosen_argument),
    },
    Shape {
        rule: Id::AccountId,
        pattern: LOGIN_DETAILS,
        seek: Seek::Literal(&[
            "dane logowania",
            "dane do logowania",
            "login details",
            "login data",
            "dost\u{119}py",
        ]),
        check: Check::Whole(logins::account_of_details),
    },
    Shape {
        rule: Id::Serial,
        pattern: r"S-1-5-21-\d{6,10}-\d{6,10}-\d{6,10}-\d{3,6}\b",
        seek: Seek::Literal(&["s-1-5-21-"]),
        check: Check::None,
    },
    Shape {
        rule: Id::WalletAddress,
        pattern: r"[0-9a-fA-F]{40}\b",
        seek: Seek::Word(HEX, [40, 40], |token| token.word().iter().all(u8::is_ascii_hexdigit)),
        check: Check::Whole(in_key_file),
    },
    Shape {
        rule: Id::WalletAddress,
        pattern: r"0x[0-9a-fA-F]{40}\b",
        seek: Seek::Word(b"0", [42, 42], |_| true),
        check: Check::Whole(wallet_address),
    },
    Shape {
        rule: Id::WalletAddress,
        pattern: r"(?:bc1|tb1|ltc1|addr1|cosmos1|osmo1|inj1|dydx1|terra1)[02-9ac-hj-np-z]{38,100}\b",
        seek: Seek::Word(b"btlacoid", [38, usize::MAX], |token| {
            let known = ["bc1", "tb1", "ltc1", "addr1", "cosmos1", "osmo1", "inj1", "dydx1", "terra1"];
            known.iter().any(|known| token.word().starts_with(known.as_bytes()))
        }),
        check: Check::Whole(wallet_address),
    },
    Shape {
        rule: Id::WalletAddress,
        pattern: r"[1-9A-HJ-NP-Za-km-z]{43,44}\b",
        seek: Seek::Word(BASE58, [43, 44], |_| true),
        check: Check::Whole(wallet_address),
    },
    Shape {
        rule: Id::WalletAddress,
        pattern: r"G[A-Z2-7]{55}\b",
        seek: Seek::Word(b"G", [56, 56], |_| true),
        check: Check::Whole(wallet_address),
    },
    Shape {
        rule: Id::WalletAddress,
        pattern: r"[13LMDTr][1-9A-HJ-NP-Za-km-z]{24,34}\b",
        seek: Seek::Word(b"13LMDTr", [25, 35], |_| true),
        check: Check::Whole(wallet_address),
    },
];
