//! The portal is stopped, copied and restored while it is at work.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::processes::{Home, Portal, expect_exit, fetch, last_json, program};

const SECRET: &str = "5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c";

/// One request over a connection of its own: status and the whole answer.
fn ask(
    address: &str,
    method: &str,
    path: &str,
    headers: &str,
    body: &[u8],
) -> std::io::Result<(u16, String)> {
    let mut stream = TcpStream::connect(address)?;
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nAuthorization: Bearer {SECRET}\r\n\
         Content-Length: {length}\r\n{headers}\r\n"
    );
    stream.write_all(&[head.as_bytes(), body].concat())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Ok((status, answer))
}

/// Registers a short report under this number; whether the portal said that it has it.
fn register(address: &str, number: u32) -> bool {
    let body = format!(
        r#"{{"title":"Ticket {number}","description":"d","priority":"P3","category":"exchange","language":"en",
        "app":{{"id":"a","name":"n","version":"1"}},"license":{{"id":"L","status":"active"}}}}"#
    );
    let path = format!("/api/v1/reports/{number:032x}");
    ask(address, "PUT", &path, "", body.as_bytes()).is_ok_and(|(status, _)| status == 201)
}

fn portal(args: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(program("casefile-portal"));
    command.current_dir(folder).args(args);
    command
}

#[test]
fn a_copy_made_under_load_has_every_ticket_that_was_promised_before() {
    let folder = tempfile::tempdir().unwrap();
    let served = Portal::start(&folder.path().join("data"));
    let address = served.url.strip_prefix("http://").unwrap().to_owned();
    let home = Home::new(Some(&served.url));
    home.form();
    let mut sent = Vec::new();
    for _ in 0..2 {
        let run =
            &mut home.casefile(&["report", "--config", "casefile.toml", "--form", "form.json", "--json"]);
        sent.push(last_json(&expect_exit(run, 0)));
    }
    let stop = Arc::new(AtomicBool::new(false));
    let before: Vec<u32> = (1..=40).filter(|number| register(&address, *number)).collect();
    assert_eq!(before.len(), 40);
    let load: Vec<_> = (1..=3)
        .map(|lane: u32| {
            let (stop, address) = (Arc::clone(&stop), address.clone());
            let work = move || {
                let numbers = (lane * 100_000..).take_while(|_| !stop.load(Ordering::Relaxed));
                numbers.filter(|number| register(&address, *number)).count()
            };
            std::thread::Builder::new().name(format!("load-{lane}")).spawn(work).unwrap()
        })
        .collect();
    expect_exit(&mut portal(&["backup", "-o", "copy", "--data", "data"], folder.path()), 0);
    stop.store(true, Ordering::Relaxed);
    let meanwhile: usize = load.into_iter().map(|worker| worker.join().unwrap()).sum();
    assert!(meanwhile > 0, "nothing came while it was copied");
    // Made after the copy: it is not in it.
    assert!(register(&address, 99));
    drop(served);

    expect_exit(&mut portal(&["restore", "copy", "--data", "again"], folder.path()), 0);
    expect_exit(&mut portal(&["restore", "copy", "--data", "again"], folder.path()), 3);
    let healthy = expect_exit(&mut portal(&["doctor", "--data", "again"], folder.path()), 0);
    assert!(!healthy.contains("wrong"), "{healthy}");
    let again = Portal::start(&folder.path().join("again"));
    let state = |number: u32| fetch(&format!("{}/api/v1/reports/{number:032x}", again.url), Some(SECRET)).0;
    for number in before {
        assert_eq!(state(number), 200, "ticket {number}");
    }
    assert_eq!(state(99), 404);
    let address = again.url.strip_prefix("http://").unwrap();
    assert!(register(address, 99), "its client sends it again");
    for report in sent {
        let id = report["report_id"].as_str().unwrap();
        let parcel = std::fs::read(home.path(&format!("outbox/reports/{id}/parcel.json"))).unwrap();
        let secret = serde_json::from_slice::<Value>(&parcel).unwrap()["secret"].as_str().unwrap().to_owned();
        let (_, state) = fetch(&format!("{}/api/v1/reports/{id}", again.url), Some(&secret));
        let state: Value = serde_json::from_str(&state).unwrap();
        let sha256 = report["sha256"].as_str().unwrap();
        assert_eq!(state["evidence"][0]["sha256"], sha256, "{state}");
        let bundle = folder.path().join(format!("again/evidence/{id}/{sha256}.zip"));
        expect_exit(&mut home.casefile(&["verify", bundle.to_str().unwrap()]), 0);
    }
}

#[cfg(unix)]
#[test]
fn a_portal_that_is_asked_to_stop_finishes_keeps_what_has_come_and_goes_on_later() {
    let folder = tempfile::tempdir().unwrap();
    let mut served = Portal::start(folder.path());
    let address = served.url.strip_prefix("http://").unwrap().to_owned();
    assert!(register(&address, 1));
    let report = format!("{:032x}", 1);
    let name = data_encoding::BASE64.encode("a".repeat(64).as_bytes());
    let tus = "Tus-Resumable: 1.0.0\r\n";
    let headers = format!("{tus}Upload-Length: 5000000\r\nUpload-Metadata: sha256 {name}\r\n");
    let path = format!("/api/v1/reports/{report}/uploads");
    let (status, answer) = ask(&address, "POST", &path, &headers, b"").unwrap();
    assert_eq!(status, 201, "{answer}");
    let upload = answer.lines().find_map(|line| line.strip_prefix("location: ")).unwrap().to_owned();
    let upload = format!("/{}", upload.splitn(4, '/').nth(3).unwrap());

    // Half of it arrives, then the portal is stopped.
    let mut stream = TcpStream::connect(&address).unwrap();
    let head = format!(
        "PATCH {upload} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {SECRET}\r\n{tus}Upload-Offset: 0\r\n\
         Content-Type: application/offset+octet-stream\r\nContent-Length: 5000000\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&vec![b'x'; 2_500_000]).unwrap();
    let part = folder.path().join("uploads");
    let arrived = || {
        let files = std::fs::read_dir(&part).unwrap().map(|item| item.unwrap().metadata().unwrap().len());
        files.max().unwrap_or(0)
    };
    let begun = Instant::now();
    while arrived() < 1_000_000 {
        assert!(begun.elapsed() < Duration::from_secs(20), "nothing arrives");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(served.terminate(), Some(0));
    let mut answer = String::new();
    let _ = BufReader::new(stream).read_line(&mut answer);
    assert!(answer.contains("503"), "{answer:?}");

    let again = Portal::start(folder.path());
    let address = again.url.strip_prefix("http://").unwrap();
    let (status, answer) = ask(address, "HEAD", &upload, tus, b"").unwrap();
    assert_eq!(status, 200);
    let offset = answer.lines().find_map(|line| line.strip_prefix("upload-offset: ")).unwrap();
    let offset: u64 = offset.trim().parse().unwrap();
    assert!(offset >= 1_000_000, "{offset} of it were kept");
}
