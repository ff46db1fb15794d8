//! A bundle is as large as the portal takes, and a portal that says nothing changes nothing.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::*;
use crate::bundle::{SealError, Status};
use crate::report::{Category, Priority, Request};
use crate::{Changes, Draft, Progress, Reporter, Selection};

/// A portal that gives this answer to everybody, or none at all.
fn portal(answer: Option<&'static str>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let serve = move || {
        let mut open = Vec::new();
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            if let Some(answer) = answer {
                let read = stream.read(&mut [0; 4_096]).unwrap();
                assert!(read > 0);
                let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";
                write!(stream, "{head}content-length: {}\r\n\r\n{answer}", answer.len()).unwrap();
            }
            open.push(stream);
        }
    };
    std::thread::Builder::new().spawn(serve).unwrap();
    address
}

/// Ten logs of noise, which cannot be packed well; the last is the newest.
fn logs(home: &Path) {
    std::fs::create_dir(home.join("logs")).unwrap();
    let mut state = 1_u64;
    for number in 0..10 {
        let mut text = String::new();
        for _ in 0..500 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let line = format!("price {} of {}\n", state % 1_000_003, state >> 40);
            text.push_str(&line);
        }
        let path = home.join(format!("logs/{number}.log"));
        std::fs::write(&path, text).unwrap();
        let at = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + number * 1_000);
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(at).unwrap();
    }
}

fn seal(home: &Path, portal: &str) -> Draft {
    let builder = Reporter::builder("a", "Bot", "1").outbox(home.join("outbox")).logs(home.join("logs"));
    let reporter = builder.portal(portal).build().unwrap();
    let request = Request::new("t", "d", Priority::P3, Category::Runtime);
    reporter.seal(&request, Timestamp::UNIX_EPOCH, &Progress::new()).unwrap()
}

fn stored(draft: &Draft) -> Vec<&str> {
    stored_of(&draft.bundle)
}

fn stored_of(bundle: &Bundle) -> Vec<&str> {
    let entries = bundle.manifest().entries.iter();
    let logs = entries.filter(|entry| entry.name.starts_with("logs/") && entry.status.is_stored());
    logs.map(|entry| entry.name.as_str()).collect()
}

#[test]
fn a_bundle_is_made_smaller_until_the_portal_takes_it_and_keeps_the_newest() {
    let home = tempfile::tempdir().unwrap();
    logs(home.path());
    let all = seal(home.path(), &portal(Some("{}")));
    assert!(stored(&all).len() == 10 && all.bundle.bytes() > 40_000, "{}", all.bundle.bytes());

    let draft =
        seal(home.path(), &portal(Some(r#"{"bundle_bytes":900000,"unlicensed_bundle_bytes":24000}"#)));
    assert!(draft.bundle.bytes() <= 24_000, "{}", draft.bundle.bytes());
    let kept = stored(&draft);
    assert!(!kept.is_empty() && kept.contains(&"logs/9.log") && !kept.contains(&"logs/0.log"), "{kept:?}");
    let gone = draft.bundle.manifest().entry("logs/0.log").unwrap();
    assert_eq!(gone.status, Status::Skipped);
    assert!(gone.reason.as_deref().unwrap().starts_with("over the budget"), "{gone:?}");
    // With a licence it would have been fine as it was.
    let limits = crate::transport::PortalLimits {
        bundle_bytes: Some(900_000),
        unlicensed_bundle_bytes: Some(24_000),
        ..Default::default()
    };
    assert_eq!((limits.max_bundle_bytes(true), limits.max_bundle_bytes(false)), (900_000, 24_000));
}

#[test]
fn what_was_changed_is_no_larger_than_the_portal_takes() {
    let home = tempfile::tempdir().unwrap();
    logs(home.path());
    let all = seal(home.path(), &portal(Some("{}"))).bundle.bytes();
    let limits = format!("{{\"bundle_bytes\":{},\"unlicensed_bundle_bytes\":{}}}", all * 2, all + 4_000);
    let portal = portal(Some(Box::leak(limits.into_boxed_str())));
    let builder = Reporter::builder("a", "Bot", "1").outbox(home.path().join("outbox"));
    let reporter = builder.logs(home.path().join("logs")).portal(&portal).build().unwrap();
    let (selection, progress, now) = (Selection::default(), Progress::new(), Timestamp::UNIX_EPOCH);
    let prepared = reporter.prepare(&selection, now, &progress).unwrap();
    assert_eq!(stored_of(prepared.bundle()).len(), 10);
    let request = Request::new("t", "d", Priority::P3, Category::Runtime);
    let draft = reporter.seal_prepared(&prepared, &request, &selection, now, &progress).unwrap();

    // A person adds a file that is too much, and leaves out what makes room for it.
    let added = home.path().join("added.log");
    std::fs::copy(home.path().join("logs/3.log"), &added).unwrap();
    let mut changes = Changes { attach: vec![added], ..Changes::default() };
    let files = || std::fs::read_dir(home.path().join("outbox/drafts")).unwrap().count();
    let before = files();
    match reporter.revise(&draft, &changes, now, &progress).map(|draft| draft.bundle.bytes()) {
        Err(SealError::TooLarge { bytes, max_bytes }) => {
            assert!(bytes > max_bytes && max_bytes == all + 4_000, "{bytes} {max_bytes}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(files(), before, "nothing is left of it");
    changes.leave_out = (0..6).map(|number| format!("logs/{number}.log")).collect();
    assert!(reporter.revise(&draft, &changes, now, &progress).unwrap().bundle.bytes() <= all + 4_000);

    // The bot wrote more than there is room for since it was prepared: the newest goes first.
    std::fs::copy(home.path().join("logs/5.log"), home.path().join("logs/new.log")).unwrap();
    let late = reporter.seal_prepared(&prepared, &request, &selection, now, &progress).unwrap();
    assert!(late.bundle.bytes() <= all + 4_000, "{}", late.bundle.bytes());
    let kept = stored(&late);
    assert!(kept.contains(&"logs/new.log") && !kept.contains(&"logs/0.log"), "{kept:?}");
}

#[test]
fn limits_of_entries_are_budgets() {
    let limits = r#"{"unpacked_bytes":60000,"entry_bytes":20000,"entries":20,"more":1}"#;
    let budget = within(Budget::default(), &serde_json::from_str(limits).unwrap());
    assert_eq!((budget.total_bytes, budget.file_bytes, budget.entries), (30_000, 10_000, 4));
    let home = tempfile::tempdir().unwrap();
    logs(home.path());
    let draft = seal(home.path(), &portal(Some(limits)));
    assert_eq!(draft.bundle.manifest().budget, budget);
    assert!(stored(&draft).len() <= 4);
}

#[test]
fn a_portal_that_does_not_answer_or_answers_something_else_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    logs(home.path());
    for portal in [portal(None), portal(Some("<html>please sign in</html>"))] {
        let begun = Instant::now();
        let draft = seal(home.path(), &portal);
        assert_eq!((stored(&draft).len(), draft.bundle.manifest().budget), (10, Budget::default()));
        assert!(begun.elapsed() < Duration::from_secs(15));
    }
}
