//! The facade: one value that a host builds once and asks when its user clicks *Report problem*.

mod builder;
mod known;
mod limits;
mod listing;
mod prepare;
mod revise;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

pub use self::builder::{BuildError, ReporterBuilder};
use self::listing::attached_logs;
pub use self::prepare::Prepared;
pub use self::revise::Changes;
use crate::analyze::{self, Analysers};
use crate::brand::Brand;
use crate::bundle::{self, Budget, Bundle, Effort, SealError, Study, Window};
use crate::collect::{
    Collector, Fingerprint, Found, LicenseSource, Scope, SystemFacts, fingerprint, system_facts,
};
use crate::consent::Consent;
use crate::id::ReportId;
use crate::logs::Origin;
use crate::outbox::{KeepError, Outbox, Parcel};
use crate::picture::Picture;
use crate::plan::Plan;
use crate::private;
use crate::progress::{Progress, Step};
use crate::redact::{KnownValues, Redactor, StandInKey, Tiers};
use crate::report::{App, Contact, Language, LicenseSummary, ReportBody, Request};
use crate::template;
use crate::transport::PortalAccess;

/// Collects, seals, keeps and delivers reports of one application. Cheap to clone, shared between threads;
/// starts nothing by itself.
#[derive(Clone)]
pub struct Reporter(Arc<Settings>);

/// What a host shares with the redactor, each time a report is made.
type AddSecrets = Box<dyn Fn(&mut KnownValues) + Send + Sync>;

struct Settings {
    app: App,
    language: Language,
    plan: Plan,
    access: PortalAccess,
    support_mail: Option<String>,
    outbox: Outbox,
    outbox_dir: PathBuf,
    collectors: Vec<Arc<dyn Collector>>,
    license: Option<Box<dyn LicenseSource>>,
    known_files: Vec<PathBuf>,
    secrets: Vec<AddSecrets>,
    hide: Vec<String>,
    tiers: Tiers,
    budget: Budget,
    window: SignedDuration,
    effort: Effort,
    deadline: Duration,
    /// The vendor's own; absent for those that come with casefile.
    analysers: Option<Arc<Analysers>>,
    brand: Brand,
}

/// A sealed report that nobody has agreed to send yet.
pub struct Draft {
    /// The report.
    pub id: ReportId,
    /// What would be sent. Dropping the draft leaves the file; [`Reporter::discard`] removes it.
    pub bundle: Bundle,
    /// The text of the ticket, redacted, with the contact.
    pub body: ReportBody,
    /// The largest bundle that the portal takes of this report, as it said when this was sealed.
    max_bytes: u64,
}

/// What one report asks for beyond its text.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Which logs; see [`Scope`].
    pub scope: Scope,
    /// Words that are hidden everywhere in this report.
    pub hide: Vec<String>,
    /// Names of entries that a person left out, as an earlier bundle of the same report shows them.
    pub leave_out: BTreeSet<String>,
    /// How hard it is packed; absent means as the settings say.
    pub effort: Option<Effort>,
    /// Files that a person added; read and redacted like all others.
    pub attachments: Vec<PathBuf>,
    /// Pictures that a person looked at, with black over what nobody should see. They are taken as they are: no rule can
    /// search them.
    pub pictures: Vec<Picture>,
    /// How much of the person's money and method is shown, when that is not what the settings say.
    pub tiers: Option<Tiers>,
}

/// What a report is sealed with, however often that takes.
struct Sealing<'a> {
    id: ReportId,
    request: &'a Request,
    selection: &'a Selection,
    redactor: Redactor,
    fingerprint: Fingerprint,
    license: Option<LicenseSummary>,
    notes: Vec<(String, String)>,
    now: Timestamp,
}

/// How often a bundle that is too large for the portal is made smaller.
const MAX_ROUNDS: usize = 4;

