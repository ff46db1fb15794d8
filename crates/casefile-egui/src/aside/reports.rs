//! The reports of this machine: what waits, what was sent, what was refused, and what became of each.

mod rows;
pub(crate) mod ticket;

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::Arc;

use casefile::ask::AskError;
use casefile::deliver::DeliverError;
use casefile::id::ReportId;
use casefile::outbox::{KeptUntil, Parcel, Receipt, State};
use casefile::ticket::{Ticket, TicketState, Wish};
use casefile::transport::SendError;
use casefile::{Progress, Reporter};
use egui::Ui;

use self::rows::rows_ui;
use self::ticket::{OpenTicket, TicketClick, ticket_ui};
use crate::action::Action;
use crate::facts::Facts;
use crate::task::{Polled, Task};
use crate::why;

/// Asks the portal for a ticket or answers to it, on a thread of its own.
pub(crate) type Ask = dyn Fn(&Parcel, &Wish, &Progress) -> Result<Option<Ticket>, AskError> + Send + Sync;

/// The list, what is done to it, and the ticket that is open.
pub(crate) struct Reports {
    list: List,
    /// The report that the person was asked about: is it to be removed?
    pub(crate) asked: Option<ReportId>,
    pub(crate) sending: Option<Sending>,
    /// What became of the last thing that was done.
    news: Option<String>,
    /// What asks for tickets; without it their pages can be opened only.
    ask: Option<Arc<Ask>>,
    /// What is known of tickets by now.
    tickets: BTreeMap<ReportId, Ticket>,
    /// Tickets that are still to be asked for.
    queue: VecDeque<ReportId>,
    asking: Option<Asking>,
    pub(crate) open: Option<OpenTicket>,
    /// When the open ticket was asked for last, in seconds of the frames.
    looked_at: f64,
}

enum List {
    Reads(Task<io::Result<Vec<Row>>>),
    Shows(Vec<Row>),
    Failed(String),
}

/// One report.
struct Row {
    id: ReportId,
    title: String,
    kept_at: jiff::Timestamp,
    /// `None` when the portal's answer on the disk is damaged.
    state: Option<State>,
    /// How long this machine keeps what was delivered.
    kept_until: Option<KeptUntil>,
    parcel: Parcel,
}

pub(crate) struct Sending {
    id: ReportId,
    pub(crate) progress: Progress,
    task: Task<Result<Receipt, DeliverError>>,
}

/// One question to the portal.
struct Asking {
    id: ReportId,
    wish: Wish,
    progress: Progress,
    task: Task<Result<Option<Ticket>, AskError>>,
}

/// Tickets that are asked for when the list opens: the newest.
const ASKED_TICKETS: usize = 20;
/// An open ticket is asked for so often; what did not change costs the portal next to nothing.
const LOOK_EVERY_SECONDS: f64 = 60.0;

impl Reports {
    /// Begins to read the outbox.
    pub(crate) fn open(reporter: Reporter, ask: Option<Arc<Ask>>) -> Self {
        Self {
            list: List::read(reporter),
            asked: None,
            sending: None,
            news: None,
            ask,
            tickets: BTreeMap::new(),
            queue: VecDeque::new(),
            asking: None,
            open: None,
            looked_at: 0.0,
        }
    }

    pub(crate) fn is_busy(&self) -> bool {
        self.sending.is_some() || self.asking.is_some() || matches!(self.list, List::Reads(_))
    }

