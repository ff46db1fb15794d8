//! Evidence that is collected while the person still writes, and made a report when they have.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::listing::logs_of;
use super::revise::found_pictures;
use super::{Draft, Reporter, Selection, pretty};
use crate::bundle::{self, Bundle, SealError, Status, Window};
use crate::collect::{Collector, Folder, FolderCollector, Found, Scope, Section, fingerprint, gather};
use crate::logs::Origin;
use crate::private;
use crate::progress::{Progress, Step};
use crate::redact::{Redactor, Tiers};
use crate::report::{Category, Priority, ReportBody, Request};
use crate::template;

/// What was collected before anybody has written what happened. It can be looked through and never be sent: only
/// [`Reporter::seal_prepared`] makes a report of it. Its file is removed when it is dropped.
pub struct Prepared {
    reporter: Reporter,
    draft: Draft,
    window: Option<Window>,
    tiers: Tiers,
    /// What each source looked like before it was read, by its raw path or name.
    seen: BTreeMap<(Folder, String), Looks>,
    /// What could not be collected.
    missing: BTreeSet<String>,
}

/// A file that looks the same is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Looks {
    bytes: u64,
    modified_at: Timestamp,
}

impl Prepared {
    /// The evidence, redacted, under a text that nobody wrote.
    pub fn bundle(&self) -> &Bundle {
        &self.draft.bundle
    }
}

impl Drop for Prepared {
    fn drop(&mut self) {
        // What cannot be removed is redacted, readable by this user only, and tidied away later.
        let _ = self.reporter.discard(&self.draft);
    }
}

impl Reporter {
    /// Collects, redacts and packs before the person has written anything. Blocks: call it on a thread of its own. Files
    /// that `selection` adds or leaves out are not looked at yet.
    ///
    /// # Errors
    /// As [`Reporter::seal`].
    pub fn prepare(
        &self,
        selection: &Selection,
        now: Timestamp,
        progress: &Progress,
    ) -> Result<Prepared, SealError> {
        let Selection { scope, effort, tiers, .. } = selection.clone();
        let (window, tiers) = (scope.window, tiers.unwrap_or(self.0.tiers));
        // What is written while it is read looks different afterwards, and is read again.
        let found = self.found(&scope, progress)?;
        let (seen, missing) = looks(&found);
        // A report has to have a text; this one is nobody's.
        let nobody = Request::new("-", "-", Priority::P4, Category::Runtime);
        let selection = Selection { scope, effort, tiers: Some(tiers), ..Selection::default() };
        let draft = self.seal_gathered(Some(found), &nobody, &selection, now, progress)?;
        Ok(Prepared { reporter: self.clone(), draft, window, tiers, seen, missing })
    }

    /// As [`Reporter::seal_selection`], but what did not change since it was prepared is not read again: the result is
    /// the same, only sooner.
    ///
    /// # Errors
    /// As [`Reporter::seal`].
    pub fn seal_prepared(
        &self,
        prepared: &Prepared,
        request: &Request,
        selection: &Selection,
        now: Timestamp,
        progress: &Progress,
    ) -> Result<Draft, SealError> {
        let fits = selection.scope.window == prepared.window
            && selection.tiers.unwrap_or(self.0.tiers) == prepared.tiers
            && selection.scope.exclude.is_empty()
            && selection.hide.is_empty()
            && selection.leave_out.is_empty();
        if fits && request.missing().is_empty() {
            match self.refreshed(prepared, request, selection, now, progress) {
                Err(SealError::Cancelled) => return Err(SealError::Cancelled),
                Ok(Some(draft)) => return Ok(draft),
                // Whatever is the matter with what was prepared, the long way finds it, or does without.
                Ok(None) | Err(_) => {}
            }
        }
        self.seal_selection(request, selection, now, progress)
    }

