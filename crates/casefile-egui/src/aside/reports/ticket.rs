//! One ticket: where it stands, what was said, and what its owner can do.

use casefile::id::ReportId;
use casefile::ticket::{Message, MessageFrom, Ticket, TicketAction, TicketMessage, TicketState, Wish};
use egui::{Label, RichText, Ui};

use super::{Reports, Row};
use crate::action::Action;
use crate::facts::Facts;
use crate::page::harmless;
use crate::screen::{
    Part, Screen, error_ui, is_button, is_main_button, is_narrow_button, link_ui, news_ui, screen_ui, text_ui,
};
use crate::words::Words;

/// A ticket that the person looks at.
pub(crate) struct OpenTicket {
    pub(super) id: ReportId,
    title: String,
    /// What is being written to support. Stays until the portal has it.
    pub(crate) text: String,
    /// The text that was sent last: sent again, it is the same message.
    message: Option<Message>,
    /// What the person is asked before it is done.
    question: Option<Question>,
    /// What became of the last thing that was said.
    said: Option<Said>,
}

/// What cannot be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    Confirm,
    Withdraw,
}

enum Said {
    Done(String),
    Failed(String),
    /// There is no text yet, and it needs one.
    NeedsText,
}

/// What a click in a ticket asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TicketClick {
    /// Show this one.
    Open(ReportId),
    /// Back to the list.
    Leave,
    /// Ask how it stands.
    Look,
    /// Send the text to support.
    Write,
    /// Ask the person before it is done.
    Ask(Question),
    /// Do not do it.
    Unask,
    /// The person said yes.
    Do(Question),
    /// It is still broken; the text says how.
    Reject,
}

impl OpenTicket {
    pub(super) fn of(id: ReportId, title: String) -> Self {
        Self { id, title, text: String::new(), message: None, question: None, said: None }
    }

    /// What a click wants from the portal. `ticket` is what is known of it: nothing is asked for that it does not allow.
    pub(super) fn click(&mut self, click: &TicketClick, ticket: Option<&Ticket>) -> Option<Wish> {
        let can = |action| ticket.is_some_and(|ticket| ticket.allows(action));
        let asked = self.question.take();
        match click {
            TicketClick::Look => return Some(Wish::Look(ticket.cloned().map(Box::new))),
            TicketClick::Ask(question) if can(question.action()) => self.question = Some(*question),
            TicketClick::Do(question) if asked == Some(*question) && can(question.action()) => {
                return Some(match question {
                    Question::Confirm => Wish::Confirm,
                    Question::Withdraw => Wish::Withdraw,
                });
            }
            TicketClick::Write if can(TicketAction::Message) => return self.message().map(Wish::Write),
            TicketClick::Reject if can(TicketAction::Reject) => return self.message().map(Wish::Reject),
            _ => {}
        }
        None
    }

    /// The text as a message; the same text is the same message, however often it is sent.
    fn message(&mut self) -> Option<Message> {
        let text = self.text.trim();
        if text.is_empty() {
            self.said = Some(Said::NeedsText);
            return None;
        }
        if self.message.as_ref().is_none_or(|message| message.text() != text) {
            self.message = Message::new(text).ok();
        }
        self.message.clone()
    }

    /// The portal has it.
    pub(super) fn answered(&mut self, wish: &Wish, words: &Words) {
        let key = match wish {
            // That it could be asked for ends a complaint that it could not.
            Wish::Look(_) => {
                self.said = self.said.take().filter(|said| !matches!(said, Said::Failed(_)));
                return;
            }
            Wish::Write(sent) | Wish::Reject(sent) => {
                // What was written since stays.
                if self.text.trim() == sent.text() {
                    self.text.clear();
                }
                self.message = None;
                "ticket-said"
            }
            Wish::Confirm => "ticket-confirmed",
            Wish::Withdraw => "ticket-withdrawn",
        };
        self.said = Some(Said::Done(words.text(key)));
    }

    /// It did not get through; what was written stays.
    pub(super) fn failed(&mut self, why: String) {
        self.said = Some(Said::Failed(why));
    }
}

impl Question {
    fn action(self) -> TicketAction {
        match self {
            Self::Confirm => TicketAction::Confirm,
            Self::Withdraw => TicketAction::Withdraw,
        }
    }
}

