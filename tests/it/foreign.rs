//! Other people's tools read our bundles.

use std::process::Command;

use crate::processes::{Home, expect_exit, last_json};

#[test]
fn unzip_7z_python_and_bsdtar_read_a_bundle() {
    let home = Home::new(None);
    home.write("logs/zażółć gęślą.log", "Łódź\n");
    home.write("logs/empty.log", "");
    home.write("logs/big.log", &"2026-11-24T10:00:00Z INFO price 64250.10\n".repeat(50_000));
    home.form();
    let pack = &mut home.casefile(&[
        "pack",
        "--config",
        "casefile.toml",
        "--form",
        "form.json",
        "-o",
        "out.zip",
        "--json",
    ]);
    let packed = last_json(&expect_exit(pack, 0));
    let entries = packed["entries"].as_u64().unwrap() + 1;

    let run = |program: &str, args: &[&str]| {
        expect_exit(Command::new(program).args(args).current_dir(home.folder.path()), 0)
    };
    let tested = run("unzip", &["-t", "out.zip"]);
    assert_eq!(tested.matches(" OK").count() as u64, entries, "{tested}");
    let tested = run("7z", &["t", "out.zip"]);
    assert!(tested.contains(&format!("Files: {entries}")) && tested.contains("Everything is Ok"), "{tested}");
    let program = "import zipfile; z = zipfile.ZipFile('out.zip'); assert z.testzip() is None; print(len(z.namelist())); \
                   print(z.read('logs/zażółć gęślą.log').decode())";
    assert_eq!(run("python3", &["-c", program]), format!("{entries}\nŁódź\n\n"));
    assert_eq!(run("bsdtar", &["-tf", "out.zip"]).lines().count() as u64, entries);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let home = Home::new(None);
    home.form();
    let entry = |output: &str| {
        let pack =
            &mut home.casefile(&["pack", "--config", "casefile.toml", "--form", "form.json", "-o", output]);
        expect_exit(pack, 0);
        // Report id and time differ by design; the evidence must not.
        let list = Command::new("unzip")
            .args(["-Zs", output, "logs/*", "preset/*"])
            .current_dir(home.folder.path())
            .output();
        String::from_utf8(list.unwrap().stdout).unwrap().replace(output, "")
    };
    let first = entry("a.zip");
    assert!(first.contains("logs/bot.log"), "{first}");
    assert_eq!(first, entry("b.zip"));
}
