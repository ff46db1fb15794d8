//! The dialog: polls the work, draws a stage, does what a click asks for.

use std::fmt;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use casefile::bundle::SealError;
use casefile::deliver::DeliverError;
use casefile::id::ReportId;
use casefile::outbox::{KeepError, Parcel, Receipt};
use casefile::report::Request;
use casefile::{Progress, Reporter};
use egui::{Context, Ui, Vec2};
use jiff::Timestamp;

use crate::action::Action;
use crate::describe::describe_ui;
use crate::ending::{failed_ui, kept_ui, refused_ui, sent_ui};
use crate::entry::entry_ui;
use crate::facts::Facts;
use crate::form::{Complaint, Form};
use crate::review::review_ui;
use crate::saving::Saving;
use crate::sealed::{Sealed, Wishes};
use crate::stage::{
    Failed, Keeping, Kept, OpenEntry, Reading, Refused, Review, Sealing, Sending, Sent, Stage,
};
use crate::task::{Polled, Task};
use crate::why;
use crate::working::{keeping_ui, sealing_ui, sending_ui};

/// Sends a kept report, on a thread of its own.
type Deliver = dyn Fn(&Parcel, &Progress) -> Result<Receipt, DeliverError> + Send + Sync;

/// An open report dialog. Call [`Dialog::show`] or [`Dialog::ui`] once a frame until it is closed.
///
/// Dropping it is always safe: a draft that nobody agreed to send is removed, a kept report stays in the
/// outbox.
pub struct Dialog {
    facts: Facts,
    form: Form,
    /// Found when the person wanted to go on; what a clock is needed for is not looked at again before that.
    is_in_future: bool,
    wishes: Wishes,
    pub(crate) stage: Stage,
    now: fn() -> Timestamp,
    deliver: Arc<Deliver>,
}

/// How a dialog ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closed {
    /// Nothing was sent, and nothing is kept.
    Unsent,
    /// The report is in the outbox. If it was being sent when the dialog was closed, that goes on as long as
    /// the program runs.
    Kept(ReportId),
    /// The portal has the report.
    Delivered(Receipt),
    /// The portal will never take the report; it is in the outbox with the reason.
    Refused(ReportId),
}

/// Between two looks at work that runs.
const POLL_EVERY: Duration = Duration::from_millis(100);
/// Of [`Dialog::show`], when there is room for it.
const SIZE: Vec2 = Vec2::new(620.0, 640.0);
/// Between the dialog and the edges of the host's window.
const EDGE: f32 = 24.0;

impl Dialog {
    /// Opens the dialog with what the host knows already; `prefill.language` is the language of the dialog,
    /// and `prefill.occurred_at` the time at which the host noticed the problem.
    ///
    /// `now` is asked when the person clicks, `deliver` is called on a thread named `casefile-send`.
    pub fn new(
        reporter: Reporter,
        prefill: Request,
        now: fn() -> Timestamp,
        deliver: impl Fn(&Parcel, &Progress) -> Result<Receipt, DeliverError> + Send + Sync + 'static,
    ) -> Self {
        let facts = Facts::new(reporter, prefill.language);
        let form = Form::new(prefill);
        let wishes = Wishes::default();
        let deliver = Arc::new(deliver);
        Self { facts, form, is_in_future: false, wishes, stage: Stage::Describe, now, deliver }
    }

    /// Draws the dialog over everything else, the host's window dimmed. Returns how it was closed.
    pub fn show(&mut self, ctx: &Context) -> Option<Closed> {
        let modal = egui::Modal::new(egui::Id::unique("casefile-dialog"));
        let shown = modal.show(ctx, |ui| {
            let room = ui.ctx().content_rect().size() - Vec2::splat(2.0 * EDGE);
            let size = SIZE.min(room);
            ui.set_min_size(size);
            ui.set_max_size(size);
            self.ui(ui)
        });
        // A click beside the dialog loses no text: only an ending is closed by it.
        let is_ending = matches!(self.stage, Stage::Sent(_) | Stage::Kept(_) | Stage::Refused(_));
        if shown.inner.is_none() && is_ending && shown.should_close() {
            return self.apply(Action::Close, ctx);
        }
        shown.inner
    }