    pub(crate) fn poll(&mut self, facts: &Facts) {
        let words = &facts.words;
        self.poll_asking(facts);
        if let List::Reads(task) = &self.list {
            self.list = match task.poll() {
                Polled::Pending => return,
                Polled::Done(Ok(rows)) => {
                    self.queue = rows.iter().filter(|row| row.is_registered()).map(|row| row.id).collect();
                    self.queue.retain(|id| !self.tickets.get(id).is_some_and(is_over));
                    self.queue.truncate(ASKED_TICKETS);
                    List::Shows(rows)
                }
                Polled::Done(Err(error)) => List::Failed(why::disk(&error, words)),
                Polled::Died => List::Failed(words.text("why-died")),
            };
        }
        self.ask_next();
        let Some(sending) = &self.sending else { return };
        let news = match sending.task.poll() {
            Polled::Pending => return,
            Polled::Done(Ok(receipt)) => {
                words.with("reports-sent", &[("ticket", receipt.ticket.as_str().into())])
            }
            Polled::Done(Err(error)) => why::not_delivered(&error, words),
            Polled::Died => words.text("why-died"),
        };
        self.sending = None;
        self.news = Some(news);
        self.list = List::read(facts.reporter.clone());
    }

    fn poll_asking(&mut self, facts: &Facts) {
        let Some(asking) = &self.asking else { return };
        let answer = match asking.task.poll() {
            Polled::Pending => return,
            Polled::Done(answer) => answer,
            Polled::Died => Err(AskError::Send(SendError::Cancelled)),
        };
        let Some(Asking { id, wish, .. }) = self.asking.take() else { return };
        match answer {
            Ok(ticket) => {
                if let Some(open) = self.open.as_mut().filter(|open| open.id == id) {
                    open.answered(&wish, &facts.words);
                }
                if let Some(ticket) = ticket {
                    self.tickets.insert(id, ticket);
                }
            }
            Err(error) => {
                // One portal has all of them: what keeps one from being asked for keeps the others.
                let is_hopeless = !matches!(&error, AskError::Send(SendError::Refused(_)));
                if is_hopeless {
                    self.queue.clear();
                }
                let why = why::not_answered(&error, &facts.words);
                match self.open.as_mut() {
                    Some(open) if open.id == id => {
                        open.failed(why);
                        // What may be done has changed, perhaps: the ticket as it is now says so.
                        if !is_hopeless && !matches!(wish, Wish::Look(_)) {
                            self.queue.push_front(id);
                        }
                    }
                    None if is_hopeless => self.news = Some(why),
                    _ => {}
                }
            }
        }
    }

    /// Asks for the next ticket of the queue.
    fn ask_next(&mut self) {
        if self.asking.is_none()
            && let Some(id) = self.queue.pop_front()
        {
            let known = self.tickets.get(&id).cloned().map(Box::new);
            self.start(id, Wish::Look(known));
        }
    }

    fn start(&mut self, id: ReportId, wish: Wish) {
        let (Some(ask), Some(row)) = (self.ask.clone(), self.row(id)) else { return };
        let (progress, parcel, asked) = (Progress::new(), row.parcel.clone(), wish.clone());
        let shared = progress.clone();
        let task = Task::start("ask", move || ask(&parcel, &asked, &shared));
        self.asking = Some(Asking { id, wish, progress, task });
    }

    fn row(&self, id: ReportId) -> Option<&Row> {
        match &self.list {
            List::Shows(rows) => rows.iter().find(|row| row.id == id),
            List::Reads(_) | List::Failed(_) => None,
        }
    }

    /// Whether something that the person said to support is on its way.
    fn is_saying(&self) -> bool {
        self.asking.as_ref().is_some_and(|asking| !matches!(asking.wish, Wish::Look(_)))
    }

    /// Says to support what the person wants, at once: a look that is under way is given up for it.
    fn say(&mut self, id: ReportId, wish: Wish) {
        if self.is_saying() {
            return;
        }
        if let Some(looking) = self.asking.take() {
            looking.progress.cancel();
        }
        self.start(id, wish);
    }

    /// What was clicked about a ticket.
    pub(crate) fn click(&mut self, click: &TicketClick) {
        match click {
            TicketClick::Open(id) => {
                let Some(row) = self.row(*id) else { return };
                self.open = Some(OpenTicket::of(*id, row.title.clone()));
                self.queue.retain(|other| other != id);
                self.queue.push_front(*id);
                self.ask_next();
                return;
            }
            TicketClick::Leave => {
                self.open = None;
                return;
            }
            _ => {}
        }
        let Some(open) = &mut self.open else { return };
        let ticket = self.tickets.get(&open.id);
        let id = open.id;
        if let Some(wish) = open.click(click, ticket) {
            self.say(id, wish);
        }
    }

