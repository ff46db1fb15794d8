//! One ticket as staff see it, and its evidence.

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse};
use casefile::plan::{Plan, TemplateField};
use casefile::report::{Category, Language, ReportBody};
use casefile::transport::file_name;
use tokio_util::io::ReaderStream;

use super::conversation::{self, Explained, Message, Promise};
use super::door::Visitor;
use super::exhibits::{self, Evidence, Fact, Section};
use super::findings::{self, Found, Same};
use super::frame::Frame;
use super::licence::{self, Licence};
use super::mailroom::Mail;
use super::words::Words;
use super::{render, story, text};
use crate::case::{Case, word};
use crate::clocks::State as Standing;
use crate::desk::{Clocks, Desk, is_sha256, ledger, random_id};
use crate::event::{Relation, Verdict};
use crate::problem::Problem;
use crate::roles::Right;
use crate::store::{EvidenceRow, TicketRow};

/// Mails that are listed on the page of their ticket.
const MAX_MAILS: i64 = 100;

#[derive(Template)]
#[template(path = "ticket.html")]
struct Page {
    frame: Frame,
    csrf: String,
    /// Makes a form that is sent twice one step.
    key: String,
    may_note: bool,
    may_work: bool,
    may_assign: bool,
    may_void: bool,
    may_erase: bool,
    /// Place, name, size and time of what was added by hand.
    files: Vec<(i64, String, String, String)>,
    /// Until when bundles and words are kept.
    kept_until: Option<(String, String)>,
    erased_at: Option<String>,
    is_proposed: bool,
    number: String,
    title: String,
    language: Language,
    priority: String,
    priority_name: String,
    category: &'static str,
    category_name: String,
    categories: Vec<(&'static str, String)>,
    state: &'static str,
    is_handed_over: bool,
    assignee: Option<String>,
    staff: Vec<String>,
    login: String,
    registered: String,
    occurred: Option<String>,
    closes_at: Option<String>,
    triage: Option<Triage>,
    /// Values, names, and which one holds.
    login_choice: [(&'static str, &'static str, bool); 3],
    license_choice: [(&'static str, &'static str, bool); 3],
    links: Vec<(&'static str, String)>,
    promises: Vec<Promise>,
    ledger: Vec<Explained>,
    messages: Vec<Message>,
    licence: Licence,
    /// The template of the plan, filled in.
    answers: Vec<Fact>,
    contact: Vec<Fact>,
    machine: Vec<Section>,
    evidence: Vec<Evidence>,
    mails: Vec<Mail>,
    findings: Vec<Found>,
    /// Bundles that are not looked through yet.
    unseen: usize,
    same: Option<Same>,
    history: Vec<(String, String, String)>,
    report: String,
}

struct Triage {
    at: String,
    by: String,
    login: &'static str,
    license: &'static str,
}

pub(super) async fn page(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(number): Path<String>,
) -> Result<Html<String>, Problem> {
    let ticket = find(&desk, &number).await?;
    let plan = desk.plan_of(&ticket).await?;
    let events = desk.events(&ticket).await?;
    let now = desk.now();
    let case = Case::of(&plan, &ticket.body, &events, now).ok_or_else(Problem::not_found)?;
    let evidence = desk.store.evidence(ticket.id).await?;
    let files = desk.store.attachments(ticket.id).await?;
    let mails = desk.store.mails(Some(ticket.id), MAX_MAILS).await?;
    let insights = desk.store.insights(ticket.id).await?;
    let same = desk.same_problem(&ticket, &insights).await?;
    let licence = licence::of(&desk, &ticket, now).await?;
    let staff = desk.store.all_staff().await?;
    let words = visitor.words();
    let civil = |at| text::civil(at, &plan.zone);
    let body = &ticket.body;
    let name = |category| plan.category_name(category).in_language(words.0).to_owned();
    let priority = case.clocks.priority();
    render(&Page {
        csrf: visitor.csrf.clone(),
        key: random_id()?,
        may_note: visitor.may(Right::Note),
        may_work: visitor.may(Right::Work) && !case.is_over(),
        may_assign: (visitor.may(Right::Assign) || visitor.may(Right::Work)) && !case.is_over(),
        may_void: visitor.may(Right::Void) && !case.is_over(),
        may_erase: visitor.may(Right::Erase) && !case.is_erased(),
        files: files
            .into_iter()
            .map(|row| (row.n, text::visible(&row.name), text::size(row.bytes), civil(row.received_at)))
            .collect(),
        kept_until: desk.kept_until(&case).map(|until| (civil(until.bundles), civil(until.words))),
        erased_at: case.erased.map(|(_, at)| civil(at)),
        is_proposed: case.clocks.state() == Standing::Proposed,
        number: ticket.number.to_string(),
        title: text::visible(&body.title),
        language: body.language,
        priority: priority.to_string(),
        priority_name: plan.level(priority).name.in_language(words.0).to_owned(),
        category: case.category.as_str(),
        category_name: name(case.category),
        categories: Category::ALL.map(|category| (category.as_str(), name(category))).into(),
        state: words.state_of(&word(case.clocks.state())),
        is_handed_over: case.is_handed_over,
        assignee: case.assignee.clone(),
        staff: if visitor.may(Right::Assign) {
            staff.into_iter().filter(|staff| staff.is_active).map(|staff| staff.login).collect()
        } else {
            Vec::new()
        },
        login: visitor.staff.login.clone(),
        registered: civil(ticket.registered_at),
        occurred: body.occurred_at.map(civil),
        closes_at: case.clocks.closes_at().map(civil),
        triage: case.triage.as_ref().map(|triage| Triage {
            at: civil(triage.at),
            by: triage.by.to_string(),
            login: verdict(triage.login, words),
            license: verdict(triage.license, words),
        }),
        login_choice: choice(case.triage.as_ref().map(|triage| triage.login), words),
        license_choice: choice(case.triage.as_ref().map(|triage| triage.license), words),
        links: links(&case, words),
        promises: conversation::promises(&Clocks::of(&case), &plan, words, now),
        ledger: conversation::explained(&ledger(&case), &plan, words),
        messages: events.iter().filter_map(|event| Message::for_staff(event, &plan.zone, words)).collect(),
        licence,
        answers: answers(body, &plan),
        contact: contact(body, words),
        machine: exhibits::machine(body, words),
        evidence: evidence.iter().map(|row: &EvidenceRow| Evidence::of(row, &civil)).collect(),
        findings: findings::found(&insights, words, &civil),
        unseen: evidence.len().saturating_sub(insights.len()),
        same: same.as_ref().map(|same| findings::same(same, words, &civil)),
        mails: mails.iter().map(|row| Mail::of(row, &plan.zone)).collect(),
        history: events
            .iter()
            .map(|event| (civil(event.at), event.by.to_string(), story::told(&event.kind, words)))
            .collect(),
        report: ticket.report.clone(),
        frame: Frame::of(&visitor, "ticket"),
    })
}

fn verdict(verdict: Verdict, words: Words) -> &'static str {
    match verdict {
        Verdict::Confirmed => words.confirmed(),
        Verdict::Rejected => words.rejected(),
        Verdict::Unchecked => words.unchecked(),
    }
}

fn choice(now: Option<Verdict>, words: Words) -> [(&'static str, &'static str, bool); 3] {
    let now = now.unwrap_or_default();
    let one = |value, name| (value, verdict(name, words), name == now);
    [
        one("unchecked", Verdict::Unchecked),
        one("confirmed", Verdict::Confirmed),
        one("rejected", Verdict::Rejected),
    ]
}

fn links(case: &Case<'_>, words: Words) -> Vec<(&'static str, String)> {
    let name = |relation| match relation {
        Relation::FollowedBy => words.follow_up(),
        Relation::Follows => words.follows(),
        Relation::DuplicateOf => words.duplicate_of(),
    };
    case.links.iter().map(|(relation, ticket)| (name(*relation), ticket.clone())).collect()
}

/// The bundle as it was received. The browser saves it and never shows it.
pub(super) async fn download(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path((number, sha256)): Path<(String, String)>,
) -> Result<impl IntoResponse, Problem> {
    visitor.needs(Right::See)?;
    let ticket = find(&desk, &number).await?;
    let evidence = desk.store.evidence(ticket.id).await?;
    if !is_sha256(&sha256) || !evidence.iter().any(|row| row.sha256 == sha256) {
        return Err(Problem::not_found());
    }
    let file = tokio::fs::File::open(desk.vault.evidence(&ticket.report, &sha256)).await?;
    let bytes = file.metadata().await?.len();
    let name = ticket.report.parse().map(|id| file_name(&ticket.body.app.name, id)).unwrap_or_default();
    let what = format!("took evidence {} of {number}", &sha256[..12]);
    desk.store.audit(desk.now(), &visitor.staff.login, &what).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_LENGTH, bytes.to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
    ];
    Ok((headers, Body::from_stream(ReaderStream::with_capacity(file, 1 << 18))))
}

pub(super) async fn find(desk: &Desk, number: &str) -> Result<TicketRow, Problem> {
    let number = number.parse().map_err(|_| Problem::not_found())?;
    desk.store.ticket(&number).await?.ok_or_else(Problem::not_found)
}

/// The lines of the template under their labels, in the person's language.
pub(super) fn answers(body: &ReportBody, plan: &Plan) -> Vec<Fact> {
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

fn contact(body: &ReportBody, words: Words) -> Vec<Fact> {
    let lines = [(words.name(), &body.contact.name), (words.email(), &body.contact.email)];
    lines
        .into_iter()
        .filter_map(|(name, value)| {
            Some(Fact { name: name.to_owned(), value: text::visible(value.as_ref()?) })
        })
        .collect()
}
