//! Asks for a ticket and answers to it.

use reqwest::header::{ETAG, IF_NONE_MATCH};
use reqwest::{Method, RequestBuilder, Response, StatusCode};

use super::HttpTransport;
use super::answer::{json, text_of};
use crate::id::{ReportId, ReportSecret};
use crate::progress::Progress;
use crate::ticket::{Ticket, Wish};
use crate::transport::SendError;

impl HttpTransport {
    /// Asks for a ticket or answers to it. `None` when it is as the client knows it already.
    pub(crate) fn ask(
        &self,
        id: ReportId,
        secret: &ReportSecret,
        wish: &Wish,
        progress: &Progress,
    ) -> Result<Option<Ticket>, SendError> {
        self.run(progress, self.at_any(async || self.wish_at_one(id, secret, wish).await))
    }

    async fn wish_at_one(
        &self,
        id: ReportId,
        secret: &ReportSecret,
        wish: &Wish,
    ) -> Result<Option<Ticket>, SendError> {
        let response = self.send(self.request(id, wish)?, secret).await?;
        if response.status() == StatusCode::NOT_MODIFIED && etag_of(wish).is_some() {
            return Ok(None);
        }
        read(response).await.map(Some)
    }

    fn request(&self, id: ReportId, wish: &Wish) -> Result<RequestBuilder, SendError> {
        let (method, below) = match wish {
            Wish::Look(_) => (Method::GET, ""),
            Wish::Write(_) => (Method::POST, "/messages"),
            Wish::Confirm => (Method::POST, "/confirm"),
            Wish::Reject(_) => (Method::POST, "/reject"),
            Wish::Withdraw => (Method::DELETE, ""),
        };
        let request = self.client.request(method, self.report(id, below)?);
        Ok(match (wish, etag_of(wish)) {
            (_, Some(etag)) => request.header(IF_NONE_MATCH, etag),
            (Wish::Write(message) | Wish::Reject(message), _) => request.json(message),
            (Wish::Look(_) | Wish::Confirm | Wish::Withdraw, _) => request,
        })
    }
}

/// The name of the state that is known already.
fn etag_of(wish: &Wish) -> Option<&str> {
    match wish {
        Wish::Look(Some(known)) => known.etag.as_deref(),
        _ => None,
    }
}

async fn read(response: Response) -> Result<Ticket, SendError> {
    let etag = text_of(response.headers(), &ETAG).map(str::to_owned);
    Ok(Ticket { etag, ..json(response).await? })
}
