//! The problem report dialog for any egui application.
//!
//! A host makes a [`Dialog`] when its user clicks *Report problem*, and calls [`Dialog::show`] (or
//! [`Dialog::ui`], inside a place of its own) once a frame until it returns [`Closed`]. The dialog brings no
//! network: the host hands over what sends a report, usually
//! `Reporter::deliver` of the feature `http`.
//!
//! ```
//! use casefile::Reporter;
//! use casefile::deliver::DeliverError;
//! use casefile::report::{Category, Priority, Request};
//! use casefile_egui::Dialog;
//!
//! # let home = tempfile::tempdir()?;
//! let reporter = Reporter::builder("com.example.gridbot", "Grid Bot", "2.4.1")
//!     .outbox(home.path().join("reports"))
//!     .build()?;
//! let prefill = Request::new("", "", Priority::P3, Category::Runtime);
//! let now = || jiff::Timestamp::UNIX_EPOCH;
//! let dialog = Some(Dialog::new(reporter, prefill, now, |_parcel, _progress| Err(DeliverError::NoPortal)));
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
//! Drawing asks no clock, opens no file and starts no thread; a click becomes an action, and one function does
//! what it asks for. Work runs on threads named `casefile-…`; while it does, the dialog asks for ten frames a
//! second, and otherwise for none.

mod action;
mod aside;
mod attached;
mod autosave;
mod contrast;
mod describe;
mod dialog;
mod ending;
mod entry;
mod facts;
mod form;
mod keys;
mod page;
mod review;
mod saving;
mod screen;
mod sealed;
mod stage;
mod task;
mod why;
mod words;
mod working;

pub use self::dialog::{Closed, Dialog};

#[cfg(test)]
mod tests;
