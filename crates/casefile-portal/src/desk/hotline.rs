//! Who is given the number of the emergency hotline.

use casefile::plan::Plan;
use casefile::report::ReportBody;
use jiff::Timestamp;
use serde::Serialize;

use crate::event::Verdict;
use crate::settings::HotlineSettings;

/// The channel of the plan whose hours and edition hold.
const CHANNEL: &str = "hotline";

/// The hotline, for somebody who may call it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Hotline {
    pub(crate) number: String,
    /// Whether somebody answers now.
    pub(crate) is_open: bool,
    /// When that changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) closes_at: Option<Timestamp>,
}

/// The number, for a licence of the edition that the plan asks for, which is active and was not rejected in triage. The report says so itself;
/// where a vendor does not want to rely on that, triage has to have confirmed it.
pub(crate) fn hotline(
    settings: Option<&HotlineSettings>,
    plan: &Plan,
    (body, verdict): (&ReportBody, Option<Verdict>),
    now: Timestamp,
) -> Option<Hotline> {
    let settings = settings?;
    let channel = plan.channels.iter().find(|channel| channel.id == CHANNEL)?;
    let license = body.license.as_ref()?;
    let is_named = license.id.as_deref().is_some_and(|id| !id.trim().is_empty());
    let is_active =
        license.status.eq_ignore_ascii_case("active") && license.expires_at.is_none_or(|ends| ends > now);
    let has_edition = channel.needs_edition.as_deref().is_none_or(|needed| {
        license.edition.as_deref().is_some_and(|edition| edition.eq_ignore_ascii_case(needed))
    });
    let is_believed = match verdict {
        Some(Verdict::Rejected) => false,
        Some(Verdict::Confirmed) => true,
        Some(Verdict::Unchecked) | None => !settings.only_confirmed,
    };
    if !(is_named && is_active && has_edition && is_believed) {
        return None;
    }
    let closes_at = channel.hours.as_ref().and_then(|hours| hours.closes_at(now));
    Some(Hotline {
        number: settings.number.clone(),
        is_open: channel.hours.as_ref().is_none_or(|hours| hours.is_open(now)),
        closes_at,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_an_active_premium_licence_that_nobody_rejected_is_given_the_number() {
        let settings =
            |only_confirmed| HotlineSettings { number: "+48 22 000 00 00".to_owned(), only_confirmed };
        let noon: Timestamp = "2026-11-24T11:00:00Z".parse().unwrap();
        let check = |license: serde_json::Value, verdict: Option<Verdict>, strict: bool| {
            let body: ReportBody = serde_json::from_value(json!({
                "title": "t", "description": "d", "priority": "P1", "category": "runtime", "language": "en",
                "app": { "id": "a", "name": "n", "version": "1" }, "license": license,
            }))
            .unwrap();
            hotline(Some(&settings(strict)), &Plan::default(), (&body, verdict), noon).is_some()
        };
        let premium = || json!({ "id": "L", "status": "active", "edition": "Premium" });
        assert!(check(premium(), None, false));
        assert!(check(premium(), Some(Verdict::Confirmed), true));
        assert!(!check(premium(), None, true), "nobody has confirmed it");
        assert!(!check(premium(), Some(Verdict::Rejected), false));
        for (field, value) in
            [("edition", "basic"), ("status", "expired"), ("id", " "), ("expires_at", "2026-11-24T10:00:00Z")]
        {
            let mut license = premium();
            license[field] = value.into();
            assert!(!check(license, Some(Verdict::Confirmed), false), "{field}");
        }
        assert!(!check(serde_json::Value::Null, Some(Verdict::Confirmed), false));
    }

    #[test]
    fn the_hours_are_those_of_the_plan() {
        let settings = HotlineSettings { number: "1".to_owned(), only_confirmed: false };
        let body: ReportBody = serde_json::from_value(json!({
            "title": "t", "description": "d", "priority": "P1", "category": "runtime", "language": "en",
            "app": { "id": "a", "name": "n", "version": "1" },
            "license": { "id": "L", "status": "active", "edition": "premium" },
        }))
        .unwrap();
        let at = |text: &str| {
            hotline(Some(&settings), &Plan::default(), (&body, None), text.parse().unwrap()).unwrap()
        };
        assert!(at("2026-11-24T18:59:00Z").is_open, "19:59 in Warsaw");
        assert!(!at("2026-11-24T19:01:00Z").is_open && !at("2026-11-24T06:59:00Z").is_open);
        assert_eq!(hotline(None, &Plan::default(), (&body, None), Timestamp::UNIX_EPOCH), None);
    }
}
