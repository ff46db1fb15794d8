//! Which reports tell of the same problem.
//!
//! A [`Gist`] is what is compared: the signatures of the errors, the findings, the version and the exchanges. It is made once
//! for each bundle, holds no text of a log but signatures, and is small enough to be kept beside a ticket.
//!
//! ```
//! use casefile::resemble::{Gist, groups};
//!
//! let gist = |version: &str, error: &str| Gist {
//!     version: version.to_owned(),
//!     exchanges: vec!["binance".to_owned()],
//!     errors: vec![(error.to_owned(), 12)],
//!     findings: vec!["binance-clock".to_owned()],
//! };
//! let reports = [
//!     (1, gist("2.4.1", "refused: code -1021"), "2026-11-24T09:10:00Z".parse()?),
//!     (2, gist("2.4.1", "refused: code -1021"), "2026-11-24T09:30:00Z".parse()?),
//!     (3, gist("2.4.1", "disk is full"), "2026-11-24T09:40:00Z".parse()?),
//! ];
//! let groups = groups(&reports);
//! assert_eq!(groups[0].reports, [1, 2]);
//! assert_eq!(groups[0].summary(), "2 reports on 2.4.1 + binance since 2026-11-24T09:10:00Z: binance-clock");
//! # Ok::<_, jiff::Error>(())
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::analyze::Finding;
use crate::bundle::Bundle;
use crate::compare::errors;

/// Errors of one report that are compared: its most frequent ones.
const MAX_ERRORS: usize = 40;
/// Two reports tell of the same problem from here on.
const SAME: f64 = 0.5;
/// Reports that are put into groups; each is compared with every group.
const MAX_REPORTS: usize = 10_000;

/// What a report says of its problem, in little.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Gist {
    /// Of the product.
    pub version: String,
    /// Exchanges that findings or errors name, sorted.
    pub exchanges: Vec<String>,
    /// Signatures of errors and how often each was logged, the most frequent first.
    pub errors: Vec<(String, u64)>,
    /// Analysers that have found something, the most important first.
    pub findings: Vec<String>,
}

/// Exchanges by the names that errors and findings have for them.
const EXCHANGES: [&str; 9] =
    ["binance", "bitget", "bybit", "coinbase", "gateio", "kraken", "kucoin", "mexc", "okx"];

impl Gist {
    /// Makes the gist of a bundle whose findings are known. Reads every log once.
    ///
    /// # Errors
    /// What the disk says.
    pub fn of(bundle: &Bundle, findings: &[Finding]) -> io::Result<Self> {
        let mut errors: Vec<(String, u64)> = errors(bundle)?.into_iter().collect();
        errors.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        errors.truncate(MAX_ERRORS);
        let findings: Vec<String> = findings.iter().map(|finding| finding.id.clone()).collect();
        let named = |exchange: &&&str| {
            let prefix = format!("{exchange}-");
            findings.iter().any(|id| id.starts_with(&prefix))
                || errors.iter().any(|(error, _)| error.to_ascii_lowercase().contains(**exchange))
        };
        let exchanges = EXCHANGES.iter().filter(named).map(|exchange| (*exchange).to_owned()).collect();
        Ok(Self { version: bundle.manifest().app.version.clone(), exchanges, errors, findings })
    }

    /// How much two reports tell of the same problem, from 0 to 1.
    ///
    /// Errors count by how much each is of its report, so that a storm of one error outweighs what every log has once; where
    /// neither report has errors, the findings decide.
    pub fn likeness(&self, other: &Self) -> f64 {
        let errors = overlap(&shares(&self.errors), &shares(&other.errors));
        let findings = overlap(&even(&self.findings), &even(&other.findings));
        match (errors, findings) {
            (Some(errors), Some(findings)) => 0.6 * errors + 0.4 * findings,
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => 0.0,
        }
    }
}

/// The part of a report that each of its errors is: by the logarithm of how often it was logged.
fn shares(errors: &[(String, u64)]) -> BTreeMap<&str, f64> {
    let weight = |count: u64| (count as f64 + 1.0).ln();
    let whole: f64 = errors.iter().map(|(_, count)| weight(*count)).sum();
    errors.iter().map(|(error, count)| (error.as_str(), weight(*count) / whole)).collect()
}

fn even(findings: &[String]) -> BTreeMap<&str, f64> {
    findings.iter().map(|id| (id.as_str(), 1.0 / findings.len() as f64)).collect()
}

/// What two distributions have in common; `None` when both are empty.
fn overlap(one: &BTreeMap<&str, f64>, other: &BTreeMap<&str, f64>) -> Option<f64> {
    if one.is_empty() && other.is_empty() {
        return None;
    }
    Some(one.iter().filter_map(|(key, share)| Some(share.min(*other.get(key)?))).sum())
}

/// Reports of the same problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group<Id> {
    /// They, in the order in which they came.
    pub reports: Vec<Id>,
    /// When the first came.
    pub since: Timestamp,
    /// The version that all of them have, if they do.
    pub version: Option<String>,
    /// The exchanges that all of them name.
    pub exchanges: Vec<String>,
    /// What they have in common: a finding, else an error.
    pub problem: Option<String>,
}

