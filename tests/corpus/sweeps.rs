//! Values that only a preset or a configuration names as secret; in the logs they stand without a name, in many forms.

use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER, HEXUPPER};

use super::places::percent;
use super::record::gson_escape;
use super::sheet::{Secret, Sheet};
use crate::seeded::Seeded;

/// How a known value stands in a log.
pub type Shape = fn(&mut Sheet, &Secret, &mut Seeded);

/// Every form.
pub const SHAPES: [(&str, Shape); 18] = [
    ("bare", |sheet, secret, _| write(sheet, "using ", secret, str::to_owned, " now", "sweep bare")),
    ("bare at the end", |sheet, secret, _| write(sheet, "cached ", secret, str::to_owned, "", "sweep bare")),
    ("quoted", |sheet, secret, _| {
        write(sheet, "got '", secret, str::to_owned, "' from the vault", "sweep bare");
    }),
    ("in a list", |sheet, secret, _| {
        write(sheet, "args (\"a\", \"", secret, str::to_owned, "\", 3)", "sweep bare");
    }),
    ("in a path", |sheet, secret, _| {
        write(sheet, "GET /v1/u/", secret, percent, "/status 200", "sweep path");
    }),
    ("percent", |sheet, secret, _| write(sheet, "q=", secret, percent, "&x=1", "sweep percent")),
    ("percent twice", |sheet, secret, _| {
        write(sheet, "next=%2Fcb%3Fq%3D", secret, |text| percent(&percent(text)), "", "sweep percent twice");
    }),
    ("percent lower", |sheet, secret, _| {
        write(sheet, "q=", secret, lower_percent, "&x=1", "sweep percent lower");
    }),
    ("json escaped", |sheet, secret, _| {
        write(sheet, "raw {\\\"v\\\":\\\"", secret, gson_escape, "\\\"}", "sweep gson");
    }),
    ("base64", |sheet, secret, _| base64(sheet, 0, secret, "sweep base64")),
    ("base64 at 1", |sheet, secret, _| base64(sheet, 1, secret, "sweep base64")),
    ("base64 at 2", |sheet, secret, _| base64(sheet, 2, secret, "sweep base64")),
    ("base64 url-safe", |sheet, secret, _| {
        write(sheet, "blob ", secret, |text| BASE64URL_NOPAD.encode(text.as_bytes()), "", "sweep base64url");
    }),
    ("hex", |sheet, secret, _| {
        write(sheet, "bytes ", secret, |text| HEXLOWER.encode(text.as_bytes()), "", "sweep hex");
    }),
    ("hex upper", |sheet, secret, _| {
        write(sheet, "dump 0x", secret, |text| HEXUPPER.encode(text.as_bytes()), "", "sweep hex");
    }),
    ("unicode escapes", |sheet, secret, _| {
        write(sheet, "s=\"", secret, unicode, "\"", "sweep unicode escapes");
    }),
    ("ansi inside", |sheet, secret, _| {
        write(sheet, "shown \x1b[1m", secret, |text| split(text, "\x1b[0m\x1b[1m"), "\x1b[0m", "sweep ansi");
    }),
    ("wrapped", |sheet, secret, _| {
        write(sheet, "value ", secret, |text| split(text, "\n    "), "", "sweep wrapped");
    }),
];

fn write(
    sheet: &mut Sheet,
    before: &str,
    secret: &Secret,
    form: impl Fn(&str) -> String,
    after: &str,
    context: &str,
) {
    let written = form(&secret.made.text);
    let same = written == secret.made.text;
    sheet.push(before).secret_as(secret, &written, context, true, same).push(after);
}

/// Base64 in which the value begins at one of the three alignments.
fn base64(sheet: &mut Sheet, alignment: usize, secret: &Secret, context: &str) {
    let before = &"u:"[..alignment];
    let after = ["", ":w", ":"][alignment];
    let text = format!("{before}{}{after}", secret.made.text);
    let encoded = BASE64.encode(text.as_bytes());
    let from = (before.len() * 4).div_ceil(3);
    let to = ((before.len() + secret.made.text.len()) * 4 / 3).min(encoded.len());
    sheet.push("auth blob ").push(&encoded[..from]);
    sheet.secret_as(secret, &encoded[from..to], context, true, false).push(&encoded[to..]);
}

fn split(text: &str, by: &str) -> String {
    let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
    format!("{}{by}{}", &text[..middle], &text[middle..])
}

fn lower_percent(text: &str) -> String {
    let encoded = percent(text);
    let mut lower = String::new();
    let mut left = 0;
    for c in encoded.chars() {
        left = if c == '%' { 3 } else { left };
        lower.push(if left > 0 { c.to_ascii_lowercase() } else { c });
        left = if left > 0 { left - 1 } else { 0 };
    }
    lower
}

fn unicode(text: &str) -> String {
    text.encode_utf16()
        .fold(String::new(), |escaped, unit| escaped + "\\u" + &HEXLOWER.encode(&unit.to_be_bytes()))
}
