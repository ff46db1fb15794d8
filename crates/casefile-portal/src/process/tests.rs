use casefile::plan::Plan;
use casefile::report::ReportBody;
use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::event::{Actor, Article, Event};

/// A ticket that is driven by actions, a minute for each.
struct Desk {
    plan: Plan,
    body: ReportBody,
    events: Vec<Event>,
    minute: i64,
}

fn text() -> String {
    " words\r\nand more ".to_owned()
}

fn solution() -> Action {
    Action::ProposeResolution { text: text(), article: Article::NoneNeeded }
}

impl Desk {
    fn new() -> Self {
        let body = serde_json::from_str(
            r#"{"title":"t","description":"d","priority":"P2","category":"runtime","language":"en",
            "app":{"id":"a","name":"n","version":"1"}}"#,
        );
        let mut desk = Self { plan: Plan::default(), body: body.unwrap(), events: Vec::new(), minute: 0 };
        desk.push(Kind::Registered { priority: Priority::P2 });
        desk
    }

    fn now(&self) -> Timestamp {
        "2026-11-24T10:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(self.minute)
    }

    fn push(&mut self, kind: Kind) {
        self.events.push(Event { at: self.now(), by: Actor::Customer, kind });
        self.minute += 1;
    }

    fn case(&self) -> Case<'_> {
        Case::of(&self.plan, &self.body, &self.events, self.now()).unwrap()
    }

    /// Does it; the tags of the events that it was.
    fn act(&mut self, action: &Action) -> Result<Vec<String>, RefuseError> {
        let kinds = decide(&self.case(), action)?;
        let tags = kinds.iter().map(Kind::tag).collect();
        for kind in kinds {
            self.push(kind);
        }
        Ok(tags)
    }
}

#[test]
fn the_whole_process_goes_through() {
    let mut desk = Desk::new();
    let (login, license) = (Verdict::Confirmed, Verdict::Rejected);
    let triage = Action::Triage { priority: Priority::P1, category: Category::Exchange, login, license };
    assert_eq!(desk.act(&triage).unwrap(), ["triaged", "priority_set"]);
    assert_eq!(desk.act(&triage).unwrap(), ["triaged"], "the same priority is not set again");
    assert_eq!(desk.case().category, Category::Exchange);
    assert_eq!(desk.act(&Action::Assign(Some("anna".into()))).unwrap(), ["assigned"]);
    assert!(desk.act(&Action::Assign(Some("anna".into()))).unwrap().is_empty());
    desk.act(&Action::Ask(text())).unwrap();
    assert_eq!(desk.case().clocks.state(), State::Waiting);
    desk.act(&Action::Write(text())).unwrap();
    assert!(desk.case().is_unanswered);
    desk.act(&Action::OfferWorkaround(text())).unwrap();
    assert_eq!(open_to_customer(&desk.case()), ["message", "reject", "withdraw", "attach"]);
    assert_eq!(desk.act(&Action::Reject(text())).unwrap(), ["workaround_rejected"]);
    assert_eq!(desk.act(&Action::Reject(text())), Err(RefuseError::NothingToReject));
    desk.act(&solution()).unwrap();
    assert_eq!(open_to_customer(&desk.case()), ["message", "confirm", "reject", "withdraw", "attach"]);
    assert_eq!(desk.act(&Action::Reject(text())).unwrap(), ["resolution_rejected"]);
    assert_eq!(desk.act(&Action::Confirm), Err(RefuseError::NothingToConfirm));
    desk.act(&solution()).unwrap();
    assert_eq!(desk.act(&Action::Confirm).unwrap(), ["closed"]);
    assert!(desk.act(&Action::Confirm).unwrap().is_empty(), "a repeated confirmation is the same one");
    assert_eq!((desk.case().reopened, desk.case().closing), (1, Some(Closing::Confirmed)));
    assert_eq!(desk.act(&Action::Reply(text())), Err(RefuseError::Closed));
    assert_eq!(desk.act(&Action::Note(text())).unwrap(), ["internal_note"]);
    assert_eq!(open_to_customer(&desk.case()), ["message", "withdraw"]);
}

#[test]
fn a_solution_says_what_becomes_of_the_knowledge_base() {
    let mut desk = Desk::new();
    let blank = Action::ProposeResolution { text: text(), article: Article::Linked(" ".into()) };
    assert_eq!(desk.act(&blank), Err(RefuseError::ArticleMissing));
    let linked = Action::ProposeResolution { text: text(), article: Article::Linked(" KB-7 ".into()) };
    desk.act(&linked).unwrap();
    assert_eq!(desk.case().article, Some(Article::Linked("KB-7".to_owned())));
}

#[test]
fn a_text_is_neither_blank_nor_without_end() {
    let mut desk = Desk::new();
    assert_eq!(desk.act(&Action::Reply(" \r\n ".into())), Err(RefuseError::Blank));
    assert_eq!(desk.act(&Action::Reply("ż".repeat(MAX_TEXT_CHARS + 1))), Err(RefuseError::TooLong));
    assert!(desk.act(&Action::Reply("ż".repeat(MAX_TEXT_CHARS))).is_ok());
    desk.act(&Action::Reply(text())).unwrap();
    assert_eq!(desk.events.last().unwrap().kind.text(), Some("words\nand more"));
}

#[test]
fn what_is_void_stays_so() {
    for (action, tags) in [
        (Action::Withdraw, vec!["voided"]),
        (Action::Void { why: Voiding::Spam, of: None }, vec!["voided"]),
        (
            Action::Void { why: Voiding::Duplicate, of: Some("CF-2026-000001".into()) },
            vec!["linked", "voided"],
        ),
    ] {
        let mut desk = Desk::new();
        assert_eq!(desk.act(&action).unwrap(), tags);
        assert_eq!(desk.act(&Action::Write(text())), Err(RefuseError::Voided));
        assert_eq!(open_to_customer(&desk.case()), ["withdraw"], "what was sent can be deleted");
    }
    let mut desk = Desk::new();
    let nothing = Action::Void { why: Voiding::Duplicate, of: None };
    assert_eq!(desk.act(&nothing), Err(RefuseError::OtherMissing));
    desk.act(&Action::Withdraw).unwrap();
    assert!(desk.act(&Action::Withdraw).unwrap().is_empty());
}
