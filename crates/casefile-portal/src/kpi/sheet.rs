//! One clock of one priority, and lengths of time in short.

use casefile::report::Priority;
use serde::{Deserialize, Serialize};

/// Below this many, the values themselves are told instead of a percentile.
const FEW: usize = 5;

/// How one clock was kept for one priority.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sheet {
    pub(crate) clock: String,
    pub(crate) priority: Priority,
    pub(crate) met: u64,
    pub(crate) breached: u64,
    /// Tenths of a percent; nothing when nothing was decided.
    pub(crate) compliance_permille: Option<u64>,
    /// Time by the clock, in seconds.
    pub(crate) sla: Times,
    /// Time on the wall, in seconds.
    pub(crate) wall: Times,
}

/// Lengths of time in short, in seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Times {
    pub(crate) n: usize,
    pub(crate) p50: Option<i64>,
    pub(crate) p90: Option<i64>,
    pub(crate) max: Option<i64>,
    /// All of them, when there are too few for a percentile.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) values: Vec<i64>,
}

impl Sheet {
    pub(super) fn of(
        (clock, priority): (&'static str, Priority),
        (met, breached): (u64, u64),
        sla: Vec<i64>,
        wall: Vec<i64>,
    ) -> Self {
        let decided = met + breached;
        Self {
            clock: clock.to_owned(),
            priority,
            met,
            breached,
            compliance_permille: (met * 1_000).checked_div(decided),
            sla: Times::of(sla),
            wall: Times::of(wall),
        }
    }
}

impl Times {
    pub(super) fn of(mut values: Vec<i64>) -> Self {
        values.sort_unstable();
        // Nearest rank: the smallest value that at least this share does not exceed.
        let rank = |percent: usize| {
            let rank = (values.len() * percent).div_ceil(100);
            values.get(rank.saturating_sub(1)).copied()
        };
        let is_few = values.len() < FEW;
        Self {
            n: values.len(),
            p50: rank(50),
            p90: if is_few { None } else { rank(90) },
            max: values.last().copied(),
            values: if is_few { values } else { Vec::new() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_happened() {
        let times = Times::of((1..=10).rev().collect());
        assert_eq!((times.p50, times.p90, times.max, times.n), (Some(5), Some(9), Some(10), 10));
        let few = Times::of(vec![7, 3]);
        assert_eq!((few.p50, few.p90, few.values), (Some(3), None, vec![3, 7]));
        assert_eq!(Times::of(Vec::new()).p50, None);
    }

    #[test]
    fn nothing_decided_is_no_percentage() {
        let of = |met, breached| {
            Sheet::of(("response", Priority::P1), (met, breached), vec![], vec![]).compliance_permille
        };
        assert_eq!((of(0, 0), of(2, 1), of(0, 3)), (None, Some(666), Some(0)));
    }
}
