//! Advice about secrets that stood in a log: hidden from support, and known to whoever has read the log before.

use casefile::advice::{Exposed, Rotation};
use egui::{Label, Ui};

use crate::facts::Facts;
use crate::screen::link_ui;

/// Files that are named; of more there is a number.
const SHOWN_FILES: usize = 3;

/// What has to be replaced, and where.
pub(super) fn rotate_ui(ui: &mut Ui, rotations: &[Rotation], facts: &Facts) {
    let words = &facts.words;
    if rotations.is_empty() {
        return;
    }
    let frame = egui::Frame::group(ui.style()).fill(ui.visuals().faint_bg_color);
    frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.add(Label::new(egui::RichText::new(words.text("rotate")).strong()).wrap());
        for rotation in rotations {
            let files = files_of(&rotation.entries, facts);
            let text = match (rotation.exposed, rotation.venue) {
                (Exposed::ExchangeKey, Some(venue)) => {
                    words.with("rotate-key-at", &[("venue", venue.name.into()), ("files", files.into())])
                }
                (Exposed::ExchangeKey, None) => words.with("rotate-key", &[("files", files.into())]),
                (Exposed::Wallet, _) => words.with("rotate-wallet", &[("files", files.into())]),
                (Exposed::Messenger, _) => words.with("rotate-messenger", &[("files", files.into())]),
                (_, _) => words.with("rotate-password", &[("files", files.into())]),
            };
            ui.add_space(4.0);
            ui.add(Label::new(text).wrap());
            if let Some(venue) = rotation.venue {
                link_ui(ui, venue.keys_page);
            }
        }
    });
    ui.add_space(8.0);
}

fn files_of(entries: &[String], facts: &Facts) -> String {
    let mut text = entries.iter().take(SHOWN_FILES).cloned().collect::<Vec<_>>().join(", ");
    if let Some(more) = entries.len().checked_sub(SHOWN_FILES).filter(|more| *more > 0) {
        text.push(' ');
        text.push_str(&facts.words.with("review-more-places", &[("count", more.into())]));
    }
    text
}
