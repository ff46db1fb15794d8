//! What the portal takes decides how much is packed: it is asked while the evidence is being looked for.

use crate::bundle::{Budget, Bundle};
use crate::transport::PortalLimits;

/// Entries that casefile makes itself, and some more.
const OWN_ENTRIES: u32 = 16;
/// The same in bytes: the manifest of many entries, the findings.
const OWN_BYTES: u64 = 32 << 20;

/// The budget of a bundle that the portal takes, as far as that can be told from the sizes of the sources: stand-ins can make
/// an entry twice as large.
pub(super) fn within(budget: Budget, limits: &PortalLimits) -> Budget {
    let total =
        limits.unpacked_bytes.map_or(u64::MAX, |bytes| bytes.saturating_sub(OWN_BYTES.min(bytes / 2)));
    Budget {
        total_bytes: budget.total_bytes.min(total),
        file_bytes: budget.file_bytes.min(limits.entry_bytes.map_or(u64::MAX, |bytes| bytes / 2)),
        entries: budget
            .entries
            .min(limits.entries.map_or(u32::MAX, |count| count.saturating_sub(OWN_ENTRIES))),
    }
}

/// The budget of a smaller bundle, when this one is larger than what the portal takes. How well logs can be packed is known
/// only now.
pub(super) fn smaller(bundle: &Bundle, budget: Budget, max_bytes: u64) -> Option<Budget> {
    if bundle.bytes() <= max_bytes {
        return None;
    }
    let read: u64 = bundle.manifest().entries.iter().map(|entry| entry.bytes).sum();
    let fits = u128::from(read) * u128::from(max_bytes) / u128::from(bundle.bytes().max(1));
    let total_bytes = u64::try_from(fits / 10 * 9).unwrap_or(u64::MAX);
    let file_bytes = budget.file_bytes.min(total_bytes);
    (total_bytes > 0).then_some(Budget { total_bytes, file_bytes, ..budget })
}

/// The portal's answer, while it is being waited for.
pub(super) struct Asked(#[cfg(feature = "http")] std::sync::mpsc::Receiver<Option<PortalLimits>>);

#[cfg(feature = "http")]
impl Asked {
    /// Asks on a thread of its own.
    pub(super) fn begin(reporter: &super::Reporter, progress: &crate::Progress) -> Option<Self> {
        let access = reporter.access()?.clone();
        let progress = progress.clone();
        let (sender, receiver) = std::sync::mpsc::sync_channel(1);
        let ask = move || {
            let answer = crate::http::HttpTransport::new(&access).and_then(|portal| portal.limits(&progress));
            // Nobody may be waiting any more.
            let _ = sender.send(answer.ok());
        };
        std::thread::Builder::new().name("casefile-limits".to_owned()).spawn(ask).ok()?;
        Some(Self(receiver))
    }

    /// The answer; absent when the portal did not give one in time: its limits are met when the bundle is sent, then.
    pub(super) fn answer(self) -> Option<PortalLimits> {
        self.0.recv().ok().flatten()
    }
}

#[cfg(not(feature = "http"))]
impl Asked {
    pub(super) fn begin(_reporter: &super::Reporter, _progress: &crate::Progress) -> Option<Self> {
        None
    }

    #[expect(clippy::unused_self, reason = "nobody was asked")]
    pub(super) fn answer(self) -> Option<PortalLimits> {
        None
    }
}

#[cfg(feature = "http")]
#[cfg(test)]
mod tests;
