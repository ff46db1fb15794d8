//! The logs side by side, the oldest record first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;

use jiff::Timestamp;

use super::Way;
use crate::bundle::Bundle;
use crate::logs::{self, Origin, Record, Records};

/// Logs that are read at the same time; each costs a decoder and a buffer, about 200 KiB.
const MAX_OPEN: usize = 128;
/// Logs that are unpacked ahead; each costs a thread and three pieces of text.
const MAX_AHEAD: usize = 16;
/// Records at the beginning of a log among which the first time is sought.
const MAX_BANNER_RECORDS: usize = 200;

/// Merges the records of all logs of a bundle.
pub(super) struct Merge<'b> {
    bundle: &'b Bundle,
    origin: Origin,
    names: Vec<&'b str>,
    /// Logs that are not begun yet, with their first time; the earliest last.
    waiting: Vec<(Timestamp, usize)>,
    open: Vec<Option<Source>>,
    open_count: usize,
    /// The next record of each open log but the current one.
    heap: BinaryHeap<Reverse<(Timestamp, usize)>>,
    current: Option<usize>,
    unreadable: Vec<usize>,
    ahead: bool,
}

struct Source {
    records: Records,
    /// The time of records before the first that has one.
    first_at: Timestamp,
}

impl Source {
    fn key(&self) -> Timestamp {
        self.records.current().at.unwrap_or(self.first_at)
    }
}

impl<'b> Merge<'b> {
    /// Looks for the first time of every log.
    pub(super) fn new(bundle: &'b Bundle, origin: Origin, way: Way<'_>) -> io::Result<Self> {
        let names: Vec<&str> = logs::logs_of(bundle).collect();
        let mut waiting = Vec::with_capacity(names.len());
        for (index, name) in names.iter().enumerate() {
            way.go_on()?;
            waiting.push((first_time(logs::open(bundle, name, &origin)?), index));
        }
        waiting.sort_by_key(|one| Reverse(*one));
        let open = names.iter().map(|_| None).collect();
        let heap = BinaryHeap::new();
        Ok(Self {
            bundle,
            origin,
            names,
            waiting,
            open,
            open_count: 0,
            heap,
            current: None,
            unreadable: Vec::new(),
            ahead: way.ahead,
        })
    }

    pub(super) fn logs(&self) -> u64 {
        self.names.len() as u64
    }

    pub(super) fn name(&self, source: usize) -> &'b str {
        self.names[source]
    }

    /// The record of the source that [`Merge::next`] named.
    pub(super) fn record(&self, source: usize) -> Record<'_> {
        self.open[source].as_ref().expect("a source that was named is open").records.current()
    }

    /// A log that broke off and was not named yet.
    pub(super) fn take_unreadable(&mut self) -> Option<usize> {
        self.unreadable.pop()
    }

    /// Goes on to the next record of all; `None` at the end of all logs.
    pub(super) fn next(&mut self) -> io::Result<Option<usize>> {
        if let Some(source) = self.current.take()
            && let Some(key) = self.advance(source)?
        {
            let own = (key, source);
            let due = self.waiting.last();
            match self.heap.peek_mut() {
                // It takes the place of the one that is next, which is cheaper than to come and to go.
                Some(mut next) if next.0 < own && due.is_none_or(|due| next.0 < *due) => {
                    let Reverse((_, next)) = std::mem::replace(&mut *next, Reverse(own));
                    self.current = Some(next);
                    return Ok(self.current);
                }
                Some(next) if next.0 < own => {}
                _ if due.is_none_or(|due| own <= *due) => {
                    self.current = Some(source);
                    return Ok(self.current);
                }
                _ => {}
            }
            self.heap.push(Reverse(own));
        }
        self.begin_due()?;
        self.current = self.heap.pop().map(|Reverse((_, source))| source);
        Ok(self.current)
    }

    /// Opens the logs whose time has come.
    fn begin_due(&mut self) -> io::Result<()> {
        while self.open_count < MAX_OPEN
            && let Some(&(first_at, source)) = self.waiting.last()
            && self.heap.peek().is_none_or(|Reverse(next)| (first_at, source) <= *next)
        {
            self.waiting.pop();
            let ahead = self.ahead && self.open_count < MAX_AHEAD;
            let open = if ahead { logs::open_ahead } else { logs::open };
            let records = open(self.bundle, self.names[source], &self.origin)?;
            self.open[source] = Some(Source { records, first_at });
            self.open_count += 1;
            if let Some(key) = self.advance(source)? {
                self.heap.push(Reverse((key, source)));
            }
        }
        Ok(())
    }

    /// The time of the next record of a source; closes it at its end.
    fn advance(&mut self, source: usize) -> io::Result<Option<Timestamp>> {
        let open = self.open[source].as_mut().expect("only open sources go on");
        let more = match open.records.advance() {
            Ok(more) => more,
            Err(error) if logs::is_damage(&error) => {
                self.unreadable.push(source);
                false
            }
            Err(error) => return Err(error),
        };
        if more {
            return Ok(Some(open.key()));
        }
        self.open[source] = None;
        self.open_count -= 1;
        Ok(None)
    }
}

/// The first time in a log; the beginning of all times when it has none, so that it comes first.
fn first_time(mut records: Records) -> Timestamp {
    for _ in 0..MAX_BANNER_RECORDS {
        if !records.advance().unwrap_or(false) {
            break;
        }
        if let Some(at) = records.current().at {
            return at;
        }
    }
    Timestamp::MIN
}
