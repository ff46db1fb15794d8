//! What stands around every page, and the answer when something cannot be shown.

use askama::Template;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use casefile::report::Language;

use super::door::{Visitor, language_of};
use super::words::Words;
use crate::problem::Problem;
use crate::roles::Right;

/// The head of a page.
pub(super) struct Frame {
    pub(super) words: Words,
    /// Who is signed in, and the mark for forms.
    pub(super) visitor: Option<(String, String)>,
    pub(super) may_report: bool,
    pub(super) may_audit: bool,
    /// Which place in the head is this one.
    pub(super) place: &'static str,
}

impl Frame {
    pub(super) fn of(visitor: &Visitor, place: &'static str) -> Self {
        Self {
            words: visitor.words(),
            visitor: Some((visitor.staff.name.clone(), visitor.csrf.clone())),
            may_report: visitor.may(Right::Report),
            may_audit: visitor.may(Right::Audit),
            place,
        }
    }

    /// For somebody who is not signed in.
    pub(super) fn outside(language: Language) -> Self {
        let words = Words(language);
        Self { words, visitor: None, may_report: false, may_audit: false, place: "" }
    }

    pub(super) fn language(&self) -> &'static str {
        self.words.0.as_str()
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
struct Page {
    frame: Frame,
    hint: String,
}

/// Shows a problem to a person, not to a program.
pub(super) async fn for_people(request: Request, next: Next) -> Response {
    let language = language_of(request.headers());
    let response = next.run(request).await;
    let Some(problem) = response.extensions().get::<Problem>() else { return response };
    let page = Page { frame: Frame::outside(language), hint: super::text::visible(problem.hint()) };
    let Ok(html) = page.render() else { return response };
    let status = response.status();
    let mut shown = axum::response::Html(html).into_response();
    *shown.status_mut() = status;
    let code = HeaderValue::from_static(problem.code);
    shown.headers_mut().insert("x-problem", code);
    if let Some(value) = response.headers().get(header::RETRY_AFTER) {
        shown.headers_mut().insert(header::RETRY_AFTER, value.clone());
    }
    shown
}
