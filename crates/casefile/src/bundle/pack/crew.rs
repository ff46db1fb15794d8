//! What workers and the writing thread share.

use std::collections::BTreeMap;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use super::deflate::{END, Packer};
use super::sink::Reading;
use super::{Job, Packed, Settings};
use crate::bundle::write::{Method, Sizes};
use crate::progress::Progress;
use crate::redact::Redactor;

/// Clean chunks that wait to be packed; above it a reader packs instead of reading on.
const MAX_QUEUED: usize = 4;
/// Packed bytes that wait to be written; above it only the entry that is being written goes on.
const MAX_WAITING_BYTES: u64 = 12 << 20;
/// How soon the writing thread notices a wish to stop.
const WAIT: Duration = Duration::from_millis(50);

/// The workers and what they have done; the workers stop when it is dropped.
pub(super) struct Crew(Arc<Shared>);

pub(super) struct Shared {
    state: Mutex<State>,
    /// There is work, or room for it.
    work: Condvar,
    /// There is something to write.
    done: Condvar,
    pub(super) redactor: Redactor,
    pub(super) progress: Progress,
    settings: Settings,
}

struct State {
    jobs: Vec<Option<Job>>,
    slots: Vec<Slot>,
    /// The next job that nobody has begun.
    next: usize,
    /// The entry that is being written.
    head: usize,
    queue: BTreeMap<(usize, usize), Vec<u8>>,
    waiting_bytes: u64,
    stopped: bool,
}

/// One entry on its way.
#[derive(Default)]
struct Slot {
    method: Option<Method>,
    /// Packed chunks that were not written yet, by their number.
    packed: BTreeMap<usize, Vec<u8>>,
    /// The chunk that is written next.
    next: usize,
    packed_bytes: u64,
    chunks: usize,
    sums: SumsSoFar,
    /// When its source gave something last.
    moved_at: Option<Instant>,
    outcome: Option<Packed>,
    given_up: bool,
}

/// Sums over the clean bytes of an entry.
#[derive(Default)]
pub(super) struct Sums {
    sha256: Sha256,
    crc32: crc32fast::Hasher,
    bytes: u64,
}

/// The sums as they were when a chunk was complete.
#[derive(Default)]
struct SumsSoFar {
    sha256: Sha256,
    crc32: u32,
    bytes: u64,
}

impl Sums {
    pub(super) fn update(&mut self, clean: &[u8]) {
        self.sha256.update(clean);
        self.crc32.update(clean);
        self.bytes += clean.len() as u64;
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    fn so_far(&self) -> SumsSoFar {
        SumsSoFar { sha256: self.sha256.clone(), crc32: self.crc32.clone().finalize(), bytes: self.bytes }
    }
}

/// What can be written now.
pub(super) enum Ready {
    /// A part of the entry.
    Chunks { method: Method, chunks: Vec<Vec<u8>> },
    /// The rest of it.
    Whole { method: Method, chunks: Vec<Vec<u8>>, sizes: Sizes, packed: Packed },
}

enum Task {
    Pack { key: (usize, usize), clean: Vec<u8> },
    Read { index: usize, job: Job },
}

impl Crew {
    pub(super) fn start(
        jobs: Vec<Job>,
        redactor: &Redactor,
        settings: Settings,
        progress: &Progress,
    ) -> io::Result<Self> {
        let workers = settings.workers.max(1);
        let slots = jobs.iter().map(|_| Slot::default()).collect();
        let state = State {
            jobs: jobs.into_iter().map(Some).collect(),
            slots,
            next: 0,
            head: 0,
            queue: BTreeMap::new(),
            waiting_bytes: 0,
            stopped: false,
        };
        let shared = Shared {
            state: Mutex::new(state),
            work: Condvar::new(),
            done: Condvar::new(),
            redactor: redactor.clone(),
            progress: progress.clone(),
            settings,
        };
        let crew = Self(Arc::new(shared));
        for _ in 0..workers {
            crew.hire()?;
        }
        Ok(crew)
    }

    fn hire(&self) -> io::Result<()> {
        let shared = self.0.clone();
        thread::Builder::new().name("casefile-seal".to_owned()).spawn(move || shared.work())?;
        Ok(())
    }

