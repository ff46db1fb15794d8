//! Asks what may never answer: a drive of a network that is gone, a pipe that nobody writes to, code of the host.

use std::io;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::progress::Progress;

/// Why the rest of the answers is not waited for.
#[derive(Debug)]
pub(crate) enum Stopped {
    /// Nobody wants them any more.
    Cancelled,
    /// Nothing was said for too long; whoever was asked is left behind with its thread.
    Late,
    /// It panicked.
    Defective,
    /// The system gives no thread.
    Threads(io::Error),
}

/// Where answers go. When it does not take them any more, nobody waits for them.
pub(crate) struct Answers<T>(SyncSender<Message<T>>);

enum Message<T> {
    Answer(T),
    End,
}

impl<T> Answers<T> {
    /// Whether somebody still listens.
    pub(crate) fn give(&self, answer: T) -> bool {
        self.0.send(Message::Answer(answer)).is_ok()
    }
}

/// How soon a wish to stop is noticed.
const WAIT: Duration = Duration::from_millis(20);

/// Lets `work` give its answers on a thread of its own, and takes them here. Each has `deadline` to come; saying by
/// [`Progress::checkpoint`] that it is alive counts as well.
pub(crate) fn ask<T: Send + 'static>(
    progress: &Progress,
    deadline: Duration,
    work: impl FnOnce(&Answers<T>) + Send + 'static,
    mut take: impl FnMut(T),
) -> Result<(), Stopped> {
    let (sender, receiver) = sync_channel(1);
    let asked = move || {
        let answers = Answers(sender);
        work(&answers);
        // Nobody may be waiting any more.
        let _ = answers.0.send(Message::End);
    };
    thread::Builder::new().name("casefile-collect".to_owned()).spawn(asked).map_err(Stopped::Threads)?;
    let (mut beats, mut alive_at) = (progress.beats(), Instant::now());
    loop {
        let message = receiver.recv_timeout(WAIT);
        if progress.is_cancelled() {
            return Err(Stopped::Cancelled);
        }
        match message {
            Ok(Message::Answer(answer)) => {
                take(answer);
                alive_at = Instant::now();
            }
            Ok(Message::End) => return Ok(()),
            // It ended without saying so: it panicked.
            Err(RecvTimeoutError::Disconnected) => return Err(Stopped::Defective),
            Err(RecvTimeoutError::Timeout) => {}
        }
        let beats_now = progress.beats();
        if beats_now != beats || progress.is_paused() {
            (beats, alive_at) = (beats_now, Instant::now());
        }
        if alive_at.elapsed() > deadline {
            return Err(Stopped::Late);
        }
    }
}
