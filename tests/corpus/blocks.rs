//! Secrets over several lines: armoured keys, phrases in tables, values that a console wrapped.

use super::kinds::Kind;
use super::noise::json_escape;
use super::sheet::{Judge, Secret, Sheet};
use crate::seeded::Seeded;

/// Writes a block of several lines with a value of the kind.
pub type Block = fn(&mut Sheet, &Kind, &mut Seeded);

/// Ways of armoured keys.
pub const ARMOURED: [(&str, Block); 7] = [
    ("as it is", |sheet, kind, seeded| {
        sheet.push("loaded key:\n").secret_as(&kind.secret(seeded), "", "pem", true, false);
        replace_last(sheet, "\n", str::to_owned);
    }),
    ("indented", |sheet, kind, seeded| {
        sheet.push("key:\n").secret_as(&kind.secret(seeded), "", "pem indented", true, false);
        replace_last(sheet, "\n", |text| format!("    {}", text.replace('\n', "\n    ")));
    }),
    ("escaped", |sheet, kind, seeded| {
        sheet.push("{\"privateKey\":\"").secret_as(&kind.secret(seeded), "", "pem escaped", true, false);
        replace_last(sheet, "\",\"name\":\"bot\"}\n", json_escape);
    }),
    ("escaped twice", |sheet, kind, seeded| {
        sheet.push("{\"msg\":\"{\\\"privateKey\\\":\\\"").secret_as(
            &kind.secret(seeded),
            "",
            "pem escaped twice",
            true,
            false,
        );
        replace_last(sheet, "\\\"}\"}\n", |text| json_escape(&json_escape(text)));
    }),
    ("in a panic", |sheet, kind, seeded| {
        sheet.push("thread 'main' panicked at src/key.rs:3:5: bad key \"").secret_as(
            &kind.secret(seeded),
            "",
            "pem escaped",
            true,
            false,
        );
        replace_last(sheet, "\"\nnote: run with `RUST_BACKTRACE=1`\n", json_escape);
    }),
    ("behind crlf", |sheet, kind, seeded| {
        sheet.push("cat key.pem\r\n").secret_as(&kind.secret(seeded), "", "pem crlf", true, false);
        replace_last(sheet, "\r\n", |text| text.replace('\n', "\r\n"));
    }),
    ("without an end", |sheet, kind, seeded| {
        sheet.push("key broke off:\n").secret_as(&kind.secret(seeded), "", "pem without end", true, false);
        replace_last(sheet, "\n", |text| {
            let cut = text.rfind("\n-----END").unwrap_or(text.len());
            text[..cut].to_owned()
        });
    }),
];

/// Writes the secret that was just planted with nothing written, in its form.
fn replace_last(sheet: &mut Sheet, after: &str, form: impl Fn(&str) -> String) {
    let planted = sheet.planted.pop().expect("a secret was just planted");
    let written = form(&planted.secret.made.text);
    sheet.secret_as(&planted.secret, &written, &planted.context, true, false).push(after);
}

