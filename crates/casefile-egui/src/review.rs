//! The second screen: everything that the sealed bundle holds, and nothing else.

mod entries;
mod rotate;

use std::collections::BTreeSet;

use casefile::bundle::Manifest;
use casefile::redact::Tier;
use egui::{RichText, Role, Ui, WidgetInfo};

use self::entries::entries_ui;
use self::rotate::rotate_ui;
use crate::action::Action;
use crate::attached::{Offers, attached_ui, choose_ui};
use crate::facts::Facts;
use crate::findings::findings_ui;
use crate::screen::{
    Part, Screen, field_ui, is_button, is_main_button, is_narrow_button, named_button_ui, screen_ui, value_ui,
};
use crate::sealed::{Hidden, Money, Overview};
use crate::stage::Review;
use crate::words::Words;

pub(crate) fn review_ui(
    ui: &mut Ui,
    review: &mut Review,
    dismissed: &BTreeSet<String>,
    offers: Offers,
    facts: &Facts,
) -> Option<Action> {
    let words = &facts.words;
    let is_as_wished = review.is_as_wished();
    let body = |ui: &mut Ui| {
        ui.label(words.text("review-intro"));
        ui.add_space(8.0);
        let found = findings_ui(ui, &review.sealed.findings, dismissed, facts);
        rotate_ui(ui, &review.sealed.rotations, facts);
        let mut action = found.or(summary_ui(ui, review, facts));
        ui.add_space(8.0);
        ui.strong(words.text("review-change"));
        action = action.or(tiers_ui(ui, review, facts));
        action = action.or(window_ui(ui, offers, facts));
        action = action.or(attach_ui(ui, review, offers, words));
        action = action.or(hide_ui(ui, review, words));
        ui.add_space(8.0);
        action.or(entries_ui(ui, review, facts))
    };
    let heading = words.text("review-heading");
    let line = if is_as_wished { String::new() } else { words.text("review-changed") };
    let screen = Screen { line: &line, ..Screen::new("review", &heading, Part::Review) };
    screen_ui(ui, &screen, facts, body, |ui| {
        let mut action = None;
        if is_as_wished {
            if is_main_button(ui, true, &words.text("send")) {
                action = Some(Action::Send);
            }
        } else if is_main_button(ui, true, &words.text("seal-again")) {
            action = Some(Action::Seal);
        }
        if is_button(ui, &words.text("back")) {
            action = Some(Action::Back);
        }
        if is_button(ui, &words.text("close")) {
            action = Some(Action::Close);
        }
        action
    })
}

/// Who reads it, how much it is, what was hidden, by which number it is known.
fn summary_ui(ui: &mut Ui, review: &Review, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let bundle = &review.sealed.draft.bundle;
    let (manifest, overview) = (bundle.manifest(), &review.sealed.overview);
    let frame = egui::Frame::group(ui.style()).fill(ui.visuals().faint_bg_color);
    let shown = frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        let reader = facts.vendor().into();
        ui.label(match facts.reporter.portal() {
            Some(portal) => words.with("review-reader", &[("vendor", reader), ("portal", portal.into())]),
            None => words.with("review-no-portal", &[("vendor", reader)]),
        });
        let sizes = [
            ("count", overview.count.into()),
            ("packed", words.size(bundle.bytes()).into()),
            ("unpacked", words.size(overview.bytes).into()),
        ];
        ui.label(words.with("review-size", &sizes));
        let action = hidden_ui(ui, manifest, overview, facts);
        if !manifest.notes.is_empty() {
            let title = words.with("review-notes", &[("count", manifest.notes.len().into())]);
            egui::CollapsingHeader::new(title).id_salt("notes").show(ui, |ui| {
                for note in manifest.notes.iter().take(MAX_NOTES) {
                    ui.label(format!("{}: {}", note.about, words.reason(&note.text)));
                }
            });
        }
        let copies = egui::CollapsingHeader::new("SHA-256").id_salt("sha256");
        let copies = copies.show(ui, |ui| {
            ui.label(words.text("review-sha256"));
            value_ui(ui, "SHA-256", &bundle.sha256(), &words.text("copy-sha256"))
        });
        action.or(copies.body_returned.flatten())
    });
    shown.inner
}

const MAX_NOTES: usize = 200;

