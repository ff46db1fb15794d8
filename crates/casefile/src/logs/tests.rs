use std::io::{self, Read, Write};

use super::*;

fn origin() -> Origin {
    let zone = TimeZone::get("Europe/Warsaw").unwrap();
    Origin { zone, sealed_at: "2026-11-24T12:00:00Z".parse().unwrap() }
}

/// Each record's first line number, time and text.
fn records_of(bytes: &[u8]) -> Vec<(u64, String, String)> {
    let mut records =
        Records::new(Box::new(io::Cursor::new(bytes.to_vec())), origin().recogniser("logs/bot.log"));
    let mut found = Vec::new();
    while records.advance().unwrap() {
        let record = records.current();
        let at = record.at.map(|at| at.to_string()).unwrap_or_default();
        found.push((record.line, at, String::from_utf8_lossy(record.text).into_owned()));
    }
    found
}

#[test]
fn what_belongs_together_stays_together() {
    let log = "2026-11-24T10:00:00Z ERROR thread 'main' panicked: x\nstack backtrace:\n   0: core\n\n   1: bot\n\
               2026-11-24T10:00:01Z INFO next\r\n2026-11-24T10:00:02Z INFO last";
    let found = records_of(log.as_bytes());
    assert_eq!(found.iter().map(|(line, _, _)| *line).collect::<Vec<_>>(), [1, 6, 7]);
    assert!(found[0].2.ends_with("   1: bot"), "{found:?}");
    assert_eq!(found[1].2, "2026-11-24T10:00:01Z INFO next");
    assert_eq!(found[2].1, "2026-11-24T10:00:02Z");
}

#[test]
fn a_log_without_times_has_a_record_a_line_and_a_trace_is_one() {
    let log = "starting\nTraceback (most recent call last):\n  File \"bot.py\", line 3\n    run()\nValueError: x\nnext\n";
    let found: Vec<_> = records_of(log.as_bytes()).into_iter().map(|(line, at, _)| (line, at)).collect();
    assert_eq!(found, [(1, String::new()), (2, String::new()), (6, String::new())]);
}

#[test]
fn lines_before_the_first_time_have_none_and_json_lines_are_records() {
    let log = "banner\n{\"ts\":1795514400,\"msg\":\"a\"}\n{\"msg\":\"no time\"}\n{\"ts\":1795514401}\n";
    let found: Vec<_> = records_of(log.as_bytes()).into_iter().map(|(line, at, _)| (line, at)).collect();
    let at = |text: &str| text.to_owned();
    let expected = [
        (1, String::new()),
        (2, at("2026-11-24T10:00:00Z")),
        (3, at("2026-11-24T10:00:00Z")),
        (4, at("2026-11-24T10:00:01Z")),
    ];
    assert_eq!(found, expected);
}

