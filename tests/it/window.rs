//! Real windows: clicked through with mouse and keys, compared with what the portal has, and looked at.
//! `tests/run --no-window` leaves these out.

mod display;

use std::path::Path;
use std::process::Command;

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
    display.click("push button", "Send");
    display.find("heading", "The report has arrived");
    let ticket = only_ticket(&portal);
    display.find("label", &ticket);

    let (_, page) = portal.page(&format!("/tickets/{ticket}"));
    for text in [TITLE, POLISH, "evidence received", "preset/"] {
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
    display.key("alt+F4");
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
    display.open(&program("casefile-helper"), &["--config", config.to_str().unwrap(), "--lang", "pl"]);

    display.fill("Tytuł", "Bot się nie uruchamia");
    display.fill("Opis problemu", POLISH);
    display.click("push button", "Dalej");
    display.click("push button", "Wyślij");
    display.find("heading", "Zgłoszenie dotarło");
    let (_, page) = portal.page(&format!("/tickets/{}", only_ticket(&portal)));
    for text in ["Bot się nie uruchamia", POLISH, "logs/bot.log", "evidence received"] {
        assert!(page.contains(text), "no {text:?}:\n{page}");
    }
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
