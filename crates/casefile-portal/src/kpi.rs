//! Monthly reports and quarterly reviews: pure functions of tickets' histories and a period. No I/O, no present.
//!
//! A period is seen from its end: what happened later is not looked at. So a month that is over never changes.

mod csv;
mod period;
mod sheet;

use std::collections::BTreeMap;

use casefile::plan::{Clock, Plan};
use casefile::report::{Kind as ReportKind, Priority, ReportBody};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub(crate) use self::csv::as_csv;
pub(crate) use self::period::Period;
pub(crate) use self::sheet::{Sheet, Times};
use crate::case::{Case, word};
use crate::clocks::{CLOCKS, Rule, clock_name};
use crate::event::{Article, Event, Kind, Voiding};

/// Everything that is counted in a period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) period: String,
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    /// Whether the period is over: then this never changes.
    pub(crate) is_complete: bool,
    pub(crate) incidents: u64,
    pub(crate) change_requests: u64,
    pub(crate) by_requested_priority: BTreeMap<String, u64>,
    pub(crate) by_priority: BTreeMap<String, u64>,
    pub(crate) by_category: BTreeMap<String, u64>,
    pub(crate) by_channel: BTreeMap<String, u64>,
    pub(crate) by_version: BTreeMap<String, u64>,
    pub(crate) by_os: BTreeMap<String, u64>,
    pub(crate) with_diagnostics: u64,
    pub(crate) closed: u64,
    pub(crate) closed_with_article: u64,
    pub(crate) reopened: u64,
    /// For each clock and priority: how it was decided in the period, and how long it took.
    pub(crate) clocks: Vec<Sheet>,
    pub(crate) escalations: BTreeMap<String, u64>,
    /// Seconds from an escalation to its acknowledgement.
    pub(crate) acknowledgement: Times,
    /// Tickets that were open at the end, and how old they were, in seconds.
    pub(crate) backlog: u64,
    pub(crate) backlog_age: Times,
}

/// Counts ticket after ticket.
#[derive(Debug)]
pub(crate) struct Count {
    period: Period,
    end: Timestamp,
    report: Report,
    sheets: BTreeMap<(Clock, Priority), Tally>,
    acknowledgement: Vec<i64>,
    ages: Vec<i64>,
}

#[derive(Debug, Default)]
struct Tally {
    met: u64,
    breached: u64,
    sla: Vec<i64>,
    wall: Vec<i64>,
}

impl Count {
    /// Begins to count a period as it is known at this instant.
    pub(crate) fn begin(period: Period, now: Timestamp) -> Self {
        let end = period.to.min(now);
        let report = Report {
            period: period.name.clone(),
            from: period.from,
            to: period.to,
            is_complete: period.to <= now,
            incidents: 0,
            change_requests: 0,
            by_requested_priority: zeros(),
            by_priority: zeros(),
            by_category: BTreeMap::new(),
            by_channel: BTreeMap::new(),
            by_version: BTreeMap::new(),
            by_os: BTreeMap::new(),
            with_diagnostics: 0,
            closed: 0,
            closed_with_article: 0,
            reopened: 0,
            clocks: Vec::new(),
            escalations: BTreeMap::new(),
            acknowledgement: Times::of(Vec::new()),
            backlog: 0,
            backlog_age: Times::of(Vec::new()),
        };
        let (sheets, acknowledgement, ages) = (BTreeMap::new(), Vec::new(), Vec::new());
        Self { period, end, report, sheets, acknowledgement, ages }
    }

    /// Counts one ticket, as it was at the end of the period.
    pub(crate) fn add(&mut self, plan: &Plan, body: &ReportBody, events: &[Event]) {
        let known: Vec<_> = events.iter().filter(|event| event.at < self.end).cloned().collect();
        let Some(case) = Case::of(plan, body, &known, self.end) else { return };
        if matches!(case.voiding, Some(Voiding::Spam | Voiding::Duplicate)) {
            return;
        }
        let registered_at = case.clocks.registered_at();
        if body.kind == ReportKind::ChangeRequest {
            self.report.change_requests += u64::from(self.period.holds(registered_at));
            return;
        }
        if self.period.holds(registered_at) {
            self.count_incident(&case, body, &known);
        }
        self.count_clocks(&case);
        self.count_escalations(&case, &known);
        for event in known.iter().filter(|event| self.period.holds(event.at)) {
            match event.kind {
                Kind::Closed { .. } if case.closing.is_some() => {
                    self.report.closed += 1;
                    let linked = matches!(case.article, Some(Article::Linked(_)));
                    self.report.closed_with_article += u64::from(linked);
                }
                Kind::ResolutionRejected { .. } => self.report.reopened += 1,
                _ => {}
            }
        }
        if !case.is_over() {
            self.report.backlog += 1;
            self.ages.push(self.end.duration_since(registered_at).as_secs());
        }
    }

