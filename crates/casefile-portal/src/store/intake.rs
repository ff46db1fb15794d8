//! Registers reports and announces bundles, several in one change: a commit waits for the disk, and those that come meanwhile wait together.

use std::collections::BTreeSet;

use sqlx::Row;
use tokio::sync::{mpsc, oneshot};

use super::evidence::{Announcement, announce_all};
use super::registration::{insert_all, statement};
use super::{Change, Registration, Store, TicketRow, Writer};

/// Most entries of one change; more would make the first of them wait for the last.
const MAX_TOGETHER: usize = 64;
/// Entries that may wait; whoever comes then waits to wait.
const MAX_WAITING: usize = 1_024;

/// Where they wait for their turn.
pub(super) type Queue = mpsc::Sender<Waiting>;

/// What is to be written, and who waits for it.
pub(super) struct Waiting {
    entry: Entry,
    answer: oneshot::Sender<sqlx::Result<Option<TicketRow>>>,
}

enum Entry {
    /// A report that wants a ticket.
    Report(Box<Registration>),
    /// A bundle that wants to be sent.
    Bundle(Announcement),
}

/// Begins to register what is put into the queue; ends when nobody can put anything in any more.
pub(super) fn begin(writer: Writer) -> Queue {
    let (queue, waiting) = mpsc::channel(MAX_WAITING);
    tokio::spawn(work(writer, waiting));
    queue
}

impl Store {
    /// Registers a report; `None` when it is registered already. On the disk when this returns.
    pub(super) async fn take_in(&self, report: Registration) -> sqlx::Result<Option<TicketRow>> {
        self.write_down(Entry::Report(Box::new(report))).await
    }

    /// Announces a bundle, unless one of its hash is announced. On the disk when this returns.
    pub(super) async fn take_note(&self, bundle: Announcement) -> sqlx::Result<()> {
        self.write_down(Entry::Bundle(bundle)).await.map(drop)
    }

    async fn write_down(&self, entry: Entry) -> sqlx::Result<Option<TicketRow>> {
        let (answer, told) = oneshot::channel();
        self.intake.send(Waiting { entry, answer }).await.map_err(|_| sqlx::Error::WorkerCrashed)?;
        told.await.map_err(|_| sqlx::Error::WorkerCrashed)?
    }
}

async fn work(writer: Writer, mut queue: mpsc::Receiver<Waiting>) {
    let mut batch = Vec::with_capacity(MAX_TOGETHER);
    while queue.recv_many(&mut batch, MAX_TOGETHER).await > 0 {
        match together(&writer, &batch).await {
            Ok(tickets) => {
                for (waiting, ticket) in batch.drain(..).zip(tickets) {
                    waiting.answer(Ok(ticket));
                }
            }
            // One of them may be to blame: each alone, so that the others do not pay for it.
            Err(_) => {
                for waiting in batch.drain(..) {
                    let alone = together(&writer, std::slice::from_ref(&waiting)).await;
                    waiting.answer(alone.map(|tickets| tickets.into_iter().next().flatten()));
                }
            }
        }
    }
}

impl Waiting {
    fn report(&self) -> Option<&Registration> {
        if let Entry::Report(report) = &self.entry { Some(report) } else { None }
    }

    fn bundle(&self) -> Option<&Announcement> {
        if let Entry::Bundle(bundle) = &self.entry { Some(bundle) } else { None }
    }

    fn answer(self, ticket: sqlx::Result<Option<i64>>) {
        let Self { entry, answer } = self;
        let told = ticket.map(|ticket| match entry {
            Entry::Report(report) => Some(report.into_ticket(ticket?)),
            Entry::Bundle(_) => None,
        });
        // Who does not wait any more asks again, and finds what was written.
        let _ = answer.send(told);
    }
}

