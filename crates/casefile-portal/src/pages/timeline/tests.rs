use std::fmt::Write as _;
use std::sync::Arc;

use casefile::report::{Category, Priority, Request};
use casefile::{Progress, Reporter};
use sha2::Digest as _;

use crate::lanes::Caller;
use crate::roles::Role;
use crate::settings::PortalSettings;
use crate::trial::{Trial, signed_in};

/// A table of a vendor.
const OWN: &str = r#"
[[analysers]]
id = "grid-stuck"
category = "runtime"
severity = "error"
impact = "key-function"
title = { en = "The grid is stuck.", pl = "Siatka stoi." }
cause = { en = "c", pl = "c" }
advice = { en = "a", pl = "a" }
sources = ["https://vendor.example/grid"]
log = { any = ["grid is stuck"] }
"#;

/// A portal with one ticket whose bundle has these logs; the page of its timeline.
async fn with_logs(
    settings: PortalSettings,
    occurred_at: Option<&str>,
    logs: &[(&str, String)],
) -> (Trial, String) {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("logs")).unwrap();
    for (name, text) in logs {
        std::fs::write(home.path().join("logs").join(name), text).unwrap();
    }
    let reporter = Reporter::builder("com.example.bot", "Bot", "2.4.1")
        .logs(home.path().join("logs"))
        .outbox(home.path().join("outbox"))
        .build()
        .unwrap();
    let mut request = Request::new("t", "d", Priority::P2, Category::Exchange);
    request.occurred_at = occurred_at.map(|at| at.parse().unwrap());
    let draft = reporter.seal(&request, "2026-11-24T12:00:00Z".parse().unwrap(), &Progress::new()).unwrap();
    let bytes = std::fs::read(draft.bundle.path()).unwrap();
    let trial = Trial::start_with(settings).await;
    let report = draft.bundle.manifest().report_id.to_string();
    let body = serde_json::to_string(&draft.body).unwrap();
    let bearer = format!("Bearer {}", "0a".repeat(32));
    let path = format!("/api/v1/reports/{report}");
    trial.ask("PUT", &path, &[("authorization", &bearer)], &body).await.good();
    let ticket = trial.desk.store.ticket_of_report(&report).await.unwrap().unwrap();
    let sha256 = data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(&bytes));
    let announced = (sha256.as_str(), bytes.len() as u64);
    let upload = trial.desk.announce(&ticket, announced, Caller::Here).await.unwrap();
    std::fs::write(trial.desk.vault.part(&upload.id), &bytes).unwrap();
    Arc::clone(&trial.desk).offset(upload, ticket.clone()).await.unwrap();
    (trial, format!("/tickets/{}/evidence/{sha256}/timeline", ticket.number))
}

/// The query of the link with this relation.
fn link<'a>(body: &'a str, rel: &str) -> Option<&'a str> {
    let before = body.split(&format!("\" rel=\"{rel}\"")).next()?;
    (before.len() < body.len()).then(|| before.rsplit("href=\"").next())?
}

#[tokio::test]
async fn all_records_are_met_once_from_page_to_page() {
    let mut text = String::new();
    for n in 0..450 {
        let (minute, second) = (n / 60, n % 60);
        writeln!(
            text,
            "2026-11-24T10:{minute:02}:{second:02}Z INFO step {}{}",
            ["one", "two"][n % 2],
            "x".repeat(n)
        )
        .unwrap();
    }
    let logs = [("a.log", text), ("b.log", "no time at all\n".to_owned())];
    let (trial, path) = with_logs(PortalSettings::default(), None, &logs).await;
    let (anna, _) = signed_in(&trial.desk, "anna", &[Role::Engineer]).await;
    let (mut query, mut met) = ("from=0".to_owned(), Vec::new());
    for _ in 0..3 {
        let page = trial.page(&format!("{path}?{query}"), &anna).await;
        assert_eq!(page.status.as_u16(), 200, "{}", page.body);
        let sources = page.body.split("logs/a.log:").skip(1);
        met.extend(sources.map(|rest| rest.split('<').next().unwrap().parse::<u32>().unwrap()));
        query = link(&page.body, "next").unwrap_or_default().replace("&#38;", "&").replace("&amp;", "&");
    }
    assert_eq!((met, query.as_str()), ((1..=450).collect(), ""), "every line once, and then no more");
    // A record without a time is met at the beginning only.
    let page = trial.page(&format!("{path}?from=2026-11-24+11:05"), &anna).await;
    assert!(page.body.contains("logs/a.log:301<") && !page.body.contains("logs/a.log:300<"), "{}", page.body);
    assert!(!page.body.contains("no time at all"));
    assert!(page.body.contains("Earlier"));
}

