//! What the portal does, behind every way in: registers, answers, receives evidence.

mod attach;
mod customer;
mod dispatch;
mod erase;
mod evidence;
mod hotline;
mod insight;
mod mailroom;
mod process;
mod reports;
mod returned;
mod rounds;
mod staff;
mod sweep;
mod thread;
mod timeline;

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use axum::http::StatusCode;
use casefile::analyze::Analysers;
use casefile::bundle::Limits;
use casefile::id::{ReportId, ReportSecret};
use casefile::plan::{Deadlines, Plan};
use casefile::report::ReportBody;
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

pub(crate) use self::attach::{Arrived, MAX_FILE_BYTES, plain_name};
pub(crate) use self::customer::{ClockShown, Clocks, LedgerLine, Message, ledger};
pub(crate) use self::evidence::Checksum;
pub(crate) use self::insight::SameProblem;
pub(crate) use self::process::random_id;
pub(crate) use self::reports::{Counted, counted};
pub(crate) use self::staff::{MIN_PASSWORD_CHARS, SignInError, hashed};
pub(crate) use self::timeline::{LINES_ON_A_PAGE, Line};
use crate::case::{Case, Standing};
use crate::claims::Claims;
use crate::cores::Cores;
use crate::lanes::{Caller, Lane, Lanes};
use crate::mail::tag::Signer;
use crate::meter::Meter;
use crate::notify::{Hooks, Mailer};
use crate::problem::Problem;
use crate::retention::Retention;
use crate::room::Room;
use crate::settings::PortalSettings;
use crate::spool::Spool;
use crate::store::{Kept, Place, Registration, Store, TicketRow, registered, write};
use crate::vault::Vault;

/// The working portal.
pub(crate) struct Desk {
    pub(crate) store: Store,
    pub(crate) vault: Vault,
    /// The address that clients reach it by, without a slash at the end.
    pub(crate) base_url: String,
    pub(crate) limits: Limits,
    pub(crate) settings: PortalSettings,
    /// Mails that came in.
    pub(crate) spool: Spool,
    signer: Signer,
    mailer: Option<Mailer>,
    hooks: Hooks,
    lines: dispatch::Lines,
    plan: Arc<Plan>,
    /// SHA-256 of its text.
    plan_digest: String,
    /// Plans that tickets are pinned to, by digest.
    plans: Mutex<HashMap<String, Arc<Plan>>>,
    claims: Claims,
    door: staff::Door,
    lanes: Lanes,
    pub(crate) room: Room,
    retention: Retention,
    /// Each bundle that is checked or looked through takes one.
    pub(crate) cores: Cores,
    /// Uploads that have arrived and wait for their check.
    waiting: Mutex<HashSet<String>>,
    /// Timelines that are read at the same time.
    readers: Semaphore,
    /// The vendor's own; absent for those that come with casefile.
    analysers: Option<Arc<Analysers>>,
    /// Cancelled when the portal shall stop: uploads keep what has come, and end.
    pub(crate) stop: CancellationToken,
    pub(crate) meter: Meter,
    /// When the last round ended, in milliseconds.
    last_round: AtomicI64,
    now: Box<dyn Fn() -> Timestamp + Send + Sync>,
}

