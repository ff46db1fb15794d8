//! What became of earlier reports, and what their owner says to support.

use std::sync::{Arc, Mutex};

use casefile::ask::AskError;
use casefile::ticket::{Ticket, Wish};

use super::*;

/// The portal's side of one ticket.
#[derive(Default)]
struct Desk {
    /// As the portal tells it.
    ticket: String,
    /// It cannot be reached.
    is_away: bool,
    /// What was said to it.
    said: Vec<Wish>,
}

fn ticket(state: &str, can: &[&str], messages: &str) -> String {
    let can = can.iter().map(|action| format!("\"{action}\"")).collect::<Vec<_>>().join(",");
    format!(
        r#"{{"ticket": "CF-2026-0042", "state": "{state}", "registered_at": "2026-11-24T10:00:00Z", "priority": "P2",
        "deadlines": {{"resolution": "2026-11-27T10:00:00Z"}}, "can": [{can}], "messages": [{messages}]}}"#
    )
}

const PROPOSAL: &str = r#"{"at": "2026-11-24T11:00:00Z", "from": "support", "kind": "resolution_proposed",
    "text": "Ustaw zegar.\u001b[2J https://bad.example"}"#;

/// A report that was sent, and the list of reports.
fn with_ticket(told: String) -> (Opened, Arc<Mutex<Desk>>) {
    let desk = Arc::new(Mutex::new(Desk { ticket: told, ..Desk::default() }));
    let mut opened = open(prefill(Language::En), Portal::Accepts);
    let shared = desk.clone();
    let ask = move |_: &Parcel, wish: &Wish, _: &casefile::Progress| {
        let mut desk = shared.lock().unwrap();
        if !matches!(wish, Wish::Look(_)) {
            desk.said.push(wish.clone());
        }
        if desk.is_away {
            return Err(AskError::Send(SendError::Unreachable("no route".into())));
        }
        Ok(Some(serde_json::from_str::<Ticket>(&desk.ticket).unwrap()))
    };
    let dialog = &mut opened.harness.state_mut().dialog;
    let empty = Dialog::new(opened.reporter.clone(), prefill(Language::En), now, |_, _| unreachable!());
    *dialog = std::mem::replace(dialog, empty).with_tickets(ask);
    opened.press_and_wait("Next");
    opened.press_and_wait("Send");
    // What delivers in these tests writes nothing down.
    let parcel = opened.parcels().remove(0);
    let receipt = answer(Portal::Accepts, &parcel, &casefile::Progress::new()).unwrap();
    let path = parcel.bundle_path().with_file_name("receipt.json");
    fs::write(path, serde_json::to_vec(&receipt).unwrap()).unwrap();
    opened.harness.get_by_role_and_label(Role::Link, "My reports").click_accesskit();
    opened.harness.step();
    opened.wait();
    (opened, desk)
}

#[test]
fn a_proposed_solution_is_shown_and_confirmed_after_a_question() {
    let (mut opened, desk) = with_ticket(ticket("proposed", &["confirm", "reject", "message"], PROPOSAL));
    assert!(
        opened.says("Support proposes a solution") && opened.says("Last answer of support: Tue 24 Nov 2026")
    );
    assert!(opened.says("Solution by Fri 27 Nov 2026") && !opened.says("Answer by"), "the clocks of now");
    opened.press_and_wait("Ticket and answers: Orders rejected");
    assert!(opened.says("Ticket CF-2026-0042") && opened.says("Support of Example Bots · Tue 24 Nov 2026"));
    assert!(opened.says("proposed solution") && opened.says("Ustaw zegar.?[2J https://bad.example"));
    assert!(opened.harness.query_by_role_and_label(Role::Link, "https://bad.example").is_none());
    assert!(opened.says("This computer keeps the file that you sent until"));

    opened.press("Yes, it is solved");
    opened.harness.run();
    assert!(desk.lock().unwrap().said.is_empty() && opened.says("Really solved?"));
    opened.press("No");
    opened.harness.run();
    assert!(!opened.says("Really solved?"));
    opened.press("Yes, it is solved");
    opened.harness.run();
    let closed = ticket("closed", &["message"], PROPOSAL);
    let more = r#""keeps": {"bundles_until": "2027-01-24T10:00:00Z"}, "uploads": [{"sha256": "a", "refused": "it\u001b is empty"}], "can""#;
    desk.lock().unwrap().ticket = closed.replace("\"can\"", more);
    opened.press_and_wait("Solved, close it");
    assert_eq!(desk.lock().unwrap().said, [Wish::Confirm]);
    assert!(opened.says("Support keeps the file with the logs until Sun 24 Jan 2027"));
    assert!(opened.says("The portal could not use the file with the logs: it? is empty. Save the file"));
    assert!(opened.says("It is solved and closed.") && !opened.has_button("Yes, it is solved"));
}

