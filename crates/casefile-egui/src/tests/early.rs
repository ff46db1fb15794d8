//! What is known already while the person writes.

use super::*;

const REFUSED: &str = "2026-11-24T09:14:02Z ERROR bot: order refused: {\"code\":-1021,\"msg\":\"Timestamp for this \
    request is outside of the recvWindow.\"}\n";

/// A dialog that collects while the person writes.
fn preparing(prefill: Request) -> Opened {
    let home = tempfile::tempdir().unwrap();
    let reporter = reporter(home.path());
    let log =
        format!("2026-11-24T08:00:00Z INFO bot: started\n{REFUSED}2026-11-24T09:20:00Z INFO bot: idle\n");
    fs::write(home.path().join("logs/bot.log"), log).unwrap();
    let deliver = |parcel: &Parcel, progress: &_| answer(Portal::Accepts, parcel, progress);
    let dialog = Dialog::new(reporter.clone(), prefill, now, deliver);
    showing(Harness::builder().with_size(WINDOW), home, reporter, dialog)
}

fn blank() -> Request {
    Request::new("", "", Priority::P3, Category::Runtime)
}

#[test]
fn a_known_problem_is_proposed_as_the_answer_and_nothing_is_sent() {
    let mut opened = preparing(blank());
    opened.fill(Role::TextInput, "Title", "Orders");
    opened.wait();
    assert!(
        opened.says("The logs show a problem that is known") && opened.says("The logs show a known problem")
    );
    let solved = opened.harness.query_all_by(|node| says(node, "That solved it: ")).next().unwrap();
    solved.click_accesskit();
    opened.harness.run();
    assert!(opened.says("Nothing was sent, and nothing is kept."));
    opened.press("Report it all the same");
    opened.harness.run();
    let title = opened.harness.get_by_role_and_label(Role::TextInput, "Title");
    assert_eq!(title.value().as_deref(), Some("Orders"));
    let solved = opened.harness.query_all_by(|node| says(node, "That solved it: ")).next().unwrap();
    solved.click_accesskit();
    opened.harness.run();
    opened.press("Close");
    assert_eq!((opened.closed(), opened.parcels().len()), (Some(&Closed::Unsent), 0));
    let Opened { harness, home, reporter } = opened;
    drop(harness);
    assert!(reporter.unfinished(now()).unwrap().is_empty(), "nobody wants it back");
    assert_eq!(fs::read_dir(home.path().join("outbox/drafts")).unwrap().count(), 0);
}

#[test]
fn a_suggestion_changes_priority_and_category_when_the_person_takes_it() {
    let mut opened = preparing(blank());
    opened.wait();
    assert!(opened.says("The logs speak for P"));
    opened.press("Take this over");
    opened.harness.run();
    assert!(!opened.says("The logs speak for P"));
    opened.fill(Role::TextInput, "Title", "Orders");
    opened.fill(Role::MultilineTextInput, "Problem description", "They are refused.");
    opened.press_and_wait("Next");
    assert!(opened.says("The logs show a problem that is known"), "before sending as well");
    opened.press_and_wait("Send");
    let body = opened.parcels()[0].body().clone();
    assert_eq!(body.category, Category::Exchange);
    assert!(body.priority < Priority::P3, "{}", body.priority);
}

#[test]
fn what_is_something_else_is_not_shown_again() {
    let mut opened = preparing(prefill(Language::En));
    opened.wait();
    let other = opened.harness.query_all_by(|node| says(node, "It is something else than: ")).next().unwrap();
    other.click_accesskit();
    opened.harness.run();
    assert!(!opened.says("a problem that is known"));
    opened.press_and_wait("Next");
    assert!(opened.has_button("Send") && !opened.says("a problem that is known"));
}

#[test]
fn an_error_in_the_log_gives_the_time_to_the_second() {
    let mut opened = preparing(prefill(Language::En));
    opened.wait();
    assert!(opened.says("The logs have errors at these times"));
    let at: Timestamp = "2026-11-24T09:14:02Z".parse().unwrap();
    let local = at.to_zoned_datetime(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string();
    opened.press(&format!("It happened at {local}"));
    opened.harness.run();
    let label = "Date and time, for instance 2026-11-24 15:30, or only 15:30";
    let typed = opened.harness.get_by_role_and_label(Role::TextInput, label);
    assert_eq!(typed.value().as_deref(), Some(local.as_str()));
    assert!(!opened.says("The logs have errors at these times"), "it is chosen");
    // It is another window: it is collected again, after a pause.
    opened.harness.run_steps(6);
    opened.wait();
    opened.press_and_wait("Next");
    opened.press_and_wait("Send");
    assert_eq!(opened.parcels()[0].body().occurred_at, Some(at));
}

#[test]
fn going_on_reads_only_what_has_changed_since() {
    for waits in [true, false] {
        let mut opened = preparing(prefill(Language::En));
        if waits {
            opened.wait();
        }
        fs::write(opened.home.path().join("logs/new.log"), "new\n").unwrap();
        opened.press_and_wait("Next");
        assert_eq!(opened.bundle().read_text("logs/new.log", 9).unwrap(), "new\n");
        if waits {
            let early = opened.harness.state().dialog.early.collected().unwrap();
            assert_eq!(early.prepared.bundle().manifest().report_id, opened.bundle().manifest().report_id);
        }
    }
}

#[test]
fn a_dialog_that_is_dropped_while_it_collects_leaves_nothing() {
    let opened = preparing(prefill(Language::En));
    let Opened { harness, home, .. } = opened;
    drop(harness);
    let drafts = home.path().join("outbox/drafts");
    for _ in 0..400 {
        if fs::read_dir(&drafts).map_or(0, Iterator::count) == 0 {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("a draft was left");
}
