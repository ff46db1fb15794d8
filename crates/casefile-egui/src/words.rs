//! Everything that the dialog says, from `locales/*.ftl`.

use casefile::brand::Brand;
use casefile::plan::{Calendar, Deadlines, Level, Targets};
use casefile::report::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use unic_langid::LanguageIdentifier;

const ENGLISH: &str = include_str!("../locales/en.ftl");
const POLISH: &str = include_str!("../locales/pl.ftl");

/// The words of one language.
pub(crate) struct Words {
    bundle: FluentBundle<FluentResource>,
    language: Language,
}

impl Words {
    /// The words that come with casefile, and a vendor's in place of some of them.
    pub(crate) fn of(language: Language, brand: &Brand) -> Self {
        // A language of the vendor's own stands beside English, which fills its gaps.
        let own = brand.locale.as_deref().filter(|_| language == Language::En);
        let source = match language {
            Language::En => ENGLISH,
            Language::Pl => POLISH,
        };
        let english: LanguageIdentifier = language.as_str().parse().expect("a BCP 47 tag");
        let id = own.and_then(|locale| locale.parse().ok()).unwrap_or(english);
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // The marks around values are shown as boxes by fonts that lack them.
        bundle.set_use_isolating(false);
        let texts =
            [Some(source), brand.texts(language.as_str()), own.and_then(|locale| brand.texts(locale))];
        for text in texts.into_iter().flatten() {
            // What is wrong in a vendor's file leaves the words that come with casefile.
            let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Self { bundle, language }
    }

    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// The text of a key.
    pub(crate) fn text(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The text of a key with values in it. A key that is not there is shown as it is: a test finds it.
    pub(crate) fn with(&self, key: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            args.set(*name, value.clone());
        }
        self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// Why something is not there: the manifest and the system say it in English, the usual reasons are told in
    /// the language of the person.
    pub(crate) fn reason(&self, reason: &str) -> String {
        match reason {
            "entity not found" => self.text("reason-not-found"),
            "permission denied" => self.text("reason-not-allowed"),
            "no storage space" => self.text("reason-full"),
            "entity already exists" | "not a directory" => self.text("reason-in-the-way"),
            "left out by the person who reports" => self.text("reason-left-out"),
            "excluded by the settings" => self.text("reason-excluded"),
            "last written before the time that was asked for" => self.text("reason-too-old"),
            other => other.to_owned(),
        }
    }

    /// A number of bytes with one decimal: `1.2 MB`, in Polish `1,2 MB`.
    pub(crate) fn size(&self, bytes: u64) -> String {
        const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
        if bytes < 1_000 {
            return format!("{bytes} B");
        }
        let mut amount = bytes as f64 / 1_000.0;
        let mut unit = 0;
        while amount >= 999.95 && unit + 1 < UNITS.len() {
            amount /= 1_000.0;
            unit += 1;
        }
        let text = format!("{amount:.1} {}", UNITS[unit]);
        match self.language {
            Language::En => text,
            Language::Pl => text.replace('.', ","),
        }
    }

    /// What a priority promises, on one line.
    pub(crate) fn promises(&self, level: &Level) -> String {
        let Targets { response, workaround, resolution } = level.targets;
        let part = |key: &str, target: Option<SignedDuration>| {
            Some(self.with(key, &[("length", self.length(target?, &level.calendar).into())]))
        };
        let parts = [
            part("promise-response", Some(response)),
            part("promise-workaround", workaround),
            part("promise-resolution", resolution),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// An instant in a time zone, as people write it.
    pub(crate) fn time(&self, at: Timestamp, zone: &TimeZone) -> String {
        let local = at.to_zoned_datetime(zone.clone());
        let values = [
            ("weekday", local.weekday().to_monday_one_offset().into()),
            ("day", local.day().into()),
            ("month", local.month().into()),
            ("year", local.year().to_string().into()),
            ("time", local.strftime("%H:%M").to_string().into()),
            ("zone", local.strftime("%Z").to_string().into()),
        ];
        self.with("date-time", &values)
    }

    /// The promised instants that there are, each with its name.
    pub(crate) fn deadlines(&self, deadlines: &Deadlines, zone: &TimeZone) -> Vec<(String, String)> {
        let rows = [
            ("deadline-response", deadlines.response),
            ("deadline-workaround", deadlines.workaround),
            ("deadline-resolution", deadlines.resolution),
        ];
        rows.into_iter().filter_map(|(key, at)| Some((self.text(key), self.time(at?, zone)))).collect()
    }

    /// By how much the clock of this machine is wrong.
    pub(crate) fn clock_difference(&self, ahead_seconds: i64) -> String {
        let key = if ahead_seconds > 0 { "sent-clock-ahead" } else { "sent-clock-behind" };
        let seconds = ahead_seconds.unsigned_abs();
        let length = match seconds {
            0..120 => self.with("length-seconds", &[("count", seconds.into())]),
            120..7_200 => self.with("length-minutes", &[("count", (seconds / 60).into())]),
            _ => self.with("length-hours", &[("count", (seconds / 3_600).into())]),
        };
        self.with(key, &[("length", length.into())])
    }

    /// A length of time. Days are told only where a day is a day: office hours stay hours.
    fn length(&self, length: SignedDuration, calendar: &Calendar) -> String {
        let minutes = length.as_mins();
        let (key, count) = match calendar {
            _ if minutes % 60 != 0 => ("length-minutes", minutes),
            Calendar::Always if minutes > 24 * 60 && minutes % (24 * 60) == 0 => {
                ("length-days", minutes / (24 * 60))
            }
            Calendar::Always => ("length-hours", minutes / 60),
            Calendar::Windows(_) => ("length-office-hours", minutes / 60),
        };
        self.with(key, &[("count", count.into())])
    }
}

#[cfg(test)]
mod tests;
