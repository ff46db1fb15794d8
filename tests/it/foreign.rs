//! Other people's tools read our bundles and our mails, and upload to our portal.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::processes::{Home, Portal, expect_exit, fetch, last_json};
use crate::seeded::Seeded;
use crate::wire::{Fault, Wire};

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

/// A bundle of some megabytes with its report registered at the portal behind the wire: what a foreign client needs.
struct Announced {
    home: Home,
    report: String,
    sha256: String,
}

const SECRET: &str = "5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c";

impl Announced {
    fn new(portal: &str) -> Self {
        let home = Home::new(None);
        let form = home.form();
        let mut seeded = Seeded(13);
        let lines: Vec<_> = (0..40_000).map(|_| seeded.text("abcdefghijklmnopqrstuvwxyz", 60)).collect();
        home.write("logs/large.log", &lines.join("\n"));
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
        let shown = expect_exit(&mut home.casefile(&["show", "out.zip", "--json"]), 0);
        let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
        let report = shown["manifest"]["report_id"].as_str().unwrap().to_owned();
        let mut body = form;
        body["app"] = serde_json::json!({"id": "a", "name": "n", "version": "1"});
        home.write("body.json", &body.to_string());
        let url = format!("{portal}/api/v1/reports/{report}");
        let bearer = format!("Authorization: Bearer {SECRET}");
        let put = ["-sf", "-X", "PUT", "-H", &bearer, "--data-binary", "@body.json", &url];
        expect_exit(Command::new("curl").args(put).current_dir(home.folder.path()), 0);
        Self { home, report, sha256: packed["sha256"].as_str().unwrap().to_owned() }
    }
}

/// One upload through a line that breaks again and again.
fn upload_by(program: &Path, args: &[&str]) {
    let data = tempfile::tempdir().unwrap();
    let wire = Wire::new();
    let portal = Portal::start_at(data.path(), "127.0.0.1:0", &["--base-url", &wire.url]);
    wire.lead_to(&portal.url);
    let announced = Announced::new(&portal.url);
    wire.set(Fault::CutAfter(400_000));
    let mut command = Command::new(program);
    command
        .args(args)
        .current_dir(announced.home.folder.path())
        .env("ENDPOINT", format!("{}/api/v1/reports/{}/uploads", wire.url, announced.report))
        .env("SECRET", SECRET)
        .env("SHA256", &announced.sha256);
    expect_exit(&mut command, 0);
    assert!(wire.cuts() >= 2, "{} cuts: nothing broke", wire.cuts());
    let (_, state) = fetch(&format!("{}/api/v1/reports/{}", portal.url, announced.report), Some(SECRET));
    let state: serde_json::Value = serde_json::from_str(&state).unwrap();
    assert_eq!(state["evidence"][0]["sha256"], announced.sha256.as_str(), "{state}");
}

/// Where `tests/run` has put other people's clients of tus.
fn clients() -> Option<PathBuf> {
    let folder = std::env::var_os("CASEFILE_TEST_TUS").map(PathBuf::from);
    if folder.is_none() {
        println!("not run: other clients of tus are not installed, see tests/run");
    }
    folder
}

#[test]
fn tuspy_uploads_and_resumes() {
    let Some(folder) = clients() else { return };
    let program = "import os, time\n\
        from tusclient import client\n\
        there = client.TusClient(os.environ['ENDPOINT'], headers={'Authorization': 'Bearer ' + os.environ['SECRET']})\n\
        upload = there.uploader('out.zip', chunk_size=1 << 22, metadata={'sha256': os.environ['SHA256']}, retries=9, retry_delay=0)\n\
        for attempt in range(30):\n\
        \x20   try:\n\
        \x20       upload.upload()\n\
        \x20       break\n\
        \x20   except Exception:\n\
        \x20       time.sleep(0.05)\n\
        \x20       upload.offset = upload.get_offset()\n\
        assert upload.offset == os.path.getsize('out.zip'), upload.offset\n";
    upload_by(&folder.join("python/bin/python"), &["-c", program]);
}

