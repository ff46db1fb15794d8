//! Registers reports, several in one change: a commit waits for the disk, and those that come meanwhile wait together.

use tokio::sync::{mpsc, oneshot};

use super::tickets::insert;
use super::{Registration, Store, Writer};

/// Most reports of one change; more would make the first of them wait for the last.
const MAX_TOGETHER: usize = 64;
/// Reports that may wait; whoever comes then waits to wait.
const MAX_WAITING: usize = 1_024;

/// Where reports wait for their turn.
pub(super) type Queue = mpsc::Sender<Waiting>;

/// A report that wants a ticket, and who waits for it.
pub(super) struct Waiting {
    report: Registration,
    answer: oneshot::Sender<sqlx::Result<bool>>,
}

/// Begins to register what is put into the queue; ends when nobody can put anything in any more.
pub(super) fn begin(writer: Writer) -> Queue {
    let (queue, waiting) = mpsc::channel(MAX_WAITING);
    tokio::spawn(work(writer, waiting));
    queue
}

impl Store {
    /// Registers a report, or finds that it is registered. True when it is new. On the disk when this returns.
    pub(super) async fn take_in(&self, report: Registration) -> sqlx::Result<bool> {
        let (answer, told) = oneshot::channel();
        self.intake.send(Waiting { report, answer }).await.map_err(|_| sqlx::Error::WorkerCrashed)?;
        told.await.map_err(|_| sqlx::Error::WorkerCrashed)?
    }
}

async fn work(writer: Writer, mut queue: mpsc::Receiver<Waiting>) {
    while let Some(first) = queue.recv().await {
        let mut batch = vec![first];
        while batch.len() < MAX_TOGETHER {
            let Ok(next) = queue.try_recv() else { break };
            batch.push(next);
        }
        match together(&writer, &batch).await {
            Ok(new) => {
                for (waiting, new) in batch.into_iter().zip(new) {
                    // Who does not wait any more asks again, and finds its ticket.
                    let _ = waiting.answer.send(Ok(new));
                }
            }
            // One of them may be to blame: each alone, so that the others do not pay for it.
            Err(_) => {
                for waiting in batch {
                    let alone = together(&writer, std::slice::from_ref(&waiting)).await;
                    let _ = waiting.answer.send(alone.map(|new| new == [true]));
                }
            }
        }
    }
}

/// Registers all of them or none; which of them are new.
async fn together(writer: &Writer, batch: &[Waiting]) -> sqlx::Result<Vec<bool>> {
    let mut change = writer.begin().await?;
    let mut new = Vec::with_capacity(batch.len());
    for Waiting { report, .. } in batch {
        // Two clients with one id may have come this far: the writer is alone from here on.
        let known: Option<i64> = sqlx::query_scalar("SELECT ticket FROM report WHERE id = $1")
            .bind(report.id.to_string())
            .fetch_optional(&mut *change)
            .await?;
        if known.is_none() {
            insert(&mut change, report).await?;
        }
        new.push(known.is_none());
    }
    change.commit().await?;
    Ok(new)
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
            // Every id comes twice, and one report cannot be read by the store.
            report.id = format!("{:032x}", n / 2 + 500).parse().unwrap();
            report.link = report.id.to_string();
            if n / 2 == 70 {
                report.body = "no report".to_owned();
            }
            let store = trial.desk.store.clone();
            tokio::spawn(async move { store.register(&report).await.map(|(ticket, new)| (ticket.id, new)) })
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
