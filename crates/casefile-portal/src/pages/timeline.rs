//! The logs of a bundle as one, by time: around the incident, with ways to everything that was found.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use casefile::report::Language;
use casefile::stamp::Level;
use casefile::timeline::{Filter, Pattern};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::door::Visitor;
use super::frame::Frame;
use super::ticket::find;
use super::words::Words;
use super::{render, text};
use crate::desk::{Desk, LINES_ON_A_PAGE, Line};
use crate::problem::Problem;
use crate::roles::Right;
use crate::store::InsightRow;

/// What is shown before the moment that one goes to.
const LEAD: SignedDuration = SignedDuration::from_mins(2);
/// Findings that one can go to.
const MAX_PLACES: usize = 12;
/// Longest words that are sought.
const MAX_WORDS_CHARS: usize = 200;

#[derive(Template)]
#[template(path = "timeline.html")]
struct Page {
    frame: Frame,
    number: String,
    sha256: String,
    zone: String,
    /// What was asked for, as it was written.
    from: String,
    q: String,
    level: String,
    levels: Vec<&'static str>,
    complaint: Option<&'static str>,
    /// Where one can go: what it is called, and the query.
    places: Vec<(String, String)>,
    rows: Vec<Row>,
    earlier: Option<String>,
    later: Option<String>,
    is_unfinished: bool,
}

