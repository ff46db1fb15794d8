//! The seam between sealing and what looks through the evidence, which stands above it.

use super::manifest::Entry;

/// What was seen in the evidence is written into this entry.
pub(crate) const FINDINGS: &str = "findings.json";

/// Looks at clean entries while they are packed, and says what it saw.
///
/// What it says depends on the entries alone, not on which of them was packed first.
pub(crate) trait Study: Send + Sync {
    /// Begins an entry; absent when it is not looked at.
    fn begin(&self, entry: &str) -> Option<Box<dyn Look + '_>>;

    /// The text of [`FINDINGS`], from the entries that were looked at to their end.
    fn conclude(&self, entries: &[Entry]) -> String;
}

/// Looks at one entry. One that is dropped before its end was not seen.
pub(crate) trait Look {
    /// Takes the next clean bytes.
    fn push(&mut self, clean: &[u8]);

    /// The entry is whole: what was seen counts.
    fn end(self: Box<Self>);
}
