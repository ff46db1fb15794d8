//! Clears away what nobody comes back for.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use super::Desk;
use crate::problem::Problem;
use crate::store::UploadRow;

/// How long an upload stays to which nothing is added. A client tries for as long as its user lets it, and announces the
/// bundle again when its upload is gone.
const UPLOADS_FOR: SignedDuration = SignedDuration::from_hours(14 * 24);
/// How long a file that is added by hand may be on its way.
const INCOMING_FOR: SignedDuration = SignedDuration::from_hours(24);
/// How often it is looked for.
const PAUSE: Duration = Duration::from_hours(1);

impl Desk {
    /// Sweeps now and every hour, until the portal stops.
    pub(crate) async fn sweep_until(self: Arc<Self>, stop: CancellationToken) {
        loop {
            if let Err(problem) = self.sweep().await {
                tracing::warn!(code = problem.code, "what is old was not cleared away");
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(PAUSE) => {}
            }
        }
    }

    /// Forgets uploads that nobody continued and what was kept long enough, and removes files that belong to neither.
    pub(crate) async fn sweep(&self) -> Result<(), Problem> {
        for upload in self.store.open_uploads().await? {
            // What has arrived was acknowledged: it waits for its check, however long the portal's own trouble lasts.
            if self.now() > self.expires_at(&upload)? && !self.has_arrived(&upload).await? {
                // One that arrived in this moment stays.
                match self.abandon(&upload).await {
                    Err(problem) if problem.code != "already_received" => return Err(problem),
                    _ => tracing::info!(upload = upload.id, "nobody continued an upload"),
                }
            }
        }
        for id in self.vault.uploads()? {
            let upload = self.store.upload(&id).await?;
            let is_open = upload.is_some_and(|upload| upload.refused.is_none() && !upload.published);
            if !is_open {
                tracing::info!(upload = id, "what is left of an upload goes");
                self.vault.remove_part(&id)?;
            }
        }
        self.vault.remove_old_incoming(self.now().checked_sub(INCOMING_FOR).unwrap_or(Timestamp::MIN))?;
        self.retain().await?;
        self.remove_erased_files().await
    }

    /// When an upload is forgotten if nothing more arrives.
    pub(crate) fn expires_at(&self, upload: &UploadRow) -> Result<Timestamp, Problem> {
        let touched_at = self.vault.touched_at(&upload.id)?.unwrap_or(upload.created_at);
        Ok(touched_at.checked_add(UPLOADS_FOR).unwrap_or(Timestamp::MAX))
    }
}
