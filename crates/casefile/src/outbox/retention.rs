//! What an outbox lets go, and when. Never anything that is not delivered.

use std::fs;
use std::io;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::{Outbox, Parcel, State};
use crate::private;

/// How long and how much an outbox keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retention {
    /// How long a bundle stays here after the portal has it.
    pub bundles_for: SignedDuration,
    /// How many bytes of delivered bundles stay at most; the oldest go first.
    pub bundle_bytes: u64,
    /// How long the receipt of a delivered report stays: with it the ticket can be asked for.
    pub receipts_for: SignedDuration,
    /// How long a sealed bundle stays that nobody agreed to send.
    pub drafts_for: SignedDuration,
    /// Above this much of undelivered bundles no further report is kept: nothing is removed to make room for it.
    pub waiting_bytes: u64,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            bundles_for: SignedDuration::from_hours(30 * 24),
            bundle_bytes: 512 << 20,
            receipts_for: SignedDuration::from_hours(400 * 24),
            drafts_for: SignedDuration::from_hours(7 * 24),
            waiting_bytes: 4 << 30,
        }
    }
}

/// How long this machine keeps what belongs to a delivered report, unless room is needed before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeptUntil {
    /// The bundle; `None` when it is gone already.
    pub bundle: Option<Timestamp>,
    /// The receipt: so long the ticket can be asked for.
    pub receipt: Timestamp,
}

impl Outbox {
    /// Until when a report stays here. `None` when it is not delivered: it stays until it is.
    pub fn kept_until(&self, parcel: &Parcel) -> Option<KeptUntil> {
        if !matches!(parcel.settled(), Ok(State::Delivered(_))) {
            return None;
        }
        let at = parcel.delivered_at()?;
        let until = |length| at.checked_add(length).unwrap_or(Timestamp::MAX);
        let bundle = parcel.bundle_path().exists().then(|| until(self.retention.bundles_for));
        Some(KeptUntil { bundle, receipt: until(self.retention.receipts_for) })
    }
}

/// A delivered report, as the policy sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Delivered {
    at: Timestamp,
    /// 0 when the bundle is gone already.
    bundle_bytes: u64,
}

/// What becomes of a delivered report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Stays,
    /// Its bundle goes, the receipt stays.
    LosesBundle,
    Goes,
}

impl Retention {
    /// Decides about each delivered report; they are given with the oldest first.
    fn judge(&self, delivered: &[Delivered], now: Timestamp) -> Vec<Fate> {
        let mut left_bytes = self.bundle_bytes;
        let mut fates: Vec<_> = delivered
            .iter()
            .rev()
            .map(|report| {
                // Negative when the clock was set back: then nothing is old.
                let age = now.duration_since(report.at);
                if age > self.receipts_for {
                    return Fate::Goes;
                }
                if age > self.bundles_for || report.bundle_bytes > left_bytes {
                    return Fate::LosesBundle;
                }
                left_bytes -= report.bundle_bytes;
                Fate::Stays
            })
            .collect();
        fates.reverse();
        fates
    }
}

/// Applies the policy to what is delivered.
pub(super) fn tidy_delivered(outbox: &Outbox, now: Timestamp) -> io::Result<()> {
    let mut delivered: Vec<(Delivered, Parcel)> = outbox
        .list()?
        .into_iter()
        .flatten()
        .filter(|parcel| matches!(parcel.settled(), Ok(State::Delivered(_))))
        .filter_map(|parcel| {
            let bundle_bytes = fs::metadata(parcel.bundle_path()).map_or(0, |metadata| metadata.len());
            Some((Delivered { at: parcel.delivered_at()?, bundle_bytes }, parcel))
        })
        .collect();
    delivered.sort_by_key(|(report, parcel)| (report.at, parcel.id()));
    let reports: Vec<_> = delivered.iter().map(|(report, _)| *report).collect();
    for (fate, (_, parcel)) in outbox.retention.judge(&reports, now).into_iter().zip(&delivered) {
        match fate {
            Fate::Stays => {}
            Fate::LosesBundle => private::remove_if_there(&parcel.bundle_path())?,
            // Somebody asks for it right now: the next time.
            Fate::Goes => drop(outbox.drop_report(parcel.id())),
        }
    }
    Ok(())
}

/// Removes bundles that were sealed long ago and never agreed to.
pub(super) fn tidy_drafts(drafts: &Path, retention: &Retention, now: Timestamp) -> io::Result<()> {
    let items = match fs::read_dir(drafts) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    for item in items {
        let item = item?;
        let modified = item.metadata().and_then(|metadata| metadata.modified());
        let Some(at) = modified.ok().and_then(|at| Timestamp::try_from(at).ok()) else { continue };
        if now.duration_since(at) > retention.drafts_for && item.file_type()?.is_file() {
            private::remove_if_there(&item.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(retention: Retention, reports: &[(&str, u64)], fates: &[Fate]) {
        let reports: Vec<_> = reports
            .iter()
            .map(|(at, bundle_bytes)| Delivered { at: at.parse().unwrap(), bundle_bytes: *bundle_bytes })
            .collect();
        assert_eq!(retention.judge(&reports, "2026-11-24T10:00:00Z".parse().unwrap()), fates);
    }

    #[test]
    fn the_oldest_bundles_go_first_and_receipts_long_after() {
        use Fate::{Goes, LosesBundle, Stays};
        let retention = Retention { bundle_bytes: 100, ..Retention::default() };
        let reports = [
            ("2025-01-01T00:00:00Z", 0),
            ("2026-10-01T00:00:00Z", 1),
            ("2026-11-20T00:00:00Z", 60),
            ("2026-11-21T00:00:00Z", 50),
            ("2026-11-22T00:00:00Z", 50),
        ];
        check(retention, &reports, &[Goes, LosesBundle, LosesBundle, Stays, Stays]);
        // The clock was set back by years: nothing is old.
        check(retention, &[("2030-01-01T00:00:00Z", 100)], &[Stays]);
        check(retention, &[], &[]);
    }
}
