//! Kept reports survive kills at any instant, full and read-only disks, and each other.

use std::time::Duration;

use super::*;
use crate::report::{Category, Priority, Request};
use crate::{Draft, Progress, Reporter};

const NOW: &str = "2026-11-24T10:00:00Z";

struct Home {
    folder: tempfile::TempDir,
    reporter: Reporter,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let reporter =
            Reporter::builder("a", "Bot", "1").outbox(folder.path().join("outbox")).build().unwrap();
        Self { folder, reporter }
    }

    fn now() -> Timestamp {
        NOW.parse().unwrap()
    }

    fn draft(&self) -> Draft {
        let request = Request::new("t", "d", Priority::P3, Category::Runtime);
        self.reporter.seal(&request, Self::now(), &Progress::new()).unwrap()
    }

    fn keep(&self, draft: &Draft) -> Result<Parcel, KeepError> {
        let consent = Consent::by_host_setting(&draft.bundle, Self::now());
        self.reporter.keep(draft, consent, Self::now())
    }

    fn outbox(&self) -> &Outbox {
        self.reporter.outbox()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("outbox").join(name)
    }

    fn ids(&self) -> Vec<ReportId> {
        self.outbox().list().unwrap().into_iter().map(|parcel| parcel.unwrap().id()).collect()
    }
}

fn receipt(sha256: Option<&str>) -> Receipt {
    Receipt {
        ticket: "CF-2026-000001".to_owned(),
        status_url: "http://127.0.0.1/".to_owned(),
        deadlines: crate::plan::Deadlines::default(),
        received_sha256: sha256.map(str::to_owned),
        clock_ahead_seconds: None,
    }
}

#[test]
fn states_follow_what_the_portal_says() {
    let home = Home::new();
    let draft = home.draft();
    let parcel = home.keep(&draft).unwrap();
    assert_eq!(parcel.state().unwrap(), State::Kept);

    parcel.put_receipt(&receipt(None)).unwrap();
    assert_eq!(parcel.state().unwrap(), State::Registered(receipt(None)));

    let lock = parcel.lock().unwrap();
    parcel.hint_sending(7);
    let State::Sending { done_bytes, total_bytes, receipt: Some(_) } = parcel.state().unwrap() else {
        panic!()
    };
    assert_eq!((done_bytes, total_bytes), (7, draft.bundle.bytes()));
    assert!(matches!(parcel.lock(), Err(ParcelError::Busy)));
    assert!(matches!(home.outbox().drop_report(parcel.id()), Err(ParcelError::Busy)));
    drop(lock);

    parcel.put_waiting(Duration::from_hours(25), 3, WaitReason::Busy).unwrap();
    let State::Waiting { waiting, receipt: Some(_) } = parcel.state().unwrap() else { panic!() };
    assert_eq!((waiting.pause, waiting.attempts), (MAX_PAUSE, 3), "no pause is longer than a day");

    let refusal = Refusal { code: "bundle_refused".to_owned(), hint: "no".to_owned() };
    parcel.put_refusal(&refusal).unwrap();
    assert_eq!(parcel.state().unwrap(), State::Refused { receipt: Some(receipt(None)), refusal });

    // The portal changed its mind: what it has counts.
    let whole = receipt(Some(&draft.bundle.sha256()));
    parcel.put_receipt(&whole).unwrap();
    assert_eq!(parcel.state().unwrap(), State::Delivered(whole));
}

#[test]
fn the_same_draft_kept_twice_is_one_report() {
    let home = Home::new();
    let draft = home.draft();
    let first = home.keep(&draft).unwrap();
    let second = home.keep(&draft).unwrap();
    assert_eq!(first.secret().to_bearer(), second.secret().to_bearer());
    assert_eq!(home.ids(), [draft.id]);
}

#[test]
fn what_a_killed_run_was_keeping_is_kept_if_it_is_whole() {
    let home = Home::new();
    let (whole, half, bare) = (home.draft(), home.draft(), home.draft());
    for draft in [&whole, &half, &bare] {
        home.keep(draft).unwrap();
    }
    for draft in [&whole, &half, &bare] {
        // As it was the moment before it became visible.
        fs::rename(
            home.path(&format!("reports/{}", draft.id)),
            home.path(&format!("reports/{}.part", draft.id)),
        )
        .unwrap();
    }
    let part = |draft: &Draft, name: &str| home.path(&format!("reports/{}.part/{name}", draft.id));
    fs::remove_file(part(&half, BUNDLE)).unwrap();
    fs::remove_file(part(&bare, PARCEL)).unwrap();
    assert!(home.ids().is_empty());

    home.outbox().tidy(Home::now()).unwrap();
    assert_eq!(home.ids(), [whole.id]);
    assert!(!part(&half, "").exists() && !part(&bare, "").exists());
    assert!(bare.bundle.path().exists(), "a bundle without its text is a draft again");
}

#[test]
fn a_drop_that_was_killed_is_finished_and_never_sent() {
    let home = Home::new();
    let draft = home.draft();
    let parcel = home.keep(&draft).unwrap();
    fs::rename(
        home.path(&format!("reports/{}/{PARCEL}", draft.id)),
        home.path(&format!("reports/{}/{DROPPED}", draft.id)),
    )
    .unwrap();
    assert!(home.ids().is_empty());
    assert!(matches!(parcel.lock(), Err(ParcelError::NotFound)));
    assert!(matches!(home.outbox().drop_report(draft.id), Err(ParcelError::NotFound)));
    home.outbox().tidy(Home::now()).unwrap();
    assert!(!home.path(&format!("reports/{}", draft.id)).exists());
}

