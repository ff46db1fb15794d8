//! Reads a bundle that may come from a stranger.

mod entries;

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::num::NonZero;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use flate2::read::DeflateDecoder;

use super::layout::{self, Place};
use super::manifest::{FORMAT, Manifest};
use crate::digest::sha256_of;
use crate::report::ReportBody;

/// How much of a stranger's bundle is read before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of the zip file.
    pub file_bytes: u64,
    /// Size of all entries, unpacked.
    pub unpacked_bytes: u64,
    /// Size of one entry, unpacked.
    pub entry_bytes: u64,
    /// Number of entries.
    pub entries: u32,
    /// Unpacked size over packed size, of the whole file. Deflate itself ends at 1,032.
    pub ratio: u64,
}

impl Default for Limits {
    /// 2 GiB packed, 4 GiB unpacked, 1 GiB an entry, 25,000 entries, ratio 1,000.
    fn default() -> Self {
        Self {
            file_bytes: 2 << 30,
            unpacked_bytes: 4 << 30,
            entry_bytes: 1 << 30,
            entries: 25_000,
            ratio: 1_000,
        }
    }
}

/// Largest `manifest.json` and `report.json`.
const MAX_JSON_BYTES: u64 = 64 << 20;

/// The entry that lists the others.
pub(super) const MANIFEST: &str = "manifest.json";

/// Why a file is not accepted as a bundle. No message holds anything from inside it but names of entries.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The file could not be read: try again, or look at its permissions.
    #[error("the file cannot be read")]
    Io(#[from] io::Error),
    /// The file is broken: get another copy.
    #[error("{}{why}", named(.entry.as_ref()))]
    Damaged {
        /// The entry, if one is to blame.
        entry: Option<String>,
        /// What is wrong.
        why: &'static str,
    },
    /// The file was made to harm, or by something else than casefile: do not unpack it.
    #[error("entry {entry:?}: {why}")]
    Hostile {
        /// The entry.
        entry: String,
        /// What is wrong.
        why: &'static str,
    },
    /// The file is larger than this reader accepts.
    #[error("the {what} is over the limit of {limit}")]
    TooBig {
        /// What was counted.
        what: &'static str,
        /// How much is accepted.
        limit: u64,
    },
    /// The bundle was made by a newer version: update casefile.
    #[error("it has format {found}, this version reads up to {FORMAT}: update casefile")]
    Newer {
        /// The format of the bundle.
        found: u32,
    },
}

fn named(entry: Option<&String>) -> String {
    entry.map(|name| format!("entry {name:?}: ")).unwrap_or_default()
}

/// What is unpacked while a bundle is checked.
pub(crate) enum Seen<'a> {
    /// This entry begins.
    Entry {
        name: &'a str,
        /// Whether it is only a part of its source.
        is_part: bool,
        /// Whether it is to be pixels and nothing else.
        is_picture: bool,
    },
    /// The next bytes of it.
    Bytes(&'a [u8]),
}

/// Is shown everything; an error ends the check.
pub(crate) type See<'a> = dyn FnMut(Seen<'_>) -> io::Result<()> + 'a;

/// A sealed bundle whose every byte was checked: names, sizes, hashes and manifest agree.
#[derive(Debug)]
pub struct Bundle {
    path: PathBuf,
    sha256: [u8; 32],
    bytes: u64,
    manifest: Manifest,
    places: HashMap<String, Place>,
}

impl Bundle {
    /// Opens and checks a bundle. Reads the whole file twice; memory does not depend on its size.
    ///
    /// Nothing is unpacked to disk, and nothing in the file is trusted.
    ///
    /// # Errors
    /// See [`OpenError`]: what to do depends on the variant.
    pub fn open(path: impl Into<PathBuf>, limits: &Limits) -> Result<Self, OpenError> {
        Self::open_seen(path.into(), limits, &mut |_| Ok(()))
    }

    /// As [`Bundle::open`], with so many entries checked at the same time, each on a thread of its own.
    ///
    /// # Errors
    /// As [`Bundle::open`], whichever thread is faster.
    pub fn open_on(
        path: impl Into<PathBuf>,
        limits: &Limits,
        threads: NonZero<usize>,
    ) -> Result<Self, OpenError> {
        let path = path.into();
        let (bundle, _) = Self::begin(path, limits, None, &mut |_| Ok(()))?;
        entries::check_on(&bundle.path, &bundle.manifest, &bundle.places, threads)?;
        Ok(bundle)
    }

    /// Opens a bundle that was checked before and lies since then where nobody else writes: of its entries nothing is read. `sha256`
    /// is what the check has said.
    ///
    /// # Errors
    /// As [`Bundle::open`], for what is read: the directory and the manifest. Entries that were damaged since then say so when they are read,
    /// or are shown damaged.
    pub fn open_checked(
        path: impl Into<PathBuf>,
        limits: &Limits,
        sha256: [u8; 32],
    ) -> Result<Self, OpenError> {
        Self::begin(path.into(), limits, Some(sha256), &mut |_| Ok(())).map(|(bundle, _)| bundle)
    }

    /// As [`Bundle::open`], and shows everything that it unpacks: the manifest first, then what casefile made itself, then what
    /// lies in folders.
    pub(crate) fn open_seen(path: PathBuf, limits: &Limits, see: &mut See<'_>) -> Result<Self, OpenError> {
        let (bundle, file) = Self::begin(path, limits, None, see)?;
        entries::check(&file, &bundle.manifest, &bundle.places, see)?;
        Ok(bundle)
    }

