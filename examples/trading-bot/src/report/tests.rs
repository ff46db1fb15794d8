//! What a report of this bot holds, and what it does not.

use casefile::bundle::{Bundle, Limits};
use casefile::outbox::State;

use super::*;
use crate::home::Contents;

fn now() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

fn sources(root: &std::path::Path, portal: Option<&str>) -> (Sources, Contents) {
    let (home, contents) = Home::open(root, 1, portal, Lang::Pl, now()).unwrap();
    let portal = portal.map(str::to_owned);
    (Sources { home, logs: None, portal, lang: Lang::Pl }, contents)
}

fn trouble() -> Trouble {
    Trouble { at: now(), kind: TroubleKind::CannotPlaceOrders }
}

/// The lines `name value` at the end.
fn value<'a>(told: &'a str, name: &str) -> Option<&'a str> {
    told.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))
}

#[test]
fn without_a_portal_the_report_is_kept_and_holds_no_secret() {
    let dir = tempfile::tempdir().unwrap();
    let (sources, contents) = sources(dir.path(), None);
    let secrets = [&contents.preset.exchange.api_secret, &contents.license.key, &contents.license.email];
    let log = secrets.map(String::as_str).join(" and ");
    std::fs::write(sources.home.logs().join("bot.log"), format!("careless: {log}\n")).unwrap();

    let mut out = Vec::new();
    headless(&sources, trouble(), now, &mut out).unwrap();
    let told = String::from_utf8(out).unwrap();
    assert!(told.contains("nie ustawiono portalu"), "{told}");
    assert_eq!((value(&told, "ticket"), value(&told, "url")), (None, None));

    let bundle = Bundle::open(value(&told, "bundle").unwrap(), &Limits::default()).unwrap();
    assert_eq!(value(&told, "sha256"), Some(bundle.sha256().as_str()));
    let body = bundle.report().unwrap();
    assert_eq!((body.title.as_str(), body.priority), ("Bot nie może składać zleceń", Priority::P1));
    for entry in bundle.manifest().entries.iter().filter(|entry| entry.status.is_stored()) {
        let text = bundle.read_text(&entry.name, 1 << 24).unwrap();
        for secret in secrets {
            assert!(!text.contains(secret.as_str()), "{}", entry.name);
        }
    }
    let id = value(&told, "report").unwrap().parse().unwrap();
    let parcel = sources.reporter().unwrap().outbox().parcel(id).unwrap();
    assert_eq!(parcel.state().unwrap(), State::Kept);
}

#[test]
fn another_folder_is_reported_instead_of_the_logs() {
    let dir = tempfile::tempdir().unwrap();
    let (mut sources, _) = sources(&dir.path().join("home"), Some("http://127.0.0.1:9"));
    let logs = dir.path().join("other");
    std::fs::create_dir(&logs).unwrap();
    std::fs::write(logs.join("other.log"), "hello\n").unwrap();
    sources.logs = Some(logs);
    let mut out = Vec::new();
    headless(&sources, trouble(), now, &mut out).unwrap();
    let told = String::from_utf8(out).unwrap();
    // Nothing listens there: not delivered is not lost.
    assert!(told.contains("jeszcze nie wysłano"), "{told}");
    let bundle = Bundle::open(value(&told, "bundle").unwrap(), &Limits::default()).unwrap();
    assert_eq!(bundle.read_text("logs/other.log", 100).unwrap(), "hello\n");
}