/// Where a ticket stands, in a sentence.
pub(super) fn state_of(state: TicketState, words: &Words) -> String {
    words.text(match state {
        TicketState::Registered => "ticket-registered",
        TicketState::Open => "ticket-is-open",
        TicketState::Waiting => "ticket-waiting",
        TicketState::Proposed => "ticket-proposed",
        TicketState::Closed => "ticket-closed",
        TicketState::Voided => "ticket-voided",
        _ => "ticket-other",
    })
}

pub(super) fn ticket_ui(
    ui: &mut Ui,
    open: &mut OpenTicket,
    reports: &Reports,
    facts: &Facts,
) -> Option<Action> {
    let words = &facts.words;
    let row = reports.row(open.id);
    let ticket = reports.tickets.get(&open.id);
    let number = row.and_then(Row::receipt).map(|receipt| receipt.ticket.clone());
    let heading = words.with("ticket-heading", &[("ticket", number.unwrap_or_default().into())]);
    let body = |ui: &mut Ui| {
        ui.add(Label::new(RichText::new(&open.title).strong()).wrap());
        said_ui(ui, open, words);
        if let Some(ticket) = ticket {
            facts_ui(ui, ticket, facts);
            conversation_ui(ui, ticket, facts);
        } else if reports.asking.is_some() {
            ui.label(words.text("ticket-asking"));
        }
        let action = ticket.and_then(|ticket| answer_ui(ui, open, ticket, reports.is_saying(), words));
        ui.add_space(12.0);
        action.or(row.and_then(|row| below_ui(ui, row, facts)))
    };
    let screen = Screen::new("ticket", &heading, Part::Aside);
    screen_ui(ui, &screen, facts, body, |ui| {
        let leaves = is_main_button(ui, true, &words.text("ticket-leave"));
        let looks = is_button(ui, &words.text("ticket-look"));
        let click = if leaves { Some(TicketClick::Leave) } else { looks.then_some(TicketClick::Look) };
        click.map(Action::Ticket)
    })
}

fn said_ui(ui: &mut Ui, open: &OpenTicket, words: &Words) {
    match &open.said {
        None => return,
        Some(Said::Done(text)) => news_ui(ui, text),
        Some(Said::Failed(why)) => error_ui(ui, why),
        Some(Said::NeedsText) => error_ui(ui, &words.text("ticket-needs-text")),
    }
    ui.add_space(6.0);
}

/// State, priority and clocks.
fn facts_ui(ui: &mut Ui, ticket: &Ticket, facts: &Facts) {
    let words = &facts.words;
    ui.add(Label::new(state_of(ticket.state, words)).wrap());
    let level = facts.reporter.plan().level(ticket.priority);
    let name = format!("{} – {}", ticket.priority, level.name.in_language(facts.language()));
    ui.label(words.with("ticket-priority", &[("priority", name.into())]));
    ui.label(words.with("ticket-since", &[("at", facts.time(ticket.registered_at).into())]));
    for (name, at) in words.deadlines(&ticket.deadlines, &facts.zone) {
        ui.label(format!("{name} {at}"));
    }
    if let Some(at) = ticket.closes_at {
        ui.label(words.with("ticket-closes", &[("at", facts.time(at).into())]));
    }
    for why in ticket.refusals() {
        error_ui(ui, &words.with("ticket-bundle-refused", &[("why", harmless(why).into())]));
    }
    keeps_ui(ui, ticket, facts);
    if let Some(next) = &ticket.follow_up {
        ui.label(words.with("ticket-follow-up", &[("ticket", harmless(&next.number).into())]));
        link_ui(ui, &next.status_url);
    }
}

/// How long support keeps what was sent.
fn keeps_ui(ui: &mut Ui, ticket: &Ticket, facts: &Facts) {
    let words = &facts.words;
    let keeps = ticket.keeps.unwrap_or_default();
    let rows = [
        ("keeps-bundles", keeps.bundles_until),
        ("keeps-words", keeps.words_until),
        ("keeps-erased", keeps.erased_at),
    ];
    for (key, at) in rows {
        if let Some(at) = at {
            ui.add(Label::new(words.with(key, &[("at", facts.time(at).into())])).wrap());
        }
    }
}

