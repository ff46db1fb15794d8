//! A thread of the community becomes a ticket.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, Redirect};
use casefile::report::Priority;
use serde::Deserialize;

use super::door::Visitor;
use super::frame::Frame;
use super::render;
use crate::desk::Desk;
use crate::problem::Problem;
use crate::roles::Right;

#[derive(Template)]
#[template(path = "import.html")]
struct Page {
    frame: Frame,
    csrf: String,
    /// What is chosen until somebody chooses.
    priority: String,
}

pub(super) async fn page(visitor: Visitor) -> Result<Html<String>, Problem> {
    visitor.needs(Right::Work)?;
    render(&Page {
        csrf: visitor.csrf.clone(),
        priority: "P3".to_owned(),
        frame: Frame::of(&visitor, "import"),
    })
}

#[derive(Deserialize)]
pub(super) struct Pasted {
    csrf: String,
    title: String,
    priority: Priority,
    text: String,
}

pub(super) async fn import(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(form): Form<Pasted>,
) -> Result<Redirect, Problem> {
    visitor.made(&form.csrf)?;
    visitor.needs(Right::Work)?;
    let Some(thread) = crate::community::read(&form.text) else {
        let hint = "Nobody said anything in it.";
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "field_blank", hint));
    };
    let ticket = desk.import_thread(&thread, &form.title, form.priority, &visitor.staff.login).await?;
    Ok(Redirect::to(&format!("/tickets/{}", ticket.number)))
}
