//! Sends what an earlier run could not, beside the dialog.

use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::thread;

use casefile::deliver::DeliverError;
use casefile::outbox::Receipt;
use casefile::{Progress, Reporter};
use jiff::Timestamp;

/// What became of kept reports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Resent {
    pub(crate) sent: usize,
    pub(crate) is_waiting: bool,
}

/// The thread `casefile-resend`, until it is done.
pub(crate) struct Resending(Option<Receiver<Resent>>);

impl Resending {
    pub(crate) fn start(reporter: Reporter, now: Timestamp) -> Self {
        let (sender, receiver) = sync_channel(1);
        let send = move || {
            let outcomes = reporter.deliver_kept(now, &Progress::new());
            // The window may be closed by now.
            let _ = sender.send(outcomes.map(|outcomes| Resent::of(&outcomes)).unwrap_or_default());
        };
        // Without a thread the reports wait for the next start.
        let _ = thread::Builder::new().name("casefile-resend".to_owned()).spawn(send);
        Self(Some(receiver))
    }

    /// Whether it has to be asked again.
    pub(crate) fn is_busy(&self) -> bool {
        self.0.is_some()
    }

    /// The outcome, once.
    pub(crate) fn poll(&mut self) -> Option<Resent> {
        match self.0.as_ref()?.try_recv() {
            Err(TryRecvError::Empty) => None,
            outcome => {
                self.0 = None;
                outcome.ok()
            }
        }
    }
}

impl Resent {
    fn of(outcomes: &[Result<Receipt, DeliverError>]) -> Self {
        let sent = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        // A refusal is final, and was told when it happened.
        let waits = |outcome: &Result<Receipt, DeliverError>| {
            outcome.as_ref().is_err_and(|error| !error.is_refused())
        };
        Self { sent, is_waiting: outcomes.iter().any(waits) }
    }
}
