//! `casefile`: the command line of support engineers, developers and scripts.
//!
//! Exit codes: 0 done, 1 a check failed, 2 usage, 3 input unusable, 4 kept in the outbox, not yet delivered.

mod analyze;
mod args;
mod diff;
mod opened;
mod outbox;
mod pack;
mod redact;
mod report;
mod show;
mod terminal;
mod ticket;
mod timeline;
mod verify;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use jiff::Timestamp;

use self::args::{Args, Command};

/// How a command ended, when its input was usable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    CheckFailed,
    Kept,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::CheckFailed => 1,
            Outcome::Kept => 4,
        })
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    let mut out = io::stdout().lock();
    let outcome = run(&args.command, &mut out).and_then(|outcome| Ok(out.flush().map(|()| outcome)?));
    match outcome {
        Ok(outcome) => outcome.into(),
        // Whoever reads our output has seen enough, for instance `head`.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) if error.is::<clap::Error>() => {
            let _ = writeln!(io::stderr(), "{}", terminal::plain(&error.to_string()));
            ExitCode::from(2)
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "casefile: {}", terminal::plain(&format!("{error:#}")));
            ExitCode::from(3)
        }
    }
}

fn run(command: &Command, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    match command {
        Command::Pack(args) => pack::run(args, now(), out),
        Command::Redact(args) => redact::run(args, out),
        Command::Verify(args) => verify::run(args, out),
        Command::Analyze(args) => analyze::run(args, now(), terminal::Paint::of_stdout(), out),
        Command::Diff(args) => diff::run(args, out),
        Command::Show(args) => show::run(args, out),
        Command::Timeline(args) => timeline::run(args, terminal::Paint::of_stdout(), out),
        Command::Report(args) => report::run(args, now, out),
        Command::Outbox(args) => outbox::run(args, now, out),
        Command::Ticket(args) => ticket::run(args, out),
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the edge where the clock is asked")]
fn now() -> Timestamp {
    Timestamp::now()
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io_error = error.downcast_ref::<io::Error>();
    io_error.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
