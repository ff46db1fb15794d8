//! How far a seal or a delivery is, and the wish to pause or stop it, shared between threads.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

/// Shared by the worker, which writes it, and a window or a terminal, which reads it and may pause or cancel.
/// Cloning shares the same progress.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    step: AtomicU8,
    done_bytes: AtomicU64,
    total_bytes: AtomicU64,
    cancelled: AtomicBool,
    paused: AtomicBool,
    beats: AtomicU64,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Looking for what there is to collect.
    Collecting,
    /// Redacting, packing and checking.
    Sealing,
    /// Registering the ticket.
    Registering,
    /// Sending the bundle.
    Sending,
    /// Nothing is left to do.
    Done,
}

/// The person does not want it any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it was cancelled")]
pub struct Cancelled;

/// How soon a paused worker notices that it may go on, or that it was cancelled.
const PAUSE_STEP: Duration = Duration::from_millis(20);

impl Progress {
    /// Starts at nothing done.
    pub fn new() -> Self {
        Self::default()
    }

    /// What is being done.
    pub fn step(&self) -> Step {
        match self.0.step.load(Ordering::Relaxed) {
            0 => Step::Collecting,
            1 => Step::Sealing,
            2 => Step::Registering,
            3 => Step::Sending,
            _ => Step::Done,
        }
    }

    /// Bytes of this step that are done.
    pub fn done_bytes(&self) -> u64 {
        self.0.done_bytes.load(Ordering::Relaxed)
    }

    /// Bytes of this step altogether, an estimate; 0 when it is not known.
    pub fn total_bytes(&self) -> u64 {
        self.0.total_bytes.load(Ordering::Relaxed)
    }

    /// Asks the worker to stop soon.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether the worker was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }

    /// Asks the sealing to rest, for instance while the application is busy with an order.
    pub fn pause(&self) {
        self.0.paused.store(true, Ordering::Relaxed);
    }

    /// Lets the sealing go on.
    pub fn resume(&self) {
        self.0.paused.store(false, Ordering::Relaxed);
    }

    /// Whether the sealing was asked to rest.
    pub fn is_paused(&self) -> bool {
        self.0.paused.load(Ordering::Relaxed)
    }

    /// Rests while it is paused, and tells that whoever calls it is alive. Call it before every piece of a long work.
    ///
    /// # Errors
    /// When it was cancelled: stop.
    pub fn checkpoint(&self) -> Result<(), Cancelled> {
        self.0.beats.fetch_add(1, Ordering::Relaxed);
        while !self.is_cancelled() && self.is_paused() {
            thread::sleep(PAUSE_STEP);
        }
        if self.is_cancelled() { Err(Cancelled) } else { Ok(()) }
    }

    /// How often a worker said that it is alive.
    pub(crate) fn beats(&self) -> u64 {
        self.0.beats.load(Ordering::Relaxed)
    }

    /// Sleeps, and wakes at once when it is cancelled; says whether it was.
    #[cfg(feature = "http")]
    pub(crate) fn sleep(&self, length: std::time::Duration) -> bool {
        const SLICE: std::time::Duration = std::time::Duration::from_millis(100);
        let start = std::time::Instant::now();
        while !self.is_cancelled() && start.elapsed() < length {
            std::thread::sleep(SLICE.min(length.saturating_sub(start.elapsed())));
        }
        self.is_cancelled()
    }

    pub(crate) fn begin(&self, step: Step, total_bytes: u64) {
        self.0.done_bytes.store(0, Ordering::Relaxed);
        self.0.total_bytes.store(total_bytes, Ordering::Relaxed);
        self.0.step.store(step as u8, Ordering::Relaxed);
    }

    pub(crate) fn add(&self, bytes: u64) {
        self.0.done_bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    #[cfg(feature = "http")]
    pub(crate) fn set(&self, bytes: u64) {
        self.0.done_bytes.store(bytes, Ordering::Relaxed);
    }
}
