//! The packing under every kind of source: the same bytes whoever was faster, and never a hang.

use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use super::*;
use crate::collect::Folder;
use crate::redact::{Raw, StandInKey};

fn redactor() -> Redactor {
    Redactor::builder().key(StandInKey::from_bytes(&[1; 32])).build()
}

fn settings(workers: usize) -> Settings {
    Settings { effort: Effort::Small, workers, deadline: Duration::from_mins(1), study: None }
}

fn job(name: &str, open: impl Fn() -> io::Result<Raw> + Send + 'static) -> Job {
    Job {
        name: name.to_owned(),
        bytes: 0,
        section: Section::new(Folder::Logs, name, open),
        max_bytes: 64 << 20,
    }
}

fn text(name: &str, lines: usize) -> Job {
    let name = name.to_owned();
    let line = format!("2026-11-24T10:00:00Z INFO {name} price 64250.10\n");
    job(&name, move || Ok(Raw::from_text(line.repeat(lines))))
}

/// Seals the jobs into a file; returns it with what was told of each job.
fn packed(path: &Path, jobs: Vec<Job>, settings: Settings) -> (Vec<u8>, Vec<Packed>) {
    let mut writer = Writer::new(crate::private::create_file(path).unwrap());
    let packed = pack(&mut writer, jobs, &redactor(), settings, &Progress::new()).unwrap();
    writer.finish().unwrap();
    (std::fs::read(path).unwrap(), packed)
}

/// A source that gives its beginning and then nothing, as a network drive that is gone.
struct Hangs(io::Cursor<Vec<u8>>);

impl Read for Hangs {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => loop {
                std::thread::park();
            },
            read => Ok(read),
        }
    }
}

#[test]
fn the_bytes_do_not_depend_on_the_number_of_workers() {
    let home = tempfile::tempdir().unwrap();
    let jobs = || {
        let mut jobs = vec![text("a-large", 40_000), text("b-empty", 0)];
        jobs.extend((0..50).map(|n| text(&format!("c-{n}"), n)));
        jobs.push(text("d-large", 25_000));
        jobs
    };
    let zips =
        [1, 2, 5].map(|workers| packed(&home.path().join(workers.to_string()), jobs(), settings(workers)).0);
    let first = |a: &[u8], b: &[u8]| a.iter().zip(b).position(|(a, b)| a != b);
    assert!(zips[0].len() > 1_000);
    assert_eq!((zips[0].len(), None), (zips[1].len(), first(&zips[0], &zips[1])));
    assert_eq!((zips[0].len(), None), (zips[2].len(), first(&zips[0], &zips[2])));
    let mut zip = zip::ZipArchive::new(io::Cursor::new(&zips[0])).unwrap();
    assert_eq!(zip.len(), 53);
    let mut large = String::new();
    zip.by_name("a-large").unwrap().read_to_string(&mut large).unwrap();
    assert_eq!(large.lines().count(), 40_000);
}

#[test]
fn a_source_that_hangs_is_given_up_and_the_others_are_there() {
    let home = tempfile::tempdir().unwrap();
    let lines = b"2026-11-24T10:00:00Z INFO price 64250.10\n".repeat(60_000);
    let hangs = |bytes: Vec<u8>| move || Ok(Raw::from_reader(Hangs(io::Cursor::new(bytes.clone()))));
    let jobs = vec![
        text("a", 10),
        job("b", hangs(Vec::new())),
        job("c", hangs(Vec::new())),
        job("d", hangs(lines)),
        text("e", 10),
    ];
    // Each of the three waits once for the deadline. A machine under load that stops a worker for longer than this would make it
    // late, so it is long; the search is built when it is first used, and that is no hang.
    redactor().clean_text("warm");
    let settings = Settings { deadline: Duration::from_secs(5), ..settings(2) };
    let (zip, packed) = packed(&home.path().join("x"), jobs, settings);
    let names: Vec<_> = packed.iter().map(|packed| (packed.stored.is_some(), packed.timed_out)).collect();
    assert_eq!(names, [(true, false), (false, true), (false, true), (true, true), (true, false)]);
    let mut zip = zip::ZipArchive::new(io::Cursor::new(&zip)).unwrap();
    let mut partial = Vec::new();
    zip.by_name("d").unwrap().read_to_end(&mut partial).unwrap();
    let (bytes, sha256) = packed[3].stored.unwrap();
    assert_eq!(bytes, partial.len() as u64);
    assert!(bytes > 0 && crate::digest::sha256_of(&mut partial.as_slice()).unwrap().0 == sha256);
}

