//! The Debian package of the helper, as a vendor makes it and a user installs it.

use std::path::Path;
use std::process::Command;

use crate::processes::{expect_exit, program, root};

fn package(id: &str, out: &Path) -> Command {
    let mut command = Command::new(root().join("crates/casefile-helper/package/deb"));
    command
        .arg(program("casefile-helper"))
        .args([id, "Test Bot", "1.2.3", "Test <support@example.com>"])
        .arg(out);
    command.env("DEB_COMPRESSION", "none");
    command
}

#[test]
fn a_package_of_the_helper_is_built_installed_run_and_removed() {
    if Command::new("dpkg-deb").arg("--version").output().is_err() {
        println!("not run: this is not Debian");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let deb = folder.path().join("test-bot-report.deb");
    expect_exit(&mut package("test-bot", &deb), 0);
    let listed = expect_exit(Command::new("dpkg-deb").arg("-c").arg(&deb), 0);
    for line in listed.lines() {
        let rights = line.split(' ').next().unwrap();
        assert!(["drwxr-xr-x", "-rwxr-xr-x", "-rw-r--r--"].contains(&rights), "{line}");
        assert!(line.contains(" root/root "), "{line}");
    }

    // Installed by dpkg into a root of its own, so that this system stays as it is.
    let system = folder.path().join("system");
    std::fs::create_dir(&system).unwrap();
    let dpkg = |action: &[&str]| {
        let mut command = Command::new("dpkg");
        command
            .arg(format!("--root={}", system.display()))
            .args(["--force-not-root", "--force-depends"])
            .args(action);
        expect_exit(&mut command, 0)
    };
    dpkg(&["-i", deb.to_str().unwrap()]);
    let helper = system.join("usr/lib/test-bot/casefile-helper");
    assert!(expect_exit(Command::new(&helper).arg("--version"), 0).starts_with("casefile-helper "));
    let starter = std::fs::read_to_string(system.join("usr/bin/test-bot-report")).unwrap();
    assert!(starter.contains("/usr/lib/test-bot/casefile-helper --config"), "{starter}");
    let entry =
        std::fs::read_to_string(system.join("usr/share/applications/test-bot-report.desktop")).unwrap();
    assert!(entry.contains("Exec=test-bot-report\n") && entry.contains("Name[pl]="), "{entry}");
    dpkg(&["-r", "test-bot-report"]);
    assert!(!helper.exists());

    let refused = package("Test Bot; rm", &deb).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
}
