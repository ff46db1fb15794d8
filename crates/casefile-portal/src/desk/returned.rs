//! Mails of the portal that came back: whoever should have read them does not know.

use super::Desk;
use crate::mail::incoming::Incoming;
use crate::mail::quote;
use crate::problem::Problem;
use crate::store::OutgoingRow;

/// Characters of a reason that are kept.
const MAX_WHY_CHARS: usize = 300;

impl Desk {
    /// Puts a mail that came back to what was sent: it did not arrive after all. `None` when it is none of ours, or is only late.
    pub(super) async fn give_back(&self, mail: &Incoming) -> Result<Option<OutgoingRow>, Problem> {
        if !mail.is_final {
            return Ok(None);
        }
        for id in &mail.answers {
            let Some(row) = self.sent_as(id).await? else { continue };
            let fresh = quote::fresh(&mail.text);
            let said: Vec<_> = fresh.split_whitespace().collect();
            let why: String =
                format!("it came back: {}", said.join(" ")).chars().take(MAX_WHY_CHARS).collect();
            let is_new = self.store.return_outgoing(row.id, &why, self.now()).await?;
            if let (true, Some(login)) = (is_new, &row.login) {
                tracing::error!(id = row.id, kind = row.kind, login, "a mail to the staff came back");
                self.store.audit(self.now(), login, &format!("a {} came back", row.kind)).await?;
            }
            return Ok(Some(row));
        }
        Ok(None)
    }

    /// What was sent under this id of a mail, which carries a mark that only this portal makes: `KIND.TAG.ROW@…`, or `TICKET.TAG.ROW@…`.
    async fn sent_as(&self, id: &str) -> Result<Option<OutgoingRow>, Problem> {
        let local = id.split('@').next().unwrap_or_default();
        let Some((front, name)) = local.rsplit_once('.') else { return Ok(None) };
        let Ok(number) = name.parse() else { return Ok(None) };
        let Some(row) = self.store.outgoing(number).await? else { return Ok(None) };
        if let Some((kind, tag)) = front.rsplit_once('.')
            && kind == row.kind
            && self.signer.is_tag("mail", name, tag)
        {
            return Ok(Some(row));
        }
        let (Some(ticket), Some(number)) = (row.ticket, self.signer.find(front)) else { return Ok(None) };
        let is_its = self.store.ticket_of_id(ticket).await?.number == number;
        Ok(is_its.then_some(row))
    }
}
