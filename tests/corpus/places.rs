//! Places in a log where any secret with a name can stand.

use data_encoding::BASE64URL_NOPAD;

use super::noise::json_escape;
use super::record::{self, Cell, Style, camel, pascal};
use super::sheet::{Secret, Sheet};
use crate::seeded::Seeded;

/// Writes a message with the secret under its name in it.
pub type Place = fn(&mut Sheet, &str, &Secret, &mut Seeded);

/// Every place, with its name. Names are in snake case; the place changes them as its language does.
pub const PLACES: [(&str, Place); 44] = [
    ("kv =", |sheet, key, secret, _| around(sheet, &format!("{key}="), secret, "", "kv =")),
    ("kv :", |sheet, key, secret, _| around(sheet, &format!("{key}: "), secret, "", "kv :")),
    ("kv quoted", |sheet, key, secret, _| {
        around(sheet, &format!("{} = \"", camel(key)), secret, "\"", "kv quoted");
    }),
    ("kv arrow", |sheet, key, secret, _| around(sheet, &format!(":{key} => '"), secret, "'", "kv arrow")),
    ("kv ->", |sheet, key, secret, _| around(sheet, &format!("{key} -> "), secret, "", "kv ->")),
    ("kv then comma", |sheet, key, secret, _| {
        around(sheet, &format!("{key}="), secret, ", testnet=False", "kv then comma");
    }),
    ("logfmt", |sheet, key, secret, seeded| {
        styled(sheet, &record::LOGFMT, ["venue=okx ", " ", ""], key, secret, seeded);
    }),
    ("python dict", |sheet, key, secret, seeded| {
        styled(sheet, &record::PYTHON, ["params {", ", ", "}"], key, secret, seeded);
    }),
    ("python repr", |sheet, key, secret, seeded| {
        styled(sheet, &record::PYTHON_CALL, ["Credentials(", ", ", ")"], key, secret, seeded);
    }),
    ("python bytes", |sheet, key, secret, _| {
        around(sheet, &format!("{{'{key}': b'"), secret, "'}", "python bytes");
    }),
    ("python secretstr", |sheet, key, secret, _| {
        around(
            sheet,
            &format!("ConnectorConfig(connector='okx', {key}=SecretStr('"),
            secret,
            "'))",
            "python secretstr",
        );
    }),
    ("rust debug", |sheet, key, secret, seeded| {
        styled(sheet, &record::RUST, ["Credentials { ", ", ", " }"], key, secret, seeded);
    }),
    ("rust debug some", |sheet, key, secret, seeded| {
        styled(sheet, &record::RUST_SOME, ["Config { ", ", ", " }"], key, secret, seeded);
    }),
    ("rust debug wrapped", |sheet, key, secret, seeded| {
        styled(sheet, &record::RUST_WRAPPED, ["Config { ", ", ", " }"], key, secret, seeded);
    }),
    ("rust panic", |sheet, key, secret, _| {
        let head = format!(
            "thread 'main' panicked at src/auth.rs:41:9: called `Result::unwrap()` on an `Err` value: Login {{ {key}: \""
        );
        around(sheet, &head, secret, "\", code: -2015 }", "rust panic");
    }),
    ("rust map", |sheet, key, secret, _| {
        around(sheet, &format!("{{\"timestamp\": \"1764000000\", \"{key}\": \""), secret, "\"}", "rust map");
    }),
    ("python traceback", |sheet, key, secret, _| {
        around(
            sheet,
            &format!("ccxt.base.errors.AuthenticationError: login(user='bot', {key}='"),
            secret,
            "') failed",
            "python traceback",
        );
    }),
    ("java map", |sheet, key, secret, _| {
        around(
            sheet,
            &format!("request {{recvWindow=5000, {}=", camel(key)),
            secret,
            ", symbol=BTCUSDT}",
            "java map",
        );
    }),
    ("java record", |sheet, key, secret, _| {
        around(sheet, &format!("Credentials[venue=okx, {}=", camel(key)), secret, "]", "java record");
    }),
    ("go struct", |sheet, key, secret, _| {
        around(sheet, &format!("{{Name:okx {}:", pascal(key)), secret, " Sandbox:false}", "go struct");
    }),
    ("go map", |sheet, key, secret, _| {
        around(sheet, &format!("header map[{}:[", pascal(key)), secret, "] Accept:[*/*]]", "go map");
    }),
    ("dotnet object", |sheet, key, secret, _| {
        around(sheet, &format!("Settings {{ Venue = okx, {} = ", pascal(key)), secret, " }", "dotnet object");
    }),
    ("node inspect", |sheet, key, secret, seeded| {
        styled(sheet, &record::NODE, ["options { ", ", ", " }"], key, secret, seeded);
    }),
    ("json in line", |sheet, key, secret, seeded| {
        styled(sheet, &record::JSON, ["request body: {", ", ", "}"], key, secret, seeded);
    }),
    ("json in line compact", |sheet, key, secret, seeded| {
        styled(sheet, &record::JSON_COMPACT, ["payload={", ",", "}"], key, secret, seeded);
    }),
    ("json gson", |sheet, key, secret, seeded| {
        styled(sheet, &record::GSON, ["sent {", ",", "}"], key, secret, seeded);
    }),
    ("json escaped", |sheet, key, secret, seeded| escaped(sheet, 1, key, secret, seeded)),
    ("json escaped twice", |sheet, key, secret, seeded| escaped(sheet, 2, key, secret, seeded)),
    ("xml element", |sheet, key, secret, _| {
        let tag = pascal(key);
        let mut inner = Sheet::default();
        inner.push(&format!("<{tag}>"));
        written(&mut inner, secret, record::xml_escape, "xml element");
        sheet.push("soap <Login>").append(inner.push(&format!("</{tag}></Login>")));
    }),
    ("url query", |sheet, key, secret, _| {
        sheet.push(&format!("GET https://api.example.org/v1/account?recvWindow=5000&{key}="));
        written(sheet, secret, percent, "url query");
        sheet.push("&symbol=BTCUSDT took 12 ms");
    }),
    ("url query last", |sheet, key, secret, _| {
        sheet.push(&format!("connect wss://ws.example.org/stream?{}=", camel(key)));
        written(sheet, secret, percent, "url query last");
    }),
    ("url query percent twice", |sheet, key, secret, _| {
        sheet.push(&format!("redirect=https%3A%2F%2Fapi.example.org%2Fcb%3F{key}%3D"));
        written(sheet, secret, |text| percent(&percent(text)), "url query percent twice");
        sheet.push("%26state%3D7");
    }),
    ("form body", |sheet, key, secret, _| {
        sheet.push(&format!("POST body symbol=BTCUSDT&{key}="));
        written(sheet, secret, percent, "form body");
    }),
    ("flag", |sheet, key, secret, _| {
        around(
            sheet,
            &format!("started: bot run --{} ", key.replace('_', "-")),
            secret,
            " --testnet",
            "flag",
        );
    }),
    ("flag =", |sheet, key, secret, _| {
        around(sheet, &format!("argv: bot.exe --{}=", key.replace('_', "-")), secret, " --paper", "flag =");
    }),
    ("flag list", |sheet, key, secret, _| {
        around(
            sheet,
            &format!("args=['bot', '--{}', '", key.replace('_', "-")),
            secret,
            "', '--paper']",
            "flag list",
        );
    }),
    ("env export", |sheet, key, secret, _| {
        around(sheet, &format!("+ export OKX_{}='", key.to_uppercase()), secret, "'", "env export");
    }),
    ("env dump", |sheet, key, secret, _| {
        around(
            sheet,
            &format!("env: HOME=/app OKX_{}=", key.to_uppercase()),
            secret,
            " TERM=xterm",
            "env dump",
        );
    }),
    ("header", |sheet, key, secret, _| {
        around(sheet, &format!("> X-{}: ", dashed(key)), secret, "", "header");
    }),
    ("header list", |sheet, key, secret, _| {
        around(
            sheet,
            &format!("headers [('X-{}', '", dashed(key)),
            secret,
            "'), ('Accept', '*/*')]",
            "header list",
        );
    }),
    ("ansi around", |sheet, key, secret, _| {
        around(sheet, &format!("\x1b[36m{key}\x1b[0m=\x1b[33m"), secret, "\x1b[0m done", "ansi around");
    }),
    ("ansi inside", |sheet, key, secret, _| {
        let text = &secret.made.text;
        let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
        let split = format!("{}\x1b[0m\x1b[33m{}", &text[..middle], &text[middle..]);
        sheet
            .push(&format!("{key}=\x1b[33m"))
            .secret_as(secret, &split, "ansi inside", true, false)
            .push("\x1b[0m");
    }),
    ("base64 of json", |sheet, key, secret, seeded| {
        let padding = "x".repeat(seeded.below(3));
        let before = format!("{{\"venue\":\"okx{padding}\",\"{key}\":\"");
        encoded_base64(sheet, [&before, "\",\"testnet\":false}"], secret, "base64 of json");
    }),
    ("table", |sheet, key, secret, _| around(sheet, &format!("| {key:<24} | "), secret, " |", "table")),
];

