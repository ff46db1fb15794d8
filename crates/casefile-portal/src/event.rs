//! What happens to a ticket: the events of its history. No I/O.

use std::fmt;
use std::str::FromStr;

use casefile::report::{Category, Priority};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::clocks::Step;

/// Something that happened to a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) at: Timestamp,
    pub(crate) by: Actor,
    pub(crate) kind: Kind,
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Actor {
    /// Whoever has the secret of the report.
    Customer,
    /// Nobody: it became true, or a rule says so.
    Portal,
    /// One of the staff, by login.
    Staff(String),
}

/// What happened. The tag and the fields are what the database holds; the tags are those of `casefile-portal replay`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum Kind {
    /// The report arrived: the clocks run.
    Registered {
        priority: Priority,
    },
    /// A bundle arrived and was checked.
    EvidenceReceived {
        sha256: String,
        bytes: u64,
    },
    /// A bundle arrived and was not accepted.
    EvidenceRefused {
        sha256: String,
        why: String,
    },
    /// The customer added a file by hand.
    Attached {
        name: String,
        sha256: String,
        bytes: u64,
    },
    /// Support judged what the report is about and whether it may be one.
    Triaged {
        category: Category,
        login: Verdict,
        license: Verdict,
    },
    PrioritySet {
        priority: Priority,
    },
    Assigned {
        to: Option<String>,
    },
    /// For staff only.
    InternalNote {
        text: String,
    },
    StaffReplied {
        text: String,
    },
    /// An answered call on the hotline: what was said.
    CallAnswered {
        text: String,
    },
    AskedCustomer {
        text: String,
    },
    CustomerReplied {
        text: String,
    },
    WorkaroundOffered {
        text: String,
    },
    WorkaroundRejected {
        text: String,
    },
    /// `article` of the knowledge base; nothing when none is needed.
    ResolutionProposed {
        text: String,
        article: Option<String>,
    },
    ResolutionRejected {
        text: String,
    },
    /// R&D has it now: a label, no pause.
    HandedOver {
        text: String,
    },
    Linked {
        relation: Relation,
        ticket: String,
    },
    /// Somebody had to be told since `since`.
    Notice {
        rule: String,
        clock: String,
        to: String,
        since: Timestamp,
    },
    /// The customer was told that the report has arrived.
    AutoAck,
    /// A program of the customer wrote: nobody is there.
    CustomerAutoReply {
        text: String,
    },
    /// A mail to the customer came back, or was not taken.
    Bounce {
        text: String,
    },
    Acknowledged {
        rule: String,
        clock: String,
        to: String,
    },
    Closed {
        how: Closing,
    },
    Voided {
        why: Voiding,
    },
    /// What was kept was deleted. The events stay, without what people wrote in them.
    Erased {
        what: Erasure,
    },
}

/// What triage found out about login or licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Verdict {
    Confirmed,
    Rejected,
    #[default]
    Unchecked,
}

/// What closing a ticket adds to the knowledge base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Article {
    /// Address or title.
    Linked(String),
    NoneNeeded,
}

/// How another ticket stands to this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Relation {
    /// The other one goes on where this one was closed.
    FollowedBy,
    /// This one goes on where the other one was closed.
    Follows,
    /// The other one is about the same.
    DuplicateOf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Closing {
    Confirmed,
    /// Nobody objected in time.
    Silence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Voiding {
    Spam,
    Duplicate,
    /// The customer took it back.
    Withdrawn,
}

/// How much was deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Erasure {
    /// Bundles and files.
    Bundles,
    /// Those, and everything that a person wrote or that leads to one.
    Everything,
}

impl Kind {
    /// What it means to the clocks.
    pub(crate) fn step(&self) -> Step {
        match self {
            Self::Registered { priority } => Step::Registered(*priority),
            Self::PrioritySet { priority } => Step::PrioritySet(*priority),
            Self::StaffReplied { .. } | Self::CallAnswered { .. } => Step::StaffReplied,
            Self::AskedCustomer { .. } => Step::AskedCustomer,
            Self::CustomerReplied { .. } => Step::CustomerReplied,
            Self::WorkaroundOffered { .. } => Step::WorkaroundOffered,
            Self::WorkaroundRejected { .. } => Step::WorkaroundRejected,
            Self::ResolutionProposed { .. } => Step::ResolutionProposed,
            Self::ResolutionRejected { .. } => Step::ResolutionRejected,
            Self::Closed { .. } => Step::Closed,
            Self::Voided { .. } => Step::Voided,
            Self::EvidenceReceived { .. }
            | Self::EvidenceRefused { .. }
            | Self::Attached { .. }
            | Self::Erased { .. }
            | Self::Triaged { .. }
            | Self::Assigned { .. }
            | Self::InternalNote { .. }
            | Self::HandedOver { .. }
            | Self::Linked { .. }
            | Self::Notice { .. }
            | Self::AutoAck
            | Self::CustomerAutoReply { .. }
            | Self::Bounce { .. }
            | Self::Acknowledged { .. } => Step::Neutral,
        }
    }

