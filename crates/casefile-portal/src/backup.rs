//! `casefile-portal backup` and `restore`: everything that the portal keeps, as a folder that can be checked.
//!
//! ```text
//! backup.json      what is in it, each file with its SHA-256
//! portal.sqlite    the database of one moment
//! evidence/…  attachments/…   every file that this database speaks of
//! mail/…           mails as they were received
//! erased.list      what was deleted until then
//! ```
//!
//! The database comes first and the files after it: they never change, and were in their place before their row was. What
//! is still on its way is not copied; its client sends it again.

mod copy;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use clap::Args;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub(crate) use self::copy::digest_of;
use self::copy::{Copied, copied, sync_folders};
use crate::home::{DATABASE, HomeArguments, remember};
use crate::spool::Spool;
use crate::store::{KnownFile, Place, Store, move_rows};
use crate::vault::{ERASURES, Vault};

const LIST: &str = "backup.json";
/// Raised when an older version could not read it.
const FORMAT: u32 = 1;

#[derive(Debug, Args)]
pub(crate) struct BackupArguments {
    /// Folder for the copy; must not exist yet.
    #[arg(short, long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    home: HomeArguments,
}

#[derive(Debug, Args)]
pub(crate) struct RestoreArguments {
    /// Folder that `backup` made.
    #[arg(value_name = "BACKUP")]
    from: PathBuf,
    /// The folder must not exist yet, or be empty. With `--database`, or settings that name one, the rows go into that database of a
    /// server, which has to be new: so a portal moves from a file to a server.
    #[command(flatten)]
    home: HomeArguments,
    /// A newer `erased.list`, if the old folder still has one: what was deleted since the copy is deleted again when the
    /// portal starts.
    #[arg(long, value_name = "FILE")]
    erased: Option<PathBuf>,
}

