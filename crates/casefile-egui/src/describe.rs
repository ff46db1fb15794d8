//! The first screen: the template of the support plan, and what else a ticket needs.

use casefile::plan::{TemplateField, TemplateLine};
use casefile::report::{Category, Kind, Priority};
use egui::Ui;

use crate::action::Action;
use crate::facts::Facts;
use crate::form::{Complaint, Form, When};
use crate::screen::{error_ui, field_ui, is_button, is_main_button, screen_ui};
use crate::words::{Words, local_time};

const TEXT_ROWS: usize = 3;
const DESCRIPTION_ROWS: usize = 5;

pub(crate) fn describe_ui(
    ui: &mut Ui,
    form: &mut Form,
    complaints: &[Complaint],
    facts: &Facts,
) -> Option<Action> {
    let words = &facts.words;
    let heading = words.with("describe-heading", &[("app", facts.reporter.app().name.as_str().into())]);
    let body = |ui: &mut Ui| {
        ui.label(words.text("describe-intro"));
        ui.add_space(8.0);
        kind_ui(ui, form, words);
        for line in &facts.reporter.plan().template {
            ui.add_space(8.0);
            line_ui(ui, line, form, complaints, facts);
        }
        ui.add_space(8.0);
        contact_ui(ui, form, complaints, words);
        form.show_complaint = false;
        None
    };
    let line = match complaints.len() {
        0 => String::new(),
        count => words.with("complaints", &[("count", count.into())]),
    };
    screen_ui(ui, "describe", &heading, &line, body, |ui| {
        let seals = is_main_button(ui, true, &words.text("next"));
        let closes = is_button(ui, &words.text("close"));
        if seals { Some(Action::Seal) } else { closes.then_some(Action::Close) }
    })
}

fn kind_ui(ui: &mut Ui, form: &mut Form, words: &Words) {
    ui.strong(words.text("kind"));
    ui.horizontal_wrapped(|ui| {
        ui.radio_value(&mut form.kind, Kind::Incident, words.text("kind-incident"));
        ui.radio_value(&mut form.kind, Kind::ChangeRequest, words.text("kind-change"));
    });
}

/// One line of the template; after the description comes what the template has no line for.
fn line_ui(ui: &mut Ui, line: &TemplateLine, form: &mut Form, complaints: &[Complaint], facts: &Facts) {
    let words = &facts.words;
    // `[Title]` and `Description:` of the printed template.
    let label = line.label.in_language(facts.language()).trim_matches(['[', ']', ':', ' ']);
    let optional = words.with("optional", &[("label", label.into())]);
    match line.field {
        TemplateField::Title => {
            field_ui(ui, label, &mut form.title, 1);
            complaint_ui(ui, complaints, &[Complaint::NoTitle], form.show_complaint, words);
        }
        TemplateField::Description => {
            field_ui(ui, label, &mut form.description, DESCRIPTION_ROWS);
            complaint_ui(ui, complaints, &[Complaint::NoDescription], form.show_complaint, words);
            ui.add_space(8.0);
            when_ui(ui, form, complaints, facts);
            ui.add_space(8.0);
            category_ui(ui, form, facts);
        }
        TemplateField::Steps => _ = field_ui(ui, &optional, &mut form.steps, TEXT_ROWS),
        TemplateField::Expected => _ = field_ui(ui, &optional, &mut form.expected, TEXT_ROWS),
        TemplateField::Actual => _ = field_ui(ui, &optional, &mut form.actual, TEXT_ROWS),
        TemplateField::Additional => _ = field_ui(ui, &optional, &mut form.additional, TEXT_ROWS),
        TemplateField::Logs => {
            ui.strong(label);
            ui.label(words.text("logs-collected"));
        }
        TemplateField::Versions => {
            ui.strong(label);
            ui.label(&facts.versions);
        }
        TemplateField::Priority => {
            ui.strong(label);
            priority_ui(ui, form, facts);
        }
    }
}

fn when_ui(ui: &mut Ui, form: &mut Form, complaints: &[Complaint], facts: &Facts) {
    let words = &facts.words;
    ui.strong(words.text("when"));
    if let Some(noticed) = form.noticed {
        let at = local_time(noticed, &facts.zone);
        ui.radio_value(&mut form.when, When::Noticed, words.with("when-noticed", &[("at", at.into())]));
    }
    ui.horizontal_wrapped(|ui| {
        ui.radio_value(&mut form.when, When::JustNow, words.text("when-now"));
        ui.radio_value(&mut form.when, When::HourAgo, words.text("when-hour"));
        ui.radio_value(&mut form.when, When::At, words.text("when-other"));
        ui.radio_value(&mut form.when, When::Unknown, words.text("when-unknown"));
    });
    if form.when == When::At {
        field_ui(ui, &words.text("when-time"), &mut form.when_text, 1);
        let wanted = [Complaint::NoTime, Complaint::Future];
        complaint_ui(ui, complaints, &wanted, form.show_complaint, words);
    }
}

fn category_ui(ui: &mut Ui, form: &mut Form, facts: &Facts) {
    ui.strong(facts.words.text("category"));
    let plan = facts.reporter.plan();
    let ordered = plan.categories.iter().map(|text| (text.category, &text.name));
    let choices: Vec<(Category, _)> = ordered.collect();
    for (category, name) in choices {
        ui.radio_value(&mut form.category, category, name.in_language(facts.language()));
    }
}

fn priority_ui(ui: &mut Ui, form: &mut Form, facts: &Facts) {
    for level in facts.reporter.plan().levels() {
        let priority: Priority = level.priority;
        let name = format!("{priority} – {}", level.name.in_language(facts.language()));
        ui.radio_value(&mut form.priority, priority, name);
        ui.indent(priority.as_str(), |ui| {
            ui.label(level.when.in_language(facts.language()));
            ui.label(facts.words.promises(level));
        });
    }
}

fn contact_ui(ui: &mut Ui, form: &mut Form, complaints: &[Complaint], words: &Words) {
    ui.strong(words.text("contact"));
    ui.label(words.text("contact-note"));
    ui.add_space(4.0);
    field_ui(ui, &words.text("contact-name"), &mut form.name, 1);
    ui.add_space(4.0);
    field_ui(ui, &words.text("contact-email"), &mut form.email, 1);
    complaint_ui(ui, complaints, &[Complaint::NoEmail], form.show_complaint, words);
}

/// What is wrong with the field above; the first of all complaints is scrolled to.
fn complaint_ui(ui: &mut Ui, complaints: &[Complaint], wanted: &[Complaint], scroll: bool, words: &Words) {
    for complaint in complaints.iter().filter(|complaint| wanted.contains(complaint)) {
        let key = match complaint {
            Complaint::NoTitle => "complaint-title",
            Complaint::NoDescription => "complaint-description",
            Complaint::NoTime => "complaint-time",
            Complaint::Future => "complaint-future",
            Complaint::NoEmail => "complaint-email",
        };
        error_ui(ui, &words.text(key));
        if scroll && complaints.first() == Some(complaint) {
            ui.scroll_to_cursor(Some(egui::Align::Center));
        }
    }
}
