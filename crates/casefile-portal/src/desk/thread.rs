//! Tickets that support opens from what was said elsewhere.

use casefile::report::Priority;
use data_encoding::HEXLOWER;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::Desk;
use crate::community::Thread;
use crate::event::{Actor, Kind};
use crate::mail::form;
use crate::problem::Problem;
use crate::store::TicketRow;

impl Desk {
    /// Registers a thread of the community. The same thread is the same ticket.
    pub(crate) async fn import_thread(
        &self,
        thread: &Thread,
        title: &str,
        priority: Priority,
        login: &str,
    ) -> Result<TicketRow, Problem> {
        let named = thread.name.clone().unwrap_or_default();
        let title = if title.trim().is_empty() { named.as_str() } else { title.trim() };
        // Category, language and, where nobody said one, the title come from the words.
        let read = form::read(title, &thread.transcript, self.plan());
        let body = json!({
            "title": read.title,
            "description": thread.transcript,
            "priority": priority,
            "category": read.category,
            "language": read.language,
            "app": { "id": "community", "name": read.app.0, "version": read.app.1 },
            "channel": "community",
        });
        let digest = HEXLOWER.encode(&Sha256::digest(format!("community\0{}", thread.transcript)));
        let report = digest[..32].parse().map_err(|error| Problem::unavailable(&error))?;
        let registration = self.registration(report, String::new(), body.to_string(), self.now())?;
        let (ticket, _) = self.store.register(registration).await?;
        let text = format!("{}: {named}", thread.source);
        let kind = Kind::InternalNote { text };
        self.append_event(&ticket, "imported", Actor::Staff(login.to_owned()), kind).await?;
        tracing::info!(ticket = %ticket.number, source = thread.source, "a thread was imported");
        Ok(ticket)
    }
}
