//! A whole portal for tests: real HTTP on this machine, a folder of its own, and a clock that is set by hand.

mod database;

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::http::StatusCode;
use casefile::plan::Plan;
use casefile::report::Language;
use data_encoding::HEXLOWER;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tower::ServiceExt;

pub(crate) use self::database::Database;
use crate::api;
use crate::desk::{Desk, random_id};
use crate::home::{DATABASE, remember};
use crate::retention::Retention;
use crate::roles::Role;
use crate::settings::PortalSettings;
use crate::store::{NewSession, StaffRow};

/// When every trial begins: a Tuesday.
const START: &str = "2026-11-24T10:00:00Z";

/// Signs somebody of these roles in without the door, whose hashing takes time: the cookie, and the mark for forms.
pub(crate) async fn signed_in(desk: &Desk, login: &str, roles: &[Role]) -> (String, String) {
    let staff = StaffRow {
        login: login.to_owned(),
        name: login.to_owned(),
        roles: roles.to_vec(),
        language: Language::En,
        email: None,
        password: String::new(),
        is_active: true,
    };
    desk.store.add_staff(&staff, desk.now()).await.unwrap();
    let (token, csrf) = (random_id().unwrap(), random_id().unwrap());
    let session = NewSession {
        token: HEXLOWER.encode(&Sha256::digest(&token)),
        login: login.to_owned(),
        csrf: csrf.clone(),
        opened_at: desk.now(),
        expires_at: desk.now() + SignedDuration::from_hours(1_000),
    };
    desk.store.open_session(&session).await.unwrap();
    (format!("casefile_session={token}"), csrf)
}

/// A portal at work.
pub(crate) struct Trial {
    pub(crate) desk: Arc<Desk>,
    clock: Arc<AtomicI64>,
    address: std::net::SocketAddr,
    database: Database,
    data: tempfile::TempDir,
    settings: PortalSettings,
    server: JoinHandle<()>,
}

/// A database that was copied.
pub(crate) enum Copied {
    File(std::path::PathBuf),
    Server(Database),
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
        Self::start_with(PortalSettings::default()).await
    }

    /// Starts with settings.
    pub(crate) async fn start_with(settings: PortalSettings) -> Self {
        let clock = START.parse::<Timestamp>().unwrap().as_millisecond();
        let data = tempfile::tempdir().unwrap();
        let database = Database::new(data.path()).await;
        Self::in_folder(data, database, Arc::new(AtomicI64::new(clock)), settings).await
    }

    /// Starts on what lies in a folder and a database.
    pub(crate) async fn start_on(data: tempfile::TempDir, database: Database) -> Self {
        let clock = START.parse::<Timestamp>().unwrap().as_millisecond();
        Self::in_folder(data, database, Arc::new(AtomicI64::new(clock)), PortalSettings::default()).await
    }

    async fn in_folder(
        data: tempfile::TempDir,
        database: Database,
        clock: Arc<AtomicI64>,
        settings: PortalSettings,
    ) -> Self {
        let kept = settings.clone();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let time = Arc::clone(&clock);
        let now = move || Timestamp::from_millisecond(time.load(Ordering::SeqCst)).unwrap();
        let base_url = format!("http://{address}");
        let (plan, keep) = (Plan::default(), Retention::default());
        let desk =
            Desk::open(data.path(), database.place(), plan, base_url, keep, settings, now).await.unwrap();
        remember(data.path(), database.place()).unwrap();
        let router = api::router(Arc::clone(&desk));
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { desk, clock, address, database, data, settings: kept, server }
    }

    /// Stops it and starts it again on the same folder.
    pub(crate) async fn restart(self) -> Self {
        self.server.abort();
        let _ = self.server.await;
        self.desk.store.close().await;
        Self::in_folder(self.data, self.database, self.clock, self.settings).await
    }

    /// A copy of the database as it is now.
    pub(crate) async fn copy_database(&self) -> Copied {
        if self.database.is_on_server() {
            return Copied::Server(self.database.copy().await);
        }
        let file = self.folder().with_extension("copy");
        self.desk.store.copy_to(&file).await.unwrap();
        Copied::File(file)
    }

    /// Stops it and starts it again with a database that was copied earlier.
    pub(crate) async fn restart_with(mut self, copy: Copied) -> Self {
        self.server.abort();
        let _ = self.server.await;
        self.desk.store.close().await;
        match copy {
            Copied::File(file) => std::fs::rename(file, self.data.path().join(DATABASE)).unwrap(),
            Copied::Server(database) => self.database = database,
        }
        Self::in_folder(self.data, self.database, self.clock, self.settings).await
    }

    pub(crate) fn database(&self) -> &Database {
        &self.database
    }

    /// What operators see, on their own address.
    pub(crate) async fn metrics(&self) -> String {
        let request = axum::http::Request::get("/metrics").body(axum::body::Body::empty()).unwrap();
        let answer = api::operators(Arc::clone(&self.desk)).oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    }

    /// The folder of the portal.
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.data.path()
    }

    /// Adds a file on the customer's page, as a browser does.
    pub(crate) async fn add_file(&self, link: &str, name: &str, content: &str) -> Answer {
        let id = random_id().unwrap();
        let body = format!(
            "--b\r\ncontent-disposition: form-data; name=\"id\"\r\n\r\n{id}\r\n--b\r\ncontent-disposition: form-data; \
             name=\"file\"; filename=\"{}\"\r\ncontent-type: text/html\r\n\r\n{content}\r\n--b--\r\n",
            name.replace('"', "%22")
        );
        let headers = [("content-type", "multipart/form-data; boundary=b")];
        self.ask("POST", &format!("/r/{link}/attach"), &headers, &body).await
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

    /// Sends a form as a browser does.
    pub(crate) async fn form(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
        let body = crate::pages::query(fields);
        let headers = [("cookie", cookie), ("content-type", "application/x-www-form-urlencoded")];
        self.ask("POST", path, &headers, &body).await
    }

    /// Asks for a page as somebody who is signed in.
    pub(crate) async fn page(&self, path: &str, cookie: &str) -> Answer {
        self.ask("GET", path, &[("cookie", cookie)], "").await
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
