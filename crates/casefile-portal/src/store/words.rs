//! Finding tickets by their words.

use std::fmt::Write as _;

use casefile::report::ReportBody;

use super::registration::statement;
use super::{Change, Dialect};
use crate::event::Event;
use crate::ticket::TicketNumber;

/// Characters of one ticket that are looked through.
const MAX_CHARS: usize = 200_000;

/// Everything of a ticket that people would search for.
pub(crate) fn text_of(number: TicketNumber, body: &ReportBody, events: &[Event]) -> String {
    let contact = &body.contact;
    let optional =
        [&body.steps, &body.expected, &body.actual, &body.additional, &contact.name, &contact.email];
    let mut text =
        format!("{number} {} {} {} {}", body.title, body.description, body.app.name, body.app.version);
    let words = optional.into_iter().flatten().map(String::as_str);
    let license = body.license.as_ref().and_then(|license| license.id.as_deref());
    for words in words.chain(license).chain(events.iter().filter_map(|event| event.kind.text())) {
        let _ = write!(text, " {words}");
    }
    text.chars().take(MAX_CHARS).map(plain).collect()
}

/// The one Polish letter that is no Latin letter with a mark.
pub(super) fn plain(c: char) -> char {
    match c {
        'ł' => 'l',
        'Ł' => 'L',
        c => c,
    }
}

/// The words that are asked for. A search box knows no syntax.
pub(super) fn asked(words: &str) -> Vec<String> {
    let plain: String = words.chars().map(|c| if c.is_alphanumeric() { plain(c) } else { ' ' }).collect();
    plain.split_whitespace().take(20).map(str::to_owned).collect()
}

/// Writes the words of a ticket anew.
pub(crate) async fn put(change: &mut Change, ticket: i64, text: &str) -> sqlx::Result<()> {
    put_all(change, vec![(ticket, text.to_owned())]).await
}

/// Writes the words of these tickets anew.
pub(super) async fn put_all(change: &mut Change, texts: Vec<(i64, String)>) -> sqlx::Result<()> {
    let dialect = Dialect::of(change);
    let mut insert = statement(dialect.put_words(texts.len()), texts.len());
    for (ticket, text) in texts {
        insert = insert.bind(ticket).bind(dialect.words(text));
    }
    insert.execute(&mut **change).await.map(drop)
}
