//! The first screen: the template of the support plan, and what else a ticket needs.

mod when;

use std::collections::BTreeSet;

use casefile::Unfinished;
use casefile::analyze::Finding;
use casefile::plan::{TemplateField, TemplateLine};
use casefile::report::{Category, Kind, Priority};
use egui::{RichText, Ui};

use self::when::when_ui;
use crate::action::Action;
use crate::attached::{Offers, attached_ui, choose_ui};
use crate::early::Event;
use crate::facts::Facts;
use crate::findings::{findings_ui, suggestion_ui, worth_showing};
use crate::form::{Complaint, Form};
use crate::screen::{
    Part, Screen, error_ui, field_ui, is_button, is_main_button, is_narrow_button, screen_ui,
};
use crate::sealed::Wishes;
use crate::words::Words;

const TEXT_ROWS: usize = 3;
const DESCRIPTION_ROWS: usize = 5;

/// The form, and what is known about it.
pub(crate) struct Describe<'a> {
    pub(crate) form: &'a mut Form,
    pub(crate) complaints: &'a [Complaint],
    /// Scroll to the first complaint.
    pub(crate) shows_complaint: bool,
    /// A text of an earlier time that was not sent.
    pub(crate) unfinished: Option<&'a Unfinished>,
    /// With the files and pictures that the person adds.
    pub(crate) wishes: &'a Wishes,
    pub(crate) offers: Offers,
    /// What is known to be wrong, as far as the evidence is collected by now.
    pub(crate) findings: &'a [Finding],
    /// Findings that the person has looked at.
    pub(crate) dismissed: &'a BTreeSet<String>,
    /// Errors in the logs that may be what the person means.
    pub(crate) events: &'a [Event],
}

pub(crate) fn describe_ui(ui: &mut Ui, describe: Describe<'_>, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let count = describe.complaints.len();
    let is_known = worth_showing(describe.findings, describe.dismissed).next().is_some();
    let line = match count {
        0 if is_known => words.text("findings-line"),
        0 => String::new(),
        _ => words.with("complaints", &[("count", count.into())]),
    };
    let heading = words.with("describe-heading", &[("app", facts.reporter.app().name.as_str().into())]);
    let screen = Screen { line: &line, ..Screen::new("describe", &heading, Part::Describe) };
    screen_ui(
        ui,
        &screen,
        facts,
        |ui| form_ui(ui, describe, facts),
        |ui| {
            let goes_on = is_main_button(ui, true, &words.text("next"));
            let closes = is_button(ui, &words.text("close"));
            if goes_on { Some(Action::Seal) } else { closes.then_some(Action::Close) }
        },
    )
}

/// The lines without which there is no ticket come first, in the order of the template; then the rest, folded, and what
/// the machine knows by itself.
fn form_ui(ui: &mut Ui, mut describe: Describe<'_>, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let mut action = None;
    if let Some(text) = describe.unfinished {
        action = unfinished_ui(ui, text, facts);
        ui.add_space(8.0);
    }
    ui.label(words.text("describe-intro"));
    ui.add_space(8.0);
    kind_ui(ui, describe.form, words);
    let template = &facts.reporter.plan().template;
    for line in template.iter().filter(|line| rank(line.field) == Rank::Asked) {
        ui.add_space(10.0);
        action = line_ui(ui, line, &mut describe, facts).or(action);
    }
    ui.add_space(10.0);
    contact_ui(ui, &mut describe, words);
    ui.add_space(10.0);
    // What is filled in must be seen, and what is in the way of a complaint must not be folded.
    let details = egui::CollapsingHeader::new(words.text("details"));
    details.id_salt("details").default_open(describe.form.has_details()).show(ui, |ui| {
        for line in template.iter().filter(|line| rank(line.field) == Rank::Optional) {
            ui.add_space(6.0);
            line_ui(ui, line, &mut describe, facts);
        }
    });
    for line in template.iter().filter(|line| rank(line.field) == Rank::Known) {
        ui.add_space(10.0);
        action = action.or(line_ui(ui, line, &mut describe, facts));
    }
    action
}

/// How much a line of the template asks of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rank {
    Asked,
    Optional,
    /// The machine fills it in.
    Known,
}

fn rank(field: TemplateField) -> Rank {
    match field {
        TemplateField::Title | TemplateField::Description | TemplateField::Priority => Rank::Asked,
        TemplateField::Steps
        | TemplateField::Expected
        | TemplateField::Actual
        | TemplateField::Additional => Rank::Optional,
        TemplateField::Logs | TemplateField::Versions => Rank::Known,
    }
}

