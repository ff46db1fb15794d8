//! Which part of a log was written in a window of time, found without reading the rest.
//!
//! This is the one place beside `redact` that looks into a collected file: it takes nothing from it but times and the
//! offsets where lines begin.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use flate2::read::MultiGzDecoder;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::bundle::Window;
use crate::progress::Progress;
use crate::stamp::Recogniser;

/// What a log has for a window of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Nothing in it tells a time, or it cannot be read by pieces: when it was written last has to decide.
    Unknown,
    /// These bytes: whole lines, from the first record of the window to the last.
    Bytes(Range<u64>),
    /// Nothing; its records lie in this span of time.
    Outside {
        first: Timestamp,
        last: Timestamp,
        /// Where the records before the window end.
        before: u64,
    },
}

/// How much is read at each probe.
const PROBE_BYTES: usize = 64 << 10;
/// About a line: nearer than this, records are looked at one after another.
const CLOSE_BYTES: u64 = 256;
/// A record without a time for longer than this ends the search: it is no log.
const MAX_SEARCH_BYTES: u64 = 4 << 20;
/// How much of a packed log is unpacked to see its times.
const MAX_UNPACKED_BYTES: u64 = 1 << 30;

/// Finds the part of a log that lies in `window`. `modified_at` is when it was written last, by the file system.
///
/// # Errors
/// What the disk says.
pub(super) fn part(
    file: &mut File,
    bytes: u64,
    window: Window,
    local: &TimeZone,
    modified_at: Timestamp,
    progress: &Progress,
) -> io::Result<Part> {
    let head = read_at(file, 0, PROBE_BYTES)?;
    if head.starts_with(&[0x1f, 0x8b]) {
        return packed(file, bytes, window, local, modified_at, progress);
    }
    // Two bytes a character: the offsets of lines are not those of their line feeds.
    if head.iter().take(64).any(|byte| *byte == 0) {
        return Ok(Part::Unknown);
    }
    let tail_at = bytes.saturating_sub(PROBE_BYTES as u64);
    let tail = if tail_at == 0 { head.clone() } else { read_at(file, tail_at, PROBE_BYTES)? };
    let Some(clock) = clock_of(&tail, tail_at > 0, local, modified_at) else { return Ok(Part::Unknown) };
    let Some((_, first)) = first_stamp(&clock, &head, false) else { return Ok(Part::Unknown) };
    let Some(last) = last_stamp(&clock, &tail, tail_at > 0) else { return Ok(Part::Unknown) };

    let mut log = Log { file, bytes, clock };
    let from = if first >= window.from { 0 } else { log.first_at(window.from)? };
    let to = if last < window.to { bytes } else { log.first_at(window.to)? };
    if from < to { Ok(Part::Bytes(from..to)) } else { Ok(Part::Outside { first, last, before: from }) }
}

/// A rotated log is kept as a whole, if its times and the window meet.
fn packed(
    file: &mut File,
    bytes: u64,
    window: Window,
    local: &TimeZone,
    modified_at: Timestamp,
    progress: &Progress,
) -> io::Result<Part> {
    file.seek(SeekFrom::Start(0))?;
    let mut unpacked = MultiGzDecoder::new(io::BufReader::new(file)).take(MAX_UNPACKED_BYTES);
    let mut head = Vec::new();
    if unpacked.by_ref().take(PROBE_BYTES as u64).read_to_end(&mut head).is_err() {
        return Ok(Part::Unknown);
    }
    // When it was packed says nothing of its zone: local time is the likelier one.
    let clock = Clock(Recogniser::new(local.clone(), modified_at));
    let Some((_, first)) = first_stamp(&clock, &head, false) else { return Ok(Part::Unknown) };
    if first >= window.to {
        return Ok(Part::Outside { first, last: first, before: 0 });
    }
    let mut tail = head;
    let mut block = vec![0; PROBE_BYTES];
    loop {
        progress.checkpoint().map_err(io::Error::other)?;
        match unpacked.read(&mut block) {
            Ok(0) => break,
            Ok(read) => {
                tail.extend_from_slice(&block[..read]);
                let surplus = tail.len().saturating_sub(PROBE_BYTES);
                tail.drain(..surplus);
            }
            // What is damaged is told when it is read.
            Err(_) => return Ok(Part::Bytes(0..bytes)),
        }
    }
    let last = last_stamp(&clock, &tail, true).unwrap_or(first);
    if last < window.from { Ok(Part::Outside { first, last, before: 0 }) } else { Ok(Part::Bytes(0..bytes)) }
}

