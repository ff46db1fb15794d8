//! What each language and its tools show of a name and its value: as a pair, in a map, as a variable, at a prompt, in a dump.
//! `languages.txt` has one of them on each line, and here all of them meet names and values of every kind.

use std::fmt::Write;

use super::notations::made;
use super::*;

/// The notations; where the first sign is `!`, the words around it say that it is a secret whatever its name is.
const NOTATIONS: &str = include_str!("languages.txt");

/// Names of secrets, in the ways in which such are written.
const SECRETS: [&str; 8] = [
    "api_key",
    "apiSecret",
    "X-MBX-APIKEY",
    "passphrase",
    "klucz_api",
    "BINANCE_API_SECRET",
    "accessToken",
    "client_secret",
];

/// What is evidence, with its value.
const EVIDENCE: [(&str, &str); 12] = [
    ("order_id", "9251693157"),
    ("clientOrderId", "x-ymBqBpfVx783Ghrrb8Rz"),
    ("requestId", "00389291-5a27-af49-207a-db922b6df9ae"),
    ("commit_sha", "7a9c344e3091c645e853c915f8236395deadbeef"),
    ("version", "6.46.5"),
    ("symbol", "ETHUSDT"),
    ("token_symbol", "USDC"),
    ("key_levels", "67216"),
    ("strategy_id", "grid-37"),
    ("traceId", "cbc86278ac4bd1dd1882c86efab9f5e4"),
    ("timeframe", "15m"),
    ("tokenAddress", "0xdAC17F958D2ee523a2206206994597C13D831ec7"),
];

/// Each notation with the number of its line, and whether its own words name a secret.
fn notations() -> impl Iterator<Item = (usize, bool, String)> {
    let lines = NOTATIONS.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.map(|(number, line)| {
        let plain = line[2..].replace("\\\\", "\u{0}").replace("\\n", "\n").replace("\\t", "\t");
        (number + 1, line.starts_with('!'), plain.replace("\\e", "\u{1b}").replace('\u{0}', "\\"))
    })
}

/// A log in which the notation has each of the names, a line of the log behind each.
fn log_of<'a>(notation: &str, pairs: impl Iterator<Item = (&'a str, String)>) -> String {
    let mut log = String::new();
    for (name, value) in pairs {
        let entry = notation.replace("\u{a7}k", name).replace("\u{a7}v", &value);
        writeln!(log, "{entry}\n2026-11-20 10:00:01 INFO bot: next step\n").unwrap();
    }
    log
}

#[test]
fn every_language_hides_what_a_secret_is_called() {
    let redactor = Redactor::builder().build();
    for (line, _, notation) in notations() {
        let values = |number: u64| {
            let text = made(number);
            let digit = |byte: u8| char::from_digit(u32::from(byte) * 7 / 3 % 16, 16).unwrap();
            let hex: String = text.bytes().take(32).map(digit).collect();
            let id =
                format!("{}-{}-4{}-a{}-{}", &hex[..8], &hex[8..12], &hex[12..15], &hex[15..18], &hex[18..30]);
            [text, hex, id]
        };
        for kind in 0..3 {
            let pairs: Vec<_> = SECRETS
                .into_iter()
                .zip((line as u64 * 100..).step_by(2))
                .map(|(name, number)| (name, values(number)[kind].clone()))
                .collect();
            let log = log_of(&notation, pairs.iter().cloned());
            let (clean, _) = redactor.clean_text(&log);
            for (name, value) in pairs {
                let half = &value[..value.len() / 2];
                assert!(!clean.as_str().contains(half), "languages.txt:{line}: {name}\n{}", clean.as_str());
            }
            assert_eq!(
                clean.as_str().matches("INFO bot: next step").count(),
                SECRETS.len(),
                "languages.txt:{line}"
            );
        }
    }
}

#[test]
fn every_language_keeps_what_is_evidence() {
    let redactor = Redactor::builder().build();
    for (line, _, notation) in notations().filter(|(_, names, _)| !names) {
        let log = log_of(&notation, EVIDENCE.into_iter().map(|(name, value)| (name, value.to_owned())));
        let (clean, _) = redactor.clean_text(&log);
        assert_eq!(clean.as_str(), log, "languages.txt:{line}");
    }
}

#[test]
fn a_notation_may_be_cut_off_anywhere() {
    let redactor = Redactor::builder().build();
    for (line, _, notation) in notations() {
        for name in ["api_key", "has\u{142}o"] {
            let entry = notation.replace("\u{a7}k", name).replace("\u{a7}v", &made(line as u64));
            for end in (0..entry.len()).filter(|end| entry.is_char_boundary(*end)) {
                let (clean, _) = redactor.clean_text(&entry[..end]);
                assert!(clean.as_str().len() <= 4 * end + 64, "languages.txt:{line}");
            }
        }
    }
}
