//! A sealed report that the person looks at, and what it was sealed from.

mod overview;

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;

use casefile::bundle::SealError;
use casefile::redact::{Tier, Tiers};
use casefile::report::Request;
use casefile::{Changes, Draft, Progress, Reporter, Selection};
use jiff::Timestamp;

pub(crate) use self::overview::{Hidden, Overview};

/// Lists the other entries; it is one itself, but not in its own list.
pub(crate) const MANIFEST: &str = "manifest.json";

/// What the person wants beyond the text. Has no `Debug`: a hidden word is a secret.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Wishes {
    /// Names of entries.
    pub(crate) leave_out: BTreeSet<String>,
    /// Words.
    pub(crate) hide: BTreeSet<String>,
    /// Files to add.
    pub(crate) attachments: BTreeSet<PathBuf>,
    /// Whether balances and positions are shown, when that is not what the settings say.
    pub(crate) shows_balances: Option<bool>,
}

/// A draft; its file is removed with it, unless it was kept.
pub(crate) struct Sealed {
    reporter: Reporter,
    /// What this one was made from without collecting again; it stays for a change of mind.
    base: Option<Arc<Sealed>>,
    pub(crate) draft: Draft,
    pub(crate) wishes: Wishes,
    pub(crate) overview: Overview,
}

impl Wishes {
    /// What a report asks for; the one place that speaks to the sealing.
    fn selection(&self, reporter: &Reporter, request: &Request) -> Selection {
        let tiers = self.shows_balances.map(|shows| {
            let balances = if shows { Tier::Full } else { Tier::Removed };
            Tiers { balances, ..reporter.tiers() }
        });
        Selection {
            leave_out: self.leave_out.clone(),
            hide: self.hide.iter().cloned().collect(),
            attachments: self.attachments.iter().cloned().collect(),
            tiers,
            ..reporter.default_selection(request)
        }
    }

    /// What is new since a bundle was sealed; `None` when that bundle lacks something that is wanted now, or shows too much.
    fn since(&self, sealed: &Self) -> Option<Changes> {
        let is_more = sealed.leave_out.is_subset(&self.leave_out)
            && sealed.hide.is_subset(&self.hide)
            && sealed.attachments.is_subset(&self.attachments);
        // A bundle is revised as the settings show balances.
        let is_as_set = self.shows_balances.is_none() && sealed.shows_balances.is_none();
        (is_more && is_as_set).then(|| Changes {
            leave_out: self.leave_out.difference(&sealed.leave_out).cloned().collect(),
            hide: self.hide.difference(&sealed.hide).cloned().collect(),
            attach: self.attachments.difference(&sealed.attachments).cloned().collect(),
        })
    }

    /// Whether balances will be shown.
    pub(crate) fn are_balances_shown(&self, reporter: &Reporter) -> bool {
        self.shows_balances.unwrap_or(reporter.tiers().balances == Tier::Full)
    }
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
        let selection = wishes.selection(&reporter, request);
        let draft = reporter.seal_selection(request, &selection, now, progress)?;
        Self::of(reporter, draft, None, wishes)
    }

    /// Seals what the person wants by now: from what was collected already if that is enough, and from the beginning if
    /// not. `seen` is what the person looks at.
    ///
    /// # Errors
    /// See [`SealError`].
    pub(crate) fn seal_again(
        seen: &Arc<Self>,
        request: &Request,
        wishes: Wishes,
        now: Timestamp,
        progress: &Progress,
    ) -> Result<Self, SealError> {
        let (base, reporter) = (seen.base.as_ref().unwrap_or(seen), seen.reporter.clone());
        let Some(changes) = wishes.since(&base.wishes) else {
            return Self::seal(reporter, request, wishes, now, progress);
        };
        let draft = reporter.revise(&base.draft, &changes, now, progress)?;
        Self::of(reporter, draft, Some(base.clone()), wishes)
    }

    fn of(
        reporter: Reporter,
        draft: Draft,
        base: Option<Arc<Self>>,
        wishes: Wishes,
    ) -> Result<Self, SealError> {
        let mut sealed = Self { reporter, base, draft, wishes, overview: Overview::default() };
        let manifest_bytes = length(&mut sealed.draft.bundle.read(MANIFEST)?)?;
        sealed.overview = Overview::of(sealed.draft.bundle.manifest(), manifest_bytes);
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
