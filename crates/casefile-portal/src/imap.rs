//! Empties mailboxes: every new mail is put on the disk, then the mailbox is marked as read up to it. Nothing is deleted.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll};
use std::time::Duration;

use anyhow::{Context, bail};
use async_imap::extensions::idle::IdleResponse;
use async_imap::{Client, Session};
use futures_util::TryStreamExt;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_util::sync::CancellationToken;

use crate::desk::Desk;
use crate::mail::incoming::MAX_BYTES;
use crate::notify::tls;
use crate::settings::{InboxSettings, Tls};

/// Longest wait for an answer.
const TIMEOUT: Duration = Duration::from_mins(2);
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const MAX_PAUSE: Duration = Duration::from_mins(5);

/// A connection, with TLS or without.
enum Line {
    Plain(TcpStream),
    Tls(Box<tokio_rustls::client::TlsStream<TcpStream>>),
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Line")
    }
}

/// Reads a mailbox until the portal stops. Trouble ends a connection, never the reading.
pub(crate) async fn read_until(desk: Arc<Desk>, inbox: InboxSettings, stop: CancellationToken) {
    let mut pause = FIRST_PAUSE;
    loop {
        let result = tokio::select! {
            () = stop.cancelled() => return,
            result = read(&desk, &inbox, &mut pause) => result,
        };
        if let Err(error) = result {
            // Neither user nor password stands in it.
            tracing::warn!(
                inbox = inbox.name,
                error = format!("{error:#}"),
                "the mailbox is tried again later"
            );
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => pause = (pause * 2).min(MAX_PAUSE),
        }
    }
}

async fn read(desk: &Desk, inbox: &InboxSettings, pause: &mut Duration) -> anyhow::Result<()> {
    let mut session = in_time(open(desk, inbox)).await?;
    let can_idle = in_time(async { Ok(session.capabilities().await?.has_str("IDLE")) }).await?;
    let poll = Duration::from_secs(inbox.poll_seconds.max(1));
    loop {
        let mailbox = in_time(async { Ok(session.select(&inbox.folder).await?) }).await?;
        let validity = mailbox.uid_validity.context("the server has no UIDVALIDITY")?;
        let known = desk.store.mailbox(&inbox.name).await?.filter(|(known, _)| *known == validity);
        let mut found = match known {
            // A number from the last one on always finds the last one.
            Some((_, last)) => {
                let query = format!("UID {}:*", last.saturating_add(1));
                let found = in_time(async { Ok(session.uid_search(&query).await?) }).await?;
                found.into_iter().filter(|uid| *uid > last).collect::<Vec<_>>()
            }
            // At the first time, what nobody has read: an old mailbox is no pile of new tickets.
            None => in_time(async { Ok(session.uid_search("UNSEEN").await?) }).await?.into_iter().collect(),
        };
        found.sort_unstable();
        for uid in &found {
            take(desk, inbox, &mut session, *uid).await?;
            if known.is_some() {
                desk.store.set_mailbox(&inbox.name, (validity, *uid)).await?;
            }
        }
        if known.is_none() {
            // What was read before we came stays where it is; where this was interrupted, it begins anew, and the same mail is one.
            let before = mailbox.uid_next.map_or(0, |next| next.saturating_sub(1));
            let last = found.last().map_or(before, |uid| before.max(*uid));
            desk.store.set_mailbox(&inbox.name, (validity, last)).await?;
        }
        *pause = FIRST_PAUSE;
        if can_idle {
            let mut idle = session.idle();
            in_time(async { Ok(idle.init().await?) }).await?;
            let (waiting, _interrupt) = idle.wait_with_timeout(poll);
            // A server that says something all the time does not keep us from looking.
            let said = tokio::time::timeout(poll + TIMEOUT, waiting).await;
            if let Ok(Ok(IdleResponse::ManualInterrupt) | Err(_)) = said {
                bail!("the connection ended");
            }
            session = in_time(async { Ok(idle.done().await?) }).await?;
        } else {
            tokio::time::sleep(poll).await;
        }
    }
}

