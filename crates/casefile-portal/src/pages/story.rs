//! The history of a ticket in words.

use casefile::report::Language;

use super::text;
use super::words::Words;
use crate::event::{Closing, Erasure, Kind, Relation, Voiding};

/// One event as a line.
pub(super) fn told(kind: &Kind, words: Words) -> String {
    let pick = |en: String, pl: String| match words.0 {
        Language::En => en,
        Language::Pl => pl,
    };
    match kind {
        Kind::Registered { priority } => {
            pick(format!("registered as {priority}"), format!("zarejestrowano jako {priority}"))
        }
        Kind::EvidenceReceived { bytes, sha256 } => {
            let size = text::size(*bytes);
            let en = format!("evidence received: {size}, SHA-256 {sha256}");
            pick(en, format!("odebrano dowody: {size}, SHA-256 {sha256}"))
        }
        Kind::EvidenceRefused { why, .. } => {
            let why = text::visible(why);
            pick(format!("evidence refused: {why}"), format!("odrzucono dowody: {why}"))
        }
        Kind::Attached { name, bytes, .. } => {
            let (name, size) = (text::visible(name), text::size(*bytes));
            pick(format!("file added: {name} {size}"), format!("dodano plik: {name} {size}"))
        }
        Kind::Erased { what: Erasure::Bundles } => words.bundles_erased().to_owned(),
        Kind::Erased { what: Erasure::Everything } => words.all_erased().to_owned(),
        Kind::Triaged { category, .. } => pick(format!("triaged: {category}"), format!("triaż: {category}")),
        Kind::PrioritySet { priority } => {
            pick(format!("priority set to {priority}"), format!("ustawiono priorytet {priority}"))
        }
        Kind::Assigned { to: Some(login) } => {
            pick(format!("assigned to {login}"), format!("przydzielono: {login}"))
        }
        Kind::Assigned { to: None } => pick("assigned to nobody".into(), "odebrano przydział".into()),
        Kind::ResolutionProposed { article, .. } => {
            let article = article.as_deref().map_or(words.article_none().to_owned(), text::visible);
            format!("{} ({article})", words.kind_resolution_proposed())
        }
        Kind::Linked { relation, ticket } => {
            let name = match relation {
                Relation::FollowedBy => words.follow_up(),
                Relation::Follows => words.follows(),
                Relation::DuplicateOf => words.duplicate_of(),
            };
            format!("{name} {}", text::visible(ticket))
        }
        Kind::Notice { rule, clock, to, .. } => {
            let clock = words.clock_of(clock).to_lowercase();
            let rule = rule_told(rule, words);
            pick(
                format!("notice to {to}: {rule}, {clock}"),
                format!("powiadomienie do {to}: {rule}, {clock}"),
            )
        }
        Kind::Acknowledged { rule, to, .. } => {
            let rule = rule_told(rule, words);
            pick(format!("{to} has seen: {rule}"), format!("{to} widział(a): {rule}"))
        }
        Kind::Closed { how: Closing::Confirmed } => {
            pick("closed: the customer confirmed".into(), "zamknięte: klient potwierdził".into())
        }
        Kind::Closed { how: Closing::Silence } => {
            pick("closed: nobody objected".into(), "zamknięte: nikt się nie sprzeciwił".into())
        }
        Kind::Voided { why } => match why {
            Voiding::Spam => words.spam().to_owned(),
            Voiding::Duplicate => words.duplicate().to_owned(),
            Voiding::Withdrawn => words.withdrawn().to_owned(),
        },
        kind => words.kind_of(&kind.tag()).to_owned(),
    }
}

/// The rule of a notice in words.
pub(super) fn rule_told(rule: &str, words: Words) -> String {
    match (rule.strip_prefix("warning-"), words.0) {
        (Some(percent), Language::En) => format!("{percent} % of the time is used"),
        (Some(percent), Language::Pl) => format!("zużyto {percent} % czasu"),
        (None, Language::En) => format!("escalation {rule}"),
        (None, Language::Pl) => format!("eskalacja {rule}"),
    }
}
