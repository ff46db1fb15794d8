//! Starts the portal, and stops it when it is asked to.

use std::fs::{File, TryLockError};
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use casefile::config::read_plan;
use casefile::plan::Plan;
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::api;
use crate::desk::Desk;
use crate::home::{HomeArguments, remember};
use crate::imap;
use crate::retention::Retention;
use crate::settings::HeartbeatSettings;

/// How long requests may go on after the portal was asked to stop; what is cut off then is resumed later.
const STOP_TIMEOUT: Duration = Duration::from_secs(5);

/// How often the loop looks after what became due.
const ROUND_EVERY: Duration = Duration::from_secs(5);

/// How often mails and webhooks are looked after.
const POST_EVERY: Duration = Duration::from_secs(1);

/// What the portal is started with.
pub(crate) struct Settings {
    pub(crate) listen: SocketAddr,
    pub(crate) operators: Option<SocketAddr>,
    pub(crate) home: HomeArguments,
    pub(crate) plan: Option<PathBuf>,
    pub(crate) base_url: Option<String>,
    pub(crate) retention: Retention,
    pub(crate) now: fn() -> Timestamp,
}

/// Serves until it is asked to stop.
pub(crate) fn run(settings: &Settings) -> anyhow::Result<()> {
    ensure!(
        settings.listen.ip().is_loopback()
            && settings.operators.is_none_or(|address| address.ip().is_loopback()),
        "the portal speaks plain HTTP: listen on 127.0.0.1, put a proxy with TLS in front of it, and name it by --base-url"
    );
    let plan = plan_of(settings.plan.as_deref())?;
    let portal = settings.home.settings()?;
    let place = settings.home.place(&portal)?;
    let data = settings.home.data();
    let base_url = settings.base_url.as_deref().map(checked_base_url).transpose()?;
    std::fs::create_dir_all(data).with_context(|| format!("cannot make the folder {}", data.display()))?;
    let _lock = lock(data)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_name("casefile-portal")
        .build()
        .context("cannot start")?;
    runtime.block_on(async {
        let listener = TcpListener::bind(settings.listen)
            .await
            .with_context(|| format!("cannot listen on {}", settings.listen))?;
        let address = listener.local_addr().context("cannot listen")?;
        let base_url = base_url.unwrap_or_else(|| format!("http://{address}"));
        let desk = Desk::open(data, &place, plan, base_url, settings.retention, portal, settings.now).await?;
        remember(data, &place).context("cannot write where the database is")?;
        if let Some(address) = settings.operators {
            let listener =
                TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
            tracing::info!(address = %listener.local_addr()?, "for operators");
            // It ends with the process: nothing of it has to be finished.
            tokio::spawn(axum::serve(listener, api::operators(Arc::clone(&desk))).into_future());
        }
        say_where(address);
        let rounds = tokio::spawn(go_round(Arc::clone(&desk)));
        serve(listener, &desk).await?;
        rounds.abort();
        desk.store.close().await;
        Ok(())
    })
}

async fn serve(listener: TcpListener, desk: &Arc<Desk>) -> anyhow::Result<()> {
    let stop = desk.stop.clone();
    tokio::spawn(Arc::clone(desk).sweep_until(stop.clone()));
    let post = tokio::spawn(post_until(Arc::clone(desk), stop.clone()));
    tokio::spawn(look_through_until(Arc::clone(desk), stop.clone()));
    let inboxes = desk.settings.mail.iter().flat_map(|mail| &mail.inboxes);
    for inbox in inboxes {
        tokio::spawn(imap::read_until(Arc::clone(desk), inbox.clone(), stop.clone()));
    }
    let router = api::router(Arc::clone(desk)).into_make_service_with_connect_info::<SocketAddr>();
    let server =
        axum::serve(listener, router).with_graceful_shutdown(stop.clone().cancelled_owned()).into_future();
    tokio::pin!(server);
    tokio::select! {
        result = &mut server => return result.context("cannot go on listening"),
        asked = asked_to_stop() => asked?,
    }
    tracing::info!("stopping");
    stop.cancel();
    let stopped = tokio::time::timeout(STOP_TIMEOUT, server).await;
    // What is being sent is sent to its end, so that it is known that it was.
    let _ = tokio::time::timeout(STOP_TIMEOUT, post).await;
    match stopped {
        Ok(result) => result.context("cannot stop cleanly"),
        Err(_) => Ok(()),
    }
}

