//! Nothing that does not answer makes a report wait for ever, and what was learnt before it counts.

use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::*;
use crate::collect::LicenseSource;
use crate::report::{Category, Priority, Request};
use crate::reporter::Draft;

struct Hangs;

impl LicenseSource for Hangs {
    fn license(&self) -> io::Result<License> {
        loop {
            std::thread::park();
        }
    }
}

struct Broken;

impl LicenseSource for Broken {
    fn license(&self) -> io::Result<License> {
        panic!("a defect of the host")
    }
}

fn seal(reporter: &Reporter) -> (Draft, Vec<String>) {
    let begun = Instant::now();
    let request = Request::new("t", "d", Priority::P3, Category::Runtime);
    let draft = reporter.seal(&request, Timestamp::UNIX_EPOCH, &Progress::new()).unwrap();
    assert!(begun.elapsed() < Duration::from_secs(20), "it waited");
    let notes = &draft.bundle.manifest().notes;
    let notes = notes.iter().map(|note| format!("{}: {}", note.about, note.text)).collect();
    (draft, notes)
}

fn check(source: impl LicenseSource + 'static, deadline: Duration, why: &str) {
    let home = tempfile::tempdir().unwrap();
    let builder = Reporter::builder("a", "Bot", "1").outbox(home.path().join("outbox")).license(source);
    let reporter = builder.deadline(deadline).build().unwrap();
    let (draft, notes) = seal(&reporter);
    let why = format!("license: the licence could not be read: {why}");
    assert!(draft.body.license.is_none() && notes.contains(&why), "{notes:?}");
    assert!(reporter.license().is_none());
}

#[test]
fn a_licence_that_hangs_or_fails_costs_only_the_licence() {
    check(Hangs, Duration::from_millis(500), "timed out");
    // Telling of a panic may take a while on a machine under load.
    check(Broken, Duration::from_mins(1), "other error");
}

#[cfg(unix)]
#[test]
fn pipes_are_no_settings_and_what_lies_beside_them_is_learnt() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name);
    fs::create_dir(at("settings")).unwrap();
    for pipe in ["settings/a-pipe.toml", "pipe", "license.json"] {
        assert!(std::process::Command::new("mkfifo").arg(at(pipe)).status().unwrap().success());
    }
    fs::write(at("settings/b.toml"), "api_secret = \"blue-harvest-moon-77\"\n").unwrap();
    fs::write(at("elsewhere.toml"), "password = \"green-winter-sun-88\"\n").unwrap();
    std::os::unix::fs::symlink(at("elsewhere.toml"), at("linked.toml")).unwrap();
    fs::create_dir(at("logs")).unwrap();
    fs::write(at("logs/bot.log"), "we use blue-harvest-moon-77 and green-winter-sun-88 here\n").unwrap();
    let builder = Reporter::builder("a", "Bot", "1").outbox(at("outbox")).logs(at("logs"));
    let builder = builder.known_values_of(&at("settings")).known_values_of(&at("pipe"));
    let builder = builder.known_values_of(&at("linked.toml")).license_file(at("license.json"));
    let (draft, notes) = seal(&builder.build().unwrap());
    let text = draft.bundle.read_text("logs/bot.log", 1 << 10).unwrap();
    assert!(!text.contains("blue-harvest") && !text.contains("green-winter"), "{text}");
    assert!(notes.iter().any(|note| note.starts_with("license: the licence could not be read")), "{notes:?}");
}

#[test]
fn a_licence_behind_a_link_is_a_licence() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("there.json"), r#"{"id":"LIC-1","status":"active"}"#).unwrap();
    let path = home.path().join("license.json");
    #[cfg(unix)]
    std::os::unix::fs::symlink(home.path().join("there.json"), &path).unwrap();
    #[cfg(not(unix))]
    fs::copy(home.path().join("there.json"), &path).unwrap();
    let builder = Reporter::builder("a", "Bot", "1").outbox(home.path().join("outbox"));
    let reporter = builder.license_file(path).build().unwrap();
    assert_eq!(reporter.license().unwrap().status, "active");
}
