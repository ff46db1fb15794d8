use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;

fn warsaw() -> Recogniser {
    Recogniser::new(TimeZone::get("Europe/Warsaw").unwrap(), "2026-11-24T12:00:00Z".parse().unwrap())
}

/// What each logger writes, when that was, what is left of the line after the time, and the level.
#[test]
fn every_logger_is_understood() {
    let rows: &[(&str, &str, &str, Option<Level>)] = &[
        // tracing, env_logger, slog
        (
            "2026-11-24T04:31:57.123456Z  INFO bot::engine: hello",
            "2026-11-24T04:31:57.123456Z",
            "  INFO bot",
            Some(Level::Info),
        ),
        ("[2026-11-24T10:00:00Z WARN  bot] hi", "2026-11-24T10:00:00Z", " WARN", Some(Level::Warn)),
        ("2026-11-24T10:00:00+01:00 ERROR x", "2026-11-24T09:00:00Z", " ERROR", Some(Level::Error)),
        // Python: freqtrade, hummingbot
        (
            "2026-11-24 10:00:00,123 - freqtrade.worker - INFO - x",
            "2026-11-24T09:00:00.123Z",
            " - freq",
            Some(Level::Info),
        ),
        (
            "2026-11-24 10:00:00,123 - 4711 - hummingbot.core - WARNING - x",
            "2026-11-24T09:00:00.123Z",
            " - 4711",
            Some(Level::Warn),
        ),
        ("2026-07-24 10:00:00,123 CRITICAL x", "2026-07-24T08:00:00.123Z", " CRIT", Some(Level::Fatal)),
        (
            "INFO     2026-11-24 10:00:00,123 main.py:3 x",
            "2026-11-24T09:00:00.123Z",
            " main",
            Some(Level::Info),
        ),
        ("[11/24/26 10:00:00] INFO  x", "2026-11-24T09:00:00Z", " INFO", Some(Level::Info)),
        // log4j, logback, java.util.logging
        (
            "2026-11-24 10:00:00,123 ERROR [main] c.e.Bot - x",
            "2026-11-24T09:00:00.123Z",
            " ERROR",
            Some(Level::Error),
        ),
        ("24 Nov 2026 10:00:00,123 DEBUG x", "2026-11-24T09:00:00.123Z", " DEBUG", Some(Level::Debug)),
        ("Nov 24, 2026 10:00:00 PM com.example.Bot run", "2026-11-24T21:00:00Z", " com", None),
        // .NET
        ("2026-11-24 10:00:00.1234|INFO|Bot|x", "2026-11-24T09:00:00.1234Z", "|INFO", Some(Level::Info)),
        ("2026-11-24 10:00:00.123 +01:00 [INF] x", "2026-11-24T09:00:00.123Z", " [INF]", Some(Level::Info)),
        ("[2026-11-24 10:00:00.123] [error] x", "2026-11-24T09:00:00.123Z", " [error]", Some(Level::Error)),
        ("11/24/2026 9:00:00 PM x", "2026-11-24T20:00:00Z", " x", None),
        // Go
        ("2026/11/24 10:00:00.000123 main.go:3: x", "2026-11-24T09:00:00.000123Z", " main", None),
        ("2026-11-24 10:00:00.5 +0000 UTC x", "2026-11-24T10:00:00.5Z", " UTC", None),
        (
            "I1124 10:00:00.123456    4711 bot.go:3] x",
            "2026-11-24T09:00:00.123456Z",
            "    4711",
            Some(Level::Info),
        ),
        (
            "time=\"2026-11-24T10:00:00Z\" level=warning msg=x",
            "2026-11-24T10:00:00Z",
            " level",
            Some(Level::Warn),
        ),
        ("level=error ts=2026-11-24T10:00:00Z msg=x", "2026-11-24T10:00:00Z", " msg", Some(Level::Error)),
        // syslog, nginx, HTTP
        ("Nov 24 10:00:00 host bot[7]: x", "2026-11-24T09:00:00Z", " host", None),
        ("Dec  3 10:00:00 host bot[7]: x", "2025-12-03T09:00:00Z", " host", None),
        (
            "<34>1 2026-11-24T10:00:00.003Z host bot 7 ID47 - x",
            "2026-11-24T10:00:00.003Z",
            " host",
            Some(Level::Fatal),
        ),
        ("<12>Nov 24 10:00:00 host bot: x", "2026-11-24T09:00:00Z", " host", Some(Level::Warn)),
        ("[24/Nov/2026:10:00:00 +0100] GET /", "2026-11-24T09:00:00Z", " GET", None),
        ("Tue, 24 Nov 2026 10:00:00 GMT x", "2026-11-24T10:00:00Z", " x", None),
        ("Tue Nov 24 10:00:00 2026 x", "2026-11-24T09:00:00Z", " x", None),
        // containers
        ("bot_1  | 2026-11-24 10:00:00,123 - x", "2026-11-24T09:00:00.123Z", " - x", None),
        // since 1970
        ("1795514400 x", "2026-11-24T10:00:00Z", " x", None),
        ("1795514400.25 x", "2026-11-24T10:00:00.25Z", " x", None),
        ("1795514400123,BTCUSDT", "2026-11-24T10:00:00.123Z", ",BTC", None),
        ("1795514400123456 x", "2026-11-24T10:00:00.123456Z", " x", None),
        ("1795514400123456789 x", "2026-11-24T10:00:00.123456789Z", " x", None),
        // other
        ("24.11.2026 10:00:00 Błąd", "2026-11-24T09:00:00Z", " B", None),
        ("20261124 10:00:00.5 x", "2026-11-24T09:00:00.5Z", " x", None),
        ("20261124T100000Z x", "2026-11-24T10:00:00Z", " x", None),
        ("20261124-10:00:00.123 x", "2026-11-24T09:00:00.123Z", " x", None),
        ("QS\t0\t10:00:00.123\tNetwork\tx", "2026-11-24T09:00:00.123Z", "\tNet", None),
        ("[10:00:00] info: x", "2026-11-24T09:00:00Z", " info", Some(Level::Info)),
        ("\u{feff}2026-11-24 10:00:00 x", "2026-11-24T09:00:00Z", " x", None),
        // The code of an error is no offset.
        ("2026-11-24 10:00:00 -1021 x", "2026-11-24T09:00:00Z", " -1021", None),
        ("2026-11-24 10:00:00,5 -1000 x", "2026-11-24T09:00:00.5Z", " -1000", None),
    ];
    for (line, at, rest, level_of) in rows {
        let Some(moment) = warsaw().recognise(line.as_bytes()) else { panic!("no time in {line:?}") };
        assert_eq!(moment.at, at.parse::<Timestamp>().unwrap(), "{line}");
        assert!(line[moment.end..].starts_with(rest), "{line:?} leaves {:?}", &line[moment.end..]);
        assert_eq!(level(line.as_bytes(), moment.end), *level_of, "{line}");
    }
}

