//! Real windows: clicked through with mouse and keys, compared with what the portal has, and looked at.
//! `tests/run --no-window` leaves these out.

mod display;

use std::path::Path;
use std::process::Command;

use casefile::bundle::{Bundle, Limits};
use serde_json::Value;

use self::display::{Display, Place};
use crate::processes::{Home, Portal, expect_exit, last_json, program, root, shows_windows};

const TITLE: &str = "Orders are rejected since the update";
const POLISH: &str = "Zażółć gęślą jaźń, „Łódź”";

#[test]
fn a_click_on_report_problem_becomes_a_ticket() {
    if !shows_windows() {
        return;
    }
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start(data.path());
    let bot = tempfile::tempdir().unwrap();
    let home = bot.path().to_str().unwrap();
    let mut display = Display::start();
    // Slow enough that nothing fails while the test clicks: the dialog begins empty.
    display.open(
        &program("trading-bot"),
        &["--home", home, "--portal", &portal.url, "--lang", "en", "--speed", "1"],
    );

    display.click("push button", "Help");
    display.click("push button", "Report problem");
    display.fill("Title", TITLE);
    display.fill("Problem description", POLISH);
    compare_with_the_picture_of_the_readme(&display, &bot.path().join("dialog.png"));
    display.click("push button", "Next");
    // The bot's own window, with black over the middle of it.
    display.press("push button", "Add a picture of Demo Bot's window …");
    display.press("push button", "Add a black area");
    display.click("push button", "Use the picture");
    display.click("push button", "Apply changes");
    display.click("push button", "Send");
    display.find("heading", "The report has arrived");
    let ticket = only_ticket(&portal);
    display.find("label", &ticket);

    let (_, page) = portal.page(&format!("/tickets/{ticket}"));
    for text in [TITLE, POLISH, "evidence received", "preset/", "attachments/window.png"] {
        assert!(page.contains(text), "no {text:?}:\n{page}");
    }
    // What the person saw is what arrived: the bot's outbox and the portal name one hash.
    let mut list = Command::new(program("casefile"));
    let list = expect_exit(
        list.args(["outbox", "list", "--json", "--config"]).arg(bot.path().join("casefile.toml")),
        0,
    );
    let sent: Value = last_json(&list);
    assert_eq!(sent["state"], "delivered");
    assert!(page.contains(sent["sha256"].as_str().unwrap()));
    check_window_picture(Path::new(sent["bundle"].as_str().unwrap()), &bot.path().join("window.png"));
    display.key("alt+F4");
}

/// The picture shows the bot's window, not the dialog, and is black where it was covered.
#[track_caller]
fn check_window_picture(bundle: &Path, file: &Path) {
    let bundle = Bundle::open(bundle, &Limits::default()).unwrap();
    let mut picture = bundle.read("attachments/window.png").unwrap();
    std::io::copy(&mut picture, &mut std::fs::File::create(file).unwrap()).unwrap();
    let asked = "%w %h %[fx:p{w/2,h/2}.intensity] %[fx:p{w/4-2,h/2}.intensity] %k";
    let told = Command::new("convert").arg(file).args(["-format", asked, "info:"]).output().unwrap();
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let values: Vec<f64> = told.split_whitespace().map(|value| value.parse().unwrap()).collect();
    let [width, height, covered, beside, colours] = values[..] else { panic!("{told}") };
    assert!((width, height) == (1000.0, 720.0) && covered == 0.0, "{told}");
    // Something is drawn there, and the plot is not dimmed.
    assert!(beside > 0.0 && colours > 20.0, "{told}");
}

#[test]
fn the_helper_says_how_a_killed_bot_ended() {
    if !shows_windows() {
        return;
    }
    let bot = tempfile::tempdir().unwrap();
    let home = bot.path().to_str().unwrap();
    let mut display = Display::start();
    display.open(&program("trading-bot"), &["--home", home, "--lang", "en", "--speed", "1"]);
    display.click("push button", "Simulate");
    display.click("push button", "End without warning");
    let config = bot.path().join("casefile.toml");
    display.open(&program("casefile-helper"), &["--config", config.to_str().unwrap(), "--lang", "en"]);
    display.find("label", "Demo Bot did not end as it should the last time. Please tell what you saw.");
    display.find("heading", "Report a problem with Demo Bot");
}

