//! The last screens: sent, kept, refused, failed.

use egui::{RichText, Ui};

use crate::action::Action;
use crate::facts::Facts;
use crate::saving::saving_ui;
use crate::screen::{
    Part, Screen, error_ui, is_button, is_main_button, is_narrow_button, link_ui, screen_ui, told_ui,
    value_ui,
};
use crate::stage::{Failed, Kept, Refused, Sent};

pub(crate) fn sent_ui(ui: &mut Ui, sent: &Sent, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let receipt = &sent.receipt;
    let body = |ui: &mut Ui| {
        let mut action = None;
        told_ui(ui, &words.with("sent-intro", &[("vendor", facts.vendor().into())]));
        ui.add_space(8.0);
        ui.strong(words.text("ticket"));
        ui.label(RichText::new(&receipt.ticket).heading().strong());
        if is_narrow_button(ui, true, &words.text("copy-ticket")) {
            action = Some(Action::Copy(receipt.ticket.clone()));
        }
        let deadlines = words.deadlines(&receipt.deadlines, &facts.zone);
        if !deadlines.is_empty() {
            ui.add_space(12.0);
            ui.strong(words.text("deadlines"));
            for (name, at) in deadlines {
                ui.label(format!("{name} {at}"));
            }
        }
        ui.add_space(12.0);
        ui.strong(words.text("status-link"));
        let url = receipt.status_url.as_str();
        link_ui(ui, url);
        if is_narrow_button(ui, true, &words.text("copy-link")) {
            action = Some(Action::Copy(url.to_owned()));
        }
        if let Some(ahead) = receipt.clock_ahead_seconds {
            ui.add_space(12.0);
            error_ui(ui, &words.clock_difference(ahead));
        }
        if let Some(sha256) = &receipt.received_sha256 {
            ui.add_space(12.0);
            ui.label(words.text("sent-confirmed"));
            action = action.or(value_ui(ui, "SHA-256", sha256, &words.text("copy-sha256")));
        }
        action
    };
    let heading = words.text("sent-heading");
    screen_ui(ui, &Screen::new("sent", &heading, Part::Send), facts, body, |ui| {
        is_main_button(ui, true, &words.text("close")).then_some(Action::Close)
    })
}

pub(crate) fn kept_ui(ui: &mut Ui, kept: &mut Kept, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let body = |ui: &mut Ui| {
        told_ui(ui, &words.text("kept-intro"));
        ui.add_space(8.0);
        error_ui(ui, &kept.why);
        if let Some(ticket) = &kept.ticket {
            ui.label(words.with("kept-ticket", &[("ticket", ticket.as_str().into())]));
        }
        let app = facts.reporter.app().name.as_str();
        ui.label(match kept.again_at {
            Some(at) => words.with("kept-again-at", &[("app", app.into()), ("at", facts.time(at).into())]),
            None => words.with("kept-again", &[("app", app.into())]),
        });
        ui.add_space(8.0);
        let path = kept.parcel.bundle_path().display().to_string();
        let action = value_ui(ui, &words.text("bundle-path"), &path, &words.text("copy-path"));
        action.or(saving_ui(ui, &mut kept.saving, words))
    };
    let heading = words.text("kept-heading");
    screen_ui(ui, &Screen::new("kept", &heading, Part::Send), facts, body, |ui| {
        let closes = is_main_button(ui, true, &words.text("close"));
        let retries = is_button(ui, &words.text("retry"));
        if closes { Some(Action::Close) } else { retries.then_some(Action::Retry) }
    })
}

pub(crate) fn refused_ui(ui: &mut Ui, refused: &mut Refused, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let body = |ui: &mut Ui| {
        told_ui(ui, &words.text("refused-intro"));
        ui.add_space(8.0);
        error_ui(ui, &refused.why);
        saving_ui(ui, &mut refused.saving, words)
    };
    let heading = words.text("refused-heading");
    screen_ui(ui, &Screen::new("refused", &heading, Part::Send), facts, body, |ui| {
        is_main_button(ui, true, &words.text("close")).then_some(Action::Close)
    })
}

/// Nothing was sent, because nothing has to be.
pub(crate) fn solved_ui(ui: &mut Ui, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let body = |ui: &mut Ui| {
        told_ui(ui, &words.text("solved-intro"));
        None
    };
    let heading = words.text("solved-heading");
    screen_ui(ui, &Screen::new("solved", &heading, Part::Describe), facts, body, |ui| {
        let closes = is_main_button(ui, true, &words.text("close"));
        let backs = is_button(ui, &words.text("solved-back"));
        if closes { Some(Action::Close) } else { backs.then_some(Action::Back) }
    })
}

pub(crate) fn failed_ui(ui: &mut Ui, failed: &mut Failed, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let body = |ui: &mut Ui| {
        told_ui(ui, &words.text("failed-intro"));
        ui.add_space(8.0);
        error_ui(ui, &failed.why);
        if let Some(entry) = &failed.culprit {
            ui.add_space(8.0);
            if is_narrow_button(ui, true, &words.with("leave-out", &[("name", entry.as_str().into())])) {
                return Some(Action::LeaveOut(entry.clone()));
            }
        }
        saving_ui(ui, failed.saving.as_mut()?, words)
    };
    let heading = words.text("failed-heading");
    screen_ui(ui, &Screen::new("failed", &heading, Part::Review), facts, body, |ui| {
        let backs = is_main_button(ui, true, &words.text("back"));
        let closes = is_button(ui, &words.text("close"));
        if backs { Some(Action::Back) } else { closes.then_some(Action::Close) }
    })
}
