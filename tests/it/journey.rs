//! The main job, through real processes: what the user wrote is what the engineer reads.

use serde_json::Value;

use crate::processes::{Home, Portal, expect_exit, fetch, last_json};

/// Makes a report with the command line and returns its result and the secret it was sent with.
#[track_caller]
fn report(home: &Home) -> (Value, String) {
    let run = &mut home.casefile(&["report", "--config", "casefile.toml", "--form", "form.json", "--json"]);
    let result = last_json(&expect_exit(run, 0));
    let parcel = home.path(&format!("outbox/reports/{}/parcel.json", result["report_id"].as_str().unwrap()));
    let parcel: Value = serde_json::from_slice(&std::fs::read(parcel).unwrap()).unwrap();
    (result, parcel["secret"].as_str().unwrap().to_owned())
}

#[test]
fn what_the_user_wrote_is_what_the_engineer_reads() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start(data.path());
    let home = Home::new(Some(&portal.url));
    let form = home.form();
    let (result, secret) = report(&home);

    // The portal: state, promised times, the evidence under the hash that the user was shown.
    let id = result["report_id"].as_str().unwrap();
    let (status, state) = fetch(&format!("{}/api/v1/reports/{id}", portal.url), Some(&secret));
    assert_eq!(status, 200, "{state}");
    let state: Value = serde_json::from_str(&state).unwrap();
    assert_eq!(state["ticket"], result["ticket"]);
    assert_eq!(state["evidence"][0]["sha256"], result["sha256"]);
    let due = |name: &str| state["deadlines"][name].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    let hours = |from: &str, to: &str| (due(to).duration_since(due(from)).as_secs() + 1_800) / 3_600;
    assert_eq!(
        (hours("response", "workaround"), hours("workaround", "resolution")),
        (20, 48),
        "P2: 4 h, 1 d, 3 d"
    );

    // The engineer's page shows every text of the form.
    let ticket = state["ticket"].as_str().unwrap();
    let (status, page) = portal.page(&format!("/tickets/{ticket}"));
    assert_eq!(status, 200, "{page}");
    for field in ["title", "steps", "expected", "actual", "additional"] {
        for line in form[field].as_str().unwrap().lines() {
            assert!(page.contains(line), "{field} {line:?} is not on the page:\n{page}");
        }
    }
    assert!(page.contains("Zażółć gęślą jaźń."), "{page}");
    let (_, list) = portal.page("/");
    assert!(list.contains(ticket) && list.contains(form["title"].as_str().unwrap()), "{list}");

    // The bundle that the portal stored, read with the command line.
    let sha256 = result["sha256"].as_str().unwrap();
    let stored =
        find_file(data.path(), |bytes| casefile_sha256(bytes) == sha256).expect("the evidence is stored");
    let stored = stored.to_str().unwrap();
    expect_exit(&mut home.casefile(&["verify", stored]), 0);
    let shown: Value =
        serde_json::from_str(&expect_exit(&mut home.casefile(&["show", stored, "--json"]), 0)).unwrap();
    for field in [
        "title",
        "description",
        "steps",
        "expected",
        "actual",
        "additional",
        "priority",
        "category",
        "language",
    ] {
        assert_eq!(shown["report"][field], form[field], "{field}");
    }
    assert!(shown["report"].get("contact").is_none(), "the contact is not evidence");
    assert_eq!(shown["report"]["license"]["edition"], "premium");
    let text = expect_exit(&mut home.casefile(&["show", stored]), 0);
    assert!(text.contains("Opis problemu:\nOd rana giełda odrzuca każde zlecenie."), "{text}");
    assert!(text.contains("logs/bot.log") && text.contains("preset/grid.toml"), "{text}");
}

