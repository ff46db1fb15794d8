//! The reports of this machine: what waits, what was sent, what was refused.

use std::io;

use casefile::Progress;
use casefile::Reporter;
use casefile::deliver::DeliverError;
use casefile::id::ReportId;
use casefile::outbox::{Parcel, Receipt, State, WaitReason};
use egui::{RichText, Ui};

use crate::action::Action;
use crate::facts::Facts;
use crate::screen::{
    Part, Screen, error_ui, is_main_button, is_narrow_button, named_button_ui, progress_ui, screen_ui,
};
use crate::task::{Polled, Task};
use crate::why;
use crate::words::Words;

/// The list, and what is done to it.
pub(crate) struct Reports {
    list: List,
    /// The report that the person was asked about: is it to be removed?
    pub(crate) asked: Option<ReportId>,
    pub(crate) sending: Option<Sending>,
    /// What became of the last thing that was done.
    news: Option<String>,
}

enum List {
    Reads(Task<io::Result<Vec<Row>>>),
    Shows(Vec<Row>),
    Failed(String),
}

/// One report, or a folder that cannot be read.
struct Row {
    id: ReportId,
    title: String,
    kept_at: jiff::Timestamp,
    /// `None` when the portal's answer on the disk is damaged.
    state: Option<State>,
    parcel: Parcel,
}

pub(crate) struct Sending {
    id: ReportId,
    pub(crate) progress: Progress,
    task: Task<Result<Receipt, DeliverError>>,
}

impl Reports {
    /// Begins to read the outbox.
    pub(crate) fn open(reporter: Reporter) -> Self {
        Self { list: List::read(reporter), asked: None, sending: None, news: None }
    }

    pub(crate) fn is_busy(&self) -> bool {
        self.sending.is_some() || matches!(self.list, List::Reads(_))
    }

    pub(crate) fn poll(&mut self, facts: &Facts) {
        let words = &facts.words;
        if let List::Reads(task) = &self.list {
            self.list = match task.poll() {
                Polled::Pending => return,
                Polled::Done(Ok(rows)) => List::Shows(rows),
                Polled::Done(Err(error)) => List::Failed(why::disk(&error, words)),
                Polled::Died => List::Failed(words.text("why-died")),
            };
        }
        let Some(sending) = &self.sending else { return };
        let news = match sending.task.poll() {
            Polled::Pending => return,
            Polled::Done(Ok(receipt)) => {
                words.with("reports-sent", &[("ticket", receipt.ticket.as_str().into())])
            }
            Polled::Done(Err(error)) => why::not_delivered(&error, words),
            Polled::Died => words.text("why-died"),
        };
        self.sending = None;
        self.news = Some(news);
        self.list = List::read(facts.reporter.clone());
    }

    /// Sends one of them, unless another is being sent.
    pub(crate) fn send(
        &mut self,
        id: ReportId,
        deliver: impl FnOnce(&Parcel, &Progress) -> Result<Receipt, DeliverError> + Send + 'static,
    ) {
        let List::Shows(rows) = &self.list else { return };
        let Some(row) = rows.iter().find(|row| row.id == id) else { return };
        if self.sending.is_some() {
            return;
        }
        let progress = Progress::new();
        let (parcel, shared) = (row.parcel.clone(), progress.clone());
        let task = Task::start("send", move || deliver(&parcel, &shared));
        self.sending = Some(Sending { id, progress, task });
        self.news = None;
    }

    /// Removes one, after the person was asked about this very one.
    pub(crate) fn drop_report(&mut self, id: ReportId, facts: &Facts) {
        if self.asked != Some(id) {
            return;
        }
        self.asked = None;
        self.news = match facts.reporter.outbox().drop_report(id) {
            Ok(()) => Some(facts.words.text("reports-dropped")),
            Err(error) => Some(why::no_parcel(&error, &facts.words)),
        };
        self.list = List::read(facts.reporter.clone());
    }
}

impl Drop for Reports {
    fn drop(&mut self) {
        // Nobody looks any more: the report stays kept, and is sent later.
        if let Some(sending) = &self.sending {
            sending.progress.cancel();
        }
    }
}

impl List {
    fn read(reporter: Reporter) -> Self {
        Self::Reads(Task::start("list", move || {
            let parcels = reporter.outbox().list()?;
            let rows = parcels.into_iter().flatten().map(|parcel| Row {
                id: parcel.id(),
                title: parcel.body().title.clone(),
                kept_at: parcel.kept_at(),
                state: parcel.state().ok(),
                parcel,
            });
            let mut rows: Vec<Row> = rows.collect();
            rows.reverse();
            Ok(rows)
        }))
    }
}

