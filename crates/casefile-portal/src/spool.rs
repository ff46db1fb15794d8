//! Mails as they were received: first on the disk, then looked at.
//!
//! ```text
//! mail/<random>.part      is being written
//! mail/new/<sha256>.eml   waits
//! mail/kept/<sha256>.eml  was looked at, whatever came of it
//! ```

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// The folders.
#[derive(Debug, Clone)]
pub(crate) struct Spool {
    folder: PathBuf,
}

impl Spool {
    /// Opens the folders in the data folder, and makes what is missing.
    pub(crate) fn open(data: &Path) -> io::Result<Self> {
        let spool = Self { folder: data.join("mail") };
        for name in ["new", "kept"] {
            fs::create_dir_all(spool.folder.join(name))?;
        }
        Ok(spool)
    }

    /// Keeps a mail; durable when it returns. The same bytes are one mail, also when they were looked at already.
    pub(crate) fn put(&self, raw: &mut impl Read) -> io::Result<String> {
        let mut name = [0; 8];
        getrandom::fill(&mut name).map_err(io::Error::other)?;
        let part = self.folder.join(format!("{}.part", HEXLOWER.encode(&name)));
        let written = self.write(&part, raw);
        if written.is_err() {
            // The disk may be full: what is half written only takes room.
            let _ = fs::remove_file(&part);
        }
        written
    }

    fn write(&self, part: &Path, raw: &mut impl Read) -> io::Result<String> {
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(part)?;
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 64 << 10];
        loop {
            let read = raw.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            hasher.update(&buffer[..read]);
            file.write_all(&buffer[..read])?;
        }
        file.sync_all()?;
        drop(file);
        let id = HEXLOWER.encode(&hasher.finalize());
        if self.kept(&id).exists() {
            fs::remove_file(part)?;
            return Ok(id);
        }
        fs::rename(part, self.waits(&id))?;
        sync_folder(&self.folder.join("new"))?;
        Ok(id)
    }

    /// Mails that wait, sorted; at most so many.
    pub(crate) fn waiting(&self, limit: usize) -> io::Result<Vec<String>> {
        let names = fs::read_dir(self.folder.join("new"))?.map(|item| Ok(item?.file_name()));
        let names: io::Result<Vec<_>> = names.collect();
        let mut ids: Vec<_> =
            names?.iter().filter_map(|name| Some(name.to_str()?.strip_suffix(".eml")?.to_owned())).collect();
        ids.sort();
        ids.truncate(limit);
        Ok(ids)
    }

    /// Reads a mail; `None` when it is larger than so many bytes.
    pub(crate) fn read(&self, id: &str, max_bytes: usize) -> io::Result<Option<Vec<u8>>> {
        let file = File::open(self.path(id))?;
        let mut raw = Vec::new();
        file.take(max_bytes as u64 + 1).read_to_end(&mut raw)?;
        Ok((raw.len() <= max_bytes).then_some(raw))
    }

    /// Where a mail lies.
    pub(crate) fn path(&self, id: &str) -> PathBuf {
        let kept = self.kept(id);
        if kept.exists() { kept } else { self.waits(id) }
    }

    /// Puts a mail away that was looked at.
    pub(crate) fn keep(&self, id: &str) -> io::Result<()> {
        absent_is_fine(fs::rename(self.waits(id), self.kept(id)))
    }

    /// Removes a mail for good.
    pub(crate) fn remove(&self, id: &str) -> io::Result<()> {
        absent_is_fine(fs::remove_file(self.kept(id)))?;
        absent_is_fine(fs::remove_file(self.waits(id)))
    }

    /// Every mail that lies here: its id, which is its SHA-256.
    pub(crate) fn all(&self) -> io::Result<Vec<String>> {
        let mut all = Vec::new();
        for folder in ["new", "kept"] {
            for item in fs::read_dir(self.folder.join(folder))? {
                let name = item?.file_name();
                let Some(id) = name.to_str().and_then(|name| name.strip_suffix(".eml")) else { continue };
                all.push(id.to_owned());
            }
        }
        all.sort();
        all.dedup();
        Ok(all)
    }

    /// Lets a mail wait again.
    pub(crate) fn renew(&self, id: &str) -> io::Result<()> {
        absent_is_fine(fs::rename(self.kept(id), self.waits(id)))
    }

    fn waits(&self, id: &str) -> PathBuf {
        self.folder.join("new").join(format!("{id}.eml"))
    }

    fn kept(&self, id: &str) -> PathBuf {
        self.folder.join("kept").join(format!("{id}.eml"))
    }
}

fn absent_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// A rename is durable when its folder is.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bytes_are_one_mail_and_nothing_half_is_one() {
        struct Breaks(usize);
        impl Read for Breaks {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                self.0 += 1;
                if self.0 > 2 { Err(io::Error::other("broken")) } else { Ok(buffer.len()) }
            }
        }
        let data = tempfile::tempdir().unwrap();
        let spool = Spool::open(data.path()).unwrap();
        let id = spool.put(&mut &b"one"[..]).unwrap();
        assert_eq!(spool.put(&mut &b"one"[..]).unwrap(), id);
        assert_eq!(spool.waiting(9).unwrap(), std::slice::from_ref(&id));
        spool.keep(&id).unwrap();
        spool.put(&mut &b"one"[..]).unwrap();
        assert!(spool.waiting(9).unwrap().is_empty(), "it was looked at");
        assert_eq!(spool.read(&id, 3).unwrap().as_deref(), Some(&b"one"[..]));
        assert_eq!(spool.read(&id, 2).unwrap(), None);
        assert!(spool.put(&mut Breaks(0)).is_err());
        assert_eq!(fs::read_dir(data.path().join("mail")).unwrap().count(), 2, "new and kept");
    }
}
