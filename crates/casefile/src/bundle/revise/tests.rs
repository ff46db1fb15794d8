//! What a person changes is in the new bundle, and nothing else is.

use std::path::Path;

use super::*;
use crate::redact::{StandInKey, rules};
use crate::report::{Category, Priority, Request};
use crate::{Changes, Draft, Reporter};

fn reporter(home: &Path) -> Reporter {
    std::fs::create_dir_all(home.join("logs/falcon")).unwrap();
    let line = "2026-11-24T10:00:00Z INFO order filled, mail to anna@example.com\n";
    std::fs::write(home.join("logs/bot.log"), line.repeat(20_000)).unwrap();
    std::fs::write(home.join("logs/chat.log"), "the new falcon flies\n").unwrap();
    std::fs::write(home.join("logs/falcon/a.log"), "nothing of note\n").unwrap();
    Reporter::builder("a", "Bot", "1").outbox(home.join("outbox")).logs(home.join("logs")).build().unwrap()
}

fn sealed(reporter: &Reporter) -> Draft {
    let request = Request::new("Falcon stands still", "d", Priority::P3, Category::Runtime);
    reporter.seal(&request, Timestamp::UNIX_EPOCH, &Progress::new()).unwrap()
}

fn revised(reporter: &Reporter, draft: &Draft, changes: &Changes) -> Draft {
    reporter.revise(draft, changes, Timestamp::UNIX_EPOCH, &Progress::new()).unwrap()
}

fn stored(draft: &Draft) -> Vec<&str> {
    let entries = draft.bundle.manifest().entries.iter();
    entries.filter(|entry| entry.status.is_stored()).map(|entry| entry.name.as_str()).collect()
}

