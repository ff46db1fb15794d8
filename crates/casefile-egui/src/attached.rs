//! The files and pictures that the person adds.

use egui::Ui;

use crate::action::Action;
use crate::screen::{is_narrow_button, named_button_ui};
use crate::sealed::Wishes;
use crate::words::Words;

/// What the person can add files with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Offers {
    /// The system has a window for choosing files.
    pub(crate) can_choose: bool,
    /// The window behind the dialog is the application's, and can be photographed.
    pub(crate) has_window: bool,
}

/// A way to add some.
pub(crate) fn choose_ui(ui: &mut Ui, offers: Offers, words: &Words) -> Option<Action> {
    if !offers.can_choose {
        ui.label(words.text("attach-no-window"));
        return None;
    }
    is_narrow_button(ui, true, &words.text("attach-choose")).then_some(Action::ChooseFiles)
}

/// Their names, each with a way to take it back.
pub(crate) fn attached_ui(ui: &mut Ui, wishes: &Wishes, words: &Words) -> Option<Action> {
    let mut action = None;
    for path in &wishes.attachments {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        if added_ui(ui, &name, words) {
            action = Some(Action::Detach(path.clone()));
        }
    }
    for (at, picture) in wishes.pictures.iter().enumerate() {
        let is_dropped = ui.push_id(("picture", at), |ui| added_ui(ui, picture.name(), words)).inner;
        if is_dropped {
            action = Some(Action::DropPicture(at));
        }
    }
    action
}

/// One thing that is added; whether the person takes it back.
fn added_ui(ui: &mut Ui, name: &str, words: &Words) -> bool {
    let row = ui.horizontal_wrapped(|ui| {
        let label = words.with("attach-undo-label", &[("name", name.into())]);
        ui.add(egui::Label::new(name).wrap());
        named_button_ui(ui, &words.text("attach-undo"), &label).clicked()
    });
    row.inner
}
