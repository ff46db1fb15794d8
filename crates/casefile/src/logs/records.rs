//! Whole records, one after another, in constant memory.

use std::io::{self, Read};

use jiff::Timestamp;

use super::unpack;
use crate::stamp::{Level, Moment, Recogniser, level};

/// A longer record goes on as the next one: memory does not depend on what a stranger wrote.
pub const MAX_RECORD_BYTES: usize = 256 << 10;
/// A dump of that many lines goes on as the next record.
const MAX_RECORD_LINES: u64 = 2_000;
/// What one record is held in while it is ordinary.
const BUFFER_BYTES: usize = 64 << 10;

/// One record of a log.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// Its lines, without the last line end.
    pub text: &'a [u8],
    /// Number of its first line in the file, from 1.
    pub line: u64,
    /// When it was written; absent when neither it nor a record before it in this file says so.
    pub at: Option<Timestamp>,
    /// Whether the time is its own, or that of the last record that had one.
    pub own_time: bool,
    /// Whether the time has no offset from UTC, and the zone of the machine was assumed.
    pub zone_assumed: bool,
    /// Index in `text` of the first byte after the time; 0 when it has none there.
    pub message_at: usize,
}

impl<'a> Record<'a> {
    /// The first line.
    pub fn first_line(&self) -> &'a [u8] {
        let end = memchr::memchr(b'\n', self.text).unwrap_or(self.text.len());
        let line = &self.text[..end];
        line.strip_suffix(b"\r").unwrap_or(line)
    }

    /// How important it says it is.
    pub fn level(&self) -> Option<Level> {
        let line = self.first_line();
        let found = level(line, self.message_at.min(line.len()));
        // `java.util.logging` has the level at the beginning of a second line.
        found.or_else(|| match self.text.get(line.len() + 1..) {
            Some(rest) if rest.first().is_some_and(u8::is_ascii_alphabetic) => {
                level(&rest[..rest.len().min(12)], 0)
            }
            _ => None,
        })
    }
}

/// Whether the line after a record was looked at: a recogniser has to see each line once.
enum Ahead {
    Unseen,
    Seen(Option<Moment>),
}

/// Reads the records of one log.
pub struct Records {
    /// Absent until the first read, so that a log that is not reached yet holds no decoder.
    source: Option<Box<dyn Read + Send>>,
    text: Option<Box<dyn Read + Send>>,
    recogniser: Recogniser,
    buffer: Vec<u8>,
    filled: usize,
    ended: bool,
    /// Why the source ended too soon; told when all that came before was read.
    broken: Option<io::Error>,
    /// The record that was read last is `begin..end`; `next` is where the one after it begins.
    begin: usize,
    end: usize,
    next: usize,
    line: u64,
    next_line: u64,
    moment: Option<Moment>,
    /// The time of the line at `next`, once it was looked at.
    ahead: Ahead,
    last_at: Option<Timestamp>,
    timed: bool,
    trace: bool,
}

impl Records {
    /// Reads records from the bytes of a log, packed with gzip or not, in UTF-8 or UTF-16.
    pub fn new(source: Box<dyn Read + Send>, recogniser: Recogniser) -> Self {
        Self {
            source: Some(source),
            text: None,
            recogniser,
            buffer: Vec::new(),
            filled: 0,
            ended: false,
            broken: None,
            begin: 0,
            end: 0,
            next: 0,
            line: 0,
            next_line: 1,
            moment: None,
            ahead: Ahead::Unseen,
            last_at: None,
            timed: false,
            trace: false,
        }
    }

