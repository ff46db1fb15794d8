//! How often the lines of one analyser were seen, in bounded memory.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::Timestamp;

use super::finding::{Evidence, Finding};
use super::line::Captures;

/// Evidence that is kept: the first lines and the last.
const MAX_FIRST: usize = 3;
/// Values of a capture that are told apart.
const MAX_GROUPS: usize = 256;

/// One line that was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sighting {
    pub(super) evidence: Evidence,
    pub(super) captures: Captures,
}

/// What one analyser has seen in one log, or in all of them.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// By the value that has to be the same, sorted; one group when nothing has to. A map of one entry is ten times as large.
    groups: Vec<(String, Group)>,
    /// Where a sequence stands, and since when.
    reached: usize,
    since: Option<Timestamp>,
    steps: Vec<Sighting>,
    /// Not every line was looked at, because there were too many.
    pub(super) at_least: bool,
}

#[derive(Debug, Default)]
struct Group {
    count: u64,
    first_at: Option<Timestamp>,
    last_at: Option<Timestamp>,
    first: Vec<Sighting>,
    last: Option<Sighting>,
    /// The times of the last lines, as many as are asked for.
    recent: VecDeque<Timestamp>,
    /// As many as are asked for stood in the span that is asked for.
    dense: bool,
    span_asked: bool,
}

impl Tally {
    /// Takes a line of a [`LogCondition`](super::table::LogCondition).
    pub(super) fn count(&mut self, key: &str, sighting: Sighting, count: u64, within: Option<Duration>) {
        let Some(group) = self.group(key) else { return };
        if let Some(within) = within {
            group.watch(sighting.evidence.at, count, within);
        }
        group.push(sighting);
    }

    /// The group of this value, unless there are too many.
    fn group(&mut self, key: &str) -> Option<&mut Group> {
        let at = match self.groups.binary_search_by(|(known, _)| known.as_str().cmp(key)) {
            Ok(at) => at,
            Err(_) if self.groups.len() >= MAX_GROUPS => {
                self.at_least = true;
                return None;
            }
            Err(at) => {
                if self.groups.is_empty() {
                    self.groups.reserve_exact(1);
                }
                self.groups.insert(at, (key.to_owned(), Group::default()));
                at
            }
        };
        Some(&mut self.groups[at].1)
    }

    /// Takes a line of step `step` of a sequence of `steps`.
    pub(super) fn follow(&mut self, step: usize, steps: usize, within: Option<Duration>, sighting: Sighting) {
        let at = sighting.evidence.at;
        let in_time = match (within, self.since, at) {
            (Some(within), Some(since), Some(at)) => at.duration_since(since).unsigned_abs() <= within,
            (Some(_), Some(_), None) => false,
            (Some(_) | None, None, _) | (None, ..) => true,
        };
        if step == 0 {
            (self.reached, self.since) = (1, at);
            self.steps.clear();
        } else if step == self.reached && in_time {
            self.reached += 1;
        } else {
            return;
        }
        self.steps.push(sighting);
        if self.reached == steps {
            self.reached = 0;
            let mut whole = std::mem::take(&mut self.steps).into_iter();
            let Some(group) = self.group("") else { return };
            let Some(first) = whole.next() else { return };
            // The lines of one sequence belong together: they count once.
            group.push(first);
            for step in whole {
                group.last_at = group.last_at.max(step.evidence.at);
                if group.count == 1 {
                    group.first.push(step);
                } else {
                    group.last = Some(step);
                }
            }
        }
    }

    /// Adds what was seen in another log.
    pub(super) fn merge(&mut self, other: Self) {
        self.at_least |= other.at_least;
        for (key, group) in other.groups {
            if let Some(own) = self.group(&key) {
                own.merge(group);
            }
        }
    }

    /// Writes the evidence into a finding, if there is enough of it.
    pub(super) fn tell(&self, enough: u64, finding: &mut Finding) -> Option<()> {
        let told = self
            .groups
            .iter()
            .map(|(_, group)| group)
            .filter(|group| if group.span_asked { group.dense } else { group.count >= enough });
        let group = told.reduce(|most, other| if other.count > most.count { other } else { most })?;
        finding.count = group.count;
        finding.at_least = self.at_least;
        finding.first_at = group.first_at;
        finding.last_at = group.last_at;
        for sighting in group.first.iter().chain(&group.last) {
            for (name, value) in &sighting.captures {
                finding.captures.entry(name.clone()).or_insert_with(|| value.clone());
            }
            if !finding.evidence.contains(&sighting.evidence) {
                finding.evidence.push(sighting.evidence.clone());
            }
        }
        Some(())
    }
}

impl Group {
    fn push(&mut self, sighting: Sighting) {
        let at = sighting.evidence.at;
        self.count += 1;
        self.first_at = earlier(self.first_at, at);
        self.last_at = self.last_at.max(at);
        if self.first.len() < MAX_FIRST {
            self.first.reserve_exact(1);
            self.first.push(sighting);
        } else {
            self.last = Some(sighting);
        }
    }

    fn watch(&mut self, at: Option<Timestamp>, count: u64, within: Duration) {
        self.span_asked = true;
        // Where no time is known, nothing can be said of a rate.
        let Some(at) = at else { return };
        self.recent.retain(|earlier| at.duration_since(*earlier).unsigned_abs() <= within);
        self.recent.push_back(at);
        self.dense |= self.recent.len() as u64 >= count;
        if self.dense {
            self.recent.clear();
        }
    }

    fn merge(&mut self, other: Self) {
        self.count += other.count;
        self.first_at = earlier(self.first_at, other.first_at);
        self.last_at = self.last_at.max(other.last_at);
        self.dense |= other.dense;
        self.span_asked |= other.span_asked;
        let mut all: Vec<Sighting> = std::mem::take(&mut self.first).into_iter().chain(other.first).collect();
        all.sort_by(|a, b| a.evidence.key().cmp(&b.evidence.key()));
        let surplus = all.split_off(all.len().min(MAX_FIRST));
        self.first = all;
        let last = self.last.take().into_iter().chain(other.last).chain(surplus);
        self.last = last.max_by(|a, b| a.evidence.key().cmp(&b.evidence.key()));
    }
}

fn earlier(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