impl Reporter {
    /// Begins to set up reports of an application: a stable id like `com.example.gridbot`, the name that
    /// people know, the version.
    pub fn builder(
        id: impl Into<String>,
        name: impl Into<String>,
        version: impl Into<String>,
    ) -> ReporterBuilder {
        ReporterBuilder::of(App { id: id.into(), name: name.into(), version: version.into(), vendor: None })
    }

    /// The support plan in force.
    pub fn plan(&self) -> &Plan {
        &self.0.plan
    }

    /// The application that reports are about.
    pub fn app(&self) -> &App {
        &self.0.app
    }

    /// The language of the settings.
    pub fn language(&self) -> Language {
        self.0.language
    }

    /// The vendor's look and words.
    pub fn brand(&self) -> &Brand {
        &self.0.brand
    }

    /// The portal's first address, if there is one.
    pub fn portal(&self) -> Option<&str> {
        self.0.access.addresses.first().map(String::as_str)
    }

    /// The mail address of support, if there is one.
    pub fn support_mail(&self) -> Option<&str> {
        self.0.support_mail.as_deref()
    }

    /// How the portal is reached, if there is one.
    #[cfg(feature = "http")]
    pub(crate) fn access(&self) -> Option<&PortalAccess> {
        Some(&self.0.access).filter(|access| !access.addresses.is_empty())
    }

    /// Where reports wait to be sent.
    pub fn outbox(&self) -> &Outbox {
        &self.0.outbox
    }

    /// Where everything is kept that outlives a run.
    pub(crate) fn outbox_folder(&self) -> &Path {
        &self.0.outbox_dir
    }

    /// What the settings show of the person's money and method.
    pub fn tiers(&self) -> Tiers {
        self.0.tiers
    }

    /// The line *App and system version* of the template.
    pub fn versions(&self) -> String {
        self.versions_with(&system_facts())
    }

    fn versions_with(&self, facts: &SystemFacts) -> String {
        format!("{} {}, {} ({})", self.0.app.name, self.0.app.version, facts.os, facts.arch)
    }

    /// The licence as a report would show it, without the proof.
    pub fn license(&self) -> Option<LicenseSummary> {
        let license = self.licence(&Progress::new())?.ok()?;
        Some(LicenseSummary {
            proof: None,
            ..license.summary(ReportId::from_bytes([0; 16]), &Fingerprint::default())
        })
    }

    /// Collects, redacts, packs and checks a report. Blocks for as long as the logs are large: call it on a
    /// thread of its own.
    ///
    /// # Errors
    /// No bundle exists then; see [`SealError`] for what to do.
    pub fn seal(&self, request: &Request, now: Timestamp, progress: &Progress) -> Result<Draft, SealError> {
        self.seal_selection(request, &self.default_selection(request), now, progress)
    }

    /// As [`Reporter::seal`], for a part of what there is.
    ///
    /// # Errors
    /// No bundle exists then; see [`SealError`] for what to do.
    pub fn seal_selection(
        &self,
        request: &Request,
        selection: &Selection,
        now: Timestamp,
        progress: &Progress,
    ) -> Result<Draft, SealError> {
        self.seal_gathered(None, request, selection, now, progress)
    }

