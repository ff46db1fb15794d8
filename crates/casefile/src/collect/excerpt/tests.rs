//! Parts of logs, compared with what reading every line says.

use std::fmt::Write as _;
use std::io::Write as _;

use jiff::SignedDuration;
use jiff::tz::Offset;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn file(text: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(text).unwrap();
    file
}

fn window(from: &str, to: &str) -> Window {
    Window { from: at(from), to: at(to) }
}

#[track_caller]
fn part_of(text: &[u8], window: Window, modified_at: &str) -> Part {
    let warsaw = TimeZone::fixed(Offset::constant(1));
    part(&mut file(text), text.len() as u64, window, &warsaw, at(modified_at), &Progress::new()).unwrap()
}

/// A record each second from 10:00, some of them with lines of their own.
fn log(seconds: i64) -> (String, Vec<u64>) {
    let (mut text, mut begins) = (String::new(), Vec::new());
    for second in 0..seconds {
        begins.push(text.len() as u64);
        let stamp = at("2026-11-24T10:00:00Z") + SignedDuration::from_secs(second);
        writeln!(text, "{stamp} INFO price {}", second * 17 % 1_000).unwrap();
        for line in 0..second % 4 {
            writeln!(text, "    at frame {line}").unwrap();
        }
    }
    (text, begins)
}

#[test]
fn the_part_is_the_records_of_the_window_and_nothing_else() {
    let (text, begins) = log(9_000);
    for (from, to) in [(0, 1), (1, 2), (10, 4_000), (4_500, 4_501), (8_998, 8_999), (300, 8_700)] {
        let start = at("2026-11-24T10:00:00Z");
        let second = |second| start + SignedDuration::from_secs(second);
        let window = Window { from: second(from), to: second(to) };
        let expected = begins[usize::try_from(from).unwrap()]..begins[usize::try_from(to).unwrap()];
        assert_eq!(
            part_of(text.as_bytes(), window, "2026-11-24T12:30:00Z"),
            Part::Bytes(expected),
            "{from}..{to}"
        );
    }
    let all = window("2026-11-23T00:00:00Z", "2026-11-25T00:00:00Z");
    assert_eq!(part_of(text.as_bytes(), all, "2026-11-24T12:30:00Z"), Part::Bytes(0..text.len() as u64));
}

#[test]
fn a_log_of_another_time_says_of_which() {
    let (text, _) = log(10);
    let later = part_of(
        text.as_bytes(),
        window("2026-11-24T11:00:00Z", "2026-11-24T12:00:00Z"),
        "2026-11-24T10:00:09Z",
    );
    let (first, last) = (at("2026-11-24T10:00:00Z"), at("2026-11-24T10:00:09Z"));
    assert_eq!(later, Part::Outside { first, last, before: text.len() as u64 });
    let earlier = part_of(
        text.as_bytes(),
        window("2026-11-24T09:00:00Z", "2026-11-24T10:00:00Z"),
        "2026-11-24T10:00:09Z",
    );
    assert_eq!(earlier, Part::Outside { first, last, before: 0 });
}

#[test]
fn a_time_without_a_zone_is_of_the_zone_that_fits_the_file() {
    let text = b"2026-11-24 10:00:00,001 INFO a\n2026-11-24 10:30:00,001 INFO b\n";
    let ten_to_eleven = window("2026-11-24T10:00:00Z", "2026-11-24T11:00:00Z");
    // Written at 10:30 UTC: the log is in UTC.
    assert_eq!(part_of(text, ten_to_eleven, "2026-11-24T10:30:01Z"), Part::Bytes(0..text.len() as u64));
    // Written at 9:30 UTC: the log is in local time.
    assert!(matches!(part_of(text, ten_to_eleven, "2026-11-24T09:30:01Z"), Part::Outside { .. }));
}

#[test]
fn a_packed_log_is_known_by_its_content() {
    let (text, _) = log(3_000);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let inside = window("2026-11-24T10:49:00Z", "2026-11-24T12:00:00Z");
    assert_eq!(part_of(&packed, inside, "2026-12-24T10:00:00Z"), Part::Bytes(0..packed.len() as u64));
    let outside = window("2026-11-24T10:50:00Z", "2026-11-24T12:00:00Z");
    assert!(matches!(part_of(&packed, outside, "2026-12-24T10:00:00Z"), Part::Outside { .. }));
}

#[test]
fn what_tells_no_time_is_unknown() {
    let day = window("2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z");
    let one_line = b"x".repeat(200_000);
    for text in [&b""[..], b"\n", b"no time here\n", b"\x1f\x8b broken", b"2\x000\x002\x006\x00", &one_line] {
        assert_eq!(part_of(text, day, "2026-11-24T10:00:00Z"), Part::Unknown);
    }
}
