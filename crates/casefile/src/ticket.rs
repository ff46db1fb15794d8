//! What became of a report, and what its owner can say to it.
//!
//! Whoever has the parcel has the secret, and only they can ask. Asking again with what is known already costs the portal
//! next to nothing, so polling every minute is fine.

use std::io;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::ReportId;
use crate::plan::Deadlines;
use crate::report::Priority;

/// How a ticket stands, as its owner sees it. Read it as data: the portal's texts may hold anything.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Ticket {
    /// Its number.
    #[serde(rename = "ticket")]
    pub number: String,
    /// Where it stands.
    pub state: TicketState,
    /// When the portal got it: the clocks run since then.
    pub registered_at: Timestamp,
    /// As support sees it now.
    pub priority: Priority,
    /// The promised times as the clocks stand now. One that is paused, over or not promised has none.
    #[serde(default)]
    pub deadlines: Deadlines,
    /// When a proposed solution closes the ticket by itself, if nobody objects.
    #[serde(default)]
    pub closes_at: Option<Timestamp>,
    /// What its owner may do now.
    #[serde(default)]
    pub can: Vec<TicketAction>,
    /// Everything that was said in public, the oldest first.
    #[serde(default)]
    pub messages: Vec<TicketMessage>,
    /// The ticket that goes on where this one was closed.
    #[serde(default)]
    pub follow_up: Option<FollowUp>,
    /// How long support keeps what was sent.
    #[serde(default)]
    pub keeps: Option<Keeps>,
    /// Bundles that support does not have as evidence: on their way, waiting to be looked at, or refused.
    #[serde(default)]
    pub uploads: Vec<TicketUpload>,
    /// Names this state of the ticket: RFC 9110, 8.8.3.
    #[serde(skip)]
    pub(crate) etag: Option<String>,
}

/// A bundle that is not evidence of its ticket, or not yet.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct TicketUpload {
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
    /// Why it was refused for good, if it was: plain text of a stranger. That may be seen only after all of it had arrived.
    #[serde(default)]
    pub refused: Option<String>,
}

/// How long support keeps what was sent; all absent while the ticket is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Keeps {
    /// The bundle.
    #[serde(default)]
    pub bundles_until: Option<Timestamp>,
    /// What was written.
    #[serde(default)]
    pub words_until: Option<Timestamp>,
    /// When all of it was deleted.
    #[serde(default)]
    pub erased_at: Option<Timestamp>,
}

/// Where a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TicketState {
    /// Support has it.
    Registered,
    /// Somebody answered.
    Open,
    /// Support asked, and waits for the owner.
    Waiting,
    /// A solution waits for "it works" or "it does not".
    Proposed,
    /// Solved.
    Closed,
    /// Taken back, or a duplicate.
    Voided,
    /// Something that this version does not know.
    #[serde(other)]
    Other,
}

/// What the owner of a ticket may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TicketAction {
    /// Write to support.
    Message,
    /// Accept the solution.
    Confirm,
    /// Not accept the solution or the workaround.
    Reject,
    /// Take the report back.
    Withdraw,
    /// Something that this version does not know.
    #[serde(other)]
    Other,
}

/// One public message.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct TicketMessage {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub from: MessageFrom,
    /// What it is in the process of support, for instance `asked_customer` or `resolution_proposed`.
    #[serde(default)]
    pub kind: String,
    /// What was said: plain text of a stranger.
    pub text: String,
}

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MessageFrom {
    /// Support.
    Support,
    /// The owner of the ticket.
    Customer,
    /// Somebody that this version does not know.
    #[serde(other)]
    Other,
}

/// A ticket that goes on where another one was closed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct FollowUp {
    /// Its number.
    #[serde(rename = "ticket")]
    pub number: String,
    /// Its page.
    pub status_url: String,
}

/// What the owner says to support. Sending the same value again is the same message, so it is safe to repeat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    id: String,
    text: String,
}

/// What the owner of a report wants from its ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// How does it stand? With what is known already, the answer may be that nothing changed.
    Look(Option<Box<Ticket>>),
    /// Writes to support.
    Write(Message),
    /// The solution works.
    Confirm,
    /// The solution or the workaround does not work, and why.
    Reject(Message),
    /// The report is taken back.
    Withdraw,
}

impl Ticket {
    /// Whether its owner may do this now.
    pub fn allows(&self, action: TicketAction) -> bool {
        self.can.contains(&action)
    }

    /// Why bundles of it were refused: save each, and hand it over another way.
    pub fn refusals(&self) -> impl Iterator<Item = &str> {
        self.uploads.iter().filter_map(|upload| upload.refused.as_deref())
    }
}

impl Message {
    /// Characters that a portal takes at most; more belongs into a file.
    pub const MAX_CHARS: usize = 20_000;

    /// Makes a message of what somebody wrote.
    ///
    /// # Errors
    /// Only when the system has no randomness to give.
    pub fn new(text: impl Into<String>) -> io::Result<Self> {
        Ok(Self { id: ReportId::generate()?.to_string(), text: text.into() })
    }

    /// What it says.
    pub fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_of_a_newer_portal_is_read() {
        let text = r#"{"ticket": "CF-2026-000001", "state": "on_the_moon", "registered_at": "2026-11-24T10:00:00Z",
            "priority": "P2", "deadlines": {"response": null, "workaround": "2026-11-25T10:00:00Z", "resolution": null},
            "can": ["message", "sing"], "clocks": {},
            "keeps": {"bundles_until": "2027-01-25T10:00:00Z", "words_until": null, "more": 1}, "ledger": [],
            "uploads": [{"sha256": "a", "bytes": 1, "whole": true}, {"sha256": "b", "refused": "it is empty"}],
            "messages": [{"n": 1, "at": "2026-11-24T11:00:00Z", "from": "robot", "kind": "hummed", "text": "la"}],
            "follow_up": {"ticket": "CF-2026-000002", "status_url": "https://x.example/r/1", "more": 1}}"#;
        let ticket: Ticket = serde_json::from_str(text).unwrap();
        assert_eq!(ticket.state, TicketState::Other);
        assert!(ticket.allows(TicketAction::Message) && !ticket.allows(TicketAction::Confirm));
        assert_eq!(ticket.messages[0].from, MessageFrom::Other);
        assert_eq!(ticket.keeps.unwrap().words_until, None);
        assert_eq!(ticket.refusals().collect::<Vec<_>>(), ["it is empty"]);
        assert_eq!(ticket.follow_up.unwrap().number, "CF-2026-000002");
        // The first portals said this much.
        let text = r#"{"ticket": "CF-2026-000001", "state": "registered", "registered_at": "2026-11-24T10:00:00Z",
            "priority": "P2", "messages": []}"#;
        assert_eq!(serde_json::from_str::<Ticket>(text).unwrap().state, TicketState::Registered);
    }
}
