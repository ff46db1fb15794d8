//! Where casefile joins the bot. Everything that the bot knows of problem reports is in this file.

use std::io::Write;

use eframe::egui;

use crate::engine::Trouble;
use crate::home::Home;
use crate::words::{Lang, Text};

/// The way to a report: the reporter over the bot's folder, and the dialog while it is open.
#[derive(Debug)]
pub(crate) struct Report {
    home: Home,
    portal: Option<String>,
    lang: Lang,
    open: Option<Open>,
}

/// An open dialog.
#[derive(Debug)]
struct Open {
    /// What went wrong last; nothing when the user came by the menu.
    trouble: Option<Trouble>,
}

impl Report {
    /// Remembers what the reporter is built from. Reads nothing yet.
    pub(crate) fn new(home: Home, portal: Option<String>, lang: Lang) -> Self {
        Self { home, portal, lang, open: None }
    }

    /// Opens the dialog. The trouble gives the time of the incident and a first guess at title and category.
    pub(crate) fn open(&mut self, trouble: Option<Trouble>) {
        tracing::info!("problem report opened in {} for {:?}", self.home.root().display(), self.portal);
        self.open = Some(Open { trouble });
    }

    /// Draws the dialog while it is open. Called each frame, whether it is open or not.
    pub(crate) fn ui(&mut self, ctx: &egui::Context) {
        let Some(open) = &self.open else { return };
        let shown = egui::Modal::new(egui::Id::unique("report")).show(ctx, |ui| {
            ui.heading(self.lang.text(Text::ReportProblem));
            ui.label(open.trouble.map_or("", |trouble| self.lang.trouble(trouble.kind)));
        });
        if shown.should_close() {
            self.open = None;
        }
    }
}

/// Reports without a window, for `--headless`: tells each step on `out`.
pub(crate) fn headless(
    home: &Home,
    portal: Option<&str>,
    lang: Lang,
    trouble: Trouble,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let portal = portal.unwrap_or("-");
    writeln!(out, "{}: {}", lang.text(Text::ReportProblem), lang.trouble(trouble.kind))?;
    writeln!(out, "{} -> {portal}", home.settings_file().display())?;
    Ok(())
}
