//! Deflate in chunks that join to one stream: each ends at a byte, with an empty block (RFC 1951, 3.2.4).

use flate2::{Compress, Compression, FlushCompress, Status};

use super::Effort;

/// Ends a stream whose last chunk was not known to be the last: an empty block that says so.
pub(super) const END: [u8; 2] = [0x03, 0x00];

/// Packs chunk after chunk. Keeps its tables: making them new for each small file would cost more than packing it.
pub(super) struct Packer(Compress);

impl Packer {
    pub(super) fn new(effort: Effort) -> Self {
        // Measured on logs: `docs/performance.md`. Level 1 of zlib-rs is no faster than 2 and a half larger.
        let level = match effort {
            Effort::Small => 4,
            Effort::Fast => 2,
        };
        Self(Compress::new(Compression::new(level), false))
    }

    /// Packs a chunk; `last` ends the stream.
    pub(super) fn pack(&mut self, clean: &[u8], last: bool) -> Vec<u8> {
        self.0.reset();
        let flush = if last { FlushCompress::Finish } else { FlushCompress::Sync };
        let mut packed = Vec::with_capacity(clean.len() / 4 + 64);
        loop {
            let done = usize::try_from(self.0.total_in()).expect("a chunk fits in memory");
            let status = self.0.compress_vec(&clean[done..], &mut packed, flush).expect("the state is sound");
            let all_read = self.0.total_in() == clean.len() as u64;
            // A flush is over when there was room left behind it.
            if status == Status::StreamEnd || (all_read && !last && packed.len() < packed.capacity()) {
                return packed;
            }
            packed.reserve(clean.len() / 8 + 64);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::DeflateDecoder;
    use proptest::prelude::*;
    use std::io::Read;

    fn joined(chunks: &[Vec<u8>], ended: bool, effort: Effort) -> Vec<u8> {
        let mut packer = Packer::new(effort);
        let mut stream = Vec::new();
        for (index, chunk) in chunks.iter().enumerate() {
            stream.extend(packer.pack(chunk, ended && index + 1 == chunks.len()));
        }
        if !ended || chunks.is_empty() {
            stream.extend(END);
        }
        let mut unpacked = Vec::new();
        let mut decoder = DeflateDecoder::new(stream.as_slice());
        decoder.read_to_end(&mut unpacked).unwrap();
        assert_eq!(decoder.total_in(), stream.len() as u64, "bytes behind the end of the stream");
        unpacked
    }

    #[test]
    fn text_and_noise_and_nothing_come_back() {
        let text = b"2026-11-24T10:00:00Z INFO price 64250.10\n".repeat(9_000);
        let noise: Vec<u8> =
            (0..300_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[2]).collect();
        for effort in [Effort::Small, Effort::Fast] {
            for ended in [true, false] {
                let chunks = [text.clone(), noise.clone(), Vec::new(), vec![b'a']];
                assert_eq!(joined(&chunks, ended, effort), chunks.concat());
            }
            assert_eq!(joined(&[], false, effort), b"");
        }
    }

    proptest! {
        #[test]
        fn any_chunks_join(chunks in proptest::collection::vec(proptest::collection::vec(0_u8..4, 0..3_000), 0..5), ended: bool) {
            prop_assert_eq!(joined(&chunks, ended, Effort::Small), chunks.concat());
        }
    }
}
