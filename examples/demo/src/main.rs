//! One command from nothing to a ticket: builds the programs, starts a portal on loopback and a trading bot, and
//! follows a report from the one to the other. It links none of them: everything goes through real processes.

mod journey;
mod programs;

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Parser;
use jiff::Timestamp;

use crate::programs::{Portal, Programs};

/// Shows casefile at work: a trading bot, a problem, a report, a ticket.
#[derive(Debug, Parser)]
#[command(name = "demo", version)]
struct Arguments {
    /// Without a window: the bot runs until something fails and reports it. So it is anyway without a display.
    #[arg(long)]
    headless: bool,
    /// Print the outcome as one line of JSON, the last one. Implies --headless.
    #[arg(long)]
    json: bool,
    /// Leave the portal running.
    #[arg(long)]
    keep: bool,
    /// Report this folder of logs instead of the bot's own.
    #[arg(long, value_name = "DIR")]
    logs: Option<PathBuf>,
    /// Language of the bot.
    #[arg(long, default_value = "en", value_parser = ["en", "pl"])]
    lang: String,
}

/// The only place that asks what time it is.
#[expect(clippy::disallowed_methods, reason = "the edge of the program")]
fn now() -> Timestamp {
    Timestamp::now()
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let logs = match &arguments.logs {
        Some(logs) => {
            Some(logs.canonicalize().with_context(|| format!("cannot read the logs in {}", logs.display()))?)
        }
        None => None,
    };
    let mut out = std::io::stdout().lock();
    let programs = Programs::build(&mut out)?;
    let folder = programs.folder_for_a_run(now())?;
    let mut portal = Portal::start(&programs, &folder.join("portal"))?;
    writeln!(out, "portal    {}", portal.url)?;
    writeln!(out, "staff     {}", portal.add_staff(&programs)?)?;
    let bot = journey::Bot { programs: &programs, home: folder.join("bot"), logs, lang: &arguments.lang };

    if arguments.headless || arguments.json || !programs::has_display() {
        let report = bot.run_until_it_reports(&portal.url, &mut out)?;
        let outcome = journey::follow(&programs, &bot.home, &portal, &report, &mut out)?;
        if arguments.json {
            writeln!(out, "{outcome}")?;
        }
    } else {
        writeln!(out, "bot       in its window; its menu has \"Report problem\". Tickets: {}", portal.url)?;
        out.flush()?;
        bot.show(&portal.url)?;
    }
    if arguments.keep {
        // With --json the last line stays the JSON.
        if !arguments.json {
            writeln!(out, "portal    keeps running on {} as process {}", portal.url, portal.id())?;
        }
        portal.leave();
    }
    Ok(())
}
