//! Mails out, by SMTP (lettre, rustls).

use std::time::{Duration, SystemTime};

use anyhow::Context;
use jiff::Timestamp;
use lettre::address::Envelope;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls as Encryption, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use super::SendError;
use crate::mail::machine::MARK;
use crate::settings::{MailSettings, PortalSettings, Tls};

/// Longest wait for the other side.
const TIMEOUT: Duration = Duration::from_secs(30);

/// One mail.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    /// Without angle brackets; the same at every attempt.
    pub(crate) id: String,
    /// Where an answer goes.
    pub(crate) reply_to: Option<String>,
    /// What it answers.
    pub(crate) answers: Option<String>,
    /// When it was written.
    pub(crate) at: Timestamp,
    /// Nobody wrote it: RFC 3834.
    pub(crate) is_automatic: bool,
    /// Whether it comes back to us when it cannot be delivered.
    pub(crate) has_way_back: bool,
}

/// Sends mails from the address of support.
pub(crate) struct Mailer {
    from: Mailbox,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl Mailer {
    /// Prepares sending; `None` where no server is named. Nobody is spoken to yet.
    pub(crate) fn of(settings: &PortalSettings) -> anyhow::Result<Option<Self>> {
        let Some(mail) = &settings.mail else { return Ok(None) };
        let Some(server) = &mail.smtp else { return Ok(None) };
        let port = server.port.unwrap_or(match server.tls {
            Tls::Always => 465,
            Tls::Starttls => 587,
            Tls::None => 25,
        });
        let mut parameters = TlsParameters::builder(server.host.clone());
        if let Some(file) = &server.ca_file {
            let pem = std::fs::read(settings.path(file))
                .with_context(|| format!("cannot read {}", file.display()))?;
            parameters = parameters.add_root_certificate(Certificate::from_pem(&pem)?);
        }
        let encryption = match server.tls {
            Tls::Always => Encryption::Wrapper(parameters.build_rustls()?),
            Tls::Starttls => Encryption::Required(parameters.build_rustls()?),
            Tls::None => Encryption::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
            .port(port)
            .tls(encryption)
            .timeout(Some(TIMEOUT));
        if let Some((user, password)) = server.login(settings)? {
            builder = builder.credentials(Credentials::new(user, password.reveal().to_owned()));
        }
        Ok(Some(Self { from: sender(mail)?, transport: builder.build() }))
    }

    /// Hands a mail over.
    pub(crate) async fn send(&self, letter: &Letter) -> Result<(), SendError> {
        let message = self.message(letter).map_err(|error| SendError::Never(error.to_string()))?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => Err(judged(&error)),
        }
    }

    fn message(&self, letter: &Letter) -> anyhow::Result<Message> {
        let to: Address = letter.to.parse()?;
        let from = letter.has_way_back.then(|| self.from.email.clone());
        let header = |name: &str, value: String| {
            anyhow::Ok(HeaderValue::new(HeaderName::new_from_ascii(name.to_owned())?, value))
        };
        let mut builder = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.clone()))
            .subject(letter.subject.clone())
            .date(SystemTime::UNIX_EPOCH + Duration::from_secs(letter.at.as_second().unsigned_abs()))
            .message_id(Some(format!("<{}>", letter.id)))
            .raw_header(header(MARK, "1".to_owned())?)
            .raw_header(header("X-Auto-Response-Suppress", "All".to_owned())?)
            .envelope(Envelope::new(from, vec![to])?);
        if letter.is_automatic {
            builder = builder.raw_header(header("Auto-Submitted", "auto-generated".to_owned())?);
        }
        if let Some(address) = &letter.reply_to {
            builder = builder.reply_to(Mailbox::new(self.from.name.clone(), address.parse()?));
        }
        if let Some(id) = &letter.answers {
            let id = format!(
                "<{}>",
                id.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>()
            );
            builder = builder.in_reply_to(id.clone()).references(id);
        }
        Ok(builder.singlepart(SinglePart::plain(letter.text.clone()))?)
    }
}

fn sender(mail: &MailSettings) -> anyhow::Result<Mailbox> {
    let name = Some(mail.name.clone()).filter(|name| !name.trim().is_empty());
    Ok(Mailbox::new(name, mail.address.parse().context("mail.address is no mail address")?))
}

/// What an answer of the server means.
fn judged(error: &lettre::transport::smtp::Error) -> SendError {
    let mut why = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let cause_told = cause.to_string();
        if !why.contains(&cause_told) {
            why = format!("{why}: {cause_told}");
        }
        source = cause.source();
    }
    let why: String = why.chars().take(300).collect();
    let Some(code) = error.status() else { return SendError::Line(why) };
    match u16::from(code) {
        // Closing down, or who we are is not accepted: that is no matter of this mail.
        421 | 454 | 530 | 534 | 535 | 538 => SendError::Line(why),
        500..=599 => SendError::Never(why),
        _ => SendError::Later(why),
    }
}
