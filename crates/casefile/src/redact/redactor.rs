//! The redactor: raw streams in, clean bytes out.

use std::io::{self, Read, Write};
use std::sync::Arc;

use super::amount;
use super::find::{Finder, Span};
use super::hits::{Hits, Place, Residue};
use super::known::{KnownValues, Sweep};
use super::lines::{Lines, Part, ranges_around};
use super::raw::{Clean, Raw};
use super::recheck;
use super::stand_in::{self, StandInKey, Style};
use super::stream::{self, Sink};
use super::unpacked::MAX_RATIO;
use super::value::{Tier, Tiers};
use super::view::View;

/// Cleans texts, streams and names. Cheap to clone, shared between threads.
#[derive(Clone)]
pub struct Redactor(Arc<Engine>);

pub(super) struct Engine {
    pub(super) finder: Finder,
    key: StandInKey,
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
        let finder = Finder {
            sweep: sweep.clone(),
            tiers: *tiers,
            by_rules: false,
            is_strategy: false,
            keeps_keys: false,
        };
        Self(Arc::new(Engine { finder, key: self.0.key.clone() }))
    }

    /// The same for the presets of a strategy, whose numbers [`Tiers::strategy`] speaks of.
    #[must_use]
    pub fn of_strategy(&self) -> Self {
        let Finder { sweep, tiers, by_rules, .. } = &self.0.finder;
        let is_strategy = tiers.strategy != Tier::Full;
        let finder = Finder {
            sweep: sweep.clone(),
            tiers: *tiers,
            by_rules: *by_rules,
            is_strategy,
            keeps_keys: false,
        };
        Self(Arc::new(Engine { finder, key: self.0.key.clone() }))
    }

    /// The same for a list of keys that a person keeps, whose values nothing names.
    pub(super) fn of_keys(&self) -> Self {
        let Finder { sweep, tiers, by_rules, is_strategy, .. } = &self.0.finder;
        let finder = Finder {
            sweep: sweep.clone(),
            tiers: *tiers,
            by_rules: *by_rules,
            is_strategy: *is_strategy,
            keeps_keys: *by_rules,
        };
        Self(Arc::new(Engine { finder, key: self.0.key.clone() }))
    }

    /// Writes `text[from..to]` with the stand-ins; what lies outside is context.
    pub(super) fn replace(
        &self,
        text: &[u8],
        from: usize,
        to: usize,
        style: Option<Style>,
        sink: &mut Sink<'_>,
    ) -> io::Result<()> {
        let spans = self.spans(text);
        self.write(text, &spans, from, to, style, sink)
    }

    /// The ranges to hide, also those that the escape sequences of a terminal split.
    pub(super) fn spans(&self, text: &[u8]) -> Vec<Span> {
        let Some(view) = View::of(text) else { return self.0.finder.find(text) };
        let mut spans = self.0.finder.find(&view.text);
        for span in &mut spans {
            (span.start, span.end) = view.original(span.start, span.end);
        }
        spans
    }

    pub(super) fn write(
        &self,
        text: &[u8],
        spans: &[Span],
        from: usize,
        to: usize,
        style: Option<Style>,
        sink: &mut Sink<'_>,
    ) -> io::Result<()> {
        let first = spans.partition_point(|span| span.end <= from);
        let spans = &spans[first..first + spans[first..].partition_point(|span| span.start < to)];
        if spans.is_empty() {
            return sink.out.write_all(&text[from..to]);
        }
        let (mut lines, mut changed) = (Lines::default(), false);
        for place in ranges_around(text, spans.iter().map(|span| (span.start, span.end)), (from, to)) {
            lines.add(place, |out| changed |= self.put(text, spans, place, style, sink.hits, out));
        }
        // What is left beside a stand-in can look like a secret only now that its neighbour is gone.
        for _ in 0..MAX_ROUNDS {
            let left = if changed { lines.inside(self.spans(&lines.text)) } else { Vec::new() };
            if left.is_empty() {
                break;
            }
            let before = std::mem::take(&mut lines);
            changed = false;
            for Part { here, there } in before.parts {
                lines.add(there, |out| changed |= self.put(&before.text, &left, here, style, sink.hits, out));
            }
        }
        let mut at = from;
        if to - from > MAX_AT_ONCE {
            for Part { here, there } in &lines.parts {
                sink.out.write_all(&text[at..there.0])?;
                sink.out.write_all(&lines.text[here.0..here.1])?;
                at = there.1;
            }
            return sink.out.write_all(&text[at..to]);
        }
        let mut clean = Vec::with_capacity(to - from + 64);
        for Part { here, there } in &lines.parts {
            clean.extend_from_slice(&text[at..there.0]);
            clean.extend_from_slice(&lines.text[here.0..here.1]);
            at = there.1;
        }
        clean.extend_from_slice(&text[at..to]);
        sink.out.write_all(&clean)
    }

    /// Appends `text[from..to]` with the stand-ins; returns whether there is one.
    fn put(
        &self,
        text: &[u8],
        spans: &[Span],
        (from, to): (usize, usize),
        style: Option<Style>,
        hits: &mut Hits,
        clean: &mut Vec<u8>,
    ) -> bool {
        let (mut changed, mut at) = (false, from);
        let first = spans.partition_point(|span| span.end <= from);
        for span in spans[first..].iter().take_while(|span| span.start < to) {
            let start = span.start.max(at);
            clean.extend_from_slice(&text[at..start]);
            let value = View::of(&text[span.start..span.end])
                .map_or_else(|| text[span.start..span.end].to_vec(), |view| view.text);
            let value = stand_in::normalised(span.rule, &value);
            hits.count(span.rule);
            at = span.end.min(to).max(start);
            if amount::tier_of(span.rule, self.0.finder.tiers) == Tier::Bucketed
                && let Some(rounded) = amount::rounded(&value)
            {
                clean.extend_from_slice(rounded.as_bytes());
                continue;
            }
            let kind = span.rule.rule().kind;
            let style = style.unwrap_or_else(|| style_at(text, span));
            clean.extend_from_slice(stand_in::written(kind, &self.0.key.digits(&value), style).as_bytes());
            // Line ends stay, so that what follows keeps the number of its line.
            let hidden = &text[start..at];
            for line_end in memchr::memchr_iter(b'\n', hidden) {
                let is_wide = line_end > 0 && hidden[line_end - 1] == b'\r';
                clean.extend_from_slice(if is_wide { b"\r\n" } else { b"\n" });
            }
            changed = true;
        }
        clean.extend_from_slice(&text[at..to]);
        changed
    }
}

