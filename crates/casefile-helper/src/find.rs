//! Finds the logs of an application whose settings do not say where they are, or whose folder has moved.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use casefile::report::App;

/// Folders of logs beside the settings, and where applications of this system usually have them; sorted, none twice.
pub(crate) fn log_folders(settings: &Path, app: &App) -> Vec<PathBuf> {
    let mut bases = vec![settings.parent().unwrap_or(Path::new("")).to_owned()];
    bases
        .extend(homes().into_iter().flat_map(|home| names(app).into_iter().map(move |name| home.join(name))));
    folders_in(&bases)
}

fn folders_in(bases: &[PathBuf]) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for base in bases {
        let inside = ["logs", "log", "Logs"].map(|name| base.join(name));
        let logs = inside.into_iter().find(|folder| has_files(folder, |_| true));
        // Some write beside everything else.
        let logs = logs.or_else(|| has_files(base, is_log).then(|| base.clone()));
        // One folder may have two names.
        found.extend(logs.and_then(|folder| fs::canonicalize(folder).ok()));
    }
    found.sort();
    found.dedup();
    found
}

/// Where applications keep what is theirs; those that this system does not have are not set.
fn homes() -> Vec<PathBuf> {
    let home = env::home_dir();
    let below = |inside: &str| home.as_ref().map(|home| home.join(inside));
    let set = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let all = [
        set("APPDATA"),
        set("LOCALAPPDATA"),
        set("PROGRAMDATA"),
        set("XDG_DATA_HOME").or_else(|| below(".local/share")),
        set("XDG_STATE_HOME").or_else(|| below(".local/state")),
        set("XDG_CONFIG_HOME").or_else(|| below(".config")),
        below("Library/Logs"),
        below("Library/Application Support"),
    ];
    all.into_iter().flatten().collect()
}

/// The names that its folder may have.
fn names(app: &App) -> Vec<PathBuf> {
    let plain = app.name.to_lowercase();
    let mut names = vec![app.id.clone(), app.name.clone(), plain.replace(' ', "-"), plain.replace(' ', "")];
    names.extend(app.vendor.as_ref().map(|vendor| format!("{vendor}/{}", app.name)));
    // A name with a way up in it would be somebody else's folder.
    let is_inside = |name: &PathBuf| {
        name.components().all(|part| matches!(part, std::path::Component::Normal(_)))
            && name.components().count() > 0
    };
    names.into_iter().map(PathBuf::from).filter(is_inside).collect()
}

fn is_log(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("log"))
}

fn has_files(folder: &Path, wanted: impl Fn(&Path) -> bool) -> bool {
    let Ok(items) = fs::read_dir(folder) else { return false };
    items.filter_map(Result::ok).take(1_000).any(|item| item.path().is_file() && wanted(&item.path()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logs_are_found_beside_the_settings_and_in_folders_of_the_name() {
        let home = tempfile::tempdir().unwrap();
        let write = |name: &str| {
            let path = home.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        };
        ["bot/logs/a.log", "share/grid-bot/a.log", "share/grid-bot/a.txt", "share/other/a.txt"]
            .into_iter()
            .for_each(write);
        fs::create_dir_all(home.path().join("config/Grid Bot/logs")).unwrap();
        let bases = ["bot", "share/grid-bot", "share/other", "config/Grid Bot", "nowhere"];
        let found = folders_in(&bases.map(|base| home.path().join(base)));
        let root = fs::canonicalize(home.path()).unwrap();
        assert_eq!(found, [root.join("bot/logs"), root.join("share/grid-bot")]);
    }

    #[test]
    fn a_name_leads_nowhere_else() {
        let app = |name: &str| App {
            id: "com.example.bot".to_owned(),
            name: name.to_owned(),
            version: String::new(),
            vendor: Some("Example".to_owned()),
        };
        let shown = |name| {
            names(&app(name)).iter().map(|path| path.to_string_lossy().into_owned()).collect::<Vec<_>>()
        };
        assert_eq!(
            shown("Grid Bot"),
            ["com.example.bot", "Grid Bot", "grid-bot", "gridbot", "Example/Grid Bot"]
        );
        assert_eq!(shown("../.ssh"), ["com.example.bot"]);
    }
}
