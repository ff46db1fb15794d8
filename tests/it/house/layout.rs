//! Where things lie and what they are called.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::processes::{expect_exit, root};

/// A file above this asks for a second room; its tests have one of their own.
const MAX_LINES: usize = 450;

/// All files that git knows or would take.
fn files() -> Vec<PathBuf> {
    let args = ["ls-files", "--cached", "--others", "--exclude-standard"];
    let list = expect_exit(Command::new("git").args(args).current_dir(root()), 0);
    list.lines().map(PathBuf::from).filter(|path| root().join(path).is_file()).collect()
}

fn rust_files() -> Vec<PathBuf> {
    files().into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_default()
}

#[test]
fn the_top_level_has_the_four_folders_of_the_design() {
    let folders: std::collections::BTreeSet<_> = files()
        .iter()
        .filter(|path| path.components().count() > 1)
        .map(|path| path.components().next().unwrap().as_os_str().to_string_lossy().into_owned())
        .filter(|folder| !folder.starts_with('.'))
        .collect();
    assert_eq!(folders.into_iter().collect::<Vec<_>>(), ["crates", "docs", "examples", "tests"]);
}

#[test]
fn modules_have_names_that_say_something() {
    let vague = [
        "mod.rs",
        "utils.rs",
        "util.rs",
        "common.rs",
        "core.rs",
        "imp.rs",
        "errors.rs",
        "helpers.rs",
        "types.rs",
    ];
    for path in rust_files() {
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(!vague.contains(&name), "{}", path.display());
    }
}

#[test]
fn files_stay_small() {
    let tables = ["rules", "tests.rs", "texts"];
    let mut large = Vec::new();
    for path in rust_files() {
        let shown = path.display().to_string();
        let text = read(&path);
        let own = text.find("\n#[cfg(test)]\nmod tests {").map_or(text.as_str(), |at| &text[..at]);
        let lines = own.lines().count();
        if lines > MAX_LINES && !tables.iter().any(|table| shown.contains(table)) {
            large.push(format!("{shown}: {lines} lines"));
        }
    }
    assert!(large.is_empty(), "{}", large.join("\n"));
}

#[test]
fn nothing_is_left_half_done_or_tied_to_one_machine() {
    // Spelt in two parts, so that this file does not find itself.
    let words = [
        ["to", "do!("],
        ["unimple", "mented!("],
        ["#[ig", "nore"],
        ["/ro", "ot/"],
        ["FIX", "ME"],
        ["index.cra", "tes.io"],
    ];
    for path in files() {
        let text = read(&path);
        for word in words {
            let word = word.concat();
            assert!(!text.contains(&word), "{} has {word:?}", path.display());
        }
    }
}
