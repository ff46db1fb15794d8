//! A packed source, read no further than somebody may have packed it in earnest.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;

/// How many times its size a packed source may become: logs become ten or twenty times as large, a bomb a thousand times.
pub(super) const MAX_RATIO: u64 = 200;
/// Whatever the ratio, this much is read: it costs little.
const FREE_BYTES: u64 = 4 << 20;

/// What a gzip source unpacks to; breaks off where it is swollen.
pub(super) struct Unpacked<'a> {
    reader: MultiGzDecoder<Packed<'a>>,
    bytes: u64,
}

/// The source as it is, counted.
struct Packed<'a> {
    reader: &'a mut dyn Read,
    bytes: u64,
}

impl<'a> Unpacked<'a> {
    pub(super) fn new(reader: &'a mut dyn Read) -> Self {
        Self { reader: MultiGzDecoder::new(Packed { reader, bytes: 0 }), bytes: 0 }
    }

    /// Whether it became larger than anything that is worth reading.
    pub(super) fn is_swollen(&self) -> bool {
        self.bytes > FREE_BYTES.max(self.reader.get_ref().bytes.saturating_mul(MAX_RATIO))
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_swollen() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.reader.read(buffer)?;
        self.bytes += read as u64;
        Ok(read)
    }
}

impl Read for Packed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.bytes += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    /// How much is read of this many megabytes, made of blocks of 1 MiB, and whether it was too much.
    fn check(megabytes: usize, block: impl Fn(usize) -> Vec<u8>) -> (u64, bool) {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        for n in 0..megabytes {
            packed.write_all(&block(n)).unwrap();
        }
        let packed = packed.finish().unwrap();
        let mut source = packed.as_slice();
        let mut unpacked = Unpacked::new(&mut source);
        let mut bytes = 0;
        let mut buffer = vec![0; 64 << 10];
        while let Ok(read @ 1..) = unpacked.read(&mut buffer) {
            bytes += read as u64;
        }
        (bytes, unpacked.is_swollen())
    }

    #[test]
    fn a_bomb_is_read_for_its_beginning_and_a_log_to_its_end() {
        let (bytes, is_swollen) = check(10, |_| vec![b'0'; 1 << 20]);
        assert!(is_swollen && (FREE_BYTES..FREE_BYTES + (1 << 20)).contains(&bytes), "{bytes}");
        assert_eq!(check(3, |_| vec![b'0'; 1 << 20]), (3 << 20, false));
        // Every line another one, as in a log that repeats itself as much as logs do.
        let lines = |n: usize| {
            let line = |i: usize| {
                format!("2026-11-24T10:00:00Z INFO tick {:>10} of the same pair\n", n * 20_000 + i)
            };
            let mut text: Vec<u8> = (0..20_000).flat_map(|i| line(i).into_bytes()).collect();
            text.resize(1 << 20, b'\n');
            text
        };
        assert_eq!(check(8, lines), (8 << 20, false));
    }
}
