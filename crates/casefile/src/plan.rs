//! The support plan as data: priorities and what they promise, categories, channels, escalations and the
//! template of a report.
//!
//! [`Plan::default`] is the plan that comes with casefile; a vendor's own is read by [`Plan::parse`]. Dialog,
//! command line and portal read the same file, and a ticket is judged by the plan it was registered under.
//!
//! ```
//! use casefile::plan::Plan;
//! use casefile::report::{Language, Priority};
//!
//! let plan = Plan::default();
//! let registered_at = "2026-11-24T10:00:00Z".parse()?;
//! let promised = plan.deadlines(Priority::P1, registered_at);
//! assert_eq!(promised.workaround, Some("2026-11-24T14:00:00Z".parse()?));
//! assert_eq!(plan.level(Priority::P1).name.in_language(Language::Pl), "Krytyczny");
//! # Ok::<_, jiff::Error>(())
//! ```

mod calendar;
mod parse;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

pub use self::calendar::{Calendar, Hours};
use crate::report::{Category, Language, Priority};

/// What support promises, to whom a broken promise climbs, and how people reach it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    source: String,
    /// Name of the plan; with `version` it is what a ticket is pinned to.
    pub id: String,
    /// Raised by the vendor with each change.
    pub version: u32,
    /// Civil time of the desk: months of the reports are cut in it.
    pub zone: TimeZone,
    /// How long a proposed solution waits for an objection before the ticket closes.
    pub closes_after: SignedDuration,
    /// Shares of a target after which the assignee is warned.
    pub warn_at_percent: Vec<u8>,
    levels: Vec<Level>,
    /// The scope of support, in the order people see.
    pub categories: Vec<CategoryText>,
    /// How people reach support.
    pub channels: Vec<Channel>,
    /// Who is told when a clock is breached.
    pub escalations: Vec<Escalation>,
    /// The lines of the report template, in order.
    pub template: Vec<TemplateLine>,
}

/// A text that people read, in each language of the product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    pl: String,
    en: String,
}

/// One priority and its promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Which priority.
    pub priority: Priority,
    /// One word for it.
    pub name: Text,
    /// When a report has this priority.
    pub when: Text,
    /// What is promised.
    pub targets: Targets,
    /// When its clocks run.
    pub calendar: Calendar,
}

/// How long each clock may run. `None` is no promise: the clock still counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Targets {
    /// Until a person answers.
    pub response: SignedDuration,
    /// Until there is a way to go on working.
    pub workaround: Option<SignedDuration>,
    /// Until the problem is gone.
    pub resolution: Option<SignedDuration>,
}

/// The three clocks of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// Runs until a person answers.
    Response,
    /// Runs until there is a way to go on working.
    Workaround,
    /// Runs until the problem is gone.
    Resolution,
}

/// The instants by which a promise has to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Deadlines {
    /// A person has answered.
    #[serde(default)]
    pub response: Option<Timestamp>,
    /// There is a way to go on working.
    #[serde(default)]
    pub workaround: Option<Timestamp>,
    /// The problem is gone.
    #[serde(default)]
    pub resolution: Option<Timestamp>,
}

/// A category with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryText {
    /// Which category.
    pub category: Category,
    /// Its name for people.
    pub name: Text,
}

/// A way to reach support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// `portal`, `email`, `hotline`, `community`, or a vendor's own.
    pub id: String,
    /// Its name for people.
    pub name: Text,
    /// What it is for.
    pub about: Text,
    /// Address or number, if it is a public one.
    pub address: Option<String>,
    /// When somebody is there; `None` when nobody promises to be.
    pub hours: Option<Calendar>,
    /// The edition of the licence that opens it.
    pub needs_edition: Option<String>,
    /// Whether the plan's times hold here.
    pub promise: Promise,
}

/// Whether the times of the plan hold for a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Promise {
    /// The plan's times hold.
    Sla,
    /// No guaranteed answer.
    None,
}

/// Who is told when a clock is breached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Escalation {
    /// `E1`, `E2`, or a vendor's own.
    pub id: String,
    /// Which clock.
    pub clock: Clock,
    /// For tickets of these priorities.
    pub priorities: Vec<Priority>,
    /// Roles that are told.
    pub to: Vec<String>,
}

/// One line of the report template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateLine {
    /// What stands under it.
    pub field: TemplateField,
    /// Its label.
    pub label: Text,
}

/// What a line of the template asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateField {
    /// One line that names the problem.
    Title,
    /// What happened.
    Description,
    /// How to make it happen again.
    Steps,
    /// What should have happened.
    Expected,
    /// What happened instead.
    Actual,
    /// Which logs are attached.
    Logs,
    /// Versions of the application and the system.
    Versions,
    /// The priority.
    Priority,
    /// Anything else.
    Additional,
}

/// What is wrong with a plan, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: `{field}`: {problem}")]
pub struct PlanError {
    /// The line of the file, from 1.
    pub line: usize,
    /// The field, as a dotted path.
    pub field: String,
    /// What is wrong with it, and what was expected.
    pub problem: String,
}

impl Plan {
    /// Reads a plan in the format of the one that comes with casefile.
    ///
    /// # Errors
    /// Names the first line and field that is wrong: ask whoever wrote the file.
    pub fn parse(source: &str) -> Result<Self, PlanError> {
        parse::parse(source)
    }

    /// The text that the plan was read from: what a ticket is pinned to.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What this priority means and promises.
    pub fn level(&self, priority: Priority) -> &Level {
        let found = self.levels.iter().find(|level| level.priority == priority);
        found.expect("a parsed plan has every priority")
    }

    /// All priorities, the most urgent first.
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// The name of a category for people.
    pub fn category_name(&self, category: Category) -> &Text {
        let found = self.categories.iter().find(|text| text.category == category);
        &found.expect("a parsed plan has every category").name
    }

    /// When the promises to a ticket registered at this instant fall due, if nothing pauses or changes it.
    pub fn deadlines(&self, priority: Priority, registered_at: Timestamp) -> Deadlines {
        let level = self.level(priority);
        let due = |target: Option<SignedDuration>| level.calendar.due(registered_at, target?);
        Deadlines {
            response: due(Some(level.targets.response)),
            workaround: due(level.targets.workaround),
            resolution: due(level.targets.resolution),
        }
    }
}

impl Default for Plan {
    /// The plan that comes with casefile.
    fn default() -> Self {
        Self::parse(include_str!("plan/support-plan.toml")).expect("the embedded plan is valid")
    }
}

impl Text {
    /// The text in this language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Pl => &self.pl,
            Language::En => &self.en,
        }
    }
}

#[cfg(test)]
mod tests;
