//! The folder that support reads first: a line of metrics now and then, and how the bot is at the moment.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::PathBuf;

use jiff::Timestamp;
use serde::Serialize;

use super::health::TroubleKind;

/// Writes `metrics.jsonl` and `health.json`.
#[derive(Debug)]
pub(crate) struct Monitoring {
    dir: PathBuf,
}

/// One line of `metrics.jsonl`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Metrics {
    pub(crate) at: Timestamp,
    pub(crate) step: u64,
    pub(crate) health: &'static str,
    pub(crate) open_orders: usize,
    #[serde(flatten)]
    pub(crate) counters: Counters,
    pub(crate) clock_skew_ms: i64,
    /// Steps since the last price.
    pub(crate) price_age_steps: u32,
    pub(crate) equity_usdt: f64,
}

/// What happened since the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Counters {
    pub(crate) orders_placed: u64,
    pub(crate) orders_filled: u64,
    pub(crate) calls_refused: u64,
    pub(crate) reconnects: u64,
}

/// `health.json`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct HealthReport<'a> {
    pub(crate) at: Timestamp,
    pub(crate) version: &'static str,
    pub(crate) preset: &'a str,
    pub(crate) status: &'static str,
    pub(crate) trouble: Option<TroubleKind>,
    pub(crate) since: Option<Timestamp>,
    pub(crate) alerts_to: &'a str,
    #[serde(flatten)]
    pub(crate) counters: Counters,
}

/// Then the file is put aside and a new one begun: months of a bot must not fill a disk.
const MAX_METRICS_BYTES: u64 = 4 << 20;

impl Monitoring {
    pub(crate) fn new(dir: PathBuf) -> Self {
        Self { dir }
    }

    /// Adds a line.
    pub(crate) fn record(&self, metrics: &Metrics) -> io::Result<()> {
        let path = self.dir.join("metrics.jsonl");
        if fs::metadata(&path).is_ok_and(|metadata| metadata.len() > MAX_METRICS_BYTES) {
            fs::rename(&path, self.dir.join("metrics.old.jsonl"))?;
        }
        let mut line = serde_json::to_vec(metrics)?;
        line.push(b'\n');
        OpenOptions::new().create(true).append(true).open(path)?.write_all(&line)
    }

    /// Replaces the report as a whole: a reader never sees half of it.
    pub(crate) fn report(&self, report: &HealthReport<'_>) -> io::Result<()> {
        let part = self.dir.join("health.json.part");
        fs::write(&part, serde_json::to_vec_pretty(report)?)?;
        fs::rename(part, self.dir.join("health.json"))
    }
}
