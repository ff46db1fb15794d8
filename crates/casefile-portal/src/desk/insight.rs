//! Looks through bundles after they have arrived: findings, and what tells reports of the same problem. One at a time, after the client has its answer.

use std::time::Duration;

use casefile::analyze::{Analysers, Finding, analyze};
use casefile::bundle::{Bundle, OpenError};
use casefile::resemble::{Gist, groups};
use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use super::{Desk, digest_of};
use crate::background;
use crate::problem::Problem;
use crate::store::{InsightRow, TicketRow};

/// How long each bundle gives way to requests that bring bytes: one follows the other, and all of them have to be done some day.
const BREATH: Duration = Duration::from_secs(2);
/// How far apart reports of the same problem come.
const SAME_WITHIN: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Reports that one is compared with.
const MAX_COMPARED: i64 = 500;
/// From here on two reports are shown as alike.
const ALIKE: f64 = 0.5;
/// Tickets that are shown as alike.
const MAX_ALIKE: usize = 20;

/// Other tickets with the same problem.
#[derive(Debug, Clone, Default)]
pub(crate) struct SameProblem {
    /// `3 reports on 2.4.1 + binance since …: binance-clock`.
    pub(crate) version: Option<String>,
    pub(crate) exchanges: Vec<String>,
    pub(crate) problem: Option<String>,
    pub(crate) since: Option<Timestamp>,
    /// Tickets with this problem, this one among them.
    pub(crate) count: usize,
    /// Number, title, state, and how alike; the most alike first.
    pub(crate) others: Vec<(String, String, String, String)>,
}

/// Whether another try would say the same: the file is gone, or its bytes are damaged.
fn is_lasting(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{InvalidData, InvalidInput, NotFound, UnexpectedEof};
    matches!(error.kind(), NotFound | InvalidData | InvalidInput | UnexpectedEof)
}

impl Desk {
    /// Looks through the next bundle that nobody has looked through; false when there is none.
    pub(crate) async fn look_through(&self) -> Result<bool, Problem> {
        let Some(unseen) = self.store.unseen().await? else { return Ok(false) };
        let path = self.vault.evidence(&unseen.report, &unseen.sha256);
        let sha256 = digest_of(&unseen.sha256)?;
        let (limits, own) = (self.limits, self.analysers.clone());
        let _core = self.cores.in_turn(Instant::now() + BREATH).await;
        let looked = background::run(move || {
            // All of it was checked when it came, and only the portal writes there.
            let bundle = Bundle::open_checked(&path, &limits, sha256)?;
            let (findings, _) = analyze(&bundle, own.as_deref().unwrap_or_else(|| Analysers::standard()))?;
            let gist = Gist::of(&bundle, &findings)?;
            Ok::<_, OpenError>((findings, gist))
        });
        let (findings, gist): (Vec<Finding>, Gist) = match looked.await? {
            Some(Ok(seen)) => seen,
            Some(Err(OpenError::Io(error))) if !is_lasting(&error) => return Err(error.into()),
            // It lies in no place any more, or was damaged on this disk.
            Some(Err(error)) => {
                tracing::warn!(%error, sha256 = unseen.sha256, "a bundle cannot be looked through");
                (Vec::new(), Gist::default())
            }
            None => {
                tracing::error!(sha256 = unseen.sha256, "a defect: a bundle cannot be looked through");
                (Vec::new(), Gist::default())
            }
        };
        self.store.put_insight(&unseen, &findings, &gist).await?;
        tracing::info!(sha256 = &unseen.sha256[..12], findings = findings.len(), "looked through");
        Ok(true)
    }

    /// Which other tickets tell of the same problem as the newest bundle of this one.
    pub(crate) async fn same_problem(
        &self,
        ticket: &TicketRow,
        insights: &[InsightRow],
    ) -> Result<Option<SameProblem>, Problem> {
        let Some(own) = insights.last() else { return Ok(None) };
        let since = own.received_at.checked_sub(SAME_WITHIN).unwrap_or(Timestamp::MIN);
        let mut alike: Vec<_> = Vec::new();
        for other in self.store.likenesses(ticket.id, since, MAX_COMPARED).await? {
            let likeness = own.gist.likeness(&other.gist);
            let is_known =
                alike.iter().any(|(_, known): &(f64, crate::store::Likeness)| known.number == other.number);
            if likeness >= ALIKE && !is_known {
                alike.push((likeness, other));
            }
        }
        if alike.is_empty() {
            return Ok(None);
        }
        alike.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| b.1.number.cmp(&a.1.number)));
        let mut reports = vec![(0, own.gist.clone(), own.received_at)];
        for (n, (_, other)) in alike.iter().enumerate() {
            reports.push((n + 1, other.gist.clone(), other.received_at));
        }
        let group = groups(&reports).into_iter().find(|group| group.reports.contains(&0));
        let others = alike.iter().take(MAX_ALIKE).map(|(likeness, other)| {
            let percent = format!("{:.0} %", likeness * 100.0);
            (other.number.clone(), other.title.clone(), other.state.clone(), percent)
        });
        Ok(Some(SameProblem {
            count: alike.len() + 1,
            others: others.collect(),
            since: group.as_ref().map(|group| group.since),
            version: group.as_ref().and_then(|group| group.version.clone()),
            exchanges: group.as_ref().map(|group| group.exchanges.clone()).unwrap_or_default(),
            problem: group.and_then(|group| group.problem),
        }))
    }
}
