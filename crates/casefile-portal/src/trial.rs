//! A whole portal for tests: real HTTP on this machine, a folder of its own, and a clock that is set by hand.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::http::StatusCode;
use casefile::plan::Plan;
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::api;
use crate::desk::Desk;

/// When every trial begins: a Tuesday.
const START: &str = "2026-11-24T10:00:00Z";

/// A portal at work.
pub(crate) struct Trial {
    pub(crate) desk: Arc<Desk>,
    clock: Arc<AtomicI64>,
    address: std::net::SocketAddr,
    data: tempfile::TempDir,
    server: JoinHandle<()>,
}

/// One answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The answer in JSON, of a request that went well.
    #[track_caller]
    pub(crate) fn good(&self) -> Value {
        assert!(self.status.is_success(), "{}: {}", self.status, self.body);
        self.json()
    }

    /// Checks that it is a problem of this status and code.
    #[track_caller]
    pub(crate) fn expect(&self, status: u16, code: &str) {
        let told = (self.status.as_u16(), self.json()["code"].as_str().unwrap_or_default().to_owned());
        assert_eq!(told, (status, code.to_owned()), "{}", self.body);
    }
}

impl Trial {
    pub(crate) async fn start() -> Self {
        let clock = START.parse::<Timestamp>().unwrap().as_millisecond();
        Self::in_folder(tempfile::tempdir().unwrap(), Arc::new(AtomicI64::new(clock))).await
    }

    async fn in_folder(data: tempfile::TempDir, clock: Arc<AtomicI64>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let time = Arc::clone(&clock);
        let now = move || Timestamp::from_millisecond(time.load(Ordering::SeqCst)).unwrap();
        let desk = Desk::open(data.path(), Plan::default(), format!("http://{address}"), now).await.unwrap();
        let router = api::router(Arc::clone(&desk));
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { desk, clock, address, data, server }
    }

    /// Stops it and starts it again on the same folder.
    pub(crate) async fn restart(self) -> Self {
        self.server.abort();
        let _ = self.server.await;
        self.desk.store.close().await;
        Self::in_folder(self.data, self.clock).await
    }

    /// Lets time pass, and the loop look after it once.
    pub(crate) async fn pass(&self, minutes: i64) {
        self.clock.fetch_add(minutes * 60_000, Ordering::SeqCst);
        self.desk.round().await.unwrap();
    }

    /// Lets time pass while the loop stands still.
    pub(crate) fn sleep(&self, minutes: i64) {
        self.clock.fetch_add(minutes * 60_000, Ordering::SeqCst);
    }

    pub(crate) async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: {}\r\n",
            self.address,
            body.len()
        );
        for (name, value) in headers {
            let _ = write!(request, "{name}: {value}\r\n");
        }
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(format!("{request}\r\n{body}").as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Answer { status, headers, body: body.to_owned() }
    }

    /// Asks as the client of a report, which has this number and a secret of its own.
    pub(crate) async fn client(&self, report: u8, method: &str, path: &str, body: &str) -> Answer {
        let path = format!("/api/v1/reports/{}{path}", format!("{report:02x}").repeat(16));
        let bearer = format!("Bearer {}", format!("{report:02x}").repeat(32));
        self.ask(method, &path, &[("authorization", &bearer)], body).await
    }

    /// Registers a report of this priority.
    pub(crate) async fn register(&self, report: u8, priority: &str) -> Value {
        let body = json!({
            "title": "Zlecenia są odrzucane", "description": "Łódź: kod -1021", "priority": priority,
            "category": "exchange", "language": "pl",
            "app": { "id": "com.example.bot", "name": "Bot", "version": "1.2.3" },
            "contact": { "name": "Łucja Żak", "email": "lucja@example.com" },
            "license": { "id": "LIC-7", "status": "active", "edition": "premium" },
        });
        self.client(report, "PUT", "", &body.to_string()).await.good()
    }

    /// The numbers of all tickets that a search finds.
    pub(crate) async fn found(&self, words: &str) -> Vec<String> {
        let filter = crate::store::Filter { words: Some(words.to_owned()), ..Default::default() };
        let rows = self.desk.store.list(&filter, 0, 100).await.unwrap();
        rows.into_iter().map(|row| row.number).collect()
    }
}
