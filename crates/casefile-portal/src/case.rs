//! A ticket as it stands: its whole history folded, clocks and all. No I/O, no present.

use casefile::plan::{Clock, Plan};
use casefile::report::{Category, ReportBody};
use jiff::Timestamp;

use crate::clocks::{CLOCKS, Fold, Outcome, State, clock_name};
use crate::event::{Actor, Article, Closing, Erasure, Event, Kind, Relation, Verdict, Voiding};

/// Characters of a title in a list.
const MAX_TITLE_CHARS: usize = 300;

/// What all events of a ticket come to.
#[derive(Debug, Clone)]
pub(crate) struct Case<'a> {
    pub(crate) clocks: Fold<'a>,
    pub(crate) category: Category,
    pub(crate) triage: Option<Triage>,
    pub(crate) assignee: Option<String>,
    pub(crate) is_handed_over: bool,
    /// The customer wrote last.
    pub(crate) is_unanswered: bool,
    /// What the last proposed solution adds to the knowledge base.
    pub(crate) article: Option<Article>,
    pub(crate) closing: Option<Closing>,
    pub(crate) voiding: Option<Voiding>,
    pub(crate) links: Vec<(Relation, String)>,
    /// How often the customer did not accept a solution.
    pub(crate) reopened: usize,
    /// Since when it is closed or void.
    pub(crate) over_since: Option<Timestamp>,
    /// What was deleted of it, and when.
    pub(crate) erased: Option<(Erasure, Timestamp)>,
}

/// What triage found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Triage {
    pub(crate) at: Timestamp,
    pub(crate) by: Actor,
    pub(crate) login: Verdict,
    pub(crate) license: Verdict,
}

/// A promise that has to be kept next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Promise {
    pub(crate) clock: Clock,
    pub(crate) due: Timestamp,
    pub(crate) is_broken: bool,
}

impl<'a> Case<'a> {
    /// Folds the history as it is known at this instant. `None` before the ticket was registered.
    ///
    /// An instant before the last event is not looked at: what is written has happened, also when the clock of
    /// the portal was set back.
    pub(crate) fn of(plan: &'a Plan, body: &ReportBody, events: &[Event], now: Timestamp) -> Option<Self> {
        let mut events: Vec<_> = events.iter().collect();
        events.sort_by_key(|event| event.at);
        let mut case: Option<Self> = None;
        for event in &events {
            match (&mut case, &event.kind) {
                (None, Kind::Registered { priority }) => {
                    case = Some(Self::begin(Fold::begin(plan, event.at, *priority), body.category));
                }
                (None, _) => {}
                (Some(case), _) => case.apply(event),
            }
        }
        let last = events.last().map_or(now, |event| event.at);
        let mut case = case?;
        case.clocks.advance(now.max(last));
        Some(case)
    }

    fn begin(clocks: Fold<'a>, category: Category) -> Self {
        Self {
            clocks,
            category,
            triage: None,
            assignee: None,
            is_handed_over: false,
            is_unanswered: false,
            article: None,
            closing: None,
            voiding: None,
            links: Vec::new(),
            reopened: 0,
            over_since: None,
            erased: None,
        }
    }

    fn apply(&mut self, event: &Event) {
        let before = self.clocks.state();
        self.clocks.apply(event.at, event.kind.step());
        if event.kind.is_public() {
            self.is_unanswered = event.by == Actor::Customer;
        }
        match &event.kind {
            Kind::Triaged { category, login, license } => {
                let (at, by) = (event.at, event.by.clone());
                self.category = *category;
                self.triage = Some(Triage { at, by, login: *login, license: *license });
            }
            Kind::Assigned { to } => self.assignee.clone_from(to),
            Kind::HandedOver { .. } => self.is_handed_over = true,
            Kind::ResolutionProposed { article, .. } => {
                self.article = Some(article.clone().map_or(Article::NoneNeeded, Article::Linked));
            }
            Kind::ResolutionRejected { .. } if before != self.clocks.state() => self.reopened += 1,
            Kind::Closed { how } if self.clocks.state() == State::Closed => self.closing = Some(*how),
            Kind::Voided { why } if before != self.clocks.state() => self.voiding = Some(*why),
            Kind::Linked { relation, ticket } => self.links.push((*relation, ticket.clone())),
            Kind::Erased { what } if self.erased.is_none_or(|(known, _)| known < *what) => {
                self.erased = Some((*what, event.at));
            }
            _ => {}
        }
        if self.is_over() && self.over_since.is_none() {
            self.over_since = Some(event.at);
        }
    }

    /// Whether nothing changes its clocks any more.
    pub(crate) fn is_over(&self) -> bool {
        matches!(self.clocks.state(), State::Closed | State::Voided)
    }