impl Desk {
    /// Opens the data folder and the database.
    pub(crate) async fn open(
        data: &Path,
        place: &Place,
        plan: Plan,
        base_url: String,
        retention: Retention,
        settings: PortalSettings,
        now: impl Fn() -> Timestamp + Send + Sync + 'static,
    ) -> anyhow::Result<Arc<Self>> {
        let vault = Vault::open(data).with_context(|| format!("cannot use {}", data.display()))?;
        let store = Store::open_alone(place).await.with_context(|| format!("cannot open {place}"))?;
        let key = store.key("mail", &fresh_key()?).await?;
        let desk = Arc::new(Self {
            signer: Signer::new(key.as_bytes()),
            spool: Spool::open(data).with_context(|| format!("cannot use {}", data.display()))?,
            mailer: Mailer::of(&settings).context("cannot prepare sending mails")?,
            hooks: Hooks::of(&settings).context("cannot prepare webhooks")?,
            lines: dispatch::Lines::default(),
            analysers: settings.analysers().context("cannot use the analysers")?.map(Arc::new),
            settings,
            store,
            vault,
            base_url,
            limits: Limits::default(),
            plan_digest: HEXLOWER.encode(&Sha256::digest(plan.source())),
            plan: Arc::new(plan),
            plans: Mutex::default(),
            claims: Claims::default(),
            door: staff::Door::default(),
            lanes: Lanes::default(),
            room: Room::of(data),
            retention,
            cores: Cores::of_this_machine(),
            waiting: Mutex::default(),
            readers: Semaphore::new(timeline::READERS),
            stop: CancellationToken::new(),
            meter: Meter::default(),
            last_round: AtomicI64::new(now().as_millisecond()),
            now: Box::new(now),
        });
        desk.rebuild()
            .await
            .map_err(|problem| anyhow::anyhow!("cannot sum up the tickets: {}", problem.code))?;
        desk.repeat_erasures()
            .await
            .map_err(|problem| anyhow::anyhow!("cannot repeat what was deleted: {}", problem.code))?;
        desk.recover().await.context("cannot finish the uploads that the last stop interrupted")?;
        Ok(desk)
    }

