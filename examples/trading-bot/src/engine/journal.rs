//! What the bot writes down while it runs: a text log for people, JSON lines for programs, and the last lines for
//! the window.

mod rotate;

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::tz::TimeZone;
use tracing::Subscriber;
use tracing_appender::non_blocking::{NonBlocking, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};

use self::rotate::RotatedFile;
use super::clock::Clock;

/// Writes as long as it is kept: dropping it writes out what is still on its way, and ends the log.
pub(crate) struct Journal {
    pub(crate) tail: Tail,
    _writers: [WorkerGuard; 2],
}

/// One file of either kind; a day of an ordinary bot is some tens of them.
const MAX_FILE_BYTES: u64 = 128 << 10;
/// Of either kind.
const MAX_FILES: usize = 40;
/// Lines that the window shows.
const TAIL_LINES: usize = 200;

impl Journal {
    /// Opens the logs in a folder. The caller makes the subscriber the one of the process, or of a test.
    pub(crate) fn open(dir: &Path, clock: &Clock) -> (impl Subscriber + Send + Sync + use<>, Self) {
        let (text, text_guard) = writer(RotatedFile::new(dir, "bot", "log"), "bot-write-log");
        let (events, events_guard) = writer(RotatedFile::new(dir, "events", "jsonl"), "bot-write-events");
        let tail = Tail::default();
        // Debug for all of the bot, as support asks of users; nothing of the libraries beneath.
        let own = Targets::new().with_target("trading_bot", LevelFilter::DEBUG);
        let layer = tracing_subscriber::fmt::layer().with_timer(clock.clone()).with_ansi(false);
        let text = layer.log_internal_errors(false).with_thread_names(true).with_writer(text);
        let layer = tracing_subscriber::fmt::layer().json().with_timer(clock.clone());
        let events = layer
            .log_internal_errors(false)
            .with_current_span(false)
            .with_span_list(false)
            .with_writer(events);
        let layer = tracing_subscriber::fmt::layer().with_timer(Hour(clock.clone())).with_ansi(false);
        let shown = layer.with_target(false).with_writer(tail.clone()).with_filter(LevelFilter::INFO);
        let subscriber = tracing_subscriber::registry().with(own).with(text).with(events).with(shown);
        (subscriber, Self { tail, _writers: [text_guard, events_guard] })
    }
}

/// Nothing may be lost: a full queue makes the bot wait rather than drop what support will look for.
fn writer(file: RotatedFile, thread: &str) -> (NonBlocking, WorkerGuard) {
    NonBlockingBuilder::default().lossy(false).thread_name(thread).finish(file)
}

/// Logs each panic with its place before the hook that was there before takes over.
pub(crate) fn log_panics() {
    let previous = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let thread = std::thread::current();
        let thread = thread.name().unwrap_or("without a name");
        let message = panic.payload_as_str().unwrap_or("a value that is no text");
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let trace = std::backtrace::Backtrace::force_capture();
        tracing::error!(place, "thread '{thread}' panicked: {message}\nstack backtrace:\n{trace}");
        previous(panic);
    }));
}

impl FormatTime for Clock {
    fn format_time(&self, w: &mut Writer<'_>) -> fmt::Result {
        write!(w, "{:.3}", self.now())
    }
}

/// The time of day where the user is, for the window.
struct Hour(Clock);

impl FormatTime for Hour {
    fn format_time(&self, w: &mut Writer<'_>) -> fmt::Result {
        let now = self.0.now().to_zoned_datetime(TimeZone::system());
        write!(w, "{}", now.strftime("%H:%M:%S"))
    }
}

/// The last lines of level info and above.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tail(Arc<Mutex<VecDeque<String>>>);

impl Tail {
    /// Oldest first.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

impl Write for Tail {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The first line of an event says what happened; a stack trace is for the file.
        let text = String::from_utf8_lossy(event);
        lines.extend(text.lines().next().map(str::to_owned));
        while lines.len() > TAIL_LINES {
            lines.pop_front();
        }
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Tail {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use jiff::Timestamp;

    use super::*;
    use crate::engine::tests::with_log;

    #[test]
    fn an_event_is_in_the_text_log_the_json_log_and_the_tail() {
        let dir = tempfile::tempdir().unwrap();
        let clock = Clock::new("2026-11-24T04:31:57.123Z".parse::<Timestamp>().unwrap());
        let (subscriber, journal) = Journal::open(dir.path(), &clock);
        let tail = journal.tail.clone();
        with_log(subscriber, || {
            tracing::info!(code = -1021, "refused");
            tracing::debug!("only in the files");
        });
        drop(journal);
        let read = |name: &str| fs::read_to_string(dir.path().join(name)).unwrap();
        let text = read("bot.2026-11-24-04.log");
        assert!(text.starts_with("2026-11-24T04:31:57.123Z  INFO "), "{text}");
        assert!(text.contains("only in the files"));
        let events = read("events.2026-11-24-04.jsonl");
        let first: serde_json::Value = serde_json::from_str(events.lines().next().unwrap()).unwrap();
        assert_eq!(first["fields"]["code"], -1021);
        assert_eq!(first["timestamp"], "2026-11-24T04:31:57.123Z");
        assert_eq!(events.lines().count(), 2);
        let lines = tail.lines();
        // The hour is that of the machine.
        assert!(lines.len() == 1 && lines[0].ends_with(":57  INFO refused code=-1021"), "{lines:?}");
    }

    #[test]
    fn the_tail_is_bounded() {
        let mut tail = Tail::default();
        for line in 0..TAIL_LINES + 5 {
            tail.write_all(format!("line {line}\n").as_bytes()).unwrap();
        }
        assert_eq!(tail.lines().len(), TAIL_LINES);
        assert_eq!(tail.lines()[0], "line 5");
    }
}
