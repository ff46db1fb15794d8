//! What a person has written so far.

use casefile::report::{Category, Contact, Kind, Language, Priority, Request};
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// The fields of the first screen. Has no `Debug`: somebody may have pasted a key.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) kind: Kind,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) steps: String,
    pub(crate) expected: String,
    pub(crate) actual: String,
    pub(crate) additional: String,
    pub(crate) priority: Priority,
    pub(crate) category: Category,
    pub(crate) when: When,
    /// What was typed for [`When::At`].
    pub(crate) when_text: String,
    /// When the host noticed the problem, if it did.
    pub(crate) noticed: Option<Timestamp>,
    /// When [`When::JustNow`] or [`When::HourAgo`] was chosen: what "now" was then.
    chosen: Option<(When, Timestamp)>,
    /// The priority that the host thinks of, when it noticed the problem itself.
    pub(crate) suggested: Option<Priority>,
    pub(crate) name: String,
    pub(crate) email: String,
    language: Language,
}

/// When it happened, as people say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum When {
    /// When the host noticed it.
    Noticed,
    JustNow,
    HourAgo,
    /// At a time that is typed.
    At,
    Unknown,
}

/// What keeps a form from going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Complaint {
    NoTitle,
    NoDescription,
    /// The time cannot be read, or there is no such time.
    NoTime,
    /// It lies in the future.
    Future,
    NoEmail,
}

/// A time as people type it.
enum Typed {
    /// `2026-11-24 15:30` or `24.11.2026 15:30`.
    Full(DateTime),
    /// `15:30`: the last time that a clock showed it.
    TimeOfDay(Time),
}

impl Form {
    /// Begins with what the host knows.
    pub(crate) fn new(prefill: Request) -> Self {
        let when = if prefill.occurred_at.is_some() { When::Noticed } else { When::Unknown };
        let suggested = prefill.occurred_at.map(|_| prefill.priority);
        Self { when, noticed: prefill.occurred_at, suggested, ..Self::of(prefill) }
    }

    /// Goes on with what the person wrote earlier.
    pub(crate) fn resumed(text: Request, zone: &TimeZone) -> Self {
        let Some(at) = text.occurred_at else { return Self::of(text) };
        let when_text = at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
        Self { when: When::At, when_text, ..Self::of(text) }
    }

    fn of(request: Request) -> Self {
        Self {
            kind: request.kind,
            title: request.title,
            description: request.description,
            steps: request.steps,
            expected: request.expected,
            actual: request.actual,
            additional: request.additional,
            priority: request.priority,
            category: request.category,
            when: When::Unknown,
            when_text: String::new(),
            noticed: None,
            chosen: None,
            suggested: None,
            name: request.contact.name.unwrap_or_default(),
            email: request.contact.email.unwrap_or_default(),
            language: request.language,
        }
    }

    /// The language that answers are wanted in.
    pub(crate) fn set_language(&mut self, language: Language) {
        self.language = language;
    }

    /// Whether the optional lines of the template hold anything.
    pub(crate) fn has_details(&self) -> bool {
        [&self.steps, &self.expected, &self.actual, &self.additional]
            .iter()
            .any(|text| !text.trim().is_empty())
    }

    /// What is missing or wrong, in the order of the screen.
    pub(crate) fn complaints(&self, now: Timestamp, zone: &TimeZone) -> Vec<Complaint> {
        let mut complaints = self.unread();
        let occurred_at = self.occurred_at(now, zone);
        if self.when == When::At && occurred_at.is_some_and(|at| at > now) {
            complaints.push(Complaint::Future);
        }
        complaints
    }