    /// Goes on to the next record; `false` at the end.
    ///
    /// # Errors
    /// What the disk says, or that the packed bytes are damaged; all that could be read before was a record, the last one perhaps a
    /// part of one.
    pub fn advance(&mut self) -> io::Result<bool> {
        if let Some(source) = self.source.take() {
            self.text = Some(unpack::text(source)?);
            self.buffer.resize(BUFFER_BYTES, 0);
        }
        self.begin = self.next;
        self.line = self.next_line;
        let Some((mut end, mut next)) = self.line_from(self.next) else {
            return self.broken.take().map_or(Ok(false), Err);
        };
        self.moment = match std::mem::replace(&mut self.ahead, Ahead::Unseen) {
            Ahead::Seen(moment) => moment,
            Ahead::Unseen => self.recogniser.recognise(&self.buffer[self.begin..end]),
        };
        self.timed |= self.moment.is_some();
        self.next_line += 1;
        self.trace = self.buffer[self.begin..end].starts_with(b"Traceback (");
        // What `line_from` shifts to the front moves the record, not its offsets from `begin`.
        while self.next_line - self.line < MAX_RECORD_LINES {
            let (length, after) = (end - self.begin, next - self.begin);
            let Some((line_end, line_next)) = self.line_from(next) else {
                (end, next) = (self.begin + length, self.begin + after);
                break;
            };
            next = self.begin + after;
            if line_end - self.begin > MAX_RECORD_BYTES {
                end = self.begin + length;
                break;
            }
            let moment = self.recogniser.recognise(&self.buffer[next..line_end]);
            if moment.is_some() || !self.continues(next, line_end) {
                end = self.begin + length;
                self.ahead = Ahead::Seen(moment);
                break;
            }
            (end, next) = (line_end, line_next);
            self.next_line += 1;
        }
        (self.end, self.next) = (end, next);
        while self.end > self.begin && matches!(self.buffer[self.end - 1], b'\n' | b'\r') {
            self.end -= 1;
        }
        if let Some(moment) = self.moment {
            self.last_at = Some(moment.at);
        }
        Ok(true)
    }

    /// The record that [`Records::advance`] went to.
    pub fn current(&self) -> Record<'_> {
        Record {
            text: &self.buffer[self.begin..self.end],
            line: self.line,
            at: self.last_at,
            own_time: self.moment.is_some(),
            zone_assumed: self.moment.is_some_and(|moment| moment.zone_assumed),
            message_at: self.moment.map_or(0, |moment| moment.end),
        }
    }

    /// The line that begins at `from`: its end without and with the line end. `None` at the end of the file.
    ///
    /// May move the bytes from `self.begin` on to the front of the buffer; `self.begin` is 0 then.
    fn line_from(&mut self, from: usize) -> Option<(usize, usize)> {
        let (mut from, mut searched) = (from, from);
        loop {
            if let Some(at) = memchr::memchr(b'\n', &self.buffer[searched..self.filled]) {
                let next = searched + at + 1;
                let end = if next - 1 > from && self.buffer[next - 2] == b'\r' { next - 2 } else { next - 1 };
                return Some((end, next));
            }
            let too_long = self.filled - from >= MAX_RECORD_BYTES;
            if self.ended || too_long {
                return (self.filled > from).then_some((self.filled, self.filled));
            }
            searched = self.filled;
            if self.filled == self.buffer.len() {
                let moved = self.make_room();
                (from, searched) = (from - moved, searched - moved);
            }
            let text = self.text.as_mut().expect("opened by `advance`");
            match text.read(&mut self.buffer[self.filled..]) {
                Ok(0) => self.ended = true,
                Ok(read) => self.filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => (self.broken, self.ended) = (Some(error), true),
            }
        }
    }

    /// Moves the bytes from the current record on to the front; grows the buffer when that gives little room.
    fn make_room(&mut self) -> usize {
        let moved = self.begin;
        self.buffer.copy_within(moved..self.filled, 0);
        self.filled -= moved;
        self.begin = 0;
        if self.buffer.len() - self.filled < BUFFER_BYTES / 4 {
            // A record and the line after it, which has to be looked at.
            let limit = 2 * MAX_RECORD_BYTES + BUFFER_BYTES;
            self.buffer.resize((self.buffer.len() * 2).min(limit).max(self.filled + 1), 0);
        }
        moved
    }

    /// Whether a line without a time belongs to the record before it.
    fn continues(&mut self, from: usize, to: usize) -> bool {
        let line = &self.buffer[from..to];
        let is_object = |line: &[u8]| line.first() == Some(&b'{') && line.last() == Some(&b'}');
        if is_object(line) {
            // JSON lines without a time; an object printed after a message is on lines of its own.
            return !self.buffer[self.begin..].starts_with(b"{") && self.timed;
        }
        if self.timed {
            return true;
        }
        // A file without times: what is set in, and the line that ends a Python trace.
        let set_in = line.is_empty()
            || matches!(line[0], b' ' | b'\t' | b'}' | b')' | b']')
            || [b"Caused by".as_slice(), b"at ", b"note: ", b"stack backtrace:"]
                .iter()
                .any(|word| line.starts_with(word));
        let ends_trace = self.trace && !set_in;
        self.trace &= set_in;
        set_in || ends_trace
    }
}
