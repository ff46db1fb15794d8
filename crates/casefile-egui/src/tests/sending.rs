//! Each way out, once the person agreed or could not be asked.

use casefile::outbox::State;

use super::*;

fn sent_with(portal: Portal) -> Opened {
    let mut opened = open(prefill(Language::En), portal);
    opened.press_and_wait("Next");
    opened.press("Send");
    opened
}

#[test]
fn without_a_connection_the_report_is_kept_and_can_be_saved_and_tried_again() {
    let mut opened = sent_with(Portal::IsAway);
    opened.wait();
    assert!(opened.says("The report is kept, not yet sent") && opened.says("cannot be reached"));
    let parcel = opened.parcels().remove(0);
    assert!(opened.says(&parcel.bundle_path().display().to_string()));

    let copy = opened.home.path().join("copy.zip");
    if let Stage::Kept(kept) = &mut opened.harness.state_mut().dialog.stage {
        kept.saving.path = copy.to_string_lossy().into_owned();
    }
    opened.harness.run();
    opened.press_and_wait("Save the file");
    assert!(opened.says("Saved: "));
    assert_eq!(fs::read(&copy).unwrap(), fs::read(parcel.bundle_path()).unwrap());
    opened.press_and_wait("Save the file");
    assert!(opened.says("There is a file of this name already"));

    opened.press_and_wait("Save as an e-mail");
    assert!(opened.says("It is not sent yet.") && opened.has_button("Open the folder"));
    let mail = fs::read_to_string(copy.with_extension("eml")).unwrap();
    assert!(mail.contains("X-Unsent: 1") && mail.contains("application/zip"));
    opened.press("Copy as text");
    let copied = until_copied(&mut opened);
    assert!(copied.contains("Orders rejected") && copied.contains(&parcel.id().to_string()), "{copied}");
    assert!(opened.says("is on the clipboard") && opened.says("not yet sent"));

    opened.press_and_wait("Try again");
    assert!(opened.says("cannot be reached"));
    opened.press("Close");
    assert_eq!(opened.closed(), Some(&Closed::Kept(parcel.id())));
    assert_eq!(parcel.state().unwrap(), State::Kept);
}

#[test]
fn a_refusal_is_told_in_the_words_of_the_portal() {
    let mut opened = sent_with(Portal::Refuses);
    opened.wait();
    assert!(opened.says("The portal does not take the report"));
    assert!(opened.says("This application is not known here. (app_unknown)"));
    assert!(opened.has_button("Save the file") && !opened.has_button("Try again"));
    opened.press("Close");
    assert!(matches!(opened.closed(), Some(Closed::Refused(_))));
}

#[test]
fn sending_can_be_cancelled() {
    let mut opened = sent_with(Portal::Hangs);
    until(&mut opened, "Cancel");
    opened.press_and_wait("Cancel");
    assert!(opened.says("You stopped it.") && opened.parcels().len() == 1);
}

#[test]
fn a_window_that_is_closed_while_sending_keeps_the_report() {
    let mut opened = sent_with(Portal::Hangs);
    until(&mut opened, "Keep and close");
    assert!(opened.harness.query_by_role(Role::ProgressIndicator).is_some());
    opened.press("Keep and close");
    let parcels = opened.parcels();
    assert_eq!(opened.closed(), Some(&Closed::Kept(parcels[0].id())));
    if let Stage::Sending(sending) = &opened.harness.state().dialog.stage {
        sending.progress.cancel();
    }
}

#[test]
fn a_worker_that_dies_while_sending_leaves_a_kept_report() {
    let mut opened = sent_with(Portal::Dies);
    opened.wait();
    assert!(opened.says("The report is kept") && opened.says("a mistake in the program"));
    assert_eq!(opened.parcels().len(), 1);
}

#[test]
fn a_worker_that_dies_while_sealing_is_told_and_the_text_is_still_there() {
    let home = tempfile::tempdir().unwrap();
    let builder = Reporter::builder("a", "Bot", "1").outbox(home.path().join("outbox"));
    let reporter = builder.secrets(|_| panic!("on purpose")).build().unwrap();
    let mut opened = over(home, reporter, prefill(Language::En), Portal::Accepts);
    opened.press_and_wait("Next");
    assert!(opened.says("The report could not be made") && opened.says("a mistake in the program"));
    opened.press("Back");
    opened.harness.run();
    let title = opened.harness.get_by_role_and_label(Role::TextInput, "Title");
    assert_eq!(title.value().as_deref(), Some("Orders rejected"));
}

#[test]
fn a_disk_that_refuses_is_told() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("outbox"), "a file, not a folder").unwrap();
    let reporter = reporter(home.path());
    let mut opened = over(home, reporter, prefill(Language::En), Portal::Accepts);
    opened.press_and_wait("Next");
    assert!(opened.says("The disk refuses: "));
    opened.press("Close");
    assert_eq!(opened.closed(), Some(&Closed::Unsent));
}

#[test]
fn a_bundle_that_cannot_be_kept_can_be_saved() {
    let mut opened = open(prefill(Language::En), Portal::Accepts);
    opened.press_and_wait("Next");
    fs::write(opened.home.path().join("outbox/reports"), "a file, not a folder").unwrap();
    opened.press_and_wait("Send");
    assert!(opened.says("The disk refuses: ") && opened.drafts() == 1);
    let copy = opened.home.path().join("copy.zip");
    if let Stage::Failed(failed) = &mut opened.harness.state_mut().dialog.stage {
        failed.saving.as_mut().unwrap().path = copy.to_string_lossy().into_owned();
    }
    opened.harness.run();
    opened.press_and_wait("Save the file");
    Bundle::open(&copy, &casefile::bundle::Limits::default()).unwrap();
}

#[test]
fn without_a_portal_the_review_says_so() {
    let home = tempfile::tempdir().unwrap();
    let builder = Reporter::builder("a", "Bot", "1").outbox(home.path().join("outbox"));
    let reporter = builder.build().unwrap();
    let mut opened = over(home, reporter, prefill(Language::Pl), Portal::IsAway);
    opened.press_and_wait("Dalej");
    assert!(opened.says("Nie ustawiono portalu"));
}

#[test]
fn a_dialog_that_is_dropped_leaves_no_draft() {
    let mut opened = open(prefill(Language::En), Portal::Accepts);
    opened.press_and_wait("Next");
    assert_eq!(opened.drafts(), 1);
    let Opened { harness, home, .. } = opened;
    drop(harness);
    assert_eq!(fs::read_dir(home.path().join("outbox/drafts")).unwrap().count(), 0);
}

/// Draws until the button is there.
fn until(opened: &mut Opened, button: &str) {
    for _ in 0..2_000 {
        if opened.has_button(button) {
            return;
        }
        opened.harness.step();
        thread::sleep(Duration::from_millis(2));
    }
    panic!("there is no button {button:?}");
}

/// Draws until something is put on the clipboard.
fn until_copied(opened: &mut Opened) -> String {
    for _ in 0..2_000 {
        for command in &opened.harness.output().platform_output.commands {
            if let egui::OutputCommand::CopyText(text) = command {
                return text.clone();
            }
        }
        opened.harness.step();
        thread::sleep(Duration::from_millis(2));
    }
    panic!("nothing was copied");
}
