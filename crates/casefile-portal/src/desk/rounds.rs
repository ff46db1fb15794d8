//! What the passing of time does: warnings, broken promises, escalations, tickets that close by themselves.
//!
//! A round may be late or run twice: facts are dated by the fold, and each notice has a key in the database.

use jiff::Timestamp;

use super::Desk;
use crate::case::Case;
use crate::clocks::{CLOCKS, State, clock_name};
use crate::event::{Actor, Closing, Kind};
use crate::problem::Problem;
use crate::store::{NoticeRow, NoticeState, StaffRow, write};

/// Tickets that are looked at in one turn.
const BATCH: i64 = 100;
/// Turns of one round; what is left waits for the next one.
const TURNS: usize = 100;

impl Desk {
    /// Looks after everything that became due by now.
    pub(crate) async fn round(&self) -> Result<(), Problem> {
        let now = self.now();
        for _ in 0..TURNS {
            let tickets = self.store.changed_by_time(now, BATCH).await?;
            for ticket in &tickets {
                self.pass_time(*ticket).await?;
            }
            if tickets.len() < usize::try_from(BATCH).unwrap_or(usize::MAX) {
                break;
            }
        }
        let staff = self.store.all_staff().await?;
        for _ in 0..TURNS {
            let notices = self.store.notices_in(NoticeState::Pending, BATCH).await?;
            for notice in &notices {
                self.send(notice, &staff, now).await?;
            }
            if notices.is_empty() {
                break;
            }
        }
        self.heartbeat(now);
        Ok(())
    }

    async fn pass_time(&self, id: i64) -> Result<(), Problem> {
        let ticket = self.store.ticket_of_id(id).await?;
        let mut change = self.store.begin().await?;
        let mut open = self.open_ticket(&mut change, &ticket).await?;
        // An objection at the last instant still counts, so it closes after it.
        let closes_at = open.case()?.clocks.closes_at().filter(|at| *at < open.now);
        if let Some(at) = closes_at {
            let kind = Kind::Closed { how: Closing::Silence };
            open.append(&mut change, &format!("closed:{at}"), Actor::Portal, kind).await?;
            tracing::info!(ticket = %ticket.number, "closed: nobody objected");
        }
        self.settle_standing(&mut change, &mut open).await?;
        Ok(change.commit().await?)
    }

    /// Tells somebody, unless there is nothing to tell any more.
    async fn send(&self, notice: &NoticeRow, staff: &[StaffRow], now: Timestamp) -> Result<(), Problem> {
        let ticket = self.store.ticket_of_id(notice.ticket).await?;
        let plan = self.plan_of(&ticket).await?;
        let events = self.store.events(ticket.id).await?;
        let case = Case::of(&plan, &ticket.body, &events, now).ok_or_else(Problem::not_found)?;
        let state = if is_moot(&case, notice) { NoticeState::Suppressed } else { NoticeState::Sent };
        let mut change = self.store.begin().await?;
        if write::settle_notice(&mut change, notice.id, state, now).await? {
            if state == NoticeState::Sent {
                let priority = case.clocks.priority();
                self.write_notice(&mut change, (notice, &ticket), priority, staff).await?;
            }
            change.commit().await?;
            let (number, rule, to) = (&notice.number, &notice.rule, &notice.recipient);
            tracing::info!(ticket = %number, rule, to, state = state.as_str(), "notice");
        }
        Ok(())
    }

    /// Builds what is missing: links of tickets from before there were any, and standings of another version.
    pub(super) async fn rebuild(&self) -> Result<(), Problem> {
        loop {
            let tickets = self.store.without_standing(BATCH).await?;
            if tickets.is_empty() {
                return Ok(());
            }
            let mut change = self.store.begin().await?;
            for id in &tickets {
                let ticket = self.store.ticket_of_id(*id).await?;
                if ticket.link.is_empty() {
                    crate::store::write::link(&mut change, *id, &super::process::random_id()?).await?;
                }
                let mut open = self.open_ticket(&mut change, &ticket).await?;
                self.settle_standing(&mut change, &mut open).await?;
            }
            change.commit().await?;
            tracing::info!(tickets = tickets.len(), "standings built");
        }
    }
}

/// Whether the reason is gone: somebody has done by now what the notice asks for.
pub(super) fn is_moot(case: &Case<'_>, notice: &NoticeRow) -> bool {
    if case.is_over() || case.clocks.state() == State::Proposed {
        return true;
    }
    let Some(clock) = CLOCKS.into_iter().find(|clock| clock_name(*clock) == notice.clock) else {
        return true;
    };
    let tally = case.clocks.clock(clock);
    let is_warning = notice.rule.starts_with("warning-");
    tally.is_stopped() || (is_warning && tally.breached_at().is_some())
}
