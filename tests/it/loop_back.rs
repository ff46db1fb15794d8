//! Whoever made a report sees what became of it, and answers.

use casefile::ticket::{Message, TicketAction, TicketState};
use casefile::{Progress, Reporter};
use serde_json::Value;

use crate::processes::{Home, Portal, expect_exit, last_json};
use crate::wire::{Fault, Wire};

fn report(home: &Home) -> String {
    home.form();
    let run = &mut home.casefile(&["report", "--config", "casefile.toml", "--form", "form.json", "--json"]);
    last_json(&expect_exit(run, 0))["report_id"].as_str().unwrap().to_owned()
}

#[test]
fn the_command_line_shows_writes_and_takes_back() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start(data.path());
    let home = Home::new(Some(&portal.url));
    let id = report(&home);
    let ticket = |args: &[&str], code: i32| -> Value {
        let all =
            [&["ticket"], &args[..1], &[id.as_str()], &args[1..], &["--config", "casefile.toml", "--json"]];
        let stdout = expect_exit(&mut home.casefile(&all.concat()), code);
        if code == 0 { last_json(&stdout) } else { Value::Null }
    };
    let shown = ticket(&["show"], 0);
    assert_eq!((shown["state"].as_str(), shown["priority"].as_str()), (Some("registered"), Some("P2")));
    assert!(shown["deadlines"]["response"].is_string(), "{shown}");

    home.write("answer.txt", "Po restarcie działa.\n\u{1b}[31mNaprawdę.\n");
    let written = ticket(&["write", "--text", "answer.txt"], 0);
    assert_eq!(written["messages"][0]["from"], "customer");
    assert_eq!(written["messages"][0]["text"], "Po restarcie działa.\n\u{1b}[31mNaprawdę.");
    let args = ["ticket", "show", &id, "--config", "casefile.toml"];
    let text = expect_exit(&mut home.casefile(&args), 0);
    assert!(text.contains("you:\nPo restarcie działa.") && !text.contains('\u{1b}'), "{text}");

    home.write("blank.txt", " \n");
    ticket(&["write", "--text", "blank.txt"], 1);
    ticket(&["write", "--text", "nowhere.txt"], 3);
    ticket(&["confirm"], 1);
    ticket(&["reject", "--text", "answer.txt"], 1);
    assert!(shown["keeps"]["bundles_until"].is_null() && !text.contains("support keeps"), "{text}");
    assert_eq!(ticket(&["withdraw"], 0)["state"], "voided");
    let withdrawn = ticket(&["withdraw"], 0);
    assert_eq!(withdrawn["state"], "voided");
    // How long it is kept here and there, for people as well.
    assert!(withdrawn["keeps"]["erased_at"].is_string(), "{withdrawn}");
    let text = expect_exit(&mut home.casefile(&args), 0);
    assert!(text.contains("  support deleted what was sent on 20"), "{text}");
    let list = ["outbox", "list", "--config", "casefile.toml"];
    let text = expect_exit(&mut home.casefile(&list), 0);
    assert!(text.contains("delivered") && text.contains("file kept until 20"), "{text}");
    let row = last_json(&expect_exit(&mut home.casefile(&[&list[..], &["--json"]].concat()), 0));
    assert!(row["bundle_kept_until"].as_str() < row["receipt_kept_until"].as_str(), "{row}");
    ticket(&["write", "--text", "answer.txt"], 1);
    drop(portal);
    ticket(&["show"], 3);
}

#[test]
fn asking_again_costs_nothing_and_a_repeated_message_is_one() {
    let data = tempfile::tempdir().unwrap();
    let wire = Wire::new();
    let portal = Portal::start_at(data.path(), "127.0.0.1:0", &["--base-url", &wire.url]);
    wire.lead_to(&portal.url);
    let home = Home::new(Some(&wire.url));
    let id = report(&home).parse().unwrap();
    let reporter = Reporter::from_config(&home.path("casefile.toml")).unwrap();
    let parcel = reporter.outbox().parcel(id).unwrap();
    let progress = Progress::new();
    let first = reporter.ticket(&parcel, None, &progress).unwrap().unwrap();
    assert!(first.allows(TicketAction::Message) && !first.allows(TicketAction::Confirm));
    assert_eq!(reporter.ticket(&parcel, Some(&first), &progress).unwrap(), None);

    let message = Message::new("Still broken.").unwrap();
    // The portal has it and the answer gets lost.
    wire.set(Fault::CutAnswerAfter(20));
    reporter.write_to_support(&parcel, &message, &progress).unwrap_err();
    wire.open();
    let written = reporter.write_to_support(&parcel, &message, &progress).unwrap();
    assert_eq!(written.messages.len(), 1);
    let other = Message::new("Still broken.").unwrap();
    assert_eq!(reporter.write_to_support(&parcel, &other, &progress).unwrap().messages.len(), 2);
    let changed = reporter.ticket(&parcel, Some(&first), &progress).unwrap().expect("it has changed");
    assert_eq!(changed.messages.len(), 2);
    assert_eq!(reporter.withdraw(&parcel, &progress).unwrap().state, TicketState::Voided);
}
