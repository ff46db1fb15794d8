//! One ticket: what the person wrote, what was promised, what was received.

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse};
use casefile::plan::{Plan, TemplateField};
use casefile::report::{Language, ReportBody};
use casefile::transport::file_name;
use jiff::Timestamp;
use serde_json::Value;
use tokio_util::io::ReaderStream;

use super::{render, text};
use crate::desk::{Desk, is_sha256};
use crate::event::{Event, Kind};
use crate::problem::Problem;
use crate::store::{EvidenceRow, TicketRow};

#[derive(Template)]
#[template(path = "ticket.html")]
struct Page {
    number: String,
    title: String,
    language: Language,
    priority: String,
    category: String,
    registered: String,
    occurred: Option<String>,
    report: String,
    promises: Vec<Promise>,
    /// The template of the plan, filled in.
    answers: Vec<Fact>,
    contact: Vec<Fact>,
    machine: Vec<Section>,
    evidence: Vec<Evidence>,
    history: Vec<(String, String)>,
}

struct Promise {
    what: &'static str,
    /// When it falls due, and how far that is; nothing when nothing is promised.
    due: Option<(String, String)>,
    is_late: bool,
}

struct Fact {
    name: String,
    value: String,
}

struct Section {
    name: &'static str,
    facts: Vec<Fact>,
}

struct Evidence {
    sha256: String,
    size: String,
    received: String,
    sealed: String,
    rules: String,
    stored: usize,
    unpacked: String,
    hits: Vec<(String, u64)>,
    entries: Vec<Entry>,
    more: usize,
    notes: Vec<Fact>,
}

struct Entry {
    name: String,
    status: &'static str,
    reason: String,
    size: String,
    hidden: u64,
}

pub(super) async fn page(
    State(desk): State<Arc<Desk>>,
    Path(number): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let ticket = find(&desk, &number).await?;
    let plan = desk.plan_of(&ticket).await?;
    let evidence = desk.store.evidence(ticket.id).await?;
    let events = desk.store.events(ticket.id).await?;
    let page: Html<String> = render(&Page::of(&ticket, &plan, &evidence, &events, desk.now()))?;
    Ok(page)
}

/// The bundle as it was received. The browser saves it and never shows it.
pub(super) async fn download(
    State(desk): State<Arc<Desk>>,
    Path((number, sha256)): Path<(String, String)>,
) -> Result<impl IntoResponse, Problem> {
    let ticket = find(&desk, &number).await?;
    let evidence = desk.store.evidence(ticket.id).await?;
    if !is_sha256(&sha256) || !evidence.iter().any(|row| row.sha256 == sha256) {
        return Err(Problem::not_found());
    }
    let file = tokio::fs::File::open(desk.vault.evidence(&ticket.report, &sha256)).await?;
    let bytes = file.metadata().await?.len();
    let name = ticket.report.parse().map(|id| file_name(&ticket.body.app.name, id)).unwrap_or_default();
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_LENGTH, bytes.to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
    ];
    Ok((headers, Body::from_stream(ReaderStream::with_capacity(file, 1 << 18))))
}

async fn find(desk: &Desk, number: &str) -> Result<TicketRow, Problem> {
    let number = number.parse().map_err(|_| Problem::not_found())?;
    desk.store.ticket(&number).await?.ok_or_else(Problem::not_found)
}

impl Page {
    fn of(
        ticket: &TicketRow,
        plan: &Plan,
        evidence: &[EvidenceRow],
        events: &[Event],
        now: Timestamp,
    ) -> Self {
        let body = &ticket.body;
        let civil = |at| text::civil(at, &plan.zone);
        let level = plan.level(body.priority);
        let deadlines = plan.deadlines(body.priority, ticket.registered_at);
        let promise = |what, due: Option<Timestamp>| Promise {
            what,
            due: due.map(|due| (civil(due), text::relative(due, now))),
            is_late: due.is_some_and(|due| due < now),
        };
        Self {
            number: ticket.number.to_string(),
            title: text::visible(&body.title),
            language: body.language,
            priority: format!("{} {}", body.priority, level.name.in_language(Language::En)),
            category: plan.category_name(body.category).in_language(Language::En).to_owned(),
            registered: civil(ticket.registered_at),
            occurred: body.occurred_at.map(civil),
            report: ticket.report.clone(),
            promises: vec![
                promise("Response", deadlines.response),
                promise("Workaround", deadlines.workaround),
                promise("Resolution", deadlines.resolution),
            ],
            answers: answers(body, plan),
            contact: contact(body),
            machine: machine(body),
            evidence: evidence.iter().map(|row| Evidence::of(row, &civil)).collect(),
            history: events.iter().map(|event| (civil(event.at), told(&event.kind))).collect(),
        }
    }
}

