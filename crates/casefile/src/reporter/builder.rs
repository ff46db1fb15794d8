//! Sets up a [`Reporter`].

use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;

use super::{Reporter, Settings};
use crate::analyze::Analysers;
use crate::brand::Brand;
use crate::bundle::{Budget, Effort};
use crate::collect::{Collector, Folder, FolderCollector, LicenseFile, LicenseSource};
use crate::crash::CrashNotes;
use crate::outbox::Outbox;
use crate::plan::Plan;
use crate::redact::{KnownValues, Tiers};
use crate::report::{App, Language, is_mail_address};
use crate::transport::{PortalAccess, Trust};

/// Sets up a [`Reporter`]; everything but the outbox has a default.
pub struct ReporterBuilder {
    settings: Settings,
    has_outbox: bool,
}

/// Long enough to see what led to an incident, short enough to be ready in a second.
const DEFAULT_WINDOW: SignedDuration = SignedDuration::from_hours(2);
const DEFAULT_DEADLINE: Duration = Duration::from_secs(30);

/// What is missing or wrong in the settings: a mistake of the integration.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// Reports need a folder of their own, where only this user can read.
    #[error("no outbox folder is set")]
    NoOutbox,
    /// The id keys the fingerprint, so it has to be there.
    #[error("the application needs an id, a name and a version")]
    NoApp,
    /// The mail address of support cannot be used.
    #[error("the mail address of support is not one like support@example.com")]
    Mail,
    /// The portal's address cannot be used.
    #[cfg(feature = "http")]
    #[error("the address of the portal cannot be used")]
    Portal(#[from] crate::http::AddressError),
}

impl ReporterBuilder {
    pub(crate) fn of(app: App) -> Self {
        let outbox = Outbox::new("");
        let settings = Settings {
            app,
            language: Language::default(),
            plan: Plan::default(),
            access: PortalAccess::default(),
            support_mail: None,
            outbox,
            outbox_dir: PathBuf::new(),
            collectors: Vec::new(),
            license: None,
            known_files: Vec::new(),
            secrets: Vec::new(),
            hide: Vec::new(),
            tiers: Tiers::default(),
            budget: Budget::default(),
            window: DEFAULT_WINDOW,
            effort: Effort::default(),
            deadline: DEFAULT_DEADLINE,
            analysers: None,
            brand: Brand::default(),
        };
        Self { settings, has_outbox: false }
    }

    /// The folder for reports that are being made or wait to be sent; only this user can read it.
    #[must_use]
    pub fn outbox(mut self, folder: impl Into<PathBuf>) -> Self {
        self.settings.outbox_dir = folder.into();
        self.settings.outbox = Outbox::new(&self.settings.outbox_dir);
        self.has_outbox = true;
        self
    }

    /// Collects the files of this folder as logs.
    #[must_use]
    pub fn logs(self, folder: impl Into<PathBuf>) -> Self {
        self.collector(FolderCollector::new(Folder::Logs, folder))
    }

    /// Collects a strategy preset or a folder of them, and learns their secrets.
    #[must_use]
    pub fn presets(self, path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        self.known_values_of(&path).collector(FolderCollector::new(Folder::Preset, path))
    }

    /// Collects a folder of monitoring reports and metrics.
    #[must_use]
    pub fn monitoring(self, folder: impl Into<PathBuf>) -> Self {
        self.collector(FolderCollector::new(Folder::Monitoring, folder))
    }

    /// Collects what only the host knows.
    #[must_use]
    pub fn collector(mut self, collector: impl Collector + 'static) -> Self {
        self.settings.collectors.push(Arc::new(collector));
        self
    }

    /// Reports the licence.
    #[must_use]
    pub fn license(mut self, source: impl LicenseSource + 'static) -> Self {
        self.settings.license = Some(Box::new(source));
        self
    }

    /// Reports the licence that stands in a JSON file.
    #[must_use]
    pub fn license_file(self, path: impl Into<PathBuf>) -> Self {
        self.license(LicenseFile(path.into()))
    }

    /// Learns the secrets of a file or folder that is not collected itself, for instance the exchange
    /// configuration.
    #[must_use]
    pub fn known_values_of(mut self, path: &Path) -> Self {
        self.settings.known_files.push(path.to_owned());
        self
    }

