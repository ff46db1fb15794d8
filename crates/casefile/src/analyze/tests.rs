use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::*;

const EXAMPLES: [(&str, &str); 4] = [
    ("exchange", include_str!("examples/exchange.txt")),
    ("install", include_str!("examples/install.txt")),
    ("license", include_str!("examples/license.txt")),
    ("runtime", include_str!("examples/runtime.txt")),
];

pub(super) fn sealed_at() -> Timestamp {
    "2026-11-24T13:00:00Z".parse().unwrap()
}

pub(super) fn origin() -> Origin {
    Origin { zone: TimeZone::UTC, sealed_at: sealed_at() }
}

/// The findings of one log, given in pieces of some size.
fn findings_in(analysers: &Analysers, log: &str, facts: &Facts, piece_bytes: usize) -> Vec<Finding> {
    let mut scan = analysers.scan();
    let mut one = scan.log("logs/bot.log", &origin());
    for piece in log.as_bytes().chunks(piece_bytes) {
        one.push(piece);
    }
    scan.add(one);
    scan.finish(facts)
}

/// One part of an example: the log and the facts.
fn read_example(text: &str) -> (String, Facts) {
    let (mut log, mut facts) = (String::new(), Vec::new());
    let mut last = "";
    for line in text.lines() {
        if let Some(fact) = line.strip_prefix("@ ") {
            facts.push(fact);
        } else if let Some(times) = line.strip_prefix("* ") {
            let begin: Timestamp = format!("{}Z", last[..19].replace(' ', "T")).parse().unwrap();
            for second in 1..times.parse().unwrap() {
                let at = begin + SignedDuration::from_secs(second);
                writeln!(log, "{}{}", at.strftime("%Y-%m-%d %H:%M:%S"), &last[19..]).unwrap();
            }
        } else if !line.is_empty() && !line.starts_with('#') {
            writeln!(log, "{line}").unwrap();
            last = line;
        }
    }
    (log, Facts::of_lines(facts, sealed_at()))
}

/// All logs and facts in which something is found.
pub(super) fn examples() -> Vec<(String, Facts)> {
    let sections = EXAMPLES.iter().flat_map(|(_, text)| text.split("\n== "));
    let hits = sections.filter_map(|section| section.split_once('\n')?.1.split_once("\n----\n"));
    hits.map(|(hit, _)| read_example(hit)).collect()
}

