//! What is secret here: the licence, the presets and settings, the environment, what the host knows. Each of them may lie on
//! a drive that does not answer, and is waited for no longer than the deadline.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;
use zeroize::Zeroizing;

use super::Reporter;
use crate::collect::{Answers, License, Stopped, ask, open_plain};
use crate::progress::Progress;
use crate::redact::{KnownValues, MAX_LEARN_BYTES, Raw};

/// What went wrong: about what, and what.
pub(super) type Notes = Vec<(String, String)>;

impl Reporter {
    /// The licence as it is now; absent when the host tells none.
    pub(super) fn licence(&self, progress: &Progress) -> Option<io::Result<License>> {
        self.0.license.as_ref()?;
        let settings = self.0.clone();
        let look = move |answers: &Answers<_>| {
            if let Some(source) = &settings.license {
                answers.give(source.license());
            }
        };
        let mut answer = None;
        match ask(progress, self.0.deadline, look, |license| answer = Some(license)) {
            Ok(()) => answer,
            Err(Stopped::Cancelled) => Some(Err(io::ErrorKind::Interrupted.into())),
            Err(Stopped::Late) => Some(Err(io::ErrorKind::TimedOut.into())),
            Err(Stopped::Defective) => Some(Err(io::Error::other("a defect"))),
            Err(Stopped::Threads(error)) => Some(Err(error)),
        }
    }

    /// Every secret that can be known here. What cannot be read is told, and its secrets are found by the rules only.
    pub(super) fn known_values(
        &self,
        license: Option<&License>,
        notes: &mut Notes,
        progress: &Progress,
    ) -> KnownValues {
        let mut known = KnownValues::new();
        known.add_machine();
        for (name, value) in std::env::vars_os() {
            // The working folder, not a password.
            if name == "PWD" || name == "OLDPWD" {
                continue;
            }
            // A bot takes its keys from the environment as often as from a file.
            let line = format!("{}={}\n", name.to_string_lossy(), value.to_string_lossy());
            known.learn(Raw::from_text(line), ".env");
        }
        for path in &self.0.known_files {
            self.learn_under(path, &mut known, notes, progress);
        }
        if let Some(key) = license.and_then(|license| license.key.as_ref()) {
            known.add("license", key);
        }
        for add in &self.0.secrets {
            add(&mut known);
        }
        known
    }

    fn learn_under(&self, path: &Path, known: &mut KnownValues, notes: &mut Notes, progress: &Progress) {
        let mut note = |text: String| notes.push(("presets".to_owned(), text));
        let root = path.to_owned();
        let read = move |answers: &Answers<_>| {
            files_under(&root).into_iter().all(|file| answers.give(read_small(&file)));
        };
        let learn = |file: io::Result<Raw>| match file {
            Ok(raw) => known.learn(raw, ""),
            Err(error) => {
                note(format!("a file was not read, so that its secrets are not known: {}", error.kind()));
            }
        };
        let why = match ask(progress, self.0.deadline, read, learn) {
            // That it was cancelled is seen by whoever asked for the report.
            Ok(()) | Err(Stopped::Cancelled) => return,
            Err(Stopped::Late) => "it took too long",
            Err(Stopped::Defective) => "a defect, please report it",
            Err(Stopped::Threads(_)) => "the system gives no thread",
        };
        note(format!("not all files were read, so that their secrets are not known: {why}"));
    }
}

/// Reads a file, and nothing that only looks like one, as far as it is learnt from.
fn read_small(path: &Path) -> io::Result<Raw> {
    let (file, length): (File, u64) = open_plain(path)?;
    let room = usize::try_from(length.min(MAX_LEARN_BYTES)).unwrap_or_default();
    // Room for all of it: a buffer that grows would leave copies of secrets behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(room));
    file.take(room as u64).read_to_end(&mut bytes)?;
    Ok(Raw::from_reader(io::Cursor::new(bytes)))
}

/// A file, or the files of a folder; a folder of presets is small. Settings are often a link to where they lie.
fn files_under(path: &Path) -> Vec<PathBuf> {
    const MAX_FILES: usize = 1_000;
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let walk = WalkDir::new(path).follow_links(false).max_depth(4).sort_by_file_name();
    let files = walk.into_iter().filter_map(Result::ok).filter(|item| item.file_type().is_file());
    files.take(MAX_FILES).map(walkdir::DirEntry::into_path).collect()
}

#[cfg(test)]
mod tests;
