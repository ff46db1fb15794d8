//! The report as something that the person sends by hand: a copy of the bundle, a mail that is ready, a text.
//!
//! None of them is sent by being made, and none of them says so.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use casefile::Reporter;
use casefile::letter::{Letter, SaveError, save_bundle};
use casefile::outbox::Parcel;
use casefile::transport::file_name;
use egui::Ui;
use jiff::Timestamp;

use crate::action::Action;
use crate::screen::{error_ui, field_ui, is_narrow_button, news_ui};
use crate::sealed::Sealed;
use crate::task::{Polled, Task};
use crate::why;
use crate::words::Words;

/// A path that can be changed, and what became of the last attempt.
pub(crate) struct Saving {
    pub(crate) path: String,
    reporter: Reporter,
    source: Source,
    state: State,
    /// A text that is to go to the clipboard.
    copied: Option<String>,
}

/// What is copied.
#[derive(Clone)]
pub(crate) enum Source {
    Kept(Box<Parcel>),
    Draft(Arc<Sealed>),
}

/// As what it is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// The bundle itself.
    Bundle,
    /// A draft of a mail with the bundle attached.
    Mail,
    /// The report as text, for the clipboard.
    Text,
}

enum State {
    Idle,
    Works(Task<Result<Made, SaveError>>),
    Saved { path: PathBuf, shape: Shape, is_too_large: bool },
    Copied,
    Failed(String),
}

enum Made {
    File { path: PathBuf, shape: Shape, is_too_large: bool },
    Text(String),
}

impl Saving {
    /// Proposes a file in the person's own folder.
    pub(crate) fn new(reporter: &Reporter, source: Source) -> Self {
        let folder = std::env::home_dir().unwrap_or_default();
        let id = match &source {
            Source::Kept(parcel) => parcel.id(),
            Source::Draft(sealed) => sealed.draft.id,
        };
        let path = folder.join(file_name(&reporter.app().name, id));
        let path = path.to_string_lossy().into_owned();
        Self { path, reporter: reporter.clone(), source, state: State::Idle, copied: None }
    }

    /// Begins to make it.
    pub(crate) fn start(&mut self, shape: Shape, now: Timestamp) {
        if self.is_busy() || self.path.trim().is_empty() {
            return;
        }
        let path = PathBuf::from(self.path.trim());
        let (reporter, source) = (self.reporter.clone(), self.source.clone());
        self.state = State::Works(Task::start("save", move || make(&reporter, &source, shape, &path, now)));
    }

    pub(crate) fn is_busy(&self) -> bool {
        matches!(self.state, State::Works(_))
    }

    pub(crate) fn poll(&mut self, words: &Words) {
        let State::Works(task) = &self.state else { return };
        self.state = match task.poll() {
            Polled::Pending => return,
            Polled::Done(Ok(Made::File { path, shape, is_too_large })) => {
                State::Saved { path, shape, is_too_large }
            }
            Polled::Done(Ok(Made::Text(text))) => {
                self.copied = Some(text);
                State::Copied
            }
            Polled::Done(Err(error)) => State::Failed(why::not_saved(&error, words)),
            Polled::Died => State::Failed(words.text("why-died")),
        };
    }

    /// The text for the clipboard, once.
    pub(crate) fn take_copied(&mut self) -> Option<String> {
        self.copied.take()
    }
}

fn make(
    reporter: &Reporter,
    source: &Source,
    shape: Shape,
    path: &Path,
    now: Timestamp,
) -> Result<Made, SaveError> {
    if shape == Shape::Bundle {
        let bundle = match source {
            Source::Kept(parcel) => parcel.bundle_path(),
            Source::Draft(sealed) => sealed.draft.bundle.path().to_owned(),
        };
        save_bundle(&bundle, path)?;
        return Ok(Made::File { path: path.to_owned(), shape, is_too_large: false });
    }
    let letter: Letter = match source {
        Source::Kept(parcel) => reporter.letter(parcel)?,
        Source::Draft(sealed) => reporter.letter_of_draft(&sealed.draft)?,
    };
    if shape == Shape::Text {
        return Ok(Made::Text(letter.text()));
    }
    let path = path.with_extension("eml");
    letter.save_mail(&path, now)?;
    Ok(Made::File { path, shape, is_too_large: letter.is_too_large_for_mail() })
}

/// The ways by hand, and how the last one went.
pub(crate) fn saving_ui(ui: &mut Ui, saving: &mut Saving, words: &Words) -> Option<Action> {
    let mut action = None;
    ui.add_space(12.0);
    ui.strong(words.text("by-hand"));
    ui.label(words.text("by-hand-note"));
    ui.add_space(4.0);
    field_ui(ui, &words.text("save-path"), &mut saving.path, 1);
    ui.add_space(4.0);
    let enabled = !saving.is_busy() && !saving.path.trim().is_empty();
    ui.horizontal_wrapped(|ui| {
        for (key, shape) in
            [("save-button", Shape::Bundle), ("save-mail", Shape::Mail), ("copy-report", Shape::Text)]
        {
            if is_narrow_button(ui, enabled, &words.text(key)) {
                action = Some(Action::Save(shape));
            }
        }
    });
    match &saving.state {
        State::Idle => {}
        State::Works(_) => _ = ui.label(words.text("save-running")),
        State::Copied => news_ui(ui, &words.text("copy-report-done")),
        State::Saved { path, shape, is_too_large } => {
            let shown = path.display().to_string();
            news_ui(ui, &words.with("save-done", &[("path", shown.into())]));
            if *shape == Shape::Mail {
                ui.label(words.text("save-mail-done"));
            }
            if *is_too_large {
                error_ui(ui, &words.text("save-mail-large"));
            }
            ui.horizontal_wrapped(|ui| {
                if *shape == Shape::Mail && is_narrow_button(ui, true, &words.text("open-mail")) {
                    action = Some(Action::OpenPath(path.clone()));
                }
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
                if let Some(folder) = folder
                    && is_narrow_button(ui, true, &words.text("open-folder"))
                {
                    action = Some(Action::OpenPath(folder.to_owned()));
                }
            });
        }
        State::Failed(why) => error_ui(ui, why),
    }
    action
}
