//! Months and quarters of the desk's zone.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

/// A month or a quarter: `from` belongs to it, `to` does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Period {
    /// `2026-11` or `2026-Q4`.
    pub(crate) name: String,
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    /// Names of its months, the first one first.
    pub(crate) months: Vec<String>,
    zone: TimeZone,
}

impl Period {
    /// Reads `2026-11` or `2026-Q4`; nothing else is a period.
    pub(crate) fn parse(name: &str, zone: &TimeZone) -> Option<Self> {
        let (year, rest) = name.split_once('-')?;
        let year: i16 = Some(year).filter(|year| year.len() == 4)?.parse().ok()?;
        let number = |text: &str, len: usize| {
            let digits = text.len() == len && text.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| text.parse::<i8>().ok()).flatten()
        };
        let (first, length) = match rest.strip_prefix('Q') {
            Some(quarter) => ((number(quarter, 1).filter(|n| (1..=4).contains(n))? - 1) * 3 + 1, 3),
            None => (number(rest, 2).filter(|n| (1..=12).contains(n))?, 1),
        };
        let months = (first..first + length).map(|month| format!("{year:04}-{month:02}")).collect();
        let (end_year, end_month) = if first + length > 12 { (year + 1, 1) } else { (year, first + length) };
        let start = |day: Date| zone.to_timestamp(day.to_datetime(jiff::civil::Time::midnight())).ok();
        if !(1970..9_000).contains(&year) {
            return None;
        }
        Some(Self {
            name: name.to_owned(),
            from: start(date(year, first, 1))?,
            to: start(date(end_year, end_month, 1))?,
            months,
            zone: zone.clone(),
        })
    }

    /// One of its months, in the same zone.
    pub(crate) fn part(&self, month: &str) -> Option<Self> {
        Self::parse(month, &self.zone)
    }

    /// Whether an instant lies in it.
    pub(crate) fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }

    /// Names of the last months, the newest first, with that of this instant.
    pub(crate) fn last_months(now: Timestamp, zone: &TimeZone, count: i32) -> Vec<String> {
        let today = zone.to_datetime(now).date();
        (0..count)
            .map(|back| {
                let months = i32::from(today.year()) * 12 + i32::from(today.month()) - 1 - back;
                format!("{:04}-{:02}", months.div_euclid(12), months.rem_euclid(12) + 1)
            })
            .collect()
    }

    /// The quarter that a month belongs to.
    pub(crate) fn quarter_of(month: &str) -> Option<String> {
        let (year, month) = month.split_once('-')?;
        let month: u8 = month.parse().ok()?;
        Some(format!("{year}-Q{}", (month.checked_sub(1)?) / 3 + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_begin_at_midnight_of_the_desk() {
        let zone = TimeZone::get("Europe/Warsaw").unwrap();
        let period = |name| Period::parse(name, &zone).unwrap();
        assert_eq!(period("2026-11").from, "2026-10-31T23:00:00Z".parse().unwrap());
        assert_eq!(period("2026-12").to, "2026-12-31T23:00:00Z".parse().unwrap());
        assert_eq!(period("2026-Q4").to, period("2026-12").to);
        assert_eq!(period("2026-Q4").months, ["2026-10", "2026-11", "2026-12"]);
        assert!(
            !period("2026-11").holds(period("2026-12").from)
                && period("2026-11").holds(period("2026-11").from)
        );
        for name in
            ["2026", "2026-13", "2026-0", "2026-1", "2026-Q5", "26-11", "2026-+1", "2026-11-01", "-", ""]
        {
            assert!(Period::parse(name, &zone).is_none(), "{name}");
        }
        let now = "2026-01-15T00:00:00Z".parse().unwrap();
        assert_eq!(Period::last_months(now, &zone, 3), ["2026-01", "2025-12", "2025-11"]);
        assert_eq!(Period::quarter_of("2026-03").as_deref(), Some("2026-Q1"));
    }
}
