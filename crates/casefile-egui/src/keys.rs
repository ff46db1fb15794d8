//! The keyboard: what goes on, what goes back, and the digits.

use casefile::report::Priority;
use egui::{Event, Key, Modifiers, Ui};

use crate::action::Action;
use crate::stage::{Reading, Stage};

/// What was pressed since the last frame.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Keys {
    /// Ctrl+Enter, ⌘+Enter on a Mac.
    pub(crate) goes_on: bool,
    /// Esc.
    pub(crate) goes_back: bool,
    /// Alt+1 … Alt+4.
    pub(crate) priority: Option<Priority>,
}

/// How long a person has to have seen the review before keys can agree to it, in seconds: a second Ctrl+Enter was meant
/// for the screen before.
const SEEN_SECONDS: f64 = 1.0;

impl Keys {
    /// Takes them out of the input, so that no text field sees them. A key that is held down counts once.
    pub(crate) fn take(ui: &Ui) -> Self {
        let digits = [Key::Num1, Key::Num2, Key::Num3, Key::Num4];
        let mut keys = Self::default();
        ui.input_mut(|input| {
            input.events.retain(|event| {
                let Event::Key { key, pressed: true, repeat, modifiers, .. } = event else { return true };
                match key {
                    Key::Enter
                        if modifiers.matches_exact(Modifiers::COMMAND)
                            || modifiers.matches_exact(Modifiers::CTRL) =>
                    {
                        keys.goes_on |= !repeat;
                    }
                    Key::Escape if modifiers.is_none() => keys.goes_back |= !repeat,
                    key if modifiers.matches_exact(Modifiers::ALT) && digits.contains(key) => {
                        let at = digits.iter().position(|digit| digit == key);
                        keys.priority = at.map(|at| Priority::ALL[at]);
                    }
                    _ => return true,
                }
                false
            });
        });
        keys
    }
}

impl Stage {
    /// What Ctrl+Enter does: what the button that goes on does. `seen_seconds` is how long this screen is shown.
    pub(crate) fn going_on(&self, seen_seconds: f64) -> Option<Action> {
        match self {
            Self::Describe => Some(Action::Seal),
            Self::Review(review) if review.open.is_some() => None,
            Self::Review(review) if !review.is_as_wished() => Some(Action::Seal),
            Self::Review(_) => (seen_seconds >= SEEN_SECONDS).then_some(Action::Send),
            Self::Sealing(_) | Self::Keeping(_) | Self::Sending(_) => None,
            Self::Sent(_) | Self::Kept(_) | Self::Refused(_) | Self::Solved => Some(Action::Close),
            Self::Failed(_) => Some(Action::Back),
        }
    }

    /// What Esc does; nothing that was written or agreed to is lost by it.
    pub(crate) fn going_back(&self) -> Option<Action> {
        match self {
            Self::Sealing(_) => Some(Action::Cancel),
            Self::Review(review) if review.open.is_some() => Some(Action::CloseEntry),
            Self::Review(_) | Self::Failed(_) | Self::Solved => Some(Action::Back),
            Self::Keeping(_) => None,
            Self::Describe | Self::Sending(_) | Self::Sent(_) | Self::Kept(_) | Self::Refused(_) => {
                Some(Action::Close)
            }
        }
    }

    /// Which screen it is: two with the same number are the same one.
    pub(crate) fn number(&self) -> u8 {
        match self {
            Self::Describe => 0,
            Self::Sealing(_) => 1,
            Self::Review(review) => match review.open.as_ref().map(|open| &open.page) {
                None => 2,
                Some(Reading::Reads { .. } | Reading::Unpacks(_)) => 3,
                Some(_) => 4,
            },
            Self::Keeping(_) => 5,
            Self::Sending(_) => 6,
            Self::Sent(_) => 7,
            Self::Kept(_) => 8,
            Self::Refused(_) => 9,
            Self::Failed(_) => 10,
            Self::Solved => 11,
        }
    }
}
