//! The bot's idea of what time it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

/// Time as the engine is told it, shared with the journal: a log line carries the time of the step that wrote it,
/// so two runs with the same start write the same lines.
#[derive(Debug, Clone)]
pub(crate) struct Clock(Arc<AtomicI64>);

impl Clock {
    pub(crate) fn new(now: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(now.as_millisecond())))
    }

    /// Moves to `now`, never back: requests may have moved the time a little further already.
    pub(crate) fn set(&self, now: Timestamp) {
        self.0.fetch_max(now.as_millisecond(), Ordering::Relaxed);
    }

    /// Lets time pass, for instance while an answer is on its way.
    pub(crate) fn pass_ms(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::Relaxed);
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.now_ms()).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_never_runs_back() {
        let clock = Clock::new(Timestamp::UNIX_EPOCH);
        clock.pass_ms(500);
        clock.set(Timestamp::from_millisecond(200).unwrap());
        assert_eq!(clock.now_ms(), 500);
    }
}
