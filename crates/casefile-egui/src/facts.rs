//! What does not change while a dialog is open.

use casefile::Reporter;
use casefile::report::Language;
use jiff::tz::TimeZone;

use crate::words::Words;

/// What each screen needs to know.
pub(crate) struct Facts {
    pub(crate) words: Words,
    pub(crate) reporter: Reporter,
    /// Of the application and the system, as the template shows them.
    pub(crate) versions: String,
    /// The person's time zone.
    pub(crate) zone: TimeZone,
}

impl Facts {
    pub(crate) fn new(reporter: Reporter, language: Language) -> Self {
        let versions = reporter.versions();
        Self { words: Words::new(language), reporter, versions, zone: TimeZone::system() }
    }

    pub(crate) fn language(&self) -> Language {
        self.words.language()
    }

    /// Whose support it is, by the name that people know.
    pub(crate) fn vendor(&self) -> &str {
        let app = self.reporter.app();
        app.vendor.as_deref().unwrap_or(&app.name)
    }
}
