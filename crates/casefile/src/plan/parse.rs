//! From the text of a plan to a [`Plan`]: every complaint names the line and the field.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde::Deserialize;
use toml::Spanned;

use super::calendar::{Calendar, Hours};
use super::{
    Category, CategoryText, Channel, Clock, Escalation, Language, Level, Plan, PlanError, Priority, Promise,
    Targets, TemplateField, TemplateLine, Text,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanFile {
    id: Spanned<String>,
    version: Spanned<u32>,
    zone: Spanned<String>,
    closes_after: Spanned<String>,
    warn_at_percent: Spanned<Vec<u8>>,
    #[serde(default)]
    calendars: BTreeMap<String, CalendarFile>,
    priorities: Spanned<Vec<LevelFile>>,
    categories: Spanned<Vec<CategoryFile>>,
    channels: Vec<ChannelFile>,
    escalations: Vec<EscalationFile>,
    template: Spanned<Vec<TemplateFile>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextFile {
    pl: Spanned<String>,
    en: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelFile {
    id: Spanned<Priority>,
    name: TextFile,
    when: TextFile,
    response: Spanned<String>,
    workaround: Option<Spanned<String>>,
    resolution: Option<Spanned<String>>,
    calendar: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarFile {
    zone: Option<Spanned<String>>,
    hours: Spanned<String>,
    #[serde(default)]
    days: Option<Spanned<Vec<String>>>,
    #[serde(default)]
    holidays: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryFile {
    id: Spanned<Category>,
    name: TextFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChannelFile {
    id: Spanned<String>,
    name: TextFile,
    about: TextFile,
    address: Option<String>,
    hours: Option<Spanned<String>>,
    zone: Option<Spanned<String>>,
    needs_edition: Option<String>,
    promise: Spanned<Promise>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EscalationFile {
    id: Spanned<String>,
    clock: Spanned<Clock>,
    priorities: Spanned<Vec<Priority>>,
    to: Spanned<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TemplateFile {
    field: Spanned<TemplateField>,
    label: TextFile,
}

/// Reads one plan; knows the text, so that a place in it can be told as a line.
struct Reader<'a> {
    source: &'a str,
}

type Checked<T> = Result<T, PlanError>;

pub(super) fn parse(source: &str) -> Checked<Plan> {
    let reader = Reader { source };
    let file: PlanFile = toml::from_str(source).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        PlanError {
            line: reader.line(at),
            field: reader.key_at(at),
            problem: error.message().trim().to_owned(),
        }
    })?;
    reader.plan(file)
}

impl Reader<'_> {
    fn plan(&self, file: PlanFile) -> Checked<Plan> {
        let zone = self.zone(&file.zone, "zone")?;
        let calendars = self.calendars(file.calendars, &zone)?;
        let warn_at_percent = file.warn_at_percent.get_ref().clone();
        if !warn_at_percent.is_sorted_by(|a, b| a < b)
            || warn_at_percent.iter().any(|p| !(1..100).contains(p))
        {
            return self.fail(
                &file.warn_at_percent,
                "warn_at_percent",
                "expected rising percentages between 1 and 99",
            );
        }
        Ok(Plan {
            source: self.source.to_owned(),
            id: self.filled(&file.id, "id")?,
            version: *file.version.get_ref(),
            closes_after: self.span(&file.closes_after, "closes_after")?,
            warn_at_percent,
            levels: self.levels(&file.priorities, &calendars)?,
            categories: self.categories(&file.categories)?,
            channels: file
                .channels
                .iter()
                .map(|channel| self.channel(channel, &zone))
                .collect::<Checked<_>>()?,
            escalations: file.escalations.iter().map(|rule| self.escalation(rule)).collect::<Checked<_>>()?,
            template: self.template(&file.template)?,
            zone,
        })
    }

    fn levels(
        &self,
        files: &Spanned<Vec<LevelFile>>,
        calendars: &BTreeMap<String, Calendar>,
    ) -> Checked<Vec<Level>> {
        let mut levels = Vec::new();
        for file in files.get_ref() {
            let priority = *file.id.get_ref();
            let name = |field: &str| format!("priorities.{priority}.{field}");
            if levels.iter().any(|level: &Level| level.priority == priority) {
                return self.fail(&file.id, &name("id"), "is there twice");
            }
            let calendar = match &file.calendar {
                None => Calendar::Always,
                Some(id) => match calendars.get(id.get_ref()) {
                    Some(calendar) => calendar.clone(),
                    None => return self.fail(id, &name("calendar"), "names no calendar of [calendars]"),
                },
            };
            let optional = |text: &Option<Spanned<String>>, field: &str| {
                text.as_ref().map(|text| self.span(text, &name(field))).transpose()
            };
            let targets = Targets {
                response: self.span(&file.response, &name("response"))?,
                workaround: optional(&file.workaround, "workaround")?,
                resolution: optional(&file.resolution, "resolution")?,
            };
            if let (Some(workaround), Some(resolution), Some(at)) =
                (targets.workaround, targets.resolution, &file.resolution)
                && resolution < workaround
            {
                return self.fail(at, &name("resolution"), "is shorter than the workaround");
            }
            levels.push(Level {
                priority,
                name: self.text(&file.name, &name("name"))?,
                when: self.text(&file.when, &name("when"))?,
                targets,
                calendar,
            });
        }
        levels.sort_by_key(|level| level.priority);
        let absent =
            Priority::ALL.into_iter().find(|priority| levels.iter().all(|level| level.priority != *priority));
        match absent {
            Some(priority) => self.fail(files, "priorities", &format!("{priority} is missing")),
            None => Ok(levels),
        }
    }

    fn calendars(
        &self,
        files: BTreeMap<String, CalendarFile>,
        zone: &TimeZone,
    ) -> Checked<BTreeMap<String, Calendar>> {
        let mut calendars = BTreeMap::new();
        for (id, file) in files {
            let name = |field: &str| format!("calendars.{id}.{field}");
            let zone = match &file.zone {
                Some(text) => self.zone(text, &name("zone"))?,
                None => zone.clone(),
            };
            let (opens, closes) = self.window(&file.hours, &name("hours"))?;
            let mut weekdays = [file.days.is_none(); 7];
            for day in file.days.iter().flat_map(Spanned::get_ref) {
                let known =
                    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().position(|known| known == day);
                match (known, &file.days) {
                    (Some(index), _) => weekdays[index] = true,
                    (None, Some(at)) => {
                        return self.fail(at, &name("days"), "expected mon, tue, wed, thu, fri, sat, sun");
                    }
                    (None, None) => {}
                }
            }
            if weekdays == [false; 7] {
                return self.fail(&file.hours, &name("days"), "no day is left to work on");
            }
            let mut holidays = Vec::new();
            for text in &file.holidays {
                match text.get_ref().parse::<Date>() {
                    Ok(date) => holidays.push(date),
                    Err(_) => return self.fail(text, &name("holidays"), "expected dates like 2026-12-25"),
                }
            }
            holidays.sort_unstable();
            calendars.insert(id, Calendar::Windows(Hours { zone, opens, closes, weekdays, holidays }));
        }
        Ok(calendars)
    }

    fn categories(&self, files: &Spanned<Vec<CategoryFile>>) -> Checked<Vec<CategoryText>> {
        let mut categories: Vec<CategoryText> = Vec::new();
        for file in files.get_ref() {
            let category = *file.id.get_ref();
            if categories.iter().any(|known| known.category == category) {
                return self.fail(&file.id, "categories.id", "is there twice");
            }
            let name = self.text(&file.name, &format!("categories.{category}.name"))?;
            categories.push(CategoryText { category, name });
        }
        match Category::ALL
            .into_iter()
            .find(|category| categories.iter().all(|known| known.category != *category))
        {
            Some(category) => self.fail(files, "categories", &format!("{category} is missing")),
            None => Ok(categories),
        }
    }

    fn channel(&self, file: &ChannelFile, zone: &TimeZone) -> Checked<Channel> {
        let id = self.filled(&file.id, "channels.id")?;
        let name = |field: &str| format!("channels.{id}.{field}");
        let zone = match &file.zone {
            Some(text) => self.zone(text, &name("zone"))?,
            None => zone.clone(),
        };
        let hours = match &file.hours {
            None => None,
            Some(text) if text.get_ref() == "24/7" => Some(Calendar::Always),
            Some(text) => {
                let (opens, closes) = self.window(text, &name("hours"))?;
                Some(Calendar::Windows(Hours {
                    zone,
                    opens,
                    closes,
                    weekdays: [true; 7],
                    holidays: Vec::new(),
                }))
            }
        };
        Ok(Channel {
            name: self.text(&file.name, &name("name"))?,
            about: self.text(&file.about, &name("about"))?,
            address: file.address.clone(),
            hours,
            needs_edition: file.needs_edition.clone(),
            promise: *file.promise.get_ref(),
            id,
        })
    }

    fn escalation(&self, file: &EscalationFile) -> Checked<Escalation> {
        let id = self.filled(&file.id, "escalations.id")?;
        if file.to.get_ref().is_empty() {
            return self.fail(&file.to, &format!("escalations.{id}.to"), "names nobody");
        }
        if file.priorities.get_ref().is_empty() {
            return self.fail(&file.priorities, &format!("escalations.{id}.priorities"), "names no priority");
        }
        Ok(Escalation {
            id,
            clock: *file.clock.get_ref(),
            priorities: file.priorities.get_ref().clone(),
            to: file.to.get_ref().clone(),
        })
    }

    fn template(&self, files: &Spanned<Vec<TemplateFile>>) -> Checked<Vec<TemplateLine>> {
        let mut lines: Vec<TemplateLine> = Vec::new();
        for file in files.get_ref() {
            let field = *file.field.get_ref();
            if lines.iter().any(|line| line.field == field) {
                return self.fail(&file.field, "template.field", "is there twice");
            }
            lines.push(TemplateLine { field, label: self.text(&file.label, "template.label")? });
        }
        for field in [TemplateField::Title, TemplateField::Description] {
            if lines.iter().all(|line| line.field != field) {
                return self.fail(files, "template", "title and description are required");
            }
        }
        Ok(lines)
    }

    fn text(&self, file: &TextFile, field: &str) -> Checked<Text> {
        Ok(Text {
            pl: self.filled(&file.pl, &format!("{field}.{}", Language::Pl))?,
            en: self.filled(&file.en, &format!("{field}.{}", Language::En))?,
        })
    }

    fn filled(&self, text: &Spanned<String>, field: &str) -> Checked<String> {
        if text.get_ref().trim().is_empty() {
            self.fail(text, field, "is empty")
        } else {
            Ok(text.get_ref().clone())
        }
    }

    fn zone(&self, text: &Spanned<String>, field: &str) -> Checked<TimeZone> {
        TimeZone::get(text.get_ref())
            .or_else(|_| self.fail(text, field, "expected a time zone like Europe/Warsaw"))
    }

    /// `30m`, `4h`, `3d`; at most a year.
    fn span(&self, text: &Spanned<String>, field: &str) -> Checked<SignedDuration> {
        let value = text.get_ref();
        let unit_seconds = match value.as_bytes().last() {
            Some(b'm') => 60,
            Some(b'h') => 3_600,
            Some(b'd') => 86_400,
            _ => 0,
        };
        let seconds = value
            .get(..value.len().saturating_sub(1))
            .and_then(|digits| digits.parse::<u32>().ok())
            .map_or(0, |number| i64::from(number) * unit_seconds);
        if (1..=366 * 86_400).contains(&seconds) {
            Ok(SignedDuration::from_secs(seconds))
        } else {
            self.fail(text, field, "expected a length of time like 30m, 4h or 3d, a year at most")
        }
    }

    /// `08:00-20:00`.
    fn window(&self, text: &Spanned<String>, field: &str) -> Checked<(Time, Time)> {
        let parsed = text.get_ref().split_once('-').and_then(|(opens, closes)| {
            let clock = |text: &str| Time::strptime("%H:%M", text.trim()).ok();
            Some((clock(opens)?, clock(closes)?))
        });
        match parsed {
            Some((opens, closes)) if opens < closes => Ok((opens, closes)),
            _ => self.fail(text, field, "expected hours like 08:00-20:00"),
        }
    }

    fn fail<T, V>(&self, at: &Spanned<V>, field: &str, problem: &str) -> Checked<T> {
        Err(PlanError {
            line: self.line(at.span().start),
            field: field.to_owned(),
            problem: problem.to_owned(),
        })
    }

    fn line(&self, at: usize) -> usize {
        let before = &self.source.as_bytes()[..at.min(self.source.len())];
        memchr::memchr_iter(b'\n', before).count() + 1
    }

    /// The key that stands on the line of a syntax or type error: the parser does not tell the path.
    fn key_at(&self, at: usize) -> String {
        let line = self.source.lines().nth(self.line(at) - 1).unwrap_or_default();
        let key = line.split('=').next().unwrap_or_default().trim();
        key.trim_matches(|c| c == '[' || c == ']').to_owned()
    }
}
