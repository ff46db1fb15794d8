//! Pictures: looked at, blacked out, sealed as they were seen.

use std::io::Read as _;
use std::path::PathBuf;
use std::sync::Arc;

use egui::{Color32, ColorImage, Key, Modifiers, PointerButton, Pos2, ViewportCommand, ViewportId};

use super::*;
use crate::action::Action;
use crate::aside::Aside;
use crate::pixels::{Pixels, from_png};

/// White, 400 by 200.
fn file(opened: &Opened) -> PathBuf {
    let path = opened.home.path().join("screen.png");
    let picture = Pixels::new(400, 200, vec![255; 400 * 200 * 3]).into_picture("a", "x").unwrap();
    fs::write(&path, picture.png()).unwrap();
    path
}

impl Opened {
    fn apply(&mut self, action: Action) {
        let ctx = self.harness.ctx.clone();
        self.harness.state_mut().dialog.apply(action, &ctx);
        self.wait();
    }

    fn sent_picture(&self, name: &str) -> Pixels {
        let mut png = Vec::new();
        self.bundle().read(name).unwrap().read_to_end(&mut png).unwrap();
        from_png(&png).unwrap()
    }

    /// A movement of the mouse with its button down, in points of the picture.
    fn draw(&mut self, label: &str, from: Pos2, to: Pos2) {
        let place = self.harness.get_by_label_contains(label).rect();
        let [from, to] = [from, to].map(|at| place.min + at.to_vec2());
        let button = |pos, pressed| egui::Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        for event in [egui::Event::PointerMoved(from), button(from, true), egui::Event::PointerMoved(to)] {
            self.harness.event(event);
            self.harness.step();
        }
        self.harness.event(button(to, false));
        self.harness.run();
    }

    /// The window is asked for its picture in this frame.
    fn asked_for_picture(&self) -> Option<egui::ScreenshotCallback> {
        let commands = &self.harness.output().viewport_output.get(&ViewportId::ROOT)?.commands;
        commands.iter().find_map(|command| match command {
            ViewportCommand::Screenshot(callback) => Some(callback.clone()),
            _ => None,
        })
    }
}

#[test]
fn a_picture_is_added_as_it_was_seen_and_is_black_where_it_was_covered() {
    let mut opened = open(prefill(Language::En), Portal::Accepts);
    opened.press_and_wait("Next");
    let path = file(&opened);
    opened.apply(Action::Attach(vec![path]));
    assert!(opened.says("A picture cannot be searched for secrets"));
    opened.press("Add a black area");
    opened.harness.run();
    // By keyboard: the area reaches one pixel further to the right.
    opened.harness.get_by_role_and_label(Role::SpinButton, "Area 1 left").focus();
    opened.harness.run();
    opened.harness.key_press(Key::ArrowUp);
    opened.harness.run();
    opened.draw("screen, 400", Pos2::new(10.0, 10.0), Pos2::new(40.0, 30.0));
    assert!(opened.says("black areas: 2"));
    opened.press_and_wait("Use the picture");
    assert!(!opened.has_button("Send") && opened.says("screen.png"));
    opened.press_and_wait("Apply changes");

    let sent = opened.sent_picture("attachments/screen.png");
    for (at, seen) in [((100, 100), 255), ((101, 100), 0), ((20, 20), 0), ((60, 20), 255), ((399, 199), 255)]
    {
        assert_eq!(sent.at(at.0, at.1), [seen; 3], "{at:?}");
    }
    assert!(opened.says("A picture: it cannot be searched for secrets"));
    opened.press_and_wait("Show attachments/screen.png");
    assert!(opened.says("attachments/screen.png, 400 × 200"));
    opened.press("Back to the list");
    opened.harness.run();

    // Taken back, it is gone, and nothing was collected again.
    fs::write(opened.home.path().join("logs/new.log"), "new").unwrap();
    opened.press("Do not add screen.png");
    opened.harness.run();
    opened.press_and_wait("Apply changes");
    assert!(opened.bundle().manifest().entry("attachments/screen.png").is_none());
    assert!(opened.bundle().manifest().entry("logs/new.log").is_none());
}

