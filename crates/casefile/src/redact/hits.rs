//! What was found, without the values.

use serde::{Serialize, Serializer};

use super::rules::{Id, RULES, Rule};

/// How often each rule hid something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hits([u64; RULES.len()]);

impl Default for Hits {
    fn default() -> Self {
        Self([0; RULES.len()])
    }
}

impl Hits {
    pub(super) fn count(&mut self, rule: Id) {
        self.0[rule as usize] += 1;
    }

    /// Adds what was found elsewhere.
    pub fn merge(&mut self, other: &Self) {
        for (sum, count) in self.0.iter_mut().zip(other.0) {
            *sum += count;
        }
    }

    /// Everything that was hidden.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// Rules that hid something, with their counts, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let mut counts: Vec<_> = self.rules().map(|(rule, count)| (rule.name, count)).collect();
        counts.sort_unstable();
        counts.into_iter()
    }

    /// Rules that hid something, with their counts, in the order of the table.
    pub fn rules(&self) -> impl Iterator<Item = (&'static Rule, u64)> {
        RULES.iter().zip(self.0).filter(|(_, count)| *count > 0)
    }
}

impl Serialize for Hits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// Where something was hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The rule.
    pub rule: &'static str,
    /// The line of the source, from 1.
    pub line: u64,
}

/// Something that a rule would still hide in a finished text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Residue {
    /// The rule.
    pub rule: &'static str,
    /// The line, from 1.
    pub line: u64,
}