fn around(sheet: &mut Sheet, before: &str, secret: &Secret, after: &str, context: &str) {
    sheet.push(before).secret(secret, context, true).push(after);
}

fn written(sheet: &mut Sheet, secret: &Secret, form: impl Fn(&str) -> String, context: &str) {
    let text = form(&secret.made.text);
    sheet.secret_as(secret, &text, context, true, text == secret.made.text);
}

/// The field between others of its language.
fn styled(
    sheet: &mut Sheet,
    style: &Style,
    [open, between, close]: [&str; 3],
    key: &str,
    secret: &Secret,
    seeded: &mut Seeded,
) {
    sheet.push(open);
    style.field(sheet, "recv_window", &Cell::Number("5000".to_owned()), seeded);
    sheet.push(between);
    style.field(sheet, key, &Cell::Secret(secret.clone()), seeded);
    sheet.push(between);
    style.field(sheet, "max_tokens", &Cell::Number("4096".to_owned()), seeded);
    sheet.push(close);
}

fn escaped(sheet: &mut Sheet, depth: usize, key: &str, secret: &Secret, seeded: &mut Seeded) {
    let mut inner = Sheet::default();
    styled(&mut inner, &record::JSON_COMPACT, ["{", ",", "}"], key, secret, seeded);
    for _ in 0..depth {
        let mut outer = Sheet::default();
        outer.push("{\"event\":\"sent\",\"body\":\"").embed(&inner, json_escape, "escaped ").push("\"}");
        inner = outer;
    }
    sheet.push("ws > ").append(&inner);
}

/// Base64 of a text that has the secret in its middle; only what encodes the secret is judged.
pub fn encoded_base64(sheet: &mut Sheet, [before, after]: [&str; 2], secret: &Secret, context: &str) {
    let text = format!("{before}{}{after}", secret.made.text);
    let encoded = BASE64URL_NOPAD.encode(text.as_bytes());
    let from = (before.len() * 4).div_ceil(3).min(encoded.len());
    let to = ((before.len() + secret.made.text.len()) * 4 / 3).clamp(from, encoded.len());
    sheet.push("payload=").push(&encoded[..from]);
    sheet.secret_as(secret, &encoded[from..to], context, true, false).push(&encoded[to..]);
}

/// Percent-encodes all but letters, digits and `-_.~`.
pub fn percent(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push_str(&data_encoding::HEXUPPER.encode(&[byte]));
        }
    }
    encoded
}

/// `Api-Key`.
fn dashed(key: &str) -> String {
    key.split('_').map(pascal).collect::<Vec<_>>().join("-")
}
