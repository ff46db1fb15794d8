//! How important a record says it is, in one scale for all loggers.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::json;

/// The importance of a record, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Every step.
    Trace,
    /// For developers.
    Debug,
    /// As it should be.
    Info,
    /// Something to look at.
    Warn,
    /// Something failed.
    Error,
    /// The program cannot go on.
    Fatal,
}

impl Level {
    /// All levels, the least first.
    pub const ALL: [Self; 6] = [Self::Trace, Self::Debug, Self::Info, Self::Warn, Self::Error, Self::Fatal];

    /// The word in JSON and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Trace => "trace",
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
            Self::Fatal => "fatal",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The word is no level.
#[derive(Debug, thiserror::Error)]
#[error("not a level: use trace, debug, info, warn, error or fatal")]
pub struct ParseLevelError;

impl FromStr for Level {
    type Err = ParseLevelError;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        of_word(word.as_bytes()).ok_or(ParseLevelError)
    }
}

/// Reads the level of a record's first line. `from` is where its time ends.
///
/// In capitals a level counts wherever it stands near the beginning; in small letters only in brackets, between bars,
/// before a colon or after `level=`: `error` is an ordinary word too.
pub fn level(line: &[u8], from: usize) -> Option<Level> {
    if line.first() == Some(&b'{') {
        let value =
            json::value(line, &["level", "levelname", "severity", "lvl", "log.level", "@l", "loglevel"])?;
        return of_word(value).or_else(|| of_number(value));
    }
    if from >= 5 && matches!(line[0], b'I' | b'W' | b'E' | b'F') && line[1..5].iter().all(u8::is_ascii_digit)
    {
        return Some(match line[0] {
            b'I' => Level::Info,
            b'W' => Level::Warn,
            b'E' => Level::Error,
            _ => Level::Fatal,
        });
    }
    let named = near(line, from.min(line.len()), 96);
    if named.is_some() || from == 0 {
        return named;
    }
    // A level before the time, or the number of syslog.
    near(line, 0, from).or_else(|| of_priority(line))
}

/// The first word that is a level among those that begin in `length` bytes from `from`.
fn near(line: &[u8], from: usize, length: usize) -> Option<Level> {
    let head = &line[from..line.len().min(from.saturating_add(length))];
    let mut at = 0;
    while at < head.len() {
        if !head[at].is_ascii_alphabetic() {
            at += 1;
            continue;
        }
        let begin = at;
        while at < head.len() && (head[at].is_ascii_alphanumeric() || head[at] == b'_') {
            at += 1;
        }
        let word = &head[begin..at];
        if !(3..=11).contains(&word.len()) {
            continue;
        }
        let before = begin.checked_sub(1).map(|index| head[index]);
        // Part of a longer name, like `error.rs` or `on-error`.
        if matches!(before, Some(b'.' | b'/' | b'-' | b'\'')) {
            continue;
        }
        let after = head.get(at).copied().or_else(|| line.get(from + at).copied());
        let capitals = word.iter().all(u8::is_ascii_uppercase);
        let marked =
            matches!((before, after), (Some(b'['), Some(b']' | b' ')) | (Some(b'|' | b' '), Some(b'|')))
                || (after == Some(b':') && head[..begin].iter().all(|byte| !byte.is_ascii_alphabetic()))
                || (before == Some(b'=') && matches!(head[..begin - 1].last(), Some(b'l')));
        if (capitals || marked)
            && let Some(level) = of_word(word)
        {
            return Some(level);
        }
    }
    None
}

/// The level that a word names, in any spelling of letters.
pub(super) fn of_word(word: &[u8]) -> Option<Level> {
    let mut small = [0; 11];
    let small = small.get_mut(..word.len())?;
    small.copy_from_slice(word);
    small.make_ascii_lowercase();
    Some(match &*small {
        b"trace" | b"trc" | b"verbose" | b"vrb" | b"finest" | b"finer" => Level::Trace,
        b"debug" | b"dbg" | b"debg" | b"fine" | b"config" => Level::Debug,
        b"info" | b"inf" | b"information" | b"notice" | b"success" => Level::Info,
        b"warn" | b"warning" | b"wrn" => Level::Warn,
        b"error" | b"err" | b"eror" | b"severe" => Level::Error,
        b"fatal" | b"ftl" | b"critical" | b"crit" | b"crt" | b"alert" | b"emerg" | b"panic" => Level::Fatal,
        _ => return None,
    })
}

/// The numbers of pino and bunyan (10 to 60) and of Python (10 to 50) mean the same but for the first.
fn of_number(text: &[u8]) -> Option<Level> {
    Some(match text {
        b"10" => Level::Trace,
        b"20" => Level::Debug,
        b"30" => Level::Info,
        b"40" => Level::Warn,
        b"50" => Level::Error,
        b"60" => Level::Fatal,
        _ => return None,
    })
}

/// RFC 5424, section 6.2.1: the severity is the last octal digit of the priority.
fn of_priority(line: &[u8]) -> Option<Level> {
    let digits = line.strip_prefix(b"<")?;
    let end = memchr::memchr(b'>', digits).filter(|end| *end <= 3)?;
    let priority: u8 = std::str::from_utf8(&digits[..end]).ok()?.parse().ok()?;
    Some(match priority % 8 {
        0..=2 => Level::Fatal,
        3 => Level::Error,
        4 => Level::Warn,
        5 | 6 => Level::Info,
        _ => Level::Debug,
    })
}
