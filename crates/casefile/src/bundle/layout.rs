//! Where the entries of a zip lie, read strictly: the file has to be exactly what format 1 writes, so that
//! every other tool sees the same entries with the same bytes.
//!
//! Sources: PKWARE APPNOTE 6.3.10 (sections 4.3 and 4.5), <https://www.bamsoftware.com/hacks/zipbomb/> for
//! overlapping entries.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use super::OpenError;
use super::name;

/// Where one entry lies in the file.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) name: String,
    pub(super) deflated: bool,
    pub(super) data_at: u64,
    pub(super) packed_bytes: u64,
    pub(super) bytes: u64,
    pub(super) crc32: u32,
}

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const END64: u32 = 0x0606_4b50;
const LOCATOR64: u32 = 0x0706_4b50;
const END_BYTES: u64 = 22;
const LOCATOR64_BYTES: u64 = 20;
const END64_BYTES: u64 = 56;
/// Bits of the general purpose flag that format 1 may set: the name is UTF-8; the deflate level.
const FLAGS: u16 = 0x0806;

/// Reads the central directory and checks it against the local headers.
pub(super) fn read(file: &mut File, file_bytes: u64, max_entries: u32) -> Result<Vec<Place>, OpenError> {
    let directory = Directory::find(file, file_bytes)?;
    if directory.entries > u64::from(max_entries) {
        return Err(OpenError::TooBig { what: "number of entries", limit: u64::from(max_entries) });
    }
    let bytes = usize::try_from(directory.bytes).map_err(|_| damaged("the directory is too large"))?;
    let mut central = vec![0; bytes];
    file.seek(SeekFrom::Start(directory.at))?;
    file.read_exact(&mut central).map_err(cut_short)?;

    let mut fields = Fields(&central);
    let mut places = Vec::new();
    let mut names = HashSet::new();
    let mut next_at = 0;
    for _ in 0..directory.entries {
        let header = Header::central(&mut fields)?;
        if !names.insert(name::folded(&header.name)) {
            return Err(OpenError::Hostile { entry: header.name, why: "two entries have this name" });
        }
        if header.at != next_at {
            return Err(OpenError::Hostile {
                entry: header.name,
                why: "it overlaps another entry, or leaves a gap",
            });
        }
        let place = header.place(file)?;
        next_at = place.data_at.saturating_add(place.packed_bytes);
        if next_at > directory.at {
            return Err(OpenError::Hostile { entry: place.name, why: "it reaches into the directory" });
        }
        places.push(place);
    }
    if next_at != directory.at || !fields.0.is_empty() {
        return Err(damaged("there are bytes that belong to no entry"));
    }
    Ok(places)
}

/// The place of the central directory.
struct Directory {
    at: u64,
    bytes: u64,
    entries: u64,
}

impl Directory {
    fn find(file: &mut File, file_bytes: u64) -> Result<Self, OpenError> {
        let end_at = file_bytes.checked_sub(END_BYTES).ok_or_else(not_a_zip)?;
        let end = read_at::<22>(file, end_at)?;
        let mut fields = Fields(&end);
        if fields.u32()? != END {
            return Err(not_a_zip());
        }
        let (disk, directory_disk) = (fields.u16()?, fields.u16()?);
        let (entries_here, entries) = (fields.u16()?, fields.u16()?);
        let (bytes, at, comment_bytes) = (fields.u32()?, fields.u32()?, fields.u16()?);
        if (disk, directory_disk, comment_bytes) != (0, 0, 0) || entries_here != entries {
            return Err(damaged("it is split over volumes or carries a comment"));
        }
        let (directory, stop) = if entries == u16::MAX || bytes == u32::MAX || at == u32::MAX {
            Self::find64(file, end_at)?
        } else {
            (Self { at: at.into(), bytes: bytes.into(), entries: entries.into() }, end_at)
        };
        if directory.at.checked_add(directory.bytes) != Some(stop) {
            return Err(damaged("the directory is not where it should be: the file is cut or padded"));
        }
        Ok(directory)
    }

    /// The large form, which lies before the ordinary end.
    fn find64(file: &mut File, end_at: u64) -> Result<(Self, u64), OpenError> {
        let locator_at = end_at.checked_sub(LOCATOR64_BYTES).ok_or_else(not_a_zip)?;
        let locator = read_at::<20>(file, locator_at)?;
        let mut fields = Fields(&locator);
        let (signature, disk, end64_at, disks) = (fields.u32()?, fields.u32()?, fields.u64()?, fields.u32()?);
        if signature != LOCATOR64
            || disk != 0
            || disks != 1
            || end64_at.checked_add(END64_BYTES) != Some(locator_at)
        {
            return Err(damaged("the end of the directory is not readable"));
        }
        let end64 = read_at::<56>(file, end64_at)?;
        let mut fields = Fields(&end64);
        let (signature, _rest_bytes) = (fields.u32()?, fields.u64()?);
        let (_made_by, _needed, disk, directory_disk) =
            (fields.u16()?, fields.u16()?, fields.u32()?, fields.u32()?);
        let (entries_here, entries, bytes, at) = (fields.u64()?, fields.u64()?, fields.u64()?, fields.u64()?);
        if signature != END64 || (disk, directory_disk) != (0, 0) || entries_here != entries {
            return Err(damaged("the end of the directory is not readable"));
        }
        Ok((Self { at, bytes, entries }, end64_at))
    }
}

/// What central directory and local header both say of an entry.
struct Header {
    name: String,
    flags: u16,
    method: u16,
    crc32: u32,
    packed_bytes: u64,
    bytes: u64,
    at: u64,
}

