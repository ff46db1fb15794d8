//! The user's manual is written from the table of analysers: what is found is what is described.

use std::fmt::Write as _;

use casefile::analyze::{Analyser, Analysers};
use casefile::plan::Plan;
use casefile::report::{Category, Language};

use crate::processes::root;

/// What the frame of the page says in one language.
struct Frame {
    file: &'static str,
    intro: &'static str,
    seen: &'static str,
    cause: &'static str,
    advice: &'static str,
    report: &'static str,
    otherwise: &'static str,
    urgency: &'static str,
    sources: &'static str,
}

const EN: Frame = Frame {
    file: "docs/user_manual/troubleshooting.md",
    intro: "# Troubleshooting\n\n\
        ([po polsku](troubleshooting.pl.md))\n\n\
        This page has an entry for each trouble that casefile recognises by itself, in the logs, in the facts about the computer and in the licence. \
        `casefile analyze` names the entry by the name in the heading's link, for instance `#binance-clock`.\n\n\
        **Before you report**: look for the words of your log on this page and try what the entry says. **Report at once** when orders or positions on the \
        exchange are not what you expect, when the bot crashed, or when an entry says so. Give the time when it happened; never send keys, passwords or \
        seeds: support does not need them, and casefile removes them from what it sends.\n",
    seen: "In the log",
    cause: "Cause",
    advice: "What to do",
    report: "When to report it",
    otherwise: "When it goes on after that. Report it with the logs of that time.",
    urgency: "Suggested priority",
    sources: "Documented at",
};

const PL: Frame = Frame {
    file: "docs/user_manual/troubleshooting.pl.md",
    intro: "# Rozwiązywanie problemów\n\n\
        ([in English](troubleshooting.md))\n\n\
        Ta strona ma wpis dla każdego problemu, który casefile rozpoznaje samodzielnie: w logach, w informacjach o komputerze i w licencji. \
        `casefile analyze` wskazuje wpis nazwą z odnośnika w nagłówku, na przykład `#binance-clock`.\n\n\
        **Zanim zgłosisz**: poszukaj na tej stronie słów ze swojego logu i wykonaj to, co mówi wpis. **Zgłoś od razu**, gdy zlecenia lub pozycje na giełdzie \
        są inne, niż oczekujesz, gdy bot uległ awarii albo gdy mówi o tym wpis. Podaj czas zdarzenia; nigdy nie wysyłaj kluczy, haseł ani fraz seed: wsparcie \
        ich nie potrzebuje, a casefile usuwa je z tego, co wysyła.\n",
    seen: "W logu",
    cause: "Przyczyna",
    advice: "Co zrobić",
    report: "Kiedy zgłosić",
    otherwise: "Gdy mimo to trwa dalej. Zgłoś z logami z tego czasu.",
    urgency: "Proponowany priorytet",
    sources: "Opisane w",
};

fn page(frame: &Frame, language: Language) -> String {
    let plan = Plan::default();
    let mut page = frame.intro.to_owned();
    for category in Category::ALL {
        write!(page, "\n## {}\n", plan.category_name(category).in_language(language)).unwrap();
        for row in Analysers::standard().rows().iter().filter(|row| row.category == category) {
            push_entry(&mut page, frame, language, row);
        }
    }
    page
}

fn push_entry(page: &mut String, frame: &Frame, language: Language, row: &Analyser) {
    write!(page, "\n### <a id=\"{}\"></a>{}\n\n", row.id, general(row.title.of(language))).unwrap();
    let words: Vec<String> = row.words().map(|word| format!("`{}`", word.replace('|', "\\|"))).collect();
    if !words.is_empty() {
        writeln!(page, "- **{}**: {}", frame.seen, words.join(", ")).unwrap();
    }
    let report = row.report.as_ref().map_or(frame.otherwise, |report| report.of(language));
    writeln!(page, "- **{}**: {}", frame.cause, general(row.cause.of(language))).unwrap();
    writeln!(page, "- **{}**: {}", frame.advice, general(row.advice.of(language))).unwrap();
    writeln!(page, "- **{}**: {report}", frame.report).unwrap();
    writeln!(page, "- **{}**: {}. {}", frame.urgency, row.priority, row.reason.of(language)).unwrap();
    if !row.sources.is_empty() {
        let sources: Vec<String> = row.sources.iter().map(|source| format!("<{source}>")).collect();
        writeln!(page, "- **{}**: {}", frame.sources, sources.join(", ")).unwrap();
    }
}

/// A text without what is filled in for one report.
fn general(text: &str) -> String {
    let mut out = String::new();
    for (index, part) in text.split(['{', '}']).enumerate() {
        out.push_str(if index % 2 == 0 { part } else { "…" });
    }
    out
}

/// With `CASEFILE_UPDATE=yes` in the environment it writes the pages instead.
#[test]
fn the_manual_is_that_of_the_analysers() {
    for (frame, language) in [(&EN, Language::En), (&PL, Language::Pl)] {
        let path = root().join(frame.file);
        let page = page(frame, language);
        if std::env::var_os("CASEFILE_UPDATE").is_some_and(|value| value == "yes") {
            std::fs::write(&path, &page).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(written == page, "{} is out of date: run this test with CASEFILE_UPDATE=yes", frame.file);
    }
}

#[test]
fn every_anchor_of_a_finding_is_there_once_in_both_languages() {
    for frame in [&EN, &PL] {
        let written = std::fs::read_to_string(root().join(frame.file)).unwrap();
        for row in Analysers::standard().rows() {
            let anchor = format!("<a id=\"{}\"></a>", row.id);
            assert_eq!(written.matches(&anchor).count(), 1, "{}: {}", frame.file, row.id);
        }
    }
    assert_eq!(casefile::analyze::MANUAL, EN.file);
}
