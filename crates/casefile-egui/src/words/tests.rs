//! Both languages say the same things, all of them are used, and numbers are declined.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use casefile::plan::Plan;
use casefile::report::Priority;

use super::*;

impl Words {
    /// The words that come with casefile.
    pub(crate) fn new(language: Language) -> Self {
        Self::of(language, &Brand::default())
    }
}

fn keys(source: &str) -> BTreeSet<String> {
    let named = source.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    named.filter_map(|line| line.split_once(" =")).map(|(key, _)| key.to_owned()).collect()
}

/// The sources of the crate, without tests.
fn sources(folder: &Path) -> String {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|item| item.unwrap().path()).collect();
    paths.sort();
    let mut text = String::new();
    for path in paths {
        if path.is_dir() {
            text += &sources(&path);
        } else if !path.ends_with("tests.rs") {
            let source = fs::read_to_string(&path).unwrap();
            text += source.split("#[cfg(test)]").next().unwrap();
        }
    }
    text
}

#[test]
fn both_files_are_fluent_and_have_the_same_keys() {
    for source in [ENGLISH, POLISH] {
        assert!(FluentResource::try_new(source.to_owned()).is_ok());
    }
    assert_eq!(keys(ENGLISH), keys(POLISH));
    assert!(keys(ENGLISH).len() > 80);
}

#[test]
fn every_key_is_used_and_every_used_key_is_there() {
    let source = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let known = keys(ENGLISH);
    for key in &known {
        assert!(source.contains(&format!("\"{key}\"")), "{key} is not used");
    }
    for call in [".text(\"", ".with(\""] {
        for rest in source.split(call).skip(1) {
            let key = rest.split('"').next().unwrap();
            assert!(known.contains(key), "there is no {key}");
        }
    }
}

#[test]
fn both_languages_put_in_the_same_values() {
    let values = |source: &str, key: &str| -> BTreeSet<String> {
        let from = source.find(&format!("\n{key} =")).unwrap() + 1;
        let message = source[from..].split("\n\n").next().unwrap();
        let end = message[1..].find('\n').map_or(message.len(), |_| {
            let lines = message.lines().skip(1).take_while(|line| line.starts_with([' ', '}']));
            lines.fold(message.lines().next().unwrap().len(), |sum, line| sum + line.len() + 1)
        });
        message[..end].split('$').skip(1).map(|rest| rest.split(' ').next().unwrap().to_owned()).collect()
    };
    for key in keys(ENGLISH) {
        assert_eq!(values(ENGLISH, &key), values(POLISH, &key), "{key}");
    }
}

#[test]
fn polish_numbers_have_three_forms() {
    let words = Words::new(Language::Pl);
    for (count, expected) in [
        (1, "1 godzina"),
        (2, "2 godziny"),
        (4, "4 godziny"),
        (5, "5 godzin"),
        (12, "12 godzin"),
        (22, "22 godziny"),
        (24, "24 godziny"),
        (25, "25 godzin"),
    ] {
        assert_eq!(words.with("length-hours", &[("count", count.into())]), expected);
    }
}

#[test]
fn promises_are_told_in_hours_and_days() {
    let plan = Plan::default();
    for (language, priority, expected) in [
        (Language::En, Priority::P1, "answer: 1 hour · workaround: 4 hours · solution: 24 hours"),
        (Language::Pl, Priority::P3, "odpowiedź: 24 godziny · obejście: 3 dni · rozwiązanie: 7 dni"),
        (Language::En, Priority::P4, "answer: 3 days"),
    ] {
        assert_eq!(Words::new(language).promises(plan.level(priority)), expected);
    }
}

#[test]
fn sizes_and_times_are_those_of_the_person() {
    let (en, pl) = (Words::new(Language::En), Words::new(Language::Pl));
    for (bytes, expected) in
        [(0, "0 B"), (999, "999 B"), (1_234, "1.2 kB"), (999_999, "1.0 MB"), (1 << 30, "1.1 GB")]
    {
        assert_eq!(en.size(bytes), expected);
        assert_eq!(pl.size(bytes), expected.replace('.', ","));
    }
    let zone = TimeZone::get("Europe/Warsaw").unwrap();
    let at = "2026-11-24T14:05:00Z".parse().unwrap();
    assert_eq!(en.time(at, &zone), "Tue 24 Nov 2026, 15:05 (CET)");
    assert_eq!(pl.time(at, &zone), "wt. 24.11.2026, 15:05 (CET)");
}

#[test]
fn a_vendor_changes_words_and_adds_a_language_without_losing_the_others() {
    let german = "send = Absenden\nlength-days = { $count ->\n    [one] 1 Tag\n   *[other] { $count } Tage\n}\nnext = {";
    let brand = Brand { locale: Some("de".to_owned()), ..Brand::default() };
    let brand = brand.with_texts("de", german).with_texts("pl", "send = Nadaj");
    let words = Words::of(Language::En, &brand);
    assert_eq!(words.text("send"), "Absenden");
    assert_eq!(words.with("length-days", &[("count", 3.into())]), "3 Tage");
    assert_eq!(
        (words.text("back").as_str(), words.text("next").as_str()),
        ("Back", "Next"),
        "what is wrong is none"
    );
    let words = Words::of(Language::Pl, &brand);
    assert_eq!((words.text("send").as_str(), words.text("back").as_str()), ("Nadaj", "Wstecz"));
}
