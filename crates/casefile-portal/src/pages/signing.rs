//! The door: signing in and out, language and password.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use casefile::report::Language;
use serde::Deserialize;

use super::door::{self, Visitor};
use super::frame::Frame;
use super::render;
use crate::desk::{Desk, SignInError};
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "sign-in.html")]
struct Door {
    frame: Frame,
    next: String,
    login: String,
    complaint: Option<&'static str>,
    /// Nobody can sign in, because there is nobody.
    is_empty: bool,
}

#[derive(Template)]
#[template(path = "account.html")]
struct Account {
    frame: Frame,
    login: String,
    roles: String,
    complaint: Option<&'static str>,
}

#[derive(Deserialize)]
pub(super) struct Where {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
pub(super) struct Credentials {
    login: String,
    password: String,
    #[serde(default)]
    next: String,
}

pub(super) async fn page(
    State(desk): State<Arc<Desk>>,
    Query(Where { next }): Query<Where>,
    headers: HeaderMap,
) -> Result<Html<String>, Problem> {
    show_door(&desk, &headers, next, String::new(), None).await
}

async fn show_door(
    desk: &Desk,
    headers: &HeaderMap,
    next: String,
    login: String,
    complaint: Option<&'static str>,
) -> Result<Html<String>, Problem> {
    let frame = Frame::outside(door::language_of(headers));
    let is_empty = desk.store.all_staff().await?.is_empty();
    render(&Door { frame, next, login, complaint, is_empty })
}

pub(super) async fn sign_in(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    Form(form): Form<Credentials>,
) -> Result<Response, Problem> {
    let login = form.login.trim().to_lowercase();
    let words = Frame::outside(door::language_of(&headers)).words;
    let (status, complaint) = match desk.sign_in(&login, &form.password).await? {
        Ok(token) => {
            let cookie = door::cookie(Some(&token), &desk.base_url);
            return Ok(
                ([(header::SET_COOKIE, cookie)], Redirect::to(door::inside(&form.next))).into_response()
            );
        }
        Err(SignInError::Wrong) => (StatusCode::FORBIDDEN, words.wrong()),
        Err(SignInError::Wait { seconds }) => {
            let page = show_door(&desk, &headers, form.next, login, Some(words.wait())).await?;
            let wait = [(header::RETRY_AFTER, seconds.to_string())];
            return Ok((StatusCode::TOO_MANY_REQUESTS, wait, page).into_response());
        }
    };
    let page = show_door(&desk, &headers, form.next, login, Some(complaint)).await?;
    Ok((status, page).into_response())
}

#[derive(Deserialize)]
pub(super) struct Mark {
    csrf: String,
}

pub(super) async fn sign_out(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(Mark { csrf }): Form<Mark>,
) -> Result<Response, Problem> {
    visitor.made(&csrf)?;
    if let Some(token) = door::token(&headers) {
        desk.sign_out(&token).await?;
    }
    let cookie = door::cookie(None, &desk.base_url);
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/sign-in")).into_response())
}

pub(super) async fn account(visitor: Visitor) -> Result<Html<String>, Problem> {
    show_account(&visitor, None)
}

fn show_account(visitor: &Visitor, complaint: Option<&'static str>) -> Result<Html<String>, Problem> {
    let roles: Vec<_> = visitor.staff.roles.iter().map(|role| role.as_str()).collect();
    let login = visitor.staff.login.clone();
    render(&Account { frame: Frame::of(visitor, "account"), login, roles: roles.join(", "), complaint })
}

#[derive(Deserialize)]
pub(super) struct LanguageForm {
    csrf: String,
    language: Language,
}

pub(super) async fn language(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(form): Form<LanguageForm>,
) -> Result<Redirect, Problem> {
    visitor.made(&form.csrf)?;
    desk.store.set_language(&visitor.staff.login, form.language).await?;
    Ok(Redirect::to("/account"))
}

#[derive(Deserialize)]
pub(super) struct PasswordForm {
    csrf: String,
    old: String,
    new: String,
}

pub(super) async fn password(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Form(form): Form<PasswordForm>,
) -> Result<Response, Problem> {
    visitor.made(&form.csrf)?;
    if desk.change_password(&visitor.staff.login, &form.old, &form.new).await? {
        // All sessions have ended, this one too.
        return Ok(Redirect::to("/sign-in").into_response());
    }
    let page = show_account(&visitor, Some(visitor.words().password_wrong()))?;
    Ok((StatusCode::FORBIDDEN, page).into_response())
}
