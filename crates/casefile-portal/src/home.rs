//! Where a portal lives: its folder, its database, its settings. The same arguments for every command.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use clap::Args;

use crate::settings::{Password, PortalSettings};
use crate::store::Place;

/// The database of a folder that has one of its own.
pub(crate) const DATABASE: &str = "portal.sqlite";
/// Says where the database is, if it is not in the folder.
const ELSEWHERE: &str = "database.url";

#[derive(Debug, Clone, Args)]
pub(crate) struct HomeArguments {
    /// Folder of the portal: evidence, mails, and the database if no other is named.
    #[arg(long, global = true, value_name = "DIR", default_value = "casefile-portal")]
    data: PathBuf,
    /// A `PostgreSQL` database instead of the one in the folder: `postgres://USER@HOST/NAME`. The folder remembers it. The password comes from
    /// the settings, `PGPASSWORD` or ~/.pgpass.
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// Settings: database, mail, webhooks, hotline.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl HomeArguments {
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    pub(crate) fn settings(&self) -> anyhow::Result<PortalSettings> {
        Ok(self.config.as_deref().map(PortalSettings::read).transpose()?.unwrap_or_default())
    }

    /// Where the database is: as the argument says, else the settings, else what the folder remembers, else in the folder.
    pub(crate) fn place(&self, settings: &PortalSettings) -> anyhow::Result<Place> {
        let own = self.data.join(DATABASE);
        let named = self.database.clone().or_else(|| settings.database.as_ref().map(|it| it.url.clone()));
        let Some(url) = named.map_or_else(|| remembered(&self.data), |url| Ok(Some(url)))? else {
            return Ok(Place::File(own));
        };
        ensure!(
            !own.exists(),
            "{} has a database of its own ({DATABASE}): a portal on a server's database needs a folder of its own",
            self.data.display()
        );
        let password = match &settings.database {
            Some(it) => settings.password(it.password_file.as_deref(), it.password_env.as_deref())?,
            None => None,
        };
        Place::server(url.trim(), password.as_ref().map(Password::reveal))
    }

    /// The place of a portal that exists.
    pub(crate) fn existing_place(&self) -> anyhow::Result<Place> {
        let place = self.place(&self.settings()?)?;
        if let Place::File(file) = &place {
            ensure!(file.is_file(), "there is no portal in {}", self.data.display());
        }
        Ok(place)
    }

    /// The home in a folder, as it remembers it.
    #[cfg(test)]
    pub(crate) fn of(data: &Path) -> Self {
        Self { data: data.to_owned(), database: None, config: None }
    }
}

/// Lets a folder remember where its database is, so that no command works on another one. Durable when it returns.
pub(crate) fn remember(data: &Path, place: &Place) -> io::Result<()> {
    let Some(url) = place.url() else { return Ok(()) };
    let (path, part) = (data.join(ELSEWHERE), data.join(format!("{ELSEWHERE}.part")));
    if std::fs::read_to_string(&path).is_ok_and(|known| known.trim() == url) {
        return Ok(());
    }
    let mut file = File::create(&part)?;
    file.write_all(format!("{url}\n").as_bytes()).and_then(|()| file.sync_all())?;
    std::fs::rename(&part, &path)
}

fn remembered(data: &Path) -> anyhow::Result<Option<String>> {
    let path = data.join(ELSEWHERE);
    match std::fs::read_to_string(&path) {
        Ok(url) => Ok(Some(url)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_remembers_its_database_and_has_one_only() {
        let folder = tempfile::tempdir().unwrap();
        let mut home = HomeArguments::of(folder.path());
        let settings = PortalSettings::default();
        assert!(matches!(home.place(&settings).unwrap(), Place::File(_)));
        assert!(home.existing_place().unwrap_err().to_string().contains("there is no portal"));
        home.database = Some("postgres://a@localhost/b".to_owned());
        remember(folder.path(), &home.place(&settings).unwrap()).unwrap();
        home.database = None;
        assert_eq!(home.existing_place().unwrap().url(), Some("postgres://a@localhost/b"));
        std::fs::write(folder.path().join(DATABASE), "").unwrap();
        let error = home.place(&settings).unwrap_err().to_string();
        assert!(error.contains("a database of its own"), "{error}");
    }

    #[test]
    fn the_password_comes_from_a_file_that_the_settings_name() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("db.password"), "hidden\n").unwrap();
        let config = folder.path().join("portal.toml");
        std::fs::write(
            &config,
            "[database]\nurl = \"postgres://a@localhost/b\"\npassword_file = \"db.password\"\n",
        )
        .unwrap();
        let home = HomeArguments { config: Some(config), ..HomeArguments::of(&folder.path().join("data")) };
        let place = home.place(&home.settings().unwrap()).unwrap();
        assert_eq!(place.url(), Some("postgres://a@localhost/b"));
        assert!(!format!("{place:?}").contains("hidden"));
    }
}
