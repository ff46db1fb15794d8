//! Client and portal are killed, connections cut, stopped, slowed, repeated, delayed and answered by somebody else, and the disk
//! is filled, in an order that a seed decides: each report that was kept ends as exactly one ticket with the right bytes.
//!
//! `CASEFILE_CHAOS_SCHEDULES` says how many schedules are run, `CASEFILE_CHAOS_SEED` runs a single one again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::processes::{Home, Portal, expect_exit};
use crate::seeded::Seeded;
use crate::wire::{Fault, Wire};

/// Schedules of one run of the suite, in two lanes side by side.
const SCHEDULES: u64 = 60;
const LANES: u64 = 2;
/// Disturbances of one schedule.
const MAX_EVENTS: usize = 5;
/// The disk of one lane.
const DISK_MIB: u64 = 96;

/// One portal, one user and the line between them, on a small disk of their own; lives for many schedules.
struct Lane {
    disk: Disk,
    home: Home,
    wire: Wire,
    portal: Option<Portal>,
    /// SHA-256 of the bundle of each report that was kept.
    kept: BTreeMap<String, String>,
}

/// A folder that can be filled up.
pub(crate) struct Disk {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) is_mounted: bool,
}

impl Disk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // A file system of its own needs root; without it the disk is never full, and all else is the same.
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={DISK_MIB}m"), "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        let is_mounted = mount.is_ok_and(|status| status.success());
        if !is_mounted {
            println!("not run: a full disk, because nothing can be mounted here");
        }
        Self { folder, is_mounted }
    }

    fn ballast(&self) -> PathBuf {
        self.folder.path().join("ballast")
    }

    /// Leaves this many bytes, more or less.
    pub(crate) fn fill(&self, leave_bytes: usize) {
        if self.is_mounted {
            let mut ballast = std::fs::File::create(self.ballast()).unwrap();
            while std::io::Write::write_all(&mut ballast, &[0; 4096]).is_ok() {}
            let bytes = ballast.metadata().unwrap().len();
            ballast.set_len(bytes.saturating_sub(leave_bytes as u64)).unwrap();
        }
    }

    pub(crate) fn empty(&self) {
        let _ = std::fs::remove_file(self.ballast());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        if self.is_mounted {
            let _ = Command::new("umount").arg("-l").arg(self.folder.path()).status();
        }
    }
}

impl Lane {
    fn new() -> Self {
        let disk = Disk::new();
        let wire = Wire::new();
        let home = Home::new(Some(&wire.url));
        home.form();
        // The outbox lies on the small disk; the bot's own files do not.
        let config = std::fs::read_to_string(home.path("casefile.toml")).unwrap();
        let outbox = disk.folder.path().join("outbox");
        let config = config.replace("dir = \"outbox\"", &format!("dir = \"{}\"", outbox.display()));
        home.write("casefile.toml", &config);
        let mut seeded = Seeded(5);
        let lines: Vec<_> = (0..3_000).map(|_| seeded.lower(60)).collect();
        home.write("logs/noise.log", &lines.join("\n"));
        Self { disk, home, wire, portal: None, kept: BTreeMap::new() }
    }

    fn data(&self) -> PathBuf {
        self.disk.folder.path().join("portal")
    }

    fn reports(&self) -> PathBuf {
        self.disk.folder.path().join("outbox/reports")
    }

    fn start_portal(&mut self) {
        let portal = Portal::start_at(&self.data(), "127.0.0.1:0", &["--base-url", &self.wire.url]);
        self.wire.lead_to(&portal.url);
        self.portal = Some(portal);
    }

    fn kill_portal(&mut self) {
        if let Some(mut portal) = self.portal.take() {
            portal.kill();
        }
    }