#[test]
fn gzip_and_utf_16_are_read_as_text() {
    let log = "2026.11.24 10:00:00 Błąd\n2026.11.24 10:00:01 ok\n";
    let plain = records_of(log.as_bytes());
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(log.as_bytes()).unwrap();
    assert_eq!(records_of(&packed.finish().unwrap()), plain);
    let wide: Vec<u8> =
        std::iter::once(0xfeff).chain(log.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(records_of(&wide), plain);
    let wide: Vec<u8> =
        std::iter::once(0xfeff).chain(log.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    assert_eq!(records_of(&wide), plain);
}

/// Gives a few bytes at a time.
struct Drip(io::Cursor<Vec<u8>>, usize);

impl Read for Drip {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.1.min(buffer.len());
        self.0.read(&mut buffer[..length])
    }
}

#[test]
fn no_byte_is_lost_however_long_the_lines_and_however_they_arrive() {
    let mut log = String::new();
    for number in 0..600 {
        let width = [10, 200, 70_000, 0][number % 4] / (1 + number / 80);
        log.extend(["2026-11-24T10:00:00Z line ", &number.to_string(), " ", &"x".repeat(width), "\n"]);
        if number % 7 == 0 {
            log += "  more\n";
        }
    }
    log += &"y".repeat(3 * MAX_RECORD_BYTES);
    for drip in [usize::MAX, 1_000, 7] {
        let reader = Drip(io::Cursor::new(log.clone().into_bytes()), drip);
        let mut records = Records::new(Box::new(reader), origin().recogniser("x"));
        let (mut count, mut bytes) = (0, Vec::new());
        while records.advance().unwrap() {
            let record = records.current();
            assert!(record.text.len() <= 2 * MAX_RECORD_BYTES);
            bytes.extend(record.text.iter().copied().filter(|byte| !matches!(byte, b'\n' | b'\r')));
            count += u32::from(record.own_time);
            if drip == 7 && count > 40 {
                break;
            }
        }
        let whole: Vec<u8> = log.bytes().filter(|byte| *byte != b'\n').collect();
        assert!(whole.starts_with(&bytes));
        if drip != 7 {
            assert_eq!((count, bytes.len()), (600, whole.len()));
        }
    }
}

#[test]
fn logs_are_told_by_their_folder_and_name() {
    for (name, log) in [
        ("logs/bot.log", true),
        ("logs/bot", true),
        ("logs/deep/bot.log.3", true),
        ("logs/bot.log.gz", true),
        ("logs/state.sqlite", false),
        ("monitoring/metrics.jsonl", true),
        ("monitoring/health.json", false),
        ("crash/panic.txt", true),
        ("crash/bot.dmp", false),
        ("preset/grid.toml", false),
        ("report.md", false),
    ] {
        assert_eq!(is_log(name), log, "{name}");
    }
}

#[test]
fn text_on_a_line_cannot_act() {
    let mut out = String::new();
    push_plain(&mut out, "a\u{1b}[31mb\u{202e}c\td\r\n");
    assert_eq!(out, "a\u{fffd}[31mb\u{fffd}c d\u{fffd}\u{fffd}");
}

#[test]
fn a_damaged_log_gives_all_its_records_before_it_says_so() {
    use std::fmt::Write as _;

    let mut text = String::new();
    for n in 0..20_000 {
        writeln!(text, "2026-11-24T10:00:00.{:03}Z INFO order {} of {n}", n % 1_000, n * 7_919 % 65_537)
            .unwrap();
    }
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    let packed = encoder.finish().unwrap();
    let read = |packed: &[u8]| {
        let source = Box::new(io::Cursor::new(packed.to_vec()));
        let mut records = Records::new(source, origin().recogniser("logs/bot.log"));
        let mut found = String::new();
        loop {
            match records.advance() {
                Ok(true) => {
                    found.push_str(&String::from_utf8_lossy(records.current().text));
                    found.push('\n');
                }
                Ok(false) => return (found, false),
                Err(error) => return (found, is_damage(&error)),
            }
        }
    };
    assert_eq!(read(&packed), (text.clone(), false));
    // Cut inside its last bytes, which are no text: every record is there.
    assert_eq!(read(&packed[..packed.len() - 9]), (text.clone(), true));
    // Cut in the middle: what could be read, to the last byte.
    let (found, is_damaged) = read(&packed[..packed.len() / 2]);
    let mut unpacked = Vec::new();
    let _ = flate2::read::GzDecoder::new(&packed[..packed.len() / 2]).read_to_end(&mut unpacked);
    assert_eq!((found.trim_end().as_bytes(), is_damaged), (unpacked.trim_ascii_end(), true));
    // Bytes that are no packed ones: some KiB before them are lost at most.
    let mut broken = packed.clone();
    broken[packed.len() / 2..].fill(0xff);
    let (after, is_damaged) = read(&broken);
    assert!(is_damaged && after.len() + (16 << 10) > found.len(), "{} of {}", after.len(), found.len());
}
