use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::sync::Mutex;

use super::*;
use crate::settings::PortalSettings;
use crate::trial::Trial;

#[test]
fn pauses_grow_to_a_limit() {
    let seconds: Vec<_> = [0, 1, 2, 9, 60].map(|tries| pause(tries, 300).as_secs()).into();
    assert_eq!(seconds, [5, 10, 20, 300, 300]);
    let lines = Lines::default();
    let at = |second| Timestamp::from_second(second).unwrap();
    lines.fail("smtp", at(100));
    assert!(
        lines.is_down("smtp", at(104))
            && !lines.is_down("smtp", at(106))
            && !lines.is_down("hook:a", at(104))
    );
    assert!(!lines.is_down("smtp", at(-9_000)), "a clock that was set back ends the pause");
    lines.work("smtp");
    assert!(!lines.is_down("smtp", at(101)));
}
/// The other side of a webhook: what it was told, and what it answers.
struct Hook {
    port: u16,
    told: Arc<Mutex<Vec<(String, String)>>>,
    status: Arc<AtomicU16>,
}

impl Hook {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (told, status) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicU16::new(200)));
        let (kept, answer) = (Arc::clone(&told), Arc::clone(&status));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let mut stream = BufReader::new(stream);
                let (mut head, mut line) = (String::new(), String::new());
                while stream.read_line(&mut line).await.unwrap_or(0) > 2 {
                    head.push_str(&line);
                    line.clear();
                }
                let length =
                    head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
                let mut body = vec![0; length.unwrap_or(0)];
                stream.read_exact(&mut body).await.unwrap();
                kept.lock().await.push((head, String::from_utf8(body).unwrap()));
                let status = answer.load(Ordering::SeqCst);
                let text = format!("HTTP/1.1 {status} x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
                stream.write_all(text.as_bytes()).await.unwrap();
            }
        });
        Self { port, told, status }
    }
}

/// The value of a header.
#[track_caller]
fn header(head: &str, name: &str) -> String {
    let found = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
    found.unwrap_or_else(|| panic!("no {name}: {head}")).to_owned()
}

#[tokio::test]
async fn a_webhook_is_told_once_signed_and_its_answer_acknowledges() {
    let hook = Hook::start().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portal.toml");
    std::fs::write(folder.path().join("hook.secret"), "a secret of this test\n").unwrap();
    let text = format!(
        "[[webhook]]\nname = \"pager\"\nurl = \"http://127.0.0.1:{0}/p\"\nsecret_file = \"hook.secret\"\n[heartbeat]\nurl = \"http://127.0.0.1:{0}/beat\"\n",
        hook.port
    );
    std::fs::write(&file, text).unwrap();
    let trial = Trial::start_with(PortalSettings::read(&file).unwrap()).await;
    trial.register(1, "P1").await;
    hook.status.store(503, Ordering::SeqCst);
    trial.pass(61).await;
    trial.desk.dispatch().await.unwrap();
    // It is down: nothing is tried again before its pause is over.
    trial.desk.dispatch().await.unwrap();
    assert_eq!(hook.told.lock().await.len(), 1);
    hook.status.store(204, Ordering::SeqCst);
    trial.pass(1).await;
    trial.desk.dispatch().await.unwrap();
    trial.pass(1).await;
    trial.desk.dispatch().await.unwrap();
    let told = hook.told.lock().await.clone();
    assert_eq!(told.len(), 2, "refused once, taken once; warnings are not for it: {told:?}");
    assert_eq!(told[0].1, told[1].1);
    assert_eq!(header(&told[0].0, "x-casefile-id"), header(&told[1].0, "x-casefile-id"));
    let body: serde_json::Value = serde_json::from_str(&told[1].1).unwrap();
    assert_eq!((body["rule"].as_str(), body["ticket"].as_str()), (Some("E1"), Some("CF-2026-000001")));
    let signature = header(&told[1].0, "x-casefile-signature");
    let at = signature.split(['=', ',']).nth(1).unwrap();
    let mut mac =
        <hmac::Hmac<sha2::Sha256> as hmac::KeyInit>::new_from_slice(b"a secret of this test").unwrap();
    hmac::Mac::update(&mut mac, format!("{at}.{}", told[1].1).as_bytes());
    let expected = data_encoding::HEXLOWER.encode(&hmac::Mac::finalize(mac).into_bytes());
    assert!(signature.ends_with(&format!("v1={expected}")), "{signature}");
    assert_ne!(header(&told[0].0, "x-casefile-signature"), signature, "each attempt has its own time");

    // The pager's person has pressed the button there.
    let seen = body["seen_url"].as_str().unwrap().to_owned();
    let path = format!("/seen/{}", seen.rsplit('/').next().unwrap());
    assert_eq!(trial.ask("POST", &path, &[], "").await.status.as_u16(), 303);
    let ticket = trial.desk.store.ticket(&"CF-2026-000001".parse().unwrap()).await.unwrap().unwrap();
    let events = trial.desk.events(&ticket).await.unwrap();
    assert!(events.iter().any(|event| event.kind.tag() == "acknowledged"), "{events:?}");

    trial.desk.beat().await;
    assert!(hook.told.lock().await.last().unwrap().0.starts_with("GET /beat"));
    // The loop stands still: whoever waits for the heartbeat has to notice.
    let beats = hook.told.lock().await.len();
    trial.sleep(5);
    trial.desk.beat().await;
    assert_eq!(hook.told.lock().await.len(), beats);
}
