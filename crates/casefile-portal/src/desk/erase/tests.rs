use std::path::Path;
use std::sync::Arc;

use casefile::report::ReportBody;
use serde_json::{Value, json};

use crate::api::tests::{bundle, report_of};
use crate::desk::counted;
use crate::event::{Actor, Article};
use crate::kpi::Period;
use crate::lanes::Caller;
use crate::process::Action;
use crate::roles::Role;
use crate::store::TicketRow;
use crate::trial::{Trial, signed_in};

const DAY: i64 = 24 * 60;

/// A word that no other test uses and no text has by chance.
fn canary(place: &str) -> String {
    format!("kanarek{place}zqxv")
}

/// A report with something personal wherever there can be something, a bundle, a file and a conversation.
async fn filled(trial: &Trial, priority: &str) -> (TicketRow, String) {
    let bytes = bundle();
    let id = report_of(&bytes);
    let body = json!({
        "title": canary("title"), "description": canary("description"), "steps": canary("steps"),
        "expected": canary("expected"), "actual": canary("actual"), "additional": canary("additional"),
        "priority": priority, "category": "exchange", "language": "pl",
        "app": { "id": "com.example.bot", "name": "Bot", "version": "1.2.3" },
        "contact": { "name": canary("name"), "email": format!("{}@example.com", canary("mail")) },
        "system": { "os": "Windows 11", "user": canary("user") },
        "fingerprint": { "cpu": canary("cpu") },
        "license": { "id": canary("license"), "status": "active", "edition": "premium" },
        "unknown": canary("unknown"),
    });
    let path = format!("/api/v1/reports/{id}");
    let bearer = format!("Bearer {}", "0a".repeat(32));
    trial.ask("PUT", &path, &[("authorization", &bearer)], &body.to_string()).await.good();
    let ticket = trial.desk.store.ticket_of_report(&id).await.unwrap().unwrap();
    let sha256 = data_encoding::HEXLOWER.encode(&<sha2::Sha256 as sha2::Digest>::digest(&bytes));
    let announced = (sha256.as_str(), bytes.len() as u64);
    let upload = trial.desk.announce(&ticket, announced, Caller::Here).await.unwrap();
    std::fs::write(trial.desk.vault.part(&upload.id), &bytes).unwrap();
    Arc::clone(&trial.desk).offset(upload, ticket.clone()).await.unwrap();
    trial.add_file(&ticket.link, &format!("{}.txt", canary("file")), &canary("inside")).await;
    let staff = Actor::Staff("anna".to_owned());
    for (key, text) in [("r", "reply"), ("n", "note")] {
        let action = if key == "r" { Action::Reply(canary(text)) } else { Action::Note(canary(text)) };
        trial.desk.act(&ticket, &staff, key, &action).await.unwrap();
    }
    trial.desk.write(&ticket, "customer:message:1", &canary("answer")).await.unwrap();
    (ticket, bearer)
}

async fn close(trial: &Trial, ticket: &TicketRow) {
    let staff = Actor::Staff("anna".to_owned());
    let solve = Action::ProposeResolution { text: canary("solution"), article: Article::NoneNeeded };
    trial.desk.act(ticket, &staff, "s", &solve).await.unwrap();
    trial.desk.act(ticket, &Actor::Customer, "c", &Action::Confirm).await.unwrap();
}

/// Every file of the folder that has the bytes somewhere.
fn files_with(folder: &Path, words: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for item in std::fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            found.extend(files_with(&path, words));
        } else if std::fs::read(&path).unwrap().windows(words.len()).any(|window| window == words) {
            found.push(path.display().to_string());
        }
    }
    found
}

/// Every file that has the words, and every table of a server that shows them.
async fn places_with(trial: &Trial, words: &str) -> Vec<String> {
    let mut found = files_with(trial.folder(), words.as_bytes());
    found.extend(trial.database().tables_with(words).await);
    found
}

async fn november(trial: &Trial) -> String {
    let zone = casefile::plan::Plan::default().zone;
    let period = Period::parse("2026-11", &zone).unwrap();
    // Counted anew, not taken from what was frozen.
    counted(&trial.desk.store, &period, trial.desk.now()).await.map(|whole| whole.text).unwrap()
}

