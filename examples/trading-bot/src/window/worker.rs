//! The engine in a thread of its own: the window stays alive whatever the bot does, even when it crashes.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use eframe::egui;
use jiff::Timestamp;

use crate::engine::{Engine, Failure, Snapshot};

/// What the window asks of the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    Simulate(Failure),
    Crash,
    Stop,
}

/// A running engine.
pub(super) struct Worker {
    commands: SyncSender<Command>,
    shown: Arc<Mutex<Option<Snapshot>>>,
    thread: JoinHandle<()>,
}

/// How a worker ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Stopped,
    Crashed,
}

/// At most four pictures a second: more costs power and shows nothing new.
const REPAINT_AFTER: Duration = Duration::from_millis(250);
/// Clicks that wait; more are not taken.
const COMMANDS_WAITING: usize = 16;

impl Worker {
    /// Starts the thread. `make` runs in it.
    pub(super) fn start(
        make: impl FnOnce() -> Engine + Send + 'static,
        steps_per_second: f64,
        now: fn() -> Timestamp,
        ctx: egui::Context,
    ) -> std::io::Result<Self> {
        let (commands, asked) = sync_channel(COMMANDS_WAITING);
        let shown = Arc::new(Mutex::new(None));
        let show = Arc::clone(&shown);
        let thread = thread::Builder::new().name("bot-trade".to_owned()).spawn(move || {
            // Also when the thread dies: the window must see that.
            let _wake = Wake(ctx.clone());
            let mut engine = make();
            let pause = Duration::from_secs_f64(1.0 / steps_per_second);
            loop {
                engine.step(now());
                *show.lock().unwrap_or_else(PoisonError::into_inner) = Some(engine.snapshot());
                ctx.request_repaint_after(REPAINT_AFTER);
                if !obey(&mut engine, &asked, pause) {
                    engine.stop();
                    *show.lock().unwrap_or_else(PoisonError::into_inner) = Some(engine.snapshot());
                    return;
                }
            }
        })?;
        Ok(Self { commands, shown, thread })
    }

    /// Asks for something. Lost when the engine has ended or is far behind: the next picture shows it.
    pub(super) fn ask(&self, command: Command) {
        let _ = self.commands.try_send(command);
    }

    /// The newest state, once.
    pub(super) fn snapshot(&self) -> Option<Snapshot> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub(super) fn has_ended(&self) -> bool {
        self.thread.is_finished()
    }

    /// Waits for the thread; a panic in it ends here.
    pub(super) fn end(self) -> End {
        drop(self.commands);
        match self.thread.join() {
            Ok(()) => End::Stopped,
            Err(_) => End::Crashed,
        }
    }
}

/// Carries out what is asked until the next step is due; false when the engine shall stop.
fn obey(engine: &mut Engine, asked: &Receiver<Command>, pause: Duration) -> bool {
    match asked.recv_timeout(pause) {
        Ok(Command::Simulate(failure)) => {
            engine.simulate(failure);
            true
        }
        Ok(Command::Crash) => {
            engine.crash();
            true
        }
        Ok(Command::Stop) | Err(RecvTimeoutError::Disconnected) => false,
        Err(RecvTimeoutError::Timeout) => true,
    }
}

struct Wake(egui::Context);

impl Drop for Wake {
    fn drop(&mut self) {
        self.0.request_repaint();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Clock, Health, STOPPED_BY_STEP, Schedule};
    use crate::home::Home;
    use crate::words::Lang;

    fn start(dir: &std::path::Path) -> Worker {
        let now = || "2026-11-24T05:00:00Z".parse().unwrap();
        let (home, contents) = Home::open(dir, 1, None, Lang::En, now()).unwrap();
        let make = move || Engine::new(&home, contents, Clock::new(now()), 1, Schedule::new(1));
        Worker::start(make, 1e4, now, egui::Context::default()).unwrap()
    }

    /// Waits until the engine shows something for which this holds.
    fn wait(worker: &Worker, holds: impl Fn(&Snapshot) -> bool) {
        for _ in 0..500 {
            if worker.snapshot().is_some_and(|snapshot| holds(&snapshot)) {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("did not happen within {STOPPED_BY_STEP} steps and 5 s");
    }

    #[test]
    fn a_stopped_engine_says_so() {
        let dir = tempfile::tempdir().unwrap();
        let worker = start(dir.path());
        wait(&worker, |snapshot| !snapshot.orders.is_empty());
        worker.ask(Command::Stop);
        wait(&worker, |snapshot| snapshot.health == Health::Stopped);
        assert_eq!(worker.end(), End::Stopped);
    }

    #[test]
    fn a_crash_ends_the_thread_and_not_the_window() {
        let dir = tempfile::tempdir().unwrap();
        let worker = start(dir.path());
        worker.ask(Command::Crash);
        while !worker.has_ended() {
            thread::sleep(Duration::from_millis(5));
        }
        assert_eq!(worker.end(), End::Crashed);
    }
}
