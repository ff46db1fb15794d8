//! A folder as bad as folders get becomes a bundle that is good.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use casefile::bundle::{Bundle, Limits, Status};

use crate::processes::{Home, expect_exit};

fn packed(home: &Home, more: &[&str]) -> Bundle {
    let pack = ["pack", "--config", "casefile.toml", "--all", "-o", "out.zip"];
    expect_exit(home.casefile(&pack).args(more), 0);
    expect_exit(&mut home.casefile(&["verify", "out.zip"]), 0);
    Bundle::open(home.path("out.zip"), &Limits::default()).unwrap()
}

#[cfg(unix)]
#[test]
fn links_pipes_sockets_holes_and_names_of_every_kind() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let home = Home::new(None);
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("other.txt"), "NOT-OF-THE-BOT\n").unwrap();
    let logs = home.path("logs");
    symlink(outside.path().join("other.txt"), logs.join("out.log")).unwrap();
    symlink(outside.path(), logs.join("out")).unwrap();
    symlink(&logs, logs.join("loop")).unwrap();
    symlink("/dev/zero", logs.join("zero.log")).unwrap();
    expect_exit(std::process::Command::new("mkfifo").arg(logs.join("pipe.log")), 0);
    let _socket = std::os::unix::net::UnixListener::bind(logs.join("socket.log")).unwrap();
    std::fs::File::create(logs.join("holes.log")).unwrap().set_len(1 << 40).unwrap();
    std::fs::write(logs.join(OsStr::from_bytes(b"\xff\xfe name.log")), "not UTF-8\n").unwrap();
    std::fs::write(logs.join(format!("{}.log", "n".repeat(250))), "a long name\n").unwrap();
    let deep = logs.join(["d".repeat(100).as_str(); 6].join("/"));
    std::fs::create_dir_all(&deep).unwrap();
    std::fs::write(deep.join("deep.log"), "a long path\n").unwrap();
    std::fs::write(logs.join("NUL.log"), "a device of Windows\n").unwrap();
    std::fs::write(logs.join("Case.log"), "one\n").unwrap();
    std::fs::write(logs.join("case.log"), "two\n").unwrap();
    std::fs::write(logs.join("empty.log"), "").unwrap();
    std::fs::write(logs.join("log of anna@example.com.log"), "a name in a name\n").unwrap();
    home.write(
        "casefile.toml",
        &(std::fs::read_to_string(home.path("casefile.toml")).unwrap() + "[limits]\nfile_bytes = 300000\n"),
    );

    let bundle = packed(&home, &[]);
    let entries = &bundle.manifest().entries;
    let mut texts = Vec::new();
    for entry in entries.iter().filter(|entry| entry.status.is_stored() && entry.name.starts_with("logs/")) {
        let text = bundle.read_text(&entry.name, 1 << 20).unwrap();
        assert!(!text.contains("NOT-OF-THE-BOT"), "{}", entry.name);
        texts.push(text);
    }
    for expected in [
        "not UTF-8",
        "a long name",
        "a long path",
        "a device of Windows",
        "one",
        "two",
        "",
        "a name in a name",
        "2026",
    ] {
        let found = texts
            .iter()
            .filter(|text| if expected.is_empty() { text.is_empty() } else { text.starts_with(expected) });
        assert_eq!(found.count(), 1, "{expected:?}");
    }
    let reasons = |wanted: &str| {
        entries
            .iter()
            .filter(|entry| entry.reason.as_ref().is_some_and(|reason| reason.contains(wanted)))
            .count()
    };
    assert_eq!((reasons("links are not followed"), reasons("not a file")), (4, 2));
    // The hole of a tebibyte is read as far as the budget goes.
    assert_eq!(reasons("fits the budget"), 1);
    assert!(entries.iter().all(|entry| !entry.name.contains("anna") && !entry.source.contains("anna")));
}

