//! Streams of any length, in blocks: a secret that lies across two blocks is still one secret.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;

use super::binary::{Guess, guess};
use super::find::without_overlaps;
use super::hits::{Hits, Place, Residue};
use super::lists::{self, List};
use super::redactor::{CleanError, Cleaned, Form, Redactor};
use super::table::Columns;
use super::unpacked::Unpacked;
use super::wide::{Decoded, Encoded};

/// How much is looked at together.
const BLOCK: usize = 768 << 10;
/// What is looked at before it is written: no secret is longer.
pub(super) const AHEAD: usize = 64 << 10;
/// What is looked at again after it was written: names that stand before a value.
pub(super) const BEHIND: usize = 4 << 10;
/// Archives in archives are not looked into.
const MAX_DEPTH: u32 = 1;
/// Larger archives are left out.
const MAX_ARCHIVE: u64 = 256 << 20;
const MAX_MEMBERS: usize = 4_096;
/// What is told of the places of one stream: more nobody reads.
const MAX_PLACES: usize = 1_000;

/// Where clean bytes and counts go.
pub(super) struct Sink<'a> {
    pub(super) out: &'a mut dyn Write,
    pub(super) hits: &'a mut Hits,
}

pub(super) fn clean(
    redactor: &Redactor,
    reader: &mut dyn Read,
    name: &str,
    out: &mut dyn Write,
    depth: u32,
) -> Result<Cleaned, CleanError> {
    let list = List::by_name(name);
    let mut head = Vec::with_capacity(AHEAD);
    fill(reader, &mut head, AHEAD).map_err(CleanError::Read)?;
    let mut reader = Counted { inner: io::Cursor::new(std::mem::take(&mut head)).chain(reader), bytes: 0 };
    let kind = guess(reader.inner.get_ref().0.get_ref());
    let mut out = Counted { inner: out, bytes: 0 };
    let (mut hits, mut places) = (Hits::default(), Vec::new());
    let form = match kind {
        Guess::Binary => return Err(CleanError::Binary),
        Guess::Text => {
            text(redactor, list, &mut reader, (&mut out, &mut hits, &mut places))?;
            Form::Text
        }
        Guess::Utf16(encoding) => {
            let mut decoded = Decoded::new(&mut reader, encoding);
            let mut encoder = Encoded::new(&mut out, encoding);
            text(redactor, list, &mut decoded, (&mut encoder, &mut hits, &mut places))?;
            Form::Utf16
        }
        Guess::Gzip if depth < MAX_DEPTH => {
            let inner = gzip(redactor, &mut reader, name, &mut out, depth)?;
            (hits, places) = (inner.hits, inner.places);
            Form::Gzip
        }
        Guess::Zip if depth < MAX_DEPTH => {
            zip(redactor, &mut reader, &mut out, &mut hits, depth)?;
            Form::Zip
        }
        Guess::Gzip | Guess::Zip => return Err(CleanError::Archive),
    };
    Ok(Cleaned { hits, places, read_bytes: reader.bytes, written_bytes: out.bytes, form })
}

/// Cleans text block by block.
fn text(
    redactor: &Redactor,
    list: List,
    reader: &mut dyn Read,
    (out, hits, places): (&mut dyn Write, &mut Hits, &mut Vec<Place>),
) -> Result<(), CleanError> {
    let mut list = if redactor.engine().finder.by_rules { list } else { List::None };
    let (mut first, mut table, mut line) = (true, None::<Columns>, 1);
    blocks(reader, |window, from, ended| {
        let mut found = redactor.found(window);
        // A table that begins with the file may be longer than a block.
        if first {
            let line = window.split(|byte| *byte == b'\n').next().unwrap_or_default();
            (first, table) = (false, Columns::of(line, 2));
            list = list.beginning_with(window);
        } else if let Some(columns) = &table
            && columns.hide(window, from, &mut found.spans).is_some()
        {
            table = None;
        }
        lists::find(window, list, &mut found.spans);
        found.spans = without_overlaps(found.spans);
        let spans = &found.spans;
        let to = if ended { window.len() } else { cut(window, from, spans) };
        if places.len() < MAX_PLACES {
            note_places(window, (from, to), spans, &mut line, places);
        }
        let mut sink = Sink { out, hits };
        redactor.write(window, &found, from, to, None, &mut sink).map_err(CleanError::Write)?;
        Ok(to)
    })
}

