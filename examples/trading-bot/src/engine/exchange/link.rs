//! The connection: lost, tried again after longer and longer waits, restored.

/// The line to the exchange.
#[derive(Debug, Default)]
pub(super) struct Link {
    outage: Option<Outage>,
}

#[derive(Debug)]
struct Outage {
    steps_left: u32,
    attempt: u32,
    wait_steps: u32,
}

/// What a step brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkNews {
    /// Tried in vain.
    Retrying { attempt: u32, wait_steps: u32 },
    /// The line is open again.
    Restored,
}

/// The longest wait between two tries.
const MAX_WAIT_STEPS: u32 = 16;

impl Link {
    pub(super) fn lose(&mut self, steps: u32) {
        let outage = self.outage.get_or_insert(Outage { steps_left: 0, attempt: 0, wait_steps: 1 });
        outage.steps_left = outage.steps_left.max(steps);
    }

    pub(super) fn is_down(&self) -> bool {
        self.outage.is_some()
    }

    pub(super) fn step(&mut self) -> Option<LinkNews> {
        let outage = self.outage.as_mut()?;
        outage.steps_left = outage.steps_left.saturating_sub(1);
        outage.wait_steps -= 1;
        if outage.wait_steps > 0 {
            return None;
        }
        if outage.steps_left == 0 {
            self.outage = None;
            return Some(LinkNews::Restored);
        }
        outage.attempt += 1;
        outage.wait_steps = (1 << outage.attempt.min(8)).min(MAX_WAIT_STEPS);
        Some(LinkNews::Retrying { attempt: outage.attempt, wait_steps: outage.wait_steps })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_until_the_line_is_back() {
        let mut link = Link::default();
        link.lose(10);
        let mut news = Vec::new();
        let mut steps = 0;
        while link.is_down() {
            steps += 1;
            news.extend(link.step());
        }
        let waits: Vec<_> = news
            .iter()
            .map(|news| match news {
                LinkNews::Retrying { wait_steps, .. } => *wait_steps,
                LinkNews::Restored => 0,
            })
            .collect();
        assert_eq!(waits, [2, 4, 8, 0]);
        assert_eq!(steps, 15);
    }

    #[test]
    fn no_wait_is_longer_than_the_longest() {
        let mut link = Link::default();
        link.lose(1_000);
        for _ in 0..900 {
            if let Some(LinkNews::Retrying { wait_steps, .. }) = link.step() {
                assert!((1..=MAX_WAIT_STEPS).contains(&wait_steps));
            }
        }
        assert!(link.is_down());
    }
}
