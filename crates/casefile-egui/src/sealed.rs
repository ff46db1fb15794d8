//! A sealed report that the person looks at, and what it was sealed from.

use std::collections::BTreeSet;
use std::io::{self, Read};

use casefile::bundle::SealError;
use casefile::report::Request;
use casefile::{Draft, Progress, Reporter, Selection};
use jiff::Timestamp;

/// Lists the other entries; it is one itself, but not in its own list.
pub(crate) const MANIFEST: &str = "manifest.json";

/// What the person wants beyond the text. Has no `Debug`: a hidden word is a secret.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Wishes {
    /// Names of entries.
    pub(crate) leave_out: BTreeSet<String>,
    /// Words.
    pub(crate) hide: BTreeSet<String>,
}

/// A draft; its file is removed with it, unless it was kept.
pub(crate) struct Sealed {
    reporter: Reporter,
    pub(crate) draft: Draft,
    pub(crate) wishes: Wishes,
    pub(crate) manifest_bytes: u64,
}

impl Sealed {
    /// Collects and seals. Blocks for as long as the logs are large.
    ///
    /// # Errors
    /// See [`SealError`].
    pub(crate) fn seal(
        reporter: Reporter,
        request: &Request,
        wishes: Wishes,
        now: Timestamp,
        progress: &Progress,
    ) -> Result<Self, SealError> {
        let selection = Selection {
            leave_out: wishes.leave_out.clone(),
            hide: wishes.hide.iter().cloned().collect(),
            ..reporter.default_selection(request)
        };
        let draft = reporter.seal_selection(request, &selection, now, progress)?;
        let mut sealed = Self { reporter, draft, wishes, manifest_bytes: 0 };
        sealed.manifest_bytes = length(&mut sealed.draft.bundle.read(MANIFEST)?)?;
        Ok(sealed)
    }
}

fn length(reader: &mut impl Read) -> io::Result<u64> {
    io::copy(reader, &mut io::sink())
}

impl Drop for Sealed {
    fn drop(&mut self) {
        // A kept bundle has moved to the outbox, and there is nothing to remove. What cannot be removed is
        // redacted and readable by this user only.
        let _ = self.reporter.discard(&self.draft);
    }
}
