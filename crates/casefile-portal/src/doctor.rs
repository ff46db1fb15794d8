//! `casefile-portal doctor`: is everything that the portal keeps there, and whole?

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anyhow::Context;
use casefile::plan::Plan;
use clap::Args;
use jiff::Timestamp;

use crate::backup::digest_of;
use crate::case::{Case, Standing};
use crate::home::HomeArguments;
use crate::store::Store;
use crate::vault::Vault;

/// Tickets that are read at once.
const BATCH: i64 = 500;

#[derive(Debug, Args)]
pub(crate) struct DoctorArguments {
    #[command(flatten)]
    home: HomeArguments,
}

/// Looks; false when something is wrong. Changes nothing.
pub(crate) fn run(arguments: &DoctorArguments, now: Timestamp, out: &mut dyn Write) -> anyhow::Result<bool> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let place = arguments.home.existing_place()?;
        let store = Store::open_as_it_is(&place).await.with_context(|| format!("cannot open {place}"))?;
        let vault = Vault::open(arguments.home.data()).context("cannot use the folder")?;
        let mut wrong = store.damages().await?;
        say(out, "database", &wrong)?;
        let files = files(&store, &vault).await?;
        say(out, "files", &files)?;
        let tickets = tickets(&store, now).await?;
        say(out, "tickets", &tickets)?;
        for report in unknown(&store, &vault).await? {
            writeln!(out, "note: files of report {report}, which has no row: from a newer database?")?;
        }
        wrong.extend(files);
        wrong.extend(tickets);
        store.close().await;
        Ok(wrong.is_empty())
    })
}

fn say(out: &mut dyn Write, what: &str, wrong: &[String]) -> std::io::Result<()> {
    if wrong.is_empty() {
        return writeln!(out, "ok: {what}");
    }
    wrong.iter().try_for_each(|line| writeln!(out, "wrong: {what}: {line}"))
}

/// Bundles and files that are not there as their rows say.
async fn files(store: &Store, vault: &Vault) -> anyhow::Result<Vec<String>> {
    let mut wrong = Vec::new();
    for file in store.files().await? {
        let path = vault.place_of(&file);
        let name = format!("{} of report {}", &file.sha256[..12.min(file.sha256.len())], file.report);
        match path.exists() {
            false if store.keeps_bundles_of(&file.report).await? == Some(false) => {}
            false => wrong.push(format!("{name} is missing")),
            true if digest_of(&path)? != (file.sha256, file.bytes) => {
                wrong.push(format!("{name} is damaged"));
            }
            true => {}
        }
    }
    Ok(wrong)
}

/// Reports that have files and no row.
async fn unknown(store: &Store, vault: &Vault) -> anyhow::Result<BTreeSet<String>> {
    let mut unknown = BTreeSet::new();
    for report in vault.reports()? {
        if store.keeps_bundles_of(&report).await?.is_none() {
            unknown.insert(report);
        }
    }
    Ok(unknown)
}

/// Tickets whose history cannot be folded, or of which the lists say something else than their history.
async fn tickets(store: &Store, now: Timestamp) -> anyhow::Result<Vec<String>> {
    let (mut wrong, mut after) = (Vec::new(), 0);
    let mut plans: BTreeMap<String, Plan> = BTreeMap::new();
    let all = (Timestamp::UNIX_EPOCH, Timestamp::MAX);
    loop {
        let tickets = store.histories_after(after, all, BATCH).await?;
        let Some((last, _)) = tickets.last() else { return Ok(wrong) };
        after = last.id;
        for (ticket, events) in &tickets {
            if !plans.contains_key(&ticket.plan) {
                plans.insert(ticket.plan.clone(), Plan::parse(&store.plan(&ticket.plan).await?)?);
            }
            let Some(case) = Case::of(&plans[&ticket.plan], &ticket.body, events, now) else {
                wrong.push(format!("{} has no beginning", ticket.number));
                continue;
            };
            let standing = Standing::of(&case, &ticket.body);
            let told = store.standing_line(ticket.id).await?;
            // What time has changed since is the business of the portal's next round.
            let is_current = told.as_ref().is_some_and(|(_, changes_at)| {
                changes_at.is_none_or(|changes_at| changes_at >= now.as_millisecond())
            });
            if is_current && told.map(|(line, _)| line) != Some(line_of(&standing)) {
                wrong.push(format!("{} stands otherwise than the lists say", ticket.number));
            }
        }
    }
}

/// The same line that [`Store::standing_line`] reads.
fn line_of(standing: &Standing) -> String {
    format!(
        "{} {} {} {:?} {} {}",
        standing.state,
        standing.priority,
        standing.category,
        standing.assignee.clone().unwrap_or_default(),
        i64::from(standing.is_late),
        standing.due.map_or(i64::MAX, |(at, _)| at.as_millisecond())
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::Trial;

    #[test]
    fn what_is_missing_damaged_or_told_otherwise_is_found() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let trial = runtime.block_on(async {
            let trial = Trial::start().await;
            let link = trial.register(1, "P2").await["status_url"].as_str().unwrap().to_owned();
            trial.add_file(link.rsplit('/').next().unwrap(), "a.txt", "inside").await;
            trial
        });
        let look = || {
            let (mut out, home) = (Vec::new(), HomeArguments::of(trial.folder()));
            let is_good = run(&DoctorArguments { home }, trial.desk.now(), &mut out).unwrap();
            (is_good, String::from_utf8(out).unwrap())
        };
        assert_eq!(look(), (true, "ok: database\nok: files\nok: tickets\n".to_owned()));
        std::fs::create_dir(trial.folder().join("evidence").join("f".repeat(32))).unwrap();
        assert!(look().0 && look().1.contains("note: files of report ffff"), "{}", look().1);

        let report = trial.folder().join("attachments").join("01".repeat(16));
        let file = std::fs::read_dir(report).unwrap().next().unwrap().unwrap().path();
        std::fs::write(&file, "outside").unwrap();
        assert!(!look().0 && look().1.contains("is damaged"), "{}", look().1);
        std::fs::remove_file(&file).unwrap();
        assert!(look().1.contains("is missing"), "{}", look().1);
        std::fs::write(&file, "inside").unwrap();
        runtime.block_on(async {
            let mut change = trial.desk.store.begin().await.unwrap();
            sqlx::query("UPDATE standing SET priority = 'P4'").execute(&mut *change).await.unwrap();
            change.commit().await.unwrap();
        });
        assert!(!look().0 && look().1.contains("stands otherwise"), "{}", look().1);
    }
}
