//! The files of a folder, as they are: no link is followed, nothing but files is opened.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use walkdir::WalkDir;

use super::{Collector, Folder, Found, Scope, Section};
use crate::redact::Raw;

/// Offers every file under a folder, or one file.
pub struct FolderCollector {
    folder: Folder,
    root: PathBuf,
}

/// Deeper folders are not looked into: a log folder has a few levels, a loop through a mount has no end.
const MAX_DEPTH: usize = 16;

impl FolderCollector {
    /// Collects what lies under `root` into this folder of the bundle.
    pub fn new(folder: Folder, root: impl Into<PathBuf>) -> Self {
        Self { folder, root: root.into() }
    }

    fn found(&self, path: &Path, metadata: &Metadata, scope: &Scope) -> Found {
        let source = path.to_string_lossy().into_owned();
        let left_out =
            |source, reason: &str| Found::LeftOut { source, failed: false, reason: reason.to_owned() };
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        let name = if inside.as_os_str().is_empty() {
            Path::new(path.file_name().unwrap_or_default())
        } else {
            inside
        };
        if scope.exclude.is_match(name) {
            return left_out(source, "excluded by the settings");
        }
        if !metadata.is_file() {
            return left_out(
                source,
                if metadata.is_symlink() { "links are not followed" } else { "not a file" },
            );
        }
        let modified_at = metadata.modified().ok().and_then(|time| Timestamp::try_from(time).ok());
        if self.folder == Folder::Logs
            && let (Some(window), Some(modified_at)) = (scope.window, modified_at)
            && modified_at < window.from
        {
            return left_out(source, "last written before the time that was asked for");
        }
        let opened = path.to_owned();
        let section = Section::new(self.folder, name.to_string_lossy(), move || open(&opened));
        Found::Section(section.from_file(source, metadata.len(), modified_at))
    }
}

impl Collector for FolderCollector {
    fn name(&self) -> &str {
        self.folder.as_str()
    }

    fn collect(&self, scope: &Scope) -> Vec<Found> {
        // The folder itself may be a link that the user made; links inside it are not followed.
        let root = match fs::canonicalize(&self.root) {
            Ok(root) => root,
            Err(error) => {
                let source = self.root.to_string_lossy().into_owned();
                return vec![Found::LeftOut { source, failed: true, reason: reason_of(&error) }];
            }
        };
        let at_root = Self { folder: self.folder, root };
        let walk = WalkDir::new(&at_root.root).follow_links(false).max_depth(MAX_DEPTH).sort_by_file_name();
        let mut found = Vec::new();
        for item in walk {
            match item {
                Ok(item) if item.file_type().is_dir() => {}
                Ok(item) => match item.metadata() {
                    Ok(metadata) => found.push(at_root.found(item.path(), &metadata, scope)),
                    Err(error) => found.push(failed(item.path(), error.io_error())),
                },
                Err(error) => found.push(failed(error.path().unwrap_or(&at_root.root), error.io_error())),
            }
        }
        found
    }
}

/// Opens for reading beside the bot: on Windows the bot may go on writing, renaming and deleting.
fn open(path: &Path) -> io::Result<Raw> {
    // Looked at again, because the file may have become something else since it was listed.
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a file any more"));
    }
    File::open(path).map(Raw::from_reader)
}

fn failed(path: &Path, error: Option<&io::Error>) -> Found {
    let reason = error.map_or_else(|| "a loop of links".to_owned(), reason_of);
    Found::LeftOut { source: path.to_string_lossy().into_owned(), failed: true, reason }
}

/// The kind of an error, without the path that some messages carry.
pub(crate) fn reason_of(error: &io::Error) -> String {
    error.kind().to_string()
}
