//! Reads a PNG as it passes by, and lets through only pixels.
//!
//! Source: Portable Network Graphics (PNG) Specification, Third Edition, W3C, sections 5 and 10.

use std::fmt;

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::PictureError;

/// Most pixels of a picture: two screens of 3,840 by 2,160.
pub const MAX_PIXELS: u64 = 16 << 20;

/// Most pixels on a side.
pub const MAX_SIDE_PIXELS: u32 = 16_384;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The largest piece that is looked at as a whole: `IHDR` with its checksum.
const HELD: usize = 17;
/// Bytes of a pixel of 8-bit red, green and blue.
const PIXEL_BYTES: u64 = 3;
/// Unpacked at once.
const PIECE: usize = 32 << 10;

/// A PNG of pixels and nothing else, as far as it was seen. Memory does not depend on its size.
pub(crate) struct PlainPng {
    expects: Expects,
    /// The beginning of what is expected.
    held: [u8; HELD],
    held_bytes: usize,
    crc: Crc,
    size: [u32; 2],
    pixels: Pixels,
    why: Option<PictureError>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Expects {
    Signature,
    /// Length and type of a chunk.
    Chunk,
    /// The only data of this chunk, and its checksum.
    Header,
    /// So many bytes of packed pixels.
    Data(u32),
    /// The checksum of a chunk of pixels.
    DataSum,
    /// The checksum of the last chunk.
    EndSum,
    Nothing,
}

impl Expects {
    /// How many bytes are looked at together; nothing for packed pixels.
    fn bytes(self) -> usize {
        match self {
            Self::Signature | Self::Chunk => 8,
            Self::Header => HELD,
            Self::DataSum | Self::EndSum => 4,
            Self::Data(_) | Self::Nothing => 0,
        }
    }
}

impl PlainPng {
    pub(crate) fn new() -> Self {
        Self {
            expects: Expects::Signature,
            held: [0; HELD],
            held_bytes: 0,
            crc: Crc::new(),
            size: [0; 2],
            pixels: Pixels::new(),
            why: None,
        }
    }

    /// Takes the next bytes.
    pub(crate) fn push(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() && self.why.is_none() {
            let taken = match self.expects {
                Expects::Nothing => Err(PictureError::NotPlain),
                Expects::Data(left) => self.data(bytes, left),
                expected => self.hold(bytes, expected),
            };
            match taken {
                Ok(taken) => bytes = &bytes[taken..],
                Err(why) => self.why = Some(why),
            }
        }
    }

    /// Width and height in pixels, of a file that has ended here.
    ///
    /// # Errors
    /// When it is not a plain picture, or not a whole one.
    pub(crate) fn end(self) -> Result<[u32; 2], PictureError> {
        match self.why {
            Some(why) => Err(why),
            None if self.expects != Expects::Nothing => Err(PictureError::NotPlain),
            None => Ok(self.size),
        }
    }

    /// Collects what is looked at together, and looks at it when it is whole.
    fn hold(&mut self, bytes: &[u8], expected: Expects) -> Result<usize, PictureError> {
        let wanted = expected.bytes();
        let taken = (wanted - self.held_bytes).min(bytes.len());
        self.held[self.held_bytes..self.held_bytes + taken].copy_from_slice(&bytes[..taken]);
        self.held_bytes += taken;
        if self.held_bytes == wanted {
            self.held_bytes = 0;
            self.expects = self.next(expected)?;
        }
        Ok(taken)
    }

    fn next(&mut self, expected: Expects) -> Result<Expects, PictureError> {
        let held = self.held;
        match expected {
            Expects::Signature if held[..8] == *SIGNATURE => Ok(Expects::Chunk),
            Expects::Chunk => self.chunk(number(&held[..4]), [held[4], held[5], held[6], held[7]]),
            Expects::Header => {
                self.crc.update(&held[..13]);
                if self.crc.sum() != number(&held[13..]) {
                    return Err(PictureError::NotPlain);
                }
                self.size = [number(&held[..4]), number(&held[4..8])];
                self.pixels.begin(self.size)?;
                // Eight bits, red, green and blue, deflate, the one kind of filters, not interlaced.
                if held[8..13] == [8, 2, 0, 0, 0] { Ok(Expects::Chunk) } else { Err(PictureError::NotPlain) }
            }
            Expects::DataSum if self.crc.sum() == number(&held[..4]) => Ok(Expects::Chunk),
            Expects::EndSum if self.crc.sum() == number(&held[..4]) => Ok(Expects::Nothing),
            _ => Err(PictureError::NotPlain),
        }
    }

