//! What a real freqtrade wrote ([how it was recorded](freqtrade/README.md)), through all commands of a support engineer.

use serde_json::Value;

use crate::analyze::steady;
use crate::processes::{Home, expect_exit};
use crate::seeded::Seeded;

/// A bundle of both logs and a configuration with keys, and the keys.
fn bundle() -> (Home, Vec<String>) {
    let home = Home::new(None);
    std::fs::remove_file(home.path("logs/bot.log")).unwrap();
    home.write("logs/freqtrade.log", include_str!("freqtrade/freqtrade.log"));
    home.write("logs/broken.log", include_str!("freqtrade/broken.log"));
    let mut random = Seeded(2_026);
    let keys: Vec<String> = [64, 64, 35, 20].map(|length| random.alphanumeric(length)).into();
    let config = serde_json::json!({
        "max_open_trades": 3, "stake_currency": "USDT", "dry_run": true, "strategy": "GridBreakout",
        "exchange": { "name": "binance", "key": keys[0], "secret": keys[1], "pair_whitelist": ["BTC/USDT", "SOL/USDT"] },
        "telegram": { "enabled": true, "token": format!("7412345678:{}", keys[2]), "chat_id": "987654321" },
        "api_server": { "enabled": true, "username": "anna", "password": keys[3] },
    });
    home.write("presets/config.json", &config.to_string());
    let mut form = home.form();
    form["occurred_at"] = "2026-11-25T20:49:00Z".into();
    home.write("form.json", &form.to_string());
    let args = ["pack", "--config", "casefile.toml", "--form", "form.json", "--all", "-o", "out.zip"];
    expect_exit(home.casefile(&args).env("TZ", "UTC"), 0);
    (home, keys)
}

#[test]
fn a_real_run_of_freqtrade_is_understood() {
    let (home, keys) = bundle();
    for command in ["verify", "show", "analyze", "timeline"] {
        let told = expect_exit(&mut home.casefile(&[command, "out.zip"]), 0);
        assert!(keys.iter().all(|key| !told.contains(key.as_str())), "{command}");
        insta::assert_snapshot!(format!("freqtrade-{command}"), steady(&told));
    }
}

#[test]
fn every_record_of_freqtrade_has_its_time_its_level_and_its_lines() {
    let (home, _) = bundle();
    let told = expect_exit(&mut home.casefile(&["timeline", "out.zip", "--json"]), 0);
    let lines: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let records: Vec<&Value> = lines.iter().filter(|line| line.get("mark").is_none()).collect();
    assert!(records.iter().all(|record| record["at"].is_string() && record["level"].is_string()), "{told}");
    // Nothing is lost: the lines of all records, folded ones counted as often as they came, are those of the logs.
    let of = |file: &'static str| records.iter().filter(move |record| record["file"] == file).copied();
    let count = |record: &Value| {
        record["repeats"].as_u64().unwrap_or(1) * record["text"].as_str().unwrap().lines().count() as u64
    };
    for (file, text) in [
        ("logs/freqtrade.log", include_str!("freqtrade/freqtrade.log")),
        ("logs/broken.log", include_str!("freqtrade/broken.log")),
    ] {
        assert_eq!(of(file).map(count).sum::<u64>(), text.lines().count() as u64, "{file}");
    }
    let trace = of("logs/freqtrade.log")
        .find(|record| record["text"].as_str().unwrap().contains("KeyError"))
        .unwrap();
    assert_eq!(trace["level"], "error");
    assert!(trace["text"].as_str().unwrap().ends_with("KeyError: 'stakes'"), "{trace}");
}

#[test]
fn what_changed_between_two_runs_of_freqtrade_is_told() {
    let (home, _) = bundle();
    home.write("logs/freqtrade.log", "2026-11-25 19:00:00,000 - freqtrade.worker - INFO - Bot heartbeat\n");
    std::fs::remove_file(home.path("logs/broken.log")).unwrap();
    let args = ["pack", "--config", "casefile.toml", "--form", "form.json", "--all", "-o", "before.zip"];
    expect_exit(home.casefile(&args).env("TZ", "UTC"), 0);
    let told = expect_exit(&mut home.casefile(&["diff", "before.zip", "out.zip"]), 0);
    for new in ["Configuration error", "Error starting Telegram bot", "KeyError('stakes')"] {
        assert!(told.contains(new), "{new}: {told}");
    }
}
