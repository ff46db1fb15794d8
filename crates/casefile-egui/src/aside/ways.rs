//! How support can be reached: the channels of the plan, as far as they are open to this person.

use casefile::plan::{Calendar, Channel, Promise};
use casefile::report::LicenseSummary;
use egui::{RichText, Ui};
use jiff::Timestamp;

use crate::action::Action;
use crate::facts::Facts;
use crate::screen::{Part, Screen, is_main_button, named_button_ui, screen_ui};

/// One channel, in words.
pub(crate) struct Way {
    name: String,
    about: String,
    /// What stands in place of the address when there is none to show.
    address: Result<String, String>,
    hours: Vec<String>,
    /// Whether somebody is there.
    is_open: bool,
    promise: String,
}

/// What the plan offers at this instant.
pub(crate) fn ways(facts: &Facts, now: Timestamp) -> Vec<Way> {
    facts.reporter.plan().channels.iter().map(|channel| way(channel, facts, now)).collect()
}

fn way(channel: &Channel, facts: &Facts, now: Timestamp) -> Way {
    let words = &facts.words;
    let is_open_to = |edition: &str| is_active(facts.license.as_ref(), edition, now);
    let address = match (&channel.needs_edition, &channel.address) {
        (Some(edition), _) if !is_open_to(edition) => {
            Err(words.with("way-needs-edition", &[("edition", edition.as_str().into())]))
        }
        (_, Some(address)) => Ok(address.clone()),
        (_, None) if channel.id == "portal" => match facts.reporter.portal() {
            Some(portal) => Ok(portal.to_owned()),
            None => Err(words.with("way-no-address", &[("vendor", facts.vendor().into())])),
        },
        (_, None) => Err(words.with("way-no-address", &[("vendor", facts.vendor().into())])),
    };
    let (hours, is_open) = match &channel.hours {
        None => (Vec::new(), false),
        Some(calendar) => (hours(calendar, facts, now), calendar.is_open(now)),
    };
    let language = facts.language();
    Way {
        name: channel.name.in_language(language).to_owned(),
        about: channel.about.in_language(language).to_owned(),
        address,
        hours,
        is_open,
        promise: words.text(match channel.promise {
            Promise::Sla => "way-promise",
            Promise::None => "way-no-promise",
        }),
    }
}

/// When somebody is there: in the civil time of the desk, and in the person's own when that is another.
fn hours(calendar: &Calendar, facts: &Facts, now: Timestamp) -> Vec<String> {
    let words = &facts.words;
    let Some(desk) = calendar.zone() else { return vec![words.text("way-always")] };
    let (key, here_key, at) = match (calendar.closes_at(now), calendar.opens_at(now)) {
        (Some(closes), _) => ("way-open-until", "way-open-until-here", closes),
        (None, Some(opens)) => ("way-opens-at", "way-opens-at-here", opens),
        (None, None) => return Vec::new(),
    };
    let mut lines = vec![words.with(key, &[("at", words.time(at, desk).into())])];
    if desk.to_offset(at) != facts.zone.to_offset(at) {
        lines.push(words.with(here_key, &[("at", facts.time(at).into())]));
    }
    lines
}

/// Whether the licence is one of this edition, and in force.
fn is_active(license: Option<&LicenseSummary>, edition: &str, now: Timestamp) -> bool {
    license.is_some_and(|license| {
        let has = license.edition.as_deref().is_some_and(|has| has.eq_ignore_ascii_case(edition));
        let is_in_time = license.expires_at.is_none_or(|end| now < end);
        has && is_in_time && license.status.eq_ignore_ascii_case("active")
    })
}

pub(crate) fn ways_ui(ui: &mut Ui, ways: &[Way], facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let heading = words.with("ways-heading", &[("vendor", facts.vendor().into())]);
    let body = |ui: &mut Ui| {
        let mut action = None;
        for way in ways {
            action = action.or(way_ui(ui, way, facts));
            ui.add_space(14.0);
        }
        action
    };
    screen_ui(ui, &Screen::new("ways", &heading, Part::Aside), facts, body, |ui| {
        is_main_button(ui, true, &words.text("aside-close")).then_some(Action::CloseAside)
    })
}

