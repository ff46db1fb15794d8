//! `casefile verify`: hashes, limits, residue scan.

use std::io::Write;

use anyhow::Context;
use casefile::bundle::{Bundle, Limits, OpenError};
use casefile::redact::{Redactor, StandInKey};

use crate::Outcome;
use crate::args::VerifyArgs;
use crate::terminal::{line, size};

pub(crate) fn run(args: &VerifyArgs, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let name = line(&args.bundle.display().to_string());
    let bundle = match Bundle::open(&args.bundle, &Limits::default()) {
        Ok(bundle) => bundle,
        Err(error @ (OpenError::Io(_) | OpenError::Newer { .. })) => {
            return Err(error).with_context(|| format!("cannot check {name}"));
        }
        Err(error) => {
            writeln!(out, "{name}: not a good bundle: {}", line(&error.to_string()))?;
            return Ok(Outcome::CheckFailed);
        }
    };
    let manifest = bundle.manifest();
    let stored: Vec<_> = manifest.entries.iter().filter(|entry| entry.status.is_stored()).collect();
    writeln!(out, "{name}: {}, format {}", size(bundle.bytes()), manifest.format)?;
    writeln!(out, "  sha256    {}", bundle.sha256())?;
    writeln!(out, "  hashes    ok, {} entries", stored.len() + 1)?;

    let redactor = Redactor::builder().key(StandInKey::generate()?).build();
    let mut residues = 0;
    let names = stored.iter().map(|entry| entry.name.as_str()).chain(["manifest.json"]);
    for entry in names {
        for residue in redactor.residues(&mut bundle.read(entry)?)? {
            residues += 1;
            writeln!(out, "  residue   {} line {}: rule {}", line(entry), residue.line, residue.rule)?;
        }
    }
    if residues > 0 {
        writeln!(out, "  secrets   {residues} found: do not pass this bundle on")?;
        return Ok(Outcome::CheckFailed);
    }
    writeln!(out, "  secrets   none found")?;
    Ok(Outcome::Done)
}
