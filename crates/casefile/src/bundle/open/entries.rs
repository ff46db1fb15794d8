//! Every entry is in the manifest with its size and hash, and the other way round.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, Read};
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use data_encoding::HEXLOWER;

use super::{MANIFEST, OpenError, See, Seen, reader};
use crate::bundle::layout::Place;
use crate::bundle::manifest::{Entry, Kind, Manifest, Status};
use crate::digest::sha256_by;
use crate::picture::{MAX_PICTURES, PlainPng};

/// What is unpacked at once. The decoder copies what it may refer to each time that it is asked, so that small pieces cost more.
const PIECE_BYTES: usize = 256 << 10;

type Places = HashMap<String, Place>;

/// Checks one entry after another and shows it, those first that lie in no folder.
pub(super) fn check(
    file: &File,
    manifest: &Manifest,
    places: &Places,
    see: &mut See<'_>,
) -> Result<(), OpenError> {
    for entry in stored(manifest, places) {
        let (entry, place) = entry?;
        check_one(file.try_clone()?, entry, place, see)?;
    }
    nothing_else(manifest, places)
}

/// Checks so many entries at the same time. What is wrong is said of the entry of which [`check`] would say it.
pub(super) fn check_on(
    path: &Path,
    manifest: &Manifest,
    places: &Places,
    threads: NonZero<usize>,
) -> Result<(), OpenError> {
    let (mut whole, mut wrong) = (Vec::new(), None);
    for entry in stored(manifest, places) {
        match entry {
            Ok(entry) => whole.push(entry),
            Err(error) => {
                wrong = Some(error);
                break;
            }
        }
    }
    let all = All {
        path,
        entries: &whole,
        order: largest_first(&whole),
        next: AtomicUsize::new(0),
        failed: Mutex::default(),
    };
    thread::scope(|scope| {
        for _ in 1..threads.get().min(whole.len()) {
            // Where the system gives no more threads, there are fewer.
            let work = || all.work();
            if thread::Builder::new().name("casefile-check".to_owned()).spawn_scoped(scope, work).is_err() {
                break;
            }
        }
        all.work();
    });
    let failed = all.failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    match failed.map(|(_, error)| error).or(wrong) {
        Some(error) => Err(error),
        None => nothing_else(manifest, places),
    }
}

/// What threads share that check entries.
struct All<'a> {
    path: &'a Path,
    entries: &'a [(&'a Entry, &'a Place)],
    /// Indices of the entries: one large one at the end would leave all but one thread without work.
    order: Vec<usize>,
    next: AtomicUsize,
    /// The first of the entries with which something is wrong.
    failed: Mutex<Option<(usize, OpenError)>>,
}

fn largest_first(entries: &[(&Entry, &Place)]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(entries[*index].1.bytes));
    order
}

impl All<'_> {
    fn work(&self) {
        let failed = || self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(&index) = self.order.get(self.next.fetch_add(1, Ordering::Relaxed)) {
            if failed().as_ref().is_some_and(|(first, _)| *first < index) {
                continue;
            }
            let (entry, place) = self.entries[index];
            // A file has one position: each thread reads through a file of its own.
            let file = File::open(self.path).map_err(OpenError::from);
            if let Err(error) = file.and_then(|file| check_one(file, entry, place, &mut |_| Ok(()))) {
                let mut failed = failed();
                if failed.as_ref().is_none_or(|(first, _)| index < *first) {
                    *failed = Some((index, error));
                }
            }
        }
    }
}

