//! All logs of a bundle as one, by time, in memory that does not depend on their size.
//!
//! Each log is read once, from front to back; the merge holds one record of each log whose time has come. What repeats
//! is folded, silence and storms are marked, and so is the moment that the person named.

mod fold;
mod marks;
mod merge;

use std::io;

use jiff::Timestamp;
use regex_automata::meta::Regex;

use self::fold::Fold;
use self::marks::Marks;
use self::merge::Merge;
use crate::bundle::Bundle;
use crate::logs::Origin;
use crate::progress::Progress;
use crate::stamp::Level;

/// Which records are shown; all by default.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only this level and above; a record without a level counts as [`Level::Info`].
    pub level: Option<Level>,
    /// Only from this time on.
    pub from: Option<Timestamp>,
    /// Only before this time.
    pub to: Option<Timestamp>,
    /// Only records in which this is found.
    pub grep: Option<Pattern>,
}

/// A regular expression that is sought in records, in the syntax of the `regex` crate.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

/// The text is no regular expression.
#[derive(Debug, thiserror::Error)]
#[error("not a regular expression")]
pub struct PatternError(#[source] Box<regex_automata::meta::BuildError>);

impl Pattern {
    /// The words as they stand there, in whatever case.
    ///
    /// # Errors
    /// When they are far too long.
    pub fn words(words: &str) -> Result<Self, PatternError> {
        let mut escaped = String::from("(?i)");
        for c in words.chars() {
            if c.is_ascii_punctuation() {
                escaped.push('\\');
            }
            escaped.push(c);
        }
        escaped.parse()
    }
}

impl std::str::FromStr for Pattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let config = Regex::config().nfa_size_limit(Some(10 << 20)).hybrid_cache_capacity(16 << 20);
        let syntax = regex_automata::util::syntax::Config::new().utf8(false);
        let built = Regex::builder().configure(config.utf8_empty(false)).syntax(syntax).build(text);
        built.map(Self).map_err(|error| PatternError(Box::new(error)))
    }
}

/// One line of the timeline.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Item<'a> {
    /// A record, and how often it was repeated.
    Record(Shown<'a>),
    /// No log said anything from one time to the other, and that is unusual.
    Gap {
        /// The last record before.
        from: Timestamp,
        /// The first record after.
        to: Timestamp,
    },
    /// Many more records than usual follow.
    Burst {
        /// Since when.
        at: Timestamp,
        /// How many there were in ten seconds when it was noticed.
        records: u64,
        /// How many there usually are in ten seconds.
        usual: u64,
    },
    /// It happened here, says the person who reports.
    Incident {
        /// When.
        at: Timestamp,
    },
    /// The rest of a log cannot be read: its packed bytes are damaged.
    Unreadable {
        /// The entry.
        file: &'a str,
    },
}

/// A record of the timeline. Its text is a stranger's: neutralise it before showing it.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// When it was written; absent when its log has no times.
    pub at: Option<Timestamp>,
    /// When it was written last, if it was repeated.
    pub until: Option<Timestamp>,
    /// How often it came, one after another from the same log with the same signature.
    pub repeats: u64,
    /// The entry of the bundle.
    pub file: &'a str,
    /// Number of its first line there, from 1.
    pub line: u64,
    /// How important it says it is.
    pub level: Option<Level>,
    /// Its lines.
    pub text: &'a [u8],
    /// Index in `text` of the first byte after the time; 0 when there is no time before the message.
    pub message_at: usize,
    /// Whether it is older than what stands before it: its clock went back, or its log is out of order.
    pub out_of_order: bool,
    /// Whether its time has no offset from UTC, so that the zone of the machine was assumed.
    pub zone_assumed: bool,
}

/// What was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Logs.
    pub logs: u64,
    /// Records in them.
    pub records: u64,
    /// Records that the filter let through, each repetition counted.
    pub shown: u64,
    /// Bytes of text in them.
    pub bytes: u64,
}