#[test]
fn a_damaged_report_is_told_and_can_be_dropped() {
    let home = Home::new();
    let draft = home.draft();
    let parcel = home.keep(&draft).unwrap();
    for damage in ["", "{\"format\": 1", "{\"format\": 2}"] {
        fs::write(home.path(&format!("reports/{}/{PARCEL}", draft.id)), damage).unwrap();
        let list = home.outbox().list().unwrap();
        assert!(matches!(&list[..], [Err((_, ParcelError::Damaged | ParcelError::Newer { found: 2 }))]));
    }
    home.outbox().tidy(Home::now()).unwrap();
    assert!(parcel.bundle_path().exists(), "nothing that is not delivered is removed");
    home.outbox().drop_report(draft.id).unwrap();
    assert!(home.outbox().list().unwrap().is_empty());
}

#[test]
fn only_what_is_delivered_and_old_goes() {
    let home = Home::new();
    let (delivered, waiting) = (home.draft(), home.draft());
    let parcel = home.keep(&delivered).unwrap();
    home.keep(&waiting).unwrap();
    parcel.put_receipt(&receipt(Some(&delivered.bundle.sha256()))).unwrap();
    let after = |days: i64| {
        let at = parcel.delivered_at().unwrap() + jiff::SignedDuration::from_hours(24 * days);
        home.outbox().tidy(at).unwrap();
        (home.ids().len(), parcel.bundle_path().exists())
    };
    assert_eq!(after(29), (2, true));
    assert_eq!(after(31), (2, false));
    assert!(matches!(parcel.state().unwrap(), State::Delivered(_)), "the receipt stays");
    assert_eq!(after(4_000), (1, false));
    assert_eq!(home.ids(), [waiting.id]);
    assert!(home.outbox().parcel(waiting.id).unwrap().is_whole());
}

#[test]
fn a_full_outbox_takes_no_more_and_gives_the_bundle_back() {
    let home = Home::new();
    let retention = Retention { waiting_bytes: 1, ..Retention::default() };
    let outbox = Outbox::new(home.path("")).with_retention(retention);
    let keep = |draft: &Draft| {
        let consent = Consent::by_host_setting(&draft.bundle, Home::now());
        outbox.keep(draft.id, &draft.bundle, draft.body.clone(), consent, Home::now())
    };
    let (first, second) = (home.draft(), home.draft());
    keep(&first).unwrap();
    assert!(
        matches!(keep(&second), Err(KeepError::Full { waiting_bytes }) if waiting_bytes == first.bundle.bytes())
    );
    assert!(second.bundle.path().exists());
}

/// Writing to this folder fails as it does on a disk that is full or read-only; also for root, for whom permissions
/// are none.
#[test]
fn what_cannot_be_kept_is_given_back() {
    let home = Home::new();
    let draft = home.draft();
    fs::write(home.path("reports"), "a file where the folder should be").unwrap();
    assert!(matches!(home.keep(&draft), Err(KeepError::Disk(_))));
    assert!(draft.bundle.path().exists());
}

#[test]
fn a_consent_is_good_for_one_bundle() {
    let home = Home::new();
    let (first, second) = (home.draft(), home.draft());
    let consent = Consent::by_host_setting(&second.bundle, Home::now());
    let kept = home.reporter.keep(&first, consent, Home::now());
    assert!(matches!(kept, Err(KeepError::OtherConsent)));
    assert!(home.ids().is_empty() && first.bundle.path().exists());
}

/// Format 1 as the first version wrote it: every later version has to read it.
#[test]
fn a_report_of_the_first_format_is_read() {
    let home = Home::new();
    let id = ReportId::from_bytes([7; 16]);
    let folder = home.path(&format!("reports/{id}"));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(BUNDLE), "zip").unwrap();
    let (secret, sha256) = ("5c".repeat(32), "ab".repeat(32));
    let parcel = format!(
        r#"{{"format": 1, "id": "{id}", "secret": "{secret}", "kept_at": "2026-11-24T10:00:00Z",
        "consent": {{"bundle_sha256": "{sha256}", "given_at": "2026-11-24T10:00:00Z", "by": "person"}},
        "body": {{"kind": "incident", "title": "t", "description": "d", "priority": "P2", "category": "exchange",
        "language": "pl", "app": {{"id": "a", "name": "n", "version": "1"}}, "bundle": {{"sha256": "{sha256}", "bytes": 3}}}}}}"#
    );
    fs::write(folder.join(PARCEL), parcel).unwrap();
    let receipt = format!(
        r#"{{"ticket": "CF-2026-000001", "status_url": "https://x.example/", "deadlines": {{}}, "received_sha256": "{sha256}"}}"#
    );
    let read = home.outbox().parcel(id).unwrap();
    assert_eq!((read.secret().to_bearer(), read.body().title.as_str()), (secret, "t"));
    assert!(read.is_whole());
    assert_eq!(read.state().unwrap(), State::Kept);
    fs::write(folder.join("receipt.json"), receipt).unwrap();
    assert!(matches!(read.state().unwrap(), State::Delivered(_)));
}
