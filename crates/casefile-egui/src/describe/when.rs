//! When it happened: quick choices, a time that is typed, and the errors in the logs.

use egui::{Label, Ui};

use super::{Describe, complaint_ui};
use crate::action::Action;
use crate::facts::Facts;
use crate::form::{Complaint, When};
use crate::screen::{field_ui, named_button_ui};

pub(super) fn when_ui(ui: &mut Ui, describe: &mut Describe<'_>, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    ui.strong(words.text("when"));
    let form = &mut *describe.form;
    if let Some(noticed) = form.noticed {
        let text = words.with("when-noticed", &[("at", facts.time(noticed).into())]);
        ui.radio_value(&mut form.when, When::Noticed, text);
    }
    ui.horizontal_wrapped(|ui| {
        ui.radio_value(&mut form.when, When::JustNow, words.text("when-now"));
        ui.radio_value(&mut form.when, When::HourAgo, words.text("when-hour"));
        ui.radio_value(&mut form.when, When::At, words.text("when-other"));
        ui.radio_value(&mut form.when, When::Unknown, words.text("when-unknown"));
    });
    if form.when == When::At {
        field_ui(ui, &words.text("when-time"), &mut form.when_text, 1);
        complaint_ui(ui, describe, &[Complaint::NoTime, Complaint::Future], words);
    }
    events_ui(ui, describe, facts)
}

/// Offers the errors in the logs, so that the time is that of the log to the second.
fn events_ui(ui: &mut Ui, describe: &Describe<'_>, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let mut action = None;
    if describe.events.is_empty() {
        return None;
    }
    ui.add_space(4.0);
    ui.label(words.text("when-events"));
    for event in describe.events {
        let at = facts.time_to_the_second(event.at);
        ui.horizontal(|ui| {
            let label = words.with("when-event-use-label", &[("at", at.as_str().into())]);
            if named_button_ui(ui, &at, &label).clicked() {
                action = Some(Action::UseTime(event.at));
            }
            ui.add(Label::new(&event.text).truncate());
        });
    }
    action
}
