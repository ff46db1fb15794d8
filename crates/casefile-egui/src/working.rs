//! The screens of work that runs: sealing, keeping, sending.

use casefile::{Progress, Step};
use egui::Ui;

use crate::action::Action;
use crate::facts::Facts;
use crate::screen::{Part, Screen, is_button, is_main_button, progress_ui, screen_ui};
use crate::words::Words;

pub(crate) fn sealing_ui(ui: &mut Ui, progress: &Progress, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let body = |ui: &mut Ui| {
        ui.label(words.text("sealing-intro"));
        ui.add_space(8.0);
        step_ui(ui, progress, words);
        None
    };
    let heading = words.text("sealing-heading");
    let screen = Screen::new("sealing", &heading, Part::Review);
    screen_ui(ui, &screen, facts, body, |ui| cancel_ui(ui, progress, words))
}

pub(crate) fn keeping_ui(ui: &mut Ui, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let body = |ui: &mut Ui| {
        ui.label(words.text("keeping-intro"));
        None
    };
    let heading = words.text("sending-heading");
    screen_ui(ui, &Screen::new("keeping", &heading, Part::Send), facts, body, |_| None)
}

pub(crate) fn sending_ui(ui: &mut Ui, progress: &Progress, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let body = |ui: &mut Ui| {
        ui.label(words.text("sending-intro"));
        ui.add_space(8.0);
        step_ui(ui, progress, words);
        None
    };
    let heading = words.text("sending-heading");
    screen_ui(ui, &Screen::new("sending", &heading, Part::Send), facts, body, |ui| {
        let closes = is_main_button(ui, true, &words.text("keep-and-close"));
        let cancels = cancel_ui(ui, progress, words);
        if closes { Some(Action::Close) } else { cancels }
    })
}

fn cancel_ui(ui: &mut Ui, progress: &Progress, words: &Words) -> Option<Action> {
    let is_cancelled = progress.is_cancelled();
    let text = if is_cancelled { words.text("cancelling") } else { words.text("cancel") };
    (is_button(ui, &text) && !is_cancelled).then_some(Action::Cancel)
}

/// The step, and how much of it is done when that is known.
fn step_ui(ui: &mut Ui, progress: &Progress, words: &Words) {
    let (done, total) = (progress.done_bytes(), progress.total_bytes());
    let step = words.text(match progress.step() {
        Step::Collecting => "step-collecting",
        Step::Sealing => "step-sealing",
        Step::Registering => "step-registering",
        Step::Sending => "step-sending",
        Step::Done => "step-done",
    });
    if total == 0 {
        let share = if progress.step() == Step::Done { 1.0 } else { 0.0 };
        return progress_ui(ui, &step, share);
    }
    // The total is an estimate: a log may have grown since it was listed.
    let done = done.min(total);
    let values =
        [("step", step.into()), ("done", words.size(done).into()), ("total", words.size(total).into())];
    #[expect(clippy::cast_possible_truncation, reason = "a share of the width of a bar")]
    progress_ui(ui, &words.with("step-bytes", &values), (done as f64 / total as f64) as f32);
}