impl Header {
    fn central(fields: &mut Fields<'_>) -> Result<Self, OpenError> {
        if fields.u32()? != CENTRAL {
            return Err(damaged("the directory is not readable"));
        }
        let (made_by, _needed) = (fields.u16()?, fields.u16()?);
        let (flags, method) = (fields.u16()?, fields.u16()?);
        let (_time, _date, crc32) = (fields.u16()?, fields.u16()?, fields.u32()?);
        let (packed, unpacked) = (fields.u32()?, fields.u32()?);
        let (name_bytes, extra_bytes, comment_bytes) = (fields.u16()?, fields.u16()?, fields.u16()?);
        let (disk, _internal, external, at) = (fields.u16()?, fields.u16()?, fields.u32()?, fields.u32()?);
        let name = fields.name(name_bytes)?;
        let mut extra = Fields(fields.take(usize::from(extra_bytes))?);
        let [bytes, packed_bytes, at] = extra.zip64([unpacked, packed, at])?;
        let hostile = |why| Err(OpenError::Hostile { entry: name.clone(), why });
        if let Some(why) = name::complaint(&name) {
            return hostile(why);
        }
        if flags & !FLAGS != 0 {
            return hostile("it is encrypted, patched or streamed");
        }
        if method != 0 && method != 8 {
            return hostile("it is packed in a way that format 1 does not know");
        }
        let (unix, kind) = (made_by >> 8 == 3, external >> 28);
        if unix && kind != 0o10 && kind != 0 {
            return hostile("it is a link or a device");
        }
        if disk != 0 || comment_bytes != 0 {
            return hostile("it is on another volume or carries a comment");
        }
        Ok(Self { name, flags, method, crc32, packed_bytes, bytes, at })
    }

    /// Reads the local header, which has to say the same.
    fn place(self, file: &mut File) -> Result<Place, OpenError> {
        let fixed = read_at::<30>(file, self.at)?;
        let mut fields = Fields(&fixed);
        let signature = fields.u32()?;
        let (_needed, flags, method) = (fields.u16()?, fields.u16()?, fields.u16()?);
        let (_time, _date, crc32) = (fields.u16()?, fields.u16()?, fields.u32()?);
        let (packed, unpacked) = (fields.u32()?, fields.u32()?);
        let (name_bytes, extra_bytes) = (fields.u16()?, fields.u16()?);
        let mut rest = vec![0; usize::from(name_bytes) + usize::from(extra_bytes)];
        file.read_exact(&mut rest).map_err(cut_short)?;
        let mut fields = Fields(&rest);
        let name = fields.name(name_bytes)?;
        let [bytes, packed_bytes, _] = fields.zip64([unpacked, packed, 0])?;
        let same = signature == LOCAL && (flags, method, crc32) == (self.flags, self.method, self.crc32);
        if !same || name != self.name || (bytes, packed_bytes) != (self.bytes, self.packed_bytes) {
            return Err(OpenError::Hostile { entry: self.name, why: "its two headers differ" });
        }
        Ok(Place {
            name: self.name,
            deflated: self.method == 8,
            data_at: self.at + 30 + rest.len() as u64,
            packed_bytes,
            bytes,
            crc32,
        })
    }
}

/// Little-endian fields, one after another.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn take(&mut self, bytes: usize) -> Result<&'a [u8], OpenError> {
        let (head, tail) = self.0.split_at_checked(bytes).ok_or_else(|| damaged("a header is cut short"))?;
        self.0 = tail;
        Ok(head)
    }

    fn u16(&mut self) -> Result<u16, OpenError> {
        Ok(self.take(2)?.iter().rev().fold(0, |value, byte| (value << 8) | u16::from(*byte)))
    }

    fn u32(&mut self) -> Result<u32, OpenError> {
        Ok(self.take(4)?.iter().rev().fold(0, |value, byte| (value << 8) | u32::from(*byte)))
    }

    fn u64(&mut self) -> Result<u64, OpenError> {
        Ok(self.take(8)?.iter().rev().fold(0, |value, byte| (value << 8) | u64::from(*byte)))
    }

    fn name(&mut self, bytes: u16) -> Result<String, OpenError> {
        let raw = self.take(usize::from(bytes))?;
        String::from_utf8(raw.to_vec()).map_err(|_| damaged("a name is not UTF-8"))
    }

    /// The 64-bit values of those fields that are full, from the extra field 0x0001.
    fn zip64(&mut self, short: [u32; 3]) -> Result<[u64; 3], OpenError> {
        let mut values = short.map(u64::from);
        while !self.0.is_empty() {
            let (id, bytes) = (self.u16()?, self.u16()?);
            let mut body = Fields(self.take(usize::from(bytes))?);
            if id == 1 {
                for (value, short) in values.iter_mut().zip(short) {
                    if short == u32::MAX {
                        *value = body.u64()?;
                    }
                }
            }
        }
        Ok(values)
    }
}

fn read_at<const N: usize>(file: &mut File, at: u64) -> Result<[u8; N], OpenError> {
    let mut bytes = [0; N];
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(&mut bytes).map_err(cut_short)?;
    Ok(bytes)
}

fn cut_short(error: io::Error) -> OpenError {
    if error.kind() == io::ErrorKind::UnexpectedEof { damaged("the file is cut short") } else { error.into() }
}

fn damaged(why: &'static str) -> OpenError {
    OpenError::Damaged { entry: None, why }
}

fn not_a_zip() -> OpenError {
    damaged("it is not a zip file, or its end is missing")
}
