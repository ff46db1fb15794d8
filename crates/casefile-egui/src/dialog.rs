//! The dialog: polls the work, draws a screen, does what a click or a key asks for.

mod apply;
mod beside;
mod pictures;
mod poll;

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use casefile::ask::AskError;
use casefile::deliver::DeliverError;
use casefile::id::ReportId;
use casefile::outbox::{Parcel, Receipt};
use casefile::report::Request;
use casefile::ticket::{Ticket, Wish};
use casefile::{Progress, Reporter, Unfinished};
use egui::{Context, Ui, Vec2, ViewportBuilder, ViewportId};
use jiff::Timestamp;

use crate::action::Action;
use crate::aside::Aside;
use crate::aside::picture::{PictureClick, picture_ui};
use crate::aside::reports::ticket::TicketClick;
use crate::aside::reports::{Ask, reports_ui};
use crate::aside::ways::ways_ui;
use crate::attached::Offers;
use crate::autosave::Autosave;
use crate::choosing::Choosing;
use crate::contrast::make_readable;
use crate::describe::{Describe, describe_ui};
use crate::early::{Early, Event};
use crate::ending::{failed_ui, kept_ui, refused_ui, sent_ui, solved_ui};
use crate::entry::entry_ui;
use crate::facts::Facts;
use crate::form::{Complaint, Form, When};
use crate::keys::Keys;
use crate::review::review_ui;
use crate::saving::Saving;
use crate::sealed::Wishes;
use crate::shot::Shot;
use crate::stage::{OpenEntry, Stage};
use crate::working::{keeping_ui, sealing_ui, sending_ui};

/// Sends a kept report, on a thread of its own.
type Deliver = dyn Fn(&Parcel, &Progress) -> Result<Receipt, DeliverError> + Send + Sync;

/// An open report dialog. Call [`Dialog::show`], [`Dialog::show_window`] or [`Dialog::ui`] once a frame until it is
/// closed.
///
/// Dropping it is always safe: a draft that nobody agreed to send is removed, a kept report stays in the
/// outbox, and what was written is offered when the next dialog opens.
pub struct Dialog {
    facts: Facts,
    form: Form,
    /// The person wanted to go on: from now on complaints are shown.
    is_checked: bool,
    /// Found when the person wanted to go on; what a clock is needed for is not looked at again before that.
    is_in_future: bool,
    /// Scroll to the first complaint in the next frame.
    shows_complaint: bool,
    /// What was written earlier and not sent; the person decides what becomes of it.
    unfinished: Option<Unfinished>,
    autosave: Autosave,
    /// Whether it collects while the person writes.
    prepares: bool,
    pub(crate) early: Early,
    /// The time in the form that `offered` belongs to.
    looked_for: Option<(When, String)>,
    /// When it happened, as the form says.
    occurred_at: Option<Timestamp>,
    /// Errors in the logs that may be what the person means.
    offered: Vec<Event>,
    /// Findings that the person has looked at.
    dismissed: BTreeSet<String>,
    wishes: Wishes,
    choosing: Choosing,
    /// Whether the window behind the dialog is the application's.
    has_window: bool,
    shot: Shot,
    /// Pictures that the person has yet to look at.
    unseen: VecDeque<PathBuf>,
    pub(crate) stage: Stage,
    pub(crate) aside: Option<Aside>,
    /// Which screen was drawn last, and at which second it was drawn first.
    screen: Option<(u8, f64)>,
    /// Whether a text field had the keyboard in the last frame: then Esc was meant for it.
    had_focus: bool,
    now: fn() -> Timestamp,
    deliver: Arc<Deliver>,
    ask: Option<Arc<Ask>>,
}

