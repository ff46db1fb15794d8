//! A copy of the bundle, wherever the person wants it.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use casefile::Reporter;
use casefile::id::ReportId;
use casefile::transport::file_name;
use egui::Ui;

use crate::action::Action;
use crate::screen::{error_ui, field_ui, is_narrow_button};
use crate::task::{Polled, Task};
use crate::words::Words;

/// A path that can be changed, and what became of the last attempt.
pub(crate) struct Saving {
    pub(crate) path: String,
    state: State,
}

enum State {
    Idle,
    Copies(Task<io::Result<()>>),
    Saved(String),
    Failed(io::ErrorKind),
}

impl Saving {
    /// Proposes a file in the person's own folder.
    pub(crate) fn new(reporter: &Reporter, id: ReportId) -> Self {
        let folder = std::env::home_dir().unwrap_or_default();
        let path = folder.join(file_name(&reporter.app().name, id));
        Self { path: path.to_string_lossy().into_owned(), state: State::Idle }
    }

    /// Begins to copy.
    pub(crate) fn start(&mut self, bundle: PathBuf) {
        if self.is_busy() || self.path.trim().is_empty() {
            return;
        }
        let target = PathBuf::from(self.path.trim());
        self.state = State::Copies(Task::start("save", move || copy(&bundle, &target)));
    }

    pub(crate) fn is_busy(&self) -> bool {
        matches!(self.state, State::Copies(_))
    }

    pub(crate) fn poll(&mut self) {
        let State::Copies(task) = &self.state else { return };
        self.state = match task.poll() {
            Polled::Pending => return,
            Polled::Done(Ok(())) => State::Saved(self.path.trim().to_owned()),
            Polled::Done(Err(error)) => State::Failed(error.kind()),
            Polled::Died => State::Failed(io::ErrorKind::Other),
        };
    }
}

/// Copies to a file that is not there yet; half a copy is removed.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut target = options.open(to)?;
    let copied = io::copy(&mut File::open(from)?, &mut target).and_then(|_| target.sync_all());
    if copied.is_err() {
        drop(target);
        let _ = std::fs::remove_file(to);
    }
    copied
}

/// The path, the button, and how it went.
pub(crate) fn saving_ui(ui: &mut Ui, saving: &mut Saving, words: &Words) -> Option<Action> {
    let mut action = None;
    ui.add_space(12.0);
    field_ui(ui, &words.text("save-path"), &mut saving.path, 1);
    ui.add_space(4.0);
    let enabled = !saving.is_busy() && !saving.path.trim().is_empty();
    if is_narrow_button(ui, enabled, &words.text("save-button")) {
        action = Some(Action::Save);
    }
    match &saving.state {
        State::Idle => {}
        State::Copies(_) => _ = ui.label(words.text("save-running")),
        State::Saved(path) => _ = ui.label(words.with("save-done", &[("path", path.as_str().into())])),
        State::Failed(io::ErrorKind::AlreadyExists) => error_ui(ui, &words.text("save-exists")),
        State::Failed(kind) => {
            let kind = words.reason(&kind.to_string());
            error_ui(ui, &words.with("save-failed", &[("why", kind.into())]));
        }
    }
    action
}