    fn chunk(&mut self, length: u32, kind: [u8; 4]) -> Result<Expects, PictureError> {
        self.crc.reset();
        self.crc.update(&kind);
        let is_begun = self.size != [0; 2];
        match &kind {
            b"IHDR" if !is_begun && length == 13 => Ok(Expects::Header),
            b"IDAT" if is_begun && length > 0 => Ok(Expects::Data(length)),
            b"IEND" if self.pixels.are_whole() && length == 0 => Ok(Expects::EndSum),
            _ => Err(PictureError::NotPlain),
        }
    }

    fn data(&mut self, bytes: &[u8], left: u32) -> Result<usize, PictureError> {
        let taken = bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        self.crc.update(&bytes[..taken]);
        self.pixels.unpack(&bytes[..taken])?;
        let left = left - u32::try_from(taken).expect("it is no more than was left");
        self.expects = if left == 0 { Expects::DataSum } else { Expects::Data(left) };
        Ok(taken)
    }
}

impl fmt::Debug for PlainPng {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlainPng").finish_non_exhaustive()
    }
}

/// The rows of a picture as they are unpacked: exactly as many as its header says, and nothing behind.
struct Pixels {
    inflate: Decompress,
    has_ended: bool,
    /// Of a row, its filter included.
    row_bytes: u64,
    /// Still to come.
    left_bytes: u64,
    /// Room for what is unpacked.
    piece: Vec<u8>,
}

impl Pixels {
    fn new() -> Self {
        Self {
            inflate: Decompress::new(true),
            has_ended: false,
            row_bytes: 0,
            left_bytes: 0,
            piece: Vec::new(),
        }
    }

    fn begin(&mut self, size: [u32; 2]) -> Result<(), PictureError> {
        let [width, height] = size.map(u64::from);
        let is_too_big = size.iter().any(|side| *side > MAX_SIDE_PIXELS) || width * height > MAX_PIXELS;
        if is_too_big {
            return Err(PictureError::TooBig);
        }
        if width * height == 0 {
            return Err(PictureError::NotPlain);
        }
        self.row_bytes = 1 + width * PIXEL_BYTES;
        self.left_bytes = self.row_bytes * height;
        Ok(())
    }

    fn are_whole(&self) -> bool {
        self.has_ended && self.left_bytes == 0
    }

    fn unpack(&mut self, packed: &[u8]) -> Result<(), PictureError> {
        let mut piece = std::mem::take(&mut self.piece);
        piece.resize(PIECE, 0);
        let unpacked = self.unpack_into(packed, &mut piece);
        self.piece = piece;
        unpacked
    }

    fn unpack_into(&mut self, mut packed: &[u8], piece: &mut [u8]) -> Result<(), PictureError> {
        loop {
            if self.has_ended {
                // Something would lie behind the pixels.
                return if packed.is_empty() { Ok(()) } else { Err(PictureError::NotPlain) };
            }
            let (read, written) = (self.inflate.total_in(), self.inflate.total_out());
            let status = self.inflate.decompress(packed, piece, FlushDecompress::None);
            self.has_ended = status.map_err(|_| PictureError::NotPlain)? == Status::StreamEnd;
            let (read, written) = (self.inflate.total_in() - read, self.inflate.total_out() - written);
            let unpacked = &piece[..usize::try_from(written).unwrap_or(PIECE)];
            self.look(unpacked)?;
            packed = &packed[usize::try_from(read).unwrap_or(packed.len())..];
            if packed.is_empty() && unpacked.len() < PIECE {
                return Ok(());
            }
            if read == 0 && written == 0 && !self.has_ended {
                return Err(PictureError::NotPlain);
            }
        }
    }

    /// Each row begins with one of five filters.
    fn look(&mut self, unpacked: &[u8]) -> Result<(), PictureError> {
        let mut rest = unpacked;
        while !rest.is_empty() {
            if self.left_bytes == 0 {
                return Err(PictureError::NotPlain);
            }
            let left_of_row = (self.left_bytes - 1) % self.row_bytes + 1;
            if left_of_row == self.row_bytes && rest[0] > 4 {
                return Err(PictureError::NotPlain);
            }
            let length = rest.len().min(usize::try_from(left_of_row).unwrap_or(usize::MAX));
            self.left_bytes -= length as u64;
            rest = &rest[length..];
        }
        Ok(())
    }
}

fn number(bytes: &[u8]) -> u32 {
    u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

#[cfg(test)]
mod tests;
