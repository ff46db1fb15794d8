//! The times of one file.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::again::Again;
use super::{Reading, Stamp, stamp};

/// Reads the times of the lines of one file, in their order.
#[derive(Debug, Clone)]
pub struct Recogniser {
    zone: TimeZone,
    written_by: Timestamp,
    /// The day for times of day: of the file's name, or of the last line that had one.
    day: Option<Date>,
    last_time: Option<Time>,
    day_first: bool,
    /// The offset of the zone in one hour of civil time, because asking the zone costs more than reading the line.
    cached: Option<(Date, i8, Offset)>,
    /// How the last line that began with a time began.
    again: Option<Again>,
}

/// When a line was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The instant.
    pub at: Timestamp,
    /// Index of the first byte after the time; 0 when it stands inside a JSON object.
    pub end: usize,
    /// Whether the line has no offset from UTC and the zone of the machine was assumed.
    pub zone_assumed: bool,
}

/// A clock may be wrong by this much before a time is taken to lie in another year.
const SLACK: SignedDuration = SignedDuration::from_hours(24);

impl Recogniser {
    /// Begins a file. `zone` is that of the machine that wrote it, for lines without an offset; `written_by` is when the
    /// file was last written or collected, for lines without a year or a day.
    pub fn new(zone: TimeZone, written_by: Timestamp) -> Self {
        Self { zone, written_by, day: None, last_time: None, day_first: false, cached: None, again: None }
    }

    /// Takes the day for lines that have only a time of day from the file's name, if the name has one:
    /// `20261124.log`, `bot-2026-11-24.log`.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        self.day = day_in(name.rsplit('/').next().unwrap_or(name));
        self
    }

    /// Tells when a line was written, if it says so.
    pub fn recognise(&mut self, line: &[u8]) -> Option<Moment> {
        if let Some(moment) = self.again.and_then(|again| again.read(line)) {
            return Some(moment);
        }
        let moment = self.recognise_with_care(line)?;
        // In the hour of a change of clocks the next line of the same minute can have another offset.
        let is_steady = !moment.zone_assumed || self.cached.is_some();
        self.again = is_steady.then(|| Again::of(line, &moment)).flatten();
        Some(moment)
    }

    fn recognise_with_care(&mut self, line: &[u8]) -> Option<Moment> {
        let Stamp { reading, end } = stamp(line)?;
        let (at, zone_assumed) = match reading {
            Reading::Instant(at) => return Some(Moment { at, end, zone_assumed: false }),
            Reading::Civil(civil) => {
                if civil.day() > 12 && slashed(line) {
                    self.day_first |= day_stands_first(line, civil.day());
                }
                (self.instant(civil)?, true)
            }
            Reading::MonthOrDayFirst(civil) => {
                let civil = if self.day_first { swapped(civil)? } else { civil };
                (self.instant(civil)?, true)
            }
            Reading::WithoutYear(civil) => (self.with_year(civil)?, true),
            Reading::TimeOfDay(time) => (self.on_a_day(time)?, true),
        };
        Some(Moment { at, end, zone_assumed })
    }

    fn instant(&mut self, civil: DateTime) -> Option<Timestamp> {
        let (date, hour) = (civil.date(), civil.hour());
        if let Some((cached_date, cached_hour, offset)) = self.cached
            && (cached_date, cached_hour) == (date, hour)
        {
            return offset.to_timestamp(civil).ok();
        }
        let ambiguous = self.zone.to_ambiguous_timestamp(civil);
        let unambiguous = !ambiguous.is_ambiguous();
        let at = ambiguous.compatible().ok()?;
        // The hour of a change of clocks has two offsets: it is asked line by line.
        let same_all_hour = unambiguous
            && [0, 59].into_iter().all(|minute| {
                let edge = DateTime::from_parts(date, Time::constant(hour, minute, minute, 0));
                let edge = self.zone.to_ambiguous_timestamp(edge);
                !edge.is_ambiguous()
                    && edge
                        .compatible()
                        .is_ok_and(|edge| self.zone.to_offset(edge) == self.zone.to_offset(at))
            });
        self.cached = same_all_hour.then(|| (date, hour, self.zone.to_offset(at)));
        Some(at)
    }

    /// The latest year in which the line is not from the future.
    fn with_year(&mut self, civil: DateTime) -> Option<Timestamp> {
        let limit = self.written_by.checked_add(SLACK).unwrap_or(Timestamp::MAX);
        let year = self.zone.to_datetime(self.written_by).year();
        (0..=4).find_map(|back| {
            let date = Date::new(year - back, civil.month(), civil.day()).ok()?;
            self.instant(DateTime::from_parts(date, civil.time())).filter(|at| *at <= limit)
        })
    }

    /// The day goes on when the time of day falls back by more than half a day.
    fn on_a_day(&mut self, time: Time) -> Option<Timestamp> {
        const HALF_DAY_SECONDS: i32 = 12 * 3600;
        let seconds = |time: Time| {
            i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60 + i32::from(time.second())
        };
        let written_by = self.zone.to_datetime(self.written_by);
        let mut day = match self.day {
            Some(day) => day,
            None if time > written_by.time() => written_by.date().yesterday().ok()?,
            None => written_by.date(),
        };
        if self.last_time.is_some_and(|last| seconds(last) - seconds(time) > HALF_DAY_SECONDS) {
            day = day.tomorrow().ok()?;
        }
        (self.day, self.last_time) = (Some(day), Some(time));
        self.instant(DateTime::from_parts(day, time))
    }
}

/// Whether the date at the beginning of the line has slashes.
fn slashed(line: &[u8]) -> bool {
    line.iter().take(8).any(|byte| *byte == b'/') && !line.iter().take(4).all(u8::is_ascii_digit)
}

fn day_stands_first(line: &[u8], day: i8) -> bool {
    let digits: Vec<u8> = line
        .iter()
        .skip_while(|byte| !byte.is_ascii_digit())
        .take_while(|byte| byte.is_ascii_digit())
        .copied()
        .collect();
    std::str::from_utf8(&digits).is_ok_and(|digits| digits.parse() == Ok(day))
}

fn swapped(civil: DateTime) -> Option<DateTime> {
    let date = Date::new(civil.year(), civil.day(), civil.month()).ok()?;
    Some(DateTime::from_parts(date, civil.time()))
}

/// The day that a file's name tells.
pub(super) fn day_in(name: &str) -> Option<Date> {
    let bytes = name.as_bytes();
    (0..bytes.len()).find_map(|at| {
        let begins = at == 0 || !bytes[at - 1].is_ascii_digit();
        let text = name.get(at..).filter(|_| begins)?;
        let parsed = |digits: [&str; 3]| {
            let [year, month, day] = digits;
            let year = year.parse().ok().filter(|year| (1990..2100).contains(year))?;
            Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
        };
        let separated = text.as_bytes().get(4).is_some_and(|byte| matches!(byte, b'-' | b'_' | b'.'));
        let (digits, length) = if separated {
            ([text.get(..4)?, text.get(5..7)?, text.get(8..10)?], 10)
        } else {
            ([text.get(..4)?, text.get(4..6)?, text.get(6..8)?], 8)
        };
        let ends = !text.as_bytes().get(length).is_some_and(u8::is_ascii_digit);
        parsed(digits).filter(|_| ends)
    })
}
