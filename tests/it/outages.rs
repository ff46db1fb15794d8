//! What happens when something breaks in the middle.

use std::process::Stdio;
use std::time::Duration;

use crate::processes::{Home, expect_exit};
use crate::seeded::Seeded;

#[test]
fn a_killed_seal_leaves_no_bundle_or_a_whole_one() {
    let home = Home::new(None);
    home.form();
    let mut seeded = Seeded(7);
    for file in 0..4 {
        let lines: String = (0..40_000)
            .map(|_| format!("2026-11-24T10:00:00Z INFO price {}\n", seeded.below(1_000_000)))
            .collect();
        home.write(&format!("logs/bot-{file}.log"), &lines);
    }
    let pack = ["pack", "--config", "casefile.toml", "--form", "form.json", "-o", "out.zip"];
    let mut killed = 0;
    for _ in 0..12 {
        let mut child = home.casefile(&pack).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(seeded.next() % 400));
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