    /// Seals what was gathered, or gathers it.
    fn seal_gathered(
        &self,
        gathered: Option<Vec<(String, Found)>>,
        request: &Request,
        selection: &Selection,
        now: Timestamp,
        progress: &Progress,
    ) -> Result<Draft, SealError> {
        let fields = request.missing();
        if !fields.is_empty() {
            return Err(SealError::Incomplete { fields });
        }
        progress.begin(Step::Collecting, 0);
        let asked = limits::Asked::begin(self, progress);
        let settings = &*self.0;
        let id = ReportId::generate()?;
        let mut notes: Vec<(String, String)> = Vec::new();
        let (fingerprint, unread) = fingerprint(&settings.app.id);
        notes.extend(unread.into_iter().map(|text| ("fingerprint".to_owned(), text)));
        let license = match self.licence(progress) {
            Some(Ok(license)) => Some(license),
            Some(Err(error)) => {
                notes
                    .push(("license".to_owned(), format!("the licence could not be read: {}", error.kind())));
                None
            }
            None => None,
        };
        let known = self.known_values(license.as_ref(), &mut notes, progress);
        let tiers = selection.tiers.unwrap_or(settings.tiers);
        let redactor = self.redactor_knowing(known, &selection.hide, tiers)?;
        let summary = license.as_ref().map(|license| license.summary(id, &fingerprint));
        let sealing = Sealing { id, request, selection, redactor, fingerprint, license: summary, notes, now };

        let found = gathered.map_or_else(|| self.gather(selection, progress), Ok)?;
        let limits = asked.and_then(limits::Asked::answer);
        let mut budget = limits.map_or(settings.budget, |limits| limits::within(settings.budget, &limits));
        let max_bytes = limits.map_or(u64::MAX, |limits| {
            limits.max_bundle_bytes(sealing.license.as_ref().is_some_and(|license| license.id.is_some()))
        });
        let mut bundle = self.seal_found(&sealing, found, budget, progress)?;
        for _ in 0..MAX_ROUNDS {
            let Some(smaller) = limits::smaller(&bundle, budget, max_bytes) else { break };
            budget = smaller;
            let found = self.gather(selection, progress)?;
            bundle = self.seal_found(&sealing, found, budget, progress)?;
        }
        // What is sent as text is what the bundle says: the same bytes were scanned.
        let mut body = bundle.report().map_err(SealError::Unreadable)?;
        body.contact = request.contact.clone();
        Ok(Draft { id, bundle, body, max_bytes })
    }

    fn seal_found(
        &self,
        sealing: &Sealing<'_>,
        found: Vec<(String, Found)>,
        budget: Budget,
        progress: &Progress,
    ) -> Result<Bundle, SealError> {
        let settings = &*self.0;
        let Sealing { id, request, selection, redactor, now, .. } = sealing;
        let facts = system_facts();
        let attached = attached_logs(&found, redactor, &selection.leave_out);
        let body = ReportBody {
            system: serde_json::to_value(&facts).ok(),
            license: sealing.license.clone(),
            fingerprint: serde_json::to_value(&sealing.fingerprint).ok(),
            ..self.body(request, redactor)
        };
        let markdown = template::fill(&settings.plan, &body, &attached, &self.versions_with(&facts));
        let mut made =
            vec![("report.json", pretty(&body)?), ("report.md", markdown), ("system.json", pretty(&facts)?)];
        made.push(("fingerprint.json", pretty(&sealing.fingerprint)?));
        if let Some(license) = &body.license {
            made.push(("license.json", pretty(license)?));
        }
        let contents = bundle::Contents {
            id: *id,
            app: &settings.app,
            window: selection.scope.window,
            budget,
            sealed_at: *now,
            made,
            found,
            leave_out: &selection.leave_out,
            notes: sealing.notes.clone(),
            effort: selection.effort.unwrap_or(settings.effort),
            deadline: settings.deadline,
            study: Some(self.study(Origin::in_zone(&facts.time_zone, *now), redactor)),
        };
        let drafts = settings.outbox.drafts();
        private::create_folder(&drafts)?;
        bundle::seal(contents, redactor, &drafts.join(format!("{id}.zip")), progress)
    }

    /// Looks for findings while a bundle is sealed.
    fn study(&self, origin: Origin, redactor: &Redactor) -> Arc<dyn Study> {
        Arc::new(analyze::Findings::new(self.0.analysers.clone(), origin, redactor.clone()))
    }

    /// Keeps a report that somebody agreed to send; from now on it survives everything.
    ///
    /// # Errors
    /// The draft is as it was; see [`KeepError`].
    pub fn keep(&self, draft: &Draft, consent: Consent, now: Timestamp) -> Result<Parcel, KeepError> {
        self.0.outbox.keep(draft.id, &draft.bundle, draft.body.clone(), consent, now)
    }

