//! `casefile-helper`: the report dialog in a window of its own, for a bot that crashed, hangs or does not start.

mod begin;
mod find;
mod resend;
mod watch;
mod window;
mod words;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use casefile::Reporter;
use casefile::brand::Brand;
use casefile::report::Language;
use clap::{Parser, ValueEnum};
use eframe::egui::ThemePreference;
use jiff::Timestamp;

use crate::window::{Launch, Page};
use crate::words::Words;

/// Reports a problem of a bot that does not run.
#[derive(Debug, Parser)]
#[command(name = "casefile-helper", version)]
struct Arguments {
    /// Settings of the bot [default: casefile.toml beside this program].
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Keep reports in the folder `casefile-reports` beside the settings: for a bot that runs from a memory stick.
    #[arg(long)]
    portable: bool,
    /// What is known of a crash: it is added to the report, and says when it happened.
    #[arg(long, value_name = "FILE")]
    crash: Option<PathBuf>,
    /// Wait without a window until the process with this number ends, and report if it did not end as it should.
    #[arg(long, value_name = "PID", conflicts_with = "crash")]
    watch: Option<u32>,
    /// Language of the window [default: that of the settings].
    #[arg(long, value_enum)]
    lang: Option<Lang>,
    /// Colours of the window.
    #[arg(long, value_enum, default_value_t = Theme::System)]
    theme: Theme,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Lang {
    Pl,
    En,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Theme {
    System,
    Dark,
    Light,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Pl => Self::Pl,
            Lang::En => Self::En,
        }
    }
}

impl From<Theme> for ThemePreference {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::System => Self::System,
            Theme::Dark => Self::Dark,
            Theme::Light => Self::Light,
        }
    }
}

/// The only place that asks what time it is; all else is told.
#[expect(
    clippy::disallowed_methods,
    reason = "the edge of the program: everything below takes `now` as a parameter"
)]
fn now() -> Timestamp {
    Timestamp::now()
}

/// Exit codes: 0 done, 3 the settings are unusable or no window can be opened. Code 2, usage, is clap's.
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let asked = arguments.lang.map(Language::from);
    let theme = arguments.theme.into();
    // Before the settings are read, the language of the system is the best guess.
    let guessed = asked.unwrap_or_else(|| Language::of_locale(&sys_locale::get_locale().unwrap_or_default()));
    let settings = settings(arguments.config, arguments.portable);
    if let (Ok((reporter, _)), Some(pid)) = (&settings, arguments.watch)
        && !watch::has_crashed(reporter, pid)
    {
        return ExitCode::SUCCESS;
    }
    let opened = settings.and_then(|(reporter, found)| page(reporter, &found, asked, arguments.crash));
    let (page, language, is_usable) = match opened {
        Ok((page, language)) => (page, language, true),
        Err(error) => {
            tell(&format!("{error:#}"));
            (Page::Message(Words::of(guessed, &Brand::default()).bad_settings(&error)), guessed, false)
        }
    };
    let shown = window::run(Launch { page, language, theme, now });
    if let Err(error) = &shown {
        tell(&format!("{error:#}"));
    }
    if is_usable && shown.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(3) }
}

/// Reads the settings. Where they name no folder of logs that is there, the logs are looked for; the folders that were
/// found are named.
fn settings(config: Option<PathBuf>, is_portable: bool) -> anyhow::Result<(Reporter, Vec<PathBuf>)> {
    let path = if let Some(path) = config {
        path
    } else {
        let program = std::env::current_exe().context("cannot tell where this program is")?;
        program.with_file_name("casefile.toml")
    };
    let build = |found: &[PathBuf]| -> anyhow::Result<Reporter> {
        let mut builder = casefile::config::read(&path).context("cannot use the settings")?;
        if is_portable {
            builder = builder.outbox(path.with_file_name("casefile-reports"));
        }
        let builder = found.iter().fold(builder, casefile::ReporterBuilder::logs);
        builder.build().context("cannot use the settings")
    };
    let reporter = build(&[])?;
    let named = casefile::config::log_folders(&path).context("cannot use the settings")?;
    if named.iter().any(|folder| folder.exists()) {
        return Ok((reporter, Vec::new()));
    }
    let found = find::log_folders(&path, reporter.app());
    Ok((build(&found)?, found))
}

/// Claims the outbox, and decides what the first screen begins with.
fn page(
    reporter: Reporter,
    found: &[PathBuf],
    asked: Option<Language>,
    crash: Option<PathBuf>,
) -> anyhow::Result<(Page, Language)> {
    let language = asked.unwrap_or(reporter.language());
    let claim = reporter.outbox().claim_dialog().context("cannot write to the folder for reports")?;
    let Some(claim) = claim else { return Ok((Page::AlreadyOpen(reporter), language)) };
    let begin = begin::begin(&reporter, language, crash, found, now());
    Ok((Page::Report { reporter, claim, begin: Box::new(begin) }, language))
}

/// For whoever started it from a terminal.
fn tell(text: &str) {
    let _ = writeln!(io::stderr(), "casefile-helper: {text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(dir: &std::path::Path, logs: &str) -> PathBuf {
        let path = dir.join("casefile.toml");
        let text = format!(
            "[app]\nid = \"a\"\nname = \"Bot\"\nversion = \"1\"\n[outbox]\ndir = \"elsewhere\"\n{logs}"
        );
        std::fs::write(&path, text).unwrap();
        path
    }

    fn open(path: PathBuf, is_portable: bool) -> Page {
        let (reporter, found) = settings(Some(path), is_portable).unwrap();
        page(reporter, &found, None, None).unwrap().0
    }

    #[test]
    fn a_portable_helper_writes_beside_its_settings_only() {
        let dir = tempfile::tempdir().unwrap();
        let path = written(dir.path(), "");
        let outbox = dir.path().join("elsewhere");
        open(path.clone(), true);
        assert!(dir.path().join("casefile-reports").is_dir() && !outbox.exists());
        open(path, false);
        assert!(outbox.is_dir());
    }

    #[test]
    fn one_window_is_enough() {
        let dir = tempfile::tempdir().unwrap();
        let path = written(dir.path(), "");
        let first = open(path.clone(), false);
        assert!(
            matches!(open(path.clone(), false), Page::AlreadyOpen(reporter) if reporter.app().name == "Bot")
        );
        drop(first);
        assert!(matches!(open(path, false), Page::Report { .. }));
    }

    #[test]
    fn logs_are_looked_for_where_the_settings_name_none() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("log")).unwrap();
        std::fs::write(dir.path().join("log/bot.log"), "x\n").unwrap();
        let folder = std::fs::canonicalize(dir.path().join("log")).unwrap();
        for (logs, found) in
            [("", true), ("[collect]\nlogs = [\"gone\"]\n", true), ("[collect]\nlogs = [\"log\"]\n", false)]
        {
            let (_, folders) = settings(Some(written(dir.path(), logs)), false).unwrap();
            assert_eq!(folders.contains(&folder), found, "{logs}");
        }
    }
}
