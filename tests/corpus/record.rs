//! Settings of one exchange or service, before it is decided how they are written.

use super::kinds::Kind;
use super::noise::json_escape;
use super::pattern;
use super::sheet::{Secret, Sheet};
use crate::seeded::Seeded;

/// What stands behind a key.
#[derive(Clone, Debug)]
pub enum Cell {
    /// A secret.
    Secret(Secret),
    /// Text that stays.
    Text(String),
    /// A number that stays.
    Number(String),
    /// Yes or no: stays.
    Bool(bool),
    /// Nothing.
    Null,
}

/// A few settings that belong together.
#[derive(Clone, Debug)]
pub struct Record {
    /// Whose they are.
    pub vendor: String,
    /// Names in snake case, and what stands behind them.
    pub fields: Vec<(String, Cell)>,
}

/// Settings around one secret, with neighbours that look like secrets and are none.
pub fn record(kind: &Kind, seeded: &mut Seeded) -> Record {
    let key = *seeded.pick(kind.keys);
    let mut fields = vec![(key.to_owned(), Cell::Secret(kind.secret(seeded)))];
    for _ in 0..5 {
        let (name, cell) = neighbour(seeded);
        if fields.iter().all(|(other, _)| *other != name) {
            fields.push((name, cell));
        }
    }
    let last = fields.len() - 1;
    let place = seeded.below(fields.len());
    fields.swap(0, place.min(last));
    Record { vendor: section(kind.vendor()).to_owned(), fields }
}

/// The name of the section: never one that names a secret, or the whole section would rightly be taken for one.
pub fn section(vendor: &str) -> &str {
    match vendor {
        "account" => "desk",
        "address" => "delivery",
        "auth" => "upstream",
        "balance" => "summary",
        "bip39" => "cold_storage",
        "card" => "billing",
        "code" => "onboarding",
        "command" => "launcher",
        "cookie" => "web",
        "db" => "storage",
        "email" => "newsletter",
        "environment" => "shell",
        "home" => "folders",
        "iban" => "payout",
        "ip" => "uplink",
        "jwt" => "sso",
        "keygen" => "activation",
        "licence" => "product",
        "login" => "panel",
        "mac" => "adapter",
        "machine" => "workstation",
        "name" => "owner",
        "nip" => "company",
        "oauth" => "google_drive",
        "pem" => "fix_gateway",
        "phone" => "alerts",
        "proxy" => "outbound",
        "serial" => "hardware",
        "signed" => "downloads",
        "totp" => "second_factor",
        "vault" => "hashicorp",
        "webhook" => "hooks",
        other => other,
    }
}

fn neighbour(seeded: &mut Seeded) -> (String, Cell) {
    let text = |text: &str| Cell::Text(text.to_owned());
    let (name, cell) = match seeded.below(26) {
        0 => ("max_tokens", Cell::Number("4096".to_owned())),
        1 => ("primary_key", text("order_id")),
        2 => ("token_symbol", text("USDC")),
        3 => ("key_levels", Cell::Number(seeded.between(3, 40).to_string())),
        4 => ("api_version", text("v3")),
        5 => ("password_changed", Cell::Bool(false)),
        6 => ("symbol", text(seeded.pick::<&str>(&["BTCUSDT", "ETH/USDT:USDT", "EURUSD"]))),
        7 => ("rate_limit_ms", Cell::Number(seeded.between(50, 3_000).to_string())),
        8 => ("enabled", Cell::Bool(true)),
        9 => ("testnet", Cell::Bool(seeded.once_in(2))),
        10 => ("request_id", Cell::Text(pattern::uuid(seeded))),
        11 => ("strategy", text(seeded.pick::<&str>(&["GridDCA_v3", "SuperTrend", "MeanReversion"]))),
        12 => ("commit", Cell::Text(seeded.hex(40))),
        13 => ("leverage", Cell::Number(seeded.between(1, 20).to_string())),
        14 => ("proxy_password", text("")),
        15 => ("refresh_password", Cell::Null),
        16 => ("sub_account_secret", text("${SUB_ACCOUNT_SECRET}")),
        17 => ("has_passphrase", Cell::Bool(true)),
        18 => ("base_url", text("https://api.example.org/v3")),
        19 => ("last_order_id", Cell::Text(seeded.digits(18))),
        20 => ("order_hash", Cell::Text(format!("0x{}", seeded.hex(64)))),
        21 => ("sha256", Cell::Text(seeded.hex(64))),
        22 => ("updated_us", Cell::Number(format!("17640000{}", seeded.digits(8)))),
        23 => ("listen", Cell::Text(format!("127.0.0.1:{}", seeded.between(1_025, 60_000)))),
        24 => ("quote_token", text("USDT")),
        _ => ("min_price", Cell::Number(format!("{}.5", seeded.digits(3)))),
    };
    (name.to_owned(), cell)
}

