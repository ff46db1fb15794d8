//! Any order of clicks, also of clicks that the screen does not offer.

use proptest::prelude::*;

use super::*;
use crate::action::Action;
use crate::aside::picture::PictureClick;
use crate::aside::reports::ticket::{Question, TicketClick};
use crate::saving::Shape;
use crate::sealed::Money;
use casefile::redact::Tier;

fn action() -> impl Strategy<Value = Action> {
    let entry = || prop_oneof![Just("logs/bot.log".to_owned()), Just("report.json".to_owned())];
    prop_oneof![
        4 => Just(Action::Seal),
        2 => Just(Action::Send),
        2 => Just(Action::Back),
        1 => Just(Action::Cancel),
        1 => (entry(), any::<bool>()).prop_map(|(name, taken)| Action::Take(name, taken)),
        1 => entry().prop_map(Action::LeaveOut),
        1 => Just(Action::Hide),
        1 => Just(Action::Unhide("x".to_owned())),
        1 => Just(Action::Attach(vec!["/gone/x.txt".into()])),
        1 => Just(Action::Attach(vec!["/gone/x.png".into()])),
        1 => Just(Action::TakePicture),
        2 => picture_click().prop_map(Action::Picture),
        1 => Just(Action::DropPicture(0)),
        1 => Just(Action::AttachTyped),
        1 => Just(Action::Detach("/gone/x.txt".into())),
        1 => (tier(), any::<bool>()).prop_map(|(tier, is_strategy)| {
            Action::Show(if is_strategy { Money::Strategy } else { Money::Balances }, tier)
        }),
        1 => Just(Action::Solved("x".to_owned())),
        1 => Just(Action::Dismiss("x".to_owned())),
        1 => Just(Action::Suggested(Priority::P1, Category::License)),
        1 => Just(Action::UseTime(now())),
        1 => Just(Action::Save(Shape::Text)),
        1 => ticket_click().prop_map(Action::Ticket),
        1 => entry().prop_map(Action::Open),
        1 => Just(Action::NextPage),
        1 => Just(Action::PreviousPage),
        1 => Just(Action::NextHidden),
        1 => Just(Action::Resume),
        1 => Just(Action::Discard),
        1 => Just(Action::ShowWays),
        1 => Just(Action::ShowReports),
        3 => Just(Action::CloseAside),
        1 => Just(Action::CloseEntry),
        1 => Just(Action::Retry),
        1 => Just(Action::Copy("x".to_owned())),
    ]
}

fn tier() -> impl Strategy<Value = Tier> {
    prop_oneof![Just(Tier::Full), Just(Tier::Bucketed), Just(Tier::Removed)]
}

fn ticket_click() -> impl Strategy<Value = TicketClick> {
    prop_oneof![
        Just(TicketClick::Open(casefile::id::ReportId::from_bytes([1; 16]))),
        Just(TicketClick::Look),
        Just(TicketClick::Write),
        Just(TicketClick::Ask(Question::Withdraw)),
        Just(TicketClick::Do(Question::Confirm)),
        Just(TicketClick::Reject),
        Just(TicketClick::Leave),
    ]
}

fn picture_click() -> impl Strategy<Value = PictureClick> {
    prop_oneof![
        Just(PictureClick::Cover),
        Just(PictureClick::Uncover(0)),
        Just(PictureClick::Use),
        Just(PictureClick::Leave),
    ]
}

fn portal() -> impl Strategy<Value = Portal> {
    prop_oneof![Just(Portal::Accepts), Just(Portal::Refuses), Just(Portal::IsAway)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn no_order_of_clicks_sends_what_was_not_agreed_to_or_leaves_a_draft(
        portal in portal(),
        steps in prop::collection::vec((action(), any::<bool>()), 1..24),
    ) {
        let mut opened = open(prefill(Language::Pl), portal);
        let ctx = opened.harness.ctx.clone();
        let mut sent = 0;
        for (action, waits) in steps {
            let dialog = &opened.harness.state().dialog;
            let is_reviewed = matches!(dialog.stage, Stage::Review(_)) && dialog.aside.is_none();
            sent += usize::from(is_reviewed && action == Action::Send);
            let closed = opened.harness.state_mut().dialog.apply(action, &ctx);
            prop_assert_eq!(closed, None);
            if waits {
                opened.wait();
            } else {
                opened.harness.step();
            }
            prop_assert!(opened.parcels().len() <= sent);
        }
        opened.wait();
        let closed = opened.harness.state_mut().dialog.apply(Action::Close, &ctx);
        let is_unsent = closed == Some(Closed::Unsent);
        prop_assert_eq!(is_unsent, opened.parcels().is_empty(), "{:?}", closed);
        let Opened { harness, home, .. } = opened;
        drop(harness);
        let drafts = fs::read_dir(home.path().join("outbox/drafts"));
        prop_assert_eq!(drafts.map_or(0, Iterator::count), 0);
    }
}
