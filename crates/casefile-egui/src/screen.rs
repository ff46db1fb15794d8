//! What all screens share: the frame with its buttons, fields, small things.

use egui::{Button, CentralPanel, Frame, Layout, Margin, Panel, RichText, ScrollArea, TextEdit, Ui};

use crate::action::Action;

/// Longest title, in characters.
pub(crate) const MAX_TITLE: usize = 200;
/// Longest text of any other field.
const MAX_TEXT: usize = 20_000;

/// A heading, a body that scrolls, and buttons that are always visible, with a line above them when there is
/// something to say. `name` keeps the places of two screens apart.
pub(crate) fn screen_ui(
    ui: &mut Ui,
    name: &str,
    heading: &str,
    line: &str,
    body: impl FnOnce(&mut Ui) -> Option<Action>,
    buttons: impl FnOnce(&mut Ui) -> Option<Action>,
) -> Option<Action> {
    let top = Panel::top(format!("casefile-{name}-top")).frame(Frame::NONE.inner_margin(MARGIN));
    top.show_separator_line(false).show(ui, |ui| {
        ui.add(egui::Label::new(RichText::new(heading).heading()).wrap());
    });
    let bottom = Panel::bottom(format!("casefile-{name}-bottom")).frame(Frame::NONE.inner_margin(MARGIN));
    let clicked = bottom.show(ui, |ui| {
        ui.add_space(4.0);
        if !line.is_empty() {
            ui.add(egui::Label::new(RichText::new(line).color(ui.visuals().warn_fg_color)).wrap());
        }
        // As high as the buttons: a layout from the right takes all the height that it is given.
        let row = egui::vec2(ui.available_width(), BUTTON.y);
        ui.allocate_ui_with_layout(row, Layout::right_to_left(egui::Align::Center), buttons).inner
    });
    let central = CentralPanel::default().frame(Frame::NONE);
    let chosen = central.show(ui, |ui| {
        let area = ScrollArea::vertical().id_salt(name).auto_shrink(false).content_margin(MARGIN);
        area.show(ui, body).inner
    });
    chosen.inner.or(clicked.inner)
}

const MARGIN: Margin = Margin { left: 8, right: 8, top: 4, bottom: 4 };

/// The button that goes on. The second click of a double click does not count: it was meant for the screen before,
/// and nobody agrees to send what he has not seen.
pub(crate) fn is_main_button(ui: &mut Ui, enabled: bool, text: &str) -> bool {
    let visuals = &ui.visuals().selection;
    let text = RichText::new(text).strong().color(visuals.stroke.color);
    let button = Button::new(text).fill(visuals.bg_fill).min_size(BUTTON);
    let response = ui.add_enabled(enabled, button);
    response.clicked() && !response.double_clicked() && !response.triple_clicked()
}

/// Any other button at the bottom.
pub(crate) fn is_button(ui: &mut Ui, text: &str) -> bool {
    ui.add(Button::new(text).min_size(BUTTON)).clicked()
}

/// A button beside what it is about.
pub(crate) fn is_narrow_button(ui: &mut Ui, enabled: bool, text: &str) -> bool {
    ui.add_enabled(enabled, Button::new(text)).clicked()
}

const BUTTON: egui::Vec2 = egui::vec2(96.0, 28.0);

/// A label above an input of its full width; more than one row makes it an input of several lines.
pub(crate) fn field_ui(ui: &mut Ui, label: &str, text: &mut String, rows: usize) -> egui::Response {
    let label = ui.strong(label);
    let edit = if rows == 1 {
        TextEdit::singleline(text).char_limit(MAX_TITLE)
    } else {
        TextEdit::multiline(text).desired_rows(rows).char_limit(MAX_TEXT)
    };
    ui.add(edit.desired_width(f32::INFINITY)).labelled_by(label.id)
}

/// Something that the person has to correct, or to know.
pub(crate) fn error_ui(ui: &mut Ui, text: &str) {
    ui.colored_label(ui.visuals().error_fg_color, text);
}

/// A long value without spaces, and a button that copies it.
pub(crate) fn value_ui(ui: &mut Ui, label: &str, value: &str, copy: &str) -> Option<Action> {
    ui.strong(label);
    ui.add(egui::Label::new(RichText::new(value).monospace()).wrap());
    is_narrow_button(ui, true, copy).then(|| Action::Copy(value.to_owned()))
}

/// A bar that says what it measures. Draws no animation: nothing moves but the work.
pub(crate) fn progress_ui(ui: &mut Ui, text: &str, share: f32) {
    ui.label(text);
    let bar = ui.add(egui::ProgressBar::new(share.clamp(0.0, 1.0)));
    bar.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(egui::accesskit::Role::ProgressIndicator, true, text);
        info.value = Some(f64::from((share.clamp(0.0, 1.0) * 100.0).floor()));
        info
    });
}

#[cfg(test)]
mod tests {
    use egui::{Event, Modifiers, PointerButton, Role};
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable as _;

    use super::*;

    #[test]
    fn of_a_double_click_only_the_first_one_counts() {
        let draw = |ui: &mut Ui, clicks: &mut u32| *clicks += u32::from(is_main_button(ui, true, "Next"));
        let mut harness = Harness::builder().with_step_dt(0.05).build_ui_state(draw, 0);
        harness.run();
        let pos = harness.get_by_role_and_label(Role::Button, "Next").rect().center();
        harness.event(Event::PointerMoved(pos));
        for _ in 0..2 {
            for pressed in [true, false] {
                let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
                harness.event(Event::PointerButton { pos, button, pressed, modifiers });
                harness.step();
            }
        }
        assert_eq!(*harness.state(), 1);
    }
}
