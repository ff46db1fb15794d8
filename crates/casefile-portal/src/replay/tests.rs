use serde_json::{Value, json};

use super::*;

/// Replays these lines, seen from an instant or from the last event.
fn replayed(lines: &str, at: Option<&str>) -> anyhow::Result<Value> {
    let folder = tempfile::tempdir().unwrap();
    let events = folder.path().join("events.jsonl");
    std::fs::write(&events, lines).unwrap();
    let at = at.map(|at| at.parse().unwrap());
    let mut out = Vec::new();
    run(&ReplayArguments { events, plan: None, at, json: true }, &mut out)?;
    Ok(serde_json::from_slice(&out).unwrap())
}

/// Lines at minutes after 10:00, from `minutes event [priority]`.
fn log(events: &[(i64, &str)]) -> String {
    let start: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
    let line = |n: usize, (minutes, event): &(i64, &str)| {
        let at = start + jiff::SignedDuration::from_mins(*minutes);
        let mut words = event.split(' ');
        json!({"at": at, "key": n.to_string(), "event": words.next(), "priority": words.next()}).to_string()
    };
    events.iter().enumerate().map(|(n, event)| line(n, event) + "\n").collect()
}

/// `outcome elapsed-minutes` of each clock, then the state, seen from a minute after 10:00.
fn summary(events: &[(i64, &str)], seen_at: i64) -> String {
    let at = "2026-11-24T10:00:00Z".parse::<Timestamp>().unwrap() + jiff::SignedDuration::from_mins(seen_at);
    let value = replayed(&log(events), Some(&at.to_string())).unwrap();
    let clock = |name: &str| {
        let clock = &value["clocks"][name];
        format!("{} {}", clock["outcome"].as_str().unwrap(), clock["elapsed_seconds"].as_i64().unwrap() / 60)
    };
    let clocks = ["response", "workaround", "resolution"].map(clock);
    format!("{}, {}", clocks.join(", "), value["state"].as_str().unwrap())
}

#[test]
fn the_worked_examples_come_out_as_written() {
    let examples: Vec<Value> = serde_json::from_str(include_str!("examples.json")).unwrap();
    assert_eq!(examples.len(), 5);
    for example in examples {
        let lines: Vec<_> = example["log"].as_array().unwrap().iter().map(Value::to_string).collect();
        assert_eq!(replayed(&lines.join("\n"), None).unwrap(), example["expected"], "{}", example["name"]);
    }
}

#[test]
fn each_event_does_what_the_table_says() {
    for (events, seen_at, expected) in [
        // Automation and inner work stop nothing.
        (
            vec![
                (0, "registered P1"),
                (10, "auto_ack"),
                (11, "internal_note"),
                (12, "assigned"),
                (13, "bounce"),
            ],
            30,
            "open 30, open 30, open 30, registered",
        ),
        // Exactly at due is met, a moment later is not.
        (vec![(0, "registered P1"), (60, "staff_replied")], 90, "met 60, open 90, open 90, open"),
        (vec![(0, "registered P1"), (61, "staff_replied")], 90, "breached 61, open 90, open 90, open"),
        (vec![(0, "registered P1")], 60, "open 60, open 60, open 60, registered"),
        // A question stops the first clock and pauses the others; only a person resumes them.
        (
            vec![(0, "registered P1"), (30, "asked_customer"), (40, "customer_auto_reply")],
            300,
            "met 30, open 30, open 30, waiting",
        ),
        (
            vec![(0, "registered P1"), (30, "asked_customer"), (90, "customer_replied")],
            100,
            "met 30, open 40, open 40, open",
        ),
        // An answer does not end a pause.
        (
            vec![(0, "registered P1"), (30, "asked_customer"), (90, "staff_replied")],
            100,
            "met 30, open 30, open 30, waiting",
        ),
        // A rejected workaround resumes, also out of a pause.
        (
            vec![
                (0, "registered P1"),
                (30, "workaround_offered"),
                (40, "asked_customer"),
                (100, "workaround_rejected"),
            ],
            110,
            "met 30, open 40, open 50, open",
        ),
        // There was none to reject: the pause goes on.
        (
            vec![(0, "registered P1"), (30, "asked_customer"), (40, "workaround_rejected")],
            110,
            "met 30, open 30, open 30, waiting",
        ),
    ] {
        assert_eq!(summary(&events, seen_at), expected, "{events:?} seen at {seen_at}");
    }
}

