//! What goes on while the person writes: the text is kept, and the logs are collected and looked through.

use std::time::Duration;

use egui::Context;
use jiff::Timestamp;

use super::Dialog;
use crate::early::Wanted;
use crate::form::When;
use crate::stage::Stage;

impl Dialog {
    /// Keeps what was written, once the person pauses.
    pub(super) fn remember(&mut self, ctx: &Context, at: f64) {
        match self.autosave.watch(&self.form, at) {
            None => {}
            Some(seconds) if seconds > 0.0 => ctx.request_repaint_after(Duration::from_secs_f64(seconds)),
            Some(_) => {
                let now = (self.now)();
                self.autosave.save(&self.form, self.form.request(now, &self.facts.zone), now);
            }
        }
    }

    /// Collects for what the form says by now, and finds the errors that may be meant.
    pub(super) fn collect(&mut self, ctx: &Context, at: f64) {
        if !matches!(self.stage, Stage::Describe) {
            return;
        }
        self.form.fix_choice(self.now);
        let key = (self.form.when, self.form.when_text.clone());
        let is_new = self.looked_for.as_ref() != Some(&key);
        let now = if is_new { (self.now)() } else { Timestamp::UNIX_EPOCH };
        if is_new {
            self.looked_for = Some(key);
            self.occurred_at = self.form.occurred_at(now, &self.facts.zone);
            self.offer();
        }
        if !self.prepares {
            return;
        }
        let wanted = self.wanted(self.occurred_at);
        if let Some(seconds) = self.early.watch(wanted, at, self.now) {
            ctx.request_repaint_after(Duration::from_secs_f64(seconds));
        }
    }

    pub(super) fn wanted(&self, occurred_at: Option<Timestamp>) -> Wanted {
        let reporter = &self.facts.reporter;
        Wanted { window: reporter.window_of(occurred_at), tiers: self.wishes.tiers(reporter) }
    }

    /// Looks for errors that may be what the person means.
    pub(super) fn offer(&mut self) {
        let Some(collected) = self.early.collected() else { return };
        let known = self.occurred_at.filter(|_| matches!(self.form.when, When::At | When::Noticed));
        self.offered = collected.events_near(known);
        // What is chosen already is no offer.
        self.offered.retain(|event| known.is_none_or(|at| at.as_second() != event.at.as_second()));
    }
}
