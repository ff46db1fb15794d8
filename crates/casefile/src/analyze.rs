//! What is known to go wrong, and what to do about it: analysers look through the evidence and give findings.
//!
//! An analyser is a row of a table in TOML: conditions on lines of logs, on facts of machine, licence and presets, and on what
//! the bundle lacks; and what to say when all of them hold, in both languages. [`Analysers::standard`] is the table that comes with
//! casefile; a vendor adds rows with [`Analysers::with`]. The format of the table stands in `docs/analysers.md`.
//!
//! ```
//! use casefile::analyze::{Analysers, Facts};
//! use casefile::logs::Origin;
//! use jiff::tz::TimeZone;
//!
//! let origin = Origin { zone: TimeZone::UTC, sealed_at: "2026-11-24T12:00:00Z".parse()? };
//! let mut scan = Analysers::standard().scan();
//! let mut log = scan.log("logs/bot.log", &origin);
//! log.push(b"2026-11-24T10:00:02Z ERROR bot: order refused: {\"code\":-1021,\"msg\":\"Timestamp for this request...\"}\n");
//! scan.add(log);
//!
//! let findings = scan.finish(&Facts::default());
//! assert_eq!(findings[0].id, "binance-clock");
//! assert_eq!(findings[0].evidence[0].line, 1);
//! # Ok::<_, jiff::Error>(())
//! ```
//!
//! Each log is read once, in pieces and in constant memory. All literals of all analysers are sought together; only where one
//! stands, a pattern is tried, and only where it matches, the time of the record is read.

mod fact;
mod finding;
mod line;
mod lines;
mod log;
mod parse;
mod pass;
mod search;
mod study;
mod table;
mod tally;

use std::collections::BTreeMap;
use std::io;
use std::sync::OnceLock;

pub use self::fact::Facts;
pub use self::finding::{Evidence, Finding, MANUAL, to_json};
pub use self::log::LogScan;
use self::log::Seen;
pub use self::parse::AnalysersError;
use self::parse::Table;
pub use self::pass::{Analyzed, open};
use self::search::Search;
pub(crate) use self::study::Findings;
use self::table::Condition;
pub use self::table::{Analyser, Severity, Words};
use self::tally::Tally;
use crate::bundle::Bundle;
use crate::logs::{self, Origin};

/// A table of analysers, ready to search.
#[derive(Debug)]
pub struct Analysers {
    table: Table,
    search: Search,
}

/// The rows that come with casefile, by category of the support plan.
const STANDARD: [&str; 5] = [
    include_str!("analyze/table/impacts.toml"),
    include_str!("analyze/table/exchange.toml"),
    include_str!("analyze/table/install.toml"),
    include_str!("analyze/table/license.toml"),
    include_str!("analyze/table/runtime.toml"),
];

impl Analysers {
    /// The analysers that come with casefile. The first call takes some milliseconds.
    pub fn standard() -> &'static Self {
        static TABLE: OnceLock<Analysers> = OnceLock::new();
        TABLE.get_or_init(|| {
            let table = parse::parse(&STANDARD, Table::default()).expect("the built-in table is tested");
            Self::new(table)
        })
    }

    /// The analysers that come with casefile, and a vendor's own: rows with a new `id` are added, rows with a known one replace
    /// it, and those that `without` names are gone.
    ///
    /// # Errors
    /// Names the first line and field that is wrong: ask whoever wrote the file.
    pub fn with(source: &str) -> Result<Self, AnalysersError> {
        parse::parse(&[source], Self::standard().table.clone()).map(Self::new)
    }

    fn new(table: Table) -> Self {
        Self { search: Search::new(&table.rows), table }
    }

    /// The rows, in the order of the table.
    pub fn rows(&self) -> &[Analyser] {
        &self.table.rows
    }

    /// Begins to look through the logs of one report.
    pub fn scan(&self) -> Scan<'_> {
        Scan { analysers: self, tallies: BTreeMap::new(), totals: Totals::default() }
    }
}

/// How much was looked through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Logs.
    pub logs: u64,
    /// Lines in them.
    pub lines: u64,
    /// Bytes of text in them.
    pub bytes: u64,
}

/// What was seen in the logs of one report so far.
#[derive(Debug)]
pub struct Scan<'a> {
    analysers: &'a Analysers,
    tallies: BTreeMap<usize, Tally>,
    totals: Totals,
}

impl<'a> Scan<'a> {
    /// Begins one log. Logs do not depend on each other: several can be read at once.
    pub fn log(&self, name: &str, origin: &Origin) -> LogScan<'a> {
        LogScan::new(self.analysers, name, origin)
    }

    /// Adds what was seen in one log; add them in the order of their names.
    pub fn add(&mut self, log: LogScan<'_>) {
        self.add_seen(log.end());
    }

    fn add_seen(&mut self, seen: Seen) {
        self.totals.logs += 1;
        self.totals.lines += seen.lines;
        self.totals.bytes += seen.bytes;
        for (analyser, tally) in seen.tallies {
            self.tallies.entry(analyser).or_default().merge(tally);
        }
    }

    /// How much was looked through so far.
    pub fn totals(&self) -> Totals {
        self.totals
    }

    /// Decides which analysers have found something; the most important finding first.
    pub fn finish(&self, facts: &Facts) -> Vec<Finding> {
        let rows = self.analysers.table.rows.iter().enumerate();
        let mut findings: Vec<Finding> =
            rows.filter_map(|(index, row)| self.judge(index, row, facts)).collect();
        let found: Vec<String> = findings.iter().map(|finding| finding.id.clone()).collect();
        findings.retain(|finding| {
            let row = self.analysers.table.rows.iter().find(|row| row.id == finding.id);
            !row.is_some_and(|row| row.yields_to.iter().any(|other| found.contains(other)))
        });
        findings.sort_by_key(Finding::rank);
        findings
    }

    fn judge(&self, index: usize, row: &Analyser, facts: &Facts) -> Option<Finding> {
        let mut finding = Finding::of(row);
        for condition in &row.conditions {
            match condition {
                Condition::Log(log) => self.tallies.get(&index)?.tell(log.enough(), &mut finding)?,
                Condition::Sequence(_) => self.tallies.get(&index)?.tell(1, &mut finding)?,
                Condition::Fact(fact) => facts.tell(fact, &mut finding)?,
                Condition::Entry(entry) => facts.tell_entry(entry, &mut finding)?,
            }
        }
        finding.fill_in();
        Some(finding)
    }
}

/// Looks through a bundle that is open: all its logs once, its facts, and what it lacks. [`open()`] does both in one pass.
///
/// # Errors
/// What the disk says. A log whose packed bytes are damaged counts as far as it can be read.
pub fn analyze(bundle: &Bundle, analysers: &Analysers) -> io::Result<(Vec<Finding>, Totals)> {
    let origin = Origin::of(bundle);
    let mut scan = analysers.scan();
    for name in logs::logs_of(bundle) {
        let mut log = scan.log(name, &origin);
        log.read(&mut bundle.read(name)?)?;
        scan.add(log);
    }
    Ok((scan.finish(&Facts::of(bundle)), scan.totals()))
}

#[cfg(test)]
mod tests;
