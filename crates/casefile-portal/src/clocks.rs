//! The three clocks of a ticket: a pure fold of its history and the plan it was registered under. No I/O, and no
//! present: how late it is, is told.
//!
//! [`Fold`] takes one event after the other. How often it is asked in between changes nothing: a breach is
//! dated at the instant at which it became true, whenever somebody looks.

mod history;
mod ledger;
mod tally;

use casefile::plan::{Clock, Plan};
use casefile::report::Priority;
use jiff::Timestamp;
use serde::Serialize;

pub(crate) use self::history::{Occurrence, replay};
pub(crate) use self::ledger::{Change, Line};
pub(crate) use self::tally::{Outcome, Tally};

/// All clocks, in the order people see.
pub(crate) const CLOCKS: [Clock; 3] = [Clock::Response, Clock::Workaround, Clock::Resolution];

/// The word for a clock on the wire.
pub(crate) fn clock_name(clock: Clock) -> &'static str {
    match clock {
        Clock::Response => "response",
        Clock::Workaround => "workaround",
        Clock::Resolution => "resolution",
    }
}

/// What an event means to the clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The ticket begins.
    Registered(Priority),
    /// Automation, and work that nobody outside sees: no clock cares.
    Neutral,
    PrioritySet(Priority),
    /// A person answered in public, or took a call.
    StaffReplied,
    /// A public question: the ticket waits for the customer.
    AskedCustomer,
    CustomerReplied,
    WorkaroundOffered,
    WorkaroundRejected,
    ResolutionProposed,
    ResolutionRejected,
    Closed,
    /// Spam or a duplicate.
    Voided,
}

/// How a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// Nobody has answered yet.
    Registered,
    /// Support works on it.
    Open,
    /// Support asked and the customer has not replied: two clocks pause.
    Waiting,
    /// A solution waits for an objection.
    Proposed,
    Closed,
    Voided,
}

/// A ticket's clocks as they stand after the events so far.
#[derive(Debug, Clone)]
pub(crate) struct Fold<'a> {
    plan: &'a Plan,
    registered_at: Timestamp,
    priority: Priority,
    phase: Phase,
    paused: bool,
    /// A workaround was offered and nobody has rejected it.
    workaround_stands: bool,
    tallies: [Tally; 3],
    notices: Vec<Notice>,
    ledger: Vec<Line>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Working,
    Proposed { at: Timestamp },
    Closed,
    Voided,
}

/// Somebody has to be told. `(rule, clock, to)` is unique in a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) at: Timestamp,
    pub(crate) clock: Clock,
    pub(crate) rule: Rule,
    /// A role, or [`ASSIGNEE`].
    pub(crate) to: String,
}

/// Why somebody is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Rule {
    /// A share of the target has run.
    Warning(u8),
    /// An escalation of the plan, by its id.
    Escalation(String),
}

/// Whom a warning goes to.
pub(crate) const ASSIGNEE: &str = "assignee";

impl<'a> Fold<'a> {
    /// Starts the clocks.
    pub(crate) fn begin(plan: &'a Plan, at: Timestamp, priority: Priority) -> Self {
        let mut fold = Self {
            plan,
            registered_at: at,
            priority,
            phase: Phase::Working,
            paused: false,
            workaround_stands: false,
            tallies: [Tally::default(), Tally::default(), Tally::default()],
            notices: Vec::new(),
            ledger: Vec::new(),
        };
        for clock in CLOCKS {
            fold.run(clock, at, Change::Started);
        }
        fold
    }

