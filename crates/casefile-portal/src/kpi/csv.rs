//! A report as a table for spreadsheets (RFC 4180).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Report, Times};

/// One line for each number: what, of what, value.
pub(crate) fn as_csv(report: &Report) -> String {
    let mut out = String::from("period,section,name,value\r\n");
    let mut line = |section: &str, name: &str, value: Option<i64>| {
        let value = value.map_or("n/a".to_owned(), |value| value.to_string());
        let _ = write!(out, "{},{},{},{value}\r\n", cell(&report.period), cell(section), cell(name));
    };
    let whole = |count: u64| i64::try_from(count).ok();
    for (name, count) in [
        ("incidents", report.incidents),
        ("change_requests", report.change_requests),
        ("with_diagnostics", report.with_diagnostics),
        ("closed", report.closed),
        ("closed_with_article", report.closed_with_article),
        ("reopened", report.reopened),
        ("backlog", report.backlog),
    ] {
        line("counts", name, whole(count));
    }
    let maps: [(&str, &BTreeMap<String, u64>); 7] = [
        ("by_requested_priority", &report.by_requested_priority),
        ("by_priority", &report.by_priority),
        ("by_category", &report.by_category),
        ("by_channel", &report.by_channel),
        ("by_version", &report.by_version),
        ("by_os", &report.by_os),
        ("escalations", &report.escalations),
    ];
    for (section, map) in maps {
        for (name, count) in map {
            line(section, name, whole(*count));
        }
    }
    let mut times = |section: &str, times: &Times| {
        for (name, value) in
            [("n", i64::try_from(times.n).ok()), ("p50", times.p50), ("p90", times.p90), ("max", times.max)]
        {
            line(section, name, value);
        }
        for value in &times.values {
            line(section, "value", Some(*value));
        }
    };
    times("acknowledgement_seconds", &report.acknowledgement);
    times("backlog_age_seconds", &report.backlog_age);
    for sheet in &report.clocks {
        times(&format!("{} {} sla_seconds", sheet.clock, sheet.priority), &sheet.sla);
        times(&format!("{} {} wall_seconds", sheet.clock, sheet.priority), &sheet.wall);
    }
    for sheet in &report.clocks {
        let section = format!("{} {}", sheet.clock, sheet.priority);
        line(&section, "met", whole(sheet.met));
        line(&section, "breached", whole(sheet.breached));
        line(&section, "compliance_permille", sheet.compliance_permille.and_then(whole));
    }
    out
}

/// Text that a spreadsheet neither splits nor takes for a formula.
fn cell(text: &str) -> String {
    let text =
        if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_neither_split_nor_a_formula() {
        assert_eq!(cell("a"), "a");
        assert_eq!(cell("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
    }
}
