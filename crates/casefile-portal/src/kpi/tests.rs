use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::*;
use crate::event::{Actor, Closing};

fn body() -> ReportBody {
    serde_json::from_str(
        r#"{"title":"t","description":"d","priority":"P2","category":"exchange","language":"en",
        "app":{"id":"a","name":"Bot","version":"1.2"},"system":{"os":"Windows 11"}}"#,
    )
    .unwrap()
}

fn zone() -> TimeZone {
    TimeZone::get("Europe/Warsaw").unwrap()
}

fn month(name: &str) -> Period {
    Period::parse(name, &zone()).unwrap()
}

/// Counts these tickets, events at hours after the beginning of November, as it is known at the end of a month.
fn counted(name: &str, tickets: &[Vec<(i64, Kind)>]) -> Report {
    let start = month("2026-11").from;
    let now = "2027-06-01T00:00:00Z".parse().unwrap();
    let mut count = Count::begin(month(name), now);
    for ticket in tickets {
        let events: Vec<_> = ticket
            .iter()
            .map(|(hours, kind)| Event {
                at: start + SignedDuration::from_hours(*hours),
                by: Actor::Customer,
                kind: kind.clone(),
            })
            .collect();
        count.add(&Plan::default(), &body(), &events);
    }
    count.finish()
}

fn registered() -> Kind {
    Kind::Registered { priority: Priority::P2 }
}

fn reply() -> Kind {
    Kind::StaffReplied { text: "x".to_owned() }
}

fn solution(article: Option<&str>) -> Kind {
    Kind::ResolutionProposed { text: "x".to_owned(), article: article.map(str::to_owned) }
}

fn sheet<'a>(report: &'a Report, clock: &str, priority: Priority) -> &'a Sheet {
    report.clocks.iter().find(|sheet| sheet.clock == clock && sheet.priority == priority).unwrap()
}

#[test]
fn each_clock_is_counted_once_in_the_month_in_which_it_was_decided() {
    let tickets = [
        // Answered in time, solved in the next month but in time.
        vec![
            (718, registered()),
            (719, reply()),
            (730, solution(Some("KB-1"))),
            (731, Kind::Closed { how: Closing::Confirmed }),
        ],
        // Never answered.
        vec![(10, registered())],
    ];
    let november = counted("2026-11", &tickets);
    let december = counted("2026-12", &tickets);
    assert_eq!((november.incidents, december.incidents), (2, 0));
    let response = sheet(&november, "response", Priority::P2);
    assert_eq!((response.met, response.breached, response.compliance_permille), (1, 1, Some(500)));
    assert_eq!(response.sla.values, [3_600]);
    assert_eq!(sheet(&november, "resolution", Priority::P2).breached, 1, "of the one that nobody answered");
    let resolution = sheet(&december, "resolution", Priority::P2);
    assert_eq!((resolution.met, resolution.breached), (1, 0));
    assert_eq!(sheet(&december, "response", Priority::P2).compliance_permille, None);
    assert_eq!((december.closed, december.closed_with_article), (1, 1));
    assert_eq!((november.backlog, december.backlog), (2, 1));
    assert_eq!(november.escalations["E1 coordinator"], 1);
}

#[test]
fn what_comes_later_changes_nothing_in_a_month_that_is_over() {
    let mut ticket = vec![(10, registered()), (11, reply())];
    let before = counted("2026-11", std::slice::from_ref(&ticket));
    ticket.push((800, Kind::PrioritySet { priority: Priority::P1 }));
    ticket.push((801, Kind::Voided { why: Voiding::Spam }));
    assert_eq!(counted("2026-11", std::slice::from_ref(&ticket)), before);
    assert_eq!(counted("2026-12", &[ticket]).backlog, 0);
}

#[test]
fn spam_and_duplicates_are_not_counted() {
    let spam = vec![(10, registered()), (20, Kind::Voided { why: Voiding::Spam })];
    let report = counted("2026-11", &[spam]);
    assert_eq!((report.incidents, report.backlog), (0, 0));
    assert_eq!(sheet(&report, "response", Priority::P2).breached, 0);
    let withdrawn = vec![(10, registered()), (11, Kind::Voided { why: Voiding::Withdrawn })];
    assert_eq!(counted("2026-11", &[withdrawn]).incidents, 1);
}

#[test]
fn a_quarter_is_the_sum_of_its_months() {
    let tickets = [vec![(10, registered()), (11, reply())], vec![(1_000, registered()), (1_010, reply())]];
    let quarter = counted("2026-Q4", &tickets);
    let response = |report: &Report| {
        let sheet = sheet(report, "response", Priority::P2);
        (sheet.met, sheet.breached)
    };
    assert_eq!((quarter.incidents, response(&quarter)), (2, (1, 1)));
    assert_eq!(
        (response(&counted("2026-11", &tickets)), response(&counted("2026-12", &tickets))),
        ((1, 0), (0, 1))
    );
    let csv = as_csv(&quarter);
    assert!(csv.contains("2026-Q4,response P2,compliance_permille,500\r\n"), "{csv}");
    assert!(csv.contains("2026-Q4,by_os,Windows 11,2\r\n"), "{csv}");
}
