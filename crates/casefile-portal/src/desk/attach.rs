//! Files that a customer adds to a ticket by hand.

use std::path::PathBuf;
use std::sync::Arc;

use axum::http::StatusCode;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::Desk;
use crate::event::{Actor, Kind};
use crate::lanes::{Caller, Lane};
use crate::problem::Problem;
use crate::process::{Action, decide};
use crate::store::{TicketRow, write};

/// Largest file: a picture of a screen, an export, a short film.
pub(crate) const MAX_FILE_BYTES: u64 = 10 << 20;
/// Files of one ticket, and their bytes.
const MAX_FILES: usize = 20;
const MAX_ALL_BYTES: u64 = 50 << 20;
const MAX_NAME_CHARS: usize = 120;

/// A file that has arrived and is not the ticket's yet. Dropped, it is removed.
#[derive(Debug)]
pub(crate) struct Arrived {
    pub(crate) path: PathBuf,
    pub(crate) name: String,
    pub(crate) sha256: String,
    pub(crate) bytes: u64,
    /// It begins as a zip archive does.
    pub(crate) is_zip: bool,
}

impl Drop for Arrived {
    fn drop(&mut self) {
        // It was moved, or the sweep finds it.
        let _ = std::fs::remove_file(&self.path);
    }
}

impl Desk {
    /// Whether one more file may come, before it is received.
    pub(crate) async fn has_place_for_file(&self, ticket: &TicketRow) -> Result<(), Problem> {
        self.check_open_to_files(ticket).await?;
        let known = self.store.attachments(ticket.id).await?;
        if known.len() >= MAX_FILES || known.iter().map(|file| file.bytes).sum::<u64>() >= MAX_ALL_BYTES {
            let hint = format!("A ticket has at most {MAX_FILES} files of {} MiB.", MAX_ALL_BYTES >> 20);
            return Err(Problem::new(StatusCode::FORBIDDEN, "too_many_files", hint));
        }
        self.room.for_bundle(MAX_FILE_BYTES)
    }

    /// Adds a file to a ticket, with what the customer writes about it. A bundle of the report becomes evidence; another
    /// archive is refused, because nobody has looked into it.
    pub(crate) async fn attach(
        self: &Arc<Self>,
        ticket: &TicketRow,
        key: &str,
        (text, file): (&str, Arrived),
        caller: Caller,
    ) -> Result<(), Problem> {
        if file.bytes == 0 {
            return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "file_missing", "Choose a file."));
        }
        self.check_open_to_files(ticket).await?;
        if file.is_zip {
            let upload = self.announce(ticket, (&file.sha256, file.bytes), caller).await?;
            if !upload.published {
                std::fs::rename(&file.path, self.vault.part(&upload.id))?;
            }
            Arc::clone(self).offset(upload, ticket.clone()).await?;
        } else {
            self.lanes.admit_bundle(caller, &Lane::of(&ticket.body), file.bytes, self.now())?;
            self.vault.attach(&file.path, &ticket.report, &file.sha256)?;
        }
        let text = if text.trim().is_empty() { &file.name } else { text };
        let mut change = self.store.begin().await?;
        let mut open = self.open_ticket(&mut change, ticket).await?;
        if open.known(key).is_some() {
            return Ok(());
        }
        for kind in decide(&open.case()?, &Action::Write(text.to_owned()))? {
            open.append(&mut change, key, Actor::Customer, kind).await?;
        }
        if !file.is_zip {
            let attached = (file.name.as_str(), file.sha256.as_str(), file.bytes);
            write::attachment(&mut change, ticket.id, attached, open.now).await?;
            let (name, sha256) = (file.name.clone(), file.sha256.clone());
            let kind = Kind::Attached { name, sha256, bytes: file.bytes };
            open.append(&mut change, &format!("file:{}", file.sha256), Actor::Customer, kind).await?;
        }
        self.settle_standing(&mut change, &mut open).await?;
        change.commit().await?;
        tracing::info!(ticket = %ticket.number, bytes = file.bytes, "a file was added");
        Ok(())
    }

    /// Adds a file that came by mail, beside the message that the mail is. What is too large or too much stays in the mail.
    pub(super) async fn attach_mailed(
        &self,
        ticket: &TicketRow,
        name: &str,
        bytes: &[u8],
    ) -> Result<(), Problem> {
        let size = bytes.len() as u64;
        let known = self.store.attachments(ticket.id).await?;
        let all: u64 = known.iter().map(|file| file.bytes).sum();
        if size == 0 || size > MAX_FILE_BYTES || known.len() >= MAX_FILES || all + size > MAX_ALL_BYTES {
            return Ok(());
        }
        let (name, sha256) = (plain_name(name), HEXLOWER.encode(&Sha256::digest(bytes)));
        let path = self.vault.incoming(&super::random_id()?);
        std::fs::write(&path, bytes).and_then(|()| std::fs::File::open(&path)?.sync_all())?;
        self.vault.attach(&path, &ticket.report, &sha256)?;
        let mut change = self.store.begin().await?;
        let mut open = self.open_ticket(&mut change, ticket).await?;
        let key = format!("file:{sha256}");
        if open.is_known(&key) {
            return Ok(());
        }
        write::attachment(&mut change, ticket.id, (&name, &sha256, size), open.now).await?;
        open.append(&mut change, &key, Actor::Customer, Kind::Attached { name, sha256, bytes: size }).await?;
        self.settle_standing(&mut change, &mut open).await?;
        Ok(change.commit().await?)
    }

    async fn check_open_to_files(&self, ticket: &TicketRow) -> Result<(), Problem> {
        let plan = self.plan_of(ticket).await?;
        let events = self.store.events(ticket.id).await?;
        let case = crate::case::Case::of(&plan, &ticket.body, &events, self.now());
        let case = case.ok_or_else(Problem::not_found)?;
        decide(&case, &Action::Write("x".to_owned()))?;
        Ok(())
    }
}

/// The name of a file as it may be shown and offered again: without a path, without what deceives.
pub(crate) fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .map(|c| if c.is_alphanumeric() || " ._-()+,@".contains(c) { c } else { '_' })
        .take(MAX_NAME_CHARS)
        .collect();
    let kept = kept.trim().trim_start_matches('.').to_owned();
    if kept.is_empty() { "file".to_owned() } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_only_a_name() {
        for (name, plain) in [
            ("zrzut ekranu.png", "zrzut ekranu.png"),
            ("C:\\Users\\anna\\bot.log", "bot.log"),
            ("../../etc/passwd", "passwd"),
            ("a\"; filename=\"b.exe", "a__ filename__b.exe"),
            ("fdp.\u{202E}exe", "fdp._exe"),
            ("..", "file"),
            ("", "file"),
        ] {
            assert_eq!(plain_name(name), plain, "{name}");
        }
    }
}