pub(crate) fn reports_ui(ui: &mut Ui, reports: &Reports, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let body = |ui: &mut Ui| {
        if let Some(news) = &reports.news {
            error_ui(ui, news);
            ui.add_space(8.0);
        }
        match &reports.list {
            List::Reads(_) => _ = ui.label(words.text("reports-reading")),
            List::Failed(why) => error_ui(ui, why),
            List::Shows(rows) if rows.is_empty() => _ = ui.label(words.text("reports-none")),
            List::Shows(rows) => {
                let mut action = None;
                for row in rows {
                    let shown = ui.push_id(row.id.to_string(), |ui| row_ui(ui, row, reports, facts)).inner;
                    action = action.or(shown);
                    ui.separator();
                }
                return action;
            }
        }
        None
    };
    let heading = words.text("reports-heading");
    screen_ui(ui, &Screen::new("reports", &heading, Part::Aside), facts, body, |ui| {
        is_main_button(ui, true, &words.text("aside-close")).then_some(Action::CloseAside)
    })
}

fn row_ui(ui: &mut Ui, row: &Row, reports: &Reports, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let mut action = None;
    ui.add(egui::Label::new(RichText::new(&row.title).strong()).wrap());
    ui.label(words.with("reports-kept-at", &[("at", facts.time(row.kept_at).into())]));
    if let Some(sending) = reports.sending.as_ref().filter(|sending| sending.id == row.id) {
        let (done, total) = (sending.progress.done_bytes(), sending.progress.total_bytes());
        #[expect(clippy::cast_possible_truncation, reason = "a share of the width of a bar")]
        let share = if total == 0 { 0.0 } else { (done as f64 / total as f64) as f32 };
        progress_ui(ui, &words.text("step-sending"), share);
        return is_narrow_button(ui, true, &words.text("cancel")).then_some(Action::Cancel);
    }
    ui.add(egui::Label::new(told(row.state.as_ref(), facts)).wrap());
    let receipt = row.state.as_ref().and_then(State::receipt);
    if let Some(receipt) = receipt {
        for (name, at) in words.deadlines(&receipt.deadlines, &facts.zone) {
            ui.label(format!("{name} {at}"));
        }
    }
    ui.horizontal_wrapped(|ui| {
        let named = |key: &str| words.with(key, &[("title", row.title.as_str().into())]);
        if let Some(receipt) = receipt {
            if named_button_ui(ui, &words.text("copy-ticket"), &named("reports-copy-label")).clicked() {
                action = Some(Action::Copy(receipt.ticket.clone()));
            }
            let url = receipt.status_url.as_str();
            if url.starts_with("https://") || url.starts_with("http://") {
                ui.hyperlink_to(words.text("status-link"), url);
            }
        }
        let is_settled = row.state.as_ref().is_some_and(State::is_settled);
        let is_idle = reports.sending.is_none() && !matches!(row.state, Some(State::Sending { .. }));
        if !is_settled
            && is_idle
            && named_button_ui(ui, &words.text("reports-send"), &named("reports-send-label")).clicked()
        {
            action = Some(Action::SendKept(row.id));
        }
        let asked = reports.asked == Some(row.id);
        let (text, label, next) = if asked {
            ("reports-drop-sure", "reports-drop-sure-label", Action::Drop(row.id))
        } else {
            ("reports-drop", "reports-drop-label", Action::AskToDrop(row.id))
        };
        if is_idle && named_button_ui(ui, &words.text(text), &named(label)).clicked() {
            action = Some(next);
        }
    });
    action
}

/// Where a report stands, in a sentence.
fn told(state: Option<&State>, facts: &Facts) -> String {
    let words = &facts.words;
    let ticket = |receipt: &Receipt| receipt.ticket.clone().into();
    match state {
        None => words.text("why-damaged"),
        Some(State::Kept) => words.text("state-kept"),
        Some(State::Registered(receipt)) => words.with("kept-ticket", &[("ticket", ticket(receipt))]),
        Some(State::Sending { done_bytes, total_bytes, .. }) => {
            let values =
                [("done", words.size(*done_bytes).into()), ("total", words.size(*total_bytes).into())];
            words.with("state-sending", &values)
        }
        Some(State::Waiting { waiting, .. }) => {
            let at = facts.time(waiting.until());
            let values = [("why", reason(waiting.reason, words).into()), ("at", at.into())];
            words.with("state-waiting", &values)
        }
        Some(State::Delivered(receipt)) => words.with("state-delivered", &[("ticket", ticket(receipt))]),
        Some(State::Refused { refusal, .. }) => why::refused(refusal, words),
    }
}

fn reason(reason: WaitReason, words: &Words) -> String {
    match reason {
        WaitReason::Unreachable => words.text("why-unreachable"),
        WaitReason::Busy => words.text("why-busy"),
        WaitReason::NotAPortal => words.text("why-not-a-portal"),
        WaitReason::Untrusted => words.text("why-untrusted"),
        WaitReason::Unconfirmed => words.text("why-unconfirmed"),
        other => other.as_str().to_owned(),
    }
}
