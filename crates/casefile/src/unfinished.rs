//! What a person was writing when the dialog was closed: kept, redacted like everything, until it is sent or thrown away.
//!
//! One file a text, `unfinished/<id>.json` in the folder of the outbox, readable by this user only. The contact stands in it
//! as it was written, as it does in a kept report.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::id::ReportId;
use crate::private;
use crate::redact::Redactor;
use crate::report::{Category, Contact, Kind, Language, Priority, Request};
use crate::reporter::Reporter;

/// A text that nobody has sent yet.
#[derive(Clone)]
pub struct Unfinished {
    /// Which one; it has nothing to do with the id of a report.
    pub id: ReportId,
    /// When it was written last.
    pub saved_at: Timestamp,
    /// The text. What was secret in it is a stand-in by now.
    pub request: Request,
}

/// Older texts are about problems that nobody remembers.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The newest ones.
const KEPT: usize = 20;
/// A text has at most a few fields of 20,000 characters.
const MAX_BYTES: u64 = 1 << 20;
/// The format that this version writes, and the only one that it reads.
const FORMAT: u32 = 1;

#[derive(Serialize, Deserialize)]
struct File {
    format: u32,
    #[serde(flatten)]
    text: Text,
}

/// A request as it is written to the disk: without secrets.
#[derive(Serialize, Deserialize)]
pub(crate) struct Text {
    pub(crate) saved_at: Timestamp,
    kind: Kind,
    title: String,
    description: String,
    steps: String,
    expected: String,
    actual: String,
    additional: String,
    priority: Priority,
    category: Category,
    occurred_at: Option<Timestamp>,
    language: Language,
    contact: Contact,
}

impl Text {
    pub(crate) fn of(request: &Request, redactor: &Redactor, now: Timestamp) -> Self {
        let clean = |text: &str| redactor.clean_text(text).0.into_string();
        Self {
            saved_at: now,
            kind: request.kind,
            title: clean(&request.title),
            description: clean(&request.description),
            steps: clean(&request.steps),
            expected: clean(&request.expected),
            actual: clean(&request.actual),
            additional: clean(&request.additional),
            priority: request.priority,
            category: request.category,
            occurred_at: request.occurred_at,
            language: request.language,
            contact: request.contact.clone(),
        }
    }

    pub(crate) fn into_request(self) -> Request {
        Request {
            kind: self.kind,
            title: self.title,
            description: self.description,
            steps: self.steps,
            expected: self.expected,
            actual: self.actual,
            additional: self.additional,
            priority: self.priority,
            category: self.category,
            occurred_at: self.occurred_at,
            language: self.language,
            contact: self.contact,
        }
    }
}

impl Reporter {
    /// Keeps what a person has written so far, in place of what was kept under this id. Costs as much as redacting it:
    /// call it on a thread of its own, with a redactor of [`Reporter::redactor`].
    ///
    /// # Errors
    /// What the disk says; what was kept before is still there.
    pub fn keep_unfinished(
        &self,
        redactor: &Redactor,
        id: ReportId,
        request: &Request,
        now: Timestamp,
    ) -> io::Result<()> {
        let file = File { format: FORMAT, text: Text::of(request, redactor, now) };
        let folder = self.unfinished_folder();
        private::create_folder(&folder)?;
        private::write(&path_of(&folder, id), &serde_json::to_vec_pretty(&file)?)
    }