#[test]
fn aiotus_uploads_and_resumes() {
    let Some(folder) = clients() else { return };
    let program = "import asyncio, os, aiotus\n\
        async def main():\n\
        \x20   headers = {'Authorization': 'Bearer ' + os.environ['SECRET']}\n\
        \x20   retry = aiotus.RetryConfiguration(retry_attempts=30, max_retry_period_seconds=0.1)\n\
        \x20   with open('out.zip', 'rb') as file:\n\
        \x20       place = await aiotus.upload(os.environ['ENDPOINT'], file, {'sha256': os.environ['SHA256'].encode()},\n\
        \x20           headers=headers, config=retry, chunksize=1 << 16)\n\
        \x20   assert place, 'not uploaded'\n\
        asyncio.run(main())\n";
    upload_by(&folder.join("python/bin/python"), &["-c", program]);
}

#[test]
fn tus_js_client_uploads_and_resumes() {
    let Some(folder) = clients() else { return };
    let modules = folder.join("node_modules/tus-js-client");
    if !modules.exists() {
        println!("not run: npm is not installed");
        return;
    }
    let program = format!(
        "const tus = require({:?}), fs = require('fs');\n\
         new tus.Upload(fs.createReadStream('out.zip'), {{\n\
           endpoint: process.env.ENDPOINT, headers: {{ Authorization: 'Bearer ' + process.env.SECRET }},\n\
           metadata: {{ sha256: process.env.SHA256 }}, uploadSize: fs.statSync('out.zip').size, chunkSize: 1 << 18,\n\
           retryDelays: Array(30).fill(50),\n\
           onError: error => {{ console.error(error); process.exit(1); }}, onSuccess: () => process.exit(0),\n\
         }}).start();\n",
        modules.to_str().unwrap()
    );
    upload_by(Path::new("node"), &["-e", &program]);
}

#[test]
fn python_reads_the_mail_that_carries_a_bundle() {
    let home = Home::new(None);
    let mut form = home.form();
    form["title"] = format!("{}– zażółć gęślą jaźń", "Zlecenia są odrzucane ".repeat(4)).into();
    home.write("form.json", &form.to_string());
    let config = std::fs::read_to_string(home.path("casefile.toml")).unwrap();
    home.write("casefile.toml", &format!("{config}\n[portal]\nmail = \"support@vendor.example\"\n"));
    let run = &mut home.casefile(&["report", "--config", "casefile.toml", "--form", "form.json", "--json"]);
    let kept = last_json(&expect_exit(run, 4));
    let (id, sha256) = (kept["report_id"].as_str().unwrap(), kept["sha256"].as_str().unwrap());
    let save = |file: &str, code: i32| {
        let args = ["outbox", "save", id, "-o", file, "--config", "casefile.toml"];
        expect_exit(&mut home.casefile(&args), code)
    };
    for file in ["out.zip", "out.eml", "out.txt"] {
        let said = save(file, 0);
        assert!(said.contains("not sent"), "{said}");
    }
    save("out.eml", 3);
    save("out.doc", 2);
    expect_exit(&mut home.casefile(&["verify", "out.zip"]), 0);
    let program = "import email, email.policy, hashlib, sys\n\
        mail = email.message_from_binary_file(open('out.eml', 'rb'), policy=email.policy.default)\n\
        assert not mail.defects, mail.defects\n\
        files = list(mail.iter_attachments())\n\
        assert [file.get_content_type() for file in files] == ['application/zip']\n\
        print(mail['subject']); print(mail['from']); print(mail['to']); print(mail['x-unsent'])\n\
        print(mail['x-casefile-report']); print(mail['date'].datetime.tzinfo is not None)\n\
        print(hashlib.sha256(files[0].get_content()).hexdigest())\n\
        print(mail.get_body(('plain',)).get_content().replace('\\r\\n', '\\n'), end='')\n";
    let read = expect_exit(Command::new("python3").args(["-c", program]).current_dir(home.folder.path()), 0);
    let title = form["title"].as_str().unwrap();
    let head = format!(
        "[report {id}] {title}\nŁucja Żak <lucja@example.com>\nsupport@vendor.example\n1\n{id}\nTrue\n{sha256}\n"
    );
    let text = std::fs::read_to_string(home.path("out.txt")).unwrap();
    assert!(text.contains(title) && text.contains(&format!("Zgłoszenie: {id}")), "{text}");
    assert_eq!(read, format!("{head}{text}"));
    // Nothing of that was sent.
    let list = expect_exit(&mut home.casefile(&["outbox", "list", "--config", "casefile.toml", "--json"]), 0);
    assert_eq!(last_json(&list)["state"], "kept");
}
