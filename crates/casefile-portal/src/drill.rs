//! `casefile-portal drill`: proves that the addresses of a role work. Sends through the running portal, and waits until everybody has confirmed.

use std::io::Write;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use clap::Args;
use jiff::Timestamp;

use crate::home::HomeArguments;
use crate::mail::incoming::is_address;
use crate::mail::tag::Signer;
use crate::mail::wording;
use crate::roles::Role;
use crate::store::{NewOutgoing, Store, Way};

#[derive(Debug, Args)]
pub(crate) struct DrillArguments {
    #[command(flatten)]
    home: HomeArguments,
    /// Whose addresses are tried: engineer, coordinator, rnd, cto, admin or auditor.
    #[arg(long, value_name = "ROLE")]
    role: Role,
    /// The address that people reach the portal by.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    base_url: String,
    /// Longest wait for the confirmations.
    #[arg(long, value_name = "SECONDS", default_value_t = 900)]
    wait: u64,
}

/// How often it is looked whether somebody confirmed.
const EVERY: Duration = Duration::from_millis(500);

/// Whether everybody has confirmed in time.
pub(crate) fn run(
    arguments: &DrillArguments,
    now: fn() -> Timestamp,
    out: &mut dyn Write,
) -> anyhow::Result<bool> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let place = arguments.home.existing_place()?;
        let store = Store::open(&place).await.with_context(|| format!("cannot open {place}"))?;
        let done = drill(&store, arguments, now, out).await;
        store.close().await;
        done
    })
}

async fn drill(
    store: &Store,
    arguments: &DrillArguments,
    now: fn() -> Timestamp,
    out: &mut dyn Write,
) -> anyhow::Result<bool> {
    let role = arguments.role;
    let key = store.existing_key("mail").await?.context("the portal has never run here")?;
    let signer = Signer::new(key.as_bytes());
    let base_url = arguments.base_url.trim_end_matches('/');
    let staff = store.all_staff().await?;
    let reached: Vec<_> =
        staff.into_iter().filter(|one| one.is_active && one.roles.contains(&role)).collect();
    ensure!(!reached.is_empty(), "nobody has the role {role}: escalations to it reach nobody");
    let begun = now();
    let mut waiting = Vec::new();
    let mut is_good = true;
    for one in &reached {
        let Some(address) = one.email.clone().filter(|address| is_address(address)) else {
            writeln!(out, "{}: has no mail address", one.login)?;
            store.audit(begun, &one.login, &format!("drill for {role}: has no mail address")).await?;
            is_good = false;
            continue;
        };
        let make = |id: i64| {
            let seen = format!("{base_url}/seen/{id}.{}", signer.tag("seen", &id.to_string()));
            let (subject, body) = wording::drill(role.as_str(), &seen, one.language);
            let (login, recipient) = (Some(one.login.clone()), address.clone());
            NewOutgoing {
                way: Way::Mail,
                kind: "drill",
                ticket: None,
                notice: None,
                recipient,
                login,
                subject,
                body,
                answers: None,
            }
        };
        let key = format!("drill:{}:{}", begun.as_millisecond(), one.login);
        let id = store.put_outgoing(&key, begun, make).await?;
        store.audit(begun, &one.login, &format!("drill for {role}: a mail was written")).await?;
        waiting.extend(id.map(|id| (id, one.login.clone())));
    }
    let started = Instant::now();
    while !waiting.is_empty() && started.elapsed() < Duration::from_secs(arguments.wait) {
        tokio::time::sleep(EVERY).await;
        let mut left = Vec::new();
        for (id, login) in waiting {
            let row = store.outgoing(id).await?;
            match row {
                Some(row) if row.acknowledged_at.is_some() => writeln!(out, "{login}: confirmed")?,
                Some(row) if row.state == "failed" => {
                    writeln!(out, "{login}: was not delivered: {}", row.why.unwrap_or_default())?;
                    is_good = false;
                }
                _ => left.push((id, login)),
            }
        }
        waiting = left;
    }
    for (id, login) in &waiting {
        let state = store.outgoing(*id).await?.map(|row| row.state).unwrap_or_default();
        let what = if state == "sent" {
            "was sent, nobody has confirmed"
        } else {
            "was not sent: does the portal run, with [mail.smtp]?"
        };
        writeln!(out, "{login}: {what}")?;
        store.audit(now(), login, &format!("drill for {role}: not confirmed")).await?;
        is_good = false;
    }
    Ok(is_good)
}
