//! The last look at a finished bundle: read again by the strict reader that everybody uses, and searched again for what a
//! rule hides: names, manifest and what casefile wrote itself as a whole, evidence where the redactor can have left something. One thread unpacks and hashes, another one searches.

use std::io::{self, Read};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::open::{Bundle, Limits, OpenError, Seen};
use super::pack::lower_priority;
use super::seal::SealError;
use crate::progress::Progress;
use crate::redact::Redactor;

/// What travels to the thread that searches.
enum Message {
    Entry(String, Look),
    Bytes(Vec<u8>),
}

/// How closely an entry is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// All of it by all the rules: what casefile made itself.
    Whole,
    /// Where the redactor can have left something: what it wrote. Part of its source, or all of it.
    Again { is_part: bool },
    /// Its name only: pixels, which a person has seen. That they are pixels, the reader checks.
    Name,
}

/// Pieces that wait to be searched: some hundred KiB.
const QUEUED: usize = 8;

/// Opens a finished bundle with every check there is.
///
/// # Errors
/// `Residue` when something in it should have been hidden, `Unreadable` when it does not read back.
pub(super) fn check(path: &Path, redactor: &Redactor, progress: &Progress) -> Result<Bundle, SealError> {
    let (sender, receiver) = sync_channel(QUEUED);
    let redactor = redactor.clone();
    let search = move || {
        lower_priority();
        Search { receiver, next: None }.run(&redactor)
    };
    let search = thread::Builder::new().name("casefile-check".to_owned()).spawn(search)?;
    let opened =
        Bundle::open_seen(path.to_owned(), &everything(), &mut |seen| show(&sender, progress, &seen));
    drop(sender);
    let searched = search.join().unwrap_or_else(|_| Err(io::Error::other("the search failed").into()));
    // What was found explains why the other thread could not go on.
    searched?;
    opened.map_err(|error| match error {
        OpenError::Io(error) => SealError::Disk(error),
        error => SealError::Unreadable(error),
    })
}

/// It is our own file: whoever receives it has limits.
fn everything() -> Limits {
    Limits {
        file_bytes: u64::MAX,
        unpacked_bytes: u64::MAX,
        entry_bytes: u64::MAX,
        entries: u32::MAX,
        ratio: u64::MAX,
    }
}

fn show(sender: &SyncSender<Message>, progress: &Progress, seen: &Seen<'_>) -> io::Result<()> {
    progress.checkpoint().map_err(|_| io::Error::other("cancelled"))?;
    let message = match seen {
        Seen::Entry { name, is_part, is_picture } => {
            // Evidence lies in folders.
            let look = match (name.contains('/'), is_picture) {
                (false, _) => Look::Whole,
                (true, true) => Look::Name,
                (true, false) => Look::Again { is_part: *is_part },
            };
            Message::Entry((*name).to_owned(), look)
        }
        Seen::Bytes(bytes) => Message::Bytes(bytes.to_vec()),
    };
    sender.send(message).map_err(|_| io::Error::other("the search has ended"))
}

/// The thread that searches.
struct Search {
    receiver: Receiver<Message>,
    /// The entry that begins after the one that is being read.
    next: Option<(String, Look)>,
}

impl Search {
    fn run(mut self, redactor: &Redactor) -> Result<(), SealError> {
        while let Some((entry, look)) = self.begin() {
            let in_name = redactor.residues(&mut entry.as_bytes())?;
            let mut pieces = Pieces { search: &mut self, piece: Vec::new(), at: 0 };
            let inside = match look {
                Look::Whole => redactor.residues(&mut pieces)?,
                Look::Again { is_part } => redactor.residues_again(&mut pieces, is_part)?,
                Look::Name => Vec::new(),
            };
            // A search that does not need all of an entry leaves some of it.
            io::copy(&mut pieces, &mut io::sink())?;
            if let Some(residue) = in_name.into_iter().chain(inside).next() {
                return Err(SealError::Residue { entry, rule: residue.rule, line: residue.line });
            }
        }
        Ok(())
    }

    fn begin(&mut self) -> Option<(String, Look)> {
        if let Some(next) = self.next.take() {
            return Some(next);
        }
        loop {
            match self.receiver.recv().ok()? {
                Message::Entry(name, look) => return Some((name, look)),
                Message::Bytes(_) => {}
            }
        }
    }
}

/// The bytes of one entry.
struct Pieces<'a> {
    search: &'a mut Search,
    piece: Vec<u8>,
    at: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.piece.len() {
            if self.search.next.is_some() {
                return Ok(0);
            }
            match self.search.receiver.recv() {
                Ok(Message::Bytes(piece)) => (self.piece, self.at) = (piece, 0),
                Ok(Message::Entry(name, look)) => self.search.next = Some((name, look)),
                Err(_) => return Ok(0),
            }
        }
        let length = buffer.len().min(self.piece.len() - self.at);
        buffer[..length].copy_from_slice(&self.piece[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}
