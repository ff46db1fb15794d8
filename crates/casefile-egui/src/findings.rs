//! What is known to be wrong, and what to do about it: shown before anything is sent, because an answer now is better than
//! one tomorrow.

use std::collections::BTreeSet;

use casefile::analyze::{Finding, Severity};
use casefile::report::{Category, Priority};
use egui::{Label, RichText, Ui};

use crate::action::Action;
use crate::facts::Facts;
use crate::form::Form;
use crate::page::harmless;
use crate::screen::{is_narrow_button, link_ui, named_button_ui};

/// More at once are no help.
const SHOWN: usize = 3;
/// Lines that are shown of one.
const EVIDENCE: usize = 3;

/// The findings that are worth a person's time, without those that they have looked at.
pub(crate) fn worth_showing<'a>(
    findings: &'a [Finding],
    dismissed: &BTreeSet<String>,
) -> impl Iterator<Item = &'a Finding> {
    let is_problem = |finding: &&Finding| finding.severity != Severity::Info;
    findings.iter().filter(is_problem).filter(|finding| !dismissed.contains(&finding.id)).take(SHOWN)
}

/// Proposes what was found as answers.
pub(crate) fn findings_ui(
    ui: &mut Ui,
    findings: &[Finding],
    dismissed: &BTreeSet<String>,
    facts: &Facts,
) -> Option<Action> {
    let words = &facts.words;
    let shown: Vec<&Finding> = worth_showing(findings, dismissed).collect();
    if shown.is_empty() {
        return None;
    }
    let mut action = None;
    let frame = egui::Frame::group(ui.style()).fill(ui.visuals().faint_bg_color);
    frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.strong(words.with("findings", &[("count", shown.len().into())]));
        ui.label(words.text("findings-note"));
        for finding in shown {
            ui.add_space(6.0);
            let one = ui.push_id(&finding.id, |ui| finding_ui(ui, finding, facts)).inner;
            action = action.take().or(one);
        }
    });
    ui.add_space(8.0);
    action
}

fn finding_ui(ui: &mut Ui, finding: &Finding, facts: &Facts) -> Option<Action> {
    let (words, language) = (&facts.words, facts.language());
    let mut action = None;
    // The texts hold what logs say.
    let title = harmless(finding.title.of(language));
    ui.add(Label::new(RichText::new(&title).strong()).wrap());
    ui.add(Label::new(harmless(finding.cause.of(language))).wrap());
    ui.add(Label::new(harmless(finding.advice.of(language))).wrap());
    let seen = egui::CollapsingHeader::new(words.text("finding-seen")).id_salt("seen");
    seen.show(ui, |ui| {
        for evidence in finding.evidence.iter().take(EVIDENCE) {
            let place = match evidence.line {
                0 => evidence.file.clone(),
                line => format!("{}:{line}", evidence.file),
            };
            ui.add(Label::new(RichText::new(harmless(&place)).strong()).wrap());
            ui.add(Label::new(RichText::new(harmless(&evidence.text)).monospace()).wrap());
        }
        if let Some(source) = finding.sources.first() {
            link_ui(ui, source);
        }
    });
    ui.horizontal_wrapped(|ui| {
        let named = |key: &str| words.with(key, &[("title", title.as_str().into())]);
        if named_button_ui(ui, &words.text("finding-solved"), &named("finding-solved-label")).clicked() {
            action = Some(Action::Solved(finding.id.clone()));
        }
        if named_button_ui(ui, &words.text("finding-other"), &named("finding-other-label")).clicked() {
            action = Some(Action::Dismiss(finding.id.clone()));
        }
    });
    action
}

/// The priority and category that the most important finding speaks for, when the form says something else.
pub(crate) fn suggestion_ui(
    ui: &mut Ui,
    findings: &[Finding],
    dismissed: &BTreeSet<String>,
    form: &Form,
    facts: &Facts,
) -> Option<Action> {
    let finding = worth_showing(findings, dismissed).next()?;
    let (priority, category): (Priority, Category) = (finding.priority, finding.category);
    if (form.priority, form.category) == (priority, category) {
        return None;
    }
    let (words, language, plan) = (&facts.words, facts.language(), facts.reporter.plan());
    let level = format!("{priority} – {}", plan.level(priority).name.in_language(language));
    let area = plan.categories.iter().find(|text| text.category == category);
    let area = area.map_or(category.as_str(), |text| text.name.in_language(language));
    let reason = harmless(finding.reason.of(language));
    let values = [("priority", level.into()), ("category", area.into()), ("reason", reason.into())];
    ui.add(Label::new(words.with("suggestion", &values)).wrap());
    is_narrow_button(ui, true, &words.text("suggestion-use")).then_some(Action::Suggested(priority, category))
}