#[test]
fn the_window_is_photographed_when_it_is_asked_for_and_without_the_dialog() {
    let mut opened = open(prefill(Language::En), Portal::Accepts);
    opened.press_and_wait("Next");
    assert!(opened.asked_for_picture().is_none());
    opened.press("Add a picture of Grid Bot's window …");
    opened.harness.step();
    let callback = opened.asked_for_picture().expect("the window is asked");
    assert!(!opened.says("What will be sent"), "the dialog would be in the picture");
    callback.complete(Arc::new(ColorImage::filled([30, 20], Color32::RED)));
    opened.wait();
    assert!(opened.says("window, 30 × 20, black areas: 0") && opened.asked_for_picture().is_none());
    opened.harness.key_press_modifiers(Modifiers::CTRL, Key::Enter);
    opened.harness.step();
    opened.wait();
    opened.press_and_wait("Apply changes");
    assert_eq!(opened.sent_picture("attachments/window.png").at(29, 19), [255, 0, 0]);
}

#[test]
fn a_window_that_gives_no_picture_is_no_dead_end() {
    let mut opened = open(prefill(Language::En), Portal::Accepts);
    opened.press_and_wait("Next");
    opened.press("Add a picture of Grid Bot's window …");
    opened.harness.run_steps(20);
    assert!(opened.says("This system gives no picture of the window."));
    opened.press("Do not add it");
    opened.harness.run();
    assert!(opened.says("What will be sent") && opened.has_button("Send"));
}

#[test]
fn pictures_wait_until_each_was_looked_at_and_what_is_none_says_so() {
    let mut opened = open(prefill(Language::En), Portal::Accepts);
    let (path, broken) = (file(&opened), opened.home.path().join("broken.JPG"));
    fs::write(&broken, "no picture").unwrap();
    let note = opened.home.path().join("note.txt");
    fs::write(&note, "a note").unwrap();
    opened.apply(Action::Attach(vec![broken, note, path]));
    assert!(opened.says("no picture that can be shown"));
    opened.press("Do not add it");
    opened.wait();
    opened.press_and_wait("Use the picture");
    assert!(opened.says("screen.png") && opened.says("note.txt") && opened.says("Report a problem"));
    opened.press_and_wait("Next");
    let manifest = opened.bundle().manifest();
    assert!(manifest.entry("attachments/screen.png").unwrap().is_picture());
    assert!(!manifest.entry("attachments/note.txt").unwrap().is_picture());
}

#[test]
fn a_picture_that_is_left_is_not_added() {
    let mut opened = open(prefill(Language::En), Portal::Accepts);
    opened.press_and_wait("Next");
    let path = file(&opened);
    opened.apply(Action::Attach(vec![path]));
    assert!(matches!(opened.harness.state().dialog.aside, Some(Aside::Picture(_))));
    // What stands behind it cannot be agreed to.
    opened.apply(Action::Send);
    opened.harness.key_press(Key::Escape);
    opened.harness.run();
    assert!(opened.has_button("Send") && opened.parcels().is_empty());
}

#[test]
fn a_program_beside_the_application_offers_no_picture_of_its_own_window() {
    let home = tempfile::tempdir().unwrap();
    let reporter = reporter(home.path());
    let deliver = |parcel: &Parcel, progress: &_| answer(Portal::Accepts, parcel, progress);
    let dialog = Dialog::new(reporter.clone(), prefill(Language::En), now, deliver);
    let builder = Harness::builder().with_size(WINDOW);
    let dialog = dialog.without_preparing().beside_the_application();
    let mut opened = showing(builder, home, reporter, dialog);
    opened.press_and_wait("Next");
    assert!(opened.says("take one with your system"));
    opened.apply(Action::TakePicture);
    opened.harness.run_steps(3);
    assert!(opened.says("What will be sent") && opened.asked_for_picture().is_none());
}
