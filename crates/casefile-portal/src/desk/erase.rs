//! Deleting what people sent: because they ask for it, or because its time is over. What the counting needs stays.

use std::collections::HashMap;

use super::Desk;
use super::process::Open;
use crate::case::Case;
use crate::event::{Actor, Erasure, Kind};
use crate::problem::Problem;
use crate::process::{Action, decide};
use crate::retention::{Until, without_person};
use crate::store::{Kept, Terms, TicketRow, write};

/// Tickets that are looked at in one turn.
const BATCH: i64 = 100;

impl Desk {
    /// Takes a report back: support stops working on it, and everything that was sent is deleted. Of a ticket that is over,
    /// the second only. May be repeated.
    pub(crate) async fn withdraw(&self, ticket: &TicketRow, by: &Actor) -> Result<(), Problem> {
        if ticket.kept != Kept::Numbers {
            self.erase(ticket, by, Erasure::Everything).await?;
            self.scrub().await;
        }
        Ok(())
    }

    /// When the data of a ticket are deleted, if it is over.
    pub(crate) fn kept_until(&self, case: &Case<'_>) -> Option<Until> {
        self.retention.until(case)
    }

    /// Deletes what has been kept long enough.
    pub(super) async fn retain(&self) -> Result<(), Problem> {
        let now = self.now();
        let before = |time| now.checked_sub(time).unwrap_or(jiff::Timestamp::MIN);
        let kept = self.retention;
        let terms =
            Terms { bundles: before(kept.bundles), words: before(kept.words), spam: before(kept.spam) };
        self.store.forget_mails(terms.spam, terms.words).await?;
        self.remove_erased_mails().await?;
        let (mut after, mut any) = (0, false);
        loop {
            let tickets = self.store.outlived(terms, after, BATCH).await?;
            let Some(last) = tickets.last() else { break };
            after = *last;
            for id in tickets {
                let ticket = self.store.ticket_of_id(id).await?;
                let plan = self.plan_of(&ticket).await?;
                let events = self.store.events(id).await?;
                // The list is a cache; the events decide.
                let case = Case::of(&plan, &ticket.body, &events, now).ok_or_else(Problem::not_found)?;
                if let Some(what) = kept.due(&case, now) {
                    self.erase(&ticket, &Actor::Portal, what).await?;
                    any = true;
                }
            }
        }
        if any {
            self.scrub().await;
        }
        Ok(())
    }

    /// Deletes again what an older copy of the database has back.
    pub(super) async fn repeat_erasures(&self) -> Result<(), Problem> {
        let known: HashMap<_, _> = self.store.erased_reports().await?.into_iter().collect();
        for (report, what) in self.vault.erasures()? {
            let left = if what == Erasure::Everything { Kept::Numbers } else { Kept::Words };
            if known.get(&report).is_some_and(|kept| *kept <= left) {
                continue;
            }
            if let Some(ticket) = self.store.ticket_of_report(&report).await? {
                tracing::warn!(ticket = %ticket.number, "deleted once more: the database is older than the list of erasures");
                self.erase(&ticket, &Actor::Portal, what).await?;
            }
        }
        Ok(())
    }

    /// Removes files of tickets whose data were deleted; a stop in between may have left them.
    pub(super) async fn remove_erased_files(&self) -> Result<(), Problem> {
        self.remove_erased_mails().await?;
        for report in self.vault.reports()? {
            if self.store.keeps_bundles_of(&report).await? == Some(false) {
                tracing::info!(report, "what is left of deleted files goes");
                self.vault.erase(&report)?;
            }
        }
        Ok(())
    }

    /// Removes mails of tickets that were deleted; a stop in between may have left them.
    async fn remove_erased_mails(&self) -> Result<(), Problem> {
        for id in self.store.erased_mails().await? {
            self.spool.remove(&id)?;
        }
        Ok(())
    }

    async fn erase(&self, ticket: &TicketRow, by: &Actor, what: Erasure) -> Result<(), Problem> {
        // Nobody writes to an upload, and none is published, until it is forgotten.
        let uploads = self.store.uploads(&ticket.report).await?;
        let mut claims = Vec::with_capacity(uploads.len());
        for upload in &uploads {
            claims.push(self.claims.claim(&upload.id).await);
        }
        let mut change = self.store.begin().await?;
        let mut open = self.open_ticket(&mut change, ticket).await?;
        if open.case()?.erased.is_some_and(|(known, _)| known >= what) {
            return Ok(());
        }
        if what == Erasure::Everything {
            for kind in decide(&open.case()?, &Action::Withdraw)? {
                open.append(&mut change, "customer:withdraw", by.clone(), kind).await?;
            }
            write::without_words(&mut change, ticket, open.now).await?;
            open.forget_words()?;
        } else {
            write::without_bundles(&mut change, ticket).await?;
        }
        let name = crate::case::word(what);
        open.append(&mut change, &format!("erased:{name}"), by.clone(), Kind::Erased { what }).await?;
        self.settle_standing(&mut change, &mut open).await?;
        let told = format!("erased {name} of {}", ticket.number);
        write::audit(&mut change, open.now, &by.to_string(), &told).await?;
        // From here on it is deleted, also if the database is lost and comes back from a copy.
        self.vault.note_erasure(&ticket.report, what, open.now)?;
        change.commit().await?;
        self.vault.erase(&ticket.report)?;
        if what == Erasure::Everything {
            self.remove_erased_mails().await?;
        }
        for upload in &uploads {
            self.vault.remove_part(&upload.id)?;
        }
        drop(claims);
        tracing::info!(ticket = %ticket.number, what = name, %by, "erased");
        Ok(())
    }

    /// Best effort: what was deleted is deleted, this is about copies that the database keeps for itself.
    async fn scrub(&self) {
        if let Err(error) = self.store.scrub().await {
            tracing::warn!(%error, "the database keeps pieces of deleted texts until the next time");
        }
    }
}

impl Open {
    /// The ticket as it is after its words were deleted.
    fn forget_words(&mut self) -> Result<(), Problem> {
        let body = without_person(&self.ticket.body);
        self.ticket.body_text = body.to_string();
        self.ticket.body = serde_json::from_value(body).map_err(|error| Problem::unavailable(&error))?;
        for event in &mut self.events {
            event.kind = event.kind.clone().without_words();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
