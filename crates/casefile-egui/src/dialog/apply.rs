//! Does what a click or a key asked for: the only place with effects.

use std::mem;
use std::path::PathBuf;

use casefile::Progress;
use casefile::outbox::Parcel;
use egui::Context;

use super::{Closed, Dialog};
use crate::action::Action;
use crate::aside::Aside;
use crate::aside::reports::Reports;
use crate::aside::ways::ways;
use crate::early::Handed;
use crate::form::{Complaint, Form};
use crate::sealed::Sealed;
use crate::stage::{Keeping, OpenEntry, Review, Sealing, Sending, Stage};
use crate::task::Task;

impl Dialog {
    /// Does what was asked for. What does not belong to what is shown is ignored.
    pub(crate) fn apply(&mut self, action: Action, ctx: &Context) -> Option<Closed> {
        match action {
            Action::Copy(text) => ctx.copy_text(text),
            // Without such a program nothing happens: the path stands beside the button.
            Action::OpenPath(path) => drop(Task::start("open", move || open::that_detached(path))),
            Action::Close => return self.close(),
            Action::ShowWays => self.aside = Some(Aside::Ways(ways(&self.facts, (self.now)()))),
            Action::ShowReports => {
                let reports = Reports::open(self.facts.reporter.clone(), self.ask.clone());
                self.aside = Some(Aside::Reports(Box::new(reports)));
            }
            Action::Picture(click) => self.click_picture(click),
            // What is behind it cannot be seen, and must not be agreed to.
            other if self.aside.is_some() => self.apply_aside(&other),
            Action::Seal => self.seal(),
            Action::Back => {
                if matches!(self.stage, Stage::Review(_) | Stage::Failed(_) | Stage::Solved) {
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
            Action::Save(shape) => {
                if let Some(saving) = self.stage.saving() {
                    saving.start(shape, (self.now)());
                }
            }
            Action::Resume | Action::Discard => self.decide(&action),
            Action::UseTime(at) if matches!(self.stage, Stage::Describe) => {
                self.form.choose_time(at, &self.facts.zone);
            }
            Action::Suggested(priority, category) if matches!(self.stage, Stage::Describe) => {
                (self.form.priority, self.form.category) = (priority, category);
            }
            Action::Dismiss(id) => _ = self.dismissed.insert(id),
            Action::Solved(_) => self.solved(),
            Action::Attach(paths) => self.attach(paths),
            Action::ChooseFiles => self.choosing.start(),
            Action::TakePicture => self.take_picture(ctx),
            Action::DropPicture(at) => self.drop_picture(at),
            Action::Detach(path) if matches!(self.stage, Stage::Describe) => {
                self.wishes.attachments.remove(&path);
            }
            other => self.look(other),
        }
        None
    }

    fn apply_aside(&mut self, action: &Action) {
        let Some(Aside::Reports(reports)) = &mut self.aside else {
            if *action == Action::CloseAside {
                self.aside = None;
            }
            return;
        };
        match action {
            Action::CloseAside => self.aside = None,
            Action::Ticket(click) => reports.click(click),
            Action::SendKept(id) => {
                let deliver = self.deliver.clone();
                reports.send(*id, move |parcel, progress| deliver(parcel, progress));
            }
            Action::Cancel => {
                if let Some(sending) = &reports.sending {
                    sending.progress.cancel();
                }
            }
            Action::AskToDrop(id) => reports.asked = Some(*id),
            Action::Drop(id) => reports.drop_report(*id, &self.facts),
            _ => {}
        }
    }

    /// What changes the view of a bundle, or what the next one is sealed from.
    fn look(&mut self, action: Action) {
        let Stage::Review(review) = &mut self.stage else { return };
        let Review { sealed, wishes, word, path, open } = &mut **review;
        match (action, open) {
            (Action::Take(name, taken), None) => {
                if taken {
                    wishes.leave_out.remove(&name);
                } else {
                    wishes.leave_out.insert(name);
                }
            }
            (Action::Hide, None) => {
                let word = mem::take(word);
                if !word.trim().is_empty() {
                    wishes.hide.insert(word.trim().to_owned());
                }
            }
            (Action::Unhide(word), None) => _ = wishes.hide.remove(&word),
            (Action::AttachTyped, None) => {
                let path = mem::take(path);
                // As it is copied from a file manager.
                let path = path.trim().trim_matches('"');
                if !path.is_empty() {
                    self.attach(vec![PathBuf::from(path)]);
                }
            }
            (Action::Detach(path), None) => _ = wishes.attachments.remove(&path),
            (Action::Show(what, tier), None) => wishes.show(what, tier, &self.facts.reporter),
            (Action::Open(name), open @ None) => *open = Some(OpenEntry::read(sealed, name)),
            (Action::CloseEntry, open) => *open = None,
            (Action::NextPage, Some(open)) => open.next_page(sealed),
            (Action::PreviousPage, Some(open)) => open.previous_page(sealed),
            (Action::NextHidden, Some(open)) => open.next_hidden(sealed),
            _ => {}
        }
    }

    /// What becomes of the text of an earlier time.
    fn decide(&mut self, action: &Action) {
        if !matches!(self.stage, Stage::Describe) {
            return;
        }
        let Some(text) = self.unfinished.take() else { return };
        if *action == Action::Discard {
            // If the disk refuses, it is offered once more.
            let _ = self.facts.reporter.drop_unfinished(text.id);
            return;
        }
        // What is in the form by now is not lost either: it is offered the next time.
        let now = (self.now)();
        let request = self.form.request(now, &self.facts.zone);
        self.autosave.save_now(&self.form, &request, now);
        self.form = Form::resumed(text.request.clone(), &self.facts.zone);
        self.form.set_language(self.facts.language());
        self.autosave.resume(&text, &self.form);
        self.is_checked = false;
    }

    /// A finding was the answer. What was written stays until the dialog is closed.
    fn solved(&mut self) {
        let can = match &self.stage {
            Stage::Describe => true,
            Stage::Review(review) => review.open.is_none(),
            _ => false,
        };
        if can {
            self.remember_wishes();
            self.early.stop();
            self.stage = Stage::Solved;
        }
    }

    fn seal(&mut self) {
        match mem::replace(&mut self.stage, Stage::Describe) {
            Stage::Describe => {
                let complaints = self.form.complaints((self.now)(), &self.facts.zone);
                self.is_checked = true;
                self.is_in_future = complaints.contains(&Complaint::Future);
                self.shows_complaint = !complaints.is_empty();
                if complaints.is_empty() {
                    self.start_sealing(None);
                }
            }
            Stage::Review(review) if !review.is_as_wished() && review.open.is_none() => {
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
        let early = match before {
            None => self.early.take(self.wanted(request.occurred_at)),
            Some(_) => None,
        };
        let progress = early.as_ref().map(Handed::progress).unwrap_or_default();
        let shared = progress.clone();
        let seen = before.as_ref().map(|review| review.sealed.clone());
        let task = Task::start("seal", move || match seen {
            None => Sealed::seal(reporter, &request, wishes, early, now, &shared),
            Some(seen) => Sealed::seal_again(&seen, &request, wishes, now, &shared),
        });
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

    pub(super) fn sending(&self, parcel: Parcel) -> Stage {
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

    /// How it ends from here; nothing while the report goes to the outbox.
    fn close(&mut self) -> Option<Closed> {
        let closed = match &self.stage {
            Stage::Describe | Stage::Sealing(_) | Stage::Review(_) | Stage::Failed(_) => Closed::Unsent,
            Stage::Solved => {
                // Nobody wants it back.
                self.autosave.forget();
                Closed::Unsent
            }
            Stage::Keeping(_) => return None,
            Stage::Sending(sending) => Closed::Kept(sending.parcel.id()),
            Stage::Kept(kept) => Closed::Kept(kept.parcel.id()),
            Stage::Sent(sent) => Closed::Delivered(sent.receipt.clone()),
            Stage::Refused(refused) => Closed::Refused(refused.parcel.id()),
        };
        Some(closed)
    }
}