/// Times without a zone are local or universal: whichever brings the last record nearer to the time at which the
/// file was written last.
fn clock_of(tail: &[u8], cut: bool, local: &TimeZone, modified_at: Timestamp) -> Option<Clock> {
    let clocks = [local.clone(), TimeZone::UTC].map(|zone| Clock(Recogniser::new(zone, modified_at)));
    let distance = |clock: &Clock| Some(last_stamp(clock, tail, cut)?.duration_since(modified_at).abs());
    let [local, universal] = clocks;
    let (near, far) = (distance(&local)?, distance(&universal)?);
    Some(if near <= far { local } else { universal })
}

/// Reads the time of any line by itself: lines are not looked at in their order here.
struct Clock(Recogniser);

impl Clock {
    fn stamp(&self, line: &[u8]) -> Option<Timestamp> {
        Some(self.0.clone().recognise(line)?.at)
    }
}

/// A log that can be searched, because its records are in the order of time.
struct Log<'a> {
    file: &'a mut File,
    bytes: u64,
    clock: Clock,
}

impl Log<'_> {
    /// Where the first record at or after `wanted` begins; the end of the file when there is none.
    fn first_at(&mut self, wanted: Timestamp) -> io::Result<u64> {
        // Every record that begins before `low` is earlier.
        let (mut low, mut high) = (0, self.bytes);
        while high - low > CLOSE_BYTES {
            let middle = low + (high - low) / 2;
            match self.record_from(middle, high)? {
                Some((at, stamp)) if stamp < wanted => low = at.max(low + 1),
                _ => high = middle,
            }
        }
        let mut at = low;
        loop {
            match self.record_from(at, self.bytes)? {
                None => return Ok(self.bytes),
                Some((begin, stamp)) if stamp >= wanted => return Ok(begin),
                Some((begin, _)) => at = begin + 1,
            }
        }
    }

    /// The first record that begins at or after `at` and before `end`.
    fn record_from(&mut self, at: u64, end: u64) -> io::Result<Option<(u64, Timestamp)>> {
        let (mut from, stop) = (at.saturating_sub(1), end.min(at.saturating_add(MAX_SEARCH_BYTES)));
        while from < stop {
            let block = read_at(self.file, from, PROBE_BYTES)?;
            // From the byte before, so that a line that begins exactly here is one.
            if let Some((offset, stamp)) = first_stamp(&self.clock, &block, from > 0 || at > 0) {
                let begin = from + offset as u64;
                return Ok((begin < end).then_some((begin, stamp)));
            }
            // The last line may go on behind the block.
            let whole = memchr::memrchr(b'\n', &block).filter(|at| *at > 0).unwrap_or(block.len());
            if block.len() < PROBE_BYTES {
                return Ok(None);
            }
            from += whole as u64;
        }
        Ok(None)
    }
}

/// The first line with a time, and where it begins. When `cut`, the block begins inside a line.
fn first_stamp(clock: &Clock, block: &[u8], cut: bool) -> Option<(usize, Timestamp)> {
    let mut at = if cut { memchr::memchr(b'\n', block)? + 1 } else { 0 };
    while at < block.len() {
        let end = memchr::memchr(b'\n', &block[at..]).map_or(block.len(), |length| at + length);
        if let Some(stamp) = clock.stamp(&block[at..end]) {
            return Some((at, stamp));
        }
        at = end + 1;
    }
    None
}

/// The time of the last line that has one.
fn last_stamp(clock: &Clock, block: &[u8], cut: bool) -> Option<Timestamp> {
    let begin = if cut { memchr::memchr(b'\n', block)? + 1 } else { 0 };
    let mut rest = &block[begin..];
    while !rest.is_empty() {
        let at = memchr::memrchr(b'\n', rest);
        let line = &rest[at.map_or(0, |at| at + 1)..];
        if let Some(stamp) = clock.stamp(line) {
            return Some(stamp);
        }
        rest = &rest[..at.unwrap_or(0)];
    }
    None
}

fn read_at(file: &mut File, at: u64, bytes: usize) -> io::Result<Vec<u8>> {
    let mut block = Vec::with_capacity(bytes);
    file.seek(SeekFrom::Start(at))?;
    file.take(bytes as u64).read_to_end(&mut block)?;
    Ok(block)
}

#[cfg(test)]
mod tests;