impl<Id> Group<Id> {
    /// One line for the portal: `3 reports on 2.4.1 + binance since 2026-11-24T09:10:00Z: binance-clock`.
    pub fn summary(&self) -> String {
        let mut text = format!("{} reports", self.reports.len());
        let shared = self.version.iter().chain(&self.exchanges);
        let shared: Vec<&str> = shared.map(String::as_str).collect();
        if !shared.is_empty() {
            let _ = write!(text, " on {}", shared.join(" + "));
        }
        let _ = write!(text, " since {:.0}", self.since);
        if let Some(problem) = &self.problem {
            let _ = write!(text, ": {problem}");
        }
        text
    }
}

/// Puts reports together that tell of the same problem; those that stand alone are in no group. The largest group is first.
///
/// A report joins the group whose first report it resembles most: groups do not creep from one problem to another. Of more than
/// 10,000 reports the later ones are left out.
pub fn groups<Id: Copy>(reports: &[(Id, Gist, Timestamp)]) -> Vec<Group<Id>> {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by_key(|index| reports[*index].2);
    let mut members: Vec<Vec<usize>> = Vec::new();
    for index in order.into_iter().take(MAX_REPORTS) {
        let likeness = |group: &Vec<usize>| reports[group[0]].1.likeness(&reports[index].1);
        let best = members.iter().enumerate().map(|(at, group)| (at, likeness(group)));
        let best = best.filter(|(_, likeness)| *likeness >= SAME).max_by(|a, b| a.1.total_cmp(&b.1));
        match best {
            Some((at, _)) => members[at].push(index),
            None => members.push(vec![index]),
        }
    }
    let mut groups: Vec<Group<Id>> =
        members.iter().filter(|group| group.len() > 1).map(|group| told(reports, group)).collect();
    groups.sort_by_key(|group| (std::cmp::Reverse(group.reports.len()), group.since));
    groups
}

fn told<Id: Copy>(reports: &[(Id, Gist, Timestamp)], members: &[usize]) -> Group<Id> {
    let first = &reports[members[0]];
    let all = |has: &dyn Fn(&Gist) -> bool| members.iter().all(|index| has(&reports[*index].1));
    let exchanges: BTreeSet<&String> =
        first.1.exchanges.iter().filter(|name| all(&|gist| gist.exchanges.contains(name))).collect();
    let finding = first.1.findings.iter().find(|id| all(&|gist| gist.findings.contains(id)));
    let has_error = |gist: &Gist, error: &str| gist.errors.iter().any(|(other, _)| other == error);
    let error =
        first.1.errors.iter().map(|(error, _)| error).find(|error| all(&|gist| has_error(gist, error)));
    Group {
        reports: members.iter().map(|index| reports[*index].0).collect(),
        since: first.2,
        version: all(&|gist| gist.version == first.1.version).then(|| first.1.version.clone()),
        exchanges: exchanges.into_iter().cloned().collect(),
        problem: finding.or(error).cloned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gist(version: &str, errors: &[(&str, u64)], findings: &[&str]) -> Gist {
        Gist {
            version: version.to_owned(),
            exchanges: vec!["binance".to_owned()],
            errors: errors.iter().map(|(error, count)| ((*error).to_owned(), *count)).collect(),
            findings: findings.iter().map(|id| (*id).to_owned()).collect(),
        }
    }

    #[test]
    fn likeness_is_symmetric_and_whole_for_itself() {
        let one = gist("1", &[("a", 100), ("b", 1)], &["x"]);
        let other = gist("1", &[("a", 3), ("c", 7)], &["x", "y"]);
        assert!((one.likeness(&one) - 1.0).abs() < 1e-9);
        assert!((one.likeness(&other) - other.likeness(&one)).abs() < 1e-9);
        assert!(one.likeness(&gist("1", &[("z", 5)], &["w"])) < 1e-9);
        assert!(Gist::default().likeness(&Gist::default()) < 1e-9, "nothing is no problem in common");
    }

    #[test]
    fn what_every_log_has_once_does_not_make_reports_alike() {
        let storm = gist("1", &[("refused: code -1021", 4_000), ("slow start", 1)], &[]);
        let other = gist("1", &[("database is locked", 900), ("slow start", 1)], &[]);
        assert!(storm.likeness(&other) < SAME);
    }

    #[test]
    fn three_users_with_one_problem_are_one_group_whatever_else_they_have() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let reports = [
            (
                "c",
                gist("2.4.1", &[("refused: code -1021", 9)], &["binance-clock"]),
                at("2026-11-24T11:00:00Z"),
            ),
            (
                "a",
                gist("2.4.1", &[("refused: code -1021", 90), ("x", 1)], &["binance-clock"]),
                at("2026-11-24T09:10:00Z"),
            ),
            (
                "b",
                gist("2.4.0", &[("refused: code -1021", 2)], &["binance-clock", "disk-low"]),
                at("2026-11-24T10:00:00Z"),
            ),
            ("d", gist("2.4.1", &[("disk is full", 2)], &["disk-full"]), at("2026-11-24T10:30:00Z")),
        ];
        let groups = groups(&reports);
        assert_eq!(groups.len(), 1, "{groups:?}");
        assert_eq!(groups[0].reports, ["a", "b", "c"]);
        assert_eq!(groups[0].version, None, "they have two versions");
        assert_eq!(groups[0].summary(), "3 reports on binance since 2026-11-24T09:10:00Z: binance-clock");
    }
}