#[test]
fn a_folder_that_changes_all_the_time_is_packed_each_time() {
    let home = Home::new(None);
    let ended = AtomicBool::new(false);
    let (logs, line) = (home.path("logs"), "2026-11-24T10:00:00Z INFO price 64250.10\n".repeat(200));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // Grows, is cut, renamed, replaced and removed, as fast as the disk goes.
            for turn in 0_u32.. {
                if ended.load(Ordering::Relaxed) {
                    break;
                }
                let path = logs.join(format!("busy-{}.log", turn % 5));
                match turn % 7 {
                    0..=3 => {
                        let file = std::fs::OpenOptions::new().create(true).append(true).open(&path);
                        file.and_then(|mut file| file.write_all(line.as_bytes())).unwrap();
                    }
                    4 => drop(std::fs::File::create(&path).unwrap()),
                    5 => drop(std::fs::rename(&path, logs.join("busy-old.log"))),
                    _ => drop(std::fs::remove_file(&path)),
                }
                std::thread::sleep(Duration::from_micros(200));
            }
        });
        for _ in 0..6 {
            let bundle = packed(&home, &[]);
            let entries = &bundle.manifest().entries;
            assert!(
                entries.iter().any(|entry| entry.name == "logs/bot.log" && entry.status == Status::Success)
            );
            std::fs::remove_file(home.path("out.zip")).unwrap();
        }
        ended.store(true, Ordering::Relaxed);
    });
}

#[test]
fn thousands_of_small_files_are_one_bundle() {
    const FILES: usize = 2_000;
    let home = Home::new(None);
    for number in 0..FILES {
        home.write(&format!("logs/{}/{number}.log", number % 50), &format!("line {number}\n"));
    }
    let bundle = packed(&home, &[]);
    let stored = bundle.manifest().entries.iter().filter(|entry| entry.status == Status::Success);
    assert_eq!(stored.filter(|entry| entry.name.starts_with("logs/")).count(), FILES + 1);
}

/// Whoever may read everything is not hindered by rights: then the bot is another user.
#[cfg(unix)]
#[test]
fn what_this_user_may_not_read_is_told_and_the_rest_is_there() {
    use std::os::unix::fs::{PermissionsExt, chown};
    let home = Home::new(None);
    let limit = |name: &str, mode: u32| {
        std::fs::set_permissions(home.path(name), std::fs::Permissions::from_mode(mode)).unwrap();
    };
    home.write("logs/open.log", "2026-11-24T10:00:00Z INFO open\n");
    home.write("logs/closed.log", "2026-11-24T10:00:00Z INFO closed\n");
    std::fs::create_dir(home.path("logs/locked")).unwrap();
    home.write("logs/locked/a.log", "2026-11-24T10:00:00Z INFO locked\n");
    home.write("known.toml", "api_secret = \"blue-harvest-moon-77\"\n");
    let settings = std::fs::read_to_string(home.path("casefile.toml")).unwrap();
    home.write("casefile.toml", &format!("{settings}[redact]\nknown_files = [\"known.toml\"]\n"));
    for name in ["logs/closed.log", "logs/locked", "known.toml"] {
        limit(name, 0o000);
    }
    let is_superuser = std::fs::read(home.path("logs/closed.log")).is_ok();
    let args = ["pack", "--config", "casefile.toml", "--all", "-o", "out.zip"];
    let mut command = home.casefile(&args);
    if is_superuser {
        const NOBODY: u32 = 65_534;
        std::fs::copy(crate::processes::program("casefile"), home.path("casefile")).unwrap();
        limit("", 0o755);
        limit("casefile", 0o755);
        chown(home.path(""), Some(NOBODY), Some(NOBODY)).unwrap();
        command = std::process::Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(home.path("casefile"));
        command.args(args).current_dir(home.path(""));
    }
    expect_exit(&mut command, 0);
    let bundle = Bundle::open(home.path("out.zip"), &Limits::default()).unwrap();
    let manifest = bundle.manifest();
    assert!(bundle.read_text("logs/open.log", 99).unwrap().ends_with("INFO open\n"));
    for name in ["logs/closed.log", "logs/locked"] {
        let entry = manifest.entries.iter().find(|entry| entry.name == name).unwrap();
        assert_eq!((entry.status, entry.reason.as_deref()), (Status::Failed, Some("permission denied")));
    }
    let told = "a file was not read, so that its secrets are not known: permission denied";
    assert!(manifest.notes.iter().any(|note| note.text == told), "{:?}", manifest.notes);
    // So that the folder can be removed.
    limit("logs/locked", 0o755);
}
