//! `casefile timeline`: all logs of a bundle merged by time, for people and as JSON lines.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};

use anyhow::Context;
use casefile::bundle::Bundle;
use casefile::logs::text_of;
use casefile::stamp::Level;
use casefile::timeline::{self, Filter, Item, Shown, Totals};
use jiff::Timestamp;
use serde::Serialize;

use crate::Outcome;
use crate::args::TimelineArgs;
use crate::opened;
use crate::terminal::{Paint, grouped, line, push_line, push_number};

pub(crate) fn run(args: &TimelineArgs, paint: Paint, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let Some(bundle) = opened::open(&args.bundle, "read", out)? else { return Ok(Outcome::CheckFailed) };
    let (from, to) = span(args, &bundle)?;
    let filter = Filter { level: args.level, from, to, grep: args.grep.clone() };
    let mut out = BufWriter::with_capacity(256 << 10, out);
    let totals = if args.json {
        let totals = timeline::read_ahead(&bundle, &filter, &mut |item| write_json(&item, &mut out))?;
        serde_json::to_writer(&mut out, &JsonEnd::of(totals)).map_err(io::Error::from)?;
        writeln!(out)?;
        totals
    } else {
        let mut page = Page { paint, text: String::new(), second: None, shown_second: String::new() };
        let totals = timeline::read_ahead(&bundle, &filter, &mut |item| page.write(&item, &mut out))?;
        let Totals { logs, records, shown, .. } = totals;
        writeln!(out, "-- {} of {} records in {} logs", grouped(shown), grouped(records), grouped(logs))?;
        totals
    };
    out.flush().context("cannot write the timeline")?;
    let _ = totals;
    Ok(Outcome::Done)
}

/// The time that is asked for.
fn span(args: &TimelineArgs, bundle: &Bundle) -> anyhow::Result<(Option<Timestamp>, Option<Timestamp>)> {
    let Some(around) = args.around else { return Ok((args.from, args.to)) };
    let occurred_at = || bundle.report().ok().and_then(|report| report.occurred_at);
    let at =
        around.or_else(occurred_at).context("the report does not say when it happened: name the time")?;
    let beyond = "the span leads beyond all times";
    let (from, to) = (at.checked_sub(args.span).context(beyond)?, at.checked_add(args.span).context(beyond)?);
    Ok((Some(from), Some(to)))
}

/// Writes for people.
struct Page {
    paint: Paint,
    text: String,
    /// The second that was written last: formatting a time costs more than all the rest of a line.
    second: Option<i64>,
    shown_second: String,
}

impl Page {
    fn write(&mut self, item: &Item<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.text.clear();
        match item {
            Item::Record(shown) => self.push_record(shown),
            Item::Gap { from, to } => {
                let seconds = to.duration_since(*from).as_secs().unsigned_abs();
                self.push_mark(&format!("silence: {} from {from}", length(seconds)));
            }
            Item::Burst { at, records, usual } => {
                self.push_mark(&format!("storm: {records} records in 10 s from {at}, usually {usual}"));
            }
            Item::Incident { at } => self.push_mark(&format!("it happened here, says the report: {at}")),
            Item::Unreadable { file } => {
                self.push_mark(&format!("the rest of {} cannot be read: it is damaged", line(file)));
            }
            _ => {}
        }
        out.write_all(self.text.as_bytes())
    }

    fn push_mark(&mut self, text: &str) {
        self.paint.mark(&mut self.text, &format!("-- {text} --"));
        self.text.push('\n');
    }

    fn push_record(&mut self, shown: &Shown<'_>) {
        match shown.at {
            Some(at) => self.push_time(at),
            None => self.text.push_str("                        "),
        }
        self.text.push(if shown.out_of_order { '<' } else { ' ' });
        self.paint.level(&mut self.text, shown.level);
        self.text.push(' ');
        push_line(&mut self.text, shown.file);
        self.text.push(':');
        push_number(&mut self.text, shown.line, 1);
        self.text.push_str("  ");
        let message = text_of(&shown.text[shown.message_at..]);
        for (index, part) in message.trim_ascii_start().lines().enumerate() {
            if index > 0 {
                self.text.push_str("\n    ");
            }
            push_line(&mut self.text, part);
        }
        if shown.repeats > 1 {
            let mut times = format!("  x {}", grouped(shown.repeats));
            if let Some(until) = shown.until {
                let _ = write!(times, " until {until:.3}");
            }
            self.paint.mark(&mut self.text, &times);
        }
        self.text.push('\n');
    }

    /// `2026-11-24T10:00:00.123Z`.
    fn push_time(&mut self, at: Timestamp) {
        let second = at.as_millisecond().div_euclid(1_000);
        if self.second != Some(second) {
            self.second = Some(second);
            self.shown_second.clear();
            let whole = Timestamp::from_second(second).unwrap_or(at);
            let _ = write!(self.shown_second, "{whole:.0}");
            self.shown_second.pop();
        }
        self.text.push_str(&self.shown_second);
        self.text.push('.');
        push_number(&mut self.text, at.as_millisecond().rem_euclid(1_000).unsigned_abs(), 3);
        self.text.push('Z');
    }
}

/// `45 s`, `12 min`, `3 h 5 min`.
fn length(seconds: u64) -> String {
    match seconds {
        0..=119 => format!("{seconds} s"),
        120..=7_199 => format!("{} min", seconds / 60),
        _ => format!("{} h {} min", seconds / 3_600, seconds / 60 % 60),
    }
}

/// One line of the output; see `docs/format.md`.
#[derive(Serialize)]
struct JsonRecord<'a> {
    at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Timestamp>,
    #[serde(skip_serializing_if = "is_one")]
    repeats: u64,
    file: &'a str,
    line: u64,
    level: Option<Level>,
    #[serde(skip_serializing_if = "is_false")]
    out_of_order: bool,
    #[serde(skip_serializing_if = "is_false")]
    zone_assumed: bool,
    text: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "mark", rename_all = "snake_case")]
enum JsonMark<'a> {
    Gap { from: Timestamp, to: Timestamp },
    Burst { at: Timestamp, records: u64, usual: u64 },
    Incident { at: Timestamp },
    Unreadable { file: &'a str },
}

#[derive(Serialize)]
struct JsonEnd {
    mark: &'static str,
    logs: u64,
    records: u64,
    shown: u64,
}

impl JsonEnd {
    fn of(totals: Totals) -> Self {
        Self { mark: "end", logs: totals.logs, records: totals.records, shown: totals.shown }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_one(repeats: &u64) -> bool {
    *repeats == 1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

fn write_json(item: &Item<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mark = match *item {
        Item::Record(shown) => {
            let Shown { at, until, repeats, file, line, level, out_of_order, zone_assumed, .. } = shown;
            let text = text_of(shown.text);
            let text = &*text;
            let record =
                JsonRecord { at, until, repeats, file, line, level, out_of_order, zone_assumed, text };
            serde_json::to_writer(&mut *out, &record)?;
            return out.write_all(b"\n");
        }
        Item::Gap { from, to } => JsonMark::Gap { from, to },
        Item::Burst { at, records, usual } => JsonMark::Burst { at, records, usual },
        Item::Incident { at } => JsonMark::Incident { at },
        Item::Unreadable { file } => JsonMark::Unreadable { file },
        _ => return Ok(()),
    };
    serde_json::to_writer(&mut *out, &mark)?;
    out.write_all(b"\n")
}
