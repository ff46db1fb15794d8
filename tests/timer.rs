//! How late a timer of one millisecond gets in a bot, with a report being sealed in the same process and without.
//!
//! `timer FOLDER ROUNDS` seals the logs of a folder as often as there are rounds, and waits as long as that took before each. Then
//! it seals as often again and changes its mind in the middle: how long does it take until the sealing has ended?
//! `tests/bench --keep` makes such a folder. Used for the figures in `docs/performance.md`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool for measurements: it stops where something is wrong, and prints what it saw"
)]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use casefile::report::{Category, Priority, Request};
use casefile::{Progress, Reporter};

const TICK: Duration = Duration::from_millis(1);

/// How late each tick was while `work` was done.
fn lateness(work: impl FnOnce()) -> Vec<Duration> {
    let stop = Arc::new(AtomicBool::new(false));
    let watched = Arc::clone(&stop);
    let tick = move || {
        let mut late = Vec::new();
        while !watched.load(Ordering::Relaxed) {
            let begun = Instant::now();
            std::thread::sleep(TICK);
            late.push(begun.elapsed().saturating_sub(TICK));
        }
        late
    };
    let timer = std::thread::Builder::new().name("timer".to_owned()).spawn(tick).unwrap();
    work();
    stop.store(true, Ordering::Relaxed);
    timer.join().unwrap()
}

fn show(name: &str, mut late: Vec<Duration>) {
    late.sort();
    let at = |permille: usize| late[(late.len() - 1) * permille / 1_000].as_secs_f64() * 1e3;
    println!(
        "{name}: {} ticks, late by {:.2} ms (median), {:.2} (p99), {:.2} (p99.9), {:.2} (most)",
        late.len(),
        at(500),
        at(990),
        at(999),
        at(1_000)
    );
}

fn main() {
    let args: Vec<_> = std::env::args().skip(1).collect();
    let [logs, rounds] = &args[..] else { panic!("timer FOLDER ROUNDS") };
    let home = tempfile::tempdir().unwrap();
    let builder = Reporter::builder("com.example.bot", "Bot", "1.2.3").logs(Path::new(logs));
    let reporter = builder.outbox(home.path()).build().unwrap();
    let request = Request::new("t", "d", Priority::P3, Category::Exchange);
    let now = "2026-11-24T10:00:00Z".parse().unwrap();
    let seal = || {
        let draft = reporter.seal(&request, now, &Progress::new()).unwrap();
        reporter.discard(&draft).unwrap();
    };
    let begun = Instant::now();
    seal();
    let length = begun.elapsed();
    let (mut without, mut with) = (Vec::new(), Vec::new());
    let rounds = rounds.parse().unwrap();
    for _ in 0..rounds {
        without.extend(lateness(|| std::thread::sleep(length)));
        with.extend(lateness(seal));
    }
    show("without sealing", without);
    show("with sealing   ", with);
    let mut longest = Duration::ZERO;
    for round in 1..=rounds {
        let progress = Progress::new();
        let cancels = progress.clone();
        let middle = length * round / (rounds + 1);
        let canceller = std::thread::Builder::new().spawn(move || {
            std::thread::sleep(middle);
            cancels.cancel();
            Instant::now()
        });
        let outcome = reporter.seal(&request, now, &progress);
        let cancelled_at = canceller.unwrap().join().unwrap();
        match outcome {
            Ok(draft) => reporter.discard(&draft).unwrap(),
            Err(_) => longest = longest.max(cancelled_at.elapsed()),
        }
    }
    println!("cancelled {rounds} times: over after {:.1} ms at most", longest.as_secs_f64() * 1e3);
}