#[test]
fn a_defect_in_one_source_costs_only_that_source() {
    let home = tempfile::tempdir().unwrap();
    let jobs = vec![job("a", || panic!("a defect of the host")), text("b", 10)];
    let (_, packed) = packed(&home.path().join("x"), jobs, settings(1));
    assert!(packed[0].failed && packed[0].stored.is_none() && packed[1].stored.is_some());
}

#[test]
fn a_cancelled_packing_stops_at_once_even_when_a_source_hangs() {
    let home = tempfile::tempdir().unwrap();
    let progress = Progress::new();
    let jobs = vec![job("a", || Ok(Raw::from_reader(Hangs(io::Cursor::new(Vec::new())))))];
    let mut writer = Writer::new(crate::private::create_file(&home.path().join("x")).unwrap());
    let cancels = progress.clone();
    let canceller = std::thread::Builder::new().spawn(move || {
        std::thread::sleep(Duration::from_millis(30));
        cancels.cancel();
        Instant::now()
    });
    assert!(pack(&mut writer, jobs, &redactor(), settings(2), &progress).is_err());
    let late = canceller.unwrap().join().unwrap().elapsed();
    // The promise is 100 ms; a loaded machine may add to it.
    assert!(late < Duration::from_secs(5), "{late:?}");
}

/// A source that asks for a rest as soon as it is read.
struct Tires {
    text: io::Cursor<Vec<u8>>,
    read: Arc<AtomicUsize>,
    progress: Progress,
}

impl Read for Tires {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.text.read(buffer)?;
        if self.read.fetch_add(length, Ordering::SeqCst) == 0 {
            self.progress.pause();
        }
        Ok(length)
    }
}

#[test]
fn a_paused_packing_reads_nothing_is_not_late_and_ends_with_the_same_bytes() {
    let home = tempfile::tempdir().unwrap();
    let lines = b"2026-11-24T10:00:00Z INFO price 64250.10\n".repeat(200_000);
    let (read, progress) = (Arc::new(AtomicUsize::new(0)), Progress::new());
    let tires = {
        let (lines, read, progress) = (lines.clone(), read.clone(), progress.clone());
        move || {
            let text = io::Cursor::new(lines.clone());
            Ok(Raw::from_reader(Tires { text, read: read.clone(), progress: progress.clone() }))
        }
    };
    let (counted, resumes) = (read.clone(), progress.clone());
    let watcher = std::thread::Builder::new().spawn(move || {
        while !resumes.is_paused() {
            std::thread::sleep(Duration::from_millis(5));
        }
        // What was begun ends; then nothing more is read, for longer than the deadline.
        std::thread::sleep(Duration::from_millis(500));
        let before = counted.load(Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(2_500));
        let after = counted.load(Ordering::SeqCst);
        resumes.resume();
        (before, after)
    });
    redactor().clean_text("warm");
    let patient = Settings { deadline: Duration::from_secs(2), ..settings(2) };
    let mut writer = Writer::new(crate::private::create_file(&home.path().join("x")).unwrap());
    let told = pack(&mut writer, vec![job("a", tires)], &redactor(), patient, &progress).unwrap();
    writer.finish().unwrap();
    let (before, after) = watcher.unwrap().join().unwrap();
    assert!(before == after && after < lines.len(), "{before} and {after} of {}", lines.len());
    assert!(!told[0].timed_out && read.load(Ordering::SeqCst) == lines.len());
    let whole = job("a", move || Ok(Raw::from_text(String::from_utf8(lines.clone()).unwrap())));
    let (expected, _) = packed(&home.path().join("y"), vec![whole], settings(2));
    assert!(std::fs::read(home.path().join("x")).unwrap() == expected);
}

#[test]
fn what_is_over_the_budget_of_a_file_ends_with_a_whole_line() {
    let home = tempfile::tempdir().unwrap();
    let mut job = text("a", 40_000);
    job.max_bytes = 1_000_000;
    let (zip, packed) = packed(&home.path().join("x"), vec![job], settings(2));
    let mut zip = zip::ZipArchive::new(io::Cursor::new(&zip)).unwrap();
    let mut kept = String::new();
    zip.by_name("a").unwrap().read_to_string(&mut kept).unwrap();
    assert!((999_000..=1_000_000).contains(&kept.len()), "{}", kept.len());
    assert!(kept.ends_with("64250.10\n"), "{:?}", &kept[kept.len() - 60..]);
    assert!(packed[0].reason.as_ref().unwrap().contains("budget"));
}
