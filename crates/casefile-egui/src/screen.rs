//! What all screens share: the frame with its buttons, fields, small things.

use egui::{
    Button, Frame, Label, Layout, Margin, Panel, Rect, RichText, ScrollArea, TextEdit, Ui, UiBuilder,
};

use crate::action::Action;
use crate::facts::Facts;

/// Longest title, in characters.
pub(crate) const MAX_TITLE: usize = 200;
/// Longest text of any other field.
const MAX_TEXT: usize = 20_000;

/// What stands around a body.
pub(crate) struct Screen<'a> {
    /// Keeps the places of two screens apart.
    pub(crate) name: &'a str,
    pub(crate) heading: &'a str,
    pub(crate) part: Part,
    /// Above the buttons, when there is something to say.
    pub(crate) line: &'a str,
}

/// Which part of the way a screen belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Describe,
    Review,
    Send,
    /// Beside the way.
    Aside,
}

impl<'a> Screen<'a> {
    pub(crate) fn new(name: &'a str, heading: &'a str, part: Part) -> Self {
        Self { name, heading, part, line: "" }
    }
}

/// A heading, a body that scrolls, and buttons that are always visible. In a wide window all of it stands in the middle:
/// nobody reads lines of a hundred words.
pub(crate) fn screen_ui(
    ui: &mut Ui,
    screen: &Screen<'_>,
    facts: &Facts,
    body: impl FnOnce(&mut Ui) -> Option<Action>,
    buttons: impl FnOnce(&mut Ui) -> Option<Action>,
) -> Option<Action> {
    let Screen { name, heading, part, line } = *screen;
    let top = Panel::top(format!("casefile-{name}-top")).frame(Frame::NONE.inner_margin(MARGIN));
    let aside = top.show_separator_line(false).show(ui, |ui| {
        centred_ui(ui, |ui| {
            let label = ui.add(Label::new(RichText::new(heading).heading().strong()).wrap());
            ui.ctx().accesskit_node_builder(label.id, |node| {
                node.set_role(egui::accesskit::Role::Heading);
                node.set_label(heading);
            });
            way_ui(ui, part, facts)
        })
    });
    // The body is drawn before the buttons below it, so that the Tab key and a screen reader come to them last. How high
    // they are is known from the frame before.
    let whole = ui.available_rect_before_wrap();
    let remembered = ui.scope_id().with(("casefile-bottom", name));
    let height: f32 = ui.data(|data| data.get_temp(remembered)).unwrap_or(BUTTON.y + 16.0);
    let edge = (whole.bottom() - height).max(whole.top());
    let body_rect = Rect::from_min_max(whole.min, egui::pos2(whole.right(), edge));
    let chosen = ui.scope_builder(UiBuilder::new().max_rect(body_rect), |ui| {
        ui.set_clip_rect(ui.clip_rect().intersect(body_rect));
        let area = ScrollArea::vertical().id_salt(name).auto_shrink(false).content_margin(MARGIN);
        let shown = area.show(ui, |ui| {
            let action = centred_ui(ui, body);
            follow_focus(ui);
            action
        });
        shown.inner
    });
    let bottom_rect = Rect::from_min_max(egui::pos2(whole.left(), edge), whole.max);
    ui.painter().hline(bottom_rect.x_range(), edge, ui.visuals().widgets.noninteractive.bg_stroke);
    let clicked = ui.scope_builder(UiBuilder::new().max_rect(bottom_rect), |ui| {
        Frame::NONE.inner_margin(MARGIN).show(ui, |ui| buttons_ui(ui, name, line, buttons)).inner
    });
    let used = clicked.response.rect.height();
    if (used - height).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(remembered, used));
        ui.ctx().request_discard("the buttons take another height");
    }
    chosen.inner.or(clicked.inner).or(aside.inner)
}