    /// `None` when too much is different.
    fn refreshed(
        &self,
        prepared: &Prepared,
        request: &Request,
        selection: &Selection,
        now: Timestamp,
        progress: &Progress,
    ) -> Result<Option<Draft>, SealError> {
        progress.begin(Step::Collecting, 0);
        let settings = &*self.0;
        let found = self.found(&selection.scope, progress)?;
        let (seen, missing) = looks(&found);
        if missing != prepared.missing {
            return Ok(None);
        }
        let license = self.licence(progress).and_then(Result::ok);
        let (fingerprint, _) = fingerprint(&settings.app.id);
        let summary = license.as_ref().map(|license| license.summary(prepared.draft.id, &fingerprint));
        if summary != prepared.draft.body.license {
            return Ok(None);
        }
        let known = self.known_values(license.as_ref(), &mut Vec::new(), progress);
        let redactor = self.redactor_knowing(known, &[], prepared.tiers)?;
        let base = &prepared.draft.bundle;
        let Some(entries) = entries_by_source(base, &prepared.seen, &redactor) else { return Ok(None) };

        // What is as it was when it was prepared stays.
        let is_same = |key: &(Folder, String)| {
            let before = prepared.seen.get(key);
            before.is_some() && before == seen.get(key) && entries.get(key).is_some_and(|(_, stays)| *stays)
        };
        let gone = entries.iter().filter(|(key, _)| !is_same(key)).map(|(_, (name, _))| name.clone());
        let gone: BTreeSet<String> = gone.collect();
        let mut found: Vec<(String, Found)> = found
            .into_iter()
            .filter(|(_, found)| matches!(found, Found::Section(section) if !is_same(&key_of(section))))
            .collect();
        let attach = selection
            .attachments
            .iter()
            .map(|path| -> Arc<dyn Collector> { Arc::new(FolderCollector::new(Folder::Attachments, path)) });
        let scope = Scope { progress: progress.clone(), ..Scope::default() };
        found.extend(gather(&attach.collect::<Vec<_>>(), &scope, settings.deadline)?);
        found.extend(found_pictures(&selection.pictures));

        let old = &prepared.draft.body;
        let body = ReportBody {
            system: old.system.clone(),
            license: old.license.clone(),
            fingerprint: old.fingerprint.clone(),
            ..self.body(request, &redactor)
        };
        let mut logs = logs_of(base, &gone);
        for (_, found) in &found {
            if let Found::Section(section) = found
                && section.folder == Folder::Logs
            {
                logs.push(redactor.clean_path(&section.name).0.into_string());
            }
        }
        logs.sort();
        let markdown = template::fill(&settings.plan, &body, &logs, &self.versions());
        let revision = bundle::Revision {
            leave_out: &BTreeSet::new(),
            hides_more: false,
            found,
            gone: &gone,
            made: vec![("report.json", pretty(&body)?), ("report.md", markdown)],
            sealed_at: now,
            effort: selection.effort.unwrap_or(settings.effort),
            deadline: settings.deadline,
            study: Some(self.study(Origin { sealed_at: now, ..Origin::of(base) }, &redactor)),
        };
        let path = self.free_path(&prepared.draft);
        let bundle = bundle::revise(base, revision, &redactor, &path, progress)?;
        let max_bytes = prepared.draft.max_bytes;
        if bundle.bytes() > max_bytes {
            // What came in between is too much; from the beginning the newest has room first.
            private::remove_if_there(&path)?;
            return Ok(None);
        }
        let mut body = bundle.report().map_err(SealError::Unreadable)?;
        body.contact = request.contact.clone();
        Ok(Some(Draft { id: prepared.draft.id, bundle, body, max_bytes }))
    }

    /// What there is of what the report asks for.
    pub(super) fn gather(
        &self,
        selection: &Selection,
        progress: &Progress,
    ) -> Result<Vec<(String, Found)>, SealError> {
        let scope = Scope { progress: progress.clone(), ..selection.scope.clone() };
        let attached = selection
            .attachments
            .iter()
            .map(|path| -> Arc<dyn Collector> { Arc::new(FolderCollector::new(Folder::Attachments, path)) });
        let collectors: Vec<_> = self.0.collectors.iter().cloned().chain(attached).collect();
        let mut found = gather(&collectors, &scope, self.0.deadline)?;
        found.extend(found_pictures(&selection.pictures));
        Ok(found)
    }

    /// What the collectors of the settings find.
    fn found(&self, scope: &Scope, progress: &Progress) -> Result<Vec<(String, Found)>, SealError> {
        let scope = Scope { progress: progress.clone(), ..scope.clone() };
        Ok(gather(&self.0.collectors, &scope, self.0.deadline)?)
    }
}

fn key_of(section: &Section) -> (Folder, String) {
    (section.folder, section.label.clone())
}