#[test]
fn each_analyser_finds_its_example_and_nothing_in_the_neighbour() {
    let analysers = Analysers::standard();
    let (mut wrong, mut shown) = (Vec::new(), BTreeSet::new());
    for (category, text) in EXAMPLES {
        for section in text.split("\n== ").map(|section| section.trim_start_matches("== ")) {
            let (head, body) = section.split_once('\n').unwrap();
            let Some((hit, neighbour)) = body.split_once("\n----\n") else { continue };
            let expected: BTreeSet<String> = head.split(" + ").map(|id| id.trim().to_owned()).collect();
            let (log, facts) = read_example(hit);
            let findings = findings_in(analysers, &log, &facts, 7);
            let found: BTreeSet<String> = findings.iter().map(|finding| finding.id.clone()).collect();
            if found != expected {
                wrong.push(format!("{head}: found {found:?}"));
            }
            for finding in &findings {
                assert!(!finding.evidence.is_empty(), "{head}: no evidence");
                let texts = [&finding.title, &finding.cause, &finding.advice];
                assert!(
                    texts.iter().all(|words| !words.en.contains('{') && !words.pl.contains('{')),
                    "{head}: {texts:?}"
                );
            }
            let row = analysers.rows().iter().find(|row| row.id == head.split(" + ").next().unwrap().trim());
            assert_eq!(row.map(|row| row.category.as_str()), Some(category), "{head}");
            let (log, facts) = read_example(neighbour);
            let found: Vec<String> =
                findings_in(analysers, &log, &facts, 7).into_iter().map(|finding| finding.id).collect();
            if !found.is_empty() {
                wrong.push(format!("{head}: the neighbour gives {found:?}"));
            }
            shown.extend(expected);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let all: BTreeSet<String> = analysers.rows().iter().map(|row| row.id.clone()).collect();
    assert_eq!(shown, all, "every analyser has an example");
}

fn one(log: &str) -> Vec<Finding> {
    findings_in(Analysers::standard(), log, &Facts::default(), 1 << 20)
}

#[test]
fn a_code_that_is_only_a_number_is_no_finding() {
    for line in [
        "2026-11-24 10:00:00 INFO binance: realised pnl -1021 USDT",
        "2026-11-24 10:00:00 INFO okx ticker 50102 50111 50113",
        "2026-11-24 10:00:00 INFO bybit: 10002 of 10006 candles",
        "2026-11-24 10:00:00 INFO order id 4711-1021 at -2015.5",
        "2026-11-24 10:00:00 INFO kucoin volume 400002, bitget 40008",
    ] {
        assert_eq!(one(line), [], "{line}");
    }
}

#[test]
fn evidence_names_the_line_and_the_time_of_its_record() {
    let log = "2026-11-24 10:00:00 INFO bot started\n\
               2026-11-24 10:00:05 ERROR worker failed\n\
               Traceback (most recent call last):\n\
               \x20 File \"worker.py\", line 12, in run\n\
               sqlite3.OperationalError: database is locked\n\
               sqlite3.OperationalError: database is locked\n\
               2026-11-24 10:00:09 INFO over\n";
    let findings = one(log);
    assert_eq!(findings.len(), 1, "{findings:?}");
    // The trace says it twice and is one record.
    assert_eq!((findings[0].id.as_str(), findings[0].count), ("database-locked", 1));
    let evidence = &findings[0].evidence[0];
    let at = Some("2026-11-24T10:00:05Z".parse().unwrap());
    assert_eq!((evidence.line, evidence.at), (5, at));
    assert_eq!(evidence.text, "sqlite3.OperationalError: database is locked");
}

#[test]
fn the_time_of_a_record_is_known_in_the_next_block() {
    let filler = "  at frame of a long trace, which says nothing at all\n".repeat(8_000);
    let log = format!("2026-11-24 10:00:05 ERROR worker failed\n{filler}SQLITE_CORRUPT\n");
    assert!(log.len() > 400_000);
    let findings = one(&log);
    assert_eq!(findings[0].evidence[0].line, 8_002);
    assert_eq!(findings[0].first_at, Some("2026-11-24T10:00:05Z".parse().unwrap()));
}

#[test]
fn the_size_of_pieces_changes_nothing() {
    let line = |second: u32| {
        format!("2026-11-24 10:{:02}:{:02} ERROR x: database is locked\n", second / 60, second % 60)
    };
    let log: String = (0..600).map(line).collect();
    let whole = one(&log);
    assert_eq!(whole[0].count, 600);
    let mut scan = Analysers::standard().scan();
    let mut counted = scan.log("logs/bot.log", &origin());
    counted.push(log.trim_end().as_bytes());
    scan.add(counted);
    let totals = Totals { logs: 1, lines: 600, bytes: log.len() as u64 - 1 };
    assert_eq!(scan.totals(), totals);
    assert_eq!(whole[0].evidence.len(), 4, "the first three and the last");
    assert_eq!(whole[0].evidence[3].line, 600);
    for piece in [1, 3, 4_096] {
        assert_eq!(findings_in(Analysers::standard(), &log, &Facts::default(), piece), whole, "{piece}");
    }
}

#[test]
fn a_line_without_an_end_is_searched_in_constant_memory() {
    let filler = "x".repeat(1 << 20);
    let findings = one(&format!("{filler} database is locked {filler} SQLITE_CORRUPT {filler}"));
    let ids: Vec<_> = findings.iter().map(|finding| finding.id.as_str()).collect();
    assert_eq!(ids, ["database-corrupt", "database-locked"]);
    assert!(findings.iter().all(|finding| finding.evidence.iter().all(|one| one.text.len() < 1_000)));
}

#[test]
fn escapes_in_evidence_are_neutralised() {
    let findings = one("2026-11-24 10:00:00 ERROR \u{1b}[31mdatabase is locked\u{202e}\u{7}\n");
    let text = &findings[0].evidence[0].text;
    assert!(text.contains("\u{fffd}[31mdatabase is locked\u{fffd}\u{fffd}"), "{text:?}");
}

#[test]
fn logs_are_added_up_whatever_their_order() {
    let analysers = Analysers::standard();
    let texts = [
        ("logs/a.log", "2026-11-24 10:00:00 ERROR panicked at src/a.rs:1:2\n"),
        ("logs/b.log", "2026-11-24 09:00:00 ERROR panicked at src/a.rs:1:2\n"),
        ("crash/c.txt", "panicked at src/other.rs:9:9\n"),
    ];
    let told = |order: [usize; 3]| {
        let mut scan = analysers.scan();
        for (name, text) in order.map(|index| texts[index]) {
            let mut log = scan.log(name, &origin());
            log.push(text.as_bytes());
            scan.add(log);
        }
        scan.finish(&Facts::default())
    };
    let findings = told([0, 1, 2]);
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].id.as_str(), findings[0].count), ("panic-again", 2));
    assert!(findings[0].title.en.ends_with("src/a.rs:1"), "{}", findings[0].title.en);
    assert_eq!(findings[0].evidence[0].file, "logs/b.log");
    assert_eq!(told([2, 1, 0]), findings);
}

