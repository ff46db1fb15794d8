//! What is left of a run that did not end as it should: the note of a panic, or the mark of a run that nobody took away.
//!
//! ```text
//! <outbox>/crash/panic.log       the last panic, redacted; goes into reports
//! <outbox>/running.json          this run; removed when it ends as it should
//! <outbox>/crash/stopped.json    the mark of an earlier run that did not
//! ```
//!
//! Nothing of it happens by itself: a host asks for it by [`Reporter::catch_panics`] and [`Reporter::mark_running`].

use std::fs;
use std::io;
use std::panic::{self, PanicHookInfo};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sysinfo::{Pid, ProcessRefreshKind, ProcessStatus, ProcessesToUpdate, System};

use crate::collect::{Collector, Folder, FolderCollector, Found, Scope};
use crate::private;
use crate::redact::Redactor;
use crate::reporter::Reporter;

/// How an earlier run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Crash {
    /// When it ended; absent when nobody was left to note it.
    pub at: Option<Timestamp>,
    /// What is known of it, redacted: the note of the panic. Absent when the run was ended from outside, by a defect
    /// below the language, or by a power cut.
    pub note: Option<String>,
}

/// A run that is going on. When it is dropped, the run has ended as it should.
#[derive(Debug)]
pub struct Running(PathBuf);

#[derive(Serialize, Deserialize)]
struct Mark {
    pid: u32,
    /// Tells a process from a later one with the same number, in seconds since 1970.
    process_started_at: u64,
    since: Timestamp,
}

const PANIC: &str = "panic.log";
const STOPPED: &str = "stopped.json";
const RUNNING: &str = "running.json";
const MARK: &str = " FATAL panic: ";
/// A panic says a sentence; what is longer is data.
const MAX_MESSAGE_BYTES: usize = 4 << 10;
/// Frames above the panic, when the environment asks for them (`RUST_BACKTRACE`).
const MAX_TRACE_BYTES: usize = 16 << 10;
const MAX_NOTE_BYTES: u64 = 64 << 10;

impl Reporter {
    /// From now on a panic of any thread leaves one small redacted note, which the next report has in it; then the hook that
    /// was there before is called. Call it once, at the start. `now` is called when it happens.
    ///
    /// A note says that something panicked, not that the program ended: a host that catches panics calls
    /// [`Reporter::forget_crash`].
    ///
    /// # Errors
    /// When the redactor cannot be made or the folder not be written; the hook is as it was.
    pub fn catch_panics(&self, now: fn() -> Timestamp) -> io::Result<()> {
        let redactor = Arc::new(self.redactor(|_| {})?);
        let folder = self.crash_folder();
        private::create_folder(&folder)?;
        let path = folder.join(PANIC);
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            note(info, &redactor, &path, now);
            before(info);
        }));
        Ok(())
    }

    /// Marks this run, until what is returned is dropped. The mark of a run that was killed stays, and the next one finds it.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn mark_running(&self, now: Timestamp) -> io::Result<Running> {
        let path = self.outbox_folder().join(RUNNING);
        private::create_folder(&self.crash_folder())?;
        if read_mark(&path).is_some_and(|mark| !mark.is_alive()) {
            fs::rename(&path, self.crash_folder().join(STOPPED))?;
        }
        let pid = std::process::id();
        let mark = Mark { pid, process_started_at: started_at(pid).unwrap_or_default(), since: now };
        private::write(&path, &serde_json::to_vec(&mark)?)?;
        Ok(Running(path))
    }

    /// How an earlier run ended, if it did not end as it should.
    pub fn last_crash(&self) -> Option<Crash> {
        if let Some(crash) = read_note(&self.crash_folder().join(PANIC)) {
            return Some(crash);
        }
        let stale = read_mark(&self.outbox_folder().join(RUNNING)).is_some_and(|mark| !mark.is_alive());
        let stopped = stale || self.crash_folder().join(STOPPED).is_file();
        stopped.then_some(Crash { at: None, note: None })
    }

    /// Forgets how an earlier run ended: it was reported, or does not matter.
    ///
    /// # Errors
    /// What the disk says.
    pub fn forget_crash(&self) -> io::Result<()> {
        let running = self.outbox_folder().join(RUNNING);
        if read_mark(&running).is_some_and(|mark| !mark.is_alive()) {
            private::remove_if_there(&running)?;
        }
        private::remove_if_there(&self.crash_folder().join(PANIC))?;
        private::remove_if_there(&self.crash_folder().join(STOPPED))
    }

    fn crash_folder(&self) -> PathBuf {
        crash_folder(self.outbox_folder())
    }
}

fn crash_folder(outbox: &Path) -> PathBuf {
    outbox.join("crash")
}

/// Whether a process runs; one that ended and was not asked for its result yet does not.
pub fn is_process_alive(pid: u32) -> bool {
    started_at(pid).is_some()
}

/// When a process started, in seconds since 1970; nothing when there is none.
fn started_at(pid: u32) -> Option<u64> {
    let (mut system, pid) = (System::new().ok()?, Pid::from_u32(pid));
    system.refresh_processes_specifics(
        ProcessesToUpdate::Some(&[pid]),
        true,
        ProcessRefreshKind::nothing().without_tasks(),
    );
    let process = system.process(pid)?;
    let is_over = matches!(process.status(), ProcessStatus::Zombie | ProcessStatus::Dead);
    (!is_over).then(|| process.start_time())
}

impl Mark {
    fn is_alive(&self) -> bool {
        started_at(self.pid).is_some_and(|at| at == self.process_started_at)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // A thread that panics takes its values down with it: the note says more.
        let _ = private::remove_if_there(&self.0);
    }
}

