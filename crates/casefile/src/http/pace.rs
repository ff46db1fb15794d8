//! The body of a request that carries a part of a bundle: handed over in pieces, no faster than allowed.

use std::convert::Infallible;
use std::num::NonZeroU64;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::progress::Progress;

/// A piece: with 8 KiB an upload takes five times as long as with this.
const PIECE_BYTES: usize = 256 << 10;
/// With a limit, pieces are so small that this many go out in a second.
const PIECES_PER_SECOND: u64 = 8;
const MIN_PIECE_BYTES: usize = 1 << 10;

/// A limit of speed, shared by all requests of one upload.
#[derive(Debug, Clone, Default)]
pub(super) struct Pace {
    max_bytes_per_second: Option<NonZeroU64>,
    /// When the next piece may go.
    next: Arc<Mutex<Option<Instant>>>,
}

impl Pace {
    pub(super) fn new(max_bytes_per_second: Option<NonZeroU64>) -> Self {
        Self { max_bytes_per_second, next: Arc::default() }
    }

    /// How many bytes go out in this time at most; `None` without a limit.
    pub(super) fn bytes_in(&self, time: Duration) -> Option<u64> {
        Some(self.max_bytes_per_second?.get().saturating_mul(time.as_secs()))
    }

    fn piece_bytes(&self) -> usize {
        self.max_bytes_per_second.map_or(PIECE_BYTES, |limit| {
            let bytes = usize::try_from(limit.get() / PIECES_PER_SECOND).unwrap_or(PIECE_BYTES);
            bytes.clamp(MIN_PIECE_BYTES, PIECE_BYTES)
        })
    }

    /// Books the time of a piece; says when it may go.
    fn book(&self, bytes: usize) -> Option<Instant> {
        let limit = self.max_bytes_per_second?;
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let start = next.map_or(now, |next| next.max(now));
        *next = Some(start + Duration::from_secs_f64(bytes as f64 / limit.get() as f64));
        (start > now).then_some(start)
    }
}

/// A part of a bundle on its way.
pub(super) struct Paced {
    rest: Bytes,
    pace: Pace,
    progress: Progress,
    /// Set while the next piece has to wait; it is booked already.
    wait: Option<Pin<Box<Sleep>>>,
    is_booked: bool,
}

impl Paced {
    pub(super) fn new(part: Bytes, pace: Pace, progress: Progress) -> Self {
        Self { rest: part, pace, progress, wait: None, is_booked: false }
    }
}

impl Body for Paced {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        let bytes = self.pace.piece_bytes().min(self.rest.len());
        if !self.is_booked {
            self.wait = self.pace.book(bytes).map(|at| Box::pin(sleep_until(at)));
            self.is_booked = true;
        }
        if let Some(wait) = &mut self.wait {
            std::task::ready!(wait.as_mut().poll(context));
        }
        (self.wait, self.is_booked) = (None, false);
        let piece = self.rest.split_to(bytes);
        self.progress.add(bytes as u64);
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}
