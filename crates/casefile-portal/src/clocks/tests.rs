//! What must hold for every history, tried on random ones.

use casefile::plan::Calendar;
use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;

const START: &str = "2026-10-20T06:00:00Z";

fn start() -> Timestamp {
    START.parse().unwrap()
}

fn after(minutes: i64) -> Timestamp {
    start() + SignedDuration::from_mins(minutes)
}

/// The plan that comes with casefile, and the same with office hours for two priorities.
fn plans() -> [Plan; 2] {
    let embedded = Plan::default();
    let office = "[calendars.office]\nhours = \"08:00-20:00\"\ndays = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sun\"]\n\
        holidays = [\"2026-10-22\", \"2026-11-01\"]\n\n[[priorities]]";
    let text = embedded.source().replacen("[[priorities]]", office, 1);
    let text = text.replace("response = \"4h\"", "response = \"4h\"\ncalendar = \"office\"");
    let text = text.replace("response = \"3d\"", "response = \"3d\"\ncalendar = \"office\"");
    [Plan::parse(&text).unwrap(), embedded]
}

fn priority() -> impl Strategy<Value = Priority> {
    prop::sample::select(&Priority::ALL[..])
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => Just(Step::Neutral),
        3 => priority().prop_map(Step::PrioritySet),
        2 => Just(Step::StaffReplied),
        4 => Just(Step::AskedCustomer),
        5 => Just(Step::CustomerReplied),
        3 => Just(Step::WorkaroundOffered),
        3 => Just(Step::WorkaroundRejected),
        2 => Just(Step::ResolutionProposed),
        3 => Just(Step::ResolutionRejected),
        1 => Just(Step::Closed),
        1 => Just(Step::Voided),
    ]
}

/// Minutes that are often round, so that events fall on due instants and on each other.
fn gap() -> impl Strategy<Value = i64> {
    prop_oneof![Just(0), Just(60), Just(240), 0_i64..300, (0_i64..30).prop_map(|hours| hours * 60)]
}

/// A history in the order of time.
fn history() -> impl Strategy<Value = Vec<Occurrence>> {
    (priority(), prop::collection::vec((gap(), step()), 0..14)).prop_map(|(priority, steps)| {
        let mut minutes = 0;
        let first = Occurrence { at: start(), key: Some("0".to_owned()), step: Step::Registered(priority) };
        let rest = steps.into_iter().enumerate().map(|(n, (gap, step))| {
            minutes += gap;
            Occurrence { at: after(minutes), key: Some((n + 1).to_string()), step }
        });
        std::iter::once(first).chain(rest).collect()
    })
}

fn end(log: &[Occurrence]) -> Timestamp {
    log.iter().map(|event| event.at).max().unwrap()
}

/// Everything that a fold knows, for comparing.
fn known(fold: &Fold<'_>, at: Timestamp) -> String {
    let clocks = CLOCKS.map(|clock| {
        let tally = fold.clock(clock);
        let elapsed = tally.elapsed(at, fold.plan);
        (
            tally.outcome(),
            tally.due(),
            tally.stopped_at(),
            tally.breached_at(),
            elapsed,
            tally.decision(),
            tally.first_stop(),
        )
    });
    format!("{:?} {:?} {clocks:?} {:?}", fold.priority(), fold.state(), fold.notices())
}

fn breaches(fold: &Fold<'_>) -> [Option<Timestamp>; 3] {
    CLOCKS.map(|clock| fold.clock(clock).breached_at())
}

fn elapsed(plan: &Plan, log: &[Occurrence], at: Timestamp) -> [SignedDuration; 3] {
    let fold = replay(plan, log, at).unwrap();
    CLOCKS.map(|clock| fold.clock(clock).elapsed(at, plan))
}

