//! Errors in words for people, in their language.

use casefile::bundle::SealError;
use casefile::deliver::DeliverError;
use casefile::outbox::{KeepError, ParcelError};
use casefile::transport::SendError;

use crate::words::Words;

pub(crate) fn not_sealed(error: &SealError, words: &Words) -> String {
    match error {
        SealError::Incomplete { .. } => words.text("why-incomplete"),
        SealError::Cancelled => words.text("why-cancelled"),
        SealError::Residue { entry, rule, line } => {
            let values =
                [("entry", entry.as_str().into()), ("rule", (*rule).into()), ("line", (*line).into())];
            words.with("why-residue", &values)
        }
        SealError::Unreadable(_) => words.text("why-unreadable"),
        SealError::Disk(error) => disk(error, words),
        other => other.to_string(),
    }
}

pub(crate) fn not_kept(error: &KeepError, words: &Words) -> String {
    match error {
        KeepError::OtherConsent => words.text("why-other-consent"),
        KeepError::Disk(error) => disk(error, words),
        other => other.to_string(),
    }
}

pub(crate) fn not_delivered(error: &DeliverError, words: &Words) -> String {
    match error {
        DeliverError::NoPortal => words.text("why-no-portal"),
        DeliverError::Parcel(ParcelError::Busy) => words.text("why-other-process"),
        DeliverError::Parcel(ParcelError::Disk(error)) => disk(error, words),
        DeliverError::Parcel(_) => words.text("why-damaged"),
        DeliverError::Unconfirmed { .. } => words.text("why-unconfirmed"),
        DeliverError::Send { source, .. } => match source {
            SendError::Unreachable(_) => words.text("why-unreachable"),
            SendError::Busy { .. } => words.text("why-busy"),
            SendError::Refused(refusal) => {
                // The portal's own words, as one line of text.
                let hint: String = refusal.hint.chars().filter(|c| !c.is_control()).take(MAX_HINT).collect();
                let code: String = refusal.code.chars().filter(|c| !c.is_control()).take(MAX_CODE).collect();
                words.with("why-refused", &[("hint", hint.into()), ("code", code.into())])
            }
            SendError::NotAPortal(_) => words.text("why-not-a-portal"),
            SendError::Cancelled => words.text("why-cancelled"),
            SendError::Disk(error) => disk(error, words),
            other => other.to_string(),
        },
        other => other.to_string(),
    }
}

/// The ticket that a delivery registered before it failed.
pub(crate) fn ticket_of(error: &DeliverError) -> Option<String> {
    match error {
        DeliverError::Send { ticket, .. } => ticket.clone(),
        DeliverError::Unconfirmed { ticket } => Some(ticket.clone()),
        _ => None,
    }
}

const MAX_HINT: usize = 500;
const MAX_CODE: usize = 50;

fn disk(error: &std::io::Error, words: &Words) -> String {
    words.with("why-disk", &[("kind", words.reason(&error.kind().to_string()).into())])
}
