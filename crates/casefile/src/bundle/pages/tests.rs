//! Any line of any entry, wherever the window was before.

use std::io::Write;

use jiff::Timestamp;

use super::*;
use crate::report::{Category, Priority, Request};
use crate::{Draft, Progress, Reporter};

fn sealed(home: &std::path::Path, name: &str, bytes: &[u8]) -> Draft {
    std::fs::create_dir(home.join("logs")).unwrap();
    std::fs::write(home.join("logs").join(name), bytes).unwrap();
    let reporter = Reporter::builder("a", "Bot", "1")
        .outbox(home.join("outbox"))
        .logs(home.join("logs"))
        .build()
        .unwrap();
    let request = Request::new("t", "d", Priority::P3, Category::Runtime);
    reporter.seal(&request, Timestamp::UNIX_EPOCH, &Progress::new()).unwrap()
}

fn text_of(lines: &[Line]) -> Vec<&str> {
    lines.iter().map(|line| line.text.as_str()).collect()
}

const LINES: u64 = 60_000;

fn line(number: u64) -> String {
    format!("2026-11-24T10:00:00Z INFO order {number} filled at {}", number * 7_919 % 100_003)
}

fn log() -> String {
    (0..LINES).map(|number| line(number) + "\n").collect()
}

/// Lines forward, backward, across chunks and behind the end.
fn check(pages: &mut Pages) {
    assert_eq!(pages.line_count(), LINES);
    for from in [0, 59_990, 5, 30_000, 29_950, 1, LINES - 1, 12_345] {
        let lines = pages.lines(from, 40).unwrap();
        let expected: Vec<_> = (from..LINES.min(from + 40)).map(line).collect();
        assert_eq!(text_of(&lines), expected);
        assert_eq!(lines[0].number, from);
    }
    assert!(pages.lines(LINES, 1).unwrap().is_empty());
    assert_eq!(pages.find("ORDER 41234 ", 17).unwrap(), Some(41_234));
    assert_eq!(pages.find("order 16 ", 17).unwrap(), None);
}

#[test]
fn reading_begins_near_every_place_of_what_casefile_packed() {
    let home = tempfile::tempdir().unwrap();
    let draft = sealed(home.path(), "bot.log", log().as_bytes());
    let mut pages = draft.bundle.pages("logs/bot.log").unwrap();
    assert!(pages.chunks.len() > 4, "{}", pages.chunks.len());
    assert!(pages.chunks.iter().all(|chunk| chunk.begins_at.is_some()));
    check(&mut pages);
    assert!(pages.chunks.iter().all(|chunk| chunk.begins_at.is_some()));
}

#[test]
fn what_only_looks_like_a_border_is_not_one() {
    let home = tempfile::tempdir().unwrap();
    let draft = sealed(home.path(), "bot.log", log().as_bytes());
    let mut pages = draft.bundle.pages("logs/bot.log").unwrap();
    for chunk in &mut pages.chunks[1..] {
        chunk.begins_at = chunk.begins_at.map(|at| at + 3);
    }
    check(&mut pages);
}

#[test]
fn packed_logs_and_those_with_two_bytes_a_character_are_shown_as_text() {
    let home = tempfile::tempdir().unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(log().as_bytes()).unwrap();
    let draft = sealed(home.path(), "bot.log.gz", &packed.finish().unwrap());
    check(&mut draft.bundle.pages("logs/bot.log.gz").unwrap());

    let home = tempfile::tempdir().unwrap();
    let wide: Vec<u8> = format!("\u{feff}{}", log()).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let draft = sealed(home.path(), "bot.log", &wide);
    check(&mut draft.bundle.pages("logs/bot.log").unwrap());
}

#[test]
fn a_line_without_end_is_cut_and_the_one_after_it_is_there() {
    let home = tempfile::tempdir().unwrap();
    let text = format!("first\n{}\nthird\nlast", "x ".repeat(900_000));
    let draft = sealed(home.path(), "bot.log", text.as_bytes());
    let mut pages = draft.bundle.pages("logs/bot.log").unwrap();
    assert_eq!(pages.line_count(), 4);
    let lines = pages.lines(0, 10).unwrap();
    assert_eq!(lines.iter().map(|line| line.is_cut).collect::<Vec<_>>(), [false, true, false, false]);
    assert_eq!((lines[1].text.len(), lines[2].text.as_str()), (MAX_LINE_BYTES, "third"));
    assert_eq!(text_of(&pages.lines(3, 1).unwrap()), ["last"]);
}

#[test]
fn what_was_hidden_is_found_and_what_moves_the_cursor_is_not_shown() {
    let home = tempfile::tempdir().unwrap();
    let mut text = log();
    text.push_str("mail from anna@example.com\u{1b}[2J\u{202e}\r\n");
    let draft = sealed(home.path(), "bot.log", text.as_bytes());
    let mut pages = draft.bundle.pages("logs/bot.log").unwrap();
    assert_eq!(pages.next_stand_in(3).unwrap(), Some(LINES));
    let [line] = &pages.lines(LINES, 10).unwrap()[..] else { panic!("one line") };
    let [stand_in] = &line.stand_ins[..] else { panic!("one stand-in") };
    assert_eq!(stand_in.kind, "email");
    assert!(line.text[stand_in.range.clone()].starts_with("<email:"), "{}", line.text);
    assert!(!line.text.contains(['\u{1b}', '\u{202e}', '\r']));
    assert_eq!(pages.next_stand_in(LINES + 1).unwrap(), None);
}
