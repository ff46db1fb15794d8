//! A bundle that a command is given.

use std::io::Write;
use std::num::NonZero;
use std::path::Path;
use std::thread;

use anyhow::Context;
use casefile::analyze::{self, Analysers, Analyzed};
use casefile::bundle::{Bundle, Limits, OpenError};

use crate::terminal::line;

/// As [`open`], and looks for what is known to go wrong in the same pass.
pub(crate) fn analyzed(
    path: &Path,
    analysers: &Analysers,
    verb: &str,
    out: &mut dyn Write,
) -> anyhow::Result<Option<Analyzed>> {
    judged(analyze::open(path, &Limits::default(), analysers), path, verb, out)
}

/// Opens and checks a bundle. `None` when it is not a good one, which has been said on `out` then: a check failed.
pub(crate) fn open(path: &Path, verb: &str, out: &mut dyn Write) -> anyhow::Result<Option<Bundle>> {
    let threads = thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
    judged(Bundle::open_on(path, &Limits::default(), threads), path, verb, out)
}

fn judged<T>(
    opened: Result<T, OpenError>,
    path: &Path,
    verb: &str,
    out: &mut dyn Write,
) -> anyhow::Result<Option<T>> {
    let name = line(&path.display().to_string());
    match opened {
        Ok(opened) => Ok(Some(opened)),
        Err(error @ (OpenError::Io(_) | OpenError::Newer { .. })) => {
            Err(error).with_context(|| format!("cannot {verb} {name}"))
        }
        Err(error) => {
            writeln!(out, "{name}: not a good bundle: {}", line(&error.to_string()))?;
            Ok(None)
        }
    }
}
