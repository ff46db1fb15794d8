//! Follows one report from the bot to the engineer.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail, ensure};
use serde_json::{Value, json};

use crate::programs::{Portal, Programs};

/// The bot that is going to have a problem.
pub(crate) struct Bot<'a> {
    pub(crate) programs: &'a Programs,
    pub(crate) home: PathBuf,
    pub(crate) logs: Option<PathBuf>,
    pub(crate) lang: &'a str,
}

impl Bot<'_> {
    fn command(&self, portal: &str) -> Command {
        let mut command = self.programs.command("trading-bot");
        command.arg("--home").arg(&self.home).args(["--portal", portal, "--lang", self.lang]);
        if let Some(logs) = &self.logs {
            command.arg("--logs").arg(logs);
        }
        command
    }

    /// Shows its window until it is closed.
    pub(crate) fn show(&self, portal: &str) -> anyhow::Result<()> {
        let status = self.command(portal).status().context("cannot start the bot")?;
        ensure!(status.success(), "the bot ended with {status}");
        Ok(())
    }

    /// Runs it without a window, passes on what it prints, and gives the id of the report that it made.
    pub(crate) fn run_until_it_reports(&self, portal: &str, out: &mut dyn Write) -> anyhow::Result<String> {
        let mut command = self.command(portal);
        command.arg("--headless").stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().context("cannot start the bot")?;
        let stdout = child.stdout.take().context("the bot has no output")?;
        let mut report = None;
        for line in BufReader::new(stdout).lines() {
            let line = line.context("cannot read what the bot prints")?;
            writeln!(out, "bot       {line}")?;
            out.flush()?;
            report = line.strip_prefix("report ").map(|id| id.trim().to_owned()).or(report);
        }
        let status = child.wait().context("cannot wait for the bot")?;
        ensure!(status.success(), "the bot ended with {status}");
        report.context("the bot made no report")
    }
}

/// Checks each station of a report: the bot's outbox, the portal's evidence, the engineer's view of the bundle.
pub(crate) fn follow(
    programs: &Programs,
    home: &Path,
    portal: &Portal,
    report: &str,
    out: &mut dyn Write,
) -> anyhow::Result<Value> {
    let casefile = |args: &[&str], paths: &[&Path]| {
        let mut command = programs.command("casefile");
        read(command.args(args).args(paths))
    };
    let settings = home.join("casefile.toml");
    let list = casefile(&["outbox", "list", "--json", "--config"], &[&settings])?;
    let rows = list.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let sent = rows.into_iter().find(|row| row["report_id"] == report);
    let sent = sent.with_context(|| format!("the outbox does not know the report {report}"))?;
    ensure!(sent["state"] == "delivered", "the report is not delivered: {}", sent["state"]);
    let text = |key: &str| sent[key].as_str().map(str::to_owned).with_context(|| format!("no {key}"));
    let (ticket, sha256) = (text("ticket")?, text("sha256")?);
    writeln!(out, "outbox    {report} delivered as {ticket}")?;

    // The portal's own copy, where it lies, read by the engineer's tool.
    let evidence = portal.data.join("evidence").join(report).join(format!("{sha256}.zip"));
    casefile(&["verify"], &[&evidence]).context("the evidence is not what was sent")?;
    writeln!(out, "evidence  {} verified", evidence.display())?;
    let shown: Value = serde_json::from_str(&casefile(&["show", "--json"], &[&evidence])?)
        .context("the command line shows no JSON")?;
    let entries = shown["manifest"]["entries"].as_array().context("the bundle lists no entries")?;
    let stored = entries.iter().filter(|entry| entry["sha256"].is_string()).count();
    let hits: u64 = entries
        .iter()
        .flat_map(|entry| entry["hits"].as_array().into_iter().flatten())
        .filter_map(|hit| hit["count"].as_u64())
        .sum();
    writeln!(out, "bundle    {stored} entries, {} bytes, {hits} values hidden", sent["bundle_bytes"])?;
    for (name, due) in sent["deadlines"].as_object().context("no deadlines")? {
        writeln!(out, "promised  {name} by {}", due.as_str().unwrap_or("no promise"))?;
    }
    writeln!(out, "ticket    {}", text("ticket_url")?)?;
    Ok(json!({
        "ticket": ticket,
        "report_id": report,
        "bundle": evidence,
        "sha256": sha256,
        "bundle_bytes": sent["bundle_bytes"],
        "entries": stored,
        "hits": hits,
        "deadlines": sent["deadlines"],
        "ticket_url": sent["ticket_url"],
    }))
}

fn read(command: &mut Command) -> anyhow::Result<String> {
    let output = command.stdin(Stdio::null()).output().context("cannot start the command line")?;
    if !output.status.success() {
        bail!("{command:?} ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    String::from_utf8(output.stdout).context("the command line printed no UTF-8")
}
