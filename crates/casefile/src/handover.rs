//! What a bot hands over to the helper: a private file, because arguments of processes can be read by everybody.

use std::fs;
use std::io;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::private;
use crate::report::Request;
use crate::reporter::Reporter;
use crate::unfinished::Text;

/// What a bot knew when it asked for help.
#[derive(Clone)]
#[non_exhaustive]
pub struct Handover {
    /// What it wrote for the person to correct and complete. What was secret in it is a stand-in by now.
    pub request: Request,
    /// Files that belong to it, for instance a dump.
    pub attachments: Vec<PathBuf>,
}

#[derive(Serialize, Deserialize)]
struct File {
    format: u32,
    text: Text,
    attachments: Vec<PathBuf>,
}

const NAME: &str = "handover.json";
const FORMAT: u32 = 1;
const MAX_BYTES: u64 = 1 << 20;
/// Whoever finds an older one was not started for it.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(1);

impl Reporter {
    /// Leaves a report that is begun for the helper, which takes it when it starts over the same outbox. Costs as much as
    /// redacting the text.
    ///
    /// # Errors
    /// What the disk says: start the helper all the same.
    pub fn hand_over(&self, request: &Request, attachments: Vec<PathBuf>, now: Timestamp) -> io::Result<()> {
        let redactor = self.redactor(|_| {})?;
        let file = File { format: FORMAT, text: Text::of(request, &redactor, now), attachments };
        private::create_folder(self.outbox_folder())?;
        private::write(&self.outbox_folder().join(NAME), &serde_json::to_vec(&file)?)
    }

    /// Takes what a bot handed over, once. What is old or cannot be read is thrown away.
    pub fn take_handover(&self, now: Timestamp) -> Option<Handover> {
        let path = self.outbox_folder().join(NAME);
        let is_small = fs::metadata(&path).ok()?.len() <= MAX_BYTES;
        let bytes = if is_small { fs::read(&path) } else { Ok(Vec::new()) };
        // Taken once, whatever it is.
        let _ = private::remove_if_there(&path);
        let file: File = serde_json::from_slice(&bytes.ok()?).ok()?;
        let age = now.duration_since(file.text.saved_at);
        let is_good = file.format == FORMAT && age <= GOOD_FOR;
        is_good.then(|| Handover { request: file.text.into_request(), attachments: file.attachments })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Category, Priority};

    #[test]
    fn what_is_handed_over_is_private_redacted_and_taken_once() {
        let home = tempfile::tempdir().unwrap();
        let reporter = Reporter::builder("a", "Bot", "1").outbox(home.path().join("outbox")).build().unwrap();
        let now: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
        let request = Request::new("It hangs", "mail anna@example.com", Priority::P1, Category::Runtime);
        reporter.hand_over(&request, vec!["/x/dump.txt".into()], now).unwrap();
        let path = home.path().join("outbox/handover.json");
        assert!(!fs::read_to_string(&path).unwrap().contains("anna@"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        let taken = reporter.take_handover(now).unwrap();
        assert_eq!((taken.request.title.as_str(), taken.request.priority), ("It hangs", Priority::P1));
        assert!(taken.request.description.starts_with("mail <email:") && taken.attachments.len() == 1);
        assert!(reporter.take_handover(now).is_none() && !path.exists());

        reporter.hand_over(&request, Vec::new(), now).unwrap();
        assert!(reporter.take_handover(now + SignedDuration::from_hours(2)).is_none(), "it is old");
        for nonsense in ["", "{}", "[1]"] {
            fs::write(&path, nonsense).unwrap();
            assert!(reporter.take_handover(now).is_none() && !path.exists());
        }
    }
}
