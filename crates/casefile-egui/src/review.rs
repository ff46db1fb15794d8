//! The second screen: everything that the sealed bundle holds, and nothing else.

use casefile::bundle::{Entry, Manifest};
use casefile::redact::rules;
use egui::{Align, Checkbox, Layout, RichText, Role, Ui, WidgetInfo};

use crate::action::Action;
use crate::facts::Facts;
use crate::screen::{field_ui, is_button, is_main_button, is_narrow_button, screen_ui, value_ui};
use crate::sealed::MANIFEST;
use crate::stage::Review;
use crate::words::Words;

/// Entries in one page of the list.
pub(crate) const LISTED: usize = 100;

pub(crate) fn review_ui(ui: &mut Ui, review: &mut Review, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let is_as_wished = review.is_as_wished();
    let body = |ui: &mut Ui| {
        ui.label(words.text("review-intro"));
        ui.add_space(8.0);
        let mut action = summary_ui(ui, review, facts);
        ui.separator();
        action = action.or(entries_ui(ui, review, facts));
        ui.separator();
        action.or(hide_ui(ui, review, words))
    };
    let line = if is_as_wished { String::new() } else { words.text("review-changed") };
    screen_ui(ui, "review", &words.text("review-heading"), &line, body, |ui| {
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
    let reader = facts.vendor().into();
    ui.label(match facts.reporter.portal() {
        Some(portal) => words.with("review-reader", &[("vendor", reader), ("portal", portal.into())]),
        None => words.with("review-no-portal", &[("vendor", reader)]),
    });
    let manifest = bundle.manifest();
    let stored = manifest.entries.iter().filter(|entry| entry.status.is_stored());
    let (count, bytes) = stored.fold((1_u64, review.sealed.manifest_bytes), |(count, bytes), entry| {
        (count + 1, bytes.saturating_add(entry.bytes))
    });
    let sizes = [
        ("count", count.into()),
        ("packed", words.size(bundle.bytes()).into()),
        ("unpacked", words.size(bytes).into()),
    ];
    ui.label(words.with("review-size", &sizes));
    hidden_ui(ui, manifest, facts);
    if !manifest.notes.is_empty() {
        let title = words.with("review-notes", &[("count", manifest.notes.len().into())]);
        ui.collapsing(title, |ui| {
            for note in &manifest.notes {
                ui.label(format!("{}: {}", note.about, words.reason(&note.text)));
            }
        });
    }
    ui.add_space(4.0);
    value_ui(ui, "SHA-256", &bundle.sha256(), &words.text("copy-sha256"))
}

/// How much each rule hid, in sentences of the rule table.
fn hidden_ui(ui: &mut Ui, manifest: &Manifest, facts: &Facts) {
    let hits = manifest.hits();
    let title = facts.words.with("review-hidden", &[("count", manifest.hidden().into())]);
    if hits.is_empty() {
        ui.label(title);
        return;
    }
    egui::CollapsingHeader::new(title).id_salt("hidden").show(ui, |ui| {
        for rule in rules() {
            if let Some(count) = hits.get(rule.name) {
                ui.label(format!("{count} × {}", rule.about(facts.language())));
            }
        }
    });
}

fn entries_ui(ui: &mut Ui, review: &Review, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let mut action = None;
    let bundle = &review.sealed.draft.bundle;
    let entries = &bundle.manifest().entries;
    ui.strong(words.text("review-entries"));
    if entries.len() > LISTED {
        action = pages_ui(ui, review.list, entries.len(), words);
    }
    if review.list == 0 {
        let size = review.sealed.manifest_bytes;
        action = action.or(row_ui(ui, MANIFEST, size, Tick::Fixed, "", words));
    }
    for entry in entries.iter().skip(review.list * LISTED).take(LISTED) {
        let note = note_of(entry, words);
        let wanted = !review.wishes.leave_out.contains(&entry.name);
        // Only a person's own choice can be taken back here; what could not be read cannot be ticked.
        let is_choice = entry.status.is_stored() || review.sealed.wishes.leave_out.contains(&entry.name);
        let tick = match (entry.source.as_str(), is_choice) {
            ("casefile", _) => Tick::Fixed,
            (_, true) => Tick::Free { wanted, is_there: entry.status.is_stored() },
            (_, false) => Tick::Absent,
        };
        action = action.or(row_ui(ui, &entry.name, entry.bytes, tick, &note, words));
    }
    action
}

/// Whether an entry can be taken and left out.
#[derive(Clone, Copy)]
enum Tick {
    /// Part of every report.
    Fixed,
    /// The person decides.
    Free { wanted: bool, is_there: bool },
    /// It is not there to be taken.
    Absent,
}

/// One entry: tick, name, size, a way to read it; below, what was hidden or why it is not whole.
fn row_ui(ui: &mut Ui, name: &str, bytes: u64, tick: Tick, note: &str, words: &Words) -> Option<Action> {
    let mut action = None;
    let is_there = matches!(tick, Tick::Fixed | Tick::Free { is_there: true, .. });
    ui.push_id(name, |ui| {
        let line = egui::vec2(ui.available_width(), ui.spacing().interact_size.y);
        ui.allocate_ui_with_layout(line, Layout::right_to_left(Align::Center), |ui| {
            if is_there {
                let shows = ui.button(words.text("open-entry"));
                let label = words.with("open-entry-label", &[("name", name.into())]);
                shows.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
                if shows.clicked() {
                    action = Some(Action::Open(name.to_owned()));
                }
                ui.label(words.size(bytes));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let (mut wanted, enabled) = match tick {
                    Tick::Fixed => (true, false),
                    Tick::Free { wanted, .. } => (wanted, true),
                    Tick::Absent => (false, false),
                };
                let ticked = ui.add_enabled(enabled, Checkbox::without_text(&mut wanted));
                let label = words.with("take-entry-label", &[("name", name.into())]);
                ticked.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, wanted, &label));
                if ticked.changed() {
                    action = Some(Action::Take(name.to_owned(), wanted));
                }
                let text = if is_there { RichText::new(name) } else { RichText::new(name).weak() };
                ui.add(egui::Label::new(text).truncate());
            });
        });
        if !note.is_empty() {
            ui.indent("note", |ui| ui.label(note));
        }
    });
    action
}

