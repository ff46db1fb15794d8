//! Takes over what workers have finished.

use std::mem;
use std::sync::Arc;

use casefile::bundle::SealError;
use casefile::deliver::DeliverError;
use casefile::outbox::{KeepError, Parcel, State};

use super::Dialog;
use crate::aside::Aside;
use crate::saving::{Saving, Source};
use crate::sealed::Sealed;
use crate::stage::{Failed, Kept, Refused, Review, Sent, Stage};
use crate::task::Polled;
use crate::why;

impl Dialog {
    pub(crate) fn poll(&mut self) {
        if let Some(Aside::Reports(reports)) = &mut self.aside {
            reports.poll(&self.facts);
        }
        if self.early.poll() {
            self.offer();
        }
        let chosen = self.choosing.poll();
        self.attach(chosen);
        self.poll_picture();
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
                Polled::Done(Ok(parcel)) => {
                    // From now on the outbox has it.
                    self.autosave.forget();
                    self.sending(parcel)
                }
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
                    let words = &self.facts.words;
                    open.poll(|error| match error {
                        Some(error) => why::disk(&error, words),
                        None => words.text("why-died"),
                    });
                }
                Stage::Review(review)
            }
            mut other => {
                if let Some(saving) = other.saving() {
                    saving.poll(&self.facts.words);
                }
                other
            }
        };
    }

    fn not_sealed(&self, error: &SealError) -> Stage {
        let culprit = match error {
            // What casefile makes itself stands in no folder, and is what the person wrote.
            SealError::Residue { entry, .. } if entry.contains('/') => Some(entry.clone()),
            _ => None,
        };
        let why = why::not_sealed(error, &self.facts.words);
        Stage::Failed(Box::new(Failed { why, culprit, saving: None }))
    }

    fn not_kept(&self, error: &KeepError, sealed: Arc<Sealed>) -> Stage {
        self.failed(why::not_kept(error, &self.facts.words), Some(sealed))
    }

    fn failed(&self, why: String, sealed: Option<Arc<Sealed>>) -> Stage {
        let saving = sealed.map(|sealed| Saving::new(&self.facts.reporter, Source::Draft(sealed)));
        Stage::Failed(Box::new(Failed { why, culprit: None, saving }))
    }

    fn not_delivered(&self, error: &DeliverError, parcel: Parcel) -> Stage {
        let why = why::not_delivered(error, &self.facts.words);
        if error.is_refused() {
            let saving = Saving::new(&self.facts.reporter, Source::Kept(Box::new(parcel.clone())));
            return Stage::Refused(Box::new(Refused { parcel, why, saving }));
        }
        self.kept(parcel, why::ticket_of(error), why)
    }

    fn kept(&self, parcel: Parcel, ticket: Option<String>, why: String) -> Stage {
        let saving = Saving::new(&self.facts.reporter, Source::Kept(Box::new(parcel.clone())));
        let again_at = match parcel.state() {
            Ok(State::Waiting { waiting, .. }) => Some(waiting.until()),
            _ => None,
        };
        Stage::Kept(Box::new(Kept { parcel, again_at, ticket, why, saving }))
    }
}
