//! The bot's folder: what it reads at start and what it leaves behind for support.

mod config;
mod fake;
mod license;
mod preset;
mod settings;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::de::DeserializeOwned;

pub(crate) use self::config::Config;
pub(crate) use self::license::License;
pub(crate) use self::preset::{Credentials, EmaPreset, Preset};
use crate::words::Lang;

/// A folder with all the files that a start needs.
#[derive(Debug, Clone)]
pub(crate) struct Home {
    root: PathBuf,
}

/// What was read from the folder.
#[derive(Debug, Clone)]
pub(crate) struct Contents {
    pub(crate) preset: Preset,
    pub(crate) config: Config,
    pub(crate) license: License,
}

/// Why the folder can't be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    /// Pick another folder, or free this one.
    #[error("write {}", path.display())]
    Write {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    /// Check the rights of the file.
    #[error("read {}", path.display())]
    Read {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    /// Correct the file, or remove it to get a new one. The parser's words are left out: they quote the file,
    /// and the file holds keys.
    #[error("understand {}, line {line}", path.display())]
    Parse { path: PathBuf, line: usize },
}

impl Home {
    /// The place that the system has for an application's own files.
    pub(crate) fn default_root() -> PathBuf {
        let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let user = std::env::home_dir();
        let base = if cfg!(windows) {
            from("LOCALAPPDATA")
        } else if cfg!(target_os = "macos") {
            user.map(|user| user.join("Library/Application Support"))
        } else {
            from("XDG_DATA_HOME").or_else(|| user.map(|user| user.join(".local/share")))
        };
        base.map_or_else(|| PathBuf::from("trading-bot-home"), |base| base.join("demo-bot"))
    }

    /// Makes the folder and whatever is missing in it. What is there stays as the user left it, except for
    /// `casefile.toml`, which follows the command line.
    pub(crate) fn open(
        root: &Path,
        seed: u64,
        portal: Option<&str>,
        lang: Lang,
        now: Timestamp,
    ) -> Result<(Self, Contents), OpenError> {
        // Absolute, as bots log it: the user's name is in it.
        let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        let home = Self { root };
        for dir in [home.logs(), home.presets(), home.monitoring()] {
            fs::create_dir_all(&dir).map_err(|source| OpenError::Write { path: dir, source })?;
        }
        let fake = fake::Fake::new(seed);
        write_if_missing(&home.preset_file(), || Preset::first(&fake).to_toml())?;
        write_if_missing(&home.config_file(), || Config::first(&fake).to_toml())?;
        write_if_missing(&home.license_file(), || License::first(&fake, now).to_json())?;
        write(&home.settings_file(), &settings::casefile_toml(portal, lang))?;
        let contents = Contents {
            preset: read_toml(home.preset_file())?,
            config: read_toml(home.config_file())?,
            license: License::read(home.license_file())?,
        };
        Ok((home, contents))
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Text and JSON-lines logs, rotated.
    pub(crate) fn logs(&self) -> PathBuf {
        self.root.join("logs")
    }

    /// Strategy presets, one TOML file each.
    pub(crate) fn presets(&self) -> PathBuf {
        self.root.join("presets")
    }

    /// Metrics and the health report.
    pub(crate) fn monitoring(&self) -> PathBuf {
        self.root.join("monitoring")
    }

    /// The preset that trades.
    pub(crate) fn preset_file(&self) -> PathBuf {
        self.presets().join("grid-btcusdt.toml")
    }

    /// Alerts and proxy.
    pub(crate) fn config_file(&self) -> PathBuf {
        self.root.join("config.toml")
    }

    /// Status and key of the licence.
    pub(crate) fn license_file(&self) -> PathBuf {
        self.root.join("license.json")
    }

    /// What `casefile` and its desktop helper need to know of this bot.
    pub(crate) fn settings_file(&self) -> PathBuf {
        self.root.join("casefile.toml")
    }
}

fn write_if_missing(path: &Path, text: impl FnOnce() -> String) -> Result<(), OpenError> {
    if path.exists() { Ok(()) } else { write(path, &text()) }
}

fn write(path: &Path, text: &str) -> Result<(), OpenError> {
    fs::write(path, text).map_err(|source| OpenError::Write { path: path.to_owned(), source })
}

fn read(path: &Path) -> Result<String, OpenError> {
    fs::read_to_string(path).map_err(|source| OpenError::Read { path: path.to_owned(), source })
}

fn read_toml<T: DeserializeOwned>(path: PathBuf) -> Result<T, OpenError> {
    let text = read(&path)?;
    toml::from_str(&text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let line = text.bytes().take(start).filter(|byte| *byte == b'\n').count() + 1;
        OpenError::Parse { path, line }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(root: &Path, seed: u64) -> Result<(Home, Contents), OpenError> {
        Home::open(root, seed, Some("http://127.0.0.1:8080"), Lang::Pl, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn a_first_start_leaves_every_file() {
        let dir = tempfile::tempdir().unwrap();
        let (home, _) = open(&dir.path().join("new/home"), 1).unwrap();
        for file in [home.preset_file(), home.config_file(), home.license_file(), home.settings_file()] {
            assert!(file.is_file(), "{}", file.display());
        }
        assert!(home.logs().is_dir() && home.monitoring().is_dir());
    }

    #[test]
    fn a_second_start_keeps_what_the_user_changed() {
        let dir = tempfile::tempdir().unwrap();
        let (home, first) = open(dir.path(), 1).unwrap();
        let edited = fs::read_to_string(home.preset_file()).unwrap().replace("levels = 5", "levels = 3");
        fs::write(home.preset_file(), edited).unwrap();
        let (_, second) = open(dir.path(), 2).unwrap();
        assert_eq!(second.preset.grid.levels, 3);
        assert_eq!(second.preset.exchange.api_key, first.preset.exchange.api_key);
    }

    #[test]
    fn files_depend_on_the_seed_alone() {
        let [one, same, other] = [1, 1, 2].map(|seed| {
            let dir = tempfile::tempdir().unwrap();
            let (home, _) = open(dir.path(), seed).unwrap();
            let files = [home.preset_file(), home.config_file(), home.license_file()];
            files.map(|file| fs::read_to_string(file).unwrap())
        });
        assert_eq!(one, same);
        for (one, other) in one.iter().zip(&other) {
            assert_ne!(one, other);
        }
    }

    #[test]
    fn a_broken_preset_is_told_by_its_line_and_not_by_its_content() {
        let dir = tempfile::tempdir().unwrap();
        let (home, _) = open(dir.path(), 1).unwrap();
        fs::write(home.preset_file(), "name = \"x\"\napi_key = SECRET\n").unwrap();
        let error = open(dir.path(), 1).unwrap_err();
        assert!(matches!(error, OpenError::Parse { line: 2, .. }), "{error:?}");
        assert!(!format!("{error:?}").contains("SECRET"));
    }

    #[test]
    fn the_settings_name_folders_that_exist() {
        let dir = tempfile::tempdir().unwrap();
        let (home, _) = open(dir.path(), 1).unwrap();
        let settings: toml::Table = read_toml(home.settings_file()).unwrap();
        assert_eq!(settings["portal"]["url"].as_str(), Some("http://127.0.0.1:8080"));
        assert_eq!(settings["app"]["language"].as_str(), Some("pl"));
        for key in ["logs", "presets", "monitoring"] {
            for folder in settings["collect"][key].as_array().unwrap() {
                assert!(home.root().join(folder.as_str().unwrap()).exists(), "{key}");
            }
        }
    }
}