/// What was hidden in an entry, and why it is not whole.
fn note_of(entry: &Entry, words: &Words) -> String {
    let mut parts = Vec::new();
    if entry.hidden() > 0 {
        let rules: Vec<String> = entry.hits.iter().map(|(rule, count)| format!("{rule} {count}")).collect();
        let values = [("count", entry.hidden().into()), ("rules", rules.join(", ").into())];
        parts.push(words.with("entry-hidden", &values));
    }
    if let Some([from, to]) = entry.kept {
        let kept = words.size(to.saturating_sub(from));
        let values = [("kept", kept.into()), ("whole", words.size(entry.read_bytes).into())];
        parts.push(words.with("entry-cut", &values));
    }
    if let Some(reason) = &entry.reason {
        parts.push(words.reason(reason));
    }
    parts.join(" · ")
}

fn pages_ui(ui: &mut Ui, page: usize, count: usize, words: &Words) -> Option<Action> {
    let mut action = None;
    let last = count.saturating_sub(1) / LISTED;
    ui.horizontal_wrapped(|ui| {
        if is_narrow_button(ui, page > 0, &words.text("previous")) {
            action = Some(Action::List(page - 1));
        }
        if is_narrow_button(ui, page < last, &words.text("next-page")) {
            action = Some(Action::List(page + 1));
        }
        let from = page * LISTED + 1;
        let to = count.min((page + 1) * LISTED);
        let values = [("from", from.into()), ("to", to.into()), ("count", count.into())];
        ui.label(words.with("review-range", &values));
    });
    action
}

/// Words that the person wants to have hidden everywhere.
fn hide_ui(ui: &mut Ui, review: &mut Review, words: &Words) -> Option<Action> {
    let mut action = None;
    field_ui(ui, &words.text("hide-word"), &mut review.word, 1);
    ui.label(words.text("hide-note"));
    if is_narrow_button(ui, !review.word.trim().is_empty(), &words.text("hide-button")) {
        action = Some(Action::Hide);
    }
    for word in &review.wishes.hide {
        ui.horizontal_wrapped(|ui| {
            ui.label(words.with("hide-hidden", &[("word", word.as_str().into())]));
            let removes = ui.button(words.text("hide-undo"));
            let label = words.with("hide-undo-label", &[("word", word.as_str().into())]);
            removes.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
            if removes.clicked() {
                action = Some(Action::Unhide(word.clone()));
            }
        });
    }
    action
}
