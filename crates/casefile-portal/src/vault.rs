//! The files of the portal: bundles on their way, and evidence.
//!
//! ```text
//! uploads/<upload>.part        what has arrived
//! uploads/<upload>.unchecked   from where on bytes of it were not compared with their checksum yet
//! uploads/<id>.file            a file that a customer adds by hand, on its way
//! evidence/<report>/<sha256>.zip
//! attachments/<report>/<sha256>
//! erased.list                  what was deleted, for databases that come back from a copy
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use axum::body::Bytes;
use jiff::Timestamp;

use crate::event::Erasure;
use crate::store::KnownFile;

/// How much is gathered before it is written, and in how many pieces at most: each keeps the buffer it came in.
const WRITE_BYTES: usize = 1 << 20;
const WRITE_PIECES: usize = 64;

/// The list of what was deleted.
pub(crate) const ERASURES: &str = "erased.list";

/// The folders.
#[derive(Debug, Clone)]
pub(crate) struct Vault {
    uploads: PathBuf,
    evidence: PathBuf,
    attachments: PathBuf,
    erased: PathBuf,
}

impl Vault {
    /// Opens the folders in the data folder, and makes what is missing.
    pub(crate) fn open(data: &Path) -> io::Result<Self> {
        let vault = Self {
            uploads: data.join("uploads"),
            evidence: data.join("evidence"),
            attachments: data.join("attachments"),
            erased: data.join(ERASURES),
        };
        for folder in [&vault.uploads, &vault.evidence, &vault.attachments] {
            fs::create_dir_all(folder)?;
        }
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
        let part = self.part(upload);
        let pen = on_a_thread(move || {
            let mut file = fs::OpenOptions::new().create(true).truncate(false).write(true).open(part)?;
            file.seek(io::SeekFrom::Start(offset))?;
            Ok(file)
        });
        Ok(Tail { file: Some(pen.await?), pieces: Vec::new(), marker: unchecked.then_some(marker) })
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

    /// Where a file lies that was added by hand.
    pub(crate) fn attachment(&self, report: &str, sha256: &str) -> PathBuf {
        self.attachments.join(report).join(sha256)
    }

    /// Where the file of a row lies.
    pub(crate) fn place_of(&self, file: &KnownFile) -> PathBuf {
        if file.is_attachment {
            self.attachment(&file.report, &file.sha256)
        } else {
            self.evidence(&file.report, &file.sha256)
        }
    }

    /// Where a file is written that is added by hand.
    pub(crate) fn incoming(&self, id: &str) -> PathBuf {
        self.uploads.join(format!("{id}.file"))
    }

    /// Puts a file that was added by hand in its place. Durable when it returns.
    pub(crate) fn attach(&self, from: &Path, report: &str, sha256: &str) -> io::Result<()> {
        let place = self.attachment(report, sha256);
        let folder = place.parent().expect("an attachment has a folder");
        fs::create_dir_all(folder)?;
        fs::rename(from, &place)?;
        sync_folder(folder)?;
        sync_folder(&self.attachments)
    }

    /// Removes files on their way that nobody writes any more, of before this instant.
    pub(crate) fn remove_old_incoming(&self, before: Timestamp) -> io::Result<()> {
        for item in fs::read_dir(&self.uploads)? {
            let path = item?.path();
            let modified = absent_is_none(fs::metadata(&path).and_then(|metadata| metadata.modified()))?;
            let is_old = modified.is_some_and(|at| Timestamp::try_from(at).is_ok_and(|at| at < before));
            if is_old
                && path.extension().is_some_and(|extension| extension == "file" || extension == "mailed")
            {
                absent_is_none(fs::remove_file(&path))?;
            }
        }
        Ok(())
    }

    /// The reports that have files, sorted.
    pub(crate) fn reports(&self) -> io::Result<Vec<String>> {
        let mut reports = Vec::new();
        for folder in [&self.evidence, &self.attachments] {
            for item in fs::read_dir(folder)? {
                reports.extend(item?.file_name().to_str().map(str::to_owned));
            }
        }
        reports.sort();
        reports.dedup();
        Ok(reports)
    }

    /// Removes all files of a report.
    pub(crate) fn erase(&self, report: &str) -> io::Result<()> {
        for folder in [&self.evidence, &self.attachments] {
            absent_is_none(fs::remove_dir_all(folder.join(report)))?;
            sync_folder(folder)?;
        }
        Ok(())
    }

    /// Writes down what is deleted. Durable when it returns.
    pub(crate) fn note_erasure(&self, report: &str, what: Erasure, at: Timestamp) -> io::Result<()> {
        let mut list = fs::OpenOptions::new().create(true).append(true).open(&self.erased)?;
        // In one write: a line is there as a whole or not at all, and one that was cut is not read.
        list.write_all(format!("{report} {} {at}\n", crate::case::word(what)).as_bytes())?;
        list.sync_all()
    }

    /// What was deleted, each report as far as the list says at most.
    pub(crate) fn erasures(&self) -> io::Result<Vec<(String, Erasure)>> {
        let text = read_if_there(&self.erased)?.unwrap_or_default();
        let mut most = BTreeMap::new();
        for line in text.lines() {
            let mut words = line.split(' ');
            let (Some(report), Some(what), Some(_)) = (words.next(), words.next(), words.next()) else {
                continue;
            };
            let Ok(what) = serde_json::from_value::<Erasure>(what.into()) else { continue };
            let known = most.entry(report.to_owned()).or_insert(what);
            *known = what.max(*known);
        }
        Ok(most.into_iter().collect())
    }

    /// Where a bundle lies that came by mail, while it is checked.
    pub(crate) fn mailed(&self, mail: &str, n: usize) -> PathBuf {
        self.uploads.join(format!("{mail}-{n}.mailed"))
    }

    /// Puts a checked file in its place, unless it is there. Durable when it returns.
    pub(crate) fn place(&self, file: &Path, report: &str, sha256: &str) -> io::Result<()> {
        let place = self.evidence(report, sha256);
        if place.exists() {
            return Ok(());
        }
        let folder = place.parent().expect("evidence has a folder");
        fs::create_dir_all(folder)?;
        fs::File::open(file)?.sync_all()?;
        fs::rename(file, &place)?;
        sync_folder(folder)?;
        sync_folder(&self.evidence)
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

/// The end of an upload, open for writing. Bytes are written as they came, without a copy.
#[derive(Debug)]
pub(crate) struct Tail {
    /// `None` while a thread writes, and after one could not.
    file: Option<fs::File>,
    pieces: Vec<Bytes>,
    marker: Option<PathBuf>,
}

impl Tail {
    pub(crate) async fn write(&mut self, bytes: Bytes) -> io::Result<()> {
        self.pieces.push(bytes);
        let gathered_bytes: usize = self.pieces.iter().map(Bytes::len).sum();
        if gathered_bytes < WRITE_BYTES && self.pieces.len() < WRITE_PIECES {
            return Ok(());
        }
        let (mut file, pieces) = self.take()?;
        self.file = Some(on_a_thread(move || write_all(&mut file, &pieces).map(|()| file)).await?);
        Ok(())
    }

    /// Makes durable what was written, and lets it count.
    pub(crate) async fn keep(mut self) -> io::Result<()> {
        let (mut file, pieces) = self.take()?;
        on_a_thread(move || {
            write_all(&mut file, &pieces)?;
            file.sync_data()?;
            self.marker.map_or(Ok(()), fs::remove_file)
        })
        .await
    }

    fn take(&mut self) -> io::Result<(fs::File, Vec<Bytes>)> {
        let file = self.file.take().ok_or_else(|| io::Error::other("a write before this one failed"))?;
        Ok((file, std::mem::take(&mut self.pieces)))
    }
}

fn write_all(file: &mut fs::File, pieces: &[Bytes]) -> io::Result<()> {
    pieces.iter().try_for_each(|piece| file.write_all(piece))
}

/// The disk may be slow, and whoever answers must not wait for it.
async fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn pieces_of_any_size_are_written_in_their_order_and_count_when_they_are_kept() {
        let data = tempfile::tempdir().unwrap();
        let vault = Vault::open(data.path()).unwrap();
        let mut all = b"what came before".to_vec();
        fs::write(vault.part("1"), [&all[..], b"and what nobody checked"].concat()).unwrap();
        let mut tail = vault.append("1", all.len() as u64, true).await.unwrap();
        let sizes = [1, 0, 300_000, 900_000, 5].into_iter().chain(std::iter::repeat_n(2, 3 * WRITE_PIECES));
        for (n, size) in sizes.enumerate() {
            let piece: Vec<u8> = (0..size).map(|at| (at % 251 + n).to_le_bytes()[0]).collect();
            all.extend_from_slice(&piece);
            tail.write(piece.into()).await.unwrap();
        }
        assert!(vault.unchecked("1").exists());
        tail.keep().await.unwrap();
        assert_eq!(vault.arrived("1").unwrap(), all.len() as u64);
        assert!(fs::read(vault.part("1")).unwrap() == all);
    }
}
