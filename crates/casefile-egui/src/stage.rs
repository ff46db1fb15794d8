//! Where a report stands, and what its screen needs.

use std::collections::BTreeSet;
use std::sync::Arc;

use casefile::bundle::SealError;
use casefile::deliver::DeliverError;
use casefile::outbox::{KeepError, Parcel, Receipt};
use casefile::{Progress, Reporter};

use crate::page::Page;
use crate::saving::Saving;
use crate::sealed::{Sealed, Wishes};
use crate::task::Task;

/// The screens of the dialog, in the order of a report's way.
pub(crate) enum Stage {
    /// The person writes.
    Describe,
    /// A bundle is made.
    Sealing(Sealing),
    /// The person looks at what would be sent.
    Review(Box<Review>),
    /// The report goes to the outbox; takes no longer than the disk.
    Keeping(Keeping),
    /// The report is kept, and on its way.
    Sending(Box<Sending>),
    /// The portal has it.
    Sent(Sent),
    /// It waits in the outbox.
    Kept(Box<Kept>),
    /// The portal will never take it.
    Refused(Box<Refused>),
    /// It did not come as far as the outbox.
    Failed(Box<Failed>),
}

pub(crate) struct Sealing {
    pub(crate) progress: Progress,
    pub(crate) task: Task<Result<Sealed, SealError>>,
    /// What the person saw before, when this is not the first bundle.
    pub(crate) before: Option<Box<Review>>,
}

pub(crate) struct Review {
    pub(crate) sealed: Arc<Sealed>,
    /// What the next bundle would be sealed from; send only when it is what this one was sealed from.
    pub(crate) wishes: Wishes,
    /// The word that is being typed.
    pub(crate) word: String,
    /// Page of the list of entries, from 0.
    pub(crate) list: usize,
    pub(crate) open: Option<OpenEntry>,
}

/// An entry that the person reads.
pub(crate) struct OpenEntry {
    pub(crate) name: String,
    /// Where the pages begin that were read so far; the last one is shown.
    pub(crate) starts: Vec<u64>,
    pub(crate) page: Reading,
}

pub(crate) enum Reading {
    Reads(Task<std::io::Result<Page>>),
    Shows(Page),
    /// Why it cannot be shown.
    Failed(String),
}

pub(crate) struct Keeping {
    pub(crate) sealed: Arc<Sealed>,
    pub(crate) task: Task<Result<Parcel, KeepError>>,
}

pub(crate) struct Sending {
    pub(crate) parcel: Parcel,
    pub(crate) progress: Progress,
    pub(crate) task: Task<Result<Receipt, DeliverError>>,
}

pub(crate) struct Sent {
    pub(crate) receipt: Receipt,
}

pub(crate) struct Kept {
    pub(crate) parcel: Parcel,
    /// The ticket, when its text has arrived.
    pub(crate) ticket: Option<String>,
    pub(crate) why: String,
    pub(crate) saving: Saving,
}

pub(crate) struct Refused {
    pub(crate) parcel: Parcel,
    pub(crate) why: String,
    pub(crate) saving: Saving,
}

pub(crate) struct Failed {
    pub(crate) why: String,
    /// An entry that is to blame, and can be left out.
    pub(crate) culprit: Option<String>,
    /// The bundle, when there is one that could be saved.
    pub(crate) sealed: Option<(Arc<Sealed>, Saving)>,
}

impl Review {
    /// Shows a new bundle.
    pub(crate) fn of(sealed: Sealed) -> Self {
        let wishes = sealed.wishes.clone();
        Self { sealed: Arc::new(sealed), wishes, word: String::new(), list: 0, open: None }
    }

    /// Whether this bundle is what the person wants by now.
    pub(crate) fn is_as_wished(&self) -> bool {
        self.wishes == self.sealed.wishes
    }

    pub(crate) fn take(&mut self, name: &str, taken: bool) {
        let leave_out: &mut BTreeSet<String> = &mut self.wishes.leave_out;
        if taken {
            leave_out.remove(name);
        } else {
            leave_out.insert(name.to_owned());
        }
    }
}

impl OpenEntry {
    /// Begins to read an entry at one of its bytes.
    pub(crate) fn read(sealed: &Arc<Sealed>, name: String, starts: Vec<u64>) -> Self {
        let start = starts.last().copied().unwrap_or(0);
        let (sealed, entry) = (sealed.clone(), name.clone());
        let task = Task::start("read", move || crate::page::read(&sealed.draft.bundle, &entry, start));
        Self { name, starts, page: Reading::Reads(task) }
    }
}

impl Keeping {
    pub(crate) fn start(sealed: Arc<Sealed>, reporter: Reporter, now: jiff::Timestamp) -> Self {
        let consent = casefile::Consent::by_person(&sealed.draft.bundle, now);
        let kept = sealed.clone();
        let task = Task::start("keep", move || reporter.keep(&kept.draft, consent, now));
        Self { sealed, task }
    }
}
