//! How long what people sent is kept. No I/O, no present.
//!
//! While a ticket is open, everything is. Counting and clocks need no more than the events, so those stay for good, without
//! what people wrote in them.

use casefile::report::ReportBody;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use crate::case::Case;
use crate::event::{Erasure, Voiding};

/// What is gone is called so, in lists and on pages.
pub(crate) const ERASED: &str = "[erased]";
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// How long after its end a ticket keeps what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Retention {
    /// Bundles and files.
    pub(crate) bundles: SignedDuration,
    /// What people wrote, and who they are.
    pub(crate) words: SignedDuration,
    /// Everything of what was spam.
    pub(crate) spam: SignedDuration,
}

/// When what is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Until {
    pub(crate) bundles: Timestamp,
    pub(crate) words: Timestamp,
}

impl Default for Retention {
    /// Bundles for 90 days, words for two years, spam for 30 days.
    fn default() -> Self {
        Self { bundles: DAY * 90, words: DAY * 730, spam: DAY * 30 }
    }
}

impl Retention {
    /// So many days; words are kept at least as long as bundles.
    pub(crate) fn of_days(bundles: u16, words: u16) -> Self {
        let bundles = DAY * i32::from(bundles);
        Self { bundles, words: bundles.max(DAY * i32::from(words)), ..Self::default() }
    }

    /// When the data of a ticket are deleted. Of one that is open, nothing is.
    pub(crate) fn until(&self, case: &Case<'_>) -> Option<Until> {
        let since = case.over_since?;
        let after = |time| since.checked_add(time).unwrap_or(Timestamp::MAX);
        let (bundles, words) = match case.voiding {
            Some(Voiding::Spam) => (self.spam, self.spam),
            // The customer wants nothing of it to be kept.
            Some(Voiding::Withdrawn) => (SignedDuration::ZERO, SignedDuration::ZERO),
            Some(Voiding::Duplicate) | None => (self.bundles, self.words),
        };
        Some(Until { bundles: after(bundles), words: after(words) })
    }

    /// What has to be deleted by now and is not yet.
    pub(crate) fn due(&self, case: &Case<'_>, now: Timestamp) -> Option<Erasure> {
        let until = self.until(case)?;
        let known = case.erased.map(|(what, _)| what);
        if until.words < now && known != Some(Erasure::Everything) {
            return Some(Erasure::Everything);
        }
        (until.bundles < now && known.is_none()).then_some(Erasure::Bundles)
    }
}

/// The text of a report without what a person wrote and without what leads to one: what is not known to be needed goes.
/// Everything that is counted stays the same.
pub(crate) fn without_person(body: &ReportBody) -> Value {
    let mut left = json!({
        "kind": body.kind,
        "title": ERASED,
        "description": ERASED,
        "priority": body.priority,
        "category": body.category,
        "language": body.language,
        "app": body.app,
    });
    let mut keep = |name: &str, value: Option<&Value>| {
        if let (Some(fields), Some(value)) = (left.as_object_mut(), value) {
            fields.insert(name.to_owned(), value.clone());
        }
    };
    keep("channel", body.other.get("channel"));
    keep("follows", body.other.get("follows"));
    if let Some(os) = body.system.as_ref().and_then(|system| system.get("os")) {
        let system: Map<_, _> = [("os".to_owned(), os.clone())].into_iter().collect();
        keep("system", Some(&system.into()));
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Actor, Closing, Event, Kind};
    use casefile::plan::Plan;
    use casefile::report::Priority;

    fn body() -> ReportBody {
        serde_json::from_value(json!({
            "title": "secret one", "description": "secret two", "steps": "secret three", "priority": "P1",
            "category": "runtime", "language": "pl", "app": { "id": "a", "name": "n", "version": "1" },
            "contact": { "name": "secret four", "email": "secret@five.example" },
            "license": { "id": "secret six", "status": "active", "edition": "premium" },
            "fingerprint": { "cpu": "secret seven" }, "system": { "os": "Windows 11", "host": "secret eight" },
            "channel": "mail", "more": "secret nine",
        }))
        .unwrap()
    }

    fn check(end: Kind, erased: Option<Erasure>, expected: [Option<Erasure>; 4]) {
        let plan = Plan::default();
        let start: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
        let event = |kind| Event { at: start, by: Actor::Portal, kind };
        let mut events = vec![
            event(Kind::Registered { priority: Priority::P1 }),
            event(Kind::ResolutionProposed { text: String::new(), article: None }),
            event(end),
        ];
        events.extend(erased.map(|what| event(Kind::Erased { what })));
        let days = [0, 31, 91, 731].map(|days| {
            let now = start + DAY * days + SignedDuration::from_millis(1);
            let case = Case::of(&plan, &body(), &events, now).unwrap();
            Retention::default().due(&case, now)
        });
        assert_eq!(days, expected, "{events:?}");
    }

    #[test]
    fn each_class_has_its_time() {
        let (bundles, everything) = (Some(Erasure::Bundles), Some(Erasure::Everything));
        let closed = || Kind::Closed { how: Closing::Silence };
        let voided = |why| Kind::Voided { why };
        check(closed(), None, [None, None, bundles, everything]);
        check(closed(), bundles, [None, None, None, everything]);
        check(closed(), everything, [None; 4]);
        check(voided(Voiding::Duplicate), None, [None, None, bundles, everything]);
        check(voided(Voiding::Spam), None, [None, everything, everything, everything]);
        check(voided(Voiding::Withdrawn), None, [everything; 4]);
        // While it is open, nothing goes.
        check(Kind::ResolutionRejected { text: String::new() }, None, [None; 4]);
        assert!(Retention::of_days(100, 5).words == DAY * 100);
    }

    #[test]
    fn nothing_of_the_person_is_left() {
        let left = without_person(&body());
        let text = left.to_string();
        assert!(!text.contains("secret") && text.contains("Windows 11") && text.contains("mail"), "{text}");
        let read: ReportBody = serde_json::from_value(left).unwrap();
        assert_eq!((read.priority, &read.app, read.language), (Priority::P1, &body().app, body().language));
    }
}
