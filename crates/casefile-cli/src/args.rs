//! The options of every command.

use std::path::PathBuf;

use casefile::stamp::Level;
use casefile::timeline::Pattern;
use clap::error::ErrorKind;
use clap::{Args as ClapArgs, CommandFactory, Parser, Subcommand};
use jiff::{SignedDuration, Timestamp};

/// Packs, cleans, checks, shows and sends problem reports.
#[derive(Parser)]
#[command(name = "casefile", version, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Collects, redacts and seals a bundle, without sending it.
    Pack(PackArgs),
    /// Removes the secrets from a file, a folder or standard input.
    Redact(RedactArgs),
    /// Checks hashes and limits of a bundle, and looks for secrets in it.
    Verify(VerifyArgs),
    /// Shows what a bundle says: template, system, licence, what is in and what is not.
    Show(ShowArgs),
    /// Merges all logs of a bundle by time: repetitions folded, silence and storms marked.
    Timeline(TimelineArgs),
    /// Looks for what is known to go wrong in a bundle or a folder of logs, and says what to do about it.
    Analyze(AnalyzeArgs),
    /// Shows what is different between two bundles: versions, system, presets, new and vanished errors.
    Diff(DiffArgs),
    /// Makes a report and sends it: the whole way without a window. Running it is the consent to send.
    Report(ReportArgs),
    /// Lists, sends, saves or removes the reports that wait to be sent.
    Outbox(OutboxArgs),
    /// Shows the ticket of a report, and answers to it.
    Ticket(TicketArgs),
}

#[derive(ClapArgs)]
pub(crate) struct PackArgs {
    /// The settings.
    #[arg(long, value_name = "casefile.toml")]
    pub(crate) config: PathBuf,
    /// What the person wrote, as JSON; `-` is standard input.
    #[arg(long, value_name = "form.json")]
    pub(crate) form: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) selection: SelectionArgs,
    /// Packs in nine tenths of the time, about a tenth larger.
    #[arg(long)]
    pub(crate) fast: bool,
    /// Where the bundle goes.
    #[arg(short, long, value_name = "OUT.zip")]
    pub(crate) output: PathBuf,
    /// Prints the result as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(ClapArgs)]
