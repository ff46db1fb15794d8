//! What a bundle says of itself is what anybody finds in it, and no more than may be in it.

use std::path::Path;

use super::super::{analyze, open, tests};
use super::*;
use crate::bundle::Limits;
use crate::progress::Progress;
use crate::redact::KnownValues;
use crate::report::{Category, Priority, Request};
use crate::{Changes, Draft, Reporter};

fn seal(reporter: &Reporter) -> Draft {
    let request = Request::new("It stands still", "d", Priority::P3, Category::Runtime);
    reporter.seal(&request, tests::sealed_at(), &Progress::new()).unwrap()
}

fn revise(reporter: &Reporter, draft: &Draft, changes: &Changes) -> Draft {
    reporter.revise(draft, changes, tests::sealed_at(), &Progress::new()).unwrap()
}

fn reporter(home: &Path) -> Reporter {
    std::fs::create_dir_all(home.join("logs")).unwrap();
    std::fs::create_dir_all(home.join("presets")).unwrap();
    let builder = Reporter::builder("a", "Bot", "1").outbox(home.join("outbox"));
    builder.logs(home.join("logs")).presets(home.join("presets")).build().unwrap()
}

/// As who receives it sees it.
fn found(draft: &Draft) -> Vec<Finding> {
    let bundle = Bundle::open(draft.bundle.path(), &Limits::default()).unwrap();
    assert_eq!(bundle.manifest().entries.iter().filter(|entry| entry.name == FINDINGS).count(), 1);
    let told = bundle.findings().unwrap().expect("every bundle of today says what was found");
    let (found, totals) = analyze(&bundle, Analysers::standard()).unwrap();
    let at_once = open(draft.bundle.path(), &Limits::default(), Analysers::standard()).unwrap();
    assert_eq!((&at_once.findings, at_once.totals), (&found, totals));
    assert_eq!(ids(&told), ids(&found));
    for (told, found) in told.iter().zip(&found) {
        let places = |finding: &Finding| -> Vec<(String, u64)> {
            finding.evidence.iter().map(|evidence| (evidence.file.clone(), evidence.line)).collect()
        };
        assert_eq!((told.count, places(told)), (found.count, places(found)), "{}", told.id);
        assert_eq!((&told.title, &told.advice), (&found.title, &found.advice), "{}", told.id);
    }
    told
}

fn ids(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.id.as_str()).collect()
}

#[test]
fn a_sealed_bundle_says_what_anybody_finds_in_it() {
    let home = tempfile::tempdir().unwrap();
    let reporter = reporter(home.path());
    for (number, (log, _)) in tests::examples().into_iter().enumerate() {
        std::fs::write(home.path().join(format!("logs/{number:03}.log")), log).unwrap();
    }
    std::fs::write(home.path().join("presets/grid.toml"), "[grid]\nleverage = 0\nlevels = 20\n").unwrap();
    let draft = seal(&reporter);
    let findings = found(&draft);
    assert!(findings.len() > 50, "{:?}", ids(&findings));
    let empty = |finding: &&Finding| finding.evidence.iter().any(|evidence| evidence.text.is_empty());
    assert_eq!(findings.iter().filter(empty).count(), 0, "no evidence had to be left out");
    let mut zip = zip::ZipArchive::new(std::fs::File::open(draft.bundle.path()).unwrap()).unwrap();
    let last: Vec<String> = (zip.len() - 2..zip.len())
        .map(|index| zip.by_index(index).unwrap().name().unwrap().into_owned())
        .collect();
    assert_eq!(last, [FINDINGS, "manifest.json"]);
}

#[test]
fn where_nothing_is_wrong_it_says_that_it_looked() {
    let home = tempfile::tempdir().unwrap();
    let reporter = reporter(home.path());
    std::fs::write(home.path().join("logs/a.log"), "2026-11-24 10:00:00 INFO all is well\n").unwrap();
    let draft = seal(&reporter);
    let log_findings: Vec<_> = found(&draft).into_iter().filter(|finding| finding.count > 0).collect();
    assert_eq!(log_findings, []);
}

