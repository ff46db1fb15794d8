//! Reports of a month or a quarter, frozen when it is over.

use casefile::plan::Plan;
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::Desk;
use crate::kpi::{Count, Period, Report};
use crate::problem::Problem;
use crate::store::Store;

/// Tickets that are read at once.
const BATCH: i64 = 500;

/// A report, and its text with the SHA-256 of it.
pub(crate) struct Counted {
    pub(crate) report: Report,
    pub(crate) text: String,
    pub(crate) sha256: String,
}

impl Desk {
    /// The report of a period. One that is over is counted once and kept.
    pub(crate) async fn report(&self, period: &Period) -> Result<Counted, Problem> {
        // In a task of its own: who does not wait for it finds it counted the next time.
        let (store, period, now) = (self.store.clone(), period.clone(), self.now());
        tokio::spawn(async move { counted(&store, &period, now).await }).await?
    }
}

/// Counts a period, or takes what was frozen.
pub(crate) async fn counted(store: &Store, period: &Period, now: Timestamp) -> Result<Counted, Problem> {
    if let Some((sha256, text)) = store.frozen(&period.name).await? {
        let report = serde_json::from_str(&text).map_err(|error| Problem::unavailable(&error))?;
        return Ok(Counted { report, text, sha256 });
    }
    let report = count(store, period, now).await?;
    let text = serde_json::to_string_pretty(&report).map_err(|error| Problem::unavailable(&error))?;
    let sha256 = HEXLOWER.encode(&Sha256::digest(&text));
    if report.is_complete {
        store.freeze(&period.name, &sha256, &text, now).await?;
    }
    Ok(Counted { report, text, sha256 })
}

/// Counts a period from all histories.
pub(crate) async fn count(store: &Store, period: &Period, now: Timestamp) -> Result<Report, Problem> {
    let mut count = Count::begin(period.clone(), now);
    let mut plans: std::collections::HashMap<String, Plan> = std::collections::HashMap::new();
    let mut after = 0;
    loop {
        let tickets = store.histories_after(after, (period.from, period.to), BATCH).await?;
        let Some((last, _)) = tickets.last() else { return Ok(count.finish()) };
        after = last.id;
        for (ticket, events) in &tickets {
            if !plans.contains_key(&ticket.plan) {
                let source = store.plan(&ticket.plan).await?;
                let plan = Plan::parse(&source).map_err(|error| Problem::unavailable(&error))?;
                plans.insert(ticket.plan.clone(), plan);
            }
            count.add(&plans[&ticket.plan], &ticket.body, events);
        }
    }
}
