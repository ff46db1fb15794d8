//! The score as a person reads it: the worst first.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use super::{Count, Score};

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (severity, count) in &self.severities {
            row(f, severity, *count)?;
        }
        writeln!(f, "named critical leaks {:>24}", self.named_critical_leaks())?;
        row(f, "keep", self.keep())?;
        row(f, "clean lines", self.clean_lines)?;
        row(f, "still parse", self.parses)?;
        row(f, "correlate", self.correlation)?;
        row(f, "idempotent", self.idempotent)?;
        worst(f, "kinds that leak", &self.kinds, |kind| {
            self.leaks
                .iter()
                .find(|leak| leak.kind == *kind)
                .map(|leak| format!("{} [{}] {}", leak.place, leak.context, leak.before))
        })?;
        worst(f, "places that leak", &self.contexts, |context| {
            self.leaks
                .iter()
                .find(|leak| leak.context == *context)
                .map(|leak| format!("{} {} {}", leak.place, leak.kind, leak.before))
        })?;
        worst(f, "survivors that are gone", &self.keeps, |kind| {
            self.losses
                .iter()
                .find(|loss| loss.kind == *kind)
                .map(|loss| format!("{} {}", loss.place, loss.before))
        })?;
        writeln!(f, "\nclean lines that changed")?;
        for loss in self.losses.iter().filter(|loss| loss.kind == "clean line").take(30) {
            writeln!(f, "  {} {}", loss.place, loss.before)?;
        }
        writeln!(f, "\nother faults: {}", self.faults.len())?;
        for fault in self.faults.iter().take(40) {
            writeln!(f, "  {}", fault.chars().take(1_500).collect::<String>())?;
        }
        Ok(())
    }
}

impl Score {
    /// Every leak on a line of its own.
    pub fn all_leaks(&self) -> String {
        let mut text = String::new();
        for leak in &self.leaks {
            writeln!(text, "{}\t{}\t{}\t{}", leak.kind, leak.context, leak.place, leak.before)
                .expect("memory takes all");
        }
        text
    }
}

fn row(f: &mut fmt::Formatter<'_>, name: &str, count: Count) -> fmt::Result {
    writeln!(f, "{name:<32} {:.4} {:>6} of {:>6}", count.rate(), count.right, count.all)
}

fn worst(
    f: &mut fmt::Formatter<'_>,
    title: &str,
    counts: &BTreeMap<String, Count>,
    example: impl Fn(&String) -> Option<String>,
) -> fmt::Result {
    let mut rows: Vec<_> = counts.iter().filter(|(_, count)| count.right < count.all).collect();
    rows.sort_by(|(_, a), (_, b)| a.rate().total_cmp(&b.rate()));
    writeln!(f, "\n{title}: {} of {}", rows.len(), counts.len())?;
    for (name, count) in rows {
        row(f, name, *count)?;
        if let Some(example) = example(name) {
            writeln!(f, "      {example}")?;
        }
    }
    Ok(())
}