/// Puts the note of the last panic into every report.
pub(crate) struct CrashNotes(PathBuf);

impl CrashNotes {
    pub(crate) fn of(outbox: &Path) -> Self {
        Self(crash_folder(outbox).join(PANIC))
    }
}

impl Collector for CrashNotes {
    fn name(&self) -> &str {
        Folder::Crash.as_str()
    }

    fn collect(&self, scope: &Scope) -> Vec<Found> {
        // That nothing crashed is nothing to tell.
        if !self.0.is_file() {
            return Vec::new();
        }
        FolderCollector::new(Folder::Crash, &self.0).collect(scope)
    }
}

/// Writes the note. A panic in a panic hook would end the program, so what can fail runs on a thread of its own; if that
/// one panics, there is no note.
fn note(info: &PanicHookInfo<'_>, redactor: &Arc<Redactor>, path: &Path, now: fn() -> Timestamp) {
    static WRITES: AtomicBool = AtomicBool::new(false);
    if WRITES.swap(true, Ordering::SeqCst) {
        return;
    }
    let message = info.payload_as_str().unwrap_or("(no message)");
    let message = message[..message.floor_char_boundary(MAX_MESSAGE_BYTES)].replace(['\r', '\n'], " ");
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let thread = thread::current().name().unwrap_or("?").to_owned();
    let trace = std::backtrace::Backtrace::capture().to_string();
    let trace = trace[..trace.floor_char_boundary(MAX_TRACE_BYTES)].to_owned();
    let (redactor, path) = (redactor.clone(), path.to_owned());
    let write = move || {
        let text = format!("{:.3}{MARK}thread '{thread}' at {place}: {message}\n{trace}\n", now());
        let clean = redactor.clean_text(&text).0.into_string();
        // Nobody is there to be told.
        let _ = private::write(&path, clean.as_bytes());
    };
    if let Ok(writer) = thread::Builder::new().name("casefile-crash".to_owned()).spawn(write) {
        let _ = writer.join();
    }
    WRITES.store(false, Ordering::SeqCst);
}

fn read_note(path: &Path) -> Option<Crash> {
    if fs::metadata(path).ok()?.len() > MAX_NOTE_BYTES {
        return None;
    }
    let text = fs::read_to_string(path).ok()?;
    let (at, note) = text.lines().next()?.split_once(MARK)?;
    Some(Crash { at: at.parse().ok(), note: Some(note.to_owned()) })
}

fn read_mark(path: &Path) -> Option<Mark> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Progress;
    use crate::report::{Category, Priority, Request};

    fn reporter(home: &Path) -> Reporter {
        Reporter::builder("a", "Bot", "1").outbox(home.join("outbox")).build().unwrap()
    }

    fn now() -> Timestamp {
        "2026-11-24T10:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_panic_leaves_a_redacted_note_that_goes_into_the_report_and_calls_the_hook_before() {
        static CALLED: AtomicBool = AtomicBool::new(false);
        let home = tempfile::tempdir().unwrap();
        let reporter = reporter(home.path());
        assert_eq!(reporter.last_crash(), None);
        panic::set_hook(Box::new(|_| CALLED.store(true, Ordering::SeqCst)));
        reporter.catch_panics(now).unwrap();
        let worker = thread::Builder::new().name("order loop".to_owned());
        let panics = || panic!("no price\nfor anna@example.com");
        assert!(worker.spawn(panics).unwrap().join().is_err());
        let _ = panic::take_hook();
        assert!(CALLED.load(Ordering::SeqCst));

        let crash = reporter.last_crash().unwrap();
        assert_eq!(crash.at, Some(now()));
        let note = crash.note.unwrap();
        assert!(
            note.contains("order loop") && note.contains("crash.rs") && note.contains("no price for <email:")
        );
        let request = Request::new("t", "d", Priority::P1, Category::Runtime);
        let draft = reporter.seal(&request, now(), &Progress::new()).unwrap();
        let entry = draft.bundle.read_text("crash/panic.log", 1 << 20).unwrap();
        assert!(entry.contains(&note), "{entry}");
        reporter.forget_crash().unwrap();
        assert_eq!(reporter.last_crash(), None);
    }

    #[test]
    fn a_run_that_was_killed_is_found_and_one_that_ended_is_not() {
        let home = tempfile::tempdir().unwrap();
        let reporter = reporter(home.path());
        let running = reporter.mark_running(now()).unwrap();
        assert_eq!(reporter.last_crash(), None, "it still runs");
        drop(running);
        assert_eq!(reporter.last_crash(), None, "it ended as it should");

        // As a run that was killed leaves it: no process has started then.
        let stale = Mark { pid: std::process::id(), process_started_at: 1, since: now() };
        let path = home.path().join("outbox").join(RUNNING);
        private::write(&path, &serde_json::to_vec(&stale).unwrap()).unwrap();
        let stopped = Some(Crash { at: None, note: None });
        assert_eq!(reporter.last_crash(), stopped);
        let again = reporter.mark_running(now()).unwrap();
        assert_eq!(reporter.last_crash(), stopped, "the next run knows it, too");
        reporter.forget_crash().unwrap();
        assert_eq!(reporter.last_crash(), None);
        assert!(path.is_file(), "the mark of this run stays");
        drop(again);
    }

    #[test]
    fn this_process_runs_and_no_process_has_the_largest_number() {
        assert!(is_process_alive(std::process::id()));
        assert!(!is_process_alive(u32::MAX - 1));
    }
}