    /// The present, to the millisecond that the database keeps.
    pub(crate) fn now(&self) -> Timestamp {
        let now = (self.now)();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    /// The plan that new tickets are registered under.
    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Registers a report; true when it is new. The same id and secret with the same text is the same report.
    pub(crate) async fn register(
        &self,
        id: ReportId,
        secret: &ReportSecret,
        text: &[u8],
        caller: Caller,
    ) -> Result<(TicketRow, bool), Problem> {
        let (text, body, lane) = canonical(text)?;
        let now = self.now();
        let admitted = self.room.for_ticket().and_then(|()| self.lanes.admit_report(caller, &lane, now));
        // What has a ticket is told so, also when there is no room for another one.
        if let Err(held) = &admitted
            && self.store.ticket_of_report(&id.to_string()).await?.is_none()
        {
            return Err(held.clone());
        }
        let digest = HEXLOWER.encode(&secret.digest());
        let registration = self.registration_of(id, digest.clone(), (text.clone(), body), now)?;
        let (mut ticket, new) = self.store.register(registration).await?;
        if new {
            tracing::info!(ticket = %ticket.number, priority = %ticket.body.priority, "registered");
        } else {
            if admitted.is_ok() {
                self.lanes.give_back_report(caller, &lane);
            }
            ticket = self.known(ticket, secret, (&digest, &text)).await?;
        }
        // What comes after the store never changes the answer; a client that got none asks again, and this is done once.
        if let Err(problem) = self.acknowledge_report(&ticket, None, None).await {
            tracing::warn!(ticket = %ticket.number, code = problem.code, "nobody was told of the ticket");
        }
        Ok((ticket, new))
    }

    /// The ticket of a report that is registered already, for who registered it.
    async fn known(
        &self,
        mut ticket: TicketRow,
        secret: &ReportSecret,
        (digest, text): (&str, &str),
    ) -> Result<TicketRow, Problem> {
        if is_owner(&ticket, secret) && ticket.kept == Kept::Numbers {
            return Err(Problem::erased());
        }
        if ticket.secret.is_empty() && ticket.kept != Kept::Numbers && is_same(&ticket, text) {
            ticket = self.claim(ticket, digest).await?;
        }
        if !is_owner(&ticket, secret) || !is_same(&ticket, text) {
            let hint = "This report id was used for another report: make a new one.";
            return Err(Problem::new(StatusCode::CONFLICT, "report_exists", hint));
        }
        Ok(ticket)
    }

    /// A report that came by mail first, because its client could not get through: the client is its owner from now on.
    async fn claim(&self, ticket: TicketRow, digest: &str) -> Result<TicketRow, Problem> {
        let mut change = self.store.begin().await?;
        write::claim(&mut change, &ticket.report, digest, &ticket.body_text).await?;
        change.commit().await?;
        Ok(self.store.ticket_of_id(ticket.id).await?)
    }

    /// All that a new ticket begins with.
    fn registration(
        &self,
        id: ReportId,
        secret: String,
        text: String,
        at: Timestamp,
    ) -> Result<Registration, Problem> {
        let body: ReportBody = serde_json::from_str(&text).map_err(|error| Problem::unavailable(&error))?;
        self.registration_of(id, secret, (text, body), at)
    }

    /// The same of a text that was read.
    fn registration_of(
        &self,
        id: ReportId,
        secret: String,
        (text, body): (String, ReportBody),
        at: Timestamp,
    ) -> Result<Registration, Problem> {
        let case = Case::of(&self.plan, &body, &[registered(at, &body)], at);
        let case = case.expect("a ticket begins with its registration");
        Ok(Registration {
            id,
            secret,
            at,
            plan: (self.plan_digest.clone(), self.plan.source().to_owned()),
            link: random_id()?,
            standing: Standing::of(&case, &body),
            text,
            body,
        })
    }

    /// What registered a ticket, to be varied.
    #[cfg(test)]
    pub(crate) fn registration_for_tests(&self, ticket: &TicketRow) -> Registration {
        let id = ticket.report.parse().unwrap();
        self.registration(id, ticket.secret.clone(), ticket.body_text.clone(), ticket.registered_at).unwrap()
    }

    /// The ticket of a report, for who has its secret.
    pub(crate) async fn authorise(&self, report: &str, secret: &ReportSecret) -> Result<TicketRow, Problem> {
        let ticket = self.store.ticket_of_report(report).await?;
        ticket.filter(|ticket| is_owner(ticket, secret)).ok_or_else(Problem::not_found)
    }

    /// The address of the customer's page.
    pub(crate) fn link_of(&self, ticket: &TicketRow) -> String {
        format!("{}/r/{}", self.base_url, ticket.link)
    }

    /// Remembers that the loop works.
    fn heartbeat(&self, now: Timestamp) {
        self.last_round.store(now.as_millisecond(), Ordering::Relaxed);
    }

    /// Seconds since the last round of the loop.
    pub(crate) fn seconds_since_round(&self) -> i64 {
        (self.now().as_millisecond() - self.last_round.load(Ordering::Relaxed)) / 1000
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

    /// What was promised at the registration.
    pub(crate) async fn deadlines(&self, ticket: &TicketRow) -> Result<Deadlines, Problem> {
        let plan = self.plan_of(ticket).await?;
        Ok(plan.deadlines(ticket.body.priority, ticket.registered_at))
    }
}

/// 256 random bits in hexadecimal digits.
fn fresh_key() -> anyhow::Result<String> {
    let mut key = [0; 32];
    getrandom::fill(&mut key).context("cannot make a key")?;
    Ok(HEXLOWER.encode(&key))
}

fn is_owner(ticket: &TicketRow, secret: &ReportSecret) -> bool {
    let digest = HEXLOWER.encode(&secret.digest());
    ticket.secret.as_bytes().ct_eq(digest.as_bytes()).into()
}

/// Whether a text is the one that registered a ticket. What came by mail has the sender as its contact, and says so.
fn is_same(ticket: &TicketRow, body: &str) -> bool {
    if ticket.body_text == body {
        return true;
    }
    let bare = |text: &str| {
        let mut value: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
        if let Some(fields) = value.as_object_mut() {
            for field in ["contact", "channel", "bundle"] {
                fields.remove(field);
            }
        }
        value
    };
    ticket.body.other.get("channel").is_some_and(|channel| channel == "email")
        && bare(&ticket.body_text) == bare(body)
}

/// Checks the text of a report, and writes it so that equal texts are equal bytes. Says what it says, and which lane is its.
fn canonical(text: &[u8]) -> Result<(String, ReportBody, Lane), Problem> {
    let invalid = |error: serde_json::Error| {
        Problem::new(StatusCode::BAD_REQUEST, "invalid_body", format!("The text of the report: {error}."))
    };
    let value: serde_json::Value = serde_json::from_slice(text).map_err(invalid)?;
    let canonical = value.to_string();
    let body: ReportBody = serde_json::from_value(value).map_err(invalid)?;
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
    let lane = Lane::of(&body);
    Ok((canonical, body, lane))
}

/// 64 lower-case hexadecimal digits.
pub(crate) fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The bytes of a hash that is written like that.
fn digest_of(sha256: &str) -> Result<[u8; 32], Problem> {
    let bytes = HEXLOWER.decode(sha256.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(Problem::not_found)
}
