//! The time and the level of a record that is one JSON object on one line.

use jiff::{SignedDuration, Timestamp};

use super::{Reading, civil};

/// Keys that hold the time of a record, in the spelling of the loggers that write them.
const TIME_KEYS: [&str; 14] = [
    "timestamp",
    "time",
    "ts",
    "@timestamp",
    "@t",
    "datetime",
    "asctime",
    "date",
    "at",
    "t",
    "created_at",
    "created",
    "eventTime",
    "logged_at",
];

/// Reads the time of a JSON object, whichever of its own keys holds it.
pub(super) fn reading(line: &[u8]) -> Option<Reading> {
    let mut fields = Fields::new(line);
    while let Some((key, value)) = fields.next() {
        if TIME_KEYS.iter().any(|known| known.as_bytes() == key)
            && let Some(reading) = of_value(value)
        {
            return Some(reading);
        }
    }
    None
}

/// The value of a key of the object itself, without the quotes of a text; escapes stay.
pub(super) fn value<'a>(line: &'a [u8], keys: &[&str]) -> Option<&'a [u8]> {
    let mut fields = Fields::new(line);
    while let Some((key, value)) = fields.next() {
        if keys.iter().any(|known| known.as_bytes() == key) {
            return Some(
                value.strip_prefix(b"\"").map_or(value, |text| text.strip_suffix(b"\"").unwrap_or(text)),
            );
        }
    }
    None
}

fn of_value(value: &[u8]) -> Option<Reading> {
    match value.first()? {
        b'"' => {
            let text = value[1..].strip_suffix(b"\"")?;
            civil::reading(text).map(|(reading, _)| reading)
        }
        b'0'..=b'9' => of_number(value).map(Reading::Instant),
        _ => None,
    }
}

/// Seconds, milli-, micro- or nanoseconds since 1970, told apart by their size; the first two may have a fraction.
fn of_number(text: &[u8]) -> Option<Timestamp> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let whole: i64 = std::str::from_utf8(&text[..digits]).ok()?.parse().ok()?;
    let instant = civil::of_epoch(whole, digits)?;
    match text.get(digits) {
        None => Some(instant),
        Some(b'.') => {
            let fraction: f64 = std::str::from_utf8(&text[digits..]).ok()?.parse().ok()?;
            let unit_seconds = match digits {
                10 => 1.0,
                13 => 1e-3,
                _ => 0.0,
            };
            instant.checked_add(SignedDuration::try_from_secs_f64(fraction * unit_seconds).ok()?).ok()
        }
        Some(_) => None,
    }
}

/// The fields of an object, one after another; what is inside a value is passed over.
struct Fields<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Fields<'a> {
    fn new(text: &'a [u8]) -> Self {
        Self { text, at: 1 }
    }

    fn next(&mut self) -> Option<(&'a [u8], &'a [u8])> {
        self.skip(b" \t,");
        let key = self.string()?;
        self.skip(b" \t");
        if self.text.get(self.at) != Some(&b':') {
            return None;
        }
        self.at += 1;
        self.skip(b" \t");
        let begin = self.at;
        match self.text.get(self.at)? {
            b'"' => {
                self.string()?;
            }
            b'{' | b'[' => self.nested()?,
            _ => {
                while !matches!(self.text.get(self.at)?, b',' | b'}' | b' ') {
                    self.at += 1;
                }
            }
        }
        Some((&key[1..key.len() - 1], &self.text[begin..self.at]))
    }

    fn skip(&mut self, bytes: &[u8]) {
        while self.text.get(self.at).is_some_and(|byte| bytes.contains(byte)) {
            self.at += 1;
        }
    }

    /// A string with its quotes.
    fn string(&mut self) -> Option<&'a [u8]> {
        let begin = self.at;
        if self.text.get(begin) != Some(&b'"') {
            return None;
        }
        self.at += 1;
        loop {
            self.at += memchr::memchr2(b'"', b'\\', &self.text[self.at..])?;
            if self.text[self.at] == b'"' {
                self.at += 1;
                return Some(&self.text[begin..self.at]);
            }
            self.at += 2;
            if self.at > self.text.len() {
                return None;
            }
        }
    }

    /// Passes over an object or an array, however deep.
    fn nested(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.text.get(self.at)? {
                b'"' => {
                    self.string()?;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return Some(());
            }
        }
    }
}
