//! The licence panel: what the report says, what holds now, and whether it is the same machine as before.

use std::collections::BTreeMap;

use casefile::report::ReportBody;
use jiff::Timestamp;

use super::exhibits::{Fact, flatten};
use super::text;
use crate::desk::Desk;
use crate::problem::Problem;
use crate::store::{Filter, TicketRow, View};

/// Earlier tickets that are looked at.
const MAX_SIMILAR: i64 = 10;

pub(super) struct Licence {
    pub(super) facts: Vec<Fact>,
    /// It has ended since the report, or before it.
    pub(super) has_ended: bool,
    /// Each component of the fingerprint, and whether it is the one of the ticket before.
    pub(super) components: Vec<(String, Option<bool>)>,
    /// The ticket that the fingerprint is compared with.
    pub(super) compared_with: Option<String>,
    /// Other tickets of the same licence: number and title.
    pub(super) similar: Vec<(String, String)>,
}

pub(super) async fn of(desk: &Desk, ticket: &TicketRow, now: Timestamp) -> Result<Licence, Problem> {
    let body = &ticket.body;
    let mut facts = Vec::new();
    let mut similar = Vec::new();
    let mut before = None;
    if let Some(license) = &body.license {
        let value = serde_json::to_value(license).unwrap_or_default();
        flatten("", &value, &mut facts);
        if let Some(id) = license.id.as_deref().filter(|id| !id.trim().is_empty()) {
            let filter = Filter { view: View::All, words: Some(id.to_owned()), ..Filter::default() };
            for row in desk.store.list(&filter, 0, MAX_SIMILAR).await? {
                if row.ticket == ticket.id {
                    continue;
                }
                let other = desk.store.ticket_of_id(row.ticket).await?;
                // The words of a ticket are not its licence.
                if other.body.license.as_ref().and_then(|other| other.id.as_deref()) != Some(id) {
                    continue;
                }
                similar.push((row.number.clone(), text::visible(&row.title)));
                if other.id < ticket.id && before.is_none() && other.body.fingerprint.is_some() {
                    before = Some(other);
                }
            }
        }
    }
    let known = before.as_ref().map(|before| components(&before.body));
    let components = components(body)
        .into_iter()
        .map(|(name, digest)| {
            let same = known.as_ref().and_then(|known| Some(*known.get(&name)? == digest));
            (text::visible(&name), same)
        })
        .collect();
    let ends = body.license.as_ref().and_then(|license| license.expires_at);
    Ok(Licence {
        facts,
        has_ended: ends.is_some_and(|ends| ends < now),
        components,
        compared_with: before.map(|before| before.number.to_string()),
        similar,
    })
}

/// The digests of a fingerprint by component.
fn components(body: &ReportBody) -> BTreeMap<String, String> {
    let mut facts = Vec::new();
    if let Some(value) = &body.fingerprint {
        flatten("", value, &mut facts);
    }
    facts.into_iter().map(|fact| (fact.name, fact.value)).collect()
}
