//! Finds the evidence: each collector offers sections, the sealing reads them through the redactor.
//!
//! Collecting never fails as a whole: what could not be read is a [`Found::Note`].

mod excerpt;
mod fingerprint;
mod folder;
mod gather;
mod license;
mod patience;
mod source;
mod system;

use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use globset::GlobSet;
use jiff::Timestamp;

pub use self::fingerprint::{Fingerprint, fingerprint};
pub use self::folder::FolderCollector;
pub(crate) use self::folder::reason_of;
pub(crate) use self::gather::{Gathering, gather};
pub use self::license::{License, LicenseFile, LicenseSource};
pub(crate) use self::patience::{Answers, Stopped, ask};
use self::source::{Open, Source};
pub(crate) use self::source::{Opened, Watch, open_plain};
pub use self::system::{SystemFacts, system_facts};
use crate::bundle::Window;
use crate::picture::Picture;
use crate::progress::Progress;
use crate::redact::Raw;

/// Finds one kind of evidence. Implement it for what only the host knows, or use [`section`].
///
/// ```
/// use casefile::collect::{Collector, Folder, Found, Scope, Section};
/// use casefile::redact::Raw;
///
/// struct OpenOrders;
///
/// impl Collector for OpenOrders {
///     fn name(&self) -> &str {
///         "open orders"
///     }
///     fn collect(&self, _scope: &Scope) -> Vec<Found> {
///         let section = Section::new(Folder::Monitoring, "orders.json", || Ok(Raw::from_text("[]")));
///         vec![Found::Section(section)]
///     }
/// }
/// assert_eq!(OpenOrders.collect(&Scope::default()).len(), 1);
/// ```
pub trait Collector: Send + Sync {
    /// What people call it, for notes.
    fn name(&self) -> &str;

    /// Lists what there is. Reading happens later, by [`Section::open`]. What takes longer than a moment calls
    /// [`Progress::checkpoint`] of the scope now and then, else it is given up.
    fn collect(&self, scope: &Scope) -> Vec<Found>;
}

/// What a report asks for.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// Only what the logs say of this time, by the times of their records; all when absent.
    pub window: Option<Window>,
    /// Paths inside a folder that are left out.
    pub exclude: GlobSet,
    /// Tells a collector to rest or to stop, and the report that the collector is alive.
    pub progress: Progress,
}

/// The folder of the bundle that a section goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Folder {
    /// What the application logged.
    Logs,
    /// Strategy presets and configuration.
    Preset,
    /// Monitoring reports and metrics.
    Monitoring,
    /// What is known of a crash.
    Crash,
    /// What the person added.
    Attachments,
}

impl Folder {
    /// Its name in the bundle.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Logs => "logs",
            Self::Preset => "preset",
            Self::Monitoring => "monitoring",
            Self::Crash => "crash",
            Self::Attachments => "attachments",
        }
    }
}

/// What a collector found. Nothing in it is redacted yet, so nothing of it can be printed.
pub enum Found {
    /// Evidence that can be read.
    Section(Section),
    /// Evidence that is left out, or could not be looked at.
    LeftOut {
        /// Its raw path.
        source: String,
        /// Its size, if that is known.
        bytes: Option<u64>,
        /// Whether that was on purpose.
        failed: bool,
        /// Why, in words that hold nothing of the content.
        reason: String,
    },
    /// Something to tell the reader of the report.
    Note(String),
}

/// Makes the patterns of [`Scope::exclude`]: `*` stays inside a folder, `**` crosses folders.
///
/// # Errors
/// Names the pattern that is none.
pub fn exclude(globs: &[String]) -> Result<GlobSet, globset::Error> {
    let mut set = globset::GlobSetBuilder::new();
    for glob in globs {
        set.add(globset::GlobBuilder::new(glob).literal_separator(true).build()?);
    }
    set.build()
}

