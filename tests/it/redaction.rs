//! The score of redaction on the seeded corpus.
//!
//! `CASEFILE_CORPUS_SEED=7 CASEFILE_CORPUS_ROUNDS=3` makes another and a larger corpus, `CASEFILE_CORPUS_LEAKS=FILE` writes
//! every leak into a file, `CASEFILE_CORPUS_DIR=DIR` every file as it is and as it becomes, and `CASEFILE_CORPUS_BAR=yes` compares with the bar instead of with what holds today:
//! `CASEFILE_CORPUS_BAR=yes cargo nextest run -p casefile-tests redaction --no-capture`.

use std::path::Path;

use casefile_tests::corpus::{Corpus, Size, corpus};
use casefile_tests::score::{clean, redactor, score};

/// What has to be reached: rates from 0 to 1, and how many named critical secrets may leak.
struct Bar {
    critical: f64,
    personal: f64,
    low: f64,
    keep: f64,
    clean_lines: f64,
    parses: f64,
    correlation: f64,
    named_leaks: usize,
}

/// What redaction has to reach.
const BAR: Bar = Bar {
    critical: 0.99,
    personal: 0.95,
    low: 0.90,
    keep: 0.995,
    clean_lines: 0.995,
    parses: 1.0,
    correlation: 1.0,
    named_leaks: 0,
};

/// What holds today; raised with the engine, until it is the bar.
const FLOOR: Bar = Bar {
    critical: 0.999,
    personal: 0.999,
    low: 0.99,
    keep: 0.999,
    clean_lines: 0.999,
    parses: 1.0,
    correlation: 0.997,
    named_leaks: 0,
};

fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn number(name: &str, default: u64) -> u64 {
    setting(name).map_or(default, |text| text.parse().unwrap())
}

#[test]
fn what_is_planted_is_gone_and_what_is_needed_stays() {
    let rounds = usize::try_from(number("CASEFILE_CORPUS_ROUNDS", 1)).unwrap();
    let corpus = corpus(number("CASEFILE_CORPUS_SEED", 1), Size { rounds, noise: 3 });
    let score = score(&corpus);
    println!("{score}");
    if let Some(path) = setting("CASEFILE_CORPUS_LEAKS") {
        std::fs::write(path, score.all_leaks()).unwrap();
    }
    if let Some(path) = setting("CASEFILE_CORPUS_DIR") {
        write_to(Path::new(&path), &corpus);
    }
    assert!(score.kinds.len() >= 150, "only {} kinds", score.kinds.len());

    let bar = if setting("CASEFILE_CORPUS_BAR").is_some_and(|value| value == "yes") { BAR } else { FLOOR };
    let rate = |severity: &str| score.severities[severity].rate();
    let reached = [
        ("critical", rate("critical"), bar.critical),
        ("personal", rate("personal"), bar.personal),
        ("low", rate("low"), bar.low),
        ("keep", score.keep().rate(), bar.keep),
        ("clean lines", score.clean_lines.rate(), bar.clean_lines),
        ("parses", score.parses.rate(), bar.parses),
        ("correlation", score.correlation.rate(), bar.correlation),
    ];
    let missed: Vec<_> = reached.iter().filter(|(_, rate, bar)| rate < bar).collect();
    assert!(missed.is_empty(), "not reached (name, rate, bar): {missed:?}");
    let named = score.named_critical_leaks();
    assert!(named <= bar.named_leaks, "{named} critical secrets leaked behind their names");
}

/// Writes the corpus, for a look at it with other tools.
fn write_to(folder: &Path, corpus: &Corpus) {
    let redactor = redactor(corpus);
    for file in &corpus.files {
        let cleaned = clean(&redactor, &file.name, file.bytes.clone()).unwrap_or_default();
        for (side, bytes) in [("raw", &file.bytes), ("clean", &cleaned)] {
            let path = folder.join(side).join(&file.name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
    }
}
