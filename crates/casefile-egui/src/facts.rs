//! What does not change while a dialog is open.

use casefile::Reporter;
use casefile::report::{Language, LicenseSummary};
use jiff::Timestamp;
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
    /// As it was when the dialog opened.
    pub(crate) license: Option<LicenseSummary>,
}

impl Facts {
    pub(crate) fn new(reporter: Reporter, language: Language) -> Self {
        let (versions, license) = (reporter.versions(), reporter.license());
        let words = Words::of(language, reporter.brand());
        Self { words, reporter, versions, zone: TimeZone::system(), license }
    }

    pub(crate) fn language(&self) -> Language {
        self.words.language()
    }

    /// Whose support it is, by the name that people know.
    pub(crate) fn vendor(&self) -> &str {
        let app = self.reporter.app();
        app.vendor.as_deref().unwrap_or(&app.name)
    }

    /// An instant as the lines of a log have it, in the person's time zone.
    pub(crate) fn time_to_the_second(&self, at: Timestamp) -> String {
        at.to_zoned_datetime(self.zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// An instant, in words and in the person's time zone.
    pub(crate) fn time(&self, at: Timestamp) -> String {
        self.words.time(at, &self.zone)
    }
}
