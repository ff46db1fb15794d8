use std::path::Path;

use axum::body::{Body, to_bytes};
use axum::http::{Request, Response};
use casefile::plan::Plan;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use tower::ServiceExt;

use super::*;
use crate::trial::Database;

mod holding;

const REPORT: &str = "000102030405060708090a0b0c0d0e0f";
const BODY: &str = r#"{"title":"t","description":"d","priority":"P1","category":"runtime","language":"en",
    "app":{"id":"a","name":"n","version":"1"}}"#;

/// A portal over a folder of its own, asked without a network.
struct Portal {
    router: Router,
    desk: Arc<Desk>,
    database: Database,
    data: tempfile::TempDir,
}

/// One answer, read to its end.
struct Answer {
    status: u16,
    headers: axum::http::HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// Checks that it is a problem of this status and code.
    #[track_caller]
    fn expect(&self, status: u16, code: &str) {
        assert_eq!((self.status, self.json()["code"].as_str().unwrap()), (status, code), "{}", self.body);
    }
}

async fn open(data: &Path, database: &Database) -> Arc<Desk> {
    let now = || "2026-11-24T10:00:00Z".parse::<Timestamp>().unwrap();
    Desk::open(
        data,
        database.place(),
        Plan::default(),
        "http://127.0.0.1:9".to_owned(),
        crate::retention::Retention::default(),
        crate::settings::PortalSettings::default(),
        now,
    )
    .await
    .unwrap()
}

impl Portal {
    async fn start() -> Self {
        let data = tempfile::tempdir().unwrap();
        let database = Database::new(data.path()).await;
        Self::on(data, database).await
    }

    async fn on(data: tempfile::TempDir, database: Database) -> Self {
        let desk = open(data.path(), &database).await;
        Self { router: router(Arc::clone(&desk)), desk, database, data }
    }

    /// Stops it and starts it again.
    async fn restart(self) -> Self {
        self.desk.store.close().await;
        Self::on(self.data, self.database).await
    }

    /// A page as one of the staff sees it.
    async fn page(&self, path: &str) -> Answer {
        let (cookie, _) = crate::trial::signed_in(&self.desk, "anna", &[crate::roles::Role::Engineer]).await;
        self.ask("GET", path, &[("cookie", &cookie)], "").await
    }

    async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("host", "127.0.0.1:9");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into()).unwrap();
        let response: Response<Body> = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = String::from_utf8_lossy(&to_bytes(body, usize::MAX).await.unwrap()).into_owned();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// As a client asks, with its secret and as tus wants it.
    async fn tus(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let bearer = bearer(1);
        let always = [("authorization", bearer.as_str()), ("tus-resumable", "1.0.0")];
        self.ask(method, path, &[&always[..], headers].concat(), body.to_vec()).await
    }

    async fn register(&self) -> Answer {
        let answer = self.put(REPORT, 1, BODY).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer
    }

    async fn put(&self, id: &str, secret: u8, body: &str) -> Answer {
        let path = format!("/api/v1/reports/{id}");
        self.ask("PUT", &path, &[("authorization", &bearer(secret))], body.to_owned()).await
    }

    /// Announces these bytes and gives the path of the upload.
    async fn announce(&self, bytes: &[u8]) -> String {
        self.announce_for(REPORT, bytes).await
    }

    async fn announce_for(&self, report: &str, bytes: &[u8]) -> String {
        let metadata = format!("filename YQ==,sha256 {}", base64(hex(bytes).as_bytes()));
        let length = bytes.len().to_string();
        let headers = [("upload-length", length.as_str()), ("upload-metadata", metadata.as_str())];
        let answer = self.tus("POST", &format!("/api/v1/reports/{report}/uploads"), &headers, b"").await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.header("location").strip_prefix("http://127.0.0.1:9").unwrap().to_owned()
    }

    /// What the client is told of its report.
    async fn status(&self, id: &str) -> Value {
        let path = format!("/api/v1/reports/{id}");
        self.ask("GET", &path, &[("authorization", &bearer(1))], "").await.json()
    }

    async fn patch(&self, upload: &str, offset: usize, bytes: &[u8]) -> Answer {
        let offset = offset.to_string();
        let headers =
            [("content-type", "application/offset+octet-stream"), ("upload-offset", offset.as_str())];
        self.tus("PATCH", upload, &headers, bytes).await
    }
}