/// How often what is left beside the stand-ins is looked at again; the scan of the finished bundle is the judge.
const MAX_ROUNDS: usize = 3;
/// What is smaller is written at once: a line that a log writes arrives as one.
const MAX_AT_ONCE: usize = 64 << 10;

/// Angle brackets would break an address, a path or XML.
fn style_at(text: &[u8], span: &Span) -> Style {
    if span.bare_number {
        // As deep in strings as its name is.
        let from = span.start.saturating_sub(8);
        let quote = text[from..span.start].iter().rposition(|byte| *byte == b'"');
        let (near, name) = (quote.is_some(), from + quote.unwrap_or(0));
        let slashes = text[..name].iter().rev().take(8).take_while(|byte| **byte == b'\\').count();
        return Style::Quoted(if near { slashes } else { 0 });
    }
    let before = &text[span.start.saturating_sub(512)..span.start];
    let token = before
        .rsplit(|byte| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'<' | b'('))
        .next()
        .unwrap_or_default();
    let in_url = token.windows(3).any(|window| window == b"://")
        || token.starts_with(b"/")
        || token.contains(&b'\\') && token.len() > 2 && !token.ends_with(b"\\");
    let in_tag = before.iter().rev().take_while(|byte| **byte != b'\n').any(|byte| *byte == b'<')
        && text[span.end..]
            .iter()
            .take(256)
            .take_while(|byte| **byte != b'\n')
            .any(|byte| matches!(byte, b'<' | b'>'));
    if in_url || in_tag { Style::Bare } else { Style::Angled }
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
        let finder = Finder {
            sweep: Arc::new(sweep),
            tiers: self.tiers,
            by_rules: true,
            is_strategy: false,
            keeps_keys: false,
        };
        Redactor(Arc::new(Engine { finder, key }))
    }
}
