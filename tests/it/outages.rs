//! What happens when something breaks in the middle.

use std::process::Stdio;
use std::time::Duration;

use crate::chaos::Disk;
use crate::processes::{Home, Portal, expect_exit, last_json};
use crate::seeded::Seeded;
use crate::wire::{Fault, Wire};

#[test]
fn a_killed_seal_leaves_no_bundle_or_a_whole_one() {
    let home = Home::new(None);
    home.form();
    let mut seeded = Seeded(7);
    for file in 0..4 {
        let lines: Vec<_> = (0..40_000)
            .map(|_| format!("2026-11-24T10:00:00Z INFO price {}", seeded.below(1_000_000)))
            .collect();
        home.write(&format!("logs/bot-{file}.log"), &lines.join("\n"));
    }
    let pack = ["pack", "--config", "casefile.toml", "--form", "form.json", "-o", "out.zip"];
    // A few by default; the release is checked with 200.
    let kills = std::env::var("CASEFILE_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12);
    let mut killed = 0;
    for _ in 0..kills {
        let mut child = home.casefile(&pack).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(seeded.bits() % 400));
        killed += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        if home.path("out.zip").exists() {
            expect_exit(&mut home.casefile(&["verify", "out.zip"]), 0);
            std::fs::remove_file(home.path("out.zip")).unwrap();
        }
    }
    assert!(killed > 0, "no run was killed in the middle: the input is too small for this machine");
    expect_exit(&mut home.casefile(&pack), 0);
    expect_exit(&mut home.casefile(&["verify", "out.zip"]), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_leaves_nothing_half() {
    let home = Home::new(None);
    home.form();
    // Writing to /dev/full fails as a full disk does.
    std::os::unix::fs::symlink("/dev/full", home.path("full.part")).unwrap();
    let output = home.casefile(&["redact", "logs/bot.log", "-o", "full"]).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{stderr}");
    assert!(stderr.contains("cannot write") && !home.path("full").exists(), "{stderr}");
}

/// A home whose bundle does not get small: some megabytes that do not repeat, and nothing that a rule hides.
fn large_home(portal: &str) -> Home {
    let home = Home::new(Some(portal));
    home.form();
    let mut seeded = Seeded(11);
    let lines: Vec<_> = (0..60_000)
        .map(|n| {
            let words: Vec<_> = (0..6).map(|_| seeded.text("abcdefghijklmnopqrstuvwxyz", 5)).collect();
            format!("{n} {}", words.join(" "))
        })
        .collect();
    home.write("logs/large.log", &lines.join("\n"));
    home
}

/// The only ticket of the portal, with the evidence that the user was shown.
#[track_caller]
fn expect_one_whole_ticket(portal: &Portal, home: &Home, sent: &serde_json::Value) {
    let ticket = sent["ticket"].as_str().unwrap();
    assert!(ticket.ends_with("-000001"), "{ticket}");
    let (_, page) = portal.page(&format!("/tickets/{ticket}"));
    let list = expect_exit(&mut home.casefile(&["outbox", "list", "--config", "casefile.toml", "--json"]), 0);
    let kept = last_json(&list);
    assert_eq!(kept["state"], "delivered");
    assert_eq!(page.matches("evidence received").count(), 1, "{page}");
    assert!(page.contains(kept["sha256"].as_str().unwrap()), "{page}");
}

#[test]
fn a_connection_that_keeps_breaking_delivers_all_the_same() {
    let data = tempfile::tempdir().unwrap();
    let wire = Wire::new();
    let portal = Portal::start_at(data.path(), "127.0.0.1:0", &["--base-url", &wire.url]);
    wire.lead_to(&portal.url);
    let home = large_home(&wire.url);
    wire.set(Fault::CutAfter(700_000));
    let run = &mut home.casefile(&["report", "--config", "casefile.toml", "--form", "form.json", "--json"]);
    let sent = last_json(&expect_exit(run, 0));
    let bytes = sent["bundle_bytes"].as_u64().unwrap();
    assert!(bytes > 1_000_000 && wire.cuts() >= 2, "{bytes} bytes, {} cuts: nothing broke", wire.cuts());
    expect_one_whole_ticket(&portal, &home, &sent);
}

#[test]
fn a_portal_that_dies_while_it_receives_has_the_rest_later() {
    let data = tempfile::tempdir().unwrap();
    let wire = Wire::new();
    let start = || {
        let portal = Portal::start_at(data.path(), "127.0.0.1:0", &["--base-url", &wire.url]);
        wire.lead_to(&portal.url);
        portal
    };
    let mut portal = start();
    let home = large_home(&wire.url);
    // The client gets some of it through, then nothing more.
    wire.set(Fault::CutAfter(300_000));
    wire.close_after_cuts(6);
    let run = &mut home.casefile(&["report", "--config", "casefile.toml", "--form", "form.json", "--json"]);
    expect_exit(run, 4);
    portal.kill();
    // What a broken request left behind does not count: its beginning is marked.
    let arrived = std::fs::read_dir(data.path().join("uploads")).unwrap().map(|item| item.unwrap().path());
    let arrived = arrived.map(|path| match path.extension().unwrap().to_str() {
        Some("unchecked") => std::fs::read_to_string(path).unwrap().parse().unwrap(),
        _ => std::fs::metadata(path).unwrap().len(),
    });
    let arrived = arrived.min().unwrap();
    assert!(arrived > 0, "nothing had arrived");

    let portal = start();
    wire.open();
    let before = wire.forwarded();
    let sent = expect_exit(&mut home.casefile(&["outbox", "send", "--config", "casefile.toml", "--json"]), 0);
    let sent = last_json(&sent);
    let list = expect_exit(&mut home.casefile(&["outbox", "list", "--config", "casefile.toml", "--json"]), 0);
    let bytes = last_json(&list)["bundle_bytes"].as_u64().unwrap();
    let resent = wire.forwarded() - before;
    assert!(resent < bytes - arrived + 50_000, "{resent} bytes were sent, {arrived} of {bytes} had arrived");
    expect_one_whole_ticket(&portal, &home, &sent);
}

#[test]
fn a_portal_whose_disk_gets_full_takes_tickets_and_no_bundles() {
    let disk = Disk::new();
    if !disk.is_mounted {
        return;
    }
    let data = disk.folder.path().join("portal");
    let portal = Portal::start(&data);
    let home = Home::new(Some(&portal.url));
    home.form();
    let list = || {
        last_json(&expect_exit(
            &mut home.casefile(&["outbox", "list", "--config", "casefile.toml", "--json"]),
            0,
        ))
    };
    // Of 96 MiB a twentieth is kept free, and of that a sixteenth for the last tickets.
    disk.fill(2 << 20);
    let run = &mut home.casefile(&["report", "--config", "casefile.toml", "--form", "form.json", "--json"]);
    expect_exit(run, 4);
    let kept = list();
    let ticket = kept["ticket"].as_str().unwrap_or_else(|| panic!("no ticket: {kept}")).to_owned();
    assert_eq!(kept["state"], "waiting", "{kept}");
    assert!(std::fs::read_dir(data.join("uploads")).unwrap().next().is_none(), "something of it was taken");

    disk.empty();
    expect_exit(&mut home.casefile(&["outbox", "send", "--config", "casefile.toml"]), 0);
    assert_eq!((list()["state"].as_str(), list()["ticket"].as_str()), (Some("delivered"), Some(&*ticket)));
}