/// What there is to say, and the buttons below it.
fn buttons_ui(
    ui: &mut Ui,
    name: &str,
    line: &str,
    buttons: impl FnOnce(&mut Ui) -> Option<Action>,
) -> Option<Action> {
    centred_ui(ui, |ui| {
        ui.add_space(4.0);
        if !line.is_empty() {
            let label = ui.add(Label::new(RichText::new(line).color(ui.visuals().warn_fg_color)).wrap());
            announce(ui, &label, egui::accesskit::Live::Polite);
        }
        // As high as the buttons: a layout from the right takes all the height that it is given.
        let row = egui::vec2(ui.available_width(), BUTTON.y);
        let layout = Layout::right_to_left(egui::Align::Center).with_main_wrap(true);
        // The line above comes and goes, the buttons stay the same ones: whoever has the keyboard there keeps it.
        let id = ui.scope_id().with(("buttons", name));
        let stable = UiBuilder::new().scope_id(id);
        ui.scope_builder(stable, |ui| ui.allocate_ui_with_layout(row, layout, buttons).inner).inner
    })
}

/// Scrolls to what the keyboard has moved to; egui leaves that to its users.
fn follow_focus(ui: &Ui) {
    let Some(focused) = ui.ctx().memory(egui::Memory::focused) else { return };
    let is_new = !ui.ctx().memory(|memory| memory.had_focus_last_frame(focused));
    let is_outside = ui.ctx().data(|data| data.get_temp(egui::Id::unique(OUTSIDE))) == Some(focused);
    if is_new
        && !is_outside
        && let Some(response) = ui.ctx().read_response(focused)
    {
        ui.scroll_to_rect(response.rect, None);
    }
}

/// Remembers that the keyboard is at something that does not scroll.
fn stays_outside(response: &egui::Response) {
    if response.has_focus() {
        response.ctx.data_mut(|data| data.insert_temp(egui::Id::unique(OUTSIDE), response.id));
    }
}

/// The widget around the body that has the keyboard.
const OUTSIDE: &str = "casefile-outside";

/// Wider lines are hard to read.
const MAX_WIDTH: f32 = 760.0;

fn centred_ui<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let room = ui.available_width();
    if room <= MAX_WIDTH {
        return ui.vertical(add).inner;
    }
    let place = ui.available_rect_before_wrap();
    let left = place.left() + (room - MAX_WIDTH) / 2.0;
    let place =
        egui::Rect::from_min_max(egui::pos2(left, place.top()), egui::pos2(left + MAX_WIDTH, place.bottom()));
    ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
        ui.set_min_width(MAX_WIDTH);
        add(ui)
    })
    .inner
}

const MARGIN: Margin = Margin { left: 8, right: 8, top: 4, bottom: 4 };

/// Where the report is on its way, and the two screens beside it.
fn way_ui(ui: &mut Ui, part: Part, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let mut action = None;
    if part == Part::Aside {
        return None;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        for (at, (step, key)) in
            [(Part::Describe, "part-describe"), (Part::Review, "part-review"), (Part::Send, "part-send")]
                .into_iter()
                .enumerate()
        {
            if at > 0 {
                ui.weak("›");
            }
            let text = RichText::new(format!("{} {}", at + 1, words.text(key)));
            if step == part {
                ui.label(text.strong())
            } else {
                ui.weak(text.text())
            };
        }
        ui.add_space(12.0);
        for (key, shows) in [("show-ways", Action::ShowWays), ("show-reports", Action::ShowReports)] {
            let link = ui.link(words.text(key));
            ui.add_space(6.0);
            stays_outside(&link);
            if link.clicked() {
                action = Some(shows);
            }
        }
    });
    action
}

/// Has a screen reader say it when it appears or changes.
pub(crate) fn announce(ui: &Ui, response: &egui::Response, how: egui::accesskit::Live) {
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(how));
}

/// The button that goes on. The second click of a double click does not count: it was meant for the screen before,
/// and nobody agrees to send what he has not seen.
pub(crate) fn is_main_button(ui: &mut Ui, enabled: bool, text: &str) -> bool {
    let visuals = &ui.visuals().selection;
    let text = RichText::new(text).strong().color(visuals.stroke.color);
    let button = Button::new(text).fill(visuals.bg_fill).min_size(BUTTON);
    let response = ui.add_enabled(enabled, button);
    stays_outside(&response);
    response.clicked() && !response.double_clicked() && !response.triple_clicked()
}

