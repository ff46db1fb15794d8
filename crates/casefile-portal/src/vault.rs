//! The files of the portal: bundles on their way, and evidence.
//!
//! ```text
//! uploads/<upload>.part        what has arrived
//! uploads/<upload>.unchecked   from where on bytes of it were not compared with their checksum yet
//! evidence/<report>/<sha256>.zip
//! ```

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tokio::fs::File;
use tokio::io::{AsyncSeekExt, AsyncWriteExt};

/// How much is gathered before it is written.
const WRITE_BYTES: usize = 1 << 20;

/// The folders.
#[derive(Debug, Clone)]
pub(crate) struct Vault {
    uploads: PathBuf,
    evidence: PathBuf,
}

impl Vault {
    /// Opens the folders in the data folder, and makes what is missing.
    pub(crate) fn open(data: &Path) -> io::Result<Self> {
        let vault = Self { uploads: data.join("uploads"), evidence: data.join("evidence") };
        fs::create_dir_all(&vault.uploads)?;
        fs::create_dir_all(&vault.evidence)?;
        Ok(vault)
    }

    pub(crate) fn part(&self, upload: &str) -> PathBuf {
        self.uploads.join(format!("{upload}.part"))
    }

    fn unchecked(&self, upload: &str) -> PathBuf {
        self.uploads.join(format!("{upload}.unchecked"))
    }

    /// Where evidence lies, or will lie.
    pub(crate) fn evidence(&self, report: &str, sha256: &str) -> PathBuf {
        self.evidence.join(report).join(format!("{sha256}.zip"))
    }

    /// How much of an upload has arrived and counts. Cuts off what a broken request left unchecked.
    pub(crate) fn arrived(&self, upload: &str) -> io::Result<u64> {
        let part = self.part(upload);
        if let Some(offset) = read_if_there(&self.unchecked(upload))? {
            let offset = offset.trim().parse().unwrap_or(0);
            if let Some(file) = absent_is_none(fs::OpenOptions::new().write(true).open(&part))? {
                file.set_len(offset)?;
            }
            fs::remove_file(self.unchecked(upload))?;
        }
        Ok(absent_is_none(fs::metadata(&part))?.map_or(0, |metadata| metadata.len()))
    }

    /// When something of an upload arrived last; `None` when nothing has.
    pub(crate) fn touched_at(&self, upload: &str) -> io::Result<Option<Timestamp>> {
        let metadata = absent_is_none(fs::metadata(self.part(upload)))?;
        let modified = metadata.map(|metadata| metadata.modified()).transpose()?;
        Ok(modified.and_then(|at| Timestamp::try_from(at).ok()))
    }

    /// The ids of all uploads that have files, sorted.
    pub(crate) fn uploads(&self) -> io::Result<Vec<String>> {
        let names = fs::read_dir(&self.uploads)?.map(|item| Ok(item?.file_name()));
        let names: io::Result<Vec<_>> = names.collect();
        let mut ids: Vec<_> = names?
            .iter()
            .filter_map(|name| {
                let (id, rest) = name.to_str()?.split_once('.')?;
                matches!(rest, "part" | "unchecked").then(|| id.to_owned())
            })
            .collect();
        ids.sort();
        ids.dedup();
        Ok(ids)
    }

    /// Begins to write at the end of an upload. With `unchecked`, what is written counts only after
    /// [`Tail::keep`].
    pub(crate) async fn append(&self, upload: &str, offset: u64, unchecked: bool) -> io::Result<Tail> {
        let marker = self.unchecked(upload);
        if unchecked {
            fs::write(&marker, offset.to_string())?;
        }
        let mut file =
            File::options().create(true).truncate(false).write(true).open(self.part(upload)).await?;
        file.set_max_buf_size(WRITE_BYTES);
        file.seek(io::SeekFrom::Start(offset)).await?;
        Ok(Tail { file, buffer: Vec::new(), marker: unchecked.then_some(marker) })
    }

    /// Removes an upload and all that has arrived of it.
    pub(crate) fn remove_part(&self, upload: &str) -> io::Result<()> {
        absent_is_none(fs::remove_file(self.part(upload)))?;
        absent_is_none(fs::remove_file(self.unchecked(upload)))?;
        Ok(())
    }

    /// Removes what was put in its place and is not evidence after all.
    pub(crate) fn remove_evidence(&self, report: &str, sha256: &str) -> io::Result<()> {
        absent_is_none(fs::remove_file(self.evidence(report, sha256))).map(drop)
    }

    /// Puts a checked upload in its place. Durable when it returns.
    pub(crate) fn publish(&self, upload: &str, report: &str, sha256: &str) -> io::Result<()> {
        let place = self.evidence(report, sha256);
        let folder = place.parent().expect("evidence has a folder");
        fs::create_dir_all(folder)?;
        fs::rename(self.part(upload), &place)?;
        sync_folder(folder)?;
        sync_folder(&self.evidence)
    }
}

/// The end of an upload, open for writing.
#[derive(Debug)]
pub(crate) struct Tail {
    file: File,
    buffer: Vec<u8>,
    marker: Option<PathBuf>,
}

impl Tail {
    pub(crate) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= WRITE_BYTES {
            self.file.write_all(&self.buffer).await?;
            self.buffer.clear();
        }
        Ok(())
    }

    /// Makes durable what was written, and lets it count.
    pub(crate) async fn keep(mut self) -> io::Result<()> {
        self.file.write_all(&self.buffer).await?;
        self.file.flush().await?;
        self.file.sync_data().await?;
        match self.marker {
            Some(marker) => tokio::fs::remove_file(marker).await,
            None => Ok(()),
        }
    }
}

fn read_if_there(path: &Path) -> io::Result<Option<String>> {
    absent_is_none(fs::read_to_string(path))
}

fn absent_is_none<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// A rename is durable when its folder is.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}
