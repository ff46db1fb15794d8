use super::*;
use crate::Progress;
use crate::report::{Category, Contact, Priority, Request};

fn draft(folder: &Path, title: &str, contact: Contact) -> Draft {
    let reporter = Reporter::builder("a", "Bot \"X\"", "1").outbox(folder).build().unwrap();
    let mut request = Request::new(title, "Od rana.\nKontakt: ja", Priority::P2, Category::Exchange);
    request.language = Language::Pl;
    request.contact = contact;
    let now = "2026-11-24T10:00:00Z".parse().unwrap();
    reporter.seal(&request, now, &Progress::new()).unwrap()
}

fn mail(letter: &Letter) -> String {
    let mut out = Vec::new();
    letter.write_mail(&mut out, "2026-11-24T10:00:00Z".parse().unwrap()).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_text_says_what_the_bundle_says_and_who_asks() {
    let folder = tempfile::tempdir().unwrap();
    let contact = Contact { name: Some("Łucja".to_owned()), email: Some("l@example.com".to_owned()) };
    let draft = draft(folder.path(), "Zlecenia", contact);
    let letter = Letter::new(draft.bundle.path(), &draft.body, None, Some("CF-2026-000007")).unwrap();
    let text = letter.text();
    let report = draft.bundle.read_text("report.md", 1 << 20).unwrap();
    assert!(text.starts_with(report.trim_end()), "{text}");
    for row in [
        format!("Zgłoszenie: {}", draft.id),
        "Numer sprawy: CF-2026-000007".to_owned(),
        "Kontakt: Łucja, l@example.com".to_owned(),
        format!("SHA-256 pakietu: {}", draft.bundle.sha256()),
    ] {
        assert!(text.lines().any(|line| line == row), "{row} is not in\n{text}");
    }
}

#[test]
fn nothing_that_a_person_wrote_becomes_a_header() {
    let folder = tempfile::tempdir().unwrap();
    let contact = Contact {
        name: Some("Eve\"\r\nBcc: all@example.com".to_owned()),
        email: Some("e@example.com\r\nBcc: all@example.com".to_owned()),
    };
    let draft = draft(folder.path(), "t\r\nBcc: all@example.com\r\n\r\nbody", contact);
    let to = "support@example.com\r\nBcc: all@example.com";
    let letter = Letter::new(draft.bundle.path(), &draft.body, Some(to), Some("CF\r\nBcc: x@y.z")).unwrap();
    let mail = mail(&letter);
    let (headers, _) = mail.split_once("\r\n\r\n").unwrap();
    assert!(!headers.lines().any(|line| line.starts_with("Bcc") || line.is_empty()), "{headers}");
    assert!(!headers.contains("\r\nTo:"), "{headers}");
    assert!(headers.contains("From: \"Bot \\\"X\\\"\" <nobody@sender.invalid>"), "{headers}");
    assert!(mail.lines().all(|line| line.len() <= 998));
    assert!(mail.replace("\r\n", "").chars().all(|c| c.is_ascii_graphic() || c == ' '));
}

#[test]
fn the_secret_of_the_report_is_in_no_letter() {
    let folder = tempfile::tempdir().unwrap();
    let draft = draft(folder.path(), "t", Contact::default());
    let now = "2026-11-24T10:00:00Z".parse().unwrap();
    let reporter = Reporter::builder("a", "Bot", "1").outbox(folder.path()).build().unwrap();
    let consent = crate::Consent::by_host_setting(&draft.bundle, now);
    let parcel = reporter.keep(&draft, consent, now).unwrap();
    let letter = reporter.letter(&parcel).unwrap();
    let secret = parcel.secret().to_bearer();
    assert!(!mail(&letter).contains(&secret) && !letter.text().contains(&secret));
}

#[test]
fn what_is_there_already_stays_and_half_of_one_goes() {
    let folder = tempfile::tempdir().unwrap();
    let draft = draft(folder.path(), "t", Contact::default());
    let letter = Letter::new(draft.bundle.path(), &draft.body, None, None).unwrap();
    let now = "2026-11-24T10:00:00Z".parse().unwrap();
    let path = folder.path().join("x.eml");
    letter.save_mail(&path, now).unwrap();
    let written = std::fs::read(&path).unwrap();
    assert!(matches!(letter.save_mail(&path, now), Err(SaveError::Exists(_))));
    assert!(matches!(letter.save_text(&path), Err(SaveError::Exists(_))));
    assert!(matches!(save_bundle(draft.bundle.path(), &path), Err(SaveError::Exists(_))));
    assert_eq!(std::fs::read(&path).unwrap(), written);

    let other = folder.path().join("y.zip");
    let failed = save(&other, |file| {
        file.write_all(b"half")?;
        Err(io::ErrorKind::StorageFull.into())
    });
    assert!(matches!(failed, Err(SaveError::Disk(_))) && !other.exists());
    std::fs::remove_file(draft.bundle.path()).unwrap();
    assert!(matches!(letter.save_mail(&other, now), Err(SaveError::Disk(_))) && !other.exists());
    assert!(matches!(save_bundle(draft.bundle.path(), &other), Err(SaveError::Bundle(_))));
    assert!(matches!(Letter::new(draft.bundle.path(), &draft.body, None, None), Err(SaveError::Bundle(_))));
}