fn packed(draft: &Draft, name: &str) -> Vec<u8> {
    let place = draft.bundle.place(name).unwrap();
    let mut file = File::open(draft.bundle.path()).unwrap();
    file.seek(SeekFrom::Start(place.data_at)).unwrap();
    let mut bytes = Vec::new();
    file.take(place.packed_bytes).read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn what_is_left_out_is_gone_and_the_rest_is_copied_as_it_is_packed() {
    let home = tempfile::tempdir().unwrap();
    let reporter = reporter(home.path());
    let first = sealed(&reporter);
    let leave_out = ["logs/chat.log", "report.json", "no/such"].map(str::to_owned).into();
    let second = revised(&reporter, &first, &Changes { leave_out, ..Changes::default() });
    let expected: Vec<_> = stored(&first).into_iter().filter(|name| *name != "logs/chat.log").collect();
    assert_eq!(stored(&second), expected);
    let gone = second.bundle.manifest().entry("logs/chat.log").unwrap();
    assert_eq!((gone.status, gone.bytes, gone.source_bytes), (Status::Skipped, 0, Some(21)));
    assert_eq!(packed(&first, "logs/bot.log"), packed(&second, "logs/bot.log"));
    let entry = |draft: &Draft| draft.bundle.manifest().entry("logs/bot.log").cloned();
    assert_eq!(entry(&first), entry(&second));
    assert_eq!((first.id, &first.body.title), (second.id, &second.body.title));
    let text = second.bundle.read_text("report.md", 1 << 20).unwrap();
    assert!(text.contains("bot.log") && !text.contains("chat.log"), "{text}");
    // The first is as it was, and can be sent, revised otherwise, or discarded.
    assert_eq!(stored(&revised(&reporter, &first, &Changes::default())), stored(&first));
    Bundle::open(first.bundle.path(), &crate::bundle::Limits::default()).unwrap();
}

#[test]
fn a_hidden_word_is_nowhere_in_the_new_bundle() {
    let home = tempfile::tempdir().unwrap();
    let reporter = reporter(home.path());
    let first = sealed(&reporter);
    let second =
        revised(&reporter, &first, &Changes { hide: vec!["falcon".to_owned()], ..Changes::default() });
    for entry in &second.bundle.manifest().entries {
        let text = second.bundle.read_text(&entry.name, 16 << 20).unwrap();
        assert!(!text.to_lowercase().contains("falcon") && !entry.name.contains("falcon"), "{}", entry.name);
    }
    let manifest = second.bundle.read_text(MANIFEST, 1 << 20).unwrap();
    assert!(!manifest.to_lowercase().contains("falcon"), "{manifest}");
    assert!(second.body.title.ends_with("stands still") && !second.body.title.contains("Falcon"));
    let rule = rules().iter().find(|rule| rule.kind == "hidden").map(|rule| rule.name);
    assert_eq!(second.bundle.manifest().entry("logs/chat.log").unwrap().hits[rule.unwrap()], 1);
    // What has no such word did not change.
    assert_eq!(packed(&first, "logs/bot.log"), packed(&second, "logs/bot.log"));
}

#[test]
fn what_is_attached_is_redacted() {
    let home = tempfile::tempdir().unwrap();
    let reporter = reporter(home.path());
    let first = sealed(&reporter);
    std::fs::write(home.path().join("note.txt"), "my password=Hunter2Hunter2x\n").unwrap();
    let attach = vec![home.path().join("note.txt"), home.path().join("missing.txt")];
    let second = revised(&reporter, &first, &Changes { attach, ..Changes::default() });
    let text = second.bundle.read_text("attachments/note.txt", 1 << 20).unwrap();
    assert!(text.starts_with("my password=<password:"), "{text}");
    let missing = second.bundle.manifest().entry("attachments/missing.txt").unwrap();
    assert_eq!(missing.status, Status::Failed);
}

#[test]
fn a_bundle_that_changed_is_not_revised() {
    let home = tempfile::tempdir().unwrap();
    let reporter = reporter(home.path());
    let first = sealed(&reporter);
    let mut bytes = std::fs::read(first.bundle.path()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(first.bundle.path(), bytes).unwrap();
    let outcome = reporter.revise(&first, &Changes::default(), Timestamp::UNIX_EPOCH, &Progress::new());
    assert!(matches!(outcome, Err(SealError::Unreadable(_))));
    let drafts = std::fs::read_dir(first.bundle.path().parent().unwrap()).unwrap().count();
    assert_eq!(drafts, 1, "something half is left");
}

#[test]
fn what_the_rules_would_hide_is_not_copied_into_a_new_bundle() {
    // As if an older casefile had sealed it: the scan of the new bundle is the judge.
    let redactor = Redactor::builder().key(StandInKey::from_bytes(&[1; 32])).build();
    let home = tempfile::tempdir().unwrap();
    let outcome = finished(&home.path().join("x.zip"), &redactor, &Progress::new(), |file| {
        let mut writer = Writer::new(file);
        super::super::pack::put(&mut writer, "logs/a.log", b"password=Hunter2Hunter2x\n")?;
        let (sha256, bytes) = sha256_of(&mut b"password=Hunter2Hunter2x\n".as_slice())?;
        let entry = Entry {
            status: Status::Success,
            bytes,
            sha256: Some(data_encoding::HEXLOWER.encode(&sha256)),
            ..plan::absent("logs/a.log".to_owned(), "a".to_owned(), None, Status::Skipped, String::new())
        };
        let manifest = Manifest {
            format: super::super::FORMAT,
            report_id: crate::id::ReportId::from_bytes([1; 16]),
            sealed_at: Timestamp::UNIX_EPOCH,
            app: crate::report::App { id: "a".into(), name: "b".into(), version: "1".into(), vendor: None },
            rules: String::new(),
            window: None,
            budget: Budget::default(),
            entries: vec![entry],
            notes: Vec::new(),
        };
        seal::put_manifest(writer, &manifest)
    });
    let Err(SealError::Residue { entry, rule, line }) = outcome else { panic!("it was sealed") };
    assert_eq!((entry.as_str(), rule, line), ("logs/a.log", "password", 1));
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}
