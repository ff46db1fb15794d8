//! The files of a folder, as they are: no link is followed, nothing but files is opened.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use walkdir::WalkDir;

use super::excerpt::{self, Part};
use super::source::open_plain;
use super::{Collector, Folder, Found, Scope, Section};
use crate::bundle::Window;
use crate::progress::Progress;

/// Offers every file under a folder, or one file.
pub struct FolderCollector {
    folder: Folder,
    root: PathBuf,
}

/// Deeper folders are not looked into: a log folder has a few levels, a loop through a mount has no end.
const MAX_DEPTH: usize = 16;
/// More files than this are a mistake in the settings; what is beyond is counted.
const MAX_FILES: usize = 100_000;
/// What is kept of the last log before a window in which nothing was logged.
const SILENCE_BYTES: u64 = 256 << 10;

/// The log whose records end last before the window.
struct Silent {
    path: PathBuf,
    name: String,
    bytes: u64,
    last: Timestamp,
    before: u64,
}

impl FolderCollector {
    /// Collects what lies under `root` into this folder of the bundle.
    pub fn new(folder: Folder, root: impl Into<PathBuf>) -> Self {
        Self { folder, root: root.into() }
    }

    fn found(&self, path: &Path, metadata: &Metadata, scope: &Scope, silent: &mut Option<Silent>) -> Found {
        let bytes = metadata.is_file().then_some(metadata.len());
        let left_out = |reason: String| Found::LeftOut {
            source: path.to_string_lossy().into_owned(),
            bytes,
            failed: false,
            reason,
        };
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        let name = if inside.as_os_str().is_empty() {
            Path::new(path.file_name().unwrap_or_default())
        } else {
            inside
        };
        if scope.exclude.is_match(name) {
            return left_out("excluded by the settings".to_owned());
        }
        if !metadata.is_file() {
            let why = if metadata.is_symlink() { "links are not followed" } else { "not a file" };
            return left_out(why.to_owned());
        }
        let modified_at = metadata.modified().ok().and_then(|time| Timestamp::try_from(time).ok());
        let name = name.to_string_lossy().into_owned();
        let mut part = None;
        if self.folder == Folder::Logs
            && let Some(window) = scope.window
        {
            match part_of(path, metadata.len(), window, modified_at, &scope.progress) {
                Err(error) => return failed(path, Some(&error)),
                Ok(Part::Unknown) => {
                    if modified_at.is_some_and(|modified_at| modified_at < window.from) {
                        return left_out("last written before the time that was asked for".to_owned());
                    }
                }
                Ok(Part::Bytes(range)) => part = (range != (0..metadata.len())).then_some(range),
                Ok(Part::Outside { first, last, before }) => {
                    if last < window.from && silent.as_ref().is_none_or(|other| other.last < last) {
                        let (path, name) = (path.to_owned(), name);
                        *silent = Some(Silent { path, name, bytes: metadata.len(), last, before });
                    }
                    return left_out(format!("its records are from {first:.0} to {last:.0}"));
                }
            }
        }
        let mut section = Section::of_file(self.folder, name, path.to_owned(), metadata.len(), part);
        section.modified_at = modified_at;
        Found::Section(section)
    }

    /// When no log says anything of the window, the silence is the evidence: the last records before it are taken.
    fn before_silence(&self, found: &mut Vec<Found>, silent: Silent) {
        let Silent { path, name, bytes, last, before } = silent;
        let label = path.to_string_lossy().into_owned();
        found.retain(|item| !matches!(item, Found::LeftOut { source, .. } if *source == label));
        let part =
            (before < bytes || bytes > SILENCE_BYTES).then_some(0..if before == 0 { bytes } else { before });
        let mut section = Section::of_file(self.folder, name, path, bytes, part);
        section.narrow_to_end(SILENCE_BYTES);
        section.modified_at = Some(last);
        found.push(Found::Section(section));
        found.push(Found::Note(format!(
            "nothing was logged in the time that was asked for; the last records before it, until {last:.0}, were taken"
        )));
    }
}

/// When a file was written last is the file system's word, and its clock may be wrong: the records decide.
fn part_of(
    path: &Path,
    bytes: u64,
    window: Window,
    modified_at: Option<Timestamp>,
    progress: &Progress,
) -> io::Result<Part> {
    let (mut file, _) = open_plain(path)?;
    let local = TimeZone::system();
    excerpt::part(&mut file, bytes, window, &local, modified_at.unwrap_or(window.to), progress)
}

impl Collector for FolderCollector {
    fn name(&self) -> &str {
        self.folder.as_str()
    }

    fn collect(&self, scope: &Scope) -> Vec<Found> {
        // The folder itself may be a link that the user made; links inside it are not followed.
        let root = match fs::canonicalize(&self.root) {
            Ok(root) => root,
            Err(error) => return vec![failed(&self.root, Some(&error))],
        };
        let at_root = Self { folder: self.folder, root };
        let walk = WalkDir::new(&at_root.root).follow_links(false).max_depth(MAX_DEPTH).sort_by_file_name();
        let mut found = Vec::new();
        let (mut silent, mut beyond) = (None, 0_u64);
        for item in walk {
            if scope.progress.checkpoint().is_err() {
                break;
            }
            if found.len() >= MAX_FILES {
                beyond += 1;
                continue;
            }
            match item {
                Ok(item) if item.file_type().is_dir() => {}
                Ok(item) => match item.metadata() {
                    Ok(metadata) => {
                        found.push(at_root.found(item.path(), &metadata, scope, &mut silent));
                    }
                    Err(error) => found.push(failed(item.path(), error.io_error())),
                },
                Err(error) => found.push(failed(error.path().unwrap_or(&at_root.root), error.io_error())),
            }
        }
        if beyond > 0 {
            found.push(Found::Note(format!("{beyond} more files were not looked at")));
        }
        let logged = found.iter().any(|item| matches!(item, Found::Section(_)));
        if let Some(silent) = silent.filter(|_| !logged) {
            at_root.before_silence(&mut found, silent);
        }
        found
    }
}

fn failed(path: &Path, error: Option<&io::Error>) -> Found {
    let reason = error.map_or_else(|| "a loop of links".to_owned(), reason_of);
    Found::LeftOut { source: path.to_string_lossy().into_owned(), bytes: None, failed: true, reason }
}

/// The kind of an error, without the path that some messages carry.
pub(crate) fn reason_of(error: &io::Error) -> String {
    error.kind().to_string()
}

#[cfg(test)]
mod tests;
