//! A sealed report that the person looks at, and what it was sealed from.

mod overview;

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;

use casefile::advice::{Rotation, rotations};
use casefile::analyze::Finding;
use casefile::bundle::SealError;
use casefile::picture::Picture;
use casefile::redact::{Tier, Tiers};
use casefile::report::Request;
use casefile::{Changes, Draft, Progress, Reporter, Selection};
use jiff::Timestamp;

pub(crate) use self::overview::{Hidden, Overview};
use crate::early::{Handed, findings_of};

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
    /// Pictures to add, as the person left them.
    pub(crate) pictures: Vec<Picture>,
    /// How much of money and method is shown, when that is not what the settings say.
    pub(crate) tiers: Option<Tiers>,
}

/// What a person can show more or less of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Money {
    /// Balances and positions.
    Balances,
    /// Numbers of strategies.
    Strategy,
}

/// A draft; its file is removed with it, unless it was kept.
pub(crate) struct Sealed {
    reporter: Reporter,
    /// What this one was made from without collecting again; it stays for a change of mind.
    base: Option<Arc<Sealed>>,
    pub(crate) draft: Draft,
    pub(crate) wishes: Wishes,
    pub(crate) overview: Overview,
    /// What is known to be wrong.
    pub(crate) findings: Vec<Finding>,
    /// What the person should replace, because it stood in a log.
    pub(crate) rotations: Vec<Rotation>,
}

impl Wishes {
    /// What a report asks for; the one place that speaks to the sealing.
    fn selection(&self, reporter: &Reporter, request: &Request) -> Selection {
        Selection {
            leave_out: self.leave_out.clone(),
            hide: self.hide.iter().cloned().collect(),
            attachments: self.attachments.iter().cloned().collect(),
            pictures: self.pictures.clone(),
            tiers: self.tiers,
            ..reporter.default_selection(request)
        }
    }

    /// What is new since a bundle was sealed; `None` when that bundle lacks something that is wanted now, or shows too much.
    fn since(&self, sealed: &Self) -> Option<Changes> {
        let is_more = sealed.leave_out.is_subset(&self.leave_out)
            && sealed.hide.is_subset(&self.hide)
            && sealed.attachments.is_subset(&self.attachments)
            && sealed.pictures.iter().all(|picture| self.pictures.contains(picture));
        // A bundle is revised as the settings show money and method.
        let is_as_set = self.tiers.is_none() && sealed.tiers.is_none();
        (is_more && is_as_set).then(|| Changes {
            leave_out: self.leave_out.difference(&sealed.leave_out).cloned().collect(),
            hide: self.hide.difference(&sealed.hide).cloned().collect(),
            attach: self.attachments.difference(&sealed.attachments).cloned().collect(),
            pictures: self.pictures.iter().filter(|new| !sealed.pictures.contains(new)).cloned().collect(),
        })
    }

    /// How much will be shown.
    pub(crate) fn tiers(&self, reporter: &Reporter) -> Tiers {
        self.tiers.unwrap_or(reporter.tiers())
    }

    /// Shows this much of it.
    pub(crate) fn show(&mut self, what: Money, tier: Tier, reporter: &Reporter) {
        let mut tiers = self.tiers(reporter);
        *match what {
            Money::Balances => &mut tiers.balances,
            Money::Strategy => &mut tiers.strategy,
        } = tier;
        self.tiers = Some(tiers).filter(|tiers| *tiers != reporter.tiers());
    }
}

impl Sealed {
    /// Collects and seals, from what was collected while the person wrote if there is something. Blocks for as long as the
    /// logs are large.
    ///
    /// # Errors
    /// See [`SealError`].
    pub(crate) fn seal(
        reporter: Reporter,
        request: &Request,
        wishes: Wishes,
        early: Option<Handed>,
        now: Timestamp,
        progress: &Progress,
    ) -> Result<Self, SealError> {
        let selection = wishes.selection(&reporter, request);
        let early = early.and_then(Handed::collected);
        progress.checkpoint().map_err(|_| SealError::Cancelled)?;
        let draft = match early {
            Some(early) => reporter.seal_prepared(&early.prepared, request, &selection, now, progress)?,
            None => reporter.seal_selection(request, &selection, now, progress)?,
        };
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
            return Self::seal(reporter, request, wishes, None, now, progress);
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
        let findings = findings_of(&draft.bundle);
        // What cannot be read a second time is worth sending all the same.
        let rotations = rotations(&draft.bundle).unwrap_or_default();
        let overview = Overview::default();
        let mut sealed = Self { reporter, base, draft, wishes, overview, findings, rotations };
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