/// The offer to go on with what was written earlier.
fn unfinished_ui(ui: &mut Ui, text: &Unfinished, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let mut action = None;
    let frame = egui::Frame::group(ui.style()).fill(ui.visuals().faint_bg_color);
    frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        let title = text.request.title.trim();
        let title = if title.is_empty() { text.request.description.trim() } else { title };
        let title: String = title.chars().take(80).collect();
        let values = [("at", facts.time(text.saved_at).into()), ("title", title.into())];
        ui.label(words.with("unfinished", &values));
        ui.horizontal_wrapped(|ui| {
            if is_narrow_button(ui, true, &words.text("unfinished-resume")) {
                action = Some(Action::Resume);
            }
            if is_narrow_button(ui, true, &words.text("unfinished-discard")) {
                action = Some(Action::Discard);
            }
        });
    });
    action
}

fn kind_ui(ui: &mut Ui, form: &mut Form, words: &Words) {
    ui.strong(words.text("kind"));
    ui.horizontal_wrapped(|ui| {
        ui.radio_value(&mut form.kind, Kind::Incident, words.text("kind-incident"));
        ui.radio_value(&mut form.kind, Kind::ChangeRequest, words.text("kind-change"));
    });
}

/// One line of the template; after the description comes what the template has no line for.
fn line_ui(ui: &mut Ui, line: &TemplateLine, describe: &mut Describe<'_>, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    // `[Title]` and `Description:` of the printed template.
    let label = line.label.in_language(facts.language()).trim_matches(['[', ']', ':', ' ']);
    match line.field {
        TemplateField::Title => {
            field_ui(ui, label, &mut describe.form.title, 1);
            complaint_ui(ui, describe, &[Complaint::NoTitle], words);
        }
        TemplateField::Description => {
            field_ui(ui, label, &mut describe.form.description, DESCRIPTION_ROWS);
            complaint_ui(ui, describe, &[Complaint::NoDescription], words);
            ui.add_space(10.0);
            let action = when_ui(ui, describe, facts);
            ui.add_space(10.0);
            category_ui(ui, describe.form, facts);
            ui.add_space(10.0);
            return findings_ui(ui, describe.findings, describe.dismissed, facts).or(action);
        }
        TemplateField::Steps => _ = field_ui(ui, label, &mut describe.form.steps, TEXT_ROWS),
        TemplateField::Expected => _ = field_ui(ui, label, &mut describe.form.expected, TEXT_ROWS),
        TemplateField::Actual => _ = field_ui(ui, label, &mut describe.form.actual, TEXT_ROWS),
        TemplateField::Additional => _ = field_ui(ui, label, &mut describe.form.additional, TEXT_ROWS),
        TemplateField::Logs => {
            ui.strong(label);
            ui.label(words.text("logs-collected"));
            let chosen = choose_ui(ui, describe.offers, words);
            return attached_ui(ui, describe.wishes, words).or(chosen);
        }
        TemplateField::Versions => {
            ui.strong(label);
            ui.label(&facts.versions);
        }
        TemplateField::Priority => {
            ui.strong(label);
            let suggested = suggestion_ui(ui, describe.findings, describe.dismissed, describe.form, facts);
            priority_ui(ui, describe.form, facts);
            return suggested;
        }
    }
    None
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

/// Each priority with its meaning and what it promises.
fn priority_ui(ui: &mut Ui, form: &mut Form, facts: &Facts) {
    for level in facts.reporter.plan().levels() {
        let priority: Priority = level.priority;
        let name = format!("{priority} – {}", level.name.in_language(facts.language()));
        ui.horizontal_wrapped(|ui| {
            ui.radio_value(&mut form.priority, priority, RichText::new(name).strong());
            if form.suggested == Some(priority) {
                let app = facts.reporter.app().name.as_str();
                ui.weak(facts.words.with("priority-suggested", &[("app", app.into())]));
            }
        });
        ui.indent(priority.as_str(), |ui| {
            ui.label(level.when.in_language(facts.language()));
            ui.label(facts.words.promises(level));
        });
        ui.add_space(2.0);
    }
}

fn contact_ui(ui: &mut Ui, describe: &mut Describe<'_>, words: &Words) {
    ui.strong(words.text("contact"));
    ui.label(words.text("contact-note"));
    ui.add_space(4.0);
    field_ui(ui, &words.text("contact-name"), &mut describe.form.name, 1);
    ui.add_space(4.0);
    field_ui(ui, &words.text("contact-email"), &mut describe.form.email, 1);
    complaint_ui(ui, describe, &[Complaint::NoEmail], words);
}

/// What is wrong with the field above; the first of all complaints is scrolled to.
fn complaint_ui(ui: &mut Ui, describe: &Describe<'_>, wanted: &[Complaint], words: &Words) {
    for complaint in describe.complaints.iter().filter(|complaint| wanted.contains(complaint)) {
        let key = match complaint {
            Complaint::NoTitle => "complaint-title",
            Complaint::NoDescription => "complaint-description",
            Complaint::NoTime => "complaint-time",
            Complaint::Future => "complaint-future",
            Complaint::NoEmail => "complaint-email",
        };
        error_ui(ui, &words.text(key));
        if describe.shows_complaint && describe.complaints.first() == Some(complaint) {
            ui.scroll_to_cursor(Some(egui::Align::Center));
        }
    }
}
