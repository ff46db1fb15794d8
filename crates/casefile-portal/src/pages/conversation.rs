//! What the ticket page and the customer's page have in common: promises, ledger, conversation.

use casefile::plan::Plan;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::text;
use super::words::Words;
use crate::clocks::Outcome;
use crate::desk::{ClockShown, Clocks, LedgerLine};
use crate::event::{Actor, Event};

/// One promise.
pub(super) struct Promise {
    pub(super) what: &'static str,
    /// When it falls due or fell due, and how far that is or what became of it.
    pub(super) due: Option<String>,
    pub(super) standing: String,
    pub(super) is_late: bool,
}

/// All three promises.
pub(super) fn promises(clocks: &Clocks, plan: &Plan, words: Words, now: Timestamp) -> Vec<Promise> {
    [("response", &clocks.response), ("workaround", &clocks.workaround), ("resolution", &clocks.resolution)]
        .into_iter()
        .map(|(name, clock)| promise(words.clock_of(name), clock, plan, words, now))
        .collect()
}

fn promise(what: &'static str, clock: &ClockShown, plan: &Plan, words: Words, now: Timestamp) -> Promise {
    let standing = match clock.outcome {
        Outcome::Open => match clock.due {
            Some(due) => text::relative(due, now, words.0),
            None => words.paused().to_owned(),
        },
        Outcome::Met => words.met().to_owned(),
        Outcome::Breached => words.late().to_owned(),
        Outcome::Void => words.void().to_owned(),
        Outcome::None => words.no_promise().to_owned(),
    };
    Promise {
        what,
        due: clock.due.map(|due| text::civil(due, &plan.zone)),
        standing,
        is_late: clock.outcome == Outcome::Breached,
    }
}

/// One line of "explain these clocks".
pub(super) struct Explained {
    pub(super) at: String,
    pub(super) clock: &'static str,
    pub(super) change: &'static str,
    pub(super) used: String,
    pub(super) target: Option<String>,
    pub(super) due: Option<String>,
}

/// Why the clocks stand as they do.
pub(super) fn explained(lines: &[LedgerLine], plan: &Plan, words: Words) -> Vec<Explained> {
    let length = |seconds: i64| text::length(SignedDuration::from_secs(seconds));
    lines
        .iter()
        .map(|line| Explained {
            at: text::civil(line.at, &plan.zone),
            clock: words.clock_of(line.clock),
            change: words.change_of(line.change),
            used: length(line.elapsed_seconds),
            target: line.target_seconds.map(length),
            due: line.due.map(|due| text::civil(due, &plan.zone)),
        })
        .collect()
}

/// One message or note.
pub(super) struct Message {
    pub(super) at: String,
    pub(super) who: String,
    pub(super) kind: &'static str,
    pub(super) text: String,
    /// `customer`, `support` or `inner`.
    pub(super) side: &'static str,
}

impl Message {
    /// As staff see it: with the login of who wrote it, and inner notes.
    pub(super) fn for_staff(event: &Event, zone: &TimeZone, words: Words) -> Option<Self> {
        let who = match &event.by {
            Actor::Staff(login) => login.clone(),
            Actor::Customer => words.customer().to_owned(),
            Actor::Portal => words.portal().to_owned(),
        };
        let side = match (&event.by, event.kind.is_public()) {
            (_, false) => "inner",
            (Actor::Customer, true) => "customer",
            _ => "support",
        };
        Some(Self {
            at: text::civil(event.at, zone),
            who,
            kind: words.kind_of(&event.kind.tag()),
            text: match event.kind.text()? {
                "" => words.erased().to_owned(),
                text => text::visible(text),
            },
            side,
        })
    }
}
