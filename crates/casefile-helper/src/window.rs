//! The helper's window.

use std::fs::File;
use std::time::Duration;

use casefile::Reporter;
use casefile::brand::Brand;
use casefile::report::Language;
use casefile_egui::{Closed, Dialog};
use eframe::egui::{self, ThemePreference, Ui};
use jiff::Timestamp;

use crate::begin::Begin;
use crate::resend::Resending;
use crate::words::Words;

/// What a window is opened with.
pub(crate) struct Launch {
    pub(crate) page: Page,
    pub(crate) language: Language,
    pub(crate) theme: ThemePreference,
    pub(crate) now: fn() -> Timestamp,
}

/// What a window shows.
pub(crate) enum Page {
    /// The dialog; the claim keeps a second helper away.
    Report { reporter: Reporter, claim: File, begin: Box<Begin> },
    /// Another helper reports this application.
    AlreadyOpen(Reporter),
    /// Why there is no dialog.
    Message(String),
}

enum Shown {
    Report {
        reporter: Reporter,
        dialog: Box<Dialog>,
        resending: Resending,
        /// Above the dialog: a crash, what was sent by now.
        news: Vec<String>,
        _claim: File,
    },
    Message(String),
}

struct Window {
    shown: Shown,
    words: Words,
}

const SIZE: [f32; 2] = [660.0, 720.0];
const MESSAGE_SIZE: [f32; 2] = [480.0, 360.0];
const MIN_SIZE: [f32; 2] = [480.0, 360.0];
/// Between two looks at what is sent again.
const POLL_EVERY: Duration = Duration::from_millis(100);

/// Opens the window and returns when it is closed.
pub(crate) fn run(launch: Launch) -> anyhow::Result<()> {
    let Launch { page, language, theme, now } = launch;
    let words = match &page {
        Page::Report { reporter, .. } | Page::AlreadyOpen(reporter) => Words::of(language, reporter.brand()),
        Page::Message(_) => Words::of(language, &Brand::default()),
    };
    let (title, size) = match &page {
        Page::Report { reporter, .. } => (words.of_app("helper-title", &reporter.app().name), SIZE),
        Page::AlreadyOpen(reporter) => (words.of_app("helper-title", &reporter.app().name), MESSAGE_SIZE),
        Page::Message(_) => (words.text("helper-plain-title"), MESSAGE_SIZE),
    };
    let icon = match &page {
        Page::Report { reporter, .. } => reporter.brand().icon.clone(),
        Page::AlreadyOpen(_) | Page::Message(_) => None,
    };
    let mut viewport = egui::ViewportBuilder::default()
        .with_title(&title)
        .with_app_id("casefile-helper")
        .with_inner_size(size)
        .with_min_inner_size(MIN_SIZE);
    // A picture that cannot be read is none: the window has the one of the system.
    if let Some(icon) = icon.and_then(|bytes| eframe::icon_data::from_png_bytes(&bytes).ok()) {
        viewport = viewport.with_icon(icon);
    }
    // Tests of the workspace turn wgpu on by feature unification; glow costs a quarter of its time here.
    let options = eframe::NativeOptions { viewport, renderer: eframe::Renderer::Glow, ..Default::default() };
    let opened = eframe::run_native(
        &title,
        options,
        Box::new(move |creation| {
            creation.egui_ctx.set_theme(theme);
            Ok(Box::new(Window { shown: Shown::of(page, &words, now), words }))
        }),
    );
    opened.map_err(|error| anyhow::anyhow!("cannot open a window: {error}"))
}

impl Shown {
    fn of(page: Page, words: &Words, now: fn() -> Timestamp) -> Self {
        match page {
            Page::Report { reporter, claim, begin } => {
                // What waits goes first; the dialog does not wait for it.
                let resending = Resending::start(reporter.clone(), now());
                let Begin { request, attachments, news } = *begin;
                let dialog = Dialog::open(reporter.clone(), request, now).beside_the_application();
                let dialog = attachments.into_iter().fold(dialog, Dialog::with_attachment);
                let news = news.into_iter().collect();
                Self::Report { reporter, dialog: Box::new(dialog), resending, news, _claim: claim }
            }
            Page::AlreadyOpen(reporter) => {
                Self::Message(words.of_app("helper-already-open", &reporter.app().name))
            }
            Page::Message(text) => Self::Message(text),
        }
    }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        let Shown::Report { resending, news, .. } = &mut self.shown else { return };
        if let Some(resent) = resending.poll() {
            news.extend(self.words.resent(resent));
        }
        if resending.is_busy() {
            ctx.request_repaint_after(POLL_EVERY);
        }
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let closes = match &mut self.shown {
            Shown::Report { reporter, dialog, news, .. } => {
                if !news.is_empty() {
                    egui::Panel::top("news").show(ui, |ui| {
                        for text in news.iter() {
                            ui.add(egui::Label::new(text.as_str()).wrap());
                        }
                    });
                }
                let closed = egui::CentralPanel::default().show(ui, |ui| dialog.ui(ui)).inner;
                if matches!(closed, Some(Closed::Kept(_) | Closed::Delivered(_) | Closed::Refused(_))) {
                    // It is told by now. What the disk keeps is told once more, and that is all.
                    let _ = reporter.forget_crash();
                }
                closed.is_some()
            }
            Shown::Message(text) => {
                egui::CentralPanel::default().show(ui, |ui| message_ui(ui, text, &self.words)).inner
            }
        };
        if closes {
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }
}

/// Says something; whether it was read and closed.
fn message_ui(ui: &mut Ui, text: &str, words: &Words) -> bool {
    let closes = egui::Panel::bottom("close").show(ui, |ui| {
        ui.add_space(4.0);
        ui.button(words.text("helper-close")).clicked()
    });
    egui::CentralPanel::no_frame().show(ui, |ui| {
        egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.heading(words.text("helper-plain-title"));
            ui.add_space(8.0);
            ui.label(text);
        });
    });
    closes.inner
}
