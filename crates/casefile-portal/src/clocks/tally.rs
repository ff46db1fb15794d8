//! One clock: how long it has run, what it may, and how it was decided.

use casefile::plan::{Calendar, Clock, Plan};
use casefile::report::Priority;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::ledger::{Change, Line};

/// How a promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// Not decided: it may still be kept.
    Open,
    /// Stopped in time.
    Met,
    /// Late. It stays late.
    Breached,
    /// Spam or a duplicate: never judged.
    Void,
    /// Nothing is promised.
    None,
}

/// Time that one clock has used, and its target.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    target: Option<SignedDuration>,
    /// Whose calendar counts since `since`.
    priority: Option<Priority>,
    /// Running since then; `None` while it is paused or stopped.
    since: Option<Timestamp>,
    /// Used up before `since`.
    banked: SignedDuration,
    /// The stretches that make up `banked`.
    runs: Vec<Run>,
    stopped_at: Option<Timestamp>,
    due: Option<Timestamp>,
    breached_at: Option<Timestamp>,
    voided: bool,
    /// The highest share of the target that was warned of.
    warned: u8,
    decision: Option<Decision>,
    first_stop: Option<Stop>,
}

/// A stretch in which the clock ran.
#[derive(Debug, Clone, Copy)]
struct Run {
    from: Timestamp,
    to: Timestamp,
    priority: Priority,
}

/// How a clock was decided the first time. This is what reports count: a month that is over never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) at: Timestamp,
    pub(crate) is_met: bool,
    pub(crate) priority: Priority,
}

/// The first time that a clock stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stop {
    pub(crate) at: Timestamp,
    pub(crate) priority: Priority,
    /// Time by the clock.
    pub(crate) elapsed: SignedDuration,
    /// Time on the wall, since the registration.
    pub(crate) wall: SignedDuration,
}

impl Tally {
    pub(crate) fn outcome(&self) -> Outcome {
        match (self.voided, self.breached_at, self.target, self.stopped_at) {
            (true, ..) => Outcome::Void,
            (_, Some(_), ..) => Outcome::Breached,
            (_, _, None, _) => Outcome::None,
            (_, _, _, Some(_)) => Outcome::Met,
            _ => Outcome::Open,
        }
    }

    pub(crate) fn target(&self) -> Option<SignedDuration> {
        self.target
    }

    /// The earliest instant at which it has run for its target, if it goes on as it does; of a clock that was
    /// stopped, if it had gone on. A paused clock has none.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        self.due
    }

    pub(crate) fn stopped_at(&self) -> Option<Timestamp> {
        self.stopped_at
    }

    pub(crate) fn breached_at(&self) -> Option<Timestamp> {
        self.breached_at
    }

    pub(crate) fn decision(&self) -> Option<Decision> {
        self.decision
    }

    pub(crate) fn first_stop(&self) -> Option<Stop> {
        self.first_stop
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped_at.is_some()
    }

    /// How long it has run.
    pub(crate) fn elapsed(&self, at: Timestamp, plan: &Plan) -> SignedDuration {
        let running = self.since.map(|since| self.calendar(plan).running(since, at));
        self.banked.saturating_add(running.unwrap_or_default())
    }

    /// The earliest instant after which the passing of time alone changes something.
    pub(super) fn next_change(&self, plan: &Plan) -> Option<Timestamp> {
        if self.breached_at.is_some() {
            return None;
        }
        let warning = plan.warn_at_percent.iter().find(|percent| **percent > self.warned);
        let warning = warning.and_then(|percent| self.reaches(*percent, plan));
        warning.into_iter().chain(self.since.and(self.due)).min()
    }

    fn calendar<'a>(&self, plan: &'a Plan) -> &'a Calendar {
        // A clock runs only after it was given a priority; before that nothing is counted.
        &plan.level(self.priority.unwrap_or(Priority::P1)).calendar
    }
}

/// What the fold does with it.
impl Tally {
    /// Goes on, or begins, under the target of this priority. A breached clock keeps its breach.
    pub(super) fn run(&mut self, at: Timestamp, clock: Clock, priority: Priority, plan: &Plan) {
        self.stopped_at = None;
        self.since = Some(at);
        self.aim(at, clock, priority, plan);
    }

    /// Takes the target of this priority, if it is not decided; true when it may have to be judged.
    pub(super) fn retarget(&mut self, at: Timestamp, clock: Clock, priority: Priority, plan: &Plan) -> bool {
        if self.is_stopped() {
            return false;
        }
        let is_running = self.since.is_some();
        self.bank(at, plan);
        self.since = is_running.then_some(at);
        self.aim(at, clock, priority, plan);
        self.breached_at.is_none()
    }

    fn aim(&mut self, at: Timestamp, clock: Clock, priority: Priority, plan: &Plan) {
        self.priority = Some(priority);
        if self.breached_at.is_some() {
            return;
        }
        let targets = plan.level(priority).targets;
        self.target = match clock {
            Clock::Response => Some(targets.response),
            Clock::Workaround => targets.workaround,
            Clock::Resolution => targets.resolution,
        };
        // A paused clock has no due instant, unless that lies behind it already.
        self.due = match self.since {
            Some(_) => self.reaches_target(at, plan),
            None => self.target.and_then(|target| self.was_at(target, plan)),
        };
    }

