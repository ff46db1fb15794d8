//! What comes in with a dependency. `deny.toml` is the one list; cargo-deny reads it too where it is there.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use crate::processes::{expect_exit, root};

/// How many crates a bot takes in by linking the library with everything on. Raise it only with a reason in
/// `docs/architecture.md`, where the number stands as well.
const BUDGET: usize = 145;

#[test]
fn a_bot_that_links_the_library_stays_within_the_budget() {
    let crates = tree("headless-bot", &[]);
    for banned in
        ["egui", "eframe", "winit", "axum", "sqlx", "openssl-sys", "native-tls", "aws-lc-sys", "clap"]
    {
        assert!(!crates.contains(banned), "headless-bot pulls in {banned}");
    }
    let count = crates.len();
    assert!(count <= BUDGET, "headless-bot pulls in {count} crates, the budget is {BUDGET}");
    assert!(count + 25 > BUDGET, "headless-bot pulls in only {count} crates: lower the budget");
    let told = format!("at most {BUDGET} crates");
    let architecture = std::fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    assert!(architecture.contains(&told), "docs/architecture.md has to say {told:?}");
}

#[test]
fn the_dialog_brings_no_window_and_the_portal_no_client() {
    // What sends is a feature of the dialog, for hosts that want it in two lines.
    let dialog = tree("casefile-egui", &["--no-default-features"]);
    assert!(!dialog.contains("winit") && !dialog.contains("reqwest"), "{dialog:?}");
    let dialog = tree("casefile-egui", &[]);
    assert!(!dialog.contains("winit") && dialog.contains("reqwest"), "{dialog:?}");
    let portal = tree("casefile-portal", &[]);
    assert!(!portal.contains("reqwest") && !portal.contains("egui"), "{portal:?}");
}

/// Names of the crates that a package builds with, itself not included.
fn tree(package: &str, more: &[&str]) -> BTreeSet<String> {
    let args = [
        "tree",
        "--locked",
        "--package",
        package,
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ];
    let list = expect_exit(Command::new(env!("CARGO")).args(args).args(more).current_dir(root()), 0);
    let names = list.lines().filter_map(|line| line.split(' ').next()).filter(|name| !name.is_empty());
    names.filter(|name| *name != package).map(str::to_owned).collect()
}

#[test]
fn licences_sources_and_bans_are_those_of_deny_toml() {
    let rules: toml::Table = std::fs::read_to_string(root().join("deny.toml")).unwrap().parse().unwrap();
    let text = |value: &toml::Value| value.as_str().unwrap().to_owned();
    let allowed: BTreeSet<String> = rules["licenses"]["allow"].as_array().unwrap().iter().map(text).collect();
    let banned = rules["bans"]["deny"].as_array().unwrap();

    let args = ["metadata", "--locked", "--format-version", "1"];
    let metadata = expect_exit(Command::new(env!("CARGO")).args(args).current_dir(root()), 0);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 100, "{}", packages.len());
    let mut complaints = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let licence = package["license"].as_str().unwrap_or("none");
        if !licence_allowed(licence, &allowed) {
            complaints.push(format!("{name}: licence {licence}"));
        }
        let source = package["source"].as_str().unwrap_or("path");
        if source != "path" && !source.starts_with("registry+") {
            complaints.push(format!("{name}: from {source}"));
        }
    }
    for rule in banned {
        let name = rule["crate"].as_str().unwrap();
        let wrappers: BTreeSet<String> =
            rule.get("wrappers").and_then(toml::Value::as_array).into_iter().flatten().map(text).collect();
        for user in users_of(&metadata, name) {
            if !wrappers.contains(&user) {
                complaints.push(format!("{user} uses {name}: {}", rule["reason"].as_str().unwrap()));
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// `A OR B` needs one of them, `A AND B` both; the old `A/B` is an `OR`.
fn licence_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let flat = expression.replace(['(', ')'], " ").replace('/', " OR ");
    flat.split(" AND ").all(|part| part.split(" OR ").any(|licence| allowed.contains(licence.trim())))
}

#[test]
fn licence_expressions_are_read_as_they_are_meant() {
    let allowed = BTreeSet::from(["MIT".to_owned(), "ISC".to_owned()]);
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0 OR MIT", true),
        ("MIT AND GPL-3.0", false),
        ("MIT/Apache-2.0", true),
        ("(ISC OR X) AND MIT", true),
    ] {
        assert_eq!(licence_allowed(expression, &allowed), expected, "{expression}");
    }
}

/// Packages that resolve to one of this name on some platform.
fn users_of(metadata: &Value, name: &str) -> Vec<String> {
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let name_of = |id: &Value| {
        let packages = metadata["packages"].as_array().unwrap();
        let found = packages.iter().find(|package| package["id"] == *id);
        found.map(|package| package["name"].as_str().unwrap().to_owned()).unwrap_or_default()
    };
    let uses = |node: &&Value| {
        let deps = node["deps"].as_array().unwrap();
        deps.iter().any(|dependency| name_of(&dependency["pkg"]) == name)
    };
    nodes.iter().filter(uses).map(|node| name_of(&node["id"])).collect()
}
