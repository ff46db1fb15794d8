//! The redactor: raw streams in, clean bytes out.

use std::io::{self, Read, Write};
use std::sync::Arc;

use super::find::{Finder, Found, Span};
use super::hits::{Hits, Place, Residue};
use super::known::{KnownValues, Sweep};
use super::lines::Lines;
use super::raw::{Clean, Raw};
use super::recheck;
use super::stand_in::{StandInKey, Style};
use super::stream::{self, Sink};
use super::unpacked::MAX_RATIO;
use super::value::{Tier, Tiers};
use super::view::View;

/// Cleans texts, streams and names. Cheap to clone, shared between threads.
#[derive(Clone)]
pub struct Redactor(Arc<Engine>);

pub(super) struct Engine {
    pub(super) finder: Finder,
    pub(super) key: StandInKey,
}

/// Sets up a [`Redactor`].
#[derive(Default)]
pub struct RedactorBuilder {
    key: Option<StandInKey>,
    known: KnownValues,
    tiers: Tiers,
    hidden: Vec<String>,
}

/// What one stream was and what was done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// What was hidden.
    pub hits: Hits,
    /// Where: the first thousand of it; nothing for what lies in an archive.
    pub places: Vec<Place>,
    /// Bytes read.
    pub read_bytes: u64,
    /// Bytes written.
    pub written_bytes: u64,
    /// How the stream was written; it is written the same way again.
    pub form: Form,
}

/// How text is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// UTF-8, or another encoding that has ASCII in it.
    Text,
    /// Two bytes a character.
    Utf16,
    /// One compressed file.
    Gzip,
    /// An archive.
    Zip,
}

