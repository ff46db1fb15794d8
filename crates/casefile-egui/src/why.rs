//! Errors in words for people, in their language.

use casefile::ask::AskError;
use casefile::bundle::SealError;
use casefile::deliver::DeliverError;
use casefile::letter::SaveError;
use casefile::outbox::{KeepError, ParcelError, Refusal};
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
        SealError::TooLarge { bytes, max_bytes } => {
            let sizes = [("size", words.size(*bytes).into()), ("most", words.size(*max_bytes).into())];
            words.with("why-too-large", &sizes)
        }
        SealError::Unreadable(_) => words.text("why-unreadable"),
        SealError::Disk(error) => disk(error, words),
        other => other.to_string(),
    }
}

pub(crate) fn not_kept(error: &KeepError, words: &Words) -> String {
    match error {
        KeepError::OtherConsent => words.text("why-other-consent"),
        KeepError::Full { waiting_bytes } => {
            words.with("why-full", &[("size", words.size(*waiting_bytes).into())])
        }
        KeepError::Disk(error) => disk(error, words),
        other => other.to_string(),
    }
}

pub(crate) fn not_delivered(error: &DeliverError, words: &Words) -> String {
    match error {
        DeliverError::NoPortal => words.text("why-no-portal"),
        DeliverError::Parcel(error) => no_parcel(error, words),
        DeliverError::Unconfirmed { .. } => words.text("why-unconfirmed"),
        DeliverError::Send { source, .. } => not_sent(source, words),
        other => other.to_string(),
    }
}

fn not_sent(error: &SendError, words: &Words) -> String {
    match error {
        SendError::Unreachable(_) => words.text("why-unreachable"),
        SendError::Busy { .. } => words.text("why-busy"),
        SendError::Refused(refusal) => refused(refusal, words),
        SendError::Untrusted(_) => words.text("why-untrusted"),
        SendError::NotAPortal(_) => words.text("why-not-a-portal"),
        SendError::Cancelled => words.text("why-cancelled"),
        SendError::Disk(error) => disk(error, words),
        other => other.to_string(),
    }
}

/// Why a ticket cannot be asked for, or an answer did not arrive.
pub(crate) fn not_answered(error: &AskError, words: &Words) -> String {
    match error {
        AskError::NoPortal => words.text("why-no-portal"),
        AskError::Send(error) => not_sent(error, words),
        other => other.to_string(),
    }
}

/// Why a copy could not be saved.
pub(crate) fn not_saved(error: &SaveError, words: &Words) -> String {
    match error {
        SaveError::Exists(_) => words.text("save-exists"),
        SaveError::Bundle(_) => words.text("save-gone"),
        SaveError::Disk(error) => {
            let why = words.reason(&error.kind().to_string());
            words.with("save-failed", &[("why", why.into())])
        }
        other => other.to_string(),
    }
}

pub(crate) fn no_parcel(error: &ParcelError, words: &Words) -> String {
    match error {
        ParcelError::Busy => words.text("why-other-process"),
        ParcelError::Disk(error) => disk(error, words),
        ParcelError::NotFound | ParcelError::Damaged => words.text("why-damaged"),
        other => other.to_string(),
    }
}

/// The portal's own words, as one line of text.
pub(crate) fn refused(refusal: &Refusal, words: &Words) -> String {
    let hint: String = refusal.hint.chars().filter(|c| !c.is_control()).take(MAX_HINT).collect();
    let code: String = refusal.code.chars().filter(|c| !c.is_control()).take(MAX_CODE).collect();
    words.with("why-refused", &[("hint", hint.into()), ("code", code.into())])
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

pub(crate) fn disk(error: &std::io::Error, words: &Words) -> String {
    words.with("why-disk", &[("kind", words.reason(&error.kind().to_string()).into())])
}
