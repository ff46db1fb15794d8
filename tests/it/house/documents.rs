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