#[tokio::test]
async fn whoever_withdraws_leaves_nothing_and_the_counting_does_not_notice() {
    let trial = Trial::start().await;
    let (ticket, bearer) = filled(&trial, "P1").await;
    let (other, _) = filled(&trial, "P3").await;
    trial.pass(300).await;
    trial.desk.withdraw(&other, &Actor::Customer).await.unwrap();
    close(&trial, &ticket).await;
    let before = november(&trial).await;
    let path = format!("/api/v1/reports/{}", ticket.report);
    let ask = |method: &'static str, path: String| {
        let bearer = bearer.clone();
        let trial = &trial;
        async move { trial.ask(method, &path, &[("authorization", &bearer)], "{}").await }
    };
    let shown = ask("GET", path.clone()).await.good();
    assert_eq!(shown["evidence"].as_array().unwrap().len(), 1, "{shown}");
    assert!(!places_with(&trial, &canary("description")).await.is_empty());

    // It is over, so only the data go.
    let gone = ask("DELETE", path.clone()).await.good();
    assert_eq!((gone["state"].as_str(), gone["evidence"].clone()), (Some("closed"), json!([])));
    assert_eq!((gone["can"].clone(), gone["messages"].clone()), (json!([]), json!([])));
    assert!(gone["keeps"]["erased_at"].is_string() && gone["keeps"]["words_until"].is_null(), "{gone}");
    assert_eq!(ask("DELETE", path.clone()).await.good(), gone, "it may be repeated");
    assert_eq!(november(&trial).await, before, "what is counted is the same");
    ask("POST", format!("{path}/messages")).await.expect(400, "invalid_body");
    let message = json!({"id": "m9", "text": "x"}).to_string();
    let late = trial.ask("POST", &format!("{path}/messages"), &[("authorization", &bearer)], &message).await;
    late.expect(410, "erased");
    let body = r#"{"title":"t","description":"d","priority":"P1","category":"runtime","language":"en","app":{"id":"a","name":"n","version":"1"}}"#;
    trial.ask("PUT", &path, &[("authorization", &bearer)], body).await.expect(410, "erased");
    let upload = [("authorization", bearer.as_str()), ("tus-resumable", "1.0.0"), ("upload-length", "9")];
    let metadata = format!("sha256 {}", data_encoding::BASE64.encode("0".repeat(64).as_bytes()));
    let upload = [&upload[..], &[("upload-metadata", metadata.as_str())]].concat();
    trial.ask("POST", &format!("{path}/uploads"), &upload, "").await.expect(410, "erased");

    for place in [
        "title",
        "description",
        "steps",
        "expected",
        "actual",
        "additional",
        "name",
        "mail",
        "user",
        "cpu",
        "license",
        "unknown",
        "file",
        "inside",
        "reply",
        "note",
        "answer",
        "solution",
    ] {
        let words = canary(place);
        assert_eq!(places_with(&trial, &words).await, Vec::<String>::new(), "{place}");
        assert_eq!(trial.found(&words).await, Vec::<String>::new());
    }
    // The files of the bundle are gone, and the history says what happened without the words.
    assert_eq!(std::fs::read_dir(trial.folder().join("evidence")).unwrap().count(), 0);
    let (auditor, _) = signed_in(&trial.desk, "ewa", &[Role::Auditor]).await;
    let page = trial.page(&format!("/tickets/{}", ticket.number), &auditor).await;
    assert!(page.body.contains("all texts, bundles and files deleted"), "{}", page.body);
    assert!(page.body.contains("staff_replied") || page.body.contains("(deleted)"), "{}", page.body);
    assert!(
        trial
            .page("/audit", &auditor)
            .await
            .body
            .contains(&format!("erased everything of {}", ticket.number))
    );
}

