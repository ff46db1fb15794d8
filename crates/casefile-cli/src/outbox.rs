//! `casefile outbox`: what waits to be sent.

use std::io::Write;

use anyhow::Context;
use casefile::outbox::{Parcel, ParcelError, State};
use casefile::{Progress, Reporter};
use serde_json::json;

use crate::Outcome;
use crate::args::{OutboxArgs, OutboxCommand, OutboxDropArgs, OutboxListArgs};
use crate::terminal::line;

pub(crate) fn run(args: &OutboxArgs, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    match &args.command {
        OutboxCommand::List(args) => list(args, out),
        OutboxCommand::Send(args) => send(args, out),
        OutboxCommand::Drop(args) => drop_report(args, out),
    }
}

fn list(args: &OutboxListArgs, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let reporter = Reporter::from_config(&args.config)?;
    for parcel in reporter.outbox().list().context("cannot read the outbox")? {
        let row = match &parcel {
            Ok(parcel) => row(parcel),
            Err((name, error)) => json!({"report_id": name, "state": "unreadable", "why": error.to_string()}),
        };
        if args.json {
            writeln!(out, "{row}")?;
        } else {
            let text = |key: &str| line(row[key].as_str().unwrap_or_default());
            let percent = row["percent"].as_u64().map(|percent| format!("{percent} %")).unwrap_or_default();
            let until = row["until"].as_str().map(|until| format!("until {until}")).unwrap_or_default();
            let note = [percent, text("ticket"), line(&until), text("why")];
            let note = note.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
            writeln!(out, "{}  {:<10} {}  {}", text("report_id"), text("state"), note.trim(), text("title"))?;
        }
    }
    Ok(Outcome::Done)
}

fn row(parcel: &Parcel) -> serde_json::Value {
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
        "title": parcel.body().title,
        "bundle": parcel.bundle_path(),
        "sha256": parcel.body().bundle.as_ref().map(|bundle| &bundle.sha256),
        "bundle_bytes": parcel.body().bundle.as_ref().map(|bundle| bundle.bytes),
    })
}

fn send(args: &OutboxListArgs, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let reporter = Reporter::from_config(&args.config)?;
    let mut outcome = Outcome::Done;
    for parcel in reporter.outbox().list().context("cannot read the outbox")? {
        let parcel = match parcel {
            Ok(parcel) => parcel,
            Err((name, error)) => {
                writeln!(std::io::stderr(), "casefile: {name}: {error}")?;
                outcome = Outcome::Kept;
                continue;
            }
        };
        if matches!(parcel.state(), Ok(State::Delivered(_) | State::Refused { .. })) {
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
