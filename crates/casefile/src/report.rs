//! What a report says: the person's words, and the text that registers a ticket.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// How urgent a report is. What each priority promises stands in the support plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Priority {
    /// Critical: the app does not work, orders cannot be placed.
    P1,
    /// High: a key function fails.
    P2,
    /// Medium: a non-critical function fails, or the configuration is wrong.
    P3,
    /// Low: a suggestion or a question.
    P4,
}

impl Priority {
    /// All priorities, the most urgent first.
    pub const ALL: [Self; 4] = [Self::P1, Self::P2, Self::P3, Self::P4];

    /// The word on the wire and in every language.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::P1 => "P1",
            Self::P2 => "P2",
            Self::P3 => "P3",
            Self::P4 => "P4",
        }
    }
}

/// Which part of the scope of support a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Installing and updating the desktop application.
    Install,
    /// Activating the licence and the hardware fingerprint it is bound to.
    License,
    /// Connecting to exchanges, configuring strategies.
    Exchange,
    /// Errors at run time, alerts, marketplace.
    Runtime,
}

impl Category {
    /// All categories, in the order of the support plan.
    pub const ALL: [Self; 4] = [Self::Install, Self::License, Self::Exchange, Self::Runtime];

    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Install => "install",
            Self::License => "license",
            Self::Exchange => "exchange",
            Self::Runtime => "runtime",
        }
    }
}

/// Whether something broke or something is asked for. KPIs count incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Something does not work.
    #[default]
    Incident,
    /// Something should be different.
    ChangeRequest,
}

/// The language of the person: of the dialog, of `report.md` and of the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Polish.
    Pl,
    /// English.
    #[default]
    En,
}

impl Language {
    /// The language that a locale name asks for: `pl`, `pl-PL`, `pl_PL.UTF-8` are Polish, all else English.
    pub fn of_locale(locale: &str) -> Self {
        let first = locale.split(['-', '_', '.']).next().unwrap_or_default();
        if first.eq_ignore_ascii_case("pl") { Self::Pl } else { Self::En }
    }

    /// The BCP 47 tag.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pl => "pl",
            Self::En => "en",
        }
    }
}

macro_rules! display_as_str {
    ($($name:ty),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    )*};
}
display_as_str!(Priority, Category, Language);