#[test]
fn a_storm_needs_its_density_not_only_its_number() {
    let line = |minute: u32| {
        format!("2026-11-24 {:02}:{:02}:00 WARN websocket disconnected\n", minute / 60, minute % 60)
    };
    let sparse: String = (0..60).map(|index| line(index * 10)).collect();
    assert_eq!(one(&sparse), []);
    let dense: String = (100..120).map(line).collect();
    assert_eq!(one(&format!("{}{dense}", line(0)))[0].id, "websocket-storm");
}

const VENDOR: &str = r#"
without = ["disk-low"]

[[analysers]]
id = "grid-empty"
category = "exchange"
severity = "warn"
impact = "configuration"
title = { en = "The grid {name} is empty", pl = "Siatka {name} jest pusta" }
cause = { en = "c", pl = "c" }
advice = { en = "a", pl = "a" }
log = { any = ["grid is empty"], pattern = 'grid is empty: (?P<name>\S+)' }
facts = [{ key = "preset.*.levels", below = 2.0 }]
"#;

#[test]
fn a_vendor_adds_replaces_and_removes_rows() {
    let analysers = Analysers::with(VENDOR).unwrap();
    assert_eq!(analysers.rows().len(), Analysers::standard().rows().len());
    let facts = Facts::of_lines(["system.disk_free_bytes = 1000", "preset.grid.levels = 1"], sealed_at());
    let log = "2026-11-24 10:00:00 WARN grid is empty: BTC\n";
    let findings = findings_in(&analysers, log, &facts, 10);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].title.pl, "Siatka BTC jest pusta");
    assert_eq!(findings[0].evidence[1].text, "preset.grid.levels = 1");
    // All conditions have to hold.
    assert_eq!(findings_in(&analysers, log, &Facts::default(), 10), []);
    let replaced = VENDOR.replace("grid-empty", "disk-full");
    assert_eq!(Analysers::with(&replaced).unwrap().rows().len() + 1, Analysers::standard().rows().len());
}