/// As [`read`], and threads of their own unpack the logs ahead of it: sooner done on a machine that has nothing else to do.
///
/// # Errors
/// As [`read`].
pub fn read_ahead(
    bundle: &Bundle,
    filter: &Filter,
    each: &mut dyn FnMut(Item<'_>) -> io::Result<()>,
) -> io::Result<Totals> {
    walk(bundle, filter, Way { ahead: true, progress: &Progress::new() }, each)
}

/// As [`read`], and ends when `progress` is cancelled, wherever it is in the logs.
///
/// # Errors
/// As [`read`]; `Interrupted` when it was cancelled.
pub fn read_while(
    bundle: &Bundle,
    filter: &Filter,
    progress: &Progress,
    each: &mut dyn FnMut(Item<'_>) -> io::Result<()>,
) -> io::Result<Totals> {
    walk(bundle, filter, Way { ahead: false, progress }, each)
}

/// Reads the timeline of a bundle and hands each line of it to `each`.
///
/// Holds at most 128 logs open; where more overlap, the later ones come late and say so.
///
/// # Errors
/// What the disk says, and what `each` returns.
pub fn read(
    bundle: &Bundle,
    filter: &Filter,
    each: &mut dyn FnMut(Item<'_>) -> io::Result<()>,
) -> io::Result<Totals> {
    walk(bundle, filter, Way { ahead: false, progress: &Progress::new() }, each)
}

/// How it is read.
#[derive(Clone, Copy)]
struct Way<'a> {
    /// Whether logs are unpacked by threads of their own.
    ahead: bool,
    progress: &'a Progress,
}

fn walk(
    bundle: &Bundle,
    filter: &Filter,
    way: Way<'_>,
    each: &mut dyn FnMut(Item<'_>) -> io::Result<()>,
) -> io::Result<Totals> {
    let occurred_at = bundle.report().ok().and_then(|report| report.occurred_at);
    let mut merge = Merge::new(bundle, Origin::of(bundle), way)?;
    let mut marks = Marks::new(occurred_at);
    let mut fold = Fold::new();
    let mut totals = Totals { logs: merge.logs(), ..Totals::default() };
    let mut newest = Timestamp::MIN;
    while let Some(source) = merge.next()? {
        while let Some(file) = merge.take_unreadable() {
            fold.flush(&merge, each)?;
            each(Item::Unreadable { file: merge.name(file) })?;
        }
        if totals.records.is_multiple_of(RECORDS_A_LOOK) {
            way.go_on()?;
        }
        let record = merge.record(source);
        totals.records += 1;
        totals.bytes += record.text.len() as u64;
        let out_of_order = record.at.is_some_and(|at| at < newest);
        if let Some(at) = record.at
            && !out_of_order
        {
            newest = at;
            if let Some(found) = marks.at(at) {
                fold.flush(&merge, each)?;
                for item in found.into_iter().flatten().filter(|item| in_range(filter, item)) {
                    each(item)?;
                }
            }
        }
        let in_time = record
            .at
            .is_none_or(|at| filter.from.is_none_or(|from| at >= from) && filter.to.is_none_or(|to| at < to))
            && (record.at.is_some() || (filter.from.is_none() && filter.to.is_none()));
        if !in_time || filter.level.is_some_and(|level| record.level().unwrap_or(Level::Info) < level) {
            continue;
        }
        if filter.grep.as_ref().is_some_and(|pattern| !pattern.0.is_match(record.text)) {
            continue;
        }
        totals.shown += 1;
        fold.push(&merge, source, out_of_order, each)?;
    }
    fold.flush(&merge, each)?;
    while let Some(file) = merge.take_unreadable() {
        each(Item::Unreadable { file: merge.name(file) })?;
    }
    Ok(totals)
}

/// Records between two looks at whether it was cancelled.
const RECORDS_A_LOOK: u64 = 256;

impl Way<'_> {
    fn go_on(self) -> io::Result<()> {
        self.progress.checkpoint().map_err(|_| io::ErrorKind::Interrupted.into())
    }
}

fn in_range(filter: &Filter, item: &Item<'_>) -> bool {
    let at = match item {
        Item::Gap { to, .. } => *to,
        Item::Burst { at, .. } | Item::Incident { at } => *at,
        Item::Record(_) | Item::Unreadable { .. } => return true,
    };
    filter.from.is_none_or(|from| at >= from) && filter.to.is_none_or(|to| at < to)
}

#[cfg(test)]
mod tests;