/// How a dialog ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closed {
    /// Nothing was sent, and nothing is in the outbox.
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
/// Of [`Dialog::show`] and [`Dialog::show_window`], when there is room for it.
const SIZE: Vec2 = Vec2::new(660.0, 700.0);
const MIN_SIZE: Vec2 = Vec2::new(320.0, 300.0);
/// Between the dialog and the edges of the host's window.
const EDGE: f32 = 16.0;

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
        let unfinished = reporter.unfinished(now()).unwrap_or_default().into_iter().next();
        let language = prefill.language;
        let form = Form::new(prefill);
        let autosave = Autosave::new(reporter.clone(), &form);
        let early = Early::new(reporter.clone());
        Self {
            facts: Facts::new(reporter, language),
            form,
            is_checked: false,
            is_in_future: false,
            shows_complaint: false,
            unfinished,
            autosave,
            prepares: true,
            early,
            looked_for: None,
            occurred_at: None,
            offered: Vec::new(),
            dismissed: BTreeSet::new(),
            wishes: Wishes::default(),
            choosing: Choosing::default(),
            has_window: true,
            shot: Shot::default(),
            unseen: VecDeque::new(),
            stage: Stage::Describe,
            aside: None,
            screen: None,
            had_focus: false,
            now,
            deliver: Arc::new(deliver),
            ask: None,
        }
    }

    /// Opens the dialog over a reporter that sends over HTTP by itself: all that most hosts need.
    #[cfg(feature = "http")]
    pub fn open(reporter: Reporter, prefill: Request, now: fn() -> Timestamp) -> Self {
        let sender = reporter.clone();
        let asker = reporter.clone();
        Self::new(reporter, prefill, now, move |parcel, progress| sender.deliver(parcel, progress))
            .with_tickets(move |parcel, wish, progress| asker.ask(parcel, wish, progress))
    }

    /// Shows what became of earlier reports, and lets the person answer; [`Dialog::open`] does so by itself. `ask` is called
    /// on a thread named `casefile-ask`.
    #[must_use]
    pub fn with_tickets(
        mut self,
        ask: impl Fn(&Parcel, &Wish, &Progress) -> Result<Option<Ticket>, AskError> + Send + Sync + 'static,
    ) -> Self {
        self.ask = Some(Arc::new(ask));
        self
    }

    /// Collects when the person goes on, and not already while they write: for a host that knows that the disk is busy.
    /// What is known to be wrong is shown later then.
    #[must_use]
    pub fn without_preparing(mut self) -> Self {
        self.prepares = false;
        self
    }

    /// Offers no picture of the window: for a program that is not the application which the report is about.
    #[must_use]
    pub fn beside_the_application(mut self) -> Self {
        self.has_window = false;
        self
    }

    /// Adds a file to the report; the person sees it, and can take it back.
    #[must_use]
    pub fn with_attachment(mut self, path: impl Into<PathBuf>) -> Self {
        self.wishes.attachments.insert(path.into());
        self
    }

    /// Draws the dialog over everything else, the host's window dimmed. Returns how it was closed.
    pub fn show(&mut self, ctx: &Context) -> Option<Closed> {
        if self.is_hidden(ctx) {
            return None;
        }
        let modal = egui::Modal::new(egui::Id::unique("casefile-dialog"));
        let shown = modal.show(ctx, |ui| {
            let room = ui.ctx().content_rect().size() - Vec2::splat(2.0 * EDGE);
            let size = SIZE.min(room);
            ui.set_min_size(size);
            ui.set_max_size(size);
            self.dialog_ui(ui)
        });
        // A click beside the dialog loses no text: only an ending is closed by it.
        let is_ending =
            matches!(self.stage, Stage::Sent(_) | Stage::Kept(_) | Stage::Refused(_) | Stage::Solved);
        if shown.inner.is_none() && is_ending && self.aside.is_none() && shown.should_close() {
            return self.apply(Action::Close, ctx);
        }
        shown.inner
    }

    /// Draws the dialog in a window of its own, beside the host's; where the system has one window only, inside of
    /// that. Closing that window closes the dialog. Returns how it was closed.
    pub fn show_window(&mut self, ctx: &Context, title: &str) -> Option<Closed> {
        // A window of its own is in no picture of another one.
        if self.is_hidden(ctx) && ctx.embed_viewports() {
            return None;
        }
        let viewport = ViewportBuilder::default().with_title(title).with_inner_size(SIZE);
        let id = ViewportId::from_hash_of("casefile-dialog");
        ctx.show_viewport_immediate(id, viewport.with_min_inner_size(MIN_SIZE), |ui, _| {
            let shown = egui::CentralPanel::default().show(ui, |ui| self.dialog_ui(ui)).inner;
            let is_asked_to_close = ui.input(|input| input.viewport().close_requested());
            match shown {
                // A report that goes to the outbox in this moment is waited for, and closed by the next click.
                None if is_asked_to_close => self.apply(Action::Close, &ui.ctx().clone()),
                closed => closed,
            }
        })
    }

    /// Draws the dialog into all the room that there is. Returns how it was closed.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Closed> {
        if self.is_hidden(&ui.ctx().clone()) { None } else { self.dialog_ui(ui) }
    }

    fn dialog_ui(&mut self, ui: &mut Ui) -> Option<Closed> {
        self.poll();
        let ctx = ui.ctx().clone();
        let at = ctx.input(|input| input.time);
        let pressed = self.pressed(Keys::take(ui), at);
        let dropped = self.dropped(&ctx);
        let clicked = ui.scope(|ui| {
            if let Some(accent) = self.facts.reporter.brand().accent {
                let [red, green, blue] = accent.rgb;
                ui.visuals_mut().selection.bg_fill = egui::Color32::from_rgb(red, green, blue);
            }
            make_readable(ui.visuals_mut());
            self.screen_ui(ui)
        });
        let closed = pressed.or(dropped).or(clicked.inner).and_then(|action| self.apply(action, &ctx));
        self.had_focus = ctx.memory(|memory| memory.focused().is_some());
        self.remember(&ctx, at);
        self.collect(&ctx, at);
        if let Some(text) = self.stage.saving().and_then(Saving::take_copied) {
            ctx.copy_text(text);
        }
        if let Some(Aside::Reports(reports)) = &mut self.aside
            && let Some(seconds) = reports.watch(at)
        {
            ctx.request_repaint_after(Duration::from_secs_f64(seconds));
        }
        if self.is_busy() {
            ctx.request_repaint_after(POLL_EVERY);
        }
        closed
    }

    /// What the keyboard asks for on this screen.
    fn pressed(&mut self, keys: Keys, at: f64) -> Option<Action> {
        let number = match self.aside {
            None => self.stage.number(),
            Some(_) => u8::MAX,
        };
        let since = match self.screen {
            Some((same, since)) if same == number => since,
            _ => at,
        };
        self.screen = Some((number, since));
        if let Some(aside) = &self.aside {
            let goes_back = keys.goes_back && !self.had_focus;
            return match aside {
                // A text to support is sent by its button only.
                Aside::Reports(reports) if reports.open.is_some() => {
                    goes_back.then_some(Action::Ticket(TicketClick::Leave))
                }
                Aside::Picture(_) if keys.goes_on => Some(Action::Picture(PictureClick::Use)),
                _ => (keys.goes_on || goes_back).then_some(Action::CloseAside),
            };
        }
        if let (Stage::Describe, Some(priority)) = (&self.stage, keys.priority) {
            self.form.priority = priority;
        }
        if keys.goes_on {
            return self.stage.going_on(at - since);
        }
        // The first Esc leaves the field.
        if keys.goes_back && !self.had_focus { self.stage.going_back() } else { None }
    }

    /// Files that were dropped onto the window.
    fn dropped(&self, ctx: &Context) -> Option<Action> {
        if self.aside.is_some() || !matches!(self.stage, Stage::Describe | Stage::Review(_)) {
            return None;
        }
        let files = ctx.input(|input| input.raw.dropped_files.clone());
        let paths: Vec<_> =
            files.into_iter().map(|file| file.path().to_owned()).filter(|path| path.is_absolute()).collect();
        (!paths.is_empty()).then_some(Action::Attach(paths))
    }

    fn screen_ui(&mut self, ui: &mut Ui) -> Option<Action> {
        let facts = &self.facts;
        let offers = Offers { can_choose: !self.choosing.is_impossible, has_window: self.has_window };
        match &mut self.aside {
            Some(Aside::Picture(editor)) => return picture_ui(ui, editor, facts),
            Some(Aside::Ways(ways)) => return ways_ui(ui, ways, facts),
            Some(Aside::Reports(reports)) => return reports_ui(ui, reports, facts),
            None => {}
        }
        match &mut self.stage {
            Stage::Describe => {
                let mut complaints = Vec::new();
                if self.is_checked {
                    complaints = self.form.unread();
                    complaints.extend(self.is_in_future.then_some(Complaint::Future));
                }
                let describe = Describe {
                    form: &mut self.form,
                    complaints: &complaints,
                    shows_complaint: std::mem::take(&mut self.shows_complaint),
                    unfinished: self.unfinished.as_ref(),
                    wishes: &self.wishes,
                    offers,
                    findings: self.early.collected().map_or(&[], |collected| &collected.findings),
                    dismissed: &self.dismissed,
                    events: &self.offered,
                };
                describe_ui(ui, describe, facts)
            }
            Stage::Sealing(sealing) => sealing_ui(ui, &sealing.progress, facts),
            Stage::Review(review) => match &review.open {
                Some(open) => entry_ui(ui, open, facts),
                None => review_ui(ui, review, &self.dismissed, offers, facts),
            },
            Stage::Keeping(_) => keeping_ui(ui, facts),
            Stage::Sending(sending) => sending_ui(ui, &sending.progress, facts),
            Stage::Sent(sent) => sent_ui(ui, sent, facts),
            Stage::Kept(kept) => kept_ui(ui, kept, facts),
            Stage::Refused(refused) => refused_ui(ui, refused, facts),
            Stage::Failed(failed) => failed_ui(ui, failed, facts),
            Stage::Solved => solved_ui(ui, facts),
        }
    }

    /// Takes the text away, and gives it back.
    #[cfg(test)]
    pub(crate) fn erase(&mut self) -> Form {
        let form = self.form.clone();
        (self.form.title, self.form.description) = (String::new(), String::new());
        self.form.email.push_str(" and more");
        form
    }

    #[cfg(test)]
    pub(crate) fn write(&mut self, form: Form) {
        self.form = form;
    }

    /// Whether a worker runs whose end changes what is shown.
    pub(crate) fn is_busy(&self) -> bool {
        let is_aside_busy = match &self.aside {
            Some(Aside::Reports(reports)) => reports.is_busy(),
            Some(Aside::Picture(editor)) => editor.is_busy(),
            Some(Aside::Ways(_)) | None => false,
        };
        is_aside_busy
            || self.early.is_busy()
            || self.choosing.is_busy()
            || match &self.stage {
                Stage::Sealing(_) | Stage::Keeping(_) | Stage::Sending(_) => true,
                Stage::Review(review) => review.open.as_ref().is_some_and(OpenEntry::is_busy),
                Stage::Kept(kept) => kept.saving.is_busy(),
                Stage::Refused(refused) => refused.saving.is_busy(),
                Stage::Failed(failed) => failed.saving.as_ref().is_some_and(Saving::is_busy),
                Stage::Describe | Stage::Sent(_) | Stage::Solved => false,
            }
    }
}

impl Drop for Dialog {
    fn drop(&mut self) {
        if let Stage::Sealing(sealing) = &self.stage {
            sealing.progress.cancel();
        }
        let now = (self.now)();
        let request = self.form.request(now, &self.facts.zone);
        self.autosave.save_now(&self.form, &request, now);
    }
}

impl fmt::Debug for Dialog {
    /// Without what the person wrote.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dialog").finish_non_exhaustive()
    }
}