const CLOCK: &str = "2026-11-24 10:00:00 ERROR order refused: {\"code\":-1021,\"msg\":\"falcon\"}\n";
const LOCKED: &str = "2026-11-24 10:00:05 ERROR falcon: sqlite3.OperationalError: database is locked\n";

#[test]
fn what_a_person_leaves_out_or_hides_is_no_evidence_any_more() {
    let home = tempfile::tempdir().unwrap();
    let reporter = reporter(home.path());
    std::fs::write(home.path().join("logs/a.log"), CLOCK).unwrap();
    std::fs::write(home.path().join("logs/b.log"), LOCKED).unwrap();
    let first = seal(&reporter);
    assert!(ids(&found(&first)).starts_with(&["binance-clock", "database-locked"]));

    let leave_out = ["logs/a.log".to_owned()].into();
    let second = revise(&reporter, &first, &Changes { leave_out, ..Changes::default() });
    assert!(!ids(&found(&second)).contains(&"binance-clock"));

    let hide = vec!["falcon".to_owned()];
    let third = revise(&reporter, &first, &Changes { hide, ..Changes::default() });
    assert!(ids(&found(&third)).starts_with(&["binance-clock", "database-locked"]));
    let text = third.bundle.read_text(FINDINGS, 1 << 20).unwrap();
    assert!(!text.contains("falcon") && text.contains("<hidden:"), "{text}");

    // What they do not rest on changes nothing: the entry is copied.
    std::fs::write(home.path().join("note.txt"), "a note\n").unwrap();
    let attach = vec![home.path().join("note.txt")];
    let fourth = revise(&reporter, &first, &Changes { attach, ..Changes::default() });
    assert_eq!(ids(&found(&fourth)), ids(&found(&first)));
}

#[test]
fn evidence_in_which_a_cut_makes_a_secret_is_not_told_and_the_bundle_is_sealed() {
    let mut known = KnownValues::new();
    known.add("token", "correct-horse-battery");
    let redactor = Redactor::builder().known(known).build();
    let findings = Findings::new(None, tests::origin(), redactor);
    let log = |text: &str| {
        let mut look = findings.begin("logs/bot.log").unwrap();
        look.push(text.as_bytes());
        look.end();
        let told: Vec<Finding> = serde_json::from_str(&findings.conclude(&[])).unwrap();
        told
    };
    let told = log("2026-11-24 10:00:05 ERROR database is locked password=Hunter2Hunter2x\n");
    assert_eq!(ids(&told), ["database-locked"]);
    assert!(told[0].evidence[0].text.contains("<password:"), "{told:?}");
    let told = log("2026-11-24 10:00:05 ERROR database is locked by correct-horse-battery\n");
    assert!(told[0].evidence[0].text.ends_with('>'), "{told:?}");
}

#[test]
fn a_vendor_whose_advice_looks_private_costs_nobody_the_bundle() {
    let own = Analysers::with(
        "[[analysers]]\nid = \"own\"\ncategory = \"runtime\"\nseverity = \"warn\"\nimpact = \"notice\"\n\
         title = { en = \"t\", pl = \"t\" }\ncause = { en = \"c\", pl = \"c\" }\n\
         advice = { en = \"write to anna.kowalska@example.com\", pl = \"p\" }\nlog = { any = [\"falcon\"] }\n",
    );
    let redactor = Redactor::builder().build();
    let findings = Findings::new(Some(Arc::new(own.unwrap())), tests::origin(), redactor.clone());
    let mut look = findings.begin("logs/bot.log").unwrap();
    look.push(b"2026-11-24 10:00:05 ERROR falcon down\n");
    look.end();
    let text = findings.conclude(&[]);
    assert!(redactor.residues(&mut text.as_bytes()).unwrap().is_empty());
    let told: Vec<Finding> = serde_json::from_str(&text).unwrap();
    assert!(told[0].advice.en.starts_with("write to <email:"), "{told:?}");
    assert_eq!(told[0].evidence[0].text, "2026-11-24 10:00:05 ERROR falcon down");
}

#[test]
fn bundles_from_before_have_none() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/it/kept/format-1.zip");
    let bundle = Bundle::open(kept, &Limits::default()).unwrap();
    assert_eq!(bundle.findings().unwrap(), None);
}