/// How to reach the person. It goes to the portal with the ticket's text, never into a bundle.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// How the person wants to be addressed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where answers go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// Whether a text is an address that can stand in a header as it is. Others exist, and are left to the mail program.
pub(crate) fn is_mail_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let is_local = |byte: u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+-/=?^_`{|}~".contains(&byte);
    let is_domain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let has_parts = |text: &str| text.split('.').all(|part| !part.is_empty());
    text.len() <= 254
        && local.bytes().all(is_local)
        && domain.bytes().all(is_domain)
        && has_parts(local)
        && has_parts(domain)
}

impl Contact {
    /// Whether there is no way to reach anybody.
    pub fn is_empty(&self) -> bool {
        self.name.is_none() && self.email.is_none()
    }
}

/// The application that a report is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct App {
    /// Stable id of the product, for instance `com.example.gridbot`. The fingerprint is keyed by it.
    pub id: String,
    /// Name that people know.
    pub name: String,
    /// Version as the product prints it.
    pub version: String,
    /// Who sells it under their brand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
}

/// What a person wrote, before redaction: it may hold a pasted key.
///
/// Therefore it has no `Debug` and no `Serialize`; sealing turns it into a [`ReportBody`]. It can be read
/// from a `form.json` with the same field names.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Incident or change request.
    #[serde(default)]
    pub kind: Kind,
    /// One line that names the problem.
    pub title: String,
    /// What happened.
    pub description: String,
    /// How to make it happen again.
    #[serde(default)]
    pub steps: String,
    /// What should have happened.
    #[serde(default)]
    pub expected: String,
    /// What happened instead.
    #[serde(default)]
    pub actual: String,
    /// Anything else.
    #[serde(default)]
    pub additional: String,
    /// How urgent the person finds it.
    pub priority: Priority,
    /// What it is about.
    pub category: Category,
    /// When it happened, if the person knows.
    #[serde(default)]
    pub occurred_at: Option<Timestamp>,
    /// The language of the person.
    #[serde(default)]
    pub language: Language,
    /// How to reach the person.
    #[serde(default)]
    pub contact: Contact,
}

impl Request {
    /// Begins an incident with the two texts that no ticket can do without.
    pub fn new(
        title: impl Into<String>,
        description: impl Into<String>,
        priority: Priority,
        category: Category,
    ) -> Self {
        Self {
            kind: Kind::Incident,
            title: title.into(),
            description: description.into(),
            steps: String::new(),
            expected: String::new(),
            actual: String::new(),
            additional: String::new(),
            priority,
            category,
            occurred_at: None,
            language: Language::default(),
            contact: Contact::default(),
        }
    }

    /// Names the required fields that are still blank, in the order of the template.
    pub fn missing(&self) -> Vec<&'static str> {
        [("title", &self.title), ("description", &self.description)]
            .into_iter()
            .filter(|(_, text)| text.trim().is_empty())
            .map(|(name, _)| name)
            .collect()
    }
}

/// The bundle that belongs to a report, as the ticket's text announces it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleRef {
    /// SHA-256 of the zip file: 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Size of the zip file.
    pub bytes: u64,
}

/// The licence as a report shows it: never the key, only a proof that whoever sent the report holds it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LicenseSummary {
    /// Public number of the licence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// `active`, `expired`, `missing`, … in the vendor's words.
    pub status: String,
    /// For instance `premium`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// When it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// `HMAC-SHA256(licence key, report id + fingerprint)` in lower-case hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
}

/// The text that registers a ticket: the body of `PUT /api/v1/reports/{report_id}`, and, without contact and
/// bundle, `report.json` of the bundle.
///
/// Fields that this version does not know are kept in `other` and written again.
#[derive(Clone, Serialize, Deserialize)]
pub struct ReportBody {
    /// Incident or change request.
    #[serde(default)]
    pub kind: Kind,
    /// One line that names the problem.
    pub title: String,
    /// What happened.
    pub description: String,
    /// How to make it happen again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<String>,
    /// What should have happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What happened instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<String>,
    /// Anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub additional: Option<String>,
    /// How urgent the person finds it.
    pub priority: Priority,
    /// What it is about.
    pub category: Category,
    /// When it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<Timestamp>,
    /// The language of the person.
    pub language: Language,
    /// How to reach the person.
    #[serde(default, skip_serializing_if = "Contact::is_empty")]
    pub contact: Contact,
    /// The application.
    pub app: App,
    /// The machine: operating system, memory, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<Value>,
    /// The licence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<LicenseSummary>,
    /// The hardware fingerprint: keyed digests by component.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<Value>,
    /// The bundle that will follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle: Option<BundleRef>,
    /// What a newer version wrote.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_could_be_more_than_one_are_none() {
        for address in ["anna@example.com", "a.b+c@sub.example.co", "o'neil@example.com"] {
            assert!(is_mail_address(address), "{address}");
        }
        for text in [
            "",
            "anna",
            "a@b@c",
            "a b@c.d",
            "a@b.c\r\nBcc: x@y.z",
            "a@b.c,d@e.f",
            "<a@b.c>",
            "a@",
            ".a@b.c",
            "łucja@x.pl",
        ] {
            assert!(!is_mail_address(text), "{text}");
        }
    }

    #[test]
    fn unknown_fields_of_a_body_are_kept() {
        let text = r#"{"title":"t","description":"d","priority":"P2","category":"exchange","language":"pl",
            "app":{"id":"a","name":"n","version":"1"},"from_the_future":{"x":[1,2]}}"#;
        let body: ReportBody = serde_json::from_str(text).unwrap();
        let again = serde_json::to_value(&body).unwrap();
        assert_eq!(again["from_the_future"]["x"][1], 2);
        assert_eq!(again["kind"], "incident");
        assert!(again.get("contact").is_none());
    }

    #[test]
    fn a_form_with_a_misspelt_field_is_refused_by_name() {
        let error = serde_json::from_str::<Request>(r#"{"titel":"x"}"#).err().unwrap();
        assert!(error.to_string().contains("titel"), "{error}");
    }

    #[test]
    fn blank_texts_are_missing() {
        let request = Request::new(" \n", "d", Priority::P1, Category::Runtime);
        assert_eq!(request.missing(), ["title"]);
    }

    #[test]
    fn locales_choose_the_language() {
        assert_eq!(Language::of_locale("pl_PL.UTF-8"), Language::Pl);
        assert_eq!(Language::of_locale("pt-BR"), Language::En);
        assert_eq!(Language::of_locale(""), Language::En);
    }
}