    /// What people wrote and did not send, the newest first. Forgets what is older than thirty days, and what cannot be
    /// read.
    ///
    /// # Errors
    /// What the disk says.
    pub fn unfinished(&self, now: Timestamp) -> io::Result<Vec<Unfinished>> {
        let items = match fs::read_dir(self.unfinished_folder()) {
            Ok(items) => items,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut found = Vec::new();
        for item in items {
            let path = item?.path();
            if path.extension().is_some_and(|extension| extension == "part") {
                // Another dialog may be writing it in this moment.
                continue;
            }
            match read(&path) {
                Some(text) if now.duration_since(text.saved_at) <= KEPT_FOR => found.push((text, path)),
                // Not ours to mend, and never worth failing for.
                _ => _ = private::remove_if_there(&path),
            }
        }
        found.sort_by_key(|(text, _)| (std::cmp::Reverse(text.saved_at), text.id.to_string()));
        for (_, path) in found.drain(found.len().min(KEPT)..) {
            let _ = private::remove_if_there(&path);
        }
        Ok(found.into_iter().map(|(text, _)| text).collect())
    }

    /// Forgets a text: it was sent, or thrown away.
    ///
    /// # Errors
    /// What the disk says.
    pub fn drop_unfinished(&self, id: ReportId) -> io::Result<()> {
        private::remove_if_there(&path_of(&self.unfinished_folder(), id))
    }

    fn unfinished_folder(&self) -> PathBuf {
        self.outbox_folder().join("unfinished")
    }
}

fn path_of(folder: &Path, id: ReportId) -> PathBuf {
    folder.join(format!("{id}.json"))
}

fn read(path: &Path) -> Option<Unfinished> {
    let id = path.file_name()?.to_str()?.strip_suffix(".json")?.parse().ok()?;
    if fs::metadata(path).ok()?.len() > MAX_BYTES {
        return None;
    }
    let file: File = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    let saved_at = file.text.saved_at;
    (file.format == FORMAT).then(|| Unfinished { id, saved_at, request: file.text.into_request() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reporter(home: &Path) -> Reporter {
        Reporter::builder("a", "Bot", "1").outbox(home.join("outbox")).build().unwrap()
    }

    fn request(title: &str) -> Request {
        Request::new(title, "mail anna@example.com", Priority::P2, Category::Exchange)
    }

    fn at(hours: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours)
    }

    #[test]
    fn a_text_comes_back_without_its_secrets_until_it_is_dropped() {
        let home = tempfile::tempdir().unwrap();
        let reporter = reporter(home.path());
        let redactor = reporter.redactor(|_| {}).unwrap();
        assert!(reporter.unfinished(at(0)).unwrap().is_empty());
        let ids = [ReportId::from_bytes([1; 16]), ReportId::from_bytes([2; 16])];
        reporter.keep_unfinished(&redactor, ids[0], &request("first"), at(1)).unwrap();
        reporter.keep_unfinished(&redactor, ids[1], &request("second"), at(2)).unwrap();
        reporter.keep_unfinished(&redactor, ids[0], &request("first, changed"), at(3)).unwrap();

        let found = reporter.unfinished(at(4)).unwrap();
        let titles: Vec<&str> = found.iter().map(|text| text.request.title.as_str()).collect();
        assert_eq!(titles, ["first, changed", "second"]);
        assert!(found[0].request.description.starts_with("mail <email:"));
        assert_eq!((found[0].request.priority, found[0].saved_at), (Priority::P2, at(3)));
        reporter.drop_unfinished(ids[0]).unwrap();
        reporter.drop_unfinished(ids[0]).unwrap();
        assert_eq!(reporter.unfinished(at(4)).unwrap().len(), 1);
        assert!(reporter.unfinished(at(40 * 24)).unwrap().is_empty(), "a month later");
        assert!(reporter.unfinished(at(4)).unwrap().is_empty(), "it is gone for good");
    }

    #[test]
    fn nonsense_in_the_folder_is_no_text() {
        let home = tempfile::tempdir().unwrap();
        let reporter = reporter(home.path());
        let folder = home.path().join("outbox/unfinished");
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in [
            ("x.json", "{}"),
            ("00000000000000000000000000000001.json", "{\"format\":1"),
            ("00000000000000000000000000000002.json.part", ""),
        ] {
            fs::write(folder.join(name), text).unwrap();
        }
        assert!(reporter.unfinished(at(1)).unwrap().is_empty());
        assert_eq!(fs::read_dir(folder).unwrap().count(), 1, "what may be written right now stays");
    }

    #[test]
    fn no_more_than_the_newest_are_kept() {
        let home = tempfile::tempdir().unwrap();
        let reporter = reporter(home.path());
        let redactor = reporter.redactor(|_| {}).unwrap();
        for n in 0..=u8::try_from(KEPT).unwrap() {
            let id = ReportId::from_bytes([n; 16]);
            reporter.keep_unfinished(&redactor, id, &request("t"), at(n.into())).unwrap();
        }
        let found = reporter.unfinished(at(30)).unwrap();
        assert_eq!(found.len(), KEPT);
        assert_eq!(found[KEPT - 1].saved_at, at(1), "the oldest is gone");
    }
}
