//! `casefile-portal mail-ingest`: what a mail server hands over.

use std::io::{Read, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use jiff::Timestamp;

use crate::desk::Desk;
use crate::home::{HomeArguments, remember};
use crate::retention::Retention;
use crate::serve::{lock, plan_of};
use crate::spool::Spool;

#[derive(Debug, Args)]
pub(crate) struct IngestArguments {
    #[command(flatten)]
    home: HomeArguments,
    /// The vendor's support plan [default: the one that comes with casefile]; only looked at when the portal is not running.
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    /// The address that customers reach the portal by; only looked at when it is not running.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    base_url: String,
}

/// Keeps one mail. The portal that works in the folder looks at it within seconds; where none works, it is done here.
pub(crate) fn run(
    arguments: &IngestArguments,
    now: fn() -> Timestamp,
    input: &mut dyn Read,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let data = arguments.home.data();
    std::fs::create_dir_all(data).with_context(|| format!("cannot make the folder {}", data.display()))?;
    let spool = Spool::open(data).with_context(|| format!("cannot use {}", data.display()))?;
    let mut input = input;
    let id = spool.put(&mut input).context("cannot keep the mail")?;
    writeln!(out, "kept as {id}")?;
    // From here on the mail is safe; whoever handed it over need not come again.
    let Ok(_lock) = lock(data) else { return Ok(()) };
    if let Err(error) = look(arguments, now, &id, out) {
        tracing::warn!(error = format!("{error:#}"), "the mail is looked at when the portal runs");
    }
    Ok(())
}

fn look(
    arguments: &IngestArguments,
    now: fn() -> Timestamp,
    id: &str,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let settings = arguments.home.settings()?;
    let place = arguments.home.place(&settings)?;
    let plan = plan_of(arguments.plan.as_deref())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let desk = Desk::open(
            arguments.home.data(),
            &place,
            plan,
            arguments.base_url.clone(),
            Retention::default(),
            settings,
            now,
        )
        .await?;
        remember(arguments.home.data(), &place).context("cannot write where the database is")?;
        let done = desk.take_in_mails().await;
        let mail = desk.store.mail(id).await?;
        desk.store.close().await;
        done.map_err(|problem| anyhow::anyhow!("{}", problem.hint().to_owned()))?;
        if let Some(mail) = mail {
            writeln!(out, "{} {}", mail.outcome.as_str(), mail.number.as_deref().unwrap_or("-"))?;
        }
        Ok(())
    })
}
