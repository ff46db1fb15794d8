//! Who was told what, and who has seen it.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;

use super::door::Visitor;
use super::frame::Frame;
use super::{render, story, text};
use crate::desk::Desk;
use crate::problem::Problem;
use crate::roles::{Right, Role};
use crate::store::NoticeRow;

const SHOWN: i64 = 200;
/// A notice that came later than this says so.
const LATE_SECONDS: i64 = 60;

#[derive(Template)]
#[template(path = "notices.html")]
struct Page {
    frame: Frame,
    csrf: String,
    rows: Vec<Row>,
}

struct Row {
    id: i64,
    number: String,
    title: String,
    rule: String,
    clock: &'static str,
    to: String,
    since: String,
    noticed_late: Option<String>,
    seen: Option<(String, String)>,
    may_acknowledge: bool,
    is_escalation: bool,
}

pub(super) async fn page(State(desk): State<Arc<Desk>>, visitor: Visitor) -> Result<Html<String>, Problem> {
    let words = visitor.words();
    let zone = &desk.plan().zone;
    let row = |notice: NoticeRow| {
        let late = notice.noticed_at.duration_since(notice.since).as_secs() > LATE_SECONDS;
        Row {
            id: notice.id,
            may_acknowledge: notice.acknowledged.is_none() && is_for(&visitor, &notice),
            is_escalation: !notice.rule.starts_with("warning-"),
            title: text::visible(&notice.title),
            rule: story::rule_told(&notice.rule, words),
            clock: words.clock_of(&notice.clock),
            to: match (notice.recipient.as_str(), &notice.assignee) {
                ("assignee", Some(login)) => login.clone(),
                ("assignee", None) => words.nobody().to_owned(),
                (role, _) => role.to_owned(),
            },
            since: text::civil(notice.since, zone),
            noticed_late: late.then(|| text::civil(notice.noticed_at, zone)),
            seen: notice.acknowledged.map(|(at, by)| (by, text::civil(at, zone))),
            number: notice.number,
        }
    };
    let rows = desk.store.newest_notices(SHOWN).await?.into_iter().map(row).collect();
    render(&Page { csrf: visitor.csrf.clone(), rows, frame: Frame::of(&visitor, "notices") })
}

/// Whether somebody is whom a notice is for.
fn is_for(visitor: &Visitor, notice: &NoticeRow) -> bool {
    let roles = &visitor.staff.roles;
    visitor.may(Right::Acknowledge)
        && match notice.recipient.parse::<Role>() {
            Ok(role) => roles.contains(&role),
            // A warning is for who has the ticket, or for the coordinator when nobody has.
            Err(_) => {
                notice.assignee.as_deref() == Some(visitor.staff.login.as_str())
                    || roles.contains(&Role::Coordinator)
            }
        }
}

#[derive(Deserialize)]
pub(super) struct Mark {
    csrf: String,
}

pub(super) async fn acknowledge(
    State(desk): State<Arc<Desk>>,
    visitor: Visitor,
    Path(id): Path<i64>,
    Form(Mark { csrf }): Form<Mark>,
) -> Result<Redirect, Problem> {
    visitor.made(&csrf)?;
    visitor.needs(Right::Acknowledge)?;
    let notice = desk.store.notice(id).await?.ok_or_else(Problem::not_found)?;
    if !is_for(&visitor, &notice) {
        return Err(visitor.refused());
    }
    desk.acknowledge(&notice, &visitor.staff.login).await?;
    Ok(Redirect::to("/notices"))
}