/// Why a stream could not be cleaned. What was written until then is clean.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CleanError {
    /// The source broke off.
    #[error("it cannot be read")]
    Read(#[source] io::Error),
    /// The target did.
    #[error("the result cannot be written")]
    Write(#[source] io::Error),
    /// It is not text, so nothing can be promised about it: leave it out.
    #[error("it is a binary file")]
    Binary,
    /// It is packed better than any log: only its beginning was read.
    #[error("it unpacks to more than {} times its size: only its beginning was read", MAX_RATIO)]
    Swollen,
    /// An archive is damaged, or larger than is looked into: leave it out.
    #[error("it is an archive that cannot be looked into")]
    Archive,
}

impl Redactor {
    /// Begins to set up a redactor.
    pub fn builder() -> RedactorBuilder {
        RedactorBuilder::default()
    }

    /// Cleans a stream. `source_name` tells how to read it (`.csv`, `.xml`); memory is bounded, whatever the
    /// stream.
    ///
    /// # Errors
    /// See [`CleanError`]: what was written until then is clean.
    pub fn clean_stream(
        &self,
        raw: Raw,
        source_name: &str,
        out: &mut dyn Write,
    ) -> Result<Cleaned, CleanError> {
        stream::clean(self, &mut raw.into_reader(), source_name, out, 0)
    }

    /// Cleans a text in memory.
    pub fn clean_text(&self, text: &str) -> (Clean, Hits) {
        let (bytes, hits) = self.clean_bytes(text.as_bytes(), None);
        (Clean::new(String::from_utf8_lossy(&bytes).into_owned()), hits)
    }

    /// Cleans the path or name of a file; its stand-ins have no angle brackets.
    pub fn clean_path(&self, path: &str) -> (Clean, Hits) {
        let (bytes, hits) = self.clean_bytes(path.as_bytes(), Some(Style::Bare));
        (Clean::new(String::from_utf8_lossy(&bytes).into_owned()), hits)
    }

    fn clean_bytes(&self, text: &[u8], style: Option<Style>) -> (Vec<u8>, Hits) {
        let (mut out, mut hits) = (Vec::with_capacity(text.len()), Hits::default());
        let mut sink = Sink { out: &mut out, hits: &mut hits };
        let written = self.replace(text, 0, text.len(), style, &mut sink);
        written.expect("a vector takes everything");
        (out, hits)
    }

    /// Looks through a finished text for what a rule would still hide.
    ///
    /// # Errors
    /// What the reader says.
    pub fn residues(&self, reader: &mut dyn Read) -> io::Result<Vec<Residue>> {
        stream::residues(self, reader)
    }

    /// As [`Redactor::residues`], for what this redactor wrote: only where something can have been left. See
    /// [`recheck`].
    ///
    /// # Errors
    /// What the reader says.
    pub(crate) fn residues_again(&self, reader: &mut dyn Read, is_part: bool) -> io::Result<Vec<Residue>> {
        recheck::residues(self, reader, is_part)
    }

    /// The same redactor for known values and hidden words only, without the rules.
    pub(crate) fn knowing_only(&self) -> Self {
        let Finder { sweep, tiers, .. } = &self.0.finder;
        let finder = Finder { sweep: sweep.clone(), tiers: *tiers, by_rules: false, is_strategy: false };
        Self(Arc::new(Engine { finder, key: self.0.key.clone() }))
    }

    /// The same for the presets of a strategy, whose numbers [`Tiers::strategy`] speaks of.
    #[must_use]
    pub fn of_strategy(&self) -> Self {
        let Finder { sweep, tiers, by_rules, .. } = &self.0.finder;
        let is_strategy = tiers.strategy != Tier::Full;
        let finder = Finder { sweep: sweep.clone(), tiers: *tiers, by_rules: *by_rules, is_strategy };
        Self(Arc::new(Engine { finder, key: self.0.key.clone() }))
    }

    /// The ranges to hide, also those that the escape sequences of a terminal split.
    pub(super) fn spans(&self, text: &[u8]) -> Vec<Span> {
        self.found(text).spans
    }

    /// The ranges to hide, and where names and literals are.
    pub(super) fn found(&self, text: &[u8]) -> Found {
        let Some(view) = View::of(text) else { return self.0.finder.find(text) };
        let mut spans = self.0.finder.find(&view.text).spans;
        for span in &mut spans {
            (span.start, span.end) = view.original(span.start, span.end);
        }
        Found { spans, anchors: None }
    }

    /// The ranges to hide in some lines.
    pub(super) fn spans_in(&self, lines: &Lines) -> Vec<Span> {
        let anchors = lines.anchors.as_deref().filter(|_| View::of(&lines.text).is_none());
        let left = anchors
            .map_or_else(|| self.spans(&lines.text), |anchors| self.0.finder.find_at(&lines.text, anchors));
        lines.inside(left)
    }

    pub(super) fn engine(&self) -> &Engine {
        &self.0
    }
}

impl RedactorBuilder {
    /// The key of the stand-ins. Without one, a fixed key makes them the same everywhere: good for tests only.
    #[must_use]
    pub fn key(mut self, key: StandInKey) -> Self {
        self.key = Some(key);
        self
    }

    /// The secrets that are known here.
    #[must_use]
    pub fn known(mut self, known: KnownValues) -> Self {
        self.known = known;
        self
    }

    /// How much of balances and strategies is shown.
    #[must_use]
    pub fn tiers(mut self, tiers: Tiers) -> Self {
        self.tiers = tiers;
        self
    }

    /// Words that are hidden wherever they stand.
    #[must_use]
    pub fn hide(mut self, words: impl IntoIterator<Item = String>) -> Self {
        self.hidden.extend(words);
        self
    }

    /// Builds the search; takes a few milliseconds for thousands of known values.
    pub fn build(self) -> Redactor {
        let sweep = Sweep::new(&self.known, &self.hidden);
        let key = self.key.unwrap_or_else(|| StandInKey::from_bytes(&[0; 32]));
        let finder = Finder { sweep: Arc::new(sweep), tiers: self.tiers, by_rules: true, is_strategy: false };
        Redactor(Arc::new(Engine { finder, key }))
    }
}