fn bearer(secret: u8) -> String {
    format!("Bearer {}", format!("{secret:02x}").repeat(32))
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}

fn base64(bytes: &[u8]) -> String {
    data_encoding::BASE64.encode(bytes)
}

/// A real bundle, of a report of its own.
pub(crate) fn bundle() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path();
    std::fs::create_dir(home.join("logs")).unwrap();
    std::fs::write(home.join("logs/bot.log"), "login as anna@example.com failed\n".repeat(500)).unwrap();
    let reporter = casefile::Reporter::builder("a", "n", "1")
        .logs(home.join("logs"))
        .outbox(home.join("reports"))
        .build()
        .unwrap();
    let request = casefile::report::Request::new(
        "t",
        "d",
        casefile::report::Priority::P1,
        casefile::report::Category::Runtime,
    );
    let now = "2026-11-24T10:00:00Z".parse().unwrap();
    let draft = reporter.seal(&request, now, &casefile::Progress::new()).unwrap();
    std::fs::read(draft.bundle.path()).unwrap()
}

#[tokio::test]
async fn the_openapi_document_lists_every_route_and_no_other() {
    let portal = Portal::start().await;
    let document: Value = serde_json::from_str(OPENAPI).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let source = include_str!("../api.rs");
    let routes: Vec<_> = source.split(".route(").skip(1).filter_map(|rest| rest.split('"').nth(1)).collect();
    assert!(routes.len() >= 6, "{routes:?}");
    for route in &routes {
        assert!(paths.contains_key(*route), "{route} is not in the document");
    }
    assert_eq!(paths.len(), routes.len());
    for (path, operations) in paths {
        for method in operations.as_object().unwrap().keys() {
            let answer = portal.ask(&method.to_uppercase(), &path.replace("{id}", REPORT), &[], "").await;
            let code = serde_json::from_str::<Value>(&answer.body).unwrap_or_default()["code"].clone();
            assert!(answer.status != 405 && code != "not_found", "{method} {path}: {}", answer.status);
        }
    }
    let served = portal.ask("GET", "/api/v1/openapi.json", &[], "").await;
    assert_eq!(served.json(), document);
}

#[tokio::test]
async fn every_code_is_in_the_documents() {
    let document = include_str!("../../../../docs/portal-api.md");
    let sources = [
        include_str!("../api.rs"),
        include_str!("process.rs"),
        include_str!("reports.rs"),
        include_str!("tus.rs"),
        include_str!("../desk.rs"),
        include_str!("../desk/evidence.rs"),
        include_str!("../desk/evidence/settling.rs"),
        include_str!("../desk/process.rs"),
        include_str!("../problem.rs"),
        include_str!("../pages.rs"),
        include_str!("../pages/door.rs"),
        include_str!("../pages/files.rs"),
        include_str!("../pages/steps.rs"),
        include_str!("../desk/attach.rs"),
    ];
    let held = ["address_limit", "license_limit", "unlicensed_limit"];
    let mut codes: std::collections::BTreeSet<_> = held.map(str::to_owned).into();
    for source in sources {
        let squeezed: String = source.split_whitespace().collect::<Vec<_>>().join(" ");
        for rest in squeezed.split("StatusCode::").skip(1) {
            let code =
                rest.split_once(',').and_then(|(_, rest)| rest.trim().strip_prefix('"')?.split('"').next());
            codes.extend(
                code.filter(|code| code.bytes().all(|b| b == b'_' || b.is_ascii_lowercase()))
                    .map(str::to_owned),
            );
        }
    }
    assert!(codes.len() >= 20, "{codes:?}");
    for code in codes {
        assert!(document.contains(&format!("`{code}`")), "docs/portal-api.md does not explain {code}");
    }
}

#[tokio::test]
async fn a_report_is_registered_once() {
    let portal = Portal::start().await;
    let first = portal.register().await;
    assert_eq!(first.json()["ticket"], "CF-2026-000001");
    assert_eq!(first.json()["deadlines"]["response"], "2026-11-24T11:00:00Z");
    // Another order of the fields is the same report.
    let reordered = serde_json::from_str::<Value>(BODY).unwrap().to_string();
    let again = portal.put(REPORT, 1, &reordered).await;
    assert_eq!((again.status, again.json()), (200, first.json()));

    portal.put(REPORT, 1, &BODY.replace("\"d\"", "\"other\"")).await.expect(409, "report_exists");
    portal.put(REPORT, 2, BODY).await.expect(409, "report_exists");
    let other = portal.put(&REPORT.replace("00", "ff"), 2, BODY).await;
    assert_eq!(other.json()["ticket"], "CF-2026-000002");
}

