//! `casefile outbox`: what waits to be sent.

use std::io::Write;

use anyhow::Context;
use casefile::id::ReportId;
use casefile::letter::save_bundle;
use casefile::outbox::{KeptUntil, Parcel, ParcelError, State};
use casefile::{Progress, Reporter};
use clap::error::ErrorKind;
use jiff::Timestamp;
use serde_json::json;

use crate::Outcome;
use crate::args::{
    OutboxArgs, OutboxCommand, OutboxDropArgs, OutboxListArgs, OutboxSaveArgs, OutboxSendArgs, usage,
};
use crate::terminal::line;

pub(crate) fn run(args: &OutboxArgs, now: fn() -> Timestamp, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    match &args.command {
        OutboxCommand::List(args) => list(args, out),
        OutboxCommand::Send(args) => send(args, out),
        OutboxCommand::Save(args) => save(args, now(), out),
        OutboxCommand::Drop(args) => drop_report(args, out),
    }
}

fn list(args: &OutboxListArgs, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let reporter = Reporter::from_config(&args.config)?;
    let outbox = reporter.outbox();
    for parcel in outbox.list().context("cannot read the outbox")? {
        let row = match &parcel {
            Ok(parcel) => row(parcel, outbox.kept_until(parcel)),
            Err((name, error)) => json!({"report_id": name, "state": "unreadable", "why": error.to_string()}),
        };
        if args.json {
            writeln!(out, "{row}")?;
        } else {
            let text = |key: &str| line(row[key].as_str().unwrap_or_default());
            let percent = row["percent"].as_u64().map(|percent| format!("{percent} %")).unwrap_or_default();
            // To the second: nobody waits for the rest.
            let second =
                |at: &str| format!("until {}Z", at.trim_end_matches('Z').split('.').next().unwrap_or(at));
            let until = row["until"].as_str().map(second).unwrap_or_default();
            // The file goes first; who wants it has to know.
            let day = |at: &str| at.split('T').next().unwrap_or_default().to_owned();
            let file = row["bundle_kept_until"].as_str().map(|at| format!("file kept until {}", day(at)));
            let note = [percent, text("ticket"), line(&until), text("why"), line(&file.unwrap_or_default())];
            let note = note.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
            writeln!(out, "{}  {:<10} {}  {}", text("report_id"), text("state"), note.trim(), text("title"))?;
        }
    }
    Ok(Outcome::Done)
}

fn row(parcel: &Parcel, kept: Option<KeptUntil>) -> serde_json::Value {
    let state = parcel.state();
    let receipt = state.as_ref().ok().and_then(State::receipt);
    let (name, why) = match &state {
        Ok(State::Kept) => ("kept", None),
        Ok(State::Registered(_)) => ("registered", None),
        Ok(State::Sending { .. }) => ("sending", None),
        Ok(State::Waiting { waiting, .. }) => ("waiting", Some(waiting.reason.as_str().to_owned())),
        Ok(State::Delivered(_)) => ("delivered", None),
        Ok(State::Refused { refusal, .. }) => {
            ("refused", Some(format!("{} ({})", refusal.hint, refusal.code)))
        }
        Err(error) => ("unreadable", Some(error.to_string())),
    };
    let until = match &state {
        Ok(State::Waiting { waiting, .. }) => Some(waiting.until()),
        _ => None,
    };
    let percent = match &state {
        Ok(State::Sending { done_bytes, total_bytes, .. }) => {
            Some(done_bytes.saturating_mul(100) / (*total_bytes).max(1))
        }
        _ => None,
    };
    json!({
        "report_id": parcel.id(),
        "state": name,
        "percent": percent,
        "until": until,
        "ticket": receipt.as_ref().map(|receipt| &receipt.ticket),
        "ticket_url": receipt.as_ref().map(|receipt| &receipt.status_url),
        "deadlines": receipt.as_ref().map(|receipt| receipt.deadlines),
        "why": why,
        "kept_at": parcel.kept_at(),
        "bundle_kept_until": kept.and_then(|kept| kept.bundle),
        "receipt_kept_until": kept.map(|kept| kept.receipt),
        "title": parcel.body().title,
        "bundle": parcel.bundle_path(),
        "sha256": parcel.body().bundle.as_ref().map(|bundle| &bundle.sha256),
        "bundle_bytes": parcel.body().bundle.as_ref().map(|bundle| bundle.bytes),
    })
}