    /// What a person wrote in it.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::InternalNote { text }
            | Self::StaffReplied { text }
            | Self::CallAnswered { text }
            | Self::AskedCustomer { text }
            | Self::CustomerReplied { text }
            | Self::WorkaroundOffered { text }
            | Self::WorkaroundRejected { text }
            | Self::ResolutionProposed { text, .. }
            | Self::ResolutionRejected { text }
            | Self::CustomerAutoReply { text }
            | Self::Bounce { text }
            | Self::HandedOver { text } => Some(text),
            _ => None,
        }
    }

    /// The same event without what a person wrote in it: it still means the same to clocks and reports.
    pub(crate) fn without_words(mut self) -> Self {
        match &mut self {
            Self::InternalNote { text }
            | Self::StaffReplied { text }
            | Self::CallAnswered { text }
            | Self::AskedCustomer { text }
            | Self::CustomerReplied { text }
            | Self::WorkaroundOffered { text }
            | Self::WorkaroundRejected { text }
            | Self::ResolutionProposed { text, .. }
            | Self::ResolutionRejected { text }
            | Self::HandedOver { text }
            | Self::CustomerAutoReply { text }
            | Self::Bounce { text }
            | Self::EvidenceRefused { why: text, .. }
            | Self::Attached { name: text, .. } => text.clear(),
            // Listed one by one, so that whoever adds an event has to decide.
            Self::Registered { .. }
            | Self::EvidenceReceived { .. }
            | Self::Triaged { .. }
            | Self::PrioritySet { .. }
            | Self::Assigned { .. }
            | Self::Linked { .. }
            | Self::Notice { .. }
            | Self::AutoAck
            | Self::Acknowledged { .. }
            | Self::Closed { .. }
            | Self::Voided { .. }
            | Self::Erased { .. } => {}
        }
        self
    }

    /// Whether it is part of the conversation with the customer.
    pub(crate) fn is_public(&self) -> bool {
        let is_inner = matches!(
            self,
            Self::InternalNote { .. }
                | Self::HandedOver { .. }
                | Self::CustomerAutoReply { .. }
                | Self::Bounce { .. }
        );
        self.text().is_some() && !is_inner
    }

    /// The word for it, on the wire and in the database.
    pub(crate) fn tag(&self) -> String {
        self.to_row().0
    }

    /// The tag, and the whole as JSON.
    pub(crate) fn to_row(&self) -> (String, String) {
        let value = serde_json::to_value(self).expect("strings and numbers are JSON");
        (value["event"].as_str().unwrap_or_default().to_owned(), value.to_string())
    }

    /// Reads what [`Kind::to_row`] wrote.
    pub(crate) fn from_row(data: &str) -> serde_json::Result<Self> {
        serde_json::from_str(data)
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Customer => f.write_str("customer"),
            Self::Portal => f.write_str("portal"),
            Self::Staff(login) => write!(f, "staff:{login}"),
        }
    }
}

/// The text names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("neither `customer` nor `portal` nor `staff:LOGIN`")]
pub(crate) struct ParseActorError;

impl FromStr for Actor {
    type Err = ParseActorError;

    fn from_str(text: &str) -> Result<Self, ParseActorError> {
        match (text, text.strip_prefix("staff:")) {
            ("customer", _) => Ok(Self::Customer),
            ("portal", _) => Ok(Self::Portal),
            (_, Some(login)) => Ok(Self::Staff(login.to_owned())),
            _ => Err(ParseActorError),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_survives_the_database() {
        let kind = Kind::EvidenceRefused { sha256: "ab".to_owned(), why: "damaged \"x\"".to_owned() };
        let (tag, data) = kind.to_row();
        assert_eq!((tag.as_str(), Kind::from_row(&data).unwrap()), ("evidence_refused", kind));
        for actor in [Actor::Customer, Actor::Portal, Actor::Staff("anna".to_owned())] {
            assert_eq!(actor.to_string().parse(), Ok(actor));
        }
    }

    #[test]
    fn what_is_for_staff_only_is_not_public() {
        let text = || "x".to_owned();
        for kind in [Kind::InternalNote { text: text() }, Kind::HandedOver { text: text() }] {
            assert!(!kind.is_public(), "{kind:?}");
        }
        assert!(Kind::StaffReplied { text: text() }.is_public());
        assert!(!Kind::Closed { how: Closing::Silence }.is_public());
    }
}
