//! The lines of one log.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Analysers;
use super::finding::Evidence;
use super::line::{matches, plain, window};
use super::log::Seen;
use super::search::{Probe, lines_of};
use super::table::Condition;
use super::tally::{Sighting, Tally};
use crate::logs::Origin;
use crate::stamp::{Level, Recogniser, level};

/// Lines are looked at in blocks of this size; a longer line is cut into such pieces.
const BLOCK_BYTES: usize = 256 << 10;
/// Words of one probe in one log that are followed up; a stranger's log may be made of nothing else.
const MAX_CHECKS: u32 = 100_000;
/// Evidence is cut here.
const MAX_EVIDENCE_CHARS: usize = 300;

/// Looks through the text of one log.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    analysers: &'a Analysers,
    name: String,
    recogniser: Recogniser,
    tallies: BTreeMap<usize, Tally>,
    marks: Vec<Mark>,
    /// Whole lines, and the beginning of the next one.
    buffer: Vec<u8>,
    /// Where the buffer begins in the log.
    offset: u64,
    ended: u64,
    /// The last record that began before the buffer.
    carried: Option<Head>,
    /// The record that was found last, the line from which it was sought, and how far back that went.
    sought: Option<(u64, u64, Option<Head>)>,
}

/// What is remembered of one probe.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    /// The log was looked at up to here.
    checked_until: u64,
    /// The record in which it was seen last; a record counts once.
    seen_in: Option<u64>,
    checks: u32,
}

/// The first line of a record.
#[derive(Debug, Clone, Copy)]
struct Head {
    offset: u64,
    at: Option<Timestamp>,
    level: Option<Level>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(analysers: &'a Analysers, name: &str, origin: &Origin) -> Self {
        Self {
            analysers,
            name: name.to_owned(),
            recogniser: origin.recogniser(name),
            tallies: BTreeMap::new(),
            marks: vec![Mark::default(); analysers.search.probes.len()],
            buffer: Vec::new(),
            offset: 0,
            ended: 0,
            carried: None,
            sought: None,
        }
    }