/// Notes the lines of what is hidden in this part, and counts on to its end.
fn note_places(
    window: &[u8],
    (from, to): (usize, usize),
    spans: &[super::find::Span],
    line: &mut u64,
    places: &mut Vec<Place>,
) {
    let lines = |from: usize, to: usize| memchr::memchr_iter(b'\n', &window[from..to]).count() as u64;
    let mut at = from;
    for span in spans.iter().filter(|span| span.start >= from && span.start < to) {
        *line += lines(at, span.start);
        at = span.start;
        if places.len() < MAX_PLACES {
            places.push(Place { rule: span.rule.rule().name, line: *line });
        }
    }
    *line += lines(at, to);
}

/// Hands out windows: what was handed out before `from` is context. The callback says how far it came.
fn blocks(
    reader: &mut dyn Read,
    mut step: impl FnMut(&[u8], usize, bool) -> Result<usize, CleanError>,
) -> Result<(), CleanError> {
    let mut window = Vec::with_capacity(BLOCK + AHEAD);
    let mut from = 0;
    loop {
        let filled = fill(reader, &mut window, BLOCK + AHEAD);
        // A source that breaks off has said something before; the record in which it broke may hold half a secret.
        if filled.is_err() {
            let whole = memchr::memrchr(b'\n', &window[from..]).map_or(from, |at| from + at + 1);
            window.truncate(whole);
        }
        let ended = !matches!(filled, Ok(false));
        let to = step(&window, from, ended)?;
        if ended {
            return filled.map(|_| ()).map_err(CleanError::Read);
        }
        let keep = to.saturating_sub(BEHIND);
        window.drain(..keep);
        from = to - keep;
    }
}

/// Where it is safe to stop writing: behind a line, or a byte that is part of no token, and inside no secret.
fn cut(window: &[u8], from: usize, spans: &[super::find::Span]) -> usize {
    let latest = window.len().saturating_sub(AHEAD).max(from + 1).min(window.len());
    let line = memchr::memrchr(b'\n', &window[from..latest]).map(|at| from + at + 1);
    let token = || {
        window[from..latest]
            .iter()
            .rposition(|byte| byte.is_ascii_whitespace() || matches!(byte, b',' | b';' | b'"' | b'&'))
    };
    let mut to = line.or_else(|| token().map(|at| from + at + 1)).unwrap_or(latest);
    while let Some(span) = spans.iter().find(|span| span.start < to && span.end > to) {
        if span.start <= from {
            return span.end.min(window.len());
        }
        to = span.start;
    }
    to
}

/// Reads until the buffer is full; returns whether the source has ended.
pub(super) fn fill(reader: &mut dyn Read, buffer: &mut Vec<u8>, size: usize) -> io::Result<bool> {
    let wanted = size.saturating_sub(buffer.len());
    let read = reader.take(wanted as u64).read_to_end(buffer)?;
    Ok(read < wanted)
}

fn gzip(
    redactor: &Redactor,
    reader: &mut dyn Read,
    name: &str,
    out: &mut dyn Write,
    depth: u32,
) -> Result<Cleaned, CleanError> {
    let inner = name.strip_suffix(".gz").unwrap_or(name);
    let mut unpacked = Unpacked::new(reader);
    let mut packed = GzEncoder::new(out, Compression::new(6));
    let cleaned = clean(redactor, &mut unpacked, inner, &mut packed, depth + 1);
    // Also what came before a break can be unpacked.
    packed.finish().map_err(CleanError::Write)?;
    if unpacked.is_swollen() { Err(CleanError::Swollen) } else { cleaned }
}

fn zip(
    redactor: &Redactor,
    reader: &mut dyn Read,
    out: &mut dyn Write,
    hits: &mut Hits,
    depth: u32,
) -> Result<(), CleanError> {
    let mut bytes = Vec::new();
    reader.take(MAX_ARCHIVE + 1).read_to_end(&mut bytes).map_err(CleanError::Read)?;
    let mut archive = zip::ZipArchive::new(io::Cursor::new(&bytes)).map_err(|_| CleanError::Archive)?;
    if bytes.len() as u64 > MAX_ARCHIVE || archive.len() > MAX_MEMBERS {
        return Err(CleanError::Archive);
    }
    let mut packed = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let mut left_bytes = MAX_ARCHIVE;
    for index in 0..archive.len() {
        let member = archive.by_index(index).map_err(|_| CleanError::Archive)?;
        if member.is_dir() {
            continue;
        }
        let original = member.name().map_err(|_| CleanError::Archive)?.into_owned();
        let (name, name_hits) = redactor.clean_path(&original);
        let mut clean_member = Vec::new();
        let mut limited = member.take(left_bytes);
        match clean(redactor, &mut limited, &original, &mut clean_member, depth + 1) {
            Ok(cleaned) => {
                left_bytes = left_bytes.saturating_sub(cleaned.read_bytes);
                if left_bytes == 0 {
                    return Err(CleanError::Archive);
                }
                hits.merge(&cleaned.hits);
                hits.merge(&name_hits);
                packed.start_file(name.as_str(), options).map_err(|error| CleanError::Write(error.into()))?;
                packed.write_all(&clean_member).map_err(CleanError::Write)?;
            }
            // A binary member stays out of the archive.
            Err(CleanError::Binary | CleanError::Archive) => {}
            Err(_) => return Err(CleanError::Archive),
        }
    }
    let packed = packed.finish().map_err(|error| CleanError::Write(error.into()))?;
    out.write_all(packed.get_ref()).map_err(CleanError::Write)
}

