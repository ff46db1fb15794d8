//! Attempts against a portal that says what the test wants.

use std::collections::VecDeque;
use std::fs;
use std::sync::Mutex;

use super::*;
use crate::id::{ReportId, ReportSecret};
use crate::outbox::Refusal;
use crate::plan::Deadlines;
use crate::report::{BundleRef, Category, Priority, ReportBody, Request};
use crate::transport::Registered;
use crate::{Consent, Reporter};

const NOW: &str = "2026-11-24T10:00:00Z";

/// Answers registrations with what it was given, then takes everything.
#[derive(Default)]
struct Scripted {
    answers: Mutex<VecDeque<SendError>>,
    received: Mutex<Vec<String>>,
}

impl Scripted {
    fn says(&self, error: SendError) {
        self.answers.lock().unwrap().push_back(error);
    }
}

impl Transport for Scripted {
    fn register(
        &self,
        _: ReportId,
        _: &ReportSecret,
        _: &ReportBody,
        _: &Progress,
    ) -> Result<Registered, SendError> {
        match self.answers.lock().unwrap().pop_front() {
            Some(error) => Err(error),
            None => Ok(Registered {
                ticket: "CF-2026-000001".to_owned(),
                status_url: "http://127.0.0.1/".to_owned(),
                uploads_url: "http://127.0.0.1/u".to_owned(),
                deadlines: Deadlines::default(),
                clock_ahead: None,
            }),
        }
    }

    fn upload(
        &self,
        _: &Registered,
        _: &ReportSecret,
        (_, announced): (&mut File, &BundleRef),
        _: &Progress,
        arrived: &mut dyn FnMut(u64),
    ) -> Result<(), SendError> {
        arrived(announced.bytes);
        self.received.lock().unwrap().push(announced.sha256.clone());
        Ok(())
    }

    fn received(&self, _: ReportId, _: &ReportSecret, _: &Progress) -> Result<Vec<String>, SendError> {
        Ok(self.received.lock().unwrap().clone())
    }
}

fn kept() -> (tempfile::TempDir, Parcel) {
    let folder = tempfile::tempdir().unwrap();
    let reporter = Reporter::builder("a", "Bot", "1").outbox(folder.path()).build().unwrap();
    let now = NOW.parse().unwrap();
    let request = Request::new("t", "d", Priority::P3, Category::Runtime);
    let draft = reporter.seal(&request, now, &Progress::new()).unwrap();
    let consent = Consent::by_host_setting(&draft.bundle, now);
    let parcel = reporter.keep(&draft, consent, now).unwrap();
    (folder, parcel)
}

fn refused() -> SendError {
    SendError::Refused(Refusal { code: "invalid_body".to_owned(), hint: "no".to_owned() })
}

fn busy() -> SendError {
    SendError::Busy { status: 503, retry_after: None }
}

#[test]
fn an_answer_that_cannot_be_read_any_more_is_asked_for_again() {
    let (_folder, parcel) = kept();
    let portal = Scripted::default();
    deliver(&parcel, &portal, &Progress::new()).unwrap();
    for name in ["receipt.json", "refusal.json", "waiting.json"] {
        for damage in ["", "{\"ticket\": ", "[]"] {
            fs::write(parcel.bundle_path().with_file_name("receipt.json"), damage).unwrap();
            fs::write(parcel.bundle_path().with_file_name(name), damage).unwrap();
            assert_eq!(parcel.state().unwrap(), State::Kept, "{name}: {damage}");
            deliver(&parcel, &portal, &Progress::new()).unwrap();
            assert!(matches!(parcel.state().unwrap(), State::Delivered(_)), "{name}: {damage}");
        }
    }
}

#[test]
fn a_refused_report_that_meets_a_busy_portal_waits_again() {
    let (_folder, parcel) = kept();
    let portal = Scripted::default();
    let attempt = || deliver(&parcel, &portal, &Progress::new());
    portal.says(busy());
    attempt().unwrap_err();
    assert!(matches!(parcel.state().unwrap(), State::Waiting { .. }));
    portal.says(refused());
    assert!(attempt().unwrap_err().is_refused());
    assert!(matches!(parcel.state().unwrap(), State::Refused { .. }));
    portal.says(busy());
    attempt().unwrap_err();
    let State::Waiting { waiting, .. } = parcel.state().unwrap() else {
        panic!("it will never be sent again")
    };
    assert_eq!(waiting.attempts, 1, "a refusal ends a row of failures");
    attempt().unwrap();
    assert!(matches!(parcel.state().unwrap(), State::Delivered(_)));
}

#[test]
fn what_a_person_stops_stays_as_it_was() {
    let (_folder, parcel) = kept();
    let portal = Scripted::default();
    let before = |state: &State| std::mem::discriminant(state);
    for error in [refused(), busy()] {
        portal.says(error);
        deliver(&parcel, &portal, &Progress::new()).unwrap_err();
        let state = parcel.state().unwrap();
        portal.says(SendError::Cancelled);
        assert!(deliver(&parcel, &portal, &Progress::new()).unwrap_err().is_cancelled());
        assert_eq!(before(&parcel.state().unwrap()), before(&state));
    }
}
