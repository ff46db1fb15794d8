//! What the first screen begins with: what a bot handed over, what is left of a crash, or nothing.

use std::path::{Path, PathBuf};

use casefile::Reporter;
use casefile::crash::Crash;
use casefile::report::{Category, Language, Priority, Request};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::words::Words;

/// The beginning of a report.
pub(crate) struct Begin {
    pub(crate) request: Request,
    pub(crate) attachments: Vec<PathBuf>,
    /// Said above the dialog, in plain words.
    pub(crate) news: Option<String>,
}

/// Decides what is known. `file` is what the command line names, `found` where logs were found that no settings name.
pub(crate) fn begin(
    reporter: &Reporter,
    language: Language,
    file: Option<PathBuf>,
    found: &[PathBuf],
    now: Timestamp,
) -> Begin {
    let words = Words::of(language, reporter.brand());
    let app = reporter.app().name.as_str();
    let crash = reporter.last_crash();
    let news = crash.as_ref().map(|crash| told(crash, app, &words));
    let places: Vec<String> = found.iter().map(|folder| folder.display().to_string()).collect();
    let places = (!places.is_empty())
        .then(|| words.with("helper-found-logs", &[("folders", places.join(", ").into())]));
    let news: Vec<String> = [news, places].into_iter().flatten().collect();
    let news = (!news.is_empty()).then(|| news.join("\n"));
    let mut begun = match (reporter.take_handover(now), file) {
        (Some(handover), file) => {
            let attachments = handover.attachments.into_iter().chain(file).collect();
            Begin { request: Request { language, ..handover.request }, attachments, news }
        }
        (None, Some(file)) => {
            let occurred_at = crash.as_ref().and_then(|crash| crash.at).or_else(|| written_at(&file));
            let request = crashed(&words, app, None);
            Begin { request: Request { language, occurred_at, ..request }, attachments: vec![file], news }
        }
        (None, None) => {
            let blank = || Request::new("", "", Priority::P3, Category::Runtime);
            let known = crash.as_ref().map(|crash| (crashed(&words, app, crash.note.as_deref()), crash.at));
            let (request, occurred_at) = known.unwrap_or_else(|| (blank(), None));
            Begin { request: Request { language, occurred_at, ..request }, attachments: Vec::new(), news }
        }
    };
    begun.attachments.dedup();
    begun
}

/// What a crash says by itself; the rest is for the person to tell.
fn crashed(words: &Words, app: &str, note: Option<&str>) -> Request {
    let mut description = format!("{} ", words.of_app("helper-crashed-description", app));
    let note =
        note.map(|note| words.with("helper-crashed-note", &[("note", note.into())])).unwrap_or_default();
    if note.is_empty() {
        description.push('\n');
    }
    let request =
        Request::new(words.of_app("helper-crashed-title", app), description, Priority::P1, Category::Runtime);
    Request { additional: note, ..request }
}

/// The crash, with the name of the product and without the words of programmers.
fn told(crash: &Crash, app: &str, words: &Words) -> String {
    match crash.at {
        Some(at) => {
            let at = at.to_zoned_datetime(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string();
            words.with("helper-crashed-at", &[("app", app.into()), ("at", at.into())])
        }
        None => words.of_app("helper-crashed", app),
    }
}

fn written_at(file: &Path) -> Option<Timestamp> {
    let modified = std::fs::metadata(file).and_then(|metadata| metadata.modified()).ok()?;
    Timestamp::try_from(modified).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reporter(home: &Path) -> Reporter {
        Reporter::builder("a", "Grid Bot", "1").outbox(home.join("outbox")).build().unwrap()
    }

    fn now() -> Timestamp {
        "2026-11-24T10:00:00Z".parse().unwrap()
    }

    #[test]
    fn without_anything_known_the_form_is_empty() {
        let home = tempfile::tempdir().unwrap();
        let begun = begin(&reporter(home.path()), Language::Pl, None, &[], now());
        assert!(begun.request.title.is_empty() && begun.news.is_none() && begun.attachments.is_empty());
        assert_eq!(begun.request.language, Language::Pl);
    }

    #[test]
    fn the_note_of_a_panic_is_told_in_plain_words() {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(home.path().join("outbox/crash")).unwrap();
        let note =
            "2026-11-24T09:12:00.000Z FATAL panic: thread 'order loop' at src/x.rs:1:2: no price\ntrace\n";
        std::fs::write(home.path().join("outbox/crash/panic.log"), note).unwrap();
        let begun = begin(&reporter(home.path()), Language::En, None, &[], now());
        let news = begun.news.unwrap();
        assert!(
            news.starts_with("Grid Bot stopped by itself on 2026-11-24") && !news.contains("panic"),
            "{news}"
        );
        assert_eq!(begun.request.title, "Grid Bot stopped unexpectedly");
        assert_eq!(begun.request.occurred_at, Some("2026-11-24T09:12:00Z".parse().unwrap()));
        assert!(begun.request.additional.contains("no price") && begun.request.priority == Priority::P1);
    }

    #[test]
    fn what_a_bot_handed_over_comes_first_and_once() {
        let home = tempfile::tempdir().unwrap();
        let reporter = reporter(home.path());
        let request = Request::new("It hangs", "since noon", Priority::P2, Category::Exchange);
        reporter.hand_over(&request, vec!["dump.txt".into()], now()).unwrap();
        let file = home.path().join("dump.txt");
        std::fs::write(&file, "x").unwrap();
        let begun = begin(&reporter, Language::En, Some(file.clone()), &[], now());
        assert_eq!((begun.request.title.as_str(), begun.attachments.len()), ("It hangs", 2));
        let begun = begin(&reporter, Language::En, Some(file), &[], now());
        assert!(begun.request.title.contains("stopped unexpectedly") && begun.request.occurred_at.is_some());
    }
}
