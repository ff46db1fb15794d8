//! How much room the disk has left: bundles are refused first, tickets last.
//!
//! A ticket is two kilobytes and starts the clocks; a bundle can wait at the client for a day. So the last room is kept
//! for tickets, and for what people write into them.

use std::path::{Path, PathBuf};

use crate::problem::Problem;

/// Bundles leave this much free, tickets a sixteenth of it; a small disk keeps a twentieth of itself instead.
const KEPT_FREE_BYTES: u64 = 2 << 30;
const KEPT_FREE_OF_SMALL: u64 = 20;
const FOR_TICKETS: u64 = 16;

/// The disk of the data folder.
#[derive(Debug)]
pub(crate) struct Room {
    folder: PathBuf,
}

/// What a disk says of itself.
#[derive(Debug, Clone, Copy)]
struct Space {
    free_bytes: u64,
    total_bytes: u64,
}

impl Room {
    pub(crate) fn of(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// Whether there is room for a new ticket.
    pub(crate) fn for_ticket(&self) -> Result<(), Problem> {
        self.measure().map_or(Ok(()), Space::for_ticket)
    }

    /// Whether there is room for this much more of a bundle.
    pub(crate) fn for_bundle(&self, bytes: u64) -> Result<(), Problem> {
        self.measure().map_or(Ok(()), |space| space.for_bundle(bytes))
    }

    /// How much is free, if the disk says.
    pub(crate) fn free_bytes(&self) -> Option<u64> {
        self.measure().map(|space| space.free_bytes)
    }

    /// `None` when the disk does not say: then the write will.
    fn measure(&self) -> Option<Space> {
        let stats = fs4::statvfs(&self.folder).ok()?;
        Some(Space { free_bytes: stats.available_space(), total_bytes: stats.total_space() })
    }
}

impl Space {
    fn kept_free(self) -> u64 {
        KEPT_FREE_BYTES.min(self.total_bytes / KEPT_FREE_OF_SMALL)
    }

    fn for_ticket(self) -> Result<(), Problem> {
        if self.free_bytes < self.kept_free() / FOR_TICKETS { Err(Problem::disk_full()) } else { Ok(()) }
    }

    fn for_bundle(self, bytes: u64) -> Result<(), Problem> {
        if self.free_bytes.saturating_sub(bytes) < self.kept_free() {
            Err(Problem::disk_full())
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundles_are_refused_first_and_tickets_last() {
        let check = |free_bytes: u64, total_bytes: u64, bundle: u64| {
            let space = Space { free_bytes, total_bytes };
            (space.for_bundle(bundle).is_ok(), space.for_ticket().is_ok())
        };
        // A large disk.
        assert_eq!(check(3 << 30, 1 << 40, 1 << 30), (true, true));
        assert_eq!(check((3 << 30) - 1, 1 << 40, 1 << 30), (false, true));
        assert_eq!(check(128 << 20, 1 << 40, 0), (false, true));
        assert_eq!(check((128 << 20) - 1, 1 << 40, 0), (false, false));
        // A small one.
        assert_eq!(check(6 << 20, 100 << 20, 1 << 20), (true, true));
        assert_eq!(check(4 << 20, 100 << 20, 0), (false, true));
        assert_eq!(check(0, 100 << 20, 0), (false, false));
    }

    #[test]
    fn a_disk_that_says_nothing_is_tried() {
        assert!(Room::of(Path::new("/nowhere/at/all")).for_bundle(u64::MAX).is_ok());
        assert!(Room::of(&std::env::current_dir().unwrap()).for_ticket().is_ok());
    }
}
