//! `casefile-portal kpi`: a report as a file.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use casefile::config::read_plan;
use casefile::plan::Plan;
use casefile::report::Language;
use clap::{Args, ValueEnum};
use jiff::Timestamp;

use crate::desk::{Counted, counted};
use crate::home::HomeArguments;
use crate::kpi::{Period, as_csv};
use crate::pages::standalone;
use crate::store::Store;

#[derive(Debug, Args)]
pub(crate) struct KpiArguments {
    /// The month, for instance 2026-11.
    #[arg(long, value_name = "YYYY-MM", required_unless_present = "quarter", conflicts_with = "quarter")]
    month: Option<String>,
    /// The quarter, for instance 2026-Q4.
    #[arg(long, value_name = "YYYY-QN")]
    quarter: Option<String>,
    #[arg(long, value_enum, default_value_t = Format::Html)]
    format: Format,
    /// Folder for the file; made when it is missing.
    #[arg(short, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    #[command(flatten)]
    home: HomeArguments,
    /// The vendor's support plan, whose zone cuts the months [default: the one that comes with casefile].
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    /// Language of the page.
    #[arg(long, default_value = "en", value_parser = ["en", "pl"])]
    language: String,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Html,
    Csv,
    Json,
}

/// Counts and writes.
pub(crate) fn run(arguments: &KpiArguments, now: Timestamp, out: &mut dyn Write) -> anyhow::Result<()> {
    let plan = match &arguments.plan {
        Some(file) => read_plan(file).context("cannot use the support plan")?,
        None => Plan::default(),
    };
    let name =
        arguments.month.as_ref().or(arguments.quarter.as_ref()).context("name a month or a quarter")?;
    let period = Period::parse(name, &plan.zone)
        .with_context(|| format!("{name} is neither a month like 2026-11 nor a quarter like 2026-Q4"))?;
    let place = arguments.home.existing_place()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (text, extension, sha256) = runtime.block_on(async {
        let store = Store::open(&place).await.with_context(|| format!("cannot open {place}"))?;
        let problem = |problem: crate::problem::Problem| anyhow::anyhow!("cannot count: {}", problem.hint());
        let whole = counted(&store, &period, now).await.map_err(problem)?;
        let Counted { report, text, sha256 } = &whole;
        let made = match arguments.format {
            Format::Json => (text.clone(), "json"),
            Format::Csv => (as_csv(report), "csv"),
            Format::Html => {
                let language = Language::of_locale(&arguments.language);
                let page = standalone(&store, &period, &whole, language, now).await;
                (page.map_err(problem)?, "html")
            }
        };
        let sha256 = sha256.clone();
        store.close().await;
        anyhow::Ok((made.0, made.1, sha256))
    })?;
    std::fs::create_dir_all(&arguments.out)
        .with_context(|| format!("cannot make the folder {}", arguments.out.display()))?;
    let path = arguments.out.join(format!("kpi-{name}.{extension}"));
    std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    writeln!(out, "{}  {sha256}", path.display())?;
    Ok(())
}