    /// Waits for what can be written of this entry.
    ///
    /// # Errors
    /// When it was cancelled.
    pub(super) fn ready(&self, index: usize) -> io::Result<Ready> {
        let shared = &*self.0;
        let mut state = shared.lock();
        if state.head != index {
            state.head = index;
            shared.work.notify_all();
        }
        loop {
            if shared.progress.is_cancelled() {
                return Err(io::Error::other("cancelled"));
            }
            if let Some(ready) = state.take(index) {
                shared.work.notify_all();
                return Ok(ready);
            }
            if shared.progress.is_paused() {
                // Nobody can be late now.
                state.slots[index].moved_at = Some(Instant::now());
            }
            if state.is_late(index, shared.settings.deadline) {
                state.give_up(index, "it took too long to read");
                // Whoever reads it may never come back.
                self.hire()?;
                continue;
            }
            state = shared.done.wait_timeout(state, WAIT).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        // They are not waited for: one of them may hang on a dead network drive.
        self.0.lock().stopped = true;
        self.0.work.notify_all();
    }
}

impl State {
    fn take(&mut self, index: usize) -> Option<Ready> {
        let slot = &mut self.slots[index];
        let mut chunks = Vec::new();
        while let Some(chunk) = slot.packed.remove(&slot.next) {
            slot.next += 1;
            chunks.push(chunk);
        }
        let taken: u64 = chunks.iter().map(|chunk| chunk.len() as u64).sum();
        self.waiting_bytes -= taken;
        slot.packed_bytes += taken;
        let method = slot.method.unwrap_or(Method::Deflated);
        if slot.next == slot.chunks
            && let Some(mut packed) = slot.outcome.take()
        {
            if packed.stored.is_some() {
                packed.stored = Some((slot.sums.bytes, slot.sums.sha256.clone().finalize().into()));
            }
            let crc32 = slot.sums.crc32;
            let sizes = Sizes { crc32, packed_bytes: slot.packed_bytes, bytes: slot.sums.bytes };
            // An emptied map keeps its room, and there may be thousands of slots.
            slot.packed = BTreeMap::new();
            return Some(Ready::Whole { method, chunks, sizes, packed });
        }
        (!chunks.is_empty()).then_some(Ready::Chunks { method, chunks })
    }

    /// Whether the source of an entry has given nothing for too long, and all it gave before is packed.
    fn is_late(&self, index: usize, deadline: Duration) -> bool {
        let slot = &self.slots[index];
        let is_idle = slot.outcome.is_none() && slot.next == slot.chunks;
        is_idle && slot.moved_at.is_some_and(|moved_at| moved_at.elapsed() > deadline)
    }

    fn give_up(&mut self, index: usize, why: &str) {
        let slot = &mut self.slots[index];
        slot.given_up = true;
        let stored = (slot.sums.bytes > 0).then_some((0, [0; 32]));
        let reason = Some(why.to_owned());
        slot.outcome = Some(Packed { stored, reason, timed_out: true, ..Packed::default() });
        if stored.is_some() && slot.method == Some(Method::Deflated) {
            slot.packed.insert(slot.chunks, END.to_vec());
            slot.chunks += 1;
            self.waiting_bytes += END.len() as u64;
        }
    }

    fn task(&mut self) -> Option<Task> {
        if let Some((key, clean)) = self.queue.pop_first() {
            return Some(Task::Pack { key, clean });
        }
        let has_room = self.next == self.head || self.waiting_bytes < MAX_WAITING_BYTES;
        if self.next < self.jobs.len() && has_room {
            let index = self.next;
            self.next += 1;
            self.slots[index].moved_at = Some(Instant::now());
            return self.jobs[index].take().map(|job| Task::Read { index, job });
        }
        None
    }

