//! One entry, ready to be read at any place: what a window shows of a log of any size.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use flate2::read::{DeflateDecoder, MultiGzDecoder};
use memchr::memmem;

use super::Bundle;
use super::layout::Place;
use super::open::reader;
use crate::redact::{StandIn, stand_ins};

/// The lines of one entry. Memory does not depend on its size: a few hundred KiB are unpacked at a time, and
/// where the bundle was sealed by casefile, reading begins near every place.
///
/// A packed log (`.gz`) is shown unpacked, two bytes a character are read as text.
pub struct Pages {
    path: PathBuf,
    place: Place,
    form: Form,
    chunks: Vec<Chunk>,
    line_count: u64,
    /// The chunk that was read last, and where its reader stands: behind it.
    read: Option<(usize, Vec<u8>)>,
    open: Option<(usize, Box<dyn Read + Send>)>,
}

/// One line, safe to show: nothing in it moves the cursor, turns the direction of writing or hides text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 0.
    pub number: u64,
    /// Its text, or the beginning of it.
    pub text: String,
    /// Whether the line goes on: it has more than 4 KiB.
    pub is_cut: bool,
    /// What was hidden in the text.
    pub stand_ins: Vec<StandIn>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    Gzip,
    Utf16(&'static Encoding),
}

/// What is unpacked at once. Where casefile sealed the bundle, it is what was packed at once.
struct Chunk {
    /// Line feeds before it.
    lines_before: u64,
    crc32: u32,
    /// Where in the packed bytes unpacking can begin for it.
    begins_at: Option<u64>,
}

const CHUNK_BYTES: usize = super::pack::CHUNK_BYTES;
/// How much of a line is shown.
const MAX_LINE_BYTES: usize = 4 << 10;
/// The empty block with which each chunk of a joined stream ends.
const FLUSH: [u8; 4] = [0, 0, 0xff, 0xff];

impl Bundle {
    /// Prepares to show an entry. Unpacks all of it once: half a second for 256 MiB, so do it beside the window.
    ///
    /// # Errors
    /// `NotFound` when the bundle has no such entry; otherwise what the disk says.
    pub fn pages(&self, name: &str) -> io::Result<Pages> {
        let place = self.place(name)?.clone();
        let mut head = Vec::new();
        self.read(name)?.take(64).read_to_end(&mut head)?;
        let form = match head.as_slice() {
            [0x1f, 0x8b, ..] => Form::Gzip,
            [0xff, 0xfe, _, 0, ..] => Form::Utf16(UTF_16LE),
            [0xfe, 0xff, 0, ..] => Form::Utf16(UTF_16BE),
            [a, 0, b, 0, ..] if *a != 0 && *b != 0 => Form::Utf16(UTF_16LE),
            [0, a, 0, b, ..] if *a != 0 && *b != 0 => Form::Utf16(UTF_16BE),
            _ => Form::Plain,
        };
        let path = self.path().to_owned();
        let mut pages =
            Pages { path, place, form, chunks: Vec::new(), line_count: 0, read: None, open: None };
        pages.index()?;
        Ok(pages)
    }
}

impl Pages {
    /// How many lines there are; what follows the last line feed is one.
    pub fn line_count(&self) -> u64 {
        self.line_count
    }

    /// Reads lines, at most `count`, from the one with this number on.
    ///
    /// # Errors
    /// What the disk says, also when the bundle changed.
    pub fn lines(&mut self, from: u64, count: usize) -> io::Result<Vec<Line>> {
        let mut lines = Vec::new();
        if from >= self.line_count {
            return Ok(lines);
        }
        let (mut index, mut at) = self.start_of(from)?;
        let mut number = from;
        while lines.len() < count && number < self.line_count {
            let (mut text, mut is_cut) = (Vec::new(), false);
            while let Some(bytes) = self.chunk(index)? {
                let rest = &bytes[at..];
                let end = memchr::memchr(b'\n', rest);
                let piece = &rest[..end.unwrap_or(rest.len())];
                let room = MAX_LINE_BYTES - text.len();
                text.extend_from_slice(&piece[..piece.len().min(room)]);
                is_cut |= piece.len() > room;
                if let Some(end) = end {
                    at += end + 1;
                    break;
                }
                (index, at) = (index + 1, 0);
                if is_cut {
                    // The rest of an endless line is passed over by the index.
                    (index, at) = self.start_of(number + 1)?;
                    break;
                }
            }
            lines.push(Line::of(number, &text, is_cut));
            number += 1;
        }
        Ok(lines)
    }

