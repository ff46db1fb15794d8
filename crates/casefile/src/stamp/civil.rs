//! Dates and times as people and programs write them.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use super::Reading;

/// Reads the time that `text` begins with; tells how many bytes it takes.
pub(super) fn reading(text: &[u8]) -> Option<(Reading, usize)> {
    let first = *text.first()?;
    if first.is_ascii_digit() {
        let digits = text.iter().take(20).take_while(|byte| byte.is_ascii_digit()).count();
        return match digits {
            4 => year_first(text),
            8 => compact(text),
            10 | 13 | 16 | 19 => epoch(text, digits),
            1 | 2 => day_first(text, digits).or_else(|| time_alone(text)),
            _ => None,
        };
    }
    if first.is_ascii_alphabetic() { named_first(text).or_else(|| glog(text)) } else { None }
}

/// `2026-11-24T10:00:00.123Z` and its relatives.
fn year_first(text: &[u8]) -> Option<(Reading, usize)> {
    let separator = *text.get(4)?;
    if !matches!(separator, b'-' | b'/' | b'.') || text.get(7) != Some(&separator) {
        return None;
    }
    let date = date(number(text, 0, 4)?, number(text, 5, 2)?, number(text, 8, 2)?)?;
    after_date(text, date, 10)
}

/// `20261124 10:00:00`, `20261124T100000Z`, `20261124-10:00:00.123`.
fn compact(text: &[u8]) -> Option<(Reading, usize)> {
    let date = date(number(text, 0, 4)?, number(text, 4, 2)?, number(text, 6, 2)?)?;
    after_date(text, date, 8)
}

fn after_date(text: &[u8], date: Date, at: usize) -> Option<(Reading, usize)> {
    if !matches!(text.get(at)?, b'T' | b't' | b' ' | b'_' | b'-' | b':' | b'|' | b',') {
        return None;
    }
    let (time, end) = clock(text, at + 1).or_else(|| compact_clock(text, at + 1))?;
    with_zone(text, DateTime::from_parts(date, time), end)
}

/// `24.11.2026 10:00:00`, `11/24/2026 10:00:00 AM`, `24 Nov 2026 …`, `24/Nov/2026:10:00:00 +0100`.
fn day_first(text: &[u8], digits: usize) -> Option<(Reading, usize)> {
    let first = number(text, 0, digits)?;
    let separator = *text.get(digits)?;
    if !matches!(separator, b'.' | b'/' | b'-' | b' ') {
        return None;
    }
    let at = digits + 1;
    if let Some(month) = month(text.get(at..at + 3)?) {
        if text.get(at + 3) != Some(&separator) {
            return None;
        }
        let date = date(number(text, at + 4, 4)?, month, first)?;
        return after_date(text, date, at + 8);
    }
    if separator == b' ' {
        return None;
    }
    let more = text[at..].iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    let second = number(text, at, more)?;
    let at = at + more;
    if !(1..=2).contains(&more) || text.get(at) != Some(&separator) {
        return None;
    }
    let year_digits = text[at + 1..].iter().take(5).take_while(|byte| byte.is_ascii_digit()).count();
    let year = match year_digits {
        4 => number(text, at + 1, 4)?,
        2 => 2000 + number(text, at + 1, 2)?,
        _ => return None,
    };
    let at = at + 1 + year_digits;
    let skip = usize::from(text.get(at) == Some(&b',')) + 1;
    if !matches!(text.get(at + skip - 1)?, b' ' | b'T' | b'-') {
        return None;
    }
    let (time, end) = clock(text, at + skip)?;
    let (time, end) = half_day(text, time, end);
    let of = |month, day| Some(DateTime::from_parts(date(year, month, day)?, time));
    if separator == b'/' && first <= 12 && second <= 12 {
        return Some((Reading::MonthOrDayFirst(of(first, second)?), end));
    }
    let date_time = if separator == b'/' && first <= 12 { of(first, second)? } else { of(second, first)? };
    with_zone(text, date_time, end)
}