#[tokio::test]
async fn a_report_that_cannot_be_one_is_refused_with_its_reason() {
    let portal = Portal::start().await;
    let path = format!("/api/v1/reports/{REPORT}");
    portal.ask("PUT", &path, &[], BODY).await.expect(401, "secret_missing");
    portal.ask("PUT", &path, &[("authorization", "Bearer abc")], BODY).await.expect(401, "secret_missing");
    portal.put("ABC", 1, BODY).await.expect(400, "invalid_id");
    portal.put(REPORT, 1, "{").await.expect(400, "invalid_body");
    portal.put(REPORT, 1, &BODY.replace("P1", "P9")).await.expect(400, "invalid_body");
    portal.put(REPORT, 1, &BODY.replace("\"t\"", "\" \"")).await.expect(422, "field_blank");
    let digest = BODY.replacen('{', r#"{"bundle":{"sha256":"x","bytes":1},"#, 1);
    portal.put(REPORT, 1, &digest).await.expect(422, "invalid_digest");
    let large = BODY.replace("\"d\"", &format!("\"{}\"", "x".repeat(MAX_BODY_BYTES)));
    portal.put(REPORT, 1, &large).await.expect(413, "body_too_large");
    // None of them took a number.
    assert_eq!(portal.register().await.json()["ticket"], "CF-2026-000001");
}

#[tokio::test]
async fn only_the_secret_opens_a_report() {
    let portal = Portal::start().await;
    portal.register().await;
    let path = format!("/api/v1/reports/{REPORT}");
    portal.ask("GET", &path, &[("authorization", &bearer(2))], "").await.expect(404, "not_found");
    let first = portal.ask("GET", &path, &[("authorization", &bearer(1))], "").await;
    assert_eq!((first.status, first.json()["state"].as_str()), (200, Some("registered")));
    let tag = first.header("etag").to_owned();
    let known = [("authorization", bearer(1)), ("if-none-match", format!("\"x\", {tag}"))];
    let known = known.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(portal.ask("GET", &path, &known, "").await.status, 304);

    let upload = portal.announce(b"abc").await;
    let headers = [("authorization", bearer(2)), ("tus-resumable", "1.0.0".to_owned())];
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    portal.ask("DELETE", &upload, &headers, "").await.expect(404, "not_found");
}

#[tokio::test]
async fn an_upload_goes_on_where_it_stopped_and_becomes_evidence() {
    let portal = Portal::start().await;
    let bytes = bundle();
    let id = report_of(&bytes);
    let path = format!("/api/v1/reports/{id}/uploads");
    assert_eq!(portal.put(&id, 1, BODY).await.status, 201);
    let metadata = format!("sha256 {}", base64(hex(&bytes).as_bytes()));
    let length = bytes.len().to_string();
    let headers = [("upload-length", length.as_str()), ("upload-metadata", metadata.as_str())];
    let created = portal.tus("POST", &path, &headers, b"").await;
    let again = portal.tus("POST", &path, &headers, b"").await;
    assert_eq!(created.header("location"), again.header("location"));
    assert_eq!(created.header("tus-resumable"), "1.0.0");
    let upload = created.header("location").strip_prefix("http://127.0.0.1:9").unwrap();

    let half = bytes.len() / 2;
    let answer = portal.patch(upload, 0, &bytes[..half]).await;
    assert_eq!((answer.status, answer.header("upload-offset")), (204, half.to_string().as_str()));
    portal.patch(upload, 0, &bytes[..half]).await.expect(409, "wrong_offset");

    // A restart in the middle, then the rest with a checksum.
    let portal = portal.restart().await;
    let head = portal.tus("HEAD", upload, &[], b"").await;
    assert_eq!(
        (head.header("upload-offset"), head.header("upload-length")),
        (half.to_string().as_str(), length.as_str())
    );
    let offset = half.to_string();
    let checksum = format!("sha256 {}", base64(&Sha256::digest(&bytes[half..])));
    let headers = [
        ("content-type", "application/offset+octet-stream"),
        ("upload-offset", offset.as_str()),
        ("upload-checksum", checksum.as_str()),
    ];
    let mut damaged = bytes[half..].to_vec();
    damaged[0] ^= 1;
    portal.tus("PATCH", upload, &headers, &damaged).await.expect(460, "checksum_mismatch");
    let head = portal.tus("HEAD", upload, &[], b"").await;
    assert_eq!(head.header("upload-offset"), offset, "what was damaged does not count");
    let done = portal.tus("PATCH", upload, &headers, &bytes[half..]).await;
    assert_eq!((done.status, done.header("upload-offset")), (204, length.as_str()), "{}", done.body);

    assert_eq!(portal.status(&id).await["evidence"][0]["sha256"], hex(&bytes));
    portal.tus("DELETE", upload, &[], b"").await.expect(409, "already_received");
    let page = portal.page("/tickets/CF-2026-000001").await;
    assert!(page.body.contains("logs/bot.log") && page.body.contains("email"), "{}", page.body);
    let file = portal.router.clone().oneshot(
        Request::get(format!("/tickets/CF-2026-000001/evidence/{}", hex(&bytes)))
            .header("host", "localhost")
            .header(
                "cookie",
                crate::trial::signed_in(&portal.desk, "ewa", &[crate::roles::Role::Auditor]).await.0,
            )
            .body(Body::empty())
            .unwrap(),
    );
    let file = to_bytes(file.await.unwrap().into_body(), usize::MAX).await.unwrap();
    assert_eq!(file, bytes);
}

pub(crate) fn report_of(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.zip");
    std::fs::write(&path, bytes).unwrap();
    let bundle = casefile::bundle::Bundle::open(&path, &casefile::bundle::Limits::default()).unwrap();
    bundle.manifest().report_id.to_string()
}

#[tokio::test]
async fn what_is_no_bundle_of_the_report_is_refused_for_good() {
    let portal = Portal::start().await;
    portal.register().await;
    let foreign = bundle();
    for bytes in [&b"this is no zip"[..], &foreign] {
        let upload = portal.announce(bytes).await;
        portal.patch(&upload, 0, bytes).await.expect(422, "bundle_refused");
        assert_eq!(portal.tus("HEAD", &upload, &[], b"").await.status, 422);
    }
    let page = portal.page("/tickets/CF-2026-000001").await;
    assert!(page.body.contains("it belongs to another report"), "{}", page.body);
    assert_eq!(std::fs::read_dir(portal.data.path().join("uploads")).unwrap().count(), 0);
}

#[tokio::test]
async fn a_bundle_that_comes_while_all_cores_check_others_is_whole_now_and_evidence_later() {
    let portal = Portal::start().await;
    let bytes = bundle();
    let id = report_of(&bytes);
    assert_eq!(portal.put(&id, 1, BODY).await.status, 201);
    let busy = portal.desk.cores.occupied();
    let upload = &portal.announce_for(&id, &bytes).await;
    let length = bytes.len().to_string();
    let mut damaged = bytes.clone();
    damaged[100] ^= 1;
    portal.patch(upload, 0, &damaged).await.expect(460, "checksum_mismatch");
    for _ in 0..2 {
        let offset = portal.tus("HEAD", upload, &[], b"").await;
        let sent = if offset.header("upload-offset") == "0" {
            assert_eq!(portal.patch(upload, 0, &bytes[..200]).await.status, 204);
            portal.patch(upload, 200, &bytes[200..]).await
        } else {
            offset
        };
        assert_eq!(sent.header("upload-offset"), length, "{}", sent.body);
        let status = portal.status(&id).await;
        assert_eq!(
            (&status["uploads"][0]["whole"], status["evidence"].as_array().unwrap().len()),
            (&json!(true), 0)
        );
    }
    drop(busy);
    let status = loop {
        tokio::task::yield_now().await;
        let status = portal.status(&id).await;
        if status["uploads"].as_array().unwrap().is_empty() {
            break status;
        }
    };
    assert_eq!(status["evidence"][0]["sha256"], hex(&bytes));
    portal.tus("DELETE", upload, &[], b"").await.expect(409, "already_received");
}

#[tokio::test]
async fn one_bundle_in_many_requests_is_no_crowd() {
    let portal = Portal::start().await;
    let bytes = bundle();
    let id = report_of(&bytes);
    assert_eq!(portal.put(&id, 1, BODY).await.status, 201);
    let upload = &portal.announce_for(&id, &bytes).await;
    let pieces = portal.desk.cores.crowd();
    let length = bytes.len().div_ceil(pieces);
    for (number, piece) in bytes.chunks(length).enumerate() {
        assert_eq!(portal.patch(upload, number * length, piece).await.status, 204);
    }
    assert_eq!(portal.status(&id).await["evidence"][0]["sha256"], hex(&bytes));
}

#[tokio::test]
async fn what_was_acknowledged_becomes_evidence_although_the_disk_refuses_it_first() {
    let portal = Portal::start().await;
    let bytes = bundle();
    let id = report_of(&bytes);
    assert_eq!(portal.put(&id, 1, BODY).await.status, 201);
    let busy = portal.desk.cores.occupied();
    let upload = portal.announce_for(&id, &bytes).await;
    assert_eq!(portal.patch(&upload, 0, &bytes).await.status, 204);
    let in_the_way = portal.data.path().join("evidence").join(&id);
    std::fs::write(&in_the_way, "a file where a folder should be").unwrap();
    drop(busy);
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    assert_eq!(portal.status(&id).await["uploads"][0]["whole"], json!(true), "it is tried again");
    std::fs::remove_file(in_the_way).unwrap();
    while portal.status(&id).await["evidence"].as_array().unwrap().is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn other_bytes_than_announced_begin_anew() {
    let portal = Portal::start().await;
    portal.register().await;
    let upload = portal.announce(b"abcdef").await;
    portal.patch(&upload, 0, b"abcdeX").await.expect(460, "checksum_mismatch");
    assert_eq!(portal.tus("HEAD", &upload, &[], b"").await.header("upload-offset"), "0");
    portal.patch(&upload, 0, b"abcdefg").await.expect(413, "more_than_announced");
}

#[tokio::test]
async fn tus_is_spoken_to_the_letter() {
    let portal = Portal::start().await;
    portal.register().await;
    let uploads = format!("/api/v1/reports/{REPORT}/uploads");
    let options = portal.ask("OPTIONS", &uploads, &[], "").await;
    assert_eq!((options.status, options.header("tus-version")), (204, "1.0.0"));
    assert_eq!(options.header("tus-extension"), "creation,checksum,expiration,termination");
    let old = portal.ask("POST", &uploads, &[("authorization", &bearer(1))], "").await;
    old.expect(412, "tus_version");
    assert_eq!(old.header("tus-version"), "1.0.0");
    portal.tus("POST", &uploads, &[], b"").await.expect(400, "length_missing");
    portal.tus("POST", &uploads, &[("upload-length", "+5")], b"").await.expect(400, "length_missing");
    portal.tus("POST", &uploads, &[("upload-length", "5")], b"").await.expect(400, "invalid_metadata");
    let metadata = format!("sha256 {}", base64(b"not a digest"));
    let headers = [("upload-length", "5"), ("upload-metadata", metadata.as_str())];
    portal.tus("POST", &uploads, &headers, b"").await.expect(400, "invalid_metadata");
    let metadata = format!("sha256 {}", base64(hex(b"x").as_bytes()));
    let headers = [("upload-length", "99999999999999"), ("upload-metadata", metadata.as_str())];
    portal.tus("POST", &uploads, &headers, b"").await.expect(413, "bundle_too_large");

    let upload = portal.announce(b"abc").await;
    portal.tus("PATCH", &upload, &[("upload-offset", "0")], b"abc").await.expect(415, "media_type");
    let media = ("content-type", "application/offset+octet-stream");
    portal.tus("PATCH", &upload, &[media], b"abc").await.expect(400, "length_missing");
    let headers = [media, ("upload-offset", "0"), ("upload-checksum", "md5 AAAA")];
    portal.tus("PATCH", &upload, &headers, b"abc").await.expect(400, "checksum_unknown");
    let (start, end) = upload.split_at(upload.len() - 1);
    let other = format!("{start}{}", if end == "0" { "1" } else { "0" });
    portal.tus("PATCH", &other, &headers[..2], b"abc").await.expect(404, "not_found");
    let headers = [media, ("upload-offset", "0"), ("x-http-method-override", "PATCH")];
    assert_eq!(portal.tus("POST", &upload, &headers, b"ab").await.header("upload-offset"), "2");
    portal.tus("POST", &upload, &[], b"").await.expect(405, "method_not_allowed");
    assert_eq!(portal.tus("DELETE", &upload, &[], b"").await.status, 204);
    assert_eq!(portal.tus("HEAD", &upload, &[], b"").await.status, 404);
}
