//! `casefile-portal`: receives reports and runs the support plan.

mod access;
mod api;
mod background;
mod backup;
mod case;
mod claims;
mod clocks;
mod community;
mod cores;
mod desk;
mod doctor;
mod drill;
mod event;
mod home;
mod imap;
mod ingest;
mod kpi;
mod lanes;
mod mail;
mod meter;
mod notify;
mod pages;
mod problem;
mod process;
mod reckoning;
mod replay;
mod retention;
mod roles;
mod room;
mod serve;
mod settings;
mod spool;
mod store;
mod summary;
mod ticket;
#[cfg(test)]
mod trial;
mod user;
mod vault;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use jiff::Timestamp;
use tracing_subscriber::EnvFilter;

/// The support portal of casefile.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Receive reports and show tickets, until it is stopped.
    Serve(ServeArguments),
    /// The clocks of one ticket's history.
    Replay(replay::ReplayArguments),
    /// The report of a month or the review of a quarter. May be used while the portal runs.
    Kpi(reckoning::KpiArguments),
    /// Who works here. May be used while the portal runs.
    User(user::UserArguments),
    /// Copy everything that the portal keeps. May be used while the portal runs.
    Backup(backup::BackupArguments),
    /// Make a portal's folder of a copy.
    Restore(backup::RestoreArguments),
    /// Look whether everything that the portal keeps is there and whole. May be used while the portal runs.
    Doctor(doctor::DoctorArguments),
    /// Take in one mail from standard input. May be used while the portal runs.
    MailIngest(ingest::IngestArguments),
    /// Prove that the addresses of a role work: the running portal sends, and everybody has to confirm.
    Drill(drill::DrillArguments),
}

#[derive(Debug, clap::Args)]
struct ServeArguments {
    /// Address to listen on; has to be this machine itself. Port 0 takes a free one and prints it.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: std::net::SocketAddr,
    #[command(flatten)]
    home: home::HomeArguments,
    /// Address for `/metrics`, `/readyz` and `/healthz`; has to be this machine itself. No proxy should lead there.
    #[arg(long, value_name = "ADDRESS:PORT")]
    operators: Option<std::net::SocketAddr>,
    /// The vendor's support plan [default: the one that comes with casefile].
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    /// The address that clients reach the portal by, if something stands in front of it.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Days that bundles and files are kept after their ticket has ended.
    #[arg(long, value_name = "DAYS", default_value_t = 90)]
    keep_bundles: u16,
    /// Days that texts and contacts are kept after their ticket has ended; at least as long as bundles.
    #[arg(long, value_name = "DAYS", default_value_t = 730)]
    keep_words: u16,
}

/// The only place that asks what time it is; all else is told.
#[expect(
    clippy::disallowed_methods,
    reason = "the edge of the program: everything below asks through this function"
)]
fn now() -> Timestamp {
    Timestamp::now()
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_from_env("CASEFILE_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();
    match run(&arguments.command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        // Whoever reads our output has seen enough, for instance `head`.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "casefile-portal: {error:#}");
            ExitCode::from(3)
        }
    }
}

/// Carries it out; false when a check failed.
fn run(command: &Command) -> anyhow::Result<bool> {
    let mut out = io::stdout().lock();
    match command {
        Command::Backup(arguments) => return backup::run(arguments, now(), &mut out),
        Command::Restore(arguments) => backup::restore(arguments, &mut out)?,
        Command::Doctor(arguments) => return doctor::run(arguments, now(), &mut out),
        Command::Replay(arguments) => replay::run(arguments, &mut out)?,
        Command::Kpi(arguments) => reckoning::run(arguments, now(), &mut out)?,
        Command::User(arguments) => user::run(arguments, now(), &mut io::stdin().lock(), &mut out)?,
        Command::MailIngest(arguments) => ingest::run(arguments, now, &mut io::stdin().lock(), &mut out)?,
        Command::Drill(arguments) => return drill::run(arguments, now, &mut out),
        Command::Serve(arguments) => {
            drop(out);
            serve::run(&serve::Settings {
                listen: arguments.listen,
                operators: arguments.operators,
                home: arguments.home.clone(),
                plan: arguments.plan.clone(),
                base_url: arguments.base_url.clone(),
                retention: retention::Retention::of_days(arguments.keep_bundles, arguments.keep_words),
                now,
            })?;
            return Ok(true);
        }
    }
    out.flush()?;
    Ok(true)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}
