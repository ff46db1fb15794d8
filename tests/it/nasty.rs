//! A bundle that every reader accepts and in which every text is hostile: what the five commands of a support engineer make of
//! it, for people and as JSON, as a whole.

use std::io::Write;

use casefile_tests::hostile::{Archive, Entry};
use serde_json::{Value, json};

use crate::analyze::masked;
use crate::processes::{Home, expect_exit};

const REPORT: &str = "00112233445566778899aabbccddeeff";
/// Clears the screen, changes the title of the window, turns the direction of text, goes back to the beginning of the line.
const ACTS: &str = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{202e}txet\u{200b}\r";

fn code(name: &str) -> i32 {
    // One log is packed and breaks off.
    i32::from(name == "verify")
}

fn bundle(version: &str) -> Vec<u8> {
    let report = json!({
        "title": format!("{ACTS}title"), "description": format!("{ACTS}d"), "priority": "P3", "category": "runtime",
        "language": "en", "occurred_at": "2026-11-24T10:00:02Z",
        "app": {"id": "a", "name": format!("Bot{ACTS}"), "version": version},
        "system": {"os": format!("{ACTS}Linux"), "time_zone": format!("{ACTS}"), format!("key{ACTS}"): ["x"]},
        "license": {"status": format!("expired{ACTS}"), "id": ACTS},
        "fingerprint": {"app_id": "a", "all": ACTS, "components": {"board": ACTS}},
    });
    let log = format!(
        "2026-11-24T10:00:01Z ERROR {ACTS} refused: {{\"code\":-1021,\"msg\":\"{ACTS}\"}}\n\
         2026-11-24T10:00:02Z ERROR x\n-- it happened here, says the report: 2026-11-24T10:00:02Z --\u{0}\u{85}\n{ACTS}\n\
         2026-11-24T09:00:00Z ERROR {} back in time\n\
         9999999999999999999 -9223372036854775808 \u{feff}{{\"ts\":1e400}}\n",
        "long ".repeat(100)
    );
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(b"2026-11-24T10:00:03Z ERROR database is locked\n").unwrap();
    let packed = packed.finish().unwrap();
    let finding = json!([{
        "id": format!("own{ACTS}"), "severity": "error", "title": {"en": format!("call +48 {ACTS}"), "pl": "x"},
        "cause": {"en": ACTS, "pl": "x"}, "advice": {"en": ACTS, "pl": "x"}, "category": "runtime", "priority": "P1",
        "reason": {"en": ACTS, "pl": "x"}, "count": 18_446_744_073_709_551_615_u64,
        "evidence": [{"file": "../../etc/passwd", "line": 7, "text": ACTS}], "anchor": ACTS,
    }]);
    let mut archive = Archive::of(REPORT);
    archive.entries = vec![
        Entry::new("findings.json", finding.to_string().as_bytes()),
        Entry::new("logs/bot.log", log.as_bytes()),
        Entry::new("logs/half.log.gz", &packed[..packed.len() - 9]),
        Entry::new("preset/grid.toml", format!("levels = 7\n\"a b\" = \"{version}\"\n").as_bytes()),
        Entry::new("report.json", report.to_string().as_bytes()),
        Entry::new("report.md", format!("[{ACTS}]\n").as_bytes()),
    ];
    archive.manifest.push(("\"source\":\"x\"".to_owned(), format!("\"source\":{}", json!(ACTS))));
    let note = json!({ "about": ACTS, "text": ACTS });
    archive.manifest.push(("\"notes\":[]".to_owned(), format!("\"notes\":[{note}]")));
    archive.written()
}

fn sealed() -> Home {
    let home = Home::new(None);
    std::fs::write(home.path("a.zip"), bundle("1")).unwrap();
    std::fs::write(home.path("b.zip"), bundle(&format!("2{ACTS}"))).unwrap();
    home
}

#[test]
fn nothing_that_a_stranger_wrote_acts_on_a_terminal() {
    let home = sealed();
    for (name, args) in [
        ("show", &["show", "a.zip"][..]),
        ("verify", &["verify", "a.zip"]),
        ("timeline", &["timeline", "a.zip"]),
        ("analyze", &["analyze", "a.zip"]),
        ("diff", &["diff", "a.zip", "b.zip"]),
    ] {
        let told = expect_exit(&mut home.casefile(args), code(name));
        let acts =
            |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{200b}'..='\u{202e}' | '\u{feff}');
        assert_eq!(told.chars().find(|c| acts(*c)), None, "{name}: {}", told.escape_debug());
        insta::assert_snapshot!(format!("nasty-{name}"), masked_lines(&told));
    }
}

#[test]
fn its_json_is_json() {
    let home = sealed();
    for (name, args) in [
        ("show", &["show", "a.zip", "--json"][..]),
        ("verify", &["verify", "a.zip", "--json"]),
        ("timeline", &["timeline", "a.zip", "--json"]),
        ("analyze", &["analyze", "a.zip", "--json"]),
        ("diff", &["diff", "a.zip", "b.zip", "--json"]),
    ] {
        let told = expect_exit(&mut home.casefile(args), code(name));
        if name == "timeline" {
            told.lines().for_each(|line| assert!(serde_json::from_str::<Value>(line).is_ok(), "{line}"));
        } else {
            serde_json::from_str::<Value>(&told).unwrap();
        }
        insta::assert_snapshot!(
            format!("nasty-{name}-json"),
            masked_lines(&told.escape_debug().to_string().replace("\\n", "\n"))
        );
    }
}

#[test]
fn what_is_no_bundle_is_told_as_json_too() {
    let home = sealed();
    let whole = std::fs::read(home.path("a.zip")).unwrap();
    std::fs::write(home.path("cut.zip"), &whole[..whole.len() / 2]).unwrap();
    let told = expect_exit(&mut home.casefile(&["verify", "cut.zip", "--json"]), 1);
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(
        (&told["good"], &told["sha256"], &told["residues"]),
        (&json!(false), &Value::Null, &json!([]))
    );
    assert!(!told["problem"].as_str().unwrap().is_empty());
}

fn masked_lines(text: &str) -> String {
    text.lines().map(|line| masked(line.trim_end()) + "\n").collect()
}