/// How much each rule hid, in sentences of the rule table, and in which entries.
fn hidden_ui(ui: &mut Ui, manifest: &Manifest, overview: &Overview, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let title = words.with("review-hidden", &[("count", overview.hidden.into())]);
    if overview.by_rule.is_empty() {
        ui.label(title);
        return None;
    }
    let shown = egui::CollapsingHeader::new(title).id_salt("hidden").show(ui, |ui| {
        let mut action = None;
        for Hidden { rule, count, places, more_places } in &overview.by_rule {
            ui.add(egui::Label::new(format!("{count} × {}", rule.about(facts.language()))).wrap());
            ui.indent(rule.name, |ui| {
                ui.horizontal_wrapped(|ui| {
                    for (at, count) in places {
                        let name = &manifest.entries[*at].name;
                        let link = ui.link(format!("{name} ({count})"));
                        if link.clicked() {
                            action = Some(Action::Open(name.clone()));
                        }
                    }
                    if *more_places > 0 {
                        ui.label(words.with("review-more-places", &[("count", (*more_places).into())]));
                    }
                });
            });
        }
        action
    });
    shown.body_returned.flatten()
}

/// How much of money and method is shown. What is hidden by default stays so until the person says otherwise.
fn tiers_ui(ui: &mut Ui, review: &Review, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let tiers = review.wishes.tiers(&facts.reporter);
    let mut action = None;
    let rows = [
        (Money::Balances, "show-balances", tiers.balances),
        (Money::Strategy, "show-strategy", tiers.strategy),
    ];
    for (what, key, now) in rows {
        let name = words.text(key);
        ui.label(&name);
        ui.horizontal_wrapped(|ui| {
            for (tier, key) in [
                (Tier::Removed, "tier-removed"),
                (Tier::Bucketed, "tier-bucketed"),
                (Tier::Full, "tier-full"),
            ] {
                let choice = ui.radio(now == tier, words.text(key));
                let label = format!("{name}: {}", words.text(key));
                choice.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, now == tier, &label));
                if choice.clicked() {
                    action = Some(Action::Show(what, tier));
                }
            }
        });
    }
    action
}

/// A picture of the application, never taken without being asked for.
fn window_ui(ui: &mut Ui, offers: Offers, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let app = facts.reporter.app().name.as_str();
    ui.add_space(4.0);
    if !offers.has_window {
        ui.label(words.with("picture-by-hand", &[("app", app.into())]));
        return None;
    }
    let title = words.with("picture-take", &[("app", app.into())]);
    let button = ui.add(egui::Button::new(title).wrap());
    ui.label(words.text("picture-take-note"));
    button.clicked().then_some(Action::TakePicture)
}

/// Files that the person adds: dropped onto the window, or by their path.
fn attach_ui(ui: &mut Ui, review: &mut Review, offers: Offers, words: &Words) -> Option<Action> {
    let mut action = None;
    egui::CollapsingHeader::new(words.text("attach")).id_salt("attach").show(ui, |ui| {
        ui.label(words.text("attach-note"));
        action = choose_ui(ui, offers, words);
        field_ui(ui, &words.text("attach-path"), &mut review.path, 1);
        if is_narrow_button(ui, !review.path.trim().is_empty(), &words.text("attach-button")) {
            action = Some(Action::AttachTyped);
        }
    });
    // What was added is seen however it came.
    action.or(attached_ui(ui, &review.wishes, words))
}

/// Words that the person wants to have hidden everywhere.
fn hide_ui(ui: &mut Ui, review: &mut Review, words: &Words) -> Option<Action> {
    let mut action = None;
    let opened = egui::CollapsingHeader::new(words.text("hide")).id_salt("hide");
    opened.default_open(!review.wishes.hide.is_empty()).show(ui, |ui| {
        field_ui(ui, &words.text("hide-word"), &mut review.word, 1);
        ui.label(words.text("hide-note"));
        if is_narrow_button(ui, !review.word.trim().is_empty(), &words.text("hide-button")) {
            action = Some(Action::Hide);
        }
        for word in &review.wishes.hide {
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(words.with("hide-hidden", &[("word", word.as_str().into())])));
                let label = words.with("hide-undo-label", &[("word", word.as_str().into())]);
                if named_button_ui(ui, &words.text("hide-undo"), &label).clicked() {
                    action = Some(Action::Unhide(word.clone()));
                }
            });
        }
    });
    action
}
