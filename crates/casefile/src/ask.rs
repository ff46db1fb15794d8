//! The loop back to the owner of a report: how its ticket stands, and what they answer.

#[cfg(feature = "http")]
use crate::http::HttpTransport;
#[cfg(feature = "http")]
use crate::outbox::Parcel;
#[cfg(feature = "http")]
use crate::progress::Progress;
#[cfg(feature = "http")]
use crate::ticket::{Message, Ticket, Wish};
use crate::transport::SendError;

/// Why a ticket could not be asked for or answered to. Nothing is kept for later: show it and let the person try again.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AskError {
    /// There is no portal in the settings.
    #[error("no portal is set")]
    NoPortal,
    /// It did not get through, or the portal says why not. `Refused` with the code `not_found` means that the report
    /// was not registered there.
    #[error(transparent)]
    Send(#[from] SendError),
}

#[cfg(feature = "http")]
impl crate::Reporter {
    /// Asks for the ticket of a kept report, or answers to it. `None` when nothing changed since what [`Wish::Look`] knew.
    /// Blocks: call it on a thread of its own.
    ///
    /// # Errors
    /// See [`AskError`]; whatever it was, it can be asked again.
    pub fn ask(&self, parcel: &Parcel, wish: &Wish, progress: &Progress) -> Result<Option<Ticket>, AskError> {
        let transport = HttpTransport::new(self.access().ok_or(AskError::NoPortal)?)?;
        Ok(transport.ask(parcel.id(), parcel.secret(), wish, progress)?)
    }

    /// Asks how the ticket of a kept report stands. With `known`, what was answered before, `None` means that nothing
    /// changed. Blocks: call it on a thread of its own.
    ///
    /// # Errors
    /// See [`AskError`].
    pub fn ticket(
        &self,
        parcel: &Parcel,
        known: Option<&Ticket>,
        progress: &Progress,
    ) -> Result<Option<Ticket>, AskError> {
        self.ask(parcel, &Wish::Look(known.cloned().map(Box::new)), progress)
    }

    /// Writes to support; to a question it is the answer. After the ticket was closed it opens a follow-up. Blocks.
    ///
    /// # Errors
    /// See [`AskError`]; sending the same message again is safe.
    pub fn write_to_support(
        &self,
        parcel: &Parcel,
        message: &Message,
        progress: &Progress,
    ) -> Result<Ticket, AskError> {
        self.changed(parcel, &Wish::Write(message.clone()), progress)
    }

    /// Says that the proposed solution works: the ticket closes. Blocks.
    ///
    /// # Errors
    /// See [`AskError`]; `Refused` with the code `nothing_to_confirm` when no solution waits for an answer.
    pub fn confirm_solved(&self, parcel: &Parcel, progress: &Progress) -> Result<Ticket, AskError> {
        self.changed(parcel, &Wish::Confirm, progress)
    }

    /// Says that the solution or the workaround does not work, and why. Blocks.
    ///
    /// # Errors
    /// See [`AskError`]; `Refused` with the code `nothing_to_reject` when none waits for an answer.
    pub fn reject_solution(
        &self,
        parcel: &Parcel,
        message: &Message,
        progress: &Progress,
    ) -> Result<Ticket, AskError> {
        self.changed(parcel, &Wish::Reject(message.clone()), progress)
    }

    /// Takes the report back. What is in the outbox stays until it is dropped. Blocks.
    ///
    /// # Errors
    /// See [`AskError`].
    pub fn withdraw(&self, parcel: &Parcel, progress: &Progress) -> Result<Ticket, AskError> {
        self.changed(parcel, &Wish::Withdraw, progress)
    }

    fn changed(&self, parcel: &Parcel, wish: &Wish, progress: &Progress) -> Result<Ticket, AskError> {
        let ticket = self.ask(parcel, wish, progress)?;
        Ok(ticket.ok_or(SendError::NotAPortal("it says that nothing changed"))?)
    }
}
