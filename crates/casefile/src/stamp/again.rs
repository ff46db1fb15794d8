//! A line that begins in the minute of the line before, which nearly every line of a log does: its time is that minute, and the seconds that
//! it says.

use jiff::Timestamp;

use super::recogniser::Moment;

/// `2026-11-24T10:00:` in any of its forms.
const MINUTE_BYTES: usize = 17;
/// The zone of a time is not longer than ` +00:00`.
const MAX_ZONE_BYTES: usize = 7;

/// The time of a line as it was read with every care, and how to read the next one from it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Again {
    minute: [u8; MINUTE_BYTES],
    /// When it begins, in seconds since 1970.
    minute_at: i64,
    /// The mark before the fraction, and its digits.
    fraction: Option<(u8, usize)>,
    zone: Zone,
}

/// What stands behind the seconds.
#[derive(Debug, Clone, Copy)]
enum Zone {
    /// Something that is no zone.
    None,
    /// A zone, and the byte behind it.
    Same { bytes: [u8; MAX_ZONE_BYTES], length: usize, next: Option<u8> },
}

impl Again {
    /// Learns from a line that begins with its time, year first; absent where the form is another.
    pub(super) fn of(line: &[u8], moment: &Moment) -> Option<Self> {
        let minute = *line.first_chunk::<MINUTE_BYTES>()?;
        let is_digits = |range: std::ops::Range<usize>| minute[range].iter().all(u8::is_ascii_digit);
        let known = is_digits(0..4)
            && matches!(minute[4], b'-' | b'/' | b'.')
            && is_digits(11..13)
            && minute[13] == b':'
            && is_digits(14..16)
            && minute[16] == b':';
        let second = known.then(|| seconds(line))??;
        let fraction = fraction_of(line);
        let end = seconds_end(fraction);
        let zone = if moment.zone_assumed {
            (moment.end == end && is_no_zone(&line[end..])).then_some(Zone::None)?
        } else {
            let text = line.get(end..moment.end).filter(|text| !text.is_empty())?;
            let mut bytes = [0; MAX_ZONE_BYTES];
            bytes.get_mut(..text.len())?.copy_from_slice(text);
            Zone::Same { bytes, length: text.len(), next: line.get(moment.end).copied() }
        };
        // Before 1970 a time and its fraction have two signs.
        let minute_at = moment.at.as_second().checked_sub(second).filter(|at| *at >= 0)?;
        Some(Self { minute, minute_at, fraction, zone })
    }

    /// Reads a line that has the same form and is of the same minute; absent where it has not, or is not.
    pub(super) fn read(&self, line: &[u8]) -> Option<Moment> {
        if line.first_chunk::<MINUTE_BYTES>() != Some(&self.minute) {
            return None;
        }
        let second = seconds(line)?;
        let end = seconds_end(self.fraction);
        let nanoseconds = match self.fraction {
            None if matches!(line.get(end), Some(b'.' | b',' | b':')) => return None,
            None => 0,
            Some((mark, digits)) => {
                if line.get(end - digits - 1) != Some(&mark) || line.get(end).is_some_and(u8::is_ascii_digit)
                {
                    return None;
                }
                let value = number(line.get(end - digits..end)?)?;
                value * 10_i32.pow(9 - u32::try_from(digits).expect("at most nine"))
            }
        };
        let at = Timestamp::new(self.minute_at + second, nanoseconds).ok()?;
        match &self.zone {
            Zone::None => is_no_zone(&line[end..]).then_some(Moment { at, end, zone_assumed: true }),
            Zone::Same { bytes, length, next } => {
                let after = end + length;
                let same =
                    line.get(end..after) == Some(&bytes[..*length]) && line.get(after) == next.as_ref();
                same.then_some(Moment { at, end: after, zone_assumed: false })
            }
        }
    }
}

/// The seconds; that of a leap is left to those who read with care.
fn seconds(line: &[u8]) -> Option<i64> {
    let second = number(line.get(MINUTE_BYTES..MINUTE_BYTES + 2)?)?;
    (second < 60).then_some(i64::from(second))
}

fn fraction_of(line: &[u8]) -> Option<(u8, usize)> {
    let mark = line.get(MINUTE_BYTES + 2).copied().filter(|mark| matches!(mark, b'.' | b',' | b':'))?;
    let digits = line[MINUTE_BYTES + 3..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
    (1..=9).contains(&digits).then_some((mark, digits))
}

fn seconds_end(fraction: Option<(u8, usize)>) -> usize {
    MINUTE_BYTES + 2 + fraction.map_or(0, |(_, digits)| digits + 1)
}

/// Whether surely no zone begins here, after a space or without.
fn is_no_zone(rest: &[u8]) -> bool {
    match rest.strip_prefix(b" ").unwrap_or(rest) {
        [b'Z' | b'z' | b'U' | b'G', ..] => false,
        [b'+' | b'-', digit, ..] => !digit.is_ascii_digit(),
        _ => true,
    }
}

fn number(digits: &[u8]) -> Option<i32> {
    digits
        .iter()
        .try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + i32::from(byte - b'0')))
}
