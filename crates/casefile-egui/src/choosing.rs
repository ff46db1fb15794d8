//! The system's own window for choosing files.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::task::{Polled, Task};

/// A window for choosing files that is open, or was.
#[derive(Default)]
pub(crate) struct Choosing {
    task: Option<Task<Chosen>>,
    /// This system has no such window.
    pub(crate) is_impossible: bool,
}

enum Chosen {
    Files(Vec<PathBuf>),
    /// The person closed it.
    Nothing,
    /// It was never there: a desktop without portals gives no answer but none at once.
    NoWindow,
}

/// Nobody closes a window sooner.
const AT_ONCE: Duration = Duration::from_millis(400);

impl Choosing {
    pub(crate) fn is_busy(&self) -> bool {
        self.task.is_some()
    }

    /// Opens the window, unless it is open.
    pub(crate) fn start(&mut self) {
        if self.is_busy() {
            return;
        }
        // On macOS windows belong to the main thread, which waits for this one.
        #[cfg(target_os = "macos")]
        let chosen = choose();
        #[cfg(target_os = "macos")]
        let choose = move || chosen;
        self.task = Some(Task::start("choose", choose));
    }

    /// The files, once.
    pub(crate) fn poll(&mut self) -> Vec<PathBuf> {
        let Some(task) = &self.task else { return Vec::new() };
        let chosen = match task.poll() {
            Polled::Pending => return Vec::new(),
            Polled::Done(chosen) => chosen,
            Polled::Died => Chosen::NoWindow,
        };
        self.task = None;
        match chosen {
            Chosen::Files(files) => return files,
            Chosen::Nothing => {}
            Chosen::NoWindow => self.is_impossible = true,
        }
        Vec::new()
    }
}

fn choose() -> Chosen {
    let start = Instant::now();
    match rfd::FileDialog::new().pick_files() {
        Some(files) => Chosen::Files(files),
        None if start.elapsed() < AT_ONCE => Chosen::NoWindow,
        None => Chosen::Nothing,
    }
}