    /// Draws the dialog into all the room that there is. Returns how it was closed.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Closed> {
        self.poll();
        let action = self.stage_ui(ui);
        let closed = action.and_then(|action| self.apply(action, &ui.ctx().clone()));
        if self.is_busy() {
            ui.ctx().request_repaint_after(POLL_EVERY);
        }
        closed
    }

    fn stage_ui(&mut self, ui: &mut Ui) -> Option<Action> {
        let facts = &self.facts;
        match &mut self.stage {
            Stage::Describe => {
                let mut complaints = Vec::new();
                if self.form.is_checked {
                    complaints = self.form.unread(&facts.zone);
                    complaints.extend(self.is_in_future.then_some(Complaint::Future));
                }
                describe_ui(ui, &mut self.form, &complaints, facts)
            }
            Stage::Sealing(sealing) => sealing_ui(ui, &sealing.progress, facts),
            Stage::Review(review) => match &review.open {
                Some(open) => entry_ui(ui, open, facts),
                None => review_ui(ui, review, facts),
            },
            Stage::Keeping(_) => keeping_ui(ui, facts),
            Stage::Sending(sending) => sending_ui(ui, &sending.progress, facts),
            Stage::Sent(sent) => sent_ui(ui, sent, facts),
            Stage::Kept(kept) => kept_ui(ui, kept, facts),
            Stage::Refused(refused) => refused_ui(ui, refused, facts),
            Stage::Failed(failed) => failed_ui(ui, failed, facts),
        }
    }

    /// Whether a worker runs.
    pub(crate) fn is_busy(&self) -> bool {
        match &self.stage {
            Stage::Sealing(_) | Stage::Keeping(_) | Stage::Sending(_) => true,
            Stage::Review(review) => {
                review.open.as_ref().is_some_and(|open| matches!(open.page, Reading::Reads(_)))
            }
            Stage::Kept(kept) => kept.saving.is_busy(),
            Stage::Refused(refused) => refused.saving.is_busy(),
            Stage::Failed(failed) => failed.sealed.as_ref().is_some_and(|(_, saving)| saving.is_busy()),
            Stage::Describe | Stage::Sent(_) => false,
        }
    }

    /// Takes over what workers have finished.
    pub(crate) fn poll(&mut self) {
        let stage = mem::replace(&mut self.stage, Stage::Describe);
        self.stage = match stage {
            Stage::Sealing(sealing) => match sealing.task.poll() {
                Polled::Pending => Stage::Sealing(sealing),
                Polled::Done(Ok(sealed)) => Stage::Review(Box::new(Review::of(sealed))),
                Polled::Done(Err(SealError::Cancelled)) => {
                    sealing.before.map_or(Stage::Describe, Stage::Review)
                }
                Polled::Done(Err(error)) => self.not_sealed(&error),
                Polled::Died => self.failed(self.facts.words.text("why-died"), None),
            },
            Stage::Keeping(keeping) => match keeping.task.poll() {
                Polled::Pending => Stage::Keeping(keeping),
                Polled::Done(Ok(parcel)) => self.sending(parcel),
                Polled::Done(Err(error)) => self.not_kept(&error, keeping.sealed),
                Polled::Died => self.failed(self.facts.words.text("why-died"), Some(keeping.sealed)),
            },
            Stage::Sending(sending) => match sending.task.poll() {
                Polled::Pending => Stage::Sending(sending),
                Polled::Done(Ok(receipt)) => Stage::Sent(Sent { receipt }),
                Polled::Done(Err(error)) => self.not_delivered(&error, sending.parcel),
                Polled::Died => self.kept(sending.parcel, None, self.facts.words.text("why-died")),
            },
            Stage::Review(mut review) => {
                if let Some(open) = &mut review.open {
                    poll_entry(open, &self.facts);
                }
                Stage::Review(review)
            }
            mut other => {
                if let Some((saving, _)) = saving_of(&mut other) {
                    saving.poll();
                }
                other
            }
        };
    }

    /// Does what a click asked for; the only place with effects. What does not belong to the stage is ignored.
    pub(crate) fn apply(&mut self, action: Action, ctx: &Context) -> Option<Closed> {
        match action {
            Action::Copy(text) => ctx.copy_text(text),
            Action::Close => return self.close(),
            Action::Seal => self.seal(),
            Action::Back => {
                if matches!(self.stage, Stage::Review(_) | Stage::Failed(_)) {
                    self.remember_wishes();
                    self.stage = Stage::Describe;
                }
            }
            Action::Cancel => match &self.stage {
                Stage::Sealing(sealing) => sealing.progress.cancel(),
                Stage::Sending(sending) => sending.progress.cancel(),
                _ => {}
            },
            Action::LeaveOut(name) => {
                if matches!(self.stage, Stage::Failed(_)) {
                    self.wishes.leave_out.insert(name);
                    self.start_sealing(None);
                }
            }
            Action::Send => self.send(),
            Action::Retry => {
                if let Stage::Kept(kept) = &self.stage {
                    self.stage = self.sending(kept.parcel.clone());
                }
            }
            Action::Save => {
                if let Some((saving, bundle)) = saving_of(&mut self.stage) {
                    saving.start(bundle);
                }
            }
            other => self.look(other),
        }
        None
    }

    /// What changes the view of a bundle.
    fn look(&mut self, action: Action) {
        let Stage::Review(review) = &mut self.stage else { return };
        let entries = review.sealed.draft.bundle.manifest().entries.len();
        match (action, &mut review.open) {
            (Action::Take(name, taken), None) => review.take(&name, taken),
            (Action::Hide, None) => {
                let word = mem::take(&mut review.word);
                if !word.trim().is_empty() {
                    review.wishes.hide.insert(word.trim().to_owned());
                }
            }
            (Action::Unhide(word), None) => _ = review.wishes.hide.remove(&word),
            (Action::List(page), None) if page * crate::review::LISTED < entries => review.list = page,
            (Action::Open(name), None) => review.open = Some(OpenEntry::read(&review.sealed, name, vec![0])),
            (Action::CloseEntry, _) => review.open = None,
            (Action::NextPage, Some(open)) => {
                if let Reading::Shows(page) = &open.page
                    && page.has_more
                {
                    let mut starts = mem::take(&mut open.starts);
                    starts.push(page.bytes.end);
                    *open = OpenEntry::read(&review.sealed, mem::take(&mut open.name), starts);
                }
            }
            (Action::PreviousPage, Some(open)) if open.starts.len() > 1 => {
                let mut starts = mem::take(&mut open.starts);
                starts.pop();
                *open = OpenEntry::read(&review.sealed, mem::take(&mut open.name), starts);
            }
            _ => {}
        }
    }

    fn seal(&mut self) {
        match mem::replace(&mut self.stage, Stage::Describe) {
            Stage::Describe => {
                let complaints = self.form.complaints((self.now)(), &self.facts.zone);
                self.form.is_checked = true;
                self.is_in_future = complaints.contains(&Complaint::Future);
                self.form.show_complaint = !complaints.is_empty();
                if complaints.is_empty() {
                    self.start_sealing(None);
                }
            }
            Stage::Review(review) if !review.is_as_wished() => {
                self.wishes = review.wishes.clone();
                self.start_sealing(Some(review));
            }
            other => self.stage = other,
        }
    }

    fn start_sealing(&mut self, before: Option<Box<Review>>) {
        let now = (self.now)();
        let request = self.form.request(now, &self.facts.zone);
        let (reporter, wishes) = (self.facts.reporter.clone(), self.wishes.clone());
        let progress = Progress::new();
        let shared = progress.clone();
        let task = Task::start("seal", move || Sealed::seal(reporter, &request, wishes, now, &shared));
        self.stage = Stage::Sealing(Sealing { progress, task, before });
    }

    /// Only a bundle that is what the person wants by now can be sent.
    fn send(&mut self) {
        if let Stage::Review(review) = &self.stage
            && review.is_as_wished()
            && review.open.is_none()
        {
            let (sealed, reporter) = (review.sealed.clone(), self.facts.reporter.clone());
            self.stage = Stage::Keeping(Keeping::start(sealed, reporter, (self.now)()));
        }
    }

    fn sending(&self, parcel: Parcel) -> Stage {
        let progress = Progress::new();
        let (deliver, shared, sent) = (self.deliver.clone(), progress.clone(), parcel.clone());
        let task = Task::start("send", move || deliver(&sent, &shared));
        Stage::Sending(Box::new(Sending { parcel, progress, task }))
    }

    fn remember_wishes(&mut self) {
        if let Stage::Review(review) = &self.stage {
            self.wishes = review.wishes.clone();
        }
    }

    fn not_sealed(&self, error: &SealError) -> Stage {
        let culprit = match error {
            // What casefile makes itself stands in no folder, and is what the person wrote.
            SealError::Residue { entry, .. } if entry.contains('/') => Some(entry.clone()),
            _ => None,
        };
        let why = why::not_sealed(error, &self.facts.words);
        Stage::Failed(Box::new(Failed { why, culprit, sealed: None }))
    }

    fn not_kept(&self, error: &KeepError, sealed: Arc<Sealed>) -> Stage {
        self.failed(why::not_kept(error, &self.facts.words), Some(sealed))
    }

    fn failed(&self, why: String, sealed: Option<Arc<Sealed>>) -> Stage {
        let sealed = sealed.map(|sealed| {
            let saving = Saving::new(&self.facts.reporter, sealed.draft.id);
            (sealed, saving)
        });
        Stage::Failed(Box::new(Failed { why, culprit: None, sealed }))
    }

    fn not_delivered(&self, error: &DeliverError, parcel: Parcel) -> Stage {
        let why = why::not_delivered(error, &self.facts.words);
        if error.is_refused() {
            let saving = Saving::new(&self.facts.reporter, parcel.id());
            return Stage::Refused(Box::new(Refused { parcel, why, saving }));
        }
        self.kept(parcel, why::ticket_of(error), why)
    }

    fn kept(&self, parcel: Parcel, ticket: Option<String>, why: String) -> Stage {
        let saving = Saving::new(&self.facts.reporter, parcel.id());
        Stage::Kept(Box::new(Kept { parcel, ticket, why, saving }))
    }

    /// How it ends from here; nothing while the report goes to the outbox.
    fn close(&mut self) -> Option<Closed> {
        let closed = match &self.stage {
            Stage::Describe | Stage::Sealing(_) | Stage::Review(_) | Stage::Failed(_) => Closed::Unsent,
            Stage::Keeping(_) => return None,
            Stage::Sending(sending) => Closed::Kept(sending.parcel.id()),
            Stage::Kept(kept) => Closed::Kept(kept.parcel.id()),
            Stage::Sent(sent) => Closed::Delivered(sent.receipt.clone()),
            Stage::Refused(refused) => Closed::Refused(refused.parcel.id()),
        };
        Some(closed)
    }
}

