//! `casefile ticket`: what became of a report, and what its owner answers.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use anyhow::{Context, bail};
use casefile::outbox::Parcel;
use casefile::plan::Plan;
use casefile::ticket::{Message, MessageFrom, Ticket, TicketState};
use casefile::transport::SendError;
use casefile::{Progress, Reporter, ask::AskError};
use jiff::Timestamp;
use serde_json::json;

use crate::Outcome;
use crate::args::{TicketArgs, TicketCommand, TicketOf};
use crate::outbox::{parcel_of, with_causes};
use crate::terminal::{line, plain};

/// Bytes of a text at most; a character has up to four.
const MAX_TEXT_BYTES: u64 = 4 * Message::MAX_CHARS as u64;

pub(crate) fn run(args: &TicketArgs, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let progress = Progress::new();
    match &args.command {
        TicketCommand::Show(of) => asked(of, out, |reporter, parcel| {
            let ticket = reporter.ticket(parcel, None, &progress)?;
            Ok(ticket.expect("nothing was known that could be unchanged"))
        }),
        TicketCommand::Write(args) => {
            let message = message(&args.text)?;
            asked(&args.of, out, |reporter, parcel| reporter.write_to_support(parcel, &message, &progress))
        }
        TicketCommand::Confirm(of) => {
            asked(of, out, |reporter, parcel| reporter.confirm_solved(parcel, &progress))
        }
        TicketCommand::Reject(args) => {
            let message = message(&args.text)?;
            asked(&args.of, out, |reporter, parcel| reporter.reject_solution(parcel, &message, &progress))
        }
        TicketCommand::Withdraw(of) => {
            asked(of, out, |reporter, parcel| reporter.withdraw(parcel, &progress))
        }
    }
}

fn message(path: &Path) -> anyhow::Result<Message> {
    let mut text = String::new();
    let mut source: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path).with_context(|| format!("cannot read {}", path.display()))?)
    };
    let read = source.by_ref().take(MAX_TEXT_BYTES + 1).read_to_string(&mut text);
    let read = read.with_context(|| format!("cannot read {}", path.display()))?;
    if read as u64 > MAX_TEXT_BYTES {
        bail!("{} is longer than {} characters", path.display(), Message::MAX_CHARS);
    }
    Ok(Message::new(text)?)
}

fn asked(
    of: &TicketOf,
    out: &mut dyn Write,
    ask: impl FnOnce(&Reporter, &Parcel) -> Result<Ticket, AskError>,
) -> anyhow::Result<Outcome> {
    let reporter = Reporter::from_config(&of.config)?;
    let parcel = parcel_of(&reporter, of.id)?;
    match ask(&reporter, &parcel) {
        Ok(ticket) => {
            print(&ticket, reporter.plan(), of.json, out)?;
            Ok(Outcome::Done)
        }
        // The portal said no: as a check that failed.
        Err(AskError::Send(SendError::Refused(refusal))) => {
            let (hint, code) = (line(&refusal.hint), line(&refusal.code));
            writeln!(io::stderr(), "casefile: the portal says: {hint} ({code})")?;
            Ok(Outcome::CheckFailed)
        }
        Err(error) => bail!("cannot ask for the ticket: {}", with_causes(&error)),
    }
}

fn print(ticket: &Ticket, plan: &Plan, as_json: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    let follow_up = ticket.follow_up.as_ref();
    if as_json {
        let row = json!({
            "ticket": ticket.number,
            "state": ticket.state,
            "registered_at": ticket.registered_at,
            "priority": ticket.priority,
            "deadlines": ticket.deadlines,
            "closes_at": ticket.closes_at,
            "can": ticket.can,
            "messages": ticket.messages,
            "follow_up": follow_up,
            "keeps": ticket.keeps,
            "uploads": ticket.uploads,
        });
        writeln!(out, "{row}")?;
        return Ok(());
    }
    let local =
        |at: Timestamp| at.to_zoned_datetime(plan.zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string();
    writeln!(out, "ticket   {}", line(&ticket.number))?;
    writeln!(out, "state    {}", state(ticket.state))?;
    let deadlines = ticket.deadlines;
    let rows = [
        ("answer", deadlines.response),
        ("workaround", deadlines.workaround),
        ("solution", deadlines.resolution),
        ("closes", ticket.closes_at),
    ];
    for (name, due) in rows {
        if let Some(due) = due {
            writeln!(out, "  {name:<11} by {}", local(due))?;
        }
    }
    for why in ticket.refusals() {
        writeln!(out, "  the bundle was refused: {}", line(why))?;
        writeln!(out, "  save it with `casefile outbox save`, and hand it over another way")?;
    }
    let keeps = ticket.keeps.unwrap_or_default();
    let rows = [
        ("support keeps the bundle until", keeps.bundles_until),
        ("support keeps what was written until", keeps.words_until),
        ("support deleted what was sent on", keeps.erased_at),
    ];
    for (text, at) in rows {
        if let Some(at) = at {
            writeln!(out, "  {text} {}", local(at))?;
        }
    }
    for message in &ticket.messages {
        let from = match message.from {
            MessageFrom::Customer => "you",
            _ => "support",
        };
        writeln!(out, "\n{}, {from}:\n{}", local(message.at), plain(message.text.trim_end()))?;
    }
    if let Some(next) = follow_up {
        writeln!(out, "\nit goes on as {}: {}", line(&next.number), line(&next.status_url))?;
    }
    Ok(())
}

fn state(state: TicketState) -> &'static str {
    match state {
        TicketState::Registered => "registered, nobody has answered yet",
        TicketState::Open => "support works on it",
        TicketState::Waiting => "support waits for your answer",
        TicketState::Proposed => "a solution waits for your word: confirm or reject",
        TicketState::Closed => "closed",
        TicketState::Voided => "taken back, or a duplicate",
        _ => "unknown to this version: update casefile",
    }
}