    /// Takes the next piece of the text.
    pub(super) fn push(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let taken = bytes.len().min(BLOCK_BYTES - self.buffer.len());
            self.buffer.extend_from_slice(&bytes[..taken]);
            bytes = &bytes[taken..];
            if self.buffer.len() == BLOCK_BYTES {
                self.look();
            }
        }
    }

    /// Ends the log.
    pub(super) fn end(mut self) -> Seen {
        if !self.buffer.is_empty() {
            let whole = self.buffer.len();
            self.look_at(whole);
            self.ended += memchr::memchr_iter(b'\n', &self.buffer).count() as u64;
            self.ended += u64::from(!self.buffer.ends_with(b"\n"));
        }
        let bytes = self.offset + self.buffer.len() as u64;
        Seen { tallies: self.tallies.into_iter().collect(), lines: self.ended, bytes }
    }

    /// Looks at the whole lines of a full buffer, or at all of it when it is one line.
    fn look(&mut self) {
        let end = memchr::memrchr(b'\n', &self.buffer).map_or(self.buffer.len(), |at| at + 1);
        self.look_at(end);
        if end > 0 {
            let last = self.buffer[..end].strip_suffix(b"\n").map_or(end, <[u8]>::len);
            let buffer = std::mem::take(&mut self.buffer);
            let begin = memchr::memrchr(b'\n', &buffer[..last]).map_or(0, |at| at + 1);
            self.carried = self.head(&buffer[..end], begin).or(self.carried);
            self.buffer = buffer;
        }
        self.ended += memchr::memchr_iter(b'\n', &self.buffer[..end]).count() as u64;
        self.buffer.drain(..end);
        self.offset += end as u64;
    }

    fn look_at(&mut self, end: usize) {
        let buffer = std::mem::take(&mut self.buffer);
        let block = &buffer[..end];
        let analysers = self.analysers;
        let (mut from, mut to, mut number, mut counted) = (0, 0, self.ended + 1, 0);
        for found in analysers.search.find(block) {
            if found.start >= to || to == 0 {
                from = memchr::memrchr(b'\n', &block[..found.start]).map_or(0, |at| at + 1);
                to = memchr::memchr(b'\n', &block[found.start..]).map_or(end, |at| found.start + at);
                number += memchr::memchr_iter(b'\n', &block[counted..from]).count() as u64;
                counted = from;
            }
            // A word that overlaps the end of the line before was found later.
            if found.start < from {
                continue;
            }
            for probe in found.probes {
                self.check(*probe, block, (from, to), found.start, number);
            }
        }
        self.buffer = buffer;
    }

    /// Follows up a word of a probe on the line `from..to`.
    fn check(&mut self, index: usize, block: &[u8], (from, to): (usize, usize), at: usize, number: u64) {
        let probe = self.analysers.search.probes[index];
        let mark = &mut self.marks[index];
        if self.offset + (at as u64) < mark.checked_until {
            return;
        }
        if mark.checks >= MAX_CHECKS {
            self.tallies.entry(probe.analyser).or_default().at_least = true;
            return;
        }
        let (begin, end) = window(from, to, at);
        mark.checks += 1;
        mark.checked_until = self.offset + end as u64;
        let condition = &self.analysers.table.rows[probe.analyser].conditions[probe.condition];
        let line = lines_of(condition)[probe.step];
        let Some(captures) = matches(line, &block[begin..end]) else { return };
        let own = Head {
            offset: self.offset + from as u64,
            at: self.carried.and_then(|head| head.at),
            level: level(&block[from..to], 0),
        };
        let head = self.head(block, from).or(self.carried).unwrap_or(own);
        let too_low = |least| head.level.is_some_and(|level| level < least);
        if line.level.is_some_and(too_low) || self.marks[index].seen_in == Some(head.offset) {
            return;
        }
        self.marks[index].seen_in = Some(head.offset);
        let text = plain(block[begin..end].trim_ascii(), MAX_EVIDENCE_CHARS);
        let evidence = Evidence { file: self.name.clone(), line: number, at: head.at, text };
        self.tally(probe, Sighting { evidence, captures });
    }

    fn tally(&mut self, probe: Probe, sighting: Sighting) {
        let tally = self.tallies.entry(probe.analyser).or_default();
        match &self.analysers.table.rows[probe.analyser].conditions[probe.condition] {
            Condition::Log(log) => {
                let same = log.same.as_ref().and_then(|name| sighting.captures.get(name));
                let key = same.cloned().unwrap_or_default();
                tally.count(&key, sighting, log.count, log.within);
            }
            Condition::Sequence(sequence) => {
                tally.follow(probe.step, sequence.steps.len(), sequence.within, sighting);
            }
            Condition::Fact(_) | Condition::Entry(_) => {}
        }
    }

    /// The record that the line at `from` belongs to, if it begins in this block.
    fn head(&mut self, block: &[u8], from: usize) -> Option<Head> {
        let mut at = from;
        let (back_to, found) = loop {
            let absolute = self.offset + at as u64;
            // No line is asked twice, however many words are found.
            if let Some((sought_from, sought_to, head)) = self.sought
                && (sought_to..=sought_from).contains(&absolute)
            {
                break (sought_to, head);
            }
            let end = memchr::memchr(b'\n', &block[at..]).map_or(block.len(), |length| at + length);
            if let Some(moment) = self.recogniser.recognise(&block[at..end]) {
                let level = level(&block[at..end], moment.end.min(end - at));
                break (absolute, Some(Head { offset: absolute, at: Some(moment.at), level }));
            }
            if at == 0 {
                break (absolute, None);
            }
            at = memchr::memrchr(b'\n', &block[..at - 1]).map_or(0, |at| at + 1);
        };
        self.sought = Some((self.offset + from as u64, back_to, found));
        found
    }
}
