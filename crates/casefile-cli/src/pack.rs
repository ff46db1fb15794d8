//! `casefile pack`: collects, redacts and seals a bundle, without sending it.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use anyhow::{Context, bail};
use casefile::bundle::{Effort, SealError, Window};
use casefile::collect::{Scope, exclude};
use casefile::report::{Category, Priority, Request};
use casefile::{Draft, Progress, Reporter, Selection};
use jiff::Timestamp;
use serde_json::json;

use crate::Outcome;
use crate::args::{PackArgs, SelectionArgs};
use crate::terminal::{line, size};

pub(crate) fn run(args: &PackArgs, now: Timestamp, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let reporter = Reporter::from_config(&args.config)?;
    let request = match &args.form {
        Some(path) => read_form(path)?,
        None => Request::new("casefile pack", "Packed without a form.", Priority::P4, Category::Runtime),
    };
    let mut selection = match selection(&args.selection, now)? {
        Some(selection) => selection,
        None => reporter.default_selection(&request),
    };
    selection.effort = args.fast.then_some(Effort::Fast);
    let sealed = reporter.seal_selection(&request, &selection, now, &Progress::new());
    let draft = sealed.map_err(not_sealed)?;
    let moved = move_bundle(draft.bundle.path(), &args.output);
    if moved.is_err() {
        reporter.discard(&draft)?;
    }
    moved.with_context(|| format!("cannot write {}", args.output.display()))?;
    if args.json {
        writeln!(out, "{}", summary(&draft, &args.output))?;
    } else {
        print(&draft, &args.output, out)?;
    }
    Ok(Outcome::Done)
}

/// Why there is no bundle, and what can be done about it.
pub(crate) fn not_sealed(error: SealError) -> anyhow::Error {
    let advice = match &error {
        SealError::Residue { entry, .. } => offer(entry),
        SealError::Disk(_) => " in the folder of the outbox (`[outbox] dir`)".to_owned(),
        _ => String::new(),
    };
    anyhow::Error::new(error).context(format!("cannot seal the bundle{advice}"))
}

/// How to leave an entry out: a pattern matches the path inside its folder.
fn offer(entry: &str) -> String {
    let inside = entry.split_once('/').map_or(entry, |(_, inside)| inside);
    format!(" (--exclude '{}' leaves that file out)", line(inside))
}

fn summary(draft: &Draft, path: &Path) -> serde_json::Value {
    let manifest = draft.bundle.manifest();
    json!({
        "report_id": draft.id,
        "bundle": path,
        "sha256": draft.bundle.sha256(),
        "bundle_bytes": draft.bundle.bytes(),
        "entries": manifest.entries.iter().filter(|entry| entry.status.is_stored()).count(),
        "hits": manifest.hidden(),
    })
}

fn print(draft: &Draft, path: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let manifest = draft.bundle.manifest();
    let stored = manifest.entries.iter().filter(|entry| entry.status.is_stored()).count();
    let left_out = manifest.entries.len() - stored;
    writeln!(out, "{}: {}", line(&path.display().to_string()), size(draft.bundle.bytes()))?;
    writeln!(out, "  entries   {stored}, left out {left_out}, notes {}", manifest.notes.len())?;
    writeln!(out, "  hidden    {}", manifest.hidden())?;
    writeln!(out, "  sha256    {}", draft.bundle.sha256())?;
    Ok(())
}

/// Reads what a person wrote. The parser's message would quote it, so only the place is told.
pub(crate) fn read_form(path: &Path) -> anyhow::Result<Request> {
    /// A form is a page.
    const MAX_BYTES: u64 = 1 << 20;
    let named = || format!("cannot read {}", path.display());
    let mut text = String::new();
    let mut reader: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin())
    } else {
        Box::new(fs::File::open(path).with_context(named)?)
    };
    reader.by_ref().take(MAX_BYTES + 1).read_to_string(&mut text).with_context(named)?;
    if text.len() as u64 > MAX_BYTES {
        bail!("{} is larger than a form can be ({} KiB)", path.display(), MAX_BYTES >> 10);
    }
    serde_json::from_str(&text).map_err(|error| {
        let what = if error.is_data() {
            "a field is missing, unknown or has a value that it cannot have; \
             required are title, description, priority (P1 to P4) and category (install, license, exchange, runtime)"
        } else {
            "it is not JSON"
        };
        anyhow::anyhow!("{} line {}: {what}", path.display(), error.line())
    })
}

/// What the options ask for; nothing when they leave it to the settings.
fn selection(args: &SelectionArgs, now: Timestamp) -> anyhow::Result<Option<Selection>> {
    let window = match (args.at, args.window, args.since) {
        (Some(at), Some(length), _) => {
            Some(Window { from: at.checked_sub(length)?, to: at.checked_add(length)? })
        }
        (_, _, Some(length)) => Some(Window { from: now.checked_sub(length)?, to: now }),
        _ => None,
    };
    if window.is_none() && !args.all && args.exclude.is_empty() && args.hide.is_none() {
        return Ok(None);
    }
    let hide = match &args.hide {
        None => Vec::new(),
        Some(path) => {
            let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
        }
    };
    let exclude = exclude(&args.exclude).context("cannot use --exclude")?;
    Ok(Some(Selection { scope: Scope { window, exclude, ..Scope::default() }, hide, ..Selection::default() }))
}

/// Moves the sealed bundle to its place; what stood there is replaced only by a whole one.
fn move_bundle(from: &Path, to: &Path) -> io::Result<()> {
    if fs::rename(from, to).is_ok() {
        return Ok(());
    }
    // Another disk: copied beside its place first.
    let part = to.with_added_extension("part");
    let copied = fs::copy(from, &part).and_then(|_| fs::rename(&part, to));
    if copied.is_err() {
        let _ = fs::remove_file(&part);
    }
    copied.and_then(|()| fs::remove_file(from))
}
