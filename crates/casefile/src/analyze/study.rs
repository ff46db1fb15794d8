//! Findings that are made while a bundle is sealed, from the clean bytes that go into it.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::finding::{Evidence, Finding, to_json};
use super::log::{LogScan, Seen};
use super::{Analysers, Facts};
use crate::bundle::{Bundle, Entry, FINDINGS, Look, OpenError, Study};
use crate::compare::{MAX_PRESET_BYTES, values_of};
use crate::logs::{self, Origin};
use crate::redact::Redactor;
use crate::report::ReportBody;

/// Largest `findings.json` that is read.
const MAX_FINDINGS_BYTES: u64 = 16 << 20;
/// Where the facts of machine, licence and product stand.
const REPORT: &str = "report.json";

impl Bundle {
    /// What was found in the evidence when the bundle was sealed, the most important finding first; absent in bundles of
    /// versions that did not look. Reads one small entry.
    ///
    /// It is what the bundle says of itself: who receives it from a stranger looks through the evidence with
    /// [`analyze`](super::analyze()), and neutralises the texts before showing them.
    ///
    /// # Errors
    /// `Damaged` when the entry is not a list of findings.
    pub fn findings(&self) -> Result<Option<Vec<Finding>>, OpenError> {
        let damaged =
            || OpenError::Damaged { entry: Some(FINDINGS.to_owned()), why: "it is not a list of findings" };
        match self.read_text(FINDINGS, MAX_FINDINGS_BYTES) {
            Ok(text) => serde_json::from_str(&text).map(Some).map_err(|_| damaged()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => Err(damaged()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Looks for findings in the entries of a bundle that is being sealed.
pub(crate) struct Findings {
    /// Absent for those that come with casefile.
    own: Option<Arc<Analysers>>,
    origin: Origin,
    redactor: Redactor,
    seen: Mutex<All>,
}

/// What was seen, by the names of the entries: who was faster does not count.
#[derive(Default)]
struct All {
    logs: BTreeMap<String, Seen>,
    texts: BTreeMap<String, String>,
}

impl Findings {
    pub(crate) fn new(own: Option<Arc<Analysers>>, origin: Origin, redactor: Redactor) -> Self {
        Self { own, origin, redactor, seen: Mutex::default() }
    }

    fn analysers(&self) -> &Analysers {
        self.own.as_deref().unwrap_or_else(|| Analysers::standard())
    }

    fn seen(&self) -> MutexGuard<'_, All> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The findings as the bundle may have them: evidence was cut from clean lines, and a cut can make a secret of what was
    /// none, so that it is cleaned again; the vendor's own words are, where they need it. What a rule would still hide is not
    /// told: a bundle must not fail by it.
    fn told(&self, mut findings: Vec<Finding>) -> String {
        let clean = |text: &str| self.redactor.clean_text(text).0.into_string();
        for finding in &mut findings {
            finding.clean_evidence(clean);
            if self.would_hide(&pretty(std::slice::from_ref(finding))) {
                finding.clean_words(clean);
            }
            if self.would_hide(&pretty(std::slice::from_ref(finding))) {
                finding.evidence.iter_mut().for_each(Evidence::forget);
            }
        }
        let text = pretty(&findings);
        if !self.would_hide(&text) {
            return text;
        }
        findings.retain(|finding| !self.would_hide(&pretty(std::slice::from_ref(finding))));
        let text = pretty(&findings);
        if self.would_hide(&text) { pretty(&[]) } else { text }
    }

    fn would_hide(&self, text: &str) -> bool {
        self.redactor.residues(&mut text.as_bytes()).is_ok_and(|residues| !residues.is_empty())
    }
}

fn pretty(findings: &[Finding]) -> String {
    format!("{:#}\n", to_json(findings))
}

impl Study for Findings {
    fn begin(&self, entry: &str) -> Option<Box<dyn Look + '_>> {
        if logs::is_log(entry) {
            let scan = self.analysers().scan().log(entry, &self.origin);
            let look = LogLook { all: self, name: entry.to_owned(), scan, is_empty: true };
            return Some(Box::new(look));
        }
        let is_fact = entry == REPORT || entry.starts_with("preset/");
        is_fact.then(|| -> Box<dyn Look + '_> {
            Box::new(TextLook { all: self, name: entry.to_owned(), text: Vec::new() })
        })
    }

    fn conclude(&self, entries: &[Entry]) -> String {
        let All { logs, texts } = std::mem::take(&mut *self.seen());
        let mut scan = self.analysers().scan();
        for seen in logs.into_values() {
            scan.add_seen(seen);
        }
        let report = texts.get(REPORT).and_then(|text| serde_json::from_str::<ReportBody>(text).ok());
        let mut facts = Facts::new(report.as_ref(), self.origin.sealed_at, entries);
        for (name, text) in texts.iter().filter(|(name, _)| *name != REPORT) {
            facts.push_values("preset", name, values_of(text));
        }
        self.told(scan.finish(&facts))
    }
}

struct LogLook<'a> {
    all: &'a Findings,
    name: String,
    scan: LogScan<'a>,
    is_empty: bool,
}

impl Look for LogLook<'_> {
    fn push(&mut self, clean: &[u8]) {
        self.is_empty &= clean.is_empty();
        self.scan.push(clean);
    }

    fn end(self: Box<Self>) {
        if !self.is_empty {
            let seen = self.scan.end();
            self.all.seen().logs.insert(self.name, seen);
        }
    }
}

/// A text of facts; one that is too large for them is empty.
struct TextLook<'a> {
    all: &'a Findings,
    name: String,
    text: Vec<u8>,
}

impl Look for TextLook<'_> {
    fn push(&mut self, clean: &[u8]) {
        if self.text.len() as u64 <= MAX_PRESET_BYTES {
            self.text.extend_from_slice(clean);
        }
    }

    fn end(self: Box<Self>) {
        if self.text.len() as u64 <= MAX_PRESET_BYTES {
            let text = String::from_utf8_lossy(&self.text).into_owned();
            self.all.seen().texts.insert(self.name, text);
        }
    }
}

#[cfg(test)]
mod tests;