/// Everything that was said, the oldest first.
fn conversation_ui(ui: &mut Ui, ticket: &Ticket, facts: &Facts) {
    let words = &facts.words;
    ui.add_space(8.0);
    if ticket.messages.is_empty() {
        ui.label(words.text("ticket-silence"));
    }
    for message in &ticket.messages {
        let fill = match message.from {
            MessageFrom::Customer => ui.visuals().extreme_bg_color,
            _ => ui.visuals().faint_bg_color,
        };
        egui::Frame::group(ui.style()).fill(fill).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.add(Label::new(RichText::new(said_by(message, facts)).strong()).wrap());
            // A stranger's text: it is shown, and nothing in it is followed.
            ui.add(Label::new(harmless(message.text.trim_end())).wrap());
        });
        ui.add_space(4.0);
    }
}

/// Who said it, when, and what it was.
fn said_by(message: &TicketMessage, facts: &Facts) -> String {
    let words = &facts.words;
    let who = match message.from {
        MessageFrom::Customer => words.text("said-by-you"),
        MessageFrom::Support => words.with("said-by-support", &[("vendor", facts.vendor().into())]),
        _ => words.text("said-by-other"),
    };
    let kind = match message.kind.as_str() {
        "asked_customer" => Some("said-question"),
        "workaround_offered" => Some("said-workaround"),
        "resolution_proposed" => Some("said-solution"),
        _ => None,
    };
    let kind = kind.map(|key| format!(" · {}", words.text(key))).unwrap_or_default();
    format!("{who} · {}{kind}", facts.time(message.at))
}

/// What the owner of the ticket can say now.
fn answer_ui(
    ui: &mut Ui,
    open: &mut OpenTicket,
    ticket: &Ticket,
    is_saying: bool,
    words: &Words,
) -> Option<Action> {
    let mut click = None;
    let can = |action| ticket.allows(action);
    if can(TicketAction::Confirm) {
        ui.add_space(8.0);
        ui.strong(words.text("ticket-solved-question"));
    }
    if can(TicketAction::Message) || can(TicketAction::Reject) {
        ui.add_space(8.0);
        text_ui(ui, &words.text("ticket-text"), &mut open.text, Message::MAX_CHARS);
    }
    if is_saying {
        ui.label(words.text("ticket-saying"));
        return None;
    }
    if let Some(question) = open.question {
        return question_ui(ui, question, words);
    }
    ui.horizontal_wrapped(|ui| {
        let offered = [
            (TicketAction::Confirm, "ticket-confirm", TicketClick::Ask(Question::Confirm)),
            (TicketAction::Reject, "ticket-reject", TicketClick::Reject),
            (TicketAction::Message, "ticket-write", TicketClick::Write),
            (TicketAction::Withdraw, "ticket-withdraw", TicketClick::Ask(Question::Withdraw)),
        ];
        for (action, key, wanted) in offered {
            if can(action) && is_narrow_button(ui, true, &words.text(key)) {
                click = Some(wanted);
            }
        }
    });
    click.map(Action::Ticket)
}

/// Asks before it is done.
fn question_ui(ui: &mut Ui, question: Question, words: &Words) -> Option<Action> {
    let (ask, yes) = match question {
        Question::Confirm => ("ticket-confirm-ask", "ticket-confirm-yes"),
        Question::Withdraw => ("ticket-withdraw-ask", "ticket-withdraw-yes"),
    };
    error_ui(ui, &words.text(ask));
    let mut click = None;
    ui.horizontal_wrapped(|ui| {
        if is_narrow_button(ui, true, &words.text(yes)) {
            click = Some(TicketClick::Do(question));
        }
        if is_narrow_button(ui, true, &words.text("ticket-no")) {
            click = Some(TicketClick::Unask);
        }
    });
    click.map(Action::Ticket)
}

/// The page of the ticket, and how long this machine keeps what belongs to it.
fn below_ui(ui: &mut Ui, row: &Row, facts: &Facts) -> Option<Action> {
    let words = &facts.words;
    if let Some(kept) = row.kept_until {
        let receipt = facts.time(kept.receipt).into();
        ui.label(match kept.bundle {
            Some(at) => words.with("kept-until", &[("bundle", facts.time(at).into()), ("receipt", receipt)]),
            None => words.with("kept-receipt-until", &[("receipt", receipt)]),
        });
    }
    let receipt = row.receipt()?;
    ui.strong(words.text("status-link"));
    link_ui(ui, &receipt.status_url);
    is_narrow_button(ui, true, &words.text("copy-link")).then(|| Action::Copy(receipt.status_url.clone()))
}
