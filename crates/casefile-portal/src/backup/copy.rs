//! Copies files and hashes them on the way.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use anyhow::Context;
use casefile::digest::sha256_of;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

const BUFFER_BYTES: usize = 1 << 18;

/// What became of a file that was to be copied.
pub(super) enum Copied {
    Whole { sha256: String, bytes: u64 },
    Missing,
}

/// Copies a file and makes it durable.
pub(super) fn copied(from: &Path, to: &Path) -> anyhow::Result<Copied> {
    let told = || format!("cannot copy {}", from.display());
    let mut source = match File::open(from) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Copied::Missing),
        Err(error) => return Err(error).with_context(told),
    };
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).with_context(told)?;
    }
    let mut target = File::create(to).with_context(told)?;
    let (mut sha256, mut bytes) = (Sha256::new(), 0);
    let mut buffer = vec![0; BUFFER_BYTES];
    loop {
        let read = source.read(&mut buffer).with_context(told)?;
        if read == 0 {
            break;
        }
        sha256.update(&buffer[..read]);
        target.write_all(&buffer[..read]).with_context(told)?;
        bytes += read as u64;
    }
    target.sync_all().with_context(told)?;
    Ok(Copied::Whole { sha256: HEXLOWER.encode(&sha256.finalize()), bytes })
}

/// SHA-256 and size of a file.
pub(crate) fn digest_of(path: &Path) -> anyhow::Result<(String, u64)> {
    let told = || format!("cannot read {}", path.display());
    let (digest, bytes) = sha256_of(&mut File::open(path).with_context(told)?).with_context(told)?;
    Ok((HEXLOWER.encode(&digest), bytes))
}

/// Makes the names in a folder and in those below it durable.
pub(super) fn sync_folders(folder: &Path) -> io::Result<()> {
    for item in fs::read_dir(folder)? {
        let path = item?.path();
        if path.is_dir() {
            sync_folders(&path)?;
        }
    }
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
