//! What the analysers found, with the lines that it rests on, and other tickets with the same problem. Every text comes from a stranger's log.

use casefile::report::Language;
use jiff::Timestamp;

use super::text;
use super::words::Words;
use crate::case::word;
use crate::desk::SameProblem;
use crate::store::InsightRow;

/// Findings that are shown; the rest is in `casefile analyze`.
const MAX_FINDINGS: usize = 50;
const MAX_LINES: usize = 8;

/// One finding.
pub(super) struct Found {
    pub(super) severity: String,
    pub(super) title: String,
    pub(super) cause: String,
    pub(super) advice: String,
    pub(super) id: String,
    /// What a ticket about it would be.
    pub(super) suggests: String,
    pub(super) count: String,
    pub(super) span: String,
    /// Entry, number of the line, text.
    pub(super) lines: Vec<(String, String, String)>,
}

/// The findings of the newest bundle.
pub(super) fn found(
    insights: &[InsightRow],
    words: Words,
    civil: &impl Fn(Timestamp) -> String,
) -> Vec<Found> {
    let Some(newest) = insights.last() else { return Vec::new() };
    newest
        .findings
        .iter()
        .take(MAX_FINDINGS)
        .map(|finding| {
            let pick = |both: &casefile::analyze::Words| {
                text::visible(match words.0 {
                    Language::En => &both.en,
                    Language::Pl => &both.pl,
                })
            };
            let span = match (finding.first_at, finding.last_at) {
                (Some(first), Some(last)) if first != last => format!("{} – {}", civil(first), civil(last)),
                (Some(at), _) | (None, Some(at)) => civil(at),
                (None, None) => String::new(),
            };
            Found {
                severity: word(finding.severity),
                title: pick(&finding.title),
                cause: pick(&finding.cause),
                advice: pick(&finding.advice),
                id: text::visible(&finding.id),
                suggests: format!("{}, {}: {}", finding.priority, finding.category, pick(&finding.reason)),
                count: match (finding.count, finding.at_least) {
                    (0, _) => String::new(),
                    (count, true) => format!("≥ {count}"),
                    (count, false) => count.to_string(),
                },
                span,
                lines: finding
                    .evidence
                    .iter()
                    .take(MAX_LINES)
                    .map(|line| {
                        let number = if line.line == 0 { String::new() } else { line.line.to_string() };
                        (text::visible(&line.file), number, text::visible(&line.text))
                    })
                    .collect(),
            }
        })
        .collect()
}

/// Other tickets with the same problem.
pub(super) struct Same {
    pub(super) summary: String,
    /// Number, title, state, how alike.
    pub(super) others: Vec<(String, String, &'static str, String)>,
}

/// In words: `3 tickets on 2.4.1 + binance since 2026-11-24 09:10 CET: binance-clock`.
pub(super) fn same(same: &SameProblem, words: Words, civil: &impl Fn(Timestamp) -> String) -> Same {
    let shared: Vec<&str> = same.version.iter().chain(&same.exchanges).map(String::as_str).collect();
    let mut summary = match words.0 {
        Language::En => format!("{} tickets", same.count),
        Language::Pl => format!("zgłoszenia: {}", same.count),
    };
    if !shared.is_empty() {
        summary.push_str(if words.0 == Language::En { " on " } else { ", " });
        summary.push_str(&shared.join(" + "));
    }
    if let Some(since) = same.since {
        summary.push_str(if words.0 == Language::En { " since " } else { ", od " });
        summary.push_str(&civil(since));
    }
    if let Some(problem) = &same.problem {
        summary.push_str(": ");
        summary.push_str(problem);
    }
    let others = same.others.iter();
    Same {
        summary: text::visible(&summary),
        others: others
            .map(|(number, title, state, percent)| {
                (number.clone(), text::visible(title), words.state_of(state), percent.clone())
            })
            .collect(),
    }
}
