//! `casefile-portal replay`: the clocks of one ticket's history.

mod lines;

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use casefile::config::read_plan;
use casefile::plan::Plan;
use casefile::report::Priority;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use self::lines::read_line;
use crate::clocks::{self, CLOCKS, Change, Fold, Occurrence, Outcome, Rule, State, clock_name};

#[derive(Debug, clap::Args)]
pub(crate) struct ReplayArguments {
    /// The history: one JSON object a line, with `at`, `key` and `event`; `-` reads standard input.
    #[arg(value_name = "EVENTS.jsonl")]
    events: PathBuf,
    /// The vendor's support plan [default: the one that comes with casefile].
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    /// The instant to look from; later events are not counted [default: the last event].
    #[arg(long, value_name = "TIME")]
    at: Option<Timestamp>,
    /// Write JSON instead of text.
    #[arg(long)]
    json: bool,
}

/// More than any ticket has; a log that is longer is not one.
const MAX_EVENTS: usize = 1_000_000;
const MAX_LINE_BYTES: u64 = 1 << 20;

/// A ticket as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Standing {
    priority: Priority,
    state: State,
    paused: bool,
    clocks: Clocks,
    escalations: Vec<Escalated>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Clocks {
    response: ClockStanding,
    workaround: ClockStanding,
    resolution: ClockStanding,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct ClockStanding {
    outcome: Outcome,
    due: Option<Timestamp>,
    stopped_at: Option<Timestamp>,
    breached_at: Option<Timestamp>,
    elapsed_seconds: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Escalated {
    to: String,
    clock: &'static str,
    at: Timestamp,
}

/// Folds the history and writes how the ticket stands.
pub(crate) fn run(arguments: &ReplayArguments, out: &mut dyn Write) -> anyhow::Result<()> {
    let plan = match &arguments.plan {
        Some(file) => read_plan(file).context("cannot use the support plan")?,
        None => Plan::default(),
    };
    let log = read(&arguments.events).with_context(|| {
        let name = if arguments.events == Path::new("-") {
            "standard input".into()
        } else {
            arguments.events.display().to_string()
        };
        format!("cannot replay {name}")
    })?;
    let last = log.iter().map(|event| event.at).max().context("there is no event in it")?;
    let at = arguments.at.unwrap_or(last);
    let Some(fold) = clocks::replay(&plan, &log, at) else {
        bail!("no ticket is `registered` by {at}: give a later --at, or begin the log with that event");
    };
    let standing = Standing::of(&fold, at, &plan);
    if arguments.json {
        writeln!(out, "{}", serde_json::to_string(&standing)?)?;
    } else {
        write!(out, "{}{}", told(&standing, at), explained(&fold))?;
    }
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<Vec<Occurrence>> {
    if path == Path::new("-") {
        return read_log(&mut std::io::stdin().lock());
    }
    let file = std::fs::File::open(path).context("it cannot be opened")?;
    read_log(&mut BufReader::new(file))
}

/// Reads a log in which each line is one event.
fn read_log(source: &mut dyn BufRead) -> anyhow::Result<Vec<Occurrence>> {
    let mut log = Vec::new();
    let mut line = Vec::new();
    for n in 1_usize.. {
        line.clear();
        let bytes =
            (&mut *source).take(MAX_LINE_BYTES).read_until(b'\n', &mut line).context("reading broke off")?;
        if bytes == 0 {
            break;
        }
        if bytes as u64 == MAX_LINE_BYTES {
            bail!("line {n} is longer than {MAX_LINE_BYTES} bytes: one event a line");
        }
        let text = line.strip_prefix("\u{feff}".as_bytes()).filter(|_| n == 1).unwrap_or(&line);
        if text.trim_ascii().is_empty() {
            continue;
        }
        if log.len() == MAX_EVENTS {
            bail!("line {n}: more than {MAX_EVENTS} events: this is not the log of one ticket");
        }
        log.push(read_line(text.trim_ascii()).with_context(|| format!("line {n}"))?);
    }
    Ok(log)
}

impl Standing {
    fn of(fold: &Fold<'_>, at: Timestamp, plan: &Plan) -> Self {
        let [response, workaround, resolution] = CLOCKS.map(|clock| {
            let tally = fold.clock(clock);
            ClockStanding {
                outcome: tally.outcome(),
                due: tally.due(),
                stopped_at: tally.stopped_at(),
                breached_at: tally.breached_at(),
                elapsed_seconds: tally.elapsed(at, plan).as_secs(),
            }
        });
        let escalations =
            fold.notices().into_iter().filter(|notice| matches!(notice.rule, Rule::Escalation(_)));
        Self {
            priority: fold.priority(),
            state: fold.state(),
            paused: fold.is_paused(),
            clocks: Clocks { response, workaround, resolution },
            escalations: escalations
                .map(|notice| Escalated { to: notice.to, clock: clock_name(notice.clock), at: notice.at })
                .collect(),
        }
    }
}

fn told(standing: &Standing, at: Timestamp) -> String {
    let mut text = format!("{}, {}, at {at}\n", standing.priority, word(&standing.state));
    let clocks = &standing.clocks;
    for (name, clock) in [
        ("response", &clocks.response),
        ("workaround", &clocks.workaround),
        ("resolution", &clocks.resolution),
    ] {
        let hours = clock.elapsed_seconds as f64 / 3_600.0;
        let _ = write!(text, "{name:<11} {:<9} {hours:.2} h", word(&clock.outcome));
        for (what, at) in [("due", clock.due), ("stopped", clock.stopped_at), ("breached", clock.breached_at)]
        {
            if let Some(at) = at {
                let _ = write!(text, ", {what} {at}");
            }
        }
        text.push('\n');
    }
    for escalated in &standing.escalations {
        let _ = writeln!(text, "escalated   {} to {} at {}", escalated.clock, escalated.to, escalated.at);
    }
    text
}

/// What happened to each clock, line by line.
fn explained(fold: &Fold<'_>) -> String {
    let mut text = format!("registered  {}\n", fold.registered_at());
    for (what, at) in
        [("next due", fold.next_due()), ("closes", fold.closes_at()), ("next change", fold.next_change())]
    {
        if let Some(at) = at {
            let _ = writeln!(text, "{what:<11} {at}");
        }
    }
    for line in fold.ledger() {
        let what = match line.change {
            Change::Started => "starts".to_owned(),
            Change::Retargeted(priority) => format!("takes the target of {priority}"),
            Change::Paused => "pauses".to_owned(),
            Change::Resumed => "goes on".to_owned(),
            Change::Stopped => "stops".to_owned(),
            Change::Breached => "is late".to_owned(),
            Change::Voided => "is void".to_owned(),
        };
        let hours = |length: SignedDuration| format!("{:.2} h", length.as_secs_f64() / 3_600.0);
        let _ =
            write!(text, "{} {:<10} {what}: {} used", line.at, clock_name(line.clock), hours(line.elapsed));
        let _ = line.target.map(|target| write!(text, " of {}", hours(target)));
        let _ = line.due.map(|due| write!(text, ", due {due}"));
        text.push('\n');
    }
    text
}

/// The word that JSON uses.
fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests;
