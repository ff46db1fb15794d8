//! The dialog, clicked through by role and label.

mod accessible;
mod early;
mod gallery;
mod keyboard;
mod picture;
mod pictures;
mod random;
mod sending;
mod tickets;

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use casefile::Reporter;
use casefile::bundle::Bundle;
use casefile::deliver::DeliverError;
use casefile::outbox::{Parcel, Receipt, Refusal};
use casefile::report::{Category, Language, Priority, Request};
use casefile::transport::SendError;
use egui::Role;
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, HarnessBuilder};
use jiff::Timestamp;
use tempfile::TempDir;

use crate::stage::Stage;
use crate::{Closed, Dialog};

const LOG: &str = "2026-11-24 10:00:01 login as anna@example.com\n2026-11-24 10:00:02 ERROR -1021 zażółć\n";

/// What answers when the dialog delivers.
#[derive(Debug, Clone, Copy)]
enum Portal {
    Accepts,
    Refuses,
    IsAway,
    /// Never answers; only the person can stop it.
    Hangs,
    /// The worker itself breaks.
    Dies,
}

struct State {
    dialog: Dialog,
    closed: Option<Closed>,
}

/// A dialog over a folder of its own.
struct Opened {
    harness: Harness<'static, State>,
    home: TempDir,
    reporter: Reporter,
}

fn now() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

fn answer(portal: Portal, parcel: &Parcel, progress: &casefile::Progress) -> Result<Receipt, DeliverError> {
    let failed = |source| Err(DeliverError::Send { ticket: None, source });
    match portal {
        Portal::Accepts => Ok(Receipt {
            ticket: "CF-2026-0042".to_owned(),
            status_url: "https://support.example.com/t/42".to_owned(),
            deadlines: casefile::plan::Plan::default().deadlines(parcel.body().priority, now()),
            received_sha256: parcel.body().bundle.as_ref().map(|bundle| bundle.sha256.clone()),
            clock_ahead_seconds: None,
        }),
        Portal::Refuses => {
            let (code, hint) = ("app_unknown".to_owned(), "This application is not known here.".to_owned());
            failed(SendError::Refused(Refusal { code, hint }))
        }
        Portal::IsAway => failed(SendError::Unreachable("no route".into())),
        Portal::Hangs => {
            while !progress.is_cancelled() {
                thread::sleep(Duration::from_millis(5));
            }
            failed(SendError::Cancelled)
        }
        Portal::Dies => panic!("on purpose"),
    }
}

fn prefill(language: Language) -> Request {
    let request = Request::new("Orders rejected", "Since ten o'clock.", Priority::P2, Category::Exchange);
    Request { language, ..request }
}

fn reporter(home: &Path) -> Reporter {
    fs::create_dir(home.join("logs")).unwrap();
    fs::write(home.join("logs/bot.log"), LOG).unwrap();
    fs::write(home.join("logs/old.log"), "nothing here\n".repeat(10_000)).unwrap();
    let builder = Reporter::builder("com.example.bot", "Grid Bot", "2.4.1").vendor("Example Bots");
    let builder = builder.logs(home.join("logs")).outbox(home.join("outbox"));
    builder.portal("https://support.example.com").build().unwrap()
}

fn open(prefill: Request, portal: Portal) -> Opened {
    let home = tempfile::tempdir().unwrap();
    let reporter = reporter(home.path());
    over(home, reporter, prefill, portal)
}

fn sized(builder: HarnessBuilder<State>, prefill: Request, portal: Portal) -> Opened {
    let home = tempfile::tempdir().unwrap();
    let reporter = reporter(home.path());
    within(builder, home, reporter, prefill, portal)
}

fn over(home: TempDir, reporter: Reporter, prefill: Request, portal: Portal) -> Opened {
    within(Harness::builder().with_size(WINDOW), home, reporter, prefill, portal)
}

/// High enough that nothing has to be scrolled.
const WINDOW: egui::Vec2 = egui::vec2(660.0, 1600.0);