/// How a field is written.
#[derive(Clone, Copy)]
pub struct Style {
    /// Of the context: `json`.
    pub name: &'static str,
    /// The key as it is written.
    pub key: fn(&str) -> String,
    /// Between key and value.
    pub between: &'static str,
    /// Before a text.
    pub open: &'static str,
    /// Behind a text.
    pub close: &'static str,
    /// A text between `open` and `close`.
    pub escape: fn(&str) -> String,
    /// Nothing.
    pub null: &'static str,
    /// No and yes.
    pub truth: [&'static str; 2],
}

impl Style {
    /// Writes key and value.
    pub fn field(&self, sheet: &mut Sheet, name: &str, cell: &Cell, seeded: &mut Seeded) {
        let head = format!("{}{}", (self.key)(name), self.between);
        let text = |text: &str| format!("{head}{}{}{}", self.open, (self.escape)(text), self.close);
        match cell {
            Cell::Secret(secret) => {
                let value = &secret.made.text;
                let number = value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
                let bare = number && !value.starts_with('0') && seeded.once_in(2);
                let (open, close) = if bare { ("", "") } else { (self.open, self.close) };
                let written = (self.escape)(value);
                let same = written == *value && !bare;
                sheet.push(&head).push(open).secret_as(secret, &written, self.name, true, same).push(close);
            }
            Cell::Text(value) if value.is_empty() || value.contains("${") => {
                sheet.keep("setting.not_set", &text(value));
            }
            Cell::Text(value) => {
                sheet.keep(&format!("setting.{name}"), &text(value));
            }
            Cell::Number(value) => {
                sheet.keep(&format!("setting.{name}"), &format!("{head}{value}"));
            }
            Cell::Bool(value) => {
                sheet.keep(&format!("setting.{name}"), &format!("{head}{}", self.truth[usize::from(*value)]));
            }
            Cell::Null => {
                sheet.keep("setting.not_set", &format!("{head}{}", self.null));
            }
        }
    }
}

/// `apiKey`.
pub fn camel(name: &str) -> String {
    let mut words = name.split('_').filter(|word| !word.is_empty());
    words.next().unwrap_or_default().to_owned() + &words.map(capital).collect::<String>()
}

/// `ApiKey`.
pub fn pascal(name: &str) -> String {
    name.split('_').map(capital).collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn quoted_snake(name: &str) -> String {
    format!("\"{name}\"")
}

fn quoted_camel(name: &str) -> String {
    format!("\"{}\"", camel(name))
}

fn python_key(name: &str) -> String {
    format!("'{name}'")
}

fn same(text: &str) -> String {
    text.to_owned()
}

fn python_escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n")
}

pub(super) fn xml_escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Text of JSON as Gson and PHP write it.
pub fn gson_escape(text: &str) -> String {
    json_escape(text)
        .replace('=', "\\u003d")
        .replace('/', "\\/")
        .replace('&', "\\u0026")
        .replace('+', "\\u002b")
}

/// `"apiKey": "..."`
pub const JSON: Style = Style {
    name: "json",
    key: quoted_camel,
    between: ": ",
    open: "\"",
    close: "\"",
    escape: json_escape,
    null: "null",
    truth: ["false", "true"],
};
/// `"api_key":"..."`
pub const JSON_COMPACT: Style = Style { name: "json compact", key: quoted_snake, between: ":", ..JSON };
/// `"apiKey":"a\/b\u003d"`
pub const GSON: Style = Style { name: "json gson", between: ":", escape: gson_escape, ..JSON };
/// `api_key = "..."`
pub const TOML: Style = Style { name: "toml", key: same, between: " = ", null: "\"\"", ..JSON };
/// `api_key: "..."`
pub const YAML: Style = Style { name: "yaml", key: same, between: ": ", ..JSON };
/// `api_key = ...`
pub const INI: Style = Style {
    name: "ini",
    key: same,
    between: " = ",
    open: "",
    close: "",
    escape: same,
    null: "",
    truth: ["no", "yes"],
};
/// `API_KEY="..."`
pub const ENV: Style = Style { name: "env", key: str::to_uppercase, between: "=", null: "", ..JSON };
/// `'api_key': '...'`
pub const PYTHON: Style = Style {
    name: "python dict",
    key: python_key,
    between: ": ",
    open: "'",
    close: "'",
    escape: python_escape,
    null: "None",
    truth: ["False", "True"],
};
/// `api_key='...'`
pub const PYTHON_CALL: Style = Style { name: "python repr", key: same, between: "=", ..PYTHON };
/// `api_key: "..."`
pub const RUST: Style = Style { name: "rust debug", key: same, between: ": ", null: "None", ..JSON };
/// `api_key: Some("...")`
pub const RUST_SOME: Style = Style { name: "rust debug some", open: "Some(\"", close: "\")", ..RUST };
/// `api_key: SecretStr("...")`
pub const RUST_WRAPPED: Style =
    Style { name: "rust debug wrapped", open: "SecretStr(\"", close: "\")", ..RUST };
/// `apiKey: '...'`
pub const NODE: Style =
    Style { name: "node inspect", key: camel, null: "undefined", truth: ["false", "true"], ..PYTHON };
/// `api_key="..."`
pub const LOGFMT: Style = Style { name: "logfmt", key: same, between: "=", ..JSON };
/// `ApiKey="..."`
pub const XML: Style =
    Style { name: "xml attributes", key: pascal, between: "=", escape: xml_escape, null: "\"\"", ..JSON };
