//! When a line of a log says that it was written, and how important it says it is.
//!
//! [`stamp`] reads one line by itself. A [`Recogniser`] reads the lines of one file and settles what a single line
//! leaves open: the zone, the year, the day, and whether `03/04/2026` is in March or in April.
//!
//! ```
//! use casefile::stamp::Recogniser;
//! use jiff::{Timestamp, tz::TimeZone};
//!
//! let sealed_at: Timestamp = "2026-11-24T12:00:00Z".parse()?;
//! let mut file = Recogniser::new(TimeZone::get("Europe/Warsaw")?, sealed_at);
//! let freqtrade = file.recognise(b"2026-11-24 10:00:00,123 - freqtrade.worker - INFO - Bot heartbeat").unwrap();
//! assert_eq!(freqtrade.at, "2026-11-24T09:00:00.123Z".parse()?);
//! assert!(file.recognise(b"  File \"worker.py\", line 12, in run").is_none());
//! # Ok::<_, jiff::Error>(())
//! ```
//!
//! The module stands on nothing else of this crate. Times are read by hand, in tens of nanoseconds, because every
//! line of gigabytes is asked; what is read is checked by the calendar of `jiff`.

mod again;
mod civil;
mod json;
mod level;
mod recogniser;

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};

pub use self::level::{Level, level};
pub use self::recogniser::{Moment, Recogniser};

/// What one line says of its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The time, as far as the line alone tells it.
    pub reading: Reading,
    /// Index of the first byte after it; 0 when it stands inside a JSON object.
    pub end: usize,
}

/// How much of a time a line tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reading {
    /// All of it.
    Instant(Timestamp),
    /// Date and time of day somewhere on Earth.
    Civil(DateTime),
    /// As [`Reading::Civil`] with month and day in the American order; it can be meant the other way round.
    MonthOrDayFirst(DateTime),
    /// Month, day and time of day; the year is a placeholder.
    WithoutYear(DateTime),
    /// The time of day.
    TimeOfDay(Time),
}

/// Reads the time of a line that begins with one, if need be after a bracket, a level or the name of a container, or
/// that is a JSON object with a key for it.
///
/// Known are ISO 8601 in its everyday forms (Python and log4j with a comma, .NET, Go, tracing, `env_logger`), seconds,
/// milli-, micro- and nanoseconds since 1970, syslog (RFC 3164 and 5424), Apache, Java, glog, logfmt, `MetaTrader`,
/// dates with dots and slashes, a time of day alone, and the JSON lines of tracing, zap, pino, structlog and Serilog.
pub fn stamp(line: &[u8]) -> Option<Stamp> {
    let first = *line.first()?;
    // Nearly every line of nearly every log begins with a digit of its year.
    if first.is_ascii_digit()
        && let Some(found) = at(line, 0)
    {
        return Some(found);
    }
    if first == b'{' {
        return json::reading(line).map(|reading| Stamp { reading, end: 0 });
    }
    prefixes(line).into_iter().flatten().find_map(|start| at(line, start))
}

/// Reads a time that begins at `start`.
fn at(line: &[u8], start: usize) -> Option<Stamp> {
    let (reading, length) = civil::reading(&line[start..])?;
    let mut end = start + length;
    if start > 0 && matches!(line.get(end), Some(b']' | b')' | b'"')) {
        end += 1;
    }
    Some(Stamp { reading, end })
}

/// Where a time may begin when it does not begin the line.
fn prefixes(line: &[u8]) -> [Option<usize>; 4] {
    let after_mark = line.strip_prefix(b"\xef\xbb\xbf").map_or(0, |_| 3);
    let rest = &line[after_mark..];
    let opened = match rest.first() {
        Some(b'[' | b'(' | b'"') => after_mark + 1,
        _ => after_mark,
    };
    [Some(opened), after_priority(line), after_word(rest).map(|at| after_mark + at), after_key(line)]
}

/// `<34>1 2026-…` and `<34>Nov 24 …` of syslog.
fn after_priority(line: &[u8]) -> Option<usize> {
    let rest = line.strip_prefix(b"<")?;
    let digits = rest.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    let after = rest.get(digits..)?.strip_prefix(b">")?;
    let at = line.len() - after.len();
    (digits > 0).then(|| at + if after.starts_with(b"1 ") { 2 } else { 0 })
}

/// A level before the time (`[INFO ] [2026-…`, `WARN 2026-…`), the name of a container (`bot_1  | 2026-…`), the
/// source column of a `MetaTrader` journal (`QS\t0\t10:00:00.123`).
fn after_word(line: &[u8]) -> Option<usize> {
    const MAX_BYTES: usize = 40;
    let head = &line[..line.len().min(MAX_BYTES)];
    if let Some(bar) = memchr::memchr(b'|', head)
        && head[..bar].iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ')
        && !head[..bar].contains(&b':')
    {
        return Some(bar + 1 + head[bar + 1..].iter().take_while(|byte| **byte == b' ').count());
    }
    let mut columns = head.split(|byte| *byte == b'\t');
    if let (Some(source), Some(kind), Some(_)) = (columns.next(), columns.next(), columns.next())
        && source.len() <= 4
        && kind.len() == 1
        && kind[0].is_ascii_digit()
    {
        return Some(source.len() + kind.len() + 2);
    }
    let open = usize::from(head.first() == Some(&b'['));
    let word = head[open..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    level::of_word(&head[open..open + word])?;
    let mut at = open + word;
    while let Some(b' ' | b']' | b'[' | b':' | b'-' | b'\t') = head.get(at) {
        at += 1;
    }
    Some(at)
}

/// `time=2026-…`, `ts=…` of logfmt, the first thing on the line or after the level.
fn after_key(line: &[u8]) -> Option<usize> {
    let key = |text: &[u8]| {
        [b"time=".as_slice(), b"ts=", b"t=", b"timestamp="]
            .into_iter()
            .find(|key| text.starts_with(key))
            .map(<[u8]>::len)
    };
    let start = match key(line) {
        Some(length) => length,
        None if line.starts_with(b"level=") || line.starts_with(b"lvl=") => {
            let space = memchr::memchr(b' ', line)? + 1;
            space + key(&line[space..])?
        }
        None => return None,
    };
    Some(start + usize::from(line.get(start) == Some(&b'"')))
}

#[cfg(test)]
mod tests;