fn send(args: &OutboxSendArgs, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let OutboxSendArgs { id, list: args } = args;
    let reporter = Reporter::from_config(&args.config)?;
    let mut outcome = Outcome::Done;
    let parcels = match id {
        Some(id) => vec![Ok(parcel_of(&reporter, *id)?)],
        None => reporter.outbox().list().context("cannot read the outbox")?,
    };
    for parcel in parcels {
        let parcel = match parcel {
            Ok(parcel) => parcel,
            Err((name, error)) => {
                writeln!(std::io::stderr(), "casefile: {name}: {error}")?;
                outcome = Outcome::Kept;
                continue;
            }
        };
        // A person who names a report wants it tried, whatever was said before.
        if id.is_none() && matches!(parcel.state(), Ok(State::Delivered(_) | State::Refused { .. })) {
            continue;
        }
        let (state, ticket) = match reporter.deliver(&parcel, &Progress::new()) {
            Ok(receipt) => ("delivered", receipt.ticket),
            Err(error) => {
                outcome = Outcome::Kept;
                let state = if error.is_refused() { "refused" } else { "kept" };
                writeln!(std::io::stderr(), "casefile: {}: {}", parcel.id(), line(&with_causes(&error)))?;
                (state, String::new())
            }
        };
        if args.json {
            writeln!(out, "{}", json!({"report_id": parcel.id(), "state": state, "ticket": ticket}))?;
        } else {
            writeln!(out, "{}  {state:<10} {}", parcel.id(), line(&ticket))?;
        }
    }
    Ok(outcome)
}

/// Saves what a person can send by other ways. The report stays in the outbox as it was.
fn save(args: &OutboxSaveArgs, now: Timestamp, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let extension = args.output.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    if !matches!(extension.as_str(), "zip" | "eml" | "txt") {
        let why = format!("{} has to end with .zip, .eml or .txt", args.output.display());
        return Err(usage(ErrorKind::InvalidValue, why));
    }
    let reporter = Reporter::from_config(&args.config)?;
    let parcel = parcel_of(&reporter, args.id)?;
    let cannot_save = || format!("cannot save {}", args.id);
    let mut note = "";
    match extension.as_str() {
        "zip" => save_bundle(&parcel.bundle_path(), &args.output).with_context(cannot_save)?,
        "eml" => {
            let letter = reporter.letter(&parcel).with_context(cannot_save)?;
            letter.save_mail(&args.output, now).with_context(cannot_save)?;
            if letter.is_too_large_for_mail() {
                note = "; most mail providers refuse a mail of this size: the .zip can travel otherwise";
            }
        }
        _ => reporter
            .letter(&parcel)
            .and_then(|letter| letter.save_text(&args.output))
            .with_context(cannot_save)?,
    }
    writeln!(out, "{}  saved to {}, not sent{note}", args.id, line(&args.output.display().to_string()))?;
    Ok(Outcome::Done)
}

/// A report of the outbox, by its id.
pub(crate) fn parcel_of(reporter: &Reporter, id: ReportId) -> anyhow::Result<Parcel> {
    reporter.outbox().parcel(id).with_context(|| format!("cannot use {id}"))
}

fn drop_report(args: &OutboxDropArgs, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let reporter = Reporter::from_config(&args.config)?;
    match reporter.outbox().drop_report(args.id) {
        Err(error @ ParcelError::Busy) => {
            writeln!(std::io::stderr(), "casefile: {}: {error}", args.id)?;
            Ok(Outcome::CheckFailed)
        }
        other => {
            other.with_context(|| format!("cannot remove {}", args.id))?;
            writeln!(out, "{}  removed", args.id)?;
            Ok(Outcome::Done)
        }
    }
}

/// An error and what caused it, on one line.
pub(crate) fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let next = error.to_string();
        if !text.contains(&next) {
            text = format!("{text}: {next}");
        }
        cause = error.source();
    }
    text
}
