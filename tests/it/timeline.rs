//! `casefile timeline` and `casefile diff` as a support engineer runs them.

use std::process::Command;

use serde_json::Value;

use crate::processes::{Home, expect_exit, program};

/// A sealed bundle of a bot whose two logs tell one story.
fn bundle() -> Home {
    let home = Home::new(None);
    home.write(
        "logs/bot.log",
        "2026-11-24T10:00:00Z  INFO bot: started\n\
         2026-11-24T10:00:02Z ERROR bot: refused: code -1021\n\
         2026-11-24T10:00:03Z ERROR bot: refused: code -1021\n\
         2026-11-24T10:00:04Z ERROR bot: thread 'main' panicked: \u{1b}[31mboom\n  0: bot::run\n",
    );
    home.write("logs/feed.jsonl", "{\"ts\":1795514401.5,\"level\":\"warn\",\"msg\":\"feed is slow\"}\n");
    let mut form = home.form();
    form["occurred_at"] = "2026-11-24T10:00:02Z".into();
    home.write("form.json", &form.to_string());
    let args = ["pack", "--config", "casefile.toml", "--form", "form.json", "--all", "-o", "out.zip"];
    expect_exit(&mut home.casefile(&args), 0);
    home
}

#[test]
fn the_timeline_reads_as_one_log() {
    let home = bundle();
    let told = expect_exit(&mut home.casefile(&["timeline", "out.zip"]), 0);
    let expected = "\
2026-11-24T10:00:00.000Z info  logs/bot.log:1  INFO bot: started
2026-11-24T10:00:01.500Z WARN  logs/feed.jsonl:1  {\"ts\":1795514401.5,\"level\":\"warn\",\"msg\":\"feed is slow\"}
-- it happened here, says the report: 2026-11-24T10:00:02Z --
2026-11-24T10:00:02.000Z ERROR logs/bot.log:2  ERROR bot: refused: code -1021  x 2 until 2026-11-24T10:00:03.000Z
2026-11-24T10:00:04.000Z ERROR logs/bot.log:4  ERROR bot: thread 'main' panicked: \u{fffd}[31mboom
      0: bot::run
-- 5 of 5 records in 2 logs
";
    assert_eq!(told, expected);
}

#[test]
fn json_lines_say_the_same_and_filters_narrow_them() {
    let home = bundle();
    let args = ["timeline", "out.zip", "--json", "--level", "error", "--grep", "refused|panicked"];
    let told = expect_exit(&mut home.casefile(&args), 0);
    let lines: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["mark"], "incident");
    assert_eq!((&lines[1]["repeats"], &lines[1]["file"]), (&2.into(), &"logs/bot.log".into()));
    assert_eq!(lines[2]["level"], "error");
    assert!(lines[2]["text"].as_str().unwrap().contains("0: bot::run"));
    assert_eq!(
        (&lines[3]["mark"], &lines[3]["shown"], &lines[3]["records"]),
        (&"end".into(), &3.into(), &5.into())
    );
}

#[test]
fn the_incident_is_one_word_away() {
    let home = bundle();
    let shown = |args: &[&str]| {
        let told = expect_exit(&mut home.casefile(&[&["timeline", "out.zip"], args].concat()), 0);
        told.lines().last().unwrap().to_owned()
    };
    assert_eq!(shown(&["--around", "--span", "1s"]), "-- 2 of 5 records in 2 logs");
    assert_eq!(
        shown(&["--around", "2026-11-24T10:00:04Z", "--span", "500ms"]),
        "-- 1 of 5 records in 2 logs"
    );
    assert_eq!(shown(&["--around"]), "-- 5 of 5 records in 2 logs");
    expect_exit(&mut home.casefile(&["timeline", "out.zip", "--span", "1s"]), 2);
    expect_exit(
        &mut home.casefile(&["timeline", "out.zip", "--around", "--from", "2026-11-24T10:00:04Z"]),
        2,
    );
    home.write("form.json", &home.form().to_string());
    let args = ["pack", "--config", "casefile.toml", "--form", "form.json", "--all", "-o", "no-time.zip"];
    expect_exit(&mut home.casefile(&args), 0);
    expect_exit(&mut home.casefile(&["timeline", "no-time.zip", "--around"]), 3);
}

#[test]
fn what_cannot_be_read_or_asked_is_told_by_its_exit_code() {
    let home = bundle();
    let timeline = |rest: &[&str]| {
        let mut command = Command::new(program("casefile"));
        command.current_dir(home.path("")).arg("timeline").args(rest);
        command
    };
    expect_exit(&mut timeline(&["missing.zip"]), 3);
    expect_exit(&mut timeline(&["form.json"]), 1);
    expect_exit(&mut timeline(&["out.zip", "--grep", "("]), 2);
    expect_exit(&mut timeline(&["out.zip", "--level", "loud"]), 2);
    expect_exit(&mut timeline(&["out.zip", "--from", "yesterday"]), 2);
}

#[test]
fn two_bundles_are_told_apart_by_version_preset_and_new_errors() {
    let home = bundle();
    home.write("logs/bot.log", "2026-11-24T11:00:00Z ERROR bot: order 7 refused: code -2010\n");
    home.write("presets/grid.toml", "[grid]\nsymbol = \"BTCUSDT\"\nlevels = 20\n");
    let config = std::fs::read_to_string(home.path("casefile.toml")).unwrap();
    home.write("casefile.toml", &config.replace("version = \"1.2.3\"", "version = \"1.3.0\""));
    let args = ["pack", "--config", "casefile.toml", "--form", "form.json", "--all", "-o", "today.zip"];
    expect_exit(&mut home.casefile(&args), 0);

    let told = expect_exit(&mut home.casefile(&["diff", "out.zip", "today.zip"]), 0);
    let expected = "\
report
  app.version: 1.2.3 -> 1.3.0
preset
  preset/grid.toml.grid.levels: 12 -> 20
new errors
  + ERROR bot: order # refused: code -2010  x 1
errors that are gone
  - ERROR bot: refused: code -1021  x 2
  - ERROR bot: thread 'main' panicked: \u{fffd}[#mboom  x 1
";
    assert_eq!(told, expected);
    let json = expect_exit(&mut home.casefile(&["diff", "out.zip", "today.zip", "--json"]), 0);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["new_errors"][0]["count"], 1);
    assert_eq!(json["preset"][0]["after"], "20");
    let same = expect_exit(&mut home.casefile(&["diff", "out.zip", "out.zip"]), 0);
    assert_eq!(same, "no difference in version, licence, system, presets and errors\n");
    expect_exit(&mut home.casefile(&["diff", "out.zip", "form.json"]), 1);
    expect_exit(&mut home.casefile(&["diff", "out.zip", "missing.zip"]), 3);
}