/// What a copy holds.
#[derive(Debug, Serialize, Deserialize)]
struct List {
    format: u32,
    made_at: Timestamp,
    version: String,
    tickets: i64,
    files: Vec<Listed>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Listed {
    path: String,
    sha256: String,
    bytes: u64,
}

/// Copies a portal; false when something of it was missing or damaged.
pub(crate) fn run(arguments: &BackupArguments, now: Timestamp, out: &mut dyn Write) -> anyhow::Result<bool> {
    let (target, data) = (&arguments.out, arguments.home.data());
    let place = arguments.home.existing_place()?;
    if let Some(url) = place.url() {
        bail!(
            "the database of this portal is on a server, which copies it itself. First `pg_dump --format=custom --file=portal.dump {url}`, \
             then copy the folder {} with any tool: its files never change, and are in their place before their row is",
            data.display()
        );
    }
    ensure!(!target.exists(), "{} exists already: name another folder", target.display());
    let part = with_suffix(target, ".part");
    if part.exists() {
        // An earlier run was stopped in its middle.
        fs::remove_dir_all(&part).with_context(|| format!("cannot remove {}", part.display()))?;
    }
    fs::create_dir_all(&part).with_context(|| format!("cannot make the folder {}", part.display()))?;
    only_ours(&part)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (tickets, known) = runtime.block_on(snapshot(&place, &part))?;
    let mut list = List {
        format: FORMAT,
        made_at: now,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        tickets,
        files: Vec::new(),
    };
    let vault = Vault::open(data)?;
    let mut wrong = Vec::new();
    for file in &known {
        let (from, path) = lies(&vault, data, file)?;
        match copied(&from, &part.join(&path))? {
            Copied::Whole { sha256, bytes } if sha256 == file.sha256 => {
                list.files.push(Listed { path, sha256, bytes });
            }
            Copied::Whole { .. } => wrong.push(format!("{path} is damaged")),
            // Deleted for good since the database was copied: the list of erasures, copied last, says so.
            Copied::Missing if vault.erasures()?.iter().any(|(report, _)| *report == file.report) => {}
            Copied::Missing => wrong.push(format!("{path} is missing")),
        }
    }
    // Mails are called after their bytes.
    let spool = Spool::open(data)?;
    for id in spool.all()? {
        // They wait again in the copy: what became of those that the database knows already stays as it is.
        let path = format!("mail/new/{id}.eml");
        match copied(&spool.path(&id), &part.join(&path))? {
            Copied::Whole { sha256, bytes } if sha256 == id => {
                list.files.push(Listed { path, sha256, bytes });
            }
            Copied::Whole { .. } => wrong.push(format!("{path} is damaged")),
            // Deleted for good in the meantime.
            Copied::Missing => {}
        }
    }
    copied(&data.join(ERASURES), &part.join(ERASURES))?;
    for name in [DATABASE, ERASURES] {
        let path = part.join(name);
        if path.exists() {
            let (sha256, bytes) = digest_of(&path)?;
            list.files.push(Listed { path: name.to_owned(), sha256, bytes });
        }
    }
    let text = serde_json::to_string_pretty(&list)?;
    let place = part.join(LIST);
    fs::write(&place, text)
        .and_then(|()| fs::File::open(&place)?.sync_all())
        .context("cannot write the list")?;
    sync_folders(&part)?;
    fs::rename(&part, target).with_context(|| format!("cannot finish {}", target.display()))?;
    for line in &wrong {
        writeln!(out, "wrong: {line}")?;
    }
    let bytes: u64 = list.files.iter().map(|file| file.bytes).sum();
    writeln!(
        out,
        "{} tickets, {} files, {bytes} bytes in {}",
        list.tickets,
        list.files.len(),
        target.display()
    )?;
    Ok(wrong.is_empty())
}

/// Makes a portal's folder of a copy, after every byte of it was compared.
pub(crate) fn restore(arguments: &RestoreArguments, out: &mut dyn Write) -> anyhow::Result<()> {
    let (from, data) = (&arguments.from, arguments.home.data());
    let text = fs::read(from.join(LIST)).with_context(|| format!("{} is no whole copy", from.display()))?;
    let list: List = serde_json::from_slice(&text).context("the list of the copy cannot be read")?;
    ensure!(list.format <= FORMAT, "a newer casefile-portal made this copy: use that version");
    let is_free = match fs::read_dir(data) {
        Ok(mut items) => items.next().is_none(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
        Err(error) => return Err(error).with_context(|| format!("cannot look into {}", data.display())),
    };
    ensure!(is_free, "{} is not empty: a portal is restored into a new folder", data.display());
    let place = arguments.home.place(&arguments.home.settings()?)?;
    let part = with_suffix(data, ".part");
    if part.exists() {
        fs::remove_dir_all(&part).with_context(|| format!("cannot remove {}", part.display()))?;
    }
    fs::create_dir_all(&part).with_context(|| format!("cannot make the folder {}", part.display()))?;
    only_ours(&part)?;
    for file in &list.files {
        ensure!(is_inside(&file.path), "the list of the copy names a path that is none of a portal's");
        match copied(&from.join(&file.path), &part.join(&file.path))? {
            Copied::Whole { sha256, .. } if sha256 == file.sha256 => {}
            Copied::Whole { .. } => bail!("{} is damaged in the copy: use another one", file.path),
            Copied::Missing => bail!("{} is missing in the copy: use another one", file.path),
        }
    }
    if let Some(newer) = &arguments.erased {
        let more = fs::read(newer).with_context(|| format!("cannot read {}", newer.display()))?;
        let mut file = fs::OpenOptions::new().create(true).append(true).open(part.join(ERASURES))?;
        file.write_all(&more).and_then(|()| file.sync_all()).context("cannot write the list of erasures")?;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let file = Place::File(part.join(DATABASE));
        let store = Store::open(&file).await.context("cannot open the database of the copy")?;
        let damages = store.damages().await?;
        store.close().await;
        ensure!(damages.is_empty(), "the database of the copy is damaged: {}", damages[0]);
        if place.url().is_some() {
            move_rows(&file, &place).await.context("cannot move the rows to the server")?;
            fs::remove_file(part.join(DATABASE))?;
            remember(&part, &place)?;
        }
        anyhow::Ok(())
    })?;
    sync_folders(&part)?;
    if data.exists() {
        fs::remove_dir(data)?;
    }
    fs::rename(&part, data).with_context(|| format!("cannot finish {}", data.display()))?;
    let files = list.files.len();
    writeln!(out, "{} tickets, {files} files, as of {}, in {}", list.tickets, list.made_at, data.display())?;
    Ok(())
}

/// Copies the database, and says what it speaks of.
async fn snapshot(place: &Place, part: &Path) -> anyhow::Result<(i64, Vec<KnownFile>)> {
    let store = Store::open_as_it_is(place).await.with_context(|| format!("cannot open {place}"))?;
    let copy = part.join(DATABASE);
    store.copy_to(&copy).await.context("cannot copy the database")?;
    store.close().await;
    let store = Store::open_as_it_is(&Place::File(copy.clone())).await?;
    let told = (store.count().await?, store.files().await?);
    store.close().await;
    fs::File::open(&copy)?.sync_all()?;
    Ok(told)
}

/// Where a file lies, and under which path it lies in the copy.
fn lies(vault: &Vault, data: &Path, file: &KnownFile) -> anyhow::Result<(PathBuf, String)> {
    let from = vault.place_of(file);
    let path = from.strip_prefix(data).context("a file of the portal lies in its folder")?;
    let parts: Vec<_> = path.iter().filter_map(|part| part.to_str()).collect();
    let path = parts.join("/");
    Ok((from, path))
}

/// Whether a path of a list stays inside the folder, and is one that a portal has.
fn is_inside(path: &str) -> bool {
    let parts: Vec<_> = path.split('/').collect();
    let is_plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
    };
    match parts[..] {
        [name] => name == DATABASE || name == ERASURES,
        ["evidence" | "attachments" | "mail", report, name] => is_plain(report) && is_plain(name),
        _ => false,
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// What customers sent is nobody else's on this machine.
fn only_ours(folder: &Path) -> anyhow::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    let _ = folder;
    Ok(())
}

#[cfg(test)]
mod tests;
