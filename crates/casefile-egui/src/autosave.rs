//! Keeps what the person writes, a second after the last change, so that nothing has to be written twice.

use std::sync::{Arc, OnceLock};

use casefile::id::ReportId;
use casefile::redact::Redactor;
use casefile::report::Request;
use casefile::{Reporter, Unfinished};
use jiff::Timestamp;

use crate::form::Form;
use crate::task::{Polled, Task};

/// Seconds without a change after which the text is kept.
pub(crate) const PAUSE_SECONDS: f64 = 1.0;

pub(crate) struct Autosave {
    reporter: Reporter,
    /// Made once, by the first worker: it knows every secret of this machine.
    redactor: Arc<OnceLock<Redactor>>,
    id: Option<ReportId>,
    /// What is on the disk, or was in the form when the dialog opened.
    saved: Form,
    /// What was in the form when it was looked at last, and since when.
    seen: Form,
    changed_at: f64,
    task: Option<Task<()>>,
    is_over: bool,
}

impl Autosave {
    pub(crate) fn new(reporter: Reporter, form: &Form) -> Self {
        let id = ReportId::generate().ok();
        let redactor = Arc::default();
        let (saved, seen) = (form.clone(), form.clone());
        Self { reporter, redactor, id, saved, seen, changed_at: 0.0, task: None, is_over: false }
    }

    /// Goes on with a text of an earlier time, in its file.
    pub(crate) fn resume(&mut self, text: &Unfinished, form: &Form) {
        self.id = Some(text.id);
        (self.saved, self.seen) = (form.clone(), form.clone());
    }

    /// Looks at the form once a frame; `at` is the time of the frame in seconds. Returns in how many seconds it has to
    /// look again.
    pub(crate) fn watch(&mut self, form: &Form, at: f64) -> Option<f64> {
        if *form != self.seen {
            form.clone_into(&mut self.seen);
            self.changed_at = at;
        }
        (!self.is_over && *form != self.saved).then(|| (self.changed_at + PAUSE_SECONDS - at).max(0.0))
    }

    /// Keeps the form on a thread of its own, if it is not kept yet. `request` is what it says.
    pub(crate) fn save(&mut self, form: &Form, request: Request, now: Timestamp) {
        if let Some(task) = &self.task
            && matches!(task.poll(), Polled::Pending)
        {
            return;
        }
        let (reporter, redactor) = (self.reporter.clone(), self.redactor.clone());
        let Some(id) = self.id.filter(|_| self.begin(form)) else { return };
        self.task = Some(Task::start("remember", move || write(&reporter, &redactor, id, &request, now)));
    }

    /// As [`Autosave::save`], and waits for it: the dialog is about to go.
    pub(crate) fn save_now(&mut self, form: &Form, request: &Request, now: Timestamp) {
        if let Some(id) = self.id.filter(|_| self.begin(form)) {
            write(&self.reporter, &self.redactor, id, request, now);
        }
    }

    fn begin(&mut self, form: &Form) -> bool {
        if self.is_over || *form == self.saved {
            return false;
        }
        form.clone_into(&mut self.saved);
        true
    }

    /// The text was sent: forgets it. The writer may be at work in this moment, so it is waited for.
    pub(crate) fn forget(&mut self) {
        self.is_over = true;
        if let Some(task) = self.task.take() {
            task.wait();
        }
        if let Some(id) = self.id {
            // What stays is offered once more, and can be thrown away there.
            let _ = self.reporter.drop_unfinished(id);
        }
    }
}

/// Whether it worked does not matter to the person: it is the second net, not the first.
fn write(
    reporter: &Reporter,
    redactor: &OnceLock<Redactor>,
    id: ReportId,
    request: &Request,
    now: Timestamp,
) {
    let texts = [&request.title, &request.description, &request.steps, &request.expected, &request.actual];
    if texts.iter().all(|text| text.trim().is_empty()) && request.additional.trim().is_empty() {
        // The person has taken it all back.
        let _ = reporter.drop_unfinished(id);
        return;
    }
    if redactor.get().is_none()
        && let Ok(made) = reporter.redactor(|_| {})
    {
        let _ = redactor.set(made);
    }
    if let Some(redactor) = redactor.get() {
        let _ = reporter.keep_unfinished(redactor, id, request, now);
    }
}
