//! Monthly reports and quarterly reviews, to look at, to print and to take along.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use casefile::report::Language;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::door::Visitor;
use super::frame::Frame;
use super::words::Words;
use super::{render, text};
use crate::desk::{Counted, Desk, counted};
use crate::kpi::{Period, Report, Times, as_csv};
use crate::problem::Problem;
use crate::roles::Right;
use crate::store::{ImprovementRow, Store};

const MONTHS: i32 = 24;
/// Characters of what is to become better.
const MAX_CHARS: usize = 1_000;
/// Height of the longest bar of a chart.
const BAR: u64 = 100;

#[derive(Template)]
#[template(path = "reports.html")]
struct List {
    frame: Frame,
    months: Vec<(String, String)>,
}

pub(super) async fn list(State(desk): State<Arc<Desk>>, visitor: Visitor) -> Result<Html<String>, Problem> {
    visitor.needs(Right::Report)?;
    let months = Period::last_months(desk.now(), &desk.plan().zone, MONTHS);
    let with_quarter = |month: String| {
        let quarter = Period::quarter_of(&month).unwrap_or_default();
        (month, quarter)
    };
    let months = months.into_iter().map(with_quarter).collect();
    render(&List { frame: Frame::of(&visitor, "reports"), months })
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    frame: Frame,
    /// The mark for forms, for who may write a review.
    csrf: Option<String>,
    is_quarter: bool,
    period: String,
    is_complete: bool,
    sha256: String,
    numbers: Vec<(&'static str, String)>,
    clocks: Vec<Line>,
    groups: Vec<Group>,
    /// The months of a quarter side by side.
    trend: Vec<Bar>,
    improvements: Vec<ImprovementRow>,
}

struct Line {
    clock: &'static str,
    priority: String,
    decided: u64,
    compliance: String,
    sla: String,
    wall: String,
}

struct Group {
    name: &'static str,
    rows: Vec<(String, u64)>,
}

/// One month of the chart: incidents, and promises that were kept, of a hundred.
struct Bar {
    month: String,
    x: usize,
    incidents: u64,
    height: u64,
    y: u64,
    kept: String,
}

#[derive(Deserialize)]
pub(super) struct As {
    #[serde(default)]
    format: String,
}

pub(super) async fn page(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(name): Path<String>,
    Query(As { format }): Query<As>,
) -> Result<Response, Problem> {
    visitor.needs(Right::Report)?;
    let period = Period::parse(&name, &desk.plan().zone).ok_or_else(Problem::not_found)?;
    let counted = desk.report(&period).await?;
    let file = |kind: &'static str, extension: &str, text: String| {
        let name = format!("attachment; filename=\"kpi-{}.{extension}\"", period.name);
        ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], text).into_response()
    };
    match format.as_str() {
        "csv" => return Ok(file("text/csv; charset=utf-8", "csv", as_csv(&counted.report))),
        "json" => return Ok(file("application/json", "json", counted.text)),
        _ => {}
    }
    let csrf = visitor.may(Right::Review).then(|| visitor.csrf.clone());
    let frame = Frame::of(&visitor, "reports");
    let page = Page::of(frame, csrf, &desk.store, &period, &counted, desk.now()).await?;
    Ok(render(&page)?.into_response())
}

/// The page for a printer, without a portal around it.
pub(crate) async fn standalone(
    store: &Store,
    period: &Period,
    counted: &Counted,
    language: Language,
    now: Timestamp,
) -> Result<String, Problem> {
    let page = Page::of(Frame::outside(language), None, store, period, counted, now).await?;
    let Html(html) = render(&page)?;
    let style = format!("<style>{}</style>", super::CSS);
    let html = html.replace("<link rel=\"stylesheet\" href=\"/static/portal.css\">", &style);
    Ok(html.replace("<script src=\"/static/portal.js\" defer></script>\n", ""))
}

impl Page {
    async fn of(
        frame: Frame,
        csrf: Option<String>,
        store: &Store,
        period: &Period,
        counted: &Counted,
        now: Timestamp,
    ) -> Result<Self, Problem> {
        let words = frame.words;
        let report = &counted.report;
        let is_quarter = period.months.len() > 1;
        let (mut trend, mut improvements) = (Vec::new(), Vec::new());
        if is_quarter {
            trend = months_of(store, period, now).await?;
            improvements = store.improvements(&period.name).await?;
            for row in &mut improvements {
                row.text = text::visible(&row.text);
                row.owner = text::visible(&row.owner);
            }
        }
        Ok(Self {
            csrf,
            is_quarter,
            period: period.name.clone(),
            is_complete: report.is_complete,
            sha256: counted.sha256.clone(),
            numbers: numbers(report, words),
            clocks: clocks(report, words),
            groups: groups(report, words),
            trend,
            improvements,
            frame,
        })
    }
}

