//! A small trading bot with a simulated market. It is an example of a host: its window, its logs and its failures
//! are those of real bots, and `report.rs` is all that it takes to let its users report a problem.

mod engine;
mod headless;
mod home;
mod random;
mod report;
mod window;
mod words;

use std::io;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Parser;
use jiff::Timestamp;

use crate::engine::{Clock, Journal, log_panics};
use crate::home::Home;
use crate::report::Sources;
use crate::window::Launch;
use crate::words::Lang;

/// A demo trading bot: trades on a simulated market until something goes wrong.
#[derive(Debug, Parser)]
#[command(name = "trading-bot", version)]
struct Arguments {
    /// Folder for logs, presets, licence and monitoring; made at the first start [default: the user's data folder].
    #[arg(long, value_name = "DIR")]
    home: Option<PathBuf>,
    /// Support portal that receives problem reports.
    #[arg(long, value_name = "URL")]
    portal: Option<String>,
    /// Folder whose files are reported instead of the bot's own logs.
    #[arg(long, value_name = "DIR")]
    logs: Option<PathBuf>,
    /// Run without a window: print each step, and report the failure that stops trading, without asking.
    #[arg(long)]
    headless: bool,
    /// Market, keys and failures all follow from this number.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Language of the window and of what is printed.
    #[arg(long, value_enum, default_value_t = Lang::En)]
    lang: Lang,
    /// Steps of the market per second [default: 2 with a window, 100 without].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    speed: Option<u16>,
    /// Close the window as soon as trading has stopped. Without a window it is so anyway.
    #[arg(long)]
    until_failure: bool,
}

/// The only place that asks what time it is; all else is told.
#[expect(
    clippy::disallowed_methods,
    reason = "the edge of the program: everything below takes `now` as a parameter"
)]
fn now() -> Timestamp {
    Timestamp::now()
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let Arguments { portal, seed, lang, .. } = arguments;
    let root = arguments.home.unwrap_or_else(Home::default_root);
    let (home, contents) = Home::open(&root, seed, portal.as_deref(), lang, now())
        .context("cannot use the folder of the bot")?;
    let clock = Clock::new(if arguments.headless { headless::begins_at(now()) } else { now() });
    let (subscriber, journal) = Journal::open(&home.logs(), &clock);
    tracing::subscriber::set_global_default(subscriber).context("cannot start the log")?;
    log_panics();
    let sources = Sources { home: home.clone(), logs: arguments.logs, portal, lang };
    let _running = sources.watch(now);
    if arguments.headless {
        let mut out = io::stdout().lock();
        let speed = f64::from(arguments.speed.unwrap_or(100));
        let trouble = headless::run(&home, contents, clock, seed, speed, lang, &mut out)?;
        // The report reads the log: it must be written out first.
        drop(journal);
        report::headless(&sources, trouble, now, &mut out)
    } else {
        let speed = f64::from(arguments.speed.unwrap_or(2));
        let tail = journal.tail.clone();
        let until_failure = arguments.until_failure;
        window::run(Launch { sources, contents, clock, seed, speed, lang, tail, until_failure, now })
    }
}
