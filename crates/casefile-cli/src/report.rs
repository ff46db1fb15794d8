//! `casefile report`: the whole way without a window.

use std::io::Write;
use std::time::Duration;

use anyhow::Context;
use casefile::deliver::DeliverError;
use casefile::outbox::{Parcel, Receipt};
use casefile::transport::SendError;
use casefile::{Consent, Progress, Reporter};
use jiff::Timestamp;
use serde_json::json;

use crate::Outcome;
use crate::args::ReportArgs;
use crate::pack::read_form;
use crate::terminal::{line, size};

/// The first and the longest pause between two attempts of `--wait`.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

pub(crate) fn run(args: &ReportArgs, now: fn() -> Timestamp, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let reporter = Reporter::from_config(&args.config)?;
    let request = read_form(&args.form)?;
    let draft = reporter.seal(&request, now(), &Progress::new()).context("cannot seal the bundle")?;
    let manifest = draft.bundle.manifest();
    let hits = manifest.hidden();
    let entries = manifest.entries.iter().filter(|entry| entry.status.is_stored()).count();
    let sealed = format!("sealed   {} entries, {}, {hits} hidden", entries, size(draft.bundle.bytes()));

    let consent = Consent::by_host_setting(&draft.bundle, now());
    let kept = reporter.keep(&draft, consent, now());
    let parcel = kept.with_context(|| {
        format!("cannot keep the report; its bundle is {}", draft.bundle.path().display())
    })?;
    if !args.json {
        writeln!(out, "{sealed}\nkept     {}", parcel.id())?;
        out.flush()?;
    }
    let delivered = deliver(&reporter, &parcel, args.wait);
    if args.json {
        let receipt = delivered.as_ref().ok();
        let summary = json!({
            "report_id": parcel.id(),
            "ticket": receipt.map(|receipt| &receipt.ticket),
            "ticket_url": receipt.map(|receipt| &receipt.status_url),
            "deadlines": receipt.map(|receipt| receipt.deadlines),
            "bundle": parcel.bundle_path(),
            "sha256": draft.bundle.sha256(),
            "bundle_bytes": draft.bundle.bytes(),
            "entries": entries,
            "hits": hits,
        });
        writeln!(out, "{summary}")?;
    }
    match delivered {
        Ok(receipt) => {
            if !args.json {
                print(&receipt, &reporter, out)?;
            }
            Ok(Outcome::Done)
        }
        Err(error) => {
            let next =
                if error.is_refused() { "save its bundle" } else { "`casefile outbox send` tries again" };
            let path = parcel.bundle_path();
            writeln!(
                std::io::stderr(),
                "casefile: not delivered: {}\ncasefile: the report is kept, {next}: {}",
                line(&crate::outbox::with_causes(&error)),
                path.display()
            )?;
            Ok(Outcome::Kept)
        }
    }
}

/// Tries once, or until the portal has it or refuses it.
fn deliver(reporter: &Reporter, parcel: &Parcel, wait: bool) -> Result<Receipt, DeliverError> {
    let mut pause = FIRST_PAUSE;
    loop {
        match reporter.deliver(parcel, &Progress::new()) {
            Err(error) if wait && !error.is_refused() && !matches!(error, DeliverError::NoPortal) => {
                let asked = match &error {
                    DeliverError::Send { source: SendError::Busy { retry_after, .. }, .. } => *retry_after,
                    _ => None,
                };
                std::thread::sleep(asked.unwrap_or(pause).max(pause));
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
            other => return other,
        }
    }
}

fn print(receipt: &Receipt, reporter: &Reporter, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "ticket   {}", line(&receipt.ticket))?;
    let zone = &reporter.plan().zone;
    let deadlines = receipt.deadlines;
    let rows = [
        ("answer", deadlines.response),
        ("workaround", deadlines.workaround),
        ("solution", deadlines.resolution),
    ];
    for (name, due) in rows {
        if let Some(due) = due {
            writeln!(
                out,
                "  {name:<11} by {}",
                due.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M %Z")
            )?;
        }
    }
    writeln!(out, "state    {}", line(&receipt.status_url))?;
    Ok(())
}