proptest! {
    #[test]
    fn a_prefix_and_then_the_rest_is_the_whole(log in history(), cut in 0_usize..14, beyond in gap()) {
        for plan in plans() {
            let at = end(&log) + SignedDuration::from_mins(beyond);
            let whole = replay(&plan, &log, at).unwrap();
            let cut = cut.clamp(1, log.len());
            let mut parts = replay(&plan, &log[..cut], end(&log[..cut])).unwrap();
            for event in &log[cut..] {
                parts.apply(event.at, event.step);
            }
            parts.advance(at);
            prop_assert_eq!(known(&parts, at), known(&whole, at));
        }
    }

    #[test]
    fn how_often_the_loop_looks_changes_nothing(log in history(), ticks in prop::collection::vec(0_i64..6_000, 0..40)) {
        for plan in plans() {
            let at = end(&log) + SignedDuration::from_hours(200);
            let mut ticks: Vec<_> = ticks.iter().map(|minutes| after(*minutes)).collect();
            ticks.sort_unstable();
            let Step::Registered(priority) = log[0].step else { unreachable!("a history begins so") };
            let mut ticking = Fold::begin(&plan, log[0].at, priority);
            for event in &log[1..] {
                for tick in ticks.iter().filter(|tick| **tick <= event.at) {
                    ticking.advance(*tick);
                }
                ticking.apply(event.at, event.step);
            }
            for tick in &ticks {
                ticking.advance((*tick).max(end(&log)));
            }
            ticking.advance(at);
            prop_assert_eq!(known(&ticking, at), known(&replay(&plan, &log, at).unwrap(), at));
        }
    }

    #[test]
    fn a_breach_never_disappears_or_moves(log in history(), more in step(), beyond in gap()) {
        for plan in plans() {
            let mut log = log.clone();
            let at = end(&log) + SignedDuration::from_mins(beyond);
            let before = replay(&plan, &log, at).unwrap();
            log.push(Occurrence { at, key: None, step: more });
            let later = at + SignedDuration::from_hours(500);
            for seen_at in [at, later] {
                let after = replay(&plan, &log, seen_at).unwrap();
                for (was, is) in breaches(&before).into_iter().zip(breaches(&after)) {
                    prop_assert!(was.is_none() || was == is, "{:?} became {:?}", was, is);
                }
                // What a month counted stays counted as it was.
                for clock in CLOCKS {
                    let was = before.clock(clock).decision();
                    prop_assert!(was.is_none() || was == after.clock(clock).decision());
                }
                let (was, is) = (before.notices(), after.notices());
                prop_assert!(was.iter().all(|notice| is.contains(notice)), "{:?} became {:?}", was, is);
            }
        }
    }

    #[test]
    fn automation_changes_nothing(log in history()) {
        for plan in plans() {
            let at = end(&log) + SignedDuration::from_hours(30);
            let people: Vec<_> = log.iter().filter(|event| event.step != Step::Neutral).cloned().collect();
            prop_assert_eq!(known(&replay(&plan, &people, at).unwrap(), at), known(&replay(&plan, &log, at).unwrap(), at));
        }
    }

    #[test]
    fn elapsed_grows_and_never_faster_than_the_wall_clock(log in history(), first in 0_i64..6_000, wait in 0_i64..3_000) {
        for plan in plans() {
            let (before, later) = (after(first), after(first + wait));
            let (was, is) = (elapsed(&plan, &log, before), elapsed(&plan, &log, later));
            for (was, is) in was.into_iter().zip(is) {
                prop_assert!(was <= is, "{was} shrank to {is}");
                prop_assert!(is - was <= SignedDuration::from_mins(wait), "{was} became {is} in {wait} min");
            }
        }
    }

    #[test]
    fn raising_never_moves_due_later_and_lowering_never_earlier(log in history(), to in priority(), beyond in gap()) {
        // Calendars that differ by priority can turn this round, so they are left out here.
        let [_, plan] = plans();
        let at = end(&log) + SignedDuration::from_mins(beyond);
        let before = replay(&plan, &log, at).unwrap();
        let mut after = before.clone();
        after.apply(at, Step::PrioritySet(to));
        for clock in CLOCKS {
            let (was, is) = (before.clock(clock), after.clock(clock));
            prop_assert_eq!(was.elapsed(at, &plan), is.elapsed(at, &plan));
            let far = Timestamp::MAX;
            let (was_due, is_due) = (was.due().unwrap_or(far), is.due().unwrap_or(far));
            if to <= before.priority() {
                prop_assert!(is_due <= was_due, "raised, and {} became {}", was_due, is_due);
            }
            if to >= before.priority() {
                prop_assert!(is_due >= was_due, "lowered, and {} became {}", was_due, is_due);
                prop_assert_eq!(was.breached_at(), is.breached_at());
            }
        }
    }

    #[test]
    fn a_pause_moves_due_by_its_length(log in history(), beyond in gap(), pause in 0_i64..5_000) {
        let [_, plan] = plans();
        let at = end(&log) + SignedDuration::from_mins(beyond);
        let before = replay(&plan, &log, at).unwrap();
        let mut after = before.clone();
        after.apply(at, Step::AskedCustomer);
        let length = SignedDuration::from_mins(pause);
        after.apply(at + length, Step::CustomerReplied);
        for clock in [Clock::Workaround, Clock::Resolution] {
            let (was, is) = (before.clock(clock), after.clock(clock));
            if was.outcome() == Outcome::Open && let Some(due) = was.due() {
                prop_assert_eq!(is.due(), Some(due + length));
            }
        }
    }

    #[test]
    fn due_is_the_first_instant_at_which_the_target_is_used_up(log in history(), beyond in gap()) {
        for plan in plans() {
            let at = end(&log) + SignedDuration::from_mins(beyond);
            let fold = replay(&plan, &log, at).unwrap();
            for clock in CLOCKS {
                let tally = fold.clock(clock);
                let (Outcome::Open, Some(due), Some(target)) = (tally.outcome(), tally.due(), tally.target()) else { continue };
                // A target that was used up to the second before a pause is not used up a second time.
                prop_assert!(tally.elapsed(due, &plan) == target);
                let before = due - SignedDuration::from_secs(1);
                prop_assert!(before < fold.registered_at() || tally.elapsed(before, &plan) < target || before < at);
                let mut later = fold.clone();
                later.advance(due);
                prop_assert_eq!(later.clock(clock).outcome(), Outcome::Open);
                later.advance(due + SignedDuration::from_secs(1));
                prop_assert_eq!(later.clock(clock).breached_at(), Some(due));
            }
        }
    }

    #[test]
    fn what_was_met_was_within_its_target(log in history(), beyond in gap()) {
        for plan in plans() {
            let at = end(&log) + SignedDuration::from_mins(beyond);
            let fold = replay(&plan, &log, at).unwrap();
            for clock in CLOCKS {
                let tally = fold.clock(clock);
                if tally.outcome() == Outcome::Met {
                    prop_assert!(Some(tally.elapsed(at, &plan)) <= tally.target());
                    prop_assert_eq!(tally.decision().map(|decision| decision.is_met), Some(true));
                }
                if tally.outcome() == Outcome::Breached {
                    prop_assert!(tally.breached_at() >= tally.due());
                    prop_assert!(tally.decision().is_some());
                }
            }
        }
    }

    #[test]
    fn nothing_changes_before_the_next_change(log in history(), beyond in gap()) {
        for plan in plans() {
            let at = end(&log) + SignedDuration::from_mins(beyond);
            let mut fold = replay(&plan, &log, at).unwrap();
            let next = fold.next_change().unwrap_or(at + SignedDuration::from_hours(5_000));
            let before = (fold.notices(), breaches(&fold));
            fold.advance(next);
            prop_assert_eq!(before, (fold.notices(), breaches(&fold)));
        }
    }

    #[test]
    fn the_order_of_arrival_does_not_matter_when_times_differ(log in history(), seed in any::<u64>()) {
        let mut distinct = log;
        distinct.dedup_by_key(|event| event.at);
        let mut shuffled = distinct.clone();
        shuffled.sort_by_key(|event| u64::try_from(event.at.as_second()).unwrap().wrapping_mul(seed | 1));
        for plan in plans() {
            let at = end(&distinct);
            prop_assert_eq!(known(&replay(&plan, &shuffled, at).unwrap(), at), known(&replay(&plan, &distinct, at).unwrap(), at));
        }
    }
}

