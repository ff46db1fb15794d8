//! What the portal writes in mails, in both languages. Nothing of it repeats what a stranger wrote, so that nobody can send their words
//! to others through the portal.

use casefile::plan::{Deadlines, Plan};
use casefile::report::Language;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::quote::LINE;

/// Subject and text.
pub(crate) type Written = (String, String);

/// `[CF-2026-000123.…]`: what makes an answer find its ticket where addresses have no room for it.
fn mark(tagged: &str) -> String {
    format!("[{}]", tagged.to_uppercase())
}

/// The report has a ticket.
pub(crate) fn acknowledgement(
    (tagged, number, link): (&str, &str, &str),
    (plan, deadlines, language): (&Plan, &Deadlines, Language),
    closed: Option<&str>,
) -> Written {
    let due = |at: Option<Timestamp>| at.map(|at| civil(at, &plan.zone));
    let lines = |names: [&str; 3]| {
        let all = [due(deadlines.response), due(deadlines.workaround), due(deadlines.resolution)];
        let lines = names.iter().zip(all).filter_map(|(name, due)| Some(format!("- {name}: {}", due?)));
        lines.collect::<Vec<_>>().join("\n")
    };
    let mark = mark(tagged);
    match language {
        Language::Pl => {
            let times =
                lines(["pierwsza odpowiedź najpóźniej", "obejście najpóźniej", "rozwiązanie najpóźniej"]);
            let before = closed
                .map(|old| format!("Zgłoszenie {old} jest zamknięte; to je kontynuuje.\n\n"))
                .unwrap_or_default();
            (
                format!("{mark} Przyjęliśmy Twoje zgłoszenie"),
                format!(
                    "{LINE}\n\nTwoje zgłoszenie ma numer {number}.\n\n{before}Obiecane terminy:\n{times}\n\nStan, odpowiedzi i pliki:\n{link}\n\n\
                     Kto ma ten adres, widzi zgłoszenie. Możesz też odpowiedzieć na ten e-mail. Nie wysyłaj haseł ani kluczy API.\n"
                ),
            )
        }
        Language::En => {
            let times = lines(["first answer by", "workaround by", "solution by"]);
            let before = closed
                .map(|old| format!("The ticket {old} is closed; this one goes on with it.\n\n"))
                .unwrap_or_default();
            (
                format!("{mark} We have your report"),
                format!(
                    "{LINE}\n\nYour report has the number {number}.\n\n{before}Promised times:\n{times}\n\nState, answers and files:\n{link}\n\n\
                     Whoever has this address sees the ticket. You can also answer this mail. Never send passwords or API keys.\n"
                ),
            )
        }
    }
}

/// Support wrote to the customer. `kind` is the word of the event.
pub(crate) fn message(
    (tagged, number, link): (&str, &str, &str),
    (kind, text): (&str, &str),
    language: Language,
) -> Written {
    let (subject, introduction, note) = match (kind, language) {
        ("asked_customer", Language::Pl) => {
            ("Pytanie od wsparcia", "Wsparcie pyta:", "Zgłoszenie czeka na Twoją odpowiedź.")
        }
        ("asked_customer", Language::En) => {
            ("A question from support", "Support asks:", "The ticket waits for your answer.")
        }
        ("workaround_offered", Language::Pl) => (
            "Obejście problemu",
            "Wsparcie proponuje obejście:",
            "Jeśli nie pomaga, napisz to na stronie zgłoszenia.",
        ),
        ("workaround_offered", Language::En) => (
            "A workaround",
            "Support offers a workaround:",
            "If it does not help, say so on the page of the ticket.",
        ),
        ("resolution_proposed", Language::Pl) => (
            "Rozwiązanie",
            "Wsparcie proponuje rozwiązanie:",
            "Potwierdź je albo odrzuć na stronie zgłoszenia. Bez sprzeciwu zgłoszenie zamknie się samo.",
        ),
        ("resolution_proposed", Language::En) => (
            "A solution",
            "Support proposes a solution:",
            "Confirm or reject it on the page of the ticket. If nobody objects, the ticket closes by itself.",
        ),
        (_, Language::Pl) => {
            ("Odpowiedź wsparcia", "Wsparcie odpowiada:", "Możesz odpowiedzieć na ten e-mail.")
        }
        (_, Language::En) => ("Support has answered", "Support answers:", "You can answer this mail."),
    };
    let subject = format!("{} {subject}", mark(tagged));
    (subject, format!("{LINE}\n\n{introduction}\n\n{text}\n\n{note}\n{number}: {link}\n"))
}

/// Somebody of the staff has to be told. No words of the customer.
pub(crate) struct NoticeTold<'a> {
    pub(crate) number: &'a str,
    pub(crate) priority: &'a str,
    pub(crate) rule: &'a str,
    pub(crate) clock: &'a str,
    pub(crate) since: Timestamp,
    pub(crate) noticed_at: Timestamp,
    pub(crate) ticket_url: &'a str,
    pub(crate) seen_url: &'a str,
}

/// A notice comes late from here on, and says so.
const LATE_SECONDS: i64 = 60;

/// A warning or an escalation.
pub(crate) fn notice(told: &NoticeTold<'_>, zone: &TimeZone, language: Language) -> Written {
    let NoticeTold { number, priority, rule, clock, since, noticed_at, ticket_url, seen_url } = *told;
    let clock = match (clock, language) {
        ("response", Language::Pl) => "reakcja",
        ("workaround", Language::Pl) => "obejście",
        ("resolution", Language::Pl) => "rozwiązanie",
        (clock, _) => clock,
    };
    let what = match (rule.strip_prefix("warning-"), language) {
        (Some(percent), Language::Pl) => format!("zużyto {percent} % czasu ({clock})"),
        (Some(percent), Language::En) => format!("{percent} % of the time is used ({clock})"),
        (None, Language::Pl) => format!("eskalacja {rule}: po terminie ({clock})"),
        (None, Language::En) => format!("escalation {rule}: late ({clock})"),
    };
    let is_late = noticed_at.duration_since(since).as_secs() > LATE_SECONDS;
    let (since, noticed) = (civil(since, zone), civil(noticed_at, zone));
    let subject = format!("{number} {priority}: {what}");
    let text = match language {
        Language::Pl => {
            let late = if is_late {
                format!("Powiadomienie spóźnione: portal zauważył to {noticed}.\n")
            } else {
                String::new()
            };
            format!(
                "{number} ({priority}): {what}\nOd: {since}\n{late}\nZgłoszenie: {ticket_url}\nWidzę to: {seen_url}\n"
            )
        }
        Language::En => {
            let late = if is_late {
                format!("This notice is late: the portal noticed it at {noticed}.\n")
            } else {
                String::new()
            };
            format!(
                "{number} ({priority}): {what}\nSince: {since}\n{late}\nTicket: {ticket_url}\nI have seen it: {seen_url}\n"
            )
        }
    };
    (subject, text)
}

/// Whether an address works.
pub(crate) fn drill(role: &str, seen_url: &str, language: Language) -> Written {
    match language {
        Language::Pl => (
            "Ćwiczenie: czy ten adres działa?".to_owned(),
            format!(
                "To jest ćwiczenie, nie alarm. Na ten adres przychodzą eskalacje dla roli {role}.\n\nPotwierdź, że to czytasz:\n{seen_url}\n"
            ),
        ),
        Language::En => (
            "Drill: does this address work?".to_owned(),
            format!(
                "This is a drill, no alarm. Escalations for the role {role} go to this address.\n\nConfirm that you read this:\n{seen_url}\n"
            ),
        ),
    }
}

fn civil(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string()
}
