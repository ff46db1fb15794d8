//! `casefile analyze`: what is known to go wrong, sought in a bundle or in a folder of logs.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use anyhow::Context;
use casefile::analyze::{Analysers, Analyzed, Facts, Finding, Severity, Totals, to_json};
use casefile::collect::Found;
use casefile::config::read_analysers;
use casefile::logs::{self, Origin};
use casefile::redact::{KnownValues, Redactor, StandInKey};
use casefile::report::Language;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::Outcome;
use crate::args::AnalyzeArgs;
use crate::opened;
use crate::redact;
use crate::terminal::{Paint, grouped, line};

pub(crate) fn run(
    args: &AnalyzeArgs,
    now: Timestamp,
    paint: Paint,
    out: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    let own = args.rules.as_deref().map(read_analysers).transpose().context("cannot use the analysers")?;
    let analysers = own.as_ref().unwrap_or_else(|| Analysers::standard());
    let mut language = args.language.as_deref().map(Language::of_locale);
    let (findings, totals) = if args.input.is_dir() {
        analyze_folder(&args.input, analysers, now)?
    } else {
        let Some(Analyzed { bundle, findings, totals }) =
            opened::analyzed(&args.input, analysers, "analyze", out)?
        else {
            return Ok(Outcome::CheckFailed);
        };
        language = language.or_else(|| bundle.report().ok().map(|report| report.language));
        (findings, totals)
    };
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&to_json(&findings))?)?;
        return Ok(Outcome::Done);
    }
    for finding in &findings {
        out.write_all(told(finding, language.unwrap_or_default(), paint).as_bytes())?;
    }
    let count = grouped(findings.len() as u64);
    let (logs, lines) = (grouped(totals.logs), grouped(totals.lines));
    writeln!(
        out,
        "-- {count} findings by {} analysers in {lines} lines of {logs} logs",
        analysers.rows().len()
    )?;
    Ok(Outcome::Done)
}

/// Looks through a folder. Its files are raw: they pass the redactor before a line of them can become evidence.
fn analyze_folder(
    folder: &Path,
    analysers: &Analysers,
    now: Timestamp,
) -> anyhow::Result<(Vec<Finding>, Totals)> {
    let mut known = KnownValues::new();
    known.add_machine();
    redact::learn_under(folder, &mut known);
    let redactor = Redactor::builder().key(StandInKey::generate()?).known(known).build();
    let origin = Origin { zone: TimeZone::system(), sealed_at: now };
    let mut scan = analysers.scan();
    for found in redact::files(folder) {
        let Found::Section(section) = found else { continue };
        if !logs::is_text(section.name()) {
            continue;
        }
        let (name, _) = redactor.clean_path(section.name());
        let name = name.as_str();
        let mut log = scan.log(name.split_once('/').map_or(name, |(_, rest)| rest), &origin);
        // A file that went away, or that cannot be looked into, is no reason to keep quiet about the others.
        let Ok(raw) = section.open() else { continue };
        let _ = redactor.clean_stream(raw, section.source(), &mut log);
        scan.add(log);
    }
    Ok((scan.finish(&Facts::default()), scan.totals()))
}

/// A finding for people.
pub(crate) fn told(finding: &Finding, language: Language, paint: Paint) -> String {
    let mut text = String::new();
    let (word, colour) = match finding.severity {
        Severity::Error => ("ERROR", "1;31"),
        Severity::Warn => ("WARN ", "33"),
        Severity::Info => ("info ", ""),
    };
    paint.push(&mut text, colour, word);
    let _ = writeln!(text, " {}", line(finding.title.of(language)));
    let indent = "      ";
    let _ = writeln!(text, "{indent}{}", line(finding.cause.of(language)));
    let _ = writeln!(text, "{indent}> {}", line(finding.advice.of(language)));
    let reason = line(finding.reason.of(language));
    let _ = writeln!(text, "{indent}{} {}: {reason}", finding.priority, finding.category);
    if finding.count > 1 {
        let more = if finding.at_least { " at least" } else { "" };
        let mut times = format!("x {}{more}", grouped(finding.count));
        if let (Some(first), Some(last)) = (finding.first_at, finding.last_at) {
            let _ = write!(times, ", {first:.0} to {last:.0}");
        }
        text.push_str(indent);
        paint.mark(&mut text, &times);
        text.push('\n');
    }
    for evidence in &finding.evidence {
        let place = match evidence.line {
            0 => line(&evidence.file),
            number => format!("{}:{number}", line(&evidence.file)),
        };
        let _ = writeln!(text, "{indent}  {place}  {}", line(&evidence.text));
    }
    let _ = writeln!(text, "{indent}see {}\n", line(&finding.anchor));
    text
}
