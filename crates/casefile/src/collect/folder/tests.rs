//! Folders as they are.

use std::fs::File;
use std::io::Write;

use super::*;

fn sections(found: &[Found]) -> Vec<&Section> {
    found
        .iter()
        .filter_map(|found| if let Found::Section(section) = found { Some(section) } else { None })
        .collect()
}

fn reasons(found: &[Found]) -> Vec<&str> {
    found
        .iter()
        .filter_map(|found| match found {
            Found::LeftOut { reason, .. } => Some(reason.as_str()),
            _ => None,
        })
        .collect()
}

fn collect(root: &Path, window: Option<Window>) -> Vec<Found> {
    FolderCollector::new(Folder::Logs, root).collect(&Scope { window, ..Scope::default() })
}

#[cfg(unix)]
#[test]
fn links_pipes_and_sockets_are_listed_and_never_opened() {
    use std::os::unix::{fs::symlink, net::UnixListener};
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("bot.log"), "a\n").unwrap();
    symlink(home.path(), home.path().join("loop")).unwrap();
    symlink("/etc/passwd", home.path().join("out.log")).unwrap();
    let _socket = UnixListener::bind(home.path().join("socket")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(home.path().join("pipe")).status().unwrap();
    assert!(made.success());
    let found = collect(home.path(), None);
    assert_eq!(sections(&found).iter().map(|section| section.name()).collect::<Vec<_>>(), ["bot.log"]);
    let mut reasons = reasons(&found);
    reasons.sort_unstable();
    assert_eq!(reasons, ["links are not followed", "links are not followed", "not a file", "not a file"]);
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_a_file_makes_nobody_wait() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("bot.log");
    std::fs::write(&path, "a\n").unwrap();
    let found = collect(home.path(), None);
    std::fs::remove_file(&path).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    assert!(sections(&found)[0].open().is_err());
}

#[test]
fn only_the_window_is_read_and_the_silence_before_it_if_there_is_nothing() {
    let home = tempfile::tempdir().unwrap();
    let mut log = File::create(home.path().join("bot.log")).unwrap();
    for minute in 0..60 {
        writeln!(log, "2026-11-24T10:{minute:02}:00Z INFO price {minute}").unwrap();
    }
    std::fs::write(home.path().join("old.log"), "2026-11-23T10:00:00Z INFO old\n").unwrap();
    let window = |from: &str, to: &str| Window { from: from.parse().unwrap(), to: to.parse().unwrap() };
    let line = 35;

    let found = collect(home.path(), Some(window("2026-11-24T10:10:00Z", "2026-11-24T10:20:00Z")));
    let [section] = sections(&found)[..] else { panic!("one log has the window") };
    assert_eq!((section.name(), section.bytes / line), ("bot.log", 10));
    assert_eq!(reasons(&found), ["its records are from 2026-11-23T10:00:00Z to 2026-11-23T10:00:00Z"]);

    let found = collect(home.path(), Some(window("2026-11-24T12:00:00Z", "2026-11-24T13:00:00Z")));
    let [section] = sections(&found)[..] else { panic!("the last log before the silence") };
    assert_eq!(section.name(), "bot.log");
    let told =
        |found: &&Found| matches!(found, Found::Note(text) if text.contains("until 2026-11-24T10:59:00Z"));
    assert_eq!(found.iter().filter(told).count(), 1);
}

#[test]
fn the_end_of_a_large_file_begins_with_a_line_and_what_is_before_it_is_looked_at() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("bot.log");
    let lines: Vec<_> = (0..100_000).map(|n| format!("line {n:06}\n")).collect();
    std::fs::write(&path, lines.concat()).unwrap();
    let mut found = collect(home.path(), None);
    let Found::Section(section) = &mut found[0] else { panic!("a file") };
    section.narrow_to_end(1_000);
    assert_eq!(section.bytes, 996);
    let opened = section.opened(Box::new(|_| Ok(()))).unwrap();
    let [from, to] = opened.part.unwrap();
    assert_eq!((from, to), (1_200_000 - 996, 1_200_000));
    // The lead is there, so that a secret of several lines is known by its beginning.
    assert!(opened.drop_lines > 10_000, "{}", opened.drop_lines);
    assert_eq!(opened.expected_bytes.unwrap(), 996 + (128 << 10));
}

#[test]
fn a_line_without_end_is_not_read_from_its_middle() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("bot.log"), vec![b'x'; 1 << 20]).unwrap();
    let mut found = collect(home.path(), None);
    let Found::Section(section) = &mut found[0] else { panic!("a file") };
    section.narrow_to_end(1_000);
    assert_eq!(section.bytes, 1 << 20);
}
