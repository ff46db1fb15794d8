//! Clicks in a real browser as a person does: by what stands on buttons, links and labels. Speaks W3C `WebDriver`.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long something may take to appear.
const PATIENCE: Duration = Duration::from_secs(30);
/// The field of an answer that names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Starts browsers.
pub(super) struct Driver {
    child: Child,
    address: String,
}

/// One person's browser, with cookies of its own.
pub(super) struct Browser<'a> {
    driver: &'a Driver,
    session: String,
    _profile: tempfile::TempDir,
}

impl Driver {
    pub(super) fn start() -> Self {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines.find_map(|line| {
            let line = line.unwrap();
            line.contains("started successfully")
                .then(|| line.trim_end_matches('.').rsplit(' ').next().unwrap().to_owned())
        });
        // It goes on talking: somebody has to listen.
        let _ = std::thread::Builder::new().name("driver-talk".to_owned()).spawn(move || lines.count());
        Self { child, address: format!("127.0.0.1:{}", port.unwrap()) }
    }

    pub(super) fn browser(&self) -> Browser<'_> {
        let profile = tempfile::tempdir().unwrap();
        let folder = format!("--user-data-dir={}", profile.path().display());
        // As root it has no sandbox, and it shows pages of this machine only.
        let args = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            &folder,
            "--window-size=1280,1600",
        ];
        let options = json!({ "args": args });
        let wanted = json!({ "capabilities": { "alwaysMatch": { "goog:chromeOptions": options } } });
        let opened = self.ask("POST", "/session", &wanted).unwrap();
        let session = opened["sessionId"].as_str().unwrap().to_owned();
        Browser { driver: self, session, _profile: profile }
    }

    /// One request; the value of the answer, or its error.
    fn ask(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let body = if method == "GET" { String::new() } else { body.to_string() };
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let (address, length) = (&self.address, body.len());
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n\r\n"
        );
        stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
        let mut answer = BufReader::new(stream);
        let (mut line, mut length) = (String::new(), 0);
        loop {
            line.clear();
            answer.read_line(&mut line).unwrap();
            let Some((name, value)) = line.trim_end().split_once(':') else {
                if line.trim_end().is_empty() {
                    break;
                }
                continue;
            };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        answer.read_exact(&mut body).unwrap();
        let mut body: Value = serde_json::from_slice(&body).unwrap();
        let value = body["value"].take();
        match value.get("error").and_then(Value::as_str) {
            Some(error) => Err(format!("{error}: {}", value["message"].as_str().unwrap_or_default())),
            None => Ok(value),
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Browser<'_> {
    fn ask(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        self.driver.ask(method, &format!("/session/{}{path}", self.session), body)
    }

    pub(super) fn go(&self, url: &str) {
        self.ask("POST", "/url", &json!({ "url": url })).unwrap();
    }

    /// What can be read on the page. Another page may take its place between the two requests: then that one is read.
    pub(super) fn text(&self) -> String {
        let begun = Instant::now();
        loop {
            let body = self.find("//body");
            match self.ask("GET", &format!("/element/{body}/text"), &Value::Null) {
                Ok(text) => return text.as_str().unwrap().to_owned(),
                Err(error) if error.starts_with("stale element") && begun.elapsed() < PATIENCE => {}
                Err(error) => panic!("{error}"),
            }
        }
    }

    /// Loads the page again until this can be read on it.
    #[track_caller]
    pub(super) fn wait_for(&self, words: &str) {
        let begun = Instant::now();
        while !self.text().contains(words) {
            assert!(begun.elapsed() < PATIENCE, "no {words:?}:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(300));
            self.ask("POST", "/refresh", &json!({})).unwrap();
        }
    }

    /// Clicks a button, a link or the head of something folded.
    #[track_caller]
    pub(super) fn click(&self, words: &str) {
        let quoted = quoted(words);
        self.press(&format!(
            "//*[self::button or self::a or self::summary][starts-with(normalize-space(.), {quoted})]"
        ));
    }

    /// Clicks a button, not what looks like one.
    #[track_caller]
    pub(super) fn send(&self, words: &str) {
        self.press(&format!("//button[normalize-space(.) = {}]", quoted(words)));
    }

    /// Clicks a button of the line that says this.
    #[track_caller]
    pub(super) fn click_in_line(&self, line: &str, words: &str) {
        let (line, words) = (quoted(line), quoted(words));
        self.press(&format!("//tr[contains(., {line})]//button[normalize-space(.) = {words}]"));
    }

    /// Writes into the field of this label.
    #[track_caller]
    pub(super) fn fill(&self, label: &str, text: &str) {
        let field = self.find(&field(label));
        self.ask("POST", &format!("/element/{field}/value"), &json!({ "text": text })).unwrap();
    }

    /// Chooses a file for the field of this label.
    #[track_caller]
    pub(super) fn choose_file(&self, label: &str, file: &Path) {
        self.fill(label, file.to_str().unwrap());
    }

    /// Chooses from the list of this label.
    #[track_caller]
    pub(super) fn choose(&self, label: &str, option: &str) {
        self.press(&format!("{}/option[normalize-space(.) = {}]", field(label), quoted(option)));
    }

    #[track_caller]
    fn press(&self, path: &str) {
        let element = self.find(path);
        self.ask("POST", &format!("/element/{element}/click"), &json!({})).unwrap();
    }

    /// The first element that can be seen.
    #[track_caller]
    fn find(&self, path: &str) -> String {
        let begun = Instant::now();
        loop {
            let wanted = json!({ "using": "xpath", "value": path });
            let found = self.ask("POST", "/elements", &wanted).unwrap();
            let found = found.as_array().unwrap().iter().filter_map(|element| element[ELEMENT].as_str());
            let is_shown = |element: &&str| {
                let shown = self.ask("GET", &format!("/element/{element}/displayed"), &Value::Null);
                shown.is_ok_and(|shown| shown == true)
            };
            if let Some(element) = found.into_iter().find(is_shown) {
                return element.to_owned();
            }
            assert!(begun.elapsed() < PATIENCE, "nothing is at {path}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Browser<'_> {
    fn drop(&mut self) {
        let _ = self.ask("DELETE", "", &json!({}));
    }
}

/// The field that stands in this label.
fn field(label: &str) -> String {
    format!(
        "//label[starts-with(normalize-space(.), {})]//*[self::input or self::textarea or self::select]",
        quoted(label)
    )
}

fn quoted(words: &str) -> String {
    assert!(!words.contains('"'), "no test needs it");
    format!("\"{words}\"")
}