/// A record, or a mark between records.
struct Row {
    /// `record`, `gap`, `burst`, `incident` or `unreadable`.
    kind: &'static str,
    at: String,
    level: &'static str,
    source: String,
    first: String,
    rest: String,
    more: usize,
    times: String,
    is_late: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Where {
    from: String,
    level: String,
    q: String,
    skip: usize,
}

pub(super) async fn page(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path((number, sha256)): Path<(String, String)>,
    Query(asked): Query<Where>,
) -> Result<Html<String>, Problem> {
    visitor.needs(Right::See)?;
    let ticket = find(&desk, &number).await?;
    let plan = desk.plan_of(&ticket).await?;
    let words = visitor.words();
    let insights = desk.store.insights(ticket.id).await?;
    let occurred = ticket.body.occurred_at;
    let level = asked.level.parse::<Level>().ok();
    let sought: String = asked.q.trim().chars().take(MAX_WORDS_CHARS).collect();
    let grep = Some(&sought).filter(|words| !words.is_empty());
    let grep = grep.map(|words| Pattern::words(words)).transpose().ok().flatten();
    let (from, complaint) = match asked.from.trim() {
        // Whoever asks for nothing is led to where it happened.
        "" if asked.q.is_empty() && asked.level.is_empty() => {
            (before(occurred.or(first_found(&insights))), None)
        }
        // The beginning of it all.
        "0" | "" => (None, None),
        text => match time_of(text, &plan.zone) {
            Some(at) => (Some(at), None),
            None => (None, Some(words.no_time())),
        },
    };
    let filter = Filter { level, from, to: None, grep };
    let stretch = desk.timeline(&ticket, &sha256, filter, asked.skip).await?;
    if asked.skip == 0 {
        let what = format!("looked at the timeline of {} of {number}", &sha256[..12]);
        desk.store.audit(desk.now(), &visitor.staff.login, &what).await?;
    }
    let shown_from = from.map_or_else(|| "0".to_owned(), |at| at.to_string());
    let query = |from: &str, skip: usize| {
        let pairs =
            [("from", from), ("level", asked.level.as_str()), ("q", &sought), ("skip", &skip.to_string())];
        text::query(&pairs)
    };
    let earlier = match (asked.skip, from) {
        (0, Some(at)) => Some(query(&at.checked_sub(LEAD * 5).unwrap_or(at).to_string(), 0)),
        (0, None) => None,
        (skip, _) => Some(query(&shown_from, skip.saturating_sub(LINES_ON_A_PAGE))),
    };
    let next = asked.skip.saturating_add(LINES_ON_A_PAGE);
    render(&Page {
        places: places(occurred, &insights, words),
        rows: stretch.lines.iter().map(|line| Row::of(line, words, &plan.zone)).collect(),
        earlier,
        later: stretch.has_more.then(|| query(&shown_from, next)),
        is_unfinished: stretch.is_unfinished,
        number: ticket.number.to_string(),
        zone: plan.zone.iana_name().unwrap_or("UTC").to_owned(),
        from: from.map(|at| precise(at, &plan.zone)).unwrap_or_default(),
        q: text::visible(&sought),
        level: level.map(Level::as_str).unwrap_or_default().to_owned(),
        levels: Level::ALL.iter().map(|level| level.as_str()).collect(),
        complaint,
        sha256,
        frame: Frame::of(&visitor, "ticket"),
    })
}

/// The query that leads to the timeline shortly before a time. In UTC: where clocks are set back, an hour comes twice.
fn query_before(at: Timestamp) -> String {
    text::query(&[("from", &before(Some(at)).unwrap_or(at).to_string())])
}

fn before(at: Option<Timestamp>) -> Option<Timestamp> {
    at.map(|at| at.checked_sub(LEAD).unwrap_or(at))
}

fn first_found(insights: &[InsightRow]) -> Option<Timestamp> {
    insights.last()?.findings.first()?.first_at
}

/// A time as a person or a link writes it: RFC 3339, or a date and a time of day where the plan lives.
fn time_of(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let civil = || zone.to_ambiguous_timestamp(text.parse::<DateTime>().ok()?).compatible().ok();
    text.parse().ok().or_else(civil)
}

/// `2026-11-25 14:03:07.123` where the plan lives.
fn precise(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M:%S.%3f").to_string()
}

/// The beginning, the incident, and what was found.
fn places(occurred: Option<Timestamp>, insights: &[InsightRow], words: Words) -> Vec<(String, String)> {
    let mut places = vec![(words.beginning().to_owned(), text::query(&[("from", "0")]))];
    places.extend(occurred.map(|at| (words.incident().to_owned(), query_before(at))));
    let findings = insights.last().map(|newest| newest.findings.as_slice()).unwrap_or_default();
    let found = findings.iter().filter_map(|finding| {
        let title = match words.0 {
            Language::En => &finding.title.en,
            Language::Pl => &finding.title.pl,
        };
        Some((text::visible(title), query_before(finding.first_at?)))
    });
    places.extend(found.take(MAX_PLACES));
    places
}

impl Row {
    fn of(line: &Line, words: Words, zone: &TimeZone) -> Self {
        let mark = |kind, at: Option<Timestamp>, first: String| Self {
            kind,
            at: at.map(|at| precise(at, zone)).unwrap_or_default(),
            level: "",
            source: String::new(),
            first,
            rest: String::new(),
            more: 0,
            times: String::new(),
            is_late: false,
        };
        match line {
            Line::Gap { from, to } => {
                let length = text::length(to.duration_since(*from));
                mark("gap", Some(*from), format!("{}: {length}", words.silence()))
            }
            Line::Burst { at, records, usual } => mark(
                "burst",
                Some(*at),
                format!("{}: {records} / 10 s ({} {usual})", words.storm(), words.usually()),
            ),
            Line::Incident { at } => mark("incident", Some(*at), words.it_happened().to_owned()),
            Line::Unreadable { file } => {
                mark("unreadable", None, format!("{}: {}", words.rest_damaged(), one_line(file)))
            }
            Line::Record { at, until, repeats, file, line, level, text, is_cut, is_late } => {
                let mut row = mark("record", *at, String::new());
                let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
                row.first = text::visible(first);
                row.rest = text::visible(rest);
                row.more = rest.lines().count();
                if *is_cut {
                    let cut = if rest.is_empty() { &mut row.first } else { &mut row.rest };
                    cut.push('…');
                }
                row.level = level.map(Level::as_str).unwrap_or_default();
                row.source = format!("{}:{line}", one_line(file));
                if *repeats > 1 {
                    let until = until.map(|until| format!(" – {}", precise(until, zone))).unwrap_or_default();
                    row.times = format!("× {repeats}{until}");
                }
                row.is_late = *is_late;
                row
            }
        }
    }
}

/// A name of a file, which a stranger may have given line ends.
fn one_line(name: &str) -> String {
    text::visible(name).replace(['\n', '\t'], "⟨U+000A⟩")
}

#[cfg(test)]
mod tests;