/// What can be told by its looks, and what could not be collected, in words that only serve to be compared.
fn looks(found: &[(String, Found)]) -> (BTreeMap<(Folder, String), Looks>, BTreeSet<String>) {
    let (mut seen, mut missing) = (BTreeMap::new(), BTreeSet::new());
    for (collector, found) in found {
        match found {
            Found::Section(section) => {
                // What the host makes when it is asked looks like nothing.
                if let Some(modified_at) = section.modified_at {
                    seen.insert(key_of(section), Looks { bytes: section.bytes, modified_at });
                }
            }
            Found::LeftOut { source, reason, .. } => {
                missing.insert(format!("{collector}: {source}: {reason}"));
            }
            Found::Note(text) => {
                missing.insert(format!("{collector}: {text}"));
            }
        }
    }
    (seen, missing)
}

/// The entry of each source, and whether it can stay; sources that were not seen before they were read cannot. `None` when
/// two sources cannot be told apart.
fn entries_by_source(
    bundle: &Bundle,
    seen: &BTreeMap<(Folder, String), Looks>,
    redactor: &Redactor,
) -> Option<BTreeMap<(Folder, String), (String, bool)>> {
    let mut sources = BTreeMap::new();
    for key in seen.keys() {
        let clean = redactor.clean_path(&key.1).0.into_string();
        if sources.insert((key.0.as_str(), clean), key).is_some() {
            return None;
        }
    }
    let mut entries = BTreeMap::new();
    for entry in bundle.manifest().entries.iter().filter(|entry| entry.source != "casefile") {
        let folder = entry.name.split('/').next().unwrap_or_default();
        match sources.get(&(folder, entry.source.clone())) {
            Some(key) => {
                // What the budget had no room for has none now: what is new is less than what was.
                let stays = matches!(entry.status, Status::Success | Status::Skipped);
                entries.insert((*key).clone(), (entry.name.clone(), stays));
            }
            // Made by the host, or not there: made again, and told again.
            None if entry.status.is_stored() => {
                entries
                    .insert((Folder::Attachments, format!("\0{}", entry.name)), (entry.name.clone(), false));
            }
            None => {}
        }
    }
    Some(entries)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn reporter(home: &Path) -> Reporter {
        fs::create_dir(home.join("logs")).unwrap();
        for name in ["a.log", "b.log", "c.log"] {
            fs::write(home.join("logs").join(name), format!("{name} of anna@example.com\n")).unwrap();
        }
        let orders = crate::collect::section(Folder::Monitoring, "orders.txt", || "orders\n".to_owned());
        let builder = Reporter::builder("a", "Bot", "1").outbox(home.join("outbox")).logs(home.join("logs"));
        builder.collector(orders).build().unwrap()
    }

    fn now() -> Timestamp {
        "2026-11-24T10:00:00Z".parse().unwrap()
    }

    fn texts(bundle: &Bundle) -> BTreeMap<String, String> {
        let stored = bundle.manifest().entries.iter().filter(|entry| entry.status.is_stored());
        let names =
            stored.map(|entry| entry.name.clone()).filter(|name| name.contains('/') || name == "report.md");
        names.map(|name| (name.clone(), bundle.read_text(&name, 1 << 20).unwrap())).collect()
    }

    struct Counts(Arc<AtomicUsize>);

    impl Collector for Counts {
        fn name(&self) -> &'static str {
            "counts"
        }
        fn collect(&self, _scope: &Scope) -> Vec<Found> {
            self.0.fetch_add(1, Ordering::Relaxed);
            Vec::new()
        }
    }

    #[test]
    fn a_collector_is_asked_once_to_prepare_and_once_to_seal() {
        let home = tempfile::tempdir().unwrap();
        let asked = Arc::new(AtomicUsize::new(0));
        let reporter = Reporter::builder("a", "Bot", "1")
            .outbox(home.path())
            .collector(Counts(asked.clone()))
            .build()
            .unwrap();
        let (selection, progress) = (Selection::default(), Progress::new());
        let prepared = reporter.prepare(&selection, now(), &progress).unwrap();
        assert_eq!(asked.load(Ordering::Relaxed), 1);
        let request = Request::new("title", "text", Priority::P2, Category::License);
        reporter.seal_prepared(&prepared, &request, &selection, now(), &progress).unwrap();
        assert_eq!(asked.load(Ordering::Relaxed), 2);
    }

    #[test]
    fn a_prepared_report_is_the_same_as_one_from_the_beginning() {
        let home = tempfile::tempdir().unwrap();
        let reporter = reporter(home.path());
        let (selection, progress) = (Selection::default(), Progress::new());
        let prepared = reporter.prepare(&selection, now(), &progress).unwrap();

        // The bot goes on: one log grows, one goes, one comes.
        let logs = home.path().join("logs");
        let late = "2026-11-24T09:00:00Z ERROR bot: order refused: {\"code\":-1021,\"msg\":\"Timestamp for this request\"}\n";
        fs::write(logs.join("b.log"), format!("b.log of anna@example.com\n{late}")).unwrap();
        fs::remove_file(logs.join("c.log")).unwrap();
        fs::write(logs.join("d.log"), "d.log of jan@example.com\n").unwrap();
        let note = home.path().join("note.txt");
        fs::write(&note, "see\n").unwrap();
        let request = Request::new("title", "mail anna@example.com", Priority::P2, Category::License);
        let selection = Selection { attachments: vec![note], ..selection };
        let draft = reporter.seal_prepared(&prepared, &request, &selection, now(), &progress).unwrap();
        assert_eq!(draft.id, prepared.draft.id, "it was not collected from the beginning");
        let fresh = reporter.seal_selection(&request, &selection, now(), &progress).unwrap();
        assert_eq!(texts(&draft.bundle), texts(&fresh.bundle));
        assert_eq!(draft.bundle.findings().unwrap(), fresh.bundle.findings().unwrap());
        assert!(
            draft.bundle.findings().unwrap().unwrap().iter().any(|finding| finding.id == "binance-clock")
        );
        assert!(texts(&draft.bundle).contains_key("logs/d.log") && texts(&draft.bundle).len() == 6);
        assert!(draft.body.description.starts_with("mail <email:") && draft.body.priority == Priority::P2);
        let again = reporter.seal_prepared(&prepared, &request, &selection, now(), &progress).unwrap();
        assert_ne!(again.bundle.path(), draft.bundle.path());
    }

    #[test]
    fn what_was_prepared_for_something_else_is_not_used() {
        let home = tempfile::tempdir().unwrap();
        let reporter = reporter(home.path());
        let progress = Progress::new();
        let prepared = reporter.prepare(&Selection::default(), now(), &progress).unwrap();
        let request = Request::new("title", "text", Priority::P2, Category::License);
        let hides = Selection { hide: vec!["orders".to_owned()], ..Selection::default() };
        let left_out = Selection { leave_out: ["logs/a.log".to_owned()].into(), ..Selection::default() };
        for selection in [
            hides,
            left_out,
            reporter.default_selection(&Request { occurred_at: Some(now()), ..request.clone() }),
        ] {
            let draft = reporter.seal_prepared(&prepared, &request, &selection, now(), &progress).unwrap();
            assert_ne!(draft.id, prepared.draft.id);
        }
        let blank = Request::new(" ", "text", Priority::P2, Category::License);
        let refused = reporter.seal_prepared(&prepared, &blank, &Selection::default(), now(), &progress);
        assert!(matches!(refused, Err(SealError::Incomplete { .. })));
    }

    #[test]
    fn a_secret_that_is_known_only_now_is_not_in_the_report() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("logs")).unwrap();
        fs::write(home.path().join("logs/a.log"), "the word is Kaczka77Wodna now\n").unwrap();
        let known = Arc::new(std::sync::Mutex::new(false));
        let shared = known.clone();
        let builder = Reporter::builder("a", "Bot", "1").outbox(home.path().join("outbox"));
        let builder = builder.logs(home.path().join("logs")).secrets(move |values| {
            if *shared.lock().unwrap() {
                values.add("word", "Kaczka77Wodna");
            }
        });
        let (reporter, progress) = (builder.build().unwrap(), Progress::new());
        let prepared = reporter.prepare(&Selection::default(), now(), &progress).unwrap();
        assert!(prepared.bundle().read_text("logs/a.log", 99).unwrap().contains("Kaczka77Wodna"));
        *known.lock().unwrap() = true;
        let request = Request::new("title", "text", Priority::P2, Category::License);
        let draft =
            reporter.seal_prepared(&prepared, &request, &Selection::default(), now(), &progress).unwrap();
        assert!(!draft.bundle.read_text("logs/a.log", 99).unwrap().contains("Kaczka77Wodna"));
    }
}