/// Ways of phrases.
pub const PHRASES: [(&str, Block); 10] = [
    ("numbered lines", |sheet, kind, seeded| numbered(sheet, &kind.secret(seeded), "\n")),
    ("numbered lines crlf", |sheet, kind, seeded| numbered(sheet, &kind.secret(seeded), "\r\n")),
    ("numbered in line", |sheet, kind, seeded| {
        let secret = kind.secret(seeded);
        let words: Vec<_> =
            words(&secret).enumerate().map(|(at, word)| format!("{}) {word}", at + 1)).collect();
        sheet
            .push("recovery words: ")
            .secret_as(&secret, &words.join(" "), "phrase numbered", true, false)
            .push("\n");
    }),
    ("one word a line", |sheet, kind, seeded| {
        let secret = kind.secret(seeded);
        let text = words(&secret).collect::<Vec<_>>().join("\n");
        sheet.push("seed phrase:\n").secret_as(&secret, &text, "phrase one a line", true, false).push("\n");
    }),
    ("table", |sheet, kind, seeded| {
        let secret = kind.secret(seeded);
        let cells: Vec<_> =
            words(&secret).enumerate().map(|(at, word)| format!("| {:>2} {word:<10} ", at + 1)).collect();
        let rows: Vec<_> = cells.chunks(4).map(|row| row.concat() + "|").collect();
        sheet
            .push("+---- mnemonic ----+\n")
            .secret_as(&secret, &rows.join("\n"), "phrase table", true, false)
            .push("\n+----+\n");
    }),
    ("columns", |sheet, kind, seeded| {
        let secret = kind.secret(seeded);
        let cells: Vec<_> = words(&secret).map(|word| format!("{word:<12}")).collect();
        let rows: Vec<_> = cells.chunks(3).map(|row| row.concat().trim_end().to_owned()).collect();
        sheet
            .push("Write these words down:\n")
            .secret_as(&secret, &rows.join("\n"), "phrase columns", true, false)
            .push("\n");
    }),
    ("json array", |sheet, kind, seeded| {
        listed(sheet, &kind.secret(seeded), "\", \"", ["mnemonic=[\"", "\"]\n"], "phrase json array");
    }),
    ("python list", |sheet, kind, seeded| {
        listed(sheet, &kind.secret(seeded), "', '", ["words: ['", "']\n"], "phrase python list");
    }),
    ("commas", |sheet, kind, seeded| {
        listed(sheet, &kind.secret(seeded), ",", ["mnemonic=", "\n"], "phrase commas");
    }),
    ("wrapped", |sheet, kind, seeded| {
        let secret = kind.secret(seeded);
        let all: Vec<_> = words(&secret).collect();
        let rows: Vec<_> = all.chunks(5).map(|row| row.join(" ")).collect();
        sheet
            .push("mnemonic: ")
            .secret_as(&secret, &rows.join("\n          "), "phrase wrapped", true, false)
            .push("\n");
    }),
];

fn words(secret: &Secret) -> impl Iterator<Item = &str> {
    secret.made.text.split(' ')
}

fn numbered(sheet: &mut Sheet, secret: &Secret, end: &str) {
    let lines: Vec<_> =
        words(secret).enumerate().map(|(at, word)| format!("{:>2}. {word}", at + 1)).collect();
    sheet.push(&format!("Your recovery phrase:{end}"));
    sheet.secret_as(secret, &lines.join(end), "phrase numbered lines", true, false).push(end);
}

fn listed(sheet: &mut Sheet, secret: &Secret, between: &str, [before, after]: [&str; 2], context: &str) {
    let text = words(secret).collect::<Vec<_>>().join(between);
    sheet.push(before).secret_as(secret, &text, context, true, false).push(after);
}

/// Ways in which a line with a name and a value falls apart.
pub const BROKEN: [(&str, Block); 5] = [
    ("value on the next line", |sheet, kind, seeded| {
        let secret = kind.secret(seeded);
        sheet.push(&format!("{}:\n  ", kind.keys[0])).secret(&secret, "next line", true).push("\n");
    }),
    ("console wrap", |sheet, kind, seeded| {
        let secret = kind.secret(seeded);
        let head = format!("2026-11-24 10:00:00 DEBUG request headers X-Custom=1 {}=", kind.keys[0]);
        let written = wrap(&secret.made.text, 80_usize.saturating_sub(head.len() + 10).max(8), "\n");
        sheet.push(&head).secret_as(&secret, &written, "console wrap", true, false).push("\n");
    }),
    ("console wrap with indent", |sheet, kind, seeded| {
        let secret = kind.secret(seeded);
        let head = format!("  {} : ", kind.keys[0]);
        let written = wrap(&secret.made.text, 20, &format!("\n{}", " ".repeat(head.len())));
        sheet
            .push("Credentials\n")
            .push(&head)
            .secret_as(&secret, &written, "console wrap indented", true, false)
            .push("\n");
    }),
    ("bearer on the next line", |sheet, kind, seeded| {
        let secret = kind.secret(seeded);
        sheet.push("Authorization: Bearer\n    ").secret(&secret, "bearer next line", true).push("\n");
    }),
    ("shell continuation", |sheet, kind, seeded| {
        let secret = kind.secret(seeded);
        let flag = kind.keys[0].replace('_', "-");
        sheet
            .push(&format!("bot run \\\n  --{flag} \\\n  "))
            .secret(&secret, "shell continuation", true)
            .push(" \\\n  --testnet\n");
    }),
];

fn wrap(text: &str, width: usize, between: &str) -> String {
    let characters: Vec<_> = text.chars().collect();
    characters.chunks(width).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join(between)
}

/// Whether such a kind can be wrapped.
pub fn can_break(kind: &Kind) -> bool {
    kind.is_short() && !kind.keys.is_empty() && kind.judge == Judge::Random && kind.keys[0].is_ascii()
}