#[test]
fn the_helper_reports_for_a_bot_that_does_not_start() {
    if !shows_windows() {
        return;
    }
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start(data.path());
    let home = Home::new(Some(&portal.url));
    let mut display = Display::start();
    let config = home.path("casefile.toml");
    let note = home.path("notatka.txt");
    std::fs::write(&note, "zażółć\n").unwrap();
    display.offer_files(&[&note]);
    display.open(&program("casefile-helper"), &["--config", config.to_str().unwrap(), "--lang", "pl"]);

    display.fill("Tytuł", "Bot się nie uruchamia");
    display.fill("Opis problemu", POLISH);
    // The system's own window for choosing files.
    display.press("push button", "Wybierz pliki …");
    display.find("label", "notatka.txt");
    display.click("push button", "Dalej");
    display.click("push button", "Wyślij");
    display.find("heading", "Zgłoszenie dotarło");
    let (_, page) = portal.page(&format!("/tickets/{}", only_ticket(&portal)));
    for text in
        ["Bot się nie uruchamia", POLISH, "logs/bot.log", "attachments/notatka.txt", "evidence received"]
    {
        assert!(page.contains(text), "no {text:?}:\n{page}");
    }
}

#[test]
fn a_kept_report_is_saved_and_its_folder_opens() {
    if !shows_windows() {
        return;
    }
    let home = Home::new(None);
    let mut display = Display::start();
    let opened = display.note_what_opens();
    let config = home.path("casefile.toml");
    display.open(&program("casefile-helper"), &["--config", config.to_str().unwrap(), "--lang", "en"]);
    display.fill("Title", TITLE);
    display.fill("Problem description", "It stands still.");
    display.click("push button", "Next");
    display.click("push button", "Send");
    display.find("heading", "The report is kept, not yet sent");
    display.click("push button", "Save the file");
    display.click("push button", "Open the folder");
    let folder = (0..100).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        std::fs::read_to_string(&opened).ok().filter(|folder| folder.ends_with('\n'))
    });
    let folder = folder.expect("the program for folders is started");
    let saved: Vec<_> =
        std::fs::read_dir(folder.trim_end()).unwrap().flatten().map(|entry| entry.path()).collect();
    let is_bundle = |path: &std::path::PathBuf| Bundle::open(path, &Limits::default()).is_ok();
    assert!(saved.iter().any(is_bundle), "{saved:?}");
}

/// The number of the first ticket, from the list.
#[track_caller]
fn only_ticket(portal: &Portal) -> String {
    let (_, list) = portal.page("/?view=all");
    let start = list.find("CF-").unwrap_or_else(|| panic!("no ticket:\n{list}"));
    list[start..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}

/// Compares the dialog with `docs/dialog.png`. With `CASEFILE_UPDATE=yes` in the environment it becomes that picture.
#[track_caller]
fn compare_with_the_picture_of_the_readme(display: &Display, file: &Path) {
    // The cursor in the text field would be there or not.
    display.key("Tab");
    let head = display.find("heading", "Report a problem with Demo Bot");
    let next = display.find("push button", "Next");
    let (left, top) = (head.left - 15, head.top - 11);
    let (width, height) = (next.left + next.width + 15 - left, next.top + next.height + 11 - top);
    display.picture(Place { left, top, width, height }, file);
    let kept = root().join("docs/dialog.png");
    if std::env::var_os("CASEFILE_UPDATE").is_some_and(|value| value == "yes") {
        std::fs::copy(file, &kept).unwrap();
    }
    let compared =
        Command::new("compare").args(["-metric", "RMSE"]).args([&kept, file]).arg("null:").output().unwrap();
    let told = String::from_utf8_lossy(&compared.stderr);
    // `1234.5 (0.0188)`: the second is the share of the whole range.
    let difference = told.split(['(', ')']).nth(1).and_then(|share| share.parse::<f64>().ok());
    assert!(
        difference.is_some_and(|difference| difference < 0.03),
        "docs/dialog.png is out of date ({told}): run this test with CASEFILE_UPDATE=yes and look at it"
    );
}