    fn client(&self, args: &[&str]) -> Child {
        let mut command = self.home.casefile(args);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Remembers what is in the outbox: from now on it has to arrive.
    fn note_kept(&mut self) {
        for parcel in read_parcels(&self.reports()) {
            let sha256 = parcel["body"]["bundle"]["sha256"].as_str().unwrap().to_owned();
            self.kept.insert(parcel["id"].as_str().unwrap().to_owned(), sha256);
        }
    }

    /// Runs a client and disturbs it.
    fn disturb(&mut self, seeded: &mut Seeded, args: &[&str]) {
        match seeded.below(13) {
            0 => self.wire.set(Fault::CutAfter(1 + seeded.below(120_000) as u64)),
            1 => self.wire.set(Fault::CutAnswerAfter(1 + seeded.below(900) as u64)),
            2 => self.wire.set(Fault::HalfOpenAfter(seeded.below(120_000) as u64)),
            3 => self.wire.set(Fault::Slow(Duration::from_millis(5 + seeded.below(60) as u64))),
            4 => self.wire.set(Fault::Twice),
            5 => self.wire.set(Fault::Late(Duration::from_millis(seeded.below(500) as u64))),
            6 => self.wire.set(Fault::Answer([302, 403, 404, 429, 500, 503][seeded.below(6)])),
            7 | 8 => self.disk.fill(seeded.below(80_000)),
            _ => {}
        }
        let mut child = self.client(args);
        match seeded.below(4) {
            0 | 1 => {
                std::thread::sleep(Duration::from_millis(seeded.below(600) as u64));
                let _ = child.kill();
            }
            2 => {
                std::thread::sleep(Duration::from_millis(seeded.below(600) as u64));
                self.kill_portal();
                std::thread::sleep(Duration::from_millis(seeded.below(100) as u64));
                let _ = child.kill();
            }
            _ => wait_or_kill(&mut child, Duration::from_secs(2)),
        }
        child.wait().unwrap();
        self.wire.open();
        self.disk.empty();
        if self.portal.is_none() {
            self.start_portal();
        }
        self.note_kept();
    }

    fn run(&mut self, seed: u64) {
        let mut seeded = Seeded(seed);
        let report = ["report", "--config", "casefile.toml", "--form", "form.json"];
        let again = ["outbox", "send", "--config", "casefile.toml"];
        self.disturb(&mut seeded, &report);
        for _ in 0..seeded.below(MAX_EVENTS) {
            self.disturb(&mut seeded, &again);
        }
        // The weather clears up; one more report goes through as well.
        expect_exit(&mut self.home.casefile(&report), 0);
        expect_exit(&mut self.home.casefile(&again), 0);
        self.note_kept();
        self.expect_each_once();
        // Delivered ones would be looked at again in each schedule.
        for id in read_parcels(&self.reports()).iter().map(|parcel| parcel["id"].as_str().unwrap()) {
            expect_exit(&mut self.home.casefile(&["outbox", "drop", id, "--config", "casefile.toml"]), 0);
            let evidence = self.data().join("evidence").join(id);
            std::fs::remove_dir_all(evidence).unwrap();
        }
    }

    /// Each kept report has one ticket, the last number is their count, and the evidence is what was sealed.
    fn expect_each_once(&self) {
        let mut tickets = BTreeMap::new();
        for parcel in read_parcels(&self.reports()) {
            let id = parcel["id"].as_str().unwrap();
            let receipt = self.reports().join(id).join("receipt.json");
            let receipt: Value = serde_json::from_slice(&std::fs::read(receipt).unwrap()).unwrap();
            let sha256 = &self.kept[id];
            assert_eq!(receipt["received_sha256"].as_str(), Some(sha256.as_str()), "{id} is not delivered");
            let evidence = self.data().join("evidence").join(id).join(format!("{sha256}.zip"));
            let bytes =
                std::fs::read(&evidence).unwrap_or_else(|error| panic!("{id} has no evidence: {error}"));
            let (digest, _) = casefile::digest::sha256_of(&mut &bytes[..]).unwrap();
            assert_eq!(&data_encoding::HEXLOWER.encode(&digest), sha256, "{id} has other bytes");
            let ticket = receipt["ticket"].as_str().unwrap().to_owned();
            assert_eq!(tickets.insert(ticket, id.to_owned()), None, "one ticket for two reports");
        }
        let newest =
            tickets.keys().filter_map(|ticket| ticket.rsplit('-').next()?.parse::<usize>().ok()).max();
        assert_eq!(newest, Some(self.kept.len()), "tickets against reports");
    }
}

/// Every `parcel.json` below the folder.
fn read_parcels(reports: &Path) -> Vec<Value> {
    let Ok(items) = std::fs::read_dir(reports) else { return Vec::new() };
    let folders = items.map(|item| item.unwrap().path());
    let whole = folders.filter(|path| path.extension().is_none());
    whole
        .filter_map(|path| std::fs::read(path.join("parcel.json")).ok())
        .map(|json| serde_json::from_slice(&json).unwrap())
        .collect()
}

fn wait_or_kill(child: &mut Child, limit: Duration) {
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() && start.elapsed() < limit {
        std::thread::sleep(Duration::from_millis(20));
    }
    let _ = child.kill();
}

#[test]
fn whatever_dies_each_report_is_one_ticket() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    if let Some(seed) = number("CASEFILE_CHAOS_SEED") {
        let mut lane = Lane::new();
        lane.start_portal();
        return lane.run(seed);
    }
    let schedules = number("CASEFILE_CHAOS_SCHEDULES").unwrap_or(SCHEDULES);
    let lanes: Vec<_> = (0..LANES)
        .map(|lane_number| {
            let work = move || {
                let mut lane = Lane::new();
                lane.start_portal();
                for seed in (lane_number..schedules).step_by(usize::try_from(LANES).unwrap()) {
                    let run = std::panic::AssertUnwindSafe(|| lane.run(seed));
                    if let Err(panic) = std::panic::catch_unwind(run) {
                        println!("the schedule that failed: CASEFILE_CHAOS_SEED={seed}");
                        std::panic::resume_unwind(panic);
                    }
                }
                lane.kept.len()
            };
            std::thread::Builder::new().name(format!("lane-{lane_number}")).spawn(work).unwrap()
        })
        .collect();
    let kept: usize = lanes.into_iter().map(|lane| lane.join().expect("a schedule failed")).sum();
    println!("{schedules} schedules, {kept} reports, each of them one ticket");
    assert!(kept as u64 >= schedules, "{kept}");
}
