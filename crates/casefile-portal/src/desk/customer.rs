//! What the customer sees of a ticket: on the page, and as JSON for the client.

use casefile::plan::{Clock, Deadlines};
use casefile::report::{Category, Priority};
use jiff::Timestamp;
use serde::Serialize;

use super::Desk;
use super::hotline::{Hotline, hotline};
use crate::case::Case;
use crate::clocks::{CLOCKS, Change, Outcome, State, clock_name};
use crate::event::{Actor, Event};
use crate::problem::Problem;
use crate::process::open_to_customer;
use crate::store::TicketRow;

/// A ticket as its customer sees it.
#[derive(Debug, Serialize)]
pub(crate) struct Shown {
    pub(crate) ticket: String,
    pub(crate) state: State,
    pub(crate) registered_at: Timestamp,
    pub(crate) priority: Priority,
    pub(crate) category: Category,
    /// When the promises fall due, as the clocks stand now; a paused clock has no instant.
    pub(crate) deadlines: Deadlines,
    pub(crate) clocks: Clocks,
    /// When a proposed solution closes the ticket, if nobody objects.
    pub(crate) closes_at: Option<Timestamp>,
    /// Until when what was sent is kept.
    pub(crate) keeps: Keeps,
    /// What may be done now.
    pub(crate) can: Vec<&'static str>,
    pub(crate) evidence: Vec<Arrived>,
    pub(crate) uploads: Vec<Announced>,
    pub(crate) messages: Vec<Message>,
    /// Everything that happened to the clocks: the same lines that staff see.
    pub(crate) ledger: Vec<LedgerLine>,
    /// The ticket that goes on where this one was closed.
    pub(crate) follow_up: Option<FollowUp>,
    /// The emergency hotline, for licences that have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) hotline: Option<Hotline>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Clocks {
    pub(crate) response: ClockShown,
    pub(crate) workaround: ClockShown,
    pub(crate) resolution: ClockShown,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct ClockShown {
    pub(crate) outcome: Outcome,
    pub(crate) due: Option<Timestamp>,
    pub(crate) stopped_at: Option<Timestamp>,
    pub(crate) breached_at: Option<Timestamp>,
    pub(crate) target_seconds: Option<i64>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Arrived {
    pub(crate) sha256: String,
    pub(crate) bytes: u64,
    pub(crate) received_at: Timestamp,
}

/// Until when the portal keeps what was sent: not known while the ticket is open.
#[derive(Debug, Serialize)]
pub(crate) struct Keeps {
    pub(crate) bundles_until: Option<Timestamp>,
    pub(crate) words_until: Option<Timestamp>,
    pub(crate) erased_at: Option<Timestamp>,
}

/// A bundle that is not evidence yet.
#[derive(Debug, Serialize)]
pub(crate) struct Announced {
    pub(crate) sha256: String,
    pub(crate) bytes: u64,
    /// All has arrived with the right hash; its entries are checked when a core is free for it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) whole: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) refused: Option<String>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Message {
    /// Its place in the ticket's history.
    pub(crate) n: usize,
    pub(crate) at: Timestamp,
    /// `support` or `customer`.
    pub(crate) from: &'static str,
    /// The event that it is, for instance `asked_customer`.
    pub(crate) kind: String,
    pub(crate) text: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct LedgerLine {
    pub(crate) at: Timestamp,
    pub(crate) clock: &'static str,
    pub(crate) change: &'static str,
    pub(crate) elapsed_seconds: i64,
    pub(crate) target_seconds: Option<i64>,
    pub(crate) due: Option<Timestamp>,
}

#[derive(Debug, Serialize)]
pub(crate) struct FollowUp {
    pub(crate) ticket: String,
    pub(crate) status_url: String,
}

impl Desk {
    /// What the customer sees of a ticket now.
    pub(crate) async fn shown(&self, ticket: &TicketRow) -> Result<Shown, Problem> {
        let plan = self.plan_of(ticket).await?;
        let events = self.store.events(ticket.id).await?;
        // In this order: what becomes evidence meanwhile is in one of them at least.
        let uploads = self.announced(&ticket.report).await?;
        let evidence = self.store.evidence(ticket.id).await?;
        let case = Case::of(&plan, &ticket.body, &events, self.now()).ok_or_else(Problem::not_found)?;
        let clocks = Clocks::of(&case);
        Ok(Shown {
            ticket: ticket.number.to_string(),
            state: case.clocks.state(),
            registered_at: ticket.registered_at,
            priority: case.clocks.priority(),
            category: case.category,
            deadlines: Deadlines {
                response: clocks.response.due,
                workaround: clocks.workaround.due,
                resolution: clocks.resolution.due,
            },
            clocks,
            closes_at: case.clocks.closes_at(),
            keeps: self.keeps(&case),
            can: open_to_customer(&case),
            evidence: evidence
                .into_iter()
                .map(|row| Arrived { sha256: row.sha256, bytes: row.bytes, received_at: row.received_at })
                .collect(),
            uploads,
            messages: messages(&events),
            ledger: ledger(&case),
            follow_up: self.follow_up(&case).await?,
            hotline: hotline(
                self.settings.hotline.as_ref(),
                &plan,
                (&ticket.body, case.triage.as_ref().map(|triage| triage.license)),
                self.now(),
            )
            .filter(|_| !case.is_over()),
        })
    }

    /// Bundles of a report that are not evidence.
    async fn announced(&self, report: &str) -> Result<Vec<Announced>, Problem> {
        let rows = self.store.uploads(report).await?.into_iter().filter(|row| !row.published);
        let announced = rows.map(|row| Announced {
            whole: self.is_waiting(&row.id),
            sha256: row.sha256,
            bytes: row.bytes,
            refused: row.refused,
        });
        Ok(announced.collect())
    }

    fn keeps(&self, case: &Case<'_>) -> Keeps {
        let until = self.kept_until(case).filter(|_| !case.is_erased());
        Keeps {
            bundles_until: until.filter(|_| case.erased.is_none()).map(|until| until.bundles),
            words_until: until.map(|until| until.words),
            erased_at: case.erased.map(|(_, at)| at).filter(|_| case.is_erased()),
        }
    }

    async fn follow_up(&self, case: &Case<'_>) -> Result<Option<FollowUp>, Problem> {
        let Some(number) = case.follow_up() else { return Ok(None) };
        let parsed = number.parse().map_err(|error| Problem::unavailable(&error))?;
        let next = self.store.ticket(&parsed).await?;
        Ok(next.map(|next| FollowUp { ticket: next.number.to_string(), status_url: self.link_of(&next) }))
    }
}

impl Clocks {
    /// All clocks of a case.
    pub(crate) fn of(case: &Case<'_>) -> Self {
        let [response, workaround, resolution] = CLOCKS.map(|clock| clock_shown(case, clock));
        Self { response, workaround, resolution }
    }
}

fn clock_shown(case: &Case<'_>, clock: Clock) -> ClockShown {
    let tally = case.clocks.clock(clock);
    ClockShown {
        outcome: tally.outcome(),
        due: tally.due(),
        stopped_at: tally.stopped_at(),
        breached_at: tally.breached_at(),
        target_seconds: tally.target().map(|target| target.as_secs()),
    }
}

fn messages(events: &[Event]) -> Vec<Message> {
    let public = events.iter().enumerate().filter(|(_, event)| event.kind.is_public());
    let message = |(n, event): (usize, &Event)| {
        Some(Message {
            n: n + 1,
            at: event.at,
            from: if event.by == Actor::Customer { "customer" } else { "support" },
            kind: event.kind.tag(),
            // What was deleted is no message any more.
            text: event.kind.text().filter(|text| !text.is_empty())?.to_owned(),
        })
    };
    public.filter_map(message).collect()
}

/// The lines that explain the clocks.
pub(crate) fn ledger(case: &Case<'_>) -> Vec<LedgerLine> {
    let lines = case.clocks.ledger().iter();
    lines
        .map(|line| LedgerLine {
            at: line.at,
            clock: clock_name(line.clock),
            change: match line.change {
                Change::Started => "started",
                Change::Retargeted(_) => "retargeted",
                Change::Paused => "paused",
                Change::Resumed => "resumed",
                Change::Stopped => "stopped",
                Change::Breached => "breached",
                Change::Voided => "voided",
            },
            elapsed_seconds: line.elapsed.as_secs(),
            target_seconds: line.target.map(|target| target.as_secs()),
            due: line.due,
        })
        .collect()
}
