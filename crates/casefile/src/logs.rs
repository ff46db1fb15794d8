//! The logs inside a bundle: which entries are logs, their text, and their records.
//!
//! A record is what one call of a logger wrote: a line with a time, and the lines that belong to it, such as a stack
//! trace. [`Records`] keeps them whole; a cut never halves one.

mod ahead;
mod records;
mod unpack;

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

pub use self::records::{MAX_RECORD_BYTES, Record, Records};
pub(crate) use self::unpack::MAX_UNPACKED_BYTES;
use crate::bundle::Bundle;
use crate::stamp::Recogniser;

/// Names the logs of a bundle that are not empty, sorted: all of `logs/` and `crash/`, and of `monitoring/` what is written line by line.
pub fn logs_of(bundle: &Bundle) -> impl Iterator<Item = &str> {
    let stored = bundle.manifest().entries.iter().filter(|entry| entry.status.is_stored() && entry.bytes > 0);
    stored.map(|entry| entry.name.as_str()).filter(|name| is_log(name))
}

/// Whether an entry of this name is a log of a bundle.
pub(crate) fn is_log(name: &str) -> bool {
    const LINES: [&str; 6] = ["log", "txt", "jsonl", "ndjson", "csv", "out"];
    match name.split('/').next() {
        Some("logs" | "crash") => is_text(name),
        Some("monitoring") => LINES.iter().any(|known| known.eq_ignore_ascii_case(extension(name))),
        _ => false,
    }
}

/// Whether a file of this name may be a log: it is not by its ending something else.
pub fn is_text(name: &str) -> bool {
    const NO_TEXT: [&str; 8] = ["dmp", "zip", "png", "jpg", "jpeg", "db", "sqlite", "json"];
    !NO_TEXT.iter().any(|known| known.eq_ignore_ascii_case(extension(name)))
}

/// The ending of a name, without that of the packing.
fn extension(name: &str) -> &str {
    let inner = name.strip_suffix(".gz").unwrap_or(name);
    inner.rsplit('/').next().unwrap_or(inner).rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// What the times of a bundle's logs are read with: the zone of the machine that wrote them and the time of sealing.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The zone for lines without an offset from UTC; UTC when the bundle does not name one.
    pub zone: TimeZone,
    /// No record is later.
    pub sealed_at: Timestamp,
}

impl Origin {
    /// Reads them from the bundle.
    pub fn of(bundle: &Bundle) -> Self {
        let report = bundle.report().ok();
        let system = report.as_ref().and_then(|report| report.system.as_ref());
        let zone = system.and_then(|system| system.get("time_zone")).and_then(Value::as_str);
        Self::in_zone(zone.unwrap_or_default(), bundle.manifest().sealed_at)
    }

    /// The zone by its name; UTC when nobody knows it.
    pub(crate) fn in_zone(name: &str, sealed_at: Timestamp) -> Self {
        Self { zone: TimeZone::get(name).unwrap_or(TimeZone::UTC), sealed_at }
    }

    /// The recogniser for one file.
    pub fn recogniser(&self, name: &str) -> Recogniser {
        Recogniser::new(self.zone.clone(), self.sealed_at).named(name)
    }
}

/// Begins to read the records of one log.
///
/// # Errors
/// `NotFound` when the bundle has no such entry; otherwise what the disk says.
pub fn open(bundle: &Bundle, name: &str, origin: &Origin) -> std::io::Result<Records> {
    Ok(Records::new(Box::new(bundle.read(name)?), origin.recogniser(name)))
}

/// As [`open`], unpacked by a thread of its own, some pieces ahead of who reads.
///
/// # Errors
/// As [`open`], and when the system gives no thread.
pub(crate) fn open_ahead(bundle: &Bundle, name: &str, origin: &Origin) -> std::io::Result<Records> {
    let source = ahead::Ahead::new(Box::new(bundle.read(name)?))?;
    Ok(Records::new(Box::new(source), origin.recogniser(name)))
}

/// What a decoder says of damaged bytes, as opposed to what the disk says.
pub(crate) fn is_damage(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    matches!(error.kind(), InvalidData | InvalidInput | UnexpectedEof)
}

/// The text of a record; bytes that are not UTF-8 are replaced.
pub fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    // `from_utf8_lossy` alone looks at each byte by itself, also where all is well.
    str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// A text of a bundle on one line, for people: control and direction characters become visible, so that a bundle cannot
/// move the cursor, change colours or disguise a line.
pub fn push_plain(out: &mut String, text: &str) {
    // Nearly all text is plain; it is copied as it is.
    let is_plain = |part: &[u8]| part.iter().fold(true, |plain, byte| plain & (0x20..0x7f).contains(byte));
    if text.as_bytes().chunks(128).all(is_plain) {
        out.push_str(text);
        return;
    }
    for c in text.chars() {
        match c {
            '\t' => out.push(' '),
            c if c.is_control() || is_invisible(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

/// Marks of direction and joiners, which show nothing and change what is shown.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{61c}')
}

#[cfg(test)]
mod tests;
