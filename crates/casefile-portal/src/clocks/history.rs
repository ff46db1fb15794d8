//! From a log of events, in the order in which they arrived, to the clocks.

use std::collections::HashSet;

use casefile::plan::Plan;
use jiff::Timestamp;

use super::{Fold, Step};

/// One event of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Occurrence {
    pub(crate) at: Timestamp,
    /// The same key a second time is the same event.
    pub(crate) key: Option<String>,
    pub(crate) step: Step,
}

/// The events that count, by time; of one instant, in the order of arrival.
fn in_order(log: &[Occurrence]) -> Vec<&Occurrence> {
    let mut seen = HashSet::new();
    let mut events: Vec<_> =
        log.iter().filter(|event| event.key.as_deref().is_none_or(|key| seen.insert(key))).collect();
    events.sort_by_key(|event| event.at);
    events
}

/// Folds everything up to this instant; what came later is not looked at. `None` when the ticket was not
/// registered by then. Events before the registration change nothing.
pub(crate) fn replay<'a>(plan: &'a Plan, log: &[Occurrence], at: Timestamp) -> Option<Fold<'a>> {
    let mut fold: Option<Fold<'a>> = None;
    for event in in_order(log).into_iter().filter(|event| event.at <= at) {
        match (&mut fold, event.step) {
            (Some(fold), step) => fold.apply(event.at, step),
            (None, Step::Registered(priority)) => fold = Some(Fold::begin(plan, event.at, priority)),
            (None, _) => {}
        }
    }
    if let Some(fold) = &mut fold {
        fold.advance(at);
    }
    fold
}
