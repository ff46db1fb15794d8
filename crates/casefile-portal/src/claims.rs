//! One writer at a time for each upload: the last one wins.
//!
//! A connection that is half open keeps its request alive on this side for minutes. The client that comes
//! again must not wait for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OwnedMutexGuard;
use tokio_util::sync::CancellationToken;

/// Above this many the idle ones are forgotten.
const MAX_IDLE: usize = 1_000;

#[derive(Debug, Default)]
pub(crate) struct Claims(Mutex<HashMap<String, Arc<Slot>>>);

#[derive(Debug, Default)]
struct Slot {
    holder: Arc<tokio::sync::Mutex<()>>,
    newest: Mutex<CancellationToken>,
}

/// The right to write to one upload, until it is dropped or somebody else asks for it.
#[derive(Debug)]
pub(crate) struct Claim {
    superseded: CancellationToken,
    _holder: OwnedMutexGuard<()>,
    _slot: Arc<Slot>,
}

impl Claims {
    /// Tells whoever writes to this upload to stop, and waits until they have.
    pub(crate) async fn claim(&self, upload: &str) -> Claim {
        let slot = {
            let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if slots.len() > MAX_IDLE {
                slots.retain(|_, slot| Arc::strong_count(slot) > 1);
            }
            Arc::clone(slots.entry(upload.to_owned()).or_default())
        };
        let superseded = CancellationToken::new();
        let before = {
            let mut newest = slot.newest.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *newest, superseded.clone())
        };
        before.cancel();
        let holder = Arc::clone(&slot.holder).lock_owned().await;
        Claim { superseded, _holder: holder, _slot: slot }
    }
}

impl Claim {
    /// Ends when somebody else wants to write.
    pub(crate) async fn superseded(&self) {
        self.superseded.cancelled().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_last_writer_wins() {
        let claims = Arc::new(Claims::default());
        let first = claims.claim("a").await;
        let second = tokio::spawn({
            let claims = Arc::clone(&claims);
            async move { claims.claim("a").await }
        });
        first.superseded().await;
        assert!(!second.is_finished());
        let other = claims.claim("b").await;
        drop((first, other));
        let second = second.await.unwrap();
        assert!(!second.superseded.is_cancelled());
    }
}
