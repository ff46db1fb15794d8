//! The zip file while it is being written: only what the redactor lets through reaches it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::progress::Progress;
use crate::redact::{CleanError, Cleaned, Raw, Redactor};

/// Level 6 of zlib-rs: half the time of `zip -6` at its size.
const LEVEL: i64 = 6;

/// Entries that could reach 4 GiB need the large form from the start.
const LARGE_BYTES: u64 = 2 << 30;

/// Writes entries one after another.
pub(super) struct Writer<'a> {
    zip: ZipWriter<BufWriter<File>>,
    progress: &'a Progress,
    broken: bool,
}

/// What became of one section.
pub(super) struct Written {
    /// Size and SHA-256 of the entry, if there is one.
    pub(super) stored: Option<(u64, String)>,
    pub(super) read_bytes: u64,
    /// The range of the clean bytes that was kept.
    pub(super) kept: Option<[u64; 2]>,
    pub(super) hits: BTreeMap<String, u64>,
    /// Why it is not whole.
    pub(super) reason: Option<String>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(file: BufWriter<File>, progress: &'a Progress) -> Self {
        Self { zip: ZipWriter::new(file), progress, broken: false }
    }

    /// Whether the zip itself could not be written: nothing more can be stored then.
    pub(super) fn is_broken(&self) -> bool {
        self.broken
    }

    /// Stores one section. A section larger than `max_bytes` is cut after redaction: its end is kept, from
    /// the beginning of a line.
    ///
    /// Fails when the section cannot be opened, or when the zip cannot be written (see [`Self::is_broken`]).
    pub(super) fn section(
        &mut self,
        name: &str,
        bytes: u64,
        open: &dyn Fn() -> io::Result<Raw>,
        redactor: &Redactor,
        max_bytes: u64,
    ) -> io::Result<Written> {
        let drop_bytes = if bytes > max_bytes {
            // The length after redaction is known only afterwards: once to count, once to write.
            let mut counter = Counter(0);
            match redactor.clean_stream(open()?, name, &mut counter) {
                Ok(_) => counter.0.saturating_sub(max_bytes),
                Err(error) => return Self::refused(error, 0),
            }
        } else {
            0
        };
        let raw = open()?;
        let mut entry = EntryWriter::new(self, name, bytes > LARGE_BYTES, drop_bytes);
        let outcome = redactor.clean_stream(raw, name, &mut entry);
        if outcome.is_ok() {
            // An empty section is an empty entry.
            entry.begin()?;
        }
        let stored = entry.finish();
        if self.broken {
            return Err(io::Error::other("the zip file cannot be written"));
        }
        match outcome {
            Ok(cleaned) => Ok(whole(&cleaned, stored)),
            Err(error) => {
                let written = Self::refused(error, stored.bytes)?;
                let stored = (stored.bytes > 0).then_some((stored.bytes, stored.sha256));
                Ok(Written { stored, ..written })
            }
        }
    }

    fn refused(error: CleanError, stored_bytes: u64) -> io::Result<Written> {
        let reason = match error {
            CleanError::Read(error) if stored_bytes == 0 => return Err(error),
            CleanError::Read(error) => format!("reading stopped: {}", error.kind()),
            other => other.to_string(),
        };
        Ok(Written { stored: None, read_bytes: 0, kept: None, hits: BTreeMap::new(), reason: Some(reason) })
    }

    /// Stores bytes that are clean already.
    pub(super) fn put(&mut self, name: &str, clean: &[u8]) -> io::Result<()> {
        let mut entry = EntryWriter::new(self, name, false, 0);
        entry.write_all(clean)?;
        entry.finish();
        Ok(())
    }

    pub(super) fn finish(self) -> io::Result<BufWriter<File>> {
        Ok(self.zip.finish()?)
    }
}

fn whole(cleaned: &Cleaned, stored: Stored) -> Written {
    let hits = cleaned.hits.iter().map(|(rule, count)| (rule.to_owned(), count)).collect();
    let kept = (stored.dropped > 0).then_some([stored.dropped, stored.dropped + stored.bytes]);
    let reason = kept.map(|_| "only the newest part fits the budget of a file".to_owned());
    Written {
        stored: Some((stored.bytes, stored.sha256)),
        read_bytes: cleaned.read_bytes,
        kept,
        hits,
        reason,
    }
}

/// Counts and forgets.
struct Counter(u64);

impl Write for Counter {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.0 += buffer.len() as u64;
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes one entry; begins it with the first byte, so that a section that is refused leaves none.
struct EntryWriter<'w, 'a> {
    writer: &'w mut Writer<'a>,
    name: &'w str,
    large: bool,
    begun: bool,
    /// Bytes still to be dropped, and after them the rest of that line.
    drop_bytes: u64,
    dropping_line: bool,
    stored: Stored,
    sha256: Sha256,
}

#[derive(Default)]
struct Stored {
    bytes: u64,
    dropped: u64,
    sha256: String,
}

impl<'w, 'a> EntryWriter<'w, 'a> {
    fn new(writer: &'w mut Writer<'a>, name: &'w str, large: bool, drop_bytes: u64) -> Self {
        let (stored, sha256) = (Stored::default(), Sha256::new());
        Self { writer, name, large, begun: false, drop_bytes, dropping_line: drop_bytes > 0, stored, sha256 }
    }

    fn begin(&mut self) -> io::Result<()> {
        if !self.begun {
            let options = SimpleFileOptions::default()
                .compression_method(CompressionMethod::Deflated)
                .compression_level(Some(LEVEL))
                .last_modified_time(zip::DateTime::default())
                .unix_permissions(0o600)
                .large_file(self.large);
            self.writer.zip.start_file(self.name, options).inspect_err(|_| self.writer.broken = true)?;
            self.begun = true;
        }
        Ok(())
    }

    fn finish(mut self) -> Stored {
        self.stored.sha256 = HEXLOWER.encode(&self.sha256.finalize());
        self.stored
    }

    /// How much of `buffer` lies before the first byte that is kept.
    fn dropped(&mut self, buffer: &[u8]) -> usize {
        let begin = usize::try_from(self.drop_bytes).map_or(buffer.len(), |bytes| bytes.min(buffer.len()));
        self.drop_bytes -= begin as u64;
        let mut end = begin;
        if self.drop_bytes == 0 && self.dropping_line {
            match memchr::memchr(b'\n', &buffer[begin..]) {
                Some(at) => (end, self.dropping_line) = (begin + at + 1, false),
                None => end = buffer.len(),
            }
        }
        self.stored.dropped += end as u64;
        end
    }
}

impl Write for EntryWriter<'_, '_> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        if self.writer.progress.is_cancelled() {
            return Err(io::Error::other("cancelled"));
        }
        let begin = self.dropped(buffer);
        let kept = &buffer[begin..];
        if !kept.is_empty() {
            self.begin()?;
            self.writer.zip.write_all(kept).inspect_err(|_| self.writer.broken = true)?;
            self.sha256.update(kept);
            self.stored.bytes += kept.len() as u64;
        }
        self.writer.progress.add(buffer.len() as u64);
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