    /// Everything but the entries that the manifest names. The hash of the file is computed where nobody knows it.
    fn begin(
        path: PathBuf,
        limits: &Limits,
        sha256: Option<[u8; 32]>,
        see: &mut See<'_>,
    ) -> Result<(Self, File), OpenError> {
        let mut file = File::open(&path)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(OpenError::Damaged { entry: None, why: "it is not a file" });
        }
        let bytes = metadata.len();
        if bytes > limits.file_bytes {
            return Err(OpenError::TooBig { what: "size of the file", limit: limits.file_bytes });
        }
        let places = layout::read(&mut file, bytes, limits.entries)?;
        check_sizes(&places, bytes, limits)?;
        let sha256 = if let Some(known) = sha256 {
            known
        } else {
            file.rewind()?;
            sha256_of(&mut file)?.0
        };
        let places: HashMap<_, _> = places.into_iter().map(|place| (place.name.clone(), place)).collect();
        let manifest = read_manifest(&file, &places, see)?;
        Ok((Self { path, sha256, bytes, manifest, places }, file))
    }

    /// The same bundle after its file was renamed.
    pub(crate) fn moved_to(mut self, path: &Path) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    /// Where the file lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// SHA-256 of the zip file, as people and the portal see it.
    pub fn sha256(&self) -> String {
        HEXLOWER.encode(&self.sha256)
    }

    /// Size of the zip file.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What the bundle says about itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Reads one entry, unpacked. Text in it is a stranger's: neutralise it before showing it.
    ///
    /// # Errors
    /// `NotFound` when the bundle has no such entry; otherwise what the disk says.
    pub fn read(&self, name: &str) -> io::Result<impl Read + Send + use<>> {
        reader(File::open(&self.path)?, self.place(name)?)
    }

    /// Where an entry lies.
    pub(super) fn place(&self, name: &str) -> io::Result<&Place> {
        self.places.get(name).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// Reads one small entry as text; bytes that are not UTF-8 are replaced.
    ///
    /// # Errors
    /// `NotFound` when the bundle has no such entry, `FileTooLarge` above `max_bytes`.
    pub fn read_text(&self, name: &str, max_bytes: u64) -> io::Result<String> {
        let mut bytes = Vec::new();
        self.read(name)?.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > max_bytes {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The text of the report that the bundle was made for.
    ///
    /// # Errors
    /// `Damaged` when `report.json` is missing or not a report.
    pub fn report(&self) -> Result<ReportBody, OpenError> {
        let damaged =
            || OpenError::Damaged { entry: Some("report.json".to_owned()), why: "it is not a report" };
        let text = self.read_text("report.json", MAX_JSON_BYTES).map_err(|_| damaged())?;
        serde_json::from_str(&text).map_err(|_| damaged())
    }
}

fn check_sizes(places: &[Place], file_bytes: u64, limits: &Limits) -> Result<(), OpenError> {
    let mut total: u64 = 0;
    for place in places {
        if place.bytes > limits.entry_bytes {
            return Err(OpenError::TooBig { what: "size of an entry", limit: limits.entry_bytes });
        }
        total = total.saturating_add(place.bytes);
    }
    if total > limits.unpacked_bytes {
        return Err(OpenError::TooBig { what: "unpacked size", limit: limits.unpacked_bytes });
    }
    if total / limits.ratio > file_bytes {
        return Err(OpenError::TooBig { what: "ratio of unpacked to packed size", limit: limits.ratio });
    }
    Ok(())
}

/// What every version of the manifest has.
#[derive(serde::Deserialize)]
struct Version {
    format: u32,
}

fn read_manifest(
    file: &File,
    places: &HashMap<String, Place>,
    see: &mut See<'_>,
) -> Result<Manifest, OpenError> {
    let damaged = |why| OpenError::Damaged { entry: Some(MANIFEST.to_owned()), why };
    let place =
        places.get(MANIFEST).ok_or(OpenError::Damaged { entry: None, why: "it has no manifest.json" })?;
    if place.bytes > MAX_JSON_BYTES {
        return Err(OpenError::TooBig { what: "size of manifest.json", limit: MAX_JSON_BYTES });
    }
    let mut bytes = Vec::new();
    reader(file.try_clone()?, place)?
        .read_to_end(&mut bytes)
        .map_err(|_| damaged("it cannot be unpacked"))?;
    check_crc(place, &bytes)?;
    see(Seen::Entry { name: MANIFEST, is_part: false, is_picture: false })?;
    see(Seen::Bytes(&bytes))?;
    let version: Version = serde_json::from_slice(&bytes).map_err(|_| damaged("it is not a manifest"))?;
    if version.format > FORMAT {
        return Err(OpenError::Newer { found: version.format });
    }
    serde_json::from_slice(&bytes).map_err(|_| damaged("it is not a manifest"))
}

fn check_crc(place: &Place, bytes: &[u8]) -> Result<(), OpenError> {
    let whole = bytes.len() as u64 == place.bytes && crc32fast::hash(bytes) == place.crc32;
    if whole {
        Ok(())
    } else {
        Err(OpenError::Damaged { entry: Some(place.name.clone()), why: "its bytes changed" })
    }
}

/// The unpacked bytes of an entry; never more than its header promises, whatever the packed bytes say.
///
/// Entries are read one at a time through one file position.
pub(super) fn reader(mut file: File, place: &Place) -> io::Result<impl Read + Send + use<>> {
    file.seek(SeekFrom::Start(place.data_at))?;
    let packed = BufReader::with_capacity(64 << 10, file.take(place.packed_bytes));
    let unpacked: Box<dyn Read + Send> =
        if place.deflated { Box::new(DeflateDecoder::new(packed)) } else { Box::new(packed) };
    Ok(unpacked.take(place.bytes.saturating_add(1)))
}
