//! Who may use which way into the portal: one table, which every request is held against before anything else looks at
//! it. A way that is not in the table leads nowhere. A test walks through it for every role.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::desk::Desk;
use crate::pages::{Refusal, Visitor};
use crate::problem::Problem;
use crate::roles::Right::{self, Acknowledge, Assign, Audit, Erase, Note, Report, Review, See, Void, Work};

/// Who may use a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Everybody: it shows nothing of a ticket.
    Everybody,
    /// Whoever has the secret of the report; the handler compares it.
    Secret,
    /// Whoever knows the address of the customer's page.
    Link,
    /// Staff with one of these rights. What exactly is done may need a certain one of them.
    Staff(&'static [Right]),
}

use Access::{Everybody, Link, Secret, Staff};

/// One way: methods, path, and who may use it.
type Way = (&'static [&'static str], &'static str, Access);

/// Every way into the portal.
pub(crate) const WAYS: &[Way] = &[
    // Clients.
    (&["PUT", "GET", "DELETE"], "/api/v1/reports/{id}", Secret),
    (&["POST"], "/api/v1/reports/{id}/messages", Secret),
    (&["POST"], "/api/v1/reports/{id}/confirm", Secret),
    (&["POST"], "/api/v1/reports/{id}/reject", Secret),
    (&["POST"], "/api/v1/reports/{id}/uploads", Secret),
    (&["HEAD", "PATCH", "DELETE", "POST"], "/api/v1/uploads/{id}", Secret),
    (&["GET"], "/api/v1/limits", Everybody),
    (&["GET"], "/api/v1/openapi.json", Everybody),
    // Operators.
    (&["GET"], "/healthz", Everybody),
    (&["GET"], "/readyz", Everybody),
    // Customers.
    (&["GET"], "/r/{link}", Link),
    (&["POST"], "/r/{link}/write", Link),
    (&["POST"], "/r/{link}/attach", Link),
    (&["POST"], "/r/{link}/confirm", Link),
    (&["POST"], "/r/{link}/reject", Link),
    (&["POST"], "/r/{link}/withdraw", Link),
    (&["GET"], "/r/{link}/files/{n}", Link),
    // Staff by the link in a mail to them, which only the portal can make.
    (&["GET", "POST"], "/seen/{mark}", Link),
    // Staff.
    (&["GET"], "/", Staff(&[See])),
    (&["GET"], "/board", Staff(&[See])),
    (&["GET"], "/tickets/{number}", Staff(&[See])),
    (&["GET"], "/tickets/{number}/evidence/{sha256}", Staff(&[See])),
    (&["GET"], "/tickets/{number}/evidence/{sha256}/timeline", Staff(&[See])),
    (&["GET"], "/tickets/{number}/files/{n}", Staff(&[See])),
    (&["POST"], "/tickets/{number}/write", Staff(&[Note, Work])),
    (&["POST"], "/tickets/{number}/triage", Staff(&[Work])),
    (&["POST"], "/tickets/{number}/assign", Staff(&[Work, Assign])),
    (&["POST"], "/tickets/{number}/void", Staff(&[Void])),
    (&["POST"], "/tickets/{number}/erase", Staff(&[Erase])),
    (&["GET"], "/mail", Staff(&[See])),
    (&["GET"], "/mail/{id}", Staff(&[See])),
    (&["POST"], "/mail/{id}/retry", Staff(&[Work])),
    (&["GET", "POST"], "/import", Staff(&[Work])),
    (&["GET"], "/notices", Staff(&[See])),
    (&["POST"], "/notices/{id}", Staff(&[Acknowledge])),
    (&["GET"], "/reports", Staff(&[Report])),
    (&["GET"], "/reports/{period}", Staff(&[Report])),
    (&["POST"], "/reports/{period}/improvements", Staff(&[Review])),
    (&["POST"], "/reports/{period}/improvements/{id}", Staff(&[Review])),
    (&["GET"], "/audit", Staff(&[Audit])),
    (&["GET"], "/account", Staff(&[See])),
    (&["POST"], "/account/language", Staff(&[See])),
    (&["POST"], "/account/password", Staff(&[See])),
    (&["POST"], "/sign-out", Staff(&[See])),
    // Whoever is not signed in yet.
    (&["GET", "POST"], "/sign-in", Everybody),
    (&["GET"], "/static/portal.css", Everybody),
    (&["GET"], "/static/portal.js", Everybody),
];

/// Holds a request against the table. Before a ticket is looked for: who may not see one does not learn whether it exists.
pub(crate) async fn guard(State(desk): State<Arc<Desk>>, mut request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>();
    let who = path.and_then(|path| access(request.method(), path.as_str()));
    match who {
        Some(Everybody | Secret | Link) => {}
        Some(Staff(rights)) => match Visitor::of(&desk, request.headers(), request.uri()).await {
            Ok(visitor) if rights.iter().any(|right| visitor.may(*right)) => {
                request.extensions_mut().insert(visitor);
            }
            Ok(visitor) => return Refusal::from(visitor.refused()).into_response(),
            Err(refusal) => return refusal.into_response(),
        },
        None => return Problem::not_found().into_response(),
    }
    next.run(request).await
}

/// Who may use a way. Asking how one can ask is answered where asking is.
fn access(method: &Method, path: &str) -> Option<Access> {
    let mut ways = WAYS.iter().filter(|(_, known, _)| *known == path);
    let first = ways.next()?;
    let fits = |(methods, ..): &&Way| methods.contains(&method.as_str());
    let exact = Some(first).into_iter().chain(ways).find(fits);
    // A method that the way does not have is told so by the router, to whoever may use the way.
    Some(exact.unwrap_or(first).2)
}

#[cfg(test)]
mod tests;