    /// As [`Form::complaints`], without those that need a clock: for drawing.
    pub(crate) fn unread(&self) -> Vec<Complaint> {
        let email = self.email.trim();
        let is_email = email.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !email.contains(char::is_whitespace)
        });
        let complaints = [
            (self.title.trim().is_empty(), Complaint::NoTitle),
            (self.description.trim().is_empty(), Complaint::NoDescription),
            (self.when == When::At && self.typed().is_none(), Complaint::NoTime),
            (!email.is_empty() && !is_email, Complaint::NoEmail),
        ];
        complaints.into_iter().filter(|(is_wrong, _)| *is_wrong).map(|(_, complaint)| complaint).collect()
    }

    /// The request to seal.
    pub(crate) fn request(&self, now: Timestamp, zone: &TimeZone) -> Request {
        let optional = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Request {
            kind: self.kind,
            title: self.title.clone(),
            description: self.description.clone(),
            steps: self.steps.clone(),
            expected: self.expected.clone(),
            actual: self.actual.clone(),
            additional: self.additional.clone(),
            priority: self.priority,
            category: self.category,
            occurred_at: self.occurred_at(now, zone),
            language: self.language,
            contact: Contact { name: optional(&self.name), email: optional(&self.email) },
        }
    }

    /// Fixes what "just now" means, once it is chosen: the person may write for a while.
    pub(crate) fn fix_choice(&mut self, now: impl FnOnce() -> Timestamp) {
        let is_relative = matches!(self.when, When::JustNow | When::HourAgo);
        match self.chosen {
            Some((when, _)) if when == self.when => {}
            _ if is_relative => self.chosen = Some((self.when, now())),
            _ => self.chosen = None,
        }
    }

    /// Says that it happened at this time, which a log names.
    pub(crate) fn choose_time(&mut self, at: Timestamp, zone: &TimeZone) {
        self.when = When::At;
        self.when_text = at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string();
    }

    pub(crate) fn occurred_at(&self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let now = match self.chosen {
            Some((when, at)) if when == self.when => at,
            _ => now,
        };
        match self.when {
            When::Noticed => self.noticed,
            When::JustNow => Some(now),
            When::HourAgo => now.checked_sub(SignedDuration::from_hours(1)).ok(),
            When::At => self.typed_time(now, zone),
            When::Unknown => None,
        }
    }

    /// What was typed, in the person's time zone. An hour that a clock change skips is the one after it.
    fn typed_time(&self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let civil = match self.typed()? {
            Typed::Full(civil) => civil,
            Typed::TimeOfDay(time) => {
                let here = zone.to_datetime(now);
                let day = if time > here.time() { here.date().yesterday().ok()? } else { here.date() };
                day.to_datetime(time)
            }
        };
        zone.to_timestamp(civil).ok()
    }

    fn typed(&self) -> Option<Typed> {
        let text = self.when_text.split_whitespace().collect::<Vec<_>>().join(" ");
        // A day alone is no time.
        if !text.contains(':') {
            return None;
        }
        if let Ok(civil) = text.parse() {
            return Some(Typed::Full(civil));
        }
        for format in ["%d.%m.%Y %H:%M", "%d.%m.%Y, %H:%M", "%d.%m.%Y %H:%M:%S"] {
            if let Ok(civil) = DateTime::strptime(format, &text) {
                return Some(Typed::Full(civil));
            }
        }
        let time = ["%H:%M", "%H:%M:%S"].iter().find_map(|format| Time::strptime(format, &text).ok());
        time.map(Typed::TimeOfDay)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> Form {
        Form::new(Request::new("t", "d", Priority::P3, Category::Runtime))
    }

    fn now() -> Timestamp {
        "2026-11-24T10:00:00Z".parse().unwrap()
    }

    #[test]
    fn the_time_is_read_in_the_zone_of_the_person() {
        let zone = TimeZone::get("Europe/Warsaw").unwrap();
        let mut form = Form { when: When::At, ..form() };
        for (text, expected) in [
            ("2026-11-24 09:30", Some("2026-11-24T08:30:00Z")),
            (" 2026-11-24   09:30 ", Some("2026-11-24T08:30:00Z")),
            ("24.11.2026 09:30", Some("2026-11-24T08:30:00Z")),
            ("24.11.2026, 09:30", Some("2026-11-24T08:30:00Z")),
            ("09:30", Some("2026-11-24T08:30:00Z")),
            ("9:30", Some("2026-11-24T08:30:00Z")),
            ("23:59", Some("2026-11-23T22:59:00Z")),
            ("2026-11-24", None),
            ("24.11.2026", None),
            ("2026-11-31 09:30", None),
            ("25:00", None),
            ("yesterday", None),
            ("", None),
        ] {
            text.clone_into(&mut form.when_text);
            let expected: Option<Timestamp> = expected.map(|time| time.parse().unwrap());
            assert_eq!(form.request(now(), &zone).occurred_at, expected, "{text:?}");
            assert_eq!(form.complaints(now(), &zone).is_empty(), expected.is_some(), "{text:?}");
        }
        "2026-11-24 11:01".clone_into(&mut form.when_text);
        assert_eq!(form.complaints(now(), &zone), [Complaint::Future]);
    }

    #[test]
    fn quick_choices_are_times() {
        let hour_ago: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
        for (when, expected) in [
            (When::JustNow, Some(now())),
            (When::HourAgo, Some(hour_ago)),
            (When::Unknown, None),
            (When::Noticed, Some(Timestamp::UNIX_EPOCH)),
        ] {
            let form = Form { when, noticed: Some(Timestamp::UNIX_EPOCH), ..form() };
            assert_eq!(form.request(now(), &TimeZone::UTC).occurred_at, expected, "{when:?}");
        }
    }

    #[test]
    fn just_now_stays_what_it_was_when_it_was_chosen() {
        let mut form = Form { when: When::JustNow, ..form() };
        form.fix_choice(now);
        form.fix_choice(|| unreachable!());
        let later = now() + SignedDuration::from_hours(3);
        assert_eq!(form.request(later, &TimeZone::UTC).occurred_at, Some(now()));
        form.when = When::HourAgo;
        form.fix_choice(|| later);
        let expected = now() + SignedDuration::from_hours(2);
        assert_eq!(form.request(later, &TimeZone::UTC).occurred_at, Some(expected));
    }

    #[test]
    fn a_time_of_a_log_is_taken_to_the_second() {
        let zone = TimeZone::get("Europe/Warsaw").unwrap();
        let at: Timestamp = "2026-11-24T08:03:22Z".parse().unwrap();
        let mut form = form();
        form.choose_time(at, &zone);
        assert_eq!(form.when_text, "2026-11-24 09:03:22");
        assert_eq!(form.request(now(), &zone).occurred_at, Some(at));
    }

    #[test]
    fn an_address_is_optional_but_has_to_be_one() {
        for (email, is_fine) in
            [("", true), ("anna@example.com", true), ("anna", false), ("anna@", false), ("a b@c.d", false)]
        {
            let form = Form { email: email.to_owned(), ..form() };
            assert_eq!(form.complaints(now(), &TimeZone::UTC).is_empty(), is_fine, "{email:?}");
        }
    }

    #[test]
    fn an_earlier_text_goes_on_with_its_own_time() {
        let zone = TimeZone::get("Europe/Warsaw").unwrap();
        let at: Timestamp = "2026-10-25T00:30:00Z".parse().unwrap();
        let text = Request { occurred_at: Some(at), ..form().request(now(), &zone) };
        let resumed = Form::resumed(text, &zone);
        assert_eq!(resumed.when_text, "2026-10-25 02:30");
        assert_eq!(resumed.request(now(), &zone).occurred_at, Some(at));
        assert!(resumed.suggested.is_none());
    }
}