    /// True when it ran.
    pub(super) fn pause(&mut self, at: Timestamp, plan: &Plan) -> bool {
        let ran = self.since.is_some();
        self.bank(at, plan);
        if ran && self.breached_at.is_none() {
            self.due = None;
        }
        ran
    }

    /// True when it was not stopped already.
    pub(super) fn stop(
        &mut self,
        at: Timestamp,
        plan: &Plan,
        registered_at: Timestamp,
        priority: Priority,
    ) -> bool {
        if self.is_stopped() {
            return false;
        }
        self.bank(at, plan);
        self.stopped_at = Some(at);
        if self.breached_at.is_none() {
            self.due = self.reaches_target(at, plan);
            if self.target.is_some() {
                self.decision.get_or_insert(Decision { at, is_met: true, priority });
            }
        }
        let (elapsed, wall) = (self.banked, at.duration_since(registered_at));
        self.first_stop.get_or_insert(Stop { at, priority, elapsed, wall });
        true
    }

    /// True when it was not decided: what was met or late stays so.
    pub(super) fn void(&mut self, at: Timestamp, plan: &Plan) -> bool {
        self.bank(at, plan);
        if self.is_stopped() || self.breached_at.is_some() {
            return false;
        }
        self.due = None;
        self.voided = true;
        true
    }

    /// The instant at which it became late, if that lies before `now` and nobody has noticed yet.
    pub(super) fn late_by(&self, now: Timestamp) -> Option<Timestamp> {
        self.since.filter(|_| self.breached_at.is_none())?;
        self.due.filter(|due| *due < now)
    }

    /// Whether it has run longer than its new target.
    pub(super) fn is_over(&self, at: Timestamp, plan: &Plan) -> bool {
        self.breached_at.is_none() && self.target.is_some_and(|target| self.elapsed(at, plan) > target)
    }

    /// Makes it late, for ever.
    pub(super) fn breach(&mut self, at: Timestamp, registered_at: Timestamp, priority: Priority) {
        debug_assert!(at >= registered_at, "nothing is late before it begins");
        self.breached_at = Some(at);
        self.decision.get_or_insert(Decision { at, is_met: false, priority });
    }

    /// Shares of the target that were reached before `to` and not warned of yet. When a raise jumps over several,
    /// the highest stands for all.
    pub(super) fn warnings(&mut self, to: Timestamp, plan: &Plan) -> Vec<(Timestamp, u8)> {
        let mut reached: Vec<(Timestamp, u8)> = Vec::new();
        if self.breached_at.is_some() || self.since.is_none() {
            return reached;
        }
        for percent in plan.warn_at_percent.iter().filter(|percent| **percent > self.warned) {
            let Some(at) = self.reaches(*percent, plan).filter(|at| *at < to) else { break };
            reached.retain(|(earlier, _)| *earlier < at);
            reached.push((at, *percent));
        }
        if let Some((_, percent)) = reached.last() {
            self.warned = *percent;
        }
        reached
    }

    pub(super) fn line(&self, clock: Clock, at: Timestamp, change: Change, plan: &Plan) -> Line {
        Line { at, clock, change, elapsed: self.elapsed(at, plan), target: self.target, due: self.due }
    }

    fn bank(&mut self, at: Timestamp, plan: &Plan) {
        let Some(from) = self.since else { return };
        self.banked = self.elapsed(at, plan);
        if let Some(priority) = self.priority {
            self.runs.push(Run { from, to: at, priority });
        }
        self.since = None;
    }

    /// When the target is used up, for a clock that goes on from `at`; in the past if it is over already.
    fn reaches_target(&self, at: Timestamp, plan: &Plan) -> Option<Timestamp> {
        let target = self.target?;
        self.was_at(target, plan).or_else(|| {
            let left = target.checked_sub(self.banked)?;
            self.calendar(plan).due(at, left)
        })
    }

    /// When this share of the target is used up, if the clock goes on as it does; the instant from which it runs
    /// when that was earlier.
    fn reaches(&self, percent: u8, plan: &Plan) -> Option<Timestamp> {
        let (since, target) = (self.since?, self.target?);
        let share = target.checked_mul(i32::from(percent))?.checked_div(100)?;
        let left = share.checked_sub(self.banked)?;
        if left.is_negative() { Some(since) } else { self.calendar(plan).due(since, left) }
    }

    /// The instant in the past at which it had run this long and went on running.
    fn was_at(&self, length: SignedDuration, plan: &Plan) -> Option<Timestamp> {
        let mut left = length;
        for run in &self.runs {
            let calendar = &plan.level(run.priority).calendar;
            let ran = calendar.running(run.from, run.to);
            if left < ran {
                return calendar.due(run.from, left);
            }
            left = left.checked_sub(ran)?;
        }
        None
    }
}