    /// The whole.
    pub(crate) fn finish(mut self) -> Report {
        for clock in CLOCKS {
            for priority in Priority::ALL {
                let tally = self.sheets.remove(&(clock, priority)).unwrap_or_default();
                self.report.clocks.push(Sheet::of(
                    (clock_name(clock), priority),
                    (tally.met, tally.breached),
                    tally.sla,
                    tally.wall,
                ));
            }
        }
        self.report.acknowledgement = Times::of(self.acknowledgement);
        self.report.backlog_age = Times::of(self.ages);
        self.report
    }

    fn count_incident(&mut self, case: &Case<'_>, body: &ReportBody, events: &[Event]) {
        let report = &mut self.report;
        report.incidents += 1;
        let mut one = |map: fn(&mut Report) -> &mut BTreeMap<String, u64>, name: String| {
            *map(report).entry(name).or_default() += 1;
        };
        one(|report| &mut report.by_requested_priority, body.priority.to_string());
        one(|report| &mut report.by_priority, case.clocks.priority().to_string());
        one(|report| &mut report.by_category, case.category.to_string());
        let channel = body.other.get("channel").and_then(|value| value.as_str()).unwrap_or("portal");
        one(|report| &mut report.by_channel, channel.to_owned());
        one(|report| &mut report.by_version, format!("{} {}", body.app.name, body.app.version));
        let os = body.system.as_ref().and_then(|system| system.get("os"));
        let os = os.map(|os| os.as_str().map_or_else(|| word(os), str::to_owned));
        one(
            |report| &mut report.by_os,
            os.filter(|os| !os.is_empty()).unwrap_or_else(|| "unknown".to_owned()),
        );
        let attached = events.iter().any(|event| matches!(event.kind, Kind::EvidenceReceived { .. }));
        self.report.with_diagnostics += u64::from(attached);
    }

    /// A clock is counted once, when it was decided; how long it took, when it first stopped.
    fn count_clocks(&mut self, case: &Case<'_>) {
        for clock in CLOCKS {
            let tally = case.clocks.clock(clock);
            if let Some(decision) = tally.decision().filter(|decision| self.period.holds(decision.at)) {
                let sheet = self.sheets.entry((clock, decision.priority)).or_default();
                let side = if decision.is_met { &mut sheet.met } else { &mut sheet.breached };
                *side += 1;
            }
            if let Some(stop) = tally.first_stop().filter(|stop| self.period.holds(stop.at)) {
                let sheet = self.sheets.entry((clock, stop.priority)).or_default();
                sheet.sla.push(stop.elapsed.as_secs());
                sheet.wall.push(stop.wall.as_secs());
            }
        }
    }

    fn count_escalations(&mut self, case: &Case<'_>, events: &[Event]) {
        for notice in case.clocks.notices() {
            let Rule::Escalation(id) = &notice.rule else { continue };
            if !self.period.holds(notice.at) {
                continue;
            }
            *self.report.escalations.entry(format!("{id} {}", notice.to)).or_default() += 1;
            let seen = events.iter().find(|event| {
                matches!(&event.kind, Kind::Acknowledged { rule, to, .. } if rule == id && *to == notice.to)
            });
            if let Some(seen) = seen {
                self.acknowledgement.push(seen.at.duration_since(notice.at).as_secs());
            }
        }
    }
}

fn zeros() -> BTreeMap<String, u64> {
    Priority::ALL.into_iter().map(|priority| (priority.to_string(), 0)).collect()
}

#[cfg(test)]
mod tests;