    /// Whether nothing that a person wrote is left of it.
    pub(crate) fn is_erased(&self) -> bool {
        self.erased.is_some_and(|(what, _)| what == Erasure::Everything)
    }

    /// The promise that support has to keep next; one that is broken stays until it is fulfilled all the same.
    pub(crate) fn next_promise(&self) -> Option<Promise> {
        if self.is_over() {
            return None;
        }
        let open = CLOCKS.into_iter().filter_map(|clock| {
            let tally = self.clocks.clock(clock);
            let is_broken = match tally.outcome() {
                Outcome::Open => false,
                Outcome::Breached if !tally.is_stopped() => true,
                _ => return None,
            };
            let due = tally.due().or(tally.breached_at())?;
            Some(Promise { clock, due, is_broken })
        });
        open.min_by_key(|promise| (promise.due, promise.clock))
    }

    /// The ticket that goes on where this one was closed.
    pub(crate) fn follow_up(&self) -> Option<&str> {
        let found = self.links.iter().find(|(relation, _)| *relation == Relation::FollowedBy);
        found.map(|(_, ticket)| ticket.as_str())
    }
}

/// One line of the list of tickets: what a [`Case`] comes to, for sorting and counting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) state: String,
    pub(crate) priority: String,
    pub(crate) category: String,
    pub(crate) kind: String,
    pub(crate) assignee: Option<String>,
    pub(crate) due: Option<(Timestamp, &'static str)>,
    pub(crate) is_late: bool,
    pub(crate) is_unanswered: bool,
    pub(crate) is_handed_over: bool,
    pub(crate) changes_at: Option<Timestamp>,
    pub(crate) over_since: Option<Timestamp>,
    pub(crate) is_spam: bool,
    pub(crate) title: String,
    pub(crate) app: String,
}

impl Standing {
    /// Sums up a case.
    pub(crate) fn of(case: &Case<'_>, body: &ReportBody) -> Self {
        let promise = case.next_promise();
        Self {
            state: word(case.clocks.state()),
            priority: case.clocks.priority().as_str().to_owned(),
            category: case.category.as_str().to_owned(),
            kind: word(body.kind),
            assignee: case.assignee.clone(),
            due: promise.map(|promise| (promise.due, clock_name(promise.clock))),
            is_late: promise.is_some_and(|promise| promise.is_broken),
            is_unanswered: case.is_unanswered && !case.is_over(),
            is_handed_over: case.is_handed_over && !case.is_over(),
            changes_at: if case.is_over() { None } else { case.clocks.next_change() },
            over_since: case.over_since,
            is_spam: case.voiding == Some(Voiding::Spam),
            title: body.title.chars().take(MAX_TITLE_CHARS).collect(),
            app: format!("{} {}", body.app.name, body.app.version),
        }
    }
}

/// The word that JSON uses.
pub(crate) fn word(value: impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use casefile::report::Priority;
    use jiff::SignedDuration;

    fn body() -> ReportBody {
        serde_json::from_str(
            r#"{"title":"t","description":"d","priority":"P1","category":"runtime","language":"en",
            "app":{"id":"a","name":"n","version":"1"}}"#,
        )
        .unwrap()
    }

    fn at(minutes: i64) -> Timestamp {
        "2026-11-24T10:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
    }

    fn event(minutes: i64, by: Actor, kind: Kind) -> Event {
        Event { at: at(minutes), by, kind }
    }

    #[test]
    fn a_broken_promise_stays_in_front_until_it_is_fulfilled() {
        let plan = Plan::default();
        let mut events = vec![event(0, Actor::Customer, Kind::Registered { priority: Priority::P1 })];
        let promise = |events: &[Event], minutes| {
            Case::of(&plan, &body(), events, at(minutes)).unwrap().next_promise().unwrap()
        };
        let response = |is_broken| Promise { clock: Clock::Response, due: at(60), is_broken };
        assert_eq!(promise(&events, 60), response(false));
        assert_eq!(promise(&events, 100), response(true));
        events.push(event(110, Actor::Staff("a".into()), Kind::StaffReplied { text: "x".into() }));
        assert_eq!(
            promise(&events, 120),
            Promise { clock: Clock::Workaround, due: at(240), is_broken: false }
        );
    }

    #[test]
    fn a_clock_of_the_portal_that_was_set_back_unhappens_nothing() {
        let plan = Plan::default();
        let events = [
            event(0, Actor::Customer, Kind::Registered { priority: Priority::P1 }),
            event(90, Actor::Staff("a".into()), Kind::AskedCustomer { text: "x".into() }),
        ];
        let case = Case::of(&plan, &body(), &events, at(10)).unwrap();
        assert_eq!(case.clocks.state(), State::Waiting);
        assert!(case.clocks.clock(Clock::Response).breached_at().is_some());
    }
}
