//! `casefile show`: what a bundle says, for people and as JSON.

use std::io::Write;

use anyhow::Context;
use casefile::analyze::{Analysers, Finding, to_json};
use casefile::bundle::{Bundle, Entry};
use casefile::config::read_analysers;
use serde_json::{Value, json};

use crate::Outcome;
use crate::args::ShowArgs;
use crate::opened;
use crate::terminal::{line, plain, size};

/// Largest part of a bundle that is shown as text.
const MAX_TEXT_BYTES: u64 = 1 << 20;

pub(crate) fn run(args: &ShowArgs, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let own = args.rules.as_deref().map(read_analysers).transpose().context("cannot use the analysers")?;
    let analysers = own.as_ref().unwrap_or_else(|| Analysers::standard());
    // What a stranger's bundle says of itself is not believed: the evidence is looked through here.
    let Some(analyzed) = opened::analyzed(&args.bundle, analysers, "show", out)? else {
        return Ok(Outcome::CheckFailed);
    };
    let bundle = analyzed.bundle;
    let findings = Findings { told: told(&bundle, analysers), found: analyzed.findings };
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&as_json(&bundle, &findings)?)?)?;
    } else {
        print(&bundle, &findings, out)?;
    }
    Ok(Outcome::Done)
}

struct Findings {
    /// What was found here.
    found: Vec<Finding>,
    /// What only the bundle says, by analysers that are not known here: the vendor's own.
    told: Vec<Finding>,
}

fn told(bundle: &Bundle, analysers: &Analysers) -> Vec<Finding> {
    let mut told = bundle.findings().ok().flatten().unwrap_or_default();
    let is_known = |finding: &Finding| analysers.rows().iter().any(|row| row.id == finding.id);
    told.retain(|finding| !is_known(finding));
    told
}

fn as_json(bundle: &Bundle, findings: &Findings) -> anyhow::Result<Value> {
    Ok(json!({
        "sha256": bundle.sha256(),
        "bytes": bundle.bytes(),
        "manifest": bundle.manifest(),
        "report": bundle.report()?,
        "findings": to_json(&findings.found),
        "told_findings": to_json(&findings.told),
    }))
}

fn print(bundle: &Bundle, findings: &Findings, out: &mut dyn Write) -> anyhow::Result<()> {
    let manifest = bundle.manifest();
    let report = bundle.report()?;
    writeln!(
        out,
        "report   {} ({} {})",
        manifest.report_id,
        line(&manifest.app.name),
        line(&manifest.app.version)
    )?;
    writeln!(out, "sealed   {}", manifest.sealed_at)?;
    writeln!(out, "bundle   {}, sha256 {}", size(bundle.bytes()), bundle.sha256())?;
    writeln!(out, "about    {} {}", report.priority, report.category)?;
    writeln!(out)?;
    write!(out, "{}", plain(&bundle.read_text("report.md", MAX_TEXT_BYTES).unwrap_or_default()))?;

    let told = "findings of the vendor's analysers, as the bundle says";
    for (title, findings) in [("findings", &findings.found), (told, &findings.told)] {
        if !findings.is_empty() {
            writeln!(out, "\n{title} ({}), see `casefile analyze`", findings.len())?;
        }
        for finding in findings {
            let title = line(finding.title.of(report.language));
            let (severity, priority) = (finding.severity.as_str(), finding.priority);
            writeln!(out, "  {severity:<5} {priority} {:<8}  {title}", finding.category)?;
        }
    }
    writeln!(out)?;
    if let Some(Value::Object(system)) = &report.system {
        section(out, "system", system.iter().map(|(key, value)| (key.as_str(), text_of(value))))?;
    }
    if let Some(license) = &report.license {
        let proof = license.proof.as_ref().map(|_| "yes".to_owned());
        let rows = [
            ("status", Some(license.status.clone())),
            ("edition", license.edition.clone()),
            ("id", license.id.clone()),
            ("expires", license.expires_at.map(|at| at.to_string())),
            ("proof", proof),
        ];
        section(out, "licence", rows.into_iter().filter_map(|(key, value)| Some((key, value?))))?;
    }

    let (stored, left_out): (Vec<_>, Vec<_>) =
        manifest.entries.iter().partition(|entry| entry.status.is_stored());
    writeln!(out, "in the bundle ({})", stored.len())?;
    for entry in stored {
        writeln!(out, "  {:>9}  {}{}", size(entry.bytes), line(&entry.name), hidden(entry))?;
    }
    if !left_out.is_empty() {
        writeln!(out, "\nnot in the bundle ({})", left_out.len())?;
        for entry in left_out {
            let reason = entry.reason.as_deref().unwrap_or_default();
            writeln!(out, "  {:>9}  {}: {}", entry.status.as_str(), line(&entry.source), line(reason))?;
        }
    }
    let hits: Vec<_> = manifest.hits().into_iter().map(|(rule, count)| (rule, count.to_string())).collect();
    if !hits.is_empty() {
        writeln!(out)?;
        section(out, "hidden, by rule", hits)?;
    }
    if !manifest.notes.is_empty() {
        section(out, "notes", manifest.notes.iter().map(|note| (note.about.as_str(), note.text.clone())))?;
    }
    Ok(())
}

fn hidden(entry: &Entry) -> String {
    let hits = entry.hidden();
    let part = match (&entry.reason, entry.kept) {
        (Some(reason), _) => format!(", {}", line(reason)),
        _ if entry.is_picture() => "  (a picture: cannot be searched)".to_owned(),
        _ => String::new(),
    };
    if hits == 0 { part } else { format!("  (hidden: {hits}{part})") }
}

fn section<'a>(
    out: &mut dyn Write,
    title: &str,
    rows: impl IntoIterator<Item = (&'a str, String)>,
) -> anyhow::Result<()> {
    writeln!(out, "{title}")?;
    for (key, value) in rows {
        writeln!(out, "  {:<24} {}", line(key), line(&value))?;
    }
    writeln!(out)?;
    Ok(())
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