/// Any other button at the bottom.
pub(crate) fn is_button(ui: &mut Ui, text: &str) -> bool {
    let response = ui.add(Button::new(text).min_size(BUTTON));
    stays_outside(&response);
    response.clicked()
}

/// A button beside what it is about.
pub(crate) fn is_narrow_button(ui: &mut Ui, enabled: bool, text: &str) -> bool {
    ui.add_enabled(enabled, Button::new(text)).clicked()
}

/// A button whose text alone does not say what it is about.
pub(crate) fn named_button_ui(ui: &mut Ui, text: &str, label: &str) -> egui::Response {
    let button = ui.button(text);
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, label));
    button
}

const BUTTON: egui::Vec2 = egui::vec2(96.0, 28.0);

/// A label above an input of its full width; more than one row makes it an input of several lines.
pub(crate) fn field_ui(ui: &mut Ui, label: &str, text: &mut String, rows: usize) -> egui::Response {
    let edit = if rows == 1 {
        TextEdit::singleline(text).char_limit(MAX_TITLE)
    } else {
        TextEdit::multiline(text).desired_rows(rows).char_limit(MAX_TEXT)
    };
    labelled_ui(ui, label, edit)
}

/// As [`field_ui`] with a few lines, for a text of a length of its own.
pub(crate) fn text_ui(ui: &mut Ui, label: &str, text: &mut String, max_chars: usize) -> egui::Response {
    labelled_ui(ui, label, TextEdit::multiline(text).desired_rows(4).char_limit(max_chars))
}

fn labelled_ui(ui: &mut Ui, label: &str, edit: TextEdit<'_>) -> egui::Response {
    let name = ui.strong(label);
    // What is shown above it may come and go while somebody writes.
    let id = ui.scope_id().with(("field", label));
    // Where nothing is written yet, the edge is all that says that there is a field.
    let edge = ui.visuals().weak_text_color();
    let stroke = &mut ui.visuals_mut().widgets.inactive.bg_stroke;
    let before = std::mem::replace(stroke, egui::Stroke::new(1.0, edge));
    let field = ui.add(edit.id(id).desired_width(f32::INFINITY)).labelled_by(name.id);
    ui.visuals_mut().widgets.inactive.bg_stroke = before;
    field
}

/// Something that the person has to correct, or to know.
pub(crate) fn error_ui(ui: &mut Ui, text: &str) {
    let label = ui.add(Label::new(RichText::new(text).color(ui.visuals().error_fg_color)).wrap());
    announce(ui, &label, egui::accesskit::Live::Assertive);
}

/// What became of something, in plain letters: a screen reader says it when it has time.
pub(crate) fn told_ui(ui: &mut Ui, text: &str) {
    let label = ui.add(Label::new(text).wrap());
    announce(ui, &label, egui::accesskit::Live::Polite);
}

/// Something good, or at least no mistake: a screen reader says it when it has time.
pub(crate) fn news_ui(ui: &mut Ui, text: &str) {
    let label = ui.add(Label::new(RichText::new(text).strong()).wrap());
    announce(ui, &label, egui::accesskit::Live::Polite);
}

/// An address that somebody else gave: only a web page is made a link.
pub(crate) fn link_ui(ui: &mut Ui, url: &str) {
    if url.starts_with("https://") || url.starts_with("http://") {
        ui.hyperlink(url);
    } else {
        ui.add(Label::new(url).wrap());
    }
}

/// A long value without spaces, and a button that copies it.
pub(crate) fn value_ui(ui: &mut Ui, label: &str, value: &str, copy: &str) -> Option<Action> {
    ui.strong(label);
    ui.add(Label::new(RichText::new(value).monospace()).wrap());
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
