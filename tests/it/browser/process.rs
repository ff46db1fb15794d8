//! The whole process by clicking, while hours pass in seconds.

use std::path::Path;

use super::driver::{Browser, Driver};
use crate::processes::{Home, Portal, expect_exit, last_json, shows_windows};

/// Where Debian has the library that tells a program another time.
const FAKETIME: &str = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

fn sign_in(browser: &Browser<'_>, portal: &Portal, login: &str, path: &str) {
    browser.go(&format!("{}{path}", portal.url));
    browser.fill("Login", login);
    browser.fill("Password", Portal::PASSWORD);
    browser.click("Sign in");
    browser.wait_for("Sign out");
}

#[test]
fn a_critical_report_is_clicked_from_the_bot_to_its_closure_through_both_escalations() {
    if !shows_windows() {
        return;
    }
    assert!(Path::new(FAKETIME).exists(), "libfaketime is missing: run `tests/run`");
    let folder = tempfile::tempdir().unwrap();
    let clock = folder.path().join("clock");
    std::fs::write(&clock, "+0\n").unwrap();
    let portal = Portal::start_with(
        &folder.path().join("data"),
        &[
            ("LD_PRELOAD", FAKETIME.as_ref()),
            ("FAKETIME_TIMESTAMP_FILE", clock.as_os_str()),
            ("FAKETIME_NO_CACHE", "1".as_ref()),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".as_ref()),
            ("NO_FAKE_STAT", "1".as_ref()),
        ],
    );
    let set_clock = |offset: &str| std::fs::write(&clock, format!("{offset}\n")).unwrap();
    portal.hire("anna", &["engineer"]);
    portal.hire("ewa", &["coordinator"]);
    portal.hire("marek", &["cto"]);

    // The bot reports.
    let home = Home::new(Some(&portal.url));
    let mut form = home.form();
    form["priority"] = "P1".into();
    home.write("form.json", &form.to_string());
    let run = &mut home.casefile(&["report", "--config", "casefile.toml", "--form", "form.json", "--json"]);
    let sent = last_json(&expect_exit(run, 0));
    let number = sent["ticket"].as_str().unwrap();

    // Nobody answers within the hour: the coordinator is told, has seen it, and gives the ticket to Anna.
    let driver = Driver::start();
    let ewa = driver.browser();
    sign_in(&ewa, &portal, "ewa", "/notices");
    assert!(!ewa.text().contains("E1"), "{}", ewa.text());
    set_clock("+61m");
    ewa.wait_for("escalation E1");
    ewa.click_in_line("escalation E1", "Seen");
    ewa.wait_for("seen by ewa");
    ewa.click(number);
    ewa.choose("Assigned to", "anna");
    ewa.click("Assign");
    ewa.wait_for("assigned to anna");

    // Anna finds it among what is late, judges it, and asks.
    let anna = driver.browser();
    sign_in(&anna, &portal, "anna", "/");
    anna.click("Late");
    anna.click(number);
    anna.choose("Login data", "confirmed");
    anna.choose("Licence binding", "confirmed");
    anna.click("Save");
    anna.wait_for("triaged: exchange");
    anna.choose("What", "Question: wait for the customer");
    anna.fill("Text", "Which exchange is it?");
    anna.click("Send");
    anna.wait_for("waiting for the customer");

    // The customer answers with a picture of the screen.
    let customer = driver.browser();
    customer.go(sent["ticket_url"].as_str().unwrap());
    customer.wait_for("Which exchange is it?");
    home.write("screen.png", "not really a picture");
    customer.click("Dodaj plik");
    customer.choose_file("Plik", &home.path("screen.png"));
    customer.fill("O pliku", "Binance, jak na zrzucie.");
    customer.send("Dodaj plik");
    customer.wait_for("screen.png");
    anna.wait_for("Binance, jak na zrzucie.");
    assert!(anna.text().contains("screen.png"), "{}", anna.text());

    // Four hours without a workaround: the CTO is told.
    let marek = driver.browser();
    sign_in(&marek, &portal, "marek", "/notices");
    assert!(!marek.text().contains("E2"), "{}", marek.text());
    set_clock("+6h");
    marek.wait_for("escalation E2");
    marek.click_in_line("cto", "Seen");
    marek.wait_for("seen by marek");

    // A workaround, a solution with its article; the customer says that it works.
    anna.choose("What", "Workaround");
    anna.fill("Text", "Restart the bot.");
    anna.click("Send");
    anna.wait_for("Restart the bot.");
    anna.choose("What", "Solution");
    anna.fill("Text", "Fixed in 1.2.4.");
    anna.fill("Knowledge base", "KB-17");
    anna.click("Send");
    anna.wait_for("solution proposed");
    customer.wait_for("Fixed in 1.2.4.");
    customer.click("Działa: zamknij zgłoszenie");
    customer.wait_for("zamknięte");
    anna.wait_for("closed: the customer confirmed");
    for words in ["KB-17", "coordinator has seen: escalation E1", "cto has seen: escalation E2", "late"] {
        assert!(anna.text().contains(words), "no {words:?}:\n{}", anna.text());
    }
}
