//! Collects while the person writes, and looks through what was collected: what is known to be wrong, and when errors were
//! logged.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;

use casefile::analyze::Finding;
use casefile::bundle::{Bundle, Window};
use casefile::redact::Tiers;
use casefile::stamp::Level;
use casefile::timeline::{self, Filter, Item};
use casefile::{Prepared, Progress, Reporter, Selection};
use jiff::{SignedDuration, Timestamp};

use crate::page::harmless;
use crate::task::{Polled, Task};

/// What is collected for: another time or other tiers make it another evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) window: Option<Window>,
    pub(crate) tiers: Tiers,
}

/// Evidence, and what it says.
pub(crate) struct Collected {
    wanted: Wanted,
    /// What a report is made of when the person goes on.
    pub(crate) prepared: Prepared,
    pub(crate) findings: Vec<Finding>,
    /// Errors in the logs, the oldest first.
    events: Vec<Event>,
}

/// Something in a log that the person may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) at: Timestamp,
    /// The beginning of what the log says, safe to show.
    pub(crate) text: String,
}

pub(crate) struct Early {
    reporter: Reporter,
    state: State,
    /// What is wanted now, and since when in seconds of the frames.
    wanted: Option<(Wanted, f64)>,
}

enum State {
    Idle,
    Collects(Wanted, Progress, Task<Option<Collected>>),
    Ready(Arc<Collected>),
    /// It did not work; sealing will say why.
    Failed(Wanted),
}

/// What the sealing begins with.
pub(crate) enum Handed {
    Ready(Arc<Collected>),
    /// Whoever waits for it shows this progress.
    Coming(Progress, Task<Option<Collected>>),
}

impl Handed {
    /// The progress that belongs to it.
    pub(crate) fn progress(&self) -> Progress {
        match self {
            Self::Ready(_) => Progress::new(),
            Self::Coming(progress, _) => progress.clone(),
        }
    }

    /// Waits for it.
    pub(crate) fn collected(self) -> Option<Arc<Collected>> {
        match self {
            Self::Ready(collected) => Some(collected),
            Self::Coming(_, task) => task.wait().flatten().map(Arc::new),
        }
    }
}

/// A change of mind is waited for before everything is collected again.
const PAUSE_SECONDS: f64 = 1.0;
/// Errors that are remembered: the newest.
const MAX_EVENTS: usize = 2_000;
/// What is shown of one.
const EVENT_CHARS: usize = 110;
/// How far from a time that was typed an error may be.
const NEAR: SignedDuration = SignedDuration::from_mins(30);
/// Events that are offered at once.
const OFFERED: usize = 3;

impl Early {
    pub(crate) fn new(reporter: Reporter) -> Self {
        Self { reporter, state: State::Idle, wanted: None }
    }

    pub(crate) fn is_busy(&self) -> bool {
        matches!(self.state, State::Collects(..))
    }

    /// Says what is wanted; `at` is the time of the frame in seconds. Begins at once the first time, and after a pause when
    /// it changed. Returns in how many seconds it has to be told again.
    pub(crate) fn watch(&mut self, wanted: Wanted, at: f64, now: impl FnOnce() -> Timestamp) -> Option<f64> {
        let since = match self.wanted {
            Some((same, since)) if same == wanted => since,
            Some(_) => at,
            None => at - PAUSE_SECONDS,
        };
        self.wanted = Some((wanted, since));
        let is_settled = match &self.state {
            State::Idle => false,
            State::Collects(of, ..) | State::Failed(of) => *of == wanted,
            State::Ready(collected) => collected.wanted == wanted,
        };
        if is_settled {
            return None;
        }
        let left = since + PAUSE_SECONDS - at;
        if left > 0.0 {
            return Some(left);
        }
        self.start(wanted, now());
        None
    }

    fn start(&mut self, wanted: Wanted, now: Timestamp) {
        self.stop();
        let (reporter, progress) = (self.reporter.clone(), Progress::new());
        let shared = progress.clone();
        let task = Task::start("prepare", move || collect(&reporter, wanted, now, &shared));
        self.state = State::Collects(wanted, progress, task);
    }

    /// Takes over what was collected; whether there is something new.
    pub(crate) fn poll(&mut self) -> bool {
        let State::Collects(wanted, _, task) = &self.state else { return false };
        self.state = match task.poll() {
            Polled::Pending => return false,
            Polled::Done(Some(collected)) => State::Ready(Arc::new(collected)),
            Polled::Done(None) | Polled::Died => State::Failed(*wanted),
        };
        true
    }

    /// Nobody needs it any more, or something else is collected now.
    pub(crate) fn stop(&mut self) {
        if let State::Collects(_, progress, _) = &self.state {
            progress.cancel();
            self.state = State::Idle;
        }
    }

    /// Hands over what is collected, or is being collected, for this; what is for something else is given up.
    pub(crate) fn take(&mut self, wanted: Wanted) -> Option<Handed> {
        match std::mem::replace(&mut self.state, State::Idle) {
            State::Ready(collected) => {
                let fits = collected.wanted == wanted;
                let handed = fits.then(|| Handed::Ready(collected.clone()));
                self.state = State::Ready(collected);
                handed
            }
            State::Collects(of, progress, task) if of == wanted => Some(Handed::Coming(progress, task)),
            State::Collects(_, progress, _) => {
                progress.cancel();
                None
            }
            State::Idle | State::Failed(_) => None,
        }
    }

    /// What was collected last, even if it is for another time by now.
    pub(crate) fn collected(&self) -> Option<&Arc<Collected>> {
        match &self.state {
            State::Ready(collected) => Some(collected),
            _ => None,
        }
    }
}

