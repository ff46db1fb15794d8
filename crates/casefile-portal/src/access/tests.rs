use super::*;
use crate::roles::Role;
use crate::trial::{Answer, Trial, signed_in};

/// What a way leads to: something that exists, and something that does not.
fn filled(path: &str, link: &str, exists: bool) -> String {
    let pick = |here: &str, nowhere: &str| if exists { here.to_owned() } else { nowhere.to_owned() };
    let id =
        if path.starts_with("/api") { pick(&"01".repeat(16), &"99".repeat(16)) } else { pick("1", "99") };
    path.replace("{number}", &pick("CF-2026-000001", "CF-2026-000999"))
        .replace("{mark}", &pick("1.aaaaaaaaaaaaaaaa", "99.aaaaaaaaaaaaaaaa"))
        .replace("{link}", &pick(link, &"0".repeat(32)))
        .replace("{sha256}", &"a".repeat(64))
        .replace("{period}", &pick("2026-11", "2031-07"))
        .replace("{n}", &pick("1", "99"))
        .replace("{id}", &id)
}

/// All that a stranger could tell two answers apart by.
fn told(answer: &Answer) -> (u16, Option<String>, String) {
    (answer.status.as_u16(), answer.header("x-problem").map(str::to_owned), answer.body.clone())
}

#[test]
fn every_route_is_in_the_table_once() {
    let sources = [include_str!("../api.rs"), include_str!("../pages.rs")];
    let mut routes = Vec::new();
    for source in sources {
        routes.extend(source.split(".route(").skip(1).filter_map(|rest| rest.split('"').nth(1)));
    }
    assert!(routes.len() > 30, "{routes:?}");
    for route in &routes {
        let known = WAYS.iter().filter(|(_, path, _)| path == route).count();
        assert_eq!(known, 1, "{route}: say in the table of access.rs who may use it");
    }
    for (_, path, _) in WAYS {
        assert!(routes.contains(path), "{path} is no route");
    }
}

#[tokio::test]
async fn each_way_is_open_to_whom_the_table_says_and_tells_nobody_else_what_exists() {
    let trial = Trial::start().await;
    let registered = trial.register(1, "P2").await;
    let link = registered["status_url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let mut people = Vec::new();
    for role in Role::ALL {
        people.push((Some(role), signed_in(&trial.desk, role.as_str(), &[role]).await.0));
    }
    people.push((None, String::new()));
    people.push((None, format!("casefile_session={}", "0".repeat(64))));
    let mut refused = 0;
    for (methods, path, access) in WAYS {
        // It would end the session that the others need.
        for method in methods.iter().filter(|_| *path != "/sign-out") {
            for (role, cookie) in &people {
                let ask = async |exists: bool| {
                    let headers = [
                        ("cookie", cookie.as_str()),
                        ("content-type", "application/x-www-form-urlencoded"),
                        ("tus-resumable", "1.0.0"),
                    ];
                    trial.ask(method, &filled(path, &link, exists), &headers, "").await
                };
                let (here, nowhere) = (ask(true).await, ask(false).await);
                let name = format!("{method} {path} as {role:?}: {}", here.status);
                let code = here.header("x-problem");
                let is_allowed = match access {
                    Everybody => here.status.as_u16() < 500 && code != Some("not_allowed"),
                    Link => code != Some("not_allowed"),
                    Secret => here.status.as_u16() != 401,
                    Staff(_) => !here.status.is_redirection() && code != Some("not_allowed"),
                };
                let expected = match (access, role) {
                    (Everybody | Link, _) => true,
                    (Staff(rights), Some(role)) => rights.iter().any(|right| role.allows(*right)),
                    // No cookie is the secret of a report.
                    (Secret, _) | (Staff(_), None) => false,
                };
                // Withdrawing and the like lead back to the page: that is no refusal.
                assert!(is_allowed == expected || (expected && here.status.is_redirection()), "{name}");
                if !expected {
                    refused += 1;
                    let (mut here, mut nowhere) = (told(&here), told(&nowhere));
                    // The door remembers where somebody wanted to go, which they know.
                    here.2.clear();
                    nowhere.2.clear();
                    assert_eq!(here, nowhere, "{name} tells what exists");
                }
                if matches!(access, Link) {
                    assert!(nowhere.status.is_client_error(), "{name}: {}", nowhere.status);
                }
            }
        }
    }
    assert!(refused > 150, "{refused}");
}

#[tokio::test]
async fn the_secret_of_another_report_opens_nothing_and_tells_nothing() {
    let trial = Trial::start().await;
    trial.register(1, "P2").await;
    trial.register(2, "P2").await;
    let foreign = format!("Bearer {}", "02".repeat(32));
    for (methods, path, _) in WAYS.iter().filter(|(_, _, access)| *access == Secret) {
        for method in methods.iter().filter(|method| **method != "PUT") {
            let headers = [
                ("authorization", foreign.as_str()),
                ("tus-resumable", "1.0.0"),
                ("upload-length", "5"),
                ("upload-offset", "0"),
                ("content-type", "application/offset+octet-stream"),
            ];
            let here = trial.ask(method, &filled(path, "", true), &headers, "").await;
            let nowhere = trial.ask(method, &filled(path, "", false), &headers, "").await;
            assert_eq!(told(&here), told(&nowhere), "{method} {path}");
            assert!(matches!(here.status.as_u16(), 404 | 405), "{method} {path}: {}", here.status);
        }
    }
    let left = trial.client(1, "GET", "", "").await.good();
    assert_eq!(left["state"], "registered");
}
