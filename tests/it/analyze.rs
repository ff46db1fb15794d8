//! `casefile analyze`, and what all commands of a support engineer print, as a whole.

use std::fmt::Write as _;

use serde_json::Value;

use crate::processes::{Home, expect_exit};

/// A sealed bundle of a bot that had a bad morning: freqtrade, a Rust bot and JSON lines side by side.
fn bundle() -> Home {
    let home = Home::new(None);
    home.write(
        "logs/freqtrade.log",
        "2026-11-24 10:00:00,120 - freqtrade.worker - INFO - Bot heartbeat. PID=4711, state='RUNNING'\n\
         2026-11-24 10:00:05,311 - freqtrade.exchange.common - WARNING - fetch_balance() returned exception: \"Could not get \
         balance due to InvalidNonce. Message: binance {\"code\":-1021,\"msg\":\"Timestamp for this request is outside of the \
         recvWindow.\"}\". Retrying still for 4 times.\n\
         2026-11-24 10:00:09,004 - sqlalchemy - ERROR - cannot store the trade\n\
         Traceback (most recent call last):\n\
         \x20 File \"persistence.py\", line 12, in commit\n\
         sqlite3.OperationalError: database is locked\n",
    );
    home.write(
        "logs/bot.log",
        "2026-11-24T10:00:01Z  INFO bot: started\n\
         2026-11-24T10:00:02Z ERROR bot: thread 'orders' panicked at src/grid.rs:88:13: \u{1b}[31moverflow\u{1b}[0m\n\
         2026-11-24T10:20:02Z ERROR bot: thread 'orders' panicked at src/grid.rs:88:13: \u{1b}[31moverflow\u{1b}[0m\n",
    );
    home.write(
        "logs/alerts.jsonl",
        "{\"ts\":1795514401.5,\"level\":\"warn\",\"msg\":\"telegram answered 429 Too Many Requests\",\"to\":\"anna@example.com\"}\n",
    );
    home.write(
        "license.json",
        r#"{"id":"LIC-2026-7","status":"expired","edition":"premium","expires_at":"2026-11-20T00:00:00Z"}"#,
    );
    let mut form = home.form();
    form["occurred_at"] = "2026-11-24T10:00:05Z".into();
    home.write("form.json", &form.to_string());
    pack(&home, "out.zip");
    home
}

fn pack(home: &Home, name: &str) {
    let args = ["pack", "--config", "casefile.toml", "--form", "form.json", "--all", "-o", name];
    // Times without a zone are local ones.
    expect_exit(home.casefile(&args).env("TZ", "UTC"), 0);
}

/// A text without what is different on another machine or at another time: ids, hashes, stand-ins, sizes of files that hold
/// them, facts of the machine.
pub(crate) fn steady(text: &str) -> String {
    let mut out = String::new();
    let mut in_system = false;
    // Which parts of the machine could not be identified.
    let text = text.split("\nnotes\n").next().unwrap_or_default();
    for line in text.lines() {
        in_system = line == "system" || (in_system && line.starts_with("  "));
        let line = line.trim_end();
        let made =
            ["findings.json", "fingerprint.json", "report.json", "report.md", "system.json", "manifest.json"];
        if in_system && line.starts_with("  ") {
            let key = line.split_whitespace().next().unwrap_or_default();
            let _ = writeln!(out, "  {key} …");
        } else if let Some(name) = made
            .iter()
            .find(|name| line.contains(&format!("iB  {name}")) || line.contains(&format!(" B  {name}")))
        {
            let _ = writeln!(out, "  …  {name}");
        } else if ["sealed ", "bundle ", "out.zip: ", "Test Bot 1.2.3, "]
            .iter()
            .any(|key| line.starts_with(key))
        {
            let key = line.split_whitespace().next().unwrap_or_default();
            let _ = writeln!(out, "{key} …");
        } else {
            let _ = writeln!(out, "{}", masked(line));
        }
    }
    out
}

/// Long hexadecimal words and the digits of stand-ins.
pub(crate) fn masked(line: &str) -> String {
    const ENDS: [char; 6] = [' ', '"', '>', ')', '(', ','];
    let mut out = String::new();
    for part in line.split_inclusive(ENDS) {
        let word = part.trim_end_matches(ENDS);
        let end = &part[word.len()..];
        let is_hex = word.len() >= 32 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        match word.rfind('<').zip(word.rfind(':')) {
            Some((open, colon)) if open < colon && end == ">" => out.extend([&word[..=colon], "…", end]),
            _ if is_hex => out.extend(["<hex>", end]),
            _ => out.push_str(part),
        }
    }
    out
}

/// A table of one analyser.
const HEARTBEAT: &str = r#"[[analysers]]
id = "heartbeat"
category = "runtime"
severity = "info"
impact = "notice"
title = { en = "It lives", pl = "Żyje" }
cause = { en = "c", pl = "c" }
advice = { en = "a", pl = "a" }
log = { any = ["Bot heartbeat"] }
"#;

#[test]
fn findings_are_told_in_the_language_of_the_report_and_in_another() {
    let home = bundle();
    insta::assert_snapshot!("analyze", steady(&expect_exit(&mut home.casefile(&["analyze", "out.zip"]), 0)));
    let english = expect_exit(&mut home.casefile(&["analyze", "out.zip", "--language", "en"]), 0);
    let expected = "ERROR Binance refuses requests: this computer's clock is wrong (-1021)\n";
    assert!(english.contains(expected), "{english}");
    // What a log says cannot act on a terminal.
    assert!(!english.contains('\u{1b}'));
}

