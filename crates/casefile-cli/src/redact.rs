//! `casefile redact`: removes the secrets from a file, a folder or standard input.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use casefile::Reporter;
use casefile::collect::{Collector, Folder, FolderCollector, Found, Scope, Section};
use casefile::redact::{Cleaned, KnownValues, Raw, Redactor, StandInKey};
use clap::error::ErrorKind;
use serde_json::{Value, json};

use crate::Outcome;
use crate::args::{RedactArgs, usage};
use crate::terminal::line;

pub(crate) fn run(args: &RedactArgs, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let redactor = redactor(args)?;
    let mut cleaning = Cleaning { redactor, rows: Vec::new(), left_out: 0 };
    match (&args.output, args.input == Path::new("-")) {
        (None, true) => cleaning.stream(Raw::from_reader(io::stdin()), "stdin", out)?,
        (Some(output), true) => cleaning.file(Raw::from_reader(io::stdin()), "stdin", output)?,
        (output, false) => {
            let metadata =
                fs::metadata(&args.input).with_context(|| format!("cannot read {}", args.input.display()))?;
            match output {
                Some(output) if metadata.is_dir() => cleaning.folder(&args.input, output)?,
                None if metadata.is_dir() => {
                    let why = format!("{} is a folder: name the new one with -o", args.input.display());
                    return Err(usage(ErrorKind::MissingRequiredArgument, why));
                }
                Some(output) => cleaning.file(open(&args.input)?, &args.input.to_string_lossy(), output)?,
                None => cleaning.stream(open(&args.input)?, &args.input.to_string_lossy(), out)?,
            }
        }
    }
    if let Some(path) = &args.report {
        let report = json!({ "rules": casefile::redact::RULES_VERSION, "files": cleaning.rows });
        fs::write(path, serde_json::to_vec_pretty(&report)?)
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(if cleaning.left_out > 0 { Outcome::CheckFailed } else { Outcome::Done })
}

/// The rules, this machine, the settings' secrets, and every value that the input itself names as secret: it
/// may stand elsewhere without a name.
fn redactor(args: &RedactArgs) -> anyhow::Result<Redactor> {
    let learn = |known: &mut KnownValues| -> anyhow::Result<()> {
        for path in &args.known {
            known.learn(open(path)?, &path.to_string_lossy());
        }
        if args.input != Path::new("-") {
            learn_under(&args.input, known);
        }
        Ok(())
    };
    if let Some(config) = &args.config {
        let reporter = Reporter::from_config(config)?;
        let mut learned = Ok(());
        let redactor = reporter.redactor(|known| learned = learn(known))?;
        return learned.map(|()| redactor);
    }
    let mut known = KnownValues::new();
    known.add_machine();
    learn(&mut known)?;
    Ok(Redactor::builder().key(StandInKey::generate()?).known(known).build())
}

/// Learns the secrets that files in a folder name.
pub(crate) fn learn_under(path: &Path, known: &mut KnownValues) {
    for found in files(path) {
        if let Found::Section(section) = found
            && let Ok(raw) = section.open()
        {
            known.learn(raw, section.source());
        }
    }
}

/// What lies in a file or folder.
pub(crate) fn files(path: &Path) -> Vec<Found> {
    FolderCollector::new(Folder::Attachments, path).collect(&Scope::default())
}

fn open(path: &Path) -> anyhow::Result<Raw> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Raw::from_reader(file))
}

struct Cleaning {
    redactor: Redactor,
    rows: Vec<Value>,
    left_out: usize,
}

impl Cleaning {
    /// Mirrors a folder; the names of files are cleaned too.
    fn folder(&mut self, input: &Path, output: &Path) -> anyhow::Result<()> {
        if output.starts_with(input) {
            let why = format!("{} lies in the folder that is read", output.display());
            return Err(usage(ErrorKind::ArgumentConflict, why));
        }
        for found in files(input) {
            match found {
                Found::Section(section) => {
                    let (name, _) = self.redactor.clean_path(section.name());
                    let target = free_name(&output.join(name.as_str()));
                    if let Some(parent) = target.parent() {
                        fs::create_dir_all(parent)
                            .with_context(|| format!("cannot make {}", parent.display()))?;
                    }
                    match section.open() {
                        Ok(raw) => self.file(raw, &file_of(&section), &target)?,
                        Err(error) => self.leave_out(section.source(), &error.kind().to_string())?,
                    }
                }
                Found::LeftOut { source, reason, .. } => self.leave_out(&source, &reason)?,
                Found::Note(_) => {}
            }
        }
        Ok(())
    }

    fn file(&mut self, raw: Raw, source: &str, output: &Path) -> anyhow::Result<()> {
        let cannot_write = || format!("cannot write {}", line(&output.display().to_string()));
        let part = output.with_added_extension("part");
        let mut writer = BufWriter::with_capacity(256 << 10, File::create(&part).with_context(cannot_write)?);
        let cleaned = self.redactor.clean_stream(raw, source, &mut writer);
        writer.flush().with_context(cannot_write)?;
        drop(writer);
        match cleaned {
            Ok(cleaned) => {
                fs::rename(&part, output).with_context(cannot_write)?;
                self.note(source, Some(output), &cleaned);
                Ok(())
            }
            Err(error) => {
                fs::remove_file(&part).with_context(cannot_write)?;
                self.leave_out(source, &error.to_string())
            }
        }
    }

    fn stream(&mut self, raw: Raw, source: &str, out: &mut dyn Write) -> anyhow::Result<()> {
        match self.redactor.clean_stream(raw, source, out) {
            Ok(cleaned) => {
                self.note(source, None, &cleaned);
                Ok(())
            }
            Err(error) => self.leave_out(source, &error.to_string()),
        }
    }

    fn note(&mut self, source: &str, output: Option<&Path>, cleaned: &Cleaned) {
        self.rows.push(json!({
            "source": self.redactor.clean_path(source).0,
            "output": output,
            "status": "success",
            "read_bytes": cleaned.read_bytes,
            "written_bytes": cleaned.written_bytes,
            "hits": cleaned.hits,
            "places": cleaned.places,
        }));
    }

    fn leave_out(&mut self, source: &str, reason: &str) -> anyhow::Result<()> {
        self.left_out += 1;
        let source = self.redactor.clean_path(source).0.into_string();
        writeln!(io::stderr(), "casefile: left out: {}: {}", line(&source), line(reason))?;
        self.rows.push(json!({ "source": source, "status": "skipped", "reason": reason }));
        Ok(())
    }
}

fn file_of(section: &Section) -> String {
    section.source().to_owned()
}

/// Two names may be one after cleaning: the second gets a number.
fn free_name(path: &Path) -> PathBuf {
    let mut candidate = path.to_owned();
    for number in 2.. {
        if !candidate.exists() {
            break;
        }
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let extension =
            path.extension().map(|extension| format!(".{}", extension.to_string_lossy())).unwrap_or_default();
        candidate = path.with_file_name(format!("{stem}~{number}{extension}"));
    }
    candidate
}
