//! Ways to support that need no portal: a mail that is ready to be sent, and a text to copy.
//!
//! Making one is not sending it: only a [`Receipt`](crate::outbox::Receipt) says that a report has arrived.

mod mime;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use jiff::tz::TimeZone;

use self::mime::{base64_lines, encoded, mailbox};
use crate::bundle::{Bundle, Limits, OpenError};
use crate::outbox::Parcel;
use crate::private;
use crate::report::{Language, ReportBody, is_mail_address};
use crate::transport::file_name;
use crate::{Draft, Reporter};

/// Longest `report.md` that is read.
const MAX_TEXT_BYTES: u64 = 1 << 20;
/// Most mail providers refuse more than 25 MB, of which a third is the way that files are written in mails.
const MAX_MAIL_BYTES: u64 = 18 << 20;
/// Nobody is there: RFC 2606, 2. Mail programs put their own sender in its place.
const NOBODY: &str = "nobody@sender.invalid";

/// What a person can send by hand. Made of the sealed bundle: what they have seen is what they send.
#[derive(Debug)]
pub struct Letter {
    bundle: Bundle,
    markdown: String,
    title: String,
    language: Language,
    contact: (Option<String>, Option<String>),
    ticket: Option<String>,
    to: Option<String>,
}

/// Why there is no letter.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SaveError {
    /// The bundle is gone, for instance because it was delivered long ago, or damaged.
    #[error("the bundle cannot be read")]
    Bundle(#[from] OpenError),
    /// Something is there already: choose another name.
    #[error("{} exists already", .0.display())]
    Exists(PathBuf),
    /// The disk is full, or the folder cannot be written: choose another place.
    #[error("it cannot be written")]
    Disk(#[source] io::Error),
}

impl Letter {
    /// Makes a letter of a sealed bundle and the text of its ticket. Reads the bundle once.
    ///
    /// `to` is the mail address of support, if it has one; `ticket` the number of the ticket, if there is one already.
    ///
    /// # Errors
    /// `Bundle`, when it cannot be read.
    fn new(
        bundle: &Path,
        body: &ReportBody,
        to: Option<&str>,
        ticket: Option<&str>,
    ) -> Result<Self, SaveError> {
        let bundle = Bundle::open(bundle, &Limits::default())?;
        let markdown = bundle.read_text("report.md", MAX_TEXT_BYTES).map_err(OpenError::Io)?;
        Ok(Self {
            markdown,
            title: body.title.clone(),
            language: body.language,
            contact: (body.contact.name.clone(), body.contact.email.clone()),
            ticket: ticket.map(str::to_owned),
            to: to.filter(|to| is_mail_address(to)).map(str::to_owned),
            bundle,
        })
    }

    /// Whether most mail providers would refuse the mail: say so, and offer the bundle as a file.
    pub fn is_too_large_for_mail(&self) -> bool {
        self.bundle.bytes() > MAX_MAIL_BYTES
    }

    /// The report as plain text: the filled template, the contact, and which bundle belongs to it.
    pub fn text(&self) -> String {
        let words = match self.language {
            Language::Pl => ["Zgłoszenie", "Numer sprawy", "Kontakt", "Pakiet", "SHA-256 pakietu"],
            Language::En => ["Report", "Ticket", "Contact", "Bundle", "SHA-256 of the bundle"],
        };
        let [report, ticket, contact, bundle, sha256] = words;
        let (name, email) = &self.contact;
        let person = [name.as_deref(), email.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let id = self.bundle.manifest().report_id.to_string();
        let rows = [
            (report, id.as_str()),
            (ticket, self.ticket.as_deref().unwrap_or_default()),
            (contact, person.as_str()),
            (bundle, &self.attachment_name()),
            (sha256, &self.bundle.sha256()),
        ];
        let mut text = format!("{}\n", self.markdown.trim_end());
        for (label, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
            text.extend(["\n", label, ": ", &value.replace(['\r', '\n'], " ")]);
        }
        text.push('\n');
        text
    }

    /// Writes the mail to a new file that only this user can read: a draft with the bundle attached, which a mail program
    /// opens for sending. The bundle is read again in pieces.
    ///
    /// # Errors
    /// Nothing is left behind then; see [`SaveError`].
    pub fn save_mail(&self, path: &Path, now: Timestamp) -> Result<(), SaveError> {
        save(path, |file| {
            let mut out = BufWriter::with_capacity(256 << 10, file);
            self.write_mail(&mut out, now)?;
            out.flush()
        })
    }

    /// Writes [`Letter::text`] to a new file that only this user can read.
    ///
    /// # Errors
    /// Nothing is left behind then; see [`SaveError`].
    pub fn save_text(&self, path: &Path) -> Result<(), SaveError> {
        save(path, |file| file.write_all(self.text().as_bytes()))
    }

    /// RFC 5322 with the bundle attached. `X-Unsent` makes Outlook open it as a draft.
    fn write_mail(&self, out: &mut impl Write, now: Timestamp) -> io::Result<()> {
        let id = self.bundle.manifest().report_id;
        let (name, email) = &self.contact;
        let sender = email.as_deref().filter(|email| is_mail_address(email));
        let sender = match sender {
            Some(email) => mailbox(name.as_deref().unwrap_or_default(), email),
            None => mailbox(&self.bundle.manifest().app.name, NOBODY),
        };
        let now = now.to_zoned_datetime(TimeZone::UTC);
        let date = DateTimePrinter::new().zoned_datetime_to_string(&now).map_err(io::Error::other)?;
        let tag = match &self.ticket {
            Some(ticket) => format!("[{}] [report {id}]", mime::plain(ticket)),
            None => format!("[report {id}]"),
        };
        let boundary = format!("=_casefile_{id}");
        let file = self.attachment_name();
        write!(out, "From: {sender}\r\n")?;
        if let Some(to) = &self.to {
            write!(out, "To: {to}\r\n")?;
        }
        write!(out, "Subject: {tag}\r\n {}\r\n", encoded(&self.title))?;
        write!(out, "Date: {date}\r\nMessage-ID: <report.{id}@casefile.invalid>\r\n")?;
        write!(out, "X-Unsent: 1\r\nX-Casefile-Report: {id}\r\n")?;
        write!(out, "X-Casefile-Sha256: {}\r\nMIME-Version: 1.0\r\n", self.bundle.sha256())?;
        write!(out, "Content-Type: multipart/mixed;\r\n boundary=\"{boundary}\"\r\n\r\n")?;
        write!(out, "--{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\n")?;
        write!(out, "Content-Transfer-Encoding: base64\r\n\r\n")?;
        // Lines of a text end with CRLF in a mail, also inside of base64: RFC 2046, 4.1.1.
        let text = self.text().replace('\n', "\r\n");
        base64_lines(&mut text.as_bytes(), out)?;
        write!(out, "--{boundary}\r\nContent-Type: application/zip; name=\"{file}\"\r\n")?;
        write!(out, "Content-Disposition: attachment; filename=\"{file}\"\r\n")?;
        write!(out, "Content-Transfer-Encoding: base64\r\n\r\n")?;
        base64_lines(&mut File::open(self.bundle.path())?, out)?;
        write!(out, "--{boundary}--\r\n")
    }

    fn attachment_name(&self) -> String {
        let manifest = self.bundle.manifest();
        file_name(&manifest.app.name, manifest.report_id)
    }
}

impl Reporter {
    /// Makes a letter of a kept report, for when the portal cannot be reached or will not take it.
    ///
    /// # Errors
    /// `Bundle`, when it is gone or damaged.
    pub fn letter(&self, parcel: &Parcel) -> Result<Letter, SaveError> {
        let ticket =
            parcel.state().ok().and_then(|state| state.receipt().map(|receipt| receipt.ticket.clone()));
        Letter::new(&parcel.bundle_path(), parcel.body(), self.support_mail(), ticket.as_deref())
    }

    /// Makes a letter of a report that could not be kept.
    ///
    /// # Errors
    /// `Bundle`, when it is gone or damaged.
    pub fn letter_of_draft(&self, draft: &Draft) -> Result<Letter, SaveError> {
        Letter::new(draft.bundle.path(), &draft.body, self.support_mail(), None)
    }
}

/// Copies a bundle to a new file that only this user can read.
///
/// # Errors
/// Nothing is left behind then; see [`SaveError`].
pub fn save_bundle(bundle: &Path, path: &Path) -> Result<(), SaveError> {
    let mut source = File::open(bundle).map_err(|error| SaveError::Bundle(OpenError::Io(error)))?;
    save(path, |file| io::copy(&mut source, file).map(drop))
}

/// Writes a new file; a half one is removed.
fn save(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), SaveError> {
    let mut file = match private::create_file(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return Err(SaveError::Exists(path.to_owned()));
        }
        other => other.map_err(SaveError::Disk)?,
    };
    let written = write(&mut file).and_then(|()| file.sync_all());
    drop(file);
    written.map_err(|error| {
        // The disk may be full: what is half written only takes room, and could be taken for whole.
        let _ = std::fs::remove_file(path);
        SaveError::Disk(error)
    })
}

#[cfg(test)]
mod tests;
