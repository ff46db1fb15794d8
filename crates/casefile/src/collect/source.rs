//! Opens what was found: files beside a bot that goes on writing, renaming and deleting them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::redact::Raw;

/// Called with the bytes of each read; an error stops the reading.
pub(crate) type Watch = Box<dyn Fn(u64) -> io::Result<()> + Send>;

/// How a section that the host makes is opened.
pub(super) type Open = Box<dyn Fn() -> io::Result<Raw> + Send>;

/// Where the bytes of a section come from.
pub(super) enum Source {
    Host(Open),
    File {
        path: PathBuf,
        /// The bytes that are wanted; all when absent.
        part: Option<Range<u64>>,
    },
    /// Pixels that a person looked at; not read through the redactor.
    Picture(Arc<[u8]>),
}

/// A source that is being read.
pub(crate) struct Opened {
    pub(crate) raw: Raw,
    /// Lines at the beginning that are kept, then lines that are not: they are read only so that the redactor sees
    /// what stands before the first line that is wanted.
    pub(crate) keep_lines: u64,
    pub(crate) drop_lines: u64,
    /// How many bytes there were when it was opened; nothing when nobody can know.
    pub(crate) expected_bytes: Option<u64>,
    /// The bytes of the file that are wanted, when not all are.
    pub(crate) part: Option<[u64; 2]>,
}

/// What is read before the wanted part: longer than any secret of several lines.
const LEAD_BYTES: u64 = 128 << 10;
/// A longer first line is no list of columns.
const MAX_HEADER_BYTES: u64 = 64 << 10;

impl Source {
    /// Begins to read. What the file gets afterwards is not read.
    pub(super) fn open(&self, watch: Watch) -> io::Result<Opened> {
        match self {
            Self::Host(open) => {
                let raw = open()?;
                Ok(Opened { raw, keep_lines: 0, drop_lines: 0, expected_bytes: None, part: None })
            }
            Self::File { path, part } => open_file(path, part.clone(), watch),
            // A picture is taken as it is, or not at all.
            Self::Picture(_) => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    /// Narrows a file to its last lines; says how many bytes they are. What is packed, or has two bytes a character,
    /// can only be read from its beginning.
    pub(super) fn narrow_to_end(&mut self, max_bytes: u64) -> Option<u64> {
        let Self::File { path, part } = self else { return None };
        let (mut file, length) = open_plain(path).ok()?;
        let wanted = part.clone().unwrap_or(0..length);
        if wanted.end - wanted.start <= max_bytes || !is_lines(&mut file).ok()? {
            return None;
        }
        let from = line_from(&mut file, wanted.end - max_bytes).ok()??;
        let narrowed = from.min(wanted.end)..wanted.end;
        let bytes = narrowed.end - narrowed.start;
        *part = Some(narrowed);
        Some(bytes)
    }
}

fn open_file(path: &Path, part: Option<Range<u64>>, watch: Watch) -> io::Result<Opened> {
    let (mut file, bytes) = open_plain(path)?;
    let wanted = part.map_or(0..bytes, |part| part.start.min(bytes)..part.end.min(bytes));
    if wanted == (0..bytes) {
        let raw = Raw::from_reader(Watched { inner: file.take(bytes), watch });
        return Ok(Opened { raw, keep_lines: 0, drop_lines: 0, expected_bytes: Some(bytes), part: None });
    }
    // Some text is known by what stands far before it: the names of columns.
    let header = if wanted.start > 0 && is_table(path) { first_line(&mut file)? } else { Vec::new() };
    let lead_at = wanted.start.saturating_sub(LEAD_BYTES).max(header.len() as u64).min(wanted.start);
    let drop_lines = count_lines(&mut file, lead_at..wanted.start)?;
    if drop_lines == 0 && lead_at > 0 {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it was replaced while it was looked at"));
    }
    file.seek(SeekFrom::Start(lead_at))?;
    let keep_lines = u64::from(!header.is_empty());
    let expected = header.len() as u64 + (wanted.end - lead_at);
    let inner = io::Cursor::new(header).chain(file.take(wanted.end - lead_at));
    Ok(Opened {
        raw: Raw::from_reader(Watched { inner, watch }),
        keep_lines,
        drop_lines,
        expected_bytes: Some(expected),
        part: Some([wanted.start, wanted.end]),
    })
}

/// Opens a file and nothing else: no link is followed, and no pipe, socket or device can make the reader wait, also when
/// it took the place of a file since the folder was listed.
pub(crate) fn open_plain(path: &Path) -> io::Result<(File, u64)> {
    let not_a_file = || io::Error::new(io::ErrorKind::InvalidInput, "not a file any more");
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(not_a_file());
    }
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NOFOLLOW | libc::O_NONBLOCK);
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_file() { Ok((file, metadata.len())) } else { Err(not_a_file()) }
}

/// Where the first line at or after `at` begins; nothing when none does in reach.
fn line_from(file: &mut File, at: u64) -> io::Result<Option<u64>> {
    if at == 0 {
        return Ok(Some(0));
    }
    let mut block = Vec::new();
    file.seek(SeekFrom::Start(at - 1))?;
    file.take(MAX_HEADER_BYTES).read_to_end(&mut block)?;
    Ok(memchr::memchr(b'\n', &block).map(|offset| at + offset as u64))
}

/// Whether it is text of one byte a character.
fn is_lines(file: &mut File) -> io::Result<bool> {
    let mut head = [0; 64];
    file.seek(SeekFrom::Start(0))?;
    let read = file.read(&mut head)?;
    Ok(!head.starts_with(&[0x1f, 0x8b]) && !head.starts_with(b"PK\x03\x04") && !head[..read].contains(&0))
}

fn is_table(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        extension.eq_ignore_ascii_case("csv") || extension.eq_ignore_ascii_case("tsv")
    })
}

fn first_line(file: &mut File) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.take(MAX_HEADER_BYTES).read_to_end(&mut head)?;
    head.truncate(memchr::memchr(b'\n', &head).map_or(0, |at| at + 1));
    Ok(head)
}

fn count_lines(file: &mut File, range: Range<u64>) -> io::Result<u64> {
    let mut lead = Vec::new();
    file.seek(SeekFrom::Start(range.start))?;
    file.take(range.end - range.start).read_to_end(&mut lead)?;
    Ok(memchr::memchr_iter(b'\n', &lead).count() as u64)
}

/// Tells somebody of every read.
struct Watched<R> {
    inner: R,
    watch: Watch,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        (self.watch)(0)?;
        // A cancelled reader stops between two pieces.
        let length = buffer.len().min(PIECE_BYTES);
        let read = self.inner.read(&mut buffer[..length])?;
        (self.watch)(read as u64)?;
        Ok(read)
    }
}

/// How much is read at once.
const PIECE_BYTES: usize = 256 << 10;
