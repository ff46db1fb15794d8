//! A distinct secret in every place one can come from, and then a search through every byte.

use std::fs;
use std::path::Path;

use casefile::bundle::{Bundle, Limits};

use crate::processes::{Home, expect_exit};
use crate::seeded::Seeded;

/// One planted secret and where.
struct Canary {
    place: &'static str,
    value: String,
}

#[test]
fn no_planted_secret_is_in_any_byte_of_the_bundle() {
    for seed in 1..=5 {
        plant_and_search(seed);
    }
}

fn plant_and_search(seed: u64) {
    let mut seeded = Seeded(seed);
    let mut canaries = Vec::new();
    let mut plant = |place: &'static str, value: String| {
        canaries.push(Canary { place, value: value.clone() });
        value
    };
    let home = Home::new(None);

    let header = plant("a header in a log line", seeded.alphanumeric(64));
    let signature = plant("a signature in a logged URL", seeded.text("0123456789abcdef", 64));
    let bearer = plant("a bearer token over the log", seeded.alphanumeric(40));
    let json = plant("a JSON log line", seeded.alphanumeric(36));
    let mail = plant("an e-mail in a log line", seeded.email());
    let preset = plant("a preset value", seeded.alphanumeric(48));
    let environment = plant("the environment", seeded.alphanumeric(52));
    home.write(
        "logs/bot.log",
        &format!(
            "2026-11-24T10:00:00Z DEBUG GET /api/v3/account X-MBX-APIKEY: {header}\n\
             2026-11-24T10:00:01Z DEBUG https://api.example.com/order?symbol=BTCUSDT&timestamp=1764000000000&signature={signature}\n\
             2026-11-24T10:00:02Z DEBUG Authorization: Bearer {bearer}\n\
             {{\"level\":\"debug\",\"request\":{{\"apiSecret\":\"{json}\"}}}}\n\
             2026-11-24T10:00:03Z INFO mail to {mail} sent\n\
             2026-11-24T10:00:04Z DEBUG using {preset} from the preset\n\
             2026-11-24T10:00:05Z DEBUG using {environment} from the environment\n"
        ),
    );
    home.write("presets/grid.toml", &format!("[exchange]\napi_secret = \"{preset}\"\n[grid]\nlevels = 12\n"));

    let in_name = plant("a file name", seeded.email());
    home.write(&format!("logs/export-{in_name}.log"), "nothing\n");
    let panic = plant("a panic message", seeded.alphanumeric(32));
    home.write(
        "crash/panic.txt",
        &format!("thread 'main' panicked at src/main.rs:3:5:\nlogin failed: password=\"{panic}\"\n"),
    );
    let licence = plant("the licence key", licence_key(&mut seeded));
    home.write(
        "license.json",
        &format!(r#"{{"id":"LIC-7","status":"active","edition":"premium","key":"{licence}"}}"#),
    );
    home.write("logs/license.log", &format!("activating {licence}\n"));
    let in_path = plant("the path of an error", seeded.email());
    let settings = fs::read_to_string(home.path("casefile.toml")).unwrap();
    let settings = settings
        .replace("monitoring = [\"monitoring\"]", &format!("monitoring = [\"gone/{in_path}/metrics\"]"));
    home.write("casefile.toml", &settings);

    let typed = plant("the description", seeded.alphanumeric(44));
    let titled = plant("the title", seeded.email());
    home.write(
        "form.json",
        &format!(
            r#"{{"title":"Login of {titled} fails","description":"My settings:\napi_key = {typed}\nWhy?","priority":"P3","category":"exchange"}}"#
        ),
    );

    let mut pack =
        home.casefile(&["pack", "--config", "casefile.toml", "--form", "form.json", "-o", "out.zip"]);
    expect_exit(pack.env("TESTBOT_API_SECRET", &environment), 0);
    let everything = packed_and_unpacked(&home.path("out.zip"));
    for Canary { place, value } in &canaries {
        for (name, bytes) in &everything {
            assert!(!contains(bytes, value.as_bytes()), "seed {seed}: {place} is in {name}");
        }
    }
    // What an engineer needs is still there.
    let log = &everything.iter().find(|(name, _)| name == "logs/bot.log").unwrap().1;
    for kept in [
        "GET /api/v3/account X-MBX-APIKEY:",
        "symbol=BTCUSDT&timestamp=1764000000000",
        "2026-11-24T10:00:03Z INFO mail to",
    ] {
        assert!(
            contains(log, kept.as_bytes()),
            "seed {seed}: {kept:?} is gone:\n{}",
            String::from_utf8_lossy(log)
        );
    }
    expect_exit(&mut home.casefile(&["verify", "out.zip"]), 0);
}

fn licence_key(seeded: &mut Seeded) -> String {
    let groups: Vec<_> = (0..5).map(|_| seeded.text("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 5)).collect();
    groups.join("-")
}

/// The zip itself and every entry in it.
fn packed_and_unpacked(path: &Path) -> Vec<(String, Vec<u8>)> {
    let bundle = Bundle::open(path, &Limits::default()).unwrap();
    let entries = bundle.manifest().entries.iter().filter(|entry| entry.status.is_stored());
    let names = entries.map(|entry| entry.name.clone()).chain(["manifest.json".to_owned()]);
    let mut all: Vec<_> =
        names.map(|name| (name.clone(), bundle.read_text(&name, 1 << 20).unwrap().into_bytes())).collect();
    all.push(("the zip".to_owned(), fs::read(path).unwrap()));
    all
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}
