use serde_json::{Value, json};

use crate::event::{Actor, Article, Kind};
use crate::process::Action;
use crate::store::{Filter, View};
use crate::trial::Trial;

fn message(id: &str, text: &str) -> String {
    json!({ "id": id, "text": text }).to_string()
}

impl Trial {
    /// What one of the staff does to the ticket of a report.
    async fn staff(&self, report: u8, key: &str, action: Action) {
        let report = format!("{report:02x}").repeat(16);
        let ticket = self.desk.store.ticket_of_report(&report).await.unwrap().unwrap();
        self.desk.act(&ticket, &Actor::Staff("anna".to_owned()), key, &action).await.unwrap();
    }

    async fn propose(&self, report: u8, key: &str) {
        let text = "Zegar komputera jest przestawiony.".to_owned();
        self.staff(report, key, Action::ProposeResolution { text, article: Article::NoneNeeded }).await;
    }

    /// Tags of all events of a ticket.
    async fn tags(&self, number: &str) -> Vec<String> {
        let ticket = self.desk.store.ticket(&number.parse().unwrap()).await.unwrap().unwrap();
        self.desk.events(&ticket).await.unwrap().iter().map(|event| event.kind.tag()).collect()
    }
}

fn kinds(status: &Value) -> Vec<&str> {
    status["messages"].as_array().unwrap().iter().map(|message| message["kind"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_customer_goes_through_the_whole_process() {
    let trial = Trial::start().await;
    trial.register(1, "P1").await;
    trial.client(1, "POST", "/confirm", "").await.expect(409, "nothing_to_confirm");
    trial.client(1, "POST", "/reject", &message("r", "no")).await.expect(409, "nothing_to_reject");
    trial.sleep(40);
    trial.staff(1, "a", Action::Ask("Która giełda?".to_owned())).await;
    let status = trial.client(1, "GET", "", "").await.good();
    assert_eq!(
        (status["state"].as_str(), &status["deadlines"]["workaround"]),
        (Some("waiting"), &Value::Null)
    );
    trial.sleep(150);
    let status = trial.client(1, "POST", "/messages", &message("m1", "Binance")).await.good();
    assert_eq!(status["state"], "open");
    assert_eq!(status["deadlines"]["workaround"], "2026-11-24T16:30:00Z", "the pause is not counted");
    let again = trial.client(1, "POST", "/messages", &message("m1", "Binance")).await.good();
    assert_eq!(status, again, "a repeated message is the same one");
    trial.client(1, "POST", "/messages", &message("m1", "Kraken")).await.expect(409, "message_exists");
    trial.staff(1, "note", Action::Note("tajne".to_owned())).await;
    trial.staff(1, "b", Action::OfferWorkaround("Uruchom ponownie.".to_owned())).await;
    trial.client(1, "POST", "/reject", &message("m2", "Nie pomaga.")).await.good();
    trial.propose(1, "c").await;
    trial.client(1, "POST", "/reject", &message("m3", "Dalej to samo.")).await.good();
    trial.propose(1, "d").await;
    let closed = trial.client(1, "POST", "/confirm", "").await.good();
    assert_eq!(
        (closed["state"].as_str(), closed["can"].clone()),
        (Some("closed"), json!(["message", "withdraw"]))
    );
    let expected = [
        "asked_customer",
        "customer_replied",
        "workaround_offered",
        "workaround_rejected",
        "resolution_proposed",
        "resolution_rejected",
        "resolution_proposed",
    ];
    assert_eq!(kinds(&closed), expected);
    assert!(!closed.to_string().contains("tajne"), "an internal note is for staff only");
    assert_eq!(trial.client(1, "POST", "/confirm", "").await.good(), closed);
    let gone = trial.client(1, "DELETE", "", "").await.good();
    assert_eq!((gone["state"].as_str(), gone["can"].clone()), (Some("closed"), json!([])));
}

#[tokio::test]
async fn after_closing_a_message_opens_one_follow_up() {
    let trial = Trial::start().await;
    trial.register(1, "P2").await;
    trial.propose(1, "a").await;
    trial.client(1, "POST", "/confirm", "").await.good();
    let status = trial.client(1, "POST", "/messages", &message("m1", "Znowu to samo.")).await.good();
    assert_eq!(
        (status["state"].as_str(), status["follow_up"]["ticket"].as_str()),
        (Some("closed"), Some("CF-2026-000002"))
    );
    for _ in 0..2 {
        assert_eq!(
            trial.client(1, "POST", "/messages", &message("m1", "Znowu to samo.")).await.good(),
            status
        );
    }
    trial.client(1, "POST", "/messages", &message("m2", "I jeszcze raz.")).await.good();
    assert_eq!(trial.tags("CF-2026-000002").await, ["registered", "linked", "customer_replied"]);
    assert_eq!(trial.found("jeszcze").await, ["CF-2026-000002"]);
}

#[tokio::test]
async fn silence_closes_after_seven_days_and_not_at_them() {
    let trial = Trial::start().await;
    trial.register(1, "P2").await;
    trial.propose(1, "a").await;
    trial.pass(7 * 24 * 60).await;
    assert_eq!(trial.client(1, "GET", "", "").await.good()["state"], "proposed");
    trial.pass(1).await;
    trial.pass(1).await;
    assert_eq!(trial.client(1, "GET", "", "").await.good()["state"], "closed");
    assert_eq!(trial.tags("CF-2026-000001").await, ["registered", "resolution_proposed", "closed"]);
}

#[tokio::test]
async fn an_outage_of_the_loop_loses_no_notice_and_sends_none_twice() {
    let steady = Trial::start().await;
    steady.register(1, "P1").await;
    for _ in 0..72 {
        steady.pass(10).await;
    }
    let late = Trial::start().await;
    late.register(1, "P1").await;
    late.sleep(12 * 60);
    let late = late.restart().await;
    late.pass(0).await;
    let late = late.restart().await;
    late.pass(0).await;
    let notices = |events: Vec<crate::event::Event>| -> Vec<_> {
        events
            .into_iter()
            .map(|event| event.kind)
            .filter(|kind| matches!(kind, Kind::Notice { .. }))
            .collect()
    };
    let mut told = Vec::new();
    for trial in [&steady, &late] {
        let ticket = trial.desk.store.ticket(&"CF-2026-000001".parse().unwrap()).await.unwrap().unwrap();
        told.push(notices(trial.desk.events(&ticket).await.unwrap()));
        let sent = trial.desk.store.newest_notices(100).await.unwrap();
        assert_eq!(sent.iter().filter(|notice| notice.recipient == "cto").count(), 1);
        assert_eq!(sent.iter().filter(|notice| notice.recipient == "coordinator").count(), 1);
    }
    assert_eq!(told[0], told[1]);
    // Two warnings for each of two clocks; E1 to one role, E2 to two.
    assert_eq!(told[0].len(), 7, "{:?}", told[0]);
}

#[tokio::test]
async fn a_notice_that_is_no_longer_true_is_not_sent() {
    let trial = Trial::start().await;
    trial.register(1, "P1").await;
    trial.sleep(61);
    trial.staff(1, "a", Action::Reply("Patrzymy.".to_owned())).await;
    trial.pass(0).await;
    assert!(trial.desk.store.newest_notices(10).await.unwrap().is_empty());
    let tags = trial.tags("CF-2026-000001").await;
    assert_eq!(tags.iter().filter(|tag| *tag == "notice").count(), 3, "it happened all the same: {tags:?}");
}

#[tokio::test]
async fn withdrawing_ends_everything() {
    let trial = Trial::start().await;
    trial.register(1, "P3").await;
    let withdrawn = trial.client(1, "DELETE", "", "").await.good();
    assert_eq!((withdrawn["state"].as_str(), withdrawn["can"].clone()), (Some("voided"), json!([])));
    assert_eq!(trial.client(1, "DELETE", "", "").await.good(), withdrawn);
    trial.client(1, "POST", "/messages", &message("m", "x")).await.expect(409, "ticket_void");
    let stranger = trial.ask("DELETE", &format!("/api/v1/reports/{}", "01".repeat(16)), &[], "").await;
    stranger.expect(401, "secret_missing");
}

#[tokio::test]
async fn a_message_is_checked() {
    let trial = Trial::start().await;
    trial.register(1, "P3").await;
    for body in [
        "",
        "{",
        "{\"text\": \"x\"}",
        &message("", "x"),
        &message("a b", "x"),
        &message(&"a".repeat(65), "x"),
    ] {
        trial.client(1, "POST", "/messages", body).await.expect(400, "invalid_body");
    }
    trial.client(1, "POST", "/messages", &message("a", " ")).await.expect(422, "field_blank");
    let long = message("a", &"ż".repeat(20_001));
    trial.client(1, "POST", "/messages", &long).await.expect(422, "text_too_long");
    let huge = message("a", &"x".repeat(300_000));
    trial.client(1, "POST", "/messages", &huge).await.expect(413, "body_too_large");
    assert_eq!(trial.tags("CF-2026-000001").await, ["registered"]);
}

#[tokio::test]
async fn tickets_from_before_are_summed_up_at_the_start() {
    let trial = Trial::start().await;
    trial.register(1, "P1").await;
    let mut change = trial.desk.store.begin().await.unwrap();
    for sql in ["DELETE FROM standing", "DELETE FROM words", "UPDATE report SET link = NULL"] {
        sqlx::query(sql).execute(&mut *change).await.unwrap();
    }
    change.commit().await.unwrap();
    trial.sleep(90);
    let trial = trial.restart().await;
    assert_eq!(trial.found("łódź").await, ["CF-2026-000001"]);
    assert_eq!(trial.found("lodz zlec").await, ["CF-2026-000001"]);
    assert!(trial.found("gdynia").await.is_empty() && trial.found("\" OR *").await.is_empty());
    let ticket = trial.desk.store.ticket(&"CF-2026-000001".parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(ticket.link.len(), 32);
    assert_eq!(trial.tags("CF-2026-000001").await, ["registered", "notice", "notice", "notice"]);
}

#[tokio::test]
async fn a_ticket_is_found_by_every_word_whatever_was_written_since() {
    let trial = Trial::start().await;
    trial.register(1, "P3").await;
    for n in 0..20 {
        trial.client(1, "POST", "/messages", &message(&n.to_string(), &format!("słowo{n}"))).await.good();
        assert_eq!(trial.found("zlecen odrzuc").await, ["CF-2026-000001"], "after {n}");
        assert_eq!(trial.found(&format!("slowo{n}")).await, ["CF-2026-000001"]);
    }
    trial.staff(1, "v", Action::Void { why: crate::event::Voiding::Spam, of: None }).await;
    assert!(trial.found("zlecen").await.is_empty(), "only what is open");
    for view in [View::Over, View::All] {
        let words = Some("zlecen odrzuc".to_owned());
        let filter = Filter { view, words, ..Filter::default() };
        assert_eq!(trial.desk.store.list(&filter, 0, 10).await.unwrap().len(), 1, "{view:?}");
    }
}

#[tokio::test]
async fn a_database_of_the_first_version_goes_on() {
    let data = tempfile::tempdir().unwrap();
    let body = json!({
        "title": "Stare zgłoszenie", "description": "d", "priority": "P1", "category": "runtime", "language": "pl",
        "app": { "id": "a", "name": "n", "version": "1" },
    });
    let plan = casefile::plan::Plan::default();
    let at = "2026-11-24T08:30:00Z".parse().unwrap();
    let database = crate::trial::Database::new(data.path()).await;
    crate::store::make_first(database.place(), plan.source(), &body.to_string(), at).await;
    let trial = Trial::start_on(data, database).await;
    assert_eq!(trial.found("stare zgloszenie").await, ["CF-2026-000001"]);
    // It was late before anybody could be told.
    trial.pass(0).await;
    let sent = trial.desk.store.newest_notices(10).await.unwrap();
    assert_eq!(sent.iter().filter(|notice| notice.recipient == "coordinator").count(), 1);
    assert_eq!(sent[0].since, "2026-11-24T09:30:00Z".parse().unwrap());
    let ticket = trial.desk.store.ticket_of_id(1).await.unwrap();
    let link = trial.ask("GET", &format!("/r/{}", ticket.link), &[], "").await;
    assert!(link.body.contains("Stare zgłoszenie"), "{}", link.body);
    assert_eq!(trial.register(2, "P2").await["ticket"], "CF-2026-000002");
}
