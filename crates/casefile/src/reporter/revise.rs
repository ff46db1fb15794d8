//! A person looked at a report and wants it otherwise: sealed again without collecting again.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::listing::logs_of;
use super::{Draft, Reporter};
use crate::bundle::{self, SealError};
use crate::collect::{Collector, Folder, FolderCollector, Found, Scope, Section, gather};
use crate::logs::Origin;
use crate::picture::Picture;
use crate::private;
use crate::progress::{Progress, Step};
use crate::template;

/// What a person changes about a report that they looked at. Has no `Debug`: a hidden word is a secret.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Names of entries in folders (`logs/bot.log`) that are not sent, as the manifest shows them.
    pub leave_out: BTreeSet<String>,
    /// Words that are hidden everywhere.
    pub hide: Vec<String>,
    /// Files and folders that are added under `attachments/`, redacted like everything else.
    pub attach: Vec<PathBuf>,
    /// Pictures that are added, as [`Selection::pictures`](crate::Selection::pictures).
    pub pictures: Vec<Picture>,
}

impl Reporter {
    /// Seals a new draft from one that somebody looked at, without collecting again: what does not change is copied as
    /// it is packed. The report keeps its id. `changes` are all changes since `draft`, which stays as it was, so that a
    /// change of mind costs nothing; discard the one that is not kept.
    ///
    /// Leaving entries out takes as long as copying the file and checking it. Words to hide are sought in everything
    /// once.
    ///
    /// ```no_run
    /// # fn example(reporter: &casefile::Reporter, draft: casefile::Draft, progress: &casefile::Progress)
    /// # -> Result<casefile::Draft, casefile::bundle::SealError> {
    /// use casefile::Changes;
    ///
    /// let changes = Changes {
    ///     leave_out: ["logs/chat.log".to_owned()].into(),
    ///     hide: vec!["Project Falcon".to_owned()],
    ///     ..Changes::default()
    /// };
    /// let revised = reporter.revise(&draft, &changes, jiff::Timestamp::now(), progress)?;
    /// assert_eq!(revised.id, draft.id);
    /// # Ok(revised) }
    /// ```
    ///
    /// # Errors
    /// No new bundle exists then, and `draft` can be sent as it is; see [`SealError`]. With what was added it can be larger than
    /// the portal takes.
    pub fn revise(
        &self,
        draft: &Draft,
        changes: &Changes,
        now: Timestamp,
        progress: &Progress,
    ) -> Result<Draft, SealError> {
        progress.begin(Step::Collecting, 0);
        let settings = &*self.0;
        let license = self.licence(progress).and_then(Result::ok);
        let known = self.known_values(license.as_ref(), &mut Vec::new(), progress);
        let redactor = self.redactor_knowing(known, &changes.hide, settings.tiers)?;
        let attach = |path: &PathBuf| -> Arc<dyn Collector> {
            Arc::new(FolderCollector::new(Folder::Attachments, path))
        };
        let collectors: Vec<_> = changes.attach.iter().map(attach).collect();
        let scope = Scope { progress: progress.clone(), ..Scope::default() };
        let mut found = gather(&collectors, &scope, settings.deadline)?;
        found.extend(found_pictures(&changes.pictures));
        let logs = logs_of(&draft.bundle, &changes.leave_out);
        let markdown = template::fill(&settings.plan, &draft.body, &logs, &self.versions());
        let revision = bundle::Revision {
            leave_out: &changes.leave_out,
            hides_more: !changes.hide.is_empty(),
            found,
            gone: &BTreeSet::new(),
            made: vec![("report.md", markdown)],
            sealed_at: now,
            effort: settings.effort,
            deadline: settings.deadline,
            study: Some(self.study(Origin { sealed_at: now, ..Origin::of(&draft.bundle) }, &redactor)),
        };
        let path = self.free_path(draft);
        let bundle = bundle::revise(&draft.bundle, revision, &redactor, &path, progress)?;
        if bundle.bytes() > draft.max_bytes {
            // Whoever agreed to it would be told by the portal that it is too large, and have agreed in vain.
            private::remove_if_there(&path)?;
            return Err(SealError::TooLarge { bytes: bundle.bytes(), max_bytes: draft.max_bytes });
        }
        let mut body = bundle.report().map_err(SealError::Unreadable)?;
        body.contact = draft.body.contact.clone();
        Ok(Draft { id: draft.id, bundle, body, max_bytes: draft.max_bytes })
    }

    /// A name in the folder of drafts that no other draft of the report has.
    pub(super) fn free_path(&self, draft: &Draft) -> PathBuf {
        let drafts = self.0.outbox.drafts();
        let path = |number: u32| drafts.join(format!("{}-{number}.zip", draft.id));
        (2..=u32::MAX).map(path).find(|path| !path.exists()).expect("there are fewer drafts than numbers")
    }
}

/// Pictures, as a collector would have found them.
pub(super) fn found_pictures(pictures: &[Picture]) -> impl Iterator<Item = (String, Found)> {
    let found = |picture| ("pictures".to_owned(), Found::Section(Section::of_picture(picture)));
    pictures.iter().map(found)
}
