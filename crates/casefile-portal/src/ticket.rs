//! The number of a ticket. No I/O.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// `CF-2026-000123`: what people call a ticket. The last part alone is unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TicketNumber {
    year: i16,
    id: i64,
}

impl TicketNumber {
    /// The number of the ticket with this id, registered at this time.
    pub(crate) fn new(registered_at: Timestamp, id: i64) -> Self {
        Self { year: registered_at.to_zoned_datetime(TimeZone::UTC).year(), id }
    }
}

impl fmt::Display for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CF-{:04}-{:06}", self.year, self.id)
    }
}

/// The text is not the number of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the number of a ticket, like CF-2026-000123")]
pub(crate) struct ParseNumberError;

impl FromStr for TicketNumber {
    type Err = ParseNumberError;

    fn from_str(text: &str) -> Result<Self, ParseNumberError> {
        let parts = text.strip_prefix("CF-").and_then(|rest| rest.split_once('-'));
        let number =
            parts.and_then(|(year, id)| Some(Self { year: year.parse().ok()?, id: id.parse().ok()? }));
        // Only the one way of writing it.
        number.filter(|number| number.to_string() == text).ok_or(ParseNumberError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_way_of_being_written() {
        let at = "2026-11-24T10:00:00Z".parse().unwrap();
        assert_eq!(TicketNumber::new(at, 123).to_string(), "CF-2026-000123");
        assert_eq!("CF-2026-1000000".parse::<TicketNumber>().unwrap().to_string(), "CF-2026-1000000");
        for text in
            ["", "CF-2026-123", "cf-2026-000123", "CF-2026-000123 ", "CF-2026-+00123", "../CF-2026-000123"]
        {
            assert!(text.parse::<TicketNumber>().is_err(), "{text}");
        }
    }
}
