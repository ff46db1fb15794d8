//! `casefile verify`: hashes, limits, residue scan.

use std::io::Write;

use anyhow::Context;
use casefile::bundle::{Bundle, Limits, OpenError};
use casefile::redact::{Redactor, StandInKey};
use serde::Serialize;

use crate::Outcome;
use crate::args::VerifyArgs;
use crate::terminal::{line, size};

/// What was found; see `docs/format.md`.
#[derive(Serialize)]
struct Verdict {
    good: bool,
    /// Why it is not accepted as a bundle.
    problem: Option<String>,
    sha256: Option<String>,
    bytes: Option<u64>,
    format: Option<u32>,
    entries: Option<usize>,
    residues: Vec<Residue>,
    /// Entries that hold a damaged archive, so that nobody can say what is in it.
    unreadable: Vec<String>,
    /// Entries that are pixels: whoever sent them has looked at them, and nothing can search them.
    pictures: Vec<String>,
}

#[derive(Serialize)]
struct Residue {
    entry: String,
    line: u64,
    rule: &'static str,
}

pub(crate) fn run(args: &VerifyArgs, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let name = line(&args.bundle.display().to_string());
    let verdict = match Bundle::open(&args.bundle, &Limits::default()) {
        Ok(bundle) => look(&bundle)?,
        Err(error @ (OpenError::Io(_) | OpenError::Newer { .. })) => {
            return Err(error).with_context(|| format!("cannot check {name}"));
        }
        Err(error) => Verdict {
            good: false,
            problem: Some(line(&error.to_string())),
            sha256: None,
            bytes: None,
            format: None,
            entries: None,
            residues: Vec::new(),
            unreadable: Vec::new(),
            pictures: Vec::new(),
        },
    };
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&verdict)?)?;
    } else {
        print(&name, &verdict, out)?;
    }
    Ok(if verdict.good { Outcome::Done } else { Outcome::CheckFailed })
}

/// Looks for secrets in a bundle whose hashes are right.
fn look(bundle: &Bundle) -> anyhow::Result<Verdict> {
    let manifest = bundle.manifest();
    let stored = manifest.entries.iter().filter(|entry| entry.status.is_stored());
    let (pictures, texts): (Vec<_>, Vec<_>) = stored.partition(|entry| entry.is_picture());
    let names: Vec<&str> = texts.iter().map(|entry| entry.name.as_str()).chain(["manifest.json"]).collect();
    let redactor = Redactor::builder().key(StandInKey::generate()?).build();
    let (mut residues, mut unreadable) = (Vec::new(), Vec::new());
    for name in &names {
        match redactor.residues(&mut bundle.read(name)?) {
            Ok(found) => residues.extend(found.into_iter().map(|residue| Residue {
                entry: line(name),
                line: residue.line,
                rule: residue.rule,
            })),
            // The entry itself was read to its end when the bundle was opened.
            Err(error) if error.raw_os_error().is_none() => unreadable.push(line(name)),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Verdict {
        good: residues.is_empty() && unreadable.is_empty(),
        problem: None,
        sha256: Some(bundle.sha256()),
        bytes: Some(bundle.bytes()),
        format: Some(manifest.format),
        entries: Some(names.len() + pictures.len()),
        residues,
        unreadable,
        pictures: pictures.iter().map(|entry| line(&entry.name)).collect(),
    })
}

fn print(name: &str, verdict: &Verdict, out: &mut dyn Write) -> anyhow::Result<()> {
    let Verdict {
        sha256: Some(sha256),
        bytes: Some(bytes),
        format: Some(format),
        entries: Some(entries),
        ..
    } = verdict
    else {
        let problem = verdict.problem.as_deref().unwrap_or_default();
        writeln!(out, "{name}: not a good bundle: {problem}")?;
        return Ok(());
    };
    writeln!(out, "{name}: {}, format {format}", size(*bytes))?;
    writeln!(out, "  sha256    {sha256}")?;
    writeln!(out, "  hashes    ok, {entries} entries")?;
    for residue in &verdict.residues {
        writeln!(out, "  residue   {} line {}: rule {}", residue.entry, residue.line, residue.rule)?;
    }
    for entry in &verdict.pictures {
        writeln!(out, "  picture   {entry}: pixels alone, which cannot be searched")?;
    }
    for entry in &verdict.unreadable {
        writeln!(out, "  damaged   {entry}: nobody can say what is in it")?;
    }
    match verdict.residues.len() {
        0 if !verdict.good => {
            writeln!(out, "  secrets   not all of it can be searched: do not pass this bundle on")?;
        }
        0 => writeln!(out, "  secrets   none found")?,
        count => writeln!(out, "  secrets   {count} found: do not pass this bundle on")?,
    }
    Ok(())
}
