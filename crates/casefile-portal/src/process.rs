//! The process of the plan: what may be done to a ticket as it stands, and which events that is. No I/O.

use casefile::report::{Category, Priority};

use crate::case::Case;
use crate::clocks::State;
use crate::event::{Article, Closing, Kind, Relation, Verdict, Voiding};

/// Characters of one message; more belongs into a file.
pub(crate) const MAX_TEXT_CHARS: usize = 20_000;
const MAX_ARTICLE_CHARS: usize = 500;

/// What somebody wants to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Action {
    /// Support answers in public.
    Reply(String),
    /// Support asks, and waits for the customer.
    Ask(String),
    /// For staff only.
    Note(String),
    /// What was said in a call that support answered.
    Call(String),
    OfferWorkaround(String),
    /// With an article of the knowledge base, or with the judgement that none is needed.
    ProposeResolution {
        text: String,
        article: Article,
    },
    Triage {
        priority: Priority,
        category: Category,
        login: Verdict,
        license: Verdict,
    },
    Assign(Option<String>),
    HandOver(String),
    /// Support reopens what it proposed, because the customer objected on another way.
    Reopen(String),
    Void {
        why: Voiding,
        of: Option<String>,
    },
    /// The customer writes.
    Write(String),
    Confirm,
    /// The customer does not accept the workaround or the solution.
    Reject(String),
    Withdraw,
}

/// Why something cannot be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum RefuseError {
    /// Write something.
    #[error("the text is blank")]
    Blank,
    /// Say it shorter, or attach a file.
    #[error("the text is longer than {MAX_TEXT_CHARS} characters")]
    TooLong,
    /// Name the article, or say that none is needed.
    #[error("a solution needs an article of the knowledge base, or the words that none is needed")]
    ArticleMissing,
    /// A customer's message opens a follow-up; support can do nothing more.
    #[error("the ticket is closed")]
    Closed,
    /// Nothing goes on here.
    #[error("the ticket was taken back, or is spam or a duplicate")]
    Voided,
    /// Look at the ticket again.
    #[error("no solution waits for an answer")]
    NothingToConfirm,
    /// Look at the ticket again.
    #[error("neither a workaround nor a solution waits for an answer")]
    NothingToReject,
    /// Name the other ticket.
    #[error("a duplicate needs the number of the other ticket")]
    OtherMissing,
}

/// The events that an action is, or why it cannot be done.
pub(crate) fn decide(case: &Case<'_>, action: &Action) -> Result<Vec<Kind>, RefuseError> {
    let state = case.clocks.state();
    match (state, action) {
        // A note about what is over is still a note.
        (_, Action::Note(_)) if case.is_erased() => return Err(RefuseError::Closed),
        (_, Action::Note(text)) => return Ok(vec![Kind::InternalNote { text: checked(text)? }]),
        // The answer to a repeated request is what it was.
        (State::Closed, Action::Confirm) if case.closing == Some(Closing::Confirmed) => return Ok(Vec::new()),
        // What is over is over; what was sent is deleted all the same.
        (State::Closed | State::Voided, Action::Withdraw) => return Ok(Vec::new()),
        (State::Closed, _) => return Err(RefuseError::Closed),
        (State::Voided, _) => return Err(RefuseError::Voided),
        _ => {}
    }
    Ok(match action {
        Action::Reply(text) => vec![Kind::StaffReplied { text: checked(text)? }],
        Action::Ask(text) => vec![Kind::AskedCustomer { text: checked(text)? }],
        Action::Note(text) => vec![Kind::InternalNote { text: checked(text)? }],
        Action::Call(text) => vec![Kind::CallAnswered { text: checked(text)? }],
        Action::OfferWorkaround(text) => vec![Kind::WorkaroundOffered { text: checked(text)? }],
        Action::ProposeResolution { text, article } => {
            vec![Kind::ResolutionProposed { text: checked(text)?, article: checked_article(article)? }]
        }
        Action::Triage { priority, category, login, license } => {
            let triaged = Kind::Triaged { category: *category, login: *login, license: *license };
            let set = Kind::PrioritySet { priority: *priority };
            if *priority == case.clocks.priority() { vec![triaged] } else { vec![triaged, set] }
        }
        Action::Assign(to) if *to == case.assignee => Vec::new(),
        Action::Assign(to) => vec![Kind::Assigned { to: to.clone() }],
        Action::HandOver(text) => vec![Kind::HandedOver { text: checked(text)? }],
        Action::Reopen(text) => match state {
            State::Proposed => vec![Kind::ResolutionRejected { text: checked(text)? }],
            _ => return Err(RefuseError::NothingToReject),
        },
        Action::Void { why: Voiding::Duplicate, of } => {
            let ticket = of.clone().ok_or(RefuseError::OtherMissing)?;
            let link = Kind::Linked { relation: Relation::DuplicateOf, ticket };
            vec![link, Kind::Voided { why: Voiding::Duplicate }]
        }
        Action::Void { why, of: _ } => vec![Kind::Voided { why: *why }],
        Action::Write(text) => vec![Kind::CustomerReplied { text: checked(text)? }],
        Action::Confirm => match state {
            State::Proposed => vec![Kind::Closed { how: Closing::Confirmed }],
            _ => return Err(RefuseError::NothingToConfirm),
        },
        Action::Reject(text) => match state {
            State::Proposed => vec![Kind::ResolutionRejected { text: checked(text)? }],
            _ if case.clocks.has_workaround() => vec![Kind::WorkaroundRejected { text: checked(text)? }],
            _ => return Err(RefuseError::NothingToReject),
        },
        Action::Withdraw => vec![Kind::Voided { why: Voiding::Withdrawn }],
    })
}

/// What the customer may do now, by the names that the wire has for it.
pub(crate) fn open_to_customer(case: &Case<'_>) -> Vec<&'static str> {
    let state = case.clocks.state();
    let can_reject = state == State::Proposed || case.clocks.has_workaround();
    [
        ("message", state != State::Voided && !case.is_erased()),
        ("confirm", state == State::Proposed),
        ("reject", can_reject && !case.is_over()),
        ("withdraw", !case.is_erased()),
        ("attach", !case.is_over()),
    ]
    .into_iter()
    .filter_map(|(name, is_open)| is_open.then_some(name))
    .collect()
}

/// A message that may be kept: neither blank nor without end.
pub(crate) fn checked(text: &str) -> Result<String, RefuseError> {
    let text = text.trim().replace("\r\n", "\n");
    match text.chars().count() {
        0 => Err(RefuseError::Blank),
        count if count > MAX_TEXT_CHARS => Err(RefuseError::TooLong),
        _ => Ok(text),
    }
}

fn checked_article(article: &Article) -> Result<Option<String>, RefuseError> {
    match article {
        Article::NoneNeeded => Ok(None),
        Article::Linked(text) if text.trim().is_empty() => Err(RefuseError::ArticleMissing),
        Article::Linked(text) if text.chars().count() > MAX_ARTICLE_CHARS => Err(RefuseError::TooLong),
        Article::Linked(text) => Ok(Some(text.trim().to_owned())),
    }
}

#[cfg(test)]
mod tests;