#[tokio::test]
async fn it_begins_before_the_incident_and_leads_to_what_was_found() {
    let mut text = String::new();
    for minute in 0..50 {
        writeln!(text, "2026-11-24T10:{minute:02}:00Z INFO heartbeat").unwrap();
    }
    text.push_str("2026-11-24T10:50:00Z ERROR binance refused: code -1021\n  Traceback <b>bold</b>\n\u{202e}  \u{1b}[31mred\n");
    text.push_str(&"2026-11-24T10:50:01Z WARN again\n".repeat(7));
    let logs = [("<i>.log", text)];
    let (trial, path) = with_logs(PortalSettings::default(), Some("2026-11-24T10:50:00Z"), &logs).await;
    while trial.desk.look_through().await.unwrap() {}
    let (anna, _) = signed_in(&trial.desk, "anna", &[Role::Engineer]).await;
    let page = trial.page(&path, &anna).await.body;
    assert!(page.contains("2026-11-24 11:48:00.000") && !page.contains("2026-11-24 11:47:00.000"), "{page}");
    assert!(page.contains("class=\"incident") && page.contains("class=\"record error\""), "{page}");
    assert!(page.contains("× 7"), "repetitions are one line: {page}");
    assert!(page.contains("+ 2") && page.contains("⟨U+202E⟩") && page.contains("⟨U+001B⟩[31m"), "{page}");
    assert!(!page.contains("<b>bold") && !page.contains("<i>.log") && !page.contains('\u{202e}'), "{page}");
    // The incident, the finding, and the way back.
    assert!(page.contains("from=2026-11-24T10%3A48%3A00Z") && page.contains("from=0"), "{page}");
    let ticket = trial.page("/tickets/CF-2026-000001", &anna).await.body;
    assert!(ticket.contains(&format!("href=\"{path}\"")), "{ticket}");

    let only = |query: &'static str| {
        let (trial, anna, path) = (&trial, &anna, &path);
        async move { trial.page(&format!("{path}?{query}"), anna).await.body }
    };
    let errors = only("level=error").await;
    assert!(
        errors.contains("-1021") && !errors.contains("heartbeat") && !errors.contains("again"),
        "{errors}"
    );
    let sought = only("q=CODE+-10").await;
    assert!(sought.contains("-1021") && !sought.contains("heartbeat"), "{sought}");
    assert!(!only("q=.*").await.contains("class=\"record"), "words are no pattern");
    assert!(only("from=yesterday").await.contains("This is no time"));
    assert_eq!(trial.page(&format!("{path}?skip=18446744073709551615"), &anna).await.status.as_u16(), 200);
}

#[tokio::test]
async fn who_may_not_see_tickets_sees_no_logs_and_looking_is_written_down() {
    let logs = [("a.log", "2026-11-24T10:00:00Z INFO canary\n".to_owned())];
    let (trial, path) = with_logs(PortalSettings::default(), None, &logs).await;
    assert_eq!(trial.ask("GET", &path, &[], "").await.status.as_u16(), 303, "to the door");
    let (anna, _) = signed_in(&trial.desk, "anna", &[Role::Engineer]).await;
    assert!(trial.page(&path, &anna).await.body.contains("canary"));
    for other in [path.replace("000001", "000002"), path.replacen("evidence/", "evidence/0", 1)] {
        assert_eq!(trial.page(&other, &anna).await.status.as_u16(), 404, "{other}");
    }
    let (auditor, _) = signed_in(&trial.desk, "ewa", &[Role::Auditor]).await;
    let audit = trial.page("/audit", &auditor).await.body;
    assert_eq!(audit.matches("looked at the timeline").count(), 1, "{audit}");
    // What was deleted is gone from here as well.
    let ticket = trial.desk.store.ticket_of_report(&report_of(&trial).await).await.unwrap().unwrap();
    trial.desk.withdraw(&ticket, &crate::event::Actor::Customer).await.unwrap();
    assert_eq!(trial.page(&path, &anna).await.status.as_u16(), 404);
}

async fn report_of(trial: &Trial) -> String {
    let number = "CF-2026-000001".parse().unwrap();
    trial.desk.store.ticket(&number).await.unwrap().unwrap().report
}

#[tokio::test]
async fn a_vendor_s_own_analysers_look_through_what_comes() {
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("own.toml");
    std::fs::write(&rules, OWN.replace("any", "every")).unwrap();
    let config = folder.path().join("portal.toml");
    std::fs::write(&config, "[analyze]\nrules = \"own.toml\"\n").unwrap();
    let settings = PortalSettings::read(&config).unwrap();
    assert!(settings.analysers().is_err(), "a mistake is told at the start");
    std::fs::write(&rules, OWN).unwrap();
    let logs = [("a.log", "2026-11-24T10:00:00Z ERROR grid is stuck at level 7\n".to_owned())];
    let (trial, _) = with_logs(settings, None, &logs).await;
    while trial.desk.look_through().await.unwrap() {}
    let (anna, _) = signed_in(&trial.desk, "anna", &[Role::Engineer]).await;
    let page = trial.page("/tickets/CF-2026-000001", &anna).await.body;
    assert!(page.contains("grid-stuck") && page.contains("The grid is stuck."), "{page}");
}