fn within(
    builder: HarnessBuilder<State>,
    home: TempDir,
    reporter: Reporter,
    prefill: Request,
    portal: Portal,
) -> Opened {
    let deliver = move |parcel: &Parcel, progress: &_| answer(portal, parcel, progress);
    delivering(builder, home, reporter, prefill, deliver)
}

fn delivering(
    builder: HarnessBuilder<State>,
    home: TempDir,
    reporter: Reporter,
    prefill: Request,
    deliver: impl Fn(&Parcel, &casefile::Progress) -> Result<Receipt, DeliverError> + Send + Sync + 'static,
) -> Opened {
    let dialog = Dialog::new(reporter.clone(), prefill, now, deliver).without_preparing();
    showing(builder, home, reporter, dialog)
}

fn showing(builder: HarnessBuilder<State>, home: TempDir, reporter: Reporter, dialog: Dialog) -> Opened {
    let draw = |ui: &mut egui::Ui, state: &mut State| {
        if state.closed.is_none() {
            state.closed = state.dialog.ui(ui);
        }
    };
    let mut harness = builder.build_ui_state(draw, State { dialog, closed: None });
    harness.run();
    Opened { harness, home, reporter }
}

impl Opened {
    fn press(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::Button, label).click_accesskit();
        self.harness.step();
    }

    fn tick(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::CheckBox, label).click_accesskit();
        self.harness.run();
    }

    fn fill(&mut self, role: Role, label: &str, text: &str) {
        self.harness.get_by_role_and_label(role, label).focus();
        self.harness.run();
        self.harness.get_by_role_and_label(role, label).type_text(text);
        self.harness.run();
    }

    /// Draws until no worker runs.
    fn wait(&mut self) {
        for _ in 0..2_000 {
            self.harness.step();
            if !self.harness.state().dialog.is_busy() {
                self.harness.run();
                return;
            }
            thread::sleep(Duration::from_millis(5));
        }
        panic!("pending for ever");
    }

    fn press_and_wait(&mut self, label: &str) {
        self.press(label);
        self.wait();
    }

    fn unfold(&mut self, label: &str) {
        self.harness.get_by_label(label).click_accesskit();
        self.harness.run();
    }

    fn has_button(&self, label: &str) -> bool {
        self.harness.query_by_role_and_label(Role::Button, label).is_some()
    }

    /// Whether some label says this, whole or in part.
    fn says(&self, text: &str) -> bool {
        self.harness.query_all_by(|node| says(node, text)).next().is_some()
    }

    fn bundle(&self) -> &Bundle {
        match &self.harness.state().dialog.stage {
            Stage::Review(review) => &review.sealed.draft.bundle,
            _ => panic!("no bundle is shown"),
        }
    }

    fn closed(&self) -> Option<&Closed> {
        self.harness.state().closed.as_ref()
    }

    /// Bundles that lie about without anybody's consent.
    fn drafts(&self) -> usize {
        fs::read_dir(self.home.path().join("outbox/drafts")).map_or(0, Iterator::count)
    }

    fn parcels(&self) -> Vec<Parcel> {
        self.reporter.outbox().list().unwrap().into_iter().map(Result::unwrap).collect()
    }
}

fn says(node: &egui_kittest::kittest::AccessKitNode<'_>, text: &str) -> bool {
    let part = |words: Option<String>| words.is_some_and(|words| words.contains(text));
    part(node.label()) || part(node.value())
}

