//! The bot without a window: tells each step on a terminal until it can't trade any more.

use std::io::Write;
use std::time::Duration;

use anyhow::{Context as _, bail};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::engine::{Clock, Engine, Health, STOPPED_BY_STEP, Schedule, Trouble};
use crate::home::{Contents, Home};
use crate::words::Lang;

/// Seconds between two steps as far as the bot knows.
const STEP_SECONDS: i64 = 5;

/// Begins so long before `now` that the failure is no older than a few minutes: a quarter of an hour of trading
/// passes in two seconds, and no log line lies in the future.
pub(crate) fn begins_at(now: Timestamp) -> Timestamp {
    let steps = i64::try_from(STOPPED_BY_STEP).expect("a small number");
    now.checked_sub(SignedDuration::from_secs(steps * STEP_SECONDS)).unwrap_or(now)
}

/// Runs until trading halts; returns what halted it.
pub(crate) fn run(
    home: &Home,
    contents: Contents,
    clock: Clock,
    seed: u64,
    steps_per_second: f64,
    lang: Lang,
    out: &mut dyn Write,
) -> anyhow::Result<Trouble> {
    let mut now = clock.now();
    let mut engine = Engine::new(home, contents, clock, seed, Schedule::new(seed));
    let zone = TimeZone::system();
    for _ in 0..STOPPED_BY_STEP {
        let time = now.to_zoned_datetime(zone.clone());
        for news in engine.step(now) {
            writeln!(out, "{}  {}", time.strftime("%H:%M:%S"), lang.news(&news))
                .context("cannot print a step")?;
        }
        if let Health::Halted(trouble) = engine.health() {
            return Ok(trouble);
        }
        std::thread::sleep(Duration::from_secs_f64(1.0 / steps_per_second));
        now = now
            .checked_add(SignedDuration::from_secs(STEP_SECONDS))
            .context("cannot go on: the time is over")?;
    }
    bail!("cannot find the failure that the script has within {STOPPED_BY_STEP} steps")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_told_step_by_step_and_ends_with_what_halted_it() {
        for (lang, last) in
            [(Lang::En, "! The bot cannot place orders"), (Lang::Pl, "! Bot nie może składać zleceń")]
        {
            let dir = tempfile::tempdir().unwrap();
            let now: Timestamp = "2026-11-24T05:00:00Z".parse().unwrap();
            let (home, contents) = Home::open(dir.path(), 1, None, lang, now).unwrap();
            let mut out = Vec::new();
            let clock = Clock::new(begins_at(now));
            let trouble = run(&home, contents, clock, 1, 1e6, lang, &mut out).unwrap();
            assert!(trouble.at < now);
            let told = String::from_utf8(out).unwrap();
            assert!(told.contains("-1021") && told.contains("-2010"), "{told}");
            assert!(told.lines().last().unwrap().ends_with(last), "{told}");
        }
    }
}
