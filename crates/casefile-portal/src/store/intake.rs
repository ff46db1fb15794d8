//! Registers reports, several in one change: a commit waits for the disk, and those that come meanwhile wait together.

use std::collections::BTreeSet;

use sqlx::Row;
use tokio::sync::{mpsc, oneshot};

use super::registration::{insert_all, statement};
use super::{Change, Registration, Store, TicketRow, Writer};

/// Most reports of one change; more would make the first of them wait for the last.
const MAX_TOGETHER: usize = 64;
/// Reports that may wait; whoever comes then waits to wait.
const MAX_WAITING: usize = 1_024;

/// Where reports wait for their turn.
pub(super) type Queue = mpsc::Sender<Waiting>;

/// A report that wants a ticket, and who waits for it.
pub(super) struct Waiting {
    report: Registration,
    answer: oneshot::Sender<sqlx::Result<Option<TicketRow>>>,
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
        let (answer, told) = oneshot::channel();
        self.intake.send(Waiting { report, answer }).await.map_err(|_| sqlx::Error::WorkerCrashed)?;
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
    fn answer(self, ticket: sqlx::Result<Option<i64>>) {
        let Self { report, answer } = self;
        // Who does not wait any more asks again, and finds its ticket.
        let _ = answer.send(ticket.map(|ticket| Some(report.into_ticket(ticket?))));
    }
}

/// Registers all of them or none: the new tickets, in their order; `None` for a report that has one.
async fn together(writer: &Writer, batch: &[Waiting]) -> sqlx::Result<Vec<Option<i64>>> {
    let mut change = writer.begin().await?;
    // Two clients with one id may have come this far: the writer is alone from here on.
    let mut known = registered_of(&mut change, batch).await?;
    let is_new: Vec<_> = batch.iter().map(|waiting| known.insert(waiting.report.id.to_string())).collect();
    let new = batch.iter().zip(&is_new).filter(|(_, is_new)| **is_new).map(|(waiting, _)| &waiting.report);
    let new: Vec<_> = new.collect();
    if new.is_empty() {
        change.rollback().await?;
        return Ok(vec![None; batch.len()]);
    }
    let mut next = insert_all(&mut change, &new).await?..;
    change.commit().await?;
    Ok(is_new.into_iter().map(|is_new| if is_new { next.next() } else { None }).collect())
}

/// The ids of those that have a ticket.
async fn registered_of(change: &mut Change, batch: &[Waiting]) -> sqlx::Result<BTreeSet<String>> {
    let places: Vec<_> = (1..=batch.len()).map(|n| format!("${n}")).collect();
    let sql = format!("SELECT id FROM report WHERE id IN ({})", places.join(", "));
    let query = statement(sql, batch.len());
    let query = batch.iter().fold(query, |query, waiting| query.bind(waiting.report.id.to_string()));
    query.fetch_all(&mut **change).await?.iter().map(|row| row.try_get(0)).collect()
}

#[cfg(test)]
mod tests {
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
}