    /// Asks the host for the secrets it knows, each time a report is made.
    #[must_use]
    pub fn secrets(mut self, add: impl Fn(&mut KnownValues) + Send + Sync + 'static) -> Self {
        self.settings.secrets.push(Box::new(add));
        self
    }

    /// Hides these words everywhere.
    #[must_use]
    pub fn hide(mut self, words: impl IntoIterator<Item = String>) -> Self {
        self.settings.hide.extend(words);
        self
    }

    /// How much of balances and strategies is shown.
    #[must_use]
    pub fn tiers(mut self, tiers: Tiers) -> Self {
        self.settings.tiers = tiers;
        self
    }

    /// How much a bundle may hold.
    #[must_use]
    pub fn budget(mut self, budget: Budget) -> Self {
        self.settings.budget = budget;
        self
    }

    /// How much time before and after an incident is collected, when the person says when it happened; two hours
    /// by default.
    #[must_use]
    pub fn window(mut self, length: SignedDuration) -> Self {
        self.settings.window = length;
        self
    }

    /// How hard bundles are packed.
    #[must_use]
    pub fn effort(mut self, effort: Effort) -> Self {
        self.settings.effort = effort;
        self
    }

    /// The analysers that look through the evidence while a report is sealed: those that come with casefile when this is
    /// not called; see [`Analysers::with`] for a vendor's own.
    #[must_use]
    pub fn analysers(mut self, analysers: Analysers) -> Self {
        self.settings.analysers = Some(Arc::new(analysers));
        self
    }

    /// How long a collector or a file may give nothing before it is given up, 30 seconds by default: a drive of a
    /// network that is gone would wait for ever.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.settings.deadline = deadline;
        self
    }

    /// Where reports go. Called again it adds another address of the same portal, which is tried when the ones before
    /// cannot be reached.
    #[must_use]
    pub fn portal(mut self, address: impl Into<String>) -> Self {
        self.settings.access.addresses.push(address.into());
        self
    }

    /// Which certificate the portal has to have, if not one that the system accepts.
    #[must_use]
    pub fn portal_trust(mut self, trust: Trust) -> Self {
        self.settings.access.trust = trust;
        self
    }

    /// The mail address of support, for reports that a person sends by hand when the portal cannot be reached.
    #[must_use]
    pub fn support_mail(mut self, address: impl Into<String>) -> Self {
        self.settings.support_mail = Some(address.into());
        self
    }

    /// How fast bundles are sent at most, so that trading does not feel it.
    #[must_use]
    pub fn max_bytes_per_second(mut self, limit: NonZeroU64) -> Self {
        self.settings.access.max_bytes_per_second = Some(limit);
        self
    }

    /// The support plan, if not the one that comes with casefile.
    #[must_use]
    pub fn plan(mut self, plan: Plan) -> Self {
        self.settings.plan = plan;
        self
    }

    /// The language of the product.
    #[must_use]
    pub fn language(mut self, language: Language) -> Self {
        self.settings.language = language;
        self
    }

    /// Whose brand it is.
    #[must_use]
    pub fn vendor(mut self, vendor: impl Into<String>) -> Self {
        self.settings.app.vendor = Some(vendor.into());
        self
    }

    /// What makes dialog and helper the vendor's own.
    #[must_use]
    pub fn brand(mut self, brand: Brand) -> Self {
        self.settings.brand = brand;
        self
    }

    /// Finishes the set-up. Touches neither disk nor network.
    ///
    /// # Errors
    /// Says what is missing or wrong.
    pub fn build(self) -> Result<Reporter, BuildError> {
        let mut settings = self.settings;
        if !self.has_outbox {
            return Err(BuildError::NoOutbox);
        }
        if [&settings.app.id, &settings.app.name, &settings.app.version]
            .iter()
            .any(|text| text.trim().is_empty())
        {
            return Err(BuildError::NoApp);
        }
        if settings.support_mail.as_deref().is_some_and(|address| !is_mail_address(address)) {
            return Err(BuildError::Mail);
        }
        #[cfg(feature = "http")]
        for address in &settings.access.addresses {
            crate::http::check_address(address)?;
        }
        settings.collectors.push(Arc::new(CrashNotes::of(&settings.outbox_dir)));
        Ok(Reporter(Arc::new(settings)))
    }
}