async fn months_of(store: &Store, period: &Period, now: Timestamp) -> Result<Vec<Bar>, Problem> {
    let mut reports = Vec::new();
    for month in &period.months {
        // The months begin where the quarter does: the zone is the same.
        let Some(part) = period.part(month).filter(|part| part.from <= now) else { continue };
        reports.push(counted(store, &part, now).await?.report);
    }
    let most = reports.iter().map(|report| report.incidents).max().unwrap_or(0).max(1);
    let bar = |(place, report): (usize, Report)| {
        let (met, breached) = report
            .clocks
            .iter()
            .fold((0, 0), |(met, breached), sheet| (met + sheet.met, breached + sheet.breached));
        let height = report.incidents * BAR / most;
        Bar {
            month: report.period,
            x: place * 120 + 20,
            incidents: report.incidents,
            height,
            y: BAR + 20 - height,
            kept: percent((met * 1_000).checked_div(met + breached)),
        }
    };
    Ok(reports.into_iter().enumerate().map(bar).collect())
}

fn numbers(report: &Report, words: Words) -> Vec<(&'static str, String)> {
    let share = |part: u64, whole: u64| format!("{part} ({})", percent((part * 1_000).checked_div(whole)));
    vec![
        (words.incidents(), report.incidents.to_string()),
        (words.change_requests(), report.change_requests.to_string()),
        (words.with_diagnostics(), share(report.with_diagnostics, report.incidents)),
        (words.closed_tickets(), report.closed.to_string()),
        (words.with_article(), share(report.closed_with_article, report.closed)),
        (words.reopened(), report.reopened.to_string()),
        (words.backlog(), format!("{}: {}", report.backlog, times(&report.backlog_age))),
        (words.acknowledgement(), times(&report.acknowledgement)),
    ]
}

fn clocks(report: &Report, words: Words) -> Vec<Line> {
    let lines = report.clocks.iter().filter(|sheet| sheet.met + sheet.breached > 0 || sheet.sla.n > 0);
    lines
        .map(|sheet| Line {
            clock: words.clock_of(&sheet.clock),
            priority: sheet.priority.to_string(),
            decided: sheet.met + sheet.breached,
            compliance: percent(sheet.compliance_permille),
            sla: times(&sheet.sla),
            wall: times(&sheet.wall),
        })
        .collect()
}

fn groups(report: &Report, words: Words) -> Vec<Group> {
    let group = |name, map: &BTreeMap<String, u64>| {
        let mut rows: Vec<_> = map.iter().map(|(name, count)| (text::visible(name), *count)).collect();
        rows.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Group { name, rows }
    };
    vec![
        group(words.priority_requested(), &report.by_requested_priority),
        group(words.priority_triaged(), &report.by_priority),
        group(words.category(), &report.by_category),
        group(words.channel(), &report.by_channel),
        group(words.app(), &report.by_version),
        group(words.system(), &report.by_os),
        group(words.escalations(), &report.escalations),
    ]
}

/// `66.6 %`, or that there is nothing to say.
fn percent(permille: Option<u64>) -> String {
    permille.map_or("n/a".to_owned(), |permille| format!("{}.{} %", permille / 10, permille % 10))
}

/// The median, the ninth tenth and the longest; of few, all.
fn times(times: &Times) -> String {
    let length = |seconds: i64| text::length(SignedDuration::from_secs(seconds));
    match (times.p50, times.p90, times.max) {
        (Some(p50), Some(p90), Some(max)) => {
            format!("p50 {}, p90 {}, max {}, n = {}", length(p50), length(p90), length(max), times.n)
        }
        (Some(_), None, _) => times.values.iter().map(|value| length(*value)).collect::<Vec<_>>().join(", "),
        _ => "n/a".to_owned(),
    }
}

#[derive(Deserialize)]
pub(super) struct Improvement {
    csrf: String,
    text: String,
    owner: String,
    due: String,
}

pub(super) async fn improve(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(name): Path<String>,
    Form(form): Form<Improvement>,
) -> Result<Redirect, Problem> {
    visitor.made(&form.csrf)?;
    visitor.needs(Right::Review)?;
    let quarter = quarter(&desk, &name)?;
    let fields = [form.text.trim(), form.owner.trim()];
    let is_date = form.due.parse::<jiff::civil::Date>().is_ok_and(|date| date.to_string() == form.due);
    let is_good = |text: &&str| (1..=MAX_CHARS).contains(&text.chars().count());
    if !fields.iter().all(is_good) || !is_date {
        let hint = "An improvement needs a text, an owner and a date like 2026-12-31.";
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "field_blank", hint));
    }
    desk.store.add_improvement(&quarter.name, (fields[0], fields[1], &form.due)).await?;
    Ok(Redirect::to(&format!("/reports/{}", quarter.name)))
}

#[derive(Deserialize)]
pub(super) struct Settled {
    csrf: String,
    state: Outcome,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Done,
    Dropped,
}

pub(super) async fn settle(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path((name, id)): Path<(String, i64)>,
    Form(form): Form<Settled>,
) -> Result<Redirect, Problem> {
    visitor.made(&form.csrf)?;
    visitor.needs(Right::Review)?;
    let quarter = quarter(&desk, &name)?;
    let state = match form.state {
        Outcome::Done => "done",
        Outcome::Dropped => "dropped",
    };
    desk.store.settle_improvement(id, state, &quarter.name).await?;
    Ok(Redirect::to(&format!("/reports/{}", quarter.name)))
}

fn quarter(desk: &Desk, name: &str) -> Result<Period, Problem> {
    let period = Period::parse(name, &desk.plan().zone).filter(|period| period.months.len() > 1);
    period.ok_or_else(Problem::not_found)
}
