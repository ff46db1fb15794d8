//! What goes wrong, and when: a script whose times are shifted by the seed.

use crate::random::Random;

/// Something that the simulated world does to the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The next orders are refused: the money is locked elsewhere.
    RejectOrders { count: u32 },
    /// The exchange can't be reached for so many steps.
    LoseConnection { steps: u32 },
    /// The exchange asks to slow down for so many steps.
    LimitRate { steps: u32 },
    /// The connection stands, but no price arrives for so many steps.
    FreezePrices { steps: u32 },
    /// The computer's clock falls behind, more with each step. Nothing but a restart of the bot corrects it.
    SkewClock { ms_per_step: i64 },
}

/// The script of one run. Its last entry is the one that the bot does not survive.
#[derive(Debug, Clone)]
pub(crate) struct Schedule {
    /// Sorted by step.
    planned: Vec<(u64, Failure)>,
}

impl Schedule {
    /// The same script for everybody, a little earlier or later by seed.
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed, "failures");
        let mut small = |low, high| u32::try_from(random.between(low, high)).expect("a small number");
        let script = [
            (24, Failure::RejectOrders { count: small(1, 3) }),
            (44, Failure::LoseConnection { steps: small(8, 12) }),
            (72, Failure::LimitRate { steps: small(6, 9) }),
            (92, Failure::FreezePrices { steps: small(6, 10) }),
            (116, Failure::SkewClock { ms_per_step: i64::from(small(300, 450)) }),
        ];
        Self { planned: script.map(|(step, failure)| (step + u64::from(small(0, 8)), failure)).into() }
    }

    /// A run in which nothing happens by itself.
    #[cfg(test)]
    pub(crate) fn quiet() -> Self {
        Self { planned: Vec::new() }
    }

    /// What begins at this step.
    pub(crate) fn due(&self, step: u64) -> impl Iterator<Item = Failure> {
        self.planned.iter().filter(move |(at, _)| *at == step).map(|(_, failure)| *failure)
    }
}

/// By this step the script has stopped the bot, whatever the seed: a bound for loops that wait for it.
pub(crate) const STOPPED_BY_STEP: u64 = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_script() {
        assert_eq!(Schedule::new(4).planned, Schedule::new(4).planned);
        assert_ne!(Schedule::new(4).planned, Schedule::new(5).planned);
    }

    #[test]
    fn failures_come_one_after_another_and_the_last_is_the_fatal_one() {
        for seed in 0..200 {
            let planned = Schedule::new(seed).planned;
            assert!(planned.is_sorted_by_key(|(step, _)| *step), "seed {seed}");
            // Room for one to end before the next begins.
            assert!(planned.windows(2).all(|pair| pair[1].0 - pair[0].0 >= 12), "seed {seed}");
            assert!(matches!(planned.last(), Some((_, Failure::SkewClock { .. }))), "seed {seed}");
        }
    }

    #[test]
    fn each_failure_is_due_once() {
        let schedule = Schedule::new(1);
        let due: Vec<_> = (0..STOPPED_BY_STEP).flat_map(|step| schedule.due(step)).collect();
        assert_eq!(due.len(), 5);
    }
}
