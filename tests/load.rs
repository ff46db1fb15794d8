//! Asks a portal on this machine for as much as it can do, and says how much that was.
//!
//! `load http://127.0.0.1:PORT text 20000 8` registers reports; `load … bundles 400 4` also sends each its bundle of one
//! megabyte, made before the clock starts. Used for the figures in `docs/performance.md`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool for measurements: it stops where something is wrong, and prints what it saw"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use casefile::report::{Category, Priority, Request};
use casefile::{Progress, Reporter};

const SECRET: &str = "5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c";
const BUNDLE_BYTES: usize = 1 << 20;

/// What is sent for one report.
struct Report {
    id: String,
    bundle: Option<(String, Vec<u8>)>,
}

/// One connection that stays open.
struct Line {
    address: String,
    stream: BufReader<TcpStream>,
}

impl Line {
    fn to(address: &str) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { address: address.to_owned(), stream: BufReader::new(stream) }
    }

    /// One request; gives the `Location` of the answer, if it has one.
    fn ask(&mut self, method: &str, path: &str, headers: &str, body: &[u8]) -> Option<String> {
        let (address, length) = (&self.address, body.len());
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {SECRET}\r\nContent-Length: {length}\r\n\
             {headers}\r\n"
        );
        let stream = self.stream.get_mut();
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let (mut line, mut length, mut location) = (String::new(), 0, None);
        self.stream.read_line(&mut line).unwrap();
        let status = line.trim().to_owned();
        loop {
            line.clear();
            self.stream.read_line(&mut line).unwrap();
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            match name {
                "content-length" => length = value.parse().unwrap(),
                "location" => location = Some(value.to_owned()),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).unwrap();
        assert!(status.contains(" 20"), "{method} {path}: {status} {}", String::from_utf8_lossy(&body));
        location
    }

    fn send(&mut self, report: &Report) {
        let path = format!("/api/v1/reports/{}", report.id);
        let body = format!(
            r#"{{"title":"Orders are rejected","description":"{}","priority":"P3","category":"exchange","language":"en",
            "app":{{"id":"com.example.bot","name":"Bot","version":"1.2.3"}},"license":{{"id":"LIC-1","status":"active"}}}}"#,
            "Since this morning every order is rejected. ".repeat(40)
        );
        self.ask("PUT", &path, "", body.as_bytes());
        let Some((sha256, bytes)) = &report.bundle else { return };
        let name = data_encoding::BASE64.encode(sha256.as_bytes());
        let tus = "Tus-Resumable: 1.0.0\r\n";
        let headers = format!("{tus}Upload-Length: {}\r\nUpload-Metadata: sha256 {name}\r\n", bytes.len());
        let location = self.ask("POST", &format!("{path}/uploads"), &headers, b"").unwrap();
        let path = format!("/{}", location.splitn(4, '/').nth(3).unwrap());
        let headers = format!("{tus}Upload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\n");
        self.ask("PATCH", &path, &headers, bytes);
    }
}

/// Bytes that do not get smaller, as text.
fn noise(bytes: usize, seed: u64) -> String {
    let mut state = seed | 1;
    let mut text = String::with_capacity(bytes);
    while text.len() < bytes {
        for _ in 0..12 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            text.push(char::from(b'a' + (state % 26).to_le_bytes()[0]));
        }
        text.push(if state.is_multiple_of(9) { '\n' } else { ' ' });
    }
    text
}

fn reports(kind: &str, count: usize) -> Vec<Report> {
    let folder = tempfile::tempdir().unwrap();
    let logs = folder.path().join("logs");
    std::fs::create_dir(&logs).unwrap();
    let now = "2026-11-24T10:00:00Z".parse().unwrap();
    let reporter = Reporter::builder("com.example.bot", "Bot", "1.2.3")
        .logs(&logs)
        .outbox(folder.path().join("outbox"))
        .build()
        .unwrap();
    (0..count)
        .map(|number| {
            if kind == "text" {
                let id = casefile::id::ReportId::generate().unwrap().to_string();
                return Report { id, bundle: None };
            }
            std::fs::write(logs.join("bot.log"), noise(BUNDLE_BYTES * 17 / 10, number as u64 * 977 + 3))
                .unwrap();
            let request = Request::new("t", "d", Priority::P3, Category::Exchange);
            let draft = reporter.seal(&request, now, &Progress::new()).unwrap();
            let bytes = std::fs::read(draft.bundle.path()).unwrap();
            let bundle = Some((draft.bundle.sha256(), bytes));
            reporter.discard(&draft).unwrap();
            Report { id: draft.id.to_string(), bundle }
        })
        .collect()
}

fn main() {
    let args: Vec<_> = std::env::args().skip(1).collect();
    let [url, kind, count, lines] = &args[..] else { panic!("load URL text|bundles COUNT CONNECTIONS") };
    let address = url.strip_prefix("http://").unwrap().to_owned();
    let reports = Arc::new(reports(kind, count.parse().unwrap()));
    let sent: usize = reports.iter().filter_map(|report| Some(report.bundle.as_ref()?.1.len())).sum();
    let next = Arc::new(AtomicUsize::new(0));
    let times = Arc::new(Mutex::new(Vec::new()));
    let start = Instant::now();
    let workers: Vec<_> = (0..lines.parse().unwrap())
        .map(|number: usize| {
            let (reports, next, times) = (Arc::clone(&reports), Arc::clone(&next), Arc::clone(&times));
            let address = address.clone();
            let work = move || {
                let (mut line, mut own) = (Line::to(&address), Vec::new());
                while let Some(report) = reports.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let begun = Instant::now();
                    line.send(report);
                    own.push(begun.elapsed());
                }
                times.lock().unwrap().extend(own);
            };
            std::thread::Builder::new().name(format!("load-{number}")).spawn(work).unwrap()
        })
        .collect();
    for worker in workers {
        worker.join().unwrap();
    }
    let seconds = start.elapsed().as_secs_f64();
    let mut times: Vec<Duration> = std::mem::take(&mut times.lock().unwrap());
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1e3;
    println!(
        "{} reports, {} MB in {seconds:.2} s: {:.0}/s, median {:.1} ms, p99 {:.1} ms",
        times.len(),
        sent >> 20,
        times.len() as f64 / seconds,
        at(50),
        at(99)
    );
}
