//! Where a report stands, and what its screen needs.

use std::io::Read as _;
use std::sync::Arc;

use casefile::bundle::SealError;
use casefile::deliver::DeliverError;
use casefile::outbox::{KeepError, Parcel, Receipt};
use casefile::{Progress, Reporter};
use jiff::Timestamp;

use crate::aside::picture::Shown;
use crate::page::Page;
use crate::pixels::from_png;
use crate::saving::Saving;
use crate::sealed::{Sealed, Wishes};
use crate::task::{Polled, Task};

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
    /// A finding was the answer; nothing was sent.
    Solved,
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
    /// The path of a file to add, as it is being typed.
    pub(crate) path: String,
    pub(crate) open: Option<OpenEntry>,
}

/// An entry that the person reads.
pub(crate) struct OpenEntry {
    pub(crate) name: String,
    /// Where the pages begin that were read so far; the last one is shown.
    pub(crate) starts: Vec<u64>,
    pub(crate) page: Reading,
    /// Nothing is hidden after the page that is shown.
    pub(crate) is_last_hidden: bool,
}

pub(crate) enum Reading {
    /// `None` when there is no page of the kind that is looked for; then the one before is shown again.
    Reads {
        task: Task<std::io::Result<Option<Page>>>,
        before: Option<Page>,
    },
    Shows(Page),
    /// A picture is unpacked.
    Unpacks(Task<Option<Shown>>),
    Picture(Box<Shown>),
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
    /// When it is tried again at the earliest, if there is a pause.
    pub(crate) again_at: Option<Timestamp>,
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
    /// When there is a bundle that could be saved.
    pub(crate) saving: Option<Saving>,
}

impl Review {
    /// Shows a new bundle.
    pub(crate) fn of(sealed: Sealed) -> Self {
        let wishes = sealed.wishes.clone();
        Self { sealed: Arc::new(sealed), wishes, word: String::new(), path: String::new(), open: None }
    }

    /// Whether this bundle is what the person wants by now.
    pub(crate) fn is_as_wished(&self) -> bool {
        self.wishes == self.sealed.wishes
    }
}

impl Stage {
    /// What can be saved.
    pub(crate) fn saving(&mut self) -> Option<&mut Saving> {
        match self {
            Self::Kept(kept) => Some(&mut kept.saving),
            Self::Refused(refused) => Some(&mut refused.saving),
            Self::Failed(failed) => failed.saving.as_mut(),
            _ => None,
        }
    }
}

impl OpenEntry {
    /// Begins to read an entry.
    pub(crate) fn read(sealed: &Arc<Sealed>, name: String) -> Self {
        let entry = sealed.draft.bundle.manifest().entry(&name);
        let page = match entry {
            Some(entry) if entry.is_picture() => Reading::picture(sealed, &name),
            _ => Reading::at(sealed, &name, 0),
        };
        Self { name, starts: vec![0], page, is_last_hidden: false }
    }

    /// Shows the next page, if there is one.
    pub(crate) fn next_page(&mut self, sealed: &Arc<Sealed>) {
        if let Reading::Shows(page) = &self.page
            && page.has_more
        {
            let start = page.bytes.end;
            self.starts.push(start);
            self.page = Reading::at(sealed, &self.name, start);
        }
    }

    /// Shows the page before, if there is one.
    pub(crate) fn previous_page(&mut self, sealed: &Arc<Sealed>) {
        if self.starts.len() > 1 && !matches!(self.page, Reading::Reads { .. }) {
            self.starts.pop();
            self.is_last_hidden = false;
            self.page = Reading::at(sealed, &self.name, self.starts.last().copied().unwrap_or(0));
        }
    }

    /// Looks for the next page that has a stand-in.
    pub(crate) fn next_hidden(&mut self, sealed: &Arc<Sealed>) {
        let page = std::mem::replace(&mut self.page, Reading::Failed(String::new()));
        self.page = match page {
            Reading::Shows(page) if page.has_more => {
                let (sealed, entry, start) = (sealed.clone(), self.name.clone(), page.bytes.end);
                let find = move || crate::page::find_hidden(&sealed.draft.bundle, &entry, start);
                Reading::Reads { task: Task::start("read", find), before: Some(page) }
            }
            other => other,
        };
    }

    pub(crate) fn is_busy(&self) -> bool {
        matches!(self.page, Reading::Reads { .. } | Reading::Unpacks(_))
    }

    /// Takes over a page that was read; `told` puts an error into words.
    pub(crate) fn poll(&mut self, told: impl FnOnce(Option<std::io::Error>) -> String) {
        if let Reading::Unpacks(task) = &self.page {
            self.page = match task.poll() {
                Polled::Pending => return,
                Polled::Done(Some(shown)) => Reading::Picture(Box::new(shown)),
                Polled::Done(None) | Polled::Died => Reading::Failed(told(None)),
            };
            return;
        }
        let Reading::Reads { task, before } = &mut self.page else { return };
        self.page = match task.poll() {
            Polled::Pending => return,
            Polled::Done(Ok(Some(page))) => {
                // A page that was looked for begins a new step of the way back.
                if before.is_some() {
                    self.starts.push(page.bytes.start);
                }
                Reading::Shows(page)
            }
            Polled::Done(Ok(None)) => {
                self.is_last_hidden = true;
                before.take().map_or_else(|| Reading::Failed(told(None)), Reading::Shows)
            }
            Polled::Done(Err(error)) => Reading::Failed(told(Some(error))),
            Polled::Died => Reading::Failed(told(None)),
        };
    }
}

impl Reading {
    fn at(sealed: &Arc<Sealed>, name: &str, start: u64) -> Self {
        let (sealed, entry) = (sealed.clone(), name.to_owned());
        let read = move || crate::page::read(&sealed.draft.bundle, &entry, start).map(Some);
        Self::Reads { task: Task::start("read", read), before: None }
    }

    /// What is shown is what is in the bundle.
    fn picture(sealed: &Arc<Sealed>, name: &str) -> Self {
        let (sealed, entry) = (sealed.clone(), name.to_owned());
        let read = move || {
            let mut png = Vec::new();
            sealed.draft.bundle.read(&entry).ok()?.read_to_end(&mut png).ok()?;
            Some(Shown::of(&from_png(&png).ok()?))
        };
        Self::Unpacks(Task::start("read", read))
    }
}

impl Keeping {
    pub(crate) fn start(sealed: Arc<Sealed>, reporter: Reporter, now: Timestamp) -> Self {
        let consent = casefile::Consent::by_person(&sealed.draft.bundle, now);
        let kept = sealed.clone();
        let task = Task::start("keep", move || reporter.keep(&kept.draft, consent, now));
        Self { sealed, task }
    }
}