/// `Nov 24 10:00:00`, `Nov 24, 2026 10:00:00 AM`, `Tue Nov 24 10:00:00 2026`, `Tue, 24 Nov 2026 10:00:00 GMT`.
fn named_first(text: &[u8]) -> Option<(Reading, usize)> {
    const DAYS: [&[u8; 3]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    let name = text.get(..3)?;
    if DAYS.iter().any(|day| day.as_slice() == name) {
        let at = 3 + text[3..].iter().take(2).take_while(|byte| matches!(byte, b',' | b' ')).count();
        let rest = text.get(at..).filter(|_| at > 3)?;
        let inner = if rest.first()?.is_ascii_digit() {
            let digits = rest.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
            day_first(rest, digits)
        } else {
            month(rest.get(..3)?).and_then(|_| named_first(rest))
        };
        return inner.map(|(reading, length)| (reading, at + length));
    }
    let month = month(name)?;
    if text.get(3) != Some(&b' ') {
        return None;
    }
    let at = 4 + usize::from(text.get(4) == Some(&b' '));
    let digits = text.get(at..)?.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    let day = (1..=2).contains(&digits).then(|| number(text, at, digits))??;
    let at = at + digits;
    if text.get(at) == Some(&b',') {
        let date = date(number(text, at + 2, 4)?, month, day)?;
        let (time, end) = clock(text, at + 7)?;
        let (time, end) = half_day(text, time, end);
        return with_zone(text, DateTime::from_parts(date, time), end);
    }
    if text.get(at) != Some(&b' ') {
        return None;
    }
    // `Nov 24 2026 10:00:00` of Cisco and friends.
    if let Some(year) = number(text, at + 1, 4)
        && text.get(at + 5) == Some(&b' ')
    {
        return after_date(text, date(year, month, day)?, at + 5);
    }
    let (time, end) = clock(text, at + 1)?;
    if text.get(end) == Some(&b' ')
        && let Some(year) = number(text, end + 1, 4)
        && (1990..2100).contains(&year)
        && !text.get(end + 5).is_some_and(u8::is_ascii_alphanumeric)
    {
        return with_zone(text, DateTime::from_parts(date(year, month, day)?, time), end + 5);
    }
    // A leap year, so that 29 February can be held until the year is known.
    Some((Reading::WithoutYear(DateTime::from_parts(date(2024, month, day)?, time)), end))
}

/// `I1124 10:00:00.123456   1234 file.go:12] …`.
fn glog(text: &[u8]) -> Option<(Reading, usize)> {
    if !matches!(text.first()?, b'I' | b'W' | b'E' | b'F') || text.get(5) != Some(&b' ') {
        return None;
    }
    let (month, day) = (number(text, 1, 2)?, number(text, 3, 2)?);
    let (time, end) = clock(text, 6)?;
    Some((Reading::WithoutYear(DateTime::from_parts(date(2024, month, day)?, time)), end))
}

fn time_alone(text: &[u8]) -> Option<(Reading, usize)> {
    let (time, end) = clock(text, 0)?;
    let with_seconds = text.get(5) == Some(&b':') || text.get(4) == Some(&b':');
    let ends = !text.get(end).is_some_and(u8::is_ascii_alphanumeric);
    (with_seconds && ends).then_some((Reading::TimeOfDay(time), end))
}

/// A number of seconds or of parts of one since 1970, told by its length: no other unit has that many digits
/// between 2001 and 2100.
fn epoch(text: &[u8], digits: usize) -> Option<(Reading, usize)> {
    let mut value: i64 = 0;
    for byte in &text[..digits] {
        value = value.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
    }
    if !matches!(text[0], b'1'..=b'3') {
        return None;
    }
    let mut end = digits;
    let mut instant = of_epoch(value, digits)?;
    if digits == 10 && text.get(end) == Some(&b'.') {
        let (nanoseconds, after) = fraction(text, end + 1)?;
        instant = instant.checked_add(SignedDuration::from_nanos(i64::from(nanoseconds))).ok()?;
        end = after;
    }
    let ends = matches!(text.get(end), None | Some(b' ' | b',' | b'\t' | b'|' | b']' | b')' | b';' | b'"'));
    ends.then_some((Reading::Instant(instant), end))
}

/// The time that a whole number of this many digits means.
pub(super) fn of_epoch(value: i64, digits: usize) -> Option<Timestamp> {
    match digits {
        10 => Timestamp::from_second(value).ok(),
        13 => Timestamp::from_millisecond(value).ok(),
        16 => Timestamp::from_microsecond(value).ok(),
        19 => Timestamp::from_nanosecond(i128::from(value)).ok(),
        _ => None,
    }
}

/// `HH:MM[:SS[.fraction]]` at `at`.
fn clock(text: &[u8], at: usize) -> Option<(Time, usize)> {
    let hour_digits = if text.get(at + 1) == Some(&b':') { 1 } else { 2 };
    let hour = number(text, at, hour_digits)?;
    let at = at + hour_digits;
    if text.get(at) != Some(&b':') {
        return None;
    }
    let minute = number(text, at + 1, 2)?;
    let mut end = at + 3;
    let (mut second, mut nanoseconds) = (0, 0);
    if text.get(end) == Some(&b':') {
        second = number(text, end + 1, 2)?;
        end += 3;
        if matches!(text.get(end), Some(b'.' | b',' | b':'))
            && let Some((part, after)) = fraction(text, end + 1)
        {
            (nanoseconds, end) = (part, after);
        }
    }
    Some((time(hour, minute, second, nanoseconds)?, end))
}

/// `HHMMSS`.
fn compact_clock(text: &[u8], at: usize) -> Option<(Time, usize)> {
    let (hour, minute, second) = (number(text, at, 2)?, number(text, at + 2, 2)?, number(text, at + 4, 2)?);
    let end = at + 6;
    let whole = !text.get(end).is_some_and(u8::is_ascii_digit);
    whole.then(|| time(hour, minute, second, 0).map(|time| (time, end)))?
}

/// `AM` and `PM` after a time.
fn half_day(text: &[u8], time: Time, end: usize) -> (Time, usize) {
    let mark = text.get(end + 1..end + 3).unwrap_or_default();
    let hour = match mark {
        b"AM" | b"am" if time.hour() == 12 => 0,
        b"PM" | b"pm" if time.hour() < 12 => time.hour() + 12,
        b"AM" | b"am" | b"PM" | b"pm" => time.hour(),
        _ => return (time, end),
    };
    (time.with().hour(hour).build().unwrap_or(time), end + 3)
}

/// The offset from UTC after a time, if there is one.
fn with_zone(text: &[u8], date_time: DateTime, end: usize) -> Option<(Reading, usize)> {
    let civil = Some((Reading::Civil(date_time), end));
    let after_space = usize::from(text.get(end) == Some(&b' '));
    let rest = &text[end + after_space..];
    let (offset_seconds, length) = match rest {
        [b'Z' | b'z', after @ ..] if !after.first().is_some_and(u8::is_ascii_alphanumeric) => (0, 1),
        [b'U', b'T', b'C', ..] | [b'G', b'M', b'T', ..] => (0, 3),
        [sign @ (b'+' | b'-'), after @ ..] => match offset(*sign, after, after_space == 1) {
            Some((seconds, length)) => (seconds, length + 1),
            None => return civil,
        },
        _ => return civil,
    };
    let instant = Offset::from_seconds(offset_seconds).ok()?.to_timestamp(date_time).ok()?;
    Some((Reading::Instant(instant), end + after_space + length))
}

/// `HH:MM`, `HHMM` or `HH`. After a space only what cannot be an error code like `-1021`.
fn offset(sign: u8, text: &[u8], after_space: bool) -> Option<(i32, usize)> {
    let hours = number(text, 0, 2)?;
    let (minutes, length) = match text.get(2) {
        Some(b':') => (number(text, 3, 2)?, 5),
        Some(byte) if byte.is_ascii_digit() => {
            let minutes = number(text, 2, 2)?;
            if text.get(4).is_some_and(u8::is_ascii_digit) || (after_space && sign == b'-' && hours > 9) {
                return None;
            }
            (minutes, 4)
        }
        _ if after_space => return None,
        _ => (0, 2),
    };
    if hours > 14 || !matches!(minutes, 0 | 15 | 30 | 45) {
        return None;
    }
    let seconds = (hours * 3600 + minutes * 60).cast_signed();
    Some((if sign == b'-' { -seconds } else { seconds }, length))
}

/// The digits after a decimal mark as nanoseconds.
fn fraction(text: &[u8], at: usize) -> Option<(u32, usize)> {
    let digits = text.get(at..)?.iter().take(18).take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 {
        return None;
    }
    let kept = number(text, at, digits.min(9))?;
    Some((kept * 10_u32.pow(9 - u32::try_from(digits.min(9)).expect("at most nine")), at + digits))
}

/// Exactly `digits` digits at `at`.
fn number(text: &[u8], at: usize, digits: usize) -> Option<u32> {
    let mut value: u32 = 0;
    for byte in text.get(at..at + digits)? {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = value.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?;
    }
    (digits > 0).then_some(value)
}

fn month(name: &[u8]) -> Option<u32> {
    const MONTHS: [&[u8; 3]; 12] =
        [b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"];
    let index = MONTHS.iter().position(|month| month.as_slice() == name)?;
    u32::try_from(index + 1).ok()
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A leap second is taken for the second before it.
fn time(hour: u32, minute: u32, second: u32, nanoseconds: u32) -> Option<Time> {
    let second = if second == 60 { 59 } else { second };
    let small = |value: u32| i8::try_from(value).ok();
    Time::new(small(hour)?, small(minute)?, small(second)?, nanoseconds.cast_signed()).ok()
}