#[test]
fn a_report_goes_all_the_way() {
    let prefill = Request::new("", "", Priority::P3, Category::Runtime);
    let mut opened = open(prefill, Portal::Accepts);
    opened.fill(Role::TextInput, "Title", "Zażółć gęślą jaźń");
    opened.fill(Role::MultilineTextInput, "Problem description", "It stopped.");
    opened.fill(Role::TextInput, "E-mail address", "jan@example.com");
    for choice in ["P1 – Critical", "Connecting to exchanges, configuring strategies", "Just now"] {
        opened.harness.get_by_role_and_label(Role::RadioButton, choice).click_accesskit();
        opened.harness.run();
    }
    opened.press_and_wait("Next");
    let sha256 = opened.bundle().sha256();
    opened.unfold("SHA-256");
    assert!(opened.says(&sha256) && opened.says("Read by: support of Example Bots"));
    assert!(opened.harness.query_by_role_and_label(Role::CheckBox, "Send logs/bot.log").is_some());
    assert_eq!(opened.drafts(), 1);

    opened.press_and_wait("Send");
    assert!(opened.says("The report has arrived") && opened.says("CF-2026-0042"));
    assert!(opened.says("Answer by Tue 24 Nov 2026, 1") && opened.says(&sha256), "one hour for P1");
    opened.press("Copy the number");
    let copied = format!("{:?}", opened.harness.output().platform_output.commands);
    assert!(copied.contains("CF-2026-0042"), "{copied}");
    opened.press("Close");
    let Some(Closed::Delivered(receipt)) = opened.closed() else { panic!("not delivered") };
    assert_eq!(receipt.received_sha256.as_deref(), Some(sha256.as_str()));

    let parcels = opened.parcels();
    let body = parcels[0].body();
    assert_eq!((body.title.as_str(), body.priority), ("Zażółć gęślą jaźń", Priority::P1));
    assert_eq!((body.category, body.occurred_at), (Category::Exchange, Some(now())));
    assert_eq!(body.contact.email.as_deref(), Some("jan@example.com"));
    assert_eq!(opened.drafts(), 0);
}

#[test]
fn nothing_goes_on_without_a_title_and_a_description() {
    let mut opened = open(Request::new(" ", "", Priority::P3, Category::Runtime), Portal::Accepts);
    assert!(!opened.says("Please give the problem a title."));
    opened.press_and_wait("Next");
    assert!(opened.says("Please give the problem a title."));
    assert!(opened.says("Please describe what happened.") && opened.says("2 fields need your attention"));
    opened.fill(Role::TextInput, "Title", "t");
    assert!(!opened.says("Please give the problem a title."));
    opened.fill(Role::TextInput, "E-mail address", "nobody");
    opened.press_and_wait("Next");
    assert!(opened.says("This is not an e-mail address.") && opened.drafts() == 0);
    opened.press("Close");
    assert_eq!(opened.closed(), Some(&Closed::Unsent));
}

#[test]
fn a_time_is_typed_when_no_quick_choice_fits() {
    let mut opened = open(prefill(Language::En), Portal::Accepts);
    let label = "Date and time, for instance 2026-11-24 15:30, or only 15:30";
    assert!(opened.harness.query_by_role_and_label(Role::TextInput, label).is_none());
    opened.harness.get_by_role_and_label(Role::RadioButton, "At another time").click_accesskit();
    opened.harness.run();
    opened.fill(Role::TextInput, label, "2036-01-01 00:00");
    opened.press_and_wait("Next");
    assert!(opened.says("This time is still to come."));
}