/// The entries that the manifest says are stored, and where they lie; or what is wrong with one.
fn stored<'a>(
    manifest: &'a Manifest,
    places: &'a Places,
) -> impl Iterator<Item = Result<(&'a Entry, &'a Place), OpenError>> {
    let mut listed = HashSet::new();
    let stored = |in_folder: bool| {
        let entries = manifest.entries.iter().filter(|entry| entry.status.is_stored());
        entries.filter(move |entry| entry.name.contains('/') == in_folder)
    };
    let mut pictures = 0;
    stored(false).chain(stored(true)).map(move |entry| {
        pictures += usize::from(entry.kind == Some(Kind::Picture));
        if pictures > MAX_PICTURES {
            return Err(OpenError::TooBig { what: "number of pictures", limit: MAX_PICTURES as u64 });
        }
        let damaged = |why| OpenError::Damaged { entry: Some(entry.name.clone()), why };
        if entry.name == MANIFEST || !listed.insert(entry.name.as_str()) {
            return Err(damaged("the manifest names it twice"));
        }
        let place =
            places.get(&entry.name).ok_or_else(|| damaged("the manifest names it, the file lacks it"))?;
        if place.bytes != entry.bytes {
            return Err(damaged("its size is not that of the manifest"));
        }
        Ok((entry, place))
    })
}

fn check_one(file: File, entry: &Entry, place: &Place, see: &mut See<'_>) -> Result<(), OpenError> {
    let damaged = |why| OpenError::Damaged { entry: Some(entry.name.clone()), why };
    let is_picture = entry.kind == Some(Kind::Picture);
    see(Seen::Entry { name: &entry.name, is_part: entry.status == Status::Partial, is_picture })?;
    let crc = crc32fast::Hasher::new();
    let picture = is_picture.then(PlainPng::new);
    let mut unpacked = Checked { inner: reader(file, place)?, crc, see, refused: None, picture };
    let summed = sha256_by(&mut unpacked, PIECE_BYTES);
    if let Some(error) = unpacked.refused {
        return Err(error.into());
    }
    let (sha256, bytes) = summed.map_err(|_| damaged("it cannot be unpacked"))?;
    let sha256 = HEXLOWER.encode(&sha256);
    if bytes != place.bytes
        || unpacked.crc.finalize() != place.crc32
        || entry.sha256.as_ref() != Some(&sha256)
    {
        return Err(damaged("its bytes are not those of the manifest"));
    }
    unpacked.picture.map_or(Ok(()), |picture| check_picture(entry, picture))
}

/// Whoever shows a picture of a bundle relies on it.
fn check_picture(entry: &Entry, picture: PlainPng) -> Result<(), OpenError> {
    let hostile = |why| OpenError::Hostile { entry: entry.name.clone(), why };
    if !entry.name.starts_with("attachments/") {
        return Err(hostile("a picture has no place there"));
    }
    picture.end().map_err(|_| hostile("it is not a picture of pixels alone"))?;
    Ok(())
}

/// Nothing is in the file that the manifest does not name.
fn nothing_else(manifest: &Manifest, places: &Places) -> Result<(), OpenError> {
    let listed: HashSet<&str> = manifest
        .entries
        .iter()
        .filter(|entry| entry.status.is_stored())
        .map(|entry| entry.name.as_str())
        .collect();
    let unlisted = places.keys().filter(|name| *name != MANIFEST && !listed.contains(name.as_str())).min();
    match unlisted {
        Some(name) => Err(OpenError::Hostile { entry: name.clone(), why: "the manifest does not name it" }),
        None => Ok(()),
    }
}

/// Computes the CRC of what passes through, and shows it.
struct Checked<'a, 'b, R> {
    inner: R,
    crc: crc32fast::Hasher,
    see: &'a mut See<'b>,
    /// Why the one who is shown it wants no more.
    refused: Option<io::Error>,
    /// What is to be a picture.
    picture: Option<PlainPng>,
}

impl<R: Read> Read for Checked<'_, '_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.crc.update(&buffer[..read]);
        if let Some(picture) = &mut self.picture {
            picture.push(&buffer[..read]);
        }
        (self.see)(Seen::Bytes(&buffer[..read])).map_err(|error| {
            self.refused = Some(error);
            io::Error::from(io::ErrorKind::Other)
        })?;
        Ok(read)
    }
}
