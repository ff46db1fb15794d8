//! The zip file while it is being written, exactly as format 1 wants it: local headers with their sizes, packed
//! bytes, one directory. What is packed and how is decided above.
//!
//! Source: PKWARE APPNOTE 6.3.10, sections 4.3 and 4.5.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

/// Writes entries one after another.
pub(super) struct Writer {
    out: BufWriter<File>,
    at: u64,
    entries: Vec<Central>,
}

/// Checksum and sizes of one entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sizes {
    pub(super) crc32: u32,
    pub(super) packed_bytes: u64,
    pub(super) bytes: u64,
}

/// How the bytes of an entry are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Stored = 0,
    Deflated = 8,
}

/// An entry whose bytes are being written.
pub(super) struct Begun {
    entry: Central,
    /// Whether its local header has room for 64-bit sizes.
    large: bool,
    data_at: u64,
}

/// What the directory says of an entry.
struct Central {
    name: String,
    method: Method,
    sizes: Sizes,
    at: u64,
}

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const END64: u32 = 0x0606_4b50;
const LOCATOR64: u32 = 0x0706_4b50;
/// The name is UTF-8.
const FLAGS: u16 = 0x0800;
/// 1980-01-01; a date of 0 is none, and some readers stumble over it.
const DATE: u16 = 0x0021;
/// A plain file that only its owner can read, made on Unix.
const ATTRIBUTES: u32 = 0o100_600 << 16;
const MADE_BY_UNIX: u16 = 3 << 8;
/// The versions of the format that can read ordinary entries, and those with 64-bit fields.
const VERSION: u16 = 20;
const VERSION64: u16 = 45;
const FULL: u32 = u32::MAX;

impl Writer {
    pub(super) fn new(file: File) -> Self {
        Self { out: BufWriter::with_capacity(256 << 10, file), at: 0, entries: Vec::new() }
    }

    /// Begins an entry. When its sizes are not known yet, `large` makes room for 64-bit ones.
    pub(super) fn begin(
        &mut self,
        name: &str,
        method: Method,
        sizes: Option<Sizes>,
        large: bool,
    ) -> io::Result<Begun> {
        let large = large || sizes.is_some_and(|sizes| is_large(&sizes));
        let at = self.at;
        let entry = Central { name: name.to_owned(), method, sizes: sizes.unwrap_or_default(), at };
        let header = local_header(&entry, large);
        self.put(&header)?;
        Ok(Begun { entry, large, data_at: self.at })
    }

    /// Appends packed bytes to the entry that was begun last.
    pub(super) fn put(&mut self, packed: &[u8]) -> io::Result<()> {
        self.out.write_all(packed)?;
        self.at += packed.len() as u64;
        Ok(())
    }

    /// Writes an entry whose packed bytes are there already.
    pub(super) fn copy(
        &mut self,
        name: &str,
        method: Method,
        sizes: Sizes,
        packed: &mut dyn Read,
    ) -> io::Result<()> {
        let begun = self.begin(name, method, Some(sizes), false)?;
        let copied = io::copy(&mut packed.take(sizes.packed_bytes), &mut self.out)?;
        self.at += copied;
        self.end(begun, sizes.crc32, sizes.bytes)
    }

    /// Ends an entry; its header is corrected when it was written before the sizes were known.
    pub(super) fn end(&mut self, begun: Begun, crc32: u32, bytes: u64) -> io::Result<()> {
        let Begun { mut entry, large, data_at } = begun;
        let sizes = Sizes { crc32, packed_bytes: self.at - data_at, bytes };
        if sizes != entry.sizes {
            entry.sizes = sizes;
            if is_large(&sizes) && !large {
                return Err(io::Error::new(io::ErrorKind::FileTooLarge, "an entry grew over 4 GiB"));
            }
            let header = local_header(&entry, large);
            self.out.seek(SeekFrom::Start(entry.at))?;
            self.out.write_all(&header)?;
            self.out.seek(SeekFrom::Start(self.at))?;
        }
        self.entries.push(entry);
        Ok(())
    }

