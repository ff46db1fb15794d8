//! The Debian package and the tarball of the helper, as a vendor makes them and a user installs them.

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

#[test]
fn a_tarball_of_the_helper_is_built_the_same_twice_installed_without_root_run_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let pack = |id: &str, out: &Path| {
        let mut command = Command::new(root().join("crates/casefile-helper/package/tarball"));
        command.arg(program("casefile-helper")).args([id, "Test Bot", "1.2.3"]).arg(out);
        command.env("GZIP_LEVEL", "1");
        command
    };
    let (one, two) = (folder.path().join("one.tar.gz"), folder.path().join("two.tar.gz"));
    expect_exit(&mut pack("test-bot", &one), 0);
    expect_exit(&mut pack("test-bot", &two), 0);
    assert!(std::fs::read(&one).unwrap() == std::fs::read(&two).unwrap(), "the bytes differ");
    expect_exit(Command::new("tar").arg("-xzf").arg(&one).arg("-C").arg(folder.path()), 0);

    // A home with a space in its name, as many have.
    let home = folder.path().join("home of anna");
    std::fs::create_dir(&home).unwrap();
    let at_home = |program: &Path, args: &[&str]| {
        let mut command = Command::new(program);
        command.args(args).env("HOME", &home).env_remove("XDG_DATA_HOME");
        command
    };
    let install = folder.path().join("test-bot-report-1.2.3/install");
    for _ in 0..2 {
        expect_exit(&mut at_home(&install, &[]), 0);
    }
    let starter = home.join(".local/bin/test-bot-report");
    assert!(expect_exit(&mut at_home(&starter, &["--version"]), 0).starts_with("casefile-helper "));
    let text = std::fs::read_to_string(&starter).unwrap();
    assert!(
        text.contains("--config \"${XDG_DATA_HOME:-$HOME/.local/share}/test-bot/casefile.toml\" \"$@\""),
        "{text}"
    );
    let entry = home.join(".local/share/applications/test-bot-report.desktop");
    let text = std::fs::read_to_string(&entry).unwrap();
    assert!(
        text.contains(&format!("Exec=\"{}\"\n", starter.display())) && text.contains("Name[pl]="),
        "{text}"
    );

    // What the user has stays.
    std::fs::create_dir_all(home.join(".local/share/test-bot/reports")).unwrap();
    expect_exit(&mut at_home(&install, &["--remove"]), 0);
    assert!(!starter.exists() && !entry.exists() && !home.join(".local/lib/test-bot").exists());
    assert!(home.join(".local/share/test-bot/reports").exists());

    for id in ["Test Bot; rm", "", "-x"] {
        assert_eq!(pack(id, &one).output().unwrap().status.code(), Some(2), "{id}");
    }
}
