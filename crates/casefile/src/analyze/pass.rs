//! A bundle is looked through while it is opened: what is unpacked for its hashes is not unpacked again.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::{Analysers, Facts, Finding, LogScan, Scan, Totals};
use crate::bundle::{Bundle, Limits, OpenError, Seen};
use crate::logs::{self, Origin};

/// A bundle, and what was found in it.
#[derive(Debug)]
pub struct Analyzed {
    /// The bundle, checked as by [`Bundle::open`].
    pub bundle: Bundle,
    /// The most important finding first.
    pub findings: Vec<Finding>,
    /// How much was looked through.
    pub totals: Totals,
}

/// Opens a bundle with every check, and looks through it in the same pass: one thread unpacks and hashes, another one
/// searches. The result is that of [`Bundle::open`] and [`analyze`](super::analyze()), sooner.
///
/// # Errors
/// As [`Bundle::open`].
pub fn open(path: impl Into<PathBuf>, limits: &Limits, analysers: &Analysers) -> Result<Analyzed, OpenError> {
    let (sender, receiver) = sync_channel(QUEUED);
    thread::scope(|scope| {
        let look = move || Looking::new(analysers).run(&receiver);
        let looking = thread::Builder::new().name("casefile-analyze".to_owned()).spawn_scoped(scope, look)?;
        let mut wanted = false;
        let opened = Bundle::open_seen(path.into(), limits, &mut |seen| show(&sender, &mut wanted, &seen));
        drop(sender);
        let looked = looking.join();
        let bundle = opened?;
        let scan = looked.map_err(|_| io::Error::other("looking through it failed"))?;
        let findings = scan.finish(&Facts::of(&bundle));
        Ok(Analyzed { bundle, findings, totals: scan.totals() })
    })
}

/// Pieces that wait to be searched: some hundred KiB.
const QUEUED: usize = 8;
const MANIFEST: &str = "manifest.json";
const REPORT: &str = "report.json";

enum Message {
    Entry(String),
    Bytes(Vec<u8>),
}

fn show(sender: &SyncSender<Message>, wanted: &mut bool, seen: &Seen<'_>) -> io::Result<()> {
    let message = match seen {
        Seen::Entry { name, .. } => {
            *wanted = *name == MANIFEST || *name == REPORT || logs::is_log(name);
            Message::Entry((*name).to_owned())
        }
        Seen::Bytes(bytes) => Message::Bytes(bytes.to_vec()),
    };
    if !*wanted {
        return Ok(());
    }
    sender.send(message).map_err(|_| io::Error::other("nobody looks any more"))
}

/// The thread that searches. Manifest and report come before all logs.
struct Looking<'a> {
    scan: Scan<'a>,
    manifest: Vec<u8>,
    report: Vec<u8>,
    origin: Option<Origin>,
    now: Now<'a>,
}

enum Now<'a> {
    Manifest,
    Report,
    /// Absent until its first byte: what is empty is no log.
    Log(String, Option<Box<LogScan<'a>>>),
}

impl<'a> Looking<'a> {
    fn new(analysers: &'a Analysers) -> Self {
        let (scan, now) = (analysers.scan(), Now::Manifest);
        Self { scan, manifest: Vec::new(), report: Vec::new(), origin: None, now }
    }

    fn run(mut self, receiver: &Receiver<Message>) -> Scan<'a> {
        for message in receiver {
            match message {
                Message::Entry(name) => self.begin(name),
                Message::Bytes(bytes) => self.take(&bytes),
            }
        }
        self.end();
        self.scan
    }

    fn begin(&mut self, name: String) {
        self.end();
        self.now = match name.as_str() {
            MANIFEST => Now::Manifest,
            REPORT => Now::Report,
            _ => Now::Log(name, None),
        };
    }

    fn take(&mut self, bytes: &[u8]) {
        match &mut self.now {
            Now::Manifest => self.manifest.extend_from_slice(bytes),
            Now::Report => self.report.extend_from_slice(bytes),
            Now::Log(name, log) if !bytes.is_empty() => {
                let origin = self.origin.get_or_insert_with(|| origin(&self.manifest, &self.report));
                log.get_or_insert_with(|| Box::new(self.scan.log(name, origin))).push(bytes);
            }
            Now::Log(..) => {}
        }
    }

    fn end(&mut self) {
        if let Now::Log(_, log) = &mut self.now
            && let Some(log) = log.take()
        {
            self.scan.add(*log);
        }
    }
}

/// As [`Origin::of`] says of the bundle when it is open.
fn origin(manifest: &[u8], report: &[u8]) -> Origin {
    #[derive(Deserialize)]
    struct Sealed {
        sealed_at: Timestamp,
    }
    let sealed: Option<Sealed> = serde_json::from_slice(manifest).ok();
    let report: Option<Value> = serde_json::from_slice(report).ok();
    let zone = report.as_ref().and_then(|report| report.pointer("/system/time_zone")?.as_str());
    let sealed_at = sealed.map_or(Timestamp::MAX, |sealed| sealed.sealed_at);
    Origin::in_zone(zone.unwrap_or_default(), sealed_at)
}
