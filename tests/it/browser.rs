//! The portal's pages in a real browser. `tests/run --no-window` leaves these out.

mod driver;
mod process;

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;

use crate::processes::{Home, Portal, expect_exit, last_json, shows_windows};

/// The number of the only ticket.
fn last_ticket(portal: &Portal) -> String {
    let (_, list) = portal.page("/");
    let start = list.find("CF-").unwrap_or_else(|| panic!("no ticket:\n{list}"));
    list[start..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}

/// A portal as somebody sees it who is signed in: every request gets the cookie on its way.
struct Visit {
    url: String,
}

impl Visit {
    fn of(portal: &Portal) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let target = portal.url.strip_prefix("http://").unwrap().to_owned();
        let cookie = portal.cookie();
        // It ends with the test.
        let _ = std::thread::Builder::new().spawn(move || {
            for client in listener.incoming().flatten() {
                let _ = carry(client, &target, &cookie);
            }
        });
        Self { url }
    }
}

/// One request and its answer.
fn carry(mut client: TcpStream, target: &str, cookie: &str) -> std::io::Result<()> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        client.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).replacen(
        "\r\n",
        &format!("\r\ncookie: {cookie}\r\nconnection: close\r\n"),
        1,
    );
    let head = head.replace("Connection: keep-alive\r\n", "");
    let mut portal = TcpStream::connect(target)?;
    portal.write_all(head.as_bytes())?;
    std::io::copy(&mut portal, &mut client)?;
    client.shutdown(Shutdown::Both)
}

/// Chromium without a window; as root it has no sandbox, and it shows pages of this machine only.
fn chromium(profile: &Path, args: &[&str]) -> String {
    let mut command = Command::new("chromium");
    command.args([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
    ]);
    command.arg(format!("--user-data-dir={}", profile.display())).args(args);
    expect_exit(&mut command, 0)
}

#[test]
fn a_browser_shows_the_ticket_and_runs_nothing_that_a_stranger_wrote() {
    if !shows_windows() {
        return;
    }
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start(data.path());
    let home = Home::new(Some(&portal.url));
    let mut form = home.form();
    form["title"] = "Zażółć <script>document.title = 'owned'</script> gęślą".into();
    home.write("form.json", &form.to_string());
    let run = &mut home.casefile(&["report", "--config", "casefile.toml", "--form", "form.json", "--json"]);
    let ticket = last_json(&expect_exit(run, 0))["ticket_url"].as_str().unwrap().to_owned();

    let profile = tempfile::tempdir().unwrap();
    let page = chromium(profile.path(), &["--dump-dom", &ticket]);
    assert!(!page.contains("<title>owned") && page.contains("document.title = 'owned'"), "{page}");
    for text in ["Zażółć", "Opis problemu:", "Wycofaj zgłoszenie"] {
        assert!(page.contains(text), "no {text:?}:\n{page}");
    }
    let visit = Visit::of(&portal);
    let number = last_ticket(&portal);
    let inside = format!("{}/tickets/{number}", visit.url);
    let page = chromium(profile.path(), &["--dump-dom", &inside]);
    for text in ["Zażółć", "Opis problemu:", "Łucja Żak", "logs/bot.log", "Download the bundle"] {
        assert!(page.contains(text), "no {text:?}:\n{page}");
    }
    assert!(!page.contains("<title>owned"), "{page}");

    for (width, height) in [(1280, 1600), (390, 2400)] {
        for address in [&ticket, &inside, &visit.url, &portal.url] {
            let picture = home.path("page.png");
            let size = format!("--window-size={width},{height}");
            chromium(profile.path(), &[&size, &format!("--screenshot={}", picture.display()), address]);
            // The style sheet was let through by the policy: the page has its background, below all its boxes.
            let pixel = Command::new("convert")
                .arg(&picture)
                .args(["-depth", "8", "-format", "%[hex:p{2,150}]", "info:"])
                .output()
                .unwrap();
            let pixel = String::from_utf8_lossy(&pixel.stdout).to_uppercase();
            assert!(pixel.starts_with("F4F5F7"), "{address} at {width}: {pixel}");
        }
    }
}
