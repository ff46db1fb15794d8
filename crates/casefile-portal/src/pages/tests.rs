use serde_json::json;

use crate::roles::{Right, Role};
use crate::trial::{Answer, Trial, signed_in};

const TICKET: &str = "/tickets/CF-2026-000001";

/// Fields of a form.
type Fields<'a> = &'a [(&'a str, &'a str)];

/// The value of a hidden field on a page.
#[track_caller]
fn field(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let rest = page.body.split(&mark).nth(1).unwrap_or_else(|| panic!("no {name}: {}", page.body));
    rest.split('"').next().unwrap().to_owned()
}

impl Trial {
    async fn step(&self, cookie: &str, form: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.page(TICKET, cookie).await;
        let (csrf, key) = (field(&page, "csrf"), field(&page, "key"));
        let fields = [&[("csrf", csrf.as_str()), ("key", key.as_str())], fields].concat();
        self.form(&format!("{TICKET}/{form}"), cookie, &fields).await
    }

    /// What somebody writes as what.
    async fn says(&self, cookie: &str, what: &str, text: &str) {
        let answer = self.step(cookie, "write", &[("what", what), ("text", text)]).await;
        assert_eq!(answer.status.as_u16(), 303, "{}", answer.body);
    }
}

#[tokio::test]
async fn a_critical_report_goes_from_the_bot_to_its_closure() {
    let trial = Trial::start().await;
    let registered = trial.register(1, "P1").await;
    let link = registered["status_url"].as_str().unwrap().to_owned();
    let link = link.split_once("/r/").map(|(_, link)| format!("/r/{link}")).unwrap();
    let hash = crate::desk::hashed("a long enough password").unwrap();
    let (ewa, _) = signed_in(&trial.desk, "ewa", &[Role::Coordinator]).await;
    let (cto, _) = signed_in(&trial.desk, "cto", &[Role::Cto]).await;
    signed_in(&trial.desk, "anna", &[Role::Engineer]).await;
    trial.desk.store.set_password("anna", &hash).await.unwrap();

    // Anna comes in through the door, and is led to where she wanted to go.
    let door = trial.ask("GET", TICKET, &[], "").await;
    assert_eq!(door.header("location"), Some("/sign-in?next=/tickets/CF-2026-000001"));
    let wrong = trial.form("/sign-in", "", &[("login", "anna"), ("password", "wrong")]).await;
    assert_eq!(wrong.status.as_u16(), 403);
    let fields = [("login", "Anna"), ("password", "a long enough password"), ("next", TICKET)];
    let right = trial.form("/sign-in", "", &fields).await;
    assert_eq!((right.status.as_u16(), right.header("location")), (303, Some(TICKET)));
    let anna = right.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();

    // Nobody answers within the hour: the coordinator is told, once, and says that she has seen it.
    trial.pass(61).await;
    trial.pass(1).await;
    let notices = trial.page("/notices", &ewa).await;
    assert_eq!(notices.body.matches("escalation E1").count(), 1, "{}", notices.body);
    let inbox = trial.page("/?view=late", &anna).await;
    assert!(inbox.body.contains("CF-2026-000001") && inbox.body.contains("Zlecenia"), "{}", inbox.body);
    let id = notices.body.split("action=\"/notices/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let seen = trial.form(&format!("/notices/{id}"), &ewa, &[("csrf", &field(&notices, "csrf"))]).await;
    assert_eq!(seen.status.as_u16(), 303);

    // Triage, a question, its answer on the customer's page.
    let to = [("to", "anna")];
    assert_eq!(trial.step(&ewa, "assign", &to).await.status.as_u16(), 303);
    let triage =
        [("priority", "P1"), ("category", "runtime"), ("login", "confirmed"), ("license", "confirmed")];
    assert_eq!(trial.step(&anna, "triage", &triage).await.status.as_u16(), 303);
    trial.says(&anna, "note", "to tylko dla nas").await;
    trial.says(&anna, "ask", "Która giełda?").await;
    let page = trial.ask("GET", &link, &[], "").await;
    assert!(page.body.contains("Która giełda?") && !page.body.contains("tylko dla nas"), "{}", page.body);
    assert!(page.body.contains("czeka na klienta"), "{}", page.body);
    let written = [("id", field(&page, "id")), ("text", "Binance".to_owned())];
    let written = written.each_ref().map(|(name, value)| (*name, value.as_str()));
    for _ in 0..2 {
        assert_eq!(trial.form(&format!("{link}/write"), "", &written).await.status.as_u16(), 303);
    }
    let page = trial.page(TICKET, &anna).await;
    assert_eq!(page.body.matches(">Binance<").count(), 1, "a form that is sent twice is one message");

    // No workaround in four hours: the CTO and R&D are told.
    trial.pass(240).await;
    assert!(trial.page("/notices", &cto).await.body.contains("escalation E2"));
    trial.says(&anna, "workaround", "Uruchom ponownie.").await;
    let silent = trial.step(&anna, "write", &[("what", "solution"), ("text", "Nowa wersja.")]).await;
    assert_eq!(silent.header("x-problem"), Some("article_missing"), "{}", silent.body);
    let solution = [("what", "solution"), ("text", "Nowa wersja."), ("article", "KB-17")];
    assert_eq!(trial.step(&anna, "write", &solution).await.status.as_u16(), 303);
    assert_eq!(trial.form(&format!("{link}/confirm"), "", &[]).await.status.as_u16(), 303);
    let page = trial.page(TICKET, &anna).await;
    for text in ["closed: the customer confirmed", "KB-17", "staff:anna", "cto", "coordinator has seen"] {
        assert!(page.body.contains(text), "no {text:?}: {}", page.body);
    }
    let inbox = trial.page("/?q=zlecen+odrzuc", &anna).await;
    assert!(inbox.body.contains("CF-2026-000001"), "{}", inbox.body);
}

#[tokio::test]
async fn each_role_may_do_what_the_table_says_and_nothing_else() {
    let trial = Trial::start().await;
    trial.register(1, "P4").await;
    let triage =
        [("priority", "P4"), ("category", "runtime"), ("login", "unchecked"), ("license", "unchecked")];
    for role in Role::ALL {
        let (cookie, csrf) = signed_in(&trial.desk, role.as_str(), &[role]).await;
        let cases: [(&str, Fields<'_>, Right); 7] = [
            ("write", &[("what", "note"), ("text", "n")], Right::Note),
            ("write", &[("what", "reply"), ("text", "r")], Right::Work),
            ("write", &[("what", "hand_over"), ("text", "h")], Right::Work),
            ("triage", &triage, Right::Work),
            ("assign", &[("to", role.as_str())], Right::Work),
            ("assign", &[("to", "")], Right::Assign),
            ("void", &[("why", "duplicate")], Right::Void),
        ];
        for (n, (form, fields, right)) in cases.into_iter().enumerate() {
            let key = n.to_string();
            let path = format!("{TICKET}/{form}");
            let mut fields = [&[("csrf", csrf.as_str()), ("key", key.as_str())], fields].concat();
            let answer = trial.form(&path, &cookie, &fields).await;
            let refused = answer.header("x-problem") == Some("not_allowed");
            assert_eq!(!refused, role.allows(right), "{role} {form} {n}: {}", answer.body);
            // Without the mark of the session nobody does anything.
            fields[0].1 = "00000000000000000000000000000000";
            let foreign = trial.form(&path, &cookie, &fields).await;
            let told = foreign.header("x-problem");
            let is_refused =
                told == Some("form_stale") || (!role.allows(right) && told == Some("not_allowed"));
            assert!(is_refused, "{role} {form}: {told:?}");
        }
        for (path, right) in [
            ("/", Right::See),
            ("/board", Right::See),
            ("/mail", Right::See),
            ("/import", Right::Work),
            (TICKET, Right::See),
            ("/reports", Right::Report),
            ("/reports/2026-11", Right::Report),
            ("/audit", Right::Audit),
        ] {
            let answer = trial.page(path, &cookie).await;
            assert_eq!(answer.status.is_success(), role.allows(right), "{role} {path}");
        }
    }
}

#[tokio::test]
async fn a_month_is_frozen_when_it_is_over_and_a_quarter_carries_its_improvements_over() {
    let trial = Trial::start().await;
    let (ewa, csrf) = signed_in(&trial.desk, "ewa", &[Role::Coordinator]).await;
    trial.register(1, "P1").await;
    trial.register(2, "P3").await;
    trial.client(2, "DELETE", "", "").await.good();
    trial.sleep(1);
    let running = trial.page("/reports/2026-11?format=json", &ewa).await.good();
    assert_eq!((running["incidents"].as_u64(), running["is_complete"].as_bool()), (Some(2), Some(false)));
    trial.pass(40 * 24 * 60).await;
    let november = trial.page("/reports/2026-11?format=json", &ewa).await;
    assert_eq!(november.good()["is_complete"], true);
    let breached: u64 = november.json()["clocks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|clock| clock["breached"].as_u64().unwrap())
        .sum();
    assert_eq!(breached, 3, "all clocks of the one that nobody answered: {}", november.body);
    trial.client(1, "DELETE", "", "").await.good();
    // Counted anew, without what is kept, it is the same to the byte.
    let mut change = trial.desk.store.begin().await.unwrap();
    sqlx::query("DELETE FROM frozen").execute(&mut *change).await.unwrap();
    change.commit().await.unwrap();
    assert_eq!(trial.page("/reports/2026-11?format=json", &ewa).await.body, november.body);
    let csv = trial.page("/reports/2026-11?format=csv", &ewa).await;
    assert!(csv.body.contains("2026-11,response P1,breached,1\r\n"), "{}", csv.body);

    let fields =
        [("csrf", csrf.as_str()), ("text", "Answer at night"), ("owner", "ewa"), ("due", "2026-12-31")];
    let added = trial.form("/reports/2026-Q4/improvements", &ewa, &fields).await;
    assert_eq!(added.status.as_u16(), 303, "{}", added.body);
    let broken = [("csrf", csrf.as_str()), ("text", "x"), ("owner", "ewa"), ("due", "soon")];
    let refused = trial.form("/reports/2026-Q4/improvements", &ewa, &broken).await;
    assert_eq!(refused.status.as_u16(), 422);
    for quarter in ["/reports/2026-Q4", "/reports/2027-Q1"] {
        assert!(trial.page(quarter, &ewa).await.body.contains("Answer at night"), "{quarter}");
    }
    let done = [("csrf", csrf.as_str()), ("state", "done")];
    trial.form("/reports/2027-Q1/improvements/1", &ewa, &done).await;
    assert!(trial.page("/reports/2027-Q1", &ewa).await.body.contains("Answer at night"));
    assert!(!trial.page("/reports/2027-Q2", &ewa).await.body.contains("Answer at night"));
    for path in ["/reports/2026-13", "/reports/x", "/reports/2026-Q9"] {
        assert_eq!(trial.page(path, &ewa).await.status.as_u16(), 404, "{path}");
    }
}

#[tokio::test]
async fn who_is_not_signed_in_learns_nothing() {
    let trial = Trial::start().await;
    trial.register(1, "P2").await;
    let source = include_str!("../pages.rs");
    let staff = source.split("for_staff = ").nth(1).unwrap().split(';').next().unwrap();
    let routes: Vec<_> =
        staff.split(".route(\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(routes.len() >= 12, "{routes:?}");
    for route in routes {
        for (number, id) in [("CF-2026-000001", "1"), ("CF-2026-000009", "9")] {
            let path =
                route.replace("{number}", number).replace("{id}", id).replace("{sha256}", &"0".repeat(64));
            for method in ["GET", "POST"] {
                for cookie in ["", "casefile_session=0123456789abcdef"] {
                    let answer = trial.ask(method, &path, &[("cookie", cookie)], "").await;
                    let status = answer.status.as_u16();
                    let is_door = status == 303 && answer.header("location").unwrap().starts_with("/sign-in");
                    assert!(is_door || status == 405, "{method} {path}: {status} {}", answer.body);
                }
            }
        }
    }
    for link in ["/r/", "/r/0", "/r/00000000000000000000000000000000"] {
        assert_eq!(trial.ask("GET", link, &[], "").await.status.as_u16(), 404, "{link}");
    }
}

#[tokio::test]
async fn a_session_ends_by_the_door_and_by_itself() {
    let trial = Trial::start().await;
    let (cookie, csrf) = signed_in(&trial.desk, "anna", &[Role::Engineer]).await;
    assert!(trial.page("/", &cookie).await.status.is_success());
    let polish = trial.form("/account/language", &cookie, &[("csrf", &csrf), ("language", "pl")]).await;
    assert_eq!(polish.status.as_u16(), 303);
    assert!(trial.page("/", &cookie).await.body.contains("Skrzynka"));
    let out = trial.form("/sign-out", &cookie, &[("csrf", &csrf)]).await;
    assert!(out.header("set-cookie").unwrap().contains("Max-Age=0"));
    assert_eq!(trial.page("/", &cookie).await.status.as_u16(), 303);
    let (cookie, _) = signed_in(&trial.desk, "anna", &[]).await;
    trial.sleep(60 * 1_001);
    assert_eq!(trial.page("/", &cookie).await.status.as_u16(), 303);
}

#[tokio::test]
async fn a_page_shows_what_a_stranger_wrote_and_runs_none_of_it() {
    let trial = Trial::start().await;
    let hostile = "<script>alert(1)</script>\u{202e}";
    let body = json!({
        "title": hostile, "description": "a&b\u{1b}[31m <img src=x>",
        "priority": "P2", "category": "exchange", "language": "pl",
        "app": { "id": "a", "name": "\" onload=\"x", "version": "1" },
        "system": { "os": "<u>", "memory_bytes": 1024 },
        "license": { "id": "LIC\" onload=\"y", "status": "<u>" },
        "fingerprint": { "<u>": "<u>" },
    });
    let registered = trial.client(1, "PUT", "", &body.to_string()).await.good();
    let message = json!({ "id": "m", "text": format!("{hostile} <u>") }).to_string();
    trial.client(1, "POST", "/messages", &message).await.good();
    trial.pass(3_000).await;
    let (cookie, _) = signed_in(&trial.desk, "anna", &[Role::Coordinator]).await;
    let link = registered["status_url"].as_str().unwrap();
    let link = format!("/r/{}", link.rsplit('/').next().unwrap());
    for path in ["/", "/board", TICKET, "/notices", &link] {
        let page = trial.page(path, &cookie).await;
        assert_eq!(page.status.as_u16(), 200, "{}", page.body);
        for raw in ["<script>", "<img", "<u>", "\u{202e}", "\u{1b}", "\" onload"] {
            assert!(!page.body.contains(raw), "{path} has {raw:?}:\n{}", page.body);
        }
        assert!(page.body.contains("⟨U+202E⟩"), "{path}: {}", page.body);
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    }
    let search = trial.page("/?q=%22%3E%3Cu%3E&view=%3Cu%3E&priority=%27--", &cookie).await;
    assert!(search.status.is_success() && !search.body.contains("<u>"), "{}", search.body);
    for path in ["/tickets/CF-2026-000002", "/tickets/x", "/tickets/CF-2026-000001/evidence/..%2f..", "/none"]
    {
        assert_eq!(trial.page(path, &cookie).await.status.as_u16(), 404, "{path}");
    }
    let elsewhere = trial.ask("GET", "/", &[("x", "y")], "").await;
    assert_eq!(elsewhere.status.as_u16(), 303);
}
