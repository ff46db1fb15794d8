//! What a person leaves out or hides is not in the next bundle.

use std::io::Read as _;
use std::time::Duration;

use super::*;
use crate::bundle::Status;
use crate::outbox::{State, WaitReason};
use crate::picture::Picture;
use crate::redact::Tier;
use crate::report::{Category, Priority};

fn reporter(home: &Path) -> Reporter {
    fs::create_dir(home.join("logs")).unwrap();
    fs::create_dir(home.join("monitoring")).unwrap();
    // The name of the first is redacted: the person never sees the one on the disk.
    for name in ["logs/anna@example.com.log", "logs/bot.log", "monitoring/bot.log"] {
        fs::write(home.join(name), "the exchange said no\n").unwrap();
    }
    let builder = Reporter::builder("a", "Bot", "1").outbox(home.join("outbox"));
    builder.logs(home.join("logs")).monitoring(home.join("monitoring")).build().unwrap()
}

#[test]
fn an_entry_is_left_out_by_the_name_that_the_bundle_shows() {
    let home = tempfile::tempdir().unwrap();
    let reporter = reporter(home.path());
    let request = Request::new("t", "d", Priority::P3, Category::Runtime);
    let first = reporter.seal(&request, Timestamp::UNIX_EPOCH, &Progress::new()).unwrap();
    let names = |draft: &Draft| -> BTreeSet<String> {
        let entries = draft.bundle.manifest().entries.iter();
        entries.filter(|entry| entry.status.is_stored()).map(|entry| entry.name.clone()).collect()
    };
    let all = names(&first);
    let redacted =
        all.iter().find(|name| name.starts_with("logs/") && !name.contains("bot")).unwrap().clone();
    assert!(!redacted.contains("anna"));

    let leave_out =
        BTreeSet::from([redacted.clone(), "monitoring/bot.log".to_owned(), "report.json".to_owned()]);
    let selection = Selection { leave_out: leave_out.clone(), ..Selection::default() };
    let second =
        reporter.seal_selection(&request, &selection, Timestamp::UNIX_EPOCH, &Progress::new()).unwrap();
    let gone: BTreeSet<String> = all.difference(&names(&second)).cloned().collect();
    assert_eq!(gone, BTreeSet::from([redacted.clone(), "monitoring/bot.log".to_owned()]));
    let entry = second.bundle.manifest().entry(&redacted).unwrap();
    assert_eq!((entry.status, entry.bytes), (Status::Skipped, 0));
    let text = second.bundle.read_text("report.md", 1 << 20).unwrap();
    assert!(text.contains("bot.log") && !text.contains(redacted.trim_start_matches("logs/")), "{text}");
}

#[test]
fn what_a_person_adds_is_redacted_like_all_else() {
    let home = tempfile::tempdir().unwrap();
    let reporter = reporter(home.path());
    let request = Request::new("t", "d", Priority::P3, Category::Runtime);
    let note = home.path().join("note.txt");
    fs::write(&note, "ask anna@example.com, {\"asset\":\"BTC\",\"free\":\"12345.67\"}\n").unwrap();
    let attachments = vec![note, home.path().join("gone.txt")];
    let tiers = Some(Tiers { balances: Tier::Full, ..Tiers::default() });
    let selection = Selection { attachments: attachments.clone(), tiers, ..Selection::default() };
    let seal = |selection: &Selection| {
        reporter.seal_selection(&request, selection, Timestamp::UNIX_EPOCH, &Progress::new()).unwrap()
    };
    let draft = seal(&selection);
    let text = draft.bundle.read_text("attachments/note.txt", 1 << 20).unwrap();
    assert!(text.starts_with("ask <email:") && text.contains("12345.67"), "{text}");
    let manifest = draft.bundle.manifest();
    assert!(manifest.entries.iter().any(|entry| entry.status == Status::Failed), "the missing one is told");

    let draft = seal(&Selection { tiers: None, ..selection });
    let text = draft.bundle.read_text("attachments/note.txt", 1 << 20).unwrap();
    assert!(!text.contains("12345.67"), "{text}");
}

