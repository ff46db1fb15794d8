//! The list of entries. Only the rows that can be seen are made: a bundle has many thousand entries.

use casefile::bundle::{Entry, Manifest};
use egui::{Align, Checkbox, Layout, RichText, Role, Ui, WidgetInfo};

use crate::action::Action;
use crate::facts::Facts;
use crate::screen::named_button_ui;
use crate::sealed::MANIFEST;
use crate::stage::Review;
use crate::words::Words;

pub(super) fn entries_ui(ui: &mut Ui, review: &Review, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let mut action = None;
    let manifest = review.sealed.draft.bundle.manifest();
    ui.strong(words.text("review-entries"));
    // The manifest is no entry of its own list, and comes first.
    let count = manifest.entries.len() + 1;
    let line = ui.text_style_height(&egui::TextStyle::Body);
    let button = ui.spacing().interact_size.y;
    let gap = ui.spacing().item_spacing.y;
    // Every row is as high as the highest, so that its place follows from its number.
    let height = button + line + 2.0 * gap;
    let top = ui.cursor().top();
    let clip = ui.clip_rect();
    // One more at each end: the Tab key moves from row to row, and needs the next one to be there.
    let first = row_at(clip.top() - top, height).saturating_sub(1).min(count);
    let last = (row_at(clip.bottom() - top, height) + 2).min(count);
    let width = ui.available_width();
    let (place, _) = ui.allocate_exact_size(egui::vec2(width, rows(count) * height), egui::Sense::hover());
    for at in first..last {
        let corner = egui::pos2(place.left(), place.top() + rows(at) * height);
        let row = egui::Rect::from_min_size(corner, egui::vec2(width, height));
        let builder = egui::UiBuilder::new().max_rect(row).id_salt(("entry", at));
        let shown = ui.scope_builder(builder, |ui| match at.checked_sub(1) {
            None => {
                let size = review.sealed.overview.manifest_bytes;
                row_ui(ui, MANIFEST, size, Tick::Fixed, "", words)
            }
            Some(at) => entry_row_ui(ui, manifest, at, review, words),
        });
        action = action.or(shown.inner);
    }
    action
}

/// The row at this height, counted from 0.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place on a screen")]
fn row_at(y: f32, height: f32) -> usize {
    (y / height).max(0.0) as usize
}

fn rows(count: usize) -> f32 {
    count as f32
}

fn entry_row_ui(
    ui: &mut Ui,
    manifest: &Manifest,
    at: usize,
    review: &Review,
    words: &Words,
) -> Option<Action> {
    let entry = &manifest.entries[at];
    let wanted = !review.wishes.leave_out.contains(&entry.name);
    // Only a person's own choice can be taken back here; what could not be read cannot be ticked.
    let is_choice = entry.status.is_stored() || review.sealed.wishes.leave_out.contains(&entry.name);
    let tick = match (entry.source.as_str(), is_choice) {
        ("casefile", _) => Tick::Fixed,
        (_, true) => Tick::Free { wanted, is_there: entry.status.is_stored() },
        (_, false) => Tick::Absent,
    };
    row_ui(ui, &entry.name, entry.bytes, tick, &note_of(entry, words), words)
}

const NOTE_SIZE: f32 = 11.5;

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
    let line = egui::vec2(ui.available_width(), ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(line, Layout::right_to_left(Align::Center), |ui| {
        if is_there {
            let label = words.with("open-entry-label", &[("name", name.into())]);
            if named_button_ui(ui, &words.text("open-entry"), &label).clicked() {
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
        ui.indent("note", |ui| ui.add(egui::Label::new(RichText::new(note).size(NOTE_SIZE)).truncate()));
    }
    action
}

/// What was hidden in an entry, and why it is not whole.
fn note_of(entry: &Entry, words: &Words) -> String {
    let mut parts = Vec::new();
    if entry.is_picture() {
        parts.push(words.text("entry-picture"));
    }
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