impl Drop for Early {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Collected {
    /// Errors near a time, the nearest first; without a time the latest ones.
    pub(crate) fn events_near(&self, typed: Option<Timestamp>) -> Vec<Event> {
        let mut near: Vec<&Event> = match typed {
            Some(at) => self.events.iter().filter(|event| distance(event.at, at) <= NEAR).collect(),
            None => self.events.iter().rev().take(OFFERED).collect(),
        };
        if let Some(at) = typed {
            near.sort_by_key(|event| distance(event.at, at));
        }
        near.into_iter().take(OFFERED).cloned().collect()
    }
}

fn distance(one: Timestamp, other: Timestamp) -> SignedDuration {
    one.duration_since(other).abs()
}

/// `None` when it was cancelled or cannot be done: the sealing finds the same reason, and tells it.
fn collect(reporter: &Reporter, wanted: Wanted, now: Timestamp, progress: &Progress) -> Option<Collected> {
    let Wanted { window, tiers } = wanted;
    let mut selection = Selection { tiers: Some(tiers), ..Selection::default() };
    selection.scope.window = window;
    let prepared = reporter.prepare(&selection, now, progress).ok()?;
    let findings = findings_of(prepared.bundle());
    // Evidence that cannot be put in order has findings all the same.
    let events = events_of(prepared.bundle(), progress).unwrap_or_default();
    (!progress.is_cancelled()).then_some(Collected { wanted, prepared, findings, events })
}

/// What is known to be wrong in a bundle; none when it cannot be read: the bundle is worth sending without.
pub(crate) fn findings_of(bundle: &Bundle) -> Vec<Finding> {
    bundle.findings().ok().flatten().unwrap_or_default()
}

fn events_of(bundle: &Bundle, progress: &Progress) -> io::Result<Vec<Event>> {
    let filter = Filter { level: Some(Level::Error), ..Filter::default() };
    let mut events = VecDeque::new();
    timeline::read(bundle, &filter, &mut |item| {
        progress.checkpoint().map_err(io::Error::other)?;
        if let Item::Record(shown) = item
            && let Some(at) = shown.until.or(shown.at)
            // Nobody chooses between two errors of one second.
            && events.back().is_none_or(|last: &Event| last.at.as_second() != at.as_second())
        {
            if events.len() == MAX_EVENTS {
                events.pop_front();
            }
            let text = String::from_utf8_lossy(shown.text.get(shown.message_at..).unwrap_or_default());
            let line: String =
                text.trim().lines().next().unwrap_or_default().chars().take(EVENT_CHARS).collect();
            events.push_back(Event { at, text: harmless(&line) });
        }
        Ok(())
    })?;
    let mut events: Vec<Event> = events.into();
    events.sort_by_key(|event| event.at);
    Ok(events)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("2026-11-24T{text}Z").parse().unwrap()
    }

    #[test]
    fn a_typed_time_finds_the_errors_around_it() {
        let home = tempfile::tempdir().unwrap();
        let logs = home.path().join("logs");
        std::fs::create_dir(&logs).unwrap();
        let log = "2026-11-24T09:00:00Z ERROR one\n2026-11-24T10:03:22Z ERROR two of anna@example.com\n  at x\n\
            2026-11-24T10:04:00Z INFO fine\n2026-11-24T10:20:00Z ERROR three\n";
        std::fs::write(logs.join("bot.log"), log).unwrap();
        let builder = Reporter::builder("a", "Bot", "1").outbox(home.path().join("outbox")).logs(logs);
        let reporter = builder.build().unwrap();
        let wanted = Wanted { window: None, tiers: Tiers::default() };
        let collected = collect(&reporter, wanted, at("11:00:00"), &Progress::new()).unwrap();
        let texts = |typed| -> Vec<String> {
            collected.events_near(typed).into_iter().map(|event| event.text).collect()
        };
        assert_eq!(texts(None)[0], "ERROR three");
        let near = texts(Some(at("10:05:00")));
        assert!(near[0].starts_with("ERROR two of <email:") && near[1] == "ERROR three", "{near:?}");
        assert_eq!(texts(Some(at("12:00:00"))), [""; 0]);

        let drafts = home.path().join("outbox/drafts");
        assert_eq!(std::fs::read_dir(&drafts).unwrap().count(), 1);
        drop(collected);
        assert_eq!(std::fs::read_dir(&drafts).unwrap().count(), 0);
    }

    #[test]
    fn a_change_of_mind_is_waited_for() {
        let home = tempfile::tempdir().unwrap();
        let reporter = Reporter::builder("a", "Bot", "1").outbox(home.path()).build().unwrap();
        let mut early = Early::new(reporter);
        let wanted = |window| Wanted { window, tiers: Tiers::default() };
        let window = Window { from: at("09:00:00"), to: at("11:00:00") };
        assert_eq!(early.watch(wanted(None), 5.0, || at("10:00:00")), None);
        assert!(early.is_busy(), "the first time at once");
        assert_eq!(early.watch(wanted(Some(window)), 6.0, || unreachable!()), Some(1.0));
        assert_eq!(
            early.watch(wanted(None), 6.5, || unreachable!()),
            None,
            "what is under way is wanted again"
        );
        assert_eq!(early.watch(wanted(Some(window)), 7.0, || unreachable!()), Some(1.0));
        assert_eq!(early.watch(wanted(Some(window)), 8.0, || at("10:00:00")), None);
        assert!(matches!(early.state, State::Collects(of, ..) if of == wanted(Some(window))));
    }
}
