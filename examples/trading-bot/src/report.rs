//! Where casefile joins the bot. Everything that the bot knows of problem reports is in this file.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context as _;
use casefile::crash::Running;
use casefile::report::{Category, Language, Priority, Request};
use casefile::{Consent, Progress, Reporter};
use casefile_egui::Dialog;
use eframe::egui;
use jiff::Timestamp;

use crate::engine::{Trouble, TroubleKind};
use crate::home::Home;
use crate::words::Lang;

/// What a report is made from. Each start of the bot has one.
#[derive(Debug, Clone)]
pub(crate) struct Sources {
    pub(crate) home: Home,
    /// Reported instead of the bot's own logs.
    pub(crate) logs: Option<PathBuf>,
    pub(crate) portal: Option<String>,
    pub(crate) lang: Lang,
}

impl Sources {
    /// Sets up reports. Touches neither disk nor network.
    pub(crate) fn reporter(&self) -> anyhow::Result<Reporter> {
        let Self { home, portal, .. } = self;
        let logs = self.logs.clone().unwrap_or_else(|| home.logs());
        // ANCHOR: integration
        let mut builder = Reporter::builder("demo-bot", "Demo Bot", env!("CARGO_PKG_VERSION"))
            .vendor("Example Bots")
            .language(self.language())
            .logs(logs)
            .presets(home.presets())
            .monitoring(home.monitoring())
            .license_file(home.license_file())
            .known_values_of(&home.config_file())
            .outbox(home.root().join("outbox"));
        if let Some(portal) = portal {
            builder = builder.portal(portal);
        }
        let reporter = builder.build()?;
        // ANCHOR_END: integration
        Ok(reporter)
    }

    /// Leaves what is known of a crash to the next report and to the desktop helper. What is returned is dropped when
    /// the bot ends as it should; a bot that cannot have it runs all the same.
    pub(crate) fn watch(&self, now: fn() -> Timestamp) -> Option<Running> {
        // ANCHOR: crash
        let watched = self.reporter().and_then(|reporter| {
            reporter.catch_panics(now)?;
            Ok(reporter.mark_running(now())?)
        });
        // ANCHOR_END: crash
        watched.inspect_err(|error| tracing::warn!("a crash would leave no note: {error:#}")).ok()
    }

    fn language(&self) -> Language {
        Language::of_locale(self.lang.code())
    }

    /// What the bot knows of a trouble, for the person to correct and to complete.
    fn request(&self, trouble: Option<Trouble>) -> Request {
        let (priority, category) = match trouble.map(|trouble| trouble.kind) {
            None => (Priority::P3, Category::Runtime),
            Some(TroubleKind::CannotPlaceOrders | TroubleKind::OrderLoopStopped) => {
                (Priority::P1, Category::Exchange)
            }
            Some(TroubleKind::Crashed) => (Priority::P1, Category::Runtime),
            Some(TroubleKind::OrdersRejected | TroubleKind::ConnectionLost) => {
                (Priority::P2, Category::Exchange)
            }
            Some(TroubleKind::RateLimited | TroubleKind::StalePrices | TroubleKind::ClockSkew) => {
                (Priority::P3, Category::Exchange)
            }
        };
        let mut request = Request::new("", "", priority, category);
        if let Some(trouble) = trouble {
            self.lang.trouble(trouble.kind).clone_into(&mut request.title);
            request.description = self.lang.noticed(trouble.kind, trouble.at);
            request.occurred_at = Some(trouble.at);
        }
        Request { language: self.language(), ..request }
    }
}

/// The way to a report from the bot's window.
#[derive(Debug)]
pub(crate) struct Report {
    sources: Sources,
    now: fn() -> Timestamp,
    dialog: Option<Dialog>,
}

impl Report {
    /// Remembers what reports are made from. Reads nothing yet.
    pub(crate) fn new(sources: Sources, now: fn() -> Timestamp) -> Self {
        Self { sources, now, dialog: None }
    }