#[test]
fn all_threads_that_come_at_once_get_one_key() {
    let home = tempfile::tempdir().unwrap();
    let reporter = reporter(home.path());
    let start = std::sync::Barrier::new(8);
    let stand_ins: BTreeSet<String> = std::thread::scope(|scope| {
        let clean = || {
            start.wait();
            reporter.redactor(|_| {}).unwrap().clean_text("anna@example.com").0.into_string()
        };
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(clean)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(stand_ins.len(), 1, "{stand_ins:?}");
}

#[test]
fn one_dialog_at_a_time_claims_the_outbox() {
    let home = tempfile::tempdir().unwrap();
    let outbox = Outbox::new(home.path().join("new/outbox"));
    let first = outbox.claim_dialog().unwrap();
    assert!(first.is_some() && outbox.claim_dialog().unwrap().is_none());
    drop(first);
    assert!(outbox.claim_dialog().unwrap().is_some());
}

#[cfg(feature = "http")]
#[test]
fn what_waits_is_tried_until_the_portal_cannot_be_reached() {
    let home = tempfile::tempdir().unwrap();
    let outbox = home.path().join("outbox");
    let builder = Reporter::builder("a", "Bot", "1").outbox(&outbox);
    // Nothing listens on the port of the discard service.
    let reporter = builder.portal("http://127.0.0.1:9").build().unwrap();
    let deliver_kept = |now: Timestamp| reporter.deliver_kept(now, &Progress::new()).unwrap();
    assert!(deliver_kept(Timestamp::UNIX_EPOCH).is_empty());
    for _ in 0..2 {
        let request = Request::new("t", "d", Priority::P3, Category::Runtime);
        let draft = reporter.seal(&request, Timestamp::UNIX_EPOCH, &Progress::new()).unwrap();
        let consent = Consent::by_host_setting(&draft.bundle, Timestamp::UNIX_EPOCH);
        reporter.keep(&draft, consent, Timestamp::UNIX_EPOCH).unwrap();
    }
    let outcomes = deliver_kept(Timestamp::UNIX_EPOCH);
    assert!(matches!(&outcomes[..], [Err(crate::deliver::DeliverError::Send { .. })]), "{outcomes:?}");

    // The first one waits now; the second one was not tried, and is as it was.
    let parcels: Vec<_> = reporter.outbox().list().unwrap().into_iter().flatten().collect();
    let State::Waiting { waiting, .. } = parcels[0].state().unwrap() else { panic!() };
    assert_eq!((waiting.attempts, waiting.reason), (1, WaitReason::Unreachable));
    assert_eq!(parcels[1].state().unwrap(), State::Kept);
    for parcel in &parcels {
        parcel.put_waiting(Duration::from_mins(10), 1, WaitReason::Busy).unwrap();
    }
    let State::Waiting { waiting, .. } = parcels[1].state().unwrap() else { panic!() };
    assert!(deliver_kept(waiting.noted_at).is_empty());
    assert_eq!(deliver_kept(waiting.until()).len(), 1);
    assert_eq!(reporter.outbox().list().unwrap().len(), 2);
}

/// A picture of noise, so that it is as large packed as it is unpacked.
fn picture(name: &str, [width, height]: [u32; 2]) -> Picture {
    let mut state = 7_u32;
    let mut rgb = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    let pixels: Vec<u8> = (0..width * height * 3).map(|_| rgb()).collect();
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    Picture::new(name, format!("/home/anna@example.com/{name}.jpg"), png).unwrap()
}

#[test]
fn a_picture_is_sent_as_it_was_seen_and_survives_every_revision() {
    let home = tempfile::tempdir().unwrap();
    let reporter = reporter(home.path());
    let request = Request::new("t", "d", Priority::P3, Category::Runtime);
    let (first, second) = (picture("window", [800, 300]), picture("of anna@example.com", [40, 30]));
    let selection = Selection { pictures: vec![first.clone()], ..Selection::default() };
    let (now, progress) = (Timestamp::UNIX_EPOCH, Progress::new());
    let seen = reporter.seal_selection(&request, &selection, now, &progress).unwrap();
    let bytes = |draft: &Draft, name: &str| {
        let mut bytes = Vec::new();
        draft.bundle.read(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    let entry = seen.bundle.manifest().entry("attachments/window.png").unwrap();
    assert!(entry.is_picture() && entry.source.contains("email") && !entry.source.contains("anna"));
    assert_eq!(bytes(&seen, "attachments/window.png"), **first.png());

    // A new word means a new search of all text; pixels stay as they are.
    let hide = vec!["anything".to_owned()];
    let changes = Changes { hide, pictures: vec![second.clone()], ..Changes::default() };
    let revised = reporter.revise(&seen, &changes, now, &progress).unwrap();
    let manifest = revised.bundle.manifest();
    let names: Vec<_> =
        manifest.entries.iter().filter(|entry| entry.is_picture()).map(|entry| &entry.name).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.iter().all(|name| !name.contains("anna")), "{names:?}");
    assert_eq!(bytes(&revised, "attachments/window.png"), **first.png());
    assert_eq!(bytes(&revised, names[0]), **second.png(), "{names:?}");

    let leave_out = BTreeSet::from(["attachments/window.png".to_owned()]);
    let without =
        reporter.revise(&seen, &Changes { leave_out, ..Changes::default() }, now, &progress).unwrap();
    assert!(!without.bundle.manifest().entry("attachments/window.png").unwrap().is_picture());
}

#[test]
fn a_picture_that_the_budget_has_no_room_for_is_left_out_whole() {
    let home = tempfile::tempdir().unwrap();
    let builder = Reporter::builder("a", "Bot", "1").outbox(home.path().join("outbox"));
    let budget = Budget { file_bytes: 10_000, ..Budget::default() };
    let reporter = builder.budget(budget).build().unwrap();
    let request = Request::new("t", "d", Priority::P3, Category::Runtime);
    let pictures = vec![picture("large", [100, 100]), picture("small", [20, 20])];
    let selection = Selection { pictures, ..Selection::default() };
    let draft =
        reporter.seal_selection(&request, &selection, Timestamp::UNIX_EPOCH, &Progress::new()).unwrap();
    let status = |name| draft.bundle.manifest().entry(name).unwrap().status;
    assert_eq!(status("attachments/large.png"), Status::Skipped);
    assert_eq!(status("attachments/small.png"), Status::Success);
}