#[test]
fn what_is_unticked_is_not_in_the_next_bundle() {
    let mut opened = open(prefill(Language::En), Portal::Accepts);
    opened.press_and_wait("Next");
    let before = opened.bundle().sha256();
    opened.tick("Send logs/old.log");
    assert!(!opened.has_button("Send") && opened.says("Apply your changes first"));
    opened.press_and_wait("Apply changes");
    assert!(opened.has_button("Send") && opened.bundle().sha256() != before);
    assert!(opened.bundle().read_text("logs/old.log", 1 << 20).is_err());
    assert!(opened.bundle().read_text("logs/bot.log", 1 << 20).is_ok());
    assert_eq!(opened.drafts(), 2, "the first one stays, for a change of mind");
    // What the bot writes by now is not in it: nothing was collected again.
    fs::write(opened.home.path().join("logs/new.log"), "new").unwrap();
    opened.tick("Send logs/bot.log");
    opened.press_and_wait("Apply changes");
    assert!(opened.bundle().read_text("logs/bot.log", 1 << 20).is_err());
    assert!(opened.bundle().read_text("logs/new.log", 1 << 20).is_err());
    assert_eq!(opened.drafts(), 2, "the second one is gone");
    opened.tick("Send logs/bot.log");
    opened.press_and_wait("Apply changes");
    assert!(opened.bundle().read_text("logs/bot.log", 1 << 20).is_ok());

    // Ticked again, it comes back; the form keeps its text on the way.
    opened.press("Back");
    opened.harness.run();
    assert_eq!(opened.drafts(), 0);
    opened.press_and_wait("Next");
    assert!(opened.bundle().read_text("logs/old.log", 1 << 20).is_err());
    opened.tick("Send logs/old.log");
    opened.press_and_wait("Apply changes");
    assert!(opened.bundle().read_text("logs/old.log", 1 << 20).is_ok());
    opened.press("Close");
    assert_eq!((opened.closed(), opened.parcels().len()), (Some(&Closed::Unsent), 0));
}

#[test]
fn a_word_is_hidden_everywhere() {
    let mut opened = open(prefill(Language::En), Portal::Accepts);
    opened.press_and_wait("Next");
    opened.unfold("Hide a word …");
    opened.fill(Role::TextInput, "Hide another word everywhere", "-1021");
    opened.press("Hide it");
    opened.harness.run();
    assert!(opened.says("Hidden: -1021") && !opened.has_button("Send"));
    opened.press_and_wait("Apply changes");
    assert!(!opened.bundle().read_text("logs/bot.log", 1 << 20).unwrap().contains("-1021"));
    opened.press("Do not hide -1021");
    opened.harness.run();
    assert!(opened.has_button("Apply changes"));
}

#[test]
fn every_entry_can_be_read_with_its_stand_ins() {
    let mut opened = open(prefill(Language::En), Portal::Accepts);
    opened.press_and_wait("Next");
    opened.press_and_wait("Show logs/bot.log");
    assert!(opened.says("login as <email:") && opened.says("zażółć") && !opened.says("anna"));
    assert!(!opened.has_button("Next page") && !opened.has_button("Next hidden value"));
    opened.press("Back to the list");
    opened.harness.run();

    opened.press_and_wait("Show logs/old.log");
    let mut pages = 1;
    while opened.has_button("Next page") {
        opened.press_and_wait("Next page");
        pages += 1;
    }
    assert!(pages >= 4, "{pages}");
    opened.press_and_wait("Previous page");
    assert!(opened.has_button("Next page"));
    opened.press_and_wait("Next hidden value");
    assert!(opened.says("Nothing is hidden after this page.") && !opened.has_button("Next hidden value"));
    opened.press("Back to the list");
    opened.harness.run();
    opened.press_and_wait("Show manifest.json");
    assert!(opened.says("\"report_id\""));
}

#[test]
fn buttons_are_visible_in_the_smallest_window_in_both_languages() {
    for (language, next, send) in [(Language::En, "Next", "Send"), (Language::Pl, "Dalej", "Wyślij")] {
        let size = egui::vec2(480.0, 360.0);
        let mut opened = sized(Harness::builder().with_size(size), prefill(language), Portal::Accepts);
        let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, size);
        let is_visible = |opened: &Opened, label: &str| {
            screen.contains_rect(opened.harness.get_by_role_and_label(Role::Button, label).rect())
        };
        assert!(is_visible(&opened, next));
        opened.press_and_wait(next);
        assert!(is_visible(&opened, send));
    }
}

#[test]
fn the_room_for_the_buttons_does_not_grow() {
    let mut opened = open(prefill(Language::En), Portal::Accepts);
    opened.press_and_wait("Next");
    opened.tick("Send logs/old.log");
    let top =
        |opened: &Opened| opened.harness.get_by_role_and_label(Role::Button, "Apply changes").rect().min.y;
    let before = top(&opened);
    opened.harness.run_steps(20);
    assert!((top(&opened) - before).abs() < 0.5 && before > 300.0, "{before} {}", top(&opened));
}