#[test]
fn endings_and_raises_do_what_the_table_says() {
    let day = 24 * 60;
    for (events, seen_at, expected) in [
        // A proposal stops everything and ends a pause.
        (
            vec![(0, "registered P1"), (30, "asked_customer"), (90, "resolution_proposed")],
            110,
            "met 30, met 30, met 30, proposed",
        ),
        // A rejection resumes the resolution alone; within seven days, not later.
        (
            vec![(0, "registered P1"), (60, "resolution_proposed"), (60 + 7 * day, "resolution_rejected")],
            70 + 7 * day,
            "met 60, met 60, open 70, open",
        ),
        (
            vec![(0, "registered P1"), (60, "resolution_proposed"), (61 + 7 * day, "resolution_rejected")],
            70 + 7 * day,
            "met 60, met 60, met 60, proposed",
        ),
        (
            vec![(0, "registered P1"), (10, "resolution_rejected"), (11, "customer_replied")],
            20,
            "open 20, open 20, open 20, registered",
        ),
        // Time alone closes nothing; `closed` needs a proposal.
        (
            vec![(0, "registered P1"), (60, "resolution_proposed")],
            30 * day,
            "met 60, met 60, met 60, proposed",
        ),
        (vec![(0, "registered P1"), (60, "closed")], 61, "breached 61, open 61, open 61, registered"),
        (
            vec![
                (0, "registered P1"),
                (60, "resolution_proposed"),
                (70, "closed"),
                (80, "resolution_rejected"),
                (90, "voided"),
            ],
            100,
            "met 60, met 60, met 60, closed",
        ),
        // Void is what was not decided; a breach stays.
        (
            vec![(0, "registered P1"), (10, "staff_replied"), (20, "voided"), (30, "customer_replied")],
            600,
            "met 10, void 20, void 20, voided",
        ),
        (vec![(0, "registered P1"), (70, "voided")], 600, "breached 70, void 70, void 70, voided"),
        // Without a promise a clock still counts, and a raise measures from the registration.
        (vec![(0, "registered P4")], 300, "open 300, none 300, none 300, registered"),
        (
            vec![(0, "registered P4"), (20, "staff_replied"), (300, "priority_set P1")],
            310,
            "met 20, breached 310, open 310, open",
        ),
        // A raise breaches also during a pause; a lowering takes nothing back.
        (
            vec![
                (0, "registered P2"),
                (300, "asked_customer"),
                (400, "priority_set P1"),
                (410, "priority_set P4"),
            ],
            500,
            "breached 300, breached 300, none 300, waiting",
        ),
        // A clock that was met is not judged by a later priority, unless it runs again.
        (
            vec![(0, "registered P3"), (300, "workaround_offered"), (310, "priority_set P1")],
            320,
            "met 300, met 300, open 320, open",
        ),
        (
            vec![
                (0, "registered P3"),
                (300, "workaround_offered"),
                (310, "priority_set P1"),
                (330, "workaround_rejected"),
            ],
            340,
            "met 300, breached 310, open 340, open",
        ),
    ] {
        assert_eq!(summary(&events, seen_at), expected, "{events:?} seen at {seen_at}");
    }
}

#[test]
fn the_order_is_that_of_time_and_a_key_counts_once() {
    let shuffled = log(&[(60, "staff_replied"), (0, "registered P2"), (30, "asked_customer")]);
    let value = replayed(&shuffled, None).unwrap();
    assert_eq!(value["clocks"]["response"]["elapsed_seconds"], 1800);
    let doubled = r#"{"at":"2026-11-24T10:00:00Z","key":"a","event":"registered","priority":"P2"}
        {"at":"2026-11-24T11:00:00Z","key":"b","event":"asked_customer"}
        {"at":"2026-11-24T12:00:00Z","key":"c","event":"customer_replied"}
        {"at":"2026-11-24T13:00:00Z","key":"b","event":"asked_customer"}"#;
    assert_eq!(replayed(doubled, None).unwrap()["paused"], false);
}

