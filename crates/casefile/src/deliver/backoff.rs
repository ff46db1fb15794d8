//! How long to wait after a failed attempt.

use std::time::Duration;

use crate::outbox::MAX_PAUSE;

/// The pause after the first failure; it doubles with each further one.
const FIRST: Duration = Duration::from_secs(2);
/// The longest pause that nobody asked for.
const LONGEST: Duration = Duration::from_mins(10);

/// The pause after `attempts` failures in a row. `asked` is the portal's `Retry-After`: never shortened, and cut to 24
/// hours, because somebody in the middle could silence the client for ever. `random` in 0..1 spreads clients that failed
/// together.
pub(super) fn pause(attempts: u32, asked: Option<Duration>, random: f64) -> Duration {
    let doubled = FIRST.saturating_mul(1 << attempts.saturating_sub(1).min(16)).min(LONGEST);
    let own = doubled.mul_f64(0.5 + random / 2.0);
    let asked = asked.map_or(Duration::ZERO, |asked| asked.min(MAX_PAUSE).mul_f64(1.0 + random / 10.0));
    own.max(asked).min(MAX_PAUSE)
}

/// A number in 0..1; without randomness all clients wait the same.
pub(super) fn random() -> f64 {
    let mut bytes = [0; 4];
    let drawn = getrandom::fill(&mut bytes);
    if drawn.is_err() { 1.0 } else { f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_spread_and_end() {
        let millis = |attempts, random| pause(attempts, None, random).as_millis();
        assert_eq!([millis(1, 0.0), millis(1, 1.0)], [1_000, 2_000]);
        assert_eq!([millis(4, 0.0), millis(4, 1.0)], [8_000, 16_000]);
        assert_eq!([millis(40, 0.0), millis(u32::MAX, 1.0)], [300_000, 600_000]);
    }

    #[test]
    fn what_the_portal_asks_is_granted_up_to_a_day() {
        let minutes = |asked, random| pause(1, Some(Duration::from_hours(asked)), random).as_secs() / 60;
        assert_eq!(minutes(1, 0.0), 60);
        assert_eq!(minutes(10, 1.0), 660);
        for asked in [24, 25, 1_000_000] {
            assert_eq!(minutes(asked, 0.7), 24 * 60);
        }
        assert_eq!(pause(9, Some(Duration::ZERO), 1.0), pause(9, None, 1.0));
    }
}
