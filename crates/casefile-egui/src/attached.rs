//! The files that the person adds.

use std::collections::BTreeSet;
use std::path::PathBuf;

use egui::Ui;

use crate::action::Action;
use crate::screen::{is_narrow_button, named_button_ui};
use crate::words::Words;

/// Their names, each with a way to take it back, and a way to add more.
pub(crate) fn attached_ui(
    ui: &mut Ui,
    attachments: &BTreeSet<PathBuf>,
    can_choose: bool,
    words: &Words,
) -> Option<Action> {
    let mut action = None;
    if !can_choose {
        ui.label(words.text("attach-no-window"));
    } else if is_narrow_button(ui, true, &words.text("attach-choose")) {
        action = Some(Action::ChooseFiles);
    }
    for path in attachments {
        ui.horizontal_wrapped(|ui| {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            let label = words.with("attach-undo-label", &[("name", name.as_str().into())]);
            ui.add(egui::Label::new(name).wrap());
            if named_button_ui(ui, &words.text("attach-undo"), &label).clicked() {
                action = Some(Action::Detach(path.clone()));
            }
        });
    }
    action
}
