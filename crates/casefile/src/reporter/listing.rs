//! The logs of a report, as the template lists them: a few names, then a number.

use std::collections::BTreeSet;

use crate::bundle::Bundle;
use crate::collect::{Folder, Found};
use crate::redact::Redactor;

/// Those that were found.
pub(super) fn attached_logs(
    found: &[(String, Found)],
    redactor: &Redactor,
    leave_out: &BTreeSet<String>,
) -> Vec<String> {
    let sections = found.iter().filter_map(|(_, found)| match found {
        Found::Section(section) if section.folder == Folder::Logs => Some(&section.name),
        _ => None,
    });
    let mut names: Vec<String> = sections.map(|name| redactor.clean_path(name).0.into_string()).collect();
    names.retain(|name| !leave_out.contains(&format!("{}/{name}", Folder::Logs.as_str())));
    listed(names)
}

/// Those of a bundle that are still in a new one.
pub(super) fn logs_of(bundle: &Bundle, leave_out: &BTreeSet<String>) -> Vec<String> {
    let entries = &bundle.manifest().entries;
    let stored = entries.iter().filter(|entry| entry.status.is_stored() && !leave_out.contains(&entry.name));
    let folder = format!("{}/", Folder::Logs.as_str());
    listed(stored.filter_map(|entry| entry.name.strip_prefix(&folder)).map(str::to_owned).collect())
}

fn listed(mut names: Vec<String>) -> Vec<String> {
    const SHOWN: usize = 10;
    names.sort();
    if names.len() > SHOWN {
        let more = names.len() - SHOWN;
        names.truncate(SHOWN);
        names.push(format!("+ {more}"));
    }
    names
}