#[test]
fn a_business_day_has_twelve_hours_on_both_days_of_a_clock_change() {
    let text = Plan::default().source().replacen(
        "[[priorities]]",
        "[calendars.desk]\nhours = \"08:00-20:00\"\n\n[[priorities]]",
        1,
    );
    let plan = Plan::parse(&text.replacen("response = \"3d\"", "response = \"3d\"\ncalendar = \"desk\"", 1))
        .unwrap();
    let calendar: &Calendar = &plan.level(Priority::P4).calendar;
    for day in ["2026-03-29", "2026-10-25", "2026-07-01"] {
        let midnight = format!("{day}T00:00[Europe/Warsaw]").parse::<jiff::ZonedDateTime>().unwrap();
        let next = midnight.tomorrow().unwrap();
        assert_eq!(
            calendar.running(midnight.timestamp(), next.timestamp()),
            SignedDuration::from_hours(12),
            "{day}"
        );
    }
}

#[test]
fn the_ledger_explains_every_change_of_a_clock() {
    let plan = Plan::default();
    let mut fold = Fold::begin(&plan, start(), Priority::P2);
    fold.apply(after(30), Step::AskedCustomer);
    fold.apply(after(90), Step::CustomerReplied);
    fold.apply(after(120), Step::PrioritySet(Priority::P1));
    fold.advance(after(1_000));
    let lines: Vec<_> = fold
        .ledger()
        .iter()
        .filter(|line| line.clock == Clock::Workaround)
        .map(|line| (line.change, line.elapsed.as_mins(), line.due))
        .collect();
    assert_eq!(
        lines,
        [
            (Change::Started, 0, Some(after(1_440))),
            (Change::Paused, 30, None),
            (Change::Resumed, 30, Some(after(1_500))),
            (Change::Retargeted(Priority::P1), 60, Some(after(300))),
            (Change::Breached, 240, Some(after(300))),
        ]
    );
}

#[test]
fn the_assignee_is_warned_at_half_and_at_nine_tenths_once() {
    let plan = Plan::default();
    let mut fold = Fold::begin(&plan, start(), Priority::P1);
    fold.advance(after(1_000));
    let response: Vec<_> = fold
        .notices()
        .into_iter()
        .filter(|notice| notice.clock == Clock::Response)
        .map(|notice| (notice.at, notice.rule))
        .collect();
    let e1 = Rule::Escalation("E1".to_owned());
    assert_eq!(response, [(after(30), Rule::Warning(50)), (after(54), Rule::Warning(90)), (after(60), e1)]);
}
