//! One source on its way through the redactor into chunks.

use std::io::{self, Write};
use std::sync::Arc;

use super::crew::{Shared, Sums};
use super::deflate::Packer;
use super::{CHUNK_BYTES, Job, Packed, method_of};
use crate::bundle::manifest::Kind;
use crate::bundle::study::Look;
use crate::bundle::write::Method;
use crate::collect::{Folder, Opened, reason_of};
use crate::redact::CleanError;

/// Room for a small source, when nobody knows how large it is.
const SMALL_BYTES: usize = 16 << 10;

/// Reads one section.
pub(super) struct Reading<'a> {
    shared: &'a Arc<Shared>,
    index: usize,
    packer: &'a mut Packer,
    chunk: Vec<u8>,
    method: Option<Method>,
    sums: Sums,
    /// Lines still to be kept, and then those to be dropped.
    keep_lines: u64,
    drop_lines: u64,
    left_bytes: u64,
    is_full: bool,
    /// Sees what is kept.
    look: Option<Box<dyn Look + 'a>>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        shared: &'a Arc<Shared>,
        index: usize,
        packer: &'a mut Packer,
        look: Option<Box<dyn Look + 'a>>,
    ) -> Self {
        Self {
            shared,
            index,
            packer,
            chunk: Vec::new(),
            method: None,
            sums: Sums::default(),
            keep_lines: 0,
            drop_lines: 0,
            left_bytes: 0,
            is_full: false,
            look,
        }
    }

    /// Reads to the end, or as far as it goes.
    pub(super) fn read(mut self, job: &Job) -> Packed {
        let section = &job.section;
        if let Some(png) = section.picture() {
            return self.read_picture(&png.clone());
        }
        let (shared, index) = (self.shared.clone(), self.index);
        let watch = move |bytes| {
            shared.progress.add(bytes);
            shared.moved(index)
        };
        let opened = match section.opened(Box::new(watch)) {
            Ok(opened) => opened,
            Err(error) => {
                return Packed { reason: Some(reason_of(&error)), failed: true, ..Packed::default() };
            }
        };
        let Opened { raw, keep_lines, drop_lines, expected_bytes, part } = opened;
        (self.keep_lines, self.drop_lines, self.left_bytes) = (keep_lines, drop_lines, job.max_bytes);
        let room = usize::try_from(job.bytes.saturating_add(job.bytes / 8)).unwrap_or(CHUNK_BYTES);
        self.chunk = Vec::with_capacity(room.clamp(SMALL_BYTES, CHUNK_BYTES));

        let redactor = match section.folder() {
            Folder::Preset => self.shared.redactor.of_strategy(),
            _ => self.shared.redactor.clone(),
        };
        let outcome = redactor.clean_stream(raw, section.name(), &mut self);
        let stored = self.stored_bytes();
        let mut packed = Packed { part, ..Packed::default() };
        match outcome {
            Ok(cleaned) => {
                packed.read_bytes = cleaned.read_bytes;
                packed.hits = cleaned.hits.iter().map(|(rule, count)| (rule.to_owned(), count)).collect();
                packed.stored = Some((0, [0; 32]));
                if expected_bytes.is_some_and(|expected| cleaned.read_bytes < expected) {
                    packed.reason = Some("it became shorter while it was read".to_owned());
                } else if part.is_some() {
                    packed.reason = Some("only the part that was asked for".to_owned());
                }
            }
            Err(CleanError::Write(_)) if self.is_full => {
                packed.reason = Some("only its beginning fits the budget of a file".to_owned());
                packed.stored = Some((0, [0; 32]));
            }
            Err(CleanError::Read(error)) if stored == 0 => {
                (packed.reason, packed.failed) = (Some(reason_of(&error)), true);
            }
            Err(CleanError::Read(error)) => {
                packed.reason = Some(format!("reading stopped: {}", reason_of(&error)));
                packed.stored = Some((0, [0; 32]));
            }
            Err(error) => {
                packed.reason = Some(error.to_string());
                packed.stored = (stored > 0).then_some((0, [0; 32]));
            }
        }
        if packed.stored.is_some() {
            self.end();
        }
        packed
    }

    /// Takes a picture as it is: a person looked at it, and no rule can.
    fn read_picture(mut self, png: &[u8]) -> Packed {
        let read_bytes = png.len() as u64;
        // The planning made room for all of it.
        self.left_bytes = read_bytes;
        for piece in png.chunks(CHUNK_BYTES) {
            self.shared.progress.add(piece.len() as u64);
            if let Err(error) = self.write_all(piece) {
                return Packed { reason: Some(reason_of(&error)), failed: true, ..Packed::default() };
            }
        }
        self.end();
        Packed { stored: Some((0, [0; 32])), kind: Some(Kind::Picture), read_bytes, ..Packed::default() }
    }

    fn stored_bytes(&self) -> u64 {
        self.sums.bytes() + self.chunk.len() as u64
    }

    /// Packs what is left. An empty source is an empty entry.
    fn end(&mut self) {
        let chunk = std::mem::take(&mut self.chunk);
        let method = *self.method.get_or_insert_with(|| method_of(&chunk));
        self.see(&chunk);
        let packed = match method {
            Method::Deflated => self.packer.pack(&chunk, true),
            Method::Stored => chunk,
        };
        self.shared.last_chunk(self.index, method, packed, &self.sums);
        if let Some(look) = self.look.take()
            && self.shared.is_in_time(self.index)
        {
            look.end();
        }
    }

    fn see(&mut self, clean: &[u8]) {
        self.sums.update(clean);
        if let Some(look) = &mut self.look {
            look.push(clean);
        }
    }

    /// How much of `clean` is before the lines that are wanted.
    fn dropped(&mut self, clean: &[u8]) -> usize {
        let mut at = 0;
        while self.drop_lines > 0 && at < clean.len() {
            match memchr::memchr(b'\n', &clean[at..]) {
                Some(length) => {
                    at += length + 1;
                    self.drop_lines -= 1;
                }
                None => at = clean.len(),
            }
        }
        at
    }

    fn kept_lines(&mut self, clean: &[u8]) -> usize {
        let mut at = 0;
        while self.keep_lines > 0 && at < clean.len() {
            match memchr::memchr(b'\n', &clean[at..]) {
                Some(length) => {
                    at += length + 1;
                    self.keep_lines -= 1;
                }
                None => at = clean.len(),
            }
        }
        at
    }

    fn put(&mut self, mut clean: &[u8]) -> io::Result<()> {
        if clean.len() as u64 > self.left_bytes {
            // Whole lines, as far as they fit.
            let fits = usize::try_from(self.left_bytes).unwrap_or(usize::MAX).min(clean.len());
            let end = memchr::memrchr(b'\n', &clean[..fits]).map_or(fits, |at| at + 1);
            (clean, self.is_full) = (&clean[..end], true);
        }
        self.left_bytes -= clean.len() as u64;
        while !clean.is_empty() {
            let (head, rest) = clean.split_at(clean.len().min(CHUNK_BYTES - self.chunk.len()));
            self.chunk.extend_from_slice(head);
            clean = rest;
            if self.chunk.len() == CHUNK_BYTES {
                self.give()?;
            }
        }
        if self.is_full { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(()) }
    }

    /// Hands over a full chunk.
    fn give(&mut self) -> io::Result<()> {
        let chunk = std::mem::replace(&mut self.chunk, Vec::with_capacity(CHUNK_BYTES));
        let method = *self.method.get_or_insert_with(|| method_of(&chunk));
        self.see(&chunk);
        self.shared.chunk(self.index, method, chunk, &self.sums, self.packer)
    }
}

impl Write for Reading<'_> {
    fn write(&mut self, clean: &[u8]) -> io::Result<usize> {
        self.shared.moved(self.index)?;
        let kept = self.kept_lines(clean);
        self.put(&clean[..kept])?;
        let dropped = self.dropped(&clean[kept..]);
        self.put(&clean[kept + dropped..])?;
        Ok(clean.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