    fn put(&mut self, (index, number): (usize, usize), packed: Vec<u8>) {
        self.waiting_bytes += packed.len() as u64;
        self.slots[index].packed.insert(number, packed);
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a worker does until there is nothing left to do.
    fn work(self: &Arc<Self>) {
        super::lower_priority();
        let mut packer = Packer::new(self.settings.effort);
        while let Some(task) = self.next_task() {
            match task {
                Task::Pack { key, clean } => self.pack(key, &clean, &mut packer),
                Task::Read { index, job } => self.read(index, &job, &mut packer),
            }
        }
    }

    fn next_task(&self) -> Option<Task> {
        let mut state = self.lock();
        loop {
            if state.stopped {
                return None;
            }
            if let Some(task) = state.task() {
                return Some(task);
            }
            state = self.work.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn pack(&self, key: (usize, usize), clean: &[u8], packer: &mut Packer) {
        if self.progress.checkpoint().is_ok() {
            let chunk = packer.pack(clean, false);
            let mut state = self.lock();
            state.put(key, chunk);
            if state.head == key.0 {
                self.done.notify_one();
            }
        }
    }

    fn read(self: &Arc<Self>, index: usize, job: &Job, packer: &mut Packer) {
        let look = self.settings.study.as_ref().and_then(|study| study.begin(&job.name));
        let reading = AssertUnwindSafe(|| Reading::new(self, index, packer, look).read(job));
        match panic::catch_unwind(reading) {
            Ok(outcome) => self.finish(index, outcome),
            // The report goes on without the rest of it.
            Err(_) => self.defective(index),
        }
    }

    fn finish(&self, index: usize, packed: Packed) {
        let mut state = self.lock();
        let slot = &mut state.slots[index];
        if !slot.given_up {
            slot.outcome = Some(packed);
        }
        self.done.notify_one();
    }

    /// A defect of ours in the middle of a source.
    fn defective(&self, index: usize) {
        let mut state = self.lock();
        if !state.slots[index].given_up {
            state.give_up(index, "casefile failed on it: a defect, please report it");
            if let Some(packed) = &mut state.slots[index].outcome {
                (packed.timed_out, packed.failed) = (false, true);
            }
        }
        self.done.notify_one();
    }

    /// Whether all of the source was taken before it was given up; from now on it cannot be.
    pub(super) fn is_in_time(&self, index: usize) -> bool {
        let mut state = self.lock();
        let slot = &mut state.slots[index];
        slot.moved_at = None;
        !slot.given_up
    }

    /// Marks that the source gave something.
    ///
    /// # Errors
    /// When nobody wants it any more.
    pub(super) fn moved(&self, index: usize) -> io::Result<()> {
        let cancelled = || io::Error::other("cancelled");
        self.progress.checkpoint().map_err(|_| cancelled())?;
        let mut state = self.lock();
        let stopped = state.stopped;
        let slot = &mut state.slots[index];
        slot.moved_at = Some(Instant::now());
        if stopped || slot.given_up { Err(cancelled()) } else { Ok(()) }
    }

    /// Takes a whole chunk of an entry: into the queue, if somebody will soon pack it.
    ///
    /// # Errors
    /// When nobody wants it any more.
    pub(super) fn chunk(
        &self,
        index: usize,
        method: Method,
        clean: Vec<u8>,
        sums: &Sums,
        packer: &mut Packer,
    ) -> io::Result<()> {
        self.moved(index)?;
        let mut state = self.lock();
        let stopped = state.stopped;
        let slot = &mut state.slots[index];
        if stopped || slot.given_up {
            return Err(io::Error::other("cancelled"));
        }
        let number = slot.chunks;
        (slot.chunks, slot.method, slot.sums) = (number + 1, Some(method), sums.so_far());
        if method == Method::Stored {
            state.put((index, number), clean);
            self.done.notify_one();
        } else {
            state.queue.insert((index, number), clean);
            self.work.notify_one();
        }
        // Packing what was queued first keeps the order, and keeps the queue short when all others read, too.
        while state.queue.len() > MAX_QUEUED {
            let Some((key, clean)) = state.queue.pop_first() else { break };
            drop(state);
            self.pack(key, &clean, packer);
            self.moved(index)?;
            state = self.lock();
        }
        // Whoever is ahead of the writing helps it, or waits.
        while state.head != index && state.waiting_bytes > MAX_WAITING_BYTES && !state.stopped {
            if let Some((key, clean)) = state.queue.pop_first() {
                drop(state);
                self.pack(key, &clean, packer);
                state = self.lock();
            } else {
                state = self.work.wait_timeout(state, WAIT).unwrap_or_else(PoisonError::into_inner).0;
                state.slots[index].moved_at = Some(Instant::now());
            }
        }
        Ok(())
    }

    /// Takes the last chunk of an entry, packed.
    pub(super) fn last_chunk(&self, index: usize, method: Method, packed: Vec<u8>, sums: &Sums) {
        let mut state = self.lock();
        let slot = &mut state.slots[index];
        if slot.given_up {
            return;
        }
        let number = slot.chunks;
        (slot.chunks, slot.method, slot.sums) = (number + 1, Some(method), sums.so_far());
        state.put((index, number), packed);
    }
}
