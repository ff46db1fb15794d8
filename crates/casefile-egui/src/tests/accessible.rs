//! What a screen reader is told, and where the keyboard goes.

use egui::accesskit::Live;
use egui::{Key, Modifiers, Rect};
use egui_kittest::kittest::NodeT as _;

use super::picture::{Picture, Textures};
use super::*;

impl Opened {
    /// How what has this label is announced when it appears.
    #[track_caller]
    fn announced(&self, label: &str) -> Live {
        self.harness.get_by_label_contains(label).accesskit_node().live()
    }

    /// Label and place of what has the keyboard.
    fn focused(&self) -> Option<(String, Rect)> {
        let node = self.harness.query_by(|node| node.is_focused() && !node.is_hidden())?;
        Some((node.accesskit_node().label().unwrap_or_default(), node.rect()))
    }

    fn tab(&mut self) {
        self.harness.key_press_modifiers(Modifiers::NONE, Key::Tab);
        self.harness.run();
    }
}

#[test]
fn mistakes_are_said_at_once_and_news_when_there_is_time() {
    let mut opened = open(Request::new("", "", Priority::P3, Category::Runtime), Portal::Refuses);
    opened.press_and_wait("Next");
    assert_eq!(opened.announced("Please give the problem a title."), Live::Assertive);
    assert_eq!(opened.announced("2 fields need your attention"), Live::Polite);
    opened.fill(Role::TextInput, "Title", "t");
    opened.fill(Role::MultilineTextInput, "Problem description", "d");
    opened.press_and_wait("Next");
    opened.tick("Send logs/old.log");
    assert_eq!(opened.announced("Apply your changes first"), Live::Polite);
    opened.press_and_wait("Apply changes");
    opened.press_and_wait("Send");
    assert_eq!(opened.announced("This application is not known here."), Live::Assertive);

    let mut opened = open(prefill(Language::En), Portal::IsAway);
    opened.press_and_wait("Next");
    opened.press_and_wait("Send");
    assert_eq!(opened.announced("The support portal cannot be reached."), Live::Assertive);

    let mut opened = open(prefill(Language::En), Portal::Accepts);
    opened.press_and_wait("Next");
    opened.press_and_wait("Send");
    assert_ne!(opened.announced("Support of Example Bots has your report."), Live::Off);
}

#[test]
fn the_tab_key_follows_the_eyes() {
    let mut opened = open(prefill(Language::En), Portal::Accepts);
    for screen in ["describe", "review"] {
        let mut places: Vec<(String, Rect)> = Vec::new();
        for _ in 0..80 {
            opened.tab();
            let Some(next) = opened.focused() else { continue };
            if places.contains(&next) {
                break;
            }
            places.push(next);
        }
        // The round begins anywhere.
        let first = places.iter().enumerate().min_by(|(_, a), (_, b)| a.1.top().total_cmp(&b.1.top()));
        let first = first.map(|(at, _)| at).unwrap();
        places.rotate_left(first);
        assert!(places.len() > 10, "{screen}: {places:?}");
        for pair in places.windows(2) {
            let [(one, before), (other, after)] = pair else { unreachable!() };
            let is_below = after.center().y > before.bottom() || after.top() >= before.top();
            // In one row either way: buttons at the right edge are named from there.
            let is_beside = after.y_range().intersects(before.y_range());
            assert!(is_below || is_beside, "{screen}: {other:?} comes after {one:?}, and stands above it");
        }
        let last = &places[places.len() - 1].0;
        assert!(["Close", "Back", "Next", "Send"].contains(&last.as_str()), "{screen} ends with {last:?}");
        if screen == "describe" {
            opened.press_and_wait("Next");
        }
    }
}

#[test]
fn what_has_the_keyboard_looks_like_it() {
    for theme in [egui::Theme::Light, egui::Theme::Dark] {
        let textures = Textures::default();
        let size = egui::vec2(480.0, 500.0);
        let builder = Harness::builder().with_size(size).with_theme(theme).renderer(textures.clone());
        let mut opened = sized(builder, prefill(Language::En), Portal::Accepts);
        let mut looked = 0;
        let mut before = Picture::of(&opened.harness, &textures);
        for _ in 0..16 {
            opened.tab();
            let after = Picture::of(&opened.harness, &textures);
            if let Some((label, place)) = opened.focused() {
                let changed = before.differing(&after, place.expand(2.0));
                assert!(changed >= 12, "{theme:?}: {label:?} looks the same with the keyboard ({changed})");
                looked += 1;
            }
            before = after;
        }
        assert!(looked > 10, "{looked}");
    }
}