    /// Opens the dialog. The trouble gives the time of the incident and a first guess at title and category.
    pub(crate) fn open(&mut self, trouble: Option<Trouble>) {
        let reporter = match self.sources.reporter() {
            Ok(reporter) => reporter,
            Err(error) => return tracing::error!("cannot set up problem reports: {error:#}"),
        };
        let (request, now) = (self.sources.request(trouble), self.now);
        // ANCHOR: dialog
        self.dialog = Some(Dialog::open(reporter, request, now));
        // ANCHOR_END: dialog
    }

    /// Opens the dialog if the last run did not end as it should.
    pub(crate) fn open_after_crash(&mut self) {
        let crash = self.sources.reporter().ok().and_then(|reporter| reporter.last_crash());
        if let Some(crash) = crash {
            // Nobody was left to note when a killed bot ended.
            let at = crash.at.unwrap_or_else(|| (self.now)());
            self.open(Some(Trouble { at, kind: TroubleKind::Crashed }));
        }
    }

    /// Draws the dialog while it is open. Called each frame, whether it is open or not.
    pub(crate) fn ui(&mut self, ctx: &egui::Context) {
        let closed = self.dialog.as_mut().and_then(|dialog| dialog.show(ctx));
        if let Some(closed) = closed {
            tracing::info!("problem report closed: {closed:?}");
            // The user was asked once, and need not be asked at each start.
            if let Err(error) = self.sources.reporter().and_then(|reporter| Ok(reporter.forget_crash()?)) {
                tracing::warn!("a crash is told once more: {error:#}");
            }
            self.dialog = None;
        }
    }

    /// Sends what an earlier run could not, on a thread of its own.
    pub(crate) fn send_kept(&self) {
        let Ok(reporter) = self.sources.reporter() else { return };
        let now = self.now;
        let send = move || match reporter.deliver_kept(now(), &Progress::new()) {
            Ok(outcomes) => {
                for outcome in outcomes {
                    match outcome {
                        Ok(receipt) => tracing::info!("kept report delivered: {}", receipt.ticket),
                        Err(error) => tracing::warn!("a report is still kept: {error}"),
                    }
                }
            }
            Err(error) => tracing::warn!("cannot read the outbox: {error}"),
        };
        if let Err(error) = std::thread::Builder::new().name("casefile-resend".to_owned()).spawn(send) {
            tracing::warn!("cannot send kept reports: {error}");
        }
    }
}

/// Reports without a window, for `--headless`: tells each step on `out`, and the outcome as `name value` lines.
///
/// Nobody is asked here: whoever starts the bot with `--headless` agrees to what its help says.
pub(crate) fn headless(
    sources: &Sources,
    trouble: Trouble,
    now: fn() -> Timestamp,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let lang = sources.lang;
    let reporter = sources.reporter().context("cannot set up problem reports")?;
    let draft = reporter
        .seal(&sources.request(Some(trouble)), now(), &Progress::new())
        .context("cannot seal the report")?;
    let manifest = draft.bundle.manifest();
    let entries = manifest.entries.iter().filter(|entry| entry.status.is_stored()).count();
    writeln!(out, "{}", lang.sealed(entries, draft.bundle.bytes(), manifest.hidden()))?;

    let consent = Consent::by_host_setting(&draft.bundle, now());
    let parcel = reporter.keep(&draft, consent, now()).context("cannot keep the report")?;
    writeln!(out, "{}", lang.kept())?;
    out.flush()?;
    let delivered = sources.portal.as_ref().map(|_| reporter.deliver(&parcel, &Progress::new()));
    match &delivered {
        None => writeln!(out, "{}", lang.no_portal())?,
        Some(Ok(_)) => writeln!(out, "{}", lang.delivered())?,
        Some(Err(error)) => writeln!(out, "{}: {error}", lang.not_delivered())?,
    }
    let receipt = delivered.and_then(Result::ok);
    if let Some(receipt) = &receipt {
        writeln!(out, "ticket {}", receipt.ticket)?;
    }
    writeln!(out, "report {}", parcel.id())?;
    writeln!(out, "bundle {}", parcel.bundle_path().display())?;
    writeln!(out, "sha256 {}", draft.bundle.sha256())?;
    if let Some(receipt) = &receipt {
        writeln!(out, "url {}", receipt.status_url)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
