//! Another process beside the portal, and a server's database instead of a file.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::processes::{Portal, expect_exit, fetch, new_database, program};

const SECRET: &str = "7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d";
const BODY: &str = r#"{"title":"t","description":"d","priority":"P3","category":"runtime","language":"en","app":{"id":"a","name":"n","version":"1"}}"#;

fn portal(args: &[&str], data: &Path) -> Command {
    let mut command = Command::new(program("casefile-portal"));
    command.args(args).arg("--data").arg(data);
    command
}

/// Registers a report and writes a message to it: the statuses.
fn write(url: &str, number: u32) -> Vec<String> {
    let report = format!("{url}/api/v1/reports/{number:032x}");
    let message = format!(r#"{{"id":"m{number}","text":"hello"}}"#);
    let ask = |method: &str, url: &str, body: &str| {
        let mut curl = Command::new("curl");
        curl.args(["-s", "-o", "/dev/null", "-w", "%{http_code}", "-X", method, "-d", body, url]);
        curl.args(["-H", &format!("Authorization: Bearer {SECRET}")]);
        expect_exit(curl.args(["-H", "Content-Type: application/json"]), 0)
    };
    vec![ask("PUT", &report, BODY), ask("POST", &format!("{report}/messages"), &message)]
}

#[test]
fn commands_and_the_portal_write_at_the_same_time_and_neither_is_refused() {
    let data = tempfile::tempdir().unwrap();
    let served = Portal::start(data.path());
    let stop = AtomicBool::new(false);
    let (written, told) = std::thread::scope(|scope| {
        let load = |lane: u32| {
            let (stop, url) = (&stop, &served.url);
            let numbers = (lane * 100_000..).take_while(|_| !stop.load(Ordering::Relaxed));
            numbers.flat_map(|number| write(url, number)).collect::<Vec<_>>()
        };
        let lanes: Vec<_> = (1..=2)
            .map(|lane| {
                let work = move || load(lane);
                std::thread::Builder::new().name(format!("load-{lane}")).spawn_scoped(scope, work).unwrap()
            })
            .collect();
        let told: Vec<Output> = (0..12)
            .map(|n| {
                // The portal refuses nobody's password here: hashing it is the slow part of `add`.
                let add = ["user", "add", &format!("anna{n}"), "--role", "engineer"];
                let added = portal(&add, data.path()).output().unwrap();
                portal(&["user", "disable", &format!("anna{n}")], data.path()).output().unwrap();
                added
            })
            .collect();
        stop.store(true, Ordering::Relaxed);
        (lanes.into_iter().flat_map(|lane| lane.join().unwrap()).collect::<Vec<_>>(), told)
    });
    for output in &told {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert!(written.len() > 10, "nothing was written meanwhile");
    assert!(written.iter().all(|status| status.starts_with('2')), "{written:?}");
    let list = expect_exit(&mut portal(&["user", "list"], data.path()), 0);
    assert_eq!(list.matches("disabled").count(), 12, "{list}");
}

#[test]
fn a_database_of_a_server_has_one_portal_and_its_folder_remembers_it() {
    let Some(url) = new_database() else {
        println!("not run: there is no PostgreSQL server, see tests/postgres");
        return;
    };
    let (data, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut served = Portal::start_at(data.path(), "127.0.0.1:0", &["--database", &url]);
    assert_eq!(write(&served.url, 1), ["201", "200"]);
    assert!(!data.path().join("portal.sqlite").exists());

    let second = ["serve", "--listen", "127.0.0.1:0", "--database", &url];
    let refused = portal(&second, other.path()).output().unwrap();
    let told = String::from_utf8_lossy(&refused.stderr);
    assert!(
        refused.status.code() == Some(3) && told.contains("another portal works on this database"),
        "{told}"
    );

    // No other argument is needed any more.
    let healthy = expect_exit(&mut portal(&["doctor"], data.path()), 0);
    assert!(healthy.contains("ok: database") && healthy.contains("ok: tickets"), "{healthy}");
    let copied = portal(&["backup", "-o", "copy"], data.path()).current_dir(other.path()).output().unwrap();
    let told = String::from_utf8_lossy(&copied.stderr);
    assert!(copied.status.code() == Some(3) && told.contains("pg_dump --format=custom"), "{told}");

    // Who is killed leaves the lock to the next.
    served.kill();
    let again = Portal::start(data.path());
    let report = format!("{}/api/v1/reports/{:032x}", again.url, 1);
    assert_eq!(fetch(&report, Some(SECRET)).0, 200);
    drop(again);
    std::fs::write(data.path().join("portal.sqlite"), "").unwrap();
    let two = portal(&["serve", "--listen", "127.0.0.1:0"], data.path()).output().unwrap();
    let told = String::from_utf8_lossy(&two.stderr);
    assert!(two.status.code() == Some(3) && told.contains("a database of its own"), "{told}");
}

#[test]
fn a_portal_moves_from_a_file_to_a_server_with_all_that_it_knows() {
    let Some(url) = new_database() else {
        println!("not run: there is no PostgreSQL server, see tests/postgres");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let (data, copy, again) =
        (folder.path().join("data"), folder.path().join("copy"), folder.path().join("again"));
    std::fs::create_dir(&data).unwrap();
    // An empty file is an empty database: this portal has one of its own.
    std::fs::write(data.join("portal.sqlite"), "").unwrap();
    let served = Portal::start(&data);
    for number in [1, 2] {
        assert_eq!(write(&served.url, number), ["201", "200"]);
    }
    served.hire("anna", &["engineer"]);
    let report = |portal: &Portal, number: u32| {
        let (status, text) = fetch(&format!("{}/api/v1/reports/{number:032x}", portal.url), Some(SECRET));
        assert_eq!(status, 200, "{text}");
        serde_json::from_str::<serde_json::Value>(&text).unwrap()
    };
    let before = report(&served, 2);
    let copied = ["backup", "-o", copy.to_str().unwrap()];
    expect_exit(&mut portal(&copied, &data), 0);
    drop(served);

    let moved = ["restore", copy.to_str().unwrap(), "--database", &url];
    expect_exit(&mut portal(&moved, &again), 0);
    assert!(!again.join("portal.sqlite").exists());
    let twice = portal(&moved, &folder.path().join("more")).output().unwrap();
    let told = String::from_utf8_lossy(&twice.stderr);
    assert!(twice.status.code() == Some(3) && told.contains("has a portal already"), "{told}");

    let served = Portal::start(&again);
    let after = report(&served, 2);
    for field in ["ticket", "state", "deadlines", "messages"] {
        assert_eq!(after[field], before[field], "{field}");
    }
    let list = expect_exit(&mut portal(&["user", "list"], &again), 0);
    assert!(list.contains("anna"), "{list}");
    assert_eq!(write(&served.url, 3), ["201", "200"]);
    assert!(report(&served, 3)["ticket"].as_str().unwrap().ends_with("-000003"), "the numbers go on");
    let healthy = expect_exit(&mut portal(&["doctor"], &again), 0);
    assert!(!healthy.contains("wrong"), "{healthy}");
}