#[test]
fn a_report_made_without_a_portal_is_kept_and_sent_once_when_there_is_one() {
    let data = tempfile::tempdir().unwrap();
    let mut portal = Portal::start(data.path());
    let home = Home::new(Some(&portal.url));
    home.form();
    let listen = portal.url.strip_prefix("http://").unwrap().to_owned();
    portal.kill();

    let send = |code| {
        let run =
            &mut home.casefile(&["report", "--config", "casefile.toml", "--form", "form.json", "--json"]);
        last_json(&expect_exit(run, code))
    };
    let kept = send(4);
    assert_eq!(kept["ticket"], Value::Null);
    let list =
        || expect_exit(&mut home.casefile(&["outbox", "list", "--config", "casefile.toml", "--json"]), 0);
    assert_eq!(last_json(&list())["state"], "waiting");

    let portal = Portal::start_at(data.path(), &listen, &[]);
    let second =
        expect_exit(&mut home.casefile(&["outbox", "send", "--config", "casefile.toml", "--json"]), 0);
    assert_eq!(last_json(&second)["state"], "delivered");
    assert_eq!(last_json(&list())["state"], "delivered");
    // A second round has nothing to do.
    assert_eq!(expect_exit(&mut home.casefile(&["outbox", "send", "--config", "casefile.toml"]), 0), "");
    let (_, page) = portal.page("/");
    assert_eq!(page.matches("Zlecenia są odrzucane").count(), 1, "{page}");

    let id = kept["report_id"].as_str().unwrap();
    expect_exit(&mut home.casefile(&["outbox", "drop", id, "--config", "casefile.toml"]), 0);
    assert_eq!(list(), "");
}

#[test]
fn unusable_input_is_told_apart_from_a_failed_check() {
    let home = Home::new(None);
    home.write("bad.json", r#"{"title": "t", "password": "hunter2hunter2"}"#);
    home.write("not-a.zip", "hello");
    home.write("broken.toml", "[app]\nid = 3\n");
    let pack = ["pack", "--config", "casefile.toml", "-o", "out.zip"];
    for (args, code) in [
        (vec!["pack", "--config", "missing.toml", "-o", "out.zip"], 3),
        (vec!["pack", "--config", "broken.toml", "-o", "out.zip"], 3),
        ([&pack[..], &["--form", "bad.json"]].concat(), 3),
        ([&pack[..], &["--exclude", "[z-a]"]].concat(), 3),
        ([&pack[..], &["--at", "now"]].concat(), 2),
        (vec!["pack"], 2),
        (vec!["verify", "missing.zip"], 3),
        (vec!["verify", "not-a.zip"], 1),
        (vec!["show", "not-a.zip"], 1),
        (vec!["redact", "missing.log"], 3),
    ] {
        let output = home.casefile(&args).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{args:?}\n{stderr}");
        assert!(!stderr.contains("hunter2") && !stderr.contains("panicked"), "{args:?}\n{stderr}");
    }
    assert!(!home.path("out.zip").exists());
}

fn casefile_sha256(bytes: &[u8]) -> String {
    let (digest, _) = casefile::digest::sha256_of(&mut &bytes[..]).unwrap();
    data_encoding::HEXLOWER.encode(&digest)
}

/// The first file under `folder` whose bytes fit.
fn find_file(folder: &std::path::Path, fits: impl Fn(&[u8]) -> bool + Copy) -> Option<std::path::PathBuf> {
    let mut items: Vec<_> = std::fs::read_dir(folder).unwrap().map(|item| item.unwrap().path()).collect();
    items.sort();
    items.into_iter().find_map(|path| {
        if path.is_dir() {
            find_file(&path, fits)
        } else {
            fits(&std::fs::read(&path).unwrap()).then_some(path)
        }
    })
}

#[test]
fn what_is_wrong_with_the_options_ends_with_2_and_with_the_input_with_3() {
    let home = Home::new(None);
    expect_exit(&mut home.casefile(&["redact", "logs"]), 2);
    expect_exit(&mut home.casefile(&["redact", "logs", "-o", "logs/clean"]), 2);
    expect_exit(&mut home.casefile(&["redact"]), 2);
    expect_exit(&mut home.casefile(&["redact", "nowhere", "-o", "clean"]), 3);
    expect_exit(&mut home.casefile(&["redact", "logs", "-o", "clean"]), 0);
}
