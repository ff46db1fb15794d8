//! One line of a history. What is wrong with it is told without its values.

use anyhow::{Context, bail};
use casefile::report::Priority;
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::clocks::{Occurrence, Step};

/// Every event that a log may hold and what it means to the clocks; `priority` stands for both that carry one.
const EVENTS: [(&str, Meaning); 28] = [
    ("registered", Meaning::Priority(Step::Registered)),
    ("priority_set", Meaning::Priority(Step::PrioritySet)),
    ("staff_replied", Meaning::Plain(Step::StaffReplied)),
    ("call_answered", Meaning::Plain(Step::StaffReplied)),
    ("asked_customer", Meaning::Plain(Step::AskedCustomer)),
    ("customer_replied", Meaning::Plain(Step::CustomerReplied)),
    ("workaround_offered", Meaning::Plain(Step::WorkaroundOffered)),
    ("workaround_rejected", Meaning::Plain(Step::WorkaroundRejected)),
    ("resolution_proposed", Meaning::Plain(Step::ResolutionProposed)),
    ("resolution_rejected", Meaning::Plain(Step::ResolutionRejected)),
    ("closed", Meaning::Plain(Step::Closed)),
    ("voided", Meaning::Plain(Step::Voided)),
    // Automation, and work that nobody outside sees.
    ("auto_ack", Meaning::Plain(Step::Neutral)),
    ("internal_note", Meaning::Plain(Step::Neutral)),
    ("assigned", Meaning::Plain(Step::Neutral)),
    ("triage_note", Meaning::Plain(Step::Neutral)),
    ("customer_auto_reply", Meaning::Plain(Step::Neutral)),
    ("bounce", Meaning::Plain(Step::Neutral)),
    ("triaged", Meaning::Plain(Step::Neutral)),
    ("handed_over", Meaning::Plain(Step::Neutral)),
    ("labelled", Meaning::Plain(Step::Neutral)),
    ("linked", Meaning::Plain(Step::Neutral)),
    ("notice", Meaning::Plain(Step::Neutral)),
    ("acknowledged", Meaning::Plain(Step::Neutral)),
    ("evidence_received", Meaning::Plain(Step::Neutral)),
    ("evidence_refused", Meaning::Plain(Step::Neutral)),
    ("attached", Meaning::Plain(Step::Neutral)),
    ("erased", Meaning::Plain(Step::Neutral)),
];

#[derive(Clone, Copy)]
enum Meaning {
    Plain(Step),
    Priority(fn(Priority) -> Step),
}

/// Reads one event; other fields than those of the clocks may stand beside them.
pub(super) fn read_line(text: &[u8]) -> anyhow::Result<Occurrence> {
    let value: Value = match serde_json::from_slice(text) {
        Ok(value) => value,
        Err(error) => bail!("not JSON at column {}: one object a line, like {EXAMPLE}", error.column()),
    };
    let Value::Object(object) = value else { bail!("not a JSON object: write it like {EXAMPLE}") };
    let at = string(&object, "at")?.context("`at` is missing: the time of the event")?;
    let at: Timestamp =
        at.parse().ok().context("`at` is not a time of RFC 3339 like 2026-11-24T10:00:00Z")?;
    let key = string(&object, "key")?.map(str::to_owned);
    let name = string(&object, "event")?.context("`event` is missing: what happened")?;
    let Some((_, meaning)) = EVENTS.iter().find(|(known, _)| *known == name) else {
        let known: Vec<_> = EVENTS.iter().map(|(name, _)| *name).collect();
        bail!("`event` is none that a log can hold: expected one of {}", known.join(", "));
    };
    let step = match meaning {
        Meaning::Plain(step) => *step,
        Meaning::Priority(step) => {
            let priority = string(&object, "priority")?;
            let known = Priority::ALL.into_iter().find(|known| Some(known.as_str()) == priority);
            step(known.context("`priority` has to be P1, P2, P3 or P4")?)
        }
    };
    Ok(Occurrence { at, key, step })
}

const EXAMPLE: &str = r#"{"at": "2026-11-24T10:00:00Z", "key": "k1", "event": "staff_replied"}"#;

/// A field that is a text, or absent.
fn string<'a>(object: &'a Map<String, Value>, field: &str) -> anyhow::Result<Option<&'a str>> {
    match object.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => bail!("`{field}` is not a text in quotes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Closing, Erasure, Kind, Relation, Verdict, Voiding};
    use casefile::report::Category;

    /// What the portal writes, this command reads and means the same by it.
    #[test]
    fn every_event_of_the_portal_can_be_replayed() {
        let text = || "t".to_owned();
        let at: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
        let kinds = [
            Kind::Registered { priority: Priority::P1 },
            Kind::EvidenceReceived { sha256: text(), bytes: 1 },
            Kind::EvidenceRefused { sha256: text(), why: text() },
            Kind::Attached { name: text(), sha256: text(), bytes: 1 },
            Kind::Erased { what: Erasure::Bundles },
            Kind::Triaged {
                category: Category::License,
                login: Verdict::Confirmed,
                license: Verdict::Rejected,
            },
            Kind::PrioritySet { priority: Priority::P4 },
            Kind::Assigned { to: None },
            Kind::InternalNote { text: text() },
            Kind::StaffReplied { text: text() },
            Kind::CallAnswered { text: text() },
            Kind::AskedCustomer { text: text() },
            Kind::CustomerReplied { text: text() },
            Kind::WorkaroundOffered { text: text() },
            Kind::WorkaroundRejected { text: text() },
            Kind::ResolutionProposed { text: text(), article: None },
            Kind::ResolutionRejected { text: text() },
            Kind::HandedOver { text: text() },
            Kind::Linked { relation: Relation::Follows, ticket: text() },
            Kind::Notice { rule: text(), clock: text(), to: text(), since: at },
            Kind::Acknowledged { rule: text(), clock: text(), to: text() },
            Kind::Closed { how: Closing::Silence },
            Kind::Voided { why: Voiding::Spam },
        ];
        for kind in kinds {
            let mut line: Value = serde_json::from_str(&kind.to_row().1).unwrap();
            line["at"] = at.to_string().into();
            let read = read_line(line.to_string().as_bytes()).unwrap();
            assert_eq!((read.at, read.step), (at, kind.step()), "{line}");
        }
    }
}
