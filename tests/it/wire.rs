//! A bad network: stands between a client and a portal, and does to connections what networks do.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// Bytes of one connection that can be sent a second time.
const MAX_REPLAY_BYTES: usize = 8 << 20;
/// How long the portal's side of a connection stays open after its client has gone.
const HALF_OPEN: Duration = Duration::from_secs(3);

/// What happens to each connection that begins while it is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// Broken after this many bytes from the client.
    CutAfter(u64),
    /// Broken after this many bytes from the portal: a truncated answer, or none.
    CutAnswerAfter(u64),
    /// After this many bytes from the client nothing passes any more, and nobody is told.
    HalfOpenAfter(u64),
    /// This much time for each 16 KiB from the client.
    Slow(Duration),
    /// What the client sent arrives a second time, after the connection has ended.
    Twice,
    /// What the client sends arrives late, also when the client is gone by then and has come again.
    Late(Duration),
    /// Somebody else answers: a proxy, a captive portal, a server that is overloaded.
    Answer(u16),
}

/// Forwards every connection to one portal, as well as its fault lets it. Its threads end with their connections.
pub(crate) struct Wire {
    pub(crate) url: String,
    state: Arc<State>,
}

struct State {
    portal: Mutex<Option<SocketAddr>>,
    fault: Mutex<Fault>,
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
            fault: Mutex::new(Fault::None),
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

    /// From now on this happens to connections.
    pub(crate) fn set(&self, fault: Fault) {
        *self.state.fault.lock().unwrap() = fault;
    }

    pub(crate) fn close_after_cuts(&self, cuts: u64) {
        self.state.close_after.store(cuts, SeqCst);
    }

    /// From now on nothing breaks.
    pub(crate) fn open(&self) {
        self.set(Fault::None);
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
    fn carry(&self, client: &TcpStream) {
        if self.closed.load(SeqCst) {
            return;
        }
        let fault = *self.fault.lock().unwrap();
        if let Fault::Answer(status) = fault {
            // The client may be gone already.
            let _ = answer(client, status);
            return;
        }
        let Some(portal) = self.connect() else { return };
        let (mut from_portal, mut to_client) = (portal.try_clone().unwrap(), client.try_clone().unwrap());
        let answer_limit = if let Fault::CutAnswerAfter(bytes) = fault { bytes } else { u64::MAX };
        let back = spawn(move || {
            let _ = io::copy(&mut (&mut from_portal).take(answer_limit), &mut to_client);
            let _ = from_portal.shutdown(Shutdown::Both);
            let _ = to_client.shutdown(Shutdown::Both);
        });
        let seen = self.forward(client, &portal, fault);
        if let Fault::HalfOpenAfter(_) = fault {
            thread::sleep(HALF_OPEN);
        }
        let _ = portal.shutdown(Shutdown::Both);
        let _ = client.shutdown(Shutdown::Both);
        back.join().unwrap();
        if fault == Fault::Twice
            && let Some(mut portal) = self.connect()
        {
            // Whatever it answers, nobody waits for it.
            let _ = portal.write_all(&seen);
            let _ = portal.set_read_timeout(Some(Duration::from_secs(1)));
            let _ = io::copy(&mut portal, &mut io::sink());
        }
    }

    fn connect(&self) -> Option<TcpStream> {
        let portal = (*self.portal.lock().unwrap())?;
        TcpStream::connect(portal).ok()
    }

    /// Carries what the client sends until one of both ends it. Returns what could be sent again.
    fn forward(&self, mut client: &TcpStream, mut portal: &TcpStream, fault: Fault) -> Vec<u8> {
        let (mut buffer, mut passed, mut seen) = (vec![0; 16 << 10], 0, Vec::new());
        while let Ok(read @ 1..) = client.read(&mut buffer) {
            match fault {
                Fault::Slow(pause) => thread::sleep(pause),
                Fault::Late(pause) if passed == 0 => thread::sleep(pause),
                Fault::HalfOpenAfter(limit) if passed >= limit => continue,
                _ => {}
            }
            if portal.write_all(&buffer[..read]).is_err() {
                break;
            }
            passed += read as u64;
            self.forwarded.fetch_add(read as u64, SeqCst);
            if fault == Fault::Twice && seen.len() < MAX_REPLAY_BYTES {
                seen.extend_from_slice(&buffer[..read]);
            }
            if let Fault::CutAfter(limit) = fault
                && passed >= limit
            {
                let cuts = self.cuts.fetch_add(1, SeqCst) + 1;
                let close_after = self.close_after.load(SeqCst);
                self.closed.store(close_after > 0 && cuts >= close_after, SeqCst);
                break;
            }
        }
        seen
    }
}

/// Reads the head of a request and answers it without the portal.
fn answer(mut client: &TcpStream, status: u16) -> io::Result<()> {
    client.set_read_timeout(Some(Duration::from_secs(2)))?;
    let (mut buffer, mut head) = (vec![0; 16 << 10], Vec::new());
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match client.read(&mut buffer)? {
            0 => return Ok(()),
            read => head.extend_from_slice(&buffer[..read]),
        }
    }
    let body = "<html>not the portal</html>";
    let length = body.len();
    write!(
        client,
        "HTTP/1.1 {status} Somebody Else\r\nRetry-After: 1\r\nContent-Type: text/html\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{body}"
    )?;
    client.shutdown(Shutdown::Write)?;
    // Closing with unread bytes would take the answer back.
    io::copy(&mut client, &mut io::sink()).map(drop)
}

fn spawn(work: impl FnOnce() + Send + 'static) -> thread::JoinHandle<()> {
    thread::Builder::new().name("wire".to_owned()).spawn(work).unwrap()
}
