//! The logs of a bundle as one, by time, page by page: in constant memory and for a limited time, whatever a stranger sent.

use std::io;
use std::path::Path;
use std::time::Duration;

use casefile::Progress;
use casefile::bundle::{Bundle, Limits, OpenError};
use casefile::logs::text_of;
use casefile::stamp::Level;
use casefile::timeline::{self, Filter, Item, Shown};
use jiff::Timestamp;

use super::{Desk, digest_of, is_sha256};
use crate::problem::Problem;
use crate::store::TicketRow;

/// Lines of the timeline on a page.
pub(crate) const LINES_ON_A_PAGE: usize = 200;
/// Timelines that are read at the same time: each takes a core.
pub(super) const READERS: usize = 2;
/// What there was no time for is looked at with the command line.
const MAX_READING: Duration = Duration::from_secs(20);
/// Whoever waits longer for the others is told to come again.
const MAX_WAITING: Duration = Duration::from_secs(10);
/// Longer texts are cut, by characters.
const MAX_CHARS: usize = 4_000;

/// One line of the timeline. All texts are a stranger's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Line {
    Record {
        at: Option<Timestamp>,
        until: Option<Timestamp>,
        repeats: u64,
        file: String,
        line: u64,
        level: Option<Level>,
        text: String,
        is_cut: bool,
        /// Its clock went back, or its log is out of order.
        is_late: bool,
    },
    Gap {
        from: Timestamp,
        to: Timestamp,
    },
    Burst {
        at: Timestamp,
        records: u64,
        usual: u64,
    },
    Incident {
        at: Timestamp,
    },
    Unreadable {
        file: String,
    },
}

/// A page of the timeline.
#[derive(Debug, Default)]
pub(crate) struct Stretch {
    pub(crate) lines: Vec<Line>,
    pub(crate) has_more: bool,
    /// There was no time for the rest.
    pub(crate) is_unfinished: bool,
}

impl Desk {
    /// Reads a page of the timeline: of what the filter lets through, the lines after the first `skip`.
    pub(crate) async fn timeline(
        &self,
        ticket: &TicketRow,
        sha256: &str,
        filter: Filter,
        skip: usize,
    ) -> Result<Stretch, Problem> {
        let known = self.store.evidence(ticket.id).await?;
        if !is_sha256(sha256) || !known.iter().any(|row| row.sha256 == sha256) {
            return Err(Problem::not_found());
        }
        let path = self.vault.evidence(&ticket.report, sha256);
        let sha256 = digest_of(sha256)?;
        let turn = tokio::time::timeout(MAX_WAITING, self.readers.acquire()).await;
        let _turn = turn.map_err(|_| Problem::too_much("busy", 10))?.expect("it is never closed");
        // Cancelled in time, and when nobody waits for the page any more.
        let reading = Reading(Progress::new());
        let (limits, progress) = (self.limits, reading.0.clone());
        let mut task =
            tokio::task::spawn_blocking(move || read(&path, &limits, sha256, &filter, skip, &progress));
        let read = tokio::select! {
            read = &mut task => read,
            () = tokio::time::sleep(MAX_READING) => {
                reading.0.cancel();
                task.await
            }
        };
        match read {
            Ok(Ok(stretch)) => Ok(stretch),
            // It was deleted meanwhile, or this disk has damaged it.
            Ok(Err(OpenError::Io(error))) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            Ok(Err(_)) => Err(Problem::not_found()),
            Err(error) => Err(Problem::unavailable(&error)),
        }
    }
}

struct Reading(Progress);

impl Drop for Reading {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

fn read(
    path: &Path,
    limits: &Limits,
    sha256: [u8; 32],
    filter: &Filter,
    skip: usize,
    progress: &Progress,
) -> Result<Stretch, OpenError> {
    // All of it was checked when it came, and only the portal writes there.
    let bundle = Bundle::open_checked(path, limits, sha256)?;
    let (mut stretch, mut passed) = (Stretch::default(), 0);
    let read = timeline::read_while(&bundle, filter, progress, &mut |item| {
        passed += 1;
        if passed <= skip {
            return Ok(());
        }
        if stretch.lines.len() == LINES_ON_A_PAGE {
            stretch.has_more = true;
            return Err(io::ErrorKind::WriteZero.into());
        }
        stretch.lines.extend(line_of(&item));
        Ok(())
    });
    match read {
        Err(_) if stretch.has_more => {}
        Err(_) if progress.is_cancelled() => stretch.is_unfinished = true,
        Err(error) => return Err(error.into()),
        Ok(_) => {}
    }
    Ok(stretch)
}

fn line_of(item: &Item<'_>) -> Option<Line> {
    Some(match *item {
        Item::Record(shown) => record(&shown),
        Item::Gap { from, to } => Line::Gap { from, to },
        Item::Burst { at, records, usual } => Line::Burst { at, records, usual },
        Item::Incident { at } => Line::Incident { at },
        Item::Unreadable { file } => Line::Unreadable { file: file.to_owned() },
        _ => return None,
    })
}

fn record(shown: &Shown<'_>) -> Line {
    let text = text_of(&shown.text[shown.message_at..]);
    let text = text.trim();
    let end = text.char_indices().nth(MAX_CHARS).map(|(end, _)| end);
    Line::Record {
        at: shown.at,
        until: shown.until,
        repeats: shown.repeats,
        file: shown.file.to_owned(),
        line: shown.line,
        level: shown.level,
        text: text[..end.unwrap_or(text.len())].to_owned(),
        is_cut: end.is_some(),
        is_late: shown.out_of_order,
    }
}