#[test]
fn json_lines_are_understood_by_their_keys() {
    for (line, at, level_of) in [
        (
            r#"{"timestamp":"2026-11-24T10:00:00.5Z","level":"INFO","fields":{"message":"x"}}"#,
            "2026-11-24T10:00:00.5Z",
            Some(Level::Info),
        ),
        (r#"{"level":"error","ts":1795514400.25,"msg":"x"}"#, "2026-11-24T10:00:00.25Z", Some(Level::Error)),
        (
            r#"{"level":40,"time":1795514400123,"msg":"a \"time\": 1"}"#,
            "2026-11-24T10:00:00.123Z",
            Some(Level::Warn),
        ),
        (
            r#"{"event": "x", "nested": {"time": "2020-01-01T00:00:00Z", "b": [1, "}"]}, "asctime": "2026-11-24 10:00:00,123", "levelname": "CRITICAL"}"#,
            "2026-11-24T09:00:00.123Z",
            Some(Level::Fatal),
        ),
        (r#"{"@t":"2026-11-24T10:00:00Z","@l":"Warning"}"#, "2026-11-24T10:00:00Z", Some(Level::Warn)),
        (r#"{"t":1795514400123456789}"#, "2026-11-24T10:00:00.123456789Z", None),
    ] {
        let moment = warsaw().recognise(line.as_bytes()).unwrap_or_else(|| panic!("no time in {line}"));
        assert_eq!(moment.at, at.parse::<Timestamp>().unwrap(), "{line}");
        assert_eq!(level(line.as_bytes(), moment.end), level_of, "{line}");
    }
}

#[test]
fn what_is_no_time_is_left_alone() {
    for line in [
        "",
        "  File \"bot.py\", line 12, in run",
        "Caused by: java.net.ConnectException: Connection refused",
        "   4: core::panicking::panic_fmt",
        "12: tokio::runtime",
        "1234567890123456 is an order",
        "17955144001 x",
        "2026-13-24 10:00:00 x",
        "2026-11-24 25:00:00 x",
        "2026-11-24",
        "0000000000 x",
        "10:00 alone is too little",
        "192.168.1.10 - - x",
        "{\"order\": 1795514400123}",
        "{\"a\":\"\\",
        "{\"a",
        "{",
        "error: something at 2026-11-24 10:00:00",
        "Maybe 12 10:00:00",
        "}",
    ] {
        let found = stamp(line.as_bytes());
        if line.starts_with("1234567890123456 ") {
            // 16 digits after which a space stands are microseconds, of 2009.
            assert!(matches!(found, Some(Stamp { reading: Reading::Instant(_), .. })));
        } else {
            assert_eq!(found, None, "{line}");
        }
    }
}

#[test]
fn small_words_are_levels_only_where_levels_stand() {
    for (line, expected) in [
        ("something went wrong: no error here", None),
        ("error: no space left on device", Some(Level::Error)),
        ("an ERROR in capitals", Some(Level::Error)),
        ("reading /var/log/ERROR.txt", None),
        ("[warn] x", Some(Level::Warn)),
        ("lvl=dbug level=debug x", Some(Level::Debug)),
        ("INFO  ERROR count is 0", Some(Level::Info)),
    ] {
        assert_eq!(level(line.as_bytes(), 0), expected, "{line}");
    }
}

#[test]
fn slashes_are_settled_by_a_day_that_can_be_no_month() {
    let mut file = warsaw();
    let at = |file: &mut Recogniser, line: &str| file.recognise(line.as_bytes()).unwrap().at.to_string();
    assert_eq!(at(&mut file, "03/04/2026 10:00:00 x"), "2026-03-04T09:00:00Z");
    assert_eq!(at(&mut file, "24/03/2026 10:00:00 x"), "2026-03-24T09:00:00Z");
    assert_eq!(at(&mut file, "03/04/2026 10:00:00 x"), "2026-04-03T08:00:00Z");
}

#[test]
fn times_of_day_go_on_over_midnight_from_the_day_in_the_name() {
    let mut file = warsaw().named("logs/20261122.log");
    let at = |file: &mut Recogniser, line: &str| file.recognise(line.as_bytes()).unwrap().at.to_string();
    assert_eq!(at(&mut file, "23:59:59.900 x"), "2026-11-22T22:59:59.9Z");
    assert_eq!(at(&mut file, "00:00:01.000 x"), "2026-11-22T23:00:01Z");
    // A small step back is no new day.
    assert_eq!(at(&mut file, "00:00:00.500 x"), "2026-11-22T23:00:00.5Z");
    assert_eq!(at(&mut warsaw(), "23:00:00 x"), "2026-11-23T22:00:00Z", "not in the future");
    for (name, day) in
        [("bot-2026-11-22.log", true), ("bot.2026-11-24-04.log", true), ("9920261122", false), ("x", false)]
    {
        assert_eq!(recogniser::day_in(name).is_some(), day, "{name}");
    }
}

#[test]
fn the_hour_in_which_clocks_change_is_read_line_by_line() {
    let mut file = warsaw();
    let at = |file: &mut Recogniser, line: &str| file.recognise(line.as_bytes()).unwrap().at.to_string();
    assert_eq!(at(&mut file, "2026-10-25 01:59:59 x"), "2026-10-24T23:59:59Z");
    assert_eq!(at(&mut file, "2026-10-25 02:30:00 x"), "2026-10-25T00:30:00Z");
    assert_eq!(at(&mut file, "2026-10-25 03:00:00 x"), "2026-10-25T02:00:00Z");
    assert_eq!(at(&mut file, "2026-03-29 02:30:00 x"), "2026-03-29T01:30:00Z", "an hour that there was not");
}

proptest! {
    #[test]
    fn no_line_is_a_panic(line in proptest::collection::vec(any::<u8>(), 0..80), like in "[\\[{\"<]?[0-9A-Za-z:.,+\\-/ TZ|=\"{}\\\\]{0,50}") {
        for line in [line.as_slice(), like.as_bytes()] {
            let end = warsaw().recognise(line).map_or(0, |moment| moment.end);
            prop_assert!(end <= line.len());
            level(line, end);
        }
    }

    #[test]
    fn what_jiff_writes_is_read_back(nanoseconds in 0_i64..4_000_000_000_000_000_000) {
        let at = Timestamp::from_nanosecond(nanoseconds.into()).unwrap();
        let line = format!("{at} INFO x");
        prop_assert_eq!(warsaw().recognise(line.as_bytes()).map(|moment| moment.at), Some(at));
    }

    /// A recogniser that has read other lines reads a line as one that has read none.
    #[test]
    fn what_was_read_before_changes_no_full_time(lines in proptest::collection::vec(
        ("2026-(11-24|10-25|03-29)[ T]0[123]:(00|59):(0[0-9]|60|6)", "([.,:]?|[.,]1|[.,]12[34]|,123456789|[.]1234567890)", "( ?Z| ?[+-]0[12]:?00| UTC|z|[+]01|Zx)?", "( - x| INFO x|1|: x| -1021|)"), 1..12)) {
        let mut file = warsaw();
        for (time, fraction, zone, rest) in lines {
            let line = format!("{time}{fraction}{zone}{rest}");
            prop_assert_eq!(file.recognise(line.as_bytes()), warsaw().recognise(line.as_bytes()), "{}", line);
        }
    }
}
