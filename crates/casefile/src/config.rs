//! `casefile.toml`: the settings of the builder in a file, for the helper and the command line.

use std::fs;
use std::io;
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use serde::Deserialize;

use crate::analyze::{Analysers, AnalysersError};
use crate::brand::{Brand, NotAColor};
use crate::bundle::Budget;
use crate::collect::{Folder, FolderCollector, LicenseFile};
use crate::plan::{Plan, PlanError};
use crate::redact::{Tier, Tiers};
use crate::report::{App, Language};
use crate::reporter::{BuildError, Reporter, ReporterBuilder};
use crate::transport::Trust;

/// Why the settings cannot be used. No message quotes the file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file is not there or not readable.
    #[error("{} cannot be read", .path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The file is not as it should be: correct that line.
    #[error("{} line {line}: {problem}", .path.display())]
    Syntax {
        /// Which file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        problem: String,
    },
    /// The support plan is not as it should be.
    #[error("{} is not a support plan", .path.display())]
    Plan {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        #[source]
        source: PlanError,
    },
    /// The vendor's analysers are not as they should be.
    #[error("{} is not a table of analysers", .path.display())]
    Rules {
        /// Which file.
        path: PathBuf,
        /// What is wrong, and where.
        #[source]
        source: AnalysersError,
    },
    /// A setting has a value that it cannot have.
    #[error(transparent)]
    Build(#[from] BuildError),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfigFile {
    app: AppSection,
    #[serde(default)]
    collect: CollectSection,
    #[serde(default)]
    redact: RedactSection,
    #[serde(default)]
    limits: LimitsSection,
    #[serde(default)]
    portal: PortalSection,
    outbox: OutboxSection,
    #[serde(default)]
    plan: PlanSection,
    #[serde(default)]
    brand: BrandSection,
    #[serde(default)]
    analyze: AnalyzeSection,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AppSection {
    id: String,
    name: String,
    version: String,
    vendor: Option<String>,
    #[serde(default)]
    language: Option<Language>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct CollectSection {
    logs: Vec<PathBuf>,
    presets: Vec<PathBuf>,
    monitoring: Vec<PathBuf>,
    license_status: Option<PathBuf>,
    crash_dir: Option<PathBuf>,
    extra: Vec<PathBuf>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RedactSection {
    known_files: Vec<PathBuf>,
    hide: Vec<String>,
    tiers: TiersSection,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct TiersSection {
    balances: Option<TierName>,
    strategy: Option<TierName>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum TierName {
    Full,
    Bucketed,
    Removed,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct LimitsSection {
    /// For instance `2h`: how much time before the incident is collected when the person names one.
    window: Option<String>,
    total_bytes: Option<u64>,
    file_bytes: Option<u64>,
    entries: Option<u32>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct PortalSection {
    /// One address, or several of the same portal in the order in which they are tried.
    url: Option<OneOrMore>,
    /// The mail address of support, for reports that are sent by hand.
    mail: Option<String>,
    /// The vendor's own authority, as PEM.
    ca_file: Option<PathBuf>,
    /// SHA-256 of the certificate.
    pin_sha256: Option<OneOrMore>,
    max_bytes_per_second: Option<NonZeroU64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn into_vec(self) -> Vec<String> {
        match self {
            Self::One(one) => vec![one],
            Self::More(more) => more,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutboxSection {
    dir: PathBuf,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct PlanSection {
    file: Option<PathBuf>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct AnalyzeSection {
    /// The vendor's own analysers; see `docs/analysers.md`.
    rules: Option<PathBuf>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct BrandSection {
    /// For instance `#1f6feb`.
    accent: Option<String>,
    /// A PNG for the helper's window.
    icon: Option<PathBuf>,
    /// A language beside Polish and English, as BCP 47 tag.
    locale: Option<String>,
    /// A folder with `en.ftl`, `pl.ftl` or `<locale>.ftl`.
    texts: Option<PathBuf>,
}

/// Settings are a page; a larger file is a mistake.
const MAX_BYTES: u64 = 1 << 20;

/// Reads the settings into a builder, so that a host can add what a file cannot hold. Relative paths start
/// at the file's folder.
///
/// # Errors
/// See [`ConfigError`]: correct the file.
pub fn read(path: &Path) -> Result<ReporterBuilder, ConfigError> {
    let text = read_small(path)?;
    let file: ConfigFile = toml::from_str(&text).map_err(|error| syntax(path, &text, &error))?;
    let base = path.parent().unwrap_or(Path::new(""));
    let at = |relative: &Path| base.join(relative);

    let app =
        App { id: file.app.id, name: file.app.name, version: file.app.version, vendor: file.app.vendor };
    let mut builder = ReporterBuilder::of(app).outbox(at(&file.outbox.dir)).budget(file.limits.budget());
    if let Some(language) = file.app.language {
        builder = builder.language(language);
    }
    let folders = [
        (Folder::Logs, file.collect.logs),
        (Folder::Preset, file.collect.presets),
        (Folder::Monitoring, file.collect.monitoring),
        (Folder::Crash, file.collect.crash_dir.into_iter().collect()),
        (Folder::Attachments, file.collect.extra),
    ];
    for (folder, paths) in folders {
        for path in paths {
            let path = at(&path);
            if folder == Folder::Preset {
                builder = builder.known_values_of(&path);
            }
            builder = builder.collector(FolderCollector::new(folder, path));
        }
    }
    if let Some(license) = file.collect.license_status {
        builder = builder.license(LicenseFile(at(&license)));
    }
    for known in &file.redact.known_files {
        builder = builder.known_values_of(&at(known));
    }
    builder = builder.hide(file.redact.hide).tiers(file.redact.tiers.tiers());
    if let Some(window) = &file.limits.window {
        let length = window.parse().map_err(|_| ConfigError::Syntax {
            path: path.to_owned(),
            line: line_of(&text, "window"),
            problem: "`limits.window`: expected a length of time like 2h".to_owned(),
        })?;
        builder = builder.window(length);
    }
    for url in file.portal.url.into_iter().flat_map(OneOrMore::into_vec) {
        builder = builder.portal(url);
    }
    if let Some(address) = file.portal.mail {
        builder = builder.support_mail(address);
    }
    if let Some(limit) = file.portal.max_bytes_per_second {
        builder = builder.max_bytes_per_second(limit);
    }
    if let Some(ca_file) = &file.portal.ca_file {
        builder = builder.portal_trust(Trust::Authority(read_small(&at(ca_file))?.into_bytes()));
    }
    if let Some(pins) = file.portal.pin_sha256 {
        let pins: Option<Vec<_>> = pins.into_vec().iter().map(|pin| parse_pin(pin)).collect();
        let pins = pins.ok_or_else(|| ConfigError::Syntax {
            path: path.to_owned(),
            line: line_of(&text, "pin_sha256"),
            problem: "`portal.pin_sha256`: expected 64 hexadecimal digits".to_owned(),
        })?;
        builder = builder.portal_trust(Trust::Pinned(pins));
    }
    if let Some(plan) = &file.plan.file {
        builder = builder.plan(read_plan(&at(plan))?);
    }
    if let Some(rules) = &file.analyze.rules {
        builder = builder.analysers(read_analysers(&at(rules))?);
    }
    Ok(builder.brand(brand(&file.brand, base, path, &text)?))
}

/// The folders of logs that the settings name.
///
/// # Errors
/// As [`read`].
pub fn log_folders(path: &Path) -> Result<Vec<PathBuf>, ConfigError> {
    let text = read_small(path)?;
    let file: ConfigFile = toml::from_str(&text).map_err(|error| syntax(path, &text, &error))?;
    let base = path.parent().unwrap_or(Path::new(""));
    Ok(file.collect.logs.iter().map(|relative| base.join(relative)).collect())
}

fn brand(section: &BrandSection, base: &Path, path: &Path, text: &str) -> Result<Brand, ConfigError> {
    let mut brand = Brand { locale: section.locale.clone(), ..Brand::default() };
    if let Some(accent) = &section.accent {
        let color = accent.parse().map_err(|error: NotAColor| ConfigError::Syntax {
            path: path.to_owned(),
            line: line_of(text, "accent"),
            problem: format!("`brand.accent`: {error}"),
        })?;
        brand.accent = Some(color);
    }
    if let Some(icon) = &section.icon {
        brand.icon = Some(read_small_bytes(&base.join(icon))?);
    }
    let Some(folder) = &section.texts else { return Ok(brand) };
    for locale in ["en", "pl"].into_iter().chain(section.locale.as_deref()) {
        let file = base.join(folder).join(format!("{locale}.ftl"));
        match read_small(&file) {
            Ok(texts) => brand = brand.with_texts(locale, texts),
            // What is not there comes with casefile.
            Err(ConfigError::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(brand)
}

impl Reporter {
    /// Reads the settings from a `casefile.toml`.
    ///
    /// # Errors
    /// Names the file and the line to correct.
    pub fn from_config(path: &Path) -> Result<Self, ConfigError> {
        Ok(read(path)?.build()?)
    }
}

/// Reads a support plan from a file.
///
/// # Errors
/// Names the file, the line and the field.
pub fn read_plan(path: &Path) -> Result<Plan, ConfigError> {
    let text = read_small(path)?;
    Plan::parse(&text).map_err(|source| ConfigError::Plan { path: path.to_owned(), source })
}

/// Reads a vendor's analysers from a file, and adds them to those that come with casefile.
///
/// # Errors
/// Names the file, the line and the field.
pub fn read_analysers(path: &Path) -> Result<Analysers, ConfigError> {
    let text = read_small(path)?;
    Analysers::with(&text).map_err(|source| ConfigError::Rules { path: path.to_owned(), source })
}

fn read_small(path: &Path) -> Result<String, ConfigError> {
    let not_text = |_| ConfigError::Read { path: path.to_owned(), source: io::ErrorKind::InvalidData.into() };
    String::from_utf8(read_small_bytes(path)?).map_err(not_text)
}

fn read_small_bytes(path: &Path) -> Result<Vec<u8>, ConfigError> {
    let read = fs::metadata(path).and_then(|metadata| {
        if metadata.len() > MAX_BYTES { Err(io::ErrorKind::FileTooLarge.into()) } else { fs::read(path) }
    });
    read.map_err(|source| ConfigError::Read { path: path.to_owned(), source })
}

/// The parser's own message quotes the line, and somebody may have put a key there.
fn syntax(path: &Path, text: &str, error: &toml::de::Error) -> ConfigError {
    let at = text.floor_char_boundary(error.span().map_or(0, |span| span.start));
    let line = text[..at].matches('\n').count() + 1;
    let message = error.message();
    let problem = message.lines().next().unwrap_or_default().to_owned();
    ConfigError::Syntax { path: path.to_owned(), line, problem }
}

/// 64 hexadecimal digits, with or without colons between them.
fn parse_pin(text: &str) -> Option<[u8; 32]> {
    let digits = text.replace(':', "").to_ascii_lowercase();
    HEXLOWER.decode(digits.as_bytes()).ok()?.try_into().ok()
}

fn line_of(text: &str, key: &str) -> usize {
    text.lines().position(|line| line.trim_start().starts_with(key)).map_or(0, |at| at + 1)
}

impl LimitsSection {
    fn budget(&self) -> Budget {
        let default = Budget::default();
        Budget {
            total_bytes: self.total_bytes.unwrap_or(default.total_bytes),
            file_bytes: self.file_bytes.unwrap_or(default.file_bytes),
            entries: self.entries.unwrap_or(default.entries),
        }
    }
}

impl TiersSection {
    fn tiers(&self) -> Tiers {
        let tier = |name: Option<TierName>, default: Tier| match name {
            None => default,
            Some(TierName::Full) => Tier::Full,
            Some(TierName::Bucketed) => Tier::Bucketed,
            Some(TierName::Removed) => Tier::Removed,
        };
        let default = Tiers::default();
        Tiers {
            balances: tier(self.balances, default.balances),
            strategy: tier(self.strategy, default.strategy),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(home: &Path, brand: &str) -> PathBuf {
        let path = home.join("casefile.toml");
        let app = "[app]\nid = \"a\"\nname = \"Bot\"\nversion = \"1\"\n[outbox]\ndir = \"out\"\n";
        fs::write(&path, format!("{app}[brand]\n{brand}")).unwrap();
        path
    }

    #[test]
    fn a_brand_is_read_with_its_texts() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("texts")).unwrap();
        fs::write(home.path().join("texts/de.ftl"), "send = Absenden\n").unwrap();
        fs::write(home.path().join("icon.png"), [1, 2, 3]).unwrap();
        let text = "accent = \"#1f6feb\"\nicon = \"icon.png\"\nlocale = \"de\"\ntexts = \"texts\"\n";
        let reporter = Reporter::from_config(&settings(home.path(), text)).unwrap();
        let brand = reporter.brand();
        assert_eq!(brand.accent.unwrap().rgb, [0x1f, 0x6f, 0xeb]);
        assert_eq!(
            (brand.icon.as_deref(), brand.texts("de")),
            (Some(&[1, 2, 3][..]), Some("send = Absenden\n"))
        );
        assert_eq!(brand.texts("pl"), None);
        for (wrong, told) in [
            ("accent = \"red\"\n", "line 8: `brand.accent`: expected a colour like #1f6feb"),
            ("icon = \"gone.png\"\n", "gone.png cannot be read"),
            ("colour = \"#1f6feb\"\n", "line 8: unknown field `colour`"),
        ] {
            let error = Reporter::from_config(&settings(home.path(), wrong)).err().unwrap().to_string();
            assert!(error.contains(told), "{error}");
        }
    }
}
