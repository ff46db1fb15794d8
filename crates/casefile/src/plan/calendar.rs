//! When a clock runs: always, or in the hours of a business calendar.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// When a clock of the support plan runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Calendar {
    /// Day and night: a day is 24 hours.
    Always,
    /// Only inside these hours.
    Windows(Hours),
}

/// The hours of one civil day, on some weekdays, except on holidays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    pub(super) zone: TimeZone,
    pub(super) opens: Time,
    pub(super) closes: Time,
    /// Monday first.
    pub(super) weekdays: [bool; 7],
    /// Sorted.
    pub(super) holidays: Vec<Date>,
}

/// A calendar whose windows are further apart than this has no window left at all.
const MAX_DAYS: usize = 5_000;

impl Calendar {
    /// The earliest instant at which a clock started at `from` has run for `target`.
    ///
    /// `None` when that lies beyond the range of time stamps, or the calendar never opens again.
    pub fn due(&self, from: Timestamp, target: SignedDuration) -> Option<Timestamp> {
        match self {
            Self::Always => from.checked_add(target).ok(),
            // Also while it is closed: it has run for nothing already.
            Self::Windows(_) if target.is_zero() => Some(from),
            Self::Windows(hours) => {
                let mut left = target;
                for (opens, closes) in hours.windows_from(from) {
                    let begin = opens.max(from);
                    let room = closes.duration_since(begin);
                    if left <= room {
                        return begin.checked_add(left).ok();
                    }
                    left -= room;
                }
                None
            }
        }
    }

    /// How long a clock runs between two instants; zero when they are in the wrong order.
    pub fn running(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        if to <= from {
            return SignedDuration::ZERO;
        }
        match self {
            Self::Always => to.duration_since(from),
            Self::Windows(hours) => hours
                .windows_from(from)
                .take_while(|(opens, _)| *opens < to)
                .map(|(opens, closes)| closes.min(to).duration_since(opens.max(from)))
                .sum(),
        }
    }

    /// Whether the calendar is open at this instant.
    pub fn is_open(&self, at: Timestamp) -> bool {
        match self {
            Self::Always => true,
            Self::Windows(hours) => hours.windows_from(at).next().is_some_and(|(opens, _)| opens <= at),
        }
    }

    /// When it closes, if it is open at this instant and closes at all.
    pub fn closes_at(&self, at: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Always => None,
            Self::Windows(hours) => {
                hours.windows_from(at).next().filter(|(opens, _)| *opens <= at).map(|(_, closes)| closes)
            }
        }
    }

    /// The civil time that it is kept in; `None` when it is always open.
    pub fn zone(&self) -> Option<&TimeZone> {
        match self {
            Self::Always => None,
            Self::Windows(hours) => Some(&hours.zone),
        }
    }

    /// When it opens next; `at` itself when it is open, `None` when it never opens again.
    pub fn opens_at(&self, at: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Always => Some(at),
            Self::Windows(hours) => hours.windows_from(at).next().map(|(opens, _)| opens.max(at)),
        }
    }
}

impl Hours {
    /// All windows that close after `from`, in order. Days are civil days: on the two days of a clock
    /// change 08:00-20:00 still has twelve hours.
    fn windows_from(&self, from: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
        let first = self.zone.to_datetime(from).date();
        std::iter::successors(Some(first), |date| date.tomorrow().ok())
            .take(MAX_DAYS)
            .filter(|date| self.works_on(*date))
            .filter_map(|date| Some((self.instant(date, self.opens)?, self.instant(date, self.closes)?)))
            .filter(move |(_, closes)| *closes > from)
    }

    fn works_on(&self, date: Date) -> bool {
        let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
        self.weekdays[weekday] && self.holidays.binary_search(&date).is_err()
    }

    fn instant(&self, date: Date, time: Time) -> Option<Timestamp> {
        self.zone.to_timestamp(date.to_datetime(time)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn office(weekdays: [bool; 7]) -> Calendar {
        Calendar::Windows(Hours {
            zone: TimeZone::get("Europe/Warsaw").unwrap(),
            opens: jiff::civil::time(8, 0, 0, 0),
            closes: jiff::civil::time(20, 0, 0, 0),
            weekdays,
            holidays: vec![date(2026, 12, 25)],
        })
    }

    fn at(text: &str) -> Timestamp {
        format!("{text}[Europe/Warsaw]").parse::<jiff::ZonedDateTime>().unwrap().timestamp()
    }

    #[test]
    fn a_day_of_office_hours_has_twelve_hours_also_when_clocks_change() {
        let calendar = office([true; 7]);
        for day in ["2026-10-24", "2026-10-25", "2026-03-29", "2026-07-01"] {
            let from = at(&format!("{day}T00:00"));
            let to = from + SignedDuration::from_hours(26);
            assert_eq!(
                calendar.running(from, to.min(at(&format!("{day}T23:59")))),
                SignedDuration::from_hours(12),
                "{day}"
            );
        }
    }

    #[test]
    fn due_skips_nights_weekends_and_holidays() {
        let calendar = office([true, true, true, true, true, false, false]);
        // Thursday 19:00 + 2 h: Friday is Christmas, then a weekend.
        let due = calendar.due(at("2026-12-24T19:00"), SignedDuration::from_hours(2)).unwrap();
        assert_eq!(due, at("2026-12-28T09:00"));
        assert_eq!(calendar.running(at("2026-12-24T19:00"), due), SignedDuration::from_hours(2));
        // What is used up when the desk closes is used up then, not when it opens again.
        assert_eq!(calendar.due(at("2026-12-24T20:00"), SignedDuration::ZERO), Some(at("2026-12-24T20:00")));
    }

    #[test]
    fn the_hotline_is_open_until_eight_in_the_evening_sharp() {
        let calendar = office([true; 7]);
        assert!(calendar.is_open(at("2026-07-01T08:00")));
        assert!(!calendar.is_open(at("2026-07-01T20:00")));
        assert_eq!(calendar.opens_at(at("2026-07-01T20:00")), Some(at("2026-07-02T08:00")));
        assert_eq!(calendar.closes_at(at("2026-07-01T08:00")), Some(at("2026-07-01T20:00")));
        assert_eq!(calendar.closes_at(at("2026-07-01T20:00")), None);
        assert_eq!(Calendar::Always.closes_at(at("2026-07-01T20:00")), None);
    }

    #[test]
    fn around_the_clock_a_day_is_24_hours() {
        // Clocks go back in this night: the fifth worked example of the meaning of the clocks.
        let due = Calendar::Always.due(at("2026-10-24T20:00"), SignedDuration::from_hours(24)).unwrap();
        assert_eq!(due, at("2026-10-25T19:00"));
    }
}
