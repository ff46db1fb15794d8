//! Who may use a core for a bundle: requests that bring bytes come first, what nobody waits for gives way to them.

use std::num::NonZero;
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit, watch};
use tokio::time::Instant;

/// How long work in the background gives way at most.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);
/// How long it must have been calm. Clients that come at once also wait for the disk at once, and go on.
const LULL: Duration = Duration::from_millis(200);

/// The cores of this machine.
#[derive(Debug)]
pub(crate) struct Cores {
    number: usize,
    free: Semaphore,
    arrivals: watch::Sender<Arrivals>,
}

/// Requests that bring bytes.
#[derive(Debug, Default)]
struct Arrivals {
    now: usize,
    /// When they were more than there are cores, last.
    crowded_at: Option<Instant>,
}

/// A request that brings bytes, until it is dropped.
#[derive(Debug)]
pub(crate) struct Arrival<'c>(&'c Cores);

impl Cores {
    pub(crate) fn of_this_machine() -> Self {
        Self::new(std::thread::available_parallelism().map_or(1, NonZero::get))
    }

    fn new(number: usize) -> Self {
        Self { number, free: Semaphore::new(number), arrivals: watch::Sender::default() }
    }

    /// Notes that a request brings bytes.
    pub(crate) fn arrival(&self) -> Arrival<'_> {
        self.count(|now| now + 1);
        Arrival(self)
    }

    /// A core for work that a client waits for, unless that would keep others waiting.
    pub(crate) fn at_once(&self) -> Option<SemaphorePermit<'_>> {
        let crowded_at = self.arrivals.borrow().crowded_at;
        self.free.try_acquire().ok().filter(|_| crowded_at.is_none_or(|at| at.elapsed() >= LULL))
    }

    /// A core for work that nobody waits for: when its turn has come and requests that bring bytes are no more than there are cores for a
    /// while, or at `latest` if they do not cease.
    pub(crate) async fn in_turn(&self, latest: Instant) -> SemaphorePermit<'_> {
        let core = self.free.acquire().await.expect("it is never closed");
        // Should it end early, nobody is left to give way to.
        let _ = tokio::time::timeout_at(latest, self.lull()).await;
        core
    }

    async fn lull(&self) -> Result<(), watch::error::RecvError> {
        let mut arrivals = self.arrivals.subscribe();
        loop {
            arrivals.wait_for(|arrivals| arrivals.now <= self.number).await?;
            let crowd = arrivals.wait_for(|arrivals| arrivals.now > self.number);
            if tokio::time::timeout(LULL, crowd).await.is_err() {
                return Ok(());
            }
        }
    }

    /// Lets nobody have a core until what is returned is dropped.
    #[cfg(test)]
    pub(crate) fn occupied(&self) -> SemaphorePermit<'_> {
        let all = u32::try_from(self.number).expect("a number of cores");
        self.free.try_acquire_many(all).expect("all are free")
    }

    fn count(&self, next: impl FnOnce(usize) -> usize) {
        self.arrivals.send_modify(|arrivals| {
            let before = arrivals.now;
            arrivals.now = next(before);
            if before.max(arrivals.now) > self.number {
                arrivals.crowded_at = Some(Instant::now());
            }
        });
    }
}

impl Drop for Arrival<'_> {
    fn drop(&mut self) {
        self.0.count(|now| now - 1);
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn what_nobody_waits_for_gives_way_to_requests_but_not_for_ever() {
        let cores = Cores::new(2);
        let [_first, _second] = [cores.arrival(), cores.arrival()];
        assert!(cores.at_once().is_some(), "a core for each of them");
        let third = cores.arrival();
        assert!(cores.at_once().is_none());

        let late = Instant::now() + PATIENCE;
        let mut in_turn = Box::pin(cores.in_turn(late));
        assert!(in_turn.as_mut().now_or_never().is_none(), "three bring bytes");
        drop(third);
        assert!(cores.at_once().is_none(), "they may go on");
        drop(in_turn.await);

        let _third = cores.arrival();
        let begun = cores.in_turn(Instant::now() + Duration::from_millis(1)).await;
        assert!(cores.at_once().is_none(), "they did not cease");
        drop(begun);
        assert_eq!(cores.free.available_permits(), 2);
    }
}
