//! The list of reports.

use casefile::outbox::{Receipt, State, WaitReason};
use casefile::ticket::MessageFrom;
use egui::{Label, RichText, Ui};

use super::ticket::{TicketClick, state_of};
use super::{List, Reports, Row};
use crate::action::Action;
use crate::facts::Facts;
use crate::screen::{
    Part, Screen, error_ui, is_main_button, is_narrow_button, named_button_ui, news_ui, progress_ui,
    screen_ui,
};
use crate::why;
use crate::words::Words;

pub(super) fn rows_ui(ui: &mut Ui, reports: &Reports, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let body = |ui: &mut Ui| {
        if let Some(news) = &reports.news {
            news_ui(ui, news);
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
    ui.add(Label::new(RichText::new(&row.title).strong()).wrap());
    ui.label(words.with("reports-kept-at", &[("at", facts.time(row.kept_at).into())]));
    if let Some(sending) = reports.sending.as_ref().filter(|sending| sending.id == row.id) {
        let (done, total) = (sending.progress.done_bytes(), sending.progress.total_bytes());
        #[expect(clippy::cast_possible_truncation, reason = "a share of the width of a bar")]
        let share = if total == 0 { 0.0 } else { (done as f64 / total as f64) as f32 };
        progress_ui(ui, &words.text("step-sending"), share);
        return is_narrow_button(ui, true, &words.text("cancel")).then_some(Action::Cancel);
    }
    ui.add(Label::new(told(row.state.as_ref(), facts)).wrap());
    let ticket = reports.tickets.get(&row.id);
    if let Some(ticket) = ticket {
        ui.add(Label::new(state_of(ticket.state, words)).wrap());
        if let Some(last) = ticket.messages.iter().rev().find(|message| message.from == MessageFrom::Support)
        {
            ui.label(words.with("ticket-last-answer", &[("at", facts.time(last.at).into())]));
        }
    }
    // The clocks as they stand now, or as they were promised.
    let deadlines = ticket.map(|ticket| ticket.deadlines).or(row.receipt().map(|receipt| receipt.deadlines));
    for (name, at) in deadlines.map(|due| words.deadlines(&due, &facts.zone)).unwrap_or_default() {
        ui.label(format!("{name} {at}"));
    }
    ui.horizontal_wrapped(|ui| row_buttons_ui(ui, row, reports, words)).inner
}

fn row_buttons_ui(ui: &mut Ui, row: &Row, reports: &Reports, words: &Words) -> Option<Action> {
    let mut action = None;
    let named = |key: &str| words.with(key, &[("title", row.title.as_str().into())]);
    if let Some(receipt) = row.receipt() {
        if reports.ask.is_some()
            && named_button_ui(ui, &words.text("ticket-open"), &named("ticket-open-label")).clicked()
        {
            action = Some(Action::Ticket(TicketClick::Open(row.id)));
        }
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