    /// Removes the file of a draft that will not be sent.
    ///
    /// # Errors
    /// What the disk says.
    pub fn discard(&self, draft: &Draft) -> io::Result<()> {
        private::remove_if_there(draft.bundle.path())
    }

    /// Makes the redactor of this installation: the rules, every secret that can be known here, and what
    /// `more` adds.
    ///
    /// # Errors
    /// When the key of the stand-ins can neither be read nor made.
    pub fn redactor(&self, more: impl FnOnce(&mut KnownValues)) -> io::Result<Redactor> {
        let progress = Progress::new();
        let license = self.licence(&progress).and_then(Result::ok);
        let mut known = self.known_values(license.as_ref(), &mut Vec::new(), &progress);
        more(&mut known);
        self.redactor_knowing(known, &[], self.0.tiers)
    }

    fn redactor_knowing(&self, known: KnownValues, hide: &[String], tiers: Tiers) -> io::Result<Redactor> {
        let hide: Vec<String> = self.0.hide.iter().chain(hide).cloned().collect();
        Ok(Redactor::builder().key(self.stand_in_key()?).known(known).tiers(tiers).hide(hide).build())
    }

    /// The key that makes the same value the same stand-in on this machine, and on no other.
    fn stand_in_key(&self) -> io::Result<StandInKey> {
        let path = self.0.outbox_dir.join("stand-in.key");
        loop {
            match fs::read(&path) {
                Ok(bytes) => {
                    if let Ok(bytes) = <[u8; 32]>::try_from(bytes.as_slice()) {
                        return Ok(StandInKey::from_bytes(&bytes));
                    }
                    // Half a key is none: a new one only breaks the correlation with older reports.
                    fs::remove_file(&path)?;
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    private::create_folder(&self.0.outbox_dir)?;
                    // Two threads or processes at once must end with one key.
                    let _making = self.0.outbox.claim_keeping()?;
                    if path.exists() {
                        continue;
                    }
                    let mut bytes = zeroize::Zeroizing::new([0; 32]);
                    getrandom::fill(&mut *bytes)?;
                    private::write(&path, &*bytes)?;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// What the settings ask for: when the person says when it happened, the logs around that time; else all of them,
    /// the newest first.
    pub fn default_selection(&self, request: &Request) -> Selection {
        let window = self.window_of(request.occurred_at);
        Selection { scope: Scope { window, ..Scope::default() }, ..Selection::default() }
    }

    /// The time around an incident of which the logs are collected, as the settings say.
    pub fn window_of(&self, occurred_at: Option<Timestamp>) -> Option<Window> {
        let (at, length) = (occurred_at?, self.0.window);
        Some(Window { from: at.checked_sub(length).ok()?, to: at.checked_add(length).ok()? })
    }

    fn body(&self, request: &Request, redactor: &Redactor) -> ReportBody {
        let clean = |text: &str| redactor.clean_text(text).0.into_string();
        let optional = |text: &str| Some(clean(text)).filter(|text| !text.trim().is_empty());
        let app = &self.0.app;
        ReportBody {
            kind: request.kind,
            title: clean(request.title.trim()),
            description: clean(&request.description),
            steps: optional(&request.steps),
            expected: optional(&request.expected),
            actual: optional(&request.actual),
            additional: optional(&request.additional),
            priority: request.priority,
            category: request.category,
            occurred_at: request.occurred_at,
            language: request.language,
            contact: Contact::default(),
            app: app.clone(),
            system: None,
            license: None,
            fingerprint: None,
            bundle: None,
            other: serde_json::Map::new(),
        }
    }
}

fn pretty(value: &impl serde::Serialize) -> io::Result<String> {
    Ok(serde_json::to_string_pretty(value)?)
}

#[cfg(test)]
mod tests;