#[test]
fn what_is_later_than_the_instant_is_not_looked_at() {
    let lines = log(&[(0, "registered P1"), (120, "resolution_proposed")]);
    let value = replayed(&lines, Some("2026-11-24T10:30:00Z")).unwrap();
    assert_eq!(value["clocks"]["response"]["outcome"], "open");
    assert_eq!(value["escalations"], json!([]));
    let error = replayed(&lines, Some("2026-11-24T09:00:00Z")).unwrap_err();
    assert!(format!("{error:#}").contains("later --at"), "{error:#}");
}

#[test]
fn an_escalation_waits_until_all_its_conditions_hold() {
    // A workaround of P3 breaks after three days: nobody is told before it is raised.
    let lines = log(&[(0, "registered P3"), (1, "staff_replied"), (5_000, "priority_set P2")]);
    let value = replayed(&lines, Some("2026-11-30T10:00:00Z")).unwrap();
    let at = "2026-11-27T21:20:00Z";
    let told = |to: &str| json!({"to": to, "clock": "workaround", "at": at});
    assert_eq!(value["escalations"], json!([told("cto"), told("rnd")]));
    assert_eq!(value["clocks"]["workaround"]["breached_at"], "2026-11-27T10:00:00Z");
}

#[test]
fn what_is_wrong_with_a_line_is_told_with_its_number_and_without_its_values() {
    let good = r#"{"at":"2026-11-24T10:00:00Z","event":"registered","priority":"P2"}"#;
    for (bad, told) in [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        (r#"{"event":"closed"}"#, "`at` is missing"),
        (r#"{"at":"2026-11-24 s3cret","event":"closed"}"#, "RFC 3339"),
        (r#"{"at":"2026-11-24T10:00:00","event":"closed"}"#, "RFC 3339"),
        (r#"{"at":"2026-11-24T10:00:00Z"}"#, "`event` is missing"),
        (r#"{"at":"2026-11-24T10:00:00Z","event":"s3cret"}"#, "expected one of registered"),
        (r#"{"at":"2026-11-24T10:00:00Z","event":"priority_set"}"#, "`priority` has to be P1"),
        (r#"{"at":"2026-11-24T10:00:00Z","event":"priority_set","priority":"s3cret"}"#, "P1, P2, P3 or P4"),
        (r#"{"at":"2026-11-24T10:00:00Z","event":"closed","key":7}"#, "`key` is not a text"),
    ] {
        let error = format!("{:#}", replayed(&format!("{good}\n\n{bad}\n"), None).unwrap_err());
        assert!(error.contains("line 3: ") && error.contains(told), "{error}");
        assert!(!error.contains("s3cret"), "{error}");
    }
    assert!(replayed("", None).is_err());
    let windows = format!("\u{feff}{good}\r\n");
    assert!(replayed(&windows, None).is_ok());
    let long = format!("{good}\n{{\"at\": \"{}\"", "x".repeat(2 << 20));
    assert!(format!("{:#}", replayed(&long, None).unwrap_err()).contains("line 2 is longer"));
}

#[test]
fn the_text_says_the_same_as_the_json() {
    let lines = log(&[(0, "registered P1"), (90, "staff_replied")]);
    let folder = tempfile::tempdir().unwrap();
    let events = folder.path().join("events.jsonl");
    std::fs::write(&events, lines).unwrap();
    let mut out = Vec::new();
    run(&ReplayArguments { events, plan: None, at: None, json: false }, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    for part in [
        "P1, open",
        "response    breached  1.50 h",
        "escalated   response to coordinator",
        "response   is late: 1.00 h used",
    ] {
        assert!(text.contains(part), "no {part:?}:\n{text}");
    }
}
