//! The text of an entry, whatever form it is stored in.

use std::io::{self, BufReader, Read};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE};
use flate2::read::MultiGzDecoder;

/// As much as an entry that is not packed may hold ([`Limits`](crate::bundle::Limits)): a stranger's few megabytes could
/// be unpacked for hours.
pub(crate) const MAX_UNPACKED_BYTES: u64 = 1 << 30;

/// Unpacks gzip and turns UTF-16, which Windows programs write, into UTF-8; told by the first bytes.
pub(super) fn text(mut reader: Box<dyn Read + Send>) -> io::Result<Box<dyn Read + Send>> {
    let first = first_bytes(&mut reader)?;
    let whole: Box<dyn Read + Send> = Box::new(first.as_slice().to_vec().chain_with(reader));
    if first.starts_with(&[0x1f, 0x8b]) {
        let packed = MultiGzDecoder::new(BufReader::new(whole));
        let mut unpacked: Box<dyn Read + Send> =
            Box::new(Bounded { inner: packed, left_bytes: MAX_UNPACKED_BYTES });
        let first = first_bytes(&mut unpacked)?;
        return Ok(decoded(&first, Box::new(first.clone().chain_with(unpacked))));
    }
    Ok(decoded(&first, whole))
}

fn decoded(first: &[u8], whole: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
    let encoding = match first {
        [0xff, 0xfe] => UTF_16LE,
        [0xfe, 0xff] => UTF_16BE,
        _ => return whole,
    };
    let decoder = encoding.new_decoder_with_bom_removal();
    Box::new(Wide { inner: whole, decoder, raw: vec![0; 16 << 10], text: Vec::new(), at: 0, ended: false })
}

/// What is unpacked at once: where packed bytes are damaged, the decoder loses what it was about to give.
const PIECE_BYTES: usize = 4 << 10;

/// Takes what is unpacked beyond the limit for damage.
struct Bounded<R> {
    inner: R,
    left_bytes: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = buffer.len().min(PIECE_BYTES);
        let read = self.inner.read(&mut buffer[..length])?;
        self.left_bytes = self.left_bytes.checked_sub(read as u64).ok_or(io::ErrorKind::InvalidData)?;
        Ok(read)
    }
}

fn first_bytes(reader: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut first = Vec::with_capacity(2);
    reader.take(2).read_to_end(&mut first)?;
    Ok(first)
}

/// Puts bytes back in front of the reader that they were read from.
trait ChainWith {
    fn chain_with(self, rest: Box<dyn Read + Send>) -> io::Chain<io::Cursor<Vec<u8>>, Box<dyn Read + Send>>;
}

impl ChainWith for Vec<u8> {
    fn chain_with(self, rest: Box<dyn Read + Send>) -> io::Chain<io::Cursor<Vec<u8>>, Box<dyn Read + Send>> {
        io::Cursor::new(self).chain(rest)
    }
}

/// UTF-16 as UTF-8.
struct Wide {
    inner: Box<dyn Read + Send>,
    decoder: Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Read for Wide {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.text.len() && !self.ended {
            let read = self.inner.read(&mut self.raw)?;
            self.ended = read == 0;
            // Three bytes of UTF-8 for two of UTF-16 at most, and what the decoder kept back.
            self.text.resize(read * 3 + 16, 0);
            let (result, _, written, _) =
                self.decoder.decode_to_utf8(&self.raw[..read], &mut self.text, self.ended);
            debug_assert!(result == CoderResult::InputEmpty, "the buffer is large enough");
            self.text.truncate(written);
            self.at = 0;
        }
        let ready = &self.text[self.at..];
        let length = ready.len().min(buffer.len());
        buffer[..length].copy_from_slice(&ready[..length]);
        self.at += length;
        Ok(length)
    }
}