#[test]
fn findings_as_json_are_stable() {
    let home = bundle();
    insta::assert_snapshot!(
        "analyze-json",
        steady(&expect_exit(&mut home.casefile(&["analyze", "out.zip", "--json"]), 0))
    );
}

#[test]
fn the_other_commands_print_what_they_printed() {
    let home = bundle();
    for command in ["timeline", "show", "verify"] {
        let told = expect_exit(&mut home.casefile(&[command, "out.zip"]), 0);
        insta::assert_snapshot!(command, steady(&told));
    }
    insta::assert_snapshot!(
        "timeline-json",
        steady(&expect_exit(&mut home.casefile(&["timeline", "out.zip", "--json"]), 0))
    );
    home.write("logs/bot.log", "2026-11-24T12:00:01Z ERROR bot: refused: code -2010\n");
    home.write("presets/grid.toml", "[grid]\nsymbol = \"BTCUSDT\"\nlevels = 20\n");
    pack(&home, "today.zip");
    insta::assert_snapshot!(
        "diff",
        steady(&expect_exit(&mut home.casefile(&["diff", "out.zip", "today.zip"]), 0))
    );
    insta::assert_snapshot!(
        "diff-json",
        steady(&expect_exit(&mut home.casefile(&["diff", "out.zip", "today.zip", "--json"]), 0))
    );
}

#[test]
fn a_folder_is_redacted_before_a_line_of_it_becomes_evidence() {
    let home = bundle();
    home.write(
        "logs/raw.log",
        "2026-11-24 10:00:00 ERROR telegram answered 401 Unauthorized to anna@example.com\n",
    );
    let json = expect_exit(&mut home.casefile(&["analyze", "logs", "--json"]), 0);
    assert!(!json.contains("anna"), "{json}");
    let findings: Value = serde_json::from_str(&json).unwrap();
    let ids: Vec<_> =
        findings.as_array().unwrap().iter().map(|finding| finding["id"].as_str().unwrap()).collect();
    // A folder has no licence and no facts.
    assert_eq!(ids, ["panic-again", "binance-clock", "database-locked", "telegram-token", "telegram-rate"]);
    assert_eq!(findings[3]["evidence"][0]["file"], "raw.log");
    assert!(findings[3]["evidence"][0]["text"].as_str().unwrap().contains("<email:"));
}

#[test]
fn a_vendor_table_is_used_or_refused_by_line() {
    let home = bundle();
    home.write("vendor.toml", HEARTBEAT);
    let told = expect_exit(&mut home.casefile(&["analyze", "out.zip", "--rules", "vendor.toml"]), 0);
    assert!(told.contains("info  Żyje\n"), "{told}");
    home.write("vendor.toml", &HEARTBEAT.replace("runtime", "running"));
    let refused = home.casefile(&["analyze", "out.zip", "--rules", "vendor.toml"]).output().unwrap();
    assert_eq!(refused.status.code(), Some(3));
    let why = String::from_utf8_lossy(&refused.stderr);
    assert!(why.contains("line 3: `category`"), "{why}");
}

#[test]
fn a_vendors_analysers_of_the_settings_say_what_the_bundle_says() {
    let home = bundle();
    let settings = std::fs::read_to_string(home.path("casefile.toml")).unwrap();
    home.write("casefile.toml", &format!("{settings}\n[analyze]\nrules = \"vendor.toml\"\n"));
    home.write("vendor.toml", HEARTBEAT);
    pack(&home, "own.zip");
    let told = expect_exit(&mut home.casefile(&["show", "own.zip"]), 0);
    let said = "\nfindings of the vendor's analysers, as the bundle says (1), see `casefile analyze`\n  info  P4 runtime   Żyje\n";
    assert!(told.contains(said), "{told}");
    // Who has the table finds it as everybody finds the others.
    let told = expect_exit(&mut home.casefile(&["show", "own.zip", "--rules", "vendor.toml"]), 0);
    assert!(!told.contains("as the bundle says") && told.contains("  info  P4 runtime   Żyje\n"), "{told}");
    let json = expect_exit(&mut home.casefile(&["show", "own.zip", "--json"]), 0);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["told_findings"][0]["id"], "heartbeat");
    assert!(json["findings"].as_array().unwrap().iter().all(|finding| finding["id"] != "heartbeat"));

    home.write("vendor.toml", &HEARTBEAT.replace("notice", "no-such"));
    let refused =
        home.casefile(&["pack", "--config", "casefile.toml", "--all", "-o", "no.zip"]).output().unwrap();
    let why = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(3), "{why}");
    assert!(why.contains("vendor.toml is not a table of analysers"), "{why}");
    assert!(why.contains("line 5: `analysers.heartbeat.impact`: names no impact"), "{why}");
    assert!(!home.path("no.zip").exists());
}

#[test]
fn what_is_no_bundle_is_told_by_its_exit_code() {
    let home = bundle();
    let whole = std::fs::read(home.path("out.zip")).unwrap();
    std::fs::write(home.path("cut.zip"), &whole[..whole.len() / 2]).unwrap();
    expect_exit(&mut home.casefile(&["analyze", "cut.zip"]), 1);
    expect_exit(&mut home.casefile(&["analyze", "form.json"]), 1);
    expect_exit(&mut home.casefile(&["analyze", "missing.zip"]), 3);
    expect_exit(&mut home.casefile(&["analyze"]), 2);
}