#[test]
fn nothing_is_drawn_while_nothing_happens() {
    let mut opened = open(prefill(Language::En), Portal::Hangs);
    let delay = |opened: &Opened| {
        let outputs = &opened.harness.output().viewport_output;
        outputs.values().map(|viewport| viewport.repaint_delay).min().unwrap()
    };
    assert!(delay(&opened) > Duration::from_mins(1), "{:?}", delay(&opened));
    opened.press_and_wait("Next");
    assert!(delay(&opened) > Duration::from_mins(1), "{:?}", delay(&opened));
    opened.press("Send");
    for _ in 0..200 {
        opened.harness.step();
        thread::sleep(Duration::from_millis(2));
    }
    let while_sending = delay(&opened);
    assert!((90..=110).contains(&while_sending.as_millis()), "{while_sending:?}");
    opened.press_and_wait("Cancel");
}

#[test]
fn a_hidden_value_far_down_is_found() {
    let home = tempfile::tempdir().unwrap();
    let reporter = reporter(home.path());
    let far = format!("{}mail anna@example.com\n{}", "x\n".repeat(60_000), "y\n".repeat(60_000));
    fs::write(home.path().join("logs/bot.log"), far).unwrap();
    let mut opened = over(home, reporter, prefill(Language::En), Portal::Accepts);
    opened.press_and_wait("Next");
    opened.unfold("One value was hidden");
    opened.harness.get_by_role_and_label(Role::Link, "logs/bot.log (1)").click_accesskit();
    opened.wait();
    assert!(!opened.says("mail <email:"));
    opened.press_and_wait("Next hidden value");
    assert!(opened.says("mail <email:"));
    opened.press_and_wait("Previous page");
    assert!(opened.says("From 0 B to") && !opened.says("mail <email:"));
}

#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        panic!("the library reads it, and redacts it")
    }
}

#[test]
fn files_are_added_by_dropping_them_or_by_their_path() {
    let mut opened = open(prefill(Language::En), Portal::Accepts);
    let path = |opened: &Opened, name: &str| opened.home.path().join(name);
    for name in ["dropped.txt", "typed.txt"] {
        fs::write(path(&opened, name), "ask anna@example.com\n").unwrap();
    }
    let dropped = Dropped(path(&opened, "dropped.txt"));
    opened.harness.input_mut().dropped_files.push(std::sync::Arc::new(dropped));
    opened.harness.run();
    assert!(opened.says("dropped.txt"));
    opened.press_and_wait("Next");
    assert!(opened.bundle().read_text("attachments/dropped.txt", 99).unwrap().starts_with("ask <email:"));

    let typed = format!(" \"{}\" ", path(&opened, "typed.txt").display());
    opened.unfold("Add files …");
    opened.fill(Role::TextInput, "Path of a file", &typed);
    opened.press("Add it");
    opened.harness.run();
    opened.press("Do not add dropped.txt");
    opened.harness.run();
    opened.press_and_wait("Apply changes");
    assert!(opened.bundle().read_text("attachments/dropped.txt", 99).is_err());
    assert!(opened.bundle().read_text("attachments/typed.txt", 99).is_ok());
}

