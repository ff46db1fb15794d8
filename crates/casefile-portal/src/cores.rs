//! Who may use a core for a bundle: bundles that come are taken first, what nobody waits for gives way to them.

use std::collections::VecDeque;
use std::num::NonZero;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

/// How long the check of a bundle gives way at most.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// Over this time bundles that begin to come are counted. Clients that come at once also wait for the disk at once, and go on.
const LULL: Duration = Duration::from_millis(200);
/// So many bundles a core can check in that time: when more come, nothing else is done. What a slow line brings over minutes, or in many
/// requests, counts once, and keeps nobody waiting.
const CHECKS: usize = 4;

/// The cores of this machine.
#[derive(Debug)]
pub(crate) struct Cores {
    free: Semaphore,
    /// Whose turn it is to wait until it is calm: each of the others waits for one of these.
    turns: Semaphore,
    /// From so many bundles on within [`LULL`] it is crowded.
    crowd: usize,
    /// When the last of them began, so many at most.
    begun: Mutex<VecDeque<Instant>>,
}

/// A core, until it is dropped.
#[derive(Debug)]
pub(crate) struct Core<'c> {
    _free: SemaphorePermit<'c>,
    _turn: Option<SemaphorePermit<'c>>,
}

impl Cores {
    pub(crate) fn of_this_machine() -> Self {
        Self::new(std::thread::available_parallelism().map_or(1, NonZero::get))
    }

    fn new(number: usize) -> Self {
        Self {
            free: Semaphore::new(number),
            turns: Semaphore::new(number),
            crowd: number * CHECKS,
            begun: Mutex::default(),
        }
    }

    /// Notes that a bundle begins to come.
    pub(crate) fn arrived(&self) {
        let mut begun = self.begun();
        begun.push_back(Instant::now());
        if begun.len() > self.crowd {
            begun.pop_front();
        }
    }

    /// A core for work that a client waits for, unless none is free or others would be kept waiting.
    pub(crate) fn at_once(&self) -> Option<Core<'_>> {
        let free = self.free.try_acquire().ok().filter(|_| self.crowded_until().is_none())?;
        Some(Core { _free: free, _turn: None })
    }

    /// The next core that is free, for work with a clock of its own.
    pub(crate) async fn next(&self) -> Core<'_> {
        Core { _free: permit_of(&self.free).await, _turn: None }
    }

    /// A core for work that nobody waits for, when its turn has come: once it is calm, or at `latest`.
    pub(crate) async fn in_turn(&self, latest: Instant) -> Core<'_> {
        let turn = permit_of(&self.turns).await;
        while let Some(calm) = self.crowded_until().filter(|_| Instant::now() < latest) {
            tokio::time::sleep_until(calm.min(latest)).await;
        }
        Core { _free: permit_of(&self.free).await, _turn: Some(turn) }
    }

    /// When it is calm at the earliest, if it is not.
    fn crowded_until(&self) -> Option<Instant> {
        let begun = self.begun();
        let calm = *begun.front()? + LULL;
        (begun.len() == self.crowd && calm > Instant::now()).then_some(calm)
    }

    fn begun(&self) -> MutexGuard<'_, VecDeque<Instant>> {
        self.begun.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many bundles at once are a crowd.
    #[cfg(test)]
    pub(crate) fn crowd(&self) -> usize {
        self.crowd
    }

    /// Lets nobody have a core until what is returned is dropped.
    #[cfg(test)]
    pub(crate) fn occupied(&self) -> SemaphorePermit<'_> {
        let all = u32::try_from(self.free.available_permits()).expect("a number of cores");
        self.free.try_acquire_many(all).expect("all are free")
    }
}

async fn permit_of(semaphore: &Semaphore) -> SemaphorePermit<'_> {
    semaphore.acquire().await.expect("it is never closed")
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn what_nobody_waits_for_gives_way_to_bundles_but_not_for_ever() {
        let cores = Cores::new(2);
        for _ in 1..2 * CHECKS {
            cores.arrived();
        }
        assert!(cores.at_once().is_some(), "two cores can check as many");
        cores.arrived();
        assert!(cores.at_once().is_none());

        let mut in_turn = Box::pin(cores.in_turn(Instant::now() + PATIENCE));
        assert!(in_turn.as_mut().now_or_never().is_none(), "they bring bytes");
        assert!(cores.next().now_or_never().is_some(), "who waits holds no core");
        let begun = in_turn.await;
        assert!(cores.at_once().is_some(), "no more came, and one core is left");
        drop(begun);

        for _ in 0..2 * CHECKS {
            cores.arrived();
        }
        let begun = cores.in_turn(Instant::now()).await;
        assert!(cores.at_once().is_none(), "they did not cease");
        drop(begun);
        assert_eq!((cores.free.available_permits(), cores.turns.available_permits()), (2, 2));
    }
}
