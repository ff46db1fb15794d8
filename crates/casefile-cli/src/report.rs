//! `casefile report`: the whole way without a window.

use std::io::Write;

use anyhow::Context;
use casefile::deliver::DeliverError;
use casefile::outbox::{Parcel, Receipt};
use casefile::{Consent, Progress, Reporter};
use jiff::Timestamp;
use serde_json::json;

use crate::Outcome;
use crate::args::ReportArgs;
use crate::pack::read_form;
use crate::terminal::{line, size};

pub(crate) fn run(args: &ReportArgs, now: fn() -> Timestamp, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let reporter = Reporter::from_config(&args.config)?;
    let request = read_form(&args.form)?;
    let draft = reporter.seal(&request, now(), &Progress::new()).map_err(crate::pack::not_sealed)?;
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
    let progress = Progress::new();
    if wait { reporter.deliver_patiently(parcel, &progress) } else { reporter.deliver(parcel, &progress) }
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
    if let Some(seconds) = receipt.clock_ahead_seconds {
        let side = if seconds > 0 { "ahead" } else { "behind" };
        writeln!(out, "note     the clock of this computer is {} s {side}", seconds.unsigned_abs())?;
    }
    Ok(())
}