/// Looks through what has arrived, until the portal stops. A bundle is looked through while others arrive, one at a time.
async fn look_through_until(desk: Arc<Desk>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let has_more = match desk.look_through().await {
            Ok(has_more) => has_more,
            Err(problem) => {
                tracing::error!(code = problem.code, "a bundle is looked through later");
                false
            }
        };
        if has_more {
            continue;
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(POST_EVERY) => {}
        }
    }
}

/// The plan of a file, or the one that comes with casefile.
pub(crate) fn plan_of(file: Option<&Path>) -> anyhow::Result<Plan> {
    match file {
        Some(file) => read_plan(file).context("cannot use the support plan"),
        None => Ok(Plan::default()),
    }
}

/// Looks at mails that came in and sends what has to leave, until the portal stops. Beside the loop: a mail server that hangs keeps no
/// clock waiting.
async fn post_until(desk: Arc<Desk>, stop: CancellationToken) {
    let heartbeat = desk.settings.heartbeat.as_ref().map(HeartbeatSettings::every);
    let mut beaten: Option<tokio::time::Instant> = None;
    while !stop.is_cancelled() {
        if let Err(problem) = desk.take_in_mails().await {
            tracing::error!(code = problem.code, "mails wait for the next round");
        }
        if let Err(problem) = desk.dispatch().await {
            tracing::error!(code = problem.code, "what has to leave waits for the next round");
        }
        if let Some(every) = heartbeat
            && beaten.is_none_or(|at| at.elapsed() >= every)
        {
            desk.beat().await;
            beaten = Some(tokio::time::Instant::now());
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(POST_EVERY) => {}
        }
    }
}

/// Looks after what becomes due. How often changes no fact, only how soon somebody is told.
async fn go_round(desk: Arc<Desk>) {
    let mut ticks = tokio::time::interval(ROUND_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(problem) = desk.round().await {
            tracing::error!(code = problem.code, "a round was not finished; the next one goes on");
        }
    }
}

/// The first line on standard output, for people and scripts that wait for it.
fn say_where(address: SocketAddr) {
    let mut out = std::io::stdout().lock();
    // Nobody may be reading; the portal works all the same.
    let _ = writeln!(out, "casefile-portal listening on http://{address}").and_then(|()| out.flush());
}

/// Two portals on one folder would give the same number twice.
pub(crate) fn lock(data: &Path) -> anyhow::Result<File> {
    let path = data.join("portal.lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .with_context(|| format!("cannot write {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!("another portal works in {}: stop it first", data.display()),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("cannot lock {}", path.display()))
        }
    }
}

/// Without a slash at the end.
fn checked_base_url(text: &str) -> anyhow::Result<String> {
    let uri: axum::http::Uri = text.parse().with_context(|| format!("{text} is not an address"))?;
    ensure!(
        matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some() && uri.query().is_none(),
        "{text} is not an address like https://support.example.com"
    );
    Ok(text.trim_end_matches('/').to_owned())
}

#[cfg(unix)]
async fn asked_to_stop() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).context("cannot wait for signals")?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        result = tokio::signal::ctrl_c() => result.context("cannot wait for signals"),
    }
}

#[cfg(not(unix))]
async fn asked_to_stop() -> anyhow::Result<()> {
    tokio::signal::ctrl_c().await.context("cannot wait for signals")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(listen: &str, data: &Path) -> Settings {
        Settings {
            listen: listen.parse().unwrap(),
            operators: None,
            home: HomeArguments::of(data),
            plan: None,
            base_url: None,
            retention: Retention::default(),
            now: || Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn without_tls_it_serves_this_machine_only() {
        let data = tempfile::tempdir().unwrap();
        let error = run(&settings("0.0.0.0:0", data.path())).unwrap_err();
        assert!(error.to_string().contains("127.0.0.1"), "{error}");
    }

    #[test]
    fn a_folder_has_one_portal() {
        let data = tempfile::tempdir().unwrap();
        let held = lock(data.path()).unwrap();
        let error = run(&settings("127.0.0.1:0", data.path())).unwrap_err();
        assert!(error.to_string().contains("another portal"), "{error}");
        drop(held);
        assert!(lock(data.path()).is_ok());
    }

    #[test]
    fn a_base_url_is_an_address() {
        assert_eq!(checked_base_url("https://x.example/desk/").unwrap(), "https://x.example/desk");
        for text in ["x.example", "ftp://x.example", "https://x.example/?a=b", ""] {
            assert!(checked_base_url(text).is_err(), "{text}");
        }
    }
}
