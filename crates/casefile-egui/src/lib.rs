//! The problem report dialog for any egui application.
//!
//! A host opens a [`Dialog`] when its user clicks *Report problem*, and calls [`Dialog::show`] once a frame until it
//! returns [`Closed`]. [`Dialog::show_window`] shows it in a window of its own, [`Dialog::ui`] in a place of the host's.
//!
//! ```
//! use casefile::Reporter;
//! use casefile::report::{Category, Priority, Request};
//! use casefile_egui::Dialog;
//!
//! # let home = tempfile::tempdir()?;
//! let reporter = Reporter::builder("com.example.gridbot", "Grid Bot", "2.4.1")
//!     .outbox(home.path().join("reports"))
//!     .build()?;
//! let prefill = Request::new("", "", Priority::P3, Category::Runtime);
//! let now = || jiff::Timestamp::UNIX_EPOCH;
//! let dialog = Some(Dialog::open(reporter, prefill, now));
//!
//! // Once a frame:
//! fn report_ui(ctx: &egui::Context, dialog: &mut Option<Dialog>) {
//!     if dialog.as_mut().and_then(|open| open.show(ctx)).is_some() {
//!         *dialog = None;
//!     }
//! }
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```
//!
//! Without the feature `http` the dialog brings no network, and the host hands [`Dialog::new`] what sends a report.
//!
//! It has the colours, sizes and fonts of its host; colours of texts that nobody could read are corrected. A host with
//! fonts of its own needs the Polish letters and `„ ” “ – … › ·` in them; those that come with egui (`default_fonts`)
//! have them.
//!
//! Keys: Ctrl+Enter goes on, Esc goes back, Alt+1 … Alt+4 choose the priority.
//!
//! Drawing asks no clock, opens no file and starts no thread; a click becomes an action, and one function does
//! what it asks for. Work runs on threads named `casefile-…`; while it does, the dialog asks for ten frames a
//! second, and otherwise for none.

mod action;
mod aside;
mod attached;
mod autosave;
mod choosing;
mod contrast;
mod describe;
mod dialog;
mod early;
mod ending;
mod entry;
mod facts;
mod findings;
mod form;
mod keys;
mod page;
mod pixels;
mod review;
mod saving;
mod screen;
mod sealed;
mod shot;
mod stage;
mod task;
mod why;
mod words;
mod working;

pub use self::dialog::{Closed, Dialog};

#[cfg(test)]
mod tests;
