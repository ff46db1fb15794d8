//! Reading on one thread what another one unpacks.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};

/// What is handed over at once. The decoder copies what it may refer to each time that it is asked, so that small pieces cost more.
const PIECE_BYTES: usize = 256 << 10;
/// Pieces that wait.
const QUEUED: usize = 1;

/// Reads on a thread of its own, some pieces ahead. The thread ends with the source, or when this is dropped.
pub(super) struct Ahead {
    /// Absent while it is dropped.
    pieces: Option<Receiver<io::Result<Piece>>>,
    /// Pieces that were read go back, to be filled again.
    read: SyncSender<Vec<u8>>,
    piece: Piece,
    at: usize,
    thread: Option<JoinHandle<()>>,
}

/// The bytes in front that were filled.
#[derive(Default)]
struct Piece {
    bytes: Vec<u8>,
    filled: usize,
}

impl Ahead {
    pub(super) fn new(source: Box<dyn Read + Send>) -> io::Result<Self> {
        let (sender, pieces) = sync_channel(QUEUED);
        let (read, again) = sync_channel(QUEUED + 2);
        let send = move || send(source, &sender, &again);
        let thread = Builder::new().name("casefile-unpack".to_owned()).spawn(send)?;
        Ok(Self { pieces: Some(pieces), read, piece: Piece::default(), at: 0, thread: Some(thread) })
    }
}

/// Sends pieces until the source ends or fails, or nobody takes them any more.
fn send(mut source: Box<dyn Read + Send>, pieces: &SyncSender<io::Result<Piece>>, again: &Receiver<Vec<u8>>) {
    loop {
        let mut bytes = again.try_recv().unwrap_or_else(|_| vec![0; PIECE_BYTES]);
        let mut filled = 0;
        let failed = loop {
            match source.read(&mut bytes[filled..]) {
                Ok(0) => break None,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => break Some(error),
            }
        };
        // What came before the end or the failure counts.
        let ended = filled < bytes.len();
        if filled > 0 && pieces.send(Ok(Piece { bytes, filled })).is_err() {
            return;
        }
        if let Some(error) = failed {
            let _ = pieces.send(Err(error));
        }
        if ended {
            return;
        }
    }
}

impl Read for Ahead {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.piece.filled {
            let read = std::mem::take(&mut self.piece);
            self.at = 0;
            if !read.bytes.is_empty() {
                let _ = self.read.try_send(read.bytes);
            }
            match self.pieces.as_ref().and_then(|pieces| pieces.recv().ok()) {
                Some(Ok(piece)) => self.piece = piece,
                Some(Err(error)) => return Err(error),
                None => {
                    let ended = self.thread.take().is_none_or(|thread| thread.join().is_ok());
                    return if ended { Ok(0) } else { Err(io::Error::other("unpacking failed")) };
                }
            }
        }
        let ready = &self.piece.bytes[self.at..self.piece.filled];
        let length = ready.len().min(buffer.len());
        buffer[..length].copy_from_slice(&ready[..length]);
        self.at += length;
        Ok(length)
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        self.pieces = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives so many bytes, a few at a time, and fails then or ends.
    struct Slow(usize, bool);

    impl Read for Slow {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0 == 0 && self.1 {
                return Err(io::ErrorKind::InvalidData.into());
            }
            let length = self.0.min(buffer.len()).min(1_000);
            buffer[..length].fill(b'x');
            self.0 -= length;
            Ok(length)
        }
    }

    #[test]
    fn all_bytes_arrive_before_the_failure() {
        for (length, fails) in
            [(0, false), (0, true), (PIECE_BYTES, false), (PIECE_BYTES, true), (3 * PIECE_BYTES + 1, true)]
        {
            let mut text = Vec::new();
            let read = Ahead::new(Box::new(Slow(length, fails))).unwrap().read_to_end(&mut text);
            assert_eq!((text.len(), read.is_err()), (length, fails));
        }
    }

    #[test]
    fn who_wants_no_more_waits_for_nobody() {
        let mut ahead = Ahead::new(Box::new(Slow(usize::MAX, false))).unwrap();
        ahead.read_exact(&mut [0; 10]).unwrap();
    }
}
