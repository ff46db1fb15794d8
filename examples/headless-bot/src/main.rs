//! A bot without a window that reports its own failure: the casefile library alone, without eframe, clap or an
//! async runtime. `headless-bot HOME [PORTAL]`
//!
//! It is also what the budget for dependencies is measured on.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use casefile::report::{Category, Priority, Request};
use casefile::{Consent, Progress, Reporter};
use jiff::{SignedDuration, Timestamp};

/// The only place that asks what time it is.
#[expect(clippy::disallowed_methods, reason = "the edge of the program")]
fn now() -> Timestamp {
    Timestamp::now()
}

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let Some(home) = arguments.next().map(PathBuf::from) else {
        bail!("usage: headless-bot HOME [PORTAL]");
    };
    let portal = arguments.next().map(|url| url.to_string_lossy().into_owned());
    let mut out = std::io::stdout().lock();
    let trouble = trade(&home, now()).context("cannot write the log")?;
    writeln!(out, "stopped   {trouble}")?;
    report(&home, portal, &trouble, &mut out)
}

/// Trades until the exchange does not answer any more; returns what stopped it.
fn trade(home: &Path, now: Timestamp) -> std::io::Result<String> {
    fs::create_dir_all(home.join("logs"))?;
    let mut log = File::options().create(true).append(true).open(home.join("logs/bot.log"))?;
    let mut price = 64_250.0_f64;
    for second in 0..60_i32 {
        let at = now - SignedDuration::from_secs(i64::from(60 - second));
        price += f64::from(second % 7 - 3) * 1.5;
        writeln!(log, "{at:.0} INFO  ticker BTCUSDT {price:.2}")?;
    }
    let trouble = "the exchange closed the connection 5 times in a row (code 1006)";
    writeln!(log, "{now:.0} ERROR {trouble}")?;
    Ok(trouble.to_owned())
}

/// Seals, keeps and sends a report. Nobody is there to click: that it may do so is the owner's choice, made by
/// starting it with a portal.
fn report(home: &Path, portal: Option<String>, trouble: &str, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut builder =
        Reporter::builder("com.example.headless-bot", "Headless Bot", env!("CARGO_PKG_VERSION"))
            .logs(home.join("logs"))
            .outbox(home.join("reports"));
    if let Some(portal) = portal {
        builder = builder.portal(portal);
    }
    let reporter = builder.build()?;
    let mut request = Request::new("Trading stopped", trouble, Priority::P2, Category::Exchange);
    request.occurred_at = Some(now());

    let progress = Progress::new();
    let draft = reporter.seal(&request, now(), &progress)?;
    let consent = Consent::by_host_setting(&draft.bundle, now());
    let parcel = reporter.keep(&draft, consent, now())?;
    writeln!(out, "kept      {}", parcel.bundle_path().display())?;
    if reporter.portal().is_none() {
        return Ok(());
    }
    let receipt = reporter.deliver(&parcel, &progress)?;
    writeln!(out, "ticket    {} {}", receipt.ticket, receipt.status_url)?;
    Ok(())
}