/// One piece of evidence, not yet read. Becomes one entry of the bundle.
pub struct Section {
    pub(crate) folder: Folder,
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) bytes: u64,
    pub(crate) modified_at: Option<Timestamp>,
    source: Source,
}

impl Section {
    /// Offers what `open` returns under this name; the name may have `/` between folders.
    pub fn new(
        folder: Folder,
        name: impl Into<String>,
        open: impl Fn() -> io::Result<Raw> + Send + 'static,
    ) -> Self {
        let name = name.into();
        let source = Source::Host(Box::new(open) as Open);
        Self { folder, label: name.clone(), name, bytes: 0, modified_at: None, source }
    }

    /// Offers a file, or the part of it that is wanted: whole lines.
    fn of_file(folder: Folder, name: String, path: PathBuf, bytes: u64, part: Option<Range<u64>>) -> Self {
        let label = path.to_string_lossy().into_owned();
        let bytes = part.as_ref().map_or(bytes, |part| part.end - part.start);
        Self { folder, name, label, bytes, modified_at: None, source: Source::File { path, part } }
    }

    /// Offers a picture that a person looked at; nothing is more wanted.
    pub(crate) fn of_picture(picture: &Picture) -> Self {
        Self {
            folder: Folder::Attachments,
            name: picture.name().to_owned(),
            label: picture.source().to_owned(),
            bytes: picture.png().len() as u64,
            modified_at: Some(Timestamp::MAX),
            source: Source::Picture(picture.png().clone()),
        }
    }

    /// The bytes of the picture that it is.
    pub(crate) fn picture(&self) -> Option<&Arc<[u8]>> {
        match &self.source {
            Source::Picture(png) => Some(png),
            Source::Host(_) | Source::File { .. } => None,
        }
    }

    /// Whether it is a picture.
    pub(crate) fn is_picture(&self) -> bool {
        self.picture().is_some()
    }

    /// The folder of the bundle that it goes to.
    pub fn folder(&self) -> Folder {
        self.folder
    }

    /// Its raw name inside its folder.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its raw path, or whatever tells where it comes from.
    pub fn source(&self) -> &str {
        &self.label
    }

    /// Begins to read it.
    ///
    /// # Errors
    /// What the disk or the host says; without a path in it.
    pub fn open(&self) -> io::Result<Raw> {
        Ok(self.source.open(Box::new(|_| Ok(())))?.raw)
    }

    /// Begins to read it, and tells `watch` of every read.
    pub(crate) fn opened(&self, watch: Watch) -> io::Result<Opened> {
        self.source.open(watch)
    }

    /// Narrows it to its last lines, when it is a file that can be read from the middle.
    pub(crate) fn narrow_to_end(&mut self, max_bytes: u64) {
        if let Some(bytes) = self.source.narrow_to_end(max_bytes) {
            self.bytes = bytes;
        }
    }

    /// Says where it comes from, how large it is and when it changed last.
    #[must_use]
    pub fn from_file(mut self, source: String, bytes: u64, modified_at: Option<Timestamp>) -> Self {
        (self.label, self.bytes, self.modified_at) = (source, bytes, modified_at);
        self
    }
}

/// A collector of one text that the host makes when it is asked.
pub fn section(
    folder: Folder,
    name: impl Into<String>,
    text: impl Fn() -> String + Send + Sync + 'static,
) -> impl Collector {
    TextCollector { folder, name: name.into(), text: std::sync::Arc::new(text) }
}

struct TextCollector {
    folder: Folder,
    name: String,
    text: std::sync::Arc<dyn Fn() -> String + Send + Sync>,
}

impl Collector for TextCollector {
    fn name(&self) -> &str {
        &self.name
    }

    fn collect(&self, _scope: &Scope) -> Vec<Found> {
        let text = self.text.clone();
        vec![Found::Section(Section::new(self.folder, &self.name, move || Ok(Raw::from_text(text()))))]
    }
}