    /// Takes the next event; `at` must not lie before the one before it.
    pub(crate) fn apply(&mut self, at: Timestamp, step: Step) {
        self.advance(at);
        if matches!(self.phase, Phase::Closed | Phase::Voided) {
            return;
        }
        match step {
            Step::Registered(_) | Step::Neutral => {}
            Step::PrioritySet(priority) => self.set_priority(at, priority),
            Step::StaffReplied => self.stop(Clock::Response, at),
            Step::AskedCustomer => {
                self.stop(Clock::Response, at);
                self.pause(at);
            }
            Step::CustomerReplied => self.end_pause(at),
            Step::WorkaroundOffered => {
                self.stop(Clock::Response, at);
                self.stop(Clock::Workaround, at);
                self.workaround_stands = true;
            }
            Step::WorkaroundRejected => {
                if self.phase == Phase::Working && std::mem::take(&mut self.workaround_stands) {
                    self.end_pause(at);
                    self.run(Clock::Workaround, at, Change::Resumed);
                }
            }
            Step::ResolutionProposed => {
                for clock in CLOCKS {
                    self.stop(clock, at);
                }
                self.paused = false;
                self.phase = Phase::Proposed { at };
            }
            Step::ResolutionRejected => self.reject_resolution(at),
            Step::Closed => {
                if matches!(self.phase, Phase::Proposed { .. }) {
                    self.phase = Phase::Closed;
                }
            }
            Step::Voided => {
                for clock in CLOCKS {
                    if self.tallies[clock as usize].void(at, self.plan) {
                        self.note(clock, at, Change::Voided);
                    }
                }
                self.paused = false;
                self.phase = Phase::Voided;
            }
        }
        self.escalate(at);
    }

    /// Lets time pass: what became true before this instant is dated and kept. A clock at its due instant is
    /// not late yet.
    pub(crate) fn advance(&mut self, to: Timestamp) {
        let mut late: Vec<_> = CLOCKS
            .into_iter()
            .filter_map(|clock| Some((self.tallies[clock as usize].late_by(to)?, clock)))
            .collect();
        late.sort_unstable();
        for clock in CLOCKS {
            self.warn(clock, to);
        }
        for (at, clock) in late {
            self.tallies[clock as usize].breach(at, self.registered_at, self.priority);
            self.note(clock, at, Change::Breached);
            self.escalate(at);
        }
    }

    fn set_priority(&mut self, at: Timestamp, priority: Priority) {
        if priority == self.priority {
            return;
        }
        self.priority = priority;
        for clock in CLOCKS {
            let before = self.tallies[clock as usize].target();
            if !self.tallies[clock as usize].retarget(at, clock, priority, self.plan) {
                continue;
            }
            if before != self.tallies[clock as usize].target() {
                self.note(clock, at, Change::Retargeted(priority));
            }
            self.judge(clock, at);
        }
    }

    fn stop(&mut self, clock: Clock, at: Timestamp) {
        if self.tallies[clock as usize].stop(at, self.plan, self.registered_at, self.priority) {
            self.note(clock, at, Change::Stopped);
        }
    }

    fn pause(&mut self, at: Timestamp) {
        if self.paused || self.phase != Phase::Working {
            return;
        }
        self.paused = true;
        for clock in [Clock::Workaround, Clock::Resolution] {
            if self.tallies[clock as usize].pause(at, self.plan) {
                self.note(clock, at, Change::Paused);
            }
        }
    }

    fn end_pause(&mut self, at: Timestamp) {
        if !std::mem::take(&mut self.paused) {
            return;
        }
        for clock in [Clock::Workaround, Clock::Resolution] {
            if !self.tallies[clock as usize].is_stopped() {
                self.run(clock, at, Change::Resumed);
            }
        }
    }

    fn reject_resolution(&mut self, at: Timestamp) {
        let Phase::Proposed { at: proposed } = self.phase else { return };
        // Later, only the event that closes it is missing.
        if proposed.checked_add(self.plan.closes_after).is_ok_and(|end| at > end) {
            return;
        }
        self.phase = Phase::Working;
        self.run(Clock::Resolution, at, Change::Resumed);
    }

