//! What the portal does, behind every way in: registers, answers, receives evidence.

mod evidence;
mod sweep;

use std::collections::HashMap;
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use axum::http::StatusCode;
use casefile::bundle::Limits;
use casefile::id::{ReportId, ReportSecret};
use casefile::plan::{Deadlines, Plan};
use casefile::report::ReportBody;
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;

pub(crate) use self::evidence::Checksum;
use crate::claims::Claims;
use crate::lanes::{Caller, Lane, Lanes};
use crate::problem::Problem;
use crate::room::Room;
use crate::store::{Registration, Store, TicketRow};
use crate::vault::Vault;

/// The working portal.
pub(crate) struct Desk {
    pub(crate) store: Store,
    pub(crate) vault: Vault,
    /// The address that clients reach it by, without a slash at the end.
    pub(crate) base_url: String,
    pub(crate) limits: Limits,
    plan: Arc<Plan>,
    /// Plans that tickets are pinned to, by digest.
    plans: Mutex<HashMap<String, Arc<Plan>>>,
    claims: Claims,
    lanes: Lanes,
    room: Room,
    /// Bundles that are checked at the same time: each takes a core.
    checks: Semaphore,
    now: fn() -> Timestamp,
}

impl Desk {
    /// Opens the data folder.
    pub(crate) async fn open(
        data: &Path,
        plan: Plan,
        base_url: String,
        now: fn() -> Timestamp,
    ) -> anyhow::Result<Arc<Self>> {
        let vault = Vault::open(data).with_context(|| format!("cannot use {}", data.display()))?;
        let file = data.join("portal.sqlite");
        let store = Store::open(&file).await.with_context(|| format!("cannot open {}", file.display()))?;
        let desk = Arc::new(Self {
            store,
            vault,
            base_url,
            limits: Limits::default(),
            plan: Arc::new(plan),
            plans: Mutex::default(),
            claims: Claims::default(),
            lanes: Lanes::default(),
            room: Room::of(data),
            checks: Semaphore::new(std::thread::available_parallelism().map_or(1, NonZero::get)),
            now,
        });
        desk.recover().await.context("cannot finish the uploads that the last stop interrupted")?;
        Ok(desk)
    }

    /// The present, to the millisecond that the database keeps.
    pub(crate) fn now(&self) -> Timestamp {
        let now = (self.now)();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    /// Registers a report; true when it is new. The same id and secret with the same text is the same report.
    pub(crate) async fn register(
        &self,
        id: ReportId,
        secret: &ReportSecret,
        text: &[u8],
        caller: Caller,
    ) -> Result<(TicketRow, bool), Problem> {
        let (body, lane) = canonical(text)?;
        if self.store.ticket_of_report(&id.to_string()).await?.is_none() {
            self.room.for_ticket()?;
            self.lanes.admit_report(caller, &lane, self.now())?;
        }
        let digest = HEXLOWER.encode(&Sha256::digest(self.plan.source()));
        let registration = Registration {
            id,
            secret: HEXLOWER.encode(&secret.digest()),
            body,
            at: self.now(),
            plan: (digest, self.plan.source().to_owned()),
        };
        let (ticket, new) = self.store.register(&registration).await?;
        if !is_owner(&ticket, secret) || ticket.body_text != registration.body {
            let hint = "This report id was used for another report: make a new one.";
            return Err(Problem::new(StatusCode::CONFLICT, "report_exists", hint));
        }
        if new {
            tracing::info!(ticket = %ticket.number, priority = %ticket.body.priority, "registered");
        }
        Ok((ticket, new))
    }

    /// The ticket of a report, for who has its secret.
    pub(crate) async fn authorise(&self, report: &str, secret: &ReportSecret) -> Result<TicketRow, Problem> {
        let ticket = self.store.ticket_of_report(report).await?;
        ticket.filter(|ticket| is_owner(ticket, secret)).ok_or_else(Problem::not_found)
    }

    /// The plan that a ticket is judged by.
    pub(crate) async fn plan_of(&self, ticket: &TicketRow) -> Result<Arc<Plan>, Problem> {
        let known =
            self.plans.lock().unwrap_or_else(PoisonError::into_inner).get(&ticket.plan).map(Arc::clone);
        if let Some(plan) = known {
            return Ok(plan);
        }
        let source = self.store.plan(&ticket.plan).await?;
        let plan = Arc::new(Plan::parse(&source).map_err(|error| Problem::unavailable(&error))?);
        self.plans
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(ticket.plan.clone(), Arc::clone(&plan));
        Ok(plan)
    }

    /// When the promises to a ticket fall due.
    pub(crate) async fn deadlines(&self, ticket: &TicketRow) -> Result<Deadlines, Problem> {
        let plan = self.plan_of(ticket).await?;
        Ok(plan.deadlines(ticket.body.priority, ticket.registered_at))
    }
}

fn is_owner(ticket: &TicketRow, secret: &ReportSecret) -> bool {
    let digest = HEXLOWER.encode(&secret.digest());
    ticket.secret.as_bytes().ct_eq(digest.as_bytes()).into()
}

/// Checks the text of a report, and writes it so that equal texts are equal bytes. Says which lane is its.
fn canonical(text: &[u8]) -> Result<(String, Lane), Problem> {
    let invalid = |error: serde_json::Error| {
        Problem::new(StatusCode::BAD_REQUEST, "invalid_body", format!("The text of the report: {error}."))
    };
    let value: serde_json::Value = serde_json::from_slice(text).map_err(invalid)?;
    let body: ReportBody = serde_json::from_value(value.clone()).map_err(invalid)?;
    for (name, text) in [("title", &body.title), ("description", &body.description)] {
        if text.trim().is_empty() {
            let hint = format!("The field `{name}` is blank.");
            return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "field_blank", hint));
        }
    }
    if let Some(bundle) = &body.bundle
        && !is_sha256(&bundle.sha256)
    {
        let hint = "The field `bundle.sha256` has to be 64 lower-case hexadecimal digits.";
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_digest", hint));
    }
    Ok((value.to_string(), Lane::of(&body)))
}

/// 64 lower-case hexadecimal digits.
pub(crate) fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
