//! The helper's window.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use casefile::Reporter;
use casefile::report::{Category, Language, Priority, Request};
use casefile_egui::Dialog;
use eframe::egui::{self, ThemePreference, Ui};
use jiff::Timestamp;

use crate::resend::Resending;
use crate::words;

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
    Report { reporter: Reporter, claim: File, crash: Option<PathBuf> },
    /// Another helper reports this application.
    AlreadyOpen(String),
    /// Why there is no dialog.
    Message(String),
}

enum Shown {
    Report { dialog: Box<Dialog>, resending: Resending, news: Option<String>, _claim: File },
    Message(String),
}

struct Window {
    shown: Shown,
    language: Language,
}

const SIZE: [f32; 2] = [660.0, 720.0];
const MESSAGE_SIZE: [f32; 2] = [480.0, 360.0];
const MIN_SIZE: [f32; 2] = [480.0, 360.0];
/// Between two looks at what is sent again.
const POLL_EVERY: Duration = Duration::from_millis(100);

/// Opens the window and returns when it is closed.
pub(crate) fn run(launch: Launch) -> anyhow::Result<()> {
    let Launch { page, language, theme, now } = launch;
    let (title, size) = match &page {
        Page::Report { reporter, .. } => (words::title(language, &reporter.app().name), SIZE),
        Page::AlreadyOpen(app) => (words::title(language, app), MESSAGE_SIZE),
        Page::Message(_) => (words::plain_title(language).to_owned(), MESSAGE_SIZE),
    };
    let viewport = egui::ViewportBuilder::default()
        .with_title(&title)
        .with_app_id("casefile-helper")
        .with_inner_size(size)
        .with_min_inner_size(MIN_SIZE);
    // Tests of the workspace turn wgpu on by feature unification; glow costs a quarter of its time here.
    let options = eframe::NativeOptions { viewport, renderer: eframe::Renderer::Glow, ..Default::default() };
    let opened = eframe::run_native(
        &title,
        options,
        Box::new(move |creation| {
            creation.egui_ctx.set_theme(theme);
            Ok(Box::new(Window { shown: Shown::of(page, language, now), language }))
        }),
    );
    opened.map_err(|error| anyhow::anyhow!("cannot open a window: {error}"))
}

impl Shown {
    fn of(page: Page, language: Language, now: fn() -> Timestamp) -> Self {
        match page {
            Page::Report { reporter, claim, crash } => {
                // What waits goes first; the dialog does not wait for it.
                let resending = Resending::start(reporter.clone(), now());
                let dialog = match crash {
                    None => {
                        let request = Request::new("", "", Priority::P3, Category::Runtime);
                        Dialog::open(reporter, Request { language, ..request }, now)
                    }
                    Some(file) => {
                        let request = crashed(language, &reporter.app().name, &file);
                        Dialog::open(reporter, request, now).with_attachment(file)
                    }
                };
                Self::Report { dialog: Box::new(dialog), resending, news: None, _claim: claim }
            }
            Page::AlreadyOpen(app) => Self::Message(words::already_open(language, &app)),
            Page::Message(text) => Self::Message(text),
        }
    }
}

/// What a crash says by itself; the rest is for the person to tell.
fn crashed(language: Language, app: &str, file: &Path) -> Request {
    let (title, description) = words::crashed(language, app);
    let request = Request::new(title, description, Priority::P1, Category::Runtime);
    let written = std::fs::metadata(file).and_then(|metadata| metadata.modified()).ok();
    let occurred_at = written.and_then(|time| Timestamp::try_from(time).ok());
    Request { language, occurred_at, ..request }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        let Shown::Report { resending, news, .. } = &mut self.shown else { return };
        if let Some(resent) = resending.poll() {
            *news = words::resent(self.language, resent);
        }
        if resending.is_busy() {
            ctx.request_repaint_after(POLL_EVERY);
        }
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let closes = match &mut self.shown {
            Shown::Report { dialog, news, .. } => {
                if let Some(news) = news {
                    egui::Panel::top("news").show(ui, |ui| ui.label(news.as_str()));
                }
                let central = egui::CentralPanel::default();
                central.show(ui, |ui| dialog.ui(ui).is_some()).inner
            }
            Shown::Message(text) => {
                egui::CentralPanel::default().show(ui, |ui| message_ui(ui, text, self.language)).inner
            }
        };
        if closes {
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }
}

/// Says something; whether it was read and closed.
fn message_ui(ui: &mut Ui, text: &str, language: Language) -> bool {
    let closes = egui::Panel::bottom("close").show(ui, |ui| {
        ui.add_space(4.0);
        ui.button(words::close(language)).clicked()
    });
    egui::CentralPanel::no_frame().show(ui, |ui| {
        egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.heading(words::plain_title(language));
            ui.add_space(8.0);
            ui.label(text);
        });
    });
    closes.inner
}