#[tokio::test]
async fn what_is_over_is_kept_as_long_as_the_page_says() {
    let trial = Trial::start().await;
    let (ticket, _) = filled(&trial, "P3").await;
    let link = format!("/r/{}", ticket.link);
    let page = trial.ask("GET", &link, &[], "").await;
    assert!(page.body.contains("dopóki zgłoszenie jest otwarte"), "{}", page.body);
    trial.pass(400 * DAY).await;
    trial.desk.sweep().await.unwrap();
    let evidence = || async { trial.desk.store.evidence(ticket.id).await.unwrap().len() };
    assert_eq!(evidence().await, 1, "while it is open, nothing goes");

    close(&trial, &ticket).await;
    let page = trial.ask("GET", &link, &[], "").await;
    assert!(
        page.body.contains("przechowywane do 2028-03-28") && page.body.contains("2029-12-28"),
        "{}",
        page.body
    );
    trial.pass(90 * DAY).await;
    trial.desk.sweep().await.unwrap();
    assert_eq!(evidence().await, 1, "its last day counts");
    trial.pass(1).await;
    trial.desk.sweep().await.unwrap();
    assert_eq!(evidence().await, 0);
    assert_eq!(trial.found(&canary("answer")).await, Vec::<String>::new(), "it is not open");
    let page = trial.ask("GET", &link, &[], "").await;
    assert!(page.body.contains(&canary("answer")) && !page.body.contains("/files/"), "{}", page.body);
    trial.pass(640 * DAY).await;
    trial.desk.sweep().await.unwrap();
    trial.desk.sweep().await.unwrap();
    let page = trial.ask("GET", &link, &[], "").await;
    assert!(
        !page.body.contains("kanarek") && page.body.contains("Dane tego zgłoszenia usunięto"),
        "{}",
        page.body
    );
    let events = trial.desk.store.events(ticket.id).await.unwrap();
    assert_eq!(events.iter().filter(|event| event.kind.tag() == "erased").count(), 2);
}

#[tokio::test]
async fn a_database_from_a_copy_forgets_again_and_files_that_were_left_go() {
    let trial = Trial::start().await;
    let (ticket, _) = filled(&trial, "P2").await;
    let copy = trial.copy_database().await;
    let evidence = trial.desk.store.evidence(ticket.id).await.unwrap().remove(0);
    let bytes = std::fs::read(trial.desk.vault.evidence(&ticket.report, &evidence.sha256)).unwrap();
    trial.desk.withdraw(&ticket, &Actor::Customer).await.unwrap();
    // A stop between the database and the files leaves this behind.
    let place = trial.desk.vault.evidence(&ticket.report, &evidence.sha256);
    std::fs::create_dir_all(place.parent().unwrap()).unwrap();
    std::fs::write(&place, bytes).unwrap();
    // What belongs to a report that nobody knows may be the only copy.
    let unknown = trial.desk.vault.evidence(&"f".repeat(32), &evidence.sha256);
    std::fs::create_dir_all(unknown.parent().unwrap()).unwrap();
    std::fs::write(&unknown, "x").unwrap();
    trial.desk.sweep().await.unwrap();
    assert!(!place.exists() && unknown.exists());

    let trial = trial.restart_with(copy).await;
    let again = trial.desk.store.ticket_of_report(&ticket.report).await.unwrap().unwrap();
    assert_eq!(again.body.title, crate::retention::ERASED);
    let state = trial.desk.shown(&again).await.unwrap();
    assert!(state.keeps.erased_at.is_some() && state.evidence.is_empty());
}

#[tokio::test]
async fn staff_delete_what_somebody_asked_for_by_hand() {
    let trial = Trial::start().await;
    let (ticket, _) = filled(&trial, "P2").await;
    let (admin, csrf) = signed_in(&trial.desk, "root", &[Role::Admin]).await;
    let path = format!("/tickets/{}/erase", ticket.number);
    let wrong = trial.form(&path, &admin, &[("csrf", &csrf), ("number", "CF-2026-000009")]).await;
    assert_eq!(wrong.header("x-problem"), Some("number_differs"));
    let number = ticket.number.to_string();
    let done = trial.form(&path, &admin, &[("csrf", &csrf), ("number", &number)]).await;
    assert_eq!(done.status.as_u16(), 303, "{}", done.body);
    let left = trial.desk.store.ticket(&ticket.number).await.unwrap().unwrap();
    let body: ReportBody =
        serde_json::from_value(serde_json::from_str::<Value>(&left.body_text).unwrap()).unwrap();
    assert!(body.contact.is_empty() && body.license.is_none());
    let page = trial.page(&format!("/tickets/{number}"), &admin).await;
    assert!(page.body.contains("staff:root") && !page.body.contains("kanarek"), "{}", page.body);
}