fn way_ui(ui: &mut Ui, way: &Way, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    let mut action = None;
    ui.label(RichText::new(&way.name).strong().size(15.0));
    ui.label(&way.about);
    match &way.address {
        Ok(address) => {
            ui.horizontal_wrapped(|ui| {
                let is_page = address.starts_with("https://") || address.starts_with("http://");
                if is_page {
                    ui.hyperlink(address);
                } else {
                    ui.add(egui::Label::new(RichText::new(address).strong().monospace()).wrap());
                }
                let label = words.with("way-copy-label", &[("address", address.as_str().into())]);
                if named_button_ui(ui, &words.text("way-copy"), &label).clicked() {
                    action = Some(Action::Copy(address.clone()));
                }
            });
        }
        Err(why) => _ = ui.label(why),
    }
    for (at, line) in way.hours.iter().enumerate() {
        if at == 0 && way.is_open {
            ui.strong(line)
        } else {
            ui.label(line)
        };
    }
    ui.label(&way.promise);
    action
}

#[cfg(test)]
mod tests {
    use casefile::Reporter;
    use casefile::collect::{License, LicenseSource};
    use casefile::plan::Plan;
    use casefile::report::Language;
    use jiff::tz::TimeZone;

    use super::*;

    const NUMBER: &str = "+48 22 555 01 00";

    struct Given(&'static str, &'static str, Option<Timestamp>);

    impl LicenseSource for Given {
        fn license(&self) -> std::io::Result<License> {
            let text = format!(r#"{{"status":"{}","edition":"{}"}}"#, self.0, self.1);
            let license: License = serde_json::from_str(&text).unwrap();
            Ok(License { expires_at: self.2, ..license })
        }
    }

    fn facts(license: Given, zone: &str) -> Facts {
        let source = Plan::default()
            .source()
            .replace("needs_edition", &format!("address = \"{NUMBER}\"\nneeds_edition"));
        let builder = Reporter::builder("a", "Bot", "1").outbox("unused").plan(Plan::parse(&source).unwrap());
        let facts = Facts::new(builder.license(license).build().unwrap(), Language::En);
        Facts { zone: TimeZone::get(zone).unwrap(), ..facts }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn hotline(facts: &Facts, now: Timestamp) -> Way {
        ways(facts, now).into_iter().find(|way| way.name == "Emergency hotline").unwrap()
    }

    #[test]
    fn the_number_is_shown_with_a_premium_licence_in_force_only() {
        let now = at("2026-11-24T10:00:00Z");
        for (license, shows) in [
            (Given("active", "premium", None), true),
            (Given("active", "Premium", Some(at("2026-11-24T10:00:01Z"))), true),
            (Given("active", "premium", Some(now)), false),
            (Given("expired", "premium", None), false),
            (Given("active", "basic", None), false),
        ] {
            let facts = facts(license, "Europe/Warsaw");
            let address = hotline(&facts, now).address;
            assert_eq!(address == Ok(NUMBER.to_owned()), shows, "{address:?}");
        }
    }

    #[test]
    fn opening_hours_are_told_in_both_time_zones() {
        let premium = || Given("active", "premium", None);
        for (zone, now, expected) in [
            ("Europe/Warsaw", "2026-11-24T10:00:00Z", &["Open now, until Tue 24 Nov 2026, 20:00 (CET)"][..]),
            // The clocks of two countries, the same offset.
            ("Europe/Berlin", "2026-07-01T17:59:59Z", &["Open now, until Wed 1 Jul 2026, 20:00 (CEST)"]),
            (
                "America/New_York",
                "2026-11-24T19:00:00Z",
                &[
                    "Closed. Opens Wed 25 Nov 2026, 08:00 (CET)",
                    "That is Wed 25 Nov 2026, 02:00 (EST) where you are",
                ],
            ),
        ] {
            let way = hotline(&facts(premium(), zone), at(now));
            assert_eq!(way.hours, expected, "{zone} {now}");
        }
    }

    #[test]
    fn the_community_promises_nothing() {
        let facts = facts(Given("active", "basic", None), "UTC");
        let ways = ways(&facts, at("2026-11-24T10:00:00Z"));
        let community = ways.iter().find(|way| way.about.contains("Discord")).unwrap();
        assert!(community.hours.is_empty() && community.promise == "No guaranteed answer.");
    }
}