    /// Asks for the open ticket again once a minute; `at` is the time of the frame in seconds. Returns in how many seconds
    /// it has to look again.
    pub(crate) fn watch(&mut self, at: f64) -> Option<f64> {
        let id = self.open.as_ref()?.id;
        self.ask.as_ref()?;
        if self.asking.is_some() || !self.queue.is_empty() {
            self.looked_at = at;
        }
        let left = self.looked_at + LOOK_EVERY_SECONDS - at;
        if left > 0.0 {
            return Some(left);
        }
        self.looked_at = at;
        self.queue.push_back(id);
        self.ask_next();
        Some(LOOK_EVERY_SECONDS)
    }

    /// Sends one of them, unless another is being sent.
    pub(crate) fn send(
        &mut self,
        id: ReportId,
        deliver: impl FnOnce(&Parcel, &Progress) -> Result<Receipt, DeliverError> + Send + 'static,
    ) {
        if self.sending.is_some() {
            return;
        }
        let Some(row) = self.row(id) else { return };
        let (progress, parcel) = (Progress::new(), row.parcel.clone());
        let shared = progress.clone();
        let task = Task::start("send", move || deliver(&parcel, &shared));
        (self.sending, self.asked, self.news) = (Some(Sending { id, progress, task }), None, None);
    }

    /// Removes the report that the person was asked about.
    pub(crate) fn drop_report(&mut self, id: ReportId, facts: &Facts) {
        if self.asked != Some(id) {
            return;
        }
        self.asked = None;
        self.news = match facts.reporter.outbox().drop_report(id) {
            Ok(()) => Some(facts.words.text("reports-dropped")),
            Err(error) => Some(why::no_parcel(&error, &facts.words)),
        };
        self.tickets.remove(&id);
        self.list = List::read(facts.reporter.clone());
    }
}

impl Drop for Reports {
    fn drop(&mut self) {
        // Nobody looks any more: the report stays kept, and is sent later. What was said to support goes on.
        if let Some(sending) = &self.sending {
            sending.progress.cancel();
        }
        if let Some(asking) = self.asking.as_ref().filter(|asking| matches!(asking.wish, Wish::Look(_))) {
            asking.progress.cancel();
        }
    }
}

impl List {
    fn read(reporter: Reporter) -> Self {
        Self::Reads(Task::start("list", move || {
            let outbox = reporter.outbox();
            let rows = outbox.list()?.into_iter().flatten().map(|parcel| Row {
                id: parcel.id(),
                title: parcel.body().title.clone(),
                kept_at: parcel.kept_at(),
                state: parcel.state().ok(),
                kept_until: outbox.kept_until(&parcel),
                parcel,
            });
            let mut rows: Vec<Row> = rows.collect();
            rows.reverse();
            Ok(rows)
        }))
    }
}

impl Row {
    /// Whether the portal has given it a ticket.
    fn is_registered(&self) -> bool {
        self.receipt().is_some()
    }

    fn receipt(&self) -> Option<&Receipt> {
        self.state.as_ref().and_then(State::receipt)
    }
}

/// Nothing happens to it any more.
fn is_over(ticket: &Ticket) -> bool {
    matches!(ticket.state, TicketState::Voided)
}

/// The open ticket, or the list.
pub(crate) fn reports_ui(ui: &mut Ui, reports: &mut Reports, facts: &Facts) -> Option<Action> {
    if let Some(mut open) = reports.open.take() {
        let clicked = ticket_ui(ui, &mut open, reports, facts);
        reports.open = Some(open);
        return clicked;
    }
    rows_ui(ui, reports, facts)
}