    /// The first line at or after `from` with a stand-in.
    ///
    /// # Errors
    /// What the disk says.
    pub fn next_stand_in(&mut self, from: u64) -> io::Result<Option<u64>> {
        self.next(from, 64, |bytes| {
            let text = String::from_utf8_lossy(bytes);
            let at = stand_ins(&text).first()?.range.start;
            // Offsets in the text may be larger, line feeds before it are as many.
            Some(memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count())
        })
    }

    /// The first line at or after `from` that has these words, in whatever case.
    ///
    /// # Errors
    /// What the disk says.
    pub fn find(&mut self, words: &str, from: u64) -> io::Result<Option<u64>> {
        let wanted = words.to_lowercase();
        let finder = memmem::Finder::new(wanted.as_bytes());
        self.next(from, wanted.len() + 4, |bytes| {
            let text = String::from_utf8_lossy(bytes).to_lowercase();
            let at = finder.find(text.as_bytes())?;
            Some(memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count())
        })
    }

    /// Looks chunk by chunk; `search` says how many line feeds stand before what it finds.
    fn next(
        &mut self,
        from: u64,
        overlap: usize,
        search: impl Fn(&[u8]) -> Option<usize>,
    ) -> io::Result<Option<u64>> {
        if from >= self.line_count {
            return Ok(None);
        }
        let (mut index, mut at) = self.start_of(from)?;
        let (mut line, mut tail) = (from, Vec::new());
        while let Some(bytes) = self.chunk(index)? {
            let mut text = std::mem::take(&mut tail);
            text.extend_from_slice(&bytes[at..]);
            if let Some(lines) = search(&text) {
                return Ok(Some(line + lines as u64));
            }
            let keep = text.len().saturating_sub(overlap);
            line += memchr::memchr_iter(b'\n', &text[..keep]).count() as u64;
            tail = text.split_off(keep);
            (index, at) = (index + 1, 0);
        }
        Ok(None)
    }

    /// Where a line begins: in which chunk, and where in it.
    fn start_of(&mut self, line: u64) -> io::Result<(usize, usize)> {
        if line == 0 {
            return Ok((0, 0));
        }
        let index = self.chunks.partition_point(|chunk| chunk.lines_before < line) - 1;
        let skip = line - self.chunks[index].lines_before;
        let bytes = self.chunk(index)?.unwrap_or_default();
        let nth = usize::try_from(skip - 1).unwrap_or(usize::MAX);
        match memchr::memchr_iter(b'\n', bytes).nth(nth) {
            Some(at) => Ok((index, at + 1)),
            None => Ok((index + 1, 0)),
        }
    }

    /// The text of a chunk; nothing behind the last one.
    fn chunk(&mut self, index: usize) -> io::Result<Option<&[u8]>> {
        if index >= self.chunks.len() {
            return Ok(None);
        }
        if self.read.as_ref().is_none_or(|(read, _)| *read != index) {
            let bytes = self.unpacked(index)?;
            self.read = Some((index, self.form.text(bytes)));
        }
        Ok(self.read.as_ref().map(|(_, bytes)| bytes.as_slice()))
    }

