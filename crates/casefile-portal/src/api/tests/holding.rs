//! What comes too often, is too large, or is never continued.

use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use super::*;

/// A report of somebody far away, behind a proxy.
async fn put_from(portal: &Portal, address: &str, number: u8, body: &str) -> Answer {
    let path = format!("/api/v1/reports/{}", format!("{number:02x}").repeat(16));
    let bearer = bearer(number);
    let headers = [("authorization", bearer.as_str()), ("x-forwarded-for", address)];
    portal.ask("PUT", &path, &headers, body.to_owned()).await
}

fn licensed(id: &str) -> String {
    BODY.replacen('{', &format!(r#"{{"license":{{"id":"{id}","status":"active"}},"#), 1)
}

#[tokio::test]
async fn an_address_that_sends_too_much_is_told_when_to_come_again() {
    let portal = Portal::start().await;
    for number in 0..6 {
        assert_eq!(put_from(&portal, "192.0.2.1", number, BODY).await.status, 201);
    }
    let held = put_from(&portal, "192.0.2.1", 6, BODY).await;
    held.expect(429, "address_limit");
    assert_eq!(held.header("retry-after"), "300");
    // What it has registered it can go on with, and nobody else is held.
    assert_eq!(put_from(&portal, "192.0.2.1", 5, BODY).await.status, 200);
    assert_eq!(put_from(&portal, "192.0.2.2", 7, BODY).await.status, 201);
    assert_eq!(put_from(&portal, "192.0.2.1", 8, &licensed("LIC-1")).await.status, 201);
    let held = put_from(&portal, "192.0.2.1", 6, BODY).await;
    held.expect(429, "address_limit");
    // It took no number.
    assert_eq!(put_from(&portal, "192.0.2.3", 6, BODY).await.json()["ticket"], "CF-2026-000009");
}

#[tokio::test]
async fn a_bundle_without_a_licence_is_smaller_and_a_report_has_so_many() {
    let portal = Portal::start().await;
    let announce = async |number: u8, bytes: u64, content: u64| {
        let path = format!("/api/v1/reports/{}/uploads", format!("{number:02x}").repeat(16));
        let (length, bearer) = (bytes.to_string(), bearer(number));
        let metadata = format!("sha256 {}", base64(hex(&content.to_be_bytes()).as_bytes()));
        let headers = [
            ("authorization", bearer.as_str()),
            ("tus-resumable", "1.0.0"),
            ("upload-length", length.as_str()),
            ("upload-metadata", metadata.as_str()),
        ];
        portal.ask("POST", &path, &headers, "").await
    };
    assert_eq!(put_from(&portal, "192.0.2.1", 1, BODY).await.status, 201);
    assert_eq!(put_from(&portal, "192.0.2.1", 2, &licensed("LIC-1")).await.status, 201);
    announce(1, (128 << 20) + 1, 0).await.expect(413, "bundle_too_large");
    assert_eq!(announce(2, (128 << 20) + 1, 0).await.status, 201);
    announce(2, (2 << 30) + 1, 1).await.expect(413, "bundle_too_large");
    for content in 0..20 {
        assert_eq!(announce(1, 100, content).await.status, 201);
    }
    announce(1, 100, 20).await.expect(403, "too_many_bundles");
    assert_eq!(announce(1, 100, 19).await.status, 201, "it is known already");
    announce(1, 101, 19).await.expect(409, "bundle_differs");
}

/// The portal's clock of these tests stands still; the disk's does not.
fn touch(path: &Path, before: Duration) {
    let now: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
    let file = File::options().write(true).open(path).unwrap();
    let since = Duration::try_from(now.as_duration()).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + since - before).unwrap();
}

async fn sweep(portal: &Portal) {
    portal.desk.sweep().await.unwrap_or_else(|problem| panic!("{}", problem.code));
}

#[tokio::test]
async fn an_upload_that_nobody_continues_is_forgotten() {
    let portal = Portal::start().await;
    portal.register().await;
    let upload = portal.announce(b"abcdef").await;
    let patched = portal.patch(&upload, 0, b"abc").await;
    assert_eq!(patched.status, 204);
    let part = portal.data.path().join(format!("uploads/{}.part", upload.rsplit('/').next().unwrap()));
    touch(&part, Duration::ZERO);
    let head = portal.tus("HEAD", &upload, &[], b"").await;
    assert_eq!(head.header("upload-expires"), "Tue, 08 Dec 2026 10:00:00 GMT");

    let day = Duration::from_hours(24);
    touch(&part, day * 14);
    sweep(&portal).await;
    assert_eq!(portal.tus("HEAD", &upload, &[], b"").await.header("upload-offset"), "3");
    touch(&part, day * 14 + Duration::from_secs(1));
    sweep(&portal).await;
    portal.patch(&upload, 3, b"def").await.expect(404, "not_found");
    assert!(!part.exists());
    // A client that comes all the same begins anew, at another place.
    assert_ne!(portal.announce(b"abcdef").await, upload);
}

#[tokio::test]
async fn what_has_arrived_waits_for_its_check_however_long_that_takes() {
    let portal = Portal::start().await;
    let bytes = bundle();
    let id = report_of(&bytes);
    assert_eq!(portal.put(&id, 1, BODY).await.status, 201);
    let busy = portal.desk.cores.occupied();
    let upload = portal.announce_for(&id, &bytes).await;
    assert_eq!(portal.patch(&upload, 0, &bytes).await.status, 204);
    let part = portal.data.path().join(format!("uploads/{}.part", upload.rsplit('/').next().unwrap()));
    touch(&part, Duration::from_hours(24 * 30));
    sweep(&portal).await;
    assert!(part.exists());
    drop(busy);
    while portal.status(&id).await["evidence"].as_array().unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn files_of_no_upload_go_and_others_stay() {
    let portal = Portal::start().await;
    portal.register().await;
    let open = portal.announce(b"abcdef").await;
    portal.patch(&open, 0, b"abc").await;
    let uploads = portal.data.path().join("uploads");
    let orphan = "0123456789abcdef0123456789abcdef";
    for name in [&format!("{orphan}.part"), &format!("{orphan}.unchecked"), "notes.txt"] {
        fs::write(uploads.join(name), "x").unwrap();
    }
    sweep(&portal).await;
    let mut names: Vec<_> = fs::read_dir(&uploads)
        .unwrap()
        .map(|item| item.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let mut expected = ["notes.txt".to_owned(), format!("{}.part", open.rsplit('/').next().unwrap())];
    expected.sort();
    assert_eq!(names, expected);
}

/// Each state that a crash can leave behind between the last byte and the answer.
#[tokio::test]
async fn whatever_a_crash_left_is_finished_at_the_next_start() {
    let bytes = bundle();
    let (id, sha256) = (report_of(&bytes), hex(&bytes));
    for crash in ["all has arrived", "it was put in its place", "the last bytes were not checked"] {
        let portal = Portal::start().await;
        assert_eq!(portal.put(&id, 1, BODY).await.status, 201);
        let metadata = format!("sha256 {}", base64(sha256.as_bytes()));
        let length = bytes.len().to_string();
        let headers = [("upload-length", length.as_str()), ("upload-metadata", metadata.as_str())];
        let created = portal.tus("POST", &format!("/api/v1/reports/{id}/uploads"), &headers, b"").await;
        let upload = created.header("location").strip_prefix("http://127.0.0.1:9").unwrap();
        let upload_id = upload.rsplit('/').next().unwrap();
        let data = portal.data.path();
        let part = data.join(format!("uploads/{upload_id}.part"));
        fs::write(&part, &bytes).unwrap();
        let place = data.join(format!("evidence/{id}/{sha256}.zip"));
        match crash {
            "it was put in its place" => {
                fs::create_dir_all(place.parent().unwrap()).unwrap();
                fs::rename(&part, &place).unwrap();
            }
            "the last bytes were not checked" => {
                fs::write(part.with_extension("unchecked"), "100").unwrap();
            }
            _ => {}
        }
        let portal = portal.restart().await;
        if crash == "the last bytes were not checked" {
            assert_eq!(portal.tus("HEAD", upload, &[], b"").await.header("upload-offset"), "100");
            assert_eq!(portal.patch(upload, 100, &bytes[100..]).await.status, 204);
        }
        let path = format!("/api/v1/reports/{id}");
        let status = portal.ask("GET", &path, &[("authorization", &bearer(1))], "").await;
        assert_eq!(status.json()["evidence"][0]["sha256"], *sha256, "{crash}");
        assert_eq!(fs::read(&place).unwrap(), bytes, "{crash}");
        assert!(!part.exists(), "{crash}");
    }
}

/// The connection of a client that went to sleep: it stays open and nothing comes any more.
#[tokio::test]
async fn a_request_that_hangs_is_ended_by_the_next_one() {
    let portal = Portal::start().await;
    portal.register().await;
    let upload = portal.announce(b"abcdef").await;
    let (sender, receiver) = tokio::sync::mpsc::channel::<std::io::Result<&'static [u8]>>(1);
    let body = Body::from_stream(futures_util::stream::unfold(receiver, async |mut receiver| {
        receiver.recv().await.map(|chunk| (chunk, receiver))
    }));
    let request = Request::patch(&upload)
        .header("authorization", bearer(1))
        .header("tus-resumable", "1.0.0")
        .header("content-type", "application/offset+octet-stream")
        .header("upload-offset", "0")
        .body(body)
        .unwrap();
    let hanging = tokio::spawn(portal.router.clone().oneshot(request));
    sender.send(Ok(b"abc")).await.unwrap();
    // The portal has read it when the next one fits in.
    sender.send(Ok(b"d")).await.unwrap();

    let head = tokio::time::timeout(Duration::from_secs(10), portal.tus("HEAD", &upload, &[], b"")).await;
    let offset = head.expect("it waits for the request that hangs").header("upload-offset").to_owned();
    assert!(["3", "4"].contains(&offset.as_str()), "{offset}");
    let ended = hanging.await.unwrap().unwrap();
    assert_eq!(ended.status(), 409, "superseded");
    // What the old connection still sends goes nowhere.
    let _ = sender.try_send(Ok(b"XX"));
    let offset: usize = offset.parse().unwrap();
    assert_eq!(portal.patch(&upload, offset, &b"abcdef"[offset..=offset]).await.status, 204);
    let arrived =
        portal.tus("HEAD", &upload, &[], b"").await.header("upload-offset").parse::<usize>().unwrap();
    assert_eq!(arrived, offset + 1);
}