    /// Starts a clock, or lets it go on, under the target of the present priority.
    fn run(&mut self, clock: Clock, at: Timestamp, change: Change) {
        self.tallies[clock as usize].run(at, clock, self.priority, self.plan);
        self.note(clock, at, change);
        self.judge(clock, at);
    }

    /// Looks at a clock that has a new target.
    fn judge(&mut self, clock: Clock, at: Timestamp) {
        if self.tallies[clock as usize].is_over(at, self.plan) {
            self.tallies[clock as usize].breach(at, self.registered_at, self.priority);
            self.note(clock, at, Change::Breached);
        } else {
            self.warn(clock, at);
        }
    }

    fn warn(&mut self, clock: Clock, to: Timestamp) {
        for (at, percent) in self.tallies[clock as usize].warnings(to, self.plan) {
            let rule = Rule::Warning(percent);
            self.notices.push(Notice { at, clock, rule, to: ASSIGNEE.to_owned() });
        }
    }

    /// Tells whom the plan names, once, as soon as all conditions of a rule hold together.
    fn escalate(&mut self, at: Timestamp) {
        if self.phase != Phase::Working {
            return;
        }
        for rule in &self.plan.escalations {
            let applies = rule.priorities.contains(&self.priority)
                && self.tallies[rule.clock as usize].breached_at().is_some();
            let id = Rule::Escalation(rule.id.clone());
            if applies && self.notices.iter().all(|notice| notice.rule != id) {
                for to in &rule.to {
                    let (rule_id, to) = (id.clone(), to.clone());
                    self.notices.push(Notice { at, clock: rule.clock, rule: rule_id, to });
                }
            }
        }
    }

    fn note(&mut self, clock: Clock, at: Timestamp, change: Change) {
        let line = self.tallies[clock as usize].line(clock, at, change, self.plan);
        self.ledger.push(line);
    }
}

/// What the fold knows.
impl Fold<'_> {
    pub(crate) fn registered_at(&self) -> Timestamp {
        self.registered_at
    }

    pub(crate) fn priority(&self) -> Priority {
        self.priority
    }

    pub(crate) fn state(&self) -> State {
        match self.phase {
            Phase::Working if self.paused => State::Waiting,
            Phase::Working if self.clock(Clock::Response).is_stopped() => State::Open,
            Phase::Working => State::Registered,
            Phase::Proposed { .. } => State::Proposed,
            Phase::Closed => State::Closed,
            Phase::Voided => State::Voided,
        }
    }

    pub(crate) fn is_paused(&self) -> bool {
        self.paused
    }

    /// Whether a workaround stands that nobody has rejected.
    pub(crate) fn has_workaround(&self) -> bool {
        self.phase == Phase::Working && self.workaround_stands
    }

    pub(crate) fn clock(&self, clock: Clock) -> &Tally {
        &self.tallies[clock as usize]
    }

    /// Who has to be told what, in the order in which it became true.
    pub(crate) fn notices(&self) -> Vec<Notice> {
        let mut notices = self.notices.clone();
        notices.sort_by_key(|notice| notice.at);
        notices
    }

    /// Everything that happened to the clocks, line by line.
    pub(crate) fn ledger(&self) -> &[Line] {
        &self.ledger
    }

    /// When a proposed solution closes the ticket, if nobody objects.
    pub(crate) fn closes_at(&self) -> Option<Timestamp> {
        match self.phase {
            Phase::Proposed { at } => at.checked_add(self.plan.closes_after).ok(),
            _ => None,
        }
    }

    /// The next promise that falls due.
    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        let open = self.tallies.iter().filter(|tally| tally.outcome() == Outcome::Open);
        open.filter_map(Tally::due).min()
    }

    /// The earliest instant after which the passing of time alone makes something true.
    pub(crate) fn next_change(&self) -> Option<Timestamp> {
        let clocks = self.tallies.iter().filter_map(|tally| tally.next_change(self.plan));
        clocks.chain(self.closes_at()).min()
    }
}

#[cfg(test)]
mod tests;