    fn unpacked(&mut self, index: usize) -> io::Result<Vec<u8>> {
        loop {
            let near = (0..=index).rev().find_map(|near| Some((near, self.chunks[near].begins_at?)));
            let (near, begins_at) = near.unwrap_or((0, 0));
            let (mut next, mut reader) = match self.open.take() {
                Some((next, reader)) if (near..=index).contains(&next) => (next, reader),
                _ => (near, self.reader_at(begins_at)?),
            };
            let mut bytes = Vec::new();
            let mut is_whole = true;
            while is_whole && next <= index {
                bytes.clear();
                let read = reader.by_ref().take(CHUNK_BYTES as u64).read_to_end(&mut bytes);
                is_whole = read.is_ok() && crc32fast::hash(&bytes) == self.chunks[next].crc32;
                next += 1;
            }
            if is_whole {
                self.open = Some((next, reader));
                return Ok(bytes);
            }
            // What looked like the border of a chunk was none; from the beginning it has to be right.
            if near == 0 {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "the bundle changed"));
            }
            self.chunks[near].begins_at = None;
        }
    }

    fn reader_at(&self, begins_at: u64) -> io::Result<Box<dyn Read + Send>> {
        let mut file = File::open(&self.path)?;
        if begins_at == 0 {
            let unpacked = reader(file, &self.place)?;
            return Ok(match self.form {
                Form::Gzip => Box::new(MultiGzDecoder::new(unpacked)),
                _ => Box::new(unpacked),
            });
        }
        file.seek(SeekFrom::Start(self.place.data_at + begins_at))?;
        let packed = file.take(self.place.packed_bytes - begins_at);
        Ok(if self.place.deflated { Box::new(DeflateDecoder::new(packed)) } else { Box::new(packed) })
    }

    /// Unpacks everything once, and notes where lines and chunks begin.
    fn index(&mut self) -> io::Result<()> {
        let (mut lines, mut last, mut begins_at) = (0, b'\n', Some(0));
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(self.place.data_at))?;
        let packed = io::BufReader::with_capacity(64 << 10, file.take(self.place.packed_bytes));
        let mut source = match (self.form, self.place.deflated) {
            (Form::Gzip, _) => Source::Other(self.reader_at(0)?),
            (_, true) => Source::Deflated(Box::new(DeflateDecoder::new(packed))),
            (_, false) => Source::Other(Box::new(packed)),
        };
        loop {
            let mut bytes = Vec::with_capacity(CHUNK_BYTES);
            source.reader().take(CHUNK_BYTES as u64).read_to_end(&mut bytes)?;
            let is_last = bytes.len() < CHUNK_BYTES;
            let crc32 = crc32fast::hash(&bytes);
            let text = self.form.text(bytes);
            if !text.is_empty() {
                self.chunks.push(Chunk { lines_before: lines, crc32, begins_at });
                lines += memchr::memchr_iter(b'\n', &text).count() as u64;
                last = text[text.len() - 1];
            }
            if is_last {
                break;
            }
            begins_at = match &source {
                Source::Deflated(decoder) => self.border_near(decoder.total_in())?,
                Source::Other(_) if self.form == Form::Gzip => None,
                Source::Other(_) => Some((self.chunks.len() * CHUNK_BYTES) as u64),
            };
        }
        self.line_count = lines + u64::from(last != b'\n');
        Ok(())
    }

    /// Where the next chunk begins, if chunks were packed one by one.
    fn border_near(&self, packed_at: u64) -> io::Result<Option<u64>> {
        // The decoder has read on, through the tables of the next block.
        const BEFORE: u64 = 512;
        const BEHIND: u64 = 16;
        let mut file = File::open(&self.path)?;
        let from = packed_at.saturating_sub(BEFORE);
        file.seek(SeekFrom::Start(self.place.data_at + from))?;
        let mut around = Vec::new();
        file.take((BEFORE + BEHIND).min(self.place.packed_bytes - from)).read_to_end(&mut around)?;
        let at = around.windows(FLUSH.len()).rposition(|bytes| bytes == FLUSH);
        Ok(at.map(|at| from + (at + FLUSH.len()) as u64))
    }
}

/// Unpacked bytes, and how many packed ones were needed for them, where that is of use.
enum Source {
    Deflated(Box<DeflateDecoder<io::BufReader<io::Take<File>>>>),
    Other(Box<dyn Read + Send>),
}

impl Source {
    fn reader(&mut self) -> &mut dyn Read {
        match self {
            Self::Deflated(decoder) => decoder,
            Self::Other(reader) => reader,
        }
    }
}

impl Form {
    fn text(self, bytes: Vec<u8>) -> Vec<u8> {
        match self {
            Self::Utf16(encoding) => {
                encoding.decode_without_bom_handling(&bytes).0.trim_start_matches('\u{feff}').into()
            }
            _ => bytes,
        }
    }
}

impl Line {
    fn of(number: u64, bytes: &[u8], is_cut: bool) -> Self {
        let shown = |c: char| match c {
            '\t' => Some(c),
            '\r'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => None,
            c if c.is_control() => Some('?'),
            c => Some(c),
        };
        let text: String = String::from_utf8_lossy(bytes).chars().filter_map(shown).collect();
        let stand_ins = stand_ins(&text);
        Self { number, text, is_cut, stand_ins }
    }
}

#[cfg(test)]
mod tests;