#[test]
fn a_wrong_table_is_refused_with_line_and_field() {
    let check = |from: &str, to: &str, line: usize, field: &str, problem: &str| {
        assert!(VENDOR.contains(from), "{from}");
        let error =
            Analysers::with(&VENDOR.replace(from, to)).err().unwrap_or_else(|| panic!("{to} is taken"));
        assert_eq!((error.line, error.field.as_str()), (line, field), "{error}");
        assert!(error.problem.contains(problem), "{error}");
    };
    check("\"disk-low\"", "\"disk-lov\"", 2, "without", "names no analyser");
    check("\"grid-empty\"", "\"Grid empty\"", 5, "analysers.id", "small letters");
    check("\"exchange\"", "\"exchanges\"", 6, "category", "unknown variant");
    check("\"configuration\"", "\"config\"", 8, "analysers.grid-empty.impact", "names no impact");
    check("en = \"c\"", "en = \" \"", 10, "analysers.grid-empty.cause.en", "is empty");
    check("[\"grid is empty\"]", "[]", 12, "analysers.grid-empty.log.any", "is empty");
    check("[\"grid is empty\"]", "[\"grd\"]", 12, "analysers.grid-empty.log.any", "4 bytes");
    check(
        "(?P<name>\\S+)",
        "(?P<name>\\S+",
        12,
        "analysers.grid-empty.log.pattern",
        "no regular expression: unclosed group",
    );
    check(
        "any = [\"grid",
        "same = \"nam\", any = [\"grid",
        12,
        "analysers.grid-empty.log.same",
        "names no capture",
    );
    check(
        "any = [\"grid",
        "within = \"5 minutes\", any = [\"grid",
        12,
        "analysers.grid-empty.log.within",
        "30s, 5m or 2h",
    );
    check("any = [\"grid", "anyy = [\"grid", 12, "log", "unknown field");
    check(", below = 2.0", "", 13, "analysers.grid-empty.fact", "exactly one of");
    check(
        "facts = [",
        "yields_to = [\"nobody\"]\nfacts = [",
        13,
        "analysers.grid-empty.yields_to",
        "names no analyser",
    );
    let (log, facts) = ("log = { any", "facts = [{");
    let bare = VENDOR
        .lines()
        .filter(|line| !line.starts_with(log) && !line.starts_with(facts))
        .collect::<Vec<_>>()
        .join("\n");
    let error = Analysers::with(&bare).err().unwrap();
    assert!(error.problem.contains("has no condition"), "{error}");
}

#[test]
fn findings_are_read_by_casefile_and_have_the_shape_of_troubleshoot() {
    let findings = one("2026-11-24 10:00:00 ERROR x: database is locked\n");
    let json = to_json(&findings);
    let again: Vec<Finding> = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(again, findings);
    // `convert.Result` of troubleshoot.
    assert_eq!(json[0]["name"], "database-locked");
    assert_eq!(json[0]["severity"], "error");
    assert_eq!(json[0]["insight"]["severity"], "error");
    assert_eq!(json[0]["insight"]["primary"], findings[0].title.en.as_str());
    assert_eq!(json[0]["analyzerSpec"], "");
    let is_text = |label: &serde_json::Value| label.is_string();
    assert!(json[0]["labels"].as_object().unwrap().values().all(is_text));
}

proptest! {
    #[test]
    fn any_bytes_can_be_looked_through(bytes in proptest::collection::vec(any::<u8>(), 0..3_000), piece in 1_usize..500) {
        let mut scan = Analysers::standard().scan();
        let mut log = scan.log("logs/x.log", &origin());
        for piece in bytes.chunks(piece) {
            log.push(piece);
        }
        scan.add(log);
        prop_assert_eq!(scan.totals().bytes, bytes.len() as u64);
        scan.finish(&Facts::default());
    }
}

#[test]
fn packed_and_wide_logs_are_read_as_they_are_stored() {
    let text = "2026-11-24 10:00:00 ERROR x: database is locked\n";
    let wide: Vec<u8> =
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let pack = |bytes: &[u8]| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packed, bytes).unwrap();
        packed.finish().unwrap()
    };
    let cut = {
        let mut packed = pack(text.repeat(5_000).as_bytes());
        packed.truncate(packed.len() / 2);
        packed
    };
    let twice = [pack(text.as_bytes()), pack(text.as_bytes())].concat();
    for (form, bytes) in [
        ("wide", wide.clone()),
        ("packed", pack(text.as_bytes())),
        ("both", pack(&wide)),
        ("cut", cut),
        ("twice", twice),
    ] {
        for piece in [1, 5, 10_000] {
            let mut scan = Analysers::standard().scan();
            let mut log = scan.log("logs/bot.log.gz", &origin());
            bytes.chunks(piece).for_each(|piece| log.push(piece));
            scan.add(log);
            let findings = scan.finish(&Facts::default());
            assert_eq!(findings.len(), 1, "{form} {piece}");
            assert_eq!(findings[0].evidence[0].at, Some("2026-11-24T10:00:00Z".parse().unwrap()));
        }
    }
}