    /// Writes the directory.
    pub(super) fn finish(mut self) -> io::Result<File> {
        let directory_at = self.at;
        for entry in std::mem::take(&mut self.entries) {
            let header = central_header(&entry);
            self.put(&header)?;
            self.entries.push(entry);
        }
        let count = self.entries.len() as u64;
        let directory_bytes = self.at - directory_at;
        let needs64 = count >= u64::from(u16::MAX)
            || directory_at >= u64::from(FULL)
            || directory_bytes >= u64::from(FULL);
        if needs64 {
            let end64_at = self.at;
            let mut end = Fields::default();
            end.u32(END64).u64(44).u16(MADE_BY_UNIX | VERSION64).u16(VERSION64).u32(0).u32(0);
            end.u64(count).u64(count).u64(directory_bytes).u64(directory_at);
            end.u32(LOCATOR64).u32(0).u64(end64_at).u32(1);
            self.put(&end.0)?;
        }
        let short = |value: u64| u32::try_from(value).unwrap_or(FULL);
        let count = u16::try_from(count).unwrap_or(u16::MAX);
        let mut end = Fields::default();
        end.u32(END).u16(0).u16(0).u16(count).u16(count);
        end.u32(short(directory_bytes)).u32(short(directory_at)).u16(0);
        self.put(&end.0)?;
        self.out.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

/// Whether a size needs 64 bits; the full value means that it stands elsewhere.
fn is_large(sizes: &Sizes) -> bool {
    sizes.bytes >= u64::from(FULL) || sizes.packed_bytes >= u64::from(FULL)
}

fn short(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(FULL)
}

fn local_header(entry: &Central, large: bool) -> Vec<u8> {
    let mut extra = Fields::default();
    let (packed, bytes) = if large {
        extra.u16(1).u16(16).u64(entry.sizes.bytes).u64(entry.sizes.packed_bytes);
        (FULL, FULL)
    } else {
        (short(entry.sizes.packed_bytes), short(entry.sizes.bytes))
    };
    let mut header = Fields::default();
    header.u32(LOCAL).u16(if large { VERSION64 } else { VERSION });
    header.u16(FLAGS).u16(entry.method as u16).u16(0).u16(DATE).u32(entry.sizes.crc32);
    header.u32(packed).u32(bytes).length(&entry.name).u16(u16::try_from(extra.0.len()).unwrap_or_default());
    header.bytes(entry.name.as_bytes()).bytes(&extra.0);
    header.0
}

fn central_header(entry: &Central) -> Vec<u8> {
    let mut extra = Fields::default();
    for value in [entry.sizes.bytes, entry.sizes.packed_bytes, entry.at] {
        if value >= u64::from(FULL) {
            extra.u64(value);
        }
    }
    let version = if extra.0.is_empty() { VERSION } else { VERSION64 };
    let mut header = Fields::default();
    header.u32(CENTRAL).u16(MADE_BY_UNIX | version).u16(version);
    header.u16(FLAGS).u16(entry.method as u16).u16(0).u16(DATE).u32(entry.sizes.crc32);
    header.u32(short(entry.sizes.packed_bytes)).u32(short(entry.sizes.bytes)).length(&entry.name);
    let extra_bytes = u16::try_from(extra.0.len()).unwrap_or_default();
    header.u16(if extra_bytes == 0 { 0 } else { extra_bytes + 4 });
    header.u16(0).u16(0).u16(0).u32(ATTRIBUTES).u32(short(entry.at)).bytes(entry.name.as_bytes());
    if extra_bytes > 0 {
        header.u16(1).u16(extra_bytes).bytes(&extra.0);
    }
    header.0
}

/// Little-endian fields, one after another.
#[derive(Default)]
struct Fields(Vec<u8>);

impl Fields {
    fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend_from_slice(bytes);
        self
    }

    fn u16(&mut self, value: u16) -> &mut Self {
        self.bytes(&value.to_le_bytes())
    }

    fn u32(&mut self, value: u32) -> &mut Self {
        self.bytes(&value.to_le_bytes())
    }

    fn u64(&mut self, value: u64) -> &mut Self {
        self.bytes(&value.to_le_bytes())
    }

    fn length(&mut self, name: &str) -> &mut Self {
        self.u16(u16::try_from(name.len()).expect("names were cut to MAX_NAME_BYTES"))
    }
}
