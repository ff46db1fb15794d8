//! Documents that are true.

use std::path::{Path, PathBuf};

use crate::processes::root;

fn documents() -> Vec<PathBuf> {
    let mut found = vec![root().join("README.md")];
    let mut folders = vec![root().join("docs")];
    while let Some(folder) = folders.pop() {
        for item in std::fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_link_leads_somewhere() {
    let mut checked = 0;
    for document in documents() {
        let text = std::fs::read_to_string(&document).unwrap();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap_or_default();
            if file.is_empty() || file.contains("://") {
                continue;
            }
            checked += 1;
            let path = document.parent().unwrap_or(Path::new("")).join(file);
            assert!(path.exists(), "{} links to {target}", document.display());
        }
    }
    assert!(checked > 5, "{checked}");
}

#[test]
fn the_integration_of_the_readme_is_that_of_the_example() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let example = std::fs::read_to_string(root().join("examples/trading-bot/src/report.rs")).unwrap();
    let block =
        readme.split("```rust\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a block of Rust");
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines: Vec<_> =
        block.lines().map(squeeze).filter(|line| !line.is_empty() && !line.starts_with("//")).collect();
    assert!((5..=14).contains(&lines.len()), "about ten lines, not {}", lines.len());
    for line in lines {
        assert!(squeeze(&example).contains(&line), "the example has no line {line:?}");
    }
}

/// What `docs/privacy.md` says, from the table that the code works by.
fn privacy_page() -> String {
    use std::fmt::Write as _;

    use casefile::redact::{RULES_VERSION, Severity, rules};
    use casefile::report::Language;

    let mut page = format!(
        "# What a report holds, and what it never holds\n\n\
         Nothing leaves the computer before you have seen it and agreed. What you see in the dialog is the file that is sent, byte for byte; \
         its SHA-256 is shown to you and named by the portal when it has arrived.\n\n\
         **A report holds** what you write; the version of the bot and of the system; how much memory and disk there is; a fingerprint of the hardware \
         that can be compared but not turned back into serial numbers; whether the licence is valid; the bot's logs, strategy presets and monitoring \
         files; what crashed, if something did; and pictures, if you add some: none is taken unless you ask for it, and you black out what nobody \
         should see, because no rule can search a picture. **It never holds** other files, or what you did not see in the list. Your \
         name and e-mail address, if you give them, go to the support portal with the text and are in no file.\n\n\
         **Who reads it**: the support staff of whoever made your bot. **Nobody else**: casefile has no server of its own and sends no statistics.\n\n\
         Before anything is written to disk, the rules below (version {RULES_VERSION}) replace what should stay with you by a stand-in such as \
         `<email:k2m7qd3a>`. The same value has the same stand-in in all reports of one installation, so that support can see that two lines speak of the \
         same thing, and another one everywhere else. No part of the value is kept. Afterwards the finished file is searched again; if anything is \
         found, there is no file.\n\n\
         No rule finds everything. Look through the list before you send; you can leave out any file.\n"
    );
    let groups = [
        (Severity::Critical, "Whoever has it can trade, withdraw, sign or log in"),
        (Severity::Personal, "It finds or names a person or a machine"),
        (Severity::Low, "Other"),
    ];
    for (severity, title) in groups {
        write!(page, "\n## {title}\n\n| rule | what is hidden | co jest ukrywane |\n|---|---|---|\n")
            .unwrap();
        for rule in rules().iter().filter(|rule| rule.severity == severity) {
            let (en, pl) = (rule.about(Language::En), rule.about(Language::Pl));
            writeln!(page, "| `{}` | {en} | {pl} |", rule.name).unwrap();
        }
    }
    page
}

/// With `CASEFILE_UPDATE=yes` in the environment it writes the page instead.
#[test]
fn the_privacy_page_is_that_of_the_rules() {
    let path = root().join("docs/privacy.md");
    let page = privacy_page();
    if std::env::var_os("CASEFILE_UPDATE").is_some_and(|value| value == "yes") {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/privacy.md is out of date: run this test with CASEFILE_UPDATE=yes");
}
