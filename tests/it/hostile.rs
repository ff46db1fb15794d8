//! What a stranger sends is refused by every reader: the library, `casefile verify`, the portal.

use std::num::NonZero;
use std::process::Command;

use casefile::bundle::{Bundle, Limits, OpenError};
use casefile_tests::hostile::{Archive, table};
use casefile_tests::seeded::Seeded;

use crate::processes::{Home, Portal, expect_exit};

const REPORT: &str = "00112233445566778899aabbccddeeff";

/// What the reader says; nothing when it takes the file.
fn opened(path: &std::path::Path, bytes: &[u8]) -> Option<String> {
    std::fs::write(path, bytes).unwrap();
    let told = |opened: Result<Bundle, OpenError>| opened.err().map(|error| error.to_string());
    let alone = told(Bundle::open(path, &Limits::default()));
    // Whichever thread is faster, the same is said.
    let threads = NonZero::new(3).unwrap();
    assert_eq!(told(Bundle::open_on(path, &Limits::default(), threads)), alone);
    alone
}

#[test]
fn the_library_and_verify_refuse_what_harms_and_say_why() {
    let home = Home::new(None);
    for case in table() {
        let said = opened(&home.path("x.zip"), &case.bytes(REPORT));
        match (&said, case.refused) {
            (None, None) => {}
            (Some(said), Some(refused)) => assert!(said.contains(refused), "{:?}: {said}", case.name),
            _ => panic!("{:?}: {said:?}", case.name),
        }
        let code = match (case.name, case.refused) {
            (_, None) => 0,
            ("a format from the future", _) => 3,
            _ => 1,
        };
        expect_exit(&mut home.casefile(&["verify", "x.zip"]), code);
    }
}

/// Every format that was released stays readable for ever: its bundles lie in tickets.
#[test]
fn a_kept_bundle_of_format_1_opens_and_says_what_it_said() {
    let path = crate::processes::root().join("tests/it/kept/format-1.zip");
    let bundle = Bundle::open(path, &Limits::default()).unwrap();
    let manifest = bundle.manifest();
    assert_eq!((manifest.format, manifest.report_id.to_string().as_str()), (1, REPORT));
    assert_eq!(bundle.sha256(), "ae5e1219c320489b429d09751b41aa4208b80e1eb5d98d2c202241b1d4f31e1e");
    assert_eq!(manifest.entry("logs/bot.log").unwrap().hits["email"], 1);
    assert_eq!(manifest.entry("logs/old.log").unwrap().source_bytes, Some(1_000));
    assert!(manifest.window.is_some() && manifest.notes.len() == 1);
    assert_eq!(bundle.report().unwrap().title, "Orders are rejected");
    assert!(bundle.read_text("logs/bot.log", 1 << 10).unwrap().contains("mail to <email:"));
}

#[test]
fn whatever_is_cut_off_is_missed_and_no_flipped_bit_goes_unnoticed() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("x.zip");
    let good = Archive::of(REPORT).written();
    for length in 0..good.len() {
        assert!(opened(&path, &good[..length]).is_some(), "{length} of {} bytes", good.len());
    }
    let names = |bundle: &Bundle| -> Vec<(String, Option<String>)> {
        bundle.manifest().entries.iter().map(|entry| (entry.name.clone(), entry.sha256.clone())).collect()
    };
    std::fs::write(&path, &good).unwrap();
    let expected = names(&Bundle::open(&path, &Limits::default()).unwrap());
    let mut seeded = Seeded(5);
    for _ in 0..600 {
        let mut bytes = good.clone();
        let at = seeded.below(bytes.len());
        bytes[at] ^= 1 << seeded.below(8);
        std::fs::write(&path, &bytes).unwrap();
        // Times and versions in the headers mean nothing; everything else is noticed.
        if let Ok(bundle) = Bundle::open(&path, &Limits::default()) {
            assert_eq!(names(&bundle), expected, "byte {at}");
        }
    }
}

#[test]
fn the_portal_refuses_it_and_has_the_ticket() {
    let home = tempfile::tempdir().unwrap();
    let portal = Portal::start(&home.path().join("data"));
    for (number, case) in table().into_iter().enumerate() {
        let report = format!("{number:032x}");
        let bytes = case.bytes(&report);
        let file = home.path().join("x.zip");
        std::fs::write(&file, &bytes).unwrap();
        let sha256 = casefile::digest::sha256_of(&mut bytes.as_slice()).unwrap().0;
        let sha256 = data_encoding::HEXLOWER.encode(&sha256);
        let body = r#"{"title":"t","description":"d","priority":"P3","category":"runtime","language":"en","app":{"id":"a","name":"Bot","version":"1"}}"#;
        let address = format!("{}/api/v1/reports/{report}", portal.url);
        let ticket = curl(&["-X", "PUT", "-H", "Content-Type: application/json", "-d", body, &address]);
        let uploads = ticket.split("\"uploads_url\":\"").nth(1).and_then(|rest| rest.split('"').next());
        let uploads = uploads.unwrap_or_else(|| panic!("{:?}: {ticket}", case.name));
        let encode = |text: &str| data_encoding::BASE64.encode(text.as_bytes());
        let metadata = format!("Upload-Metadata: filename {},sha256 {}", encode("x.zip"), encode(&sha256));
        let length = format!("Upload-Length: {}", bytes.len());
        let made = curl(&[
            "-i",
            "-X",
            "POST",
            "-H",
            "Tus-Resumable: 1.0.0",
            "-H",
            &length,
            "-H",
            &metadata,
            uploads,
        ]);
        let location = made.lines().find_map(|line| {
            line.to_ascii_lowercase()
                .starts_with("location: ")
                .then(|| line["location: ".len()..].trim().to_owned())
        });
        let location = location.unwrap_or_else(|| panic!("{:?}: {made}", case.name));
        let data = format!("@{}", file.display());
        let media = "Content-Type: application/offset+octet-stream";
        let answer = curl(&[
            "-i",
            "-X",
            "PATCH",
            "-H",
            "Tus-Resumable: 1.0.0",
            "-H",
            "Upload-Offset: 0",
            "-H",
            media,
            "--data-binary",
            &data,
            &location,
        ]);
        let expected = if case.refused.is_some() { " 422 " } else { " 204 " };
        assert!(
            answer.lines().next().unwrap_or_default().contains(expected.trim_end()),
            "{:?}: {answer}",
            case.name
        );
    }
}

fn curl(args: &[&str]) -> String {
    let secret = format!("Authorization: Bearer {}", "ab".repeat(32));
    expect_exit(Command::new("curl").args(["-s", "-H", &secret]).args(args), 0)
}
