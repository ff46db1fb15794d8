//! `casefile-helper`: the report dialog in a window of its own, for a bot that crashed, hangs or does not start.

mod resend;
mod window;
mod words;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use casefile::report::Language;
use clap::{Parser, ValueEnum};
use eframe::egui::ThemePreference;
use jiff::Timestamp;

use crate::window::{Launch, Page};

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
    let (page, language, is_usable) = match open(arguments.config, arguments.portable, arguments.crash) {
        Ok((page, language)) => (page, asked.unwrap_or(language), true),
        Err(error) => {
            tell(&format!("{error:#}"));
            (Page::Message(words::bad_settings(guessed, &error)), guessed, false)
        }
    };
    let shown = window::run(Launch { page, language, theme, now });
    if let Err(error) = &shown {
        tell(&format!("{error:#}"));
    }
    if is_usable && shown.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(3) }
}

/// Reads the settings and claims the outbox.
fn open(
    config: Option<PathBuf>,
    is_portable: bool,
    crash: Option<PathBuf>,
) -> anyhow::Result<(Page, Language)> {
    let path = if let Some(path) = config {
        path
    } else {
        let program = std::env::current_exe().context("cannot tell where this program is")?;
        program.with_file_name("casefile.toml")
    };
    let mut builder = casefile::config::read(&path).context("cannot use the settings")?;
    if is_portable {
        builder = builder.outbox(path.with_file_name("casefile-reports"));
    }
    let reporter = builder.build().context("cannot use the settings")?;
    let language = reporter.language();
    let claim = reporter.outbox().claim_dialog().context("cannot write to the folder for reports")?;
    Ok(match claim {
        Some(claim) => (Page::Report { reporter, claim, crash }, language),
        None => (Page::AlreadyOpen(reporter.app().name.clone()), language),
    })
}

/// For whoever started it from a terminal.
fn tell(text: &str) {
    let _ = writeln!(io::stderr(), "casefile-helper: {text}");
}