impl Drop for Dialog {
    fn drop(&mut self) {
        if let Stage::Sealing(sealing) = &self.stage {
            sealing.progress.cancel();
        }
    }
}

impl fmt::Debug for Dialog {
    /// Without what the person wrote.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dialog").finish_non_exhaustive()
    }
}

/// Takes over a page that was read.
fn poll_entry(open: &mut OpenEntry, facts: &Facts) {
    let Reading::Reads(task) = &open.page else { return };
    open.page = match task.poll() {
        Polled::Pending => return,
        Polled::Done(Ok(page)) => Reading::Shows(page),
        Polled::Done(Err(error)) => {
            let kind = facts.words.reason(&error.kind().to_string());
            Reading::Failed(facts.words.with("why-disk", &[("kind", kind.into())]))
        }
        Polled::Died => Reading::Failed(facts.words.text("why-died")),
    };
}

/// What can be saved, and which file that is.
fn saving_of(stage: &mut Stage) -> Option<(&mut Saving, std::path::PathBuf)> {
    match stage {
        Stage::Kept(kept) => Some((&mut kept.saving, kept.parcel.bundle_path())),
        Stage::Refused(refused) => Some((&mut refused.saving, refused.parcel.bundle_path())),
        Stage::Failed(failed) => {
            let (sealed, saving) = failed.sealed.as_mut()?;
            Some((saving, sealed.draft.bundle.path().to_owned()))
        }
        _ => None,
    }
}
