//! Names as people give them in their own languages: `names.txt` has them, and here they meet values in the notations of every
//! day. Passwords are `secrets`, what machines make `keys`; `labels` have spaces, and `kept` is called nearly the same.

use std::fmt::Write;

use super::notations::made;
use super::phrase::made_from;
use super::*;

const NAMES: &str = include_str!("names.txt");

/// Names of one part of the table, each with its language.
fn names(part: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let from = NAMES.find(part).expect("the table has this part") + part.len();
    let lines = NAMES[from..].lines().skip(1).take_while(|line| !line.starts_with('['));
    lines.flat_map(|line| {
        let (language, names) = line.split_once(": ").expect("a language stands before names");
        names.split(" | ").map(move |name| (language, name))
    })
}

const OF_FIELDS: [&str; 12] = [
    "{\"§k\": \"§v\", \"n\": 3}",
    "§k=§v",
    "§k: §v",
    "export §k=\"§v\"",
    "<§k>§v</§k>",
    "  <add key=\"§k\" value=\"§v\" />",
    "input string §k = \"§v\"; // set",
    "2026-11-20 10:00:01 INFO cfg: §k=§v retry=3",
    "{'§k': '§v', 'a': 1}",
    "§k = \"§v\"",
    "Config { §k: \"§v\", n: 1 }",
    "§k -> §v",
];

const OF_LABELS: [&str; 6] = ["§k: §v", "§k = §v", "- §k: §v", "| §k | §v |", "\"§k\": \"§v\"", "§k - §v"];

/// Every value below its name is gone, in each of the notations.
fn all_go(part: &str, notations: &[&str], value: impl Fn(u64) -> String) {
    let redactor = Redactor::builder().build();
    let mut number = 0;
    for (language, name) in names(part) {
        let (mut log, mut values) = (String::new(), Vec::new());
        for notation in notations {
            number += 1;
            let value = value(number);
            let entry = notation.replace("§k", name).replace("§v", &value);
            writeln!(log, "{entry}\n2026-11-20 10:00:01 INFO bot: next step\n").unwrap();
            values.push(value);
        }
        let (clean, _) = redactor.clean_text(&log);
        for value in values {
            assert!(!clean.as_str().contains(&value), "{language} {name}:\n{}", clean.as_str());
        }
    }
}

#[test]
fn passwords_go_in_every_language() {
    let words = ["Wiosna", "Tiger", "Sonne", "Verano", "Marlin", "Kotek"];
    let chosen = |number: u64| {
        let word = words[usize::try_from(number % 6).unwrap()];
        match number % 3 {
            0 => format!("{word}{}!", 1000 + number),
            1 => format!("{word}-{}", 10_000 + number),
            _ => format!("{}{}", word.to_lowercase(), 100_000 + number),
        }
    };
    all_go("[secrets]", &OF_FIELDS, chosen);
    all_go("[labels]", &OF_LABELS, made);
}

#[test]
fn keys_go_in_every_language() {
    all_go("[keys]", &OF_FIELDS, |number| made(number)[..32].to_owned());
}

#[test]
fn phrases_go_in_every_language() {
    let phrase = |number: u64| {
        let mut entropy = [7; 16];
        entropy[..8].copy_from_slice(&number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_le_bytes());
        made_from(&entropy).join(" ")
    };
    all_go("[phrases]", &OF_FIELDS, phrase);
}

#[test]
fn what_is_called_nearly_the_same_stays() {
    let redactor = Redactor::builder().build();
    let values =
        ["14", "true", "2025-11-03", "daily", "price_time", "0.35", "1.0.4", "15m", "config/bot.json"];
    for (language, name) in names("[kept]") {
        for (notation, value) in OF_FIELDS.iter().zip(values.iter().cycle()) {
            let line = notation.replace("§k", name).replace("§v", value);
            let (clean, _) = redactor.clean_text(&line);
            assert_eq!(clean.as_str(), line, "{language}");
        }
    }
}