/// Writes all of them or none: the new tickets, in their order; `None` for a report that has one, and for a bundle.
async fn together(writer: &Writer, batch: &[Waiting]) -> sqlx::Result<Vec<Option<i64>>> {
    let mut change = writer.begin().await?;
    let reports: Vec<_> = batch.iter().filter_map(Waiting::report).collect();
    // Two clients with one id may have come this far: the writer is alone from here on.
    let mut known = registered_of(&mut change, &reports).await?;
    let is_new: Vec<_> = batch
        .iter()
        .map(|waiting| waiting.report().is_some_and(|report| known.insert(report.id.to_string())))
        .collect();
    let new = batch.iter().zip(&is_new).filter(|(_, is_new)| **is_new);
    let new: Vec<_> = new.filter_map(|(waiting, _)| waiting.report()).collect();
    let bundles: Vec<_> = batch.iter().filter_map(Waiting::bundle).collect();
    if new.is_empty() && bundles.is_empty() {
        change.rollback().await?;
        return Ok(vec![None; batch.len()]);
    }
    let mut next = if new.is_empty() { 0.. } else { insert_all(&mut change, &new).await?.. };
    announce_all(&mut change, &bundles).await?;
    change.commit().await?;
    Ok(is_new.into_iter().map(|is_new| if is_new { next.next() } else { None }).collect())
}

/// The ids of those that have a ticket.
async fn registered_of(change: &mut Change, reports: &[&Registration]) -> sqlx::Result<BTreeSet<String>> {
    if reports.is_empty() {
        return Ok(BTreeSet::new());
    }
    let places: Vec<_> = (1..=reports.len()).map(|n| format!("${n}")).collect();
    let sql = format!("SELECT id FROM report WHERE id IN ({})", places.join(", "));
    let query = statement(sql, reports.len());
    let query = reports.iter().fold(query, |query, report| query.bind(report.id.to_string()));
    query.fetch_all(&mut **change).await?.iter().map(|row| row.try_get(0)).collect()
}

#[cfg(test)]
mod tests {
    use crate::store::Announcement;
    use crate::trial::Trial;

    #[tokio::test]
    async fn reports_that_come_together_have_a_ticket_each_and_one_that_is_broken_harms_no_other() {
        let trial = Trial::start().await;
        trial.register(1, "P2").await;
        let first = trial.desk.store.ticket_of_id(1).await.unwrap();
        let template = trial.desk.registration_for_tests(&first);
        let reports = (0..200_u32).map(|n| {
            let mut report = template.clone();
            // Every id comes twice, and the link of two reports is the same.
            report.id = format!("{:032x}", n / 2 + 500).parse().unwrap();
            report.link = report.id.to_string();
            if [70, 71].contains(&(n / 2)) {
                report.link = "taken".to_owned();
            }
            let store = trial.desk.store.clone();
            tokio::spawn(async move { store.register(report).await.map(|(ticket, new)| (ticket.id, new)) })
        });
        let reports: Vec<_> = reports.collect();
        let mut tickets = std::collections::BTreeMap::new();
        let mut broken = 0;
        for report in reports {
            match report.await.unwrap() {
                Ok((ticket, new)) => *tickets.entry(ticket).or_insert(0) += u32::from(new),
                Err(_) => broken += 1,
            }
        }
        assert_eq!((broken, tickets.len()), (2, 99));
        assert!(tickets.values().all(|new| *new == 1), "each id is new once: {tickets:?}");
        let numbers: Vec<_> = tickets.keys().copied().collect();
        assert_eq!(numbers, (2..=100).collect::<Vec<_>>(), "no number is left out");
    }

    #[tokio::test]
    async fn bundles_that_are_announced_together_have_a_place_each_and_one_of_no_report_harms_no_other() {
        let trial = Trial::start().await;
        for n in 1..=3 {
            trial.register(n, "P2").await;
        }
        let bundle = |n: u64| Announcement {
            id: format!("{n:032x}"),
            // Every fourth is of a report that is not there; each hash comes twice.
            report: format!("{:02x}", n % 4 + 1).repeat(16),
            sha256: format!("{:064x}", n / 8),
            bytes: n / 8 + 1,
            at: trial.desk.now(),
        };
        let announced: Vec<_> = (0..96_u64)
            .map(|n| {
                let (store, bundle) = (trial.desk.store.clone(), bundle(n));
                tokio::spawn(async move { store.announce(bundle).await })
            })
            .collect();
        let mut ids = std::collections::BTreeMap::new();
        for (n, upload) in (0..).zip(announced) {
            match upload.await.unwrap() {
                Ok(upload) => {
                    assert_eq!((upload.sha256, upload.bytes), (bundle(n).sha256, bundle(n).bytes));
                    ids.entry(upload.id).or_insert_with(Vec::new).push(n);
                }
                Err(_) => assert_eq!(n % 4, 3, "{n}"),
            }
        }
        assert_eq!(ids.len(), 36);
        for same in ids.values() {
            assert!(matches!(same[..], [a, b] if b == a + 4), "{same:?}");
        }
    }
}
