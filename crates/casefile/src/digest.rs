//! SHA-256 of streams.

use std::io::{self, Read};

use sha2::{Digest, Sha256};

/// Size of the buffer between a file and its digest: 64 KiB is where larger ones stop being faster.
pub(crate) const BUFFER_BYTES: usize = 64 << 10;

/// Reads to the end; returns the SHA-256 and the number of bytes.
///
/// # Errors
/// What the reader says.
pub fn sha256_of(reader: &mut dyn Read) -> io::Result<([u8; 32], u64)> {
    sha256_by(reader, BUFFER_BYTES)
}

/// As [`sha256_of`], asking the reader for so many bytes at once.
pub(crate) fn sha256_by(reader: &mut dyn Read, piece_bytes: usize) -> io::Result<([u8; 32], u64)> {
    let mut sha256 = Sha256::new();
    let mut buffer = vec![0; piece_bytes];
    let mut bytes = 0;
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok((sha256.finalize().into(), bytes)),
            Ok(read) => {
                sha256.update(&buffer[..read]);
                bytes += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use data_encoding::HEXLOWER;

    /// Source: FIPS 180-2, appendix B.1.
    #[test]
    fn abc_has_the_digest_of_the_standard() {
        let (digest, bytes) = sha256_of(&mut &b"abc"[..]).unwrap();
        assert_eq!(
            HEXLOWER.encode(&digest),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(bytes, 3);
    }
}
