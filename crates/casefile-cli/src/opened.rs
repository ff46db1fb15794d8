//! A bundle that a command is given.

use std::io::Write;
use std::path::Path;

use anyhow::Context;
use casefile::bundle::{Bundle, Limits, OpenError};

use crate::terminal::line;

/// Opens and checks a bundle. `None` when it is not a good one, which has been said on `out` then: a check failed.
pub(crate) fn open(path: &Path, verb: &str, out: &mut dyn Write) -> anyhow::Result<Option<Bundle>> {
    let name = line(&path.display().to_string());
    match Bundle::open(path, &Limits::default()) {
        Ok(bundle) => Ok(Some(bundle)),
        Err(error @ (OpenError::Io(_) | OpenError::Newer { .. })) => {
            Err(error).with_context(|| format!("cannot {verb} {name}"))
        }
        Err(error) => {
            writeln!(out, "{name}: not a good bundle: {}", line(&error.to_string()))?;
            Ok(None)
        }
    }
}
