//! `casefile diff`: what is different between two bundles.

use std::io::Write;

use anyhow::Context;
use casefile::compare::{Change, ErrorCount, compare};

use crate::Outcome;
use crate::args::DiffArgs;
use crate::opened;
use crate::terminal::{grouped, line};

pub(crate) fn run(args: &DiffArgs, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let Some(before) = opened::open(&args.before, "compare", out)? else { return Ok(Outcome::CheckFailed) };
    let Some(after) = opened::open(&args.after, "compare", out)? else { return Ok(Outcome::CheckFailed) };
    let differences = compare(&before, &after).context("cannot compare the bundles")?;
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&differences)?)?;
        return Ok(Outcome::Done);
    }
    if differences.is_empty() {
        writeln!(out, "no difference in version, licence, system, presets and errors")?;
    }
    changes(out, "report", &differences.report)?;
    changes(out, "system", &differences.system)?;
    changes(out, "preset", &differences.preset)?;
    errors(out, "new errors", '+', &differences.new_errors)?;
    errors(out, "errors that are gone", '-', &differences.gone_errors)?;
    Ok(Outcome::Done)
}

fn changes(out: &mut dyn Write, title: &str, changes: &[Change]) -> anyhow::Result<()> {
    if !changes.is_empty() {
        writeln!(out, "{title}")?;
    }
    for Change { key, before, after } in changes {
        let shown = |value: &Option<String>| value.as_deref().map_or_else(|| "(none)".to_owned(), line);
        writeln!(out, "  {}: {} -> {}", line(key), shown(before), shown(after))?;
    }
    Ok(())
}

fn errors(out: &mut dyn Write, title: &str, sign: char, errors: &[ErrorCount]) -> anyhow::Result<()> {
    if !errors.is_empty() {
        writeln!(out, "{title}")?;
    }
    for ErrorCount { signature, count } in errors {
        writeln!(out, "  {sign} {}  x {}", line(signature), grouped(*count))?;
    }
    Ok(())
}
