use jiff::Timestamp;

use super::*;
use crate::bundle::Limits;
use crate::collect::{Folder, section};
use crate::report::{Category, Priority, Request};
use crate::{Progress, Reporter};

const NOW: &str = "2026-11-24T12:00:00Z";

/// A bundle with these logs; held by its folder.
fn bundle(logs: &[(&str, String)], occurred_at: Option<&str>) -> (tempfile::TempDir, Bundle) {
    let home = tempfile::tempdir().unwrap();
    let mut builder = Reporter::builder("com.example.bot", "Bot", "1.0").outbox(home.path().join("reports"));
    for (name, text) in logs {
        let text = text.clone();
        builder = builder.collector(section(Folder::Logs, (*name).to_owned(), move || text.clone()));
    }
    let reporter = builder.build().unwrap();
    let mut request = Request::new("t", "d", Priority::P3, Category::Runtime);
    request.occurred_at = occurred_at.map(|at| at.parse().unwrap());
    let draft = reporter.seal(&request, NOW.parse().unwrap(), &Progress::new()).unwrap();
    let bundle = Bundle::open(draft.bundle.path(), &Limits::default()).unwrap();
    (home, bundle)
}

/// Each item as a short line.
fn told(bundle: &Bundle, filter: &Filter) -> Vec<String> {
    let mut lines = Vec::new();
    read(bundle, filter, &mut |item| {
        lines.push(match item {
            Item::Record(shown) => {
                let text = String::from_utf8_lossy(&shown.text[shown.message_at..]);
                let times = if shown.repeats > 1 { format!(" x{}", shown.repeats) } else { String::new() };
                let late = if shown.out_of_order { "<" } else { "" };
                format!(
                    "{late}{}:{} {}{times}",
                    shown.file.trim_start_matches("logs/"),
                    shown.line,
                    text.trim()
                )
            }
            other => format!("{other:?}").split_whitespace().next().unwrap().to_lowercase(),
        });
        Ok(())
    })
    .unwrap();
    lines
}

#[test]
fn logs_are_merged_by_time_whatever_their_format() {
    let logs = [
        ("a.log", "2026-11-24T10:00:00Z one\n2026-11-24T10:00:02Z three\n  more of three\n".to_owned()),
        (
            "b.jsonl",
            "{\"ts\":1795514401,\"msg\":\"two\"}\n{\"ts\":1795514403.5,\"msg\":\"five\"}\n".to_owned(),
        ),
        ("c.log", "banner\n1795514403 four\n".to_owned()),
        ("d.log", "no time at all\n".to_owned()),
    ];
    let (_home, bundle) = bundle(&logs, Some("2026-11-24T10:00:02Z"));
    let expected = [
        "d.log:1 no time at all",
        "a.log:1 one",
        "b.jsonl:1 {\"ts\":1795514401,\"msg\":\"two\"}",
        "incident",
        "a.log:2 three\n  more of three",
        "c.log:1 banner",
        "c.log:2 four",
        "b.jsonl:2 {\"ts\":1795514403.5,\"msg\":\"five\"}",
    ];
    assert_eq!(told(&bundle, &Filter::default()), expected);
}

#[test]
fn repeats_are_folded_and_what_is_late_says_so() {
    let mut log = String::new();
    for number in 0..1_204 {
        log.extend(["2026-11-24T10:00:00Z WARN retry ", &number.to_string(), " refused: code -1021\n"]);
    }
    log.push_str(
        "2026-11-24T10:00:00Z WARN retry 7 refused: code -2010\n2026-11-24T09:00:00Z INFO clock went back\n",
    );
    let (_home, bundle) = bundle(&[("a.log", log)], None);
    let expected = [
        "a.log:1 WARN retry 0 refused: code -1021 x1204",
        "a.log:1205 WARN retry 7 refused: code -2010",
        "<a.log:1206 INFO clock went back",
    ];
    assert_eq!(told(&bundle, &Filter::default()), expected);
}

#[test]
fn a_filter_lets_through_what_it_names() {
    let log = "2026-11-24T10:00:00Z INFO a\n2026-11-24T10:00:01Z ERROR b\n2026-11-24T10:00:02Z WARN c\nplain\n\
               2026-11-24T10:00:03Z ERROR d\n";
    let (_home, bundle) = bundle(&[("a.log", log.to_owned())], None);
    let texts = |filter: Filter| -> String {
        let lines = told(&bundle, &filter);
        lines.iter().map(|line| line.split([' ', '\n']).nth(2).unwrap_or_default()).collect()
    };
    let at = |text: &str| Some(text.parse::<Timestamp>().unwrap());
    assert_eq!(texts(Filter { level: Some(Level::Warn), ..Filter::default() }), "bcd");
    let range =
        Filter { from: at("2026-11-24T10:00:01Z"), to: at("2026-11-24T10:00:03Z"), ..Filter::default() };
    assert_eq!(texts(range), "bc");
    assert_eq!(texts(Filter { grep: Some("ERROR|plain".parse().unwrap()), ..Filter::default() }), "bcd");
    assert!("(".parse::<Pattern>().is_err());
}

#[test]
fn more_logs_than_can_be_open_are_all_read() {
    let logs: Vec<(String, String)> = (0..300)
        .map(|number| {
            let log = (0..4).fold(String::new(), |log, second| {
                log + &format!("2026-11-24T10:00:0{second}Z file {number} line {second}\n")
            });
            (format!("{number}.log"), log)
        })
        .collect();
    let logs: Vec<_> = logs.iter().map(|(name, log)| (name.as_str(), log.clone())).collect();
    let (_home, bundle) = bundle(&logs, None);
    let totals = read(&bundle, &Filter::default(), &mut |_| Ok(())).unwrap();
    assert_eq!((totals.logs, totals.records, totals.shown), (300, 1_200, 1_200));
    let late = told(&bundle, &Filter::default()).iter().filter(|line| line.starts_with('<')).count();
    assert!(late > 0 && late < 800, "{late}");
}
