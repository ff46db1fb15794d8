//! Asks how much the portal takes, before anything is packed.

use std::time::Duration;

use super::HttpTransport;
use super::answer::{accepted, json, unreachable};
use crate::progress::Progress;
use crate::transport::{PortalLimits, SendError};

/// A report is not late because of this question.
const TIMEOUT: Duration = Duration::from_secs(3);

impl HttpTransport {
    /// Asks for the limits of the portal; takes three seconds at most. Nothing of a report is in the question.
    ///
    /// # Errors
    /// See [`SendError`]: no reason not to pack.
    pub fn limits(&self, progress: &Progress) -> Result<PortalLimits, SendError> {
        let ask = self.at_any(async || {
            let request = self.client.get(self.addresses.below("api/v1/limits")?);
            json(accepted(request.send().await.map_err(unreachable)?).await?).await
        });
        self.run(progress, async {
            let late = || SendError::Unreachable("it did not answer in three seconds".into());
            tokio::time::timeout(TIMEOUT, ask).await.map_err(|_| late())?
        })
    }
}