#[test]
fn what_is_still_broken_has_to_be_said_and_is_not_lost_on_a_bad_line() {
    let (mut opened, desk) = with_ticket(ticket("proposed", &["confirm", "reject", "message"], PROPOSAL));
    opened.press_and_wait("Ticket and answers: Orders rejected");
    opened.press_and_wait("No, still broken");
    assert!(opened.says("Please write something first.") && desk.lock().unwrap().said.is_empty());
    opened.fill(Role::MultilineTextInput, "Your message to support", "Nadal -1021");
    desk.lock().unwrap().is_away = true;
    opened.press_and_wait("No, still broken");
    assert!(opened.says("cannot be reached") && !opened.says("The portal has your message"));
    let text = opened.harness.get_by_role_and_label(Role::MultilineTextInput, "Your message to support");
    assert_eq!(text.value().as_deref(), Some("Nadal -1021"));
    desk.lock().unwrap().is_away = false;
    desk.lock().unwrap().ticket = ticket("open", &["message"], PROPOSAL);
    opened.press_and_wait("No, still broken");
    assert!(opened.says("The portal has your message.") && opened.says("Support is working on it."));
    let said = desk.lock().unwrap().said.clone();
    assert_eq!(said.len(), 2);
    assert_eq!(said[0], said[1], "the same message, so that it cannot be there twice");
    let text = opened.harness.get_by_role_and_label(Role::MultilineTextInput, "Your message to support");
    assert_eq!(text.value().as_deref().unwrap_or_default(), "");
}

#[test]
fn a_report_is_taken_back_after_a_question_only() {
    let (mut opened, desk) = with_ticket(ticket("registered", &["message", "withdraw"], ""));
    opened.press_and_wait("Ticket and answers: Orders rejected");
    assert!(opened.says("Nothing was said yet.") && !opened.has_button("Yes, it is solved"));
    opened.press("Take the report back");
    opened.harness.run();
    assert!(opened.says("Really take it back?") && desk.lock().unwrap().said.is_empty());
    desk.lock().unwrap().ticket = ticket("voided", &[], "");
    opened.press_and_wait("Take it back");
    assert_eq!(desk.lock().unwrap().said, [Wish::Withdraw]);
    assert!(opened.says("It was taken back") && !opened.has_button("Take the report back"));
    opened.press("Back to my reports");
    opened.harness.run();
    assert!(opened.says("My reports") && opened.says("It was taken back"));
}

#[test]
fn a_portal_that_is_away_leaves_what_is_known() {
    let (mut opened, desk) = with_ticket(ticket("waiting", &["message"], ""));
    assert!(opened.says("waits for your answer"));
    desk.lock().unwrap().is_away = true;
    opened.press_and_wait("Ticket and answers: Orders rejected");
    assert!(opened.says("cannot be reached") && opened.says("waits for your answer"));
    opened.press("Back to my reports");
    opened.harness.run();
    opened.press("Back to the report");
    opened.harness.run();
    assert!(opened.says("The report has arrived"));
}

#[test]
fn an_open_ticket_is_asked_for_once_a_minute() {
    let (mut opened, desk) = with_ticket(ticket("registered", &["message"], ""));
    opened.press_and_wait("Ticket and answers: Orders rejected");
    let delay = opened.harness.output().viewport_output.values().map(|out| out.repaint_delay).min().unwrap();
    assert!((50..=60).contains(&delay.as_secs()), "{delay:?}");
    desk.lock().unwrap().ticket = ticket("open", &["message"], PROPOSAL);
    // The harness draws four times a second.
    opened.harness.run_steps(245);
    opened.wait();
    assert!(opened.says("Support is working on it."));
}
