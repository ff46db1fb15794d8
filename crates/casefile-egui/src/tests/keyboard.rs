//! The whole way without a mouse.

use egui::{Key, Modifiers};
use egui_kittest::kittest::NodeT as _;

use super::*;
use crate::aside::Aside;

impl Opened {
    fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.step();
    }

    fn stage(&self) -> u8 {
        self.harness.state().dialog.stage.number()
    }
}

#[test]
fn ctrl_enter_goes_on_and_agrees_only_to_what_was_seen() {
    let mut opened = open(prefill(Language::En), Portal::Accepts);
    opened.key(Modifiers::ALT, Key::Num1);
    opened.key(Modifiers::CTRL, Key::Enter);
    for _ in 0..2_000 {
        if opened.stage() == 2 {
            break;
        }
        thread::sleep(Duration::from_millis(2));
        opened.harness.step();
    }
    assert_eq!(opened.stage(), 2);
    // Still meant for the screen before.
    opened.key(Modifiers::CTRL, Key::Enter);
    assert!(opened.says("What will be sent") && opened.parcels().is_empty());
    opened.harness.run_steps(5);
    opened.key(Modifiers::CTRL, Key::Enter);
    opened.wait();
    assert!(opened.says("The report has arrived"));
    assert_eq!(opened.parcels()[0].body().priority, Priority::P1);
    opened.key(Modifiers::CTRL, Key::Enter);
    assert!(matches!(opened.closed(), Some(Closed::Delivered(_))));
}

#[test]
fn ctrl_enter_writes_no_line() {
    let mut opened = open(prefill(Language::En), Portal::Accepts);
    opened.harness.get_by_role_and_label(Role::MultilineTextInput, "Problem description").focus();
    opened.harness.run();
    opened.key(Modifiers::CTRL, Key::Enter);
    opened.wait();
    assert!(opened.says("What will be sent"));
    assert_eq!(opened.bundle().report().unwrap().description, "Since ten o'clock.");
}

#[test]
fn esc_goes_back_step_by_step() {
    let mut opened = open(prefill(Language::En), Portal::Accepts);
    opened.press_and_wait("Next");
    opened.press_and_wait("Show logs/bot.log");
    opened.key(Modifiers::NONE, Key::Escape);
    assert!(opened.says("What will be sent"));
    opened.key(Modifiers::NONE, Key::Escape);
    assert_eq!(opened.stage(), 0);
    // The first Esc leaves the field, the second closes.
    opened.harness.get_by_role_and_label(Role::TextInput, "Title").focus();
    opened.harness.run();
    opened.key(Modifiers::NONE, Key::Escape);
    assert_eq!(opened.closed(), None);
    opened.key(Modifiers::NONE, Key::Escape);
    assert_eq!(opened.closed(), Some(&Closed::Unsent));
}

#[test]
fn every_field_and_button_can_be_reached_and_is_seen_then() {
    let size = egui::vec2(480.0, 360.0);
    let mut opened = sized(Harness::builder().with_size(size), prefill(Language::Pl), Portal::Accepts);
    let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, size);
    let mut reached = std::collections::BTreeSet::new();
    for _ in 0..60 {
        opened.key(Modifiers::NONE, Key::Tab);
        opened.harness.run();
        let focused =
            opened.harness.query_by(|node| node.is_focused() && !node.is_hidden()).expect("something has it");
        assert!(screen.intersects(focused.rect()), "{:?} is out of sight", focused.accesskit_node().label());
        reached.extend(focused.accesskit_node().label());
    }
    for label in ["Tytuł", "Opis problemu", "Adres e-mail", "Dalej", "Zamknij", "Kontakt", "Moje zgłoszenia"]
    {
        assert!(reached.contains(label), "{label} was not reached: {reached:?}");
    }
}

#[test]
fn contact_and_my_reports_are_beside_the_way() {
    let mut opened = open(prefill(Language::En), Portal::IsAway);
    opened.press_and_wait("Next");
    opened.press_and_wait("Send");
    opened.link("My reports");
    opened.wait();
    assert!(opened.says("Orders rejected") && opened.says("It waits to be sent."));
    let id = opened.parcels()[0].id();

    opened.press_and_wait("Send it now: Orders rejected");
    assert!(opened.says("cannot be reached"));
    // One click removes nothing.
    opened.press_and_wait("Remove Orders rejected from this computer");
    assert_eq!(opened.parcels().len(), 1);
    opened.press_and_wait("Really remove Orders rejected? It cannot be brought back.");
    assert!(opened.says("There are no reports on this computer.") && opened.parcels().is_empty());

    opened.key(Modifiers::NONE, Key::Escape);
    assert!(opened.harness.state().dialog.aside.is_none());
    opened.link("Contact");
    assert!(matches!(opened.harness.state().dialog.aside, Some(Aside::Ways(_))));
    opened.harness.run();
    assert!(opened.says("How to reach the support of Example Bots") && opened.says("No guaranteed answer."));
    opened.press("Back to the report");
    opened.harness.run();
    opened.press("Close");
    assert_eq!(opened.closed(), Some(&Closed::Kept(id)));
}

#[test]
fn a_kept_report_is_sent_from_the_list() {
    let home = tempfile::tempdir().unwrap();
    let reporter = reporter(home.path());
    let mut first = over(home, reporter.clone(), prefill(Language::En), Portal::IsAway);
    first.press_and_wait("Next");
    first.press_and_wait("Send");
    let Opened { harness, home, .. } = first;
    drop(harness);
    let mut second = over(home, reporter, prefill(Language::En), Portal::Accepts);
    second.link("My reports");
    second.wait();
    second.press_and_wait("Send it now: Orders rejected");
    assert!(second.says("The report has arrived: CF-2026-0042"));
}

impl Opened {
    fn link(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::Link, label).click_accesskit();
        self.harness.step();
    }
}