pub(crate) struct SelectionArgs {
    /// When it happened: only the records around this time are collected.
    #[arg(long, value_name = "TIME", requires = "window", conflicts_with_all = ["since", "all"])]
    pub(crate) at: Option<Timestamp>,
    /// How much time before and after `--at`, for instance 2h.
    #[arg(long, value_name = "LENGTH", requires = "at")]
    pub(crate) window: Option<SignedDuration>,
    /// Only the records of this time until now, for instance 24h.
    #[arg(long, value_name = "LENGTH", conflicts_with = "all")]
    pub(crate) since: Option<SignedDuration>,
    /// All logs, whatever the settings say.
    #[arg(long)]
    pub(crate) all: bool,
    /// Leaves out files whose path matches; may be repeated.
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,
    /// Hides every line of this file everywhere in the bundle.
    #[arg(long, value_name = "TEXT-FILE")]
    pub(crate) hide: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub(crate) struct RedactArgs {
    /// A file, a folder, or `-` for standard input.
    #[arg(value_name = "PATH|-")]
    pub(crate) input: PathBuf,
    /// The cleaned file or folder; standard output when absent (not for a folder).
    #[arg(short, long, value_name = "DIR|FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Settings whose presets and secrets are known values, and whose stand-ins are used.
    #[arg(long, value_name = "casefile.toml")]
    pub(crate) config: Option<PathBuf>,
    /// A file whose secrets are hidden everywhere, for instance the bot's configuration; may be repeated.
    #[arg(long, value_name = "FILE")]
    pub(crate) known: Vec<PathBuf>,
    /// Where to write what was hidden, as JSON: counts per rule and file, never a value.
    #[arg(long, value_name = "OUT.json")]
    pub(crate) report: Option<PathBuf>,
}

#[derive(ClapArgs)]
pub(crate) struct VerifyArgs {
    /// The bundle.
    #[arg(value_name = "BUNDLE")]
    pub(crate) bundle: PathBuf,
    /// Prints the result as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(ClapArgs)]
pub(crate) struct ShowArgs {
    /// The bundle.
    #[arg(value_name = "BUNDLE")]
    pub(crate) bundle: PathBuf,
    /// The vendor's own analysers; see docs/analysers.md.
    #[arg(long, value_name = "FILE")]
    pub(crate) rules: Option<PathBuf>,
    /// Prints everything as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(ClapArgs)]
pub(crate) struct TimelineArgs {
    /// The bundle.
    #[arg(value_name = "BUNDLE")]
    pub(crate) bundle: PathBuf,
    /// Only this level and above: trace, debug, info, warn, error or fatal.
    #[arg(long, value_name = "LEVEL")]
    pub(crate) level: Option<Level>,
    /// Only from this time on, for instance 2026-11-24T10:00:00Z.
    #[arg(long, value_name = "T")]
    pub(crate) from: Option<Timestamp>,
    /// Only before this time.
    #[arg(long, value_name = "T")]
    pub(crate) to: Option<Timestamp>,
    /// Only around this time; without one, around the time that the report says it happened.
    #[arg(long, value_name = "T", num_args = 0..=1, conflicts_with_all = ["from", "to"])]
    #[expect(clippy::option_option, reason = "given, and given with a value")]
    pub(crate) around: Option<Option<Timestamp>>,
    /// How much time before and after `--around`.
    #[arg(long, value_name = "LENGTH", default_value = "10m", requires = "around")]
    pub(crate) span: SignedDuration,
    /// Only records in which this regular expression is found.
    #[arg(long, value_name = "RE")]
    pub(crate) grep: Option<Pattern>,
    /// Prints one JSON object a line.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(ClapArgs)]
pub(crate) struct AnalyzeArgs {
    /// The bundle, or a folder of logs, which are redacted before anything of them is shown.
    #[arg(value_name = "BUNDLE|FOLDER")]
    pub(crate) input: PathBuf,
    /// A table of analysers that is added to the built-in one.
    #[arg(long, value_name = "FILE")]
    pub(crate) rules: Option<PathBuf>,
    /// The language of titles and advice: en or pl; that of the report when absent.
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) language: Option<String>,
    /// Prints everything as JSON, in both languages.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(ClapArgs)]
pub(crate) struct DiffArgs {
    /// The bundle from when it worked.
    #[arg(value_name = "A")]
    pub(crate) before: PathBuf,
    /// The bundle from when it did not.
    #[arg(value_name = "B")]
    pub(crate) after: PathBuf,
    /// Prints everything as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(ClapArgs)]
pub(crate) struct ReportArgs {
    /// The settings.
    #[arg(long, value_name = "casefile.toml")]
    pub(crate) config: PathBuf,
    /// What the person wrote, as JSON; `-` is standard input.
    #[arg(long, value_name = "form.json")]
    pub(crate) form: PathBuf,
    /// Tries until the portal has it, instead of once.
    #[arg(long)]
    pub(crate) wait: bool,
    /// Prints the result as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(ClapArgs)]
pub(crate) struct OutboxArgs {
    #[command(subcommand)]
    pub(crate) command: OutboxCommand,
}

#[derive(Subcommand)]
pub(crate) enum OutboxCommand {
    /// Lists what is in the outbox.
    List(OutboxListArgs),
    /// Sends everything that waits, or one report, also when it was refused before.
    Send(OutboxSendArgs),
    /// Saves a report to a file, so that a person can send it: as .zip the bundle, as .eml a mail with it, as .txt the text.
    Save(OutboxSaveArgs),
    /// Removes one report for good.
    Drop(OutboxDropArgs),
}

#[derive(ClapArgs)]
pub(crate) struct OutboxListArgs {
    /// The settings.
    #[arg(long, value_name = "casefile.toml")]
    pub(crate) config: PathBuf,
    /// Prints the result as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(ClapArgs)]
pub(crate) struct OutboxSendArgs {
    /// Only the report with this id.
    #[arg(value_name = "ID")]
    pub(crate) id: Option<casefile::id::ReportId>,
    #[command(flatten)]
    pub(crate) list: OutboxListArgs,
}

#[derive(ClapArgs)]
pub(crate) struct OutboxSaveArgs {
    /// The report's id.
    #[arg(value_name = "ID")]
    pub(crate) id: casefile::id::ReportId,
    /// The settings.
    #[arg(long, value_name = "casefile.toml")]
    pub(crate) config: PathBuf,
    /// The new file; its ending says what it will be.
    #[arg(short, long, value_name = "OUT.zip|OUT.eml|OUT.txt")]
    pub(crate) output: PathBuf,
}

#[derive(ClapArgs)]
pub(crate) struct TicketArgs {
    #[command(subcommand)]
    pub(crate) command: TicketCommand,
}

#[derive(Subcommand)]
pub(crate) enum TicketCommand {
    /// Shows state, promised times and messages.
    Show(TicketOf),
    /// Writes to support.
    Write(TicketTextArgs),
    /// Says that the proposed solution works: the ticket closes.
    Confirm(TicketOf),
    /// Says that the solution or workaround does not work, and why.
    Reject(TicketTextArgs),
    /// Takes the report back.
    Withdraw(TicketOf),
}

#[derive(ClapArgs)]
pub(crate) struct TicketOf {
    /// The report's id, as `casefile outbox list` shows it.
    #[arg(value_name = "ID")]
    pub(crate) id: casefile::id::ReportId,
    /// The settings.
    #[arg(long, value_name = "casefile.toml")]
    pub(crate) config: PathBuf,
    /// Prints the result as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(ClapArgs)]
pub(crate) struct TicketTextArgs {
    #[command(flatten)]
    pub(crate) of: TicketOf,
    /// A file with the text; `-` is standard input.
    #[arg(long, value_name = "TEXT-FILE")]
    pub(crate) text: PathBuf,
}

#[derive(ClapArgs)]
pub(crate) struct OutboxDropArgs {
    /// The report's id.
    #[arg(value_name = "ID")]
    pub(crate) id: casefile::id::ReportId,
    /// The settings.
    #[arg(long, value_name = "casefile.toml")]
    pub(crate) config: PathBuf,
}

/// What is wrong with options that only their values show; ends as an error of the parser does.
pub(crate) fn usage(kind: ErrorKind, why: impl std::fmt::Display) -> anyhow::Error {
    Args::command().error(kind, why).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_options_are_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn an_incident_needs_a_window_and_excludes_other_spans() {
        let parse = |rest: &str| {
            let line = format!("casefile pack --config c -o o.zip {rest}");
            Args::try_parse_from(line.split_whitespace()).map(|_| ()).map_err(|error| error.kind())
        };
        assert_eq!(parse("--at 2026-11-24T10:00:00Z --window 2h"), Ok(()));
        assert_eq!(parse("--since 24h"), Ok(()));
        for wrong in
            ["--at 2026-11-24T10:00:00Z", "--window 2h", "--since 24h --all", "--at yesterday --window 2h"]
        {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