/// Puts one mail on the disk.
async fn take(
    desk: &Desk,
    inbox: &InboxSettings,
    session: &mut Session<Line>,
    uid: u32,
) -> anyhow::Result<()> {
    let id = uid.to_string();
    let size = in_time(async {
        let fetched: Vec<_> = session.uid_fetch(&id, "(UID RFC822.SIZE)").await?.try_collect().await?;
        Ok(fetched.iter().find(|fetch| fetch.uid == Some(uid)).and_then(|fetch| fetch.size))
    });
    if size.await?.is_some_and(|size| size as usize > MAX_BYTES) {
        tracing::error!(
            inbox = inbox.name,
            uid,
            "a mail is too large and stays in the mailbox: look at it there"
        );
        return Ok(());
    }
    let fetched: Vec<_> =
        in_time(async { Ok(session.uid_fetch(&id, "(UID BODY.PEEK[])").await?.try_collect().await?) })
            .await?;
    // It may have been deleted in between.
    let Some(body) = fetched.iter().filter(|fetch| fetch.uid == Some(uid)).find_map(|fetch| fetch.body())
    else {
        return Ok(());
    };
    let (spool, body) = (desk.spool.clone(), body.to_vec());
    let mail = tokio::task::spawn_blocking(move || spool.put(&mut body.as_slice())).await??;
    tracing::info!(inbox = inbox.name, uid, mail = &mail[..12], "a mail was fetched");
    let marked: Result<Vec<_>, _> =
        in_time(async { Ok(session.uid_store(&id, "+FLAGS.SILENT (\\Seen)").await?.try_collect().await?) })
            .await;
    if let Err(error) = marked {
        // Only a courtesy to people who look into the mailbox.
        tracing::debug!(inbox = inbox.name, uid, error = format!("{error:#}"), "not marked as read");
    }
    Ok(())
}

async fn open(desk: &Desk, inbox: &InboxSettings) -> anyhow::Result<Session<Line>> {
    let server = &inbox.server;
    let port = server.port.unwrap_or(if server.tls == Tls::Always { 993 } else { 143 });
    let stream = TcpStream::connect((server.host.as_str(), port))
        .await
        .with_context(|| format!("cannot connect to {}:{port}", server.host))?;
    let mut client = match server.tls {
        Tls::Always => {
            let mut client = Client::new(encrypted(desk, inbox, stream).await?);
            client.read_response().await?.context("the server says nothing")?;
            client
        }
        Tls::None => {
            let mut client = Client::new(Line::Plain(stream));
            client.read_response().await?.context("the server says nothing")?;
            client
        }
        Tls::Starttls => {
            let mut client = Client::new(Line::Plain(stream));
            client.read_response().await?.context("the server says nothing")?;
            client.run_command_and_check_ok("STARTTLS", None).await.context("the server refuses TLS")?;
            let Line::Plain(stream) = client.into_inner() else { bail!("TLS twice") };
            Client::new(encrypted(desk, inbox, stream).await?)
        }
    };
    let Some((user, password)) = server.login(&desk.settings)? else {
        // A server on this machine may know who we are.
        client.run_command_and_check_ok("NOOP", None).await?;
        bail!("the mailbox {} needs a user", inbox.name);
    };
    // The error carries the client, not the password.
    client
        .login(user, password.reveal())
        .await
        .map_err(|(error, _)| error)
        .context("the server does not let us in")
}

async fn encrypted(desk: &Desk, inbox: &InboxSettings, stream: TcpStream) -> anyhow::Result<Line> {
    let server = &inbox.server;
    let ca_file = server.ca_file.as_deref().map(|file| desk.settings.path(file));
    let config = tls::client(ca_file.as_deref())?;
    let name = ServerName::try_from(server.host.clone()).context("the host has no name for TLS")?;
    let stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await.context("no TLS")?;
    Ok(Line::Tls(Box::new(stream)))
}

async fn in_time<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::time::timeout(TIMEOUT, work).await.context("the server does not answer")?
}

impl AsyncRead for Line {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut TaskContext<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_read(context, buffer),
            Self::Tls(stream) => Pin::new(stream).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut TaskContext<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_write(context, bytes),
            Self::Tls(stream) => Pin::new(stream).poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<std::io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_flush(context),
            Self::Tls(stream) => Pin::new(stream).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<std::io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_shutdown(context),
            Self::Tls(stream) => Pin::new(stream).poll_shutdown(context),
        }
    }
}
