//! A bad network: stands between a client and a portal, and breaks connections.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::thread;

/// Forwards every connection to one portal until it breaks it. Its threads end with their connections.
pub(crate) struct Wire {
    pub(crate) url: String,
    state: Arc<State>,
}

struct State {
    portal: Mutex<Option<SocketAddr>>,
    /// Bytes from the client after which a connection is broken; 0 for never.
    limit: AtomicU64,
    /// Bytes from the portal after which a connection is broken: a truncated answer; 0 for never.
    answer_limit: AtomicU64,
    cuts: AtomicU64,
    /// Cuts after which nothing gets through any more; 0 for never.
    close_after: AtomicU64,
    forwarded: AtomicU64,
    closed: AtomicBool,
}

impl Wire {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(State {
            portal: Mutex::new(None),
            limit: AtomicU64::new(0),
            answer_limit: AtomicU64::new(0),
            cuts: AtomicU64::new(0),
            close_after: AtomicU64::new(0),
            forwarded: AtomicU64::new(0),
            closed: AtomicBool::new(false),
        });
        let shared = Arc::clone(&state);
        spawn(move || {
            for client in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                spawn(move || state.carry(&client));
            }
        });
        Self { url, state }
    }

    /// Where connections lead to.
    pub(crate) fn lead_to(&self, portal: &str) {
        let portal = portal.strip_prefix("http://").unwrap().parse().unwrap();
        *self.state.portal.lock().unwrap() = Some(portal);
    }

    pub(crate) fn cut_each_after(&self, bytes: u64) {
        self.state.limit.store(bytes, SeqCst);
    }

    /// Answers end in their middle, or do not come at all.
    pub(crate) fn cut_answers_after(&self, bytes: u64) {
        self.state.answer_limit.store(bytes, SeqCst);
    }

    pub(crate) fn close_after_cuts(&self, cuts: u64) {
        self.state.close_after.store(cuts, SeqCst);
    }

    /// From now on nothing breaks.
    pub(crate) fn open(&self) {
        self.state.limit.store(0, SeqCst);
        self.state.answer_limit.store(0, SeqCst);
        self.state.close_after.store(0, SeqCst);
        self.state.closed.store(false, SeqCst);
    }

    pub(crate) fn cuts(&self) -> u64 {
        self.state.cuts.load(SeqCst)
    }

    /// Bytes that went from clients to the portal.
    pub(crate) fn forwarded(&self) -> u64 {
        self.state.forwarded.load(SeqCst)
    }
}

impl State {
    fn carry(&self, mut client: &TcpStream) {
        if self.closed.load(SeqCst) {
            return;
        }
        let Some(portal) = *self.portal.lock().unwrap() else { return };
        let Ok(mut portal) = TcpStream::connect(portal) else { return };
        let (mut from_portal, mut to_client) = (portal.try_clone().unwrap(), client.try_clone().unwrap());
        let answer_limit = match self.answer_limit.load(SeqCst) {
            0 => u64::MAX,
            limit => limit,
        };
        let back = spawn(move || {
            let _ = std::io::copy(&mut (&mut from_portal).take(answer_limit), &mut to_client);
            let _ = from_portal.shutdown(Shutdown::Both);
            let _ = to_client.shutdown(Shutdown::Both);
        });
        let (mut buffer, mut passed) = (vec![0; 16 << 10], 0);
        while let Ok(read @ 1..) = client.read(&mut buffer) {
            if portal.write_all(&buffer[..read]).is_err() {
                break;
            }
            passed += read as u64;
            self.forwarded.fetch_add(read as u64, SeqCst);
            let limit = self.limit.load(SeqCst);
            if limit > 0 && passed >= limit {
                let cuts = self.cuts.fetch_add(1, SeqCst) + 1;
                let close_after = self.close_after.load(SeqCst);
                self.closed.store(close_after > 0 && cuts >= close_after, SeqCst);
                break;
            }
        }
        let _ = portal.shutdown(Shutdown::Both);
        let _ = client.shutdown(Shutdown::Both);
        back.join().unwrap();
    }
}

fn spawn(work: impl FnOnce() + Send + 'static) -> thread::JoinHandle<()> {
    thread::Builder::new().name("wire".to_owned()).spawn(work).unwrap()
}