/// The lines of the template under their labels, in the person's language.
fn answers(body: &ReportBody, plan: &Plan) -> Vec<Fact> {
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    let value = |field| match field {
        TemplateField::Description => Some(body.description.clone()),
        TemplateField::Steps => Some(optional(&body.steps)),
        TemplateField::Expected => Some(optional(&body.expected)),
        TemplateField::Actual => Some(optional(&body.actual)),
        TemplateField::Additional => Some(optional(&body.additional)),
        TemplateField::Versions => Some(format!("{} {}", body.app.name, body.app.version)),
        // In the head of the page, or among the evidence.
        TemplateField::Title | TemplateField::Logs | TemplateField::Priority => None,
    };
    plan.template
        .iter()
        .filter_map(|line| {
            let name = line.label.in_language(body.language).to_owned();
            Some(Fact { name, value: text::visible(&value(line.field)?) })
        })
        .collect()
}

fn contact(body: &ReportBody) -> Vec<Fact> {
    let lines = [("Name", &body.contact.name), ("E-mail", &body.contact.email)];
    lines
        .into_iter()
        .filter_map(|(name, value)| {
            Some(Fact { name: name.to_owned(), value: text::visible(value.as_ref()?) })
        })
        .collect()
}

fn machine(body: &ReportBody) -> Vec<Section> {
    let license = body.license.as_ref().and_then(|license| serde_json::to_value(license).ok());
    let sections = [
        ("System", body.system.as_ref()),
        ("Licence", license.as_ref()),
        ("Fingerprint", body.fingerprint.as_ref()),
    ];
    sections
        .into_iter()
        .map(|(name, value)| {
            let mut facts = Vec::new();
            if let Some(value) = value {
                flatten("", value, &mut facts);
            }
            Section { name, facts }
        })
        .filter(|section| !section.facts.is_empty())
        .collect()
}

/// The leaves of a JSON value with their dotted paths, as far as anybody would read them.
fn flatten(path: &str, value: &Value, facts: &mut Vec<Fact>) {
    const MAX_FACTS: usize = 100;
    if facts.len() >= MAX_FACTS {
        return;
    }
    let under = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(map) => map.iter().for_each(|(name, value)| flatten(&under(name), value, facts)),
        Value::Array(list) => {
            for (n, value) in list.iter().enumerate() {
                flatten(&under(&n.to_string()), value, facts);
            }
        }
        Value::Null => {}
        Value::String(text) => facts.push(fact(path, text)),
        Value::Number(number) => match number.as_u64().filter(|_| path.ends_with("_bytes")) {
            Some(bytes) => facts.push(fact(path.trim_end_matches("_bytes"), &text::size(bytes))),
            None => facts.push(fact(path, &number.to_string())),
        },
        Value::Bool(flag) => facts.push(fact(path, if *flag { "yes" } else { "no" })),
    }
}

fn fact(name: &str, value: &str) -> Fact {
    Fact { name: text::visible(&name.replace('_', " ")), value: text::visible(value) }
}

impl Evidence {
    fn of(row: &EvidenceRow, civil: &impl Fn(Timestamp) -> String) -> Self {
        let summary = &row.summary;
        Self {
            sha256: row.sha256.clone(),
            size: text::size(row.bytes),
            received: civil(row.received_at),
            sealed: civil(summary.sealed_at),
            rules: text::visible(&summary.rules),
            stored: summary.stored,
            unpacked: text::size(summary.unpacked_bytes),
            hits: summary.hits.iter().map(|(rule, count)| (text::visible(rule), *count)).collect(),
            entries: summary
                .entries
                .iter()
                .map(|entry| Entry {
                    name: text::visible(&entry.name),
                    status: entry.status.as_str(),
                    reason: text::visible(entry.reason.as_deref().unwrap_or_default()),
                    size: if entry.status.is_stored() { text::size(entry.bytes) } else { String::new() },
                    hidden: entry.hidden(),
                })
                .collect(),
            more: summary.more,
            notes: summary.notes.iter().map(|note| fact(&note.about, &note.text)).collect(),
        }
    }
}

fn told(kind: &Kind) -> String {
    match kind {
        Kind::Registered { priority } => format!("registered as {priority}"),
        Kind::EvidenceReceived { bytes, sha256 } => {
            format!("evidence received: {}, SHA-256 {sha256}", text::size(*bytes))
        }
        Kind::EvidenceRefused { why, .. } => format!("evidence refused: {}", text::visible(why)),
        kind => kind.tag(),
    }
}
