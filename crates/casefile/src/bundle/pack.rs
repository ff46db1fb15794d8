//! Reads many sources at once through the redactor into one zip, in order and with bounded memory.
//!
//! Workers do what costs: reading, redacting, hashing, packing. A small source is the work of one of them; the clean bytes
//! of a large one are cut into chunks of [`CHUNK_BYTES`], which whoever is free packs, and which join to one deflate
//! stream. The caller's thread writes what is ready, in the order of the entries, so that the file does not depend on who
//! was faster. A worker that is ahead of the writing waits, or packs for the entry that is being written.

mod crew;
mod deflate;
mod priority;
mod sink;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use self::crew::{Crew, Ready};
pub(super) use self::priority::lower as lower_priority;
use super::manifest::Kind;
use super::study::Study;
use super::write::{Begun, Method, Writer};
use crate::collect::Section;
use crate::progress::Progress;
use crate::redact::Redactor;

/// How much is packed at once, and what the stream is cut into: part of what makes the bytes the same every time.
pub(super) const CHUNK_BYTES: usize = 512 << 10;

/// Entries that could reach 4 GiB have room for large sizes from the start.
const LARGE_BYTES: u64 = 1 << 30;

/// How hard a bundle is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Effort {
    /// About as small as `zip -6`.
    #[default]
    Small,
    /// About a tenth larger, in nine tenths of the time.
    Fast,
}

/// How the packing is done.
pub(super) struct Settings {
    pub(super) effort: Effort,
    pub(super) workers: usize,
    /// A source that gives nothing for so long is given up.
    pub(super) deadline: Duration,
    /// Looks at what is packed.
    pub(super) study: Option<Arc<dyn Study>>,
}

/// One entry to be.
pub(super) struct Job {
    pub(super) name: String,
    /// About how large it is.
    pub(super) bytes: u64,
    /// Evidence, to be read and redacted.
    pub(super) section: Section,
    /// No more than this is kept of it.
    pub(super) max_bytes: u64,
}

/// What became of one job.
#[derive(Debug, Default)]
pub(super) struct Packed {
    /// Size and SHA-256 of the entry, if there is one.
    pub(super) stored: Option<(u64, [u8; 32])>,
    pub(super) kind: Option<Kind>,
    pub(super) read_bytes: u64,
    /// The bytes of the source that were wanted, when not all were.
    pub(super) part: Option<[u64; 2]>,
    pub(super) hits: BTreeMap<String, u64>,
    /// Why it is not whole.
    pub(super) reason: Option<String>,
    /// Whether it was given up because it took too long.
    pub(super) timed_out: bool,
    /// Whether it could not even be opened.
    pub(super) failed: bool,
}

/// Writes an entry for each job, in this order. What cannot be read is told in what is returned, which is in the
/// same order.
///
/// # Errors
/// When the zip cannot be written, or it was cancelled: nothing more can be stored then.
pub(super) fn pack(
    writer: &mut Writer,
    jobs: Vec<Job>,
    redactor: &Redactor,
    settings: Settings,
    progress: &Progress,
) -> io::Result<Vec<Packed>> {
    let count = jobs.len();
    let mut packing = Packing::start(jobs, redactor, settings, progress)?;
    (0..count).map(|_| packing.next(writer)).collect()
}

/// Jobs that are being done while others of the entries are written.
pub(super) struct Packing {
    crew: Crew,
    names: Vec<(String, bool)>,
    index: usize,
}

impl Packing {
    /// Lets workers begin with the jobs.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub(super) fn start(
        jobs: Vec<Job>,
        redactor: &Redactor,
        settings: Settings,
        progress: &Progress,
    ) -> io::Result<Self> {
        let names = jobs.iter().map(|job| (job.name.clone(), job.bytes > LARGE_BYTES)).collect();
        Ok(Self { crew: Crew::start(jobs, redactor, settings, progress)?, names, index: 0 })
    }

    /// Writes the entry of the next job.
    ///
    /// # Errors
    /// When the zip cannot be written, or it was cancelled.
    pub(super) fn next(&mut self, writer: &mut Writer) -> io::Result<Packed> {
        let (name, large) = &self.names[self.index];
        let packed = entry(writer, &self.crew, self.index, name, *large)?;
        self.index += 1;
        Ok(packed)
    }
}

fn entry(writer: &mut Writer, crew: &Crew, index: usize, name: &str, large: bool) -> io::Result<Packed> {
    let mut begun: Option<Begun> = None;
    loop {
        match crew.ready(index)? {
            Ready::Chunks { method, chunks } => {
                if begun.is_none() {
                    begun = Some(writer.begin(name, method, None, large)?);
                }
                for chunk in &chunks {
                    writer.put(chunk)?;
                }
            }
            Ready::Whole { method, chunks, sizes, packed } => {
                let entry = match begun {
                    Some(begun) => begun,
                    None if packed.stored.is_none() => return Ok(packed),
                    None => writer.begin(name, method, Some(sizes), large)?,
                };
                for chunk in &chunks {
                    writer.put(chunk)?;
                }
                writer.end(entry, sizes.crc32, sizes.bytes)?;
                return Ok(packed);
            }
        }
    }
}

/// Writes an entry of clean bytes in memory.
pub(super) fn put(writer: &mut Writer, name: &str, clean: &[u8]) -> io::Result<()> {
    let begun = writer.begin(name, Method::Deflated, None, false)?;
    writer.put(&deflate::Packer::new(Effort::Small).pack(clean, true))?;
    writer.end(begun, crc32fast::hash(clean), clean.len() as u64)
}

/// Gzip, zip and pictures are packed already.
fn method_of(head: &[u8]) -> Method {
    if [&b"\x1f\x8b"[..], b"PK\x03\x04", b"\x89PNG"].iter().any(|magic| head.starts_with(magic)) {
        Method::Stored
    } else {
        Method::Deflated
    }
}

#[cfg(test)]
mod tests;