/// The beginning of a stream as text, whatever its form; a source that breaks off still has a beginning.
pub(super) fn begin_of(reader: &mut dyn Read, most_bytes: u64) -> Vec<u8> {
    let mut head = Vec::with_capacity(AHEAD);
    let _ = fill(reader, &mut head, AHEAD);
    let kind = guess(&head);
    let mut reader = io::Cursor::new(head).chain(reader);
    let mut text = Vec::new();
    let _ = match kind {
        Guess::Text => reader.take(most_bytes).read_to_end(&mut text),
        Guess::Utf16(encoding) => Decoded::new(&mut reader, encoding).take(most_bytes).read_to_end(&mut text),
        Guess::Gzip => MultiGzDecoder::new(reader).take(most_bytes).read_to_end(&mut text),
        Guess::Zip | Guess::Binary => Ok(0),
    };
    text
}

/// Looks through a stream without writing it.
pub(super) fn residues(redactor: &Redactor, reader: &mut dyn Read) -> io::Result<Vec<Residue>> {
    let mut head = Vec::with_capacity(AHEAD);
    fill(reader, &mut head, AHEAD)?;
    let kind = guess(&head);
    let mut reader = io::Cursor::new(head).chain(reader);
    let mut found = Vec::new();
    match kind {
        Guess::Text => lines(redactor, &mut reader, &mut found)?,
        Guess::Utf16(encoding) => lines(redactor, &mut Decoded::new(&mut reader, encoding), &mut found)?,
        Guess::Gzip => lines(redactor, &mut MultiGzDecoder::new(reader), &mut found)?,
        Guess::Zip => {
            let mut bytes = Vec::new();
            reader.take(MAX_ARCHIVE).read_to_end(&mut bytes)?;
            let mut archive = zip::ZipArchive::new(io::Cursor::new(bytes))?;
            for index in 0..archive.len().min(MAX_MEMBERS) {
                let mut member = archive.by_index(index)?;
                let name = member.name()?.into_owned();
                lines(redactor, &mut name.as_bytes(), &mut found)?;
                lines(redactor, &mut member, &mut found)?;
            }
        }
        Guess::Binary => {}
    }
    Ok(found)
}

fn lines(redactor: &Redactor, reader: &mut dyn Read, found: &mut Vec<Residue>) -> io::Result<()> {
    scan(reader, found, |window, _, _| redactor.spans(window))
}

/// Notes what `search` finds in each window; it is told where the window's new bytes begin, and whether it is the last.
pub(super) fn scan(
    reader: &mut dyn Read,
    found: &mut Vec<Residue>,
    mut search: impl FnMut(&[u8], usize, bool) -> Vec<super::find::Span>,
) -> io::Result<()> {
    let mut line = 1;
    let scanned = blocks(reader, |window, from, ended| {
        let spans = search(window, from, ended);
        let to = if ended { window.len() } else { cut(window, from, &spans) };
        let mut at = from;
        for span in spans.iter().filter(|span| span.start >= from && span.start < to) {
            line += memchr::memchr_iter(b'\n', &window[at..span.start]).count() as u64;
            at = span.start;
            found.push(Residue { rule: span.rule.rule().name, line });
        }
        line += memchr::memchr_iter(b'\n', &window[at..to]).count() as u64;
        Ok(to)
    });
    match scanned {
        Err(CleanError::Read(error)) => Err(error),
        _ => Ok(()),
    }
}

/// Counts what passes through.
struct Counted<T> {
    inner: T,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bytes += read as u64;
        Ok(read)
    }
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(buffer)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
