//! The README's first command, without the build.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::processes::{expect_exit, last_json, program};

/// Runs the demo on the programs that are built already.
#[track_caller]
fn demo(args: &[&str]) -> (String, Value) {
    let mut command = Command::new(program("demo"));
    let out = expect_exit(command.args(["--headless", "--json"]).args(args).env_remove("CARGO"), 0);
    let outcome = last_json(&out);
    (out, outcome)
}

#[test]
fn the_demo_goes_the_whole_way_and_tells_it() {
    let (out, outcome) = demo(&[]);
    for step in [
        "portal    http://127.0.0.1:",
        "staff     demo signs in",
        "bot       ",
        "outbox    ",
        "evidence  ",
        "promised  response by",
    ] {
        assert!(out.contains(step), "no {step:?}:\n{out}");
    }
    assert!(outcome["ticket_url"].as_str().unwrap().contains("/r/"), "{outcome}");
    assert_eq!(outcome["report_id"].as_str().unwrap().len(), 32);
    let bundle = Path::new(outcome["bundle"].as_str().unwrap());
    assert_eq!(bundle.metadata().unwrap().len(), outcome["bundle_bytes"].as_u64().unwrap());
    assert!(outcome["entries"].as_u64().unwrap() > 5 && outcome["hits"].as_u64().unwrap() > 10, "{outcome}");
    assert!(outcome["deadlines"]["response"].is_string(), "{outcome}");
    expect_exit(Command::new(program("casefile")).arg("verify").arg(bundle), 0);
}

#[test]
fn the_demo_reports_logs_that_somebody_else_wrote() {
    let logs = tempfile::tempdir().unwrap();
    std::fs::write(logs.path().join("freqtrade.log"), "2026-11-24 10:00:00,123 - freqtrade - INFO - ok\n")
        .unwrap();
    let (_, outcome) = demo(&["--logs", logs.path().to_str().unwrap()]);
    let shown = Command::new(program("casefile"))
        .args(["show", "--json"])
        .arg(outcome["bundle"].as_str().unwrap())
        .output();
    let shown: Value = serde_json::from_slice(&shown.unwrap().stdout).unwrap();
    let entries = shown["manifest"]["entries"].as_array().unwrap();
    let logs: Vec<_> = entries
        .iter()
        .map(|entry| entry["name"].as_str().unwrap())
        .filter(|name| name.starts_with("logs/"))
        .collect();
    assert_eq!(logs, ["logs/freqtrade.log"]);
}