#[test]
fn balances_are_shown_when_the_person_says_so_only() {
    let home = tempfile::tempdir().unwrap();
    let reporter = reporter(home.path());
    fs::write(home.path().join("logs/bot.log"), "{\"asset\":\"BTC\",\"free\":\"12345.67\"}\n").unwrap();
    let mut opened = over(home, reporter, prefill(Language::En), Portal::Accepts);
    opened.press_and_wait("Next");
    let shows = |opened: &Opened| opened.bundle().read_text("logs/bot.log", 99).unwrap().contains("12345.67");
    assert!(!shows(&opened));
    let choose = |opened: &mut Opened, label: &str| {
        opened.harness.get_by_role_and_label(Role::RadioButton, label).click_accesskit();
        opened.harness.run();
    };
    choose(&mut opened, "Balances and sizes of positions: shown");
    opened.press_and_wait("Apply changes");
    assert!(shows(&opened));
    choose(&mut opened, "Balances and sizes of positions: rounded to a power of ten");
    opened.press_and_wait("Apply changes");
    assert!(opened.bundle().read_text("logs/bot.log", 99).unwrap().contains("10000") && !shows(&opened));
    choose(&mut opened, "Balances and sizes of positions: hidden");
    opened.press_and_wait("Apply changes");
    assert!(!shows(&opened));
    assert!(opened.has_button("Send"), "it is as the settings say");
}

#[test]
fn a_key_that_stood_in_a_log_is_to_be_replaced() {
    let home = tempfile::tempdir().unwrap();
    let reporter = reporter(home.path());
    let key: String =
        (0..64).map(|at| char::from(b"abcdefghijkmnpqrstuvwxyzABCDEFGH23456789"[at * 11 % 40])).collect();
    let log = format!("2026-11-24 10:00:01 GET https://api.binance.com/api/v3/account api_secret={key}\n");
    fs::write(home.path().join("logs/bot.log"), log).unwrap();
    let mut opened = over(home, reporter, prefill(Language::En), Portal::Accepts);
    opened.press_and_wait("Next");
    assert!(opened.says("Make a new key at Binance and delete the old one. It stood in logs/bot.log."));
    let link = "https://www.binance.com/en/my/settings/api-management";
    assert!(opened.harness.query_by_role_and_label(Role::Link, link).is_some());
    opened.tick("Send logs/bot.log");
    opened.press_and_wait("Apply changes");
    assert!(!opened.says("Make a new key"), "it is not in this report");
}

#[test]
fn what_was_written_is_offered_again_until_it_is_sent() {
    let home = tempfile::tempdir().unwrap();
    let reporter = reporter(home.path());
    let blank = || Request::new("", "", Priority::P3, Category::Runtime);
    let mut first = over(home, reporter.clone(), blank(), Portal::Accepts);
    first.fill(Role::TextInput, "Title", "Orders of anna@example.com");
    first.press("Close");
    let Opened { harness, home, .. } = first;
    drop(harness);

    let mut second = over(home, reporter.clone(), blank(), Portal::Accepts);
    assert!(second.says("A report is unfinished since Tue 24 Nov 2026") && second.says("“Orders of <email:"));
    second.fill(Role::TextInput, "Title", "Another one");
    second.press("Go on with it");
    second.harness.run();
    let title = second.harness.get_by_role_and_label(Role::TextInput, "Title");
    assert!(title.value().unwrap().starts_with("Orders of <email:"));
    second.fill(Role::MultilineTextInput, "Problem description", "It stopped.");
    second.press_and_wait("Next");
    second.press_and_wait("Send");
    assert!(second.says("The report has arrived"));
    let Opened { harness, home, .. } = second;
    drop(harness);

    // The sent one is forgotten, what was written before the person went on with it is not.
    let mut third = over(home, reporter.clone(), blank(), Portal::Accepts);
    assert!(third.says("“Another one”"));
    third.press("Throw it away");
    third.harness.run();
    assert!(!third.says("A report is unfinished"));
    assert!(reporter.unfinished(now()).unwrap().is_empty());
}

#[test]
fn a_pause_in_the_writing_is_enough_to_keep_it() {
    let mut opened = open(Request::new("", "", Priority::P3, Category::Runtime), Portal::Accepts);
    opened.fill(Role::TextInput, "Title", "Orders");
    // The harness draws four times a second.
    opened.harness.run_steps(8);
    for _ in 0..400 {
        if let Some(text) = opened.reporter.unfinished(now()).unwrap().first() {
            assert_eq!(text.request.title, "Orders");
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("nothing was kept");
}
